"""Take a submission apart and lay its answers into the teacher's notebooks, for every pipeline.

``classroom grade`` and plain nbgrader behind the desk's walls make the same of a
submission because both begin here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from classroom.course import Flag, Submission
from classroom.intake.copies import Sorted, sort_files
from classroom.intake.matching import without_copy_mark
from classroom.intake.preflight import Unreadable, read_notebook
from classroom.intake.restore import restore
from classroom.words.reasons import Code, Reason, because

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from classroom.plan import Plan


@dataclass(slots=True)
class PreparedNotebook:
    """One notebook of the assignment, as a submission has it.

    Attributes
    ----------
    document
        The teacher's, with the student's answers; ``None`` if it cannot be graded.
    fault
        Why it cannot, where a person must look; without one and without a
        document it was simply not handed in.
    flags
        What the teacher is told of it.
    """

    document: NotebookNode | None = None
    fault: Reason | None = None
    flags: list[Flag] = field(default_factory=list)


@dataclass(slots=True)
class Prepared:
    """A submission, ready to be graded.

    Attributes
    ----------
    notebooks
        Every notebook of the assignment, by its name.
    files
        What else was handed in, by path.
    flags
        What the teacher is told of the whole, beside what reading it has shown.
    """

    notebooks: dict[str, PreparedNotebook] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)


def prepare(submission: Submission, plan: Plan) -> Prepared:
    """Sort what was handed in, read it, and put its answers where they belong."""
    handed = sort_files(submission, plan)
    notebooks = {name: _notebook(name, submission, handed, plan) for name in plan.notebooks}
    return Prepared(notebooks, handed.others, handed.flags)


def _notebook(name: str, submission: Submission, handed: Sorted, plan: Plan) -> PreparedNotebook:
    content = handed.notebooks.get(name)
    if content is None:
        return _absent(name, submission, any_handed_in=bool(handed.notebooks))
    try:
        written = read_notebook(content)
    except Unreadable as error:
        return _unfit(name, because(Code.UNREADABLE, notebook=name, why=error.reason))
    flags = [Flag(remark, name, look=False) for remark in written.remarks]
    flags += [Flag(doubt, name) for doubt in written.doubts]
    if written.lost:
        lost = because(Code.CELLS_LOST, cells=written.lost, notebook=name)
        flags.append(Flag(lost, name))
    document, put_right = restore(
        written, plan.notebooks[name], restore_missing=plan.marking.restore_missing
    )
    return PreparedNotebook(document, flags=[*flags, *put_right])


def _absent(name: str, submission: Submission, *, any_handed_in: bool) -> PreparedNotebook:
    """Tell a notebook that was not handed in from one that something stood in the way of."""
    stems = [PurePosixPath(path).name.removesuffix(".ipynb") for path, _ in submission.barred]
    if not any_handed_in or name in stems or name in map(without_copy_mark, stems):
        return _unfit(name, because(Code.NO_NOTEBOOK, notebook=name))
    missing = Flag(because(Code.NOT_HANDED_IN, notebook=name), name, look=False)
    return PreparedNotebook(flags=[missing])


def _unfit(name: str, fault: Reason) -> PreparedNotebook:
    return PreparedNotebook(fault=fault, flags=[Flag(fault, name)])
