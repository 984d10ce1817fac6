"""The course's total: one row a student, one column an assignment, and what they come to.

What waits for a person, or was not handed in, is an empty cell, and so is the total
it belongs to: an empty cell in a sum would be a 0 that nobody gave.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from traitlets import Bool, Unicode

from classroom.course import ClassroomError
from classroom.handback.marks import Mark, MarksExporter, marks, why_not_final
from classroom.roster import Person, harmless_cell

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

    from classroom.roster import Roster

NAMES = ("student_id", "last_name", "first_name", "email")
SUMS = ("total", "maximum", "so_far", "so_far_maximum", "open")
NOT_HANDED_IN = "not handed in"
#: Digits after the point, as in Moodle and Canvas.
PLACES = 2


@dataclass(slots=True)
class _Cell:
    """One student's points in one assignment: ``None`` with a reason where there are none."""

    points: float | None
    reason: str = ""


class TotalExporter(MarksExporter):
    """A table over several assignments.

    Without ``weights`` points are added up as they are.  With them each assignment counts
    its share of the points times its weight, so the maximum is the sum of the weights.
    """

    weights = Unicode("", help="Such as '03_value=40,04_priorities=60'").tag(config=True)
    missing_as_zero = Bool(False, help="Count as 0 what was not handed in").tag(config=True)
    default_name = "total.csv"

    def export(self, gradebook: Gradebook) -> None:
        """Write the table.

        Raises
        ------
        ClassroomError
            If an assignment is unknown or named twice, or the weights do not fit.
        """
        by_assignment = self._marks(gradebook)
        maxima = {name: each.maximum for name, each in _any_of(by_assignment).items()}
        counts = self._counts(maxima)
        roster = self.people()
        names = sorted({s for of in by_assignment.values() for s in of} | self._wanted(roster))
        zeros: dict[str, list[str]] = {}
        opened: dict[tuple[str, str], list[str]] = {}
        with self.destination().open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            weighed = [
                f"{name} (of {maxima[name]:g}, counts {counts[name]:g})"
                if self.weights
                else f"{name} (of {maxima[name]:g})"
                for name in by_assignment
            ]
            writer.writerow([*NAMES, *weighed, *SUMS])
            for student in names:
                cells = {}
                for name, of in by_assignment.items():
                    cell = cells[name] = self._cell(of.get(student))
                    if cell.reason == NOT_HANDED_IN and self.missing_as_zero:
                        zeros.setdefault(name, []).append(student)
                        cells[name] = _Cell(0.0)
                    elif cell.points is None:
                        opened.setdefault((name, cell.reason), []).append(student)
                known = [of[student] for of in by_assignment.values() if student in of]
                person = _named(student, known, roster)
                writer.writerow([*person, *_row(cells, maxima, counts)])
        for (name, reason), students in sorted(opened.items()):
            self.warnings.append(f"no total, since {name} {_is(reason)}: {', '.join(students)}")
        for name, students in zeros.items():
            told = f"counted as 0, since {name} was not handed in: {', '.join(students)}"
            self.warnings.append(told)

    def _wanted(self, roster: Roster) -> set[str]:
        """Return those of the class list who are asked for."""
        return {p.id for p in roster.people if not self.student or p.id in self.student}

    def _marks(self, gradebook: Gradebook) -> dict[str, dict[str, Mark]]:
        book: Any = gradebook
        asked = [str(name) for name in self.assignment]
        twice = sorted({name for name in asked if asked.count(name) > 1})
        if twice:
            raise ClassroomError(f"{', '.join(twice)} is named twice; name each assignment once")
        students = [str(student) for student in self.student]
        found: dict[str, dict[str, Mark]] = {}
        for name in asked or [each.name for each in book.assignments]:
            own = {mark.student: mark for mark in marks(gradebook, [name], students)}
            if asked or any(mark.submitted for mark in own.values()):
                found[name] = own
            else:
                self.warnings.append(f"{name} is not in the table: nobody handed it in")
        if not any(found.values()):
            raise ClassroomError("nothing is graded yet; run: classroom grade ASSIGNMENT")
        return found

    def _counts(self, maxima: dict[str, float]) -> dict[str, float]:
        """Return what each assignment counts at most in the total."""
        if not self.weights:
            return maxima
        counts = {}
        for part in self.weights.split(","):
            name, _, text = (each.strip() for each in part.partition("="))
            try:
                counts[name] = float(text)
            except ValueError:
                counts[name] = 0.0
            if not 0 < counts[name] < float("inf"):
                raise ClassroomError(
                    f"a weight must be a number above 0, such as 03_value=40, got {part.strip()!r}"
                )
        if set(counts) != set(maxima):
            odd = ", ".join(sorted(set(counts) ^ set(maxima)))
            raise ClassroomError(
                f"--weights must name each assignment of the table once; see {odd}"
            )
        pointless = [name for name, maximum in maxima.items() if not maximum]
        if pointless:
            raise ClassroomError(f"{', '.join(pointless)} has no points, so it cannot be weighed")
        return counts

    def _cell(self, mark: Mark | None) -> _Cell:
        if mark is None or not mark.submitted:
            return _Cell(None, NOT_HANDED_IN)
        reason = why_not_final(mark)
        if not reason:
            return _Cell(mark.score)
        if self.provisional and mark.graded:
            self.provisionally.append(mark.student)
            return _Cell(mark.score)
        return _Cell(None, reason)


def _any_of(by_assignment: dict[str, dict[str, Mark]]) -> dict[str, Mark]:
    return {name: next(iter(of.values())) for name, of in by_assignment.items() if of}


def _is(reason: str) -> str:
    return f"was {reason}" if reason == NOT_HANDED_IN else f"has no mark yet ({reason})"


def _named(student: str, known: list[Mark], roster: Roster) -> list[str]:
    person = roster.by_id.get(student, Person(student))
    mark = known[0] if known else None
    last = (mark.last if mark else "") or person.last
    first = (mark.first if mark else "") or person.first or ("" if last else person.full_name)
    email = (mark.email if mark else "") or person.email
    return [harmless_cell(text) for text in (student, last, first, email)]


def _row(
    cells: dict[str, _Cell], maxima: dict[str, float], counts: dict[str, float]
) -> list[object]:
    there = {name: cell.points for name, cell in cells.items() if cell.points is not None}
    sums = {
        name: points * counts[name] / maxima[name] if maxima[name] else 0.0
        for name, points in there.items()
    }
    total: object = round(sum(sums.values()), PLACES)
    possible = sum(counts[name] for name in there)
    return [
        *(cell.points if cell.points is not None else "" for cell in cells.values()),
        total if len(there) == len(cells) else "",
        sum(counts.values()),
        total,
        possible,
        " ".join(name for name in cells if name not in there),
    ]
