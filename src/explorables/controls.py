"""What a reader can set: sliders, choices and switches.

A control knows its limits and reads any raw value into a clean one, so that a
model never sees a number that the control could not show.
"""

from math import isfinite

from explorables.language import _
from explorables.numbers import decimals_of, fixed, with_unit

KINDS = ("source", "assumption", "input")


def kind_label(kind: str) -> str:
    """Return the words for a kind: where a number comes from."""
    return {
        "source": _("from a source"),
        "assumption": _("teaching assumption"),
        "input": _("your input"),
    }[kind]


def is_number(x) -> bool:
    """Tell whether ``x`` is a finite number (True and False are not)."""
    if isinstance(x, bool) or not isinstance(x, (int, float)):
        return False
    return isfinite(x) and abs(x) < 1e15


def is_name(name, joint: str) -> bool:
    """Tell whether ``name`` is made of a-z, digits and ``joint``, and starts with a letter."""
    if not isinstance(name, str) or not "a" <= name[:1] <= "z":
        return False
    for letter in name:
        if not ("a" <= letter <= "z" or "0" <= letter <= "9" or letter == joint):
            return False
    return True


class Control:
    """What all controls share: a name for the program, a label for the reader, a kind."""

    def __init__(self, name, label, kind, source, help):
        if not is_name(name, "_"):
            raise ValueError(
                f"control name {name!r}: use a lower-case Python name, it becomes an argument"
            )
        if not label:
            raise ValueError(f"control {name!r} has no label: say what the reader sets")
        if kind not in KINDS:
            raise ValueError(
                "control {!r}: kind must be one of {}, got {!r}".format(
                    name, ", ".join(KINDS), kind
                )
            )
        if kind == "source" and not source:
            raise ValueError(f"control {name!r} is of kind 'source': name the source= too")
        self.name = name
        self.label = label
        self.kind = kind
        self.source = source
        self.help = help


class Slider(Control):
    """A number between two ends, on a grid of steps.

    Parameters
    ----------
    name, label : str
        The argument's name and what the reader sees.
    low, high, value, step : float
        Range, start value and grid, in ``unit``; ``value`` must lie on the grid
        that starts at ``low``, and so must ``high``.
    unit : str
        Shown behind the number, such as "€" or "min".
    kind : str
        "source" (needs ``source``), "assumption" or "input".
    source, help : str
        Where the number comes from; one more sentence for the reader.
    decimals : int, optional
        Decimals shown; as many as the step needs by default.

    Raises
    ------
    ValueError
        If the range, the start value or the step is impossible.
    """

    def __init__(
        self,
        name,
        label,
        low,
        high,
        value,
        step=1,
        unit="",
        kind="input",
        source="",
        help="",
        decimals=None,
    ):
        Control.__init__(self, name, label, kind, source, help)
        for what, x in (("low", low), ("high", high), ("value", value), ("step", step)):
            if not is_number(x):
                raise ValueError(f"slider {name!r}: {what} must be a number, got {x!r}")
        if not low < high:
            raise ValueError(f"slider {name!r}: low {low} must be below high {high}")
        if not 0 < step <= high - low:
            raise ValueError(
                f"slider {name!r}: step {step} must be above 0 and fit between {low} and {high}"
            )
        self.low, self.high, self.step, self.unit = low, high, step, unit
        needed = max(decimals_of(step), decimals_of(low))
        self.decimals = needed if decimals is None else decimals
        if not self.decimals >= needed:
            raise ValueError(f"slider {name!r}: a step of {step} needs {needed} decimals or more")
        # Everything on the grid is a whole number of these, so that a value
        # read from text is the same float in every runtime.
        self._scale = 10**needed
        self._whole = not needed
        for what, x in (("value", value), ("high", high)):
            if abs(self._on_grid(x) - x) > step * 1e-6:
                raise ValueError(
                    "slider {!r}: {} {} is not low {} plus a whole number of steps of {}".format(
                        name, what, x, low, step
                    )
                )
        if not low <= value <= high:
            raise ValueError(f"slider {name!r}: value {value} must be from {low} to {high}")
        self.value = self.read(value)

    def _on_grid(self, x):
        low = int(abs(self.low) * self._scale + 0.5)
        low = -low if self.low < 0 else low
        step = int(self.step * self._scale + 0.5)
        units = low + step * int((x - self.low) / self.step + 0.5)
        return units if self._whole else units / self._scale

    def read(self, raw):
        """Return the number on the grid nearest to ``raw``; ValueError outside the range."""
        if isinstance(raw, str):
            try:
                raw = float(raw.replace(",", "."))
            except ValueError:
                raw = None
        if not is_number(raw) or not self.low - 1e-9 <= raw <= self.high + 1e-9:
            shown = self.text(raw) if is_number(raw) else _("no number")
            raise ValueError(
                _("{label} is {value}: choose a number from {low} to {high}.").format(
                    label=self.label,
                    value=shown,
                    low=fixed(self.low, self.decimals),
                    high=self.text(self.high),
                )
            )
        return self._on_grid(raw)

    def text(self, value) -> str:
        """Return a value with its unit, as the reader sees it."""
        return with_unit(fixed(value, self.decimals), self.unit)


class Choice(Control):
    """One of a few named options.

    Parameters
    ----------
    name, label : str
        The argument's name and what the reader sees.
    options : list of (str, str)
        Value for the program and label for the reader; at least two.
    value : str
        The option chosen at the start.
    kind, source, help : str
        As for `Slider`.
    """

    def __init__(self, name, label, options, value, kind="input", source="", help=""):
        Control.__init__(self, name, label, kind, source, help)
        pairs = []
        for option in options:
            if not isinstance(option, (list, tuple)) or len(option) != 2:
                raise ValueError(
                    f"choice {name!r}: option {option!r} must be a pair (value, label)"
                )
            if not isinstance(option[0], str):
                raise TypeError(f"choice {name!r}: option value {option[0]!r} must be a str")
            pairs.append((option[0], option[1]))
        keys = [pair[0] for pair in pairs]
        if len(keys) < 2 or len(set(keys)) < len(keys):
            raise ValueError(f"choice {name!r}: give two or more different options, got {keys}")
        self.options = pairs
        if value not in keys:
            raise ValueError(f"choice {name!r}: value {value!r} is none of the options {keys}")
        self.value = value

    def read(self, raw):
        """Return ``raw`` if it is an option; ValueError with the options otherwise."""
        for key, _label in self.options:
            if key == raw:
                return key
        raise ValueError(
            _("{label} cannot be {value}: choose one of {options}.").format(
                label=self.label,
                value=repr(raw),
                options=", ".join([label for _key, label in self.options]),
            )
        )

    def text(self, value) -> str:
        """Return the label of an option."""
        for key, label in self.options:
            if key == value:
                return str(label)
        return str(value)


class Toggle(Control):
    """Something that is on or off; parameters as for `Slider`."""

    def __init__(self, name, label, value=False, kind="input", source="", help=""):
        Control.__init__(self, name, label, kind, source, help)
        if not isinstance(value, bool):
            raise TypeError(f"toggle {name!r}: value must be True or False, got {value!r}")
        self.value = value

    def read(self, raw):
        """Return ``raw`` if it is True or False; ValueError otherwise."""
        if isinstance(raw, bool):
            return raw
        raise ValueError(
            _("{label} must be on or off, got {value}.").format(label=self.label, value=repr(raw))
        )

    def text(self, value) -> str:
        """Return "on" or "off"."""
        return _("on") if value else _("off")
