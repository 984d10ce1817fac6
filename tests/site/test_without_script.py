"""A page is whole without JavaScript."""

from __future__ import annotations

import pytest

from .look import WITHOUT_SCRIPT

pytestmark = pytest.mark.browser


@WITHOUT_SCRIPT
def test_nothing_is_missing_without_a_script(seen, document):
    with_script = seen(document, "light").text
    without = seen(document, "no script").text
    assert len(with_script) > 3 or document == "search"
    assert [text for text in with_script if text not in without] == []


@pytest.mark.sample(4, "answers unfolded without a script by chapter")
def test_every_answer_can_be_unfolded_without_a_script(visit, chapter):
    with visit(chapter, java_script_enabled=False) as visited:
        for question in visited.page.locator(".sb-question").all():
            answers = question.locator(".sb-answers")
            assert answers.is_visible()
            answers.locator("summary").click()
            told = answers.locator("li").all_inner_texts()
            assert len(told) == question.locator("input").count()
            assert any("Right." in text for text in told)


@WITHOUT_SCRIPT
def test_the_contents_can_be_reached_on_a_phone_without_a_script(seen, document):
    look = seen(document, "no script")
    assert look.contents_shown
    # The page of components shows how each looks that a script would serve.
    assert not look.dead_button_shown or document == "book/reference/components"
