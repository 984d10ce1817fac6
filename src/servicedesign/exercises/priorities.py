"""Hints and known mistakes for the exercise of chapter 4, what matters most.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`, and
`counts`, `grid`, `columns` and `answers` make the inputs.
"""

import math
from collections.abc import Callable
from random import Random
from typing import Any

from servicedesign import priorities

Row = dict[str, Any]
ATTRIBUTES = ("speed", "taste", "labels")
SCALES = ((1, 7), (1, 5), (0, 10))

HINTS = {
    "kano_category": [
        (
            "Put your finger on the table: which row is the answer 'expect' if it is there, and "
            "which column is the answer 'dislike' if it is missing? What letter stands there?"
        ),
        (
            "The table is five rows of five letters, so it can be a list of five texts. One "
            "answer picks the text, the other the letter in it."
        ),
        (
            "Answers count from 1 and Python counts places from 0. Check both answers first, then "
            "return `table[...][...]` with the row before the column."
        ),
    ],
    "kano_coefficients": [
        (
            "Take ten answers: 3 A, 2 O, 4 M and 1 R. How many of them can please, how many can "
            "displease, and how many count at all?"
        ),
        (
            "A letter that is not in the dict was given by nobody: `counts.get(letter, 0)` says "
            "so. Add up A, O, M and I first; everything is divided by that sum."
        ),
        (
            "Look at every key and its number before you add anything, and raise the errors there. "
            "Then return a pair: the first number is 0 or more, the second 0 or less."
        ),
    ],
    "ipa": [
        (
            "Draw the grid for the four places of the example and mark both lines. Which of the "
            "two numbers of a place decides between upper and lower half?"
        ),
        (
            "Do it in two steps: first two numbers, one line for importance and one for "
            "performance, by the rule that was chosen. Then one item at a time: high or low on "
            "each, and a name for each of the four cases."
        ),
        (
            "The median of an even number of values is the mean of the two middle ones, after "
            "sorting. And `importance >= line - 1e-9` is true also for a point on the line."
        ),
    ],
    "pearson": [
        (
            "Work it out on paper for x = 1, 2, 3 and y = 2, 2, 5. How far is each x from the mean "
            "of x, and each y from the mean of y?"
        ),
        (
            "You need three sums: of the products of both distances, of the squared distances in "
            "x, and of the squared distances in y. Once you have the means, no sum is divided by "
            "how many rows there are."
        ),
        (
            "Divide the first sum by the square root of the product of the other two. Before that, "
            "see whether a column has more than one different value."
        ),
    ],
    "derived_importance": [
        (
            "Take one attribute and three guests, one of whom left its mark out. Which guests can "
            "say anything about how the attribute goes along with the target?"
        ),
        (
            "For each attribute make two new columns of its own, from the rows in which both the "
            "attribute and the target are answered, and give them to your `pearson`."
        ),
        (
            "A gap is `None`, and `row[name] is not None` finds it. Ask how many pairs are left "
            "before you call `pearson`, which refuses fewer than two."
        ),
    ],
}


def counts(random: Random) -> dict[str, int]:
    """Return answers by category, all six given by somebody and none as often as another."""
    return dict(zip("MOAIRQ", random.sample(range(3, 40), 6), strict=True))


def grid(random: Random, count: int = 6) -> list[Row]:
    """Return items with marks in quarters of a point, two of them in opposite corners.

    Parameters
    ----------
    random : random.Random
        Source of the numbers.
    count : int
        How many, from 2 to 8.
    """
    names = random.sample(
        ["speed", "taste", "labels", "music", "price", "warmth", "seats", "hours"], count
    )
    items = [
        {
            "name": name,
            "importance": random.randint(4, 28) / 4,
            "performance": random.randint(4, 28) / 4,
        }
        for name in names
    ]
    items[0].update(importance=6.75, performance=1.5)
    items[1].update(importance=1.25, performance=6.5)
    random.shuffle(items)
    return items


