"""How figures and pages look, against pictures that are kept: ``make looks``.

Every live figure and a page of each type is photographed in light and dark colours,
on a phone and as it is printed, with the course's own fonts and without motion.
The pictures kept in `tests/site/looks` are small: half as large or a quarter, in 32
colours.  What differs is shown side by side in `_build/looks/index.html`;
``make looks-accept`` keeps the new pictures instead, for you to look at in the diff.
"""

import argparse
import functools
import http.server
import io
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from browser import program

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "site" / "looks"
SHOWN = ROOT / "_build" / "looks"
# High enough for every picture, so that no bar of the page lies over it.
HEIGHT = 1500
DESK = {"width": 1440, "height": HEIGHT}
DRESSES: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESK, "color_scheme": "light"},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": HEIGHT}, "color_scheme": "light"},
    "print": {"viewport": {"width": 680, "height": HEIGHT}, "color_scheme": "light"},
}
# One of each type; of a long page its first screens.
PAGES = (
    *("book/index", "book/chapters/03_value", "book/reference/glossary"),
    *("book/reference/accessibility", "book/reference/components"),
    *("book/teaching/course", "search"),
)
PAGE_HEIGHT = 2400  # px
HALF, QUARTER = 0.5, 0.25
COLOURS = 32
# A pixel has changed when its red, green or blue has, by so much of 255; a picture, when so
# many of its pixels have.
STEP, SHARE = 60, 0.0005
AT_REST = """async () => {
  await document.fonts.ready;
  await Promise.all(document.getAnimations()
    .filter((one) => one.timeline === document.timeline)
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => {})));
}"""


@dataclass(frozen=True)
class Subject:
    """What is photographed: a figure of a page, or with no figure the page itself."""

    page: str
    figure: str = ""

    @property
    def name(self) -> str:
        """What its pictures are named after."""
        return self.figure or "page-" + self.page.replace("/", "-")


def figures(site: Path) -> list[Subject]:
    """Return the live figures of a built site, by page.

    Raises
    ------
    FileNotFoundError
        If there are none; the text says what to do.
    """
    found = []
    for path in sorted((site / "book" / "chapters").glob("*.html")):
        page = path.relative_to(site).with_suffix("").as_posix()
        keys = re.findall(r'data-xp="([a-z0-9-]+)"', path.read_text("utf-8"))
        found += [Subject(page, key) for key in keys]
    if not found:
        raise FileNotFoundError(f"{site} has no live figures. Build the site first: make book")
    return found


def pages(site: Path) -> list[Subject]:
    """Return the pages of each type that the site has."""
    return [Subject(page) for page in PAGES if (site / f"{page}.html").is_file()]


def photograph(browser: Browser, address: str, subject: Subject, dress: str) -> Image.Image:
    """Return a small picture of a subject in a dress."""
    context = browser.new_context(reduced_motion="reduce", **DRESSES[dress])
    try:
        page = context.new_page()
        page.goto(f"{address}/{subject.page}.html", wait_until="networkidle")
        if dress == "print":
            page.emulate_media(media="print")
        page.evaluate(AT_REST)
        return small(*(_figure(page, subject) if subject.figure else _page(page)))
    finally:
        context.close()


def _figure(page: Page, subject: Subject) -> tuple[bytes, float]:
    # The picture alone, with what lies over it: the words around it have tests of their own.
    picture = page.locator(f"#xp-{subject.figure} .xp-figure:visible")
    picture.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    return picture.screenshot(animations="disabled", caret="hide"), HALF


def _page(page: Page) -> tuple[bytes, float]:
    width = page.evaluate("innerWidth")
    height = min(page.evaluate("document.documentElement.scrollHeight"), PAGE_HEIGHT)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    shot = page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")
    return shot, QUARTER


