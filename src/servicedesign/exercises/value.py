"""Hints and known mistakes for the exercise of chapter 3, value and the promise.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`, and
the functions `offers`, `profile_and_promise` and `travellers` make the inputs.
"""

import itertools
import math
from collections.abc import Callable
from random import Random
from typing import Any

from servicedesign import value

Row = dict[str, Any]

HINTS = {
    "rank_by_value": [
        (
            "Take one lunch and work out its value on paper, once by each method. "
            "Which numbers of the offer did you need, and in which unit was each?"
        ),
        (
            "Write a small function that gives the value of one offer by one method, and raises "
            "the errors. Then ranking is sorting by what it returns. The price of time is in euros "
            "per hour, while the offer counts minutes."
        ),
        (
            "`sorted(offers, key=...)` puts the smallest key first, and a key may be a pair, such "
            "as `(a, b)`: `a` is compared first, and `b` where the `a`s are equal. What must "
            "`a` be for the best offer to come first, and what must `b` be for ties?"
        ),
    ],
    "choice_shares": [
        (
            "Work out `exp(u / mu)` for each utility with a calculator, for utilities 2, 1 and 0. "
            "What do you divide each by, so that the three together make one?"
        ),
        (
            "Make two passes: first a list of weights, then each weight divided by the sum of the "
            "list. Check `mu` and the empty list before you begin."
        ),
        (
            "`math.exp(1000)` is too large for a computer, but adding the same number to every "
            "utility changes no share. Which number would you take off each utility, so that the "
            "largest one left is 0?"
        ),
    ],
    "promise_fit": [
        (
            "Draw two columns on paper, profile and promise, and a line for each name that is "
            "addressed. Coverage, the uncovered and the orphans can all be read off the lines."
        ),
        (
            "Collect first the names that any feature addresses: a `set` keeps each name once. "
            "Then go through the profile one kind at a time and add up importance twice: for the "
            "items in your set, and for all."
        ),
        (
            "To put the most important first and ties in order of name, sort pairs "
            "`(-importance, name)` and keep the names. A kind without items has nothing to divide "
            "by: its coverage is `None`."
        ),
    ],
    "log_likelihood": [
        (
            "A traveller chooses among her own rows only. Take the first one and her rows: what "
            "is the utility of each, what are the four shares, and which one did she take?"
        ),
        (
            "Sort the rows into groups first: a dict from `individual` to the list of that "
            "traveller's rows works wherever the rows stand. Then one traveller at a time."
        ),
        (
            "For each traveller: utilities, shares as in `choice_shares`, then `math.log` of the "
            "one share whose row has `choice` 1. Add these up over the travellers."
        ),
    ],
}


def offers(random: Random, count: int = 5) -> list[Row]:
    """Return offers to rank, no two of equal value by any method.

    Parameters
    ----------
    random : random.Random
        Source of the numbers.
    count : int
        How many, from 1 to 8.
    """
    names = random.sample(
        ["Bistro", "Buffet", "Canteen", "Delivery", "Food truck", "Grill", "Noodles", "Soup bar"],
        count,
    )
    while True:
        found = [
            {
                "name": name,
                "benefit": random.randint(100, 300) / 10,
                "price": random.randint(60, 180) / 10,
                "minutes": random.randint(2, 12) * 5,
                "hassle": random.randint(0, 20) / 10,
            }
            for name in names
        ]
        if not any(_has_near_ties(found, method) for method in value.METHODS):
            return found


def profile_and_promise(random: Random) -> tuple[list[Row], list[Row]]:
    """Return a profile and a promise on which each known mistake shows.

    Every kind has an item of great weight that two features address, one of
    importance 4 that none does, and a light one; one gain of importance 5 is
    not addressed and stands last, and one feature is an orphan.
    """
    profile = []
    features = []
    for kind in value.KINDS:
        main, missed, light = (f"{kind} {letter}" for letter in random.sample("ABCDEFG", 3))
        profile += [
            {"name": main, "kind": kind, "importance": 5},
            {"name": missed, "kind": kind, "importance": 4},
            {"name": light, "kind": kind, "importance": random.randint(1, 2)},
        ]
        features += [[main], [main, light] if random.random() < 0.5 else [main]]
    profile.append({"name": "gain Z", "kind": "gain", "importance": 5})
    features.insert(random.randint(0, len(features)), [])
    promise = [
        {"feature": f"feature {number}", "addresses": names}
        for number, names in enumerate(features, 1)
    ]
    return profile, promise


