"""Hints and known mistakes for the exercise of chapter 9, loyalty, metrics and money.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`; the
public functions below make the inputs, for the checks as well.
"""

from math import exp, log, sqrt
from random import Random
from typing import Any

from servicedesign import claim_reading, listening, loyalty, retention
from servicedesign.nelder_mead import minimise

Claim = dict[str, dict[str, Any]]

HINTS = {
    "read_claim": [
        (
            "Read one part at a time, the source first. If the source is silent, can the "
            "headline still be judged?"
        ),
        (
            "One loop over the five parts in their order. Two of them stand on ladders: there a "
            "place in a list says who stands higher. For the other three only one question is "
            "left."
        ),
        (
            '`ladder.index(text)` gives the rung. `text is None or text.strip() == ""` finds '
            "what is not said. Look for errors in both dicts before you judge anything."
        ),
    ],
    "nps": [
        (
            "Take ten answers and sort them into three heaps with your hands. Which heaps are in "
            "the score, and what becomes of the third?"
        ),
        (
            "Look at every score first, and refuse what is none. Then count two heaps and divide "
            "each by all answers. Both numbers that come back are made of these two shares."
        ),
        (
            "The points are 100 times `p - d`. The standard error is 100 times the root of "
            "`p + d - (p - d) ** 2`, after this was divided by the number of answers. "
            "`7.5 % 1` is not 0."
        ),
    ],
    "clv": [
        (
            "Draw a line of years: 0, 1, 2. Write under each how many of a hundred guests are "
            "still there, and what one euro of that year is worth today."
        ),
        (
            "One loop over the years adds up margin, share and discount. The two conventions "
            "differ only in the year with which the loop begins."
        ),
        (
            "`enumerate(survival)` gives year and share. A euro of year t is divided by "
            '`(1 + rate) ** t`; with "later" leave out the year 0. A share that is larger than '
            "the one before it is refused."
        ),
    ],
    "sbg_loglik": [
        (
            "A hundred bought the card, 37 left in the first year, 16 in the second, and 47 are "
            "still there. Three heaps, and each needs its own chance. Which are they?"
        ),
        (
            "Keep two numbers and update them each year: the chance to leave in just this year, "
            "and the chance to be there still after it. Each lost count is multiplied by the "
            "logarithm of the first, and at the end those who remain by that of the second."
        ),
        (
            "Begin with `chance = alpha / (alpha + beta)` and `stay = 1`. In year t from 2 on "
            "`chance *= (beta + t - 2) / (alpha + beta + t - 1)`. Each year `stay -= chance`."
        ),
    ],
    "sbg_fit": [
        (
            "`minimise` looks for the lowest place, and you want the highest. And it may step "
            "below 0, where alpha and beta must not go. What would you hand to it?"
        ),
        (
            "First make the counts lost in each year out of the counts that were there. Then a "
            "small function of a list of two logarithms, which returns minus the log-likelihood."
        ),
        (
            "`lost` is each entry minus the next, `remaining` the last entry. `minimise(badness, "
            "[0, 0])` gives back two logarithms; `exp` of each is the answer."
        ),
    ],
}


# --- Inputs


def answers(random: Random, n: int | None = None) -> list[int]:
    """Return answers from 0 to 10 in which each number from 5 to 10 stands at least once."""
    found = [5, 6, 7, 8, 9, 10]
    size = n or random.randint(9, 40)
    found += [random.randint(0, 10) for _ in range(size - len(found))]
    random.shuffle(found)
    return found


def falling(random: Random, years: int | None = None) -> list[float]:
    """Return shares who are still there, from 1 on, each smaller than the one before."""
    found = [1.0]
    for _ in range(years or random.randint(2, 8)):
        found.append(found[-1] * random.randint(30, 95) / 100)
    return found


def cohort(alpha: float, beta: float, years: int, size: int) -> list[int]:
    """Return how many of a cohort are there in each year if the model holds."""
    return [round(size * share) for share in retention.sbg_survival(alpha, beta, years)]


def cohorts(random: Random) -> tuple[list[int]]:
    """Return a cohort of some thousand people over five to eight years."""
    alpha, beta = random.randint(5, 25) / 10, random.randint(10, 50) / 10
    return (cohort(alpha, beta, random.randint(5, 8), random.randint(2, 9) * 1000),)


def losses(random: Random) -> tuple[float, float, list[int], int]:
    """Return alpha, beta, counts lost in two to six years and a count that remains."""
    lost = [random.randint(1, 90) for _ in range(random.randint(2, 6))]
    return (
        random.randint(3, 50) / 10,
        random.randint(3, 50) / 10,
        lost,
        random.randint(5, 200),
    )


