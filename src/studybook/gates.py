"""What stops a build: each warning names file, cell and remedy (`-W` makes it an error)."""

from __future__ import annotations

import logging as standard_logging
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging

from studybook import bibliography, cells, citations, front_matter
from studybook.chapter import translated

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

PARTS = {
    "opening": "chapter.opening()",
    "predict": "chapter.predict(...)",
    "compare": "chapter.compare(...)",
    "claims": "chapter.claims()",
    "key-points": "chapter.key_points()",
    "quiz": "chapter.quiz()",
    "exercises": "chapter.exercises()",
    "reflection": "chapter.reflection()",
}
REMEDIES = {
    "ref.term": "spell it as in the glossary, or add it there",
    "myst.xref_missing": "check the path or the heading it points to",
    "mystnb.exec": "mend the cell named below",
    "mystnb.stderr": "mend what the cell complains of, or silence that one warning in code",
}
_RAISED = re.compile(r"(\w+\.)*\w*(Error|Exception|Warning|Interrupt|Exit): ")
_CELL_LINE = re.compile(r"(\.ipynb):(\d{5,})")


def _warn(message: str, location: Any, subtype: str, *values: object) -> None:
    logger.warning(message, *values, location=location, type="studybook", subtype=subtype)


class _Names(HTMLParser):
    """Finds images and drawings in a cell's HTML that say nothing to a listener."""

    def __init__(self) -> None:
        super().__init__()
        self.nameless: list[str] = []
        self._open: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        named = bool(
            (has.get("aria-label") or "").strip()
            or has.get("aria-labelledby")
            or has.get("aria-hidden") == "true"
            or has.get("role") in ("presentation", "none")
        )
        if tag == "img" and "alt" not in has and not named:
            self.nameless.append(f'an <img> ({has.get("src") or "no source"}) has no alt=""')
        elif tag == "svg":
            self._open.append(None if named else "an <svg> has no <title> and no aria-label")
        elif tag == "title" and self._open:
            self._open[-1] = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg" and self._open:
            problem = self._open.pop()
            if problem:
                self.nameless.append(problem)


def nameless(html: str) -> list[str]:
    """Return what in `html` has no text alternative, one message each."""
    parser = _Names()
    parser.feed(html)
    parser.close()
    return parser.nameless


def _cell_of(node: nodes.Node) -> Any:
    """Return a location that names the cell, or at least the line, a node came from."""
    line = 0
    up: nodes.Node | None = node
    while up is not None and up.parent is not None:
        if isinstance(up, nodes.Element) and "cell_index" in up:
            line = (up["cell_index"] + 1) * 10000 + 1
            break
        line = line or up.line or 0
        up = up.parent
    return (node.document.settings.env.docname, line) if line and node.document else node


def check_images(_app: Sphinx, doctree: nodes.document) -> None:
    """Require a text alternative of every picture."""
    remedy = "say in words what the picture shows"
    for image in doctree.findall(nodes.image):
        if not (image.get("alt") or "").strip():
            how = (
                "set the cell's metadata mystnb.image.alt"
                if "cell_index" in _closest(image)
                else "write it between the square brackets: ![alt](file)"
            )
            _warn(
                "image %s has no alt text; %s (%s)",
                _cell_of(image),
                "alt",
                Path(image.get("uri", "")).name,
                remedy,
                how,
            )
    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", "").split():
            for problem in nameless(raw.astext()):
                _warn("%s; %s", _cell_of(raw), "alt", problem, remedy)


def check_errors(_app: Sphinx, doctree: nodes.document) -> None:
    """Name the cell that raised, with what it said."""
    for block in doctree.findall(nodes.literal_block):
        if "traceback" in block["classes"]:
            lines = [line for line in block.astext().splitlines() if line.strip()]
            raised = [at for at, line in enumerate(lines) if _RAISED.match(line)]
            said = " ".join(lines[raised[-1] :] if raised else lines[-1:])
            _warn("%s; mend the cell or what it calls", _cell_of(block), "error", said)


def _closest(node: nodes.Node) -> nodes.Element:
    up = node.parent
    while up is not None and not (isinstance(up, nodes.Element) and "cell_index" in up):
        up = up.parent
    return up if up is not None else nodes.Element()


def check_chapter(app: Sphinx, doctree: nodes.document) -> None:
    """Check a chapter's notebook against its front matter."""
    env = app.env
    if not env.docname.startswith(env.config.studybook_chapters + "/"):
        return
    page = Path(env.doc2path(env.docname))
    file = page.with_suffix(".yml")
    if not file.is_file():
        if page.suffix != ".ipynb":  # another page that shares the chapters' folder
            return
        remedy = "chapter has no front matter; write %s beside it (schema.json of studybook)"
        _warn(remedy, env.docname, "chapter", file.name)
        return
    used = translated(file)
    for source in {file, used, citations.file_of(env)}:
        env.note_dependency(str(source))
    data, problems = _problems(env, used)
    for line, said in problems:
        _warn("%s", f"{used}:{line}", "front-matter", said)
    if not problems:
        _check_parts(env.docname, doctree, data, used.name)


def _check_parts(docname: str, doctree: nodes.document, data: dict[str, Any], file: str) -> None:
    """Check that the notebook shows every part and has every heading it promises."""
    shown = cells.kinds(doctree)
    wanted_parts = {**PARTS, **({"field": "chapter.field()"} if "field" in data else {})}
    for name, call in wanted_parts.items():
        if name not in shown:
            remedy = "add a cell with it, or say `make notebooks` if there is one"
            _warn(f"chapter does not show %s; {remedy}", docname, "chapter", call)
    headings = {title.astext() for title in doctree.findall(nodes.title)}
    for wanted in [data["title"], *(section["title"] for section in data["sections"])]:
        if wanted not in headings:
            remedy = "no heading reads %r as %s has it; make them the same"
            _warn(remedy, docname, "chapter", wanted, file)


def _problems(env: BuildEnvironment, file: Path) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    works = bibliography.read(citations.file_of(env)) if citations.works(env) else None
    return front_matter.problems(file.read_text("utf-8"), file.name.split(".")[0], works)


class NameCell(standard_logging.Filter):
    """Turn MyST-NB's line `40003` into cell and line, and add the remedy it knows."""

    def filter(self, record: standard_logging.LogRecord) -> bool:
        """Reword one record; never drop one."""
        location = getattr(record, "location", None)
        if isinstance(location, str):
            record.location = _CELL_LINE.sub(_cell, location)
        kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
        if kind in REMEDIES and REMEDIES[kind] not in str(record.msg):
            said = standard_logging.LogRecord.getMessage(record)  # Sphinx's own adds the place
            record.msg = f"{said}; {REMEDIES[kind]}"
            record.args = ()
        return True


def _cell(match: re.Match[str]) -> str:
    cell, line = divmod(int(match.group(2)), 10000)
    return f"{match.group(1)}, cell {cell}, line {max(line, 1)}"


def setup(app: Sphinx) -> None:
    """Connect the checks, and the filter to what prints Sphinx's warnings."""
    app.connect("doctree-read", check_images)
    app.connect("doctree-read", check_errors)
    app.connect("doctree-read", check_chapter)
    for handler in standard_logging.getLogger("sphinx").handlers:
        if handler.level == standard_logging.WARNING:
            handler.addFilter(NameCell())
