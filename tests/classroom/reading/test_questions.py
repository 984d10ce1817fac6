"""Questions, rubrics and labels; marks saved onto what was seen, in nbgrader's own rows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import v4
from typer.testing import CliRunner

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.grading.grade import Options, grade
from classroom.handback.feedback import make_feedback
from classroom.journal import OccupiedError, course_lock
from classroom.reading.questions import Question, answer_of, labels, questions_of
from classroom.reading.reader_session import ChangedElsewhere, Opened, ReaderSession
from classroom.reading.readers import Change, keep_comments, kept_comments
from classroom.reading.rubric import Level, levels_of, split_rubric
from classroom.sanitise import shown

from .. import toy
from ..hostile import browser as scripts

pytestmark = [pytest.mark.grading, pytest.mark.xdist_group("reading")]

TASK = """## 4. Reflection (4 points)

What would you change in the queue, and why?

| level | what your text shows |
|---|---|
| 1 | A wish. |
| 2 | A *change* \\| and a reason. |
| 3 | A reason with evidence. |
"""
ANSWERS = {
    "aino": toy.RIGHT,
    "otso": toy.RIGHT | {"reflection": "Two queues, **one** till.\n\n# Why\n\nNo idea."},
    "eino": toy.RIGHT | {"reflection": ""},
    "tuula": {name: text for name, text in toy.RIGHT.items() if name != "reflection"},
}
SEEN = Question("queue", "reflection", 4.0, "Reflection")


def graded(root: Path, answers: dict[str, dict[str, str]] = ANSWERS) -> Course:
    """Make a course with a rubric in the teacher's notebook, and grade a class."""
    toy.make_course(root)
    path = root / "solutions" / toy.ASSIGNMENT / f"{toy.NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(-1, v4.new_markdown_cell(TASK))
    nbformat.write(notebook, path)
    for student, given in answers.items():
        toy.submit(root, student, given)
    course = Course.open(root)
    grade(course, toy.ASSIGNMENT, Options(workers=1))
    return course


@pytest.fixture(scope="module")
def class_graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graded(tmp_path_factory.mktemp("reading") / "course").root


@pytest.fixture
def course(class_graded: Path, tmp_path: Path) -> Iterator[Course]:
    shutil.copytree(class_graded, tmp_path / "course")
    return Course.open(tmp_path / "course")


def find(session: ReaderSession, student: str) -> tuple[Question, str, Opened]:
    (question,) = session.questions
    label = next(at for at in session.listed(question) if session.student(question, at) == student)
    return question, label, session.opened(question, label)


def mark(session: ReaderSession, student: str, change: Change) -> Opened:
    question, label, opened = find(session, student)
    return session.mark(question, label, change, opened.seal)


# ---- rubrics and labels


def test_a_table_with_a_number_in_every_row_is_the_rubric() -> None:
    task, rows = split_rubric(TASK)
    assert rows == [
        (1, "A wish."),
        (2, "A *change* | and a reason."),
        (3, "A reason with evidence."),
    ]
    assert task.endswith("and why?")
    for first in ("**3**", "level 3", "3 points", "3,0"):
        assert split_rubric(f"| n | t |\n|---|---|\n| {first} | a |\n| 1 | b |")[1][-1] == (3, "a")
    for other in ("1-2", "tills", "", "3 of 4 guests"):
        text = f"| n | t |\n|---|---|\n| {other} | a |\n| 1 | b |"
        assert split_rubric(text) == (text, [])


def test_levels_are_equal_shares_unless_the_rubric_names_the_points() -> None:
    rows = [(1.0, "a"), (2.0, "b"), (3.0, "c")]
    assert [level.points for level in levels_of(rows, 4)] == [0, 1.33, 2.67, 4]
    assert [level.points for level in levels_of(rows, 3)] == [0, 1, 2, 3]
    named = levels_of([(0.0, "nothing"), (1.0, "a"), (5.0, "b")], 5)
    assert named == (Level(0, "nothing"), Level(1, "a"), Level(5, "b"))


def test_without_a_rubric_whole_points_are_the_levels_as_far_as_keys_go() -> None:
    assert [level.points for level in levels_of([], 3)] == [0, 1, 2, 3]
    assert levels_of([], 2.5) == levels_of([], 20) == ()
    with pytest.raises(ClassroomError, match="9 levels, got 12"):
        levels_of([(float(n), "") for n in range(1, 13)], 4)


def test_labels_tell_nothing_and_stay_as_they_are() -> None:
    students = [f"s{number:03d}" for number in range(300)]
    given = labels("toy", SEEN, students)
    assert sorted(given.values()) == students != list(given.values())
    assert given == labels("toy", SEEN, students[::-1])
    later = list(labels("toy", SEEN, [*students, "late"]).values())
    later.remove("late")
    assert later == list(given.values()), "who hands in late moves nobody"
    other = labels("toy", Question("queue", "other", 4.0, "Other"), students)
    assert list(other.values()) != list(given.values())
    assert not {label for label, student in given.items() if other.get(label) == student}


