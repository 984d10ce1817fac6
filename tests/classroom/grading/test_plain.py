"""Plain ``nbgrader autograde`` with the desk's walls: held, marked and told as by the desk."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from nbgrader.apps import NbGraderAPI

from classroom.course import ClassroomError, Course
from classroom.grading.grade import Options, grade

from .. import toy
from ..hostile.corpus import CASES
from ..hostile.test_hostile import Listener, guarded
from .test_parity import outputs, plain, rows

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

WALLS = "\nfrom classroom import behind_walls\nbehind_walls(c)\nc.Execute.timeout = 5\n"
HELD = (
    "solutions-from-disk",
    "gradebook-from-disk",
    "tcp",
    "http",
    "marks-in-the-gradebook",
    "deletes-a-classmates-work",
    "link-to-the-solution",
    "data-is-a-link",
    "shadows-the-grader",
    "tests-tagged-to-be-skipped",
    "schema-of-the-past",
    "test-twice",
    "equal-to-everything",
    "shell-reports-success",
    "hard-exit",
)
CHOSEN = [case for case in CASES if case.name in HELD]


def _no_walls(wanted: str) -> tuple[str, str]:
    raise ClassroomError("bubblewrap is not installed (Debian and Ubuntu: apt install bubblewrap)")


def walled(root: Path) -> Path:
    """Make the course with the lines of the teacher's guide in its configuration."""
    toy.make_course(root)
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(WALLS)
    return root


def autograde(root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("nbgrader")
    assert program
    return subprocess.run(
        [program, "autograde", toy.ASSIGNMENT],
        cwd=root,
        env=environment or None,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, list[str], list[str]]:
    """A class of hostile students between two honest ones; what was said, changed and heard."""
    root = walled(tmp_path_factory.mktemp("plain") / "course")
    listener = Listener()
    for student in ("0-honest", "z-honest"):
        toy.submit(root, student)
    for case in CHOSEN:
        folder = root / "submitted" / case.name / toy.ASSIGNMENT
        folder.mkdir(parents=True)
        case.build(folder)
        path = folder / f"{toy.NOTEBOOK}.ipynb"
        if not path.is_symlink():
            aimed = path.read_bytes().replace(b"@COURSE@", str(root).encode())
            path.write_bytes(aimed.replace(b"@PORT@", str(listener.port).encode()))
    before = guarded(root)
    run = autograde(root)
    after = guarded(root)
    changed = [path for path in before | after if before.get(path) != after.get(path)]
    listener.close()
    return root, run.stdout, changed, listener.heard


def test_every_case_is_there() -> None:
    assert len(CHOSEN) == len(HELD)


def test_nothing_was_read_written_or_called(
    graded: tuple[Path, str, list[str], list[str]],
) -> None:
    root, _, changed, heard = graded
    assert (changed, heard) == ([], [])
    for case in CHOSEN:
        for path in (root / "autograded" / case.name).rglob("*"):
            text = path.read_text("utf-8") if path.is_file() else ""
            assert not [secret for secret in case.absent if secret in text], case.name


@pytest.mark.parametrize("case", CHOSEN, ids=lambda case: case.name)
def test_each_gets_no_more_than_deserved_and_less_only_with_a_reason(
    graded: tuple[Path, str, list[str], list[str]], case
) -> None:
    root, said, _, _ = graded
    marks = rows(root)
    tests = [
        row
        for (who, what, *cell), row in marks.items()
        if who == case.name and what == "grade" and cell[0] in toy.TESTS
    ]
    score = sum(row[0] or 0 for row in tests)
    assert score <= case.deserved
    assert not any(row[1] for row in tests), "a mark by hand that no hand gave"
    waits = any(row[3] for row in tests)
    told = f"student '{case.name}'" in said or f"{case.name}: " in said
    assert score == case.deserved or (told and (waits or all(row[0] is None for row in tests)))


def test_the_honest_before_and_after_are_marked_in_full(
    graded: tuple[Path, str, list[str], list[str]],
) -> None:
    marks = rows(graded[0])
    for student in ("0-honest", "z-honest"):
        assert marks[student, "submission"][0] == sum(toy.POINTS.values())
        assert (graded[0] / "autograded" / student / toy.ASSIGNMENT / "queue.ipynb").is_file()


def test_only_what_cannot_be_read_is_left_ungraded(
    graded: tuple[Path, str, list[str], list[str]],
) -> None:
    root = graded[0]
    submitted = {path.name for path in (root / "submitted").iterdir()}
    done = {path.parts[-3] for path in (root / "autograded").glob("*/*/queue.ipynb")}
    assert submitted - done == {"link-to-the-solution"}
    assert "queue.ipynb is a link; it was not followed." in graded[1]


def test_honest_work_is_marked_and_shown_as_by_nbgrader_alone(tmp_path: Path) -> None:
    ours, theirs = walled(tmp_path / "ours"), toy.make_course(tmp_path / "theirs")
    for root in (ours, theirs):
        toy.submit(root, "s000", toy.PARTLY)
        plain(root)
    assert rows(ours) == rows(theirs)
    assert outputs(ours, "s000") == outputs(theirs, "s000")


def test_the_desk_marks_them_alike_in_a_course_with_these_lines(
    graded: tuple[Path, str, list[str], list[str]], tmp_path: Path
) -> None:
    root = tmp_path / "course"
    shutil.copytree(graded[0], root, symlinks=True)
    course = Course.open(root)
    grade(course, toy.ASSIGNMENT, Options(workers=1))
    ours, theirs = rows(root), rows(graded[0])
    differing = {key for key in ours | theirs if ours.get(key) != theirs.get(key)}
    # The desk says of a notebook that cannot be read what nbgrader has no place for.
    assert {who for who, *_ in differing} <= {"link-to-the-solution"}


def test_without_walls_it_says_so_and_grades_as_nbgrader_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.grading.plain.choose_walls", _no_walls, raising=True)
    root = walled(tmp_path / "course")
    toy.submit(root, "s000")
    course = Course.open(root)
    done = NbGraderAPI(course.directory, config=course.config).autograde(toy.ASSIGNMENT, "s000")
    assert done["success"], done
    assert rows(root)["s000", "submission"][0] == sum(toy.POINTS.values())
    assert "WITHOUT A SANDBOX" in done["log"]
    assert "apt install bubblewrap" in done["log"]


FORGED = "[AutogradeApp | ERROR] aino: Its marks may be forged"


@pytest.mark.parametrize("way", ["command", "formgrader"])
def test_what_a_learner_names_writes_no_line_of_nbgraders_log(tmp_path: Path, way: str) -> None:
    root = walled(tmp_path / "course")
    toy.submit(root, "eve\x1b[31m")
    folder = root / "submitted" / "eve\x1b[31m" / toy.ASSIGNMENT
    (folder / f"full\n{FORGED}\r\u202e.csv").write_text("1", encoding="utf-8")
    (folder / f"a\n{FORGED}").mkdir()
    (folder / f"a\n{FORGED}" / "b").write_text("1", encoding="utf-8")
    if way == "command":
        said = autograde(root).stdout
    else:
        course = Course.open(root)
        api = NbGraderAPI(course.directory, config=course.config)
        said = api.autograde(toy.ASSIGNMENT, "eve\x1b[31m")["log"]
    assert f"full\\n{FORGED}\\r\\u202e.csv" in said
    assert [line for line in said.splitlines() if line.startswith(FORGED)] == []
    assert not {"\x1b", "\r", "\u202e"} & set(said)
