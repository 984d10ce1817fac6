"""The still figures of chapter 4, "What matters most?"."""

from collections.abc import Sequence
from math import exp
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from servicedesign import priorities
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

ANSWERS = ("like", "expect", "neutral", "tolerate", "dislike")
KANO_WORDS = {
    "M": "must-be",
    "O": "one-dimensional",
    "A": "attractive",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}
# How the lines of each crosshair are drawn, and where its name stands at the top.
_LINES = {"midpoint": (":", "center"), "mean": ("-", "right"), "median": ("--", "left")}
# Where the name of a point stands: shift across and up in scale points, and alignment.
_SIDES = {
    "right": (0.11, 0.06, "left"),
    "left": (-0.18, -0.2, "right"),
    "below": (0.1, -0.26, "center"),
}
# Fill and ink of each category that a bar of votes shows.
_VOTES = {
    "M": (ROLES[1], PAPER),
    "O": (ROLES[0], PAPER),
    "A": (ROLES[2], PAPER),
    "I": (LINE, INK),
}


def kano_curves() -> StillFigure:
    """Draw how satisfaction changes with three kinds of features.

    Returns
    -------
    StillFigure
        Kano's diagram: three lines from "missing" to "fully there".
    """
    steps = [number / 40 for number in range(-40, 41)]
    must_be = [0.06 - 1.16 * exp(-2.1 * (x + 1)) for x in steps]
    attractive = [-value for value in must_be[::-1]]

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.02, 0.02, 0.96, 0.96))
        bare(axes)
        axes.set_xlim(-1.15, 1.15)
        axes.set_ylim(-1.3, 1.3)
        axes.axhline(0, color=MUTED, lw=1)
        axes.axvline(0, color=MUTED, lw=1)
        axes.plot(steps, [0.92 * x for x in steps], color=ROLES[0])
        axes.plot(steps, must_be, color=ROLES[1], ls="--")
        axes.plot(steps, attractive, color=ROLES[2], ls="-.")
        axes.text(-1.13, 0.06, "missing", color=MUTED)
        axes.text(1.13, -0.15, "fully there", color=MUTED, ha="right")
        axes.text(-0.03, 1.15, "pleased", ha="right", color=MUTED)
        axes.text(0.03, -1.24, "displeased", color=MUTED)
        axes.text(0.74, 0.98, "attractive", color=ROLES[2], ha="right", weight="bold")
        axes.text(1.13, 0.12, "one-dimensional", color=ROLES[0], ha="right", weight="bold")
        axes.text(-0.74, -1.07, "must-be", color=ROLES[1], weight="bold")

    return StillFigure(
        "kano-curves",
        240,
        draw,
        alt=(
            "Three lines of satisfaction against how far a feature is there. "
            "The must-be line falls deep where the feature is missing and ends near zero where "
            "it is fully there. The attractive line starts near zero and climbs high. "
            "The one-dimensional line runs straight from displeased to pleased."
        ),
        caption=(
            "A sketch of Kano's idea, not drawn from data. A must-be displeases when it is missing "
            "and hardly pleases when it is there; with an attractive feature it is the other way "
            "round."
        ),
    )


