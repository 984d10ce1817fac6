"""Plots are well-formed, stay inside their frame, and keep their words apart."""

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorables import assets, palette, svg

SRC = Path(__file__).parents[2] / "src"
NS = "{http://www.w3.org/2000/svg}"
numbers = st.floats(-1e4, 1e4, allow_nan=False)


def parsed(plot, width=340):
    return ET.fromstring(plot.render(width))


def texts(root):
    return ["".join(each.itertext()) for each in root.iter(f"{NS}text")]


def boxes(root):
    for each in root.iter(f"{NS}text"):
        words = "".join(each.itertext())
        size = float(each.get("font-size"))
        wide = svg.text_width(words, size)
        left = (
            float(each.get("x"))
            - {"start": 0, "middle": wide / 2, "end": wide}[each.get("text-anchor")]
        )
        yield words, left, float(each.get("y")) - size, left + wide, float(each.get("y"))


def full_plot():
    plot = svg.Plot(x=(0, 10), y=(-5, 5), title="All", x_label="hours", y_label="euros", x_unit="h")
    plot.area([(0, 1), (5, 3), (10, 2)], 2, label="band")
    plot.area([(0, -4, -1), (10, -3, 0)], 3)
    plot.curve([(0, -5), (5, 0), (10, 5)], 1, label="up")
    plot.curve([(0, 5), (10, 4.8)], 2, label="level")
    plot.curve([(0, 1), (2, None), (4, 1), (6, 1)], 4)
    plot.dots([(2, 2), (3, 3)], 5, label="here")
    plot.line(0, 0, 10, 0, label="zero")
    plot.label(5, -4, "low & <slow>", "middle")
    return plot


@pytest.mark.parametrize("width", [280, 340, 620])
def test_every_mark_is_well_formed_and_coloured_without_a_style_sheet(width):
    root = parsed(full_plot(), width)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "All. euros. hours"
    for each in root.iter():
        if each.tag.removeprefix(NS) in ("path", "line", "rect", "circle", "polygon", "text"):
            assert each.get("fill") or each.get("stroke"), ET.tostring(each)
            assert each.get("class", "").startswith("xp-")
        assert each.get("id") is None  # two layouts of one figure stand in one page
    assert "low & <slow>" in texts(root)


@pytest.mark.parametrize("width", [280, 340, 620])
def test_words_stay_inside_and_apart(width):
    root = parsed(full_plot(), width)
    placed = list(boxes(root))
    for words, left, top, right, bottom in placed:
        assert left >= -1, words
        assert right <= width + 1, words
        assert top >= -1, words
        assert bottom <= float(root.get("height")) + 1, words
    for place, (a, *one) in enumerate(placed):
        for b, *two in placed[place + 1 :]:
            wide = min(one[2], two[2]) - max(one[0], two[0])
            high = min(one[3], two[3]) - max(one[1], two[1])
            assert wide <= 1 or high <= 2, (a, b)


@given(st.lists(st.tuples(numbers, numbers), max_size=20), st.booleans())
def test_curves_never_leave_the_plot(points, turned):
    y = (50, -50) if turned else (-50, 50)
    plot = svg.Plot(x=(-20, 20), y=y, x_ticks=[], y_ticks=[])
    plot.curve(points)
    plot.dots(points)
    plot.area([(x, y) for x, y in points])
    root = parsed(plot)
    height = float(root.get("height"))
    for each in root.iter(f"{NS}path"):
        for x, y in re.findall(r"[ML]([-\d.]+),([-\d.]+)", each.get("d")):
            assert 0 <= float(x) <= 340
            assert 0 <= float(y) <= height
    for each in root.iter(f"{NS}circle"):
        assert 0 <= float(each.get("cx")) <= 340


def test_a_gap_or_an_infinite_value_breaks_the_line():
    plot = svg.Plot(x=(0, 4), y=(0, 4), x_ticks=[], y_ticks=[])
    plot.curve([(0, 1), (1, 1), (2, float("inf")), (3, 1), (4, 1)])
    plot.curve([(0, None)], label="nothing to name")
    root = parsed(plot)
    (line,) = root.iter(f"{NS}path")
    assert line.get("d").count("M") == 2
    assert texts(root) == []


def test_a_line_that_passes_through_is_cut_at_both_edges():
    plot = svg.Plot(x=(0, 10), y=(0, 10), x_ticks=[], y_ticks=[])
    plot.curve([(-10, 5), (20, 5)])
    (line,) = parsed(plot).iter(f"{NS}path")
    assert re.findall(r"[ML]([\d.]+),", line.get("d")) == ["14", "326"]


def test_roles_differ_without_colour():
    plot = svg.Plot(x=(0, 10), y=(0, 10))
    for role in range(1, 7):
        plot.curve([(0, role), (9, role)], role)
        plot.dots([(5, role)], role)
    root = parsed(plot)
    dashes = [each.get("stroke-dasharray") for each in root.iter(f"{NS}path")]
    assert dashes[0] is None
    assert len(set(dashes)) == 6
    assert len(set(svg.SHAPES[1:])) == 6


def test_named_lines_are_solid_and_their_names_do_not_touch():
    plot = svg.Plot(x=(0, 10), y=(0, 10), y_ticks=[], x_ticks=[])
    for role in (1, 2, 3):
        plot.curve([(0, 5), (10, 5 + role / 100)], role, label=f"line {role}")
    root = parsed(plot)
    ys = sorted(float(each.get("y")) for each in root.iter(f"{NS}text"))
    assert all(b - a >= 15.9 for a, b in itertools.pairwise(ys))
    assert not [each for each in root.iter(f"{NS}path") if each.get("stroke-dasharray")]


