"""Collect from nbgrader's exchange, and keep the attempts that nbgrader would replace."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.apps import NbGraderAPI

from classroom.course import ClassroomError
from classroom.intake.archive import STUDENT, Contents, Refusal, read_folder
from classroom.intake.attempts import (
    ATTEMPTS,
    TIMESTAMP,
    Attempt,
    keep,
    place_notebooks,
    read_timestamp,
    remember_name,
)
from classroom.intake.collect import Collected
from classroom.intake.collects import recorded
from classroom.intake.matching import Fingerprint, known_notebooks

if TYPE_CHECKING:
    from classroom.course import Course


def collect_exchange(course: Course, assignment: str) -> list[Collected]:
    """Collect from nbgrader's exchange by nbgrader's own collector, whichever is configured.

    nbgrader replaces an earlier submission; here it is kept among the attempts.

    Raises
    ------
    ClassroomError
        If nbgrader cannot collect, with its last word on why.
    """
    known = known_notebooks(course, assignment)
    step = course.directory.submitted_directory
    with (
        recorded(course, assignment, "exchange") as record,
        tempfile.TemporaryDirectory(prefix="before-", dir=_made(course.desk)) as folder,
    ):
        for student in _known(course, assignment):
            record.before(student)
        before = {student: Path(folder) / student for student in course.students(step, assignment)}
        for student, copy in before.items():
            shutil.copytree(course.submitted(student, assignment), copy, symlinks=True)
        api: Any = NbGraderAPI(course.directory, config=course.config)
        done = api.collect(assignment, update=True)
        if not done["success"]:
            lines = [line for line in (done.get("log") or "").splitlines() if line.strip()]
            raise ClassroomError(
                f"nbgrader could not collect: {lines[-1] if lines else 'no reason'}{_remedy(lines)}"
            )
        warnings = [line for line in done["log"].splitlines() if line.startswith("[WARNING]")]
        results = []
        for student in course.students(step, assignment):
            earlier = before.get(student)
            results.append(_exchanged(course, assignment, student, known, earlier, warnings))
            record.after(student)
        return results


def _known(course: Course, assignment: str) -> list[str]:
    """List everybody of whom there is anything that a collect may add to."""
    folders = course.directory
    found = set(course.students(folders.submitted_directory, assignment))
    found |= set(course.students(folders.autograded_directory, assignment))
    kept = course.root / ATTEMPTS / assignment
    return sorted(found | {path.name for path in kept.iterdir()} if kept.is_dir() else found)


def _remedy(lines: list[str]) -> str:
    if "Unwritable directory" not in " ".join(lines):
        return ""
    return (
        ". You are the instructor: make the exchange's folder and open it to everybody, as the "
        "guide says under 'On a JupyterHub', or collect from a folder"
    )


def _read(folder: Path) -> Contents:
    try:
        return read_folder(folder, STUDENT)
    except ValueError as error:
        return Contents(refusals=[Refusal(".", str(error))])


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _exchanged(
    course: Course,
    assignment: str,
    student: str,
    known: dict[str, Fingerprint],
    before: Path | None,
    warnings: list[str],
) -> Collected:
    folder = course.submitted(student, assignment)
    contents = _read(folder)
    attempt = Attempt(student, [m for m in contents.members if m.path != TIMESTAMP])
    for refusal in contents.refusals:
        attempt.messages.append(f"{refusal.path}: {refusal.reason}")
        attempt.look = True
    attempt.messages += [line for line in warnings if f"submitted by {student} " in line]
    attempt.look |= bool(attempt.messages)
    placed, _ = place_notebooks(attempt, known, {})
    for name, member in placed.items():
        if name != member.path:
            (folder / member.path).rename(folder / name)
            there = member.path.removesuffix(".ipynb")
            remember_name(course, assignment, student, name.removesuffix(".ipynb"), there)
    stamp = folder / TIMESTAMP
    when = read_timestamp(stamp.read_bytes()) if stamp.is_file() else None
    status = "new"
    if before is not None:
        same = {m.path: m.content for m in _read(before).members} == {
            m.path: m.content for m in _read(folder).members
        }
        status = "unchanged" if same else "newer"
        if not same:
            keep(course, assignment, student, before)
    return Collected(
        student, status, tuple(sorted(placed)), when, tuple(attempt.messages), attempt.look
    )
