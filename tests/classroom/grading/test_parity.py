"""The desk's marks are nbgrader's, row by row, on a mixed class; and its switch gives them all."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest

from classroom.course import Course
from classroom.grading.grade import Options, grade
from classroom.plan import Marking

from .. import toy

pytestmark = [
    pytest.mark.grading,
    # nbgrader's own converter, jupyter_client and SQLAlchemy warn in every plain run.
    pytest.mark.filterwarnings("ignore"),
]

WARNS = toy.RIGHT | {
    "mean_wait": toy.RIGHT["mean_wait"].replace(
        "    if not", "    import sys\n    print('careful', file=sys.stderr)\n    if not"
    )
}
PRINTS = toy.RIGHT | {
    "promise_kept": "for n in range(30):\n    print(n)\n" + toy.RIGHT["promise_kept"]
}
SIZE = 20  # each of the ten kinds of work twice
LATE = "2026-12-24 18:00:00 UTC"


def _own_cell(notebook: Any) -> None:
    """Add a helper in a cell of one's own and use it in the answer."""
    helper = nbformat.v4.new_code_cell("def total(values):\n    return sum(values)")
    notebook.cells.insert(1, helper)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "mean_wait":
            cell.source = cell.source.replace("sum(", "total(")


def _own_cell_between(notebook: Any) -> None:
    notebook.cells.insert(4, nbformat.v4.new_markdown_cell("A note between the tests."))
    notebook.cells.insert(3, nbformat.v4.new_code_cell("raise RuntimeError('a try that failed')"))


def _without_reflection(notebook: Any) -> None:
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "reflection":
            cell.source = "What would you change in the queue, and why?"


def mixed_class(root: Path, size: int) -> None:
    """Hand in right, wrong, partly right, late, unanswered and broken work."""
    kinds: list[dict[str, Any]] = [
        {"answers": toy.RIGHT},
        {"answers": toy.ALSO_RIGHT},
        {"answers": toy.WRONG},
        {"answers": toy.PARTLY, "when": LATE},
        {"answers": toy.SYNTAX_ERROR},
        {"answers": {}},
        {"answers": toy.RIGHT, "edit": _own_cell},
        {"answers": toy.PARTLY, "edit": _own_cell_between},
        {"answers": PRINTS, "when": LATE},
        {"answers": toy.RIGHT, "edit": _without_reflection},
    ]
    for number in range(size):
        kind = dict(kinds[number % len(kinds)])
        toy.submit(root, f"s{number:03d}", kind.pop("answers"), **kind)


def set_due_date(root: Path) -> None:
    """Give the assignment a date, and lateness a price."""
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with Course.open(root).gradebook() as book:
        book.update_or_create_assignment(toy.ASSIGNMENT, duedate="2026-11-30 12:00:00 UTC")


def rows(root: Path) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Read every mark and comment of a gradebook, by student, notebook and cell."""
    found: dict[tuple[str, ...], tuple[Any, ...]] = {}
    with Course.open(root).gradebook() as book:
        for submission in book.assignment_submissions(toy.ASSIGNMENT):
            student = submission.student_id
            found[student, "submission"] = (
                submission.score,
                submission.timestamp,
                submission.needs_manual_grade,
                submission.late_submission_penalty,
            )
            for notebook in submission.notebooks:
                for row in notebook.grades:
                    found[student, "grade", row.name] = (
                        row.auto_score,
                        row.manual_score,
                        row.extra_credit,
                        row.needs_manual_grade,
                    )
                for row in notebook.comments:
                    found[student, "comment", row.name] = (row.auto_comment, row.manual_comment)
    return found


def plain(root: Path) -> None:
    """Grade with nbgrader itself."""
    program = shutil.which("nbgrader")
    assert program
    # A kernel that has answered is not asked politely to leave: that takes a third of the time.
    command = [program, "autograde", toy.ASSIGNMENT, "--Execute.shutdown_kernel=immediate"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def outputs(root: Path, student: str) -> list[Any]:
    path = root / "autograded" / student / toy.ASSIGNMENT / f"{toy.NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for output in cell.outputs:
                output.pop("metadata", None)
            # A message names the cell's file, which each engine numbers in its own way.
            told = re.sub(r"\b\d+\.py\b", "cell.py", json.dumps(cell.outputs))
            found.append((cell.source, cell.execution_count, told))
    return found


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the same class twice: graded by nbgrader, graded by the desk."""
    theirs = toy.make_course(tmp_path_factory.mktemp("parity") / "plain")
    set_due_date(theirs)
    mixed_class(theirs, SIZE)
    ours = theirs.parent / "desk"
    shutil.copytree(theirs, ours)
    plain(theirs)
    summary = grade(Course.open(ours), toy.ASSIGNMENT, Options())
    assert summary.graded == SIZE
    assert not summary.looks
    return theirs, ours


def test_every_row_of_a_mixed_class_is_as_in_plain_nbgrader(
    graded: tuple[Path, Path],
) -> None:
    theirs, ours = (rows(root) for root in graded)
    assert len(theirs) == SIZE * (1 + 8 + 4)
    assert ours == theirs


def test_the_autograded_notebooks_hold_the_same_cells_and_outputs(
    graded: tuple[Path, Path],
) -> None:
    for number in range(SIZE):
        assert outputs(graded[1], f"s{number:03d}") == outputs(graded[0], f"s{number:03d}")


def test_marks_given_by_hand_survive_a_new_grading(
    graded: tuple[Path, Path], tmp_path: Path
) -> None:
    # A course of its own: the others compare the one that was graded once.
    root = tmp_path / "course"
    shutil.copytree(graded[1], root)
    with Course.open(root).gradebook() as book:
        row = book.find_grade("test_mean", toy.NOTEBOOK, toy.ASSIGNMENT, "s002")
        row.manual_score, row.needs_manual_grade = 1.5, False
        book.db.commit()
    grade(Course.open(root), toy.ASSIGNMENT, Options(students=["s002"], force=True))
    assert rows(root)["s002", "grade", "test_mean"] == (0, 1.5, None, False)


def test_a_warning_costs_the_mark_only_with_the_switch(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    toy.submit(root, "s000", WARNS)
    course = Course.open(root)
    grade(course, toy.ASSIGNMENT, Options(workers=1))
    assert rows(root)["s000", "grade", "test_mean"][0] == 2
    like = Marking(warnings_cost=True, restore_missing=False)
    grade(course, toy.ASSIGNMENT, Options(workers=1, marking=like))
    assert rows(root)["s000", "grade", "test_mean"][0] == 0
