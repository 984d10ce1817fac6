"""Who is who between Moodle's archive, its worksheet, the class list and the course.

The key is the participant number, joined with a person through the worksheet of the
same assignment.  A name alone never decides whose page or mark it is: where a person
is not certain, nobody gets it, and what is found says how to settle it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.course import ClassroomError
from classroom.moodle import (
    HIDDEN_NAMES,
    Participant,
    Worksheet,
    archive_name,
    parse_name,
    same_name,
)
from classroom.roster import Person, Roster, student_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# From so many on, a majority of strangers is a wrong file and not an accident.
FEW = 3
STRANGER = "is not on the class list"
Key = tuple[str, str]  # a folder's name and number


class Uncertain(Exception):  # noqa: N818  it is told, not a failure
    """Somebody who is not certain; the message says why, and how to settle it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a row or a folder belongs to.

    Attributes
    ----------
    student
        nbgrader's student id; empty where it is not certain.
    why
        Where it is not certain: why, and how to settle it.
    notes
        What the teacher should know although the student is certain.
    look
        Whether a note asks for the teacher's eyes.
    """

    student: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()
    look: bool = False


def _by_address(roster: Roster, email: str, sis: str) -> Person | None:
    """Return the person with an e-mail address or ID number.

    Raises
    ------
    Uncertain
        If they are those of several.
    """
    fits = {
        person.id: person
        for person in roster.people
        if (email and person.email.casefold() == email.casefold())
        or (sis and person.sis.casefold() == sis.casefold())
    }
    if len(fits) > 1:
        raise Uncertain(
            f"e-mail address and ID number are those of {' and '.join(sorted(fits))}; "
            "mend the class list"
        )
    return next(iter(fits.values()), None)


def _by_name(roster: Roster, name: str, email: str = "", sis: str = "") -> Person | None:
    """Return the one person of a name, of whom nothing else that is known says otherwise.

    Raises
    ------
    Uncertain
        If there are several, or it seems to be somebody else of that name.
    """
    named = [person for person in roster.people if name and same_name(person.full_name, name)]
    if len(named) > 1:
        raise Uncertain(
            f"{len(named)} on the class list are called {name}; put their e-mail addresses into "
            "it, and give the grading worksheet of this assignment with --worksheet"
        )
    for person in named:
        if (email and person.email) or (sis and person.sis):
            raise Uncertain(
                f"Moodle has {email or sis} for {name}, the class list "
                f"{person.email or person.sis}; if they are one person, correct the class list"
            )
        return person
    return None


class Participants:
    """Joins Moodle's participants of one assignment with the course's students.

    Parameters
    ----------
    worksheet
        Moodle's grading worksheet of the same assignment, if there is one.
    roster
        The class list; may be empty.
    noted
        Student id to the folder name under which their work came from Moodle before.
    """

    def __init__(
        self,
        worksheet: Worksheet | None = None,
        roster: Roster | None = None,
        noted: Mapping[str, str] | None = None,
    ) -> None:
        self.worksheet = worksheet
        self.roster = roster or Roster([])
        self.rows = worksheet.table.rows if worksheet else []
        parsed = {student: parse_name(folder) for student, folder in (noted or {}).items()}
        self._came = {s: found for s, found in parsed.items() if found is not None}
        self._numbers = {found.number: s for s, found in self._came.items() if found.number}
        self._own = self._own_ids(worksheet) if worksheet else {}

    def _own_ids(self, sheet: Worksheet) -> dict[str, str]:
        """Return ids for those whom no class list names: by e-mail, else by name or number."""
        mails = {sheet.number(row): sheet.value(row, "email") for row in self.rows}
        accounts = Counter(mail.partition("@")[0].casefold() for mail in mails.values())
        names = Counter(student_slug(sheet.value(row, "name")) for row in self.rows)
        own = {}
        for row in self.rows:
            number, name = sheet.number(row), sheet.value(row, "name")
            account = mails[number].partition("@")[0]
            slug = student_slug(name or sheet.hidden_name(row))
            if account:
                alone = accounts[account.casefold()] == 1
                own[number] = student_slug(account if alone else mails[number])
            else:
                own[number] = slug if name and names[slug] == 1 else f"{slug}-{number}"
        return own

    # ---- a row of the worksheet

    def of_row(self, row: dict[str, str]) -> Found:
        """Return whose row of the worksheet this is, or why that is not certain."""
        sheet = self._sheet()
        try:
            student = self._team_of(row) if sheet.by_team else self._person_of(row)
        except Uncertain as reason:
            return Found(why=str(reason))
        return Found(student)

    def _sheet(self) -> Worksheet:
        if self.worksheet is None:
            raise ValueError("there is no worksheet")
        return self.worksheet

    def _team_of(self, row: dict[str, str]) -> str:
        group = self._sheet().value(row, "group")
        teams = [s for s, came in self._came.items() if same_name(came.name, group)]
        if len(teams) > 1:
            raise Uncertain(f"{len(teams)} teams are called {group}; rename one in Moodle")
        return teams[0] if teams else ""

    def _person_of(self, row: dict[str, str]) -> str:
        sheet = self._sheet()
        number, name = sheet.number(row), sheet.value(row, "name")
        student = self._numbers.get(number, "")
        if student:
            self._agree(row, self._came[student].name)
            return student
        email, sis = sheet.value(row, "email"), sheet.value(row, "number")
        person = _by_address(self.roster, email, sis)
        if person is None and _by_name(self.roster, name, email, sis):
            raise Uncertain(
                f"only the name {name} says so, and a name is not enough; put the e-mail address "
                "into the class list, or collect this assignment from Moodle's own archive"
            )
        # An id that is made of the name is not enough, either.
        student = person.id if person else self._own[number] if email else ""
        before = self._came.get(student)
        if before and before.number:
            raise Uncertain(
                f"{student} is Moodle's number {before.number} and this row is {number}: two "
                "people seem to share an id in the class list"
            )
        return student

    def _agree(self, row: dict[str, str], name: str) -> None:
        """Raise ``Uncertain`` if a row is about somebody else than a folder of its number."""
        sheet = self._sheet()
        called = sheet.value(row, "name")
        if called and not same_name(called, name) and not same_name(name, sheet.hidden_name(row)):
            raise Uncertain(
                f"Moodle's number {sheet.number(row)} is {called} in {sheet.table.name} and "
                f"{name} in the archive: download the worksheet of this assignment"
            )

    # ---- a folder of the archive

    def settle(self, came: Iterable[Participant]) -> dict[Key, Found]:
        """Return whose the folders of an archive are, by name and number.

        Raises
        ------
        ClassroomError
            If most of them are strangers to the worksheet or to the class list, so
            that one of the files is a wrong one.
        """
        folders = {(each.name, each.number) for each in came}
        slugs = Counter(student_slug(name) for name, _ in folders)
        found: dict[Key, Found] = {}
        for name, number in sorted(folders):
            try:
                found[name, number] = self._settled(name, number, slugs)
            except Uncertain as reason:
                found[name, number] = Found(why=str(reason))
        self._refuse_strangers(found)
        ids = Counter(each.student for each in found.values())
        for key, each in found.items():
            if each.student and ids[each.student] > 1:
                both = " and ".join(
                    "_".join(other) for other in found if found[other].student == each.student
                )
                why = f"{both} would both be {each.student}; tell them apart in the class list"
                found[key] = Found(why=why)
        return found

    def _settled(self, name: str, number: str, slugs: Counter[str]) -> Found:
        known = self._numbers.get(number, "")
        if known and not same_name(self._came[known].name, name):
            raise Uncertain(
                f"Moodle's number {number} was {self._came[known].name} when this assignment was "
                "first collected: is it the archive of another assignment?"
            )
        if self.worksheet is None:
            return Found(known) if known else self._by_archive(name, number, slugs)
        if self.worksheet.by_team:
            return self._team(name, number, known, slugs)
        row = next((row for row in self.rows if self.worksheet.number(row) == number), None)
        if row is None:
            raise Uncertain(
                f"there is no number {number or '(none)'} in {self.worksheet.table.name}: "
                "download the worksheet of this assignment"
            )
        self._agree(row, name)
        notes: tuple[str, ...] = ()
        if self.worksheet.is_draft(row):
            notes += ("is a draft in Moodle: it was never submitted",)
        if known:
            return Found(known, "", (*notes, *self._called_otherwise(row, known)), bool(notes))
        person = self._in_class(row)
        notes += (STRANGER,) if self.roster.people and not person else ()
        return Found(person.id if person else self._own[number], "", notes, bool(notes))

    def _called_otherwise(self, row: dict[str, str], known: str) -> tuple[str, ...]:
        """Say so where a class list that came later calls somebody by another id."""
        sheet = self._sheet()
        person = _by_address(self.roster, sheet.value(row, "email"), sheet.value(row, "number"))
        if person is None or person.id == known:
            return ()
        return (f"is {person.id} on the class list, and stays {known}, as first collected",)

    def _in_class(self, row: dict[str, str]) -> Person | None:
        sheet = self._sheet()
        name, email = sheet.value(row, "name"), sheet.value(row, "email")
        sis = sheet.value(row, "number")
        person = _by_address(self.roster, email, sis)
        if person:
            return person
        person = _by_name(self.roster, name, email, sis)
        twins = sum(same_name(name, sheet.value(other, "name")) for other in self.rows)
        if person and twins > 1:
            raise Uncertain(
                f"{twins} in Moodle are called {name}, and the class list does not say by e-mail "
                "address or ID number which of them it means"
            )
        return person

    def _by_archive(self, name: str, number: str, slugs: Counter[str]) -> Found:
        person = _by_name(self.roster, name)
        if person:
            return Found(person.id)
        student = student_slug(name)
        notes: tuple[str, ...] = (STRANGER,) if self.roster.people else ()
        hidden = name.casefold() in HIDDEN_NAMES
        if slugs[student] > 1 and not hidden:
            twins = (
                f"{slugs[student]} are called {name}; Moodle's number tells them apart here, and "
                "is another one in every assignment: --worksheet gives them lasting ids"
            )
            notes += (twins,)
        if slugs[student] > 1 or student in self._came or hidden:
            student = f"{student}-{number}"
        return Found(student, "", notes, bool(notes))

    def _team(self, name: str, number: str, known: str, slugs: Counter[str]) -> Found:
        sheet = self._sheet()
        members = self.rows_of(name, number)
        if not members:
            raise Uncertain(
                f"there is no team {name} in {sheet.table.name}: download the worksheet of this "
                "assignment"
            )
        student = student_slug(name)
        if slugs[student] > 1:
            student = f"{student}-{number}"
        team = ", ".join(sheet.calls(row) for row in members)
        return Found(known or student, "", (f"is handed in for {team}",))

    def rows_of(self, name: str, number: str) -> list[dict[str, str]]:
        """Return the worksheet's rows for a folder: one, or those of a team's members."""
        sheet = self.worksheet
        if sheet is None:
            return []
        if sheet.by_team:
            return [row for row in self.rows if same_name(sheet.value(row, "group"), name)]
        return [row for row in self.rows if sheet.number(row) == number]

    def number(self, row: dict[str, str]) -> str:
        """Return a row's participant number."""
        return self._sheet().number(row)

    def _refuse_strangers(self, found: Mapping[Key, Found]) -> None:
        lost = [each.why for each in found.values() if not each.student]
        if self.worksheet and len(found) >= FEW and len(lost) * 2 > len(found):
            raise ClassroomError(
                f"{self.worksheet.table.name} and the archive do not fit: {lost[0]}. "
                "Nothing was collected"
            )
        strangers = sorted(each.student for each in found.values() if STRANGER in each.notes)
        if len(found) >= FEW and len(strangers) * 2 > len(found):
            raise ClassroomError(
                f"{len(strangers)} of {len(found)} in the archive are not on the class list, "
                f"such as {strangers[0]}. Nothing was collected: give the list of this class, or "
                "none"
            )

    # ---- the way back

    def folder_of(self, student: str) -> str:
        """Return the name under which Moodle takes a student's page.

        Raises
        ------
        Uncertain
            If that is not known for certain.
        """
        sheet, came = self.worksheet, self._came.get(student)
        if came is not None:
            if not came.number:
                raise Uncertain("is in no group, and Moodle takes nothing back for those")
            rows = self.rows_of(came.name, came.number)
            if sheet is not None and not rows:
                raise Uncertain(f"{came.name}, number {came.number}, is not in {sheet.table.name}")
            if sheet is not None and not sheet.by_team:
                self._agree(rows[0], came.name)
            return came.folder
        if sheet is None:
            raise Uncertain("was not collected from Moodle; give its worksheet with --worksheet")
        if sheet.by_team:
            raise Uncertain("was not collected from Moodle, which alone says the team's number")
        found = [(row, self.of_row(row)) for row in self.rows]
        mine = [row for row, each in found if each.student == student]
        if len(mine) != 1:
            raise Uncertain(self._why_not(student, found))
        name = sheet.value(mine[0], "name") or sheet.hidden_name(mine[0])
        return f"{archive_name(name)}_{sheet.number(mine[0])}_assignsubmission_file"

    def _why_not(self, student: str, found: list[tuple[dict[str, str], Found]]) -> str:
        """Return why no row is certainly a student's: what was said of those of their name."""
        sheet = self._sheet()
        person = self.roster.by_id.get(student)
        for row, each in found:
            name = sheet.value(row, "name")
            called = same_name(name, person.full_name) if person else False
            if each.why and name and (called or student_slug(name) == student):
                return each.why
        return f"no row of {sheet.table.name} is certainly theirs"

    def why_no_row(self, student: str) -> str:
        """Return why a student's mark has no row in the worksheet, in words."""
        return self._why_not(student, [(row, self.of_row(row)) for row in self.rows])
