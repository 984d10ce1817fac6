"""In Chromium, over http and from disk: the page's figure lives as the notebook's does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from servicedesign.live.value import three_ways

from ..fingers import stroke

# From disk, in `make test`, only what depends on where the page comes from.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.sample(99, "a live figure's tests, served and from disk"),
]
BOTH = pytest.mark.parametrize("address", ["http", "file"], indirect=True)
VALUE = "servicedesign.live.value"
WALK = "walking.walk"


@pytest.fixture(scope="module")
def site(make_site, walking):
    return make_site([VALUE, WALK], three_ways, walking.walk, walking.hike)


@pytest.fixture(params=["http", pytest.param("file", marks=pytest.mark.whole)])
def address(request, site, serve):
    return f"{serve(site)}/index.html" if request.param == "http" else f"file://{site}/index.html"


@pytest.fixture
def tab(browser) -> Iterator[Page]:
    """A cold tab that counts what must not happen."""
    context = browser.new_context(viewport={"width": 800, "height": 900})
    page = context.new_page()
    page.faults = []
    page.on("console", lambda m: page.faults.append(m.text) if m.type != "log" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("requestfailed", lambda request: page.faults.append(request.url))
    page.hosts = set()
    page.on("request", lambda request: page.hosts.add(request.url.split("/")[2]))
    yield page
    context.close()


def live(tab, address, key="three-ways"):
    tab.goto(address)
    figure = tab.locator(f"#xp-{key}[data-live]")
    figure.wait_for()
    # As a reader opens what is folded; the data stay shut.
    figure.evaluate("f => f.querySelectorAll('.xp-fold').forEach(fold => (fold.open = true))")
    return figure


def bar(figure, name):
    """The slider among the controls; one in the picture may have the same name."""
    return figure.get_by_role("slider", name=name).and_(figure.page.locator("input"))


def settled(figure):
    """Return the figure once it has drawn what was done: it draws no more than once a frame."""
    figure.evaluate(
        "async () => { for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame); }"
    )
    return figure


def drawn(figure):
    return settled(figure).locator(".xp-figure:not(.xp-ghost):visible").inner_html()


@BOTH
def test_the_keyboard_moves_picture_number_and_sentence(tab, address, site):
    figure = live(tab, address)
    before = drawn(figure)
    slider = bar(figure, "An hour of the guest's time is worth")
    slider.focus()
    for _ in range(20):
        tab.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "2.00\u00a0€ per hour")
    expect(figure.locator("[id$=time_value-number]")).to_have_value("2.00")
    expect(figure.locator(".xp-summary")).to_contain_text("All three rules put Buffet first.")
    expect(figure.locator(".xp-said")).to_contain_text("All three rules put Buffet first.")
    assert drawn(figure) != before
    # Serialised by the browser, as what is on the page is.
    wanted = "svg => Object.assign(document.createElement('div'), {innerHTML: svg}).innerHTML"
    assert drawn(figure) == tab.evaluate(wanted, three_ways.frame({"time_value": 2})["svg"])
    assert tab.faults == []
    assert len(tab.hosts) <= 1


def test_nothing_is_drawn_before_something_changes(tab, address):
    figure = live(tab, address)
    tab.wait_for_timeout(100)
    assert tab.evaluate("performance.getEntriesByName('explorable:draw').length") == 0
    assert figure.locator(".xp-summary").inner_text() == three_ways.frame({})["summary"]
    assert tab.evaluate("performance.getEntriesByName('explorable:live').length") == 3


def test_a_typed_number_moves_the_slider(tab, address):
    figure = live(tab, address)
    figure.get_by_role("spinbutton", name="Buffet: Price, €").fill("20.5")
    expect(bar(figure, "Buffet: Price")).to_have_value("20.5")
    expect(figure.locator(".xp-summary")).to_have_text(
        three_ways.frame({"offers": [{"benefit": 17, "price": 20.5, "minutes": 45},
                                     *three_ways.defaults()["offers"][1:]]})["summary"]
    )  # fmt: skip


def test_reset_brings_the_start_back(tab, address):
    figure = live(tab, address)
    start = drawn(figure)
    figure.get_by_label("Open a twin").check()
    expect(figure.locator(".xp-summary")).to_contain_text("Twin of Buffet")
    bar(figure, "Choice noise").press("End")
    figure.get_by_role("button", name="Reset").click()
    expect(figure.locator(".xp-summary")).to_have_text(three_ways.frame({})["summary"])
    expect(figure.get_by_label("Open a twin")).not_to_be_checked()
    expect(figure.get_by_role("spinbutton", name="Choice noise")).to_have_value("2.0")
    assert drawn(figure) == start


@BOTH
def test_a_link_carries_the_settings(tab, address, browser):
    figure = live(tab, address)
    bar(figure, "Soup bar: Price").press("Home")
    figure.get_by_label("Open a twin").check()
    figure.get_by_role("button", name="Copy link").click()
    expect(figure.locator(".xp-told")).to_contain_text("ink")
    link = tab.url
    assert link.endswith("#xp-three-ways:twin=1;offers.1.price=0")
    words = settled(figure).locator(".xp-summary").inner_text()
    assert "the ratio is undefined: Soup bar" in words
    tab.goto("about:blank")
    again = live(tab, link)
    expect(again.locator(".xp-summary")).to_have_text(words)
    expect(again.get_by_label("Open a twin")).to_be_checked()
    again.get_by_role("button", name="Reset").click()
    expect(again.locator(".xp-summary")).to_have_text(three_ways.frame({})["summary"])
    assert "#" not in tab.url
    assert tab.faults == []


def test_a_wrong_link_says_what_is_wrong(tab, address):
    figure = live(tab, address + "#xp-three-ways:sauce=3;mu=99")
    expect(figure.locator(".xp-told")).to_contain_text("does not have: sauce")
    expect(figure.locator(".xp-error")).to_contain_text("Choice noise μ is 99.0")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("rest=maybe", "Rest must be on or off, got 'maybe'."),
        ("pace=flying", "Pace cannot be 'flying': choose one of Slow, Fast & light."),
        ("steps=many", "Steps <of> the way is no number"),
        ("steps=7", "Seven steps lead over the edge."),
        ("shoes.1.grip=9", "choose a number from 0.0 to 5.0"),
    ],
)
def test_a_link_with_an_impossible_setting_says_what_and_what_is_possible(
    tab, address, asked, said
):
    figure = live(tab, f"{address}#xp-walk:{asked}", "walk")
    expect(figure.locator(".xp-error")).to_contain_text(said)
    figure.get_by_role("button", name="Reset").click()
    expect(figure.locator(".xp-error")).to_be_empty()
    expect(knob(figure)).to_have_attribute("aria-valuenow", "3")
    assert told(figure) == ("3",) * 4
    assert tab.faults == []


def test_an_impossible_setting_keeps_the_picture_and_says_why(tab, address):
    figure = live(tab, address, "walk")
    slider = bar(figure, "Steps")
    slider.press("ArrowRight")
    expect(figure.locator(".xp-summary")).to_contain_text("4 steps")
    number = figure.get_by_role("spinbutton", name="Steps")
    number.fill("7")
    error = figure.locator(".xp-error")
    expect(error).to_contain_text("Seven steps lead over the edge. The picture still shows")
    expect(figure.locator(".xp-summary")).to_contain_text("4 steps")
    number.fill("70")
    expect(error).to_contain_text("choose a number from 1 to 9\u00a0m")
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(number).to_have_attribute("aria-describedby", "xp-walk-error")
    number.fill("")
    expect(error).to_contain_text("is no number")
    number.fill("5")
    expect(error).to_be_empty()
    expect(number).not_to_have_attribute("aria-invalid", "true")
    expect(figure.locator(".xp-summary")).to_contain_text("5 steps")
    assert tab.faults == []


def test_a_fault_of_ours_is_reported_as_ours(tab, address):
    figure = live(tab, address, "walk")
    figure.get_by_role("spinbutton", name="Steps").fill("8")
    expect(figure.locator(".xp-error")).to_contain_text("which is our mistake")
    assert any("a fault" in fault for fault in tab.faults)


def test_a_simulation_refines_after_the_drawing(tab, address):
    figure = live(tab, address, "hike")
    bar(figure, "Steps").press("ArrowRight")
    expect(figure.locator(".xp-summary")).to_have_text(
        "4 steps, pace slow, grip 3.5. Tried 3 times."
    )


def test_the_data_behind_the_figure_follows(tab, address):
    figure = live(tab, address, "walk")
    figure.locator(".xp-data summary").click()
    figure.get_by_label("Pace").select_option("fast")
    expect(figure.locator("td")).to_have_text("6")


def test_a_phone_gets_the_narrow_picture_without_sideways_scroll(tab, address):
    tab.set_viewport_size({"width": 360, "height": 740})
    figure = live(tab, address)
    assert figure.locator(".xp-figure:visible").get_attribute("data-width") == "320"
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    figure.get_by_label("Open a twin").check()
    expect(figure.locator(".xp-summary")).to_contain_text("Twin of Buffet")
    small = figure.evaluate(
        "f => [...f.querySelectorAll('input,select,button,summary')]"
        ".filter(e => e.checkVisibility()).map(e => [e.id, e.getBoundingClientRect()])"
        ".filter(([, r]) => r.height < 24 || r.width < 24)"
    )
    assert small == []
    tab.set_viewport_size({"width": 800, "height": 900})
    expect(figure.locator(".xp-figure[data-width='640']")).to_contain_text("Twin of Buffet")


@BOTH
def test_without_a_script_the_figure_is_whole_and_inert(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    figure = page.locator("#xp-three-ways")
    expect(figure.locator(".xp-figure:visible svg")).to_have_count(2)
    expect(figure.locator(".xp-summary")).to_have_text(three_ways.frame({})["summary"])
    expect(figure.locator("input:enabled, button:enabled, select:enabled")).to_have_count(0)
    expect(figure.get_by_text("The controls work when JavaScript is on.")).to_be_visible()
    figure.locator(".xp-data summary").click()
    expect(figure.locator("tbody tr")).to_have_count(3)
    context.close()


def test_a_long_session_keeps_its_memory(tab, address):
    figure = live(tab, address)
    size = "window.Module.HEAPU8.length"
    tab.evaluate(
        """async () => {
          const figure = document.querySelector('#xp-three-ways');
          const slider = figure.querySelector('[id$=mu]');
          for (let i = 0; i < 300; i++) {
            slider.value = 0.2 + (i % 90) / 10;
            const next = new Promise((done) =>
              figure.addEventListener('explorable:draw', done, {once: true}));
            slider.dispatchEvent(new Event('input', {bubbles: true}));
            await next;
          }
        }"""
    )
    assert tab.evaluate(size) < 64 << 20
    assert figure.locator(".xp-error").inner_text() == ""


# Under a thumb: real touches, as the browser gets them from a screen.


@pytest.fixture
def phone(browser) -> Iterator[Page]:
    """A tab with a touch screen."""
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def middle(page, slider):
    slider.evaluate("one => one.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(100)
    box = slider.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_swipe_over_a_slider_scrolls_and_changes_nothing(phone, address):
    figure = live(phone, address)
    values = "f => [...f.querySelectorAll('[data-path]')].map(i => i.value)"
    kept = figure.evaluate(values)
    start, words = drawn(figure), figure.locator(".xp-summary").inner_text()
    for number, slider in enumerate(figure.locator("input[type=range]").all()):
        x, y = middle(phone, slider)
        before = phone.evaluate("scrollY")
        sign = -1 if number % 2 else 1
        stroke(phone, (x, y), (x + 12 * sign, y - 250 * sign))
        assert abs(phone.evaluate("scrollY") - before) > 100, slider.get_attribute("id")
    assert drawn(figure) == start
    assert figure.locator(".xp-summary").inner_text() == words
    assert figure.evaluate(values) == kept


def test_a_finger_that_goes_sideways_moves_the_slider(phone, address):
    figure = live(phone, address)
    slider = bar(figure, "An hour of the guest's time is worth")
    x, y = middle(phone, slider)
    before = phone.evaluate("scrollY")
    stroke(phone, (x, y), (x + 90, y + 6))
    assert float(slider.input_value()) > 30
    assert phone.evaluate("scrollY") == before
    expect(figure.locator("[id$=time_value-number]")).to_have_value(
        f"{float(slider.input_value()):.2f}"
    )


def test_a_tap_on_a_slider_moves_it_there(phone, address):
    figure = live(phone, address)
    slider = bar(figure, "An hour of the guest's time is worth")
    x, y = middle(phone, slider)
    phone.touchscreen.tap(x + 60, y)
    expect(figure.locator("[id$=time_value-number]")).not_to_have_value("12.00")


@pytest.mark.parametrize("width", [390, 1000])
def test_nothing_below_the_picture_moves_while_a_control_does(tab, address, width):
    tab.set_viewport_size({"width": width, "height": 900})
    figure = live(tab, address)
    down = """f => f.querySelector(".xp-controls").getBoundingClientRect().top
      - f.getBoundingClientRect().top"""
    room = figure.evaluate(down)
    for slider in figure.locator("input[type=range]").all():
        for key in ("Home", "End"):
            slider.press(key)
            assert figure.evaluate(down) == room, (slider.get_attribute("id"), key)


@pytest.mark.parametrize("fragment", ["#%", "#100%", "#xp-%E4%zz:rain=1"])
def test_an_address_that_is_no_percent_code_leaves_every_figure_alive(tab, address, fragment):
    tab.goto(address + fragment)
    expect(tab.locator("[data-xp][data-live]")).to_have_count(tab.locator("[data-xp]").count())
    assert tab.faults == []


# What can be pulled where it is drawn.


def knob(figure):
    return figure.locator(".xp-knob")


def told(figure):
    """Return what agrees: the handle's number, the slider, the field, the sentence."""
    settled(figure)
    return (
        knob(figure).get_attribute("aria-valuenow"),
        bar(figure, "Steps").input_value(),
        figure.get_by_role("spinbutton", name="Steps").input_value(),
        figure.locator(".xp-summary").inner_text().split(" ")[0],
    )


