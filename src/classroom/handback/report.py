"""``classroom report``: one page about an assignment, for whoever taught it.

How the points are spread, which tests tell those who know from those who do not,
what the tests said to whom, and whose work waits for a person. The page is one
file without scripts, needs no network, and opens anywhere.
"""

from __future__ import annotations

import base64
import html
import io
import json
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from nbgrader.api import MissingEntry

from classroom.course import ClassroomError, Course
from classroom.journal import Journal
from classroom.terminal import CourseDir, Terminal
from classroom.words.sentences import sentence

# Below this, a test says little about who does well in the rest (Ebel 1979).
SEPARATES = 0.2
# Fewer students than these, and a correlation is mostly chance.
ENOUGH = 10
SHOWN_IDEAS = 5
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(slots=True)
class Item:
    """One marked cell, over the whole class.

    Attributes
    ----------
    shares
        Student to share of the points, from 0 to 1, of those that have a mark.
    said
        What the test said when it failed, and how often.
    """

    notebook: str
    name: str
    points: float
    shares: dict[str, float] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)

    @property
    def ease(self) -> float | None:
        """Mean share of the points, from 0 to 1."""
        return sum(self.shares.values()) / len(self.shares) if self.shares else None


@dataclass(slots=True)
class Account:
    """What the page tells, as numbers."""

    assignment: str
    maximum: float
    totals: dict[str, float] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    waiting: dict[str, list[str]] = field(default_factory=dict)


def correlation(first: list[float], second: list[float]) -> float | None:
    """Return Pearson's correlation, ``None`` where one of the two does not vary."""
    count = len(first)
    if count < 2:
        return None
    mean_1, mean_2 = sum(first) / count, sum(second) / count
    spread_1 = sum((value - mean_1) ** 2 for value in first)
    spread_2 = sum((value - mean_2) ** 2 for value in second)
    if spread_1 < 1e-12 or spread_2 < 1e-12:
        return None
    both = sum((a - mean_1) * (b - mean_2) for a, b in zip(first, second, strict=True))
    return both / math.sqrt(spread_1 * spread_2)


def separation(account: Account, item: Item) -> float | None:
    """Correlate an item with the points of all other items.

    Returns
    -------
    float or None
        From -1 to 1; ``None`` for fewer than ten students, or where all have the same.
    """
    students = sorted(item.shares)
    if len(students) < ENOUGH:
        return None
    shares = [item.shares[student] for student in students]
    rest = [account.totals[s] - item.shares[s] * item.points for s in students]
    return correlation(shares, rest)


def mostly_marked(account: Account, item: Item) -> bool:
    """Whether at least half of the class has a mark for an item."""
    return 0 < len(account.totals) <= 2 * len(item.shares)


def remark(account: Account, item: Item) -> str:
    """Say in words what to think of an item."""
    ease, separates = item.ease, separation(account, item)
    said = ""
    if ease is None:
        said = "nobody has a mark yet"
    elif not mostly_marked(account, item):
        said = f"only {len(item.shares)} have a mark yet"
    elif ease > 0.95:
        said = "nearly all have it: it tells nobody apart"
    elif ease < 0.2:
        said = "hardly anyone has it: is it clear what is asked?"
    elif separates is not None and separates < 0:
        said = "those who do well elsewhere fail it: is the test right?"
    elif separates is not None and separates < SEPARATES:
        said = "says little about who does well elsewhere"
    return said


def account_of(course: Course, assignment: str) -> Account:
    """Read marks, messages and flags of an assignment.

    Raises
    ------
    ClassroomError
        If the gradebook does not know it, or nothing is graded.
    """
    with course.gradebook() as opened:
        book: Any = opened  # SQLAlchemy's columns are not the values they hold
        try:
            row = book.find_assignment(assignment)
        except MissingEntry:
            raise ClassroomError(f"the gradebook has no assignment {assignment!r}") from None
        account = Account(assignment, float(row.max_score or 0))
        items: dict[tuple[str, str], Item] = {}
        for submission in book.assignment_submissions(assignment):
            student = str(submission.student_id)
            account.totals[student] = float(submission.score or 0)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    key = notebook.name, grade.name
                    item = items.setdefault(key, Item(*key, float(grade.max_score or 0)))
                    marked = grade.manual_score is not None or grade.auto_score is not None
                    if marked and item.points:
                        item.shares[student] = float(grade.score) / item.points
    if not account.totals:
        raise ClassroomError(
            f"nothing of {assignment} is graded; run: classroom grade {assignment}"
        )
    for student in account.totals:
        _listen(course, student, account, items)
    account.items = list(items.values())
    journal = Journal(course, assignment)
    journal.close()
    for student, entry in sorted(journal.entries.items()):
        reasons = [flag.reason for flag in entry.flags if flag.look]
        if reasons:
            account.waiting[student] = [sentence(reason) for reason in dict.fromkeys(reasons)]
    return account


def _listen(
    course: Course, student: str, account: Account, items: dict[tuple[str, str], Item]
) -> None:
    """Take from a graded notebook what its failed tests said."""
    folder = course.autograded(student, account.assignment)
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8")).get("cells", []):
            name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
            item = items.get((path.stem, name))
            errors = [o for o in cell.get("outputs", []) if o.get("output_type") == "error"]
            if item is not None and errors:
                item.said[_sentence(errors[-1])] += 1


