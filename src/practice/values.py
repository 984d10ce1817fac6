"""Compare and show values that a learner's code returned, whatever they are.

A returned object may claim to equal everything, hold itself, or have a repr as
long as a book.  So nothing here asks the object: `rebuilt` rebuilds lists, dicts,
texts and numbers through the built-in types' own methods, and what is none of
these becomes `Foreign`, which equals nothing.  Numbers of NumPy, fractions and
decimals count as the plain number that they are equal to.
"""

import builtins
import copy
import math
import pickle
import reprlib
import sys
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from practice.language import _

Value = TypeVar("Value")
DEPTH = 20
# What is shown of an answer; a desk that hides some of its calls sets another, see `screen`.
_screens: list[Callable[[object, object], object]] = []
LEVELS_SHOWN = 4
# Bytes of a value that is copied or compared as a whole.
_LONGEST = 1 << 26
TOLERANCE = 1e-9
_EXACT = frozenset(map(id, (str, int, float, bool, type(None))))
# CPython's mark of a type that no Python code can make or change.
_IMMUTABLE = 1 << 8
# The type's own words, whatever its metaclass would say.
_flags = vars(type)["__flags__"].__get__
_name = vars(type)["__name__"].__get__


@dataclass(frozen=True, eq=False)
class Foreign:
    """Stands for a value that no check expects."""

    kind: str
    text: str

    def __repr__(self) -> str:
        return self.text


def rebuilt(value: object) -> object:
    """Return the value rebuilt from exact built-in types.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    object
        None, bool, int, float, str, list, tuple, dict or set of such, with
        `Foreign` in place of everything else and of what lies deeper than 20
        levels or inside itself.
    """
    return _rebuild(value, {}, DEPTH)


def _rebuild(  # noqa: PLR0911, one return a type
    value: Any, done: dict[int, object], depth: int
) -> object:
    if _is_exact(value):
        return value
    # The type's word, not isinstance's: an object can lie about its __class__.
    kind = type(value)
    if issubclass(kind, int):
        return int.__add__(value, 0)
    if issubclass(kind, float):
        return float.__add__(value, 0.0)
    if issubclass(kind, str):
        return str.__add__(value, "")
    container: Any = next((one for one in (list, tuple, dict, set) if issubclass(kind, one)), None)
    if container is None:
        number = _number(value)
        return _foreign(value) if number is None else number
    if depth == 0:
        return Foreign(kind.__name__, "…")
    if id(value) not in done:
        done[id(value)] = Foreign(kind.__name__, "…")  # met again while inside: it holds itself
        if container is set:
            done[id(value)] = {_key(item) for item in set.__iter__(value)}
        elif container is dict:
            parts = _parts(dict.values(value), done, depth)
            done[id(value)] = dict(zip(map(_key, dict.keys(value)), parts, strict=True))
        else:
            done[id(value)] = container(_parts(container.__iter__(value), done, depth))
    return done[id(value)]


def _parts(parts: Iterable[object], done: dict[int, object], depth: int) -> list[object]:
    found = [*parts]
    if _are_exact(found):
        return found
    return [_rebuild(part, done, depth - 1) for part in found]


def _is_exact(value: object) -> bool:
    kind = type(value)  # compared by identity: a class, too, may claim to equal another
    return kind is str or kind is int or kind is float or kind is bool or value is None


def _number(value: Any) -> object:
    """Return the number (or text, or yes or no) that a value of a kept library stands for."""
    kind = type(value)
    made: object = None
    try:
        if _flags(kind) & _IMMUTABLE:
            names = [(one.__module__, one.__name__) for one in type.mro(kind)]
            scalar = ("numpy", "generic") in names
            if scalar or (names[0] == ("numpy", "ndarray") and value.ndim == 0):
                made = value.item()
                made = float(value) if type(made) is kind else made
            elif names[0] == ("decimal", "Decimal"):
                made = float(value)
        elif kind is getattr(sys.modules.get("fractions"), "Fraction", None):
            # Its two slots hold what they were given; its methods may be anybody's.
            slots = [vars(kind).get(name) for name in ("_numerator", "_denominator")]
            if all(type(slot) is types.MemberDescriptorType for slot in slots):
                above, below = (slot.__get__(value) for slot in slots if slot is not None)
                if type(above) is int and type(below) is int:
                    made = above / below
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        return None
    if type(made) is float and math.isinf(made) and value != made:
        return None  # larger than any of Python's: it is another number, not infinity
    return made if _is_exact(made) else None


def _key(key: object) -> object:
    if _is_exact(key):
        return key
    known = rebuilt(key)
    return known if _is_exact(known) else _foreign(key)


def _foreign(value: object) -> Foreign:
    name = _name(type(value))
    # A type that is only called bool or list must not be told as the one that was expected.
    if vars(builtins).get(name, type(value)) is not type(value):
        name = f"{type(value).__module__}.{name}"
    return Foreign(name, _own_words(value))


