"""What "The lunch line" says at settings that a reader will try."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicedesign import datasets, queueing
from servicedesign.live.blueprint import lunch_line

FEW = {"replications": 6}


def told(**changes):
    return lunch_line.final({**FEW, **changes})


def measure(frame, name):
    return next(row[1:] for row in frame["table"][1] if row[0].startswith(name))


def test_it_starts_near_the_log_of_the_five_lunches():
    frame = lunch_line.final({})
    log = queueing.queue_stats(datasets.load("lunch_queue"), 5)
    assert float(measure(frame, "mean")[1].split("\u00a0")[0]) == pytest.approx(
        log["mean_wait"], abs=0.2
    )
    assert float(measure(frame, "wait over")[1].rstrip("%")) == pytest.approx(
        100 * log["share_over"], abs=2
    )


def test_the_formula_gives_no_number_where_it_has_none():
    frame = told()
    assert measure(frame, "tills in use")[0] == "1.09"
    assert measure(frame, "mean")[0] == "no steady state"
    assert "no steady state at the top" in frame["summary"]
    exactly = told(profile="flat", arrivals=60, service=60, tills=1)
    assert measure(exactly, "tills in use")[0] == "1.00"
    assert "no steady state: the line grows as long as this lasts" in exactly["summary"]


def test_two_tills_at_half_load_wait_as_erlang_says():
    frame = told(profile="flat", arrivals=90, service=40, cv=1, target=2)
    assert measure(frame, "mean")[0] == "0.22\u00a0min"
    assert measure(frame, "wait over 2")[0] == "1.7%"
    clockwork = told(profile="flat", arrivals=90, service=40, cv=0, target=2)
    assert measure(clockwork, "mean")[0] == "0.11\u00a0min"
    assert measure(clockwork, "wait over 2")[0] == "no formula"


def test_the_first_picture_has_the_formula_and_the_rest_counts_up():
    first = lunch_line.frame(FEW)
    assert measure(first, "mean") == ["no steady state", "\u2013"]
    assert first["summary"].endswith("Now the lunches are simulated.")
    assert "0 of 6 lunches" in first["svg"]
    later = [frame["svg"] for frame in lunch_line.frames(FEW)]
    assert [f"{n} of 6 lunches" in svg for n, svg in zip((2, 4, 6), later, strict=True)] == [
        True
    ] * 3


def test_full_lunches_are_shown_one_by_one_and_empty_ones_in_fives():
    full = {"arrivals": 300, "height": 200, "replications": 3}
    empty = {"arrivals": 10, "height": 0, "replications": 7}
    for setting, counts in ((full, (1, 2, 3)), (empty, (5, 7))):
        pictures = [frame["svg"] for frame in lunch_line.frames(setting)]
        assert len(pictures) == len(counts)
        for count, svg in zip(counts, pictures, strict=True):
            assert f"{count} of {setting['replications']} lunches" in svg


def test_what_the_tills_can_serve_is_drawn_or_said():
    assert ">can be served<" in told()["svg"]
    assert ">can be served<" not in told(arrivals=10, height=0)["svg"]
    assert "far more can be served" in told(arrivals=10, height=0)["svg"]
    # A solid line of no role.
    assert told(arrivals=10, height=0)["svg"].count("xp-s0") == told()["svg"].count("xp-s0") - 1


def test_a_wait_that_feels_twice_as_long_is_the_same_wait():
    frame = told(felt=2)
    wait, felt = (float(measure(frame, n)[1].split("\u00a0")[0]) for n in ("mean", "feels"))
    assert felt == pytest.approx(2 * wait, abs=0.02)
    assert measure(frame, "mean") == measure(told(felt=0.5), "mean")


def test_a_target_of_nothing_counts_those_who_waited_at_all():
    assert "none wait over 0\u00a0min" in told(arrivals=10, height=0, tills=6, target=0)["summary"]


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.sampled_from(["peak", "flat"]),
    st.integers(10, 300),
    st.integers(1, 6),
    st.integers(10, 180),
    st.integers(0, 20),
)
def test_it_draws_whatever_the_reader_sets(profile, arrivals, tills, service, half_minutes):
    frame = lunch_line.final(
        {
            "profile": profile,
            "arrivals": arrivals,
            "tills": tills,
            "service": service,
            "target": half_minutes / 2,
            "replications": 1,
        }
    )
    assert frame["svg"].count("<svg") == 2
    assert "In 1 simulated lunch" in frame["summary"]
    steady = "no steady state" not in frame["summary"]
    assert steady == (measure(frame, "mean")[0] != "no steady state")
