"""What the teacher says about an assignment, read once: all that a worker needs to grade it.

The gradebook holds the truth about cells (nbgrader's own rule: tests come from
there, not from a student's file); the released notebook gives their order, their
cell ids and the stubs. A plan is plain data, so that it travels to another
machine, where there is neither course nor gradebook.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import find_all_files

from classroom.course import ClassroomError, Course
from classroom.crossing.script import (
    Script,
    Step,
    assigned_names,
    imports_of,
    lines_shared,
    watched_packages,
)

if TYPE_CHECKING:
    from pathlib import Path

PLAIN_KERNEL = json.dumps({"display_name": "Python 3", "language": "python", "name": "python3"})
# What every notebook may need; what the teacher imports comes on top.
_CLEARED = re.compile(r"BEGIN (?:SOLUTION|MARK SCHEME)")
ALWAYS_WARM = ("numpy", "matplotlib", "matplotlib.pyplot")


@dataclass(slots=True)
class TeacherCell:
    """One cell that nbgrader knows.

    Attributes
    ----------
    grade_id
        nbgrader's name for it.
    kind
        ``code``, ``markdown`` or ``raw``.
    source
        As the teacher wrote it, hidden tests included.
    stub
        As the student first saw it.
    points
        Maximum score, ``None`` if it is not graded.
    solution, locked, task
        nbgrader's three roles.
    cell_id
        The notebook format's id, if the released notebook has one.
    defines
        The functions and classes of the teacher's own answer.
    """

    grade_id: str
    kind: str
    source: str
    checksum: str | None
    stub: str = ""
    points: float | None = None
    solution: bool = False
    locked: bool = False
    task: bool = False
    cell_id: str | None = None
    defines: frozenset[str] = frozenset()

    @property
    def tests(self) -> bool:
        """Whether running this cell gives marks."""
        return self.points is not None and self.kind == "code" and not self.solution

    def metadata(self) -> dict[str, Any]:
        """Give the metadata that nbgrader would have written."""
        ours: dict[str, Any] = {
            "grade": self.points is not None and not self.task,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.kind,
        }
        if self.points is not None:
            ours["points"] = self.points
        if self.checksum is not None:
            ours["checksum"] = self.checksum
        return ours


@dataclass(slots=True)
class TeacherNotebook:
    """A notebook of the assignment.

    Attributes
    ----------
    cells
        Those that nbgrader knows, in the teacher's order.
    cell_ids
        The notebook format's ids of all its cells.
    texts
        The texts between them, with their spaces folded (see :func:`folded`).
    """

    name: str
    kernelspec: str | None
    cells: list[TeacherCell] = field(default_factory=list)
    cell_ids: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    script: Script = field(default_factory=Script)

    def cell(self, grade_id: str) -> TeacherCell | None:
        """Find a cell by its ``grade_id``."""
        return next((cell for cell in self.cells if cell.grade_id == grade_id), None)


@dataclass(slots=True)
class Marking:
    """How to mark, beyond nbgrader's own configuration.

    Attributes
    ----------
    warnings_cost
        nbgrader gives no points to a test that wrote to standard error, even a
        warning of a library. ``False`` looks at errors only.
    restore_missing
        Whether tests and questions that a student deleted come back.
    audit
        Whether passed tests are asked questions that only forgery can answer.
    """

    warnings_cost: bool = False
    restore_missing: bool = True
    audit: bool = True


@dataclass(slots=True)
class Plan:
    """One assignment, ready for any number of submissions.

    Attributes
    ----------
    notebooks
        By name.
    support
        The teacher's other files, by path.
    config
        The course's traitlets configuration.
    marking
        How to mark.
    imports, local_modules
        What the teacher's cells import, and modules that come with the assignment.
    solutions
        The teacher's own notebooks, on which the audit is proved before it judges anyone.
    due
        When it is due, as the gradebook has it; empty if it is not known.
    """

    assignment: str
    notebooks: dict[str, TeacherNotebook]
    support: dict[str, bytes]
    config: Any
    marking: Marking
    imports: tuple[str, ...]
    local_modules: frozenset[str]
    solutions: dict[str, bytes] = field(default_factory=dict)
    due: str = ""

    def outdated(self) -> list[str]:
        """Name the cells whose tests in the gradebook are not those of the solution any more."""
        found = []
        for name, notebook in self.notebooks.items():
            written = self.solutions.get(f"{name}.ipynb")
            cells = json.loads(written).get("cells", []) if written is not None else []
            found += _outdated(notebook, cells)
        return found

    @property
    def answers(self) -> frozenset[str]:
        """The names of what the assignment asks to be written."""
        return frozenset(
            name
            for notebook in self.notebooks.values()
            for cell in notebook.cells
            if cell.solution and cell.kind == "code"
            for name in cell.defines | defined_names(cell.stub)
        )


def make_plan(course: Course, assignment: str, marking: Marking | None = None) -> Plan:
    """Read an assignment from the gradebook and the teacher's folders.

    Raises
    ------
    ClassroomError
        If the gradebook does not know the assignment.
    """
    marking = marking or Marking()
    with course.gradebook() as book:
        try:
            row = book.find_assignment(assignment)
        except MissingEntry:
            known = ", ".join(sorted(a.name for a in book.assignments)) or "none yet"
            raise ClassroomError(
                f"the gradebook has no assignment {assignment!r} (it has: {known}); "
                f"run: nbgrader generate_assignment {assignment} --force"
            ) from None
        notebooks = {
            notebook.name: _read_notebook(book, course, assignment, notebook.name)
            for notebook in row.notebooks
        }
        due = row.duedate.isoformat() if row.duedate is not None else ""
    if not notebooks:
        raise ClassroomError(
            f"assignment {assignment!r} has no notebooks in the gradebook; "
            f"run: nbgrader generate_assignment {assignment} --force"
        )
    support = _support(course, assignment)
    imports, local = _imports(course, assignment, notebooks, support)
    plan = Plan(assignment, notebooks, support, course.config, marking, imports, local, due=due)
    for name in notebooks:
        written = course.source(assignment) / f"{name}.ipynb"
        if written.is_file():
            plan.solutions[f"{name}.ipynb"] = written.read_bytes()
    return plan


def _outdated(notebook: TeacherNotebook, cells: list[dict[str, Any]]) -> list[str]:
    """Compare what the gradebook holds of a notebook with the solution as it is now."""
    now: dict[str, tuple[str, float | None]] = {}
    for cell in cells:
        own = cell.get("metadata", {}).get("nbgrader", {})
        source = cell.get("source", "")
        source = source if isinstance(source, str) else "".join(source)
        graded = own.get("grade") or own.get("task")
        points = float(own.get("points") or 0) if graded else None
        if own.get("grade_id") and (graded or own.get("locked")):
            now[own["grade_id"]] = source, points
    if not cells:
        return []
    known = {cell.grade_id: cell for cell in notebook.cells}
    found = [name for name in now if name not in known]
    for name, kept in known.items():
        if kept.points is None and not kept.locked:
            continue
        source, points = now.get(name, ("", -1.0))
        # What a student answers in is emptied on its way to the gradebook.
        other = kept.locked and source != kept.source and not _CLEARED.search(source)
        if other or points != kept.points:
            found.append(name)
    return found


def _read_notebook(book: Gradebook, course: Course, assignment: str, name: str) -> TeacherNotebook:
    row = book.find_notebook(name, assignment)
    points = {cell.name: float(cell.max_score) for cell in (*row.grade_cells, *row.task_cells)}
    solutions = {cell.name for cell in row.solution_cells}
    tasks = {cell.name for cell in row.task_cells}
    cells = {
        cell.name: TeacherCell(
            grade_id=cell.name,
            kind=cell.cell_type,
            source=cell.source or "",
            checksum=cell.checksum,
            stub=cell.source or "",
            points=points.get(cell.name),
            solution=cell.name in solutions,
            locked=bool(cell.locked),
            task=cell.name in tasks,
        )
        for cell in row.source_cells
    }
    released = _document(course.release(assignment) / f"{name}.ipynb") or _document(
        course.source(assignment) / f"{name}.ipynb"
    )
    order: list[str] = []
    identities = set()
    texts = set()
    for cell in released.get("cells", []):
        identities.add(cell.get("id"))
        grade_id = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        source = cell.get("source", "")
        source = source if isinstance(source, str) else "".join(source)
        if grade_id in cells and grade_id not in order:
            order.append(grade_id)
            known = cells[grade_id]
            known.cell_id = cell.get("id")
            known.stub = source
        else:
            texts.add(folded(source))
    order += [grade_id for grade_id in cells if grade_id not in order]
    written = _document(course.source(assignment) / f"{name}.ipynb")
    for cell in written.get("cells", []):
        known_cell = cells.get(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id"))
        if known_cell is not None and known_cell.solution and known_cell.kind == "code":
            source = cell.get("source", "")
            known_cell.defines = defined_names(
                source if isinstance(source, str) else "".join(source)
            )
    return TeacherNotebook(
        name=name,
        script=_script(released, written, cells),
        # A notebook that names no kernel cannot be written by nbformat with an empty name.
        kernelspec=row.kernelspec if json.loads(row.kernelspec or "{}") else PLAIN_KERNEL,
        cells=[cells[grade_id] for grade_id in order],
        cell_ids=frozenset(identity for identity in identities if identity),
        texts=frozenset(texts),
    )


def folded(text: str) -> str:
    """Give a text without what tools change of its spaces and line ends."""
    return " ".join(text.split())


def _script(
    released: dict[str, Any], written: dict[str, Any], cells: dict[str, TeacherCell]
) -> Script:
    """Write down what the tests' side runs: the teacher's cells in their order."""
    solved: dict[str, str] = {}
    alone: set[str] = set()
    for cell in written.get("cells", []):
        metadata = cell.get("metadata", {})
        grade_id = metadata.get("nbgrader", {}).get("grade_id")
        if grade_id:
            solved[grade_id] = _source(cell)
        if (metadata.get("classroom") or {}).get("one_interpreter") and grade_id:
            alone.add(grade_id)
    whole = (written.get("metadata", {}).get("classroom") or {}).get("one_interpreter")
    steps = []
    for cell in released.get("cells", []):
        if cell.get("cell_type") != "code":
            continue
        grade_id = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        known = cells.get(grade_id)
        if known is None:
            steps.append(Step("given", source=_source(cell)))
        elif known.tests:
            if whole:
                alone.add(grade_id)
            steps.append(
                Step(
                    "test",
                    grade_id,
                    known.source,
                    visible=lines_shared(known.source, known.stub),
                )
            )
        elif known.solution:
            source = solved.get(grade_id, "")
            names = assigned_names(source) | assigned_names(known.stub) | known.defines
            steps.append(Step("answer", grade_id, imports_of(source), tuple(sorted(names))))
        else:
            steps.append(Step("given", grade_id, known.source))
    given = [step.source for step in steps if step.kind == "given"]
    return Script(steps, frozenset(alone), watched_packages(given))


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


@lru_cache(maxsize=64)
def defined_names(source: str) -> frozenset[str]:
    """Return the functions and classes that a cell defines at its top."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset(re.findall(r"^(?:def|class)\s+(\w+)", source, re.MULTILINE))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in body if isinstance(node, kinds))


