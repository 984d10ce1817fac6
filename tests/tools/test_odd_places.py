"""A small case of an odd place: a path with a space and an "ä", and a bwrap that is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.classroom import toy
from tests.studybook.test_build import build
from tests.studybook.toy import cells, write_course, write_notebook

from classroom.course import Course
from classroom.walls.jail import bubblewrap_fault, landlock_fault

ROOT = Path(__file__).parents[2]
# What bubblewrap says where AppArmor refuses it user namespaces, as on Ubuntu 24.04.
REFUSED = "bwrap: setting up uid map: Permission denied"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    place = tmp_path / "kurssin kansio ä"
    place.mkdir()
    return place


@pytest.mark.browser
def test_a_site_is_built_there_and_its_pages_open_from_disk(odd: Path, browser: Browser) -> None:
    chapters = write_course(odd)
    write_notebook(chapters / "03_value.ipynb", cells(chapters))
    done = build(odd, "html")
    assert (done.returncode, done.stderr) == (0, "")
    page = browser.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((odd / "out" / "book" / "chapters" / "03_value.html").as_uri())
    page.wait_for_function("() => document.documentElement.dataset.studybook === 'ready'")
    assert complaints == []
    page.close()


@pytest.mark.grading
def test_work_is_graded_there(odd: Path) -> None:
    if bubblewrap_fault() is not None and landlock_fault() is not None:
        pytest.skip(f"no wall can be built here: {bubblewrap_fault()}; {landlock_fault()}")
    root = toy.make_course(odd / "course")
    toy.submit(root, "s000")
    done = subprocess.run(
        [sys.executable, "-m", "classroom", "grade", toy.ASSIGNMENT, "--course-dir", str(root)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with Course.open(root).gradebook() as book:
        assert book.find_submission(toy.ASSIGNMENT, "s000").score == sum(toy.POINTS.values())


def test_where_namespaces_are_refused_the_next_wall_stands_or_the_ways_out_are_told(
    odd: Path,
) -> None:
    program = odd / "bwrap"
    program.write_text(f"#!/bin/sh\necho '{REFUSED}' >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    path = f"{odd}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "walls.py"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert REFUSED in done.stdout + done.stderr
    if landlock_fault() is None:
        assert done.returncode == 0, done.stderr
        assert "behind Landlock and seccomp because bubblewrap cannot" in done.stdout
    else:
        assert done.returncode == 1
        assert "AppArmor refuses user namespaces" in done.stderr
