"""Who creates the value? Spheres, joint effort and the words of a text (chapter 1).

Effort is a stand-in for all that a side brings: hours, skill, attention.  The
model cannot show value that is destroyed together, and it has no prices.
"""

import math

from servicedesign import domain, means

# Who acts, and the sphere of value creation in which that puts the activity.
SPHERES = {"provider": "provider", "both": "joint", "customer": "customer"}


def sphere_shares(activities: list[dict]) -> dict:
    """Return how the minutes of a service divide between the three spheres.

    Parameters
    ----------
    activities : list of dict
        Each with ``actor`` (``"provider"``, ``"customer"`` or ``"both"``) and
        ``minutes`` (at least 0).

    Returns
    -------
    dict
        ``provider``, ``joint`` and ``customer``: shares of all minutes, from 0
        to 1, that sum to 1.  What both do together is all joint, not half and
        half.

    Raises
    ------
    ValueError
        If an actor is unknown, minutes are negative, or there are no minutes
        at all to share out (an empty list, or zeros only).

    Notes
    -----
    Source: provider, joint and customer sphere, Gronroos and Voima (2013).
    Teaching assumption: minutes measure how much of a service an activity is.
    """
    minutes = {"provider": 0.0, "joint": 0.0, "customer": 0.0}
    for place, activity in enumerate(activities):
        where = "activity " + str(place + 1)
        domain.one_of("actor", activity["actor"], ("provider", "customer", "both"), where)
        domain.at_least("minutes", activity["minutes"], 0, "min", where)
        minutes[SPHERES[activity["actor"]]] += activity["minutes"]
    together = minutes["provider"] + minutes["joint"] + minutes["customer"]
    domain.above("the sum of the minutes", together, 0, "min")
    return {sphere: minutes[sphere] / together for sphere in minutes}


def co_created_value(p: float, c: float, theta: float, rho: float) -> float:
    """Return the value that two efforts make together.

    Parameters
    ----------
    p, c : float
        Effort of the provider and of the customer, in hours of equal quality,
        at least 0.
    theta : float
        Weight of the provider's effort, greater than 0 and less than 1.
    rho : float
        How well one effort stands in for the other, at most 1.  1: either can
        do it, and value is the weighted mean.  0: a weighted geometric mean.
        Minus infinity: both are needed, and value is the smaller effort.

    Returns
    -------
    float
        Value in hours of equal effort: two equal efforts are worth that
        effort, and twice both is worth twice as much.  If rho is 0 or less and
        one side does nothing, the value is 0.0.

    Raises
    ------
    ValueError
        If an effort is negative or theta or rho is outside its range.

    Notes
    -----
    ``(theta * p**rho + (1 - theta) * c**rho) ** (1 / rho)``.
    Source: constant elasticity of substitution, Arrow, Chenery, Minhas and
    Solow (1961); used for services made jointly by Roels (2014).
    Teaching assumption: theta and rho are chosen by the reader, not measured.
    """
    domain.at_least("p", p, 0, "h")
    domain.at_least("c", c, 0, "h")
    _check_substitution(theta, rho)
    return means.power_mean([p, c], rho, [theta, 1.0 - theta])


def one_more_hour(
    p: float, c: float, theta: float, rho: float, hour: float = 1.0
) -> tuple[float, float]:
    """Return what one more hour adds if the provider, or the customer, gives it.

    Parameters
    ----------
    p, c, theta, rho : float
        As for `co_created_value`.
    hour : float
        The extra effort, in hours, greater than 0.

    Returns
    -------
    tuple of float
        Added value in hours: from the provider's hour, from the customer's.

    Raises
    ------
    ValueError
        As `co_created_value`, or if `hour` is 0 or less.
    """
    domain.above("hour", hour, 0, "h")
    now = co_created_value(p, c, theta, rho)
    return (
        co_created_value(p + hour, c, theta, rho) - now,
        co_created_value(p, c + hour, theta, rho) - now,
    )