def columns(random: Random, count: int = 6) -> tuple[list[float], list[float]]:
    """Return two columns that go along with each other, but not perfectly."""
    x = [float(number) for number in random.sample(range(1, 30), count)]
    y = [number / 2 + random.randint(1, 40) for number in x]
    y[0] += 1 if len(set(y)) == 1 else 0
    return x, y


def answers(random: Random, count: int = 12) -> tuple[list[Row], str, list[str]]:
    """Return rows of a survey with a gap in each column, the target and the attributes."""
    rows: list[Row] = [
        {"id": number, "sat": random.randint(4, 10)}
        | {name: random.randint(2, 7) for name in ATTRIBUTES}
        for number in range(count)
    ]
    rows[0].update(sat=2, speed=2, taste=7, labels=3)
    rows[1].update(sat=10, speed=6, taste=3, labels=7)
    for place, column in enumerate(("sat", *ATTRIBUTES)):
        rows[count - 1 - place][column] = None
    random.shuffle(rows)
    return rows, "sat", list(ATTRIBUTES)


def _telling(
    make: Callable[[Random], tuple[Any, ...]],
    wrong: Callable[..., object],
    right: Callable[..., object],
) -> Callable[[Random], tuple[Any, ...]]:
    """Return a maker of inputs on which a wrong idea and the model differ."""

    def inputs(random: Random) -> tuple[Any, ...]:
        while True:
            made = make(random)
            if wrong(*made) != right(*made):
                return made

    return inputs


# --- kano_category: what each wrong idea answers, and where it shows


def _pair(random: Random) -> tuple[int, int]:
    return random.randint(1, 5), random.randint(1, 5)


def _like_like_is_o(functional: int, dysfunctional: int) -> str:
    if functional == dysfunctional == 1:
        return "O"
    return priorities.kano_category(functional, dysfunctional)


def _transposed(functional: int, dysfunctional: int) -> str:
    return priorities.kano_category(dysfunctional, functional)


def _from_the_other_end(functional: int, dysfunctional: int) -> str:
    return priorities.kano_category(6 - functional, 6 - dysfunctional)


def _only_expected_is_must(functional: int, dysfunctional: int) -> str:
    if dysfunctional == 5 and functional in (3, 4):
        return "I"
    return priorities.kano_category(functional, dysfunctional)


# --- kano_coefficients


def _valid(given: dict[str, int]) -> int:
    return sum(given.get(letter, 0) for letter in "AOMI")


def _by_all(given: dict[str, int]) -> tuple[float, float]:
    better, worse = priorities.kano_coefficients(given)
    share = _valid(given) / sum(given.values())
    return better * share, worse * share


def _without_sign(given: dict[str, int]) -> tuple[float, float]:
    better, worse = priorities.kano_coefficients(given)
    return better, -worse


def _changed_places(given: dict[str, int]) -> tuple[float, float]:
    better, worse = priorities.kano_coefficients(given)
    return worse, better


def _one_letter_each(given: dict[str, int]) -> tuple[float, float]:
    valid = _valid(given)
    priorities.kano_coefficients(given)
    return given.get("A", 0) / valid, -given.get("M", 0) / valid


def _without_indifferent(given: dict[str, int]) -> tuple[float, float]:
    return priorities.kano_coefficients({**given, "I": 0})


def _given(random: Random) -> tuple[dict[str, int]]:
    return (counts(random),)


# --- ipa


def _axes_swapped(items: list[Row], crosshair: str = "mean", scale: Any = (1, 7)) -> Row:
    turned = [
        {**item, "importance": item["performance"], "performance": item["importance"]}
        for item in items
    ]
    return priorities.ipa(turned, crosshair, scale)


def _placed(items: list[Row], line: float, level: float) -> Row:
    """Return the quadrants for lines that are given."""
    found = {}
    for item in items:
        strong = item["performance"] >= level - 1e-9
        if item["importance"] >= line - 1e-9:
            found[item["name"]] = "keep_up" if strong else "concentrate"
        else:
            found[item["name"]] = "overkill" if strong else "low_priority"
    return found