def claim(random: Random, silent: float = 0.3) -> Claim:
    """Return a claim in which each part of source and headline is silent with some chance."""
    texts = {"population": "guests", "trigger": "had called", "comparison": "those who had not"}
    made: Claim = {}
    for side in ("source", "headline"):
        made[side] = {}
        for part in claim_reading.PARTS:
            ladder = claim_reading.LADDERS.get(part)
            text = random.choice(ladder) if ladder else texts[part] + random.choice(["", " once"])
            made[side][part] = None if random.random() < silent else text
    return made


# --- read_claim


def _read(
    claim: Claim,
    *,
    overstated: bool = True,
    same_text: bool = False,
    same_rung: bool = False,
    weaker: bool = False,
    word: str = "overstated",
) -> list[str]:
    found = []
    right = claim_reading.read_claim(claim)
    for part in claim_reading.PARTS:
        if f"{part}: missing" in right:
            found.append(f"{part}: missing")
        elif not overstated:
            continue
        elif part in claim_reading.LADDERS:
            ladder = claim_reading.LADDERS[part]
            said = claim["headline"][part]
            if not (said or "").strip():
                continue
            here, there = ladder.index(claim["source"][part]), ladder.index(said)
            if there > here or (same_rung and there == here) or (weaker and there < here):
                found.append(f"{part}: overstated")
        elif f"{part}: overstated" in right:
            found.append(f"{part}: {word}")
        elif same_text and claim["headline"][part] != claim["source"][part]:
            found.append(f"{part}: overstated")
    return found


def _missing_only(claim: Claim) -> list[str]:
    return _read(claim, overstated=False)


def _same_text(claim: Claim) -> list[str]:
    return _read(claim, same_text=True)


def _same_rung(claim: Claim) -> list[str]:
    return _read(claim, same_rung=True)


def _weaker_too(claim: Claim) -> list[str]:
    return _read(claim, weaker=True)


def _left_out_is_missing(claim: Claim) -> list[str]:
    return _read(claim, word="missing")


def _whole(random: Random) -> Claim:
    made = claim(random, silent=0)
    made["headline"] = dict(made["source"])
    return made


def _left_out(random: Random) -> tuple[Claim]:
    made = _whole(random)
    made["headline"][random.choice(["population", "trigger", "comparison"])] = None
    return (made,)


def _other_words(random: Random) -> tuple[Claim]:
    made = _whole(random)
    part = random.choice(["population", "trigger", "comparison"])
    made["headline"][part] += ", as said"
    return (made,)


def _equal(random: Random) -> tuple[Claim]:
    return (_whole(random),)


def _modest(random: Random) -> tuple[Claim]:
    made = _whole(random)
    for part, ladder in claim_reading.LADDERS.items():
        made["source"][part], made["headline"][part] = ladder[random.randint(1, 2)], ladder[0]
    return (made,)


# --- nps


def _shares(scores: list[int], high: int = 9, low: int = 6) -> tuple[float, float, int]:
    listening.nps(scores)
    n = len(scores)
    return sum(one >= high for one in scores) / n, sum(one <= low for one in scores) / n, n


def _score(p: float, d: float, n: int) -> tuple[float, float]:
    return 100 * (p - d), 100 * sqrt((p + d - (p - d) ** 2) / n)


def _mean_score(scores: list[int]) -> tuple[float, float]:
    listening.nps(scores)
    n = len(scores)
    mean = sum(scores) / n
    return mean, sqrt(sum((one - mean) ** 2 for one in scores) / n / n)


def _passives_detract(scores: list[int]) -> tuple[float, float]:
    return _score(*_shares(scores, low=8))


def _seven_promotes(scores: list[int]) -> tuple[float, float]:
    return _score(*_shares(scores, high=7))


def _passives_left_out(scores: list[int]) -> tuple[float, float]:
    p, d, n = _shares(scores)
    voiced = p + d
    return _score(p / voiced, d / voiced, round(n * voiced))


def _in_shares(scores: list[int]) -> tuple[float, float]:
    right = listening.nps(scores)
    return right["nps"], right["se"] / 100


def _as_if_apart(scores: list[int]) -> tuple[float, float]:
    p, d, n = _shares(scores)
    return 100 * (p - d), 100 * sqrt((p * (1 - p) + d * (1 - d)) / n)


def _answers(random: Random) -> tuple[list[int]]:
    return (answers(random),)


# --- clv


def _always_now(margin: float, survival: list[float], rate: float, first: str) -> float:
    loyalty.clv(margin, survival, rate, first)
    return loyalty.clv(margin, survival, rate, "now")


def _year_too_late(margin: float, survival: list[float], rate: float, first: str) -> float:
    right = loyalty.clv(margin, survival, rate, first)
    return right / (1 + rate) if first == "now" else right


