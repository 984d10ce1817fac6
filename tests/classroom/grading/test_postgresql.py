"""The gradebook of a department: the same marks on a real PostgreSQL server as in SQLite."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom.course import Course
from classroom.doctor.course_checks import gradebook

from .. import toy

pytestmark = [pytest.mark.grading, pytest.mark.xdist_group("postgresql")]


def server_program(name: str) -> str:
    """Find a program of the server; a machine without one fails, with the way to get it."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        pytest.fail("PostgreSQL is not installed: sudo apt-get install postgresql")
    return program


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A private server on a free port, run by an unprivileged user."""
    place = Path(tmp_path_factory.mktemp("postgresql"))
    data = place / "data"
    data.mkdir()
    account = None
    if os.getuid() == 0:  # the server refuses to run as root
        names = {entry.pw_name for entry in pwd.getpwall()}
        account = "postgres" if "postgres" in names else "nobody"
        shutil.chown(data, account)
        for folder in [place, *place.parents]:
            if folder.stat().st_uid == 0 and folder not in {Path("/"), Path("/tmp")}:
                folder.chmod(folder.stat().st_mode | 0o011)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    subprocess.run(
        [server_program("initdb"), "-D", data, "-U", "grader", "-A", "trust", "-E", "UTF8"]
        + ["--no-sync"],
        user=account,
        cwd=data,
        check=True,
        capture_output=True,
    )
    with (place / "log").open("w") as log:
        running = subprocess.Popen(
            [server_program("postgres"), "-D", data, "-p", str(port), "-c", "fsync=off"]
            + ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
            user=account,
            cwd=data,
            stdout=log,
            stderr=log,
        )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"postgresql+psycopg://grader@127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGINT)  # a fast shutdown, whoever is still connected
        running.wait(30)


def new_database(server: str, name: str) -> str:
    import psycopg

    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as admin:
        admin.execute(f"create database {name}")  # type: ignore[call-overload]
    return f"{server}/{name}"


def class_of(root: Path, db_url: str | None) -> Course:
    """A small mixed class, its assignment made in the gradebook that db_url names."""
    toy.make_course(root)
    if db_url:
        (root / "gradebook.db").unlink()
        config = root / "nbgrader_config.py"
        line = f"c.CourseDirectory.db_url = {db_url!r}\n"
        config.write_text(config.read_text("utf-8") + line, encoding="utf-8")
        run(root, "-m", "nbgrader", "generate_assignment", "toy", "--force")
    toy.submit(root, "aino")
    toy.submit(root, "otso", toy.PARTLY)
    toy.submit(root, "eino", toy.SYNTAX_ERROR)
    toy.submit(root, "late", toy.ALSO_RIGHT, when="2026-12-24 12:00:00 UTC")
    (root / "submitted" / "lost" / "toy").mkdir(parents=True)
    (root / "submitted" / "lost" / "toy" / "queue.ipynb").write_bytes(b"{")
    return Course.open(root)


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, text=True, check=False
    )
    # 1 says that something needs a look; so does Python when it ends by a traceback.
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


def marks(course: Course) -> dict[tuple[str, str], tuple[object, ...]]:
    with course.gradebook() as book:
        return {
            (submission.student_id, grade.name): (
                grade.auto_score,
                grade.manual_score,
                grade.needs_manual_grade,
                submission.timestamp,
                submission.score,
            )
            for submission in book.assignment_submissions("toy")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_postgresql_holds_the_same_marks_as_sqlite(server: str, tmp_path: Path) -> None:
    plain = class_of(tmp_path / "sqlite", None)
    department = class_of(tmp_path / "postgresql", new_database(server, "marks"))
    for course in (plain, department):
        told = run(course.root, "-m", "classroom", "grade", "toy", "--workers", "2").stdout
        assert "5 graded" in told
    expected = marks(plain)
    assert len(expected) == 5 * 8
    assert marks(department) == expected
    assert not (department.root / "gradebook.db").exists()
    # Nothing is new: the journal holds for either kind of gradebook.
    assert "5 unchanged" in run(department.root, "-m", "classroom", "grade", "toy").stdout


def test_exports_feedback_and_the_doctor_work_on_postgresql(server: str, tmp_path: Path) -> None:
    course = class_of(tmp_path / "course", new_database(server, "more"))
    run(course.root, "-m", "classroom", "grade", "toy", "--students", "aino,otso")
    run(course.root, "-m", "classroom", "feedback", "toy")
    page = course.feedback("aino", "toy") / "queue.html"
    assert "(Score: 11.0 / 15.0)" in page.read_text("utf-8")
    run(course.root, "-m", "classroom", "export", "toy", "--provisional", "--output", "m.csv")
    assert "aino" in (course.root / "m.csv").read_text("utf-8")
    (finding,) = gradebook(course)
    assert (finding.status, "postgresql" in finding.found) == ("ok", True)
