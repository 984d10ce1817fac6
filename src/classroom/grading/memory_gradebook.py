"""A gradebook for one submission, without a database.

nbgrader's converter and preprocessors open the gradebook for every step of every
notebook. In a worker they get one in memory (``nbgrader_internals.instead_of_gradebook``).
It answers exactly what they ask, in the shapes of nbgrader's tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from nbgrader.api import MissingEntry

if TYPE_CHECKING:
    from datetime import datetime

    from classroom.plan import Plan, TeacherCell, TeacherNotebook


@dataclass(slots=True)
class GradeRow:
    """A row of nbgrader's ``grade`` table, as its preprocessors use it."""

    name: str
    auto_score: float | None = None
    needs_manual_grade: bool = True
    manual_score: float | None = None


@dataclass(slots=True)
class CommentRow:
    """A row of nbgrader's ``comment`` table."""

    name: str
    auto_comment: str | None = None


@dataclass(slots=True)
class NotebookRow:
    """A row of ``submitted_notebook``."""

    name: str
    grades: list[GradeRow]
    comments: list[CommentRow]


@dataclass(slots=True)
class AssignmentRow:
    """A row of ``assignment``."""

    notebooks: list[NotebookRow]


@dataclass(slots=True)
class SubmissionRow:
    """A row of ``submitted_assignment``; being late is the writer's business."""

    timestamp: datetime | str | None = None
    total_seconds_late: float = 0.0


@dataclass(slots=True)
class _Cells:
    """What the preprocessors ask of nbgrader's ``notebook`` and cell tables."""

    name: str
    kernelspec: str | None


@dataclass(slots=True)
class _SourceCell:
    name: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    max_score: float | None


class _Session:
    """A database session with nothing to commit."""

    def commit(self) -> None:
        """Do nothing: it is thrown away, not saved."""


@dataclass(slots=True)
class MemoryGradebook:
    """The teacher's cells from the plan, and rows that nothing else has.

    The writer alone touches the real gradebook.
    """

    plan: Plan
    db: _Session = field(default_factory=_Session)
    submission: SubmissionRow = field(default_factory=SubmissionRow)
    notebooks: dict[str, NotebookRow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, notebook in self.plan.notebooks.items():
            self.notebooks[name] = NotebookRow(
                name,
                [GradeRow(c.grade_id) for c in notebook.cells if c.points is not None],
                [CommentRow(c.grade_id) for c in notebook.cells if c.solution or c.task],
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def update_or_create_student(self, student: str, **_: object) -> str:
        """Accept any student."""
        return student

    def find_assignment(self, _: str) -> AssignmentRow:
        """Give the assignment: its only use is its notebooks' names."""
        return AssignmentRow(list(self.notebooks.values()))

    def update_or_create_submission(
        self, _assignment: str, _student: str, timestamp: datetime | str | None = None
    ) -> SubmissionRow:
        """Give the submission."""
        self.submission.timestamp = timestamp
        return self.submission

    def _notebook(self, name: str) -> TeacherNotebook:
        notebook = self.plan.notebooks.get(name)
        if notebook is None:
            raise MissingEntry(f"No such notebook: {name}")
        return notebook

    def find_notebook(self, name: str, _assignment: str) -> _Cells:
        """Give a notebook of the assignment, or raise nbgrader's ``MissingEntry``."""
        notebook = self._notebook(name)
        return _Cells(notebook.name, notebook.kernelspec)

    def _cell(self, grade_id: str, notebook: str) -> TeacherCell:
        cell = self._notebook(notebook).cell(grade_id)
        if cell is None:
            raise MissingEntry(f"No such cell: {notebook}/{grade_id}")
        return cell

    def find_source_cell(self, grade_id: str, notebook: str, _assignment: str) -> _SourceCell:
        """Give the teacher's version of a cell."""
        cell = self._cell(grade_id, notebook)
        return _SourceCell(
            grade_id, cell.kind, cell.source, cell.checksum, cell.locked, cell.points
        )

    find_graded_cell = find_source_cell

    def find_submission_notebook(self, name: str, _assignment: str, _student: str) -> NotebookRow:
        """Give the submitted notebook."""
        self._notebook(name)
        return self.notebooks[name]

    def find_grade(self, grade_id: str, notebook: str, _assignment: str, _student: str) -> GradeRow:
        """Give the grade of a cell."""
        for grade in self.notebooks[notebook].grades:
            if grade.name == grade_id:
                return grade
        raise MissingEntry(f"No such grade: {notebook}/{grade_id}")

    def find_comment(
        self, grade_id: str, notebook: str, _assignment: str, _student: str
    ) -> CommentRow:
        """Give the comment on a cell."""
        for comment in self.notebooks[notebook].comments:
            if comment.name == grade_id:
                return comment
        raise MissingEntry(f"No such comment: {notebook}/{grade_id}")
