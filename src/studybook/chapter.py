"""A chapter's front matter as objects that a notebook cell displays."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from studybook import bibliography, faces, field_task, front_matter, inline, minutes
from studybook.language import _, edition
from studybook.layout import Layout
from studybook.part import Part


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

    def _part(self, kind: str, facts: dict[str, Any], text: str) -> Part:
        told = {"chapter": self.id, **facts}
        return Part(kind, told, faces.html({"kind": kind, **told}, faces.Hand(self.works)), text)

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
        lines = [f"{self!r}", *spent]
        lines += [
            f"{item['id']} {item['verb']} {inline.to_text(item['text'])}"
            for item in data["objectives"]
        ]
        facts = {
            "number": data.get("number"),
            "objectives": data["objectives"],
            "spent": spent,
            "counted": counted,
            "before": [self._way(name) for name in data["prerequisites"]],
            "bring": data["artefact"]["in"],
            "make": data["artefact"]["out"],
        }
        return self._part("opening", facts, "\n".join(lines))

    def _way(self, name: str) -> dict[str, str | None]:
        """Return the way to a chapter; one that does not exist yet is only named."""
        beside = self.file.with_name(f"{name}.yml")
        if not beside.is_file():
            number = name[:2]
            words = _("chapter {n}").format(n=int(number)) if number.isdigit() else name
            return {"target": None, "words": words}
        return {
            "target": f"{name}.ipynb",
            "words": named(front_matter.read(translated(beside))),
        }

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
        guess = self._prediction(name)
        text = f"{_('Predict first.')} {inline.to_text(guess['question'])}"
        return self._part("predict", {"guess": _guess(guess)}, text)

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
        facts = {"guess": _guess(guess), "answer": str(answer), "because": because}
        unit = f" {guess['unit']}" if guess["kind"] == "number" else ""
        text = f"{inline.to_text(guess['question'])}\n{_('The answer')}: "
        return self._part("compare", facts, f"{text}{inline.to_text(str(answer))}{unit}")

    def claims(self, everything: bool = False) -> Part:
        """Return the claims on trial: claim, verdict, evidence, and what it means.

        Parameters
        ----------
        everything
            Whether the claims stand here that the chapter's own page leaves to the
            page of evidence.
        """
        words = faces.verdicts()
        tried = [c for c in self.data["claims"] if everything or not c.get("aside", False)]
        text = "\n".join(
            f"{words[item['verdict']]}: {inline.to_text(item['claim'])}" for item in tried
        )
        others = sorted({item["chapter"] for item in self.data.get("claims_elsewhere", [])})
        facts = {
            "claims": _only(tried, "claim", "verdict", "evidence", "practice"),
            "more": len(self.data["claims"]) - len(tried),
            "evidence": self.layout.link("evidence", ".md"),
            "elsewhere": [] if everything else [self._way(name) for name in others],
        }
        return self._part("claims", facts, text)

    def key_points(self) -> Part:
        """Return what to remember."""
        points = self.data["key_points"]
        text = "\n".join(f"- {inline.to_text(point)}" for point in points)
        return self._part("key-points", {"points": points}, text)

    def quiz(self) -> Part:
        """Return the quiz, with feedback on every answer."""
        questions = self.data["quiz"]
        lines = [_("Quiz: {n} questions").format(n=len(questions))]
        for place, question in enumerate(questions, start=1):
            lines.append(f"{place}. {inline.to_text(question['question'])}")
            lines += [f"   - {inline.to_text(option['text'])}" for option in question["options"]]
        facts = {"questions": _only(questions, "id", "question", "options")}
        return self._part("quiz", facts, "\n".join(lines))

    def exercises(self) -> Part:
        """Return the exercises, with a link to the notebook once it is released."""
        words = faces.levels()
        name = f"{self.id}/{self.id.split('_', 1)[-1]}.ipynb"
        facts = {
            "exercises": self.data["exercises"],
            "notebook": name if (self.layout.file("exercises") / name).is_file() else None,
            "folder": self.layout.link("exercises"),
        }
        text = "\n".join(
            f"{item['function']} ({words[item['level']]}, {item['minutes']} min): "
            f"{inline.to_text(item['asks'])}"
            for item in self.data["exercises"]
        )
        return self._part("exercises", facts, text)

    def reflection(self) -> Part:
        """Return the question to write about, with the rubric it is read by."""
        data = self.data["reflection"]
        text = inline.to_text(data["prompt"]) + "".join(
            f"\n{level}. {inline.to_text(line)}"
            for level, line in enumerate(data["rubric"], start=1)
        )
        facts = {"prompt": data["prompt"], "rubric": data["rubric"]}
        return self._part("reflection", facts, text)

    def field(self) -> Part:
        """Return the field task, with its checklist and its rubric.

        Raises
        ------
        KeyError
            If the front matter has no field task.
        """
        return self._part("field", self._task(), field_task.words(self.data["field"]))

    def sheet(self) -> Part:
        """Return the field task as one page to print or to fill in.

        Raises
        ------
        KeyError
            If the front matter has no field task.
        """
        facts = {**self._task(), "title": repr(self)}
        return self._part("field-sheet", facts, field_task.words(self.data["field"]))

    def _task(self) -> dict[str, Any]:
        if "field" not in self.data:
            raise KeyError(f"{self.file.name} has no field task; add `field`, see schema.json")
        names = ("title", "steps", "checklist", "notes", "rubric", "alone")
        return {
            "task": _only([self.data["field"]], *names)[0],
            "sheets": self.layout.link("sheets", ".md"),
            "protocol": self.layout.link("protocol", ".md"),
        }

    def read_on(self) -> Part:
        """Return what to read next, and why."""
        works = self.data["read_on"]
        text = "\n".join(f"{item['key']}: {item['why']}" for item in works)
        return self._part("read-on", {"works": works}, text)


def _guess(asked: dict[str, Any]) -> dict[str, Any]:
    """Return a prediction of the front matter as a fact."""
    number = _only([asked], "unit", "low", "high")[0] if asked["kind"] == "number" else None
    return {
        **_only([asked], "id", "question")[0],
        "number": number,
        "options": asked.get("options"),
    }


def _only(items: list[dict[str, Any]], *fields: str) -> list[dict[str, Any]]:
    """Return items with these of their fields: what a reader is shown."""
    return [{name: item[name] for name in fields} for item in items]
