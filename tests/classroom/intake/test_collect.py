"""Collecting: from Moodle, from folders and archives, from the exchange; nothing is lost."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classroom.course import ClassroomError, Course
from classroom.intake.archive import Limits, read_folder, read_zip, safe_path
from classroom.intake.attempts import attempts_folder, remembered_folders
from classroom.intake.collect import Collected, Rules, collect
from classroom.intake.matching import without_copy_mark
from classroom.moodle import Worksheet, parse_path
from classroom.roster import Roster, student_slug

from .. import toy

WHEN = (2026, 11, 20, 12, 30, 0)


def zipped(path: Path, files: dict[str, bytes], when: tuple[int, ...] = WHEN) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(files.items()):
            minute = (when[4] + 7 * number) % 60
            info = zipfile.ZipInfo(name, (*when[:4], minute, when[5]))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def moodle_path(name: str, number: int, file: str) -> str:
    return f"{name}_{number}_assignsubmission_file_/{file}"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.open(toy.make_course(tmp_path / "course"))


@pytest.fixture
def right() -> bytes:
    return toy.content(toy.filled(toy.RIGHT))


@pytest.fixture
def wrong() -> bytes:
    return toy.content(toy.filled(toy.WRONG))


def by_student(results: list[Collected]) -> dict[str, Collected]:
    return {result.student: result for result in results}


def test_moodles_download_lands_where_nbgrader_looks(
    course: Course, tmp_path: Path, right: bytes, wrong: bytes
) -> None:
    source = zipped(
        tmp_path / "download.zip",
        {
            moodle_path("Aino Mäkelä", 12345, "queue.ipynb"): right,
            moodle_path("Otso van der Berg", 12346, "queue.ipynb"): wrong,
            moodle_path("Otso van der Berg", 12346, "notes.csv"): b"a,b\n",
            "Otso van der Berg_12346_assignsubmission_onlinetext_/onlinetext.html": b"<p>hi</p>",
        },
    )
    results, lost = collect(course, source, "toy", Rules(zone=UTC, times=True))
    found = by_student(results)
    assert lost == []
    assert set(found) == {"aino-mäkelä", "otso-van-der-berg"}
    folder = course.submitted("aino-mäkelä", "toy")
    assert (folder / "queue.ipynb").read_bytes() == right
    assert course.directory.get_existing_timestamp(str(folder)) == datetime(2026, 11, 20, 12, 30)
    other = course.submitted("otso-van-der-berg", "toy")
    assert sorted(path.name for path in other.iterdir()) == [
        "notes.csv",
        "onlinetext.html",
        "queue.ipynb",
        "timestamp.txt",
    ]
    assert remembered_folders(course, "toy")["aino-mäkelä"] == (
        "Aino Mäkelä_12345_assignsubmission_file"
    )
    assert not any(result.look for result in results)


def test_moodles_flat_file_names_are_understood() -> None:
    found = parse_path("download/Aino Mäkelä_12345_assignsubmission_file_queue (1).ipynb")
    assert found is not None
    assert (found.name, found.number, found.rest) == ("Aino Mäkelä", "12345", "queue (1).ipynb")
    assert parse_path("Aino_99_notes/queue.ipynb") is None


def test_the_worksheet_gives_stable_ids_and_tells_namesakes_apart(
    course: Course, tmp_path: Path, right: bytes, wrong: bytes
) -> None:
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(
        "Identifier,Full name,Email address,Grade\n"
        "Participant 7,Mia Lahti,mia.lahti@example.org,\n"
        "Participant 8,Mia Lahti,mia.lahti2@example.org,\n",
        encoding="utf-8",
    )
    source = zipped(
        tmp_path / "download.zip",
        {
            moodle_path("Mia Lahti", 7, "queue.ipynb"): right,
            moodle_path("Mia Lahti", 8, "queue.ipynb"): wrong,
        },
    )
    results, _ = collect(course, source, "toy", Rules(worksheet=Worksheet.read(worksheet)))
    assert set(by_student(results)) == {"mia.lahti", "mia.lahti2"}
    assert (course.submitted("mia.lahti2", "toy") / "queue.ipynb").read_bytes() == wrong


def test_namesakes_without_a_roster_get_their_participant_number(
    course: Course, tmp_path: Path, right: bytes, wrong: bytes
) -> None:
    source = zipped(
        tmp_path / "download.zip",
        {
            moodle_path("Mia Lahti", 7, "queue.ipynb"): right,
            moodle_path("Mia Lahti", 8, "queue.ipynb"): wrong,
        },
    )
    results, _ = collect(course, source, "toy")
    assert set(by_student(results)) == {"mia-lahti-7", "mia-lahti-8"}
    assert all("2 are called Mia Lahti" in result.messages[0] for result in results)


@pytest.mark.parametrize(
    "name",
    ["queue (1).ipynb", "queue-1.ipynb", "Copy of queue.ipynb", "homework 3 FINAL.ipynb"],
)
def test_a_renamed_notebook_is_known_by_its_cells(
    course: Course, tmp_path: Path, right: bytes, name: str
) -> None:
    source = zipped(tmp_path / "d.zip", {moodle_path("Aino", 1, name): right})
    (result,) = collect(course, source, "toy")[0]
    assert result.files == ("queue.ipynb",)
    assert f"{name} is queue.ipynb by its cells" in result.messages
    assert not result.look


def test_a_renamed_notebook_that_cannot_be_read_is_taken_by_its_name(
    course: Course, tmp_path: Path
) -> None:
    source = zipped(tmp_path / "d.zip", {moodle_path("Aino", 1, "queue (2).ipynb"): b"{broken"})
    (result,) = collect(course, source, "toy")[0]
    assert result.files == ("queue.ipynb",)
    assert "by its name alone" in result.messages[0]


def test_a_notebook_of_another_assignment_is_named_and_kept(course: Course, tmp_path: Path) -> None:
    other = toy.release_notebook()
    for cell in other.cells:
        cell["id"] = "o" + cell["id"]
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["grade_id"] = "o" + cell.metadata.nbgrader["grade_id"]
    folder = course.release("second")
    folder.mkdir()
    (folder / "journey.ipynb").write_bytes(toy.content(other))
    source = zipped(tmp_path / "d.zip", {moodle_path("A", 1, "journey.ipynb"): toy.content(other)})
    (result,) = collect(course, source, "toy")[0]
    assert result.status == "nothing"
    assert result.look
    assert "journey.ipynb is journey.ipynb of second, another assignment" in result.messages
    kept = list(attempts_folder(course, "toy", "a").rglob("journey.ipynb"))
    assert len(kept) == 1


def test_of_two_copies_the_newer_counts_and_the_other_is_kept(
    course: Course, tmp_path: Path, right: bytes, wrong: bytes
) -> None:
    source = zipped(
        tmp_path / "d.zip",
        {
            moodle_path("Aino", 1, "queue.ipynb"): wrong,
            moodle_path("Aino", 1, "queue (1).ipynb"): right,
        },
    )
    (result,) = collect(course, source, "toy")[0]
    assert (course.submitted("aino", "toy") / "queue.ipynb").read_bytes() == right
    assert any("queue (1).ipynb is newer and counts" in text for text in result.messages)
    (kept,) = attempts_folder(course, "toy", "aino").rglob("queue.ipynb")
    assert kept.read_bytes() == wrong


def test_a_newer_attempt_counts_an_older_one_is_put_aside_and_none_is_lost(
    course: Course, tmp_path: Path, right: bytes, wrong: bytes
) -> None:
    path = moodle_path("Aino", 1, "queue.ipynb")
    rules = Rules(zone=UTC, times=True)
    early = zipped(tmp_path / "1.zip", {path: wrong}, (2026, 11, 18, 8, 0, 0))
    late = zipped(tmp_path / "2.zip", {path: right}, (2026, 11, 21, 8, 0, 0))
    oldest = zipped(tmp_path / "3.zip", {path: b"{}"}, (2026, 11, 1, 8, 0, 0))
    statuses = [collect(course, zip_, "toy", rules)[0][0].status for zip_ in (early, late)]
    assert statuses == ["new", "newer"]
    assert collect(course, late, "toy", rules)[0][0].status == "unchanged"
    assert collect(course, oldest, "toy", rules)[0][0].status == "older"
    assert (course.submitted("aino", "toy") / "queue.ipynb").read_bytes() == right
    kept = {
        folder.name: (folder / "queue.ipynb").read_bytes()
        for folder in attempts_folder(course, "toy", "aino").iterdir()
    }
    assert kept == {"2026-11-18_080000": wrong, "2026-11-01_080000": b"{}"}
    assert not list(course.submitted("aino", "toy").parent.glob(".incoming*"))


def test_times_that_are_only_the_packers_are_not_taken_as_handing_in(
    course: Course, tmp_path: Path, right: bytes
) -> None:
    path = tmp_path / "d.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(6):
            info = zipfile.ZipInfo(moodle_path(f"S{number}", number, "queue.ipynb"), WHEN)
            archive.writestr(info, right)
    results, _ = collect(course, path, "toy")
    assert {result.when for result in results} == {None}
    assert not (course.submitted("s1", "toy") / "timestamp.txt").exists()


@pytest.mark.parametrize(
    ("files", "rules"),
    [
        ({"aino/queue.ipynb": 0, "otso/queue.ipynb": 1}, Rules()),
        ({"aino/toy/queue.ipynb": 0, "otso/toy/queue.ipynb": 1}, Rules()),
        ({"submitted/aino/toy/queue.ipynb": 0, "submitted/otso/toy/queue.ipynb": 1}, Rules()),
        ({"toy/aino/queue.ipynb": 0, "toy/otso/queue.ipynb": 1}, Rules()),
        ({"aino_queue.ipynb": 0, "queue-otso.ipynb": 1}, Rules()),
        (
            {"ex/3_aino_x.ipynb": 0, "ex/3_otso_y.ipynb": 1},
            Rules(pattern=r"/\d_(?P<student>[a-z]+)_"),
        ),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_the_student_is_told_from_folder_file_name_or_pattern(
    course: Course,
    tmp_path: Path,
    right: bytes,
    wrong: bytes,
    files: dict[str, int],
    rules: Rules,
    packed: bool,
) -> None:
    contents = {name: (right, wrong)[which] for name, which in files.items()}
    source = tmp_path / "work"
    if packed:
        source = zipped(tmp_path / "work.zip", contents)
    else:
        for name, data in contents.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes(data)
    results, lost = collect(course, source, "toy", rules)
    assert lost == []
    assert set(by_student(results)) == {"aino", "otso"}
    for student, data in (("aino", right), ("otso", wrong)):
        assert (course.submitted(student, "toy") / "queue.ipynb").read_bytes() == data


def test_a_file_of_nobody_is_reported_not_guessed(
    course: Course, tmp_path: Path, right: bytes
) -> None:
    source = zipped(tmp_path / "d.zip", {"queue.ipynb": right})
    results, lost = collect(course, source, "toy")
    assert results == []
    assert "says whose it is" in lost[0].reason


def test_a_roster_maps_folders_and_names_those_who_are_not_on_it(
    course: Course, tmp_path: Path, right: bytes
) -> None:
    table = tmp_path / "map.csv"
    table.write_text("student_id;folder\na1;Group 1 – Aino\n", encoding="utf-8")
    source = tmp_path / "work"
    for folder in ("Group 1 – Aino", "stranger"):
        (source / folder).mkdir(parents=True)
        (source / folder / "queue.ipynb").write_bytes(right)
    found = by_student(collect(course, source, "toy", Rules(roster=Roster.read(table)))[0])
    assert set(found) == {"a1", "stranger"}
    assert not found["a1"].look
    assert found["stranger"].messages == ("is not on the class list",)


def test_a_zip_inside_a_students_folder_is_opened(
    course: Course, tmp_path: Path, right: bytes
) -> None:
    inner = zipped(tmp_path / "inner.zip", {"my work/queue.ipynb": right, "my work/data.csv": b"1"})
    source = zipped(tmp_path / "d.zip", {moodle_path("Aino", 1, "all.zip"): inner.read_bytes()})
    (result,) = collect(course, source, "toy")[0]
    assert result.files == ("data.csv", "queue.ipynb")


def hostile_zip(path: Path, right: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(moodle_path("Before", 1, "queue.ipynb"), right)
        link = zipfile.ZipInfo(moodle_path("Link", 2, "queue.ipynb"))
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(moodle_path("Climb", 3, "../../../escaped.ipynb"), right)
        archive.writestr("/tmp/absolute_3_assignsubmission_file_/queue.ipynb", right)
        archive.writestr(r"C:\absolute\queue.ipynb", right)
        archive.writestr(moodle_path("Bomb", 4, "queue.ipynb"), b"0" * 30_000_000)
        fifo = zipfile.ZipInfo(moodle_path("Pipe", 5, "queue.ipynb"))
        fifo.external_attr = (stat.S_IFIFO | 0o666) << 16
        archive.writestr(fifo, "")
        archive.writestr(moodle_path("After", 6, "queue.ipynb"), right)
    return path


def test_traps_in_an_archive_are_refused_with_a_reason_and_neighbours_are_collected(
    course: Course, tmp_path: Path, right: bytes
) -> None:
    before = {path for path in tmp_path.rglob("*") if "course" not in path.parts}
    source = hostile_zip(tmp_path / "d.zip", right)
    results, lost = collect(course, source, "toy")
    found = by_student(results)
    assert found["before"].status == found["after"].status == "new"
    for student, words in {"link": "link", "bomb": "zip bomb", "pipe": "pipe"}.items():
        assert found[student].status == "nothing"
        assert found[student].look
        assert any(words in text for text in found[student].messages)
    reasons = " ".join(refusal.reason for refusal in lost)
    assert "climbs out" in reasons
    assert "absolute" in reasons
    assert not list(tmp_path.rglob("escaped.ipynb"))
    after = {path for path in tmp_path.rglob("*") if "course" not in path.parts}
    assert after - before == {source}


def test_an_archive_that_lies_about_sizes_is_caught_while_reading(tmp_path: Path) -> None:
    path = zipped(tmp_path / "d.zip", {"a/queue.ipynb": b"0" * 5000})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature)
        struct.pack_into("<I", data, at + offset, 10)
    path.write_bytes(bytes(data))
    found = read_zip(path)
    assert found.members == []
    assert len(found.refusals) == 1


def test_many_small_members_share_one_budget(tmp_path: Path) -> None:
    path = zipped(tmp_path / "d.zip", {f"{n}.txt": b"x" * 600 for n in range(10)})
    found = read_zip(path, Limits(total=2000))
    assert len(found.members) == 3
    assert all("all of it together" in refusal.reason for refusal in found.refusals)
    with pytest.raises(ValueError, match="more than 5"):
        read_zip(path, Limits(members=5))


def test_links_and_pipes_in_a_folder_are_refused(tmp_path: Path) -> None:
    import os

    (tmp_path / "aino").mkdir()
    (tmp_path / "aino" / "queue.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "linked").symlink_to("/etc")
    os.mkfifo(tmp_path / "aino" / "pipe.ipynb")
    found = read_folder(tmp_path)
    assert found.members == []
    assert len(found.refusals) == 3


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/x", "C:/x", "a\\..\\..\\b", "a\0b"])
def test_a_path_that_leaves_its_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"path|name"):
        safe_path(name)


def test_what_is_not_an_archive_is_said_so(course: Course, tmp_path: Path) -> None:
    source = tmp_path / "d.zip"
    source.write_bytes(b"not a zip")
    with pytest.raises(ClassroomError, match="not a zip archive"):
        collect(course, source, "toy")
    with pytest.raises(ClassroomError, match="no notebook of assignment 'tyo'"):
        collect(course, source, "tyo")


@pytest.mark.parametrize(
    ("stem", "bare"),
    [("value (1)", "value"), ("value-1", "value"), ("Copy of value", "value"), ("value", "value")]
    + [("value_final_v2", "value"), ("value kopio", "value"), ("value - Copy (3)", "value")],
)
def test_copy_marks_are_taken_off_a_name(stem: str, bare: str) -> None:
    assert without_copy_mark(stem) == bare


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Äijö, O'Neil <b>", "äijö-o-neil-b"), ("../..", "unnamed"), ("李 雷", "李-雷")],
)
def test_a_student_id_made_of_a_name_is_safe_in_paths_and_pages(name: str, slug: str) -> None:
    assert student_slug(name) == slug


def test_a_member_name_in_bytes_of_another_time_zone_keeps_its_exact_time(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    info = zipfile.ZipInfo("a.txt", (2026, 1, 1, 1, 1, 0))
    exact = int(datetime(2026, 11, 20, 9, 0, tzinfo=UTC).timestamp())
    info.extra = struct.pack("<HHBi", 0x5455, 5, 1, exact)
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "x")
    path = tmp_path / "d.zip"
    path.write_bytes(buffer.getvalue())
    (member,) = read_zip(path).members
    assert member.modified == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
