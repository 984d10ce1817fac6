"""An assignment of two notebooks, one of whose names begins with the other's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode, v4
from nbgrader.apps import NbGraderAPI

from classroom.course import Course, Submission
from classroom.execute import close_jails
from classroom.plan import make_plan
from classroom.preflight import read_submission
from classroom.worker import Conditions, Worker

from . import toy

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
    assert scores == {"ps1": 2, "ps1-extra": 2} | {looping: 0}


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
