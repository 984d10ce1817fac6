"""Lay a student's answers into the teacher's notebook.

The notebook that is graded is the teacher's: its tests, its metadata, its order.
From the submission come only the text of the answers and the cells that the
student added, without tags or other metadata. So nothing that a student's file
says about itself, such as points, tags, ids or the kernel, reaches the grader.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from nbformat import NotebookNode, v4

from classroom.course import Flag
from classroom.intake.preflight import StudentCell, StudentNotebook
from classroom.plan import TeacherCell, TeacherNotebook, defined_names, folded
from classroom.words.reasons import Code, because

_IDENTITY = re.compile(r"^[a-zA-Z0-9_-]{1,64}$")


@dataclass(slots=True)
class _Matching:
    """Which submitted cell stands for which of the teacher's."""

    answers: dict[str, int] = field(default_factory=dict)
    extras: set[int] = field(default_factory=set)
    flags: list[Flag] = field(default_factory=list)


def _match(student: StudentNotebook, teacher: TeacherNotebook) -> _Matching:
    """Match by grade id (the last, as nbgrader does), then cell id, content, and place."""
    found = _Matching()
    cells = student.cells
    known = {cell.grade_id for cell in teacher.cells}
    by_grade: dict[str, list[int]] = {}
    by_identity: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if cell.grade_id in known:
            by_grade.setdefault(str(cell.grade_id), []).append(index)
        elif cell.cell_id:
            by_identity.setdefault(cell.cell_id, index)
    taken: set[int] = set()
    for wanted in teacher.cells:
        places = by_grade.get(wanted.grade_id, [])
        if len(places) > 1:
            answers = {cells[index].source.strip() for index in places}
            found.flags.append(
                Flag(
                    because(Code.CELL_REPEATED, cell=wanted.grade_id, times=len(places)),
                    teacher.name,
                    wanted.grade_id,
                    # Of two different answers, a person should know.
                    look=len(answers) > 1 and not wanted.locked,
                )
            )
        if places:
            found.answers[wanted.grade_id] = places[-1]
            taken.update(places)
            if not wanted.locked:
                found.extras.update(places[:-1])
        elif wanted.cell_id in by_identity:
            found.answers[wanted.grade_id] = by_identity[wanted.cell_id]
            taken.add(by_identity[wanted.cell_id])
    _match_rest(cells, teacher, found, taken)
    _match_texts(cells, teacher, found)
    _unswap(cells, teacher, found)
    return found


def _unswap(cells: list[StudentCell], teacher: TeacherNotebook, found: _Matching) -> None:
    """Put answers right that stand under each other's names."""
    answers = [c for c in teacher.cells if c.defines and c.grade_id in found.answers]
    names = {c.grade_id: defined_names(cells[found.answers[c.grade_id]].source) for c in answers}
    for first in answers:
        for second in answers:
            here, there = names[first.grade_id], names[second.grade_id]
            crossed = first.defines <= there and second.defines <= here
            if first is second or not crossed or first.defines & here or second.defines & there:
                continue
            places = found.answers
            places[first.grade_id], places[second.grade_id] = (
                places[second.grade_id],
                places[first.grade_id],
            )
            names[first.grade_id], names[second.grade_id] = there, here
            found.flags.append(
                Flag(
                    because(Code.ANSWERS_CROSSED, first=first.grade_id, second=second.grade_id),
                    teacher.name,
                    look=False,
                )
            )


def _match_rest(
    cells: list[StudentCell], teacher: TeacherNotebook, found: _Matching, taken: set[int]
) -> None:
    """Match by content what has lost its names; the rest are the student's own cells."""
    rest = [index for index in range(len(cells)) if index not in taken]
    for wanted in teacher.cells:
        if wanted.grade_id in found.answers:
            continue
        position = _by_content(wanted, cells, rest)
        if position is not None:
            found.answers[wanted.grade_id] = position
            rest.remove(position)
    found.extras.update(rest)


