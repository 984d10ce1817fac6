"""The words of checks and hints in the learner's language.

A catalogue is a plain dict from the English text to its translation.  An
edition keeps it in ``locale/<language>.json`` of each package that shows words
(see the author's guide); ``COURSE_LANGUAGE`` names the edition.
"""

import json
import os
from collections.abc import Mapping
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

_active: dict[str, str] = {}


def use(catalogue: Mapping[str, str]) -> None:
    """Translate with this catalogue from now on; an empty one means English.

    Parameters
    ----------
    catalogue : dict of str to str
        English text to translation.  Texts that it lacks stay English.
    """
    _active.clear()
    _active.update(catalogue)


def load(code: str) -> None:
    """Use the words that the installed packages have in this language.

    Parameters
    ----------
    code : str
        The edition, such as ``fi``; a language without a catalogue stays English.
    """
    found: dict[str, str] = {}
    for package in sorted({each.value for each in entry_points(group="course.locale")}):
        spec = find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or []:
            file = Path(folder, "locale", f"{code}.json")
            if file.is_file():
                found |= json.loads(file.read_text("utf-8"))["messages"]
    use(found)


def _(text: str) -> str:
    return _active.get(text, text)


if os.environ.get("COURSE_LANGUAGE", "en") != "en":
    load(os.environ["COURSE_LANGUAGE"])
