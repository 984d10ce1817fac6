"""The course's total: what is missing is empty and named, never a 0 in silence."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config
from typer.testing import CliRunner, Result

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.handback.total import TotalExporter

from .. import toy

pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")

#: Points of ten in three assignments; ``None`` was not handed in, negative waits at one cell.
POINTS: dict[str, tuple[float | None, float | None, float | None]] = {
    "aino": (10, 4, None),
    "eino": (None, None, None),
    "otso": (8, None, None),
    "zoe": (6, -2, None),
}
MAXIMA = (10.0, 4.0, 6.0)
NAMES = ("one", "two", "three")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose marks were given by nbgrader's own interface."""
    course = Course.open(toy.make_course(tmp_path / "course"))
    with course.gradebook() as opened:
        book: Any = opened
        book.remove_assignment("toy")
        for name, maximum in zip(NAMES, MAXIMA, strict=True):
            book.add_assignment(name)
            book.add_notebook("page", name)
            for cell, points in (("test", maximum - 1), ("reflection", 1.0)):
                book.add_grade_cell(cell, "page", name, max_score=points, cell_type="code")
        for student, scores in POINTS.items():
            book.update_or_create_student(student, first_name=student.title(), last_name="=1")
            for name, score in zip(NAMES, scores, strict=True):
                if score is None:
                    continue
                submission = book.add_submission(name, student)
                rows = {row.name: row for row in submission.notebooks[0].grades}
                rows["test"].auto_score = abs(score) - (score > 0)
                rows["reflection"].manual_score = 1.0 if score > 0 else None
                rows["reflection"].needs_manual_grade = score < 0
                rows["test"].needs_manual_grade = False
        book.db.commit()
    return course


def run(course: Course, assignments: str, *options: str) -> tuple[dict[str, Any], Result]:
    target = course.root / "out.csv"
    command = ["export", assignments, "--to", "total", "--output", str(target)]
    told = CliRunner().invoke(app, [*command, "--course-dir", str(course.root), *options])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    with target.open(encoding="utf-8", newline="") as stream:
        return {row["student_id"]: row for row in csv.DictReader(stream)}, told


def test_points_are_added_up_and_what_is_missing_leaves_the_total_empty(course: Course) -> None:
    rows, told = run(course, "one,two")
    assert list(rows) == ["aino", "eino", "otso", "zoe"]
    aino = rows["aino"]
    assert (aino["one (of 10)"], aino["two (of 4)"], aino["total"]) == ("10.0", "4.0", "14.0")
    assert {row["maximum"] for row in rows.values()} == {"14.0"}
    assert aino["last_name"] == "'=1", "a name that is a formula is not one in a spreadsheet"
    otso = rows["otso"]
    assert (otso["two (of 4)"], otso["total"]) == ("", "")
    assert (otso["so_far"], otso["so_far_maximum"], otso["open"]) == ("8.0", "10.0", "two")
    assert rows["zoe"]["total"] == rows["zoe"]["two (of 4)"] == "", "her reflection waits"
    assert told.exit_code == 1
    assert "! no total, since two was not handed in: eino, otso" in told.output
    assert "! no total, since two has no mark yet (an answer or a test waits" in told.output


def test_all_takes_what_anybody_handed_in_and_names_what_it_passes_over(course: Course) -> None:
    rows, told = run(course, "all")
    assert rows["aino"]["total"] == "14.0"
    assert "three is not in the table: nobody handed it in" in told.output


def test_what_was_not_handed_in_counts_as_0_only_when_that_is_asked_and_is_named(
    course: Course,
) -> None:
    rows, told = run(course, "one,two", "--missing-as-zero")
    assert rows["otso"]["total"] == "8.0"
    assert rows["eino"]["total"] == "0.0"
    assert rows["zoe"]["total"] == "", "what waits is no 0 all the same"
    assert "counted as 0, since two was not handed in: eino, otso" in told.output


def test_weights_say_what_each_assignment_counts_at_most(course: Course) -> None:
    rows, _ = run(course, "one,two", "--weights", "one=40,two=60")
    assert (rows["aino"]["total"], rows["aino"]["maximum"]) == ("100.0", "100.0")
    assert (rows["otso"]["so_far"], rows["otso"]["so_far_maximum"]) == ("32.0", "40.0")
    assert "one (of 10, counts 40)" in rows["aino"]


def test_provisional_marks_count_when_asked_and_name_whom_they_concern(course: Course) -> None:
    rows, told = run(course, "one,two", "--provisional")
    assert rows["zoe"]["total"] == "8.0"
    assert "still waits for a person: zoe" in told.output


def test_those_of_the_class_list_who_handed_in_nothing_have_a_row(
    course: Course, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,last_name,email\nmaija,Maija,Koski,m@example.org\n", "utf-8")
    rows, _ = run(course, "one,two", "--roster", str(roster))
    assert (rows["maija"]["last_name"], rows["maija"]["total"]) == ("Koski", "")
    assert rows["maija"]["open"] == "one two"


@pytest.mark.parametrize(
    ("assignments", "weights", "words"),
    [
        ("one,one", "", "one is named twice"),
        ("one,four", "", "no assignment 'four'; it has"),
        ("one,two", "one=40", "name each assignment of the table once; see two"),
        ("one,two", "one=40,two=much", "above 0, such as 03_value=40, got 'two=much'"),
        ("one,two", "one=40,two=-1", "above 0"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_write(
    course: Course, assignments: str, weights: str, words: str
) -> None:
    with pytest.raises(ClassroomError, match=words):
        run(course, assignments, "--weights", weights)


def test_weights_without_a_total_are_refused(course: Course) -> None:
    command = ["export", "one", "--weights", "one=1", "--course-dir", str(course.root)]
    assert "go with --to total" in str(CliRunner().invoke(app, command).exception)


def test_plain_nbgrader_makes_the_same_table(course: Course, tmp_path: Path) -> None:
    config = Config()
    config.TotalExporter.weights = "one=40,two=60"
    made = TotalExporter(config=config, to=str(tmp_path / "own.csv"), assignment=["one", "two"])
    with course.gradebook() as book:
        made.export(book)
    run(course, "one,two", "--weights", "one=40,two=60")
    assert (tmp_path / "own.csv").read_bytes() == (course.root / "out.csv").read_bytes()
