"""The course that nbgrader ships as its example: the desk gives the scores that nbgrader gives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbgrader
import pytest

from classroom.course import Course

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

SAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
STUDENTS = ("bitdiddle", "hacker")
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "course101"\n'
# Of the example, nine cells of each of two students are graded, by tests or by hand.
SCORES = 18


def run(course: Path, program: str, *words: str) -> None:
    # nbgrader calls its database tool by name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", program, *words],
        cwd=course,
        env={**os.environ, "PATH": path, "JUPYTER_NO_CONFIG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


def graded(course: Path, program: str, *words: str) -> dict[tuple[str, ...], float | None]:
    """Make a copy of the example, grade it, and read its gradebook."""
    shutil.copytree(SAMPLE / "source" / "ps1", course / "source" / "ps1")
    for student in STUDENTS:
        shutil.copytree(SAMPLE / "submitted" / student, course / "submitted" / student)
    (course / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    run(course, "nbgrader", "generate_assignment", "ps1", "--IncludeHeaderFooter.header=")
    run(course, program, *words)
    with Course.open(course).gradebook() as book:
        return {
            (student, notebook.name, grade.name): grade.auto_score
            for student in STUDENTS
            for notebook in book.find_submission("ps1", student).notebooks
            for grade in notebook.grades
        }


def test_nbgraders_own_example_gets_the_same_scores(tmp_path: Path) -> None:
    by_nbgrader = graded(tmp_path / "plain", "nbgrader", "autograde", "ps1")
    by_the_desk = graded(tmp_path / "desk", "classroom", "grade", "ps1", "--workers", "1")
    assert by_the_desk == by_nbgrader
    assert len(by_nbgrader) == SCORES
    # It is no comparison of nothing with nothing.
    assert {0.0, None} < set(by_nbgrader.values())
