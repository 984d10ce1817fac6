"""The desk's end: lead a notebook's answers and its tests, each in a sandbox of its own.

The answers' side runs the learner's cells and the given ones.  At the place of
a test it forks, and the fork waits for this test and for those that follow with
nothing of the learner's between.  Only when the last of the learner's cells has
run, and all but the waiting forks are ended, do the tests begin, each against a
fork of its own, which ends with it.  So nothing that a hidden test sends can
reach the output of a cell, a later cell, or a file that a later cell reads.
"""

from __future__ import annotations

import copy
import secrets
import socket
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from classroom.crossing.script import Script, Step, imports_of, names_read
from classroom.grading.alone import Alone
from classroom.grading.audit import names_bound
from classroom.grading.cells import grade_id_of, is_test
from classroom.grading.execution import Execution
from classroom.grading.run import GRACE_SECONDS, RESTARTS, Run, reason_of
from classroom.walls.allowance import BUSY, KEPT
from classroom.walls.jail import Stopped
from classroom.words.reasons import Code, because

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from classroom.grading.execute import Execute
    from classroom.walls.inside import protocol
    from classroom.walls.jail import Jail, Visitor

ORDER_SECONDS = 20.0
# Suffixes of what Python imports.
IMPORTABLE = (".py", ".pyc", ".so", ".pyd", ".pth")
# What is said with the line to a waiting fork's test: fork once more, or serve it yourself.
FURTHER, LAST = b"line", b"last"


def run_apart(
    client: Execute, notebook: NotebookNode, files: dict[str, bytes], script: Script | None
) -> Execution:
    """Run a notebook with its tests apart; without a script or forks, in one interpreter."""
    if script is None:
        return Alone(client, notebook, files).whole()
    answers = Answers(client, notebook, files, script)
    if answers.jail.slow is not None:
        return Alone(client, notebook, files).whole()
    execution = answers.whole()
    alone = script.alone & {grade_id_of(cell) for cell in notebook.cells if is_test(cell)}
    if alone:
        _run_alone(client, notebook, files, script, alone, execution)
    return execution


def _run_alone(
    client: Execute,
    notebook: NotebookNode,
    files: dict[str, bytes],
    script: Script,
    alone: frozenset[str],
    execution: Execution,
) -> None:
    """Run some tests in the learner's interpreter, with the audit, and take over their results."""
    whole = copy.deepcopy(notebook)
    for cell in whole.cells:
        if is_test(cell) and grade_id_of(cell) not in alone:
            # What the learner has seen of it, for the names that it makes.
            cell.source = script.stub(grade_id_of(cell))
            cell.metadata = {}
    seen = Alone(client, whole, files).whole()
    execution.alone = alone
    execution.cpu += seen.cpu
    execution.findings = seen.findings
    execution.events += [event for event in seen.events if event.cell in alone]
    for cell, other in zip(notebook.cells, whole.cells, strict=True):
        if is_test(cell) and grade_id_of(cell) in alone:
            execution.status[grade_id_of(cell)] = seen.status.get(grade_id_of(cell), "dead")
            cell.outputs = [output for output in other.outputs if not _is_printed(output)]
            cell["execution_count"] = other.get("execution_count")


def _is_printed(output: NotebookNode) -> bool:
    """Whether an output was printed: next to a hidden test, by whomever, it is not shown."""
    return bool(output.output_type == "stream" and output["name"] == "stdout")


@dataclass(slots=True)
class _Waiting:
    """A fork that waits, the way to it, and the places of its tests in the notebook."""

    orders: socket.socket
    places: list[int] = field(default_factory=list)

    def line(self, place: int) -> socket.socket | None:
        """Have it serve one test; give the test's end of the line, ``None`` if it is gone."""
        ours, theirs = socket.socketpair()
        try:
            word = LAST if place == self.places[-1] else FURTHER
            self.orders.setblocking(False)
            socket.send_fds(self.orders, [word], [theirs.fileno()])
        except OSError:
            ours.close()
            return None
        finally:
            theirs.close()
        return ours


