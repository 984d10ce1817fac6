"""Nothing that a learner's side sends is ever unpickled.

Only the other way do pickles go: plain values, from the tests to the answers.
"""

from __future__ import annotations

import ast
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from classroom.crossing.values import Opaque, dumps, loads

from .test_line import Meet, meet

__all__ = ["meet"]

CLASSROOM = Path(__file__).parents[3] / "src" / "classroom"
# What unpickles, or brings in what does.
UNPICKLES = {
    *("pickle", "_pickle", "pickletools", "marshal", "shelve", "copyreg", "dill", "joblib"),
    *("cloudpickle", "multiprocessing", "concurrent", "dbm"),
}
# The desk's own processes hand each other their work so, over pipes that no sandbox holds.
OF_THE_DESK = {
    "grading/pool.py": {"multiprocessing"},
    "handback/feedback.py": {"multiprocessing", "concurrent"},
}
# The tests' side writes arguments, and reads none.
WRITES = {"crossing/values.py": {"pickle"}}
# The answers' side reads what the tests' side has written; there is nothing to lose there.
READS = {"crossing/answers.py": {"pickle"}}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def test_no_module_on_the_way_can_unpickle() -> None:
    found: dict[str, set[str]] = {}
    for path in CLASSROOM.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        place = path.relative_to(CLASSROOM).as_posix()
        found[place] = UNPICKLES & set(imported(tree))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {node.arg or "" for node in ast.walk(tree) if isinstance(node, ast.keyword)}
        assert not names & {"allow_pickle", "read_pickle", "load_module", "memmap"}, place
        assert place not in WRITES or not unpickling(tree), place
    found = {place: names for place, names in found.items() if names}
    assert found == OF_THE_DESK | WRITES | READS


def unpickling(tree: ast.Module) -> set[str]:
    """Name what a module uses of pickle but for writing."""
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "pickle"
    }
    return used - {"Pickler", "PicklingError", "HIGHEST_PROTOCOL"}


@pytest.fixture
def unpickled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was unpickled in this process."""
    heard: list[str] = []
    here = os.getpid()
    for name in ("load", "loads", "_load", "_loads", "Unpickler", "_Unpickler"):
        before = getattr(pickle, name)

        def told(*given: Any, name: str = name, before: Any = before, **named: Any) -> Any:
            if os.getpid() == here:
                heard.append(name)
            return before(*given, **named)

        monkeypatch.setattr(pickle, name, told)
    return heard


SHAPES = {
    "bytes": "pickle.dumps(Told())",
    "bytes in a list": "[{'a': (pickle.dumps(Told()),)}]",
    "an object": "Told()",
    "an array of objects": "numpy.array([Told()], dtype=object)",
    "an array": "numpy.frombuffer(pickle.dumps(Told()), dtype='u1')",
    "a day": "datetime.datetime(2026, 11, 20, tzinfo=datetime.timezone.utc)",
    "a fraction": "fractions.Fraction(1, 3)",
    "a class": "Told",
    "an error": "ValueError(Told())",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_value_says_of_its_making_is_not_done_here(
    meet: Meet, unpickled: list[str], tmp_path: Path, shape: str
) -> None:
    made = tmp_path / "made"
    names = meet(
        "import datetime, fractions, numpy, os, pickle\n"
        "class Told:\n"
        f"    def __reduce__(self): return os.mkdir, ({str(made)!r},)\n"
        "    def __reduce_ex__(self, version): return self.__reduce__()\n"
        f"def answer(): return {SHAPES[shape]}\n"
    )
    names["answer"]()
    assert not made.exists()
    assert unpickled == []


def test_an_object_is_never_made_again_of_its_parts(unpickled: list[str]) -> None:
    class Parts:
        def __reduce__(self) -> Any:
            unpickled.append("taken apart")
            return Parts, ()

        def __setstate__(self, state: object) -> None:
            unpickled.append("put together")

    assert isinstance(loads(dumps(Parts())), Opaque)
    assert unpickled == []
