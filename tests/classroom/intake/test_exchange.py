"""The round trip with nbgrader's own commands: release, fetch, submit, collect, grade, feedback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.apps import NbGraderAPI

from classroom.course import ClassroomError, Course
from classroom.intake.attempts import attempts_folder
from classroom.intake.collects import state_of
from classroom.intake.exchange import collect_exchange

from .. import toy

pytestmark = pytest.mark.grading

BIN = Path(sys.executable).parent


class Classroom:
    """A teacher's course, an exchange, and two students with homes of their own."""

    def __init__(self, root: Path) -> None:
        self.exchange = root / "exchange"
        self.exchange.mkdir()
        self.exchange.chmod(0o777)
        self.course = toy.make_course(root / "course")
        config = self.course / "nbgrader_config.py"
        lines = f"c.Exchange.root = {str(self.exchange)!r}\nc.ExchangeCollect.check_owner = False\n"
        config.write_text(config.read_text("utf-8") + lines, encoding="utf-8")
        self.homes = {}
        for student in ("aino", "otso"):
            home = self.homes[student] = root / student
            home.mkdir()
            # nbgrader takes the student's name from the account; here it is told.
            (home / "nbgrader_config.py").write_text(
                "import nbgrader.exchange.default.submit as submit\n"
                f"submit.get_username = lambda: {student!r}\n"
                "import nbgrader.exchange.default.fetch_feedback as fetch\n"
                f"fetch.get_username = lambda: {student!r}\n"
                "c = get_config()\n"
                f"c.Exchange.root = {str(self.exchange)!r}\n"
                f"c.Exchange.cache = {str(home / 'cache')!r}\n"
                'c.CourseDirectory.course_id = "service-design"\n',
                encoding="utf-8",
            )

    def run(self, cwd: Path, *command: str, status: int = 0) -> str:
        done = subprocess.run(
            [BIN / command[0], *command[1:]],
            cwd=cwd,
            env=os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}", "JUPYTER_NO_CONFIG": "0"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == status, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def hand_in(self, student: str, answers: dict[str, str], name: str = "queue.ipynb") -> None:
        folder = self.homes[student] / "toy"
        for path in folder.glob("*.ipynb"):
            path.unlink()
        (folder / name).write_bytes(toy.content(toy.filled(answers)))
        self.run(self.homes[student], "nbgrader", "submit", "toy")


def test_an_assignment_goes_out_and_its_feedback_comes_back(tmp_path: Path) -> None:
    room = Classroom(tmp_path)
    room.run(room.course, "nbgrader", "release_assignment", "toy")
    for student in room.homes:
        room.run(room.homes[student], "nbgrader", "fetch_assignment", "toy")
    room.hand_in("aino", toy.WRONG)
    room.hand_in("otso", toy.RIGHT, "queue (1).ipynb")

    told = room.run(room.course, "classroom", "collect", "exchange", "toy")
    assert "otso: queue (1).ipynb is queue.ipynb by its cells" in told
    assert "2 students: 2 new; 0 need a look" in told

    # A second attempt counts, and the first one is kept.
    room.hand_in("aino", toy.RIGHT)
    told = room.run(room.course, "classroom", "collect", "exchange", "toy")
    assert "1 newer, 1 unchanged" in told
    course = Course.open(room.course)
    (kept,) = attempts_folder(course, "toy", "aino").rglob("queue.ipynb")
    assert "return max(minutes)" in kept.read_text("utf-8")

    # Taken back, the first attempt counts again, and the second can be collected anew.
    told = room.run(room.course, "classroom", "uncollect", "toy")
    assert "1 taken back, 0 not" in told
    page = course.submitted("aino", "toy") / "queue.ipynb"
    assert "return max(minutes)" in page.read_text("utf-8")
    assert not kept.exists()
    told = room.run(room.course, "classroom", "collect", "exchange", "toy")
    assert "1 newer, 1 unchanged" in told
    assert "return max(minutes)" not in page.read_text("utf-8")

    room.run(room.course, "classroom", "grade", "toy", "--workers", "1")
    with course.gradebook() as book:
        scores = {row.student_id: row.score for row in book.assignment_submissions("toy")}
    assert scores == {"aino": 11, "otso": 11}

    room.run(room.course, "classroom", "feedback", "toy", "--students", "aino")
    room.run(room.course, "nbgrader", "release_feedback", "toy")
    # One who handed in elsewhere stops nbgrader's own command, and not the desk's.
    toy.submit(room.course, "by-mail")
    room.run(room.course, "classroom", "grade", "toy", "--workers", "1")
    told = room.run(room.course, "classroom", "feedback", "toy", "--release")
    assert "released to 2 students: aino, otso" in told
    for student, home in room.homes.items():
        room.run(home, "nbgrader", "fetch_feedback", "toy")
        pages = list((home / "toy" / "feedback").rglob("*.html"))
        assert pages, student
        assert "(Score: 11.0 / 15.0)" in pages[-1].read_text("utf-8")


