"""The little Markdown of front matter, and the works it cites."""

from __future__ import annotations

import pytest

from studybook import bibliography, inline

from .toy import BIBLIOGRAPHY

HTML = {
    "plain": "plain",
    "*so*": "<em>so</em>",
    "**so** and `x*y*z`": "<strong>so</strong> and <code>x*y*z</code>",
    "[here](a.md)": '<a href="a.md">here</a>',
    "a [@k1; @k2] b": "a (K1; K2) b",
    "2 * 3 < 7": "2 * 3 &lt; 7",
    "**a *b* c**": "<strong>a <em>b</em> c</strong>",
}


@pytest.mark.parametrize("text", HTML)
def test_markdown_becomes_html(text):
    assert inline.to_html(text, str.upper) == HTML[text]


def test_the_keys_cited_are_found():
    assert inline.cited("a [@one] b [@two; @three]") == ["one", "two", "three"]


def test_plain_text_keeps_the_words_only():
    assert inline.to_text("**So** `f` [here](x) [@k]") == "So f here (k)"


@pytest.fixture
def works(tmp_path):
    file = tmp_path / "references.bib"
    extra = "@misc{gap2005a, author={A, B. and C, D.}, title={Gap?}, year={2005}}\n"
    extra += "@misc{gap2005b, author={A, B. and C, D.}, title={Again}, year={2005}}\n"
    file.write_text(BIBLIOGRAPHY + extra, "utf-8")
    return bibliography.read(file)


def test_a_journal_article_is_formatted_whole(works):
    assert works["zeithaml1988"].text == (
        "Zeithaml, V. A. (1988). Consumer perceptions. Journal of Marketing, 52(3), 2–22. "
        "https://doi.org/10.1177/002224298805200302"
    )


def test_three_authors_are_shortened_in_the_text_only(works):
    work = works["stickdorn2018"]
    assert work.label == "Stickdorn et al. 2018"
    assert work.text.startswith("Stickdorn, M., Hormess, M. & Lawrence, A. (2018).")


def test_the_same_authors_and_year_get_letters(works):
    assert [works[key].year for key in ("gap2005a", "gap2005b")] == ["2005a", "2005b"]
    assert "Gap? " not in works["gap2005a"].text
    assert "Gap?." not in works["gap2005a"].text
