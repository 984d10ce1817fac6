"""The numbers on the page about accessibility are those that are measured and demanded here."""

from __future__ import annotations

import json
import re

import pytest
from tests.explorables.test_svg import contrast
from tests.servicedesign.live.test_legible import FOUND as LETTERS

from explorables import palette

from .look import DRESSES, NARROW, ROOT, RULES, TOO_SMALL, with_axe
from .test_engines import ENGINES

PAGE = (ROOT / "book" / "reference" / "accessibility.md").read_text("utf-8")
ROW = re.compile(r"^\| ([^|]+) \| ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE)
MEASURED = {what: (float(found), float(least)) for what, found, least in ROW.findall(PAGE)}
WORDS = "Least contrast of words on a page, {} colours"
TONES = "Least contrast of the tones of live figures, {} colours"
PAGES = ["book/index", "book/chapters/03_value", "book/guides/teacher"]
LEAST = """async () => {
  document.querySelectorAll("main details").forEach((one) => { one.open = true; });
  const found = await axe.run(document, {
    runOnly: ["color-contrast"], iframes: false, resultTypes: ["passes", "violations"] });
  return Math.min(...[...found.passes, ...found.violations].flatMap((rule) => rule.nodes)
    .map((node) => node.any[0]?.data?.contrastRatio ?? 21));
}"""


def test_every_number_meets_what_is_demanded_of_it():
    assert len(MEASURED) == 4
    for what, (found, least) in MEASURED.items():
        assert found >= least == 4.5, what


def test_the_sizes_are_those_that_the_tests_demand():
    side, letters, screen = re.search(
        r"at least (\d+) px high.* at least (\d+) px, .* of (\d+) px\.", PAGE
    ).groups()
    assert f"< {side})" in TOO_SMALL
    assert f"size < {int(letters) - 0.05}" in LETTERS
    assert int(screen) == NARROW["width"]


@pytest.mark.parametrize(("shade", "colours"), [(palette.LIGHT, "light"), (palette.DARK, "dark")])
def test_the_tones_of_figures_stand_out_as_much_as_the_page_says(shade, colours):
    ground = palette.TONES["ground"][shade]
    names = ["ink", "soft", "wrong", *map(str, range(7))]
    least = min(contrast(palette.TONES[name][shade], ground) for name in names)
    assert MEASURED[TONES.format(colours)][0] == round(least, 2)


def test_the_version_of_axe_is_the_one_that_is_installed():
    installed = json.loads((ROOT / "node_modules/axe-core/package.json").read_text("utf-8"))
    assert f"axe {installed['version']}, " in PAGE


def test_every_engine_that_is_driven_has_a_row():
    rows = re.findall(r"^\| \w+ \| ([A-Za-z]+) [\d.]+(?: ESR)? \|", PAGE, re.MULTILINE)
    assert [name.lower().removesuffix("gtk") for name in rows] == ENGINES


@pytest.mark.browser
def test_the_rules_are_as_many_as_the_page_says(visit):
    with visit("search") as visited:
        with_axe(visited.page)
        count = visited.page.evaluate("(tags) => axe.getRules(tags).length", RULES)
    assert f"its {count} rules" in PAGE


@pytest.mark.browser
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_words_stand_out_as_much_as_the_page_says(visit, colours):
    found = []
    for page in PAGES:
        with visit(page, **DRESSES[colours]) as visited:
            with_axe(visited.page)
            found.append(visited.page.evaluate(LEAST))
    assert min(found) == pytest.approx(MEASURED[WORDS.format(colours)][0], abs=0.05)
