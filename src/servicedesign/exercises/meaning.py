"""Hints and known mistakes for the exercise of chapter 8, meaningful work.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`; the
public functions below make the inputs, for the checks as well.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from servicedesign import meaning, odds

Row = dict[str, Any]
Table = tuple[int, int, int, int]

HINTS = {
    "mps": [
        (
            "Take a job with five different points and work out both scores on paper. Which of "
            "the five share one place in the formula?"
        ),
        (
            "Check everything that can be wrong first: the name of the rule, then each of the "
            "five traits. After that there are three numbers, and the two rules differ in what "
            "they do with them."
        ),
        (
            "The first number is the sum of variety, identity and significance, divided by 3; the "
            "other two are autonomy and feedback as they are. `items.get(name)` is `None` for a "
            "trait that is missing."
        ),
    ],
    "scale_scores": [
        (
            "Write down one person's answers, turn the reversed one round by hand, and cross out "
            "the blanks. What is left to average, and is it enough?"
        ),
        (
            "Check `min_answered` first, and that each item of `reverse` is in `key`. Then one loop "
            "over the people, and in it one over the items of `key`. The inner loop skips blanks, refuses what is off the scale, turns round what is reversed, and "
            "collects the rest in a list."
        ),
        (
            "`row.get(item)` is `None` both for an item that is missing and for one that is "
            "`None`. A reversed answer counts as `lo + hi - answer`. Append the mean of the list "
            "if it is long enough, else `None`."
        ),
    ],
    "odds_ratio": [
        (
            "In the first row, how many have it for each one who has not? That is the odds. Now "
            "the second row. How many times as large is the first?"
        ),
        (
            "`a / b` divided by `c / d` is a single fraction. Look at what must not be 0 in it, "
            "and at what the task does about that before anything is divided."
        ),
        (
            "First refuse negative counts. Then, if any of the four is 0, make all four larger by "
            "0.5. What is left is `a * d / (b * c)`."
        ),
    ],
    "mantel_haenszel": [
        (
            "Write the odds ratio of one table as one number over another. What would you add up "
            "over the tables, and what would you not?"
        ),
        (
            "Keep two running sums, one above and one below the line, and divide once, at the "
            "very end. A table of many people should weigh more, but not by the square of their "
            "number."
        ),
        (
            "For each table let n be all its people; add `a * d / n` to the upper sum and "
            "`b * c / n` to the lower one. Check for negative counts and for n = 0 before you "
            "divide."
        ),
    ],
    "safe_report": [
        (
            "Take three groups of 12, 8 and 2 and a total. You show the two large ones. Can "
            "somebody with a pencil work out the third?"
        ),
        (
            "Collect the answers of each group first; a group of blanks needs an empty list. Work "
            "the total out before you hide anything, and count the answers of the hidden groups. "
            "Are they too few? Then look at the groups that are large enough: which of them do "
            "you give up?"
        ),
        (
            "The hidden ones are not safe if there is at least one of them and they hold fewer "
            "than k answers together. Sorting pairs of (number of answers, name) puts the "
            "smallest first, and the names decide ties; `[1:]` leaves out the first pair."
        ),
    ],
}


# --- Inputs


def jobs(random: Random) -> Row:
    """Return five traits from 2 to 6 on which the rules and their mistakes differ."""
    while True:
        found = {name: random.randint(2, 6) for name in meaning.CHARACTERISTICS}
        if len(set(found.values())) > 2:
            return found


def answer_sheets(random: Random, blanks: bool = True) -> tuple[list[Row], list[str], list[str]]:
    """Return rows, items and reversed items, on a scale from 1 to 7.

    Parameters
    ----------
    random : random.Random
        Source of the numbers.
    blanks : bool
        Whether some rows have a blank or lack an item.
    """
    key = [f"item_{number}" for number in range(1, random.randint(4, 5))]
    reverse = [key[-1]]
    # Nobody answers 4: turned round it would stay what it is.
    rows: list[Row] = [
        {item: random.choice([1, 2, 3, 5, 6, 7]) for item in key}
        for _ in range(random.randint(4, 7))
    ]
    if blanks:
        rows[0][key[0]] = None
        del rows[1][key[1]]
        for item in key[1:]:
            rows[2][item] = None
    random.shuffle(rows)
    return rows, key, reverse


def counts(random: Random) -> Table:
    """Return four counts from 3 to 60 whose odds ratio is not near 1."""
    while True:
        a, b, c, d = (random.randint(3, 60) for _ in range(4))
        if abs(odds.odds_ratio(a, b, c, d) - 1) > 0.2 and (a, c) != (b, d):
            return a, b, c, d


def counts_with_a_zero(random: Random) -> Table:
    """Return four counts of which one is 0."""
    found = [random.randint(2, 40) for _ in range(4)]
    found[random.randint(0, 3)] = 0
    a, b, c, d = found
    return a, b, c, d


def strata(random: Random) -> list[Table]:
    """Return two to four tables of unequal size with unequal odds ratios."""
    found = []
    for place in range(random.randint(2, 4)):
        a, b, c, d = counts(random)
        times = 1 + 3 * place
        found.append((a * times, b * times, c * times, d * times))
    return found


def staff(sizes: Row, random: Random, blanks: int = 0) -> list[Row]:
    """Return one row for each answer, in a mixed order.

    Parameters
    ----------
    sizes : dict
        Answers by name of the group.
    random : random.Random
        Source of the numbers and of the order.
    blanks : int
        Rows without an answer that each group has besides.
    """
    rows: list[Row] = []
    for name, size in sizes.items():
        rows += [{"team": name, "score": random.randint(1, 7)} for _ in range(size)]
        rows += [{"team": name, "score": None}] * blanks
    random.shuffle(rows)
    return [dict(row) for row in rows]


# --- mps


def _averaged(items: Row, combine: str = "product") -> float:
    meaning.mps(items, combine)
    return float(sum(items[name] for name in meaning.CHARACTERISTICS)) / 5


def _all_multiplied(items: Row, combine: str = "product") -> float:
    right = meaning.mps(items, combine)
    if combine == "sum":
        return right
    product = 1.0
    for name in meaning.CHARACTERISTICS:
        product *= items[name]
    return product


def _all_added(items: Row, combine: str = "product") -> float:
    right = meaning.mps(items, combine)
    if combine == "product":
        return right
    return float(sum(items[name] for name in meaning.CHARACTERISTICS))


def _from_zero(items: Row, combine: str = "product") -> float:
    right = meaning.mps(items, combine)
    if combine == "sum":
        return right
    v, i, s, a, f = (items[name] - 1 for name in meaning.CHARACTERISTICS)
    return float((v + i + s) / 3 * a * f)


def _always_product(items: Row, combine: str = "product") -> float:
    meaning.mps(items, combine)
    return meaning.mps(items)


def _job(random: Random) -> tuple[Row]:
    return (jobs(random),)


def _job_to_add(random: Random) -> tuple[Row, str]:
    return jobs(random), "sum"


# --- scale_scores


def _scores(
    *,
    turned: Callable[[float, float, float], float] = lambda x, lo, hi: lo + hi - x,
    score: Callable[[list[float], int, int], float | None] = lambda given, _n, least: (
        sum(given) / len(given) if len(given) >= least else None
    ),
) -> Callable[..., list[float | None]]:
    """Return `scale_scores` with another way to turn an answer or to put answers together."""

    def wrong(
        rows: list[Row], key: list[str], reverse: list[str], lo: float, hi: float, min_answered: int
    ) -> list[float | None]:
        meaning.scale_scores(rows, key, reverse, lo, hi, min_answered)
        found = []
        for row in rows:
            given = [
                turned(row[item], lo, hi) if item in reverse else row[item]
                for item in key
                if row.get(item) is not None
            ]
            found.append(score(given, len(key), min_answered))
        return found

    return wrong


def _blank_as_zero(given: list[float], n: int, least: int) -> float | None:
    return sum(given) / n if len(given) >= least else None


def _complete_only(given: list[float], n: int, _least: int) -> float | None:
    return sum(given) / n if len(given) == n else None


def _any_answer(given: list[float], _n: int, _least: int) -> float | None:
    return sum(given) / len(given) if given else None


def _summed(given: list[float], _n: int, least: int) -> float | None:
    return float(sum(given)) if len(given) >= least else None


def _with_blanks(random: Random) -> tuple[Any, ...]:
    rows, key, reverse = answer_sheets(random)
    return rows, key, reverse, 1, 7, 2


def _without_blanks(random: Random) -> tuple[Any, ...]:
    rows, key, reverse = answer_sheets(random, blanks=False)
    return rows, key, reverse, 1, 7, 2


# --- odds_ratio


def _probabilities(a: float, b: float, c: float, d: float) -> float:
    odds.odds_ratio(a, b, c, d)
    if 0 in (a, b, c, d):
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    return (a / (a + b)) / (c / (c + d))


def _upside_down(a: float, b: float, c: float, d: float) -> float:
    return 1 / odds.odds_ratio(a, b, c, d)


def _always_a_half(a: float, b: float, c: float, d: float) -> float:
    odds.odds_ratio(a, b, c, d)
    return (a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5))


def _half_for_the_zero(a: float, b: float, c: float, d: float) -> float:
    odds.odds_ratio(a, b, c, d)
    a, b, c, d = (count or 0.5 for count in (a, b, c, d))
    return a * d / (b * c)


# --- mantel_haenszel


def _mean_of_ratios(tables: Sequence[Table]) -> float:
    odds.mantel_haenszel(list(tables))
    return sum(odds.odds_ratio(*table) for table in tables) / len(tables)


def _thrown_together(tables: Sequence[Table]) -> float:
    odds.mantel_haenszel(list(tables))
    a, b, c, d = (sum(column) for column in zip(*tables, strict=True))
    return odds.odds_ratio(a, b, c, d)


def _not_divided(tables: Sequence[Table]) -> float:
    odds.mantel_haenszel(list(tables))
    return sum(a * d for a, _, _, d in tables) / sum(b * c for _, b, c, _ in tables)


def _strata(random: Random) -> tuple[list[Table]]:
    return (strata(random),)


# --- safe_report


def _report(
    *,
    subtraction: bool = True,
    smallest: bool = True,
    two_are_enough: bool = False,
    inclusive: bool = False,
    blanks_count: bool = False,
    total_of_shown: bool = False,
) -> Callable[..., Row]:
    """Return `safe_report` with wrong turns; leave them as they are for the rules of the task."""

    def cell(answers: list[float], n: int) -> Row:
        return {"n": n, "mean": sum(answers) / len(answers)}

    def wrong(rows: list[Row], group: str, value: str, k: int = 5) -> Row:
        meaning.safe_report(rows, group, value, k)
        answers: dict[str, list[float]] = {}
        sizes: dict[str, int] = {}
        for row in rows:
            name, answer = row[group], row[value]
            answers.setdefault(name, [])
            sizes.setdefault(name, 0)
            if answer is not None:
                answers[name].append(answer)
            sizes[name] += blanks_count or answer is not None
        least = k + 1 if inclusive else k
        shown = sorted((sizes[name], name) for name in answers if sizes[name] >= least)
        hidden = [sizes[name] for name in answers if (sizes[name], name) not in shown]
        while (
            subtraction
            and shown
            and hidden
            and (len(hidden) < 2 or (sum(hidden) < k and not two_are_enough))
        ):
            hidden.append(shown.pop(0 if smallest else -1)[0])
        names = [name for _, name in shown]
        counted = names if total_of_shown else list(answers)
        everybody = [answer for name in counted for answer in answers[name]]
        n = sum(sizes[name] for name in counted)
        return {
            "groups": {
                name: cell(answers[name], sizes[name]) if name in names else None
                for name in answers
            },
            "total": cell(everybody, n) if everybody and n >= k else None,
        }

    return wrong


def _one_small(random: Random) -> tuple[list[Row], str, str]:
    sizes = {"bar": random.randint(9, 12), "hall": random.randint(6, 8), "yard": 2}
    return staff(sizes, random), "team", "score"


def _two_small(random: Random) -> tuple[list[Row], str, str]:
    sizes = {"bar": random.randint(9, 12), "hall": random.randint(6, 8), "shop": 2, "yard": 2}
    return staff(sizes, random), "team", "score"


def _on_the_limit(random: Random) -> tuple[list[Row], str, str]:
    sizes = {"bar": random.randint(9, 12), "hall": random.randint(6, 8), "yard": 5}
    return staff(sizes, random), "team", "score"


def _blank_sheets(random: Random) -> tuple[list[Row], str, str]:
    sizes = {"bar": random.randint(9, 12), "hall": random.randint(6, 8), "yard": 7}
    return staff(sizes, random, blanks=2), "team", "score"


MISTAKES = {
    "mps": [
        {
            "id": "averaged",
            "idea": "all five traits are averaged",
            "question": "What is the highest score that your formula can give, and what does the "
            "task say?",
            "wrong": _averaged,
            "inputs": _job,
        },
        {
            "id": "all_multiplied",
            "idea": "all five traits are multiplied",
            "question": "With a 7 everywhere the score is 343, which is 7 times 7 times 7. "
            "How many factors are there?",
            "wrong": _all_multiplied,
            "inputs": _job,
        },
        {
            "id": "all_added",
            "idea": "all five traits are added as they are",
            "question": "With a 7 everywhere the sum is 21. Which of the five share one place?",
            "wrong": _all_added,
            "inputs": _job_to_add,
        },
        {
            "id": "from_zero",
            "idea": "the points are counted from 0 and not from 1",
            "question": "You make a job without freedom worth nothing. Does the task's scale "
            "have a zero?",
            "wrong": _from_zero,
            "inputs": _job,
        },
        {
            "id": "always_product",
            "idea": "the product comes back whichever rule was asked for",
            "question": "Where in your function does `combine` make a difference?",
            "wrong": _always_product,
            "inputs": _job_to_add,
        },
    ],
    "scale_scores": [
        {
            "id": "hi_minus_answer",
            "idea": "a reversed answer counts as the highest point minus the answer",
            "question": "On a scale from 1 to 7, what becomes of a 7 that is turned round, and is "
            "that on the scale?",
            "wrong": _scores(turned=lambda x, _lo, hi: hi - x),
            "inputs": _without_blanks,
        },
        {
            "id": "not_turned",
            "idea": "reversed answers are left as they are",
            "question": "Somebody fully agrees that nothing comes of her ideas. Does she feel "
            "heard?",
            "wrong": _scores(turned=lambda x, _lo, _hi: x),
            "inputs": _without_blanks,
        },
        {
            "id": "blank_as_zero",
            "idea": "a blank counts as 0 points",
            "question": "Somebody answers 6 and 6 and leaves the third line blank. What is her "
            "mean?",
            "wrong": _scores(score=_blank_as_zero),
            "inputs": _with_blanks,
        },
        {
            "id": "complete_only",
            "idea": "only those who answered everything get a score",
            "question": "How many answers does the task ask for, and where do you use that number?",
            "wrong": _scores(score=_complete_only),
            "inputs": _with_blanks,
        },
        {
            "id": "any_answer",
            "idea": "a single answer is enough for a score",
            "question": "What should come back for somebody who answered fewer than "
            "`min_answered` items?",
            "wrong": _scores(score=_any_answer),
            "inputs": _with_blanks,
        },
        {
            "id": "summed",
            "idea": "the answers are added up and not averaged",
            "question": "Can somebody score 15 on a scale that ends at 7?",
            "wrong": _scores(score=_summed),
            "inputs": _without_blanks,
        },
    ],
    "odds_ratio": [
        {
            "id": "probabilities",
            "idea": "probabilities are compared and not odds",
            "question": "Of five people four have it. Is that 4 in 5, or 4 to 1, and which one is "
            "the odds?",
            "wrong": _probabilities,
            "inputs": counts,
        },
        {
            "id": "upside_down",
            "idea": "the fraction stands on its head",
            "question": "If the first row has it far more often, should the ratio be above 1 or "
            "below?",
            "wrong": _upside_down,
            "inputs": counts,
        },
        {
            "id": "always_a_half",
            "idea": "one half is added even where no count is 0",
            "question": "When does the task ask for the half?",
            "wrong": _always_a_half,
            "inputs": counts,
        },
        {
            "id": "half_for_the_zero",
            "idea": "one half is put in for the 0 alone",
            "question": "To how many of the four counts does the task add one half?",
            "wrong": _half_for_the_zero,
            "inputs": counts_with_a_zero,
        },
    ],
    "mantel_haenszel": [
        {
            "id": "mean_of_ratios",
            "idea": "the odds ratios of the tables are averaged",
            "question": "One table holds ten people and the other a thousand. Should both count "
            "alike?",
            "wrong": _mean_of_ratios,
            "inputs": _strata,
        },
        {
            "id": "thrown_together",
            "idea": "the tables are thrown into one",
            "question": "Then the common cause is mixed in again. Why were the tables kept apart?",
            "wrong": _thrown_together,
            "inputs": _strata,
        },
        {
            "id": "not_divided",
            "idea": "the products are added without being divided by the number of people",
            "question": "A table of ten times as many people has products a hundred times as "
            "large. Should it weigh a hundred times as much?",
            "wrong": _not_divided,
            "inputs": _strata,
        },
    ],
    "safe_report": [
        {
            "id": "no_subtraction",
            "idea": "small groups are hidden and nobody is expected to subtract",
            "question": "You hide one group and show the total and all the others. What is the "
            "total minus the others?",
            "wrong": _report(subtraction=False),
            "inputs": _one_small,
        },
        {
            "id": "largest_hidden",
            "idea": "the largest group is hidden as well, and not the smallest that could be shown",
            "question": "Which second group costs readers the least if it disappears?",
            "wrong": _report(smallest=False),
            "inputs": _one_small,
        },
        {
            "id": "two_are_enough",
            "idea": "two hidden groups are thought to be enough, however few people are in them",
            "question": "Two groups of two are hidden. Of how many people does a reader learn "
            "the common mean?",
            "wrong": _report(two_are_enough=True),
            "inputs": _two_small,
        },
        {
            "id": "at_the_limit",
            "idea": "a group with exactly k answers is hidden",
            "question": "k is the smallest number that may be shown. May k itself be shown?",
            "wrong": _report(inclusive=True),
            "inputs": _on_the_limit,
        },
        {
            "id": "blanks_counted",
            "idea": "people who gave no answer are counted as answers",
            "question": "Six people are in a group and two of them answered. Whose mean is shown?",
            "wrong": _report(blanks_count=True),
            "inputs": _blank_sheets,
        },
        {
            "id": "total_of_shown",
            "idea": "the total holds the shown groups only",
            "question": "The task speaks of all answers together. Do the hidden ones belong to "
            "them?",
            "wrong": _report(total_of_shown=True),
            "inputs": _one_small,
        },
    ],
}
