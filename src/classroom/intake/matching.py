"""Which of the assignment's notebooks is this file? Told by its cells, then by its name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from classroom.course import Course

# How browsers and file managers name a second copy.
COPY_MARK = re.compile(
    r"[ _-]*\(\d+\)$|[ _-]+(?:copy|kopio|kopia|copy\d+|final|v\d+|\d{1,3})$"
    r"|^(?:copy of|kopio|kopia)[ _-]+",
    re.IGNORECASE,
)
ENOUGH = 0.5
ALMOST_NONE = 0.2


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what a notebook is recognised: nbgrader's grade ids and the format's cell ids."""

    grade_ids: frozenset[str]
    cell_ids: frozenset[str]

    @classmethod
    def of(cls, content: bytes) -> Fingerprint | None:
        """Return the fingerprint of a notebook's bytes, or None if they are no notebook."""
        try:
            document = json.loads(content.decode("utf-8-sig"))
            cells = document["cells"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        grade_ids, cell_ids = set(), set()
        for cell in cells if isinstance(cells, list) else []:
            if not isinstance(cell, dict):
                continue
            cell_ids.add(_text(cell.get("id")))
            metadata = cell.get("metadata")
            ours = metadata.get("nbgrader") if isinstance(metadata, dict) else None
            grade_ids.add(_text(ours.get("grade_id")) if isinstance(ours, dict) else "")
        return cls(frozenset(grade_ids - {""}), frozenset(cell_ids - {""}))

    def likeness(self, submitted: Fingerprint) -> float:
        """Return the share of this notebook's cells found in another, from 0 to 1."""
        shares = [
            len(mine & theirs) / len(mine)
            for mine, theirs in (
                (self.grade_ids, submitted.grade_ids),
                (self.cell_ids, submitted.cell_ids),
            )
            if mine
        ]
        return max(shares, default=0.0)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def fingerprints(folder: Path) -> dict[str, Fingerprint]:
    """Return the fingerprints of the notebooks in a folder, by name without suffix."""
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        fingerprint = Fingerprint.of(path.read_bytes())
        if fingerprint is not None:
            found[path.stem] = fingerprint
    return found


def known_notebooks(course: Course, assignment: str) -> dict[str, Fingerprint]:
    """Return the assignment's notebooks: as handed out, or as written if not yet released."""
    return fingerprints(course.release(assignment)) or fingerprints(course.source(assignment))


def without_copy_mark(stem: str) -> str:
    """Return a file's stem without what systems add to a second copy.

    >>> without_copy_mark("value (1)"), without_copy_mark("value-1")
    ('value', 'value')
    """
    while (shorter := COPY_MARK.sub("", stem).strip()) != stem:
        stem = shorter
    return stem


def match_notebook(
    name: str, content: bytes, known: dict[str, Fingerprint]
) -> tuple[str | None, str | None]:
    """Return the notebook a file is, and a message where its name did not say so.

    Parameters
    ----------
    name
        File name with suffix.
    content
        The file.
    known
        The assignment's notebooks by name.

    Returns
    -------
    tuple
        Name of the notebook without suffix, or None; message in words, or None.
    """
    stem = PurePosixPath(name).name.removesuffix(".ipynb")
    submitted = Fingerprint.of(content)
    likeness = {
        target: fingerprint.likeness(submitted) if submitted else 0.0
        for target, fingerprint in known.items()
    }
    best = max(likeness, key=lambda target: likeness[target], default=None)
    sure = (
        best is not None
        and likeness[best] >= ENOUGH
        and sum(value == likeness[best] for value in likeness.values()) == 1
    )
    if stem in known:
        if sure and best != stem and likeness[stem] < ALMOST_NONE:
            return best, f"{name} holds the cells of {best}.ipynb and is taken as that"
        return stem, None
    if sure:
        return best, f"{name} is {best}.ipynb by its cells"
    for candidate in (without_copy_mark(stem), stem.strip()):
        by_name = [target for target in known if target.casefold() == candidate.casefold()]
        if by_name:
            return by_name[0], f"{name} is taken as {by_name[0]}.ipynb by its name alone"
    if len(known) == 1 and submitted is None:
        (only,) = known
        return only, f"{name} cannot be read as a notebook; taken as {only}.ipynb, the only one"
    return None, f"{name} is none of this assignment's notebooks, by its cells or by its name"
