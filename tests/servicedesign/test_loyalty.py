"""Who stays, and what they are worth: published fits, the case, and a customer's value."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicedesign import datasets, listening, loyalty, nelder_mead, retention, retention_ridge

REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
CARDS = retention.cohorts(datasets.load("lunch_card"))
COUNTS = {each["cohort"]: each["counts"] for each in CARDS}
parameters = st.floats(0.1, 10.0)
margins = st.floats(1, 500)


def loglik(survivors, alpha, beta):
    lost = [before - after for before, after in itertools.pairwise(survivors)]
    return retention.sbg_loglik(alpha, beta, lost, survivors[-1])


# --- The published fits


@pytest.mark.parametrize(
    ("survivors", "alpha", "beta", "after_7", "after_12"),
    [(REGULAR, 0.704, 1.182, 0.239, 0.170), (HIGH_END, 0.668, 3.806, 0.489, 0.378)],
)
def test_the_published_cohorts_give_the_published_parameters(
    survivors, alpha, beta, after_7, after_12
):
    fit = retention.sbg_fit(survivors)
    assert fit == pytest.approx((alpha, beta), abs=0.001)
    survival = retention.sbg_survival(*fit, 12)
    assert (survival[7], survival[12]) == pytest.approx((after_7, after_12), abs=0.0005)


def test_the_likelihood_at_the_published_fit_is_that_of_the_paper():
    assert loglik(REGULAR, 0.704, 1.182) / 1000 == pytest.approx(-1.6803, abs=5e-5)


def test_a_constant_rate_through_the_seventh_year_falls_far_below_at_the_twelfth():
    rate = 0.491 ** (1 / 7)
    assert rate == pytest.approx(0.903, abs=0.0005)
    assert retention.constant_survival(rate, 12)[12] == pytest.approx(0.295, abs=0.0005)


def test_whoever_forgets_the_size_of_the_cohort_gets_other_numbers_without_complaint():
    assert retention.sbg_fit(REGULAR[1:]) == pytest.approx((0.614, 1.750), abs=0.001)
    assert retention.sbg_fit(HIGH_END[1:]) == pytest.approx((0.434, 2.459), abs=0.001)


def test_leaving_out_those_who_remain_sends_the_parameters_astray():
    lost = [before - after for before, after in itertools.pairwise(REGULAR)]

    def height(place):
        if max(abs(each) for each in place) > 20:
            return 1e300
        return -retention.sbg_loglik(math.exp(place[0]), math.exp(place[1]), lost, 0)

    place, _height = nelder_mead.minimise(height, [0.0, 0.0])
    assert abs(math.exp(place[0]) - 0.704) > 0.3


# --- The case


@pytest.mark.parametrize(
    ("year", "alpha", "beta"),
    [(2018, 1.17, 2.59), (2019, 1.76, 4.90), (2020, 0.97, 2.46), (2021, 3.43, 12.33),
     (2022, 3.70, 3.62)],
)  # fmt: skip
def test_each_cohort_of_lunch_cards_has_its_fit(year, alpha, beta):
    assert retention.sbg_fit(COUNTS[year]) == pytest.approx((alpha, beta), abs=0.006)


def test_one_cohort_was_bought_and_it_alone_loses_half_in_its_first_year():
    bought = [each for each in CARDS if each["origin"] == "bought"]
    assert [(each["cohort"], each["counts"]) for each in bought] == [(2022, [540, 266, 150, 89])]
    assert retention.retention_rates(COUNTS[2022]) == pytest.approx([0.493, 0.564, 0.593], abs=5e-4)
    first = [
        retention.retention_rates(each["counts"])[0]
        for each in CARDS
        if each["origin"] == "earned" and len(each["counts"]) > 1
    ]
    assert min(first) > 0.68
    assert max(first) < 0.79


def test_a_young_cohort_pins_retention_and_not_alpha():
    found = retention_ridge.sbg_interval(COUNTS[2022])
    low, high = found["alpha"]
    assert low < 2.1
    assert high > 15
    assert found["stay"] == pytest.approx((0.453, 0.535), abs=0.002)
    assert retention_ridge.sbg_interval(COUNTS[2021])["alpha"][1] is None
    assert retention_ridge.sbg_interval(COUNTS[2021])["stay"][1] < 0.83


def test_the_ridge_holds_the_fit_and_nothing_far_below_it():
    for year in (2018, 2022):
        alpha, beta = retention.sbg_fit(COUNTS[year])
        top = loglik(COUNTS[year], alpha, beta)
        region = retention_ridge.sbg_region(COUNTS[year])
        unlike = 1 / (1 + alpha + beta)
        assert region[0][0] < unlike < region[-1][0]
        for each, low, high in region:
            assert low <= high
            for stay in (low, high):
                assert loglik(COUNTS[year], *retention.sbg_from(stay, each)) >= top - 1.9201
            for stay in (low - 0.005, high + 0.005):
                assert loglik(COUNTS[year], *retention.sbg_from(stay, each)) < top - 1.92


def test_cohorts_together_are_read_by_the_years_that_each_has_reached():
    assert retention.pooled_survival([[100, 50, 30], [300, 270]]) == pytest.approx([1, 0.8, 0.48])
    earned = [each["counts"] for each in CARDS if each["origin"] == "earned"]
    assert retention.pooled_survival(earned)[:3] == pytest.approx([1, 0.731, 0.562], abs=5e-4)


# --- The model


@given(parameters, parameters)
def test_retention_rises_though_nobody_changes(alpha, beta):
    rates = [retention.sbg_retention(alpha, beta, period) for period in range(1, 20)]
    assert rates == sorted(rates)
    survival = retention.sbg_survival(alpha, beta, 19)
    assert retention.retention_rates(survival) == pytest.approx(rates)


@given(st.floats(0.05, 0.95))
def test_customers_who_are_all_alike_leave_at_a_constant_rate(stay):
    alpha, beta = retention.sbg_from(stay, 1e-9)
    expected = retention.constant_survival(stay, 10)
    assert retention.sbg_survival(alpha, beta, 10) == pytest.approx(expected, abs=1e-6)


@given(st.floats(0.05, 0.95), st.floats(0.01, 0.9))
def test_stay_is_the_retention_of_the_first_period(stay, unlike):
    assert retention.sbg_retention(*retention.sbg_from(stay, unlike), 1) == pytest.approx(stay)


@settings(max_examples=15)
@given(st.floats(0.4, 4.0), st.floats(0.4, 4.0))
def test_the_fit_finds_what_a_large_cohort_was_made_with(alpha, beta):
    survival = retention.sbg_survival(alpha, beta, 9)
    counts = [round(10_000_000 * share) for share in survival]
    assert retention.sbg_fit(counts) == pytest.approx((alpha, beta), rel=0.005)


@given(parameters, parameters, st.lists(st.integers(0, 50), min_size=1, max_size=6))
def test_the_likelihood_is_that_of_each_customer_by_himself(alpha, beta, lost):
    survival = retention.sbg_survival(alpha, beta, len(lost))
    by_hand = 5 * math.log(survival[-1])
    for period, gone in enumerate(lost):
        by_hand += gone * math.log(survival[period] - survival[period + 1])
    assert retention.sbg_loglik(alpha, beta, lost, 5) == pytest.approx(by_hand, rel=1e-9, abs=1e-9)


# --- What a customer is worth


@pytest.mark.parametrize(("first", "low", "high"), [("later", 214.3, 266.7), ("now", 314.3, 366.7)])
def test_five_points_of_retention_are_worth_as_much_by_both_conventions(first, low, high):
    values = [loyalty.clv_for_ever(100, stay, 0.1, first) for stay in (0.75, 0.80)]
    assert values == pytest.approx([low, high], abs=0.05)
    assert 30 < values[1] - values[0] < 60
    assert values[1] - values[0] == pytest.approx(52.4, abs=0.05)


@given(margins, st.floats(0, 0.9), st.floats(0, 0.3), st.sampled_from(loyalty.FIRST))
def test_a_constant_rate_summed_far_enough_is_the_closed_form(margin, stay, rate, first):
    survival = retention.constant_survival(stay, 600)
    assert loyalty.clv(margin, survival, rate, first) == pytest.approx(
        loyalty.clv_for_ever(margin, stay, rate, first), rel=1e-9, abs=1e-9
    )


@given(margins, parameters, parameters, st.floats(0, 0.3))
def test_now_is_later_and_one_margin_more(margin, alpha, beta, rate):
    survival = retention.sbg_survival(alpha, beta, 8)
    later = loyalty.clv(margin, survival, rate, "later")
    assert loyalty.clv(margin, survival, rate, "now") == pytest.approx(later + margin)


def test_the_first_margin_now_is_not_discounted():
    assert loyalty.clv(50, [1.0], 0.25) == 50
    assert loyalty.clv(50, [1.0, 0.5], 0.25) == 50 + 50 * 0.5 / 1.25
    assert loyalty.clv(50, [1.0, 0.5], 0.0, "later") == 25


@given(parameters, parameters, st.floats(0, 1))
def test_sparing_churn_keeps_more_and_never_all_that_were_there(alpha, beta, cut):
    survival = retention.sbg_survival(alpha, beta, 8)
    kept = retention.with_less_churn(survival, cut)
    assert all(
        0 <= before - 1e-12 <= after <= 1 for before, after in zip(survival, kept, strict=True)
    )
    assert retention.with_less_churn(survival, 0) == pytest.approx(survival)
    assert retention.with_less_churn(survival, 1) == [1.0] * 9


@given(st.floats(20, 200), parameters, parameters, st.floats(0, 0.2), st.floats(0.1, 19))
def test_the_effect_that_pays_is_the_least_that_does(margin, alpha, beta, rate, spend):
    survival = retention.sbg_survival(alpha, beta, 8)
    without = loyalty.cohort_value(margin, survival, rate)

    def gain(cut):
        kept = retention.with_less_churn(survival, cut)
        return loyalty.cohort_value(margin, kept, rate, 0.0, spend) - without

    cut = loyalty.effect_that_pays(margin, survival, rate, spend)
    if cut is None:
        assert gain(1.0) < 0
    else:
        assert gain(cut) >= 0
        assert cut == 0 or gain(cut - 1e-6) < 0


def test_what_it_took_to_win_a_customer_is_taken_off_once():
    assert loyalty.cohort_value(100, [1.0, 0.5], 0.0, given=30, spend=10) == 90 * 1.5 - 30
    assert loyalty.effect_that_pays(100, [1.0, 0.5], 0.0, 0) == 0
    assert loyalty.effect_that_pays(100, [1.0, 0.5], 0.0, 60) is None


@pytest.mark.parametrize(("promoters", "detractors", "needed"), [(0.5, 0.2, 235), (0.4, 0.3, 266)])
def test_ten_points_of_promoters_need_hundreds_of_answers(promoters, detractors, needed):
    assert loyalty.answers_needed(promoters, detractors, 10) == needed


def test_the_score_of_the_example_and_of_the_case_has_its_error():
    example = listening.nps([9] * 60 + [7] * 40 + [3] * 20)
    assert (example["nps"], example["se"]) == pytest.approx((100 / 3, 6.80), abs=0.005)
    case = listening.nps([row["nps_0_10"] for row in datasets.load("survey")])
    assert (case["nps"], case["se"]) == pytest.approx((9.8, 5.8), abs=0.05)


# --- What is refused


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: retention.sbg_fit([]), "at least 3 entries"),
        (lambda: retention.sbg_fit([100, 60]), "at least 3 entries"),
        (lambda: retention.sbg_fit([100, 60, 70]), "must never rise, got 70 after 60"),
        (lambda: retention.sbg_fit([1, 0.631, 0.468]), "survivors must be a whole number"),
        (lambda: retention.sbg_fit([100, 60, -1]), "survivors must be at least 0"),
        (lambda: retention.sbg_fit([100, 100, 100]), "somebody must have left"),
        (lambda: retention.sbg_fit([100, 0, 0]), "somebody must have stayed"),
        (lambda: retention.sbg_fit([0, 0, 0]), "somebody must have left"),
        (lambda: retention.sbg_loglik(0, 1, [1], 1), "alpha must be greater than 0"),
        (lambda: retention.sbg_loglik(1, -1, [1], 1), "beta must be greater than 0"),
        (lambda: retention.sbg_loglik(1, 1, [], 1), "lost must not be empty"),
        (lambda: retention.sbg_retention(1, 1, 0), "period must be a whole number of at least 1"),
        (lambda: loyalty.clv(10, [0.9, 0.5], 0.1), "survival must begin with 1"),
        (lambda: loyalty.clv(10, [1, 0.5], 0.1, "soon"), "first must be one of now, later"),
        (lambda: loyalty.clv(10, [1, 0.5], -0.1), "rate must be at least 0"),
        (lambda: loyalty.clv_for_ever(10, 1, 0), "rate must be above 0 if nobody ever leaves"),
        (lambda: retention.pooled_survival([[10]]), "a cohort with two entries"),
        (lambda: loyalty.answers_needed(0.7, 0.5, 10), "promoters and detractors must be from 0"),
        (lambda: retention_ridge.sbg_region([10, 5, 3], 0), "drop must be greater than 0"),
        (lambda: nelder_mead.minimise(sum, []), "start must hold at least one"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_its_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_search_finds_the_bottom_of_a_bent_valley():
    def valley(place):
        return (1 - place[0]) ** 2 + 100 * (place[1] - place[0] ** 2) ** 2

    place, height = nelder_mead.minimise(valley, [-1.2, 1.0])
    assert place == pytest.approx([1, 1], abs=1e-4)
    assert height < 1e-8
