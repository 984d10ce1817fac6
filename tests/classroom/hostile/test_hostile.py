"""One class of honest and hostile students, graded once; then every case is judged by itself.

Every second neighbour is honest, so that what a submission does to those before
and after it shows. Only those are in the class whose test is run: in `make test`
some of each kind, in `make test-all` all.
"""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
import pytest
from nbconvert.exporters import HTMLExporter
from playwright.sync_api import Browser
from tests.sampling import asked_for

from classroom.course import Course, Flag
from classroom.grading.worker import Conditions, Worker
from classroom.intake.preflight import read_submission
from classroom.journal import Journal
from classroom.plan import make_plan
from classroom.words.sentences import sentence

from .. import toy
from .browser import MARK as PWNED
from .case import FULL, Case
from .corpus import CASES
from .running import MARK as LEFT_BEHIND

pytestmark = [pytest.mark.grading, pytest.mark.xdist_group("hostile")]

TIMEOUT = 5
EACH = 3  # of a kind, in `make test`
SECRET = "do-not-tell-this"


@dataclass
class Verdict:
    """What became of one student: points by test, and what the teacher is told."""

    points: dict[str, float | None]
    needs_look: bool
    flags: list[Flag]
    document: str

    @property
    def score(self) -> float:
        return sum(points or 0 for points in self.points.values())

    @property
    def reasons(self) -> list[str]:
        return [sentence(flag.reason) for flag in self.flags if flag.look]


@dataclass
class Graded:
    """The class after grading."""

    course: Course
    names: dict[str, str]
    honest: list[str]
    seconds: float
    output: str
    changed: list[str]
    heard: list[str] = field(default_factory=list)

    def verdict(self, student: str) -> Verdict:
        with self.course.gradebook() as book:
            grades = {
                grade.name: grade
                for notebook in book.find_submission("toy", student).notebooks
                for grade in notebook.grades
            }
            points = {name: grades[name].auto_score for name in toy.TESTS}
            # A reflection waits for a person anyway; with a score it waits for another reason.
            look = any(
                grade.needs_manual_grade
                for name, grade in grades.items()
                if name in toy.TESTS or grade.auto_score is not None
            )
        path = self.course.autograded(student, "toy") / "queue.ipynb"
        journal = Journal(self.course, "toy")
        flags = journal.entries[student].flags
        journal.close()
        document = path.read_text("utf-8") if path.is_file() else ""
        return Verdict(points, look, flags, document)


class Listener:
    """Doors on which students may knock: TCP, UDP and an abstract local socket."""

    def __init__(self) -> None:
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.local = socket.socket(socket.AF_UNIX)
        self.local.bind(f"\0classroom-{self.port}")
        self.local.listen()
        self.heard: list[str] = []
        for door, name in ((self.tcp, "tcp"), (self.local, "local")):
            threading.Thread(target=self._accept, args=(door, name), daemon=True).start()
        threading.Thread(target=self._receive, daemon=True).start()

    def _accept(self, door: socket.socket, name: str) -> None:
        while True:
            try:
                door.accept()[0].close()
            except OSError:
                return
            self.heard.append(name)

    def _receive(self) -> None:
        while True:
            try:
                self.udp.recvfrom(100)
            except OSError:
                return
            self.heard.append("udp")

    def close(self) -> None:
        for door in (self.tcp, self.udp, self.local):
            door.close()


ESCAPES = [
    Path("/tmp/classroom-ESCAPED"),
    Path("/etc/classroom-ESCAPED"),
    Path("/dev/shm/classroom_ESCAPED"),
    Path("~root/classroom-ESCAPED").expanduser() if os.getuid() == 0 else Path("~/ESCAPED"),
]


def guarded(root: Path) -> dict[str, str]:
    """Digests of all that no student may change."""
    files = [
        *(
            path
            for folder in ("solutions", "exercises")
            for path in root.joinpath(folder).rglob("*")
        ),
        *root.glob("submitted/*-honest/toy/queue.ipynb"),
        root / "nbgrader_config.py",
        Path(np.__file__),
    ]
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()
    }


