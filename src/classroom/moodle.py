"""Moodle's conventions: its download and feedback archives, and its grading worksheet.

Sources: the source text of Moodle 4.2.3, ``mod/assign`` (``classes/downloader.php``,
``gradingtable.php``, ``feedback/file/importziplib.php`` and ``feedback/offline``), and
archives that it made, which are among this course's tests.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from classroom.course import ClassroomError
from classroom.roster import Table, plain_cell

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

#: "Aino Mäkelä_12345_assignsubmission_file" with files below it, or as the start of a
#: file's name.  Moodle before 4.1 put an underscore after it in both cases.  A name holds
#: no underscore, and those who are in no group share a folder without a number.
PARTICIPANT = re.compile(
    r"(?P<name>[^/_]*)(?:_(?P<number>\d+))?_assignsubmission_(?P<plugin>file|onlinetext)(?:_|$)"
)

# The worksheet speaks the language of the site.  English and Swedish are Moodle's own
# words; of Finnish no pack was at hand, and its words stand as schools were seen to have them.
HEADINGS = {
    "identifier": ("Identifier", "Tunniste", "Identifierare"),
    "name": ("Full name", "Koko nimi", "Fullständigt namn"),
    "email": ("Email address", "Sähköpostiosoite", "E-postadress"),
    "number": ("ID number", "Tunnistenumero", "ID-nummer", "ID nummer"),
    "status": ("Status", "Tila"),
    "group": ("Group", "Ryhmä", "Grupp"),
    "grade": ("Grade", "Arvosana", "Betyg"),
    "maximum": ("Maximum Grade", "Maximum grade", "Maksimiarvosana", "Maxbetyg"),
    "scale": ("Scale", "Asteikko", "Skala"),
    "open": ("Grade can be changed", "Arvosanaa voi muuttaa", "Betyg kan ändras"),
    "handed_in": (
        "Last modified (submission)",
        "Viimeksi muokattu (palautus)",
        "Senast modifierat (inlämning)",
    ),
    "graded": (
        "Last modified (grade)",
        "Viimeksi muokattu (arvosana)",
        "Senast modifierat (betyg)",
    ),
    "comments": ("Feedback comments", "Palautekommentit", "Återkopplingskommentarer"),
}
#: What Moodle reads back from the worksheet; everything else in it is for people.
READ_BACK = ("identifier", "grade", "graded", "comments")
#: By what everybody is called while names are hidden.
HIDDEN_NAMES = ("participant", "osallistuja", "deltagare")
DRAFTS = ("draft", "luonnos", "utkast")
LOCKED = ("no", "ei", "nej")
#: In the status of whoever may hand in later; of Finnish the words are not known.
EXTENDED = re.compile(r"(?:Extension granted until|Förlängning beviljad till): (?P<until>.+)")
MONTHS = (
    ("jan", "tammi"),
    ("feb", "helmi"),
    ("mar", "maalis"),
    ("apr", "huhti"),
    ("may", "maj", "touko"),
    ("jun", "kesä"),
    ("jul", "heinä"),
    ("aug", "elo"),
    ("sep", "syys"),
    ("oct", "okt", "loka"),
    ("nov", "marras"),
    ("dec", "joulu"),
)
TIME = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2})?\s*(?P<half>[ap])?\.?m?")


@dataclass(frozen=True, slots=True)
class Participant:
    """Whom a path of Moodle's download belongs to.

    Attributes
    ----------
    name
        Full name, or a team's, as Moodle writes it in an archive.
    number
        Moodle's participant number (a team's own number), which holds for one
        assignment only; empty for those who are in no team.
    folder
        Name to give back to Moodle: name, number and ``assignsubmission_file``.
    plugin
        ``file`` for what was uploaded, ``onlinetext`` for what was typed into Moodle.
    rest
        The path inside the student's folder.
    """

    name: str
    number: str
    folder: str
    plugin: str
    rest: str


def parse_name(part: str) -> Participant | None:
    """Return whom a folder's or a file's name in Moodle's download belongs to, or None."""
    found = PARTICIPANT.match(part)
    if not found:
        return None
    name, number = found["name"].strip(), found["number"] or ""
    folder = "_".join(filter(None, [name, number, "assignsubmission_file"]))
    # Without folders, the file's own name follows the last underscore.
    return Participant(name, number, folder, found["plugin"], part[found.end() :])


def parse_path(path: str) -> Participant | None:
    """Return whom a path in Moodle's download belongs to, or None if it is not Moodle's.

    The outermost folder decides: what a student calls a folder of theirs does not.
    """
    parts = PurePosixPath(path).parts
    for position, part in enumerate(parts):
        found = parse_name(part)
        if found:
            rest = "/".join(filter(None, [found.rest, *parts[position + 1 :]]))
            return Participant(found.name, found.number, found.folder, found.plugin, rest)
    return None


def archive_name(name: str) -> str:
    """Return a name as Moodle writes it in an archive: no underscore, apostrophe or slash.

    >>> archive_name("Maija_Liisa O'Neil")
    'Maija Liisa ONeil'
    """
    return re.sub(r"[\x00-\x1f\x7f&<>\"`|':\\/]|\.\.+", "", name.replace("_", " ")).strip()


