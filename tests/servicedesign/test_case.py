"""Each table keeps to its description, and each planted lesson can be found in it."""

import math
import statistics as st
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest

from servicedesign import datasets

KANO = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]


def share(rows: Iterable[dict], column: str) -> float:
    return st.mean(row[column] for row in rows)


def slopes(causes: Sequence[Sequence[float]], effect: Sequence[float]) -> list[float]:
    """Least squares with a constant, by Gauss-Jordan; the constant is left out."""
    rows = [[1.0, *values] for values in zip(*causes, strict=True)]
    size = len(rows[0])
    system = [
        [math.fsum(row[i] * row[j] for row in rows) for j in range(size)]
        + [math.fsum(row[i] * y for row, y in zip(rows, effect, strict=True))]
        for i in range(size)
    ]
    for i in range(size):
        system[i] = [value / system[i][i] for value in system[i]]
        for j in set(range(size)) - {i}:
            system[j] = [a - system[j][i] * b for a, b in zip(system[j], system[i], strict=True)]
    return [row[-1] for row in system[1:]]


@pytest.mark.parametrize("name", datasets.names())
def test_every_table_is_what_its_description_says(name: str) -> None:
    about, rows = datasets.describe(name), datasets.load(name)
    assert len(rows) == about["rows"]
    assert about["shows"]
    assert about["cannot_show"]
    for column in about["columns"]:
        cells = [row[column["name"]] for row in rows]
        filled = [cell for cell in cells if cell is not None]
        assert filled
        if "low" in column:
            assert min(filled) >= column["low"]
        if "high" in column:
            assert max(filled) <= column["high"]
        if "values" in column:
            assert set(filled) == set(column["values"])


@pytest.mark.parametrize("name", datasets.names())
def test_every_table_says_whether_anyone_was_really_asked(name: str) -> None:
    about = datasets.describe(name)
    assert about["real"] is not about["source"].startswith("Invented for this course")


# Chapter 2


def happy_share(attribute: str) -> tuple[int, int]:
    ratings = [row["perf_" + attribute] for row in datasets.load("survey")]
    return sum(rating >= 5 for rating in ratings), len(ratings)


def test_aila_overestimates_most_and_not_everything() -> None:
    verdicts = {}
    columns = {column["name"] for column in datasets.describe("survey")["columns"]}
    for belief in datasets.load("beliefs"):
        if "perf_" + belief["touchpoint"] not in columns:
            verdicts[belief["touchpoint"]] = "nobody asked"
            continue
        k, n = happy_share(belief["touchpoint"])
        p, z = k / n, 1.96
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        believed = belief["believed_share_happy"]
        verdicts[belief["touchpoint"]] = (
            "over" if believed > centre + half else "under" if believed < centre - half else "open"
        )
    assert verdicts == {
        "speed": "over",
        "friendliness": "over",
        "special_diets": "over",
        "taste": "over",
        "price_fairness": "open",
        "ambience": "under",
        "opening_hours": "over",
        "dessert_extra": "open",
        "web_menu": "nobody asked",
    }


def test_nine_in_ten_are_believed_happy_with_speed_and_four_in_ten_are() -> None:
    assert happy_share("speed") == (58, 143)


# Chapter 4


def test_speed_and_special_diets_matter_and_fall_short() -> None:
    rows = datasets.load("survey")
    names = [column[4:] for column in rows[0] if column.startswith("imp_")]
    importance = {name: share(rows, "imp_" + name) for name in names}
    performance = {name: share(rows, "perf_" + name) for name in names}
    middle = st.mean(importance.values()), st.mean(performance.values())
    concentrate = {n for n in names if importance[n] >= middle[0] and performance[n] < middle[1]}
    assert concentrate == {"speed", "special_diets"}
    assert round(importance["speed"], 2) == 6.24
    assert round(performance["speed"], 2) == 4.17
    assert round(importance["special_diets"], 2) == 5.74
    assert round(performance["special_diets"], 2) == 4.07


def test_derived_importance_puts_ambience_above_diets() -> None:
    rows = datasets.load("survey")
    satisfaction = [row["sat_1_10"] for row in rows]
    r = {
        name: round(st.correlation([row["perf_" + name] for row in rows], satisfaction), 2)
        for name in ("ambience", "special_diets")
    }
    assert r == {"ambience": 0.36, "special_diets": 0.13}


