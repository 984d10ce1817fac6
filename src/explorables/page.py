"""An explorable as complete HTML, for a built page.

The picture, the sentence and the data are there before any script runs; the
inputs are there too, but disabled until `static/explorables.js` has brought the
figure to life.  Everything is well-formed XML, so that an e-book may carry it.
"""

from __future__ import annotations

import copy
import html as entities
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Any

from explorables import parity
from explorables.controls import Choice, Slider, Toggle, kind_label
from explorables.explorable import Explorable, any_row
from explorables.language import _
from explorables.strokes import text_width
from explorables.table import Table
from explorables.view import NARROW, WIDE

Cell = Slider | Choice | Toggle
SAMPLED = 60  # random settings, beside the ends of all controls
REFINED = 24  # of them with the first step of a simulation
_FORM = '<form class="xp-form"'


def tag(name: str, body: str | None = "", **attributes: Any) -> str:
    """Return an element; ``None`` as body makes it empty, ``None`` or False drops an attribute.

    A trailing underscore is taken off attribute names and others become
    hyphens: ``class_``, ``for_``, ``aria_label``.
    """
    said = ""
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        said += f' {attribute}="{entities.escape(attribute if value is True else str(value))}"'
    return f"<{name}{said}/>" if body is None else f"<{name}{said}>{body}</{name}>"


def words(text: str) -> str:
    """Return text for use between tags."""
    return entities.escape(text, quote=False)


def html(explorable: Explorable) -> str:
    """Return the whole figure at its start values.

    Raises
    ------
    ValueError
        If it cannot be drawn at its start values or as one of its steps sets it, or
        its picture has other handles than the explorable declares.
    """
    longest = longest_summary(explorable)
    frames = {width: explorable.final({}, width) for width in (WIDE, NARROW)}
    if "error" in frames[WIDE]:
        raise ValueError(f"explorable {explorable.id!r}: {frames[WIDE]['error']}")
    for frame in frames.values():
        _check_handles(explorable, frame["svg"])
    _check_watch(explorable, explorable.watch, frames[NARROW]["svg"])
    _check_steps(explorable)
    key = f"xp-{explorable.id}"
    module = explorable.draw.__module__
    return tag(
        "div",
        _heading(explorable, key)
        + tag("div", tag("div", _sight(frames, key, longest), class_="xp-sight"), class_="xp-stage")
        + tag("p", "", class_="xp-said", role="status")
        + _form(explorable, key)
        + data_table(frames[WIDE]["table"], key),
        class_="xp",
        id=key,
        role="group",
        aria_labelledby=f"{key}-title",
        data_xp=explorable.id,
        data_module=None if module == "__main__" else module,
        data_refines=explorable.refine is not None,
        data_watch=_beginning(explorable.watch),
        data_copied=_("Link copied."),
        data_by_hand=_("Copy this link: {link}"),
        data_kept=_("The picture still shows the last setting that worked."),
        data_fault=_("This setting broke the figure, which is our mistake."),
        data_in_picture=_("{name}, in the picture"),
        data_kept_now=_("Kept: the pale marks behind the picture show this setting."),
        data_bad_kept=_(
            "The link compares with something this figure does not have: {part}. "
            "It may come from another version; set it anew and keep it."
        ),
        data_bad_link=_("The link asks for something this figure does not have: {part}"),
    )


def at_rest(figure: str) -> str:
    """Return a figure's HTML as a picture that wakes when it is touched.

    For a page with many figures: nothing of it runs, and its controls are out of sight,
    until the reader asks for it.

    Parameters
    ----------
    figure : str
        What :func:`html` returns.

    Raises
    ------
    ValueError
        If it is not the HTML of a figure.
    """
    wake = tag("button", words(_("Move it")), type="button", class_="xp-button xp-wake")
    for old, new in (
        ('<div class="xp" ', '<div class="xp" data-rest="" '),
        (_FORM, wake + _FORM),
    ):
        if figure.count(old) != 1:
            raise ValueError(f"expected the HTML of one explorable, got {figure[:60]!r}")
        figure = figure.replace(old, new)
    return figure


