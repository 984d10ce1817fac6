"""Boxes: a blockquote whose first words are bold becomes a styled, named box.

In JupyterLab `> **Scene.** ...` reads well as it is.  On the page it is marked
while the English name is still there (before Sphinx translates the text) and
reshaped when the page is written, so that translators see the text unbroken.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from studybook.box_names import FOLDED, NAMES, kind_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


class folded(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A box that opens on demand; its first child is the summary."""


class summary(nodes.Part, nodes.TextElement):  # noqa: N801
    """The words that stay visible when a box is folded."""


def _lead(quote: nodes.block_quote) -> nodes.strong | None:
    """Return the bold words that open a blockquote, if any do."""
    first = quote[0] if len(quote) else None
    if isinstance(first, nodes.paragraph):
        # Markdown leaves empty texts around emphasis.
        told = [child for child in first.children if child.astext().strip()]
        if told and isinstance(told[0], nodes.strong):
            opening = told[0]
            return opening if opening.astext().rstrip().endswith((".", "?")) else None
    return None


class MarkBoxes(SphinxTransform):
    """Mark boxes by their English name, before translation replaces it."""

    default_priority = 10  # type: ignore[assignment] # docutils declares None

    def apply(self, **_kwargs: Any) -> None:
        """Mark every known box; warn of a name that is none."""
        for quote in self.document.findall(nodes.block_quote):
            lead = _lead(quote)
            if lead is None:
                continue
            found = kind_of(lead.astext())
            if found:
                quote["classes"] += ["sb-box", f"sb-{found}"]
                continue
            name = lead.astext().rstrip(" .?").partition(":")[0]
            close = difflib.get_close_matches(name, NAMES, 1, cutoff=0.5)
            logger.warning(
                "no box is called %r; %s, or take the full stop out of the bold words",
                name,
                f"did you mean {close[0]!r}?" if close else "use one of " + ", ".join(NAMES),
                location=quote,
                type="studybook",
                subtype="box",
            )


class ShapeBoxes(SphinxPostTransform):
    """Give a marked box its title, and fold the ones that can be skipped."""

    default_priority = 200  # type: ignore[assignment]
    formats = ("html",)

    def run(self, **_kwargs: Any) -> None:
        """Reshape every marked blockquote."""
        for quote in list(self.document.findall(nodes.block_quote)):
            lead = _lead(quote)
            if lead is None or "sb-box" not in quote["classes"]:
                continue
            paragraph = quote[0]
            paragraph[:] = paragraph[paragraph.index(lead) + 1 :]
            told = next((child for child in paragraph if child.astext()), None)
            if isinstance(told, nodes.Text):
                paragraph.replace(told, nodes.Text(told.astext().lstrip()))
            body = quote[0 if paragraph.astext().strip() else 1 :]
            quote.replace_self(self._box(quote, lead, body))

    @staticmethod
    def _box(quote: nodes.block_quote, lead: nodes.strong, body: list[nodes.Node]) -> nodes.Node:
        fold = any(f"sb-{name}" in quote["classes"] for name in FOLDED)
        words = list(_without_stop(lead))
        if fold:
            box: nodes.Element = folded(classes=quote["classes"])  # type: ignore[no-untyped-call]
            box += summary("", "", *words)  # type: ignore[no-untyped-call]
        else:
            box = nodes.container(classes=quote["classes"])
            box += nodes.paragraph("", "", *words, classes=["sb-box-title"])
        box += body
        return box


def _without_stop(lead: nodes.strong) -> Iterator[nodes.Node]:
    for child in lead.children:
        last = child is lead.children[-1] and isinstance(child, nodes.Text)
        yield nodes.Text(child.astext().rstrip(" .")) if last else child.deepcopy()


def _visit_folded(self: HTML5Translator, node: folded) -> None:
    self.body.append(self.starttag(node, "details"))


def _depart_folded(self: HTML5Translator, _node: folded) -> None:
    self.body.append("</details>\n")


def _visit_summary(self: HTML5Translator, node: summary) -> None:
    self.body.append(self.starttag(node, "summary", "", CLASS="sb-box-title"))


def _depart_summary(self: HTML5Translator, _node: summary) -> None:
    self.body.append("</summary>\n")


def setup(app: Sphinx) -> None:
    """Register the two steps and the folded box."""
    app.add_node(folded, html=(_visit_folded, _depart_folded))
    app.add_node(summary, html=(_visit_summary, _depart_summary))
    app.add_transform(MarkBoxes)
    app.add_post_transform(ShapeBoxes)
