"""Make what a student wrote safe to open in a browser, without losing a word of it.

A notebook that comes back from a student is shown in three places that turn it
into HTML: nbgrader's formgrader, the feedback pages and JupyterLab.  nbconvert
lets a good deal of a notebook through as it stands: raw HTML in Markdown,
``javascript:`` links, ``text/html`` outputs, scripts, Mermaid fences, unquoted
image widths.  :func:`safe_notebook` closes them before the notebook is written.

Two means are used, because the two kinds of content differ:

* An *output* is cleaned: `nh3 <https://nh3.readthedocs.io>`_ keeps tables, text
  and pictures, and drops what can run.  SVG becomes a picture (``<img>`` with a
  data address), a context in which browsers run no script.
* A *Markdown cell* is the student's own text and is never cut.  It is rendered
  as nbconvert would; when every tag of the result fits a small grammar of
  harmless HTML the cell stays as it is.  Otherwise the cell is shown as source,
  and the original text is kept in ``cell.metadata.classroom.source``.
"""

import html
import re
import time
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, ClassVar

from nbconvert import HTMLExporter
from nbformat import NotebookNode, v4
from nbgrader.preprocessors.base import NbGraderPreprocessor

from classroom.safe_markup import (
    REMOVED,
    TEX_LINK,
    active_words,
    as_source,
    picture,
    safe_html,
    safe_markdown,
)
from classroom.terminal import one_line

#: Name of our entry in a cell's metadata.
METADATA = "classroom"

BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*", re.ASCII)
RASTER = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# What is kept of an output as it is: nbconvert escapes it, or never shows it.
INERT = frozenset({"text/plain", "application/json", "application/pdf"})
# Left out and not told of, for the rest of their output stands in for them: a view of a widget's
# state, which is gone, and what a live figure tells the pages of a course beside its HTML.
STAND_INS = {"application/vnd.jupyter.widget-view+json", "application/vnd.course+json"}
# What nests without end takes a parser of HTML the square of its length.
MOST_TAGS = 20_000
# Processor seconds for one notebook; what is not examined by then is shown as text or not at all.
PATIENCE = 3.0


