"""All live figures speak one grammar: the same thing has one name, one unit, one place."""

import importlib
import re
from pathlib import Path

import pytest

import servicedesign.live
from explorables import parity
from explorables.controls import Choice, Slider, Toggle
from explorables.explorable import OPEN
from explorables.table import Table

MODULES = sorted(
    file.stem
    for file in Path(servicedesign.live.__file__).parent.glob("*.py")
    if file.stem != "__init__"
)
FIGURES = [
    each
    for name in MODULES
    for each in parity.explorables_of(importlib.import_module(f"servicedesign.live.{name}"))
]
# Every unit of the course; a rate is written "per", in words.
UNITS = {
    "", "%", "\u20ac", "h", "min", "s", "SD", "people", "points", "visits", "weeks", "years",
    "customers", "of 10", "per hour", "per year", "\u20ac per hour", "\u20ac per year",
}  # fmt: skip
# What means the same in two figures is called the same; these words mean different things.
HOMONYMS = {"c", "p", "width"}


def controls(figure):
    """Return every control, those in tables too."""
    found = []
    for control in figure.controls:
        found += control.columns if isinstance(control, Table) else [control]
    return found


@pytest.fixture(params=FIGURES, ids=lambda figure: figure.id)
def figure(request):
    return request.param


def test_every_unit_is_one_of_the_course_s(figure):
    for control in controls(figure):
        assert getattr(control, "unit", "") in UNITS, (control.name, control.unit)


def test_the_same_name_has_the_same_label_and_the_same_unit_in_all_figures():
    known = {}
    for each in FIGURES:
        for control in each.controls:
            if isinstance(control, Table) or control.name in HOMONYMS:
                continue
            said = (control.label, getattr(control, "unit", ""))
            first, where = known.setdefault(control.name, (said, each.id))
            assert said == first, f"{control.name} in {where} and in {each.id}"


def test_what_is_named_as_different_is_in_two_figures_or_more():
    for name in HOMONYMS:
        assert len([each for each in FIGURES if name in [c.name for c in each.controls]]) > 1


def test_a_label_begins_like_a_sentence_and_ends_without_a_stop(figure):
    for control in figure.controls:
        assert re.match(r"[A-Z\u2026]", control.label), control.label
        assert not control.label.endswith((".", ":")), control.label


def test_a_switch_is_only_on_or_off_and_a_number_is_never_a_choice(figure):
    for control in figure.controls:
        if isinstance(control, Choice):
            assert not all(re.fullmatch(r"[\d.]+", label) for _key, label in control.options)
        assert isinstance(control, (Slider, Choice, Toggle, Table))


def test_large_amounts_of_money_are_in_whole_euros(figure):
    for control in controls(figure):
        if isinstance(control, Slider) and control.unit == "\u20ac" and control.high >= 100:
            assert control.decimals == 0, control.name


def test_a_share_is_in_per_cent_and_never_beyond_a_hundred(figure):
    for control in controls(figure):
        if isinstance(control, Slider) and control.unit == "%":
            assert -100 <= control.low < control.high <= 100, control.name
            assert control.decimals == 0, control.name


def test_at_first_stand_one_to_four_controls_and_no_whole_table(figure):
    assert 1 <= len(figure.first) <= OPEN
    tables = {control.name for control in figure.controls if isinstance(control, Table)}
    assert not tables & set(figure.first)
    assert len(set(figure.first)) == len(figure.first)


def test_a_figure_says_what_to_try_and_no_more_than_five_things(figure):
    assert re.match(r"[A-Z].*\.$", figure.try_this), figure.try_this
    assert len(figure.steps) <= 5
    for step in figure.steps:
        assert re.match(r"[A-Z]", step.label), step.label
        assert len(step.label) <= 40, step.label
