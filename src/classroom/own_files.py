"""Files of the desk's own in a course: read with a remedy, written whole or not at all."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from classroom.course import ClassroomError

if TYPE_CHECKING:
    from pathlib import Path


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
