"""Perceived value, choice between offers, and the fit of a promise (chapter 3).

An *offer* is a dict with the keys ``name`` (str), ``benefit`` (EUR, what the
customer would pay at most), ``price`` (EUR), and, if wanted, ``minutes`` (the
customer's own time) and ``hassle`` (EUR, effort and risk in money).  Amounts
are never negative.

This module also runs in the reader's browser under MicroPython, so it keeps to
plain functions, lists and dicts.
"""

import math

METHODS = ("ratio", "difference", "net")
KINDS = ("job", "pain", "gain")
MODES = {1: "air", 2: "train", 3: "bus", 4: "car"}
# The first four multiply the column of that name; "air", "train" and "bus" are
# constants (car is the reference) and "hinc_air" multiplies income, for air only.
COEFFICIENTS = ("gc", "invc", "invt", "ttme", "air", "train", "bus", "hinc_air")
COLUMNS = COEFFICIENTS[:4]
# Greene (2003), table 21.11: money and riding time only as generalised cost.
PUBLISHED = {
    "gc": -0.0155,
    "ttme": -0.0961,
    "air": 5.207,
    "train": 3.869,
    "bus": 3.163,
    "hinc_air": 0.0133,
}
# Our own maximum-likelihood fit with money and riding time apart; a test refits it.
SEPARATE = {
    "invc": -0.01283,
    "invt": -0.00409,
    "ttme": -0.0958,
    "air": 3.926,
    "train": 3.871,
    "bus": 3.244,
    "hinc_air": 0.0165,
}

# Two amounts closer than this many decimals of a euro count as a tie, because
# 0.3 - 0.1 and 0.2 differ only in how a computer stores them.
TIE_DECIMALS = 9


def value_ratio(benefit: float, price: float) -> float:
    """Return value as benefit per euro of price.

    Parameters
    ----------
    benefit : float
        What the customer would pay at most, in euros, at least 0.
    price : float
        What the customer pays, in euros, greater than 0.

    Returns
    -------
    float
        Benefit divided by price, without a unit.

    Raises
    ------
    ValueError
        If the benefit is negative, or the price is 0 or less: nothing can be
        divided by a price of nothing.

    Notes
    -----
    Source: the wording "the relation between benefit and price" in Tuulaniemi
    (2011), as quoted by the course's source text; compare Zeithaml (1988).
    """
    _at_least_zero("benefit", benefit, "EUR")
    if not (price > 0 and math.isfinite(price)):
        raise ValueError("price must be greater than 0 EUR for a ratio, got " + str(price))
    return benefit / price


def value_difference(benefit: float, price: float) -> float:
    """Return value as benefit minus price, in euros.

    Parameters
    ----------
    benefit : float
        What the customer would pay at most, in euros, at least 0.
    price : float
        What the customer pays, in euros, at least 0.

    Returns
    -------
    float
        The customer's surplus in euros; negative if the price is the larger.

    Raises
    ------
    ValueError
        If an amount is negative or not a number.

    Notes
    -----
    Source: consumer surplus; "benefit minus cost" in the course's source text.
    """
    _at_least_zero("benefit", benefit, "EUR")
    _at_least_zero("price", price, "EUR")
    return benefit - price


def net_value(
    benefit: float,
    price: float,
    minutes: float = 0.0,
    hassle: float = 0.0,
    time_value: float = 12.0,
) -> float:
    """Return benefit minus every sacrifice: price, time and hassle, in euros.

    Parameters
    ----------
    benefit, price : float
        In euros, at least 0.
    minutes : float
        The customer's own time, in minutes, at least 0.
    hassle : float
        Effort and risk expressed in euros, at least 0.
    time_value : float
        What an hour of the customer's time is worth, in euros per hour, at
        least 0.

    Returns
    -------
    float
        Net value in euros: ``benefit - price - time_value * minutes / 60 - hassle``.

    Raises
    ------
    ValueError
        If an amount is negative or not a number.

    Notes
    -----
    Source: give and get components, Zeithaml (1988); a linear money measure of
    them is a random-utility model's systematic part, McFadden (1974).
    Teaching assumption: 12 EUR per hour, and that time costs the same per
    minute however long it lasts.
    """
    _at_least_zero("minutes", minutes, "min")
    _at_least_zero("hassle", hassle, "EUR")
    _at_least_zero("time_value", time_value, "EUR per hour")
    return value_difference(benefit, price) - time_value * minutes / 60 - hassle