def _own_words(value: object) -> str:
    try:
        text = repr(value)
        return text if type(text) is str else str.__add__(text, "")
    except Exception:  # noqa: BLE001, a learner's __repr__ may raise anything
        return f"<{type(value).__name__}>"


def copied(value: Value) -> Value:
    """Return a deep copy; what is made of built-in types is copied at C speed.

    Parameters
    ----------
    value : object
        Anything that can be copied.
    """
    if _is_exact(value):
        return value
    written = _written(value, _LONGEST, fast=False)
    if written is None:
        return copy.deepcopy(value)
    made: Value = pickle.loads(written)  # noqa: S301, it was written in the line above
    return made


class _OtherTypeError(TypeError):
    """A value of no type that Python writes by itself."""


class _Exact(pickle.Pickler):
    """Writes values of the built-in types themselves, and asks none of any other."""

    def reducer_override(self, _value: object) -> NoReturn:
        raise _OtherTypeError


class _Sheet:
    """Takes what is written while there is room."""

    __slots__ = ("parts", "room")

    def __init__(self, room: int) -> None:
        self.parts: list[bytes] = []
        self.room = room

    def write(self, part: bytes) -> None:
        self.room -= len(part)
        if self.room < 0:
            raise OverflowError
        self.parts.append(bytes(part))


def _written(value: object, room: int, *, fast: bool) -> bytes | None:
    """Return a value as `pickle` writes it, None if it is of other types, or takes more room.

    Written ``fast``, equal values are equal bytes; else a copy can be read from them.
    """
    sheet = _Sheet(room)
    writer = _Exact(sheet, pickle.HIGHEST_PROTOCOL)
    writer.fast = fast
    try:
        writer.dump(value)
    except Exception:  # noqa: BLE001, too deep, too long, holding itself: all is told by None
        return None
    return b"".join(sheet.parts)


def _are_exact(parts: Iterable[object]) -> bool:
    return _EXACT.issuperset(map(id, map(type, parts)))


def is_plain_dict(value: object) -> bool:
    """Return True for a dict whose keys are texts, numbers, True, False and None themselves."""
    return type(value) is dict and _are_exact(value)


def show(value: object, limit: int = 320) -> str:
    """Return the value as Python writes it, shortened to be read.

    Parameters
    ----------
    value : object
        Anything.
    limit : int
        Characters at most, at least 20.
    """
    writer = reprlib.Repr()
    writer.maxstring = writer.maxother = 120
    writer.maxlong = 60
    writer.maxdict = writer.maxset = 12
    text = ""
    known = rebuilt(value)
    # A long list of rows is told by its first few, a short one in full.
    for items in (12, 6, 3, 2, 1):
        writer.maxlist = writer.maxtuple = items
        text = _write(known, writer, 0)
        if len(text) <= limit:
            return text
    return text[: limit - 1] + "…"


def show_items(value: object, width: int = 240) -> list[str]:
    """Return the value in lines, a list's items one a line.

    Parameters
    ----------
    value : object
        Anything.  Of a list longer than six items, two are shown and the rest
        counted: it is a table, and its rows are alike.
    width : int
        Characters of a line at most.
    """
    items = rebuilt(value)
    if not isinstance(items, list) or not items:
        return [show(value, width)]
    rows = len(items) if len(items) <= 6 else 2
    lines = [show(item, width) + "," for item in items[:rows]]
    if len(items) > rows:
        lines.append(_("… {count} more").format(count=len(items) - rows))
    lines[0] = "[" + lines[0]
    lines[1:] = [" " + line for line in lines[1:]]
    lines[-1] = lines[-1].rstrip(",") + "]"
    return lines


def _write(  # noqa: PLR0911, one return a type
    value: object, writer: reprlib.Repr, level: int
) -> str:
    if level > LEVELS_SHOWN:
        return "…"
    if isinstance(value, list | tuple):
        size = writer.maxlist
        shown = [_write(item, writer, level + 1) for item in value[:size]]
        if len(value) > size:
            shown.append(_("… {count} more").format(count=len(value) - size))
        inside = ", ".join(shown)
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, dict):
        shown = [
            f"{_write(key, writer, level + 1)}: {_write(item, writer, level + 1)}"
            for key, item in list(value.items())[: writer.maxdict]
        ]
        if len(value) > writer.maxdict:
            shown.append(_("… {count} more").format(count=len(value) - writer.maxdict))
        return "{" + ", ".join(shown) + "}"
    if isinstance(value, Foreign):
        return value.text if len(value.text) <= writer.maxother else value.text[:117] + "…"
    try:
        return writer.repr(value)
    except ValueError:  # Python refuses to write an int of thousands of digits
        return _("a number of more than {count} digits").format(count=sys.get_int_max_str_digits())