def fill(root: Path, listener: Listener, cases: list[Case]) -> tuple[dict[str, str], list[str]]:
    names, honest = {}, ["000-honest"]
    toy.submit(root, honest[0])
    for number, case in enumerate(cases, 1):
        student = names[case.name] = f"{number:03d}-{case.name}"
        folder = root / "submitted" / student / "toy"
        folder.mkdir(parents=True)
        case.build(folder)
        notebook = folder / "queue.ipynb"
        if notebook.is_file() and not notebook.is_symlink():
            content = notebook.read_bytes()
            aimed = content.replace(b"@COURSE@", str(root).encode())
            aimed = aimed.replace(b"@PORT@", str(listener.port).encode())
            if aimed != content:
                notebook.write_bytes(aimed)
        if number % 2 == 0:
            honest.append(f"{number:03d}-~-honest")
            toy.submit(root, honest[-1])
    return names, honest


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Graded]:
    cases = asked_for(request, "case") or CASES
    yield from graded_behind("auto", cases, tmp_path_factory.mktemp("hostile"))


def graded_behind(walls: str, cases: list[Case], folder: Path) -> Iterator[Graded]:
    """Grade a class of these cases, an honest student after each second."""
    root = toy.make_course(folder / "course")
    listener = Listener()
    names, honest = fill(root, listener, cases)
    before = guarded(root)
    begun = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "classroom", "grade", "toy", "--workers", "2"]
        + ["--timeout", str(TIMEOUT), "--sandbox", walls],
        cwd=root,
        env=os.environ | {"CLASSROOM_TEST_SECRET": SECRET},
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    seconds = time.monotonic() - begun
    assert run.returncode in (0, 1), run.stdout[-2000:] + run.stderr[-4000:]
    after = guarded(root)
    changed = sorted(path for path in before | after if before.get(path) != after.get(path))
    escaped = [str(path) for path in ESCAPES if path.exists()]
    escaped += [str(path) for path in root.rglob("*ESCAPED*") if "autograded" not in path.parts]
    heard = list(listener.heard)
    listener.close()
    yield Graded(Course.open(root), names, honest, seconds, run.stdout, changed + escaped, heard)
    for path in ESCAPES:
        path.unlink(missing_ok=True)


@pytest.mark.sample(EACH, "hostile submissions", kind=lambda case: case.family)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.family}: {case.name}")
def test_each_gets_the_mark_deserved_or_a_flag_with_a_reason(graded: Graded, case: Case) -> None:
    judge(graded, case)


def judge(graded: Graded, case: Case) -> None:
    """Hold what became of a case against what it deserves."""
    verdict = graded.verdict(graded.names[case.name])
    flagged = verdict.needs_look and bool(verdict.reasons)
    right = verdict.score == case.deserved and None not in verdict.points.values()
    told = f"{verdict.points}, told: {verdict.reasons}"
    assert verdict.score <= case.deserved, f"more than deserved: {told}"
    if case.flag is True:
        assert flagged, f"not flagged: {told}"
    elif case.flag is False:
        assert right, f"honest work lost points: {told}"
        assert not flagged, f"false alarm: {told}"
    else:
        assert right or flagged, f"neither the mark of {case.deserved} nor a flag: {told}"
    if case.why:
        assert any(case.why in reason for reason in verdict.reasons), told
    for text in case.absent:
        assert text not in verdict.document
    for text in case.present:
        assert text in verdict.document


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_honest_neighbour_gets_full_marks_and_no_flag(graded: Graded) -> None:
    for student in graded.honest:
        verdict = graded.verdict(student)
        assert (verdict.score, verdict.reasons) == (FULL, []), student


def test_everyone_was_graded(graded: Graded) -> None:
    count = len(graded.names) + len(graded.honest)
    assert f"{count} graded" in graded.output


def test_nothing_that_belongs_to_others_was_changed_and_nothing_got_out(graded: Graded) -> None:
    assert graded.changed == []


def test_nobody_called_out(graded: Graded) -> None:
    assert graded.heard == []


