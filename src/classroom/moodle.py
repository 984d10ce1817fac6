"""Moodle's conventions: its download and feedback archives, and its grading worksheet.

Sources: Moodle's ``mod/assign`` (``download_submissions``, ``feedback/file`` and
``feedback/offline``) as documented for teachers at
https://docs.moodle.org/en/Assignment_activity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Unicode

from classroom.course import ClassroomError
from classroom.roster import Roster, Table, student_slug

if TYPE_CHECKING:
    from pathlib import Path

#: "Aino Mäkelä_12345_assignsubmission_file_", as a folder or as the start of a file name.
PARTICIPANT = re.compile(
    r"(?P<name>[^/_]*(?:_(?!\d+_assign)[^/_]*)*)_(?P<number>\d+)_assignsubmission_(?P<plugin>file|onlinetext)_"
)

# The worksheet speaks the language of the site; these are the ones Finnish schools use.
HEADINGS = {
    "identifier": ("Identifier", "Tunniste", "Identifierare"),
    "name": ("Full name", "Koko nimi", "Fullständigt namn"),
    "email": ("Email address", "Sähköpostiosoite", "E-postadress"),
    "number": ("ID number", "Tunnistenumero", "ID-nummer"),
    "grade": ("Grade", "Arvosana", "Betyg"),
    "maximum": ("Maximum Grade", "Maximum grade", "Maksimiarvosana", "Maxbetyg"),
    "comments": ("Feedback comments", "Palautekommentit", "Återkopplingskommentarer"),
}


@dataclass(frozen=True, slots=True)
class Participant:
    """Whom a path of Moodle's download belongs to.

    Attributes
    ----------
    name
        Full name as Moodle writes it, underscores replaced.
    number
        Moodle's participant number, which holds for one assignment only.
    folder
        Name to give back to Moodle: name, number and ``assignsubmission_file_``.
    rest
        The path inside the student's folder.
    """

    name: str
    number: str
    folder: str
    rest: str


def parse_path(path: str) -> Participant | None:
    """Return whom a path in Moodle's download belongs to, or None if it is not Moodle's.

    Online text is not a file to grade and gives None, too.
    """
    parts = PurePosixPath(path).parts
    for position, part in enumerate(parts):
        found = PARTICIPANT.match(part)
        if not found:
            continue
        if found["plugin"] != "file":
            return None
        # Without folders, the file's own name follows the last underscore.
        rest = "/".join([part[found.end() :], *parts[position + 1 :]]).strip("/")
        folder = f"{found['name']}_{found['number']}_assignsubmission_file_"
        return Participant(found["name"].strip(), found["number"], folder, rest)
    return None


def is_online_text(path: str) -> bool:
    """Return whether a path is the text a student typed into Moodle, not a file."""
    return "_assignsubmission_onlinetext_" in path


class Worksheet:
    """Moodle's grading worksheet: one row a participant, filled in and handed back.

    Parameters
    ----------
    table
        The worksheet as downloaded; columns and order are kept.

    Raises
    ------
    ClassroomError
        If the table has no column of participants or of grades.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = {
            role: next((name for name in names if name in table.headings), None)
            for role, names in HEADINGS.items()
        }
        for role in ("identifier", "grade"):
            if self.columns[role] is None:
                raise ClassroomError(
                    f"{table.name} is not a Moodle grading worksheet: of its headings "
                    f"{', '.join(table.headings)} none is {' or '.join(HEADINGS[role])}; "
                    "download it in Moodle with 'Download grading worksheet'"
                )

    @classmethod
    def read(cls, path: Path) -> Worksheet:
        """Read a worksheet from a CSV file."""
        return cls(Table.read(path))

    def value(self, row: dict[str, str], role: str) -> str:
        """Return a row's text for a role of ``HEADINGS``, empty where there is none."""
        column = self.columns[role]
        return row.get(column, "").strip() if column else ""

    def number(self, row: dict[str, str]) -> str:
        """Return a row's participant number: "12345" of "Participant 12345"."""
        digits = re.search(r"(\d+)\s*$", self.value(row, "identifier"))
        return digits.group(1) if digits else ""

    def student(self, row: dict[str, str], roster: Roster) -> str:
        """Return the student id of a row, by the roster or else by the full name."""
        person = roster.find(
            number=self.number(row),
            email=self.value(row, "email"),
            sis=self.value(row, "number"),
            name=self.value(row, "name"),
        )
        return person.id if person else student_slug(self.value(row, "name"))

    def fill(self, row: dict[str, str], points: float, of: float, comments: str = "") -> None:
        """Write a mark into a row, scaled to the worksheet's own maximum.

        Parameters
        ----------
        row
            A row of the table; it is changed.
        points, of
            Points reached and points to be had; ``of`` greater than 0.
        comments
            Words for the student, kept out if the worksheet has no such column.
        """
        maximum = self.value(row, "maximum")
        comma = "," in maximum
        highest = float(maximum.replace(",", ".")) if maximum else of
        grade = f"{points * highest / of:.2f}"
        row[str(self.columns["grade"])] = grade.replace(".", ",") if comma else grade
        column = self.columns["comments"]
        if column and comments:
            row[column] = comments


class MoodleCollector(FileNameCollectorPlugin):
    """Collector for ``nbgrader zip_collect`` that understands Moodle's folder names.

    Set ``ZipCollectApp.collector_plugin = "classroom.moodle.MoodleCollector"``.
    """

    roster = Unicode("", help="CSV file that gives Moodle's names or numbers student ids").tag(
        config=True
    )

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return student id and file name of a file in the extracted folder."""
        participant = parse_path(submitted_file)
        if participant is None or not participant.rest.lower().endswith(tuple(self.valid_ext)):
            return None
        roster = Roster.read(self.roster) if self.roster else Roster([])
        person = roster.find(number=participant.number, name=participant.name)
        return {
            "student_id": person.id if person else student_slug(participant.name),
            "file_id": PurePosixPath(participant.rest).name,
        }
