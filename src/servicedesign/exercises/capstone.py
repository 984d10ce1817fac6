"""Hints and known mistakes for the exercise of chapter 10, from talk to deeds.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`.  Two of the
models that the exercise asks for stand here, because those of the live figure and of
the command for a whole portfolio are richer; the checks share the inputs.
"""

import math
from random import Random
from statistics import NormalDist
from typing import Any

from servicedesign import domain
from servicedesign.deciding import (
    break_even_effect,
    sample_size_two_means,
    sample_size_two_props,
)

Portfolio = dict[str, Any]
Spend = dict[str, float]
Beliefs = dict[str, tuple[float, float]]

PARTS = ("personas", "promises", "priorities", "journey", "blueprint")
NEEDED = ("action", "owner", "metric", "date")
PRIVATE = ("email", "phone", "diagnosis")
EVIDENCE = ("observed", "reported", "assumed", "proposed")
BUDGET = 20_000
CENT = 0.01
CLOSE = 1e-9

HINTS = {
    "lint_portfolio": [
        (
            "Lay the five parts side by side on paper and draw a line from every id to the place "
            "that speaks of it. Which lines end nowhere, and which part has no lines because it "
            "is not there?"
        ),
        (
            "Take the parts out with `portfolio.get(part, [])` first, so that a part that is not "
            "there is an empty list. Then three sets of ids are all you need: of the personas, of "
            "the journey's steps, and of the steps that the blueprint's items name."
        ),
        (
            "Compare with a set only if the part it comes from is not empty: "
            '`if personas and step["persona"] not in persona_ids`. What a priority lacks is asked '
            "four times, once for each key, with four `if`s and no `elif`; `not priority.get(key)` "
            "is true for a missing key, for `None` and for an empty text."
        ),
    ],
    "break_even_effect": [
        (
            "Two customers of ten leave in a year, and the effect is a half. How many leave now, "
            "and how large is the share that stays?"
        ),
        (
            "Write a small function that takes an effect and gives the euros gained: the value of "
            "all customers with it, minus their value without it. It grows with the effect. Try 0 "
            "and 1 first; between them, halve."
        ),
        (
            "With an effect, the share still there is multiplied each year by "
            "`1 - (1 - effect) * (1 - survival[t] / survival[t - 1])`, beginning with 1. Keep two "
            "bounds, 0 and 1; as long as they are further apart than 1e-9, look at the middle, and "
            "let it replace the upper bound if the gain reaches the cost, or else the lower one."
        ),
    ],
    "sample_size_two_means": [
        (
            "How many standard deviations wide is the difference that you want to see? If it were "
            "half as wide, would you need twice as many people, or four times as many?"
        ),
        (
            "Two numbers come from the normal curve: one for how seldom you want a false alarm, on "
            "both sides, and one for how often you want to see the difference if it is there. They "
            "are added before anything is squared."
        ),
        (
            "`NormalDist().inv_cdf(1 - alpha / 2)` is the first and `NormalDist().inv_cdf(power)` "
            "the second. The size is 2 times the square of sd / delta times the square of their "
            "sum; take 1e-9 off before `math.ceil`."
        ),
    ],
    "sample_size_two_props": [
        (
            "Of a hundred people with a chance of 0.3 each, how far does the number of those who "
            "do it scatter? Both groups scatter, each by its own chance."
        ),
        (
            "It is the formula of the task before, with p(1 − p) of each group in the place of "
            "the squared standard deviation, so 2 sd² becomes a sum of two terms."
        ),
        (
            "Add `p1 * (1 - p1)` and `p2 * (1 - p2)`, multiply by the square of the sum of the two "
            "z, and divide by the square of `p1 - p2`. The result is for one group; do not double "
            "it."
        ),
    ],
    "simulate_decision": [
        (
            "Play two runs by hand for two levers, with dice in place of the numbers. What do you "
            "write down after each run, and what is left to do at the end?"
        ),
        (
            "Make one `random.Random(seed)` before the first run. In each run go through all "
            "levers of `beliefs` in alphabetical order and draw one number for each, also where "
            "no money goes: so the luck of one decision is the luck of the other."
        ),
        (
            "The euros back for one spent are `low + (high - low) * numbers.random()`. The gain of "
            "a run is the sum of `spend.get(lever, 0) * back` over the levers, minus everything "
            "that was spent. Collect the gains in a list; the four answers are read off it."
        ),
    ],
}