# ---- questions and answers


def test_the_question_is_read_from_the_teachers_notebook(course: Course) -> None:
    (question,) = questions_of(course, toy.ASSIGNMENT)
    assert (question.cell, question.points) == ("reflection", 4)
    assert question.title == "4. Reflection (4 points)"
    assert question.task == "What would you change in the queue, and why?"
    assert question.rubric
    assert question.shares
    assert [level.points for level in question.levels] == [0, 1.33, 2.67, 4]
    assert question.step == pytest.approx(4 / 3)


def test_what_nobody_answered_does_not_wait(course: Course) -> None:
    session = ReaderSession(course, toy.ASSIGNMENT)
    (question,) = session.questions
    listed = session.listed(question)
    states = {session.student(question, label): given for label, given in listed.items()}
    assert [given.waits for given in listed.values()] == [True, True, True, False]
    assert states["tuula"].untouched
    assert find(session, "eino")[2].answer.problem == "The answer is empty."
    assert list(session.progress()) == [(question, 4, 3)]


def test_a_missing_or_broken_notebook_is_told(course: Course) -> None:
    (question,) = questions_of(course, toy.ASSIGNMENT)
    path = course.autograded("aino", toy.ASSIGNMENT) / "queue.ipynb"
    path.chmod(0o644)
    path.write_text("{", encoding="utf-8")
    assert "cannot be read" in answer_of(course, toy.ASSIGNMENT, question, "aino").problem
    path.unlink()
    assert "no graded notebook" in answer_of(course, toy.ASSIGNMENT, question, "aino").problem


def test_an_answer_is_shown_below_the_pages_own_headings() -> None:
    text = '# A\n\n#### B\n\n<h2 id="points">C</h2>\n\n<b style="color:red">D</b>'
    cells = [v4.new_markdown_cell(text)]
    for part in ("<h3>A</h3>", "<h4>B</h4>", "<h4>C</h4>", "<b>D</b>"):
        assert part in shown(cells)
    assert cells[0].source.startswith("# A")


@pytest.mark.parametrize("text", scripts.WRITTEN.values(), ids=scripts.WRITTEN)
def test_what_is_shown_of_an_answer_cannot_run(text: str) -> None:
    page = shown([v4.new_markdown_cell(text)])
    runs = r"<(?:script|style|iframe|svg|noscript)\b|<[^<>]*\s(?:on\w+|style|id)=|=\"?javascript:"
    assert not re.search(runs, page)
    assert re.search("answer|mermaid|attachment|title", page), "the words are kept"


# ---- the first reader


def test_a_mark_is_nbgraders_own(course: Course) -> None:
    session = ReaderSession(course, toy.ASSIGNMENT)
    mark(session, "aino", {"points": 2.67, "comment": "Say who waits."})
    with course.gradebook() as book:
        row = book.find_grade("reflection", "queue", "toy", "aino")
        comment = book.find_comment("reflection", "queue", "toy", "aino")
        assert (row.manual_score, row.needs_manual_grade, row.score) == (2.67, False, 2.67)
        assert comment.manual_comment == comment.comment == "Say who waits."
        assert book.find_grade("reflection", "queue", "toy", "otso").needs_manual_grade

    (page,) = make_feedback(course, toy.ASSIGNMENT, ["aino"], workers=1)
    text = page.files[0].read_text("utf-8")
    assert "Say who waits." in text
    assert "(Score: 13.67 / 15.0)" in text
    target = course.root / "marks.csv"
    command = ["export", "toy", "--output", str(target), "--course-dir", str(course.root)]
    assert CliRunner().invoke(app, command).exit_code == 1, "the others wait"
    assert "13.67" in target.read_text("utf-8")

    # A regrade of the same text leaves the points as they are.
    grade(course, toy.ASSIGNMENT, Options(workers=1, students=["aino"], force=True))
    assert not find(session, "aino")[2].given.waits


def test_a_comment_alone_gives_no_points_and_points_can_be_taken_back(course: Course) -> None:
    session = ReaderSession(course, toy.ASSIGNMENT)
    assert mark(session, "aino", {"comment": "Later."}).given.waits
    assert not mark(session, "aino", {"points": 0.0}).given.waits
    assert mark(session, "aino", {"points": None, "comment": ""}).given.waits
    with course.gradebook() as book:
        assert book.find_comment("reflection", "queue", "toy", "aino").manual_comment is None