def _year_too_early(margin: float, survival: list[float], rate: float, first: str) -> float:
    right = loyalty.clv(margin, survival, rate, first)
    return right * (1 + rate) if first == "later" else right


def _not_discounted(margin: float, survival: list[float], rate: float, first: str) -> float:
    loyalty.clv(margin, survival, rate, first)
    return loyalty.clv(margin, survival, 0, first)


def _rate_subtracted(margin: float, survival: list[float], rate: float, first: str) -> float:
    loyalty.clv(margin, survival, rate, first)
    begin = 0 if first == "now" else 1
    return sum(margin * survival[t] * (1 - rate) ** t for t in range(begin, len(survival)))


def _money(random: Random, first: str) -> tuple[Any, ...]:
    return random.randint(20, 300), falling(random), random.randint(3, 30) / 100, first


def _now(random: Random) -> tuple[Any, ...]:
    return _money(random, "now")


def _later(random: Random) -> tuple[Any, ...]:
    return _money(random, "later")


# --- sbg_loglik


def _chances(alpha: float, beta: float, years: int) -> list[float]:
    left = retention.sbg_survival(alpha, beta, years)
    return [left[t] - left[t + 1] for t in range(years)]


def _remaining_forgotten(alpha: float, beta: float, lost: list[int], remaining: int) -> float:
    retention.sbg_loglik(alpha, beta, lost, remaining)
    return retention.sbg_loglik(alpha, beta, lost, 0)


def _constant_rate(alpha: float, beta: float, lost: list[int], remaining: int) -> float:
    retention.sbg_loglik(alpha, beta, lost, remaining)
    leave = alpha / (alpha + beta)
    found = remaining * len(lost) * log(1 - leave)
    for t, count in enumerate(lost):
        found += count * (log(leave) + t * log(1 - leave))
    return found


def _year_short(alpha: float, beta: float, lost: list[int], remaining: int) -> float:
    retention.sbg_loglik(alpha, beta, lost, remaining)
    left = retention.sbg_survival(alpha, beta, len(lost))
    return retention.sbg_loglik(alpha, beta, lost, 0) + remaining * log(left[max(len(lost) - 1, 0)])


def _not_logged(alpha: float, beta: float, lost: list[int], remaining: int) -> float:
    retention.sbg_loglik(alpha, beta, lost, remaining)
    chances = _chances(alpha, beta, len(lost))
    stay = retention.sbg_survival(alpha, beta, len(lost))[-1]
    return sum(n * p for n, p in zip(lost, chances, strict=True)) + remaining * stay


# --- sbg_fit


def _best(lost: list[int], remaining: int) -> tuple[float, float]:
    def badness(place: list[float]) -> float:
        return -retention.sbg_loglik(exp(place[0]), exp(place[1]), lost, remaining)

    place = minimise(badness, [0.0, 0.0])[0]
    return exp(place[0]), exp(place[1])


def _first_left_out(survivors: list[int]) -> tuple[float, float]:
    retention.sbg_fit(survivors)
    return retention.sbg_fit(survivors[1:])


def _last_left_out(survivors: list[int]) -> tuple[float, float]:
    retention.sbg_fit(survivors)
    lost = [survivors[t] - survivors[t + 1] for t in range(len(survivors) - 2)]
    return _best(lost, survivors[-1])


def _swapped(survivors: list[int]) -> tuple[float, float]:
    alpha, beta = retention.sbg_fit(survivors)
    return beta, alpha


def _logs_returned(survivors: list[int]) -> tuple[float, float]:
    alpha, beta = retention.sbg_fit(survivors)
    return log(alpha), log(beta)