def travellers(random: Random) -> tuple[dict[str, float], list[Row]]:
    """Return coefficients and the shuffled rows of travellers with three or four modes."""
    beta = {
        "gc": -random.randint(5, 30) / 1000,
        "ttme": -random.randint(20, 90) / 1000,
        "air": random.randint(0, 40) / 10,
        "train": random.randint(0, 30) / 10,
        "bus": random.randint(0, 30) / 10,
        "hinc_air": random.randint(0, 20) / 1000,
    }
    rows = []
    for individual in random.sample(range(1, 100), 6):
        modes = random.sample([1, 2, 3, 4], random.choice([3, 4]))
        income = random.randint(5, 70)
        rows += [
            {
                "individual": individual,
                "mode": mode,
                "choice": int(mode == modes[0]),
                "gc": random.randint(30, 150),
                "ttme": 0 if mode == 4 else random.randint(5, 70),
                "air": int(mode == 1),
                "train": int(mode == 2),
                "bus": int(mode == 3),
                "hinc": income,
                "hinc_air": income if mode == 1 else 0,
            }
            for mode in modes
        ]
    random.shuffle(rows)
    return beta, rows


def _has_near_ties(found: list[Row], method: str) -> bool:
    amounts = sorted(value.value_of(offer, method) for offer in found)
    return any(later - earlier < 1e-4 for earlier, later in itertools.pairwise(amounts))


# --- rank_by_value: what each wrong idea answers, and where it shows


def _worst_first(found: list[Row], method: str, time_value: float = 12.0) -> list[str]:
    return value.rank(found, method, time_value)[::-1]


def _price_over_benefit(found: list[Row], method: str, time_value: float = 12.0) -> list[str]:
    if method != "ratio":
        return value.rank(found, method, time_value)
    return _sorted_by(found, lambda offer: offer["price"] / offer["benefit"])


def _minutes_as_hours(found: list[Row], method: str, time_value: float = 12.0) -> list[str]:
    return value.rank(found, method, 60 * time_value)


def _time_left_out(found: list[Row], method: str, time_value: float = 12.0) -> list[str]:
    return value.rank(found, method, 0 * time_value)


def _hassle_left_out(found: list[Row], method: str, time_value: float = 12.0) -> list[str]:
    return value.rank([{**offer, "hassle": 0} for offer in found], method, time_value)


def _ties_as_they_come(found: list[Row], method: str, time_value: float = 12.0) -> list[str]:
    return _sorted_by(found, lambda offer: value.value_of(offer, method, time_value))


def _ties_backwards(found: list[Row], method: str, time_value: float = 12.0) -> list[str]:
    by_name = sorted(found, key=lambda offer: offer["name"], reverse=True)
    return _ties_as_they_come(by_name, method, time_value)


def _sorted_by(found: list[Row], amount: Callable[[Row], float]) -> list[str]:
    ordered = sorted(found, key=lambda offer: -round(amount(offer), 9))
    return [offer["name"] for offer in ordered]


def _by_ratio(random: Random) -> tuple[list[Row], str]:
    return offers(random), "ratio"


def _by_ratio_or_difference(random: Random) -> tuple[list[Row], str]:
    return offers(random), random.choice(["ratio", "difference"])


def _by_net(gain: float, minutes: int, hassle: float) -> Callable[[Random], tuple[list[Row], str]]:
    """Return inputs with a pair in which more benefit stands against time and hassle."""

    def inputs(random: Random) -> tuple[list[Row], str]:
        found = offers(random, 3)
        twin = dict(found[0], name="Twin")
        twin["benefit"] += gain
        twin["minutes"] += minutes
        twin["hassle"] += hassle
        return [*found, twin], "net"

    return inputs


def _with_ties(random: Random) -> tuple[list[Row], str]:
    found = offers(random, 3)
    found += [dict(found[0], name=name) for name in ("Zander", "Mill", "Aalto")]
    return found, random.choice(["ratio", "difference", "net"])


# --- choice_shares


def _share_of_sum(utilities: list[float], mu: float = 1.0) -> list[float]:
    return [utility / sum(utilities) + 0 * mu for utility in utilities]


def _mu_left_out(utilities: list[float], mu: float = 1.0) -> list[float]:
    return value.choice_shares(utilities, mu**0)


def _mu_times(utilities: list[float], mu: float = 1.0) -> list[float]:
    return value.choice_shares([utility * mu for utility in utilities])


def _without_shift(utilities: list[float], mu: float = 1.0) -> list[float]:
    weights = [math.exp(utility / mu) for utility in utilities]
    return [weight / sum(weights) for weight in weights]


def _in_percent(utilities: list[float], mu: float = 1.0) -> list[float]:
    return [100 * share for share in value.choice_shares(utilities, mu)]


def _utilities(random: Random) -> tuple[list[float], float]:
    count = random.randint(3, 5)
    return random.sample([0.5, 1.0, 1.5, 2.5, 3.0, 4.5], count), random.choice([0.5, 2.0, 3.0])


