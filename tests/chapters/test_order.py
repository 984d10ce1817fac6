"""Nothing is used before it is introduced: functions and terms come in the order of the map."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from studybook import Chapter, roads

ROOT = Path(__file__).parents[2]
ORDER = [
    item["id"] for item in yaml.safe_load((ROOT / "book/course.yml").read_text("utf-8"))["chapters"]
]
NEEDS = {name: Chapter(ROOT / f"book/chapters/{name}.yml").data["prerequisites"] for name in ORDER}
# A chapter's own modules bear its name; the others serve many chapters.
OWNER = {re.sub(r"^\d+_", "", name): name for name in ORDER} | {
    "blueprint_format": "06_blueprint", "journey_format": "05_journey", "queueing": "06_blueprint",
    "mirror": "08_meaning", "circle": "08_meaning", "odds": "08_meaning", "deciding": "10_capstone",
    "donors": "09_loyalty", "retention": "09_loyalty", "retention_ridge": "09_loyalty",
    "ladder": "09_loyalty", "metric_card": "09_loyalty", "rehearsal_card": "rehearsal",
    "decision_memo": "10_capstone", "portfolio": "10_capstone", "guest_groups": "04_priorities",
    "two_halves": "rehearsal",
}  # fmt: skip
# Words of every day that are terms too, where a chapter defines them more closely.
EVERYDAY = {"delight", "expectation", "listening", "loyalty", "retention"}


def _cells(place: str, kind: str) -> str:
    cells = json.loads((ROOT / place).read_text("utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == kind)


def _imported(code: str) -> set[str]:
    """Return the modules of servicedesign that code imports, by their last name."""
    found = set()
    for way, names in re.findall(
        r"^\s*from servicedesign((?:\.\w+)*) import ([^#\n]+)", code, re.MULTILINE
    ):
        found |= {part for part in way.split(".") if part}
        found |= {name.split(" as ")[0].strip(" ()") for name in names.split(",")}
    return found & set(OWNER)


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("place", ["chapter", "exercise"])
def test_a_chapter_calls_only_functions_of_its_own_and_of_those_it_builds_on(name, place):
    bare = re.sub(r"^\d+_", "", name)
    file = f"book/chapters/{name}.ipynb" if place == "chapter" else f"solutions/{name}/{bare}.ipynb"
    known = {name, *roads.all_before(name, NEEDS)}
    for module in sorted(_imported(_cells(file, "code"))):
        assert OWNER[module] in known, (
            f"{file} uses {module}, which is {OWNER[module]}'s: name that chapter in prerequisites"
        )


def _entries() -> list[list[str]]:
    """Return the terms of each entry: names of one thing stand on lines that follow each other."""
    glossary = (ROOT / "book/reference/glossary.md").read_text("utf-8").split("```{glossary}")[1]
    heads = [
        [line for line in entry.splitlines() if line and line[0] not in " `"]
        for entry in glossary.split("\n\n")
    ]
    return [names for names in heads if names]


ENTRIES = _entries()


def _prose(name: str) -> str:
    text = _cells(f"book/chapters/{name}.ipynb", "markdown")
    return re.sub(r"\{cite:\w\}`[^`]*`|\[[^]]*\]\([^)]*\)", " ", text)


PROSE = {name: _prose(name) for name in ORDER}


def _introduced(term: str) -> str | None:
    way = re.compile(r"\{term\}`(?:[^`<]*<)?" + re.escape(term) + ">?`", re.IGNORECASE)
    return next((name for name in ORDER if way.search(PROSE[name])), None)


@pytest.mark.parametrize("names", ENTRIES, ids=lambda names: names[0])
def test_a_glossary_entry_is_linked_from_a_chapter_by_one_of_its_names(names):
    assert any(_introduced(name) for name in names), (
        f"no chapter links {names[0]!r}: link it at its first main use, or take it out"
    )


@pytest.mark.parametrize("term", [one for names in ENTRIES for one in names if one not in EVERYDAY])
def test_a_term_is_not_used_before_the_chapter_that_introduces_it_unless_that_is_named(term):
    home = _introduced(term)
    if home is None:
        pytest.skip("another name of an entry, for whoever looks it up by that")
    number = home[:2].lstrip("0") if home[:2].isdigit() else "interlude"
    names_it = re.compile(rf"\bchapter {number}\b|\bthe {number}\b", re.IGNORECASE)
    used = re.compile(rf"(?<![\w-]){re.escape(term)}s?(?![\w-])", re.IGNORECASE)
    for name in ORDER[: ORDER.index(home)]:
        for sentence in re.split(r"(?<=[.?!:])\s+|\n+", PROSE[name]):
            if used.search(sentence):
                assert names_it.search(sentence), f"{name}: {sentence!r}; {term} comes in {home}"
