"""The chapters in a real JupyterLab: every cell runs, and the slider moves the figure."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from servicedesign.live.value import three_ways

ROOT = Path(__file__).parents[2]
CHAPTERS = ROOT / "book" / "chapters"
PATIENCE = 240_000

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("jupyterlab")]

RUN_ALL = """async () => {
  const app = window.jupyterapp;
  const panel = app.shell.currentWidget;
  await panel.sessionContext.ready;
  await app.commands.execute('notebook:run-all-cells');
  return panel.content.widgets
    .filter((cell) => cell.model.type === 'code')
    .flatMap((cell) => cell.model.outputs.toJSON())
    .filter((output) => output.output_type === 'error' || output.name === 'stderr');
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, jupyterlab: Callable[[Path], str]) -> str:
    """A JupyterLab in a copy of the book, so that nothing is written into the repository."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "book", folder / "book")
    return jupyterlab(folder)


def open_notebook(page: Page, address: str, name: str) -> None:
    # A workspace of its own: JupyterLab would open the tabs of the last test as well.
    workspace = name.partition(".")[0]
    page.goto(f"{address}/lab/workspaces/{workspace}/tree/book/chapters/{name}")
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.content?.widgets?.length > 5", timeout=PATIENCE
    )


# What a reader sees of the first figure: its slider's number twice, and its pictures.
SEEN = """() => {
  const figure = document.querySelector(".xp-live").closest(".jp-OutputArea");
  const slider = figure.querySelector(".widget-slider");
  return {
    slider: Number(slider.querySelector(".noUi-handle").getAttribute("aria-valuenow")),
    number: Number(slider.querySelector(".widget-readout").textContent),
    pictures: [...figure.querySelectorAll(".xp-live svg[role=img]")].map((one) => one.outerHTML),
  };
}"""


def until_it_moves(page: Page, pull: Callable[[], object]) -> float:
    """Pull at the first figure's slider until it has moved; return its new number.

    When a cell has run, the notebook takes the focus once more, perhaps from under a hand.
    """
    before = page.evaluate(SEEN)["slider"]
    until = time.monotonic() + PATIENCE / 1000
    while page.evaluate(SEEN)["slider"] == before and time.monotonic() < until:
        pull()
        page.wait_for_timeout(300)
    number = page.evaluate(SEEN)["slider"]
    assert number != before
    return number


def notebooks_with_live_figures() -> list[str]:
    return sorted(
        path.name
        for path in CHAPTERS.glob("*.ipynb")
        if "servicedesign.live" in json.dumps(json.loads(path.read_text("utf-8")))
    )


@pytest.mark.sample(3, "chapters in JupyterLab")
@pytest.mark.parametrize("name", notebooks_with_live_figures())
def test_a_chapter_runs_and_its_slider_moves_the_figure(
    name: str, address: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    open_notebook(page, address, name)
    assert page.evaluate(RUN_ALL) == []

    # What cells tell the pages of the book beside their HTML is shown to nobody.
    expect(page.locator(".jp-OutputArea .sb-opening")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".jp-RenderedJSON")).to_have_count(0)
    figure = page.locator(".xp-live").first
    expect(figure).to_be_visible(timeout=PATIENCE)
    # Views come one by one: the figure is whole when its last part, the data, is there.
    expect(page.locator("details.xp-data").first).to_be_attached(timeout=PATIENCE)
    before = page.evaluate(SEEN)
    assert before["pictures"]
    handle = page.locator(".jp-OutputArea .noUi-handle").first
    until_it_moves(page, lambda: [handle.press("ArrowRight") for _ in range(4)])
    page.wait_for_function(
        f"(before) => String(({SEEN})().pictures) !== String(before)", arg=before["pictures"]
    )
    page.close()


def test_a_handle_pulled_by_mouse_or_by_keys_sets_number_sentence_and_picture(
    address: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    open_notebook(page, address, "03_value.ipynb")
    assert page.evaluate(RUN_ALL) == []
    figure = page.locator(".jp-OutputArea:has(.xp-live)").first
    # Views come one by one: the figure is whole when its last part, the data, is there.
    expect(figure.locator("details.xp-data").first).to_be_attached(timeout=PATIENCE)
    handle = figure.locator(".noUi-handle").first

    def by_mouse() -> None:
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y, steps=6)
        page.mouse.up()

    for pull in (by_mouse, lambda: handle.press("ArrowLeft")):
        before = page.evaluate(SEEN)
        number = until_it_moves(page, pull)
        summary = three_ways.frame({"time_value": number})["summary"]
        said = figure.locator(".widget-html-content", has_text=summary).first
        expect(said).to_be_visible(timeout=60_000)
        seen = page.evaluate(SEEN)
        assert seen["number"] == seen["slider"] == number
        assert seen["pictures"] != before["pictures"]
    page.close()
