"""Expectations catch up with every surprise; quality is audited (chapter 7)."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicedesign import datasets, expectations

SCORE = st.floats(1, 10)
ALPHA = st.floats(0, 1)
PERF = st.lists(SCORE, max_size=30)
DIMENSIONS = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"]


def test_the_chocolate_stops_surprising_as_the_dossier_says() -> None:
    path = expectations.expectation_path([8] * 5, 7, 0.5)
    assert [gap for _, gap in path] == [1, 0.5, 0.25, 0.125, 0.0625]
    assert path[0][0] == 7


@given(PERF, SCORE)
def test_who_never_learns_keeps_the_first_expectation(perf, e0) -> None:
    assert expectations.expectation_path(perf, e0, 0) == [(e0, p - e0) for p in perf]


@given(PERF, SCORE)
def test_who_learns_at_once_expects_what_was_last_time(perf, e0) -> None:
    expected = [e for e, _ in expectations.expectation_path(perf, e0, 1)]
    assert expected == pytest.approx([e0, *perf][: len(perf)])


@given(st.lists(SCORE, min_size=1, max_size=20), SCORE, ALPHA, SCORE)
def test_a_visit_does_not_change_the_expectation_it_meets(perf, e0, alpha, other) -> None:
    path = expectations.expectation_path(perf, e0, alpha)
    changed = expectations.expectation_path([*perf[:-1], other], e0, alpha)
    assert changed[-1][0] == path[-1][0]


@given(PERF, SCORE, ALPHA, st.floats(-5, 5))
def test_the_path_does_not_care_where_the_scale_begins(perf, e0, alpha, shift) -> None:
    gaps = [gap for _, gap in expectations.expectation_path(perf, e0, alpha)]
    moved = expectations.expectation_path([p + shift for p in perf], e0 + shift, alpha)
    assert [gap for _, gap in moved] == pytest.approx(gaps, abs=1e-9)


@given(st.floats(0.01, 1), st.floats(0.05, 1), SCORE)
def test_a_rising_performance_keeps_up_growth_over_alpha(growth, alpha, e0) -> None:
    path = expectations.expectation_path([e0 + growth * t for t in range(800)], e0, alpha)
    assert path[-1][1] == pytest.approx(expectations.lasting_gap(growth, alpha), rel=1e-6)


def test_growth_of_a_fifth_at_alpha_two_fifths_tends_to_a_half() -> None:
    assert expectations.lasting_gap(0.2, 0.4) == pytest.approx(0.5)
    # From gap 0, twelve updates later.
    path = expectations.expectation_path([5 + 0.2 * t for t in range(13)], 5, 0.4)
    assert path[0][1] == 0
    assert path[12][1] == pytest.approx(0.4989, abs=5e-5)


@given(st.lists(SCORE, min_size=1, max_size=20), SCORE, ALPHA, st.floats(-2, 2))
def test_a_promise_made_once_fades_with_every_visit(perf, e0, alpha, promise) -> None:
    plain = expectations.expectation_path(perf, e0, alpha)
    promised = expectations.expectation_path(perf, e0, alpha, promise)
    for visit, ((_, gap), (_, lower)) in enumerate(zip(plain, promised, strict=True)):
        assert gap - lower == pytest.approx(promise * (1 - alpha) ** visit, abs=1e-9)


@given(PERF, SCORE, ALPHA, st.floats(-2, 2))
def test_a_promise_made_before_every_visit_never_fades(perf, e0, alpha, promise) -> None:
    plain = expectations.expectation_path(perf, e0, alpha)
    promised = expectations.expectation_path(perf, e0, alpha, promise, renewed=True)
    for (_, gap), (_, lower) in zip(plain, promised, strict=True):
        assert gap - lower == pytest.approx(promise, abs=1e-9)


def test_plans_are_what_their_names_say_and_stop_at_the_top() -> None:
    plan = expectations.performance_plan
    assert plan("constant", 3, 7, 1) == [8, 8, 8]
    assert plan("rising", 5, 9, 0.5) == [9, 9.5, 10, 10, 10]
    assert plan("surprise", 5, 7, 1, every=2) == [7, 8, 7, 8, 7]
    assert plan("random", 0, 7, 1) == []


@given(st.integers(0, 1000), SCORE, st.floats(0, 3))
def test_a_random_plan_repeats_with_its_seed_and_stays_in_its_range(seed, base, lift) -> None:
    perf = expectations.performance_plan("random", 30, base, lift, seed=seed)
    assert perf == expectations.performance_plan("random", 30, base, lift, seed=seed)
    assert all(base <= p <= min(10, base + 2 * lift) for p in perf)


def test_a_surprise_taken_away_leaves_a_shortfall() -> None:
    path = expectations.expectation_path([8, 8, 8, 7], 7, 0.5)
    assert path[-1][1] == pytest.approx(-0.875)


def test_cost_adds_up_what_lies_above_the_base() -> None:
    assert expectations.cumulated_cost([8, 7, 6, 8.5], 7, 2) == [2, 2, 2, 5]


@given(SCORE, SCORE, st.floats(0, 1), st.floats(0, 1), st.floats(1, 3))
def test_falling_short_hurts_at_least_as_much_as_exceeding_pleases(p, e, beta_p, beta_d, loss):
    just_met = expectations.satisfaction(p, p, 0, beta_p, beta_d, loss)
    changed = expectations.satisfaction(p, e, 0, beta_p, beta_d, loss) - just_met
    opposite = expectations.satisfaction(p, 2 * p - e, 0, beta_p, beta_d, loss) - just_met
    assert changed + opposite <= 1e-9
    if loss == 1:
        assert changed == pytest.approx(-opposite)


def test_without_weight_on_performance_only_the_gap_counts() -> None:
    assert expectations.satisfaction(9, 8, 5, 0, 0.5) == 5.5
    assert expectations.satisfaction(3, 2, 5, 0, 0.5) == 5.5
    assert expectations.satisfaction(2, 3, 5, 0, 0.5, 2) == 4


ANSWERS = st.fixed_dictionaries({name: st.floats(1, 7) for name in DIMENSIONS})
WEIGHTS = st.fixed_dictionaries({name: st.floats(0, 10) for name in DIMENSIONS})


@given(ANSWERS, ANSWERS, WEIGHTS, st.floats(0.1, 100))
def test_weights_in_percent_or_points_give_the_same_audit(expect, perceive, weights, factor):
    assume(sum(weights.values()) > 0.1)
    audit = expectations.servqual(expect, perceive, weights)
    scaled = {name: factor * weight for name, weight in weights.items()}
    again = expectations.servqual(expect, perceive, scaled)
    assert again["weighted_gap"] == pytest.approx(audit["weighted_gap"])
    assert again["servperf"] == pytest.approx(audit["servperf"])
    assert again["gaps"] == audit["gaps"]


def test_gaps_are_negative_where_the_service_falls_short() -> None:
    audit = expectations.servqual(
        {"reliability": 6.5, "empathy": 5, "assurance": 5},
        {"reliability": 5, "empathy": 6, "assurance": 5},
        {"reliability": 2, "empathy": 1, "assurance": 1},
    )
    assert audit["gaps"] == {"reliability": -1.5, "empathy": 1, "assurance": 0}
    assert audit["weighted_gap"] == pytest.approx(-0.5)
    assert audit["servperf"] == pytest.approx(5.25)
    assert audit["largest_shortfall"] == "reliability"


def test_no_shortfall_is_none_and_a_tie_goes_by_name() -> None:
    fine = expectations.servqual({"a": 5, "b": 5}, {"a": 5, "b": 6}, {"a": 1, "b": 1})
    assert fine["largest_shortfall"] is None
    tied = expectations.servqual({"b": 0.3, "a": 5}, {"b": 0.1, "a": 4.8}, {"a": 1, "b": 1})
    assert tied["largest_shortfall"] == "a"
    later = expectations.servqual({"a": 5, "b": 5}, {"a": 4.8, "b": 4.7}, {"a": 1, "b": 1})
    assert later["largest_shortfall"] == "b"


def test_the_index_is_zero_at_all_ones_and_a_hundred_at_all_tens() -> None:
    assert expectations.acsi_index([1, 1], [1, 3]) == 0
    assert expectations.acsi_index([10, 10], [1, 3]) == 100
    assert expectations.acsi_index([8.1, 7.4, 6.9], [0.4, 0.3, 0.3]) == pytest.approx(653 / 9)


@given(st.lists(st.tuples(SCORE, st.floats(0.1, 5)), min_size=1, max_size=6), st.floats(0.1, 9))
def test_only_the_ratios_of_index_weights_matter(pairs, factor) -> None:
    item_means, weights = [m for m, _ in pairs], [w for _, w in pairs]
    index = expectations.acsi_index(item_means, weights)
    assert 0 <= index <= 100 + 1e-9
    assert expectations.acsi_index(item_means, [factor * w for w in weights]) == pytest.approx(
        index
    )


def test_the_joke_cards_are_those_of_the_dossier() -> None:
    counts = {row["card"]: (row["tipped"], row["tipped"] + row["no_tip"])
              for row in datasets.load("joke_card_tips")}  # fmt: skip
    assert counts == {"joke": (30, 72), "advertisement": (14, 74), "none": (16, 65)}
    none = expectations.two_proportions(*counts["joke"], *counts["none"])
    assert none["diff"] == pytest.approx(0.171, abs=5e-4)
    assert (none["low"], none["high"]) == pytest.approx((0.016, 0.325), abs=5e-4)
    assert none["z"] == pytest.approx(2.11, abs=0.005)
    assert none["p"] == pytest.approx(0.035, abs=5e-4)
    advert = expectations.two_proportions(*counts["joke"], *counts["advertisement"])
    assert advert["diff"] == pytest.approx(0.227, abs=6e-4)
    assert advert["p"] == pytest.approx(0.003, abs=5e-4)
    rest = expectations.two_proportions(*counts["advertisement"], *counts["none"])
    assert rest["diff"] == pytest.approx(-0.057, abs=5e-4)
    assert rest["p"] == pytest.approx(0.42, abs=0.005)
    adjusted = expectations.holm([none["p"], advert["p"], rest["p"]])
    assert adjusted == pytest.approx([0.070, 0.0082, 0.415], abs=5e-4)


GROUP = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(GROUP, GROUP)
def test_exchanging_the_groups_turns_the_signs(first, second) -> None:
    result = expectations.two_proportions(*first, *second)
    turned = expectations.two_proportions(*second, *first)
    assert turned["diff"] == -result["diff"]
    assert turned["z"] == pytest.approx(-result["z"])
    assert turned["p"] == pytest.approx(result["p"])
    assert (turned["low"], turned["high"]) == pytest.approx((-result["high"], -result["low"]))
    assert 0 <= result["p"] <= 1


def test_nobody_or_everybody_tipping_shows_no_difference() -> None:
    for x in (0, 1):
        result = expectations.two_proportions(5 * x, 5, 9 * x, 9)
        assert (result["diff"], result["z"], result["p"]) == (0, 0, 1)


@given(GROUP, GROUP)
def test_p_is_the_normal_probability_of_a_z_as_far_out(first, second) -> None:
    result = expectations.two_proportions(*first, *second)
    normal = 0.5 * (1 + math.erf(abs(result["z"]) / math.sqrt(2)))
    assert result["p"] == pytest.approx(2 * (1 - normal), abs=1e-12)


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_only_raises_p_values_and_keeps_their_order(ps) -> None:
    adjusted = expectations.holm(ps)
    for p, q in zip(ps, adjusted, strict=True):
        assert p <= q <= 1
    ranked = [q for _, q in sorted(zip(ps, adjusted, strict=True))]
    assert ranked == sorted(ranked)
    if ps:
        assert min(adjusted) == pytest.approx(min(1, len(ps) * min(ps)))


def test_one_comparison_needs_no_adjustment() -> None:
    assert expectations.holm([0.04]) == [0.04]
    assert expectations.holm([]) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: expectations.expectation_path([1], 1, 1.1), "alpha must be from 0 to 1, got 1.1"),
        (lambda: expectations.expectation_path([math.inf], 1, 1), "perf must be a finite number"),
        (lambda: expectations.lasting_gap(1, 0), "alpha must be greater than 0, got 0"),
        (lambda: expectations.performance_plan("loud", 1, 5, 1), "plan must be one of constant"),
        (lambda: expectations.performance_plan("rising", 1, 11, 1), "base must be from 1 to 10"),
        (lambda: expectations.satisfaction(5, 5, loss=0.5), "loss must be at least 1, got 0.5"),
        (lambda: expectations.servqual({"a": 1}, {"b": 1}, {"a": 1}),
         "perceive must have the keys a, got b"),
        (lambda: expectations.servqual({"a": 1}, {"a": 1}, {"a": 0}), "weights must be greater"),
        (lambda: expectations.acsi_index([0.5], [1]), "mean must be from 1 to 10, got 0.5"),
        (lambda: expectations.two_proportions(1, 0, 1, 2), "n1 must be a whole number"),
        (lambda: expectations.two_proportions(3, 2, 1, 2),
         "x1 must be a whole number from 0 to 2, got 3"),
        (lambda: expectations.holm([2]), "p must be from 0 to 1, got 2"),
    ],
)  # fmt: skip
def test_what_the_models_cannot_mean_is_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
