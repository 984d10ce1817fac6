"""A sandbox that does not start, or stops starting: no submission is to blame, no mark is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.course import ClassroomError, Course, Outcome, Submission
from classroom.grading.grade import Options, Summary, grade
from classroom.grading.worker import Worker
from classroom.journal import Journal
from classroom.walls import jail

from .. import toy
from .test_parity import rows

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a course in which two students are graded."""
    made = toy.make_course(tmp_path / "course")
    toy.submit(made, "aino")
    toy.submit(made, "otso", toy.WRONG)
    _graded(made)
    return made


def _graded(root: Path, *, force: bool = False) -> Summary:
    return grade(Course.open(root), toy.ASSIGNMENT, Options(workers=2, force=force))


def _kept(root: Path) -> dict[str, bytes]:
    folder = root / "autograded"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _remembered(root: Path) -> dict[str, str]:
    journal = Journal(Course.open(root), toy.ASSIGNMENT)
    journal.close()
    return {student: entry.digest for student, entry in journal.entries.items()}


def test_a_sandbox_that_does_not_start_is_told_once_and_leaves_marks_and_files(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = rows(root), _kept(root), _remembered(root)
    assert len(before[1]) == 4

    def refused(_jail: jail.Jail) -> None:
        raise ClassroomError("the sandboxed interpreter does not start: no room")

    with monkeypatch.context() as broken:
        broken.setattr(jail.Jail, "start", refused)
        with pytest.raises(ClassroomError, match=r"no worker is fit to grade: .* no room"):
            _graded(root, force=True)
    assert (rows(root), _kept(root), _remembered(root)) == before
    assert "Traceback" not in "".join(capfd.readouterr())
    summary = _graded(root, force=True)
    assert (summary.graded, summary.looks) == (2, {})


def test_a_worker_that_ends_while_it_warms_up_is_told_and_takes_no_submission_with_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = rows(root), _kept(root), _remembered(root)

    def broken(_worker: Worker) -> frozenset[str]:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Worker, "warm_up", broken)
    with pytest.raises(ClassroomError, match="no worker is fit to grade: it ended"):
        _graded(root, force=True)
    assert (rows(root), _kept(root), _remembered(root)) == before
    capfd.readouterr()


def test_what_ends_every_worker_keeps_its_earlier_marks_and_is_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(root), _kept(root)
    whole = Worker.grade

    def fails_for_aino(worker: Worker, submission: Submission) -> Outcome:
        if submission.student == "aino":
            raise ClassroomError("the sandbox is gone")
        return whole(worker, submission)

    with monkeypatch.context() as failing:
        failing.setattr(Worker, "grade", fails_for_aino)
        summary = _graded(root, force=True)
    assert list(summary.looks) == ["aino"]
    assert _kept(root) == before[1]
    marks = rows(root)
    assert marks.keys() == before[0].keys()
    again = _graded(root)
    assert (again.graded, again.unchanged, again.looks) == (1, 1, {})
    assert rows(root) == before[0]


def test_work_that_was_never_graded_and_cannot_be_waits_for_a_person(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy.submit(root, "zoe")

    def gone(_worker: Worker, _submission: Submission) -> Outcome:
        raise ClassroomError("the sandbox is gone")

    with monkeypatch.context() as failing:
        failing.setattr(Worker, "grade", gone)
        failing.setattr(Worker, "warm_up", lambda _worker: frozenset())
        assert list(_graded(root).looks) == ["zoe"]
    assert "was not graded automatically" in _kept(root)["zoe/toy/queue.ipynb"].decode()
    assert _graded(root).graded == 1