def kano_table() -> StillFigure:
    """Draw the table that turns two answers into a category.

    Returns
    -------
    StillFigure
        Five rows for the answer to "it is there", five columns for "it is missing".
    """

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(-1.75, 5)
        axes.set_ylim(5.05, -1.75)
        axes.text(2.5, -1.4, "How is it if it is missing?", ha="center", weight="bold")
        axes.text(-1.72, -0.45, "If it is there?", ha="left", weight="bold", va="center")
        for place, word in enumerate(ANSWERS):
            low = -0.35 if place % 2 else -0.8
            axes.text(place + 0.5, low, word, ha="center", va="center", color=MUTED)
            axes.text(-0.12, place + 0.5, word, ha="right", va="center", color=MUTED)
        for row, letters in enumerate(priorities.KANO_TABLE):
            for column, letter in enumerate(letters):
                fill = {"A": SOFT[0], "O": SOFT[0], "M": SOFT[1]}.get(letter, PAPER)
                axes.add_patch(Rectangle((column, row), 1, 1, facecolor=fill, edgecolor=LINE))
                axes.text(
                    column + 0.5, row + 0.52, letter, ha="center", va="center",
                    weight="bold" if letter in "AOM" else "normal",
                    color=INK if letter in "AOM" else MUTED,
                )  # fmt: skip

    rows = "; ".join(
        f"{word}: {' '.join(letters)}"
        for word, letters in zip(ANSWERS, priorities.KANO_TABLE, strict=True)
    )
    return StillFigure(
        "kano-table",
        262,
        draw,
        alt=(
            "Table of Kano categories. Rows are the answers if the feature is there, columns the "
            f"answers if it is missing, from {', '.join(ANSWERS)}. {rows}."
        ),
        caption=(
            "Two answers, one category. A attractive, O one-dimensional, M must-be, "
            "I indifferent, R reverse, Q questionable."
        ),
    )


def votes(groups: Sequence[tuple[str, dict[str, int]]], feature: str) -> StillFigure:
    """Draw how groups of guests see one feature, as shares of each group.

    Parameters
    ----------
    groups : sequence of (str, dict)
        Name of the group and its answers by category; R and Q are left out.
    feature : str
        What was asked about.

    Returns
    -------
    StillFigure
        One bar a group, cut into M, O, A and I.
    """
    told: list[str] = []
    bars: list[list[tuple[str, float]]] = []
    for name, counts in groups:
        total = sum(counts.get(letter, 0) for letter in "MOAI")
        bar = [(letter, counts.get(letter, 0) / total) for letter in "MOAI"]
        bars.append(bar)
        parts = ", ".join(f"{KANO_WORDS[k]} {100 * share:.0f} per cent" for k, share in bar)
        told.append(f"{name} ({total} guests): {parts}")

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 1)
        axes.set_ylim(len(groups) * 2, 0)
        for place, ((name, counts), bar) in enumerate(zip(groups, bars, strict=True)):
            total = sum(counts.get(letter, 0) for letter in "MOAI")
            axes.text(0, place * 2 + 0.5, f"{name}, {total}", va="center", weight="bold")
            left = 0.0
            # What has no room for its number in the bar says it above.
            small = [f"{k} {100 * share:.0f}%" for k, share in bar if 0 < share <= 0.13]
            if small:
                axes.text(1, place * 2 + 0.5, ", ".join(small), va="center", ha="right")
            for letter, share in bar:
                fill, ink = _VOTES[letter]
                axes.add_patch(
                    Rectangle((left, place * 2 + 0.92), share, 0.86, facecolor=fill, ec=PAPER)
                )
                if share > 0.04:
                    said = f"{letter} {100 * share:.0f}%" if share > 0.13 else letter
                    axes.text(
                        left + share / 2, place * 2 + 1.37, said,
                        ha="center", va="center", color=ink,
                    )  # fmt: skip
                left += share

    return StillFigure(
        "votes-" + feature.replace(" ", "-"),
        len(groups) * 54,
        draw,
        alt=f"How guests see the {feature}. {'; '.join(told)}.",
        caption=(
            f"The {feature} in the eyes of three sets of guests: must-be (M), one-dimensional (O), "
            "attractive (A) or indifferent (I). Synthetic answers."
        ),
    )