def test_what_nbgrader_says_when_it_cannot_collect_is_passed_on(tmp_path: Path) -> None:
    room = Classroom(tmp_path)
    room.exchange.rmdir()
    with pytest.raises(ClassroomError, match="nbgrader could not collect"):
        collect_exchange(Course.open(room.course), "toy")


# What becomes of the machine while the desk collects: at the place that is patched, it stops.
STOPS = {
    "when nbgrader has collected": (
        "from nbgrader.apps import NbGraderAPI\n"
        "collect = NbGraderAPI.collect\n"
        "def stop(*a, **k):\n    collect(*a, **k)\n    os._exit(9)\n"
        "NbGraderAPI.collect = stop\n"
    ),
    "when the earlier attempt was moved": (
        "keep = exchange.keep\n"
        "def stop(*a, **k):\n    keep(*a, **k)\n    os._exit(9)\n"
        "exchange.keep = stop\n"
    ),
}


@pytest.mark.parametrize("where", STOPS)
def test_power_lost_while_collecting_costs_nobody_an_earlier_attempt(
    tmp_path: Path, where: str
) -> None:
    room = Classroom(tmp_path)
    room.run(room.course, "nbgrader", "release_assignment", "toy")
    room.run(room.homes["aino"], "nbgrader", "fetch_assignment", "toy")
    room.hand_in("aino", toy.WRONG)
    course = Course.open(room.course)
    collect_exchange(course, "toy")
    room.hand_in("aino", toy.RIGHT)
    script = (
        "import os\nfrom classroom.intake import exchange\nfrom classroom.course import Course\n"
    )
    script += STOPS[where] + "exchange.collect_exchange(Course.open(), 'toy')\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=room.course, check=False)
    assert done.returncode == 9

    collect_exchange(course, "toy")
    now = course.submitted("aino", "toy") / "queue.ipynb"
    assert "return max(minutes)" not in now.read_text("utf-8")
    (kept,) = attempts_folder(course, "toy", "aino").rglob("queue.ipynb")
    assert "return max(minutes)" in kept.read_text("utf-8")


def test_a_collect_that_is_stopped_leaves_what_was_handed_in_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Classroom(tmp_path)
    room.run(room.course, "nbgrader", "release_assignment", "toy")
    room.run(room.homes["aino"], "nbgrader", "fetch_assignment", "toy")
    room.hand_in("aino", toy.WRONG)
    course = Course.open(room.course)
    collect_exchange(course, "toy")
    room.hand_in("aino", toy.RIGHT)
    there = state_of(course.submitted("aino", "toy"))
    collect = NbGraderAPI.collect

    def stop(*given: Any, **options: Any) -> None:
        collect(*given, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(NbGraderAPI, "collect", stop)
        with pytest.raises(KeyboardInterrupt):
            collect_exchange(course, "toy")
    assert state_of(course.submitted("aino", "toy")) == there
    assert not list(course.desk.glob("incoming-*"))
    assert [each.status for each in collect_exchange(course, "toy")] == ["newer"]


def test_the_released_notebook_is_the_students(tmp_path: Path) -> None:
    room = Classroom(tmp_path)
    room.run(room.course, "nbgrader", "release_assignment", "toy")
    released = room.exchange / "service-design" / "outbound" / "toy" / "queue.ipynb"
    text = json.dumps(nbformat.read(released, as_version=4))
    assert "HIDDEN TESTS" not in text
    assert "sum(minutes) / len(minutes)" not in text
