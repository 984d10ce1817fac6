"""axe finds nothing, in every dress a page wears; keyboard and zoom work too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .conftest import ROOT, Visitor

pytestmark = pytest.mark.browser

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DRESSES = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
    "dark phone": {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}},
}
# What may scroll by itself, such as a block of code, is not the page's fault.
TOO_WIDE = """() => {
  const scrolls = e => ["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX);
  const outside = e => {
    for (let box = e.parentElement; box !== document.body; box = box.parentElement) {
      if (scrolls(box)) return false;
    }
    return e.getBoundingClientRect().right > innerWidth + 1;
  };
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const guilty = [...document.querySelectorAll("main *")].filter(outside);
  return guilty.length ? guilty.slice(0, 5).map(e => e.outerHTML.slice(0, 120)) : ["the page"];
}"""
TOO_SMALL = """() => [...document.querySelectorAll(
    "main button, main summary, main .sb-option label")]
  .filter(e => e.checkVisibility())
  .filter(e => Math.min(e.offsetWidth, e.offsetHeight) < 24)
  .map(e => e.outerHTML.slice(0, 120))"""


def violations(page: Page, *, frames: bool = True) -> list[str]:
    """Return what axe finds: rule, place and the element; in frames too, unless told not to."""
    page.evaluate(AXE)
    found = page.evaluate(
        "([rules, frames]) => axe.run(document, {runOnly: rules, iframes: frames})",
        [RULES, frames],
    )
    return [
        f"{item['id']}: {node['target']} {node['html'][:160]}"
        for item in found["violations"]
        for node in item["nodes"]
    ]


def answer(page: Page) -> None:
    """Answer every question, the first option each, and open what is folded."""
    for question in page.locator(".sb-question").all():
        question.locator("input").first.check()
        check = question.locator(".sb-check")
        if check.count():
            check.click()
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")


def check_dress(visit: Visitor, document: str, dress: str) -> None:
    with visit(document, **DRESSES[dress]) as seen:
        answer(seen.page)
        seen.page.wait_for_timeout(200)
        assert violations(seen.page) == []


# The two that differ most, on every page; the two between them where most kinds of parts meet.
@pytest.mark.parametrize("dress", ["light", "dark phone"])
def test_axe_finds_nothing(visit, document, dress):
    check_dress(visit, document, dress)


@pytest.mark.parametrize("dress", ["dark", "phone"])
@pytest.mark.parametrize("page", ["book/index", "book/chapters/03_value", "book/guides/teacher"])
def test_axe_finds_nothing_in_the_dresses_between(visit, page, dress):
    check_dress(visit, page, dress)


def test_a_narrow_phone_needs_no_sideways_scroll(visit, document):
    with visit(document, viewport={"width": 360, "height": 740}) as seen:
        answer(seen.page)
        assert seen.page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("dress", ["light", "dark"])
def test_the_first_tab_reaches_the_skip_link_which_can_be_read(visit, document, dress):
    with visit(document, **DRESSES[dress]) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
        seen.page.wait_for_timeout(250)  # it slides into the page, and then axe can see it
        seen.page.evaluate(AXE)
        found = seen.page.evaluate("axe.run('.skip-link', {runOnly: ['color-contrast']})")
        assert [item["id"] for item in found["passes"]] == ["color-contrast"]
        assert found["violations"] == []


def test_every_focus_is_visible(visit, chapter):
    with visit(chapter) as seen:
        for _ in range(60):
            seen.page.keyboard.press("Tab")
            shown = seen.page.evaluate(
                "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " return e === document.body || parseFloat(s.outlineWidth) >= 2"
                " && s.outlineStyle !== 'none' ? '' : e.outerHTML.slice(0, 160) })()"
            )
            assert shown == ""


def test_every_target_is_large_enough(visit, document):
    """WCAG 2.5.8: 24 by 24 CSS pixels for buttons and inputs."""
    with visit(document, viewport={"width": 360, "height": 740}) as seen:
        small = seen.page.evaluate(TOO_SMALL)
        assert small == []


def test_a_page_says_its_language_and_what_it_is_about(visit, document):
    with visit(document) as seen:
        assert seen.page.locator("html").get_attribute("lang") == "en"
        about = seen.page.locator("meta[name=description]").get_attribute("content")
        assert 10 < len(about) <= 160
