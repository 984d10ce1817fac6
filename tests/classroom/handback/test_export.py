"""Exports are opened again by a parser of their format, and say the gradebook's marks."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config
from typer.testing import CliRunner

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.handback.export import CanvasExporter, CsvExporter, MoodleExporter
from classroom.handback.letters import LettersExporter
from classroom.handback.marks import MarksExporter
from classroom.intake.attempts import Attempt, remember_folders

from .. import toy

# nbgrader's own way of making submissions; its session warns of the order.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted")

WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (submission),\
Feedback comments
Participant 101,Aino Mäkelä,aino@example.org,Submitted,,"30,00","20 November 2026, 12:30 PM",
Participant 102,"Otso ""Oke"" Virta",otso@example.org,Submitted,,"30,00","20 November 2026",
Participant 103,Eino Poissa,eino@example.org,No submission,,"30,00",-,
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Essay (55),Queue exercise (77),Current Score
    Points Possible,,,,,10,20,(read only)
"Mäkelä, Aino",9001,s-1,aino,A,7,,70
"Virta, Otso",9002,s-2,otso,A,8,,80
"Poissa, Eino",9003,s-3,eino,A,,,
"""
ROSTER = """id,first_name,last_name,email,moodle,sis
aino,Aino,Mäkelä,aino@example.org,101,s-1
otso,Otso,Virta,otso@example.org,102,s-2
eino,Eino,Poissa,eino@example.org,103,s-3
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two students marked by hand in the gradebook: 15 of 15, and 7.5 less 1 for lateness."""
    course = Course.open(toy.make_course(tmp_path / "course"))
    with course.gradebook() as book:
        for student, share, last in (("aino", 1.0, "Mäkelä"), ("otso", 0.5, "=HYPERLINK(1)")):
            book.update_or_create_student(student, first_name=student.title(), last_name=last)
            submission = book.update_or_create_submission(
                "toy", student, timestamp=datetime(2026, 11, 20, 12, 30)
            )
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score = grade.max_score * share
                    grade.needs_manual_grade = False
                notebook.late_submission_penalty = 0 if student == "aino" else 1
        book.update_or_create_student("eino")
        book.db.commit()
    return course


def wait_for_a_person(course: Course, student: str) -> None:
    with course.gradebook() as book:
        grade = book.find_grade("reflection", "queue", "toy", student)
        grade.needs_manual_grade = True
        book.db.commit()


@pytest.fixture
def export(course: Course, tmp_path: Path) -> Callable[..., tuple[list[dict[str, str]], Any]]:
    def run(
        exporter: type[MarksExporter], **traits: Any
    ) -> tuple[list[dict[str, str]], MarksExporter]:
        target = tmp_path / "out.csv"
        made = exporter(to=str(target), assignment=["toy"], **traits)
        with course.gradebook() as book:
            made.export(book)
        with target.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream, strict=True)), made

    return run


@pytest.fixture
def roster(tmp_path: Path) -> str:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return str(path)


def test_the_table_has_a_row_for_every_student_and_says_who_is_late(export: Any) -> None:
    rows, _ = export(CsvExporter)
    by_id = {row["student_id"]: row for row in rows}
    assert float(by_id["aino"]["score"]) == float(by_id["aino"]["max_score"]) == 15
    assert float(by_id["aino"]["queue"]) == 15
    assert (float(by_id["otso"]["raw_score"]), float(by_id["otso"]["score"])) == (7.5, 6.5)
    assert by_id["eino"]["submitted"] == "no"
    assert by_id["aino"]["timestamp"] == "2026-11-20 12:30:00 UTC"


def test_a_name_that_is_a_formula_is_not_one_in_a_spreadsheet(export: Any) -> None:
    rows, _ = export(CsvExporter)
    assert next(row["last_name"] for row in rows if row["student_id"] == "otso") == (
        "'=HYPERLINK(1)"
    )


def test_a_mark_that_waits_for_a_person_is_left_out_unless_asked_for(
    export: Any, course: Course
) -> None:
    wait_for_a_person(course, "otso")
    rows, made = export(CsvExporter)
    assert [row["student_id"] for row in rows] == ["aino", "eino"]
    assert made.left_out == ["otso"]
    rows, _ = export(CsvExporter, provisional=True)
    assert [row["final"] for row in rows] == ["yes", "yes", "no"]


