"""Sample sizes, break-even effects and one year by dice (chapter 10)."""

import math
from itertools import pairwise
from statistics import NormalDist

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicedesign import datasets, deciding, means
from servicedesign.expectations import acsi_index
from servicedesign.hillasoppi import ONE_YEAR, WIDE_BELIEFS

MIX = {"till": 4000, "desk": 7000, "jobs": 4000, "gesture": 2000}
NOTHING = dict.fromkeys(deciding.BELIEFS, 0.0)
SHARES = st.floats(0.02, 0.98)


def collapsed(beliefs=WIDE_BELIEFS):
    return {name: ((low + high) / 2,) * 2 for name, (low, high) in beliefs.items()}


# --- How many people


@pytest.mark.parametrize("share", [1e-6, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999])
def test_a_quantile_is_that_of_the_standard_library(share):
    assert deciding.normal_quantile(share) == pytest.approx(NormalDist().inv_cdf(share), abs=1e-9)


def test_half_a_standard_deviation_needs_sixty_three_in_each_group():
    assert deciding.sample_size_two_means(1, 0.5) == 63


def test_thirty_against_thirty_six_per_cent_needs_961_in_each_group_with_variances_of_their_own():
    assert deciding.sample_size_two_props(0.30, 0.36) == 961


@given(SHARES, SHARES)
def test_shares_may_change_places_and_may_be_counted_the_other_way_round(p, q):
    assume(abs(p - q) > 0.01)
    people = deciding.sample_size_two_props(p, q)
    assert people == deciding.sample_size_two_props(q, p)
    assert abs(people - deciding.sample_size_two_props(1 - p, 1 - q)) <= 1


@given(st.floats(0.1, 50), st.floats(0.05, 5), st.sampled_from([0.5, 0.8, 0.9]))
def test_half_the_difference_needs_four_times_the_people(sd, delta, power):
    people = deciding.sample_size_two_means(sd, delta, power)
    assert abs(4 * people - deciding.sample_size_two_means(sd, delta / 2, power)) <= 4
    assert people == deciding.sample_size_two_means(sd * 3, delta * 3, power)
    assert people == deciding.sample_size_two_means(sd, -delta, power)


def test_more_power_and_a_stricter_test_need_more_people():
    sizes = [deciding.sample_size_two_means(2, 1, power) for power in (0.5, 0.8, 0.9, 0.99)]
    assert sizes == sorted(set(sizes))
    sizes = [deciding.sample_size_two_props(0.2, 0.3, 0.8, a) for a in (0.2, 0.1, 0.05, 0.01)]
    assert sizes == sorted(set(sizes))


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: deciding.sample_size_two_means(1, 0), "delta"),
        (lambda: deciding.sample_size_two_means(0, 1), "sd"),
        (lambda: deciding.sample_size_two_means(1, math.nan), "delta"),
        (lambda: deciding.sample_size_two_means(1, 1, 1), "power"),
        (lambda: deciding.sample_size_two_means(1, 1, 0.8, 0), "alpha"),
        (lambda: deciding.sample_size_two_means(1, 1, 0.02, 0.05), "power"),
        (lambda: deciding.sample_size_two_props(0.3, 0.3), "p2"),
        (lambda: deciding.sample_size_two_props(0, 0.3), "p1"),
        (lambda: deciding.sample_size_two_props(0.3, 1), "p2"),
    ],
)
def test_what_no_number_of_people_could_show_is_refused(call, named):
    with pytest.raises(ValueError, match=named):
        call()


# --- What must come of it

CURVE = [1.0, 0.75, 0.6, 0.5, 0.45]


def worth(survival, margin, rate):
    return margin * sum(share / (1 + rate) ** year for year, share in enumerate(survival))


@given(st.floats(10, 20000), st.integers(1, 2000), st.floats(5, 400), st.floats(0, 0.3))
def test_at_the_break_even_effect_the_cost_comes_back_and_just_so(cost, guests, margin, rate):
    effect = deciding.break_even_effect(cost, guests, margin, CURVE, rate)
    most = guests * (worth([1.0] * 5, margin, rate) - worth(CURVE, margin, rate))
    if effect is None:
        assert most < cost
        return
    kept = [1.0]
    for before, after in pairwise(CURVE):
        kept.append(kept[-1] * (1 - (1 - effect) * (1 - after / before)))
    added = guests * (worth(kept, margin, rate) - worth(CURVE, margin, rate))
    assert added == pytest.approx(cost, rel=1e-6)


def test_what_costs_nothing_need_bring_nothing():
    assert deciding.break_even_effect(0, 100, 50, CURVE, 0.1) == 0


def test_where_keeping_everybody_is_not_enough_no_effect_is_named():
    assert deciding.break_even_effect(10**7, 100, 50, CURVE, 0.1) is None
    assert deciding.break_even_effect(1, 100, 50, [1, 1, 1], 0.1) is None


