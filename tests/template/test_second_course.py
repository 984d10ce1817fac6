"""Another course uses the four rooms: other subject, other folder names, no `servicedesign`.

The template's course is made as an author would make it, in a folder with a space and an
"ä" in its path, with an environment of its own that holds the four rooms and not this
course's subject.  Then it is built, opened, tested and graded.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import copier
import nbformat
import pytest
import yaml
from playwright.sync_api import Browser

from classroom.course import Course
from classroom.walls.jail import bubblewrap_fault, landlock_fault
from studybook.layout import PLACES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("explorables", "studybook", "practice", "classroom")
TEMPLATE = ROOT / "template"
ANSWERS = {"title": "Leipä lukuina", "package": "leipa", "pages": "sivut", "tasks": "tehtävät",
           "answers": "ratkaisut"}  # fmt: skip
TASK, NOTEBOOK = "01_dough", "dough"


@dataclass(frozen=True)
class Second:
    """The second course and its own Python."""

    root: Path
    python: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run its Python as from its own folder, with the programs of this environment."""
        programs = Path(sys.executable).parent
        environment = os.environ | {
            "PATH": os.pathsep.join([str(self.python.parent), str(programs), os.environ["PATH"]]),
            "JUPYTER_PATH": str(programs.parent / "share" / "jupyter"),
            "NO_COLOR": "1",
        }
        for name in ("PYTHONPATH", "PYTEST_ADDOPTS", "VIRTUAL_ENV", "EXPLORABLES_STATIC"):
            environment.pop(name, None)
        return subprocess.run(
            [str(self.python), *command],
            cwd=self.root, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def well(self, *command: str) -> str:
        """Run it; return what it printed, and fail with that if it failed."""
        done = self.run(*command)
        said = done.stdout + done.stderr
        assert done.returncode == 0, said[-4000:]
        return said


def own_python(root: Path) -> Path:
    """Make the course's environment: the rooms copied, as a wheel would lay them, and all
    that they need; what this repository's own subject holds is not there."""
    venv.create(root / ".venv", with_pip=False)
    python = root / ".venv" / "bin" / "python"
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(
        subprocess.run(
            [python, "-c", asked], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    for room in ROOMS:
        shutil.copytree(ROOT / "src" / room, packages / room)
    # A line that names a folder adds it without its own links to editable packages.
    (packages / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    return python


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Second:
    """The course, its package installed, its exercises released and its pages built."""
    root = tmp_path_factory.mktemp("toinen kurssi ä") / "leipä"
    copier.run_copy(str(TEMPLATE), root, data=ANSWERS, defaults=True, quiet=True)
    course = Second(root, own_python(root))
    course.well("-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation",
                "--editable", ".")  # fmt: skip
    course.well("-m", "nbgrader", "generate_assignment", "--assignment=*", "--force")
    book = "import sys; from jupyter_book.cli.main import main; sys.exit(main())"
    course.well("-c", book, "build", ".", "-W", "-n", "--keep-going", "-q")
    return course


def test_nothing_of_this_course_is_in_reach(second: Second) -> None:
    asked = "import studybook, practice, explorables, classroom, leipa; import servicedesign"
    done = second.run("-c", asked)
    assert "No module named 'servicedesign'" in done.stderr
    told = [
        f"{path.relative_to(second.root)}: {word}"
        for path in [*second.root.rglob("*.py"), *second.root.rglob("*.ipynb")]
        if not {".venv", "node_modules"} & set(path.relative_to(second.root).parts)
        for word in ("servicedesign", "Hillasoppi")
        if word in path.read_text("utf-8")
    ]
    assert told == []


def test_its_own_tests_pass(second: Second) -> None:
    said = second.well("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    assert re.search(r"1\d passed", said), said


def test_its_tests_see_a_spoilt_model(second: Second) -> None:
    model = second.root / "src" / "leipa" / "dough.py"
    whole = model.read_text("utf-8")
    model.write_text(whole.replace("DOUBLING = 8.0", "DOUBLING = 9.0"), "utf-8")
    try:
        done = second.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    finally:
        model.write_text(whole, "utf-8")
    assert done.returncode == 1, done.stdout
    assert "test_eight_degrees_colder_take_twice_the_time" in done.stdout
    assert "test_the_solution_passes" in done.stdout


def test_the_pages_are_its_own_and_link_its_own_folders(second: Second) -> None:
    site = second.root / "_build" / "html"
    page = (site / "sivut" / "01_dough.html").read_text("utf-8")
    assert 'href="../teht%C3%A4v%C3%A4t/01_dough/dough.ipynb"' in page or (
        'href="../tehtävät/01_dough/dough.ipynb"' in page
    )
    released = site / "tehtävät" / TASK / f"{NOTEBOOK}.ipynb"
    assert "BEGIN" not in released.read_text("utf-8")
    assert "CC BY" not in page
    assert "Service" not in page
    assert '<meta name="studybook-course" content="leipa"/>' in page
    assert "in preparation" in (site / "sivut" / "index.html").read_text("utf-8")
    assert "Qualified" in (site / "sivut" / "evidence.html").read_text("utf-8")


@pytest.mark.browser
def test_its_figure_answers_and_its_quiz_tells(
    second: Second, browser: Browser, serve: Callable[[Path], str]
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(120_000)  # a machine that runs a whole suite is slow
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{serve(second.root / '_build' / 'html')}/sivut/01_dough.html")
    page.wait_for_selector("[data-xp=kitchen-clock][data-live]")
    figure = page.locator("[data-xp=kitchen-clock]")
    figure.locator("input[type=range][data-path=temperature]").press("Home")
    page.wait_for_function(
        "() => document.querySelector('.xp-summary').textContent.includes('339 minutes at 4')"
    )
    quiz = page.locator("[data-studybook=quiz]")
    assert quiz.locator("input[type=radio], input[type=checkbox]").count() == 8
    assert complaints == []
    page.close()


def handed_in(course: Second, student: str, answers: str) -> None:
    """Put the released notebook with these answers where nbgrader looks for it."""
    released = course.root / "tehtävät" / TASK / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution") and mark["cell_type"] == "code":
            start = answers.index(f"def {mark['grade_id']}(")
            end = answers.find("\n\n\n", start)
            cell.source = answers[start : end if end > 0 else None]
    folder = course.root / "submitted" / student / TASK
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")


@pytest.fixture(scope="module")
def marks(second: Second) -> dict[str, float]:
    """The marks of four students, of whom the last brings a package of the subject's name."""
    if bubblewrap_fault() is not None and landlock_fault() is not None:
        pytest.skip(f"no wall can be built here: {bubblewrap_fault()}; {landlock_fault()}")
    answers = TEMPLATE / "course" / "tests" / "answers"
    students = {
        "aino": "right",
        "otso": "wrong_share_of_dough",
        "veikko": "wrong_turned_round",
        "viljo": "wrong_share_of_dough",
    }
    for student, name in students.items():
        handed_in(second, student, (answers / f"{name}.py").read_text("utf-8"))
    own = second.root / "submitted" / "viljo" / TASK / "leipa"
    own.mkdir()
    (own / "__init__.py").write_text("", "utf-8")
    (own / "dough.py").write_text((answers / "wrong_share_of_dough.py").read_text("utf-8"), "utf-8")
    second.well("-m", "classroom", "grade", TASK)
    with Course.open(second.root).gradebook() as book:
        return {name: book.find_submission(TASK, name).score for name in students}


@pytest.mark.grading
def test_submissions_get_their_marks(marks: dict[str, float]) -> None:
    # Of ten points: the grams are worth 3 + 1, the clock 4 + 2.
    assert (marks["aino"], marks["otso"], marks["veikko"]) == (10, 7, 4)


@pytest.mark.grading
def test_a_package_handed_in_takes_no_place_of_the_subject_s(
    second: Second, marks: dict[str, float]
) -> None:
    assert marks["viljo"] == marks["otso"]
    assert not (second.root / "autograded" / "viljo" / TASK / "leipa").exists()


def test_the_assets_it_asks_for_are_those_that_this_course_was_tested_with(
    second: Second,
) -> None:
    own = json.loads((ROOT / "package.json").read_text("utf-8"))
    theirs = json.loads((second.root / "package.json").read_text("utf-8"))
    for kind in ("dependencies", "devDependencies"):
        assert theirs[kind].items() <= own[kind].items()


def test_every_setting_of_a_place_can_be_told(second: Second) -> None:
    config = yaml.safe_load((second.root / "_config.yml").read_text("utf-8"))["sphinx"]["config"]
    told = {name for name in PLACES if name in config}
    # A course without these pages leaves them out, and its footer names none.
    assert set(PLACES) - told == {
        "studybook_privacy",
        "studybook_accessibility",
        "studybook_inventory",
    }


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("package", "Bread-1", "use letters a to z"),
        ("package", "practice", "one of the rooms has that name"),
        ("slug", "My Course", "use letters a to z, digits and hyphens"),
        ("title", "", "write a title"),
    ],
)
def test_an_answer_that_cannot_work_is_refused_with_the_remedy(
    tmp_path: Path, question: str, answer: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        copier.run_copy(
            str(TEMPLATE), tmp_path / "course", data={question: answer}, defaults=True, quiet=True
        )
    assert not (tmp_path / "course").exists()


def test_the_guide_tells_every_setting_with_its_default_and_every_question() -> None:
    guide = (ROOT / "book" / "guides" / "author.md").read_text("utf-8")
    for name, default in PLACES.items():
        assert f"| `{name}` | `{default}` |" in guide
    questions = yaml.safe_load((TEMPLATE / "copier.yml").read_text("utf-8"))
    asked = [name for name in questions if not name.startswith("_")]
    assert len(asked) == 7
    assert "It asks seven questions" in guide
    assert ".venv/bin/copier copy template " in guide