def test_a_handle_is_a_slider_with_name_number_and_limits(tab, address):
    figure = live(tab, address, "walk")
    said = ("role", "tabindex", "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuetext")
    assert [knob(figure).get_attribute(name) for name in said] == [
        "slider",
        "0",
        "Steps <of> the way, in the picture",
        "1",
        "9",
        "3\u00a0m",
    ]


def test_no_two_controls_of_a_figure_have_the_same_name(tab, address):
    figure = live(tab, address, "walk")
    expect(figure.get_by_role("slider", name="Steps <of> the way", exact=True)).to_have_count(1)
    expect(figure.get_by_role("slider", name="Steps <of> the way")).to_have_count(2)


def test_a_mouse_pulls_a_handle_and_all_numbers_agree(tab, address):
    figure = live(tab, address, "walk")
    x, y = middle(tab, knob(figure))
    tab.mouse.move(x, y)
    tab.mouse.down()
    unit = knob(figure).evaluate("one => one.moves[0].right")
    tab.mouse.move(x + 2 * unit + 5, y + 3, steps=5)
    assert told(figure) == ("5", "5", "5", "5")
    tab.mouse.move(x + 900, y, steps=5)
    assert told(figure) == ("9", "9", "9", "9")
    tab.mouse.up()
    tab.mouse.move(x, y)
    assert told(figure) == ("9", "9", "9", "9")
    assert tab.faults == []


