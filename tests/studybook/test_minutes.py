"""How long a chapter takes is worked out from what stands open on its page."""

from __future__ import annotations

import nbformat
import pytest

from studybook import Chapter, minutes

from .toy import front, prose, write_course, write_notebook


@pytest.fixture
def spent(tmp_path):
    """Return the function that counts the toy chapter with these cells."""
    chapters = write_course(tmp_path)

    def count(*cells):
        write_notebook(chapters / "03_value.ipynb", [prose("# Value"), *cells])
        return Chapter(chapters / "03_value.yml").times()

    return count


def code(lines, *tags):
    cell = nbformat.v4.new_code_cell("\n".join(["x = 1"] * lines))
    cell.metadata["tags"] = list(tags)
    return cell


def test_two_thousand_words_take_ten_minutes_more(spent):
    assert spent(prose("word " * 2000)).reading == spent().reading + 10


def test_a_folded_box_is_not_counted_and_the_text_after_it_is(spent):
    folded = "> **For those who count.** " + "word " * 2000 + "\n>\n> " + "word " * 2000
    assert spent(prose(folded)).reading == spent().reading
    assert spent(prose(folded + "\n\n" + "word " * 2000)).reading == spent().reading + 10


def test_thirty_lines_of_shown_code_take_five_minutes_and_folded_ones_none(spent):
    assert spent(code(30)).reading == spent().reading + 5
    for tag in ("remove-input", "hide-input", "hide-cell"):
        assert spent(code(30, tag)).reading == spent().reading


def test_a_live_figure_takes_its_minutes(spent):
    assert spent(prose("> **Try this.** Move it.")).reading == spent().reading + 5


def test_a_box_that_folds_is_not_counted_whatever_its_own_name(spent):
    for lead in ("Look closer", "Look closer: whose word it is", "On paper"):
        assert spent(prose(f"> **{lead}.** " + "word " * 2000)).reading == spent().reading
    assert spent(prose("> **Limits: of data.** " + "word " * 2000)).reading > spent().reading


def test_exercises_are_added_up_by_level(tmp_path):
    data = front()
    data["exercises"].append({**data["exercises"][0], "function": "sort", "level": "stretch"})
    times = Chapter(write_course(tmp_path, data) / "03_value.yml").times()
    assert (times.core, times.stretch, times.writing) == (10, 10, 20)
    assert times.total == times.reading + 30


def test_a_claim_kept_off_the_page_costs_no_time(tmp_path):
    data = front()
    claim = {**data["claims"][0], "id": "E10", "evidence": "word " * 1000}
    data["claims"].append(claim)
    shown = minutes.times(data, tmp_path / "none.ipynb").reading
    claim["aside"] = True
    assert minutes.times(data, tmp_path / "none.ipynb").reading == shown - 5


def test_the_head_says_reading_and_exercises_apart_and_how_they_are_counted(tmp_path):
    opening = Chapter(write_course(tmp_path) / "03_value.yml").opening()
    for words in ("Reading: about 5 minutes", "Exercises: 10 minutes", "200 words a minute"):
        assert words in opening.html


def test_minutes_in_the_field_are_counted_apart(tmp_path):
    data = front()
    there = Chapter(write_course(tmp_path / "a", data) / "03_value.yml").times()
    del data["field"]
    without = Chapter(write_course(tmp_path / "b", data) / "03_value.yml").times()
    assert (there.outside, without.outside) == (45, 0)
    assert there.core == without.core
