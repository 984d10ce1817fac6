"""The face of each part of a chapter: its HTML, made from its facts.

One set of functions serves both readers.  What differs between them is the `Hand` that
writes: a notebook's names a work and links to a notebook; a page's leads to the note of
the work and to the page (`studybook.hand`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from studybook import facts, field_task, inline, quiz
from studybook.bibliography import Work
from studybook.language import _
from studybook.markup import attributes, table


def verdicts() -> dict[str, str]:
    """Return the words for a claim's verdict, in the language in use."""
    return {
        "supported": _("Supported"),
        "qualified": _("Qualified"),
        "contradicted": _("Contradicted"),
        "value": _("A value, not a fact"),
        "definition": _("A definition"),
    }


def levels() -> dict[str, str]:
    """Return the words for an exercise's level, in the language in use."""
    return {"core": _("core"), "stretch": _("stretch")}


class Hand:
    """Writes what a reader of the notebook sees, where a page would differ.

    Parameters
    ----------
    works
        The bibliography's works by key; a key that it lacks stands for itself.
    """

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.works = works

    def html(self, text: str) -> str:
        """Return the little Markdown of front matter as HTML."""
        return inline.to_html(text, self.cite, self.link)

    def cite(self, key: str) -> str:
        """Return a citation, without brackets."""
        work = self.works.get(key)
        hover = attributes(data_key=key, title=work.text if work else None)
        return f'<cite class="sb-cite"{hover}>{escape(work.label if work else key)}</cite>'

    def link(self, target: str, words: str) -> str:
        """Return a link; `words` are HTML."""
        return f'<a href="{escape(target)}">{words}</a>'

    def way(self, way: facts.Way) -> str:
        """Return a link to a chapter that exists; one that does not yet is only named."""
        words = escape(way["words"])
        return words if way["target"] is None else self.link(way["target"], words)

    def lab(self, _notebook: str) -> str:
        """Return the button that opens an exercise in the browser; a notebook has none."""
        return ""

    def tried(self, _chapter: str, claims: Sequence[facts.Claim]) -> str:
        """Return the claims on trial, as a table."""
        words = verdicts()
        return table(
            (_("Claim"), _("Verdict"), _("Evidence"), _("In practice")),
            [
                (
                    self.html(item["claim"]),
                    _chip(f"sb-verdict sb-{item['verdict']}", words[item["verdict"]]),
                    self.html(item["evidence"]),
                    self.html(item["practice"]),
                )
                for item in claims
            ],
        )

    def asked(self, question: str) -> str:
        """Return what a prediction asked, above its answer; `question` is HTML."""
        return f"<p>{question}</p>"


def html(told: Mapping[str, Any], hand: Hand) -> str:
    """Return the face of a part.

    Parameters
    ----------
    told
        What `explorables.cells.read` returns, of one of the kinds of `studybook.facts`.
    hand
        Writes the citations and links, in the order in which they stand.
    """
    return FACES[told["kind"]](told, hand)


def _part(name: str, chapter: str, inside: str) -> str:
    marks = attributes(class_=f"sb-{name}", data_studybook=name, data_chapter=chapter)
    return f"<div{marks}>\n{inside}\n</div>"


def _chip(kind: str, word: str) -> str:
    return f'<span class="{kind}">{escape(word)}</span>'


def _opening(told: facts.Opening, hand: Hand) -> str:
    note = f'<br><span class="sb-note">{escape(told["counted"])}</span>'
    objectives = "\n".join(
        f"<li{attributes(id='objective-' + item['id'])}>"
        f'<span class="sb-number">{item["id"]}</span> '
        f"<strong>{escape(item['verb'])}</strong> {hand.html(item['text'])}</li>"
        for item in told["objectives"]
    )
    before = ", ".join(hand.way(way) for way in told["before"])
    lines = [
        (_("Time"), "<br>".join(map(escape, told["spent"])) + note),
        (_("Before you start"), before or escape(_("nothing; you can begin here"))),
        (_("You bring"), hand.html(told["bring"])),
        (_("You make"), hand.html(told["make"])),
    ]
    rows = "\n".join(
        f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in lines if value
    )
    number = _("Interlude") if told["number"] is None else _("Chapter {n}").format(n=told["number"])
    return _part(
        "opening",
        told["chapter"],
        f'<p class="sb-overline">{escape(number)}</p>\n'
        f"<p><strong>{escape(_('When you have worked through this chapter you can'))}</strong>"
        f"</p>\n<ul>\n{objectives}\n</ul>\n<dl>\n{rows}\n</dl>",
    )


