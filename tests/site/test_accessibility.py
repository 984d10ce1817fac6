"""axe finds nothing, in every dress a page wears; keyboard and zoom work too."""

from __future__ import annotations

import pytest

from .look import ON_PHONES

pytestmark = pytest.mark.browser


# Every page in one dress, every second also in the one that differs most from it; the
# two between them where most kinds of parts meet.
@pytest.mark.parametrize(
    "dress",
    [
        "light",
        pytest.param("dark", marks=pytest.mark.whole),
        pytest.param("phone", marks=pytest.mark.whole),
    ],
)
def test_axe_finds_nothing(seen, document, dress):
    assert seen(document, dress).violations == []


@ON_PHONES
def test_axe_finds_nothing_on_a_dark_phone(seen, document):
    assert seen(document, "dark phone").violations == []


@pytest.mark.parametrize("dress", ["dark", "phone"])
@pytest.mark.parametrize("page", ["book/index", "book/chapters/03_value", "book/guides/teacher"])
def test_axe_finds_nothing_in_the_dresses_between(seen, page, dress):
    assert seen(page, dress).violations == []


@ON_PHONES
def test_a_narrow_phone_needs_no_sideways_scroll(seen, document):
    assert seen(document, "dark phone").too_wide == []


def test_the_first_tab_reaches_the_skip_link_which_can_be_read(seen, document):
    assert_skip_link(seen(document, "light"))


@ON_PHONES
def test_the_first_tab_reaches_the_skip_link_on_a_dark_phone(seen, document):
    assert_skip_link(seen(document, "dark phone"))


def assert_skip_link(look):
    assert look.first_tab == "#main-content"
    assert look.skip_link == {"passes": ["color-contrast"], "violations": []}


@pytest.mark.sample(3, "visible focus by chapter")
def test_every_focus_is_visible(visit, chapter):
    with visit(chapter) as visited:
        for _ in range(60):
            visited.page.keyboard.press("Tab")
            shown = visited.page.evaluate(
                "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " return e === document.body || parseFloat(s.outlineWidth) >= 2"
                " && s.outlineStyle !== 'none' ? '' : e.outerHTML.slice(0, 160) })()"
            )
            assert shown == ""


@ON_PHONES
def test_every_target_is_large_enough(seen, document):
    """WCAG 2.5.8: 24 by 24 CSS pixels for buttons and inputs."""
    assert seen(document, "dark phone").too_small == []


def test_a_page_says_its_language_and_what_it_is_about(seen, document):
    look = seen(document, "light")
    assert look.language == "en"
    assert 10 < len(look.about) <= 160
