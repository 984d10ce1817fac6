"""The page's HTML is complete, well-formed and inert before any script runs."""

from xml.etree import ElementTree as ET

import pytest

from explorables import Explorable, Slider, Step, View, page, svg


@pytest.fixture
def root(walking):
    return ET.fromstring(page.html(walking.walk))


def named(root, path):
    return [each for each in root.iter() if each.get("data-path") == path]


def test_every_input_is_there_and_disabled(root):
    inputs = [each for each in root.iter() if each.tag in ("input", "select", "button")]
    assert len(inputs) == 2 + 1 + 1 + 2 * (2 + 1) + 6 + 2
    assert all(each.get("disabled") == "disabled" for each in inputs)


def test_every_input_has_a_name(root):
    labels = {each.get("for") for each in root.iter("label")}
    for each in root.iter():
        if each.tag in ("input", "select"):
            assert each.get("id") in labels or each.get("aria-label"), ET.tostring(each)
    left, right = named(root, "shoes.0.grip")[0], named(root, "shoes.1.grip")[0]
    assert left.get("aria-label") == "Left: Grip"
    assert right.get("aria-label") == "Right: Grip"


def test_ids_are_used_once(root):
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_a_slider_shows_range_unit_and_origin(root):
    slider, number = named(root, "steps")
    assert (slider.get("type"), number.get("type")) == ("range", "number")
    assert [slider.get(name) for name in ("min", "max", "step", "value")] == ["1", "9", "1", "3"]
    assert slider.get("aria-valuetext") == "3\u00a0m"
    assert number.get("aria-label") == "Steps <of> the way, m"
    words = " ".join("".join(root.itertext()).split())
    for said in ("from a source: Field notes", "teaching assumption", "your input", "Go further."):
        assert said in words


def test_start_values_of_choices_and_switches(root):
    (select,) = named(root, "pace")
    assert [each.get("value") for each in select if each.get("selected")] == ["slow"]
    assert named(root, "shoes.0.wet")[0].get("checked") is None
    assert named(root, "shoes.1.wet")[0].get("checked") == "checked"


def test_picture_sentence_and_data_are_drawn_beforehand(root):
    wide, narrow = (each for each in root.iter("div") if "xp-figure" in each.get("class", ""))
    assert wide.get("hidden") is None
    assert narrow.get("hidden") == "hidden"  # where there is no style sheet, one picture shows
    for figure in (wide, narrow):
        assert figure[0].tag == "{http://www.w3.org/2000/svg}svg"
        assert figure[0].get("width") == figure.get("data-width")
    summary = next(each for each in root.iter("p") if each.get("class") == "xp-summary")
    assert summary.text == "3 steps, pace slow, grip 3.5."
    assert [each.text for each in root.iter("th")] == ["steps", "way", "3"]
    assert [each.text for each in root.iter("td")] == ["3"]


def test_a_simulation_is_shown_as_it_ends(walking):
    assert "Tried 3 times." in page.html(walking.hike)


def test_the_page_knows_which_module_to_run(root, walking):
    assert root.get("data-module") == "walking.walk"
    assert root.get("data-refines") is None
    assert 'data-refines="data-refines"' in page.html(walking.hike)


def test_the_folded_data_bear_the_title_of_their_figure(root):
    # A page may hold several figures, and each region needs a name of its own.
    (region,) = [each for each in root.iter() if each.get("role") == "region"]
    words = {each.get("id"): "".join(each.itertext()) for each in root.iter()}
    title, said = [words[name] for name in region.get("aria-labelledby").split()]
    assert title == "A walk"
    assert said == "The data behind the figure"


def test_a_figure_without_table_has_no_folded_data():
    plain = Explorable(
        "plain",
        "Plain",
        [Slider("a", "A", 0, 1, 0)],
        lambda a: View(svg.Plot(x=(0, 1), y=(0, 1)), f"A is {a}."),
    )
    assert "<details" not in page.html(plain)


def test_a_figure_that_no_longer_draws_is_not_published(walking):
    broken = Explorable("broken", "Broken", walking.walk.controls, walking.draw)
    broken.controls[0].value = 7
    try:
        with pytest.raises(ValueError, match="'broken': Seven steps lead over the edge"):
            page.html(broken)
    finally:
        broken.controls[0].value = 3


def one(**settings):
    """Return a figure of one number, whose picture has a handle for it."""

    def draw(a):
        plot = svg.Plot(x=(0, 1), y=(0, 1))
        plot.handle(a, 0, "a")
        return View(plot, f"A is {a}.")

    return Explorable("one", "One", [Slider("a", "A", 0, 1, 0)], draw, **settings)


def test_a_handle_that_is_drawn_must_be_declared():
    with pytest.raises(ValueError, match=r"'one' draws a handle on 'a': name it in handles="):
        page.html(one())
    assert 'data-handle="a ' in page.html(one(handles=["a"]))


def test_a_handle_that_is_declared_must_be_drawn():
    plain = Explorable(
        "bare",
        "Bare",
        [Slider("a", "A", 0, 1, 0)],
        lambda a: View(svg.Plot(x=(0, 1), y=(0, 1)), f"A is {a}."),
        handles=["a"],
    )
    with pytest.raises(ValueError, match="has 'a' in handles= and draws none: mark its place"):
        page.html(plain)


def test_a_step_whose_values_are_impossible_together_is_not_published(walking):
    over = Step("Over the edge", "Look down.", {"steps": 7, "shoes.0.wet": True})
    high = Explorable("high", "High", walking.CONTROLS, walking.draw, handles=["steps"])
    assert "xp-high" in page.html(high)
    high.steps.append(over)
    said = r"'high': step 'Over the edge' sets what cannot be drawn: Seven steps lead over"
    with pytest.raises(ValueError, match=said):
        page.html(high)


def test_what_is_to_be_watched_must_be_a_heading_of_the_picture(walking):
    seen = {"id": "seen", "title": "Seen", "try_this": "Look.", "handles": ["steps"]}
    seen |= {"controls": walking.CONTROLS, "draw": walking.draw, "steps": walking.STEPS}
    watching = Explorable(watch="Walk", **seen)
    assert page.html(watching).count('data-watch="Walk"') == 3
    watching.steps.append(Step("Rest", "Look up.", {"rest": True}, watch="Wal{k} {n}"))
    assert page.html(watching).count('data-watch="Wal"') == 1
    watching.steps.append(Step("Run", "Look down.", {"pace": "fast"}, watch="A run"))
    with pytest.raises(ValueError, match="'seen' has 'A run' in watch=, and no words of its"):
        page.html(watching)


def test_a_step_brings_its_setting_and_its_words(root):
    far, wet = (each for each in root.iter("button") if "xp-step" in each.get("class"))
    assert (far.text, far.get("data-set")) == ("Far", '{"steps": 6}')
    assert wet.get("data-look") == "See what holds."
