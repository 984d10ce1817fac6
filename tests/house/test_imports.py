"""Who may import whom. The rooms are listed in CONTRIBUTING.md."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
ROOMS = {room.name for room in SRC.iterdir() if (room / "__init__.py").is_file()}

# A room may import itself, the standard library, third parties (but see OUTSIDERS) and these.
MAY_IMPORT = {
    "servicedesign": {"explorables"},
    "studybook": {"explorables"},
    "explorables": set(),
    "practice": set(),
    "classroom": set(),
}

# Heavy or framework packages stay behind one door each.
OUTSIDERS = {
    "sphinx": {"studybook/", "explorables/sphinx_page.py"},
    "docutils": {"studybook/", "explorables/sphinx_page.py"},
    "nbgrader": {"classroom/"},
    "matplotlib": {"servicedesign/figures/", "classroom/report.py"},
    "ipywidgets": {"explorables/widget.py", "practice/widget.py"},
}


def imported_packages(path: Path) -> Iterator[tuple[str, int]]:
    """Top-level package names that a module imports, at any depth, with their lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0], node.lineno


def modules() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def test_every_room_is_named_here() -> None:
    assert set(MAY_IMPORT) == ROOMS


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SRC)))
def test_a_room_imports_only_the_rooms_it_may(path: Path) -> None:
    room = path.relative_to(SRC).parts[0]
    strangers = [
        f"line {line}: {room} may not import {name}"
        for name, line in imported_packages(path)
        if name in ROOMS - {room} - MAY_IMPORT[room]
    ]
    assert not strangers


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SRC)))
def test_frameworks_stay_behind_their_door(path: Path) -> None:
    place = path.relative_to(SRC).as_posix()
    strangers = [
        f"line {line}: {name} belongs in {sorted(OUTSIDERS[name])}"
        for name, line in imported_packages(path)
        if name in OUTSIDERS and not any(place.startswith(door) for door in OUTSIDERS[name])
    ]
    assert not strangers
