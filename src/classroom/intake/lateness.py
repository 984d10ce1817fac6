"""A later due date for some students, kept where nbgrader keeps it: with the submission."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nbgrader.api import MissingEntry

from classroom.course import ClassroomError

if TYPE_CHECKING:
    from datetime import tzinfo

    from classroom.course import Course


def read_until(text: str, zone: tzinfo | None) -> datetime:
    """Return a date and time that a teacher wrote, in UTC.

    Parameters
    ----------
    text
        Such as "2026-11-22 23:59".
    zone
        Its time zone; the machine's if not given.

    Raises
    ------
    ClassroomError
        If it is none.
    """
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise ClassroomError(f"{text!r} is no time; write it as 2026-11-22 23:59") from None
    return (when.replace(tzinfo=zone) if when.tzinfo is None and zone else when).astimezone(UTC)


def extend(course: Course, assignment: str, students: list[str], until: datetime) -> None:
    """Give students a due date of their own.

    Parameters
    ----------
    course
        The course.
    assignment
        nbgrader's assignment id; it must have a due date.
    students
        Student ids; their work must have been graded once.
    until
        The due date for them, with a time zone.

    Raises
    ------
    ClassroomError
        If there is no due date to extend, or nothing of a student's to extend it for.
    """
    with course.gradebook() as gradebook:
        book: Any = gradebook
        try:
            due = book.find_assignment(assignment).duedate
        except MissingEntry:
            due = None
        if due is None:
            raise ClassroomError(
                f"{assignment} has no due date; give it one with: nbgrader db assignment add "
                f'{assignment} --duedate="2026-11-20 21:59 UTC"'
            )
        # nbgrader keeps UTC without saying so.
        longer = until.astimezone(UTC).replace(tzinfo=None) - due
        rows = {}
        for student in students:
            try:
                rows[student] = book.find_submission(assignment, student)
            except MissingEntry:
                raise ClassroomError(
                    f"{student} has nothing graded for {assignment}; grade it first, then extend"
                ) from None
        for row in rows.values():
            row.extension = longer
        book.db.commit()
