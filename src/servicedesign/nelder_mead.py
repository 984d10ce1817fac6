"""A search for the lowest point of a function that needs no derivative: Nelder and Mead (1965)."""


def minimise(
    function,
    start: list[float],
    step: float = 0.3,
    tolerance: float = 1e-10,
    most: int = 4000,
) -> tuple[list[float], float]:
    """Return where a function is lowest, as far as a walking simplex finds it.

    Parameters
    ----------
    function : callable
        Takes a list of numbers as long as `start` and returns a number.
    start : list of float
        Where the search begins; at least one number.
    step : float
        How far the other corners of the first simplex lie from it.
    tolerance : float
        The search ends when the corners differ by less in height, and lie within
        1e-7 of each other.
    most : int
        Steps after which it ends anyway.

    Returns
    -------
    (list of float, float)
        The lowest place found, and the function there.

    Raises
    ------
    ValueError
        If `start` is empty.

    Notes
    -----
    Source: Nelder and Mead (1965), with the usual factors 1, 2, 1/2 and 1/2.
    """
    count = len(start)
    if count == 0:
        raise ValueError("start must hold at least one number, got []")
    corners = [list(start)]
    for place in range(count):
        corner = list(start)
        corner[place] += step
        corners.append(corner)
    # The number of a corner settles ties, so that lists are never compared.
    found = [(function(corner), number, corner) for number, corner in enumerate(corners)]
    number = count
    for _step in range(most):
        found.sort(key=_height)
        best, worst = found[0], found[-1]
        wide = max([abs(worst[2][k] - best[2][k]) for k in range(count)])
        if abs(worst[0] - best[0]) < tolerance and wide < 1e-7:
            break
        middle = [sum([one[2][k] for one in found[:-1]]) / count for k in range(count)]
        number += 1
        trial = _tried(function, number, middle, worst[2], 1.0)
        if trial[0] < best[0]:
            further = _tried(function, number, middle, worst[2], 2.0)
            found[-1] = further if further[0] < trial[0] else trial
        elif trial[0] < found[-2][0]:
            found[-1] = trial
        else:
            nearer = _tried(function, number, middle, worst[2], -0.5)
            if nearer[0] < worst[0]:
                found[-1] = nearer
            else:
                for place in range(1, count + 1):
                    other = found[place]
                    corner = [b + 0.5 * (o - b) for b, o in zip(best[2], other[2])]
                    found[place] = (function(corner), other[1], corner)
    found.sort(key=_height)
    return found[0][2], found[0][0]


def _height(corner: tuple) -> tuple:
    return corner[:2]


def _tried(function, number: int, middle: list, worst: list, factor: float) -> tuple:
    place = [m + factor * (m - w) for m, w in zip(middle, worst)]
    return function(place), number, place
