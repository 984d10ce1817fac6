"""The round trip on archives that a real Moodle made: whose work, whose page, whose mark."""

from __future__ import annotations

import csv
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from classroom.course import ClassroomError, Course
from classroom.handback.export import CanvasExporter, MoodleExporter
from classroom.handback.feedback import moodle_archive
from classroom.intake.attempts import Attempt, attempts_folder, remember_folders, remembered_folders
from classroom.intake.collect import Collected, Rules, collect
from classroom.moodle import Worksheet, archive_name, parse_path, read_date
from classroom.roster import Roster

REPOSITORY = Path(__file__).parents[2]
ARCHIVES = Path(__file__).parent / "moodle"
HELSINKI = ZoneInfo("Europe/Helsinki")

# nbgrader's own way of making submissions; its session warns of the order.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")

CLASS = """id,first_name,last_name,email
aino,Aino,Mäkelä,s1@example.org
väinö,Väinö,Öhman,s2@example.com
renée,Renée,Dupont,s3@example.com
anna,Anna,Virtanen,s4@example.com
anna2,Anna,Virtanen,s5@example.com
li,Li,Na,s6@example.com
shaun,O'Neil,Shaun,s7@example.com
maija,Maija_Liisa,Von der Heide,s8@example.com
josé,José,García López,s9@example.com
åke,Åke,Ström,s10@example.com
zoë,Zoë,Brontë,s11@example.com
noor,Noor,Al-Masri,s12@example.com
""".replace("s1@example.org", "s1@example.com")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    root = tmp_path / "course"
    root.mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    shutil.copytree(
        REPOSITORY / "exercises" / "03_value",
        root / "exercises" / "03_value",
        ignore=shutil.ignore_patterns("artefacts", ".*"),
    )
    return Course.open(root)


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    path = tmp_path / "roster.csv"
    path.write_text(CLASS, encoding="utf-8")
    return Roster.read(path)


def sheet(name: str) -> Worksheet:
    return Worksheet.read(ARCHIVES / f"{name}.csv")


def brought_in(
    course: Course, name: str, roster: Roster | None = None, *, worksheet: bool = True
) -> dict[str, Collected]:
    rules = Rules(
        roster=roster or Roster([]), zone=HELSINKI, worksheet=sheet(name) if worksheet else None
    )
    results, lost = collect(course, ARCHIVES / f"{name}.zip", "03_value", rules)
    assert lost == []
    return {result.student: result for result in results}


def mark_all(course: Course, points: dict[str, float]) -> None:
    """Give marks of 10 points, and a page with the student's id on it."""
    with course.gradebook() as book:
        book.add_assignment("03_value")
        book.add_notebook("value", "03_value")
        book.add_grade_cell("test", "value", "03_value", max_score=10, cell_type="code")
        for student, score in points.items():
            book.add_student(student)
            submission = book.add_submission("03_value", student)
            (grade,) = submission.notebooks[0].grades
            grade.auto_score = score
            grade.needs_manual_grade = False
        book.db.commit()
    for student in points:
        folder = course.feedback(student, "03_value")
        folder.mkdir(parents=True)
        (folder / "value.html").write_text(student, encoding="utf-8")


def marked(
    course: Course, worksheet: Path, roster: str = ""
) -> tuple[dict[str, str], MoodleExporter]:
    target = course.root / "graded.csv"
    exporter = MoodleExporter(
        to=str(target),
        assignment=["03_value"],
        worksheet=str(worksheet),
        roster=roster,
        course_dir=str(course.root),
    )
    with course.gradebook() as book:
        exporter.export(book)
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    grade = "Grade" if "Grade" in rows[0] else "Betyg"
    return {next(iter(row.values())): row[grade] for row in rows}, exporter


def taken_back(course: Course, worksheet: Worksheet | None = None) -> dict[str, str]:
    """Return what page Moodle would give to which number, by the rule of its importer."""
    left_out = moodle_archive(course, "03_value", course.root / "feedback.zip", worksheet)
    assert left_out == {}
    given = {}
    with zipfile.ZipFile(course.root / "feedback.zip") as archive:
        for name in archive.namelist():
            parts = name.split("/", 1)[0].split("_", 4)
            assert len(parts) >= 4
            assert parts[2:4] == ["assignsubmission", "file"]
            given[parts[1]] = archive.read(name).decode()
    return given


