"""Marks out of the gradebook: as a table, as Moodle's grading worksheet, as Canvas' gradebook.

Each format is an nbgrader ``ExportPlugin``, so ``nbgrader export
--exporter=classroom.export.MoodleExporter`` does the same as ``classroom export``.
A mark that is not final, because an answer still waits for a person, is left out
and the student is named, unless ``provisional`` is set.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from traitlets import Float, Unicode

from classroom.course import ClassroomError, Course
from classroom.handback.letters import LettersExporter
from classroom.handback.marks import Mark, MarksExporter
from classroom.handback.total import TotalExporter
from classroom.intake.attempts import remember_sent, remembered_folders, remembered_sent
from classroom.moodle import Worksheet
from classroom.participants import Participants
from classroom.roster import Person, Roster, Table, harmless_cell
from classroom.terminal import one_line

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


class CsvExporter(MarksExporter):
    """A plain table, one row a student and assignment, one column a notebook."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table."""
        roster = self.people()
        rows = self.chosen(gradebook)
        notebooks = sorted({name for mark in rows for name in mark.notebooks})
        with self.destination().open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(
                ["assignment", "student_id", "last_name", "first_name", "email", "submitted"]
                + ["timestamp", "raw_score", "late_submission_penalty", "score", "max_score"]
                + ["final", *notebooks]
            )
            for mark in rows:
                person = roster.by_id.get(mark.student, Person(mark.student))
                first, last = person.names(mark.first, mark.last)
                names = [mark.student, last, first, mark.email or person.email]
                writer.writerow(
                    [mark.assignment, *map(harmless_cell, names), yes_no(mark.submitted)]
                    + [f"{mark.when:%Y-%m-%d %H:%M:%S} UTC" if mark.when else ""]
                    + [mark.raw, mark.penalty, mark.score, mark.maximum, yes_no(mark.final)]
                    + [mark.notebooks.get(name, "") for name in notebooks]
                )


def yes_no(value: bool) -> str:
    """Return "yes" or "no"."""
    return "yes" if value else "no"


# What Moodle does with a row without a word, seen in Moodle 4.2.3.
REFUSALS = {
    "stale": (
        "{count} rows of the worksheet are older than feedback or marks that were written for "
        "Moodle since. If those are uploaded already, Moodle passes over these rows without a "
        "word: download the worksheet again and export once more, or tick 'Allow updating "
        "records that have been modified more recently in Moodle than in the spreadsheet' ({names})"
    ),
    "language": (
        "{count} rows hold a date that Moodle cannot read back, since it is not English, and "
        "Moodle passes over them: switch Moodle to English and download the worksheet again, or "
        "tick 'Allow updating records …' at the upload ({names})"
    ),
    "locked": (
        "{count} grades are locked in Moodle and will not be changed: unlock them in Moodle's "
        "gradebook ({names})"
    ),
}


class MoodleExporter(MarksExporter):
    """Moodle: the grading worksheet filled in, or a file for the gradebook's import.

    With ``worksheet`` (downloaded from the assignment) its Grade column is filled,
    scaled to its Maximum Grade, and the file goes back by "Upload grading
    worksheet".  Without, a CSV by e-mail address and ID number is written for
    "Import" in Moodle's gradebook.
    """

    worksheet = Unicode("", help="The grading worksheet downloaded from Moodle").tag(config=True)
    course_dir = Unicode("", help="The course folder; the current one if empty").tag(config=True)
    default_name = "moodle.csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        name = self.one_assignment()
        by_student = {mark.student: mark for mark in self.chosen(gradebook)}
        if self.worksheet:
            self._fill(name, by_student)
        else:
            self._import(name, by_student).write(self.destination())

    def _fill(self, assignment: str, by_student: dict[str, Mark]) -> None:
        course = Course.open(self.course_dir or None)
        path = Path(self.worksheet)
        worksheet = Worksheet.read(path)
        worksheet.needs_points()
        joined = Participants(worksheet, self.people(), remembered_folders(course, assignment))
        downloaded = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        sent = {
            what for what, when in remembered_sent(course, assignment).items() if when > downloaded
        }
        refused: dict[str, list[str]] = {}
        filled = set()
        for row in worksheet.table.rows:
            student = joined.of_row(row).student
            mark = by_student.get(student)
            if mark and mark.submitted and mark.maximum:
                worksheet.fill(row, mark.score, mark.maximum)
                filled.add(student)
                reason = worksheet.refusal(row, sent)
                refused.setdefault(reason, []).append(worksheet.calls(row))
        for student, mark in by_student.items():
            if mark.submitted and student not in filled:
                self.leave_out(student, joined.why_no_row(student))
        for reason, told in REFUSALS.items():
            if refused.get(reason):
                names = ", ".join(refused[reason])
                self.warnings.append(told.format(count=len(refused[reason]), names=names))
        worksheet.write(self.destination())
        given = sum(map(len, refused.values()))
        self.holds = f"marks in {given} of {len(worksheet.table.rows)} rows"
        if self.destination().resolve() != path.resolve():
            remember_sent(course, assignment, "marks")

    def _import(self, name: str, by_student: dict[str, Mark]) -> Table:
        roster, rows = self.people(), []
        for mark in by_student.values():
            person = roster.by_id.get(mark.student, Person(mark.student))
            email = mark.email or person.email
            if not email and not person.sis:
                self.leave_out(mark.student, "has no e-mail address and no ID number")
                continue
            rows.append(
                {
                    "ID number": person.sis,
                    "Email address": email,
                    name: f"{mark.score:.2f}" if mark.submitted else "",
                }
            )
        return Table("moodle.csv", ["ID number", "Email address", name], rows)


#: How Canvas heads an assignment's column: its title and its number.
ASSIGNMENT = re.compile(r" \(\d+\)$")

