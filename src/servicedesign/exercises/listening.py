"""Hints and known mistakes for the exercise of chapter 2, listening.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`, and
the functions `answers`, `rates`, `sheet` and `persona` make the inputs.
"""

import math
from collections.abc import Callable
from random import Random
from typing import Any

from servicedesign import listening

Row = tuple[Any, ...]

HINTS = {
    "wilson_interval": [
        (
            "Work it out on paper for 8 of 10 with z = 1.96, one part at a time: the share, "
            "then z * z / n, then the middle of the interval, then half its width."
        ),
        (
            "Middle and half width are both divided by the same thing, 1 + z * z / n. Give it "
            "a name of its own. `math.sqrt`, or `** 0.5`, takes the root."
        ),
        (
            "Check `n`, `k` and `z` before you divide by anything. In the end `max(0.0, low)` and "
            "`min(1.0, high)` keep the last digits of a computer from leaving the range."
        ),
    ],
    "observed_share": [
        (
            "Imagine 100 people, and say how many of them are happy and answer, and how many "
            "are unhappy and answer. Which share of these answers is happy?"
        ),
        (
            "The happy who answer are `p * r_pos` of everybody. Who are the unhappy, as a share "
            "of everybody, and how many of them answer?"
        ),
        (
            "Happy answers divided by all answers. Before you divide, ask whether there is an "
            "answer at all, and check the three shares in a loop over their names."
        ),
    ],
    "bias": [
        "Two shares are compared: the one that the answers show and the one that is true.",
        "You have a function for the first share already, and it raises the errors as well.",
        "The result is positive if the answers look happier. Which share is taken from which?",
    ],
    "delivery_gap": [
        (
            "Take one touchpoint and do it by hand: strike out the `None`s, count the answers, "
            "count the happy ones, and only then think about intervals."
        ),
        (
            "Two lists help: one for touchpoints with answers, one for those without. The "
            "verdict compares the belief with `low` and `high` and never with the estimate."
        ),
        (
            "To sort by gap with the largest first and ties by name, sort by the pair "
            "`(-round(believed - estimated, 9), name)`. Those without answers follow, by name."
        ),
    ],
    "audit_persona": [
        (
            "Begin with an empty list of problems. Go down the table of codes line by line, and "
            "append a code wherever its condition holds."
        ),
        (
            "`persona.get('items', [])` gives an empty list where there is no such key, and "
            "`item.get('evidence')` gives None. An empty text counts as missing, so ask "
            "`if not status`. None cannot be compared with 5, so ask for a missing "
            "`group_size` first."
        ),
        (
            "For one item the conditions exclude each other: first missing, then unknown, then "
            "observed without a source. That is an `if` with two `elif`s."
        ),
    ],
}


def answers(random: Random) -> tuple[int, int]:
    """Return how many were happy and how many answered, neither none nor all."""
    n = random.randint(6, 300)
    return random.randint(1, n - 1), n


def rates(random: Random) -> tuple[float, float, float]:
    """Return a true share and two response rates, all different, no mirror images."""
    p = random.choice([0.15, 0.3, 0.4, 0.65, 0.8])
    r_pos, r_neg = random.sample([0.1, 0.25, 0.45, 0.72, 0.9], 2)
    return p, r_pos, r_neg


def sheet(random: Random) -> tuple[dict[str, float], dict[str, list[Any]], int]:
    """Return beliefs, ratings and a threshold on which each known mistake shows.

    One belief lies above the estimate and inside the interval, one far below
    it, some ratings are missing and some lie on the threshold.
    """
    names = random.sample(["biscuit", "coffee", "light", "music", "soup", "till", "wait"], 5)
    inside, high, low, missing, silent = names
    threshold = random.choice([4, 5, 6])
    ratings: dict[str, list[Any]] = {
        inside: [threshold] * 12 + [threshold - 1] * 8,
        high: [threshold + 1] * 8 + [threshold] * 4 + [threshold - 2] * random.randint(24, 30),
        low: [threshold + 1] * 30 + [threshold] * 10 + [1] * random.randint(2, 5),
        missing: [threshold + 1] * 30 + [threshold] * 5 + [1] * 5 + [None] * 40,
        silent: [None] * random.randint(0, 3),
    }
    for one in names:
        random.shuffle(ratings[one])
    beliefs = {inside: 0.65, high: 0.7, low: 0.25, missing: 0.8, silent: 0.9}
    return beliefs, ratings, threshold


