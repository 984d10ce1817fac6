"""``classroom grade``: what is new or changed, in parallel, each behind walls, written once."""

from __future__ import annotations

import fnmatch
import os
import secrets
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from classroom.course import ClassroomError, Course, Flag, Outcome, Submission
from classroom.grading.cluster import ClusterPool
from classroom.grading.key import GradingKey
from classroom.grading.pool import LocalPool, Pool
from classroom.grading.registering import register
from classroom.grading.worker import Conditions
from classroom.grading.writer import Writer
from classroom.intake.preflight import identities, read_submission
from classroom.journal import Journal, course_lock
from classroom.plan import Marking, Plan, make_plan
from classroom.walls.jail import choose_walls
from classroom.words.reasons import Code, Reason, because

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

BATCH = 10
BATCH_SECONDS = 2.0


@dataclass(slots=True)
class Options:
    """What the command line asks for.

    Attributes
    ----------
    students
        Ids or patterns with ``*``; empty for all.
    workers
        Processes; 0 for one a processor.
    sandbox, memory, timeout
        See :class:`classroom.grading.worker.Conditions`.
    cluster
        Address of a Dask scheduler, or ``None`` for this machine.
    force
        Grade again what has not changed.
    wait
        Wait for another grader of the course.
    marking
        See :class:`classroom.plan.Marking`.
    run
        The name of the run; one that is resumed keeps the name that it began with.
    """

    students: list[str] = field(default_factory=list)
    workers: int = 0
    sandbox: str = "auto"
    memory: int | None = None
    timeout: int | None = None
    cluster: str | None = None
    force: bool = False
    wait: bool = False
    marking: Marking = field(default_factory=Marking)
    run: str = ""

    @property
    def conditions(self) -> Conditions:
        """Those of the options that say how work is run."""
        return Conditions(self.sandbox, self.memory, self.timeout)


@dataclass(slots=True)
class Summary:
    """What a run did.

    Attributes
    ----------
    graded, unchanged
        Submissions graded now, and those that already were.
    left
        Submissions not reached because the run was stopped.
    looks
        Student to the reasons for a look, of those graded now.
    looks_before
        How many of the unchanged were told to need a look when they were graded.
    notes
        Student to what was put right and told.
    seconds
        On the clock.
    cpu
        Processor seconds of the students' interpreters.
    stopped
        Whether the teacher stopped the run.
    slow
        Why plain kernels served, if they did.
    """

    graded: int = 0
    unchanged: int = 0
    left: int = 0
    looks: dict[str, list[Reason]] = field(default_factory=dict)
    looks_before: int = 0
    notes: dict[str, list[Reason]] = field(default_factory=dict)
    seconds: float = 0.0
    cpu: float = 0.0
    stopped: bool = False
    slow: str | None = None


Watcher = Callable[[int, int, Summary], None]


class _Stop:
    """Turns Ctrl-C into a request; the second one is an order."""

    def __init__(self) -> None:
        self.asked = False
        self._saved: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self._saved[number] = signal.signal(number, self._heard)
            except ValueError:  # not the main thread
                continue
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._saved.items():
            signal.signal(number, handler)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


def grade(
    course: Course, assignment: str, options: Options, watcher: Watcher | None = None
) -> Summary:
    """Grade an assignment.

    Parameters
    ----------
    watcher
        Called with the number done, the number to do and the summary so far.

    Raises
    ------
    ClassroomError
        If the course, the assignment, the sandbox or the lock stands in the way.
    """
    begun = time.monotonic()
    summary = Summary()
    with course_lock(course, wait=options.wait):
        choose_walls(options.sandbox)
        register(course, assignment)
        plan = make_plan(course, assignment, options.marking)
        outdated = plan.outdated()
        if outdated:
            raise ClassroomError(
                f"the solution of {assignment!r} has other tests than the gradebook "
                f"({', '.join(outdated)}), with which nothing was graded; to mark by those of the "
                f"solution, run: nbgrader generate_assignment {assignment} --force"
            )
        journal = Journal(course, assignment)
        try:
            options.run = options.run or secrets.token_hex(6)
            run = _Run(course, plan, journal, options, summary)
            journal.begin(_remembered(options), asdict(run.key.conditions))
            run.whole(watcher)
            if not summary.left:
                journal.finish()
        finally:
            journal.close()
    summary.seconds = time.monotonic() - begun
    return summary


