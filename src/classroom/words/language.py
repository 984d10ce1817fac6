"""The words of the desk in the language of the edition.

A catalogue is a plain dict from the English text to its translation.  An
edition keeps it in ``locale/<language>.json`` beside this package's rooms (see
the author's guide); ``COURSE_LANGUAGE`` names the edition.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

_active: dict[str, str] = {}


def use(catalogue: Mapping[str, str]) -> None:
    """Translate with this catalogue from now on; an empty one means English.

    Parameters
    ----------
    catalogue
        English text to translation.  Texts that it lacks stay English.
    """
    _active.clear()
    _active.update(catalogue)


def load(code: str) -> None:
    """Use the words that the desk has in this language.

    Parameters
    ----------
    code
        The edition, such as ``fi``; a language without a catalogue stays English.
    """
    file = Path(__file__).parents[1] / "locale" / f"{code}.json"
    use(json.loads(file.read_text("utf-8"))["messages"] if file.is_file() else {})


def _(text: str) -> str:
    return _active.get(text, text)


if os.environ.get("COURSE_LANGUAGE", "en") != "en":
    load(os.environ["COURSE_LANGUAGE"])