class Answers(Run):
    """The learner's cells and the given ones, and the forks that wait for the tests."""

    def __init__(
        self, client: Execute, notebook: NotebookNode, files: dict[str, bytes], script: Script
    ) -> None:
        super().__init__(client, notebook, files)
        self.script = script
        self.forks = sum(is_test(cell) for cell in notebook.cells)
        self.tests = Tests(client, notebook, files, script)
        self.tests.execution = self.execution
        self.tests.allowance = self.allowance
        self.tests.answers = self.jail
        self.parked: list[_Waiting] = []
        # The last of them, while nothing has run since.
        self.beside: _Waiting | None = None
        self.lost: list[int] = []
        self.bring = _names_brought(notebook, script)

    def _start(self) -> None:
        self.tests.launch()
        super()._start()

    def _come_to(self, cell: NotebookNode, index: int) -> None:
        """Run a cell of the learner's or a given one; at a test, have a fork wait for it."""
        if not is_test(cell):
            super()._come_to(cell, index)
        elif grade_id_of(cell) not in self.script.alone:
            self._park(index)

    def _conclude(self) -> None:
        """Run the tests."""
        self._close()
        self._seek_the_lost()

    def _end(self) -> None:
        super()._end()
        self.tests.finish()

    def _park(self, index: int) -> None:
        """Have the interpreter fork at the place of a test, if it has not done so for the last."""
        cell = self.notebook.cells[index]
        if self.beside is not None:
            self.beside.places.append(index)
        elif not self._revived(index) or self.visitor is None:
            self.lost.append(index)
            return
        else:
            self._fork(self.visitor, index)
        if index in self.bring and self.visitor is not None:
            self._bring(cell, index)

    def _fork(self, visitor: Visitor, index: int) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            visitor.hand(theirs)
            park: protocol.Park = {"op": "park", "watched": list(self.script.watched)}
            self.jail.park(_process(order(visitor, park, self._patience())))
            self.beside = _Waiting(ours, [index])
            self.parked.append(self.beside)
        except (Stopped, OSError, TimeoutError):
            ours.close()
            self.lost.append(index)
            self._close()
        finally:
            theirs.close()

    def _patience(self) -> float:
        """Give the seconds that an order may take, within those of the notebook."""
        return max(0.1, min(ORDER_SECONDS, self.until - time.monotonic()))

    def _run(self, cell: NotebookNode, index: int) -> str:
        self.beside = None
        return super()._run(cell, index)

    def _bring(self, cell: NotebookNode, index: int) -> None:
        """Run what the learner has seen of a test, as a later cell of theirs uses its names."""
        shown = copy.deepcopy(cell)
        shown.source = self.script.stub(grade_id_of(cell))
        shown.outputs = []
        events = list(self.execution.events)
        self._run(shown, index)
        self.execution.events[:] = events

    def _repeat(self, cell: NotebookNode, place: int) -> None:
        if not is_test(cell):
            super()._repeat(cell, place)
        elif place in self.bring:
            self._bring(cell, place)

    def _close(self) -> str | None:
        """End the learner's cells, run the tests that wait, and end their forks."""
        self.beside = None
        if self.visitor is not None and self.parked:
            self.jail.spare()
            parked, self.parked = self.parked, []
            for waiting in parked:
                for index in waiting.places:
                    line = waiting.line(index)
                    if line is None or not self.tests.test(index, line):
                        self.lost.append(index)
                waiting.orders.close()
        return super()._close()

    def _seek_the_lost(self) -> None:
        """Give the tests whose fork was gone before they began one more, after a replay."""
        lost, self.lost = sorted(self.lost), []
        if lost and self.restarts < RESTARTS and not self._is_over():
            self.restarts += 1
            self._open()
            self._wait_at(lost)
            self._close()
            lost, self.lost = sorted(set(self.lost)), []
        for index in lost:
            cell = self.notebook.cells[index]
            if not cell.outputs:
                self._fail(cell, "DeadKernelError", because(Code.HAD_ENDED))
            self.execution.status[grade_id_of(cell)] = "dead"
            self._say(because(Code.NOT_ASKED), cell, look=True)
            if self._was_kept():
                self._excuse(cell)

    def _wait_at(self, stops: list[int]) -> None:
        """Bring a new fork through the notebook, and have it wait at these tests."""
        for place, cell in enumerate(self.notebook.cells[: stops[-1] + 1]):
            if self.visitor is None:
                self.lost += [stop for stop in stops if stop >= place]
                return
            if place in stops:
                self._park(place)
            else:
                self._repeat(cell, place)


