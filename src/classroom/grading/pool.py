"""Worker processes on this machine, fed one submission at a time.

Each worker is a fork of the desk: nbgrader is imported once. A worker that dies
is replaced, and the submission it held is tried once more; if that ends a worker
again, it is reported rather than tried for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Protocol

from classroom.course import ClassroomError, Outcome, Submission
from classroom.grading.worker import Conditions, Worker, given_up
from classroom.walls.inside import walls
from classroom.walls.jails import close_jails
from classroom.words.reasons import Code, because

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.plan import Plan

TRIES = 2
TICK = 0.2
GOODBYE_SECONDS = 5.0
# A second submission waits in the worker's pipe, if it fits there.
PREFETCH_BYTES = 96 << 10
BUFFER_BYTES = 1 << 20


class Pool(Protocol):
    """Something that grades submissions and gives back outcomes as they come."""

    def run(self, submissions: Iterator[Submission]) -> Iterator[Outcome | None]:
        """Grade; yields ``None`` now and then so that the caller can look around."""

    def stop_feeding(self) -> None:
        """Take no more from the iterator; what is under way still comes out."""

    def close(self) -> None:
        """End all workers."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A worker's first word: it is warm, and from now on gives outcomes."""


@dataclass(frozen=True, slots=True)
class _Unfit:
    """A worker's last word: it cannot grade anything, and why."""

    reason: str


@dataclass(slots=True)
class _Process:
    """One worker process and what it holds, first the one it works on."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    held: deque[tuple[Submission, int]] = field(default_factory=deque)
    begun: float = 0.0
    ready: bool = False

    def accepts(self, submission: Submission) -> bool:
        """Whether it can take this one too without making us wait."""
        return not self.held or (len(self.held) < 2 and _bytes(submission) < PREFETCH_BYTES)


def _bytes(submission: Submission) -> int:
    return sum(len(content) for content in submission.files.values())


def _work(
    plan: Plan, conditions: Conditions, pipe: Connection, inherited: list[Connection]
) -> None:
    """Be a worker: grade what comes down the pipe until it closes."""
    for other in inherited:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform.startswith("linux"):
        walls.die_with_parent()
    worker = Worker(plan, conditions)
    try:
        worker.warm_up()
        pipe.send(_Ready())
        while True:
            pipe.send(worker.grade(pipe.recv()))
    except (EOFError, OSError):
        return
    except ClassroomError as fault:
        with suppress(OSError):
            pipe.send(_Unfit(str(fault)))
    finally:
        close_jails()


@dataclass(slots=True)
class LocalPool:
    """Workers on this machine.

    Parameters
    ----------
    plan, conditions
        What to grade, and how.
    workers
        How many processes.
    patience
        Seconds after which a worker that does not answer is replaced.
    """

    plan: Plan
    conditions: Conditions
    workers: int
    patience: float = 3600.0
    _processes: list[_Process] = field(default_factory=list)
    _again: deque[tuple[Submission, int]] = field(default_factory=deque)
    _feeding: bool = True

    def start(self) -> None:
        """Fork the workers; call it before threads or database connections exist."""
        while len(self._processes) < self.workers:
            self._processes.append(self._spawn())

    def _spawn(self) -> _Process:
        method = "fork" if hasattr(os, "fork") and sys.platform != "darwin" else "spawn"
        context = multiprocessing.get_context(method)
        ours, theirs = context.Pipe()
        for end in (ours, theirs):
            with socket.socket(fileno=os.dup(end.fileno())) as raw:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
        others = [process.pipe for process in self._processes] if method == "fork" else []
        process = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(self.plan, self.conditions, theirs, [*others, ours])
        )
        process.start()
        theirs.close()
        return _Process(process, ours)

    def stop_feeding(self) -> None:
        """Take no more submissions."""
        self._feeding = False

    def run(self, submissions: Iterator[Submission]) -> Iterator[Outcome | None]:
        """Grade; see :class:`Pool`.

        Raises
        ------
        ClassroomError
            If no worker is fit to grade, with the reason that the last of them gave.
        """
        self.start()
        source = iter(submissions)
        exhausted = False
        while True:
            if self._feeding and not exhausted:
                exhausted = not self._feed(source)
            busy = [process for process in self._processes if process.held]
            exhausted = exhausted and not self._again
            if not busy and (exhausted or not self._feeding):
                return
            ready = wait([process.pipe for process in busy], TICK)
            for process in list(self._processes):
                if process.pipe in ready:
                    yield from self._take(process)
                elif process.held and time.monotonic() - process.begun > self.patience:
                    process.process.kill()
            if not ready:
                yield None

    def _feed(self, source: Iterator[Submission]) -> bool:
        """Fill the workers; return whether there may be more to come."""
        for process in self._processes:
            while len(process.held) < 2:
                unit = self._next(source)
                if unit is None:
                    return False
                if not process.accepts(unit[0]):
                    self._again.appendleft(unit)
                    break
                self._give(process, *unit)
        return True

    def _next(self, source: Iterator[Submission]) -> tuple[Submission, int] | None:
        if self._again:
            return self._again.popleft()
        submission = next(source, None)
        return None if submission is None else (submission, 1)

    @staticmethod
    def _give(process: _Process, submission: Submission, attempt: int) -> None:
        if not process.held:
            process.begun = time.monotonic()
        process.held.append((submission, attempt))
        try:
            process.pipe.send(submission)
        except OSError:
            # Its end is noticed, and what it held taken back, when its pipe is read.
            return

    def _take(self, process: _Process) -> Iterator[Outcome]:
        try:
            said = process.pipe.recv()
        except (EOFError, OSError):
            said = _Unfit("it ended")
        if isinstance(said, _Ready):
            process.ready = True
        elif isinstance(said, _Unfit) and process.ready:
            yield from self._replace(process)
        elif isinstance(said, _Unfit):
            self._do_without(process, said.reason)
        else:
            process.held.popleft()
            yield said
        process.begun = time.monotonic()

    def _do_without(self, process: _Process, reason: str) -> None:
        """Go on without a worker that never was ready: no submission is to blame."""
        self._processes.remove(process)
        process.pipe.close()
        process.process.join()
        self._again.extendleft(reversed(process.held))
        if not self._processes:
            raise ClassroomError(
                f"no worker is fit to grade: {reason}. Nothing was changed; put that right "
                f"(classroom doctor helps) and run the same command again"
            )

    def _replace(self, process: _Process) -> Iterator[Outcome]:
        process.pipe.close()
        process.process.join()
        if not process.held:
            return
        submission, attempt = process.held.popleft()
        self._again.extend(process.held)
        if attempt < TRIES:
            self._again.appendleft((submission, attempt + 1))
        else:
            yield given_up(submission, self.plan, because(Code.GRADER_ENDED_TWICE))
        self._processes[self._processes.index(process)] = self._spawn()

    def close(self) -> None:
        """End the workers: the idle by themselves, the others at once."""
        for process in self._processes:
            process.pipe.close()
            if process.held:
                process.process.kill()
        for process in self._processes:
            process.process.join(GOODBYE_SECONDS)
            process.process.kill()
            process.process.join()
        self._processes.clear()
