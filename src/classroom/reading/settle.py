"""``classroom settle``: give points at once for all that waits of students who are named.

For whoever handed in something that no test can mark, such as a text file: every cell
of theirs waits, and formgrader has a box for each.  Marks go into nbgrader's own rows, as
from formgrader, so they stand when the same work is graded again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer
from nbgrader.api import MissingEntry

from classroom.course import ClassroomError, Course
from classroom.journal import Journal, course_lock
from classroom.nbgrader_internals import OneSubmission, late_penalty
from classroom.plan import make_plan
from classroom.terminal import CourseDir, Grid, Terminal
from classroom.words.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NEEDS_A_LOOK = 1
SHOWN_CELLS = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A cell that waits for a person.

    Attributes
    ----------
    points
        Its maximum.
    by_test, by_hand
        What its test, or a person at an earlier time, gave; ``None`` if nothing.
    whole
        Whether every marked cell of its notebook waits.
    """

    student: str
    notebook: str
    cell: str
    points: float
    by_test: float | None
    by_hand: float | None
    whole: bool


@dataclass(slots=True)
class Settled:
    """What was settled, and what was left because a person had given points.

    Attributes
    ----------
    nowhere
        Students whose notebooks hold no place for the comment that is still free.
    """

    done: list[Waiting] = field(default_factory=list)
    left: list[Waiting] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)


def _submissions(book: Any, assignment: str) -> dict[str, Any]:
    try:
        book.find_assignment(assignment)
    except MissingEntry:
        known = ", ".join(sorted(a.name for a in book.assignments)) or "none"
        raise ClassroomError(
            f"the gradebook has no assignment {assignment!r}; it has {known}"
        ) from None
    found = {str(row.student_id): row for row in book.assignment_submissions(assignment)}
    if not found:
        raise ClassroomError(
            f"nothing of {assignment} is graded; run: classroom grade {assignment}"
        )
    return dict(sorted(found.items()))


def _waiting(student: str, submission: Any) -> Iterator[tuple[Waiting, Any]]:
    for notebook in sorted(submission.notebooks, key=lambda each: str(each.name)):
        grades = sorted(notebook.grades, key=lambda each: str(each.name))
        whole = all(grade.needs_manual_grade for grade in grades)
        for grade in grades:
            if grade.needs_manual_grade:
                scores = grade.max_score, grade.auto_score, grade.manual_score
                yield Waiting(student, notebook.name, grade.name, *scores, whole), grade


def waiting_of(course: Course, assignment: str) -> dict[str, list[Waiting]]:
    """List what waits for a person, by student.

    Raises
    ------
    ClassroomError
        If the gradebook does not know the assignment, or nothing is graded.
    """
    with course.gradebook() as opened:
        return {
            student: cells
            for student, row in _submissions(opened, assignment).items()
            if (cells := [cell for cell, _ in _waiting(student, row)])
        }


def settle(
    course: Course, assignment: str, students: Iterable[str], points: float, comment: str = ""
) -> Settled:
    """Give points for every cell that waits and that nobody has given points for.

    Parameters
    ----------
    students
        Student ids, at least one.
    points
        For each cell, from 0 to its maximum.
    comment
        What a student is told, once in each notebook; no other comment is replaced.

    Raises
    ------
    OccupiedError
        If the course is being graded.
    ClassroomError
        If nobody is named, a student has nothing graded, or the points are out of range;
        then nothing is written.
    """
    named = list(dict.fromkeys(students))
    if not named:
        raise ClassroomError("name the students to settle, such as --students asa,jose")
    if not math.isfinite(points) or points < 0:
        raise ClassroomError(f"--points must be 0 or more, got {points:g}")
    plan = make_plan(course, assignment)
    order = [cell.grade_id for notebook in plan.notebooks.values() for cell in notebook.cells]
    converter = OneSubmission(coursedir=course.directory, config=course.config)
    settled = Settled()
    with course_lock(course), course.gradebook() as opened:
        book: Any = opened
        known = _submissions(book, assignment)
        strangers = [student for student in named if student not in known]
        if strangers:
            raise ClassroomError(
                f"nothing of {assignment} is graded of {', '.join(map(repr, strangers))}; "
                f"graded are: {', '.join(known)}"
            )
        for student in named:
            for cell, grade in _waiting(student, known[student]):
                _give(cell, grade, points, settled)
        touched = {(cell.student, cell.notebook) for cell in settled.done}
        for student in named:
            for notebook in known[student].notebooks:
                if (student, notebook.name) not in touched:
                    continue
                if comment and not _comment(notebook, comment, order, settled):
                    settled.nowhere.append(student)
                late_penalty(converter, book, notebook, student)
        book.db.commit()
    return settled


