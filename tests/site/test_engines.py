"""Every reader's browser: the same figures, quiz and lab in Chromium, Firefox and WebKit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import CHAPTERS, LIVE
from .engines import Opened, Tab, chromium, firefox, noting, webkit
from .look import PLACES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("engines")]
ENGINES = ["chromium", "firefox", "webkit"]
DESK, PHONE = (1440, 900), (390, 800)
every_engine = pytest.mark.parametrize("engine", ENGINES)
every_chapter = pytest.mark.parametrize("page", CHAPTERS)

UNTIL = """async (holds) => {
  for (const end = performance.now() + 180_000; !holds(); ) {
    if (performance.now() > end) throw new Error(`never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""
FIGURES = "() => [...document.querySelectorAll('[data-xp]')].map((figure) => figure.id)"
FRAMES = "async () => { for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame); }"
SHOWN = """(id, path) => {
  const figure = document.getElementById(id);
  const shown = [...figure.querySelectorAll(".xp-figure")].find((one) => one.clientWidth > 0);
  const inputs = [...figure.querySelectorAll("input")].filter((one) => one.dataset.path === path);
  return {
    picture: shown.innerHTML,
    numbers: inputs.map((one) => Number(one.value)),
    handles: [...figure.querySelectorAll(".xp-knob")].flatMap((knob) => knob.moves
      .map((move, place) => [move.path, place]).filter(([its]) => its === path)
      .map(([, place]) => knob.getAttribute("aria-valuetext").split("; ")[place])),
    slider: inputs.find((one) => one.type === "range").getAttribute("aria-valuetext"),
    words: figure.querySelector(".xp-summary").textContent,
    wrong: figure.querySelector(".xp-error").textContent,
  };
}"""
PATHS = """(id) => [...document.getElementById(id).querySelectorAll("input[type=range]")]
  .map((one) => one.dataset.path)"""
STEPS = "(id) => document.getElementById(id).querySelectorAll('.xp-step').length"
TAKE = "(id, step) => document.getElementById(id).querySelectorAll('.xp-step')[step].click()"
FOCUS = """(id, path) => {
  const figure = document.getElementById(id);
  figure.querySelectorAll(".xp-fold").forEach((fold) => (fold.open = true));
  const slider = [...figure.querySelectorAll("input[type=range]")]
    .find((one) => one.dataset.path === path);
  slider.focus();
  return Number(slider.value) > (Number(slider.min) + Number(slider.max)) / 2 ? "Home" : "End";
}"""
BEFORE_LAST = """async (id) => {
  const figure = document.getElementById(id);
  document.querySelectorAll(".xp-fold").forEach((fold) => (fold.open = true));
  document.activeElement.blur();
  scrollTo({ top: 0, behavior: "instant" });
  const places = PLACES;
  const { tall } = await places(figure);
  [...figure.querySelectorAll("[data-path]")].at(-2).focus();
  return tall;
}""".replace("PLACES", PLACES)
LAST = """async (id) => {
  const figure = document.getElementById(id);
  const last = [...figure.querySelectorAll("[data-path]")].at(-1);
  const places = PLACES;
  return [await places(figure), document.activeElement === last, innerWidth, innerHeight];
}""".replace("PLACES", PLACES)
HANDLES = """(id) => [...document.getElementById(id).querySelectorAll(".xp-knob")]
  .map((knob) => knob.moves.map(({ path }) => path))"""
RESET = """async (id) => {
  document.getElementById(id).querySelector("button[type=reset]").click();
  for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame);
}"""
# A handle in the middle of the window, and the way to where there is more room.
HOLD = """async (id, place) => {
  const knob = document.getElementById(id).querySelectorAll(".xp-knob")[place];
  knob.scrollIntoView({ block: "center", behavior: "instant" });
  for (let n = 0; n < 4; n++) await new Promise(requestAnimationFrame);
  const { left, top, width, height } = knob.getBoundingClientRect();
  const slider = [...document.getElementById(id).querySelectorAll("input[type=range]")]
    .find((one) => one.dataset.path === knob.moves[0].path);
  const low = Number(slider.value) <= (Number(slider.min) + Number(slider.max)) / 2;
  const { right, down } = knob.moves[0];
  const long = Math.hypot(right, down);
  const far = (low ? 45 : -45) / long;
  document.activeElement.blur();
  return { x: left + width / 2, y: top + height / 2, across: far * right, up: far * down,
    key: low ? "End" : "Home" };
}"""
CHOOSE = """(id, place) =>
  document.getElementById(id).querySelectorAll(".xp-knob")[place].focus({ preventScroll: true })"""
CHOSEN = """(id, place) =>
  document.getElementById(id).querySelectorAll(".xp-knob")[place] === document.activeElement"""
ANSWER = """() => {
  const question = document.querySelector(".sb-question[data-kind=radio]");
  const { option } = question.querySelector("li[data-right=true]").dataset;
  question.querySelector(`input[value="${option}"]`).click();
  return option;
}"""
REMEMBERED = """(option) => {
  const question = document.querySelector(".sb-question[data-kind=radio]");
  return [question.querySelector(`input[value="${option}"]`).checked,
    question.querySelectorAll(".sb-feedback .sb-right").length];
}"""
COMPLAINTS = "() => top.complaints"
OPENED = """() => {
  const lab = document.querySelector(".sb-lab-frame iframe").contentWindow.jupyterapp;
  const { content, context } = lab.shell.currentWidget;
  return [context.path, content.widgets.length];
}"""


@pytest.fixture(scope="module")
def windows(browser: Browser, site: Path) -> Iterator[tuple]:
    """Return the site's address, and what opens windows of an engine, each started once."""
    with ExitStack() as stack:
        address = stack.enter_context(noting(site))

        @cache
        def opens(engine: str) -> Opened:
            makers = {"chromium": lambda: chromium(browser), "firefox": firefox, "webkit": webkit}
            return stack.enter_context(makers[engine]())

        yield address, opens


def visit(windows: tuple, engine: str, page: str, size: tuple[int, int]) -> Tab:
    """Open a chapter in a window of its own, and wait until it lives."""
    address, opens = windows
    tab = opens(engine)(*size)
    tab.open(f"{address}/{page}.html")
    wait_for(tab)
    return tab


def wait_for(tab: Tab, holds: str = LIVE) -> None:
    tab.run(f"() => ({UNTIL})(() => document.documentElement.dataset.studybook === 'ready')")
    tab.run(f"() => ({UNTIL})({holds})")


def of_kind(engine: str) -> str:
    return engine


@pytest.mark.sample(1, "chapters by engine: figures and quiz", kind=of_kind)
@every_engine
@every_chapter
def test_every_figure_answers_and_the_quiz_is_remembered(windows, engine, page):
    tab = visit(windows, engine, page, DESK)
    figures = tab.run(FIGURES)
    assert figures
    for figure in figures:
        # Some sliders speak only once a choice is made, as a step to try makes it.
        tries = [None, *range(tab.run(STEPS, figure))]
        paths = tab.run(PATHS, figure)
        assert any(answers(tab, figure, path, step) for step, path in product(tries, paths)), figure
    option = tab.run(ANSWER)
    assert tab.run(COMPLAINTS) == []
    tab.open(tab.run("() => location.href"))
    wait_for(tab)
    assert tab.run(REMEMBERED, option) == [True, 1]
    assert tab.run(COMPLAINTS) == []


def answers(tab: Tab, figure: str, path: str, step: int | None) -> bool:
    """Move a slider, after a step to try, to its far end; say whether what is shown changed.

    Where the end is too far, such as beyond a budget, the figure says so and is set back.
    """
    if step is not None:
        tab.run(TAKE, figure, step)
        tab.run(FRAMES)
    before = tab.run(SHOWN, figure, path)
    tab.press(tab.run(FOCUS, figure, path))
    tab.run(FRAMES)
    after = tab.run(SHOWN, figure, path)
    if after["wrong"]:
        tab.run(RESET, figure)
        return False
    assert len(set(after["numbers"])) == 1, (figure, path)
    return all(before[part] != after[part] for part in ("picture", "numbers", "words"))


@pytest.mark.sample(
    1,
    "chapters by engine: pictures in sight of their controls",
    kind=of_kind,
    always=["phone-book/chapters/05_journey-chromium", "phone-book/chapters/05_journey-webkit"],
)
@every_engine
@every_chapter
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_picture_is_in_sight_of_every_figure_s_last_control(windows, engine, page, size):
    tab = visit(windows, engine, page, size)
    figures = tab.run(FIGURES)
    assert figures
    for figure in figures:
        before = tab.run(BEFORE_LAST, figure)
        tab.press("Tab")
        at, focused, width, height = tab.run(LAST, figure)
        name = figure, at
        picture, words, control = at["picture"], at["words"], at["control"]
        assert focused, name
        tall = min(picture["bottom"], height) - max(picture["top"], at["header"])
        assert tall >= 150, name
        assert words["top"] >= at["header"] - 1, name
        assert words["bottom"] <= height, name
        assert at["hit"], name
        assert control["bottom"] <= height, name
        # Beneath the picture on a phone, and beside it on a desk.
        beneath = max(picture["bottom"], words["bottom"]) <= control["top"]
        assert beneath if size == PHONE else control["left"] >= picture["right"], name
        assert at["wide"] <= width, name
        assert abs(at["tall"] - before) <= 2, name
    assert tab.run(COMPLAINTS) == []


HANDS = [
    *[(engine, hand) for engine in ENGINES for hand in ("mouse", "keyboard")],
    # WebKit's driver has no finger.
    *[(engine, "touch") for engine in ENGINES[:2]],
]


@pytest.mark.sample(1, "chapters by engine and hand: handles", kind=lambda by: by)
@pytest.mark.parametrize("by", HANDS, ids="-".join)
@every_chapter
def test_a_pulled_handle_agrees_with_slider_number_and_sentence(windows, by, page):
    engine, hand = by
    tab = visit(windows, engine, page, DESK)
    figures = [figure for figure in tab.run(FIGURES) if tab.run(HANDLES, figure)]
    if not figures:
        pytest.skip("nothing in this chapter's figures is pulled where it is drawn")
    for figure in figures:
        handles = tab.run(HANDLES, figure)
        assert any(pulled(tab, hand, figure, *each) for each in enumerate(handles)), figure
    assert tab.run(COMPLAINTS) == []


def pulled(tab: Tab, hand: str, figure: str, place: int, paths: list[str]) -> bool:
    """Pull a handle; say whether picture, number and sentence changed, and agree."""
    before = tab.run(SHOWN, figure, paths[0])
    held = tab.run(HOLD, figure, place)
    if hand == "keyboard":
        tab.run(CHOOSE, figure, place)
        tab.press(held["key"])
    else:
        x, y, across, up = (held[name] for name in ("x", "y", "across", "up"))
        if hand == "touch":  # a tap, for what is pulled by a finger must first be chosen
            tab.drag(hand, [(x, y)])
            tab.run(FRAMES)
            assert tab.run(CHOSEN, figure, place), (figure, paths)
            assert tab.run(SHOWN, figure, paths[0]) == before, (figure, paths)
        tab.drag(hand, [(x + across * part / 4, y + up * part / 4) for part in range(5)])
    tab.run(FRAMES)
    after = tab.run(SHOWN, figure, paths[0])
    assert len(set(after["numbers"])) == 1, (figure, paths)
    # A handle that has gone with its mark is no witness.
    assert set(after["handles"]) <= {after["slider"]}, (figure, paths)
    return all(before[part] != after[part] for part in ("picture", "numbers", "words"))


@pytest.mark.whole
@pytest.mark.parametrize("engine", ENGINES[1:])
def test_the_lab_opens_a_notebook(windows, lab_site, engine):
    address, opens = windows
    tab = opens(engine)(*DESK)
    tab.open(f"{address}/book/lab.html?notebook=03_value/value.ipynb")
    tab.run(f"() => ({UNTIL})(() => document.querySelector('.sb-lab[data-ready]'))")
    path, cells = tab.run(OPENED)
    assert path.endswith("value.ipynb")
    assert cells > 5
    # JupyterLite warns of its own doubled shortcuts; errors there must be none.
    assert [said for said in tab.run(COMPLAINTS) if not said.startswith("warn:")] == []
