"""A designed page: its line, its widths, its margin, its rail, and its length on a phone."""

from __future__ import annotations

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Route

from .conftest import LIVE

pytestmark = pytest.mark.browser

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
# Characters of each line but a paragraph's last, as the browser has broken them.
LINES = """() => {
  const found = [];
  for (const text of document.querySelectorAll("article section > p")) {
    if (text.textContent.length < 250 || text.querySelector("math")) continue;
    if (!text.checkVisibility()) continue;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const lines = new Map();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(".sb-tip")) continue;
      for (let at = 0; at < node.length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        const line = box && Math.round(box.bottom / 12);
        if (box) lines.set(line, (lines.get(line) || 0) + 1);
      }
    }
    found.push(...[...lines].sort((a, b) => a[0] - b[0]).map((line) => line[1]).slice(0, -1));
  }
  return found.sort((a, b) => a - b);
}"""
# The right edges of what stands in the text's flow, from its left edge, in CSS pixels.
EDGES = """() => {
  const left = document.querySelector("article h1").getBoundingClientRect().left;
  return [...document.querySelectorAll("article section > *, article section > details > *")]
    .filter((one) => one.checkVisibility()
      && !one.matches("section, .sb-notes, .sb-in-margin, .sb-in-margin *, summary, h1, h2, h3"))
    .map((one) => [one.getBoundingClientRect(), one])
    .filter(([box]) => box.width > 0)
    .map(([box, one]) => [Math.round(box.right - left), one.outerHTML.slice(0, 80)]);
}"""
TEXT, MARGIN, GAP = 576, 240, 48