# --- The small models of the exercise


def lint_portfolio(portfolio: Portfolio) -> list[str]:
    """Return the problems of a small portfolio in alphabetical order.

    Parameters
    ----------
    portfolio : dict
        Five lists: personas, promises, priorities, journey and blueprint, each of
        entries with an id.  One that is not there counts as empty.
    """
    return _lint(portfolio)


def simulate_decision(
    spend: Spend, beliefs: Beliefs, seed: int, runs: int = 1000
) -> dict[str, float]:
    """Return what a decision may bring, over many years drawn by chance.

    Parameters
    ----------
    spend : dict of str to float
        Euros for a lever, at least 0, together at most the budget.
    beliefs : dict of str to (float, float)
        For each lever the lowest and the highest euros that come back for one spent.
    seed : int
        Where the chance begins.
    runs : int
        How many years are drawn, at least 1.

    Raises
    ------
    ValueError
        If a lever has no belief, or an argument is out of range.
    """
    return _simulate(spend, beliefs, seed, runs)


# --- Whether the parts agree


def _lint(
    portfolio: Portfolio,
    *,
    each: bool = False,
    first: bool = False,
    key_only: bool = False,
    sure: bool = False,
    any_step: bool = False,
) -> list[str]:
    part = {name: portfolio.get(name, []) for name in PARTS}
    steps = {step["id"] for step in part["journey"]}
    known = [word for word in EVIDENCE if not (sure and word == "assumed")]
    found = [f"no {name}" for name in PARTS if not part[name]]
    found += [
        f"personal data: {key} in {persona['id']}"
        for persona in part["personas"]
        for key in PRIVATE
        if key in persona
    ]
    for promise in part["promises"]:
        lost = not promise["step"] if any_step else promise["step"] not in steps
        if (steps or each) and lost:
            found.append(f"no step for promise: {promise['id']}")
    for priority in part["priorities"]:
        lacks = [key for key in NEEDED if _lacks(priority, key, key_only)]
        found += [f"no {key}: {priority['id']}" for key in (lacks[:1] if first else lacks)]
    for step in part["journey"]:
        found += _of_step(step, part, each)
        if step.get("evidence") not in known:
            found.append(f"no evidence: {step['id']}")
    return sorted(found)


def _lacks(priority: dict[str, Any], key: str, key_only: bool) -> bool:
    return key not in priority if key_only else not priority.get(key)


def _of_step(step: dict[str, Any], part: Portfolio, each: bool) -> list[str]:
    personas = {persona["id"] for persona in part["personas"]}
    explained = {item["step"] for item in part["blueprint"]}
    found = []
    if (personas or each) and step["persona"] not in personas:
        found.append(f"unknown persona: {step['id']}")
    if (explained or each) and step["id"] not in explained:
        found.append(f"not in blueprint: {step['id']}")
    return found


def _told_for_each(portfolio: Portfolio) -> list[str]:
    return _lint(portfolio, each=True)


def _first_lack(portfolio: Portfolio) -> list[str]:
    return _lint(portfolio, first=True)


def _key_is_there(portfolio: Portfolio) -> list[str]:
    return _lint(portfolio, key_only=True)


def _assumed_is_none(portfolio: Portfolio) -> list[str]:
    return _lint(portfolio, sure=True)


def _any_step(portfolio: Portfolio) -> list[str]:
    return _lint(portfolio, any_step=True)


def sound_portfolio(random: Random) -> Portfolio:
    """Return a portfolio whose parts agree: two personas, three to six steps, and so on."""
    steps = random.sample(["search", "walk", "ask", "label", "queue", "pay", "eat"], 4)
    steps = steps[: random.randint(3, 4)]
    people = random.sample(["aino", "samir", "tuula", "eero"], 2)
    journey = [
        {"id": step, "persona": random.choice(people), "evidence": random.choice(EVIDENCE)}
        for step in steps
    ]
    promises = [
        {"id": f"{step}_kept", "step": step} for step in random.sample(steps, random.randint(1, 2))
    ]
    priorities = [
        {
            "id": name,
            "action": "begin on Monday",
            "owner": random.choice(["Linh", "Onni"]),
            "metric": "asked of twelve",
            "date": "2026-09-01",
        }
        for name in random.sample(["till", "desk", "jobs", "gesture"], random.randint(2, 3))
    ]
    blueprint = [{"id": f"behind_{step}", "step": step} for step in steps]
    blueprint.append({"id": "wash", "step": random.choice(steps)})
    return {
        "personas": [{"id": one, "goal": "eat in peace"} for one in people],
        "promises": promises,
        "priorities": priorities,
        "journey": journey,
        "blueprint": blueprint,
    }


