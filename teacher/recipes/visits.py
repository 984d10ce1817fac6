"""Single visits: how each step felt and what was remembered, what went wrong, the biscuit."""

from __future__ import annotations

import random

from .dice import Row, mean, pick, standardised, stream, to_scale

# touchpoint: phase, channel, owner, the survey attribute it feels like (or ""),
# its usual level, and how many of the guests meet it
STEPS = {
    "hear_from_colleague": ("before", "in_person", "social", "", 0.7, 0.30),
    "read_menu_page": ("before", "web", "brand", "opening_hours", 0.3, 0.65),
    "find_a_parking_spot": ("before", "place", "partner", "", -0.5, 0.35),
    "walk_in": ("during", "place", "brand", "ambience", 0.6, 1.0),
    "wait_in_line": ("during", "place", "brand", "speed", -0.6, 1.0),
    "be_greeted": ("during", "in_person", "brand", "friendliness", 1.0, 1.0),
    "check_the_diet_label": ("during", "print", "brand", "special_diets", -0.4, 0.0),
    "eat_the_lunch": ("during", "object", "brand", "taste", 0.9, 1.0),
    "share_a_table": ("during", "in_person", "social", "", 0.3, 0.45),
    "pay": ("during", "machine", "partner", "price_fairness", 0.2, 1.0),
    "return_the_tray": ("during", "object", "customer", "", -0.1, 0.45),
    "coffee_and_biscuit": ("after", "object", "brand", "dessert_extra", 0.8, 0.55),
    "get_back_in_time": ("after", "place", "customer", "speed", 0.1, 0.6),
    "feel_in_the_afternoon": ("after", "object", "customer", "taste", 0.4, 0.4),
}


# How far ratings spread: between whole visits, between single steps, and per
# point of the survey answer that the step feels like.
DAY, STEP, PER_POINT = 0.8, 0.6, 0.25
NOISE = 0.7

MEMORY = {"mean": 0.55, "peak": 0.30, "end": 0.15}


def peak(ratings: list[int]) -> int:
    """Return the most intense rating; of a tied pair the negative one counts."""
    return max(ratings, key=lambda rating: (abs(rating), -rating))


def touchpoints(answers: list[Row]) -> list[Row]:
    """Return each respondent's last visit step by step, and what they remembered a week later.

    remembered = 5.5 + 2.25 (.55 mean + .30 peak + .15 end) + noise, on 1-10.
    """
    dice = stream("touchpoints")
    rows: list[Row] = []
    for answer in answers:
        visit = [name for name in STEPS if _meets(dice, name, answer)]
        ratings = _ratings(dice, visit, answer)
        felt = (
            MEMORY["mean"] * mean(ratings)
            + MEMORY["peak"] * peak(ratings)
            + MEMORY["end"] * ratings[-1]
        )
        remembered = to_scale(5.5 + 2.25 * felt + dice.gauss(0, NOISE), 1, 10)
        for order, (name, rating) in enumerate(zip(visit, ratings, strict=True), start=1):
            phase, channel, owner = STEPS[name][:3]
            rows.append(
                {
                    "resp_id": answer["customer_id"],
                    "seq": order,
                    "phase": phase,
                    "touchpoint": name,
                    "channel": channel,
                    "owner": owner,
                    "rating": rating,
                    "remembered_1_10": remembered,
                }
            )
    return rows


def _meets(dice: random.Random, name: str, answer: Row) -> bool:
    draw = dice.random()
    if name == "check_the_diet_label":
        return bool(answer["special_diet"])
    return draw < STEPS[name][5]


def _ratings(dice: random.Random, visit: list[str], answer: Row) -> list[int]:
    ratings = []
    day = dice.gauss(0, DAY)
    for name in visit:
        *_, attribute, level, _ = STEPS[name]
        felt = level + day + dice.gauss(0, STEP)
        if attribute:
            felt += PER_POINT * (int(str(answer["perf_" + attribute])) - 5)
        ratings.append(to_scale(felt, -2, 2))
    return ratings


TROUBLES = {
    # type: share, usual severity shares for 1, 2, 3
    "wrong_or_missing_diet_label": (0.22, (0.1, 0.3, 0.6)),
    "cold_food": (0.24, (0.5, 0.5, 0.0)),
    "long_wait": (0.26, (0.5, 0.45, 0.05)),
    "wrong_order": (0.16, (0.4, 0.5, 0.1)),
    "card_reader_down": (0.12, (0.7, 0.3, 0.0)),
}


def incidents() -> list[Row]:
    """Return 60 failures, each beside the next guest in line that day whose visit went well.

    A server who may decide and acts within minutes lifts satisfaction above the
    smooth visit next door, except when the failure was dangerous (severity 3).
    Returning within 30 days is never above it.
    """
    dice = stream("incidents")
    rows: list[Row] = []
    for number in range(1, 61):
        kind = pick(dice, [(name, share) for name, (share, _) in TROUBLES.items()])
        severity = int(pick(dice, list(zip("123", TROUBLES[kind][1], strict=True))))
        who = pick(dice, [("server", 0.45), ("manager", 0.30), ("nobody", 0.25)])
        minutes = {"server": dice.uniform(1, 5), "manager": dice.uniform(6, 18), "nobody": 0.0}[who]
        lift = {"server": 1.0, "manager": -0.5, "nobody": -2.4}[who]
        burden = {1: 0.0, 2: -0.15, 3: -2.2}[severity]
        returns = {"server": 0.52, "manager": 0.40, "nobody": 0.22}[who]
        usual = dice.gauss(7.5, 0.9)
        rows.append(
            {
                "incident_id": number,
                "type": kind,
                "severity": severity,
                "recovered_by": who,
                "minutes": "" if who == "nobody" else round(minutes, 1),
                "outcome_sat": to_scale(usual + lift + burden + dice.gauss(0, 0.6), 1, 10),
                "outcome_return_30d": int(dice.random() < returns - 0.06 * (severity - 1)),
                "smooth_sat": to_scale(usual + dice.gauss(0, 0.7), 1, 10),
                "smooth_return_30d": int(dice.random() < 0.62),
            }
        )
    return rows


WEEKS, PER_WEEK = 6, 150
BISCUIT_EUR = 0.18


def gesture_test() -> list[Row]:
    """Return six weeks of coffee with or without a biscuit, guests assigned by lot.

    The biscuit lifts the mood by .9 points of 7 in the first week, and by half
    as much again each later week; coming back within 30 days it leaves alone.
    """
    dice = stream("gesture_test")
    rows: list[Row] = []
    for week in range(1, WEEKS + 1):
        lot = ["biscuit"] * (PER_WEEK // 2) + ["none"] * (PER_WEEK // 2)
        dice.shuffle(lot)
        lift = 0.9 * 0.62 ** (week - 1)
        # The same spread of moods and chances in both arms: what differs is planted.
        moods = {
            arm: standardised([dice.gauss(0, 1) for _ in range(75)]) for arm in ("biscuit", "none")
        }
        for arm in lot:
            mood = 4.9 + moods[arm].pop() + (lift if arm == "biscuit" else 0)
            rows.append(
                {
                    "visit_id": len(rows) + 1,
                    "week": week,
                    "arm": arm,
                    "mood_1_7": to_scale(mood, 1, 7),
                    "return_30d": int(dice.random() < 0.55),
                    "cost_eur": BISCUIT_EUR if arm == "biscuit" else 0.0,
                }
            )
    return rows
