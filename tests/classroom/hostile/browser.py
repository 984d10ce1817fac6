"""Scripts for whoever opens the graded notebook or the feedback."""

from __future__ import annotations

import base64

from nbformat import v4

from .case import FULL, Family, answers, edited, right_then

browser = Family("scripts for a browser")

#: What a page does when a script of ours got through.
MARK = "pwned"
SCRIPT = f"window.{MARK}=1;document.title='{MARK}'"

WRITTEN = {
    "script-in-the-answer": f"<script>{SCRIPT}</script> my answer",
    "handler-in-the-answer": f'<img src="x" onerror="{SCRIPT}"> my answer',
    "link-in-the-answer": f"[read more](javascript:{SCRIPT}) my answer",
    "svg-in-the-answer": f'<svg onload="{SCRIPT}"></svg> my answer',
    "frame-in-the-answer": f'<iframe srcdoc="<script>parent.{MARK}=1</script>"></iframe> answer',
    "mermaid-in-the-answer": f"```mermaid\n</pre><script>{SCRIPT}</script>\n```",
    "comment-trick-in-the-answer": f"<!--><script>{SCRIPT}</script><!---->",
    "raw-text-trick-in-the-answer": (
        f'<noscript><p title="</noscript><img src=x onerror={SCRIPT}>"></noscript>'
    ),
    "attachment-that-is-missing": "![](attachment:nothing.png) my answer",
    "details-that-toggle": f"<details open ontoggle={SCRIPT}>my answer</details>",
}
for name, text in WRITTEN.items():
    browser.add(name, answers(reflection=text), FULL)

PAGE = f'<script>{SCRIPT}</script><img src=x onerror="{SCRIPT}"><b onclick="{SCRIPT}">hi</b>'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><script>{SCRIPT}</script></svg>'
TEX = f"$\\href{{javascript:{SCRIPT}}}{{x}}$"
BREAKOUT = f'x"></pre><script>{SCRIPT}</script>'
WIDTH = {"image/png": {"width": f"1 onerror={SCRIPT}"}}


def show(what: str) -> str:
    return f"from IPython.display import *\ndisplay({what})"


SHOWN = {
    "html-output": show(f"HTML({PAGE!r})"),
    "javascript-output": show(f"Javascript({SCRIPT!r})"),
    "svg-output": show(f"SVG({SVG!r})"),
    "markdown-output": show(f"Markdown({PAGE!r})"),
    "latex-output": show(f"Latex({TEX!r})"),
    "frame-output": show("IFrame('data:text/html,<script>parent.pwned=1</script>', 10, 10)"),
    "widget-output": show(f"__import__('ipywidgets').HTML({PAGE!r})"),
    "picture-with-a-width-that-runs": show(
        f"{{'image/png': 'iVBORw0KGgo='}}, raw=True, metadata={WIDTH!r}"
    ),
    "picture-that-is-not-base64": show(f"{{'image/png': {BREAKOUT!r}}}, raw=True"),
    "isolated-html": show(
        f"{{'text/html': {PAGE!r}}}, raw=True, metadata={{'text/html': {{'isolated': True}}}}"
    ),
    "mermaid-output": show(f"{{'text/vnd.mermaid': {BREAKOUT!r}}}, raw=True"),
    "error-with-a-script": f"raise RuntimeError({PAGE!r})",
}
for name, source in SHOWN.items():
    browser.add(name, right_then(source), FULL)

browser.add(
    "raw-cell",
    edited(lambda d: d.cells.append(v4.new_raw_cell(f"<script>{SCRIPT}</script>"))),
    FULL,
)
browser.add(
    "cell-of-their-own",
    edited(lambda d: d.cells.insert(0, v4.new_markdown_cell(f"<script>{SCRIPT}</script>"))),
    FULL,
)
browser.add(
    "tags-that-close-the-attribute",
    edited(lambda d: d.cells[0].metadata.update(tags=[f'"><script>{SCRIPT}</script>'])),
    FULL,
)


def _attachment(document: object) -> None:
    cell = v4.new_markdown_cell("![a](attachment:a.png)")
    payload = base64.b64encode(f"<script>{SCRIPT}</script>".encode()).decode()
    cell.attachments = {"a.png": {"image/png": BREAKOUT, "text/html": payload}}
    document.cells.append(cell)  # type: ignore[attr-defined]


browser.add("attachment-that-is-a-page", edited(_attachment), FULL)

FAMILIES = [browser]
