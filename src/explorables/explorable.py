"""A live figure: controls, and a pure function that draws their setting."""

import sys

from explorables import spans
from explorables.controls import Choice, Slider, Toggle, is_name
from explorables.table import Table
from explorables.view import NARROW, WIDE, View

# Built pages draw everything before they are published; the reader's browser
# need not do it again before the first touch.
_CHECKS = sys.implementation.name != "micropython"

BY_ID: dict = {}
OPEN = 4  # controls that stand open at once


class Step:
    """Something to try: a button that sets the figure and says what to look at.

    Parameters
    ----------
    label : str
        A few words for the button.
    look : str
        One or two sentences, shown once the figure is set; no answers.
    settings : dict
        Values by control, "name" or "table.row.column"; the others start anew.
    watch : str, optional
        The heading in the picture, as far as its first "{", of what is to be watched:
        the small picture of a phone begins there.  As the explorable says, by default.
    """

    def __init__(self, label, look, settings, watch=""):
        self.label, self.look, self.settings, self.watch = label, look, settings, watch


class Explorable:
    """A figure that answers its controls, in a notebook and in a page.

    Parameters
    ----------
    id : str
        Letters, digits and hyphens, unique in the course: names the figure in
        the page and in links.
    title : str
        Its heading.
    controls : list of Slider, Choice, Toggle or Table
        Their names are the arguments of ``draw``.
    draw : callable
        ``draw(**values) -> View``.  Pure: the same values give the same view.
        It raises ValueError, in words for the reader, at an impossible setting.
    try_this : str
        One sentence: what to move and what to look for.
    steps : list of Step, optional
        What to try, one after the other.
    handles : list of str, optional
        The sliders that readers can pull in the picture, which marks each place
        with `svg.handle`: names, or "table.row.column", with * for every row.
    first : list of str, optional
        The controls beside the picture, at most `OPEN`: names, or "table.row.column"
        for one number of a table; the others fold under names.  By default
        the first ones that are no table.
    watch : str, optional
        As for `Step`, until one is taken; by default the small picture begins where
        the picture does.
    refine : callable, optional
        ``refine(**values)`` returns an iterator of Views that follow the first
        one, for simulations; it runs in slices and stops at the next input.

    Raises
    ------
    TypeError, ValueError
        Naming the explorable, the control and the remedy.
    """

    def __init__(
        self,
        id,
        title,
        controls,
        draw,
        try_this="",
        refine=None,
        first=None,
        handles=None,
        steps=None,
        watch="",
    ):
        _check_parts(id, title, controls)
        _check_first(id, controls, first or [])
        for what, function in (("draw", draw), ("refine", refine)):
            if not callable(function) and not (what == "refine" and function is None):
                raise TypeError(f"explorable {id!r}: {what} must be a function, got {function!r}")
        self.id = id
        self.title = title
        self.controls = list(controls)
        self.draw = draw
        self.try_this = try_this
        self.refine = refine
        plain = [control.name for control in controls if not isinstance(control, Table)]
        self.first = list(first or plain[:OPEN])
        self.handles = list(handles or [])
        _check_handles(id, controls, self.handles)
        self.steps = list(steps or [])
        self.watch = watch
        if _CHECKS:
            _check_steps(id, controls, self.steps)
        if _CHECKS:
            self._check()
        BY_ID[id] = self

    def _check(self):
        other = BY_ID.get(self.id)
        # The same module may make it again: a cell run twice, a module reloaded.
        if other is not None and other.draw.__module__ != self.draw.__module__:
            raise ValueError(
                f"explorable id {self.id!r} is taken by {other.draw.__module__}: choose another"
            )
        for width in (NARROW, WIDE):
            try:
                self.view(self.defaults()).render(width)
            except Exception as error:
                kind = TypeError if isinstance(error, TypeError) else ValueError
                raise kind(
                    f"explorable {self.id!r} cannot draw its start values: {error}"
                ) from error

    def defaults(self) -> dict:
        """Return the start value of every control; a table's rows are the caller's own."""
        starts = {}
        for control in self.controls:
            value = control.value
            starts[control.name] = (
                [dict(row) for row in value] if isinstance(value, list) else value
            )
        return starts

    def read(self, raw: dict) -> dict:
        """Return clean values for raw ones; a control that is missing keeps its start value."""
        return {c.name: c.read(raw.get(c.name, c.value)) for c in self.controls}

    def view(self, values: dict) -> View:
        """Draw clean values; TypeError if ``draw`` returns anything but a View."""
        return self._viewed(self.draw(**values), "draw")

    def _viewed(self, view, what) -> View:
        if not isinstance(view, View):
            raise TypeError(f"explorable {self.id!r}: {what} must return a View, got {view!r}")
        return view

    def frame(self, raw: dict, width: int = WIDE, kept=None) -> dict:
        """Return what to show for raw values, as plain text.

        ``kept`` are the ``spans`` of the frame before it, which the axes keep.

        Returns
        -------
        dict
            ``svg``, ``summary``, ``table`` (None, or headers and rows) and
            ``spans`` (see `explorables.spans`); or
            ``error``, in words for the reader, at an impossible setting, with
            ``control``: the name of the control it is about, or None.
        """
        spans.begin(kept or {})
        values = {}
        for control in self.controls:
            try:
                values[control.name] = control.read(raw.get(control.name, control.value))
            except ValueError as error:
                return {"error": str(error), "control": control.name}
        try:
            return packed(self.view(values), width)
        except ValueError as error:
            return {"error": str(error), "control": None}

    def frames(self, raw: dict, width: int = WIDE, kept=None):
        """Yield a frame for every refinement of the drawing (none without ``refine``)."""
        if self.refine:
            spans.begin(kept or {})
            for view in self.refine(**self.read(raw)):
                frame = packed(self._viewed(view, "refine"), width)
                yield frame
                # Other figures may have been drawn in between.
                spans.begin(frame["spans"])

    def final(self, raw: dict, width: int = WIDE) -> dict:
        """Return the last frame: the drawing, or its last refinement."""
        frame = self.frame(raw, width)
        if "error" not in frame:
            for refined in self.frames(raw, width, frame["spans"]):
                frame = refined
        return frame

    def __repr__(self):
        return f"Explorable({self.id!r}, {self.title!r})"


