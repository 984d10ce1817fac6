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

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

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


def setup(app: Sphinx) -> None:
    """Connect the two steps."""
    app.connect("doctree-read", note_terms)
    app.connect("doctree-resolved", explain)
