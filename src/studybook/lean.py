"""Lean, self-hosted pages: the course's look, and nothing from another host.

Adds this package's templates, style and script, describes every page, and takes
out what a page does not need.
"""

from __future__ import annotations

import hashlib
import os
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from studybook.language import VARIABLE, load
from studybook.script import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

HERE = Path(__file__).parent
# sphinxcontrib's and the theme's files that no page of this course uses: its frame is ours,
# and so is the clipboard of its copy buttons.
UNUSED = (
    "design-tabs.js",
    "togglebutton.js",
    "togglebutton.css",
    "sphinx-design.min.css",
    "sphinx-book-theme.js",
    "clipboard.min.js",
    "sphinx-book-theme.css",
)

# What a page may run and fetch: its own files, whatever an output or a link may hold.
# A page opened from disk gets its WebAssembly as a data address.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'"
)


def configure(app: Sphinx, config: Config) -> None:
    """Join the theme's folders, and tell kernels which edition is being built."""
    language = (config.language or "en").split("_")[0]
    os.environ[VARIABLE] = language
    load(language)
    config.templates_path.insert(0, str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))
    config.html_additional_pages["404"] = "404.html"
    app.add_css_file("theme.css", priority=890)
    app.add_css_file("studybook.css", priority=900)
    app.add_css_file("print.css", priority=901, media="print")
    # Before the copy buttons, which ask for it.
    app.add_js_file("copy.js", priority=400, loading_method="defer")
    app.add_js_file("studybook.js", loading_method="defer")


def describe(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a page its description, its course and its words for the script."""
    told = _description(doctree) or app.config.html_title
    context["sb_description"] = told
    for name in ("course", "licence", "privacy", "accessibility"):
        context[f"sb_{name}"] = getattr(app.config, f"studybook_{name}")
    context["sb_words"] = words()
    first = context["pathto"]("_static/first.js", 1)
    stamp = hashlib.sha256((HERE / "static/first.js").read_bytes()).hexdigest()[:8]
    context["metatags"] = (
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
        f'<script src="{first}?v={stamp}"></script>\n{context.get("metatags", "")}'
    )
    # MyST-NB names its folded cells otherwise than it labels them (WCAG 2.5.3).
    body = str(context.get("body", "")).replace(' aria-label="Toggle hidden content"', "")
    context["body"] = styled_once(body)
    context["sb_home"] = pagename == app.config.root_doc
    context["sb_notebook"] = str(context.get("sourcename", "")).endswith(".ipynb")


def styled_once(body: str) -> str:
    """Return a page's HTML with each style sheet of its pictures where it first stands alone."""
    seen: set[str] = set()

    def first(found: re.Match[str]) -> str:
        again = found[0] in seen
        seen.add(found[0])
        return "" if again else found[0]

    return re.sub(r"<style>.*?</style>", first, body, flags=re.DOTALL)


def run_heads(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Put the course and the page's title, with its number, at the head of each sheet."""

    def quoted(text: str) -> str:
        # As a text in a style sheet within a page.
        plain = unescape(re.sub(r"<[^>]+>", "", text))
        return "".join(c if c.isalnum() or c in " .,:;-" else f"\\{ord(c):x} " for c in plain)

    course, title = quoted(app.config.html_title), quoted(str(context.get("title", "")))
    context["metatags"] = (
        f'{context.get("metatags", "")}\n<style media="print">'
        f'@page{{@top-left{{content:"{course}"}}@top-right{{content:"{title}"}}}}'
        # The first sheet has the title itself.
        '@page:first{@top-right{content:""}}</style>'
    )


def _description(doctree: nodes.document | None, longest: int = 155) -> str:
    """Return a page's first words of prose, cut at a word."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > 40 and not isinstance(paragraph.parent, nodes.list_item):
            return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
    return ""


def keep_home(
    _app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Drop every style sheet and script of another host, and those nothing uses.

    Scripts written into the page go too: its policy lets none run, and what the theme says
    in them serves a choice of versions and a search while typing, which no page has.
    """
    for kind in ("css_files", "script_files"):
        context[kind] = [
            file
            for file in context.get(kind, [])
            if _name(file)
            and not re.match(r"https?:|//", _name(file))
            and not _name(file).endswith(UNUSED)
        ]


def _name(file: Any) -> str:
    return str(getattr(file, "filename", file) or "")


def setup(app: Sphinx) -> None:
    """Connect the steps; `keep_home` runs after every other extension."""
    app.connect("config-inited", configure)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", run_heads, priority=850)
    app.connect("html-page-context", keep_home, priority=900)
