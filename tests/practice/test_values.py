"""Values are compared for what they are, whatever they claim."""

import copy
import math
import sys
import types
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.values import _compare, _same, copied, first_difference, rebuilt, show

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


class Everything:
    """Claims to equal all, to be a list and to be a number."""

    __class__ = list  # type: ignore[assignment]

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("a")

    def __float__(self):
        return 1.0

    def __len__(self):
        return 1

    def __iter__(self):
        return iter([1])


class EqualClass(type):
    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(int)


class Chameleon(metaclass=EqualClass):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


class LyingFloat(float):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __sub__(self, other):
        return 0.0


class LyingList(list):
    __hash__ = None

    def __eq__(self, other):
        return True

    def __iter__(self):
        return iter([1, 2])

    def __len__(self):
        return 2


class LyingText(str):
    __slots__ = ()

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("a")


class Rude:
    def __repr__(self):
        raise RuntimeError("no")


class Endless:
    def __repr__(self):
        return "x" * 10_000_000


@given(JSON)
def test_a_value_equals_itself(value):
    assert first_difference(value, value) is None


@given(JSON, JSON)
def test_values_that_python_tells_apart_differ_unless_they_are_close_numbers(one, other):
    if first_difference(one, other, within=0.0) is None:
        assert one == other


@given(JSON, JSON)
def test_what_is_equal_at_first_sight_is_equal_when_rebuilt(one, other):
    for got in (other, copy.deepcopy(one), [one, other], {"a": one}):
        for expected in (one, [one, one], {"a": one}):
            if _same(got, expected):
                assert _compare(rebuilt(got), rebuilt(expected), None, "") is None


@pytest.mark.parametrize(
    "liar",
    [Everything(), Chameleon(), LyingFloat(1), LyingList([1]), LyingText("a"), True, 1.0],
)
@pytest.mark.parametrize("expected", [1, "a", [1], [[1], 1], {"a": 1}, {1: "a"}])
def test_nothing_but_the_built_in_types_is_equal_at_first_sight(liar, expected):
    assert not _same(liar, expected)
    assert not _same([liar], [expected])
    assert not _same({"a": [liar]}, {"a": [expected]})
    assert not _same({liar: 1} if isinstance(liar, str) else {2: liar}, {"a": 1})


@pytest.mark.parametrize("expected", [1, 1.0, "a", [1], {"a": 1}, None, True, ()])
@pytest.mark.parametrize("liar", [Everything(), Chameleon(), [Everything()], {"a": Everything()}])
def test_an_object_that_equals_everything_equals_nothing(liar, expected):
    assert first_difference(liar, expected) is not None


@pytest.mark.parametrize(
    ("liar", "expected"),
    [
        (LyingFloat(2), 1.0),
        (LyingList([3]), [1, 2]),
        (LyingText("b"), "a"),
        ({LyingText("a2"): 1}, {"a": 1}),
        ({Everything(): 1}, {"a": 1}),
    ],
)
def test_a_subclass_is_taken_for_what_it_holds(liar, expected):
    assert first_difference(liar, expected) is not None
    assert first_difference(liar, rebuilt(liar)) is None or Everything in map(type, liar)


@pytest.mark.parametrize(("got", "expected"), [(True, 1), (1, True), (False, 0.0), (0, False)])
def test_yes_and_no_are_not_numbers(got, expected):
    assert "a yes or no" in first_difference(got, expected)


def test_nan_is_only_itself_and_infinity_is_not_large():
    assert first_difference(math.nan, 1.0) is not None
    assert first_difference(1.0, math.nan) is not None
    assert first_difference(math.nan, math.nan) is None
    assert first_difference(math.inf, 1e308) is not None
    assert first_difference(math.inf, math.inf) is None
    assert first_difference(10**400, 1.0) is not None


def test_numbers_may_differ_by_what_is_stated_and_no_more():
    assert first_difference(1.1, 1.0, within=0.1 + 1e-12) is None
    assert first_difference(1.2, 1.0, within=0.1) is not None
    assert first_difference(1e12 + 1, 1e12) is None
    assert first_difference(1 + 1e-8, 1) is not None
    assert first_difference(3, 3.0) is None


