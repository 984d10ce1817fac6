"""The circle of positive development: what comes round, and what fades (chapter 8)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import circle

STRENGTHS = st.lists(st.floats(0, 1.5), min_size=4, max_size=4)


@given(STRENGTHS)
def test_nothing_moves_in_an_ordinary_week(strengths) -> None:
    for levels in circle.circle_path(10, strengths, 0):
        assert set(levels.values()) == {0}


@given(STRENGTHS, st.floats(0, 3), st.floats(0, 0.95), st.integers(0, 20))
def test_a_blow_goes_round_exactly_as_a_push_does(strengths, push, memory, push_weeks) -> None:
    up = circle.circle_path(20, strengths, push, push_weeks, memory)
    down = circle.circle_path(20, strengths, -push, push_weeks, memory)
    for good, bad in zip(up, down, strict=True):
        assert all(good[node] == -bad[node] for node in circle.CIRCLE)


@given(st.lists(st.floats(0, 0.9), min_size=4, max_size=4), st.floats(-3, 3))
def test_a_push_that_ends_fades_if_the_loop_gain_is_below_one(strengths, push) -> None:
    last = circle.circle_path(600, strengths, push, 3)[-1]
    assert all(abs(level) < 1e-6 for level in last.values())


@given(st.lists(st.floats(0.1, 0.9), min_size=4, max_size=4), st.floats(0, 0.9))
def test_a_lasting_push_is_multiplied_by_what_comes_round(strengths, memory) -> None:
    # Steady state: level = push / (1 - loop gain), far from the ends of the scale.
    push = 0.5
    gain = circle.loop_gain(strengths)
    last = circle.circle_path(3000, strengths, push, 3000, memory)[-1]
    assert last["meaning"] == pytest.approx(push / (1 - gain), rel=1e-6)
    assert last["encounter"] == pytest.approx(strengths[0] * last["meaning"], rel=1e-6)


def test_only_a_loop_gain_above_one_lifts_the_circle_to_the_end_of_the_scale() -> None:
    strong, weak = [1.2] * 4, [0.9] * 4
    assert circle.loop_gain(strong) > 1 > circle.loop_gain(weak)
    assert circle.circle_path(200, strong, 0.5)[-1]["meaning"] == circle.BEST_WEEK
    assert circle.circle_path(200, strong, -0.5)[-1]["meaning"] == -circle.BEST_WEEK
    assert circle.circle_path(200, weak, 0.5)[-1]["meaning"] < 0.001


@pytest.mark.parametrize(("cut", "reached"), list(zip(circle.CIRCLE, range(1, 5), strict=True)))
def test_a_cut_arrow_stops_the_push_right_there(cut, reached) -> None:
    path = circle.circle_path(50, [1.2] * 4, 1.0, 50, cut=[cut])
    touched = [node for node in circle.CIRCLE if path[-1][node] > 0]
    assert touched == list(circle.CIRCLE[:reached])
    assert circle.loop_gain([1.2] * 4, [cut]) == 0
    assert path[-1]["meaning"] == pytest.approx(1.0)


@given(STRENGTHS, st.floats(-3, 3), st.floats(0, 0.9))
def test_no_week_is_better_or_worse_than_the_scale(strengths, push, memory) -> None:
    levels = itertools.chain.from_iterable(
        week.values() for week in circle.circle_path(40, strengths, push, 40, memory)
    )
    assert all(-circle.BEST_WEEK <= level <= circle.BEST_WEEK for level in levels)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: circle.circle_path(1, [1] * 3, 0), "strengths must be 4 numbers, got 3"),
        (lambda: circle.circle_path(1, [2] * 4, 0), "strength must be from 0 to 1.5, got 2"),
        (lambda: circle.circle_path(1, [1] * 4, 0, memory=1),
         "memory must be at least 0 and less than 1, got 1"),
        (lambda: circle.loop_gain([1] * 4, ["thanks"]), "cut must be one of meaning, encounter"),
    ],
)  # fmt: skip
def test_an_impossible_circle_is_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
