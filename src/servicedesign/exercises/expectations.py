"""Hints and known mistakes for the exercise of chapter 7, expectations and recovery.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`, and
`visits`, `quality`, `items`, `counts` and `study_and_claim` make the inputs.
"""

import math
from collections.abc import Callable
from random import Random
from typing import Any

from servicedesign import expectations

Row = dict[str, Any]
Scores = dict[str, float]

HINTS = {
    "expectation_path": [
        (
            "Take three visits of 8, an expectation of 7 and an alpha of a half. Write down for "
            "each visit what the guest expects on the way in, and the gap."
        ),
        (
            "Keep the expectation in one variable. At each visit, first note the pair, and only "
            "then let the expectation move. Which visit does the new one belong to?"
        ),
        (
            "Start with `expected = e0`. In the loop: append `(expected, p - expected)`, then "
            "move `expected` by alpha times that gap."
        ),
    ],
    "servqual": [
        (
            "Write the five dimensions on paper, one line each, with found minus expected. "
            "Which line is the worst, and what does its sign look like?"
        ),
        (
            "Check the names first: compare `set(perceive)` with `set(expect)`. Then build the dict of gaps; the two weighted "
            "means are the same sum over the names, once of gaps and once of what was found."
        ),
        (
            "A weighted mean is the sum of weight times number, divided by the sum of the "
            "weights. For the shortfall, go through the names in `sorted` order and keep a name "
            "only if its gap is below the best one so far by more than 1e-9; start from zero."
        ),
    ],
    "acsi_index": [
        (
            "What should come out if everybody answers 1, and what if everybody answers 10? "
            "Write these two down before the formula."
        ),
        (
            "First the weighted mean of the answers. Then ask how far it lies from the lowest "
            "answer, in parts of the whole way from the lowest to the highest."
        ),
        "From 1 to 10 there are nine steps. Take 1 off the weighted mean before you divide.",
    ],
    "two_proportions": [
        (
            "Two shares and their difference are one line each. Then there are two errors: which "
            "one belongs to the interval, and which one to z?"
        ),
        (
            "The interval asks how far off the two shares may be, so each brings its own error. "
            "The test asks what would happen if both groups were alike, so they share one rate, "
            "that of everybody together."
        ),
        (
            "For the interval: the root of p1(1 - p1)/n1 + p2(1 - p2)/n2. For z: the root of "
            "r(1 - r)(1/n1 + 1/n2), with r from both groups together. `math.erfc(abs(z) / "
            "math.sqrt(2))` counts both sides, far above zero and far below."
        ),
    ],
    "may_say": [
        "Read the four rules in their order, as a gatekeeper would. Who is stopped first?",
        (
            "Each rule is one `if` with one `return`. If zero lies in the interval, a difference "
            "of zero fits the data too. Does an interval that ends at zero hold it?"
        ),
        (
            '`study["low"] <= 0 <= study["high"]` is true if zero is inside or at an end. The '
            'lots matter for the word "causes" and for no other.'
        ),
    ],
}


# --- Inputs


def visits(random: Random) -> tuple[list[float], float, float]:
    """Return performance, a first expectation and an alpha, on which mistakes show."""
    e0 = random.randint(8, 14) / 2
    perf = [e0 + random.choice([-1.5, 1.0, 1.5, 2.0])]
    perf += [random.randint(4, 20) / 2 for _ in range(random.randint(2, 6))]
    return perf, e0, random.choice([0.2, 0.25, 0.3, 0.4, 0.6, 0.7, 0.8])


def quality(random: Random) -> tuple[Scores, Scores, Scores]:
    """Return answers with gaps of both signs, and unequal weights that do not sum to 1."""
    names = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"]
    while True:
        expect = {name: random.randint(30, 70) / 10 for name in names}
        perceive = {name: random.randint(30, 70) / 10 for name in names}
        weights: Scores = {name: random.randint(1, 9) * 5 for name in names}
        gaps = sorted(perceive[name] - expect[name] for name in names)
        if gaps[0] < -0.5 and gaps[1] - gaps[0] > 0.05 and gaps[-1] > 0.5:
            right, plain = (
                expectations.servqual(expect, perceive, each)
                for each in (weights, dict.fromkeys(names, 1))
            )
            far = [abs(right[k] - plain[k]) for k in ("weighted_gap", "servperf")]
            if min(far) > 0.01 and abs(right["weighted_gap"]) > 0.05:
                return expect, perceive, weights


