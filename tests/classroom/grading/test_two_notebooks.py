"""An assignment of two notebooks, one of whose names begins with the other's."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode, v4
from nbgrader.apps import NbGraderAPI

from classroom.course import Course, Flag, Submission
from classroom.grading.grade import Options, grade
from classroom.grading.worker import Conditions, Worker
from classroom.grading.writer import call_for_a_look
from classroom.handback.export import MoodleExporter
from classroom.handback.feedback import make_feedback, moodle_archive
from classroom.intake.attempts import attempts_folder
from classroom.intake.collect import Rules, collect
from classroom.intake.preflight import read_submission
from classroom.moodle import Worksheet
from classroom.plan import make_plan
from classroom.walls.jails import close_jails
from classroom.words.reasons import Code, because
from classroom.words.sentences import sentence

from .. import toy

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

RIGHT = "def double(x):\n    return 2 * x"


def _notebook(answer: str) -> NotebookNode:
    cells = [
        toy._mark(v4.new_code_cell(answer), "double", solution=True),
        toy._mark(
            v4.new_code_cell("assert double(2) == 4"),
            "test_double",
            grade=True,
            locked=True,
            points=2,
        ),
    ]
    return v4.new_notebook(cells=cells, metadata={"kernelspec": toy.KERNEL})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = tmp_path_factory.mktemp("two") / "course"
    folder = root / "solutions" / "ps"
    folder.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(toy.CONFIG, encoding="utf-8")
    solution = f"### BEGIN SOLUTION\n{RIGHT}\n### END SOLUTION"
    for name in ("ps1", "ps1-extra"):
        nbformat.write(_notebook(solution), folder / f"{name}.ipynb")
    opened = Course.open(root)
    api = NbGraderAPI(opened.directory, config=opened.config)
    assert api.generate_assignment("ps")["success"]
    return opened


@pytest.fixture(scope="module")
def worker(course: Course) -> Iterator[Worker]:
    made = Worker(make_plan(course, "ps"), Conditions(timeout=2))
    made.warm_up()
    yield made
    close_jails()


def handed_in(**answers: str) -> Submission:
    files = {
        f"{name.replace('_', '-')}.ipynb": toy.content(_notebook(answer))
        for name, answer in answers.items()
    }
    return Submission("aino", "ps", files)


@pytest.mark.parametrize("looping", ["ps1", "ps1-extra"])
def test_what_went_wrong_in_one_notebook_is_told_of_that_one(worker: Worker, looping: str) -> None:
    answers = {"ps1": RIGHT, "ps1_extra": RIGHT} | {looping.replace("-", "_"): "while True: pass"}
    outcome = worker.grade(handed_in(**answers))
    told = {(flag.notebook, flag.cell) for flag in outcome.flags if flag.look}
    assert told == {(looping, "double")}
    scores = {name: notebook.grades["test_double"] for name, notebook in outcome.notebooks.items()}
    # Where the machine was too busy to let it loop for so long, a person decides.
    assert scores.pop(looping) in (0, None), outcome.flags
    assert list(scores.values()) == [2], outcome.flags


def test_what_is_told_stands_at_the_first_answer_of_the_notebook_it_is_told_of() -> None:
    def notebook(*names: str) -> SimpleNamespace:
        return SimpleNamespace(cells=[SimpleNamespace(grade_id=name) for name in names])

    plan: Any = SimpleNamespace(notebooks={"ps1": notebook("a", "b"), "ps2": notebook("b", "a")})
    for name, first in (("ps1", "a"), ("ps2", "b")):
        comments = [SimpleNamespace(name=cell, auto_comment=None) for cell in ("a", "b")]
        row: Any = SimpleNamespace(name=name, grades=[], comments=comments)
        call_for_a_look(row, [Flag(because(Code.NO_TIME), name)], plan)
        told = {comment.name: comment.auto_comment for comment in comments}
        assert told == {"a": None, "b": None} | {first: sentence(because(Code.NO_TIME))}


def test_a_notebook_that_was_not_handed_in_is_zero_and_one_that_is_barred_waits(
    course: Course, worker: Worker, tmp_path: Path
) -> None:
    folder = course.submitted("otso", "ps")
    folder.mkdir(parents=True)
    (folder / "ps1-extra.ipynb").write_bytes(toy.content(_notebook(RIGHT)))
    # The name of the missing notebook is a part of this one's.
    (folder / "my-ps1.ipynb").symlink_to(tmp_path / "elsewhere")
    outcome = worker.grade(read_submission(course, "otso", "ps"))
    assert outcome.notebooks["ps1"].missing
    (folder / "ps1 (1).ipynb").symlink_to(tmp_path / "elsewhere")
    outcome = worker.grade(read_submission(course, "otso", "ps"))
    assert not outcome.notebooks["ps1"].missing
    assert outcome.notebooks["ps1"].grades == {"test_double": None}
    assert outcome.notebooks["ps1-extra"].grades == {"test_double": 2}


def test_what_the_solution_of_one_notebook_is_spared_is_asked_of_another(course: Course) -> None:
    odd = f"{RIGHT}\nimport builtins\nbuiltins.breakpoint = print"
    plan = make_plan(course, "ps")
    plan.solutions = handed_in(ps1=odd, ps1_extra=RIGHT).files
    for notebook in plan.notebooks.values():
        # As a test that must run where the answer does: only there is there a question.
        notebook.script.alone = frozenset({"test_double"})
    worker = Worker(plan)
    worker.warm_up()
    told = {
        flag.notebook
        for answers in ({"ps1": odd, "ps1_extra": RIGHT}, {"ps1": RIGHT, "ps1_extra": odd})
        for flag in worker.grade(handed_in(**answers)).flags
        if flag.look
    }
    close_jails()
    assert told == {"ps1-extra"}


# ---- the whole way


SHEET = """\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed
Participant 6,Anna Virtanen,a6@example.org,Submitted for grading,,100.00,Yes
Participant 10,Anna Virtanen,a10@example.org,Submitted for grading,,100.00,Yes
"""
DRAWN = f"""%config InlineBackend.figure_formats = ["svg"]
import matplotlib.pyplot as plt