# ---- the table of the round trip


def test_everybody_in_moodles_folders_is_who_the_worksheet_and_the_class_list_say(
    course: Course, roster: Roster
) -> None:
    found = brought_in(course, "submissions", roster)
    absent = [result.student for result in found.values() if result.status == "absent"]
    assert absent == ["Zoë Brontë"]
    assert set(found) - set(absent) == set(roster.by_id) - {"zoë"}
    looks = {student for student, result in found.items() if result.look}
    assert looks == {"shaun"}, "who handed in a text file"
    assert found["maija"].files == ("value.ipynb",)
    assert found["noor"].files == ("notes.txt", "value.ipynb")
    assert found["renée"].when == datetime(2026, 11, 27, 21, 16, tzinfo=UTC)
    assert found["aino"].when == datetime(2026, 11, 27, 19, 16, tzinfo=UTC)


def test_each_of_two_of_one_name_gets_her_own_page_and_mark(
    course: Course, roster: Roster, tmp_path: Path
) -> None:
    brought_in(course, "submissions", roster)
    mark_all(course, {"anna": 3, "anna2": 7, "maija": 5, "shaun": 1})
    grades, exporter = marked(course, ARCHIVES / "submissions.csv", str(tmp_path / "roster.csv"))
    given = {row: grade for row, grade in grades.items() if grade}
    assert given == {
        "Participant 6": "30.00",
        "Participant 10": "70.00",
        "Participant 5": "50.00",
        "Participant 7": "10.00",
    }
    assert exporter.left_out == []
    assert taken_back(course) == {"6": "anna", "10": "anna2", "5": "maija", "7": "shaun"}


@pytest.mark.parametrize("later", [True, False], ids=["worksheet later", "no worksheet"])
def test_namesakes_without_class_list_and_worksheet_keep_their_own_pages(
    course: Course, later: bool
) -> None:
    found = brought_in(course, "submissions", worksheet=False)
    assert {"anna-virtanen-6", "anna-virtanen-10"} <= set(found)
    mark_all(course, {"anna-virtanen-6": 3, "anna-virtanen-10": 7})
    given = taken_back(course, sheet("submissions") if later else None)
    assert given == {"6": "anna-virtanen-6", "10": "anna-virtanen-10"}
    grades, _ = marked(course, ARCHIVES / "submissions.csv")
    assert (grades["Participant 6"], grades["Participant 10"]) == ("30.00", "70.00")


def test_a_class_list_with_two_of_one_name_and_no_worksheet_gives_neither_the_others_work(
    course: Course, roster: Roster
) -> None:
    rules = Rules(roster=roster)
    results, lost = collect(course, ARCHIVES / "submissions.zip", "03_value", rules)
    assert [refusal.path for refusal in lost] == [
        "Anna Virtanen_6_assignsubmission_file",
        "Anna Virtanen_10_assignsubmission_file",
    ]
    assert all("--worksheet" in refusal.reason for refusal in lost)
    assert {r.student for r in results if r.status == "absent"} == {"anna", "anna2", "zoë"}
    assert not course.submitted("anna", "03_value").exists()


def test_anonymous_work_goes_and_comes_by_number_alone(course: Course) -> None:
    found = brought_in(course, "blind")
    assert sorted(s for s, r in found.items() if r.status == "absent") == ["Participant 19"]
    mark_all(course, {"participant-20": 4, "participant-22": 6})
    grades, exporter = marked(course, ARCHIVES / "blind.csv")
    assert {row: grade for row, grade in grades.items() if grade} == {
        "Participant 20": "40.00",
        "Participant 22": "60.00",
    }
    assert exporter.left_out == []
    assert taken_back(course) == {"20": "participant-20", "22": "participant-22"}


def test_anonymous_work_is_called_the_same_with_and_without_worksheet(course: Course) -> None:
    assert "participant-20" in brought_in(course, "blind", worksheet=False)


