"""One look at a page in one dress, which many tests ask: what it loads, says, shows and breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent.parent
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
DRESSES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": WIDE},
    "dark": {"color_scheme": "dark", "viewport": WIDE},
    "phone": {"color_scheme": "light", "viewport": NARROW},
    "dark phone": {"color_scheme": "dark", "viewport": NARROW},
    "no script": {"java_script_enabled": False, "viewport": NARROW},
    "disk": {"disk": True},
}
# Each look takes seconds; the same pages for every test that asks for this dress.
ON_PHONES = pytest.mark.sample(12, "pages on a dark phone", always=["03_value", "sheets"])
KINDS = ["03_value", "sheets", "search"]
WITHOUT_SCRIPT = pytest.mark.sample(14, "pages without a script", always=KINDS)
FROM_DISK = pytest.mark.sample(14, "pages from disk", always=KINDS)
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
# What only a script could fill in, or what it may fill in otherwise; the last is on paper alone.
FILLED = (
    ".sb-feedback, .sb-score, .sb-note, .sb-tip, .sb-lab, .xp, .sb-yours, .sb-clear, "
    ".sb-progress, .sb-key"
)
TEXT = """(main, filled) => [...main.querySelectorAll('h1,h2,h3,p,li,td,th,dt,dd,legend')]
  .filter(e => !e.closest(filled)).map(e => {
    const copy = e.cloneNode(true);
    copy.querySelectorAll(filled).forEach(part => part.remove());
    return copy.textContent.trim();
  }).filter(Boolean)"""
# Where picture, sentence and focused control are, when the window has come to rest.
PLACES = """async figure => {
  // A busy browser shows what has the focus some time after it got it.
  const inside = ({ top, bottom }) => top >= 0 && bottom <= innerHeight;
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    const active = document.activeElement;
    if (active === document.body || inside(active.getBoundingClientRect())) break;
    await new Promise(resolve => setTimeout(resolve, 60));
  }
  for (let [before, still] = [NaN, 0]; still < 4; still = scrollY === before ? still + 1 : 0) {
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
# What moves or fades has come to rest, and is measured as it stays.  What follows the scroll
# never ends, and is not waited for.
AT_REST = """() => Promise.all(document.getAnimations()
  .filter(one => one.timeline === document.timeline)
  .filter(one => one.effect.getComputedTiming().endTime !== Infinity)
  .map(one => one.finished.catch(() => {})))"""


@dataclass
class Seen:
    """What one look at a page in one dress found."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    cookies: list[Any] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    live: bool = False
    language: str | None = None
    about: str | None = None
    first_tab: str | None = None
    skip_link: dict[str, list[str]] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    too_small: list[str] = field(default_factory=list)
    contents_shown: bool = False
    dead_button_shown: bool = False


def look(visit: Callable[..., Any], document: str, dress: str) -> Seen:
    """Open a page in a dress, once, and note all that tests ask."""
    with visit(document, **DRESSES[dress]) as visited:
        page = visited.page
        page.wait_for_load_state("networkidle")
        seen = Seen(
            text=page.locator("main").evaluate(TEXT, FILLED),
            live=page.locator("[data-xp]").count() > 0,
            language=page.locator("html").get_attribute("lang"),
            about=page.locator("meta[name=description]").get_attribute("content"),
            paths=list(visited.paths),
        )
        if dress == "no script":
            page.locator(".sb-contents-button").click()
            seen.contents_shown = page.locator("#sb-contents a.reference").first.is_visible()
            seen.dead_button_shown = (
                page.locator("button:visible:enabled:not([popovertarget])").count() > 0
            )
        elif dress != "disk":
            _tab_and_measure(page, seen)
        seen.cookies = page.context.cookies()
        seen.foreign, seen.complaints = visited.foreign, visited.complaints
    return seen


def _tab_and_measure(page: Page, seen: Seen) -> None:
    seen.too_small = page.evaluate(TOO_SMALL)
    page.keyboard.press("Tab")
    seen.first_tab = page.evaluate("document.activeElement.getAttribute('href')")
    page.evaluate(AT_REST)  # the skip link slides into the page, and then axe can see it
    with_axe(page)
    found = page.evaluate("axe.run('.skip-link', {runOnly: ['color-contrast']})")
    seen.skip_link = {kind: [one["id"] for one in found[kind]] for kind in ("passes", "violations")}
    answer(page)
    # What lies half under the bar, as anything may on its way, is not too small to touch.
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.evaluate(AT_REST)
    seen.violations = violations(page)
    seen.too_wide = page.evaluate(TOO_WIDE)


def with_axe(page: Page) -> None:
    """Load axe into a page that has none yet."""
    if not page.evaluate("typeof window.axe?.run === 'function'"):
        page.evaluate(AXE)


def violations(page: Page, *, frames: bool = True) -> list[str]:
    """Return what axe finds: rule, place and the element; in frames too, unless told not to."""
    with_axe(page)
    # Of what passes, most of the elements of a page, nobody asks for a description.
    found = page.evaluate(
        "([rules, frames]) => axe.run(document,"
        " {runOnly: rules, iframes: frames, resultTypes: ['violations']})",
        [RULES, frames],
    )
    return [
        f"{item['id']}: {node['target']} {node['html'][:160]}"
        for item in found["violations"]
        for node in item["nodes"]
    ]


def answer(page: Page) -> None:
    """Open what is folded, and answer every question, the first option each."""
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
    for question in page.locator(".sb-question").all():
        question.locator("input").first.check()
        check = question.locator(".sb-check")
        if check.count():
            check.click()
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
