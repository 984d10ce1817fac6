"""Quiz and predictions as HTML that works by itself.

Without a script the inputs can be ticked and every answer waits in a folded
`<details>`; `static/studybook.js` adds answers at once and a memory.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from studybook.facts import Compare, Guess, Predict, Question, Quiz
from studybook.language import _
from studybook.markup import attributes

Render = Callable[[str], str]


def quiz(told: Quiz, render: Render) -> str:
    """Return a quiz; `render` turns the little Markdown of front matter into HTML."""
    blocks = [
        _question(told["chapter"], place, question, render)
        for place, question in enumerate(told["questions"], start=1)
    ]
    opening = attributes(class_="sb-quiz", data_studybook="quiz", data_chapter=told["chapter"])
    return f"<div{opening}>\n" + "\n".join(blocks) + "\n</div>"


def _question(chapter: str, place: int, question: Question, render: Render) -> str:
    name = f"{chapter}-{question['id']}"
    several = sum(option["right"] for option in question["options"]) > 1
    kind = "checkbox" if several else "radio"
    ask = _("Choose every right answer.") if several else ""
    asked = render(question["question"])
    options = [
        f'<div class="sb-option"><label><input{attributes(type=kind, name=name, value=nth)}> '
        f"<span>{render(option['text'])}</span></label></div>"
        for nth, option in enumerate(question["options"])
    ]
    answers = []
    for nth, option in enumerate(question["options"]):
        verdict = _("Right.") if option["right"] else _("Not quite.")
        answers.append(
            f"<li{attributes(data_option=nth, data_right=str(option['right']).lower())}>"
            f"<em>{render(option['text'])}</em><br>"
            f"<span><strong>{escape(verdict)}</strong> {render(option['feedback'])}</span></li>"
        )
    hint = f' <span class="sb-hint">{escape(ask)}</span>' if ask else ""
    opening = attributes(
        class_="sb-question", data_question=question["id"], data_kind=kind, id=f"quiz-{name}"
    )
    return (
        f"<fieldset{opening}>"
        f'<legend><span class="sb-number">{place}</span> '
        f"{asked}{hint}</legend>\n"
        + "\n".join(options)
        + f'\n<details class="sb-answers"><summary>{escape(_("Answers"))}'
        f'<span class="sb-which"> {escape(_("to question {n}").format(n=place))}</span></summary>\n'
        f"<ul>{''.join(answers)}</ul></details>\n</fieldset>"
    )


def prediction(told: Predict, render: Render) -> str:
    """Return the place where the reader predicts before reading on."""
    chapter, guess = told["chapter"], told["guess"]
    name = f"{chapter}-{guess['id']}"
    lead = f"<strong>{escape(_('Predict first.'))}</strong>"
    question = f'<p id="predict-{name}">{lead} {render(guess["question"])}</p>'
    number = guess["number"]
    if number is not None:
        low, high = number["low"], number["high"]
        whole = low == int(low) and high == int(high)
        box = attributes(
            type="number",
            min=_number(low),
            max=_number(high),
            step="1" if whole and high - low > 10 else "any",
            inputmode="decimal",
            aria_describedby=f"predict-{name}",
        )
        fields = (
            f"<p><label>{escape(_('Your prediction'))} <input{box}></label> "
            f"<span>{escape(number['unit'])}</span></p>"
        )
    else:
        ticks = "".join(
            f'<div class="sb-option"><label><input{attributes(type="radio", name=name, value=nth)}>'
            f" <span>{render(option)}</span></label></div>"
            for nth, option in enumerate(guess["options"] or [])
        )
        fields = f'<div role="radiogroup" aria-labelledby="predict-{name}">{ticks}</div>'
    opening = attributes(
        class_="sb-predict",
        data_studybook="predict",
        data_chapter=chapter,
        data_prediction=guess["id"],
        data_kind=_kind(guess),
    )
    note = escape(_("Write it down before you read on; the answer comes later in the chapter."))
    return f'<div{opening}>\n{question}\n{fields}\n<p class="sb-note">{note}</p>\n</div>'


def comparison(told: Compare, render: Render, asked: Render) -> str:
    """Return the reader's prediction beside the answer.

    Parameters
    ----------
    told
        The facts of the part.
    render
        As for `quiz`.
    asked
        Puts the question, which is HTML, into its place above the answer.
    """
    chapter, guess = told["chapter"], told["guess"]
    number = guess["number"]
    question = asked(render(guess["question"]))
    opening = attributes(
        class_="sb-compare",
        data_studybook="compare",
        data_chapter=chapter,
        data_prediction=guess["id"],
        data_kind=_kind(guess),
        data_unit=number["unit"] if number else None,
    )
    unit = f" {escape(number['unit'])}" if number else ""
    answer = render(told["answer"])
    reason = f"\n<p>{render(told['because'])}</p>" if told["because"] else ""
    return (
        f"<div{opening}>\n{question}\n<dl>"
        f"<div><dt>{escape(_('You predicted'))}</dt>"
        f'<dd class="sb-yours">{escape(_("what you wrote down"))}</dd></div>'
        f"<div><dt>{escape(_('The answer'))}</dt>"
        f'<dd class="sb-answer">{answer}{unit}</dd></div>'
        f"</dl>{reason}\n</div>"
    )


def _kind(guess: Guess) -> str:
    return "choice" if guess["number"] is None else "number"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