def test_a_whole_class_that_is_left_out_is_named_in_one_line_with_the_reason(
    course: Course, tmp_path: Path
) -> None:
    students = [f"student-{number:03}" for number in range(60)]
    with course.gradebook() as book:
        for student in students:
            book.update_or_create_student(student)
            book.update_or_create_submission("toy", student)
        book.db.commit()
    target = str(tmp_path / "marks.csv")
    told = CliRunner().invoke(
        app, ["export", "toy", "--output", target, "--course-dir", str(course.root)]
    )
    assert told.exit_code == 1
    (line,) = [each for each in told.output.splitlines() if each.startswith("! left out: ")]
    assert line.startswith(f"! left out: {', '.join(students)}: ")
    assert "nobody could grade it yet" in line


def test_provisional_names_whom_it_concerns(export: Any, course: Course) -> None:
    wait_for_a_person(course, "otso")
    _, made = export(CsvExporter, provisional=True)
    assert made.provisionally == ["otso"]
    assert made.left_out == []


def test_work_that_nobody_could_grade_never_gets_a_mark(export: Any, course: Course) -> None:
    with course.gradebook() as book:
        for grade in book.find_submission_notebook("queue", "toy", "otso").grades:
            grade.auto_score, grade.needs_manual_grade = None, True
        book.db.commit()
    rows, made = export(CsvExporter, provisional=True)
    assert "otso" not in {row["student_id"] for row in rows}
    assert "nobody could grade it" in made.reasons["otso"]


def test_moodles_worksheet_comes_back_as_it_was_with_grades_on_its_own_scale(
    export: Any, tmp_path: Path, roster: str
) -> None:
    path = tmp_path / "worksheet.csv"
    path.write_text(WORKSHEET, encoding="utf-8-sig")
    rows, made = export(MoodleExporter, worksheet=str(path), roster=roster)
    assert [row["Grade"] for row in rows] == ["30,00", "13,00", ""]
    before = list(csv.DictReader(WORKSHEET.splitlines()))
    for row, old in zip(rows, before, strict=True):
        assert list(row) == list(old)
        assert row | {"Grade": ""} == old
    assert made.left_out == []


def test_without_a_class_list_the_account_of_the_e_mail_address_says_who_it_is(
    export: Any, tmp_path: Path, course: Course
) -> None:
    path = tmp_path / "worksheet.csv"
    path.write_text(WORKSHEET.replace("otso@", "otso.virta@"), encoding="utf-8")
    rows, made = export(MoodleExporter, worksheet=str(path))
    assert [row["Grade"] for row in rows] == ["30,00", "", ""]
    assert made.left_out == ["otso"]


def test_a_name_alone_gives_nobody_a_mark(
    export: Any, tmp_path: Path, course: Course, roster: str
) -> None:
    path = tmp_path / "worksheet.csv"
    path.write_text("Identifier,Full name,Grade\nParticipant 9,Aino Mäkelä,\n", encoding="utf-8")
    rows, made = export(MoodleExporter, worksheet=str(path), roster=roster)
    assert rows[0]["Grade"] == ""
    assert "only the name Aino Mäkelä says so" in made.reasons["aino"]


def test_a_finnish_worksheet_is_understood(
    export: Any, tmp_path: Path, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course.root)
    folder = "Aino Mäkelä_101_assignsubmission_file"
    remember_folders(course, "toy", [Attempt("aino", folder=folder)])
    path = tmp_path / "arviointi.csv"
    path.write_text(
        "Tunniste;Koko nimi;Arvosana;Maksimiarvosana\nOsallistuja 101;Aino Mäkelä;;15,00\n",
        encoding="latin-1",
    )
    rows, made = export(MoodleExporter, worksheet=str(path))
    assert rows == [
        {
            "Tunniste": "Osallistuja 101",
            "Koko nimi": "Aino Mäkelä",
            "Arvosana": "15,00",
            "Maksimiarvosana": "15,00",
        }
    ]
    assert made.left_out == ["otso"]


def test_without_a_worksheet_moodles_gradebook_import_is_written(export: Any, roster: str) -> None:
    rows, _ = export(MoodleExporter, roster=roster)
    assert rows[0] == {"ID number": "s-1", "Email address": "aino@example.org", "toy": "15.00"}
    assert {row["ID number"]: row["toy"] for row in rows}["s-3"] == ""


def test_what_is_no_worksheet_is_said_so(export: Any, roster: str) -> None:
    with pytest.raises(ClassroomError, match="not a Moodle grading worksheet"):
        export(MoodleExporter, worksheet=roster)


