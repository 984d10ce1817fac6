"""The still figures of chapter 3, "Value and the promise"."""

import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from servicedesign import value
from servicedesign.figures.style import (
    INK,
    LINE,
    MONEY,
    MUTED,
    PAPER,
    ROLES,
    SOFT,
    StillFigure,
    bare,
)

Offer = dict[str, Any]
_METHOD_LABELS = {"ratio": "ratio", "difference": "difference", "net": "net value"}
_KIND_LABELS = {"job": "Jobs", "pain": "Pains", "gain": "Gains"}


def euros(amount: float) -> str:
    """Return an amount as the course prints it.

    Parameters
    ----------
    amount : float
        In euros.

    Returns
    -------
    str
        Two decimals, a true minus sign and the unit, such as ``−4.90 €``.
    """
    return f"{amount:.2f} €".replace("-", "−")


def give_and_get(offers: Sequence[Offer], time_value: float) -> StillFigure:
    """Draw what each offer gives its customer against all that it takes.

    Parameters
    ----------
    offers : sequence of dict
        Offers as in `servicedesign.value`, one to five of them.
    time_value : float
        What the customer's time is worth, euros per hour, at least 0.

    Returns
    -------
    StillFigure
        For each offer a bar of benefit above a bar of price and time, with the
        net value in figures.
    """
    costs = [time_value * offer["minutes"] / 60 for offer in offers]
    nets = [value.value_of(offer, "net", time_value) for offer in offers]
    widest = max(
        max(offer["benefit"], offer["price"] + cost)
        for offer, cost in zip(offers, costs, strict=True)
    )

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.02, 0.01, 0.96, 0.98))
        bare(axes)
        # A little room for what a short bar says behind it.
        axes.set_xlim(0, 1.04 * widest)
        axes.set_ylim(len(offers) * 3.4, 0)
        for place, (offer, cost, net) in enumerate(zip(offers, costs, nets, strict=True)):
            top = place * 3.4
            axes.text(0, top + 0.62, offer["name"], weight="bold")
            axes.text(1.04 * widest, top + 0.62, f"net {euros(net)}", ha="right", weight="bold")
            _bar(axes, 0, top + 1.3, offer["benefit"], ROLES[2], f"get {euros(offer['benefit'])}")
            _bar(axes, 0, top + 2.3, offer["price"], MONEY, f"price {euros(offer['price'])}")
            _bar(axes, offer["price"], top + 2.3, cost, MUTED, f"time {euros(cost)}")

    described = "; ".join(
        f"{offer['name']}: get {euros(offer['benefit'])}, give {euros(offer['price'])} in price "
        f"and {euros(cost)} in time, net {euros(net)}"
        for offer, cost, net in zip(offers, costs, nets, strict=True)
    )
    return StillFigure(
        "give-and-get",
        len(offers) * 96,
        draw,
        alt=f"Two bars for each offer, what the guest gets and what she gives. {described}.",
        caption=(
            "What the guest gets (upper bars) and what she gives (lower bars). "
            "Where the lower bar is the longer one, lunch costs her more than it brings."
        ),
    )


def _bar(axes: Any, left: float, middle: float, length: float, colour: str, label: str) -> None:
    axes.add_patch(
        Rectangle((left, middle - 0.42), length, 0.84, facecolor=colour, lw=1.2, ec=PAPER)
    )
    # A label that does not fit stands behind its bar; where there is no room either, the net
    # value and the alt text carry it.
    widest = axes.get_xlim()[1]
    room, gap = widest * len(label) / 44, widest * 0.015
    if length >= room:
        axes.text(left + gap, middle + 0.02, label, va="center", color=PAPER)
    elif left + length + room <= widest:
        axes.text(left + length + gap, middle + 0.02, label, va="center")


