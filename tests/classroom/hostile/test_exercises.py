"""Hostile submissions to the course's own exercises: no point more, and none less without a look.

An honest neighbour is graded before them and after them, and all of it behind each wall.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.sampling import asked_for

from classroom.course import Course, Flag
from classroom.grading.grade import Options, grade
from classroom.journal import Journal
from classroom.walls.jail import bubblewrap_fault, landlock_fault
from classroom.words.sentences import sentence

from ..home import attacked_where_it_is_open, is_closed_to_others, no_landlock
from ..honest.exercises import ROOT, Exercise, alone
from . import capstone, exercises
from .exercises import Case

pytestmark = [
    pytest.mark.grading,
    pytest.mark.xdist_group("hostile-exercises"),
    pytest.mark.filterwarnings("ignore"),
]

CASES = [*exercises.CASES, *capstone.CASES]


FAULTS = {"bubblewrap": bubblewrap_fault, "landlock": no_landlock}
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


class Attempt(NamedTuple):
    """A case behind a wall."""

    walls: str
    case: Case

    def __str__(self) -> str:
        return f"{self.walls}, {self.case.family}: {self.case.name}"


ATTEMPTS = [Attempt(walls, case) for walls, case in product(FAULTS, CASES)]


def class_of(exercise: Exercise, cases: list[Case], root: Path, walls: str) -> Graded:
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
    summary = grade(course, exercise.folder, Options(workers=2, timeout=TIMEOUT, sandbox=walls))
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
) -> dict[tuple[str, str], Graded]:
    asked: dict[tuple[str, Exercise], list[Case]] = defaultdict(list)
    for attempt in asked_for(request, "attempt") or ATTEMPTS:
        if FAULTS[attempt.walls]() is None:
            asked[attempt.walls, attempt.case.exercise].append(attempt.case)
    return {
        (walls, exercise.folder): class_of(
            exercise, cases, tmp_path_factory.mktemp(exercise.name), walls
        )
        for (walls, exercise), cases in asked.items()
    }


def test_no_two_cases_have_one_name() -> None:
    assert len({case.student for case in CASES}) == len(CASES)


@pytest.mark.sample(
    EACH,
    "hostile submissions to the exercises",
    kind=lambda attempt: (attempt.walls, attempt.case.family),
)
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_each_gets_what_its_other_answers_earn_or_less_and_a_look(
    classes: dict[tuple[str, str], Graded], attempt: Attempt
) -> None:
    walls, case = attempt
    if (walls, case.folder) not in classes:
        pytest.skip(f"no {walls} to attack: {FAULTS[walls]()}")
    graded = classes[walls, case.folder]
    score, flags = graded.score(case.student), graded.flags[case.student]
    told = f"{graded.points[case.student]}, told: {[sentence(flag.reason) for flag in flags]}"
    assert score <= case.deserved, f"more than deserved: {told}"
    assert score == case.deserved or any(flag.look for flag in flags), f"less, and no look: {told}"
    assert not any("forged" in sentence(flag.reason) for flag in flags)


@pytest.mark.skipif(
    landlock_fault() is not None or not is_closed_to_others(),
    reason="what Landlock is to keep in is handed in above",
)
def test_behind_landlock_it_is_so_where_roots_home_is_closed(
    pytestconfig: pytest.Config, everybodys: Path
) -> None:
    whole = ["--whole"] if pytestconfig.getoption("whole") else []
    passed = attacked_where_it_is_open(__file__, "[landlock", everybodys, *whole)
    assert passed >= len({case.family for case in CASES})


def test_every_honest_neighbour_gets_full_marks_and_no_flag(
    classes: dict[tuple[str, str], Graded],
) -> None:
    for graded in classes.values():
        for student in HONEST:
            assert graded.points[student] == graded.most, student
            looks = [flag for flag in graded.flags[student] if flag.look]
            assert looks == [], student
