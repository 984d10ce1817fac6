"""Run notebooks behind walls: nbgrader preprocessors that take the place of its own.

``Execute`` and ``SaveAutoGrades`` bear the names of nbgrader's classes, so that
``c.Execute.timeout`` and the rest of a course's configuration go on working.
The desk's workers use them; ``nbgrader autograde`` and formgrader's button do
too by way of ``classroom.grading.plain``.
"""

from __future__ import annotations

import atexit
import re
import secrets
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader import preprocessors as theirs
from nbgrader import utils
from traitlets import Bool, Integer, Unicode

from classroom.grading.audit import (
    Answers,
    Finding,
    Findings,
    Question,
    judge,
    names_bound,
    names_used,
    questions,
    without_answers,
)
from classroom.grading.versions import LAB_PYTHON, newer_syntax
from classroom.walls.jail import Jail, Limits, Stopped, Visitor, choose_walls, jail_fault
from classroom.words.reasons import Code, Reason, because, in_words
from classroom.words.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from classroom.crossing.script import Script
    from classroom.walls.inside import protocol

GRACE_SECONDS = 1.0
READY_SECONDS = 30.0
RESTARTS = 5
# A notebook may take this many times what one cell may.
PATIENCE = 10
# On a busy machine, what is kept from a processor may take this many times its limit.
BUSY = 5
# What was kept from a processor for this part of its limit did not fail by itself.
KEPT = 0.25
FLOOD_BYTES = 256 << 20
# What a message counts for besides its text: taking in ever more of them takes ever longer.
MESSAGE_BYTES = 1 << 10
AUDIT_SECONDS = 10.0
# So many tests are questioned in full where what they call does the comparing.
IN_FULL = 4
RESULTS = "classroom"
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


@dataclass(frozen=True, slots=True)
class Event:
    """What went wrong, the cell it concerns, and whether to look."""

    reason: Reason
    cell: str | None = None
    look: bool = False


