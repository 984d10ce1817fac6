"""The desk's walls for plain nbgrader: three preprocessors that ``behind_walls`` puts in place.

nbgrader keeps its own course of things: one submission after another, its own
copying, its own gradebook. Only three steps are the desk's. ``Restore`` lays the
answers into the teacher's notebook before nbgrader looks at it; ``Execute`` runs
that behind walls; ``SaveAutoGrades`` leaves to a person what cannot be believed.
They bear the names of nbgrader's classes, so that ``c.Execute.timeout`` goes on
working, and make of a submission what ``classroom grade`` makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute as TheirExecute
from nbgrader.preprocessors.base import NbGraderPreprocessor
from traitlets import Bool

from classroom.course import ClassroomError, Course, Flag
from classroom.grading import execute
from classroom.grading.apart import run_apart
from classroom.grading.execution import RESULTS, Execution
from classroom.grading.key import GradingKey
from classroom.grading.worker import Conditions, Proof, Worker, told
from classroom.grading.writer import call_for_a_look
from classroom.intake.preflight import identities, read_submission
from classroom.intake.prepare import PreparedNotebook, prepare
from classroom.nbgrader_internals import (
    Gradebook,
    NotForTheDesk,
    converter_of,
    within_a_conversion,
)
from classroom.plan import Marking, Plan, make_plan
from classroom.terminal import one_line
from classroom.walls.jail import choose_walls
from classroom.words.sentences import sentence

FLAGS = "classroom_flags"


@dataclass(slots=True)
class _Handed:
    """One notebook of a submission, read as the desk reads it."""

    course: Course
    plan: Plan
    notebook: NotebookNode
    files: dict[str, bytes]
    flags: list[Flag]


def _read(preprocessor: Any, resources: dict[str, Any], restore_missing: bool) -> _Handed:
    """Read the submission that nbgrader is at, from the folder in which it was handed in."""
    converter = converter_of(preprocessor)
    course = Course(converter.coursedir, converter.config)
    where = resources["nbgrader"]
    name, student, assignment = where["notebook"], where["student"], where["assignment"]
    plan = make_plan(course, assignment, Marking(restore_missing=restore_missing))
    secret = identities(course.root / course.directory.source_directory)
    submission = read_submission(course, student, assignment, secret)
    prepared = prepare(submission, plan)
    notebook = prepared.notebooks.get(name, PreparedNotebook())
    flags = [*submission.flags, *prepared.flags, *notebook.flags]
    if notebook.document is None:
        said = " ".join(sentence(flag.reason) for flag in flags)
        raise ClassroomError(f"{student}: nothing of {name}.ipynb can be graded. {said}")
    return _Handed(course, plan, notebook.document, prepared.files | plan.support, flags)


def _warn(preprocessor: Any, resources: dict[str, Any], flag: Flag) -> None:
    """Tell of a flag in nbgrader's log, which is a terminal or formgrader's window."""
    student = one_line(resources["nbgrader"]["student"])
    preprocessor.log.warning("%s: %s", student, one_line(sentence(flag.reason)))


class Restore(NotForTheDesk, NbGraderPreprocessor):
    """Put the teacher's notebook, with the student's answers, in the place of the student's."""

    restore_missing = Bool(
        True, help="Whether tests and questions that a student deleted come back"
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Restore; nothing that the file says of itself is passed on."""
        del nb
        handed = _read(self, resources, self.restore_missing)
        for flag in handed.flags:
            _warn(self, resources, flag)
        # nbgrader has copied what links point to; it must not be handed back as feedback.
        where = resources["nbgrader"]
        folder = handed.course.autograded(where["student"], where["assignment"])
        for path in [path for path in folder.rglob("*") if not path.is_dir()]:
            name = path.relative_to(folder).as_posix()
            if name not in handed.files and path.suffix != ".ipynb":
                path.unlink()
        return handed.notebook, resources


_proofs: dict[str, Proof] = {}


class Execute(execute.Execute):
    """The desk's ``Execute`` where nbgrader, not the desk, leads."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run behind walls; where there are none to be had, as nbgrader does, and say so."""
        try:
            choose_walls(self.sandbox)
        except ClassroomError as fault:
            if self.sandbox != "auto":
                self.log.error("Nothing was run: %s", fault)  # noqa: TRY400 - a sentence is enough
                raise
            self.log.warning(
                "STUDENT CODE RUNS WITHOUT A SANDBOX and can do what you can do: %s. To refuse "
                "instead, set c.Execute.sandbox = 'bubblewrap' in nbgrader_config.py.",
                fault,
            )
            nb, resources = TheirExecute.preprocess(self, nb, resources, km)
            return nb, resources
        handed = _read(self, resources, restore_missing=True)
        proof = self._proven(handed)
        self.brief = execute.Brief(
            imports=handed.plan.imports,
            answers=handed.plan.answers,
            support=frozenset(handed.plan.support),
            exempt=proof.exempt,
            scripts={
                name: replace(each.script, alone=proof.alone[name])
                for name, each in handed.plan.notebooks.items()
            },
            run=run_apart,
            files=handed.files,
        )
        nb, resources = super().preprocess(nb, resources, km)
        seen: Execution = resources[RESULTS]
        name = resources["nbgrader"]["notebook"]
        flags = [flag for flag in handed.flags if flag.notebook in (None, name)]
        flags += told(name, seen)
        for flag in flags:
            if flag.look:
                _warn(self, resources, flag)
        resources[FLAGS] = handed.plan, flags
        return nb, resources

    def _proven(self, handed: _Handed) -> Proof:
        """What grading the teacher's own solution shows; asked once an assignment."""
        conditions = Conditions(self.sandbox, self.memory, self.timeout)
        key = GradingKey.of(handed.plan, conditions).digest
        if key not in _proofs:
            worker = Worker(handed.plan, conditions)
            with within_a_conversion():
                _proofs[key] = worker.warm_up()
        return _proofs[key]


class SaveAutoGrades(execute.SaveAutoGrades):
    """Score as the desk does, and say in the gradebook what needs a look, and why."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Save the scores, then the flags."""
        nb, resources = super().preprocess(nb, resources)
        plan, flags = resources.pop(FLAGS, (None, []))
        if plan is not None:
            where = resources["nbgrader"]
            with Gradebook(where["db_url"]) as book:
                row = book.find_submission_notebook(
                    where["notebook"], where["assignment"], where["student"]
                )
                call_for_a_look(row, [flag for flag in flags if flag.look], plan)
                book.db.commit()
        return nb, resources
