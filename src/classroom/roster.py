"""The class list: one student id in the course, other names for the same person elsewhere.

A roster is a CSV file that a teacher keeps or downloads.  Three kinds are read:
the course's own (``id`` or ``student_id`` and any of ``first_name``, ``last_name``,
``name``, ``email``, ``canvas``, ``sis``, ``folder``), Moodle's participants or
gradebook list, and Canvas' gradebook.  Moodle's participant numbers have no place in
it: Moodle makes them anew for every assignment.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.course import ClassroomError

if TYPE_CHECKING:
    from collections.abc import Collection

COLUMNS = {
    "id": ("id", "student_id", "student", "username", "käyttäjätunnus"),
    "first": ("first_name", "first name", "etunimi"),
    "last": ("last_name", "last name", "surname", "sukunimi"),
    "name": ("name", "full name", "koko nimi", "fullständigt namn"),
    "email": ("email", "email address", "sähköpostiosoite", "e-postadress"),
    "canvas": ("canvas", "canvas_id"),
    "sis": ("sis", "sis user id", "id number", "tunnistenumero", "id-nummer", "id nummer"),
    "login": ("sis login id", "login"),
    "folder": ("folder", "file"),
}


# What a spreadsheet takes for a formula when a student is called so.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?|-")


def harmless_cell(text: str) -> str:
    """Return a text that a spreadsheet shows and does not calculate.

    Numbers, and the dash that stands for nothing, are as they were.

    >>> harmless_cell("=1+1"), harmless_cell("-0.5"), harmless_cell("'=1+1")
    ("'=1+1", '-0.5', "''=1+1")
    """
    risky = text.lstrip("'").startswith(FORMULA_STARTS) and not NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def plain_cell(text: str) -> str:
    """Return a text as it was before :func:`harmless_cell`."""
    marked = text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS)
    return text[1:] if marked else text


@dataclass(slots=True)
class Table:
    """A CSV file with its headings in order.

    Attributes
    ----------
    name
        File name, for messages.
    headings
        Column names in order.
    rows
        One dict a row, every heading present.
    """

    name: str
    headings: list[str]
    rows: list[dict[str, str]]

    @classmethod
    def read(cls, path: Path | str) -> Table:
        """Read a CSV file in UTF-8 (with or without mark) or Latin-1, any usual delimiter.

        Raises
        ------
        ClassroomError
            If the file is missing, empty or holds no headings.
        """
        path = Path(path)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ClassroomError(f"cannot read {path}: {error.strerror}") from error
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
        headings = [name.strip() for name in reader.fieldnames or []]
        if not any(headings):
            raise ClassroomError(f"{path} is empty; its first line must name the columns")
        reader.fieldnames = headings
        rows = [{key: row.get(key) or "" for key in headings} for row in reader]
        return cls(path.name, headings, rows)

    def write(self, path: Path, verbatim: Collection[str] = ()) -> None:
        """Write the table as UTF-8 with commas, as Moodle and Canvas read it.

        Parameters
        ----------
        path
            The file to write.
        verbatim
            Columns that the LMS reads back, which must be as it wrote them.  In all
            others, what a spreadsheet would calculate is made harmless.
        """
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, self.headings, extrasaction="ignore")
            writer.writeheader()
            for row in self.rows:
                writer.writerow(
                    {
                        key: cell
                        if key in verbatim or cell.startswith("'")
                        else harmless_cell(cell)
                        for key, cell in row.items()
                    }
                )


@dataclass(frozen=True, slots=True)
class Person:
    """A student under every name known; empty text where a name is not known."""

    id: str
    first: str = ""
    last: str = ""
    name: str = ""
    email: str = ""
    canvas: str = ""
    sis: str = ""
    login: str = ""
    folder: str = ""

    @property
    def full_name(self) -> str:
        """First and last name, or the name as one text."""
        return self.name or f"{self.first} {self.last}".strip()

    def names(self, first: str, last: str) -> tuple[str, str]:
        """Return first and last name, where the gradebook knows no better from the class list.

        A list that has the name as one text gives it as the first.
        """
        last = last or self.last
        return first or self.first or ("" if last else self.full_name), last


def student_slug(name: str) -> str:
    """Return a student id made of a person's name: safe as a folder name and in a page.

    Long names are cut, whole letters kept.

    >>> student_slug("Aino Mäkelä")
    'aino-mäkelä'
    """
    plain = unicodedata.normalize("NFC", name).strip().casefold()
    slug = re.sub(r"[^\w.]+", "-", plain)
    # A folder's name has 255 bytes at most, and a number may be added to it.
    return slug.encode()[:160].decode(errors="ignore").strip("-._") or "unnamed"


def name_key(name: str) -> str:
    """Return a name in a form that is the same in whatever order and case it is written."""
    return " ".join(sorted(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())))


class Roster:
    """The class list, looked up by any name.

    Parameters
    ----------
    people
        The students.

    Raises
    ------
    ClassroomError
        If two rows have one student id.
    """

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        self.by_id = {person.id: person for person in people}
        if len(self.by_id) < len(people):
            ids = [person.id for person in people]
            twice = sorted({name for name in ids if ids.count(name) > 1})
            raise ClassroomError(f"the roster has more than one row for {', '.join(twice)}")

    @classmethod
    def read(cls, path: Path | str) -> Roster:
        """Read a roster of any of the four kinds.

        Raises
        ------
        ClassroomError
            If no column says who a row is about.
        """
        table = Table.read(path)
        lower = {heading.lower(): heading for heading in table.headings}
        columns = {
            role: next((lower[name] for name in names if name in lower), "")
            for role, names in COLUMNS.items()
        }
        if "Student" in table.headings and "SIS Login ID" in table.headings:  # Canvas
            columns |= {"id": "SIS Login ID", "name": "Student", "canvas": "ID"}
        people = []
        for row in table.rows:
            names = {
                role: plain_cell(row.get(column, "").strip()) for role, column in columns.items()
            }
            if names["name"].startswith("Points Possible"):
                continue
            person = cls._person(names)
            if person is None:
                raise ClassroomError(
                    f"{table.name}: no column says who the students are; found "
                    f"{', '.join(table.headings)}, wanted one of id, student_id, email, full name"
                )
            people.append(person)
        return cls(people)

    @staticmethod
    def _person(names: dict[str, str]) -> Person | None:
        full = names["name"] or f"{names['first']} {names['last']}".strip()
        if "," in full:
            last, _, first = full.partition(",")
            full = f"{first.strip()} {last.strip()}"
        identity = names["id"] or names["login"] or names["email"].partition("@")[0] or full
        if not identity:
            return None
        if re.search(r"[^\w.@+-]", identity):
            identity = student_slug(identity)
        return Person(**(names | {"id": identity, "name": full}))

    def find(self, **names: str) -> Person | None:
        """Return the one person that fits, looking at the surest name first.

        Parameters
        ----------
        **names
            Any of ``id``, ``canvas``, ``sis``, ``login``, ``email``,
            ``folder``, ``name``; empty ones are ignored.  A name shared by several
            people finds nobody.
        """
        for role in ("id", "canvas", "sis", "login", "email", "folder", "name"):
            wanted = names.get(role, "").strip()
            if not wanted:
                continue
            if role == "name":
                fits = [
                    person
                    for person in self.people
                    if name_key(person.full_name) == name_key(wanted)
                ]
            else:
                fits = [
                    person
                    for person in self.people
                    if getattr(person, role).casefold() == wanted.casefold()
                ]
            if len(fits) == 1:
                return fits[0]
        return None
