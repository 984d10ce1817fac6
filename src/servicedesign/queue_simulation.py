"""A noon peak simulated lunch by lunch, where no formula reaches (chapter 6).

Times are in minutes since opening and rates per minute.  The chance is
`servicedesign.randomness`, so that every computer sees the same guests.
"""

import math

from servicedesign import domain
from servicedesign.queueing import serve
from servicedesign.randomness import Generator

# The histogram of waits has bins of six seconds, so that a percentile read from
# it is that fine; waits beyond the longest share the last bin.
BINS_PER_MINUTE = 10
LONGEST_WAIT = 120


def arrival_rate(t: float, base: float, height: float, middle: float, width: float) -> float:
    """Return arrivals per minute at a time of day with one peak.

    Parameters
    ----------
    t : float
        Minutes since opening.
    base : float
        Arrivals per minute far from the peak, at least 0.
    height : float
        What the peak adds at its middle, arrivals per minute, at least 0; with
        0 the rate is flat.
    middle : float
        When the peak is highest, minutes since opening.
    width : float
        How long it takes to fall to 37% of its height, min, greater than 0.

    Returns
    -------
    float
        Arrivals per minute.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Teaching assumption: a bell-shaped peak.
    """
    domain.at_least("base", base, 0, "per min")
    domain.at_least("height", height, 0, "per min")
    domain.above("width", width, 0, "min")
    distance = (t - middle) / width
    return base + height * math.exp(-distance * distance)


def arrivals_by_minute(peak: dict, minutes: int) -> list[float]:
    """Return arrivals per minute in the middle of every minute that the door is open.

    Parameters
    ----------
    peak : dict
        ``base``, ``height``, ``middle`` and ``width`` as for `arrival_rate`.
    minutes : int
        How long the door is open, at least 0.

    Returns
    -------
    list of float
        One for each minute; their sum is the guests to expect.
    """
    base, height, middle, width = peak["base"], peak["height"], peak["middle"], peak["width"]
    if height == 0:
        return [base + 0.0] * minutes
    rates = []
    for minute in range(minutes):
        distance = (minute + 0.5 - middle) / width
        rates.append(base + height * math.exp(-distance * distance))
    return rates


def fluid_line(rates: list[float], capacity: float) -> list[float]:
    """Return how long a line would be if guests came and went in an even stream.

    Parameters
    ----------
    rates : list of float
        Arrivals per minute, one for each minute.
    capacity : float
        Guests that all tills together can serve per minute, at least 0.

    Returns
    -------
    list of float
        Guests in line at minute 0, 1, ...: one more than `rates`.

    Raises
    ------
    ValueError
        If the capacity is negative.

    Notes
    -----
    Source: the fluid approximation, Newell (1982).  It knows no chance, so a
    line stands only while more guests come than can be served.
    """
    domain.at_least("capacity", capacity, 0, "per min")
    line = [0.0]
    for rate in rates:
        line.append(max(0.0, line[-1] + rate - capacity))
    return line


def simulated_day(
    peak: dict, minutes: float, tills: int, mean_service: float, cv: float, seed: int, day: int
) -> list[tuple]:
    """Return one simulated lunch: (arrive, start, end) for each guest.

    Parameters
    ----------
    peak : dict
        ``base``, ``height``, ``middle`` and ``width`` as for `arrival_rate`.
    minutes : float
        How long the door is open, greater than 0; whoever is in line then is
        still served.
    tills : int
        At least 1.
    mean_service, cv : float
        Mean (min, greater than 0) and coefficient of variation (at least 0) of
        the service time.
    seed, day : int
        Which chance, and which day of it, at least 0.  The guests of a day and
        what they need are the same for any number of tills.

    Returns
    -------
    list of tuple
        In order of arrival, minutes since opening; may be empty.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Source: arrivals by thinning, Lewis and Shedler (1979); log-normal service.
    Teaching assumption: guests come independently of each other.
    """
    domain.above("minutes", minutes, 0, "min")
    coming = Generator(seed, 2 * day)
    needing = Generator(seed, 2 * day + 1)
    base, height, middle, width = peak["base"], peak["height"], peak["middle"], peak["width"]
    most = arrival_rate(middle, base, height, middle, width)
    arrivals = []
    services = []
    t = coming.exponential(1.0 / most) if most > 0 else minutes
    while t < minutes:
        # As arrival_rate, unchecked: thousands of guests pass here.
        distance = (t - middle) / width
        if height == 0 or coming.uniform() * most < base + height * math.exp(-distance * distance):
            arrivals.append(t)
            services.append(needing.lognormal(mean_service, cv))
        t += coming.exponential(1.0 / most)
    return serve(arrivals, services, tills)


