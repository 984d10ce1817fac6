"""What may cross between the two interpreters: plain values, in one closed encoding.

A value becomes a tree of JSON: None, bool, int, float and str stand for
themselves, all else is an array that begins with its tag.  So what comes from a
learner's interpreter is parsed by the standard library's JSON reader and put
together from the types listed here: nothing of it is unpickled, and no method
of a learner's class is ever run on the tests' side.

Lists, dicts, sets, byte arrays and NumPy arrays are numbered in the order in
which they are met, and met again they are a reference: aliases stay aliases, a
list may hold itself, and an argument that comes back is the argument.

What goes from the tests to the answers may go as `Plain` instead, with the same numbers.

A value of a subclass crosses as its plain base.  Whatever is of no listed type,
too deep or too large crosses as an `Opaque`: it is named by its type and equals
nothing.
"""

from __future__ import annotations

import base64
import builtins
import datetime as dt
import decimal
import fractions
import io
import json
import math
import pickle
import re
import sys
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = 4
# With this byte begins what is written as `Plain`; no JSON does.
PLAINLY = b"\x80"
LONGEST_PLAIN = 1 << 22
CONTAINERS = frozenset({list, dict, set, bytearray})
DEPTH = 50
NODES = 400_000
TEXT_SHOWN = 400
NAME_SHOWN = 80
# More keys of one hash than chance makes; a table of them fills ever more slowly.
ONE_HASH = 50
# Python refuses to read longer decimals from text.
_DIGITS_BITS = 12_000

_BUILTINS = vars(builtins)
_KINDS = frozenset({"module", "generator", "coroutine", "ndarray", "DataFrame", "Series"})
_DTYPE = re.compile(
    r"[<>|](?:b1|[iu][1248]|f[248]|c(?:8|16)|[US][1-9]\d{0,6}|[mM]8(?:\[\d*\w+\])?)"
)


class Refused(ValueError):  # noqa: N818 - a finding about the other side, not a fault of ours
    """What came from the other side is no message of this protocol."""


class _TooLarge(Exception):  # noqa: N818 - never leaves this module
    """A value of more parts than may cross."""


class Opaque:
    """Stands for a value that cannot cross: it is named by its type and equals nothing."""

    def __init__(self, text: str = "") -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text or f"<{type(self).__name__}>"

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __reduce__(self) -> str:
        raise TypeError("an opaque value has no copy outside this interpreter")

    def __copy__(self) -> Opaque:
        return self

    def __deepcopy__(self, _memo: object) -> Opaque:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(
            f"an object of type {type(self).__name__!r} stays in the learner's interpreter, so its "
            f"{name!r} cannot be asked for"
        )


@lru_cache(maxsize=256)
def _opaque_class(name: str) -> type[Opaque]:
    return type(name, (Opaque,), {"__module__": __name__})


def opaque(name: object, text: object = "") -> Opaque:
    """Make an opaque value of a type's name and the words in which it shows itself."""
    words = text if isinstance(text, str) else ""
    return _opaque_class(clean_name(name))(words[:TEXT_SHOWN])


def opaque_by_kind(name: object, _text: object = "") -> Opaque:
    """Make an opaque value that tells its type if that has a name of Python's, and no more."""
    known = isinstance(name, str) and (name in _KINDS or isinstance(_BUILTINS.get(name), type))
    return opaque(name if known else "object")


def clean_name(name: object) -> str:
    """Make a name that came from the other side fit to be a class's or function's name."""
    text = name if isinstance(name, str) else ""
    kept = "".join(c for c in text[:NAME_SHOWN] if c.isprintable() and c not in "\x1b<>")
    return kept if kept and not kept.startswith("__") else "object"


def _numpy() -> Any:
    return sys.modules.get("numpy")


def _text64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def own_words(value: object) -> str:
    """Give what a value says of itself; run where the value lives, whatever its class does."""
    try:
        words = repr(value)
        return str.__str__(words)[:TEXT_SHOWN]
    except BaseException:  # noqa: BLE001 - a class's own words may raise anything
        return ""


class _NotPlainError(TypeError):
    """A value of no type that Python writes by itself."""


class _Plainly(pickle.Pickler):
    """Writes values of the built-in types themselves, and asks none of any other."""

    def reducer_override(self, _value: object) -> NoReturn:
        raise _NotPlainError


