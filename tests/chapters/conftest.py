"""Every chapter there is, read once for the checks in this folder."""

import re
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

from studybook import minutes

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "book" / "chapters").glob("*.ipynb"))

# What is not prose: roles, code, mathematics, the targets of links.
_ROLE = re.compile(r"\{[\w:]+\}`[^`]*`")
_CODE = re.compile(r"`[^`]*`")
_MATHS = re.compile(r"\$[^$]+\$")
_TARGET = re.compile(r"(?<=\])\([^)]*\)")
_KEYS = re.compile(r"\[@[^\]]*\]")


def bare(text: str) -> str:
    """Return the text with roles, code, mathematics, links and citations taken out."""
    text = _ROLE.sub("\N{DOTTED CIRCLE}", text)
    for pattern in (_CODE, _MATHS, _TARGET, _KEYS):
        text = pattern.sub("", text)
    return text


class Chapter:
    """One chapter: its notebook, its front matter and their prose."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.notebook: Any = nbformat.read(path, 4)
        self.front: dict[str, Any] = yaml.safe_load(
            path.with_suffix(".yml").read_text(encoding="utf-8")
        )

    @cached_property
    def markdown(self) -> list[tuple[str, str]]:
        """The Markdown cells as (id, source)."""
        return [(c.id, c.source) for c in self.notebook.cells if c.cell_type == "markdown"]

    @cached_property
    def lines(self) -> list[tuple[str, str]]:
        """The lines of running prose as (cell id, bare line): no headings, no tables."""
        found = []
        for name, source in self.markdown:
            for raw in source.splitlines():
                line = bare(raw).lstrip("> ").strip()
                if line and not line.startswith(("#", "|", "---")):
                    found.append((name, line))
        return found

    @cached_property
    def bare_markdown(self) -> list[tuple[str, str]]:
        """The Markdown cells as (id, bare text)."""
        return [(name, bare(source)) for name, source in self.markdown]

    @cached_property
    def prose(self) -> str:
        """All Markdown of the notebook, bare."""
        return "\n".join(text for _, text in self.bare_markdown)

    @cached_property
    def length(self) -> int:
        """The number of words of the main road: what stands in no folded box."""
        road = (bare("\n".join(minutes.open_lines(text))) for _, text in self.markdown)
        return len(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", "\n".join(road)))

    @cached_property
    def front_texts(self) -> list[tuple[str, str]]:
        """The texts that front matter shows to learners, as (field, bare text)."""
        return [(field, bare(text)) for field, text in _texts(self.front, "")]

    @cached_property
    def html(self) -> list[tuple[str, str]]:
        """The HTML outputs as (cell id, HTML)."""
        return [
            (cell.id, output.data["text/html"])
            for cell in self.notebook.cells
            if cell.cell_type == "code"
            for output in cell.outputs
            if "text/html" in output.get("data", {})
        ]


_NOT_SHOWN = {
    "id",
    "objectives",
    "function",
    "level",
    "kind",
    "key",
    "verdict",
    "prerequisites",
    "chapter",
}


def _texts(value: Any, field: str) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(field, value)]
    if isinstance(value, list):
        return [pair for item in value for pair in _texts(item, field)]
    if isinstance(value, dict):
        pairs: list[tuple[str, str]] = []
        for name, below in value.items():
            # At the top, "objectives" are sentences; further down, they are ids.
            if name not in _NOT_SHOWN or (name == "objectives" and not field):
                pairs += _texts(below, f"{field}.{name}".lstrip("."))
        return pairs
    return []


@pytest.fixture(scope="session", params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request: pytest.FixtureRequest) -> Chapter:
    """Each chapter in turn."""
    return Chapter(request.param)
