"""A chapter on paper: full sheets, whole lines, no heading without what it heads."""

from __future__ import annotations

import pytest

from .paper import sheets

pytestmark = pytest.mark.browser

MOST_EMPTY = 1 / 3
MARGIN = 12  # millimetres at either side that stay free
POINTS = 72 / 25.4
FRAMES = "async () => { for (let n = 0; n < 6; n++) await new Promise(requestAnimationFrame); }"
SEEN = """() => {
  const shown = (one) => one.getClientRects().length > 0;
  const words = (one) => (one.innerText || one.textContent).replace(/\\s+/g, "");
  const all = (selector) => [...document.querySelectorAll(".bd-article " + selector)].filter(shown);
  const own = (one) => [...one.querySelectorAll("text")].slice(0, 1).map(words)[0];
  const cut = (one) => one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX !== "visible";
  return {
    heads: all(":is(h2, h3, .sb-box-title, .sb-opening > p, .xp-title, caption, thead tr, dt)")
      .map(words),
    maps: all("svg.wall").map(own),
    dead: all(":is(input[type=range], button, select, .xp input, textarea)").length,
    cut: all(":is(div, pre, table, figure)").filter(cut).map((one) => one.className || one.tagName),
    pictures: all(".xp-wide").length,
    figures: document.querySelectorAll("[data-xp]").length,
    sentences: all(".xp-summary").map(words),
    starts: all(".xp-start").map(words),
    pencils: all(".sb-paper").length,
    // What a control is called and set to, by the name of a column for one in a table.
    settings: [...document.querySelectorAll(".xp form [data-path]:not([type=number])")]
      .map((one) => (one.closest(".xp-cell") || one.closest(".xp-control")).querySelector("label"))
      .map((one) => one.textContent.replace(/\\s+/g, "") + ":"),
    twice: all(".xp-title").map(words).filter((title) => all("h2").map(words).includes(title)),
    programs: all(":is(.tag_hide-input, .tag_hide-cell) div.cell_input").length,
    outputs: all(".tag_hide-cell .cell_output").length
      === document.querySelectorAll(".tag_hide-cell .cell_output").length,
    led: [...document.querySelectorAll(".sb-field a, .sb-exercises a, .bd-article p > a")]
      .filter((one) => shown(one) && one.host === location.host)
      .filter((one) => one.pathname !== location.pathname && !/_downloads/.test(one.pathname))
      .map((one) => [one.pathname.slice(1) + one.search + one.hash,
        getComputedStyle(one, "::after").content]),
    // Pixels of CSS are 0.75 points.
    small: all("svg:not(.scene *) text")
      .map((one) => [words(one), one.getScreenCTM(), parseFloat(getComputedStyle(one).fontSize)])
      .map(([said, { a, b }, size]) => [said, +(size * Math.hypot(a, b) * .75).toFixed(1)])
      .filter(([said, points]) => said && points < 7),
  };
}"""


@pytest.fixture(scope="module")
def printed(visit):
    """Return what is seen of a chapter as it is laid out for print, and its sheets."""
    kept = {}

    def show(chapter):
        if chapter not in kept:
            # As wide as the text is on the sheet.
            with visit(chapter, viewport={"width": 658, "height": 1000}) as seen:
                seen.page.emulate_media(media="print")
                laid_out = seen.page.evaluate(SEEN)
                kept[chapter] = laid_out, sheets(seen.page.pdf(format="A4"))
        return kept[chapter]

    return show


@pytest.fixture
def paper(printed, chapter):
    return printed(chapter)


sampled = pytest.mark.sample(2, "chapters on paper", always=["05_journey"])


@sampled
def test_no_sheet_is_more_than_a_third_empty(paper):
    seen, pages = paper
    own = {page.number for page in pages if any(name in page.text for name in seen["maps"])}
    empty = {
        page.number: round(page.empty, 2)
        for page in pages[:-1]
        if page.empty > MOST_EMPTY and page.number + 1 not in own and page.number not in own
    }
    assert not empty, f"of {len(pages)} sheets"


@sampled
def test_the_letters_of_figures_are_seven_points_high_at_least(paper):
    seen, _pages = paper
    assert seen["small"] == []


@sampled
def test_no_heading_stands_alone_at_the_foot_of_a_sheet(paper):
    seen, pages = paper
    alone = {page.number: page.last for page in pages[:-1] if page.last in seen["heads"]}
    assert not alone


@sampled
def test_nothing_runs_over_an_edge(paper):
    seen, pages = paper
    assert seen["cut"] == []
    close = {page.number: page.edge for page in pages if page.edge < MARGIN * POINTS}
    assert not close, "points from the edge"


