"""Self-paced study for a Jupyter Book: one object, two faces.

In a notebook, `Chapter` shows what a chapter's front matter holds (objectives,
predictions, quiz, claims on trial, exercises, reflection) as complete HTML that
needs no script.  Listed as a Sphinx extension, the package turns the same HTML
into a page that remembers, answers at once and loads nothing from elsewhere.

Sphinx is imported only when Sphinx asks, so that a notebook needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studybook.chapter import Chapter
from studybook.front_matter import FrontMatterError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Chapter", "FrontMatterError"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the Sphinx side; called by Sphinx, never by a notebook."""
    from studybook.extension import setup as setup_sphinx  # noqa: PLC0415 - see module docstring

    return setup_sphinx(app)
