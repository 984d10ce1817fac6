"""An explorable in a live notebook, as ipywidgets.

The same controls, picture and sentence as in the page, the same steps to try, undo
and a picture kept for comparison; each change of a control draws at once, and a
figure with a simulation goes on refining until the next change.  Handles are missing:
a picture in ipywidgets has no events, so what is pulled there has its slider alone.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any

from ipywidgets.widgets.widget import Widget
from ipywidgets.widgets.widget_bool import Checkbox, ToggleButton
from ipywidgets.widgets.widget_box import HBox, VBox
from ipywidgets.widgets.widget_button import Button
from ipywidgets.widgets.widget_float import FloatSlider
from ipywidgets.widgets.widget_layout import Layout
from ipywidgets.widgets.widget_selection import Dropdown
from ipywidgets.widgets.widget_selectioncontainer import Accordion
from ipywidgets.widgets.widget_string import HTML

from explorables.controls import Choice, Slider, Toggle, kind_label
from explorables.explorable import Explorable, Step
from explorables.language import _
from explorables.page import data_table, tag, words
from explorables.palette import DARK_ROLES, GRID, GROUND, INK, SOFT
from explorables.table import Table
from explorables.view import WIDE

PAUSE = 0.7  # s between two moves of one slider that are undone one by one
WIDGET_MIME = "application/vnd.jupyter.widget-view+json"


def _style() -> str:
    """Return the rules that give the picture JupyterLab's own ground and ink."""
    rules = [
        ".xp-live{max-width:42.5rem;font-size:14px;line-height:1.45}",
        ".xp-live{position:relative;isolation:isolate}",
        ".xp-live .xp-ghost{position:absolute;z-index:-1;inset:0;opacity:.3;filter:grayscale(1)}",
        ".xp-live .xp-ghost text{display:none}",
        ".xp-live svg{max-width:100%;height:auto;margin-right:1rem}",
        f".xp-live .xp-ink{{fill:var(--jp-ui-font-color0,{INK})}}",
        f".xp-live .xp-soft{{fill:var(--jp-ui-font-color1,{SOFT})}}",
        f".xp-live .xp-grid{{stroke:var(--jp-border-color2,{GRID})}}",
        f".xp-live .xp-axis{{stroke:var(--jp-ui-font-color2,{SOFT})}}",
        f".xp-live :is(.xp-halo,.xp-edge){{stroke:var(--jp-layout-color0,{GROUND})}}",
        f".xp-live :is(.xp-ground,.xp-on){{fill:var(--jp-layout-color0,{GROUND})}}",
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
        self._inputs: dict[str, Any] = {}  # the widget of every single value, by its path
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
        self._starts = self._now = self.state()
        self._past: list[dict[str, Any]] = []
        self._future: list[dict[str, Any]] = []
        self._moved: tuple[object, float] = (None, 0.0)
        self._kept: dict[str, Any] | None = None
        head = HTML(tag("strong", words(explorable.title), id=f"live-{explorable.id}-title"))
        self.task = HTML(tag("p", words(explorable.try_this)) if explorable.try_this else "")
        self._undo = _button(_("Undo"), lambda: self._travel(self._past, self._future))
        self._redo = _button(_("Redo"), lambda: self._travel(self._future, self._past))
        self._keep = ToggleButton(value=False, description=_("Keep for comparison"))
        self._keep.observe(self._keep_picture, "value")
        wide = Layout(flex_flow="row wrap")
        steps = [_button(step.label, self._taking(step)) for step in explorable.steps]
        buttons = [_button(_("Reset"), self.reset), self._undo, self._redo, self._keep]
        parts: list[Widget] = [
            head,
            self.task,
            HBox(steps, layout=wide),
            self.picture,
            self.message,
        ]
        parts += [*rows, HBox(buttons, layout=wide), self.data]
        super().__init__(parts)  # type: ignore[no-untyped-call]
        self._able()
        self._show(explorable.final({}))

    def values(self) -> dict[str, Any]:
        """Return what the controls say now."""
        return {name: read() for name, read in self._readers.items()}

    def state(self) -> dict[str, Any]:
        """Return every single value by its path, "name" or "table.row.column"."""
        return {path: widget.value for path, widget in self._inputs.items()}

    def reset(self) -> None:
        """Put every control back to its start value, and draw once."""
        self._remember()
        self._spans = {}
        self._keep.value = False
        self._adopt(self._starts)

    def _adopt(self, state: dict[str, Any]) -> None:
        """Set every control, and draw once."""
        self._resetting = True
        try:
            for path, value in state.items():
                self._inputs[path].value = value
        finally:
            self._resetting = False
        self._now = self.state()
        self.redraw()

    def _taking(self, step: Step) -> Callable[[], None]:
        def take() -> None:
            self._remember()
            self.task.value = tag("p", words(step.look), aria_live="polite")
            self._adopt({**self._starts, **step.settings})

        return take

    def _remember(self, owner: object = None) -> None:
        """Note the setting before a change: one note for all that a slider does in one go."""
        last, when = self._moved
        self._moved = (owner, time.monotonic())
        if owner is None or owner is not last or self._moved[1] - when > PAUSE:
            self._past.append(self._now)
            self._future.clear()
            self._able()

    def _able(self) -> None:
        self._undo.disabled, self._redo.disabled = not self._past, not self._future

    def _travel(self, source: list[dict[str, Any]], target: list[dict[str, Any]]) -> None:
        target.append(self._now)
        self._moved = (None, 0.0)
        state = source.pop()
        self._able()
        self._adopt(state)

    def _keep_picture(self, change: dict[str, Any]) -> None:
        self._kept = self.values() if change["new"] else None
        self.redraw()

    def _ghost(self) -> str:
        """Return the picture that is kept, pale, on the axes of the present one."""
        frame = self.explorable.frame(self._kept, WIDE, self._spans) if self._kept else {}
        return tag("div", frame["svg"], class_="xp-ghost", aria_hidden="true") if frame else ""

    def _changed(self, change: dict[str, Any]) -> None:
        if self._resetting:
            return
        self._remember(change["owner"])
        self._now = self.state()
        self.redraw()

    def redraw(self) -> None:
        """Draw the present setting; stop refining the one before."""
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
        self.picture.value = _style() + tag("div", self._ghost() + frame["svg"], class_="xp-live")
        self.message.value = tag("p", words(frame["summary"]), aria_live="polite")
        self.data.value = data_table(frame["table"], f"live-{self.explorable.id}")

    def _labelled(self, control: Slider | Choice | Toggle | Table) -> Widget:
        kind = kind_label(control.kind)
        said = f"{kind}: {control.source}" if control.source else kind
        note = HTML(tag("small", words(said)))
        if not isinstance(control, Table):
            widget = self._input(control, control.value, control.name)
            self._readers[control.name] = lambda: widget.value
            return HBox([widget, note])
        rows: list[dict[str, Any]] = []
        lines: list[Widget] = [HBox([HTML(tag("b", words(control.label))), note])]
        for number, start in enumerate(control.value):
            cells = []
            for column in control.columns:
                path = f"{control.name}.{number}.{column.name}"
                cells.append(self._input(column, start[column.name], path))
            names = [column.name for column in control.columns]
            rows.append(dict(zip(names, cells, strict=True)))
            lines.append(HTML(words(start["label"])))
            lines.append(HBox(cells, layout=Layout(flex_flow="row wrap")))
        self._readers[control.name] = lambda: [
            {name: widget.value for name, widget in row.items()} for row in rows
        ]
        return VBox(lines)

    def _input(self, control: Slider | Choice | Toggle, value: Any, path: str) -> Any:
        widget = self._inputs[path] = _widget(control, value)
        widget.observe(self._changed, "value")
        return widget


def _button(said: str, do: Callable[[], None]) -> Button:
    button = Button(description=said, layout=Layout(width="auto"))
    button.on_click(lambda _button: do())
    return button


def _widget(control: Slider | Choice | Toggle, value: Any) -> Widget:
    """Return the widget of one value."""
    label = control.label
    wide = {"description_width": "initial"}
    if isinstance(control, Toggle):
        return Checkbox(value=value, description=label, indent=False, style=wide)
    if isinstance(control, Choice):
        options = [(text, key) for key, text in control.options]
        return Dropdown(options=options, value=value, description=label, style=wide)
    named = f"{label} ({control.unit})" if control.unit else label
    return FloatSlider(
        value=value,
        min=control.low,
        max=control.high,
        step=control.step,
        readout_format=f".{control.decimals}f",
        description=named,
        style=wide,
        layout=Layout(width="22rem"),
    )
