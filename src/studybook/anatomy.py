"""The order of a chapter on the page: the scene first, what it asks for, then the ideas.

In a notebook the objectives stand first, where an author looks for them.  On the page the
scene comes before them.  The closing parts (claims, key points, quiz and so on) are marked,
so that they look a step lighter and stay out of the chapter's argument.

What a narrow window folds (closing parts, code, asides) is a `<details>` of the class
`sb-narrow`: closed in the HTML, so that it needs no script; a wide window shows it open.
What tells the outcome of a task is one of `sb-later`: closed until the reader opens it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from studybook import boxes, cells
from studybook.facts import CLOSING as CLOSING_PARTS
from studybook.language import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CLOSING = "sb-closing"
MARGIN_HOLDS = 450  # characters of an aside that a margin takes beside the text that follows


def shape(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put a chapter's parts in the page's order, and mark those that close it."""
    if not docname.startswith(f"{app.config.studybook_chapters}/"):
        return
    top = doctree.next_node(nodes.section)
    if top is None:
        return
    sections = [child for child in top.children if isinstance(child, nodes.section)]
    _scene_first(top, sections)
    closing = [section for section in sections if _closes(section)]
    for section in closing:
        section["classes"].append(CLOSING)
        _fold_part(section)
    if closing:
        closing[0]["classes"].append("sb-closing-first")
    for box in list(doctree.findall(_is_aside)):
        _fold_aside(box)
    for cell in list(doctree.findall(_is_sheet)):
        _fold_sheet(cell)
    for raw, told in cells.shown(doctree):
        # The answer comes first.
        raw["folds"] = told["kind"] == "compare"
    for cell in list(doctree.findall(_is_code)):
        _fold_code(cell)


def above(node: nodes.Node) -> nodes.Element:
    """Return what a node of a page stands in."""
    if node.parent is None:
        raise ValueError(f"{node.__class__.__name__} stands in no page")
    return node.parent


def _raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


def _fold_part(section: nodes.section) -> None:
    """Fold a closing part below its own title."""
    if _shows_key_points(section):
        return
    at = 1 + section.first_child_matching_class(nodes.title)
    section.insert(at - 1, _raw('<details class="sb-narrow sb-part"><summary>'))
    section.insert(at + 1, _raw("</summary>"))
    section += _raw("</details>")


def _shows_key_points(section: nodes.section) -> bool:
    """Tell whether a part is what to remember, which nobody should have to open."""
    return "key-points" in cells.kinds(section)


def _is_aside(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and bool(
        {"sb-evidence", "sb-limits", "sb-saw", "sb-library"} & set(node["classes"])
    )


def _fold_aside(box: nodes.container) -> None:
    """Make an aside a folded box whose title is its summary."""
    title, *body = box.children
    # A long aside would leave the column beside it empty: it stays in the column, in small type.
    in_text = {"sb-saw", "sb-library"} & set(box["classes"])
    short = len(box.astext()) <= MARGIN_HOLDS and not in_text
    place = "sb-in-margin" if short else "sb-in-column"
    # Who has what there was to see before the eyes has no reason to try.
    when = "sb-later" if "sb-saw" in box["classes"] else "sb-narrow"
    folded = boxes.folded(classes=[*box["classes"], when, place])  # type: ignore[no-untyped-call]
    folded += boxes.summary("", "", *title.children)  # type: ignore[no-untyped-call]
    folded += body
    box.replace_self(folded)


def _is_sheet(node: nodes.Node) -> bool:
    """Tell whether a node is a cell that shows a poster or a sheet, in the run of the text."""
    return (
        isinstance(node, nodes.container)
        and "cell" in node["classes"]
        and CLOSING not in above(node)["classes"]
        and "sheet" in cells.kinds(node)
    )


def _fold_sheet(cell: nodes.container) -> None:
    """Let a narrow window show the head of a sheet, and all of it on demand."""
    shut, opened = escape(_("Show the whole sheet")), escape(_("Show its head alone"))
    told = f'<span class="sb-when-shut">{shut}</span><span class="sb-when-open">{opened}</span>'
    _wrap(cell, f'<details class="sb-narrow sb-clip"><summary>{told}</summary>')


def _wrap(node: nodes.Element, opening: str) -> None:
    """Put a node into a `<details>` that begins with `opening`."""
    holder = above(node)
    at = holder.index(node)
    holder.insert(at, _raw(opening))
    holder.insert(at + 2, _raw("</details>"))


def _is_code(node: nodes.Node) -> bool:
    """Tell whether a node is the code of a cell, which nothing folds yet."""
    return (
        isinstance(node, nodes.container)
        and "cell_input" in node["classes"]
        and not {"tag_hide-input", "tag_hide-cell"} & set(above(node)["classes"])
    )


def _fold_code(code: nodes.container) -> None:
    """Fold a cell's code under a line that says how much of it there is."""
    lines = code.astext().count("\n") + 1
    told = escape(_("Code, {n} lines").format(n=lines))
    _wrap(code, f'<details class="sb-narrow sb-code"><summary>{told}</summary>')


def _closes(section: nodes.section) -> bool:
    references = any(
        "sb-references" in list_["classes"] for list_ in section.findall(nodes.bullet_list)
    )
    return references or bool(CLOSING_PARTS & cells.kinds(section))


def _scene_first(top: nodes.section, sections: list[nodes.section]) -> None:
    """Move the objectives behind the section of the scene."""
    opening = next((child for child in top.children if _shows(child, "opening")), None)
    if opening is None or not sections or not _has_scene(sections[0]):
        return
    verbs = [
        objective["verb"]
        for _output, told in cells.shown(opening)
        if told["kind"] == "opening"
        for objective in told["objectives"]
    ]
    told = escape(_("After this chapter you can {verbs}").format(verbs=", ".join(verbs)))
    top.remove(opening)
    at = top.index(sections[0]) + 1
    top.insert(at, _raw("</details>"))
    top.insert(at, opening)
    top.insert(at, _raw(f'<details class="sb-narrow sb-objectives"><summary>{told}</summary>'))


def _shows(node: nodes.Node, part: str) -> bool:
    return not isinstance(node, nodes.section) and part in cells.kinds(node)


def _has_scene(section: nodes.section) -> bool:
    return any("sb-scene" in box["classes"] for box in section.findall(nodes.container))


def setup(app: Sphinx) -> None:
    """Connect the ordering, before the margin is written."""
    app.connect("doctree-resolved", shape, priority=600)
