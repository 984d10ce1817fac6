"""Dough: what goes in, and how long it takes."""

DOUBLING = 8.0  # degrees; teaching assumption: this much colder takes twice the time


def grams(flour: float, shares: dict) -> dict:
    """Return the grams of each ingredient.

    Parameters
    ----------
    flour : float
        Grams of flour, above 0.
    shares : dict
        Baker's percentages by ingredient, each 0 or more.

    Raises
    ------
    ValueError
        If there is no flour, or a share is below 0.
    """
    if not flour > 0:
        raise ValueError(f"flour must be above 0 g, got {flour}")
    for name, share in shares.items():
        if share < 0:
            raise ValueError(f"share must be 0 or more, got {share} ({name})")
    return {name: flour * share / 100 for name, share in shares.items()}


def rise_minutes(minutes: float, at: float, temperature: float) -> float:
    """Return how long a dough rises at another temperature.

    Parameters
    ----------
    minutes : float
        How long it rises at ``at``, above 0.
    at, temperature : float
        Degrees Celsius, from 1 to 40.

    Raises
    ------
    ValueError
        If the time is not above 0, or a temperature is out of its range.
    """
    if not minutes > 0:
        raise ValueError(f"minutes must be above 0, got {minutes}")
    for degrees in (at, temperature):
        if not 1 <= degrees <= 40:
            raise ValueError(f"temperature must be from 1 to 40, got {degrees}")
    return minutes * 2 ** ((at - temperature) / DOUBLING)
