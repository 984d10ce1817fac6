"""Which chapter needs which, as a picture and as a list, from the chapters' front matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from explorables import svg
from studybook.chapter import Chapter, named
from studybook.language import _

# Two layouts, for a desk and for a phone, as the live figures have.
WIDE, NARROW = 600.0, 340.0
ROW, LINE = 44.0, 18.0
DOT = 7.0


class RoadError(ValueError):
    """Raised with every prerequisite that is no chapter, and every circle, one a line."""


def problems(needs: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what keeps chapters from being read in their order.

    Parameters
    ----------
    needs
        The ids that each chapter names as prerequisites, in the order of the course.
    """
    order = list(needs)
    told = []
    for name, before in needs.items():
        for other in before:
            if other not in needs:
                told.append(
                    f"{name}: needs {other!r}, which is no chapter; correct its `prerequisites`"
                )
            elif order.index(other) >= order.index(name):
                # Whatever only looks back cannot run in a circle.
                told.append(
                    f"{name}: needs {other!r}, which comes no earlier; "
                    "take it out of `prerequisites`, or reorder the course"
                )
    return told


def all_before(name: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """Return all chapters that one builds on, directly or through others."""
    found: set[str] = set()
    waiting = list(needs[name])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(needs[one])
    return found


def needs_of(chapters: Sequence[Chapter]) -> dict[str, list[str]]:
    """Return the prerequisites of chapters.

    Raises
    ------
    RoadError
        If one is no chapter, or does not come before.
    """
    needs = {chapter.id: list(chapter.data["prerequisites"]) for chapter in chapters}
    told = problems(needs)
    if told:
        raise RoadError("\n".join(told))
    return needs


def drawing(chapters: Sequence[Chapter], width: float = WIDE) -> str:
    """Return the map as SVG: a line of stops, and a bow from each to every one that needs it.

    A road to the next stop runs straight, the others bow out to the left, the longer
    the further.  Each has ``data-from`` and ``data-to``.
    """
    needs = needs_of(chapters)
    order = list(needs)
    spans = [order.index(name) - order.index(one) for name in order for one in needs[name]]
    longest = max(spans, default=1)
    bow = min(26.0, 0.3 * width / longest)
    x = 14 + bow * longest
    room = width - x - 26
    lines = {c.id: svg.wrapped(named(c.data), svg.LABEL, room) for c in chapters}
    y, at = 20.0, {}
    for name in order:
        at[name] = y
        y += max(ROW, LINE * len(lines[name]) + 14)
    parts = []
    for name in order:
        for one in needs[name]:
            top, bottom = at[one] + DOT, at[name] - DOT - 1
            reach = bow * (order.index(name) - order.index(one))
            if order.index(name) - order.index(one) == 1:
                road = svg.path(f"M{x:g} {top:g}V{bottom:g}", 1)
            else:
                road = _bow(x - DOT, at[one], at[name], reach)
            parts.append(f'<g data-from="{one}" data-to="{name}">{road}</g>')
    for name in order:
        parts.append(svg.circle(x, at[name], DOT, svg.filled(1)))
        parts += [
            svg.text(x + 20, at[name] + 5 + LINE * nth, words)
            for nth, words in enumerate(lines[name])
        ]
    label = _("Map of {n} chapters from first to last, {m} roads between them. {how}").format(
        n=len(order), m=len(spans), how=_("The list below says the same.")
    )
    return svg.figure(width, y - 12, label, parts)


def _bow(x: float, top: float, bottom: float, reach: float) -> str:
    """Return a bow to the left, with a head where it ends."""
    end = x - 7
    far = x - reach
    curve = f"M{x:.0f} {top:.0f}C{far:.0f} {top:.0f} {far:.0f} {bottom:.0f} {end:.0f} {bottom:.0f}"
    head = [(x, bottom), (x - 8, bottom - 5), (x - 8, bottom + 5)]
    return svg.path(curve, 1, 1.75) + svg.polygon(head, svg.filled(1))


def listed(chapters: Sequence[Chapter], link: Callable[[Chapter], str]) -> str:
    """Return the map in words: each chapter with those it needs; ``link`` makes them links."""
    ready = {chapter.id: chapter for chapter in chapters}
    items = []
    for name, before in needs_of(chapters).items():
        needed = ", ".join(escape(_short(ready[one])) for one in before)
        said = escape(_("needs")) + f" {needed}" if before else escape(_("needs no other"))
        items.append(f"<li>{link(ready[name])}: {said}</li>")
    return f'<ul class="sb-needs">{"".join(items)}</ul>'


def _short(chapter: Chapter) -> str:
    """Return what a chapter is called in passing: its number, or an interlude's title."""
    if "number" in chapter.data:
        return _("chapter {n}").format(n=chapter.data["number"])
    return str(chapter.data["title"])


def html(chapters: Sequence[Chapter], link: Callable[[Chapter], str]) -> str:
    """Return the map in both layouts, and below it the list that says the same."""
    return (
        '<figure class="sb-roads">'
        f'<div class="sb-roads-wide">{drawing(chapters, WIDE)}</div>'
        f'<div class="sb-roads-narrow">{drawing(chapters, NARROW)}</div>'
        f'<figcaption><details class="sb-narrow"><summary>{escape(_("The map as a list"))}'
        f"</summary>{listed(chapters, link)}</details></figcaption></figure>"
    )