def test_a_dearer_idea_must_do_more():
    effects = [deciding.break_even_effect(c, 300, 100, CURVE, 0.1) for c in (1e3, 1e4, 3e4)]
    assert effects == sorted(set(effects))


@pytest.mark.parametrize(
    ("survival", "named"),
    [([], "survival"), ([0.9, 0.5], "begin"), ([1, 0.5, 0.6], "year 2"), ([1, -0.1], "survival")],
)
def test_a_curve_that_is_none_is_refused(survival, named):
    with pytest.raises(ValueError, match=named):
        deciding.break_even_effect(100, 10, 10, survival, 0.1)


def test_a_cohort_that_is_gone_stays_gone_unless_it_is_kept():
    effect = deciding.break_even_effect(50, 10, 10, [1, 0.5, 0, 0], 0)
    # Half of the cost is 5 EUR a customer: 5 e + 5 e (1 + e) + 5 e (1 + e) e = 5.
    assert effect * (1 + (1 + effect) ** 2) == pytest.approx(1)


# --- One year


def test_the_case_is_what_its_tables_say():
    rows = datasets.load("lunch_card")
    in_use = [row for row in rows if row["year"] == 2025]
    before = sum(row["active"] for row in rows if row["year"] == 2024)
    stayed = sum(row["active"] for row in in_use if row["cohort"] < 2025)
    assert ONE_YEAR["guests"] == sum(row["active"] for row in in_use)
    assert ONE_YEAR["retention"] == stayed / before
    survey = datasets.load("survey")
    for name in deciding.ATTRIBUTES:
        for column, known in (("perf_", "marks"), ("imp_", "importance")):
            answers = [row[column + name] for row in survey if row[column + name] is not None]
            assert ONE_YEAR[known][name] == round(means.mean(answers), 2), column + name


def test_nothing_spent_is_the_year_as_it_was():
    year = deciding.one_year({}, dict.fromkeys(deciding.BELIEFS, 1.0))
    assert year["gain"] == 0
    assert year["retention"] == ONE_YEAR["retention"]
    assert year["energy"] == 0
    many = deciding.simulate_decision({}, WIDE_BELIEFS, 4, 50)
    assert set(many["gain"]) == {0}
    assert set(many["retained"]) == {ONE_YEAR["guests"] * ONE_YEAR["retention"]}


def test_the_index_is_that_of_chapter_seven():
    year = deciding.one_year({}, NOTHING)
    marks = [1 + (ONE_YEAR["marks"][name] - 1) * 9 / 6 for name in deciding.ATTRIBUTES]
    weights = [ONE_YEAR["importance"][name] for name in deciding.ATTRIBUTES]
    assert year["index"] == pytest.approx(acsi_index(marks, weights), abs=1e-9)


def test_money_that_nobody_believes_in_is_lost_to_the_last_euro():
    assert deciding.one_year(MIX, NOTHING)["gain"] == -17000


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 4))
def test_more_till_never_lengthens_the_wait(one, other, seed):
    less, more = sorted((500.0 * one, 500.0 * other))
    assert deciding.mean_wait(more, seed) <= deciding.mean_wait(less, seed) + 1e-12


def test_a_third_till_all_day_is_worth_more_than_none_and_more_money_changes_nothing():
    assert deciding.mean_wait(13020) < 0.2 * deciding.mean_wait(0)
    assert deciding.mean_wait(13020) == deciding.mean_wait(20000)


def test_ranges_that_are_points_leave_no_chance():
    found = deciding.simulate_decision(MIX, collapsed(), 7, 40)
    (only,) = set(found["gain"])
    point = {name: low for name, (low, _high) in collapsed().items()}
    assert only == deciding.one_year(MIX, point, 7)["gain"]
    assert found["low_gain"] == found["high_gain"] == only
    assert set(deciding.value_of_testing(MIX, collapsed(), 7, 40).values()) == {0}


def test_ranges_around_nothing_bring_back_nothing_but_the_cost():
    around = {name: (-half, half) for name, (_low, half) in WIDE_BELIEFS.items()}
    found = deciding.simulate_decision(MIX, around, 1, 2000)
    assert found["mean_gain"] == pytest.approx(-17000, rel=0.1)  # staying bends down at its top
    assert max(found["gain"]) > 0
    narrow = {name: (low / 5, high / 5) for name, (low, high) in around.items()}
    assert deciding.simulate_decision(MIX, narrow, 1, 2000)["mean_gain"] == pytest.approx(
        -17000, rel=0.01
    )


def test_the_same_seed_is_the_same_year_and_another_seed_is_another():
    first = deciding.simulate_decision(MIX, WIDE_BELIEFS, 3, 60)
    between = deciding.simulate_decision(MIX, WIDE_BELIEFS, 4, 60)
    assert deciding.simulate_decision(MIX, WIDE_BELIEFS, 3, 60) == first
    assert between["gain"] != first["gain"]


