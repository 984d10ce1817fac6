"""A chapter opens with its drawn scene, which is told in words too."""

from __future__ import annotations

import gzip

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.sample(3, "scenes of chapters")
def test_a_scene_stands_between_the_title_and_the_objectives(visit, chapter):
    with visit(chapter) as seen:
        drawing = seen.page.locator(".scene-art[role=img]")
        assert drawing.count() == 1
        assert len(drawing.get_attribute("aria-label")) > 100
        order = seen.page.evaluate("""() => ["h1", ".scene", ".sb-opening"].map(
          one => document.querySelector(".bd-article " + one).getBoundingClientRect().top)""")
        assert order == sorted(order)


@pytest.mark.sample(1, "scenes by night")
def test_a_scene_goes_with_the_page_s_theme(visit, chapter):
    colour = "() => getComputedStyle(document.querySelector('.scene-art .wall')).fill"
    with visit(chapter) as seen:
        dressed = []
        for theme in ("light", "dark"):
            seen.page.evaluate(f"() => {{ document.documentElement.dataset.theme = '{theme}' }}")
            dressed.append(seen.page.evaluate(colour))
        seen.page.emulate_media(media="print")
        printed = seen.page.evaluate(colour)
    assert dressed[0] != dressed[1]
    assert printed == dressed[0], "on paper it is day"


def test_a_scene_adds_little_to_its_page(site, chapter):
    page = (site / f"{chapter}.html").read_text("utf-8")
    start, end = page.index('<figure class="scene">'), page.index("</figcaption>")
    without = page[:start] + page[end:]
    grown = len(gzip.compress(page.encode(), 6)) - len(gzip.compress(without.encode(), 6))
    assert 0 < grown <= 12_000


def test_no_search_finds_the_letters_of_a_drawing(site):
    import json

    index = (site / "searchindex.js").read_text("utf-8")
    data = json.loads(index[index.index("{") : index.rindex("}") + 1])
    assert "apron" in data["terms"]
    assert not [term for term in data["terms"] if term.startswith(("viewbox", "preserveaspect"))]
