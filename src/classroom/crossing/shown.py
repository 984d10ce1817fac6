"""What may be shown of a value that came back while a hidden part of a test called.

A function can keep what a test sends, and return it in a later call of that test.
So of a text that comes back, only words are shown that cannot tell of another call:
those of this call, of what the test expects of it, and of the cells as they were handed
in.  Any other text is told by its kind.  Numbers, yes and no are shown as they are,
and a list of them as far as a line or two goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .values import DEPTH, Opaque, opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters of a value that are shown in a message not made by `practice`, which has its own.
ROOM = 320
# Shorter texts are left in such a message: it may have met them anywhere.
SHORT = 40
MORE = "… (the rest is not shown: a hidden test called)"
UNTOLD = "(a text that is not shown: a hidden test called)"
# A whole number of more digits can be a text in disguise.
LONGEST_DIGITS = 18
LONGEST_NUMBER = 10**LONGEST_DIGITS
# So many calls of a hidden part, and texts of each, are remembered until a message is shown.
CALLS = 20
TEXTS = 100
# A value of more parts is no part of a message.
PARTS = 100_000
# Words, and what stands between them.
_PARTS = re.compile(r"\w+|\W+")


class text(Opaque):  # noqa: N801 - its name is the word by which a check tells its type
    """Stands where a text is not shown."""

    def __init__(self) -> None:
        super().__init__(UNTOLD)


class number(Opaque):  # noqa: N801 - as above
    """Stands where a whole number has more digits than are shown."""

    def __init__(self) -> None:
        super().__init__("(a long number that is not shown: a hidden test called)")


def texts_of(value: Any) -> Iterator[str]:
    """List the texts that a plain value, or its tree, is made of; each part is met once."""
    met: set[int] = set()
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, bytes | bytearray):
            yield part.decode("latin-1")
        elif id(part) not in met:
            met.add(id(part))
            if isinstance(part, dict):
                waiting += [*part.keys(), *part.values()]
            elif isinstance(part, list | tuple | set | frozenset):
                waiting += part
            elif hasattr(type(part), "dtype") and part.dtype.kind in "US":
                waiting.append(part.tolist())


class Known:
    """Texts whose words may be shown."""

    def __init__(self, *texts: str) -> None:
        self._whole = "\0".join(texts)

    def __contains__(self, text: str) -> bool:
        """Whether a text is among them, or is put together of words that are."""
        return text in self._whole or (
            len(text) <= ROOM and all(map(self._has_word, _PARTS.findall(text)))
        )

    def _has_word(self, word: str) -> bool:
        # A whole number is shown by itself, too.
        return word in self._whole or (word.isdecimal() and len(word) < LONGEST_DIGITS)


def veiled(value: Any, known: Known) -> Any:
    """Give a plain value with all in it replaced that is not to be shown."""
    return _veiled(value, known, {}, 0)


def _veiled(value: Any, known: Known, done: dict[int, Any], depth: int) -> Any:
    kind = type(value)
    if kind is str:
        return value if value in known else text()
    if kind is int:
        return value if abs(value) < LONGEST_NUMBER else number()
    if kind.__name__ == "Foreign":
        # What a check makes of values of other types than it compares; by that type it is told.
        return opaque(value.kind)
    if kind not in (list, tuple, dict, set, frozenset):
        return value
    if id(value) not in done:
        # What holds itself, or lies too deep to be shown.
        done[id(value)] = opaque(kind.__name__)
        flat = [part for pair in value.items() for part in pair] if kind is dict else value
        if depth < DEPTH:
            parts = [_veiled(part, known, done, depth + 1) for part in flat]
            done[id(value)] = (
                dict(zip(parts[::2], parts[1::2], strict=True)) if kind is dict else kind(parts)
            )
    return done[id(value)]


def unshown(known: Known, back: list[Any]) -> dict[str, str]:
    """Find what of values that came back is to be taken out of a message.

    Returns
    -------
    dict
        From what may stand there, as Python writes it, to what is put in its place.
    """
    found: dict[str, str] = {}
    long = (words for words in texts_of(back) if len(words) >= SHORT and words not in known)
    for words, _ in zip(long, range(TEXTS), strict=False):
        for part in (words, repr(words)[1:-1]):
            found[part] = UNTOLD
    for value in back:
        if not isinstance(value, str) and _can_be_written(value):
            written, told = _written(value), _written(veiled(value, known))
            told = told if len(told) <= ROOM else told[:ROOM] + MORE
            if told != written:
                found[written] = told
    return found


def _can_be_written(value: Any) -> bool:
    """Whether a message can hold the value: what shares its parts may be endless when written."""
    waiting, count = [value], 0
    while waiting and count <= PARTS:
        part = waiting.pop()
        count += 1
        if isinstance(part, dict):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple | set | frozenset):
            waiting += part
    return not waiting


def _written(value: Any) -> str:
    try:
        return repr(value)
    except (RecursionError, ValueError):
        return ""
