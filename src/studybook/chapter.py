"""A chapter's front matter as objects that a notebook cell displays."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import Any

from studybook import bibliography, field_task, front_matter, inline, minutes, quiz
from studybook.language import _, edition
from studybook.layout import Layout
from studybook.markup import attributes, table
from studybook.part import Part


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


def _chip(kind: str, word: str) -> str:
    return f'<span class="{kind}">{escape(word)}</span>'


def translated(file: Path) -> Path:
    """Return the front matter of the edition in use: `03_value.fi.yml`, else the English one."""
    own = file.with_suffix(f".{edition()}.yml")
    return own if own.is_file() else file


def named(data: dict[str, Any]) -> str:
    """Return a chapter's name: `3. Value and the promise`; an interlude has no number."""
    return f"{data['number']}. {data['title']}" if "number" in data else str(data["title"])


class Chapter:
    """The front matter of one chapter.

    Parameters
    ----------
    path
        `NN_name.yml`, beside the notebook that shows it.
    bibliography_path
        BibTeX file that holds the works cited; by default the one that the course's
        layout names.

    Raises
    ------
    FrontMatterError
        With file, line, field and remedy of every problem.
    FileNotFoundError
        If there is no such front matter.
    """

    def __init__(self, path: str | Path, bibliography_path: str | Path | None = None) -> None:
        self.file = Path(path).resolve()
        self.layout = Layout.around(self.file)
        works = Path(bibliography_path or self.layout.file("bibliography"))
        self.works = bibliography.read(works) if works.is_file() else {}
        self.data = front_matter.read(
            translated(self.file), self.works if works.is_file() else None
        )
        self.id: str = self.data["id"]

    def __repr__(self) -> str:
        """Return number and title, as a reader would name the chapter."""
        return named(self.data)

    def _cite(self, key: str) -> str:
        work = self.works.get(key)
        label = escape(work.label) if work else escape(key)
        hover = attributes(data_key=key, title=work.text if work else None)
        return f'<cite class="sb-cite"{hover}>{label}</cite>'

    def _html(self, text: str) -> str:
        return inline.to_html(text, self._cite)

    def _part(self, name: str, html: str, text: str) -> Part:
        marks = attributes(class_=f"sb-{name}", data_studybook=name, data_chapter=self.id)
        return Part(f"<div{marks}>\n{html}\n</div>", text)

    def times(self) -> minutes.Times:
        """Return how many minutes the chapter takes; the notebook beside it is counted."""
        return minutes.times(self.data, self.file.with_suffix(".ipynb"))

    def _time_lines(self) -> list[str]:
        """Return the chapter's minutes, reading and exercises apart, and how they are counted."""
        times = self.times()
        exercises = _("Exercises: {n} minutes").format(n=times.core)
        if times.stretch:
            exercises += ", " + _("and {n} more for the stretch").format(n=times.stretch)
        return [
            _("Reading: about {n} minutes").format(n=times.reading),
            exercises,
            _("Reflection: {n} minutes").format(n=times.writing),
            *(
                [_("Go and see: {n} minutes, away from the screen").format(n=times.outside)]
                if times.outside
                else []
            ),
            _(
                "Reading is counted at {words} words a minute, {line} seconds for a line of code, "
                "{figure} minutes for a live figure and {question} seconds to make up your mind "
                "at a question; what is folded is not counted."
            ).format(
                words=minutes.WORDS_A_MINUTE,
                line=minutes.SECONDS_A_LINE,
                figure=minutes.MINUTES_A_FIGURE,
                question=minutes.SECONDS_A_QUESTION,
            ),
        ]

    def opening(self) -> Part:
        """Return the objectives, the time and what to have done before.

        An interlude between two chapters says so instead of a number.
        """
        data = self.data
        *spent, counted = self._time_lines()
        note = f'<br><span class="sb-note">{escape(counted)}</span>'
        objectives = "\n".join(
            f"<li{attributes(id='objective-' + item['id'])}>"
            f'<span class="sb-number">{item["id"]}</span> '
            f"<strong>{escape(item['verb'])}</strong> {self._html(item['text'])}</li>"
            for item in data["objectives"]
        )
        before = ", ".join(self._chapter_link(name) for name in data["prerequisites"])
        facts = [
            (_("Time"), "<br>".join(map(escape, spent)) + note),
            (_("Before you start"), before or escape(_("nothing; you can begin here"))),
            (_("You bring"), self._html(data["artefact"]["in"])),
            (_("You make"), self._html(data["artefact"]["out"])),
        ]
        rows = "\n".join(
            f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in facts if value
        )
        number = escape(
            _("Chapter {n}").format(n=data["number"]) if "number" in data else _("Interlude")
        )
        html = (
            f'<p class="sb-overline">{number}</p>\n'
            f"<p><strong>{escape(_('When you have worked through this chapter you can'))}</strong>"
            f"</p>\n<ul>\n{objectives}\n</ul>\n<dl>\n{rows}\n</dl>"
        )
        lines = [f"{self!r}", *spent]
        lines += [
            f"{item['id']} {item['verb']} {inline.to_text(item['text'])}"
            for item in data["objectives"]
        ]
        return self._part("opening", html, "\n".join(lines))

    def _chapter_link(self, name: str) -> str:
        """Return a link to a chapter that exists; one that does not yet is only named."""
        beside = self.file.with_name(f"{name}.yml")
        if not beside.is_file():
            number = name[:2]
            return escape(_("chapter {n}").format(n=int(number)) if number.isdigit() else name)
        data = front_matter.read(translated(beside))
        return f'<a href="{name}.ipynb">{escape(named(data))}</a>'

    def _prediction(self, name: str) -> dict[str, Any]:
        for guess in self.data["predictions"]:
            if guess["id"] == name:
                return dict(guess)
        known = ", ".join(guess["id"] for guess in self.data["predictions"])
        raise KeyError(f"{self.file.name} has no prediction {name!r}; it has {known}")

    def predict(self, name: str) -> Part:
        """Return the prediction `name`: a question to answer before reading on.

        Raises
        ------
        KeyError
            If the front matter has no prediction of that name.
        """
        return quiz.prediction(self.id, self._prediction(name), self._html)

    def compare(self, name: str, answer: float | str, because: str = "") -> Part:
        """Return the reader's prediction beside the answer.

        Parameters
        ----------
        name
            The prediction's id.
        answer
            For a number: the number, or the text that shows it, without unit.
            For a choice: the option, word for word.
        because
            One sentence (Markdown) on why; optional.

        Raises
        ------
        KeyError
            If the front matter has no prediction of that name.
        ValueError
            If the answer to a choice is none of its options, or is not finite.
        """
        guess = self._prediction(name)
        if guess["kind"] == "choice" and answer not in guess["options"]:
            raise ValueError(
                f"answer to prediction {name!r} must be one of {guess['options']}, got {answer!r}"
            )
        if isinstance(answer, float) and not math.isfinite(answer):
            raise ValueError(f"answer to prediction {name!r} must be finite, got {answer!r}")
        return quiz.comparison(self.id, guess, str(answer), because, self._html)

    def claims(self, everything: bool = False) -> Part:
        """Return the claims on trial: claim, verdict, evidence, and what it means.

        Parameters
        ----------
        everything
            Whether the claims stand here that the chapter's own page leaves to the
            page of evidence.
        """
        words = verdicts()
        tried = [c for c in self.data["claims"] if everything or not c.get("aside", False)]
        html = table(
            (_("Claim"), _("Verdict"), _("Evidence"), _("In practice")),
            [
                (
                    self._html(item["claim"]),
                    _chip(f"sb-verdict sb-{item['verdict']}", words[item["verdict"]]),
                    self._html(item["evidence"]),
                    self._html(item["practice"]),
                )
                for item in tried
            ],
        )
        text = "\n".join(
            f"{words[item['verdict']]}: {inline.to_text(item['claim'])}" for item in tried
        )
        elsewhere = "" if everything else self._claims_elsewhere(len(tried))
        return self._part("claims", html + elsewhere, text)

    def _claims_elsewhere(self, shown: int) -> str:
        """Return where the claims stand that this chapter touches and does not show."""
        said = []
        more = len(self.data["claims"]) - shown
        if more:
            to = self.layout.link("evidence", ".md")
            link = f'<a href="{to}">{escape(_("the evidence page"))}</a>'
            words = escape(_("More claims on this subject ({n}) are tried on {page}."))
            said.append(words.format(n=more, page=link))
        others = sorted({item["chapter"] for item in self.data.get("claims_elsewhere", [])})
        if others:
            links = ", ".join(self._chapter_link(name) for name in others)
            said.append(escape(_("Claims tried in other chapters: {links}.")).format(links=links))
        return f'\n<p class="sb-note">{" ".join(said)}</p>' if said else ""

    def key_points(self) -> Part:
        """Return what to remember."""
        points = self.data["key_points"]
        html = "<ul>\n" + "\n".join(f"<li>{self._html(point)}</li>" for point in points) + "\n</ul>"
        return self._part(
            "key-points", html, "\n".join(f"- {inline.to_text(point)}" for point in points)
        )

    def quiz(self) -> Part:
        """Return the quiz, with feedback on every answer."""
        return quiz.quiz(self.id, self.data["quiz"], self._html)

    def exercises(self) -> Part:
        """Return the exercises, with a link to the notebook once it is released."""
        words = levels()
        html = table(
            (_("Write"), _("What it asks"), _("Minutes"), _("Level"), _("Objectives")),
            [
                (
                    f"<code>{item['function']}</code>",
                    self._html(item["asks"]),
                    str(item["minutes"]),
                    _chip(f"sb-level sb-{item['level']}", words[item["level"]]),
                    escape(", ".join(item["objectives"])),
                )
                for item in self.data["exercises"]
            ],
        )
        name = f"{self.id}/{self.id.split('_', 1)[-1]}.ipynb"
        if (self.layout.file("exercises") / name).is_file():
            html += (
                f'\n<p class="sb-actions"><!-- lab: {name} --><a class="sb-button sb-quiet" '
                f'href="{self.layout.link("exercises")}/{name}" download>'
                f"{escape(_('Download the notebook'))}</a></p>"
            )
        text = "\n".join(
            f"{item['function']} ({words[item['level']]}, {item['minutes']} min): "
            f"{inline.to_text(item['asks'])}"
            for item in self.data["exercises"]
        )
        return self._part("exercises", html, text)

    def reflection(self) -> Part:
        """Return the question to write about, with the rubric it is read by."""
        data = self.data["reflection"]
        rubric = table(
            (_("Level"), _("What a text at this level does")),
            [(str(level), self._html(text)) for level, text in enumerate(data["rubric"], start=1)],
            caption=_("How your text is read"),
            stacks=False,
        )
        html = f'<p class="sb-prompt">{self._html(data["prompt"])}</p>\n{rubric}'
        text = inline.to_text(data["prompt"]) + "".join(
            f"\n{level}. {inline.to_text(line)}"
            for level, line in enumerate(data["rubric"], start=1)
        )
        return self._part("reflection", html, text)

    def field(self) -> Part:
        """Return the field task, with its checklist and its rubric.

        Raises
        ------
        KeyError
            If the front matter has no field task.
        """
        if "field" not in self.data:
            raise KeyError(f"{self.file.name} has no field task; add `field`, see schema.json")
        return self._part(
            "field", *field_task.told(self.id, self.data["field"], self._html, self._links())
        )

    def sheet(self) -> Part:
        """Return the field task as one page to print or to fill in."""
        title = repr(self)
        return self._part(
            "sheet",
            *field_task.sheet(self.id, title, self.data["field"], self._html, self._links()),
        )

    def _links(self) -> field_task.Links:
        return field_task.Links(
            self.layout.link("sheets", ".md"), self.layout.link("protocol", ".md")
        )

    def read_on(self) -> Part:
        """Return what to read next, and why."""
        items = "\n".join(
            f"<li>{self._cite(item['key'])}: {self._html(item['why'])}</li>"
            for item in self.data["read_on"]
        )
        text = "\n".join(f"{item['key']}: {item['why']}" for item in self.data["read_on"])
        return self._part("read-on", f"<ul>\n{items}\n</ul>", text)