def broken_portfolio(random: Random) -> Portfolio:
    """Return a portfolio with a few problems of several kinds."""
    found = sound_portfolio(random)
    for entry in found["priorities"]:
        for key in random.sample(NEEDED, random.randint(0, 2)):
            entry[key] = random.choice(["", None])
    random.choice(found["journey"])["persona"] = "nobody"
    random.choice(found["journey"])["evidence"] = random.choice(["", None, "certain"])
    found["blueprint"] = random.sample(found["blueprint"], 2)
    random.choice(found["promises"])["step"] = random.choice(["", "moon"])
    random.choice(found["personas"])[random.choice(PRIVATE)] = random.choice(["", "none"])
    return found


def without(random: Random, part: str) -> Portfolio:
    """Return a sound portfolio in which one part is not there, or empty."""
    found = sound_portfolio(random)
    if random.random() < 0.5:
        del found[part]
    else:
        found[part] = []
    return found


def _a_part_missing(random: Random) -> tuple[Portfolio]:
    found = without(random, random.choice(["personas", "journey", "blueprint"]))
    found.setdefault("journey", [])
    return (found,)


def _two_lacks(random: Random) -> tuple[Portfolio]:
    found = sound_portfolio(random)
    for key in random.sample(NEEDED, 2):
        del found["priorities"][0][key]
    return (found,)


def _empty_texts(random: Random) -> tuple[Portfolio]:
    found = sound_portfolio(random)
    random.choice(found["priorities"])[random.choice(NEEDED)] = random.choice(["", None])
    return (found,)


def _assumed(random: Random) -> tuple[Portfolio]:
    found = sound_portfolio(random)
    random.choice(found["journey"])["evidence"] = "assumed"
    return (found,)


def _to_the_moon(random: Random) -> tuple[Portfolio]:
    found = sound_portfolio(random)
    random.choice(found["promises"])["step"] = random.choice(["moon", "cellar"])
    return (found,)


# --- The effect that pays


def _break_even(
    cost: float,
    n_customers: int,
    margin: float,
    survival: list[float],
    rate: float,
    *,
    points: bool = False,
    first_year: bool = False,
) -> float | None:
    break_even_effect(cost, n_customers, margin, survival, rate)

    def value(effect: float) -> float:
        there, worth = 1.0, 0.0
        for year in range(1, len(survival)):
            stay = survival[year] / survival[year - 1]
            if not first_year or year == 1:
                stay = min(1.0, stay + effect) if points else 1 - (1 - effect) * (1 - stay)
            there *= stay
            worth += margin * there / (1 + rate) ** year
        return n_customers * worth

    least = value(0.0) + cost - 1e-6
    if value(1.0) < least:
        return None
    low, high = 0.0, 1.0
    if value(low) >= least:
        return low
    while high - low > CLOSE:
        middle = (low + high) / 2
        if value(middle) >= least:
            high = middle
        else:
            low = middle
    return high


def _in_points(
    cost: float, n_customers: int, margin: float, survival: list[float], rate: float
) -> float | None:
    return _break_even(cost, n_customers, margin, survival, rate, points=True)


def _one_customer(
    cost: float, n_customers: int, margin: float, survival: list[float], rate: float
) -> float | None:
    break_even_effect(cost, n_customers, margin, survival, rate)
    return _break_even(cost, 1, margin, survival, rate)


def _first_year(
    cost: float, n_customers: int, margin: float, survival: list[float], rate: float
) -> float | None:
    return _break_even(cost, n_customers, margin, survival, rate, first_year=True)


def _not_discounted(
    cost: float, n_customers: int, margin: float, survival: list[float], rate: float
) -> float | None:
    break_even_effect(cost, n_customers, margin, survival, rate)
    return _break_even(cost, n_customers, margin, survival, 0.0)


def falling(random: Random, years: int) -> list[float]:
    """Return shares still there after 0, 1, ... years, each year losing some."""
    found = [1.0]
    for _ in range(years):
        found.append(found[-1] * random.randint(50, 92) / 100)
    return found


