"""The satisfaction mirror: what is seen, and what is behind it (chapter 8)."""

import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicedesign import mirror
from servicedesign.priorities import pearson

EFFECT = st.floats(0, 0.8)


def possible(a: float, b: float, c: float) -> bool:
    return b * b + c * c + 2 * a * b * c <= 1 + 1e-12


def test_a_common_cause_alone_makes_a_correlation_of_forty_two() -> None:
    seen = mirror.mirror(0.7, 0.6, 0)
    assert seen["crude"] == pytest.approx(0.42)
    assert seen["within"] == 0
    assert seen["intervention"] == 0


def test_the_correlation_within_strata_is_not_the_effect() -> None:
    assert mirror.mirror(0.7, 0.6, 0.3)["within"] == pytest.approx(0.365, abs=5e-4)


def test_a_hundred_and_eighteen_slider_settings_are_impossible_and_refused() -> None:
    steps = [x / 10 for x in range(9)]
    refused = 0
    for a, b, c in itertools.product(steps, repeat=3):
        if possible(a, b, c):
            assert -1 <= mirror.mirror(a, b, c)["crude"] <= 1
        else:
            refused += 1
            with pytest.raises(ValueError, match="c must be from 0 to"):
                mirror.mirror(a, b, c)
    assert refused == 118
    # The worst of them would correlate by more than one.
    assert pytest.approx(1.44) == 0.8 + 0.8 * 0.8


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_largest_effect_is_just_possible(a, b) -> None:
    largest = mirror.largest_direct_effect(a, b)
    assert 0 <= largest <= 1
    assert b * b + largest * largest + 2 * a * b * largest == pytest.approx(1)
    assert mirror.mirror(a, b, largest)["crude"] <= 1 + 1e-9
    assume(largest < 0.99)
    with pytest.raises(ValueError, match="c must be from 0 to"):
        mirror.mirror(a, b, largest + 0.01)


@given(EFFECT, EFFECT, st.floats(0, 0.4))
def test_within_strata_is_the_partial_correlation(a, b, c) -> None:
    assume(possible(a, b, c))
    staff_guests, management_guests = c + a * b, b + a * c
    assume(management_guests < 0.999)
    partial = (staff_guests - a * management_guests) / math.sqrt(
        (1 - a * a) * (1 - management_guests**2)
    )
    assert mirror.mirror(a, b, c)["within"] == pytest.approx(partial, abs=1e-9)


def test_where_management_decides_all_nothing_is_left_within() -> None:
    assert mirror.mirror(1.0, 0.5, 0.3)["within"] is None
    assert mirror.mirror(0.5, 1.0, 0.0)["within"] is None


def test_simulated_outlets_show_the_correlations_of_the_model() -> None:
    chance = mirror.standard_normals(20_000, seed=2)
    sample = mirror.outlets(0.7, 0.6, 0.1, chance)
    management, staff, guests = (list(column) for column in zip(*sample, strict=True))
    assert pearson(staff, guests) == pytest.approx(0.52, abs=0.02)
    assert pearson(management, staff) == pytest.approx(0.7, abs=0.02)
    assert pearson(management, guests) == pytest.approx(0.67, abs=0.02)
    assert sum(g * g for g in guests) / len(guests) == pytest.approx(1, abs=0.03)


def test_raising_staff_alone_raises_guests_by_c() -> None:
    chance = mirror.standard_normals(50, seed=2)
    # The same outlets and the same chance, only that the effect c is there.
    without = mirror.outlets(0.0, 0.6, 0.0, chance)
    with_effect = mirror.outlets(0.0, 0.6, 0.3, chance)
    rest, less = math.sqrt(1 - 0.36), math.sqrt(1 - 0.36 - 0.09)
    for (_, staff, before), (m, _, after) in zip(without, with_effect, strict=True):
        luck = (before - 0.6 * m) / rest
        assert after == pytest.approx(0.6 * m + 0.3 * staff + less * luck)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mirror.mirror(1.1, 0, 0), "a must be from 0 to 1, got 1.1"),
        (lambda: mirror.mirror(0.8, 0.8, 0.8), "beside a = 0.8 and b = 0.8, got 0.8"),
    ],
)
def test_impossible_mirrors_are_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