@sampled
def test_every_sheet_has_its_number_a_running_head_and_the_address(paper, chapter):
    _seen, pages = paper
    for page in pages:
        assert f"{page.number}/{len(pages)}" in page.text
        assert "Promise,Path,People" in page.text
        assert f"{chapter}.html" in page.text


@sampled
def test_a_figure_is_its_picture_its_sentence_and_what_it_is_set_to(paper):
    seen, pages = paper
    text = "".join(page.text for page in pages)
    assert seen["dead"] == 0
    assert seen["pictures"] == len(seen["sentences"]) == seen["figures"]
    for words in seen["sentences"] + seen["starts"]:
        assert words[:40] in text
    assert all(words.startswith("Inthispicture:") for words in seen["starts"])


@sampled
def test_a_figure_s_every_setting_is_told_and_something_can_be_done_with_a_pencil(paper):
    seen, _pages = paper
    told = "".join(seen["starts"])
    assert [name for name in seen["settings"] if name not in told] == []
    assert seen["pencils"] == seen["figures"]


@sampled
def test_no_title_stands_twice_and_no_program_that_a_window_folds(paper):
    seen, _pages = paper
    assert seen["twice"] == []
    assert seen["programs"] == 0
    assert seen["outputs"], "the text speaks of what the program printed"


@sampled
def test_a_link_to_another_page_says_where_it_leads(paper, chapter):
    seen, _pages = paper
    name = chapter.rpartition("/")[2]
    assert [link for link in seen["led"] if link[1] != f'" ({link[0]})"'] == []
    led = [address for address, _shown in seen["led"]]
    for address in (f"book/fieldwork/sheets.html#sheet-{name}", "book/fieldwork/protocol.html"):
        assert address in led
    assert any(address.startswith(f"exercises/{name}/") for address in led)


def test_a_tick_s_second_line_begins_under_its_first(visit):
    with visit("book/chapters/05_journey", viewport={"width": 320, "height": 800}) as seen:
        seen.page.emulate_media(media="print")
        lefts = seen.page.locator(".sb-checklist li").evaluate_all("""(all) => all.map((one) => {
          one.style.width = "7em"; // so that each has a second line
          const range = document.createRange();
          range.selectNodeContents(one);
          return [...new Set([...range.getClientRects()].map((line) => Math.round(line.left)))];
        })""")
        assert [left for left in lefts if len(left) > 1] == []


@sampled
def test_a_chapter_s_terms_stand_after_its_key_points(visit, chapter):
    with visit(chapter) as seen:
        linked = seen.page.locator("a.sb-term").count()
        seen.page.emulate_media(media="print")
        listed = seen.page.locator(".output:has(.sb-key-points) ~ .sb-terms dt:visible").count()
    assert (listed > 0) == (linked > 0)


def test_a_figure_that_was_moved_is_printed_as_it_stands(visit):
    with visit("book/chapters/01_service_logic") as seen:
        figure = seen.page.locator("[data-xp]").first
        told = figure.locator(".xp-start")
        before = told.text_content()
        slider = figure.locator(".xp-control input[type=range]").first
        slider.focus()
        seen.page.keyboard.press("Home")
        seen.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        assert told.text_content() != before
        assert slider.get_attribute("aria-valuetext") in told.text_content()


def test_there_is_room_to_write_a_guess_and_a_reflection(visit):
    with visit("book/chapters/03_value") as seen:
        seen.page.emulate_media(media="print")
        high = seen.page.evaluate("""() => [".sb-predict", ".sb-reflection"].map((name) =>
          parseFloat(getComputedStyle(document.querySelector(name), "::after").height))""")
        size = seen.page.evaluate("""() => parseFloat(
          getComputedStyle(document.querySelector(".sb-yours")).fontSize)""")
        key = seen.page.locator(".sb-key").inner_text()
    assert high[0] >= 25  # pixels: a line
    assert high[1] >= 250  # eight lines
    assert size == 0, "no guess: a line to write on instead of words"
    assert key.count("·") == 5


def test_a_picture_that_was_scrolled_past_is_whole_in_print(visit):
    with visit("book/chapters/01_service_logic", viewport={"width": 680, "height": 1000}) as seen:
        seen.page.emulate_media(media="print")
        picture = seen.page.locator(".xp-wide").first
        picture.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
        seen.page.evaluate(FRAMES)
        drawn = picture.locator("svg").evaluate_all(
            "all => Math.max(...all.map((one) => one.getBoundingClientRect().bottom))"
        )
        held = picture.evaluate("one => one.getBoundingClientRect().bottom")
        assert held >= drawn - 1