def customers(random: Random) -> tuple[float, int, float, list[float], float]:
    """Return arguments with a cost that an effect between 0.1 and 0.6 brings back."""
    survival = falling(random, random.randint(3, 8))
    n, margin, rate = random.randint(20, 900), random.randint(40, 300), random.randint(3, 12) / 100
    # Gains grow faster than the effect, so a share of the whole gain needs a larger effect.
    there, worth = 1.0, 0.0
    for year in range(1, len(survival)):
        worth += margin * (there - survival[year]) / (1 + rate) ** year
    return round(n * worth * random.randint(5, 30) / 100, 2), n, margin, survival, rate


def _many_customers(random: Random) -> tuple[Any, ...]:
    cost, n, margin, survival, rate = customers(random)
    return cost, max(n, 50), margin, survival, rate


# --- the two sample sizes


def _z(share: float) -> float:
    return NormalDist().inv_cdf(share)


def _rounded_up(number: float) -> int:
    return math.ceil(number - CLOSE)


def _means_total(sd: float, delta: float, power: float = 0.8, alpha: float = 0.05) -> int:
    return 2 * sample_size_two_means(sd, delta, power, alpha)


def _means_one_sided(sd: float, delta: float, power: float = 0.8, alpha: float = 0.05) -> int:
    sample_size_two_means(sd, delta, power, alpha)
    return _rounded_up(2 * (sd / delta) ** 2 * (_z(1 - alpha) + _z(power)) ** 2)


def _means_no_power(sd: float, delta: float, power: float = 0.8, alpha: float = 0.05) -> int:
    sample_size_two_means(sd, delta, power, alpha)
    return _rounded_up(2 * (sd / delta) ** 2 * _z(1 - alpha / 2) ** 2)


def _means_not_squared(sd: float, delta: float, power: float = 0.8, alpha: float = 0.05) -> int:
    sample_size_two_means(sd, delta, power, alpha)
    return _rounded_up(2 * sd / abs(delta) * (_z(1 - alpha / 2) + _z(power)) ** 2)


def _props_total(p1: float, p2: float, power: float = 0.8, alpha: float = 0.05) -> int:
    return 2 * sample_size_two_props(p1, p2, power, alpha)


def _props_pooled(p1: float, p2: float, power: float = 0.8, alpha: float = 0.05) -> int:
    sample_size_two_props(p1, p2, power, alpha)
    p = (p1 + p2) / 2
    return _rounded_up(2 * p * (1 - p) * (_z(1 - alpha / 2) + _z(power)) ** 2 / (p1 - p2) ** 2)


def _props_one_sided(p1: float, p2: float, power: float = 0.8, alpha: float = 0.05) -> int:
    sample_size_two_props(p1, p2, power, alpha)
    spread = p1 * (1 - p1) + p2 * (1 - p2)
    return _rounded_up(spread * (_z(1 - alpha) + _z(power)) ** 2 / (p1 - p2) ** 2)


def _props_first_only(p1: float, p2: float, power: float = 0.8, alpha: float = 0.05) -> int:
    sample_size_two_props(p1, p2, power, alpha)
    return _rounded_up(2 * p1 * (1 - p1) * (_z(1 - alpha / 2) + _z(power)) ** 2 / (p1 - p2) ** 2)


def a_difference(random: Random) -> tuple[float, float]:
    """Return a standard deviation and a difference a good deal smaller."""
    sd = random.randint(5, 40) / 10
    return sd, sd * random.choice([-1, 1]) * random.randint(15, 60) / 100


def two_shares(random: Random) -> tuple[float, float]:
    """Return two unlike shares, both below a half, so that their variances differ, too."""
    p1 = random.randint(10, 30) / 100
    p2 = p1 + random.randint(8, 15) / 100
    return (p1, p2) if random.random() < 0.5 else (p2, p1)


# --- A year by chance


def _check_decision(spend: Spend, beliefs: Beliefs, runs: int) -> None:
    domain.whole("runs", runs, 1)
    for lever, (low, high) in beliefs.items():
        if low > high:
            raise ValueError(f"low must not be above high, got {low} and {high} ({lever!r})")
    for lever, euros in spend.items():
        if lever not in beliefs:
            raise ValueError(f"no belief for the lever {lever!r}")
        domain.at_least("euros", euros, 0, where=f"lever {lever!r}")
    if sum(spend.values()) > BUDGET:
        raise ValueError(f"the budget is {BUDGET} euros, got {sum(spend.values())}")


