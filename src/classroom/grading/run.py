"""One notebook, cell by cell, over as many forked interpreters as it needs."""

from __future__ import annotations

import re
import secrets
import sys
import time
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from classroom.grading.audit import (
    Finding,
    names_bound,
    names_used,
)
from classroom.grading.cells import grade_id_of, is_test
from classroom.grading.execution import Event, Execution
from classroom.grading.outputs import Outputs
from classroom.grading.versions import LAB_PYTHON, newer_syntax
from classroom.walls.allowance import KEPT, Allowance
from classroom.walls.jail import Stopped, Visitor
from classroom.walls.jails import jail_for
from classroom.words.reasons import Code, Reason, because, in_words
from classroom.words.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.grading.execute import Execute
    from classroom.walls.inside import protocol


GRACE_SECONDS = 1.0
READY_SECONDS = 30.0
RESTARTS = 5
# What programs say when they miss the network; pip is not in every environment.
_NO_NETWORK = re.compile(
    r"Temporary failure in name resolution|Name or service not known|[Nn]etwork is unreachable"
    r"|Could not resolve host|unable to resolve host|No matching distribution found"
    r"|No module named pip\b|socket\.gaierror|\[Errno -[23]\]"
)
# What Python says when memory, files, processes or room on the disk have run out.
_SHORTAGE = re.compile(
    r"^MemoryError|^OSError: \[Errno (?:11|24|27|28)\]|^BlockingIOError: \[Errno 11\]"
    r"|can't start new thread"
)


