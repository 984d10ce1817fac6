"""A part of a chapter as a cell shows it: complete HTML, and plain text for a terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Part:
    """A displayable part of a chapter; the last expression of a cell shows it."""

    html: str
    """HTML that is whole without a style sheet and without a script."""
    text: str
    """The same in words."""

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Return the words: what a terminal and a plain-text reader get."""
        return self.text
