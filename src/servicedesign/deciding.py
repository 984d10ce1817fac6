"""From talk to deeds: how large a test, what must come of it, and one year by dice (chapter 10).

No link between what is done and what comes of it is a fact here: each is a range that
somebody believes.  The chance is `servicedesign.randomness`, so that the same seed gives
the same numbers on every Python; every belief has a stream of its own, and a change in
one leaves the draws of the others as they were (common random numbers).
"""

import math

from servicedesign import domain, meaning, means
from servicedesign.hillasoppi import LUNCH_MINUTES, NOON, ONE_YEAR, TILLS
from servicedesign.queue_simulation import simulated_day
from servicedesign.queueing import serve
from servicedesign.randomness import Generator, exp, log

BUDGET = 20000.0  # EUR for the year
LEVERS = ("till", "desk", "jobs", "gesture", "price")
PAID = LEVERS[:4]  # in EUR; the price is in per cent
PRICE_STEP = 10.0  # per cent, the most by which the price may move
# What somebody must believe before the year can be worked out, in the order of the chain.
BELIEFS = (
    "speed", "diets", "resources", "demands", "friendliness", "gesture", "fairness", "visits",
    "staying",
)  # fmt: skip
ATTRIBUTES = (
    "speed", "friendliness", "special_diets", "taste", "price_fairness", "ambience",
    "opening_hours", "dessert_extra",
)  # fmt: skip
LOWEST, HIGHEST = 1.0, 7.0  # marks of the survey
LUNCHES = 10  # simulated noons behind the mean wait
HALVINGS = 60  # of the interval in which a break-even effect lies
# What one seed makes, kept for the next setting: the guests of the noons, the mean wait
# by minutes of a third till, and the throws of every belief.
_MADE: dict = {"seed": None}


