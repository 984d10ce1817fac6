"""Feedback pages: nothing in them runs, hidden tests stay hidden, Moodle takes them back."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from classroom.course import ClassroomError, Course
from classroom.handback import feedback
from classroom.handback.feedback import FORMULA, Page, make_feedback, moodle_archive, with_policy
from classroom.intake.attempts import Attempt, remember_folders
from classroom.moodle import Worksheet, parse_path
from classroom.roster import Roster, Table

from .. import toy
from ..hostile import browser as scripts

pytestmark = [
    pytest.mark.grading,
    # nbgrader's own way of making submissions; its session warns of the order.
    pytest.mark.filterwarnings("ignore:Object of type <Submitted"),
]

HIDDEN = "a wait as long as promised is kept"


def grade_plainly(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Grade with nbgrader alone: nothing is neutralised before feedback is made."""
    from nbgrader.apps import NbGraderAPI

    monkeypatch.chdir(course.root)
    api = NbGraderAPI(course.directory, config=course.config)
    for student in course.students("submitted", "toy"):
        done = api.autograde("toy", student)
        assert done["success"], done["log"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = toy.make_course(tmp_path_factory.mktemp("feedback") / "course")
    toy.submit(root, "aino")
    toy.submit(root, "otso", toy.PARTLY)
    folder = root / "submitted" / "eve" / "toy"
    folder.mkdir(parents=True)
    source = toy.RIGHT["mean_wait"] + "".join(
        f"\ntry:\n    exec({text!r})\nexcept RuntimeError as error:\n    failed = error\n"
        for text in scripts.SHOWN.values()
    )
    notebook = toy.filled(
        toy.RIGHT | {"mean_wait": source, "reflection": "\n\n".join(scripts.WRITTEN.values())}
    )
    (folder / "queue.ipynb").write_bytes(toy.content(notebook))
    course = Course.open(root)
    with pytest.MonkeyPatch.context() as monkeypatch:
        grade_plainly(course, monkeypatch)
    make_feedback(course, "toy", workers=2)
    return course


@pytest.fixture(scope="module")
def chromium(browser: Browser) -> Iterator[BrowserPage]:
    page = browser.new_page()
    yield page
    page.close()


def page_of(course: Course, student: str) -> Path:
    return course.feedback(student, "toy") / "queue.html"


def test_everyone_gets_a_page_with_the_marks_of_the_gradebook(graded: Course) -> None:
    for student in ("aino", "otso", "eve"):
        with graded.gradebook() as book:
            score = book.find_submission("toy", student).score
        assert f"(Score: {score:.1f} / 15.0)" in page_of(graded, student).read_text("utf-8")


def test_a_figure_still_displays(graded: Course) -> None:
    assert "data:image/png;base64," in page_of(graded, "aino").read_text("utf-8")


def test_hidden_tests_are_not_shown_and_neither_is_their_traceback(graded: Course) -> None:
    page = page_of(graded, "otso").read_text("utf-8")
    assert "BEGIN HIDDEN TESTS" not in page
    assert "promise_kept([4, 5]" not in re.sub(r"<[^>]+>", "", page)
    assert f"AssertionError: {HIDDEN}" in page


def test_hidden_tests_are_shown_when_asked_for(graded: Course, tmp_path: Path) -> None:
    kept = page_of(graded, "otso").read_text("utf-8")
    make_feedback(graded, "toy", ["otso"], hidden_tests=True)
    page = page_of(graded, "otso").read_text("utf-8")
    page_of(graded, "otso").chmod(0o644)
    page_of(graded, "otso").write_text(kept, encoding="utf-8")
    assert "BEGIN HIDDEN TESTS" in re.sub(r"<[^>]+>", "", page)


@pytest.mark.browser
def test_no_script_of_a_student_runs_in_a_browser(graded: Course, chromium: BrowserPage) -> None:
    page = page_of(graded, "eve")
    without_policy = page.with_name("queue-without-policy.html")
    text = page.read_text("utf-8")
    # The policy is the second wall; the first has to hold alone.
    without_policy.write_text(
        re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text), encoding="utf-8"
    )
    for path in (page, without_policy):
        asked: list[str] = []
        chromium.on("request", lambda request, asked=asked: asked.append(request.url))
        chromium.goto(path.as_uri())
        chromium.mouse.click(300, 300)
        for element in chromium.locator("#notebook-container b, #notebook-container a").all():
            element.dispatch_event("click")
        chromium.wait_for_timeout(300)
        assert chromium.evaluate("window.pwned") is None
        assert chromium.title() == "queue"
        assert "my answer" in chromium.inner_text("body")
        outside = [url for url in asked if not url.startswith(("file:", "data:"))]
        if path == page and not FORMULA.search(text):
            assert outside == []
    without_policy.unlink()


