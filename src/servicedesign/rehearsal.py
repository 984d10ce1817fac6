"""Rehearsing a change before it is built: how many people show how many problems, and the verdict.

A problem shows to one person with some chance of its own.  The textbook takes one
chance for all problems, their mean, and is therefore always the more hopeful.
"""

from servicedesign import domain
from servicedesign.randomness import Generator

OUTCOMES = ("did", "did not", "harm")
VERDICTS = ("kept", "dropped", "stopped", "unfinished")
CLOSE = 1e-9  # a share this much below the one wanted counts as reached


def share_of_problems_seen(chances: list[float], people: int) -> float:
    """Return what share of the problems shows to at least one of so many people.

    Parameters
    ----------
    chances : list of float
        For each problem the chance that it shows to one person, greater than 0
        and at most 1; at least one.
    people : int
        How many people try it, at least 0.

    Returns
    -------
    float
        From 0 to 1: the mean of ``1 - (1 - p) ** people`` over the problems.

    Raises
    ------
    ValueError
        If there is no problem, or a chance or the number of people is out of range.

    Notes
    -----
    Source of the formula for one chance: Nielsen and Landauer (1993).
    Teaching assumption: one person's trouble does not depend on another's.
    """
    _check(chances, people)
    found = 0.0
    for chance in chances:
        found += 1.0 - _power(1.0 - chance, people)
    return found / len(chances)


def share_by_the_mean(chances: list[float], people: int) -> float:
    """Return what the textbook says: as if every problem had the mean of the chances.

    Arguments, range and errors as for `share_of_problems_seen`, below which it never
    lies: the curve bends one way (Jensen), so unequal problems take longer to show.
    """
    _check(chances, people)
    return 1.0 - _power(1.0 - sum(chances) / len(chances), people)


def people_needed(chances: list[float], share: float) -> int:
    """Return the smallest number of people to whom at least a share of the problems shows.

    Parameters
    ----------
    chances : list of float
        As for `share_of_problems_seen`.
    share : float
        Greater than 0 and less than 1; it counts as reached from 1e-9 below.

    Raises
    ------
    ValueError
        If there is no problem, or a chance or the share is out of range.
    """
    _check(chances, 0)
    domain.between("share", share, 0, 1)
    hidden = [1.0] * len(chances)
    people = 0
    while 1.0 - sum(hidden) / len(hidden) < share - CLOSE:
        people += 1
        hidden = [left * (1.0 - chance) for left, chance in zip(hidden, chances)]
    return people


def uneven_chances(pattern: list[float], mean: float, unevenness: float) -> list[float]:
    """Return chances with a given mean, as unequal as wanted.

    Parameters
    ----------
    pattern : list of float
        Chances whose proportions are kept, greater than 0.
    mean : float
        Mean of the chances wanted, greater than 0 and at most 1.
    unevenness : float
        From 0, all alike, to 1, as unlike as the pattern, or as far as no chance
        passes 1.
    """
    domain.not_empty("pattern", pattern)
    domain.above("mean", mean, 0)
    domain.within("mean", mean, 0, 1)
    domain.within("unevenness", unevenness, 0, 1)
    middle = sum(pattern) / len(pattern)
    widest = (max(pattern) - middle) / middle * mean
    scale = unevenness * (min(1.0, (1.0 - mean) / widest) if widest > 0 else 0.0)
    # Rounding must not lift the largest above 1.
    return [min(1.0, mean + scale * mean * (chance - middle) / middle) for chance in pattern]


def groups_drawn(chances: list[float], people: int, groups: int, seed: int = 9) -> list[int]:
    """Return how many of the problems showed in each of several invented groups.

    Parameters
    ----------
    chances, people
        As for `share_of_problems_seen`.
    groups : int
        How many groups of so many people are drawn, at least 0.
    seed : int
        The same seed gives the same groups on every Python.
    """
    _check(chances, people)
    domain.whole("groups", groups, 0)
    generator = Generator(seed, people)
    shown = [1.0 - _power(1.0 - chance, people) for chance in chances]
    # Whether a problem shows to anybody of a group is one throw, as the group's
    # people do not depend on each other.
    return [
        sum([1 if generator.uniform() < chance else 0 for chance in shown]) for _ in range(groups)
    ]


def read_test(outcomes: list[str], needed: int, planned: int, stop_at: int) -> dict:
    """Return the verdict of a test by the threshold that was written before it.

    Parameters
    ----------
    outcomes : list of str
        What each person did, in the order in which they came: "did", "did not" or
        "harm".
    needed : int
        How many of those planned must do it, from 1 to `planned`.
    planned : int
        How many people the card says, at least 1.
    stop_at : int
        With this many harms the test ends at once, at least 1.

    Returns
    -------
    dict
        ``counted``: people up to the planned number, or to the last harm;
        ``did``: how many of these did it; ``verdict``: "stopped", "unfinished",
        "kept" or "dropped".

    Raises
    ------
    ValueError
        For an outcome that is none of the three, or a number out of range.
    """
    domain.whole("planned", planned, 1)
    domain.whole("needed", needed, 1, planned)
    domain.whole("stop_at", stop_at, 1)
    for outcome in outcomes:
        domain.one_of("outcome", outcome, OUTCOMES)
    counted = did = harms = 0
    for outcome in outcomes[:planned]:
        counted += 1
        did += outcome == "did"
        harms += outcome == "harm"
        if harms == stop_at:
            return {"counted": counted, "did": did, "verdict": "stopped"}
    verdict = "kept" if did >= needed else "dropped"
    if counted < planned:
        verdict = "unfinished"
    return {"counted": counted, "did": did, "verdict": verdict}


def _check(chances: list[float], people: int) -> None:
    domain.not_empty("chances", chances)
    for chance in chances:
        domain.above("chances", chance, 0)
        domain.within("chances", chance, 0, 1)
    domain.whole("people", people, 0)


def _power(base: float, exponent: int) -> float:
    # By multiplication, so that every computer rounds alike.
    product = 1.0
    for _ in range(int(exponent)):
        product *= base
    return product
