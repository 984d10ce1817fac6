"""``classroom grade`` on the command line: its options, its progress, its last word."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from classroom.course import Course
from classroom.grading.grade import Options, Summary, grade, resumed
from classroom.plan import Marking
from classroom.terminal import CourseDir, Terminal, line
from classroom.walls.jail import choose_walls
from classroom.words.reasons import Reason
from classroom.words.sentences import sentence

NEEDS_A_LOOK = 1
INTERRUPTED = 130
SHOWN = 8
# What is told of more students than these is told once for all of them.
MANY = 3
# Without a terminal, a line each so many submissions.
EVERY = 100


class Screen:
    """Shows how far a run is; plain lines where there is no terminal."""

    def __init__(self, console: Terminal) -> None:
        self.console = console
        self.progress = Progress(
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=console,
        )
        self.task = self.progress.add_task("grading", total=None, rate="")
        # No refreshing thread: workers that died are forked again while this is on.
        self.live = Live(console=console, auto_refresh=False, transient=True)
        self._said = 0

    def __enter__(self) -> Screen:
        if self.console.is_terminal:
            self.live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.console.is_terminal:
            self.live.stop()

    def watch(self, done: int, total: int, summary: Summary) -> None:
        """Take in the state of the run."""
        if not self.console.is_terminal:
            if summary.graded >= self._said + EVERY:
                self._said = summary.graded
                self.console.print(f"{done} of {total} graded")
            return
        speed = self.progress.tasks[0].speed
        rate = f"{speed:.1f} a second" if speed else ""
        self.progress.update(self.task, completed=done, total=total, rate=rate)
        lines = [line(f"! {s}: {sentence(reasons[0])}") for s, reasons in summary.looks.items()]
        hidden = len(lines) - SHOWN
        shown = lines[-SHOWN:]
        if hidden > 0:
            shown.insert(0, line(f"  ... and {hidden} more that need a look"))
        if summary.stopped:
            shown.append(line("stopping: what is under way is finished and written"))
        self.live.update(Group(self.progress, *shown), refresh=True)


def grade_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    students: Annotated[
        str | None,
        typer.Option(help="Student ids or patterns with *, separated by commas; all if not given."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes at once; one a processor if not given.")
    ] = 0,
    sandbox: Annotated[
        str, typer.Option(help="auto, bubblewrap, landlock, or none for work you trust")
    ] = "auto",
    timeout: Annotated[
        int | None, typer.Option(min=1, help="Seconds a cell may take; else c.Execute.timeout.")
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option(min=128, help="Megabytes a submission may take; else c.Execute.memory."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Finish a run that was cut off, with its options.")
    ] = False,
    cluster: Annotated[
        str | None, typer.Option(help="Grade on a Dask cluster, such as tcp://10.0.0.1:8786.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed.")
    ] = False,
    like_nbgrader: Annotated[
        bool,
        typer.Option(
            "--like-nbgrader",
            help="Mark just as nbgrader: warnings cost the mark, deleted tests stay deleted.",
        ),
    ] = False,
    audit: Annotated[
        bool, typer.Option(help="Question tests that run in the learner's interpreter.")
    ] = True,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for another grader of this course.")
    ] = False,
    course_dir: CourseDir = None,
) -> None:
    """Grade what is new or changed, in parallel, each submission in its own sandbox.

    Exit status: 0 all graded, 1 graded and some need a look, 2 not done, 130 stopped.
    """
    console = Terminal()
    course = Course.open(course_dir)
    if resume:
        options = resumed(course, assignment)
        options.wait = wait
    else:
        options = Options(
            students=[name.strip() for name in (students or "").split(",") if name.strip()],
            workers=workers,
            sandbox=sandbox,
            memory=memory,
            timeout=timeout,
            cluster=cluster,
            force=force,
            wait=wait,
            marking=Marking(
                warnings_cost=like_nbgrader, restore_missing=not like_nbgrader, audit=audit
            ),
        )
    console.print(f"sandbox: {choose_walls(options.sandbox)[1]}")
    with Screen(console) as screen:
        summary = grade(course, assignment, options, screen.watch)
    _conclude(console, assignment, summary)


def notes_in_few_lines(summary: Summary) -> list[str]:
    """Tell what was put right; what was the same for many is told once."""
    whose: dict[Reason, list[str]] = {}
    for student, reasons in sorted(summary.notes.items()):
        for reason in dict.fromkeys(reasons):
            whose.setdefault(reason, []).append(student)
    many = {reason: students for reason, students in whose.items() if len(students) > MANY}
    lines = [
        f"{len(students)} students ({', '.join(students[:MANY])} and {len(students) - MANY} more): "
        f"{sentence(reason)}"
        for reason, students in many.items()
    ]
    if any(2 * len(students) > summary.graded for students in many.values()):
        lines.append(
            "what is so for most of a class comes from the notebook that they were given, as when "
            "an exercise is changed after it was handed out"
        )
    for student, reasons in sorted(summary.notes.items()):
        few = [reason for reason in dict.fromkeys(reasons) if reason not in many]
        lines += [f"{student}: {sentence(reason)}" for reason in few]
    return lines


def _conclude(console: Terminal, assignment: str, summary: Summary) -> None:
    for told in notes_in_few_lines(summary):
        console.print(f"  {told}")
    for student, reasons in sorted(summary.looks.items()):
        for reason in dict.fromkeys(reasons):
            console.print(f"! {student}: {sentence(reason)}")
    if summary.slow:
        console.print(
            f"slower than usual: plain kernels ran the work, because {summary.slow}; "
            "classroom doctor names the versions that the desk is tested with"
        )
    rate = summary.graded / summary.seconds if summary.seconds else 0.0
    parts = [f"{summary.graded} graded"]
    if summary.unchanged:
        parts.append(f"{summary.unchanged} unchanged")
    if summary.left:
        parts.append(f"{summary.left} left; run again, or with --resume")
    parts.append(f"{len(summary.looks)} need a look")
    console.print(f"{', '.join(parts)} ({summary.seconds:.1f} s, {rate:.1f} a second)")
    if summary.looks_before:
        console.print(
            f"{summary.looks_before} of those unchanged were told to need a look before: "
            f"classroom report {assignment} lists them"
        )
    if summary.stopped or summary.left:
        raise typer.Exit(INTERRUPTED)
    if summary.looks:
        raise typer.Exit(NEEDS_A_LOOK)
