"""The satisfaction mirror: association, common cause, strata (chapter 8).

Management M acts on staff satisfaction E (by `a`) and on guest satisfaction G
(by `b`); staff act on guests by `c`.  All three have mean 0 and standard
deviation 1, the effects are from 0 to 1, and everything is linear.
"""

import math

from servicedesign import domain, means
from servicedesign.randomness import Generator


def mirror(a: float, b: float, c: float) -> dict:
    """Return what is seen of the mirror, and what is behind it.

    Parameters
    ----------
    a, b, c : float
        Effects of management on staff, of management on guests, and of staff
        on guests, from 0 to 1, such that guests' variance is not exceeded:
        ``b**2 + c**2 + 2*a*b*c <= 1``.

    Returns
    -------
    dict
        ``crude``: correlation of staff and guests over all outlets, c + a b;
        ``within``: their correlation among outlets with equal management, which
        is not c (None if management decides everything on one side);
        ``intervention``: by how many standard deviations guests rise if staff
        alone are raised by one, which is c.

    Raises
    ------
    ValueError
        If an effect is outside its range or the three are impossible together;
        the message says how large c may be.

    Notes
    -----
    ``within`` is ``c * sqrt(1 - a**2) / sqrt(1 - (b + a*c)**2)``.
    Source: path analysis, Wright (1921); partial correlation, Yule (1907).
    Teaching assumption: linear effects, and no effect of guests on staff.
    """
    rest = _unexplained(a, b, c)
    guests_given_management = rest + c * c * (1.0 - a * a)
    within = None
    if a < 1 and guests_given_management > 1e-12:
        within = c * math.sqrt(1.0 - a * a) / math.sqrt(guests_given_management)
    return {"crude": c + a * b, "within": within, "intervention": c}


def largest_direct_effect(a: float, b: float) -> float:
    """Return the largest c that is possible beside a and b, from 0 to 1.

    The positive root of ``c**2 + 2*a*b*c + b**2 = 1``; sliders that ask for
    more can be held at this value.
    """
    domain.within("a", a, 0, 1)
    domain.within("b", b, 0, 1)
    return max(0.0, math.sqrt(a * a * b * b + 1.0 - b * b) - a * b)


def standard_normals(n: int, seed: int = 1) -> list[tuple]:
    """Return n triples of independent standard normal numbers.

    `n` and `seed` are at least 0.  Draw them once: `outlets` then shows the
    same chance under other effects, and the points move instead of jumping.
    """
    domain.whole("n", n, 0)
    generator = Generator(seed)
    return [(generator.normal(), generator.normal(), generator.normal()) for _ in range(n)]


def outlets(a: float, b: float, c: float, chance: list[tuple]) -> list[tuple]:
    """Return simulated outlets: (management, staff, guests).

    Parameters
    ----------
    a, b, c : float
        As for `mirror`.
    chance : list of tuple
        Triples from `standard_normals`, one for each outlet.

    Returns
    -------
    list of tuple
        In standard deviations from the mean of all outlets there could be.

    Raises
    ------
    ValueError
        As `mirror`.

    Notes
    -----
    Teaching assumption: normal distributions.
    """
    rest = math.sqrt(_unexplained(a, b, c))
    own = math.sqrt(1.0 - a * a)
    drawn = []
    for management, for_staff, for_guests in chance:
        staff = a * management + own * for_staff
        drawn.append((management, staff, b * management + c * staff + rest * for_guests))
    return drawn


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


def _unexplained(a: float, b: float, c: float) -> float:
    # The part of the guests' variance that neither management nor staff make.
    domain.within("c", c, 0, 1)
    largest = largest_direct_effect(a, b)
    if c > largest + 1e-9:
        # Rounded down, so that the limit named is itself allowed.
        allowed = math.floor(largest * 1000) / 1000
        raise ValueError(f"c must be from 0 to {allowed} beside a = {a} and b = {b}, got {c}")
    return max(0.0, 1.0 - (b * b + c * c + 2.0 * a * b * c))


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
