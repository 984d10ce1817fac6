"""The graded notebook is the teacher's: only answers and added cells come from the student."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest

from classroom.course import Course
from classroom.intake.preflight import StudentNotebook, Unreadable, read_notebook
from classroom.intake.restore import restore
from classroom.plan import TeacherNotebook, make_plan
from classroom.words.reasons import Code, because
from classroom.words.sentences import sentence

from .. import toy

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> TeacherNotebook:
    root = toy.make_course(tmp_path_factory.mktemp("restore") / "course")
    return make_plan(Course.open(root), toy.ASSIGNMENT).notebooks[toy.NOTEBOOK]


def read(notebook: Any) -> StudentNotebook:
    return read_notebook(toy.content(notebook))


def sources(notebook: Any) -> dict[str, str]:
    return {c.metadata.nbgrader.grade_id: c.source for c in notebook.cells if c.metadata}


def test_an_untouched_submission_becomes_the_teachers_notebook_with_its_answers(
    teacher: TeacherNotebook,
) -> None:
    notebook, flags = restore(read(toy.filled(toy.RIGHT)), teacher)
    nbformat.validate(notebook)
    assert flags == []
    assert sources(notebook)["mean_wait"] == toy.RIGHT["mean_wait"].strip("\n")
    assert "HIDDEN" in sources(notebook)["test_mean_hidden"]


def test_answers_are_found_without_any_metadata_by_their_cell_ids(teacher: TeacherNotebook) -> None:
    bare = toy.filled(toy.RIGHT)
    for cell in bare.cells:
        cell.metadata = {}
    assert sources(restore(read(bare), teacher)[0]) == sources(
        restore(read(toy.filled(toy.RIGHT)), teacher)[0]
    )


def test_answers_are_found_without_ids_by_what_they_define(teacher: TeacherNotebook) -> None:
    bare = toy.filled(toy.RIGHT)
    for cell in bare.cells:
        cell.metadata = {}
        cell.pop("id")
    found = sources(restore(read(bare), teacher)[0])
    assert all(found[name] == toy.RIGHT[name].strip("\n") for name in ("mean_wait", "draw_waits"))


def test_points_tags_and_kernel_of_the_student_do_not_matter(teacher: TeacherNotebook) -> None:
    greedy = toy.filled(toy.RIGHT)
    greedy.metadata["kernelspec"] = {"name": "mine", "display_name": "mine", "language": "x"}
    for cell in greedy.cells:
        cell.metadata["tags"] = ["skip-execution"]
        cell.metadata.get("nbgrader", {})["points"] = 1000
    notebook, flags = restore(read(greedy), teacher)
    assert notebook.metadata.kernelspec.name == "python3"
    assert all("tags" not in cell.metadata for cell in notebook.cells)
    assert sum(c.metadata.nbgrader.get("points", 0) for c in notebook.cells if c.metadata) == 15
    assert any("keeps it from running" in sentence(flag.reason) for flag in flags)


def test_deleted_tests_come_back_where_they_stood_unless_told_not_to(
    teacher: TeacherNotebook,
) -> None:
    short = toy.filled(toy.RIGHT)
    short.cells = [c for c in short.cells if "test" not in c.get("id", "")]
    notebook, flags = restore(read(short), teacher)
    order = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if cell.metadata]
    assert order == [cell.grade_id for cell in teacher.cells]
    assert sum("was missing" in sentence(flag.reason) for flag in flags) == len(toy.TESTS)
    left_out, _ = restore(read(short), teacher, restore_missing=False)
    assert not any(name.startswith("test_") for name in sources(left_out))


def test_the_last_of_two_answers_counts_and_the_first_stays_as_a_cell(
    teacher: TeacherNotebook,
) -> None:
    twice = toy.filled(toy.RIGHT)
    again = nbformat.from_dict(json.loads(json.dumps(twice.cells[1])))
    again.source, again["id"] = "def mean_wait(minutes):\n    return 7", "again"
    twice.cells.insert(2, again)
    notebook, flags = restore(read(twice), teacher)
    assert sources(notebook)["mean_wait"].endswith("return 7")
    assert sum(cell.source.startswith("def mean_wait") for cell in notebook.cells) == 2
    assert "2 times" in sentence(flags[0].reason)


def test_answers_in_each_others_place_are_told_by_what_they_define(
    teacher: TeacherNotebook,
) -> None:
    crossed = toy.filled(
        toy.RIGHT | {"mean_wait": toy.RIGHT["promise_kept"], "promise_kept": toy.RIGHT["mean_wait"]}
    )
    found = sources(restore(read(crossed), teacher)[0])
    assert found["mean_wait"] == toy.RIGHT["mean_wait"].strip("\n")
    assert found["promise_kept"] == toy.RIGHT["promise_kept"].strip("\n")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"{", "breaks off"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"[1, 2]", "something else in JSON"),
        (b'{"nbformat": 4}', "no cells"),
        (b"\x00\xff\x00\xff" * 9, "not text"),
        (b"[" * 100_000, "without end"),
        (b'{"cells": [\n<<<<<<< HEAD\n', "merge"),
    ],
)
def test_why_a_file_is_no_notebook_is_said_in_words(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as met:
        read_notebook(content)
    assert why in sentence(met.value.reason)


def test_old_future_and_windows_notebooks_are_read() -> None:
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1"]}]}]}
    read_old = read_notebook(json.dumps(old).encode())
    assert read_old.cells[0].source == "a = 1"
    future = {"nbformat": 9, "cells": [{"cell_type": "markdown", "source": "é", "new": {}}]}
    assert read_notebook(json.dumps(future).encode()).remarks == [
        because(Code.NEWER_FORMAT, version=9)
    ]
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        text = json.dumps({"nbformat": 4, "cells": future["cells"]}, ensure_ascii=False)
        assert read_notebook(text.encode(encoding)).cells[0].source == "é"
