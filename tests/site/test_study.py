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


JS = "text/javascript"
# As an edition that moves the options does; nothing else on the page changes.
TURNED = """() => {
  for (const list of document.querySelectorAll(".sb-question, .sb-predict [role=radiogroup]")) {
    const options = [...list.querySelectorAll(".sb-option")];
    const texts = options.map((option) => option.querySelector("label span"));
    const items = [...list.querySelectorAll(".sb-answers li")];
    const turned = [...texts].reverse().map((text) => text.cloneNode(true));
    texts.forEach((text, place) => text.replaceWith(turned[place]));
    items.reverse().forEach((item, place) => {
      item.dataset.option = place;
      item.parentElement.append(item);
    });
  }
}"""

# A question with two right answers; and an edition in which one of them has other words.
SEVERAL = """() => {
  const question = document.querySelector(".sb-question");
  question.dataset.kind = "checkbox";
  question.querySelectorAll("input").forEach((input) => { input.type = "checkbox"; });
  question.querySelectorAll("li").forEach((item, nth) => { item.dataset.right = nth < 2; });
}"""
REWORDED = """() => document.querySelector(".sb-question label span").append(" Or so.")"""
ASKED = "Write it down before you read on; the answer comes later in the chapter."
SCORE = "localStorage.getItem('promise-path-people:03_value:score')"


@pytest.mark.sample(2, "questions and terms by chapter")
def test_an_answer_stays_with_its_option_when_the_options_change_places(visit, chapter, site):
    with visit(chapter) as seen:
        page = seen.page
        first = _radio(page).locator("label").first
        first.locator("input").check()
        words = first.inner_text().strip()
        predicted = page.locator(".sb-predict [role=radiogroup] label")
        if predicted.count():
            predicted.first.locator("input").check()
            guess = predicted.first.inner_text().strip()
        script = (site / "_static" / "studybook.js").read_text("utf-8")
        turned = f"({TURNED})();\n{script}"
        page.route("**/studybook.js*", lambda r: r.fulfill(body=turned, content_type=JS))
        page.reload()
        ticked = page.locator(".sb-question input:checked")
        assert [each.strip() for each in ticked.locator("xpath=..").all_inner_texts()] == [words]
        assert _radio(page).locator("label").last.locator("input").is_checked()
        if predicted.count():
            assert predicted.last.locator("input").is_checked()
            assert predicted.last.inner_text().strip() == guess


@pytest.mark.sample(2, "questions and terms by chapter")
def test_answers_that_an_earlier_edition_kept_by_place_tick_nothing(visit, chapter):
    with visit(chapter) as seen:
        page = seen.page
        page.evaluate(
            """() => {
              const keep = (key, value) => localStorage.setItem(
                "promise-path-people:" + key, JSON.stringify(value));
              for (const one of document.querySelectorAll(".sb-question"))
                keep(`${one.id.replace(/^quiz-/, "")}`.replace("-", ":quiz:"), [0]);
              for (const one of document.querySelectorAll(".sb-predict[data-kind=choice]"))
                keep(`${one.dataset.chapter}:predict:${one.dataset.prediction}`, 0);
            }"""
        )
        page.reload()
        page.wait_for_function("() => document.documentElement.dataset.studybook === 'ready'")
        assert page.locator(".sb-option input:checked").count() == 0
        assert page.locator(".sb-feedback p").count() == 0


def test_an_answer_of_which_an_option_was_reworded_is_given_anew(visit, site):
    script = (site / "_static" / "studybook.js").read_text("utf-8")

    def edition(page, *changes):
        body = "".join(f"({change})();\n" for change in changes) + script
        page.route("**/studybook.js*", lambda r: r.fulfill(body=body, content_type=JS))
        page.reload()
        page.wait_for_function("() => document.documentElement.dataset.studybook === 'ready'")

    with visit("book/chapters/03_value") as seen:
        page = seen.page
        question = page.locator(".sb-question").first
        edition(page, SEVERAL)
        for place in (0, 1):
            question.locator(f"input[value='{place}']").check()
        question.locator(".sb-check").click()
        edition(page, SEVERAL)
        assert question.locator("input:checked").count() == 2
        assert question.get_attribute("data-state") == "right"
        assert page.evaluate(SCORE) is not None
        edition(page, SEVERAL, REWORDED)
        assert question.locator("input:checked").count() == 0
        assert question.get_attribute("data-state") is None
        assert page.evaluate(SCORE) is None


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


@pytest.mark.parametrize(
    ("asks", "kept"), [("02_listening", '"words:40f480dc"'), ("03_value", "2")]
)
def test_a_prediction_that_answers_another_question_is_not_shown(visit, asks, kept):
    with visit(f"book/chapters/{asks}") as seen:
        page = seen.page
        nothing = page.locator(".sb-yours").first.inner_text()
        page.evaluate(
            """([chapter, kept]) => {
              const name = document.querySelector(".sb-predict").dataset.prediction;
              localStorage.setItem(`promise-path-people:${chapter}:predict:${name}`, kept);
            }""",
            [asks, kept],
        )
        page.reload()
        page.wait_for_function("document.documentElement.dataset.studybook === 'ready'")
        assert page.locator(".sb-yours").first.inner_text() == nothing
        assert page.locator(".sb-predict .sb-note").first.inner_text() == ASKED


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
