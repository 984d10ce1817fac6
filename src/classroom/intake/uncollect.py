"""``classroom uncollect``: put back what stood there before the last collect.

Nothing is deleted: what is taken away is moved to ``.classroom/taken-back/``.  Each
step can be told from what lies where, so a run that was cut off is run again.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from nbgrader.api import MissingEntry

from classroom.course import ClassroomError, Course
from classroom.intake.attempts import TIMESTAMP, attempts_folder, notes_of, put_note
from classroom.intake.collects import (
    COLLECTS,
    TAKEN_BACK,
    Change,
    Collect,
    Note,
    State,
    collects_of,
    compare,
    graded_state,
    has_changed,
    state_of,
)
from classroom.journal import course_lock
from classroom.own_files import write_json
from classroom.terminal import CourseDir, Grid, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

NEEDS_A_LOOK = 1


@dataclass(slots=True)
class Undone:
    """What became of taking a collect back.

    Attributes
    ----------
    place
        Where what was taken away lies.
    done
        Student to what stands now, in words.
    graded
        Of those, who was graded from what was taken away, and what to do.
    refused
        Student to the reason.
    """

    collect: Collect
    place: Path
    done: dict[str, str] = field(default_factory=dict)
    graded: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def uncollect(
    course: Course, assignment: str, *, graded: bool = False, leave: Iterable[str] = ()
) -> Undone:
    """Take the last collect back that has not been taken back yet.

    Parameters
    ----------
    graded
        Whether also for students who have been graded since.
    leave
        Students whose work stays as it is.

    Raises
    ------
    OccupiedError
        If the course is being graded.
    ClassroomError
        If there is no collect to take back, or none of a student to be left.
    """
    with course_lock(course):
        collects = collects_of(course, assignment)
        for collect in collects:
            place = course.desk / TAKEN_BACK / assignment / collect.path.stem
            undone = Undone(collect, place)
            undone.done = dict.fromkeys(collect.undone, "put back by an earlier run")
            _leave(collect, leave)
            for change in list(collect.changes.values()):
                _take_back(course, assignment, change, undone, graded=graded)
            if undone.refused:
                return undone
            own = {*collect.changes, *collect.undone, *collect.left}
            others = [note for note in collect.notes if _whose(note) not in own]
            _forget(course, assignment, others)
            place.mkdir(parents=True, exist_ok=True)
            collect.path.rename(place / "record.jsonl")
            # One that was cut off before it changed anything is none.
            if undone.done or collect.left:
                return undone
    raise ClassroomError(
        f"there is no collect of {assignment} to take back; classroom collect keeps a record "
        f"of each in {course.desk / COLLECTS / assignment}"
    )


def _leave(collect: Collect, students: Iterable[str]) -> None:
    for student in students:
        if student not in collect.changes:
            known = ", ".join(sorted(collect.changes)) or "nobody"
            raise ClassroomError(
                f"--leave names {student!r}, whom this collect did not change; it did: {known}"
            )
        collect.add({"left": student})
        collect.left.append(student)
        del collect.changes[student]


def _whose(note: Note) -> str:
    kind, key = note[:2]
    return key.partition("/")[0] if kind == "exchange" else key


def _forget(course: Course, assignment: str, notes: Iterable[Note]) -> None:
    """Put notes back to what they were, where they are still those of the collect."""
    for kind, key, earlier, later in notes:
        if notes_of(course, assignment)[kind].get(key) == later:
            put_note(course, assignment, kind, key, earlier)


def _take_back(
    course: Course, assignment: str, change: Change, undone: Undone, *, graded: bool
) -> None:
    student = change.student
    place = undone.place / student
    taken = place / "submitted"
    cut_off = change.after is None
    if cut_off and not os.path.lexists(taken):
        compare(course, assignment, change)
        if not has_changed(change):
            undone.collect.add({"same": student})
            return
        # The steps that follow go by what is noted, so it is noted first.
        undone.collect.add({"change": asdict(change)})
    marked = graded_state(course, assignment, student) not in ("", change.graded)
    reason = _why_not(course, assignment, change, taken)
    if not reason and marked and not graded:
        reason = (
            "was graded from what would be taken away; add --graded to take it back all the same"
        )
    if reason:
        undone.refused[student] = reason
        return
    stands = _put_back(course, assignment, change, place)
    if marked:
        undone.graded[student] = _unmark(course, assignment, change, place)
    own = [note for note in undone.collect.notes if _whose(note) == student]
    _forget(course, assignment, own)
    undone.collect.add({"undone": student})
    undone.done[student] = stands + (" (the collect was cut off here)" if cut_off else "")


def _why_not(course: Course, assignment: str, change: Change, taken: Path) -> str:
    """Return why a student's work cannot be put back as it was, or nothing."""
    submitted = course.submitted(change.student, assignment)
    now = state_of(submitted)
    begun = os.path.lexists(taken)
    if begun and state_of(taken) != change.after:
        return f"what was taken away was changed since: put it right in {taken}"
    if not begun and now not in (change.after, change.before):
        return "was changed in submitted/ since that collect"
    if begun and now not in (State(), change.before):
        return "has new files in submitted/ since the last run of this command"
    moved = change.after is not None and change.after.files != change.before.files
    if change.before.files and moved and now != change.before:
        attempts = attempts_folder(course, assignment, change.student)
        if not change.replaced or state_of(attempts / change.replaced) != change.before:
            return f"the earlier attempt is not as it was in {attempts / change.replaced}"
    return ""


