"""The still figure of chapter 10, "Capstone: from talk to deeds"."""

from matplotlib.figure import Figure as Canvas

from servicedesign import deciding
from servicedesign.figures.style import INK, MUTED, ROLES, StillFigure
from servicedesign.hillasoppi import WIDE_BELIEFS

_PLANS = (
    ("a quarter of an hour of a third till", {"till": 1500}),
    ("a third till for an hour", {"till": 5000}),
    ("the diet desk and its labels", {"desk": 7000}),
    ("new jobs at the lunch line", {"jobs": 4000}),
    ("a biscuit with every lunch", {"gesture": 5500}),
    ("till, desk and jobs together", {"till": 2000, "desk": 7000, "jobs": 4000}),
)


def plans() -> StillFigure:
    """Draw six plans for one year, each as a range and a mean under the widest beliefs.

    Returns
    -------
    StillFigure
        A line for each plan, four of five years long, with its mean and its chance of loss.
    """
    found = [(name, deciding.simulate_decision(spend, WIDE_BELIEFS, 1)) for name, spend in _PLANS]

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.03, 0.14, 0.94, 0.84))
        for place, (name, many) in enumerate(found):
            y = -place
            low, high, mean = (many[key] / 1000 for key in ("low_gain", "high_gain", "mean_gain"))
            axes.plot([low, high], [y, y], color=ROLES[0], lw=5, solid_capstyle="round")
            axes.plot([mean], [y], "o", color=ROLES[0], markeredgecolor="white", ms=8)
            axes.text(-21, y + 0.3, name, color=INK)
            losses = f"{round(10 * many['chance_of_loss'])} of 10 years lose"
            axes.text(21, y + 0.3, losses, color=MUTED, ha="right")
        axes.axvline(0, color=MUTED, lw=1, ls=(0, (3, 3)))
        axes.set_xlim(-21.5, 21.5)
        axes.set_ylim(-len(found) + 0.5, 0.8)
        axes.set_yticks([])
        axes.set_xlabel("gain after the spend, thousand euros", color=INK)
        for side in ("top", "left", "right"):
            axes.spines[side].set_visible(False)

    told = "; ".join(
        f"{name}: {round(10 * many['chance_of_loss'])} of 10 years lose money"
        for name, many in found
    )
    return StillFigure(
        "deciding-plans",
        360,
        draw,
        alt=f"Six plans for one year, each as a range of gains around nothing. {told}",
        caption=(
            "Six plans under beliefs as wide as nobody's knowledge: four of five years lie on the "
            "line, the dot is their mean. The ranges are put in by hand; none was measured."
        ),
    )
