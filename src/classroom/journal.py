"""What the desk remembers between runs, so that nothing is graded twice or lost.

In ``.classroom/`` beside the gradebook: one lock for the course, and for each
assignment a journal of what was graded from which bytes. A line is written only
after the gradebook has committed and the notebooks are in place; whatever a
crash interrupts has no line and is graded again, to the same result.
"""

from __future__ import annotations

import json
import os
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from classroom.course import ClassroomError, Course, Flag, Outcome
from classroom.words.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class OccupiedError(ClassroomError):
    """Somebody else is grading this course."""


@contextmanager
def course_lock(course: Course, *, wait: bool | None = None) -> Iterator[None]:
    """Hold the course's lock; the system lets go of it when the process ends, however it does.

    Parameters
    ----------
    wait
        Whether to wait for another grader to finish; ``None`` for a command that has no
        ``--wait`` to offer.

    Raises
    ------
    OccupiedError
        If another grader holds it, with who and since when.
    """
    course.desk.mkdir(exist_ok=True)
    with (course.desk / "lock").open("a+", encoding="utf-8") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                file.seek(0)
                remedy = "wait until that is done"
                raise OccupiedError(
                    f"this course is being graded already ({file.read().strip() or 'just now'}); "
                    + (remedy if wait is None else f"{remedy}, or add --wait")
                ) from None
        file.seek(0)
        file.truncate()
        now = datetime.now(UTC).astimezone().strftime("%H:%M:%S")
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {now}\n")
        file.flush()
        yield


@dataclass(slots=True)
class Entry:
    """One graded submission.

    Attributes
    ----------
    digest
        The seal of the submission and of what decides its marks; empty if it is to be
        tried again.
    flags
        What was told of it.
    conditions
        Walls, memory and time-out under which it was graded.
    run
        The run that graded it.
    work
        Sum of what was handed in, alone: it stays while dates, tests or versions change.
    """

    digest: str
    flags: list[Flag] = field(default_factory=list)
    conditions: dict[str, Any] = field(default_factory=dict)
    run: str = ""
    work: str = ""


class Journal:
    """The journal of one assignment.

    Parameters
    ----------
    course, assignment
        Whose.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self.folder = course.desk / assignment
        self.folder.mkdir(parents=True, exist_ok=True)
        self.path = self.folder / "journal.jsonl"
        self.entries: dict[str, Entry] = {}
        self._conditions: dict[str, Any] = {}
        self._name = ""
        lines = 0
        for record in _records(self.path):
            lines += 1
            flags = [_flag(told) for told in record.get("flags", [])]
            conditions, run = record.get("conditions", {}), record.get("run", "")
            work = record.get("work", "")
            self.entries[record["student"]] = Entry(record["digest"], flags, conditions, run, work)
        if lines > 2 * len(self.entries) + 100:
            self._compact()
        self._file: IO[str] = self.path.open("a", encoding="utf-8")
        self._end_torn_line()

    def _end_torn_line(self) -> None:
        """Start on a line of our own after a run that was cut off in one."""
        size = self.path.stat().st_size
        if size:
            with self.path.open("rb") as file:
                file.seek(size - 1)
                torn = file.read(1) != b"\n"
            if torn:
                self._file.write("\n")

    def _compact(self) -> None:
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            for student, entry in self.entries.items():
                file.write(_line(student, entry))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def add(self, outcomes: list[Outcome], digests: dict[str, str]) -> None:
        """Note submissions as done, on the disk before this returns."""
        for outcome in outcomes:
            # What could not be graded is told, and is tried again by the next run.
            digest = "" if outcome.given_up else digests[outcome.student]
            flags, work = list(outcome.flags), outcome.digest
            entry = Entry(digest, flags, self._conditions, self._name, work)
            self.entries[outcome.student] = entry
            self._file.write(_line(outcome.student, entry))
        self._file.flush()
        os.fsync(self._file.fileno())

    # ---- the run that is under way

    @property
    def _run(self) -> Path:
        return self.folder / "run.json"

    def begin(self, options: dict[str, Any], conditions: dict[str, Any]) -> None:
        """Note that a run has begun.

        Parameters
        ----------
        options
            With which it can be begun again; its name is ``run`` there.
        conditions
            Under which it grades.
        """
        self._conditions, self._name = conditions, str(options.get("run", ""))
        # Whole or not at all: a run that is killed here leaves the note of the one before.
        fresh = self.folder / ".run.new"
        fresh.write_text(json.dumps(options), encoding="utf-8")
        fresh.replace(self._run)

    def finish(self) -> None:
        """Note that the run has ended with nothing left over."""
        self._run.unlink(missing_ok=True)

    def interrupted(self) -> dict[str, Any] | None:
        """Give the options of a run that began and did not finish."""
        try:
            options: dict[str, Any] = json.loads(self._run.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return options


def _line(student: str, entry: Entry) -> str:
    flags = [
        {
            "reason": flag.reason.as_json(),
            "notebook": flag.notebook,
            "cell": flag.cell,
            "look": flag.look,
            "distrust": flag.distrust,
        }
        for flag in entry.flags
    ]
    record = {
        "student": student,
        "digest": entry.digest,
        "flags": flags,
        "conditions": entry.conditions,
        "run": entry.run,
        "work": entry.work,
        "when": int(time.time()),
    }
    return json.dumps(record) + "\n"


def _flag(told: dict[str, Any]) -> Flag:
    return Flag(**told | {"reason": Reason.from_json(told.get("reason"))})


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """Read the lines that are whole."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and {"student", "digest"} <= record.keys():
                yield record