def _safe_bundle(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the parts of a MIME bundle that are safe, and what was taken out, in words."""
    kept: dict[str, Any] = {}
    removed: list[str] = []
    for mime, content in data.items():
        text = "".join(content) if isinstance(content, list) else content
        if mime in INERT:
            kept[mime] = content
        elif mime in RASTER and isinstance(text, str) and BASE64.fullmatch(text):
            kept[mime] = text
        elif mime == "text/html" and isinstance(text, str):
            long = text.count("<") > MOST_TAGS
            kept |= {} if long else {mime: safe_html(text)}
            removed += _lost_pictures(kept.get(mime, ""), text)
            removed += [f"HTML of more than {MOST_TAGS:,} tags"] if long else active_words(text)
        elif mime == "image/svg+xml" and isinstance(text, str):
            drawn = picture(text)
            kept.setdefault("text/html", drawn)
            removed += [*active_words(text), *_lost_pictures(drawn, text)]
        elif mime in {"text/markdown", "text/latex"} and isinstance(text, str):
            if mime == "text/markdown":
                kept[mime] = safe_markdown(text)
            elif not TEX_LINK.search(text):
                kept[mime] = text
            removed += [] if kept.get(mime) == text else [f"active content in {mime}"]
        else:
            removed.append(mime)
    if not kept:
        kept["text/plain"] = f"[not shown: {', '.join(sorted(data)) or 'empty output'}]"
    return kept, [what for what in removed if what not in STAND_INS]


def _lost_pictures(shown: str, source: str) -> list[str]:
    """Say that a picture was taken out, where its place is shown and not its own words."""
    return ["a picture that cannot be read"] if shown.count(REMOVED) > source.count(REMOVED) else []


def _safe_output(output: Any, *, late: bool) -> list[str]:
    removed: list[str] = []
    if "execution_count" in output and not isinstance(output["execution_count"], int):
        output["execution_count"] = None
    if output.get("output_type") in {"display_data", "execute_result", "update_display_data"}:
        data = output.get("data", {})
        output["data"], removed = _safe_bundle(
            {mime: data[mime] for mime in data if mime in INERT} if late else data
        )
        if len(output["data"]) < len(data) and late:
            removed.append("what would have taken too long to examine")
        # nbconvert writes widths without quotes, and files by name: only numbers stay.
        sizes: dict[str, Any] = {}
        for mime, entry in output.get("metadata", {}).items():
            if mime in RASTER and isinstance(entry, Mapping):
                numbers = {
                    key: value
                    for key, value in entry.items()
                    if key in {"height", "width"} and isinstance(value, int | float)
                }
                sizes[mime] = numbers
        output["metadata"] = sizes
    return removed


def _safe_attachments(cell: Any) -> None:
    attachments = {
        name: {
            mime: data
            for mime, data in bundle.items()
            if (mime in RASTER or mime == "image/svg+xml")
            and isinstance(data, str)
            and BASE64.fullmatch(data)
        }
        for name, bundle in cell.get("attachments", {}).items()
        if isinstance(bundle, Mapping)
    }
    attachments = {name: bundle for name, bundle in attachments.items() if bundle}
    if attachments:
        cell["attachments"] = attachments
    else:
        cell.pop("attachments", None)


def safe_notebook(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook that formgrader and the feedback page can show.

    Parameters
    ----------
    notebook
        A notebook in format 4, executed or not.  It is not changed.

    Returns
    -------
    NotebookNode
        The copy.  Where a cell changed, ``cell.metadata.classroom`` holds
        ``removed`` (list of what was neutralised, in words) and, where the source
        is shown in another way, ``source`` (the student's text, untouched).
    """
    safe = deepcopy(notebook)
    safe.metadata.pop("widgets", None)
    safe.metadata.pop("title", None)
    until = time.thread_time() + PATIENCE
    for cell in safe.cells:
        before = cell.metadata.pop(METADATA, None)
        source, removed = cell.source, []
        if cell.cell_type == "markdown":
            _safe_attachments(cell)
            late = time.thread_time() > until
            cell.source = (
                as_source(source) if late else safe_markdown(source, cell.get("attachments"))
            )
        elif cell.cell_type == "raw":
            cell.source = html.escape(html.unescape(source), quote=False)
        if cell.source != source:
            removed += active_words(source) or ["HTML shown as text"]
        for output in cell.get("outputs", []):
            removed += _safe_output(output, late=time.thread_time() > until)
        if "execution_count" in cell and not isinstance(cell.execution_count, int):
            cell.execution_count = None
        if cell.source != source:
            cell.metadata[METADATA] = {"source": source, "removed": sorted(set(removed))}
        elif removed:
            cell.metadata[METADATA] = {"removed": sorted(set(removed))}
        elif isinstance(before, Mapping) and isinstance(before.get("source"), str):
            # A second pass finds nothing to do; what the first one kept stays.
            cell.metadata[METADATA] = before
    return safe


def concerns(notebook: NotebookNode) -> list[str]:
    """Return what :func:`safe_notebook` neutralised, one sentence a cell."""
    found = []
    for cell in notebook.cells:
        removed: Iterable[str] = cell.metadata.get(METADATA, {}).get("removed", [])
        if removed:
            name = cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "a cell")
            found.append(f"{name}: {', '.join(removed)} neutralised")
    return found


@cache
def _exporter() -> Any:
    return HTMLExporter(
        template_name="basic",
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )


def shown(cells: Iterable[NotebookNode], top: int = 3) -> str:
    """Return cells as HTML to stand within a page of ours.

    Parameters
    ----------
    cells
        Of any origin, in format 4; they are not changed.
    top
        The level, 1 to 6, of the page's headings under which theirs are put.

    Returns
    -------
    str
        HTML without scripts, ids or styles, whose headings leave out no level.
    """
    notebook = v4.new_notebook(cells=list(cells))
    page, _ = _exporter().from_notebook_node(safe_notebook(notebook))
    return under(safe_html(page, bare=True), top)


def under(page: str, top: int) -> str:
    """Put the headings of HTML that ``safe_html`` gave below those of a page."""
    found = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    lift = top - min(found, default=top)
    last = top - 1

    def moved(tag: re.Match[str]) -> str:
        nonlocal last
        if not tag[1]:
            last = min(int(tag[2]) + lift, last + 1, 6)
        return f"<{tag[1]}h{last}"

    return re.sub(r"<(/?)h([1-6])\b", moved, page)


class SafeDisplay(NbGraderPreprocessor):
    """nbgrader preprocessor that applies :func:`safe_notebook`.

    Put it last in ``Autograde.autograde_preprocessors`` or before
    ``GetGrades`` in ``GenerateFeedback.preprocessors`` of ``nbgrader_config.py``.
    """

    name: ClassVar[str] = "classroom-safe-display"

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the safe notebook and the resources as they came."""
        safe = safe_notebook(nb)
        for concern in concerns(safe):
            self.log.warning("Neutralised for display: %s", one_line(concern))
        return safe, resources