def processors() -> int:
    """Count the processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _remembered(options: Options) -> dict[str, Any]:
    kept = asdict(options)
    kept.pop("wait")
    return kept


def resumed(course: Course, assignment: str) -> Options:
    """Give the options of the run of this assignment that was cut off.

    Raises
    ------
    ClassroomError
        If none was.
    """
    journal = Journal(course, assignment)
    journal.close()
    kept = journal.interrupted()
    if kept is None:
        raise ClassroomError(
            f"no run of {assignment} was cut off; leave --resume out to grade what is new"
        )
    marking = Marking(**kept.pop("marking"))
    return Options(**kept, marking=marking)


def _chosen(course: Course, assignment: str, patterns: list[str]) -> list[str]:
    students = course.students(course.directory.submitted_directory, assignment)
    excluded = set(filter(None, course.directory.student_id_exclude.split(",")))
    students = [student for student in students if student not in excluded]
    if not patterns:
        patterns = [course.directory.student_id]
    chosen = [s for s in students if any(fnmatch.fnmatchcase(s, p) for p in patterns)]
    for pattern in patterns:
        if pattern != "*" and not any(fnmatch.fnmatchcase(s, pattern) for s in students):
            raise ClassroomError(f"no submission of {assignment} by {pattern!r}")
    return chosen


class _Run:
    """One run over an assignment: what there is to do, who does it, who writes it."""

    def __init__(
        self, course: Course, plan: Plan, journal: Journal, options: Options, summary: Summary
    ) -> None:
        self.course = course
        self.plan = plan
        self.journal = journal
        self.options = options
        self.summary = summary
        self.students = _chosen(course, plan.assignment, options.students)
        self.digests: dict[str, str] = {}
        self.key = GradingKey.of(plan, options.conditions)
        self.asked = self.key.asked(options.conditions)
        self.secret = identities(course.root / course.directory.source_directory)
        with course.gradebook() as book:
            rows = book.assignment_submissions(plan.assignment)
            self.known = {row.student_id for row in rows}

    def _work(self) -> Iterator[Submission]:
        """Read submissions one at a time, and pass over what is graded already."""
        for student in self.students:
            submission = _read(self.course, student, self.plan.assignment, self.secret)
            seal = self.key.seal(submission)
            if self._done(student, seal):
                self.summary.unchanged += 1
                told = self.journal.entries[student].flags
                self.summary.looks_before += any(flag.look for flag in told)
                continue
            self.digests[student] = seal
            yield submission

    def _done(self, student: str, seal: str) -> bool:
        entry = self.journal.entries.get(student)
        if entry is None or entry.digest != seal:
            return False
        if self.options.force and entry.run != self.options.run:
            return False
        # What this run does not ask for stays: more memory, given once, is not taken back.
        if any(entry.conditions.get(name) != wanted for name, wanted in self.asked.items()):
            return False
        return (
            student in self.known and self.course.autograded(student, self.plan.assignment).is_dir()
        )

    def _pool(self) -> Pool:
        options = self.options
        conditions = options.conditions
        if options.cluster is not None:
            return ClusterPool(self.plan, conditions, options.cluster)
        local = LocalPool(self.plan, conditions, options.workers or processors())
        # Forked before the gradebook is opened, so that they share no connection.
        local.start()
        return local

    def whole(self, watcher: Watcher | None) -> None:
        """Grade and write everything there is to do."""
        work = self._work()
        first = next(work, None)
        if first is not None:
            pool = self._pool()
            try:
                writer = Writer(self.course, self.plan, self.journal)
                try:
                    self._grade(pool, writer, chain([first], work), watcher)
                finally:
                    writer.close()
            finally:
                pool.close()
        summary = self.summary
        summary.left = len(self.students) - summary.graded - summary.unchanged

    def _grade(
        self, pool: Pool, writer: Writer, work: Iterator[Submission], watcher: Watcher | None
    ) -> None:
        summary = self.summary
        batch: list[Outcome] = []
        last = time.monotonic()
        with _Stop() as stop:
            try:
                for outcome in pool.run(work):
                    if stop.asked and not summary.stopped:
                        summary.stopped = True
                        pool.stop_feeding()
                    if outcome is not None:
                        batch.append(outcome)
                        _count(outcome, summary)
                    late = time.monotonic() - last > BATCH_SECONDS
                    if len(batch) >= BATCH or (batch and late):
                        writer.write(batch, self.digests)
                        batch = []
                        last = time.monotonic()
                    if watcher is not None:
                        watcher(summary.graded + summary.unchanged, len(self.students), summary)
            except ClassroomError:
                # No worker is left; what they had done is done.
                writer.write(batch, self.digests)
                raise
            if batch:
                writer.write(batch, self.digests)


def _read(
    course: Course, student: str, assignment: str, secret: frozenset[tuple[int, int]]
) -> Submission:
    try:
        return read_submission(course, student, assignment, secret)
    except OSError as error:
        submission = Submission(student, assignment)
        submission.flags.append(Flag(because(Code.NOT_READ, error=str(error.strerror))))
        return submission


def _count(outcome: Outcome, summary: Summary) -> None:
    summary.graded += 1
    summary.cpu += outcome.cpu
    summary.slow = outcome.slow or summary.slow
    for flag in outcome.flags:
        told = summary.looks if flag.look else summary.notes
        told.setdefault(outcome.student, []).append(flag.reason)
