"""Pages stay light: what a first visit fetches, compressed, in kilobytes."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser

PACKED = (".woff2", ".png", ".jpg", ".whl", ".zip")
KILOBYTES = {"plain": 200, "live": 450}
FIRST_PAINT = 110
WAITS = re.compile(r"\b(?:async|defer)\b")


def weigh(site, paths) -> dict[str, int]:
    """Return the compressed size of each file that was fetched."""
    sizes = {}
    for path in dict.fromkeys(paths):
        file = site / path.lstrip("/")
        if file.is_file():
            data = file.read_bytes()
            sizes[path] = len(data) if file.suffix in PACKED else len(gzip.compress(data, 6))
    return sizes


def test_a_page_weighs_no_more_than_its_budget(seen, site, document):
    look = seen(document, "light")
    sizes = weigh(site, look.paths)
    assert sizes, "nothing was fetched"
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])[:8]
    assert sum(sizes.values()) <= KILOBYTES["live" if look.live else "plain"] * 1000, heaviest


def test_the_course_s_own_scripts_and_sheets_come_minified(site):
    runtime = ROOT / "node_modules" / "@micropython" / "micropython-webassembly-pyscript"
    for name, source in (
        ("explorables/explorables.js", ROOT / "src/explorables/static/explorables.js"),
        ("explorables/micropython.js", runtime / "micropython.mjs"),
        ("studybook.js", ROOT / "src/studybook/static/studybook.js"),
        ("studybook.css", ROOT / "src/studybook/static/studybook.css"),
    ):
        assert (site / "_static" / name).stat().st_size < 0.9 * source.stat().st_size, name


# The aim is 340; pages with the most drawings have up to 13 more.
BROTLI = 355


def test_a_chapter_weighs_no_more_than_its_aim_as_a_server_sends_it(seen, site, chapter):
    look = seen(chapter, "light")
    sizes = {}
    for path in dict.fromkeys(look.paths):
        file = site / path.lstrip("/")
        if file.is_file():
            data = file.read_bytes()
            sizes[path] = len(data) if file.suffix in PACKED else len(brotli.compress(data))
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])[:8]
    assert sum(sizes.values()) <= BROTLI * 1000, (sum(sizes.values()), heaviest)


def test_the_face_of_headings_draws_every_heading(site):
    fonts = site / "_static" / "fonts"
    drawn = {
        chr(sign)
        for name in ("fraunces", "signs")
        for sign in TTFont(fonts / f"{name}.woff2").getBestCmap()
    }
    title = re.compile(r"<h[1-3]\b[^>]*>(.*?)</h[1-3]>", re.DOTALL)
    for page in site.rglob("*.html"):
        if page.relative_to(site).parts[0] in ("lab", "_static"):
            continue
        for head in title.findall(page.read_text("utf-8")):
            said = unescape(re.sub(r"<[^>]+>", "", head))
            # Numerals come from the face of the text.
            lost = {s for s in said if s not in drawn and not s.isspace() and not s.isdigit()}
            assert not lost, (page.name, said)


def needed_to_paint(site, document: str) -> dict[str, int]:
    """Return the compressed size of a page and of the sheets and scripts that it waits for."""
    page = site / f"{document}.html"
    text = page.read_text("utf-8")
    head = text.partition("</head>")[0]
    found = re.findall(r'<link\b[^>]*rel="stylesheet"[^>]*>', head)
    found += [tag for tag in re.findall(r"<script\b[^>]*src=[^>]*>", text) if not WAITS.search(tag)]
    addresses = [re.search(r'(?:href|src)="([^"?]+)', tag)[1] for tag in found]
    files = [page, *((page.parent / address).resolve() for address in addresses)]
    return {file.name: len(gzip.compress(file.read_bytes(), 6)) for file in dict.fromkeys(files)}


def test_what_a_page_waits_for_before_its_words_appear_is_light(site, document):
    sizes = needed_to_paint(site, document)
    assert sum(sizes.values()) <= FIRST_PAINT * 1000, sizes
    assert 'rel="preload"' not in (site / f"{document}.html").read_text("utf-8")


def test_the_runtime_of_figures_is_asked_for_after_the_page_has_painted(visit):
    with visit("book/chapters/03_value") as seen:
        painted, asked = seen.page.evaluate("""() => [
          performance.getEntriesByName("first-contentful-paint")[0].startTime,
          performance.getEntriesByType("resource").filter(one => one.name.includes("micropython"))
            .map(one => one.startTime)]""")
    assert len(asked) == 2
    assert min(asked) >= painted
