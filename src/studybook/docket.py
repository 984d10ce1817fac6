"""Claims on trial as a docket: a strip of lettered squares, then each case as text.

In a notebook the claims are a table.  On the page they stand in one column, and on the
page of evidence all of them lie on a map, with a filter by verdict and chapter that needs
no script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

from studybook import facts
from studybook.faces import verdicts
from studybook.language import _


def letters() -> dict[str, str]:
    """Return the letter of each verdict, in the language in use."""
    return {
        "supported": _("S"),
        "qualified": _("Q"),
        "contradicted": _("C"),
        "value": _("V"),
        "definition": _("D"),
    }


def _place(chapter: str, nth: int) -> str:
    return f"claim-{chapter}-{nth}"


def strip(chapter: str, tried: Sequence[facts.Claim]) -> str:
    """Return the squares: one a claim, lettered by its verdict, each a link to its case."""
    words, letter = verdicts(), letters()
    named = _("Claim {n}: {verdict}")
    squares = "".join(
        f'<li data-verdict="{case["verdict"]}"><a class="sb-square sb-{case["verdict"]}" '
        f'href="#{_place(chapter, nth)}" '
        f'aria-label="{escape(named.format(n=nth, verdict=words[case["verdict"]]))}">'
        f"{escape(letter[case['verdict']])}</a></li>"
        for nth, case in enumerate(tried, start=1)
    )
    return f'<ol class="sb-strip">{squares}</ol>'


def summary(tried: Sequence[facts.Claim]) -> str:
    """Return how many claims met which verdict, in words."""
    words, letter = verdicts(), letters()
    count: Counter[str] = Counter(case["verdict"] for case in tried)
    told = ", ".join(
        f"{count[kind]} {escape(words[kind].lower())} ({escape(letter[kind])})"
        for kind in words
        if count[kind]
    )
    return escape(_("Claims: {n}.").format(n=len(tried))) + f" {told}."


def docket(chapter: str, tried: Sequence[facts.Claim], html: Callable[[str], str]) -> str:
    """Return the docket of a chapter: summary, strip, and each case.

    Parameters
    ----------
    chapter
        The chapter's id.
    tried
        Its claims.
    html
        Turns the little Markdown of front matter into HTML.
    """
    words = verdicts()
    told = "\n".join(
        f'<li class="sb-case" id="{_place(chapter, nth)}" data-verdict="{case["verdict"]}">'
        f'<details class="sb-narrow"><summary><strong class="sb-found sb-{case["verdict"]}">'
        f"{escape(words[case['verdict']])}.</strong> {html(case['claim'])}</summary>"
        f'<p class="sb-proof">{html(case["evidence"])}</p><p class="sb-practice">'
        f'<span aria-hidden="true">→ </span><span class="sb-which">{escape(_("In practice"))}: '
        f"</span>{html(case['practice'])}</p></details></li>"
        for nth, case in enumerate(tried, start=1)
    )
    return (
        f'<p class="sb-docket-sum">{summary(tried)}</p>\n{strip(chapter, tried)}\n'
        f'<ol class="sb-docket">\n{told}\n</ol>'
    )


def overview(chapters: Sequence[tuple[str, str, str, Sequence[facts.Claim]]]) -> str:
    """Return the map of all claims and its filter.

    Parameters
    ----------
    chapters
        Of each chapter the id of its section on the page, its id, its title as plain text,
        and its claims.
    """
    words, letter = verdicts(), letters()

    def choice(group: str, value: str, label: str, first: bool = False) -> str:
        return (
            f'<label><input type="radio" name="{group}" id="{group}-{value}"'
            f"{' checked' if first else ''}> <span>{escape(label)}</span></label>"
        )

    by_verdict = "".join(
        choice("only", kind, f"{letter[kind]} {word}") for kind, word in words.items()
    )
    by_chapter = "".join(
        choice("of", chapter, title) for _where, chapter, title, _tried in chapters
    )
    rows = "".join(
        f'<li><a href="#{place}">{escape(title)}</a>{strip(chapter, tried)}</li>'
        for place, chapter, title, tried in chapters
    )
    rules = "".join(
        f'body:has(#only-{kind}:checked) [data-verdict]:not([data-verdict="{kind}"])'
        "{display:none}"
        for kind in words
    ) + "".join(
        f"body:has(#of-{chapter}:checked) .sb-of-chapter:not(#{place}){{display:none}}"
        for place, chapter, _title, _tried in chapters
    )
    every = [case for _where, _chapter, _title, tried in chapters for case in tried]
    return (
        f'<style>{rules}</style>\n<div class="sb-overview">'
        f'<p class="sb-docket-sum">{summary(every)}</p><ul class="sb-map">{rows}</ul>'
        f'<fieldset class="sb-filter"><legend>{escape(_("Verdict"))}</legend>'
        f"{choice('only', 'all', _('all'), first=True)}{by_verdict}</fieldset>"
        f'<fieldset class="sb-filter"><legend>{escape(_("Chapter"))}</legend>'
        f"{choice('of', 'all', _('all'), first=True)}{by_chapter}</fieldset></div>"
    )