{RIGHT}

figure, axes = plt.subplots()
axes.set_title("vänta < 5")
axes.plot([1, 2])
plt.show()"""


def _download(place: Path, **answers: tuple[str, str]) -> Path:
    """Pack what students answered, `ps1` and `ps1-extra`, as Moodle does."""
    with zipfile.ZipFile(place, "w") as archive:
        for number, answered in answers.items():
            folder = f"Anna Virtanen_{number.removeprefix('n')}_assignsubmission_file"
            for name, answer in zip(("ps1", "ps1-extra"), answered, strict=True):
                archive.writestr(f"{folder}/{name}.ipynb", toy.content(_notebook(answer)))
            archive.writestr(f"{folder}/notes/idea.txt", f"an idea of {number}")
            archive.writestr(f"{folder}/unknown.ipynb", b'{"cells": []}')
    return place


def test_two_of_one_name_keep_their_own_work_marks_and_pages_to_the_end(
    course: Course, tmp_path: Path
) -> None:
    wrong = "def double(x):\n    return x"
    download = _download(tmp_path / "ps.zip", n6=(DRAWN, wrong), n10=(wrong, wrong))
    for statuses in ({"new"}, {"unchanged"}, {"unchanged"}):
        results, lost = collect(course, download, "ps", Rules())
        assert lost == []
        assert {result.status for result in results} == statuses
    anna, other = "anna-virtanen-6", "anna-virtanen-10"
    assert {result.student for result in results} == {anna, other}
    for student in (anna, other):
        assert len(list(attempts_folder(course, "ps", student).iterdir())) == 1

    asked = Options(students=["anna-virtanen-*"], workers=1)
    assert grade(course, "ps", asked).graded == 2
    assert grade(course, "ps", asked).unchanged == 2
    with course.gradebook() as book:
        scores = {
            (row.student.id, notebook.name): notebook.score
            for row in book.assignment_submissions("ps")
            for notebook in row.notebooks
        }
    zero = {(student, name): 0 for student in (anna, other) for name in ("ps1", "ps1-extra")}
    assert scores == zero | {(anna, "ps1"): 2}

    pages = make_feedback(course, "ps", [anna, other], workers=1)
    assert {page.student: {each.stem for each in page.files} for page in pages} == {
        student: {"ps1", "ps1-extra"} for student in (anna, other)
    }
    path = tmp_path / "worksheet.csv"
    path.write_text(SHEET, encoding="utf-8")
    assert moodle_archive(course, "ps", tmp_path / "f.zip", Worksheet.read(path)) == {}
    with zipfile.ZipFile(tmp_path / "f.zip") as archive:
        given = {name: archive.read(name).decode() for name in archive.namelist()}
    drawn = {name for name, page in given.items() if "data:image/svg+xml;base64," in page}
    assert drawn == {"Anna Virtanen_6_assignsubmission_file/ps1.html"}
    assert not [page for page in given.values() if "picture removed" in page]
    told = {name: re.search(r"\(Score: ([\d.]+) / 2.0\)", page) for name, page in given.items()}
    assert {name for name, found in told.items() if found and found[1] == "2.0"} == drawn
    assert len(given) == 4

    exporter = MoodleExporter(
        to=str(tmp_path / "graded.csv"),
        assignment=["ps"],
        worksheet=str(path),
        course_dir=str(course.root),
    )
    with course.gradebook() as book:
        exporter.export(book)
    assert exporter.left_out == []
    with (tmp_path / "graded.csv").open(encoding="utf-8-sig", newline="") as stream:
        marks = {row["Identifier"]: row["Grade"] for row in csv.DictReader(stream)}
    assert marks == {"Participant 6": "50.00", "Participant 10": "0.00"}
