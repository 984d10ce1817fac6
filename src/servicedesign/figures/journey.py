"""The still figures of chapter 5, "The customer journey and how it is remembered"."""

import html
from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from explorables import cells
from servicedesign.figures.style import INK, LINE, MUTED, ROLES, SOFT, StillFigure, bare
from servicedesign.journey import journey_summary, prob_any_failure
from servicedesign.journeys import map as journey_map
from servicedesign.journeys import words
from servicedesign.labels import say

Journey = dict[str, Any]
Guest = tuple[Sequence[float], float]

# Widths in px at which the narrow map is drawn; from SWITCH on the wider one shows.
PHONE, COLUMN, SWITCH = 340, 680, 600
CSS = (
    ".sd-wall{container-type:inline-size;margin:1.5rem 0;padding:0}"
    ".sd-wall svg{display:block;width:100%;height:auto;margin:0}"
    f".sd-wall-phone svg{{max-width:{PHONE + 60}px}}"
    f".sd-wall-column svg{{max-width:{COLUMN + 48}px}}"
    ".sd-wall .sd-wall-column{display:none}"
    f"@container (min-width:{SWITCH}px){{.sd-wall .sd-wall-phone{{display:none}}"
    ".sd-wall .sd-wall-column{display:block}}"
    ".sd-wall figcaption{margin:.5rem 0 0;font:inherit;font-size:.9em;text-align:left}"
    ".sd-wall figcaption{color:inherit}"
)


class WallFigure:
    """A journey map in a page: drawn for a phone and for a column of text.

    Parameters
    ----------
    journey : dict
        In the format journey/1, without errors.
    caption : str
        What to look at, shown under the map.
    """

    def __init__(self, journey: Journey, caption: str) -> None:
        self.caption = caption
        self.alt = f"{say(journey['title'], 'en')}. {words.description(journey)}"
        self.drawings = [journey_map.draw(journey, "en", width) for width in (PHONE, COLUMN)]

    def _repr_html_(self) -> str:
        phone, column = self.drawings
        return (
            f'<figure class="sd-wall"><style>{CSS}</style>'
            f'<div class="sd-wall-phone">{phone}</div><div class="sd-wall-column">{column}</div>'
            f"<figcaption>{html.escape(self.caption)}</figcaption></figure>"
        )

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        return cells.bundle("sheet", {}, self._repr_html_(), repr(self))

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"


def tuulas_map(journey: Journey) -> WallFigure:
    """Draw the map of Tuula's first visit.

    Parameters
    ----------
    journey : dict
        In the format journey/1, without errors.
    """
    return WallFigure(
        journey,
        "Read it from the top. The curve is how each step felt; a full dot was observed, a half "
        "dot reported afterwards. Under each step stand its channel, in whose hands it is and how "
        "long it took; five small dots say how much it matters to her, and red how often it fails.",
    )


def library_map(journey: Journey) -> WallFigure:
    """Draw the map of a newcomer's way to a book.

    Parameters
    ----------
    journey : dict
        In the format journey/1, without errors.
    """
    return WallFigure(
        journey,
        "Read the line that says in whose hands each step is, and see how often it changes. "
        "Invented, like the restaurant.",
    )


def linhs_noon(journey: Journey) -> WallFigure:
    """Draw a noon as a journey of the person who serves.

    Parameters
    ----------
    journey : dict
        In the format journey/1, without errors; its actor is the worker.
    """
    return WallFigure(
        journey,
        "The same form, and this time the person on it is at work. "
        "The marks are hers, and she has struck out what she did not want to stand here.",
    )