def sample_size_two_means(sd: float, delta: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """Return how many people each of two groups needs to show a difference of two means.

    Parameters
    ----------
    sd : float
        Standard deviation in each group, greater than 0, in any unit.
    delta : float
        The difference to be found, in the unit of `sd`, not 0; its sign does not matter.
    power : float
        With which chance a difference of that size is to be found, between 0 and 1.
    alpha : float
        With which chance luck alone may look like one, both signs together, between 0 and 1.

    Returns
    -------
    int
        People in *each* group; twice as many in all.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    ``2 * (sd / delta) ** 2 * (z(1 - alpha / 2) + z(power)) ** 2``, rounded up; the normal
    approximation.  Source: Cohen (1988).
    """
    domain.above("sd", sd, 0)
    domain.finite("delta", delta)
    if delta == 0:
        raise ValueError("delta must not be 0: no number of people shows that nothing differs")
    ratio = sd / delta
    return _rounded_up(2.0 * ratio * ratio * _both(power, alpha))


def sample_size_two_props(p1: float, p2: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """Return how many people each of two groups needs to show a difference of two shares.

    Parameters
    ----------
    p1, p2 : float
        The shares, greater than 0 and less than 1, not equal.
    power, alpha : float
        As for `sample_size_two_means`.

    Returns
    -------
    int
        People in *each* group; twice as many in all.

    Raises
    ------
    ValueError
        If an argument is outside its range, or the shares are equal.

    Notes
    -----
    ``(p1 (1 - p1) + p2 (1 - p2)) * (z(1 - alpha / 2) + z(power)) ** 2 / (p1 - p2) ** 2``,
    rounded up: each group has its own variance.  With one variance for both under the
    null hypothesis the answer is a little larger.  Source: Fleiss (1981).
    """
    domain.between("p1", p1, 0, 1)
    domain.between("p2", p2, 0, 1)
    if p1 == p2:
        raise ValueError("p2 must differ from p1, got " + str(p1) + " twice")
    variance = p1 * (1.0 - p1) + p2 * (1.0 - p2)
    return _rounded_up(variance * _both(power, alpha) / ((p1 - p2) * (p1 - p2)))


def normal_quantile(share: float) -> float:
    """Return the number of standard deviations below which a share of a normal curve lies.

    `share` is greater than 0 and less than 1.  Found by halving an interval, because
    MicroPython has no ``statistics.NormalDist``; the two agree to nine decimals.
    """
    domain.between("share", share, 0, 1)
    low, high = -40.0, 40.0
    for _ in range(HALVINGS + 10):
        middle = (low + high) / 2.0
        if math.erfc(-middle / math.sqrt(2.0)) / 2.0 < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def break_even_effect(
    cost: float, n_customers: int, margin: float, survival: list[float], rate: float
) -> float | None:
    """Return what share of those who would leave must be kept before a cost comes back.

    Parameters
    ----------
    cost : float
        Spent once, EUR, at least 0.
    n_customers : int
        Customers for whom it is spent, at least 1.
    margin : float
        What a customer leaves in a year, EUR, greater than 0.
    survival : list of float
        Share of the customers still there after 0, 1, 2, ... years: begins with 1, never
        rises, and never falls below 0.
    rate : float
        Discount rate a year, at least 0; .1 for 10%.

    Returns
    -------
    float or None
        From 0 to 1: the smallest share of each year's leavers that must stay, for good,
        so that the added lifetime value of all customers reaches the cost.  None if even
        keeping everybody is not enough.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    With the effect e a yearly loss q becomes ``(1 - e) * q``.  The added value rises with
    e, so halving the interval finds it.  Whether the first margin comes now or a year
    later does not matter: the first one is received either way.
    """
    domain.at_least("cost", cost, 0, "EUR")
    domain.whole("n_customers", n_customers, 1)
    domain.above("margin", margin, 0, "EUR")
    domain.at_least("rate", rate, 0)
    _check_survival(survival)

    def added(effect: float) -> float:
        kept = _kept(survival, effect)
        more = means.total(
            [(s - old) / _power(1.0 + rate, t) for t, (s, old) in enumerate(zip(kept, survival))]
        )
        return n_customers * margin * more

    if cost == 0:
        return 0.0
    if added(1.0) < cost:
        return None
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if added(middle) < cost:
            low = middle
        else:
            high = middle
    return high


def mean_wait(till_euros: float, seed: int = 1, case: dict = ONE_YEAR) -> float:
    """Return the mean wait at lunch with a third till for as long as the money lasts.

    Parameters
    ----------
    till_euros : float
        For a year of a third till around the top of the peak, EUR, at least 0.
    seed : int
        Which noons, at least 0; they are the same for any amount.
    case : dict
        ``lunch_days`` in a year.

    Returns
    -------
    float
        Minutes over ten simulated lunches.  More money never makes it longer.
    """
    domain.at_least("till", till_euros, 0, "EUR")
    minutes = till_euros / (TILLS["wage"] / 60.0 * case["lunch_days"])
    minutes = min(float(LUNCH_MINUTES), minutes)
    made = _made(seed)
    if minutes not in made["waits"]:
        made["waits"][minutes] = _wait_with(made["noons"], minutes)
    return float(made["waits"][minutes])


def _wait_with(noons: list, minutes: float) -> float:
    opens = max(0.0, NOON["middle"] - minutes / 2.0)
    closes = opens + minutes
    waits = []
    for arrivals, services in noons:
        if minutes > 0:
            last = None if closes >= LUNCH_MINUTES else closes
            served = serve(arrivals, services, 3, [0.0, 0.0, opens], [None, None, last])
        else:
            served = serve(arrivals, services, 2)
        waits.extend([start - arrive for arrive, start, _end in served])
    return means.mean(waits)


def one_year(spend: dict, effects: dict, seed: int = 1, case: dict = ONE_YEAR) -> dict:
    """Return one year, worked out link by link from one number for each belief.

    Parameters
    ----------
    spend : dict
        EUR for ``till``, ``desk``, ``jobs`` and ``gesture``, each at least 0 and together
        at most `BUDGET`, and ``price`` in per cent from -10 to 10; what is left out is 0.
    effects : dict
        One number for each of `BELIEFS`: ``speed``, points of the mark for each minute
        less in line; ``diets`` and ``gesture``, points if the whole of it is paid;
        ``resources`` and ``demands``, what the whole job redesign changes at work, in
        standard deviations; ``friendliness``, points for each standard deviation of
        energy; ``fairness``, points *lost*, and ``visits``, per cent of the lunches lost, for
        each per cent that lunch gets dearer;
        ``staying``, log-odds of staying for ten points of the index.
    seed : int
        Which noons are simulated.
    case : dict
        The case's numbers, as `servicedesign.hillasoppi.ONE_YEAR`.

    Returns
    -------
    dict
        ``wait`` (mean, min), ``index`` (0 to 100), ``energy`` (standard deviations),
        ``retention`` (share of the guests who stay), ``retained`` (guests) and ``gain``
        (EUR against leaving all as it is, after the spend).

    Raises
    ------
    ValueError
        If money is negative or beyond the budget, the price is out of range, a lever is
        unknown or a belief is missing.

    Notes
    -----
    Wait from the simulated noon (chapter 6); marks to an index with the importance of
    chapter 4 as weights (`expectations.acsi_index`, chapter 7); resources and demands to
    energy (`meaning.jdr_energy`, chapter 8); the index to staying by a logistic curve;
    a guest's worth as in chapter 9, over ``years`` years.  Marks stop at 1 and 7.
    Teaching assumption: every link, and that half of the money does half of the work.
    """
    _check_effects(effects)
    plan = _prepared(spend, seed, case)
    index, energy, stay, gain = _outcome(plan, tuple([effects[name] for name in BELIEFS]))
    return {
        "wait": plan["wait"],
        "index": index,
        "energy": energy,
        "retention": stay,
        "retained": plan["guests"] * stay,
        "gain": gain,
    }


def simulate_decision(
    spend: dict, beliefs: dict, seed: int, runs: int = 1000, case: dict = ONE_YEAR
) -> dict:
    """Return many years, each with another draw from what somebody believes.

    Parameters
    ----------
    spend, case
        As for `one_year`.
    beliefs : dict
        For each of `BELIEFS` a pair (low, high), in the units of `one_year`.
    seed : int
        Which chance, at least 0; belief number k draws from its stream k.
    runs : int
        How many years, at least 1.

    Returns
    -------
    dict
        ``wait`` (min), one number; ``index``, ``energy``, ``retained`` and ``gain``, one
        number a run; ``drawn``, by belief one number a run, and ``throws``, the dice behind
        it from 0 to 1; ``mean_gain``, ``low_gain``
        and ``high_gain`` (EUR; with four of five runs between the two), and
        ``chance_of_loss``, the share of runs whose gain is below 0.

    Raises
    ------
    ValueError
        As `one_year`, and if a range has no two ends or its low end is the higher one.
    """
    _check_beliefs(beliefs)
    domain.whole("runs", runs, 1)
    plan = _prepared(spend, seed, case)
    throws = _throws(seed, int(runs))
    drawn = {}
    for name in BELIEFS:
        low, high = beliefs[name]
        drawn[name] = [low + (high - low) * throw for throw in throws[name]]
    found: dict = {"index": [], "energy": [], "retained": [], "gain": []}
    guests = plan["guests"]
    for effects in zip(*[drawn[name] for name in BELIEFS]):
        index, energy, stay, gain = _outcome(plan, effects)
        found["index"].append(index)
        found["energy"].append(energy)
        found["retained"].append(guests * stay)
        found["gain"].append(gain)
    gains = sorted(found["gain"])
    found["wait"] = plan["wait"]
    found["drawn"] = drawn
    found["throws"] = throws
    found["mean_gain"] = means.mean(gains)
    found["low_gain"] = gains[_rank(0.1, len(gains))]
    found["high_gain"] = gains[_rank(0.9, len(gains))]
    found["chance_of_loss"] = len([gain for gain in gains if gain < 0]) / len(gains)
    return found


def tornado(spend: dict, beliefs: dict, seed: int = 1, case: dict = ONE_YEAR) -> list[dict]:
    """Return how far each belief alone moves the gain, the widest first.

    Arguments as for `simulate_decision`.  Each row holds ``belief``, ``low`` and ``high``:
    the gain (EUR) at either end of that belief, all others in their middle.  Beliefs that
    move it equally far keep the order of `BELIEFS`.
    """
    _check_beliefs(beliefs)
    plan = _prepared(spend, seed, case)
    middle = [(beliefs[name][0] + beliefs[name][1]) / 2.0 for name in BELIEFS]
    rows = []
    for place, name in enumerate(BELIEFS):
        ends = []
        for end in beliefs[name]:
            effects = list(middle)
            effects[place] = end
            ends.append(_outcome(plan, tuple(effects))[3])
        rows.append((-abs(ends[1] - ends[0]), place, name, ends))
    return [{"belief": name, "low": e[0], "high": e[1]} for _width, _place, name, e in sorted(rows)]


def value_of_testing(
    spend: dict, beliefs: dict, seed: int, runs: int = 1000, case: dict = ONE_YEAR
) -> dict:
    """Return what knowing a belief before deciding would be worth, at most.

    Arguments as for `simulate_decision`.

    Returns
    -------
    dict
        For each belief EUR, at least 0: the mean of what the better of *do it* and *leave
        it* would bring if the belief were known, less what the better one brings now.
        No test of that belief alone is worth more.

    Notes
    -----
    The expected value of partial perfect information, Raiffa and Schlaifer (1961), by
    regression as in Strong, Oakley and Brennan (2014), with one straight line through
    the gains of all runs.  Teaching assumption: the line is straight enough.
    """
    simulated = simulate_decision(spend, beliefs, seed, runs, case)
    return worth_of_knowing(simulated, tornado(spend, beliefs, seed, case))


def worth_of_knowing(simulated: dict, swings: list[dict]) -> dict:
    """Return `value_of_testing` from what `simulate_decision` and `tornado` returned."""
    gains, mean = simulated["gain"], simulated["mean_gain"]
    now = max(0.0, mean)
    worth = {}
    for row in swings:
        name = row["belief"]
        worth[name] = 0.0
        # A belief that moves nothing must not seem to, by the luck of a thousand throws.
        if row["low"] != row["high"]:
            half = abs(_rise(simulated["throws"][name], gains)) / 2.0
            top, bottom = mean + half, mean - half
            # The mean of what is above 0 on a line from bottom to top, all equally likely.
            known = mean if bottom >= 0 else 0.0
            if bottom < 0 < top:
                known = top * top / (4.0 * half)
            worth[name] = max(0.0, known - now)
    return worth


def _outcome(plan: dict, effects: tuple) -> tuple:
    """Return index, energy, share who stay and gain for one number of each of `BELIEFS`."""
    # One run; a page draws a thousand at every touch, hence no dict and no loop.
    speed, diets, resources, demands, friendly, gesture, fairness, visits, staying = effects
    speed_0, friendly_0, diets_0, fairness_0, gesture_0 = plan["marks"]
    of_speed, of_friendly, of_diets, of_fairness, of_gesture = plan["weights"]
    energy = meaning.jdr_energy(resources * plan["jobs"], demands * plan["jobs"])
    total = (
        plan["unmoved"]
        + of_speed * min(HIGHEST, max(LOWEST, speed_0 + speed * plan["less_wait"]))
        + of_friendly * min(HIGHEST, max(LOWEST, friendly_0 + friendly * energy))
        + of_diets * min(HIGHEST, max(LOWEST, diets_0 + diets * plan["desk"]))
        + of_fairness * min(HIGHEST, max(LOWEST, fairness_0 - fairness * plan["price"]))
        + of_gesture * min(HIGHEST, max(LOWEST, gesture_0 + gesture * plan["gesture"]))
    )
    # As acsi_index: a line from the lowest mark to the highest.
    index = 100.0 * (total - LOWEST) / (HIGHEST - LOWEST)
    change = staying * (index - plan["index"]) / 10.0
    retention = plan["retention"]
    stay = retention
    if change != 0:
        stay = 1.0 / (1.0 + exp(-min(300.0, max(-300.0, plan["log_odds"] + change))))
    margin = plan["new_margin"] * max(0.0, 1.0 - visits * plan["price"] / 100.0)
    each = margin - plan["margin"] + plan["worth"] * (stay * margin - retention * plan["margin"])
    return index, energy, stay, plan["guests"] * each - plan["spent"]


def _prepared(spend: dict, seed: int, case: dict) -> dict:
    """Return all that does not change from run to run."""
    for lever in sorted(spend):
        domain.one_of("lever", lever, LEVERS)
    euros = {lever: spend.get(lever, 0) for lever in PAID}
    for lever in PAID:
        domain.at_least(lever, euros[lever], 0, "EUR")
    spent = means.total([float(euros[lever]) for lever in PAID])
    domain.within("all levers together", spent, 0, BUDGET, "EUR")
    price = spend.get("price", 0)
    domain.within("price", price, -PRICE_STEP, PRICE_STEP, "per cent")
    marks = [case["marks"][name] for name in ATTRIBUTES]
    weights = [case["importance"][name] for name in ATTRIBUTES]
    whole = means.total(weights)
    shares = [weight / whole for weight in weights]
    unmoved = means.total([shares[place] * marks[place] for place in (3, 5, 6)])
    moving = [shares[place] for place in (0, 1, 2, 4, 7)]
    moved = [marks[place] for place in (0, 1, 2, 4, 7)]
    # Added in the order of _outcome, so that a year in which nothing moves is the same to the bit.
    start = unmoved
    for weight, mark in zip(moving, moved):
        start += weight * mark
    margin = case["margin"]
    # Per guest and year: a dearer lunch leaves all of its rise.
    more = margin / case["margin_share"] * price / 100.0
    wait = mean_wait(euros["till"], seed, case)
    retention = case["retention"]
    return {
        "wait": wait,
        "less_wait": mean_wait(0, seed, case) - wait,
        "desk": _part(euros, "desk", case),
        "jobs": _part(euros, "jobs", case),
        "gesture": _part(euros, "gesture", case),
        "price": price,
        "marks": moved,
        "weights": moving,
        "unmoved": unmoved,
        "index": 100.0 * (start - LOWEST) / (HIGHEST - LOWEST),
        "log_odds": log(retention / (1.0 - retention)),
        "retention": retention,
        "guests": case["guests"],
        "margin": margin,
        "new_margin": margin + more,
        "worth": _worth(retention, case["rate"], case["years"]),
        "spent": spent,
    }


def _part(euros: dict, lever: str, case: dict) -> float:
    # What share of the whole is paid; more than the whole buys nothing more.
    part: float = min(1.0, euros[lever] / case["whole"][lever])
    return part


def _worth(retention: float, rate: float, years: int) -> float:
    """Return what one euro of margin a year is worth in a guest who stays next year."""
    return means.total(
        [_power(retention, t) / _power(1.0 + rate, t + 1) for t in range(int(years))]
    )


def _made(seed: int) -> dict:
    if _MADE["seed"] != seed:
        peak = {
            "base": NOON["arrivals"] / 60.0,
            "height": NOON["height"] / 60.0,
            "middle": NOON["middle"],
            "width": NOON["width"],
        }
        noons = []
        for day in range(1, LUNCHES + 1):
            guests = simulated_day(
                peak, LUNCH_MINUTES, 2, TILLS["seconds"] / 60.0, TILLS["cv"], seed, day
            )
            noons.append(
                ([arrive for arrive, _s, _e in guests], [end - start for _a, start, end in guests])
            )
        _MADE.update({"seed": seed, "noons": noons, "waits": {}, "throws": {}})
    return _MADE


def _throws(seed: int, runs: int) -> dict:
    """Return so many numbers between 0 and 1 for each belief, each from its own stream."""
    made = _made(seed)
    if len(made["throws"].get(BELIEFS[0], [])) != runs:
        # A new dict: whoever was given the old one keeps it.
        made["throws"] = {}
        for stream, name in enumerate(BELIEFS):
            generator = Generator(seed, stream)
            made["throws"][name] = [generator.uniform() for _ in range(runs)]
    throws: dict = made["throws"]
    return throws


def _rise(throws: list[float], gains: list[float]) -> float:
    """Return by how much the straight line through all runs rises from throw 0 to throw 1."""
    middle = means.mean(throws)
    away = [throw - middle for throw in throws]
    squares = means.total([each * each for each in away])
    if squares == 0:
        return 0.0
    return means.total([each * gain for each, gain in zip(away, gains)]) / squares


def _rank(share: float, count: int) -> int:
    # Nearest rank, from 0; a hair's breadth above a whole number is that number.
    return max(0, min(count - 1, math.ceil(share * count - 1e-9) - 1))


def _both(power: float, alpha: float) -> float:
    domain.between("power", power, 0, 1)
    domain.between("alpha", alpha, 0, 1)
    both = normal_quantile(1.0 - alpha / 2.0) + normal_quantile(power)
    if both <= 0:
        raise ValueError(
            "power must be above half of alpha, which luck reaches by itself, got " + str(power)
        )
    return both * both


def _rounded_up(people: float) -> int:
    return max(1, math.ceil(people - 1e-9))


def _kept(survival: list[float], effect: float) -> list[float]:
    """Return a survival curve from which every year that share of the leavers is kept."""
    kept = [1.0]
    for year in range(1, len(survival)):
        before, after = survival[year - 1], survival[year]
        loss = 1.0 - after / before if before > 0 else 1.0
        kept.append(kept[-1] * (1.0 - (1.0 - effect) * loss))
    return kept


def _check_survival(survival: list[float]) -> None:
    domain.not_empty("survival", survival)
    if survival[0] != 1:
        raise ValueError("survival must begin with 1, the whole cohort, got " + str(survival[0]))
    for year, share in enumerate(survival[1:]):
        domain.within("survival", share, 0, survival[year], "", "year " + str(year + 1))


def _check_effects(effects: dict) -> None:
    for name in sorted(effects):
        domain.one_of("belief", name, BELIEFS)
    for name in BELIEFS:
        if name not in effects:
            raise ValueError("beliefs must hold " + ", ".join(BELIEFS) + ", no " + name)
        domain.finite(name, effects[name])


def _check_beliefs(beliefs: dict) -> None:
    for name in sorted(beliefs):
        domain.one_of("belief", name, BELIEFS)
    for name in BELIEFS:
        if name not in beliefs:
            raise ValueError("beliefs must hold " + ", ".join(BELIEFS) + ", no " + name)
        if len(beliefs[name]) != 2:
            raise ValueError(
                name + " must be a pair of a low and a high number, got " + str(beliefs[name])
            )
        low, high = beliefs[name]
        domain.finite(name, low)
        domain.finite(name, high)
        if low > high:
            raise ValueError(f"{name} must have its low end first, got {low} and {high}")


def _power(base: float, exponent: int) -> float:
    # By multiplication, so that every computer rounds alike.
    product = 1.0
    for _ in range(int(exponent)):
        product *= base
    return product
