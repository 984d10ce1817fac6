"""What the desk asks of a cell."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader import utils


def grade_id_of(cell: NotebookNode) -> str:
    """Give the name of one of the teacher's cells, nothing of one that the student added."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or "")


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell is a test: run for marks, and not the learner's."""
    return bool(cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell))


def shows_a_result(cell: NotebookNode) -> bool:
    """Whether a cell ended with a value that is shown."""
    return any(output.output_type == "execute_result" for output in cell.outputs)
