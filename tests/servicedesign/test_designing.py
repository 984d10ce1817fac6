"""The forms that the chapters show filled in keep the rules that the chapters teach."""

import pytest

from servicedesign import datasets, designing, journey_format, library
from servicedesign.figures import designing as forms
from servicedesign.figures.sheets import Sheet

SHEETS = {
    "others": forms.others_sheet,
    "ideas": forms.ideas_sheet,
    "thoughts": forms.thoughts_sheet,
    "proposed": forms.proposed_sheet,
    "evening": forms.evening_sheet,
    "machine": forms.machine_sheet,
    "contacts": forms.contacts_sheet,
    "library promise": forms.library_promise_sheet,
    "library request": forms.library_request_sheet,
    "library rights": forms.library_rights_sheet,
    "notes": lambda: forms.notes_sheet(designing.NOTES),
    "insights": lambda: forms.insights_sheet(designing.INSIGHTS, designing.NOTES),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_the_same_each_time_and_reads_in_words(name):
    sheet = SHEETS[name]()
    assert sheet._repr_html_() == SHEETS[name]()._repr_html_()
    assert "<caption>" in sheet._repr_html_()
    assert sheet.caption in repr(sheet)
    for row in sheet.rows:
        assert row[0] in repr(sheet)


def test_a_row_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="row 2 has 1 cells, and there are 2 headers"):
        Sheet(("a", "b"), [("1", "2"), ("3",)], "two columns")


def test_a_sheet_without_a_caption_is_refused():
    with pytest.raises(ValueError, match="caption must say something"):
        Sheet(("a",), [("1",)], " ")


def test_a_sheet_shows_a_text_and_runs_none_of_it():
    assert "<b>" not in Sheet(("a",), [("<b>bold</b>",)], "<b>")._repr_html_()


def test_an_insight_rests_on_three_notes_of_two_people():
    for number in range(1, len(designing.INSIGHTS) + 1):
        behind = [note for note in designing.NOTES if note["insight"] == number]
        assert len(behind) >= 3
        assert len({note["from"] for note in behind}) >= 2


def test_a_note_that_contradicts_is_kept():
    assert [note["text"] for note in designing.NOTES if note["insight"] == 0]


def test_the_network_has_an_arrow_that_goes_only_one_way_and_says_so():
    figure = forms.value_network(designing.NETWORK_ACTORS, designing.NETWORK)
    assert "back: nothing" in figure.alt
    joined = {end for arrow in designing.NETWORK for end in (arrow["from"], arrow["to"])}
    assert joined == set(designing.NETWORK_ACTORS), "an actor without an arrow"


def test_an_arrow_to_somebody_unknown_is_refused():
    arrow = {**designing.NETWORK[0], "to": "the mayor"}
    with pytest.raises(ValueError, match=r"to must be one of .* got 'the mayor'"):
        forms.value_network(designing.NETWORK_ACTORS, [arrow])


def test_twelve_ideas_differ_in_kind_and_each_refusal_has_its_reason():
    assert len(designing.IDEAS) == 12
    assert {row["round"] for row in designing.IDEAS} == {"alone", "passed on", "combined"}
    refused = {row["idea"] for row in designing.IDEAS if row["note"] == "refused"}
    assert refused == set(designing.REFUSED)
    ideas = {row["idea"] for row in designing.IDEAS}
    assert len(designing.KINDS_OF_IDEA) == 3
    assert set(designing.KINDS_OF_IDEA.values()) <= ideas


def test_a_proposed_step_says_what_must_be_true_and_has_no_mark():
    for row in designing.PROPOSED:
        assert row["must"].strip()
        assert "rating" not in row
    assert "gone" in {row["then"] for row in designing.PROPOSED}, "nothing is taken away"


def test_the_evening_takes_three_quarters_of_an_hour_and_staff_hold_the_pen():
    assert sum(row["minutes"] for row in designing.EVENING) == 45
    assert any("writes" in row["who"] for row in designing.EVENING)


@pytest.mark.parametrize(
    ("rows", "share"),
    [([(3, True), (1, False)], 0.75), ([(5, False)], 0.0), ([(2, True), (0, False)], 1.0)],
)
def test_failure_demand_is_counted_in_contacts_and_not_in_kinds(rows, share):
    contacts = [{"contacts": n, "failure": failed} for n, failed in rows]
    assert designing.failure_share(contacts) == pytest.approx(share)


def test_no_contact_at_all_is_no_share():
    with pytest.raises(ValueError, match="got 0: count for a longer time"):
        designing.failure_share([{"contacts": 0, "failure": True}])


def test_only_a_contact_that_something_caused_is_failure_demand():
    for row in designing.CONTACTS:
        assert row["failure"] == bool(row["went_wrong"])


@pytest.mark.parametrize("name", ["journey_library_actual", "journey_linh_noon"])
def test_the_new_journeys_have_no_finding(name):
    journey = datasets.document(name)
    assert journey_format.lint(journey) == []
    assert {step["actor"] for step in journey["touchpoints"]} == {journey["persona"]["name"]}


def test_the_newcomers_way_lies_in_many_hands_and_the_worst_step_is_not_the_librarys():
    steps = datasets.document("journey_library_actual")["touchpoints"]
    assert {step["owner"] for step in steps} == {"brand", "partner", "customer", "social"}
    assert min(steps, key=lambda step: step["rating"])["owner"] == "partner"


def test_linhs_longest_work_is_not_her_worst():
    steps = datasets.document("journey_linh_noon")["touchpoints"]
    worst = min(steps, key=lambda step: step["rating"])
    assert worst["id"] == "ask_kitchen"
    assert worst["minutes"] < 5


def test_the_library_leaves_something_open_and_says_so():
    sheet = forms.library_promise_sheet()
    assert ["left open", "read to a child in our language"] in sheet.rows


def test_in_one_stage_the_citizen_only_waits():
    waiting = [row for row in library.REQUEST if not row["frontstage"]]
    assert [row["customer"].startswith("waits") for row in waiting] == [True]


def test_by_their_forecast_newcomers_are_served_and_by_the_rule_they_are_not():
    more_is_better = {"an answer in a language one reads", "a way to object"}
    for row in library.RIGHTS:
        sign = 1 if row["what"] in more_is_better else -1
        assert sign * (row["found"] - row["will"]) > 0
        assert sign * (row["found"] - row["should"]) < 0
