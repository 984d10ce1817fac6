"""What the two figures of chapter 9 draw and say at settings that a reader will try."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorables.view import NARROW, WIDE
from servicedesign import datasets, hillasoppi, loyalty, retention
from servicedesign.live import ladder
from servicedesign.live.ladder import the_ladder
from servicedesign.live.loyalty import WIDEST, Effects, Values, bought_or_earned

CARDS = retention.cohorts(datasets.load("lunch_card"))


def rects(parts):
    found = re.findall(r'<rect x="([\d.-]+)" y="[\d.]+" width="([\d.]+)"', "".join(parts))
    return [(float(x), float(width)) for x, width in found]


def test_the_rings_are_the_cards_of_the_table():
    (bought,) = [each["counts"] for each in CARDS if each["origin"] == "bought"]
    earned = [each["counts"] for each in CARDS if each["origin"] == "earned"]
    assert bought == hillasoppi.BOUGHT_CARDS
    assert pytest.approx(retention.pooled_survival(earned), abs=6e-5) == hillasoppi.EARNED_SHARES


def test_it_starts_with_curves_that_meet_the_rings():
    told = bought_or_earned.frame({})["table"][1]
    for age, count in enumerate(hillasoppi.BOUGHT_CARDS):
        assert float(told[age][1].rstrip("%")) == pytest.approx(100 * count / 540, abs=1.5)
    for age, share in enumerate(hillasoppi.EARNED_SHARES):
        assert float(told[age][2].rstrip("%")) == pytest.approx(100 * share, abs=1.5)


def test_all_alike_misses_the_later_rings_and_says_so_in_a_constant_rate():
    told = bought_or_earned.frame({"unlike": 0})
    assert "the same share stays every year" in told["summary"]
    assert float(told["table"][1][7][2].rstrip("%")) < 100 * hillasoppi.EARNED_SHARES[7] - 8


@settings(max_examples=40)
@given(st.integers(1, 12), st.integers(0, 30), st.integers(2, 40), st.integers(0, 12))
def test_the_sentence_says_what_the_model_gives(horizon, spend, margin, unlike):
    margin, unlike = 5 * margin, 5 * unlike
    told = bought_or_earned.frame(
        {"horizon": horizon, "spend": spend, "margin": margin, "unlike": unlike}
    )
    share = (0.49, unlike / 100)
    survival = (
        retention.sbg_survival(*retention.sbg_from(*share), 12)
        if unlike
        else retention.constant_survival(0.49, 12)
    )
    value = loyalty.clv(margin, survival[:horizon], 0.1) - 65
    said = re.search(r"a bought customer leaves (\S+)\u00a0€", told["summary"])[1]
    assert float(said.replace("\u2212", "-")) == pytest.approx(value, abs=0.51)
    assert ("No care is paid for" in told["summary"]) == (spend == 0)


@pytest.mark.parametrize("width", [280, 330])
def test_a_range_of_values_is_as_long_as_what_it_says(width):
    values = [(-20.0, 10.0, 35.0), (80.0, 100.0, 130.0), (60.0, 95.0, 131.0)]
    bought_or_earned.frame({})  # begins the spans anew
    _height, parts = Values(values, 8).drawn(width)
    drawn = rects(parts)
    scales = [
        wide / (high - low) for (low, _m, high), (_x, wide) in zip(values, drawn, strict=True)
    ]
    assert scales == pytest.approx([scales[0]] * 3, rel=0.01)
    for (low, _middle, _high), (x, _wide) in zip(values, drawn, strict=True):
        assert (x - drawn[0][0]) / scales[0] == pytest.approx(low - values[0][0], abs=0.5)


@pytest.mark.parametrize("pays", [0.0, 0.13, 0.6, 0.61, None])
def test_the_mark_stands_where_care_begins_to_pay_or_not_at_all(pays):
    _height, parts = Effects(pays, 0.02, 0.18).drawn(320)
    ((x, wide),) = rects(parts)
    scale = wide / 0.16
    marks = re.findall(r'<polygon points="([\d.]+),', "".join(parts))
    if pays is None or pays > WIDEST:
        assert marks == []
        assert "no part up to 60% pays" in "".join(parts)
    else:
        assert float(marks[0]) == pytest.approx(x + (pays - 0.02) * scale, abs=0.2)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"effect": 40, "width": 0}, "all that you assume."),
        ({"effect": 5, "width": 2}, "more than all that you assume."),
        ({"effect": 13, "width": 4}, "inside what you assume"),
        ({"spend": 30, "horizon": 1}, "would not pay if nobody ever left"),
    ],
)
def test_it_says_whether_what_pays_lies_in_what_is_assumed(raw, words):
    assert words in bought_or_earned.frame(raw)["summary"]


# --- The ladder


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_rung_is_as_long_as_its_share(width):
    drawn = rects([ladder.Rungs(False, 0.5).render(width)])
    shares = [wide / (width - 18) for _x, wide in drawn]
    assert shares == pytest.approx(ladder.LADDER, abs=0.001)


def test_read_as_a_cause_each_step_begins_on_the_rung_before():
    drawn = rects([ladder.Rungs(True, 0.5).render(WIDE)])
    scale = WIDE - 18
    steps = [(round((x - 4) / scale, 2), round(wide / scale, 2)) for x, wide in drawn[2::2]]
    assert steps == [(0.27, 0.10), (0.37, 0.24), (0.61, 0.21)]


def test_of_all_customers_the_survey_leaves_nearly_everything_open():
    assert ladder._meant("everybody", 0.12, 3) == pytest.approx((0.0984, 0.9784))
    assert ladder._meant("everybody", 1.0, 3) == pytest.approx((0.82, 0.82))
    told = the_ladder.frame({"reading": "everybody"})["summary"]
    assert told.startswith(
        "If 12 of a hundred customers stand on the highest rung, from 10% to 98%"
    )


def test_a_year_has_more_than_one_choice_in_it():
    assert "55% are left" in the_ladder.frame({"reading": "any_day"})["summary"]
    assert "82% are left" in the_ladder.frame({"reading": "any_day", "times": 1})["summary"]


def test_who_the_customers_are_takes_from_every_step():
    told = the_ladder.frame({"cause": True, "theirs": 75})
    assert "6 and 5 are left" in told["summary"]
    assert [row[3] for row in told["table"][1]] == ["\u2013", "+2.5", "+6.0", "+5.3"]
