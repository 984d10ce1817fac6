"""The answers' end of the crossing: serve one fork of the learner's interpreter.

It holds what the learner's and the given cells made, and no test.  Nothing here
is a wall: the learner's code can replace all of it, and then answers what it
likes, as any function of its own could.  What it can say is bounded by
`protocol` and read by `stand_in` as the word of a stranger.
"""

from __future__ import annotations

import asyncio
import importlib.abc
import inspect
import io
import json
import pickle
import sys
import types
import warnings
from typing import TYPE_CHECKING, Any

from .protocol import PLAIN_CALL, Gone, Line
from .values import CONTAINERS, Decoder, Encoder, Plain, Refused, own_words

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Iterator

PRINTED = 100_000
# Values that have no parts, and so none of the arguments'.
_ALONE = frozenset({type(None), bool, int, float, str})
FRAMES = 12
_WORDS = 20_000
# A function can only be given code of its own kind, which these flags tell.
_KINDS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


def _template(text: str) -> types.CodeType:
    return next(
        one for one in compile(text, "<told>", "exec").co_consts if isinstance(one, types.CodeType)
    )


with warnings.catch_warnings():
    # That a text cannot be called is said here; a function is put in its place.
    warnings.simplefilter("ignore", SyntaxWarning)
    _TELLING: dict[int, types.CodeType] = {
        code.co_flags & _KINDS: code
        for code in (
            _template("lambda *_, **__: '?'(*_)"),
            _template("lambda *_, **__: (yield '?'(*_))"),
            _template("async def told(*_, **__): '?'(*_)"),
            _template("async def told(*_, **__): yield '?'(*_)"),
        )
    }


class Borrowed(BaseException):
    """A function of a watched package was called; the call ends here."""


class _Paper(io.TextIOBase):
    """Standard output or error during a call: kept, up to a bound, in order."""

    encoding = "utf-8"

    def __init__(self, name: str, said: list[list[str]]) -> None:
        self._name = name
        self._said = said

    def writable(self) -> bool:
        """Say that text may be written."""
        return True

    def write(self, text: str) -> int:
        """Keep text while there is room."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        said = self._said
        room = PRINTED - sum(len(part) for _, part in said)
        if room > 0 and text:
            if said and said[-1][0] == self._name and len(said) > 50:
                said[-1][1] += text[:room]
            else:
                said.append([self._name, text[:room]])
        return len(text)


class _Own:
    """What a function of this side is called with: not handed over, so not told of."""

    def __init__(self, arguments: list[Any]) -> None:
        self.arguments = arguments
        self.named: dict[str, Any] = {}

    def is_changed(self) -> bool:
        """Whether a container of the arguments holds something else than it did."""
        return False

    def containers(self) -> list[Any]:
        """List the containers of the arguments, in the order of their numbers."""
        return []


class _Asked(_Own):
    """Arguments that came as a tree."""

    def __init__(self, answers: Answers, sent: Any) -> None:
        self._sent = sent
        self._foreign = answers.foreign
        self._decoder = answers.decoder()
        self.arguments, self.named = self._decoder.value(sent)

    def is_changed(self) -> bool:
        """Compare trees, as text: in Python, 1 equals True."""
        now = Encoder(self._foreign).tree((self.arguments, self.named))
        return json.dumps(now) != json.dumps(self._sent)

    def containers(self) -> list[Any]:
        """List those that the decoder has met."""
        return self._decoder.objects


class _PlainlyAsked(_Own):
    """Arguments that came as Python writes them: of the tests' side, whom this one may believe."""

    def __init__(self, answers: Answers, data: bytes) -> None:
        self._data = data
        self._foreign = answers.foreign
        self._reader = pickle.Unpickler(io.BytesIO(data))  # noqa: S301 - see above
        self.what, self.arguments, self.named = self._reader.load()

    def is_changed(self) -> bool:
        """Compare what is written of them now, and in doubt their trees."""
        if _ALONE.issuperset(map(type, [*self.arguments, *self.named.values()])):
            return False
        if Plain((self.what, self.arguments, self.named)).written == self._data:
            return False
        # A text that was one with another may be two now.
        _, *then = pickle.loads(self._data)  # noqa: S301 - see above
        return self._tree(then) != self._tree([self.arguments, self.named])

    def _tree(self, both: list[Any]) -> str:
        return json.dumps(Encoder(self._foreign).tree(both))

    def containers(self) -> list[Any]:
        """List those that the reader has met."""
        met: Iterable[Any] = self._reader.memo.copy().values()
        return [item for item in met if type(item) in CONTAINERS]


