"""The tests' side, inside its own sandbox: run the given cells and the tests, and nothing else.

Names that the teacher's solution gives a value to are, from the place of that
cell on, what the learner's interpreter holds under them.  All other names are
those of the given cells, of the tests and of Python.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import types
from typing import TYPE_CHECKING, Any

from .protocol import Gone, Silent
from .stand_in import NOT_SHOWN, AnswersEndedError, CallTimeoutError, Crossing, StandIn, know

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

_HERE = os.path.dirname(__file__)  # noqa: PTH120
# Shorter words are not looked for in what is shown.
SHORTEST_WORDS = 3
# What a reply holds of the desk's own order, and whether it was done.
THE_DESKS = frozenset({"number", "status"})


class Tests:
    """The learner's names in the name space of the tests, and the line to the fork of the day.

    Parameters
    ----------
    names
        The name space in which given cells and tests run.
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        self.crossing: Crossing | None = None
        self._held: dict[str, Any] = {}
        self._functions: dict[str, StandIn] = {}
        self._slow: dict[str, int] = {}
        self._seen: tuple[str, ...] = ()
        self._visible: int | None = None
        self._was_hidden = False
        self._socket: socket.socket | None = None

    def begin(self, connection: socket.socket, seconds: float, watched: list[str]) -> bool:
        """Speak to another fork from now on, and read anew what was the learner's.

        Returns
        -------
        bool
            Whether that fork answers.
        """
        self.end()
        self._visible, self._was_hidden = None, False
        self._socket = connection
        until = time.monotonic() + seconds
        self.crossing = Crossing(
            connection, until, self._slow, self._is_hidden, tuple(watched), self._seen
        )
        self._instruct_checks()
        mine = [name for name, held in self._held.items() if self.names.get(name) is held]
        self._held = {}
        for name in mine:
            del self.names[name]
        return self.bind(mine)

    def bind(self, wanted: list[str]) -> bool:
        """Have these names stand for what the learner's interpreter holds under them."""
        if self.crossing is None:
            return False
        try:
            found = self.crossing.names(wanted, self._functions)
        except (CallTimeoutError, AnswersEndedError, Gone, Silent):
            return False
        for name in wanted:
            self.names.pop(name, None)
        self.names.update(found)
        self._held.update(found)
        return True

    def know(self, cells: dict[str, str]) -> None:
        """Learn the text of the learner's cells as it was handed in, by their numbers."""
        self._seen = tuple(cells.values())
        know({int(number): source for number, source in cells.items()})

    def show(self, visible: int | None, seconds: float, usual: float) -> None:
        """Say how many lines of the next cell anybody may see, and how long it may take.

        Parameters
        ----------
        visible
            Lines, from the first.
        seconds, usual
            After how long a call is given up at the latest, and how long one may take
            where the machine is not busy: then the desk interrupts it.
        """
        self._visible, self._was_hidden = visible, False
        self._instruct_checks()
        if self.crossing is not None:
            self.crossing.until = time.monotonic() + seconds
            self.crossing.usual = usual

    def _instruct_checks(self) -> None:
        """Say to `practice`, where it is used, what of an answer is shown and how one is called.

        A cell may have brought it in since.
        """
        values, watch = map(sys.modules.get, ("practice.values", "practice.watch"))
        if values is not None and self.crossing is not None:
            values.screen(self.crossing.screened)
        if watch is not None:
            watch.runs_away(StandIn, StandIn._ready)

    def end(self) -> str:
        """Close the line; say if and how its fork failed: ``timeout``, ``dead`` or nothing."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        over = self.crossing.over if self.crossing is not None else None
        self.crossing = None
        if isinstance(over, CallTimeoutError):
            return "timeout"
        return "dead" if over is not None else ""

    def _is_hidden(self) -> bool:
        """Whether a line runs that the learner has not seen, or has run in this cell before."""
        if self._visible is None or self._was_hidden:
            return self._was_hidden
        line = None
        if threading.current_thread() is threading.main_thread():
            frame: Any = sys._getframe()
            while frame is not None:
                if frame.f_globals is self.names and frame.f_locals is self.names:
                    line = frame.f_lineno
                    break
                frame = frame.f_back
        self._was_hidden = line is None or line > self._visible
        return self._was_hidden

    def clean(self, content: dict[str, Any]) -> dict[str, Any]:
        """Take out of what is shown the words of errors, and texts, that hidden parts met."""
        shown = (value for key, value in content.items() if key not in THE_DESKS)
        if self.crossing is None or not any(map(_is_long, shown)):
            return content
        said = self.crossing.hidden_words
        unsaid = self.crossing.unshown()
        return {key: _cleaned(value, said, unsaid) for key, value in content.items()}

    def seen_by(self, asked: Callable[..., Any]) -> Callable[..., Any]:
        """Have errors shown without the frames of the crossing."""

        def without_machinery(*arguments: Any, **named: Any) -> Any:
            kind, error, trace = asked(*arguments, **named)
            seen: set[int] = set()
            each = error
            while isinstance(each, BaseException) and id(each) not in seen:
                seen.add(id(each))
                each.__traceback__ = _cleared(each.__traceback__)
                each = each.__cause__ or each.__context__
            return kind, error, _cleared(trace)

        return without_machinery


def _cleared(trace: types.TracebackType | None) -> types.TracebackType | None:
    """Leave out of a traceback the frames of the crossing itself."""
    kept = []
    while trace is not None:
        if os.path.dirname(trace.tb_frame.f_code.co_filename) != _HERE:  # noqa: PTH120
            kept.append(trace)
        trace = trace.tb_next
    for entry in reversed(kept):
        trace = types.TracebackType(trace, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return trace


def _cleaned(value: Any, said: list[str], unsaid: list[tuple[str, str]]) -> Any:
    """Clean the texts of a message's content, and those of its lists and dicts."""
    if isinstance(value, str):
        return _without(f"{value}", said, unsaid)
    if isinstance(value, list):
        return [_cleaned(part, said, unsaid) for part in value]
    if isinstance(value, dict):
        return {key: _cleaned(part, said, unsaid) for key, part in value.items()}
    return value


def _is_long(value: Any) -> bool:
    if isinstance(value, list | dict):
        return any(map(_is_long, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and len(value) >= SHORTEST_WORDS


def _without(text: str, said: list[str], unsaid: list[tuple[str, str]]) -> str:
    for part, instead in unsaid:
        if part in text:
            text = text.replace(part, instead)
    for words in said:
        for part in (words, repr(words)[1:-1]):
            if len(part) >= SHORTEST_WORDS and part in text:
                text = text.replace(part, NOT_SHOWN)
    return text
