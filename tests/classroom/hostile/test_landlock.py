"""Of the hostile class one of each kind, where no namespaces can be had: behind Landlock alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sampling import asked_for

from classroom.walls.jail import landlock_fault

from ..home import attacked_where_it_is_open, is_closed_to_others, no_landlock
from .case import Case
from .corpus import CASES
from .test_hostile import (
    Graded,
    graded_behind,
    judge,
    test_every_honest_neighbour_gets_full_marks_and_no_flag,
    test_everyone_was_graded,
    test_no_process_outlives_the_grading,
    test_nobody_called_out,
    test_nothing_that_belongs_to_others_was_changed_and_nothing_got_out,
    test_the_hidden_environment_stays_hidden,
)

__all__ = [
    "test_every_honest_neighbour_gets_full_marks_and_no_flag",
    "test_everyone_was_graded",
    "test_no_process_outlives_the_grading",
    "test_nobody_called_out",
    "test_nothing_that_belongs_to_others_was_changed_and_nothing_got_out",
    "test_the_hidden_environment_stays_hidden",
]

pytestmark = [pytest.mark.grading, pytest.mark.xdist_group("hostile-landlock")]

KINDS = {case.family: case for case in sorted(CASES, key=lambda case: case.name, reverse=True)}


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Graded]:
    fault = no_landlock()
    if fault is not None:
        pytest.skip(f"no Landlock to attack: {fault}")
    cases = asked_for(request, "case") or [*KINDS.values()]
    yield from graded_behind("landlock", cases, tmp_path_factory.mktemp("landlock"))


@pytest.mark.parametrize("case", KINDS.values(), ids=lambda case: f"{case.family}: {case.name}")
def test_behind_landlock_each_gets_the_mark_deserved_or_a_flag(graded: Graded, case: Case) -> None:
    judge(graded, case)


@pytest.mark.skipif(
    landlock_fault() is not None or not is_closed_to_others(),
    reason="what Landlock is to keep in is handed in above",
)
def test_it_is_so_where_roots_home_is_closed(everybodys: Path) -> None:
    assert attacked_where_it_is_open(__file__, "not closed", everybodys) >= len(KINDS)
