"""Terms explained where they stand, and Finnish words marked as Finnish.

A `{term}` link gets its definition as title, which needs no script; the page's
script shows the same on hover and keyboard focus.  An emphasised word that the
glossary gives as the Finnish term is marked `lang="fi"`, so that a screen
reader says it right.
"""

from __future__ import annotations

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


def _entries(env: BuildEnvironment) -> tuple[dict[str, str], set[str]]:
    """Return definitions by the term's id, and the glossary's Finnish words."""
    definitions: dict[str, str] = {}
    finnish: set[str] = set()
    if env.config.studybook_glossary not in env.found_docs:
        return definitions, finnish
    for item in env.get_doctree(env.config.studybook_glossary).findall(nodes.definition_list_item):
        text = item.next_node(nodes.definition)
        for term in item.findall(nodes.term):
            for name in term["ids"]:
                definitions[name] = " ".join(text.astext().split()) if text else ""
        finnish.update(
            words.astext().casefold()
            for words in item.findall(nodes.inline)
            if FINNISH in words["classes"]
        )
    return definitions, finnish


def explain(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Give term links their definition and Finnish words their language."""
    definitions, finnish = _entries(app.env)
    for link in doctree.findall(nodes.reference):
        inside = link.next_node(nodes.inline)
        if inside is not None and "std-term" in inside["classes"]:
            name = link.get("refid") or link.get("refuri", "").partition("#")[2]
            link["reftitle"] = definitions.get(name, "")
            link["classes"] += ["sb-term", "sb-hover"]
    for word in doctree.findall(nodes.emphasis):
        if word.astext().casefold() in finnish and FINNISH not in word["classes"]:
            word["classes"].append(FINNISH)


def setup(app: Sphinx) -> None:
    """Connect the two steps."""
    app.connect("doctree-read", note_terms)
    app.connect("doctree-resolved", explain)
