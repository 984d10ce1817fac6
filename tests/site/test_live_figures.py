"""Every live figure of the built site answers the keyboard; its small picture can be put away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from .look import PLACES

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
    """Move a slider by keyboard; return whether picture, number and sentence changed.

    Where the end is too far, such as beyond a budget, the figure says so and is set back.
    """
    path = slider.get_attribute("data-path")
    before = figure.evaluate(SHOWN, path)
    slider.focus()
    # To the far end, so that a sentence with rounded numbers changes as well.
    half = (float(slider.get_attribute("min")) + float(slider.get_attribute("max"))) / 2
    slider.press("Home" if float(slider.input_value()) > half else "End")
    after = figure.evaluate(NEXT_SHOWN, path)
    if figure.locator(".xp-error").inner_text():
        figure.get_by_role("button", name="Reset").click()
        return [False, True, False]
    return [one != other for one, other in zip(before, after, strict=True)]


def moves(figure: Locator) -> list[list[bool]]:
    """Move every slider, at the start; if none answers, as each step to try sets the figure."""
    sliders = figure.locator("input[type=range]").all()
    changed = [move(figure, slider) for slider in sliders]
    for step in figure.locator(".xp-step").all():
        if [True] * 3 not in changed:
            step.click()
            changed += [move(figure, slider) for slider in sliders]
    return changed


@pytest.mark.sample(4, "chapters with live figures, served and from disk", kind=lambda disk: disk)
@pytest.mark.parametrize("disk", [False, True], ids=["http", "disk"])
def test_a_slider_moved_by_keyboard_changes_picture_number_and_sentence(visit, chapter, disk):
    with visit(chapter, disk=disk, viewport={"width": 1280, "height": 900}) as seen:
        figures = seen.page.locator("[data-xp]").all()
        assert figures
        seen.page.evaluate("document.querySelectorAll('.xp-fold').forEach(f => (f.open = true))")
        for figure in figures:
            changed = moves(figure)
            assert [True] * 3 in changed, figure.get_attribute("id")
            assert all(number for _, number, _ in changed)
        assert seen.complaints == []
        assert seen.foreign == []


PHONE = {"width": 390, "height": 800}


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


def test_a_picture_that_was_put_away_stands_in_its_place_all_the_same(visit):
    with visit("book/chapters/05_journey", viewport=PHONE) as seen:
        figure = seen.page.locator("[data-xp]").first
        seen.page.evaluate("document.querySelectorAll('.xp-fold').forEach(f => (f.open = true))")
        figure.locator("[data-path]").last.focus()
        click(seen.page, figure.get_by_role("button", name="Picture"))
        figure.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 60)")
        expect(figure).not_to_have_class(re.compile(r"\bxp-small\b"))
        assert figure.locator(".xp-summary").is_visible()
        assert figure.locator(".xp-narrow .xp-svg").first.is_visible()


@pytest.mark.parametrize("window", [{"width": 360, "height": 225}, {"width": 390, "height": 400}])
def test_a_window_without_room_has_its_controls_to_itself(visit, window):
    with visit("book/chapters/05_journey", viewport=window) as seen:
        figure = seen.page.locator("[data-xp]").first
        seen.page.evaluate("document.querySelectorAll('.xp-fold').forEach(f => (f.open = true))")
        figure.locator("[data-path]").last.focus()
        at = figure.evaluate(PLACES)
        assert at["hit"]
        assert at["picture"]["bottom"] < 0
