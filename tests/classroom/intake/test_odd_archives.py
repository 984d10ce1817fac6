"""Collecting survives everybody: odd files stop nobody, and cost one student's share."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from classroom.course import Course
from classroom.intake.archive import MEGABYTE, STUDENT, Limits, fitting_path, read_folder
from classroom.intake.attempts import attempts_folder
from classroom.intake.collect import Collected, Rules, collect
from classroom.roster import Roster, Table, harmless_cell, plain_cell
from classroom.terminal import one_line

from .. import toy

# A file name twice in an archive is what some of these are about.
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.open(toy.make_course(tmp_path / "course"))


RIGHT = toy.content(toy.filled(toy.RIGHT))
WRONG = toy.content(toy.filled(toy.WRONG))


def packed(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def handed_in(
    course: Course, tmp_path: Path, *files: tuple[str, bytes], student: str = "Odd"
) -> dict[str, Collected]:
    """Collect what one student hands in between two others, who must come through."""
    source = tmp_path / "d.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Before_1_assignsubmission_file/queue.ipynb", RIGHT)
        for name, content in files:
            archive.writestr(f"{student}_2_assignsubmission_file/{name}", content)
        archive.writestr("After_3_assignsubmission_file/queue.ipynb", RIGHT)
    results, lost = collect(course, source, "toy")
    found = {result.student: result for result in results}
    assert lost == []
    assert found["before"].status == found["after"].status
    assert found["after"].files == ("queue.ipynb",)
    return found


@pytest.mark.parametrize(
    "files",
    [
        [("queue.ipynb", RIGHT), ("w.zip", packed(("data", b"1"), ("data/x.csv", b"2")))],
        [("queue.ipynb", RIGHT), ("data", b"1"), ("data/x.csv", b"2")],
        [("queue.ipynb", RIGHT), ("timestamp.txt/x", b"1")],
        [("queue.ipynb", RIGHT), ("w.zip", packed(("/".join(["d" * 150] * 30) + "/x", b"1")))],
        [("queue.ipynb", RIGHT), ("queue.ipynb/x.csv", b"1")],
    ],
    ids=["file and folder in a zip", "file and folder", "stamp", "long path", "below a notebook"],
)
def test_what_no_folder_can_hold_is_told_and_stops_nobody(
    course: Course, tmp_path: Path, files: list[tuple[str, bytes]]
) -> None:
    found = handed_in(course, tmp_path, *files)
    assert found["odd"].look
    assert "queue.ipynb" in found["odd"].files
    assert (course.submitted("odd", "toy") / "queue.ipynb").read_bytes() == RIGHT


def test_long_names_in_any_script_are_collected_under_the_expected_name(
    course: Course, tmp_path: Path
) -> None:
    found = handed_in(
        course,
        tmp_path,
        ("ก" * 90 + ".ipynb", RIGHT),
        ("ข" * 90 + ".csv", b"1"),
        student="ค" * 54,
    )
    (long,) = [result for result in found.values() if result.student.startswith("ค")]
    assert long.status == "new"
    assert "queue.ipynb" in long.files
    assert all(len(name.encode()) <= 200 for name in long.files)
    assert any(name.endswith(".csv") for name in long.files)


def test_a_long_name_keeps_its_ending() -> None:
    assert fitting_path("ä" * 200 + ".csv").endswith("ä.csv")
    with pytest.raises(ValueError, match="longer than 1000 bytes"):
        fitting_path("/".join(["d" * 150] * 30))


def test_a_file_that_is_twice_in_a_zip_counts_as_it_was_last(
    course: Course, tmp_path: Path
) -> None:
    found = handed_in(
        course, tmp_path, ("w.zip", packed(("queue.ipynb", WRONG), ("queue.ipynb", RIGHT)))
    )
    assert (course.submitted("odd", "toy") / "queue.ipynb").read_bytes() == RIGHT
    assert found["odd"].look


def test_a_students_own_time_stamp_is_not_believed(course: Course, tmp_path: Path) -> None:
    stamp = b"2026-01-01 00:00:00 UTC"
    found = handed_in(course, tmp_path, ("queue.ipynb", RIGHT), ("timestamp.txt", stamp))
    when = found["odd"].when
    assert when is None or when.year != 2026 or when.month != 1
    assert found["odd"].files == ("queue.ipynb",)


@pytest.mark.parametrize("content", [b"", b"<html>Log in</html>"], ids=["empty", "a web page"])
def test_what_is_no_notebook_is_said_at_once(
    course: Course, tmp_path: Path, content: bytes
) -> None:
    found = handed_in(course, tmp_path, ("queue.ipynb", content))
    assert found["odd"].look
    assert any("cannot be read as a notebook" in message for message in found["odd"].messages)


def test_one_students_zip_takes_no_more_than_one_students_share(
    course: Course, tmp_path: Path
) -> None:
    """Fourteen members of 30 MB in half a megabyte once took all of it."""
    filler = (b"\0" * 1000 + bytes(range(256)) * 4) * (30 * MEGABYTE // 2024)
    files = [("queue.ipynb", RIGHT), *((f"{n}.bin", filler) for n in range(6))]
    inner = packed(*files)
    assert len(inner) < 2 * MEGABYTE
    tracemalloc.start()
    try:
        found = handed_in(course, tmp_path, ("work.zip", inner))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * STUDENT.total
    assert found["odd"].look
    assert "queue.ipynb" in found["odd"].files
    kept = sum(path.stat().st_size for path in course.root.rglob("*.bin"))
    assert kept <= STUDENT.total


def test_a_folder_is_read_within_the_same_limits_as_an_archive(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}.txt").write_bytes(b"x" * 600)
    found = read_folder(tmp_path, Limits(total=2000))
    assert len(found.members) == 3
    assert all("too much" in refusal.reason for refusal in found.refusals)
    with pytest.raises(ValueError, match="more than 5 files"):
        read_folder(tmp_path, Limits(members=5))


# ---- whose it is


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    "path",
    ["mikko/aino/toy/queue.ipynb", "mikko/Aino_1_assignsubmission_file/queue.ipynb"],
)
def test_a_folder_named_after_a_classmate_is_its_owners(
    course: Course, tmp_path: Path, path: str
) -> None:
    drive = write(tmp_path / "drive", {"aino/queue.ipynb": RIGHT, path: WRONG})
    results, _ = collect(course, drive, "toy")
    assert {result.student for result in results} == {"aino", "mikko"}
    assert (course.submitted("aino", "toy") / "queue.ipynb").read_bytes() == RIGHT


def test_a_lone_students_folders_are_not_taken_for_the_class(
    course: Course, tmp_path: Path
) -> None:
    drive = write(tmp_path / "drive", {"mikko/aino/toy/queue.ipynb": RIGHT})
    (result,) = collect(course, drive, "toy")[0]
    assert result.student == "mikko"


def test_a_pattern_begins_where_a_word_does(course: Course, tmp_path: Path) -> None:
    drive = write(
        tmp_path / "drive",
        {"aino_queue.ipynb": RIGHT, "Kaino_queue.ipynb": WRONG, "a\u030asa_queue.ipynb": WRONG},
    )
    results, lost = collect(course, drive, "toy", Rules(pattern="(?P<student>[a-z]+)_queue"))
    assert [result.student for result in results] == ["aino"]
    assert len(lost) == 2
    assert (course.submitted("aino", "toy") / "queue.ipynb").read_bytes() == RIGHT


def test_the_guides_pattern_with_the_class_list_finds_everybody(
    course: Course, tmp_path: Path
) -> None:
    table = tmp_path / "roster.csv"
    table.write_text("id,first_name\naino,Aino\nkaino,Kaino\nåsa,Åsa\n", encoding="utf-8")
    drive = write(
        tmp_path / "drive",
        {"aino_queue.ipynb": RIGHT, "Kaino_queue.ipynb": WRONG, "a\u030asa_queue.ipynb": WRONG},
    )
    rules = Rules(pattern=r"(?P<student>\w+)_queue", roster=Roster.read(table))
    results, lost = collect(course, drive, "toy", rules)
    assert lost == []
    assert sorted(result.student for result in results) == ["aino", "kaino", "åsa"]
    assert not any(result.look for result in results)


def test_two_names_taken_for_one_student_are_looked_at(course: Course, tmp_path: Path) -> None:
    table = tmp_path / "roster.csv"
    table.write_text("id,name\na1,Aino\n", encoding="utf-8")
    drive = write(tmp_path / "drive", {"a1_queue.ipynb": RIGHT, "Aino_queue.ipynb": WRONG})
    (result,) = collect(course, drive, "toy", Rules(roster=Roster.read(table)))[0]
    assert result.look
    assert "Aino and a1 are taken for one student: are they?" in result.messages


# ---- again


def test_strays_are_kept_once_however_often_they_are_collected(
    course: Course, tmp_path: Path
) -> None:
    files = (
        ("queue.ipynb", RIGHT),
        ("other.ipynb", b'{"cells": []}'),
        ("data", b""),
        ("data/x", b""),
    )
    for _ in range(3):
        handed_in(course, tmp_path, *files)
    assert len(list(attempts_folder(course, "toy", "odd").iterdir())) == 1


def test_a_replaced_attempt_that_comes_again_stays_replaced(course: Course, tmp_path: Path) -> None:
    statuses = []
    for content in (WRONG, RIGHT, WRONG, WRONG):
        source = tmp_path / "d.zip"
        source.write_bytes(packed(("Odd_2_assignsubmission_file/queue.ipynb", content)))
        (result,) = collect(course, source, "toy", Rules(times=False))[0]
        statuses.append(result.status)
    assert statuses == ["new", "newer", "older", "older"]
    assert (course.submitted("odd", "toy") / "queue.ipynb").read_bytes() == RIGHT
    assert len(list(attempts_folder(course, "toy", "odd").iterdir())) == 1


# ---- words of others


@pytest.mark.parametrize(
    "text", ["full\n! aino: forged", "\x1b[2J", "\u202eevil", "a\u2028b", "\udc80", "\r! x"]
)
def test_words_of_others_stay_on_their_line(text: str) -> None:
    shown = one_line(text)
    assert shown.isprintable()
    assert len(shown.splitlines()) == 1
    shown.encode()


def test_words_of_others_are_cut() -> None:
    assert len(one_line("x" * 10_000)) == 400


def test_a_name_with_marks_of_the_terminal_is_shown_as_it_is(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from classroom.cli import _show_collected

    results = list(handed_in(course, tmp_path, ("queue.ipynb", RIGHT), ("[/b].csv", b"1")).values())
    odd = next(result for result in results if result.student == "odd")
    odd = Collected("odd", odd.status, odd.files, None, ("x\n! after: forged",), look=True)
    _show_collected([odd], [], None)
    told = capsys.readouterr().out
    assert "[/b].csv" in told
    assert "\n! after" not in told


@pytest.mark.parametrize(
    "text", ["=1", "+x", "-x", "@a", "\t1", "\r1", "'=1", "''+1", "'", "-", "-1,5", "a"]
)
def test_a_cell_is_harmless_and_comes_back_unchanged(text: str, tmp_path: Path) -> None:
    cell = harmless_cell(text)
    assert plain_cell(cell) == text
    if text not in ("-", "-1,5"):
        assert not cell.startswith(tuple("=+-@\t\r"))
    table = Table("t", ["name", "kept"], [{"name": text, "kept": text}])
    table.write(tmp_path / "t.csv", verbatim=["kept"])
    (row,) = Table.read(tmp_path / "t.csv").rows
    assert row["kept"] == text
    assert text in ("-", "-1,5") or not row["name"].startswith(tuple("=+-@\t\r"))


def test_a_class_list_gives_back_the_name_that_was_made_harmless(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("id,last_name,email\na,'=HYPERLINK(1),'+a@example.org\n", encoding="utf-8")
    (person,) = Roster.read(path).people
    assert (person.last, person.email) == ("=HYPERLINK(1)", "+a@example.org")