def rank_slope(offers: Sequence[Offer], time_value: float) -> StillFigure:
    """Draw how the order of offers changes from rule to rule.

    Parameters
    ----------
    offers : sequence of dict
        Offers as in `servicedesign.value`, two or three, prices above 0.
    time_value : float
        Euros per hour, at least 0.

    Returns
    -------
    StillFigure
        A column of ranks for each rule, a line for each offer.
    """
    ranks = {method: value.rank(list(offers), method, time_value) for method in value.METHODS}

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.04, 0.01, 0.92, 0.87))
        bare(axes)
        axes.set_xlim(-0.5, 2.5)
        axes.set_ylim(len(offers) + 0.55, 0.75)
        for column, method in enumerate(value.METHODS):
            axes.text(
                column,
                0.5,
                f"by {_METHOD_LABELS[method]}",
                ha="center",
                weight="bold",
                clip_on=False,
            )
            axes.axvline(column, color=LINE, lw=1, zorder=0)
        for number, offer in enumerate(offers):
            heights = [ranks[method].index(offer["name"]) + 1 for method in value.METHODS]
            axes.plot(
                range(3), heights, color=INK, marker="os^"[number], ms=9,
                ls=("-", "--", ":")[number],
            )  # fmt: skip
            for column, method in enumerate(value.METHODS):
                score = value.value_of(offer, method, time_value)
                text = f"{score:.2f}" if method == "ratio" else euros(score)
                axes.text(
                    column, heights[column] + 0.3, text, ha="center", va="center", color=INK,
                    bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
                )  # fmt: skip
            for column, side in ((0, "right"), (2, "left")):
                shift = -0.1 if side == "right" else 0.1
                name = offer["name"].replace(" ", "\n")
                axes.text(column + shift, heights[column], name, ha=side, va="center")

    described = "; ".join(
        f"by {_METHOD_LABELS[method]}: {', '.join(ranks[method])}" for method in value.METHODS
    )
    return StillFigure(
        "rank-slope",
        230,
        draw,
        alt=f"The order of the offers under three rules, best first. {described}.",
        caption=(
            "The same offers, ranked by three rules, best on top, each with its value. "
            "A line that falls is an offer that the next rule likes less."
        ),
    )


def waiting_or_riding(
    rows: Sequence[dict[str, Any]], beta: dict[str, float], mode: int = 2
) -> StillFigure:
    """Draw how a mode's predicted share grows when waiting or riding is cut.

    Parameters
    ----------
    rows : sequence of dict
        The mode-choice data, see `servicedesign.datasets`.
    beta : dict
        Coefficients with ``invt`` and ``ttme``, see `servicedesign.value.mode_utility`.
    mode : int
        1 air, 2 train or 3 bus.

    Returns
    -------
    StillFigure
        Two lines: the share against minutes saved, once off the wait in the
        terminal and once off the ride.
    """
    minutes = [0, 5, 10, 15, 20]
    lines = {
        column: [100 * predicted_share(rows, beta, mode, {column: -cut}) for cut in minutes]
        for column in ("ttme", "invt")
    }
    name = value.MODES[mode]

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.13, 0.21, 0.84, 0.68))
        axes.set_title(f"predicted share of the {name}, %", loc="left")
        axes.set_xlabel("minutes saved on every trip")
        axes.set_xlim(-0.5, 20.5)
        axes.set_ylim(0, 100)
        axes.set_xticks(minutes)
        axes.set_yticks([0, 25, 50, 75, 100])
        axes.grid(axis="y")
        # A house, a guest and what both make have colours; two kinds of minutes have none.
        axes.plot(minutes, lines["ttme"], color=INK, marker="o")
        axes.plot(minutes, lines["invt"], color=INK, marker="s", ls="--")
        axes.text(10, lines["ttme"][2] + 9, "off the wait", ha="right", weight="bold")
        axes.text(19.5, lines["invt"][4] - 11, "off the ride", ha="right", weight="bold")

    return StillFigure(
        "waiting-or-riding",
        250,
        draw,
        alt=(
            f"Predicted share of the {name} when minutes are saved. "
            f"Today {lines['ttme'][0]:.0f} per cent. "
            f"With ten minutes off the wait {lines['ttme'][2]:.0f} per cent; "
            f"with ten minutes off the ride {lines['invt'][2]:.0f} per cent."
        ),
        caption=(
            f"What the model predicts for the {name} if minutes come off the wait in the terminal, "
            "or off the ride. Shares are those of this sample, not of any market."
        ),
    )


