"""Prose that a reader can follow, an author can diff and a machine can trust."""

import re
from pathlib import Path

import pytest
import yaml
from pybtex.database import parse_file

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ALLOWED = yaml.safe_load((HERE / "allowed_numbers.yml").read_text(encoding="utf-8"))

# A reference to another chapter is a name, not a number.
_CHAPTER = re.compile(r"\b[Cc]hapters? \d+(?:(?:, \d+)* and \d+)?")
_FULL_STOP = re.compile(r"""[.!?]["”’)*_]*\s+["“‘(*_]*[A-Z]""")
_END = re.compile(r"""[.!?:;,]["”’)*_]*$""")
_LIST = re.compile(r"^(?:[-*]|\d+\.)\s+")


def _unspoken(text: str, name: str) -> str:
    text = _CHAPTER.sub("", text)
    for item in ALLOWED.get(name, []):
        text = text.replace(item["text"], "")
    return text


def test_every_number_in_the_notebook_is_computed(chapter):
    for name, text in chapter.bare_markdown:
        prose = _unspoken(text, chapter.name)
        found = re.search(r".{0,40}\d.{0,20}", prose)
        assert not found, f"cell {name!r} types a number: …{found[0]}… (compute it, use {{eval}})"


def test_no_number_about_the_world_is_typed_into_the_front_matter(chapter):
    for field, text in chapter.front_texts:
        if field.startswith("quiz"):
            continue  # a question states its own numbers
        assert not re.search(r"\d", _unspoken(text, chapter.name)), f"{field}: {text}"


def test_every_allowed_number_has_a_reason_and_is_needed(chapter):
    everything = chapter.prose + "\n".join(text for _, text in chapter.front_texts)
    for item in ALLOWED.get(chapter.name, []):
        assert item["reason"].strip()
        assert item["text"] in everything, f"{item['text']!r} is allowed but not used"


def test_every_computed_number_is_stored_with_its_cell(chapter):
    for cell in chapter.notebook.cells:
        if cell.cell_type != "markdown":
            continue
        asked = set(re.findall(r"\{eval\}`([^`]+)`", cell.source))
        kept = {
            item["expression"]: item["result"] for item in cell.metadata.get("user_expressions", [])
        }
        assert asked == set(kept), f"cell {cell.id!r}: run make notebooks"
        assert all(result["status"] == "ok" for result in kept.values())


def test_the_length_is_that_of_a_chapter(chapter):
    assert 1800 <= chapter.length <= 3200, f"{chapter.length} words"


def test_the_scene_is_short(chapter):
    scene = next(source for _, source in chapter.markdown if "> **Scene.**" in source)
    quoted = [line for line in scene.splitlines() if line.startswith(">")]
    count = len(" ".join(quoted).replace(">", "").split())
    assert 150 <= count <= 250, f"{count} words"


def test_the_scene_ends_with_a_question(chapter):
    scene = next(source for _, source in chapter.markdown if "> **Scene.**" in source)
    assert [line for line in scene.splitlines() if line.startswith(">")][-1].endswith("?")


def test_each_line_holds_one_sentence(chapter):
    for name, line in chapter.lines:
        text = re.sub(r"^\*\*[^*]+[.:]\*\*\s*|^\*Checks\.\*\s*", "", _LIST.sub("", line))
        found = _FULL_STOP.search(text)
        assert not found, f"cell {name!r}: break the line after the sentence in {line!r}"
        assert _END.search(line), f"cell {name!r}: a sentence runs over the end of {line!r}"


@pytest.mark.parametrize(
    "word", ["simply", "obviously", "clearly", "just about", "needless to say"]
)
def test_nothing_is_called_simple_or_obvious(chapter, word):
    assert not re.search(rf"\b{word}\b", chapter.prose, re.IGNORECASE)


def test_every_citation_is_in_the_bibliography(chapter):
    works = parse_file(str(ROOT / "book" / "reference" / "references.bib")).entries
    for name, source in chapter.markdown:
        for keys in re.findall(r"\{cite:[pt]\}`([^`]+)`", source):
            for key in keys.split(","):
                assert key.strip() in works, f"cell {name!r} cites {key!r}"
