"""Odd but honest work on the course's own exercises: full marks, and nobody accused."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.sampling import spread

from classroom.course import Course, Flag
from classroom.grading.grade import Options, grade
from classroom.journal import Journal
from classroom.words.sentences import sentence

from .exercises import CASES, EXERCISES, ROOT, Case, Exercise
from .sampled import by_family, chosen

pytestmark = [
    pytest.mark.grading,
    pytest.mark.xdist_group("honest-exercises"),
    pytest.mark.filterwarnings("ignore"),
]


@dataclass
class Graded:
    """One exercise's class after grading: by student, marks by cell and what was told."""

    points: dict[str, dict[str, tuple[float | None, float]]] = field(default_factory=dict)
    flags: dict[str, list[Flag]] = field(default_factory=dict)


def class_of(exercise: Exercise, cases: list[Case], root: Path) -> Graded:
    """Grade so many odd submissions to one exercise."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for kind, notebook in (("solutions", exercise.source), ("exercises", exercise.release)):
        (root / kind / exercise.folder).mkdir(parents=True)
        shutil.copy(notebook, root / kind / exercise.folder)
    for case in cases:
        for name, content in case.oddity.make(exercise).items():
            path = root / "submitted" / case.student / exercise.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    course = Course.open(root)
    assert grade(course, exercise.folder, Options(workers=2)).graded == len(cases)
    graded = Graded()
    with course.gradebook() as book:
        for submission in book.assignment_submissions(exercise.folder):
            graded.points[submission.student_id] = {
                row.name: (row.auto_score, row.max_score)
                for notebook in submission.notebooks
                for row in notebook.grades
                if row.cell.cell_type == "code"  # a person reads the rest
            }
    journal = Journal(course, exercise.folder)
    journal.close()
    graded.flags = {student: entry.flags for student, entry in journal.entries.items()}
    return graded


@pytest.fixture(scope="module")
def classes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Graded]:
    asked: dict[Exercise, list[Case]] = defaultdict(list)
    for case in chosen(request, Case):
        asked[case.exercise].append(case)
    return {
        exercise.folder: class_of(exercise, cases, tmp_path_factory.mktemp(exercise.name))
        for exercise, cases in asked.items()
    }


def test_every_exercise_meets_every_family() -> None:
    families = {case.oddity.family for case in CASES}
    for exercise in EXERCISES:
        assert {c.oddity.family for c in CASES if c.exercise == exercise} == families, exercise
    assert len({str(case) for case in CASES}) == len(CASES)


# Grading the teacher's solution is what an exercise costs, however many hand in: `make test`
# takes two of the exercises, and from one family to the next the other.
FEW = spread(EXERCISES, 2)
PLACES = {family: n for n, family in enumerate(dict.fromkeys(c.oddity.family for c in CASES))}
SAMPLED = by_family(
    CASES,
    lambda case: case.oddity.family,
    each=1,
    easily=lambda case: case.exercise == FEW[PLACES[case.oddity.family] % len(FEW)],
)


@pytest.mark.sample(len(SAMPLED), "odd honest submissions to the course's exercises")
@pytest.mark.parametrize("case", SAMPLED)
def test_odd_honest_work_on_an_exercise_gets_full_marks(
    classes: dict[str, Graded], case: Case
) -> None:
    graded = classes[case.exercise.folder]
    flags = graded.flags[case.student]
    said = " ".join(sentence(flag.reason) for flag in flags)
    assert not [flag for flag in flags if flag.distrust], said
    assert "forged" not in said
    points = graded.points[case.student]
    assert points
    short = {name: got for name, (got, most) in points.items() if got != most}
    assert not short, (short, said)
    if case.oddity.look is not None:
        assert any(flag.look for flag in flags) is case.oddity.look, said
