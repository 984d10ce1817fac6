"""Prose is British English, with the words of the glossary and of words.txt.

Two dictionaries that need no network: that of pyspellchecker, which leans to
American English, and codespell's table of British and American forms, which
corrects the lean: its British forms are right, its American ones wrong.
"""

import re
from functools import cache
from pathlib import Path

import codespell_lib
import pytest
from spellchecker import SpellChecker

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATA_PAGE = ROOT / "book" / "reference" / "data.md"
_ENDINGS = ("s", "'s", "d", "ed", "ing", "r", "ly", "ally")


@cache
def _british_and_american() -> tuple[frozenset[str], frozenset[str]]:
    table = Path(codespell_lib.__file__).parent / "data" / "dictionary_en-GB_to_en-US.txt"
    pairs = [line.split("->") for line in table.read_text("utf-8").split() if "->" in line]
    return (
        frozenset(british for british, _ in pairs),
        frozenset(american.strip(",") for _, american in pairs),
    )


@cache
def _own_words() -> frozenset[str]:
    lines = (HERE / "words.txt").read_text(encoding="utf-8").splitlines()
    own = {line.strip().lower() for line in lines if line.strip() and not line.startswith("#")}
    glossary = ROOT / "book" / "reference" / "glossary.md"
    if glossary.is_file():
        own |= {word.lower() for word in re.findall(r"[^\W\d_]+", glossary.read_text("utf-8"))}
    return frozenset(own)


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


def faults(text: str) -> dict[str, str]:
    """Return the words that are wrong, each with what is wrong with it."""
    british, american = _british_and_american()
    own = _own_words()
    asked = {
        word.lower().replace("’", "'") for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)
    }
    wrong = {}
    for word in sorted(asked - own):
        stem = word.removesuffix("'s")
        if (
            stem in own
            or stem in british
            or any(
                stem.endswith(end) and stem.removesuffix(end) in british | own for end in _ENDINGS
            )
        ):
            continue
        if word in american:
            wrong[word] = "is American"
        elif _dictionary().unknown([stem]):
            wrong[word] = "is in no dictionary (if it is right, add it to tests/chapters/words.txt)"
    return wrong


def test_the_notebook_is_spelt_in_british_english(chapter):
    assert not faults(chapter.prose)


def test_the_front_matter_is_spelt_in_british_english(chapter):
    assert not faults("\n".join(text for _, text in chapter.front_texts))


_NOT_PROSE = (
    r"\A---\n.*?\n---\n",  # what is told of the page
    r"^```.*?^```",  # code and directives
    r"`[^`]*`",
    r"\[[A-Z]{3,}(?:\.\w+)?\]\([^)]*\)",  # a link that is called by its file
    r"\]\([^)]*\)",  # where a link leads
    r"\{[^}]*\}|<[^>]*>",
)
# Written by hand; the table of data sets is made by a program.
PAGES = sorted({ROOT / "README.md", *(ROOT / "book").rglob("*.md")} - {DATA_PAGE})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_beside_the_chapters_is_spelt_in_british_english(page):
    text = page.read_text(encoding="utf-8")
    for pattern in _NOT_PROSE:
        text = re.sub(pattern, " ", text, flags=re.DOTALL | re.MULTILINE)
    assert not faults(text)


def test_american_forms_and_misspellings_are_noticed():
    found = faults("The color of the center, organized; a seperate behaviour recieved, neighbours.")
    assert set(found) == {"color", "center", "organized", "seperate", "recieved"}
