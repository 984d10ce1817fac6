"""The still figures of chapter 6, "Behind the curtain: blueprint, capacity and waiting"."""

import html
from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from explorables import cells
from servicedesign import queueing
from servicedesign.blueprint import LAYERS
from servicedesign.blueprints import map as blueprint_map
from servicedesign.blueprints import words as blueprint_words
from servicedesign.figures.journey import CSS, PHONE
from servicedesign.figures.style import INK, LINE, MUTED, ROLES, SOFT, StillFigure, bare
from servicedesign.labels import say, word

Blueprint = dict[str, Any]
Rows = Sequence[dict[str, Any]]

# As wide as text and margin of the page: swim lanes of two stages at their own size.
COLUMN = 864  # px
LANES = (
    ".sd-wall .sd-wall-lanes svg{max-width:none}"
    ".sd-wall-told{font-size:.9em;line-height:1.4;text-align:left}"
    ".sd-wall-told p{margin:.75rem 0 .25rem}"
    ".sd-wall-told ul{columns:2;column-gap:2rem;list-style:none;margin:0;padding:0}"
    ".sd-wall-told li{break-inside:avoid;margin:0 0 .3rem}"
)
OPENS, WINDOW, WINDOWS = 11, 5, 30  # o'clock, minutes, count


def part(blueprint: Blueprint, stages: Sequence[str]) -> Blueprint:
    """Return a blueprint cut down to some of its stages.

    Parameters
    ----------
    blueprint : dict
        In the format blueprint/1.
    stages : sequence of str
        Ids of the stages to keep.

    Returns
    -------
    dict
        Items of these stages, hand-offs with both ends among them, and the
        fail points at them.
    """
    items = [item for item in blueprint["items"] if item["stage"] in stages]
    ids = {item["id"] for item in items}
    return {
        **blueprint,
        "stages": [stage for stage in blueprint["stages"] if stage["id"] in stages],
        "items": items,
        "handoffs": [pair for pair in blueprint["handoffs"] if {pair[0], pair[1]} <= ids],
        "failure_points": [point for point in blueprint["failure_points"] if point["item"] in ids],
    }


class BlueprintFigure:
    """A blueprint in a page: swim lanes in a column of text, stage by stage on a phone.

    Parameters
    ----------
    blueprint, journey : dict
        In the formats blueprint/1 and journey/1, without errors.
    caption : str
        What to look at, shown under the drawing.
    """

    def __init__(self, blueprint: Blueprint, journey: dict[str, Any], caption: str) -> None:
        self.caption = caption
        self.alt = f"{say(blueprint['title'], 'en')}. {blueprint_words.description(blueprint)}"
        self.drawings = [
            blueprint_map.draw(blueprint, "en", PHONE, journey),
            blueprint_map.draw(blueprint, "en", COLUMN, journey, lists=False),
        ]
        self.told = _told(blueprint)

    def _repr_html_(self) -> str:
        phone, column = self.drawings
        return (
            f'<figure class="sd-wall"><style>{CSS}{LANES}</style>'
            f'<div class="sd-wall-phone">{phone}</div>'
            f'<div class="sd-wall-column sd-wall-lanes">{column}{self.told}</div>'
            f"<figcaption>{html.escape(self.caption)}</figcaption></figure>"
        )

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        return cells.bundle("sheet", {}, self._repr_html_(), repr(self))

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"


def _told(blueprint: Blueprint) -> str:
    """Return what the numbers of a blueprint's arrows and triangles stand for, as lists."""
    items, points = blueprint["items"], blueprint["failure_points"]
    handed = [blueprint_words.handoff_text(each, items, "en") for each in blueprint["handoffs"]]
    fails = [". ".join(blueprint_words.failure_texts(each, blueprint, "en")) for each in points]
    lists = ""
    for key, sign, texts in (("handoffs", "", handed), ("failure_points", "F", fails)):
        rows = "".join(
            f"<li><b>{sign}{number}</b> {html.escape(text)}</li>"
            for number, text in enumerate(texts, 1)
        )
        if rows:
            lists += f"<p><b>{html.escape(word(key, 'en'))}</b></p><ul>{rows}</ul>"
    return f'<div class="sd-wall-told">{lists}</div>'


