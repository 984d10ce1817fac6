"""Figures under a thumb: scrolling past changes nothing; a tap chooses what a pull then moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page

from ..fingers import stroke

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDTHS = [320, 360, 390, 430]
LEAST = 24  # px that a finger may be asked to hit (WCAG 2.2, 2.5.8)

FRAMES = "async () => { for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame); }"
CHOSEN = "knob => knob === document.activeElement"
VALUES = "figure => [...figure.querySelectorAll('[data-path]')].map(one => one.value)"
# The strip of panels, moved to an end; its handles go along.
STRIP = """async (figure, end) => {
  const strip = [...figure.querySelectorAll(".xp-figure")].find((one) => one.clientWidth > 0);
  strip.scrollTo({ left: end * strip.scrollWidth, behavior: "instant" });
  for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame);
}"""
SPOT = """async (knob) => {
  knob.scrollIntoView({ block: "center", behavior: "instant" });
  for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame);
  const { left, top, width, height } = knob.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
# What a handle says with its sliders and their numbers, and the way to where there is more room.
TOLD = """(knob) => {
  const figure = knob.closest(".xp");
  const inputs = (path) => [...figure.querySelectorAll("input")]
    .filter((one) => one.dataset.path === path);
  const range = (path) => inputs(path).find((one) => one.type === "range");
  const [{ path, right, down }] = knob.moves;
  const slider = range(path);
  const low = Number(slider.value) <= (Number(slider.min) + Number(slider.max)) / 2;
  const far = (low ? 1 : -1) * 45 / Math.hypot(right, down);
  const shown = [...figure.querySelectorAll(".xp-figure")].find((one) => one.clientWidth > 0);
  return {
    way: [far * right, far * down],
    numbers: inputs(path).map((one) => Number(one.value)),
    said: knob.getAttribute("aria-valuetext"),
    asked: knob.moves.map((move) => range(move.path).getAttribute("aria-valuetext")).join("; "),
    words: figure.querySelector(".xp-summary").textContent,
    picture: shown.innerHTML,
  };
}"""
# No two handles share a place that a finger may hit, and none is smaller than the least.
CROWDED = """(figure, least) => {
  const knobs = [...figure.querySelectorAll(".xp-knob")].map((knob) => {
    const { left, top, width } = knob.getBoundingClientRect();
    const name = knob.getAttribute("aria-label");
    return { name, x: left + width / 2, y: top + width / 2, width };
  });
  const faults = knobs.filter(({ width }) => width < least - .1)
    .map(({ name, width }) => `${name}: ${width}`);
  knobs.forEach((one, place) => knobs.slice(0, place).forEach((other) => {
    const room = Math.hypot(one.x - other.x, one.y - other.y) - (one.width + other.width) / 2;
    if (room < -.1) faults.push(`${one.name} on ${other.name}: ${room}`);
  }));
  return faults;
}"""
# Every number that has a handle, at one end.
ENDS = """async ([figure, end]) => {
  const paths = [...figure.querySelectorAll(".xp-knob")]
    .flatMap((knob) => knob.moves.map(({ path }) => path));
  for (const slider of figure.querySelectorAll("input[type=range]")) {
    if (!paths.includes(slider.dataset.path)) continue;
    slider.value = slider[end];
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
  }
}"""


def figures_with_handles(page: Page) -> Iterator[tuple[Locator, float]]:
    """Yield each figure that has handles in sight, at either end of its strip of panels."""
    for figure in page.locator("[data-xp]").all():
        for end in (0, 1):
            figure.evaluate(STRIP, end)
            if figure.locator(".xp-knob").count():
                yield figure, end


@pytest.fixture
def handled(visit, chapter) -> Iterator[Page]:
    """A chapter on a phone, if anything in its figures is pulled where it is drawn."""
    with visit(chapter, **PHONE) as seen:
        if not any(figures_with_handles(seen.page)):
            pytest.skip("nothing in this chapter's figures is pulled where it is drawn")
        yield seen.page
        assert seen.complaints == []


