"""Kano answers, the importance-performance grid and a budget (chapter 4)."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicedesign import datasets, priorities

ATTRIBUTES = [
    "speed", "friendliness", "special_diets", "taste",
    "price_fairness", "ambience", "opening_hours", "dessert_extra",
]  # fmt: skip
COUNTS = st.fixed_dictionaries({c: st.integers(0, 200) for c in priorities.KANO_CATEGORIES})
COLUMN = st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=30)


def survey_items() -> list[dict]:
    rows = datasets.load("survey")
    return [
        {
            "name": name,
            "importance": sum(row["imp_" + name] for row in rows) / len(rows),
            "performance": sum(row["perf_" + name] for row in rows) / len(rows),
        }
        for name in ATTRIBUTES
    ]


def test_the_kano_table_has_the_dossiers_cell_counts() -> None:
    cells = [(f, d) for f in range(1, 6) for d in range(1, 6)]
    assert priorities.kano_counts(cells) == {"A": 3, "O": 1, "M": 3, "I": 9, "R": 7, "Q": 2}


@pytest.mark.parametrize(
    ("functional", "dysfunctional", "category"),
    [(1, 1, "Q"), (1, 5, "O"), (1, 3, "A"), (3, 5, "M"), (5, 1, "R"), (3, 3, "I"), (5, 5, "Q"),
     (2, 1, "R"), (1, 2, "A"), (5, 4, "R"), (4, 5, "M")],
)  # fmt: skip
def test_rows_are_having_and_columns_are_missing(functional, dysfunctional, category) -> None:
    assert priorities.kano_category(functional, dysfunctional) == category


@given(st.integers(1, 5), st.integers(1, 5))
def test_turning_a_feature_into_its_opposite_turns_its_kano_category(f, d) -> None:
    turned_into = {"A": "R", "O": "R", "M": "R", "I": "I", "Q": "Q", "R": "AOM"}
    assert priorities.kano_category(d, f) in turned_into[priorities.kano_category(f, d)]


@pytest.mark.parametrize("answer", [0, 6, 2.5])
def test_kano_answers_off_the_scale_are_refused(answer) -> None:
    with pytest.raises(ValueError, match="functional must be a whole number from 1 to 5"):
        priorities.kano_category(answer, 1)


@given(COUNTS)
def test_better_and_worse_stay_in_their_ranges_and_ignore_reverse_answers(counts) -> None:
    assume(sum(counts[c] for c in "AOMI") > 0)
    better, worse = priorities.kano_coefficients(counts)
    assert 0 <= better <= 1
    assert -1 <= worse <= 0
    assert priorities.kano_coefficients({**counts, "R": 0, "Q": 9}) == (better, worse)


def test_kano_coefficients_are_those_of_the_dossier() -> None:
    counts = {"A": 30, "O": 25, "M": 35, "I": 10}
    assert priorities.kano_coefficients(counts) == pytest.approx((0.55, -0.60))
    assert str(priorities.kano_coefficients({"I": 4})) == "(0.0, 0.0)"


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({"R": 3, "Q": 1}, "answers A, O, M or I must be greater than 0, got 0"),
        ({"A": -1}, r"count must be at least 0, got -1 \(category 'A'\)"),
        ({"X": 1}, "category must be one of M, O, A, I, R, Q, got X"),
    ],
)
def test_counts_without_a_verdict_are_refused(counts, message) -> None:
    with pytest.raises(ValueError, match=message):
        priorities.kano_coefficients(counts)


def test_a_tie_of_categories_is_shown_must_be_first() -> None:
    assert priorities.kano_verdict({"A": 4, "M": 4, "I": 1}) == ["M", "A"]
    assert priorities.kano_verdict({}) == []


def test_the_survey_puts_speed_and_diets_on_top_by_the_means() -> None:
    quadrants = priorities.ipa(survey_items())
    assert {name for name, where in quadrants.items() if where == "concentrate"} == {
        "speed",
        "special_diets",
    }
    assert quadrants["opening_hours"] == "low_priority"
    assert quadrants["ambience"] == quadrants["dessert_extra"] == "overkill"
    assert {quadrants[name] for name in ("taste", "friendliness", "price_fairness")} == {"keep_up"}


def test_the_surveys_means_are_those_of_the_dossier() -> None:
    items = {item["name"]: item for item in survey_items()}
    assert items["speed"]["importance"] == pytest.approx(6.24, abs=0.005)
    assert items["speed"]["performance"] == pytest.approx(4.17, abs=0.005)
    assert items["special_diets"]["importance"] == pytest.approx(5.74, abs=0.005)
    assert items["special_diets"]["performance"] == pytest.approx(4.07, abs=0.005)


def test_other_crosshairs_move_other_items() -> None:
    by_mean = priorities.ipa(survey_items(), "mean")

    def moved(kind: str) -> set[str]:
        quadrants = priorities.ipa(survey_items(), kind)
        return {name for name in ATTRIBUTES if quadrants[name] != by_mean[name]}

    assert moved("median") == {"price_fairness"}
    assert moved("midpoint") == {"speed", "special_diets", "ambience", "opening_hours"}


POINTS = st.lists(st.tuples(st.floats(1, 7), st.floats(1, 7)), min_size=1, max_size=10)


@given(POINTS, st.sampled_from(priorities.CROSSHAIRS))
def test_the_order_of_the_items_moves_no_item(points, kind) -> None:
    items = [{"name": i, "importance": x, "performance": y} for i, (x, y) in enumerate(points)]
    assert priorities.ipa(items[::-1], kind) == priorities.ipa(items, kind)


def test_an_item_on_both_lines_counts_as_high_despite_rounding() -> None:
    values = [0.1 + 0.2, 0.3, 0.3]
    items = [{"name": i, "importance": 1 + x, "performance": 1 + x} for i, x in enumerate(values)]
    assert set(priorities.ipa(items).values()) == {"keep_up"}


def test_importance_and_performance_do_not_change_places() -> None:
    items = [
        {"name": "queue", "importance": 7, "performance": 1},
        {"name": "music", "importance": 1, "performance": 7},
    ]
    assert priorities.ipa(items) == {"queue": "concentrate", "music": "overkill"}


@pytest.mark.parametrize(
    ("items", "kind", "message"),
    [
        ([], "mean", "items must not be empty"),
        ([{"name": 1, "importance": 1, "performance": 1}], "mode", "crosshair must be one of mean"),
        ([{"name": 1, "importance": 1, "performance": 1}] * 2, "mean", "used once, got '1' twice"),
    ],
)
def test_grids_that_cannot_be_drawn_are_refused(items, kind, message) -> None:
    with pytest.raises(ValueError, match=message):
        priorities.ipa(items, kind)


@given(COLUMN, st.data())
def test_a_correlation_survives_units_and_turns_with_a_reversed_scale(x, data) -> None:
    y = data.draw(st.lists(st.floats(-1e3, 1e3), min_size=len(x), max_size=len(x)))
    assume(max(x) - min(x) > 1e-3)
    assume(max(y) - min(y) > 1e-3)
    r = priorities.pearson(x, y)
    assert r is not None
    assert -1 <= r <= 1
    assert priorities.pearson(y, x) == pytest.approx(r, abs=1e-9)
    assert priorities.pearson([2.5 * value + 7 for value in x], y) == pytest.approx(r, abs=1e-6)
    assert priorities.pearson([8 - value for value in x], y) == pytest.approx(-r, abs=1e-6)


@given(COLUMN, st.floats(0.01, 100))
def test_a_column_goes_perfectly_with_itself(x, slope) -> None:
    assume(max(x) - min(x) > 1e-3)
    assert priorities.pearson(x, [slope * value for value in x]) == pytest.approx(1)


def test_nothing_goes_along_with_a_column_that_never_changes() -> None:
    assert priorities.pearson([0.1, 0.1, 0.1], [1, 2, 3]) is None


def test_derived_importance_is_that_of_the_dossier() -> None:
    rows = datasets.load("survey")
    columns = ["perf_ambience", "perf_special_diets"]
    derived = priorities.derived_importance(rows, "sat_1_10", columns)
    assert derived["perf_ambience"] == pytest.approx(0.36, abs=0.005)
    assert derived["perf_special_diets"] == pytest.approx(0.13, abs=0.005)
    interval = priorities.pearson_interval(derived["perf_special_diets"], len(rows))
    assert interval == pytest.approx((-0.03, 0.29), abs=0.005)
    with_diet = [row for row in rows if row["special_diet"]]
    assert len(with_diet) == 31
    among_them = priorities.derived_importance(with_diet, "sat_1_10", columns)
    assert among_them["perf_special_diets"] == pytest.approx(0.38, abs=0.006)
    with Path(__file__).parents[2].joinpath("teacher/frame.csv").open(encoding="utf-8") as file:
        frame = [{c: float(row[c]) for c in [*columns, "sat_1_10"]} for row in csv.DictReader(file)]
    everybody = priorities.derived_importance(frame, "sat_1_10", columns)
    assert everybody["perf_special_diets"] == pytest.approx(0.34, abs=0.005)
    assert everybody["perf_ambience"] == pytest.approx(0.26, abs=0.005)


def test_missing_answers_are_left_out_pair_by_pair() -> None:
    rows = [{"s": 1, "a": 1}, {"s": None, "a": 9}, {"s": 2, "a": None}, {"s": 3, "a": 2}]
    assert priorities.derived_importance(rows, "s", ["a"]) == {"a": pytest.approx(1)}
    assert priorities.derived_importance(rows[:2], "s", ["a"]) == {"a": None}


def test_a_target_does_not_explain_itself() -> None:
    with pytest.raises(ValueError, match="attributes must not hold the target, got 's'"):
        priorities.derived_importance([], "s", ["s"])


@given(st.floats(-0.95, 0.95), st.integers(4, 1000))
def test_a_correlations_interval_holds_it_and_narrows_with_more_pairs(r, n) -> None:
    low, high = priorities.pearson_interval(r, n)
    assert -1 < low < r < high < 1
    narrow = priorities.pearson_interval(r, 4 * n)
    assert narrow[1] - narrow[0] < high - low


ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "weight": st.floats(0, 7),
            "performance": st.floats(1, 7),
            "cost": st.one_of(st.just(0), st.floats(50, 2000)),
        }
    ),
    min_size=1,
    max_size=6,
).map(lambda items: [{"name": str(i), **item} for i, item in enumerate(items)])


@given(ITEMS, st.floats(0, 20_000))
def test_a_budget_is_never_overspent_and_no_scale_is_left(items, budget) -> None:
    plan = priorities.greedy_budget(items, budget)
    assert plan["spent"] <= budget * (1 + 1e-9) + 1e-6
    assert plan["spent"] + plan["left"] == pytest.approx(budget)
    assert all(1 <= value <= 7 + 1e-9 for value in plan["performance"].values())
    cost = math.fsum(item["cost"] * plan["steps"][item["name"]] for item in items)
    assert cost == pytest.approx(plan["spent"], abs=1e-6)


@given(ITEMS, st.floats(0, 20_000))
def test_nothing_useful_that_could_still_be_paid_is_left_unbought(items, budget) -> None:
    plan = priorities.greedy_budget(items, budget)
    for item in items:
        room = plan["performance"][item["name"]] < 7 - 0.1 - 1e-6
        if item["weight"] > 0 and room:
            assert item["cost"] > plan["left"] - 1e-6


def test_without_money_only_what_is_free_is_bought() -> None:
    items = [
        {"name": "smile", "weight": 1, "performance": 6.5, "cost": 0},
        {"name": "till", "weight": 9, "performance": 4, "cost": 100},
    ]
    plan = priorities.greedy_budget(items, 0)
    assert plan["steps"] == {"smile": 5, "till": 0}
    assert plan["performance"]["smile"] == 7


def test_what_the_law_demands_is_bought_before_what_pays() -> None:
    items = [
        {"name": "labels", "weight": 0, "performance": 4, "cost": 100, "required": 3},
        {"name": "till", "weight": 9, "performance": 4, "cost": 100},
    ]
    assert priorities.greedy_budget(items, 500)["steps"] == {"labels": 3, "till": 2}
    with pytest.raises(ValueError, match="budget must reach for what is required, got 299"):
        priorities.greedy_budget(items, 299)


def test_greedy_can_miss_a_better_mix() -> None:
    # 6 per 60 EUR beats 5 per 55 EUR a step, but two of the second fit into 110.
    items = [
        {"name": "a", "weight": 6.6, "performance": 1, "cost": 60},
        {"name": "b", "weight": 5.5, "performance": 1, "cost": 55},
    ]
    plan = priorities.greedy_budget(items, 110)
    assert plan["steps"] == {"a": 1, "b": 0}
    assert plan["gain"] == pytest.approx(0.66)
    assert plan["gain"] < 2 * 5.5 / 10


def test_a_performance_above_the_cap_is_refused() -> None:
    item = {"name": "taste", "weight": 1, "performance": 7.2, "cost": 1}
    with pytest.raises(ValueError, match=r"performance must be at most 7.0, got 7.2 \(item 'taste"):
        priorities.greedy_budget([item], 10)
