"""A grader that is killed, stopped, or not alone: nothing is lost, nothing is graded twice."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from classroom.course import Course
from classroom.journal import Journal, OccupiedError, course_lock

from .. import toy
from .test_parity import mixed_class, rows

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

CLASS = 14


def desk(root: Path, *more: str) -> subprocess.Popen[str]:
    """Start ``classroom grade``."""
    command = [
        sys.executable,
        "-m",
        "classroom",
        "grade",
        toy.ASSIGNMENT,
        "--course-dir",
        str(root),
    ]
    return subprocess.Popen(
        [*command, *more], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def intact(root: Path) -> bool:
    """Ask SQLite whether the gradebook is whole."""
    with sqlite3.connect(root / "gradebook.db") as connection:
        return bool(connection.execute("pragma integrity_check").fetchone() == ("ok",))


def graded(root: Path) -> list[str]:
    """List the students in the journal, one entry a grading."""
    path = root / ".classroom" / toy.ASSIGNMENT / "journal.jsonl"
    found = []
    for line in path.read_text().splitlines() if path.exists() else []:
        try:
            found.append(json.loads(line)["student"])
        except ValueError:
            continue
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, float]:
    root = toy.make_course(tmp_path_factory.mktemp("calm") / "course")
    mixed_class(root, CLASS)
    begun = time.monotonic()
    run = desk(root)
    said, _ = run.communicate()
    assert run.returncode == 0, said
    return rows(root), time.monotonic() - begun


def test_killed_at_six_moments_and_resumed_the_marks_are_those_of_a_calm_run(
    tmp_path: Path, undisturbed: tuple[dict, float]
) -> None:
    calm, seconds = undisturbed
    chance = random.Random(20261122)
    root = toy.make_course(tmp_path / "course")
    mixed_class(root, CLASS)
    moments = [chance.uniform(0.25, 0.95) * seconds for _ in range(6)]
    for moment in moments:
        run = desk(root)
        time.sleep(moment)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert intact(root)
    for _ in range(2):
        interrupted = (root / ".classroom" / toy.ASSIGNMENT / "run.json").exists()
        run = desk(root, *(["--resume"] if interrupted else []))
        said, _ = run.communicate()
        assert run.returncode == 0, said
    assert intact(root)
    assert rows(root) == calm
    assert len(list((root / "autograded").glob(f"*/{toy.ASSIGNMENT}/*.ipynb"))) == CLASS
    assert sorted(set(graded(root))) == sorted(graded(root))
    assert not list((root / ".classroom" / toy.ASSIGNMENT).glob("staging/*"))


def test_ctrl_c_finishes_what_is_under_way_and_says_how_to_go_on(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    mixed_class(root, 30)
    run = desk(root)
    deadline = time.monotonic() + 60
    while not graded(root) and time.monotonic() < deadline:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 130, said
    assert "--resume" in said
    done = graded(root)
    assert 0 < len(done) < 30
    run = desk(root, "--resume")
    said, _ = run.communicate()
    assert run.returncode == 0, said
    assert f"{30 - len(done)} graded, {len(done)} unchanged" in said
    assert sorted(graded(root)) == [f"s{n:03d}" for n in range(30)]


def test_two_graders_at_once_one_is_told_and_one_can_wait(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    mixed_class(root, 10)
    first, second, third = desk(root), desk(root), desk(root, "--wait")
    runs = [first, second, third]
    said = [run.communicate()[0] for run in runs]
    codes = [run.returncode for run in runs]
    assert codes[2] == 0, said[2]
    refused = [text for run, text in zip(runs[:2], said[:2], strict=True) if run.returncode == 2]
    assert refused
    assert all("is being graded already (" in text for text in refused)
    assert sorted(graded(root)) == [f"s{n:03d}" for n in range(10)]


def test_the_lock_is_free_again_when_its_holder_is_gone(tmp_path: Path) -> None:
    course = Course.open(toy.make_course(tmp_path / "course"))
    with course_lock(course):
        with pytest.raises(OccupiedError, match="--wait"), course_lock(course, wait=False):
            pass
        with pytest.raises(OccupiedError) as caught, course_lock(course):
            pass
        assert "--wait" not in str(caught.value), "it offers what the command has not"
    with course_lock(course):
        pass


def test_only_what_changed_is_graded_again(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    mixed_class(root, 6)
    assert desk(root).wait() == 0
    toy.submit(root, "s002", toy.RIGHT)
    said, _ = desk(root).communicate()
    assert "1 graded, 5 unchanged" in said
    assert rows(root)["s002", "submission"][0] == 11


def test_who_needed_a_look_is_told_of_by_the_runs_that_pass_over_them(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    toy.submit(root, "aino")
    toy.submit(root, "eino")
    broken = next((root / "submitted" / "eino").rglob("*.ipynb"))
    broken.write_text(broken.read_text("utf-8")[:700], "utf-8")
    again = "1 of those unchanged were told to need a look before: classroom report toy"
    said, _ = desk(root).communicate()
    assert "1 need a look" in said
    assert again not in said
    said, _ = desk(root).communicate()
    assert "2 unchanged, 0 need a look" in said
    assert again in " ".join(said.split())


def test_a_run_that_is_killed_while_it_is_noted_leaves_the_note_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(Course.open(toy.make_course(tmp_path / "course")), "toy")
    journal.close()
    journal.begin({"run": "first"}, {})

    def torn(path: Path, *_: object, **__: object) -> None:
        path.open("w").close()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", torn)
        with pytest.raises(KeyboardInterrupt):
            journal.begin({"run": "second"}, {})
    assert journal.interrupted() == {"run": "first"}
    journal.finish()
    assert journal.interrupted() is None
