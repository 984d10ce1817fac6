"""The little Markdown that front matter may use, as HTML and as MyST.

Emphasis, strong, code, links and citations `[@key]` or `[@one; @two]`: enough
for a claim or a quiz option, small enough to read the same in a notebook
without Sphinx and on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

_CITATION = re.compile(r"\[(@[\w:.-]+(?:\s*;\s*@[\w:.-]+)*)\]")
_TOKEN = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>.+?)\*\*"
    r"|\*(?P<em>[^*]+)\*"
    r"|\[(?P<label>[^\]@][^\]]*)\]\((?P<target>[^)\s]+)\)"
    r"|\[(?P<keys>@[\w:.-]+(?:\s*;\s*@[\w:.-]+)*)\]"
)


def _split(keys: str) -> list[str]:
    return [key.strip().removeprefix("@") for key in keys.split(";")]


def cited(text: str) -> list[str]:
    """Return the citation keys in `text`, in order of appearance."""
    return [key for match in _CITATION.finditer(text) for key in _split(match.group(1))]


def to_html(
    text: str, cite: Callable[[str], str], link: Callable[[str, str], str] | None = None
) -> str:
    """Return `text` as HTML.

    Parameters
    ----------
    text
        The Markdown.
    cite
        Turns one key into its HTML without brackets.
    link
        Turns a target and its words, which are HTML, into a link; plain by default.
    """
    link = link or _link
    done: list[str] = []
    start = 0
    for match in _TOKEN.finditer(text):
        done.append(escape(text[start : match.start()], quote=False))
        start = match.end()
        if match["code"]:
            done.append(f"<code>{escape(match['code'], quote=False)}</code>")
        elif match["strong"]:
            done.append(f"<strong>{to_html(match['strong'], cite, link)}</strong>")
        elif match["em"]:
            done.append(f"<em>{to_html(match['em'], cite)}</em>")
        elif match["label"]:
            done.append(link(match["target"], to_html(match["label"], cite, link)))
        else:
            done.append("(" + "; ".join(cite(key) for key in _split(match["keys"])) + ")")
    done.append(escape(text[start:], quote=False))
    return "".join(done)


def _link(target: str, words: str) -> str:
    return f'<a href="{escape(target)}">{words}</a>'


def to_text(text: str) -> str:
    """Return `text` without markup, for a terminal or a screen reader's label."""
    return _TOKEN.sub(
        lambda match: (
            match["code"]
            or (match["strong"] and to_text(match["strong"]))
            or match["em"]
            or match["label"]
            or "(" + "; ".join(_split(match["keys"])) + ")"
        ),
        text,
    )
