"""Bring in what students handed in, from wherever it was handed in, and lose none of it.

Moodle's download, a folder or an archive of notebooks and nbgrader's exchange all
end in ``submitted/<student>/<assignment>/`` with a ``timestamp.txt``, as nbgrader
has it.  Each student's files are read, placed and forgotten before the next one's, so
that nobody's archive costs the class its memory, and nobody's fault stops it.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from classroom import moodle
from classroom.course import ClassroomError
from classroom.intake.archive import (
    STUDENT,
    Contents,
    Entry,
    Member,
    Refusal,
    folder_entries,
    read_entries,
    zip_entries,
)
from classroom.intake.attempts import (
    TIMESTAMP,
    Attempt,
    place_notebooks,
    remember_folders,
    remembered_folders,
    store,
)
from classroom.intake.collects import recorded
from classroom.intake.matching import fingerprints, known_notebooks, without_copy_mark
from classroom.participants import STRANGER, Found, Participants
from classroom.roster import Roster, student_slug

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from classroom.course import Course
    from classroom.intake.matching import Fingerprint
    from classroom.moodle import Worksheet

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
        ``unchanged``, ``nothing`` (no file that can be used) or ``absent`` (known from
        the worksheet or the class list, and nothing was handed in).
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
    worksheet
        Moodle's grading worksheet of this assignment: it says who is who, and when
        they handed in.
    """

    pattern: str | None = None
    roster: Roster = field(default_factory=lambda: Roster([]))
    zone: tzinfo | None = None
    times: bool | None = None
    worksheet: Worksheet | None = None


@dataclass(slots=True)
class _Pile:
    """One student's entries, not read yet, and whose they are."""

    attempt: Attempt
    entries: list[tuple[str, Entry]] = field(default_factory=list)  # path inside the folder
    texts: list[Entry] = field(default_factory=list)  # what was typed into Moodle
    rows: list[dict[str, str]] = field(default_factory=list)  # of Moodle's worksheet
    named: set[str] = field(default_factory=set)  # how paths outside Moodle call the student


def _student_of(path: str, known: Iterable[str], pattern: str | None) -> str:
    """Return the name a path of a plain folder or archive gives its student, or empty text."""
    path = unicodedata.normalize("NFC", path)
    if pattern:
        return _by_pattern(path, pattern)
    parts = PurePosixPath(path).parts
    if len(parts) > 1:
        # The outermost folder: what a student calls a folder inside says nothing.
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


def _by_pattern(path: str, pattern: str) -> str:
    try:
        matches = list(re.finditer(pattern, path))
    except re.error as error:
        raise ClassroomError(f"--student-pattern {pattern!r} cannot be read: {error}") from error
    for found in matches:
        # "aino" is not in "Kaino": a match begins where a word does.
        begin = found.start()
        if begin and path[begin].isalnum() and path[begin - 1].isalnum():
            continue
        groups = found.groupdict()
        return groups.get("student") or groups.get("student_id") or (found.groups() or ("",))[0]
    return ""


def _rest(path: str, assignment: str) -> str:
    """Return the path inside a student's own folder."""
    parts = PurePosixPath(path).parts
    parts = parts[1:] if len(parts) > 1 else parts
    return "/".join(parts[1:] if len(parts) > 1 and parts[0] == assignment else parts)


def _wrapper(paths: list[str], assignment: str, submitted: str, roster: Roster) -> str:
    """Return the folder that wraps everything, where students' folders lie below it."""
    parts = [PurePosixPath(path).parts for path in paths]
    tops = {each[0] for each in parts}
    if len(tops) != 1:
        return ""
    (top,) = tops
    if any(len(each) == 1 for each in parts) or roster.find(id=top, folder=top, name=top):
        return ""
    if top in (assignment, submitted):
        return f"{top}/"
    below = {each[1] for each in parts}
    # One folder in one folder is a student's own.
    students = len(below) > 1 and assignment not in below and all(len(each) > 2 for each in parts)
    return f"{top}/" if students else ""


