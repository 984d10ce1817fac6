"""The tests' end of the crossing: what stands there for what the learner made.

A test reads and calls these as it would the learner's own.  A call sends its
arguments over and brings back the value, what was printed, the arguments as
they are now, or the error.  All that is done with them happens here.

What is printed or raised while a hidden part of a test calls is told by its
kind, not by its words: the words could hold what the hidden part sent.
"""

from __future__ import annotations

import builtins
import contextlib
import copy
import hashlib
import inspect
import linecache
import sys
import time
import types
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .protocol import Gone, Line, Silent
from .shown import CALLS, TEXTS, Known, texts_of, unshown, veiled
from .values import (
    Decoder,
    Encoder,
    Plain,
    Refused,
    clean_name,
    opaque,
    opaque_by_kind,
)

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

LONGEST_SOURCE = 200_000
NOT_SHOWN = "(its words are not shown: a hidden test called)"
PRINTED = "(something was printed; it is not shown: a hidden test called)\n"
# After a call that took too long, the next ones of the same function get this part of the time.
LATER = 4


class CallTimeoutError(BaseException):
    """A call of the learner's function took longer than a call may; ends the test cell."""


class AnswersEndedError(BaseException):
    """The learner's interpreter ended, or made no sense, in a call; ends the test cell."""


class Words(str):
    """An error's words that can be searched, and are not shown."""

    def __str__(self) -> str:
        return self

    def __format__(self, _spec: str) -> str:
        return NOT_SHOWN

    def __repr__(self) -> str:
        return Words(str.__repr__(self))

    def __add__(self, other: str) -> str:
        return NOT_SHOWN + other

    def __radd__(self, other: str) -> str:
        return other + NOT_SHOWN

    def __mod__(self, _other: object) -> str:
        return NOT_SHOWN

    def __getitem__(self, _place: Any) -> str:
        return NOT_SHOWN

    def __iter__(self) -> Iterator[str]:
        return iter(NOT_SHOWN)

    def join(self, parts: Any) -> str:
        """Join others by what is shown."""
        return NOT_SHOWN.join(parts)

    __hash__ = str.__hash__


class _unwatched:  # noqa: N801 - reads as a word of the language
    """Keeps whoever watches the calls of this interpreter from watching the crossing's own."""

    __slots__ = ("_watcher",)

    def __enter__(self) -> None:
        self._watcher = sys.getprofile()
        if self._watcher is not None:
            sys.setprofile(None)

    def __exit__(self, *_: object) -> None:
        if self._watcher is not None:
            sys.setprofile(self._watcher)