def test_keys_move_a_handle_which_keeps_the_focus(tab, address):
    figure = live(tab, address, "walk")
    knob(figure).focus()
    for key, number in (("ArrowRight", "4"), ("ArrowUp", "5"), ("ArrowLeft", "4"), ("Home", "1")):
        tab.keyboard.press(key)
        assert told(figure) == (number,) * 4
    assert knob(figure).evaluate("one => one === document.activeElement")
    tab.keyboard.press("End")
    assert told(figure) == ("9",) * 4


CHOSEN = "one => one === document.activeElement"


def test_a_swipe_that_begins_on_a_handle_scrolls_and_changes_nothing(phone, address):
    figure = live(phone, address, "walk")
    kept = told(figure)
    x, y = middle(phone, knob(figure))
    before = phone.evaluate("scrollY")
    stroke(phone, (x, y), (x + 6, y - 200))
    assert phone.evaluate("scrollY") - before > 100
    assert told(figure) == kept
    assert not knob(figure).evaluate(CHOSEN)


def test_a_finger_that_has_chosen_a_handle_by_a_tap_pulls_it_and_does_not_scroll(phone, address):
    figure = live(phone, address, "walk")
    x, y = middle(phone, knob(figure))
    before = phone.evaluate("scrollY")
    kept, resting = told(figure), knob(figure).bounding_box()
    phone.touchscreen.tap(x + 3, y + 2)
    assert knob(figure).evaluate(CHOSEN)
    assert told(figure) == kept
    assert knob(figure).bounding_box()["width"] > resting["width"]
    unit = knob(figure).evaluate("one => one.moves[0].right")
    stroke(phone, (x, y), (x + 3 * unit, y - 60))
    assert told(figure) == ("6",) * 4
    assert phone.evaluate("scrollY") == before