class Run:
    """Runs the cells of a notebook; who derives from it says what is done at each, and then.

    Parameters
    ----------
    client
        With the course's configuration.
    notebook, files
        What is run, and what lies beside it.
    role
        Which side of an exercise the interpreter is for.
    """

    def __init__(
        self,
        client: Execute,
        notebook: NotebookNode,
        files: dict[str, bytes],
        role: str = "answers",
    ) -> None:
        self.client = client
        self.notebook = notebook
        self.files = files
        self.execution = Execution()
        self.jail = jail_for(client.sandbox, client.limits(), client.brief.imports, role)
        self.allowance = Allowance(client._whole_seconds(), self.waited)
        self.visitor: Visitor | None = None
        self.restarts = 0
        self.forks = 0
        self.passed_over: set[int] = set()
        self.outputs = Outputs(client, self.jail.limits.output)

    @property
    def until(self) -> float:
        """When the notebook must be over, by `time.monotonic`."""
        return self.allowance.until

    def waited(self) -> dict[str, float]:
        """Ask for how many seconds each process of what runs was kept from a processor."""
        return self.jail.waited()

    def _is_over(self) -> bool:
        """Whether the notebook's time is."""
        return time.monotonic() >= self.until and not self.allowance.goes_on()

    def _was_kept(self) -> bool:
        """Whether it was kept from a processor so long that what failed may be owed to that."""
        self.allowance.give_back(self.waited())
        return self.allowance.kept_seconds > KEPT * self.client.seconds_of_a_cell

    def _excuse(self, cell: NotebookNode) -> None:
        """Leave to a person what the machine was too busy for: a test, or all that follow."""
        self._say(because(Code.MACHINE_BUSY, cell=grade_id_of(cell)), cell, look=True)
        cells = [cell] if is_test(cell) else self.notebook.cells
        tests = {each.metadata.nbgrader.grade_id for each in cells if is_test(each)}
        self.execution.unread |= tests

    def whole(self) -> Execution:
        """Run all cells, then what is left to do when the last has run."""
        try:
            self._start()
            count = 0
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                count += 1
                cell.outputs = []
                cell["execution_count"] = count
                self._come_to(cell, index)
            self._conclude()
        finally:
            self._end()
        return self.execution

    def _start(self) -> None:
        """Make ready for the first cell."""
        self._open()

    def _come_to(self, cell: NotebookNode, index: int) -> None:
        """Run the next cell, and keep how it ended."""
        status = self._attend(cell, index)
        self._miss_the_network(cell)
        if grade_id_of(cell):
            self.execution.status[grade_id_of(cell)] = status

    def _conclude(self) -> None:
        """Do what is left when the last cell has run."""

    def _end(self) -> None:
        """End what still runs, however it went."""
        self._close()

    def _say(self, reason: Reason, cell: NotebookNode | None = None, *, look: bool = False) -> None:
        event = Event(reason, None if cell is None else grade_id_of(cell) or None, look)
        if event not in self.execution.events:
            self.execution.events.append(event)

    def _miss_the_network(self, cell: NotebookNode) -> None:
        """Say once that there is no network, where a cell asked for it."""
        if any(_NO_NETWORK.search(text) for text in _texts(cell)):
            self._say(because(Code.NO_NETWORK))

    def _open(self) -> None:
        """Fork an interpreter and wait for its first word."""
        self._close()
        self.outputs.received = 0
        environment = {"NBGRADER_EXECUTION": "autograde"}
        self.visitor = self.jail.open(self.files, environment, self.forks)
        try:
            kind, content = self.visitor.receive(READY_SECONDS)
        except (Stopped, TimeoutError) as error:
            self._close()
            why = error.reason if isinstance(error, Stopped) else because(Code.NO_ANSWER)
            self._say(because(Code.NOT_STARTED, why=why), look=True)
            return
        if kind == "ready":
            self.notebook.metadata["language_info"] = NotebookNode(content["language_info"])
        else:
            self._close()
            why = in_words(content.get("what"))
            self._say(because(Code.NOT_STARTED, why=why), look=True)

    def _close(self) -> str | None:
        """End the fork; return why it was ended, if not by us."""
        if self.visitor is None:
            return None
        ended = self.visitor.close()
        self.visitor = None
        self.execution.cpu += ended.cpu
        if ended.left:
            self._say(because(Code.PROCESSES_ENDED))
        return ended.why

    def _attend(self, cell: NotebookNode, index: int) -> str:
        """Run one cell, in a new fork if the last one is gone."""
        if self._is_over():
            if self.allowance.kept:
                self._excuse(cell)
            self._fail(cell, "NotebookTimeoutError", because(Code.TIME_WAS_OVER))
            self._say(because(Code.NOTEBOOK_TOO_LONG), look=True)
            return "timeout"
        if not self._revived(index):
            self._fail(cell, "DeadKernelError", because(Code.HAD_ENDED))
            self._say(because(Code.ENDED_TOO_OFTEN), look=True)
            return "dead"
        status = self._run(cell, index)
        if status in ("dead", "timeout"):
            self.passed_over.add(index)
        return status

    def _revived(self, index: int) -> bool:
        """Whether there is an interpreter, a new one at this place if the last is gone."""
        while self.visitor is None and self.restarts < RESTARTS:
            self.restarts += 1
            self._open()
            self._replay(index)
        return self.visitor is not None

    def _replay(self, index: int) -> None:
        """Bring a new fork to where the old one was, without the cells that ended it."""
        for place, cell in enumerate(self.notebook.cells[:index]):
            if self.visitor is not None:
                self._repeat(cell, place)

    def _repeat(self, cell: NotebookNode, place: int) -> None:
        """Run a cell again, for what it does and not for what it shows."""
        runs = cell.cell_type == "code" and cell.source.strip()
        if not runs or place in self.passed_over:
            return
        shown, cell.outputs = cell.outputs, []
        status = self._run(cell, place)
        cell.outputs = shown
        if status in ("dead", "timeout"):
            self.passed_over.add(place)

    def _order(self, cell: NotebookNode, number: str) -> protocol.Run:
        """Write the order to run a cell."""
        order: protocol.Run = {
            "op": "run",
            "number": number,
            "code": cell.source,
            "id": cell.get("id"),
            "test": is_test(cell),
        }
        count = cell.get("execution_count")
        if count is not None:
            order["count"] = count
        return order

    def _fail(self, cell: NotebookNode, name: str, reason: Reason) -> None:
        text = sentence(reason)
        cell.outputs.append(
            NotebookNode(
                output_type="error",
                ename=name,
                evalue=text,
                traceback=[f"\x1b[0;31m{name}\x1b[0m: {text}"],
            )
        )

    def _run(self, cell: NotebookNode, index: int) -> str:
        """Run one cell and take in its messages until its reply."""
        visitor = self.visitor
        client = self.client
        if visitor is None:
            return "dead"
        number = secrets.token_hex(8)
        seconds = min(client._get_timeout(cell) or 3600, self.until - time.monotonic())
        allowance = Allowance(max(seconds, 0.1), self.waited)
        interrupted = False
        kept = 0
        begun = time.monotonic()
        client.clear_before_next_output = False
        try:
            visitor.send(self._order(cell, number))
            while True:
                try:
                    kind, content = visitor.receive(allowance.left())
                except TimeoutError:
                    if interrupted:
                        raise Stopped(because(Code.NOT_INTERRUPTED)) from None
                    if allowance.goes_on():
                        continue
                    if allowance.kept:
                        self._excuse(cell)
                    visitor.interrupt()
                    interrupted = True
                    allowance.end_in(GRACE_SECONDS)
                    continue
                if kind == "reply":
                    if time.monotonic() - begun > seconds / 10:
                        self.allowance.give_back(self.waited())
                    return self._reply(cell, index, content, number, interrupted)
                kept = self.outputs.take(cell, index, kind, content, kept)
        except (Stopped, OSError) as stop:
            return self._stopped(cell, stop, interrupted)

    def _reply(
        self,
        cell: NotebookNode,
        index: int,
        content: dict[str, Any],
        number: str,
        interrupted: bool,
    ) -> str:
        if content.get("number") != number:
            self.execution.findings.notebook.append(Finding("answered"))
            raise Stopped(because(Code.ANSWERED_FOR_IT))
        if interrupted:
            self._fail(cell, "CellTimeoutError", because(Code.NO_REPLY_IN_TIME))
            self._say(because(Code.INTERRUPTED, cell=grade_id_of(cell)), cell, look=True)
            return "timeout"
        status = content.get("status")
        if status == "error":
            reply = {key: str(content.get(key)) for key in ("ename", "evalue")}
            trace = content.get("traceback")
            lines = [str(line) for line in trace] if isinstance(trace, list) else []
            if _SHORTAGE.search(f"{reply['ename']}: {reply['evalue']}"):
                error, words = reply["ename"], reply["evalue"][:80]
                limit = because(Code.RAN_INTO_LIMIT, error=error, words=words)
                self._say(limit, cell, look=True)
            if reply["ename"] == "SyntaxError" and not is_test(cell):
                self._explain(cell, index)
            self.client.on_cell_executed(
                cell=cell,
                cell_index=index,
                execute_reply={"content": {"status": "error", **reply, "traceback": lines}},
            )
            return "error"
        return "ok" if status == "ok" else "error"

    def _explain(self, cell: NotebookNode, index: int) -> None:
        """Leave to a person what the learner's Python reads and the desk's does not."""
        newer = newer_syntax(cell.source)
        if newer is None:
            return
        lab, desk = (".".join(map(str, v)) for v in (LAB_PYTHON, sys.version_info[:2]))
        told = because(Code.NEWER_SYNTAX, cell=grade_id_of(cell), lab=lab, desk=desk)
        self._say(told, cell, look=True)
        missing = names_bound(newer.rewritten) or frozenset()
        for later in self.notebook.cells[index + 1 :]:
            if later.cell_type == "code" and names_used(later.source) & missing:
                if is_test(later):
                    self.execution.unread |= {later.metadata.nbgrader.grade_id}
                else:
                    missing |= names_bound(later.source) or frozenset()

    def _stopped(self, cell: NotebookNode, stop: Exception, interrupted: bool) -> str:
        why = self._close()
        if interrupted:
            self._fail(cell, "CellTimeoutError", because(Code.NO_REPLY_IN_TIME))
            self._say(because(Code.ENDED_AT_LIMIT, cell=grade_id_of(cell)), cell, look=True)
            return "timeout"
        told = because(Code.OUT_OF_MEMORY) if why == "memory" else reason_of(stop)
        self._fail(cell, "DeadKernelError", because(Code.STOPPED_HERE, why=told))
        self._say(because(Code.STOPPED, cell=grade_id_of(cell), why=told), cell, look=True)
        return "dead"


def _texts(cell: NotebookNode) -> Iterator[str]:
    """Give what a cell printed, and the errors with which it ended."""
    for output in cell.outputs:
        if output.output_type == "stream":
            yield str(output.text)
        elif output.output_type == "error":
            yield str(output.evalue)


def reason_of(stop: Exception) -> Reason:
    """Say why an interpreter stopped, in the system's words if the desk has none."""
    return stop.reason if isinstance(stop, Stopped) else in_words(stop)
