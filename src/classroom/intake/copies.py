"""Tell the assignment's notebooks from the other files, and of several copies take one.

The rule, where one notebook was handed in more than once: a copy that can be read
counts before one that cannot; then the one in which more answers were begun; then
the one under the right name; then the last by name. A person is asked to look
unless the copies say the same.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from classroom.course import Flag, Submission
from classroom.intake.archive import Limits, Member, read_zip
from classroom.intake.matching import ENOUGH, Fingerprint, match_notebook
from classroom.intake.preflight import (
    FILES,
    NOTEBOOK_BYTES,
    TOTAL_BYTES,
    StudentNotebook,
    Unreadable,
    read_notebook,
)
from classroom.plan import Plan, TeacherNotebook, defined_names, folded
from classroom.words.reasons import Code, because, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

# What browsers and mail programs make of the suffix; taken only if the cells say so.
OTHER_SUFFIXES = (".ipynb.txt", ".ipynb.json", ".json", ".txt")


@dataclass(slots=True)
class Sorted:
    """What was handed in, sorted.

    Attributes
    ----------
    notebooks
        Content of the assignment's notebooks, by name without suffix.
    others
        The other files, by path.
    flags
        What the teacher is told.
    """

    notebooks: dict[str, bytes] = field(default_factory=dict)
    others: dict[str, bytes] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Copy:
    """One file that may be a notebook of the assignment."""

    path: str
    content: bytes
    read: StudentNotebook | None
    begun: int
    named: bool

    @property
    def rank(self) -> tuple[bool, int, bool, str]:
        return self.read is not None, self.begun, self.named, self.path

    @property
    def says(self) -> list[str]:
        """The text of its cells."""
        return [cell.source.strip() for cell in self.read.cells] if self.read is not None else []


def sort_files(submission: Submission, plan: Plan) -> Sorted:
    """Sort what was handed in; what lies in a zip is taken only where a notebook is missing."""
    expected = {
        name: Fingerprint(frozenset(cell.grade_id for cell in teacher.cells), teacher.cell_ids)
        for name, teacher in plan.notebooks.items()
    }
    found = Sorted()
    copies: dict[str, list[_Copy]] = {name: [] for name in expected}
    _take(submission.files, plan, expected, copies, found)
    if not all(copies.values()):
        for path in [path for path in found.others if path.lower().endswith(".zip")]:
            inside = _unpacked(path, found.others[path], found)
            missing = {name: mark for name, mark in expected.items() if not copies[name]}
            _take(inside, plan, missing, copies, found)
    for name, handed in copies.items():
        if handed:
            _choose(name, handed, found)
    return found


def _take(
    files: Mapping[str, bytes],
    plan: Plan,
    expected: dict[str, Fingerprint],
    copies: dict[str, list[_Copy]],
    found: Sorted,
) -> None:
    """Sort files into copies of the notebooks expected, and others."""
    for path, content in sorted(files.items()):
        name = _notebook_of(path, content, expected)
        if name is not None:
            copies[name].append(_copy(path, content, name, plan.notebooks[name]))
        elif path.lower().endswith(".ipynb"):
            found.flags.append(Flag(because(Code.NOT_OF_ASSIGNMENT, path=path), look=False))
        elif path in plan.support:
            continue
        elif _shadows(path, plan):
            found.flags.append(Flag(because(Code.NAMED_AS_MODULE, path=path), look=False))
        else:
            found.others[path] = content


def _notebook_of(path: str, content: bytes, expected: dict[str, Fingerprint]) -> str | None:
    """Give the notebook that a file is, by its cells or else by its name."""
    file = PurePosixPath(path).name
    if file.lower().endswith(".ipynb"):
        return match_notebook(file[: -len(".ipynb")] + ".ipynb", content, expected)[0]
    begins = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not file.lower().endswith(OTHER_SUFFIXES) or begins != b"{":
        return None
    mark = Fingerprint.of(content)
    likeness = {name: each.likeness(mark) if mark else 0.0 for name, each in expected.items()}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= ENOUGH else None


def _copy(path: str, content: bytes, name: str, teacher: TeacherNotebook) -> _Copy:
    try:
        read = read_notebook(content)
    except Unreadable:
        read = None
    if read is not None and not read.cells:
        read = None
    begun = _begun(read, teacher) if read is not None else 0
    return _Copy(path, content, read, begun, path == f"{name}.ipynb")


def _begun(student: StudentNotebook, teacher: TeacherNotebook) -> int:
    """Count the answers that are no longer as they were handed out."""
    by_grade = {cell.grade_id: cell for cell in student.cells if cell.grade_id}
    by_identity = {cell.cell_id: cell for cell in student.cells if cell.cell_id}
    defined = [(defined_names(c.source), c) for c in student.cells if c.kind == "code"]
    begun = 0
    for wanted in teacher.cells:
        if not wanted.solution:
            continue
        cell = by_grade.get(wanted.grade_id) or by_identity.get(wanted.cell_id or "")
        if cell is None and wanted.defines:
            cell = next((each for names, each in defined if wanted.defines <= names), None)
        written = cell.source.strip() if cell is not None else ""
        begun += bool(written) and folded(written) != folded(wanted.stub)
    return begun


def _choose(name: str, handed: list[_Copy], found: Sorted) -> None:
    best = max(handed, key=lambda copy: copy.rank)
    found.notebooks[name] = best.content
    rest = [copy for copy in handed if copy is not best and copy.read is not None]
    others = [copy for copy in rest if copy.says != best.says]
    if others:
        paths = ", ".join(copy.path for copy in others)
        told = because(
            Code.OTHER_COPIES, notebook=name, path=best.path, begun=best.begun, others=paths
        )
        found.flags.append(Flag(told, name))
    elif not best.named:
        told = because(Code.TAKEN_FOR, path=best.path, notebook=name)
        found.flags.append(Flag(told, name, look=False))
    unread = [copy.path for copy in handed if copy is not best and copy.read is None]
    if unread:
        told = because(Code.COPIES_UNREAD, others=", ".join(unread), path=best.path)
        found.flags.append(Flag(told, name, look=False))


def _unpacked(path: str, content: bytes, found: Sorted) -> dict[str, bytes]:
    """Open a zip that was handed in as it is, with the care that those from Moodle get."""
    taken = sum(len(other) for other in found.others.values())
    limits = replace(
        Limits(), file=NOTEBOOK_BYTES, total=max(0, TOTAL_BYTES - taken), members=FILES
    )
    try:
        contents = read_zip(Member(path, content, None), limits)
    except ValueError as error:
        told = because(Code.ZIP_NOT_OPENED, path=path, why=in_words(error))
        found.flags.append(Flag(told))
        return {}
    for refusal in contents.refusals:
        why = in_words(refusal.reason)
        told = because(Code.NOT_OUT_OF_ZIP, inside=refusal.path, path=path, why=why)
        found.flags.append(Flag(told))
    paths = [PurePosixPath(member.path) for member in contents.members]
    tops = {each.parts[0] for each in paths if len(each.parts) > 1}
    # A folder that holds all the rest is the archive's own.
    top = 1 if len(tops) == 1 and all(len(each.parts) > 1 for each in paths) else 0
    inside = {
        "/".join(each.parts[top:]): member.content
        for each, member in zip(paths, contents.members, strict=True)
    }
    if inside:
        told = because(Code.ZIP_OPENED, path=path, files=len(inside))
        found.flags.append(Flag(told, look=False))
    return {name: data for name, data in inside.items() if name not in found.others}


def _shadows(path: str, plan: Plan) -> bool:
    """Whether a file would be imported in place of what the interpreter or the teacher has."""
    top = path.split("/", maxsplit=1)[0]
    stem = top.split(".")[0]
    if stem in plan.local_modules:
        # A folder of that name comes before the teacher's file.
        return path.endswith(_IMPORTABLE)
    if "/" not in path and not top.endswith(_IMPORTABLE):
        return False
    imported = {name.partition(".")[0] for name in plan.imports}
    return stem in {*sys.stdlib_module_names, *_INSTALLED, *imported} or top.endswith(".pth")


_IMPORTABLE = (".py", ".pyc", ".so", ".pth")
_INSTALLED = frozenset(
    """
    IPython ipykernel ipywidgets matplotlib matplotlib_inline numpy pandas scipy traitlets zmq
    tornado jupyter_client nbformat nbgrader practice explorables studybook
    classroom sitecustomize usercustomize ipykernel_launcher comm
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