MISTAKES: dict[str, list[dict[str, Any]]] = {
    "read_claim": [
        {
            "id": "missing_only",
            "idea": "only what the source does not tell is named",
            "question": "The source tells whom it asked, and the headline speaks of everybody. Is "
            "nothing wrong?",
            "wrong": _missing_only,
            "inputs": _left_out,
        },
        {
            "id": "same_text",
            "idea": "a headline in other words counts as overstated",
            "question": "Which question does the task ask of population, trigger and comparison: "
            "is it said, or is it said in the same words?",
            "wrong": _same_text,
            "inputs": _other_words,
        },
        {
            "id": "same_rung",
            "idea": "a headline on the same rung as its source counts as overstated",
            "question": "Both say intention. Does the headline say more than was found?",
            "wrong": _same_rung,
            "inputs": _equal,
        },
        {
            "id": "weaker_too",
            "idea": "a headline that says less than its source counts as overstated",
            "question": "Somebody counted who came back and writes of an opinion. Is it too much?",
            "wrong": _weaker_too,
            "inputs": _modest,
        },
        {
            "id": "left_out_is_missing",
            "idea": "what the headline leaves out is called missing",
            "question": "The source does tell it. Whose silence is called missing in the task?",
            "wrong": _left_out_is_missing,
            "inputs": _left_out,
        },
    ],
    "nps": [
        {
            "id": "mean_score",
            "idea": "the answers are averaged",
            "question": "Ten answers of 8 average to 8. How many of these people promote?",
            "wrong": _mean_score,
            "inputs": _answers,
        },
        {
            "id": "passives_detract",
            "idea": "the sevens and eights are counted against the house",
            "question": "Up to which answer does the task take points away?",
            "wrong": _passives_detract,
            "inputs": _answers,
        },
        {
            "id": "seven_promotes",
            "idea": "whoever answers 7 or more counts as promoting",
            "question": "From which answer on does somebody promote, says the task?",
            "wrong": _seven_promotes,
            "inputs": _answers,
        },
        {
            "id": "passives_left_out",
            "idea": "the sevens and eights are left out of the number of answers",
            "question": "Shares of whom does the task ask for?",
            "wrong": _passives_left_out,
            "inputs": _answers,
        },
        {
            "id": "in_shares",
            "idea": "the score is in points and its standard error in shares",
            "question": "A score of 33 give or take 0.07: can 120 answers be as sure as that?",
            "wrong": _in_shares,
            "inputs": _answers,
        },
        {
            "id": "as_if_apart",
            "idea": "the two shares vary as if nobody who promotes were lost to the other heap",
            "question": "One more promotes: can the same answer detract? What does the task "
            "subtract from the sum of the shares?",
            "wrong": _as_if_apart,
            "inputs": _answers,
        },
    ],
    "clv": [
        {
            "id": "always_now",
            "idea": "the margin of year 0 is counted whichever convention was asked for",
            "question": 'With "later", when does the first margin come in?',
            "wrong": _always_now,
            "inputs": _later,
        },
        {
            "id": "year_too_late",
            "idea": "the margin that comes at once is discounted for a year",
            "question": "What is a euro worth today that you get today?",
            "wrong": _year_too_late,
            "inputs": _now,
        },
        {
            "id": "year_too_early",
            "idea": "the margin of year 1 is not discounted",
            "question": 'With "later" the first margin comes after a year. Is it worth as much '
            "as today's?",
            "wrong": _year_too_early,
            "inputs": _later,
        },
        {
            "id": "not_discounted",
            "idea": "a euro in ten years is worth a euro of today",
            "question": "Where in your function does `rate` make a difference?",
            "wrong": _not_discounted,
            "inputs": _now,
        },
        {
            "id": "rate_subtracted",
            "idea": "the rate is taken off each year and not divided by",
            "question": "Put 100 euros in a bank at 10 per cent: 110 after a year. So what are "
            "those 110 worth today, 99 or 100?",
            "wrong": _rate_subtracted,
            "inputs": _now,
        },
    ],
    "sbg_loglik": [
        {
            "id": "remaining_forgotten",
            "idea": "those who are still there are left out",
            "question": "Most of the cohort never left. Do they say nothing about how people "
            "leave?",
            "wrong": _remaining_forgotten,
            "inputs": losses,
        },
        {
            "id": "constant_rate",
            "idea": "everybody leaves at one rate each year",
            "question": "By the formula, is the share of those there who leave in year 2 the same "
            "as in year 1?",
            "wrong": _constant_rate,
            "inputs": losses,
        },
        {
            "id": "year_short",
            "idea": "those who remain are counted as if the last year had not been survived",
            "question": "How many years have those behind them who are still there?",
            "wrong": _year_short,
            "inputs": losses,
        },
        {
            "id": "not_logged",
            "idea": "counts are multiplied by chances and not by their logarithms",
            "question": "Can the logarithm of something below 1 be above 0?",
            "wrong": _not_logged,
            "inputs": losses,
        },
    ],
    "sbg_fit": [
        {
            "id": "first_left_out",
            "idea": "the cohort begins with the second entry",
            "question": "How many bought the card, and how many of them left in the first year?",
            "wrong": _first_left_out,
            "inputs": cohorts,
            "within": 0.005,
        },
        {
            "id": "last_left_out",
            "idea": "those lost in the last year are in no heap",
            "question": "Add up all who were lost and all who remain. Is that the cohort?",
            "wrong": _last_left_out,
            "inputs": cohorts,
            "within": 0.005,
        },
        {
            "id": "swapped",
            "idea": "beta comes first",
            "question": "Which of the two does the task name first?",
            "wrong": _swapped,
            "inputs": cohorts,
            "within": 0.005,
        },
        {
            "id": "logs_returned",
            "idea": "the logarithms come back",
            "question": "The search went over logarithms. What turns one back?",
            "wrong": _logs_returned,
            "inputs": cohorts,
            "within": 0.005,
        },
    ],
}
