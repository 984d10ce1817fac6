"""What is costly is made once in a run, and what lasts long begins first.

Under pytest-xdist, tests that share a fixture of their module run in one worker,
so that a graded class or a built site is made once; a module that wants it
otherwise names an `xdist_group` of its own.  So do the cells of a notebook,
which nbval runs in one kernel, and all solved notebooks, which read what the
one before keeps.  What every worker needs, even to collect its tests, the first of them
makes in a folder of the run: `made_once`.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tools.notebooks import SOLUTIONS, forget_others

# The groups and modules that take longest alone, longest first: the last to begin
# must not keep the other workers waiting.  `pytest --durations=0` tells them.
LONG = (
    "lab",
    "engines",
    "hub",
    "hostile",
    "guide",
    "tests/classroom/grading/test_plain.py",
    "tests/classroom/grading/test_parity.py",
    "tests/classroom/grading/test_recovery.py",
    "reading-page",
    "tests/classroom/handback/test_feedback.py",
    "formgrader",
    "jupyterlab",
    "reading",
    "tests/studybook/test_build.py",
    "tests/template/test_second_course.py",
    "tests/classroom/walls/test_walls.py",
    "tests/classroom/walls/test_keeper.py",
    "tests/classroom/hostile/test_checks.py",
    "tests/exercises/test_release.py",
    "03_value",
)
_MODULE = ("module", "class", "package")
# Names the folder of the run, which the workers inherit.
_FOLDER = "COURSE_TESTS_SHARED"


def is_notebook_cell(item: pytest.Item) -> bool:
    return item.path.suffix == ".ipynb"


def is_solved_cell(item: pytest.Item) -> bool:
    return is_notebook_cell(item) and item.path.parent.parent == SOLUTIONS


def _place_of_cell(item: pytest.Item) -> tuple[str, int]:
    return str(item.path), int(item.name.rpartition(" ")[2])


def group_of(item: pytest.Item) -> str | None:
    """Return the name of the group that shares this test's worker, if there is one."""
    mark = item.get_closest_marker("xdist_group")
    if mark is not None:
        return str(mark.args[0] if mark.args else mark.kwargs["name"])
    info = getattr(item, "_fixtureinfo", None)
    definitions = info.name2fixturedefs.values() if info is not None else ()
    shares = any(found[-1].scope in _MODULE for found in definitions if found)
    if is_solved_cell(item):
        return SOLUTIONS.name
    return item.nodeid.partition("::")[0] if shares or is_notebook_cell(item) else None


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        patch = pytest.MonkeyPatch()
        folder = tempfile.mkdtemp(prefix="course-tests-")
        patch.setenv(_FOLDER, folder)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        config.add_cleanup(patch.undo)


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that the first worker to ask makes, and the others wait for.

    Outside of pytest each process has its own.
    """
    if _FOLDER not in os.environ:
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="course-tests-")
        atexit.register(shutil.rmtree, os.environ[_FOLDER], ignore_errors=True)
    folder = Path(os.environ[_FOLDER]) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = Path(tempfile.mkdtemp(dir=folder.parent))
            make(half)
            half.rename(folder)
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {}
    for item in items:
        group = group_of(item)
        if group is not None and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(group))
        places[item] = LONG.index(group) if group in LONG else len(LONG) + (group is None)
    items.sort(key=places.__getitem__)
    # Tests can be shuffled; the cells of a notebook build on one another.
    cells = iter(sorted(filter(is_notebook_cell, items), key=_place_of_cell))
    items[:] = [next(cells) if is_notebook_cell(item) else item for item in items]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Start the kernels of nbval as `make notebooks` starts its own: figures as in the page."""
    if is_solved_cell(item):
        forget_others(item.path.parent)
    with pytest.MonkeyPatch.context() as patch:
        if is_notebook_cell(item):
            patch.setenv("EXPLORABLES_STATIC", "1")
        return (yield)
