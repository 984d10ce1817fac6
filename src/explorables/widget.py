"""An explorable in a live notebook, as ipywidgets.

The same controls, picture and sentence as in the page; each change of a control
draws at once, and a figure with a simulation goes on refining until the next
change.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any

from ipywidgets.widgets.widget import Widget
from ipywidgets.widgets.widget_bool import Checkbox
from ipywidgets.widgets.widget_box import HBox, VBox
from ipywidgets.widgets.widget_button import Button
from ipywidgets.widgets.widget_float import FloatSlider
from ipywidgets.widgets.widget_layout import Layout
from ipywidgets.widgets.widget_selection import Dropdown
from ipywidgets.widgets.widget_selectioncontainer import Accordion
from ipywidgets.widgets.widget_string import HTML

from explorables.controls import Choice, Slider, Toggle, kind_label
from explorables.explorable import Explorable
from explorables.language import _
from explorables.page import data_table, tag, words
from explorables.palette import DARK_ROLES
from explorables.table import Table
from explorables.view import WIDE

WIDGET_MIME = "application/vnd.jupyter.widget-view+json"


def _style() -> str:
    """Return the rules that give the picture JupyterLab's own ground and ink."""
    rules = [
        ".xp-live{max-width:42.5rem;font-size:14px;line-height:1.45}",
        ".xp-live svg{max-width:100%;height:auto;margin-right:1rem}",
        ".xp-live .xp-ink{fill:var(--jp-ui-font-color0,#2b2622)}",
        ".xp-live .xp-soft{fill:var(--jp-ui-font-color1,#5f5750)}",
        ".xp-live .xp-grid{stroke:var(--jp-border-color2,#d9d1c7)}",
        ".xp-live .xp-axis{stroke:var(--jp-ui-font-color2,#5f5750)}",
        ".xp-live :is(.xp-halo,.xp-edge){stroke:var(--jp-layout-color0,#fffdf9)}",
        ".xp-live :is(.xp-ground,.xp-on){fill:var(--jp-layout-color0,#fffdf9)}",
    ]
    for role, tone in enumerate(DARK_ROLES):
        dark = "[data-jp-theme-light=false] .xp-live"
        rules.append(f"{dark} .xp-f{role}{{fill:{tone}}}{dark} .xp-s{role}{{stroke:{tone}}}")
    return tag("style", "".join(rules))


def mimebundle(explorable: Explorable) -> dict[str, Any]:
    """Return what a notebook shows besides HTML: a widget, unless a page is being built."""
    if os.environ.get("EXPLORABLES_STATIC"):
        return {}
    view = LiveFigure(explorable)
    return {WIDGET_MIME: {"version_major": 2, "version_minor": 0, "model_id": view.model_id}}


