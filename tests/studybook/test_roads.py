"""The map of what each chapter needs says what the front matter says, and runs in no circle."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from studybook import Chapter, roads

ROOT = Path(__file__).parents[2]
CHAPTERS = [
    Chapter(ROOT / f"book/chapters/{item['id']}.yml")
    for item in yaml.safe_load((ROOT / "book/course.yml").read_text("utf-8"))["chapters"]
]
NEEDS = {chapter.id: chapter.data["prerequisites"] for chapter in CHAPTERS}
WIDTHS = [roads.WIDE, roads.NARROW]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_has_the_roads_of_the_front_matter_and_no_other(width):
    drawn = re.findall(r'data-from="(\w+)" data-to="(\w+)"', roads.drawing(CHAPTERS, width))
    assert sorted(drawn) == sorted((one, name) for name, before in NEEDS.items() for one in before)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_chapter_has_a_stop_and_its_whole_name_within_the_drawing(width):
    root = ET.fromstring(roads.drawing(CHAPTERS, width))
    said = " ".join(text.text for text in root.iter() if text.tag.endswith("text"))
    for chapter in CHAPTERS:
        assert repr(chapter) in said
    assert len([one for one in root.iter() if one.tag.endswith("circle")]) == len(CHAPTERS)
    _left, _top, right, bottom = map(float, root.attrib["viewBox"].split())
    for one in root.iter():
        for place, limit in (("x", right), ("cx", right), ("y", bottom), ("cy", bottom)):
            assert 0 <= float(one.attrib.get(place, 0)) <= limit
        for number in re.findall(r"C(-?[\d.]+)", one.attrib.get("d", "")):
            assert float(number) >= 0, "a bow leaves the drawing"


def test_the_list_says_the_same_as_the_map_in_words():
    items = re.findall(r"<li>(\w+): (.*?)</li>", roads.listed(CHAPTERS, lambda one: one.id))
    names = {
        chapter.id: f"chapter {chapter.data['number']}"
        if "number" in chapter.data
        else chapter.data["title"]
        for chapter in CHAPTERS
    }
    assert dict(items) == {
        name: "needs " + ", ".join(names[one] for one in before) if before else "needs no other"
        for name, before in NEEDS.items()
    }


def test_a_chapter_needs_only_what_comes_before_it_so_that_there_is_no_circle():
    assert roads.problems(NEEDS) == []


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ({"01_a": ["02_b"], "02_b": ["01_a"]}, ["01_a: needs '02_b', which comes no earlier"]),
        ({"01_a": ["01_a"]}, ["01_a: needs '01_a', which comes no earlier"]),
        ({"01_a": [], "02_b": ["03_c"]}, ["02_b: needs '03_c', which is no chapter"]),
    ],
)
def test_a_circle_and_an_unknown_chapter_are_told_with_the_remedy(needs, told):
    problems = roads.problems(needs)
    assert [problem.split(";")[0] for problem in problems] == told
    assert all("prerequisites" in problem for problem in problems)


def test_what_a_chapter_builds_on_goes_all_the_way_back():
    needs = {"01_a": [], "02_b": ["01_a"], "03_c": ["02_b"], "04_d": ["01_a"]}
    assert roads.all_before("03_c", needs) == {"01_a", "02_b"}
    assert roads.all_before("01_a", needs) == set()