def diet_blueprint(blueprint: Blueprint, journey: dict[str, Any]) -> BlueprintFigure:
    """Draw the middle of the diet blueprint, from the door to the safe dish.

    Parameters
    ----------
    blueprint, journey : dict
        In the formats blueprint/1 and journey/1, without errors.
    """
    return BlueprintFigure(
        part(blueprint, ["arrive", "choose_food"]),
        journey,
        "Two of the four stages. The customer's row is Tuula's journey, with her ratings. "
        "Numbered arrows are hand-offs, triangles are fail points, and the clock marks a wait. "
        "Follow the arrows between the notebook and the recipe.",
    )


def five_layers() -> StillFigure:
    """Draw the five layers, the three lines, and one question's way through them."""
    told = {
        "evidence": ("what is seen and held", "the label"),
        "customer": ("what the guest does", "“Is the soup safe?”"),
        "frontstage": ("work before her eyes", "Linh asks back"),
        "backstage": ("work out of sight", "Onni reads the recipe"),
        "support": ("what they rely on", "the wholesaler's data"),
    }
    lines = {1: "line of interaction", 2: "line of visibility", 3: "line of internal interaction"}
    pitch = 62.0

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.0, 0.0, 1.0, 1.0))
        bare(axes)
        axes.set_xlim(0, 360)
        axes.set_ylim(pitch * 5, 0)
        for place, layer in enumerate(LAYERS):
            top = pitch * place
            soft = SOFT[1] if layer == "customer" else SOFT[0]
            if layer != "evidence":
                axes.add_patch(Rectangle((2, top + 10), 356, 42, facecolor=soft, lw=0))
            else:
                axes.add_patch(Rectangle((2, top + 10), 356, 42, fill=False, ec=LINE, lw=1))
            axes.text(12, top + 24, layer, weight="bold", va="center")
            axes.text(12, top + 41, told[layer][0], color=INK, va="center")
            axes.text(350, top + 32, told[layer][1], ha="right", va="center", style="italic")
            if place in lines:
                y = top + pitch - 0.5
                heavy = place == 2
                axes.plot(
                    [2, 172], [y, y], color=INK, lw=2.4 if heavy else 1.3,
                    ls="-" if heavy else (0, (5, 4)),
                )  # fmt: skip
                axes.text(358, y, lines[place], ha="right", va="center", color=MUTED)

    return StillFigure(
        "five-layers",
        pitch * 5,
        draw,
        alt=(
            "Five bands from top to bottom: evidence, customer, frontstage, backstage, support. "
            "The line of interaction runs under the customer, the line of visibility under the "
            "frontstage, the line of internal interaction under the backstage. Tuula's question "
            "about the soup passes from the customer to Linh, to Onni, and to the wholesaler's "
            "data; its answer comes back as a label."
        ),
        caption=(
            "One question falls through the layers and comes back as an answer. "
            "Tuula sees what lies above the solid line."
        ),
    )


