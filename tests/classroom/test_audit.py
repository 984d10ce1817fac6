"""The audit: what only a forged value can do is seen, and honest values never are."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.audit import has_questions, judge, twin
from classroom.course import Course
from classroom.execute import close_jails
from classroom.inside.zygote import Audit, altered
from classroom.plan import make_plan
from classroom.preflight import read_submission
from classroom.worker import Worker

from . import toy

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
    with pytest.raises(AssertionError, match=r"^secret:\d+$") as failure:
        exec(twin(test, "audit", "secret"), {"audit": Audit(), **names})
    return int(str(failure.value).removeprefix("secret:"))


@given(PLAIN)
def test_an_altered_value_is_never_equal(value: Any) -> None:
    known, other = altered(value)
    assert known
    assert other != value


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
