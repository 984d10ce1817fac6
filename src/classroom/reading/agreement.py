"""``classroom agreement``: whether two readers mean the same by the same points.

Each second reader is compared with the gradebook, and with every other second
reader, question by question, over the answers that both have read as they are now.
"""

from __future__ import annotations

import json as json_text
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Annotated

import typer

from classroom.course import ClassroomError, Course
from classroom.reading.questions import Question, labels, questions_of
from classroom.reading.readers import (
    GRADEBOOK,
    Given,
    GradebookMarks,
    Marks,
    ReaderMarks,
    readers_of,
)
from classroom.terminal import CourseDir, Grid, Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

NEEDS_A_LOOK = 1
# With fewer answers, a kappa of one reading says little about the next.
ENOUGH = 20


def kappa(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Cohen's kappa: agreement beyond what chance would give.

    Parameters
    ----------
    pairs
        What the first and the second reader gave for one answer; the values are
        categories, and any difference counts the same.

    Returns
    -------
    float or None
        From -1 to 1; ``None`` without pairs, or where both gave one and the same
        to all, so that chance alone would make them agree.

    Source
    ------
    Cohen (1960), A coefficient of agreement for nominal scales.
    """
    count = len(pairs)
    agreed = sum(first == second for first, second in pairs)
    firsts = Counter(first for first, _ in pairs)
    seconds = Counter(second for _, second in pairs)
    # In counts, so that no rounding makes 1 of what is less: both sides times count squared.
    chance = sum(times * seconds[value] for value, times in firsts.items())
    if chance == count * count:
        return None
    return (count * agreed - chance) / (count * count - chance)


def weighted_kappa(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return kappa with disagreement weighed by the square of the distance.

    Parameters
    ----------
    pairs
        What the first and the second reader gave for one answer, in points.

    Returns
    -------
    float or None
        From -1 to 1; ``None`` as for :func:`kappa`.

    Source
    ------
    Cohen (1968), Weighted kappa; the weights are squared differences in points.
    """
    count = len(pairs)
    seen = count * sum((first - second) ** 2 for first, second in pairs)
    chance = sum((first - second) ** 2 for first, _ in pairs for _, second in pairs)
    return 1 - seen / chance if chance else None


@dataclass(frozen=True, slots=True)
class Apart:
    """An answer on which two readers differ by more than a level."""

    label: str
    student: str
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree on one question.

    Attributes
    ----------
    notebook, cell
        The question.
    first, second
        The readers; ``gradebook`` is the first reader, whose marks count.
    both, same
        Answers that both have read, and those of them with the same points.
    kappa, weighted
        See :func:`kappa` and :func:`weighted_kappa`.
    remark
        What to think of the two, where there is more to say.
    apart
        The answers that differ by more than a level.
    """

    notebook: str
    cell: str
    first: str
    second: str
    both: int
    same: int
    kappa: float | None
    weighted: float | None
    remark: str
    apart: tuple[Apart, ...]


def remark(pairs: Sequence[tuple[float, float]]) -> str:
    """Say why there is no kappa, or why one is not to be leant on."""
    firsts, seconds = {first for first, _ in pairs}, {second for _, second in pairs}
    if not pairs:
        return "no answer was read by both"
    if len(firsts | seconds) == 1:
        return (
            f"both gave {firsts.pop():g} to all: they agree, but kappa is not defined for one value"
        )
    if len(firsts) == 1 or len(seconds) == 1:
        return "one reader gave the same to all, so kappa is 0 whatever the other gave"
    if len(pairs) < ENOUGH:
        return f"fewer than {ENOUGH} answers: the next few could change kappa much"
    return ""


def agreements(course: Course, assignment: str) -> list[Agreement]:
    """Compare every two readers of an assignment on every question.

    Raises
    ------
    ClassroomError
        If there is no second reader.
    """
    questions = questions_of(course, assignment)
    seconds = readers_of(course, assignment)
    if not seconds:
        raise ClassroomError(
            f"{assignment} has no second reader; run: classroom read {assignment} --reader NAME"
        )
    marks: dict[str, Marks] = {GRADEBOOK: GradebookMarks(course, assignment)}
    marks |= {name: ReaderMarks(course, assignment, name) for name in seconds}
    return [
        _compared(assignment, question, names, (marks[names[0]], marks[names[1]]))
        for question in questions
        for names in combinations(marks, 2)
    ]


def _compared(
    assignment: str, question: Question, names: tuple[str, str], marks: tuple[Marks, Marks]
) -> Agreement:
    first, second = (each.given(question) for each in marks)
    both = {}
    for label, student in labels(assignment, question, first | second).items():
        one, other = first.get(student, Given()), second.get(student, Given())
        read = not one.waits and not other.waits
        if read and one.points is not None and other.points is not None:
            both[label] = student, one.points, other.points
    pairs = [(one, other) for _, one, other in both.values()]
    return Agreement(
        notebook=question.notebook,
        cell=question.cell,
        first=names[0],
        second=names[1],
        both=len(pairs),
        same=sum(one == other for one, other in pairs),
        kappa=kappa(pairs),
        weighted=weighted_kappa(pairs),
        remark=remark(pairs),
        apart=tuple(
            Apart(label, student, one, other)
            for label, (student, one, other) in both.items()
            # Shares of the points are rounded to hundredths.
            if abs(one - other) > question.step + 0.02
        ),
    )


def agreement_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    names: Annotated[
        bool, typer.Option("--names", help="Name the students of answers that differ.")
    ] = False,
    course_dir: CourseDir = None,
) -> None:
    """Compare second readers with the gradebook: same points, Cohen's kappa, who differs.

    Kappa is 1 for full agreement and 0 for what chance would give. The weighted
    one counts a difference of two levels four times one of one level. Answers
    that differ by more than a level are listed: talk about those.

    Exit status: 1 if some differ by more than a level, 2 if there is no second reader.
    """
    found = agreements(Course.open(course_dir), assignment)
    if json:
        typer.echo(json_text.dumps([asdict(each) for each in found], indent=1))
    else:
        _show(Terminal(), found, names)
    if any(each.apart for each in found):
        raise typer.Exit(NEEDS_A_LOOK)


def _show(console: Terminal, found: list[Agreement], names: bool) -> None:
    table = Grid("question", "readers", right=("both", "same", "kappa", "weighted"))
    for each in found:
        same = f"{each.same} ({100 * each.same / each.both:.0f} %)" if each.both else "-"
        numbers = ("-" if one is None else f"{one:.2f}" for one in (each.kappa, each.weighted))
        table.add_row(
            f"{each.notebook}, {each.cell}",
            f"{each.first}, {each.second}",
            str(each.both),
            same,
            *numbers,
        )
    console.print(table)
    for each in found:
        pair = f"{each.notebook}, {each.cell}, {each.first} and {each.second}"
        if each.remark:
            console.print(f"  {pair}: {each.remark}")
        for one in each.apart:
            who = f"{one.label} ({one.student})" if names else one.label
            told = f"{one.first:g} and {one.second:g} points"
            console.print(f"! {pair}: {who} has {told}")
