"""The facts of a notebook's cells, on the page: read through MyST-NB's own door.

MyST-NB hands each MIME type of an output to the plug-ins of its entry point
`myst_nb.mime_renderers`; `CellFacts` takes that of `explorables.cells`.  `JoinFacts` lays
the facts on the node of the HTML that they are about, and every later step asks the node
for them, never its HTML.  `studybook.hand` writes a part's HTML on the page from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_nb.core.render import MIME_RENDER_ENTRY_GROUP, MimeRenderPlugin
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from explorables import cells
from studybook import faces

if TYPE_CHECKING:
    from myst_nb.core.render import MimeData, NbElementRenderer
    from sphinx.application import Sphinx

    from studybook.part import Part

logger = logging.getLogger(__name__)


class cell_facts(nodes.Invisible, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The facts of an output as they came, until they are joined to its HTML."""


class CellFacts(MimeRenderPlugin):
    """MyST-NB's door for the facts of a cell."""

    @staticmethod
    def handle_mime(
        _renderer: NbElementRenderer, data: MimeData, _inline: bool
    ) -> list[nodes.Element] | None:
        """Return the facts as a node; None for any other MIME type."""
        if data.mime_type != cells.TYPE:
            return None
        return [cell_facts(told=data.content)]  # type: ignore[no-untyped-call]


class JoinFacts(SphinxTransform):
    """Lay the facts of each output on the node of its HTML."""

    # Before any other step asks for them.
    default_priority = 1  # type: ignore[assignment] # docutils declares None

    def apply(self, **_kwargs: Any) -> None:
        """Join them; warn of facts that cannot be read, with the cell and the remedy."""
        for found in list(self.document.findall(cell_facts)):
            container = found.parent
            output = container.parent
            output.remove(container)
            try:
                told = cells.read(found["told"])
            except cells.CellError as problem:
                logger.warning("%s", problem, location=output, type="studybook", subtype="cell")
                continue
            for raw in output.findall(nodes.raw):
                raw["told"] = told


def part_node(part: Part) -> nodes.raw:
    """Return a part as a page's own directive shows it: as if a cell had."""
    told = {"kind": part.kind, **part.facts}
    return nodes.raw("", part.html, format="html", told=told)


def shown(node: nodes.Node) -> Iterator[tuple[nodes.raw, dict[str, Any]]]:
    """Yield each output within a node that told what it is, with its facts."""
    for raw in node.findall(nodes.raw):
        if "told" in raw:
            yield raw, raw["told"]


def kinds(node: nodes.Node) -> set[str]:
    """Return the kinds of what a node shows."""
    return {told["kind"] for _raw, told in shown(node)}


class _Listener(faces.Hand):
    """Writes nothing that is kept, and hears which works are cited."""

    def __init__(self) -> None:
        super().__init__({})
        self.heard: list[str] = []

    def cite(self, key: str) -> str:
        self.heard.append(key)
        return ""


def cited(node: nodes.Node) -> list[str]:
    """Return the keys of the works that the parts within a node cite."""
    listener = _Listener()
    for _raw, told in shown(node):
        if told["kind"] in faces.FACES:
            faces.html(told, listener)
    return listener.heard


def setup(app: Sphinx) -> None:
    """Register the joining.

    Raises
    ------
    ExtensionError
        If MyST-NB would not find the door: the packages are installed as they were before.
    """
    doors = {door.value for door in entry_points(group=MIME_RENDER_ENTRY_GROUP)}
    if f"{CellFacts.__module__}:{CellFacts.__name__}" not in doors:
        raise ExtensionError(
            f"the installed packages have no entry point {MIME_RENDER_ENTRY_GROUP} for studybook, "
            "so that what cells tell would be lost; install them again: `make setup`, "
            "or `pip install --no-deps --editable .`"
        )
    app.add_transform(JoinFacts)
