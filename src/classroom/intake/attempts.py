"""One student's attempt at an assignment: its notebooks named, its files put away, nothing lost.

``submitted/<student>/<assignment>/`` holds the attempt that counts, as nbgrader
has it.  What a newer attempt replaces, and every file that could not be placed,
goes to ``attempts/<assignment>/<student>/``.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nbgrader.utils import parse_utc

from classroom.intake.archive import fitting_path
from classroom.intake.matching import Fingerprint, match_notebook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.course import Course
    from classroom.intake.archive import Member

ATTEMPTS = "attempts"
TIMESTAMP = "timestamp.txt"
ASIDE = "_aside"


@dataclass(slots=True)
class Attempt:
    """What one student handed in, before it is placed.

    Attributes
    ----------
    student
        nbgrader's student id.
    members
        The files, paths relative to the student's folder.
    messages
        What the teacher should know, in sentences.
    look
        Whether a message asks for the teacher's eyes.
    folder
        Moodle's name for the student's folder, to give feedback back.
    """

    student: str
    members: list[Member] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    look: bool = False
    folder: str = ""


def _tell_unreadable(attempt: Attempt, member: Member) -> None:
    if Fingerprint.of(member.content) is None:
        size = f"{len(member.content)} bytes" if member.content else "an empty file"
        attempt.messages.append(f"{member.path} cannot be read as a notebook ({size})")
        attempt.look = True


def _lay_out(
    files: Iterable[tuple[str, Member]],
) -> tuple[dict[str, Member], list[tuple[Member, str]]]:
    """Give each file a name that a folder can hold beside the others, the first ones first.

    Returns
    -------
    tuple
        Name to file, and the files for which there is none, with the reason.
    """
    taken: dict[str, Member] = {}
    folders: set[str] = set()
    left = []
    for name, member in files:
        try:
            fitted = fitting_path(name)
        except ValueError as error:
            left.append((member, str(error)))
            continue
        above = {parent.as_posix() for parent in PurePosixPath(fitted).parents} - {"."}
        if fitted in taken:
            left.append((member, "another file has its name"))
        elif fitted in folders or above & (taken.keys() | {TIMESTAMP}):
            left.append((member, "a file and a folder have one name"))
        else:
            taken[fitted] = member
            folders |= above
    return taken, left


def _only_files(attempt: Attempt, placed: dict[str, Member], known: Iterable[str]) -> list[Member]:
    """Take out of ``placed`` what no folder can hold beside the rest; notebooks stay."""
    notebooks = {f"{name}.ipynb" for name in known}
    taken, left = _lay_out(sorted(placed.items(), key=lambda each: each[0] not in notebooks))
    placed.clear()
    placed |= taken
    for member, reason in left:
        attempt.messages.append(f"{member.path} is kept aside: {reason}")
        attempt.look = True
    return [member for member, _ in left]


def _copy_number(path: str) -> int:
    digits = re.search(r"(\d+)\D*$", PurePosixPath(path).stem)
    return int(digits.group(1)) if digits else 0


def _age(member: Member) -> tuple[datetime, int]:
    return member.modified or datetime.min.replace(tzinfo=UTC), _copy_number(member.path)


def place_notebooks(
    attempt: Attempt,
    known: dict[str, Fingerprint],
    others: dict[str, dict[str, Fingerprint]],
) -> tuple[dict[str, Member], list[Member]]:
    """Decide under which name each file of an attempt goes into ``submitted/``.

    Parameters
    ----------
    attempt
        The files; messages are added to it.
    known
        The assignment's notebooks.
    others
        The other assignments' notebooks, to tell whose cells a stray file holds.

    Returns
    -------
    tuple
        Name to file for ``submitted/``, and the files that are kept aside.
    """
    placed: dict[str, Member] = {}
    aside: list[Member] = []
    candidates: dict[str, list[tuple[Member, str | None]]] = {}
    for member in attempt.members:
        if not member.path.lower().endswith(".ipynb"):
            name = member.path
            if name in placed or name == TIMESTAMP:
                aside.append(member)
            else:
                placed[name] = member
            continue
        target, message = match_notebook(member.path, member.content, known)
        if target is None:
            attempt.look = True
            attempt.messages.append(_stray(member, message or "", others))
            aside.append(member)
            continue
        candidates.setdefault(target, []).append((member, message))
    wrapped = _wrapper(candidates)
    if wrapped:
        placed = {name.removeprefix(wrapped): member for name, member in placed.items()}
    for target, found in candidates.items():
        aside += _choose(attempt, target, found, placed)
        _tell_unreadable(attempt, placed[f"{target}.ipynb"])
    aside += _only_files(attempt, placed, known)
    missing = sorted(set(known) - set(candidates))
    if missing:
        attempt.look = True
        attempt.messages.append(f"no {', '.join(f'{name}.ipynb' for name in missing)}")
    return placed, aside


def _choose(
    attempt: Attempt,
    target: str,
    found: list[tuple[Member, str | None]],
    placed: dict[str, Member],
) -> list[Member]:
    """Place the newest of several copies of one notebook; return the others."""
    newest, message = max(found, key=lambda each: _age(each[0]))
    placed[f"{target}.ipynb"] = newest
    if message:
        attempt.messages.append(message)
    others = [member for member, _ in found if member.content != newest.content]
    attempt.messages += [
        f"{member.path} and {newest.path} are both {target}.ipynb; "
        f"{newest.path} is newer and counts, the other is kept"
        for member in others
    ]
    return others


def _wrapper(candidates: dict[str, list[tuple[Member, str | None]]]) -> str:
    """Return the folder all notebooks lie in: other files are named from there, too."""
    parents = {
        PurePosixPath(member.path).parent.as_posix()
        for found in candidates.values()
        for member, _ in found
    }
    return f"{parents.pop()}/" if len(parents) == 1 and parents != {"."} else ""


def _stray(member: Member, message: str, others: dict[str, dict[str, Fingerprint]]) -> str:
    for assignment, notebooks in others.items():
        target, _ = match_notebook(member.path, member.content, notebooks)
        if target:
            return f"{member.path} is {target}.ipynb of {assignment}, another assignment"
    return message


def _stamp(folder: Path, when: datetime) -> None:
    (folder / TIMESTAMP).write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")


def _write(folder: Path, files: dict[str, Member], when: datetime | None) -> None:
    for name, member in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.content)
    if when is not None:
        _stamp(folder, when)


def read_timestamp(content: bytes) -> datetime | None:
    """Return the time in a ``timestamp.txt``, or None if it holds none."""
    try:
        text = content.decode("utf-8").strip()
        return parse_utc(text).replace(tzinfo=UTC) if text else None
    except ValueError:
        return None


def _timestamp(folder: Path) -> datetime | None:
    path = folder / TIMESTAMP
    return read_timestamp(path.read_bytes()) if path.is_file() else None


def _free(folder: Path) -> Path:
    number, free = 1, folder
    while free.exists():
        number += 1
        free = folder.with_name(f"{folder.name}_{number}")
    return free


def attempts_folder(course: Course, assignment: str, student: str) -> Path:
    """Return where a student's other attempts at an assignment are kept."""
    return course.root / ATTEMPTS / assignment / student