@pytest.mark.browser
def test_the_policy_alone_stops_a_script(chromium: BrowserPage, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    raw = f"<html><head><title>t</title></head><body>{scripts.PAGE}</body></html>"
    path.write_text(raw, encoding="utf-8")
    chromium.goto(path.as_uri())
    assert chromium.evaluate("window.pwned") == 1, "the script must be one that runs"
    path.write_text(with_policy(raw), encoding="utf-8")
    chromium.goto(path.as_uri())
    assert chromium.evaluate("window.pwned") is None


def test_mathjax_is_asked_for_only_where_there_is_a_formula() -> None:
    head = '<html><head><script src="https://cdnjs.cloudflare.com/m.js"></script></head>'
    plain = with_policy(f"{head}<body>no formula</body></html>")
    assert "<script" not in plain
    formula = with_policy(f"{head}<body>$x$ <script>alert(1)</script></body></html>")
    (nonce,) = re.findall(r"'nonce-([^']+)'", formula)
    assert f'<script nonce="{nonce}" src=' in formula
    assert "<script>alert" in formula
    again = with_policy(f"{head}<body>no formula but $5</body></html>")
    assert again == with_policy(f"{head}<body>no formula but $5</body></html>")
    assert nonce not in again


def test_the_archive_has_the_folder_names_moodle_gave(graded: Course, tmp_path: Path) -> None:
    attempts = [
        Attempt("aino", folder="Aino Mäkelä_101_assignsubmission_file_"),
        Attempt("otso", folder="Otso Virta_102_assignsubmission_file_"),
    ]
    remember_folders(graded, "toy", attempts)
    target = tmp_path / "feedback.zip"
    assert list(moodle_archive(graded, "toy", target)) == ["eve"]
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert names == [
        "Aino Mäkelä_101_assignsubmission_file/queue.html",
        "Otso Virta_102_assignsubmission_file/queue.html",
    ]
    # Moodle itself splits at underscores into five parts and wants a number second.
    for name in names:
        assert name.split("_", 4)[1].isdigit()
        assert parse_path(name) is not None


def test_a_worksheet_names_those_who_were_not_collected_from_moodle(
    graded: Course, tmp_path: Path
) -> None:
    headings = ["Identifier", "Full name", "Email address", "Grade"]
    cells = ["Participant 7", "Eve_X O'Korhonen", "eve.k@example.org", ""]
    worksheet = Worksheet(Table("w.csv", headings, [dict(zip(headings, cells, strict=True))]))
    roster_file = tmp_path / "roster.csv"
    roster_file.write_text("id,email\neve,eve.k@example.org\n", encoding="utf-8")
    moodle_archive(graded, "toy", tmp_path / "f.zip", worksheet, Roster.read(roster_file))
    with zipfile.ZipFile(tmp_path / "f.zip") as archive:
        assert "Eve X OKorhonen_7_assignsubmission_file/queue.html" in archive.namelist()


def test_what_cannot_be_done_is_said(graded: Course, tmp_path: Path) -> None:
    with pytest.raises(ClassroomError, match="run: classroom grade other"):
        make_feedback(graded, "other")
    with pytest.raises(ClassroomError, match="not graded for 'toy': nobody"):
        make_feedback(graded, "toy", ["nobody"])
    empty = Course.open(toy.make_course(tmp_path / "empty"))
    with pytest.raises(ClassroomError, match="--worksheet"):
        moodle_archive(empty, "toy", tmp_path / "f.zip")


def test_one_page_that_cannot_be_made_does_not_cost_the_others(graded: Course) -> None:
    notebook = graded.autograded("otso", "toy") / "queue.ipynb"
    text = notebook.read_bytes()
    notebook.chmod(0o644)
    notebook.write_bytes(b"broken")
    try:
        pages = make_feedback(graded, "toy", workers=2)
    finally:
        notebook.write_bytes(text)
    problems = {page.student: bool(page.problem) for page in pages}
    assert problems == {"aino": False, "eve": False, "otso": True}
    make_feedback(graded, "toy", ["otso"])


def _ends_for_otso(root: Path, student: str, assignment: str, hidden_tests: bool) -> Page:
    if student == "otso":
        os._exit(9)
    return Page(student, (), "")


def test_a_process_that_is_killed_costs_one_student_the_page(
    graded: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "_make", _ends_for_otso)
    pages = {page.student: page.problem for page in make_feedback(graded, "toy", workers=2)}
    assert set(pages) == {"aino", "eve", "otso"}
    assert "was ended" in pages["otso"]
    assert not pages["aino"]
    assert not pages["eve"]


def test_only_the_pages_asked_for_are_packed_and_they_are_the_same_bytes(
    graded: Course, tmp_path: Path
) -> None:
    folder = "Otso Virta_102_assignsubmission_file"
    remember_folders(graded, "toy", [Attempt("otso", folder=folder)])
    before = page_of(graded, "otso").read_bytes()
    make_feedback(graded, "toy", ["otso"])
    assert page_of(graded, "otso").read_bytes() == before
    assert moodle_archive(graded, "toy", tmp_path / "one.zip", students=["otso"]) == {}
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == [f"{folder}/queue.html"]
