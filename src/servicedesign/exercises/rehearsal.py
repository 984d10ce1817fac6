"""Hints and known mistakes for the exercise of the interlude, rehearsing a change.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`; the
public functions below make the inputs, for the checks as well.
"""

from random import Random
from typing import Any

from servicedesign import rehearsal

Verdict = dict[str, Any]

HINTS = {
    "read_test": [
        (
            "Cover the list with a hand and uncover one person after the other. After which of "
            "them do you know that the test is over, and why?"
        ),
        (
            "Two counters run along with the people: how many did it, and how many harms there "
            "were. One of the four verdicts is known in the middle of the loop; the others only "
            "after it."
        ),
        (
            "`outcomes[:planned]` leaves out whoever comes too late. Return from inside the loop "
            "as soon as the harms reach `stop_at`. After the loop ask first whether fewer than "
            "`planned` were counted."
        ),
    ],
    "share_of_problems_seen": [
        (
            "One problem shows to one person with the chance 0.5. With which chance do two people "
            "both miss it, and what is left for at least one to meet it?"
        ),
        (
            "Work out for each problem by itself how likely it is that at least one of the people "
            "meets it. What the task wants is the mean of these."
        ),
        (
            "All `people` miss a problem with the chance `(1 - chance) ** people`. Add up 1 minus "
            "that over the problems and divide by their number; the chances are not averaged."
        ),
    ],
    "people_needed": [
        (
            "Make a table on paper for the chances 0.5 and 0.5: what share shows to one person, to "
            "two, to three? In which line is 0.75 reached?"
        ),
        (
            "Begin with one person and add one at a time for as long as the share is too small. "
            "The number at which you stop is the answer."
        ),
        (
            "`while` the share for `people` is below `share - 1e-9`, raise `people` by one. You "
            "may call your own `share_of_problems_seen` for it."
        ),
    ],
}


# --- Inputs


def unlike(random: Random) -> list[float]:
    """Return three to six chances, of which at least two differ by a third and more."""
    while True:
        found = [random.randint(1, 19) / 20 for _ in range(random.randint(3, 6))]
        if max(found) - min(found) > 0.33:
            return found


def noon(random: Random, planned: int, harms: int = 0, late: int = 0) -> list[str]:
    """Return outcomes of a day in a mixed order.

    Parameters
    ----------
    random : random.Random
        Source of the numbers and of the order.
    planned : int
        People of the card; the first of them hold the harms.
    harms : int
        How many of these came to harm.
    late : int
        How many come after the planned number, and do it.
    """
    found = [random.choice(["did", "did not"]) for _ in range(planned - harms)]
    found += ["harm"] * harms
    random.shuffle(found)
    return found + ["did"] * late


# --- read_test


def _read(
    outcomes: list[str],
    needed: int,
    planned: int,
    stop_at: int,
    *,
    above: bool = False,
    stops: bool = True,
    beyond: int = 0,
    late: bool = False,
    early: bool = False,
) -> Verdict:
    rehearsal.read_test(outcomes, needed, planned, stop_at)
    counted = did = harms = 0
    for outcome in outcomes if late else outcomes[:planned]:
        counted += 1
        did += outcome == "did"
        harms += outcome == "harm"
        if stops and harms == stop_at + beyond:
            return {"counted": counted, "did": did, "verdict": "stopped"}
    verdict = "kept" if did >= needed + above else "dropped"
    if counted < planned and not early:
        verdict = "unfinished"
    return {"counted": counted, "did": did, "verdict": verdict}


def _strictly_above(outcomes: list[str], needed: int, planned: int, stop_at: int) -> Verdict:
    return _read(outcomes, needed, planned, stop_at, above=True)


def _never_stops(outcomes: list[str], needed: int, planned: int, stop_at: int) -> Verdict:
    return _read(outcomes, needed, planned, stop_at, stops=False)


def _one_more_harm(outcomes: list[str], needed: int, planned: int, stop_at: int) -> Verdict:
    return _read(outcomes, needed, planned, stop_at, beyond=1)


def _latecomers(outcomes: list[str], needed: int, planned: int, stop_at: int) -> Verdict:
    return _read(outcomes, needed, planned, stop_at, late=True)


def _judged_early(outcomes: list[str], needed: int, planned: int, stop_at: int) -> Verdict:
    return _read(outcomes, needed, planned, stop_at, early=True)


def _at_the_threshold(random: Random) -> tuple[Any, ...]:
    outcomes = noon(random, random.randint(4, 9))
    outcomes[0] = "did"
    return outcomes, outcomes.count("did"), len(outcomes), 1


def _with_harm(random: Random) -> tuple[Any, ...]:
    # With a third harm, so that one harm more is not the same as never.
    outcomes = [*noon(random, random.randint(5, 9), harms=3), "did"]
    return outcomes, 1, len(outcomes), 2


def _with_two_harms(random: Random) -> tuple[Any, ...]:
    outcomes = [*noon(random, random.randint(5, 9), harms=2), "did"]
    return outcomes, 1, len(outcomes), 1


def _with_late(random: Random) -> tuple[Any, ...]:
    planned = random.randint(4, 8)
    return noon(random, planned, late=random.randint(1, 3)), planned, planned, 1


