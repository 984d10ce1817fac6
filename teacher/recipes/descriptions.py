"""What the shipped files say about themselves: titles, columns, uses and limits.

A description goes to the learner. It never tells a planted truth; those stand
in ``teacher/README.md``.
"""

# ruff: noqa: E501  (a sentence that goes into a file is kept on one line)

from __future__ import annotations

from typing import Any

SOURCE = "Invented for this course: the fictional lunch restaurant Hillasoppi. Nobody was asked or watched."
LICENCE = "CC-BY-4.0"


def _column(name: str, kind: str, meaning: str, unit: str = "", **limits: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "unit": unit, "meaning": meaning, **limits}


def _scale(name: str, low: int, high: int, meaning: str, **more: Any) -> dict[str, Any]:
    return _column(name, "integer", meaning, f"{low} to {high}", low=low, high=high, **more)


def _yes_no(name: str, meaning: str) -> dict[str, Any]:
    return _column(name, "integer", f"1 {meaning}, else 0", low=0, high=1)


def _word(name: str, meaning: str, *values: str) -> dict[str, Any]:
    column = _column(name, "text", meaning)
    return {**column, "values": list(values)} if values else column


_ASPECTS = {
    "speed": "being served fast",
    "friendliness": "a friendly welcome",
    "special_diets": "special diets being looked after",
    "taste": "the taste of the food",
    "price_fairness": "a fair price",
    "ambience": "the look and sound of the room",
    "opening_hours": "the opening hours",
    "dessert_extra": "the small dessert that comes with the coffee",
}

_GUEST = _column("customer_id", "integer", "number of the guest on the mailing list, 1 to 600")
_RESPONDENT = _column("resp_id", "integer", "the guest, by customer_id of the survey")

_SURVEY = [
    _GUEST,
    _word("segment", "what brings the guest", "office", "trades", "student", "senior", "parent"),
    _yes_no("special_diet", "if the guest follows a special diet"),
    *[
        column
        for name, words in _ASPECTS.items()
        for column in (
            _scale("imp_" + name, 1, 7, f"how important: {words} (7 most)"),
            _scale("perf_" + name, 1, 7, f"how well we do: {words} (7 best)"),
        )
    ],
    _scale("expect_1_10", 1, 10, "overall quality expected beforehand"),
    _scale("perceived_1_10", 1, 10, "overall quality found"),
    _scale("sat_1_10", 1, 10, "satisfaction with the last lunches"),
    _scale("ideal_1_10", 1, 10, "how close to an ideal lunch place"),
    _scale("nps_0_10", 0, 10, "how likely to recommend Hillasoppi"),
    _scale("effort_1_7", 1, 7, "how easy it was to get lunch (7 easiest)"),
]

_WORK = {
    "variety": "my days hold different kinds of work",
    "identity": "I see a piece of work through from start to end",
    "significance": "what I do matters to somebody",
    "autonomy": "I may decide how I do my work",
    "feedback": "I find out how well it went",
    "demands": "the pace wears me out",
    "meaning": "my work is worth doing",
}

_PULSE = {
    "heard_1": "when I speak up here, somebody listens",
    "heard_2": "my manager knows what I need to do my work well",
    "heard_3": "I keep my ideas to myself because nothing comes of them (reversed)",
    "help_1": "I saw somebody's day get better because of my work",
    "help_2": "guests need what I can do",
    "tools_1": "our tools and routines get in my way (reversed)",
}

