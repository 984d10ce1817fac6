"""The 600 guests on the mailing list, who of them answered, and what Aila believes."""

from __future__ import annotations

import math
import random

from .dice import Row, pick, stream, to_scale

SEGMENTS = [
    ("office", 0.45),
    ("trades", 0.2),
    ("student", 0.15),
    ("senior", 0.12),
    ("parent", 0.08),
]

# attribute: mean importance (1-7), mean performance (1-7), weight in satisfaction
ATTRIBUTES = {
    "speed": (6.3, 4.6, 0.30),
    "friendliness": (6.0, 6.0, 0.22),
    "special_diets": (5.4, 4.3, 0.16),
    "taste": (6.4, 5.9, 0.26),
    "price_fairness": (5.6, 5.2, 0.14),
    "ambience": (4.2, 5.6, 0.05),
    "opening_hours": (4.0, 4.4, 0.04),
    "dessert_extra": (3.2, 5.8, 0.03),
}

# What the frame knows and a survey never would.
TRUTH_ONLY = ("invited", "responded", "_truth_sat")


def frame(dice: random.Random) -> list[Row]:
    """Return all 600 guests, with who was invited, who answered and why."""
    return [_guest(dice, number) for number in range(1, 601)]


def _guest(dice: random.Random, number: int) -> Row:
    segment = pick(dice, SEGMENTS)
    halo = dice.gauss(0, 0.8)  # one general liking colours every rating
    diet = 1 if dice.random() < 0.22 else 0
    row: Row = {"customer_id": number, "segment": segment, "special_diet": diet}
    performance: dict[str, int] = {}
    for name, (importance, level, _) in ATTRIBUTES.items():
        diet_matters = name == "special_diets" and bool(diet)
        in_a_hurry = name == "speed" and segment in ("trades", "office")
        expected = level - (1.2 if diet_matters else 0) - (0.5 if in_a_hurry else 0)
        performance[name] = to_scale(expected + 0.6 * halo + dice.gauss(0, 1.0), 1, 7)
        row["imp_" + name] = to_scale(
            importance + (1.3 if diet_matters else 0) + dice.gauss(0, 0.9), 1, 7
        )
        row["perf_" + name] = performance[name]
    expectation = dice.gauss(7.4, 1.0)
    quality = sum(weight * (performance[a] - 5) for a, (_, _, weight) in ATTRIBUTES.items())
    perceived = 7.0 + quality + dice.gauss(0, 0.9)
    surprise = perceived - expectation
    satisfaction = 7.2 + 0.55 * quality + 0.45 * surprise + dice.gauss(0, 0.6)
    row["expect_1_10"] = to_scale(expectation, 1, 10)
    row["perceived_1_10"] = to_scale(perceived, 1, 10)
    row["sat_1_10"] = to_scale(satisfaction, 1, 10)
    row["ideal_1_10"] = to_scale(satisfaction - 0.4 + dice.gauss(0, 0.9), 1, 10)
    row["nps_0_10"] = to_scale(satisfaction + 0.6 + dice.gauss(0, 1.3), 0, 10)
    row["effort_1_7"] = to_scale(
        5.2 + 0.35 * (performance["speed"] - 4.6) + dice.gauss(0, 1.1), 1, 7
    )
    invited = dice.random() < 0.5
    # Happier guests answer more often, and so do seniors.
    logit = -0.15 + 0.45 * (satisfaction - 7.0) + (0.4 if segment == "senior" else 0)
    answers = 1 / (1 + math.exp(-logit))
    row["invited"] = int(invited)
    row["responded"] = int(invited and dice.random() < answers)
    row["_truth_sat"] = round(satisfaction, 3)
    return row


def survey(everyone: list[Row]) -> list[Row]:
    """Return the answers that came back: what Aila sees, and no more."""
    return [
        {key: value for key, value in row.items() if key not in TRUTH_ONLY}
        for row in everyone
        if row["responded"]
    ]