@dataclass(slots=True)
class Execution:
    """What the trusted side saw while a notebook ran; travels in nbconvert's resources.

    Attributes
    ----------
    status
        ``grade_id`` to ``ok``, ``error``, ``timeout`` or ``dead``.
    alone
        Tests that ran in the learner's own interpreter, and so were audited.
    unread
        Tests of answers that only a newer Python reads, or that the machine was too busy
        for: they wait for a person if they fail.
    events
        What went wrong.
    findings
        What the audit found.
    cpu
        Processor seconds of the student's processes.
    slow
        Why a plain kernel served, if one did.
    """

    status: dict[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    events: list[Event] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    cpu: float = 0.0
    slow: str | None = None


_jails: dict[tuple[object, ...], Jail] = {}


def jail_for(sandbox: str, limits: Limits, imports: tuple[str, ...], role: str = "answers") -> Jail:
    """Give this process's jail for such walls, limits and side, started at the first call."""
    key = (sandbox, limits, imports, role)
    jail = _jails.get(key)
    if jail is None:
        kind, _ = choose_walls(sandbox)
        jail = Jail(kind, limits, imports)
        jail.start()
        _jails[key] = jail
    return jail


@atexit.register
def close_jails() -> None:
    """End this process's interpreters."""
    while _jails:
        _jails.popitem()[1].stop()


@dataclass(slots=True)
class Brief:
    """What the notebooks of one assignment are run with.

    Attributes
    ----------
    imports
        Modules that the interpreter has imported before any of them.
    answers
        What the assignment asks for, by name.
    exempt
        By notebook, the questions and the keys of findings that the teacher's own solution
        would be found by.
    thorough
        Whether every question is asked, as is done of the teacher's own solution.
    scripts
        What the tests' side runs of each notebook, by its name.
    apart
        Runs a notebook with its tests apart from the answers; in one interpreter if not given.
    files
        What lies beside the notebook; if not given, what is found there.
    support
        What of these files is the teacher's, by path.
    """

    imports: tuple[str, ...] = ("numpy", "matplotlib", "matplotlib.pyplot")
    answers: frozenset[str] = frozenset()
    exempt: Mapping[str, frozenset[str]] = field(default_factory=dict)
    thorough: bool = False
    scripts: Mapping[str, Script] = field(default_factory=dict)
    apart: Callable[[Execute, NotebookNode, dict[str, bytes], Script], Execution] | None = None
    files: dict[str, bytes] | None = None
    support: frozenset[str] = frozenset()


class Execute(theirs.Execute):
    """Run a notebook's cells in a fork of a warmed interpreter, behind walls."""

    sandbox = Unicode(
        "auto", help="Which walls: auto, bubblewrap, landlock, or none for work you trust"
    ).tag(config=True)
    memory = Integer(1024, help="Megabytes that one submission may take").tag(config=True)
    notebook_timeout = Integer(
        0, help="Seconds for a whole notebook; 0 for ten times the seconds of a cell"
    ).tag(config=True)
    audit = Bool(True, help="Whether passed tests are checked for forgery").tag(config=True)
    # What the assignment at hand asks for, and what of it holds for the notebook at hand.
    brief = Brief()
    spared: frozenset[str] = frozenset()

    def limits(self) -> Limits:
        """Give the limits that the configuration asks for."""
        seconds = int(self._whole_seconds()) + 5
        return Limits(memory=self.memory << 20, seconds=seconds)

    def _whole_seconds(self) -> float:
        return float(self.notebook_timeout or PATIENCE * self.seconds_of_a_cell)

    @property
    def seconds_of_a_cell(self) -> float:
        """Seconds that a cell, or a call of a learner's function, may take."""
        return float(self._get_timeout(None) or 3600)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run every code cell; what was seen is left in ``resources["classroom"]``."""
        fault = jail_fault()
        if fault is not None:
            choose_walls(self.sandbox)  # refuses all but work that one trusts
            nb, resources = super().preprocess(nb, resources, km)
            resources[RESULTS] = Execution(slow=fault)
            return nb, resources
        NotebookClient.__init__(self, nb, km)
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        brief = self.brief
        folder = Path(resources.get("metadata", {}).get("path") or ".")
        files = _files(folder) if brief.files is None else brief.files
        name = resources.get("nbgrader", {}).get("notebook", "")
        self.spared = brief.exempt.get(name, frozenset())
        script = brief.scripts.get(name)
        if script is None or brief.apart is None:
            execution = Run(self, nb, files).whole()
        else:
            execution = brief.apart(self, nb, files, script)
        self.set_widgets_metadata()
        resources[RESULTS] = execution
        return nb, resources


def _files(folder: Path) -> dict[str, bytes]:
    """Read what lies beside a notebook and its code may open; notebooks stay out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


class Allowance:
    """How long something may take: seconds in which it had a processor, or did not want one.

    Parameters
    ----------
    seconds
        How long.
    waited
        Tells for how many seconds each of its processes was kept from a processor since it
        began.  Asked for when half of the time is over, and at its end.
    """

    def __init__(self, seconds: float, waited: Callable[[], dict[str, float]]) -> None:
        self._seconds = seconds
        self._waited = waited
        now = time.monotonic()
        self.until = now + seconds
        self._last = now + BUSY * seconds
        self._half: float | None = now + seconds / 2
        self._before: dict[str, float] = {}
        self._weight = 1.0
        self._kept = 0.0

    def left(self) -> float:
        """Give the seconds to the next time at which it is to be looked at."""
        until = self.until if self._half is None else min(self._half, self.until)
        return until - time.monotonic()

    def goes_on(self) -> bool:
        """Say, when that time has come, whether it may take longer."""
        now, waited = time.monotonic(), self._waited()
        first, self._half = self._half, None
        if first is not None and now < self.until:
            # The first half is not known, and taken to be as the second.
            self._before, self._weight = waited, 2.0
            return True
        more = self.give_back(waited)
        return now < self.until and more > self._seconds / 20

    def give_back(self, waited: Mapping[str, float]) -> float:
        """Add what processes were kept from a processor since the last time; return the seconds.

        What has ended cannot be asked any more: who runs one process after another gives
        back the time of each before it ends.
        """
        grown = [seconds - self._before.get(one, 0.0) for one, seconds in waited.items()]
        more = self._weight * max(grown, default=0.0)
        self._before, self._weight = {**self._before, **waited}, 1.0
        self._kept += more
        self.until = min(self.until + more, self._last)
        return more

    def end_in(self, seconds: float) -> None:
        """Let it take so much longer and no more."""
        self._half, self.until = None, time.monotonic() + seconds

    @property
    def kept(self) -> bool:
        """Whether it was kept from a processor for longer than could be given back."""
        return self._kept > KEPT * self._seconds and self.until >= self._last


class Run:
    """One notebook from its first cell to its audit, over as many forks as it needs."""

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
        self.received = 0
        self.audit_seconds = AUDIT_SECONDS

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

    def _excuse(self, cell: NotebookNode) -> None:
        """Leave to a person what the machine was too busy for: a test, or all that follow."""
        self._say(because(Code.MACHINE_BUSY, cell=grade_id_of(cell)), cell, look=True)
        cells = [cell] if is_test(cell) else self.notebook.cells
        tests = {each.metadata.nbgrader.grade_id for each in cells if is_test(each)}
        self.execution.unread |= tests

    def whole(self) -> Execution:
        """Run all cells in one interpreter, then the audit."""
        try:
            self._open()
            count = 0
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                count += 1
                cell.outputs = []
                cell["execution_count"] = count
                status = self._attend(cell, index)
                self._miss_the_network(cell)
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
                if grade_id:
                    self.execution.status[grade_id] = status
                if self.client.audit and status == "ok" and is_test(cell):
                    self._audited(self._witness, cell)
            if self.client.audit and self.visitor is not None:
                self._audited(self._audit)
        finally:
            self._close()
        self.execution.slow = self.jail.slow
        tests = [cell for cell in self.notebook.cells if is_test(cell)]
        self.execution.alone = frozenset(cell.metadata.nbgrader.grade_id for cell in tests)
        return self.execution

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
        self.received = 0
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
                kept = self._keep(cell, index, kind, content, kept)
        except (Stopped, OSError) as stop:
            return self._stopped(cell, stop, interrupted)

    def _keep(
        self, cell: NotebookNode, index: int, kind: str, content: dict[str, Any], kept: int
    ) -> int:
        """Take a message in, up to the bound on a cell's output; return what there is now."""
        size = _size(content) + (0 if kind == "stream" else MESSAGE_BYTES)
        bound = self.jail.limits.output
        self.received += size
        if self.received > FLOOD_BYTES:
            raise Stopped(because(Code.ENDLESS_OUTPUT))
        if kept + size <= bound:
            self._output(cell, index, kind, content)
        elif kept <= bound:
            cut = {"name": "stdout", "text": "\n... output cut ...\n"}
            self._output(cell, index, "stream", cut)
            if kind == "error":
                self._output(cell, index, kind, _short(content))
        return kept + size

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

    def _output(self, cell: NotebookNode, index: int, kind: str, content: dict[str, Any]) -> None:
        """Take one message into the cell's outputs, as nbclient does."""
        outputs = cell.outputs
        if kind == "stream":
            name, text = content.get("name"), content.get("text")
            if name not in ("stdout", "stderr") or not isinstance(text, str):
                return
            last = outputs[-1] if outputs else None
            together = (
                last is not None and last.output_type == "stream" and last["name"] == name
            ) and not self.client.clear_before_next_output
            if together and last is not None:
                last.text += text
                return
        elif not _well_formed(kind, content):
            return
        message = {
            "msg_type": kind,
            "header": {"msg_type": kind},
            "content": content,
            "parent_header": {"msg_id": f"cell-{index}"},
            "metadata": {},
            "buffers": [],
        }
        try:
            self.client.process_message(message, cell, index)
        except Exception as error:  # noqa: BLE001 - a student's message may be any shape
            self.client.log.debug("a message of kind %s was dropped: %s", kind, error)

    def _audited(self, part: Callable[..., None], *arguments: Any) -> None:
        """Do a part of the audit within the time that is left for all of it."""
        begun = time.monotonic()
        findings = self.execution.findings
        try:
            if self.visitor is not None and self.audit_seconds > 0:
                part(self.visitor, begun + self.audit_seconds, *arguments)
        except TimeoutError:
            # Its late answer would be taken for that of a cell.
            self._close()
            self.audit_seconds = 0.0
            self._say(because(Code.AUDIT_CUT_SHORT))
        except (Stopped, OSError):
            findings.notebook.append(Finding("ended"))
            self._close()
        finally:
            self.audit_seconds -= time.monotonic() - begun
            spared = self.client.spared
            kept = dict.fromkeys(one for one in findings.notebook if one.key not in spared)
            findings.notebook = list(kept)

    def _probe(self, visitor: Visitor, until: float, cell: NotebookNode | None = None) -> None:
        """Have the interpreter compare itself with what it was before the student's turn.

        What a test's names stand for is kept for its questions, if one is given.
        """
        number = secrets.token_hex(8)
        probe: protocol.Probe = {"op": "probe", "number": number}
        if cell is not None:
            probe["key"] = cell.metadata.nbgrader.grade_id
            probe["names"] = sorted(names_used(cell.source))
        visitor.send(probe)
        kind = ""
        content: dict[str, Any] = {}
        while kind != "probe" or content.get("number") != number:
            kind, content = visitor.receive(until - time.monotonic())
        found = content.get("found")
        if not isinstance(found, list):
            raise Stopped(because(Code.ANSWERED_FOR_IT))
        self.execution.findings.notebook += [Finding.told(said) for said in found[:5]]

    def _witness(self, visitor: Visitor, until: float, cell: NotebookNode) -> None:
        """Look at a test that has just passed, before later cells can cover anything up."""
        grade_id = cell.metadata.nbgrader.grade_id
        names = names_used(cell.source)
        self._probe(visitor, until, cell)
        asked = without_answers(grade_id, cell.source, _place(), self.client.brief.answers & names)
        if asked is not None:
            self._ask(visitor, until, cell, asked)

    def _audit(self, visitor: Visitor, until: float) -> None:
        """Question what passed (see ``classroom.grading.audit``)."""
        findings = self.execution.findings
        status = self.execution.status
        tests = [
            cell
            for cell in self.notebook.cells
            if is_test(cell) and status.get(cell.metadata.nbgrader.grade_id) == "ok"
        ]
        self._probe(visitor, until)
        if any(_shows_a_result(cell) for cell in tests):
            self._echo(visitor, until)
        own = self._own_sources() if tests else []
        if not findings.clean and not self.client.brief.thorough:
            return  # no mark is given any more
        answers = self._answers(own)
        for number, cell in enumerate(tests):
            briefly = number >= IN_FULL and not self.client.brief.thorough
            grade_id, place = cell.metadata.nbgrader.grade_id, _place()
            for question in questions(grade_id, cell.source, place, answers, briefly=briefly):
                self._ask(visitor, until, cell, question)

    def _exchange(
        self, visitor: Visitor, order: protocol.Run | protocol.Audit, until: float
    ) -> tuple[list[tuple[str, dict[str, Any]]], dict[str, Any]]:
        number = secrets.token_hex(8)
        order["number"] = number
        visitor.send(order)
        seen: list[tuple[str, dict[str, Any]]] = []
        while True:
            kind, content = visitor.receive(until - time.monotonic())
            if kind == "reply":
                if content.get("number") != number:
                    raise Stopped(because(Code.ANSWERED_FOR_IT))
                return seen, content
            if len(seen) < 100:
                seen.append((kind, content))

    def _echo(self, visitor: Visitor, until: float) -> None:
        """Ask for a number to be shown, where a mark is what a test shows."""
        asked = str(secrets.randbelow(10**12) + 10**12)
        seen, _ = self._exchange(visitor, {"op": "run", "code": asked}, until)
        shown = [c.get("data", {}).get("text/plain") for k, c in seen if k == "execute_result"]
        if shown != [asked]:
            self.execution.findings.notebook.append(Finding("echo"))

    def _own_sources(self) -> list[str]:
        return [
            cell.source
            for cell in self.notebook.cells
            if cell.cell_type == "code" and not utils.is_locked(cell)
        ]

    def _answers(self, own: list[str]) -> Answers:
        each = [names_bound(source) for source in own]
        bound = None if None in each else frozenset().union(*filter(None, each))
        return Answers(self.client.brief.answers, bound)

    def _ask(self, visitor: Visitor, until: float, cell: NotebookNode, question: Question) -> None:
        findings = self.execution.findings
        grade_id = cell.metadata.nbgrader.grade_id
        if question.name not in self.client.spared and self._answered(
            visitor, question, grade_id, until
        ):
            findings.questions.append(question.name)
            findings.cells.setdefault(grade_id, question.reason)

    def _answered(self, visitor: Visitor, question: Question, key: str, until: float) -> bool:
        """Ask one question; say whether the answer is one that honest work cannot give."""
        if question.secret is None:
            again: protocol.Run = {"op": "run", "code": question.code, "as_of": key}
            return bool(self._exchange(visitor, again, until)[1].get("status") == "ok")
        asked: protocol.Audit = {
            "op": "audit",
            "code": question.code,
            "name": question.place,
            "as_of": key,
        }
        seen, reply = self._exchange(visitor, asked, until)
        status, ename, evalue = (str(reply.get(k)) for k in ("status", "ename", "evalue"))
        through, doubtful = judge(question.secret, status, ename, evalue)
        shown = any(k == "error" and str(c.get("evalue")) == evalue for k, c in seen)
        if not through or not shown:
            unheard = Finding("came-through")
            if unheard not in self.execution.findings.notebook:
                self.execution.findings.notebook.append(unheard)
        return doubtful


def _size(content: dict[str, Any]) -> int:
    """Estimate the size of a message by its texts, two levels deep."""
    total = 0
    for value in content.values():
        if isinstance(value, str):
            total += len(value)
        elif isinstance(value, dict):
            total += sum(len(item) for item in value.values() if isinstance(item, str))
        elif isinstance(value, list):
            total += sum(len(item) for item in value if isinstance(item, str))
    return total


def _texts(cell: NotebookNode) -> Iterator[str]:
    """Give what a cell printed, and the errors with which it ended."""
    for output in cell.outputs:
        if output.output_type == "stream":
            yield str(output.text)
        elif output.output_type == "error":
            yield str(output.evalue)


def grade_id_of(cell: NotebookNode) -> str:
    """Give the name of one of the teacher's cells, nothing of one that the student added."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or "")


def reason_of(stop: Exception) -> Reason:
    """Say why an interpreter stopped, in the system's words if the desk has none."""
    return stop.reason if isinstance(stop, Stopped) else in_words(stop)


def _short(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "ename": str(content.get("ename"))[:200],
        "evalue": str(content.get("evalue"))[:2000],
        "traceback": [],
    }


def _well_formed(kind: str, content: dict[str, Any]) -> bool:
    """Whether a message has the shape that the notebook format asks for."""
    if kind in ("display_data", "execute_result", "update_display_data"):
        data, metadata = content.get("data"), content.get("metadata", {})
        return isinstance(data, dict) and isinstance(metadata, dict)
    if kind == "error":
        trace = content.get("traceback")
        return isinstance(trace, list) and all(isinstance(line, str) for line in trace)
    return kind == "clear_output" or kind.startswith("comm")


def _place() -> str:
    return f"_{secrets.token_hex(8)}"


def is_test(cell: NotebookNode) -> bool:
    """Whether a cell is a test: run for marks, and not the learner's."""
    return bool(cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell))