def _document(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _support(course: Course, assignment: str) -> dict[str, bytes]:
    """Read the teacher's other files, which nbgrader lays over a submission."""
    folder = course.source(assignment)
    if not folder.is_dir():
        folder = course.release(assignment)
    ignored = [*course.directory.ignore, "*.ipynb"]
    excluded = set(_excluded(course, assignment))
    found = {}
    for path in sorted(find_all_files(str(folder), ignored)):
        name = path[len(str(folder)) + 1 :].replace("\\", "/")
        if name not in excluded:
            with open(path, "rb") as file:  # noqa: PTH123 - nbgrader gives strings
                found[name] = file.read()
    return found


def _excluded(course: Course, assignment: str) -> list[str]:
    overwriting = course.config.get("Autograde", {}).get("exclude_overwriting", {})
    return list(overwriting.get(assignment, []))


def _imports(
    course: Course,
    assignment: str,
    notebooks: dict[str, TeacherNotebook],
    support: dict[str, bytes],
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Find what the teacher's cells import: to be warm before the fork, and not to be shadowed."""
    found: dict[str, None] = dict.fromkeys(ALWAYS_WARM)
    local = {name.removesuffix(".py").split("/")[0] for name in support if name.endswith(".py")}
    sources = [cell.source for notebook in notebooks.values() for cell in notebook.cells]
    for name in notebooks:
        for folder in (course.source(assignment), course.release(assignment)):
            for cell in _document(folder / f"{name}.ipynb").get("cells", []):
                if cell.get("cell_type") == "code":
                    source = cell.get("source", "")
                    sources.append(source if isinstance(source, str) else "".join(source))
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                # What is taken from a package may be a module of it.
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            found.update(dict.fromkeys(n for n in names if n.split(".")[0] not in local))
    return tuple(found), frozenset(local)