def _check_parts(id, title, controls):
    if not is_name(id, "-"):
        raise ValueError(f"explorable id {id!r}: use lower-case letters, digits and hyphens")
    if not title:
        raise ValueError(f"explorable {id!r} has no title")
    if not controls:
        raise ValueError(f"explorable {id!r} has no controls: a fixed picture is a figure")
    names = []
    for control in controls:
        if not isinstance(control, (Slider, Choice, Toggle, Table)):
            raise TypeError(f"explorable {id!r}: {control!r} is no control")
        if control.name in names:
            raise ValueError(f"explorable {id!r} has two controls named {control.name!r}")
        names.append(control.name)


def _paths(controls):
    """Return (path, control) for every single value that can be set."""
    known = []
    for control in controls:
        if isinstance(control, Table):
            known += [
                ("{}.{}.{}".format(control.name, row, column.name), column)
                for row in range(len(control.labels))
                for column in control.columns
            ]
        else:
            known.append((control.name, control))
    return known


def any_row(path: str) -> str:
    """Return a path that means every row of its table, the same path where there is none."""
    parts = path.split(".")
    return ".*.".join([parts[0], parts[-1]]) if len(parts) == 3 else path


def _check_handles(id, controls, handles):
    known = _paths(controls)
    for name in handles:
        found = [each for path, each in known if name in (path, any_row(path))]
        if not found:
            raise ValueError(
                f"explorable {id!r} wants a handle on {name!r}, which is no control: give a name, "
                "'table.row.column' or 'table.*.column'"
            )
        if not isinstance(found[0], Slider):
            raise TypeError(
                f"explorable {id!r} wants a handle on {name!r}, which is no slider: "
                "only numbers can be pulled"
            )


def _check_steps(id, controls, steps):
    known = dict(_paths(controls))
    for step in steps:
        for path in step.settings:
            if path not in known:
                raise ValueError(
                    f"explorable {id!r}: step {step.label!r} sets {path!r}, which is no control: "
                    "give a name, or 'table.row.column'"
                )
            problem = ""
            try:
                known[path].read(step.settings[path])
            except ValueError as error:
                problem = str(error)
            if problem:
                raise ValueError(f"explorable {id!r}: step {step.label!r}: {problem}")


def _check_first(id, controls, first):
    if len(first) > OPEN:
        raise ValueError(
            f"explorable {id!r} wants {len(first)} controls first: at most {OPEN} stand open"
        )
    known = [path for path, _control in _paths(controls)]
    for name in first:
        if name not in known:
            raise ValueError(
                f"explorable {id!r} wants {name!r} first, which is no control: "
                "give a name, or 'table.row.column'"
            )


def packed(view: View, width: int) -> dict:
    """Return a view as plain text and lists."""
    table = None
    if view.table is not None:
        table = [list(view.table[0]), [list(row) for row in view.table[1]]]
    return {
        "svg": view.render(width),
        "summary": view.summary,
        "table": table,
        "spans": spans.held(),
    }