class Answers:
    """What one fork serves.

    Parameters
    ----------
    connection
        Its end of the line to the tests.
    names
        The learner's name space.
    cells
        From the name of a file that holds a cell to that cell's number.
    """

    def __init__(
        self, connection: socket.socket, names: dict[str, Any], cells: dict[str, Any]
    ) -> None:
        self.line = Line(connection, read=lambda data: [_PlainlyAsked(self, data)])
        self.names = names
        self.cells = cells
        self.held: list[Any] = []
        self.numbers: dict[int, int] = {}
        self.borrowed = ""
        TELLS[:] = [self._borrow]

    def serve(self) -> None:
        """Answer until the line is closed."""
        try:
            while True:
                kind, body = self.line.receive()
                self.line.send("answer", self._answer(kind, body))
        except (Gone, Refused):
            return

    def _answer(self, kind: str, body: list[Any]) -> dict[str, Any]:
        if kind == "names":
            return {"value": [self._named(name) for name in body[0]]}
        if kind == PLAIN_CALL:
            return self._call(self._mine(body[0].what), body[0])
        if kind == "call":
            return self._call(self._mine(body[0]), _Asked(self, body[1]))
        made = self.held[body[0]]
        return self._call(next if kind == "next" else _wait, _Own([made]))

    def _named(self, name: str) -> Any:
        """Tell what a name stands for: nothing, a value, or what can be called."""
        if name not in self.names:
            return None
        value = self.names[name]
        return [Encoder(self.foreign).tree(value)]

    def _call(self, function: Any, asked: _Own) -> dict[str, Any]:
        said: list[list[str]] = []
        self.borrowed = ""
        value, error = None, None
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Paper("stdout", said), _Paper("stderr", said)
        try:
            value = function(*asked.arguments, **asked.named)
        except BaseException as raised:  # noqa: BLE001 - whatever a learner's code raises
            error = raised
        finally:
            sys.stdout, sys.stderr = streams
        answer: dict[str, Any] = {}
        if said:
            answer["printed"] = said
        if self.borrowed:
            answer["borrowed"] = self.borrowed
        # What the containers of the arguments are, if anything is to be told of them.
        held: list[Any] = []
        changed = asked.is_changed()
        if changed or type(value) not in _ALONE:
            held = asked.containers()
        encoder = Encoder(self.foreign, held)
        if error is not None:
            answer["error"] = self._error(error)
            error = None
        else:
            answer["value"] = encoder.tree(value)
        if changed:
            answer["objects"] = [encoder.contents(one) for one in held]
        return answer

    def _hold(self, value: object) -> int:
        number = self.numbers.get(id(value))
        if number is None:
            number = self.numbers[id(value)] = len(self.held)
            self.held.append(value)
        return number

    def foreign(self, value: object) -> list[Any] | None:
        """Give the tree of what lives here: callables, iterators and coroutines."""
        if isinstance(value, _Callback):
            return ["yours", value.number]
        if inspect.iscoroutine(value):
            return ["w", self._hold(value)]
        if callable(value):
            return ["fn", self._hold(value), *_portrait(value)]
        if hasattr(type(value), "__next__") and hasattr(type(value), "__iter__"):
            return ["it", self._hold(value), type(value).__name__, own_words(value)]
        return None

    def _callback(self, tree: list[Any]) -> Any:
        return _Callback(self, tree[1], tree[2])

    def decoder(self, objects: list[Any] | None = None) -> Decoder:
        """Make what reads the trees of the tests' side."""
        special: dict[str, Callable[[list[Any]], Any]] = {
            "k": self._callback,
            "m?": lambda tree: self._mine(tree[1]),
            "g": _given,
        }
        return Decoder(special, objects)

    def _mine(self, what: str | int) -> Any:
        return self.names[what] if isinstance(what, str) else self.held[what]

    def ask(self, number: int, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call a function that lives with the tests, and serve what it asks back meanwhile."""
        encoder = Encoder(self.foreign)
        self.line.send("call", number, encoder.tree((list(arguments), named)))
        while True:
            kind, body = self.line.receive()
            if kind != "answer":
                self.line.send("answer", self._answer(kind, body))
                continue
            (answer,) = body
            decoder = self.decoder(encoder.objects)
            if "error" in answer:
                name, words = answer["error"]
                raise _of_builtins(name)(words)
            value = decoder.value(answer["value"])
            for place, tree in enumerate(answer.get("objects", [])):
                decoder.refill(place, tree)
            return value

    def _error(self, error: BaseException) -> dict[str, Any]:
        kinds = [[kind.__module__, kind.__qualname__] for kind in type(error).__mro__]
        try:
            words = str.__str__(str(error))[:_WORDS]
        except BaseException:  # noqa: BLE001 - a class's own words may raise anything
            words = ""
        arguments = error.args if isinstance(getattr(error, "args", None), tuple) else ()
        trees = [Encoder().tree(argument) for argument in arguments[:5]]
        frames = list(self._frames(error.__traceback__))
        return {"kinds": kinds[:12], "words": words, "args": trees, "frames": frames}

    def _frames(self, trace: types.TracebackType | None) -> list[list[Any]]:
        found: list[list[Any]] = []
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename != __file__:
                name = code.co_filename
                number = self.cells.get(name)
                counts = [code.co_argcount, code.co_kwonlyargcount, code.co_flags & 0x0C]
                named = list(code.co_varnames[: sum(counts[:2]) + counts[2].bit_count()])
                begins = [code.co_firstlineno, counts, named]
                found.append([name, number, code.co_name, trace.tb_lineno, begins])
            trace = trace.tb_next
        return found if len(found) <= FRAMES else [*found[:2], *found[2 - FRAMES :]]

    def _borrow(self, name: str) -> None:
        self.borrowed = self.borrowed or name
        raise Borrowed(name)


class _Barred(importlib.abc.MetaPathFinder):
    """Finds no module of a watched package that was not imported before the tests."""

    def __init__(self, watched: tuple[str, ...]) -> None:
        self._begins = _begins(watched)

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> None:
        """Refuse a watched package's modules and leave others to other finders."""
        if f"{fullname}.".startswith(self._begins):
            TELLS[0](fullname)


class _Callback:
    """Stands on the answers' side for a function that lives with the tests."""

    def __init__(self, answers: Answers, number: int, name: str) -> None:
        self._answers = answers
        self.number = number
        self.__name__ = name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it there."""
        return self._answers.ask(self.number, arguments, named)


def _wait(made: Any) -> Any:
    async def whole() -> Any:
        return await made

    return asyncio.run(whole())


def _portrait(value: Any) -> list[Any]:
    """Tell of a callable its name, its description and its parameters."""
    try:
        name = getattr(value, "__name__", None)
        text = getattr(value, "__doc__", None)
        signature = inspect.signature(value)
        parameters = [
            [one.name, int(one.kind), one.default is not one.empty]
            for one in signature.parameters.values()
        ]
    except BaseException:  # noqa: BLE001 - a learner's object may refuse
        return [None, None, None, own_words(value)]
    return [
        name if isinstance(name, str) else None,
        text[:2000] if isinstance(text, str) else None,
        parameters,
        own_words(value),
    ]


def _given(tree: list[Any]) -> Any:
    """Find by its name a function or class that both sides have."""
    module = importlib.import_module(tree[1])
    return getattr(module, tree[2])


def _of_builtins(name: str) -> Any:
    kind = vars(sys.modules["builtins"]).get(name)
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else RuntimeError


# Whom the functions of watched packages tell, once their code has been replaced.
TELLS: list[Callable[[str], None]] = []
# Of each module that was asked for, its functions and the code by which each tells.
_codes: dict[str, list[tuple[types.FunctionType, types.CodeType]]] = {}


def disarm(packages: tuple[str, ...]) -> None:
    """Have the functions of these packages tell that they were called, and do nothing else.

    Whoever holds such a function holds it so, under whatever name.  Done once in
    what waits for a run of tests; the fork of each of them has it so.
    """
    if packages:
        for function, code in telling_codes(packages):
            function.__code__ = code
        sys.meta_path.insert(0, _Barred(packages))


def telling_codes(packages: tuple[str, ...]) -> list[tuple[types.FunctionType, types.CodeType]]:
    """List the functions of packages, each with the code by which it tells that it was called.

    Made before the forks as far as may be, since each of them needs it.
    """
    found = []
    begins = _begins(packages)
    for name, module in list(sys.modules.items()):
        if f"{name}.".startswith(begins):
            if name not in _codes:
                _codes[name] = [
                    (function, _telling(function, f"{name}.{function.__name__}"))
                    for function in _functions(module, name)
                ]
            found += _codes[name]
    return found


def _begins(packages: tuple[str, ...]) -> tuple[str, ...]:
    """Give how the names of packages and of their modules begin, a dot after each."""
    return tuple(f"{package}." for package in packages)


def _functions(module: Any, name: str) -> Iterator[types.FunctionType]:
    """List the functions that a module defines, methods included."""
    for part in list(getattr(module, "__dict__", {}).values()):
        for one in vars(part).values() if isinstance(part, type) else [part]:
            inner = getattr(one, "__wrapped__", getattr(one, "__func__", one))
            if isinstance(inner, types.FunctionType) and inner.__module__ == name:
                yield inner


def _telling(function: types.FunctionType, name: str) -> types.CodeType:
    def telling(*_: Any, **__: Any) -> None:
        TELLS[0](name)

    # A function's free variables cannot be changed, so what tells is a constant of its code.
    code = function.__code__
    template = _TELLING[code.co_flags & _KINDS]
    return template.replace(
        co_consts=tuple(telling if one == "?" else one for one in template.co_consts),
        co_name=code.co_name,
        co_freevars=code.co_freevars,
    )