def iso_value_curves(
    values: list[float], theta: float, rho: float, highest: float = 10.0, rays: int = 61
) -> list[list[tuple[float, float]]]:
    """Return, for each value, pairs of efforts that make it.

    Parameters
    ----------
    values : list of float
        The value all points of a curve share, in hours, each greater than 0.
    theta, rho : float
        As for `co_created_value`.
    highest : float
        The curves end where an effort reaches this many hours, greater than 0.
    rays : int
        How many directions to look in, an odd number of at least 3, so that
        equal efforts are one of them (there the curve of rho = minus infinity
        has its corner).

    Returns
    -------
    list of list of tuple
        One curve for each value: (provider's hours, customer's hours), from
        most customer's effort to most provider's; empty if no ray meets it
        within the limit.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Doubling both efforts doubles the value, so each ray from the origin meets
    the curve where its value, scaled, is the one asked for.
    """
    for value in values:
        domain.above("value", value, 0, "h")
    domain.above("highest", highest, 0, "h")
    domain.whole("rays", rays, 3)
    if rays % 2 == 0:
        raise ValueError("rays must be an odd number, got " + str(rays))
    _check_substitution(theta, rho)
    shares = [theta, 1.0 - theta]
    unit_curve = []
    for place in range(rays):
        # The power crowds the rays along the axes, where flat curves run far.
        rest = rays - 1 - place
        p, c = place * math.sqrt(place), rest * math.sqrt(rest)
        worth = means.unchecked_power_mean([p, c], rho, shares)
        if worth > 0:
            unit_curve.append((p / worth, c / worth))
    return [
        _within_limit([(value * p, value * c) for p, c in unit_curve], highest) for value in values
    ]


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, in order.

    A word is an unbroken run of letters: a to z and the accented Latin letters
    such as a-umlaut and o-umlaut.  Everything else separates words, so
    "self-service" is two words and "guest's" is "guest" and "s".
    """
    found = []
    word = ""
    for sign in text + " ":
        letter = _small_letter(sign)
        if letter:
            word += letter
        elif word:
            found.append(word)
            word = ""
    return found


def logic_score(text: str, product_words: set, service_words: set) -> float:
    """Return whether a text speaks more of products or of service.

    Parameters
    ----------
    text : str
        Any text.
    product_words, service_words : set of str
        Single words to count, in any case, with none in both sets.

    Returns
    -------
    float
        (service - product) / (service + product) over all whole-word matches:
        from -1 (product words only) to 1 (service words only), 0.0 if there
        are none.

    Raises
    ------
    ValueError
        If a word is in both sets, or an entry is not one single word.

    Notes
    -----
    Words are found as `words` says, so "sell" is not counted in "seller".
    Teaching assumption: counting words tells something about the thinking
    behind them; the chapter ends by doubting it.
    """
    product = _single_words("product_words", product_words)
    service = _single_words("service_words", service_words)
    for word in sorted(product):
        if word in service:
            raise ValueError("a word must be in one set only, got '" + word + "' in both")
    counted = words(text)
    for_product = len([word for word in counted if word in product])
    for_service = len([word for word in counted if word in service])
    if for_product + for_service == 0:
        return 0.0
    return (for_service - for_product) / (for_service + for_product)


def _check_substitution(theta: float, rho: float) -> None:
    domain.between("theta", theta, 0, 1)
    if not rho <= 1:
        raise ValueError("rho must be at most 1, got " + str(rho))


def _within_limit(points: list[tuple], highest: float) -> list[tuple]:
    kept = []
    before = None
    for point in points:
        is_in = max(point) <= highest
        if before is not None and is_in != (max(before) <= highest):
            kept.append(_crossing(before, point, highest))
        if is_in:
            kept.append(point)
        before = point
    return kept


def _crossing(a: tuple, b: tuple, limit: float) -> tuple:
    # Where the straight line from a to b, one of them outside, meets the limit.
    axis = 0 if max(a[0], b[0]) > limit else 1
    share = (limit - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def _single_words(name: str, entries: set) -> set:
    result = set()
    for entry in entries:
        if len(words(entry)) != 1 or len(words(entry)[0]) != len(entry):
            raise ValueError(name + " must hold single words, got '" + str(entry) + "'")
        result.add(words(entry)[0])
    return result


def _small_letter(sign: str) -> str:
    # MicroPython's lower() and isalpha() know the English alphabet only.
    code = ord(sign)
    if 65 <= code <= 90 or (192 <= code <= 222 and code != 215):
        return chr(code + 32)
    if 97 <= code <= 122 or (223 <= code <= 591 and code != 247):
        return sign
    return ""
