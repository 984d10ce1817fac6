"""Bring in what students handed in, from wherever it was handed in, and lose none of it.

Moodle's download, a folder or an archive of notebooks and nbgrader's exchange all
end in ``submitted/<student>/<assignment>/`` with a ``timestamp.txt``, as nbgrader
has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from classroom import moodle
from classroom.archive import Contents, Member, Refusal, read_folder, read_zip
from classroom.attempts import (
    TIMESTAMP,
    Attempt,
    place_notebooks,
    read_timestamp,
    remember_folders,
    store,
)
from classroom.course import ClassroomError
from classroom.matching import fingerprints, known_notebooks, without_copy_mark
from classroom.roster import Roster, student_slug

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from classroom.course import Course

SAFE_STUDENT = re.compile(r"\w[\w.@+-]{0,99}")

# Fewer students than this may well hand in within minutes of one another.
CROWD = 5
AT_ONCE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of one student's work.

    Attributes
    ----------
    student
        nbgrader's student id.
    status
        ``new``, ``newer`` (the earlier attempt is kept), ``older`` (kept aside),
        ``unchanged`` or ``nothing`` (no file that can be used).
    files
        Names placed in ``submitted/``.
    when
        Time of the attempt, if known.
    messages, look
        As in :class:`Attempt`.
    """

    student: str
    status: str
    files: tuple[str, ...]
    when: datetime | None
    messages: tuple[str, ...]
    look: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """How students and times are told from a source.

    Attributes
    ----------
    pattern
        Regular expression on the path; its group ``student`` is the id.
    roster
        The class list.
    zone
        Time zone of an archive's times.
    times
        Whether file times are times of handing in; ``None`` judges by the source.
    """

    pattern: str | None = None
    roster: Roster = field(default_factory=lambda: Roster([]))
    zone: tzinfo | None = None
    times: bool | None = None


def _unpacked(contents: Contents, zone: tzinfo | None) -> Contents:
    """Replace the zips that students pack inside their folders by what they hold."""
    flat = Contents(refusals=list(contents.refusals))
    for member in contents.members:
        if not member.path.lower().endswith(".zip"):
            flat.members.append(member)
            continue
        try:
            inner = read_zip(member, zone=zone)
        except ValueError as error:
            flat.refusals.append(Refusal(member.path, str(error)))
            continue
        base = member.path[: -len(".zip")]
        for file in inner.members:
            if file.path.lower().endswith(".zip"):
                reason = "it is an archive in an archive in an archive"
                flat.refusals.append(Refusal(f"{base}/{file.path}", reason))
            else:
                flat.members.append(Member(f"{base}/{file.path}", file.content, file.modified))
        flat.refusals += [Refusal(f"{base}/{each.path}", each.reason) for each in inner.refusals]
    return flat


def _student_of(path: str, assignment: str, known: Iterable[str], pattern: str | None) -> str:
    """Return the id a path of a plain folder or archive speaks of, or empty text."""
    if pattern:
        found = re.search(pattern, path)
        if not found:
            return ""
        groups = found.groupdict()
        return groups.get("student") or groups.get("student_id") or (found.groups() or ("",))[0]
    parts = PurePosixPath(path).parts
    if assignment in parts[1:-1]:
        return parts[parts.index(assignment, 1) - 1]
    if len(parts) > 1:
        return parts[0]
    stem = without_copy_mark(PurePosixPath(path).stem)
    for name in known:
        for found in (
            re.fullmatch(rf"(?P<student>.+?)[ _.-]+{re.escape(name)}", stem, re.IGNORECASE),
            re.fullmatch(rf"{re.escape(name)}[ _.-]+(?P<student>.+)", stem, re.IGNORECASE),
        ):
            if found:
                return found["student"]
    return ""


def _common_folder(members: list[Member], assignment: str) -> str:
    """Return the folder that wraps everything, where students' folders lie below it."""
    tops = {PurePosixPath(member.path).parts[0] for member in members}
    if len(tops) != 1:
        return ""
    below = [PurePosixPath(member.path).parts[1:] for member in members]
    (top,) = tops
    if all(len(parts) >= 2 for parts in below) and not any(p[0] == assignment for p in below):
        return f"{top}/"
    if top == assignment:
        return f"{top}/"
    return ""