def noon_peak(
    peak: dict,
    minutes: float,
    tills: int,
    mean_service: float,
    cv: float,
    target: float,
    replications: int = 50,
    seed: int = 1,
    slice_size: int = 1,
):
    """Simulate lunch after lunch and yield what is known so far.

    Parameters
    ----------
    peak, minutes, tills, mean_service, cv, seed
        As for `simulated_day`; day 1, 2, ... are simulated in turn.
    target : float
        A wait of more than this many minutes misses the target; at least 0.
    replications : int
        How many lunches, at least 1.
    slice_size : int
        How many lunches between two results, at least 1.

    Yields
    ------
    dict
        ``replications`` so far and ``guests`` in them; ``mean_wait`` (min),
        ``p90_wait`` (min, to the next six seconds) and ``share_over`` the
        target, None before the first guest; ``utilisation``, the share of the
        open minutes a till is busy; ``waiting``, the mean number in line at
        minute 0, 1, ... until closing; ``histogram``, the share of guests who
        waited up to 1, 2, ... minutes more than the bin before, none beyond
        the longest wait seen; ``halves``, the same by half minutes.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    domain.at_least("target", target, 0, "min")
    domain.whole("replications", replications, 1)
    domain.whole("slice_size", slice_size, 1)
    so_far = _nothing_yet(minutes)
    for day in range(1, replications + 1):
        served = simulated_day(peak, minutes, tills, mean_service, cv, seed, day)
        _add_day(so_far, served, minutes, target)
        if day % slice_size == 0 or day == replications:
            yield _summary(so_far, minutes, tills)


def _nothing_yet(minutes: float) -> dict:
    return {
        "days": 0,
        "waits": 0.0,
        "over": 0,
        "busy": 0.0,
        "guests": 0,
        "bins": [0] * (LONGEST_WAIT * BINS_PER_MINUTE + 1),
        # Changes of the number in line, minute by minute; sums give the line.
        "changes": [0] * (int(minutes) + 2),
    }


def _add_day(so_far: dict, served: list[tuple], minutes: float, target: float) -> None:
    so_far["days"] += 1
    bins, changes = so_far["bins"], so_far["changes"]
    last = len(changes) - 1
    for arrive, start, end in served:
        wait = start - arrive
        so_far["guests"] += 1
        so_far["waits"] += wait
        so_far["over"] += 1 if wait > target else 0
        so_far["busy"] += max(0.0, min(end, minutes) - min(start, minutes))
        bins[min(math.ceil(wait * BINS_PER_MINUTE), len(bins) - 1)] += 1
        changes[min(math.ceil(arrive), last)] += 1
        changes[min(math.ceil(start), last)] -= 1


def _summary(so_far: dict, minutes: float, tills: int) -> dict:
    guests, days, bins = so_far["guests"], so_far["days"], so_far["bins"]
    waiting = []
    line = 0
    for change in so_far["changes"][:-1]:
        line += change
        waiting.append(line / days)
    histogram = []
    halves = []
    p90 = None
    if guests > 0:
        longest = max([place for place, count in enumerate(bins) if count > 0])
        for first in range(0, longest + 1, BINS_PER_MINUTE):
            # A bin ends at its whole minute; no wait at all belongs to the first.
            counted = bins[first + 1 : first + 1 + BINS_PER_MINUTE]
            histogram.append((sum(counted) + (bins[0] if first == 0 else 0)) / guests)
        half = BINS_PER_MINUTE // 2
        for first in range(0, longest + 1, half):
            counted = bins[first + 1 : first + 1 + half]
            halves.append((sum(counted) + (bins[0] if first == 0 else 0)) / guests)
        seen = place = 0
        while seen + bins[place] < 0.9 * guests - 1e-9:
            seen += bins[place]
            place += 1
        p90 = place / BINS_PER_MINUTE
    return {
        "replications": days,
        "guests": guests,
        "mean_wait": so_far["waits"] / guests if guests > 0 else None,
        "p90_wait": p90,
        "share_over": so_far["over"] / guests if guests > 0 else None,
        "utilisation": so_far["busy"] / (days * tills * minutes),
        "waiting": waiting,
        "histogram": histogram,
        "halves": halves,
    }
