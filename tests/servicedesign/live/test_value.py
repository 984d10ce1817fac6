"""What "Three ways to say value" says at settings that a reader will try."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicedesign import hillasoppi
from servicedesign.live.value import three_ways


def frame(offers=({}, {}, {}), **others):
    start = three_ways.defaults()["offers"]
    rows = [{**row, **changes} for row, changes in zip(start, offers, strict=True)]
    return three_ways.frame({"offers": rows, **others})


def test_it_starts_with_the_three_lunches_of_the_chapter():
    starts = three_ways.defaults()
    for lunch, row in zip(hillasoppi.LUNCHES, starts["offers"], strict=True):
        assert {**lunch, "label": lunch["name"]} == {"name": lunch["name"], **row}
    assert starts["time_value"] == hillasoppi.TIME_VALUE
    assert [row[1:4] for row in frame()["table"][1]] == [
        ["1.32", "4.10\u00a0€", "\u22124.90\u00a0€"],
        ["1.24", "2.50\u00a0€", "\u22122.50\u00a0€"],
        ["1.13", "2.10\u00a0€", "1.10\u00a0€"],
    ]


def test_the_value_of_time_turns_the_order_round():
    assert "by difference: Buffet; by net value: Delivery." in frame()["summary"]
    assert frame(time_value=0)["summary"].startswith("All three rules put Buffet first.")


def test_ratio_and_difference_disagree_on_the_pair_of_the_chapter():
    words = frame([{"benefit": 30, "price": 10}, {"benefit": 60, "price": 30}, {}])["summary"]
    assert words.startswith("First by ratio: Buffet; by difference: Soup bar")


def test_a_price_of_zero_leaves_the_offer_without_a_ratio():
    told = frame([{}, {"price": 0}, {}])
    assert "At a price of 0 the ratio is undefined: Soup bar." in told["summary"]
    assert told["table"][1][1][1] == "price 0"
    assert ">price 0<" in told["svg"]
    free = frame([{"price": 0}] * 3)
    assert "First by ratio: no offer;" in free["summary"]
    assert free["svg"].count(">price 0<") == 3


def test_equal_offers_share_a_rank():
    same = {"benefit": 15, "price": 10, "minutes": 0, "hassle": 0}
    told = frame([same, same, {**same, "price": 12}])
    assert told["summary"].startswith("All three rules put Buffet and Soup bar first.")
    # What comes first stands in bold, in each column for both.
    assert told["svg"].count('font-weight="600">1.50<') == 2
    assert told["svg"].count('font-weight="600">5.00\u00a0€<') == 4
    assert told["svg"].count('font-weight="600">3.00\u00a0€<') == 0


def test_little_noise_lets_the_best_take_all():
    assert frame(mu=0.2)["table"][1][2][4] == "100.0%"


def test_the_twin_takes_the_same_part_of_every_share():
    headers, rows = frame(twin=True, mu=10)["table"]
    assert headers[-1] == "share before the twin"
    assert [row[0] for row in rows] == ["Buffet", "Soup bar", "Delivery", "Twin of Buffet"]
    after, before = ([float(row[k].rstrip("%")) for row in rows[:3]] for k in (4, 5))
    kept = [a / b for a, b in zip(after, before, strict=True)]
    assert kept == pytest.approx([kept[0]] * 3, rel=0.01)
    assert rows[3][4] == rows[0][4]
    assert sum(float(row[4].rstrip("%")) for row in rows) == pytest.approx(100, abs=0.2)
    assert "stroke-dasharray" in frame(twin=True)["svg"]


euros = st.integers(0, 600).map(lambda units: units / 10)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(euros, st.integers(0, 120)), min_size=3, max_size=3), st.booleans())
def test_it_draws_whatever_the_reader_sets(amounts, twin):
    told = frame([{"price": price, "minutes": minutes} for price, minutes in amounts], twin=twin)
    assert told["svg"].count("<svg") == 2
    assert "Predicted shares: Buffet" in told["summary"]
    assert all(len(row) == len(told["table"][0]) for row in told["table"][1])
