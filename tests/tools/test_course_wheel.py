"""The course's wheel is built from the repository, and nothing but the wheel is left there."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_building_the_wheel_leaves_the_wheel_alone_and_no_older_one(tmp_path: Path) -> None:
    course, made = tmp_path / "course", tmp_path / "wheels"
    for name in ("src", "tools"):
        unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, course / name, ignore=unwanted)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, course)
    made.mkdir()
    (made / "promise_path_people-0.0.1-py3-none-any.whl").touch()
    before = sorted(course.rglob("*"))
    done = subprocess.run(
        [sys.executable, "tools/course_wheel.py", made],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(course.rglob("*")) == before
    (wheel,) = made.iterdir()
    assert wheel.name in done.stdout
    with zipfile.ZipFile(wheel) as archive:
        assert {"classroom/cli.py", "servicedesign/__init__.py"} <= set(archive.namelist())
