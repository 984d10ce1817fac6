"""Measure what a reader waits for: ``python tools/bench.py [build] [figure] [figures] [lab]``.

Every row of one table comes from one run on one machine, so compare rows, not
runs.  Times are medians over cold loads: a new browser profile each, nothing
cached.  Sizes are what the server sent, raw and as ``gzip -6`` would send it.
"""

import argparse
import functools
import gzip
import http.server
import importlib
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ipywidgets.embed import embed_minimal_html
from playwright.sync_api import Browser, BrowserContext, BrowserType, Frame, Page, sync_playwright
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))
from browser import program
from explorables import Explorable
from explorables.explorable import BY_ID
from explorables.widget import LiveFigure
from serve import SiteHandler

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Already compressed: a server sends these as they are.
PACKED = {".woff2", ".png", ".whl", ".zip"}
CHAPTER = "03_value"
PATIENCE = 180_000

# What the static page of the peer needs; taken from npm for the measurement only.
PEER = ["@jupyter-widgets/html-manager@1.0.14", "requirejs@2.3.7"]

INPUT_TO_FRAME = """async ({selector, loads, id}) => {
  const figure = document.querySelector(id ? '#' + id : '[data-xp][data-live]');
  const input = figure.querySelector(selector);
  const waits = [];
  for (let i = 0; i < loads; i++) {
    const start = performance.now();
    await new Promise((done) => {
      figure.addEventListener('explorable:draw', () => requestAnimationFrame(done), {once: true});
      const low = Number(input.min), high = Number(input.max), step = Number(input.step) || 1;
      input.value = low + step * ((i * 7) % Math.floor((high - low) / step));
      input.dispatchEvent(new Event('input', {bubbles: true}));
    });
    waits.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 20));
  }
  return waits;
}"""

# The same in a notebook: a key moves the widget's handle, Python draws, the picture changes.
KEY_TO_FRAME = """async (loads) => {
  const handle = document.querySelector('.noUi-handle');
  const shown = document.querySelector('.xp-live').closest('.widget-html-content');
  const waits = [];
  for (let i = 0; i < loads; i++) {
    const start = performance.now();
    await new Promise((done) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(done);
      });
      seen.observe(shown, {childList: true, subtree: true, characterData: true});
      handle.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
    });
    waits.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 50));
  }
  return waits;
}"""

# Runs code in a new cell at the end of the notebook that the lab shows.
NEW_CELL = """async (source) => {
  const app = document.querySelector('.sb-lab-frame iframe').contentWindow.jupyterapp;
  const notebook = app.shell.currentWidget.content;
  notebook.activeCellIndex = notebook.widgets.length - 1;
  await app.commands.execute('notebook:insert-cell-below');
  notebook.activeCell.model.sharedModel.setSource(source);
  await app.commands.execute('notebook:run-cell');
}"""

# Runs every cell and returns the names of the errors that are not "not written yet".
ALL_CELLS = """async () => {
  const app = document.querySelector('.sb-lab-frame iframe').contentWindow.jupyterapp;
  const notebook = app.shell.currentWidget.content;
  for (let i = 0; i < notebook.widgets.length; i++) {
    notebook.activeCellIndex = i;
    await app.commands.execute('notebook:run-cell');
  }
  return notebook.widgets
    .filter((cell) => cell.model.type === 'code')
    .flatMap((cell) => cell.model.outputs.toJSON())
    .filter((one) => one.output_type === 'error' && !one.ename.includes('NotImplementedError'))
    .map((one) => one.ename + ': ' + one.evalue);
}"""

Row = list[str]


def median(values: list[float]) -> float:
    """The middle of the values."""
    return statistics.median(values)


