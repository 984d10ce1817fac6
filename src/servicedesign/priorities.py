"""What matters most: Kano, importance-performance, budget (chapter 4)."""

import math

from servicedesign import domain, means

# Rows: answer to "if it is there", columns: answer to "if it is missing", both
# in the order like, expect, neutral, tolerate, dislike.
KANO_TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
KANO_CATEGORIES = ("M", "O", "A", "I", "R", "Q")
QUADRANTS = ("concentrate", "keep_up", "low_priority", "overkill")
CROSSHAIRS = ("mean", "midpoint", "median")
# What counts as on the line, so that storage errors move nobody across it.
ON_THE_LINE = 1e-9
# One purchase raises performance by a tenth of a scale point.
STEPS_PER_POINT = 10


def kano_category(functional: int, dysfunctional: int) -> str:
    """Return what a pair of Kano answers says about a feature.

    Parameters
    ----------
    functional : int
        How one would feel if the feature is there: 1 like, 2 expect, 3 neutral,
        4 tolerate, 5 dislike.
    dysfunctional : int
        How one would feel if it is missing, on the same scale.

    Returns
    -------
    str
        ``"A"`` attractive, ``"O"`` one-dimensional, ``"M"`` must-be, ``"I"``
        indifferent, ``"R"`` reverse or ``"Q"`` questionable.

    Raises
    ------
    ValueError
        If an answer is not a whole number from 1 to 5.

    Notes
    -----
    Source: Kano, Seraku, Takahashi and Tsuji (1984), in the evaluation table
    of Berger et al. (1993).
    """
    domain.whole("functional", functional, 1, 5)
    domain.whole("dysfunctional", dysfunctional, 1, 5)
    return KANO_TABLE[int(functional) - 1][int(dysfunctional) - 1]


def kano_counts(answers: list[tuple[int, int]]) -> dict:
    """Return how many (functional, dysfunctional) pairs fall in each category.

    All six of `KANO_CATEGORIES` are keys, with 0 for none; errors as for
    `kano_category`.
    """
    counts = {category: 0 for category in KANO_CATEGORIES}
    for functional, dysfunctional in answers:
        counts[kano_category(functional, dysfunctional)] += 1
    return counts


def kano_verdict(counts: dict) -> list[str]:
    """Return the most frequent category, or all that tie for it.

    Ties are listed in the order of `KANO_CATEGORIES`, must-be first, which is
    the usual tie-break (Berger et al. 1993); the list is empty if nobody
    answered.
    """
    most = max([counts.get(category, 0) for category in KANO_CATEGORIES])
    if most == 0:
        return []
    return [category for category in KANO_CATEGORIES if counts.get(category, 0) == most]


def kano_coefficients(counts: dict) -> tuple[float, float]:
    """Return how far a feature could please and, missing, displease.

    Parameters
    ----------
    counts : dict
        Answers by category, each at least 0; a category left out counts as 0.

    Returns
    -------
    tuple of float
        Better, from 0 to 1, and worse, from -1 to 0.

    Raises
    ------
    ValueError
        If a category is unknown, a count is negative, or nobody's answer is
        A, O, M or I.

    Notes
    -----
    ``(A + O) / (A + O + M + I)`` and ``-(O + M) / (A + O + M + I)``; reverse
    and questionable answers are left out.  Source: Berger et al. (1993).
    """
    for category in sorted(counts):
        domain.one_of("category", category, KANO_CATEGORIES)
        domain.at_least("count", counts[category], 0, "", "category '" + category + "'")
    a, o, m, i = [counts.get(category, 0) for category in "AOMI"]
    valid = a + o + m + i
    domain.above("the number of answers A, O, M or I", valid, 0)
    # 0.0 - x, because minus zero would print as "-0".
    return ((a + o) / valid, 0.0 - (o + m) / valid)


