"""What a lost or searching reader gets: sentences with their place, a page for every address."""

from __future__ import annotations

import functools
import http.client
import http.server
import importlib.util
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
# Words that stand in sentences, in code and in pictures.
ASKED = ("waiting", "peak", "blueprint", "satisfaction")


def _find(visit, words):
    """Return what the search page shows for words: titles, and lines with section and text."""
    with visit("search") as seen:
        page = seen.page
        page.goto(page.url.partition("?")[0] + f"?q={words}")
        page.wait_for_function(
            "() => document.querySelector('.search-summary')?.textContent.includes('found')"
        )
        page.wait_for_load_state("networkidle")
        page.wait_for_selector(".sb-hits mark")
        titles = page.locator("#search-results ul.search > li > a").all_inner_texts()
        lines = page.locator(".sb-hits li").evaluate_all(
            "all => all.map(one => [one.querySelector('a')?.textContent ?? '',"
            " one.querySelector('a')?.getAttribute('href') ?? '', one.textContent])"
        )
        return titles, lines, seen.complaints


@pytest.mark.parametrize("words", ASKED)
def test_an_excerpt_is_a_sentence_with_chapter_and_section(visit, words):
    titles, lines, complaints = _find(visit, words)
    assert complaints == []
    assert any(title[:1].isdigit() for title in titles)
    assert len(lines) > 3
    for section, link, text in lines:
        told = text.removeprefix(section).strip()
        assert told.count(" ") >= 2, told
        assert not any(sign in told for sign in ("_", "import ", " = ", "==", "    ")), told
        assert told[0].isupper() or not told[0].isalpha(), told
        assert bool(section) == ("#" in link), link
    assert sum(bool(section) for section, _link, _text in lines) > len(lines) / 2


def test_the_sign_of_the_search_field_covers_no_letter(visit):
    with visit("search") as seen:
        sign = seen.page.locator("main .bd-search i").bounding_box()
        field = seen.page.locator("main .bd-search input")
        starts = field.evaluate(
            "e => e.getBoundingClientRect().left + parseFloat(getComputedStyle(e).paddingLeft)"
        )
        assert sign["x"] + sign["width"] < starts


def test_the_search_opens_by_key_and_closes_by_escape(visit):
    with visit("book/chapters/03_value") as seen:
        page = seen.page
        page.keyboard.press("Control+k")
        assert page.locator("#sb-search input").evaluate("e => e === document.activeElement")
        page.keyboard.press("Escape")
        assert not page.locator("#sb-search").is_visible()


@pytest.fixture(scope="module")
def course(site):
    """The site, served as `make serve` serves it; its address."""
    spec = importlib.util.spec_from_file_location("serve", ROOT / "tools" / "serve.py")
    serve = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(serve)
    handler = functools.partial(serve.SiteHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def _get(course, path):
    connection = http.client.HTTPConnection(course)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text


def test_a_mistyped_address_gets_a_page_that_leads_to_the_chapters(course, browser):
    status, _text = _get(course, "/book/chaptres/05_journey.html")
    assert status == 404
    page = browser.new_page()
    failed = []
    page.on("response", lambda got: failed.append(got.url) if got.status >= 400 else None)
    page.goto(f"http://{course}/book/chaptres/deep/05_journey.html")
    assert page.locator("h1").inner_text() == "Here the path ends"
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Atkinson')
    assert len(failed) == 1
    page.locator("main").get_by_text("The customer journey and how it is remembered").click()
    assert page.locator("h1").inner_text().startswith("5")
    page.close()


def test_the_root_is_a_real_page_and_has_its_icon(course):
    status, text = _get(course, "/")
    assert status == 200
    assert '<html lang="en"' in text
    assert "<title>Promise, Path, People" in text
    assert "efresh" not in text.partition("</head>")[0]
    assert 'href="book/chapters/01_service_logic.html"' in text
    assert _get(course, "/favicon.ico")[0] == 200


def test_the_root_looks_as_the_start_page_and_its_links_lead_somewhere(course, browser):
    page = browser.new_page()
    failed = []
    page.on("response", lambda got: failed.append(got.url) if got.status >= 400 else None)
    page.goto(f"http://{course}/")
    page.wait_for_function("() => document.documentElement.dataset.studybook === 'ready'")
    assert failed == []
    links = page.locator("main a").evaluate_all("all => all.map(one => one.href.split('#')[0])")
    page.close()
    for link in set(links):
        if link.startswith(f"http://{course}"):
            assert _get(course, link.removeprefix(f"http://{course}"))[0] == 200, link
