"""Two pairs of hands make value by the rules chapter 1 states."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import service_logic
from servicedesign.service_logic import co_created_value

EFFORT = st.floats(0.01, 100)
THETA = st.floats(0.05, 0.95)
RHO = st.floats(-30, 1)
ACTIVITIES = st.lists(
    st.fixed_dictionaries(
        {
            "actor": st.sampled_from(["provider", "customer", "both"]),
            "minutes": st.floats(0.1, 500),
        }
    ),
    min_size=1,
)


@given(ACTIVITIES)
def test_sphere_shares_sum_to_one(activities) -> None:
    shares = service_logic.sphere_shares(activities)
    assert sorted(shares) == ["customer", "joint", "provider"]
    assert math.fsum(shares.values()) == pytest.approx(1)


@given(ACTIVITIES)
def test_sphere_shares_do_not_depend_on_order_or_unit(activities) -> None:
    shares = service_logic.sphere_shares(activities)
    in_seconds = [{**each, "minutes": 60 * each["minutes"]} for each in reversed(activities)]
    assert service_logic.sphere_shares(in_seconds) == pytest.approx(shares)


def test_minutes_count_not_activities_and_joint_time_is_not_halved() -> None:
    activities = [
        {"actor": "provider", "minutes": 30},
        {"actor": "customer", "minutes": 0},
        {"actor": "customer", "minutes": 6},
        {"actor": "both", "minutes": 24},
    ]
    assert service_logic.sphere_shares(activities) == pytest.approx(
        {"provider": 0.5, "joint": 0.4, "customer": 0.1}
    )


@pytest.mark.parametrize("activities", [[], [{"actor": "both", "minutes": 0}]])
def test_no_minutes_cannot_be_shared_out(activities) -> None:
    with pytest.raises(ValueError, match="sum of the minutes must be greater than 0 min, got 0"):
        service_logic.sphere_shares(activities)


def test_an_unknown_actor_is_named_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"got robot \(activity 2\)"):
        service_logic.sphere_shares(
            [{"actor": "both", "minutes": 1}, {"actor": "robot", "minutes": 1}]
        )


@pytest.mark.parametrize(
    ("rho", "value"),
    [(1, 4.0), (0, math.sqrt(12)), (-1, 3.0), (-200, 2.00694), (-math.inf, 2.0)],
)
def test_value_for_six_and_two_hours_is_what_the_dossier_says(rho: float, value: float) -> None:
    assert co_created_value(6, 2, 0.5, rho) == pytest.approx(value, abs=5e-6)


@given(EFFORT, THETA, RHO)
def test_equal_efforts_are_worth_that_effort(effort, theta, rho) -> None:
    assert co_created_value(effort, effort, theta, rho) == pytest.approx(effort, rel=1e-14)


@given(EFFORT, EFFORT, THETA, RHO)
def test_value_lies_between_the_two_efforts(p, c, theta, rho) -> None:
    assert min(p, c) <= co_created_value(p, c, theta, rho) <= max(p, c) * (1 + 1e-12)


@given(EFFORT, EFFORT, THETA, RHO)
def test_twice_both_efforts_make_twice_the_value(p, c, theta, rho) -> None:
    once = co_created_value(p, c, theta, rho)
    assert co_created_value(2 * p, 2 * c, theta, rho) == pytest.approx(2 * once, rel=1e-9)


@given(EFFORT, EFFORT, THETA, RHO)
def test_changing_sides_changes_nothing_if_the_weights_change_too(p, c, theta, rho) -> None:
    assert co_created_value(c, p, 1 - theta, rho) == pytest.approx(
        co_created_value(p, c, theta, rho), rel=1e-9
    )


@given(EFFORT, EFFORT, THETA)
def test_value_tends_to_the_smaller_effort_as_both_become_needed(p, c, theta) -> None:
    assert co_created_value(p, c, theta, -1e6) == pytest.approx(min(p, c), rel=1e-5)


@given(EFFORT, EFFORT, THETA)
def test_a_tiny_rho_is_the_geometric_mean(p, c, theta) -> None:
    geometric = p**theta * c ** (1 - theta)
    assert co_created_value(p, c, theta, 1e-13) == pytest.approx(geometric, rel=1e-9)
    assert co_created_value(p, c, theta, 0) == pytest.approx(geometric, rel=1e-12)


@given(EFFORT, THETA, st.floats(-30, 0))
def test_nobody_can_stand_in_if_rho_is_not_positive(effort, theta, rho) -> None:
    assert co_created_value(effort, 0, theta, rho) == 0.0
    assert co_created_value(0, effort, theta, rho) == 0.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 2, 0.5, 0), "p must be at least 0 h, got -1"),
        ((1, math.nan, 0.5, 0), "c must be at least 0 h, got nan"),
        ((1, 2, 1, 0), "theta must be greater than 0 and less than 1, got 1"),
        ((1, 2, 0.5, 1.1), "rho must be at most 1, got 1.1"),
        ((1, 2, 0.5, math.nan), "rho must be at most 1, got nan"),
    ],
)
def test_efforts_and_shares_out_of_range_are_refused(arguments, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        co_created_value(*arguments)


def test_one_more_hour_helps_most_where_less_is_given() -> None:
    by_provider, by_customer = service_logic.one_more_hour(6, 2, 0.5, -1)
    assert by_provider == pytest.approx(2 * 7 * 2 / 9 - 3)
    assert by_customer == pytest.approx(2 * 6 * 3 / 9 - 3)
    assert by_customer > by_provider


@given(st.floats(0.5, 9), THETA, st.one_of(RHO, st.just(-math.inf)))
def test_every_point_of_an_iso_value_curve_has_that_value(value, theta, rho) -> None:
    (curve,) = service_logic.iso_value_curves([value], theta, rho)
    inner = [point for point in curve if max(point) < 10 - 1e-9]
    assert inner
    for p, c in inner:
        assert co_created_value(p, c, theta, rho) == pytest.approx(value, rel=1e-9)
    for p, c in curve:
        assert 0 <= p <= 10
        assert 0 <= c <= 10


@given(st.floats(0.5, 9), THETA, RHO)
def test_an_iso_value_curve_falls_from_left_to_right(value, theta, rho) -> None:
    (curve,) = service_logic.iso_value_curves([value], theta, rho)
    for (p, c), (next_p, next_c) in pairwise(curve):
        assert next_p >= p - 1e-9
        assert next_c <= c + 1e-9


def test_iso_value_curves_beyond_the_limit_are_empty_and_others_reach_it() -> None:
    near, far = service_logic.iso_value_curves([4, 11], 0.5, -2.0)
    assert far == []
    assert near[0][1] == near[-1][0] == 10


def test_words_are_runs_of_letters_in_small_print() -> None:
    assert service_logic.words("The guest's SELF-service, 24/7 – Äijänsuo!") == [
        "the", "guest", "s", "self", "service", "äijänsuo",
    ]  # fmt: skip


def test_letters_run_from_a_to_z_and_through_the_accented_ones_but_not_signs() -> None:
    assert service_logic.words("AZaz ÀÖØÞßöøÿ a×b÷c 3x") == ["azaz", "àöøþßöøÿ", "a", "b", "c", "x"]


def test_a_word_inside_another_word_does_not_count() -> None:
    assert service_logic.logic_score("See for yourself, itself.", {"self"}, {"listen"}) == 0.0
    assert service_logic.logic_score("Self-service: listen.", {"self"}, {"Listen"}) == 0.0
    assert service_logic.logic_score("Sell, SELL; listen", {"sell"}, {"listen"}) == pytest.approx(
        -1 / 3
    )


@given(st.lists(st.sampled_from(["sell", "listen", "lunch"])))
def test_the_score_turns_its_sign_if_the_sets_change_places(tokens) -> None:
    text = " ".join(tokens)
    score = service_logic.logic_score(text, {"sell"}, {"listen"})
    assert -1 <= score <= 1
    assert service_logic.logic_score(text, {"listen"}, {"sell"}) == -score


@pytest.mark.parametrize(
    ("product", "service", "message"),
    [
        ({"care"}, {"Care"}, "a word must be in one set only, got 'care' in both"),
        ({"after sales"}, {"care"}, "product_words must hold single words, got 'after sales'"),
        ({"sale"}, {""}, "service_words must hold single words, got ''"),
    ],
)
def test_word_sets_that_cannot_be_counted_are_refused(product, service, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        service_logic.logic_score("any text", product, service)
