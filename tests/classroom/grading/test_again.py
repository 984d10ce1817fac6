"""Graded once more: what was given by hand stands, and other tests are noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.apps import NbGraderAPI

from classroom.course import ClassroomError, Course
from classroom.doctor.course_checks import drift
from classroom.grading.grade import Options, Summary, grade

from .. import toy

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]


def _grade(root: Path, *, force: bool = True) -> Summary:
    return grade(Course.open(root), toy.ASSIGNMENT, Options(workers=1, force=force))


def _rows(root: Path, use: Callable[[Any], None]) -> None:
    with Course.open(root).gradebook() as book:
        for notebook in book.find_submission(toy.ASSIGNMENT, "aino").notebooks:
            for row in notebook.grades:
                use(row)
        book.db.commit()


def _give(root: Path, **points: float) -> None:
    """Give points by hand, as formgrader and the reading page do."""

    def give(row: Any) -> None:
        if row.name in points:
            row.manual_score, row.needs_manual_grade = points[row.name], False

    _rows(root, give)


def _waiting(root: Path) -> set[str]:
    found: set[str] = set()
    _rows(root, lambda row: found.add(row.name) if row.needs_manual_grade else None)
    return found


def _edit_solution(root: Path, grade_id: str, change: Callable[[Any], None]) -> Path:
    path = root / "solutions" / toy.ASSIGNMENT / f"{toy.NOTEBOOK}.ipynb"
    document = nbformat.read(path, as_version=4)
    for cell in document.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            change(cell)
    nbformat.write(document, path)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a course in which a person has given points for a text and for a test."""
    made = toy.make_course(tmp_path / "course")
    toy.submit(made, "aino", toy.PARTLY)
    _grade(made)
    _give(made, reflection=3.0, test_mean_empty=0.5)
    return made


def test_points_given_by_hand_stand_where_neither_answer_nor_test_changed(root: Path) -> None:
    _grade(root)
    assert _waiting(root) == set()


def test_another_text_waits_again_and_the_test_that_it_does_not_touch_does_not(
    root: Path,
) -> None:
    toy.submit(root, "aino", toy.PARTLY | {"reflection": "Another thought."})
    _grade(root)
    assert _waiting(root) == {"reflection"}


def test_another_answer_of_code_has_the_points_of_tests_given_again(root: Path) -> None:
    toy.submit(root, "aino", toy.PARTLY | {"draw_waits": toy.WRONG["draw_waits"]})
    _grade(root)
    assert _waiting(root) == {"test_mean_empty"}


def test_a_changed_test_is_noticed_by_grade_and_doctor_and_its_points_wait_again(
    root: Path,
) -> None:
    course = Course.open(root)
    assert {finding.status for finding in drift(course)} == {"ok"}

    _give(root, test_mean_hidden=1.0)

    def harder(cell: Any) -> None:
        cell.source = cell.source.replace("(3, 8, 13)", "(3, 8, 13, 21)")

    _edit_solution(root, "test_mean_hidden", harder)
    with pytest.raises(ClassroomError, match=r"other tests .*test_mean_hidden.*--force"):
        _grade(root)
    (finding,) = drift(course)
    assert finding.status == "fail"
    assert "marks with other tests" in finding.found
    api = NbGraderAPI(course.directory, config=course.config)
    assert api.generate_assignment(toy.ASSIGNMENT, force=True)["success"]
    assert _grade(root, force=False).graded == 1
    assert _waiting(root) == {"test_mean_hidden"}
    assert {finding.status for finding in drift(course)} == {"ok"}


@pytest.mark.parametrize("grade_id", ["test_kept", "reflection"])
def test_other_points_are_noticed(root: Path, grade_id: str) -> None:
    _edit_solution(root, grade_id, lambda cell: cell.metadata.nbgrader.update(points=9))
    with pytest.raises(ClassroomError, match=f"other tests than the gradebook .{grade_id}"):
        _grade(root)


def test_another_model_answer_is_no_other_test(root: Path) -> None:
    _edit_solution(root, "reflection", lambda cell: cell.update(source="Another model answer."))
    _edit_solution(root, "mean_wait", lambda cell: cell.update(source=cell.source + "# the mean\n"))
    assert _grade(root).graded == 1


def test_a_fresh_clone_grades_at_once(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    (root / "gradebook.db").unlink()
    toy.submit(root, "aino")
    released = root / "exercises" / toy.ASSIGNMENT / f"{toy.NOTEBOOK}.ipynb"
    before = released.read_bytes()
    assert _grade(root, force=False).graded == 1
    assert released.read_bytes() == before
    assert _grade(root, force=False).unchanged == 1


def test_a_copy_that_does_not_fit_its_solution_is_not_registered(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    (root / "gradebook.db").unlink()
    toy.submit(root, "aino")
    _edit_solution(root, "test_kept", lambda cell: cell.update(source="assert True"))
    with pytest.raises(ClassroomError, match=r"queue.ipynb .* is not what its solution .*--force"):
        _grade(root)
    with Course.open(root).gradebook() as book:
        assert book.assignments == []
