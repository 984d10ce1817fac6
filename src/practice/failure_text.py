"""The lay-out of what a failing check says: short labelled lines, in plain words."""

import textwrap
import traceback
from collections.abc import Mapping, Sequence

from practice.language import _
from practice.values import show, show_items
from practice.watch import Outcome, run

WIDTH = 97  # an output cell of JupyterLab on a laptop, file list open
LABEL = 11


def line(label: str, text: str, indent: int = LABEL) -> str:
    """Return a labelled line, wrapped under its own beginning."""
    return fill(f"{label:<{LABEL}}".ljust(indent) + text, indent=" " * indent)


def fill(text: str, indent: str = "") -> str:
    """Return text wrapped to the width of an output cell, ending in a newline."""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False) + "\n"


def called(name: str, args: Sequence[object], kwargs: Mapping[str, object], chosen: str) -> str:
    """Return the call as Python writes it, long tables one row a line.

    Parameters
    ----------
    name : str
        What the function is called in the notebook.
    args, kwargs : sequence, mapping
        Its arguments.
    chosen : str
        What is picked from the answer, such as ``['key']``, or "".
    """
    named = [("", value) for value in args]
    named += [(key + "=", value) for key, value in kwargs.items()]
    arguments = [key + show(value) for key, value in named]
    call = f"{name}({', '.join(arguments)}){chosen}"
    if len(call) <= WIDTH - LABEL:
        return line(_("Called"), call)
    text = line(_("Called"), name + "(")
    for key, value in named:
        rows = show_items(value)
        rows[0] = key + rows[0]
        rows[-1] += ","
        text += "".join(line("", row, indent=LABEL + 1) for row in rows)
    return text + line("", ")" + chosen)


def message(error: BaseException) -> str:
    """Return what an error says, "" if it cannot even say that."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001, a learner's __str__ may raise anything
        return ""


def told(outcome: Outcome) -> str:
    """Return the error that a call ended with, in one line."""
    error = outcome.error
    words = "" if error is None else message(error)
    name = type(error).__name__
    if not words:
        return name
    return f"{name}: {words if len(words) <= 200 else words[:199] + '…'}"


def raising_line(outcome: Outcome) -> str:
    """Return the learner's own line in which the error arose, or ""."""
    ours = run.__code__.co_filename
    trace = None if outcome.error is None else outcome.error.__traceback__
    frames = [frame for frame in traceback.extract_tb(trace) if frame.filename != ours]
    if not frames or not frames[-1].line:
        return ""
    return line(_("In line {number}").format(number=frames[-1].lineno), frames[-1].line)
