"""A chapter's objects: whole without style sheet and script, the same in words."""

from __future__ import annotations

import math
from html.parser import HTMLParser
from importlib.metadata import EntryPoint

import pytest

from explorables import catalogue
from explorables.language import decimal_mark
from studybook import Chapter, FrontMatterError, language

from .toy import dump, front, write_course

PARTS = {
    "opening": lambda chapter: chapter.opening(),
    "predict": lambda chapter: chapter.predict("waiting"),
    "predict a choice": lambda chapter: chapter.predict("best"),
    "compare": lambda chapter: chapter.compare("waiting", 56),
    "claims": lambda chapter: chapter.claims(),
    "key points": lambda chapter: chapter.key_points(),
    "quiz": lambda chapter: chapter.quiz(),
    "exercises": lambda chapter: chapter.exercises(),
    "reflection": lambda chapter: chapter.reflection(),
    "field": lambda chapter: chapter.field(),
    "sheet": lambda chapter: chapter.sheet(),
    "read on": lambda chapter: chapter.read_on(),
}


@pytest.fixture
def chapter(tmp_path):
    return Chapter(write_course(tmp_path) / "03_value.yml")


class _Balance(HTMLParser):
    EMPTY = ("input", "br", "img")

    def __init__(self):
        super().__init__()
        self.open = []
        self.ids = []
        self.scripts = 0

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        self.scripts += tag in ("script", "style") or any(
            name.startswith("on") for name, _ in attrs
        )
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", PARTS)
def test_a_piece_is_sound_html_and_needs_no_script(chapter, name):
    part = PARTS[name](chapter)
    parser = _Balance()
    parser.feed(part._repr_mimebundle_()["text/html"])
    parser.close()
    assert parser.open == []
    assert parser.scripts == 0
    assert len(parser.ids) == len(set(parser.ids))


@pytest.mark.parametrize("name", PARTS)
def test_a_piece_reads_as_plain_text(chapter, name):
    text = repr(PARTS[name](chapter))
    assert len(text) > 10
    assert "<" not in text
    assert "@" not in text


def test_a_quiz_holds_the_feedback_of_every_option(chapter):
    html = chapter.quiz().html
    assert html.count('type="radio"') == 8
    assert html.count("<li") == 8
    assert html.count("That is another idea.") == 4
    assert html.count("<details") == 4


def test_a_sheet_has_room_to_write_boxes_to_tick_and_four_levels_for_each_row(chapter):
    html = chapter.sheet().html
    assert html.count('contenteditable="true"') == 3
    assert html.count('type="checkbox"') == 5
    assert html.count('type="radio"') == 5 * 4
    assert "45 minutes" in html


def test_a_chapter_without_a_field_task_says_what_to_add(tmp_path):
    data = front()
    del data["field"]
    chapter = Chapter(write_course(tmp_path, data) / "03_value.yml")
    assert "Go and see" not in chapter.opening().html
    with pytest.raises(KeyError, match="has no field task; add `field`"):
        chapter.field()


def test_two_right_options_make_check_boxes(tmp_path):
    data = front()
    data["quiz"][0]["options"][1]["right"] = True
    html = Chapter(write_course(tmp_path, data) / "03_value.yml").quiz().html
    assert html.count('type="checkbox"') == 2
    assert "Choose every right answer." in html


def test_a_claim_cites_by_author_and_year(chapter):
    assert ">Zeithaml 1988</cite>" in chapter.claims().html
    assert "Journal of Marketing, 52(3), 2–22." in chapter.claims().html


def test_what_an_author_writes_is_never_markup(tmp_path):
    data = front()
    data["key_points"][0] = "<b>5 > 3</b> & `a<b`"
    html = Chapter(write_course(tmp_path, data) / "03_value.yml").key_points().html
    assert "&lt;b&gt;5 &gt; 3&lt;/b&gt; &amp; <code>a&lt;b</code>" in html


def test_a_chapter_that_does_not_exist_is_named_not_linked(tmp_path):
    data = front()
    data["prerequisites"] = ["02_listening"]
    html = Chapter(write_course(tmp_path, data) / "03_value.yml").opening().html
    assert "chapter 2" in html
    assert "<a " not in html


def test_a_chapter_that_exists_is_linked_by_its_title(tmp_path):
    data = front()
    data["prerequisites"] = ["02_listening"]
    chapters = write_course(tmp_path, data)
    other = front()
    other.update(number=2, id="02_listening", title="Listening")
    text = dump(other).replace("'3.", "'2.")
    (chapters / "02_listening.yml").write_text(text, "utf-8")
    html = Chapter(chapters / "03_value.yml").opening().html
    assert '<a href="02_listening.ipynb">2. Listening</a>' in html


