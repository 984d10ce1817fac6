"""The still figures of chapter 1, "From product to service"."""

import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Circle, FancyBboxPatch

from servicedesign import service_logic
from servicedesign.figures.style import (
    INK,
    LINE,
    MUTED,
    PAPER,
    ROLES,
    StillFigure,
    bare,
)

Row = dict[str, Any]
_COLUMNS = {"provider": "house", "both": "together", "customer": "guest"}
_COLOURS = {"provider": ROLES[1], "both": ROLES[0], "customer": ROLES[2]}
# rho, the name on the figure; minus infinity is drawn as the last column.
_RULES = (
    (1.0, "either\ncan do it"),
    (0.0, "in\nbetween"),
    (-1.0, "each needs\nthe other"),
    (float("-inf"), "the weaker\ndecides"),
)


def two_logics() -> StillFigure:
    """Draw where value is said to arise: in the product, or in the guest's use.

    Returns
    -------
    StillFigure
        Two rows of boxes, product logic above service logic; the box in which
        value arises is filled.
    """

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim(24, 0)
        rows = (
            (0.0, "Product logic", ("house\nmakes", "guest\nbuys", "guest\nuses it up"), 0),
            (
                12.4,
                "Service logic",
                ("house offers\nand prepares", "both\nmeet", "guest\nlives on"),
                2,
            ),
        )  # fmt: skip
        for top, title, boxes, where in rows:
            axes.text(0, top + 1.1, title, weight="bold", va="center")
            for place, words in enumerate(boxes):
                left = place * 12.5
                filled = place == where
                axes.add_patch(
                    FancyBboxPatch(
                        (left + 0.5, top + 3.1), 10, 4.0, boxstyle="round,pad=0.4",
                        facecolor=INK if filled else "none",
                        edgecolor=INK if filled else MUTED, lw=1.4,
                    )
                )  # fmt: skip
                # Each line by itself, so that it is centred in the page's own font, too.
                lines = words.split("\n")
                for number, line in enumerate(lines):
                    axes.text(
                        left + 5.5, top + 5.1 + 1.5 * (number - (len(lines) - 1) / 2), line,
                        ha="center", va="center", color=PAPER if filled else INK,
                    )  # fmt: skip
                if place:
                    axes.annotate(
                        "", (left, top + 5.1), (left - 1.5, top + 5.1),
                        arrowprops={"arrowstyle": "-|>", "color": MUTED, "lw": 1.4},
                    )  # fmt: skip
            axes.text(
                where * 12 + 5.95, top + 8.7, "value arises here", ha="center", va="center",
            )  # fmt: skip

    return StillFigure(
        "two-logics",
        245,
        draw,
        alt=(
            "Two rows of three boxes. Product logic: the house makes, the guest buys, the guest "
            "uses it up; value arises where the house makes. Service logic: the house offers and "
            "prepares, both meet, the guest lives on; value arises where the guest lives on."
        ),
        caption=(
            "The same lunch, seen twice. The filled box is where each way of thinking says that "
            "value arises."
        ),
    )