class Served:
    """A folder on a server of its own, which notes the files that it sends."""

    def __init__(self, folder: Path) -> None:
        sent: list[Path] = []

        class Handler(SiteHandler):
            def copyfile(self, source, outputfile) -> None:  # type: ignore[no-untyped-def]
                sent.append(Path(source.name))
                super().copyfile(source, outputfile)

            def log_message(self, *_parts: object) -> None:
                """Say nothing."""

        handler = functools.partial(Handler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{server.server_address[1]}/"
        self.sent = sent

    def sizes(self) -> tuple[str, str]:
        """Raw and gzipped kilobytes of what was sent since the note was cleared."""
        raw = packed = 0
        for file in self.sent:
            data = file.read_bytes()
            raw += len(data)
            packed += len(data) if file.suffix in PACKED else len(gzip.compress(data, 6))
        return f"{raw / 1e3:,.0f} KB", f"{packed / 1e3:,.0f} KB"


def mark(page: Page, name: str) -> float:
    """Milliseconds from navigation to a performance mark."""
    return page.evaluate(f"performance.getEntriesByName({json.dumps(name)})[0].startTime")


def figure_of(page: Path) -> Explorable:
    """The first live figure of a built page."""
    found = re.search(r'data-xp="([a-z0-9-]+)" data-module="([\w.]+)"', page.read_text("utf-8"))
    if not found:
        raise SystemExit(f"{page} has no live figure. Build the site first: make book")
    importlib.import_module(found[2])
    return BY_ID[found[1]]


def figure_rows(browser: Browser, loads: int) -> list[Row]:
    """The live figure over http and from disk, then the same one as a static embed."""
    name = f"book/chapters/{CHAPTER}.html"
    served = Served(SITE)
    rows = []
    for label, address in [
        ("live figure in the page, http", served.address),
        ("live figure in the page, file", f"{SITE.as_uri()}/"),
    ]:
        live: list[float] = []
        frames: list[float] = []
        size = ("", "")
        for _ in range(loads):
            served.sent.clear()
            context = browser.new_context()
            page = context.new_page()
            page.goto(address + name)
            page.wait_for_selector("[data-xp][data-live]", timeout=30_000)
            live.append(mark(page, "explorable:live"))
            if address.startswith("http"):
                page.wait_for_load_state("networkidle")
                size = served.sizes()
            page.wait_for_timeout(300)
            frames += page.evaluate(INPUT_TO_FRAME, {"selector": "input[type=range]", "loads": 20})
            context.close()
        row = [label, f"{median(live):.0f} ms", f"{median(frames):.1f} ms", *size]
        rows.append([*row, "500 ms, 16 ms, 450 KB gzip"])
    return [*rows, embed_row(browser, loads, figure_of(SITE / name))]


def every_figure_rows(browser: Browser) -> list[Row]:
    """From an input to the next frame, for every live figure of the site."""
    served = Served(SITE)
    rows = []
    for path in sorted((SITE / "book" / "chapters").glob("*.html")):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{served.address}book/chapters/{path.name}")
        for name in re.findall(r'data-xp="([a-z0-9-]+)"', path.read_text("utf-8")):
            page.wait_for_selector(f"#xp-{name}[data-live]", timeout=30_000)
            page.wait_for_timeout(300)
            frames = page.evaluate(
                INPUT_TO_FRAME,
                {"selector": "input[type=range]", "loads": 60, "id": f"xp-{name}"},
            )
            late = statistics.quantiles(frames, n=20)[-1]
            said = f"{median(frames):.1f} ms, 95% in {late:.0f}"
            rows.append([f"figure {name}", "", said, "", "", "16 ms"])
        context.close()
    return rows


def embed_row(browser: Browser, loads: int, explorable: Explorable) -> Row:
    """The same figure as a static ipywidgets embed, self-hosted."""
    label = "the same as static ipywidgets embed"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for spec in PEER:
            done = subprocess.run(
                ["npm", "pack", "--silent", spec],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                return [label, "not measured", "npm cannot fetch", "", "", spec]
            packed = done.stdout.split()[-1]
            shutil.unpack_archive(folder / packed, folder / packed.removesuffix(".tgz"), "gztar")
        manager = next(folder.glob("*html-manager*/package/dist/embed-amd.js"))
        require = next(folder.glob("requirejs*/package/require.js"))
        page_file = folder / "embed.html"
        embed_minimal_html(page_file, views=[LiveFigure(explorable)], requirejs=True)
        text = page_file.read_text("utf-8")
        for found, own in [("require.min", require), ("embed", manager)]:
            text = replace_script(text, found, own.relative_to(folder).as_posix())
        page_file.write_text(text, "utf-8")
        served = Served(folder)
        shown_after: list[float] = []
        answers = False
        size = ("", "")
        for _ in range(loads):
            served.sent.clear()
            context = browser.new_context()
            page = context.new_page()
            page.goto(served.address + "embed.html")
            page.wait_for_selector(".noUi-handle", timeout=30_000)
            page.wait_for_selector(".xp-live svg", timeout=30_000)
            shown_after.append(page.evaluate("performance.now()"))
            size = served.sizes()
            before = page.inner_html(".xp-live")
            page.locator(".noUi-handle").first.press("End")
            page.wait_for_timeout(300)
            answers = answers or page.inner_html(".xp-live") != before
            context.close()
    reply = "answers" if answers else "never (no kernel)"
    return [label, f"{median(shown_after):.0f} ms, dead", reply, *size, ""]


def replace_script(text: str, word: str, own: str) -> str:
    """Point the script tag whose address contains ``word`` at a local file."""
    text, found = re.subn(rf'<script src="[^"]*{word}[^"]*"[^>]*>', f'<script src="{own}">', text)
    if found != 1:
        raise SystemExit(f"ipywidgets' embed no longer loads one script named like {word!r}")
    return text


def lab_frame(page: Page) -> Frame:
    """The frame in which the lab shows its notebook."""
    frame = page.locator(".sb-lab-frame iframe").element_handle().content_frame()
    if frame is None:
        raise SystemExit("the lab's page shows no notebook")
    return frame


@contextmanager
def reader(chromium: BrowserType) -> Iterator[BrowserContext]:
    """A browser with a new profile on disk: unlike a private window, it keeps large files."""
    with tempfile.TemporaryDirectory() as profile:
        context = chromium.launch_persistent_context(profile, executable_path=program(), args=FLAGS)
        yield context
        context.close()


def lab_rows(chromium: BrowserType, loads: int) -> list[Row]:
    """The browser lab cold and warm, the same live figure in it, and every notebook run through."""
    figure = figure_of(SITE / "book" / "chapters" / f"{CHAPTER}.html")
    served = Served(SITE)
    notebook = f"{CHAPTER}/{CHAPTER.split('_', 1)[1]}.ipynb"
    code = f"import {figure.draw.__module__}\nfrom explorables.explorable import BY_ID\n\n"
    code += f"BY_ID[{figure.id!r}]"
    first: list[float] = []
    second: list[float] = []
    live: list[float] = []
    frames: list[float] = []
    sizes: dict[str, tuple[str, str]] = {}
    for _ in range(loads):
        with reader(chromium) as context:
            served.sent.clear()
            page = context.new_page()
            page.goto(lab_address(served, notebook))
            page.wait_for_selector(".sb-lab[data-ready]", timeout=PATIENCE)
            first.append(mark(page, "lab:ready"))
            sizes["first"] = served.sizes()
            page.evaluate(NEW_CELL, code)
            frame = lab_frame(page)
            frame.wait_for_selector(".xp-live svg", timeout=PATIENCE)
            frame.wait_for_selector(".noUi-handle", timeout=PATIENCE)
            live.append(page.evaluate("performance.now()"))
            sizes["figure"] = served.sizes()
            frames += frame.evaluate(KEY_TO_FRAME, 10)
            page.close()
            served.sent.clear()
            page = context.new_page()
            page.goto(lab_address(served, notebook))
            page.wait_for_selector(".sb-lab[data-ready]", timeout=PATIENCE)
            second.append(mark(page, "lab:ready"))
            sizes["second"] = served.sizes()
    return [
        [
            "the same in the lab (JupyterLite), cold",
            seconds(median(live)),
            f"{median(frames):.0f} ms",
            *sizes["figure"],
            "",
        ],
        ["first usable cell, first visit", seconds(median(first)), "", *sizes["first"], ""],
        ["first usable cell, second visit", seconds(median(second)), "", *sizes["second"], ""],
        *notebook_rows(chromium, served),
    ]


def lab_address(served: Served, notebook: str) -> str:
    """The address at which the lab opens a notebook."""
    return f"{served.address}book/lab.html?notebook={notebook}"


def seconds(milliseconds: float) -> str:
    """A time that a person waits."""
    return f"{milliseconds / 1e3:.1f} s"


def notebook_rows(chromium: BrowserType, served: Served) -> list[Row]:
    """Each release notebook from its first cell to its last, once, from a warm cache."""
    rows = []
    with reader(chromium) as context:
        for path in sorted((SITE / "exercises").glob("*/*.ipynb")):
            page = context.new_page()
            page.goto(lab_address(served, path.relative_to(SITE / "exercises").as_posix()))
            page.wait_for_selector(".sb-lab[data-ready]", timeout=PATIENCE)
            begun = time.perf_counter()
            wrong = page.evaluate(ALL_CELLS)
            took = time.perf_counter() - begun
            page.close()
            if wrong:
                raise SystemExit(f"{path.parent.name} in the lab: {'; '.join(wrong)}")
            label = f"{path.parent.name} in the lab, first cell to last"
            rows.append([label, f"{took:.1f} s", "", "", "", ""])
    return rows


def build_rows() -> list[Row]:
    """A cold build without and with the lab, and a rebuild after one edit."""

    def timed(*words: str) -> float:
        begun = time.perf_counter()
        subprocess.run(["make", *words], cwd=ROOT, check=True, capture_output=True)
        return time.perf_counter() - begun

    def cold(*words: str) -> float:
        subprocess.run(["make", "clean"], cwd=ROOT, check=True, capture_output=True)
        return timed("book", *words)

    plain, whole = cold("LAB=0"), cold()
    again = edited(ROOT / "book" / "index.md", lambda: timed("book"))
    timed("book")
    return [
        ["cold build without the lab", f"{plain:.1f} s", "", "", "", ""],
        ["cold build with the lab", f"{whole:.1f} s", "", "", "", f"{2 * plain:.1f} s"],
        ["rebuild after one Markdown edit", f"{again:.1f} s", "", "", "", "10 s"],
    ]


def edited(page: Path, measure: Callable[[], float]) -> float:
    """Measure with one more line in a page, and take the line out again."""
    before = page.read_bytes()
    try:
        page.write_bytes(before + b"\nOne more line.\n")
        return measure()
    finally:
        page.write_bytes(before)


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", help="build, figure, figures, lab (all by default)")
    parser.add_argument("--loads", type=int, default=7, help="cold loads a row (%(default)s)")
    options = parser.parse_args()
    parts = options.parts or ["build", "figure", "figures", "lab"]
    table = Table("what", "first answer", "input to frame", "raw", "gzip", "aim")
    # Wide enough for the table where nothing says how wide the place is.
    console = Console(width=None if sys.stdout.isatty() else 140)
    with console.status("Measuring …"), sync_playwright() as playwright:
        rows = build_rows() if "build" in parts else []
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        if "figure" in parts:
            rows += figure_rows(browser, options.loads)
        if "figures" in parts:
            rows += every_figure_rows(browser)
        if "lab" in parts and (SITE / "lab").is_dir():
            rows += lab_rows(playwright.chromium, options.loads)
        browser.close()
    for row in rows:
        table.add_row(*row)
    console.print(table)


if __name__ == "__main__":
    main()
