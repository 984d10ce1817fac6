"""A still figure of chapter 9: why a guest left, and what might have kept her."""

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch

from servicedesign.figures.style import INK, MUTED, ROLES, SOFT, StillFigure, bare

# Tuula's story by the four forces: what drives a guest away, and what holds her.
_FORCES = (
    ("push", "away from here", "a wrong word\non the soup", 0, (2.4, 22.2)),
    ("pull", "towards there", "at home she knows\nwhat is in the pot", 1, (24.9, 22.2)),
    ("habit", "what is easy here", "the corner table,\non most weekdays", 0, (2.4, 6.2)),
    ("worry", "about there", "nobody to talk to\nat lunch", 1, (24.9, 6.2)),
)


def forces() -> StillFigure:
    """Draw the four forces on a guest who thinks of leaving.

    Returns
    -------
    StillFigure
        Two boxes above, which drive her to leave, and two below, which hold her.
    """

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 48)
        axes.set_ylim(0, 36)
        for name, where, told, side, (left, low) in _FORCES:
            axes.add_patch(
                FancyBboxPatch(
                    (left, low), 20.6, 8.9, boxstyle="round,pad=0.4",
                    facecolor=SOFT[side], edgecolor=ROLES[side], lw=1.4,
                )
            )  # fmt: skip
            axes.text(left + 0.6, low + 7.4, name, va="center", color=ROLES[side], weight="bold")
            axes.text(left + 20.2, low + 7.4, where, va="center", ha="right", color=MUTED)
            axes.text(left + 0.6, low + 3.0, told, va="center", color=INK)
        axes.text(24, 33.6, "she leaves when these two", ha="center", va="center", color=INK)
        axes.text(24, 18.6, "outweigh these two", ha="center", va="center", color=INK)
        axes.text(2.4, 2.6, "left: Hillasoppi; right: her own kitchen", va="center", color=MUTED)

    told = "; ".join(f"{name}: {' '.join(story.split())}" for name, _, story, _, _ in _FORCES)
    return StillFigure(
        "leaving-forces",
        330,
        draw,
        alt=f"Four boxes, two that drive a guest away and two that hold her. {told}",
        caption=(
            "Tuula's spring. Above, what drove her to leave; below, what held her. "
            "Each box holds something that happened, and none holds an opinion."
        ),
    )
