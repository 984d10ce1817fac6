"""Measure what a reader waits for: ``python tools/bench.py [figure] [lab] [build]``.

Every row of one table comes from one run on one machine, so compare rows, not
runs.  Times are medians over cold loads: a new browser context each, nothing
cached.  Sizes are what the page fetched, raw and as ``gzip -6`` would send it.
"""

import argparse
import functools
import gzip
import http.server
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlparse

import ipywidgets
from ipywidgets.embed import embed_minimal_html
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))
from serve import SiteHandler

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Already compressed: a server sends these as they are.
PACKED = {".woff2", ".png", ".whl", ".zip"}

# What the static page of the peer needs; taken from npm for the measurement only.
PEER = ["@jupyter-widgets/html-manager@1.0.14", "requirejs@2.3.7"]

INPUT_TO_FRAME = """async ({selector, loads}) => {
  const figure = document.querySelector('[data-xp][data-live]');
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


def median(values: list[float]) -> float:
    """The middle of the values."""
    return statistics.median(values)


def serve(folder: Path) -> str:
    """Serve a folder for the rest of the run; return its address."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


class QuietHandler(SiteHandler):
    """The course's own server, without a log."""

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""


class Weight:
    """Adds up what a context fetches from a served folder."""

    def __init__(self, context: BrowserContext, folder: Path) -> None:
        self.folder = folder
        self.paths: set[str] = set()
        context.on("request", lambda request: self.paths.add(urlparse(request.url).path))

    def bytes(self) -> tuple[int, int]:
        """Raw and gzipped bytes of every file fetched so far."""
        raw = packed = 0
        for path in self.paths:
            file = self.folder / unquote(path).lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            if file.is_file():
                data = file.read_bytes()
                raw += len(data)
                packed += len(data) if file.suffix in PACKED else len(gzip.compress(data, 6))
        return raw, packed


def live_page() -> str:
    """The first chapter page with a live figure, relative to the site."""
    for page in sorted((SITE / "book" / "chapters").glob("*.html")):
        if "data-xp" in page.read_text("utf-8"):
            return page.relative_to(SITE).as_posix()
    raise SystemExit(f"No page in {SITE} has a live figure. Build the site first: make book")


def figure_rows(browser: Browser, loads: int) -> list[list[str]]:
    """The live figure over http and from disk, then the same slider as a static embed."""
    page_name = live_page()
    rows = []
    for label, address in [
        ("live figure, http", serve(SITE)),
        ("live figure, file", f"{SITE.as_uri()}/"),
    ]:
        live, frames, size = [], [], (0, 0)
        for _ in range(loads):
            context = browser.new_context()
            weight = Weight(context, SITE)
            page = context.new_page()
            page.goto(address + page_name)
            page.wait_for_selector("[data-xp][data-live]", timeout=30_000)
            live.append(mark(page, "explorable:live"))
            if address.startswith("http"):
                page.wait_for_load_state("networkidle")
                size = weight.bytes()
            page.wait_for_timeout(300)
            frames += page.evaluate(INPUT_TO_FRAME, {"selector": "input[type=range]", "loads": 20})
            context.close()
        rows.append([label, f"{median(live):.0f} ms", f"{median(frames):.1f} ms", *sizes(*size)])
    rows.append(embed_row(browser, loads))
    return rows


def mark(page: Page, name: str) -> float:
    """Milliseconds from navigation to a performance mark."""
    return page.evaluate(f"performance.getEntriesByName({json.dumps(name)})[0].startTime")


def sizes(raw: int, packed: int) -> list[str]:
    """Two cells: raw and gzipped kilobytes, empty where nothing was counted."""
    return [f"{raw / 1e3:,.0f} KB", f"{packed / 1e3:,.0f} KB"] if raw else ["", ""]


