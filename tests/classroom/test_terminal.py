"""Whatever a learner names or raises, no command writes it as if the desk had said it."""

from __future__ import annotations

import ast
import asyncio
import logging
import shutil
import sqlite3
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.text import Text
from sqlalchemy import text

from classroom import cli
from classroom.cli import app, main
from classroom.course import Course
from classroom.grading.grade import Summary
from classroom.grading.screen import notes_in_few_lines
from classroom.nbgrader_internals import Gradebook
from classroom.reading.reader_session import ReaderSession
from classroom.terminal import Grid, Terminal
from classroom.words.reasons import Code, because

from . import toy

ROOM = Path(__file__).parents[2] / "src" / "classroom"
# What runs there has the output of a submission, and no terminal.
BEHIND_WALLS = ("crossing", "inside")
ACCUSATION = "tuula: Its marks may be forged"
# A line of its own, a cleared screen, a turned direction, markup of rich, a hidden sign.
HOSTILE = f"aino\n! {ACCUSATION}\x1b[2J\u202e[red]x[bold]\u200b\x9b"
# The end of a line, as bytes and as letters, in what was handed in.
RAISES = f"""
def mean_wait(minutes):
    raise OSError(28, {HOSTILE!r})
"""
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def assert_nothing_is_said_for_the_desk(told: str) -> None:
    assert ACCUSATION not in [line.lstrip("! ") for line in told.splitlines()]
    assert not any(line.lstrip("! ").startswith("tuula") for line in told.splitlines())
    odd = {sign for sign in told if unicodedata.category(sign) in ("Cc", "Cf") and sign != "\n"}
    assert not odd, (odd, told)


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str
) -> tuple[int, str]:
    """Run a command as from a shell; return its exit status, and all that it wrote."""
    capsys.readouterr()
    monkeypatch.setattr(sys, "argv", ["classroom", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    written = capsys.readouterr()
    return int(ended.value.code or 0), written.out + written.err


def full(folder: Path) -> None:
    (folder / "marks.csv").symlink_to("/dev/full")
    (folder / "marks.csv").write_text("1", encoding="utf-8")


def full_gradebook(folder: Path) -> None:
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        book.db.execute(text("pragma max_page_count = 1"))
        for number in range(2000):
            book.update_or_create_student(f"s{number}", first_name="a" * 200)


def locked_gradebook(folder: Path) -> None:
    path = folder / "gradebook.db"
    with sqlite3.connect(path) as other:
        other.execute("create table held (n)")
        other.execute("begin exclusive")
        with Gradebook(f"sqlite:///{path}?timeout=0.01"):
            pass


def closed(folder: Path) -> None:
    raise PermissionError(13, "Permission denied", str(folder / "autograded"))


def fault(_folder: Path) -> None:
    raise LookupError(HOSTILE)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("meets", "told"),
    [
        (full, "the disk is full; make room there, and give the same command again"),
        (full_gradebook, "gradebook: the disk is full; make room there"),
        (locked_gradebook, "gradebook: another program has it open; end that program"),
        (closed, "autograded: it may not be written"),
        (fault, "a fault of the desk's own: LookupError: aino"),
    ],
)
def test_what_stops_a_command_is_told_and_is_not_a_mark_that_needs_a_look(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    meets: Callable[[Path], None],
    told: str,
) -> None:
    monkeypatch.setattr(cli, "app", partial(meets, tmp_path))
    status, written = run(capsys, monkeypatch, "grade", "toy")
    assert status == 2
    assert told in " ".join(written.split())
    assert "Traceback" not in written
    assert_nothing_is_said_for_the_desk(written)


@pytest.fixture(scope="module")
def hostile_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a student of a hostile name, whose files and errors are hostile too."""
    root = toy.make_course(tmp_path_factory.mktemp("terminal") / "course")
    answers = toy.RIGHT | {"mean_wait": RAISES + f"\nraise OSError(28, {HOSTILE!r})"}
    beside = [(f"{HOSTILE}.ipynb", b"{}"), (f"{HOSTILE}.zip", b"PK no zip"), ("random.py", b"")]
    toy.submit(root, HOSTILE, answers, extra=beside)
    link = root / "submitted" / HOSTILE / toy.ASSIGNMENT / f"link {HOSTILE}"
    link.symlink_to("/etc/hostname")
    toy.submit(root, "mikko", toy.RIGHT)
    with Course.open(root).gradebook() as book:
        book.update_or_create_assignment(toy.ASSIGNMENT, duedate="2026-11-20 21:59:00 UTC")
    return root


@pytest.fixture
def course(hostile_class: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(hostile_class, tmp_path / "course", symlinks=True))


@pytest.mark.grading
@pytest.mark.filterwarnings("ignore")
def test_a_hostile_name_goes_through_every_step_of_the_week_as_one_line(
    course: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(course)
    shown = HOSTILE.partition("\n")[0] + "\\n! tuula"

    status, told = run(capsys, monkeypatch, "grade", "toy", "--workers", "1")
    assert status == 1
    assert_nothing_is_said_for_the_desk(told)
    assert f"! {shown}" in told, told
    assert "It ran into a limit of the sandbox" in told, told
    assert "is a link" in told, told

    status, told = run(capsys, monkeypatch, "export", "toy", "--output", "marks.csv")
    assert status == 1
    assert_nothing_is_said_for_the_desk(told)
    assert shown in told, told

    words = ("feedback", "toy", "--workers", "1", "--moodle", "back.zip", "--release")
    _, told = run(capsys, monkeypatch, *words)
    assert_nothing_is_said_for_the_desk(told)

    status, told = run(capsys, monkeypatch, "report", "toy", "--output", f"{HOSTILE}.html")
    assert status == 0
    assert_nothing_is_said_for_the_desk(told)
    assert shown in told

    _read_by_two(Course.open(course))
    status, told = run(capsys, monkeypatch, "agreement", "toy", "--names")
    assert status == 1, told
    assert_nothing_is_said_for_the_desk(told)
    assert shown in told, told
    status, told = run(capsys, monkeypatch, "agreement", "toy", "--names", "--json")
    assert_nothing_is_said_for_the_desk(told)

    def served(coroutine: Any) -> None:
        coroutine.close()

    monkeypatch.setattr(asyncio, "run", served)
    status, told = run(capsys, monkeypatch, "read", "toy", "--no-browser", "--reader", HOSTILE)
    assert_nothing_is_said_for_the_desk(told)

    extend = ("extend", "toy", "--students", HOSTILE, "--until", "2026-11-22 23:59")
    status, told = run(capsys, monkeypatch, *extend)
    assert status == 0, told
    assert_nothing_is_said_for_the_desk(told)
    assert shown in told

    folder = tmp_path / "download"
    shutil.copytree(course / "submitted", folder, symlinks=True)
    with zipfile.ZipFile(tmp_path / f"{HOSTILE}.zip", "w") as packed:
        packed.writestr(f"{HOSTILE}_77_assignsubmission_file_/{HOSTILE}.ipynb", "{}")
        packed.writestr(f"{HOSTILE}/../../{HOSTILE}", "up")
        packed.writestr(HOSTILE, "x")
    for source in (folder, tmp_path / f"{HOSTILE}.zip", tmp_path / HOSTILE):
        _, told = run(capsys, monkeypatch, "collect", str(source), "toy")
        assert_nothing_is_said_for_the_desk(told)
    for json in ([], ["--json"]):
        _, told = run(capsys, monkeypatch, "doctor", *json)
        assert_nothing_is_said_for_the_desk(told)


def _read_by_two(course: Course) -> None:
    for reader, points in (("", 0.0), ("second", 4.0)):
        session = ReaderSession(course, toy.ASSIGNMENT, reader)
        (question,) = session.questions
        for label in session.listed(question):
            opened = session.opened(question, label)
            session.mark(question, label, {"points": points}, opened.seal)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_refuses_hostile_words_of_its_own_line_on_one_line(
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(toy.make_course(tmp_path))
    words: list[str] = []
    for parameter in COMMANDS[command].params:
        if parameter.param_type_name == "argument":
            words.append(HOSTILE)
        elif parameter.required:
            words += [parameter.opts[0], HOSTILE]
    given = words or ["--course-dir", HOSTILE]
    _, told = run(capsys, monkeypatch, command, *given)
    assert_nothing_is_said_for_the_desk(told)
    # The folder is named by every command alike, in the error's own words.
    status, told = run(capsys, monkeypatch, command, *words, "--course-dir", HOSTILE)
    assert status == 2, told
    assert_nothing_is_said_for_the_desk(told)


def test_texts_and_cells_are_shown_letter_by_letter(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    grid = Grid("name", right=("count",))
    grid.add_row(HOSTILE, "1")
    terminal.print(HOSTILE, grid, Text("the desk's own", style="red"))
    told = capsys.readouterr().out
    assert_nothing_is_said_for_the_desk(told)
    assert told.count("[red]x[bold]") == 2


def test_only_the_terminal_knows_how_to_write_on_the_screen() -> None:
    """Another console, or a bare print, would let names through as they are."""
    doors = {"Console", "Table"}
    for path in sorted(ROOM.rglob("*.py")):
        if path.name == "terminal.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rich"):
                taken = doors & {alias.name for alias in node.names}
                assert not taken, f"{path.name} takes {taken} from rich: use classroom.terminal"
            if isinstance(node, ast.Call) and path.parent.name not in BEHIND_WALLS:
                name = ast.unparse(node.func)
                assert name not in ("print", "typer.secho", "click.echo"), f"{path.name}: {name}"


@pytest.mark.grading
@pytest.mark.filterwarnings("ignore")
def test_the_log_of_plain_nbgrader_stays_on_its_lines(
    course: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Formgrader's window shows it, and a terminal does."""
    from nbgrader.apps import NbGraderAPI

    from classroom import behind_walls

    # nbgrader itself finds no folder whose name holds a bracket.
    (course / "submitted" / HOSTILE).rename(course / "submitted" / "odd")
    opened = Course.open(course)
    behind_walls(opened.config)
    api = NbGraderAPI(opened.directory, config=opened.config)
    with caplog.at_level(logging.WARNING):
        graded = api.autograde(toy.ASSIGNMENT, "odd")
    lines = graded["log"].splitlines()
    ours = [number for number, line in enumerate(lines) if "limit of the sandbox" in line]
    assert ours, graded["log"]
    for number in ours:
        assert "raise --memory" in lines[number]
        assert_nothing_is_said_for_the_desk("\n".join(lines[number : number + 2]))


def test_what_was_put_right_for_most_of_a_class_is_told_once() -> None:
    summary = Summary(graded=5)
    put_back = because(Code.CELL_PUT_BACK, cell="a")
    summary.notes = {f"s{number}": [put_back] for number in range(5)}
    summary.notes["s1"].append(because(Code.READ_AS_UTF_16))
    same, hint, own = notes_in_few_lines(summary)
    assert same == "5 students (s0, s1, s2 and 2 more): Cell a was missing and was put back."
    assert "changed after it was handed out" in hint
    assert own == "s1: It was saved as UTF-16 and was read as such."
    summary.notes = {"s1": [put_back], "s2": [put_back]}
    assert len(notes_in_few_lines(summary)) == 2
