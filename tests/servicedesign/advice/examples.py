"""For each form one good artefact, and for each rule the change after which it speaks.

Runs on both Pythons, as the rules do.
"""

import json


def copy(value):
    return json.loads(json.dumps(value))


def put(path, value):
    """Return a change that sets the value at a path such as "items.0.text"."""

    def change(artefact):
        *way, last = path.split(".")
        here = artefact
        for key in way:
            here = here[int(key)] if isinstance(here, list) else here[key]
        here[int(last) if isinstance(here, list) else last] = value

    return change


def many(*changes):
    def change(artefact):
        for one in changes:
            one(artefact)

    return change


PERSONA = {
    "format": "persona/1",
    "name": "Aino, who has to ask",
    "situation": "Lunch near work, forty minutes, a different canteen each week",
    "goal": "eat something warm without being ill in the afternoon",
    "items": [
        {"id": "asks", "text": "asks at the counter before she takes a plate",
         "evidence": "observed", "source": "two lunches at the counter, 6 May"},
        {"id": "leaves", "text": "walks on when nobody can answer", "evidence": "reported",
         "source": "interview with a guest, 12 May"},
        {"id": "labels", "text": "would read a label if it stood beside the dish",
         "evidence": "assumed", "source": ""},
    ],
    "quote": {"text": "If he has to go and ask, I take the salad.", "evidence": "reported",
              "source": "interview, 12 May"},
    "decision": "whether the desk stands before the plates or behind the till",
    "barriers": ["time", "trust"],
    "answers": ["insight_answer_first"],
}  # fmt: skip
PROMISE = {
    "format": "promise_map/1",
    "service": "Hillasoppi",
    "for": "aino",
    "job": "When I have forty minutes, I want to know what is safe, so that I am well at two.",
    "profile": [
        {"id": "safe", "name": "know what is safe", "kind": "job", "sort": "functional",
         "importance": 5},
        {"id": "scene", "name": "being a nuisance in the line", "kind": "pain", "sort": "social",
         "importance": 4},
        {"id": "warm", "name": "something warm", "kind": "gain", "sort": "functional",
         "importance": 3},
    ],
    "alternatives": ["a sandwich from home", "nothing until evening"],
    "promise": "Every dish has a label with all fourteen allergens before the doors open.",
    "test": {"counts": "dishes without a label at eleven", "who": "Onni", "period": "each week",
             "threshold": "none"},
    "not_promised": "the same dishes every week",
    "parts": [
        {"feature": "label beside each dish", "addresses": ["safe"], "hands": "brand"},
        {"feature": "one who knows, at the head of the line", "addresses": ["scene"],
         "hands": "brand"},
    ],
    "answers": ["aino"],
}  # fmt: skip
PRIORITIES = {
    "format": "priorities/1",
    "scale": 7,
    "candidates": [
        {"id": "labels", "what": "guests cannot see what is in a dish", "group": "with a diet",
         "n": 31, "importance": 6.6, "performance": 3.1, "kind": "must-be", "duty": True,
         "cost": 3480, "decision": "do", "reason": "law, and the worst mark of all"},
        {"id": "line", "what": "twenty minutes in line at noon", "group": "all who answered",
         "n": 143, "importance": 6.2, "performance": 4.2, "kind": "one-dimensional", "cost": 6500,
         "decision": "do", "reason": "6.2 against 4.2, and each minute counts"},
        {"id": "chairs", "what": "hard chairs", "group": "over sixty", "n": 40, "importance": 4.1,
         "performance": 5.6, "kind": "attractive", "decision": "not",
         "reason": "well marked already"},
    ],
    "would_change": "If guests with a diet still mark us below 5 on 1 May, the desk comes first.",
    "duties_first": True,
    "answers": ["promise_labels"],
}  # fmt: skip
PRIORITIES["candidates"][0]["answers"] = ["promise_labels"]
JOURNEY = {
    "format": "journey/1",
    "id": "aino_lunch",
    "title": "A lunch with a question",
    "persona": {"name": "Aino", "need": "To eat without worry."},
    "state": "actual",
    "phases": [{"id": "before"}, {"id": "during"}, {"id": "after"}],
    "touchpoints": [
        {"id": "ask_friend", "phase": "before", "action": "Asks a colleague where it is safe",
         "channel": "in_person", "actor": "Aino", "owner": "social", "evidence": "reported",
         "source": "interview, 12 May", "rating": 1},
        {"id": "queue", "phase": "during", "action": "Waits in line", "channel": "place",
         "actor": "Aino", "owner": "brand", "evidence": "observed", "source": "at noon, 6 May",
         "rating": -2},
        {"id": "ask", "phase": "during", "action": "Asks what is in the soup",
         "channel": "in_person", "actor": "Aino", "owner": "brand", "evidence": "observed",
         "source": "at noon, 6 May", "rating": -1},
        {"id": "eat", "phase": "during", "action": "Eats at the window", "channel": "object",
         "actor": "Aino", "owner": "customer", "evidence": "reported",
         "source": "interview, 12 May", "rating": 1},
        {"id": "tell", "phase": "after", "action": "Tells the colleague how it went",
         "channel": "in_person", "actor": "Aino", "owner": "social", "evidence": "assumed"},
    ],
    "answers": ["line"],
}  # fmt: skip
BLUEPRINT = {
    "format": "blueprint/1",
    "id": "aino_blueprint",
    "title": "A safe lunch",
    "journey": "aino_lunch",
    "state": "current",
    "stages": [{"id": "before"}, {"id": "during"}, {"id": "after"}],
    "items": [
        {"id": "ask", "stage": "during", "layer": "customer", "label": "Asks what is safe",
         "owner": "Aino", "evidence": "observed", "source": "6 May", "minutes": 3},
        {"id": "label", "stage": "during", "layer": "evidence", "label": "Label beside the dish",
         "owner": "Onni", "evidence": "observed", "source": "6 May"},
        {"id": "answer", "stage": "during", "layer": "frontstage", "label": "Says what is in it",
         "owner": "Linh", "evidence": "observed", "source": "told and shown by Linh, 6 May"},
        {"id": "check", "stage": "during", "layer": "backstage", "label": "Checks the recipe",
         "owner": "Onni", "evidence": "reported", "source": "Onni, 7 May", "minutes": 2},
        {"id": "recipes", "stage": "before", "layer": "support", "label": "Updates the recipes",
         "owner": "Onni", "evidence": "assumed"},
        {"id": "thanks", "stage": "after", "layer": "customer", "label": "Takes a card home",
         "owner": "Aino", "evidence": "assumed"},
    ],
    "handoffs": [
        ["recipes", "check", "what is in each dish"], ["check", "answer", "what is safe today"],
        ["answer", "ask", "the answer"], ["answer", "thanks", "the card"],
    ],
    "failure_points": [
        {"id": "no_label", "item": "label", "label": "A dish stands without a label",
         "owner": "Onni", "plan": "labels_first"},
    ],
    "plans": [{"id": "labels_first", "label": "No dish goes out before its label",
               "owner": "Onni"}],
    "x_ratings": {"ask": -2},
}  # fmt: skip
GAPS = {
    "format": "gap_audit/1",
    "lines": [
        {"id": "label", "part": "every dish has a label", "question": "Was the label right?",
         "n": 40, "expected": 6.4, "found": 5.1, "gap": -1.3, "weight": 3, "kind": "must-be",
         "cause": "the recipe changes after the label is printed", "action": "print last"},
        {"id": "warm", "part": "warm words", "question": "Did somebody greet you?", "n": 40,
         "expected": 5.3, "found": 6.1, "gap": 0.8, "weight": 1, "cause": "", "action": ""},
    ],
    "recovery": [
        {"failure_point": "no_label", "severity": 3, "give": "a dish that the cook has checked",
         "settle": "at once, by whoever is spoken to", "say": "what is known and what is not",
         "staff_decide_eur": 20, "learn": "the label is printed when the packet is opened"},
        {"failure_point": "cold", "severity": 1, "give": "a hot one", "settle": "in two minutes",
         "say": "sorry, and what went wrong", "staff_decide_eur": 5, "learn": "a lid on the pot"},
    ],
}  # fmt: skip
JOB = {
    "format": "job_card/1",
    "id": "diet_desk",
    "job": "server at the lunch line",
    "made_with": ["two servers of the lunch line", "the owner"],
    "moment": "a guest comes back and says that it was right",
    "change": "one server a week keeps the diet desk and may close a dish",
    "traits": {"identity": 1, "autonomy": 1, "feedback": 1},
    "demand_that_rises": "answering for a word about a dish",
    "demand_that_falls": "no till between eleven and one for whoever keeps the desk",
    "resources_added": ["label printer"],
    "measure": ["the pace wears me out (1 to 7)", "how often 'I will ask' is said in a week"],
    "reported_by": "the team as a whole",
    "look_again": "26 June",
    "weeks": 4,
    "say_no": "anybody may pass the desk on without giving a reason",
    "answers": ["no_label"],
}
CARD = {
    "format": "test_card/1",
    "id": "desk_noon",
    "title": "The desk for one noon",
    "answers": ["diet_desk"],
    "belief": "With the desk at the head of the line guests ask before they take a plate.",
    "how": "one_hour",
    "made": "A table, a sheet of paper and one server, for an hour",
    "staff": "Linh at the table",
    "days": 1,
    "people": [{"who": "guests in the line", "from": "outside"}],
    "planned": 6,
    "without": "who reads no Finnish",
    "does": "Stops at the table before taking a plate",
    "threshold": {"needed": 4, "written": "2026-05-20"},
    "stop": {"at": 1, "rule": "a wrong word about a dish is said"},
    "harm": "a wrong word about a dish; Onni checks each before it is named",
    "consent": "a sign at the door says what is tried and counted",
    "date": "2026-05-27",
    "outcomes": ["did", "did not", "did", "did", "did", "did not"],
    "surprise": "who walked past held a child by the hand",
    "verdict": "kept",
    "next": {"change": "the sign hangs lower as well", "owner": "Linh", "due": "2026-06-01"},
}
METRIC = {
    "format": "metric_card/1",
    "id": "back_in_a_year",
    "title": "Do guests come back by themselves?",
    "answers": ["desk_noon"],
    "decision": "Whether the desk stays open at noon",
    "question": "Of the cards first used in a year, how many are used in the next?",
    "source": "counted",
    "numerator": "cards used again in the next year",
    "denominator": "all cards first used in that year",
    "unit": "%",
    "who": "everybody with a card",
    "without": "whoever pays each lunch by itself",
    "taken": "from the till's log, each month",
    "shown_by": "cohort, never by server",
    "may_leave": True,
    "discount": False,
    "groups": ["earned", "bought at half price"],
    "baseline": 73,
    "n": 270,
    "target": 80,
    "due": "2027-12-31",
    "leads": "follows",
    "guardrail": {"what": "grams thrown away a guest", "limit": "60 or less"},
    "gaming": "calling in old cards to be used once; so a card counts from its second lunch",
    "burden": "half an hour a month",
    "owner": "Mikael",
    "below": {"threshold": 68, "then": "one thing at the desk is changed"},
    "ends": "2027-12-31",
}
DECISION = {
    "format": "decision/1",
    "id": "desk_every_noon",
    "title": "The desk, for a term",
    "answers": ["no_label"],
    "decider": "Aila, owner",
    "date": "2026-08-28",
    "decision": "From 7 September the desk stands at the head of the line, for 16 weeks.",
    "problem": "Guests stand in line before they know whether they can eat here.",
    "options": [
        {"what": "the desk", "best_case": "asked before a plate is taken", "leave": False},
        {"what": "a list on the door", "best_case": "costs a sheet of paper", "leave": False,
         "why_not": "nobody read it when it was tried"},
        {"what": "as it is", "best_case": "nobody has more to do", "leave": True,
         "why_not": "the wrong label could come back"},
    ],
    "criteria": ["nobody is harmed"],
    "pays": {"money": "3,900 euros", "staff": "answers for a word about a dish"},
    "tested": [{"card": "desk_noon", "n": 12, "threshold": "8 of 12", "result": "9 of 12"}],
    "evidence": [
        {"text": "Nine of twelve asked first.", "evidence": "observed",
         "source": "the noon of 27 May", "n": 12},
        {"text": "Whoever eats safely comes again.", "evidence": "assumed", "source": ""},
    ],
    "unknown": "Whether those who walked past came back.",
    "heard": ["two servers"],
    "disagrees": [{"who": "catering lead", "why": "a third till serves more guests"}],
    "first_step": {"what": "hang the sign lower", "owner": "Linh", "due": "2026-09-04"},
    "stop": {"rule": "one wrong word about a dish", "date": "2026-10-16"},
    "review": "2026-12-18",
    "undo": {"possible": "yes", "how": "the table goes back"},
}  # fmt: skip
GOOD = [PERSONA, PROMISE, PRIORITIES, JOURNEY, BLUEPRINT, GAPS, JOB, CARD, METRIC, DECISION]
_FIVE_GOOD = [
    {"id": f"s{n}", "phase": "during", "action": action, "channel": "place", "actor": "Aino",
     "owner": "brand", "evidence": "observed", "source": f"at noon, {n + 5} May", "rating": 2}
    for n, action in enumerate(["Waits", "Looks", "Asks", "Pays", "Eats"])
]  # fmt: skip

