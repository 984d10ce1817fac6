"""The simulated noon agrees with the formulas where they hold (chapter 6)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import queue_simulation, queueing

NOON = {"base": 0.6, "height": 1.5, "middle": 60, "width": 28}


def last(results):
    return list(results)[-1]


def test_a_flat_day_waits_as_erlang_says() -> None:
    flat = {"base": 1.5, "height": 0, "middle": 0, "width": 1}
    # Exponential service has a coefficient of variation of 1; the log-normal
    # stands in for it, so the mean wait is right and the tail only nearly so.
    result = last(queue_simulation.noon_peak(flat, 3000, 2, 1 / 1.5, 1.0, 2, replications=12))
    formula = queueing.mmc(1.5, 1.5, 2)
    assert result["mean_wait"] == pytest.approx(formula["wq"], rel=0.08)
    assert result["utilisation"] == pytest.approx(0.5, rel=0.02)
    mean_line = sum(result["waiting"]) / len(result["waiting"])
    assert mean_line == pytest.approx(formula["lq"], rel=0.1)


def test_clockwork_service_at_one_till_waits_half_as_long() -> None:
    flat = {"base": 0.8, "height": 0, "middle": 0, "width": 1}
    result = last(queue_simulation.noon_peak(flat, 4000, 1, 1.0, 0.0, 2, replications=15))
    exact = queueing.allen_cunneen(0.8, 1.0, 1, 1, 0)
    assert result["mean_wait"] == pytest.approx(exact, rel=0.08)


def test_guests_come_when_the_peak_says() -> None:
    times = [
        arrive
        for day in range(1, 81)
        for arrive, _, _ in queue_simulation.simulated_day(NOON, 150, 2, 1, 0.5, 3, day)
    ]
    for start in range(0, 150, 30):
        minutes = range(start, start + 30)
        expected = sum(queue_simulation.arrival_rate(t + 0.5, **NOON) for t in minutes)
        found = sum(start <= t < start + 30 for t in times) / 80
        assert found == pytest.approx(expected, rel=0.06)


def test_a_short_peak_clears_although_tills_are_overrun() -> None:
    result = last(queue_simulation.noon_peak(NOON, 150, 2, 0.967, 0.48, 5, replications=60))
    line = result["waiting"]
    assert queue_simulation.arrival_rate(60, **NOON) * 0.967 / 2 > 1
    assert max(line) > 3
    assert line[-1] < 0.5
    assert result["guests"] / 60 == pytest.approx(175, rel=0.06)


def test_each_slice_reports_the_count_reached_and_the_last_one_all() -> None:
    counts = [
        result["replications"]
        for result in queue_simulation.noon_peak(
            NOON, 150, 2, 0.967, 0.48, 5, replications=7, slice_size=3
        )
    ]
    assert counts == [3, 6, 7]


def test_slices_change_when_results_come_not_what_they_are() -> None:
    def run(slice_size: int) -> dict:
        return last(
            queue_simulation.noon_peak(
                NOON, 150, 2, 0.967, 0.48, 5, replications=6, slice_size=slice_size
            )
        )

    assert run(1) == run(6)


@given(st.integers(0, 50), st.integers(1, 20), st.integers(1, 4))
def test_one_more_till_sees_the_same_guests_and_lets_none_wait_longer(seed, day, tills) -> None:
    few = queue_simulation.simulated_day(NOON, 60, tills, 1, 0.5, seed, day)
    more = queue_simulation.simulated_day(NOON, 60, tills + 1, 1, 0.5, seed, day)
    for (arrive, start, end), (same, sooner, sooner_end) in zip(few, more, strict=True):
        assert arrive == same
        assert sooner <= start + 1e-9
        assert sooner_end - sooner == pytest.approx(end - start)


def test_the_picture_counts_what_the_guests_lived_through() -> None:
    result = last(queue_simulation.noon_peak(NOON, 90, 2, 0.967, 0.48, 2, replications=1, seed=9))
    day = queue_simulation.simulated_day(NOON, 90, 2, 0.967, 0.48, 9, 1)
    waits = [start - arrive for arrive, start, _ in day]
    assert result["guests"] == len(day)
    assert result["mean_wait"] == pytest.approx(sum(waits) / len(waits))
    assert result["share_over"] == sum(wait > 2 for wait in waits) / len(waits)
    assert result["p90_wait"] == pytest.approx(queueing.nearest_rank(waits, 0.9), abs=0.1)
    assert sum(result["histogram"]) == pytest.approx(1)
    assert result["histogram"][0] == pytest.approx(sum(w <= 1 for w in waits) / len(waits))
    assert result["histogram"][1] == pytest.approx(sum(1 < w <= 2 for w in waits) / len(waits))
    for minute, line in enumerate(result["waiting"]):
        assert line == sum(arrive <= minute < start for arrive, start, _ in day)
    busy = sum(min(end, 90) - min(start, 90) for _, start, end in day)
    assert result["utilisation"] == pytest.approx(busy / 180)


def test_a_day_without_guests_has_no_waits_to_tell() -> None:
    nobody = {"base": 0, "height": 0, "middle": 0, "width": 1}
    result = last(queue_simulation.noon_peak(nobody, 30, 2, 1, 0.5, 2, replications=2))
    assert result["guests"] == 0
    assert result["mean_wait"] is None
    assert result["p90_wait"] is None
    assert result["histogram"] == []
    assert result["utilisation"] == 0
    assert set(result["waiting"]) == {0}


def test_minutes_add_up_to_the_guests_of_the_peak() -> None:
    rates = queue_simulation.arrivals_by_minute(NOON, 150)
    assert rates[59] == pytest.approx(queue_simulation.arrival_rate(59.5, **NOON))
    bell = NOON["height"] * NOON["width"] * math.sqrt(math.pi)
    assert sum(rates) == pytest.approx(150 * NOON["base"] + bell, rel=0.01)
    flat = {"base": 1, "height": 0, "middle": 0, "width": 1}
    assert queue_simulation.arrivals_by_minute(flat, 4) == [1.0] * 4


@given(st.lists(st.floats(0, 9), max_size=40), st.floats(0, 9))
def test_an_even_stream_makes_a_line_only_while_more_come_than_are_served(rates, capacity) -> None:
    line = queue_simulation.fluid_line(rates, capacity)
    assert len(line) == len(rates) + 1
    assert line[0] == 0
    for rate, before, after in zip(rates, line, line[1:], strict=False):
        assert after >= 0
        assert (after > before) == (before + rate - capacity > before)
    assert queue_simulation.fluid_line(rates, 9.0) == [0.0] * len(line)


def test_chance_makes_a_longer_line_than_averages_alone() -> None:
    rates = queue_simulation.arrivals_by_minute(NOON, 150)
    even = max(queue_simulation.fluid_line(rates, 2 / 0.967))
    lived = last(queue_simulation.noon_peak(NOON, 150, 2, 0.967, 0.48, 5, replications=30))
    assert max(lived["waiting"]) > even + 2
    with pytest.raises(ValueError, match="capacity must be at least 0 per min, got -1"):
        queue_simulation.fluid_line(rates, -1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"minutes": 0}, "minutes must be greater than 0 min, got 0"),
        ({"replications": 0}, "replications must be a whole number of at least 1, got 0"),
        ({"slice_size": 0}, "slice_size must be a whole number of at least 1, got 0"),
        ({"tills": 0}, "tills must be a whole number of at least 1, got 0"),
        ({"target": -1}, "target must be at least 0 min, got -1"),
        ({"mean_service": 0}, "mean must be greater than 0, got 0"),
        ({"peak": {**NOON, "base": -1}}, "base must be at least 0 per min, got -1"),
        ({"peak": {**NOON, "width": 0}}, "width must be greater than 0 min, got 0"),
    ],
)
def test_noons_that_cannot_be_simulated_are_refused(change, message) -> None:
    arguments = {
        "peak": NOON, "minutes": 30, "tills": 2, "mean_service": 1, "cv": 0.5, "target": 2,
    }  # fmt: skip
    with pytest.raises(ValueError, match=message):
        last(queue_simulation.noon_peak(**{**arguments, **change}))
