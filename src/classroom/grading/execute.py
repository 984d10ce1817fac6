"""Run notebooks behind walls: nbgrader preprocessors that take the place of its own.

``Execute`` and ``SaveAutoGrades`` bear the names of nbgrader's classes, so that
``c.Execute.timeout`` and the rest of a course's configuration go on working.
The desk's workers use them; ``nbgrader autograde`` and formgrader's button do
too by way of ``classroom.grading.plain``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader import preprocessors as theirs
from traitlets import Bool, Integer, Unicode

from classroom.grading.cells import is_test
from classroom.grading.execution import RESULTS, Execution
from classroom.walls.jail import Limits, choose_walls, jail_fault
from classroom.words.reasons import Code, because
from classroom.words.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from classroom.crossing.script import Script


# A notebook may take this many times what one cell may.
PATIENCE = 10


def _unbriefed(*_: Any) -> Execution:
    raise TypeError("an Execute runs a notebook as its brief says, and it has none")


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
    run
        Runs a notebook: with its tests apart from the answers if it is given their script.
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
    run: Callable[[Execute, NotebookNode, dict[str, bytes], Script | None], Execution] = _unbriefed
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
        execution = brief.run(self, nb, files, brief.scripts.get(name))
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