class LiveFigure(VBox):
    """The picture of an explorable above its controls, the first of them open, joined."""

    def __init__(self, explorable: Explorable):
        self.explorable = explorable
        self.picture = HTML()
        self.message = HTML()
        self.data = HTML()
        self._readers: dict[str, Callable[[], Any]] = {}
        self._restorers: list[Callable[[], None]] = []
        self._refining: asyncio.Task[None] | None = None
        self._resetting = False
        self._spans: dict[str, Any] = {}
        rows: list[Widget] = []
        folds: list[tuple[str, Widget]] = []
        for control in explorable.controls:
            widget = self._labelled(control)
            if isinstance(control, Table):
                folds.append((control.label, widget))
            elif control.name in explorable.first:
                rows.append(widget)
            else:
                folds.append((control.label, widget))
        if folds:
            titles, bodies = zip(*folds, strict=True)
            rows.append(Accordion(children=bodies, titles=titles, selected_index=None))
        reset = Button(description=_("Reset"))
        reset.on_click(lambda _button: self.reset())
        head = tag("strong", words(explorable.title), id=f"live-{explorable.id}-title")
        if explorable.try_this:
            head += tag("p", words(explorable.try_this))
        parts = [HTML(head), self.picture, self.message, *rows, reset, self.data]
        super().__init__(parts)  # type: ignore[no-untyped-call]
        self._show(explorable.final({}))

    def values(self) -> dict[str, Any]:
        """Return what the controls say now."""
        return {name: read() for name, read in self._readers.items()}

    def reset(self) -> None:
        """Put every control back to its start value, and draw once."""
        self._resetting = True
        try:
            for restore in self._restorers:
                restore()
        finally:
            self._resetting = False
        self._spans = {}
        self.redraw()

    def redraw(self, _change: object = None) -> None:
        """Draw the present setting; stop refining the one before."""
        if self._resetting:
            return
        if self._refining is not None:
            self._refining.cancel()
            self._refining = None
        values = self.values()
        frame = self.explorable.frame(values, WIDE, self._spans)
        self._show(frame)
        if self.explorable.refine and "error" not in frame:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:  # a script, not a kernel: nothing to wait for
                self._show(self.explorable.final(values, WIDE))
                return
            self._refining = loop.create_task(self._refine(values))

    async def _refine(self, values: dict[str, Any]) -> None:
        for frame in self.explorable.frames(values, WIDE, self._spans):
            self._show(frame)
            await asyncio.sleep(0)  # lets the next change of a control in

    def _show(self, frame: dict[str, Any]) -> None:
        if "error" in frame:
            kept = _("The picture still shows the last setting that worked.")
            self.message.value = tag("p", words(f"{frame['error']} {kept}"), role="alert")
            return
        self._spans = frame["spans"]
        self.picture.value = _style() + tag("div", frame["svg"], class_="xp-live")
        self.message.value = tag("p", words(frame["summary"]), aria_live="polite")
        self.data.value = data_table(frame["table"], f"live-{self.explorable.id}")

    def _labelled(self, control: Slider | Choice | Toggle | Table) -> Widget:
        kind = kind_label(control.kind)
        said = f"{kind}: {control.source}" if control.source else kind
        note = HTML(tag("small", words(said)))
        if not isinstance(control, Table):
            widget, read, restore = _input(control, control.value, control.label)
            self._readers[control.name] = read
            self._restorers.append(restore)
            widget.observe(self.redraw, "value")
            return HBox([widget, note])
        rows: list[dict[str, Callable[[], Any]]] = []
        lines: list[Widget] = [HBox([HTML(tag("b", words(control.label))), note])]
        for start in control.value:
            cells, readers = [], {}
            for column in control.columns:
                widget, read, restore = _input(column, start[column.name], column.label)
                readers[column.name] = read
                self._restorers.append(restore)
                widget.observe(self.redraw, "value")
                cells.append(widget)
            rows.append(readers)
            lines.append(HTML(words(start["label"])))
            lines.append(HBox(cells, layout=Layout(flex_flow="row wrap")))
        self._readers[control.name] = lambda: [
            {name: read() for name, read in row.items()} for row in rows
        ]
        return VBox(lines)


def _input(
    control: Slider | Choice | Toggle, value: Any, label: str
) -> tuple[Widget, Callable[[], Any], Callable[[], None]]:
    """Return a widget, how to read it, and how to set it back."""
    wide = {"description_width": "initial"}
    widget: Widget
    if isinstance(control, Toggle):
        widget = Checkbox(value=value, description=label, indent=False, style=wide)
    elif isinstance(control, Choice):
        options = [(text, key) for key, text in control.options]
        widget = Dropdown(options=options, value=value, description=label, style=wide)
    else:
        named = f"{label} ({control.unit})" if control.unit else label
        widget = FloatSlider(
            value=value,
            min=control.low,
            max=control.high,
            step=control.step,
            readout_format=f".{control.decimals}f",
            description=named,
            style=wide,
            layout=Layout(width="22rem"),
        )

    def restore() -> None:
        widget.value = value

    return widget, lambda: widget.value, restore
