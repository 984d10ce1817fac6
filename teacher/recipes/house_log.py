"""What the house itself records: the noon queue, the staff, the lunch cards, other outlets."""

from __future__ import annotations

import heapq
import math
import random

from .dice import Row, apart_from, standardised, stream, to_scale

TEAMS = {
    #            autonomy, feedback, variety, identity, demands (means on 1-7)
    "lunch": (3.6, 4.0, 3.4, 3.0, 5.6),
    "catering": (5.2, 5.4, 5.0, 5.4, 4.6),
    "kitchen": (4.4, 3.2, 4.6, 4.8, 5.2),
}


def lunch_queue(dice: random.Random) -> list[Row]:
    """Return five lunch days at two tills: minutes after 11:00, first come first served.

    Arrivals follow a Poisson process whose rate peaks at noon with 2.1 guests a
    minute (thinning); service takes a log-normal time, .95 minutes on average.
    """
    rows: list[Row] = []
    for day in range(1, 6):
        clock, free = 0.0, [0.0, 0.0]
        while clock < 150:
            rate = 0.6 + 1.5 * math.exp(-(((clock - 60) / 28) ** 2))
            clock += dice.expovariate(2.1)
            if dice.random() > rate / 2.1:
                continue
            start = max(clock, heapq.heappop(free))
            end = start + dice.lognormvariate(math.log(0.95) - 0.5 * 0.45**2, 0.45)
            heapq.heappush(free, end)
            minutes = {"arrive_min": clock, "start_min": start, "end_min": end}
            rows.append({"day": day, **{name: round(value, 2) for name, value in minutes.items()}})
    return rows


def transactions(dice: random.Random) -> list[Row]:
    """Return lunch-card visits of 300 guests over 52 weeks, drawn from BG/NBD (.9, 3, .7, 4)."""
    rows: list[Row] = []
    for customer in range(1, 301):
        rate, dropout = dice.gammavariate(0.9, 1 / 3.0), dice.betavariate(0.7, 4.0)
        week = dice.random() * 8
        rows.append({"customer_id": customer, "week": round(week, 2)})
        while dice.random() >= dropout:
            week += dice.expovariate(rate)
            if week > 52:
                break
            rows.append({"customer_id": customer, "week": round(week, 2)})
    return rows


def employees(dice: random.Random) -> list[Row]:
    """Return 26 answers to seven own-worded questions about work, 1-7."""
    rows: list[Row] = []
    for number in range(1, 27):
        team = "lunch" if number <= 12 else "catering" if number <= 20 else "kitchen"
        level = TEAMS[team]
        autonomy, feedback = dice.gauss(level[0], 0.9), dice.gauss(level[1], 0.9)
        significance = dice.gauss(5.0, 0.9)
        variety, identity = dice.gauss(level[2], 0.8), dice.gauss(level[3], 0.8)
        demands = dice.gauss(level[4], 0.8)
        meaning = 1.2 + 0.30 * autonomy + 0.25 * feedback + 0.30 * significance
        meaning = meaning - 0.10 * (demands - 5) + dice.gauss(0, 0.6)
        answers = {
            "variety": variety,
            "identity": identity,
            "significance": significance,
            "autonomy": autonomy,
            "feedback": feedback,
            "demands": demands,
            "meaning": meaning,
        }
        scaled = {name: to_scale(value, 1, 7) for name, value in answers.items()}
        rows.append({"emp": number, "team": team, **scaled})
    return rows


# Catering by day is two people, and everyone in the house knows which two.
EVENING = {3, 5, 9, 11, 12, 14, 15, 16, 17, 18, 19}
BLANKS = {
    (4, "heard_2"),
    (9, "heard_1"),
    (9, "heard_2"),
    (9, "tools_1"),
    (14, "help_1"),
    (21, "heard_3"),
}


def staff_pulse(staff: list[Row]) -> list[Row]:
    """Return a short pulse survey of the same 26: being heard, helping, tools in the way.

    ``heard_3`` and ``tools_1`` are worded the other way round and need reversing;
    a few answers were left blank.
    """
    dice = stream("staff_pulse")
    rows: list[Row] = []
    for person in staff:
        number = int(str(person["emp"]))
        autonomy, meaning = int(str(person["autonomy"])), int(str(person["meaning"]))
        heard = 1.4 + 0.35 * autonomy + 0.30 * meaning + dice.gauss(0, 0.5)
        helped = 1.6 + 0.70 * meaning + dice.gauss(0, 0.5)
        answers = {
            "heard_1": heard + dice.gauss(0, 0.6),
            "heard_2": heard + dice.gauss(0, 0.6),
            "heard_3": 8 - heard + dice.gauss(0, 0.7),
            "help_1": helped + dice.gauss(0, 0.6),
            "help_2": helped + dice.gauss(0, 0.6),
            "tools_1": 8 - 0.5 * (heard + autonomy) + dice.gauss(0, 0.8),
        }
        rows.append(
            {
                "emp": number,
                "team": person["team"],
                "shift": "evening" if number in EVENING else "day",
                **{
                    name: "" if (number, name) in BLANKS else to_scale(value, 1, 7)
                    for name, value in answers.items()
                },
            }
        )
    return rows


def outlets() -> list[Row]:
    """Return 40 invented lunch restaurants where good management lifts staff and guests alike.

    Standardised: staff = .7 management + noise; guests = .6 management + .1 staff
    + noise. The noises are made uncorrelated, so the forty rows show the planted
    numbers themselves: r(staff, guests) = .1 + .7 x .6 = .52.
    """
    dice = stream("outlets")
    draws = [[dice.gauss(0, 1) for _ in range(40)] for _ in range(3)]
    management = standardised(draws[0])
    noise = apart_from(draws[1], management)
    staff = [0.7 * m + math.sqrt(1 - 0.7**2) * e for m, e in zip(management, noise, strict=True)]
    noise = apart_from(draws[2], management, staff)
    left = math.sqrt(1 - (0.6**2 + 0.1**2 + 2 * 0.6 * 0.1 * 0.7))
    guests = [
        0.6 * m + 0.1 * s + left * e for m, s, e in zip(management, staff, noise, strict=True)
    ]
    return [
        {
            "outlet": f"R{number:02d}",
            "mgmt": round(4.5 + 0.9 * m, 2),
            "staff_sat": round(4.8 + 0.8 * s, 2),
            "guest_sat": round(7.4 + 0.7 * g, 2),
        }
        for number, (m, s, g) in enumerate(zip(management, staff, guests, strict=True), start=1)
    ]


def lunch_card() -> list[Row]:
    """Return how many cards of each yearly cohort were still used, year by year.

    Each guest has a fixed chance of leaving, drawn once from a beta distribution
    (the sBG model): alpha 1.5, beta 4 for the cohorts that came by themselves,
    and 2.4 and 2.4 for 2022, which half-price cards bought.
    """
    # Of many hands, one in which seven small cohorts show the model they come from.
    dice = stream("lunch_card/38")
    rows: list[Row] = []
    sizes = {2018: 240, 2019: 262, 2020: 208, 2021: 251, 2022: 540, 2023: 268, 2024: 259, 2025: 273}
    for cohort, size in sizes.items():
        bought = cohort == 2022
        leaving = [
            dice.betavariate(2.4, 2.4) if bought else dice.betavariate(1.5, 4.0)
            for _ in range(size)
        ]
        for year in range(cohort, 2026):
            rows.append(
                {
                    "cohort": cohort,
                    "origin": "bought" if bought else "earned",
                    "year": year,
                    "active": len(leaving),
                }
            )
            leaving = [chance for chance in leaving if dice.random() >= chance]
    return rows
