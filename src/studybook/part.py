"""A part of a chapter as a cell shows it: its facts, complete HTML, and plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explorables import cells


@dataclass(frozen=True, repr=False)
class Part:
    """A displayable part of a chapter; the last expression of a cell shows it."""

    kind: str
    """One of those of `studybook.facts`."""
    facts: Any
    """What the part is about, from which a page makes its own HTML."""
    html: str
    """HTML that is whole without a style sheet and without a script."""
    text: str
    """The same in words."""

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        return cells.bundle(self.kind, self.facts, self.html, self.text)

    def __repr__(self) -> str:
        """Return the words: what a terminal and a plain-text reader get."""
        return self.text
