"""Every live figure of the built site answers the keyboard and stays in sight of its controls."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

# What a reader sees and what is read out: picture, number and sentence.
SHOWN = """(figure, path) => [
  [...figure.querySelectorAll(".xp-figure")].find((one) => one.clientWidth > 0).innerHTML,
  figure.querySelector(`input[type=number][data-path="${path}"]`).value,
  figure.querySelector(".xp-summary").textContent,
]"""
NEXT_SHOWN = f"""async (figure, path) => {{
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  for (let n = 0; n < 4; n++) await frame();
  return ({SHOWN})(figure, path);
}}"""


def move(figure: Locator, slider: Locator) -> list[bool]:
    """Move a slider by keyboard; return whether picture, number and sentence changed."""
    path = slider.get_attribute("data-path")
    before = figure.evaluate(SHOWN, path)
    slider.focus()
    # To the far end, so that a sentence with rounded numbers changes as well.
    half = (float(slider.get_attribute("min")) + float(slider.get_attribute("max"))) / 2
    slider.press("Home" if float(slider.input_value()) > half else "End")
    after = figure.evaluate(NEXT_SHOWN, path)
    return [one != other for one, other in zip(before, after, strict=True)]


@pytest.mark.sample(4, "chapters with live figures, served and from disk", kind=lambda disk: disk)
@pytest.mark.parametrize("disk", [False, True], ids=["http", "disk"])
def test_a_slider_moved_by_keyboard_changes_picture_number_and_sentence(visit, chapter, disk):
    with visit(chapter, disk=disk, viewport={"width": 1280, "height": 900}) as seen:
        figures = seen.page.locator("[data-xp]").all()
        assert figures
        seen.page.evaluate("document.querySelectorAll('.xp-fold').forEach(f => (f.open = true))")
        for figure in figures:
            sliders = figure.locator("input[type=range]").all()
            changed = [move(figure, slider) for slider in sliders]
            assert [True] * 3 in changed, figure.get_attribute("id")
            assert all(number for _, number, _ in changed)
            assert figure.locator(".xp-error").inner_text() == ""
        assert seen.complaints == []
        assert seen.foreign == []


# Where picture, sentence and focused control are, when the window has come to rest.
PLACES = """async figure => {
  let before = NaN;
  while (scrollY !== before) {
    before = scrollY;
    await new Promise(resolve => setTimeout(resolve, 60));
  }
  const box = one => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const header = document.querySelector(".bd-header-article").getBoundingClientRect().bottom;
  const shown = [...figure.querySelectorAll(".xp-figure")].find(one => one.clientWidth > 0);
  const at = document.activeElement.getBoundingClientRect();
  const hit = document.elementFromPoint((at.left + at.right) / 2, (at.top + at.bottom) / 2);
  return { header, picture: box(shown), words: box(figure.querySelector(".xp-words")),
    control: box(document.activeElement), hit: hit === document.activeElement,
    wide: document.documentElement.scrollWidth, tall: document.documentElement.scrollHeight };
}"""
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 800}


@pytest.mark.sample(
    4, "pictures in sight of their controls by chapter", kind=lambda window: window["width"]
)
@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_the_picture_is_in_sight_of_every_figure_s_last_control(visit, chapter, window):
    with visit(chapter, viewport=window) as seen:
        figures = seen.page.locator("[data-xp]").all()
        assert figures
        seen.page.evaluate("document.querySelectorAll('.xp-fold').forEach(f => (f.open = true))")
        for figure in figures:
            seen.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
            before = figure.evaluate(PLACES)
            figure.locator("[data-path]").last.focus()
            at = figure.evaluate(PLACES)
            name = figure.get_attribute("id"), at
            picture, words, control = at["picture"], at["words"], at["control"]
            tall = min(picture["bottom"], window["height"]) - max(picture["top"], at["header"])
            assert tall >= 150, name
            assert words["top"] >= at["header"], name
            assert words["bottom"] <= window["height"], name
            assert at["hit"], name
            assert control["bottom"] <= window["height"], name
            assert max(picture["bottom"], words["bottom"]) <= control["top"], name
            assert at["wide"] <= window["width"], name
            assert abs(at["tall"] - before["tall"]) <= 2, name


def click(page, button):
    """Click where it is: a locator's own click scrolls the page first."""
    box = button.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_small_picture_can_be_put_away_and_brought_back(visit):
    with visit("book/chapters/05_journey", viewport=PHONE) as seen:
        figure = seen.page.locator("[data-xp]").first
        seen.page.evaluate("document.querySelectorAll('.xp-fold').forEach(f => (f.open = true))")
        last = figure.locator("[data-path]").last
        last.focus()
        away = figure.get_by_role("button", name="Picture")
        assert away.get_attribute("aria-expanded") == "true"
        start = figure.evaluate(PLACES)
        click(seen.page, away)
        assert away.get_attribute("aria-expanded") == "false"
        assert not figure.locator(".xp-summary").is_visible()
        last.focus()
        put = figure.evaluate(PLACES)
        assert abs(put["control"]["top"] - start["control"]["top"]) <= 2
        click(seen.page, away)
        assert figure.locator(".xp-summary").is_visible()


@pytest.mark.parametrize("window", [{"width": 360, "height": 225}, {"width": 390, "height": 400}])
def test_a_window_without_room_has_its_controls_to_itself(visit, window):
    with visit("book/chapters/05_journey", viewport=window) as seen:
        figure = seen.page.locator("[data-xp]").first
        seen.page.evaluate("document.querySelectorAll('.xp-fold').forEach(f => (f.open = true))")
        figure.locator("[data-path]").last.focus()
        at = figure.evaluate(PLACES)
        assert at["hit"]
        assert at["picture"]["bottom"] < 0