@pytest.mark.parametrize(
    ("got", "expected", "told"),
    [
        (["b", "a"], ["a", "b"], "place 1: 'b' came back, 'a' was expected"),
        (["a"], ["a", "b"], "1 items came back, 2 were expected"),
        (("a",), ["a"], "a tuple came back, a list was expected"),
        ({"a": 1}, {"a": 1, "b": 2}, "the key 'b' is missing"),
        ({"a": 1, "c": 2}, {"a": 1}, "the key 'c' was not asked for"),
        ({"a": [1, 5]}, {"a": [1, 2]}, "key 'a', place 2: 5 came back, 2 was expected"),
        ("1", 1, "the text '1' came back, the number 1 was expected"),
        (None, 1, "None came back, the number 1 was expected"),
        ({1, 2}, [1, 2], "a set came back, a list was expected"),
        (object(), 1, "something of type object came back, the number 1 was expected"),
    ],
)
def test_the_first_difference_is_told(got, expected, told):
    assert first_difference(got, expected) == told


def test_what_holds_itself_is_told_and_not_followed():
    ring: list = [1]
    ring.append(ring)
    assert first_difference(ring, [1, [1]]) is not None
    assert len(show(ring)) < 200
    doubling: list = []
    for _ in range(60):
        doubling = [doubling, doubling]
    assert first_difference(doubling, [1]) is not None
    assert len(show(doubling)) < 400


def test_showing_is_short_and_survives_a_rude_repr():
    assert show(Rude()) == "<Rude>"
    for huge in (Endless(), "y" * 10_000_000, list(range(10**6)), [{"a": 1}] * 840, 10**100_000):
        assert len(show(huge)) <= 320
    assert show([1, 2.5, "a", None, True, (1,), {"k": []}]) == (
        "[1, 2.5, 'a', None, True, (1,), {'k': []}]"
    )
    assert "… 828 more" in show(list(range(840)))


NUMPY_VALUES = [
    (np.True_, True),
    (np.bool_(False), False),
    (np.int64(3), 3),
    (np.uint8(3), 3),
    (np.float64(0.5), 0.5),
    (np.float32(0.5), 0.5),
    (np.longdouble(0.5), 0.5),
    (np.str_("a"), "a"),
    (np.where(True, 1, 2), 1),
    ([np.False_, (np.int8(1),)], [False, (1,)]),
    ({np.str_("a"): np.float16(2), np.int64(1): np.True_}, {"a": 2.0, 1: True}),
    ({np.int64(1)}, {1}),
]


@pytest.mark.parametrize(("got", "expected"), NUMPY_VALUES)
def test_a_numpy_scalar_is_the_plain_value_that_it_equals(got, expected):
    assert first_difference(got, expected) is None
    assert first_difference(expected, got) is None
    assert show(got) == show(expected)


def test_a_number_too_large_for_pythons_own_is_not_infinity():
    larger = [Decimal("1e999"), -Decimal("1e999")]
    if np.finfo(np.longdouble).max > sys.float_info.max:
        larger.append(10 * np.longdouble(sys.float_info.max))
    for got in larger:
        for infinity in (math.inf, -math.inf):
            assert first_difference(got, infinity) is not None
            assert first_difference([got], [infinity]) is not None
    assert first_difference(np.longdouble("inf"), math.inf) is None
    assert first_difference(Decimal("-Infinity"), -math.inf) is None


@pytest.mark.parametrize("got", [Fraction(1, 2), Decimal("0.5"), [Fraction(1, 2)][0]])
def test_a_fraction_and_a_decimal_are_the_number_that_they_equal(got):
    assert first_difference(got, 0.5) is None
    assert first_difference(got, 0.25) == "0.5 came back, 0.25 was expected"


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.True_, 1),
        (np.int64(1), True),
        (np.float64("nan"), 0.0),
        (np.array([1]), 1),
        (np.array([1, 2]), [1, 2]),
        (np.complex128(1), 1),
        (np.datetime64("2026-01-01"), "2026-01-01"),
        (Decimal("NaN"), 0.0),
        (Decimal("sNaN"), 0.0),
        (Fraction(10**400), 1.0),
    ],
)
def test_what_is_no_plain_value_of_the_kind_expected_still_differs(got, expected):
    assert first_difference(got, expected)


