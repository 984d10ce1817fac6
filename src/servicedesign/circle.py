"""The circle of positive development, week by week (chapter 8)."""

from servicedesign import domain

# The circle of positive development: each node acts on the next, the last on
# the first.  Arrow number i leads from node i.
CIRCLE = ("meaning", "encounter", "guest", "heard")
# Ratings of a week, in standard deviations from an ordinary one, stay within.
BEST_WEEK = 3.0


def circle_path(
    weeks: int,
    strengths: list[float],
    push: float,
    push_weeks: int = 1,
    memory: float = 0.5,
    cut: list[str] | None = None,
) -> list[dict]:
    """Simulate the circle of positive development, week by week.

    Parameters
    ----------
    weeks : int
        At least 0.
    strengths : list of float
        Four arrows, each from 0 to 1.5: meaning to encounter, encounter to
        guest, guest to being heard, being heard to meaning.  Strength 0.8 means
        that a lasting change of 1 in one brings a change of 0.8 in the next.
    push : float
        What is done for meaning from outside, from -3 to 3 standard
        deviations; negative for a blow.
    push_weeks : int
        For how many weeks, at least 0.
    memory : float
        Share of a week's level that lasts into the next, from 0, less than 1.
    cut : list of str, optional
        Nodes whose arrow to the next node is cut.

    Returns
    -------
    list of dict
        The four levels of `CIRCLE` before the first week and after each, in
        standard deviations from an ordinary week, from -3 to 3.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    ``level = memory * level + (1 - memory) * (strength * level of the node
    before + push)``.  What goes round once comes back multiplied by
    `loop_gain`: below 1 every push fades, at 1 it stays, above 1 it grows to
    the end of the scale, and a blow grows in the same way.
    Source of the idea: satisfaction mirror and service-profit chain, Heskett
    et al. (1994).  Teaching assumption: the arrows exist, in this order, and
    all strengths.
    """
    domain.whole("weeks", weeks, 0)
    domain.whole("push_weeks", push_weeks, 0)
    domain.within("push", push, -BEST_WEEK, BEST_WEEK)
    if not 0 <= memory < 1:
        raise ValueError("memory must be at least 0 and less than 1, got " + str(memory))
    arrows = _arrows(strengths, cut)
    levels = [0.0] * len(CIRCLE)
    path = [_named(levels)]
    for week in range(weeks):
        after = []
        for place in range(len(CIRCLE)):
            # Node 0 follows the last one: place - 1 is -1 there.
            came = arrows[place - 1] * levels[place - 1]
            if place == 0 and week < push_weeks:
                came += push
            level = memory * levels[place] + (1.0 - memory) * came
            after.append(max(-BEST_WEEK, min(BEST_WEEK, level)))
        levels = after
        path.append(_named(levels))
    return path


def loop_gain(strengths: list[float], cut: list[str] | None = None) -> float:
    """Return what is left of a change after once round the circle.

    Arguments and errors as for `circle_path`.  The product of the four arrows:
    0 if one is cut, and above 1 only if the circle feeds itself.
    """
    gain = 1.0
    for strength in _arrows(strengths, cut):
        gain *= strength
    return gain


def _arrows(strengths: list[float], cut: list[str] | None) -> list[float]:
    if len(strengths) != len(CIRCLE):
        raise ValueError(f"strengths must be {len(CIRCLE)} numbers, got {len(strengths)}")
    for strength in strengths:
        domain.within("strength", strength, 0, 1.5)
    for name in cut or []:
        domain.one_of("cut", name, CIRCLE)
    return [
        0.0 if CIRCLE[place] in (cut or []) else strength
        for place, strength in enumerate(strengths)
    ]


def _named(levels: list[float]) -> dict:
    return {name: levels[place] for place, name in enumerate(CIRCLE)}
