"""Grade one submission: from bytes to marks, with no course and no gradebook at hand.

A worker is a trusted process. It takes the submission apart, lays the answers
into the teacher's notebook, has nbgrader's own converter grade that notebook in
a temporary folder, with the cells run behind walls, and returns plain data.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, v4
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute as TheirExecute
from nbgrader.preprocessors import SaveAutoGrades as TheirSaveAutoGrades
from nbgrader.utils import parse_utc
from traitlets.config import Config

from classroom.course import (
    UNGRADED,
    ClassroomError,
    Flag,
    NotebookOutcome,
    Outcome,
    Submission,
)
from classroom.grading import execute
from classroom.grading.apart import run_apart
from classroom.grading.execution import RESULTS, Execution
from classroom.grading.memory_gradebook import MemoryGradebook
from classroom.intake.prepare import prepare
from classroom.nbgrader_internals import (
    OneSubmission,
    check_schemas_once,
    converter_of,
    instead_of_gradebook,
)
from classroom.plan import Plan, TeacherNotebook
from classroom.sanitise import SafeDisplay
from classroom.walls.folders import sweep, temporary_folder
from classroom.walls.jail import jail_fault
from classroom.walls.jails import jail_for
from classroom.words.reasons import Code, Reason, because
from classroom.words.sentences import sentence

LOG_LINES = 20


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what conditions work is run.

    Attributes
    ----------
    sandbox
        ``auto``, ``bubblewrap``, ``landlock`` or ``none``; ``auto`` leaves it to the
        course's configuration.
    memory, timeout
        Megabytes, and seconds a cell may take; ``None`` leaves it to the configuration.
    """

    sandbox: str = "auto"
    memory: int | None = None
    timeout: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What grading the teacher's own solution has shown.

    Attributes
    ----------
    exempt
        By notebook, what the audit finds there, and so holds against nobody.
    alone
        By notebook, the tests that need the learner's interpreter itself.
    """

    exempt: Mapping[str, frozenset[str]] = field(default_factory=dict)
    alone: dict[str, frozenset[str]] = field(default_factory=dict)


class _Keep(logging.Handler):
    """Keep the last warnings of nbgrader, to say why it gave up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines = [*self.lines, record.getMessage()][-LOG_LINES:]

    def cause(self, error: Exception) -> str:
        """Give the error that nbgrader logged, which says more than the one it raises."""
        traces = [line for line in self.lines if line.startswith("Traceback")]
        last = traces[-1].strip().splitlines()[-1] if traces else ""
        return last[:500] or f"{type(error).__name__}: {error}"


class Execute(execute.Execute):
    """The desk's ``Execute`` as a worker has it run: briefed by it, and telling what was seen."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the cells; a fault of the sandbox would else be one of the submission's."""
        worker: Worker = converter_of(self).led_by
        self.brief = worker.brief
        try:
            nb, resources = super().preprocess(nb, resources, km)
        except ClassroomError as fault:
            worker.faults.append(fault)
            raise
        worker.executions[resources["nbgrader"]["notebook"]] = resources[RESULTS]
        return nb, resources


# Which of nbgrader's steps are the desk's, whatever a course has made of them.
OURS = {TheirExecute: Execute, TheirSaveAutoGrades: execute.SaveAutoGrades}