def _check_handles(explorable: Explorable, svg: str) -> None:
    """Compare the handles in a picture with those that were declared."""
    drawn = [
        move.split(" ")[0]
        for moves in re.findall(r'data-handle="([^"]+)"', svg)
        for move in moves.split(";")
    ]
    for path in drawn:
        if path not in explorable.handles and any_row(path) not in explorable.handles:
            raise ValueError(
                f"explorable {explorable.id!r} draws a handle on {path!r}: name it in handles="
            )
    for path in explorable.handles:
        if path not in drawn and path not in map(any_row, drawn):
            raise ValueError(
                f"explorable {explorable.id!r} has {path!r} in handles= and draws none: "
                "mark its place with svg.handle"
            )


def _beginning(watch: str) -> str:
    """Return a heading as far as the same words stand there at every setting."""
    return watch.partition("{")[0]


def _check_watch(explorable: Explorable, watch: str, svg: str) -> None:
    """Look for a heading in the picture of a phone."""
    if not watch:
        return
    said = [entities.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)<", svg)]
    if not any(text.startswith(_beginning(watch)) for text in said):
        raise ValueError(
            f"explorable {explorable.id!r} has {watch!r} in watch=, and no words of its picture "
            f"begin so at {NARROW} px: name one of its headings"
        )


def _check_steps(explorable: Explorable) -> None:
    """Draw what each step sets: its values are possible one by one, and may not be together."""
    for step in explorable.steps:
        raw: dict[str, Any] = copy.deepcopy(explorable.defaults())
        for path, value in step.settings.items():
            name, *place = path.split(".")
            if place:
                raw[name][int(place[0])][place[1]] = value
            else:
                raw[name] = value
        frame = explorable.frame(raw, NARROW)
        if "error" in frame:
            raise ValueError(
                f"explorable {explorable.id!r}: step {step.label!r} sets what cannot be drawn: "
                f"{frame['error']}"
            )
        _check_watch(explorable, step.watch or explorable.watch, frame["svg"])