def plan_and_reality(planned: Journey, actual: Journey) -> StillFigure:
    """Draw the minutes of every step as planned and as they were.

    Parameters
    ----------
    planned, actual : dict
        In the format journey/1; steps with the same id are the same step.

    Returns
    -------
    StillFigure
        A row for each step of either journey: an open bar for the plan, a
        filled one for what happened.
    """
    plan = {step["id"]: step for step in planned["touchpoints"]}
    real = {step["id"]: step for step in actual["touchpoints"]}
    order = [step["id"] for step in actual["touchpoints"]]
    for step_id, before in zip(list(plan)[1:], plan, strict=False):
        if step_id not in order:
            order.insert(order.index(before) + 1, step_id)
    minutes = {
        key: (plan.get(key, {}).get("minutes"), real.get(key, {}).get("minutes")) for key in order
    }
    names = {key: say((real.get(key) or plan[key])["action"], "en") for key in order}
    longest = max(amount or 0 for pair in minutes.values() for amount in pair)

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.93))
        bare(axes)
        start, unit = 18.0, 14.7 / longest
        axes.set_xlim(0, 36)
        axes.set_ylim(len(order), 0)
        canvas.text(0.01, 0.97, "minutes", weight="bold", va="center")
        canvas.text(0.5, 0.97, "open: plan", color=MUTED, va="center")
        canvas.text(0.99, 0.97, "filled: real", color=ROLES[0], va="center", ha="right")
        for row, key in enumerate(order):
            wanted, got = minutes[key]
            middle = row + 0.5
            axes.axhline(row, color=LINE, lw=0.7)
            new, gone = wanted is None, got is None
            axes.text(0, middle, names[key], va="center", color=MUTED if gone else INK)
            late = not new and not gone and got >= 2 * wanted
            colour = ROLES[1] if late or new else ROLES[0]
            if not gone:
                axes.add_patch(
                    Rectangle((start, middle - 0.2), got * unit, 0.4, facecolor=colour, lw=0)
                )
            if not new:
                axes.add_patch(
                    Rectangle(
                        (start, middle - 0.34), wanted * unit, 0.68, fill=False, ec=MUTED, lw=1.1,
                        ls=(0, (3, 2)) if gone else "-",
                    )
                )  # fmt: skip
            said = "never" if gone else f"{got:g}, not planned" if new else f"{got:g}"
            right = start + max(wanted or 0, got or 0) * unit
            axes.text(right + 0.4, middle, said, va="center", color=MUTED if gone else colour)

    told = "; ".join(
        f"{names[key]}: planned {'not at all' if wanted is None else f'{wanted:g}'}, "
        f"took {'no time, it never happened' if got is None else f'{got:g}'}"
        for key, (wanted, got) in minutes.items()
    )
    return StillFigure(
        "plan-and-reality",
        26 + 24 * len(order),
        draw,
        alt=f"Minutes of each step, as planned and as they were. {told}.",
        caption=(
            "Samir's lunch as the house planned it (open bars) and as it went (filled bars), in "
            "minutes. Red marks what nobody planned and what took at least twice as long. "
            "The plan has no drive, no parking and nobody to talk to."
        ),
    )