@pytest.mark.sample(3, "lines of text by chapter")
def test_a_line_of_text_has_66_to_72_characters_of_18_pixels(visit, chapter):
    with visit(chapter, viewport=DESK) as seen:
        lines = seen.page.evaluate(LINES)
        assert len(lines) > 20
        assert 66 <= lines[len(lines) // 2] <= 72
        size = "getComputedStyle(document.querySelector('article section > p')).fontSize"
        assert seen.page.evaluate(size) == "18px"


@pytest.mark.sample(3, "widths by chapter")
def test_what_stands_on_a_page_is_as_wide_as_the_text_or_as_text_and_margin(visit, chapter):
    with visit(chapter, viewport=DESK) as seen:
        edges = seen.page.evaluate(EDGES)
        wide = TEXT + GAP + MARGIN
        assert [one for one in edges if one[0] > TEXT + 1 and abs(one[0] - wide) > 1] == []
        assert any(abs(edge - wide) <= 1 for edge, _ in edges)


@pytest.mark.sample(3, "rails by chapter")
def test_one_rail_names_the_ideas_and_no_side_bar_stands_beside_it(visit, chapter):
    with visit(chapter, viewport=DESK) as seen:
        page = seen.page
        ideas = page.locator(".sb-rail li:not(.sb-closing-stop)").all_inner_texts()
        heads = page.locator("article section:not(.sb-closing) > h2").all_inner_texts()
        named = [head.removesuffix("#").strip() for head in heads]
        assert [idea.strip() for idea in ideas] == named
        assert not page.locator("#sb-contents").is_visible()
        last = page.locator(".sb-rail li:not(.sb-closing-stop) a").last
        last.click()
        page.wait_for_function("() => document.querySelector('.sb-rail [aria-current]') !== null")
        page.wait_for_function(
            "text => document.querySelector('.sb-rail [aria-current]').textContent === text",
            arg=last.inner_text(),
        )


def test_a_chapter_carries_its_number_wherever_it_is_named(visit):
    with visit("book/chapters/05_journey") as seen:
        page = seen.page
        assert page.title().startswith("5 The customer journey")
        assert page.locator("h1").inner_text().startswith("5")
        assert page.locator(".prev-next-title").all_inner_texts()[0].startswith("4 ")
        assert page.locator(".prev-next-title").all_inner_texts()[1].startswith("6 ")
        page.locator(".sb-contents-button").click()
        named = page.locator("#sb-contents .sb-numbered").all_inner_texts()
        assert [re.match(r"\d+", name)[0] for name in named] == [str(n) for n in range(1, 11)]


@pytest.mark.sample(3, "openings by chapter")
def test_the_scene_comes_before_what_the_chapter_asks_for(visit, chapter):
    with visit(chapter, java_script_enabled=False, viewport=DESK) as seen:
        scene = seen.page.locator(".sb-scene").first.bounding_box()
        opening = seen.page.locator(".sb-objectives").bounding_box()
        assert scene["y"] < DESK["height"]
        assert scene["y"] < opening["y"]


@pytest.mark.sample(3, "touched words by chapter")
def test_a_touched_word_or_source_opens_its_note_and_stays_in_the_chapter(visit, chapter):
    with visit(chapter, **TOUCH) as seen:
        page = seen.page
        for kind in ("a.sb-term", "a.sb-cited"):
            link = page.locator(f"article section:not(.sb-closing) > p {kind}").first
            link.scroll_into_view_if_needed()
            before = page.evaluate("scrollY"), page.url
            link.tap()
            note = page.locator(".sb-sheet-note")
            assert note.is_visible()
            # A term leads on to the glossary; a source may have no address.
            assert note.locator("a").count() or kind == "a.sb-cited"
            assert note.bounding_box()["y"] > PHONE["height"] / 3
            assert page.evaluate("innerHeight") - sum(
                note.bounding_box()[one] for one in ("y", "height")
            ) == pytest.approx(0, abs=1)
            note.locator("button").tap()
            page.wait_for_function("() => !document.querySelector('.sb-sheet-note')")
            assert (page.evaluate("scrollY"), page.url) == before


@pytest.mark.sample(3, "touched words by chapter")
def test_without_a_script_a_note_opens_at_the_foot_and_leads_back_to_its_word(visit, chapter):
    with visit(chapter, **TOUCH, java_script_enabled=False) as seen:
        page = seen.page
        link = page.locator("article section:not(.sb-closing) > p a.sb-term").first
        link.scroll_into_view_if_needed()
        link.tap()
        note = page.locator(".sb-margin-note:target")
        assert note.is_visible()
        assert urlparse(page.url).path.endswith(f"{chapter}.html")
        note.locator(".sb-note-back").tap()
        assert page.locator(".sb-margin-note:target").count() == 0
        assert link.evaluate("e => e.matches(':target')")


@pytest.mark.sample(3, "notes by chapter")
def test_a_note_stands_in_the_margin_beside_its_word(visit, chapter):
    with visit(chapter, viewport=DESK) as seen:
        page = seen.page
        word = page.locator("article section:not(.sb-closing) > p a.sb-term[id]").first
        note = page.locator(f"[id='{word.get_attribute('href')[1:]}']")
        note.scroll_into_view_if_needed()
        beside, at = note.bounding_box(), word.bounding_box()
        assert beside["x"] > at["x"] + at["width"]
        assert abs(beside["y"] - at["y"]) < DESK["height"]


def test_a_jump_to_another_part_can_be_taken_back(visit):
    with visit("book/chapters/05_journey", **TOUCH) as seen:
        page = seen.page
        page.evaluate("""() => {
          const link = document.createElement("a");
          link.href = "#references";
          link.textContent = "to the references";
          document.querySelector("article section section p").append(link);
        }""")
        link = page.get_by_text("to the references")
        link.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        link.tap()
        page.locator(".sb-back").tap()
        page.wait_for_function("y => Math.abs(scrollY - y) < 2", arg=before)
        assert not page.locator(".sb-back").is_visible()


SCREENS = 25


def test_a_chapter_has_at_most_25_screens_on_a_phone(visit, chapter):
    with visit(chapter, **TOUCH) as seen:
        high = seen.page.evaluate("document.documentElement.scrollHeight")
        assert high / PHONE["height"] <= SCREENS


EVIDENCE = "book/reference/evidence"


@pytest.mark.sample(3, "dockets by chapter")
def test_claims_stand_as_a_docket_whose_squares_lead_to_their_cases(visit, chapter):
    with visit(chapter, viewport=DESK, java_script_enabled=False) as seen:
        page = seen.page
        assert page.locator(".sb-claims table").count() == 0
        squares = page.locator(".sb-claims .sb-square")
        cases = page.locator(".sb-claims .sb-case")
        assert squares.count() == cases.count() > 2
        for nth in range(squares.count()):
            square, case = squares.nth(nth), cases.nth(nth)
            assert square.get_attribute("href") == f"#{case.get_attribute('id')}"
            verdict = case.locator(".sb-found").text_content()
            assert square.get_attribute("aria-label") == f"Claim {nth + 1}: {verdict[:-1]}"
            assert len(case.locator(".sb-proof").text_content()) > 20


def test_all_claims_lie_on_a_map_that_is_filtered_without_a_script(visit):
    with visit(EVIDENCE, viewport=DESK, java_script_enabled=False) as seen:
        page = seen.page
        every = page.locator(".sb-case").count()
        assert page.locator(".sb-map .sb-square").count() == every > 60
        page.locator("#only-contradicted").check()
        left = page.locator(".sb-case:visible")
        assert 0 < left.count() < every
        assert set(left.evaluate_all("all => all.map(one => one.dataset.verdict)")) == {
            "contradicted"
        }
        assert page.locator(".sb-map .sb-square:visible").count() == left.count()
        page.locator("#only-all").check()
        page.locator("#of-05_journey").check()
        assert 0 < page.locator(".sb-case:visible").count() < every
        shown = page.locator(".sb-of-chapter:visible").evaluate_all("all => all.map(one => one.id)")
        assert shown == ["chapter-5"]


# The two families, the signs that neither draws, and the reader's own face for code.
FACES = {"Fraunces", "Atkinson Hyperlegible Next", "Course Signs"}


@pytest.mark.sample(3, "fonts by chapter")
def test_no_third_face_is_used_for_what_is_not_code(visit, chapter):
    with visit(chapter, viewport=DESK) as seen:
        page = seen.page
        page.evaluate("document.fonts.ready")
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
        asks = page.context.new_cdp_session(page)
        asks.send("DOM.enable")
        asks.send("CSS.enable")
        root = asks.send("DOM.getDocument")["root"]["nodeId"]
        used: dict[str, str] = {}
        for kind in ("p", "li", "h1", "h2", "td", "th", "svg text", "math", "summary", "label"):
            found = asks.send(
                "DOM.querySelectorAll",
                {"nodeId": root, "selector": f"article {kind}:not(pre *, :has(code))"},
            )
            for node in found["nodeIds"]:
                answer = asks.send("CSS.getPlatformFontsForNode", {"nodeId": node})
                for font in answer["fonts"]:
                    used.setdefault(re.sub(r" (Semi)?[Bb]old.*", "", font["familyName"]), kind)
        assert {name: kind for name, kind in used.items() if name not in FACES} == {}
        assert FACES - {"Course Signs"} <= set(used)


@pytest.mark.sample(2, "answers by chapter")
def test_what_there_was_to_see_is_folded_until_the_reader_opens_it(visit, chapter):
    with visit(chapter, viewport=DESK) as seen:
        answers = seen.page.locator(".sb-saw")
        assert answers.count() > 0
        assert not answers.locator(":scope > p").locator("visible=true").count()
        answers.first.locator("summary").click()
        assert answers.first.locator(":scope > p").first.is_visible()


# What has moved while the page came, and how far down: the browser's own measure.
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts.push(one.value);
  }).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.sample(2, "chapters that come with late fonts", kind=lambda window: window["width"])