def keep(course: Course, assignment: str, student: str, folder: Path) -> None:
    """Move the folder of an attempt that no longer counts to the other attempts."""
    kept = attempts_folder(course, assignment, student)
    earlier = _timestamp(folder)
    kept.mkdir(parents=True, exist_ok=True)
    folder.rename(_free(kept / (f"{earlier:%Y-%m-%d_%H%M%S}" if earlier else "undated")))


def _same(folder: Path, files: dict[str, Member], *, stamped: bool = True) -> bool:
    """Return whether a folder holds these files and no others, its own time stamp left out."""
    there = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    if stamped:
        there.pop(TIMESTAMP, None)
    return set(there) == set(files) and all(
        there[name].read_bytes() == member.content for name, member in files.items()
    )


def _kept_before(kept: Path, files: dict[str, Member], *, aside: bool) -> bool:
    """Return whether the other attempts hold these files already."""
    folders = [path for path in kept.iterdir() if path.is_dir()] if kept.is_dir() else []
    return any(
        _same(folder, files, stamped=not aside)
        for folder in folders
        if (ASIDE in folder.name) == aside
    )


def _keep_aside(kept: Path, stamp: str, aside: list[Member]) -> None:
    taken, left = _lay_out((member.path, member) for member in aside)
    for number, (member, _) in enumerate(left, start=1):
        suffix = PurePosixPath(member.path).suffix
        taken[f"{number}{suffix if len(suffix.encode()) < 20 else ''}"] = member
    if not _kept_before(kept, taken, aside=True):
        _write(_free(kept / f"{stamp}{ASIDE}"), taken, None)