def three_crosshairs(items: Sequence[dict[str, Any]]) -> StillFigure:
    """Draw an importance-performance grid with three places for its lines.

    Parameters
    ----------
    items : sequence of dict
        Each with ``name``, ``importance`` and ``performance`` on a scale from 1
        to 7; ``side`` is "left" or "below" where the name should not stand
        right of its point.

    Returns
    -------
    StillFigure
        The points, once, and the lines at the midpoint, the means and the medians.
    """
    given = list(items)
    lines = {kind: priorities.crosshair(given, kind) for kind in _LINES}
    first = priorities.ipa(given, "mean")
    low = min(3.0, *(item["importance"] for item in given)) - 0.3
    left = min(3.5, *(item["performance"] for item in given))

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.09, 0.15, 0.9, 0.73))
        axes.set_xlim(left, 7)
        axes.set_ylim(low, 7)
        axes.set_xticks([4, 5, 6, 7])
        axes.set_yticks([4, 5, 6, 7])
        axes.set_xlabel("performance: how well it is done")
        axes.set_title("importance", loc="left", pad=23)
        for kind, (dash, side) in _LINES.items():
            across, up = lines[kind]
            axes.axhline(across, color=MUTED, lw=1.1, ls=dash)
            axes.axvline(up, color=MUTED, lw=1.1, ls=dash)
            shift = {"left": 0.04, "right": -0.04}.get(side, 0)
            axes.text(up + shift, 7.08, kind, color=MUTED, ha=side)
        for item in given:
            x, y = item["performance"], item["importance"]
            marked = first[item["name"]] == "concentrate"
            colour = ROLES[1] if marked else ROLES[0]
            axes.plot([x], [y], ls="", marker="s" if marked else "o", ms=7, color=colour)
            across, up, side = _SIDES[item.get("side", "right")]
            axes.text(
                x + across, y + up, item["name"],
                ha=side, va="center", color=colour, weight="bold" if marked else "normal",
            )  # fmt: skip

    told = ", ".join(
        f"{item['name']} {item['importance']:.1f} and {item['performance']:.1f}" for item in given
    )
    crossed = "; ".join(f"{kind} {across:.1f} and {up:.1f}" for kind, (across, up) in lines.items())
    return StillFigure(
        "three-crosshairs",
        330,
        draw,
        alt=(
            "Attributes by importance upwards and performance to the right, both from 1 to 7: "
            f"{told}. Three places where the lines can cross: {crossed}."
        ),
        caption=(
            "One set of points, three pairs of lines: at the midpoint of the scale (dotted), the "
            "means (solid) and the medians (dashed) of the points. Squares are what to "
            "concentrate on when the lines cross at the means. Invented answers."
        ),
    )


def two_rankings(
    stated: dict[str, float], derived: dict[str, float], name: str, marked: str
) -> StillFigure:
    """Draw the order of attributes by stated and by derived importance.

    Parameters
    ----------
    stated, derived : dict
        Attribute to its importance (scale points) and to its correlation.
    name : str
        Id of the figure.
    marked : str
        The attribute whose line stands out.

    Returns
    -------
    StillFigure
        Two columns of names, the highest on top, and a line for each name.
    """
    left = sorted(stated, key=lambda each: -stated[each])
    right = sorted(derived, key=lambda each: -derived[each])

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim(len(left) + 0.5, -0.75)
        axes.text(13.6, -0.3, "guests say", ha="right", weight="bold")
        axes.text(22.4, -0.3, "goes along", weight="bold")
        for each in left:
            ends = [left.index(each) + 0.5, right.index(each) + 0.5]
            chosen = each == marked
            axes.plot(
                [14.4, 21.6], ends, color=ROLES[1] if chosen else MUTED,
                lw=3 if chosen else 1.2, marker="o", ms=5,
            )  # fmt: skip
            weight = "bold" if chosen else "normal"
            colour = ROLES[1] if chosen else INK
            axes.text(
                13.6, ends[0], f"{each} {stated[each]:.1f}", ha="right", va="center",
                color=colour, weight=weight,
            )  # fmt: skip
            axes.text(
                22.4, ends[1], f"{derived[each]:.2f} {each}".replace("-", "−", 1), va="center",
                color=colour, weight=weight,
            )  # fmt: skip

    return StillFigure(
        name,
        len(left) * 26 + 24,
        draw,
        alt=(
            f"Attributes in order of stated importance: {', '.join(left)}. "
            f"In order of how closely their marks go along with satisfaction: {', '.join(right)}."
        ),
        caption=(
            "The same attributes by what guests say is important (mean of marks from one to seven) "
            "and by how closely their marks go along with satisfaction (correlation). "
            "Synthetic answers."
        ),
    )
