"""Axes that grow with what they must show and do not shrink, so that before and after compare.

A figure asks for a span while it is drawn; whoever shows the figure hands back
what was held at the last drawing, until the reader resets it.
"""

_HELD: dict = {}


def begin(kept) -> None:
    """Start a drawing with the spans of the one before: (low, high) by name."""
    _HELD.clear()
    for name in kept:
        _HELD[name] = tuple(kept[name])


def covered(name: str, low: float, high: float) -> tuple:
    """Return (low, high), widened to what this axis has shown before."""
    if name in _HELD:
        low, high = min(low, _HELD[name][0]), max(high, _HELD[name][1])
    _HELD[name] = (low, high)
    return low, high


def held() -> dict:
    """Return the spans of this drawing, for the next one."""
    return {name: list(_HELD[name]) for name in _HELD}
