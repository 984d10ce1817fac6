"""Quiz and predictions as HTML that works by itself.

Without a script the inputs can be ticked and every answer waits in a folded
`<details>`; `static/studybook.js` adds answers at once and a memory.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from studybook import inline
from studybook.language import _
from studybook.markup import attributes
from studybook.part import Part

Render = Callable[[str], str]


def quiz(chapter: str, questions: list[dict[str, Any]], render: Render) -> Part:
    """Return the quiz of `chapter`; `render` turns front-matter Markdown into HTML."""
    total = len(questions)
    blocks = [
        _question(chapter, place, question, render)
        for place, question in enumerate(questions, start=1)
    ]
    html = (
        f"<div{attributes(class_='sb-quiz', data_studybook='quiz', data_chapter=chapter)}>\n"
        + "\n".join(blocks)
        + "\n</div>"
    )
    lines = [_("Quiz: {n} questions").format(n=total)]
    for place, question in enumerate(questions, start=1):
        lines.append(f"{place}. {inline.to_text(question['question'])}")
        lines += [f"   - {inline.to_text(option['text'])}" for option in question["options"]]
    return Part(html, "\n".join(lines))


def _question(chapter: str, place: int, question: dict[str, Any], render: Render) -> str:
    name = f"{chapter}-{question['id']}"
    several = sum(option["right"] for option in question["options"]) > 1
    kind = "checkbox" if several else "radio"
    ask = _("Choose every right answer.") if several else ""
    options, answers = [], []
    for nth, option in enumerate(question["options"]):
        ticks = attributes(type=kind, name=name, value=nth)
        options.append(
            f'<div class="sb-option"><label><input{ticks}> '
            f"<span>{render(option['text'])}</span></label></div>"
        )
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
        f"{render(question['question'])}{hint}</legend>\n"
        + "\n".join(options)
        + f'\n<details class="sb-answers"><summary>{escape(_("Answers"))}'
        f'<span class="sb-which"> {escape(_("to question {n}").format(n=place))}</span></summary>\n'
        f"<ul>{''.join(answers)}</ul></details>\n</fieldset>"
    )


def prediction(chapter: str, guess: dict[str, Any], render: Render) -> Part:
    """Return the place where the reader predicts before reading on."""
    name = f"{chapter}-{guess['id']}"
    lead = f"<strong>{escape(_('Predict first.'))}</strong>"
    question = f'<p id="predict-{name}">{lead} {render(guess["question"])}</p>'
    if guess["kind"] == "number":
        whole = guess["low"] == int(guess["low"]) and guess["high"] == int(guess["high"])
        box = attributes(
            type="number",
            min=_number(guess["low"]),
            max=_number(guess["high"]),
            step="1" if whole and guess["high"] - guess["low"] > 10 else "any",
            inputmode="decimal",
            aria_describedby=f"predict-{name}",
        )
        fields = (
            f"<p><label>{escape(_('Your prediction'))} <input{box}></label> "
            f"<span>{escape(guess['unit'])}</span></p>"
        )
    else:
        ticks = "".join(
            f'<div class="sb-option"><label><input{attributes(type="radio", name=name, value=nth)}>'
            f" <span>{render(option)}</span></label></div>"
            for nth, option in enumerate(guess["options"])
        )
        fields = f'<div role="radiogroup" aria-labelledby="predict-{name}">{ticks}</div>'
    opening = attributes(
        class_="sb-predict",
        data_studybook="predict",
        data_chapter=chapter,
        data_prediction=guess["id"],
        data_kind=guess["kind"],
    )
    note = escape(_("Write it down before you read on; the answer comes later in the chapter."))
    html = f'<div{opening}>\n{question}\n{fields}\n<p class="sb-note">{note}</p>\n</div>'
    return Part(html, f"{_('Predict first.')} {inline.to_text(guess['question'])}")


def comparison(
    chapter: str, guess: dict[str, Any], answer: str, because: str, render: Render
) -> Part:
    """Return the reader's prediction beside the answer."""
    opening = attributes(
        class_="sb-compare",
        data_studybook="compare",
        data_chapter=chapter,
        data_prediction=guess["id"],
        data_kind=guess["kind"],
        data_unit=guess.get("unit"),
    )
    unit = f" {escape(guess['unit'])}" if guess["kind"] == "number" else ""
    reason = f"\n<p>{render(because)}</p>" if because else ""
    html = (
        f"<div{opening}>\n<p>{render(guess['question'])}</p>\n<dl>"
        f"<div><dt>{escape(_('You predicted'))}</dt>"
        f'<dd class="sb-yours">{escape(_("what you wrote down"))}</dd></div>'
        f"<div><dt>{escape(_('The answer'))}</dt>"
        f'<dd class="sb-answer">{render(answer)}{unit}</dd></div>'
        f"</dl>{reason}\n</div>"
    )
    text = f"{inline.to_text(guess['question'])}\n{_('The answer')}: {inline.to_text(answer)}{unit}"
    return Part(html, text)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
