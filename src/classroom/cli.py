"""The command ``classroom``: the teacher's desk on the command line.

Exit status: 0 when all is well, 1 when something needs a look, 2 when the
command could not do its work.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from classroom.course import ClassroomError, Course
from classroom.doctor.diagnosis import as_json
from classroom.doctor.examination import examine
from classroom.grading.screen import grade_command
from classroom.handback.export import FORMATS, MoodleExporter
from classroom.handback.feedback import make_feedback, moodle_archive, release
from classroom.handback.report import report_command
from classroom.intake.archive import Refusal
from classroom.intake.collect import Collected, Rules, collect
from classroom.intake.exchange import collect_exchange
from classroom.intake.lateness import extend, read_until
from classroom.intake.uncollect import uncollect_command
from classroom.moodle import Worksheet
from classroom.own_files import refused_by_disk
from classroom.reading.agreement import agreement_command
from classroom.reading.alike import alike_command
from classroom.reading.read import read_command
from classroom.reading.settle import settle_command
from classroom.roster import Roster
from classroom.terminal import CourseDir, Grid, Terminal, one_line

app = typer.Typer(
    help="Collect, grade and hand back a class's notebooks, safely and quickly, on nbgrader.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
console = Terminal()

NEEDS_A_LOOK = 1
COULD_NOT = 2

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
    worksheet: WorksheetFile = None,
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
        if roster and not worksheet and Worksheet.looks_like(roster):
            roster, worksheet = None, roster
        sheet = Worksheet.read(worksheet) if worksheet else None
        rules = Rules(pattern, _roster(roster), _zone(timezone), times, sheet)
        results, lost = collect(course, Path(source), assignment, rules)
    _show_collected(results, lost, _zone(timezone))
    if lost or any(result.look for result in results):
        raise typer.Exit(NEEDS_A_LOOK)


def _say(text: str) -> None:
    """Print a line that may hold what students wrote."""
    console.print(one_line(text))


def _show_collected(results: list[Collected], lost: list[Refusal], zone: ZoneInfo | None) -> None:
    table = Grid("", "student", "status", f"handed in ({zone or 'UTC'})", "files")
    absent = [result.student for result in results if result.status == "absent"]
    came = [result for result in results if result.status != "absent"]
    for result in came:
        when = f"{result.when.astimezone(zone or UTC):%Y-%m-%d %H:%M}" if result.when else ""
        files = ", ".join(result.files) or "none"
        mark = "!" if result.look else ""
        cells = (mark, result.student, result.status, when or "not known", files)
        table.add_row(*map(one_line, cells))
    console.print(table)
    for result in came:
        for message in result.messages:
            _say(f"{'!' if result.look else ' '} {result.student}: {message}")
    for refusal in lost:
        _say(f"! {refusal.path!r}: {refusal.reason}")
    if absent:
        console.print(f"  did not hand in: {', '.join(map(one_line, absent))}")
    counts = dict.fromkeys(("new", "newer", "older", "unchanged", "nothing"), 0)
    for result in came:
        counts[result.status] += 1
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    looks = sum(result.look for result in came) + len(lost)
    console.print(f"{len(came)} students: {told or 'none'}; {looks} need a look")


@app.command("export")
def export_command(
    assignment: Annotated[
        str,
        typer.Argument(help="nbgrader's assignment id; for total several, with commas, or: all"),
    ],
    to: Annotated[str, typer.Option("--to", help="csv, moodle, canvas, mail or total")] = "csv",
    output: Annotated[
        Path | None, typer.Option("--output", help="The file or folder to write.")
    ] = None,
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
    weights: Annotated[
        str,
        typer.Option(help="For total: what each counts at most, as 03_value=40,04_priorities=60."),
    ] = "",
    missing_as_zero: Annotated[
        bool, typer.Option("--missing-as-zero", help="For total: 0 for what was not handed in.")
    ] = False,
    students: Students = None,
    course_dir: CourseDir = None,
) -> None:
    """Write marks for a spreadsheet, Moodle, Canvas or mail, or the course's total.

    A mark that waits for a person is left out, and its student is named. The
    total has a column for each assignment; where one of them waits or was not
    handed in, it stays empty: so_far tells what the others come to.
    """
    if to not in FORMATS:
        raise ClassroomError(f"--to must be one of {', '.join(FORMATS)}, got {to!r}")
    course = Course.open(course_dir)
    names = [assignment]
    if to == "total":
        names = [] if assignment == "all" else _ids(assignment)
    elif weights or missing_as_zero:
        raise ClassroomError("--weights and --missing-as-zero go with --to total")
    traits: dict[str, object] = {"assignment": names, "provisional": provisional}
    traits["student"] = _ids(students)
    given: dict[str, object] = {"to": output, "roster": roster, "worksheet": worksheet}
    given |= {"course_dir": course.root, "gradebook_csv": gradebook_csv, "column": column}
    given |= {"weights": weights}
    known = FORMATS[to].class_trait_names()
    traits |= {name: str(value or "") for name, value in given.items() if name in known}
    if missing_as_zero:
        traits["missing_as_zero"] = True
    exporter = FORMATS[to](**traits)
    with course.gradebook() as gradebook:
        exporter.export(gradebook)
    console.print(f"wrote {exporter.written()}")
    if isinstance(exporter, MoodleExporter) and not worksheet:
        console.print("without --worksheet this is a file for Moodle's gradebook import")
    for warning in exporter.warnings:
        console.print(f"! {warning}")
    if exporter.provisionally:
        listed = ", ".join(map(one_line, sorted(set(exporter.provisionally))))
        console.print(f"! provisional, since something still waits for a person: {listed}")
    for reason, left_out in exporter.by_reason().items():
        listed = ", ".join(map(one_line, left_out))
        console.print(f"! left out: {listed}: {one_line(reason)}")
    if exporter.left_out or exporter.warnings or exporter.provisionally:
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
            _say(f"! {page.student}: {page.problem}")
    left_out: dict[str, str] = {}
    if moodle:
        sheet = Worksheet.read(worksheet) if worksheet else None
        left_out = moodle_archive(course, assignment, moodle, sheet, _roster(roster), chosen)
        console.print(f"wrote {moodle}")
        for student, reason in left_out.items():
            _say(f"! {student}: not in the archive: {reason}")
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
            console.print(Text(f"{finding.status:4} ", style=colour), end="")
            console.print(f"{finding.check}: {finding.found}")
            if finding.todo and finding.status != "ok":
                console.print(f"     -> {finding.todo}")
        faults = sum(finding.status == "fail" for finding in findings)
        warnings = sum(finding.status == "warn" for finding in findings)
        console.print(f"{len(findings)} checks: {faults} fail, {warnings} warn")
    if any(finding.status == "fail" for finding in findings):
        raise typer.Exit(NEEDS_A_LOOK)


@app.command("extend")
def extend_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    students: Annotated[str, typer.Option("--students", help="Student ids, by commas.")],
    until: Annotated[str, typer.Option("--until", help="Such as '2026-11-22 23:59'.")],
    timezone: Annotated[str | None, typer.Option(help="Time zone of that time.")] = None,
    course_dir: CourseDir = None,
) -> None:
    """Give some students a later due date; grade them again for it to count."""
    chosen = _ids(students)
    extend(Course.open(course_dir), assignment, chosen, read_until(until, _zone(timezone)))
    _say(
        f"extended for {', '.join(chosen)}; now: classroom grade {assignment} --force "
        f"--students {','.join(chosen)}"
    )


app.command("uncollect")(uncollect_command)
app.command("grade")(grade_command)
app.command("settle")(settle_command)
app.command("alike")(alike_command)
app.command("report")(report_command)
app.command("read")(read_command)
app.command("agreement")(agreement_command)


def main() -> None:
    """Run the command; a mistake of the user's is one line, not a traceback."""
    # nbgrader's gradebook logs by it what it raises as well, with its trace.
    logging.getLogger("tornado.application").setLevel(logging.CRITICAL)
    try:
        app()
    except ClassroomError as error:
        Terminal(stderr=True).print(f"classroom: {error}")
    except Exception as error:  # noqa: BLE001 - Python's own status for it says "needs a look"
        terminal = Terminal(stderr=True)
        refused = refused_by_disk(error)
        if refused is None:
            for place in traceback.extract_tb(error.__traceback__):
                terminal.print(f"  {place.filename}, line {place.lineno}, in {place.name}")
            refused = f"a fault of the desk's own: {type(error).__name__}: {error}"
        terminal.print(f"classroom: {refused}")
    else:
        return
    sys.exit(COULD_NOT)