def _simulate(
    spend: Spend,
    beliefs: Beliefs,
    seed: int,
    runs: int = 1000,
    *,
    funded: bool = False,
    as_given: bool = False,
    one_number: bool = False,
    anew: bool = False,
    middle: bool = False,
    free: bool = False,
) -> dict[str, float]:
    _check_decision(spend, beliefs, runs)
    spent = sum(spend.values())
    levers = list(beliefs) if as_given else sorted(beliefs)
    if funded:
        levers = [lever for lever in levers if spend.get(lever, 0) > 0]
    numbers = Random(seed)  # noqa: S311, a teaching simulation
    gains = []
    for _ in range(runs):
        if anew:
            numbers = Random(seed)  # noqa: S311
        gain = 0.0 if free else -spent
        number = numbers.random() if one_number else 0.5
        for lever in levers:
            low, high = beliefs[lever]
            if not one_number and not middle:
                number = numbers.random()
            gain += spend.get(lever, 0) * (low + (high - low) * number)
        gains.append(gain)
    return {
        "mean": sum(gains) / runs,
        "worst": min(gains),
        "best": max(gains),
        "loses": sum(gain < -CENT for gain in gains) / runs,
    }


def _only_funded(spend: Spend, beliefs: Beliefs, seed: int, runs: int = 1000) -> dict[str, float]:
    return _simulate(spend, beliefs, seed, runs, funded=True)


def _as_given(spend: Spend, beliefs: Beliefs, seed: int, runs: int = 1000) -> dict[str, float]:
    return _simulate(spend, beliefs, seed, runs, as_given=True)


def _one_number(spend: Spend, beliefs: Beliefs, seed: int, runs: int = 1000) -> dict[str, float]:
    return _simulate(spend, beliefs, seed, runs, one_number=True)


def _begun_anew(spend: Spend, beliefs: Beliefs, seed: int, runs: int = 1000) -> dict[str, float]:
    return _simulate(spend, beliefs, seed, runs, anew=True)


def _in_the_middle(spend: Spend, beliefs: Beliefs, seed: int, runs: int = 1000) -> dict[str, float]:
    return _simulate(spend, beliefs, seed, runs, middle=True)


def _for_free(spend: Spend, beliefs: Beliefs, seed: int, runs: int = 1000) -> dict[str, float]:
    return _simulate(spend, beliefs, seed, runs, free=True)


def a_year(random: Random) -> tuple[Spend, Beliefs, int, int]:
    """Return arguments with four levers out of order, of which the first gets no money."""
    names = ["desk", "gesture", "jobs", "till"]
    order = names[:]
    while order == names or order[0] == names[0]:
        random.shuffle(order)
    beliefs = {}
    for name in order:
        low = random.randint(-4, 12) / 10
        beliefs[name] = (low, low + random.randint(3, 15) / 10)
    spend = {name: float(random.randint(4, 26) * 200) for name in names[1:]}
    return spend, beliefs, random.randint(1, 9999), random.randint(8, 40)


__all__ = [
    "HINTS", "MISTAKES", "a_difference", "a_year", "break_even_effect", "broken_portfolio",
    "customers", "falling", "lint_portfolio", "sample_size_two_means", "sample_size_two_props",
    "simulate_decision", "sound_portfolio", "two_shares", "without",
]  # fmt: skip

