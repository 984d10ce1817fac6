"""What a live figure shows is what it says: lengths, scales, bins, and room that stays."""

import importlib
import re

import pytest

from explorables import parity
from explorables.view import NARROW, WIDE
from servicedesign import meaning
from servicedesign.live.blueprint import lunch_line
from servicedesign.live.expectations import the_treadmill
from servicedesign.live.meaning import one_job

MODULES = (
    "service_logic",
    "listening",
    "value",
    "priorities",
    "journey",
    "blueprint",
    "expectations",
    "meaning",
    "mirror",
    "circle",
    "rehearsal",
    "loyalty",
    "ladder",
    "deciding",
)
FIGURES = {
    each.id: each
    for name in MODULES
    for each in parity.explorables_of(importlib.import_module(f"servicedesign.live.{name}"))
}


@pytest.fixture(params=sorted(FIGURES))
def figure(request):
    return FIGURES[request.param]


def settings(figure):
    return [{}, *parity.corners(figure), *parity.random_settings(figure, 40)]


def heights(frame):
    return re.findall(r'<svg xmlns[^>]* height="([\d.]+)"', frame["svg"])


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_height_of_a_figure_does_not_change_while_a_control_moves(figure, width):
    start = heights(figure.frame({}, width))
    for raw in settings(figure):
        frame = figure.frame(raw, width)
        assert "error" in frame or heights(frame) == start, raw


def test_no_scale_shrinks_while_a_figure_is_used(figure):
    kept = {}
    for raw in settings(figure):
        frame = figure.frame(raw, WIDE, kept)
        if "error" in frame:
            continue
        for name, (low, high) in kept.items():
            assert frame["spans"][name][0] <= low, (raw, name)
            assert frame["spans"][name][1] >= high, (raw, name)
        kept = frame["spans"]
    for raw in settings(figure):
        frame = figure.frame(raw, WIDE, kept)
        assert "error" in frame or frame["spans"] == kept


def test_opening_a_till_leaves_the_guests_where_they_were_drawn():
    two = lunch_line.frame({"tills": 2})
    three = lunch_line.frame({"tills": 3}, kept=two["spans"])
    # Two tills again: what can be served with three has widened the scale once.
    again = lunch_line.frame({"tills": 2}, kept=three["spans"])
    arrivals = r'<polygon points="([^"]+)"'
    assert re.search(arrivals, again["svg"])[1] == re.search(arrivals, three["svg"])[1]
    assert again["spans"] == three["spans"]


@pytest.mark.parametrize("autonomy", [1, 3.5, 5, 7])
def test_a_bar_is_as_long_as_what_one_more_point_adds(autonomy):
    raw = {"autonomy": autonomy, "feedback": 6, "variety": 7}
    for width in (NARROW, WIDE):
        view = one_job.view(one_job.read(raw))
        drawn = re.findall(r'<rect x="100" [^>]*width="([\d.]+)"', view.figures[0].render(width))
        values = one_job.read(raw)
        items = {name: values[name] for name in meaning.CHARACTERISTICS}
        now = meaning.mps(items)
        gains = [
            meaning.mps({**items, name: min(7.0, items[name] + 1)}) - now
            for name in meaning.CHARACTERISTICS
        ]
        longest = max(gains)
        scale = max(float(each) for each in drawn) / longest
        assert [float(each) for each in drawn] == pytest.approx(
            [gain * scale for gain in gains], abs=0.1
        )
        assert 0 in gains


def test_a_trait_that_weighs_double_is_drawn_as_on_one_scale_at_every_setting():
    long = re.compile(r'<rect x="100" [^>]*width="([\d.]+)"')
    by_point = set()
    for autonomy, gain in ((2, 16.0), (4, 16.0)):
        raw = dict.fromkeys(meaning.CHARACTERISTICS, 4) | {"autonomy": autonomy}
        widths = long.findall(one_job.view(one_job.read(raw)).figures[0].render(WIDE))
        by_point.add(round(float(widths[3]) / gain, 2))
    assert len(by_point) == 1


@pytest.mark.parametrize("half_minutes", range(0, 21, 3))
def test_no_bar_of_waits_lies_on_both_sides_of_the_target(half_minutes):
    target = half_minutes / 2
    values = lunch_line.read({"tills": 1, "target": target, "replications": 1})
    view = next(iter(lunch_line.refine(**values)))
    plot = view.figures[1].plot
    late = [mark for mark in plot.marks if type(mark).__name__ == "Area" and mark.role == 2]
    on_time = [mark for mark in plot.marks if type(mark).__name__ == "Area" and mark.role == 1]
    assert late
    for mark in late:
        assert min(point[0] for point in mark.points) >= target
    if target:
        for mark in on_time:
            assert max(point[0] for point in mark.points) <= target


@pytest.mark.parametrize("plan", ["constant", "rising", "random", "surprise"])
def test_the_surprise_is_a_bar_from_zero_at_every_visit(plan):
    view = the_treadmill.view(the_treadmill.read({"plan": plan, "visits": 24}))
    surprise = view.figures[0].plots[1]
    assert surprise.span[0] <= 0 <= surprise.span[1]
    (gaps,) = [each[0] for each in surprise.series]
    assert len(gaps) == 24
    assert min(surprise.span) <= min(gaps)
    assert max(gaps) <= max(surprise.span)