def test_a_tap_elsewhere_lets_go_of_a_handle(phone, address):
    figure = live(phone, address, "walk")
    x, y = middle(phone, knob(figure))
    phone.touchscreen.tap(x, y)
    assert knob(figure).evaluate(CHOSEN)
    phone.touchscreen.tap(x + 80, y)
    assert not knob(figure).evaluate(CHOSEN)
    kept = told(figure)
    stroke(phone, (x, y), (x + 6, y - 200))
    assert told(figure) == kept


def test_a_swipe_over_the_picture_beside_a_handle_scrolls_and_changes_nothing(phone, address):
    figure = live(phone, address, "walk")
    kept = told(figure)
    x, y = middle(phone, knob(figure))
    before = phone.evaluate("scrollY")
    stroke(phone, (x + 60, y), (x + 66, y - 200))
    assert phone.evaluate("scrollY") - before > 100
    assert told(figure) == kept


# Steps to try, a picture kept for comparison, and the way back.


def test_a_step_sets_the_figure_and_says_what_to_look_at(tab, address):
    figure = live(tab, address, "walk")
    task = figure.locator(".xp-try")
    assert task.inner_text().startswith("Go further.")
    place = "f => f.querySelector('.xp-sight').getBoundingClientRect().top - f.offsetTop + scrollY"
    before = figure.evaluate(place)
    step = figure.get_by_role("button", name="Far")
    step.click()
    assert told(figure) == ("6",) * 4
    assert task.inner_text() == "See how long the way is."
    assert figure.evaluate(place) == before
    expect(step).to_have_attribute("aria-pressed", "true")
    figure.get_by_role("button", name="In the wet").click()
    assert told(figure) == ("3",) * 4
    assert figure.get_by_label("Rest").is_checked()
    expect(step).to_have_attribute("aria-pressed", "false")
    figure.get_by_role("button", name="Reset").click()
    expect(task).to_contain_text("Go further.")


