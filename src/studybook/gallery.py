"""All live figures of a course on one page: each a picture at rest, alive when it is touched.

Which figures a chapter has is read from the outputs that its notebook stores; what each
answers is told in the chapter's front matter, under `figures`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from explorables import cells, page
from studybook.chapter import Chapter

_HEADING = re.compile(r"^#{2,}\s+(.*?)\s*$", re.MULTILINE)


class GalleryError(ValueError):
    """Raised with every figure without a question, and every question without a figure."""


@dataclass(frozen=True)
class Entry:
    """A figure of a chapter."""

    chapter: Chapter
    id: str
    section: str
    """The heading below which the chapter shows it."""
    question: str
    """Inline Markdown."""
    html: str
    """The figure at rest."""


def figures(notebook: Path) -> list[tuple[str, str, str]]:
    """Return (id, section, HTML) of each live figure that a notebook's outputs hold, in order.

    Raises
    ------
    GalleryError
        If an output tells what cannot be read; with notebook, cell and remedy.
    """
    found, section = [], ""
    for nth, cell in enumerate(json.loads(notebook.read_text("utf-8"))["cells"], start=1):
        if cell["cell_type"] == "markdown":
            section = [section, *_HEADING.findall("".join(cell["source"]))][-1]
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if cells.TYPE not in data:
                continue
            try:
                told = cells.read(data[cells.TYPE])
            except cells.CellError as problem:
                raise GalleryError(f"{notebook.name}, cell {nth}: {problem}") from problem
            if told["kind"] == "figure":
                found.append((told["id"], section, "".join(data["text/html"])))
    return found


def entries(chapters: list[Chapter]) -> list[Entry]:
    """Return the live figures of chapters, each with its question.

    Raises
    ------
    GalleryError
        With every problem, one a line: chapter, figure and remedy.
    """
    shown, problems = [], []
    for chapter in chapters:
        asked = {item["id"]: item["question"] for item in chapter.data.get("figures", [])}
        for name, section, html in figures(chapter.file.with_suffix(".ipynb")):
            question = asked.pop(name, None)
            if question is None:
                problems.append(
                    f"{chapter.file.name}: the figure {name!r} has no question; add it under "
                    "`figures`, or run `make notebooks` if the figure has gone"
                )
            else:
                shown.append(Entry(chapter, name, section, question, page.at_rest(html)))
        problems += [
            f"{chapter.file.name}: `figures` asks about {name!r}, which the notebook does not "
            "show; correct the id, or run `make notebooks`"
            for name in asked
        ]
    if problems:
        raise GalleryError("\n".join(problems))
    return shown