@pytest.mark.parametrize("points", [-1.0, 4.5])
def test_points_beyond_the_question_are_refused(course: Course, points: float) -> None:
    with pytest.raises(ClassroomError, match=f"from 0 to 4, got {points:g}"):
        mark(ReaderSession(course, toy.ASSIGNMENT), "aino", {"points": points})


def test_what_formgrader_changed_meanwhile_is_not_overwritten(course: Course) -> None:
    session = ReaderSession(course, toy.ASSIGNMENT)
    question, label, opened = find(session, "aino")
    with course.gradebook() as book:
        row = book.find_grade("reflection", "queue", "toy", "aino")
        row.manual_score, row.needs_manual_grade = 1.0, False
        book.db.commit()
    with pytest.raises(ChangedElsewhere):
        session.mark(question, label, {"points": 4.0}, opened.seal)
    assert session.opened(question, label).given.points == 1
    # Who did the same is in nobody's way, and who has seen it may.
    same = session.mark(question, label, {"points": 1.0}, opened.seal)
    assert session.mark(question, label, {"points": 4.0}, same.seal).given.points == 4


def test_an_answer_that_came_anew_is_not_marked_unseen(course: Course) -> None:
    session = ReaderSession(course, toy.ASSIGNMENT)
    first = mark(session, "aino", {"points": 4.0})
    question, label, _ = find(session, "aino")
    path = course.autograded("aino", toy.ASSIGNMENT) / "queue.ipynb"
    path.chmod(0o644)
    path.write_bytes(toy.content(toy.filled(toy.RIGHT | {"reflection": "Something else."})))
    with pytest.raises(ChangedElsewhere):
        session.mark(question, label, {"points": 4.0}, first.seal)


def test_nothing_is_saved_while_the_course_is_graded(course: Course) -> None:
    session = ReaderSession(course, toy.ASSIGNMENT)
    with course_lock(course), pytest.raises(OccupiedError):
        mark(session, "aino", {"points": 4.0})
    assert find(session, "aino")[2].given.points is None


def test_points_for_late_work_are_lost_as_the_course_says(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with course.gradebook() as book:
        book.update_or_create_assignment("toy", duedate="2026-11-01 12:00:00 UTC")
    mark(ReaderSession(Course.open(course.root), toy.ASSIGNMENT), "aino", {"points": 4.0})
    with course.gradebook() as book:
        row = book.find_submission_notebook("queue", "toy", "aino")
        assert row.late_submission_penalty == row.score == 15


# ---- second readers and comments


def test_a_second_reader_is_blind_and_changes_no_mark(course: Course) -> None:
    mark(ReaderSession(course, toy.ASSIGNMENT), "aino", {"points": 1.33, "comment": "A wish."})
    second = ReaderSession(course, toy.ASSIGNMENT, "maija")
    found = find(second, "aino")[2].given
    assert (found.points, found.comment, found.waits) == (None, "", True)
    mark(second, "aino", {"points": 4.0, "comment": "Well seen."})
    assert find(second, "aino")[2].given.points == 4
    assert find(ReaderSession(course, toy.ASSIGNMENT), "aino")[2].given.points == 1.33
    assert find(ReaderSession(course, toy.ASSIGNMENT, "ville"), "aino")[2].given.points is None
    assert (course.root / "readings" / "toy" / "maija.json").is_file()


def test_a_second_reader_reads_anew_what_came_anew(course: Course) -> None:
    second = ReaderSession(course, toy.ASSIGNMENT, "maija")
    assert not mark(second, "aino", {"points": 4.0}).given.waits
    path = course.autograded("aino", toy.ASSIGNMENT) / "queue.ipynb"
    path.chmod(0o644)
    path.write_bytes(toy.content(toy.filled(toy.RIGHT | {"reflection": "Something else."})))
    assert find(second, "aino")[2].given.waits


@pytest.mark.parametrize("name", ["../eve", "a b", "gradebook", "x" * 41])
def test_a_readers_name_must_be_one(course: Course, name: str) -> None:
    with pytest.raises(ClassroomError, match="--reader must be"):
        ReaderSession(course, toy.ASSIGNMENT, name)


def test_a_broken_file_is_named_with_what_to_do(course: Course) -> None:
    keep_comments(course, ["Say who waits."])
    assert kept_comments(course) == ["Say who waits."]
    path = course.root / "readings" / "comments.json"
    for broken in ("[", '{"a": 1}'):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(ClassroomError, match=r"comments\.json .*move it away"):
            kept_comments(course)


def test_where_nothing_is_graded_the_command_says_what_to_run(tmp_path: Path) -> None:
    course = Course.open(toy.make_course(tmp_path / "course"))
    with pytest.raises(ClassroomError, match="classroom grade toy"):
        ReaderSession(course, toy.ASSIGNMENT)
    with pytest.raises(ClassroomError, match="has no assignment 'other'"):
        ReaderSession(course, "other")