def _on_the_line_is_low(items: list[Row], crosshair: str = "mean", scale: Any = (1, 7)) -> Row:
    line, level = priorities.crosshair(items, crosshair, scale)
    return _placed(items, line + 3e-9, level + 3e-9)


def _always_the_mean(items: list[Row], crosshair: str = "mean", scale: Any = (1, 7)) -> Row:
    priorities.ipa(items, crosshair, scale)
    return priorities.ipa(items, "mean", scale)


def _half_the_top(items: list[Row], crosshair: str = "mean", scale: Any = (1, 7)) -> Row:
    if crosshair != "midpoint":
        return priorities.ipa(items, crosshair, scale)
    return priorities.ipa(items, crosshair, (0, scale[1]))


def _always_seven(items: list[Row], crosshair: str = "mean", scale: Any = (1, 7)) -> Row:
    return priorities.ipa(items, crosshair, (1, 7) if scale else scale)


def _one_line_for_both(items: list[Row], crosshair: str = "mean", scale: Any = (1, 7)) -> Row:
    if crosshair != "mean":
        return priorities.ipa(items, crosshair, scale)
    line = sum(priorities.crosshair(items, "mean", scale)) / 2
    return _placed(items, line, line)


def _unsorted_median(items: list[Row], crosshair: str = "mean", scale: Any = (1, 7)) -> Row:
    if crosshair != "median":
        return priorities.ipa(items, crosshair, scale)
    half = len(items) // 2
    middle = items[half : half + 1] if len(items) % 2 else items[half - 1 : half + 1]
    line, level = priorities.crosshair(middle, "mean", scale)
    return _placed(items, line, level)


def _any_grid(random: Random) -> tuple[list[Row], str]:
    return grid(random), random.choice(priorities.CROSSHAIRS)


def _grid_by(kind: str) -> Callable[[Random], tuple[list[Row], str]]:
    return lambda random: (grid(random), kind)


def _grid_on_a_scale(random: Random) -> tuple[list[Row], str, tuple[int, int]]:
    return grid(random), "midpoint", random.choice(SCALES)


# --- pearson


def _scaled(factor: Callable[[int], float]) -> Callable[[list[float], list[float]], float | None]:
    def wrong(x: list[float], y: list[float]) -> float | None:
        r = priorities.pearson(x, y)
        return None if r is None else r * factor(len(x))

    return wrong


def _squared(x: list[float], y: list[float]) -> float | None:
    r = priorities.pearson(x, y)
    return None if r is None else r * r


def _spread(values: list[float]) -> float:
    middle = sum(values) / len(values)
    return math.sqrt(sum((value - middle) ** 2 for value in values) / len(values))


def _covariance(x: list[float], y: list[float]) -> float | None:
    r = priorities.pearson(x, y)
    return None if r is None else r * _spread(x) * _spread(y)


def _slope(x: list[float], y: list[float]) -> float | None:
    r = priorities.pearson(x, y)
    return None if r is None else r * _spread(y) / _spread(x)


def _root_of_the_first(x: list[float], y: list[float]) -> float | None:
    r = priorities.pearson(x, y)
    mean = sum(y) / len(y)
    return None if r is None else r / math.sqrt(sum((b - mean) ** 2 for b in y))


def _from_zero(x: list[float], y: list[float]) -> float | None:
    if priorities.pearson(x, y) is None:
        return None
    products = sum(a * b for a, b in zip(x, y, strict=True))
    return products / math.sqrt(sum(a * a for a in x) * sum(b * b for b in y))


# --- derived_importance: rows with gaps


def _gaps_are_zero(rows: list[Row], target: str, attributes: list[str]) -> Row:
    full = [{key: 0 if number is None else number for key, number in row.items()} for row in rows]
    return priorities.derived_importance(full, target, attributes)


def _whole_rows_only(rows: list[Row], target: str, attributes: list[str]) -> Row:
    whole = [row for row in rows if all(row[name] is not None for name in [target, *attributes])]
    return priorities.derived_importance(whole, target, attributes)


