"""The still figures of chapter 7, "Expectations, quality, delight and recovery"."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from servicedesign.expectations import two_proportions
from servicedesign.figures.style import INK, LINE, MUTED, PAPER, ROLES, SOFT, StillFigure, bare

Row = Mapping[str, Any]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def zones(items: Sequence[Row]) -> StillFigure:
    """Draw zones of tolerance with what was found.

    Parameters
    ----------
    items : sequence of mapping
        ``label``, and ``adequate``, ``desired`` and ``found`` from 1 to 10.

    Returns
    -------
    StillFigure
        A row for each: the zone as a bar, what was found as a mark.
    """

    def verdict(item: Row) -> str:
        if item["found"] < item["adequate"]:
            return "not good enough"
        return "better than wished for" if item["found"] > item["desired"] else "will do"

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.03, 0.1, 0.94, 0.89))
        bare(axes)
        axes.set_xlim(0.8, 10.2)
        axes.set_ylim(2 * len(items) + 0.05, -0.6)
        for tick in (1, 4, 7, 10):
            axes.axvline(tick, color=LINE, lw=1, zorder=0)
            axes.text(
                tick, 2 * len(items) + 0.35, str(tick), color=MUTED, clip_on=False, va="top",
                ha="left" if tick == 1 else "right" if tick == 10 else "center",
            )  # fmt: skip
        for place, item in enumerate(items):
            top, bar = 2 * place, 2 * place + 0.85
            said = verdict(item)
            colour = ROLES[1] if said.startswith("not") else ROLES[2 if "better" in said else 0]
            back = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
            axes.text(1, top, item["label"], va="center", weight="bold", bbox=back)
            axes.text(10, top, said, va="center", ha="right", color=colour, bbox=back)
            low, wide = item["adequate"], item["desired"] - item["adequate"]
            axes.add_patch(
                Rectangle((low, bar - 0.3), wide, 0.6, facecolor=SOFT[0], edgecolor=ROLES[0], lw=1)
            )
            shape = "X" if said.startswith("not") else "o"
            axes.plot(item["found"], bar, shape, color=colour, ms=10, mec=PAPER)

    told = "; ".join(
        f"{item['label']}: {item['adequate']:g} would do, {item['desired']:g} is wished for, "
        f"{item['found']:g} was found, {verdict(item)}"
        for item in items
    )
    return StillFigure(
        "zones",
        42 * len(items) + 26,
        draw,
        alt=f"Zones of tolerance on a scale from 1 to 10. {told}.",
        caption=(
            "Each bar runs from what would do to what is wished for; the mark is what Tuula found "
            "on the day of the soup. Teaching numbers."
        ),
    )


def same_gap(answers: Sequence[Row]) -> StillFigure:
    """Draw satisfaction by how expectations were met, for two levels of performance.

    Parameters
    ----------
    answers : sequence of mapping
        ``expect_1_10``, ``perceived_1_10`` and ``sat_1_10``.

    Returns
    -------
    StillFigure
        Two lines over "fell short", "as expected" and "exceeded".
    """
    names = ("fell short", "as expected", "exceeded")
    groups: dict[str, list[list[float]]] = {"found 8 to 10": [[], [], []], "found 7": [[], [], []]}
    for row in answers:
        gap = row["perceived_1_10"] - row["expect_1_10"]
        level = "found 7" if row["perceived_1_10"] == 7 else "found 8 to 10"
        if row["perceived_1_10"] >= 7:
            groups[level][(gap > 0) - (gap < 0) + 1].append(row["sat_1_10"])

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.09, 0.12, 0.88, 0.76))
        axes.set_title("mean satisfaction (1 to 10)", loc="left")
        axes.set_xlim(-0.35, 2.4)
        axes.set_ylim(5.8, 8.7)
        axes.set_xticks([0, 1, 2], names)
        axes.set_yticks([6, 7, 8])
        axes.grid(axis="y")
        for (name, found), colour, shape, side in zip(
            groups.items(), (ROLES[2], ROLES[0]), "so", (1, -1), strict=True
        ):
            known = [
                (place, _mean(each), len(each))
                for place, each in enumerate(found)
                if len(each) >= 5
            ]
            axes.plot(
                [k[0] for k in known], [k[1] for k in known], marker=shape, ms=8, color=colour,
                ls="-" if side > 0 else "--", mec=PAPER,
            )  # fmt: skip
            for place, mean, count in known:
                up = side if known[0][1] != mean or side < 0 else 1
                axes.annotate(
                    f"n = {count}", (place, mean), (0 if place else -14, 13 * up),
                    textcoords="offset points",
                    ha="center", va="center", color=MUTED,
                )  # fmt: skip
            axes.text(
                -0.3, 8.47 if side > 0 else 8.19, name, color=colour, weight="bold", va="center"
            )

    told = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{word} {_mean(each):.1f} ({len(each)} guests)"
            for word, each in zip(names, found, strict=True)
            if len(each) >= 5  # the house's rule: no figure about fewer
        )
        for name, found in groups.items()
    )
    return StillFigure(
        "same-gap",
        270,
        draw,
        alt=f"Mean satisfaction by how expectations were met, two lines. {told}.",
        caption=(
            "Both lines rise, so the gap counts. Where expectations were met or exceeded, the "
            "better visit satisfies more, so what was found counts too. Few guests, invented data."
        ),
    )


def biscuit_weeks(visits: Sequence[Row]) -> StillFigure:
    """Draw mood and returning, with a biscuit and without, week by week.

    Parameters
    ----------
    visits : sequence of mapping
        The table gesture_test.

    Returns
    -------
    StillFigure
        Two panels over the weeks, two lines in each.
    """
    weeks = sorted({row["week"] for row in visits})

    def series(arm: str, column: str) -> list[float]:
        return [
            _mean([row[column] for row in visits if row["arm"] == arm and row["week"] == week])
            for week in weeks
        ]

    mood = {arm: series(arm, "mood_1_7") for arm in ("biscuit", "none")}
    back = {arm: [100 * x for x in series(arm, "return_30d")] for arm in ("biscuit", "none")}

    def panel(axes: Axes, lines: Mapping[str, Sequence[float]], title: str) -> None:
        axes.set_title(title, loc="left")
        axes.set_xlim(weeks[0] - 0.2, weeks[-1] + 0.2)
        axes.set_xticks(weeks)
        axes.grid(axis="y")
        axes.plot(weeks, lines["none"], ls="--", marker="s", ms=5, color=MUTED)
        axes.plot(weeks, lines["biscuit"], marker="o", ms=6, color=ROLES[0])

    def draw(canvas: Canvas) -> None:
        top = canvas.add_axes((0.1, 0.57, 0.87, 0.37))
        panel(top, mood, "mood at once (1 to 7)")
        top.set_ylim(4.5, 6.2)
        top.set_yticks([5, 6])
        top.text(2.1, 5.72, "with a biscuit", color=ROLES[0], weight="bold")
        top.text(2.1, 4.6, "without", color=MUTED, weight="bold")
        low = canvas.add_axes((0.1, 0.12, 0.87, 0.31))
        panel(low, back, "came back within 30 days (%)")
        low.set_ylim(0, 100)
        low.set_yticks([0, 50, 100])
        low.set_xlabel("week")

    first, last = (mood["biscuit"][k] - mood["none"][k] for k in (0, -1))
    share = {arm: f"{_mean(back[arm]):.0f}" for arm in back}
    return StillFigure(
        "biscuit-weeks",
        370,
        draw,
        alt=(
            f"Two panels over {len(weeks)} weeks. Mood with a biscuit starts {first:.1f} points "
            f"above mood without one and ends {last:.1f} above it. The shares who came back cross "
            f"to and fro: {share['biscuit']} per cent with and {share['none']} per cent without."
        ),
        caption=(
            "The mood follows the surprise; coming back does not follow the mood. "
            "Guests were assigned by lot; the data are invented."
        ),
    )


def gestures(counts: Sequence[Row]) -> StillFigure:
    """Draw the three differences of the card experiment with their intervals.

    Parameters
    ----------
    counts : sequence of mapping
        The table joke_card_tips.

    Returns
    -------
    StillFigure
        A row for each pair of cards.
    """
    by_card = {row["card"]: (row["tipped"], row["tipped"] + row["no_tip"]) for row in counts}
    pairs = (("joke", "none"), ("joke", "advertisement"), ("advertisement", "none"))
    found = [two_proportions(*by_card[a], *by_card[b]) for a, b in pairs]
    names = [f"{a} against {b if b != 'none' else 'no card'}" for a, b in pairs]

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.03, 0.2, 0.94, 0.78))
        bare(axes)
        axes.set_xlim(-26, 46)
        axes.set_ylim(2 * len(found) + 0.1, -0.6)
        for tick in (-20, 0, 20, 40):
            axes.axvline(tick, color=MUTED if tick == 0 else LINE, lw=1, zorder=0)
            said = f"{tick:+d}".replace("-", "−") if tick else "0"
            axes.text(
                tick, 2 * len(found) + 0.3, said, color=MUTED, ha="center", va="top", clip_on=False
            )
        canvas.text(0.5, 0.03, "difference in percentage points", ha="center")
        back = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        for place, (name, one) in enumerate(zip(names, found, strict=True)):
            top = 2 * place
            axes.text(-26, top, name, va="center", weight="bold", bbox=back)
            colour = ROLES[0] if one["low"] > 0 else MUTED
            axes.plot([100 * one["low"], 100 * one["high"]], [top + 0.85] * 2, color=colour, lw=5)
            axes.plot(100 * one["diff"], top + 0.85, "o", color=colour, ms=9, mec=PAPER)

    told = "; ".join(
        f"{name}: {100 * one['diff']:+.0f} percentage points, interval {100 * one['low']:.0f} to "
        f"{100 * one['high']:.0f}"
        for name, one in zip(names, found, strict=True)
    ).replace("-", "−")
    return StillFigure(
        "gestures",
        176,
        draw,
        alt=f"Three differences between cards, each with its 95% interval. {told}.",
        caption=(
            "Each bar is a 95% interval taken by itself. A blue bar lies above zero as a whole."
        ),
    )


def recovered(incidents: Sequence[Row]) -> StillFigure:
    """Draw satisfaction and returning after a failure beside a smooth visit.

    Parameters
    ----------
    incidents : sequence of mapping
        The table incidents.

    Returns
    -------
    StillFigure
        A row for each way in which it ended, two columns of paired marks.
    """
    groups = [
        ("put right by a server", ("server",), (1, 2)),
        ("put right by a manager", ("manager",), (1, 2)),
        ("put right by nobody", ("nobody",), (1, 2)),
        ("grave, put right by anybody", ("server", "manager"), (3,)),
    ]
    rows = []
    for name, who, severity in groups:
        chosen = [r for r in incidents if r["recovered_by"] in who and r["severity"] in severity]
        if chosen:
            numbers = [
                _mean([row[column] for row in chosen])
                for column in (
                    "outcome_sat", "smooth_sat", "outcome_return_30d", "smooth_return_30d",
                )
            ]  # fmt: skip
            rows.append((name, len(chosen), numbers))

    def draw(canvas: Canvas) -> None:
        for left, title, low, high, column, decimals in (
            (0.02, "satisfaction, 1 to 10", 1, 10, 0, 1),
            (0.54, "came back, of 100", 0, 100, 2, 0),
        ):
            axes = canvas.add_axes((left, 0.02, 0.44, 0.87))
            bare(axes)
            reach = high - low
            axes.set_xlim(low - 0.02 * reach, high + 0.02 * reach)
            axes.set_ylim(2 * len(rows) - 0.4, -0.75)
            canvas.text(left, 0.955, title, va="center", weight="bold")
            for place, (name, count, numbers) in enumerate(rows):
                y = 2 * place + 0.7
                axes.plot([low, high], [y, y], color=LINE, lw=1, zorder=0)
                failed, smooth = (x * (100 if column else 1) for x in numbers[column : column + 2])
                axes.plot([failed, smooth], [y, y], color=INK, lw=3, zorder=1)
                axes.plot(smooth, y, "o", ms=8, mfc=PAPER, mec=MUTED, mew=1.8)
                axes.plot(failed, y, "s", ms=8, color=INK, mec=PAPER)
                outward = 1 if failed > smooth else -1
                # Each number outside of its mark; those of the squares are bold.
                for number, side, weight in (
                    (failed, outward, "bold"),
                    (smooth, -outward, "normal"),
                ):
                    axes.annotate(
                        f"{number:.{decimals}f}", (number, y), (9 * side, 0),
                        textcoords="offset points", va="center", weight=weight,
                        ha="left" if side > 0 else "right",
                        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
                    )  # fmt: skip
                if not column:
                    axes.text(low, 2 * place, f"{name} ({count})", va="center", clip_on=False)

    told = "; ".join(
        f"{name}, {count} cases: satisfaction {n[0]:.1f} against {n[1]:.1f}, came back "
        f"{100 * n[2]:.0f} against {100 * n[3]:.0f} of 100"
        for name, count, n in rows
    )
    return StillFigure(
        "recovered",
        54 * len(rows) + 28,
        draw,
        alt=f"After a failure, beside the next guest whose visit was smooth. {told}.",
        caption=(
            "Squares: guests after a failure. Rings: the next guest in line, whose visit went "
            "well. In brackets the number of cases. Invented data."
        ),
    )