def _huge_utilities(random: Random) -> tuple[list[float], float]:
    # exp overflows on one side and gives nothing but zeros on the other.
    side = random.choice([1, -1])
    return [side * float(random.randint(800, 2000)) for _ in range(3)], 1.0


# --- promise_fit


def _unweighted(profile: list[Row], promise: list[Row]) -> Row:
    fit = value.promise_fit(profile, promise)
    flat = value.promise_fit([{**item, "importance": 1} for item in profile], promise)
    return {**fit, "coverage": flat["coverage"]}


def _counted_twice(profile: list[Row], promise: list[Row]) -> Row:
    return _with_coverage(profile, promise, lambda item, times: item["importance"] * times)


def _one_total(profile: list[Row], promise: list[Row]) -> Row:
    fit = value.promise_fit(profile, promise)
    total = sum(item["importance"] for item in profile)
    coverage = {
        kind: share and share * sum(i["importance"] for i in profile if i["kind"] == kind) / total
        for kind, share in fit["coverage"].items()
    }
    return {**fit, "coverage": coverage}


def _above_four(profile: list[Row], promise: list[Row]) -> Row:
    return value.promise_fit(profile, promise, threshold=5)


def _all_uncovered(profile: list[Row], promise: list[Row]) -> Row:
    return value.promise_fit(profile, promise, threshold=1)


def _profile_order(profile: list[Row], promise: list[Row]) -> Row:
    fit = value.promise_fit(profile, promise)
    missed = [item["name"] for item in profile if item["name"] in fit["uncovered"]]
    return {**fit, "uncovered": missed}


def _with_coverage(
    profile: list[Row], promise: list[Row], weight: Callable[[Row, int], float]
) -> Row:
    fit = value.promise_fit(profile, promise)
    addressed = [name for part in promise for name in part["addresses"]]
    coverage = {}
    for kind in value.KINDS:
        items = [item for item in profile if item["kind"] == kind]
        total = sum(item["importance"] for item in items)
        met = sum(weight(item, addressed.count(item["name"])) for item in items)
        coverage[kind] = met / total if items else None
    return {**fit, "coverage": coverage}


# --- log_likelihood


def _all_rows_rivals(beta: dict[str, float], rows: list[Row]) -> float:
    return sum(math.log(_share_in(beta, row, rows)) for row in _taken(rows))


def _every_row_counted(beta: dict[str, float], rows: list[Row]) -> float:
    return sum(math.log(_share_in(beta, row, own)) for own in _by_traveller(rows) for row in own)


def _blocks_of_four(beta: dict[str, float], rows: list[Row]) -> float:
    blocks = [rows[place : place + 4] for place in range(0, len(rows), 4)]
    return sum(math.log(_share_in(beta, row, block)) for block in blocks for row in _taken(block))


def _shares_added(beta: dict[str, float], rows: list[Row]) -> float:
    return sum(_shares_taken(beta, rows))


def _log_of_ten(beta: dict[str, float], rows: list[Row]) -> float:
    return sum(math.log10(share) for share in _shares_taken(beta, rows))


def _shares_taken(beta: dict[str, float], rows: list[Row]) -> list[float]:
    return [_share_in(beta, row, own) for own in _by_traveller(rows) for row in _taken(own)]


def _share_in(beta: dict[str, float], row: Row, rivals: list[Row]) -> float:
    total = sum(_weight(beta, rival) for rival in rivals)
    return _weight(beta, row) / total


def _weight(beta: dict[str, float], row: Row) -> float:
    return math.exp(sum(beta[name] * row[name] for name in beta))


def _taken(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["choice"] == 1]


def _by_traveller(rows: list[Row]) -> list[list[Row]]:
    travellers: dict[int, list[Row]] = {}
    for row in rows:
        travellers.setdefault(row["individual"], []).append(row)
    return list(travellers.values())


