"""Rehearsing a change: how many people show how many problems, and the verdict."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicedesign import datasets, rehearsal
from servicedesign.advice.test_card import verdict_of
from servicedesign.hillasoppi import DESK_PROBLEMS
from servicedesign.live.rehearsal import how_many_people
from servicedesign.rehearsal_card import RehearsalCard, draw

DESK = [float(problem["chance"]) for problem in DESK_PROBLEMS]
chances = st.lists(st.floats(0.01, 1.0), min_size=1, max_size=9)


def test_the_problems_of_the_desk_have_the_mean_of_the_textbook_and_show_later():
    assert sum(DESK) / len(DESK) == pytest.approx(0.31)
    assert rehearsal.share_by_the_mean(DESK, 5) == pytest.approx(0.8436, abs=5e-5)
    assert rehearsal.share_of_problems_seen(DESK, 5) == pytest.approx(0.6755, abs=5e-5)


@settings(derandomize=True, deadline=None)
@given(chances, st.integers(0, 30))
def test_the_textbook_is_never_the_less_hopeful(found, people):
    honest = rehearsal.share_of_problems_seen(found, people)
    hopeful = rehearsal.share_by_the_mean(found, people)
    assert 0 <= honest <= hopeful + 1e-12
    if people < 2 or max(found) - min(found) < 1e-12:
        assert honest == pytest.approx(hopeful)


@settings(derandomize=True, deadline=None)
@given(chances, st.floats(0.05, 0.95))
def test_one_person_fewer_than_needed_is_too_few(found, share):
    people = rehearsal.people_needed(found, share)
    assert people >= 1
    assert rehearsal.share_of_problems_seen(found, people) >= share - 2e-9
    assert rehearsal.share_of_problems_seen(found, people - 1) < share


@pytest.mark.parametrize("mean", [0.05, 0.31, 0.5, 0.8])
@pytest.mark.parametrize("unevenness", [0, 0.4, 1])
def test_chances_keep_their_mean_however_unlike_they_are(mean, unevenness):
    found = rehearsal.uneven_chances(DESK, mean, unevenness)
    assert sum(found) / len(found) == pytest.approx(mean)
    assert all(0 < chance <= 1 for chance in found)
    assert (max(found) - min(found) > 1e-12) == (unevenness > 0)


def test_groups_scatter_round_what_is_to_be_expected_and_repeat():
    met = rehearsal.groups_drawn(DESK, 5, 4000)
    assert met == rehearsal.groups_drawn(DESK, 5, 4000)
    assert sum(met) / 4000 / 8 == pytest.approx(0.6755, abs=0.01)
    assert min(met) < 4
    assert max(met) == 8


@pytest.mark.parametrize(
    ("outcomes", "verdict", "counted"),
    [
        (["did"] * 8 + ["did not"] * 4, "kept", 12),
        (["did"] * 7 + ["did not"] * 5, "dropped", 12),
        (["did"] * 11, "unfinished", 11),
        (["did"] * 11 + ["harm"], "stopped", 12),
        (["did"] * 12 + ["harm"], "kept", 12),
    ],
)
def test_the_verdict_is_that_of_the_card(outcomes, verdict, counted):
    found = rehearsal.read_test(outcomes, 8, 12, 1)
    assert (found["verdict"], found["counted"]) == (verdict, counted)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rehearsal.share_of_problems_seen([], 5), "chances must not be empty"),
        (lambda: rehearsal.share_of_problems_seen([0], 5), "chances must be greater than 0"),
        (lambda: rehearsal.people_needed([0.5], 1), "share must be greater than 0 and less than 1"),
        (lambda: rehearsal.read_test(["liked it"], 1, 1, 1), "outcome must be one of did, did not"),
        (lambda: rehearsal.read_test([], 3, 2, 1), "needed must be a whole number from 1 to 2"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_figure_says_both_shares_and_has_a_row_for_each_problem():
    view = how_many_people.view(how_many_people.read({}))
    assert "67.6% of the problems" in view.summary
    assert "by the textbook 84.4%" in view.summary
    assert len(view.table[1]) == len(DESK_PROBLEMS)
    alike = how_many_people.view(how_many_people.read({"unevenness": 0}))
    assert "84.4% of the problems are to be expected, and by the textbook 84.4%" in alike.summary


def test_the_figure_reaches_three_quarters_with_as_many_people_as_the_chapter_says():
    needed = rehearsal.people_needed(DESK, 0.75)
    for people, reached in ((needed - 1, False), (needed, True)):
        said = how_many_people.view(how_many_people.read({"people": people})).summary
        share = float(said.split("% of the problems")[0].split()[-1])
        assert (share >= 75) == reached


def test_a_card_is_drawn_with_its_counts_and_no_share():
    card = datasets.document("test_card_desk")
    assert verdict_of(card) == card["verdict"] == "kept"
    for language, heading in (("en", "Written before"), ("fi", "Kirjoitettu ennen")):
        for width in (320, 680):
            drawn = draw(card, language, width)
            assert heading in drawn
            assert "%" not in drawn.split("</style>")[1]
    assert repr(RehearsalCard(card)).endswith("9 of 12; kept")
    assert repr(RehearsalCard({"title": "A"})) == "Test card: A. not tried yet; not tried yet"