@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_moves_when_fonts_and_figures_arrive(browser, serve, site, chapter, window):
    page = browser.new_page(viewport=window)
    page.add_init_script(SHIFTS)

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.woff2", hold)
    page.goto(f"{serve(site)}/{chapter}.html", wait_until="domcontentloaded")
    page.wait_for_function(LIVE)
    assert held
    for font in held:
        font.continue_()
    page.unroute("**/*.woff2")
    page.evaluate("() => document.fonts.ready")
    page.wait_for_function("() => document.fonts.check('600 1rem Fraunces')")
    page.evaluate(
        "async () => { for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame); }"
    )
    moved = page.evaluate("() => window.shifts.reduce((sum, one) => sum + one, 0)")
    page.close()
    assert moved < 0.02


PAST = """async (figure) => {
  const frames = async () => {
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
  };
  let small = false;
  figure.scrollIntoView({ block: "start", behavior: "instant" });
  while (figure.getBoundingClientRect().bottom > 0) {
    await frames();
    small ||= figure.classList.contains("xp-small");
    scrollBy({ top: 120, behavior: "instant" });
  }
  await frames();
  return small;
}"""


def test_nothing_moves_while_a_picture_becomes_small_on_a_phone(visit):
    with visit("book/chapters/05_journey", viewport=PHONE) as seen:
        seen.page.evaluate(f"() => {{ {SHIFTS} }}")
        assert seen.page.locator("[data-xp]").first.evaluate(PAST)
        moved = seen.page.evaluate("() => window.shifts.reduce((sum, one) => sum + one, 0)")
    assert moved < 0.02


