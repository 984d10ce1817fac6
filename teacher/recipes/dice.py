"""The random numbers of the case, and the small statistics that shape them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

Row = dict[str, object]


def stream(name: str) -> random.Random:
    """Return a generator of its own for one table, so that no table moves another.

    Parameters
    ----------
    name
        Name of the table. The same name gives the same numbers for ever.
    """
    return random.Random(f"hillasoppi/{name}")  # noqa: S311  a case, not a secret


def first_stream() -> random.Random:
    """Return the one generator that the four oldest tables share, in their order.

    Survey, lunch queue, transactions and employees were drawn from one stream
    before the others existed. Their numbers are quoted all over the course, so
    they are drawn again in the same order.
    """
    return random.Random(20260101)  # noqa: S311  a case, not a secret


def to_scale(value: float, low: int, high: int) -> int:
    """Round `value` and hold it on an answer scale from `low` to `high`."""
    return max(low, min(high, round(value)))


def pick(dice: random.Random, shares: Sequence[tuple[str, float]]) -> str:
    """Pick a name from ``(name, share)`` pairs whose shares add up to 1."""
    draw, reached = dice.random(), 0.0
    for name, share in shares:
        reached += share
        if draw < reached:
            return name
    return shares[-1][0]


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean."""
    return math.fsum(values) / len(values)


def standardised(values: Sequence[float]) -> list[float]:
    """Return `values` moved to mean 0 and scaled to standard deviation 1."""
    centre = mean(values)
    spread = math.sqrt(mean([(value - centre) ** 2 for value in values]))
    return [(value - centre) / spread for value in values]


def apart_from(values: Sequence[float], *others: Sequence[float]) -> list[float]:
    """Return the standardised part of `values` that no list in `others` explains.

    With few rows chance alone would bury a planted effect of .1. Noise made
    uncorrelated with its causes lets the planted numbers show as they were meant.
    """
    rest, used = standardised(values), []
    for other in others:
        axis = standardised(other)
        for earlier in used:
            axis = _without(axis, earlier)
        axis = standardised(axis)
        used.append(axis)
        rest = _without(rest, axis)
    return standardised(rest)


def _without(values: Sequence[float], axis: Sequence[float]) -> list[float]:
    slope = mean([a * b for a, b in zip(values, axis, strict=True)])
    return [a - slope * b for a, b in zip(values, axis, strict=True)]
