"""A tiny course on disk: one chapter, a glossary, a bibliography; each test breaks one thing."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
import yaml

from studybook import Chapter
from studybook.part import Part

BIBLIOGRAPHY = """
@article{zeithaml1988,
  author = {Zeithaml, Valarie A.},
  title = {Consumer perceptions},
  journal = {Journal of Marketing},
  volume = {52}, number = {3}, pages = {2--22}, year = {1988},
  doi = {10.1177/002224298805200302},
  notices = {not checked},
  checked = {yes}
}
@book{stickdorn2018,
  author = {Stickdorn, Marc and Hormess, Markus and Lawrence, Adam},
  title = {This Is Service Design Doing}, publisher = {O'Reilly}, year = {2018}
}
"""

GLOSSARY = """# Glossary

```{glossary}
value promise
  What a customer can count on. In Finnish [arvolupaus]{.language-fi}.
```
"""


def question(name: str, objective: str) -> dict[str, Any]:
    """Return a quiz question with one right option."""
    return {
        "id": name,
        "objectives": [objective],
        "question": f"What about {name}?",
        "options": [
            {"text": "this", "right": True, "feedback": "Because it is."},
            {"text": "that", "right": False, "feedback": "That is another idea."},
        ],
    }


FRONT: dict[str, Any] = {
    "number": 3,
    "id": "03_value",
    "title": "Value",
    "objectives": [
        {"id": "3.1", "verb": "compute", "text": "a value"},
        {"id": "3.2", "verb": "sort", "text": "benefits"},
        {"id": "3.3", "verb": "write", "text": "a promise"},
    ],
    "prerequisites": [],
    "artefact": {"in": "", "out": "a promise map"},
    "sections": [{"title": "Give and get", "objectives": ["3.1", "3.2", "3.3"]}],
    "key_points": ["Value is *weighed*.", "Rules differ.", "A promise can fail."],
    "predictions": [
        {
            "id": "waiting",
            "question": "How heavy?",
            "kind": "number",
            "unit": "times",
            "low": 0,
            "high": 200,
        },
        {"id": "best", "question": "Which?", "kind": "choice", "options": ["Soup", "Buffet"]},
    ],
    "quiz": [
        question("one", "3.1"),
        question("two", "3.2"),
        question("three", "3.3"),
        question("four", "3.1"),
    ],
    "claims": [
        {
            "id": "E9",
            "claim": "Value is a ratio.",
            "verdict": "qualified",
            "evidence": "Not only [@zeithaml1988].",
            "practice": "State the rule.",
        }
    ],
    "exercises": [
        {
            "function": "rank",
            "asks": "Rank offers.",
            "minutes": 10,
            "level": "core",
            "objectives": ["3.1"],
        }
    ],
    "reflection": {
        "objectives": ["3.3"],
        "minutes": 20,
        "prompt": "Write a promise.",
        "rubric": ["slogan", "promise", "test", "honest test"],
    },
    "field": {
        "title": "Promise on trial",
        "uses": ["Give and get"],
        "steps": [{"minutes": minutes, "text": f"For {minutes}."} for minutes in (10, 20, 15)],
        "checklist": ["one", "two", "three", "four", "five"],
        "notes": ["What they said", "What they did", "What changed"],
        "rubric": [{"row": f"row {n}", "shows": "in a note"} for n in range(5)],
        "alone": "Take twenty reviews.",
    },
    "read_on": [
        {"key": "zeithaml1988", "why": "it began here"},
        {"key": "stickdorn2018", "why": "how to do it"},
    ],
}


def front() -> dict[str, Any]:
    """Return a fresh copy of a front matter without fault."""
    return copy.deepcopy(FRONT)


def dump(data: dict[str, Any]) -> str:
    """Return front matter as YAML."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def write_course(root: Path, data: dict[str, Any] | None = None) -> Path:
    """Write bibliography, glossary and front matter; return the chapters' folder."""
    chapters = root / "book" / "chapters"
    reference = root / "book" / "reference"
    chapters.mkdir(parents=True)
    reference.mkdir()
    (reference / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (reference / "glossary.md").write_text(GLOSSARY, "utf-8")
    (chapters / "03_value.yml").write_text(dump(data or front()), "utf-8")
    return chapters


def shown(what: Part | str) -> Any:
    """Return an executed cell that shows a part, or HTML that tells nothing."""
    data = {"text/html": what} if isinstance(what, str) else what._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data)
    return nbformat.v4.new_code_cell("chapter.part()", outputs=[output], execution_count=1)


def prose(text: str, **values: str) -> Any:
    """Return a Markdown cell, with the stored values of its `eval` roles."""
    cell = nbformat.v4.new_markdown_cell(text)
    if values:
        cell.metadata["user_expressions"] = [
            {
                "expression": name,
                "result": {"status": "ok", "data": {"text/plain": value}, "metadata": {}},
            }
            for name, value in values.items()
        ]
    return cell


def cells(chapters: Path) -> list[Any]:
    """Return the cells of a chapter without fault."""
    chapter = Chapter(chapters / "03_value.yml")
    parts = [
        chapter.opening(),
        chapter.predict("waiting"),
        chapter.compare("waiting", 56),
        chapter.claims(),
        chapter.key_points(),
        chapter.quiz(),
        chapter.exercises(),
        chapter.field(),
        chapter.reflection(),
    ]
    return [
        prose("# Value"),
        prose("> **Scene.** A guest waits.\n>\n> She looks at the time."),
        prose("## Give and get"),
        prose(
            "It weighs {eval}`waits` times {cite:p}`zeithaml1988`, "
            "says the {term}`value promise` (*arvolupaus*), $a < b$.",
            waits="'56'",
        ),
        prose("> **The model.** It is\n>\n> $$u = b - p$$"),
        *map(shown, parts),
        prose("## References"),
    ]


def write_notebook(path: Path, contents: list[Any]) -> None:
    """Write a notebook of these cells."""
    for place, cell in enumerate(contents):
        cell["id"] = f"cell-{place}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=contents, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)