class Tests(Run):
    """The tests' side of one notebook: its own interpreter, and no line of the learner's."""

    def __init__(
        self, client: Execute, notebook: NotebookNode, files: dict[str, bytes], script: Script
    ) -> None:
        beside = not_to_be_imported(files, client.brief.support)
        super().__init__(client, notebook, beside, "tests")
        self.script = script
        self.answers: Jail | None = None
        self.done = 0
        self.visible = 0
        self.asked = _names_asked(script)
        self.cells = _numbered_cells(notebook, script)

    def waited(self) -> dict[str, float]:
        """Ask for how long the test, and what it calls, was kept from a processor."""
        return self.jail.waited() | ({} if self.answers is None else self.answers.waited())

    def launch(self) -> None:
        """Start the interpreter before it is needed."""
        self._open()

    def _open(self) -> None:
        super()._open()
        if self.visitor is not None:
            try:
                order(self.visitor, {"op": "cells", "cells": self.cells}, ORDER_SECONDS)
            except (Stopped, OSError, TimeoutError):
                self._close()

    def finish(self) -> None:
        """End the interpreter."""
        self._close()

    def test(self, index: int, line: socket.socket) -> bool:
        """Run a test against its fork; say whether that fork was there to be asked."""
        cell = self.notebook.cells[index]
        place = next(
            (n for n, step in enumerate(self.script.steps) if step.grade_id == grade_id_of(cell)), 0
        )
        try:
            if self._is_over():
                self.execution.status[grade_id_of(cell)] = self._attend(cell, index)
                return True
            self._revived(index)
            if not self._begin(line):
                return False
            for step in self.script.steps[self.done : place]:
                self._prepare(step)
            self.done = max(self.done, place + 1)
            self._judge(cell, index, self.script.steps[place])
        except (Stopped, OSError, TimeoutError) as fault:
            kept = self._was_kept()
            self._close()
            self.execution.status[grade_id_of(cell)] = "dead"
            why = reason_of(fault)
            self._fail(cell, "DeadKernelError", because(Code.TESTS_STOPPED_HERE, why=why))
            self._say(because(Code.TESTS_STOPPED), cell, look=True)
            if kept:
                self._excuse(cell)
        finally:
            line.close()
        return True

    def _judge(self, cell: NotebookNode, index: int, step: Step) -> None:
        visitor = self.visitor
        if visitor is None:
            raise Stopped(because(Code.ENDED))
        self.visible = step.visible
        status = self._run(cell, index)
        failed, waited = "", [0.0]
        if self.visitor is not None:
            # Asked before the test's fork ends.
            waited += self.waited().values() if status == "error" else []
            failed = order(visitor, {"op": "over"}, ORDER_SECONDS).get("failed", "")
        if status == "error" and failed:
            status = failed
            if failed == "timeout" and max(waited) > KEPT * self.client.seconds_of_a_cell:
                self._excuse(cell)
            code = Code.CALL_TOO_LONG if failed == "timeout" else Code.ENDED_IN_CALL
            self._say(because(code, cell=grade_id_of(cell)), cell, look=True)
        self.execution.status[grade_id_of(cell)] = status

    def _begin(self, line: socket.socket) -> bool:
        visitor = self.visitor
        if visitor is None:
            raise Stopped(because(Code.DID_NOT_START))
        visitor.hand(line)
        # To say what its names are takes no time but what a busy machine takes.
        seconds = max(self.client.seconds_of_a_cell, ORDER_SECONDS)
        seconds = max(0.1, min(seconds, self.until - time.monotonic()))
        watched = list(self.script.watched)
        begin: protocol.Begin = {"op": "begin", "seconds": seconds, "watched": watched}
        return bool(order(visitor, begin, seconds + ORDER_SECONDS).get("answers"))

    def _prepare(self, step: Step) -> None:
        """Do what stands before a test: run a given cell, or let names be the learner's."""
        visitor = self.visitor
        if visitor is None:
            raise Stopped(because(Code.ENDED))
        seconds = self.client.seconds_of_a_cell
        if step.source and step.kind != "test":
            quiet: protocol.Run = {
                "op": "run",
                "code": step.source,
                "visible": None,
                "seconds": seconds,
                "usual": seconds,
            }
            order(visitor, quiet, seconds + GRACE_SECONDS)
        names = [name for name in step.names if self.asked is None or name in self.asked]
        if step.kind == "answer" and names:
            order(visitor, {"op": "bind", "names": names}, seconds + ORDER_SECONDS)

    def _order(self, cell: NotebookNode, number: str) -> protocol.Run:
        usual = max(0.1, min(self.client.seconds_of_a_cell, self.until - time.monotonic()))
        # The desk interrupts a call that took its time; this is for the case that it does not.
        seconds = BUSY * usual + GRACE_SECONDS
        run = super()._order(cell, number)
        run["visible"], run["seconds"], run["usual"] = self.visible, seconds, usual
        return run

    def _replay(self, index: int) -> None:
        """Bring a new interpreter to where the old one was, as far as that needs no answers."""
        del index
        steps, self.done = self.script.steps[: self.done], 0
        for step in steps:
            code = imports_of(step.source) if step.kind == "test" else step.source
            self._prepare(Step("given", source=code))
        self.done = len(steps)


