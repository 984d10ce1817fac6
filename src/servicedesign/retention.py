"""Who is still there: cohorts, their retention, and a model of it (chapter 9).

A cohort is everybody who came in one year; its survivors are those still there a year
later, two years later, and so on.
"""

import math

from servicedesign import domain
from servicedesign.nelder_mead import minimise

FARTHEST = 25.0  # of a logarithm: beyond it customers are alike to any reader


def cohorts(rows: list[dict]) -> list[dict]:
    """Return the cohorts of a table of cards, each with its counts year by year.

    Parameters
    ----------
    rows : list of dict
        ``cohort`` (year), ``origin``, ``year`` and ``active`` (cards still used), in any
        order.

    Returns
    -------
    list of dict
        ``cohort``, ``origin`` and ``counts``, the first the cohort's size; the oldest
        cohort first.
    """
    found: dict = {}
    for row in rows:
        key = (row["cohort"], row["origin"])
        found.setdefault(key, []).append((row["year"], row["active"]))
    return [
        {"cohort": key[0], "origin": key[1], "counts": [count for _year, count in sorted(years)]}
        for key, years in sorted(found.items())
    ]


def retention_rates(survivors: list) -> list[float]:
    """Return from year to year which share of those still there stayed.

    Parameters
    ----------
    survivors : list of float
        Counts or shares, at least two, none above the one before; a cohort that has
        died out has no further rate.

    Raises
    ------
    ValueError
        For fewer than two entries, a rise, or a negative entry.
    """
    _falling(survivors, 2)
    rates = []
    for before, after in _steps(survivors):
        if before > 0:
            rates.append(after / before)
    return rates


def pooled_survival(counts: list[list[int]]) -> list[float]:
    """Return the survival of several cohorts together, of which some are younger.

    Parameters
    ----------
    counts : list of list of int
        The survivors of each cohort, its size first; at least one cohort of two entries.

    Returns
    -------
    list of float
        From 1.0 on: the product of the rates of each year of age, each over all cohorts
        that have reached it.

    Raises
    ------
    ValueError
        If there is no cohort of two entries, or a cohort rises.

    Notes
    -----
    Source: Kaplan and Meier (1958).  A mean of the cohorts' own survival would compare
    old cohorts with young ones.
    """
    for each in counts:
        _falling(each, 1)
    longest = max([0] + [len(each) for each in counts])
    if longest < 2:
        raise ValueError("counts must hold a cohort with two entries or more, got " + str(counts))
    survival = [1.0]
    for age in range(1, longest):
        before = sum([each[age - 1] for each in counts if len(each) > age])
        after = sum([each[age] for each in counts if len(each) > age])
        survival.append(survival[-1] * after / before if before else 0.0)
    return survival


def constant_survival(retention: float, periods: int) -> list[float]:
    """Return survival if in every period the same share stays.

    Parameters
    ----------
    retention : float
        From 0 to 1.
    periods : int
        At least 0.
    """
    domain.within("retention", retention, 0, 1)
    domain.whole("periods", periods, 0)
    survival = [1.0]
    for _period in range(int(periods)):
        survival.append(survival[-1] * retention)
    return survival


def with_less_churn(survival: list[float], cut: float) -> list[float]:
    """Return survival if in each period a part of those who leave did not.

    Parameters
    ----------
    survival : list of float
        Shares from 1 on, none above the one before.
    cut : float
        Part of each period's loss that is spared, from 0 to 1.

    Notes
    -----
    Teaching assumption: the same part in every period.
    """
    check_survival(survival)
    domain.within("cut", cut, 0, 1)
    other = [1.0]
    for before, after in _steps(survival):
        stays = after / before if before > 0 else 0.0
        other.append(other[-1] * (stays + cut * (1.0 - stays)))
    return other


def sbg_survival(alpha: float, beta: float, periods: int) -> list[float]:
    """Return the share of a cohort that is still there after 0, 1, 2, ... periods.

    Parameters
    ----------
    alpha, beta : float
        Greater than 0.  Each customer leaves in any period with a chance of his own, and
        these chances spread over the cohort as a beta distribution.
    periods : int
        At least 0.

    Returns
    -------
    list of float
        ``periods + 1`` shares, the first 1.0.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Notes
    -----
    Source: Fader and Hardie (2007).
    """
    _parameters(alpha, beta)
    domain.whole("periods", periods, 0)
    survival = [1.0]
    for period in range(1, int(periods) + 1):
        survival.append(survival[-1] * sbg_retention(alpha, beta, period))
    return survival