def value_of(offer: dict, method: str, time_value: float = 12.0) -> float:
    """Return one offer's value by the named rule.

    Parameters
    ----------
    offer : dict
        An offer as described at the head of this module.
    method : str
        ``"ratio"``, ``"difference"`` or ``"net"``.
    time_value : float
        Euros per hour, at least 0; used by ``"net"`` alone.

    Returns
    -------
    float
        In euros, or without a unit for ``"ratio"``.

    Raises
    ------
    ValueError
        If the method is unknown, a key is missing or an amount is impossible;
        the message names the offer.
    """
    if method not in METHODS:
        raise ValueError("method must be one of " + ", ".join(METHODS) + ", got " + str(method))
    for key in ("name", "benefit", "price"):
        if key not in offer:
            raise ValueError("an offer needs the key '" + key + "', got " + str(sorted(offer)))
    try:
        if method == "ratio":
            return value_ratio(offer["benefit"], offer["price"])
        if method == "difference":
            return value_difference(offer["benefit"], offer["price"])
        return net_value(
            offer["benefit"],
            offer["price"],
            offer.get("minutes", 0.0),
            offer.get("hassle", 0.0),
            time_value,
        )
    except ValueError as error:
        # Raised outside the except clause: MicroPython warns about chained errors.
        problem = str(error)
    raise ValueError(problem + " (offer '" + str(offer["name"]) + "')")


def rank(offers: list[dict], method: str, time_value: float = 12.0) -> list[str]:
    """Return the names of the offers, best value first.

    Parameters
    ----------
    offers : list of dict
        Offers as described at the head of this module, each with its own name.
    method : str
        ``"ratio"``, ``"difference"`` or ``"net"``.
    time_value : float
        Euros per hour, at least 0; used by ``"net"`` alone.

    Returns
    -------
    list of str
        Names, best first; values equal to nine decimals are ordered by name.

    Raises
    ------
    ValueError
        As `value_of`, or if two offers share a name.
    """
    names = [offer.get("name") for offer in offers]
    for name in names:
        if names.count(name) > 1:
            raise ValueError("every offer needs its own name, got '" + str(name) + "' twice")
    keyed = []
    for offer in offers:
        value = value_of(offer, method, time_value)
        keyed.append((-round(value, TIE_DECIMALS), offer["name"]))
    return [name for _, name in sorted(keyed)]


def choice_shares(utilities: list[float], mu: float = 1.0) -> list[float]:
    """Return the share of choices that the logit model gives each offer.

    Parameters
    ----------
    utilities : list of float
        One number per offer, at least one, in any unit (euros, if net values).
    mu : float
        Choice noise in the unit of the utilities, greater than 0.  Near 0 the
        best offer takes all; a large value spreads the choices evenly.

    Returns
    -------
    list of float
        Shares from 0 to 1 that sum to 1, in the order given.

    Raises
    ------
    ValueError
        If there is no utility, one is not finite, or `mu` is not above 0.

    Notes
    -----
    Source: conditional logit, McFadden (1974).  The largest utility is taken
    off first, which changes no share and keeps ``exp`` from overflowing.
    """
    if not (mu > 0 and math.isfinite(mu)):
        raise ValueError("mu must be greater than 0, got " + str(mu))
    if len(utilities) == 0:
        raise ValueError("utilities must hold at least one number, got []")
    for utility in utilities:
        if not math.isfinite(utility):
            raise ValueError("utilities must be finite numbers, got " + str(utility))
    top = max(utilities)
    weights = [math.exp((utility - top) / mu) for utility in utilities]
    total = sum(weights)
    return [weight / total for weight in weights]


def promise_fit(profile: list[dict], promise: list[dict], threshold: int = 4) -> dict:
    """Return how well a promise covers what matters to its customers.

    Parameters
    ----------
    profile : list of dict
        What matters: ``name`` (str, each its own), ``kind`` (``"job"``,
        ``"pain"`` or ``"gain"``) and ``importance`` (from 1 to 5).
    promise : list of dict
        What is promised: ``feature`` (str) and ``addresses`` (names of items
        in the profile; may be empty).
    threshold : int
        Importance from which an uncovered item is reported, from 1 to 5.

    Returns
    -------
    dict
        ``coverage``: for each kind, the importance covered as a share of all
        its importance, from 0 to 1, or None if the profile has no such item;
        an item addressed twice counts once.  ``uncovered``: names of uncovered
        items from the threshold up, most important first, ties by name.
        ``orphans``: features that address nothing, in the order given.

    Raises
    ------
    ValueError
        If a kind, importance or threshold is outside its range, a name is used
        twice, or a feature addresses a name that is not in the profile.

    Notes
    -----
    Teaching assumption: importance ratings may be added like lengths, and an
    item is either addressed or not.
    """
    _from_one_to_five("threshold", threshold, "")
    names = [item["name"] for item in profile]
    for item in profile:
        if item["kind"] not in KINDS:
            raise ValueError(
                "kind must be one of "
                + ", ".join(KINDS)
                + ", got "
                + str(item["kind"])
                + " (item '"
                + str(item["name"])
                + "')"
            )
        _from_one_to_five("importance", item["importance"], item["name"])
        if names.count(item["name"]) > 1:
            raise ValueError("every item needs its own name, got '" + item["name"] + "' twice")
    covered = []
    orphans = []
    for part in promise:
        if len(part["addresses"]) == 0:
            orphans.append(part["feature"])
        for name in part["addresses"]:
            if name not in names:
                raise ValueError(
                    "addresses must name items of the profile, got '"
                    + str(name)
                    + "' (feature '"
                    + str(part["feature"])
                    + "')"
                )
            covered.append(name)
    coverage = {}
    for kind in KINDS:
        items = [item for item in profile if item["kind"] == kind]
        total = sum(item["importance"] for item in items)
        met = sum(item["importance"] for item in items if item["name"] in covered)
        coverage[kind] = met / total if items else None
    missed = [
        (-item["importance"], item["name"])
        for item in profile
        if item["name"] not in covered and item["importance"] >= threshold
    ]
    return {
        "coverage": coverage,
        "uncovered": [name for _, name in sorted(missed)],
        "orphans": orphans,
    }