def wait_and_use() -> StillFigure:
    """Draw the mean wait of one, two and three tills against how much they are in use."""
    uses = [place / 200 for place in range(2, 197)]
    curves = {
        tills: [(rho, queueing.mmc(rho * tills, 1, tills)["wq"]) for rho in uses]
        for tills in (1, 2, 3)
    }

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.1, 0.17, 0.72, 0.68))
        axes.set_title("mean wait, in service times", loc="left")
        axes.set_xlabel("share of time the tills are in use")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 10)
        axes.set_xticks([0, 0.5, 0.8, 0.95], ["0%", "50%", "80%", "95%"])
        axes.tick_params(axis="x", pad=8)
        axes.set_yticks([0, 5, 10])
        axes.grid(axis="y")
        axes.axvline(1, color=MUTED, lw=1.2, ls=(0, (2, 2)))
        for points, dash, colour in zip(
            curves.values(), ("-", (0, (6, 2)), (0, (2, 1.5))), ROLES, strict=True
        ):
            shown = [(x, y) for x, y in points if y <= 10]
            axes.plot([x for x, _ in shown], [y for _, y in shown], color=colour, ls=dash)
        # Each name at its curve; the middle one is led out over the top, where there is room.
        for name, x, y, role, side in (
            ("1 till", 0.83, 6, 0, "right"),
            ("2 tills", 1.02, 10.7, 1, "left"),
            ("3 tills", 1.02, 8, 2, "left"),
        ):
            axes.text(x, y, name, color=ROLES[role], weight="bold", ha=side, va="center")
        axes.plot([0.95, 0.965, 1.01], [10.1, 10.7, 10.7], color=ROLES[1], lw=1, clip_on=False)

    def at(tills: int, rho: float) -> str:
        return f"{queueing.mmc(rho * tills, 1, tills)['wq']:.1f}"

    return StillFigure(
        "wait-and-use",
        260,
        draw,
        alt=(
            "Mean wait against use for one, two and three tills with one common line. All three "
            "curves are flat at first and rise steeply near full use. In service times, "
            + "; ".join(
                f"{'one two three'.split()[tills - 1]}: {at(tills, 0.8)} at 80% use and "
                f"{at(tills, 0.95)} at 95%"
                for tills in curves
            )
            + "."
        ),
        caption=(
            "Each curve has no end on the right: at full use there is no steady state. "
            "More tills with one common line (dashed, dotted) bend later."
        ),
    )


def noon_replayed(rows: Rows, replayed: Rows) -> StillFigure:
    """Draw the mean wait by time of arrival, as logged and with another till.

    Parameters
    ----------
    rows, replayed : sequence of dict
        A log and its replay, as for `servicedesign.queueing.queue_stats`.

    Returns
    -------
    StillFigure
        Two stepped lines over lunch time, five minutes a step.
    """
    as_was, third = (_by_window(log) for log in (rows, replayed))

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.08, 0.13, 0.88, 0.76))
        axes.set_title("mean wait (min), by when the guest came", loc="left")
        axes.set_xlim(0, WINDOW * WINDOWS)
        axes.set_ylim(0, 1.12 * max(as_was))
        axes.set_xticks([0, 30, 60, 90, 120], ["11:00", "11:30", "12:00", "12:30", "13:00"])
        axes.tick_params(axis="x", pad=8)
        axes.set_yticks([0, 2, 4])
        axes.grid(axis="y")
        edges = [WINDOW * place for place in range(WINDOWS + 1)]
        axes.stairs(as_was, edges, color=INK, lw=1.4)
        axes.stairs(third, edges, color=ROLES[0], lw=2.2, fill=True, alpha=0.25)
        axes.stairs(third, edges, color=ROLES[0], lw=2.2)
        axes.text(92, 0.88 * max(as_was), "two tills", weight="bold")
        axes.text(
            104, 0.3 * max(as_was), "a third,\n11:45\u201312:30", color=ROLES[0], weight="bold"
        )

    worst = as_was.index(max(as_was))
    worst_third = third.index(max(third))
    return StillFigure(
        "noon-replayed",
        230,
        draw,
        alt=(
            "Mean wait over lunch in steps of five minutes. With two tills it rises to "
            f"{max(as_was):.1f} minutes for those who come about {_clock(worst)} and is back near "
            f"nothing by one o'clock. With a third till from 11:45 to 12:30 the highest step is "
            f"{max(third):.1f} minutes, about {_clock(worst_third)}, before it opens."
        ),
        caption=(
            "The five lunches of the log (the line), and the same guests replayed with a third "
            "till from 11:45 to 12:30 (the area). Invented data."
        ),
    )


def _by_window(rows: Rows) -> list[float]:
    waits: list[list[float]] = [[] for _ in range(WINDOWS)]
    for row in rows:
        place = min(int(row["arrive_min"] // WINDOW), WINDOWS - 1)
        waits[place].append(row["start_min"] - row["arrive_min"])
    return [sum(each) / len(each) if each else 0.0 for each in waits]


def _clock(window: int) -> str:
    minute = WINDOW * window
    return f"{OPENS + minute // 60}:{minute % 60:02}"