# Cells of Canvas' gradebook that are no marks, and why none is written there.
NO_MARK = {
    "EX": "is excused in Canvas, and a mark would end that; to give it, clear the cell EX there",
    "N/A": (
        "Canvas takes no mark: the work is not assigned to them there, or it is anonymous and "
        "not yet posted"
    ),
}


class CanvasExporter(MarksExporter):
    """Canvas: its exported gradebook with one column filled or added.

    ``gradebook_csv`` is Canvas' own export.  The column is the one whose name,
    less the number in brackets, is ``column`` (the assignment's name if empty); if
    there is none it is added and Canvas offers to create the assignment.
    """

    gradebook_csv = Unicode("", help="The gradebook exported from Canvas").tag(config=True)
    column = Unicode("", help="Name of the assignment in Canvas").tag(config=True)
    points_possible = Float(0.0, help="Points in Canvas; the assignment's own if 0").tag(
        config=True
    )
    default_name = "canvas.csv"
    #: The columns by which Canvas' importer knows a student, in the order that it wants.
    identity = (
        *("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID"),
        *("Integration ID", "Root Account", "Section"),
    )
    fresh = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        name = self.one_assignment()
        by_student = {mark.student: mark for mark in self.chosen(gradebook)}
        column = self.column or name
        table = Table.read(self.gradebook_csv) if self.gradebook_csv else self._fresh(by_student)
        named = {"Student", "LastName"} & set(table.headings)
        if not named or not {"ID", "Section"} <= set(table.headings):
            raise ClassroomError(
                f"{table.name} is not a gradebook of Canvas: it needs the columns Student, ID "
                "and Section"
            )
        heading = self._heading(table, column)
        roster = self.people()
        possible = self.points_possible or max(
            (mark.maximum for mark in by_student.values()), default=0
        )
        filled = set()
        for row in table.rows:
            if "Points Possible" in row[table.headings[0]]:
                possible = self._possible(row[heading].strip(), heading, possible)
                # As it stands there: Canvas takes another number for a change.
                row[heading] = row[heading] or f"{possible:.2f}"
                continue
            # A row without a name says which columns are muted or posted by hand.
            student = self._student(row, roster)
            mark = by_student.get(student)
            if mark and mark.submitted and mark.maximum:
                if reason := NO_MARK.get(row[heading].strip().upper()):
                    self.leave_out(student, reason)
                    continue
                row[heading] = f"{mark.score * possible / mark.maximum:.2f}"
                filled.add(student)
        self.holds = f"marks of {len(filled)} students"
        for student, mark in by_student.items():
            if mark.submitted and student not in filled and student not in self.reasons:
                self.leave_out(student, "no row of Canvas' gradebook is certainly theirs")
        kept = [each for each in table.headings if each in self.identity] + [heading]
        Table(table.name, kept, table.rows).write(self.destination())

    def _possible(self, text: str, heading: str, otherwise: float) -> float:
        if not text:
            return otherwise
        try:
            return float(text.replace(",", "."))
        except ValueError:
            raise ClassroomError(
                f"Canvas gives {text!r} as the points of {heading!r}, so it takes none there; "
                "name the assignment's own column with --column"
            ) from None

    def _heading(self, table: Table, column: str) -> str:
        fits = [h for h in table.headings if column in (h, h.rpartition(" (")[0])]
        if len(fits) > 1:
            raise ClassroomError(
                f"{table.name} has the columns {' and '.join(fits)}; name one whole with --column"
            )
        if fits:
            return fits[0]
        if self.gradebook_csv:
            others = [h for h in table.headings if ASSIGNMENT.search(h)]
            self.warnings.append(
                f"{table.name} has no column {column!r}, so Canvas will offer to make a new "
                "assignment; to fill one that is there, name it with --column: "
                + (", ".join(map(one_line, others)) or "the file has none")
            )
        table.headings.append(column)
        for row in table.rows:
            row[column] = ""
        return column

    def _student(self, row: dict[str, str], roster: Roster) -> str:
        """Return whose row it is, by Canvas' number or an account's name: never by the name."""
        login = row.get("SIS Login ID", "").strip()
        person = roster.find(
            canvas=row["ID"],
            sis=row.get("SIS User ID", ""),
            login=login,
            email=login,
            id=login,
        )
        return person.id if person else login.partition("@")[0]  # empty fits nobody

    def _fresh(self, by_student: dict[str, Mark]) -> Table:
        roster = self.people()
        people = {student: roster.by_id.get(student, Person(student)) for student in by_student}
        names = {
            student: f"{mark.last}, {mark.first}" if mark.last else people[student].full_name
            for student, mark in by_student.items()
        }
        rows = [dict.fromkeys(self.fresh, "") | {"Student": "    Points Possible"}]
        for student, person in people.items():
            named = person.canvas or person.sis or person.login
            # Where Canvas knows no account, it takes the first one of that name.
            if not named and list(names.values()).count(names[student]) > 1:
                self.leave_out(student, f"several are called {names[student]}: give --gradebook")
                continue
            shown = names[student] or student
            if list(names.values()).count(shown) > 1:  # a name that Canvas finds nobody by
                shown = f"{shown} ({student})"
            rows.append(
                {
                    "Student": shown,
                    "ID": person.canvas,
                    "SIS User ID": person.sis,
                    "SIS Login ID": person.login or student,
                    "Section": "",
                }
            )
        return Table("canvas.csv", list(self.fresh), rows)


FORMATS: dict[str, type[MarksExporter]] = {
    "csv": CsvExporter,
    "moodle": MoodleExporter,
    "canvas": CanvasExporter,
    "mail": LettersExporter,
    "total": TotalExporter,
}
