"""nbgrader's own log on the teacher's screen: what learners name writes no line of it.

nbgrader logs the names of files, folders and students as they are, and the words of
errors.  Such a name may hold the end of a line and a line that speaks of a classmate.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from traitlets.config import Application
from traitlets.log import get_logger

from classroom.terminal import WHOLE_LINE, one_line

# Who writes the names and words of learners into the log.
WRITERS = ("nbgrader", "nbconvert", "nbclient")
# A line that goes on is not mistaken for one that begins.
FURTHER = "\n    "


class LetterByLetter(logging.Filter):
    """Shows names on one line, with nothing hidden in them, and errors indented."""

    def __init__(self) -> None:
        super().__init__()
        found = [find_spec(name) for name in WRITERS]
        self._folders = tuple(str(Path(s.origin).parent) for s in found if s and s.origin)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite one record; none is left out."""
        if record.pathname.startswith(self._folders):
            if isinstance(record.args, tuple):
                record.args = tuple(map(_told, record.args))
            record.msg, record.args = _indented(record.getMessage()), ()
            if record.exc_info:
                trace = logging.Formatter().formatException(record.exc_info)
                record.exc_text = "    " + _indented(trace)
        return True


def _told(value: object) -> object:
    return value if isinstance(value, int | float) else one_line(str(value), WHOLE_LINE)


def _indented(text: str) -> str:
    return FURTHER.join(one_line(line, WHOLE_LINE) for line in text.split("\n"))


def keep_to_the_line() -> None:
    """Have the log of the program that runs here, such as ``nbgrader``, show names so."""
    logs: list[Any] = [get_logger()]
    if Application.initialized():
        # In JupyterLab the server's, which formgrader writes into.
        logs.append(Application.instance().log)
    for log in logs:
        if not any(isinstance(each, LetterByLetter) for each in log.filters):
            log.addFilter(LetterByLetter())