def test_the_fold_of_a_sheet_says_what_it_does_in_each_state(visit):
    with visit("book/chapters/05_journey", **TOUCH) as seen:
        fold = seen.page.locator(".sb-clip > summary").first
        assert fold.inner_text() == "Show the whole sheet"
        fold.tap()
        assert fold.inner_text() == "Show its head alone"


def test_a_quiet_button_is_as_quiet_as_a_quiet_link(visit):
    with visit("book/index") as seen:
        grounds = seen.page.evaluate("""() => ["a", "button"].map((name) => {
          const one = document.querySelector("article").appendChild(document.createElement(name));
          one.className = "sb-button sb-quiet";
          return getComputedStyle(one).backgroundColor;
        })""")
        assert grounds == ["rgba(0, 0, 0, 0)"] * 2


def test_a_copy_button_copies_the_code_beside_it(visit):
    allowed = ["clipboard-read", "clipboard-write"]
    with visit("book/chapters/05_journey", permissions=allowed, viewport=DESK) as seen:
        page = seen.page
        code = page.locator("div.cell_input pre:visible").first
        code.hover()
        page.locator(f"[data-clipboard-target='#{code.get_attribute('id')}']").click()
        page.locator(".copybtn.success").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.strip() == code.inner_text().strip()


# Runs of text in an output's pre and its visible width, in CSS pixels.
WIDE_OUTPUTS = """() => [...document.querySelectorAll(".cell_output .highlight pre")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.slice(0, 80))"""


@pytest.mark.sample(3, "outputs by chapter", always=["05_journey"])
def test_an_output_is_no_wider_than_a_phone(visit, chapter):
    with visit(chapter, **TOUCH) as seen:
        page = seen.page
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
        assert page.evaluate(WIDE_OUTPUTS) == []


SPLIT = """() => [...document.querySelectorAll("td code .pre, th code .pre")]
  .filter((word) => word.getClientRects().length > 1).map((word) => word.textContent)"""


@pytest.mark.parametrize("page", ["data", "syllabus"])
def test_a_table_makes_no_page_wider_than_a_tablet(visit, page):
    with visit(f"book/reference/{page}", viewport={"width": 820, "height": 1180}) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 820


@pytest.mark.parametrize("page", ["data", "journey_format", "blueprint_format"])
def test_no_name_in_a_table_is_broken(visit, page):
    with visit(f"book/reference/{page}", viewport=DESK) as seen:
        assert seen.page.locator("td code .pre").count() > 5
        assert seen.page.evaluate(SPLIT) == []


@pytest.mark.parametrize("page", ["journey_format", "blueprint_format"])
def test_a_poster_shows_a_part_at_full_size_and_leads_to_the_whole(visit, page):
    with visit(f"book/reference/{page}", viewport=DESK) as seen:
        poster = seen.page.locator("img.sb-poster")
        fit = poster.evaluate("e => getComputedStyle(e).objectFit")
        assert fit == "none", "the poster is made smaller than it was drawn"
        assert poster.bounding_box()["width"] < poster.evaluate("e => e.naturalWidth")
        whole = poster.get_attribute("src").rsplit("/", 1)[-1]
        assert seen.page.locator(f"article a[href$='{whole}']").count() >= 1


def test_on_a_phone_the_bar_names_the_part_and_what_it_holds_is_large_enough_to_touch(visit):
    with visit("book/chapters/03_value", viewport=PHONE) as seen:
        page = seen.page
        page.locator("h2").nth(2).scroll_into_view_if_needed()
        page.evaluate("scrollBy({top: 1500, behavior: 'instant'})")
        page.locator(".sb-section:not(:empty)").wait_for()
        for target in page.locator(".sb-bar :is(a, button):visible").all():
            box = target.bounding_box()
            assert min(box["width"], box["height"]) >= 44, target.evaluate("one => one.outerHTML")
