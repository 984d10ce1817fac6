"""One year, five levers: the budget holds, ranges may stand either way round, steps say true."""

import re

import pytest

from explorables import svg
from explorables.view import NARROW, WIDE
from servicedesign import deciding
from servicedesign.live.deciding import RUNS, one_year

NOTHING = {"till": 0, "desk": 0, "jobs": 0, "gesture": 0}


def set_by(step):
    """Return the frame's raw values after a step, the others at their start."""
    values = one_year.defaults()
    for path, value in step.settings.items():
        name, *inner = path.split(".")
        if inner:
            values[name][int(inner[0])][inner[1]] = value
        else:
            values[name] = value
    return values


def test_what_is_beyond_the_budget_is_told_with_how_much_to_take_away():
    frame = one_year.frame({"till": 13000, "desk": 7500, "jobs": 4500})
    assert "25,000" in frame["error"]
    assert "take 5,000" in frame["error"]
    assert "error" not in one_year.frame({"till": 9000, "desk": 7000, "jobs": 4000})


def test_without_a_spend_nothing_moves_whatever_somebody_believes():
    frame = one_year.frame(NOTHING)
    assert frame["summary"].startswith("Nothing is spent")
    _headers, rows = frame["table"]
    for row in rows:
        assert len({cell.replace("+", "") for cell in row[1:]}) == 1, row


def test_a_range_may_stand_either_way_round():
    turned = [{"low": row["high"], "high": row["low"]} for row in one_year.defaults()["beliefs"]]
    assert one_year.frame({"beliefs": turned})["table"] == one_year.frame({})["table"]


def test_a_dear_test_is_not_worth_it_and_a_cheap_one_may_be():
    assert "may pay" in one_year.frame({"price": 10, **NOTHING, "test": 100})["summary"]
    assert "decide without it" in one_year.frame({"test": 3000})["summary"]


@pytest.mark.parametrize("step", one_year.steps, ids=lambda step: step.label)
def test_every_step_can_be_drawn(step):
    frame = one_year.frame(set_by(step))
    assert "error" not in frame
    assert f"of {RUNS} years" in frame["summary"] or "Nothing is spent" in frame["summary"]


def test_who_believes_in_nothing_loses_about_what_is_spent():
    step = next(step for step in one_year.steps if step.label == "Believe in nothing")
    (gain,) = [row for row in one_year.frame(set_by(step))["table"][1] if "gain" in row[0]]
    mean = float(gain[3].split("\u00a0")[0].replace("\u2212", "-").replace(",", ""))
    assert mean == pytest.approx(-13000, rel=0.03)


def test_every_belief_stands_in_the_table_of_the_controls():
    (beliefs,) = [control for control in one_year.controls if control.name == "beliefs"]
    assert len(beliefs.labels) == len(deciding.BELIEFS)
    assert beliefs.kind == "input"


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("step", [None, *one_year.steps], ids=lambda step: step and step.label)
def test_the_line_at_nought_runs_through_no_words(step, width):
    picture = one_year.frame(set_by(step) if step else {}, width)["svg"].split("<svg")[2]
    nought, *_bars = re.findall(r'<path d="([^"]+)"', picture)
    pieces = [
        [float(at) for at in piece]
        for piece in re.findall(r"M([\d.]+),([\d.]+)L[\d.]+,([\d.]+)", nought)
    ]
    assert len({x for x, _top, _end in pieces}) == 1
    assert len(pieces) == len(one_year.defaults()["beliefs"])
    words = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)"[^>]*>([^<]+)', picture)
    for x, y, anchor, said in words:
        wide = svg.text_width(said)
        left = float(x) - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        for line, top, end in pieces:
            beside = line < left or line > left + wide
            assert beside or end < float(y) - 10 or top > float(y) + 3, said
