"""A small class of each chapter: by nbgrader's own commands for one, by the desk for the rest.

That both mark alike is proved elsewhere; `make test-all` has nbgrader grade them all.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from .conftest import CHAPTERS

ROOT = Path(__file__).parents[2]
LIBRARY = "the library's work"

# A chapter's class is graded for all of these or for none.
pytestmark = [pytest.mark.grading, pytest.mark.sample(3, "graded classes by chapter and question")]


def run(course: Path, program: str, *words: str) -> None:
    # nbgrader calls its database tool by name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "JUPYTER_NO_CONFIG": "1"}
    done = subprocess.run(
        [sys.executable, "-m", program, *words],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


def hand_in(course: Path, student: str, chapter, answers: dict[str, str]) -> None:
    notebook = nbformat.read(course / "exercises" / chapter.folder / chapter.release.name, 4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    folder = course / "submitted" / student / chapter.folder
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / chapter.release.name)


@functools.cache
def graded(chapter, folder: Path, *, plain: bool) -> Path:
    """Return a course in which Reetta solved all, Niilo nothing, and Väinö one thing wrongly."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "solutions" / chapter.folder).mkdir(parents=True)
    shutil.copy(chapter.source, folder / "solutions" / chapter.folder)
    # What nbgrader makes of the source is what is handed out: see test_release.
    shutil.copytree(chapter.release.parent, folder / "exercises" / chapter.folder)
    answers = {cell.id: cell.source for cell in chapter.cells() if is_written(cell)}
    wrong = wrong_one(chapter)
    hand_in(folder, "reetta", chapter, answers)
    hand_in(folder, "niilo", chapter, {})
    hand_in(folder, "vaino", chapter, {**answers, wrong.functions[0]: wrong.code})
    if plain:
        run(folder, "nbgrader", "generate_assignment", chapter.folder, "--force")
        run(folder, "nbgrader", "autograde", chapter.folder)
        run(folder, "nbgrader", "generate_feedback", chapter.folder, "--student", "vaino")
    else:
        run(folder, "classroom", "grade", chapter.folder, "--workers", "1")
        run(folder, "classroom", "feedback", chapter.folder, "--students", "vaino", "--workers", "1")
    return folder


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    return tmp_path_factory.mktemp("courses")


@pytest.fixture
def course(chapter, courses, sample):
    """The chapter's graded class, made once."""
    plain = chapter in sample(CHAPTERS, 1, "chapters graded by nbgrader's own commands")
    folder = courses / chapter.folder
    folder.mkdir(exist_ok=True)
    return graded(chapter, folder, plain=plain)


def is_written(cell) -> bool:
    """Say whether the cell is the learner's, be it code or a text."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


# `people_needed` calls it: who has this wrong has both wrong.
BUILT_ON = {"share_of_problems_seen"}


def wrong_one(chapter):
    return next(
        one
        for one in chapter.variants("wrong")
        if one.claim != LIBRARY and not BUILT_ON & set(one.functions)
    )


def scores(course: Path, chapter, student: str) -> dict[str, tuple[float | None, float]]:
    """Return points and maximum of each graded cell, read from nbgrader's gradebook."""
    from nbgrader.api import Gradebook

    from classroom import nbgrader_internals  # noqa: F401, makes importing nbgrader cheap

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "promise-path-people") as book:
        notebook = book.find_submission_notebook(chapter.name, chapter.folder, student)
        return {grade.name: (grade.auto_score, grade.max_score) for grade in notebook.grades}


def test_the_reference_solution_gets_full_marks(course, chapter, is_check):
    got = scores(course, chapter, "reetta")
    checks = [cell.id for cell in chapter.cells() if is_check(cell)]
    assert all(got[name][0] == got[name][1] for name in checks)
    # What is read by the teacher waits for the teacher.
    by_hand = [score for name, (score, _) in got.items() if name not in checks]
    assert by_hand == [None] * len(by_hand)


def test_the_untouched_release_gets_nothing(course, chapter):
    assert {score for score, _ in scores(course, chapter, "niilo").values()} == {0}


def test_partly_right_work_earns_part_of_the_marks(course, chapter, is_check):
    wrong = wrong_one(chapter).functions[0]
    got = scores(course, chapter, "vaino")
    mine = {name: score for name, score in got.items() if name.startswith(wrong + "-")}
    assert 0 < sum(score == 0 for score, _ in mine.values()) < len(mine)
    for cell in chapter.cells():
        if is_check(cell) and cell.id not in mine:
            assert got[cell.id][0] == got[cell.id][1], cell.id


def test_the_feedback_carries_the_teaching_text(course, chapter):
    page = course / "feedback" / "vaino" / chapter.folder / f"{chapter.name}.html"
    text = page.read_text(encoding="utf-8")
    assert "is not right yet." in text
    assert "This is what comes out if" in text
    assert "practice/check.py" not in text
