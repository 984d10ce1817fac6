"""The line under fire: whatever a hostile side answers, each call gives a plain value or an error.

`test_line` sends bytes and messages at random; here they have the shape of answers, down to
the tags, so that what lies behind the first check is reached as well.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import fractions
import io
import json
import socket
import struct
import time
import traceback
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom.crossing.protocol import VERSION
from classroom.crossing.stand_in import (
    AnswersEndedError,
    CallTimeoutError,
    Crossing,
    StandIn,
    _code,
    _Coroutine,
    _Iterator,
    _Step,
)
from classroom.crossing.tests import _without
from classroom.crossing.values import Decoder, Encoder, Opaque

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-3, 12)
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["0x1", "-0x2", "AAAAAAAAAAA=", "<f8", "|b1", "<U2", "M8[D]", "2026-11-28"])
    | st.sampled_from(["builtins", "ValueError", "crossing.stand_in", "practice", "__main__"])
)
tags = st.sampled_from([*"ltdef@aynLbcrSTDhxqmois.!", "fn", "it", "w", "yours", "g", "k", "m?"])
tagged = st.builds(lambda tag, rest: [tag, *rest], tags, st.lists(leaves, max_size=3))
trees: Any = st.recursive(
    leaves | tagged | tagged,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.builds(lambda tag, rest: [tag, *rest], tags, st.lists(inner, max_size=6))
        | st.builds(lambda rest: ["l", *rest], st.lists(tagged, max_size=4))
    ),
    max_leaves=14,
)
frames = st.lists(
    st.tuples(
        st.text(max_size=4) | leaves,
        st.integers(-2, 5) | leaves,
        st.text(max_size=5) | leaves,
        st.integers(-5, 40) | leaves,
        st.tuples(
            st.integers(-(10**9), 50) | leaves,
            st.lists(st.integers(-3, 16), max_size=4),
            st.lists(st.sampled_from(["a", "b", "_Step", "class", "a b", ""]) | leaves, max_size=4),
        )
        | trees,
    ).map(list),
    max_size=4,
)
kinds = st.lists(
    st.lists(
        st.sampled_from(["builtins", "json", "__main__", "practice.check", "practice"])
        | st.sampled_from(
            ["ValueError", "KeyError", "SystemExit", "OSError", "CheckFailed", "eval"]
        )
        | st.text(max_size=5),
        min_size=2,
        max_size=2,
    )
    | trees,
    max_size=4,
)
errors = st.fixed_dictionaries(
    {},
    optional={
        "kinds": kinds | trees,
        "words": st.text(max_size=12) | trees,
        "args": st.lists(trees, max_size=3) | trees,
        "frames": frames | trees,
    },
)
answers = st.fixed_dictionaries({"value": trees}) | st.fixed_dictionaries(
    {},
    optional={
        "value": trees,
        "error": errors | trees,
        "printed": st.lists(st.tuples(leaves, leaves).map(list), max_size=3) | trees,
        "objects": st.lists(trees, max_size=3) | trees,
        "borrowed": st.text(max_size=8) | trees,
    },
)
questions = st.builds(
    lambda number, sent: [VERSION, "call", number, sent],
    st.integers(-1, 2) | leaves,
    st.lists(st.tuples(st.just("l"), trees).map(list) | trees, max_size=2).map(
        lambda parts: ["t", *parts, ["d"]]
    )
    | trees,
)

PLAIN = (
    type(None)
    | bool
    | int
    | float
    | complex
    | str
    | bytes
    | bytearray
    | range
    | slice
    | dt.date
    | dt.time
    | dt.timedelta
    | fractions.Fraction
    | decimal.Decimal
    | np.generic
    | np.ndarray
    | type(...)
    | type(NotImplemented)
)
STANDS = (StandIn, _Iterator, _Coroutine)


def framed(message: object) -> bytes:
    data = json.dumps(message).encode()
    return struct.pack("!I", len(data)) + data


def mine(*_: object, **__: object) -> list[int]:
    """Stand for a function of the tests that was handed over."""
    return [1]


@contextlib.contextmanager
def met(data: bytes, *, hidden: bool = False) -> Iterator[Crossing]:
    """Give a line whose other side has written this already, and then says no more."""
    here, there = socket.socketpair()
    with here, there:
        there.sendall(data[:150_000])
        there.shutdown(socket.SHUT_WR)
        yield Crossing(here, time.monotonic() + 5, {}, lambda: hidden)


def only_plain(value: Any, seen: set[int]) -> bool:
    """Whether a value is of the listed types in all its parts, or stands for one over there."""
    if id(value) in seen:
        return True
    seen.add(id(value))
    if type(value) is dict:
        return all(only_plain(part, seen) for pair in value.items() for part in pair)
    if type(value) in (list, tuple, set, frozenset):
        return all(only_plain(part, seen) for part in value)
    return isinstance(value, PLAIN | Opaque) or type(value) in STANDS or value is mine


def asked(line: Crossing, *arguments: Any) -> Any:
    """Call across it; give what came, be it an error."""
    stand_in = StandIn()
    stand_in._become(line, "f", ["fn", 0, "f", None, None, ""])
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            return stand_in(*arguments)
        except BaseException as error:  # noqa: BLE001 - any that was told is an answer
            # What draws it must be able to.
            traceback.format_exception(error)
            return error


@QUICK
@given(st.lists(answers, min_size=1, max_size=3), st.booleans())
def test_an_answer_of_any_shape_is_a_plain_value_or_an_error(said: list[Any], hidden: bool) -> None:
    given_, named = [1, [2]], {"a": mine}
    with met(b"".join(framed([VERSION, "answer", one]) for one in said), hidden=hidden) as line:
        value = asked(line, given_, named)
    if isinstance(value, BaseException):
        told = isinstance(said[0].get("error"), dict) or said[0].get("borrowed")
        assert told or isinstance(value, AnswersEndedError), repr(value)
    else:
        assert only_plain(value, set()), repr(value)
    assert only_plain(given_, set())


@QUICK
@given(st.lists(questions, min_size=1, max_size=3), answers)
def test_functions_of_the_tests_hear_plain_values_whatever_calls_them(
    called: list[Any], last: Any
) -> None:
    heard: list[Any] = []

    def listens(*arguments: Any, **named: Any) -> int:
        heard.extend([*arguments, *named.values()])
        return 1

    data = b"".join(map(framed, called)) + framed([VERSION, "answer", last])
    with met(data) as line:
        asked(line, listens)
    assert only_plain([one for one in heard if one is not listens], set())


@QUICK
@given(st.lists(st.none() | st.lists(trees, max_size=2) | trees, max_size=3) | trees)
def test_names_of_any_shape_are_plain_values_or_an_end(given_: Any) -> None:
    with met(framed([VERSION, "answer", {"value": given_}])) as line:
        try:
            found = line.names(["f", "g"], {})
        except (AnswersEndedError, CallTimeoutError):
            found = {}
    assert only_plain(found, set())


@QUICK
@given(errors)
def test_the_words_of_an_error_of_any_shape_are_not_shown_by_a_hidden_test(told: Any) -> None:
    told = {**told, "words": "loot of the hidden test"}
    with met(framed([VERSION, "answer", {"error": told}]), hidden=True) as line:
        value = asked(line, 1)
    assert isinstance(value, BaseException)
    assert "loot" not in "".join(f"{part}" for part in value.args)
    # As it would be sent to be shown.
    text = "".join(traceback.format_exception(value)) + f"{value}"
    assert "loot" not in _without(text, line.hidden_words, line.unshown())


containers: Any = st.recursive(
    st.integers(0, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
        | st.sets(st.integers(0, 9), max_size=3)
    ),
    max_leaves=8,
)


@QUICK
@given(st.lists(containers, max_size=3), st.lists(containers, max_size=3), st.data())
def test_whatever_a_function_makes_of_its_arguments_is_found_in_them(
    rows: list[Any], more: list[Any], data: st.DataObject
) -> None:
    here, there = Encoder(), Decoder()
    sent = there.value(json.loads(json.dumps(here.tree(rows))))
    assert sent == rows
    # Some of its containers get other contents, each other among them.
    for held in there.objects:
        if type(held) is list and data.draw(st.booleans()):
            held[:] = [*more, *data.draw(st.lists(st.sampled_from(there.objects), max_size=2))]
    back, reader = Encoder(objects=there.objects), Decoder(objects=here.objects)
    for number, held in enumerate(list(there.objects)):
        reader.refill(number, json.loads(json.dumps(back.contents(held))))
    assert dumped(rows) == dumped(sent)


def dumped(value: Any) -> str:
    return json.dumps(Encoder().tree(value))


@pytest.mark.parametrize("first", [-(10**12), 0, float("inf"), 10**12])
@pytest.mark.parametrize("named", [["a"], ["_Step"], ["class"], ["a", "a"]])
def test_a_frame_begins_in_a_line_that_there_can_be(first: float, named: list[str]) -> None:
    made = _code("/answers/x.py", "f", 9, [first, [len(named), 0, 0], named])
    assert 1 <= made.__code__.co_firstlineno <= 9
    with pytest.raises(_Step):
        made()
