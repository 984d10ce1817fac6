"""The gallery: pictures at rest, each alive when it is touched, all by one runtime."""

from __future__ import annotations

import gzip
import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book/reference/gallery")]

GALLERY = "book/reference/gallery"
PHONE = {"width": 360, "height": 740}
KILOBYTES = 130  # of the page itself, compressed
HANDLED = (
    """(figure) => [...figure.querySelectorAll("[data-path]")].every((one) => !one.disabled)"""
)
# What the figure answers; where the end of a slider is too far, it says so instead.
SHOWN = """(figure) => [".xp-summary", ".xp-error"]
  .map((part) => figure.querySelector(part).textContent).join() +
  [...figure.querySelectorAll(".xp-figure")].find((one) => one.clientWidth).innerHTML"""


def figures(page):
    return page.locator("[data-xp]").all()


def asked_for(seen):
    return [path.rsplit("/", 1)[1] for path in seen.paths if "/explorables/" in path]


def wake(page, figure, by="click"):
    button = figure.get_by_role("button", name="Move it")
    button.click() if by == "click" else button.press("Enter")
    handle = figure.element_handle()
    page.wait_for_function("(figure) => 'live' in figure.dataset", arg=handle)
    assert figure.evaluate(HANDLED)


def move(page, figure):
    """Take the last step to try, or else move a slider to its end; wait until it has answered."""
    before = figure.evaluate(SHOWN)
    steps = figure.locator(".xp-step").all()
    if steps:
        steps[-1].click()
    else:
        slider = figure.locator("input[type=range]:visible").first
        low, high = (float(slider.get_attribute(name)) for name in ("min", "max"))
        slider.press("Home" if float(slider.input_value()) > (low + high) / 2 else "End")
    page.wait_for_function(
        "([figure, before]) => (" + SHOWN + ")(figure) !== before",
        arg=[figure.element_handle(), before],
    )


def test_until_one_is_touched_no_figure_runs_and_nothing_of_the_runtime_is_asked_for(visit):
    with visit(GALLERY, viewport={"width": 1280, "height": 900}) as seen:
        seen.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        seen.page.wait_for_timeout(500)
        assert not [name for name in asked_for(seen) if "micropython" in name or "live" in name]
        assert len(figures(seen.page)) >= 14
        assert seen.page.locator("[data-xp][data-live]").count() == 0
        assert seen.page.locator("[data-xp] form:visible").count() == 0
        assert seen.complaints == []


def test_a_figure_wakes_alone_with_its_own_module(visit):
    with visit(GALLERY, viewport={"width": 1280, "height": 900}) as seen:
        figure = seen.page.locator("#xp-three-ways")
        wake(seen.page, figure)
        move(seen.page, figure)
        assert seen.page.locator("[data-xp][data-live]").count() == 1
        modules = [name for name in asked_for(seen) if ".live." in name]
        assert modules == ["servicedesign.live.value.js"]
        assert seen.complaints == []


@pytest.mark.parametrize("disk", [False, True], ids=["served", "from disk"])
def test_all_of_them_can_be_woken_one_after_the_other_by_one_runtime(visit, disk):
    with visit(GALLERY, disk=disk, viewport={"width": 1280, "height": 900}) as seen:
        for figure in figures(seen.page):
            wake(seen.page, figure)
        for figure in figures(seen.page):
            move(seen.page, figure)
        assert asked_for(seen).count("micropython.js") == 1
        assert seen.complaints == []
        assert seen.foreign == []


def test_the_keyboard_wakes_a_figure_and_goes_on_at_its_first_control(visit):
    with visit(GALLERY, viewport={"width": 1280, "height": 900}) as seen:
        figure = seen.page.locator("#xp-two-hands")
        figure.get_by_role("button", name="Move it").focus()
        wake(seen.page, figure, by="Enter")
        assert figure.evaluate("(figure) => figure.contains(document.activeElement)")
        assert seen.page.evaluate("document.activeElement.dataset.path") == figure.locator(
            "form [data-path]"
        ).first.get_attribute("data-path")


def test_a_touch_on_the_picture_wakes_it_on_a_phone_and_nothing_is_too_wide(visit):
    with visit(GALLERY, viewport=PHONE, has_touch=True, is_mobile=True) as seen:
        figure = seen.page.locator("#xp-bought-or-earned")
        button = figure.locator(".xp-wake").bounding_box()
        assert button["height"] >= 44
        figure.locator(".xp-sight").tap()
        seen.page.wait_for_function(
            "(figure) => 'live' in figure.dataset", arg=figure.element_handle()
        )
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        move(seen.page, figure)
        assert seen.complaints == []


def test_a_link_to_a_setting_wakes_its_figure(visit):
    with visit(GALLERY, viewport={"width": 1280, "height": 900}) as seen:
        seen.page.evaluate("location.hash = '#xp-three-ways:time_value=30'")
        figure = seen.page.locator("#xp-three-ways")
        seen.page.wait_for_function(
            "(figure) => 'live' in figure.dataset", arg=figure.element_handle()
        )
        assert figure.locator("input[type=range][data-path=time_value]").input_value() == "30"
        assert seen.page.locator("[data-xp][data-live]").count() == 1


def test_each_has_its_question_and_a_link_to_it_in_its_chapter(visit, site):
    with visit(GALLERY) as seen:
        told = seen.page.locator("section.sb-exhibit").all()
        assert len(told) == len(figures(seen.page))
        for section in told:
            assert section.locator("h2").inner_text().rstrip("#¶").strip().endswith("?")
            way, name = section.locator("a[href*='#xp-']").first.get_attribute("href").split("#")
            assert name == section.locator("[data-xp]").get_attribute("id")
            chapter = (site / GALLERY).parent / way
            assert f'id="{name}"' in chapter.resolve().read_text("utf-8")


def test_without_a_script_the_stills_are_there_and_no_dead_button(visit):
    with visit(GALLERY, java_script_enabled=False) as seen:
        assert seen.page.locator(".xp-figure:visible").count() == len(figures(seen.page))
        assert seen.page.locator(".xp-wake:visible").count() == 0


def test_on_paper_each_is_a_still_with_its_question(visit):
    with visit(GALLERY) as seen:
        seen.page.emulate_media(media="print")
        assert seen.page.locator(".xp-wide:visible").count() == len(figures(seen.page))
        assert seen.page.locator(".xp-wake:visible").count() == 0
        assert seen.page.locator("[data-xp] form:visible").count() == 0


def test_the_page_itself_is_light(site):
    text = (site / f"{GALLERY}.html").read_bytes()
    assert len(gzip.compress(text, 6)) <= KILOBYTES * 1000
    script = re.search(rb'<script[^>]*explorables\.js[^>]*data-modules="([^"]*)"', text)
    assert script
    assert script[1] == b""
