"""Scores of meaningful work, and reports that protect (chapter 8)."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import datasets, meaning

RATING = st.integers(1, 7)
JOB = st.fixed_dictionaries(dict.fromkeys(meaning.CHARACTERISTICS, RATING))


def job(*ratings: float) -> dict:
    return dict(zip(meaning.CHARACTERISTICS, ratings, strict=True))


@pytest.mark.parametrize(
    ("ratings", "product", "added"),
    [
        ((7, 7, 7, 7, 7), 343, 21),
        ((4, 4, 4, 4, 4), 64, 12),
        ((1, 1, 1, 1, 1), 1, 3),
        ((7, 7, 7, 1, 7), 49, 15),
        ((6, 6, 6, 2, 5), 60, 13),
        ((5, 4, 6, 5, 4), 100, 14),
    ],
)
def test_motivating_potential_multiplies_or_adds(ratings, product, added) -> None:
    assert meaning.mps(job(*ratings)) == pytest.approx(product)
    assert meaning.mps(job(*ratings), "sum") == pytest.approx(added)


def test_product_and_sum_can_rank_two_jobs_the_other_way_round() -> None:
    uneven, even = job(6, 6, 6, 2, 5), job(4, 4, 4, 4, 4)
    assert meaning.mps(uneven) < meaning.mps(even)
    assert meaning.mps(uneven, "sum") > meaning.mps(even, "sum")


@given(JOB, st.sampled_from(meaning.CHARACTERISTICS), st.sampled_from(["product", "sum"]))
def test_no_characteristic_lowers_the_potential_of_a_job(items, name, combine) -> None:
    richer = {**items, name: min(7, items[name] + 1)}
    assert meaning.mps(richer, combine) >= meaning.mps(items, combine)


@given(JOB)
def test_the_first_three_characteristics_stand_in_for_each_other(items) -> None:
    turned = {**items, "variety": items["significance"], "significance": items["variety"]}
    assert meaning.mps(turned) == pytest.approx(meaning.mps(items))


def test_the_three_teams_have_the_scores_of_the_chapter() -> None:
    rows = datasets.load("employees")

    def team_mean(team: str, value) -> float:
        return statistics.mean(value(row) for row in rows if row["team"] == team)

    for team, potential in (("lunch", 50.5), ("kitchen", 70.7), ("catering", 150.2)):
        assert team_mean(team, meaning.mps) == pytest.approx(potential, abs=0.05)
    lunch = {name: team_mean("lunch", lambda row, n=name: row[n])
             for name in meaning.CHARACTERISTICS}  # fmt: skip
    lowest = sorted(lunch, key=lambda name: lunch[name])
    assert lowest[:3] == ["identity", "variety", "autonomy"]
    assert [lunch[name] for name in lowest[:3]] == pytest.approx([2.92, 3.25, 3.42], abs=0.005)

    def lever(name: str) -> float:
        return team_mean(
            "lunch", lambda row: meaning.mps({**row, name: row[name] + 1}) - meaning.mps(row)
        )

    assert max(meaning.CHARACTERISTICS, key=lever) == "autonomy"
    assert lever("autonomy") == pytest.approx(15.3, abs=0.05)


KEY = ["helps", "sees", "bored"]


@given(
    st.lists(
        st.fixed_dictionaries({name: st.one_of(st.none(), RATING) for name in KEY}), max_size=10
    ),
    st.integers(1, 3),
)
def test_scores_stay_on_the_scale_and_need_enough_answers(rows, min_answered) -> None:
    scores = meaning.scale_scores(rows, KEY, ["bored"], 1, 7, min_answered)
    for row, score in zip(rows, scores, strict=True):
        answered = sum(row[name] is not None for name in KEY)
        assert (score is None) == (answered < min_answered)
        assert score is None or 1 <= score <= 7


def test_a_reversed_answer_is_mirrored_on_a_scale_that_begins_at_one() -> None:
    rows = [{"helps": 7, "sees": 6, "bored": 1}, {"helps": 4, "bored": None}]
    assert meaning.scale_scores(rows, KEY, ["bored"], 1, 7, 2) == [pytest.approx(20 / 3), None]
    assert meaning.scale_scores(rows, KEY, ["bored"], 1, 7, 1)[1] == 4


@given(st.lists(st.lists(RATING, min_size=3, max_size=3), min_size=2, max_size=12))
def test_alpha_is_cronbachs_and_blind_to_a_reversed_wording(answers) -> None:
    rows = [dict(zip(KEY, row, strict=True)) for row in answers]
    alpha = meaning.cronbach_alpha(rows, KEY, [], 1, 7)
    of_sum = statistics.variance(sum(row) for row in answers)
    if of_sum == 0:
        assert alpha is None
        return
    of_items = sum(statistics.variance(column) for column in zip(*answers, strict=True))
    assert alpha == pytest.approx(3 / 2 * (1 - of_items / of_sum))
    assert alpha <= 1 + 1e-12
    reworded = [{**row, "bored": 8 - row["bored"]} for row in rows]
    assert meaning.cronbach_alpha(reworded, KEY, ["bored"], 1, 7) == pytest.approx(alpha)


def test_items_that_say_the_same_have_an_alpha_of_one() -> None:
    rows = [dict.fromkeys(KEY, x) for x in (1, 4, 6)]
    assert meaning.cronbach_alpha(rows, KEY, [], 1, 7) == pytest.approx(1)
    incomplete = [*rows, {"helps": 1, "sees": None, "bored": 7}]
    assert meaning.cronbach_alpha(incomplete, KEY, [], 1, 7) == pytest.approx(1)
    assert meaning.cronbach_alpha(rows[:1], KEY, [], 1, 7) is None


def staff(**sizes: int) -> list[dict]:
    return [{"team": team, "score": 4} for team, size in sizes.items() for _ in range(size)]


def shown(report: dict) -> set[str]:
    return {name for name, cell in report["groups"].items() if cell is not None}


def test_with_k_seven_the_kitchen_takes_catering_out_of_sight_too() -> None:
    report = meaning.safe_report(datasets.load("employees"), "team", "meaning", k=7)
    assert shown(report) == {"lunch"}
    assert report["total"]["n"] == 26
    assert report["groups"]["lunch"]["n"] == 12


def test_with_k_five_no_team_of_the_case_needs_hiding() -> None:
    report = meaning.safe_report(datasets.load("employees"), "team", "meaning")
    assert shown(report) == {"lunch", "catering", "kitchen"}


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        ({"a": 12, "b": 8, "c": 2}, {"a"}),
        ({"a": 12, "b": 8, "c": 3, "d": 2}, {"a", "b"}),
        ({"a": 12, "b": 8, "c": 2, "d": 2}, {"a"}),
        ({"a": 12, "b": 3}, set()),
        ({"b": 8, "a": 8, "c": 2}, {"b"}),
        ({"a": 5}, {"a"}),
    ],
)
def test_hidden_groups_are_at_least_two_and_together_at_least_k(sizes, names) -> None:
    assert shown(meaning.safe_report(staff(**sizes), "team", "score")) == names


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 15)), st.integers(2, 8))
def test_subtracting_from_the_total_never_reveals_fewer_than_k(sizes, k) -> None:
    report = meaning.safe_report(staff(**sizes), "team", "score", k)
    assert all(cell is None or cell["n"] >= k for cell in report["groups"].values())
    if report["total"] is None:
        assert sum(sizes.values()) < k
        assert shown(report) == set()
        return
    rest = report["total"]["n"] - sum(c["n"] for c in report["groups"].values() if c)
    hidden = len(report["groups"]) - len(shown(report))
    assert (rest == 0 and hidden == 0) or (rest >= k and (hidden >= 2 or shown(report) == set()))


def test_who_did_not_answer_does_not_make_a_group_larger() -> None:
    rows = [*staff(a=8, b=4), {"team": "b", "score": None}]
    assert shown(meaning.safe_report(rows, "team", "score")) == set()


def test_too_few_answers_in_all_show_nothing() -> None:
    assert meaning.safe_report(staff(a=2, b=2), "team", "score") == {
        "groups": {"a": None, "b": None},
        "total": None,
    }
    assert meaning.safe_report([], "team", "score") == {"groups": {}, "total": None}


def test_resources_help_most_where_demands_are_high() -> None:
    def help_by_resources(demands: float) -> float:
        return meaning.jdr_energy(1, demands) - meaning.jdr_energy(0, demands)

    assert help_by_resources(1) == pytest.approx(0.6)
    assert help_by_resources(-1) == pytest.approx(0.2)
    assert meaning.jdr_energy(0, 1) == -0.4
    assert meaning.jdr_energy(1, 1, b_0=2, b_rd=0) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: meaning.mps(job(1, 1, 1, 1, 8)), "feedback must be from 1 to 7, got 8"),
        (lambda: meaning.mps({"variety": 1}), "no identity"),
        (lambda: meaning.mps(job(1, 1, 1, 1, 1), "mean"), "combine must be one of product, sum"),
        (lambda: meaning.scale_scores([{"a": 8}], ["a"], [], 1, 7, 1),
         r"a must be from 1 to 7, got 8 \(row 1\)"),
        (lambda: meaning.scale_scores([], ["a"], ["b"], 1, 7, 1), "reverse must be one of a"),
        (lambda: meaning.scale_scores([], ["a"], [], 1, 7, 2), "min_answered must be a whole"),
        (lambda: meaning.scale_scores([], ["a"], [], 7, 1, 1), "hi must be greater than 7, got 1"),
        (lambda: meaning.cronbach_alpha([], ["a"], [], 1, 7), "at least 2 items, got 1"),
        (lambda: meaning.safe_report([], "a", "b", 1), "k must be a whole number of at least 2"),
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()