def test_diets_matter_to_a_minority_of_31() -> None:
    rows = datasets.load("survey")
    diet = [row for row in rows if row["special_diet"]]
    assert (len(diet), len(rows)) == (31, 143)
    others = [row for row in rows if not row["special_diet"]]
    assert share(diet, "imp_special_diets") > share(others, "imp_special_diets") + 0.8
    assert share(diet, "perf_special_diets") < share(others, "perf_special_diets") - 0.7
    ratings = [row["perf_special_diets"] for row in diet]
    assert round(st.correlation(ratings, [row["sat_1_10"] for row in diet]), 2) == 0.38


def kano_category(row: dict) -> str:
    return KANO[row["functional"] - 1][row["dysfunctional"] - 1]


@pytest.mark.parametrize(
    ("feature", "category"),
    [
        ("allergen_label", "M"),
        ("quick_lane", "O"),
        ("coffee_biscuit", "A"),
        ("live_music", "I"),
        ("loud_screens", "R"),
    ],
)
def test_each_feature_shows_its_kano_category(feature: str, category: str) -> None:
    answers = Counter(kano_category(r) for r in datasets.load("kano") if r["feature"] == feature)
    (first, most), (_, second) = answers.most_common(2)
    assert first == category
    assert most >= second + 15  # no tie to argue about


def test_the_average_hides_that_seniors_do_not_want_the_app() -> None:
    segment = {row["customer_id"]: row["segment"] for row in datasets.load("survey")}
    rows = [row for row in datasets.load("kano") if row["feature"] == "app_ordering"]
    overall = Counter(kano_category(row) for row in rows).most_common(1)[0][0]
    by_segment = {
        name: Counter(kano_category(r) for r in rows if segment[r["resp_id"]] == name)
        for name in ("student", "senior")
    }
    assert overall == "I"
    assert by_segment["student"].most_common(1)[0][0] == "A"
    assert by_segment["senior"].most_common(1)[0][0] == "R"


def test_one_respondent_ticked_blindly() -> None:
    questionable = [row["resp_id"] for row in datasets.load("kano") if kano_category(row) == "Q"]
    assert len(questionable) == 6
    assert len(set(questionable)) == 1


# Chapter 5


def summaries() -> dict[str, list[float]]:
    ratings: dict[int, list[int]] = defaultdict(list)
    remembered = {}
    for row in datasets.load("touchpoints"):
        ratings[row["resp_id"]].append(row["rating"])
        remembered[row["resp_id"]] = row["remembered_1_10"]
    peaks = {g: max(r, key=lambda x: (abs(x), -x)) for g, r in ratings.items()}
    return {
        "remembered": list(remembered.values()),
        "mean": [st.mean(r) for r in ratings.values()],
        "peak": list(peaks.values()),
        "end": [r[-1] for r in ratings.values()],
        "trough": [min(r) for r in ratings.values()],
        "peak_end": [(peaks[g] + r[-1]) / 2 for g, r in ratings.items()],
    }


def test_steps_come_in_order_and_in_three_phases() -> None:
    visits = defaultdict(list)
    for row in datasets.load("touchpoints"):
        visits[row["resp_id"]].append((row["seq"], row["phase"]))
    order = ["before", "during", "after"]
    assert len(visits) == 143
    for steps in visits.values():
        assert [seq for seq, _ in steps] == list(range(1, len(steps) + 1))
        places = [order.index(phase) for _, phase in steps]
        assert places == sorted(places)


def test_the_planted_memory_can_be_recovered() -> None:
    s = summaries()
    found = slopes([s["mean"], s["peak"], s["end"]], s["remembered"])
    scale = 2.25  # -2..2 felt to 1..10 remembered
    for slope, planted in zip(found, (0.55, 0.30, 0.15), strict=True):
        assert slope / scale == pytest.approx(planted, abs=0.06)


def test_peak_end_and_the_mean_predict_memory_better_than_the_worst_moment() -> None:
    s = summaries()
    r = {
        name: st.correlation(s[name], s["remembered"])
        for name in ("mean", "peak_end", "trough", "end")
    }
    assert r["peak_end"] > r["mean"] > r["trough"] > r["end"]
    assert r["peak_end"] - r["mean"] < 0.06
    assert r["mean"] - r["trough"] > 0.08


