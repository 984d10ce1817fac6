"""A small real nbgrader course, and students for it.

One assignment ``toy`` with one notebook ``queue``: three answers of code, seven
test cells (hidden tests among them) and a reflection marked by hand.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4
from tests.sharing import made_once

from classroom import nbgrader_internals  # noqa: F401  finds nbgrader's own programs

ASSIGNMENT = "toy"
NOTEBOOK = "queue"

RIGHT = {
    "mean_wait": """
def mean_wait(minutes):
    if not minutes:
        raise ValueError("no waits")
    return sum(minutes) / len(minutes)
""",
    "promise_kept": """
def promise_kept(minutes, promised):
    return sum(wait <= promised for wait in minutes) / len(minutes)
""",
    "draw_waits": """
import matplotlib.pyplot as plt

def draw_waits(minutes):
    figure, axes = plt.subplots()
    axes.hist(minutes, bins=5)
    axes.set_xlabel("wait, minutes")
    return axes
""",
    "reflection": "A wait feels shorter when its end is known, so I would show the queue's length.",
}
ALSO_RIGHT = RIGHT | {
    "mean_wait": """
import statistics

def mean_wait(minutes):
    minutes = list(minutes)
    if len(minutes) == 0:
        raise ValueError("there is no wait to average")
    return statistics.fmean(minutes)
""",
    "promise_kept": """
def promise_kept(minutes, promised):
    kept = [wait for wait in minutes if not wait > promised]
    return len(kept) / len(list(minutes))
""",
}
WRONG = RIGHT | {
    "mean_wait": "def mean_wait(minutes):\n    return max(minutes)\n",
    "promise_kept": "def promise_kept(minutes, promised):\n    return 1.0\n",
    "draw_waits": "def draw_waits(minutes):\n    return None\n",
}
PARTLY = RIGHT | {
    "mean_wait": "def mean_wait(minutes):\n    return sum(minutes) / len(minutes)\n",
    "promise_kept": """
def promise_kept(minutes, promised):
    return sum(wait < promised for wait in minutes) / len(minutes)
""",
}
SYNTAX_ERROR = RIGHT | {"mean_wait": "def mean_wait(minutes)\n    return sum(minutes)\n"}

TESTS = {
    "test_mean": ("mean_wait", 2, "assert mean_wait([2, 4, 6]) == 4\nassert mean_wait([5]) == 5\n"),
    "test_mean_hidden": (
        "mean_wait",
        2,
        (
            "assert abs(mean_wait([1, 2]) - 1.5) < 1e-9\n### BEGIN HIDDEN TESTS\n"
            "for top in (3, 8, 13):\n    assert abs(mean_wait(range(top)) - (top - 1) / 2) < 1e-9\n"
            "### END HIDDEN TESTS\n"
        ),
    ),
    "test_mean_empty": (
        "mean_wait",
        1,
        (
            "try:\n    mean_wait([])\nexcept ValueError:\n    pass\n"
            "else:\n    assert False, 'no waits: mean_wait([]) must raise ValueError'\n"
        ),
    ),
    "test_kept": ("promise_kept", 2, "assert promise_kept([1, 2, 3, 9], 4) == 0.75\n"),
    "test_kept_hidden": (
        "promise_kept",
        2,
        (
            "assert promise_kept([9], 4) == 0\n### BEGIN HIDDEN TESTS\n"
            "assert promise_kept([4, 5], 4) == 0.5, 'a wait as long as promised is kept'\n"
            "### END HIDDEN TESTS\n"
        ),
    ),
    "test_kept_all": ("promise_kept", 1, "assert promise_kept([1, 2, 3], 10) == 1\n"),
    "test_draw": (
        "draw_waits",
        1,
        "axes = draw_waits([1, 2, 2, 3, 9])\nassert 'minutes' in axes.get_xlabel()\n",
    ),
}
POINTS = {name: points for name, (_, points, _) in TESTS.items()}
REFLECTION_POINTS = 4
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def _mark(cell: NotebookNode, grade_id: str, **kind: object) -> NotebookNode:
    cell.metadata["nbgrader"] = {
        "grade": False,
        "solution": False,
        "task": False,
        "locked": False,
        "grade_id": grade_id,
        "schema_version": 3,
        **kind,
    }
    cell["id"] = grade_id.replace("_", "-")
    return cell


def source_notebook() -> NotebookNode:
    """Return the teacher's notebook, solutions and hidden tests included."""
    intro = v4.new_markdown_cell("# Waiting\n\nThree small functions about a lunch queue.")
    intro["id"] = "intro"
    cells = [intro]
    for name in ("mean_wait", "promise_kept", "draw_waits"):
        body = f"### BEGIN SOLUTION{RIGHT[name]}### END SOLUTION"
        cells.append(_mark(v4.new_code_cell(body), name, solution=True))
        for test, (of, points, source) in TESTS.items():
            if of == name:
                cells.append(
                    _mark(v4.new_code_cell(source), test, grade=True, locked=True, points=points)
                )
    reflection = v4.new_markdown_cell("What would you change in the queue, and why?")
    cells.append(
        _mark(reflection, "reflection", grade=True, solution=True, points=REFLECTION_POINTS)
    )
    notebook = v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = dict(KERNEL)
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


CONFIG = """c = get_config()
c.CourseDirectory.course_id = "service-design"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError()"}
"""


@cache
def _template() -> Path:
    """Return the course, which one process of a run builds for all."""
    return made_once("toy-course", _build)


def _build(root: Path) -> None:
    """Build the course, with nbgrader's own converter."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    folder = root / "solutions" / ASSIGNMENT
    folder.mkdir(parents=True)
    nbformat.write(source_notebook(), folder / f"{NOTEBOOK}.ipynb")
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "service-design"
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    config.ClearSolutions.code_stub = {"python": "raise NotImplementedError()"}
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    made = api.generate_assignment(ASSIGNMENT)
    if not made["success"]:
        raise RuntimeError(made["log"])


def make_course(root: Path) -> Path:
    """Copy the course, with its gradebook, into a folder that may exist and be empty."""
    shutil.copytree(_template(), root, dirs_exist_ok=True)
    return root


def release_notebook() -> NotebookNode:
    """Return a fresh copy of the notebook that students get."""
    path = _template() / "exercises" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    return copy.deepcopy(nbformat.read(path, as_version=4))


def filled(answers: dict[str, str]) -> NotebookNode:
    """Return the student's notebook with answers put into its answer cells."""
    notebook = release_notebook()
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers[grade_id].strip("\n")
    return notebook


def content(notebook: NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file, with whatever is wrong in it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


def submit(
    root: Path,
    student: str,
    answers: dict[str, str] | None = None,
    *,
    edit: Callable[[NotebookNode], object] | None = None,
    when: str = "2026-11-20 12:00:00 UTC",
    extra: Iterable[tuple[str, bytes]] = (),
) -> Path:
    """Hand in for a student; return the folder in ``submitted/``."""
    notebook = filled(RIGHT if answers is None else answers)
    if edit is not None:
        edit(notebook)
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NOTEBOOK}.ipynb").write_bytes(content(notebook))
    (folder / "timestamp.txt").write_text(when + os.linesep, encoding="utf-8")
    for name, data in extra:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
