"""What a killed grader leaves behind is swept at the next start; what a live one holds is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from classroom.course import Course
from classroom.grading.grade import Options, grade
from classroom.walls import folders

from .. import toy


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own."""
    where = tmp_path / "temporary"
    where.mkdir()
    monkeypatch.setattr(folders.tempfile, "tempdir", str(where))
    return where


def left_by(place: Path, *, killed: bool) -> tuple[Path, subprocess.Popen[str]]:
    """Have a process make a folder with a read-only file in it, and kill it or not."""
    code = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from classroom.walls.folders import temporary_folder\n"
        "folder = temporary_folder('grade')\n"
        "(folder / 'queue.ipynb').write_text('answers'); (folder / 'queue.ipynb').chmod(0o444)\n"
        "print(folder, flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, place],
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    folder = Path(process.stdout.readline().strip())
    if killed:
        process.kill()
        process.communicate()
    return folder, process


DEEP = """
import os, sys
os.chdir(sys.argv[1])
for _ in range(2500):
    os.mkdir("d")
    os.chdir("d")
"""


def test_a_folder_of_more_levels_than_python_counts_is_removed(place: Path) -> None:
    folder = folders.temporary_folder("jail")
    subprocess.run([sys.executable, "-c", DEEP, folder], check=True)
    (folder / "closed" / "inside").mkdir(parents=True)
    (folder / "closed").chmod(0)
    folders.remove(folder)
    assert list(place.iterdir()) == []
    folders.remove(folder)


def test_a_dead_graders_folder_goes_and_a_live_ones_stays(place: Path) -> None:
    dead, _ = left_by(place, killed=True)
    live, process = left_by(place, killed=False)
    own = folders.temporary_folder("grade")
    assert folders.sweep() == [dead]
    assert not dead.exists()
    assert (live / "queue.ipynb").is_file()
    assert own.is_dir()
    process.communicate()


def test_a_number_given_out_anew_is_not_taken_for_the_owner(place: Path) -> None:
    own = folders.temporary_folder("grade")
    process, began = own.name.split("-")[2:4]
    older = own.with_name(own.name.replace(f"-{process}-{began}-", f"-{process}-{int(began) - 1}-"))
    own.rename(older)
    assert folders.sweep() == [older]


def test_what_is_not_a_graders_is_left(place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    dead, _ = left_by(place, killed=True)
    name = dead.name
    parts = name.split("-")
    other_container = dead.with_name("-".join([*parts[:4], "1", parts[5]]))
    other_container.mkdir()
    dead.with_name(f"{name}x").symlink_to(elsewhere)
    (place / "classroom-notes").mkdir()
    assert folders.sweep() == [dead]
    assert sorted(path.name for path in place.iterdir()) == sorted(
        [other_container.name, f"{name}x", "classroom-notes"]
    )
    assert (elsewhere / "kept").exists()


@pytest.mark.grading
@pytest.mark.filterwarnings("ignore")
def test_the_next_start_of_the_grader_sweeps(place: Path, tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    toy.submit(root, "s000")
    dead, _ = left_by(place, killed=True)
    summary = grade(Course.open(root), toy.ASSIGNMENT, Options(workers=1))
    assert summary.graded == 1
    assert not dead.exists()
    assert list(place.glob("classroom-*")) == []
    assert os.environ.get("NBGRADER_EXECUTION") is None
