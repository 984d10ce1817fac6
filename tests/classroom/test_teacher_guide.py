"""Every command and every setting in the teacher's guide works, in the order of the page."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from traitlets.config import Config

from classroom import nbgrader_internals  # noqa: F401  finds nbgrader's own programs
from classroom.walls.jail import choose_walls

REPOSITORY = Path(__file__).parents[2]
GUIDE = REPOSITORY / "book" / "guides" / "teacher.md"
ARCHIVES = Path(__file__).parent / "moodle"
BIN = Path(sys.executable).parent

# Of Moodle's class of twelve, one of each kind: a solved notebook, that of the page's class
# list; two of one name, one of them with a blank copy; a text file, which nobody could
# grade; and who handed in nothing.  All twelve come and go in test_moodle.
IN_CLASS = ("1", "6", "10", "7", "9")

pytestmark = [pytest.mark.grading, pytest.mark.xdist_group("guide")]


@dataclass(frozen=True)
class Block:
    """A block of the page: its language, its text and the heading it stands under."""

    language: str
    text: str
    heading: str


def blocks() -> list[Block]:
    found = []
    heading = ""
    pattern = r"^#+ ([^\n]+)$|^```(\w+)\n(.*?)^```$"
    for part in re.finditer(pattern, GUIDE.read_text("utf-8"), re.M | re.S):
        if part[1]:
            heading = part[1]
        else:
            found.append(Block(part[2], part[3], heading))
    return found


def answered(notebook: nbformat.NotebookNode, source: nbformat.NotebookNode) -> bytes:
    """Fill the student's notebook with the teacher's solutions."""
    solutions = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for cell in notebook.cells:
        own = cell.metadata.get("nbgrader", {})
        if own.get("solution"):
            lines = solutions[own.grade_id].splitlines()
            cell.source = "\n".join(line for line in lines if not line.startswith("### "))
    return str(nbformat.writes(notebook)).encode()


def from_moodle(folder: Path) -> None:
    """Write what Moodle's two buttons gave, as far as it is about the class."""
    with (
        zipfile.ZipFile(ARCHIVES / "submissions.zip") as given,
        zipfile.ZipFile(folder / "submissions.zip", "w") as kept,
    ):
        for member in given.infolist():
            if member.filename.split("_assignsubmission")[0].rpartition("_")[2] in IN_CLASS:
                kept.writestr(member, given.read(member))
    lines = (ARCHIVES / "submissions.csv").read_text("utf-8-sig").splitlines(keepends=True)
    mine = tuple(f'"Participant {number}"' for number in IN_CLASS)
    lines = [lines[0], *(line for line in lines if line.startswith(mine))]
    (folder / "worksheet.csv").write_text("".join(lines), encoding="utf-8-sig")


def class_list(worksheet: Path) -> str:
    """Return the list on the page, with the students of the worksheet added."""
    (listed,) = [block.text for block in blocks() if block.text.startswith("id,")]
    for row in csv.DictReader(worksheet.read_text("utf-8-sig").splitlines()):
        mail = row["Email address"]
        if row["Full name"] == "Aino Mäkelä":
            listed = listed.replace("aino@example.org", mail)
            continue
        first, _, last = row["Full name"].partition(" ")
        listed += f"{mail.partition('@')[0]},{first},{last},{mail},\n"
    return listed


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this course as a teacher has it, a git repository with an upstream."""
    root = tmp_path_factory.mktemp("guide") / "course"
    root.mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    shutil.copy(REPOSITORY / ".gitignore", root)
    for folder in ("solutions", "exercises"):
        shutil.copytree(
            REPOSITORY / folder / "03_value",
            root / folder / "03_value",
            ignore=shutil.ignore_patterns("artefacts", ".*"),
        )
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        settings = "".join(b.text for b in blocks() if b.language == "python")
        # Where bubblewrap is refused its namespaces, the page's line is tried with the next wall.
        assert '"bubblewrap"' in settings
        config.write("\n" + settings.replace("bubblewrap", choose_walls("auto")[0]))
    release = nbformat.read(root / "exercises" / "03_value" / "value.ipynb", as_version=4)
    source = nbformat.read(root / "solutions" / "03_value" / "value.ipynb", as_version=4)
    right = answered(release, source)
    (root / "moodle").mkdir()
    from_moodle(root / "moodle")
    (root / "drive").mkdir()
    for student in ("otso", "Eino"):
        (root / "drive" / f"{student}_value.ipynb").write_bytes(right)
    (root / "roster.csv").write_text(
        class_list(root / "moodle" / "worksheet.csv"), encoding="utf-8"
    )
    (root / "canvas.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Value exercise (7)\n"
        "    Points Possible,,,,,20\n"
        '"Mäkelä, Aino",1,s-1,aino,A,\n"Virta, Otso",2,s-2,otso,A,\nEino,3,s-3,eino,A,\n',
        encoding="utf-8",
    )
    upstream, private = root.parent / "upstream.git", root.parent / "private.git"
    for repository in (upstream, private):
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", repository], check=True)
    for command in (
        ["init", "-q", "-b", "main"],
        ["config", "user.name", "Teacher"],
        ["config", "user.email", "teacher@example.org"],
        ["remote", "add", "origin", str(upstream)],
        ["add", "--all", "nbgrader_config.py", ".gitignore", "exercises", "solutions"],
        ["commit", "-q", "-m", "The open course"],
        ["push", "-q", "origin", "main"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    # Something of the teacher's own, so that there is something to keep.
    return root


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub's environment that sees the packages of ours, so that nothing is downloaded."""
    place = tmp_path_factory.mktemp("hub") / "user"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    site = next((place / "lib").glob("python3*/site-packages"))
    ours = next((BIN.parent / "lib").glob("python3*/site-packages"))
    (site / "ours.pth").write_text(f"{ours}\n", encoding="utf-8")
    return place


