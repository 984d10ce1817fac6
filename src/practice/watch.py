"""Run a learner's function once and notice everything that it does."""

import contextlib
import io
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from practice.values import copied, told_difference


@dataclass
class Outcome:
    """What a call did.

    Attributes
    ----------
    value : object
        What came back; None if the call raised.
    error : Exception, SystemExit or None
        What the call raised.
    printed : str
        What it wrote to standard output or standard error.
    changed : str or None
        Where an argument first differs from what was handed over, in words.
    borrowed : str
        Name of the first function of the course library that was called, or "".
    """

    value: object = None
    error: Exception | SystemExit | None = None
    printed: str = ""
    changed: str | None = None
    borrowed: str = ""


def run(
    function: Callable[..., object],
    args: Sequence[object],
    kwargs: Mapping[str, object],
    library: str = "",
    *,
    quiet: bool = False,
) -> Outcome:
    """Call the function with copies of the arguments and report what happened.

    Parameters
    ----------
    function : callable
        The learner's function.
    args, kwargs : sequence, mapping
        Its arguments; the function gets deep copies.
    library : str
        Package whose functions are not to be called; "" allows all.
    quiet : bool
        True keeps what the function prints from the screen.

    Returns
    -------
    Outcome
        What came of it.  ``NotImplementedError`` and ``KeyboardInterrupt`` are
        not outcomes and pass through.
    """
    __tracebackhide__ = True
    given, named = copied(list(args)), copied(dict(kwargs))
    outcome = Outcome()
    with _heard(quiet=quiet) as paper, _observed(library, outcome):
        try:
            outcome.value = function(*given, **named)
        except NotImplementedError:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001, a learner's code raises anything
            outcome.error = error
    outcome.printed = paper.getvalue()
    outcome.changed = told_difference(given, list(args))
    if outcome.changed is None:
        outcome.changed = told_difference(named, dict(kwargs))
    return outcome


class _Paper(io.TextIOBase):
    """A stream that keeps what is written and passes it on."""

    # Enough to show; an endless print must not fill the memory.
    LONGEST = 2_000

    def __init__(self, onward: Any) -> None:
        self._onward = onward
        self._kept = ""

    def write(self, text: str) -> int:
        if len(self._kept) < self.LONGEST:
            self._kept += text[: self.LONGEST]
        if self._onward is not None:
            self._onward.write(text)
        return len(text)

    def flush(self) -> None:
        if self._onward is not None:
            self._onward.flush()

    def getvalue(self) -> str:
        return self._kept


@contextlib.contextmanager
def _heard(*, quiet: bool) -> Iterator[_Paper]:
    # Standard error goes where standard output goes: nbgrader gives a check no
    # points once anything, even a mere warning, stands on standard error.
    paper = _Paper(None if quiet else sys.stdout)
    with contextlib.redirect_stdout(paper), contextlib.redirect_stderr(paper):
        yield paper


@contextlib.contextmanager
def _observed(library: str, outcome: Outcome) -> Iterator[None]:
    """Note the first call into the library, by whatever name it was reached."""
    if not library:
        yield
        return
    folders = tuple(
        os.path.join(folder, "")  # noqa: PTH118, compared with code objects' names as they are
        for folder in getattr(sys.modules.get(library), "__path__", ())
    )

    def observe(frame: types.FrameType, event: str, _argument: object) -> None:
        if event != "call" or outcome.borrowed or frame.f_code.co_name == "<module>":
            return
        module = frame.f_globals.get("__name__", "")
        named = isinstance(module, str) and (module + ".").startswith(library + ".")
        if named or frame.f_code.co_filename.startswith(folders):
            source = module if named else library
            outcome.borrowed = f"{source}.{frame.f_code.co_name}"

    before, before_in_threads = sys.getprofile(), threading.getprofile()
    threading.setprofile(observe)
    sys.setprofile(observe)
    try:
        yield
    finally:
        sys.setprofile(before)
        threading.setprofile(before_in_threads)
