"""The still figures of chapter 8, "Meaningful work behind meaningful service"."""

from collections.abc import Sequence

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch, Rectangle

from servicedesign.figures.style import (
    INK,
    LINE,
    MUTED,
    PAPER,
    ROLES,
    SOFT,
    StillFigure,
    bare,
)

# What each of the two at a counter needs, in the words of one of the source texts.
_GUEST = ("I am listened to", "I am understood", "my need is met")
_WORKER = ("I am listened to", "I know how", "I have the tools", "I may do it my way")


def two_at_a_counter() -> StillFigure:
    """Draw one encounter with what it takes on each side of the counter.

    Returns
    -------
    StillFigure
        Guest on the left, worker on the right, each with a list; the worker's
        needs stand out.
    """

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim(23.4, -2)
        axes.add_patch(Rectangle((17.5, 3.2), 1, 17.4, facecolor=LINE, lw=0))
        for left, who, needs, colour, soft in (
            (0.4, "the guest", _GUEST, ROLES[2], SOFT[0]),
            (19.9, "the one who serves", _WORKER, ROLES[1], SOFT[1]),
        ):
            axes.text(left, 0.6, who, va="center", weight="bold", color=colour)
            for place, need in enumerate(needs):
                top = 3.6 + 4.4 * place
                means = colour == ROLES[1]
                axes.add_patch(
                    FancyBboxPatch(
                        (left + 0.4, top + 0.4), 14.8, 2.6, boxstyle="round,pad=0.4",
                        facecolor=soft if means else PAPER, edgecolor=colour, lw=1.4,
                    )
                )  # fmt: skip
                axes.text(
                    left + 7.8, top + 1.7, need, ha="center", va="center", color=INK,
                    weight="bold" if means else "normal",
                )  # fmt: skip
        axes.annotate(
            "", (19.6, 0.6), (9.6, 0.6),
            arrowprops={"arrowstyle": "-|>", "color": ROLES[2], "lw": 1.6},
        )  # fmt: skip
        axes.text(14.6, -0.7, "“you helped me”", ha="center", va="center", color=ROLES[2])
        axes.text(18, 22.4, "one counter, two people", ha="center", va="center", color=MUTED)

    return StillFigure(
        "two-at-a-counter",
        260,
        draw,
        alt=(
            f"Two people at a counter. The guest needs: {', '.join(_GUEST)}. "
            f"The one who serves needs: {', '.join(_WORKER)}; all four are filled, because "
            "an employer can give them. An arrow from the guest says: you helped me."
        ),
        caption=(
            "What one encounter asks for on both sides, after one of the source texts. All four "
            "on the right are in the employer's hands, and the first costs only time. "
            "The arrow is what a worker seldom gets to hear."
        ),
    )


def three_teams(rows: Sequence[tuple[str, dict[str, float]]]) -> StillFigure:
    """Draw the means of three teams on several statements.

    Parameters
    ----------
    rows : sequence of (str, dict)
        The statement in few words, and the mean of each team from 1 to 7 by
        its name: "lunch", "kitchen" and "catering".

    Returns
    -------
    StillFigure
        A line for each statement with three marks on it.
    """
    marks = (
        ("lunch", "s", INK, -0.15),
        ("kitchen", "o", PAPER, 0.0),
        ("catering", "^", PAPER, 0.15),
    )

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.03, 0.02, 0.94, 0.96))
        bare(axes)
        axes.set_xlim(1, 7)
        axes.set_ylim(len(rows) + 0.95, -0.75)
        for place, (team, shape, fill, _beside) in enumerate(marks):
            x = 1.08 + 2.2 * place
            axes.plot([x], [-0.4], ls="", marker=shape, ms=8, color=INK, mfc=fill, mew=1.6)
            axes.text(x + 0.18, -0.38, team, va="center", weight="bold")
        for row, (words, means) in enumerate(rows):
            axes.text(1, row + 0.2, words, va="center")
            axes.plot([1, 7], [row + 0.62] * 2, color=LINE, lw=1.2, zorder=0)
            # Above, on and below the line, so that equal means do not hide each other.
            for team, shape, fill, beside in marks:
                axes.plot(
                    [means[team]], [row + 0.62 + beside], ls="", marker=shape, ms=8, color=INK,
                    mfc=fill, mew=1.6,
                )  # fmt: skip
        for number in range(1, 8):
            ha = "left" if number == 1 else "right" if number == 7 else "center"
            axes.text(number, len(rows) + 0.35, str(number), ha=ha, va="center", color=MUTED)
        axes.text(1, len(rows) + 0.75, "disagree", va="center", color=MUTED)
        axes.text(7, len(rows) + 0.75, "agree", ha="right", va="center", color=MUTED)

    told = "; ".join(
        f"{words}: " + ", ".join(f"{team} {means[team]:.1f}" for team, *_ in marks)
        for words, means in rows
    )
    return StillFigure(
        "three-teams",
        58 + 46 * len(rows),
        draw,
        alt=f"Mean agreement of three teams, from 1 to 7. {told}.",
        caption=(
            "Where the lunch line's square lies apart, and where it does not. "
            "Means of invented answers; statements worded against are turned round."
        ),
    )


def odds_in_strata(rows: Sequence[tuple[str, float, tuple[float, float]]]) -> StillFigure:
    """Draw odds ratios with their intervals on a scale of ratios.

    Parameters
    ----------
    rows : sequence of (str, float, (float, float))
        Name, odds ratio and 95% interval, from top to bottom.

    Returns
    -------
    StillFigure
        A dot with a line for each; a rule marks the odds ratio of 1.
    """
    height = 52 + 46 * len(rows)
    foot = 44 / height  # room for the scale, whatever the height

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.03, foot, 0.94, 0.98 - foot))
        axes.set_xscale("log")
        axes.set_xlim(0.75, 3.2)
        axes.set_ylim(len(rows) + 0.05, 0)
        axes.set_yticks([])
        axes.set_xticks([1, 1.5, 2, 3], ["1", "1.5", "2", "3"])
        axes.minorticks_off()
        axes.spines["left"].set_visible(False)
        axes.axvline(1, color=MUTED, lw=1.2, ls=(0, (3, 3)))
        axes.set_xlabel("odds ratio")
        for row, (name, ratio, (low, high)) in enumerate(rows):
            colour = ROLES[1] if row == 0 else ROLES[0]
            axes.text(1.02, row + 0.28, name, va="center", color=colour, weight="bold")
            axes.plot([low, high], [row + 0.68] * 2, color=colour, lw=2.6, solid_capstyle="butt")
            axes.plot([ratio], [row + 0.68], marker="o", ms=8, color=colour)
            axes.text(high * 1.03, row + 0.68, f"{ratio:.2f}", va="center", color=colour)

    told = "; ".join(
        f"{name}: {ratio:.2f}, from {low:.2f} to {high:.2f}" for name, ratio, (low, high) in rows
    )
    return StillFigure(
        "odds-in-strata",
        height,
        draw,
        alt=f"Odds ratios with 95 per cent intervals. {told}. A line marks 1, no association.",
        caption=(
            "How supervisors' and workers' satisfaction go together among Danish workers: all in "
            "one table, apart by management, and both parts put together again."
        ),
    )