def _claims(told: facts.Claims, hand: Hand) -> str:
    tried = hand.tried(told["chapter"], told["claims"])
    said = []
    if told["more"]:
        page = hand.link(told["evidence"], escape(_("the evidence page")))
        words = escape(_("More claims on this subject ({n}) are tried on {page}."))
        said.append(words.format(n=told["more"], page=page))
    if told["elsewhere"]:
        links = ", ".join(hand.way(way) for way in told["elsewhere"])
        said.append(escape(_("Claims tried in other chapters: {links}.")).format(links=links))
    note = f'\n<p class="sb-note">{" ".join(said)}</p>' if said else ""
    return _part("claims", told["chapter"], tried + note)


def _key_points(told: facts.KeyPoints, hand: Hand) -> str:
    points = "\n".join(f"<li>{hand.html(point)}</li>" for point in told["points"])
    return _part("key-points", told["chapter"], f"<ul>\n{points}\n</ul>")


def _exercises(told: facts.Exercises, hand: Hand) -> str:
    words = levels()
    listed = table(
        (_("Write"), _("What it asks"), _("Minutes"), _("Level"), _("Objectives")),
        [
            (
                f"<code>{item['function']}</code>",
                hand.html(item["asks"]),
                str(item["minutes"]),
                _chip(f"sb-level sb-{item['level']}", words[item["level"]]),
                escape(", ".join(item["objectives"])),
            )
            for item in told["exercises"]
        ],
    )
    if told["notebook"] is not None:
        listed += (
            f'\n<p class="sb-actions">{hand.lab(told["notebook"])}<a class="sb-button sb-quiet" '
            f'href="{told["folder"]}/{told["notebook"]}" download>'
            f"{escape(_('Download the notebook'))}</a></p>"
        )
    return _part("exercises", told["chapter"], listed)


def _reflection(told: facts.Reflection, hand: Hand) -> str:
    prompt = hand.html(told["prompt"])
    rubric = table(
        (_("Level"), _("What a text at this level does")),
        [(str(level), hand.html(text)) for level, text in enumerate(told["rubric"], start=1)],
        caption=_("How your text is read"),
        stacks=False,
    )
    return _part("reflection", told["chapter"], f'<p class="sb-prompt">{prompt}</p>\n{rubric}')


def _field(told: facts.Field, hand: Hand) -> str:
    return _part("field", told["chapter"], field_task.told(told, hand.html, hand.link))


def _field_sheet(told: facts.FieldSheet, hand: Hand) -> str:
    return _part("sheet", told["chapter"], field_task.sheet(told, hand.html))


def _read_on(told: facts.ReadOn, hand: Hand) -> str:
    items = "\n".join(
        f"<li>{hand.cite(item['key'])}: {hand.html(item['why'])}</li>" for item in told["works"]
    )
    return _part("read-on", told["chapter"], f"<ul>\n{items}\n</ul>")


def _notices(told: facts.Notices, hand: Hand) -> str:
    return table(
        (_("Experiment"), _("Retraction or expression of concern")),
        [(hand.cite(item["key"]), escape(item["notices"])) for item in told["works"]],
    )


FACES: dict[str, Callable[[Any, Hand], str]] = {
    "opening": _opening,
    "predict": lambda told, hand: quiz.prediction(told, hand.html),
    "compare": lambda told, hand: quiz.comparison(told, hand.html, hand.asked),
    "claims": _claims,
    "key-points": _key_points,
    "quiz": lambda told, hand: quiz.quiz(told, hand.html),
    "exercises": _exercises,
    "reflection": _reflection,
    "field": _field,
    "field-sheet": _field_sheet,
    "read-on": _read_on,
    "notices": _notices,
}