def _match_texts(cells: list[StudentCell], teacher: TeacherNotebook, found: _Matching) -> None:
    """Take the text between a lost answer's neighbours for the answer; ask a person if unsure.

    Tools that keep notebooks as plain text drop ids and metadata, and nothing else
    tells a text that was written over its stub.
    """
    for place, wanted in enumerate(teacher.cells):
        if wanted.grade_id in found.answers or not _is_text_answer(wanted):
            continue
        before = [found.answers.get(cell.grade_id) for cell in teacher.cells[:place]]
        after = [found.answers.get(cell.grade_id) for cell in teacher.cells[place + 1 :]]
        first = max((index for index in before if index is not None), default=-1) + 1
        last = min((index for index in after if index is not None), default=len(cells))
        between = [
            index
            for index in range(first, last)
            if index in found.extras
            and cells[index].kind == "markdown"
            and cells[index].source.strip()
            and folded(cells[index].source) not in teacher.texts
        ]
        if not between:
            continue
        found.answers[wanted.grade_id] = between[0]
        found.extras -= set(between[:1])
        told = because(Code.LABEL_LOST, cell=wanted.grade_id)
        if len(between) > 1:
            told = because(Code.LABEL_LOST_AMONG_TEXTS, cell=wanted.grade_id, texts=len(between))
        found.flags.append(Flag(told, teacher.name, wanted.grade_id, look=len(between) > 1))


def _is_text_answer(cell: TeacherCell) -> bool:
    return cell.kind == "markdown" and cell.solution


def _by_content(wanted: TeacherCell, cells: list[StudentCell], rest: list[int]) -> int | None:
    stub = folded(wanted.stub)
    names = _answers(wanted) if wanted.kind == "code" and wanted.solution else frozenset()
    for index in rest:
        source = cells[index].source
        if stub and folded(source) == stub:
            return index
        if names and names <= defined_names(source):
            return index
        if _is_text_answer(wanted) and stub and folded(source).startswith(stub):
            return index
    return None


def restore(
    student: StudentNotebook, teacher: TeacherNotebook, *, restore_missing: bool = True
) -> tuple[NotebookNode, list[Flag]]:
    """Build the notebook to be graded.

    Parameters
    ----------
    restore_missing
        Whether tests and questions that were deleted come back. Plain nbgrader
        leaves them out unless ``OverwriteCells.add_missing_cells`` is set.

    Returns
    -------
    tuple
        The notebook, and what was put right.
    """
    matching = _match(student, teacher)
    flags = matching.flags
    if not matching.answers:
        flags.append(Flag(because(Code.NONE_OF_THE_CELLS), teacher.name))
    groups = _own_cells(student, teacher, matching)
    unlabelled = not any(cell.grade_id for cell in student.cells)
    used: set[str] = {cell.cell_id for cell in teacher.cells if cell.cell_id}
    cells = [_extra(cell, used) for cell in groups.get(-1, [])]
    for place, wanted in enumerate(teacher.cells):
        position = matching.answers.get(wanted.grade_id)
        if position is not None:
            cells.append(_teachers(wanted, student.cells[position]))
        elif restore_missing and _comes_back(wanted):
            cells.append(_teachers(wanted, None))
            flags.append(_missing(wanted, teacher, unlabelled))
        cells += [_extra(cell, used) for cell in groups.get(place, [])]
    notebook = v4.new_notebook(cells=cells)
    if teacher.kernelspec:
        notebook.metadata["kernelspec"] = NotebookNode(json.loads(teacher.kernelspec))
    notebook.metadata["language_info"] = NotebookNode(name="python")
    notebook.nbformat_minor = 5
    return notebook, flags


def _missing(wanted: TeacherCell, teacher: TeacherNotebook, unlabelled: bool) -> Flag:
    """Say that a cell was put back; where all labels are lost, an answer may be elsewhere."""
    look = unlabelled and _is_text_answer(wanted)
    code = Code.CELL_PUT_BACK_UNLABELLED if look else Code.CELL_PUT_BACK
    told = because(code, cell=wanted.grade_id)
    return Flag(told, teacher.name, wanted.grade_id, look=look)


