"""Expectations, quality and surprise: the treadmill and its audit (chapter 7)."""

import math

from servicedesign import domain, means
from servicedesign.randomness import Generator

LOWEST, HIGHEST = 1, 10
PLANS = ("constant", "rising", "random", "surprise")


def expectation_path(
    perf: list[float],
    e0: float,
    alpha: float,
    promise: float = 0.0,
    renewed: bool = False,
) -> list[tuple[float, float]]:
    """Return what a guest expects before each visit, and the gap it leaves.

    Parameters
    ----------
    perf : list of float
        Perceived performance visit by visit, in scale points; may be empty.
    e0 : float
        Expectation before the first visit, in scale points, without the
        promise.
    alpha : float
        How fast the guest learns, from 0 (never) to 1 (expects what was last
        time).
    promise : float
        What marketing adds to the expectation, in scale points; negative for
        promising less.
    renewed : bool
        Whether the promise is made anew before every visit, or once.

    Returns
    -------
    list of tuple
        (expectation before the visit, performance minus that expectation).

    Raises
    ------
    ValueError
        If alpha is outside 0 to 1 or a number is not finite.

    Notes
    -----
    ``E + alpha * (P - E)`` after each visit; a renewed promise is added to
    what was learned each time, and not learned itself.  A promise made once
    fades as ``(1 - alpha)**(visit - 1)``.
    Source: Boulding, Kalra, Staelin and Zeithaml (1993).  Teaching assumption:
    one constant rate of learning.
    """
    domain.within("alpha", alpha, 0, 1)
    domain.finite("e0", e0)
    domain.finite("promise", promise)
    learned = e0 if renewed else e0 + promise
    added = promise if renewed else 0.0
    path = []
    for performance in perf:
        domain.finite("perf", performance)
        expected = learned + added
        path.append((expected, performance - expected))
        learned = learned + alpha * (performance - learned)
    return path


def lasting_gap(growth: float, alpha: float) -> float:
    """Return the surprise that a performance growing by `growth` a visit keeps up.

    Parameters
    ----------
    growth : float
        Improvement per visit, in scale points.
    alpha : float
        Rate of learning, greater than 0 and at most 1.

    Returns
    -------
    float
        ``growth / alpha`` in scale points, the gap every path tends to; so a
        lasting surprise d costs an improvement of ``alpha * d`` each visit.

    Raises
    ------
    ValueError
        If alpha is outside its range.

    Notes
    -----
    Source: the fixed point of `expectation_path`; the argument of Rust and
    Oliver (2000).
    """
    domain.above("alpha", alpha, 0)
    domain.within("alpha", alpha, 0, 1)
    return growth / alpha


def performance_plan(
    plan: str, visits: int, base: float, lift: float, every: int = 4, seed: int = 1
) -> list[float]:
    """Return the performance of each visit under one of four plans.

    Parameters
    ----------
    plan : str
        ``"constant"``: base plus lift every time.  ``"rising"``: base, then
        lift more each visit.  ``"random"``: base plus anything from 0 to twice
        the lift.  ``"surprise"``: base, and base plus lift on every
        `every`-th visit.
    visits : int
        At least 0.
    base, lift : float
        In scale points; base from 1 to 10, lift at least 0.
    every : int
        At least 1.
    seed : int
        Which chance, at least 0.

    Returns
    -------
    list of float
        From 1 to 10, the top of the scale: a rise must end there.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Teaching assumption: all four plans.
    """
    domain.one_of("plan", plan, PLANS)
    domain.whole("visits", visits, 0)
    domain.within("base", base, LOWEST, HIGHEST)
    domain.at_least("lift", lift, 0)
    domain.whole("every", every, 1)
    generator = Generator(seed)
    performance = []
    for visit in range(1, visits + 1):
        extra = lift
        if plan == "rising":
            extra = lift * (visit - 1)
        elif plan == "random":
            extra = generator.uniform(0.0, 2.0 * lift)
        elif plan == "surprise":
            extra = lift if visit % every == 0 else 0.0
        performance.append(min(float(HIGHEST), base + extra))
    return performance


def cumulated_cost(perf: list[float], base: float, euros_per_point: float) -> list[float]:
    """Return what the performance above the base has cost up to each visit.

    `euros_per_point` is the cost of one scale point for one visit, in euros, at
    least 0; the result is in euros.  Teaching assumption: cost grows in
    proportion, and performance below the base saves nothing.
    """
    domain.at_least("euros_per_point", euros_per_point, 0, "EUR")
    spent = 0.0
    costs = []
    for performance in perf:
        spent += max(0.0, performance - base) * euros_per_point
        costs.append(spent)
    return costs


def satisfaction(
    performance: float,
    expectation: float,
    beta_0: float = 0.0,
    beta_p: float = 0.5,
    beta_d: float = 0.5,
    loss: float = 1.0,
) -> float:
    """Return satisfaction from performance and from disconfirmation.

    Parameters
    ----------
    performance, expectation : float
        In scale points.
    beta_0 : float
        Level, in points of satisfaction.
    beta_p, beta_d : float
        Weight of performance itself and of the gap, at least 0; a beta_p of 0
        leaves "performance minus expectation" alone.
    loss : float
        How many times a gap below expectation counts, at least 1.

    Returns
    -------
    float
        In points of satisfaction, not limited to a scale.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Source: disconfirmation, Oliver (1980); direct effect of performance,
    Churchill and Surprenant (1982).  Teaching assumption: the weights, and the
    loss weight.
    """
    domain.at_least("beta_p", beta_p, 0)
    domain.at_least("beta_d", beta_d, 0)
    domain.at_least("loss", loss, 1)
    gap = performance - expectation
    return beta_0 + beta_p * performance + beta_d * (gap if gap >= 0 else loss * gap)


