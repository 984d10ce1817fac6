"""Hints and known mistakes for the exercise of chapter 6, blueprint and waiting.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`, and
`line`, `noon_rows`, `broken_blueprint` and `linked_blueprint` make the inputs.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from servicedesign import blueprint, queueing
from servicedesign.blueprint import LAYERS

Row = dict[str, Any]

HINTS = {
    "mmc": [
        (
            "Take one till, one guest every two minutes and a minute of service. How much of the "
            "time is the till in use? With one till, that is also how often somebody has to wait."
        ),
        (
            "Refuse what makes no sense first. Then go from number to number: rho, then B by its "
            "rule, then the chance of waiting, then wq. The other three follow from wq."
        ),
        (
            "Start with `b = 1.0` and let `k` run from 1 to c: `b = a * b / (k + a * b)`. Which "
            "time belongs to `lq`, the one in line or the one in all? And to `l`?"
        ),
    ],
    "queue_stats": [
        (
            "Write down three guests on paper, two on Monday and one on Tuesday. What is the wait "
            "of each, and how long was each day watched?"
        ),
        (
            "Make a list of all waits first: four of the six numbers come from it. For the minutes "
            "you need, day by day, the first arrival and the last end."
        ),
        (
            "For the ninth tenth, sort the waits and take place `(9 * n + 9) // 10`, counted from "
            "1. For the days, keep a dict from day to (first arrival, last end). What do all waits "
            "together give if you divide them by all minutes together?"
        ),
    ],
    "lint_blueprint": [
        (
            "Read the table of problems row by row and write one small loop for each. Test it "
            "before you begin the next."
        ),
        (
            "Collect the ids first: of stages, of items, of plans. Several rows of the table only "
            "ask whether something is in one of these lists."
        ),
        (
            "`not entry.get(key)` is true for a missing key, for `None` and for an empty text. "
            "Each text is told once and in alphabetical order: what does `sorted(set(texts))` give?"
        ),
    ],
    "handoff_report": [
        (
            "Draw four items as dots and the hand-offs as arrows. Which of the five answers can "
            "you read off the arrows alone, without the minutes?"
        ),
        (
            "Make the list of different pairs first. For the loops, ask of each item: walking "
            "along the arrows, can I come back to it? For the minutes, ask whether the arrows form "
            "one line of beads with every timed item on it."
        ),
        (
            "For one item, put the ends of its own arrows into a set `reached`, and not the item "
            "itself. Then go through all arrows, as often as there are items: if the start of one "
            "is in `reached`, put its end in as well. Is the item itself in it at the end? A single "
            "chain has no loop, nobody starts two arrows or receives two, there is one arrow fewer "
            "than items on arrows, and just these items have minutes."
        ),
    ],
}


# --- Inputs


def line(random: Random) -> tuple[float, float, int]:
    """Return arrivals and service per minute and tills, two or more, in a steady state."""
    tills = random.randint(2, 8)
    mu = random.randint(2, 20) / 10
    return random.randint(30, 95) / 100 * tills * mu, mu, tills


def many_tills(random: Random) -> tuple[float, float, int]:
    """Return a line with so many tills that factorials no longer fit into a float."""
    tills = random.randint(180, 260)
    return tills * random.randint(90, 98) / 100, 1.0, tills


def overrun(random: Random) -> tuple[float, float, int]:
    """Return a line to which more guests come than can be served."""
    tills = random.randint(1, 6)
    return tills + random.randint(1, 30) / 10, 1.0, tills


def noon_rows(random: Random, days: int = 0) -> list[Row]:
    """Return a log of some days, of unequal length and in no order.

    Parameters
    ----------
    random : random.Random
        Source of the numbers.
    days : int
        How many days; 0 for two to four.
    """
    rows = []
    for day in range(1, (days or random.randint(2, 4)) + 1):
        opens = random.randint(0, 20)
        for _ in range(random.randint(2, 5) + 3 * day):
            arrive = opens + random.randint(0, 60)
            start = arrive + random.randint(0, 4) * day
            end = start + random.randint(1, 4)
            rows.append({"day": day, "arrive_min": arrive, "start_min": start, "end_min": end})
    random.shuffle(rows)
    return rows


def clean_blueprint(random: Random) -> Row:
    """Return a blueprint without a problem, its ids in no alphabetical order."""
    names = ["weigh", "ask", "serve", "cook", "check", "label", "pay", "greet", "order", "note"]
    random.shuffle(names)
    stages = ["leave", "arrive"]
    items = [
        {
            "id": name,
            "stage": stages[place % 2],
            "layer": LAYERS[place // 2 % len(LAYERS)],
            "owner": random.choice(["Linh", "Onni", "Aila"]),
            "evidence": random.choice(["observed", "reported", "assumed"]),
        }
        for place, name in enumerate(names)
    ]
    ends = random.sample(names, 4)
    return {
        "stages": [{"id": stage} for stage in stages],
        "items": items,
        "handoffs": [[ends[0], ends[1], "a word"], [ends[1], ends[2]], [ends[2], ends[3]]],
        "failure_points": [
            {"id": "spilt", "item": ends[0], "owner": "Linh", "plan": "lid"},
            {"id": "lost", "item": ends[2], "owner": "Onni", "plan": "board"},
        ],
        "plans": [{"id": "board"}, {"id": "lid"}],
    }


def broken_blueprint(random: Random) -> Row:
    """Return a blueprint in which every rule of the task is broken at least once."""
    found = clean_blueprint(random)
    items, points = found["items"], found["failure_points"]
    # Item 8 and 9 make up the support: without them the layer is empty.
    items[8]["layer"] = items[9]["layer"] = "back office"
    items[2]["layer"] = "frontstage"
    items[0]["owner"] = random.choice(["", None])
    items[4]["owner"] = ""
    del items[5]["evidence"]
    items[7]["evidence"] = ""
    items[6]["stage"] = "cellar"
    found["handoffs"] += [["kettle", items[0]["id"]], [items[0]["id"], "drawer"]]
    found["handoffs"].append([items[1]["id"], "drawer", "again"])
    points[0]["plan"] = "umbrella"
    points[1]["plan"] = ""
    points.append({"id": "burnt", "item": "oven", "owner": "", "plan": "board"})
    return found


def linked_blueprint(random: Random) -> Row:
    """Return a loop of three, what follows it, a pair, one item alone, and a hand-off twice."""
    ids = random.sample(["a", "b", "c", "d", "e", "f", "g", "h"], 8)
    loop, after, pair = ids[:3], ids[3:5], ids[5:7]
    items = [
        {
            "id": name,
            "layer": LAYERS[place % len(LAYERS)],
            "owner": random.choice(["Onni", "Linh", "Aila"]),
            "minutes": random.choice([1, 2, 3, 2.5]),
        }
        for place, name in enumerate(ids)
    ]
    items[0]["owner"], items[1]["owner"] = "Linh", " linh "
    # No chain through all items can be added up, whatever its hand-offs are.
    items[7]["minutes"] = None
    handoffs = [
        [loop[0], loop[1], "a note"],
        [loop[1], loop[2]],
        [loop[2], loop[0], "a question"],
        [loop[2], after[0]],
        [after[0], after[1]],
        [pair[0], pair[1]],
        [pair[1], pair[0], "an answer"],
    ]
    handoffs.append([*random.choice(handoffs[1:])[:2], "once more"])
    random.shuffle(handoffs)
    items.sort(key=lambda item: str(item["id"]))
    return {"items": items, "handoffs": handoffs}


def chained_blueprint(random: Random) -> Row:
    """Return items that hand on in one single chain; its minutes may be added up."""
    found = linked_blueprint(random)
    ids = [item["id"] for item in found["items"]]
    random.shuffle(ids)
    chain = ids[: random.randint(3, len(ids))]
    for item in found["items"]:
        item["minutes"] = random.randint(1, 9) / 2 if item["id"] in chain else None
    found["handoffs"] = [list(pair) for pair in itertools.pairwise(chain)]
    random.shuffle(found["handoffs"])
    return found


# --- mmc: what each wrong idea answers


def _with_wait(p_wait: float, wq: float, lam: float, mu: float, c: int) -> Row:
    w = wq + 1 / mu
    return {
        "rho": lam / mu / c, "p_wait": p_wait, "wq": wq, "w": w, "lq": lam * wq, "l": lam * w,
    }  # fmt: skip


def _rho_waits(lam: float, mu: float, c: int) -> Row:
    rho: float = queueing.mmc(lam, mu, c)["rho"]
    return _with_wait(rho, rho / (c * mu - lam), lam, mu, c)


def _rho_added(lam: float, mu: float, c: int) -> Row:
    rho: float = queueing.mmc(lam, mu, c)["rho"]
    blocked = 1.0
    for till in range(1, c + 1):
        blocked = rho * blocked / (till + rho * blocked)
    p_wait = blocked / (1 - rho * (1 - blocked))
    return _with_wait(p_wait, p_wait / (c * mu - lam), lam, mu, c)


def _own_lines(lam: float, mu: float, c: int) -> Row:
    queueing.mmc(lam, mu, c)  # refuses what makes no sense
    own = queueing.mmc(lam / c, mu, 1)
    return _with_wait(own["p_wait"], own["wq"], lam, mu, c)


def _in_seconds(lam: float, mu: float, c: int) -> Row:
    right = queueing.mmc(lam, mu, c)
    return {**right, "wq": 60 * right["wq"], "w": 60 * right["w"]}


def _tills_counted(lam: float, mu: float, c: int) -> Row:
    right = queueing.mmc(lam, mu, c)
    return {**right, "lq": right["l"]}


def _with_factorials(lam: float, mu: float, c: int) -> Row:
    queueing.mmc(lam, mu, c)
    a = lam / mu
    last = a**c / math.factorial(c) / (1 - a / c)
    p_wait = last / (sum(a**k / math.factorial(k) for k in range(c)) + last)
    return _with_wait(p_wait, p_wait / (c * mu - lam), lam, mu, c)


def _never_refused(lam: float, mu: float, c: int) -> Row:
    if lam < c * mu or lam < 0 or mu <= 0 or c < 1:
        return queueing.mmc(lam, mu, c)
    a, b = lam / mu, 1.0
    for k in range(1, c + 1):
        b = a * b / (k + a * b)
    p_wait = b / (1 - a / c * (1 - b))
    return _with_wait(p_wait, p_wait / (c * mu - lam), lam, mu, c)


# --- queue_stats


def _daily_means(rows: list[Row], target: float) -> Row:
    right = queueing.queue_stats(rows, target)
    days = {row["day"] for row in rows}
    means = [
        queueing.queue_stats([row for row in rows if row["day"] == day], target)["mean_wait"]
        for day in days
    ]
    return {**right, "mean_wait": sum(means) / len(means)}


def _until_served(rows: list[Row], target: float) -> Row:
    right = queueing.queue_stats(rows, target)
    late = queueing.queue_stats([{**row, "start_min": row["end_min"]} for row in rows], target)
    return {**late, "minutes": right["minutes"]}


def _at_least(rows: list[Row], target: float) -> Row:
    right = queueing.queue_stats(rows, target)
    waits = [row["start_min"] - row["arrive_min"] for row in rows]
    return {**right, "share_over": len([w for w in waits if w >= target]) / len(waits)}


def _days_forgotten(rows: list[Row], target: float) -> Row:
    right = queueing.queue_stats(rows, target)
    as_one = queueing.queue_stats([{**row, "day": 1} for row in rows], target)
    return {**right, "minutes": as_one["minutes"], "mean_waiting": as_one["mean_waiting"]}


def _rounded_down(rows: list[Row], target: float) -> Row:
    right = queueing.queue_stats(rows, target)
    waits = sorted(row["start_min"] - row["arrive_min"] for row in rows)
    return {**right, "p90_wait": waits[max(9 * len(waits) // 10, 1) - 1]}


def _rows(random: Random) -> tuple[list[Row], float]:
    return noon_rows(random), random.randint(1, 3)


def _where_it_shows(wrong: Callable[..., Row]) -> Callable[[Random], tuple[list[Row], float]]:
    def inputs(random: Random) -> tuple[list[Row], float]:
        while True:
            rows, target = _rows(random)
            right, other = queueing.queue_stats(rows, target), wrong(rows, target)
            if any(abs(right[key] - other[key]) > 1e-6 for key in right):
                return rows, target

    return inputs


# --- lint_blueprint


def problems(
    found: Row,
    *,
    empty: Sequence[object] = ("", None),
    owned: Sequence[str] = ("items", "failure_points"),
    any_layer: bool = False,
    ends: Sequence[int] = (0, 1),
    each_time: bool = False,
    in_order: bool = False,
    most: int = 1000,
) -> list[str]:
    """Return the problems of a blueprint, by the rules of the task.

    Parameters
    ----------
    found : dict
        With ``stages``, ``items``, ``handoffs``, ``failure_points`` and ``plans``.
    empty, owned, any_layer, ends, each_time, in_order, most
        Wrong turns; leave them as they are for the rules of the task.

    Returns
    -------
    list of str
        Different texts, in alphabetical order.
    """
    items, points = found["items"], found["failure_points"]
    used = [item["layer"] for item in items]
    told = [f"no item in {layer}" for layer in LAYERS if layer not in used]
    told += [f"unknown layer: {item['id']}" for item in items if item["layer"] not in LAYERS]
    acted = [item["stage"] for item in items if any_layer or item["layer"] == "customer"]
    told += [f"no customer action: {s['id']}" for s in found["stages"] if s["id"] not in acted]
    for group, wanted in (("items", ["owner", "evidence"]), ("failure_points", ["owner", "plan"])):
        for entry in found[group]:
            for key in wanted:
                if (key != "owner" or group in owned) and entry.get(key) in empty:
                    told.append(f"no {key}: {entry['id']}")
    stages = [stage["id"] for stage in found["stages"]]
    told += [f"no such stage: {i['stage']}" for i in items if i["stage"] not in stages]
    plans = [plan["id"] for plan in found["plans"]]
    named = [point.get("plan") for point in points]
    told += [f"no such plan: {plan}" for plan in named if plan not in (*plans, "", None)]
    ids = [item["id"] for item in items]
    pointed = [handoff[end] for handoff in found["handoffs"] for end in ends]
    pointed += [point["item"] for point in points]
    told += [f"no such item: {name}" for name in pointed if name not in ids]
    if not each_time:
        told = list(dict.fromkeys(told))
    return (told if in_order else sorted(told))[:most]


def _lint(**turns: Any) -> Callable[[Row], list[str]]:
    return lambda found: problems(found, **turns)


def _broken(random: Random) -> tuple[Row]:
    return (broken_blueprint(random),)


def _nobody_acts(random: Random) -> tuple[Row]:
    found = clean_blueprint(random)
    found["items"][2]["layer"] = "frontstage"
    return (found,)


# --- handoff_report


def _neighbours(found: Row) -> Row:
    ids = [item["id"] for item in found["items"]]
    drawn = [list(pair) for pair in itertools.pairwise(ids)]
    blueprint.handoff_report(found)
    return blueprint.handoff_report({**found, "handoffs": drawn})


def _always_added(found: Row) -> Row:
    right = blueprint.handoff_report(found)
    known = [item["minutes"] for item in found["items"] if item.get("minutes") is not None]
    return {**right, "total_minutes": sum(known)}


def _as_written(found: Row) -> Row:
    right = blueprint.handoff_report(found)
    owners = {item["id"]: item["owner"] for item in found["items"]}
    pairs = {(handoff[0], handoff[1]) for handoff in found["handoffs"]}
    return {**right, "owner_changes": len([1 for a, b in pairs if owners[a] != owners[b]])}


def _counted_twice(found: Row) -> Row:
    right = blueprint.handoff_report(found)
    by_id = {item["id"]: item for item in found["items"]}
    ends = [(by_id[handoff[0]], by_id[handoff[1]]) for handoff in found["handoffs"]]
    owners = [(a["owner"].strip().lower(), b["owner"].strip().lower()) for a, b in ends]
    return {
        **right,
        "handoffs": len(ends),
        "owner_changes": len([1 for a, b in owners if a != b]),
        "layer_crossings": len([1 for a, b in ends if a["layer"] != b["layer"]]),
    }


def _there_and_back(found: Row) -> Row:
    right = blueprint.handoff_report(found)
    pairs = {(handoff[0], handoff[1]) for handoff in found["handoffs"]}
    return {**right, "in_loop": sorted({a for a, b in pairs if (b, a) in pairs})}


def _downstream(found: Row) -> Row:
    right = blueprint.handoff_report(found)
    caught = set(right["in_loop"])
    for _ in found["items"]:
        caught |= {handoff[1] for handoff in found["handoffs"] if handoff[0] in caught}
    return {**right, "in_loop": sorted(caught)}


def _linked(random: Random) -> tuple[Row]:
    return (linked_blueprint(random),)


def _twice(random: Random) -> tuple[Row]:
    while True:
        found = linked_blueprint(random)
        right, other = blueprint.handoff_report(found), _counted_twice(found)
        if all(right[key] < other[key] for key in ("owner_changes", "layer_crossings")):
            return (found,)


MISTAKES = {
    "mmc": [
        {
            "id": "rho_waits",
            "idea": "the use of the tills is taken for the chance of having to wait",
            "question": "With ten tills in use half of the time, how often are all ten busy at "
            "once?",
            "wrong": _rho_waits,
            "inputs": line,
        },
        {
            "id": "rho_added",
            "idea": "the rule for B is given rho where it asks for a",
            "question": "While the tills are added one by one, does the work that comes in stay "
            "whole, or is it shared out already over tills that are not there yet?",
            "wrong": _rho_added,
            "inputs": line,
        },
        {
            "id": "own_lines",
            "idea": "each till has a line of its own, with its part of the guests",
            "question": "One till falls idle while somebody waits at another. Can that happen "
            "with one common line?",
            "wrong": _own_lines,
            "inputs": line,
        },
        {
            "id": "in_seconds",
            "idea": "the waits come out in seconds",
            "question": "Arrivals are per minute here. In which unit is 1 / mu?",
            "wrong": _in_seconds,
            "inputs": line,
        },
        {
            "id": "tills_counted",
            "idea": "the guests at the tills are counted as standing in line",
            "question": "Little's law takes a time for each number of guests. Which time belongs "
            "to those in line?",
            "wrong": _tills_counted,
            "inputs": line,
        },
        {
            "id": "factorials",
            "idea": "powers and factorials are worked out in full",
            "question": "How large is 190 to the power 200, and what does a float say to it?",
            "wrong": _with_factorials,
            "inputs": many_tills,
        },
        {
            "id": "never_refused",
            "idea": "the formula is used where more guests come than can be served",
            "question": "What does a negative wait mean, and when does the formula give one?",
            "wrong": _never_refused,
            "inputs": overrun,
        },
    ],
    "queue_stats": [
        {
            "id": "daily_means",
            "idea": "the mean wait is the mean of the days' means",
            "question": "Two guests came on Monday and two hundred on Friday. How much should "
            "each guest count?",
            "wrong": _daily_means,
            "inputs": _where_it_shows(_daily_means),
        },
        {
            "id": "until_served",
            "idea": "the wait lasts until the guest is done",
            "question": "When does a guest leave the line, when service begins or when it ends?",
            "wrong": _until_served,
            "inputs": _where_it_shows(_until_served),
        },
        {
            "id": "at_least",
            "idea": "a wait of exactly the target misses it",
            "question": "The target is five minutes, and somebody waits five. Is that longer "
            "than the target?",
            "wrong": _at_least,
            "inputs": _where_it_shows(_at_least),
        },
        {
            "id": "days_forgotten",
            "idea": "all days are taken for one and the same",
            "question": "Five lunches of two hours each were watched. How many minutes is that?",
            "wrong": _days_forgotten,
            "inputs": _where_it_shows(_days_forgotten),
        },
        {
            "id": "rounded_down",
            "idea": "the place of the ninth tenth is rounded down",
            "question": "Of eleven guests, how many must have waited no longer than your answer?",
            "wrong": _rounded_down,
            "inputs": _where_it_shows(_rounded_down),
        },
    ],
    "lint_blueprint": [
        {
            "id": "empty_passes",
            "idea": "an empty text counts as an answer",
            "question": 'Whose work is an item whose owner is ""?',
            "wrong": _lint(empty=(None,)),
            "inputs": _broken,
        },
        {
            "id": "points_unowned",
            "idea": "only items need an owner",
            "question": "Something goes wrong every week. Who has to act on it?",
            "wrong": _lint(owned=("items",)),
            "inputs": _broken,
        },
        {
            "id": "anybody_acts",
            "idea": "any item will do as the customer's action of a stage",
            "question": "In a stage the staff works and the guest does nothing. Is that a stage "
            "of the guest's journey?",
            "wrong": _lint(any_layer=True),
            "inputs": _nobody_acts,
        },
        {
            "id": "first_end",
            "idea": "only the first end of a hand-off is looked up",
            "question": "Work is handed to somebody who is not on the blueprint. Which end shows "
            "it?",
            "wrong": _lint(ends=(0,)),
            "inputs": _broken,
        },
        {
            "id": "each_time",
            "idea": "a text is told as often as its rule is broken",
            "question": "Two hand-offs lead to the same missing item. How many texts does the "
            "task want?",
            "wrong": _lint(each_time=True),
            "inputs": _broken,
        },
        {
            "id": "in_order",
            "idea": "the problems stand in the order in which they were found",
            "question": "In which order does the task want the texts?",
            "wrong": _lint(in_order=True),
            "inputs": _broken,
        },
        {
            "id": "first_only",
            "idea": "the search stops at the first problem",
            "question": "Somebody mends what you reported and asks again. How often?",
            "wrong": _lint(in_order=True, most=1),
            "inputs": _broken,
        },
    ],
    "handoff_report": [
        {
            "id": "neighbours",
            "idea": "items that stand next to each other are taken for hand-offs",
            "question": "Which of these items would have to wait for the one drawn beside it?",
            "wrong": _neighbours,
            "inputs": _linked,
        },
        {
            "id": "always_added",
            "idea": "minutes are added up whatever the hand-offs say",
            "question": "Two items of five minutes are done at the same time. How long do they "
            "take together?",
            "wrong": _always_added,
            "inputs": _linked,
        },
        {
            "id": "as_written",
            "idea": 'owners are compared as they are written, so that "Linh" is not " linh "',
            "question": "How many people are Linh and linh?",
            "wrong": _as_written,
            "inputs": _linked,
        },
        {
            "id": "counted_twice",
            "idea": "a hand-off that is listed twice counts twice",
            "question": "The list names the same two ends twice. How many different hand-offs "
            "are there?",
            "wrong": _counted_twice,
            "inputs": _twice,
        },
        {
            "id": "there_and_back",
            "idea": "only two items that hand to each other count as a loop",
            "question": "a hands to b, b to c, and c to a. Can you walk in a circle?",
            "wrong": _there_and_back,
            "inputs": _linked,
        },
        {
            "id": "downstream",
            "idea": "what follows a loop counts as being in it",
            "question": "Walk along the arrows from the last item. Do you ever come back to it?",
            "wrong": _downstream,
            "inputs": _linked,
        },
    ],
}
