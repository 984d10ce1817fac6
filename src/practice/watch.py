"""Run a learner's function once and notice everything that it does."""

import contextlib
import io
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

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


class Away(Protocol):
    """One call of a function that runs in another interpreter, and says there what it did.

    Attributes
    ----------
    args, kwargs : sequence, mapping
        Its arguments; after the call as they are now, which leaves untouched what was given.
    borrowed : str
        After the call: the function of the course library that was called there, or "".
    """

    args: Sequence[object]
    kwargs: Mapping[str, object]
    borrowed: str

    def call(self) -> object:
        """Return what came back, or raise what was raised; print what was printed."""


# By the type of a function that runs elsewhere: what makes ready a call of it, None if it
# must be called as if it were here.
_away: dict[type, Callable[[Any, Sequence[object], Mapping[str, object]], Away | None]] = {}


def runs_away(
    kind: type, ready: Callable[[Any, Sequence[object], Mapping[str, object]], Away | None]
) -> None:
    """Have functions of a type called so that nothing here needs to be copied or watched.

    Parameters
    ----------
    kind : type
        Of functions that a desk puts in the place of the learner's.
    ready : callable
        Makes a call ready, given such a function and its arguments.  None has it called
        with copies and watched, as any other.
    """
    _away[kind] = ready


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
    ready = _away.get(type(function))
    away = None if ready is None else ready(function, args, kwargs)
    outcome = Outcome()
    given: Sequence[object]
    named: Mapping[str, object]
    with _heard(quiet=quiet) as paper:
        if away is None:
            given, named = copied(list(args)), copied(dict(kwargs))
            with _observed(library, outcome):
                _try(outcome, function, given, named)
        else:
            _try(outcome, away.call, (), {})
            given, named = away.args, away.kwargs
            if library and f"{away.borrowed}.".startswith(f"{library}."):
                outcome.borrowed = away.borrowed
    outcome.printed = paper.getvalue()
    if given is not args:
        outcome.changed = told_difference(list(given), list(args))
    if outcome.changed is None and named is not kwargs:
        outcome.changed = told_difference(dict(named), dict(kwargs))
    return outcome


def _try(
    outcome: Outcome,
    function: Callable[..., object],
    args: Sequence[object],
    kwargs: Mapping[str, object],
) -> None:
    __tracebackhide__ = True
    try:
        outcome.value = function(*args, **kwargs)
    except NotImplementedError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001, a learner's code raises anything
        outcome.error = error


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


class _heard:  # noqa: N801 - reads as a word of the language
    """Keeps what is printed while a function runs.

    Standard error goes where standard output goes: nbgrader gives a check no
    points once anything, even a mere warning, stands on standard error.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    def __enter__(self) -> _Paper:
        self._before = sys.stdout, sys.stderr
        paper = _Paper(None if self._quiet else sys.stdout)
        sys.stdout = sys.stderr = paper
        return paper

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self._before


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
