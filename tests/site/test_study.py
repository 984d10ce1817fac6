"""Quiz, predictions, explained words: by keyboard, remembered, forgotten on demand."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def _radio(page):
    return page.locator(".sb-question[data-kind=radio]").first


@pytest.mark.sample(2, "questions and terms by chapter")
def test_a_quiz_answers_at_once_and_remembers(visit, chapter):
    with visit(chapter) as seen:
        page = seen.page
        question = _radio(page)
        wrong = question.locator("li[data-right=false]").first.get_attribute("data-option")
        right = question.locator("li[data-right=true]").first.get_attribute("data-option")
        question.locator(f"input[value='{wrong}']").check()
        assert question.locator(".sb-feedback .sb-wrong").inner_text().startswith("Not quite.")
        question.locator(f"input[value='{right}']").check()
        assert question.locator(".sb-feedback .sb-right").inner_text().startswith("Right.")
        assert page.locator(".sb-score").inner_text().startswith("1 of ")
        page.reload()
        assert _radio(page).locator(f"input[value='{right}']").is_checked()
        assert _radio(page).locator(".sb-feedback .sb-right").count() == 1


@pytest.mark.sample(2, "questions and terms by chapter")
def test_feedback_is_announced_politely(visit, chapter):
    with visit(chapter) as seen:
        for place in seen.page.locator(".sb-feedback, .sb-score").all():
            assert place.get_attribute("role") == "status"


@pytest.mark.sample(2, "questions and terms by chapter")
def test_arrow_keys_do_not_give_the_answers_away(visit, chapter):
    with visit(chapter) as seen:
        page, question = seen.page, _radio(seen.page)
        question.locator("input").first.focus()
        page.keyboard.press("ArrowDown")
        assert question.locator("input").nth(1).is_checked()
        assert question.locator(".sb-right, .sb-wrong").count() == 0
        page.keyboard.press("Enter")
        assert question.locator(".sb-right, .sb-wrong").count() == 1


def _predict(question):
    """Answer a prediction as a reader would; return what must come back."""
    if question.get_attribute("data-kind") == "choice":
        option = question.locator("label").last
        option.locator("input").check()
        return option.inner_text().strip()
    box = question.locator("input")
    most = box.get_attribute("max")
    box.fill(str(float(most) + 1))
    box.blur()
    assert box.get_attribute("aria-invalid") == "true"
    box.fill(most)
    box.blur()
    assert box.get_attribute("aria-invalid") is None
    return most


@pytest.mark.sample(4, "predictions by chapter")
def test_a_prediction_comes_back_beside_the_answer(visit, chapter):
    with visit(chapter) as seen:
        page = seen.page
        question = page.locator("[data-studybook=predict]").first
        name = question.get_attribute("data-prediction")
        answer = page.locator(f"[data-studybook=compare][data-prediction={name}] .sb-yours")
        expected = _predict(question)
        assert answer.inner_text().startswith(expected)
        page.reload()
        assert answer.inner_text().startswith(expected)


@pytest.mark.sample(2, "questions and terms by chapter")
def test_one_button_forgets_everything(visit, chapter, site):
    with visit(chapter) as seen:
        page = seen.page
        _radio(page).locator("input").first.check()
        page.locator("textarea").fill("My text")
        page.locator("textarea").blur()
        count = "Object.keys(localStorage).filter(k => k.startsWith('promise-path-people:')).length"
        assert page.evaluate(count) == 3  # the answer, the score, the text
        page.goto(page.url.replace(chapter, "book/reference/privacy"))
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator("[data-studybook=clear] button").click()
        assert page.evaluate(count) == 0


@pytest.mark.sample(2, "questions and terms by chapter")
def test_progress_shows_on_the_cover(visit, chapter):
    with visit(chapter) as seen:
        page = seen.page
        _radio(page).locator("input").first.check()
        page.goto(page.url.replace(chapter, "book/index"))
        name = chapter.rsplit("/", 1)[-1]
        assert "Quiz: " in page.locator(f"[data-progress='{name}']").inner_text()


@pytest.mark.sample(2, "questions and terms by chapter")
def test_a_term_is_explained_on_focus_and_escape_closes_it(visit, chapter):
    with visit(chapter) as seen:
        page = seen.page
        term = page.locator("a.sb-term").first
        tip = page.locator("#" + term.get_attribute("aria-describedby"))
        assert not tip.is_visible()
        term.focus()
        assert tip.is_visible()
        assert len(tip.inner_text()) > 20
        page.keyboard.press("Escape")
        assert not tip.is_visible()
        term.scroll_into_view_if_needed()
        term.hover()
        assert tip.is_visible()