@dataclass(slots=True)
class Worker:
    """Grades submissions of one plan, one after another.

    Parameters
    ----------
    plan
        The assignment.
    conditions
        How to run it.

    Attributes
    ----------
    brief
        What its notebooks are run with; the proof adds to it.
    executions
        What was seen while the notebooks of the last submission ran, by their names.
    faults
        What kept them from being run, through no fault of their own.
    """

    plan: Plan
    conditions: Conditions = field(default_factory=Conditions)
    brief: execute.Brief = field(init=False)
    executions: dict[str, Execution] = field(default_factory=dict)
    faults: list[ClassroomError] = field(default_factory=list)
    _keep: _Keep = field(default_factory=_Keep)
    _config: Any = None

    def __post_init__(self) -> None:
        check_schemas_once()
        plan = self.plan
        self.brief = execute.Brief(
            imports=plan.imports,
            answers=plan.answers,
            support=frozenset(plan.support),
            scripts={name: replace(each.script) for name, each in plan.notebooks.items()},
            run=run_apart,
        )
        config = Config(plan.config)
        if self.conditions.sandbox != "auto":
            config.Execute.sandbox = self.conditions.sandbox
        if self.conditions.memory is not None:
            config.Execute.memory = self.conditions.memory
        config.Execute.audit = plan.marking.audit
        config.SaveAutoGrades.warnings_cost = plan.marking.warnings_cost
        if self.conditions.timeout is not None:
            config.Execute.timeout = self.conditions.timeout
        config.CourseDirectory.notebook_id = "*"
        # Every preprocessor's result would else be checked against the format's schema.
        config.Exporter.optimistic_validation = True
        self._config = config

    def warm_up(self) -> Proof:
        """Start the interpreter, and prove the audit on the teacher's own solution.

        What it finds there is the audit's mistake, or the teacher's way of
        testing; it is returned, and not held against students.
        """
        sweep()
        client: Any = Execute(config=self._config)
        brief = self.brief
        if jail_fault() is None:
            jail_for(client.sandbox, client.limits(), brief.imports, "tests")
        if self.plan.solutions:
            teacher = Submission("teacher", self.plan.assignment, dict(self.plan.solutions))
            brief.thorough = True
            self.grade(teacher)
            self._learn_what_is_alone()
            if any(script.alone for script in brief.scripts.values()):
                self.grade(teacher)
            brief.thorough = False
            brief.exempt = {
                name: frozenset(
                    (*execution.findings.questions, *(f.key for f in execution.findings.notebook))
                )
                for name, execution in self.executions.items()
            }
        return Proof(brief.exempt, {name: script.alone for name, script in brief.scripts.items()})

    def _learn_what_is_alone(self) -> None:
        """Note the tests that the teacher's own solution does not pass from outside."""
        for name, execution in self.executions.items():
            script = self.brief.scripts[name]
            tests = {step.grade_id for step in script.steps if step.kind == "test"}
            failed = {test for test in tests if execution.status.get(test) != "ok"}
            script.alone = script.alone | failed

    def grade(self, submission: Submission) -> Outcome:
        """Grade one submission; whatever it holds, there is an outcome.

        Raises
        ------
        ClassroomError
            If no sandbox can be had any more: nothing to do with the submission.
        """
        begun = time.monotonic()
        outcome = Outcome(submission.student, submission.assignment, submission.digest)
        outcome.flags = list(submission.flags)
        outcome.timestamp = self._timestamp(submission, outcome)
        try:
            self._grade(submission, outcome)
        except Exception as error:  # noqa: BLE001 - one submission must not end the class
            if self.faults:
                raise self.faults.pop() from None
            reason = because(Code.NOT_GRADED, cause=str(self._keep.cause(error)))
            outcome.flags.append(Flag(reason))
            for name, teacher in self.plan.notebooks.items():
                outcome.notebooks[name] = ungraded(teacher, reason)
        outcome.wall = time.monotonic() - begun
        return outcome

    @staticmethod
    def _timestamp(submission: Submission, outcome: Outcome) -> str | None:
        text = submission.timestamp
        if text is None:
            return None
        try:
            parsed = parse_utc(text[:100])
        except (ValueError, OverflowError, TypeError, AttributeError):
            outcome.flags.append(Flag(because(Code.NO_TIME)))
            return None
        return str(parsed.isoformat(" "))

    def _grade(self, submission: Submission, outcome: Outcome) -> None:
        prepared = prepare(submission, self.plan)
        outcome.flags += prepared.flags
        restored = {}
        for name, notebook in prepared.notebooks.items():
            outcome.flags += notebook.flags
            if notebook.document is not None:
                restored[name] = notebook.document
            elif notebook.fault is not None:
                outcome.notebooks[name] = ungraded(self.plan.notebooks[name], notebook.fault)
            else:
                outcome.notebooks[name] = NotebookOutcome(missing=True)
        others = prepared.files
        if restored:
            self._convert(submission, restored, others, outcome)
        outcome.files = {
            name: content for name, content in others.items() if name != "timestamp.txt"
        } | self.plan.support
        if "timestamp.txt" in submission.files:
            outcome.files["timestamp.txt"] = submission.files["timestamp.txt"]

    def _convert(
        self,
        submission: Submission,
        restored: dict[str, Any],
        others: dict[str, bytes],
        outcome: Outcome,
    ) -> None:
        """Have nbgrader grade the restored notebooks in a course of their own."""
        root = temporary_folder("grade")
        try:
            directory = self._course_in(root)
            folder = root / "submitted" / "student" / submission.assignment
            # nbgrader would read the student's own timestamp, and for ever if it has no end.
            _lay(folder, {path: data for path, data in others.items() if path != "timestamp.txt"})
            if outcome.timestamp is not None:
                _lay(folder, {"timestamp.txt": outcome.timestamp.encode()})
            for name, notebook in restored.items():
                nbformat.write(notebook, folder / f"{name}.ipynb")
            _lay(root / "source" / submission.assignment, self.plan.support)
            gradebook = MemoryGradebook(self.plan)
            self.executions.clear()
            self._keep.lines.clear()
            converter = OneSubmission(coursedir=directory, config=self._config)
            converter.led_by = self
            converter.log = _logger(self._keep)
            converter.take(str(folder), [str(folder / f"{name}.ipynb") for name in restored])
            converter.sanitize_preprocessors = self._ours(converter.sanitize_preprocessors)
            converter.autograde_preprocessors = self._ours(converter.autograde_preprocessors)
            if SafeDisplay not in converter.autograde_preprocessors:
                converter.autograde_preprocessors = [
                    *converter.autograde_preprocessors,
                    SafeDisplay,
                ]
            with instead_of_gradebook(gradebook):
                converter.start()
            graded = root / "autograded" / "student" / submission.assignment
            for name, execution in self.executions.items():
                outcome.cpu += execution.cpu
                outcome.slow = execution.slow or outcome.slow
                outcome.flags += told(name, execution)
            for name in restored:
                row = gradebook.notebooks[name]
                outcome.notebooks[name] = NotebookOutcome(
                    grades={grade.name: grade.auto_score for grade in row.grades},
                    comments={comment.name: comment.auto_comment for comment in row.comments},
                    document=(graded / f"{name}.ipynb").read_text(encoding="utf-8"),
                )
        finally:
            shutil.rmtree(root, ignore_errors=True)

    def _course_in(self, root: Path) -> CourseDirectory:
        config = Config(self._config)
        config.CourseDirectory = Config(
            {
                "root": str(root),
                "assignment_id": self.plan.assignment,
                "db_url": "sqlite://",
                "ignore": list(CourseDirectory(config=self._config).ignore),
            }
        )
        return CourseDirectory(config=config)

    def _ours(self, preprocessors: list[type]) -> list[type]:
        """Replace nbgrader's classes, and what is made of them, by the desk's; others stay."""
        return [
            next((ours for theirs, ours in OURS.items() if _is(kind, theirs)), kind)
            for kind in preprocessors
        ]