class Crossing:
    """The line to one fork of the answers, and what of it is known here.

    Parameters
    ----------
    connection
        Its end of the line.
    until
        When, by `time.monotonic`, the test cell must be over.
    slow
        How often a function has taken too long, by name; kept over the notebook.
    is_hidden
        Tells whether what runs now is a hidden part of a test.
    watched
        Packages that answers are not to call.
    seen
        What the learner has seen: texts whose words may be shown whoever says them.
    """

    def __init__(
        self,
        connection: socket.socket,
        until: float,
        slow: dict[str, int],
        is_hidden: Callable[[], bool],
        watched: tuple[str, ...] = (),
        seen: tuple[str, ...] = (),
    ) -> None:
        self.line = Line(connection)
        self.line.send_within(max(1.0, until - time.monotonic()))
        self.until = until
        self.usual = until - time.monotonic()
        self.slow = slow
        self.is_hidden = is_hidden
        self.watched = watched
        self.over: BaseException | None = None
        self.borrowed = ""
        self.hidden_words: list[str] = []
        self._seen = seen
        # Tells the texts that were sent last.
        self._sent: Callable[[], Iterable[str]] = tuple
        self._expected: list[str] = []
        # What hidden parts sent, and what came back.
        self._hidden: list[tuple[Callable[[], Iterable[str]], list[Any]]] = []
        self._callbacks: list[Any] = []
        self._made: dict[int, Any] = {}
        self._special: dict[str, Callable[[list[Any]], Any]] = {
            "fn": self._function,
            "it": self._iterator,
            "w": self._coroutine,
            "yours": self._yours,
        }
        # What was made while a hidden part called may hold in its names what that sent.
        self._by_kind: dict[str, Callable[[list[Any]], Any]] = {
            "fn": lambda tree: self._function([*tree[:2], None, None, None, ""]),
            "it": lambda tree: _Iterator(self, _token(tree[1]), "iterator", ""),
            "o": lambda tree: opaque_by_kind(*tree[1:]),
        }

    def names(self, wanted: list[str], functions: dict[str, StandIn]) -> dict[str, Any]:
        """Read what the learner's names stand for; those without meaning are left out.

        Parameters
        ----------
        functions
            Stand-ins of earlier forks, by name, that are used again.
        """
        answer = self._ask("", "names", list(wanted))
        given = answer.get("value")
        if type(given) is not list or len(given) != len(wanted):
            raise self._ended(Refused("no names"))
        found: dict[str, Any] = {}
        for name, held in zip(wanted, given, strict=True):
            if held is None:
                continue
            if type(held) is not list or len(held) != 1:
                raise self._ended(Refused("no names"))
            tree = held[0]
            if type(tree) is list and len(tree) == 6 and tree[0] == "fn":
                stand_in = functions.get(name) or StandIn()
                stand_in._become(self, name, tree)
                found[name] = functions[name] = stand_in
                self._made[_token(tree[1])] = stand_in
            else:
                found[name] = self._decoded(Decoder(self._special), tree)
        return found

    def call(self, what: str | int, label: str, given: Any, named: dict[str, Any]) -> Any:
        """Call one of the learner's functions."""
        self.borrowed = ""
        try:
            with _unwatched():
                return self._call(what, label, given, named)
        finally:
            if self.borrowed:
                _appear(self.borrowed)

    def _call(self, what: str | int, label: str, given: Any, named: dict[str, Any]) -> Any:
        plain = Plain((what, list(given), named))
        if plain.written:
            return self._outcome(self._ask_plainly(plain, label), label, plain.containers)
        encoder = Encoder(self._foreign)
        tree = encoder.tree((list(given), named))
        if tree[0] != "t":
            raise ValueError("these arguments are too large to be handed over")
        self._sent = lambda: texts_of(tree)
        answer = self._ask(label, "call", what, tree)
        return self._outcome(answer, label, lambda: encoder.objects)

    def call_away(self, away: Away) -> Any:
        """Call one of the learner's functions, and leave what was handed over as it was."""
        self.borrowed = ""
        try:
            answer = self._ask_plainly(away.plain, away.label)
            return self._outcome(answer, away.label, lambda: away.objects(answer))
        finally:
            if self.borrowed:
                away.borrowed = ".".join(_module_and_function(self.borrowed))

    def _ask_plainly(self, plain: Plain, label: str) -> dict[str, Any]:
        self._sent = plain.texts
        return self._ask(label, plain.written)

    def further(self, kind: str, token: int) -> Any:
        """Ask an iterator for its next value, or wait for a coroutine."""
        return self._outcome(self._ask(kind, kind, token), kind, list)

    def _ask(self, label: str, kind: str | bytes, *body: Any) -> dict[str, Any]:
        """Send a message, or what is one already, and wait for its answer."""
        if self.over is not None:
            raise self.over.with_traceback(None)
        begun = time.monotonic()
        allowed = max(self.until - begun, 0.1)
        if label in self.slow:
            allowed = min(allowed, max(self.usual / LATER ** self.slow[label], 0.2))
        try:
            if isinstance(kind, bytes):
                self.line.send_bytes(kind)
            else:
                self.line.send(kind, *body)
            while True:
                said, content = self.line.receive(begun + allowed)
                if said == "answer":
                    return _answer(content)
                self._serve(said, content)
        except (Silent, KeyboardInterrupt):
            self.slow[label] = self.slow.get(label, 0) + 1
            self.over = CallTimeoutError(f"{label} did not answer in time")
        except (Gone, Refused) as error:
            self.over = self._ended(error)
        raise self.over

    def _ended(self, error: Exception) -> AnswersEndedError:
        why = str(error) or "it ended"
        return AnswersEndedError(f"the learner's interpreter stopped in this call: {why}")

    def _serve(self, kind: str, content: list[Any]) -> None:
        """Run one of the tests' own functions for the learner's, as it was handed over."""
        if kind != "call" or len(content) != 2 or type(content[0]) is not int:
            raise Refused("no question")
        number, sent = content
        if not 0 <= number < len(self._callbacks):
            raise Refused("no function")
        decoder = Decoder(self._special)
        both = decoder.value(sent)
        if type(both) is not tuple or len(both) != 2:
            raise Refused("no arguments")
        arguments, named = both
        if type(arguments) is not list or type(named) is not dict:
            raise Refused("no arguments")
        if not all(type(name) is str for name in named):
            raise Refused("no arguments")
        encoder = Encoder(self._foreign, decoder.objects)
        answer: dict[str, Any] = {}
        try:
            value = self._callbacks[number](*arguments, **named)
        except Exception as error:  # noqa: BLE001 - it is the learner's function that hears of it
            words = "" if self.is_hidden() else str(error)[:2000]
            answer["error"] = [type(error).__name__, words]
        else:
            answer["value"] = encoder.tree(value)
            answer["objects"] = [encoder.contents(held) for held in decoder.objects]
        self.line.send("answer", answer)

    def _outcome(
        self, answer: dict[str, Any], label: str, numbered: Callable[[], list[Any]]
    ) -> Any:
        """Give what came back, or raise what was raised; `numbered` lists the containers given."""
        hidden = self.is_hidden()
        _say(answer.get("printed"), hidden)
        borrowed, error, objects = map(answer.get, ("borrowed", "error", "objects"))
        value = answer.get("value") if error is None else None
        back = []
        if objects is not None or type(value) is list:
            given = numbered()
            special = {**self._special, **self._by_kind} if hidden else self._special
            decoder = Decoder(special, given)
            value = self._decoded(decoder, value)
            if objects is not None:
                self._refill(decoder, objects, len(given))
                back = given
        elif type(value) is dict:
            value = self._decoded(Decoder(), value)
        if hidden:
            self._hidden = [*self._hidden, (self._sent, [value, *back])][-CALLS:]
        if isinstance(borrowed, str) and borrowed:
            self.borrowed = borrowed
            raise RuntimeError(f"{label} lets {clean_name(borrowed)} do the work")
        if error is not None:
            raise self._error(error, hidden)
        return value

    def _known(self, sent: Callable[[], Iterable[str]]) -> Known:
        return Known(*self._seen, *sent(), *self._expected)

    def screened(self, value: Any, expected: Any) -> Any:
        """Give of what came back what may be shown, where that was expected."""
        if not self.is_hidden():
            return value
        self._expected = [*self._expected, *texts_of(expected)][-TEXTS:]
        return veiled(value, self._known(self._sent))

    def unshown(self) -> list[tuple[str, str]]:
        """List what is to be taken out of messages, the longest first, and what is put there."""
        found: dict[str, str] = {}
        for sent, back in self._hidden:
            found |= unshown(self._known(sent), back)
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    def _decoded(self, decoder: Decoder, tree: Any) -> Any:
        try:
            return decoder.value(tree)
        except Refused as refused:
            self.over = self._ended(refused)
            raise self.over from None

    def _refill(self, decoder: Decoder, objects: Any, count: int) -> None:
        try:
            for number, tree in zip(range(count), objects, strict=True):
                decoder.refill(number, tree)
        except (Refused, TypeError, ValueError, LookupError) as refused:
            self.over = self._ended(Refused(str(refused)))
            raise self.over from None

    def _foreign(self, value: object) -> list[Any] | None:
        """Give the tree of what lives here: the learner's own again, and functions."""
        if isinstance(value, StandIn | _Iterator | _Coroutine):
            return ["m?", value._what] if value._crossing is self else None
        if not callable(value):
            return None
        module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", "")
        held = sys.modules.get(module) if isinstance(module, str) else None
        if held is not None and module != "__main__" and getattr(held, name, None) is value:
            top = str(module).split(".")[0]
            if top not in self.watched:
                return ["g", module, name]
        self._callbacks.append(value)
        return ["k", len(self._callbacks) - 1, str(getattr(value, "__name__", "function"))]

    def _function(self, tree: list[Any]) -> Any:
        token = _token(tree[1])
        if token not in self._made:
            made = StandIn()
            made._become(self, token, tree)
            self._made[token] = made
        return self._made[token]

    def _iterator(self, tree: list[Any]) -> Any:
        _tag, token, name, text = tree
        return _Iterator(self, _token(token), name, text)

    def _coroutine(self, tree: list[Any]) -> Any:
        return _Coroutine(self, _token(tree[1]))

    def _yours(self, tree: list[Any]) -> Any:
        number = tree[1]
        if type(number) is not int or not 0 <= number < len(self._callbacks):
            raise Refused("no function")
        return self._callbacks[number]

    def _error(self, told: Any, hidden: bool) -> BaseException:
        """Make the error that a call ended with, of a class that tests may name."""
        if type(told) is not dict:
            raise self._ended(Refused("no error"))
        words = told.get("words")
        words = words if type(words) is str else ""
        kinds = told.get("kinds")
        name, kind = _kind(kinds)
        if hidden:
            # A name of its own is as good as words.
            name = kind.__name__
        arguments: tuple[Any, ...] = (words,) if words else ()
        trees = told.get("args")
        if type(trees) is list and not hidden:
            try:
                arguments = tuple(Decoder().value(tree) for tree in trees[:5])
            except Refused:
                arguments = (words,) if words else ()
        shown: str = Words(words) if hidden and words else words
        if shown is not words and words not in self.hidden_words:
            self.hidden_words = [*self.hidden_words, words][-20:]
        if hidden:
            arguments = (shown,) if shown else ()
            if kind is KeyError and words[:1] in "'\"" and words[-1:] == words[:1]:
                arguments = (Words(words[1:-1]),)
        error = _raised(name, kind, arguments, shown)
        error.__traceback__ = _trace(told.get("frames"))
        if hidden:
            error.__dict__["_render_traceback_"] = lambda: [f"{name}: {NOT_SHOWN}"]
        return error