def beliefs() -> list[Row]:
    """Return what Aila wrote on a napkin before the survey: the share of happy guests.

    Eight of the nine have a question in the survey. Nobody asked about the web
    menu, so about it the data must stay silent.
    """
    napkin = {
        "speed": 0.90,
        "friendliness": 0.95,
        "special_diets": 0.85,
        "taste": 0.95,
        "price_fairness": 0.75,
        "ambience": 0.60,
        "opening_hours": 0.75,
        "dessert_extra": 0.90,
        "web_menu": 0.80,
    }
    return [{"touchpoint": name, "believed_share_happy": share} for name, share in napkin.items()]


# Kano answers: 1 like it, 2 expect it, 3 neutral, 4 can live with it, 5 dislike it.
# Each kind of guest draws (functional, dysfunctional) from a handful of honest pairs.
PAIRS = {
    "M": [((2, 5), 0.70), ((3, 5), 0.25), ((4, 5), 0.05)],
    "O": [((1, 5), 1.0)],
    "A": [((1, 3), 0.55), ((1, 2), 0.20), ((1, 4), 0.25)],
    "I": [((3, 3), 0.50), ((2, 3), 0.15), ((3, 4), 0.20), ((2, 4), 0.15)],
    "R": [((5, 1), 0.40), ((5, 3), 0.25), ((5, 2), 0.20), ((4, 1), 0.15)],
}


# How guests lean about a feature, by the group that decides it ("" for everyone else).
LEANINGS = {
    "allergen_label": {
        "diet": [("M", 0.88), ("O", 0.12)],
        "": [("M", 0.46), ("I", 0.36), ("A", 0.10), ("O", 0.08)],
    },
    "quick_lane": {
        "trades": [("O", 0.62), ("A", 0.16), ("M", 0.12), ("I", 0.10)],
        "office": [("O", 0.62), ("A", 0.16), ("M", 0.12), ("I", 0.10)],
        "": [("O", 0.38), ("I", 0.32), ("A", 0.30)],
    },
    "coffee_biscuit": {"": [("A", 0.60), ("I", 0.30), ("O", 0.07), ("R", 0.03)]},
    "live_music": {"": [("I", 0.58), ("A", 0.20), ("R", 0.22)]},
    "loud_screens": {"": [("R", 0.72), ("I", 0.26), ("A", 0.02)]},
    # The average hides that the young like it and the old do not.
    "app_ordering": {
        "student": [("A", 0.68), ("O", 0.20), ("I", 0.12)],
        "trades": [("A", 0.50), ("O", 0.20), ("I", 0.30)],
        "senior": [("R", 0.62), ("I", 0.38)],
        "parent": [("I", 0.50), ("A", 0.30), ("R", 0.20)],
        "": [("I", 0.52), ("A", 0.34), ("R", 0.14)],
    },
}


def _leaning(feature: str, answer: Row) -> list[tuple[str, float]]:
    """Return how guests of this kind lean about a feature, as shares of M, O, A, I, R."""
    groups = LEANINGS[feature]
    if "diet" in groups and answer["special_diet"]:
        return groups["diet"]
    return groups.get(str(answer["segment"]), groups[""])


def kano(answers: list[Row]) -> list[Row]:
    """Return six pairs of Kano answers a respondent, one respondent ticking blindly."""
    dice = stream("kano")
    careless = answers[70]["customer_id"]
    rows: list[Row] = []
    for answer in answers:
        for feature in LEANINGS:
            kind = pick(dice, _leaning(feature, answer))
            names = [(str(index), share) for index, (_, share) in enumerate(PAIRS[kind])]
            functional, dysfunctional = PAIRS[kind][int(pick(dice, names))][0]
            if answer["customer_id"] == careless:
                functional, dysfunctional = 1, 1
            rows.append(
                {
                    "resp_id": answer["customer_id"],
                    "feature": feature,
                    "functional": functional,
                    "dysfunctional": dysfunctional,
                }
            )
    return rows
