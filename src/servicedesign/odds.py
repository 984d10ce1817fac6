"""Odds ratios: one table, or several that are kept apart (chapter 8)."""

import math

from servicedesign import domain, means


def odds_ratio(a: float, b: float, c: float, d: float) -> float:
    """Return the odds ratio of a two-by-two table.

    Parameters
    ----------
    a, b, c, d : float
        Counts, at least 0: first row a, b; second row c, d.

    Returns
    -------
    float
        ``a * d / (b * c)``, greater than 0.  If a count is 0, one half is added
        to all four first.

    Raises
    ------
    ValueError
        If a count is negative.

    Notes
    -----
    Source: the correction of Haldane (1956).  Odds are not probabilities: an
    odds ratio of 2 does not mean twice as likely.
    """
    a, b, c, d = _counts(a, b, c, d)
    return a * d / (b * c)


def odds_ratio_interval(
    a: float, b: float, c: float, d: float, z: float = 1.96
) -> tuple[float, float]:
    """Return a confidence interval for the odds ratio of one table.

    Counts and errors as for `odds_ratio`, with the same correction; z as for
    a normal distribution, greater than 0.  Source: Woolf (1955).
    """
    domain.above("z", z, 0)
    a, b, c, d = _counts(a, b, c, d)
    error = math.sqrt(1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d)
    middle = math.log(a * d / (b * c))
    return (math.exp(middle - z * error), math.exp(middle + z * error))


def mantel_haenszel(tables: list[tuple]) -> float:
    """Return one odds ratio for several tables, strata kept apart.

    Parameters
    ----------
    tables : list of tuple
        (a, b, c, d) for each stratum, as for `odds_ratio`; no correction is
        made.

    Returns
    -------
    float
        Sum of ``a * d / n`` over the sum of ``b * c / n``, at least 0.

    Raises
    ------
    ValueError
        If there is no table, a count is negative, a table is empty, or the sum
        below is 0.

    Notes
    -----
    Source: Mantel and Haenszel (1959).
    """
    concordant, discordant = _strata(tables)
    return means.total(concordant) / means.total(discordant)


def mantel_haenszel_interval(tables: list[tuple], z: float = 1.96) -> tuple[float, float]:
    """Return a confidence interval for the Mantel-Haenszel odds ratio.

    Parameters
    ----------
    tables : list of tuple
        As for `mantel_haenszel`.
    z : float
        Width in standard errors, greater than 0; 1.96 for 95% confidence.

    Returns
    -------
    tuple of float
        Low and high bound, greater than 0.

    Raises
    ------
    ValueError
        As `mantel_haenszel`, or if the odds ratio is 0.

    Notes
    -----
    Source: variance of the logarithm by Robins, Breslow and Greenland (1986).
    """
    domain.above("z", z, 0)
    concordant, discordant = _strata(tables)
    r, s = means.total(concordant), means.total(discordant)
    domain.above("the Mantel-Haenszel odds ratio", r / s, 0)
    variance = 0.0
    for place, (a, b, c, d) in enumerate(tables):
        n = a + b + c + d
        p, q = (a + d) / n, (b + c) / n
        ri, si = concordant[place], discordant[place]
        variance += p * ri / (2.0 * r * r) + (p * si + q * ri) / (2.0 * r * s)
        variance += q * si / (2.0 * s * s)
    middle, error = math.log(r / s), math.sqrt(variance)
    return (math.exp(middle - z * error), math.exp(middle + z * error))


def _counts(a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
    for name, count in (("a", a), ("b", b), ("c", c), ("d", d)):
        domain.at_least(name, count, 0)
    if a == 0 or b == 0 or c == 0 or d == 0:
        return (a + 0.5, b + 0.5, c + 0.5, d + 0.5)
    return (a, b, c, d)


def _strata(tables: list[tuple]) -> tuple[list[float], list[float]]:
    domain.not_empty("tables", tables)
    concordant = []
    discordant = []
    for place, (a, b, c, d) in enumerate(tables):
        where = "table " + str(place + 1)
        for name, count in (("a", a), ("b", b), ("c", c), ("d", d)):
            domain.at_least(name, count, 0, "", where)
        n = a + b + c + d
        domain.above("the number of people", n, 0, "", where)
        concordant.append(a * d / n)
        discordant.append(b * c / n)
    domain.above("the sum of b * c / n", means.total(discordant), 0)
    return (concordant, discordant)
