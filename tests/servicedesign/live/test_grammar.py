"""All live figures speak one grammar: the same thing has one name, one unit, one place."""

import ast
import importlib
import itertools
import re
from pathlib import Path

import pytest

import servicedesign.live
from explorables import parity
from explorables.controls import Choice, Slider, Toggle
from explorables.explorable import OPEN
from explorables.palette import BAD, BOTH, GOOD, GUEST, HOUSE, PLAIN
from explorables.table import Table
from explorables.view import WIDE

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
HOMONYMS = {"c", "felt", "p", "width"}
# The controls of every figure in their order: what is done | what is so, with guests, staff and
# the world | how it is counted, and against what.
ORDER = {
    "two-hands": "p | c rho theta |",
    "who-answers": "invited | p r_pos r_neg | belief",
    "three-ways": "offers twin | time_value mu |",
    "spend-ten-thousand": "budget duty | costs | group crosshair weigh",
    "curve-and-memory": "order | felt steps | kappa exponent loss",
    "lunch-line":
        "tills | profile arrivals height width service cv | target felt wage replications",
    "the-treadmill":
        "plan lift every stop promise renewed | alpha base e0 | visits beta_p beta_d loss euros",
    "one-job": "variety identity significance autonomy feedback tools | demands buffer |",
    "seen-and-done": "move | a b c | n",
    "round-and-round": "push push_weeks | arrows memory |",
    "how-many-people": "people | mean unevenness |",
    "the-ladder": "reading cause | theirs reached | times",
    "bought-or-earned":
        "spend given | bought earned unlike effect width wobble | margin rate horizon",
    "one-year": "till desk jobs gesture price test | beliefs | margin years",
}  # fmt: skip
# Words in a picture that wear a tone, without their numbers: house, guests and both, or what is
# bad, good and plain, in the same tone wherever they stand.
WORN = {
    PLAIN: {"answers say", "assumed: to", "each problem its own", "with care"},
    BAD: {
        "believed", "bought", "found", "dashed: one chance for all", "scarce resources",
        "the textbook expects", "to", "to points", "what is seen", "your min",
    },
    GOOD: {
        "ample resources", "earned", "expected", "the middle of all moved", "truly happy",
        "with it",
    },
}  # fmt: skip
# Here the same words change tone with the verdict on what they stand by.
JUDGED = {"curve-and-memory", "spend-ten-thousand"}


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


def parts(figure):
    """Return the names of a figure's controls in the three parts of its order."""
    return [part.split() for part in ORDER[figure.id].split("|")]


def test_what_is_done_stands_before_what_is_so_and_how_it_is_counted_comes_last(figure):
    assert [control.name for control in figure.controls] == list(itertools.chain(*parts(figure)))


def test_what_stands_open_keeps_the_order_of_all(figure):
    names = [control.name for control in figure.controls]
    places = [names.index(path.split(".")[0]) for path in figure.first]
    assert places == sorted(places)


def test_the_same_thing_stands_in_the_same_part_in_all_figures():
    known = {}
    for each in FIGURES:
        for place, names in enumerate(parts(each)):
            for name in set(names) - HOMONYMS:
                assert known.setdefault(name, place) == place, f"{name} in {each.id}"


def test_one_cast_holds_whoever_is_judged():
    assert (PLAIN, BAD, GOOD) == (BOTH, HOUSE, GUEST)
    for name in MODULES:
        tree = ast.parse(
            Path(servicedesign.live.__file__).with_name(f"{name}.py").read_text("utf-8")
        )
        own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and _is_set(node)}
        assert not own & {"BOTH", "HOUSE", "GUEST", "PLAIN", "BAD", "GOOD"}, name


def _is_set(node):
    return isinstance(node.ctx, ast.Store)


def worn(figure):
    """Return the words that wear one of the three tones, at first and after each step."""
    found = set()
    for raw in ({}, *(step.settings for step in figure.steps)):
        picture = figure.frame(raw, WIDE).get("svg", "")
        for role, words in re.findall(
            r'<text[^>]*class="[^"]*xp-f([123])\b[^>]*>(.*?)</text>', picture
        ):
            bare = re.sub(
                r"[\d.,%\u2212+\u20ac\s\u00a0]+", " ", re.sub(r"<[^>]*>", "", words)
            ).strip()
            if bare:
                found.add((int(role), bare))
    return found


def test_words_wear_the_same_tone_in_all_figures():
    seen = set()
    for each in FIGURES:
        if each.id not in JUDGED:
            for role, words in worn(each):
                assert words in WORN[role], f"{words!r} wears {role} in {each.id}"
                seen.add(words)
    assert seen == set().union(*WORN.values())


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