def _give(cell: Waiting, grade: Any, points: float, settled: Settled) -> None:
    if cell.by_hand is not None:
        settled.left.append(cell)
        return
    if points > cell.points:
        raise ClassroomError(
            f"--points must be from 0 to {cell.points:g} for {cell.cell} of {cell.student}, "
            f"got {points:g}; give it in formgrader, or 0 here"
        )
    grade.manual_score, grade.needs_manual_grade = points, False
    settled.done.append(cell)


def _comment(notebook: Any, text: str, order: list[str], settled: Settled) -> bool:
    """Write a comment once into a notebook, where none is; return whether there was room."""
    cells = {cell.cell for cell in settled.done if cell.notebook == notebook.name}
    free = [each for each in notebook.comments if not each.manual_comment]
    if not free:
        return False
    first = min(free, key=lambda each: (each.name not in cells, order.index(each.name)))
    first.manual_comment = text
    return True


def _described(cells: list[Waiting]) -> str:
    """Say in words what waits of one student."""
    said = []
    for notebook in dict.fromkeys(cell.notebook for cell in cells):
        own = [cell for cell in cells if cell.notebook == notebook]
        points = sum(cell.points for cell in own)
        scored = any(cell.by_test is not None or cell.by_hand is not None for cell in own)
        if own[0].whole and len(own) > 1 and not scored:
            said.append(f"all {len(own)} cells of {notebook}.ipynb ({points:g} points)")
            continue
        said += [_one(cell) for cell in own[:SHOWN_CELLS]]
        if len(own) > SHOWN_CELLS:
            said.append(f"and {len(own) - SHOWN_CELLS} more of {notebook}.ipynb")
    return ", ".join(said)


def _one(cell: Waiting) -> str:
    had = ""
    if cell.by_hand is not None:
        had = f"; {cell.by_hand:g} by hand, for an earlier answer"
    elif cell.by_test is not None:
        had = f"; {cell.by_test:g} by its test"
    return f"{cell.cell} ({cell.points:g}{had})"


def settle_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    students: Annotated[
        str, typer.Option("--students", help="Student ids, separated by commas.")
    ] = "",
    points: Annotated[
        float | None, typer.Option(help="Points for each cell that waits, such as 0.")
    ] = None,
    comment: Annotated[
        str, typer.Option(help="What these students are told, at their first answer.")
    ] = "",
    course_dir: CourseDir = None,
) -> None:
    """Give points for all that waits of some students, or list who waits.

    For whoever handed in what no test can mark: a text file, an empty notebook.
    Without --points nothing is changed: it says who waits, and for what. With
    --students and --points each cell of theirs that waits gets these points,
    also one that its test has given points for. What a person gave is never
    touched. The marks stand when the same work is graded again.
    """
    course, console = Course.open(course_dir), Terminal()
    named = [name.strip() for name in students.split(",") if name.strip()]
    if points is None:
        if comment:
            raise ClassroomError("--comment goes with --points; give both, or neither")
        _list(course, console, assignment, named)
        return
    settled = settle(course, assignment, named, points, comment)
    for student in dict.fromkeys(named):
        own = [cell for cell in settled.done if cell.student == student]
        each = f", {points:g} points each" if own else ""
        console.print(f"{student}: settled {_described(own) or 'nothing: nothing waits'}{each}")
    for student in dict.fromkeys(cell.student for cell in settled.left):
        own = [cell for cell in settled.left if cell.student == student]
        console.print(f"! {student}: left as it is: {_described(own)}; read it, or use formgrader")
    for student in dict.fromkeys(settled.nowhere):
        console.print(f"! {student}: every answer has a comment already; none was replaced")
    if settled.left or settled.nowhere:
        raise typer.Exit(NEEDS_A_LOOK)


def _list(course: Course, console: Terminal, assignment: str, named: list[str]) -> None:
    waiting = waiting_of(course, assignment)
    if named:
        waiting = {student: waiting[student] for student in named if student in waiting}
    if not waiting:
        console.print("nobody waits for a person")
        return
    journal = Journal(course, assignment)
    journal.close()
    table = Grid("student", "waits for", "why")
    for student, cells in waiting.items():
        entry = journal.entries.get(student)
        reasons = [flag.reason for flag in entry.flags if flag.look] if entry else []
        table.add_row(student, _described(cells), " ".join(map(sentence, dict.fromkeys(reasons))))
    console.print(table)
    console.print(f"! {len(waiting)} wait; nothing was changed")
    console.print(
        f"to give 0 for all of it: classroom settle {assignment} --students ID,ID --points 0"
    )
    raise typer.Exit(NEEDS_A_LOOK)