def test_a_teams_one_submission_gives_each_member_the_mark_and_the_page(course: Course) -> None:
    found = brought_in(course, "team")
    assert set(found) == {"tiimi-0-ä", "tiimi-1-ä", "tiimi-2-ä", "tiimi-3-ä"}
    assert "is handed in for Anna Virtanen, Anna Virtanen, Li Na" in found["tiimi-1-ä"].messages
    mark_all(course, {"tiimi-0-ä": 2, "tiimi-1-ä": 9})
    grades, exporter = marked(course, ARCHIVES / "team.csv")
    assert {row: grade for row, grade in grades.items() if grade} == {
        **{f"Participant {number}": "20.00" for number in (36, 25, 30)},
        **{f"Participant {number}": "90.00" for number in (34, 26, 27)},
    }
    assert exporter.left_out == []
    # Moodle knows the folder by the team's number, and gives the page to all its members.
    assert taken_back(course) == {"1": "tiimi-0-ä", "2": "tiimi-1-ä"}


def test_without_folders_everybody_is_who_they_are_with_them(
    course: Course, roster: Roster, tmp_path: Path
) -> None:
    found = brought_in(course, "flat", roster)
    assert set(found) == set(roster.by_id) - {"zoë"} | {"Zoë Brontë"}
    assert found["noor"].files == ("notes.txt", "value.ipynb")
    assert found["maija"].files == ("value.ipynb",)
    mark_all(course, {"anna": 3, "anna2": 7})
    # Its worksheet was fetched after feedback had been uploaded: Moodle takes the marks.
    taken_back(course)
    _, exporter = marked(course, ARCHIVES / "flat.csv", str(tmp_path / "roster.csv"))
    assert not any("not English" in warning for warning in exporter.warnings)
    assert exporter.left_out == []


def test_a_swedish_worksheet_joins_and_comes_back_in_its_own_numbers(
    course: Course, roster: Roster, tmp_path: Path
) -> None:
    found = brought_in(course, "sv", roster)
    assert found["aino"].when == datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
    mark_all(course, {"anna": 3, "anna2": 7})
    grades, exporter = marked(course, ARCHIVES / "sv.csv", str(tmp_path / "roster.csv"))
    assert sorted(grade for grade in grades.values() if grade) == ["30,00", "70,00"]
    assert taken_back(course) == {
        row.removeprefix("Deltagare"): "anna" if grade == "30,00" else "anna2"
        for row, grade in grades.items()
        if grade
    }
    assert exporter.left_out == []


def test_of_two_attempts_moodle_gives_the_last(course: Course, roster: Roster) -> None:
    found = brought_in(course, "attempts", roster)
    assert not found["aino"].look
    text = (course.submitted("aino", "03_value") / "value.ipynb").read_text("utf-8")
    assert "first" not in text[:30]


def test_who_typed_a_text_and_uploaded_nothing_is_in_the_table(
    course: Course, roster: Roster
) -> None:
    found = brought_in(course, "text", roster)
    assert found["zoë"].files == ("onlinetext.html",)
    assert found["zoë"].look
    assert set(found["aino"].files) == {"onlinetext.html", "value.ipynb"}
    assert not found["aino"].look


def renamed(source: Path, target: Path, rule: object) -> Path:
    """Write an archive's members under other names, as another Moodle would have named them."""
    assert callable(rule)
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as made:
        for info in archive.infolist():
            made.writestr(zipfile.ZipInfo(rule(info.filename), info.date_time), archive.read(info))
    return target


@pytest.mark.parametrize(
    "rule",
    [
        lambda path: path.replace("_file/", "_file_/"),  # Moodle before 4.1, synthesised
        lambda path: path.replace("_file/", "_file_"),  # without folders, synthesised
        lambda path: f"download/{path}",
    ],
    ids=["before 4.1", "without folders", "unpacked into a folder"],
)
def test_other_forms_of_the_same_archive_give_the_same(
    course: Course, roster: Roster, tmp_path: Path, rule: object
) -> None:
    source = renamed(ARCHIVES / "submissions.zip", tmp_path / "d.zip", rule)
    rules = Rules(roster=roster, zone=HELSINKI, worksheet=sheet("submissions"))
    results, lost = collect(course, source, "03_value", rules)
    assert lost == []
    files = {result.student: (result.status, result.files, result.when) for result in results}
    other = Course.open(shutil.copytree(course.root, tmp_path / "other"))
    for folder in ("submitted", ".classroom"):
        shutil.rmtree(other.root / folder)
    expected = brought_in(other, "submissions", roster)
    assert files == {s: (r.status, r.files, r.when) for s, r in expected.items()}
    assert remembered_folders(course, "03_value") == remembered_folders(other, "03_value")


# ---- who is not certain


