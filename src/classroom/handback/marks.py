"""Marks as the gradebook has them, and what every export of them shares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Unicode

from classroom.course import ClassroomError
from classroom.roster import Roster
from classroom.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from nbgrader.api import Gradebook


@dataclass(frozen=True, slots=True)
class Mark:
    """One student's result for one assignment.

    Attributes
    ----------
    submitted
        Whether anything was graded.
    raw, penalty, score, maximum
        Points before, and for, lateness; points that count; points to be had.
    final
        Whether nothing waits for a person.
    graded
        Whether anybody, or any test, gave points at all.
    notebooks
        Points by notebook.
    """

    assignment: str
    student: str
    first: str
    last: str
    email: str
    submitted: bool
    when: datetime | None
    raw: float
    penalty: float
    score: float
    maximum: float
    final: bool
    graded: bool
    notebooks: dict[str, float]


def marks(
    gradebook: Gradebook, assignments: list[str] | None = None, students: list[str] | None = None
) -> Iterator[Mark]:
    """Read marks from a gradebook, by assignment, then by student id.

    Parameters
    ----------
    gradebook
        An open gradebook.
    assignments, students
        Which to read; all if empty.

    Raises
    ------
    ClassroomError
        If an assignment asked for is not in the gradebook.
    """
    book: Any = gradebook  # SQLAlchemy's columns are not the values they hold
    known = [assignment.name for assignment in book.assignments]
    for name in assignments or known:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise ClassroomError(f"the gradebook has no assignment {name!r}; it has {listed}")
        maximum = float(book.find_assignment(name).max_score or 0)
        for student in sorted(book.students, key=lambda each: str(each.id)):
            if not students or student.id in students:
                yield _mark(book, name, student, maximum)


def _mark(book: Any, assignment: str, student: Any, maximum: float) -> Mark:
    try:
        submission = book.find_submission(assignment, student.id)
    except MissingEntry:
        submission = None
    raw = float(submission.score) if submission else 0.0
    penalty = float(submission.late_submission_penalty or 0) if submission else 0.0
    return Mark(
        assignment=assignment,
        student=student.id,
        first=student.first_name or "",
        last=student.last_name or "",
        email=student.email or "",
        submitted=submission is not None,
        when=submission.timestamp if submission else None,
        raw=raw,
        penalty=penalty,
        score=max(0.0, raw - penalty),
        maximum=maximum,
        final=not (submission and submission.needs_manual_grade),
        graded=submission is not None and _points_given(submission),
        notebooks={each.name: float(each.score) for each in submission.notebooks}
        if submission
        else {},
    )


def _points_given(submission: Any) -> bool:
    """Return whether a mark rests on anything: a test that ran, or a person's points."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    return not grades or any(
        grade.auto_score is not None or grade.manual_score is not None for grade in grades
    )


def why_not_final(mark: Mark) -> str:
    """Return why a mark is not to be given out, or nothing."""
    if mark.submitted and not mark.graded:
        return "nobody could grade it yet; classroom settle says why, and gives points"
    return "" if mark.final else "an answer or a test waits for a person"


class MarksExporter(ExportPlugin):
    """What the three formats share: who is exported, and who is left out."""

    roster = Unicode("", help="CSV class list that maps student ids to the LMS's names").tag(
        config=True
    )
    provisional = Bool(False, help="Export marks that still wait for a person, too").tag(
        config=True
    )
    default_name = "marks.csv"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.left_out: list[str] = []
        #: Why somebody was left out, and whose marks are provisional.
        self.reasons: dict[str, str] = {}
        self.provisionally: list[str] = []
        #: What the teacher should know before the file goes to the LMS.
        self.warnings: list[str] = []
        #: What the file holds, in a few words.
        self.holds = ""

    def destination(self) -> Path:
        """Return the file to write."""
        return Path(self.to or self.default_name)

    def people(self) -> Roster:
        """Return the class list, empty if none was given."""
        return Roster.read(self.roster) if self.roster else Roster([])

    def chosen(self, gradebook: Gradebook) -> list[Mark]:
        """Return the marks to export; note and name those that are not final."""
        chosen = []
        for mark in marks(gradebook, list(self.assignment), [str(each) for each in self.student]):
            reason = why_not_final(mark)
            if not reason:
                chosen.append(mark)
            elif self.provisional and mark.graded:
                self.provisionally.append(mark.student)
                chosen.append(mark)
            else:
                self.leave_out(mark.student, reason)
        return chosen

    def leave_out(self, student: str, reason: str) -> None:
        """Note that a student's mark is not in the file, and why."""
        self.left_out.append(student)
        self.reasons[student] = reason
        self.log.warning("%s is left out: %s", one_line(student), one_line(reason))

    def written(self) -> str:
        """Say what was written, and how much it holds."""
        return f"{self.destination()}: {self.holds}" if self.holds else str(self.destination())

    def by_reason(self) -> dict[str, list[str]]:
        """Return who was left out by the reason, so that a class is told once."""
        found: dict[str, list[str]] = {}
        for student in sorted(set(self.left_out)):
            found.setdefault(self.reasons[student], []).append(student)
        return found

    def one_assignment(self) -> str:
        """Return the assignment asked for.

        Raises
        ------
        ClassroomError
            If there is not exactly one: an LMS column holds one assignment.
        """
        if len(self.assignment) != 1:
            raise ClassroomError("name one assignment to export, such as --assignment=03_value")
        return str(self.assignment[0])