def _gaps_are_means(rows: list[Row], target: str, attributes: list[str]) -> Row:
    priorities.derived_importance(rows, target, attributes)
    filled = [dict(row) for row in rows]
    for name in [target, *attributes]:
        known = [row[name] for row in rows if row[name] is not None]
        for row in filled:
            if row[name] is None and known:
                row[name] = sum(known) / len(known)
    return priorities.derived_importance(filled, target, attributes)


def _mean_marks(rows: list[Row], target: str, attributes: list[str]) -> Row:
    found = priorities.derived_importance(rows, target, attributes)
    for name in found:
        known = [row[name] for row in rows if None not in (row[name], row[target])]
        found[name] = sum(known) / len(known) if known else None
    return found


MISTAKES = {
    "kano_category": [
        {
            "id": "like_like_is_o",
            "idea": "liking it and liking its absence counts as one-dimensional",
            "question": "Somebody likes to have it and likes to lack it. "
            "Can both be meant, and which letter is kept for that?",
            "wrong": _like_like_is_o,
            "inputs": _telling(_pair, _like_like_is_o, priorities.kano_category),
        },
        {
            "id": "transposed",
            "idea": "the answer about missing picks the row and the other one the column",
            "question": "A guest likes it there and dislikes it missing. Read that off the table "
            "with your finger: which answer takes you down, and which across?",
            "wrong": _transposed,
            "inputs": _telling(_pair, _transposed, priorities.kano_category),
        },
        {
            "id": "from_the_other_end",
            "idea": "the scale is read from its other end, with 5 for like",
            "question": "Which number stands for like in the task, and which for dislike?",
            "wrong": _from_the_other_end,
            "inputs": _telling(_pair, _from_the_other_end, priorities.kano_category),
        },
        {
            "id": "only_expected_is_must",
            "idea": "only those who expect a feature can make it a must-be",
            "question": "Somebody is neutral about having it and dislikes it missing. "
            "What does that guest notice, the presence or the absence?",
            "wrong": _only_expected_is_must,
            "inputs": _telling(_pair, _only_expected_is_must, priorities.kano_category),
        },
    ],
    "kano_coefficients": [
        {
            "id": "by_all",
            "idea": "reverse and questionable answers are counted below the line",
            "question": "Which four letters does the task divide by?",
            "wrong": _by_all,
            "inputs": _given,
        },
        {
            "id": "without_sign",
            "idea": "worse is written without its minus sign",
            "question": "From which number to which does worse go, by the task?",
            "wrong": _without_sign,
            "inputs": _given,
        },
        {
            "id": "changed_places",
            "idea": "worse comes first and better second",
            "question": "In which order does the task want the two numbers?",
            "wrong": _changed_places,
            "inputs": _given,
        },
        {
            "id": "one_letter_each",
            "idea": "one-dimensional answers are left out above the line",
            "question": "Whoever gives an O is pleased if it is there and displeased if not. "
            "In which of the two sums does that guest belong?",
            "wrong": _one_letter_each,
            "inputs": _given,
        },
        {
            "id": "without_indifferent",
            "idea": "indifferent answers are left out below the line",
            "question": "If nine guests of ten do not care, can a feature please half of them?",
            "wrong": _without_indifferent,
            "inputs": _given,
        },
    ],
    "ipa": [
        {
            "id": "axes_swapped",
            "idea": "importance and performance have changed places",
            "question": "A thing matters much and is done badly. "
            "Which quadrant should it be in, and where does your code put it?",
            "wrong": _axes_swapped,
            "inputs": _telling(_any_grid, _axes_swapped, priorities.ipa),
        },
        {
            "id": "always_the_mean",
            "idea": "the lines cross at the means, whatever was asked for",
            "question": "Where in your code does it matter which crosshair was chosen?",
            "wrong": _always_the_mean,
            "inputs": _telling(_any_grid, _always_the_mean, priorities.ipa),
        },
        {
            "id": "on_the_line_is_low",
            "idea": "a point on a line counts as low",
            "question": "On which side of the line does the task put a point that lies on it?",
            "wrong": _on_the_line_is_low,
            "inputs": _telling(_any_grid, _on_the_line_is_low, priorities.ipa),
        },
        {
            "id": "half_the_top",
            "idea": "the midpoint of the scale is half of its highest mark",
            "question": "On a scale from 1 to 7, how many marks lie below your line, "
            "and how many above it?",
            "wrong": _half_the_top,
            "inputs": _telling(_grid_by("midpoint"), _half_the_top, priorities.ipa),
        },
        {
            "id": "always_seven",
            "idea": "the scale is taken to go from 1 to 7, whatever was given",
            "question": "Where does your code use the scale that it was given?",
            "wrong": _always_seven,
            "inputs": _telling(_grid_on_a_scale, _always_seven, priorities.ipa),
        },
        {
            "id": "one_line_for_both",
            "idea": "both axes share the mean of all the numbers",
            "question": "If every performance rose by a point, "
            "should the line for importance move?",
            "wrong": _one_line_for_both,
            "inputs": _telling(_grid_by("mean"), _one_line_for_both, priorities.ipa),
        },
        {
            "id": "unsorted_median",
            "idea": "the median is taken from the middle of the list as it was given",
            "question": "If the same items came in another order, would your line move?",
            "wrong": _unsorted_median,
            "inputs": _telling(_grid_by("median"), _unsorted_median, priorities.ipa),
        },
    ],
    "pearson": [
        {
            "id": "one_less_below",
            "idea": "the covariance is divided by n - 1 and the two spreads by n",
            "question": "What does a column give with itself, and what should it give?",
            "wrong": _scaled(lambda n: n / (n - 1)),
            "inputs": columns,
        },
        {
            "id": "one_less_above",
            "idea": "the covariance is divided by n and the two spreads by n - 1",
            "question": "What does a column give with itself, and what should it give?",
            "wrong": _scaled(lambda n: (n - 1) / n),
            "inputs": columns,
        },
        {
            "id": "covariance",
            "idea": "the covariance is not divided by the two spreads",
            "question": "If x were in cents instead of euros, would your answer change?",
            "wrong": _covariance,
            "inputs": columns,
        },
        {
            "id": "slope",
            "idea": "the result is the slope of a line, which has a unit",
            "question": "If x and y changed places, would your answer change, and should it?",
            "wrong": _slope,
            "inputs": columns,
        },
        {
            "id": "root_of_the_first",
            "idea": "the root is taken of the first of the two sums alone",
            "question": "Both columns have a unit, and the answer has none. Which sum under the "
            "line is still in squares?",
            "wrong": _root_of_the_first,
            "inputs": columns,
        },
        {
            "id": "squared",
            "idea": "the correlation is squared",
            "question": "If one column falls as the other rises, which sign does your answer have?",
            "wrong": _squared,
            "inputs": columns,
        },
        {
            "id": "from_zero",
            "idea": "the distances are measured from zero and not from the means",
            "question": "If every y rose by 100, would your answer change, and should it?",
            "wrong": _from_zero,
            "inputs": columns,
        },
    ],
    "derived_importance": [
        {
            "id": "gaps_are_zero",
            "idea": "a mark that is missing counts as 0",
            "question": "Did a guest who left a line empty mean the worst mark of all?",
            "wrong": _gaps_are_zero,
            "inputs": answers,
        },
        {
            "id": "whole_rows_only",
            "idea": "a guest with any gap is left out everywhere",
            "question": "A guest did not mark the music. "
            "What does that take away from what her mark for the speed can tell?",
            "wrong": _whole_rows_only,
            "inputs": answers,
        },
        {
            "id": "gaps_are_means",
            "idea": "a mark that is missing is filled with the mean of the others",
            "question": "Whose opinion is a mark that you filled in yourself?",
            "wrong": _gaps_are_means,
            "inputs": answers,
        },
        {
            "id": "mean_marks",
            "idea": "the result is how well each is marked, and not how it goes along",
            "question": "Which part of your answer would change if all guests were twice as "
            "satisfied with the whole?",
            "wrong": _mean_marks,
            "inputs": answers,
        },
    ],
}
