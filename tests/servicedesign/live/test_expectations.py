"""What "The treadmill" says at settings that a reader will try."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicedesign import expectations
from servicedesign.live.expectations import the_treadmill


def frame(**values):
    return the_treadmill.frame(values)


def gaps(told):
    return {int(row[0]): float(row[3].replace("\u2212", "-")) for row in told["table"][1]}


def test_it_starts_with_a_surprise_that_halves():
    told = frame()
    assert [gaps(told)[visit] for visit in (1, 2, 3)] == [1, 0.5, 0.25]
    assert told["summary"].startswith("At visit 1 the guest expects 7.00 and finds 8.00")
    assert "Satisfaction at the last visit: 7.50, and 7.00 without the gesture." in told["summary"]


def test_taking_the_gesture_away_leaves_a_gap_below_zero():
    assert "after visit 6; at the next one the gap is \u22120.98." in frame(stop=True)["summary"]


def test_a_single_visit_has_no_later_one_to_speak_of():
    words = frame(visits=1, stop=True)["summary"]
    assert "taken away" not in words
    assert words.count("At visit") == 1


def test_a_rise_tells_where_the_gap_would_rest_and_where_the_scale_ends():
    told = frame(plan="rising", lift=0.2, alpha=0.4, visits=24)
    assert "0.2 more each visit would keep up a gap of 0.50." in told["summary"]
    assert "The scale ends at visit 16." in told["summary"]
    assert gaps(told)[15] == pytest.approx(0.5, abs=0.01)
    assert gaps(told)[24] == pytest.approx(0, abs=0.01)


def test_a_low_promise_pays_for_ever_only_if_it_is_made_anew_or_never_unlearned():
    low = {"promise": -2, "beta_p": 0, "lift": 0, "visits": 24}
    assert gaps(frame(**low))[24] == 0
    assert gaps(frame(**low, renewed=True))[24] == 2
    assert gaps(frame(**low, alpha=0))[24] == 2


def test_the_table_keeps_the_first_ten_visits_each_fifth_and_the_last():
    assert list(gaps(frame(visits=23))) == [*range(1, 11), 15, 20, 23]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.sampled_from(expectations.PLANS), st.integers(1, 24), st.booleans(), st.integers(0, 20))
def test_the_sentence_says_what_the_model_gives(plan, visits, stop, twentieths):
    alpha = twentieths / 20
    told = frame(plan=plan, visits=visits, stop=stop, alpha=alpha)
    assert told["svg"].count("<svg") == 2
    assert ("never learns" in told["summary"]) == (alpha == 0)
    half = (visits + 1) // 2
    found = expectations.performance_plan(plan, visits, 7, 1, 4)
    found = found[:half] + [7.0] * (visits - half) if stop else found
    path = expectations.expectation_path(found, 7, alpha)
    assert gaps(told)[visits] == pytest.approx(path[-1][1], abs=0.006)
