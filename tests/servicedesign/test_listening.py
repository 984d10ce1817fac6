"""Who answers, how sure we may be, and what a persona may show (chapter 2)."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicedesign import datasets, hillasoppi, listening
from servicedesign.randomness import Generator

SHARE = st.floats(0, 1)
RATE = st.floats(0.01, 1)
COUNTS = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(SHARE, RATE)
def test_equal_response_rates_hide_nothing(p, rate) -> None:
    assert listening.bias(p, rate, rate) == pytest.approx(0, abs=1e-12)


@given(st.floats(0.01, 0.99), RATE, RATE, st.floats(0.1, 1))
def test_only_the_ratio_of_the_response_rates_matters(p, r_pos, r_neg, factor) -> None:
    assert listening.bias(p, factor * r_pos, factor * r_neg) == pytest.approx(
        listening.bias(p, r_pos, r_neg), abs=1e-12
    )


@given(st.floats(0.01, 0.99), RATE, RATE)
def test_the_bias_takes_the_side_of_those_who_answer_more(p, r_pos, r_neg) -> None:
    assume(abs(r_pos - r_neg) > 1e-6)
    assert (listening.bias(p, r_pos, r_neg) > 0) == (r_pos > r_neg)


def test_the_dossiers_sixty_percent_look_like_seventy_five() -> None:
    assert listening.observed_share(0.6, 0.5, 0.25) == pytest.approx(0.75)
    assert listening.bias(0.6, 0.5, 0.25) == pytest.approx(0.15)


@pytest.mark.parametrize("arguments", [(0.5, 0, 0), (0, 0.7, 0), (1, 0, 0.7)])
def test_a_survey_nobody_answers_has_no_share(arguments) -> None:
    with pytest.raises(ValueError, match="share who answer must be greater than 0"):
        listening.observed_share(*arguments)


@given(COUNTS, st.floats(0.1, 5))
def test_a_wilson_interval_stays_within_zero_and_one_and_holds_the_share(counts, z) -> None:
    k, n = counts
    low, high = listening.wilson_interval(k, n, z)
    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1


@given(COUNTS)
def test_yes_and_no_have_mirrored_intervals(counts) -> None:
    k, n = counts
    low, high = listening.wilson_interval(k, n)
    other_low, other_high = listening.wilson_interval(n - k, n)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-12)


@given(COUNTS, st.integers(2, 10))
def test_more_answers_of_the_same_kind_narrow_the_interval(counts, factor) -> None:
    k, n = counts
    low, high = listening.wilson_interval(k, n)
    narrow_low, narrow_high = listening.wilson_interval(factor * k, factor * n)
    assert narrow_high - narrow_low < high - low


@given(COUNTS)
def test_the_bounds_are_the_shares_that_a_score_test_just_allows(counts) -> None:
    # Wilson (1927): the shares p with |k/n - p| = z sqrt(p (1 - p) / n).
    k, n = counts
    for bound in listening.wilson_interval(k, n):
        if 0 < bound < 1:
            assert abs(k / n - bound) == pytest.approx(1.96 * math.sqrt(bound * (1 - bound) / n))


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (9, 10, 0.596, 0.982), (58, 143, 0.329, 0.488)],
)
def test_intervals_are_those_of_the_dossier(k, n, low, high) -> None:
    assert listening.wilson_interval(k, n) == pytest.approx((low, high), abs=5e-4)


def test_none_and_all_give_exact_bounds() -> None:
    for n in range(1, 400):
        assert listening.wilson_interval(0, n)[0] == 0.0
        assert listening.wilson_interval(n, n)[1] == 1.0


@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_impossible_counts_have_no_interval(k, n) -> None:
    with pytest.raises(ValueError, match="must be"):
        listening.wilson_interval(k, n)


def test_ailas_belief_about_speed_is_forty_nine_points_too_high() -> None:
    ratings = [row["perf_speed"] for row in datasets.load("survey")]
    ((name, believed, share, low, high, verdict),) = listening.delivery_gap(
        {"speed": 0.9}, {"speed": ratings}, threshold=5
    )
    assert (name, verdict) == ("speed", "overestimates")
    assert believed - share == pytest.approx(0.494, abs=5e-4)
    assert (share, low, high) == pytest.approx((0.406, 0.329, 0.488), abs=5e-4)


def test_the_gap_report_is_sorted_by_signed_gap_with_unrated_touchpoints_last() -> None:
    ratings = {
        "queue": [1, 2, 3, 7],
        "food": [7] * 30,
        "till": [5, None, 4],
        "app": [None],
        "sign": [5, 4],
        "unasked": [1],
    }
    beliefs = {"web": 0.5, "queue": 0.95, "till": 0.5, "food": 0.2, "app": 1.0, "sign": 0.5}
    rows = listening.delivery_gap(beliefs, ratings, threshold=5)
    assert [(row[0], row[5]) for row in rows] == [
        ("queue", "overestimates"),
        ("sign", "cannot tell"),
        ("till", "cannot tell"),
        ("food", "underestimates"),
        ("app", "cannot tell"),
        ("web", "cannot tell"),
    ]
    assert rows[4] == ("app", 1.0, None, 0.0, 1.0, "cannot tell")
    assert rows[2][2] == pytest.approx(0.5)


def test_a_belief_on_the_bound_of_the_interval_cannot_be_told_apart() -> None:
    low, high = listening.wilson_interval(8, 10)
    ratings = {"a": [7] * 8 + [1] * 2, "b": [7] * 8 + [1] * 2}
    verdicts = {row[0]: row[5] for row in listening.delivery_gap({"a": low, "b": high}, ratings, 5)}
    assert verdicts == {"a": "cannot tell", "b": "cannot tell"}


def test_a_belief_beyond_certainty_is_refused_with_its_touchpoint() -> None:
    with pytest.raises(ValueError, match=r"belief must be from 0 to 1, got 90 \(touchpoint 'q'\)"):
        listening.delivery_gap({"q": 90}, {}, 5)


def test_simulated_surveys_scatter_around_the_observed_share() -> None:
    generator = Generator(3)
    answers = [listening.simulated_answers(200, 0.6, 0.5, 0.25, generator) for _ in range(300)]
    happy, total = sum(k for k, _ in answers), sum(n for _, n in answers)
    assert happy / total == pytest.approx(0.75, abs=0.01)
    assert total / (200 * 300) == pytest.approx(0.4, abs=0.01)
    assert all(0 <= k <= n <= 200 for k, n in answers)


def test_more_invitations_do_not_shrink_the_bias() -> None:
    generator = Generator(4)
    k, n = listening.simulated_answers(50_000, 0.6, 0.5, 0.25, generator)
    low, _ = listening.wilson_interval(k, n)
    assert low > 0.6 + 0.1


@given(st.lists(st.integers(0, 10), min_size=1))
def test_nps_is_the_mean_of_plus_one_zero_and_minus_one(scores) -> None:
    result = listening.nps(scores)
    signs = [(score >= 9) - (score <= 6) for score in scores]
    middle = sum(signs) / len(signs)
    variance = sum((sign - middle) ** 2 for sign in signs) / len(signs)
    assert result["nps"] == pytest.approx(100 * middle)
    assert result["se"] == pytest.approx(100 * math.sqrt(variance / len(signs)), abs=1e-6)
    assert result["promoters"] + result["passives"] + result["detractors"] == len(scores)


def test_respondents_look_kinder_than_those_invited_and_the_whole_frame() -> None:
    result = listening.nps([row["nps_0_10"] for row in datasets.load("survey")])
    assert result["nps"] == pytest.approx(9.8, abs=0.05)
    assert 1.96 * result["se"] == pytest.approx(11.4, abs=0.05)
    with Path(__file__).parents[2].joinpath("teacher/frame.csv").open(encoding="utf-8") as file:
        frame = list(csv.DictReader(file))
    everybody = [int(row["nps_0_10"]) for row in frame]
    invited = [int(row["nps_0_10"]) for row in frame if row["invited"] == "1"]
    assert len(invited) == 316
    assert listening.nps(everybody)["nps"] == pytest.approx(7.0, abs=0.05)
    assert listening.nps(invited)["nps"] == pytest.approx(3.8, abs=0.05)


@pytest.mark.parametrize("scores", [[], [11], [-1], [7.5]])
def test_scores_off_the_scale_are_refused(scores) -> None:
    with pytest.raises(ValueError, match="score"):
        listening.nps(scores)


def clean_persona() -> dict:
    return {
        "name": "Tuula",
        "group_size": 9,
        "items": [
            {"id": "needs", "text": "asks twice", "evidence": "observed", "source": "till, May"},
            {"id": "fears", "text": "a mix-up", "evidence": "reported"},
            {"id": "hopes", "text": "a label", "evidence": "assumed"},
        ],
    }


def test_a_clean_persona_passes() -> None:
    assert listening.audit_persona(clean_persona()) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda p: p.update(items=[]), "no-items"),
        (lambda p: p.update(group_size=4), "small-group"),
        (lambda p: p.pop("group_size"), "small-group"),
        (lambda p: p.update(email="t@example.org"), "personal-data:email"),
        (lambda p: p["items"][1].pop("evidence"), "no-evidence:fears"),
        (lambda p: p["items"][1].update(evidence="agreed"), "unknown-evidence:fears"),
        (lambda p: p["items"][0].pop("source"), "no-source:needs"),
        (lambda p: p["items"][0].update(source=""), "no-source:needs"),
    ],
)
def test_each_flaw_alone_is_found(change, problem: str) -> None:
    persona = clean_persona()
    change(persona)
    assert listening.audit_persona(persona) == [problem]
    told = listening.in_words(problem)
    assert problem not in told
    assert ":" not in problem or told.startswith(problem.split(":")[1] + ": ")


def test_a_group_of_exactly_five_may_be_shown() -> None:
    assert listening.audit_persona({**clean_persona(), "group_size": 5}) == []


def test_the_steps_from_list_to_answers_are_those_of_the_frame() -> None:
    with Path(__file__).parents[2].joinpath("teacher/frame.csv").open(encoding="utf-8") as file:
        frame = list(csv.DictReader(file))
    groups = [frame] + [[r for r in frame if r[key] == "1"] for key in ("invited", "responded")]
    for step, group in zip(hillasoppi.WHO_WAS_HEARD, groups, strict=True):
        scores = listening.nps([int(row["nps_0_10"]) for row in group])
        assert step["guests"] == len(group)
        assert step["happy"] == len([row for row in group if int(row["perf_speed"]) >= 5])
        assert step["promoters"] == scores["promoters"]
        assert step["detractors"] == scores["detractors"]


def test_the_cases_persona_is_fit_to_be_shown_and_as_large_as_its_group() -> None:
    careful = [row for row in datasets.load("survey") if row["special_diet"] == 1]
    assert listening.audit_persona(hillasoppi.PERSONA) == []
    assert hillasoppi.PERSONA["group_size"] == len(careful)