MISTAKES = {
    "rank_by_value": [
        {
            "id": "worst_first",
            "idea": "the values are right and the smallest comes first",
            "question": "By the task, is the first name that of the best offer or of the worst?",
            "wrong": _worst_first,
            "inputs": _by_ratio_or_difference,
        },
        {
            "id": "price_over_benefit",
            "idea": "the price is divided by the benefit",
            "question": "Two lunches cost the same and one is worth more to the guest. "
            "Which of the two has the larger number in your calculation?",
            "wrong": _price_over_benefit,
            "inputs": _by_ratio,
        },
        {
            "id": "minutes_as_hours",
            "idea": "each minute is charged as if it were an hour",
            "question": "At 12 euros per hour, what does a wait of 30 minutes cost the guest?",
            "wrong": _minutes_as_hours,
            "inputs": _by_net(gain=5, minutes=10, hassle=0),
        },
        {
            "id": "time_left_out",
            "idea": "the guest's time costs nothing",
            "question": "What does a guest give up besides money, and where is it in your sum?",
            "wrong": _time_left_out,
            "inputs": _by_net(gain=5, minutes=50, hassle=0),
        },
        {
            "id": "hassle_left_out",
            "idea": "hassle costs nothing",
            "question": "Which keys of an offer does your sum for the net value not use?",
            "wrong": _hassle_left_out,
            "inputs": _by_net(gain=3, minutes=0, hassle=5),
        },
        {
            "id": "ties_as_they_come",
            "idea": "offers of equal value stay in the order in which they were given",
            "question": "If the same offers came in another order, would your answer change?",
            "wrong": _ties_as_they_come,
            "inputs": _with_ties,
        },
        {
            "id": "ties_backwards",
            "idea": "turning the whole order round has turned the alphabet round as well",
            "question": "Values go from large to small and names from A to Z. "
            "What could you do to the value so that one sort does both?",
            "wrong": _ties_backwards,
            "inputs": _with_ties,
        },
    ],
    "choice_shares": [
        {
            "id": "share_of_sum",
            "idea": "each utility is divided by the sum of the utilities",
            "question": "What would your formula give for the utilities 1, 0 and -1?",
            "wrong": _share_of_sum,
            "inputs": _utilities,
        },
        {
            "id": "mu_left_out",
            "idea": "mu is not used",
            "question": "If guests choose almost at random, mu is large. "
            "What should the shares then look like, and do yours?",
            "wrong": _mu_left_out,
            "inputs": _utilities,
        },
        {
            "id": "mu_times",
            "idea": "the utilities are multiplied by mu",
            "question": "More noise should bring the shares closer together. "
            "What do yours do when mu grows?",
            "wrong": _mu_times,
            "inputs": _utilities,
        },
        {
            "id": "without_shift",
            "idea": "the exponential is taken of numbers too large, or too far below zero, "
            "for a computer",
            "question": "Adding the same number to every utility changes no share. "
            "Which number would help here?",
            "wrong": _without_shift,
            "inputs": _huge_utilities,
        },
        {
            "id": "in_percent",
            "idea": "the shares are in per cent",
            "question": "What should the shares of all offers add up to, by the task?",
            "wrong": _in_percent,
            "inputs": _utilities,
        },
    ],
    "promise_fit": [
        {
            "id": "unweighted",
            "idea": "every item counts the same, however important it is",
            "question": "A promise covers one item of importance 5 and misses one of "
            "importance 1. Is that half?",
            "wrong": _unweighted,
            "inputs": profile_and_promise,
        },
        {
            "id": "counted_twice",
            "idea": "an item addressed by two features counts twice",
            "question": "Can a promise cover more than all of what matters?",
            "wrong": _counted_twice,
            "inputs": profile_and_promise,
        },
        {
            "id": "one_total",
            "idea": "each kind is divided by the importance of the whole profile",
            "question": "If every job is addressed, what should the coverage of the jobs be?",
            "wrong": _one_total,
            "inputs": profile_and_promise,
        },
        {
            "id": "above_four",
            "idea": "only an importance above 4 is reported as uncovered",
            "question": "Does an item of exactly 4 belong on the list, by the task?",
            "wrong": _above_four,
            "inputs": profile_and_promise,
        },
        {
            "id": "all_uncovered",
            "idea": "everything uncovered is listed, the unimportant too",
            "question": "From which importance should an uncovered item worry the owner?",
            "wrong": _all_uncovered,
            "inputs": profile_and_promise,
        },
        {
            "id": "profile_order",
            "idea": "the uncovered items stand in the order of the profile",
            "question": "The owner reads only the first line. Which item should be there?",
            "wrong": _profile_order,
            "inputs": profile_and_promise,
        },
    ],
    "log_likelihood": [
        {
            "id": "all_rows_rivals",
            "idea": "every row competes with the rows of all travellers",
            "question": "Between how many ways to travel did each person choose?",
            "wrong": _all_rows_rivals,
            "inputs": travellers,
        },
        {
            "id": "every_row_counted",
            "idea": "the ways not taken are counted as well",
            "question": "Which single share of each traveller was put to the test by her choice?",
            "wrong": _every_row_counted,
            "inputs": travellers,
        },
        {
            "id": "blocks_of_four",
            "idea": "every four rows on end are taken for one traveller",
            "question": "How could you tell from a row alone whose row it is?",
            "wrong": _blocks_of_four,
            "inputs": travellers,
        },
        {
            "id": "shares_added",
            "idea": "the shares are added up without their logarithm",
            "question": "The chance that two independent guesses both come true is a product. "
            "What turns a product into a sum?",
            "wrong": _shares_added,
            "inputs": travellers,
        },
        {
            "id": "log_of_ten",
            "idea": "the logarithm is the one to base ten",
            "question": "Which logarithm undoes exp?",
            "wrong": _log_of_ten,
            "inputs": travellers,
        },
    ],
}