def not_to_be_imported(files: dict[str, bytes], teachers: frozenset[str]) -> dict[str, bytes]:
    """Leave out what a learner handed in and the tests' interpreter could take for a module.

    It looks beside the notebook first: for a module of the teacher's that lies there, and
    for whatever a library imports only when it is used.
    """
    return {
        path: content
        for path, content in files.items()
        if path in teachers or not path.lower().endswith(IMPORTABLE)
    }


def _process(reply: dict[str, Any]) -> int:
    process = reply.get("pid")
    if type(process) is not int or process < 2:
        raise Stopped(because(Code.DID_NOT_WAIT))
    return process


def order(visitor: Visitor, asked: protocol.Numbered, seconds: float) -> dict[str, Any]:
    """Give an order and wait for its reply; what is shown meanwhile is dropped.

    Raises
    ------
    Stopped, TimeoutError, OSError
        If there is no such reply.
    """
    number = secrets.token_hex(8)
    until = time.monotonic() + seconds
    asked["number"] = number
    visitor.send(asked)
    while True:
        kind, content = visitor.receive(until - time.monotonic())
        if kind == "reply":
            if content.get("number") != number:
                raise Stopped(because(Code.ANSWERED_FOR_IT))
            return content


def _numbered_cells(notebook: NotebookNode, script: Script) -> dict[str, str]:
    """Give what was handed in of each cell, by the number under which it runs."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            source = script.stub(grade_id_of(cell)) if is_test(cell) else cell.source
            found[str(len(found) + 1)] = source
    return found


def _names_asked(script: Script) -> frozenset[str] | None:
    """List the names that given cells and tests mention; ``None`` if it cannot be told."""
    asked: set[str] = set()
    for step in script.steps:
        if step.kind != "answer":
            read = names_read(step.source)
            if read is None:
                return None
            asked |= read
    return frozenset(asked)


@lru_cache(maxsize=256)
def _names_made(shown: str) -> frozenset[str]:
    """Name what the shown part of a test makes: it is the same for the whole class."""
    return names_bound(shown) or frozenset()


def _names_brought(notebook: NotebookNode, script: Script) -> set[int]:
    """Find the tests whose visible part makes a name that a later cell of the learner's reads."""
    found: set[int] = set()
    made = {step.grade_id: step for step in script.steps if step.kind == "test"}
    for index, cell in enumerate(notebook.cells):
        if not is_test(cell):
            continue
        step = made.get(grade_id_of(cell))
        names = frozenset() if step is None else _names_made(script.stub(step.grade_id))
        for later in notebook.cells[index + 1 :]:
            if names and later.cell_type == "code" and not _is_locked(later):
                read = names_read(later.source)
                if read is not None and names & read:
                    found.add(index)
                    break
    return found


def _is_locked(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("locked"))
