"""A statistic is taken apart into five parts, and what is added to it is told."""

import pytest

from servicedesign.claim_reading import LADDERS, PARTS, read_claim

# The seed's 82 per cent, Bain's 80 and 8, and a vendor's page, each as it goes round.
CONTACTS = {
    "population": "customers with a recent service contact",
    "trigger": "faced a choice to stay or to go",
    "measure": "intention",
    "comparison": "those whose matter was settled with little effort",
    "design": "survey",
}
FIRMS = {
    "population": "362 firms, and their customers",
    "trigger": None,
    "measure": "opinion",
    "comparison": "what the firms believe and what customers say",
    "design": "survey",
}


def test_the_eighty_two_per_cent_as_it_goes_round_is_overstated_in_every_part():
    poster = dict.fromkeys(PARTS) | {"measure": "behaviour", "design": "experiment"}
    assert read_claim({"source": CONTACTS, "headline": poster}) == [
        f"{part}: overstated" for part in PARTS
    ]
    assert read_claim({"source": CONTACTS, "headline": CONTACTS}) == []


def test_eighty_and_eight_do_not_tell_which_customers():
    assert read_claim({"source": FIRMS, "headline": FIRMS}) == ["trigger: missing"]


def test_a_page_without_a_source_is_missing_all():
    page = dict.fromkeys(PARTS) | {"measure": "behaviour"}
    found = read_claim({"source": dict.fromkeys(PARTS, " "), "headline": page})
    assert found == [f"{part}: missing" for part in PARTS]


@pytest.mark.parametrize("part", LADDERS)
def test_only_a_higher_rung_is_overstated(part):
    for low, source in enumerate(LADDERS[part]):
        for high, headline in enumerate(LADDERS[part]):
            claim = {"source": {**CONTACTS, part: source}, "headline": {**CONTACTS, part: headline}}
            assert read_claim(claim) == ([f"{part}: overstated"] if high > low else [])


@pytest.mark.parametrize("side", ["source", "headline"])
def test_a_part_that_is_not_there_or_on_no_rung_is_refused(side):
    whole = {"source": CONTACTS, "headline": CONTACTS}
    for part in PARTS:
        short = {key: text for key, text in CONTACTS.items() if key != part}
        with pytest.raises(ValueError, match=f"{part} must be there, as a text or None"):
            read_claim({**whole, side: short})
    with pytest.raises(ValueError, match=r"measure must be one of .* or None, got 'love'"):
        read_claim({**whole, side: {**CONTACTS, "measure": "love"}})
