"""The Sphinx side of studybook: settings, and the order in which its parts join in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studybook import (
    anatomy,
    boxes,
    cells,
    citations,
    computed,
    fonts,
    formulas,
    freshness,
    gates,
    glossary,
    lab,
    lean,
    margin,
    minify,
    pages,
    purge,
    scenes,
    shell,
)
from studybook.layout import PLACES

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register settings and every part of the extension."""
    # Prefix of what a reader's browser keeps, so that two courses never mix.
    app.add_config_value("studybook_course", "course", "html", str)
    # What the foot of each page says of the licence, in the course's own words.
    app.add_config_value("studybook_licence", "", "html", str)
    for setting, place in PLACES.items():
        app.add_config_value(setting, place, "env", str)
    for part in (
        cells,
        boxes,
        citations,
        computed,
        formulas,
        glossary,
        anatomy,
        margin,
        gates,
        freshness,
        pages,
        scenes,
        lab,
        lean,
        shell,
        fonts,
        purge,
        minify,
    ):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