def embed_row(browser: Browser, loads: int) -> list[str]:
    """The same kind of slider as a static ipywidgets embed, self-hosted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for spec in PEER:
            packed = subprocess.run(
                ["npm", "pack", "--silent", spec],
                cwd=folder,
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()[-1]
            shutil.unpack_archive(folder / packed, folder / packed.removesuffix(".tgz"), "gztar")
        manager = next(folder.glob("*html-manager*/package/dist/embed-amd.js"))
        require = next(folder.glob("requirejs*/package/require.js"))
        slider = ipywidgets.FloatSlider(description="benefit", max=60)
        shown = ipywidgets.HTML("value 0")
        slider.observe(lambda change: setattr(shown, "value", f"value {change['new']}"), "value")
        page_file = folder / "embed.html"
        embed_minimal_html(page_file, views=[ipywidgets.VBox([slider, shown])], requirejs=True)
        text = page_file.read_text("utf-8")
        for found, own in [("require.min", require), ("embed", manager)]:
            text = replace_script(text, found, own.relative_to(folder).as_posix())
        page_file.write_text(text, "utf-8")
        address = serve(folder)
        shown_after = []
        answers = ""
        for _ in range(loads):
            context = browser.new_context()
            weight = Weight(context, folder)
            page = context.new_page()
            page.goto(address + "embed.html")
            page.wait_for_selector(".noUi-handle", timeout=30_000)
            shown_after.append(page.evaluate("performance.now()"))
            size = weight.bytes()
            page.locator(".noUi-handle").first.focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(200)
            answers = page.inner_text("body")
            context.close()
    dead = "never (no kernel)" if "value 0" in answers else "answers"
    return ["static ipywidgets embed", f"{median(shown_after):.0f} ms shown", dead, *sizes(*size)]


def replace_script(text: str, word: str, own: str) -> str:
    """Point the script tag whose address contains ``word`` at a local file."""
    text, found = re.subn(rf'<script src="[^"]*{word}[^"]*"[^>]*>', f'<script src="{own}">', text)
    if found != 1:
        raise SystemExit(f"ipywidgets' embed no longer loads one script named like {word!r}")
    return text


def lab_rows(browser: Browser, loads: int) -> list[list[str]]:
    """The browser lab: cold with everything to fetch, and warm from the cache."""
    notebook = next((SITE / "exercises").glob("*/*.ipynb")).relative_to(SITE / "exercises")
    address = serve(SITE) + f"book/lab.html?notebook={notebook.as_posix()}"
    cold, warm, size = [], [], (0, 0)
    for _ in range(loads):
        context = browser.new_context()
        weight = Weight(context, SITE)
        for times in (cold, warm):
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector(".sb-lab[data-ready]", timeout=180_000)
            times.append(mark(page, "lab:ready"))
            page.close()
        size = weight.bytes()
        context.close()
    return [
        ["browser lab, first visit", f"{median(cold) / 1e3:.1f} s", "", *sizes(*size)],
        ["browser lab, second visit", f"{median(warm) / 1e3:.1f} s", "", "", ""],
    ]


def build_rows() -> list[list[str]]:
    """A cold build without and with the lab, and a rebuild after one edit."""
    rows = []

    def timed(label: str, command: list[str]) -> None:
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        rows.append([label, f"{time.perf_counter() - start:.1f} s", "", "", ""])

    subprocess.run(["make", "clean"], cwd=ROOT, check=True, capture_output=True)
    timed("cold build without the lab", ["make", "book", "LAB=0"])
    subprocess.run(["make", "clean"], cwd=ROOT, check=True, capture_output=True)
    timed("cold build with the lab", ["make", "book"])
    (ROOT / "book" / "index.md").touch()
    timed("rebuild after one Markdown edit", ["make", "book"])
    return rows


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", help="figure, lab, build (all of them by default)")
    parser.add_argument("--loads", type=int, default=7, help="cold loads a row (%(default)s)")
    options = parser.parse_args()
    parts = options.parts or ["build", "figure", "lab"]
    table = Table("what", "first answer", "input to frame", "raw", "gzip")
    console = Console()
    with console.status("Measuring …"), sync_playwright() as playwright:
        rows = build_rows() if "build" in parts else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        if "figure" in parts:
            rows += figure_rows(browser, options.loads)
        if "lab" in parts and (SITE / "lab").is_dir():
            rows += lab_rows(browser, options.loads)
        browser.close()
    for row in rows:
        table.add_row(*row)
    console.print(table)


if __name__ == "__main__":
    main()