def _broken_off(random: Random) -> tuple[Any, ...]:
    outcomes = noon(random, random.randint(4, 8))
    return outcomes, max(1, outcomes.count("did")), len(outcomes) + 2, 1


# --- share_of_problems_seen


def _mean_first(chances: list[float], people: int) -> float:
    return rehearsal.share_by_the_mean(chances, people)


def _added_up(chances: list[float], people: int) -> float:
    rehearsal.share_of_problems_seen(chances, people)
    return sum(min(1.0, chance * people) for chance in chances) / len(chances)


def _seen_by_all(chances: list[float], people: int) -> float:
    rehearsal.share_of_problems_seen(chances, people)
    return sum(chance**people for chance in chances) / len(chances)


def _any_problem(chances: list[float], people: int) -> float:
    rehearsal.share_of_problems_seen(chances, people)
    missed = 1.0
    for chance in chances:
        missed *= (1 - chance) ** people
    return 1 - missed


def _few_people(random: Random) -> tuple[list[float], int]:
    return unlike(random), random.randint(2, 6)


# --- people_needed


def _needed(chances: list[float], share: float, least: float = -1e-9) -> int:
    people = 0
    while rehearsal.share_of_problems_seen(chances, people) < share + least:
        people += 1
    return people


def _needed_mean_first(chances: list[float], share: float) -> int:
    rehearsal.people_needed(chances, share)
    middle = sum(chances) / len(chances)
    return _needed([middle], share)


def _needed_strictly(chances: list[float], share: float) -> int:
    rehearsal.people_needed(chances, share)
    return _needed(chances, share, least=1e-9)


def _one_too_few(chances: list[float], share: float) -> int:
    return rehearsal.people_needed(chances, share) - 1


def _wanted(random: Random) -> tuple[list[float], float]:
    return unlike(random), random.randint(10, 18) / 20


def _wanted_unlike(random: Random) -> tuple[list[float], float]:
    while True:
        chances, share = _wanted(random)
        if _needed_mean_first(chances, share) != rehearsal.people_needed(chances, share):
            return chances, share


def _reached_exactly(random: Random) -> tuple[list[float], float]:
    halves = random.randint(1, 4)
    return [0.5] * random.randint(1, 4), 1 - 0.5**halves


MISTAKES: dict[str, list[dict[str, Any]]] = {
    "read_test": [
        {
            "id": "strictly_above",
            "idea": "the threshold has to be passed and not only reached",
            "question": "The card says how many are needed. Are so many enough?",
            "wrong": _strictly_above,
            "inputs": _at_the_threshold,
        },
        {
            "id": "never_stops",
            "idea": "the test goes on after the harm that should have ended it",
            "question": "What does the stop rule say, and does it ask how well the rest went?",
            "wrong": _never_stops,
            "inputs": _with_harm,
        },
        {
            "id": "one_more_harm",
            "idea": "one harm more than the card allows is needed to stop",
            "question": "`stop_at` is 1. After which harm does the test end?",
            "wrong": _one_more_harm,
            "inputs": _with_two_harms,
        },
        {
            "id": "latecomers",
            "idea": "people who came after the planned number are counted as well",
            "question": "Could you then go on until the result suits you?",
            "wrong": _latecomers,
            "inputs": _with_late,
        },
        {
            "id": "judged_early",
            "idea": "a test that was broken off is judged like a whole one",
            "question": "What do you know of those who were planned and did not come?",
            "wrong": _judged_early,
            "inputs": _broken_off,
        },
    ],
    "share_of_problems_seen": [
        {
            "id": "mean_first",
            "idea": "the chances are averaged first, as in the textbook",
            "question": "One problem shows to everybody and one to nobody. What share do ten "
            "people see, and what does the mean chance say?",
            "wrong": _mean_first,
            "inputs": _few_people,
        },
        {
            "id": "added_up",
            "idea": "the chance is multiplied by the number of people",
            "question": "Two people meet a problem with the chance 0.5 each. Is it then certain?",
            "wrong": _added_up,
            "inputs": _few_people,
        },
        {
            "id": "seen_by_all",
            "idea": "a problem counts only if everybody meets it",
            "question": "Does a problem need more than one person to be known?",
            "wrong": _seen_by_all,
            "inputs": _few_people,
        },
        {
            "id": "any_problem",
            "idea": "it is worked out how likely it is that any problem shows at all",
            "question": "The task asks for a share of the problems. Where do you divide by their "
            "number?",
            "wrong": _any_problem,
            "inputs": _few_people,
        },
    ],
    "people_needed": [
        {
            "id": "mean_first",
            "idea": "the chances are averaged first, as in the textbook",
            "question": "What shows sooner: two problems that are alike, or an easy and a rare "
            "one with the same mean?",
            "wrong": _needed_mean_first,
            "inputs": _wanted_unlike,
        },
        {
            "id": "strictly_above",
            "idea": "the share has to be passed and not only reached",
            "question": "Two people show exactly three quarters. Do they show at least three "
            "quarters?",
            "wrong": _needed_strictly,
            "inputs": _reached_exactly,
        },
        {
            "id": "one_too_few",
            "idea": "the last number at which it is not enough comes back",
            "question": "With the number that you return, is the share reached?",
            "wrong": _one_too_few,
            "inputs": _wanted,
        },
    ],
}
