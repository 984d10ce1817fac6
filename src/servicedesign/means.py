"""Sums and means that come out the same on every Python.

The built-in ``sum`` of floats rounds differently from CPython 3.12 on and in
MicroPython, and one last digit can move a pixel, so the models add with
`total`, from left to right.  The power mean is at home in two chapters: it is
the value made by two pairs of hands (chapter 1) and one way in which moments
could add up to a memory (chapter 5).
"""

import math

from servicedesign import domain

# Below this exponent (in absolute value) a power mean equals the geometric
# mean to about eight digits, and 1 / exponent would lose them all.
NEARLY_ZERO = 1e-8


def total(values: list[float]) -> float:
    """Return the sum, added from left to right; 0.0 for an empty list."""
    result = 0.0
    for value in values:
        result += value
    return result


def mean(values: list[float]) -> float:
    """Return the arithmetic mean; ValueError if there is nothing to average."""
    domain.not_empty("values", values)
    return total(values) / len(values)


def weighted_mean(values: list[float], weights: list[float]) -> float:
    """Return the sum of weight times value over the sum of the weights.

    Parameters
    ----------
    values : list of float
        In any unit.
    weights : list of float
        As many as values, each at least 0, not all 0.

    Returns
    -------
    float
        In the unit of the values.

    Raises
    ------
    ValueError
        If the lists differ in length, or the weights are negative or all 0.
    """
    weight = _total_weight(values, weights)
    return total([each * value for each, value in zip(weights, values)]) / weight


def power_mean(values: list[float], exponent: float, weights: list[float] | None = None) -> float:
    """Return the weighted power mean of positive numbers.

    Parameters
    ----------
    values : list of float
        In any unit, each at least 0.
    exponent : float
        1 gives the mean, 0 the geometric mean, -1 the harmonic mean, minus
        infinity the smallest and infinity the largest value.
    weights : list of float, optional
        As many as values, each at least 0, not all 0; equal if left out.  A
        value of weight 0 plays no part, not even as the smallest.

    Returns
    -------
    float
        In the unit of the values, between the smallest and the largest.  A
        value of 0 makes the mean 0 if the exponent is 0 or less.

    Raises
    ------
    ValueError
        If a value or weight is negative, all weights are 0 or nothing is given.

    Notes
    -----
    Source: Hardy, Littlewood and Polya (1934), chapter 2.  Everything is
    measured against one of the values before it is raised to the power, so
    that nothing overflows and equal values give exactly that value.
    """
    if weights is None:
        weights = [1.0] * len(values)
    weight = _total_weight(values, weights)
    for value in values:
        domain.at_least("value", value, 0)
    shares = [each / weight for each in weights]
    return unchecked_power_mean(values, exponent, shares)


def unchecked_power_mean(values: list[float], exponent: float, shares: list[float]) -> float:
    """Return `power_mean` for arguments known to be in order, quickly.

    The shares are weights that sum to 1.  For loops in a live figure, where
    each input redraws within a sixtieth of a second.
    """
    if 0 in shares:
        values = [value for value, share in zip(values, shares) if share > 0]
        shares = [share for share in shares if share > 0]
    smallest = min(values)
    largest = max(values)
    if exponent == 1:
        return total([share * value for share, value in zip(shares, values)])
    if exponent == math.inf or smallest == largest:
        return float(largest)
    if exponent == -math.inf or (smallest == 0 and exponent < NEARLY_ZERO):
        return float(smallest)
    base = largest if exponent > 0 else smallest
    result = 0.0
    if abs(exponent) < NEARLY_ZERO:
        for value, share in zip(values, shares):
            result += share * math.log(value / base)
    else:
        for value, share in zip(values, shares):
            # 0 to a positive power is 0, and so -1 when one is taken off.
            growth = math.expm1(exponent * math.log(value / base)) if value > 0 else -1.0
            result += share * growth
        result = log_of_one_plus(result) / exponent
    # Rounding must not carry a mean outside its values.
    return float(min(max(base * math.exp(result), smallest), largest))


def log_of_one_plus(x: float) -> float:
    """Return log(1 + x) without losing the digits of a small x; x is above -1.

    MicroPython has no ``log1p``.  Source: Kahan's identity, as in Goldberg
    (1991), theorem 4.
    """
    one_more = 1.0 + x
    if one_more == 1.0:
        return x
    return math.log(one_more) * x / (one_more - 1.0)


def _total_weight(values: list[float], weights: list[float]) -> float:
    domain.not_empty("values", values)
    domain.same_length("weights", weights, "values", values)
    for weight in weights:
        domain.at_least("weight", weight, 0)
    result = total(weights)
    domain.above("the sum of the weights", result, 0)
    return result
