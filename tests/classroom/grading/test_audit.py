"""The audit: what only a forged value can do is seen, and honest values never are."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.course import Course
from classroom.grading.audit import (
    Answers,
    Finding,
    has_questions,
    judge,
    mutants,
    names_bound,
    questions,
    twin,
    without_answers,
)
from classroom.grading.worker import Worker
from classroom.intake.preflight import read_submission
from classroom.plan import make_plan
from classroom.walls.inside.questions import Audit, altered, others
from classroom.walls.jails import close_jails
from classroom.words.reasons import Code
from classroom.words.sentences import SENTENCES, sentence

from .. import toy

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def findings(test: str, **names: Any) -> int:
    """Run the twin of a test cell; return the number of contradictions it ends with."""
    return ending(twin(test, "audit", "secret"), **names)


def ending(code: str, **names: Any) -> int:
    """Run a question; return the number of contradictions it ends with."""
    with pytest.raises(AssertionError, match=r"^\w+:\d+$") as failure:
        exec(code, {"audit": Audit(names), **names})
    return int(str(failure.value).rpartition(":")[2])


@given(PLAIN)
def test_an_altered_value_is_never_equal(value: Any) -> None:
    known, other = altered(value)
    assert known
    assert other != value


@given(st.integers(-1000, 1000) | st.floats(-1e6, 1e6), st.sampled_from([0.0, 1e-9, 1e-3, 0.5]))
def test_another_number_close_by_is_as_far_as_a_test_can_see(value: float, step: float) -> None:
    far, near = others(value, step)
    assert abs(far - value) > 7000
    assert step * 2 < abs(near - value) < 3 + abs(value) / 1000
    assert others(value) == [far]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_altered_number_is_not_close_at_any_usual_tolerance(value: float) -> None:
    _, other = altered(value)
    if math.isfinite(other):
        assert not math.isclose(value, other, rel_tol=0.1, abs_tol=1)


@given(PLAIN, PLAIN)
def test_honest_values_are_never_found(answer: Any, expected: Any) -> None:
    test = "assert answer() == expected\nassert answer() is None"
    assert findings(test, answer=lambda: answer, expected=expected) == 0


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_honest_numbers_near_or_far_are_never_found(answer: float, expected: float) -> None:
    for test in (
        "assert abs(answer() - expected) < 1e-9",
        "assert abs(answer() - expected) <= 1e9",
        "assert math.isclose(answer(), expected, rel_tol=1e-3)",
        "for n in range(3):\n    assert answer() == 4 or answer() == 0.5",
        "assert all(answer() == n for n in range(3))",
    ):
        assert findings(test, answer=lambda: answer, expected=expected, math=math) == 0


class Agreeable:
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __sub__(self, other: object) -> float:
        return 0.0

    __rsub__ = __sub__
    __hash__ = None  # type: ignore[assignment]


@pytest.mark.parametrize(
    "test",
    [
        "assert answer() == 4",
        "assert 4 == answer()",
        "assert answer() == [1, 2]",
        "assert abs(answer() - 1.5) < 1e-9",
        "if True:\n    for n in (1, 2):\n        assert answer() == n and True",
        "assert all(answer() == n for n in range(3))",
    ],
)
def test_what_equals_everything_is_found(test: str) -> None:
    assert findings(test, answer=Agreeable) > 0


class Small(float):
    """Equal to any small number."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, float | int) and 0 <= other <= 100

    def __sub__(self, other: float) -> float:
        return 0.0 if 0 <= other <= 100 else 1e9

    __rsub__ = __sub__
    __hash__ = float.__hash__


def test_what_equals_only_numbers_that_tests_have_is_found() -> None:
    assert findings("assert answer() == 4", answer=lambda: Small(0)) > 0
    assert findings("assert abs(answer() - 1.5) < 1e-3", answer=lambda: Small(0)) > 0


OWN_RULE = """
class Four:
    def __eq__(self, other):
        return other == 4
answer = Four
"""
ADDABLE = """
class Wait(float):
    def __add__(self, other):
        return Wait(float(self) + other)
answer = lambda: Wait(4)
"""


