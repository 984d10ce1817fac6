"""Where the words of another edition lie, and how they come into use.

A package that shows words keeps them in ``locale/<language>.json``: an object
with "messages" (translations by English text) and, where numbers are written
otherwise, "decimal" and "group".  It says so by an entry point of the group
``course.locale`` whose value is its name.  ``COURSE_LANGUAGE`` names the
edition; the build sets it, and the kernels it starts inherit it.
"""

from __future__ import annotations

import json
import os
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from explorables import language

VARIABLE = "COURSE_LANGUAGE"
GROUP = "course.locale"


def edition() -> str:
    """Return the code of the edition being read or built, such as ``en`` or ``fi``."""
    return os.environ.get(VARIABLE) or "en"


def read(code: str) -> dict[str, Any]:
    """Return what `language.use` takes, gathered from all packages that have this language.

    Raises
    ------
    ValueError
        If a catalogue is not an object with "messages", or cannot be read as JSON.
    """
    settings: dict[str, Any] = {"messages": {}}
    for package in sorted({each.value for each in entry_points(group=GROUP)}):
        spec = find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or []:
            file = Path(folder, "locale", f"{code}.json")
            if not file.is_file():
                continue
            try:
                found = json.loads(file.read_text("utf-8"))
                settings["messages"].update(found.pop("messages"))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(
                    f"{file} is no catalogue ({error}): make it anew with `make messages TO={code}`"
                ) from error
            settings.update(found)
    return settings


def load(code: str) -> None:
    """Use the words of this language from now on; a language without any stays English."""
    language.use(**read(code) if code != "en" else {"messages": {}})


if edition() != "en":
    load(edition())