def _halved(label: str) -> str:
    """Return a label too long for its row as two lines of about the same length."""
    return label if len(label) <= 22 else textwrap.fill(label, len(label) // 2 + 3)


def lunch_spheres(activities: Sequence[Row]) -> StillFigure:
    """Draw who does what: one row for each activity, one column for each sphere.

    Parameters
    ----------
    activities : sequence of dict
        As for `servicedesign.service_logic.sphere_shares`, with a ``label``.

    Returns
    -------
    StillFigure
        A dot in the column of whoever acts, its area the minutes, and below
        the share of all minutes of each column.
    """
    shares = service_logic.sphere_shares(list(activities))
    spheres = {actor: shares[service_logic.SPHERES[actor]] for actor in _COLUMNS}
    middles = dict(zip(_COLUMNS, (22.0, 27.5, 33.0), strict=True))
    longest = max(activity["minutes"] for activity in activities)
    last = len(activities)

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim((last + 2.6) * 2.8, 0)
        for actor, name in _COLUMNS.items():
            axes.text(
                middles[actor], 1.2, name, ha="center", va="center", weight="bold",
                color=_COLOURS[actor],
            )  # fmt: skip
        for place, activity in enumerate(activities):
            middle = (place + 1.35) * 2.8
            axes.plot([0, 36], [middle + 1.4] * 2, color=LINE, lw=0.8, zorder=0)
            axes.text(0, middle, _halved(activity["label"]), va="center", linespacing=1.08)
            actor, minutes = activity["actor"], activity["minutes"]
            # The longest activity fills its row; all others by area.
            radius = 1.5 * (minutes / longest) ** 0.5
            axes.add_patch(
                Circle((middles[actor], middle), radius, facecolor=_COLOURS[actor], lw=0)
            )
            inside = radius > 0.9
            axes.text(
                middles[actor] + (0 if inside else 1.0), middle + 0.03, str(minutes),
                ha="center" if inside else "left", va="center", color=PAPER if inside else INK,
            )  # fmt: skip
        foot = (last + 1.75) * 2.8
        axes.text(0, foot, "share of all minutes", va="center", weight="bold")
        for actor, share in spheres.items():
            axes.text(
                middles[actor], foot, f"{100 * share:.0f}%", ha="center", va="center",
                weight="bold", color=_COLOURS[actor],
            )  # fmt: skip

    listed = "; ".join(
        f"{_COLUMNS[one['actor']]}, {one['label'].lower()}, {one['minutes']}" for one in activities
    )
    summed = ", ".join(f"{_COLUMNS[actor]} {100 * share:.0f}%" for actor, share in spheres.items())
    return StillFigure(
        "lunch-spheres",
        (last + 2.6) * 28,
        draw,
        alt=f"Who acts in one lunch, and for how many minutes: {listed}. Of all minutes: {summed}.",
        caption=(
            "One lunch of Tuula's, minute by minute (invented for this course). What the house "
            "does for many guests at once counts with her part of it."
        ),
    )


def party_rules(parties: Sequence[Row], weight: float) -> StillFigure:
    """Draw the value of each party under four rules for joint effort.

    Parameters
    ----------
    parties : sequence of dict
        One to three, with ``name``, ``house`` and ``host`` (hours, at least 0).
    weight : float
        Weight of the house's hours, between 0 and 1.

    Returns
    -------
    StillFigure
        A mark for each party at each rule, from "either can do it" to "the
        weaker decides"; the rules are no scale, and no line joins them.
    """
    lines = {
        party["name"]: [
            service_logic.co_created_value(party["house"], party["host"], weight, rho)
            for rho, _ in _RULES
        ]
        for party in parties
    }
    top = max(max(values) for values in lines.values())

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.09, 0.2, 0.88, 0.68))
        axes.set_title("value of the party, hours", loc="left")
        axes.set_xlim(-0.45, 3.45)
        axes.set_ylim(0, top * 1.25)
        axes.set_xticks(range(4), [name for _, name in _RULES])
        axes.tick_params(axis="x", length=0)
        axes.grid(axis="y")
        each = list(zip(*lines.values(), strict=True))
        axes.vlines(range(4), [min(one) for one in each], [max(one) for one in each], color=MUTED)
        for number, (name, values) in enumerate(lines.items()):
            axes.plot(
                range(4), values, color=INK, marker="so^"[number], ls="", ms=8,
                mfc=(INK, PAPER, PAPER)[number], mew=1.8,
            )  # fmt: skip
            above = values[-1] >= top
            axes.text(
                3.3, values[-1] + (0.3 if above else -0.35), name, ha="right",
                va="bottom" if above else "top", weight="bold",
            )  # fmt: skip

    described = "; ".join(
        f"{name}: {', '.join(f'{value:.2f}' for value in values)}" for name, values in lines.items()
    )
    return StillFigure(
        "party-rules",
        270,
        draw,
        alt=(
            "The value of each party in hours under four rules, in the order either can do it, in "
            f"between, each needs the other, the weaker decides. {described}."
        ),
        caption=(
            "The more each side needs the other, the less the house's extra hours do for the "
            "roofers. The hours are invented; the rules are teaching assumptions."
        ),
    )
