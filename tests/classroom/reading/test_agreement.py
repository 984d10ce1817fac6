"""Kappa is what its authors wrote, and readers are compared on what both have read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.reading.agreement import agreements, kappa, remark, weighted_kappa
from classroom.reading.reader_session import ReaderSession

from .. import toy

POINTS = st.integers(0, 4).map(float)
PAIRS = st.lists(st.tuples(POINTS, POINTS), max_size=40)


def table(*counts: tuple[float, float, int]) -> list[tuple[float, float]]:
    return [(first, second) for first, second, times in counts for _ in range(times)]


def test_a_published_table_gives_its_published_kappa() -> None:
    # Viera and Garrett (2005), two residents on whether lectures help: .85, .65 and .57.
    lectures = table((1, 1, 15), (1, 0, 5), (0, 1, 10), (0, 0, 70))
    assert kappa(lectures) == pytest.approx((0.85 - 0.65) / (1 - 0.65))
    assert kappa(lectures) == pytest.approx(0.57, abs=0.005)


def test_three_levels_computed_by_hand() -> None:
    # First 3, 1, 2 and second 3, 2, 1 of the levels 1, 2, 3: by chance 9 + 2 + 2 of 36 agree.
    # The squares that were seen sum to 1 + 4; those by chance to 50 of 36.
    pairs = table((1, 1, 2), (2, 2, 1), (3, 3, 1), (1, 2, 1), (3, 1, 1))
    assert kappa(pairs) == pytest.approx((4 / 6 - 13 / 36) / (1 - 13 / 36))
    assert weighted_kappa(pairs) == pytest.approx(1 - (5 / 6) / (50 / 36))


@given(PAIRS)
def test_it_matters_not_who_is_called_the_first(pairs: list[tuple[float, float]]) -> None:
    turned = [(second, first) for first, second in pairs]
    assert kappa(pairs) == kappa(turned)
    assert weighted_kappa(pairs) == weighted_kappa(turned)


@given(PAIRS)
def test_no_kappa_is_above_that_of_full_agreement(pairs: list[tuple[float, float]]) -> None:
    for found in (kappa(pairs), weighted_kappa(pairs)):
        assert found is None or -1 <= found <= 1
    same = [(first, first) for first, _ in pairs]
    alike = len({first for first, _ in pairs}) < 2
    assert kappa(same) == weighted_kappa(same) == (None if alike else 1)


@given(st.lists(st.tuples(st.sampled_from([0.0, 3.0]), st.sampled_from([0.0, 3.0]))))
def test_with_two_levels_weights_change_nothing(pairs: list[tuple[float, float]]) -> None:
    plain, weighted = kappa(pairs), weighted_kappa(pairs)
    assert plain == weighted is None or plain == pytest.approx(weighted)


def test_a_near_miss_costs_the_weighted_kappa_less() -> None:
    base = table((0, 0, 5), (4, 4, 5))
    near, far = [*base, (0.0, 1.0)], [*base, (0.0, 4.0)]
    assert weighted_kappa(near) > weighted_kappa(far)  # type: ignore[operator]
    assert kappa([(2.0, 2.0)] * 3) is None
    assert kappa([(2.0, 2.0), (2.0, 3.0)]) == weighted_kappa([(2.0, 2.0), (2.0, 3.0)]) == 0


def test_what_cannot_be_said_is_said_in_words() -> None:
    assert "read by both" in remark([])
    assert "not defined" in remark([(2, 2)] * 30)
    assert "so kappa is 0" in remark([(2, 2), (2, 3)] * 15)
    assert "fewer than 20" in remark([(1, 1), (2, 2)])
    assert not remark([(1, 1), (2, 3)] * 10)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course in which five students wait to be read."""
    course = Course.open(toy.make_course(tmp_path / "course"))
    with course.gradebook() as book:
        for student in ("aino", "otso", "eino", "tuula", "linh"):
            folder = toy.submit(course.root, student)
            shutil.copytree(folder, course.autograded(student, toy.ASSIGNMENT))
            book.update_or_create_student(student)
            # nbgrader builds the rows one by one; a flush half-way would warn about each.
            with book.db.no_autoflush:
                book.update_or_create_submission(toy.ASSIGNMENT, student)
    return course


def read(course: Course, reader: str, points: dict[str, float]) -> None:
    session = ReaderSession(course, toy.ASSIGNMENT, reader)
    (question,) = session.questions
    for label in session.listed(question):
        student = session.student(question, label)
        if student in points:
            seal = session.opened(question, label).seal
            session.mark(question, label, {"points": points[student]}, seal)


def agreement(course: Course, *options: str) -> tuple[int, str]:
    command = ["agreement", toy.ASSIGNMENT, "--course-dir", str(course.root), *options]
    done = CliRunner().invoke(app, command)
    return done.exit_code, done.output


def test_two_readers_are_compared_on_what_both_have_read(course: Course) -> None:
    read(course, "", {"aino": 3, "otso": 1, "eino": 4, "tuula": 2})
    read(course, "maija", {"aino": 3, "otso": 3, "eino": 3, "linh": 0})
    (found,) = agreements(course, toy.ASSIGNMENT)
    assert (found.first, found.second, found.both, found.same) == ("gradebook", "maija", 3, 1)
    assert found.kappa == kappa([(3, 3), (1, 3), (4, 3)]) == 0
    assert [(one.student, one.first, one.second) for one in found.apart] == [("otso", 1, 3)]

    status, told = agreement(course)
    assert status == 1, "somebody has to talk about otso"
    assert f"{found.apart[0].label} has 1 and 3 points" in told
    assert "otso" not in told, "the readers talk about answers and not about people"
    assert "otso" in agreement(course, "--names")[1]
    (as_json,) = json.loads(agreement(course, "--json")[1])
    assert (as_json["both"], as_json["weighted"]) == (3, found.weighted)


def test_a_third_reader_is_compared_with_the_second(course: Course) -> None:
    for reader in ("maija", "ville"):
        read(course, reader, {"aino": 2, "otso": 2})
    found = {(each.first, each.second): each for each in agreements(course, toy.ASSIGNMENT)}
    assert found["maija", "ville"].both == 2
    assert found["gradebook", "maija"].both == 0
    status, told = agreement(course)
    assert status == 0
    assert "both gave 2 to all" in told
    assert "no answer was read by both" in told


def test_an_answer_that_came_anew_is_not_compared(course: Course) -> None:
    read(course, "", {"aino": 3, "otso": 1})
    read(course, "maija", {"aino": 3, "otso": 1})
    path = course.autograded("otso", toy.ASSIGNMENT) / f"{toy.NOTEBOOK}.ipynb"
    path.write_bytes(toy.content(toy.filled(toy.RIGHT | {"reflection": "Another thought."})))
    (found,) = agreements(course, toy.ASSIGNMENT)
    assert found.both == 1


def test_without_a_second_reader_the_command_says_how_to_have_one(course: Course) -> None:
    with pytest.raises(ClassroomError, match="classroom read toy --reader NAME"):
        agreements(course, toy.ASSIGNMENT)
