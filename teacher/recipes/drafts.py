"""Two drafts with planted defects, for the linters of chapters 5 and 6.

Each defect is one entry: where it is, which rule finds it, and what a teacher
may want to say about it.
"""

from __future__ import annotations

import copy
from typing import Any

Document = dict[str, Any]

JOURNEY_DEFECTS = [
    (
        "empty_phase",
        "after",
        "the journey stops at the door: nobody asked what Samir tells the crew",
    ),
    ("only_the_firm", "", "it begins on our web page and ends at our tray trolley"),
    ("duplicate_id", "food", "two steps share an id, so nothing can refer to either"),
    ("missing_evidence", "menu_page", "nobody says how it is known"),
    ("missing_source", "queue", "observed, but by whom and when?"),
    ("p_fail", "queue", "10 was meant as per cent: a share goes from 0 to 1"),
    ("rating", "greeting", "3 on a scale that ends at 2: enthusiasm is no measurement"),
    ("missing_actor", "greeting", "who greets? without an actor nobody can be thanked or helped"),
    (
        "missing_channel",
        "pay",
        "at the till, by card, in an app? the channel decides what can fail",
    ),
    ("owner", "tray", "'company' is not one of the four owners"),
    ("unknown_key", "tray", "a misspelt key is read by nobody"),
]

BLUEPRINT_DEFECTS = [
    ("layer", "ask_diet", "'front stage' is spelt otherwise in the format"),
    ("missing_owner", "check_recipe", "a check without an owner is a check that nobody makes"),
    ("missing_source", "notebook", "observed, but by whom and when?"),
    ("stage_without_customer", "leave", "the customer pays and is thanked, but the row is empty"),
    ("unknown_item", "hand-off to labels", "a hand-off to something that is not in the picture"),
    ("self_handoff", "notebook", "a hand-off passes something on"),
    ("unconnected", "till_system", "a system that is handed nothing: forgotten, or not needed"),
    ("unknown_plan", "no_label", "the fail point names a plan that does not exist"),
    ("no_plan", "lost_words", "a known fail point without a plan"),
]


def journey_draft(samir: Document) -> Document:
    """Return Aila's first sketch of Samir's lunch, with `JOURNEY_DEFECTS`."""
    draft = copy.deepcopy(samir)
    draft["id"] = "samir_draft"
    draft["title"] = {"en": "Samir's lunch, first sketch", "fi": "Samirin lounas, ensiluonnos"}
    del draft["plan"]
    draft["touchpoints"] = [
        step
        for step in draft["touchpoints"]
        if step["phase"] != "after" and step["id"] not in ("ask_crew", "park")
    ]
    draft["insights"] = []
    steps = {step["id"]: step for step in draft["touchpoints"]}
    del steps["menu_page"]["evidence"]
    del steps["queue"]["source"]
    steps["queue"]["p_fail"] = 10
    del steps["greeting"]["actor"]
    steps["greeting"]["rating"] = 3
    del steps["pay"]["channel"]
    steps["eat"]["id"] = "food"
    steps["tray"]["owner"] = "company"
    steps["tray"]["minuts"] = steps["tray"].pop("minutes")
    draft["touchpoints"].append(_goodbye(steps["food"]))
    return draft


def _goodbye(step: Document) -> Document:
    last = copy.deepcopy(step)
    last.update(
        id="goodbye",
        action={"en": "Leave, satisfied", "fi": "Lähde tyytyväisenä"},
        channel="place",
        rating=2,
        minutes=1,
    )
    del last["p_fail"]
    return last


def blueprint_draft(diet: Document) -> Document:
    """Return a first sketch of the diet blueprint, with `BLUEPRINT_DEFECTS`."""
    draft = copy.deepcopy(diet)
    draft["id"] = "diet_draft"
    draft["title"] = {"en": "A safe lunch, first sketch", "fi": "Turvallinen lounas, ensiluonnos"}
    draft["items"] = [item for item in draft["items"] if item["id"] not in ("pay", "thank_you")]
    items = {item["id"]: item for item in draft["items"]}
    items["ask_diet"]["layer"] = "front stage"
    del items["check_recipe"]["owner"]
    del items["notebook"]["source"]
    draft["handoffs"] = [
        pair
        for pair in draft["handoffs"]
        if pair[0] != "pay" and pair[1] not in ("till_system", "dish_label")
    ]
    draft["handoffs"] += [
        ["take_payment", "receipt", {"en": "receipt", "fi": "kuitti"}],
        ["print_labels", "labels", {"en": "printed labels", "fi": "tulostetut merkinnät"}],
        ["notebook", "notebook", {"en": "a note to oneself", "fi": "muistiinpano itselle"}],
    ]
    points = {point["id"]: point for point in draft["failure_points"]}
    points["no_label"]["plan"] = "label_everything"
    del points["lost_words"]["plan"]
    return draft