def test_tuula_s_memory_hangs_on_who_wins_a_tie() -> None:
    steps = datasets.document("journey_tuula_actual")["touchpoints"]
    ratings = [step["rating"] for step in steps]
    assert ratings == [1, 0, 1, -2, 2, 1, -1, 0, 1]
    assert round(st.mean(ratings), 2) == 0.33
    assert [(peak + ratings[-1]) / 2 for peak in (min(ratings), max(ratings))] == [-0.5, 1.5]


def test_something_fails_in_more_than_a_fifth_of_samir_s_visits() -> None:
    steps = datasets.document("journey_samir_actual")["touchpoints"]
    p = [step["p_fail"] for step in steps if "p_fail" in step]
    assert sorted(p) == [0.01, 0.02, 0.03, 0.04, 0.05, 0.10]
    assert round(1 - math.prod(1 - each for each in p), 3) == 0.228


def test_the_break_is_used_up_although_the_plan_leaves_time_for_coffee() -> None:
    minutes = {}
    for name in ("journey_samir_planned", "journey_samir_actual"):
        steps = datasets.document(name)["touchpoints"]
        away = [s for s in steps if s["id"] not in ("ask_crew", "menu_page", "tell_crew")]
        minutes[name] = sum(step["minutes"] for step in away)
    assert minutes == {"journey_samir_planned": 22.5, "journey_samir_actual": 25}


# Chapter 6


def test_875_guests_wait_and_one_in_ten_longer_than_five_minutes() -> None:
    waits = sorted(row["start_min"] - row["arrive_min"] for row in datasets.load("lunch_queue"))
    assert len(waits) == 875
    assert round(st.mean(waits), 2) == 1.62
    assert round(waits[math.ceil(0.9 * len(waits)) - 1], 1) == 5.1
    assert round(100 * sum(wait > 5 for wait in waits) / len(waits), 1) == 10.2


def test_two_tills_cannot_keep_up_at_noon() -> None:
    rows = datasets.load("lunch_queue")
    arrivals = sum(45 <= row["arrive_min"] < 75 for row in rows) / 5 / 30
    service = st.mean(row["end_min"] - row["start_min"] for row in rows)
    assert round(arrivals, 2) == 2.14
    assert round(service, 3) == 0.967
    assert round(arrivals * service / 2, 2) == 1.03


def test_never_more_than_two_guests_are_served_at_once() -> None:
    for day in range(1, 6):
        rows = [row for row in datasets.load("lunch_queue") if row["day"] == day]
        for row in rows:
            at_tills = sum(r["start_min"] <= row["start_min"] < r["end_min"] for r in rows)
            assert at_tills <= 3  # times are rounded to a hundredth: a change-over may overlap


# Chapter 7


def test_a_good_recovery_beats_a_smooth_visit_in_satisfaction_and_not_in_return() -> None:
    good = [
        row
        for row in datasets.load("incidents")
        if row["recovered_by"] == "server" and row["severity"] < 3
    ]
    assert len(good) >= 20
    assert share(good, "outcome_sat") > share(good, "smooth_sat") + 0.5
    assert share(good, "outcome_return_30d") < share(good, "smooth_return_30d")


def test_a_dangerous_failure_is_not_recovered_by_charm() -> None:
    severe = [row for row in datasets.load("incidents") if row["severity"] == 3]
    assert len(severe) >= 10
    assert share(severe, "outcome_sat") < share(severe, "smooth_sat") - 1


def test_nobody_s_incidents_end_worst() -> None:
    rows = datasets.load("incidents")
    mean = {
        who: share([row for row in rows if row["recovered_by"] == who], "outcome_sat")
        for who in ("server", "manager", "nobody")
    }
    assert mean["server"] > mean["manager"] > mean["nobody"]


def z_of_two_shares(x1: int, n1: int, x2: int, n2: int) -> float:
    pooled = (x1 + x2) / (n1 + n2)
    return (x1 / n1 - x2 / n2) / math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))


def test_the_biscuit_lifts_the_mood_and_brings_nobody_back() -> None:
    rows = datasets.load("gesture_test")
    arms = {arm: [row for row in rows if row["arm"] == arm] for arm in ("biscuit", "none")}
    assert {arm: len(group) for arm, group in arms.items()} == {"biscuit": 450, "none": 450}
    glad = [sum(row["mood_1_7"] >= 6 for row in arms[arm]) for arm in ("biscuit", "none")]
    back = [sum(row["return_30d"] for row in arms[arm]) for arm in ("biscuit", "none")]
    assert z_of_two_shares(glad[0], 450, glad[1], 450) > 3
    assert abs(z_of_two_shares(back[0], 450, back[1], 450)) < 1


