"""The hand that writes a part of a chapter on a page, and the links that only a page can make."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from studybook import docket, faces, facts
from studybook.language import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SOURCES = (".ipynb", ".md")


def link(app: Sphinx, docname: str, target: str, words: str) -> str:
    """Return a link of a page.

    Parameters
    ----------
    app
        The build.
    docname
        The page that holds the link.
    target
        Where it leads, from the page's folder: to a page as to its source, `03_value.ipynb`,
        or anywhere else.
    words
        What is linked, as HTML.

    Returns
    -------
    str
        The link; to a page that the site does not have, the words alone.
    """
    path, mark, place = target.partition("#")
    stem, ending = posixpath.splitext(path)
    if ":" in target or ending not in SOURCES:
        return f'<a href="{escape(target)}">{words}</a>'
    page = posixpath.normpath(posixpath.join(posixpath.dirname(docname), stem))
    if page not in app.env.found_docs:
        return words
    uri = app.builder.get_relative_uri(docname, page) + mark + place
    return f'<a class="reference internal" href="{uri}">{words}</a>'


class PageHand(faces.Hand):
    """Writes on a page: links lead to pages, citations to their notes, claims are a docket.

    Parameters
    ----------
    app
        The build.
    docname
        The page.
    cite
        Makes a citation of a key.
    folds
        Whether what was asked is folded above its answer.
    """

    def __init__(
        self, app: Sphinx, docname: str, cite: Callable[[str], str], folds: bool = False
    ) -> None:
        super().__init__({})
        self.app = app
        self.docname = docname
        self.folds = folds
        self._cite = cite

    def cite(self, key: str) -> str:
        """Return a citation that leads to the note of its work."""
        return self._cite(key)

    def link(self, target: str, words: str) -> str:
        """Return a link to a page of the site; to one that it lacks, the words alone."""
        return link(self.app, self.docname, target, words)

    def lab(self, notebook: str) -> str:
        """Return the button that opens an exercise in the browser, if the site has the lab."""
        page = self.app.config.studybook_lab
        if page not in self.app.env.found_docs:
            return ""
        uri = self.app.builder.get_relative_uri(self.docname, page)
        words = escape(_("Do it in the browser"))
        return f'<a class="sb-button" href="{uri}?notebook={notebook}">{words}</a> '

    def tried(self, chapter: str, claims: Sequence[facts.Claim]) -> str:
        """Return the claims on trial, as a docket."""
        return docket.docket(chapter, claims, self.html)

    def asked(self, question: str) -> str:
        """Return what a prediction asked, folded in a chapter: the answer comes first."""
        if not self.folds:
            return super().asked(question)
        return (
            f'<details class="sb-narrow sb-asked"><summary>{escape(_("What was asked"))}</summary>'
            f"{super().asked(question)}</details>"
        )
