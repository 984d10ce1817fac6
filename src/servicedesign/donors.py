"""Who has left without a word: two models for customers who need not say goodbye (chapter 9).

Whoever gives once a year, or lunches when he likes, never cancels.  Both models part
the silent into those who rest and those who have gone; they are read in the chapter,
with published estimates, and not written by learners.
"""

from math import exp, lgamma, log
from typing import Any

from servicedesign import domain

# Estimates of Fader, Hardie and Shang (2010) for the donors of `donations_cohort`.
DONATIONS = (1.204, 0.750, 0.657, 2.783)


def bgbb_loglik(
    alpha: float, beta: float, gamma: float, delta: float, rows: list[dict[str, Any]]
) -> float:
    """Return the log-likelihood of the beta-geometric/beta-Bernoulli model.

    Parameters
    ----------
    alpha, beta : float
        Spread of the chance to give at one opportunity, greater than 0.
    gamma, delta : float
        Spread of the chance to leave before one, greater than 0.
    rows : list of dict
        ``frequency`` (times given), ``recency`` (the last opportunity taken, 0 for none),
        ``periods`` (opportunities) and ``donors`` (how many people), as in the table
        donations_cohort.

    Raises
    ------
    ValueError
        If a parameter is not above 0, or there is no row.

    Notes
    -----
    Source: Fader, Hardie and Shang (2010).
    """
    for name, value in (("alpha", alpha), ("beta", beta), ("gamma", gamma), ("delta", delta)):
        domain.above(name, value, 0)
    domain.not_empty("rows", rows)
    total = 0.0
    for row in rows:
        given, last, periods = row["frequency"], row["recency"], row["periods"]
        giving = _log_beta(alpha, beta)
        leaving = _log_beta(gamma, delta)
        likelihood = exp(
            _log_beta(alpha + given, beta + periods - given)
            - giving
            + _log_beta(gamma, delta + periods)
            - leaving
        )
        # Or they left after the last time, before one of the opportunities that follow.
        for later in range(periods - last):
            likelihood += exp(
                _log_beta(alpha + given, beta + last - given + later)
                - giving
                + _log_beta(gamma + 1, delta + last + later)
                - leaving
            )
        total += row["donors"] * log(likelihood)
    return total


def still_giving(
    alpha: float, beta: float, gamma: float, delta: float, given: int, last: int, periods: int
) -> float:
    """Return the chance that somebody of this record is there for the next opportunity.

    Parameters
    ----------
    alpha, beta, gamma, delta
        As for `bgbb_loglik`.
    given, last, periods : int
        Times given, the last opportunity taken, and opportunities.

    Returns
    -------
    float
        From 0 to 1.

    Notes
    -----
    Source: Fader, Hardie and Shang (2010).
    """
    row = {"frequency": given, "recency": last, "periods": periods, "donors": 1}
    alive = (
        _log_beta(alpha + given, beta + periods - given)
        - _log_beta(alpha, beta)
        + _log_beta(gamma, delta + periods + 1)
        - _log_beta(gamma, delta)
    )
    return exp(alive - bgbb_loglik(alpha, beta, gamma, delta, [row]))


def bgnbd_loglik(
    r: float, alpha: float, a: float, b: float, cards: list[tuple[int, float, float]]
) -> float:
    """Return the log-likelihood of the beta-geometric/negative binomial model.

    Parameters
    ----------
    r, alpha : float
        Spread of how often people come, greater than 0.
    a, b : float
        Spread of the chance to leave after a visit, greater than 0.
    cards : list of tuple
        (repeat visits, time from the first visit to the last, time watched), see
        `visits_of`.

    Raises
    ------
    ValueError
        If a parameter is not above 0, or there is no card.

    Notes
    -----
    Source: Fader, Hardie and Lee (2005).
    """
    for name, value in (("r", r), ("alpha", alpha), ("a", a), ("b", b)):
        domain.above(name, value, 0)
    domain.not_empty("cards", cards)
    total = 0.0
    for again, last, watched in cards:
        total += (
            lgamma(r + again)
            - lgamma(r)
            + r * log(alpha)
            + lgamma(a + b)
            + lgamma(b + again)
            - lgamma(b)
            - lgamma(a + b + again)
        )
        here = -(r + again) * log(alpha + watched)
        if again:
            gone = log(a) - log(b + again - 1) - (r + again) * log(alpha + last)
            most = max(here, gone)
            here = most + log(exp(here - most) + exp(gone - most))
        total += here
    return total


def visits_of(rows: list[dict[str, Any]], end: float) -> list[tuple[int, float, float]]:
    """Return what `bgnbd_loglik` wants of each card.

    Parameters
    ----------
    rows : list of dict
        ``customer_id`` and ``week`` of every visit, as in the table transactions.
    end : float
        The week in which watching ended, for every card; no visit may be later.

    Raises
    ------
    ValueError
        If a visit is later than the end.
    """
    weeks: dict[int, list[float]] = {}
    for row in rows:
        domain.within("week", row["week"], 0, end, where=f"card {row['customer_id']}")
        weeks.setdefault(row["customer_id"], []).append(row["week"])
    return [
        (len(each) - 1, max(each) - min(each), end - min(each))
        for _card, each in sorted(weeks.items())
    ]


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
