"""The command ``classroom``: the teacher's desk on the command line.

Exit status: 0 when all is well, 1 when something needs a look, 2 when the
command could not do its work.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from classroom.agreement import agreement_command
from classroom.archive import Refusal
from classroom.collect import Collected, Rules, collect
from classroom.course import ClassroomError, Course
from classroom.diagnosis import as_json
from classroom.doctor import examine
from classroom.exchange import collect_exchange
from classroom.export import FORMATS, MoodleExporter
from classroom.feedback import make_feedback, moodle_archive, release
from classroom.moodle import Worksheet
from classroom.read import read_command
from classroom.report import report_command
from classroom.roster import Roster
from classroom.screen import grade_command

app = typer.Typer(
    help="Collect, grade and hand back a class's notebooks, safely and quickly, on nbgrader.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
console = Console(highlight=False, soft_wrap=True)

NEEDS_A_LOOK = 1
COULD_NOT = 2

CourseDir = Annotated[
    Path | None,
    typer.Option("--course-dir", help="The course folder; the current one if not given."),
]
RosterFile = Annotated[
    Path | None, typer.Option("--roster", help="CSV class list; see the teacher's guide.")
]
WorksheetFile = Annotated[
    Path | None, typer.Option("--worksheet", help="Moodle's grading worksheet, as downloaded.")
]
Students = Annotated[
    str | None,
    typer.Option("--students", help="Student ids, separated by commas; all if not given."),
]


def _roster(path: Path | None) -> Roster:
    return Roster.read(path) if path else Roster([])


def _ids(students: str | None) -> list[str]:
    return [name.strip() for name in (students or "").split(",") if name.strip()]


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        raise ClassroomError(
            f"there is no time zone {name!r}; write it as Europe/Helsinki"
        ) from None


@app.command("collect")
def collect_command(
    source: Annotated[
        str, typer.Argument(help="Moodle's download, a zip, a folder, or the word: exchange")
    ],
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    roster: RosterFile = None,
    pattern: Annotated[
        str | None,
        typer.Option(
            "--student-pattern", help="Regular expression; its group 'student' is the id."
        ),
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Time zone of the archive's times, such as Europe/Helsinki.")
    ] = None,
    times: Annotated[
        bool | None,
        typer.Option(help="Whether file times are times of handing in; judged if not given."),
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Bring in what students handed in, renamed files and late attempts included."""
    course = Course.open(course_dir)
    lost: list[Refusal] = []
    if source == "exchange":
        results = collect_exchange(course, assignment)
    else:
        rules = Rules(pattern, _roster(roster), _zone(timezone), times)
        results, lost = collect(course, Path(source), assignment, rules)
    _show_collected(results, lost)
    if lost or any(result.look for result in results):
        raise typer.Exit(NEEDS_A_LOOK)


