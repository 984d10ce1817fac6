"""A page runs its own files and nothing else, whatever gets into it."""

from __future__ import annotations

import re
import shutil
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)"/>')
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)

# Each way of getting a script to run, as text that somebody smuggled into a page.
SMUGGLED = {
    "a script in a notebook's output": "<script>window.smuggled = true</script>",
    "a handler of an event": '<img src="/nowhere.png" onerror="window.smuggled = true">',
    "a script in a drawing": "<svg><script>window.smuggled = true</script></svg>",
    "a frame with a script": '<iframe srcdoc="<script>parent.smuggled = true</script>"></iframe>',
    "a script as data": '<script src="data:text/javascript,window.smuggled=true"></script>',
    "another host's script": '<script src="http://localhost:9/smuggled.js"></script>',
    "another base": '<base href="http://localhost:9/">',
}


def test_every_page_has_the_policy_first_and_no_script_written_into_it(site):
    pages = [
        page
        for page in site.rglob("*.html")
        if page.relative_to(site).parts[0] not in ("lab", "_static")
    ]
    assert len(pages) > 10
    for page in pages:
        text = page.read_text("utf-8")
        if 'http-equiv="Refresh"' in text or 'http-equiv="refresh"' in text:
            assert "<script" not in text, page
            continue
        found = POLICY.search(text)
        assert found, f"{page} has no policy"
        assert "script-src 'self' 'wasm-unsafe-eval';" in found[1]
        assert "<script" not in text[: found.start()], f"{page} runs something before its policy"
        for attributes, body in SCRIPT.findall(text):
            assert "src=" in attributes or "application/json" in attributes, (page, body[:80])
        assert not re.search(r"<[^>]+\son[a-z]+=", text), f"{page} has a handler in it"


@pytest.fixture(scope="module")
def chapter_site(site, tmp_path_factory):
    """A copy of what one chapter needs, into which things can be written."""
    copy = tmp_path_factory.mktemp("policy") / "site"
    shutil.copytree(site / "_static", copy / "_static")
    (copy / "book/chapters").mkdir(parents=True)
    return copy


@pytest.fixture(scope="module")
def opened(browser, serve, site, chapter_site):
    """Return what a page with something smuggled into it did, from a server or from disk."""
    address = serve(chapter_site)
    whole = (site / "book/chapters/01_service_logic.html").read_text("utf-8")

    def open_with(text: str, *, disk: bool) -> tuple[bool, bool, list[str]]:
        page_file = chapter_site / "book/chapters/smuggled.html"
        page_file.write_text(whole.replace("</article>", f"{text}</article>", 1), "utf-8")
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        base = f"file://{quote(str(chapter_site))}" if disk else address
        page.goto(f"{base}/book/chapters/smuggled.html", wait_until="load")
        page.wait_for_function("() => document.documentElement.dataset.studybook === 'ready'")
        page.wait_for_function(
            "() => [...document.querySelectorAll('[data-xp]')].every(one => 'live' in one.dataset)"
        )
        # Each has had its chance: the picture that is not there has told so.
        page.wait_for_function(
            "() => [...document.images].every(one => one.complete || one.loading === 'lazy')"
        )
        done = (
            page.evaluate("'smuggled' in window"),
            page.evaluate("document.baseURI.includes('localhost:9/')"),
        )
        page.close()
        return (*done, said)

    return open_with


@pytest.mark.xdist_group("policy")
@pytest.mark.parametrize("disk", [False, True], ids=["served", "from disk"])
def test_what_is_smuggled_into_a_page_does_not_run_and_its_figures_live(opened, disk):
    everything = "".join(SMUGGLED.values())
    ran, moved, said = opened(everything, disk=disk)
    assert not ran
    assert not moved
    assert any("Content Security Policy" in line for line in said), said


@pytest.mark.xdist_group("policy")
def test_without_the_policy_what_is_smuggled_in_would_run(
    opened, chapter_site, site, browser, serve
):
    whole = POLICY.sub("", (site / "book/chapters/01_service_logic.html").read_text("utf-8"))
    text = SMUGGLED["a handler of an event"]
    (chapter_site / "book/chapters/bare.html").write_text(
        whole.replace("</article>", f"{text}</article>", 1), "utf-8"
    )
    page = browser.new_page()
    page.goto(f"{serve(chapter_site)}/book/chapters/bare.html")
    page.wait_for_function("() => window.smuggled === true")
    page.close()