def small(shot: bytes, scale: float) -> Image.Image:
    """Return a screenshot scaled down and in few colours."""
    whole = Image.open(io.BytesIO(shot)).convert("RGB")
    size = [max(1, round(side * scale)) for side in whole.size]
    less = whole.resize((size[0], size[1]), Image.Resampling.LANCZOS)
    # Of the ways to fewer colours, this one keeps the few marks that are in colour.
    return less.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def difference(kept: Image.Image, new: Image.Image) -> tuple[float, Image.Image]:
    """Return which share of the picture has changed, and where; all of it with another size.

    A pixel or two of height is no other size: browsers round them each in their way.
    """
    if any(abs(a - b) > 2 for a, b in zip(kept.size, new.size, strict=True)):
        return 1.0, Image.new("L", new.size, 255)
    box = (0, 0, min(kept.width, new.width), min(kept.height, new.height))
    sides = [picture.convert("RGB").crop(box) for picture in (kept, new)]
    red, green, blue = ImageChops.difference(*sides).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    changed = most.point([0] * STEP + [255] * (256 - STEP))
    return changed.histogram()[255] / (box[2] * box[3]), changed


def compare(name: str, new: Image.Image, shown: Path = SHOWN) -> str | None:
    """Return what has changed in a picture, in words, and lay it out; None if nothing has."""
    path = KEPT / f"{name}.png"
    if not path.is_file():
        return "is not kept yet"
    with Image.open(path) as kept:
        share, changed = difference(kept, new)
        if share <= SHARE:
            return None
        shown.mkdir(parents=True, exist_ok=True)
        for kind, picture in (("kept", kept), ("new", new), ("changed", changed)):
            picture.save(shown / f"{name}-{kind}.png")
    return f"{100 * share:.1f}% of it has changed"


def page_of(found: dict[str, str]) -> str:
    """Return a page that shows what differs: as it was, as it is, and where."""
    rows = ""
    for name, said in sorted(found.items()):
        shots = "".join(
            f'<td><img src="{name}-{kind}.png" alt="{name}, {kind}"></td>'
            for kind in ("kept", "new", "changed")
        )
        rows += f"<tr><th>{name}<br>{said}</th>{shots}</tr>\n"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>What looks different</title>'
        "<style>body{font-family:sans-serif}td,th{vertical-align:top;padding:.5rem}"
        "img{border:1px solid}</style><h1>What looks different</h1>"
        "<p>If it is meant: <code>make looks-accept</code>.</p>"
        f"<table><tr><th></th><th>kept</th><th>new</th><th>changed</th></tr>\n{rows}</table></html>"
    )


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on this machine, and give its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_parts: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def main() -> int:
    """Compare, or accept; 1 if something looks different."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("site", type=Path, help="the built site, for example _build/html")
    parser.add_argument("names", nargs="*", help="figures or pages; all of them by default")
    parser.add_argument("--accept", action="store_true", help="keep the new pictures")
    options = parser.parse_args()
    subjects = figures(options.site) + pages(options.site)
    wanted = [one for one in subjects if not options.names or one.name in options.names]
    found: dict[str, str] = {}
    KEPT.mkdir(exist_ok=True)
    with sync_playwright() as playwright, served(options.site) as address:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        for subject in wanted:
            for dress in DRESSES:
                name = f"{subject.name}-{dress}"
                new = photograph(browser, address, subject, dress)
                said = compare(name, new)
                if said and options.accept:
                    new.save(KEPT / f"{name}.png", optimize=True)
                elif said:
                    found[name] = said
        browser.close()
    if options.accept and not options.names:
        there = {f"{one.name}-{dress}.png" for one in subjects for dress in DRESSES}
        for path in KEPT.glob("*.png"):
            if path.name not in there:
                path.unlink()
    for name, said in found.items():
        print(f"{name}: {said}")
    changed = {name: said for name, said in found.items() if "changed" in said}
    if changed:
        (SHOWN / "index.html").write_text(page_of(changed), "utf-8")
        print(f"Look at {SHOWN / 'index.html'}; if it is meant: make looks-accept")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
