"""The still figure of chapter 10: the storyboard, six frames for somebody who could say no."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle

from servicedesign.figures.style import INK, LINE, MUTED, PAPER, ROLES, SOFT, StillFigure, bare

# What stands under each frame, in two lines; the fourth is the one that may go wrong.
_FRAMES = (
    ("Tuula reads the sign", "at the door"),
    ("She stops at the desk", "and asks"),
    ("Linh reads the label", "and says: not this one"),
    ("The kitchen swapped a dish", "and nobody told the desk"),
    ("Linh closes the dish", "in front of the line"),
    ("Tuula eats, and tells", "her sister what was safe"),
)


def _person(axes: Axes, x: float, y: float, colour: str, tray: bool = False) -> None:
    axes.add_patch(Circle((x, y + 4.2), 0.95, facecolor=colour, edgecolor="none"))
    axes.plot([x, x], [y + 3.2, y + 1.3], color=colour, lw=2.4, solid_capstyle="round")
    axes.plot([x - 0.8, x, x + 0.8], [y, y + 1.3, y], color=colour, lw=2.0)
    axes.plot([x, x + 1.5], [y + 2.6, y + 2.4], color=colour, lw=2.0, solid_capstyle="round")
    if tray:
        axes.plot([x + 1.1, x + 3.1], [y + 2.5, y + 2.5], color=INK, lw=2.0)


def _desk(axes: Axes, x: float, y: float) -> None:
    axes.add_patch(Rectangle((x, y), 3.6, 2.2, facecolor=SOFT[1], edgecolor=ROLES[1], lw=1.2))


def _sign(axes: Axes, x: float, y: float, text: str) -> None:
    axes.add_patch(Rectangle((x, y), 4.2, 2.0, facecolor=PAPER, edgecolor=MUTED, lw=1.2))
    axes.text(x + 2.1, y + 0.95, text, ha="center", va="center", color=INK)


def _scene(axes: Axes, place: int, x: float, y: float) -> None:
    guest, house = ROLES[0], ROLES[1]
    if place == 0:
        _person(axes, x + 4, y, guest)
        _sign(axes, x + 9, y + 3, "diets")
    elif place == 1:
        _person(axes, x + 3.5, y, guest)
        _desk(axes, x + 6.4, y)
        _person(axes, x + 12, y, house)
        axes.text(x + 6.6, y + 5.0, "?", color=INK, weight="bold", ha="center", va="center")
    elif place == 2:
        _person(axes, x + 2.5, y, guest)
        _desk(axes, x + 5.2, y)
        _person(axes, x + 10.6, y, house)
        _sign(axes, x + 12.2, y + 3.4, "milk")
    elif place == 3:
        _person(axes, x + 3.2, y, house, tray=True)
        axes.plot([x + 8.6, x + 8.6], [y, y + 6], color=LINE, lw=3)
        _desk(axes, x + 10.2, y)
        axes.text(x + 12.0, y + 4.2, "!", color=house, weight="bold", ha="center", va="center")
    elif place == 4:
        _desk(axes, x + 2.6, y)
        _person(axes, x + 8.2, y, house)
        for step in range(3):
            _person(axes, x + 11.6 + 2.1 * step, y, MUTED)
        axes.plot([x + 2.8, x + 6.0], [y + 3.0, y + 4.6], color=house, lw=2.2)
        axes.plot([x + 2.8, x + 6.0], [y + 4.6, y + 3.0], color=house, lw=2.2)
    else:
        _person(axes, x + 4, y, guest, tray=True)
        _person(axes, x + 12, y, MUTED)
        axes.text(x + 9.2, y + 5.2, "…", color=INK, ha="center", va="center")


def storyboard() -> StillFigure:
    """Draw the diet desk in six frames: one guest's change, and where it may go wrong.

    Returns
    -------
    StillFigure
        Three rows of two frames, each with two lines of text below.
    """

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 40)
        axes.set_ylim(0, 45)
        for place, (first, second) in enumerate(_FRAMES):
            x, y = 20.2 * (place % 2) + 0.6, 45 - 15 * (place // 2 + 1)
            wrong = place == 3
            axes.add_patch(
                FancyBboxPatch(
                    (x + 0.3, y + 4.7), 18.0, 9.3, boxstyle="round,pad=0.3",
                    facecolor=PAPER,
                    edgecolor=ROLES[1] if wrong else MUTED, lw=1.8 if wrong else 1.0,
                )
            )  # fmt: skip
            axes.text(x + 0.9, y + 12.9, str(place + 1), color=MUTED, va="center")
            _scene(axes, place, x, y + 5.4)
            axes.text(x + 0.1, y + 3.2, first, color=INK, va="center")
            axes.text(x + 0.1, y + 1.4, second, color=INK, va="center")

    told = "; ".join(
        f"{place}, {first} {second}" for place, (first, second) in enumerate(_FRAMES, start=1)
    )
    return StillFigure(
        "capstone-storyboard",
        470,
        draw,
        alt=f"A storyboard of six frames: {told}",
        caption=(
            "Linh's six frames. The fourth shows how the desk may go wrong, and the fifth what is "
            "done then; a storyboard without such a frame is an advertisement."
        ),
    )