class Plain:
    """A value of built-in types, written at C speed for the answers' side to read.

    Parameters
    ----------
    value
        What is written, as it is at this moment.

    Attributes
    ----------
    written
        The bytes; none if the value is of other types, or too deep or large to go this way.
    """

    __slots__ = ("_writer", "written")

    def __init__(self, value: object) -> None:
        paper = io.BytesIO()
        self._writer = _Plainly(paper, pickle.HIGHEST_PROTOCOL)
        try:
            self._writer.dump(value)
            self.written = paper.getvalue()
        except (TypeError, ValueError, RecursionError, MemoryError, pickle.PicklingError):
            self.written = b""
        if len(self.written) > LONGEST_PLAIN:
            self.written = b""

    def containers(self) -> list[Any]:
        """List the containers that were met, in order; they hold what they hold by now."""
        met = self._writer.memo.copy().values()
        held = [pair for pair in met if type(pair[1]) in CONTAINERS]
        return [item for _, item in sorted(held, key=itemgetter(0))]

    def texts(self) -> list[str]:
        """List the texts that were written."""
        met = [item for _, item in self._writer.memo.copy().values()]
        texts = [item for item in met if type(item) is str]
        return texts + [item.decode("latin-1") for item in met if type(item) is bytes]


class Encoder:
    """Turns values into trees; one encoder for what shares references.

    Parameters
    ----------
    foreign
        Asked for the tree of what is no plain value; may return ``None``.
    objects
        Containers that the other side holds already, by their numbers.
    """

    def __init__(
        self,
        foreign: Callable[[object], list[Any] | None] | None = None,
        objects: list[Any] | None = None,
    ) -> None:
        self.foreign = foreign
        self.objects: list[Any] = list(objects or [])
        self._numbers = {id(item): number for number, item in enumerate(self.objects)}
        self._nodes = 0

    def tree(self, value: object) -> Any:
        """Encode one value; what is too large for the crossing becomes opaque as a whole."""
        before = len(self.objects)
        try:
            return self._tree(value, 0)
        except (_TooLarge, RecursionError, MemoryError):
            for item in self.objects[before:]:
                self._numbers.pop(id(item), None)
            del self.objects[before:]
            return ["o", type(value).__name__, "… too large"]

    def contents(self, value: object) -> Any:
        """Encode what a container holds now, though its number is known."""
        return self._parts(value, type(value), 0)

    def _tree(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is str:
            return value if value.isascii() else _text(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return value if value.bit_length() < _DIGITS_BITS else ["i", hex(value)]
        self._nodes += 1
        if self._nodes > NODES:
            raise _TooLarge
        if id(value) in self._numbers and _numbered(kind):
            return ["@", self._numbers[id(value)]]
        if depth > DEPTH:
            return ["o", kind.__name__, "…"]
        if _numbered(kind):
            self._numbers[id(value)] = len(self.objects)
            self.objects.append(value)
        return self._parts(value, kind, depth)

    def _parts(self, value: Any, kind: type, depth: int) -> Any:
        deeper = depth + 1
        if kind is dict:
            flat: list[Any] = ["d"]
            for pair in value.items():
                flat += pair
        elif kind is list or kind is tuple:
            flat = ["l" if kind is list else "t", *value]
        else:
            return self._rarer(value, kind, depth)
        self._nodes += len(flat)
        for place, item in enumerate(flat):
            # What stands for itself is most of what there is, and costs no call.
            of = type(item)
            if of is float or item is None or of is bool:
                continue
            if (of is str and item.isascii()) or (of is int and item.bit_length() < _DIGITS_BITS):
                continue
            flat[place] = self._tree(item, deeper)
        return flat

    def _rarer(self, value: Any, kind: type, depth: int) -> Any:  # noqa: PLR0911 - one a type
        deeper = depth + 1
        numpy = _numpy()
        if numpy is not None and issubclass(kind, numpy.generic | numpy.ndarray):
            return _from_numpy(value, kind, numpy)
        for base, tag in _COLLECTIONS:
            if issubclass(kind, base):
                if base is dict:
                    return self._parts(dict(dict.items(value)), dict, depth)
                return [tag, *[self._tree(item, deeper) for item in base.__iter__(value)]]
        if issubclass(kind, bytes | bytearray):
            tag = "y" if issubclass(kind, bytearray) else "b"
            return [tag, _text64(memoryview(value).tobytes())]
        if issubclass(kind, str):
            return self._tree(str.__str__(str.__getitem__(value, slice(None))), depth)
        if issubclass(kind, int):
            return self._tree(int.__add__(value, 0), depth)
        if issubclass(kind, float):
            return float.__add__(value, 0.0) if value != 0 else math.copysign(0.0, value)
        plain = _PLAIN.get(kind)
        if plain is not None:
            return plain(value)
        made = self.foreign(value) if self.foreign is not None else None
        return ["o", kind.__name__, own_words(value)] if made is None else made


_COLLECTIONS: tuple[tuple[Any, str], ...] = (
    (list, "l"),
    (tuple, "t"),
    (dict, "d"),
    (set, "e"),
    (frozenset, "f"),
)
_PLAIN: dict[type, Callable[[Any], list[Any]]] = {
    complex: lambda value: ["c", value.real, value.imag],
    range: lambda value: ["r", *[_whole(part) for part in (value.start, value.stop, value.step)]],
    slice: lambda value: ["S", *[_whole(part) for part in (value.start, value.stop, value.step)]],
    dt.datetime: lambda value: ["T", value.isoformat(), value.fold],
    dt.date: lambda value: ["D", value.isoformat()],
    dt.time: lambda value: ["h", value.isoformat(), value.fold],
    dt.timedelta: lambda value: ["x", value.days, value.seconds, value.microseconds],
    fractions.Fraction: lambda value: ["q", hex(value.numerator), hex(value.denominator)],
    decimal.Decimal: lambda value: ["m", str(value)],
    type(...): lambda _: ["."],
    type(NotImplemented): lambda _: ["!"],
}


def _whole(value: Any) -> Any:
    return hex(value) if type(value) is int else None


def _numbered(kind: type) -> bool:
    if kind is list or kind is dict or kind is set or kind is bytearray:
        return True
    numpy = _numpy()
    return issubclass(kind, list | dict | set | bytearray) or (
        numpy is not None and issubclass(kind, numpy.ndarray)
    )


def _text(value: str) -> Any:
    try:
        value.encode()
    except UnicodeEncodeError:
        # JSON would read two halves of a pair as one character.
        return ["s", _text64(value.encode("utf-8", "surrogatepass"))]
    return value


def _from_numpy(value: Any, kind: type, numpy: Any) -> list[Any]:
    array = numpy.asarray(value)
    parts = _in_two(array, numpy) if array.dtype.char == "g" else [array]
    size = sum(part.nbytes for part in parts)
    if not parts or size > NODES * 16 or not _DTYPE.fullmatch(parts[0].dtype.str):
        return ["o", kind.__name__, own_words(value)]
    trees = [_of_array(part, scalar=issubclass(kind, numpy.generic)) for part in parts]
    return trees[0] if len(trees) == 1 else ["L", *trees]


def _of_array(array: Any, *, scalar: bool) -> list[Any]:
    data = _text64(array.tobytes())
    if scalar:
        return ["n", array.dtype.str, data]
    return ["a", array.dtype.str, [int(size) for size in array.shape], data]


def _in_two(array: Any, numpy: Any) -> list[Any]:
    """Write numbers longer than Python's as two of Python's that add up to them.

    How long they are is the machine's own affair, so they do not go as they are.
    None are given if one of them is no such sum.
    """
    with numpy.errstate(all="ignore"):
        near = array.astype("<f8")
        more = numpy.isfinite(near) & (near != array)
        rest = numpy.where(more, array - near, numpy.copysign(0, near)).astype("<f8")
        exact = numpy.array_equal(near + rest.astype(array.dtype), array, equal_nan=True)
    return [near, rest] if exact else []


class Decoder:
    """Turns trees into values, and believes nothing.

    Parameters
    ----------
    special
        For each further tag, what makes a value of the array that it heads.
    objects
        Containers that this side holds already, by their numbers.
    """

    def __init__(
        self,
        special: dict[str, Callable[[list[Any]], Any]] | None = None,
        objects: list[Any] | None = None,
    ) -> None:
        self.special = special or {}
        self.objects: list[Any] = list(objects or [])
        self._nodes = 0

    def value(self, tree: Any) -> Any:
        """Decode one tree.

        Raises
        ------
        Refused
            If it is not one that an `Encoder` makes.
        """
        try:
            return self._value(tree, 0)
        except Refused:
            raise
        except (
            TypeError,
            ValueError,
            LookupError,
            ArithmeticError,
            AttributeError,
            RecursionError,
            MemoryError,
        ) as error:
            raise Refused(f"no value: {type(error).__name__}") from None

    def _value(self, tree: Any, depth: int) -> Any:
        kind = type(tree)
        if kind is str or kind is int or kind is float or kind is bool or tree is None:
            return tree
        if kind is not list or not tree or depth > DEPTH + 2:
            raise Refused("no value")
        self._nodes += 1
        if self._nodes > 2 * NODES:
            raise Refused("more parts than a value may have")
        tag = tree[0]
        if tag == "d":
            return self._dict(tree, depth)
        if tag == "@":
            return self._met_again(tree)
        if tag != "l":
            return self._rarer(tag, tree, depth)
        made: list[Any] = []
        self.objects.append(made)
        made += self._items(tree, depth)
        return made

    def _met_again(self, tree: list[Any]) -> Any:
        _tag, number = tree
        if type(number) is not int or number < 0:
            raise Refused("no reference")
        return self.objects[number]

    def _dict(self, tree: list[Any], depth: int) -> dict[Any, Any]:
        if len(tree) % 2 == 0:
            raise Refused("a key without a value")
        made: dict[Any, Any] = {}
        self.objects.append(made)
        items = self._items(tree, depth)
        made.update(zip(_spread(items[::2]), items[1::2], strict=True))
        return made

    def _items(self, tree: list[Any], depth: int) -> list[Any]:
        items = tree[1:]
        self._nodes += len(items)
        for place, item in enumerate(items):
            if type(item) is list or type(item) is dict:
                items[place] = self._value(item, depth + 1)
        return items

    def _rarer(self, tag: Any, tree: list[Any], depth: int) -> Any:
        if type(tag) is not str:
            raise Refused("no tag")
        if tag in self.special:
            return self.special[tag](tree)
        if tag == "t":
            return tuple(self._items(tree, depth))
        if tag == "f":
            return frozenset(_spread(self._items(tree, depth)))
        if tag == "e":
            held: set[Any] = set()
            self.objects.append(held)
            held.update(_spread(self._items(tree, depth)))
            return held
        if tag in ("a", "y") or (tag == "L" and tree[1][0] == "a"):
            made = bytearray(_bytes(tree[1])) if tag == "y" else _READERS[tag](*tree[1:])
            self.objects.append(made)
            return made
        reader = _READERS.get(tag)
        if reader is None:
            raise Refused("no tag")
        return reader(*tree[1:])

    def _contents(self, tree: Any) -> Any:
        """Decode what heads a container that has its number already."""
        before = len(self.objects)
        # Its place is taken while its parts are numbered, as they were on the other side.
        hold = Decoder(self.special, self.objects)
        if type(tree) is not list or not tree or tree[0] not in ("l", "d", "e", "a", "y", "L"):
            raise Refused("no contents")
        tag = tree[0]
        if tag in ("a", "y", "L"):
            # It holds no others, and is not numbered anew.
            return hold.value(tree)
        parts = [hold.value(item) for item in tree[1:]]
        self.objects += hold.objects[before:]
        if tag == "l":
            return parts
        if tag == "e":
            return set(_spread(parts))
        if len(parts) % 2:
            raise Refused("a key without a value")
        return dict(zip(_spread(parts[::2]), parts[1::2], strict=True))

    def refill(self, number: int, tree: Any) -> None:
        """Put into a container that this side holds what it holds on the other side now."""
        held = self.objects[number]
        now = self._contents(tree)
        if isinstance(held, list) and isinstance(now, list):
            list.__setitem__(held, slice(None), now)
        elif isinstance(held, dict) and isinstance(now, dict):
            dict.clear(held)
            dict.update(held, now)
        elif isinstance(held, set) and isinstance(now, set):
            set.clear(held)
            set.update(held, now)
        elif isinstance(held, bytearray) and isinstance(now, bytearray):
            held[:] = now
        else:
            _refill_array(held, now)


def _spread(keys: list[Any]) -> list[Any]:
    """Give keys of a dict or set back, if they are not made to share a hash."""
    if len(keys) > ONE_HASH:
        hashes = sorted(map(hash, keys))
        if any(a == b for a, b in zip(hashes, hashes[ONE_HASH:], strict=False)):
            raise Refused("too many keys of one hash")
    return keys


def _refill_array(held: Any, now: Any) -> None:
    numpy = _numpy()
    if numpy is None or not isinstance(held, numpy.ndarray) or not isinstance(now, numpy.ndarray):
        raise Refused("a container became another")
    if held.shape != now.shape or not numpy.can_cast(now.dtype, held.dtype, "same_kind"):
        raise Refused("a container became another")
    numpy.copyto(held, now, casting="same_kind")


def _bytes(text: Any) -> bytes:
    if type(text) is not str:
        raise Refused("no bytes")
    return base64.b64decode(text, validate=True)


def _number(text: Any) -> int:
    if type(text) is not str or not text.isascii():
        raise Refused("no number")
    return int(text, 16)


def _end(text: Any) -> int | None:
    return None if text is None else _number(text)


def _finite(value: Any) -> float:
    if type(value) is not float:
        raise Refused("no number")
    return value


def _words(value: Any) -> str:
    if type(value) is not str or len(value) > NODES:
        raise Refused("no words")
    return value


def _of_numpy(code: Any, data: bytes) -> Any:
    numpy = _numpy()
    if numpy is None or type(code) is not str or not _DTYPE.fullmatch(code):
        raise Refused("no array")
    flat = numpy.frombuffer(data, dtype=numpy.dtype(code)).copy()
    if flat.dtype.kind == "b" and data.strip(b"\x00\x01"):
        raise Refused("no truth values")
    if flat.dtype.kind == "U":
        points = flat.view(flat.dtype.byteorder.replace("=", "<") + "u4")
        if points.size and int(points.max()) > sys.maxunicode:
            raise Refused("no text")
    return flat


def _array(code: Any, shape: Any, data: Any) -> Any:
    flat = _of_numpy(code, _bytes(data))
    if type(shape) is not list or not all(type(n) is int and 0 <= n <= NODES * 16 for n in shape):
        raise Refused("no shape")
    return flat.reshape(shape)


def _long(near: Any, rest: Any) -> Any:
    """Add up the two parts of numbers that are longer than Python's, or of one such number."""
    if type(near) is not list or type(rest) is not list or near[:-1] != rest[:-1]:
        raise Refused("no parts of long numbers")
    if near[:2] not in (["a", "<f8"], ["n", "<f8"]):
        raise Refused("no parts of long numbers")
    first, second = (_READERS[tag](*tree) for tag, *tree in (near, rest))
    with _numpy().errstate(all="ignore"):
        return first.astype("g") + second


def _scalar(code: Any, data: Any) -> Any:
    flat = _of_numpy(code, _bytes(data))
    if flat.size != 1:
        raise Refused("no scalar")
    return flat[0]


def _timed(kind: Any, text: Any, fold: Any) -> Any:
    made = kind.fromisoformat(_words(text))
    return made.replace(fold=1) if fold == 1 else made


_READERS: dict[str, Callable[..., Any]] = {
    "i": _number,
    "s": lambda text: _bytes(text).decode("utf-8", "surrogatepass"),
    "b": _bytes,
    "c": lambda real, imaginary: complex(_finite(real), _finite(imaginary)),
    "r": lambda start, stop, step: range(_number(start), _number(stop), _number(step)),
    "S": lambda start, stop, step: slice(_end(start), _end(stop), _end(step)),
    "T": lambda text, fold: _timed(dt.datetime, text, fold),
    "D": lambda text: dt.date.fromisoformat(_words(text)),
    "h": lambda text, fold: _timed(dt.time, text, fold),
    "x": lambda days, seconds, micro: dt.timedelta(int(days), int(seconds), int(micro)),
    "q": lambda above, below: fractions.Fraction(_number(above), _number(below)),
    "m": lambda text: decimal.Decimal(_words(text)),
    "a": _array,
    "n": _scalar,
    "L": _long,
    "o": opaque,
    ".": lambda: ...,
    "!": lambda: NotImplemented,
}


def dumps(value: object) -> str:
    """Encode one value as text."""
    return json.dumps(Encoder().tree(value))


def loads(text: str | bytes) -> Any:
    """Decode one value from text.

    Raises
    ------
    Refused
        If it is not what `dumps` makes.
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError, MemoryError):
        raise Refused("no JSON") from None
    return Decoder().value(tree)
