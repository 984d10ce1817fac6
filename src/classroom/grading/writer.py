"""The one hand that writes: marks into the gradebook, notebooks into ``autograded/``.

A batch goes in four steps, each safe to be cut off after:

1. the notebooks are laid into a staging folder on the same disk;
2. the marks are committed in one transaction, through nbgrader's own ``Gradebook``;
3. the staged folders are renamed into ``autograded/``;
4. the journal notes the submissions.

The gradebook is locked only while a batch is written, never while code runs, so
that formgrader can be used meanwhile.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbgrader.api import Comment, Grade, Gradebook, SubmittedNotebook
from sqlalchemy.exc import OperationalError

from classroom.course import Course, Flag, NotebookOutcome, Outcome
from classroom.journal import Journal
from classroom.nbgrader_internals import OneSubmission, late_penalty
from classroom.words.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.plan import Plan

TRIES = 8
FIRST_PAUSE = 0.2


class Writer:
    """Writes outcomes in batches.

    Parameters
    ----------
    course, plan, journal
        Where to, of what, and the memory of it.
    """

    def __init__(self, course: Course, plan: Plan, journal: Journal) -> None:
        self.course = course
        self.plan = plan
        self.journal = journal
        self.staging = journal.folder / "staging"
        self.old = journal.folder / "replaced"
        for folder in (self.staging, self.old):
            _remove(folder)
            folder.mkdir(parents=True)
        self._converter = OneSubmission(coursedir=course.directory, config=course.config)
        self._book = Gradebook(course.directory.db_url, course.directory.course_id)
        # nbgrader's methods commit one by one; here a batch is one transaction.
        self._commit = self._book.db.commit
        self._book.db.commit = self._book.db.flush

    def close(self) -> None:
        """Close the gradebook and remove the staging folders."""
        self._book.close()
        _remove(self.staging)
        _remove(self.old)

    def write(self, outcomes: list[Outcome], digests: dict[str, str]) -> None:
        """Write a batch.

        Parameters
        ----------
        outcomes
            What to write.
        digests
            Student to the digest under which the journal remembers the submission.

        Raises
        ------
        sqlalchemy.exc.OperationalError
            If the gradebook stays locked or unreachable for about a minute.
        """
        for outcome in outcomes:
            self._stage(outcome)
        pause = FIRST_PAUSE
        for attempt in range(TRIES):
            try:
                for outcome in outcomes:
                    self._record(outcome)
                self._commit()
                break
            except OperationalError:
                self._book.db.rollback()
                if attempt == TRIES - 1:
                    raise
                time.sleep(pause)
                pause *= 2
        # A new session: memory does not grow with the class.
        self._book.db.remove()
        for outcome in outcomes:
            if not self._keeps(outcome):
                self._publish(outcome)
        self.journal.add(outcomes, digests)

    def _keeps(self, outcome: Outcome) -> bool:
        """Whether marks and files of an earlier run stay, as nothing better came of this one."""
        graded = self.course.autograded(outcome.student, outcome.assignment)
        return outcome.given_up and graded.is_dir()

    # ---- files

    def _stage(self, outcome: Outcome) -> None:
        folder = self.staging / outcome.student
        _remove(folder)
        folder.mkdir()
        files = dict(outcome.files)
        for name, notebook in outcome.notebooks.items():
            if notebook.document is not None:
                files[f"{name}.ipynb"] = notebook.document.encode()
        mode = int(str(self._converter.permissions), 8)
        shared = self.course.directory.groupshared
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode)
        if shared:
            for inner in [folder, *(p for p in folder.rglob("*") if p.is_dir())]:
                inner.chmod(inner.stat().st_mode | 0o2770)

    def _publish(self, outcome: Outcome) -> None:
        target = self.course.autograded(outcome.student, outcome.assignment)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = self.old / outcome.student
        if os.path.lexists(target):
            target.rename(aside)
        (self.staging / outcome.student).rename(target)
        _remove(aside)

    # ---- marks

    def _record(self, outcome: Outcome) -> None:
        book = self._book
        if self._converter.create_student:
            book.update_or_create_student(outcome.student)
        when = {"timestamp": outcome.timestamp} if outcome.timestamp else {}
        # nbgrader builds the rows one by one; a flush half-way would warn about each.
        with book.db.no_autoflush:
            submission = book.update_or_create_submission(
                outcome.assignment, outcome.student, **when
            )
        for row in submission.notebooks:
            notebook = outcome.notebooks.get(row.name)
            if notebook is None:
                continue
            flags = [flag for flag in outcome.flags if flag.notebook in (None, row.name)]
            if self._keeps(outcome):
                call_for_a_look(row, [flag for flag in flags if flag.look], self.plan)
                continue
            settled = self._settled(row, notebook, outcome)
            self._mark(row, notebook, flags, settled)
            late_penalty(self._converter, book, row, outcome.student)

    def _settled(
        self, row: SubmittedNotebook, notebook: NotebookOutcome, outcome: Outcome
    ) -> frozenset[str]:
        """Name the cells whose points, given by hand, still stand: nothing they rest on changed.

        For an answer that is its own text; for a test the test, what it scored, and all
        of the code that the student wrote. Where no notebook could be graded it is all
        that was handed in.
        """
        by_hand = {
            str(grade.name): grade
            for grade in row.grades
            if grade.manual_score is not None and not grade.needs_manual_grade
        }
        folder = self.course.autograded(outcome.student, outcome.assignment)
        before = _sources(_read_text(folder / f"{row.name}.ipynb"))
        after = _sources(notebook.document)
        if not by_hand or before is None or after is None:
            return frozenset()
        entry = self.journal.entries.get(outcome.student)
        if notebook.ungraded and (entry is None or entry.work != outcome.digest):
            return frozenset()
        teacher = self.plan.notebooks[row.name]
        kept = set()
        for name, grade in by_hand.items():
            cell = teacher.cell(name)
            same = name in before.cells and before.cells[name] == after.cells.get(name)
            if cell is None or cell.task or not same:
                continue
            if not cell.tests or (
                before.code == after.code and grade.auto_score == notebook.grades.get(name)
            ):
                kept.add(name)
        return frozenset(kept)

    def _mark(
        self,
        row: SubmittedNotebook,
        notebook: NotebookOutcome,
        flags: list[Flag],
        settled: frozenset[str],
    ) -> None:
        looks = [flag for flag in flags if flag.look]
        grades: list[Grade] = sorted(row.grades, key=lambda grade: str(grade.name))
        for grade in grades:
            if notebook.missing:
                grade.auto_score, grade.needs_manual_grade = 0, False
                continue
            if grade.name in notebook.grades:
                grade.auto_score = notebook.grades[grade.name]
            by_hand = grade.manual_score is not None or grade.auto_score is None
            grade.needs_manual_grade = by_hand and grade.name not in settled
        if notebook.missing:
            return
        comments: list[Comment] = list(row.comments)
        for comment in comments:
            if comment.name in notebook.comments:
                comment.auto_comment = notebook.comments[comment.name]
        call_for_a_look(row, looks, self.plan, settled)


def call_for_a_look(
    row: SubmittedNotebook,
    looks: list[Flag],
    plan: Plan,
    settled: frozenset[str] = frozenset(),
) -> None:
    """Mark what a person must look at, and say why at the first answer, where it is read."""
    cells = {flag.cell for flag in looks if flag.cell is not None} - settled
    grades: list[Grade] = sorted(row.grades, key=lambda grade: str(grade.name))
    for grade in grades:
        if grade.name in cells:
            grade.needs_manual_grade = True
    # A question that always waits for a person would hide that something else does, too.
    scored = [grade for grade in grades if grade.auto_score is not None]
    seen = any(grade.needs_manual_grade for grade in scored)
    if looks and scored and not seen and scored[0].name not in settled:
        scored[0].needs_manual_grade = True
    comments: list[Comment] = list(row.comments)
    reasons = [flag.reason for flag in looks if not flag.distrust]
    if not comments or not reasons:
        return
    # Two notebooks may call their cells the same, in another order.
    order = [cell.grade_id for cell in plan.notebooks[row.name].cells]
    first = min(comments, key=lambda comment: order.index(comment.name))
    said = " ".join(map(sentence, dict.fromkeys(reasons)))
    first.auto_comment = " ".join(filter(None, [first.auto_comment, said]))


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a graded notebook's cells say: by grade id, and the code that was no teacher's."""

    cells: dict[str, tuple[str, str]]
    code: list[str]


def _read_text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


def _sources(document: str | None) -> _Sources | None:
    """Read what a graded notebook's cells say, ``None`` if there is none to be read."""
    try:
        cells = json.loads(document or "")["cells"]
        found = _Sources({}, [])
        for cell in cells:
            own = cell["metadata"].get("nbgrader", {})
            source = "".join(cell["source"])
            if own.get("grade_id"):
                pictures = json.dumps(cell.get("attachments", {}), sort_keys=True)
                found.cells[own["grade_id"]] = source, pictures
            if cell["cell_type"] == "code" and not own.get("locked"):
                found.code.append(source)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return found


def _remove(folder: Path) -> None:
    """Remove a folder of ours, read-only files included."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
