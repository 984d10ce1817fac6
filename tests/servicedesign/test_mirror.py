"""The satisfaction mirror: what is seen, and what is behind it (chapter 8)."""

import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicedesign import datasets, mirror
from servicedesign.priorities import pearson

EFFECT = st.floats(0, 0.8)
CELL = st.integers(1, 300)
TABLE = st.tuples(CELL, CELL, CELL, CELL)


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


def danish_tables() -> list[tuple]:
    rows = datasets.load("job_satisfaction_denmark")

    def count(management: str, supervisor: str, own: str) -> int:
        return sum(
            row["count"]
            for row in rows
            if (row["management"], row["supervisor"], row["own"]) == (management, supervisor, own)
        )

    return [
        (count(m, "high", "high"), count(m, "high", "low"),
         count(m, "low", "high"), count(m, "low", "low"))
        for m in ("bad", "good")
    ]  # fmt: skip


def test_the_danish_mirror_shrinks_within_management_as_the_dossier_says() -> None:
    bad, good = danish_tables()
    crude = tuple(x + y for x, y in zip(bad, good, strict=True))
    assert sum(crude) == 715
    assert mirror.odds_ratio(*crude) == pytest.approx(1.856, abs=5e-4)
    assert mirror.odds_ratio_interval(*crude) == pytest.approx((1.37, 2.52), abs=0.005)
    assert mirror.odds_ratio(*bad) == pytest.approx(1.55, abs=0.005)
    assert mirror.odds_ratio_interval(*bad) == pytest.approx((0.90, 2.67), abs=0.005)
    assert mirror.odds_ratio(*good) == pytest.approx(1.42, abs=0.005)
    assert mirror.odds_ratio_interval(*good) == pytest.approx((0.94, 2.14), abs=0.005)
    assert mirror.mantel_haenszel([bad, good]) == pytest.approx(1.470, abs=5e-4)
    assert (mirror.odds_ratio(*bad) + mirror.odds_ratio(*good)) / 2 == pytest.approx(
        1.488, abs=5e-4
    )
    # Shrunk, not gone: both strata together still exclude 1.
    assert mirror.mantel_haenszel_interval([bad, good]) == pytest.approx((1.06, 2.04), abs=0.005)


def test_under_good_management_seven_in_ten_are_satisfied() -> None:
    bad, good = danish_tables()
    assert (good[0] + good[2]) / sum(good) == pytest.approx(0.696, abs=5e-4)
    assert (bad[0] + bad[2]) / sum(bad) == pytest.approx(0.489, abs=5e-4)


@given(TABLE)
def test_swapping_columns_inverts_the_odds_ratio_and_turning_the_table_does_not(table) -> None:
    a, b, c, d = table
    ratio = mirror.odds_ratio(a, b, c, d)
    assert mirror.odds_ratio(b, a, d, c) == pytest.approx(1 / ratio)
    assert mirror.odds_ratio(a, c, b, d) == pytest.approx(ratio)
    low, high = mirror.odds_ratio_interval(a, b, c, d)
    assert low < ratio < high


def test_an_empty_cell_adds_a_half_to_all_four() -> None:
    assert mirror.odds_ratio(10, 0, 5, 5) == pytest.approx(10.5 * 5.5 / (0.5 * 5.5))
    assert mirror.odds_ratio(0, 0, 0, 0) == 1


@given(TABLE, st.integers(1, 5))
def test_identical_strata_have_the_odds_ratio_of_one(table, copies) -> None:
    strata = [table] * copies
    assert mirror.mantel_haenszel(strata) == pytest.approx(mirror.odds_ratio(*table))


@given(TABLE)
def test_one_stratum_has_woolfs_interval(table) -> None:
    assert mirror.mantel_haenszel_interval([table]) == pytest.approx(
        mirror.odds_ratio_interval(*table)
    )


@given(st.lists(TABLE, min_size=1, max_size=5))
def test_the_pooled_odds_ratio_lies_among_the_strata(strata) -> None:
    ratios = [mirror.odds_ratio(*table) for table in strata]
    pooled = mirror.mantel_haenszel(strata)
    assert min(ratios) * (1 - 1e-9) <= pooled <= max(ratios) * (1 + 1e-9)
    low, high = mirror.mantel_haenszel_interval(strata)
    assert low < pooled < high


def housing(column: str, levels: tuple) -> list[list[int]]:
    rows = datasets.load("housing_copenhagen")
    return [
        [
            sum(r["count"] for r in rows if r[column] == level and r["satisfaction"] == answer)
            for answer in ("low", "medium", "high")
        ]
        for level in levels
    ]


def test_felt_influence_goes_with_satisfaction_more_than_neighbours_do() -> None:
    influence = housing("influence", ("low", "medium", "high"))
    assert sum(map(sum, influence)) == 1681
    shares = [row[2] / sum(row) for row in influence]
    assert shares == pytest.approx([0.279, 0.401, 0.580], abs=5e-4)
    contact = [row[2] / sum(row) for row in housing("contact", ("low", "high"))]
    assert contact == pytest.approx([0.383, 0.408], abs=5e-4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mirror.mirror(1.1, 0, 0), "a must be from 0 to 1, got 1.1"),
        (lambda: mirror.mirror(0.8, 0.8, 0.8), "beside a = 0.8 and b = 0.8, got 0.8"),
        (lambda: mirror.odds_ratio(-1, 1, 1, 1), "a must be at least 0, got -1"),
        (lambda: mirror.mantel_haenszel([]), "tables must not be empty"),
        (lambda: mirror.mantel_haenszel([(0, 0, 0, 0)]), r"people must be greater .* \(table 1\)"),
        (lambda: mirror.mantel_haenszel([(1, 0, 1, 1)]), r"b \* c / n must be greater than 0"),
        (lambda: mirror.mantel_haenszel_interval([(0, 1, 1, 1)]), "odds ratio must be greater"),
    ],
)
def test_impossible_mirrors_and_tables_are_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
