"""Arguments of built-in types go at C speed, and a call is the same as by the slow way."""

from __future__ import annotations

import copy
import pickle
import socket
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import practice
from classroom.crossing.protocol import LARGEST, Line, Silent
from classroom.crossing.stand_in import Crossing, StandIn
from classroom.crossing.values import LONGEST_PLAIN, Decoder, Encoder, Plain, Refused
from practice.check import Check, CheckFailed
from practice.watch import run

from .test_line import Meet, meet

__all__ = ["meet"]

# What functions do to what they are given, and what they give back.
DEEDS = """
import collections, copy
def nothing(x): return None
def itself(x): return x
def a_copy(x): return copy.deepcopy(x)
def inside(x): return [x, (x,), {'x': x}]
def first(x): return next(iter(x), None) if type(x) in (list, dict, set) else 'none'
def cleared(x):
    if hasattr(x, 'clear'): x.clear()
    return x
def longer(x):
    if type(x) is list: x.append(x[:1]); x.append({'new': x[0] if len(x) > 1 else 0})
    if type(x) is dict: x['new'] = [1, x.get('a')]
    if type(x) is bytearray: x += b'!'
    if type(x) is set: x.add('new')
def deep(x):
    for _ in range(4): x = x[-1] if type(x) is list and x and type(x[-1]) is list else x
    if type(x) is list: x[:] = [True if one == 1 else one for one in x]
    return x
def turned(x):
    if type(x) is list: x.reverse()
def of_its_own(x):
    if type(x) is list: x.append(collections.OrderedDict(a=1)); x.append(range)
def raises(x):
    if type(x) is list: x.append(1)
    raise ValueError('no')
"""
NAMES = [line.split()[1].partition("(")[0] for line in DEEDS.splitlines() if line[:4] == "def "]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
    | st.binary(max_size=3)
)
KEYS = st.text(max_size=2) | st.integers() | st.tuples(st.text(max_size=1), st.booleans())
VALUES = st.recursive(
    LEAVES | st.sets(KEYS, max_size=3) | st.binary(max_size=3).map(bytearray),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.tuples(inner, inner)
        # One thing in two places.
        | inner.map(lambda one: [one, one])
    ),
    max_leaves=10,
)


def told(function: StandIn, value: Any) -> tuple[Any, ...]:
    """Call, and tell all that can be told of it: also what is one thing with what."""
    given = copy.deepcopy(value)
    back, error = None, ""
    try:
        back = function(given)
    except Exception as raised:  # noqa: BLE001 - what it raises is what is asked
        error = repr(raised)
    return error, Encoder().tree([given, back])


