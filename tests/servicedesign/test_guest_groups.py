"""The sums that pages ship are those of the tables they stand for."""

import pytest

from servicedesign import datasets, guest_groups, priorities
from servicedesign.live.priorities import ORDER, spend_ten_thousand

SURVEY = datasets.load("survey")
KANO = datasets.load("kano")
CHOSEN = {
    "everybody": lambda _row: True,
    "with_diet": lambda row: row["special_diet"] == 1,
    "without_diet": lambda row: row["special_diet"] == 0,
}


def _rows(group):
    return [row for row in SURVEY if CHOSEN.get(group, lambda row: row["segment"] == group)(row)]


@pytest.mark.parametrize("group", guest_groups.GROUPS)
def test_a_groups_sums_are_those_of_its_rows(group):
    answers, rows = guest_groups.GROUPS[group], _rows(group)
    assert answers["guests"] == len(rows) >= 5
    for kind, prefix in (("importance", "imp_"), ("performance", "perf_")):
        sums = [sum(row[prefix + name] for row in rows) for name in guest_groups.ATTRIBUTES]
        assert answers[kind] == sums
    columns = ["perf_" + name for name in guest_groups.ATTRIBUTES]
    derived = priorities.derived_importance(rows, "sat_1_10", columns)
    assert answers["goes_along"] == [round(derived[column], 4) for column in columns]


@pytest.mark.parametrize("group", guest_groups.GROUPS)
def test_a_groups_kano_counts_are_those_of_its_answers(group):
    guests = {row["customer_id"] for row in _rows(group)}
    for feature, counts in zip(
        guest_groups.FEATURES, guest_groups.GROUPS[group]["kano"], strict=True
    ):
        pairs = [
            (row["functional"], row["dysfunctional"])
            for row in KANO
            if row["feature"] == feature and row["resp_id"] in guests
        ]
        assert counts == list(priorities.kano_counts(pairs).values())


def test_every_group_can_be_chosen_and_every_attribute_has_a_cost():
    assert set(ORDER) == set(guest_groups.GROUPS)
    assert set(guest_groups.COSTS) == set(guest_groups.ATTRIBUTES)
    assert set(guest_groups.FEATURE_OF) < set(guest_groups.ATTRIBUTES)
    assert set(guest_groups.FEATURE_OF.values()) < set(guest_groups.FEATURES)


def test_moving_the_lines_moves_no_point_and_no_money_buys_nothing():
    tables = {
        kind: spend_ten_thousand.frame({"crosshair": kind, "budget": 0})["table"][1]
        for kind in priorities.CROSSHAIRS
    }
    for rows in tables.values():
        assert [row[1:3] for row in rows] == [row[1:3] for row in tables["mean"]]
        assert {row[5] for row in rows} == {"0\u00a0€"}
    moved = {
        kind: [row[0] for row, mean in zip(rows, tables["mean"], strict=True) if row[3] != mean[3]]
        for kind, rows in tables.items()
    }
    assert moved["median"] == ["fair price"]
    assert moved["midpoint"] == ["speed", "diets", "ambience", "hours"]


def test_derived_weights_leave_the_diets_unpaid_and_the_duty_pays_them_first():
    def spent(**raw):
        return {row[0]: row[5] for row in spend_ten_thousand.frame(raw)["table"][1]}

    assert spent(weigh="derived")["diets"] == "0\u00a0€"
    assert spent(weigh="derived", duty=True)["diets"] == "1,200\u00a0€"
    assert spent()["diets"] != "0\u00a0€"


def test_a_duty_that_cannot_be_paid_is_said_in_words():
    frame = spend_ten_thousand.frame({"duty": True, "budget": 1100})
    assert "1,200\u00a0€" in frame["error"]
    assert "1,100\u00a0€" in frame["error"]
