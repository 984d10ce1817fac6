"""Every component of a page in every state, for the page that shows them all.

The components come from a chapter's own front matter, so that they are what readers meet.
They stand under a name of their own: what is tried here is kept apart from the chapter.
"""

from __future__ import annotations

import re
from typing import Any

from studybook import faces
from studybook.chapter import Chapter
from studybook.language import _
from studybook.part import Part

NAME = "specimen"


def components(chapter: Chapter) -> list[tuple[str, Part | str]]:
    """Return the heading of each component, and the component: a chapter's part, or HTML."""
    chapter.id = NAME
    data = chapter.data
    guess = data["predictions"][0]
    return [
        (_("Opening"), chapter.opening()),
        (_("Prediction"), chapter.predict(guess["id"])),
        (_("Prediction and answer"), _compared(chapter, guess)),
        (_("Question: open, right, wrong"), _questions(chapter)),
        (_("Claims on trial"), chapter.claims()),
        (_("Key points"), chapter.key_points()),
        (_("Exercises"), chapter.exercises()),
        (_("Reflection"), chapter.reflection()),
        (_("Buttons"), _buttons()),
    ]


def _compared(chapter: Chapter, guess: dict[str, Any]) -> Part:
    answer = guess["options"][0] if guess["kind"] == "choice" else guess["low"]
    return chapter.compare(guess["id"], answer)


def _questions(chapter: Chapter) -> str:
    """Return a question as it is asked, and marked as the page's script marks an answer."""
    question = chapter.data["quiz"][0]
    shown = []
    for state in ("open", "right", "wrong"):
        told = {"kind": "quiz", "chapter": f"{NAME}-{state}", "questions": [question]}
        html = faces.html(told, faces.Hand(chapter.works))
        # Nobody answers here: the states are shown, not kept.
        html = html.replace(' data-studybook="quiz"', "")
        if state != "open":
            right = next(
                nth
                for nth, option in enumerate(question["options"])
                if option["right"] == (state == "right")
            )
            html = _marked(html, right, state, question["options"][right]["feedback"])
        shown.append(html)
    return "\n".join(shown)


def _marked(html: str, nth: int, state: str, feedback: str) -> str:
    """Return a question whose option `nth` is ticked and answered."""
    ticked = re.sub(
        rf'<div class="sb-option"><label>(<input[^>]* value="{nth}")>',
        rf'<div class="sb-option" data-marked="{state}"><label>\1 checked>',
        html,
    )
    verdict = _("Right.") if state == "right" else _("Not quite.")
    told = f'<p class="sb-{state}"><strong>{verdict}</strong> {feedback}</p>'
    return ticked.replace(
        '<details class="sb-answers">',
        f'<div class="sb-feedback">{told}</div><details class="sb-answers">',
    )


def _buttons() -> str:
    words = _("Do it in the browser"), _("Download the notebook")
    return (
        f'<p class="sb-actions"><button type="button" class="sb-button">{words[0]}</button> '
        f'<a class="sb-button sb-quiet" href="#buttons">{words[1]}</a></p>'
    )
