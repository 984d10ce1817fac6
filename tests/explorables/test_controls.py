"""Controls refuse what they cannot show, and say what to do instead."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables import Choice, Slider, Table, Toggle

PRICE = Slider("price", "Price", 0, 60, 12.9, step=0.1, unit="€", decimals=2)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Slider("x", "X", 5, 5, 5), "low 5 must be below high 5"),
        (lambda: Slider("x", "X", 0, 10, 12), "slider 'x': value 12 must be from 0 to 10"),
        (lambda: Slider("x", "X", 0, 10, 3.5), "whole number of steps of 1"),
        (lambda: Slider("x", "X", 0, 10, 3, step=3), "high 10"),
        (lambda: Slider("x", "X", 0, 10, 3, step=0), "step 0"),
        (lambda: Slider("x", "X", 0, float("inf"), 3), "high must be a number"),
        (lambda: Slider("x", "X", 0, 1, 0.5, step=0.25, decimals=1), "needs 2 decimals"),
        (lambda: Slider("2x", "X", 0, 1, 0), "lower-case Python name"),
        (lambda: Slider("Xä", "X", 0, 1, 0), "lower-case Python name"),
        (lambda: Slider("x", "", 0, 1, 0), "no label"),
        (lambda: Slider("x", "X", 0, 1, 0, kind="guess"), "kind must be one of"),
        (lambda: Slider("x", "X", 0, 1, 0, kind="source"), "name the source="),
        (lambda: Choice("x", "X", [("a", "A")], "a"), "two or more"),
        (lambda: Choice("x", "X", [("a", "A"), ("a", "B")], "a"), "two or more different"),
        (lambda: Choice("x", "X", [("a", "A"), ("b", "B")], "c"), "none of the options"),
        (lambda: Choice("x", "X", ["a", "b"], "a"), "must be a pair"),
        (lambda: Table("x", "X", [], [{"label": "r"}]), "at least one column"),
        (lambda: Table("x", "X", [PRICE], []), "at least one row"),
        (lambda: Table("x", "X", [PRICE, PRICE], [{"label": "r"}]), "different names"),
        (lambda: Table("x", "X", [PRICE], [{"price": 3}]), "'label' of its own"),
        (lambda: Table("x", "X", [PRICE], [{"label": "r", "cost": 3}]), "'cost', which is no"),
        (
            lambda: Table("x", "X", [PRICE], [{"label": "r", "price": 90}]),
            "table 'x': r: Price is 90.00",
        ),
        (lambda: Table("x", "X", [PRICE], [{"label": "r", "price": 1.23}]), "not on the grid"),
    ],
)
def test_a_bad_control_is_named_with_the_remedy(make, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        make()


def test_wrong_types_are_type_errors():
    with pytest.raises(TypeError, match="True or False, got 1"):
        Toggle("x", "X", 1)
    with pytest.raises(TypeError, match="option value 1 must be a str"):
        Choice("x", "X", [(1, "A"), (2, "B")], 1)
    with pytest.raises(TypeError, match="must be a Slider, Choice or Toggle"):
        Table("x", "X", ["price"], [{"label": "r"}])


def test_a_slider_says_its_limits_when_it_refuses():
    with pytest.raises(ValueError, match=r"Price is 61\.00.€: choose a number from 0\.00 to 60"):
        PRICE.read(61)
    for raw in (None, "soup", True, float("nan")):
        with pytest.raises(ValueError, match="Price is no number"):
            PRICE.read(raw)


def test_a_slider_reads_text_with_either_decimal_mark():
    assert PRICE.read("12,9") == PRICE.read("12.9") == 12.9


def test_whole_sliders_give_whole_numbers():
    assert isinstance(Slider("n", "N", 1, 9, 3).read(4.0), int)
    assert Slider("n", "N", -5, 5, 0, step=5).read(-4.9) == -5


@given(st.integers(-400, 400), st.sampled_from([0.05, 0.1, 0.25, 0.5, 2.5]))
def test_reading_lands_on_the_grid_and_stays_there(units, step):
    slider = Slider("x", "X", -1000, 1000, 0, step=step)
    value = slider.read(units * step)
    assert value == round(units * step, 2)
    assert slider.read(value) == value


def test_a_table_names_the_row_that_is_wrong():
    table = Table("offers", "Offers", [PRICE], [{"label": "Buffet"}, {"label": "Soup"}])
    assert table.value == [{"label": "Buffet", "price": 12.9}, {"label": "Soup", "price": 12.9}]
    with pytest.raises(ValueError, match=r"Soup: Price is 99\.00"):
        table.read([{}, {"price": 99}])
    with pytest.raises(ValueError, match="needs 2 rows"):
        table.read([{}])


def test_values_in_words():
    assert PRICE.text(12.9) == "12.90\u00a0€"
    choice = Choice("c", "C", [("a", "All"), ("b", "Both")], "a")
    assert choice.text("b") == "Both"
    assert Toggle("t", "T").text(True) == "on"
    with pytest.raises(ValueError, match="choose one of All, Both"):
        choice.read("c")
    with pytest.raises(ValueError, match="on or off"):
        Toggle("t", "T").read("yes")
    table = Table("o", "O", [PRICE], [{"label": "Buffet"}])
    assert table.text(table.value) == "Buffet: 12.90\u00a0€"
