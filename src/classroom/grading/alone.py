"""A notebook in one interpreter, and what it is asked afterwards (see ``audit``)."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from nbgrader import utils

from classroom.grading.audit import (
    Answers,
    Finding,
    Question,
    judge,
    names_bound,
    names_used,
    questions,
    without_answers,
)
from classroom.grading.cells import is_test, shows_a_result
from classroom.grading.execution import Execution
from classroom.grading.run import Run
from classroom.walls.jail import Stopped, Visitor
from classroom.words.reasons import Code, because

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.grading.execute import Execute
    from classroom.walls.inside import protocol


AUDIT_SECONDS = 10.0
# So many tests are questioned in full where what they call does the comparing.
IN_FULL = 4


class Alone(Run):
    """A notebook whose answers and tests share one interpreter, and so its audit."""

    def __init__(self, client: Execute, notebook: NotebookNode, files: dict[str, bytes]) -> None:
        super().__init__(client, notebook, files)
        self.audit_seconds = AUDIT_SECONDS

    def whole(self) -> Execution:
        """Run all cells in one interpreter, then the audit."""
        super().whole()
        self.execution.slow = self.jail.slow
        tests = [cell for cell in self.notebook.cells if is_test(cell)]
        self.execution.alone = frozenset(cell.metadata.nbgrader.grade_id for cell in tests)
        return self.execution

    def _come_to(self, cell: NotebookNode, index: int) -> None:
        super()._come_to(cell, index)
        if not self.client.audit or not is_test(cell):
            return
        if self.execution.status[cell.metadata.nbgrader.grade_id] == "ok":
            self._audited(self._witness, cell)

    def _conclude(self) -> None:
        if self.client.audit and self.visitor is not None:
            self._audited(self._audit)

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
        if any(shows_a_result(cell) for cell in tests):
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


def _place() -> str:
    return f"_{secrets.token_hex(8)}"
