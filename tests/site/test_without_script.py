"""A page is whole without JavaScript."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

# What only a script could fill in, or what it may fill in otherwise.
FILLED = (
    ".sb-feedback, .sb-score, .sb-note, .sb-tip, .sb-lab, .xp, .sb-yours, .sb-clear, .sb-progress"
)
TEXT = """(main, filled) => [...main.querySelectorAll('h1,h2,h3,p,li,td,th,dt,dd,legend')]
  .filter(e => !e.closest(filled)).map(e => {
    const copy = e.cloneNode(true);
    copy.querySelectorAll(filled).forEach(part => part.remove());
    return copy.textContent.trim();
  }).filter(Boolean)"""


def test_nothing_is_missing_without_a_script(visit, document):
    with visit(document) as seen:
        with_script = seen.page.locator("main").evaluate(TEXT, FILLED)
    with visit(document, java_script_enabled=False) as seen:
        without = seen.page.locator("main").evaluate(TEXT, FILLED)
    assert len(with_script) > 3 or document == "search"
    assert [text for text in with_script if text not in without] == []


def test_every_answer_can_be_unfolded_without_a_script(visit, chapter):
    with visit(chapter, java_script_enabled=False) as seen:
        for question in seen.page.locator(".sb-question").all():
            answers = question.locator(".sb-answers")
            assert answers.is_visible()
            answers.locator("summary").click()
            told = answers.locator("li").all_inner_texts()
            assert len(told) == question.locator("input").count()
            assert any("Right." in text for text in told)


def test_the_contents_can_be_reached_on_a_phone_without_a_script(visit, document):
    settings = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}
    with visit(document, **settings) as seen:
        assert seen.page.locator(".bd-sidebar-primary a.reference").first.is_visible()
        assert not seen.page.locator(".sidebar-toggle").first.is_visible()
