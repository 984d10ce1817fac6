"""Who gave which mark for an answer in words: the gradebook's reader, and second readers.

The first reader's marks are nbgrader's own rows. A second reader's are kept in
``readings/<assignment>/<name>.json`` in the course folder, so that neither sees
the other's. A mark is saved only onto what its reader saw: if the answer or the
row has changed since, nothing is written (see ``reader_session``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypedDict

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select, update

from classroom.course import ClassroomError, Course
from classroom.nbgrader_internals import OneSubmission, late_penalty
from classroom.own_files import read_json, write_json
from classroom.reading.questions import Question, answer_of

if TYPE_CHECKING:
    pass

FOLDER = "readings"
# The first reader's name beside those of the others.
GRADEBOOK = "gradebook"
READER = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True, slots=True)
class Given:
    """What one reader gave for one answer.

    Attributes
    ----------
    points
        ``None`` if none were given.
    comment
        What the student is told.
    waits
        Whether a person has still to read the answer, or to read it again.
    untouched
        Whether nbgrader found the answer as it was handed out, and marked it by itself.
    note
        What nbgrader or the desk says about it.
    """

    points: float | None = None
    comment: str = ""
    waits: bool = True
    untouched: bool = False
    note: str = ""


class Change(TypedDict, total=False):
    """What a reader does: gives points (or takes them back), writes a comment, or both."""

    points: float | None
    comment: str


Check = Callable[[Given], None]


class Marks(Protocol):
    """Where a reader's marks are kept."""

    def given(self, question: Question, student: str = "") -> dict[str, Given]:
        """Give what there is for every student who handed in, or for one."""

    def save(self, question: Question, student: str, change: Change, check: Check) -> None:
        """Save a change; ``check`` is asked, with what is there, whether it may be."""


class GradebookMarks:
    """The first reader's marks: nbgrader's rows, as formgrader writes them."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.course = course
        self.assignment = assignment
        self._converter = OneSubmission(coursedir=course.directory, config=course.config)

    def given(self, question: Question, student: str = "") -> dict[str, Given]:
        """Give what the gradebook has."""
        with self.course.gradebook() as book:
            rows = (
                select(SubmittedAssignment.student_id, Grade, Comment)
                .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
                .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
                .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
                .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
                .join(BaseCell, BaseCell.id == Grade.cell_id)
                .join(Comment, Comment.notebook_id == SubmittedNotebook.id)
                .where(
                    Assignment.name == self.assignment,
                    Notebook.name == question.notebook,
                    BaseCell.name == question.cell,
                )
            )
            if student:
                rows = rows.where(SubmittedAssignment.student_id == student)
            return {
                str(whose): _read(grade, comment)
                for whose, grade, comment in book.db.execute(rows)
                if comment.name == question.cell
            }

    def save(self, question: Question, student: str, change: Change, check: Check) -> None:
        """Write into the gradebook, in one transaction."""
        with self.course.gradebook() as book:
            where = question.cell, question.notebook, self.assignment, student
            grade: Any = book.find_grade(*where)
            comment: Any = book.find_comment(*where)
            # Whoever else writes waits from here on, so what is checked stays true.
            same = update(Grade).where(Grade.id == grade.id).values(auto_score=Grade.auto_score)
            book.db.execute(same, execution_options={"synchronize_session": False})
            book.db.refresh(grade)
            book.db.refresh(comment)
            check(_read(grade, comment))
            if "comment" in change:
                comment.manual_comment = change["comment"] or None
            if "points" in change:
                grade.manual_score = change["points"]
                grade.needs_manual_grade = change["points"] is None and grade.auto_score is None
                late_penalty(self._converter, book, grade.notebook, student)
            book.db.commit()


def _read(grade: Any, comment: Any) -> Given:
    return Given(
        points=grade.manual_score,
        comment=comment.manual_comment or "",
        waits=bool(grade.needs_manual_grade),
        untouched=grade.auto_score is not None,
        note=comment.auto_comment or "",
    )


class ReaderMarks:
    """A second reader's marks, blind to the first's.

    Raises
    ------
    ClassroomError
        If the name cannot be a file's, or the file is not one of ours.
    """

    def __init__(self, course: Course, assignment: str, reader: str) -> None:
        if not READER.fullmatch(reader) or reader == GRADEBOOK:
            raise ClassroomError(
                "--reader must be a name of at most 40 letters, digits, - and _, and not "
                f"{GRADEBOOK!r}; got {reader!r}"
            )
        self.course = course
        self.assignment = assignment
        self.path = course.root / FOLDER / assignment / f"{reader}.json"
        self._first = GradebookMarks(course, assignment)

    def given(self, question: Question, student: str = "") -> dict[str, Given]:
        """Give what this reader gave; of the gradebook only who answered, and what grading said."""
        kept = self._kept().get(question.notebook, {}).get(question.cell, {})
        found = {}
        for whose, first in self._first.given(question, student).items():
            own = kept.get(whose, {})
            waits = not first.untouched
            if own.get("points") is not None:
                waits = own.get("answer") != self._digest(question, whose)
            found[whose] = Given(
                own.get("points"), own.get("comment", ""), waits, first.untouched, first.note
            )
        return found

    def save(self, question: Question, student: str, change: Change, check: Check) -> None:
        """Write this reader's file anew."""
        check(self.given(question, student)[student])
        kept = self._kept()
        own = kept.setdefault(question.notebook, {}).setdefault(question.cell, {})
        entry = own.setdefault(student, {})
        entry.update(change)
        if "points" in change:
            entry["answer"] = self._digest(question, student)
        write_json(self.path, kept)

    def _digest(self, question: Question, student: str) -> str:
        return answer_of(self.course, self.assignment, question, student).digest

    def _kept(self) -> dict[str, dict[str, dict[str, dict[str, Any]]]]:
        kept = read_json(self.path, {})
        if not isinstance(kept, dict):
            raise ClassroomError(f"{self.path} holds no reader's marks; move it away")
        return kept


def readers_of(course: Course, assignment: str) -> list[str]:
    """List the second readers of an assignment."""
    folder = course.root / FOLDER / assignment
    return sorted(path.stem for path in folder.glob("*.json") if READER.fullmatch(path.stem))


def kept_comments(course: Course) -> list[str]:
    """Read the comments kept for reuse, ``readings/comments.json``."""
    path = course.root / FOLDER / "comments.json"
    comments = read_json(path, [])
    if not isinstance(comments, list) or not all(isinstance(each, str) for each in comments):
        raise ClassroomError(f"{path} is not a list of texts; put it right or move it away")
    return comments


def keep_comments(course: Course, comments: list[str]) -> None:
    """Write the comments kept for reuse."""
    write_json(course.root / FOLDER / "comments.json", comments)
