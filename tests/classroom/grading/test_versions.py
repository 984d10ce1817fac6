"""A syntax error that only a newer Python explains is told from all others."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from classroom.course import Course
from classroom.doctor import examination as doctor
from classroom.grading.versions import LAB_PYTHON, newer_syntax
from classroom.grading.worker import Worker
from classroom.intake.preflight import read_submission
from classroom.plan import make_plan
from classroom.walls.jails import close_jails
from classroom.words.sentences import sentence

from .. import toy

ROOT = Path(__file__).parents[3]
OLD = (3, 11)

NEWER = {
    'x = {"a": 1}\nprint(f"{x["a"]}")': (3, 12),
    "print(f'{', '.join('ab')}')": (3, 12),
    "print(f\"{'\\n'.join('ab')}\")": (3, 12),
    'print(f"{f"{1 + 1}"}")': (3, 12),
    'n = 3\nprint(f"{n!r:>{"5"}}")': (3, 12),
    'print(f"{\n1 + 1  # two\n}")': (3, 12),
    "try:\n    pass\nexcept ValueError, TypeError:\n    pass": (3, 14),
    "try:\n    x = 1\nexcept OSError, KeyError, ValueError:\n    x = 2": (3, 14),
    'wait = 3\nt"{wait} min"': (3, 14),
    '%matplotlib inline\nx = {"a": 1}\nprint(f"{x["a"]=}")': (3, 12),
}
WRONG_ANYWHERE = [
    "def f(x)\n    return x",
    'print(f"{x["a"}")',
    'print(f"{}")',
    'print(f"{a b}")',
    'print(f"{x["a"]!z}")',
    'print(f"{x["a"]}"',
    'print(f"{x["a"]}")\nreturn = 3',
    "try:\n    pass\nexcept ValueError, TypeError as error:\n    pass",
    "try:\n    pass\nexcept ValueError, TypeError:\nprint(1)",
    'print "hello"',
    'bf"{1}"',
    'x = "not closed',
    "# except A, B:\nx = = 3",
]


@pytest.mark.parametrize(("source", "needs"), NEWER.items())
def test_what_only_the_version_explains_is_known(source: str, needs: tuple[int, int]) -> None:
    try:
        compile(source.replace("%matplotlib inline", ""), "cell", "exec")
    except SyntaxError:
        found = newer_syntax(source, OLD)
        assert found is not None
        assert found.needs == needs
    else:
        assert newer_syntax(source) is None


@pytest.mark.parametrize("source", WRONG_ANYWHERE)
def test_what_is_wrong_in_any_python_is_left_alone(source: str) -> None:
    assert newer_syntax(source, OLD) is None


@pytest.mark.parametrize("source", ["x = 1", 'f"{1}"', "f'{x!r:>5}'", "%time 1", ""])
def test_what_this_python_reads_is_left_alone(source: str) -> None:
    assert newer_syntax(source, OLD) is None


def test_the_version_of_the_lab_is_that_of_its_pyodide() -> None:
    lock = ROOT / "node_modules" / "pyodide" / "pyodide-lock.json"
    pinned = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]["pyodide"]
    assert pinned.startswith("{}{}.".format(*LAB_PYTHON))
    if lock.is_file():
        version = json.loads(lock.read_text("utf-8"))["info"]["python"]
        assert version.startswith("{}.{}.".format(*LAB_PYTHON))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"lab/wheels.in .*--python-version {}\.{} ".format(*LAB_PYTHON), makefile)


@pytest.mark.parametrize(("version", "status"), [((3, 11, 7), "warn"), ((3, 14, 0), "ok")])
def test_the_doctor_tells_of_a_python_that_is_not_the_labs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], status: str
) -> None:
    monkeypatch.setattr(doctor, "RUNNING", version)
    (finding,) = doctor.lab_python(Course.open(toy.make_course(tmp_path / "course")))
    assert finding.status == status
    assert status == "ok" or "3.14" in finding.todo


@pytest.mark.grading
@pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python reads all there is")
@pytest.mark.parametrize(
    ("broken", "waits"), [("except ValueError, TypeError:", True), ("except:=", False)]
)
def test_an_answer_that_only_the_version_breaks_waits_for_a_person(
    tmp_path: Path, broken: str, waits: bool
) -> None:
    course = Course.open(toy.make_course(tmp_path / "course"))
    guarded = f"try:\n    pass\n{broken}\n    pass\n"
    toy.submit(course.root, "aino", toy.RIGHT | {"mean_wait": guarded + toy.RIGHT["mean_wait"]})
    worker = Worker(make_plan(course, toy.ASSIGNMENT))
    try:
        outcome = worker.grade(read_submission(course, "aino", toy.ASSIGNMENT))
    finally:
        close_jails()
    grades = outcome.notebooks[toy.NOTEBOOK].grades
    asking = [name for name in grades if name.startswith("test_mean")]
    assert asking
    assert all(grades[name] is None if waits else grades[name] == 0 for name in asking)
    assert grades["test_kept"] == toy.POINTS["test_kept"]
    said = [flag for flag in outcome.flags if "works in Python 3.14" in sentence(flag.reason)]
    assert [(flag.cell, flag.look) for flag in said] == [("mean_wait", True)] * waits
