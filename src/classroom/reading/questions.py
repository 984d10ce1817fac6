"""What is read by a person: an assignment's questions, their rubrics, and the answers.

A question is a cell that nbgrader leaves to a person. Its task is the Markdown
just before it in the teacher's notebook, back to its heading; a rubric is a
table there (see ``rubric``).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nbformat import v4

from classroom.course import UNGRADED, ClassroomError, Course
from classroom.plan import Plan, TeacherCell, make_plan
from classroom.reading.instead import Instead, came_instead
from classroom.reading.rubric import Level, levels_of, names_points, split_rubric

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nbformat import NotebookNode

# No vowels, so that no label is a word, and nothing that looks like something else.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
SHORTEST_LABEL = 3

_REGION = re.compile(r"^#*\s*(?:BEGIN|END) (?:SOLUTION|MARK SCHEME)\s*$", re.MULTILINE)
_HEADING = re.compile(r"^\s*#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A cell that a person marks.

    Attributes
    ----------
    notebook, cell
        nbgrader's names of the two.
    points
        Maximum, above 0.
    title
        The task's heading.
    task
        The task in Markdown, without the rubric.
    levels
        From no points upwards; empty where only the points can be typed.
    rubric, shares
        Whether the levels are a rubric's, and whether each is an equal share of the points.
    model
        The teacher's own answer, as source.
    kind
        ``markdown`` or ``code``.
    follows
        Whether the answer is in the cells that follow (nbgrader's task cells).
    """

    notebook: str
    cell: str
    points: float
    title: str
    task: str = ""
    levels: tuple[Level, ...] = ()
    rubric: bool = False
    shares: bool = False
    model: str = ""
    kind: str = "markdown"
    follows: bool = False

    @property
    def step(self) -> float:
        """Points between two levels; a tenth of the maximum where there are none."""
        return self.points / (len(self.levels) - 1 if len(self.levels) > 1 else 10)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one student answered.

    Attributes
    ----------
    cells
        The cells of the graded notebook that hold it.
    digest
        Changes when the answer does.
    words
        Number of words.
    problem
        Why there is nothing to read, in a sentence; empty if there is.
    instead
        What came instead of a notebook that could be graded.
    """

    cells: list[NotebookNode] = field(default_factory=list)
    digest: str = ""
    words: int = 0
    problem: str = ""
    instead: tuple[Instead, ...] = ()


def questions_of(course: Course, assignment: str) -> list[Question]:
    """Read the questions of an assignment, in the order of the notebooks.

    Raises
    ------
    ClassroomError
        If the gradebook does not know it, or no cell is left to a person.
    """
    plan = make_plan(course, assignment)
    found = [
        _question(cell, name, _teachers_cells(course, plan, name))
        for name, notebook in plan.notebooks.items()
        for cell in notebook.cells
        if cell.points and not cell.tests
    ]
    if not found:
        raise ClassroomError(
            f"no cell of {assignment} is marked by a person; in JupyterLab, Create Assignment "
            "offers 'Manually graded answer' for a cell"
        )
    return found


def _teachers_cells(course: Course, plan: Plan, name: str) -> list[NotebookNode]:
    written = plan.solutions.get(f"{name}.ipynb")
    released = course.release(plan.assignment) / f"{name}.ipynb"
    if written is None and released.is_file():
        written = released.read_bytes()
    return _cells(written.decode("utf-8")) if written is not None else []


def _cells(text: str) -> list[NotebookNode]:
    cells: list[NotebookNode] = v4.reads(text).cells
    return cells


def _own(cell: NotebookNode) -> dict[str, Any]:
    """Give nbgrader's entry in a cell's metadata."""
    own: dict[str, Any] = cell.metadata.get("nbgrader", {})
    return own


def _question(cell: TeacherCell, notebook: str, cells: list[NotebookNode]) -> Question:
    ids = [_own(each).get("grade_id") for each in cells]
    at = ids.index(cell.grade_id) if cell.grade_id in ids else len(ids)
    written = cell.source if cell.task else _before(cells[:at])
    task, rows = split_rubric(_REGION.sub("", written).strip())
    heading = _HEADING.search(task)
    own = cells[at].source if at < len(cells) and not cell.task else ""
    model = _REGION.sub("", own).strip()
    points = float(cell.points or 0)
    try:
        levels = levels_of(rows, points)
    except ClassroomError as error:
        raise ClassroomError(f"{notebook}.ipynb, before {cell.grade_id}: {error}") from None
    return Question(
        notebook=notebook,
        cell=cell.grade_id,
        points=points,
        title=heading[1] if heading else cell.grade_id,
        task=_HEADING.sub("", task, count=1).strip() if heading else task,
        levels=levels,
        rubric=bool(rows),
        shares=bool(rows) and not names_points(rows, points),
        model="" if model == cell.stub.strip() else model,
        kind=cell.kind,
        follows=cell.task,
    )


def _before(cells: list[NotebookNode]) -> str:
    """Give the Markdown that ends where an answer begins, back to its heading."""
    taken: list[str] = []
    for cell in reversed(cells):
        if cell.cell_type != "markdown" or _own(cell).get("solution") or _own(cell).get("task"):
            break
        taken.insert(0, cell.source)
        if _HEADING.match(cell.source):
            break
    return "\n\n".join(taken)


def labels(assignment: str, question: Question, students: Iterable[str]) -> dict[str, str]:
    """Give every student a label for one question, in an order that tells nothing.

    Another question gives the same student another label and another place, so
    that no answer is read in the light of the one before. Who hands in late
    changes nobody's place.

    Returns
    -------
    dict
        Label to student id, in the order of reading.
    """
    codes = {}
    for student in students:
        seed = f"{assignment}/{question.notebook}/{question.cell}/{student}"
        number = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")
        code = ""
        while number:
            number, rest = divmod(number, len(LETTERS))
            code += LETTERS[rest]
        codes[student] = code
    length = SHORTEST_LABEL
    while len({code[:length] for code in codes.values()}) < len(codes):
        length += 1
    return {code[:length]: student for student, code in sorted(codes.items(), key=lambda c: c[1])}


def answer_of(course: Course, assignment: str, question: Question, student: str) -> Answer:
    """Read a student's answer from the graded notebook."""
    path: Path = course.autograded(student, assignment) / f"{question.notebook}.ipynb"
    try:
        cells = _cells(path.read_text(encoding="utf-8"))
    except OSError:
        return _instead(course, assignment, student, path.parent)
    except (ValueError, AttributeError):
        return Answer(problem=f"The graded notebook {path.name} cannot be read: grade it anew.")
    if cells and cells[0].get("id") == UNGRADED:
        return _instead(course, assignment, student, path.parent)
    ids = [_own(cell).get("grade_id") for cell in cells]
    if question.cell not in ids:
        return Answer(problem=f"The notebook of this student has no cell {question.cell}.")
    at = ids.index(question.cell)
    taken = cells[at : at + 1]
    if question.follows:
        after = cells[at + 1 :]
        end = next((i for i, cell in enumerate(after) if _own(cell).get("grade_id")), len(after))
        taken = after[:end]
    sources = [cell.source for cell in taken]
    text = " ".join(sources)
    return Answer(
        cells=taken,
        digest=hashlib.sha256(json.dumps(sources).encode()).hexdigest(),
        words=len(text.split()),
        problem="" if text.strip() else "The answer is empty.",
    )


def _instead(course: Course, assignment: str, student: str, folder: Path) -> Answer:
    """Give what a student handed in where there is no notebook to read an answer in."""
    graded = [path.name for path in folder.glob("*.ipynb") if not _is_ungraded(path)]
    files = came_instead(course, assignment, student, graded)
    texts = [file.text for file in files if file.text]
    seal = hashlib.sha256(json.dumps([[file.kind, file.text] for file in files]).encode())
    return Answer(
        digest=seal.hexdigest(),
        words=sum(len(text.split()) for text in texts),
        problem="There is no graded notebook of this student to read an answer in.",
        instead=tuple(files),
    )


def _is_ungraded(path: Path) -> bool:
    try:
        cells = _cells(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, AttributeError):
        return True
    return bool(cells) and cells[0].get("id") == UNGRADED