def items(random: Random) -> tuple[list[float], list[float]]:
    """Return mean answers and unequal weights that do not sum to 1."""
    while True:
        count = random.randint(2, 5)
        means = [random.randint(11, 99) / 10 for _ in range(count)]
        weights = [random.randint(1, 9) / 2 for _ in range(count)]
        right = expectations.acsi_index(means, weights)
        if abs(right - expectations.acsi_index(means, [1] * count)) > 0.5 and sum(weights) != 1:
            return means, weights


def counts(random: Random) -> tuple[int, int, int, int]:
    """Return counts in two groups of different size with different shares."""
    n1, n2 = random.randint(20, 60), random.randint(80, 160)
    return random.randint(n1 // 3, n1 // 2), n1, random.randint(5, n2 // 5), n2


OUTCOMES = ["tip on that visit", "mood at once", "came back in a month", "told a friend"]
WORDS = ["causes", "goes along with"]


def study_and_claim(random: Random) -> tuple[Row, Row]:
    """Return any study and any claim, such that each answer comes up."""
    low = random.randint(-20, 15) / 100
    measured = random.choice(OUTCOMES)
    about = measured if random.random() < 0.7 else random.choice(OUTCOMES)
    study = {
        "low": low,
        "high": low + random.randint(1, 20) / 100,
        "by_lot": random.random() < 0.5,
        "measured": measured,
    }
    return study, {"about": about, "word": random.choice(WORDS)}


# --- expectation_path: what each wrong idea answers


def _updated_first(perf: list[float], e0: float, alpha: float) -> list[tuple[float, float]]:
    right = expectations.expectation_path([*perf, 0.0], e0, alpha)
    return [(after, p - after) for p, (after, _) in zip(perf, right[1:], strict=True)]


def _gap_reversed(perf: list[float], e0: float, alpha: float) -> list[tuple[float, float]]:
    return [(e, -gap) for e, gap in expectations.expectation_path(perf, e0, alpha)]


def _alpha_swapped(perf: list[float], e0: float, alpha: float) -> list[tuple[float, float]]:
    return expectations.expectation_path(perf, e0, 1 - alpha)


def _never_learns(perf: list[float], e0: float, alpha: float) -> list[tuple[float, float]]:
    expectations.expectation_path([], e0, alpha)  # refuses what makes no sense
    return [(e0, p - e0) for p in perf]


# --- servqual


def _mended(**changes: Callable[[Scores, Scores, Row], object]) -> Callable[..., Row]:
    """Return the right answer with some keys replaced."""

    def wrong(expect: Scores, perceive: Scores, weights: Scores) -> Row:
        right = expectations.servqual(expect, perceive, weights)
        plain = {"found": perceive, "weights": weights}
        changed = {key: make(right["gaps"], weights, plain) for key, make in changes.items()}
        return {**right, **changed}

    return wrong


def _weighted(numbers: Scores, weights: Scores) -> float:
    return sum(weights[n] * numbers[n] for n in numbers) / sum(weights.values())


def _equally(numbers: Scores) -> float:
    return sum(numbers.values()) / len(numbers)


_reversed_gaps = _mended(
    gaps=lambda gaps, _w, _p: {name: -gap for name, gap in gaps.items()},
    weighted_gap=lambda gaps, w, _p: -_weighted(gaps, w),
)
_absolute_gaps = _mended(
    weighted_gap=lambda gaps, w, _p: _weighted({n: abs(g) for n, g in gaps.items()}, w)
)
_equal_weights = _mended(
    weighted_gap=lambda gaps, _w, _p: _equally(gaps),
    servperf=lambda _g, _w, plain: _equally(plain["found"]),
)
_sum_left_in = _mended(
    weighted_gap=lambda gaps, w, _p: sum(w[n] * gaps[n] for n in gaps),
    servperf=lambda _g, w, plain: sum(w[n] * plain["found"][n] for n in w),
)
_always_one = _mended(
    largest_shortfall=lambda gaps, _w, _p: min(sorted(gaps), key=gaps.__getitem__)
)
_by_weight = _mended(
    largest_shortfall=lambda gaps, w, _p: min(sorted(gaps), key=lambda n: w[n] * gaps[n])
)


def _no_shortfall(random: Random) -> tuple[Scores, Scores, Scores]:
    expect, perceive, weights = quality(random)
    return expect, {n: max(perceive[n], expect[n]) for n in expect}, weights


def _light_and_deep(random: Random) -> tuple[Scores, Scores, Scores]:
    """Return inputs on which the deepest gap is not the one with most weight times gap."""
    while True:
        expect, perceive, weights = quality(random)
        deepest = expectations.servqual(expect, perceive, weights)["largest_shortfall"]
        if _by_weight(expect, perceive, weights)["largest_shortfall"] != deepest:
            return expect, perceive, weights


# --- acsi_index


def _from(formula: Callable[[float, list[float], list[float]], float]) -> Callable[..., float]:
    def wrong(means: list[float], weights: list[float]) -> float:
        right = expectations.acsi_index(means, weights)  # refuses what makes no sense
        return formula(1 + 9 * right / 100, means, weights)

    return wrong


def _weights_left_in(_mean: float, means: list[float], weights: list[float]) -> float:
    return 100 * (sum(w * m for w, m in zip(weights, means, strict=True)) - 1) / 9


# --- two_proportions


def _errors(x1: int, n1: int, x2: int, n2: int) -> tuple[float, float]:
    p1, p2, both = x1 / n1, x2 / n2, (x1 + x2) / (n1 + n2)
    separate = math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return separate, math.sqrt(both * (1 - both) * (1 / n1 + 1 / n2))


def _pooled_interval(x1: int, n1: int, x2: int, n2: int) -> Row:
    right = expectations.two_proportions(x1, n1, x2, n2)
    half = 1.96 * _errors(x1, n1, x2, n2)[1]
    return {**right, "low": right["diff"] - half, "high": right["diff"] + half}


def _separate_z(x1: int, n1: int, x2: int, n2: int) -> Row:
    right = expectations.two_proportions(x1, n1, x2, n2)
    error = _errors(x1, n1, x2, n2)[0]
    z = right["diff"] / error if error else 0.0
    return {**right, "z": z, "p": math.erfc(abs(z) / math.sqrt(2))}


def _one_tail(x1: int, n1: int, x2: int, n2: int) -> Row:
    right = expectations.two_proportions(x1, n1, x2, n2)
    return {**right, "p": right["p"] / 2}


def _second_first(x1: int, n1: int, x2: int, n2: int) -> Row:
    right = expectations.two_proportions(x1, n1, x2, n2)
    turned = {"diff": -right["diff"], "low": -right["high"], "high": -right["low"]}
    return {**right, **turned, "z": -right["z"]}


def _standard_error_only(x1: int, n1: int, x2: int, n2: int) -> Row:
    right = expectations.two_proportions(x1, n1, x2, n2)
    half = _errors(x1, n1, x2, n2)[0]
    return {**right, "low": right["diff"] - half, "high": right["diff"] + half}


# --- may_say


def verdict(
    study: Row,
    claim: Row,
    *,
    any_outcome: bool = False,
    lots: str = "causes",
    end_is_clear: bool = False,
    rise_only: bool = False,
) -> str:
    """Return what may be said of a claim, by the rules of the task.

    Parameters
    ----------
    study : dict
        ``low`` and ``high`` of a difference, ``by_lot`` and ``measured``.
    claim : dict
        ``about`` and ``word``, "causes" or "goes along with".
    any_outcome, lots, end_is_clear, rise_only
        Wrong turns; leave them as they are for the rules of the task.

    Raises
    ------
    ValueError
        If low is above high, or the word is neither of the two.
    """
    low, high = study["low"], study["high"]
    if low > high:
        raise ValueError(f"low must not be above high, got {low} and {high}")
    if claim["word"] not in WORDS:
        raise ValueError(f"word must be one of {', '.join(WORDS)}, got {claim['word']!r}")
    if claim["about"] != study["measured"] and not any_outcome:
        return "no: not measured"
    inside = low < 0 < high if end_is_clear else low <= 0 <= high
    if inside or (rise_only and high < 0):
        return "no: chance could do it"
    wanted = {"causes": claim["word"] == "causes", "always": True, "never": False}[lots]
    return "no: no lots were drawn" if wanted and not study["by_lot"] else "yes"


def _says(**turns: Any) -> Callable[[Row, Row], str]:
    return lambda study, claim: verdict(study, claim, **turns)


def _case(
    *, about: str = "", word: str = "", by_lot: bool | None = None, low: float | None = None
) -> Callable[[Random], tuple[Row, Row]]:
    """Return inputs with a clear rise, apart from what is named."""

    def inputs(random: Random) -> tuple[Row, Row]:
        study, claim = study_and_claim(random)
        study["low"] = random.randint(1, 9) / 100 if low is None else low
        study["high"] = study["low"] + random.randint(2, 9) / 100
        if by_lot is not None:
            study["by_lot"] = by_lot
        claim["about"] = about or study["measured"]
        claim["word"] = word or claim["word"]
        if about:
            study["measured"] = random.choice([one for one in OUTCOMES if one != about])
        return study, claim

    return inputs


_PATH = visits
MISTAKES = {
    "expectation_path": [
        {
            "id": "updated_first",
            "idea": "the expectation moves before the guest has been there",
            "question": "What does a guest know on the way in: the visit that is about to come, "
            "or only those before it?",
            "wrong": _updated_first,
            "inputs": _PATH,
        },
        {
            "id": "gap_reversed",
            "idea": "the gap is expected minus found",
            "question": "A guest expected 7 and found 8. Should a pleasant surprise be a number "
            "above or below zero?",
            "wrong": _gap_reversed,
            "inputs": _PATH,
        },
        {
            "id": "alpha_swapped",
            "idea": "alpha is the part of the old expectation that stays",
            "question": "With an alpha of 0 the guest never learns. Does the expectation of yours "
            "stay put then?",
            "wrong": _alpha_swapped,
            "inputs": _PATH,
        },
        {
            "id": "never_learns",
            "idea": "the expectation is the first one at every visit",
            "question": "What does the guest take home from a visit, and where does it go in "
            "your loop?",
            "wrong": _never_learns,
            "inputs": _PATH,
        },
    ],
    "servqual": [
        {
            "id": "reversed_gaps",
            "idea": "the gap is expected minus perceived",
            "question": "Guests expect 6 and find 4. The task calls that a shortfall: which sign "
            "does it have?",
            "wrong": _reversed_gaps,
            "inputs": quality,
        },
        {
            "id": "absolute_gaps",
            "idea": "gaps are averaged without their sign",
            "question": "One dimension is a point better than expected and one a point worse. "
            "What should they give together, at equal weights?",
            "wrong": _absolute_gaps,
            "inputs": quality,
        },
        {
            "id": "equal_weights",
            "idea": "every dimension weighs the same",
            "question": "If one dimension had all the weight, what should the weighted numbers be?",
            "wrong": _equal_weights,
            "inputs": quality,
        },
        {
            "id": "sum_left_in",
            "idea": "the weights are used as they come, although they do not sum to 1",
            "question": "If every guest finds 5 everywhere, what should servperf be, and what "
            "does yours give with weights of 20?",
            "wrong": _sum_left_in,
            "inputs": quality,
        },
        {
            "id": "by_weight",
            "idea": "the shortfall is chosen by weight times gap",
            "question": "Which of two gaps is larger, and where does the task let weights in?",
            "wrong": _by_weight,
            "inputs": _light_and_deep,
        },
        {
            "id": "always_one",
            "idea": "the lowest gap is a shortfall even if it is not below zero",
            "question": "Suppose that guests find all they expect, or more. Where is the house "
            "short then?",
            "wrong": _always_one,
            "inputs": _no_shortfall,
        },
    ],
    "acsi_index": [
        {
            "id": "times_ten",
            "idea": "the mean is multiplied by ten",
            "question": "If everybody gives the worst answer, 1, what should the index be, and "
            "what is yours?",
            "wrong": _from(lambda mean, _m, _w: 10 * mean),
            "inputs": items,
        },
        {
            "id": "ten_steps",
            "idea": "the way from 1 to 10 has ten steps",
            "question": "If everybody gives the best answer, 10, what should the index be, and "
            "what is yours?",
            "wrong": _from(lambda mean, _m, _w: 10 * (mean - 1)),
            "inputs": items,
        },
        {
            "id": "weights_left_out",
            "idea": "all questions weigh the same",
            "question": "If one question had all the weight, what should the index be?",
            "wrong": _from(lambda _mean, m, _w: 100 * (sum(m) / len(m) - 1) / 9),
            "inputs": items,
        },
        {
            "id": "weights_left_in",
            "idea": "the weighted sum is not divided by the sum of the weights",
            "question": "Double all weights. Should the index change?",
            "wrong": _from(_weights_left_in),
            "inputs": items,
        },
    ],
    "two_proportions": [
        {
            "id": "pooled_interval",
            "idea": "the interval uses the error of both groups together",
            "question": "The interval does not suppose that the groups are alike. Whose error "
            "does each share bring?",
            "wrong": _pooled_interval,
            "inputs": counts,
        },
        {
            "id": "separate_z",
            "idea": "z uses the error of the interval",
            "question": "The test asks what would happen if the groups did not differ. How many "
            "rates are there then?",
            "wrong": _separate_z,
            "inputs": counts,
        },
        {
            "id": "one_tail",
            "idea": "p counts one side only",
            "question": "Before you looked, could the second group also have been ahead?",
            "wrong": _one_tail,
            "inputs": counts,
        },
        {
            "id": "second_first",
            "idea": "the difference is the second share minus the first",
            "question": "30 of 72 against 16 of 65: should the difference be above or below zero?",
            "wrong": _second_first,
            "inputs": counts,
        },
        {
            "id": "standard_error_only",
            "idea": "the interval is one standard error to each side",
            "question": "How many standard errors does a 95% interval reach to each side?",
            "wrong": _standard_error_only,
            "inputs": counts,
        },
    ],
    "may_say": [
        {
            "id": "beyond_measured",
            "idea": "a study of one outcome supports a claim about another",
            "question": "The cards were followed up to the tip. Who counted the guests that came "
            "back?",
            "wrong": _says(any_outcome=True),
            "inputs": _case(about="came back in a month", word="goes along with"),
        },
        {
            "id": "lots_ignored",
            "idea": "a cause may be claimed without lots",
            "question": "Guests chose for themselves. What else may differ between those who did "
            "and those who did not?",
            "wrong": _says(lots="never"),
            "inputs": _case(word="causes", by_lot=False),
        },
        {
            "id": "lots_always",
            "idea": "without lots nothing may be said at all",
            "question": "What does a difference without lots still show, if you do not ask why?",
            "wrong": _says(lots="always"),
            "inputs": _case(word="goes along with", by_lot=False),
        },
        {
            "id": "end_is_clear",
            "idea": "an interval that ends at zero leaves zero out",
            "question": "The ends belong to the interval. Is zero one of them?",
            "wrong": _says(end_is_clear=True),
            "inputs": _case(word="goes along with", low=0.0),
        },
        {
            "id": "rise_only",
            "idea": "a clear fall counts as chance",
            "question": "An interval from -0.3 to -0.1 lies below zero as a whole. Is zero one of "
            "the values in it?",
            "wrong": _says(rise_only=True),
            "inputs": _case(word="goes along with", low=-0.3),
        },
    ],
}
