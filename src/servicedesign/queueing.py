"""Waiting in line: formulas, and what a log says (chapter 6).

Times are in minutes and rates per minute throughout.  Guests are served first
come, first served; nobody gives up, and everybody comes alone.
"""

import math

from servicedesign import domain, means


def erlang_c(c: int, load: float) -> float:
    """Return the probability that an arriving guest has to wait.

    Parameters
    ----------
    c : int
        Servers (tills), at least 1.
    load : float
        Offered load in erlangs, arrivals per minute times minutes of service:
        at least 0 and less than c.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If c is not a whole number from 1, or the load is not below it: then the
        line grows for as long as it lasts, and there is no steady state.

    Notes
    -----
    Source: Erlang (1917), by the recursion B(k) = load B(k-1) / (k + load
    B(k-1)), which needs no factorial and so never overflows.
    """
    domain.whole("c", c, 1)
    domain.at_least("load", load, 0, "erlangs")
    if load >= c:
        raise ValueError(
            f"load must be less than c for a steady state, got {load} erlangs on {c} servers"
        )
    blocked = 1.0
    for k in range(1, int(c) + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked / (1.0 - load / c * (1.0 - blocked))


def mmc(lam: float, mu: float, c: int) -> dict:
    """Return the steady state of a line with c servers.

    Parameters
    ----------
    lam : float
        Arrivals per minute, at least 0.
    mu : float
        Guests one server can serve per minute, greater than 0.
    c : int
        Servers, at least 1, together faster than the arrivals.

    Returns
    -------
    dict
        ``rho``, the share of time a server is busy; ``p_wait``, the
        probability of waiting; ``wq`` and ``w``, mean minutes in line and in
        all; ``lq`` and ``l``, mean guests in line and in all.  With no
        arrivals, a guest who came would not wait: ``wq`` is 0.0 and ``w`` is
        1 / mu.

    Raises
    ------
    ValueError
        If an argument is outside its range or lam is not below c * mu.

    Notes
    -----
    Source: Erlang (1917); Little (1961) for guests from minutes.  Teaching
    assumption: arrivals at random (Poisson) and exponential service times.
    """
    domain.at_least("lam", lam, 0, "per min")
    domain.above("mu", mu, 0, "per min")
    p_wait = erlang_c(c, lam / mu)
    wq = p_wait / (c * mu - lam)
    w = wq + 1.0 / mu
    return {"rho": lam / mu / c, "p_wait": p_wait, "wq": wq, "w": w, "lq": lam * wq, "l": lam * w}


def mmc_tail(lam: float, mu: float, c: int, t: float) -> float:
    """Return the probability of waiting more than t minutes.

    Arguments and errors as for `mmc`, with t at least 0; from 0 to 1:
    ``p_wait * exp(-(c * mu - lam) * t)``.
    """
    domain.at_least("t", t, 0, "min")
    p_wait: float = mmc(lam, mu, c)["p_wait"]
    return p_wait * math.exp(-(c * mu - lam) * t)


def allen_cunneen(lam: float, mu: float, c: int, cv_arrival: float, cv_service: float) -> float:
    """Return the approximate mean wait if times vary more, or less, than at random.

    Parameters
    ----------
    lam, mu, c
        As for `mmc`.
    cv_arrival, cv_service : float
        Coefficient of variation (standard deviation over mean) of the time
        between arrivals and of the service time, at least 0.  1 is "at
        random", 0 is clockwork.

    Returns
    -------
    float
        Mean minutes in line.

    Raises
    ------
    ValueError
        As `mmc`, or if a coefficient is negative.

    Notes
    -----
    ``wq * (cv_arrival**2 + cv_service**2) / 2``.  Source: the approximation of
    Allen (1990) and Cunneen; exact for one server with random arrivals (the
    Pollaczek-Khinchine formula).
    """
    domain.at_least("cv_arrival", cv_arrival, 0)
    domain.at_least("cv_service", cv_service, 0)
    factor = (cv_arrival * cv_arrival + cv_service * cv_service) / 2.0
    wq: float = mmc(lam, mu, c)["wq"]
    return wq * factor


def nearest_rank(values: list[float], share: float) -> float:
    """Return the smallest value that at least this share does not exceed.

    `values` holds at least one number; `share` is greater than 0 and at most 1
    (0.9 for the 90th percentile).  Source: the nearest-rank rule.
    """
    domain.not_empty("values", values)
    domain.above("share", share, 0)
    domain.within("share", share, 0, 1)
    # A billionth less, because 0.9 * 10 must not become rank 10 by rounding.
    rank = math.ceil(share * len(values) - 1e-9)
    return sorted(values)[max(rank, 1) - 1]


def queue_stats(rows: list[dict], target: float) -> dict:
    """Return what a log of a line says about waiting.

    Parameters
    ----------
    rows : list of dict
        One per guest, in any order: ``day`` (any label) and ``arrive_min``,
        ``start_min``, ``end_min`` (minutes since opening).
    target : float
        A wait of more than this many minutes misses the target; at least 0.

    Returns
    -------
    dict
        ``guests``; ``mean_wait`` and ``p90_wait`` (nearest rank), min;
        ``share_over``, the share of guests who waited strictly longer than the
        target; ``minutes``, the length of all days, each from the first
        arrival to the last end; ``mean_waiting``, the number of guests in line
        averaged over those minutes (0.0 if there are none).

    Raises
    ------
    ValueError
        If there are no rows, service starts before arrival or ends before it
        starts, or the target is negative.

    Notes
    -----
    Source: Little (1961): guests in line is arrivals per minute times mean
    wait, over one and the same window.
    """
    domain.not_empty("rows", rows)
    domain.at_least("target", target, 0, "min")
    first: dict = {}
    last: dict = {}
    waits = []
    for place, row in enumerate(rows):
        day, arrive, start, end = row["day"], row["arrive_min"], row["start_min"], row["end_min"]
        where = "row " + str(place + 1)
        domain.at_least("start_min", start, arrive, "min", where)
        domain.at_least("end_min", end, start, "min", where)
        waits.append(start - arrive)
        first[day] = min(first.get(day, arrive), arrive)
        last[day] = max(last.get(day, end), end)
    # Added in order of size, so that shuffled rows give the same last digit.
    waits.sort()
    waited = means.total(waits)
    minutes = means.total(sorted([last[day] - first[day] for day in first]))
    return {
        "guests": len(waits),
        "mean_wait": waited / len(waits),
        "p90_wait": nearest_rank(waits, 0.9),
        "share_over": len([wait for wait in waits if wait > target]) / len(waits),
        "minutes": minutes,
        "mean_waiting": waited / minutes if minutes > 0 else 0.0,
    }


def serve(
    arrivals: list[float],
    services: list[float],
    tills: int,
    opens: list[float] | None = None,
    closes: list[float | None] | None = None,
) -> list[tuple]:
    """Return when each guest is served, first come, first served.

    Parameters
    ----------
    arrivals : list of float
        Minutes since opening, in order of time.
    services : list of float
        Minutes of service each guest needs, in the same order, at least 0.
    tills : int
        At least 1.
    opens : list of float, optional
        When each till opens, minutes since opening, at least 0; all at 0 if
        left out.
    closes : list of float or None, optional
        From when on each till begins with nobody new, minutes since opening;
        None for a till that stays until the last guest, as one at least must
        and as all do if left out.

    Returns
    -------
    list of tuple
        (arrive, start, end) in minutes, one per guest, in the order given.

    Raises
    ------
    ValueError
        If the lists differ in length, an argument is outside its range, or all
        tills close.

    Notes
    -----
    Each guest takes the till that is free first.  With the same guests, one
    more till never lengthens anybody's wait (Kiefer and Wolfowitz 1955).
    """
    domain.same_length("arrivals", arrivals, "services", services)
    domain.whole("tills", tills, 1)
    free = [0.0] * int(tills) if opens is None else list(opens)
    domain.same_length("opens", free, "the tills", [0.0] * int(tills))
    for minute in free:
        domain.at_least("opens", minute, 0, "min")
    last: list = [] if closes is None else list(closes)
    if closes is not None:
        domain.same_length("closes", last, "the tills", free)
        if None not in last:
            raise ValueError("closes must leave one till open, got " + str(last))
    closing = [(till, minute) for till, minute in enumerate(last) if minute is not None]
    before = 0.0
    served = []
    for arrive, service in zip(arrivals, services):
        domain.at_least("arrival", arrive, before, "min")
        domain.at_least("service", service, 0, "min")
        before = arrive
        for till, minute in closing:
            if max(arrive, free[till]) >= minute:
                free[till] = math.inf
        till = free.index(min(free))
        start = max(arrive, free[till])
        free[till] = start + service
        served.append((arrive, start, free[till]))
    return served


def replay(
    rows: list[dict],
    tills: int,
    opens: list[float] | None = None,
    closes: list[float | None] | None = None,
) -> list[dict]:
    """Return the log of a line as it would read with another number of tills.

    Arguments as for `queue_stats` and `serve`: every guest comes when they
    came and needs the service they needed; the result has the same keys, day
    by day in order of arrival.
    """
    replayed = []
    for day in sorted({row["day"] for row in rows}):
        # Those who came in the same moment keep the order they were served in.
        guests = sorted(
            [
                (row["arrive_min"], row["start_min"], row["end_min"])
                for row in rows
                if row["day"] == day
            ]
        )
        arrivals = [arrive for arrive, _, _ in guests]
        services = [end - start for _, start, end in guests]
        for arrive, start, end in serve(arrivals, services, tills, opens, closes):
            replayed.append({"day": day, "arrive_min": arrive, "start_min": start, "end_min": end})
    return replayed


def wage_cost_per_lunch(tills: int, minutes: float, wage: float, guests: float) -> float | None:
    """Return the wages at the tills for each guest served, in euros.

    `tills` and `minutes` are at least 0, `wage` is in euros per hour with all
    side costs, at least 0; None if there are no guests to share it.
    """
    domain.at_least("tills", tills, 0)
    domain.at_least("minutes", minutes, 0, "min")
    domain.at_least("wage", wage, 0, "EUR per hour")
    domain.at_least("guests", guests, 0)
    return tills * minutes / 60.0 * wage / guests if guests > 0 else None


def felt_wait(wait: float, multiplier: float) -> float:
    """Return the minutes a wait feels like: the wait times a multiplier.

    Both are at least 0.  Source: Maister (1985) gives directions (uncertain,
    unexplained, unoccupied waits feel longer), no numbers.  Teaching
    assumption: one multiplier.
    """
    domain.at_least("wait", wait, 0, "min")
    domain.at_least("multiplier", multiplier, 0)
    return wait * multiplier
