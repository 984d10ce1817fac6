"""Who may import whom. The rooms are listed in CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
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
    "docutils": {"studybook/"},
    "nbgrader": {"classroom/"},
    "matplotlib": {"servicedesign/figures/", "classroom/handback/report.py"},
    "ipywidgets": {"explorables/widget.py"},
}


def imported_packages(path: Path) -> Iterator[tuple[str, int]]:
    """Top-level package names that a module imports, at any depth, with their lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0], node.lineno


def imports() -> Iterator[tuple[str, str, str]]:
    """Each import there is: the module's place in `src`, the line, the package."""
    for path in sorted(SRC.rglob("*.py")):
        for name, line in imported_packages(path):
            yield path.relative_to(SRC).as_posix(), f"line {line}", name


def test_every_room_and_every_door_is_there() -> None:
    assert set(MAY_IMPORT) == ROOMS
    doors = [door for doors in OUTSIDERS.values() for door in doors]
    assert [door for door in doors if not (SRC / door).exists()] == []


def test_each_door_is_used() -> None:
    unused = [
        f"{name} through {door}"
        for name, doors in OUTSIDERS.items()
        for door in doors
        if not any(there == name and place.startswith(door) for place, _, there in imports())
    ]
    assert unused == []


def test_the_guide_names_every_door_and_nothing_that_is_not_there() -> None:
    (doors,) = [line for line in GUIDE.splitlines() if line.startswith("Sphinx stays in ")]
    named = {name.rstrip("/") for name in re.findall(r"`([\w/.]+)`", doors)}
    # An adapter is named by its room.
    there = {door.rstrip("/") for doors in OUTSIDERS.values() for door in doors}
    adapters = {door for door in there if door.startswith("explorables/")}
    assert named == {door.partition("/")[0] if door in adapters else door for door in there}
    names = re.findall(
        r"`((?:book|exercises|lab|solutions|src|teacher|tests|tools)/[^`\s]*)`", GUIDE
    )
    patterns = {re.sub(r"NN_\w+|NN|NAME|name", "*", name) for name in names}
    assert len(patterns) > 10
    assert [pattern for pattern in patterns if not list(ROOT.glob(pattern.rstrip("/")))] == []


def test_a_room_imports_only_the_rooms_it_may() -> None:
    strangers = [
        f"{place}, {line}: {room} may not import {name}"
        for place, line, name in imports()
        for room in [place.partition("/")[0]]
        if name in ROOMS - {room} - MAY_IMPORT[room]
    ]
    assert strangers == []


def test_frameworks_stay_behind_their_door() -> None:
    strangers = [
        f"{place}, {line}: {name} belongs in {sorted(OUTSIDERS[name])}"
        for place, line, name in imports()
        if name in OUTSIDERS and not any(place.startswith(door) for door in OUTSIDERS[name])
    ]
    assert strangers == []
