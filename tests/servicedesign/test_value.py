"""The models of chapter 3: limits, invariances, units, and the numbers they are known by."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import datasets, hillasoppi, value
from servicedesign.live.value import three_ways

settled = st.floats(0, 1e6)
prices = st.floats(0.01, 1e6)
utilities = st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8)
noises = st.floats(0.05, 100)
offers = st.lists(
    st.builds(
        dict,
        name=st.sampled_from("abcdefgh"),
        benefit=st.integers(0, 60),
        price=st.integers(1, 60),
        minutes=st.integers(0, 120),
        hassle=st.integers(0, 20),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda offer: offer["name"],
)
SMALL = {"name": "small", "benefit": 30, "price": 10}
LARGE = {"name": "large", "benefit": 60, "price": 30}


def test_ratio_and_difference_rank_the_textbook_pair_in_opposite_ways():
    assert value.rank([SMALL, LARGE], "ratio") == ["small", "large"]
    assert value.rank([SMALL, LARGE], "difference") == ["large", "small"]


def test_the_three_lunches_have_the_values_of_the_chapter():
    expected = {
        "ratio": [1.318, 1.238, 1.132],
        "difference": [4.10, 2.50, 2.10],
        "net": [-4.90, -2.50, 1.10],
    }
    for method, values in expected.items():
        found = [value.value_of(offer, method, 12.0) for offer in hillasoppi.LUNCHES]
        assert found == pytest.approx(values, abs=5e-4)


def test_counting_the_guests_time_turns_the_order_round():
    by_money = value.rank(hillasoppi.LUNCHES, "difference")
    assert value.rank(hillasoppi.LUNCHES, "net", hillasoppi.TIME_VALUE) == by_money[::-1]


def test_the_live_figure_starts_with_the_numbers_of_the_worked_example():
    start = {
        control.name: control.value for control in three_ways.controls if control.name != "offers"
    }
    assert start["time_value"] == hillasoppi.TIME_VALUE
    assert start["mu"] == hillasoppi.CHOICE_NOISE


def test_buffet_and_delivery_tie_at_three_euros_an_hour():
    buffet, _, delivery = (value.value_of(offer, "net", 3.0) for offer in hillasoppi.LUNCHES)
    assert buffet == pytest.approx(delivery)


@given(settled, prices, st.floats(0.01, 100))
def test_a_ratio_has_no_unit(benefit, price, rate):
    changed = value.value_ratio(benefit * rate, price * rate)
    assert changed == pytest.approx(value.value_ratio(benefit, price))


@given(settled, prices, st.floats(0.01, 100))
def test_a_difference_is_in_the_unit_of_its_amounts(benefit, price, rate):
    changed = value.value_difference(benefit * rate, price * rate)
    assert changed == pytest.approx(rate * value.value_difference(benefit, price), abs=1e-3)


@given(settled, settled)
def test_net_value_without_time_or_hassle_is_the_difference(benefit, price):
    assert value.net_value(benefit, price) == value.value_difference(benefit, price)


@given(st.floats(0, 60), st.floats(0, 60), st.floats(0, 40))
def test_sixty_minutes_cost_what_an_hour_is_worth(benefit, price, time_value):
    net = value.net_value(benefit, price, minutes=60, time_value=time_value)
    assert net == pytest.approx(benefit - price - time_value)


@given(offers, st.sampled_from(value.METHODS))
def test_a_rank_holds_every_offer_once_and_best_first(some, method):
    order = value.rank(some, method)
    assert sorted(order) == sorted(offer["name"] for offer in some)
    by_name = {offer["name"]: value.value_of(offer, method) for offer in some}
    values = [by_name[name] for name in order]
    assert all(a >= b - 1e-9 for a, b in itertools.pairwise(values))


@given(offers, st.sampled_from(value.METHODS))
def test_the_order_in_which_offers_are_given_does_not_matter(some, method):
    assert value.rank(some[::-1], method) == value.rank(some, method)


def test_ties_go_by_name_even_where_floating_point_sees_a_difference():
    # 0.3 - 0.1 is not 0.2 in a computer.
    tied = [{"name": "b", "benefit": 0.3, "price": 0.1}, {"name": "a", "benefit": 0.2, "price": 0}]
    assert value.rank(tied, "difference") == ["a", "b"]
    assert value.rank([], "net") == []


def test_ranking_changes_no_offer():
    before = [dict(offer) for offer in hillasoppi.LUNCHES]
    value.rank(hillasoppi.LUNCHES, "net")
    assert before == hillasoppi.LUNCHES


def test_the_shares_of_two_one_and_zero_are_those_of_the_literature():
    assert value.choice_shares([2, 1, 0]) == pytest.approx([0.6652, 0.2447, 0.0900], abs=5e-5)


@given(utilities, noises)
def test_shares_are_shares(some, mu):
    shares = value.choice_shares(some, mu)
    assert sum(shares) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares)


@given(utilities, noises, st.floats(-1e4, 1e4))
def test_a_constant_added_to_every_utility_changes_no_share(some, mu, constant):
    moved = value.choice_shares([utility + constant for utility in some], mu)
    assert moved == pytest.approx(value.choice_shares(some, mu), abs=1e-6)


@given(utilities, noises, st.floats(0.01, 100))
def test_shares_do_not_depend_on_the_currency(some, mu, rate):
    converted = value.choice_shares([utility * rate for utility in some], mu * rate)
    assert converted == pytest.approx(value.choice_shares(some, mu), abs=1e-6)


@given(st.integers(1, 9), st.floats(-100, 100), noises)
def test_equal_offers_get_equal_shares(number, utility, mu):
    assert value.choice_shares([utility] * number, mu) == pytest.approx([1 / number] * number)


def test_with_hardly_any_noise_the_best_offer_takes_all_and_with_much_nobody_leads():
    assert value.choice_shares([1.0, 1.1, 0.9], 1e-6) == pytest.approx([0, 1, 0])
    assert value.choice_shares([1.0, 1.1, 0.9], 1e9) == pytest.approx([1 / 3] * 3)


def test_large_utilities_do_not_overflow():
    assert value.choice_shares([1000, 999, -1000]) == pytest.approx(
        [1 / (1 + math.exp(-1)), math.exp(-1) / (1 + math.exp(-1)), 0]
    )


@given(utilities, noises)
def test_a_twin_takes_from_all_in_proportion(some, mu):
    before = value.choice_shares(some, mu)
    after = value.choice_shares([*some, some[0]], mu)
    left = 1 - after[-1]
    assert after[:-1] == pytest.approx([share * left for share in before], abs=1e-9)


def test_the_two_promises_are_covered_as_the_chapter_says():
    slogan = value.promise_fit(hillasoppi.LUNCH_PROFILE, hillasoppi.SLOGAN_PROMISE)
    assert slogan["coverage"] == {"job": 0.0, "pain": 0.0, "gain": 1.0}
    assert slogan["orphans"] == ["more than perfect", "cloudberry biscuit"]
    assert slogan["uncovered"] == [
        "eat within the break",
        "the line at noon",
        "not knowing what is safe to eat",
    ]
    tested = value.promise_fit(hillasoppi.LUNCH_PROFILE, hillasoppi.TESTED_PROMISE)
    assert tested["coverage"] == {"job": 0.5, "pain": 1.0, "gain": pytest.approx(2 / 3)}
    assert (tested["uncovered"], tested["orphans"]) == ([], [])


def _item(name, importance, kind="job"):
    return {"name": name, "kind": kind, "importance": importance}


def test_coverage_is_weighted_by_importance():
    profile = [_item("much", 5), _item("little", 1)]
    fit = value.promise_fit(profile, [{"feature": "f", "addresses": ["much"]}])
    assert fit["coverage"]["job"] == pytest.approx(5 / 6)


def test_an_item_addressed_twice_counts_once():
    profile = [_item("a", 2), _item("b", 3)]
    twice = [{"feature": "f", "addresses": ["a", "a"]}, {"feature": "g", "addresses": ["a"]}]
    assert value.promise_fit(profile, twice)["coverage"]["job"] == pytest.approx(2 / 5)


def test_a_kind_without_items_has_no_coverage():
    fit = value.promise_fit([_item("a", 2)], [])
    assert fit["coverage"] == {"job": 0.0, "pain": None, "gain": None}


def test_the_most_important_gaps_come_first_and_ties_go_by_name():
    profile = [_item("z", 4), _item("y", 5), _item("a", 4), _item("x", 3)]
    assert value.promise_fit(profile, [])["uncovered"] == ["y", "a", "z"]
    assert value.promise_fit(profile, [], threshold=5)["uncovered"] == ["y"]


def test_more_promises_never_cover_less():
    parts = hillasoppi.TESTED_PROMISE
    last = {"job": 0.0, "pain": 0.0, "gain": 0.0}
    for number in range(len(parts) + 1):
        now = value.promise_fit(hillasoppi.LUNCH_PROFILE, parts[:number])["coverage"]
        assert all(now[kind] >= last[kind] for kind in value.KINDS)
        last = now


@pytest.fixture(scope="session")
def rows():
    return datasets.load("mode_choice")


def test_the_log_likelihoods_are_those_published(rows):
    assert value.log_likelihood({}, rows) == pytest.approx(-291.12182, abs=1e-4)
    assert value.log_likelihood({}, rows) == pytest.approx(-210 * math.log(4))
    assert value.log_likelihood(value.PUBLISHED, rows) == pytest.approx(-199.128, abs=1e-3)


@pytest.mark.parametrize("beta", [value.PUBLISHED, value.SEPARATE], ids=["published", "separate"])
def test_no_step_away_from_a_fitted_model_predicts_better(rows, beta):
    best = value.log_likelihood(beta, rows)
    for name, coefficient in beta.items():
        for factor in (0.97, 1.03):
            moved = {**beta, name: coefficient * factor}
            assert value.log_likelihood(moved, rows) < best, name


def test_money_and_minutes_apart_predict_better_and_weigh_waiting_less(rows):
    assert value.log_likelihood(value.SEPARATE, rows) == pytest.approx(-191.674, abs=1e-3)
    assert value.SEPARATE["ttme"] / value.SEPARATE["invt"] == pytest.approx(23.4, abs=0.05)


def test_the_order_of_rows_does_not_matter(rows):
    shuffled = sorted(rows, key=lambda row: (row["mode"], row["individual"]))
    expected = value.log_likelihood(value.PUBLISHED, rows)
    assert value.log_likelihood(value.PUBLISHED, shuffled) == pytest.approx(expected)


def test_a_hopeless_prediction_stays_finite():
    pair = [
        {"individual": 1, "mode": 1, "choice": 1, "gc": 1e5, "ttme": 0, "hinc": 0},
        {"individual": 1, "mode": 4, "choice": 0, "gc": 0, "ttme": 0, "hinc": 0},
    ]
    assert value.log_likelihood({"gc": -1.0}, pair) == pytest.approx(-1e5)


TWO = {"individual": 7, "mode": 1, "choice": 1, "gc": 1, "ttme": 1, "hinc": 1}


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        (lambda: value.value_ratio(5, 0), ["price", "greater than 0", "got 0"]),
        (lambda: value.value_ratio(-5, 1), ["benefit", "at least 0", "got -5"]),
        (lambda: value.value_difference(5, -1), ["price", "at least 0", "got -1"]),
        (lambda: value.value_difference(math.nan, 1), ["benefit", "got nan"]),
        (lambda: value.net_value(5, 1, minutes=-1), ["minutes", "got -1"]),
        (lambda: value.net_value(5, 1, hassle=math.inf), ["hassle", "got inf"]),
        (lambda: value.net_value(5, 1, time_value=-2), ["time_value", "got -2"]),
        (lambda: value.rank([SMALL], "best"), ["ratio, difference, net", "got best"]),
        (lambda: value.rank([SMALL, SMALL], "net"), ["its own name", "'small' twice"]),
        (lambda: value.rank([dict(SMALL, price=0)], "ratio"), ["got 0", "offer 'small'"]),
        (lambda: value.rank([{"name": "x", "price": 1}], "net"), ["'benefit'"]),
        (lambda: value.choice_shares([]), ["at least one"]),
        (lambda: value.choice_shares([1, math.inf]), ["finite", "got inf"]),
        (lambda: value.choice_shares([1], 0), ["mu", "greater than 0", "got 0"]),
        (lambda: value.promise_fit([_item("a", 6)], []), ["from 1 to 5, got 6", "item 'a'"]),
        (lambda: value.promise_fit([_item("a", 1, "wish")], []), ["job, pain, gain", "wish"]),
        (lambda: value.promise_fit([_item("a", 1)] * 2, []), ["'a' twice"]),
        (lambda: value.promise_fit([], [], threshold=0), ["threshold", "got 0"]),
        (
            lambda: value.promise_fit([], [{"feature": "f", "addresses": ["b"]}]),
            ["got 'b'", "feature 'f'"],
        ),
        (lambda: value.log_likelihood({}, []), ["at least one traveller"]),
        (lambda: value.log_likelihood({"cost": 1}, [TWO]), ["gc, invc", "got 'cost'"]),
        (lambda: value.log_likelihood({}, [TWO, TWO]), ["exactly one", "got 2", "individual 7"]),
        (lambda: value.log_likelihood({}, [dict(TWO, mode=5)]), ["1, 2, 3 or 4", "got 5"]),
    ],
)
def test_an_impossible_input_is_named_with_its_value_and_what_is_allowed(call, parts):
    with pytest.raises(ValueError, match=r".") as caught:
        call()
    for part in parts:
        assert part in str(caught.value)