def test_bars_lie_or_stand_as_the_missing_axis_says():
    items = [("Buffet", 0.5, "50%"), ("Soup", -0.25, "−25%"), ("None", None, "no value")]
    flat = svg.Plot(x=(-1, 1))
    flat.bars(items, role=[1, 2, 3])
    tall = svg.Plot(y=(-1, 1))
    tall.bars(items)
    for plot, across in ((flat, "height"), (tall, "width")):
        root = parsed(plot)
        bars = list(root.iter(f"{NS}rect"))
        assert len(bars) == 2
        assert len({each.get(across) for each in bars}) == 1
        assert {"Buffet", "Soup", "None", "50%", "no value"} <= set(texts(root))


def test_bars_share_their_band_and_outlines_go_around():
    plot = svg.Plot(y=(0, 1))
    plot.bars([("a", 0.5)], 1, label="now")
    plot.bars([("a", 0.7)], 2, label="then")
    plot.bars([("a", 0.9)], outline=True, label="wished")
    root = parsed(plot)
    rects = [each for each in root.iter(f"{NS}rect") if float(each.get("height")) > 11]
    now, then, wished = rects
    assert float(now.get("x")) + float(now.get("width")) <= float(then.get("x"))
    assert wished.get("fill") == "none"
    assert {"now", "then", "wished"} <= set(texts(root))


def test_long_names_of_bars_stand_above_them_on_a_phone():
    plot = svg.Plot(
        x=(0, 1), title="A title that is too long for one line of a narrow phone screen"
    )
    plot.bars([("A very long name of a lunch offer", 0.4, "40%")])
    root = parsed(plot)
    assert "A very long name of a lunch offer" in texts(root)
    assert max(box[3] for box in boxes(root)) <= 340


@pytest.mark.parametrize("span", [(1, 1), (0,), (0, float("nan")), (None, 1)])
def test_an_impossible_axis_is_refused(span):
    with pytest.raises(ValueError, match="two different numbers"):
        svg.Plot(x=span, y=(0, 1))


def test_a_plot_without_any_axis_is_refused():
    with pytest.raises(ValueError, match="needs x="):
        svg.Plot()


def contrast(a, b):
    def light(tone):
        parts = [int(tone[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_tone_can_be_read_as_text_on_its_ground():
    for tone in (*svg.ROLES, svg.INK, svg.SOFT):
        assert contrast(tone, svg.GROUND) >= 4.5, tone
    for tone in palette.DARK_ROLES:
        assert contrast(tone, "#24211e") >= 4.5, tone


def test_the_style_sheet_takes_every_tone_from_the_palette():
    style = assets.style_sheet()
    light, dark = style.split("@media screen", 1)
    for name, tones in palette.TONES.items():
        for ground, tone in zip((light, dark), tones, strict=True):
            assert re.search(rf"--xp-{name}:(var\([^,]+,)?{tone}\)?;", ground), (name, tone)
    known = {tone for tones in palette.TONES.values() for tone in tones}
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", style)) <= known


def test_stacked_plots_are_one_picture_with_the_words_of_each():
    upper = svg.Plot(x=(0, 1), y=(0, 1), title="Upper", height=100)
    lower = svg.Plot(x=(0, 1), y=(0, 1), title="Lower", description="What is below", height=100)
    for plot in (upper, lower):
        plot.dots([(0.5, 0.5)])
    stack = svg.Stack([upper, lower], share=2)
    picture = stack.render(300)
    assert stack.share == 2
    assert picture.count("<svg") == 1
    assert 'aria-label="Upper. What is below"' in picture
    assert picture.count("<circle") == 2
    shift = float(picture.split("translate(0 ")[2].split(")")[0])
    assert shift > upper.drawn(300)[0]


def test_a_plot_shown_again_is_the_same_and_one_with_a_new_mark_is_not():
    plot = svg.Plot(x=(0, 1), y=(0, 1))
    plot.dots([(0.5, 0.5)])
    first = plot.render(300)
    assert plot.render(300) == first
    plot.dots([(0.2, 0.2)])
    assert plot.render(300).count("<circle") == 2


def test_only_the_kit_writes_elements_and_only_the_palette_tones():
    """Figures, maps and cards are drawn with its marks and shapes, in its colours."""
    kit = {"strokes.py", "wall_art.py"}
    drawn = [SRC / "explorables" / f"{name}.py" for name in ("svg", "frame", "drawing", "marks")]
    for folder in ("live", "journeys", "blueprints"):
        drawn += sorted((SRC / "servicedesign" / folder).glob("*.py"))
    drawn += [
        one for one in (SRC / "servicedesign").glob("*.py") if "wall_art" in one.read_text("utf-8")
    ]
    drawn = [one for one in drawn if one.name not in kit]
    assert len(drawn) > 25
    element = re.compile(r"<(?:svg|g|path|rect|circle|ellipse|line|text|polygon)[ >]")
    assert [one.name for one in drawn if element.search(one.read_text("utf-8"))] == []
    coloured = [*drawn, *(SRC / "servicedesign" / "figures").glob("*.py")]
    coloured += [SRC / "explorables" / "widget.py", SRC / "explorables" / "strokes.py"]
    tone = re.compile(r"#[0-9a-fA-F]{6}\b")
    assert [one.name for one in coloured if tone.search(one.read_text("utf-8"))] == []
