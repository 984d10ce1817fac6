"""Citations on a page: the roles `cite:p` and `cite:t`, and the References they fill.

A page that cites gets its works under its own heading `References` (added at
the end when it has none), so a notebook needs no directive.  Citations inside a
cell's output (a claims table) count too.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.domains import Domain
from sphinx.locale import _ as translate
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from studybook import bibliography, cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

HEADING = "References"


def file_of(env: BuildEnvironment) -> Path:
    """Return the bibliography's path."""
    return Path(env.srcdir, env.config.studybook_bibliography)


def works(env: BuildEnvironment) -> dict[str, bibliography.Work]:
    """Return the bibliography's works by key; none if the course has no bibliography."""
    file = file_of(env)
    return bibliography.read(file) if file.is_file() else {}


def target(key: str) -> str:
    """Return the id that a work has in a page's References."""
    return "ref-" + re.sub(r"[^a-zA-Z0-9]+", "-", key).lower()


class CiteRole(SphinxRole):
    """`{cite:p}` puts author and year in brackets; `{cite:t}` only the year."""

    def __init__(self, in_text: bool) -> None:
        super().__init__()
        self.in_text = in_text

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return links to the page's References."""
        known = works(self.env)
        self.env.note_dependency(str(file_of(self.env)))
        done: list[nodes.Node] = []
        for key in (part.strip() for part in self.text.split(",")):
            if key not in known:
                self._warn(key, known)
                done.append(nodes.Text(key))
                continue
            work = known[key]
            words = f"{work.authors} ({work.year})" if self.in_text else work.label
            if done:
                done.append(nodes.Text(", " if self.in_text else "; "))
            link = nodes.reference("", words, refid=target(key), reftitle=work.text)
            link["classes"] += ["sb-cited", "sb-hover"]
            link["sb_key"] = key
            done.append(link)
        if not self.in_text:
            done = [nodes.Text("("), *done, nodes.Text(")")]
        return done, []

    def _warn(self, key: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(key, list(known), 1)
        hint = f"did you mean {close[0]!r}?" if close else "add it there"
        logger.warning(
            "cites %r, which %s has not; %s",
            key,
            self.config.studybook_bibliography,
            hint,
            location=self.get_location(),
            type="studybook",
            subtype="citation",
        )


class CiteDomain(Domain):
    """A home for the two roles, whose names hold a colon."""

    name = "cite"
    label = "Citation"
    roles = {"p": CiteRole(in_text=False), "t": CiteRole(in_text=True)}  # noqa: RUF012 - Sphinx's own way

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Nothing to merge: every page keeps its own works."""


class FillReferences(SphinxTransform):
    """List the works a page cites under its heading."""

    # Before translation, while the heading is in English.
    default_priority = 15  # type: ignore[assignment]

    def apply(self, **_kwargs: Any) -> None:
        """Write the list, of what the text and the parts in it cite."""
        known = works(self.env)
        keys = [link["sb_key"] for link in self.document.findall(_is_citation)]
        keys += cells.cited(self.document)
        used = sorted({key for key in keys if key in known}, key=lambda key: known[key].text)
        section = self._section(bool(used))
        if section is not None:
            at = 1 + section.first_child_matching_class(nodes.title)
            section.insert(at, _list([known[key] for key in used]))

    def _section(self, wanted: bool) -> nodes.section | None:
        for section in self.document.findall(nodes.section):
            title = section.next_node(nodes.title)
            if title is not None and title.parent is section and title.astext() == HEADING:
                return section if wanted else None
        top = self.document.next_node(nodes.section)
        if not wanted or top is None:
            return None
        section = nodes.section(ids=["references"], names=["references"])
        section += nodes.title("", translate(HEADING))
        top += section
        return section


def _is_citation(node: nodes.Node) -> bool:
    return isinstance(node, nodes.reference) and "sb_key" in node


def _list(cited: list[bibliography.Work]) -> nodes.bullet_list:
    items = nodes.bullet_list(classes=["sb-references"])
    for work in cited:
        line = nodes.paragraph(translatable=False)
        for part in work.parts:
            if part.url:
                line += nodes.reference("", part.text, refuri=part.url)
            else:
                line += (nodes.emphasis if part.emphasised else nodes.inline)("", part.text)
        items += nodes.list_item("", line, ids=[target(work.key)])
    return items


def setup(app: Sphinx) -> None:
    """Register the roles and the list."""
    app.add_domain(CiteDomain)
    app.add_transform(FillReferences)