SPEAKS = {
    "persona/1": {
        "need_is_solution": put("goal", "get an app that shows what is safe"),
        "only_demographics": put("items", [
            {"id": "a", "text": "is 42 years old", "evidence": "reported", "source": "May, asked"},
            {"id": "b", "text": "lives in the centre", "evidence": "assumed"},
            {"id": "c", "text": "asks before she takes", "evidence": "assumed"}]),
        "no_decision": put("decision", ""),
        "verdict_word": put("items.0.text", "is fussy about what she eats"),
        "crowd": put("name", "Students and staff"),
        "staged_quote": put("quote", {"text": "I love the great food!", "evidence": "reported",
                                      "source": "May"}),
        "nobody_excluded": put("barriers", []),
        "twins": put("others", [{"name": "Tuula", "goal":
                                 "eat something warm without being ill in the afternoon"}]),
        "all_sure": put("items", [
            {"id": f"i{n}", "text": f"asks {n} times", "evidence": "observed",
             "source": f"noon, {n + 2} May"} for n in range(6)]),
        "payer_as_user": many(put("payer", "the employer"),
                              put("goal", "lunch at a lower cost, with more efficiency")),
        "machine_source": put("items.1.source", "ChatGPT, 3 May"),
        "bare_source": put("items.1.source", "us"),
        "mostly_assumed": many(put("items.0.evidence", "assumed"),
                               put("items.1.evidence", "assumed")),
        "no_thread": put("answers", []),
    },
    "promise_map/1": {
        "slogan": put("promise", "The best quality, tailored to you."),
        "half_test": put("test", {"counts": "dishes", "who": "Onni"}),
        "job_is_us": put("job", "When I am hungry I want to visit Hillasoppi, so that I eat."),
        "all_matter": many(put("profile.1.importance", 5), put("profile.2.importance", 5)),
        "counted_twice": many(put("profile.1.name", "no quiet corner to talk"),
                              put("profile.2.name", "quiet corner to talk")),
        "does_everything": put("parts.0.addresses", ["safe", "scene", "warm"]),
        "no_rival": put("alternatives", ["none"]),
        "foreign_hands": put("parts.0.hands", "partner"),
        "nothing_given_up": many(put("not_promised", ""), put("parts.1.addresses", [])),
        "only_functional": put("profile.1.sort", "functional"),
    },
    "priorities/1": {
        "nothing_refused": put("candidates.2.decision", "later"),
        "solution_listed": put("candidates.1.what", "Build an app for orders"),
        "duty_in_vote": many(put("candidates.0.what", "allergens stand on no label"),
                             put("candidates.0.duty", False)),
        "flat": many(put("candidates.2.importance", 6.3)),
        "hidden_group": many(*[put(f"candidates.{n}.group", "all") for n in range(3)]),
        "tiny_group": put("candidates.2.n", 3),
        "echo_reason": put("candidates.1.reason", "it is important"),
        "must_be_waits": put("candidates.0.decision", "later"),
        "free_wishes": put("candidates.1.cost", None),
        "no_turning_back": put("would_change", "better results"),
    },
    "journey/1": {
        "stage_not_step": put("touchpoints.0.action", "Awareness"),
        "firm_acts": put("touchpoints.1.action", "We send a confirmation e-mail"),
        "department_channel": put("touchpoints.1.channel", "Kitchen"),
        "fair_weather": put("touchpoints", _FIVE_GOOD),
        "flat_line": put("touchpoints", _FIVE_GOOD),
        "borrowed_feelings": put("touchpoints.4.rating", 1),
        "crowd_actual": put("made_from", 6),
        "share_of_one": put("touchpoints.1.p_fail", 0.2),
        "no_waiting": many(put("touchpoints.1.action", "Takes a tray"),
                           put("touchpoints.3.action", "Pays at the till")),
        "door_to_till": put("touchpoints.4.action", "Gets the receipt"),
        "rated_plan": put("state", "planned"),
        "too_long": put("touchpoints.1.action", "Waits in a line that goes " + "on and " * 8),
    },
    "blueprint/1": {
        "box_is_place": put("items.3.label", "Kitchen"),
        "nobody_owns": put("plans.0.owner", "Everybody"),
        "be_careful": put("plans.0.label", "Be more careful"),
        "no_fail_points": put("failure_points", []),
        "jumped_curtain": put("handoffs.2", ["ask", "check", "a question"]),
        "low_step_unexplained": many(
            put("items", [{"id": "ask", "stage": "during", "layer": "customer", "label": "Asks",
                           "owner": "Aino", "evidence": "observed", "source": "6 May"},
                          {"id": "recipes", "stage": "before", "layer": "support",
                           "label": "Updates", "owner": "Onni", "evidence": "observed",
                           "source": "7 May"}]),
            put("failure_points",
                [{"id": "x", "item": "recipes", "label": "old", "owner": "Onni"}])),
        "all_vertical": put("handoffs", [["check", "answer"], ["answer", "ask"],
                                         ["answer", "label"], ["check", "label"]]),
        "late_kitchen": put("items.3.minutes", 9),
        "intangible_evidence": put("items.1.label", "Trust"),
        "written_alone": many(put("items.2.evidence", "assumed"), put("items.2.source", ""),
                              put("items.3.evidence", "assumed"), put("items.3.source", "")),
    },
    "gap_audit/1": {
        "sum_wrong": put("lines.0.gap", 1.3),
        "no_n": put("lines.0.n", None),
        "two_in_one": put("lines.0.question", "Was the label right and easy to read?"),
        "leading": put("lines.0.question", "How satisfied were you with our service?"),
        "made_up_for": many(put("lines.1.weight", 9), put("lines.0.weight", 1)),
        "blame_guest": put("lines.0.cause", "guests do not read"),
        "money_only": put("recovery.0.settle", ""),
        "ask_the_boss": put("recovery.0.staff_decide_eur", 0),
        "conditional_sorry": put("recovery.1.say", "Sorry if it was cold"),
        "blame_learning": put("recovery.1.learn", "Remind the cook"),
    },
    "job_card/1": {
        "asks_for_attitude": put("change", "smile at every guest"),
        "perk": put("change", "employee of the month"),
        "nothing_falls": put("demand_that_falls", "stress"),
        "more_to_answer_for": put("resources_added", []),
        "all_up": put("demand_that_rises", ""),
        "boss_alone": put("made_with", ["the restaurant manager"]),
        "wrong_ruler": put("measure", ["sales a week", "NPS"]),
        "seen_through": put("reported_by", "each employee by name"),
        "costly_no": put("say_no", "with a reason, to the manager"),
        "no_end": put("look_again", ""),
    },
    "test_card/1": {
        "no_threshold": put("threshold", {}),
        "threshold_after": put("threshold.written", "2026-05-28"),
        "asks_opinion": put("does", "Says whether she would use the desk and how she likes it"),
        "too_finished": put("days", 40),
        "friends_only": put("people", [{"who": "my class", "from": "fellow_students"}]),
        "share_of_five": put("surprise", "67% stopped"),
        "proves_too_much": put("next.change", "order it, since it proves that all guests want it"),
        "no_failure": many(put("outcomes", ["did"] * 6), put("surprise", "")),
        "staff_absent": put("staff", ""),
        "harm_open": many(put("belief", "guests with an allergy ask first"), put("harm", "")),
        "no_next": put("next", {}),
        "not_by_threshold": put("verdict", "dropped"),
    },
    "metric_card/1": {
        "no_decision": put("below", {"threshold": 68, "then": ""}),
        "captive": put("may_leave", False),
        "bought_loyalty": many(put("discount", True), put("groups", ["all cards"])),
        "said_not_done": put("source", "asked"),
        "no_denominator": put("denominator", ""),
        "thin_change": put("target", 77),
        "no_guardrail": put("gaming", "cannot be gamed"),
        "single_staff": put("shown_by", "each employee, by name"),
        "asked_at_peak": many(put("source", "both"), put("taken", "at the till, with the receipt")),
        "mean_only": many(put("numerator", "mean mark of a visit"), put("groups", [])),
        "no_end": put("ends", ""),
    },
    "decision/1": {
        "no_choice": put("decision", "We improve how diets are looked after in 2027"),
        "one_option": put("options", DECISION["options"][:2]),
        "straw_options": put("options.1.best_case", ""),
        "nobody_loses": put("pays.staff", "none"),
        "untested": many(put("tested", []), put("undo.possible", "no")),
        "no_card": put("tested", []),
        "no_stop": put("stop", {"rule": "if it does not work", "date": "2026-10-16"}),
        "we_will": put("first_step.owner", "We"),
        "all_agree": put("disagrees", []),
        "cause_too_far": put("problem", "The desk increases the number of guests"),
        "false_precision": put("evidence.0.text", "66.67 per cent asked first"),
        "nothing_unknown": put("unknown", "nothing"),
        "no_review": put("review", "when we have time"),
    },
}  # fmt: skip