TABLES: dict[str, dict[str, Any]] = {
    "survey": {
        "title": "What 143 guests of Hillasoppi answered",
        "chapters": [2, 4, 7, 9],
        "columns": _SURVEY,
        "shows": "How 143 of the 316 invited guests rate eight sides of the lunch and the lunch as a whole.",
        "cannot_show": "What the guests who did not answer think; which rating caused which.",
    },
    "beliefs": {
        "title": "What the owner believed before anyone was asked",
        "chapters": [2],
        "columns": [
            _word(
                "touchpoint",
                "what Aila was thinking of; eight names match the survey's perf_ columns",
            ),
            _column(
                "believed_share_happy",
                "number",
                "share of guests whom Aila believes to be happy with it (a rating of 5 or more)",
                "share",
                low=0,
                high=1,
            ),
        ],
        "shows": "One person's beliefs, written down before the survey, so that they can be compared with it.",
        "cannot_show": "What the guests think. About the web menu the survey did not ask.",
    },
    "kano": {
        "title": "How 143 guests would feel with and without six features",
        "chapters": [4],
        "columns": [
            _RESPONDENT,
            _word(
                "feature",
                "the feature asked about",
                "allergen_label",
                "quick_lane",
                "coffee_biscuit",
                "live_music",
                "loud_screens",
                "app_ordering",
            ),
            _scale(
                "functional",
                1,
                5,
                "how it feels to have it: 1 like, 2 expect, 3 neutral, 4 can live with, 5 dislike",
            ),
            _scale("dysfunctional", 1, 5, "how it feels not to have it, in the same five answers"),
        ],
        "shows": "Pairs of answers that the Kano table turns into categories, joined to the survey by resp_id.",
        "cannot_show": "How many guests would come more often. Not every respondent read the questions.",
    },
    "touchpoints": {
        "title": "The last visit of 143 guests, step by step, and the memory of it a week later",
        "chapters": [5],
        "columns": [
            _RESPONDENT,
            _column(
                "seq", "integer", "place of the step in this guest's visit, from 1", low=1, high=14
            ),
            _word("phase", "before, during or after the lunch", "before", "during", "after"),
            _word("touchpoint", "the step"),
            _word(
                "channel",
                "where it took place",
                "in_person",
                "web",
                "place",
                "print",
                "object",
                "machine",
            ),
            _word("owner", "in whose hands the step is", "brand", "partner", "customer", "social"),
            _scale("rating", -2, 2, "how the step felt at the time"),
            _scale(
                "remembered_1_10",
                1,
                10,
                "how the guest remembered the whole visit a week later (the same on all rows of a guest)",
            ),
        ],
        "shows": "How ratings in the moment and a later memory go together, across guests.",
        "cannot_show": "What a guest who did not answer the survey would remember; whether changing one step would change the memory.",
    },
    "lunch_queue": {
        "title": "Five lunches at two tills, guest by guest",
        "chapters": [6],
        "columns": [
            _column("day", "integer", "weekday, 1 Monday to 5 Friday", low=1, high=5),
            _column(
                "arrive_min",
                "number",
                "when the guest joined the line",
                "minutes after 11:00",
                low=0,
            ),
            _column(
                "start_min",
                "number",
                "when a till began to serve the guest",
                "minutes after 11:00",
                low=0,
            ),
            _column("end_min", "number", "when the guest was served", "minutes after 11:00", low=0),
        ],
        "shows": "How a line grows and clears around noon, and how long each guest stood in it.",
        "cannot_show": "Guests who saw the line and turned away; how the wait felt.",
    },
    "incidents": {
        "title": "Sixty things that went wrong, each beside a visit that did not",
        "chapters": [7],
        "columns": [
            _column("incident_id", "integer", "number of the incident, 1 to 60"),
            _word(
                "type",
                "what went wrong",
                "wrong_or_missing_diet_label",
                "cold_food",
                "long_wait",
                "wrong_order",
                "card_reader_down",
            ),
            _scale(
                "severity",
                1,
                3,
                "1 a nuisance, 2 a spoilt lunch, 3 a danger to health or a missed duty",
            ),
            _word("recovered_by", "who put it right", "server", "manager", "nobody"),
            _column(
                "minutes",
                "number",
                "from the complaint to the remedy; empty if nobody put it right",
                "min",
                low=0,
            ),
            _scale("outcome_sat", 1, 10, "the guest's satisfaction that evening"),
            _yes_no("outcome_return_30d", "if the guest came back within 30 days"),
            _scale(
                "smooth_sat",
                1,
                10,
                "the same question to the next guest in line, whose visit went well",
            ),
            _yes_no("smooth_return_30d", "if that next guest came back within 30 days"),
        ],
        "shows": "What guests say and do after a failure, by who put it right, beside a comparable visit.",
        "cannot_show": "What the remedy caused: nobody assigned remedies by lot, and sixty is few once divided.",
    },
    "gesture_test": {
        "title": "Coffee with or without a biscuit: six weeks by lot",
        "chapters": [7],
        "columns": [
            _column("visit_id", "integer", "number of the visit, 1 to 900"),
            _scale("week", 1, 6, "week of the test"),
            _word("arm", "what came with the coffee, drawn by lot", "biscuit", "none"),
            _scale("mood_1_7", 1, 7, "answer to: how do you feel right now? (7 best)"),
            _yes_no("return_30d", "if the guest came back within 30 days"),
            _column("cost_eur", "number", "cost of the gesture", "EUR", low=0),
        ],
        "shows": "The effect of a small gesture on the mood at once and on coming back, week by week.",
        "cannot_show": "Loyalty beyond 30 days; other gestures; the same gesture somewhere else.",
    },
    "employees": {
        "title": "How 26 people at Hillasoppi describe their work",
        "chapters": [8],
        "columns": [
            _column("emp", "integer", "number of the answer sheet, 1 to 26"),
            _word("team", "where they work", "lunch", "catering", "kitchen"),
            *[_scale(name, 1, 7, f"agreement with: {words}") for name, words in _WORK.items()],
        ],
        "shows": "Three teams' answers to seven statements of the course's own wording.",
        "cannot_show": "Causes. And with 26 people every finer table shows somebody: check group sizes first.",
    },
    "staff_pulse": {
        "title": "A short pulse survey of the same 26 people",
        "chapters": [8],
        "columns": [
            _column("emp", "integer", "number of the answer sheet, as in employees"),
            _word("team", "where they work", "lunch", "catering", "kitchen"),
            _word("shift", "when they mostly work", "day", "evening"),
            *[_scale(name, 1, 7, f"agreement with: {words}") for name, words in _PULSE.items()],
        ],
        "shows": "How to build a scale from several statements, some reversed and some left blank (empty cell).",
        "cannot_show": "Anything about a group of two that those two would not be recognised by.",
    },
    "outlets": {
        "title": "Management, staff and guests in forty lunch restaurants",
        "chapters": [8],
        "columns": [
            _word("outlet", "the restaurant"),
            _column(
                "mgmt",
                "number",
                "quality of management, by an inspector (1 to 7)",
                "points",
                low=1,
                high=7,
            ),
            _column(
                "staff_sat", "number", "mean staff satisfaction (1 to 7)", "points", low=1, high=7
            ),
            _column(
                "guest_sat", "number", "mean guest satisfaction (1 to 10)", "points", low=1, high=10
            ),
        ],
        "shows": "Three things that go together across restaurants.",
        "cannot_show": "What would happen if only one of them were changed.",
    },
    "transactions": {
        "title": "A year of lunch-card visits by 300 guests",
        "chapters": [9],
        "columns": [
            _column(
                "customer_id", "integer", "number of the card, 1 to 300 (not the survey's guests)"
            ),
            _column(
                "week",
                "number",
                "when the visit took place",
                "weeks since 1 January",
                low=0,
                high=52,
            ),
        ],
        "shows": "When each card was used; from that, models guess who still comes.",
        "cannot_show": "Who has left: a guest who stays away says nothing.",
    },
    "lunch_card": {
        "title": "Lunch cards still in use, by the year they were bought",
        "chapters": [9],
        "columns": [
            _column(
                "cohort",
                "integer",
                "year in which the cards were first bought",
                low=2018,
                high=2025,
            ),
            _word(
                "origin",
                "earned: came by themselves; bought: came with the half-price campaign",
                "earned",
                "bought",
            ),
            _column("year", "integer", "year counted", low=2018, high=2025),
            _column("active", "integer", "cards of the cohort used in that year", "cards", low=0),
        ],
        "shows": "How eight cohorts shrink, and that the share who stay rises with age.",
        "cannot_show": "Whether anyone grew more loyal: the less loyal may only have left first.",
    },
}

FRAME: dict[str, Any] = {
    "columns": [
        *_SURVEY,
        _yes_no("invited", "if the guest was invited to answer"),
        _yes_no("responded", "if the guest answered"),
        _column("_truth_sat", "number", "satisfaction before rounding, which decides who answers"),
    ]
}