def store(
    course: Course,
    assignment: str,
    student: str,
    placed: dict[str, Member],
    aside: list[Member],
    when: datetime | None,
) -> str:
    """Write an attempt into the course and keep what it replaces.

    The new folder is written beside the old one and takes its place by one
    renaming, so that a grader never meets half of it.  What is there already is not
    written again.

    Returns
    -------
    str
        The status, as in :class:`Collected`.
    """
    target = course.submitted(student, assignment)
    kept = attempts_folder(course, assignment, student)
    stamp = f"{when or datetime.now(UTC):%Y-%m-%d_%H%M%S}"
    if aside:
        _keep_aside(kept, stamp, aside)
    if not placed:
        return "nothing"
    status = "new"
    if target.exists():
        earlier = _timestamp(target)
        if _same(target, placed):
            if when is not None and (earlier is None or _minute(earlier) != _minute(when)):
                _stamp(target, when)
            return "unchanged"
        # Moodle's worksheet tells times to the minute.
        late = when is None or earlier is None or _minute(when) >= _minute(earlier)
        if not late or (when is None and _kept_before(kept, placed, aside=False)):
            if not _kept_before(kept, placed, aside=False):
                _write(_free(kept / stamp), placed, when)
            return "older"
        status = "newer"
    target.parent.mkdir(parents=True, exist_ok=True)
    incoming = Path(tempfile.mkdtemp(prefix=".incoming-", dir=target.parent))
    try:
        incoming.chmod(0o755)
        _write(incoming, placed, when)
        if target.exists():
            keep(course, assignment, student, target)
        incoming.rename(target)
    except OSError:
        shutil.rmtree(incoming, ignore_errors=True)
        raise
    return status


def _minute(when: datetime) -> datetime:
    return when.replace(second=0, microsecond=0)


def _notes(course: Course, kind: str, assignment: str) -> Path:
    return course.desk / kind / f"{assignment}.tsv"


def _recall(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def _remember(path: Path, fresh: dict[str, str]) -> None:
    noted = _recall(path) | fresh
    if fresh:
        _write_notes(path, noted)


def _write_notes(path: Path, noted: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}\t{value}\n" for key, value in sorted(noted.items())]
    path.write_text("".join(lines), encoding="utf-8")


# What is noted by student: Moodle's folder, and names that came through the exchange.
NOTED = ("moodle", "exchange")


def notes_of(course: Course, assignment: str) -> dict[str, dict[str, str]]:
    """Return all that is noted of students while collecting, by kind and key."""
    return {kind: _recall(_notes(course, kind, assignment)) for kind in NOTED}


def put_note(course: Course, assignment: str, kind: str, key: str, value: str | None) -> None:
    """Note something anew, or with ``None`` no longer."""
    path = _notes(course, kind, assignment)
    noted = _recall(path)
    noted.pop(key, None)
    _write_notes(path, noted if value is None else noted | {key: value})


def remember_folders(course: Course, assignment: str, attempts: Iterable[Attempt]) -> None:
    """Note Moodle's folder names, so that feedback can go back under them."""
    fresh = {attempt.student: attempt.folder for attempt in attempts if attempt.folder}
    _remember(_notes(course, "moodle", assignment), fresh)


def remembered_folders(course: Course, assignment: str) -> dict[str, str]:
    """Return student ids and the folder names Moodle knows them by."""
    return _recall(_notes(course, "moodle", assignment))


def remember_sent(course: Course, assignment: str, what: str) -> None:
    """Note that marks or feedback were written for Moodle now."""
    _remember(_notes(course, "sent", assignment), {what: datetime.now(UTC).isoformat()})


def remembered_sent(course: Course, assignment: str) -> dict[str, datetime]:
    """Return when feedback and marks were last written for Moodle."""
    noted = _recall(_notes(course, "sent", assignment))
    return {what: datetime.fromisoformat(when) for what, when in noted.items()}


def remember_name(course: Course, assignment: str, student: str, page: str, name: str) -> None:
    """Note under which name a notebook came through the exchange, which asks for it again."""
    _remember(_notes(course, "exchange", assignment), {f"{student}/{page}": name})


def remembered_names(course: Course, assignment: str, student: str) -> dict[str, str]:
    """Return the notebooks of a student that came under another name: name here, name there."""
    noted = _recall(_notes(course, "exchange", assignment))
    start = f"{student}/"
    return {key.removeprefix(start): name for key, name in noted.items() if key.startswith(start)}