def persona(random: Random) -> dict[str, Any]:
    """Return a persona on which each known mistake shows.

    Five people stand behind it or four do, and among its items are each of the
    problems once, and an observed one that is in order.
    """
    items = [
        {"id": "a" + str(random.randint(1, 9)), "text": "waits", "evidence": "guess"},
        {"id": "b" + str(random.randint(1, 9)), "text": "asks"},
        {"id": "c" + str(random.randint(1, 9)), "text": "sits alone", "evidence": "observed"},
        {"id": "d" + str(random.randint(1, 9)), "text": "reads", "evidence": ""},
        {"id": "e" + str(random.randint(1, 9)), "text": "thinks so", "evidence": "assumed"},
        {"id": "f1", "text": "pays", "evidence": "observed", "source": "the till, in May"},
    ]
    random.shuffle(items)
    return {
        "name": "Someone",
        "phone": "none",
        "email": "none",
        "group_size": random.choice([4, 5]),
        "items": items,
    }


# --- wilson_interval: what each wrong idea answers


def _wald(k: float, n: float, z: float = 1.96) -> tuple[float, float]:
    listening.wilson_interval(k, n, z)
    half = z * math.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half


def _share_in_the_middle(k: float, n: float, z: float = 1.96) -> tuple[float, float]:
    listening.wilson_interval(k, n, z)
    half = _half(k, n, z)
    return max(0.0, k / n - half), min(1.0, k / n + half)


def _half(k: float, n: float, z: float) -> float:
    spread = z * z / n
    return z * math.sqrt(k / n * (1 - k / n) / n + spread / (4 * n)) / (1 + spread)


def _not_divided(k: float, n: float, z: float = 1.96) -> tuple[float, float]:
    listening.wilson_interval(k, n, z)
    whole = 1 + z * z / n
    centre, half = k / n + z * z / n / 2, _half(k, n, z) * whole
    return max(0.0, centre - half), min(1.0, centre + half)


def _z_left_out(k: float, n: float, z: float = 1.96) -> tuple[float, float]:
    listening.wilson_interval(k, n, z)
    return listening.wilson_interval(k, n, 1.96)


def _with_z(random: Random) -> tuple[float, float, float]:
    return *answers(random), random.choice([1.0, 1.645, 2.576])


# --- observed_share and bias


def _happy_of_everybody(p: float, r_pos: float, r_neg: float) -> float:
    listening.observed_share(p, r_pos, r_neg)  # raises what the right one raises
    return p * r_pos


def _rates_alone(p: float, r_pos: float, r_neg: float) -> float:
    listening.observed_share(p, r_pos, r_neg)  # raises what the right one raises
    return r_pos / (r_pos + r_neg)


def _rates_averaged(p: float, r_pos: float, r_neg: float) -> float:
    listening.observed_share(p, r_pos, r_neg)  # raises what the right one raises
    return p * r_pos / ((r_pos + r_neg) / 2)


def _nobody_missing(p: float, r_pos: float, r_neg: float) -> float:
    listening.observed_share(p, r_pos, r_neg)  # raises what the right one raises
    return p


def _truth_first(p: float, r_pos: float, r_neg: float) -> float:
    return -listening.bias(p, r_pos, r_neg)


def _without_sign(p: float, r_pos: float, r_neg: float) -> float:
    return abs(listening.bias(p, r_pos, r_neg))


def _in_points(p: float, r_pos: float, r_neg: float) -> float:
    return 100 * listening.bias(p, r_pos, r_neg)


def _happy_stay_silent(random: Random) -> tuple[float, float, float]:
    p, one, other = rates(random)
    return p, min(one, other), max(one, other)


# --- delivery_gap


