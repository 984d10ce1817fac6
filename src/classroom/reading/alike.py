"""``classroom alike``: what two students share that few others have; a hint for a talk.

Answers to one task look alike by themselves, so a likeness of the whole says little.
What tells something is a run of words that hardly anybody else has: a name, a comment,
a turn of phrase. Runs of words that were handed out, that stand in the solution, or that
many wrote, do not count.

The usual tools for code (winnowing, as in Schleimer, Wilkerson and Aiken 2003) put one
sign for all names and leave comments out, so as to see through renaming. In functions
of five lines that leaves nothing but the task, and they take no prose; so the names
stay here, and an index of all runs takes the place of comparing each with each.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from classroom.course import ClassroomError, Course
from classroom.terminal import CourseDir, Grid, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Length of a run: words of a text; names, numbers and signs of code.
RUN = {"markdown": 5, "code": 8}
#: How many words or signs two must share, in runs that few have, to be listed.
ENOUGH = 24
#: Of how many students a run may be before it is common: a tenth, within these.
FEWEST, MOST = 3, 10

_TOKENS = {"markdown": re.compile(r"\w+"), "code": re.compile(r"\w+|[^\w\s]")}
_BASE, _PRIME = 1_000_003, (1 << 61) - 1


@dataclass(slots=True)
class Cell:
    """An answer and the runs in it.

    Attributes
    ----------
    name
        The notebook and the cell.
    kind
        ``markdown`` or ``code``.
    tokens
        Where each word or sign begins, and ends, in the text.
    runs
        A number for each run, in order: the same words have the same number.
    """

    name: str
    kind: str
    text: str
    tokens: list[tuple[int, int]] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, kind: str, text: str) -> Cell:
        """Cut a text into runs."""
        text = unicodedata.normalize("NFC", text)
        cell = cls(name, kind, text)
        kept = []
        for found in _TOKENS[kind].finditer(text):
            cell.tokens.append(found.span())
            word = found[0].casefold() if kind == "markdown" else found[0]
            kept.append(zlib.crc32(word.encode("utf-8", "surrogatepass")) + 1)
        length = RUN[kind]
        seal = 0
        top = pow(_BASE, length, _PRIME)
        for at, number in enumerate(kept):
            seal = (seal * _BASE + number) % _PRIME
            if at >= length:
                seal = (seal - kept[at - length] * top) % _PRIME
            if at >= length - 1:
                cell.runs.append(seal)
        return cell

    def covered(self, runs: set[int]) -> list[tuple[int, int]]:
        """Return the places, first and behind the last token, that runs cover, joined."""
        length, joined = RUN[self.kind], list[tuple[int, int]]()
        for at, run in enumerate(self.runs):
            if run not in runs:
                continue
            if joined and at <= joined[-1][1]:
                joined[-1] = joined[-1][0], at + length
            else:
                joined.append((at, at + length))
        return joined


@dataclass(slots=True)
class Pair:
    """Two students who share runs that few others have.

    Attributes
    ----------
    shared
        Words and signs in those runs, of the one who has fewer of them.
    cells
        Names of the answers in which they are.
    runs
        The runs themselves.
    """

    first: str
    second: str
    shared: int
    cells: list[str]
    runs: set[int]


@dataclass(slots=True)
class Likeness:
    """What a class shares.

    Attributes
    ----------
    pairs
        Those who share enough, the most first.
    students, few
        Number of students, and of how many a run may be without being common.
    """

    pairs: list[Pair]
    answers: dict[str, list[Cell]]
    students: int
    few: int


def read_cells(path: Path, *, own: bool = False) -> Iterator[Cell]:
    """Cut the cells of a notebook; of one that cannot be read, none.

    Parameters
    ----------
    own
        Whether to leave out what is locked: the teacher's tests and texts.
    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for number, cell in enumerate(cells, start=1):
            ours: dict[str, Any] = cell["metadata"].get("nbgrader", {})
            if cell["cell_type"] in RUN and not (own and ours.get("locked")):
                name = f"{path.stem}, {ours.get('grade_id') or f'cell {number}'}"
                yield Cell.of(name, cell["cell_type"], "".join(cell["source"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return


def likeness(answers: dict[str, list[Cell]], given: Iterable[Cell] = ()) -> Likeness:
    """Find who shares what few others have.

    Parameters
    ----------
    answers
        Student to answers.
    given
        What everybody had, or may know: the copy handed out, and the solution.
    """
    common = {run for cell in given for run in cell.runs}
    few = max(FEWEST, min(MOST, len(answers) // 10))
    counts: Counter[int] = Counter()
    for cells in answers.values():
        counts.update({run for cell in cells for run in cell.runs})
    holders: dict[int, list[str]] = defaultdict(list)
    for student, cells in answers.items():
        for run in {run for cell in cells for run in cell.runs}:
            if 1 < counts[run] <= few and run not in common:
                holders[run].append(student)
    del counts
    shared: dict[tuple[str, str], set[int]] = defaultdict(set)
    for run, students in holders.items():
        for two in combinations(sorted(students), 2):
            shared[two].add(run)
    pairs = [_pair(*two, answers, runs) for two, runs in shared.items()]
    enough = [pair for pair in pairs if pair.shared >= ENOUGH]
    enough.sort(key=lambda pair: (-pair.shared, pair.first, pair.second))
    return Likeness(enough, answers, len(answers), few)


def _pair(first: str, second: str, answers: dict[str, list[Cell]], runs: set[int]) -> Pair:
    lengths, names = [], []
    for student in (first, second):
        places = [(cell, cell.covered(runs)) for cell in answers[student]]
        lengths.append(sum(end - begin for _, found in places for begin, end in found))
        names += [cell.name for cell, found in places if found]
    return Pair(first, second, min(lengths), list(dict.fromkeys(names)), runs)


def likeness_of(course: Course, assignment: str) -> Likeness:
    """Read an assignment's graded notebooks and find who shares what few others have.

    Raises
    ------
    ClassroomError
        If fewer than two students are graded.
    """
    students = course.students(course.directory.autograded_directory, assignment)
    answers = {
        student: [
            cell
            for path in sorted(course.autograded(student, assignment).glob("*.ipynb"))
            for cell in read_cells(path, own=True)
        ]
        for student in students
    }
    if len(answers) < 2:
        raise ClassroomError(
            f"{len(answers)} students of {assignment} are graded, and it takes two to be alike; "
            f"run: classroom grade {assignment}"
        )
    folders = course.source(assignment), course.release(assignment)
    given = [
        cell for folder in folders for path in folder.glob("*.ipynb") for cell in read_cells(path)
    ]
    return likeness(answers, given)


# ---- showing

SAID = (
    "Two who share words that few others have may have worked together as they were asked to, "
    "learned from the same page or person, or thought alike. How it came about is not to be seen "
    "here: ask them, openly, and before anything is decided."
)
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
.two { display: grid; gap: 1rem }
.two { grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)) }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
pre { border: 1px solid #888; padding: .6rem; margin: 0 }
mark { background: #ffe08a; color: #111 }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee } }
"""


def _marked(cell: Cell, runs: set[int]) -> str:
    parts, at = [], 0
    for begin, end in cell.covered(runs):
        first, last = cell.tokens[begin][0], cell.tokens[end - 1][1]
        parts += [html.escape(cell.text[at:first]), "<mark>"]
        parts += [html.escape(cell.text[first:last]), "</mark>"]
        at = last
    return "".join([*parts, html.escape(cell.text[at:])])


def page(assignment: str, found: Likeness, shown: int) -> str:
    """Write a page with the places side by side; whatever a student wrote is escaped."""
    safe = html.escape
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        (
            "<meta http-equiv='Content-Security-Policy' "
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        ),
        f"<title>{safe(assignment)}: alike in places</title><style>{_STYLE}</style>",
        f"<h1>{safe(assignment)}: alike in places</h1><p>{SAID}</p>",
        f"<p>Marked is what at most {found.few} of {found.students} students have.</p>",
    ]
    for pair in found.pairs[:shown]:
        parts.append(f"<h2>{safe(pair.first)} and {safe(pair.second)}</h2>")
        parts.append(f"<p>{pair.shared} words and signs in common that few others have.</p>")
        for name in pair.cells:
            parts.append(f"<h3>{safe(name)}</h3><div class='two'>")
            for student in (pair.first, pair.second):
                own = [cell for cell in found.answers[student] if cell.name == name]
                text = "\n\n".join(_marked(cell, pair.runs) for cell in own)
                parts.append(f"<div>{safe(student)}<pre dir='auto'>{text}</pre></div>")
            parts.append("</div>")
    if not found.pairs:
        parts.append("<p>No two share more than chance and the task give.</p>")
    return "\n".join(parts) + "\n"


def alike_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Also write a page with the places side by side."),
    ] = None,
    show: Annotated[int, typer.Option(min=1, help="How many pairs to show at most.")] = 20,
    course_dir: CourseDir = None,
) -> None:
    """Show which students share words that few others have: a hint, no verdict.

    What was handed out, what stands in the solution and what many wrote does
    not count, so short functions that everybody writes alike are not listed.
    The numbers say how many words and signs two share; they say nothing about
    how that came about.
    """
    found = likeness_of(Course.open(course_dir), assignment)
    console = Terminal()
    shown = found.pairs[:show]
    if shown:
        table = Grid("students", "in", right=("words and signs",))
        for pair in shown:
            table.add_row(f"{pair.first}, {pair.second}", "; ".join(pair.cells), str(pair.shared))
        console.print(table)
    possible = found.students * (found.students - 1) // 2
    console.print(
        f"{len(found.pairs)} of {possible} pairs share {ENOUGH} or more words and signs that at "
        f"most {found.few} of {found.students} students have"
    )
    if len(found.pairs) > show:
        console.print(f"{show} are shown; --show {len(found.pairs)} shows all")
    console.print(SAID)
    if output is not None:
        output.write_text(page(assignment, found, show), encoding="utf-8")
        console.print(f"wrote {output}")
