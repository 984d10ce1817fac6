"""A class of odd but honest students, graded in one run: nobody below the mark, nobody accused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from classroom.course import Course, Flag
from classroom.grading.grade import Options, grade
from classroom.journal import Journal
from classroom.words.sentences import sentence

from .. import toy
from .case import Case
from .corpus import CASES
from .sampled import by_family, chosen

pytestmark = [
    pytest.mark.grading,
    pytest.mark.xdist_group("honest"),
    pytest.mark.filterwarnings("ignore"),
]

# The longest of them takes a second and a half of processor, on a machine that may be busy.
TIMEOUT = 10


@dataclass
class Graded:
    """The class after grading."""

    points: dict[str, dict[str, float | None]]
    flags: dict[str, list[Flag]]
    folder: Path

    def document(self, student: str) -> str:
        path = self.folder / student / toy.ASSIGNMENT / f"{toy.NOTEBOOK}.ipynb"
        return path.read_text("utf-8") if path.is_file() else ""


@pytest.fixture(scope="module")
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    cases = chosen(request, Case)
    root = toy.make_course(tmp_path_factory.mktemp("honest") / "course")
    for case in cases:
        folder = root / "submitted" / case.student / toy.ASSIGNMENT
        folder.mkdir(parents=True)
        case.build(folder)
    course = Course.open(root)
    summary = grade(course, toy.ASSIGNMENT, Options(workers=2, timeout=TIMEOUT))
    assert summary.graded == len(cases)
    points: dict[str, dict[str, float | None]] = {}
    with course.gradebook() as book:
        for submission in book.assignment_submissions(toy.ASSIGNMENT):
            points[submission.student_id] = {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.name in toy.TESTS
            }
    journal = Journal(course, toy.ASSIGNMENT)
    journal.close()
    flags = {student: entry.flags for student, entry in journal.entries.items()}
    return Graded(points, flags, root / "autograded")


def test_every_case_is_a_case_of_its_own() -> None:
    assert len({case.student for case in CASES}) == len(CASES)


SAMPLED = by_family(CASES, lambda case: case.family, each=3, name=lambda case: case.student)


@pytest.mark.sample(len(SAMPLED), "odd honest submissions to the toy course")
@pytest.mark.parametrize("case", SAMPLED)
def test_an_odd_honest_submission_gets_its_mark_and_is_not_accused(
    graded: Graded, case: Case
) -> None:
    flags = graded.flags[case.student]
    said = " ".join(sentence(flag.reason) for flag in flags)
    assert not [flag for flag in flags if flag.distrust], said
    assert "forged" not in said
    points = graded.points[case.student]
    # What a busy machine had no time for waits for a person, and says so.
    assert None not in points.values() or "too busy" in said, said
    assert sum(value or 0 for value in points.values()) == case.deserved, (points, said)
    looks = [sentence(flag.reason) for flag in flags if flag.look]
    assert case.look is None or bool(looks) is case.look, said
    assert case.told in said
    document = graded.document(case.student)
    assert all(text in document for text in case.present)
    assert not any(text in document for text in case.absent)
