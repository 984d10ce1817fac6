"""Hints and known mistakes for the exercise of chapter 5, the customer journey.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`, and
`ratings_and_weights`, `risks`, `broken_journey` and `guests` make the inputs.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from servicedesign import journey

Row = dict[str, Any]
Pairs = list[tuple[list[int], float]]

HINTS = {
    "journey_summary": [
        (
            "Take the ratings 1, -2 and 2 and write the five numbers on paper. "
            "Which of them did you have to think about twice?"
        ),
        (
            "Check everything that can be wrong first. Then four of the numbers are one line "
            "each. For the peak, the highest and the lowest rating are all that you need: which "
            "of the two is farther from zero?"
        ),
        (
            "`if -lowest >= highest` is true for a negative peak and on a tie. For the mean, add "
            "up weight times rating and divide by the sum of the weights; without weights every "
            "step weighs 1."
        ),
    ],
    "prob_any_failure": [
        (
            "Two steps, each failing half of the time. Write down the four things that can "
            "happen. In how many of them does nothing fail?"
        ),
        (
            "Work out the opposite first: it is easier to say how often everything goes well, and "
            "to take that from 1."
        ),
        (
            "Start with `well = 1.0` and go through the steps: each lets through `1 - p` of what "
            "is left. What remains at the end, and what has been lost?"
        ),
    ],
    "lint_journey": [
        (
            "Read the table of problems row by row and write for each row one small loop, or one "
            "line, that finds it. Test it before you begin the next."
        ),
        (
            "Collect the texts in one list and sort it at the very end. Three rows of the table "
            "look at one step at a time, the other three at the journey as a whole: which are they?"
        ),
        (
            "`step.get(key)` gives `None` for a missing key, and `not step.get(key)` is true for "
            "a missing key, for `None` and for an empty text. For the ids, count each one with "
            "`ids.count(...)` and keep the different ones with `set(ids)`."
        ),
    ],
    "better_model": [
        (
            "Begin with one summary and three guests. Take the first guest away, draw a line "
            "through the other two, and see what it says about the one you took away."
        ),
        (
            "Write three small functions: a line through points, the error when each guest is "
            "left out in turn, and the comparison. The first one gets lists without the guest "
            "who is predicted."
        ),
        (
            "The slope is the sum of (x - mean of x) times (y - mean of y), divided by the sum of "
            "(x - mean of x) squared; the line goes through both means. `x[:i] + x[i + 1 :]` is "
            "a list without its place `i`. Where all x are alike, what is left to predict with?"
        ),
    ],
}


# --- Inputs


def ratings_and_weights(random: Random) -> tuple[list[int], list[int]]:
    """Return ratings with a negative peak and unequal weights, on which mistakes show.

    Parameters
    ----------
    random : random.Random
        Source of the numbers.
    """
    while True:
        ratings = [random.randint(-1, 1) for _ in range(random.randint(3, 7))]
        ratings.insert(random.randint(0, len(ratings) - 1), -2)
        ratings[-1] = 1
        weights = [random.randint(1, 5) for _ in ratings]
        weights[-1] = 7 + random.randint(0, 3)
        if sum(w * r for w, r in zip(weights, ratings, strict=True)) != 0:
            return ratings, weights


def risks(random: Random) -> list[float]:
    """Return two to six chances of failure, none of them 0 or 1."""
    return [random.randint(1, 40) / 100 for _ in range(random.randint(2, 6))]


def clean_journey(random: Random) -> Row:
    """Return a journey of five to eight steps without a problem."""
    verbs = ["ask", "search", "read", "arrive", "wait", "order", "eat", "pay", "leave", "tell"]
    ids = random.sample(verbs, random.randint(5, 8))
    phases = ["before"] * 2 + ["during"] * (len(ids) - 3) + ["after"]
    steps = [
        {
            "id": step_id,
            "phase": phase,
            "channel": random.choice(["web", "place", "in_person"]),
            "actor": random.choice(["Samir", "Tuula", "Linh"]),
            "owner": random.choice(["brand", "partner", "customer", "social"]),
            "evidence": random.choice(["assumed", "proposed"]),
        }
        for step_id, phase in zip(ids, phases, strict=True)
    ]
    steps[1].update(evidence="observed", source="walk-along, 3 March")
    steps[2].update(evidence="reported", source="interview, 4 March")
    steps[-1]["owner"] = "social"
    return {
        "phases": [{"id": phase} for phase in ("before", "during", "after")],
        "touchpoints": steps,
    }


def broken_journey(random: Random) -> Row:
    """Return a journey in which every rule of the task is broken at least once.

    Ids come in falling alphabetical order, so that problems found in the order
    of the steps are not in the order asked for.
    """
    found = clean_journey(random)
    steps = found["touchpoints"]
    for step, step_id in zip(steps, sorted((s["id"] for s in steps), reverse=True), strict=True):
        step["id"] = step_id
    for step in steps:
        if step["phase"] == "after":
            step["phase"] = "during"
    steps[0]["owner"] = steps[-1]["owner"] = "brand"
    del steps[1]["source"]
    steps[2]["source"] = ""
    del steps[3]["channel"]
    steps[4]["actor"] = random.choice(["", None])
    steps[0]["evidence"] = ""
    for place in (-1, -2):
        twin = dict(steps[3], channel="web", phase="during")
        steps.insert(place, twin)
    return found


def guests(random: Random, count: int = 0) -> Pairs:
    """Return visits with a memory that follows some of their moments.

    Parameters
    ----------
    random : random.Random
        Source of the numbers.
    count : int
        How many guests; 0 for four to nine.
    """
    pairs: Pairs = []
    for _ in range(count or random.randint(4, 9)):
        ratings = [random.randint(-2, 2) for _ in range(random.randint(3, 6))]
        felt = journey.journey_summary(list(map(float, ratings)))
        memory = 5.5 + 1.2 * felt["mean"] + 0.8 * felt["peak_end"] + random.uniform(-2, 2)
        pairs.append((ratings, min(10, max(1, round(memory)))))
    return pairs


# --- journey_summary: what each wrong idea answers


def _with_peak(pick: Callable[[list[float]], float]) -> Callable[..., Row]:
    def wrong(ratings: list[float], weights: list[float] | None = None) -> Row:
        right = journey.journey_summary(ratings, weights)
        peak = pick(ratings)
        return {**right, "peak": peak, "peak_end": (peak + ratings[-1]) / 2}

    return wrong


def _positive_wins(ratings: list[float]) -> float:
    return max(ratings) if max(ratings) >= -min(ratings) else min(ratings)


def _weights_left_out(ratings: list[float], weights: list[float] | None = None) -> Row:
    right = journey.journey_summary(ratings, weights)
    return {**right, "mean": journey.journey_summary(ratings)["mean"]}


def _divided_by_count(ratings: list[float], weights: list[float] | None = None) -> Row:
    right = journey.journey_summary(ratings, weights)
    known = weights or [1] * len(ratings)
    return {**right, "mean": right["mean"] * sum(known) / len(ratings)}


def _peak_plus_end(ratings: list[float], weights: list[float] | None = None) -> Row:
    right = journey.journey_summary(ratings, weights)
    return {**right, "peak_end": right["peak"] + right["end"]}


def _tied(random: Random) -> tuple[list[int], list[int]]:
    ratings, weights = ratings_and_weights(random)
    place = random.randint(0, len(ratings))
    return [*ratings[:place], 2, *ratings[place:]], [*weights, 1]


def _tied_good_first(random: Random) -> tuple[list[int], list[int]]:
    ratings, weights = ratings_and_weights(random)
    return [2, *ratings], [1, *weights]


# --- prob_any_failure


def _checked(ps: Sequence[float]) -> None:
    journey.prob_any_failure(list(ps))


def _added_up(ps: list[float]) -> float:
    _checked(ps)
    return float(sum(ps))


def _multiplied(ps: list[float]) -> float:
    _checked(ps)
    product = 1.0
    for p in ps:
        product *= p
    return product


def _all_well(ps: list[float]) -> float:
    return 1.0 - journey.prob_any_failure(ps)


def _weakest_link(ps: list[float]) -> float:
    _checked(ps)
    return max(ps, default=0.0)


def _risks(random: Random) -> tuple[list[float]]:
    return (risks(random),)


# --- lint_journey


def problems(
    found: Row,
    *,
    phases_of: str = "touchpoints",
    empty: Sequence[object] = ("", None),
    with_source: Sequence[str] = ("observed", "reported"),
    each_repeat: bool = False,
    either_end: bool = False,
    in_order: bool = False,
    most: int = 1000,
) -> list[str]:
    """Return the problems of a journey, by the rules of the task.

    Parameters
    ----------
    found : dict
        With ``phases`` and ``touchpoints`` as in the format journey/1.
    phases_of, empty, with_source, each_repeat, either_end, in_order, most
        Wrong turns; leave them as they are for the rules of the task.

    Returns
    -------
    list of str
        One text a problem, in alphabetical order.
    """
    steps = found["touchpoints"]
    key = "phase" if phases_of == "touchpoints" else "id"
    used = [item[key] for item in found[phases_of]]
    told = [f"no step in {p}" for p in ("before", "during", "after") if p not in used]
    ids = [step["id"] for step in steps]
    repeated = [one for place, one in enumerate(ids) if one in ids[:place]]
    told += [f"id used twice: {one}" for one in (repeated if each_repeat else set(repeated))]
    for step in steps:
        wanted = ["channel", "actor", "evidence"]
        if step.get("evidence") in with_source:
            wanted.append("source")
        told += [f"no {one}: {step['id']}" for one in wanted if step.get(one) in empty]
    firm = [step["owner"] == "brand" for step in (steps[:1] + steps[-1:])]
    if len(steps) > 1 and (any(firm) if either_end else all(firm)):
        told.append("starts and ends with the firm")
    return (told if in_order else sorted(told))[:most]


def _lint(**turns: Any) -> Callable[[Row], list[str]]:
    return lambda found: problems(found, **turns)


def _broken(random: Random) -> tuple[Row]:
    return (broken_journey(random),)


def _one_end(random: Random) -> tuple[Row]:
    found = clean_journey(random)
    found["touchpoints"][0]["owner"] = "brand"
    return (found,)


# --- better_model


def _compared(
    pairs: Pairs, m1: str, m2: str, error: Callable[[list[float], list[float]], float]
) -> str:
    right = journey.better_model(pairs, m1, m2)  # refuses what makes no sense
    scores = [float(score) for _, score in pairs]
    errors = [
        error([journey.journey_summary(list(r))[name] for r, _ in pairs], scores)
        for name in (m1, m2)
    ]
    if right == "tie" and m1 == m2:
        return right
    if abs(errors[0] - errors[1]) <= 1e-9 * max(*errors, 1):
        return "tie"
    return m1 if errors[0] < errors[1] else m2


def _seen_error(x: list[float], y: list[float]) -> float:
    intercept, slope = journey.linear_fit(x, y)
    return sum((b - intercept - slope * a) ** 2 for a, b in zip(x, y, strict=True)) / len(x)


def _unscaled_error(x: list[float], y: list[float]) -> float:
    return sum((b - a) ** 2 for a, b in zip(x, y, strict=True)) / len(x)


def _in_sample(pairs: Pairs, m1: str, m2: str) -> str:
    return _compared(pairs, m1, m2, _seen_error)


def _unscaled(pairs: Pairs, m1: str, m2: str) -> str:
    return _compared(pairs, m1, m2, _unscaled_error)


def _worse_one(pairs: Pairs, m1: str, m2: str) -> str:
    right = journey.better_model(pairs, m1, m2)
    return right if right == "tie" else m2 if right == m1 else m1


def _first_on_ties(pairs: Pairs, m1: str, m2: str) -> str:
    right = journey.better_model(pairs, m1, m2)
    return m1 if right == "tie" else right


def _two_models(random: Random) -> list[str]:
    return random.sample(["mean", "trough", "end", "peak", "peak_end"], 2)


def _where_it_shows(
    wrong: Callable[..., str], unlike: Callable[..., str] = journey.better_model
) -> Callable[[Random], tuple[Pairs, str, str]]:
    """Return inputs on which one wrong idea errs and the other one does not."""

    def inputs(random: Random) -> tuple[Pairs, str, str]:
        while True:
            pairs = guests(random)
            m1, m2 = _two_models(random)
            right = journey.better_model(pairs, m1, m2)
            answers = (wrong(pairs, m1, m2), unlike(pairs, m1, m2))
            if right != "tie" and answers[0] not in ("tie", right) and answers[1] == right:
                return pairs, m1, m2

    return inputs


def _alike(random: Random) -> tuple[Pairs, str, str]:
    # With a single step, all five summaries are the same number.
    pairs: Pairs = [([random.randint(-2, 2)], random.randint(1, 10)) for _ in range(6)]
    m1, m2 = _two_models(random)
    return pairs, m1, m2


MISTAKES = {
    "journey_summary": [
        {
            "id": "peak_is_best",
            "idea": "the peak is the highest rating",
            "question": "A guest is bored for an hour and frightened for a minute. "
            "Which moment was the strongest?",
            "wrong": _with_peak(max),
            "inputs": ratings_and_weights,
        },
        {
            "id": "peak_without_sign",
            "idea": "the peak has lost its sign",
            "question": "You found how far the peak is from zero. On which side of zero was it?",
            "wrong": _with_peak(lambda ratings: max(abs(rating) for rating in ratings)),
            "inputs": ratings_and_weights,
        },
        {
            "id": "positive_wins",
            "idea": "the positive rating wins a tie",
            "question": "Which of +2 and -2 does the task call the peak, "
            "and does your answer depend on their order?",
            "wrong": _with_peak(_positive_wins),
            "inputs": _tied,
        },
        {
            "id": "first_wins",
            "idea": "on a tie the rating that comes first is the peak",
            "question": "If the guest had met the two moments in the other order, "
            "would your peak be another one? What does the task say about order?",
            "wrong": _with_peak(lambda ratings: max(ratings, key=abs)),
            "inputs": _tied_good_first,
        },
        {
            "id": "weights_left_out",
            "idea": "every step weighs the same, whatever the weights say",
            "question": "If one step had all the weight, what should the mean be?",
            "wrong": _weights_left_out,
            "inputs": ratings_and_weights,
        },
        {
            "id": "divided_by_count",
            "idea": "the weighted sum is divided by the number of steps",
            "question": "If every rating is 1, what should the mean be, "
            "and what does yours give with weights of 5?",
            "wrong": _divided_by_count,
            "inputs": ratings_and_weights,
        },
        {
            "id": "peak_plus_end",
            "idea": "peak and end are added and not halved",
            "question": "If every step was rated 2, can the visit be remembered as a 4?",
            "wrong": _peak_plus_end,
            "inputs": ratings_and_weights,
        },
    ],
    "prob_any_failure": [
        {
            "id": "added_up",
            "idea": "the chances of failure are added up",
            "question": "Three steps fail half of the time each. What does your sum say, "
            "and what can no probability be?",
            "wrong": _added_up,
            "inputs": _risks,
        },
        {
            "id": "multiplied",
            "idea": "the chances of failure are multiplied",
            "question": "That is how often every step fails. How many steps must fail to spoil "
            "a visit?",
            "wrong": _multiplied,
            "inputs": _risks,
        },
        {
            "id": "all_well",
            "idea": "the chance that nothing fails is returned",
            "question": "If no step ever fails, what should come back?",
            "wrong": _all_well,
            "inputs": _risks,
        },
        {
            "id": "weakest_link",
            "idea": "only the riskiest step counts",
            "question": "Two steps fail now and then, each on days of its own. "
            "Is the visit as safe as with one of them?",
            "wrong": _weakest_link,
            "inputs": _risks,
        },
    ],
    "lint_journey": [
        {
            "id": "phases_on_paper",
            "idea": "the phases are read from the list of phases and not from the steps",
            "question": "A journey announces three phases. Where do you see whether anything "
            "happens in each?",
            "wrong": _lint(phases_of="phases"),
            "inputs": _broken,
        },
        {
            "id": "empty_passes",
            "idea": "an empty text counts as an answer",
            "question": 'Who acts in a step whose actor is ""?',
            "wrong": _lint(empty=(None,)),
            "inputs": _broken,
        },
        {
            "id": "observed_only",
            "idea": "only observed steps need a source",
            "question": "A guest told somebody something afterwards. Who was told, and when?",
            "wrong": _lint(with_source=("observed",)),
            "inputs": _broken,
        },
        {
            "id": "each_repeat",
            "idea": "an id is reported once for every time it comes back",
            "question": "An id is used three times. How many problems is that, by the task?",
            "wrong": _lint(each_repeat=True),
            "inputs": _broken,
        },
        {
            "id": "either_end",
            "idea": "one end in the firm's hands is enough for a problem",
            "question": "A journey starts on the firm's own page and ends among friends. "
            "What is wrong with that?",
            "wrong": _lint(either_end=True),
            "inputs": _one_end,
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
    "better_model": [
        {
            "id": "worse_one",
            "idea": "the summary with the larger error is returned",
            "question": "Is a large error good news for a model?",
            "wrong": _worse_one,
            "inputs": _where_it_shows(_worse_one),
        },
        {
            "id": "in_sample",
            "idea": "each guest is predicted by a line that has seen this guest",
            "question": "Which guests may the line know when it predicts the third one?",
            "wrong": _in_sample,
            "inputs": _where_it_shows(_in_sample, unlike=_unscaled),
        },
        {
            "id": "unscaled",
            "idea": "a summary from -2 to 2 is compared with a memory from 1 to 10 as it is",
            "question": "A perfect guest rates every step 2 and remembers a 10. "
            "Is that an error of 8?",
            "wrong": _unscaled,
            "inputs": _where_it_shows(_unscaled, unlike=_in_sample),
        },
        {
            "id": "first_on_ties",
            "idea": "the first name is returned when both errors are equal",
            "question": "What would you say if somebody compared a summary with itself?",
            "wrong": _first_on_ties,
            "inputs": _alike,
        },
    ],
}
