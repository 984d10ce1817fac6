"""The test suite itself: what its speed stands on, and that what it leaves out is told."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sampling import spread

ROOT = Path(__file__).parents[2]

COSTLY = """
import os
import pathlib
import pytest

@pytest.fixture(scope="module")
def graded():
    pathlib.Path(f"made-by-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}").touch()

@pytest.mark.parametrize("number", range(8))
def test_something(graded, number):
    pathlib.Path(f"ran-by-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}").touch()
"""
MATRIX = """
import pytest

@pytest.mark.sample(3, "numbers in print", always=["n7"])
@pytest.mark.parametrize("number", [f"n{number}" for number in range(10)])
def test_number(number):
    pass

@pytest.mark.parametrize("dress", ["light", pytest.param("dark", marks=pytest.mark.whole)])
def test_a_dress(dress):
    pass

def test_mutants(sample):
    assert sample(range(100), 2, "mutants") in ([0, 99], list(range(100)))
"""

# What nbval makes of a notebook, without its kernel.
CELLS = """
import pathlib
import pytest

class Notebook(pytest.File):
    def collect(self):
        return [Cell.from_parent(self, name=f"Cell {number}") for number in range(20)]

class Cell(pytest.Item):
    def runtest(self):
        with pathlib.Path("ran").open("a") as ran:
            print(self.nodeid, file=ran)

def pytest_collect_file(file_path, parent):
    return Notebook.from_parent(parent, path=file_path) if file_path.suffix == ".ipynb" else None
"""

FOR_ALL = """
import pathlib
import pytest
from tests.sharing import made_once

def make(folder):
    with open("makers", "a") as makers:
        print("made", file=makers)
    (folder / "course").touch()

COURSE = made_once("toy", make) / "course"

@pytest.mark.parametrize("number", range(4))
def test_something(number):
    pathlib.Path("place").write_text(str(COURSE))
    assert COURSE.exists()
"""
KINDS = """
import pathlib
import pytest
from tests.sampling import asked_for

FRUIT = ["apple red", "apple green", "apple small", "pear", "plum blue", "plum yellow"]

@pytest.fixture(scope="module")
def bought(request):
    return asked_for(request, "fruit")

@pytest.mark.sample(2, "fruit", kind=lambda fruit: fruit.split()[0])
@pytest.mark.parametrize("fruit", FRUIT)
def test_fruit(bought, fruit):
    pathlib.Path("bought").write_text(" ".join(sorted(bought)))
"""


def run(folder: Path, text: str, *words: str) -> str:
    """Run a module of tests with the plugins of this suite; return what pytest said."""
    (folder / "test_it.py").write_text(text, encoding="utf-8")
    (folder / "pytest.ini").touch()
    plugins = ("xdist", "tests.sampling", "tests.sharing")
    command = [sys.executable, "-m", "pytest", "-q", *(f"-p{plugin}" for plugin in plugins)]
    done = subprocess.run(
        [*command, *words],
        cwd=folder,
        # Without those of nbval and others, which take seconds to load.
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTEST_ADDOPTS": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("order", [(), ("-p", "randomly", "-p", "no:cacheprovider")])
def test_what_a_module_shares_is_made_once_in_a_run(tmp_path: Path, order: tuple[str, ...]) -> None:
    # Each worker would otherwise grade the module's class of students.
    run(tmp_path, COSTLY, "-n", "2", "--dist", "loadgroup", *order)
    assert len(list(tmp_path.glob("made-by-*"))) == 1
    assert len(list(tmp_path.glob("ran-by-*"))) == 1


def test_tests_are_shuffled_and_cells_of_a_notebook_are_not(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CELLS, encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.ipynb").touch()
    many = "\n".join(f"def test_{n}(): pass" for n in range(20))
    said = run(
        tmp_path, many, "-vv", "-p", "randomly", "--randomly-seed=7", "-p", "no:cacheprovider"
    )
    ran = (tmp_path / "ran").read_text().splitlines()
    assert ran == [f"{name}.ipynb::Cell {n}" for name in ("one", "two") for n in range(20)]
    tests = re.findall(r"test_it.py::test_(\d+)", said)
    assert sorted(tests, key=int) == [str(n) for n in range(20)] != tests


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_what_all_workers_need_is_made_by_one_and_gone_after_the_run(
    tmp_path: Path, workers: tuple[str, ...]
) -> None:
    assert "4 passed" in run(tmp_path, FOR_ALL, *workers)
    assert (tmp_path / "makers").read_text() == "made\n"
    assert not Path((tmp_path / "place").read_text()).parents[1].exists()


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_a_sample_is_run_and_told_and_the_whole_on_demand(
    tmp_path: Path, workers: tuple[str, ...]
) -> None:
    said = run(tmp_path, MATRIX, *workers)
    assert "6 passed" in said
    assert "numbers in print: 4 of 10" in said
    assert "a dress: 1 of 2" in said
    assert "mutants: 2 of 100" in said
    assert "all of them: make test-all" in said
    said = run(tmp_path, MATRIX, "--whole", *workers)
    assert "13 passed" in said
    assert "nothing: all of 3 matrices were run whole" in said


def test_a_test_asked_for_by_name_is_run_whole(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(MATRIX, encoding="utf-8")
    assert "10 passed" in run(tmp_path, MATRIX, "test_it.py::test_number")


def test_each_kind_keeps_its_share_and_only_that_is_made(tmp_path: Path) -> None:
    assert "fruit: 5 of 6" in run(tmp_path, KINDS)
    assert (tmp_path / "bought").read_text() == "apple green apple small pear plum blue plum yellow"
    assert "6 passed" in run(tmp_path, KINDS, "--whole")


def test_a_sample_is_spread_from_the_first_to_the_last() -> None:
    assert spread("abcdefghi", 3) == ["a", "e", "i"]
    assert spread("abc", 1) == ["a"]
    assert spread("abc", 5) == ["a", "b", "c"]