@pytest.mark.sample(3, "swipes over handles", always=["05_journey"])
def test_a_swipe_that_begins_on_a_handle_scrolls_and_changes_nothing(handled):
    for figure, _end in figures_with_handles(handled):
        kept = figure.evaluate(VALUES)
        for knob in figure.locator(".xp-knob").all():
            name = knob.get_attribute("aria-label")
            x, y = knob.evaluate(SPOT)
            before = handled.evaluate("scrollY")
            stroke(handled, (x, y), (x + 6, y - 200))
            assert handled.evaluate("scrollY") - before > 100, name
            assert figure.evaluate(VALUES) == kept, name
            # Nor has it been chosen, for the next thumb to pull.
            assert not knob.evaluate(CHOSEN), name


@pytest.mark.sample(3, "handles pulled by a thumb", always=["05_journey"])
def test_a_tap_chooses_a_handle_and_a_pull_then_moves_number_sentence_and_slider(handled):
    for figure, _end in figures_with_handles(handled):
        moved = []
        for knob in figure.locator(".xp-knob").all():
            name = knob.get_attribute("aria-label")
            x, y = knob.evaluate(SPOT)
            before, kept = knob.evaluate(TOLD), figure.evaluate(VALUES)
            handled.touchscreen.tap(x, y)
            handled.evaluate(FRAMES)
            assert knob.evaluate(CHOSEN), name
            assert figure.evaluate(CROWDED, LEAST) == [], name
            assert figure.evaluate(VALUES) == kept, name
            scrolled = handled.evaluate("scrollY")
            across, down = before["way"]
            stroke(handled, (x, y), (x + across, y + down))
            after = knob.evaluate(TOLD)
            assert handled.evaluate("scrollY") == scrolled, name
            assert after["said"] == after["asked"], name
            assert len(set(after["numbers"])) == 1, name
            moved.append([before[part] != after[part] for part in ("numbers", "words", "picture")])
            figure.evaluate("figure => figure.querySelector('button[type=reset]').click()")
            handled.evaluate(FRAMES)
        assert [True] * 3 in moved, figure.get_attribute("id")


@pytest.mark.sample(2, "handles beside each other", always=["05_journey", "09_loyalty"])
def test_no_handle_lies_on_another_at_any_width_of_a_phone(handled):
    for width in WIDTHS:
        handled.set_viewport_size({"width": width, "height": 844})
        for figure, end in figures_with_handles(handled):
            name = figure.get_attribute("id"), width, end
            assert figure.evaluate(CROWDED, LEAST) == [], name
            for step in figure.locator(".xp-step").all():
                step.evaluate("step => step.click()")
                handled.evaluate(FRAMES)
                assert figure.evaluate(CROWDED, LEAST) == [], (*name, step.inner_text())
            for limit in ("min", "max"):
                figure.evaluate(f"(figure) => ({ENDS})([figure, '{limit}'])")
                handled.evaluate(FRAMES)
                assert figure.evaluate(CROWDED, LEAST) == [], (*name, limit)
            figure.evaluate("figure => figure.querySelector('button[type=reset]').click()")
            handled.evaluate(FRAMES)


def test_a_tap_between_handles_chooses_the_nearest_and_one_elsewhere_lets_go(visit):
    with visit("book/chapters/05_journey", **PHONE) as seen:
        figure = seen.page.locator("[data-xp]").first
        one, other = figure.locator(".xp-knob").all()[:2]
        for knob, share in ((one, 0.4), (other, 0.6)):
            (x1, y1), (x2, y2) = one.evaluate(SPOT), one.evaluate(SPOT)
            box = other.bounding_box()
            x2, y2 = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            seen.page.touchscreen.tap(x1 + share * (x2 - x1), y1 + share * (y2 - y1))
            seen.page.evaluate(FRAMES)
            assert knob.evaluate(CHOSEN), share
        kept = figure.evaluate(VALUES)
        box = figure.locator(".xp-summary").bounding_box()
        seen.page.touchscreen.tap(box["x"] + 40, box["y"] + 10)
        seen.page.evaluate(FRAMES)
        assert not any(knob.evaluate(CHOSEN) for knob in figure.locator(".xp-knob").all())
        # And the next thumb scrolls past again.
        x, y = other.evaluate(SPOT)
        stroke(seen.page, (x, y), (x, y - 200))
        assert figure.evaluate(VALUES) == kept


# Steps to try: their buttons, their words, and what they ask to watch.