def test_canvas_gets_its_own_column_filled_and_no_other(
    export: Any, tmp_path: Path, roster: str
) -> None:
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS, encoding="utf-8")
    rows, made = export(
        CanvasExporter, gradebook_csv=str(path), column="Queue exercise", roster=roster
    )
    assert list(rows[0]) == [
        *("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
        "Queue exercise (77)",
    ]
    assert [row["Queue exercise (77)"] for row in rows] == ["20", "20.00", "8.67", ""]
    assert rows[0]["Student"] == "    Points Possible"
    assert made.left_out == []


def canvas(tmp_path: Path, *rows: str, heading: str = "Queue exercise (77)") -> str:
    """Write a gradebook of Canvas with the rows given, and return its path."""
    path = tmp_path / "canvas.csv"
    lines = [f"Student,ID,SIS User ID,SIS Login ID,Section,{heading}", *rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_whom_canvas_has_excused_or_not_assigned_gets_no_mark_and_is_named(
    export: Any, tmp_path: Path, roster: str
) -> None:
    book = canvas(
        tmp_path,
        "    Points Possible,,,,,20",
        '"Mäkelä, Aino",9001,s-1,aino,A,EX',
        '"Virta, Otso",9002,s-2,otso,A,N/A',
    )
    rows, made = export(CanvasExporter, gradebook_csv=book, column="Queue exercise", roster=roster)
    assert [row["Queue exercise (77)"] for row in rows] == ["20", "EX", "N/A"]
    assert "excused" in made.reasons["aino"]
    assert "not assigned" in made.reasons["otso"]
    assert made.holds == "marks of 0 students"


def test_the_points_that_canvas_gives_are_handed_back_as_they_are(
    export: Any, tmp_path: Path, roster: str
) -> None:
    book = canvas(
        tmp_path, '"    Points Possible",,,,,"33,3"', '"Mäkelä, Aino",9001,s-1,aino,"A and B",'
    )
    rows, _ = export(CanvasExporter, gradebook_csv=book, column="Queue exercise", roster=roster)
    assert [row["Queue exercise (77)"] for row in rows] == ["33,3", "33.30"]
    assert rows[1]["Section"] == "A and B"


@pytest.mark.parametrize("kind", ["Muted", "Manual Posting"])
def test_the_row_of_what_canvas_hides_stays_what_its_importer_skips(
    export: Any, tmp_path: Path, roster: str, kind: str
) -> None:
    book = canvas(
        tmp_path,
        f",,,,,{kind}",
        "    Points Possible,,,,,20",
        '"Mäkelä, Aino",9001,s-1,aino,A,',
    )
    rows, _ = export(CanvasExporter, gradebook_csv=book, column="Queue exercise", roster=roster)
    assert [cell for cell in rows[0].values() if cell] == [kind]
    assert rows[2]["Queue exercise (77)"] == "20.00"


def test_a_column_that_canvas_does_not_have_is_said_before_it_asks(
    export: Any, tmp_path: Path, roster: str
) -> None:
    book = canvas(tmp_path, "    Points Possible,,,,,20", '"Mäkelä, Aino",9001,s-1,aino,A,')
    rows, made = export(CanvasExporter, gradebook_csv=book, column="Quue", roster=roster)
    assert rows[1]["Quue"] == "15.00"
    assert "has no column 'Quue'" in made.warnings[0]
    assert "Queue exercise (77)" in made.warnings[0]


def test_a_name_never_decides_between_two_in_canvas(
    export: Any, tmp_path: Path, course: Course
) -> None:
    with course.gradebook() as book:
        book.update_or_create_student("otso", first_name="Aino", last_name="Mäkelä")
        book.db.commit()
    path = tmp_path / "twins.csv"
    path.write_text(
        "id,first_name,last_name,sis\naino,Aino,Mäkelä,s-1\notso,Aino,Mäkelä,s-2\n",
        encoding="utf-8",
    )
    rows, _ = export(CanvasExporter, roster=str(path))
    names = [row["Student"] for row in rows[1:]]
    # Canvas takes whoever bears the name where it does not know the number.
    assert not {"Mäkelä, Aino", "Aino Mäkelä"} & set(names)
    assert sum(name.startswith("Mäkelä, Aino (") for name in names) == 2


def test_canvas_without_its_gradebook_gets_a_new_column(export: Any, roster: str) -> None:
    rows, _ = export(CanvasExporter, roster=roster)
    assert rows[0]["Student"] == "    Points Possible"
    assert float(rows[0]["toy"]) == 15
    assert {row["SIS User ID"]: row["toy"] for row in rows[1:]}["s-1"] == "15.00"


def test_an_lms_takes_one_assignment_at_a_time(course: Course) -> None:
    with course.gradebook() as book:
        with pytest.raises(ClassroomError, match="name one assignment"):
            MoodleExporter().export(book)
        with pytest.raises(ClassroomError, match="no assignment 'tyo'; it has toy"):
            CsvExporter(assignment=["tyo"]).export(book)


def test_nbgraders_own_export_runs_the_plug_ins(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, roster: str
) -> None:
    from nbgrader.apps.exportapp import ExportApp

    monkeypatch.chdir(course.root)
    target = tmp_path / "moodle.csv"
    app = ExportApp(config=Config())
    app.initialize(
        [
            "--exporter=classroom.export.MoodleExporter",
            f"--to={target}",
            "--assignment=toy",
            f"--MoodleExporter.roster={roster}",
            "--log-level=ERROR",
        ]
    )
    app.start()
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert rows[0]["toy"] == "15.00"


def letters(course: Course, roster: str = ROSTER) -> tuple[list[dict[str, str]], LettersExporter]:
    for student in ("aino", "otso"):
        folder = course.feedback(student, "toy")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "queue.html").write_text(f"the page of {student}", encoding="utf-8")
    listed = course.root / "roster.csv"
    listed.write_text(roster, encoding="utf-8")
    exporter = LettersExporter(
        assignment=["toy"],
        course_dir=str(course.root),
        roster=str(listed),
        to=str(course.root / "letters"),
    )
    with course.gradebook() as book:
        exporter.export(book)
    table = course.root / "letters" / "letters.csv"
    if not table.exists():
        return [], exporter
    with table.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream)), exporter


