"""The decision memo: the case's, the form to fill in, and its page (chapter 10)."""

import json
from xml.etree import ElementTree as ET

import pytest

from servicedesign import advice, datasets
from servicedesign.advice.decision import cited
from servicedesign.decision_memo import DecisionMemo, draw


@pytest.fixture
def memo():
    return datasets.document("decision_desk")


def test_the_memo_of_the_case_is_left_in_peace_and_cites_the_card_of_the_noon_hour(memo):
    card = datasets.document("test_card_desk")
    assert advice.report(memo, [card["id"]]) == ["Nothing to remark."]
    assert cited(memo) == [card["id"]]
    assert (
        f"{card['outcomes'].count('did')} of {len(card['outcomes'])}" in memo["tested"][0]["result"]
    )


def test_the_form_can_be_checked_and_is_far_from_done():
    form = datasets.document("decision_template")
    assert advice.is_sound(form)
    assert len(advice.remarks(form)) > 10


def test_a_memo_that_only_cites_a_card_that_is_not_there_cites_none(memo):
    assert [one.code for one in advice.remarks(memo, ["another"])] == ["no_card", "no_thread"]
    memo["undo"] = {"possible": "it cannot be undone"}
    assert "untested" in {one.code for one in advice.remarks(memo, ["another"])}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("decision", " ", "missing"),
        ("options", "three", "list"),
        ("tested", ["desk_noon"], "list"),
        ("pays", [], "object"),
        ("pays", {"everybody": "a little"}, "payer"),
        ("evidence", [{"text": "seen", "evidence": "sure"}], "status"),
        ("owner", "Linh", "unknown_key"),
        ("format", "decision/9", "format"),
    ],
)
def test_what_must_be_mended_is_named(memo, key, value, code):
    memo[key] = value
    errors = [one for one in advice.remarks(memo) if one.level == "error"]
    assert [one.code for one in errors] == [code]


def test_a_person_who_disagrees_is_not_to_be_recognised(memo):
    memo["disagrees"] = [{"who": "a guest", "why": "Tuula Virtanen would not be seen there"}]
    assert [one.code for one in advice.remarks(memo) if one.level == "error"] == ["person"]


@pytest.mark.parametrize("text", ["1,200 guests", "12.", "7 September 2026", "at 11.30"])
def test_numbers_that_are_no_decimals_are_no_false_precision(memo, text):
    memo["evidence"] = [{"text": text, "evidence": "observed", "source": "27 May", "n": 2000}]
    assert "false_precision" not in {one.code for one in advice.remarks(memo)}


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("width", [320, 680])
def test_a_memo_is_one_page_on_which_who_pays_and_who_disagrees_stand(memo, language, width):
    drawn = draw(memo, language, width)
    told = "".join(ET.fromstring(drawn).itertext())
    for text in ("Mikael", "desk noon", "2026-10-16", "Linh", "2026-12-18"):
        assert text in told
    assert f'width="{width}"' in drawn
    high = float(drawn.split('height="', 1)[1].split('"', 1)[0])
    assert width < 680 or high < 1.55 * width  # a sheet of A4 with narrow margins


def test_a_memo_calls_the_papers_behind_it_by_their_names_where_somebody_gives_them(memo):
    names = {"desk_noon": {"en": "The desk for one noon", "fi": "Pöytä yhden päivän"}}
    english, finnish = (
        "".join(ET.fromstring(draw(memo, language, 680, names)).itertext())
        for language in ("en", "fi")
    )
    assert english.count("The desk for one noon") == 3  # tried, answered, and read aloud
    assert finnish.count("Pöytä yhden päivän") == 3
    assert "_" not in english + finnish


def test_a_cell_shows_the_page_and_says_the_first_step(memo):
    assert "</svg>" in DecisionMemo(memo)._repr_html_()
    assert repr(DecisionMemo(memo)).endswith("First step: Linh, 2026-09-04")
    assert repr(DecisionMemo({})) == "Decision:  First step: , "


@pytest.mark.parametrize("junk", [None, 3, "text", [], [3], {}, {"a": 1}])
def test_whatever_was_filled_in_can_be_drawn(memo, junk):
    for key in memo:
        draw({**json.loads(json.dumps(memo)), key: junk})