@pytest.fixture
def both(meet: Meet, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give what is told of a call by either way."""
    names = meet(DEEDS)

    def called(name: str, value: Any) -> list[tuple[Any, ...]]:
        by_pickle = told(names[name], value)
        with monkeypatch.context() as slowly:
            slowly.setattr(Plain, "written", property(lambda _: b"", lambda *_: None))
            return [by_pickle, told(names[name], value)]

    return called


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=VALUES)
def test_a_call_is_the_same_by_either_way(both: Any, value: Any) -> None:
    assert Plain(value).written
    for name in NAMES:
        fast, slow = both(name, value)
        assert fast == slow, name


LOOP: list[Any] = [1]
LOOP.append(LOOP)
SAME = "wait"


LISTS = [
    *(LOOP, {"a": LOOP}, [SAME, SAME, str(b"wait", "ascii")], ["a", str(b"a", "ascii")]),
    *([[]] * 3, [2**70]),
]


@pytest.mark.parametrize("value", LISTS, ids=repr)
@pytest.mark.parametrize("name", NAMES)
def test_loops_and_texts_that_are_one_are_the_same_by_either_way(
    both: Any, name: str, value: Any
) -> None:
    fast, slow = both(name, value)
    assert fast == slow


def nested(levels: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(levels):
        made = [made]
    return made


class Row(dict):  # type: ignore[type-arg]
    pass


@pytest.mark.parametrize(
    "value",
    [
        np.float64(1),
        [np.arange(3)],
        Row(a=1),
        [len],
        Row,
        object(),
        1j,
        ...,
        nested(100_000),
        "x" * (LONGEST_PLAIN + 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_all_else_goes_the_slow_way(value: Any) -> None:
    assert Plain([value]).written == b""


def test_the_learner_s_own_comes_back_as_it_is_whatever_else_is_handed_over(meet: Meet) -> None:
    names = meet("def f(g, n): return g(n)\ndef add(n): return n + 1")
    assert names["f"](names["add"], 3) == 4


# What a check hands over ----------------------------------------------------------------------


@pytest.fixture
def away(meet: Meet, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give what stands for the functions of a cell, called as checks call them at the desk."""
    monkeypatch.setattr(practice.watch, "_away", {})
    practice.watch.runs_away(StandIn, StandIn._ready)
    return meet


def test_a_check_tells_that_an_argument_was_changed_and_leaves_it_as_it_was(away: Meet) -> None:
    names = away("def f(rows, *, more):\n    rows.sort()\n    more['x'] = rows\n    return rows")
    rows, more = [3, 1, 2], {"y": [1]}
    outcome = run(names["f"], (rows,), {"more": more})
    assert outcome.value == [1, 2, 3]
    assert outcome.changed == "place 1, place 1: 1 came back, 3 was expected"
    assert (rows, more) == ([3, 1, 2], {"y": [1]})
    only = run(names["f"], ([1],), {"more": more})
    assert only.changed == "key 'more': the key 'x' was not asked for"
    assert more == {"y": [1]}


def test_a_check_tells_what_was_printed_and_raised(
    away: Meet, capsys: pytest.CaptureFixture[str]
) -> None:
    names = away("def f(rows):\n    print('one')\n    rows.append(1)\n    raise ValueError('no')")
    outcome = run(names["f"], ([],), {}, quiet=True)
    assert outcome.printed == "one\n"
    assert repr(outcome.error) == "ValueError('no')"
    assert outcome.changed == "place 1: 1 items came back, 0 were expected"
    assert capsys.readouterr() == ("", "")
    with pytest.raises(NotImplementedError):
        run(away("def f(): raise NotImplementedError")["f"], (), {})


def test_a_check_tells_which_function_did_the_work(away: Meet) -> None:
    source = "import statistics\ndef f(n): return statistics.mean(n)"
    f = away(source, watched=("statistics",))["f"]
    assert run(f, ([1, 2],), {}, "statistics").borrowed == "statistics.mean"
    assert run(f, ([1, 2],), {}, "stat").borrowed == ""
    with pytest.raises(CheckFailed, match=r"It used +statistics\.mean"):
        Check({}, ["f"], "statistics")(f, [1, 2]).returns(1.5)


def test_a_check_with_what_is_not_plain_is_watched_as_before(away: Meet) -> None:
    names = away("def f(g, rows):\n    rows.append(1)\n    return g(2)")
    rows: list[int] = []
    outcome = run(names["f"], (lambda n: n + 1, rows), {})
    assert (outcome.value, rows) == (3, [])
    assert outcome.changed is not None


# What stays as closed as it was ---------------------------------------------------------------


@pytest.fixture
def pair() -> Any:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_the_tests_side_takes_no_message_that_is_not_json(pair: Any) -> None:
    here, there = pair
    data = pickle.dumps([1])
    there.sendall(len(data).to_bytes(4, "big") + data)
    with pytest.raises(Refused):
        Line(here).receive(time.monotonic() + 5)


@pytest.mark.parametrize("seconds", [0.05, 0.4, 1.3])
def test_who_waits_hears_in_time_that_nothing_came(pair: Any, seconds: float) -> None:
    here, there = pair
    line, begun = Line(here), time.monotonic()
    with pytest.raises(Silent):
        line.receive(begun + seconds)
    assert time.monotonic() - begun >= seconds
    # A short wait does not shorten the next.
    Line(there).send("answer", 1)
    assert line.receive(time.monotonic() + 60) == ("answer", [1])


def test_who_sends_gives_up_where_nobody_takes(pair: Any) -> None:
    here, _there = pair
    line = Line(here)
    line.send_within(0.05)
    with pytest.raises(Silent):
        line.send_bytes(b"[" * LARGEST)


def test_of_what_a_hidden_part_sends_plainly_the_texts_are_known(meet: Meet) -> None:
    f = meet("def f(x): return 1", hidden=True)["f"]
    crossing: Crossing = f._crossing
    rows = [{"name": "aalto"}, (b"\xe4",)]
    f(rows)
    rows[0] = {"name": "late"}
    assert sorted(crossing._sent()) == ["aalto", "f", "name", "ä"]


def test_a_value_that_points_beyond_what_was_handed_over_ends_the_test() -> None:
    with pytest.raises(Refused):
        Decoder({}, [[1]]).value(["l", ["@", 7]])
