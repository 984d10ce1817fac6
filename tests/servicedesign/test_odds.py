"""Odds ratios, alone and kept apart, and the surveys of chapter 8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import datasets, odds

CELL = st.integers(1, 300)
TABLE = st.tuples(CELL, CELL, CELL, CELL)


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


def test_the_danish_mirror_shrinks_within_management() -> None:
    bad, good = danish_tables()
    crude = tuple(x + y for x, y in zip(bad, good, strict=True))
    assert sum(crude) == 715
    assert odds.odds_ratio(*crude) == pytest.approx(1.856, abs=5e-4)
    assert odds.odds_ratio_interval(*crude) == pytest.approx((1.37, 2.52), abs=0.005)
    assert odds.odds_ratio(*bad) == pytest.approx(1.55, abs=0.005)
    assert odds.odds_ratio_interval(*bad) == pytest.approx((0.90, 2.67), abs=0.005)
    assert odds.odds_ratio(*good) == pytest.approx(1.42, abs=0.005)
    assert odds.odds_ratio_interval(*good) == pytest.approx((0.94, 2.14), abs=0.005)
    assert odds.mantel_haenszel([bad, good]) == pytest.approx(1.470, abs=5e-4)
    assert (odds.odds_ratio(*bad) + odds.odds_ratio(*good)) / 2 == pytest.approx(1.488, abs=5e-4)
    # Shrunk, not gone: both strata together still exclude 1.
    assert odds.mantel_haenszel_interval([bad, good]) == pytest.approx((1.06, 2.04), abs=0.005)


def test_under_good_management_seven_in_ten_are_satisfied() -> None:
    bad, good = danish_tables()
    assert (good[0] + good[2]) / sum(good) == pytest.approx(0.696, abs=5e-4)
    assert (bad[0] + bad[2]) / sum(bad) == pytest.approx(0.489, abs=5e-4)


@given(TABLE)
def test_swapping_columns_inverts_the_odds_ratio_and_turning_the_table_does_not(table) -> None:
    a, b, c, d = table
    ratio = odds.odds_ratio(a, b, c, d)
    assert odds.odds_ratio(b, a, d, c) == pytest.approx(1 / ratio)
    assert odds.odds_ratio(a, c, b, d) == pytest.approx(ratio)
    low, high = odds.odds_ratio_interval(a, b, c, d)
    assert low < ratio < high


def test_an_empty_cell_adds_a_half_to_all_four() -> None:
    assert odds.odds_ratio(10, 0, 5, 5) == pytest.approx(10.5 * 5.5 / (0.5 * 5.5))
    assert odds.odds_ratio(0, 0, 0, 0) == 1


@given(TABLE, st.integers(1, 5))
def test_identical_strata_have_the_odds_ratio_of_one(table, copies) -> None:
    strata = [table] * copies
    assert odds.mantel_haenszel(strata) == pytest.approx(odds.odds_ratio(*table))


@given(TABLE)
def test_one_stratum_has_woolfs_interval(table) -> None:
    assert odds.mantel_haenszel_interval([table]) == pytest.approx(odds.odds_ratio_interval(*table))


@given(st.lists(TABLE, min_size=1, max_size=5))
def test_the_pooled_odds_ratio_lies_among_the_strata(strata) -> None:
    ratios = [odds.odds_ratio(*table) for table in strata]
    pooled = odds.mantel_haenszel(strata)
    assert min(ratios) * (1 - 1e-9) <= pooled <= max(ratios) * (1 + 1e-9)
    low, high = odds.mantel_haenszel_interval(strata)
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
        (lambda: odds.odds_ratio(-1, 1, 1, 1), "a must be at least 0, got -1"),
        (lambda: odds.mantel_haenszel([]), "tables must not be empty"),
        (lambda: odds.mantel_haenszel([(0, 0, 0, 0)]), r"people must be greater .* \(table 1\)"),
        (lambda: odds.mantel_haenszel([(1, 0, 1, 1)]), r"b \* c / n must be greater than 0"),
        (lambda: odds.mantel_haenszel_interval([(0, 1, 1, 1)]), "odds ratio must be greater"),
    ],
)
def test_impossible_tables_are_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
