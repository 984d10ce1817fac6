"""Code that a newer Python reads and this one does not.

A learner works in the browser lab, whose Python may be newer than the desk's.
Whether only that explains a syntax error is found without the newer Python: what
is new in the code is written in the old way, and the whole must then parse.
Where that is in doubt, the answer is no.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass

from IPython.core.inputtransformer2 import TransformerManager

#: The Python of the browser lab: that of the pinned Pyodide.
LAB_PYTHON = (3, 14)
LONGEST = 100_000
DEEPEST = 10

_STRING = re.compile(r"(?<!\w)([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_FORMATTED = {"f", "rf", "fr", "t", "rt", "tr"}
_PLAIN = {"", "r", "u", "b", "br", "rb"}
# Several errors without parentheses, and without ``as``, which still asks for them.
_EXCEPT = re.compile(
    r"^([ \t]*except\*?[ \t]+)([\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)([ \t]*:)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Newer:
    """Code that needs a newer Python.

    Attributes
    ----------
    needs
        The oldest Python that reads it, such as ``(3, 12)``.
    rewritten
        Code that binds the same names and that this Python reads.
    """

    needs: tuple[int, int]
    rewritten: str


class _NotReadError(Exception):
    """The code is not understood, or is wrong in any Python."""


def newer_syntax(source: str, running: tuple[int, int] | None = None) -> Newer | None:
    """Say what explains a syntax error, if a newer Python does and nothing else.

    Parameters
    ----------
    source
        A cell, with IPython's own commands if it has any.
    running
        The Python that did not read it; this one if not given.
    """
    running = running or sys.version_info[:2]
    if len(source) > LONGEST:
        return None
    try:
        plain = TransformerManager().transform_cell(source)
        if _parses(plain):
            return None
        reader = _Reader()
        rewritten = _EXCEPT.sub(reader.in_parentheses, reader.code(plain))
    except (_NotReadError, SyntaxError, ValueError, RecursionError):
        return None
    if reader.needs <= running or reader.needs > LAB_PYTHON or not _parses(rewritten):
        return None
    return Newer(reader.needs, rewritten)


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


class _Reader:
    """Reads strings as Python 3.14 does, and writes empty ones in their places."""

    def __init__(self) -> None:
        self.needs = (3, 0)
        self.depth = 0

    def in_parentheses(self, found: re.Match[str]) -> str:
        """Write several errors as a tuple."""
        self.needs = max(self.needs, (3, 14))
        return f"{found[1]}({found[2]}){found[3]}"

    def code(self, text: str) -> str:
        """Return code with each formatted string replaced by an empty one."""
        written, _ = self._until(text, 0, "")
        return written

    def _until(self, text: str, place: int, ends: str) -> tuple[str, int]:
        """Read code up to one of some signs outside all brackets, or to the end."""
        written: list[str] = []
        brackets = 0
        while place < len(text):
            sign = text[place]
            string = _STRING.match(text, place)
            if string is not None:
                place = self._string(text, string, written)
            elif sign == "#":
                end = text.find("\n", place)
                end = len(text) if end < 0 else end
                written.append(text[place:end])
                place = end
            elif brackets == 0 and sign in ends and text[place : place + 2] != "!=":
                return "".join(written), place
            else:
                brackets += (sign in "([{") - (sign in ")]}")
                written.append(sign)
                place += 1
        if ends:
            raise _NotReadError
        return "".join(written), place

    def _string(self, text: str, string: re.Match[str], written: list[str]) -> int:
        prefix, quotes = string[1].lower(), string[2]
        if prefix in _FORMATTED:
            self.needs = max(self.needs, (3, 14) if "t" in prefix else (3, 12))
            written.append("''")
            return self._formatted(text, string.end(), quotes)
        if prefix not in _PLAIN:
            raise _NotReadError
        place = string.end()
        while not text.startswith(quotes, place):
            if place >= len(text) or (len(quotes) == 1 and text[place] == "\n"):
                raise _NotReadError
            place += 2 if text[place] == "\\" else 1
        written.append(text[string.start() : place + len(quotes)])
        return place + len(quotes)

    def _formatted(self, text: str, place: int, quotes: str) -> int:
        """Read a formatted string from behind its opening quotes to behind its closing ones."""
        while not text.startswith(quotes, place):
            pair = text[place : place + 2]
            if not pair or (len(quotes) == 1 and pair[0] == "\n"):
                raise _NotReadError
            if pair in ("{{", "}}") or pair[0] == "\\":
                place += 2
            elif pair[0] == "}":
                raise _NotReadError
            elif pair[0] == "{":
                place = self._field(text, place + 1, quotes)
            else:
                place += 1
        return place + len(quotes)

    def _field(self, text: str, place: int, quotes: str) -> int:
        """Read a field from behind its opening brace to behind its closing one."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _NotReadError
        inner, place = self._until(text, place, "}!:")
        _check(inner)
        if text[place] == "!":
            if text[place + 1 : place + 2] not in ("r", "s", "a"):
                raise _NotReadError
            place += 2
        if text[place : place + 1] == ":":
            place += 1
            while text[place : place + 1] not in ("}", ""):
                if text.startswith(quotes, place) or text[place] == "\n":
                    raise _NotReadError
                place = self._field(text, place + 1, quotes) if text[place] == "{" else place + 1
        if text[place : place + 1] != "}":
            raise _NotReadError
        self.depth -= 1
        return place + 1


def _check(inner: str) -> None:
    """Refuse what no Python reads as the value of a field."""
    shown = re.sub(r"(?<![=!<>])=\s*$", "", inner)
    tree = ast.parse(f"({shown}\n)", mode="eval").body
    if isinstance(tree, ast.Tuple) and not tree.elts and "(" not in shown:
        raise _NotReadError
