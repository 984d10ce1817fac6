"""The satisfaction mirror: association and common cause (chapter 8).

Management M acts on staff satisfaction E (by `a`) and on guest satisfaction G
(by `b`); staff act on guests by `c`.  All three have mean 0 and standard
deviation 1, the effects are from 0 to 1, and everything is linear.
"""

import math

from servicedesign import domain
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


def _unexplained(a: float, b: float, c: float) -> float:
    # The part of the guests' variance that neither management nor staff make.
    domain.within("c", c, 0, 1)
    largest = largest_direct_effect(a, b)
    if c > largest + 1e-9:
        # Rounded down, so that the limit named is itself allowed.
        allowed = math.floor(largest * 1000) / 1000
        raise ValueError(f"c must be from 0 to {allowed} beside a = {a} and b = {b}, got {c}")
    return max(0.0, 1.0 - (b * b + c * c + 2.0 * a * b * c))
