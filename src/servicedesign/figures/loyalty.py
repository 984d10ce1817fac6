"""The still figures of chapter 9, "Bought or earned? Loyalty, metrics and money"."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FixedLocator, NullLocator

from servicedesign.figures.style import INK, LINE, PAPER, ROLES, StillFigure
from servicedesign.retention import cohorts as cohorts_of
from servicedesign.retention import retention_rates, sbg_fit, sbg_from
from servicedesign.retention_ridge import sbg_region

_BOUGHT, _EARNED = ROLES[1], ROLES[2]
_JOINT_95 = 3.0  # half the 95% point of chi-square with two degrees of freedom


def cohorts(rows: Sequence[Mapping[str, Any]]) -> StillFigure:
    """Draw how the cohorts of lunch cards shrink, and which share stays from year to year.

    Parameters
    ----------
    rows : sequence of mapping
        The table lunch_card.

    Returns
    -------
    StillFigure
        Two panels over the age of a cohort; the bought one stands out.
    """
    known = [each for each in cohorts_of([dict(row) for row in rows]) if len(each["counts"]) > 1]

    def lines(axes: Axes, title: str, drawn: Sequence[tuple[str, Sequence[int], Any]]) -> None:
        axes.set_title(title, loc="left")
        axes.set_xlim(-0.1, 7.2)
        axes.set_xticks(range(8))
        axes.set_ylim(0, 105)
        axes.set_yticks([0, 50, 100])
        axes.grid(axis="y")
        for origin, ages, shares in drawn:
            if origin == "bought":
                axes.plot(ages, shares, color=_BOUGHT, marker="s", ms=6, lw=2.6, mec=PAPER)
            else:
                axes.plot(ages, shares, color=_EARNED, marker="^", ms=5, lw=1.1, mec=PAPER)

    def draw(canvas: Canvas) -> None:
        left, wide = 0.11, 0.86
        top = canvas.add_axes((left, 0.56, wide, 0.38))
        lines(top, "still used, of a hundred", [
            (each["origin"], range(len(each["counts"])),
             [100 * count / each["counts"][0] for count in each["counts"]])
            for each in known
        ])  # fmt: skip
        top.text(2.6, 64, "earned", color=_EARNED, weight="bold")
        top.text(0.1, 8, "bought at half price", color=_BOUGHT, weight="bold")
        low = canvas.add_axes((left, 0.12, wide, 0.29))
        rates = [(each["origin"], retention_rates(each["counts"])) for each in known]
        lines(low, "stayed, of a hundred a year before", [
            (origin, range(1, 1 + len(found)), [100 * rate for rate in found])
            for origin, found in rates
        ])  # fmt: skip
        low.set_xlabel("years since the card was first used")

    told = "; ".join(
        f"{each['cohort']}, {each['origin']}: {each['counts'][0]} cards, then "
        + ", ".join(f"{rate:.0%}" for rate in retention_rates(each["counts"]))
        for each in known
    )
    return StillFigure(
        "loyalty-cohorts",
        400,
        draw,
        alt=f"Cohorts of lunch cards and the share that stays from year to year. {told}.",
        caption=(
            "Above, who is left of each cohort; below, which share stays from one year to the "
            "next. On the whole it rises as a cohort ages, in the bought one too. Invented data."
        ),
    )


def ridge(named: Mapping[str, Sequence[int]]) -> StillFigure:
    """Draw which pairs of alpha and beta a cohort's fate does not rule out.

    Parameters
    ----------
    named : mapping
        The survivors of one or two cohorts by name, the larger region first.

    Returns
    -------
    StillFigure
        A region for each on logarithmic axes, and the fit as a mark.
    """
    low, high = 0.3, 60.0
    styles = ((_BOUGHT, "s"), (_EARNED, "^"))
    fits = {name: sbg_fit(list(counts)) for name, counts in named.items()}
    stays = {}
    edges = {}
    for name, counts in named.items():
        region = sbg_region(list(counts), _JOINT_95)
        stays[name] = (min(each[1] for each in region), max(each[2] for each in region))
        lower = [sbg_from(each[1], each[0]) for each in region]
        upper = [sbg_from(each[2], each[0]) for each in region]
        edges[name] = lower + upper[::-1]

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.14, 0.15, 0.83, 0.78))
        axes.set_title("beta", loc="left")
        axes.set_xlabel("alpha")
        axes.xaxis.set_label_coords(0.97, -0.1)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(low, high)
        axes.set_ylim(low, high)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(FixedLocator([0.5, 1, 2, 5, 10, 20, 50]))
            axis.set_minor_locator(NullLocator())
            axis.set_major_formatter(lambda value, _place: f"{value:g}")
        axes.grid(color=LINE)
        for (name, edge), (colour, shape) in zip(edges.items(), styles, strict=False):
            axes.fill(
                [pair[0] for pair in edge], [pair[1] for pair in edge], facecolor=colour,
                alpha=0.3, edgecolor=colour, lw=1.2, clip_on=True,
            )  # fmt: skip
            fit = fits[name]
            axes.plot(*fit, shape, color=colour, ms=9, mec=PAPER)
        places = ((3.5, 2.0), (0.34, 11))
        for (name, stay), (colour, _shape), place in zip(
            stays.items(), styles, places, strict=False
        ):
            axes.text(*place, name, color=colour, weight="bold", va="bottom")
            axes.text(*place, f"first year: {stay[0]:.0%} to {stay[1]:.0%}", color=INK, va="top")

    told = "; ".join(
        f"{name}: the likeliest pair is {fits[name][0]:.2f} and {fits[name][1]:.2f}, and "
        f"{stays[name][0]:.0%} to {stays[name][1]:.0%} stay the first year"
        for name in named
    )
    return StillFigure(
        "loyalty-ridge",
        330,
        draw,
        alt=(
            "Two long narrow regions, from low to high alpha and beta, on logarithmic axes. "
            f"{told}."
        ),
        caption=(
            "All pairs inside a region fit the cohort about as well (95%). Along it alpha and beta "
            "grow together many times over, and the share that stays hardly moves: so read the "
            "share, and never alpha alone."
        ),
    )
