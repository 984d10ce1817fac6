"""How well a cohort's fate pins its model: the ridge of the likelihood, and intervals."""

from servicedesign import domain
from servicedesign.retention import fate, sbg_fit, sbg_from, sbg_loglik, sbg_retention

HALVINGS = 40
WITHIN_95 = 1.92  # half the 95% point of chi-square with one degree of freedom
GRID = 80


def sbg_region(survivors: list[int], drop: float = WITHIN_95) -> list[tuple[float, float, float]]:
    """Return all that a cohort's fate does not rule out: the ridge of its likelihood.

    Parameters
    ----------
    survivors : list of int
        As for `sbg_fit`.
    drop : float
        How far below its top the log-likelihood may lie, greater than 0: 1.92 for the
        95% interval of one quantity, 3.0 for a 95% region of both parameters.

    Returns
    -------
    list of tuple
        (unlike, lowest stay, highest stay), see `sbg_from`, for each of 80 values of
        ``unlike`` from 0.0005 to 0.95 that is not ruled out, rising.
    """
    domain.above("drop", drop, 0)
    lost, remaining = fate(survivors)
    alpha, beta = sbg_fit(survivors)
    least = sbg_loglik(alpha, beta, lost, remaining) - drop

    def height(stay: float, unlike: float) -> float:
        a, b = sbg_from(stay, unlike)
        return sbg_loglik(a, b, lost, remaining)

    region = []
    for unlike in _grid():
        best = _top(height, unlike)
        if height(best, unlike) >= least:
            ends = [_edge(height, unlike, best, end, least) for end in (1e-6, 1 - 1e-6)]
            region.append((unlike, ends[0], ends[1]))
    return region


def sbg_interval(survivors: list[int]) -> dict:
    """Return 95% intervals of what was fitted to a cohort.

    Parameters
    ----------
    survivors : list of int
        As for `sbg_fit`.

    Returns
    -------
    dict
        ``alpha``, ``beta``, ``stay`` (the retention of the first period) and ``next``
        (that of the period to come), each (low, high); None for an end that the data do
        not give.

    Notes
    -----
    By the profile of the likelihood: the range of each over `sbg_region`.
    """
    region = sbg_region(survivors)
    period = len(survivors)
    values: dict = {"alpha": [], "beta": [], "stay": [], "next": []}
    for unlike, low, high in region:
        for stay in (low, high):
            alpha, beta = sbg_from(stay, unlike)
            values["alpha"].append(alpha)
            values["beta"].append(beta)
            values["stay"].append(stay)
            values["next"].append(sbg_retention(alpha, beta, period))
    grid = _grid()
    ends: dict = {name: (min(found), max(found)) for name, found in values.items()}
    # At the edge of the grid both grow, or shrink, without a bound.
    for name in ("alpha", "beta"):
        low, high = ends[name]
        ends[name] = (
            None if region[-1][0] == grid[-1] else low,
            None if region[0][0] == grid[0] else high,
        )
    return ends


def _grid() -> list[float]:
    # Even steps of the logarithm, from customers who are all alike to two kinds.
    return [0.0005 * (1900 ** (step / (GRID - 1))) for step in range(GRID)]


def _top(height, unlike: float) -> float:
    """Return the stay at which the likelihood is greatest; it has one top."""
    low, high = 1e-6, 1 - 1e-6
    for _cut in range(60):
        third = (high - low) / 3
        if height(low + third, unlike) < height(high - third, unlike):
            low += third
        else:
            high -= third
    return (low + high) / 2


def _edge(height, unlike: float, inside: float, outside: float, least: float) -> float:
    for _halving in range(HALVINGS):
        middle = (inside + outside) / 2
        if height(middle, unlike) >= least:
            inside = middle
        else:
            outside = middle
    return inside