def _participant(path: str) -> moodle.Participant | None:
    """Return whom the outermost folder belongs to: what lies deeper is a student's own."""
    found = moodle.parse_path(path)
    return found if found and moodle.parse_name(PurePosixPath(path).parts[0]) else None


class _Sorter:
    """Puts each path of a source with the student it belongs to, and reads none of them."""

    def __init__(self, course: Course, assignment: str, known: Iterable[str], rules: Rules) -> None:
        self.assignment, self.known, self.rules = assignment, list(known), rules
        self.submitted = course.directory.submitted_directory
        self.participants = Participants(
            rules.worksheet, rules.roster, remembered_folders(course, assignment)
        )
        self.piles: dict[str, _Pile] = {}
        self.lost: list[Refusal] = []
        self.seen: set[str] = set()  # numbers of the worksheet's rows that have a folder

    def sort(self, entries: list[Entry]) -> None:
        """Sort a source, which is Moodle's if most of it is named as Moodle names it."""
        good = []
        for entry in entries:
            hostile = ".." in entry.path.replace("\\", "/").split("/") or entry.path[:1] in "/\\"
            if hostile or re.match(r"[A-Za-z]:", entry.path):
                self.lost.append(Refusal(entry.path, entry.reason))
            else:
                good.append(entry)
        wrapper = self._moodle_wrapper([entry.path for entry in good])
        came = [_participant(entry.path.removeprefix(wrapper)) for entry in good]
        if sum(each is not None for each in came) * 2 > len(good):
            self._sort_moodle(good, came)
        else:
            self._sort_others(good)

    def _moodle_wrapper(self, paths: list[str]) -> str:
        """Return the folder into which somebody unpacked Moodle's archive."""
        tops = {path.split("/", 1)[0] for path in paths if "/" in path}
        if len(tops) != 1 or not all("/" in path for path in paths):
            return ""
        (top,) = tops
        person = self.rules.roster.find(id=top, folder=top, name=top)
        return "" if person or moodle.parse_name(top) else f"{top}/"

    def _sort_moodle(self, entries: list[Entry], came: list[moodle.Participant | None]) -> None:
        found = self.participants.settle(each for each in came if each is not None)
        told = set()
        for entry, each in zip(entries, came, strict=True):
            if each is None:
                self.lost.append(Refusal(entry.path, "nothing in its path says whose it is"))
                continue
            owner = found[each.name, each.number]
            rows = self.participants.rows_of(each.name, each.number)
            self.seen |= {self.participants.number(row) for row in rows}
            if not owner.student:
                if each.folder not in told:
                    told.add(each.folder)
                    self.lost.append(Refusal(each.folder, f"was not collected: {owner.why}"))
                continue
            pile = self._pile(owner, each.folder)
            pile.rows = rows
            if each.plugin == "onlinetext":
                pile.texts.append(entry)
            else:
                pile.entries.append((each.rest, entry))

    def _pile(self, owner: Found, folder: str = "") -> _Pile:
        pile = self.piles.get(owner.student)
        if pile is None:
            attempt = Attempt(owner.student, [], list(owner.notes), owner.look, folder)
            pile = self.piles[owner.student] = _Pile(attempt)
        return pile

    def _sort_others(self, entries: list[Entry]) -> None:
        paths = [entry.path for entry in entries]
        roster = self.rules.roster
        wrapper = (
            "" if self.rules.pattern else _wrapper(paths, self.assignment, self.submitted, roster)
        )
        if wrapper.rstrip("/") not in ("", self.assignment, self.submitted) and not roster.people:
            reason = "all lies in this folder, so the folders in it are taken for the students"
            self.lost.append(Refusal(wrapper, reason))
        for entry in entries:
            inside = entry.path.removeprefix(wrapper)
            named = _student_of(inside, self.known, self.rules.pattern)
            if not named:
                self.lost.append(Refusal(entry.path, "nothing in its path says whose it is"))
                continue
            person = roster.find(id=named, folder=named, email=named, name=named)
            student = person.id if person else named
            if not SAFE_STUDENT.fullmatch(student):
                student = student_slug(student)
            stranger = (STRANGER,) if roster.people and student not in roster.by_id else ()
            pile = self._pile(Found(student, "", stranger, bool(stranger)))
            pile.entries.append((_rest(inside, self.assignment), entry))
            pile.named.add(named)