def longest_summary(explorable: Explorable) -> str:
    """Return the widest sentence of the figure that a sample of its settings gives.

    The page keeps that much room for it, so that nothing below moves while a
    control does.
    """
    settings = [{}, *parity.corners(explorable), *parity.random_settings(explorable, SAMPLED)]
    said = []
    for raw in settings:
        # Impossible settings have an error in its place, and faults are for tests to find.
        with suppress(Exception):
            said.append(explorable.view(explorable.read(raw)).summary)
    if explorable.refine:
        for raw in settings[:: max(1, len(settings) // REFINED)]:
            with suppress(Exception):
                said.extend(frame["summary"] for frame in islice(explorable.frames(raw), 1))
        said.append(explorable.final({})["summary"])
    return max(said, key=text_width)


def _sight(frames: dict[int, dict[str, Any]], key: str, longest: str) -> str:
    """Return what is seen together: the picture in both layouts, and its words."""
    said = tag("p", words(frames[WIDE]["summary"]), class_="xp-summary")
    said += tag("p", "", class_="xp-error", id=f"{key}-error", role="status")
    return (
        tag("div", frames[WIDE]["svg"], class_="xp-figure xp-wide", data_width=WIDE)
        # Without a style sheet the second picture stays hidden.
        + tag(
            "div",
            frames[NARROW]["svg"],
            class_="xp-figure xp-narrow",
            data_width=NARROW,
            hidden=True,
        )
        + tag("div", said, class_="xp-words", data_longest=longest)
        # Shown while the picture follows the reader down to further controls.
        + tag(
            "button",
            words(_("Picture")),
            type="button",
            class_="xp-away",
            aria_expanded="true",
            disabled=True,
        )
    )


def _heading(explorable: Explorable, key: str) -> str:
    title = tag("p", words(explorable.title), class_="xp-title", id=f"{key}-title")
    if not explorable.try_this:
        return title
    said = explorable.try_this
    if explorable.handles:
        said += " " + _(
            "What has a ring can be pulled, or moved with the arrow keys; a finger taps it first."
        )
    longest = max([said, *(step.look for step in explorable.steps)], key=text_width)
    # A step's button puts its own words in the place of these.
    told = tag("p", words(said), class_="xp-try", role="status")
    return title + tag("div", told, class_="xp-task", data_longest=longest) + _steps(explorable)


def _steps(explorable: Explorable) -> str:
    """Return a button for each step, with all that it sets."""
    buttons = "".join(
        tag(
            "button",
            words(step.label),
            type="button",
            class_="xp-button xp-step",
            disabled=True,
            aria_pressed="false",
            data_set=json.dumps(step.settings),
            data_look=step.look,
            data_watch=_beginning(step.watch or explorable.watch),
        )
        for step in explorable.steps
    )
    name = {"role": "group", "aria_label": _("Try this")}
    return tag("div", buttons, class_="xp-steps", **name) if buttons else ""


def _form(explorable: Explorable, key: str) -> str:
    parts = _open_controls(explorable, key) + _folded_controls(explorable, key)
    buttons = tag("button", words(_("Reset")), type="reset", disabled=True, class_="xp-button")
    for name, said, pressed in (
        ("undo", _("Undo"), None),
        ("redo", _("Redo"), None),
        ("keep", _("Keep for comparison"), "false"),
        ("copy", _("Copy link to these settings"), None),
    ):
        buttons += tag(
            "button",
            words(said),
            type="button",
            disabled=True,
            class_=f"xp-button xp-{name}",
            aria_pressed=pressed,
        )
    buttons += tag("span", "", class_="xp-told", role="status")
    # Shown by the style sheet where no script runs, and where there is no style sheet.
    still = tag(
        "p", words(_("The controls work when JavaScript is on.")), class_="xp-help xp-still"
    )
    return tag(
        "form",
        tag(
            "fieldset",
            tag("legend", words(_("Settings")), class_="xp-hidden") + parts,
            class_="xp-controls",
            aria_describedby=f"{key}-error",
        )
        + tag("div", buttons, class_="xp-buttons")
        + still,
        class_="xp-form",
        autocomplete="off",
    )


def _open_controls(explorable: Explorable, key: str) -> str:
    """Return the controls that stand beside the picture."""
    named = {control.name: control for control in explorable.controls}
    parts = []
    for path in explorable.first:
        name, *place = path.split(".")
        control = named[name]
        if isinstance(control, Table):
            row, (column,) = int(place[0]), [c for c in control.columns if c.name == place[1]]
            parts.append(_lifted(control, row, column, f"{key}-{name}-{row}-{column.name}"))
        else:
            parts.append(_control(control, f"{key}-{name}"))
    return "".join(parts)


def _lifted(table: Table, row: int, column: Cell, key: str) -> str:
    """Return one number of a table as a control of its own."""
    said = f"{table.labels[row]}: {column.label}"
    label = tag("label", words(said), for_=key) + " " + _kind(table)
    start = table.value[row][column.name]
    inputs = _inputs(column, key, f"{table.name}.{row}.{column.name}", start, table.labels[row])
    body = tag("div", label, class_="xp-head") + tag("div", inputs, class_="xp-set")
    return tag("div", body, class_="xp-control")


def _folded_controls(explorable: Explorable, key: str) -> str:
    """Return the other controls, folded: each table under its name, the rest together."""
    plain, folds = [], []
    for control in explorable.controls:
        if isinstance(control, Table):
            said = words(control.label)
            body = _table(control, f"{key}-{control.name}", explorable.first)
            folds.append((said, body))
        elif control.name not in explorable.first:
            plain.append(_control(control, f"{key}-{control.name}"))
    if plain:
        said = _("{n} more settings").format(n=len(plain))
        if len(plain) == 1:
            said = _("One more setting")
        folds.insert(0, (words(said), tag("div", "".join(plain), class_="xp-more")))
    return "".join(
        tag("details", tag("summary", said) + body, class_="xp-fold") for said, body in folds
    )


def _kind(control: Cell | Table) -> str:
    said = words(kind_label(control.kind))
    if control.source:
        said += ": " + words(control.source)
    return tag("span", said, class_=f"xp-kind xp-kind-{control.kind}")


def _control(control: Cell, key: str) -> str:
    label = tag("label", words(control.label), for_=key) + " " + _kind(control)
    if isinstance(control, Toggle):
        body = tag(
            "div", _inputs(control, key, control.name, control.value) + label, class_="xp-set"
        )
    else:
        body = tag("div", label, class_="xp-head")
        body += tag("div", _inputs(control, key, control.name, control.value), class_="xp-set")
    if control.help:
        body += tag("p", words(control.help), class_="xp-help", id=f"{key}-help")
    return tag("div", body, class_="xp-control")


def _inputs(control: Cell, key: str, path: str, value: Any, row: str = "") -> str:
    """Return the native inputs of one value; ``path`` says where it goes in the values."""
    named = {"data_path": path, "disabled": True}
    name = f"{row}: {control.label}" if row else None
    if not row and control.help:
        named["aria_describedby"] = named["data_help"] = f"{key}-help"
    if isinstance(control, Toggle):
        return tag("input", None, type="checkbox", id=key, checked=value, aria_label=name, **named)
    if isinstance(control, Choice):
        options = "".join(
            tag("option", words(label), value=option, selected=option == value)
            for option, label in control.options
        )
        return tag("select", options, id=key, aria_label=name, **named)
    shown = f"{value:.{control.decimals}f}"
    limits = {"min": control.low, "max": control.high, "step": control.step, "value": shown}
    slider = tag(
        "input",
        None,
        type="range",
        id=key,
        aria_label=name,
        aria_valuetext=control.text(value),
        data_unit=control.unit or None,
        data_decimals=control.decimals,
        **limits,
        **named,
    )
    typed = ", ".join(part for part in (name or control.label, control.unit) if part)
    number = tag(
        "input",
        None,
        type="number",
        inputmode="decimal",
        id=f"{key}-number",
        aria_label=typed,
        **limits,
        **named,
    )
    unit = tag("span", words(control.unit), class_="xp-unit", aria_hidden="true")
    return slider + tag("span", number + (unit if control.unit else ""), class_="xp-number")


def _table(table: Table, key: str, lifted: list[str]) -> str:
    def heads() -> Iterable[str]:
        yield tag("span", words(table.row_label))
        for column in table.columns:
            yield tag("span", words(column.label))

    rows = [tag("div", "".join(heads()), class_="xp-row xp-columns", aria_hidden="true")]
    for number, row in enumerate(table.value):
        cells = tag("span", words(row["label"]), class_="xp-row-label", id=f"{key}-{number}")
        for column in table.columns:
            cell = f"{key}-{number}-{column.name}"
            path = f"{table.name}.{number}.{column.name}"
            if path in lifted:
                cells += tag("span", words(_("above")), class_="xp-cell xp-unit")
                continue
            label = tag("label", words(column.label), for_=cell)
            inputs = _inputs(column, cell, path, row[column.name], row["label"])
            cells += tag("div", label + inputs, class_="xp-cell")
        rows.append(
            tag("div", cells, class_="xp-row", role="group", aria_labelledby=f"{key}-{number}")
        )
    body = tag("div", _kind(table), class_="xp-head") + tag(
        "div", "".join(rows), class_="xp-table", style=f"--xp-count:{len(table.columns)}"
    )
    if table.help:
        body += tag("p", words(table.help), class_="xp-help")
    return tag("div", body, class_="xp-control xp-whole")


def data_table(table: list[Any] | None, key: str) -> str:
    """Return the data behind a figure, folded; nothing if there is none."""
    if table is None:
        return ""
    headers, rows = table
    head = tag("tr", "".join(tag("th", words(cell), scope="col") for cell in headers))
    body = "".join(
        tag(
            "tr",
            tag("th", words(row[0]), scope="row")
            + "".join(tag("td", words(cell)) for cell in row[1:]),
        )
        for row in rows
    )
    scroll = tag(
        "div",
        tag("table", tag("thead", head) + tag("tbody", body)),
        class_="xp-scroll",
        tabindex="0",
        role="region",
        # The title too: each region of a page needs a name of its own.
        aria_labelledby=f"{key}-title {key}-data",
    )
    said = tag("summary", words(_("The data behind the figure")), id=f"{key}-data")
    return tag("details", said + scroll, class_="xp-data")