def _put_back(course: Course, assignment: str, change: Change, place: Path) -> str:
    """Move a student's folders, each by one renaming; return what stands now."""
    submitted = course.submitted(change.student, assignment)
    attempts = attempts_folder(course, assignment, change.student)
    place.mkdir(parents=True, exist_ok=True)
    after = change.after or State()
    earlier = attempts / change.replaced if change.replaced else None
    if change.before.files == after.files:
        if after.stamp != change.before.stamp:
            _stamp(submitted / TIMESTAMP, change.before.stamp, place)
        stands = "the same files" if after.files else "nothing, as before"
    else:
        if state_of(submitted) == after and after.files:
            submitted.rename(place / "submitted")
        if earlier is not None and not os.path.lexists(submitted):
            submitted.parent.mkdir(parents=True, exist_ok=True)
            earlier.rename(submitted)
        stands = _attempt(change.before)
    for name in change.kept:
        if (attempts / name).exists():
            (place / "attempts").mkdir(exist_ok=True)
            (attempts / name).rename(place / "attempts" / name)
    for folder in (attempts, submitted.parent, place):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return stands


def _attempt(before: State) -> str:
    if not before.files:
        return "nothing"
    return f"the attempt of {before.stamp.strip()}" if before.stamp else "the earlier attempt"


def _stamp(path: Path, text: str | None, place: Path) -> None:
    """Put a time stamp back; the one that stands there is kept, too."""
    if path.exists() and not (place / TIMESTAMP).exists():
        (place / TIMESTAMP).write_bytes(path.read_bytes())
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(text, encoding="utf-8")


def _unmark(course: Course, assignment: str, change: Change, place: Path) -> str:
    """Put away what was made of work that is gone; marks of work that stands are made anew."""
    student = change.student
    if change.before.files:
        return f"was graded from what was taken away; now: classroom grade {assignment}"
    place.mkdir(parents=True, exist_ok=True)
    with course.gradebook() as opened:
        book: Any = opened
        try:
            row = book.find_submission(assignment, student)
        except MissingEntry:
            pass
        else:
            write_json(place / "marks.json", _marks(row))
            book.remove_submission(assignment, student)
    for name, folder in (
        ("feedback", course.feedback(student, assignment)),
        # The last step: while it is not done, the work still counts as graded.
        ("autograded", course.autograded(student, assignment)),
    ):
        if folder.is_dir():
            folder.rename(place / name)
    return "was graded from what was taken away; the marks are put away there, too"


def _marks(submission: Any) -> list[dict[str, Any]]:
    return [
        {
            "notebook": notebook.name,
            "cell": grade.name,
            "by_test": grade.auto_score,
            "by_hand": grade.manual_score,
            "waits": bool(grade.needs_manual_grade),
            "comment": next(
                (each.manual_comment for each in notebook.comments if each.name == grade.name), None
            ),
        }
        for notebook in submission.notebooks
        for grade in notebook.grades
    ]


def uncollect_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    listed: Annotated[
        bool, typer.Option("--list", help="Only list the collects that can be taken back.")
    ] = False,
    graded: Annotated[
        bool,
        typer.Option("--graded", help="Also for students who were graded from what came then."),
    ] = False,
    leave: Annotated[
        str,
        typer.Option(help="Student ids, separated by commas, whose work stays as it is now."),
    ] = "",
    course_dir: CourseDir = None,
) -> None:
    """Take the last collect back: submitted/ is again as it was before it.

    For a wrong archive, or a class list that gave work to the wrong students.
    Nothing is deleted: what is taken away is moved to .classroom/taken-back/,
    and the place is printed. Students whose files were changed since, or who
    were graded from them, are named and left alone. Run it once more to take
    back the collect before.
    """
    console = Terminal()
    course = Course.open(course_dir)
    if listed:
        _list(console, course, assignment)
        return
    names = [name.strip() for name in leave.split(",") if name.strip()]
    undone = uncollect(course, assignment, graded=graded, leave=names)
    source = f"{undone.collect.source}, collected at {undone.collect.when}"
    table = Grid("student", "stands now in submitted/")
    for student, stands in undone.done.items():
        table.add_row(student, stands)
    if undone.done:
        console.print(table)
    for told, students in _by_reason(undone.graded):
        console.print(f"! {students}: {told}")
    for reason, students in _by_reason(undone.refused):
        console.print(f"! {students}: not taken back: {reason}")
    if undone.done:
        console.print(f"what was taken away lies in {undone.place}")
    console.print(f"{source}: {len(undone.done)} taken back, {len(undone.refused)} not")
    if undone.refused:
        console.print(
            "to have these stay as they are: classroom uncollect "
            f"{assignment} --leave {','.join(undone.refused)}"
        )
    if undone.refused or undone.graded:
        raise typer.Exit(NEEDS_A_LOOK)


def _by_reason(told: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is told, and of whom, so that a class is told once."""
    whose: dict[str, list[str]] = {}
    for student, reason in told.items():
        whose.setdefault(reason, []).append(student)
    return [(reason, ", ".join(students)) for reason, students in whose.items()]


def _list(console: Terminal, course: Course, assignment: str) -> None:
    table = Grid("collected at", "from", right=("students",))
    for collect in collects_of(course, assignment):
        table.add_row(collect.when, collect.source, str(len(collect.changes)))
    console.print(table)
