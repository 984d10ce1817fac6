"""In a browser: what is written in a live figure is large enough, and no words lie on others."""

import importlib
import itertools

import pytest

from explorables import assets, parity
from explorables.view import NARROW, WIDE

from .test_honesty import MODULES

pytestmark = pytest.mark.browser

SETTINGS = 60
# Room inside a figure in a window of 390 and of 1280 px.
ROOMS = {NARROW: 332, WIDE: 702}
# What is below 13 px, and which texts overlap; words aslant stand in boxes that are not theirs.
FOUND = """svg => {
  const box = document.querySelector(".xp-figure");
  box.innerHTML = svg;
  const found = [];
  const texts = [...box.querySelectorAll("text")].map(one => {
    const { a, b } = one.getScreenCTM();
    const size = parseFloat(getComputedStyle(one).fontSize) * Math.hypot(a, b);
    if (size < 12.95) found.push(`${one.textContent}: ${size} px`);
    return { words: one.textContent, turned: Math.abs(b) > 0.01, at: one.getBoundingClientRect() };
  }).filter(one => one.words.trim() && !one.turned);
  texts.forEach((one, place) => texts.slice(place + 1).forEach(other => {
    const wide = Math.min(one.at.right, other.at.right) - Math.max(one.at.left, other.at.left);
    const high = Math.min(one.at.bottom, other.at.bottom) - Math.max(one.at.top, other.at.top);
    if (wide > 1.5 && high > 4) found.push(`${one.words} on ${other.words}`);
  }));
  return found;
}"""


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", MODULES)
def test_words_are_large_enough_and_lie_on_no_others(browser, name, width):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    layout = "xp-wide" if width == WIDE else "xp-narrow"
    page.set_content(
        f"<style>{assets.style_sheet()} .xp-figure {{ display: flex !important; "
        f"width: {ROOMS[width]}px }} .xp-narrow {{ flex-direction: column }}</style>"
        f'<body style="font-family: sans-serif"><div class="xp">'
        f'<div class="xp-figure {layout}"></div></div>'
    )
    drawn = 0
    for figure in parity.explorables_of(importlib.import_module(f"servicedesign.live.{name}")):
        for raw in itertools.islice(itertools.chain([{}], parity.corners(figure)), SETTINGS):
            frame = figure.frame(raw, width)
            if "error" not in frame:
                assert page.evaluate(FOUND, frame["svg"]) == [], (figure.id, raw)
                drawn += 1
    assert drawn > 5
    page.close()