def test_what_was_done_is_undone_and_done_again(tab, address):
    figure = live(tab, address, "walk")
    undo, redo = (figure.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    expect(undo).to_be_disabled()
    slider = bar(figure, "Steps")
    for _ in range(3):  # in one go
        slider.press("ArrowRight")
    figure.get_by_label("Pace").select_option("fast")
    undo.click()
    assert figure.get_by_label("Pace").input_value() == "slow"
    assert told(figure) == ("6",) * 4
    undo.click()
    assert told(figure) == ("3",) * 4
    expect(undo).to_be_disabled()
    expect(redo).to_be_focused()
    redo.click()
    redo.click()
    assert told(figure) == ("6",) * 4
    assert figure.get_by_label("Pace").input_value() == "fast"


def test_a_kept_picture_stands_behind_the_next_and_travels_in_the_link(tab, address):
    figure = live(tab, address, "walk")
    before = drawn(figure)
    figure.get_by_role("button", name="Far").click()
    far = drawn(figure)
    figure.get_by_role("button", name="Keep for comparison").click()
    bar(figure, "Steps").press("Home")
    ghost = figure.locator(".xp-ghost.xp-wide")
    settled(figure)
    assert ghost.inner_html() == far != before
    assert ghost.get_attribute("aria-hidden") == "true"
    figure.get_by_role("button", name="Copy link").click()
    expect(figure.locator(".xp-told")).to_contain_text("ink")
    link = tab.url
    assert link.endswith("#xp-walk:steps=1~steps=6")
    tab.goto("about:blank")
    again = live(tab, link, "walk")
    assert told(again) == ("1",) * 4
    assert again.locator(".xp-ghost.xp-wide").inner_html() == far
    again.get_by_role("button", name="Keep for comparison").click()
    expect(again.locator(".xp-ghost")).to_have_count(0)


@pytest.mark.parametrize("asked", ["xp-stroll", "xp-stroll:steps=2", "xp-stroll~steps=2"])
def test_a_link_to_a_figure_that_is_not_there_says_so_and_names_those_that_are(tab, address, asked):
    live(tab, f"{address}#{asked}", "walk")
    told = tab.get_by_role("alert").filter(has_text="stroll")
    expect(told).to_contain_text("a figure that this page does not have: stroll.")
    titles = tab.locator("[data-xp] .xp-title").all_inner_texts()
    assert told.get_by_role("link").all_inner_texts() == titles
    told.get_by_role("link", name=three_ways.title).click()
    expect(tab.locator(".xp-lost")).to_have_count(0)
    assert tab.url.endswith("#xp-three-ways")


@pytest.mark.parametrize("kept", ["sauce=2", "steps=70"])
def test_a_kept_picture_of_another_version_says_so(tab, address, kept):
    figure = live(tab, f"{address}#xp-walk:steps=2~{kept}", "walk")
    assert told(figure) == ("2",) * 4
    expect(figure.locator(".xp-told")).to_contain_text("It may come from another version")
    expect(figure.locator(".xp-ghost")).to_have_count(0)
