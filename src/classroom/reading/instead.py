"""What came instead of a notebook: a text is shown to its reader, anything else is named.

Names of files are left out, since students write their own into them; the place on disk
holds the student's id, so it is told only together with the name.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import nh3

from classroom.intake.attempts import TIMESTAMP
from classroom.intake.preflight import read_submission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from classroom.course import Course

TEXTS = {".txt", ".md", ".html", ".htm", ".csv", ".tsv", ".py", ".tex", ".json", ".rst", ".log"}
KINDS = {
    ".pdf": "a PDF",
    ".ipynb": "a notebook",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".svg"), "a picture"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages"), "a text document"),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), "a spreadsheet"),
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".gz"), "an archive"),
}
MOST_TEXTS = 5
MOST_CHARACTERS = 20_000
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_PARAGRAPH = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Instead:
    """One file that came instead of a notebook.

    Attributes
    ----------
    kind
        What it is, in words that tell nothing of its student.
    text
        What it says, as far as it is shown; ``None`` where it cannot be.
    characters
        How long its text is.
    place
        Where it lies.
    """

    kind: str
    text: str | None
    characters: int
    place: Path


def came_instead(
    course: Course, assignment: str, student: str, graded: Iterable[str]
) -> list[Instead]:
    """List what a student handed in beside the notebooks that could be graded.

    Parameters
    ----------
    graded
        The names, with suffix, of those notebooks. Files that were handed out are
        left out, too.
    """
    try:
        files = read_submission(course, student, assignment).files
    except OSError:
        return []
    folder = course.submitted(student, assignment)
    released = course.release(assignment)
    known = {TIMESTAMP, *graded}
    found: list[Instead] = []
    for name, content in sorted(files.items()):
        given = released / name
        if name in known or (given.is_file() and given.read_bytes() == content):
            continue
        suffix = PurePosixPath(name).suffix.lower()
        suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
        shown = sum(each.text is not None for each in found)
        text = _text(content, suffix) if shown < MOST_TEXTS and suffix in TEXTS else None
        kind = "a text" if suffix in TEXTS else KINDS.get(suffix, "a file")
        size = f"{max(1, round(len(content) / 1024))} KB" if content else "empty"
        told = f"{kind} ({suffix[1:]}, {size})" if suffix else f"{kind} ({size})"
        characters = len(text) if text else 0
        cut = text[:MOST_CHARACTERS] if text is not None else None
        found.append(Instead(told, cut, characters, folder / name))
    return found


def _text(content: bytes, suffix: str) -> str | None:
    """Return what a file says, or ``None`` if it is no text."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in content and not wide:
        return None
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if suffix in (".html", ".htm"):
        text = html.unescape(nh3.clean(_PARAGRAPH.sub("\n", text), tags=set()))
    return text.strip()


def as_html(files: Iterable[Instead], *, places: bool = False) -> str:
    """Return what came instead as harmless HTML for the reading page.

    Parameters
    ----------
    places
        Whether to say where it lies, which tells whose it is.
    """
    listed = list(files)
    if not listed:
        return ""
    parts = ["<h3>What came instead of the notebook</h3>"]
    parts.append(
        "<p>Its text may tell whose it is. <em>Show name</em> also tells where it lies.</p>"
    )
    for number, file in enumerate(listed, start=1):
        place = f": <code>{html.escape(str(file.place))}</code>" if places else ""
        parts.append(f"<p>{number}. {html.escape(file.kind)}{place}</p>")
        if file.text is not None:
            parts.append(f'<pre dir="auto">{html.escape(file.text)}</pre>')
            left = file.characters - len(file.text)
            if left:
                parts.append(f"<p>{left:,} more characters are not shown.</p>")
    return "".join(parts)
