"""What an exercise gives along does what the library's own does."""

from math import exp, log

import pytest

from servicedesign import nelder_mead, retention

from .conftest import Chapter


@pytest.fixture
def given(room):
    cell = next(cell for cell in Chapter("09_loyalty").cells() if cell.id == "minimise")
    assert room.run(cell.source, "minimise") is None
    return room.names["minimise"]


def test_the_search_that_learners_get_finds_what_the_librarys_finds(given):
    for survivors in ([1000, 631, 468, 382], [240, 164, 127, 100, 80, 68, 60, 53]):
        lost = [one - other for one, other in zip(survivors, survivors[1:], strict=False)]

        def badness(place, lost=lost, last=survivors[-1]):
            return -retention.sbg_loglik(exp(place[0]), exp(place[1]), lost, last)

        place, value = given(badness, [0.0, 0.0])
        right, least = nelder_mead.minimise(badness, [0.0, 0.0])
        assert place == pytest.approx(right, abs=1e-5)
        assert value == pytest.approx(least, abs=1e-9)
        assert [log(one) for one in retention.sbg_fit(survivors)] == pytest.approx(place, abs=1e-5)


def test_the_search_ends_where_there_is_nothing_to_find(given):
    place, value = given(lambda _place: 7.0, [1.0, 2.0])
    assert value == 7.0
    assert len(place) == 2
