"""A page asks nobody else for anything, complains of nothing and sets no cookie."""

from __future__ import annotations

import pytest

from .look import FROM_DISK, ON_PHONES

pytestmark = pytest.mark.browser


def test_a_page_asks_no_other_host_and_complains_of_nothing(seen, document):
    look = seen(document, "light")
    assert (look.foreign, look.complaints, look.cookies) == ([], [], [])


@ON_PHONES
def test_a_page_on_a_dark_phone_asks_no_other_host_either(seen, document):
    look = seen(document, "dark phone")
    assert (look.foreign, look.complaints, look.cookies) == ([], [], [])


@FROM_DISK
def test_a_page_works_from_a_folder_on_disk(seen, document):
    look = seen(document, "disk")
    assert (look.foreign, look.complaints) == ([], [])


@pytest.mark.sample(3, "chapters where the browser keeps nothing")
def test_a_page_works_where_the_browser_keeps_nothing(browser, serve, site, chapter):
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {configurable: true, get() {"
        " throw new DOMException('blocked', 'SecurityError') }})"
    )
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{serve(site)}/{chapter}.html")
    page.wait_for_function("() => document.documentElement.dataset.studybook === 'ready'")
    question = page.locator(".sb-question[data-kind=radio]").first
    question.locator("input").first.check()
    assert question.locator(".sb-feedback").inner_text()
    assert "close the page" in page.locator(".sb-score").inner_text()
    assert complaints == []
    context.close()
