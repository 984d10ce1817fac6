"""The drawn scene that opens a chapter, above its objectives.

The drawing is a file of the chapter's name and stands in the page itself, so that it
follows the page's light and dark; what it shows is told by the chapter's front matter.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging

from studybook.chapter import Chapter
from studybook.front_matter import FrontMatterError
from studybook.markup import attributes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


class scene(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A drawing with its words; it holds no text, so no search finds the words of a picture."""


def open_with(app: Sphinx, doctree: nodes.document) -> None:
    """Put a chapter's scene under its title."""
    place = Path(app.env.docname)
    file = Path(app.srcdir) / place.with_suffix(".yml")
    title = next(iter(doctree.findall(nodes.title)), None)
    if place.parent != Path(app.config.studybook_chapters) or not file.is_file() or title is None:
        return
    try:
        chapter = Chapter(file, Path(app.srcdir) / app.config.studybook_bibliography)
    except FrontMatterError as error:
        logger.debug("no scene, the front matter is told of elsewhere: %s", error)
        return
    if "scene" not in chapter.data:
        return
    drawing = Path(app.srcdir) / app.config.studybook_scenes / f"{chapter.id}.svg"
    app.env.note_dependency(str(drawing))
    if not drawing.is_file():
        logger.warning("%s has a scene, but there is no drawing %s", file.name, drawing)
        return
    alt, under = chapter.data["scene"]["alt"], chapter.data["scene"]["under"]
    node = scene(svg=drawing.read_text("utf-8").strip(), alt=alt, under=under)  # type: ignore[no-untyped-call]
    title.parent.insert(title.parent.index(title) + 1, node)


def _visit(self: HTML5Translator, node: scene) -> None:
    told = attributes(role="img", aria_label=" ".join(node["alt"].split()))
    self.body.append(
        f'<figure class="scene">{node["svg"].replace("<svg", f"<svg{told}", 1)}'
        f"<figcaption>{escape(node['under'])}</figcaption></figure>\n"
    )
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node, and where the drawings lie."""
    app.add_config_value("studybook_scenes", "book/assets/scenes", "env", str)
    app.add_node(scene, html=(_visit, None))
    app.connect("doctree-read", open_with)
