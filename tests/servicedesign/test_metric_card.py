"""A metric card says what is counted, how surely, and what is done with it."""

import pytest

from servicedesign import datasets, retention
from servicedesign.metric_card import MetricCard, draw, today

CARD = datasets.document("metric_card_lunch")


@pytest.mark.parametrize("width", [320, 680])
@pytest.mark.parametrize(
    ("language", "heading"), [("en", "What is done with it"), ("fi", "Mihin sitä käytetään")]
)
def test_a_card_is_drawn_whole_in_both_languages_and_widths(language, heading, width):
    drawn = draw(CARD, language, width)
    assert heading in drawn
    for words in ("grams", "Mikael", "80%", "68%", "earned cards"):
        assert words in drawn
    assert f'viewBox="0 0 {width} ' in drawn


def test_a_card_says_where_it_stands_and_how_surely():
    assert repr(MetricCard(CARD)) == (
        "Metric card: Do new guests come back by themselves? (73% ± 5.3\u00a0points (n = 270))"
    )
    assert today({"baseline": 55, "unit": "grams"}) == "55\u00a0grams"
    assert today({}) == "?"
    shown = MetricCard(CARD)._repr_html_()
    # On a phone the halves stand above each other, and the type stays as large.
    assert draw(CARD, "en", 340) in shown
    assert draw(CARD) in shown


def test_what_nobody_filled_in_takes_no_room():
    bare = draw({"title": "A", "question": "B?", "numerator": "c", "denominator": "d"})
    assert "c, of d" in bare
    for words in ("Target", "What must not suffer", "Who cannot be in it", "Shown apart", "None"):
        assert words not in bare


def test_the_numbers_of_the_card_are_those_of_the_cohorts():
    earned = [
        each["counts"]
        for each in retention.cohorts(datasets.load("lunch_card"))
        if each["origin"] == "earned"
    ]
    assert CARD["baseline"] == round(100 * retention.pooled_survival(earned)[1])
    assert CARD["n"] == pytest.approx(earned[-1][0], abs=5)
    assert CARD["interval"] == pytest.approx(1.96 * (73 * 27 / CARD["n"]) ** 0.5, abs=0.05)
    best = max(retention.retention_rates(each)[0] for each in earned if len(each) > 1)
    assert 100 * best < CARD["target"]