STEPS = """async (figure) => {
  const last = [...figure.querySelectorAll(".xp-step")].at(-1);
  const header = document.querySelector(".bd-header-article").getBoundingClientRect().bottom;
  // The last button right beneath the bar: what stands above it is under the bar.
  scrollBy({ top: last.getBoundingClientRect().top - header - 4, behavior: "instant" });
  for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame);
  last.click();
  for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame);
  const words = figure.querySelector(".xp-try");
  const { left, top, bottom } = words.getBoundingClientRect();
  const over = [top + 2, bottom - 2].map((y) => document.elementFromPoint(left + 4, y));
  const beyond = [...figure.querySelectorAll(".xp-step")].map((one) => one.getBoundingClientRect())
    .filter((box) => box.left < 0 || box.right > innerWidth || box.height < 44);
  return { said: words.textContent === last.dataset.look, seen: over.every((one) => one === words),
    clear: top >= document.querySelector(".bd-header-article").getBoundingClientRect().bottom,
    beyond: beyond.length };
}"""
# The small picture, as a step sets it: where the heading is of what it asks to watch.
WATCHED = """async ([figure, step]) => {
  const frames = async () => {
    for (let n = 0; n < 6; n++) await new Promise(requestAnimationFrame);
  };
  if (step !== null) figure.querySelectorAll(".xp-step")[step].click();
  const controls = figure.querySelector(".xp-controls");
  scrollBy({ top: controls.getBoundingClientRect().top - 700, behavior: "instant" });
  await frames();
  const whole = !figure.classList.contains("xp-small");
  scrollBy({ top: controls.getBoundingClientRect().top - 250, behavior: "instant" });
  await frames();
  const picture = figure.querySelector(".xp-narrow:not(.xp-ghost)");
  const words = step === null ? figure.dataset.watch
    : figure.querySelectorAll(".xp-step")[step].dataset.watch;
  const box = picture.getBoundingClientRect();
  const at = [...picture.querySelectorAll("text")]
    .find((one) => one.textContent.startsWith(words)).getBoundingClientRect();
  const shown = document.elementFromPoint(at.left + 4, (at.top + at.bottom) / 2);
  return { whole, small: figure.classList.contains("xp-small"), words,
    seen: at.left >= box.left - 1 && at.top >= box.top - 4 && at.bottom <= box.bottom - 60,
    shown: shown?.closest(".xp-narrow") === picture };
}"""


@pytest.mark.sample(3, "steps on a phone", always=["05_journey"])
def test_every_step_s_button_and_words_are_in_sight_on_a_phone(visit, chapter):
    with visit(chapter, **PHONE) as seen:
        for figure in seen.page.locator("[data-xp]:has(.xp-step)").all():
            told = figure.evaluate(STEPS)
            assert told == {"said": True, "seen": True, "clear": True, "beyond": 0}, (
                figure.get_attribute("id")
            )


@pytest.mark.sample(3, "small pictures by step", always=["05_journey"])
def test_the_small_picture_begins_with_what_a_step_asks_to_watch(visit, chapter):
    with visit(chapter, **PHONE) as seen:
        for figure in seen.page.locator("[data-xp]").all():
            steps = figure.locator(".xp-step").count()
            for step in (None, *range(steps)):
                told = figure.evaluate(f"(figure, step) => ({WATCHED})([figure, step])", step)
                name = figure.get_attribute("id"), told
                assert (told["whole"], told["small"]) == (True, True), name
                assert told["seen"], name
                assert told["shown"], name


def test_a_finger_moves_the_small_picture_on_and_the_page_stays(visit):
    with visit("book/chapters/05_journey", **PHONE) as seen:
        figure = seen.page.locator("[data-xp]").first
        figure.evaluate(f"(figure) => ({WATCHED})([figure, null])")
        picture = figure.locator(".xp-narrow:not(.xp-ghost)")
        before, at = seen.page.evaluate("scrollY"), picture.evaluate("one => one.scrollTop")
        box = picture.bounding_box()
        x, y = box["x"] + 90, box["y"] + box["height"] - 20
        stroke(seen.page, (x, y), (x, y - 80))
        assert picture.evaluate("one => one.scrollTop") > at
        assert seen.page.evaluate("scrollY") == before