def test_a_yes_is_told_as_a_yes_wherever_it_came_from():
    assert first_difference(np.True_, False) == "True came back, False was expected"
    assert first_difference(np.True_, 1) == (
        "a yes or no (True) came back, the number 1 was expected"
    )


@pytest.mark.parametrize("name", ["bool", "list", "int"])
def test_a_class_that_takes_a_plain_types_name_is_told_from_it(name):
    namesake = type(name, (), {})()
    told = first_difference(namesake, {"bool": True, "list": [], "int": 1}[name])
    assert told.startswith(f"something of type {__name__}.{name} came back")


def _claims(module, name, **methods):
    return type(name, (), {"__module__": module, **methods})()


@pytest.mark.parametrize(
    "liar",
    [
        _claims("numpy", "float64", item=lambda _: 1.0, ndim=0),
        _claims("numpy", "ndarray", item=lambda _: 1.0, ndim=0),
        _claims("decimal", "Decimal", __float__=lambda _: 1.0),
        _claims("fractions", "Fraction", _numerator=1, _denominator=1),
    ],
)
def test_an_object_that_only_says_it_is_such_a_number_equals_nothing(liar):
    assert first_difference(liar, 1.0)


def test_a_fraction_put_in_the_place_of_pythons_is_asked_for_nothing(monkeypatch):
    asked = []

    class Fraction:
        _numerator = property(asked.append)
        _denominator = 1

    monkeypatch.setitem(sys.modules, "fractions", types.SimpleNamespace(Fraction=Fraction))
    assert first_difference(Fraction(), 1.0)
    assert asked == []


@given(JSON)
def test_a_copy_is_the_same_and_shares_no_list_or_dict(value):
    made = copied(value)
    assert first_difference(made, value) is None
    assert not _containers(made) & _containers(value)


def _containers(value):
    if not isinstance(value, list | dict):
        return set()
    parts = value.values() if isinstance(value, dict) else value
    return {id(value)}.union(*map(_containers, parts))


class Worn:
    """Has a way of its own to be copied, and a list."""

    def __init__(self, inside):
        self.inside = inside

    def __deepcopy__(self, memo):
        return Worn(copy.deepcopy(self.inside, memo))


def test_a_copy_keeps_what_is_one_thing_in_two_places_one_thing():
    row = {"wait": [1.0]}
    loop = [row, (row, "a"), {"again": row}, Worn(row), {(1, 2): row}, math.nan]
    loop.append(loop)
    made = copied(loop)
    again = made[0]
    assert again is not row
    assert again["wait"] is not row["wait"]
    inside = [made[1][0], made[2]["again"], made[3].inside, made[4][1, 2]]
    assert all(one is again for one in inside)
    assert made[5] is loop[5]
    assert made[6] is made


@pytest.mark.parametrize(
    "value", [(), ("a", 1, None), "\ud800", 10**30, print, {"a", "b"}, b"a", bytearray(b"a"), 1j]
)
def test_a_copy_is_equal_and_of_the_same_type(value):
    made = copied([value])
    assert made == [value]
    assert type(made[0]) is type(value)


def test_numbers_of_a_library_are_copied_as_such():
    given = [np.float64(0.5), {"a": np.arange(3)}]
    made = copied(given)
    assert type(made[0]) is np.float64
    assert made[1]["a"] is not given[1]["a"]
    assert made[1]["a"].tolist() == [0, 1, 2]


def test_what_shares_its_parts_without_end_is_copied_and_compared_as_it_is():
    doubling: list = []
    for _ in range(60):
        doubling = [doubling, doubling]
    made = copied(doubling)
    assert made[0] is made[1]
    assert not _same(made, [1] * 10**5)