def predicted_share(
    rows: Sequence[dict[str, Any]], beta: dict[str, float], mode: int, change: dict[str, float]
) -> float:
    """Return a mode's mean predicted share after a change to its attributes.

    Parameters
    ----------
    rows : sequence of dict
        The mode-choice data; not changed.
    beta : dict
        Coefficients, see `servicedesign.value.mode_utility`.
    mode : int
        The mode to change, from 1 to 4.
    change : dict
        Column name to the amount added to it for this mode; no column falls
        below 0.

    Returns
    -------
    float
        From 0 to 1, the mean over travellers.
    """
    travellers: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        new = dict(row)
        if row["mode"] == mode:
            for column, amount in change.items():
                new[column] = max(0, row[column] + amount)
        travellers.setdefault(row["individual"], []).append(new)
    shares = []
    for options in travellers.values():
        predicted = value.choice_shares([value.mode_utility(beta, option) for option in options])
        shares += [
            share
            for share, option in zip(predicted, options, strict=True)
            if option["mode"] == mode
        ]
    return sum(shares) / len(shares)


def promise_map(
    profile: Sequence[dict[str, Any]], promise: Sequence[dict[str, Any]], name: str, title: str
) -> StillFigure:
    """Draw a promise map: what matters on the left, what is promised on the right.

    Parameters
    ----------
    profile, promise : sequence of dict
        As for `servicedesign.value.promise_fit`.
    name : str
        Id of the figure, since a chapter may show several maps.
    title : str
        Whose promise it is, for the heading and the alt text.

    Returns
    -------
    StillFigure
        Lines join each part of the promise to what it addresses; parts that
        address nothing and important items left open are marked in words.
    """
    fit = value.promise_fit(list(profile), list(promise))
    step, heading = 2.0, 1.25
    left: dict[str, float] = {}
    headings: list[tuple[float, str]] = []
    height = 0.0
    for kind in value.KINDS:
        headings.append((height + 0.7, kind))
        height += heading
        for item in profile:
            if item["kind"] == kind:
                left[item["name"]] = height + step / 2
                height += step
    gap = height / len(promise)

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.91))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim(height, 0)
        canvas.text(0.01, 0.965, "What matters to guests", weight="bold", va="center")
        canvas.text(0.99, 0.965, title, weight="bold", va="center", ha="right")
        for middle, kind in headings:
            share = fit["coverage"][kind]
            covered = "" if share is None else f": {100 * share:.0f}% covered"
            axes.text(0, middle, _KIND_LABELS[kind] + covered, va="center", color=MUTED)
        for item in profile:
            middle = left[item["name"]]
            missed = item["name"] in fit["uncovered"]
            _box(axes, 0, middle, 16.4, item["name"], SOFT[1] if missed else "none", 20)
            axes.text(15.9, middle, str(item["importance"]), ha="right", va="center", weight="bold")
        for place, part in enumerate(promise):
            middle = gap * (place + 0.5)
            orphan = part["feature"] in fit["orphans"]
            _box(axes, 22.6, middle, 13.2, part["feature"], "none" if orphan else SOFT[0], 17,
                 dashed=orphan)  # fmt: skip
            for target in part["addresses"]:
                axes.plot([16.4, 22.6], [left[target], middle], color=ROLES[0], lw=1.8)
            if orphan:
                axes.text(22.3, middle, "?", ha="right", va="center", color=ROLES[1], weight="bold")

    joined = "; ".join(
        f"{part['feature']} addresses {', '.join(part['addresses']) or 'nothing'}"
        for part in promise
    )
    missed = ", ".join(fit["uncovered"]) or "none"
    return StillFigure(
        name,
        30 + height * 18,
        draw,
        alt=f"Promise map, {title}: {joined}. Important items left open: {missed}.",
        caption=(
            "Numbers are importance from one to five. "
            "A filled box on the left is something important that the promise leaves open. "
            "A dashed box with a question mark is a part of the promise that addresses nothing."
        ),
    )


def _box(
    axes: Any, x: float, middle: float, width: float, text: str, fill: str, wrap: int,
    dashed: bool = False,
) -> None:  # fmt: skip
    axes.add_patch(
        Rectangle(
            (x, middle - 0.92), width, 1.84, facecolor=fill, edgecolor=MUTED, lw=1,
            ls=(0, (4, 3)) if dashed else "-",
        )
    )  # fmt: skip
    axes.text(
        x + 0.5, middle, textwrap.fill(text, wrap), va="center", color=INK,
        linespacing=1.02,
    )  # fmt: skip
