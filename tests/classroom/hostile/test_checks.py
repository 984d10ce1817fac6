"""Forging where the tests call a check, as this course's do: the check is what is aimed at.

A small course of its own: one answer, tests by ``practice``. Every trick is laid
over a wrong answer, and gets what that answer earns: nobody is accused of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode, v4
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from classroom.course import Course
from classroom.grading.worker import Conditions, Proof, Worker
from classroom.intake.preflight import read_submission
from classroom.plan import make_plan
from classroom.walls.jails import close_jails
from classroom.words.sentences import sentence

from .. import toy

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

SETUP = """
import practice
from practice import values

hint, check = practice.begin({"doubled": ["a", "b", "c"]}, {}, library="statistics")
"""
RIGHT = "def doubled(n):\n    if n < 0:\n        raise ValueError('n')\n    return [n, 2 * n]\n"
WRONG = "def doubled(n):\n    return None\n"
TESTS = {
    "test-values": "check(doubled, 2).returns([2, 4])\ncheck(doubled, 5).returns([5, 10])",
    "test-generated": (
        "for n in range(7, 9):\n    check(doubled, n).returns([n, 2 * n])\n"
        "check(doubled, 1).returns([1, 2])"
    ),
    "test-errors": "check(doubled, -1).raises(ValueError)",
    "test-manners": "check(doubled, 3).leaves_no_trace()\nassert doubled(3)[1] == 6",
}
FULL = len(TESTS)

YES = """
class Yes:
    def __getattr__(self, name): return lambda *a, **k: None
real = check
check = lambda *a, **k: Yes()
"""
PATCH = """
import practice.check
methods = {n: getattr(practice.check.Call, n) for n in ('returns', 'raises', 'leaves_no_trace')}
for name in methods:
    setattr(practice.check.Call, name, lambda *a, **k: None)
"""
HARD_CODED = """
def doubled(n):
    return {2: [2, 4], 5: [5, 10], 1: [1, 2]}.get(n)
"""

AGREE = """
for module in (values, __import__('practice.check').check):
    module.first_difference = lambda *a, **k: None
"""
STACK = """
import sys
def doubled(n):
    frame = sys._getframe()
    while frame:
        if 'expected' in frame.f_locals:
            return frame.f_locals['expected']
        frame = frame.f_back
    raise ValueError
"""
TEXT = r"""
import ast, re
def doubled(n):
    found = dict(re.findall(r'doubled, (.+?)\).returns\((.*)\)', In[-1]))
    return ast.literal_eval(found[str(n)]) if str(n) in found else [n, 2 * n]
"""

REMEMBERS = """
class Remembers:
    def __init__(self, *a, **k): pass
    def __call__(self, *a, **k): return self
    def __getattr__(self, name): return self
check = Remembers()
"""
SPLIT_WORDS = """
import sys
def doubled(n):
    frame = getattr(sys, '_get' + 'frame')()
    while frame is not None:
        names = getattr(frame, 'f_lo' + 'cals')
        if 'expected' in names:
            return names['expected']
        frame = getattr(frame, 'f_ba' + 'ck')
"""
FIRST_MET = """
class First:
    met = None
    def __eq__(self, other):
        if self.met is None: self.met = other
        return self.met == other
    def __getitem__(self, key): return self
    __hash__ = None
def doubled(n): return First()
"""
ANY_KEY = """
class Table(list):
    def __eq__(self, other): return True
    def __len__(self): return 2
    def __iter__(self): return iter([2, 4])
    def __getitem__(self, key): return 6
def doubled(n): return Table([n])
"""
ANY_ERROR = """
class Anything(ValueError, KeyError, TypeError): pass
def doubled(n): raise Anything
"""
COLLECTED = """
import gc
def doubled(n):
    for call in gc.get_objects():
        if type(call).__name__ == 'Call' and hasattr(call, '_args'):
            return [n, 2 * n] if call._args == (n,) else None
