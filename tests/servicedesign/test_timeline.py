"""The case has one calendar, and its scenes, journeys and blueprints keep to it."""

import datetime as dt
import re
from pathlib import Path

import nbformat
import pytest

from servicedesign import datasets, timeline

CHAPTERS = Path(__file__).resolve().parents[2] / "book" / "chapters"
BEFORE = [
    ("first_visit", "second_line"),  # chapter 1 calls Tuula a regular
    ("first_visit", "van_sold"),  # chapter 4 has her at the corner table
    ("mailing_list", "envelope"),
    ("envelope", "van_sold"),  # the list of eight is the survey's
    ("van_sold", "old_sheet"),  # the sheet is laid beside the priority list
    ("samir_followed", "old_sheet"),
    ("old_sheet", "clock_week"),
    ("idle_tills", "third_till"),
    ("third_till", "apron"),  # eight in line, and no longer twenty
    ("van_sold", "soup"),  # a label can only be wrong once there are labels
    ("soup", "two_sheets"),
    ("desk_due", "apron"),  # nobody told Linh that her date had passed
    ("two_sheets", "apron"),
    ("apron", "desk_rehearsed"),  # what Linh and Aila agreed is tried before it is built
    ("desk_rehearsed", "desk_noon"),
    ("apron", "tuula_back"),  # until then she has not been back since the soup
    ("desk_noon", "tuula_back"),
    ("desk_noon", "one_year"),  # the page cites the card
    ("tuula_back", "one_year"),  # she asks whether the desk will be back
]


def test_the_events_stand_in_order_of_time_and_each_has_its_own_name():
    days = [timeline.on(one["id"]) for one in timeline.EVENTS]
    assert days == sorted(days)
    names = [one["id"] for one in timeline.EVENTS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("earlier", "later"), BEFORE)
def test_what_a_scene_takes_for_granted_has_happened(earlier, later):
    assert timeline.on(earlier) < timeline.on(later)


def test_the_journeys_of_the_case_are_dated_by_the_calendar():
    for name, event in (
        ("journey_tuula_actual", "first_visit"),
        ("journey_samir_actual", "samir_followed"),
    ):
        journey = datasets.document(name)
        day = timeline.on(event)
        assert journey["date"] == day.isoformat()
        told = {step["source"]["en"] for step in journey["touchpoints"]}
        dated = [text for text in told if re.search(r"\d", text)]
        assert dated
        assert all(f"{day.day} {timeline.month(event)}" in text for text in dated)


def test_the_plans_of_the_blueprint_fall_on_the_calendar():
    due = {plan["id"]: plan["due"] for plan in datasets.document("blueprint_diet")["plans"]}
    assert due["diet_desk"] == timeline.on("desk_due").isoformat()
    assert due["monday_check"] < timeline.on("soup").isoformat()


def test_the_test_card_is_signed_at_the_rehearsal_and_tried_at_the_noon_hour():
    card = datasets.document("test_card_desk")
    assert card["threshold"]["written"] == timeline.on("desk_rehearsed").isoformat()
    assert card["date"] == timeline.on("desk_noon").isoformat()
    assert card["next"]["due"] > card["date"]


def test_a_month_has_passed_between_the_soup_and_the_two_sheets():
    assert 30 <= (timeline.on("two_sheets") - timeline.on("soup")).days <= 40


def test_six_weeks_of_biscuits_and_a_month_of_returns_end_before_the_two_sheets():
    assert (timeline.on("two_sheets") - timeline.on("biscuits_begin")).days >= 6 * 7 + 30


def test_the_desk_has_had_its_four_weeks_when_the_half_price_is_talked_about():
    monday = timeline.on("desk_noon") + dt.timedelta(days=7 - timeline.on("desk_noon").weekday())
    assert timeline.on("tuula_back") == monday + dt.timedelta(days=1)
    assert timeline.on("half_price") == monday + dt.timedelta(weeks=4)


def test_no_scene_types_a_weekday_or_a_month():
    names = [getattr(timeline, kind)(one["id"]) for one in timeline.EVENTS for kind in
             ("weekday", "month")]  # fmt: skip
    words = re.compile(rf"\b({'|'.join(sorted(set(names)))})\b")
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            if "> **Scene.**" in cell.source:
                typed = re.sub(r"\{eval\}`[^`]*`", "", cell.source)
                # "On Friday somebody stood ..." tells of a day in the log, which has no date.
                typed = typed.replace("On Friday somebody", "")
                assert not words.search(typed), f"{path.stem}: {words.search(typed)}"


def test_an_unknown_event_is_told_with_those_there_are():
    with pytest.raises(ValueError, match=r"event must be one of .*'soup'.*, got 'salad'"):
        timeline.on("salad")
