"""A submission is taken apart once, in one way, for whoever has it graded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classroom.course import Course, Submission
from classroom.intake.prepare import PreparedNotebook, prepare
from classroom.plan import Plan, make_plan
from classroom.words.reasons import Code, because

from .. import toy

pytestmark = pytest.mark.filterwarnings("ignore")
RIGHT = toy.content(toy.filled(toy.RIGHT))


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A plan of two notebooks that differ in their names."""
    root = toy.make_course(tmp_path_factory.mktemp("prepare") / "course")
    made = make_plan(Course.open(root), toy.ASSIGNMENT)
    notebook = made.notebooks[toy.NOTEBOOK]
    return replace(made, notebooks={toy.NOTEBOOK: notebook, "other": replace(notebook)})


def prepared(plan: Plan, files: dict[str, bytes], **more: object) -> dict[str, PreparedNotebook]:
    submission = Submission("aino", toy.ASSIGNMENT, files)
    for name, value in more.items():
        setattr(submission, name, value)
    return prepare(submission, plan).notebooks


def looks(notebook: PreparedNotebook) -> list[bool]:
    return [flag.look for flag in notebook.flags]


def test_answers_stand_in_the_teachers_notebook(plan: Plan) -> None:
    found = prepared(plan, {"queue.ipynb": RIGHT, "other.ipynb": RIGHT})
    for notebook in found.values():
        assert notebook.document is not None
        assert (notebook.fault, notebook.flags) == (None, [])
        sources = [cell.source for cell in notebook.document.cells]
        assert toy.RIGHT["mean_wait"].strip("\n") in sources


def test_a_notebook_that_was_not_handed_in_is_no_fault(plan: Plan) -> None:
    found = prepared(plan, {"queue.ipynb": RIGHT})
    assert found["queue"].document is not None
    assert (found["other"].document, found["other"].fault) == (None, None)
    assert looks(found["other"]) == [False]


def test_one_that_something_stood_in_the_way_of_waits_for_a_person(plan: Plan) -> None:
    found = prepared(plan, {"queue.ipynb": RIGHT}, barred=[("other.ipynb", Code.IS_LINK)])
    assert found["other"].fault == because(Code.NO_NOTEBOOK, notebook="other")
    assert looks(found["other"]) == [True]


def test_nothing_handed_in_waits_for_a_person(plan: Plan) -> None:
    found = prepared(plan, {"notes.txt": b"away"})
    assert all(notebook.fault and looks(notebook) == [True] for notebook in found.values())


def test_one_that_cannot_be_read_says_why_and_the_other_is_graded(plan: Plan) -> None:
    found = prepared(plan, {"queue.ipynb": RIGHT, "other.ipynb": b"{"})
    assert found["queue"].document is not None
    why = because(Code.BREAKS_OFF)
    fault = because(Code.UNREADABLE, notebook="other", why=why)
    assert found["other"].fault == fault
    assert looks(found["other"]) == [True]


def test_what_else_was_handed_in_is_kept(plan: Plan) -> None:
    submission = Submission("aino", toy.ASSIGNMENT, {"queue.ipynb": RIGHT, "waits.csv": b"1"})
    assert prepare(submission, plan).files == {"waits.csv": b"1"}
