"""Numbers as text: right, readable, and the same on both runtimes."""

import itertools
import math
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables import assets, language, numbers, parity

ROOT = Path(__file__).parents[2]
MICROPYTHON = ROOT / "node_modules/@micropython/micropython-webassembly-pyscript"


@pytest.fixture
def finnish():
    language.use({"{n}%": "{n}\u00a0%"}, decimal=",", group="\u00a0")
    yield
    language.use({})


@pytest.mark.parametrize(
    ("x", "n", "text"),
    [
        (0.25, 1, "0.3"),
        (2.675, 2, "2.68"),
        (-4.9, 2, "\u22124.90"),
        (-0.04, 1, "0.0"),
        (12, 0, "12"),
        (0.05, 2, "0.05"),
        (math.inf, 1, "\u221e"),
        (-math.inf, 1, "\u2212\u221e"),
        (math.nan, 1, "\u2013"),
    ],
)
def test_fixed_rounds_halves_away_from_zero(x, n, text):
    assert numbers.fixed(x, n) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_fixed_keeps_every_decimal_number_as_it_is(units, n):
    exact = Decimal(units).scaleb(-n)
    assert numbers.fixed(units / 10**n, n).replace("\u2212", "-") == f"{exact:f}".replace(
        "-0", "-0"
    )


@given(st.floats(-1e6, 1e6), st.integers(0, 5))
def test_fixed_is_never_more_than_half_a_unit_off(x, n):
    back = float(numbers.fixed(x, n).replace("\u2212", "-"))
    assert abs(back - x) <= 0.5 * 10**-n * (1 + 1e-6) + 1e-9


@given(st.floats(-1e6, 1e6))
def test_plain_is_fixed_without_needless_zeros(x):
    text = numbers.plain(x)
    assert text in ("0", str(Decimal(text).normalize().__format__("f")))
    assert abs(float(text) - x) <= 0.05 + 1e-9
    assert numbers.plain(x, 3) in ("0", format(Decimal(numbers.plain(x, 3)).normalize(), "f"))


def test_signs_groups_shares_and_units():
    assert numbers.signed(1.1, 2) == "+1.10"
    assert numbers.signed(-1.1, 2) == "\u22121.10"
    assert numbers.signed(0.001, 1) == "0.0"
    assert numbers.signed(math.inf) == "+\u221e"
    assert numbers.thousands(-1234567.891, 2) == "\u22121,234,567.89"
    assert numbers.thousands(999) == "999"
    assert numbers.percent(0.6961, 1) == "69.6%"
    assert numbers.with_unit("3", "min") == "3\u00a0min"
    assert numbers.with_unit("3", "%") == "3%"


def test_finnish_marks(finnish):
    assert numbers.fixed(-12.5, 2) == "\u221212,50"
    assert numbers.thousands(12345.5, 1) == "12\u00a0345,5"
    assert numbers.percent(0.5) == "50\u00a0%"
    assert numbers.plain(12.5) == "12.5"


@given(
    st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6 or x == 0),
    st.floats(0.001, 1e6),
    st.integers(1, 12),
)
def test_ticks_are_round_even_and_inside(low, span, count):
    values, places = numbers.ticks(low, low + span, count)
    steps = [b - a for a, b in itertools.pairwise(values)]
    slack = span * 1e-5
    assert all(low - slack <= value <= low + span + slack for value in values)
    assert all(abs(step - steps[0]) < span * 1e-9 + 1e-9 * abs(low) for step in steps)
    assert len(values) <= count + 2
    if steps and places < 6:
        digits = str(Decimal(numbers.plain(steps[0], 6)).normalize().as_tuple().digits[0])
        assert digits in "125"


def test_ticks_of_a_reversed_or_empty_axis():
    assert numbers.ticks(3, 0, 3) == numbers.ticks(0, 3, 3)
    assert numbers.ticks(2, 2, 5) == ([2], 0)


def test_micropython_prints_the_same_digits():
    xs = [units / 7 for units in range(-500, 500)] + [units / 8 for units in range(-80, 80)]
    xs += [1e14 + 0.5, 1e-7, 123456789.125, 0.1 + 0.2, 2.675, 1.005]
    code = """
import json
from explorables import numbers
with open("/data.json") as file:
    for x in json.load(file):
        print(numbers.fixed(x, 0), numbers.fixed(x, 3), numbers.plain(x), numbers.thousands(x, 1))
"""
    there = parity.run(
        MICROPYTHON, assets.sources(assets.shared_modules("explorables.numbers")), code, xs
    )
    here = [
        f"{numbers.fixed(x, 0)} {numbers.fixed(x, 3)} {numbers.plain(x)} {numbers.thousands(x, 1)}"
        for x in xs
    ]
    assert there == here


def test_rounding_agrees_with_decimal_arithmetic_off_the_halves():
    for units in range(-2000, 2000, 7):
        x = units / 997
        want = Decimal(x).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert float(numbers.fixed(x, 2).replace("\u2212", "-")) == float(want)
