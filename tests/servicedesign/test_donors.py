"""Two models for customers who never say goodbye, at the published estimates."""

import pytest

from servicedesign import datasets, donors

ROWS = datasets.load("donations_cohort")
VISITS = datasets.load("transactions")
CARDS = (0.54, 2.62, 1.02, 8.89)


def test_the_donors_have_the_published_likelihood():
    assert sum(row["donors"] for row in ROWS) == 11104
    assert donors.bgbb_loglik(*donors.DONATIONS, ROWS) == pytest.approx(-33225.58, abs=0.01)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("factor", [0.97, 1.03])
def test_no_estimate_can_be_moved_for_the_better(place, factor):
    moved = list(donors.DONATIONS)
    moved[place] *= factor
    assert donors.bgbb_loglik(*moved, ROWS) < donors.bgbb_loglik(*donors.DONATIONS, ROWS)


def test_whoever_gave_last_year_is_still_there_and_one_silent_donor_in_many_is_too():
    chance = {
        (row["frequency"], row["recency"]): donors.still_giving(
            *donors.DONATIONS, row["frequency"], row["recency"], row["periods"]
        )
        for row in ROWS
    }
    assert chance[6, 6] == pytest.approx(0.93, abs=0.01)
    assert chance[1, 6] == chance[6, 6]
    assert chance[0, 0] == pytest.approx(0.11, abs=0.005)
    assert all(0 < each < 1 for each in chance.values())
    # Of two who gave as lately, the one who gave more often is the likelier to have left.
    assert chance[4, 4] < chance[1, 4]


def test_the_lunch_cards_need_the_end_of_the_year():
    year = donors.visits_of(VISITS, 52)
    assert len(year) == 300
    best = donors.bgnbd_loglik(*CARDS, year)
    assert best == pytest.approx(-4109.48, abs=0.02)
    # Watched in thought for half a year more, the same visits say something else.
    assert donors.bgnbd_loglik(*CARDS, donors.visits_of(VISITS, 78)) < best - 50


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: donors.bgbb_loglik(0, 1, 1, 1, ROWS), "alpha must be greater than 0"),
        (lambda: donors.bgbb_loglik(1, 1, 1, 1, []), "rows must not be empty"),
        (lambda: donors.bgnbd_loglik(1, 1, 1, -1, [(0, 0, 1)]), "b must be greater than 0"),
        (lambda: donors.bgnbd_loglik(1, 1, 1, 1, []), "cards must not be empty"),
        (lambda: donors.visits_of(VISITS, 40), "week must be from 0 to 40"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
