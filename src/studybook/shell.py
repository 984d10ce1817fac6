"""What stands around a page's text: where one is, the page's ideas, the whole contents.

The templates `bar.html`, `rail.html` and `contents.html` show it.  Chapters carry their
number wherever they are named.
"""

from __future__ import annotations

import posixpath
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from studybook.anatomy import CLOSING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_CHAPTER = re.compile(r"(\d+)_")


def number(env: BuildEnvironment, docname: str) -> str:
    """Return a chapter's number as its file gives it, `5` for `05_journey`; else nothing."""
    if posixpath.dirname(docname) != env.config.studybook_chapters:
        return ""
    found = _CHAPTER.match(posixpath.basename(docname))
    return str(int(found[1])) if found else ""


def contents(env: BuildEnvironment, root: str) -> list[dict[str, Any]]:
    """Return the parts of the book, each with its caption and its pages."""
    parts = []
    for tree in env.get_doctree(root).findall(addnodes.toctree):
        names = [name for _, name in tree["entries"] if name in env.titles]
        pages = [
            {"name": name, "number": number(env, name), "title": env.titles[name].astext()}
            for name in names
        ]
        parts.append({"caption": tree.get("caption") or "", "pages": pages})
    return parts


def stops(doctree: nodes.document | None) -> list[dict[str, Any]]:
    """Return the sections of a page; a chapter's closing parts are marked as such."""
    if doctree is None:
        return []
    found = []
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        below_top = isinstance(section.parent, nodes.section) and isinstance(
            section.parent.parent, nodes.document
        )
        if below_top and title is not None and section["ids"]:
            closing = CLOSING in section["classes"]
            found.append({"id": section["ids"][0], "title": title.astext(), "closing": closing})
    return found


def surround(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates the page's place, its stops and the contents; number the titles."""
    env = app.env
    root = app.config.root_doc
    context["sb_contents"] = contents(env, root)
    context["sb_stops"] = [] if pagename == root else stops(doctree)
    place = number(env, pagename)
    context["sb_number"] = place
    context["sb_place"] = "" if pagename == root else str(context.get("title") or "")
    if place:
        context["title"] = f"{place} {context.get('title', '')}"
    for way in ("prev", "next"):
        beside = context.get(way)
        if beside:
            docname = _document(app, pagename, beside["link"])
            mark = number(env, docname)
            if mark:
                context[way] = {**beside, "title": f"{mark} {beside['title']}"}


def _document(app: Sphinx, pagename: str, link: str) -> str:
    """Return the document that a relative link from a page leads to."""
    suffix = getattr(app.builder, "out_suffix", ".html")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(pagename), link))
    return path.removesuffix(suffix)


def number_titles(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put a chapter's number before its title, on the page itself."""
    place = number(app.env, docname)
    title = doctree.next_node(nodes.title)
    if place and title is not None:
        title.insert(0, nodes.Text(" "))
        title.insert(0, nodes.inline("", place, classes=["sb-chapter-number"]))


def index_titles(app: Sphinx, env: BuildEnvironment) -> None:
    """Let the search index name chapters with their number."""
    builder: Any = app.builder
    whole = getattr(builder, "index_page", None)
    if whole is None:
        return

    def index_page(pagename: str, doctree: nodes.document, title: str) -> None:
        place = number(env, pagename)
        whole(pagename, _prose(doctree), f"{place} {title}".strip())

    builder.index_page = index_page


def _prose(doctree: nodes.document) -> nodes.document:
    """Return a copy of a page that holds its sentences: no code, no output, no picture."""
    copy: nodes.document = doctree.deepcopy()
    for node in list(copy.findall(_is_no_prose)):
        node.parent.remove(node)
    for raw in copy.findall(nodes.raw):
        if "html" in raw.get("format", "").split():
            raw[:] = [nodes.Text(escape(sentences(raw.astext()), quote=False))]
    return copy


class _Sentences(HTMLParser):
    """Gathers the words of HTML that are read, one element's apart from the next one's."""

    # What is drawn, worked by hand or run, but never read as a sentence.
    ASIDE = ("svg", "style", "script", "select", "button", "figure")

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._aside = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._aside += tag in self.ASIDE
        self.said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._aside -= tag in self.ASIDE and self._aside > 0
        self.said.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._aside:
            self.said.append(data)


def sentences(html: str) -> str:
    """Return what an output's HTML says in words that are read as sentences."""
    parser = _Sentences()
    parser.feed(html)
    parser.close()
    return "".join(parser.said)


def _is_no_prose(node: nodes.Node) -> bool:
    return isinstance(node, nodes.literal_block | nodes.comment | nodes.image)


def own_root(app: Sphinx, exception: Exception | None) -> None:
    """Make the start page the site's root as well, and give the lost reader whole addresses.

    Jupyter Book would write a page at the root that holds nothing but a refresh.
    """
    if exception is not None or app.builder.format != "html":
        return
    root = app.config.root_doc
    lost = Path(app.outdir) / "404.html"
    if lost.is_file():
        lost.write_text(anchored(lost.read_text("utf-8"), app.config.studybook_address), "utf-8")
    start = Path(app.outdir) / f"{root}.html"
    if start.is_file() and posixpath.dirname(root):
        (Path(app.outdir) / "index.html").write_text(
            moved_up(start.read_text("utf-8"), posixpath.dirname(root)), "utf-8"
        )


_ADDRESS = re.compile(r'\b(href|src|action|data-content_root)="(?![a-z]+:|//|#)([^"]*)"')


def moved_up(text: str, folder: str) -> str:
    """Return a page of `folder` as it must be written to stand at the site's root."""

    def move(found: re.Match[str]) -> str:
        path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", found[2]).groups()  # type: ignore[union-attr]
        whole = posixpath.normpath(posixpath.join(folder, path)) if path else f"{folder}/"
        if path.endswith("/") or found[1] == "data-content_root":
            whole = "./" if whole == "." else f"{whole}/"
        return f'{found[1]}="{whole}{mark}{rest}"'

    return _ADDRESS.sub(move, text)


def anchored(text: str, address: str) -> str:
    """Return a page of the root as it must be written to be served for any address.

    Parameters
    ----------
    text
        The page.
    address
        The path under which the site lies on its host, such as `/` or `/course/`.
    """
    base = f"/{address.strip('/')}/".replace("//", "/")
    return _ADDRESS.sub(
        lambda found: found[0] if found[2].startswith("/") else f'{found[1]}="{base}{found[2]}"',
        text,
    )


def setup(app: Sphinx) -> None:
    """Connect the page's surroundings; the root is copied when all sheets have their names."""
    app.add_config_value("studybook_address", "/", "html", str)
    app.connect("doctree-resolved", number_titles)
    app.connect("html-page-context", surround)
    app.connect("env-updated", index_titles)
    app.connect("build-finished", own_root, priority=950)
