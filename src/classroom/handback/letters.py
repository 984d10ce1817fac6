"""A table and files from which a mail program writes to each student; nothing is sent here."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from traitlets import Unicode

from classroom.course import ClassroomError, Course
from classroom.handback.marks import Mark, MarksExporter
from classroom.roster import Person, harmless_cell

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

TABLE = "letters.csv"
COLUMNS = ("email", "first_name", "last_name", "assignment", "score", "max_score", "attachments")


class LettersExporter(MarksExporter):
    """A folder with a table for mail merge, and beside it each student's own feedback page.

    A row stands only for a student with an address of their own and a page: of two
    students with one address, neither gets a row.
    """

    course_dir = Unicode("", help="The course folder, for the feedback pages").tag(config=True)
    default_name = "letters"
    #: Letters written.
    count = 0

    def written(self) -> str:
        """Say how many letters there are; for none, no folder is made."""
        return f"{self.destination()}: {self.holds}" if self.count else "no letters"

    def export(self, gradebook: Gradebook) -> None:
        """Write the folder.

        Raises
        ------
        ClassroomError
            If the folder holds anything: a page of an earlier round might go out again.
        """
        folder = self.destination().resolve()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ClassroomError(f"{folder} is there already: remove it, or name another --output")
        course = Course.open(Path(self.course_dir) if self.course_dir else None)
        by_id = self.people().by_id
        name = self.one_assignment()
        marks = [mark for mark in self.chosen(gradebook) if mark.submitted]
        addresses = {
            mark.student: (
                by_id[mark.student].email if mark.student in by_id else mark.email
            ).strip()
            for mark in marks
        }
        shared = Counter(address.casefold() for address in addresses.values())
        rows = []
        for mark in marks:
            address = addresses[mark.student]
            pages = sorted(course.feedback(mark.student, name).glob("*.html"))
            problem = _problem(address, shared[address.casefold()], pages, name)
            if problem:
                self.leave_out(mark.student, problem)
                continue
            folder.mkdir(parents=True, exist_ok=True)
            copies = [folder / f"{mark.student}-{page.name}" for page in pages]
            for page, copy in zip(pages, copies, strict=True):
                shutil.copyfile(page, copy)
            rows.append(_row(mark, by_id.get(mark.student, Person(mark.student)), address, copies))
        self.count = len(rows)
        self.holds = f"{self.count} letters"
        if not rows:  # an empty folder would be in the way of the next try
            return
        with (folder / TABLE).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows(rows)


def _problem(address: str, owners: int, pages: list[Path], assignment: str) -> str:
    """Return why a student gets no letter, or nothing."""
    if not address:
        return "has no e-mail address: give a class list that has it"
    if "@" not in address or harmless_cell(address) != address:
        return f"no e-mail address that could be used, got {address!r}: put it into the class list"
    if owners > 1:
        return f"{address} is the address of {owners} students: each needs their own"
    if not pages:
        return f"no feedback page yet: run classroom feedback {assignment}"
    return ""


def _row(mark: Mark, person: Person, address: str, copies: list[Path]) -> list[object]:
    first, last = person.names(mark.first, mark.last)
    names = [harmless_cell(first), harmless_cell(last)]
    attachments = ";".join(map(str, copies))
    return [address, *names, mark.assignment, mark.score, mark.maximum, attachments]