def test_each_letter_has_its_own_page_and_nobody_is_written_to_without_work(course: Course) -> None:
    rows, exporter = letters(course)
    assert [row["email"] for row in rows] == ["aino@example.org", "otso@example.org"]
    for row, student in zip(rows, ("aino", "otso"), strict=True):
        assert Path(row["attachments"]).read_text("utf-8") == f"the page of {student}"
    assert [row["score"] for row in rows] == ["15.0", "6.5"]
    assert rows[1]["last_name"] == "'=HYPERLINK(1)"
    assert exporter.left_out == []


def test_of_two_students_with_one_address_neither_gets_a_letter(course: Course) -> None:
    rows, exporter = letters(course, ROSTER.replace("otso@example.org", "AINO@example.org"))
    assert rows == []
    assert exporter.left_out == ["aino", "otso"]
    assert "2 students" in exporter.reasons["aino"]


def test_where_nobody_gets_a_letter_the_folder_is_not_in_the_way_of_the_next_try(
    course: Course,
) -> None:
    rows, exporter = letters(course, "id,first_name\naino,Aino\notso,Otso\n")
    assert rows == []
    assert not (course.root / "letters").exists()
    assert exporter.written() == "no letters"
    assert exporter.reasons["aino"] == "has no e-mail address: give a class list that has it"
    rows, exporter = letters(course)
    assert [row["email"] for row in rows] == ["aino@example.org", "otso@example.org"]
    assert exporter.written().endswith("letters: 2 letters")


def test_a_letter_calls_by_name_whom_only_the_class_list_names(course: Course) -> None:
    with course.gradebook() as book:
        book.update_or_create_student("aino", first_name=None, last_name=None)
        book.db.commit()
    rows, _ = letters(course, ROSTER.replace("Aino,Mäkelä", '"=1+1",Mäkelä'))
    assert (rows[0]["first_name"], rows[0]["last_name"]) == ("'=1+1", "Mäkelä")


def test_a_letter_calls_by_the_whole_name_where_the_list_has_no_parts(course: Course) -> None:
    with course.gradebook() as book:
        book.update_or_create_student("aino", first_name=None, last_name=None)
        book.db.commit()
    whole = "id,name,email\naino,Aino Mäkelä,a@example.org\notso,Otso,o@example.org\n"
    rows, _ = letters(course, whole)
    assert (rows[0]["first_name"], rows[0]["last_name"]) == ("Aino Mäkelä", "")


def test_who_has_no_address_or_no_page_is_named_and_gets_no_letter(course: Course) -> None:
    rows, exporter = letters(course, ROSTER.replace("aino@example.org", ""))
    assert [row["email"] for row in rows] == ["otso@example.org"]
    assert "class list" in exporter.reasons["aino"]


def test_letters_of_an_earlier_round_are_not_sent_again(course: Course) -> None:
    letters(course)
    with pytest.raises(ClassroomError, match="there already"):
        letters(course)
