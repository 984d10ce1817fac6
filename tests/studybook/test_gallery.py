"""The gallery shows each live figure of the chapters once, at rest, under its question."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from explorables import cells, page
from explorables.sphinx_page import modules_in
from studybook import Chapter, gallery

ROOT = Path(__file__).parents[2]
CHAPTERS = [
    Chapter(ROOT / f"book/chapters/{item['id']}.yml")
    for item in yaml.safe_load((ROOT / "book/course.yml").read_text("utf-8"))["chapters"]
]


@pytest.fixture(scope="module")
def shown():
    return gallery.entries(CHAPTERS)


def test_it_shows_every_live_figure_of_every_chapter_once_and_in_their_order(shown):
    there = [
        name
        for chapter in CHAPTERS
        for name in re.findall(
            r'data-xp=\\"([a-z0-9-]+)\\"', chapter.file.with_suffix(".ipynb").read_text("utf-8")
        )
    ]
    assert [item.id for item in shown] == there
    assert len(set(there)) == len(there) >= 14


def test_the_figures_are_asked_about_in_their_order(shown):
    for chapter in CHAPTERS:
        asked = [item["id"] for item in chapter.data.get("figures", [])]
        assert asked == [item.id for item in shown if item.chapter is chapter]


def test_every_figure_has_a_question_of_its_own_its_section_and_something_to_try(shown):
    questions = [item.question for item in shown]
    assert all(question.endswith("?") and question.count("?") == 1 for question in questions)
    assert len(set(questions)) == len(questions)
    for item in shown:
        assert item.section
        assert re.search(r'class="xp-try"[^>]*>\s*\w', item.html)


def test_at_rest_a_figure_keeps_all_of_itself_and_wakes_by_a_button(shown):
    for item in shown:
        assert item.html.count(' data-rest=""') == 1
        assert item.html.count('class="xp-button xp-wake"') == 1
        assert "<form" in item.html
        assert item.html.index("xp-summary") < item.html.index("xp-wake") < item.html.index("<form")


def test_a_page_of_figures_at_rest_loads_none_of_their_modules_by_itself(shown):
    body = "".join(item.html for item in shown)
    assert modules_in(body, resting=False) == []
    assert len(modules_in(body)) >= 10


def test_what_is_no_figure_is_not_put_to_rest():
    with pytest.raises(ValueError, match="expected the HTML of one explorable, got '<p>"):
        page.at_rest("<p>nothing</p>")


def test_a_figure_without_a_question_and_a_question_without_a_figure_are_told(tmp_path):
    folder = tmp_path / "book/chapters"
    folder.mkdir(parents=True)
    here = ROOT / "book/chapters"
    told = (here / "03_value.yml").read_text("utf-8").replace("- id: three-ways", "- id: four-ways")
    (folder / "03_value.yml").write_text(told, "utf-8")
    (folder / "03_value.ipynb").write_bytes((here / "03_value.ipynb").read_bytes())
    with pytest.raises(gallery.GalleryError) as problem:
        gallery.entries([Chapter(folder / "03_value.yml", ROOT / "book/reference/references.bib")])
    lines = str(problem.value).splitlines()
    assert len(lines) == 2
    assert "'three-ways' has no question" in lines[0]
    assert "asks about 'four-ways'" in lines[1]
    assert all(line.startswith("03_value.yml: ") for line in lines)


def test_the_section_is_the_heading_above_and_not_a_later_one(tmp_path):
    html = "<div>a figure</div>"
    shown = cells.bundle("figure", {"id": "a", "module": "m.live"}, html, "a")
    page = [
        {"cell_type": "markdown", "source": ["# Title\n", "## First\n", "words"]},
        {"cell_type": "code", "outputs": [{"data": shown}]},
        {"cell_type": "markdown", "source": "## Second"},
    ]
    notebook = tmp_path / "a.ipynb"
    notebook.write_text(json.dumps({"cells": page}), "utf-8")
    assert gallery.figures(notebook) == [("a", "First", html)]


def test_facts_that_cannot_be_read_are_told_with_notebook_cell_and_remedy(tmp_path):
    notebook = tmp_path / "a.ipynb"
    told = {"version": 2, "kind": "figure", "id": "a", "module": "m.live"}
    output = {"data": {"text/html": "<div></div>", cells.TYPE: told}}
    first = {"cell_type": "markdown", "source": "# Title"}
    second = {"cell_type": "code", "outputs": [output]}
    notebook.write_text(json.dumps({"cells": [first, second]}), "utf-8")
    with pytest.raises(gallery.GalleryError, match=r"a\.ipynb, cell 2: .* version 2.*reads 1.*run"):
        gallery.figures(notebook)