def _open(pile: _Pile, zone: tzinfo | None) -> Contents:
    """Read a student's files and what they packed, as far as one student's budget goes."""
    entries = _last_of_each(pile, [replace(entry, path=rest) for rest, entry in pile.entries])
    zips = [entry for entry in entries if entry.path.lower().endswith(".zip")]
    plain = [entry for entry in entries if entry not in zips][: STUDENT.members]
    found = read_entries((_within(entry) for entry in plain), STUDENT.total)
    for entry in zips:
        spent = sum(len(member.content) for member in found.members)
        _unpack(pile, entry, zone, STUDENT.total - spent, found)
    return found


def _within(entry: Entry) -> Entry:
    if entry.reason or entry.size <= STUDENT.file:
        return entry
    return replace(entry, reason=f"it has {entry.size >> 20} MB, more than {STUDENT.file >> 20} MB")


def _last_of_each(pile: _Pile, entries: list[Entry]) -> list[Entry]:
    """Return entries without those that a later one of the same path replaces."""
    last = {entry.path: entry for entry in entries}
    for path in sorted({entry.path for entry in entries if entry is not last[entry.path]}):
        pile.attempt.messages.append(f"{path} is there twice; the last one counts")
        pile.attempt.look = True
    return list(last.values())


def _unpack(pile: _Pile, entry: Entry, zone: tzinfo | None, budget: int, found: Contents) -> None:
    """Add what a student's zip holds, under the zip's own time."""
    packed = read_entries([_within(entry)], STUDENT.total)
    found.refusals += packed.refusals
    for member in packed.members:
        try:
            with zip_entries(member, STUDENT, zone) as inside:
                inner = read_entries(
                    (_not_packed(each) for each in _last_of_each(pile, inside)), budget
                )
        except ValueError as error:
            found.refusals.append(Refusal(member.path, str(error)))
            continue
        base = member.path[: -len(".zip")]
        found.members += [
            Member(f"{base}/{file.path}", file.content, member.modified) for file in inner.members
        ]
        found.refusals += [Refusal(f"{base}/{each.path}", each.reason) for each in inner.refusals]


def _not_packed(entry: Entry) -> Entry:
    if not entry.path.lower().endswith(".zip"):
        return entry
    return replace(entry, reason="it is an archive in an archive in an archive")


def _times_say_when(piles: Iterable[_Pile]) -> bool:
    """Return whether file times differ enough to be times of handing in, not of packing."""
    newest = [
        max(times)
        for pile in piles
        if (times := [entry.modified for _, entry in pile.entries if entry.modified])
    ]
    return len(newest) < CROWD or max(newest) - min(newest) > AT_ONCE


