"""A chapter has all its parts, in their order."""

import re
from pathlib import Path

import nbformat

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"

# Each part by what shows it: a call in a code cell or the start of a Markdown line.
PARTS = {
    "front matter": r"chapter\.opening\(\)",
    "scene": r"> \*\*Scene\.\*\*",
    "prediction": r"chapter\.predict\(",
    "try this": r"> \*\*Try this\.\*\*",
    "what you saw": r"> \*\*What you saw\.\*\*",
    "model": r"> \*\*The model\.\*\*",
    "limits": r"> \*\*Limits\.\*\*",
    "worked example": r"## Worked example",
    "claims on trial": r"chapter\.claims\(\)",
    "key points": r"chapter\.key_points\(\)",
    "quiz": r"chapter\.quiz\(\)",
    "exercises": r"chapter\.exercises\(\)",
    "reflection": r"chapter\.reflection\(\)",
    "read on": r"chapter\.read_on\(\)",
}


def test_every_part_is_there_and_in_order(chapter):
    places = {}
    for part, pattern in PARTS.items():
        for number, cell in enumerate(chapter.notebook.cells):
            found = re.search(rf"^{pattern}", cell.source, re.MULTILINE)
            if found:
                places[part] = (number, found.start())
                break
    missing = [part for part in PARTS if part not in places]
    assert not missing, f"these parts are missing: {missing}"
    order = sorted(places, key=places.__getitem__)
    assert order == [part for part in PARTS if part in places]


def test_a_live_figure_stands_between_what_to_try_and_what_was_to_be_seen(chapter):
    sources = [cell.source for cell in chapter.notebook.cells]
    live = re.findall(r"from servicedesign\.live\.\w+ import (.+)", "\n".join(sources))
    names = [name.strip() for line in live for name in line.split(",")]
    assert names, "no live figure is imported from servicedesign.live"
    for name in names:
        shown = [at for at, source in enumerate(sources) if source.strip() == name]
        assert shown, f"{name} is imported but no cell shows it"
        before = "\n".join(sources[: shown[0]])
        after = "\n".join(sources[shown[0] :])
        assert "> **Try this.**" in before
        assert "> **What you saw.**" in after


def test_every_prediction_is_asked_and_then_compared(chapter):
    code = [cell.source for cell in chapter.notebook.cells if cell.cell_type == "code"]
    for guess in chapter.front["predictions"]:
        called = [
            [
                at
                for at, source in enumerate(code)
                if re.search(rf'{call}\(\s*"{guess["id"]}"', source)
            ]
            for call in (r"chapter\.predict", r"chapter\.compare")
        ]
        assert all(called), f"{guess['id']!r} is not both asked and compared"
        assert called[0][0] < called[1][0]


def test_every_section_of_the_front_matter_is_a_heading(chapter):
    headings = re.findall(r"^#+ (.+)$", "\n".join(s for _, s in chapter.markdown), re.MULTILINE)
    for section in chapter.front["sections"]:
        assert section["title"] in headings


def test_the_title_is_that_of_the_front_matter(chapter):
    assert chapter.markdown[0][1] == f"# {chapter.front['title']}"


def test_what_the_next_chapter_takes_up_is_said(chapter):
    after = False
    for cell in chapter.notebook.cells:
        after = after or cell.source == "chapter.key_points()"
        if after and cell.cell_type == "markdown":
            assert re.search(r"[Cc]hapter \d+|[Cc]apstone|the interlude", cell.source)
            return
    raise AssertionError("no word on the next chapter follows the key points")


def test_every_claim_has_evidence_or_is_marked_as_advice_or_definition(chapter):
    for claim in chapter.front["claims"]:
        cited = "[@" in claim["evidence"]
        assert cited or claim["verdict"] in ("value", "definition"), claim["id"]


def test_every_exercise_is_a_function_to_write_in_the_chapters_notebook(chapter):
    folder = SOLUTIONS / chapter.name
    code = "\n".join(
        cell.source
        for path in sorted(folder.glob("*.ipynb"))
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "code"
    )
    asked = {exercise["function"] for exercise in chapter.front["exercises"]}
    assert asked <= set(re.findall(r"^def (\w+)\(", code, re.MULTILINE)), f"in {folder.name}"


def test_every_column_of_a_table_has_a_name(chapter):
    for name, source in chapter.markdown:
        for head in re.findall(r"^\|(.+)\|\n\|[-:| ]+\|$", source, re.MULTILINE):
            assert all(word.strip() for word in head.split("|")), f"cell {name!r}: {head}"


def test_no_directive_or_html_stands_in_a_markdown_cell(chapter):
    for name, source in chapter.markdown:
        assert not re.search(r"^[ >]*(:::|```\s*\{|<\w)", source, re.MULTILINE), name


def test_the_right_answer_has_no_place_of_its_own(chapter):
    places = [
        number
        for question in chapter.front["quiz"]
        for number, option in enumerate(question["options"])
        if option["right"]
    ]
    assert max(places.count(place) for place in places) <= len(places) / 2, places


def test_the_right_answer_is_the_longest_in_a_third_of_the_questions_at_most(chapter):
    longest = [
        question["id"]
        for question in chapter.front["quiz"]
        if max(question["options"], key=lambda option: (len(option["text"]), option["right"]))[
            "right"
        ]
    ]
    assert len(longest) <= len(chapter.front["quiz"]) / 3, longest


def test_an_exercise_has_the_minutes_and_the_level_that_its_chapter_says(chapter):
    told = "\n".join(
        cell.source
        for path in sorted((SOLUTIONS / chapter.name).glob("*.ipynb"))
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "markdown"
    )
    for item in chapter.front["exercises"]:
        said = f"`{item['function']}` ({item['level']}, {item['minutes']} minutes)"
        assert said in told, said


def test_a_live_figure_has_something_to_do_with_a_pencil(chapter):
    sources = [cell.source for cell in chapter.notebook.cells]
    live = re.findall(r"from servicedesign\.live\.\w+ import (.+)", "\n".join(sources))
    names = [name.strip() for line in live for name in line.split(",")]
    for name in names:
        after = "\n".join(sources[sources.index(name) :])
        task, outcome = after.find("> **On paper.**"), after.find("> **What you saw.**")
        assert 0 < task < outcome, f"no pencil for {name}"


def test_boxes_that_fold_have_names_of_their_own(chapter):
    leads = re.findall(
        r"^> \*\*((?:Look closer|For those who count)[^*]*)\*\*",
        "\n".join(source for _, source in chapter.markdown),
        re.MULTILINE,
    )
    assert [lead for lead in leads if ": " not in lead] == []
    assert len(set(leads)) == len(leads)