def test_the_marks_in_the_gradebook_are_only_the_graders(graded: Graded) -> None:
    with graded.course.gradebook() as book:
        (integrity,) = book.db.connection().exec_driver_sql("pragma integrity_check").fetchone()
        by_hand = [
            grade.manual_score
            for submission in book.assignment_submissions("toy")
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.manual_score is not None
        ]
    assert integrity == "ok"
    assert by_hand == []


def test_no_process_outlives_the_grading(graded: Graded) -> None:
    left = [
        process.info
        for process in psutil.process_iter(["pid", "name", "cmdline"])
        if LEFT_BEHIND in " ".join([process.info["name"], *(process.info["cmdline"] or [])])
        or str(graded.course.root) in " ".join(process.info["cmdline"] or [])
    ]
    assert left == []


def test_graded_notebooks_stay_small_whatever_was_printed(graded: Graded) -> None:
    sizes = {
        name: len(graded.verdict(student).document) / 1e6
        for name, student in graded.names.items()
        if not name.startswith("a-cell-of-40")
    }
    assert {name: size for name, size in sizes.items() if size > 12} == {}


def test_the_hidden_environment_stays_hidden(graded: Graded) -> None:
    for path in graded.course.root.glob("autograded/*/toy/queue.ipynb"):
        assert SECRET not in path.read_text("utf-8"), path


@pytest.mark.browser
def test_no_script_runs_where_a_graded_notebook_is_shown(
    graded: Graded, tmp_path: Path, browser: Browser
) -> None:
    """Rendered by nbconvert as formgrader does, with nothing but the notebook made safe."""
    exporter = HTMLExporter(template_name="classic")
    pages = []
    for case in CASES:
        if case.family != "scripts for a browser" or case.name not in graded.names:
            continue
        notebook = graded.course.autograded(graded.names[case.name], "toy") / "queue.ipynb"
        body, _ = exporter.from_filename(str(notebook))
        page = tmp_path / f"{case.name}.html"
        # The template's own scripts come from elsewhere; the test has no need of them.
        page.write_text(body.replace("https://cdnjs.cloudflare.com", ""), encoding="utf-8")
        pages.append(page)
    tab = browser.new_page()
    ran = []
    for page in pages:
        tab.goto(page.as_uri(), wait_until="domcontentloaded")
        for element in tab.locator(".text_cell b, .output b, .text_cell a, .output a").all():
            element.dispatch_event("click")
        tab.wait_for_timeout(60)
        if tab.evaluate(f"window.{PWNED}") is not None:
            ran.append(page.stem)
    tab.close()
    assert pages
    assert ran == []


@pytest.fixture(scope="module")
def warmed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Worker]:
    """Return a course with an honest student, and a worker that has begun."""
    course = Course.open(toy.make_course(tmp_path_factory.mktemp("endless") / "course"))
    toy.submit(course.root, "honest")
    worker = Worker(make_plan(course, "toy"), Conditions(timeout=TIMEOUT))
    worker.warm_up()
    worker.grade(read_submission(course, "honest", "toy"))
    return course, worker


@pytest.mark.parametrize(
    "name",
    [
        "while-true",
        "catches-the-interrupt",
        "backtracks-in-c",
        "stops-itself",
        "two-hundred-thousand-folders",
        "tags-that-a-pattern-takes-minutes-for",
        "timestamp-of-ten-million-digits",
    ],
)
def test_an_endless_cell_is_over_soon_after_its_limit(
    warmed: tuple[Course, Worker], name: str
) -> None:
    course, worker = warmed
    case = next(case for case in CASES if case.name == name)
    folder = course.submitted(name, "toy")
    folder.mkdir(parents=True)
    case.build(folder)
    usual = worker.grade(read_submission(course, "honest", "toy")).wall
    outcome = worker.grade(read_submission(course, name, "toy"))
    # On an idle machine it is over in three limits. A busy one gives back up to five for the
    # cell and as many for its second start: it must not fail here, an endless cell must.
    assert outcome.wall <= 12 * TIMEOUT + 5 * usual