def test_the_worksheet_of_another_assignment_stops_before_anything_is_placed(
    course: Course,
) -> None:
    rules = Rules(worksheet=sheet("team"))
    with pytest.raises(ClassroomError, match=r"do not fit.*Nothing was collected"):
        collect(course, ARCHIVES / "submissions.zip", "03_value", rules)
    assert not (course.root / "submitted").exists()


def test_the_class_list_of_another_class_stops_before_anything_is_placed(
    course: Course, tmp_path: Path
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("id,email\nx,x@example.com\n", encoding="utf-8")
    rules = Rules(roster=Roster.read(path), worksheet=sheet("submissions"))
    with pytest.raises(ClassroomError, match="11 of 11 in the archive are not on the class list"):
        collect(course, ARCHIVES / "submissions.zip", "03_value", rules)
    assert not (course.root / "submitted").exists()


def test_the_archive_of_another_assignment_is_not_taken_under_the_first_ones_numbers(
    course: Course, tmp_path: Path
) -> None:
    brought_in(course, "submissions")
    source = tmp_path / "d.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("José García López_4_assignsubmission_file/value.ipynb", "{}")
    results, lost = collect(course, source, "03_value")
    assert [r for r in results if r.status != "absent"] == []
    assert "number 4 was Renée Dupont when" in lost[0].reason


def test_a_worksheet_in_which_a_number_is_somebody_else_gives_no_mark(
    course: Course, tmp_path: Path
) -> None:
    brought_in(course, "submissions")
    mark_all(course, {"s3": 10})
    path = tmp_path / "worksheet.csv"
    text = (ARCHIVES / "submissions.csv").read_text("utf-8-sig")
    path.write_text(text.replace("Renée Dupont", "Someone Else"), encoding="utf-8")
    grades, exporter = marked(course, path)
    assert set(grades.values()) == {""}
    assert exporter.left_out == ["s3"]


def test_an_address_that_differs_is_not_settled_by_the_name(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(CLASS.replace("s9@example.com", "jose@elsewhere.org"), encoding="utf-8")
    rules = Rules(roster=Roster.read(path), worksheet=sheet("submissions"))
    _, lost = collect(course, ARCHIVES / "submissions.zip", "03_value", rules)
    (refusal,) = lost
    assert "Moodle has s9@example.com for José García López" in refusal.reason
    assert "jose@elsewhere.org" in refusal.reason


# ---- what is told


def test_a_text_typed_into_moodle_is_somebodys_work(course: Course, tmp_path: Path) -> None:
    source = tmp_path / "d.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("Zoë Brontë_9_assignsubmission_onlinetext/onlinetext.html", "<p>Hi</p>")
        archive.writestr("Li Na_8_assignsubmission_onlinetext_onlinetext.html", "<p>flat</p>")
    results, lost = collect(course, source, "03_value", Rules(worksheet=sheet("submissions")))
    assert lost == []
    found = {r.student: r for r in results if r.status != "absent"}
    assert found["s11"].files == ("onlinetext.html",)
    assert found["s11"].look
    assert (course.submitted("s6", "03_value") / "onlinetext.html").read_text() == "<p>flat</p>"


def test_a_draft_is_said_to_be_one(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    text = (ARCHIVES / "submissions.csv").read_text("utf-8-sig")
    path.write_text(
        text.replace('"Submitted for grading - 1 hour late"', '"Draft (not submitted)"'), "utf-8"
    )
    results, _ = collect(
        course, ARCHIVES / "submissions.zip", "03_value", Rules(worksheet=Worksheet.read(path))
    )
    assert [r.student for r in results if any("draft" in m for m in r.messages)] == ["s3"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("submissions", "Submitted for grading - 1 hour late - Extension granted until: "),
        ("sv", "Inskickad för bedömning - Förlängning beviljad till: "),
    ],
)
def test_an_extension_given_in_moodle_is_told_with_the_command_that_gives_it_here(
    name: str, status: str, course: Course, tmp_path: Path
) -> None:
    until = {"submissions": "Thursday, 3 December 2026, 11:59 PM"}
    path = tmp_path / "w.csv"
    with (ARCHIVES / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    late = next(row for row in rows if "s3@example.com" in row)
    late[rows[0].index("Status")] = status + until.get(name, "torsdag, 3 december 2026, 23:59")
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    rules = Rules(worksheet=Worksheet.read(path), zone=HELSINKI)
    results, _ = collect(course, ARCHIVES / f"{name}.zip", "03_value", rules)
    told = {result.student: result.messages for result in results if "extend" in str(result)}
    (message,) = told.pop("s3")
    assert told == {}
    assert message.endswith(
        "classroom extend 03_value --students s3 --until '2026-12-03 23:59' "
        "--timezone Europe/Helsinki"
    )


def test_a_zip_in_the_folder_changes_nobodys_time(course: Course, tmp_path: Path) -> None:
    """One inner zip's own clock once made the download the hand-in time of the class."""
    found = brought_in(course, "submissions", worksheet=False)
    assert {result.when for result in found.values()} == {None}


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Friday, 27 November 2026, 11:22 PM", 21),
        ("Friday, November 27, 2026, 11:22 PM", 21),
        ("fredag, 27 november 2026, 23:22", 21),
        ("perjantaina 27. marraskuuta 2026, 23.22", 21),  # called so: no pack was at hand
        ("Friday, 27 November 2026, 12:22 AM", 22),
    ],
)
def test_the_worksheets_times_are_read_in_the_teachers_zone(text: str, hour: int) -> None:
    when = read_date(text, HELSINKI)
    assert when is not None
    assert (when.hour, when.minute) == (hour, 22)


@pytest.mark.parametrize("text", ["", "-", "Friday", "32 November 2026, 10:00", "2026-11-27"])
def test_what_says_no_time_gives_none(text: str) -> None:
    assert read_date(text, UTC) is None


def test_rows_that_moodle_will_pass_over_are_told_beforehand(
    course: Course, tmp_path: Path
) -> None:
    brought_in(course, "submissions")
    mark_all(course, {"s1": 10, "s2": 5, "s3": 1})
    path = tmp_path / "worksheet.csv"
    text = (ARCHIVES / "submissions.csv").read_text("utf-8-sig")
    lines = text.splitlines(keepends=True)
    for index, line in enumerate(lines):
        if "Väinö" in line:
            lines[index] = line.replace(",100.00,Yes", ",100.00,No")
        if "Renée" in line:
            lines[index] = re.sub(r",-,\s*$", ',"lördag, 28 november 2026, 10:00",\n', line)
    path.write_text("".join(lines), encoding="utf-8")
    os.utime(path, (1, 1))
    _, exporter = marked(course, path)
    told = " | ".join(exporter.warnings)
    assert "1 grades are locked" in told
    assert "(Väinö Öhman)" in told
    assert "not English" in told
    assert "older than feedback" not in told
    taken_back(course)
    _, exporter = marked(course, path)
    assert any("older than feedback" in warning for warning in exporter.warnings)
    os.utime(path)
    _, exporter = marked(course, path)
    assert not any("older than feedback" in warning for warning in exporter.warnings)


def test_a_worksheet_in_german_says_how_to_get_one_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "Bewertungen.csv"
    path.write_text("ID,Vollständiger Name,Bewertung\nTeilnehmer/in1,A,\n", encoding="utf-8")
    with pytest.raises(ClassroomError, match="choose English in Moodle's language menu"):
        Worksheet.read(path)


def test_a_scale_is_not_filled_with_points(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text('Identifier,Grade,Scale\nParticipant 1,,"Pass,Fail"\n', encoding="utf-8")
    mark_all(course, {"s1": 10})
    with pytest.raises(ClassroomError, match="graded by a scale"):
        marked(course, path)


@pytest.mark.parametrize(
    ("path", "name", "number", "rest"),
    [
        ("Aino M_1_assignsubmission_file/a/b.ipynb", "Aino M", "1", "a/b.ipynb"),
        ("Aino M_1_assignsubmission_file_/b.ipynb", "Aino M", "1", "b.ipynb"),
        ("Aino M_1_assignsubmission_file_my_b_2.ipynb", "Aino M", "1", "my_b_2.ipynb"),
        (
            "A_1_assignsubmission_file/B_2_assignsubmission_file/b",
            "A",
            "1",
            "B_2_assignsubmission_file/b",
        ),
        (
            "A_1_assignsubmission_file_B_2_assignsubmission_file_b",
            "A",
            "1",
            "B_2_assignsubmission_file_b",
        ),
        ("Default group_assignsubmission_file/b.ipynb", "Default group", "", "b.ipynb"),
    ],
)
def test_the_outermost_name_says_whose_it_is(path: str, name: str, number: str, rest: str) -> None:
    found = parse_path(path)
    assert found is not None
    assert (found.name, found.number, found.rest) == (name, number, rest)


@pytest.mark.parametrize(
    ("name", "written"),
    [("Maija_Liisa Von", "Maija Liisa Von"), ("O'Neil Shaun", "ONeil Shaun"), ("A/B: <c>", "AB c")],
)
def test_names_are_written_as_moodle_writes_them(name: str, written: str) -> None:
    assert archive_name(name) == written


def test_a_page_with_no_points_at_all_is_not_sent_to_moodle(course: Course) -> None:
    brought_in(course, "submissions")
    mark_all(course, {"s1": 5, "s7": 0})
    with course.gradebook() as book:
        (grade,) = book.find_submission_notebook("value", "03_value", "s7").grades
        grade.auto_score, grade.needs_manual_grade = None, True
        book.db.commit()
    left_out = moodle_archive(course, "03_value", course.root / "f.zip")
    assert "nobody could grade it yet" in left_out["s7"]
    assert set(left_out) == {"s7"}


def test_a_web_page_of_the_students_own_is_not_sent_as_feedback(course: Course) -> None:
    brought_in(course, "text")
    mark_all(course, {"s1": 5})
    own = course.feedback("s1", "03_value") / "onlinetext.html"
    own.write_text("<script>alert(1)</script>", encoding="utf-8")
    assert moodle_archive(course, "03_value", course.root / "f.zip") == {}
    with zipfile.ZipFile(course.root / "f.zip") as archive:
        assert [name.rpartition("/")[2] for name in archive.namelist()] == ["value.html"]


def test_those_in_no_group_get_nothing_back_and_it_is_said(course: Course) -> None:
    folder = "Default group_assignsubmission_file"
    remember_folders(course, "03_value", [Attempt("default-group", folder=folder)])
    mark_all(course, {"default-group": 4})
    left_out = moodle_archive(course, "03_value", course.root / "f.zip")
    assert "is in no group" in left_out["default-group"]


def test_a_class_list_that_comes_later_is_told_that_the_first_ids_stay(
    course: Course, roster: Roster
) -> None:
    brought_in(course, "submissions")
    came = brought_in(course, "submissions", roster)
    assert came["s1"].status == "unchanged"
    assert not came["s1"].look
    assert any("is aino on the class list, and stays s1" in said for said in came["s1"].messages)


def test_collecting_twice_changes_nothing(course: Course, roster: Roster) -> None:
    brought_in(course, "submissions", roster)

    def everything() -> Iterator[tuple[str, bytes, int]]:
        for path in sorted(course.root.rglob("*")):
            if path.is_file() and "gradebook" not in path.name:
                yield str(path), path.read_bytes(), path.stat().st_mtime_ns

    before = {path: content for path, content, _ in everything()}
    again = brought_in(course, "submissions", roster)
    assert {path: content for path, content, _ in everything()} == before
    assert {r.status for r in again.values()} <= {"unchanged", "absent", "nothing"}
    assert not list(attempts_folder(course, "03_value", "aino").glob("*"))


def test_canvas_never_goes_by_the_name(course: Course, tmp_path: Path) -> None:
    mark_all(course, {"anna": 4, "anna2": 8})
    gradebook = tmp_path / "canvas.csv"
    gradebook.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,Value (55)\n"
        ",,,,,,Manual Posting\n"
        "    Points Possible,,,,,,20\n"
        '"Virtanen, Anna",901,,,,"A, and B",\n"Virtanen, Anna",902,,,,B,\n',
        encoding="utf-8",
    )
    path = tmp_path / "list.csv"
    path.write_text("id,name,canvas\nanna,Anna Virtanen,902\nanna2,Anna Virtanen,\n", "utf-8")
    target = tmp_path / "out.csv"
    exporter = CanvasExporter(
        to=str(target),
        assignment=["03_value"],
        gradebook_csv=str(gradebook),
        roster=str(path),
        column="Value",
    )
    with course.gradebook() as book:
        exporter.export(book)
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Integration ID",
        "Section",
        "Value (55)",
    ]
    assert [row[-1] for row in rows[1:]] == ["Manual Posting", "20", "", "8.00"]
    assert exporter.left_out == ["anna2"]
