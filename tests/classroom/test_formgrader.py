"""A round in a real JupyterLab: make, grade, read in formgrader, mark by hand, hand back."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from classroom.course import Course

from . import toy
from .hostile import browser as scripts

pytestmark = [
    pytest.mark.browser,
    pytest.mark.grading,
    pytest.mark.xdist_group("formgrader"),
]

TOKEN = "a-token-for-this-test"
PATIENCE = 120_000


def environment(place: Path) -> dict[str, str]:
    programs = Path(sys.executable).parent
    return os.environ | {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(place),
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_DATA_DIR": str(place / "data"),
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "IPYTHONDIR": str(place / "ipython"),
    }


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The teacher's course before its exercise is made, with an exchange."""
    root = toy.make_course(tmp_path_factory.mktemp("formgrader") / "course")
    (root / "gradebook.db").unlink()
    for path in sorted((root / "exercises").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    exchange = root.parent / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    config = root / "nbgrader_config.py"
    line = f"c.Exchange.root = {str(exchange)!r}\n"
    config.write_text(config.read_text("utf-8") + line, encoding="utf-8")
    return Course.open(root)


@pytest.fixture(scope="module")
def address(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("jupyter")
    log = (place / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"]
        + [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={course.root}"]
        + ["--LabApp.news_url=None", "--ServerApp.port_retries=0"]
        + [f"--ServerApp.info_file={place / 'info.json'}"],
        cwd=course.root,
        env=environment(place),
        stdout=log,
        stderr=log,
    )
    try:
        url = ""
        deadline = time.monotonic() + 180
        while not url and time.monotonic() < deadline:
            time.sleep(0.3)
            text = (place / "log").read_text("utf-8")
            found = [word for word in text.split() if word.startswith("http://127.0.0.1:")]
            url = found[0].partition("/lab")[0] if found else ""
        assert url, (place / "log").read_text("utf-8")
        with urllib.request.urlopen(f"{url}/api/status?token={TOKEN}", timeout=60):
            pass
        yield url
    finally:
        server.terminate()
        server.wait(60)
        log.close()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


def desk(course: Course, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "classroom", *command],
        cwd=course.root,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def evil(course: Course) -> None:
    source = toy.RIGHT["mean_wait"] + "".join(
        f"\ntry:\n    exec({text!r})\nexcept RuntimeError as error:\n    failed = error\n"
        for text in scripts.SHOWN.values()
    )
    words = "\n\n".join(scripts.WRITTEN.values())
    toy.submit(course.root, "eve", toy.RIGHT | {"mean_wait": source, "reflection": words})


def test_a_teachers_round(course: Course, address: str, tab: Page) -> None:
    tab.goto(f"{address}/lab?token={TOKEN}")
    tab.locator(".jp-LauncherCard, .jp-Launcher-body").first.wait_for()

    # The assignment is made by formgrader's own button.
    tab.goto(f"{address}/formgrader/manage_assignments")
    row = tab.locator("tr", has=tab.locator("td.name", has_text="toy"))
    row.locator(".assign a").click()
    expect(tab.locator("#success-modal")).to_contain_text("toy")
    assert (course.release("toy") / "queue.ipynb").exists()

    toy.submit(course.root, "aino")
    toy.submit(course.root, "otso", toy.PARTLY)
    evil(course)
    assert "3 graded" in desk(course, "grade", "toy", "--workers", "1")

    # The hand-graded question waits in formgrader; a script of a student's does not run there.
    ids = {}
    with course.gradebook() as book:
        for student in ("aino", "otso", "eve"):
            ids[student] = book.find_submission_notebook("queue", "toy", student).id
    tab.goto(f"{address}/formgrader/gradebook/toy/queue")
    expect(tab.locator("tbody tr")).to_have_count(3)
    for student in ("eve", "aino"):
        tab.goto(f"{address}/formgrader/submissions/{ids[student]}/")
        box = tab.locator("input.score#reflection")
        expect(box).to_be_visible()
        for element in tab.locator("#notebook-container b, #notebook-container a").all():
            element.dispatch_event("click")
        assert tab.evaluate(f"window.{scripts.MARK}") is None
        box.fill("3")
        box.press("Tab")
        comment = tab.locator("#reflection-comment")
        comment.fill("Say who waits, and for whom.")
        with tab.expect_response("**/api/comment/**"):
            comment.press("Tab")

    deadline = time.monotonic() + 30
    while True:
        with course.gradebook() as book:
            grade = book.find_grade("reflection", "queue", "toy", "aino")
            by_hand, waits = grade.manual_score, grade.needs_manual_grade
        if by_hand == 3 or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    assert (by_hand, waits) == (3, False)

    # Grading anew what has not changed leaves the mark that a person gave.
    desk(course, "grade", "toy", "--students", "aino", "--force", "--workers", "1")
    desk(course, "feedback", "toy")
    page = (course.feedback("aino", "toy") / "queue.html").read_text("utf-8")
    assert "(Score: 14.0 / 15.0)" in page
    assert "Say who waits, and for whom." in page
