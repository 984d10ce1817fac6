"""Means lie among their values, whatever the exponent."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicedesign import means

POSITIVE = st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=8)
EXPONENT = st.one_of(
    st.floats(-200, 50), st.floats(-1e-6, 1e-6), st.sampled_from([0.0, 1.0, math.inf, -math.inf])
)


def test_a_sum_is_taken_from_left_to_right() -> None:
    # 0.1 ten times: the built-in sum of newer Pythons gives 1.0.
    assert means.total([0.1] * 10) == 0.9999999999999999
    assert means.total([]) == 0.0


@given(POSITIVE, EXPONENT)
def test_a_power_mean_lies_between_the_smallest_and_the_largest(values, exponent) -> None:
    assert min(values) - 1e-9 <= means.power_mean(values, exponent) <= max(values) + 1e-9


@given(st.floats(1e-3, 1e3), st.integers(1, 6), EXPONENT)
def test_equal_values_are_their_own_power_mean(value, count, exponent) -> None:
    assert means.power_mean([value] * count, exponent) == pytest.approx(value, rel=1e-14)


@given(POSITIVE, st.floats(-50, 0.9), st.floats(0.01, 5))
def test_a_larger_exponent_never_lowers_the_mean(values, exponent, more) -> None:
    assert means.power_mean(values, exponent + more) >= means.power_mean(values, exponent) * (
        1 - 1e-9
    )


@given(POSITIVE, EXPONENT, st.floats(0.01, 100))
def test_scaling_the_values_scales_the_mean(values, exponent, factor) -> None:
    scaled = means.power_mean([factor * value for value in values], exponent)
    assert scaled == pytest.approx(factor * means.power_mean(values, exponent), rel=1e-9)


@given(st.lists(st.tuples(st.floats(0.5, 10), st.floats(0.1, 5)), min_size=2, max_size=5))
def test_the_mean_is_smooth_where_the_exponent_passes_zero(pairs) -> None:
    values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
    at_zero = means.power_mean(values, 0.0, weights)
    for exponent in (1e-13, -1e-13, 9e-9, 1.1e-8, -1.1e-8, 1e-6):
        assert means.power_mean(values, exponent, weights) == pytest.approx(at_zero, rel=1e-5)
    geometric = math.exp(sum(w * math.log(v) for v, w in pairs) / sum(weights))
    assert at_zero == pytest.approx(geometric, rel=1e-12)


@given(POSITIVE, st.floats(-20, 1))
def test_weights_count_like_repetitions(values, exponent) -> None:
    assume(len(values) > 1)
    repeated = means.power_mean([*values, values[0]], exponent)
    weighted = means.power_mean(values, exponent, [2.0] + [1.0] * (len(values) - 1))
    assert weighted == pytest.approx(repeated, rel=1e-9)


def test_a_value_without_weight_plays_no_part() -> None:
    assert means.power_mean([0, 4, 4], -3, [0, 1, 1]) == 4


def test_a_zero_spoils_the_mean_only_if_nothing_stands_in_for_it() -> None:
    assert means.power_mean([0, 4], 0) == 0
    assert means.power_mean([0, 4], -1) == 0
    assert means.power_mean([0, 4], 0.5) == pytest.approx(1)
    assert means.power_mean([0, 0], 0.5) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: means.mean([]), "values must not be empty"),
        (lambda: means.weighted_mean([1], [0]), "sum of the weights must be greater than 0, got 0"),
        (
            lambda: means.weighted_mean([1, 2], [1]),
            "weights must be as long as values, got 1 and 2",
        ),
        (lambda: means.weighted_mean([1], [-1]), "weight must be at least 0, got -1"),
        (lambda: means.power_mean([-1], 1), "value must be at least 0, got -1"),
        (lambda: means.power_mean([math.nan], 1), "value must be at least 0, got nan"),
    ],
)
def test_what_cannot_be_averaged_is_refused_by_name(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
