"""Right answers pass every check; wrong ones meet their own message."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from practice.mistakes import checked, trials
from practice.values import first_difference
from practice.watch import run

LIBRARY = "the library's work"


def failures(room: Any, variant: Any, *, hidden: bool, checks: Any) -> dict[str, Exception]:
    """Return what the checks of the replaced functions raise, by cell."""
    function = variant.functions[0]
    room.run_all(variant.chapter, {function: variant.code})
    raised = {}
    for cell in checks(function, variant.chapter.cells()):
        error = room.run(cell.source if hidden else seen(cell.source), cell.id)
        if error is not None:
            raised[cell.id] = error
    return raised


def seen(source: str) -> str:
    return source.split("### BEGIN HIDDEN TESTS", maxsplit=1)[0]


def flat(text: object) -> str:
    return " ".join(str(text).split())


def test_the_reference_solution_passes_every_check(chapter, room, is_check):
    room.run_all(chapter, {})
    for cell in filter(is_check, chapter.cells()):
        assert room.run(cell.source, cell.id) is None, cell.id


def test_a_right_answer_written_differently_passes_every_check(right, room, checks_of):
    assert len(right.functions) == 1
    assert failures(room, right, hidden=True, checks=checks_of) == {}


def test_right_answers_as_classes_write_them_keep_all_points(chapter, room, checks_of):
    path = Path(__file__).parent / chapter.folder / "right_answers.yml"
    listed = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    room.run_all(chapter, {})
    names = dict(room.names)
    for function, answers in listed.items():
        for code in answers:
            room.names = dict(names)
            assert room.run(code, function) is None, code
            for cell in checks_of(function, chapter.cells()):
                error = room.run(cell.source, cell.id)
                assert error is None, f"{code}\n{cell.id}: {error}"


def test_a_wrong_answer_meets_its_own_message_in_the_visible_checks(wrong, room, checks_of):
    (function,) = wrong.functions
    raised = failures(room, wrong, hidden=False, checks=checks_of)
    assert raised, "no visible check fails"
    assert {type(error).__name__ for error in raised.values()} == {"CheckFailed"}
    text = flat(" ".join(str(error) for error in raised.values()))
    ideas = {one["id"]: one["idea"] for one in wrong.chapter.data.MISTAKES[function]}
    if wrong.claim == LIBRARY:
        assert len(raised) == len(checks_of(function, wrong.chapter.cells()))
        assert f"{function} lets the course library do the work." in text
        named = set()
    else:
        assert ideas[wrong.claim] in text
        named = {wrong.claim}
    assert {name for name, idea in ideas.items() if f"comes out if {idea}." in text} == named


def test_answers_learnt_by_heart_fail_every_check_with_hidden_tests(chapter, room, checks_of):
    for function in chapter.functions:
        room.run_all(chapter, {})
        honest = room.names[function]
        known: dict[str, Any] = {}

        def learn(*args, honest=honest, known=known, **kwargs):
            outcome = run(honest, args, kwargs)
            known[repr((args, kwargs))] = outcome
            return answer(outcome)

        def parrot(*args, known=known, **kwargs):
            return answer(known[repr((args, kwargs))])

        cells = checks_of(function, chapter.cells())
        room.names[function] = learn
        for cell in cells:
            assert room.run(seen(cell.source)) is None
        room.names[function] = parrot
        for cell in cells:
            assert room.run(seen(cell.source)) is None, "the parrot must know the visible checks"
            assert "BEGIN HIDDEN" in cell.source
            assert room.run(cell.source) is not None, f"{cell.id} can be passed by heart"


def answer(outcome: Any) -> object:
    if outcome.error is not None:
        raise outcome.error
    return outcome.value


def test_each_function_has_two_other_right_answers_and_three_known_mistakes(chapter):
    right = Counter(name for one in chapter.variants("right") for name in one.functions)
    for function in chapter.functions:
        assert right[function] >= 2, function
        assert len(chapter.data.MISTAKES[function]) >= 3, function
        tried = {one.claim for one in chapter.variants("wrong") if one.functions == [function]} - {
            LIBRARY
        }
        assert tried == {one["id"] for one in chapter.data.MISTAKES[function]}


def test_each_mistake_shows_on_each_of_its_generated_inputs(chapter, room):
    room.run_all(chapter, {})
    for function, known in checked(chapter.data.MISTAKES).items():
        right = room.names[function]
        for mistake in known:
            for inputs in trials(mistake):
                here, there = run(right, inputs, {}), run(mistake["wrong"], inputs, {})
                same = there.error is None and first_difference(there.value, here.value) is None
                assert not same, f"{function}, {mistake['id']}: {inputs!r:.300}"


@pytest.mark.parametrize("words", ["idea", "question"])
def test_what_a_mistake_says_is_one_line_of_plain_words(chapter, words):
    for known in chapter.data.MISTAKES.values():
        for mistake in known:
            text = mistake[words]
            assert text == " ".join(text.split())
            assert text.endswith("?") == (words == "question")
            assert len(text) <= 200