def _own_cells(
    student: StudentNotebook, teacher: TeacherNotebook, matching: _Matching
) -> dict[int, list[StudentCell]]:
    """Group the cells that the student added by the teacher's cell they stand after."""
    flags = matching.flags
    order = {cell.grade_id: place for place, cell in enumerate(teacher.cells)}
    solutions = {name for cell in teacher.cells if cell.solution for name in _answers(cell)}
    place_of = {index: order[name] for name, index in matching.answers.items()}
    groups: dict[int, list[StudentCell]] = {}
    anchor = -1
    for index, cell in enumerate(student.cells):
        if index in matching.extras:
            groups.setdefault(anchor, []).append(cell)
            continue
        if index not in place_of:
            continue
        anchor = place_of[index]
        wanted = teacher.cells[anchor]
        if wanted.locked and folded(cell.source) != folded(wanted.stub):
            flags.append(
                Flag(
                    because(Code.CELL_CHANGED, cell=wanted.grade_id),
                    teacher.name,
                    wanted.grade_id,
                    look=False,
                )
            )
            if solutions & defined_names(cell.source):
                # An answer under the label of a test: kept, before the test it stood on.
                groups.setdefault(anchor - 1, []).append(cell)
        if cell.skipped:
            flags.append(
                Flag(
                    because(Code.CELL_TAGGED, cell=wanted.grade_id),
                    teacher.name,
                    wanted.grade_id,
                    look=False,
                )
            )
    return groups


def _answers(cell: TeacherCell) -> frozenset[str]:
    return cell.defines | defined_names(cell.stub)


def _comes_back(cell: TeacherCell) -> bool:
    """Whether a deleted cell is put back: an answer's stub would undo an answer elsewhere."""
    return cell.locked or cell.points is not None or cell.task


def _teachers(wanted: TeacherCell, submitted: StudentCell | None) -> NotebookNode:
    if wanted.locked:
        source = wanted.source
    elif submitted is not None:
        source = submitted.source
    else:
        source = wanted.stub if wanted.kind == "markdown" else ""
    metadata = NotebookNode(nbgrader=NotebookNode(wanted.metadata()))
    cell = _cell(wanted.kind, source, metadata)
    if wanted.cell_id and _IDENTITY.match(wanted.cell_id):
        cell["id"] = wanted.cell_id
    if submitted is not None and submitted.attachments and wanted.kind == "markdown":
        cell["attachments"] = _attachments(submitted)
    return cell


def _extra(cell: StudentCell, used: set[str]) -> NotebookNode:
    made = _cell(cell.kind, cell.source, NotebookNode())
    identity = cell.cell_id or ""
    number = 1
    while not _IDENTITY.match(identity) or identity in used:
        identity = f"added-{number}"
        number += 1
    used.add(identity)
    made["id"] = identity
    if cell.attachments:
        made["attachments"] = _attachments(cell)
    return made


def _attachments(cell: StudentCell) -> NotebookNode:
    """Keep what is shaped like an attachment: name to media type to text."""
    kept = NotebookNode()
    for name, bundle in (cell.attachments or {}).items():
        if isinstance(bundle, dict):
            good = {_written(k): _written(v) for k, v in bundle.items() if isinstance(v, str)}
            kept[_written(name)] = NotebookNode(good)
    return kept


def _written(text: str) -> str:
    """Replace what is valid JSON and no text, and so cannot be written."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _cell(kind: str, source: str, metadata: NotebookNode) -> NotebookNode:
    make = {
        "code": v4.new_code_cell,
        "markdown": v4.new_markdown_cell,
        "raw": v4.new_raw_cell,
    }[kind]
    cell: NotebookNode = make(source)
    cell.metadata = metadata
    return cell