def _show_collected(results: list[Collected], lost: list[Refusal]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("", "student", "status", "handed in (UTC)", "files"):
        table.add_column(heading, overflow="fold")
    for result in results:
        when = f"{result.when:%Y-%m-%d %H:%M}" if result.when else "not known"
        mark = "!" if result.look else ""
        table.add_row(mark, result.student, result.status, when, ", ".join(result.files) or "none")
    console.print(table)
    for result in results:
        for message in result.messages:
            console.print(
                f"{'!' if result.look else ' '} {result.student}: {message}", markup=False
            )
    for refusal in lost:
        console.print(f"! {refusal.path!r}: {refusal.reason}", markup=False)
    counts = dict.fromkeys(("new", "newer", "older", "unchanged", "nothing"), 0)
    for result in results:
        counts[result.status] += 1
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    looks = sum(result.look for result in results) + len(lost)
    console.print(f"{len(results)} students: {told or 'none'}; {looks} need a look")


@app.command("export")
def export_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    to: Annotated[str, typer.Option("--to", help="csv, moodle or canvas")] = "csv",
    output: Annotated[Path | None, typer.Option("--output", help="The file to write.")] = None,
    roster: RosterFile = None,
    worksheet: WorksheetFile = None,
    gradebook_csv: Annotated[
        Path | None, typer.Option("--gradebook", help="Canvas' gradebook, as exported.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(help="The assignment's name in Canvas, if it is another.")
    ] = None,
    provisional: Annotated[
        bool, typer.Option("--provisional", help="Also marks that wait for a person.")
    ] = False,
    students: Students = None,
    course_dir: CourseDir = None,
) -> None:
    """Write marks for a spreadsheet, for Moodle or for Canvas."""
    if to not in FORMATS:
        raise ClassroomError(f"--to must be one of {', '.join(FORMATS)}, got {to!r}")
    course = Course.open(course_dir)
    traits: dict[str, object] = {"assignment": [assignment], "provisional": provisional}
    traits["student"] = _ids(students)
    for name, value in (("to", output), ("roster", roster)):
        traits[name] = str(value) if value else ""
    if to == "moodle":
        traits["worksheet"] = str(worksheet) if worksheet else ""
    if to == "canvas":
        traits["gradebook_csv"] = str(gradebook_csv) if gradebook_csv else ""
        traits["column"] = column or ""
    exporter = FORMATS[to](**traits)
    with course.gradebook() as gradebook:
        exporter.export(gradebook)
    console.print(f"wrote {exporter.destination()}", markup=False)
    if isinstance(exporter, MoodleExporter) and not worksheet:
        console.print("without --worksheet this is a file for Moodle's gradebook import")
    if exporter.left_out:
        names = ", ".join(sorted(set(exporter.left_out)))
        console.print(f"! left out: {names}", markup=False)
        raise typer.Exit(NEEDS_A_LOOK)


@app.command("feedback")
def feedback_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    students: Students = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes at once.")] = 2,
    hidden_tests: Annotated[
        bool, typer.Option("--hidden-tests", help="Show the hidden tests.")
    ] = False,
    moodle: Annotated[
        Path | None, typer.Option("--moodle", help="Also write this archive for Moodle.")
    ] = None,
    worksheet: WorksheetFile = None,
    roster: RosterFile = None,
    to_exchange: Annotated[
        bool, typer.Option("--release", help="Also release to those who used the exchange.")
    ] = False,
    course_dir: CourseDir = None,
) -> None:
    """Make feedback pages that run nothing, and an archive that Moodle takes back."""
    course = Course.open(course_dir)
    chosen = _ids(students)
    graded = chosen or course.students(course.directory.autograded_directory, assignment)
    columns = (TextColumn("feedback"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("feedback", total=len(graded))
        pages = make_feedback(
            course,
            assignment,
            chosen or None,
            workers=workers,
            hidden_tests=hidden_tests,
            told=lambda _: progress.advance(task),
        )
    made = [page for page in pages if not page.problem]
    console.print(f"{len(made)} of {len(pages)} students have their feedback")
    for page in pages:
        if page.problem:
            console.print(f"! {page.student}: {page.problem}", markup=False)
    left_out: list[str] = []
    if moodle:
        sheet = Worksheet.read(worksheet) if worksheet else None
        left_out = moodle_archive(course, assignment, moodle, sheet, _roster(roster))
        console.print(f"wrote {moodle}", markup=False)
        for student in left_out:
            console.print(f"! {student}: not in the archive, Moodle's name is not known")
    if to_exchange:
        released = release(course, assignment)
        console.print(f"released to {len(released)} students: {', '.join(released) or 'nobody'}")
    if left_out or len(made) < len(pages):
        raise typer.Exit(NEEDS_A_LOOK)


@app.command("doctor")
def doctor_command(
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    course_dir: CourseDir = None,
) -> None:
    """Examine the set-up, and say what each finding means and what to do."""
    findings = examine(Course.open(course_dir))
    if json:
        typer.echo(as_json(findings))
    else:
        for finding in findings:
            colour = {"ok": "green", "warn": "yellow", "fail": "red"}[finding.status]
            console.print(f"[{colour}]{finding.status:4}[/{colour}] ", end="")
            console.print(f"{finding.check}: {finding.found}", markup=False)
            if finding.todo and finding.status != "ok":
                console.print(f"     -> {finding.todo}", markup=False)
        faults = sum(finding.status == "fail" for finding in findings)
        warnings = sum(finding.status == "warn" for finding in findings)
        console.print(f"{len(findings)} checks: {faults} fail, {warnings} warn")
    if any(finding.status == "fail" for finding in findings):
        raise typer.Exit(NEEDS_A_LOOK)


app.command("grade")(grade_command)
app.command("report")(report_command)
app.command("read")(read_command)
app.command("agreement")(agreement_command)


def main() -> None:
    """Run the command; a mistake of the user's is one line, not a traceback."""
    try:
        app()
    except ClassroomError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"classroom: {error}", markup=False
        )
        sys.exit(COULD_NOT)
