"""The page of ``classroom read`` in a real browser: by keyboard only, safely, and for everyone."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from typer.testing import CliRunner

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.journal import course_lock
from classroom.reading.reader_session import ReaderSession

from .. import toy
from ..hostile import browser as scripts
from .test_questions import find, graded

pytestmark = [
    pytest.mark.browser,
    pytest.mark.grading,
    pytest.mark.xdist_group("reading-page"),
]

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DRESSES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
}
EVIL = "\n\n".join(scripts.WRITTEN.values())
CLASS = {
    "aino": toy.RIGHT,
    "otso": toy.RIGHT | {"reflection": "Two queues, **one** till."},
    "eino": toy.RIGHT | {"reflection": "A screen with numbers."},
    "eve": toy.RIGHT | {"reflection": EVIL},
    "tuula": {name: text for name, text in toy.RIGHT.items() if name != "reflection"},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return graded(tmp_path_factory.mktemp("reading") / "course", CLASS)


@contextmanager
def command(course: Course, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the command as a teacher does; give the address that it prints."""
    running = subprocess.Popen(
        [sys.executable, "-m", "classroom", "read", "toy", "--no-browser", *options],
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert running.stdout is not None
    try:
        yield running.stdout.readline().split()[-1], running
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


@pytest.fixture(scope="module")
def address(course: Course) -> Iterator[str]:
    with command(course) as (address, _):
        yield address


@dataclass
class Seen:
    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, address: str, **settings: Any) -> Iterator[Seen]:
    context = browser.new_context(**settings)
    page = context.new_page()
    seen = Seen(page)

    def note(route: Route) -> None:
        if not route.request.url.startswith(("http://127.0.0.1:", "data:")):
            seen.foreign.append(route.request.url)
        route.continue_()

    context.route("**/*", note)
    page.on("console", lambda said: seen.complaints.append(said.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(address)
    expect(page.locator("#label")).not_to_be_empty()
    try:
        yield seen
    finally:
        context.close()


def place(course: Course, address: str, student: str) -> tuple[str, str]:
    """Give a student's label, and the address of the answer."""
    label = find(ReaderSession(course, toy.ASSIGNMENT), student)[1]
    return label, f"{address}#0/{label}"


def rows(course: Course, student: str) -> tuple[float | None, bool, str | None]:
    with course.gradebook() as book:
        where = "reflection", "queue", "toy", student
        grade: Any = book.find_grade(*where)
        comment: Any = book.find_comment(*where)
        return grade.manual_score, grade.needs_manual_grade, comment.manual_comment


def test_a_class_is_read_by_keyboard_alone(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # A class of its own, of which the others have read nothing.
    course = graded(tmp_path_factory.mktemp("reading") / "course", CLASS)
    with command(course) as (address, _), opened(browser, address) as seen:
        page = seen.page
        expect(page.locator("#progress-text")).to_have_text("1 of 5 read")
        first = page.locator("#label").inner_text()
        press = page.keyboard.press
        press("Digit2")
        expect(page.locator("#status")).to_have_text(f"Saved {first}: 2.67 points.")
        press("c")
        page.keyboard.type("Say who waits.")
        press("Escape")
        expect(page.locator("#status")).to_contain_text("with a comment")
        page.locator("#keep-comment").focus()
        press("Enter")
        expect(page.locator("#reuse .add")).to_contain_text("Say who waits.")

        press("u")
        press("Digit0")  # too early: it is not for the answer that is left
        expect(page.locator("#label")).not_to_have_text(first)
        second = page.locator("#label").inner_text()
        press("Digit3")
        press("Shift+Digit1")
        expect(page.locator("#comment")).to_have_value("Say who waits.")
        expect(page.locator("#status")).to_have_text(f"Saved {second}: 4 points, with a comment.")
        press("k")
        expect(page.locator("#label")).to_have_text(first)
        press("j")
        expect(page.locator("#label")).to_have_text(second)
        expect(page.locator("#progress-text")).to_have_text("3 of 5 read")

        page.reload()
        expect(page.locator("#label")).to_have_text(second)
        expect(page.locator("#comment")).to_have_value("Say who waits.")
        expect(page.locator("#points")).to_have_value("4")
        chosen = page.locator(".level[aria-pressed=true]")
        expect(chosen).to_contain_text("A reason with evidence.")
        expect(page.locator("#reuse .add")).to_have_count(1)
        assert seen.complaints == seen.foreign == []

    session = ReaderSession(course, toy.ASSIGNMENT)
    (question,) = session.questions
    assert rows(course, session.student(question, first)) == (2.67, False, "Say who waits.")
    assert rows(course, session.student(question, second)) == (4, False, "Say who waits.")


def test_names_are_told_only_on_demand(browser: Browser, course: Course, address: str) -> None:
    with opened(browser, place(course, address, "otso")[1]) as seen:
        assert "otso" not in seen.page.content()
        seen.page.get_by_role("button", name="Show name").click()
        expect(seen.page.locator("#name")).to_have_text("otso")


def test_single_keys_can_be_turned_off(browser: Browser, course: Course, address: str) -> None:
    label, at = place(course, address, "eino")
    before = rows(course, "eino")
    with opened(browser, at) as seen:
        page = seen.page
        page.keyboard.press("?")
        page.get_by_label("Use these single keys").uncheck()
        page.get_by_role("button", name="Close").click()
        page.locator("#answer-heading").focus()
        for key in ("Digit0", "j", "u"):
            page.keyboard.press(key)
        expect(page.locator("#label")).to_have_text(label)
    assert rows(course, "eino") == before


def test_points_beyond_the_question_are_refused_in_words(
    browser: Browser, course: Course, address: str
) -> None:
    before = rows(course, "eino")
    with opened(browser, place(course, address, "eino")[1]) as seen:
        seen.page.locator("#points").fill("7")
        seen.page.locator("#points").press("Enter")
        expect(seen.page.locator("#status")).to_contain_text("from 0 to 4, got 7")
    assert rows(course, "eino") == before


def test_points_with_a_comma_are_what_they_say_and_words_are_refused(
    browser: Browser, course: Course, address: str
) -> None:
    label, answer = place(course, address, "eino")
    before = rows(course, "eino")
    with opened(browser, answer) as seen:
        points = seen.page.locator("#points")
        for written, told in (("3,5", f"Saved {label}: 3.5 points"), ("2.25", ": 2.25 points")):
            points.fill(written)
            points.press("Enter")
            expect(seen.page.locator("#status")).to_contain_text(told)
        points.fill("three")
        points.press("Enter")
        expect(seen.page.locator("#status")).to_contain_text("such as 3 or 3.5, got “three”")
        points.fill(str(before[0] if before[0] is not None else ""))
        points.press("Enter")
        expect(seen.page.locator("#status")).to_contain_text("Saved")


def test_a_mark_changed_elsewhere_is_shown_beside_ones_own(
    browser: Browser, course: Course, address: str
) -> None:
    with opened(browser, place(course, address, "otso")[1]) as seen:
        page = seen.page
        for points, button, kept in ((1.0, "Keep what is there", 1.0), (2.0, "Save mine", 4.0)):
            with course.gradebook() as book:
                grade: Any = book.find_grade("reflection", "queue", "toy", "otso")
                grade.manual_score, grade.needs_manual_grade = points, False
                book.db.commit()
            page.locator("#answer-heading").focus()
            page.keyboard.press("Digit3")
            conflict = page.get_by_role("alert")
            expect(conflict).to_contain_text(re.compile(f"There: {points:g} points?, .*Here: 4 p"))
            assert rows(course, "otso")[0] == points
            page.get_by_role("button", name=button).click()
            expect(conflict).to_be_hidden()
            expect(page.locator("#points")).to_have_value(f"{kept:g}")
        expect(page.locator("#status")).to_contain_text("Saved")
    assert rows(course, "otso")[0] == 4


def test_a_students_script_does_not_run(browser: Browser, course: Course, address: str) -> None:
    with opened(browser, place(course, address, "eve")[1]) as seen:
        page = seen.page
        expect(page.locator("#answer")).to_contain_text("my answer")
        for element in page.locator("#answer *").all():
            element.dispatch_event("click")
            element.dispatch_event("toggle")
        assert page.evaluate(f"window.{scripts.MARK}") is None
        # If one came through, the page's policy would still stop it.
        page.evaluate(f'answer.innerHTML = `<img src=x onerror="window.{scripts.MARK}=1">`')
        page.wait_for_timeout(300)
        assert page.evaluate(f"window.{scripts.MARK}") is None
        assert seen.foreign == []


@pytest.mark.parametrize("dress", DRESSES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, course: Course, address: str, dress: str
) -> None:
    at = place(course, address, "otso")[1]
    with opened(browser, at, **DRESSES[dress]) as seen:
        page = seen.page
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.evaluate(AXE.read_text("utf-8"))
        for state in ("page", "dialogue"):
            if state == "dialogue":
                page.keyboard.press("?")
            found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            assert found["passes"]
            assert [f"{v['id']} {v['nodes'][0]['html']}" for v in found["violations"]] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.evaluate(
            "() => [...document.querySelectorAll('button, summary, input, select')]"
            ".filter(e => e.checkVisibility() && Math.min(e.offsetWidth, e.offsetHeight) < 24)"
            ".map(e => e.outerHTML)"
        )
        assert small == []


def asked(address: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
    """Ask as a browser of this page would, but for what is given."""
    host, _, rest = address.removeprefix("http://").partition("/")
    sent = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        content = None if body is None else json.dumps(body)
        method = "GET" if body is None else "POST"
        connection.request(method, f"/{rest}{path}", content, sent)
        reply = connection.getresponse()
        assert "default-src 'none'" in (reply.headers["Content-Security-Policy"] or "")
        assert reply.headers["Set-Cookie"] is None
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def test_who_does_not_come_from_the_page_is_refused(course: Course, address: str) -> None:
    label, _ = place(course, address, "eino")
    opened_now = find(ReaderSession(course, toy.ASSIGNMENT), "eino")[2]
    mark = {"question": 0, "label": label, "seal": opened_now.seal, "points": 0}
    guessed = address.rsplit("/", 2)[0] + "/guessed/"
    for where, headers, status in (
        (guessed, {}, 404),
        (address, {"Host": "example.org"}, 403),
        (address, {"Host": "example.org", "Origin": "http://example.org"}, 403),
        (address, {"Origin": "https://example.org"}, 403),
        (address, {"Origin": "null"}, 403),
        (address, {"Sec_Fetch_Site": "same-site"}, 403),
        (address, {"Content_Type": "text/plain"}, 415),
    ):
        assert asked(where, "api/answer", mark, **headers)[0] == status, headers
    assert asked(address, "api/overview", Host="evil.example.org:80")[0] == 403
    assert asked(guessed, "")[0] == asked(address, "../gradebook.db")[0] == 404
    assert rows(course, "eino")[0] == opened_now.given.points
    assert asked(address, "api/answer", mark)[0] == 200
    assert rows(course, "eino")[0] == 0


def test_a_second_reader_sees_nothing_of_the_first_and_ctrl_c_loses_nothing(
    course: Course, address: str
) -> None:
    label, _ = place(course, address, "aino")
    seal = find(ReaderSession(course, toy.ASSIGNMENT), "aino")[2].seal
    first = {"question": 0, "label": label, "seal": seal, "points": 1, "comment": "Hm."}
    assert asked(address, "api/answer", first)[0] == 200
    with command(course, "--reader", "maija") as (second, running):
        told = json.loads(asked(second, f"api/answer?question=0&label={label}")[1])
        assert (told["points"], told["comment"], told["name"]) == (None, "", "")
        mark = {"question": 0, "label": label, "seal": told["seal"], "points": 4}
        assert asked(second, "api/answer", mark)[0] == 200
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[0]
        assert running.returncode == 0
        assert "queue, reflection: 2 of 5 read" in said
        assert "Traceback" not in said
    assert find(ReaderSession(course, toy.ASSIGNMENT, "maija"), "aino")[2].given.points == 4
    assert rows(course, "aino") == (1, False, "Hm.")


def test_a_port_that_is_taken_is_told(course: Course, address: str) -> None:
    port = re.search(r":(\d+)/", address)
    assert port is not None
    options = ["--no-browser", "--port", port[1], "--course-dir", str(course.root)]
    done = CliRunner().invoke(app, ["read", "toy", *options])
    assert isinstance(done.exception, ClassroomError)
    assert f"port {port[1]} cannot be had" in str(done.exception)


def test_nothing_is_lost_while_the_course_is_graded(
    browser: Browser, course: Course, address: str
) -> None:
    with opened(browser, place(course, address, "eino")[1]) as seen:
        with course_lock(course):
            seen.page.keyboard.press("Digit1")
            expect(seen.page.locator("#status")).to_contain_text("the course is being graded")
        expect(seen.page.locator("#status")).to_contain_text("Saved")
    assert rows(course, "eino")[0] == 1.33