def screen(shown: Callable[[object, object], object]) -> None:
    """Have checks show of an answer what this leaves of it.

    Parameters
    ----------
    shown : callable
        Takes what came back and what was expected, and returns what may be shown.
    """
    _screens[:] = [shown]


def may_show(got: object, expected: object) -> object:
    """Return what may be shown of an answer of which this was expected: without a screen, all."""
    for shown in _screens:
        got = shown(rebuilt(got), expected)
    return got


def told_difference(got: object, expected: object, within: float | None = None) -> str | None:
    """Return the `first_difference` in words that may be shown, None if there is none."""
    found = first_difference(got, expected, within)
    if found is None or not _screens:
        return found
    return first_difference(may_show(got, expected), expected, within) or ""


def first_difference(got: object, expected: object, within: float | None = None) -> str | None:
    """Return, in words, where two values first differ, or None if they agree.

    Parameters
    ----------
    got : object
        What a learner's code returned.
    expected : object
        Made of None, bool, int, float, str, list, tuple and dict.
    within : float or None
        How far numbers may lie from those expected.  None allows for rounding
        in the last digits: 1e-9, or 1e-9 times the number expected if that is
        more.
    """
    if _same(got, expected):
        return None
    return _compare(rebuilt(got), rebuilt(expected), within, "")


def _same(got: object, expected: object) -> bool:
    """Return True if both are equal and of exact built-in types; False says nothing yet.

    Most values are equal, and this finds it without rebuilding them.
    """
    if type(got) is not type(expected):
        return False
    if _is_exact(expected):
        return got == expected
    right = _written(expected, _LONGEST, fast=True)
    # What takes more room is another: it may share its parts, and be endless when written.
    return right is not None and _written(got, len(right), fast=True) == right


def _compare(  # noqa: PLR0911, one return a type
    got: object, expected: object, within: float | None, where: str
) -> str | None:
    place = where + ": " if where else ""
    if _is_number(expected) and _is_number(got):
        if _close(got, expected, within):
            return None
        return place + _("{got} came back, {expected} was expected").format(
            got=show(got), expected=show(expected)
        )
    if type(got) is not type(expected):
        return place + _("{got} came back, {expected} was expected").format(
            got=_kind(got), expected=_kind(expected)
        )
    if isinstance(expected, list | tuple):
        return _compare_items(got, expected, within, where)  # type: ignore[arg-type]
    if isinstance(expected, dict):
        return _compare_keys(got, expected, within, where)  # type: ignore[arg-type]
    if got == expected:
        return None
    return place + _("{got} came back, {expected} was expected").format(
        got=show(got), expected=show(expected)
    )


def _compare_items(
    got: list[object], expected: list[object], within: float | None, where: str
) -> str | None:
    for number, (mine, right) in enumerate(zip(got, expected, strict=False), 1):
        place = _("place {number}").format(number=number)
        found = _compare(mine, right, within, f"{where}, {place}" if where else place)
        if found:
            return found
    if len(got) == len(expected):
        return None
    return (where + ": " if where else "") + _(
        "{got} items came back, {expected} were expected"
    ).format(got=len(got), expected=len(expected))


def _compare_keys(
    got: dict[object, object], expected: dict[object, object], within: float | None, where: str
) -> str | None:
    place = where + ": " if where else ""
    for key in expected:
        if key not in got:
            return place + _("the key {key} is missing").format(key=show(key))
    for key in got:
        if key not in expected:
            return place + _("the key {key} was not asked for").format(key=show(key))
    for key, right in expected.items():
        if _is_exact(right) and type(got[key]) is type(right) and got[key] == right:
            continue  # spares long tables the words below
        name = _("key {key}").format(key=show(key))
        found = _compare(got[key], right, within, f"{where}, {name}" if where else name)
        if found:
            return found
    return None


def _is_number(value: object) -> bool:
    return type(value) is int or type(value) is float


def _close(got: object, expected: object, within: float | None) -> bool:
    if got == expected:
        return True
    try:
        mine, right = float(got), float(expected)  # type: ignore[arg-type]
    except OverflowError:
        return False
    if math.isnan(mine) or math.isnan(right):
        return math.isnan(mine) and math.isnan(right)
    if math.isinf(mine) or math.isinf(right):
        return False
    allowed = TOLERANCE * max(1.0, abs(right)) if within is None else within
    return abs(mine - right) <= allowed


def _kind(value: object) -> str:
    """Return a value's type in words that a beginner has met."""
    names = {
        type(None): "None",
        bool: _("a yes or no ({value})"),
        int: _("the number {value}"),
        float: _("the number {value}"),
        str: _("the text {value}"),
        list: _("a list"),
        tuple: _("a tuple"),
        dict: _("a dict"),
        set: _("a set"),
    }
    if isinstance(value, Foreign):
        return _("something of type {kind}").format(kind=value.kind)
    return names[type(value)].format(value=show(value, 60))
