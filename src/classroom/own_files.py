"""Files of the desk's own in a course: read with a remedy, written whole or not at all."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

from classroom.course import ClassroomError

# What a disk refuses with: how it is told, and what to do about it.
_FULL = "the disk is full", "make room there"
_CLOSED = "it may not be written", "give yourself the right to, or take another folder"
_REFUSALS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: ("your share of the disk is used up", "make room there"),
    errno.EROFS: _CLOSED,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
}
# SQLite's own words for the same; nbgrader hands them on in errors of other classes.
_SQLITE = {
    "database or disk is full": _FULL,
    "attempt to write a readonly database": _CLOSED,
    "database is locked": ("another program has it open", "end that program, such as formgrader"),
}


def refused_by_disk(error: BaseException) -> str | None:
    """Say in a line what a disk refused, and what to do; ``None`` for any other error."""
    told: BaseException | None = error
    met: set[int] = set()
    while told is not None and id(told) not in met:
        met.add(id(told))
        refusal, where = None, "gradebook"
        if isinstance(told, OSError):
            refusal, where = _REFUSALS.get(told.errno or 0), str(told.filename or Path.cwd())
        elif "sqlite3.OperationalError" in f"{type(told)} {told}":
            refusal = next((said for words, said in _SQLITE.items() if words in str(told)), None)
        if refusal is not None:
            what, todo = refusal
            return f"{where}: {what}; {todo}, and give the same command again"
        told = told.__cause__ or told.__context__
    return None


def read_json(path: Path, default: Any) -> Any:
    """Read a file of ours, or give the default where there is none.

    Raises
    ------
    ClassroomError
        If it cannot be read, with where and what to do.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return default
    except (OSError, ValueError) as error:
        raise ClassroomError(
            f"{path} cannot be read ({error}); put it right or move it away"
        ) from None


def write_json(path: Path, content: Any) -> None:
    """Write a file of ours so that a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
