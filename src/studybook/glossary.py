"""Terms explained where they stand, and Finnish words marked as Finnish.

`studybook.margin` writes a term's definition beside the text; the page's script shows
the same on hover and keyboard focus.  An emphasised word that the glossary gives as the
Finnish term is marked `lang="fi"`, so that a screen reader says it right.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from studybook import cells
from studybook.anatomy import above

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

FINNISH = "language-fi"  # docutils turns the class into the attribute lang


def _source(env: BuildEnvironment) -> Path:
    return Path(env.srcdir) / f"{env.config.studybook_glossary}.md"


def note_terms(app: Sphinx, doctree: nodes.document) -> None:
    """Let a page that uses terms be written again when the glossary changes."""
    for reference in doctree.findall(addnodes.pending_xref):
        if reference.get("reftype") == "term":
            app.env.note_dependency(str(_source(app.env)))
            return


@dataclass(frozen=True)
class Entry:
    """What the glossary says of a term."""

    term: str
    html: str
    """The definition, its Finnish words marked as Finnish."""


def entries(env: BuildEnvironment) -> tuple[dict[str, Entry], set[str]]:
    """Return the glossary's entries by the term's id, and its Finnish words."""
    found: dict[str, Entry] = {}
    finnish: set[str] = set()
    if env.config.studybook_glossary not in env.found_docs:
        return found, finnish
    for item in env.get_doctree(env.config.studybook_glossary).findall(nodes.definition_list_item):
        text = item.next_node(nodes.definition)
        for term in item.findall(nodes.term):
            for name in term["ids"]:
                found[name] = Entry(term.astext(), _html(text) if text else "")
        finnish.update(
            words.astext().casefold()
            for words in item.findall(nodes.inline)
            if FINNISH in words["classes"]
        )
    return found, finnish


def _html(definition: nodes.definition) -> str:
    """Return a definition's words as HTML."""
    said = []
    for text in definition.findall(nodes.Text):
        words = escape(text.astext().replace("\n", " "))
        of = text.parent
        is_finnish = isinstance(of, nodes.inline) and FINNISH in of["classes"]
        said.append(f'<em lang="fi">{words}</em>' if is_finnish else words)
    return " ".join("".join(said).split())


def explain(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Mark term links, and give Finnish words their language."""
    _found, finnish = entries(app.env)
    for link in doctree.findall(nodes.reference):
        inside = link.next_node(nodes.inline)
        if inside is not None and "std-term" in inside["classes"]:
            link.attributes.pop("reftitle", None)
            link["classes"] += ["sb-term", "sb-hover"]
    for word in doctree.findall(nodes.emphasis):
        if word.astext().casefold() in finnish and FINNISH not in word["classes"]:
            word["classes"].append(FINNISH)


class terms(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The terms of a page with their definitions, for paper; it holds no text to search."""


def list_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Lay a chapter's terms after its key points: paper has no word to point at."""
    if not docname.startswith(app.config.studybook_chapters):
        return
    found, _finnish = entries(app.env)
    names = {
        link.get("refid") or link.get("refuri", "").partition("#")[2].removeprefix("note-")
        for link in doctree.findall(nodes.reference)
        if "sb-term" in link["classes"]
    }
    listed = sorted((found[name].term, found[name].html) for name in names if name in found)
    for raw, told in cells.shown(doctree):
        if listed and told["kind"] == "key-points":
            holder = above(raw)
            holder.insert(holder.index(raw) + 1, terms(listed=listed))  # type: ignore[no-untyped-call]
            return


def _visit_terms(self: HTML5Translator, node: terms) -> None:
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{said}</dd></div>" for name, said in node["listed"]
    )
    self.body.append(f'<dl class="sb-terms" hidden>{rows}</dl>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Connect the two steps."""
    app.connect("doctree-read", note_terms)
    app.add_node(terms, html=(_visit_terms, None))
    app.connect("doctree-resolved", explain)
    app.connect("doctree-resolved", list_terms, priority=600)