def _answer(content: list[Any]) -> dict[str, Any]:
    if len(content) != 1 or type(content[0]) is not dict:
        raise Refused("no answer")
    return content[0]


def _token(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise Refused("no token")
    return number


class StandIn:
    """Stands for something of the learner's that can be called."""

    _crossing: Crossing
    _what: str | int
    _text: str

    def _become(self, crossing: Crossing, what: str | int, tree: list[Any]) -> None:
        """Stand for what one fork holds, with the name and the parameters that it has there."""
        if len(tree) != 6:
            raise Refused("no function")
        _tag, _number, name, text, parameters, words = tree
        self._crossing = crossing
        self._what = what
        self._text = words if type(words) is str and len(words) < 1000 else ""
        own = self.__dict__
        own.pop("__signature__", None)
        own.pop("__name__", None)
        if type(name) is str:
            own["__name__"] = own["__qualname__"] = clean_name(name)
        own["__doc__"] = text if type(text) is str and len(text) < 4000 else None
        own["__module__"] = "__main__"
        signature = _signature(parameters)
        if signature is not None:
            own["__signature__"] = signature

    def __call__(self, /, *arguments: Any, **named: Any) -> Any:
        """Call it where it lives."""
        __tracebackhide__ = True
        return self._crossing.call(self._what, self._label(), arguments, named)

    def _label(self) -> str:
        return self._what if isinstance(self._what, str) else "a function of it"

    def _ready(self, args: Sequence[object], kwargs: Mapping[str, object]) -> Away | None:
        """Make ready a call in which what is handed over stays as it was; see `practice.watch`."""
        away = Away(self._crossing, self._what, self._label(), args, kwargs)
        return away if away.plain.written else None

    def __repr__(self) -> str:
        return self._text or "<function>"

    def __deepcopy__(self, _memo: object) -> StandIn:
        return self


class Away:
    """One call, of which what is handed over stays as it was: what changes there is a copy here.

    Attributes
    ----------
    args, kwargs
        After the call, the arguments as they are there.
    borrowed
        After the call, the function of a watched package that was called there.
    """

    def __init__(
        self,
        crossing: Crossing,
        what: str | int,
        label: str,
        args: Sequence[object],
        kwargs: Mapping[str, object],
    ) -> None:
        self.args = args
        self.kwargs = kwargs
        self.borrowed = ""
        self.label = label
        self._crossing = crossing
        self._given = what, list(args), dict(kwargs)
        self.plain = Plain(self._given)

    def call(self) -> Any:
        """Call it where it lives."""
        __tracebackhide__ = True
        return self._crossing.call_away(self)

    def objects(self, answer: dict[str, Any]) -> list[Any]:
        """List the containers that were handed over, or their copies if some have changed."""
        held = self.plain.containers()
        if "objects" not in answer:
            return held
        copies: dict[int, Any] = {}
        _what, self.args, self.kwargs = copy.deepcopy(self._given, copies)
        return [copies[id(one)] for one in held]


class _Iterator:
    """Stands for an iterator of the learner's; each value is fetched when asked for."""

    def __init__(self, crossing: Crossing, token: int, name: object, text: object) -> None:
        self._crossing = crossing
        self._what = token
        self._shown = repr(opaque(name, text))

    def __iter__(self) -> _Iterator:
        return self

    def __next__(self) -> Any:
        __tracebackhide__ = True
        return self._crossing.further("next", self._what)

    def __repr__(self) -> str:
        return self._shown

    def __deepcopy__(self, _memo: object) -> _Iterator:
        return self


class _Coroutine:
    """Stands for a coroutine of the learner's; it runs there when it is awaited here."""

    def __init__(self, crossing: Crossing, token: int) -> None:
        self._crossing = crossing
        self._what = token

    def __await__(self) -> Generator[None, None, Any]:
        yield from ()
        return self._crossing.further("await", self._what)


def _signature(parameters: Any) -> inspect.Signature | None:
    if type(parameters) is not list:
        return None
    try:
        return inspect.Signature(
            [
                inspect.Parameter(
                    str(name),
                    inspect._ParameterKind(kind),
                    default=... if has_default else inspect.Parameter.empty,
                )
                for name, kind, has_default in parameters[:100]
            ]
        )
    except (TypeError, ValueError):
        return None


def _say(printed: Any, hidden: bool) -> None:
    """Print here what was printed there."""
    if type(printed) is not list:
        return
    said = {"stdout": sys.stdout, "stderr": sys.stderr}
    for part in printed[:1000]:
        if type(part) is not list or len(part) != 2 or type(part[1]) is not str:
            continue
        stream = said.get(part[0]) if type(part[0]) is str else None
        if stream is not None:
            stream.write(PRINTED if hidden else part[1])
            if hidden:
                return


def _module_and_function(name: str) -> tuple[str, str]:
    """Take apart a function's full name; without one that Python allows, both are empty."""
    module, _, function = clean_name(name).rpartition(".")
    return (module, function) if function.isidentifier() else ("", "")


def _appear(name: str) -> None:
    """Enter a frame of a function's name and module, for whoever watches the calls here."""
    module, function = _module_and_function(name)
    if not function:
        return
    names: dict[str, Any] = {"__name__": module}
    exec(f"def {function}(): pass\n{function}()", names)  # noqa: S102 - one identifier


def _kind(kinds: Any) -> tuple[str, type[BaseException]]:
    """Find the nearest class of an error that both sides have, and the error's own name."""
    pairs = [
        pair
        for pair in (kinds if type(kinds) is list else [])[:20]
        if type(pair) is list and len(pair) == 2 and all(type(part) is str for part in pair)
    ]
    own = clean_name(pairs[0][1]) if pairs else "Exception"
    for module, name in pairs:
        held = builtins if module == "builtins" else sys.modules.get(module)
        if held is None or module == "__main__":
            continue
        kind = vars(held).get(name)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            return own, kind
    return own, Exception


def _raised(
    name: str, kind: type[BaseException], arguments: tuple[Any, ...], words: str
) -> BaseException:
    """Make an error: exactly of a shared class if it is one and says the same, else of its own."""
    try:
        error = kind.__new__(kind, *arguments)
        error.args = arguments
        if kind.__name__ == name and _same(error, words):
            return error
    except Exception:  # noqa: BLE001, S110 - a class of a library's may want other arguments
        pass
    shown = {"__str__": lambda _self: words, "__module__": "__main__"}
    for base in (kind, Exception):
        try:
            made: Any = type(name, (base,), shown)
            own: BaseException = made.__new__(made)
        except Exception:  # noqa: BLE001, S112 - as above
            continue
        own.args = arguments
        return own
    raise AssertionError("a class of Exception's can always be made")


def _same(error: BaseException, words: str) -> bool:
    return str.__eq__(str(error), words) is True


def _trace(frames: Any) -> types.TracebackType | None:
    """Build the traceback of an error from places in the learner's cells."""
    trace: types.TracebackType | None = None
    for frame in reversed(frames[:20] if type(frames) is list else []):
        if type(frame) is not list or len(frame) != 5:
            continue
        file, number, name, line, begins = frame
        if type(line) is not int or not 0 < line < LONGEST_SOURCE:
            continue
        place = _place(number) if type(number) is int else _library(file)
        trace = _entry(_code(place, clean_name(name), line, begins), line, trace)
    return trace


def _library(file: Any) -> str:
    """Give the name of a file of code that both sides have; of others, no name."""
    return file if type(file) is str and file in _files(len(sys.modules)) else "<elsewhere>"


@lru_cache(maxsize=1)
def _files(_count: int) -> frozenset[str | None]:
    """List the files of so many modules: anew only when there are more."""
    return frozenset(getattr(module, "__file__", None) for module in list(sys.modules.values()))


def know(cells: Mapping[int, str]) -> None:
    """Have the text of the learner's cells, as it was handed in, found by what draws tracebacks.

    Parameters
    ----------
    cells
        From a cell's number to its text.
    """
    shell = _shell()
    for number, source in cells.items():
        place = _place(number)
        linecache.cache[place] = (len(source), None, source.splitlines(keepends=True), place)
        if shell is not None:
            shell.compile._filename_map[place] = number


def _place(number: int) -> str:
    """Give the file name under which a cell's text is found by what draws tracebacks."""
    return f"/answers/{hashlib.sha256(str(number).encode()).hexdigest()[:12]}.py"


def _shell() -> Any:
    interactive = sys.modules.get("IPython.core.interactiveshell")
    return None if interactive is None else interactive.InteractiveShell._instance


def _code(place: str, name: str, line: int, begins: Any) -> types.FunctionType:
    """Make a function of a name, place and parameters that raises in one of its lines."""
    first, parameters = line, ""
    with contextlib.suppress(TypeError, ValueError, LookupError, OverflowError):
        first, parameters = max(1, min(line, int(begins[0]))), _parameters(*begins[1:])
    return _raising(place, name, line, first, parameters)


@lru_cache(maxsize=64)
def _raising(place: str, name: str, line: int, first: int, parameters: str) -> types.FunctionType:
    names: dict[str, Any] = {"_Step": _Step, "__name__": "__main__"}
    code = f"def f({parameters}):" + "\n" * max(0, line - first) + " raise _Step"
    try:
        exec(compile(code, place, "exec"), names)  # noqa: S102 - identifiers in one line of ours
    except SyntaxError:
        exec(compile("def f():\n raise _Step", place, "exec"), names)  # noqa: S102 - ours
    made: types.FunctionType = names["f"]
    made.__code__ = made.__code__.replace(co_firstlineno=first, co_name=name, co_qualname=name)
    return made


def _parameters(counts: list[int], named: list[str]) -> str:
    """Write a function's parameters, each with a default."""
    if not all(type(name) is str and name.isidentifier() for name in named) or len(named) > 50:
        return ""
    if "_Step" in named:
        return ""
    plain, only, more = counts
    rest = named[plain + only :]
    parts = [f"{name}=0" for name in named[:plain]]
    if more & 4:
        parts.append("*" + rest.pop(0))
    elif only:
        parts.append("*")
    parts += [f"{name}=0" for name in named[plain : plain + only]]
    if more & 8:
        parts.append("**" + rest.pop(0))
    return ", ".join(parts)


def _entry(
    made: types.FunctionType, line: int, after: types.TracebackType | None
) -> types.TracebackType:
    try:
        made()
    except _Step as step:
        inner = step.__traceback__
        while inner is not None and inner.tb_frame.f_code is not made.__code__:
            inner = inner.tb_next
        if inner is not None:
            return types.TracebackType(after, inner.tb_frame, inner.tb_lasti, line)
    raise AssertionError("a frame that was entered is not in its traceback")


class _Step(Exception):  # noqa: N818 - makes a frame
    """Raised to make a frame, and caught at once."""