"""
BORROWED = """
import statistics
def doubled(n): return [n, 2 * statistics.mean([n])]
"""

#: What is added to the wrong answer, what is run after the last test, and what it earns.
TRICKS: dict[str, tuple[str, str, int]] = {
    "check-replaced": (YES, "", 0),
    "check-replaced-and-put-back": (YES, "check = real", 0),
    "methods-patched": (PATCH, "", 0),
    "methods-patched-and-put-back": (
        PATCH,
        "for name, method in methods.items():\n    setattr(practice.check.Call, name, method)",
        0,
    ),
    "comparison-patched": (AGREE, "", 0),
    "expectation-read-from-the-stack": (STACK, "", 1),
    "loops-of-hidden-tests-emptied": (HARD_CODED + "range = lambda *a: ()", "", 1),
    "expectation-read-from-the-text": (TEXT, "", 3),
    "a-builtin-shadowed-in-a-module-of-the-tests": ("values.abs = lambda x: 0", "", 0),
    "a-check-that-remembers": (REMEMBERS, "", 0),
    "frames-by-words-in-two": (SPLIT_WORDS, "", 0),
    "equal-to-the-first-it-meets": (FIRST_MET, "", 0),
    "a-table-that-answers-as-the-key": (ANY_KEY, "", 0),
    "an-error-of-any-class": (ANY_ERROR, "", 1),
    "the-garbage-collector-finds-the-expectation": (COLLECTED, "", 0),
    "the-library-does-the-work": (BORROWED, "", 0),
}


def _mark(cell: NotebookNode, grade_id: str, **kind: object) -> NotebookNode:
    cell.id = grade_id
    cell.metadata["nbgrader"] = {
        "grade": False,
        "solution": False,
        "task": False,
        "locked": False,
        "grade_id": grade_id,
        "schema_version": 3,
        **kind,
    }
    return cell


def _course(root: Path) -> Course:
    (root / "nbgrader_config.py").write_text(toy.CONFIG, encoding="utf-8")
    folder = root / "solutions" / "checks"
    folder.mkdir(parents=True)
    answer = f"### BEGIN SOLUTION\n{RIGHT}### END SOLUTION"
    notebook = v4.new_notebook(
        cells=[
            _mark(v4.new_code_cell(SETUP), "setup", locked=True),
            _mark(v4.new_code_cell(answer), "doubled", solution=True),
            *(
                _mark(v4.new_code_cell(source), name, grade=True, locked=True, points=1)
                for name, source in TESTS.items()
            ),
        ]
    )
    nbformat.write(notebook, folder / "checks.ipynb")
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    made = NbGraderAPI(CourseDirectory(config=config), config=config).generate_assignment("checks")
    assert made["success"], made["log"]
    return Course.open(root)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Course, Worker]]:
    course = _course(tmp_path_factory.mktemp("checks"))
    worker = Worker(make_plan(course, "checks"), Conditions(timeout=5))
    assert worker.warm_up() == Proof({"checks": frozenset()}, {"checks": frozenset()})
    yield course, worker
    close_jails()


def marked(desk: tuple[Course, Worker], student: str, answer: str, after: str = "") -> tuple:
    """Grade one submission; return its points, and what the teacher is told to look at."""
    course, worker = desk
    notebook = nbformat.read(course.release("checks") / "checks.ipynb", as_version=4)
    next(cell for cell in notebook.cells if cell.id == "doubled").source = answer
    if after:
        notebook.cells.append(v4.new_code_cell(after))
    folder = course.submitted(student, "checks")
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "checks.ipynb")
    outcome = worker.grade(read_submission(course, student, "checks"))
    grades = outcome.notebooks["checks"].grades
    told = [sentence(flag.reason) for flag in outcome.flags]
    return sum(points or 0 for points in grades.values()), told


def test_honest_work_gets_its_marks_and_no_flag(desk: tuple[Course, Worker]) -> None:
    assert marked(desk, "right", RIGHT) == (FULL, [])
    assert marked(desk, "wrong", WRONG) == (0, [])
    longer = RIGHT + "sum = [1]\nmax = 3\nprint(getattr(doubled, '__name__'), check)"
    assert marked(desk, "odd", longer) == (FULL, [])
    assert marked(desk, "partly", HARD_CODED) == (1, [])


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_gets_what_the_answer_earns_and_nobody_is_accused(
    desk: tuple[Course, Worker], trick: str
) -> None:
    answer, after, most = TRICKS[trick]
    assert marked(desk, trick, WRONG + answer, after) == (most, [])
