"""The words studybook shows a learner, looked up in one plain catalogue.

A catalogue is a dict from the English string to its translation.  The build of
another edition sets `STUDYBOOK_LANGUAGE`; the kernels it starts inherit it and
read `locale/<language>.json` from this package.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

VARIABLE = "STUDYBOOK_LANGUAGE"

_catalogue: dict[str, str] = {}


def use(catalogue: dict[str, str]) -> None:
    """Show strings from `catalogue` from now on; an empty one means English."""
    _catalogue.clear()
    _catalogue.update(catalogue)


def edition() -> str:
    """Return the code of the edition being read or built, such as `en` or `fi`."""
    return os.environ.get(VARIABLE, "en")


def load(language: str, folder: Path | None = None) -> None:
    """Use the package's catalogue for `language`; a language without one stays English."""
    file = (folder or Path(__file__).with_name("locale")) / f"{language}.json"
    use(json.loads(file.read_text("utf-8")) if file.is_file() else {})


def _(text: str) -> str:
    """Return `text` in the language in use, or as it is when no translation exists."""
    return _catalogue.get(text, text)


load(edition())
