"""A due date of one's own, as nbgrader understands it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from classroom.course import ClassroomError, Course
from classroom.intake.lateness import extend, read_until

from .. import toy

# nbgrader's own way of making submissions; its session warns of the order.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two students who handed in a day late."""
    course = Course.open(toy.make_course(tmp_path / "course"))
    with course.gradebook() as book:
        book.update_or_create_assignment("toy", duedate=datetime(2026, 11, 20, 21, 59))
        for student in ("aino", "otso"):
            book.update_or_create_student(student)
            book.update_or_create_submission(
                "toy", student, timestamp=datetime(2026, 11, 21, 12, 0)
            )
        book.db.commit()
    return course


def late(course: Course) -> dict[str, float]:
    with course.gradebook() as book:
        return {
            row.student_id: row.total_seconds_late for row in book.assignment_submissions("toy")
        }


def test_an_extension_makes_one_student_punctual_and_no_other(course: Course) -> None:
    assert min(late(course).values()) > 0
    extend(course, "toy", ["aino"], read_until("2026-11-21 23:59", ZoneInfo("Europe/Helsinki")))
    found = late(course)
    assert found["aino"] == 0
    assert found["otso"] > 0
    extend(course, "toy", ["aino"], datetime(2026, 11, 21, 11, 59, tzinfo=UTC))
    assert late(course)["aino"] == 60


def test_what_cannot_be_extended_is_said(course: Course) -> None:
    until = datetime(2026, 12, 1, tzinfo=UTC)
    with pytest.raises(ClassroomError, match="eino has nothing graded"):
        extend(course, "toy", ["aino", "eino"], until)
    assert late(course)["aino"] > 0, "nobody was extended"
    with pytest.raises(ClassroomError, match="no due date"):
        extend(course, "other", ["aino"], until)
    with pytest.raises(ClassroomError, match="is no time"):
        read_until("tomorrow", None)
