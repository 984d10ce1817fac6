"""Pictures as SVG text: a plot with axes, and the marks that go on it.

Lines and bars are labelled where they are, not in a legend.  The elements of
`strokes` are at hand here too, for figures that are no plots.
"""

from explorables.drawing import Drawing
from explorables.marks import Area, Bars, Curve, Dots, Handle, Label, Line
from explorables.palette import DASHES, GRID, GROUND, INK, ROLES, SHAPES, SOFT
from explorables.strokes import (
    LABEL,
    TICK,
    TITLE,
    arrow,
    circle,
    escape,
    figure,
    filled,
    finite,
    framed,
    group,
    handle,
    hollow,
    lettered,
    marker,
    path,
    polygon,
    rect,
    rule,
    shape,
    stroked,
    text,
    text_width,
    words_at,
    wrapped,
)

__all__ = [
    "DASHES",
    "GRID",
    "GROUND",
    "INK",
    "LABEL",
    "ROLES",
    "SHAPES",
    "SOFT",
    "TICK",
    "TITLE",
    "Plot",
    "Stack",
    "arrow",
    "circle",
    "escape",
    "figure",
    "filled",
    "finite",
    "framed",
    "group",
    "handle",
    "hollow",
    "lettered",
    "marker",
    "path",
    "polygon",
    "rect",
    "rule",
    "shape",
    "stroked",
    "text",
    "text_width",
    "words_at",
    "wrapped",
]

STACK_GAP = 18  # px between plots that stand under each other


class Plot:
    """Axes and marks; ``render(width)`` draws them for any width.

    Parameters
    ----------
    x, y : (float, float), optional
        What each axis spans, left to right and bottom to top (the first may be
        the larger).  Leave one out to give that axis to the names of `bars`.
    x_label, y_label, title : str
        Words at the axes (with their units) and above the plot.
    height : int
        Height in px of the plotting area with its ticks, without the words.
    x_ticks, y_ticks : list, optional
        Numbers, or pairs (number, text); an empty list for none.
    x_decimals, y_decimals : int, optional
        Decimals of the tick numbers; as needed by default.
    x_unit, y_unit : str
        Behind each tick number, such as "%".
    share : float
        The part of a wide column that the plot takes beside others.
    description : str
        What a screen reader hears; the title and axes by default.
    square : bool
        Whether a unit is as long upwards as it is to the right; then ``height``
        follows from the width.
    frame : bool
        Whether the axes are drawn, or only their ticks' words.
    """

    def __init__(
        self,
        x=None,
        y=None,
        x_label="",
        y_label="",
        title="",
        height=260,
        x_ticks=None,
        y_ticks=None,
        x_decimals=None,
        y_decimals=None,
        x_unit="",
        y_unit="",
        share=1,
        description="",
        frame=True,
        square=False,
    ):
        for name, span in (("x", x), ("y", y)):
            if span is not None and not (
                len(span) == 2 and finite(span[0]) and finite(span[1]) and span[0] != span[1]
            ):
                raise ValueError(f"{name} must be two different numbers (low, high), got {span}")
        if x is None and y is None:
            raise ValueError("a Plot needs x=(low, high), y=(low, high) or both")
        self.x, self.y = x, y
        self.x_label, self.y_label, self.title = x_label, y_label, title
        self.height, self.share, self.description = height, share, description
        self.frame = frame
        self.square = square
        self.ticks = {"x": (x_ticks, x_decimals, x_unit), "y": (y_ticks, y_decimals, y_unit)}
        self.marks: list = []
        self._kept: dict = {}

    def names(self) -> list:
        """Return the names of all bars, each once."""
        names: list = []
        for mark in self.marks:
            for name in mark.names:
                if name not in names:
                    names.append(name)
        return names

    def groups(self) -> int:
        """Return how many bars stand side by side under a name."""
        return len([mark for mark in self.marks if mark.names and mark.group is not None])

    def curve(self, points, role=1, label="", dashed=None, width=2.25):
        """Join (x, y) points; a point with None breaks the line.

        ``label`` stands at the end of the line.  Without one, lines of roles
        above 1 are dashed, each in its own way, unless ``dashed`` says.
        """
        if dashed is None:
            dashed = role != 1 and not label
        self.marks.append(Curve(points, role, label, dashed, width))

    def area(self, points, role=1, label=""):
        """Fill from the zero line to (x, y) points, or between (x, low, high) points."""
        self.marks.append(Area(points, role, label))

    def bars(self, items, role=1, label="", outline=False):
        """Draw a bar for every (name, value) or (name, value, text).

        The text stands at the bar's end; a value of None draws the text alone.
        ``role`` may be a list, one a bar.  A second call stands its bars beside
        the first; with ``outline`` they are drawn around the first instead.
        """
        self.marks.append(Bars(items, role, label, None if outline else self.groups()))

    def dots(self, points, role=1, radius=4.5, label="", shape=""):
        """Put a marker on every (x, y) point; the label stands at the last."""
        self.marks.append(Dots(points, role, radius, label, shape))

    def line(self, x1, y1, x2, y2, role=0, dashed=True, label=""):
        """Draw a straight line for reference, its label at the second end."""
        self.marks.append(Line((x1, y1, x2, y2), role, dashed, label))

    def handle(self, x, y, right="", up="", unit=1):
        """Let readers pull the point (x, y): to the ``right`` for one control, ``up`` for another.

        Each is "name" or "table.row.column"; ``unit`` is what 1 of it is on its axis.
        """
        self.marks.append(Handle((x, y), right, up, unit))

    def label(self, x, y, text, anchor="start", role=0, style="role", bold=False, shift=None):
        """Write a text beside (x, y), moved a little where it would cover another.

        ``shift`` (right, down) in px from (x, y) fixes the place instead.
        """
        self.marks.append(Label((x, y), text, anchor, role, style, bold, shift))

    def render(self, width: int) -> str:
        """Return the plot as an SVG element of ``width`` px."""
        total, parts = self.drawn(width)
        return figure(width, total, self.words(), parts)

    def drawn(self, width: int) -> tuple:
        """Return the plot's height in px and its elements; a plot shown again is drawn once."""
        key = (width, len(self.marks))
        if key not in self._kept:
            drawing = Drawing(self, width)
            self._kept[key] = (drawing.total, drawing.drawn())
        kept: tuple = self._kept[key]
        return kept

    def words(self) -> str:
        """Return what a screen reader hears."""
        if self.description:
            return str(self.description)
        return ". ".join([w for w in (self.title, self.y_label, self.x_label) if w])


class Stack:
    """Plots under each other that take one column together.

    Parameters
    ----------
    plots : list of Plot
        From top to bottom.
    share : float
        As for `Plot`.
    """

    def __init__(self, plots, share=1):
        self.plots = list(plots)
        self.share = share

    def render(self, width: int) -> str:
        """Return the plots as one SVG element of ``width`` px."""
        y = 0.0
        parts: list = []
        for plot in self.plots:
            total, drawn = plot.drawn(width)
            parts.append(group(drawn, shift=(0, y)))
            y += total + STACK_GAP
        words = ". ".join([plot.words() for plot in self.plots])
        return figure(width, y - STACK_GAP, words, parts)
