"""What each collect changed, noted while it changes it, so that it can be taken back.

One file a collect, ``.classroom/collects/<assignment>/0001.jsonl``: a line before a
student's folder is touched and one after it, so that a collect that was cut off is
known as far as it came.  A collect that changed nothing leaves no file.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.intake.attempts import TIMESTAMP, attempts_folder, notes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.course import Course

COLLECTS = "collects"
TAKEN_BACK = "taken-back"

Note = tuple[str, str, str | None, str]


@dataclass(frozen=True, slots=True)
class State:
    """What a folder holds.

    Attributes
    ----------
    files
        Stands for all files but the time stamp; empty where there is no folder.
    stamp
        The text of ``timestamp.txt``, ``None`` if there is none.
    """

    files: str = ""
    stamp: str | None = None


def state_of(folder: Path) -> State:
    """Look at a folder without following links."""
    if not os.path.lexists(folder):
        return State()
    seal = hashlib.sha256()
    stamp = None
    if folder.is_symlink() or not folder.is_dir():
        _add(seal, folder)
        return State(seal.hexdigest())
    for path in sorted(_within(folder)):
        name = path.relative_to(folder).as_posix()
        if name == TIMESTAMP and path.is_file() and not path.is_symlink():
            stamp = path.read_text(encoding="utf-8", errors="replace")
            continue
        seal.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        _add(seal, path)
    return State(seal.hexdigest(), stamp)


def _within(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        links = [name for name in folders if Path(base, name).is_symlink()]
        yield from (Path(base, name) for name in [*files, *links])


def _add(seal: Any, path: Path) -> None:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            seal.update(f"link {path.readlink()}\0".encode("utf-8", "surrogateescape"))
        elif stat.S_ISREG(mode):
            with path.open("rb") as file:
                seal.update(hashlib.file_digest(file, "sha256").digest())
        else:
            seal.update(b"special\0")
    except OSError:
        seal.update(b"closed\0")


def graded_state(course: Course, assignment: str, student: str) -> str:
    """Stand for what was graded of a student, in a short text; empty if nothing was."""
    folder = course.autograded(student, assignment)
    if not folder.is_dir():
        return ""
    seal = hashlib.sha256()
    for path in sorted(_within(folder)):
        seal.update(f"{path.relative_to(folder)}\0".encode("utf-8", "surrogateescape"))
        if path.suffix == ".ipynb" or path.name == TIMESTAMP:
            _add(seal, path)
        else:
            # Figures and data are many; their size tells enough beside the notebooks.
            seal.update(f"{path.lstat().st_size}\0".encode())
    return seal.hexdigest()


@dataclass(slots=True)
class Change:
    """What one collect did with one student's work.

    Attributes
    ----------
    before, after
        ``submitted/<student>/<assignment>`` before and after; ``after`` is ``None``
        where the collect was cut off.
    attempts
        The names in the student's folder of attempts before.
    replaced
        The name there of what stood in ``submitted/`` before, if that was moved there.
    kept
        The other names that the collect added there.
    graded
        What was graded of the student before (see :func:`graded_state`).
    """

    student: str
    before: State
    attempts: list[str]
    graded: str
    after: State | None = None
    replaced: str = ""
    kept: list[str] = field(default_factory=list)


def attempts_of(course: Course, assignment: str, student: str) -> list[str]:
    """List the names in a student's folder of attempts."""
    folder = attempts_folder(course, assignment, student)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def compare(course: Course, assignment: str, change: Change) -> None:
    """Note in a change what is there now."""
    change.after = state_of(course.submitted(change.student, assignment))
    folder = attempts_folder(course, assignment, change.student)
    fresh = sorted(set(attempts_of(course, assignment, change.student)) - set(change.attempts))
    change.replaced = ""
    if change.before.files and change.after != change.before:
        same = [name for name in fresh if state_of(folder / name) == change.before]
        change.replaced = same[0] if same else ""
    change.kept = [name for name in fresh if name != change.replaced]


def has_changed(change: Change) -> bool:
    """Whether a compared change is one."""
    return change.after != change.before or bool(change.kept)