def crosshair(
    items: list[dict], kind: str = "mean", scale: tuple[float, float] = (1, 7)
) -> tuple[float, float]:
    """Return where the lines of an importance-performance grid cross.

    Parameters
    ----------
    items : list of dict
        Each with ``importance`` and ``performance``, in scale points.
    kind : str
        ``"mean"`` or ``"median"`` of the items, or ``"midpoint"`` of the scale.
    scale : tuple of float
        Lowest and highest answer possible; used by ``"midpoint"`` alone.

    Returns
    -------
    tuple of float
        (importance, performance) in scale points.

    Raises
    ------
    ValueError
        If the kind is unknown or there are no items.

    Notes
    -----
    Source: Martilla and James (1977), who call the placement a matter of
    judgement.
    """
    domain.one_of("crosshair", kind, CROSSHAIRS)
    domain.not_empty("items", items)
    importance = [item["importance"] for item in items]
    performance = [item["performance"] for item in items]
    if kind == "midpoint":
        middle = (scale[0] + scale[1]) / 2
        return (middle, middle)
    if kind == "median":
        return (median(importance), median(performance))
    # Sorted first, so that the order of the items cannot change the last digit.
    return (means.mean(sorted(importance)), means.mean(sorted(performance)))


def ipa(
    items: list[dict], crosshair_kind: str = "mean", scale: tuple[float, float] = (1, 7)
) -> dict:
    """Return the quadrant of each item in the importance-performance grid.

    Parameters
    ----------
    items : list of dict
        Each with its own ``name``, ``importance`` and ``performance`` (scale
        points).
    crosshair_kind, scale
        As for `crosshair`.

    Returns
    -------
    dict
        For each name one of `QUADRANTS`: important and weak ``concentrate``,
        important and strong ``keep_up``, unimportant and weak ``low_priority``,
        unimportant and strong ``overkill``.  An item on a line (to nine
        decimals) counts as high.

    Raises
    ------
    ValueError
        As `crosshair`, or if two items share a name.

    Notes
    -----
    Source: Martilla and James (1977).
    """
    domain.own_names("name", [item["name"] for item in items])
    middle, level = crosshair(items, crosshair_kind, scale)
    quadrants = {}
    for item in items:
        strong = item["performance"] >= level - ON_THE_LINE
        if item["importance"] >= middle - ON_THE_LINE:
            quadrants[item["name"]] = "keep_up" if strong else "concentrate"
        else:
            quadrants[item["name"]] = "overkill" if strong else "low_priority"
    return quadrants


def median(values: list[float]) -> float:
    """Return the middle value, or the mean of the two middle ones."""
    domain.not_empty("values", values)
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def pearson(x: list[float], y: list[float]) -> float | None:
    """Return the correlation of two columns.

    Parameters
    ----------
    x, y : list of float
        Equally long, at least two values each, in any unit.

    Returns
    -------
    float or None
        From -1 to 1; None if a column never changes, because then there is
        nothing to go along with.

    Raises
    ------
    ValueError
        If the columns differ in length or hold fewer than two values.

    Notes
    -----
    Source: Pearson (1896).
    """
    domain.same_length("x", x, "y", y)
    if len(x) < 2:
        raise ValueError("x must hold at least 2 values, got " + str(len(x)))
    if min(x) == max(x) or min(y) == max(y):
        return None
    dx = _from_the_mean(x)
    dy = _from_the_mean(y)
    covariance = means.total([a * b for a, b in zip(dx, dy)])
    length = math.sqrt(means.total([a * a for a in dx])) * math.sqrt(
        means.total([b * b for b in dy])
    )
    if length == 0:
        return None
    return max(-1.0, min(1.0, covariance / length))


