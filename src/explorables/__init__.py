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
