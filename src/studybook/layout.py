"""Where a course keeps its folders: told once, in `_config.yml`, to pages and to cells alike.

Sphinx reads the settings below from `_config.yml`.  A chapter's object, which is made
by a cell of a notebook, asks for the same file, so that a course may name its folders
as it likes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

CONFIG = "_config.yml"
# Paths from the course's root; pages without their ending.
PLACES = {
    "studybook_chapters": "book/chapters",
    "studybook_plan": "book/course.yml",
    "studybook_bibliography": "book/reference/references.bib",
    "studybook_glossary": "book/reference/glossary",
    "studybook_evidence": "book/reference/evidence",
    "studybook_inventory": "book/reference/inventory.yml",
    "studybook_sheets": "book/fieldwork/sheets",
    "studybook_protocol": "book/fieldwork/protocol",
    "studybook_privacy": "book/reference/privacy",
    "studybook_accessibility": "book/reference/accessibility",
    "studybook_exercises": "exercises",
    "studybook_code": "src",
}


@dataclass(frozen=True)
class Layout:
    """The folders of one course.

    Attributes
    ----------
    root
        The course's folder.
    places
        Settings of `PLACES` that differ from their default.
    """

    root: Path
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def around(cls, chapter: Path) -> Layout:
        """Return the layout of the course that a chapter's file belongs to.

        Parameters
        ----------
        chapter
            A file in the chapters' folder.

        Returns
        -------
        Layout
            From the nearest `_config.yml` above that has this folder for its chapters;
            without one, the defaults.
        """
        folder = chapter.resolve().parent
        for root in folder.parents:
            if (root / CONFIG).is_file():
                layout = cls(root, _settings(root / CONFIG))
                if layout.file("chapters") == folder:
                    return layout
        return cls(folder.parent.parent)

    def file(self, name: str) -> Path:
        """Return a place such as ``exercises`` or ``bibliography``."""
        setting = f"studybook_{name}"
        return self.root / self.places.get(setting, PLACES[setting])

    def link(self, name: str, ending: str = "") -> str:
        """Return the way from the chapters' folder to a place, as a link is written."""
        way = os.path.relpath(self.file(name), self.file("chapters"))
        return Path(way).as_posix() + ending


def _settings(file: Path) -> dict[str, str]:
    read: Any = yaml.safe_load(file.read_text("utf-8"))
    sphinx = (read if isinstance(read, dict) else {}).get("sphinx") or {}
    given = sphinx.get("config") or {}
    return {name: str(given[name]) for name in PLACES if name in given}