class Record:
    """The record of a collect that is under way."""

    def __init__(self, course: Course, assignment: str, path: Path) -> None:
        self.course, self.assignment, self.path = course, assignment, path
        self.changed = False
        self._open: dict[str, Change] = {}

    def add(self, line: dict[str, Any]) -> None:
        """Append a line, with the system before this returns."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def before(self, student: str) -> None:
        """Note what there is of a student before it is touched."""
        change = Change(
            student,
            state_of(self.course.submitted(student, self.assignment)),
            attempts_of(self.course, self.assignment, student),
            graded_state(self.course, self.assignment, student),
        )
        self._open[student] = change
        self.add({"begun": asdict(change)})

    def after(self, student: str) -> None:
        """Note what became of it; who was not there before was not known."""
        change = self._open.pop(student, None) or Change(student, State(), [], "")
        compare(self.course, self.assignment, change)
        if has_changed(change):
            self.changed = True
            self.add({"change": asdict(change)})
        else:
            self.add({"same": student})

    def broken_off(self) -> bool:
        """Whether a student was begun with, something was changed, and no more was noted."""
        for change in self._open.values():
            compare(self.course, self.assignment, change)
        return any(has_changed(change) for change in self._open.values())


@contextmanager
def recorded(course: Course, assignment: str, source: str) -> Iterator[Record]:
    """Record a collect; a record of nothing is removed again.

    Parameters
    ----------
    source
        What is collected, in the teacher's words.
    """
    record = Record(course, assignment, _fresh(course, assignment))
    record.add({"when": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "source": source})
    notes = notes_of(course, assignment)
    try:
        yield record
    finally:
        later = notes_of(course, assignment)
        differ = [
            [kind, key, notes[kind].get(key), value]
            for kind in later
            for key, value in later[kind].items()
            if notes[kind].get(key) != value
        ]
        if record.changed or differ or record.broken_off():
            record.add({"notes": differ})
        else:
            record.path.unlink()


def _fresh(course: Course, assignment: str) -> Path:
    folder = course.desk / COLLECTS / assignment
    folder.mkdir(parents=True, exist_ok=True)
    back = course.desk / TAKEN_BACK / assignment
    names = [path.stem for path in folder.glob("*.jsonl")]
    names += [path.name for path in back.iterdir()] if back.is_dir() else []
    number = max((int(name) for name in names if name.isdecimal()), default=0)
    while True:
        number += 1
        path = folder / f"{number:04}.jsonl"
        try:
            path.touch(exist_ok=False)
        except FileExistsError:  # another collect, at the same time
            continue
        return path


@dataclass(slots=True)
class Collect:
    """A collect as its record tells it.

    Attributes
    ----------
    changes
        By student; those already taken back are left out.
    undone
        Students whose work an earlier run has put back.
    left
        Students whose work stays as it is, by the teacher's word.
    notes
        Kind, key, value before (``None`` if there was none) and value after.
    """

    path: Path
    when: str = ""
    source: str = ""
    changes: dict[str, Change] = field(default_factory=dict)
    undone: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, line: dict[str, Any]) -> None:
        """Append to the record."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def read_collect(path: Path) -> Collect:
    """Read a record, as far as its lines are whole."""
    found = Collect(path)
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if "when" in line:
            found.when, found.source = line["when"], line["source"]
        elif "begun" in line or "change" in line:
            change = _change(line.get("change") or line["begun"])
            found.changes[change.student] = change
        elif "notes" in line:
            found.notes = [tuple(note) for note in line["notes"]]
        else:
            student = line.get("same") or line.get("undone") or line.get("left")
            found.changes.pop(student, None)
            if "undone" in line:
                found.undone.append(student)
            if "left" in line:
                found.left.append(student)
    return found


def _change(line: dict[str, Any]) -> Change:
    before, after = State(**line.pop("before")), line.pop("after")
    return Change(before=before, after=State(**after) if after else None, **line)


def collects_of(course: Course, assignment: str) -> list[Collect]:
    """Read the collects that can be taken back, the last one first."""
    folder = course.desk / COLLECTS / assignment
    return [read_collect(path) for path in sorted(folder.glob("*.jsonl"), reverse=True)]
