"""Formulas as MathML, made at build time: no script, no fonts, read by screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.locale import _ as translate
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


def _mathml(node: nodes.Element, display: str) -> str:
    try:
        return str(convert(node.astext(), display=display))
    except Exception as error:  # noqa: BLE001 - the converter raises many kinds for bad TeX
        logger.warning(
            "cannot set the formula %r: %s; check its braces and commands",
            node.astext(),
            error or type(error).__name__,
            location=node,
            type="studybook",
            subtype="formula",
        )
        return f"<code>{nodes.unescape(node.astext())}</code>"


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(_mathml(node, "inline"))
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    # A wide formula scrolls inside its own box, which the keyboard must reach.
    attributes = {"tabindex": "0", "role": "group", "aria-label": translate("Formula")}
    self.body.append(self.starttag(node, "div", CLASS="sb-formula", **attributes))
    self.body.append(_mathml(node, "block") + "</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the renderer `mathml`; `html_math_renderer` chooses it."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