def ungraded(teacher: TeacherNotebook, reason: Reason) -> NotebookOutcome:
    """Make an outcome without marks, with a notebook that says why."""
    note = v4.new_markdown_cell(sentence(because(Code.NOTE_UNGRADED, why=reason)))
    note["id"] = UNGRADED
    cells = [note]
    for cell in teacher.cells:
        make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell}.get(
            cell.kind, v4.new_raw_cell
        )
        made = make(cell.source if cell.locked else cell.stub)
        made.metadata["nbgrader"] = cell.metadata()
        if cell.cell_id:
            made["id"] = cell.cell_id
        cells.append(made)
    document = v4.new_notebook(cells=cells)
    document.nbformat_minor = 5
    return NotebookOutcome(
        grades={c.grade_id: None for c in teacher.cells if c.points is not None},
        comments={c.grade_id: None for c in teacher.cells if c.solution or c.task},
        document=nbformat.writes(document),
        ungraded=True,
    )


def given_up(submission: Submission, plan: Plan, reason: Reason) -> Outcome:
    """Make an outcome for a submission that could not be graded, through no fault of its own."""
    outcome = Outcome(submission.student, submission.assignment, submission.digest)
    outcome.given_up = True
    outcome.flags = [*submission.flags, Flag(reason)]
    for name, teacher in plan.notebooks.items():
        outcome.notebooks[name] = ungraded(teacher, reason)
    return outcome


def told(name: str, execution: Execution) -> list[Flag]:
    """Put what was seen while a notebook ran into flags."""
    flags = [Flag(event.reason, name, event.cell, look=event.look) for event in execution.events]
    if execution.alone:
        names = ", ".join(sorted(execution.alone))
        flags.append(Flag(because(Code.TESTS_ALONE, cells=names), name, look=False))
    flags += [
        Flag(because(Code.NOTEBOOK_UNCHECKED, why=finding.reason), name, distrust=True)
        for finding in execution.findings.notebook
    ]
    for cell, reason in execution.findings.cells.items():
        unchecked = because(Code.CELL_UNCHECKED, cell=cell, why=reason)
        flags.append(Flag(unchecked, name, cell, distrust=True))
    return flags


def _is(preprocessor: Any, kind: type) -> bool:
    return isinstance(preprocessor, type) and issubclass(preprocessor, kind)


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _logger(handler: logging.Handler) -> logging.Logger:
    log = logging.getLogger("classroom.nbgrader")
    log.setLevel(logging.WARNING)
    log.propagate = False
    log.handlers = [handler]
    return log