# The same in Finnish, where a rule looks for words.
FINNISH = {
    "persona/1": {
        "need_is_solution": put("goal", "saada sovellus, joka näyttää turvalliset ruoat"),
        "verdict_word": put("items.0.text", "on nirso ja vaativa"),
        "crowd": put("name", "Opiskelijat"),
        "bare_source": put("items.1.source", "tiimi"),
        "machine_source": put("items.1.source", "kielimalli, 3.5."),
        "staged_quote": put("quote", {"text": "Mahtava paikka, suosittelen!",
                                      "evidence": "reported", "source": "haastattelu 12.5."}),
    },
    "promise_map/1": {
        "slogan": put("promise", "Laadukasta ja räätälöityä palvelua"),
        "no_rival": put("alternatives", ["ei mitään"]),
        "job_is_us": put("job", "Haluan käydä ja asioida Hillasoppi-ravintolassa"),
    },
    "priorities/1": {
        "solution_listed": put("candidates.1.what", "Rakennetaan sovellus"),
        "duty_in_vote": many(put("candidates.0.what", "Allergeenit puuttuvat"),
                             put("candidates.0.duty", False)),
        "echo_reason": put("candidates.1.reason", "on tärkeää"),
    },
    "journey/1": {
        "stage_not_step": put("touchpoints.0.action", "Tietoisuus"),
        "firm_acts": put("touchpoints.1.action", "Lähetämme vahvistuksen"),
        "department_channel": put("touchpoints.1.channel", "Keittiö"),
        "door_to_till": put("touchpoints.4.action", "Saa kuitin ja kyselyn"),
    },
    "blueprint/1": {
        "be_careful": put("plans.0.label", "Ollaan huolellisempia"),
        "nobody_owns": put("plans.0.owner", "Kaikki"),
        "box_is_place": put("items.3.label", "Keittiö"),
        "intangible_evidence": put("items.1.label", "Luottamus"),
    },
    "gap_audit/1": {
        "blame_guest": put("lines.0.cause", "asiakkaat eivät lue"),
        "blame_learning": put("recovery.1.learn", "Muistutetaan kokkia"),
        "conditional_sorry": put("recovery.1.say", "Pahoittelut jos tuli kylmää"),
        "two_in_one": put("lines.0.question", "Oliko merkintä oikea ja selkeä?"),
        "leading": put("lines.0.question", "Kuinka tyytyväinen olit lounaaseen?"),
    },
    "job_card/1": {
        "asks_for_attitude": put("change", "hymyillään jokaiselle"),
        "perk": put("change", "kuukauden työntekijä palkitaan juhlissa"),
        "nothing_falls": put("demand_that_falls", "Kiire"),
        "boss_alone": put("made_with", ["ravintolan esimies"]),
        "costly_no": put("say_no", "perustelemalla esimiehelle"),
    },
    "decision/1": {
        "no_choice": put("decision", "Kehitetään ruokavalioita vuonna 2027"),
        "cause_too_far": put("problem", "Tiski lisää asiakkaita"),
        "we_will": put("first_step.owner", "Kaikki"),
        "untested": many(put("tested", []), put("undo.possible", "ei")),
    },
    "test_card/1": {
        "asks_opinion": put("does", "Sanoo, mitä mieltä on, ja suosittelisiko"),
        "harm_open": many(put("belief", "Allergian takia kysytään ensin"), put("harm", "")),
        "proves_too_much": put("next.change", "tilataan, koska se todistaa kaiken"),
    },
    "metric_card/1": {
        "captive": many(put("title", "Uskollisuus"), put("question", "Kuinka moni pysyy?"),
                        put("numerator", "pysyneet"), put("may_leave", False)),
        "said_not_done": many(put("title", "Suositteluhalu"), put("question", "Suosittelisitko?"),
                              put("numerator", "suosittelevat"), put("source", "asked")),
        "single_staff": put("shown_by", "henkilöittäin"),
        "asked_at_peak": many(put("source", "both"), put("taken", "kassalla heti lounaan jälkeen")),
        "mean_only": many(put("numerator", "arvosanojen keskiarvo"), put("groups", [])),
    },
}  # fmt: skip

# Who could be recognised, and who could not.
PRIVATE = [
    "Sister of Tuula Virtanen, coeliac since 2011",
    "Ring 040 123 4567 after three",
    "write to anna.maki@example.org",
    "born 131052-308T",
    "my colleague Tuula is diabetic",
    "naapurini Tuula on keliaakikko ja sairastaa diabetesta",
    "haastattelu: Väinö Åkerman",
]
OPEN = [
    "two lunches at the counter, 6 May",
    "Lounas Hillasopessa",
    "Asks Linh what is in the soup",
    "On Monday she asked twice. Then she left.",
    "Onni checks the label against the packet",
    "interview in the van, 2026-02-05",
    "Service Design students watched at noon",
    "gluten and celery stand on the label",
    "the Central Library, first floor",
    "Kysyy tiskiltä, mitä keitossa on",
    "12.5. kello 11.40, kaksi lounasta",
    "she says 'I have forty minutes'",
]
