"""Chapters with an exercise, found by being there, and a way to run their cells fast.

A chapter is a folder ``NN_name`` (of an interlude: ``name``) in ``solutions/`` with a
notebook ``name.ipynb``, ``servicedesign/exercises/name.py`` and here a folder
``NN_name`` of other solutions.  Each of those is a file that holds only the functions it replaces:

``right_*.py``
    begins with ``# right: in what it differs``; must pass every check.
``wrong_*.py``
    begins with ``# recognised as: id``, the id of a known mistake or ``the
    library's work``; must fail with that message and with no other one.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Chapter:
    """An exercise as it is written and as it is handed out."""

    folder: str

    @property
    def name(self) -> str:
        return self.folder.split("_", 1)[-1]

    @property
    def source(self) -> Path:
        return ROOT / "solutions" / self.folder / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        return ROOT / "exercises" / self.folder / f"{self.name}.ipynb"

    @property
    def data(self) -> ModuleType:
        return importlib.import_module(f"servicedesign.exercises.{self.name}")

    @property
    def functions(self) -> list[str]:
        return list(self.data.HINTS)

    def cells(self, *, release: bool = False) -> list[Any]:
        return nbformat.read(self.release if release else self.source, as_version=4).cells

    def variants(self, kind: str) -> list[Variant]:
        folder = Path(__file__).parent / self.folder
        return [Variant(self, path) for path in sorted(folder.glob(f"{kind}_*.py"))]


@dataclass(frozen=True)
class Variant:
    """Another solution of one or more of a chapter's functions."""

    chapter: Chapter
    path: Path

    @property
    def code(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def claim(self) -> str:
        first = self.code.split("\n", 1)[0]
        said = re.fullmatch(r"# (?:right|recognised as): (\S.*)", first)
        assert said, f"{self.path.name} must begin with '# right: ...' or '# recognised as: ...'"
        return said[1]

    @property
    def functions(self) -> list[str]:
        names = {
            name
            for node in ast.parse(self.code).body
            for name in (
                [node.name]
                if isinstance(node, ast.FunctionDef)
                else [one.id for one in node.targets if isinstance(one, ast.Name)]
                if isinstance(node, ast.Assign)
                else []
            )
        }
        return [name for name in self.chapter.functions if name in names]

    def __str__(self) -> str:
        return f"{self.chapter.folder}/{self.path.stem}"


CHAPTERS = [
    Chapter(path.name)
    for path in sorted((ROOT / "solutions").iterdir())
    if re.fullmatch(r"[a-z0-9_]+", path.name) and Chapter(path.name).source.is_file()
]


def is_check(cell: Any) -> bool:
    """Say whether the cell is graded by what it does."""
    wiring = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(wiring.get("grade"))


def is_answer(cell: Any) -> bool:
    """Say whether the cell is where a learner's code belongs."""
    wiring = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(wiring.get("solution"))


def checks_of(function: str, cells: list[Any]) -> list[Any]:
    """Return the check cells of a function: their ids begin with its name and a hyphen."""
    return [cell for cell in cells if is_check(cell) and cell.id.startswith(function + "-")]


class Room:
    """A name space in which a notebook's cells are run, without a kernel."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def run(self, source: str, name: str = "cell") -> Exception | None:
        """Run a cell's code and return what it raised."""
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                exec(compile(source, name, "exec"), self.names)
            except Exception as error:  # noqa: BLE001, whatever a learner's code raises
                return error
        return None

    def run_all(self, chapter: Chapter, replaced: dict[str, str], *, release: bool = False) -> None:
        """Run all but the checks, with other code in the answer cells named."""
        for cell in chapter.cells(release=release):
            if cell.cell_type != "code" or is_check(cell):
                continue
            error = self.run(replaced.get(cell.id, cell.source), cell.id)
            assert error is None, f"cell {cell.id} raised {error!r}"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """An empty room; what cells write ends up in a folder of the test's own."""
    before = Path.cwd()
    os.chdir(tmp_path)
    yield Room()
    os.chdir(before)


@pytest.fixture(scope="session", name="is_check")
def _is_check() -> Any:
    return is_check


@pytest.fixture(scope="session", name="is_answer")
def _is_answer() -> Any:
    return is_answer


@pytest.fixture(scope="session", name="checks_of")
def _checks_of() -> Any:
    return checks_of


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "chapter" in metafunc.fixturenames:
        # Under xdist, a chapter's tests share a worker and so its graded class.
        group = pytest.mark.xdist_group
        chapters = [pytest.param(one, id=one.folder, marks=group(one.folder)) for one in CHAPTERS]
        metafunc.parametrize("chapter", chapters)
    for kind in ("right", "wrong"):
        if kind in metafunc.fixturenames:
            variants = [one for chapter in CHAPTERS for one in chapter.variants(kind)]
            metafunc.parametrize(kind, variants, ids=str)