def run(block: Block, cwd: Path, variables: dict[str, str]) -> str:
    environment = os.environ | variables | {"PATH": f"{BIN}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.text],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    told = f"{block.text}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    # 1 says that something needs a look, each told in a line of its own.
    looks = done.returncode == 1 and "\n! " in done.stdout and "Traceback" not in done.stderr
    assert done.returncode == 0 or looks, told
    return done.stdout


def read(block: Block, cwd: Path) -> None:
    """Start the page, give three points to every answer as a browser would, and stop it."""
    # Python opens pages with the program that this names; here there is nobody to look.
    environment = os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}", "BROWSER": "true"}
    command = ["bash", "-euo", "pipefail", "-c", block.text]
    running = subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    try:
        address = running.stdout.readline().split()[-1]
        origin = address.rsplit("/", 2)[0]

        def ask(path: str, body: dict[str, object] | None = None) -> dict[str, Any]:
            headers = {"Origin": origin, "Content-Type": "application/json"}
            content = json.dumps(body).encode() if body else None
            request = urllib.request.Request(f"{address}api/{path}", content, headers)
            with urllib.request.urlopen(request, timeout=60) as reply:
                told: dict[str, Any] = json.load(reply)
            return told

        (question,) = ask("overview")["questions"]
        assert [level["points"] for level in question["levels"]] == [0, 1, 2, 3, 4]
        answers = ask("answers?question=0")["answers"]
        assert len(answers) >= 3
        for answer in answers:
            assert answer["points"] is None, "a second reader sees no mark of the first's"
            shown = ask(f"answer?question=0&label={answer['label']}")
            mark = {"question": 0, "label": answer["label"], "seal": shown["seal"], "points": 3}
            assert not ask("answer", mark)["waits"]
        os.killpg(running.pid, signal.SIGINT)
        told = running.communicate(timeout=60)[0]
        assert running.returncode == 0, told
        assert f"{len(answers)} of {len(answers)} read" in told
    finally:
        running.kill()
        running.wait()


def test_every_command_on_the_page_works_in_its_order(
    course: Path, hub: Path, tmp_path: Path
) -> None:
    exchange = tmp_path / "exchange"
    variables = {
        "HUB": str(hub),
        "EXCHANGE": str(exchange),
        "PRIVATE": str(course.parent / "private.git"),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter"),
    }
    ran = 0
    for block in blocks():
        if block.language != "bash":
            continue
        # The doctor examines the copy: of all eight exercises it has its own tests.
        at_home = "make setup" in block.text or "course_wheel" in block.text
        if "git add" in block.text:
            change_a_number(course)
        if "--resume" in block.text:
            lose_power(course)
        if "collect exchange" in block.text:
            hand_in_on_the_hub(course, exchange, tmp_path / "home")
        if "classroom read" in block.text:
            read(block, course)
            ran += 1
            continue
        said = run(block, REPOSITORY if at_home else course, variables)
        if "make setup" in block.text:
            assert said.splitlines()[-1].startswith("Ready. Next: ")
        if "classroom doctor" in block.text:
            assert " checks: 0 fail" in said
        if "classroom agreement" in block.text:
            assert re.search(r"gradebook, maija +(\d+) +\1 \(100 %\)", said), said
        ran += len(block.text.strip().splitlines())
    assert ran >= 25
    kernel = hub / "share" / "jupyter" / "kernels" / "service-design" / "kernel.json"
    assert str(hub) in kernel.read_text("utf-8")
    check_results(course, exchange)


def hand_in_on_the_hub(course: Path, exchange: Path, home: Path) -> None:
    """Fetch and submit as a student does; the id is the name of the account."""
    if home.exists():  # submitted already: the page collects again after taking it back
        return
    home.mkdir()
    (home / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        f"c.Exchange.root = {str(exchange)!r}\n"
        f"c.Exchange.cache = {str(home / 'cache')!r}\n"
        'c.CourseDirectory.course_id = "promise-path-people"\n',
        encoding="utf-8",
    )
    for command in ("fetch_assignment", "submit"):
        subprocess.run([BIN / "nbgrader", command, "03_value"], cwd=home, check=True)