def test_an_interlude_is_named_by_its_title_and_called_so(tmp_path):
    data = front()
    data["prerequisites"] = ["rehearsal", "interval"]
    chapters = write_course(tmp_path, data)
    other = front()
    other.update(id="rehearsal", title="Rehearse it first")
    del other["number"]
    (chapters / "rehearsal.yml").write_text(dump(other).replace("'3.", "'R."), "utf-8")
    folder = tmp_path / "exercises" / "rehearsal"
    folder.mkdir(parents=True)
    (folder / "rehearsal.ipynb").write_text("{}", "utf-8")
    between = Chapter(chapters / "rehearsal.yml")
    assert repr(between) == "Rehearse it first"
    assert '<p class="sb-overline">Interlude</p>' in between.opening().html
    assert 'href="../../exercises/rehearsal/rehearsal.ipynb"' in between.exercises().html
    html = Chapter(chapters / "03_value.yml").opening().html
    assert '<a href="rehearsal.ipynb">Rehearse it first</a>, interval' in html


def test_an_exercise_links_its_notebook_once_it_is_released(tmp_path):
    chapters = write_course(tmp_path)
    assert "<a " not in Chapter(chapters / "03_value.yml").exercises().html
    folder = tmp_path / "exercises" / "03_value"
    folder.mkdir(parents=True)
    (folder / "value.ipynb").write_text("{}", "utf-8")
    html = Chapter(chapters / "03_value.yml").exercises().html
    assert 'href="../../exercises/03_value/value.ipynb" download' in html


@pytest.mark.parametrize("call", ["predict", "compare"])
def test_an_unknown_prediction_is_told_with_the_known_ones(chapter, call):
    with pytest.raises(KeyError, match="has no prediction 'wait'; it has waiting, best"):
        getattr(chapter, call)("wait", *([1] if call == "compare" else []))


def test_the_answer_to_a_choice_must_be_an_option(chapter):
    assert "Soup" in chapter.compare("best", "Soup").html
    with pytest.raises(ValueError, match=r"must be one of \['Soup', 'Buffet'\], got 'Stew'"):
        chapter.compare("best", "Stew")


@pytest.mark.parametrize("answer", [math.nan, math.inf])
def test_an_answer_must_be_finite(chapter, answer):
    with pytest.raises(ValueError, match="must be finite"):
        chapter.compare("waiting", answer)


def test_a_faulty_front_matter_shows_nothing(tmp_path):
    data = front()
    data["quiz"] = data["quiz"][:3]
    with pytest.raises(FrontMatterError, match=r"03_value.yml, line \d+: quiz: has 3 items"):
        Chapter(write_course(tmp_path, data) / "03_value.yml")


def test_another_edition_reads_its_own_front_matter_and_words(tmp_path, monkeypatch):
    chapters = write_course(tmp_path)
    data = front()
    data["title"] = "Arvo"
    (chapters / "03_value.fi.yml").write_text(dump(data), "utf-8")
    monkeypatch.setenv(language.VARIABLE, "fi")
    language.use({"Right.": "Oikein."})
    try:
        chapter = Chapter(chapters / "03_value.yml")
        assert repr(chapter) == "3. Arvo"
        assert "Oikein." in chapter.quiz().html
    finally:
        language.use({})


@pytest.fixture
def spoken(tmp_path, monkeypatch):
    """An installed package with Finnish words; the language is put back afterwards."""
    package = tmp_path / "spoken"
    (package / "locale").mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    door = EntryPoint("spoken", "spoken", catalogue.GROUP)
    monkeypatch.setattr(catalogue, "entry_points", lambda **_: [door])
    yield package / "locale" / "fi.json"
    language.use({})


def test_a_catalogue_is_read_by_language(spoken):
    spoken.write_text('{"messages": {"Right.": "Oikein."}, "decimal": ","}', "utf-8")
    language.load("fi")
    assert language._("Right.") == "Oikein."
    assert decimal_mark() == ","
    language.load("sv")
    assert language._("Right.") == "Right."
    assert decimal_mark() == "."


@pytest.mark.parametrize("text", ["[]", "{", '{"decimal": ","}'])
def test_what_is_no_catalogue_is_named_with_the_remedy(spoken, text):
    spoken.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"fi\.json is no catalogue .*make messages TO=fi"):
        language.load("fi")


def test_the_package_needs_no_sphinx_in_a_notebook():
    import subprocess
    import sys

    code = "import sys, studybook; print('sphinx' in sys.modules, 'docutils' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]


def test_a_claim_kept_aside_is_left_to_the_page_of_evidence(tmp_path):
    data = front()
    data["claims"].append({**data["claims"][0], "id": "E10", "claim": "Hidden.", "aside": True})
    chapter = Chapter(write_course(tmp_path, data) / "03_value.yml")
    assert "Hidden." not in chapter.claims().html
    assert "(1) are tried on <a" in chapter.claims().html
    assert "Hidden." in chapter.claims(everything=True).html
    assert "are tried on" not in chapter.claims(everything=True).html


def test_a_claim_tried_in_another_chapter_is_pointed_to(tmp_path):
    data = front()
    data["claims_elsewhere"] = [{"id": "A1", "chapter": "02_listening"}]
    html = Chapter(write_course(tmp_path, data) / "03_value.yml").claims().html
    assert "Claims tried in other chapters: chapter 2." in html
