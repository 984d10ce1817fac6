"""A collect is taken back: what stood there before stands again, and nothing is lost."""

from __future__ import annotations

import contextlib
import shutil
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.intake import uncollect as undoing
from classroom.intake.attempts import attempts_folder, remembered_folders
from classroom.intake.collect import Rules, collect
from classroom.intake.collects import Collect, collects_of
from classroom.intake.uncollect import uncollect
from classroom.journal import course_lock
from classroom.roster import Person, Roster

from .. import toy
from .test_collect import moodle_path, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = Roster([Person(name.casefold(), first=name) for name in ("Aino", "Eino", "Otso")])
RULES = Rules(zone=UTC, times=True, roster=PEOPLE)
EARLY, LATE = (2026, 11, 20, 12, 30, 0), (2026, 11, 21, 12, 30, 0)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.open(toy.make_course(tmp_path / "course"))


def tree(course: Course) -> dict[str, bytes]:
    """All that a teacher has of the class, less the desk's own folder."""
    folders = [course.root / name for name in ("submitted", "attempts", "autograded", "feedback")]
    return {
        path.relative_to(course.root).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def everything(course: Course) -> list[bytes]:
    """The content of every file of the class, wherever it lies."""
    back = course.desk / "taken-back"
    away = [p.read_bytes() for p in back.rglob("*") if p.is_file() and p.suffix != ".jsonl"]
    return sorted([*tree(course).values(), *away])


def download(path: Path, students: dict[str, dict[str, str]], when: tuple[int, ...]) -> Path:
    files = {
        moodle_path(name, number, "queue.ipynb"): toy.content(toy.filled(answers))
        for number, (name, answers) in enumerate(students.items(), start=len(path.name))
    }
    return zipped(path, files, when)


@pytest.fixture
def twice(course: Course, tmp_path: Path) -> dict[str, bytes]:
    """Collect twice: Aino newer, Otso new, Eino unchanged; return how it stood between."""
    both = {"Aino": toy.WRONG, "Eino": toy.RIGHT}
    collect(course, download(tmp_path / "one.zip", both, EARLY), "toy", RULES)
    between = tree(course)
    later = {"Aino": toy.RIGHT, "Otso": toy.PARTLY}
    collect(course, download(tmp_path / "second.zip", later, LATE), "toy", RULES)
    assert tree(course) != between
    return between


def test_what_stood_before_the_last_collect_stands_again_and_nothing_is_lost(
    course: Course, twice: dict[str, bytes]
) -> None:
    there = everything(course)
    folders = remembered_folders(course, "toy")
    undone = uncollect(course, "toy")
    assert tree(course) == twice
    assert everything(course) == there
    assert set(undone.done) == {"aino", "otso"}
    assert undone.done["aino"] == "the attempt of 2026-11-20 12:30:00 UTC"
    assert undone.done["otso"] == "nothing"
    # Moodle's folders are those of the first download again.
    assert folders["aino"].startswith("Aino_10_")
    assert remembered_folders(course, "toy")["aino"].startswith("Aino_7_")
    assert "otso" not in remembered_folders(course, "toy")


def test_earlier_collects_are_taken_back_one_by_one_until_none_is_left(
    course: Course, twice: dict[str, bytes]
) -> None:
    uncollect(course, "toy")
    uncollect(course, "toy")
    assert tree(course) == {}
    with pytest.raises(ClassroomError, match="no collect of toy to take back"):
        uncollect(course, "toy")


def test_a_collect_that_changed_nothing_is_none_to_take_back(
    course: Course, twice: dict[str, bytes], tmp_path: Path
) -> None:
    collect(course, tmp_path / "second.zip", "toy", RULES)
    assert len(collects_of(course, "toy")) == 2


def test_the_same_archive_can_be_collected_again_after_it_was_taken_back(
    course: Course, twice: dict[str, bytes], tmp_path: Path
) -> None:
    there = tree(course)
    uncollect(course, "toy")
    results, _ = collect(course, tmp_path / "second.zip", "toy", RULES)
    assert {each.student: each.status for each in results} == {"aino": "newer", "otso": "new"}
    assert tree(course) == there
    uncollect(course, "toy")
    assert tree(course) == twice


def test_an_older_attempt_and_what_was_put_aside_are_taken_back_too(
    course: Course, tmp_path: Path
) -> None:
    collect(course, download(tmp_path / "one.zip", {"Aino": toy.RIGHT}, LATE), "toy", RULES)
    before = tree(course)
    older = download(tmp_path / "older.zip", {"Aino": toy.WRONG}, EARLY)
    results, _ = collect(course, older, "toy", RULES)
    assert results[0].status == "older"
    stray = {moodle_path("Aino", 9, "other.ipynb"): b'{"cells": [{"cell_type": "raw"}]}'}
    collect(course, zipped(tmp_path / "stray.zip", stray, LATE), "toy", RULES)
    assert any("_aside" in path for path in tree(course))
    for _ in range(2):
        assert set(uncollect(course, "toy").done) == {"aino"}
    assert tree(course) == before


def test_a_time_that_the_collect_put_right_is_put_back(course: Course, tmp_path: Path) -> None:
    one = download(tmp_path / "one.zip", {"Aino": toy.RIGHT}, EARLY)
    collect(course, one, "toy", RULES)
    before = tree(course)
    collect(course, download(tmp_path / "two.zip", {"Aino": toy.RIGHT}, LATE), "toy", RULES)
    assert tree(course) != before
    assert uncollect(course, "toy").done == {"aino": "the same files"}
    assert tree(course) == before


def test_whoever_was_changed_meanwhile_is_named_and_left_alone(
    course: Course, twice: dict[str, bytes]
) -> None:
    path = course.submitted("aino", "toy") / "queue.ipynb"
    path.write_bytes(path.read_bytes() + b"\n")
    mine = path.read_bytes()
    undone = uncollect(course, "toy")
    assert set(undone.done) == {"otso"}
    assert "changed in submitted/ since" in undone.refused["aino"]
    assert path.read_bytes() == mine
    # Until that is settled the collect before is not touched; then it can be.
    assert set(uncollect(course, "toy").refused) == {"aino"}
    undone = uncollect(course, "toy", leave=["aino"])
    assert (set(undone.done), undone.refused) == ({"otso"}, {})
    undone = uncollect(course, "toy")
    assert set(undone.done) == {"eino"}
    assert set(undone.refused) == {"aino"}
    with pytest.raises(ClassroomError, match="'maija', whom this collect did not change"):
        uncollect(course, "toy", leave=["maija"])


def test_an_earlier_attempt_that_was_changed_since_is_not_put_in_its_place(
    course: Course, twice: dict[str, bytes]
) -> None:
    (kept,) = attempts_folder(course, "toy", "aino").iterdir()
    (kept / "queue.ipynb").write_bytes(b"something else")
    there = tree(course)
    undone = uncollect(course, "toy")
    assert "the earlier attempt is not as it was in" in undone.refused["aino"]
    assert {path: there[path] for path in there if "otso" not in path} == tree(course)


class Power(BaseException):
    """Gone, or Ctrl-C: at any step."""


def test_an_undo_that_is_cut_off_at_any_step_can_be_run_again(
    course: Course, twice: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = everything(course)
    steps = 0

    def cut(done: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object) -> object:
            nonlocal steps
            if steps == 0:
                raise Power
            steps -= 1
            return done(*given)

        return step

    for number in range(20):
        saved = course.root.parent / f"saved-{number}"
        shutil.copytree(course.root, saved)
        copy, steps = Course.open(saved), number
        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", cut(Path.rename))
            patch.setattr(undoing, "put_note", cut(undoing.put_note))
            patch.setattr(Collect, "add", cut(Collect.add))
            with contextlib.suppress(Power):
                uncollect(copy, "toy")
                break
        assert not uncollect(copy, "toy").refused, number
        assert tree(copy) == twice, number
        assert everything(copy) == there, number
        assert "otso" not in remembered_folders(copy, "toy")
    assert 7 <= number < 19, "so many steps there are"


def test_a_collect_that_is_cut_off_can_be_taken_back_as_far_as_it_came(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {"Aino": toy.WRONG, "Eino": toy.RIGHT, "Otso": toy.RIGHT}
    collect(course, download(tmp_path / "one.zip", first, EARLY), "toy", RULES)
    before = tree(course)
    second = dict.fromkeys(first, toy.PARTLY)
    archive = download(tmp_path / "second.zip", second, LATE)
    rename = Path.rename

    def until(self: Path, target: Path) -> Path:
        # Aino's is in place; of Eino the earlier attempt has been moved away, and no more.
        if "eino" in target.parts and self.name.startswith(".incoming"):
            raise Power
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", until)
        with pytest.raises(Power):
            collect(course, archive, "toy", RULES)
    assert not course.submitted("eino", "toy").exists()
    undone = uncollect(course, "toy")
    assert set(undone.done) == {"aino", "eino"}
    assert "cut off here" in undone.done["eino"]
    left = {path: content for path, content in tree(course).items() if ".incoming" not in path}
    assert left == before


def test_nothing_is_taken_back_while_the_course_is_graded(
    course: Course, twice: dict[str, bytes]
) -> None:
    there = tree(course)
    with course_lock(course), pytest.raises(ClassroomError, match="being graded"):
        uncollect(course, "toy")
    assert tree(course) == there


def scores_of(course: Course) -> dict[str, float]:
    with course.gradebook() as book:
        return {row.student_id: row.score for row in book.assignment_submissions("toy")}


@pytest.mark.grading
def test_who_was_graded_from_it_is_named_and_taken_back_only_when_that_is_asked(
    course: Course, tmp_path: Path
) -> None:
    run = CliRunner()
    root = ["--course-dir", str(course.root)]
    grade = ["grade", "toy", "--workers", "1", *root]
    collect(course, download(tmp_path / "1.zip", {"Aino": toy.WRONG}, EARLY), "toy", RULES)
    assert run.invoke(app, grade).exit_code == 0
    before, scores = tree(course), scores_of(course)
    later = {"Aino": toy.RIGHT, "Otso": toy.RIGHT}
    collect(course, download(tmp_path / "2.zip", later, LATE), "toy", RULES)
    assert run.invoke(app, grade).exit_code == 0
    there = tree(course)

    told = run.invoke(app, ["uncollect", "toy", *root])
    assert told.exit_code == 1
    assert "! aino, otso: not taken back: was graded from what would be taken away" in told.output
    assert "0 taken back, 2 not" in told.output
    assert tree(course) == there

    told = run.invoke(app, ["uncollect", "toy", "--graded", *root])
    assert told.exit_code == 1
    assert "! aino: was graded from what was taken away; now: classroom grade toy" in told.output
    assert "! otso: was graded from what was taken away; the marks are put away" in told.output
    assert set(scores_of(course)) == {"aino"}
    marks = (course.desk / "taken-back" / "toy" / "0002" / "otso" / "marks.json").read_text("utf-8")
    assert '"by_test": 2.0' in marks
    assert run.invoke(app, grade).exit_code == 0
    assert (tree(course), scores_of(course)) == (before, scores)


def test_the_list_says_which_collects_there_are(course: Course, twice: dict[str, bytes]) -> None:
    told = CliRunner().invoke(app, ["uncollect", "toy", "--list", "--course-dir", str(course.root)])
    assert told.exit_code == 0
    text = "".join(told.output.split())
    assert text.index("second.zip") < text.index("one.zip")
    assert [line.split()[-1] for line in told.output.splitlines() if " UTC " in line] == ["2", "2"]
