"""The teacher's terminal, on which nobody else's words write a line of their own.

A file's name, an error's text or a person's name may hold line ends, signs that
move the cursor or turn the writing direction, and the marks by which ``rich``
colours text.  Printed as they are, they can write a line of their own: one that
speaks of a classmate.  So every command writes by way of :class:`Terminal` and
:class:`Grid`, which let no such sign through, whoever forgot where a text came from.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

LONGEST = 400

# Control, format (writing direction, zero width), surrogate, unassigned; line and paragraph ends.
UNPRINTABLE = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
JOINERS = "\u200c\u200d"  # part of the spelling in several scripts
# Room for a line of names, such as of all who did not hand in.
WHOLE_LINE = 1 << 16
# What every command of a course asks for.
CourseDir = Annotated[
    Path | None,
    typer.Option("--course-dir", help="The course folder; the current one if not given."),
]


def one_line(text: str, longest: int = LONGEST) -> str:
    r"""Return a text that stays on its line and moves nothing else on the screen.

    Parameters
    ----------
    text
        Anything, for example a file name out of an archive.
    longest
        Number of characters from which on it is cut, more than 0.

    >>> one_line("full\n! aino: forged")
    'full\\n! aino: forged'
    """
    shown = "".join(
        sign
        if unicodedata.category(sign) not in UNPRINTABLE or sign in JOINERS
        else sign.encode("unicode_escape").decode("ascii")
        for sign in text
    )
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def line(text: str) -> Text:
    """Return a text as one line for ``rich``, with no markup in it."""
    return Text(one_line(text, WHOLE_LINE))


def _fit(part: Any) -> Any:
    return line(part) if isinstance(part, str) else part


class Grid(Table):
    """A table without lines, whose cells are shown letter by letter."""

    def __init__(self, *headings: str, right: tuple[str, ...] = ()) -> None:
        super().__init__(box=None, pad_edge=False)
        for heading in headings:
            self.add_column(heading, overflow="fold")
        for heading in right:
            self.add_column(heading, justify="right")

    def add_row(self, *cells: Any, **more: Any) -> None:
        """Add a row of texts."""
        super().add_row(*map(_fit, cells), **more)


class Terminal(Console):
    """Where a command says what it did: each text on one line, with nothing hidden in it.

    Parameters
    ----------
    stderr
        Whether it is the stream for errors.
    """

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, soft_wrap=True, emoji=False)

    def print(self, *objects: Any, **more: Any) -> None:
        """Print; texts letter by letter, and what is made of ``rich``'s parts as it is."""
        super().print(*map(_fit, objects), **more)