@pytest.mark.parametrize(("source", "found"), [(OWN_RULE, True), (ADDABLE, False)])
def test_a_value_that_says_itself_what_it_is_equal_to_is_found(source: str, found: bool) -> None:
    names: dict[str, Any] = {}
    exec(source, names)
    with pytest.raises(AssertionError) as failure:
        exec(twin("assert answer() == 4", "audit", "s"), names | {"audit": Audit(names)})
    assert (str(failure.value) != "s:0") is found


class Check:
    """A check such as a course may have, or one that is content with anything."""

    def __init__(self, value: object, lenient: bool = False) -> None:
        self.value, self.lenient = value, lenient

    def returns(self, expected: object) -> None:
        assert self.lenient or self.value == expected

    def raises(self, kind: type[Exception]) -> None:
        assert self.lenient or kind is ValueError


@pytest.mark.parametrize(
    "test",
    [
        "check(4).returns(4)",
        "for n in range(3):\n    check(n).returns(n)",
        "check([1]).returns([1])\ncheck(2).raises(ValueError)",
        "check(2).raises(ValueError)",
        "def assert_equal(a, b):\n    check(a).returns(b)\nassert_equal(4, 4)",
    ],
)
def test_a_check_that_is_content_with_anything_is_found(test: str) -> None:
    assert findings(test, check=Check) == 0
    assert findings(test, check=lambda value: Check(value, lenient=True)) > 0


@given(PLAIN)
def test_an_honest_check_is_never_found(value: Any) -> None:
    assert findings("check(value).returns(value)", check=Check, value=value) == 0


def test_the_own_abs_of_a_test_is_the_one_that_is_asked() -> None:
    test = "assert abs(answer() - 1.5) < 1e-9"
    assert findings(test, answer=lambda: 2, abs=lambda _: 0) > 0
    assert findings(test, answer=lambda: 1.5) == 0


def test_a_test_that_passes_without_an_answer_is_found() -> None:
    def asked(source: str, **names: Any) -> int:
        question = without_answers("t", source, "audit", frozenset({"answer"}))
        assert question is not None
        return ending(question.code, **names)

    test = "check(answer()).returns(4)"
    assert asked(test, check=Check, answer=lambda: 4) == 0
    assert asked("check(answer)", check=lambda _: None, answer=lambda: 4) == 1
    assert without_answers("t", "assert answer() == 4", "audit", frozenset({"answer"})) is None


def test_a_test_that_passes_only_with_pythons_names_taken_is_found() -> None:
    def asked(bound: frozenset[str] | None, **names: Any) -> list[int]:
        source = "for n in range(3):\n    assert answer(n) == sum([n])"
        answers = Answers(frozenset({"answer"}), bound)
        asked = [q for q in questions("t", source, "audit", answers) if "cleanly" in q.name]
        return [ending(question.code, **names) for question in asked]

    assert asked(None, answer=lambda _: 5, range=lambda _: ()) == [1]
    assert asked(None, answer=lambda n: n, sum=lambda values: values[0]) == [0]
    assert asked(None, answer=lambda n: n) == [0]
    assert asked(frozenset({"answer", "minutes"})) == []


def test_mutants_fail_with_an_honest_answer_and_pass_with_one_that_reads_them() -> None:
    source = (
        "assert answer() == 4\nassert abs(answer() - 4) < 1e-9 and True\n"
        "check(answer()).returns(4)\nassert answer() == 4 or False"
    )
    made = mutants(source)
    assert len(made) == 3
    for code in made:
        with pytest.raises(AssertionError):
            exec(code, {"answer": lambda: 4, "check": Check})
        exec(code, {"answer": Agreeable, "check": lambda _: Check(0, lenient=True)})
    assert mutants("assert answer()") == ()
    assert mutants("%time answer()") == ()


def test_names_that_code_binds_are_known_unless_they_may_be_any() -> None:
    assert names_bound("import a.b as c\ndef f():\n    max = 3\nfor n in x: pass") == {
        *("c", "f", "max", "n")
    }
    assert names_bound("from x import *") is None
    assert names_bound("def (") is None