MISTAKES: dict[str, list[dict[str, Any]]] = {
    "lint_portfolio": [
        {
            "id": "told_for_each",
            "idea": "a part that is not there is missed again by every entry of another part",
            "question": "Nobody has written a blueprint yet. Is that one problem, or one for "
            "every step?",
            "wrong": _told_for_each,
            "inputs": _a_part_missing,
        },
        {
            "id": "first_lack",
            "idea": "only the first thing that a priority lacks is told",
            "question": "It has neither an owner nor a date. After how many rounds will its "
            "writer be done?",
            "wrong": _first_lack,
            "inputs": _two_lacks,
        },
        {
            "id": "key_is_there",
            "idea": "a key with nothing in it counts as filled in",
            "question": "The owner is an empty text. Who begins on Monday?",
            "wrong": _key_is_there,
            "inputs": _empty_texts,
        },
        {
            "id": "assumed_is_none",
            "idea": "what is assumed counts as having no evidence status",
            "question": "Somebody has written honestly that it is a guess. Is that the same as "
            "not saying?",
            "wrong": _assumed_is_none,
            "inputs": _assumed,
        },
        {
            "id": "any_step",
            "idea": "a promise only has to name a step, whether the journey has it or not",
            "question": "The promise is kept at the step moon. Which step of the journey is that?",
            "wrong": _any_step,
            "inputs": _to_the_moon,
        },
    ],
    "break_even_effect": [
        {
            "id": "in_points",
            "idea": "the effect is added to the share that stays, instead of taken off those who "
            "leave",
            "question": "Of ten customers two leave, and the effect is a half. How many leave now?",
            "wrong": _in_points,
            "inputs": customers,
        },
        {
            "id": "one_customer",
            "idea": "the cost for all is set against the gain from one customer",
            "question": "The cost is for everybody together. For how many is the gain?",
            "wrong": _one_customer,
            "inputs": _many_customers,
        },
        {
            "id": "first_year",
            "idea": "the effect works in the first year only",
            "question": "Who is kept in the second year, and is it less likely to leave, too?",
            "wrong": _first_year,
            "inputs": customers,
        },
        {
            "id": "not_discounted",
            "idea": "a euro of a later year counts as much as one of today",
            "question": "What is a euro of next year worth now, at this rate?",
            "wrong": _not_discounted,
            "inputs": customers,
        },
    ],
    "sample_size_two_means": [
        {
            "id": "total",
            "idea": "both groups are counted together",
            "question": "The task asks for the size of one group. How many groups are in your "
            "number?",
            "wrong": _means_total,
            "inputs": a_difference,
        },
        {
            "id": "one_sided",
            "idea": "the false alarms are all put on one side",
            "question": "A change can help or harm. On how many sides can chance deceive you?",
            "wrong": _means_one_sided,
            "inputs": a_difference,
        },
        {
            "id": "no_power",
            "idea": "the power is left out",
            "question": "How often would you miss the difference although it is there?",
            "wrong": _means_no_power,
            "inputs": a_difference,
        },
        {
            "id": "not_squared",
            "idea": "sd divided by delta is not squared",
            "question": "To see half the difference, do you need twice as many people, or four "
            "times?",
            "wrong": _means_not_squared,
            "inputs": a_difference,
        },
    ],
    "sample_size_two_props": [
        {
            "id": "total",
            "idea": "both groups are counted together",
            "question": "The task asks for the size of one group. How many groups are in your "
            "number?",
            "wrong": _props_total,
            "inputs": two_shares,
        },
        {
            "id": "pooled",
            "idea": "both groups scatter by the mean of the two shares",
            "question": "The task says that each group has its own p(1 − p). Where are the two?",
            "wrong": _props_pooled,
            "inputs": two_shares,
        },
        {
            "id": "one_sided",
            "idea": "the false alarms are all put on one side",
            "question": "A change can help or harm. On how many sides can chance deceive you?",
            "wrong": _props_one_sided,
            "inputs": two_shares,
        },
        {
            "id": "first_only",
            "idea": "both groups scatter as the first one does",
            "question": "What is p(1 − p) of the second group, and where does it stand?",
            "wrong": _props_first_only,
            "inputs": two_shares,
        },
    ],
    "simulate_decision": [
        {
            "id": "only_funded",
            "idea": "numbers are drawn only for the levers that get money",
            "question": "You move 100 euros to a lever that had none. Does the luck of all the "
            "others change with it?",
            "wrong": _only_funded,
            "inputs": a_year,
        },
        {
            "id": "as_given",
            "idea": "the numbers are drawn in the order in which the levers were written down",
            "question": "The same beliefs are written in another order. May the answer differ?",
            "wrong": _as_given,
            "inputs": a_year,
        },
        {
            "id": "one_number",
            "idea": "one number in each run serves all levers",
            "question": "Is a year that is good for the till always good for the desk as well?",
            "wrong": _one_number,
            "inputs": a_year,
        },
        {
            "id": "begun_anew",
            "idea": "every run begins with the same numbers again",
            "question": "How many different years have you looked at?",
            "wrong": _begun_anew,
            "inputs": a_year,
        },
        {
            "id": "in_the_middle",
            "idea": "the middle of each range is taken, and nothing is drawn",
            "question": "How bad could it get, by your own beliefs?",
            "wrong": _in_the_middle,
            "inputs": a_year,
        },
        {
            "id": "for_free",
            "idea": "what was spent is not taken off again",
            "question": "100 euros go out and 90 come back. What did you gain?",
            "wrong": _for_free,
            "inputs": a_year,
        },
    ],
}
