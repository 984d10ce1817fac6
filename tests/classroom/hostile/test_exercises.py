"""Hostile submissions to the course's own exercises: no point more, and none less without a look.

An honest neighbour is graded before them and after them.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.sampling import asked_for

from classroom.course import Course, Flag
from classroom.grading.grade import Options, grade
from classroom.journal import Journal

from ..honest.exercises import ROOT, Exercise, alone
from . import capstone, exercises
from .exercises import Case

pytestmark = [
    pytest.mark.grading,
    pytest.mark.xdist_group("hostile-exercises"),
    pytest.mark.filterwarnings("ignore"),
]

CASES = [*exercises.CASES, *capstone.CASES]
TIMEOUT = 3
EACH = 1  # of a kind, in `make test`
HONEST = ("00-honest", "zz-honest")


@dataclass
class Graded:
    """One exercise's class: by student, points by test and what was told."""

    points: dict[str, dict[str, float | None]] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    flags: dict[str, list[Flag]] = field(default_factory=dict)

    def score(self, student: str) -> float:
        return sum(points or 0 for points in self.points[student].values())


def class_of(exercise: Exercise, cases: list[Case], root: Path) -> Graded:
    """Grade so many submissions to one exercise, between two honest ones."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for kind, notebook in (("solutions", exercise.source), ("exercises", exercise.release)):
        (root / kind / exercise.folder).mkdir(parents=True)
        shutil.copy(notebook, root / kind / exercise.folder)
    handed = {case.student: case.make(exercise) for case in cases}
    for student, files in (
        handed | dict.fromkeys(HONEST, alone(exercise, exercise.filled()))
    ).items():
        for name, content in files.items():
            path = root / "submitted" / student / exercise.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    course = Course.open(root)
    summary = grade(course, exercise.folder, Options(workers=2, timeout=TIMEOUT))
    assert summary.graded == len(cases) + len(HONEST)
    graded = Graded()
    with course.gradebook() as book:
        for submission in book.assignment_submissions(exercise.folder):
            rows = [
                row
                for notebook in submission.notebooks
                for row in notebook.grades
                if row.cell.cell_type == "code"  # a person reads the rest
            ]
            graded.points[submission.student_id] = {row.name: row.auto_score for row in rows}
            graded.most = {row.name: row.max_score for row in rows}
    journal = Journal(course, exercise.folder)
    journal.close()
    graded.flags = {student: entry.flags for student, entry in journal.entries.items()}
    return graded


@pytest.fixture(scope="module")
def classes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Graded]:
    asked: dict[Exercise, list[Case]] = defaultdict(list)
    for case in asked_for(request, "case") or CASES:
        asked[case.exercise].append(case)
    return {
        exercise.folder: class_of(exercise, cases, tmp_path_factory.mktemp(exercise.name))
        for exercise, cases in asked.items()
    }


def test_no_two_cases_have_one_name() -> None:
    assert len({case.student for case in CASES}) == len(CASES)


@pytest.mark.sample(EACH, "hostile submissions to the exercises", kind=lambda case: case.family)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.family}: {case.name}")
def test_each_gets_what_its_other_answers_earn_or_less_and_a_look(
    classes: dict[str, Graded], case: Case
) -> None:
    graded = classes[case.folder]
    score, flags = graded.score(case.student), graded.flags[case.student]
    told = f"{graded.points[case.student]}, told: {[flag.reason for flag in flags]}"
    assert score <= case.deserved, f"more than deserved: {told}"
    assert score == case.deserved or any(flag.look for flag in flags), f"less, and no look: {told}"
    assert not any("forged" in flag.reason for flag in flags)


def test_every_honest_neighbour_gets_full_marks_and_no_flag(classes: dict[str, Graded]) -> None:
    for graded in classes.values():
        for student in HONEST:
            assert graded.points[student] == graded.most, student
            assert [flag.reason for flag in graded.flags[student] if flag.look] == [], student
