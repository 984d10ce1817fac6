"""Make an assignment from its solution as nbgrader does, and put it into the gradebook.

nbgrader keeps an assignment's tests in the gradebook, which a fresh clone of a
course has not. Where the copy that is handed out is what the solution gives,
nothing but the gradebook is missing, and the desk fills it in.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from classroom.course import ClassroomError, Course

# nbformat has no types for its reader.
read_notebook: Any = nbformat.read


def _cells(path: Path) -> list[tuple[str, str, str]]:
    return [
        (
            cell.cell_type,
            cell.source,
            json.dumps(
                {k: v for k, v in cell.metadata.get("nbgrader", {}).items() if k != "checksum"},
                sort_keys=True,
            ),
        )
        for cell in read_notebook(path, as_version=4).cells
    ]


@contextmanager
def _made(course: Course, assignment: str, gradebook: str | None = None) -> Iterator[Course | None]:
    """Make an assignment in a course of its own; give that course, ``None`` if it fails.

    Parameters
    ----------
    gradebook
        The ``db_url`` of the gradebook to put it into; one that is thrown away if not given.
    """
    with tempfile.TemporaryDirectory(prefix="classroom-made-") as folder:
        config = Config(course.config)
        config.CourseDirectory.root = folder
        config.CourseDirectory.db_url = gradebook or f"sqlite:///{folder}/gradebook.db"
        trial = Course(CourseDirectory(config=config), config)
        shutil.copytree(course.source(assignment), trial.source(assignment))
        api: Any = NbGraderAPI(trial.directory, config=config)
        api.log.setLevel("CRITICAL")
        yield trial if api.generate_assignment(assignment)["success"] else None


def drifted(course: Course, assignment: str) -> list[str]:
    """Name the notebooks handed out that are not what their solutions give."""
    with _made(course, assignment) as trial:
        if trial is None:
            return ["it cannot be made at all"]
        changed = []
        for fresh in sorted(trial.release(assignment).glob("*.ipynb")):
            there = course.release(assignment) / fresh.name
            if not there.exists() or _cells(there) != _cells(fresh):
                changed.append(fresh.name)
        return changed


def register(course: Course, assignment: str) -> bool:
    """Put an assignment into the gradebook if it is not there; say whether that was done.

    Raises
    ------
    ClassroomError
        If what was handed out is not what the solution gives, so that students and
        tests would not fit each other.
    """
    with course.gradebook() as book:
        try:
            if book.find_assignment(assignment).notebooks:
                return False
        except MissingEntry:
            pass
    if not list(course.source(assignment).glob("*.ipynb")):
        return False
    remedy = f"run: nbgrader generate_assignment {assignment} --force"
    changed = drifted(course, assignment) if course.release(assignment).is_dir() else ["all of it"]
    if changed:
        raise ClassroomError(
            f"the gradebook has no assignment {assignment!r}, and {', '.join(changed)} in "
            f"{course.release(assignment)} is not what its solution gives; {remedy}"
        )
    with _made(course, assignment, course.directory.db_url) as made:
        if made is None:
            raise ClassroomError(f"nbgrader cannot make {assignment!r} from its solution; {remedy}")
    return True