def pearson_interval(r: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return a confidence interval for a correlation.

    Parameters
    ----------
    r : float
        The correlation seen, greater than -1 and less than 1.
    n : int
        From how many pairs, at least 4.
    z : float
        Width in standard errors, greater than 0; 1.96 for 95% confidence.

    Returns
    -------
    tuple of float
        Low and high bound, between -1 and 1.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Source: the z-transformation of Fisher (1921), whose standard error is
    ``1 / sqrt(n - 3)``.
    """
    domain.between("r", r, -1, 1)
    domain.whole("n", n, 4)
    domain.above("z", z, 0)
    transformed = 0.5 * math.log((1.0 + r) / (1.0 - r))
    half = z / math.sqrt(n - 3)
    return (math.tanh(transformed - half), math.tanh(transformed + half))


def derived_importance(rows: list[dict], target: str, attributes: list[str]) -> dict:
    """Return how each attribute goes along with an overall judgement.

    Parameters
    ----------
    rows : list of dict
        One per respondent, with numbers under the target and the attributes;
        None stands for no answer.
    target : str
        Key of the overall judgement, such as satisfaction.
    attributes : list of str
        Keys of the attributes' ratings.

    Returns
    -------
    dict
        For each attribute its correlation with the target, from -1 to 1, over
        the rows that answer both; None if one of the two never changes or
        fewer than two rows answer both.

    Raises
    ------
    ValueError
        If an attribute is the target itself.

    Notes
    -----
    Source: derived as against stated importance, Matzler et al. (2004).  A
    correlation is not a cause, and a need of few guests shows weakly in it.
    """
    result = {}
    for attribute in attributes:
        if attribute == target:
            raise ValueError("attributes must not hold the target, got '" + str(target) + "'")
        pairs = [(row[attribute], row[target]) for row in rows]
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        result[attribute] = (
            pearson([a for a, _ in both], [b for _, b in both]) if len(both) > 1 else None
        )
    return result


def greedy_budget(items: list[dict], budget: float, cap: float = 7.0) -> dict:
    """Spend a budget on better performance, best weight per euro first.

    Parameters
    ----------
    items : list of dict
        Each with its own ``name``; ``weight`` (what a point is worth, such as
        importance, in any unit); ``performance`` (scale points, at most
        `cap`); ``cost`` (EUR per step of 0.1 points, at least 0); and, if
        wanted, ``required``: steps bought before anything else, because law or
        safety demands them.
    budget : float
        In euros, at least 0.
    cap : float
        Top of the scale: no performance can be bought beyond it.

    Returns
    -------
    dict
        ``steps``: steps of 0.1 bought, by name; ``performance`` after them, by
        name; ``spent`` and ``left`` in euros; ``gain``: sum of weight times
        performance gained.

    Raises
    ------
    ValueError
        If a number is outside its range, two items share a name, or the budget
        does not reach for what is required.

    Notes
    -----
    Free steps are taken first; items without a positive weight are never
    bought unless required; equal ratios go by name.  The rule is quick, not
    optimal: in whole steps a dearer first choice can leave money that fits
    nothing, where another mix would have used it up.
    Teaching assumption: every step costs the same and helps the same.
    """
    domain.at_least("budget", budget, 0, "EUR")
    domain.own_names("name", [item["name"] for item in items])
    steps = {}
    left = budget
    for item in items:
        where = "item '" + str(item["name"]) + "'"
        domain.at_least("cost", item["cost"], 0, "EUR", where)
        domain.finite("weight", item["weight"], "", where)
        if not item["performance"] <= cap:
            raise ValueError(
                f"performance must be at most {cap}, got {item['performance']} ({where})"
            )
        required = item.get("required", 0)
        domain.whole("required", required, 0, _room(item, cap), where)
        steps[item["name"]] = int(required)
        left -= required * item["cost"]
    if left < -ON_THE_LINE:
        raise ValueError(f"budget must reach for what is required, got {budget} EUR")
    for item in sorted(items, key=_order_of_purchase):
        if item["weight"] <= 0:
            continue
        wanted = _room(item, cap) - steps[item["name"]]
        if item["cost"] > 0:
            wanted = min(wanted, int(left / item["cost"] + ON_THE_LINE))
        steps[item["name"]] += wanted
        left -= wanted * item["cost"]
    left = max(0.0, left)
    return {
        "steps": steps,
        "performance": {
            item["name"]: item["performance"] + steps[item["name"]] / STEPS_PER_POINT
            for item in items
        },
        "spent": budget - left,
        "left": left,
        "gain": means.total(
            [item["weight"] * steps[item["name"]] / STEPS_PER_POINT for item in items]
        ),
    }


def _from_the_mean(values: list[float]) -> list[float]:
    middle = means.mean(values)
    return [value - middle for value in values]


def _room(item: dict, cap: float) -> int:
    return int((cap - item["performance"]) * STEPS_PER_POINT + ON_THE_LINE)


def _order_of_purchase(item: dict) -> tuple[float, str]:
    ratio = item["weight"] / item["cost"] if item["cost"] > 0 else math.inf
    return (-ratio, item["name"])