class _Sorter:
    """Puts each path of a source with the student it belongs to."""

    def __init__(self, contents: Contents, assignment: str, known: Iterable[str], rules: Rules):
        self.assignment, self.known, self.rules = assignment, list(known), rules
        self.from_moodle = any(moodle.parse_path(member.path) for member in contents.members)
        self.wrapper = "" if self.from_moodle else _common_folder(contents.members, assignment)
        self.numbers: dict[str, str] = {}
        self.attempts: dict[str, Attempt] = {}

    def attempt_of(self, path: str) -> tuple[Attempt, str] | None:
        """Return the attempt a path belongs to and the path inside it, or None."""
        folder = ""
        if self.from_moodle:
            participant = moodle.parse_path(path)
            if participant is None:
                return None
            student = self._moodle_student(participant)
            rest, folder = participant.rest, participant.folder
        else:
            inside = path.removeprefix(self.wrapper)
            named = _student_of(inside, self.assignment, self.known, self.rules.pattern)
            if not named:
                return None
            person = self.rules.roster.find(id=named, folder=named, email=named, name=named)
            student = person.id if person else named
            rest = _rest(inside, named, self.assignment)
        if not SAFE_STUDENT.fullmatch(student):
            student = student_slug(student)
        return self.attempts.setdefault(student, Attempt(student, folder=folder)), rest

    def _moodle_student(self, participant: moodle.Participant) -> str:
        person = self.rules.roster.find(
            number=participant.number, folder=participant.folder, name=participant.name
        )
        student = person.id if person else student_slug(participant.name)
        # Two people of one name: the participant number keeps them apart.
        if self.numbers.setdefault(student, participant.number) != participant.number:
            student = f"{student}-{participant.number}"
        return student


def _sorted_by_student(
    contents: Contents, assignment: str, known: Iterable[str], rules: Rules
) -> tuple[dict[str, Attempt], list[Refusal]]:
    sorter = _Sorter(contents, assignment, known, rules)
    lost: list[Refusal] = []
    for member in contents.members:
        if moodle.is_online_text(member.path):
            continue
        found = sorter.attempt_of(member.path)
        if found is None:
            lost.append(Refusal(member.path, "nothing in its path says whose it is"))
        else:
            found[0].members.append(Member(found[1], member.content, member.modified))
    for refusal in contents.refusals:
        path = refusal.path.replace("\\", "/")
        found = None if ".." in path.split("/") else sorter.attempt_of(path)
        if found is None:
            lost.append(refusal)
        else:
            found[0].messages.append(f"{found[1]} was refused: {refusal.reason}")
            found[0].look = True
    return sorter.attempts, lost


def _rest(path: str, student: str, assignment: str) -> str:
    parts = PurePosixPath(path).parts
    if len(parts) > 1 and student in parts[:-1]:
        parts = parts[parts.index(student) + 1 :]
    if len(parts) > 1 and parts[0] == assignment:
        parts = parts[1:]
    return "/".join(parts)


def _times_say_when(attempts: Iterable[Attempt]) -> bool:
    """Return whether file times differ enough to be times of handing in, not of packing."""
    newest = [
        max(times)
        for attempt in attempts
        if (times := [member.modified for member in attempt.members if member.modified])
    ]
    return len(newest) < CROWD or max(newest) - min(newest) > AT_ONCE


def collect(
    course: Course, source: Path, assignment: str, rules: Rules | None = None
) -> tuple[list[Collected], list[Refusal]]:
    """Collect an assignment from Moodle's download, a folder or an archive.

    Parameters
    ----------
    course
        The course to collect into.
    source
        A zip archive or a folder.
    assignment
        nbgrader's assignment id.
    rules
        How to tell students and times.

    Returns
    -------
    tuple
        What became of each student's work, and the files that belong to nobody.

    Raises
    ------
    ClassroomError
        If the source cannot be read or the assignment is unknown.
    """
    rules = rules or Rules()
    known = known_notebooks(course, assignment)
    if not known:
        raise ClassroomError(
            f"there is no notebook of assignment {assignment!r} in {course.release(assignment)} "
            f"or {course.source(assignment)}; is the name right?"
        )
    if not source.exists():
        raise ClassroomError(f"there is no file or folder {source}")
    try:
        contents = read_folder(source) if source.is_dir() else read_zip(source, zone=rules.zone)
    except ValueError as error:
        raise ClassroomError(str(error)) from error
    contents = _unpacked(contents, rules.zone)
    attempts, lost = _sorted_by_student(contents, assignment, known, rules)
    times = rules.times if rules.times is not None else _times_say_when(attempts.values())
    others = {
        path.name: fingerprints(path)
        for path in course.release(assignment).parent.iterdir()
        if path.is_dir() and path.name != assignment
    }
    results = []
    for student in sorted(attempts):
        attempt = attempts[student]
        own_stamp = next((m for m in attempt.members if m.path == TIMESTAMP), None)
        placed, aside = place_notebooks(attempt, known, others)
        when = max((m.modified for m in placed.values() if m.modified), default=None)
        when = when if times else None
        if own_stamp is not None:
            aside = [member for member in aside if member is not own_stamp]
            when = read_timestamp(own_stamp.content) or when
        if rules.roster.people and student not in rules.roster.by_id:
            attempt.messages.append("is not on the roster")
            attempt.look = True
        status = store(course, assignment, student, placed, aside, when)
        attempt.look |= status == "nothing"
        results.append(
            Collected(
                student,
                status,
                tuple(sorted(placed)),
                when,
                tuple(attempt.messages),
                attempt.look,
            )
        )
    remember_folders(course, assignment, attempts.values())
    return results, lost
