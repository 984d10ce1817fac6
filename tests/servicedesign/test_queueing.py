"""The line at noon: formulas, and what the log says (chapter 6)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import datasets, queueing

BUSY = st.floats(0.01, 0.98)
SPEED = st.floats(0.05, 20)
TILLS = st.integers(1, 30)


def test_two_tills_at_half_load_wait_as_the_dossier_says() -> None:
    line = queueing.mmc(1.5, 1.5, 2)
    assert line["p_wait"] == pytest.approx(1 / 3)
    assert line["wq"] == pytest.approx(0.2222, abs=5e-5)
    assert queueing.mmc_tail(1.5, 1.5, 2, 2) == pytest.approx(0.0166, abs=5e-5)


@given(BUSY, SPEED)
def test_one_till_has_its_closed_form(rho, mu) -> None:
    line = queueing.mmc(rho * mu, mu, 1)
    assert line["p_wait"] == pytest.approx(rho)
    assert line["l"] == pytest.approx(rho / (1 - rho))
    assert line["w"] == pytest.approx(1 / (mu * (1 - rho)))


@given(BUSY, SPEED, TILLS)
def test_littles_law_holds_in_line_and_in_all(rho, mu, c) -> None:
    lam = rho * c * mu
    line = queueing.mmc(lam, mu, c)
    assert line["lq"] == pytest.approx(lam * line["wq"])
    assert line["l"] == pytest.approx(lam * line["w"])
    assert line["l"] - line["lq"] == pytest.approx(c * line["rho"])
    assert line["rho"] == pytest.approx(rho)


@given(BUSY, SPEED, TILLS)
def test_hours_or_minutes_make_no_difference(rho, mu, c) -> None:
    per_minute = queueing.mmc(rho * c * mu, mu, c)
    per_hour = queueing.mmc(60 * rho * c * mu, 60 * mu, c)
    assert 60 * per_hour["wq"] == pytest.approx(per_minute["wq"])
    assert per_hour["p_wait"] == pytest.approx(per_minute["p_wait"])


@given(st.integers(1, 12), st.floats(0.05, 0.95))
def test_the_recursion_is_erlangs_formula_with_factorials(c, rho) -> None:
    a = rho * c
    last = a**c / math.factorial(c) / (1 - rho)
    others = math.fsum(a**k / math.factorial(k) for k in range(c))
    assert queueing.erlang_c(c, a) == pytest.approx(last / (others + last))


@given(BUSY, SPEED, st.integers(1, 20))
def test_a_busier_line_or_one_till_less_waits_longer(rho, mu, c) -> None:
    lam = rho * c * mu
    assert queueing.mmc(lam, mu, c + 1)["wq"] < queueing.mmc(lam, mu, c)["wq"]
    assert queueing.mmc(0.9 * lam, mu, c)["wq"] < queueing.mmc(lam, mu, c)["wq"]


def test_two_hundred_tills_do_not_overflow() -> None:
    line = queueing.mmc(190, 1, 200)
    assert 0 < line["p_wait"] < 1


def test_one_line_for_two_tills_beats_two_lines() -> None:
    # At 90% use: minutes of two, then of one.
    assert queueing.mmc(0.45, 0.5, 1)["wq"] == pytest.approx(18.0)
    assert queueing.mmc(0.9, 0.5, 2)["wq"] == pytest.approx(8.5, abs=0.05)
    assert queueing.mmc(0.9, 1, 1)["wq"] == pytest.approx(9.0)
    assert queueing.mmc(1.8, 1, 2)["wq"] == pytest.approx(4.26, abs=0.005)


def test_without_guests_nobody_waits() -> None:
    assert queueing.mmc(0, 2, 3) == {
        "rho": 0, "p_wait": 0, "wq": 0, "w": 0.5, "lq": 0, "l": 0,
    }  # fmt: skip


@given(BUSY, SPEED, TILLS)
def test_the_tail_starts_at_the_chance_of_waiting_and_sums_to_the_mean_wait(rho, mu, c) -> None:
    lam = rho * c * mu
    line = queueing.mmc(lam, mu, c)
    assert queueing.mmc_tail(lam, mu, c, 0) == pytest.approx(line["p_wait"])
    # An exponential tail of rate r has the mean p_wait / r.
    halved = math.log(2) / (c * mu - lam)
    assert queueing.mmc_tail(lam, mu, c, halved) == pytest.approx(line["p_wait"] / 2)


@given(BUSY, SPEED, TILLS)
def test_times_at_random_need_no_correction_and_clockwork_never_waits(rho, mu, c) -> None:
    lam = rho * c * mu
    plain = queueing.mmc(lam, mu, c)["wq"]
    assert queueing.allen_cunneen(lam, mu, c, 1, 1) == pytest.approx(plain)
    assert queueing.allen_cunneen(lam, mu, c, 1, 0) == pytest.approx(plain / 2)
    assert queueing.allen_cunneen(lam, mu, c, 0, 0) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: queueing.mmc(2, 1, 2), "load must be less than c for a steady state, got 2.0"),
        (lambda: queueing.mmc(-1, 1, 2), "lam must be at least 0 per min, got -1"),
        (lambda: queueing.mmc(1, 0, 2), "mu must be greater than 0 per min, got 0"),
        (lambda: queueing.mmc(1, 1, 1.5), "c must be a whole number of at least 1, got 1.5"),
        (lambda: queueing.mmc(1, 1, 0), "c must be a whole number of at least 1, got 0"),
        (lambda: queueing.mmc_tail(1, 1, 2, -1), "t must be at least 0 min, got -1"),
        (lambda: queueing.allen_cunneen(1, 1, 2, -1, 1), "cv_arrival must be at least 0, got -1"),
        (lambda: queueing.nearest_rank([1], 0), "share must be greater than 0, got 0"),
        (lambda: queueing.serve([2, 1], [1, 1], 1), "arrival must be at least 2 min, got 1"),
        (lambda: queueing.serve([1], [1], 2, [0]), "opens must be as long as the tills"),
        (lambda: queueing.serve([1], [1], 1, None, []), "closes must be as long as the tills"),
        (lambda: queueing.serve([1], [1], 1, None, [9]), "closes must leave one till open"),
    ],
)
def test_lines_without_an_answer_are_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def noon_log() -> list[dict]:
    return datasets.load("lunch_queue")


def test_five_noons_in_the_log_are_those_of_the_dossier() -> None:
    stats = queueing.queue_stats(noon_log(), 5)
    assert stats["guests"] == 875
    assert stats["mean_wait"] == pytest.approx(1.62, abs=0.005)
    assert stats["p90_wait"] == pytest.approx(5.1, abs=0.05)
    assert stats["share_over"] == pytest.approx(0.102, abs=5e-4)


def test_the_peak_is_too_much_for_two_tills() -> None:
    rows = noon_log()
    service = math.fsum(row["end_min"] - row["start_min"] for row in rows) / len(rows)
    peak = [row for row in rows if 45 <= row["arrive_min"] < 75]
    assert service == pytest.approx(0.967, abs=5e-4)
    assert len(peak) / (5 * 30) == pytest.approx(2.14, abs=0.005)
    assert 2.14 * service / 2 == pytest.approx(1.03, abs=0.006)
    longer = [row for row in rows if 45 <= row["arrive_min"] < 90]
    assert len(longer) / (5 * 45) == pytest.approx(1.876, abs=5e-4)


def test_a_third_till_has_the_dossiers_formula_waits() -> None:
    line = queueing.mmc(2.14, 1 / 0.967, 3)
    assert line["rho"] == pytest.approx(0.69, abs=0.005)
    assert line["wq"] == pytest.approx(0.50, abs=0.005)
    assert queueing.mmc_tail(2.14, 1 / 0.967, 3, 2) == pytest.approx(0.070, abs=5e-4)
    assert queueing.allen_cunneen(2.14, 1 / 0.967, 3, 1, 0.48) == pytest.approx(0.31, abs=0.005)


def test_service_times_in_the_log_vary_half_as_much_as_at_random() -> None:
    times = [row["end_min"] - row["start_min"] for row in noon_log()]
    middle = math.fsum(times) / len(times)
    sd = math.sqrt(math.fsum((time - middle) ** 2 for time in times) / (len(times) - 1))
    assert sd / middle == pytest.approx(0.48, abs=0.005)


def test_replaying_the_log_with_its_own_two_tills_gives_the_log() -> None:
    rows = sorted(noon_log(), key=lambda row: (row["day"], row["arrive_min"], row["start_min"]))
    for row, again in zip(rows, queueing.replay(rows[::-1], 2), strict=True):
        assert again == pytest.approx(row)


@pytest.mark.parametrize(("opens", "mean_wait"), [([0, 0, 0], 0.304), ([0, 0, 45], 0.309)])
def test_a_third_till_replayed_cuts_the_noon_wait(opens, mean_wait) -> None:
    replayed = queueing.replay(noon_log(), 3, opens)
    stats = queueing.queue_stats([row for row in replayed if 45 <= row["arrive_min"] < 75], 2)
    assert stats["mean_wait"] == pytest.approx(mean_wait, abs=5e-4)
    assert stats["share_over"] == pytest.approx(0.012, abs=5e-4)


def test_a_till_that_closes_begins_with_nobody_from_then_on() -> None:
    arrivals, services = [0, 0, 1, 6, 7], [4, 3, 4, 1, 1]
    served = queueing.serve(arrivals, services, 2, None, [None, 3])
    assert [start for _, start, _ in served] == [0, 0, 4, 8, 9]
    served = queueing.serve(arrivals, services, 2, None, [None, 4])
    assert [start for _, start, _ in served] == [0, 0, 3, 6, 7]


def test_a_third_till_for_three_quarters_of_an_hour_keeps_the_target() -> None:
    short = queueing.replay(noon_log(), 3, [0, 0, 45], [None, None, 90])
    assert queueing.queue_stats(short, 5)["share_over"] == 0
    after = [row for row in short if row["arrive_min"] >= 90]
    assert 1 < max(row["start_min"] - row["arrive_min"] for row in after) < 2


DAYS = st.lists(
    st.tuples(
        st.sampled_from(["Mon", "Tue", "Wed"]),
        st.integers(0, 150),
        st.integers(0, 20),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=40,
).map(
    lambda rows: [
        {"day": day, "arrive_min": a, "start_min": a + wait, "end_min": a + wait + service}
        for day, a, wait, service in rows
    ]
)


@given(DAYS, st.floats(0, 20), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows, target, random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert queueing.queue_stats(shuffled, target) == queueing.queue_stats(rows, target)


@given(DAYS)
def test_littles_law_holds_over_the_windows_of_the_log(rows) -> None:
    stats = queueing.queue_stats(rows, 1)
    per_minute = stats["guests"] / stats["minutes"] if stats["minutes"] else 0
    assert stats["mean_waiting"] == pytest.approx(per_minute * stats["mean_wait"])


@given(DAYS)
def test_the_mean_number_in_line_is_what_counting_every_minute_gives(rows) -> None:
    stats = queueing.queue_stats(rows, 1)
    in_line = sum(
        row["arrive_min"] <= minute < row["start_min"] for row in rows for minute in range(200)
    )
    assert stats["mean_waiting"] * stats["minutes"] == pytest.approx(in_line)


def test_a_wait_of_just_the_target_meets_it_and_nights_do_not_count() -> None:
    rows = [
        {"day": 1, "arrive_min": 0, "start_min": 2, "end_min": 3},
        {"day": 2, "arrive_min": 100, "start_min": 103, "end_min": 107},
    ]
    stats = queueing.queue_stats(rows, 2)
    assert stats["share_over"] == 0.5
    assert stats["minutes"] == 10
    assert stats["mean_waiting"] == 0.5


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "rows must not be empty"),
        ([{"day": 1, "arrive_min": 3, "start_min": 2, "end_min": 4}],
         r"start_min must be at least 3 min, got 2 \(row 1\)"),
        ([{"day": 1, "arrive_min": 1, "start_min": 2, "end_min": 1}],
         r"end_min must be at least 2 min, got 1 \(row 1\)"),
    ],
)  # fmt: skip
def test_logs_that_run_backwards_are_refused(rows, message) -> None:
    with pytest.raises(ValueError, match=message):
        queueing.queue_stats(rows, 5)


def test_nearest_rank_takes_a_value_that_was_seen() -> None:
    ten = list(range(10, 0, -1))
    assert queueing.nearest_rank(ten, 0.9) == 9
    assert queueing.nearest_rank(ten, 0.91) == 10
    assert queueing.nearest_rank(ten, 0.01) == 1
    assert queueing.nearest_rank(ten, 1) == 10


GUESTS = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 10)), min_size=1, max_size=40).map(
    sorted
)


@given(GUESTS, st.integers(1, 4))
def test_one_more_till_never_lengthens_a_wait(guests, tills) -> None:
    arrivals, services = [a for a, _ in guests], [s for _, s in guests]
    few = queueing.serve(arrivals, services, tills)
    more = queueing.serve(arrivals, services, tills + 1)
    for (arrive, start, end), (_, sooner, _) in zip(few, more, strict=True):
        assert arrive <= sooner <= start + 1e-9
        assert end >= start


@given(GUESTS, st.integers(1, 4))
def test_never_more_guests_are_served_at_once_than_there_are_tills(guests, tills) -> None:
    served = queueing.serve([a for a, _ in guests], [s for _, s in guests], tills)
    assert [start for _, start, _ in served] == sorted(start for _, start, _ in served)
    for _, moment, _ in served:
        assert sum(start <= moment < end for _, start, end in served) <= tills


def test_wages_are_shared_by_the_guests() -> None:
    assert queueing.wage_cost_per_lunch(2, 150, 20, 175) == pytest.approx(100 / 175)
    assert queueing.wage_cost_per_lunch(2, 150, 20, 0) is None


def test_a_felt_wait_is_the_wait_times_its_multiplier() -> None:
    assert queueing.felt_wait(4, 1.5) == 6
    with pytest.raises(ValueError, match="multiplier must be at least 0, got -1"):
        queueing.felt_wait(4, -1)