def test_the_biscuit_stops_surprising() -> None:
    lift = []
    for week in range(1, 7):
        rows = [row for row in datasets.load("gesture_test") if row["week"] == week]
        biscuit = [row for row in rows if row["arm"] == "biscuit"]
        without = [row for row in rows if row["arm"] == "none"]
        lift.append(share(biscuit, "mood_1_7") - share(without, "mood_1_7"))
    assert lift[0] > 0.8
    assert lift[0] > lift[1] > lift[2]
    assert max(lift[4:]) < 0.2


# Chapter 8


def test_team_means_of_the_motivating_potential_score() -> None:
    teams = defaultdict(list)
    for row in datasets.load("employees"):
        skill = (row["variety"] + row["identity"] + row["significance"]) / 3
        teams[row["team"]].append(skill * row["autonomy"] * row["feedback"])
    assert {team: len(scores) for team, scores in teams.items()} == {
        "lunch": 12,
        "catering": 8,
        "kitchen": 6,
    }
    assert {team: round(st.mean(scores), 1) for team, scores in teams.items()} == {
        "lunch": 50.5,
        "catering": 150.2,
        "kitchen": 70.7,
    }


def test_one_small_group_hides_behind_a_total_that_gives_it_away() -> None:
    groups = Counter((row["team"], row["shift"]) for row in datasets.load("staff_pulse"))
    small = [group for group, size in groups.items() if size < 5]
    assert small == [("catering", "day")]  # one alone: total minus the rest reveals it
    assert groups["catering", "day"] == 2


def test_reversed_statements_run_against_the_others() -> None:
    rows = [row for row in datasets.load("staff_pulse") if None not in row.values()]
    assert len(rows) == 22
    heard = [row["heard_1"] for row in rows]
    assert st.correlation(heard, [row["heard_2"] for row in rows]) > 0.4
    assert st.correlation(heard, [row["heard_3"] for row in rows]) < -0.4
    assert st.correlation(heard, [row["tools_1"] for row in rows]) < -0.3


def test_staff_and_guests_go_together_mostly_because_of_management() -> None:
    rows = datasets.load("outlets")
    management, staff, guests = (
        [row[name] for row in rows] for name in ("mgmt", "staff_sat", "guest_sat")
    )
    assert st.correlation(staff, guests) == pytest.approx(0.52, abs=0.01)
    unit = [[st.NormalDist.from_samples(v).zscore(x) for x in v] for v in (management, staff)]
    guests_unit = [st.NormalDist.from_samples(guests).zscore(x) for x in guests]
    b, c = slopes(unit, guests_unit)
    assert b == pytest.approx(0.6, abs=0.01)
    assert c == pytest.approx(0.1, abs=0.01)


# Chapter 9


def test_the_transactions_are_the_ones_quoted() -> None:
    rows = datasets.load("transactions")
    assert len(rows) == 1867
    assert len({row["customer_id"] for row in rows}) == 300


def retention(*cohorts: int) -> list[float]:
    """Share that stays, by age, pooled over cohorts and weighted by size."""
    stay, at_risk = defaultdict(int), defaultdict(int)
    for cohort in cohorts:
        active = [row["active"] for row in datasets.load("lunch_card") if row["cohort"] == cohort]
        for age, (before, after) in enumerate(pairwise(active)):
            at_risk[age] += before
            stay[age] += after
    return [stay[age] / at_risk[age] for age in sorted(at_risk)]


EARNED = (2018, 2019, 2020, 2021, 2023, 2024, 2025)


def test_retention_rises_with_age_as_the_shifted_beta_geometric_says() -> None:
    rates = retention(*EARNED)
    expected = [(4.0 + age) / (5.5 + age) for age in range(len(rates))]
    for found, planted in zip(rates, expected, strict=True):
        assert found == pytest.approx(planted, abs=0.02)
    assert rates == sorted(rates)


def test_bought_cards_leave_sooner_than_earned_ones() -> None:
    assert retention(2022)[0] < min(retention(cohort)[0] for cohort in EARNED[:-1]) - 0.15
    sizes = {
        r["cohort"]: r["active"] for r in datasets.load("lunch_card") if r["year"] == r["cohort"]
    }
    assert sizes[2022] == max(sizes.values())
