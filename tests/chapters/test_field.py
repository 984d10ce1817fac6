"""Each chapter sends its reader out, and a sheet has all that somebody needs there."""

import re

from tests.chapters.conftest import ROOT

from studybook import Chapter, minutes

# The sections that teach designing, and the cell that shows each one's form or figure.
DESIGNING = {
    "01_service_logic": {"What a designer does with this": "diamonds"},
    "02_listening": {
        "From notes to an insight": "insights-show",
        "Who gives whom what": "network",
    },
    "03_value": {"A promise that can be broken": "others"},
    "04_priorities": {"Twelve ideas before one": "ideas-show"},
    "05_journey": {
        "A path, and whose hands it is in": "thoughts",
        "The journey you propose": "proposed-show",
    },
    "06_blueprint": {"A sketch that does not hold": "evening"},
    "07_expectations": {"Work that only failure makes": "contacts"},
    "08_meaning": {"A noon as a journey": "noon-map"},
    "09_loyalty": {"A guest who left": "leaving-show", "A number with a guard": "card"},
}
LIBRARY = {"03_value", "05_journey", "06_blueprint", "07_expectations", "09_loyalty"}


def cell_ids(chapter):
    return [cell.id for cell in chapter.notebook.cells]


def test_a_chapter_sends_its_reader_out_between_exercises_and_reflection(chapter):
    ids = cell_ids(chapter)
    assert ids.index("exercises") < ids.index("field") < ids.index("reflection")
    lead = next(source for name, source in chapter.markdown if name == "field-lead")
    assert "## Go and see" in lead
    assert "(../fieldwork/protocol.md)" in lead


def test_a_section_on_designing_has_its_form_and_its_use_in_the_field(chapter):
    ids = cell_ids(chapter)
    for title, shown in DESIGNING.get(chapter.name, {}).items():
        assert shown in ids, f"{title!r} shows no figure and no form"
        assert title in chapter.front["field"]["uses"], f"{title!r} is not put to use"


def test_every_field_task_needs_people_but_has_a_way_without_strangers(chapter):
    task = chapter.front["field"]
    assert len(task["rubric"]) == 5
    assert len(task["alone"].split()) >= 15
    assert not re.search(r"\b(code|Python|program|notebook)\b", str(task))


def test_the_minutes_in_the_field_stand_at_the_head(chapter):
    times = Chapter(ROOT / "book" / "chapters" / f"{chapter.name}.yml").times()
    assert 45 <= times.outside <= 90
    opening = next(c for c in chapter.notebook.cells if c.source == "chapter.opening()")
    assert f"Go and see: {times.outside} minutes" in str(opening.outputs)


def test_the_library_has_a_box_with_its_artefact_where_it_says_something_else(chapter):
    boxes = [
        (name, source) for name, source in chapter.markdown if "> **At the library.**" in source
    ]
    assert bool(boxes) == (chapter.name in LIBRARY)
    for name, source in boxes:
        after = chapter.notebook.cells[cell_ids(chapter).index(name) + 1]
        assert after.cell_type == "code"
        assert after.outputs, "the box stands without its artefact"
        assert "> **At the library.**" in "\n".join(minutes.open_lines(source)), "it is folded"


def test_the_protocol_has_consent_in_two_languages_and_all_that_protects():
    text = (ROOT / "book" / "fieldwork" / "protocol.md").read_text("utf-8")
    blocks = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 4
    assert len([block for block in blocks if re.search("[äö]", block)]) == 2
    # A consent is two sentences; the second one asks.
    for block in blocks[:2]:
        assert len(re.findall(r"[.?](?:\s|$)", block)) == 2
        assert block.rstrip().endswith("?")
    for word in ("No names", "health", "worker *and* the manager", "destroyed", "pairs"):
        assert word in text, word
