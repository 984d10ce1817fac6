"""Collect from nbgrader's exchange, and keep the attempts that nbgrader would replace.

nbgrader's collector deletes an earlier submission before it copies the later one.  So it
is given a copy of what there is, and each student's folder takes its place afterwards, by
one renaming: whatever stops the collector, ``submitted/`` is as it was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.apps import NbGraderAPI

from classroom.course import ClassroomError
from classroom.intake.archive import STUDENT, Contents, Refusal, read_folder
from classroom.intake.attempts import (
    TIMESTAMP,
    Attempt,
    keep,
    place_notebooks,
    read_timestamp,
    remember_name,
)
from classroom.intake.collect import Collected
from classroom.intake.collects import recorded, state_of
from classroom.intake.matching import Fingerprint, known_notebooks

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    with (
        recorded(course, assignment, "exchange") as record,
        tempfile.TemporaryDirectory(prefix="incoming-", dir=_made(course.desk)) as folder,
    ):
        before = course.students(course.directory.submitted_directory, assignment)
        there = {student: course.submitted(student, assignment) for student in before}
        with _collected_into(course, Path(folder)) as step:
            for student, submitted in there.items():
                copy = course.submitted(student, assignment)
                shutil.copytree(submitted, copy, symlinks=True)
            api: Any = NbGraderAPI(course.directory, config=course.config)
            done = api.collect(assignment, update=True)
            came = {
                student: course.submitted(student, assignment)
                for student in course.students(step, assignment)
            }
        if not done["success"]:
            lines = [line for line in (done.get("log") or "").splitlines() if line.strip()]
            raise ClassroomError(
                f"nbgrader could not collect: {lines[-1] if lines else 'no reason'}{_remedy(lines)}"
            )
        warnings = [line for line in done["log"].splitlines() if line.startswith("[WARNING]")]
        results = []
        for student, incoming in came.items():
            record.before(student)
            results.append(_exchanged(course, assignment, student, known, incoming, warnings))
            record.after(student)
        return results


@contextmanager
def _collected_into(course: Course, folder: Path) -> Iterator[str]:
    """Have nbgrader take a folder for that of the submissions; return it as nbgrader's step."""
    step = course.directory.submitted_directory
    course.directory.submitted_directory = os.path.relpath(folder, course.root)
    try:
        yield course.directory.submitted_directory
    finally:
        course.directory.submitted_directory = step


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
    incoming: Path,
    warnings: list[str],
) -> Collected:
    contents = _read(incoming)
    attempt = Attempt(student, [m for m in contents.members if m.path != TIMESTAMP])
    for refusal in contents.refusals:
        attempt.messages.append(f"{refusal.path}: {refusal.reason}")
        attempt.look = True
    attempt.messages += [line for line in warnings if f"submitted by {student} " in line]
    attempt.look |= bool(attempt.messages)
    placed, _ = place_notebooks(attempt, known, {})
    for name, member in placed.items():
        if name != member.path:
            (incoming / member.path).rename(incoming / name)
            there = member.path.removesuffix(".ipynb")
            remember_name(course, assignment, student, name.removesuffix(".ipynb"), there)
    stamp = incoming / TIMESTAMP
    when = read_timestamp(stamp.read_bytes()) if stamp.is_file() else None
    status = _put(course, assignment, student, incoming)
    return Collected(
        student, status, tuple(sorted(placed)), when, tuple(attempt.messages), attempt.look
    )


def _put(course: Course, assignment: str, student: str, incoming: Path) -> str:
    """Put what was collected in its place, and what stood there with the other attempts."""
    submitted = course.submitted(student, assignment)
    status = "new"
    if os.path.lexists(submitted):
        if state_of(submitted) == state_of(incoming):
            return "unchanged"
        status = "newer"
        keep(course, assignment, student, submitted)
    submitted.parent.mkdir(parents=True, exist_ok=True)
    incoming.rename(submitted)
    return status
