"""What is costly is made once in a run, and what lasts long begins first.

Under pytest-xdist, tests that share a fixture of their module run in one worker,
so that a graded class or a built site is made once; a module that wants it
otherwise names an `xdist_group` of its own.  So do the cells of a notebook,
which nbval runs in one kernel, and all solved notebooks, which read what the
one before keeps.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tools.notebooks import SOLUTIONS, forget_others

# The groups and modules that take longest alone, longest first: the last to begin
# must not keep the other workers waiting.  `pytest --durations=0` tells them.
LONG = (
    "lab",
    "hub",
    "hostile",
    "guide",
    "tests/classroom/test_plain.py",
    "tests/classroom/test_parity.py",
    "tests/classroom/test_recovery.py",
    "reading-page",
    "tests/classroom/test_feedback.py",
    "formgrader",
    "jupyterlab",
    "reading",
    "tests/studybook/test_build.py",
    "tests/classroom/test_walls.py",
    "tests/classroom/test_keeper.py",
    "tests/classroom/hostile/test_checks.py",
    "tests/exercises/test_release.py",
    "03_value",
)
_MODULE = ("module", "class", "package")


def is_notebook_cell(item: pytest.Item) -> bool:
    return item.path.suffix == ".ipynb"


def is_solved_cell(item: pytest.Item) -> bool:
    return is_notebook_cell(item) and item.path.parent.parent == SOLUTIONS


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {}
    for item in items:
        group = group_of(item)
        if group is not None and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(group))
        places[item] = LONG.index(group) if group in LONG else len(LONG) + (group is None)
    items.sort(key=places.__getitem__)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Start the kernels of nbval as `make notebooks` starts its own: figures as in the page."""
    if is_solved_cell(item):
        forget_others(item.path.parent)
    with pytest.MonkeyPatch.context() as patch:
        if is_notebook_cell(item):
            patch.setenv("EXPLORABLES_STATIC", "1")
        return (yield)
