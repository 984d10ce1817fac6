"""Marks out of the gradebook: as a table, as Moodle's grading worksheet, as Canvas' gradebook.

Each format is an nbgrader ``ExportPlugin``, so ``nbgrader export
--exporter=classroom.export.MoodleExporter`` does the same as ``classroom export``.
A mark that is not final, because an answer still waits for a person, is left out
and the student is named, unless ``provisional`` is set.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from traitlets import Float, Unicode

from classroom.course import ClassroomError
from classroom.marks import Mark, MarksExporter, spreadsheet_text
from classroom.moodle import Worksheet
from classroom.roster import Person, Roster, Table

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
                names = [
                    mark.student,
                    mark.last or person.last,
                    mark.first or person.first or ("" if mark.last else person.full_name),
                    mark.email or person.email,
                ]
                writer.writerow(
                    [mark.assignment, *map(spreadsheet_text, names), yes_no(mark.submitted)]
                    + [f"{mark.when:%Y-%m-%d %H:%M:%S} UTC" if mark.when else ""]
                    + [mark.raw, mark.penalty, mark.score, mark.maximum, yes_no(mark.final)]
                    + [mark.notebooks.get(name, "") for name in notebooks]
                )


def yes_no(value: bool) -> str:
    """Return "yes" or "no"."""
    return "yes" if value else "no"


class MoodleExporter(MarksExporter):
    """Moodle: the grading worksheet filled in, or a file for the gradebook's import.

    With ``worksheet`` (downloaded from the assignment) its Grade column is filled,
    scaled to its Maximum Grade, and the file goes back by "Upload grading
    worksheet".  Without, a CSV by e-mail address and ID number is written for
    "Import" in Moodle's gradebook.
    """

    worksheet = Unicode("", help="The grading worksheet downloaded from Moodle").tag(config=True)
    default_name = "moodle.csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        name = self.one_assignment()
        by_student = {mark.student: mark for mark in self.chosen(gradebook)}
        table = self._filled(by_student) if self.worksheet else self._import(name, by_student)
        table.write(self.destination())

    def _filled(self, by_student: dict[str, Mark]) -> Table:
        worksheet, roster = Worksheet.read(Path(self.worksheet)), self.people()
        for row in worksheet.table.rows:
            mark = by_student.pop(worksheet.student(row, roster), None)
            if mark and mark.submitted and mark.maximum:
                worksheet.fill(row, mark.score, mark.maximum)
        for student, mark in by_student.items():
            if mark.submitted:
                self.left_out.append(student)
                self.log.warning("%s is not in the worksheet %s", student, self.worksheet)
        return worksheet.table

    def _import(self, name: str, by_student: dict[str, Mark]) -> Table:
        roster, rows = self.people(), []
        for mark in by_student.values():
            person = roster.by_id.get(mark.student, Person(mark.student))
            email = mark.email or person.email
            if not email and not person.sis:
                self.left_out.append(mark.student)
                self.log.warning("%s has no e-mail address and no ID number", mark.student)
                continue
            rows.append(
                {
                    "ID number": person.sis,
                    "Email address": email,
                    name: f"{mark.score:.2f}" if mark.submitted else "",
                }
            )
        return Table("moodle.csv", ["ID number", "Email address", name], rows)


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
    identity = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        name = self.one_assignment()
        by_student = {mark.student: mark for mark in self.chosen(gradebook)}
        column = self.column or name
        table = Table.read(self.gradebook_csv) if self.gradebook_csv else self._fresh(by_student)
        if "Student" not in table.headings or "ID" not in table.headings:
            raise ClassroomError(
                f"{table.name} is not a gradebook of Canvas: it needs the columns Student and ID"
            )
        heading = self._heading(table, column)
        roster = self.people()
        possible = self.points_possible or max(
            (mark.maximum for mark in by_student.values()), default=0
        )
        for row in table.rows:
            if row["Student"].strip() == "Points Possible":
                given = row[heading].strip()
                possible = float(given) if given else possible
                row[heading] = f"{possible:.2f}"
                continue
            mark = by_student.pop(self._student(row, roster), None)
            if mark and mark.submitted and mark.maximum:
                row[heading] = f"{mark.score * possible / mark.maximum:.2f}"
        for student, mark in by_student.items():
            if mark.submitted:
                self.left_out.append(student)
                self.log.warning("%s is not in Canvas' gradebook", student)
        kept = [each for each in table.headings if each in self.identity] + [heading]
        Table(table.name, kept, table.rows).write(self.destination())

    @staticmethod
    def _heading(table: Table, column: str) -> str:
        for heading in table.headings:
            if heading == column or heading.rpartition(" (")[0] == column:
                return heading
        table.headings.append(column)
        for row in table.rows:
            row[column] = ""
        return column

    def _student(self, row: dict[str, str], roster: Roster) -> str:
        login = row.get("SIS Login ID", "").strip()
        person = roster.find(
            canvas=row["ID"],
            sis=row.get("SIS User ID", ""),
            login=login,
            email=login,
            id=login,
            name=_first_name_first(row["Student"]),
        )
        return person.id if person else login.partition("@")[0]

    def _fresh(self, by_student: dict[str, Mark]) -> Table:
        roster = self.people()
        rows = [dict.fromkeys(self.identity, "") | {"Student": "    Points Possible"}]
        for student, mark in by_student.items():
            person = roster.by_id.get(student, Person(student))
            name = f"{mark.last}, {mark.first}" if mark.last else person.full_name or student
            rows.append(
                {
                    "Student": spreadsheet_text(name),
                    "ID": person.canvas,
                    "SIS User ID": person.sis,
                    "SIS Login ID": person.login or student,
                    "Section": "",
                }
            )
        return Table("canvas.csv", list(self.identity), rows)


def _first_name_first(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name


FORMATS: dict[str, type[MarksExporter]] = {
    "csv": CsvExporter,
    "moodle": MoodleExporter,
    "canvas": CanvasExporter,
}
