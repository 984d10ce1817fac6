"""One house style for the still figures, and the object that shows them.

A figure is drawn for a page 360 units wide, so that its text stays legible on
a phone without zooming.  It is inline SVG whose colours are CSS variables, so
it follows light and dark pages; where CSS variables are unknown (print, some
e-book readers) the same colours stand in presentation attributes.
"""

import html
import io
import re
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas

from explorables import palette

# Which of the course's tones a name stands for; every series has a label as well.
_TONE_OF = {
    "ink": "ink",
    "muted": "soft",
    "line": "grid",
    "paper": "ground",
    "role-1": "1",
    "role-2": "2",
    "role-3": "3",
    "money": "5",
    "soft-1": "wash-1",
    "soft-2": "wash-2",
}
PALETTE = {name: palette.TONES[tone] for name, tone in _TONE_OF.items()}
INK, MUTED, LINE, PAPER = (PALETTE[name][0] for name in ("ink", "muted", "line", "paper"))
ROLES = tuple(PALETTE[f"role-{number}"][0] for number in (1, 2, 3))  # both, house, guest
MONEY = PALETTE["money"][0]
SOFT = tuple(PALETTE[f"soft-{number}"][0] for number in (1, 2))

WIDTH = 360  # units of the drawing; one unit is a point in matplotlib
TEXT = 13.3  # so that letters are 13 px high on a phone of 390 px, and 15 px at most

_RC: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "promise-path-people",
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "axes.facecolor": "none",
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT,
    "axes.titlesize": TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "xtick.labelsize": TEXT,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "ytick.labelsize": TEXT,
    "grid.color": LINE,
    "lines.linewidth": 2.2,
    "hatch.linewidth": 0.8,
}


_LIGHT, _DARK = (
    palette.variables("--figure-", shade, _TONE_OF) for shade in (palette.LIGHT, palette.DARK)
)
# The page's theme switch, JupyterLab's themes, and nothing else: a notebook
# viewer without either shows a light page whatever the system prefers.
CSS = (
    f".sd-figure{{{_LIGHT}margin:1.5rem 0;padding:0}}"
    f"html[data-theme=dark] .sd-figure,[data-jp-theme-light=false] .sd-figure{{{_DARK}}}"
    "@media print{html .sd-figure{" + _LIGHT + "}}"
    ".sd-figure svg{display:block;width:100%;max-width:25.375rem;height:auto;margin:0 auto}"
    ".sd-figure svg{font-family:inherit}"
    ".sd-figure figcaption{max-width:32rem;margin:.5rem auto 0;font:inherit;font-size:.9em;"
    "text-align:left;color:inherit}"
)


class StillFigure:
    """A finished figure: SVG with an accessible name, and a caption.

    Parameters
    ----------
    name : str
        Its id in the page: lower-case letters, digits and hyphens.
    height : float
        Height of the drawing in units, greater than 0; the width is `WIDTH`.
    draw : callable
        Called with an empty `matplotlib.figure.Figure` to draw on.
    alt : str
        What a reader who cannot see the figure needs to know, in words.
    caption : str
        What to look at, shown under the figure to everyone.

    Raises
    ------
    ValueError
        If the name is not fit for an id, or the alt text or caption is empty.
    """

    def __init__(
        self, name: str, height: float, draw: Callable[[Canvas], None], alt: str, caption: str
    ) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            raise ValueError(f"name must be lower-case letters, digits and hyphens, got {name!r}")
        for what, text in (("alt", alt), ("caption", caption)):
            if not text.strip():
                raise ValueError(f"{what} must say something, got {text!r} (figure {name!r})")
        self.name = name
        self.alt = alt
        self.caption = caption
        with mpl.rc_context(_RC):
            canvas = Canvas(figsize=(WIDTH / 72, height / 72))
            canvas.patch.set_visible(False)
            draw(canvas)
            sheet = io.StringIO()
            FigureCanvasSVG(canvas).print_svg(
                sheet, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
            )
        self.svg = _tidy(sheet.getvalue(), name, alt)

    def _repr_html_(self) -> str:
        return (
            f'<figure class="sd-figure" id="figure-{self.name}"><style>{CSS}</style>'
            f"{self.svg}<figcaption>{html.escape(self.caption)}</figcaption></figure>"
        )

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"


def bare(axes: Axes) -> None:
    """Take frame, ticks and grid off axes that are a drawing, not a chart.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Changed in place.
    """
    axes.set_axis_off()


def _tidy(drawing: str, name: str, alt: str) -> str:
    """Make matplotlib's file fit to stand inside a page."""
    drawing = drawing[drawing.index("<svg") :]
    # The style element would restyle the whole page that the figure stands in.
    superfluous = (
        r'<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>| transform="rotate\(-0 [^"]*"'
    )
    drawing = re.sub(superfluous, "", drawing, flags=re.DOTALL)
    # Ids that nothing refers to would only clash with those of another figure.
    wanted = set(re.findall(r"""(?:url\(#|href="#)([^")]+)""", drawing))
    drawing = re.sub(
        r' id="([^"]+)"',
        lambda match: f' id="{name}-{match[1]}"' if match[1] in wanted else "",
        drawing,
    )
    drawing = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{name}-", drawing)
    drawing = re.sub(r'style="([^"]*)"', lambda match: _coloured(match[1]), drawing)
    drawing = re.sub(r"\s*\n\s*", " ", drawing.strip()).replace("> <", "><")
    drawing = drawing.replace("<defs></defs>", "").replace("<defs/>", "")
    body = drawing[drawing.index(">") + 1 :]
    box = re.search(r'viewBox="0 0 (\S+) (\S+)"', drawing)
    if box is None:
        raise ValueError(f"matplotlib gave figure {name!r} no viewBox")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'role="img" aria-label="{html.escape(alt)}" viewBox="0 0 {box[1]} {box[2]}" '
        f'width="{box[1]}" height="{box[2]}" font-family="DejaVu Sans, sans-serif" '
        f'stroke-linejoin="round">{body}'
    )


_VARIABLE = {colours[0]: name for name, colours in PALETTE.items()}
_AS_ATTRIBUTE = {"text-anchor", "font-size", "font-weight", "font-style"}


def _coloured(style: str) -> str:
    """Turn house colours in a style into variables with attributes as fall-back."""
    attributes, rest = [], []
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        prop, value = (part.strip() for part in declaration.split(":", 1))
        if prop in ("fill", "stroke") and value in _VARIABLE:
            attributes.append(f'{prop}="{value}"')
            rest.append(f"{prop}:var(--figure-{_VARIABLE[value]},{value})")
        elif prop in _AS_ATTRIBUTE:
            attributes.append(f'{prop}="{value}"')
        elif prop != "font-family":  # the page's own, or the one on the svg element
            rest.append(f"{prop}:{value}")
    return " ".join(attributes + ([f'style="{";".join(rest)}"'] if rest else []))