def _sentence(error: dict[str, Any]) -> str:
    text = _COLOURS.sub("", str(error.get("evalue", ""))).strip()
    first = text.splitlines()[0] if text else ""
    return f"{error.get('ename')}: {first}"[:200].rstrip(": ")


def figures(account: Account) -> dict[str, tuple[str, str]]:
    """Draw the charts.

    Returns
    -------
    dict
        File name without suffix to SVG text and alternative text.
    """
    import matplotlib as mpl  # noqa: PLC0415 - takes a while, and only this needs it
    from matplotlib.figure import Figure  # noqa: PLC0415

    drawn = {}
    with mpl.rc_context({"svg.hashsalt": "classroom", "svg.fonttype": "none", "font.size": 9}):
        chart = Figure(figsize=(6, 2.6), layout="constrained")
        axes = chart.add_subplot()
        totals = list(account.totals.values())
        steps = min(20, max(4, int(account.maximum)))
        axes.hist(totals, bins=steps, range=(0, account.maximum or 1), color="#2b6c8f")
        axes.set(xlabel=f"points, of {account.maximum:g}", ylabel="students")
        median = sorted(totals)[len(totals) // 2]
        told = f"{len(totals)} students have from {min(totals):g} to {max(totals):g} points"
        drawn["points"] = _svg(chart), f"{told}; half of them have {median:g} or more."

        rated = [item for item in account.items if mostly_marked(account, item)]
        chart = Figure(figsize=(6, 0.8 + 0.24 * max(1, len(rated))), layout="constrained")
        axes = chart.add_subplot()
        names = [item.name for item in rated]
        axes.barh(names, [100 * (item.ease or 0) for item in rated], color="#2b6c8f")
        axes.set(xlabel="points reached, per cent", xlim=(0, 100))
        axes.invert_yaxis()
        hardest = min(rated, key=lambda item: item.ease or 0, default=None)
        told = f"Points reached in {len(rated)} marked cells."
        if hardest is not None:
            told += f" Hardest: {hardest.name}, {100 * (hardest.ease or 0):.0f} per cent."
        drawn["cells"] = _svg(chart), told
    return drawn


def _svg(chart: Any) -> str:
    buffer = io.StringIO()
    chart.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .2rem .6rem }
td { border-top: 1px solid #ccc; vertical-align: top }
td:last-child { overflow-wrap: anywhere }
img { max-width: 100%; background: #fff } .number { text-align: right; white-space: nowrap }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee } }
"""


def page(account: Account, drawn: dict[str, tuple[str, str]]) -> str:
    """Write the page; whatever a student may have written is escaped."""
    safe = html.escape
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        (
            "<meta http-equiv='Content-Security-Policy' "
            "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
        ),
        f"<title>{safe(account.assignment)}</title><style>{_STYLE}</style>",
        f"<h1>{safe(account.assignment)}</h1>",
    ]
    for heading, name in (("How the points are spread", "points"), ("What was hard", "cells")):
        picture, told = drawn[name]
        data = base64.b64encode(picture.encode()).decode()
        parts.append(f"<h2>{heading}</h2><p>{safe(told)}</p>")
        parts.append(f"<img alt='{safe(told)}' src='data:image/svg+xml;base64,{data}'>")
    parts.append(
        "<h2>Each marked cell</h2><p>Separation is the correlation with the points in all other "
        f"cells; below {SEPARATES:g} a cell tells little. It needs {ENOUGH} students.</p>"
        "<table><tr><th>cell<th>points<th>reached<th>separation<th>remark"
    )
    for item in account.items:
        ease, separates = item.ease, separation(account, item)
        cells = [
            "" if ease is None else f"{100 * ease:.0f} %",
            "" if separates is None else f"{separates:.2f}",
        ]
        numbers = "".join(f"<td class='number'>{text}" for text in (f"{item.points:g}", *cells))
        parts.append(f"<tr><td>{safe(item.name)}{numbers}<td>{safe(remark(account, item))}")
    parts.append("</table><h2>What the tests said, and to how many</h2><table>")
    for item in account.items:
        for said, count in item.said.most_common(SHOWN_IDEAS):
            parts.append(f"<tr><td>{safe(item.name)}<td class='number'>{count}<td>{safe(said)}")
    parts.append("</table><h2>Who needs a look</h2><table>")
    for student, reasons in account.waiting.items():
        parts.append(f"<tr><td>{safe(student)}<td>{safe(' '.join(reasons))}")
    parts.append("</table>" if account.waiting else "</table><p>Nobody.</p>")
    return "\n".join(parts) + "\n"


def report_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    output: Annotated[Path | None, typer.Option("--output", help="The page to write.")] = None,
    figures_to: Annotated[
        Path | None, typer.Option("--figures", help="A folder for the charts, as SVG.")
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Write one page about an assignment: points, hard and useless tests, who needs a look."""
    account = account_of(Course.open(course_dir), assignment)
    drawn = figures(account)
    target = output or Path(f"{assignment}.html")
    target.write_text(page(account, drawn), encoding="utf-8")
    console = Terminal()
    console.print(f"wrote {target}")
    if figures_to is not None:
        figures_to.mkdir(parents=True, exist_ok=True)
        for name, (picture, _) in drawn.items():
            path = figures_to / f"{name}.svg"
            path.write_text(picture, encoding="utf-8")
            console.print(f"wrote {path}")
