"""The encoding: every plain value comes back as it was, and nothing else comes through."""

from __future__ import annotations

import datetime as dt
import json
import math
import sys
from collections import Counter, OrderedDict, namedtuple
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.crossing.values import (
    DEPTH,
    Decoder,
    Encoder,
    Opaque,
    Refused,
    dumps,
    loads,
    opaque,
)

texts = st.text(st.characters(codec=None), max_size=20)  # type: ignore[arg-type]
hashables = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | texts
    | st.binary(max_size=20)
    | st.complex_numbers()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.fractions()
    | st.decimals().filter(lambda value: not value.is_snan())
    | st.builds(range, st.integers(), st.integers(), st.integers(1)),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3),
    max_leaves=4,
)
plain_values = st.recursive(
    hashables,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(hashables, inner, max_size=4)
        | st.sets(hashables, max_size=4)
        | st.tuples(inner, inner)
    ),
    max_leaves=10,
)
trees: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(texts, inner, max_size=3)
        | st.builds(
            lambda tag, rest: [tag, *rest],
            st.sampled_from("ltdef@aynLbcrSTDhxqmois.!"),
            st.lists(inner, max_size=5),
        )
    ),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:  # noqa: PLR0911, one return a type
    """Whether two values are of one type and alike to the last bit, their parts too."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return (math.isnan(one) and math.isnan(other)) or (
            one == other and math.copysign(1, one) == math.copysign(1, other)
        )
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, Decimal):
        return str(one) == str(other)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, set | frozenset):
        return len(one) == len(other) and all(any(same(a, b) for b in other) for a in one)
    return bool(one == other)


@given(plain_values)
def test_every_plain_value_comes_back_as_it_was(value: Any) -> None:
    assert same(loads(dumps(value)), value)


@pytest.mark.parametrize(
    "value",
    [
        np.float64(0.1),
        np.float32(1.5),
        np.int64(-3),
        np.bool_(True),
        np.str_("ä"),
        np.complex128(1 - 2j),
        np.datetime64("2026-11-28"),
        np.array([[1.0, np.nan], [-0.0, np.inf]]),
        np.arange(6).reshape(2, 3).T,
        np.array([True, False]),
        np.array(["a", "\u2603"]),
        np.zeros((0, 3)),
        np.array(5),
        np.longdouble("-0.0"),
        np.longdouble(1) / 3,
        np.longdouble("inf"),
        np.array([[1, np.nan, np.inf]], dtype=np.longdouble) / 7,
        np.zeros((2, 0), dtype=np.longdouble),
    ],
    ids=repr,
)
def test_numbers_and_arrays_of_numpy_come_back_as_such(value: Any) -> None:
    back = loads(dumps(value))
    assert type(back) is type(value)
    assert back.dtype == value.dtype
    np.testing.assert_array_equal(back, value)
    if value.dtype.kind == "f":
        np.testing.assert_array_equal(np.signbit(back), np.signbit(value))


@pytest.mark.skipif(
    np.finfo(np.longdouble).max == np.finfo(float).max, reason="the longest numbers are Python's"
)
def test_a_long_number_that_no_two_of_pythons_add_up_to_is_named_by_its_type() -> None:
    back = loads(dumps([np.longdouble("1e4000"), 1.5]))
    assert type(back[0]).__name__ == "longdouble"
    assert back[0] != np.longdouble("1e4000")
    assert back[1] == 1.5


def test_what_is_shared_stays_shared_and_a_list_may_hold_itself() -> None:
    row = [1]
    rows: list[Any] = [row, row]
    rows.append(rows)
    back = loads(dumps(rows))
    assert back[0] is back[1]
    assert back[2] is back


Point = namedtuple("Point", "x y")


class Minutes(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


def test_what_a_class_makes_of_a_plain_type_crosses_as_the_plain_type() -> None:
    assert same(loads(dumps(Minutes(3))), 3.0)
    assert same(loads(dumps(Minutes("-0.0"))), -0.0)
    assert same(loads(dumps(Point(1, 2))), (1, 2))
    assert same(loads(dumps(Counter("aab"))), {"a": 2, "b": 1})
    assert same(loads(dumps(OrderedDict(a=1))), {"a": 1})


class Agreeable:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        raise RuntimeError("asked")

    def __repr__(self) -> str:
        raise RuntimeError("asked")


class Colour(Enum):
    RED = 1


@pytest.mark.parametrize("value", [Agreeable(), Colour.RED, object(), {"a": 1}.keys()], ids=type)
def test_anything_else_is_named_by_its_type_and_equals_nothing(value: object) -> None:
    back = loads(dumps(value))
    assert isinstance(back, Opaque)
    assert type(back).__name__ == type(value).__name__
    assert back != value
    assert back != back  # noqa: PLR0124 - that is the question
    assert not back == back  # noqa: PLR0124, SIM201
    assert loads(dumps([value])) != [value]


def test_a_name_is_made_fit_to_be_a_class() -> None:
    for name in ("", "__class__", "a\x1b[31m<b>\n", 5, None, "x" * 1000):
        made = type(opaque(name)).__name__
        assert made.isprintable()
        assert 0 < len(made) <= 80


def test_what_is_too_deep_or_too_large_is_opaque() -> None:
    deep: list[Any] = []
    for _ in range(DEPTH * 3):
        deep = [deep]
    assert "Opaque" in repr(type(_innermost(loads(dumps(deep)))).__mro__)
    twice: tuple[Any, ...] = ()
    for _ in range(40):
        twice = (twice, twice)
    assert isinstance(loads(dumps(twice)), Opaque)


def _innermost(value: Any) -> Any:
    while isinstance(value, list) and value:
        value = value[0]
    return value


@given(trees)
def test_any_tree_is_a_value_or_refused(tree: Any) -> None:
    try:
        value = Decoder().value(tree)
    except Refused:
        return
    # What came through goes through again.
    assert isinstance(dumps(value), str)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    try:
        loads(data)
    except Refused:
        return


@pytest.mark.parametrize(
    "tree",
    [
        {},
        [],
        ["pickle", "x"],
        ["@", 0],
        ["@", -1],
        ["d", 1],
        ["e", ["l"]],
        ["a", "O", [1], "AAAA"],
        ["a", "<f8", [10**9], ""],
        ["a", "<f8", [-1], ""],
        ["a", "|b1", [1], "Bw=="],
        ["a", "<U1", [1], "/////w=="],
        ["n", "<f8", ""],
        ["L", ["n", "<f8", ""], ["n", "<f8", ""]],
        ["L", ["n", "<f8", "AAAAAAAAAAA="], ["a", "<f8", [], "AAAAAAAAAAA="]],
        ["L", ["a", "<f8", [2], "AAAAAAAAAAA="], ["a", "<f8", [2], "AAAAAAAAAAA="]],
        ["L", ["a", "<i8", [1], "AAAAAAAAAAA="], ["a", "<i8", [1], "AAAAAAAAAAA="]],
        ["L", ["l"], ["l"]],
        ["L", 0, 0],
        ["r", "0x0", "0x1", "0x0"],
        ["q", "0x1", "0x0"],
        ["x", 10**12, 0, 0],
        ["i", "12" * 10],
        ["fn", 1, None, None, None, ""],
    ],
    ids=json.dumps,
)
def test_a_tree_that_no_value_makes_is_refused_or_harmless(tree: Any) -> None:
    try:
        assert type(Decoder().value(tree)) is int
    except Refused:
        return


def test_an_argument_that_comes_back_is_the_argument_with_what_it_holds_now() -> None:
    rows: list[Any] = [{"a": 1}, {"a": 2}]
    here = Encoder()
    there = Decoder()
    sent = there.value(json.loads(json.dumps(here.tree(rows))))
    sent[0]["a"] = [3, 3]
    sent.append(sent[1])
    sent.append([sent[0]["a"]])
    back = Encoder(objects=there.objects)
    value = back.tree([sent, sent[0]])
    contents = [back.contents(held) for held in there.objects]
    reader = Decoder(objects=here.objects)
    first, second = reader.value(value)
    for number, tree in enumerate(json.loads(json.dumps(contents))):
        reader.refill(number, tree)
    assert first is rows
    assert second is rows[0]
    assert rows[2] is rows[1]
    assert rows == [{"a": [3, 3]}, {"a": 2}, {"a": 2}, [[3, 3]]]
    assert rows[3][0] is rows[0]["a"]


@pytest.mark.parametrize("first", [np.zeros(2), bytearray(b"ab"), np.ones(3, dtype=np.longdouble)])
def test_what_stands_behind_an_array_is_not_taken_for_it_when_both_come_back(first: Any) -> None:
    arguments: list[Any] = [first, []]
    here, there = Encoder(), Decoder()
    sent = there.value(json.loads(json.dumps(here.tree(arguments))))
    new = [7]
    sent[1] += [new, new]
    back, reader = Encoder(objects=there.objects), Decoder(objects=here.objects)
    for number, held in enumerate(there.objects):
        reader.refill(number, json.loads(json.dumps(back.contents(held))))
    assert arguments[0] is first
    assert arguments[1] == [[7], [7]]
    assert arguments[1][0] is arguments[1][1]


def test_dates_fractions_and_decimals_are_such() -> None:
    moment = dt.datetime(2026, 11, 28, 2, 25, tzinfo=dt.UTC)
    for value in (moment, Fraction(2, 3), Decimal("1.10"), dt.timedelta(minutes=3)):
        assert same(loads(dumps(value)), value)


@pytest.mark.parametrize("tag", ["d", "e", "f"])
def test_keys_that_all_have_one_hash_are_refused_and_others_are_not(tag: str) -> None:
    # A table of n such keys takes n * n steps to fill.
    keys = [hex(n * sys.hash_info.modulus) for n in range(1, 1000)]
    parts = [part for key in keys for part in ([["i", key], 0] if tag == "d" else [["i", key]])]
    with pytest.raises(Refused, match="hash"):
        Decoder().value([tag, *parts])
    with pytest.raises(Refused, match="hash"):
        Decoder(objects=[{} if tag == "d" else set()]).refill(
            0, ["e" if tag == "f" else tag, *parts]
        )
    kept = {n * 8: n for n in range(5000)}
    assert loads(dumps(kept)) == kept
    assert loads(dumps(set(kept))) == set(kept)
