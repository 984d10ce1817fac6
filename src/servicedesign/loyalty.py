"""What a customer is worth, and how many answers a score needs (chapter 9).

Who stays is told by `retention`; the net promoter score itself is in `listening`.
"""

import math

from servicedesign import domain
from servicedesign.retention import check_survival, with_less_churn

FIRST = ("now", "later")
HALVINGS = 40


def clv(margin: float, survival: list[float], rate: float, first: str = "now") -> float:
    """Return what a customer will bring, in today's money.

    Parameters
    ----------
    margin : float
        EUR a period, after what serving costs.
    survival : list of float
        Shares still there after 0, 1, 2, ... periods; the first is 1.
    rate : float
        Discount rate a period, such as 0.1; at least 0.
    first : str
        "now": the first margin is received at once.  "later": after the first renewal.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Notes
    -----
    Source: Gupta and Lehmann (2003), for both conventions.
    """
    domain.finite("margin", margin)
    check_survival(survival)
    domain.at_least("rate", rate, 0)
    domain.one_of("first", first, FIRST)
    total, worth = 0.0, 1.0
    for period, share in enumerate(survival):
        if period or first == "now":
            total += share * worth
        worth /= 1.0 + rate
    return margin * total


def clv_for_ever(margin: float, retention: float, rate: float, first: str = "now") -> float:
    """Return a customer's value if the same share stays in every period, without an end.

    Parameters
    ----------
    margin, rate, first
        As for `clv`.
    retention : float
        From 0 to 1, and less than ``1 + rate``.

    Notes
    -----
    ``m r / (1 + i - r)`` later, ``m (1 + i) / (1 + i - r)`` now: Gupta and Lehmann (2003).
    """
    domain.finite("margin", margin)
    domain.within("retention", retention, 0, 1)
    domain.at_least("rate", rate, 0)
    domain.one_of("first", first, FIRST)
    if retention >= 1 + rate:
        raise ValueError("rate must be above 0 if nobody ever leaves, got " + str(rate))
    return margin * (retention if first == "later" else 1 + rate) / (1 + rate - retention)


def cohort_value(
    margin: float, survival: list[float], rate: float, given: float = 0.0, spend: float = 0.0
) -> float:
    """Return what one customer of a cohort leaves, in today's money, first margin now.

    Parameters
    ----------
    margin, survival, rate
        As for `clv`.
    given : float
        EUR that it took to win the customer, discount included; at least 0.
    spend : float
        EUR a period spent on each customer who is there, at least 0.
    """
    domain.at_least("given", given, 0)
    domain.at_least("spend", spend, 0)
    return clv(margin - spend, survival, rate) - given


def effect_that_pays(
    margin: float, survival: list[float], rate: float, spend: float
) -> float | None:
    """Return the least part of the churn that a spending must spare to pay for itself.

    Parameters
    ----------
    margin, survival, rate, spend
        As for `cohort_value`.

    Returns
    -------
    float or None
        From 0 to 1, to 1e-12; None if even keeping everybody would not pay.
    """
    without = cohort_value(margin, survival, rate)

    def pays(cut: float) -> bool:
        kept = with_less_churn(survival, cut)
        return cohort_value(margin, kept, rate, 0.0, spend) >= without

    if pays(0.0):
        return 0.0
    if not pays(1.0):
        return None
    low, high = 0.0, 1.0
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if pays(middle) else (middle, high)
    return high


def answers_needed(promoters: float, detractors: float, margin: float) -> int:
    """Return how many answers give a net promoter score to so many points.

    Parameters
    ----------
    promoters, detractors : float
        Shares expected, from 0 to 1, together at most 1.
    margin : float
        Half the width of the 95% interval, in points, greater than 0.

    Returns
    -------
    int
        At least 1.
    """
    domain.within("promoters", promoters, 0, 1)
    domain.within("detractors", detractors, 0, 1)
    domain.within("promoters and detractors", promoters + detractors, 0, 1 + 1e-9)
    domain.above("margin", margin, 0)
    difference = promoters - detractors
    variance = promoters + detractors - difference * difference
    needed = (196.0 / margin) ** 2 * max(0.0, variance)
    return max(1, math.ceil(needed - 1e-9))