def lose_power(course: Path) -> None:
    """Start a run and kill it in the middle, so that there is one to resume."""
    run = subprocess.Popen(
        [sys.executable, "-m", "classroom", "grade", "03_value", "--force"], cwd=course
    )
    deadline = time.monotonic() + 120
    while not list(course.glob(".classroom/03_value/run*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    run.kill()
    run.wait()


def change_a_number(course: Path) -> None:
    path = course / "solutions" / "03_value" / "value.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nOur own numbers."
    nbformat.write(notebook, path)


def check_results(course: Path, exchange: Path) -> None:
    with (course / "moodle" / "graded.csv").open(encoding="utf-8", newline="") as stream:
        grades = {row["Identifier"]: row["Grade"] for row in csv.DictReader(stream)}
    assert grades["Participant 9"] == "", "who handed in nothing"
    assert grades["Participant 7"] == "", "whose text file nobody could grade"
    # Two Anna Virtanen: one answered, the other handed in a blank copy.
    assert float(grades["Participant 6"]) > float(grades["Participant 10"]) >= 0
    with (course / "marks.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["student_id"]: row for row in csv.DictReader(stream)}
    assert {"aino", "otso", "eino"} <= set(rows)
    assert rows["otso"]["last_name"] == "Virta"
    assert float(rows["otso"]["score"]) > float(rows["otso"]["max_score"]) / 2
    with zipfile.ZipFile(course / "feedback.zip") as archive:
        names = archive.namelist()
    for number in (6, 10):
        assert f"Anna Virtanen_{number}_assignsubmission_file/value.html" in names
    assert (course / "submitted" / "eino" / "03_value" / "value.ipynb").is_file()
    assert (exchange / "promise-path-people" / "outbound" / "03_value" / "value.ipynb").exists()
    assert list((exchange / "promise-path-people" / "feedback").glob("*.html"))
    log = subprocess.run(
        ["git", "log", "--oneline", "origin/our-class"],
        cwd=course,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Our own numbers" in log


def test_the_page_keeps_no_command_from_the_test() -> None:
    fences = re.findall(r"^```(\w*)$", GUIDE.read_text("utf-8"), re.M)
    assert set(fences) - {""} <= {"bash", "python", "text"}
    text = [block for block in blocks() if block.language == "text"]
    assert len(text) == 2, "only the class list, and what students are told, are text"


@pytest.mark.parametrize("block", [block for block in blocks() if block.language == "python"])
def test_a_setting_on_the_page_works_by_itself(block: Block) -> None:
    """Where it is the only one that a teacher takes, and no variable is set."""
    config = Config()
    exec(compile(block.text, str(GUIDE), "exec"), {"c": config})
    assert config


def test_students_are_told_the_buttons_that_there_are() -> None:
    (told,) = [b.text for b in blocks() if b.text.startswith("Do exercise")]
    buttons = re.findall(r'"(Do it|Download [^"]+)', told)
    assert len(buttons) == 3
    package = REPOSITORY / "src" / "studybook"
    sources = [*package.glob("*.py"), *package.glob("templates/*.html")]
    shown = "".join(path.read_text("utf-8") for path in sources)
    for button in buttons:
        assert f'_("{button}' in shown or f"_('{button}" in shown, button


def test_the_ten_lines_are_the_pages_own_commands_in_their_order() -> None:
    page = GUIDE.read_text("utf-8")
    head = page.partition("## From Moodle to Moodle in ten lines")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\d+\. ", head, re.M)) == 10
    lines = re.findall(r"`((?:classroom|nbgrader) [^`]+)`", head)
    assert len(lines) == 7
    printed = [line for block in blocks() for line in block.text.splitlines()]
    places = [printed.index(line) for line in lines]
    assert places == sorted(places)


def test_no_printed_command_gives_marks_that_still_wait() -> None:
    assert not [block.text for block in blocks() if "--provisional" in block.text]


def test_what_names_a_student_is_kept_out_of_the_repository(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / ".gitignore", tmp_path)
    names = set(re.findall(r"[\w/.-]+\.(?:csv|zip|html)\b", "".join(b.text for b in blocks())))
    names -= {name for name in names if "http" in name or name.startswith(("//", "example"))}
    names |= {"drive/x.ipynb", "charts/x.svg", "letters/x.html", "submitted/x", "gradebook.db"}
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    for name in sorted(names - {"book/chapters/03_value.html"}):
        done = subprocess.run(["git", "check-ignore", "-q", name], cwd=tmp_path, check=False)
        assert done.returncode == 0, name