def servqual(expect: dict, perceive: dict, weights: dict) -> dict:
    """Return quality gaps by dimension, weighted, and without expectations.

    Parameters
    ----------
    expect, perceive : dict
        Mean answer for each dimension, in scale points; the same keys.
    weights : dict
        Importance of each dimension, at least 0, not all 0; the same keys.
        Weights that do not sum to 1 are divided by their sum.

    Returns
    -------
    dict
        ``gaps``: perceived minus expected for each dimension, negative for a
        shortfall; ``weighted_gap``; ``servperf``, the weighted mean of what
        was perceived; ``largest_shortfall``: the dimension with the most
        negative gap (not weighted; the first by name on a tie to nine
        decimals), None if no gap is negative.

    Raises
    ------
    ValueError
        If the keys differ, or the weights are negative or all 0.

    Notes
    -----
    Source: Parasuraman, Zeithaml and Berry (1988); performance alone, Cronin
    and Taylor (1992), here weighted in the same way.
    """
    names = sorted(expect)
    for other, answers in (("perceive", perceive), ("weights", weights)):
        if sorted(answers) != names:
            raise ValueError(
                f"{other} must have the keys {', '.join(names)}, got {', '.join(sorted(answers))}"
            )
    gaps = {name: perceive[name] - expect[name] for name in names}
    shares = [weights[name] for name in names]
    worst = None
    for name in names:
        if gaps[name] < (-1e-9 if worst is None else gaps[worst] - 1e-9):
            worst = name
    return {
        "gaps": gaps,
        "weighted_gap": means.weighted_mean([gaps[name] for name in names], shares),
        "servperf": means.weighted_mean([perceive[name] for name in names], shares),
        "largest_shortfall": worst,
    }


def acsi_index(item_means: list[float], weights: list[float]) -> float:
    """Return a satisfaction index from 0 to 100.

    Parameters
    ----------
    item_means : list of float
        Mean answers on items from 1 to 10.
    weights : list of float
        As many, at least 0, not all 0.

    Returns
    -------
    float
        0 if all answers are 1, 100 if all are 10.

    Raises
    ------
    ValueError
        If a mean is outside 1 to 10, or the weights do not fit.

    Notes
    -----
    ``100 * (sum(w * mean) - sum(w)) / (9 * sum(w))``.
    Source: Fornell, Johnson, Anderson, Cha and Bryant (1996).
    """
    for each in item_means:
        domain.within("mean", each, LOWEST, HIGHEST)
    average = means.weighted_mean(item_means, weights)
    return 100.0 * (average - LOWEST) / (HIGHEST - LOWEST)


def two_proportions(x1: int, n1: int, x2: int, n2: int, z: float = 1.96) -> dict:
    """Return how two shares differ, and how far chance alone could go.

    Parameters
    ----------
    x1, x2 : int
        How many did it in each group, from 0 to the group's size.
    n1, n2 : int
        Sizes of the groups, at least 1.
    z : float
        Width of the interval in standard errors, greater than 0; 1.96 for 95%
        confidence.

    Returns
    -------
    dict
        ``diff``, first share minus second; ``low`` and ``high``, its interval
        by separate (Wald) errors; ``z`` by the pooled error and ``p``, the
        two-sided probability of a z at least as far from 0 if the groups do
        not differ.  If all or none did it, z is 0.0 and p is 1.0.

    Raises
    ------
    ValueError
        If a count is outside its range.

    Notes
    -----
    The normal tail is ``erfc(abs(z) / sqrt(2))``.  Source: the usual large
    sample test, as in Agresti (2002), sections 3.1 and 3.2.
    """
    for name, count in (("n1", n1), ("n2", n2)):
        domain.whole(name, count, 1)
    domain.whole("x1", x1, 0, n1)
    domain.whole("x2", x2, 0, n2)
    domain.above("z", z, 0)
    p1, p2, pooled = x1 / n1, x2 / n2, (x1 + x2) / (n1 + n2)
    diff = p1 - p2
    half = z * math.sqrt(p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2)
    error = math.sqrt(pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2))
    score = diff / error if error > 0 else 0.0
    return {
        "diff": diff,
        "low": diff - half,
        "high": diff + half,
        "z": score,
        "p": math.erfc(abs(score) / math.sqrt(2.0)),
    }


def holm(ps: list[float]) -> list[float]:
    """Return p-values adjusted for having made several comparisons.

    Parameters
    ----------
    ps : list of float
        One p-value per comparison, from 0 to 1; may be empty.

    Returns
    -------
    list of float
        Adjusted values in the order given, from 0 to 1, never smaller than
        before.

    Raises
    ------
    ValueError
        If a p-value is outside 0 to 1.

    Notes
    -----
    The smallest is multiplied by the number of comparisons, the next by one
    less, and so on; none may fall below the one before.  Source: Holm (1979).
    """
    adjusted = [0.0] * len(ps)
    so_far = 0.0
    for rank, (p, place) in enumerate(sorted([(p, place) for place, p in enumerate(ps)])):
        domain.within("p", p, 0, 1)
        so_far = max(so_far, min(1.0, p * (len(ps) - rank)))
        adjusted[place] = so_far
    return adjusted
