"""The still figures of the interlude, "Rehearse it first"."""

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch

from servicedesign.figures.style import INK, MUTED, PAPER, ROLES, SOFT, StillFigure, bare

# Each way to rehearse, what it needs, and the doubt that it can settle.
_LADDER = (
    ("walkthrough", "an hour, the blueprint", "is a step missing?"),
    ("role play with tokens", "chairs, an afternoon", "who stands in whose way?"),
    ("paper sign", "a pen, a noon", "is it noticed, and read?"),
    ("Wizard of Oz", "a person behind a curtain", "would the machine's answer do?"),
    ("one noon hour for real", "guests, and a stop rule", "do people do it, at noon?"),
)


def ladder() -> StillFigure:
    """Draw five ways to rehearse a service, from an hour of talk to an hour for real.

    Returns
    -------
    StillFigure
        A staircase; each step with what it needs and the doubt that it can settle.
    """

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim(0, 40)
        for place, (name, needs, settles) in enumerate(_LADDER):
            left, low = 1.6 * place, 3.0 + 7.3 * place
            real = place == len(_LADDER) - 1
            axes.add_patch(
                FancyBboxPatch(
                    (left + 0.5, low), 27.2, 5.9, boxstyle="round,pad=0.4",
                    facecolor=SOFT[1] if real else SOFT[0] if place % 2 else PAPER,
                    edgecolor=ROLES[1] if real else ROLES[0], lw=1.4,
                )
            )  # fmt: skip
            axes.text(left + 1.3, low + 4.9, name, va="center", color=INK, weight="bold")
            axes.text(left + 1.3, low + 2.95, settles, va="center", color=INK)
            axes.text(left + 1.3, low + 1.0, needs, va="center", color=MUTED)
        axes.text(0.6, 1.0, "dearer, and closer to noon, as you go up", color=MUTED, va="center")

    told = "; ".join(f"{name}: needs {needs}, settles {doubt}" for name, needs, doubt in _LADDER)
    return StillFigure(
        "rehearsal-ladder",
        380,
        draw,
        alt=f"A staircase of five ways to rehearse a service, from below: {told}",
        caption=(
            "Five ways to try what is not there yet. Take the lowest step that could prove you "
            "wrong; only the top one meets guests, and only it needs a stop rule."
        ),
    )
