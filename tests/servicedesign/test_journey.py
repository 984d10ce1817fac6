"""Five models of how a journey is remembered, and what they disagree on (chapter 5)."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicedesign import datasets, hillasoppi, journey

RATING = st.sampled_from([x / 2 for x in range(-4, 5)])
RATINGS = st.lists(RATING, min_size=1, max_size=12)
MODEL = st.sampled_from(journey.MODELS)
FIRST_VISIT = [1, 0, 1, -2, 2, 1, -1, 0, 1]


def test_the_first_visit_has_the_dossiers_summary() -> None:
    summary = journey.journey_summary(FIRST_VISIT)
    assert summary["mean"] == pytest.approx(1 / 3)
    assert summary["trough"] == -2
    assert summary["end"] == 1
    assert summary["peak"] == -2
    assert summary["peak_end"] == pytest.approx(-0.5)


def test_a_tied_peak_counts_as_negative() -> None:
    assert journey.peak_rating([2, -2]) == journey.peak_rating([-2, 2]) == -2
    assert journey.peak_rating([2, -1.5]) == 2
    assert journey.peak_rating([0]) == 0


@given(RATINGS, MODEL, st.floats(0, 1), st.floats(-10, 1))
def test_every_model_stays_on_the_scale_if_bad_moments_count_once(ratings, model, kappa, rho):
    score = journey.remembered_score(model, ratings, None, kappa, rho, 1.0)
    assert min(ratings) - 1e-9 <= score <= max(ratings) + 1e-9


@given(RATING, st.integers(1, 12), MODEL, st.floats(0, 1), st.floats(-10, 1))
def test_equal_moments_are_remembered_as_they_were(rating, count, model, kappa, rho) -> None:
    score = journey.remembered_score(model, [rating] * count, None, kappa, rho, 1.0)
    assert score == pytest.approx(rating, abs=1e-12)


@given(st.lists(RATING, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_order_matters_to_peak_end_alone(ratings, random) -> None:
    shuffled = list(ratings)
    random.shuffle(shuffled)
    for model in journey.MODELS:
        before = journey.remembered_score(model, ratings)
        after = journey.remembered_score(model, shuffled)
        if model == "peak_end":
            assert after - before == pytest.approx((shuffled[-1] - ratings[-1]) / 2)
        else:
            assert after == pytest.approx(before, abs=1e-12)


def test_a_middle_mild_step_made_longer_moves_the_mean_but_not_peak_end() -> None:
    once, twice = [2, 0.5, -1, 1], [2, 0.5, 0.5, -1, 1]
    assert journey.journey_summary(once)["peak_end"] == journey.journey_summary(twice)["peak_end"]
    assert journey.journey_summary(once)["mean"] == pytest.approx(0.625)
    assert journey.journey_summary(twice)["mean"] == pytest.approx(0.6)


@given(RATINGS, st.floats(0.1, 10))
def test_weights_matter_by_their_ratios_only(ratings, factor) -> None:
    weights = [1 + place % 3 for place in range(len(ratings))]
    scaled = [factor * weight for weight in weights]
    for model in journey.MODELS:
        assert journey.remembered_score(model, ratings, scaled) == pytest.approx(
            journey.remembered_score(model, ratings, weights), abs=1e-9
        )


@given(RATINGS)
def test_the_power_mean_runs_from_the_mean_to_the_trough(ratings) -> None:
    summary = journey.journey_summary(ratings)
    assert journey.power_mean_rating(ratings, 1) == pytest.approx(summary["mean"], abs=1e-12)
    assert journey.power_mean_rating(ratings, -math.inf) == summary["trough"]
    assert journey.power_mean_rating(ratings, -5) <= summary["mean"] + 1e-9


@given(RATINGS, st.floats(1, 3))
def test_counting_bad_moments_more_never_raises_the_memory(ratings, loss) -> None:
    plain = journey.asymmetric_mean(ratings, 1)
    assert plain == pytest.approx(journey.journey_summary(ratings)["mean"], abs=1e-12)
    assert journey.asymmetric_mean(ratings, loss) <= plain + 1e-12


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: journey.journey_summary([]), "ratings must not be empty"),
        (lambda: journey.journey_summary([0, 5]), r"from -2 to 2, got 5 \(touchpoint 2\)"),
        (lambda: journey.journey_summary([0, 1], [0, 0]), "sum of the weights must be greater"),
        (lambda: journey.journey_summary([0, 1], [1]), "weights must be as long as values"),
        (lambda: journey.journey_summary([0], None, 1.5), "kappa must be from 0 to 1, got 1.5"),
        (lambda: journey.power_mean_rating([0], 2), "exponent must be at most 1, got 2"),
        (lambda: journey.asymmetric_mean([0], 0.5), "loss must be at least 1, got 0.5"),
        (lambda: journey.remembered_score("median", [0]), "model must be one of mean, trough"),
        (lambda: journey.fix_gains("mean", [0], step=0), "step must be greater than 0, got 0"),
        (lambda: journey.prob_any_failure([0.5, 1.5]), "p must be from 0 to 1, got 1.5"),
    ],
)
def test_journeys_that_cannot_be_are_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@given(RATINGS, st.sampled_from(["mean", "trough", "power_mean", "asymmetric_mean"]))
def test_a_better_touchpoint_never_spoils_these_memories(ratings, model) -> None:
    assert all(gain >= -1e-12 for gain in journey.fix_gains(model, ratings))


def test_models_disagree_on_what_to_fix_first() -> None:
    gains = {model: journey.fix_gains(model, FIRST_VISIT, step=2) for model in journey.MODELS}
    best = {model: each.index(max(each)) for model, each in gains.items()}
    # To the mean all steps are alike and the menu page comes first; the others
    # go for the queue, or for its shadow on the peak.
    assert best["mean"] == 1
    assert best["trough"] == best["peak_end"] == best["asymmetric_mean"] == best["power_mean"] == 3


def test_a_gain_is_the_difference_that_the_fix_makes() -> None:
    gains = journey.fix_gains("mean", [1, 2, -2], [1, 1, 2])
    assert gains == pytest.approx([0.25, 0, 0.5])


def test_failures_add_up_as_the_dossier_says() -> None:
    assert journey.prob_any_failure([0.05] * 6) == pytest.approx(0.265, abs=5e-4)
    several = [0.03, 0.05, 0.01, 0.10, 0.02, 0.04]
    assert journey.prob_any_failure(several) == pytest.approx(0.228, abs=5e-4)
    assert journey.prob_any_failure([]) == 0.0
    assert journey.prob_any_failure([0.2, 1]) == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.floats(0, 1))
def test_one_more_step_never_makes_failure_less_likely(ps, another) -> None:
    risk = journey.prob_any_failure(ps)
    assert max(ps) - 1e-12 <= risk <= min(1, sum(ps)) + 1e-12
    assert journey.prob_any_failure([*ps, another]) >= risk - 1e-12


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(1, 10)), min_size=3, max_size=20))
def test_the_least_squares_line_leaves_nothing_that_goes_with_x(pairs) -> None:
    x, y = [a for a, _ in pairs], [b for _, b in pairs]
    assume(max(x) - min(x) > 1e-2)
    intercept, slope = journey.linear_fit(x, y)
    rest = [b - intercept - slope * a for a, b in pairs]
    assert math.fsum(rest) == pytest.approx(0, abs=1e-6)
    assert math.fsum(r * a for r, a in zip(rest, x, strict=True)) == pytest.approx(0, abs=1e-6)


def test_a_line_through_a_column_that_never_changes_is_its_mean() -> None:
    assert journey.linear_fit([2, 2], [1, 3]) == (2, 0.0)


def test_leaving_one_out_is_harder_than_looking_back() -> None:
    x, y = [0, 1, 2, 3], [0, 2, 1, 3]
    intercept, slope = journey.linear_fit(x, y)
    looking_back = sum((b - intercept - slope * a) ** 2 for a, b in zip(x, y, strict=True)) / 4
    assert journey.leave_one_out_error(x, y) > looking_back


def test_the_summary_that_made_the_memories_wins() -> None:
    journeys = [[-2, 1, 1], [0, 2, -1], [1, 1, 2], [-1, 0, -1], [2, -1, 0], [0, 1, 1]]
    by_mean = [(r, 5 + 2 * journey.journey_summary(r)["mean"]) for r in journeys]
    by_peak_end = [(r, 5 + 2 * journey.journey_summary(r)["peak_end"]) for r in journeys]
    assert journey.better_model(by_mean, "mean", "peak_end") == "mean"
    assert journey.better_model(by_peak_end, "mean", "peak_end") == "peak_end"
    assert journey.better_model(by_peak_end, "peak_end", "mean") == "peak_end"
    assert journey.better_model(by_mean, "mean", "mean") == "tie"


def test_two_people_are_too_few_to_choose_a_model() -> None:
    with pytest.raises(ValueError, match="at least 3 values, got 2"):
        journey.better_model([([1], 5), ([2], 6)], "mean", "end")
    with pytest.raises(ValueError, match="summary must be one of mean"):
        journey.better_model([([1], 5)] * 3, "mean", "median")


@given(RATINGS)
def test_all_models_compared_at_once_say_what_each_says_alone(ratings) -> None:
    weights = [1 + place % 3 for place in range(len(ratings))]
    compared = journey.compare_models(ratings, weights, 0.3, -2.0, 1.5)
    for model, (score, gains) in zip(journey.MODELS, compared, strict=True):
        settings = (model, ratings, weights, 0.3, -2.0, 1.5)
        assert score == journey.remembered_score(*settings)
        assert gains == journey.fix_gains(*settings)
        assert all(gain == 0 for gain, rating in zip(gains, ratings, strict=True) if rating == 2)


def test_the_live_figure_starts_from_tuulas_own_journey() -> None:
    steps = datasets.document("journey_tuula_actual")["touchpoints"]
    shown = [step for step in hillasoppi.TUULA_VISIT if step["part"]]
    assert [step["rating"] for step in shown] == [step["rating"] for step in steps]
    assert [step["weight"] for step in shown] == [step["importance"] for step in steps]
    assert [step["fails"] / 100 for step in shown] == [step.get("p_fail", 0) for step in steps]
