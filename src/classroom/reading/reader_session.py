"""A session: one reader at the answers of one assignment, without their names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from classroom.course import ClassroomError, Course
from classroom.journal import course_lock
from classroom.reading.questions import Answer, Question, answer_of, labels, questions_of
from classroom.reading.readers import Change, Given, GradebookMarks, Marks, ReaderMarks

if TYPE_CHECKING:
    from collections.abc import Iterator


class ChangedElsewhere(Exception):  # noqa: N818 - no error of anybody's
    """What a reader marked is no longer what they saw."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An answer on the desk: what it says, what its reader gave, and a seal on both."""

    answer: Answer
    given: Given

    @property
    def seal(self) -> str:
        """Stand for the answer and the marks as they were shown."""
        given = json.dumps([self.given.points, self.given.comment, self.given.waits])
        return f"{self.answer.digest[:16]}-{hashlib.sha256(given.encode()).hexdigest()[:16]}"


class ReaderSession:
    """One reader at one assignment.

    Parameters
    ----------
    reader
        A second reader's name; if empty the first reader, whose marks count.

    Raises
    ------
    ClassroomError
        If there is nothing to read.
    """

    def __init__(self, course: Course, assignment: str, reader: str = "") -> None:
        self.course = course
        self.assignment = assignment
        self.reader = reader
        self.questions = questions_of(course, assignment)
        self._first = GradebookMarks(course, assignment)
        self._marks: Marks = ReaderMarks(course, assignment, reader) if reader else self._first
        if not any(self._first.given(question) for question in self.questions):
            raise ClassroomError(
                f"nothing of {assignment} is graded; run: classroom grade {assignment}"
            )

    def listed(self, question: Question) -> dict[str, Given]:
        """Give label to marks in the order of reading, with what waits first."""
        given = self._marks.given(question)
        ordered = labels(self.assignment, question, given)
        listed = [(label, given[student]) for label, student in ordered.items()]
        return dict(sorted(listed, key=lambda each: not each[1].waits))

    def progress(self) -> Iterator[tuple[Question, int, int]]:
        """Count, for each question, the answers and those of them that wait."""
        for question in self.questions:
            given = self._marks.given(question).values()
            yield question, len(given), sum(each.waits for each in given)

    def student(self, question: Question, label: str) -> str:
        """Give the student behind a label.

        Raises
        ------
        ClassroomError
            If there is none.
        """
        students = labels(self.assignment, question, self._first.given(question))
        if label not in students:
            raise ClassroomError(f"there is no answer {label!r}; load the page anew")
        return students[label]

    def name(self, question: Question, label: str) -> str:
        """Give a student's name with the id, or the id alone, and where lies what came instead."""
        student = self.student(question, label)
        with self.course.gradebook() as book:
            row: Any = book.find_student(student)
            name = " ".join(filter(None, [row.first_name, row.last_name]))
        told = f"{name} ({student})" if name else student
        files = answer_of(self.course, self.assignment, question, student).instead
        return " · ".join([told, *(str(file.place) for file in files)])

    def opened(self, question: Question, label: str) -> Opened:
        """Open an answer."""
        student = self.student(question, label)
        answer = answer_of(self.course, self.assignment, question, student)
        return Opened(answer, self._marks.given(question, student)[student])

    def mark(self, question: Question, label: str, change: Change, seal: str) -> Opened:
        """Save a mark onto what the reader saw.

        Parameters
        ----------
        seal
            That of the :class:`Opened` that the reader saw.

        Raises
        ------
        ChangedElsewhere
            If the answer or the marks have changed since; nothing is saved then.
        OccupiedError
            If the course is being graded.
        ClassroomError
            If the points are not from 0 to the maximum.
        """
        points = change.get("points")
        if points is not None and not 0 <= points <= question.points:
            raise ClassroomError(f"points must be from 0 to {question.points:g}, got {points:g}")
        student = self.student(question, label)

        def check(there: Given) -> None:
            answer = answer_of(self.course, self.assignment, question, student)
            found = Opened(answer, there).seal
            # Somebody else who did the same thing is in nobody's way.
            same = replace(there, **change) == there and found[:16] == seal[:16]
            if found != seal and not same:
                raise ChangedElsewhere

        with course_lock(self.course):
            self._marks.save(question, student, change, check)
        return self.opened(question, label)
