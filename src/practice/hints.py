"""Hints that open one at a time, from a nudge to nearly there.

A hint is HTML where HTML can be shown: the ladder of a function's hints is
nested, so the second can be opened only once the first is open.  Elsewhere it
is text that shows the hint asked for and recalls those before it.
"""

import difflib
import html
import textwrap
from collections.abc import Mapping, Sequence

from practice.language import _

HINTS_EACH = 3
WIDTH = 88


class Hints:
    """The hints of one notebook; calling it shows those of one function.

    Parameters
    ----------
    hints : dict of str to list of str
        For each function, three texts.  Words between backquotes are code.
    """

    def __init__(self, hints: Mapping[str, Sequence[str]]) -> None:
        for function, texts in hints.items():
            if len(texts) != HINTS_EACH or not all(
                isinstance(text, str) and text.strip() for text in texts
            ):
                raise ValueError(
                    f"{function} needs {HINTS_EACH} hints in words, got {list(texts)!r:.200}"
                )
        self._hints = {function: tuple(texts) for function, texts in hints.items()}

    def __call__(self, function: str, number: int = 0) -> "Ladder":
        """Show the hints of a function.

        Parameters
        ----------
        function : str
            Name of the function that you are writing.
        number : int
            From 1 to 3: open the hints up to this one.  0, the default, leaves
            all of them closed, to be opened by a click.

        Raises
        ------
        ValueError
            If there is no such function or no such hint.
        """
        name = getattr(function, "__name__", function)
        if name not in self._hints:
            near = difflib.get_close_matches(str(name), self._hints, n=1)
            guess = _(' Did you mean "{name}"?').format(name=near[0]) if near else ""
            raise ValueError(
                _("There are hints for {names}, got {given}.").format(
                    names=", ".join(self._hints), given=repr(name)
                )
                + guess
            )
        if isinstance(number, bool) or number not in range(HINTS_EACH + 1):
            raise ValueError(
                _("Hints are numbered 1 to {last}, got {given}.").format(
                    last=HINTS_EACH, given=repr(number)
                )
            )
        return Ladder(name, self._hints[name], number)


class Ladder:
    """One function's hints, opened up to a number; a notebook displays it."""

    def __init__(self, function: str, texts: Sequence[str], opened: int) -> None:
        self._function = function
        self._texts = texts
        self._opened = opened

    def __repr__(self) -> str:
        lines: list[str] = []
        for number in range(1, self._opened + 1):
            lead = self._title(number) + ": "
            lines += textwrap.wrap(
                lead + _(self._texts[number - 1]), WIDTH, subsequent_indent=" " * 4
            )
        if self._opened < HINTS_EACH:
            ask = f'hint("{self._function}", {self._opened + 1})'
            lines.append(
                _("Still stuck? Ask for {ask}.").format(ask=ask)
                if self._opened
                else _("{count} hints wait, from a nudge to nearly there. Ask for {ask}.").format(
                    count=HINTS_EACH, ask=ask
                )
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        ladder = ""
        for number in range(HINTS_EACH, 0, -1):
            opened = " open" if number <= self._opened else ""
            ladder = (
                f"<details{opened} style='margin:.35em 0;padding:.1em 0 .1em .9em;"
                "border-left:3px solid rgba(128,128,128,.45)'>"
                # JupyterLab's MyST styles hide the marker by which one sees what can be opened.
                "<summary style='list-style:revert;cursor:pointer;font-weight:600'>"
                f"{self._title(number)}</summary>"
                f"<p style='margin:.4em 0;max-width:42em;line-height:1.5'>"
                f"{_code(_(self._texts[number - 1]))}</p>{ladder}</details>"
            )
        return f"<div>{ladder}</div>"

    def _title(self, number: int) -> str:
        names = (_("a nudge"), _("a step"), _("nearly there"))
        return _("Hint {number} of {count} ({name})").format(
            number=number, count=HINTS_EACH, name=names[number - 1]
        )


def _code(text: str) -> str:
    """Return escaped HTML in which what stood between backquotes is code."""
    parts = html.escape(text).split("`")
    return "".join(
        f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)
    )