def mode_utility(beta: dict, row: dict) -> float:
    """Return the utility of one way to travel for one traveller.

    Parameters
    ----------
    beta : dict
        Coefficients by name, from `COEFFICIENTS`; one left out counts as 0.
    row : dict
        One row of the mode-choice data: ``mode`` (1 air, 2 train, 3 bus,
        4 car), ``hinc`` (household income, thousand dollars a year) and, for
        each coefficient given, ``gc`` (generalised cost, dollars), ``invc``
        (cost, dollars), ``invt`` (riding time, min) or ``ttme`` (waiting time
        in the terminal, min).

    Returns
    -------
    float
        Utility, without a unit; only differences between modes mean anything.

    Raises
    ------
    ValueError
        If a coefficient or a mode is unknown.

    Notes
    -----
    Source: the conditional logit model of the Greene and Hensher travel data.
    """
    for name in beta:
        if name not in COEFFICIENTS:
            raise ValueError(
                "beta must use the names " + ", ".join(COEFFICIENTS) + ", got '" + str(name) + "'"
            )
    if row["mode"] not in MODES:
        raise ValueError("mode must be 1, 2, 3 or 4, got " + str(row["mode"]))
    mode = MODES[row["mode"]]
    utility: float = sum([beta[name] * row[name] for name in COLUMNS if name in beta])
    if mode != "car":
        utility += beta.get(mode, 0.0)
    if mode == "air":
        utility += beta.get("hinc_air", 0.0) * row["hinc"]
    return utility


def log_likelihood(beta: dict, rows: list[dict]) -> float:
    """Return how well coefficients predict the travellers' own choices.

    Parameters
    ----------
    beta : dict
        As for `mode_utility`; an empty dict makes all modes equally likely.
    rows : list of dict
        As for `mode_utility`, with ``individual`` (an id) and ``choice`` (1 for
        the mode taken, else 0).  Rows of one traveller need not be neighbours.

    Returns
    -------
    float
        Sum over travellers of the natural logarithm of the share predicted for
        the mode each one took: 0 or less, nearer to 0 is better.

    Raises
    ------
    ValueError
        If there are no rows, or a traveller has not chosen exactly one mode.

    Notes
    -----
    Source: McFadden (1974).
    """
    if len(rows) == 0:
        raise ValueError("rows must hold at least one traveller, got []")
    travellers: dict[int, list] = {}
    for row in rows:
        travellers.setdefault(row["individual"], []).append(row)
    total = 0.0
    for individual in sorted(travellers):
        options = travellers[individual]
        chosen = [place for place, row in enumerate(options) if row["choice"] == 1]
        if len(chosen) != 1:
            raise ValueError(
                "choice must be 1 for exactly one mode per traveller, got "
                + str(len(chosen))
                + " (individual "
                + str(individual)
                + ")"
            )
        utilities = [mode_utility(beta, row) for row in options]
        top = max(utilities)
        # log(share) without forming the share, which could round to 0.
        spread = sum(math.exp(utility - top) for utility in utilities)
        total += utilities[chosen[0]] - top - math.log(spread)
    return total


def _at_least_zero(name: str, amount: float, unit: str) -> None:
    if not (amount >= 0 and math.isfinite(amount)):
        raise ValueError(name + " must be at least 0 " + unit + ", got " + str(amount))


def _from_one_to_five(name: str, amount: float, item: str) -> None:
    if not 1 <= amount <= 5:
        where = " (item '" + item + "')" if item else ""
        raise ValueError(name + " must be from 1 to 5, got " + str(amount) + where)
