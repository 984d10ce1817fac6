"""Who may import whom. The rooms are listed in CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator
from functools import cache
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

# The rooms of the teacher's desk, from the lowest up: each may import those named, which
# stand before it here. What is at the door is called from outside, the ground is
# what lies beside it; a room within a room is a room.
DESK = {
    "crossing": set(),
    "words": set(),
    "ground": {"crossing", "words"},
    "walls/inside": {"crossing"},
    "walls": {"walls/inside", "ground", "words"},
    "intake": {"ground", "words"},
    "grading": {"intake", "walls", "walls/inside", "ground", "crossing", "words"},
    "reading": {"intake", "ground", "words"},
    "handback": {"intake", "ground", "words"},
    "doctor": {"grading", "walls", "ground"},
    "door": {"doctor", "handback", "reading", "grading", "intake", "ground"},
}
DOOR = {"__init__", "__main__", "cli", "plain", "export"}
# A folder with more is a corridor of doors without a plan.
AT_MOST = 20


def imported_packages(path: Path) -> Iterator[tuple[str, int]]:
    """Top-level package names that a module imports, at any depth, with their lines."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0], node.lineno


@cache
def imports() -> tuple[tuple[str, str, str], ...]:
    """Each import there is: the module's place in `src`, the line, the package."""
    return tuple(
        (path.relative_to(SRC).as_posix(), f"line {line}", name)
        for path in sorted(SRC.rglob("*.py"))
        for name, line in imported_packages(path)
    )


@cache
def modules() -> dict[str, Path]:
    """Each module there is in `src`, by its name."""
    return {
        ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(SRC.rglob("*.py"))
    }


@cache
def arrows() -> dict[str, set[str]]:
    """What each module imports of `src`, at any depth, for types only too."""
    there = modules()
    found: dict[str, set[str]] = {name: set() for name in there}
    for name, path in there.items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                above = package.split(".")[: -node.level + 1 or None] if node.level else []
                base = ".".join([*above, *filter(None, [node.module])])
                named = [f"{base}.{alias.name}" for alias in node.names]
                named = [one if one in there else base for one in named]
            else:
                continue
            found[name] |= {one for one in named if one in there} - {name}
    return found


def desk_room(module: str) -> str:
    """The room of the desk in which a module stands."""
    path = modules()[module].relative_to(SRC / "classroom")
    if path.parent.name:
        return path.parent.as_posix()
    return "door" if path.stem in DOOR else "ground"


def between_rooms() -> Iterator[tuple[str, str, str]]:
    """Each arrow between two rooms of the desk, and a module that draws it."""
    for module, others in arrows().items():
        for other in others:
            if module.partition(".")[0] == other.partition(".")[0] == "classroom":
                here, there = desk_room(module), desk_room(other)
                if here != there:
                    yield here, there, f"{module} imports {other}"


def test_a_room_of_the_desk_imports_only_the_rooms_below_it() -> None:
    strangers = [
        f"{why}: {here} may not import {there}"
        for here, there, why in between_rooms()
        if there not in DESK[here]
    ]
    assert strangers == []


def test_the_plan_of_the_desk_has_no_circle_and_no_arrow_too_many() -> None:
    rooms = list(DESK)
    for place, (room, below) in enumerate(DESK.items()):
        assert below <= set(rooms[:place]), f"{room} imports a room above it"
    drawn = {(room, below) for room in DESK for below in DESK[room]}
    assert drawn == {(here, there) for here, there, _ in between_rooms()}


def test_the_guide_draws_the_plan_of_the_desk() -> None:
    rows = re.findall(r"^\| `([\w/]+)` \|([^|]*)\| [^|]+ \|$", GUIDE, flags=re.MULTILINE)
    drawn = {room: set(re.findall(r"`([\w/]+)`", below)) for room, below in rows}
    assert {room: drawn.get(room) for room in DESK} == DESK
    assert [room for room, _ in rows if room in DESK] == list(reversed(DESK))


def test_the_guides_walk_comes_through_each_room_once() -> None:
    walk = re.findall(r"^\d\. .*?\*\*(\w+)\*\*", GUIDE, flags=re.MULTILINE)
    folders = {path.parent.name for path in (SRC / "classroom").glob("*/__init__.py")}
    assert sorted(room for room in walk if room in DESK) == sorted(folders)


def test_no_module_imports_itself_by_way_of_others() -> None:
    left = arrows()
    while leaves := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in leaves}
    # What remains stands in a circle or above one.
    while tops := left.keys() - set().union(*left.values()):
        left = {name: others for name, others in left.items() if name not in tops}
    assert sorted(left) == []


def test_no_room_of_the_desk_is_a_corridor() -> None:
    files = [path.parent for path in (SRC / "classroom").rglob("*.py")]
    crowded = {room.name: files.count(room) for room in files if files.count(room) > AT_MOST}
    assert crowded == {}


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


def test_the_rooms_for_any_course_never_name_this_one() -> None:
    named = [
        f"{path.relative_to(SRC)}: {word}"
        for room in sorted(ROOMS - {"servicedesign"})
        for path in sorted((SRC / room).rglob("*"))
        if path.suffix in (".py", ".html", ".js", ".css", ".json")
        for word in ("servicedesign", "promise-path-people", "Promise, Path, People", "Hillasoppi")
        if word in path.read_text("utf-8")
    ]
    assert named == []


def test_frameworks_stay_behind_their_door() -> None:
    strangers = [
        f"{place}, {line}: {name} belongs in {sorted(OUTSIDERS[name])}"
        for place, line, name in imports()
        if name in OUTSIDERS and not any(place.startswith(door) for door in OUTSIDERS[name])
    ]
    assert strangers == []