def chain(journey: Journey) -> StillFigure:
    """Draw how many visits in a hundred are still without a failure after each step.

    Parameters
    ----------
    journey : dict
        In the format journey/1; a step without ``p_fail`` never fails.

    Returns
    -------
    StillFigure
        For each touchpoint a bar of the visits lost at it, and how many are left.
    """
    steps = journey["touchpoints"]
    risks = [step.get("p_fail", 0.0) for step in steps]
    left = [100 * (1 - prob_any_failure(risks[: place + 1])) for place in range(len(steps))]

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.02, 0.02, 0.96, 0.88))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim(len(steps), 0)
        canvas.text(0.02, 0.95, "of 100 visits", weight="bold")
        canvas.text(0.02 + 0.96 * 23.5 / 36, 0.95, "lost here", weight="bold")
        canvas.text(0.98, 0.95, "left", ha="right", weight="bold")
        lost = [risk * before for risk, before in zip(risks, [100.0, *left], strict=False)]
        unit = 7 / max(*lost, 1)
        before = 100
        for row, (step, gone, share) in enumerate(zip(steps, lost, left, strict=True)):
            middle = row + 0.5
            # Whole visits, so that what is lost here and what is left add up.
            stay = round(share)
            said, before = f"{before - stay}", stay
            axes.text(0, middle, say(step["action"], "en"), va="center")
            bar = Rectangle((23.5, middle - 0.36), unit * gone, 0.72, facecolor=ROLES[1])
            axes.add_patch(bar)
            axes.text(23.9 + unit * gone, middle, said, va="center")
            axes.text(35.9, middle, f"{stay}", va="center", ha="right", weight="bold")

    told = ", ".join(
        f"{say(step['action'], 'en')} {share:.0f}" for step, share in zip(steps, left, strict=True)
    )
    return StillFigure(
        "chain",
        26 + 25 * len(steps),
        draw,
        alt=f"Visits in a hundred in which nothing has failed so far, step by step: {told}.",
        caption=(
            "Each bar is what a step loses of a hundred visits that have begun, each number at the "
            "right those in which nothing has failed yet, if failures are independent. A step "
            "loses fewer than its share on the map says: it can only spoil what is left."
        ),
    )


def one_bad_moment(guests: Sequence[Guest]) -> StillFigure:
    """Draw each guest's average against the memory, very bad moments marked.

    Parameters
    ----------
    guests : sequence of (ratings, remembered)
        Ratings from -2 to 2 in order of time, and the memory from 1 to 10.

    Returns
    -------
    StillFigure
        A dot for each guest: filled if a step was rated -2, else a ring.
    """
    points = [(journey_summary(list(r))["mean"], memory, min(r) == -2) for r, memory in guests]
    marked = [point for point in points if point[2]]
    others = [point for point in points if not point[2]]

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.1, 0.17, 0.87, 0.72))
        axes.set_title("remembered a week later (1 to 10)", loc="left")
        axes.set_xlabel("average rating of the steps (−2 to 2)")
        axes.set_xlim(-1.5, 1.9)
        axes.set_ylim(0.5, 10.5)
        axes.set_xticks([-1, 0, 1])
        axes.set_yticks([2, 4, 6, 8, 10])
        axes.grid(axis="y")
        axes.axvspan(-0.2, 0.2, facecolor=SOFT[0], lw=0, zorder=0)
        axes.plot(
            [p[0] for p in others], [p[1] for p in others], ls="", marker="o", ms=6,
            mfc="none", mec=ROLES[0], mew=1.3,
        )  # fmt: skip
        axes.plot(
            [p[0] for p in marked], [p[1] for p in marked], ls="", marker="s", ms=5.5,
            color=ROLES[1],
        )  # fmt: skip
        axes.text(1.8, 1.1, "a very bad moment", color=ROLES[1], ha="right", weight="bold")
        axes.text(-1.42, 9.6, "no very bad moment", color=ROLES[0], weight="bold")

    def middle(found: list[tuple[float, float, bool]]) -> str:
        band = [memory for average, memory, _ in found if -0.2 <= average < 0.2]
        return (
            f"{sum(band) / len(band):.1f} ({len(band)} guests)" if band else "nothing (no guests)"
        )

    return StillFigure(
        "one-bad-moment",
        300,
        draw,
        alt=(
            f"A dot for each of {len(points)} guests, the average rating across and the memory "
            f"upwards. Both rise together. The {len(marked)} guests with a very bad moment lie "
            f"low: the best of them remembers {max(p[1] for p in marked):g} of 10. Where the "
            f"average is within a fifth of 0 they remember {middle(marked)}, "
            f"the others {middle(others)}."
        ),
        caption=(
            "Each mark is a guest of the case (invented data). Squares had at least one very bad "
            "step. Compare squares and rings within the shaded band, where averages are alike; "
            "then look at the rings far left."
        ),
    )