def same_name(one: str, other: str) -> bool:
    """Return whether two names are one in Moodle's archives."""
    return _archive_key(one) == _archive_key(other)


def _archive_key(name: str) -> str:
    plain = unicodedata.normalize("NFC", archive_name(name)).casefold()
    return " ".join(plain.split())


def read_date(text: str, zone: tzinfo | None = None) -> datetime | None:
    """Return the time that Moodle wrote out in words, or None if it cannot be told.

    Parameters
    ----------
    text
        Such as "Friday, 27 November 2026, 11:22 PM", in English, Finnish or Swedish.
    zone
        The time zone of whoever downloaded it; the machine's if not given.
    """
    words = re.findall(r"[^\W\d_]+", text.casefold())
    months = [
        number
        for word in words
        for number, stems in enumerate(MONTHS, start=1)
        if word.startswith(stems)
    ]
    clock = list(TIME.finditer(text.casefold()))
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    day = re.search(r"\b([12]?\d|3[01])\b(?![:.]\d)", text)
    if not (months and clock and year and day):
        return None
    time = clock[-1]
    hour = int(time["hour"])
    if time["half"]:
        hour = hour % 12 + (12 if time["half"] == "p" else 0)
    try:
        when = datetime(
            int(year[0]), months[0], int(day[1]), hour, int(time["minute"]), tzinfo=zone
        )
        return when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


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
                    f"{table.name} is not a Moodle grading worksheet that can be read: of its "
                    f"headings {', '.join(table.headings)} none is {' or '.join(HEADINGS[role])}. "
                    "If it is one, the site speaks another language: choose English in Moodle's "
                    "language menu and use 'Download grading worksheet' once more, and upload "
                    "the filled one before you change the language back"
                )

    @classmethod
    def read(cls, path: Path) -> Worksheet:
        """Read a worksheet from a CSV file."""
        return cls(Table.read(path))

    @classmethod
    def looks_like(cls, path: Path) -> bool:
        """Return whether a CSV file has a worksheet's columns."""
        headings = Table.read(path).headings
        return all(
            any(name in headings for name in HEADINGS[role]) for role in ("identifier", "grade")
        )

    @property
    def by_team(self) -> bool:
        """Whether teams hand in: only then the worksheet has a column for the group."""
        return self.columns["group"] is not None

    def value(self, row: dict[str, str], role: str) -> str:
        """Return a row's text for a role of ``HEADINGS``, empty where there is none."""
        column = self.columns[role]
        return plain_cell(row.get(column, "").strip()) if column else ""

    def number(self, row: dict[str, str]) -> str:
        """Return a row's participant number: "12345" of "Participant 12345"."""
        digits = re.search(r"(\d+)\s*$", self.value(row, "identifier"))
        return digits.group(1) if digits else ""

    def hidden_name(self, row: dict[str, str]) -> str:
        """Return by what a row's work is called while names are hidden: "Participant"."""
        return re.sub(r"\s*\d+\s*$", "", self.value(row, "identifier"))

    def calls(self, row: dict[str, str]) -> str:
        """Return how to speak of a row: by name, or else by number."""
        return self.value(row, "name") or self.value(row, "identifier")

    def handed_in(self, row: dict[str, str], zone: tzinfo | None = None) -> datetime | None:
        """Return when a row's work was handed in, to the minute, if it says so."""
        return read_date(self.value(row, "handed_in"), zone)

    def extended_until(self, row: dict[str, str], zone: tzinfo | None = None) -> datetime | None:
        """Return until when somebody was allowed to hand in later, if the row says so."""
        found = EXTENDED.search(self.value(row, "status"))
        return read_date(found["until"], zone) if found else None

    def is_draft(self, row: dict[str, str]) -> bool:
        """Return whether a row's work is a draft that was never submitted."""
        return self.value(row, "status").casefold().startswith(DRAFTS)

    def refusal(self, row: dict[str, str], sent: Collection[str] = ()) -> str:
        """Return why Moodle will not take a mark from this row; empty if it will.

        Moodle compares the row's "Last modified (grade)" with its own record of the
        grade, and passes over a row that seems older without a word.  Uploading
        feedback makes such a record, and a date that is not English counts as none.

        Parameters
        ----------
        row
            A row of the table.
        sent
            What was written for Moodle since the worksheet was downloaded: ``feedback``,
            ``marks``.

        Returns
        -------
        str
            ``locked``, ``stale``, ``language`` or empty.
        """
        if self.value(row, "open").casefold() in LOCKED:
            return "locked"
        graded = self.value(row, "graded")
        if graded in ("", "-"):
            return "stale" if sent else ""
        if not re.search(r"day\b", graded.casefold()):
            return "language"
        return "stale" if "marks" in sent else ""

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

    def needs_points(self) -> None:
        """Refuse a worksheet of an assignment that is graded in words.

        Raises
        ------
        ClassroomError
            If the assignment is graded by a scale.
        """
        if self.columns["scale"]:
            raise ClassroomError(
                f"{self.table.name} is graded by a scale in Moodle, which takes no points: set "
                "the assignment's grade to points, or give the marks by hand"
            )

    def write(self, path: Path) -> None:
        """Write the worksheet for Moodle: what it reads back is as it wrote it."""
        self.table.write(path, {str(self.columns[role]) for role in READ_BACK})
