"""Notes beside the text: each term with its Finnish word, each source, where it first stands.

A term or a citation leads to its note, never out of the chapter.  On a wide window the note
stands in the margin; elsewhere it opens at the foot of the window, by `:target` without a
script, and leads back to the word.  The glossary and the list of references are links in it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from studybook import cells, citations, faces, glossary
from studybook.anatomy import above
from studybook.hand import PageHand
from studybook.language import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from studybook.bibliography import Work

# The notes of what stands only in tables, boxes and outputs are laid at the end of the page.
_PROSE = (nodes.paragraph, nodes.bullet_list, nodes.enumerated_list)


def annotate(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the notes of a page and its parts, and let terms and citations lead to the notes."""
    if docname == app.config.studybook_glossary:
        return
    notes = _Notes(app, docname)
    for link in list(doctree.findall(nodes.reference)):
        if "sb-hover" in link["classes"]:
            notes.link(link)
    for raw, told in cells.shown(doctree):
        if told["kind"] in faces.FACES:
            hand = PageHand(app, docname, notes.cited, folds=raw.get("folds", False))
            raw[:] = [nodes.Text(faces.html(told, hand))]
    notes.lay(doctree)


class _Notes:
    """The notes of one page, by the id of what they explain."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self.app = app
        self.docname = docname
        self.terms, _finnish = glossary.entries(app.env)
        self.works = {citations.target(key): work for key, work in citations.works(app.env).items()}
        self.html: dict[str, str] = {}
        self.places: dict[str, nodes.Element | None] = {}
        self.taken: set[str] = set()

    def link(self, link: nodes.reference) -> None:
        """Lead a term or a citation of the text to its note."""
        if "sb-cited" in link["classes"]:
            name = str(link.get("refid", ""))
            work = self.works.get(name)
            html = _source(name, work) if work else ""
        else:
            name = link.get("refid") or link.get("refuri", "").partition("#")[2]
            html = self._term(name)
        if not html:
            return
        link["refuri"] = f"#note-{name}"
        for key in ("refid", "reftitle"):
            link.attributes.pop(key, None)
        first = name not in self.places
        if first or self.places[name] is None:
            place = _block(link)
            self.places[name] = place
        self.html.setdefault(name, html)
        if name not in self.taken:
            self.taken.add(name)
            link["ids"].append(f"word-{name}")

    def cited(self, key: str) -> str:
        """Return a citation of an output that leads to its note; an unknown one leads nowhere."""
        name = citations.target(key)
        work = self.works.get(name)
        if work is None:
            return faces.Hand({}).cite(key)
        self.html.setdefault(name, _source(name, work))
        self.places.setdefault(name, None)
        mark = "" if name in self.taken else f' id="word-{name}"'
        self.taken.add(name)
        return f'<a class="sb-cited sb-hover"{mark} href="#note-{name}">{escape(work.label)}</a>'

    def _term(self, name: str) -> str:
        entry = self.terms.get(name)
        if entry is None:
            return ""
        home = self.app.builder.get_relative_uri(self.docname, self.app.config.studybook_glossary)
        return _note(name, f'<a href="{home}#{name}">{escape(entry.term)}</a> {entry.html}')

    def lay(self, doctree: nodes.document) -> None:
        """Put each note before the block of its first word, the rest at the page's end."""
        beside: dict[int, tuple[nodes.Element, list[str]]] = {}
        rest = []
        for name, html in self.html.items():
            place = self.places.get(name)
            if place is None:
                rest.append(html)
            else:
                beside.setdefault(id(place), (place, []))[1].append(html)
        for place, htmls in beside.values():
            section = above(place)
            section.insert(section.index(place), _aside("sb-beside", htmls))
        top = doctree.next_node(nodes.section)
        if rest and top is not None:
            top += _aside("sb-at-foot", rest)


def _aside(kind: str, htmls: list[str]) -> nodes.raw:
    text = f'<aside class="sb-notes {kind}">{"".join(htmls)}</aside>'
    return nodes.raw("", text, format="html")


def _note(name: str, html: str) -> str:
    back = escape(_("Back to the text"))
    return (
        f'<p class="sb-margin-note" id="note-{name}">{html} '
        f'<a class="sb-note-back" href="#word-{name}">{back}</a></p>'
    )


def _source(name: str, work: Work) -> str:
    parts = []
    for part in work.parts:
        text = escape(part.text)
        if part.url:
            shown = part.text.removeprefix("https://").removeprefix("doi.org/")
            text = f'<a href="{escape(part.url)}">{escape(shown)}</a>'
        elif part.emphasised:
            text = f"<i>{text}</i>"
        parts.append(text)
    return _note(name, "".join(parts))


def _block(link: nodes.Node) -> nodes.Element | None:
    """Return the block of running text that a link stands in, directly below a section."""
    node: nodes.Node | None = link
    while node is not None and node.parent is not None:
        if isinstance(node.parent, nodes.section):
            return node if isinstance(node, _PROSE) else None
        node = node.parent
    return None


def setup(app: Sphinx) -> None:
    """Connect the notes, after terms are explained and parts are in order."""
    app.connect("doctree-resolved", annotate, priority=700)