class _Collector:
    """Places one student after another."""

    def __init__(
        self, course: Course, assignment: str, known: dict[str, Fingerprint], rules: Rules
    ) -> None:
        self.course, self.assignment, self.known, self.rules = course, assignment, known, rules
        self.others = {
            path.name: fingerprints(path)
            for path in sorted(course.release(assignment).parent.iterdir())
            if path.is_dir() and path.name != assignment
        }
        self.times = False

    def place(self, pile: _Pile) -> Collected:
        """Read, place and store what one student handed in; whatever is wrong stays theirs."""
        attempt = pile.attempt
        try:
            return self._place(pile)
        except (OSError, ValueError, RecursionError) as error:
            attempt.messages.append(f"could not be collected ({error})")
            return Collected(attempt.student, "nothing", (), None, tuple(attempt.messages), True)

    def _place(self, pile: _Pile) -> Collected:
        attempt, student = pile.attempt, pile.attempt.student
        found = _open(pile, self.rules.zone)
        attempt.members += [m for m in found.members if m.path != TIMESTAMP]
        for refusal in found.refusals:
            attempt.messages.append(f"{refusal.path} was refused: {refusal.reason}")
            attempt.look = True
        if len(pile.entries) > STUDENT.members:
            attempt.messages.append(f"of {len(pile.entries)} files {STUDENT.members} were read")
            attempt.look = True
        self._tell_text(pile)
        if len(pile.named) > 1:
            names = " and ".join(sorted(pile.named))
            attempt.messages.append(f"{names} are taken for one student: are they?")
            attempt.look = True
        placed, aside = place_notebooks(attempt, self.known, self.others)
        when = self._when(pile, placed.values())
        self._tell_extension(pile, student)
        status = store(self.course, self.assignment, student, placed, aside, when)
        if status == "older" and when is None:
            attempt.messages.append("is an earlier attempt that was replaced; the later one stays")
            attempt.look = True
        attempt.look |= status == "nothing"
        files = tuple(sorted(placed))
        return Collected(student, status, files, when, tuple(attempt.messages), attempt.look)

    def _tell_text(self, pile: _Pile) -> None:
        """Keep the text that a student typed into Moodle beside the files."""
        texts = read_entries((_within(entry) for entry in pile.texts), STUDENT.file)
        for member in texts.members:
            name = f"onlinetext{PurePosixPath(member.path).suffix or '.html'}"
            pile.attempt.members.append(Member(name, member.content, member.modified))
            pile.attempt.messages.append(f"typed a text into Moodle: {name}")

    def _tell_extension(self, pile: _Pile, student: str) -> None:
        """Say what Moodle allows a student, and how nbgrader is told of it."""
        sheet, zone = self.rules.worksheet, self.rules.zone
        if sheet is None:
            return
        until = max(
            filter(None, (sheet.extended_until(row, zone) for row in pile.rows)), default=None
        )
        if until is not None:
            local = f"{until.astimezone(zone):%Y-%m-%d %H:%M}"
            place = f" --timezone {zone}" if zone else ""
            pile.attempt.messages.append(
                f"may hand in until {local} by Moodle; once it is graded: classroom extend "
                f"{self.assignment} --students {student} --until '{local}'{place}"
            )

    def _when(self, pile: _Pile, placed: Iterable[Member]) -> datetime | None:
        """Return when a student handed in: by the worksheet, or else by the files' times."""
        sheet = self.rules.worksheet
        if sheet is not None and self.rules.times is None:
            said = [sheet.handed_in(row, self.rules.zone) for row in pile.rows]
            return max((when for when in said if when), default=None)
        times = [member.modified for member in placed if member.modified]
        return max(times, default=None) if self.times else None


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
        If the source cannot be read, the assignment is unknown, or most of it belongs
        to strangers; then nothing is placed.
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
    sorter = _Sorter(course, assignment, known, rules)
    with ExitStack() as opened:
        try:
            if source.is_dir():
                entries = folder_entries(source)
            else:
                entries = opened.enter_context(zip_entries(source, zone=rules.zone))
        except ValueError as error:
            raise ClassroomError(str(error)) from error
        sorter.sort(entries)
        collector = _Collector(course, assignment, known, rules)
        collector.times = (
            rules.times if rules.times is not None else _times_say_when(sorter.piles.values())
        )
        results = []
        with recorded(course, assignment, str(source)) as record:
            for student, pile in sorted(sorter.piles.items()):
                record.before(student)
                results.append(collector.place(pile))
                record.after(student)
            attempts = [pile.attempt for pile in sorter.piles.values()]
            remember_folders(course, assignment, attempts)
    return results + _absent(course, assignment, rules, sorter), sorter.lost


def _absent(course: Course, assignment: str, rules: Rules, sorter: _Sorter) -> list[Collected]:
    """Return those of the worksheet, or else of the class list, who handed in nothing."""
    there = set(course.students(course.directory.submitted_directory, assignment))
    there |= set(sorter.piles)
    if rules.worksheet is not None:
        sheet = rules.worksheet
        joined = Participants(sheet, rules.roster, remembered_folders(course, assignment))
        missing = [
            sheet.calls(row)
            for row in sheet.table.rows
            if sheet.number(row) not in sorter.seen and joined.of_row(row).student not in there
        ]
    else:
        missing = [person.id for person in rules.roster.people if person.id not in there]
    return [Collected(name, "absent", (), None, (), look=False) for name in sorted(missing)]
