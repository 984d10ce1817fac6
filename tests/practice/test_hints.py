"""Hints open one at a time, in a notebook and in plain text."""

from html.parser import HTMLParser

import pytest

import practice
from practice.hints import Hints

hint = Hints({"double": ["Use `+`.", "Add <it> to itself.", "`n + n`"], "half": ["a", "b", "c"]})


class Ladder(HTMLParser):
    """Notes which hints are open, and how deep each lies."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.depth = self.deepest = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "details":
            self.open.append("open" in dict(attrs))
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag):
        self.depth -= tag == "details"


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_hints_are_open_up_to_the_one_asked_for_and_nested_in_order(number):
    ladder = Ladder(hint("double", number)._repr_html_())
    assert ladder.open == [place < number for place in range(3)]
    assert ladder.deepest == 3
    assert ladder.depth == 0


def test_text_recalls_earlier_hints_and_shows_no_later_one():
    assert repr(hint("double")) == (
        '3 hints wait, from a nudge to nearly there. Ask for hint("double", 1).'
    )
    second = repr(hint("double", 2))
    assert "Use `+`." in second
    assert "Add <it> to itself." in second
    assert "`n + n`" not in second
    assert second.endswith('Still stuck? Ask for hint("double", 3).')
    assert "Still stuck" not in repr(hint("double", 3))


def test_code_is_marked_and_the_rest_escaped():
    page = hint("double", 3)._repr_html_()
    assert "<code>n + n</code>" in page
    assert "Add &lt;it&gt; to itself." in page


def test_the_function_itself_may_be_handed_over():
    def double():
        """Only its name counts."""

    assert "Use `+`." in repr(hint(double, 1))


def test_an_unknown_hint_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match=r"for double, half, got 'duoble'. Did you mean"):
        hint("duoble")
    for number in (4, -1, True, "1", 1.5):
        with pytest.raises(ValueError, match="numbered 1 to 3"):
            hint("double", number)


@pytest.mark.parametrize("texts", [[], ["a", "b"], ["a", "b", "c", "d"], ["a", " ", "c"]])
def test_a_function_needs_three_hints(texts):
    with pytest.raises(ValueError, match="double needs 3 hints"):
        practice.begin({"double": texts}, {}, library="")
