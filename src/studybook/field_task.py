"""A field task: something to go and see, in the chapter and as one page to print or fill in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from studybook.facts import Field, FieldSheet
from studybook.language import _
from studybook.markup import attributes, table


def levels() -> list[str]:
    """Return the four levels of every row of every rubric, in the language in use."""
    return [
        _("not there"),
        _("claimed"),
        _("traceable to notes"),
        _("doubted and revised"),
    ]


def minutes(task: Mapping[str, Any]) -> int:
    """Return how many minutes a field task takes."""
    return sum(step["minutes"] for step in task["steps"])


def _items(texts: list[str], html: Callable[[str], str]) -> str:
    return "\n".join(f"<li>{html(text)}</li>" for text in texts)


def _steps(task: Mapping[str, Any], html: Callable[[str], str]) -> str:
    told = [
        f"{html(step['text'])} "
        f'<span class="sb-minutes">({escape(_("{n} minutes").format(n=step["minutes"]))})</span>'
        for step in task["steps"]
    ]
    return "<ol>\n" + "\n".join(f"<li>{one}</li>" for one in told) + "\n</ol>"


def _levels_told() -> str:
    return _(
        "Every row is read at one of four levels: 0 not there, 1 claimed, "
        "2 done and traceable to your notes, 3 done, doubted and revised."
    )


def told(field: Field, html: Callable[[str], str], link: Callable[[str, str], str]) -> str:
    """Return a field task as HTML for its chapter.

    Parameters
    ----------
    field
        The facts of the part.
    html
        Turns the little Markdown of front matter into HTML.
    link
        Makes a link of a target and its words, which are HTML.
    """
    task = field["task"]
    rubric = table(
        (_("What is looked at"), _("How it shows in your notes")),
        [(html(item["row"]), html(item["shows"])) for item in task["rubric"]],
        caption=_("How it is read"),
    )
    lasts = escape(_("{n} minutes").format(n=minutes(task)))
    sheets = f"{field['sheets']}#sheet-{field['chapter']}"
    page = (
        link(sheets, escape(_("Print the sheet, or fill it in")))
        + " · "
        + link(field["protocol"], escape(_("Read this first: how to ask and watch")))
    )
    otherwise = _("If you cannot approach strangers")
    parts = [
        f'<p class="sb-field-title"><strong>{html(task["title"])}</strong> · {lasts}</p>',
        _steps(task, html),
        f"<p><strong>{escape(_('Before you leave'))}</strong></p>",
        f'<ul class="sb-checklist">\n{_items(task["checklist"], html)}\n</ul>',
        f"<p><strong>{escape(otherwise)}.</strong> {html(task['alone'])}</p>",
        rubric,
        f'<p class="sb-note">{escape(_levels_told())}</p>',
        f"<p>{page}</p>",
    ]
    return "\n".join(parts)


def words(task: Mapping[str, Any]) -> str:
    """Return a field task, as front matter has it, in words."""
    lines = [f"{task['title']} ({_('{n} minutes').format(n=minutes(task))})"]
    lines += [f"{at}. {step['text']}" for at, step in enumerate(task["steps"], start=1)]
    lines += [f"[ ] {text}" for text in task["checklist"]]
    lines += [f"- {item['row']}: {item['shows']}" for item in task["rubric"]]
    return "\n".join(lines)


def _room(name: str, place: int, heading: str, html: Callable[[str], str]) -> str:
    """Return a heading with room to write, on paper or on the screen."""
    label = f"{name}-room-{place}"
    room = attributes(
        class_="sb-room", contenteditable="true", role="textbox", aria_multiline="true",
        aria_labelledby=label, tabindex=0,
    )  # fmt: skip
    return f'<div class="sb-roomed"><p id="{label}">{html(heading)}</p><div{room}></div></div>'


def sheet(field: FieldSheet, html: Callable[[str], str]) -> str:
    """Return a field task as one page to print or to fill in.

    Parameters
    ----------
    field
        The facts of the part.
    html
        As for `told`.
    """
    name, task = field["chapter"], field["task"]
    boxes = "\n".join(
        f'<li><label><input type="checkbox"> {html(text)}</label></li>'
        for text in task["checklist"]
    )
    rooms = "\n".join(
        _room(name, place, heading, html) for place, heading in enumerate(task["notes"], start=1)
    )
    rows = []
    for place, item in enumerate(task["rubric"], start=1):
        marks = [
            f'<input type="radio" name="{name}-row-{place}" aria-label="{escape(level)}">'
            for level in levels()
        ]
        rows.append((html(item["row"]), *marks))
    rubric = table(
        (_("What is looked at"), *(f"{n} {level}" for n, level in enumerate(levels()))),
        rows,
    )
    written = " · ".join(
        f'{escape(word)} <span class="sb-blank"></span>'
        for word in (_("Service"), _("Day and hour"), _("In my team"))
    )
    lasts = escape(_("{n} minutes").format(n=minutes(task)))
    kept = _("No names, no faces, no health details. I destroy these notes on:")
    parts = [
        f'<p class="sb-overline">{escape(field["title"])}</p>',
        f'<p class="sb-sheet-title"><strong>{html(task["title"])}</strong> · {lasts}</p>',
        f'<p class="sb-written">{written}</p>',
        _steps(task, html),
        f'<ul class="sb-ticks">\n{boxes}\n</ul>',
        f'<div class="sb-rooms">\n{rooms}\n</div>',
        rubric,
        f'<p class="sb-small">{escape(kept)} <span class="sb-blank"></span></p>',
    ]
    return "\n".join(parts)