def _by_estimate(beliefs: dict[str, float], ratings: dict[str, list[Any]], limit: float) -> Any:
    def judged(row: Row) -> Row:
        name, believed, share, low, high, verdict = row
        if share is not None:
            verdict = "overestimates" if believed > share else "underestimates"
            if believed == share:
                verdict = "cannot tell"
        return name, believed, share, low, high, verdict

    return [judged(row) for row in listening.delivery_gap(beliefs, ratings, limit)]


def _missing_is_unhappy(
    beliefs: dict[str, float], ratings: dict[str, list[Any]], limit: float
) -> Any:
    filled = {
        name: [limit - 1 if rating is None else rating for rating in given]
        for name, given in ratings.items()
    }
    return listening.delivery_gap(beliefs, filled, limit)


def _strictly_above(beliefs: dict[str, float], ratings: dict[str, list[Any]], limit: float) -> Any:
    return listening.delivery_gap(beliefs, ratings, limit + 0.5)


def _size_of_gap(beliefs: dict[str, float], ratings: dict[str, list[Any]], limit: float) -> Any:
    return _sorted_anew(beliefs, ratings, limit, lambda gap: -abs(gap))


def _smallest_first(beliefs: dict[str, float], ratings: dict[str, list[Any]], limit: float) -> Any:
    return _sorted_anew(beliefs, ratings, limit, lambda gap: gap)


def _sorted_anew(
    beliefs: dict[str, float],
    ratings: dict[str, list[Any]],
    limit: float,
    key: Callable[[float], float],
) -> list[Row]:
    rows = listening.delivery_gap(beliefs, ratings, limit)
    known = [row for row in rows if row[2] is not None]
    known.sort(key=lambda row: (key(round(row[1] - row[2], 9)), row[0]))
    return known + [row for row in rows if row[2] is None]


# --- audit_persona


def _more_than_five(one: dict[str, Any]) -> list[str]:
    if one.get("group_size") == listening.SMALLEST_GROUP:
        return listening.audit_persona({**one, "group_size": listening.SMALLEST_GROUP - 1})
    return listening.audit_persona(one)


def _source_for_all(one: dict[str, Any]) -> list[str]:
    problems = listening.audit_persona({**one, "items": one.get("items", []) and [_IN_ORDER]})
    for item in one.get("items", []):
        found = listening.audit_persona({"group_size": 5, "items": [item]})
        if not found and not item.get("source"):
            found = ["no-source:" + str(item["id"])]
        problems += found
    return problems


_IN_ORDER = {"id": "fine", "evidence": "assumed"}


def _empty_is_unknown(one: dict[str, Any]) -> list[str]:
    items = [
        {**item, "evidence": "?"} if item.get("evidence", "?") in ("", None) else item
        for item in one.get("items", [])
    ]
    return listening.audit_persona({**one, "items": items})


def _codes_alone(one: dict[str, Any]) -> list[str]:
    return [problem.split(":")[0] for problem in listening.audit_persona(one)]


def _of_five(random: Random) -> tuple[dict[str, Any]]:
    return ({**persona(random), "group_size": 5},)


def _any_persona(random: Random) -> tuple[dict[str, Any]]:
    return (persona(random),)