def _shows_a_result(cell: NotebookNode) -> bool:
    return any(output.output_type == "execute_result" for output in cell.outputs)


class SaveAutoGrades(theirs.SaveAutoGrades):
    """Score a test by what the trusted side saw, not only by what the notebook shows."""

    warnings_cost = Bool(
        False,
        help="Whether a test that wrote to standard error gets no points, as in plain nbgrader",
    ).tag(config=True)

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        execution = resources.get(RESULTS)
        judged = cell
        if is_test(cell):
            judged = NotebookNode(cell)
            outputs = [o for o in cell.outputs if self.warnings_cost or not _is_warning(o)]
            status = (
                execution.status.get(cell.metadata.nbgrader.grade_id, "ok") if execution else ""
            )
            if status not in ("ok", ""):
                outputs = [NotebookNode(output_type="error", ename="", evalue="", traceback=[])]
            judged["outputs"] = outputs
        super()._add_score(judged, resources)
        if execution is not None and judged is not cell:
            self._withhold(cell.metadata.nbgrader.grade_id, execution)

    def _withhold(self, grade_id: str, execution: Execution) -> None:
        """Leave to a person what the audit does not believe, or a newer Python would run."""
        passed = execution.status.get(grade_id) == "ok"
        doubted = not execution.findings.clean and grade_id in execution.alone
        if doubted if passed else grade_id in execution.unread:
            grade = self.gradebook.find_grade(
                grade_id, self.notebook_id, self.assignment_id, self.student_id
            )
            grade.auto_score = None
            grade.needs_manual_grade = True
            self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._add_comment(cell, resources)
        execution = resources.get(RESULTS)
        if execution is None or execution.findings.clean:
            return
        comment = self.gradebook.find_comment(
            cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        comment.auto_comment = " ".join([comment.auto_comment or "", *doubts(execution)]).strip()
        self.gradebook.db.commit()


def doubts(execution: Execution) -> list[str]:
    """Put the findings of an audit into sentences for the teacher."""
    found = execution.findings.notebook
    withheld = [because(Code.MARKS_WITHHELD, why=finding.reason) for finding in found]
    withheld += [
        because(Code.MARK_WITHHELD, cell=cell, why=why)
        for cell, why in execution.findings.cells.items()
    ]
    return [sentence(reason) for reason in withheld]


def _is_warning(output: NotebookNode) -> bool:
    return bool(output.output_type == "stream" and output["name"] == "stderr")