def sbg_retention(alpha: float, beta: float, period: int) -> float:
    """Return which share of those still there stays in a period, from 1 on.

    It rises with the period although nobody changes: the less loyal leave first.
    Arguments and errors as for `sbg_survival`.
    """
    _parameters(alpha, beta)
    domain.whole("period", period, 1)
    return (beta + period - 1) / (alpha + beta + period - 1)


def sbg_from(stay: float, unlike: float) -> tuple[float, float]:
    """Return alpha and beta from two numbers that can be read.

    Parameters
    ----------
    stay : float
        Share of the cohort that stays in the first period, greater than 0, less than 1.
    unlike : float
        How unlike the customers are, greater than 0 and less than 1: near 0 all leave
        with one chance, near 1 some leave at once and the others never.

    Notes
    -----
    ``unlike = 1 / (1 + alpha + beta)``, the polarisation index of a beta distribution.
    """
    domain.between("stay", stay, 0, 1)
    domain.between("unlike", unlike, 0, 1)
    size = 1.0 / unlike - 1.0
    return (1.0 - stay) * size, stay * size


def sbg_loglik(alpha: float, beta: float, lost: list[int], remaining: int) -> float:
    """Return the log-likelihood of what became of a cohort.

    Parameters
    ----------
    alpha, beta : float
        As for `sbg_survival`.
    lost : list of int
        How many left in period 1, 2, ...; at least one entry, none negative.
    remaining : int
        How many are still there, at least 0.

    Returns
    -------
    float
        At most 0.

    Raises
    ------
    ValueError
        If an argument is out of range.
    """
    _parameters(alpha, beta)
    domain.not_empty("lost", lost)
    domain.at_least("remaining", remaining, 0)
    total = stayed = 0.0  # logarithms
    for place, gone in enumerate(lost):
        domain.at_least("lost", gone, 0)
        end = alpha + beta + place
        total += gone * (stayed + math.log(alpha / end))
        stayed += math.log((beta + place) / end)
    return total + remaining * stayed


def sbg_fit(survivors: list[int]) -> tuple[float, float]:
    """Return alpha and beta under which a cohort's fate is likeliest.

    Parameters
    ----------
    survivors : list of int
        Counts, not shares; the first is the size of the cohort.  At least three, none
        above the one before.

    Returns
    -------
    (float, float)
        Alpha and beta.  Where retention does not rise they grow beyond all bounds, and
        the search ends somewhere far out: customers look alike.

    Raises
    ------
    ValueError
        For too few entries, a rise, a share instead of a count, or a cohort in which
        nobody left or nobody stayed a period.

    Notes
    -----
    Nelder and Mead's search on the logarithms, from (0, 0).
    """
    lost, remaining = fate(survivors)

    def height(place: list[float]) -> float:
        if max(abs(place[0]), abs(place[1])) > FARTHEST:
            return 1e300
        return -sbg_loglik(math.exp(place[0]), math.exp(place[1]), lost, remaining)

    place, _height = minimise(height, [0.0, 0.0])
    return math.exp(place[0]), math.exp(place[1])


def fate(survivors: list[int]) -> tuple[list[int], int]:
    """Return how many left in each period, and how many remain; errors as for `sbg_fit`."""
    _falling(survivors, 3)
    for count in survivors:
        domain.whole("survivors", count, 0)
    if survivors[-1] == survivors[0]:
        raise ValueError("somebody must have left, got " + str(survivors))
    if survivors[1] == 0:
        raise ValueError("somebody must have stayed for a period, got " + str(survivors))
    lost = [before - after for before, after in _steps(survivors)]
    return lost, survivors[-1]


def check_survival(survival: list[float]) -> None:
    """Raise ValueError unless shares begin with 1 and never rise."""
    _falling(survival, 1)
    if abs(survival[0] - 1.0) > 1e-9:
        raise ValueError("survival must begin with 1, the whole cohort, got " + str(survival[0]))


def _falling(survivors: list, least: int) -> None:
    if len(survivors) < least:
        raise ValueError(
            "survivors must have at least %d entries, the size of the cohort first, got %s"
            % (least, survivors)
        )
    for before, after in _steps(survivors):
        if after > before:
            raise ValueError(
                "survivors must never rise, got %s after %s: count those still there, not those "
                "who left" % (after, before)
            )
    domain.at_least("survivors", survivors[-1], 0)
    domain.finite("survivors", survivors[0])


def _parameters(alpha: float, beta: float) -> None:
    domain.above("alpha", alpha, 0)
    domain.above("beta", beta, 0)


def _steps(values: list) -> list[tuple]:
    return [(values[place], values[place + 1]) for place in range(len(values) - 1)]
