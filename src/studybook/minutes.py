"""How long a chapter takes: reading worked out from its text, exercises as stated.

Reading is what stands open on the page: words, shown code, claims and the quiz.
What is folded, and what only the machine sees, is left out.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studybook.box_names import FOLDED, kind_of

WORDS_A_MINUTE = 200
"""Plain prose in a language that may not be the reader's first."""
SECONDS_A_LINE = 10
"""A line of shown code."""
SECONDS_A_QUESTION = 30
"""Making up one's mind, for a quiz question or a prediction."""
MINUTES_A_FIGURE = 5
"""What a live figure asks to be tried."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_LEAD = re.compile(r"> \*\*([^*]+?)[.?]?\*\*")
# A cell with one of these tags does not stand open on the page.
FOLDING_TAGS = {"remove-input", "remove-cell", "hide-input", "hide-cell"}


@dataclass(frozen=True)
class Times:
    """Minutes that a chapter takes."""

    reading: int
    """Reading, live figures and quiz; in steps of five."""
    core: int
    """The exercises that everybody does."""
    stretch: int
    """The exercises for those who want more."""
    writing: int
    """The reflection, with what has to be looked at or asked for it."""
    outside: int = 0
    """The field task, away from the page."""

    @property
    def total(self) -> int:
        """All but the stretch and the field task."""
        return self.reading + self.core + self.writing


def words(text: str) -> int:
    """Return the number of words and numbers in a text."""
    return len(_WORD.findall(text))


def open_lines(source: str) -> list[str]:
    """Return the lines of a Markdown cell that stand in no folded box."""
    shown, folded = [], False
    for line in source.splitlines():
        lead = _LEAD.match(line)
        if lead:
            folded = kind_of(lead[1]) in FOLDED
        elif not line.startswith(">"):
            folded = False
        if not folded:
            shown.append(line)
    return shown


def _cells(notebook: Path) -> Iterable[tuple[str, str, set[str]]]:
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        yield cell["cell_type"], "".join(cell["source"]), set(cell["metadata"].get("tags", []))


def _field_texts(task: dict[str, Any] | None) -> list[str]:
    """Return what a chapter's page says of its field task."""
    if task is None:
        return []
    rows = [text for item in task["rubric"] for text in (item["row"], item["shows"])]
    return [task["title"], *(s["text"] for s in task["steps"]), *task["checklist"], *rows]


def times(data: dict[str, Any], notebook: Path) -> Times:
    """Return how long a chapter takes.

    Parameters
    ----------
    data
        The chapter's front matter.
    notebook
        The chapter's notebook; one that does not exist yet has no words.
    """
    seconds = 0.0
    for kind, source, tags in _cells(notebook) if notebook.is_file() else ():
        if kind == "markdown":
            lines = open_lines(source)
            seconds += 60 * words("\n".join(lines)) / WORDS_A_MINUTE
            seconds += 60 * MINUTES_A_FIGURE * sum("> **Try this" in line for line in lines)
        elif not tags & FOLDING_TAGS:
            seconds += SECONDS_A_LINE * sum(bool(line.strip()) for line in source.splitlines())
    told = [" ".join(goal["text"] for goal in data["objectives"]), *data["key_points"]]
    for item in data["claims"]:
        if not item.get("aside", False):
            told += [item["claim"], item["evidence"], item["practice"]]
    for question in data["quiz"]:
        told.append(question["question"])
        # Every option is read, and one answer's feedback.
        told += [option["text"] for option in question["options"]]
        told.append(max((option["feedback"] for option in question["options"]), key=words))
    told += [guess["question"] for guess in data["predictions"]]
    told += _field_texts(data.get("field"))
    seconds += 60 * sum(map(words, told)) / WORDS_A_MINUTE
    seconds += SECONDS_A_QUESTION * (len(data["quiz"]) + len(data["predictions"]))
    by_level = {
        level: sum(item["minutes"] for item in data["exercises"] if item["level"] == level)
        for level in ("core", "stretch")
    }
    return Times(
        reading=5 * math.ceil(seconds / 300),
        core=by_level["core"],
        stretch=by_level["stretch"],
        writing=data["reflection"]["minutes"],
        outside=sum(step["minutes"] for step in data.get("field", {}).get("steps", [])),
    )