def test_an_answer_read_from_the_code_of_the_test_is_found() -> None:
    def answer() -> object:
        import sys

        constants = sys._getframe(1).f_code.co_consts
        return next((c for c in reversed(constants) if isinstance(c, int)), 0)

    assert findings("assert answer() == 4", answer=answer) > 0


def test_tests_that_cannot_be_rewritten_still_end_with_the_secret() -> None:
    assert twin("%time f(3)", "audit", "secret") == "audit.end('secret')"
    assert findings("assert undefined_name == 3") == 0
    assert has_questions("assert f() == 3")
    assert not has_questions("assert f()")
    assert findings("raise KeyboardInterrupt") == 0


def test_only_the_secret_error_is_taken_for_an_answer() -> None:
    assert judge("s", "error", "AssertionError", "s:0") == (True, False)
    assert judge("s", "ok", "", "") == (False, False)
    assert judge("s", "error", "AssertionError", "t:0") == (False, False)
    assert judge("s", "error", "NameError", "s:0") == (False, False)
    assert judge("s", "error", "AssertionError", "s:2") == (True, True)


@pytest.mark.parametrize("count", ["\N{SUPERSCRIPT TWO}", "", "-1", "1" * 5000])
def test_a_secret_followed_by_no_number_is_not_taken_for_an_answer(count: str) -> None:
    assert judge("s", "error", "AssertionError", f"s:{count}") == (False, False)


@pytest.mark.grading
@pytest.mark.filterwarnings("ignore")
def test_what_the_teachers_own_solution_would_be_found_by_is_held_against_nobody(
    tmp_path: Path,
) -> None:
    root = toy.make_course(tmp_path / "course")
    odd = toy.RIGHT["mean_wait"] + "\nimport builtins\nbuiltins.breakpoint = print"
    toy.submit(root, "s000", toy.RIGHT | {"mean_wait": odd})
    course = Course.open(root)
    submission = read_submission(course, "s000", toy.ASSIGNMENT)
    plan = make_plan(course, toy.ASSIGNMENT)
    stern = Worker(plan)
    stern.warm_up()
    assert stern.grade(submission).needs_look
    plan.solutions = {f"{toy.NOTEBOOK}.ipynb": submission.files[f"{toy.NOTEBOOK}.ipynb"]}
    lenient = Worker(plan)
    lenient.warm_up()
    outcome = lenient.grade(submission)
    assert not outcome.needs_look
    assert sum(outcome.notebooks[toy.NOTEBOOK].grades[test] or 0 for test in toy.TESTS) == 11
    close_jails()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["tree"], "a transformer rewrites the code of every cell"),
        (["builtins", "abs", "max"], "Python's built-in abs, max was replaced"),
        (["hook", "display-hook"], "the display hook of the interpreter was replaced"),
        (["shell"], "the interpreter's own part was replaced"),
        (["builtins", "abs", "aino: forged\n", 5, "x" * 99], "Python's built-in abs was replaced"),
        (["taught", *"abcdefgh"], "of the modules that tests use, it replaced a, b, c, d, e"),
        ("aino has forged", "it answered for the interpreter"),
        (["aino has forged"], "it answered for the interpreter"),
        ([], "it answered for the interpreter"),
        ([["tree"]], "it answered for the interpreter"),
        ({"tree": 1}, "it answered for the interpreter"),
    ],
    ids=repr,
)
def test_what_an_interpreter_says_of_itself_is_told_in_the_desks_own_words(
    said: object, told: str
) -> None:
    assert sentence(Finding.told(said).reason) == told


def test_a_finding_is_known_by_its_code_whatever_its_sentence_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = Finding.told(["builtins", "abs"])
    monkeypatch.setitem(SENTENCES, Code.BUILTINS_REPLACED, "{names} ist ein anderes")
    assert sentence(before.reason) == "abs ist ein anderes"
    assert before.key == Finding.told(["builtins", "abs"]).key == "builtins:abs"