def test_a_narrower_belief_leaves_the_throws_of_the_others_as_they_were():
    narrow = {**WIDE_BELIEFS, "diets": (0.4, 0.6)}
    before = deciding.simulate_decision(MIX, WIDE_BELIEFS, 3, 60)["drawn"]
    after = deciding.simulate_decision(MIX, narrow, 3, 60)["drawn"]
    assert [name for name in before if before[name] != after[name]] == ["diets"]


def test_a_lever_that_is_left_alone_makes_its_belief_worth_nothing():
    spend = {"desk": 7000}
    swings = {
        row["belief"]: row["high"] - row["low"] for row in deciding.tornado(spend, WIDE_BELIEFS)
    }
    worth_of = deciding.value_of_testing(spend, WIDE_BELIEFS, 1, 300)
    assert {name for name, swing in swings.items() if swing} == {"diets", "staying"}
    assert {name for name, euros in worth_of.items() if euros} <= {"diets", "staying"}


def test_the_widest_bar_of_a_tornado_stands_first_and_its_ends_are_years():
    rows = deciding.tornado(MIX, WIDE_BELIEFS)
    widths = [abs(row["high"] - row["low"]) for row in rows]
    assert widths == sorted(widths, reverse=True)
    middle = {name: low for name, (low, _high) in collapsed().items()}
    for row in rows:
        ends = WIDE_BELIEFS[row["belief"]]
        for end, gain in zip(ends, (row["low"], row["high"]), strict=True):
            assert deciding.one_year(MIX, {**middle, row["belief"]: end})["gain"] == gain


def test_knowing_is_worth_most_where_the_decision_hangs_on_it():
    sure = {**WIDE_BELIEFS, "diets": (3.0, 3.4), "staying": (2.0, 2.2), "speed": (1.0, 1.1)}
    assert max(deciding.value_of_testing({"desk": 7000}, sure, 1, 300).values()) == 0
    torn = {**WIDE_BELIEFS, "diets": (0.0, 2.0), "staying": (1.0, 1.0)}
    worth_of = deciding.value_of_testing({"desk": 7000}, torn, 1, 1000)
    gains = deciding.simulate_decision({"desk": 7000}, torn, 1, 1000)["gain"]
    known = sum(max(0.0, gain) for gain in gains) / 1000  # one belief is all that varies here
    assert worth_of["diets"] == pytest.approx(known - max(0, sum(gains) / 1000), rel=0.1)


def test_a_dearer_lunch_pays_if_nobody_minds_and_costs_if_they_do():
    calm = {**NOTHING}
    assert deciding.one_year({"price": 5}, calm)["gain"] > 0
    assert (
        deciding.one_year({"price": 5}, {**calm, "visits": 3.0, "fairness": 0.5, "staying": 1.0})[
            "gain"
        ]
        < 0
    )
    assert deciding.one_year({"price": -5}, calm)["gain"] < 0


@given(
    st.sampled_from(["speed", "diets", "friendliness", "staying"]), st.floats(0, 1), st.floats(0, 1)
)
def test_believing_more_in_what_helps_never_makes_the_year_worse(name, one, other):
    low, high = sorted((one, other))
    point = {**NOTHING, "speed": 0.5, "diets": 1.0, "resources": 1.0, "friendliness": 0.5,
             "staying": 1.0}  # fmt: skip
    worse, better = (
        deciding.one_year(MIX, {**point, name: value})["gain"] for value in (low, high)
    )
    assert better >= worse - 1e-9


@pytest.mark.parametrize(
    ("spend", "named"),
    [
        ({"till": 12000, "desk": 8001}, "all levers together"),
        ({"till": -1}, "till"),
        ({"price": 11}, "price"),
        ({"price": -10.5}, "price"),
        ({"robots": 5}, "robots"),
        ({"desk": math.nan}, "desk"),
    ],
)
def test_a_plan_beyond_its_means_is_refused(spend, named):
    with pytest.raises(ValueError, match=named):
        deciding.simulate_decision(spend, WIDE_BELIEFS, 1, 5)


def test_the_whole_budget_may_be_spent():
    deciding.one_year({"till": 12000, "desk": 8000}, NOTHING)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"diets": (2, 1)}, "low end first"),
        ({"diets": (1,)}, "pair"),
        ({"luck": (0, 1)}, "luck"),
        ({"diets": (0, math.inf)}, "diets"),
    ],
)
def test_a_belief_that_is_no_range_is_refused(change, named):
    with pytest.raises(ValueError, match=named):
        deciding.simulate_decision(MIX, {**WIDE_BELIEFS, **change}, 1, 5)
    with pytest.raises(ValueError, match="no staying"):
        deciding.tornado(MIX, {k: v for k, v in WIDE_BELIEFS.items() if k != "staying"})
