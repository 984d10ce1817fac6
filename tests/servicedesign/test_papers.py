"""Cards and memos are papers of one kind: one frame, one way to speak, words in two languages."""

from __future__ import annotations

import pytest

from servicedesign import datasets, decision_memo, metric_card, papers, rehearsal_card

KINDS = {
    "test_card_desk": (rehearsal_card.RehearsalCard, rehearsal_card),
    "metric_card_lunch": (metric_card.MetricCard, metric_card),
    "decision_desk": (decision_memo.DecisionMemo, decision_memo),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_paper_is_shown_in_two_widths_by_one_frame(name):
    kind, module = KINDS[name]
    content = datasets.document(name)
    shown = kind(content)._repr_html_()
    assert "_repr_html_" not in vars(kind), "the frame is the same for all"
    assert shown.startswith('<figure class="sd-card">')
    assert module.draw(content, "en", papers.PHONE) in shown
    assert module.draw(content, "en", papers.COLUMN) in shown


@pytest.mark.parametrize("name", KINDS)
def test_every_word_of_a_paper_is_there_in_english_and_in_finnish(name):
    for key, words in KINDS[name][1].WORDS.items():
        assert set(words) == {"en", "fi"}, key
        assert all(words.values()), key


@pytest.mark.parametrize("name", KINDS)
def test_a_paper_in_finnish_differs_and_is_told_in_one_line(name):
    kind, _module = KINDS[name]
    content = datasets.document(name)
    assert kind(content, "fi").picture(papers.COLUMN) != kind(content).picture(papers.COLUMN)
    assert "\n" not in repr(kind(content))


def test_a_paper_that_does_not_say_how_it_is_drawn_says_whose_fault_it_is():
    class Poster(papers.Paper):
        """A kind without a picture."""

    with pytest.raises(NotImplementedError, match="Poster does not say how it is drawn"):
        Poster({}).picture(papers.COLUMN)


def test_what_is_no_dict_and_no_list_has_no_parts():
    for junk in (None, 3, "text", [], {"a": 1}):
        assert papers.dicts(junk, "a") == []
        assert papers.part(junk, "a") == {}
