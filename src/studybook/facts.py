"""The facts of a chapter's parts: what a cell tells a page beside its HTML.

Each kind is a TypedDict; `explorables.cells` says what envelope they travel in.  A field
that holds "Markdown" holds the little of it that `studybook.inline` reads.  A target is a
link as it is written in the chapters' folder.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from explorables import cells

Verdict = Literal["supported", "qualified", "contradicted", "value", "definition"]


class Way(TypedDict):
    """A chapter that is named, and linked once it exists."""

    target: str | None
    words: str


class Objective(TypedDict):
    """What a reader will be able to do."""

    id: str
    verb: str
    text: str
    """Markdown."""


class Opening(TypedDict):
    """What a chapter asks for and gives."""

    chapter: str
    number: int | None
    """None in an interlude."""
    objectives: list[Objective]
    spent: list[str]
    """Minutes in words, one line each."""
    counted: str
    """How they are counted."""
    before: list[Way]
    bring: str
    """Markdown."""
    make: str
    """Markdown."""


class Range(TypedDict):
    """The numbers that a prediction may be."""

    unit: str
    low: float
    high: float


class Guess(TypedDict):
    """A question to answer before reading on: by a number, or by a choice."""

    id: str
    question: str
    """Markdown."""
    number: Range | None
    options: list[str] | None
    """Markdown."""


class Predict(TypedDict):
    """A prediction to make."""

    chapter: str
    guess: Guess


class Compare(TypedDict):
    """A prediction beside its answer."""

    chapter: str
    guess: Guess
    answer: str
    """Markdown."""
    because: str
    """Markdown."""


class Claim(TypedDict):
    """A claim on trial; all but the verdict in Markdown."""

    claim: str
    verdict: Verdict
    evidence: str
    practice: str


class Claims(TypedDict):
    """The claims on trial."""

    chapter: str
    claims: list[Claim]
    more: int
    """How many others stand on the page of evidence alone."""
    evidence: str
    """That page's target."""
    elsewhere: list[Way]
    """The chapters that try what this one touches."""


class KeyPoints(TypedDict):
    """What to remember."""

    chapter: str
    points: list[str]
    """Markdown."""


class Option(TypedDict):
    """An answer to choose; text and feedback in Markdown."""

    text: str
    right: bool
    feedback: str


class Question(TypedDict):
    """A question of a quiz."""

    id: str
    question: str
    """Markdown."""
    options: list[Option]


class Quiz(TypedDict):
    """A quiz, with feedback on every answer."""

    chapter: str
    questions: list[Question]


class Exercise(TypedDict):
    """A function to write."""

    function: str
    asks: str
    """Markdown."""
    minutes: int
    level: Literal["core", "stretch"]
    objectives: list[str]


class Exercises(TypedDict):
    """The exercises of a chapter."""

    chapter: str
    exercises: list[Exercise]
    notebook: str | None
    """Its path in the exercises' folder, once it is released."""
    folder: str
    """The target of that folder."""


class Reflection(TypedDict):
    """The question to write about; prompt and rubric in Markdown."""

    chapter: str
    prompt: str
    rubric: list[str]


class Step(TypedDict):
    """A step of a field task; the text in Markdown."""

    minutes: int
    text: str


class Row(TypedDict):
    """A row of a field task's rubric, in Markdown."""

    row: str
    shows: str


class Task(TypedDict):
    """A field task; texts in Markdown."""

    title: str
    steps: list[Step]
    checklist: list[str]
    notes: list[str]
    rubric: list[Row]
    alone: str


class Field(TypedDict):
    """A field task in its chapter."""

    chapter: str
    task: Task
    sheets: str
    """The target of the page of sheets."""
    protocol: str
    """The target of the advice on asking and watching."""


class FieldSheet(Field):
    """A field task as one page to print or to fill in."""

    title: str
    """The chapter's number and title."""


class Reading(TypedDict):
    """A work to read next."""

    key: str
    why: str
    """Markdown."""


class ReadOn(TypedDict):
    """What to read next, and why."""

    chapter: str
    works: list[Reading]


class Notice(TypedDict):
    """What was looked up about a work."""

    key: str
    notices: str


class Notices(TypedDict):
    """The experiments cited, each with what was looked up about it."""

    works: list[Notice]


cells.KINDS.update(
    {
        "opening": Opening,
        "predict": Predict,
        "compare": Compare,
        "claims": Claims,
        "key-points": KeyPoints,
        "quiz": Quiz,
        "exercises": Exercises,
        "reflection": Reflection,
        "field": Field,
        "field-sheet": FieldSheet,
        "read-on": ReadOn,
        "notices": Notices,
    }
)
CLOSING = {"claims", "key-points", "quiz", "exercises", "field", "reflection", "read-on"}
"""The parts after a chapter's last idea."""