MISTAKES = {
    "wilson_interval": [
        {
            "id": "wald",
            "idea": "the interval is the share plus or minus z standard errors",
            "question": "What does your formula say after none of ten, and would you bet on it?",
            "wrong": _wald,
            "inputs": answers,
        },
        {
            "id": "share_in_the_middle",
            "idea": "the observed share stands in the middle of the interval",
            "question": "For 9 of 10 there is more room below the share than above it. "
            "By which formula does the task work out the middle?",
            "wrong": _share_in_the_middle,
            "inputs": answers,
        },
        {
            "id": "not_divided",
            "idea": "nothing is divided by 1 + z * z / n",
            "question": "In the task, by what are the middle and the half width both divided?",
            "wrong": _not_divided,
            "inputs": answers,
        },
        {
            "id": "z_left_out",
            "idea": "z is always 1.96",
            "question": "Somebody wants to be 99% sure and says z = 2.576. "
            "Where does your function use it?",
            "wrong": _z_left_out,
            "inputs": _with_z,
        },
    ],
    "observed_share": [
        {
            "id": "happy_of_everybody",
            "idea": "the happy answers are divided by everybody, not by all answers",
            "question": "If everybody is happy and half of them answer, "
            "what share of the answers is happy?",
            "wrong": _happy_of_everybody,
            "inputs": rates,
        },
        {
            "id": "rates_alone",
            "idea": "only the two response rates count and p does not",
            "question": "If nobody is happy, can your function return anything but 0?",
            "wrong": _rates_alone,
            "inputs": rates,
        },
        {
            "id": "rates_averaged",
            "idea": "the overall response rate is the plain mean of the two rates",
            "question": "If 99 of 100 people are unhappy, whose rate decides how many answer?",
            "wrong": _rates_averaged,
            "inputs": rates,
        },
        {
            "id": "nobody_missing",
            "idea": "those who answer are like those who do not",
            "question": "Two groups answer at different rates. "
            "Which of them is too large among the answers?",
            "wrong": _nobody_missing,
            "inputs": rates,
        },
    ],
    "bias": [
        {
            "id": "truth_first",
            "idea": "the observed share is taken from the true one",
            "question": "The answers look happier than the people are. "
            "Which sign should that have, by the task?",
            "wrong": _truth_first,
            "inputs": rates,
        },
        {
            "id": "without_sign",
            "idea": "the sign is thrown away",
            "question": "If only the angry answer, how would a reader see that in your number?",
            "wrong": _without_sign,
            "inputs": _happy_stay_silent,
        },
        {
            "id": "in_points",
            "idea": "the result is in percentage points",
            "question": "In which unit are the two shares, and so their difference?",
            "wrong": _in_points,
            "inputs": rates,
        },
    ],
    "delivery_gap": [
        {
            "id": "by_estimate",
            "idea": "the verdict compares the belief with the estimate",
            "question": "Ask ten guests more and the estimate will move a little. "
            "Which two numbers of the row say how far chance could move it?",
            "wrong": _by_estimate,
            "inputs": sheet,
        },
        {
            "id": "missing_is_unhappy",
            "idea": "a missing rating counts as an unhappy one",
            "question": "What do you know about a guest who left the line blank?",
            "wrong": _missing_is_unhappy,
            "inputs": sheet,
        },
        {
            "id": "strictly_above",
            "idea": "a rating on the threshold does not count as happy",
            "question": "Is a rating of exactly the threshold happy, by the task?",
            "wrong": _strictly_above,
            "inputs": sheet,
        },
        {
            "id": "size_of_gap",
            "idea": "the rows are sorted by the size of the gap without its sign",
            "question": "Where should a touchpoint stand that is better than believed?",
            "wrong": _size_of_gap,
            "inputs": sheet,
        },
        {
            "id": "smallest_first",
            "idea": "the smallest gap comes first",
            "question": "Which line should Aila read first?",
            "wrong": _smallest_first,
            "inputs": sheet,
        },
    ],
    "audit_persona": [
        {
            "id": "more_than_five",
            "idea": "a group of exactly five is called too small",
            "question": "From how many people on may a group be shown, by the task?",
            "wrong": _more_than_five,
            "inputs": _of_five,
        },
        {
            "id": "source_for_all",
            "idea": "every item needs a source, the assumed and reported ones too",
            "question": "Whom could you name as the source of something you assume?",
            "wrong": _source_for_all,
            "inputs": _any_persona,
        },
        {
            "id": "empty_is_unknown",
            "idea": "an empty evidence status is called unknown and not missing",
            "question": "What does the task say about an empty text?",
            "wrong": _empty_is_unknown,
            "inputs": _any_persona,
        },
        {
            "id": "codes_alone",
            "idea": "the codes come without the names of the field or item",
            "question": "There are thirty items. How would the team find the one you mean?",
            "wrong": _codes_alone,
            "inputs": _any_persona,
        },
    ],
}
