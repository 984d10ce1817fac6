"""Live figures: pure functions that draw, and the controls that drive them.

The modules imported here are plain enough for MicroPython, which runs them in
the built page; the adapters (`widget`, `page`, `sphinx_page`) are imported only
where they are needed.
"""

from explorables import language, numbers, svg
from explorables.controls import Choice, Slider, Toggle
from explorables.explorable import Explorable, Step
from explorables.table import Table
from explorables.view import View

try:  # where there are files; a page is handed its words by its script
    from explorables import catalogue as _catalogue  # noqa: F401
except ImportError:
    pass

__all__ = [
    "Choice",
    "Explorable",
    "Slider",
    "Step",
    "Table",
    "Toggle",
    "View",
    "language",
    "numbers",
    "svg",
]


def _mimebundle(explorable: Explorable, **_wanted: object) -> dict[str, object]:
    from explorables import cells
    from explorables.page import html
    from explorables.widget import mimebundle

    module = explorable.draw.__module__
    facts = {"id": explorable.id, "module": None if module == "__main__" else module}
    bundle = cells.bundle("figure", facts, html(explorable), repr(explorable))
    bundle.update(mimebundle(explorable))
    return bundle


# Set from here, as the adapters know what an explorable is, and it need not know them.
Explorable._repr_mimebundle_ = _mimebundle  # type: ignore[attr-defined]
