"""Points for all that waits of a student, given at once; nobody's mark is replaced."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from classroom.cli import app
from classroom.course import Course
from classroom.grading.grade import Options, grade

from .. import toy

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

CELLS = len(toy.POINTS) + 1


def _grade(root: Path) -> None:
    grade(Course.open(root), toy.ASSIGNMENT, Options(workers=1, force=True))


def run(root: Path, *options: str) -> Result:
    # Wide, so that no cell of a table is folded.
    wide = CliRunner(env={"COLUMNS": "400"})
    return wide.invoke(app, ["settle", "toy", "--course-dir", str(root), *options])


def rows(root: Path, student: str) -> dict[str, tuple[float | None, bool]]:
    """Return what a person gave for each cell, and whether it waits."""
    found = {}
    with Course.open(root).gradebook() as opened:
        book: Any = opened
        for notebook in book.find_submission("toy", student).notebooks:
            for row in notebook.grades:
                found[row.name] = row.manual_score, row.needs_manual_grade
    return found


def comments(root: Path, student: str) -> list[str]:
    with Course.open(root).gradebook() as opened:
        book: Any = opened
        return [
            comment.manual_comment
            for notebook in book.find_submission("toy", student).notebooks
            for comment in notebook.comments
            if comment.manual_comment
        ]


def text_instead(root: Path, student: str, text: bytes) -> None:
    folder = root / "submitted" / student / "toy"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "essay.txt").write_bytes(text)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of four: a text file, an empty notebook, one right, one with a link."""
    root = toy.make_course(tmp_path_factory.mktemp("settle") / "course")
    text_instead(root, "asa", b"My answers, as text.")
    toy.submit(root, "jose")
    (root / "submitted" / "jose" / "toy" / "queue.ipynb").write_bytes(b"")
    toy.submit(root, "aino")
    (toy.submit(root, "otso") / "link.csv").symlink_to("/etc/hostname")
    _grade(root)
    return root


@pytest.fixture
def root(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course", symlinks=True))


def test_without_students_it_says_who_waits_and_for_what_and_changes_nothing(root: Path) -> None:
    before = (root / "gradebook.db").read_bytes()
    for told in (run(root), run(root, "--points", "0")):
        assert told.exit_code != 0
        assert (root / "gradebook.db").read_bytes() == before
    told = run(root)
    text = " ".join(told.output.split())
    assert told.exit_code == 1
    assert f"all {CELLS} cells of queue.ipynb" in text
    assert "There is no notebook" in text
    assert "reflection (4)" in text
    assert " by its test)" in text, "Otso's link asks for a look at a test that passed"
    assert "4 wait; nothing was changed" in text


def test_zero_is_given_to_those_named_and_to_nobody_else(root: Path) -> None:
    others = rows(root, "aino"), rows(root, "otso")
    told = run(root, "--students", "asa,jose", "--points", "0", "--comment", "Please a notebook.")
    assert told.exit_code == 0, told.output
    for student in ("asa", "jose"):
        assert set(rows(root, student).values()) == {(0.0, False)}
        assert comments(root, student) == ["Please a notebook."], "once, not at each answer"
    assert (rows(root, "aino"), rows(root, "otso")) == others
    told = run(root, "--students", "asa")
    assert (told.exit_code, told.output.strip()) == (0, "nobody waits for a person")


def test_a_mark_that_a_person_gave_is_left_even_where_it_waits_again(root: Path) -> None:
    with Course.open(root).gradebook() as opened:
        book: Any = opened
        given = {"reflection": (3.0, True), "test_kept": (1.5, False)}
        for name, (points, waits) in given.items():
            row = book.find_grade(name, "queue", "toy", "asa")
            row.manual_score, row.needs_manual_grade = points, waits
        book.find_comment("reflection", "queue", "toy", "asa").manual_comment = "Well said."
        book.db.commit()
    told = run(root, "--students", "asa", "--points", "0", "--comment", "Please a notebook.")
    assert told.exit_code == 1
    assert "! asa: left as it is: reflection (4; 3 by hand" in told.output
    found = rows(root, "asa")
    assert {name: found[name] for name in given} == given
    assert {found[name] for name in found if name not in given} == {(0.0, False)}
    assert sorted(comments(root, "asa")) == ["Please a notebook.", "Well said."]


def test_what_was_settled_stands_when_the_same_work_is_graded_again(root: Path) -> None:
    assert run(root, "--students", "asa,jose,otso", "--points", "0").exit_code == 0
    before = [rows(root, student) for student in ("asa", "jose", "otso")]
    _grade(root)
    assert [rows(root, student) for student in ("asa", "jose", "otso")] == before


def test_what_was_settled_stands_when_a_due_date_comes_later(root: Path) -> None:
    assert run(root, "--students", "asa,jose", "--points", "0").exit_code == 0
    before = [rows(root, student) for student in ("asa", "jose")]
    with Course.open(root).gradebook() as book:
        book.update_or_create_assignment("toy", duedate="2030-01-01 12:00:00 UTC")
    _grade(root)
    assert [rows(root, student) for student in ("asa", "jose")] == before


def test_what_is_left_of_a_student_is_told_in_one_line(root: Path) -> None:
    assert run(root, "--students", "asa", "--points", "0").exit_code == 0
    text_instead(root, "asa", b"Other answers, as text.")
    _grade(root)
    told = run(root, "--students", "asa", "--points", "0")
    assert told.output.count("left as it is") == 1


def test_other_work_in_its_place_waits_again(root: Path) -> None:
    assert run(root, "--students", "asa,jose", "--points", "0").exit_code == 0
    text_instead(root, "asa", b"Other answers, as text.")
    toy.submit(root, "jose", toy.WRONG)
    _grade(root)
    assert all(waits for _, waits in rows(root, "asa").values())
    assert all(waits for _, waits in rows(root, "jose").values())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--points", "0"), "name the students"),
        (("--students", "maija", "--points", "0"), "graded of 'maija'; graded are: aino, asa"),
        (("--students", "asa", "--points", "3"), "must be from 0 to"),
        (("--students", "asa", "--points", "-1"), "must be 0 or more"),
        (("--students", "asa", "--points", "nan"), "must be 0 or more"),
        (("--students", "asa", "--comment", "Oh"), "--comment goes with --points"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    graded: Path, options: tuple[str, ...], words: str
) -> None:
    before = (graded / "gradebook.db").read_bytes()
    told = run(graded, *options)
    assert words in str(told.exception)
    assert (graded / "gradebook.db").read_bytes() == before
