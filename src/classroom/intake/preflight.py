"""Read what a student handed in without trusting any of it.

Files are opened one by one without following links, bounded in number and size.
Notebooks are taken apart by hand rather than by a library that believes them:
what is wanted is only the text of each cell and the names that tie it to the
teacher's. Whatever is left out or repaired is said in a :class:`Flag`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.course import Course, Submission
from classroom.words.reasons import Code, Reason, because

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTEBOOK_BYTES = 32 << 20
FILE_BYTES = 32 << 20
TOTAL_BYTES = 64 << 20
FILES = 1000
DEPTH = 12
CELLS = 2000
CELL_CHARACTERS = 1 << 20
# What systems and editors lay beside the work: never part of it.
PASSED_OVER = re.compile(
    r"(?:\.ipynb_checkpoints|\.virtual_documents|__pycache__|\.git|__MACOSX|\.DS_Store|\.Trash.*"
    r"|\.idea|\.vscode|Thumbs\.db|desktop\.ini|\._.*|~\$.*|\.~.*)"
)
GRADED_IN_ROOM = ("code", "markdown", "raw")
_PICTURE = re.compile(
    r"!\[[^\]\n]{0,1000}\]\(data:image/[^)\s]*\)|<img\b[^<>]{0,1000}src=[\"']?data:image/[^<>]*>"
    r"|data:image/[\w+.-]+;base64,[A-Za-z0-9+/=]+"
)
# After any of these Python's splitlines, and so Jupyter, begins a new line.
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


class Unreadable(Exception):  # noqa: N818 - the student's fault, told in a flag
    """A file that cannot be taken for a notebook, and the reason why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code.value)
        self.reason = reason


@dataclass(slots=True)
class StudentCell:
    """What counts of a submitted cell."""

    kind: str
    source: str
    grade_id: str | None = None
    cell_id: str | None = None
    attachments: dict[str, Any] | None = None
    skipped: bool = False


@dataclass(slots=True)
class StudentNotebook:
    """A submitted notebook's cells, and what was odd about the file: put right, or for a person."""

    cells: list[StudentCell] = field(default_factory=list)
    remarks: list[Reason] = field(default_factory=list)
    doubts: list[Reason] = field(default_factory=list)
    lost: int = 0

    def remark(self, code: Code) -> None:
        """Note once what was put right."""
        remark = because(code)
        if remark not in self.remarks:
            self.remarks.append(remark)


def identities(folder: Path) -> frozenset[tuple[int, int]]:
    """Give device and inode of every file under a folder, to know its hard links by."""
    found = set()
    for path in folder.rglob("*"):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def read_submission(
    course: Course,
    student: str,
    assignment: str,
    secret: frozenset[tuple[int, int]] = frozenset(),
) -> Submission:
    """Read a submission folder.

    Links, pipes, devices and sockets are never opened; too much is left out;
    each with a flag.

    Parameters
    ----------
    secret
        The teacher's files (see :func:`identities`), not to be read under another name.

    Raises
    ------
    OSError
        If the folder itself is gone.
    """
    submission = Submission(student, assignment)
    folder = course.submitted(student, assignment)
    if stat.S_ISLNK(os.lstat(folder).st_mode):
        submission.bar("", because(Code.SUBMISSION_IS_LINK))
    elif not folder.is_dir():
        submission.bar("", because(Code.SUBMISSION_IS_FILE))
    else:
        _walk(folder, "", submission, 0, secret)
    seal = hashlib.sha256()
    for name in sorted(submission.files):
        seal.update(f"{name}\0{len(submission.files[name])}\0".encode("utf-8", "surrogateescape"))
        seal.update(submission.files[name])
    for path, why in submission.barred:
        seal.update(f"{path}\0{why}\0".encode("utf-8", "surrogateescape"))
    submission.digest = seal.hexdigest()
    stamp = submission.files.get("timestamp.txt", b"").decode("utf-8", "replace").strip()
    submission.timestamp = stamp or None
    return submission


def _walk(
    folder: Path,
    prefix: str,
    submission: Submission,
    depth: int,
    secret: frozenset[tuple[int, int]],
) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        told = because(Code.FOLDER_CLOSED, folder=prefix or ".", error=str(error))
        submission.bar(prefix, told)
        return
    for entry in entries:
        name = prefix + entry.name
        shown = name.encode("utf-8", "replace").decode()
        if PASSED_OVER.fullmatch(entry.name):
            continue
        if len(submission.files) >= FILES:
            submission.bar("", because(Code.MANY_FILES, most=FILES))
            return
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode):
            submission.bar(name, because(Code.IS_LINK, path=shown))
        elif stat.S_ISDIR(mode):
            if entry.name.endswith(".ipynb"):
                submission.bar(name, because(Code.IS_FOLDER, path=shown))
            elif depth >= DEPTH:
                submission.bar(name, because(Code.TOO_DEEP, path=shown))
            else:
                _walk(Path(entry.path), name + "/", submission, depth + 1, secret)
        elif stat.S_ISREG(mode):
            _take(entry, name, shown, submission, secret)
        else:
            submission.bar(name, because(Code.NOT_ORDINARY, path=shown))


def _take(
    entry: os.DirEntry[str],
    name: str,
    shown: str,
    submission: Submission,
    secret: frozenset[tuple[int, int]],
) -> None:
    bound = NOTEBOOK_BYTES if name.endswith(".ipynb") else FILE_BYTES
    taken = sum(len(content) for content in submission.files.values())
    bound = min(bound, TOTAL_BYTES - taken)
    try:
        handle = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        told = because(Code.FILE_CLOSED, path=shown, error=str(error.strerror))
        submission.bar(name, told)
        return
    with os.fdopen(handle, "rb") as file:
        # Looked at again: the name may stand for something else by now.
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            submission.bar(name, because(Code.NOT_ORDINARY, path=shown))
            return
        if (status.st_dev, status.st_ino) in secret:
            submission.bar(name, because(Code.FILE_OF_TEACHER, path=shown))
            return
        content = file.read(bound + 1)
    if len(content) > bound:
        alone = NOTEBOOK_BYTES if name.endswith(".ipynb") else FILE_BYTES
        code = Code.TOO_LARGE if bound == alone else Code.TOO_LARGE_TOGETHER
        most = (alone if bound == alone else TOTAL_BYTES) >> 20
        submission.bar(name, because(code, path=shown, megabytes=most))
        return
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        submission.bar(shown, because(Code.NAME_IS_NO_TEXT, name=shown))
        return
    submission.files[name] = content


def read_notebook(content: bytes) -> StudentNotebook:
    """Take a notebook file apart.

    Raises
    ------
    Unreadable
        If it is none.
    """
    notebook = StudentNotebook()
    text = _decode(content, notebook)
    try:
        document = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, notebook))
    except RecursionError:
        raise Unreadable(because(Code.NESTED)) from None
    except ValueError as error:
        raise Unreadable(_why_not_json(text, error)) from None
    if not isinstance(document, dict):
        raise Unreadable(because(Code.OTHER_JSON))
    raw = document.get("cells")
    version = document.get("nbformat")
    if raw is None and isinstance(document.get("worksheets"), list):
        notebook.remark(Code.OLD_FORMAT)
        sheets = [sheet for sheet in document["worksheets"] if isinstance(sheet, dict)]
        raw = [cell for sheet in sheets for cell in sheet.get("cells") or []]
    elif isinstance(version, int) and version > 4:
        notebook.remarks.append(because(Code.NEWER_FORMAT, version=version))
    if not isinstance(raw, list):
        raise Unreadable(because(Code.NO_CELLS))
    if len(raw) > CELLS:
        raise Unreadable(because(Code.MANY_CELLS, most=CELLS))
    for cell in raw:
        read = _read_cell(cell, notebook)
        if read is None:
            notebook.lost += 1
        else:
            notebook.cells.append(read)
    return notebook


def _decode(content: bytes, notebook: StudentNotebook) -> str:
    if not content.strip():
        raise Unreadable(because(Code.EMPTY))
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    for mark, encoding in marks.items():
        if content.startswith(mark):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable(because(Code.NOT_SO_ENCODED, encoding=encoding)) from None
            if encoding == "utf-16":
                notebook.remark(Code.READ_AS_UTF_16)
            return text
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" in content[:4096]:
            raise Unreadable(because(Code.NO_TEXT)) from None
        notebook.remark(Code.READ_AS_WINDOWS)
        return content.decode("cp1252", "replace")


def _why_not_json(text: str, error: ValueError) -> Reason:
    beginning = text.lstrip()[:200].lower()
    if beginning.startswith(("<!doctype", "<html")):
        return because(Code.WEB_PAGE)
    if re.search(r"^(<{7}|>{7}|={7})", text, re.MULTILINE):
        return because(Code.UNFINISHED_MERGE)
    if text.lstrip().startswith("{") and not text.rstrip().endswith("}"):
        return because(Code.BREAKS_OFF)
    return because(Code.NO_JSON, error=str(error))


def _object(pairs: list[tuple[str, Any]], notebook: StudentNotebook) -> dict[str, Any]:
    """Build an object of JSON; of what is there twice, readers may see one or the other."""
    built = dict(pairs)
    if len(built) < len(pairs) and ("cells" in built or "source" in built):
        doubt = because(Code.SAID_TWICE)
        if doubt not in notebook.doubts:
            notebook.doubts.append(doubt)
    return built


def _lines(value: list[Any], depth: int = 4) -> Iterator[str]:
    for part in value:
        if isinstance(part, str):
            yield part
        elif isinstance(part, list) and depth:
            yield from _lines(part, depth - 1)


def _text(value: Any, notebook: StudentNotebook) -> str | None:
    """Give the text of a cell, ``None`` if there is none to be had."""
    if isinstance(value, list):
        lines = list(_lines(value))
        if value and not lines:
            return None
        if len(lines) > 1 and not any(line[-1] in _LINE_ENDS for line in lines[:-1] if line):
            notebook.remark(Code.LINES_WITHOUT_ENDS)
            lines = [f"{line}\n" for line in lines[:-1]] + lines[-1:]
        value = "".join(lines)
    if not isinstance(value, str):
        return None
    if "\0" in value:
        notebook.remark(Code.NULL_CHARACTERS)
    # A lone half of a surrogate pair is valid JSON and no text: it cannot be written again.
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _cut(source: str, notebook: StudentNotebook) -> str:
    """Shorten a cell that is far too long: by its pictures, or else at its end."""
    without = _PICTURE.sub("(a picture of this text was left out)", source)
    if len(without) <= CELL_CHARACTERS:
        notebook.remark(Code.PICTURES_LEFT_OUT)
        return without
    notebook.doubts.append(because(Code.CELL_CUT, characters=len(source)))
    return source[:CELL_CHARACTERS]


def _read_cell(cell: Any, notebook: StudentNotebook) -> StudentCell | None:
    if not isinstance(cell, dict):
        return None
    kind = cell.get("cell_type")
    source = _text(cell.get("source", cell.get("input", "")), notebook)
    if source is None:
        return None
    if kind == "heading":
        level = cell.get("level")
        marks = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1)
        kind, source = "markdown", f"{marks} {source}"
    if kind not in GRADED_IN_ROOM:
        kind = "raw"
    if len(source) > CELL_CHARACTERS:
        source = _cut(source, notebook)
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    ours = metadata.get("nbgrader")
    grade_id = ours.get("grade_id") if isinstance(ours, dict) else None
    tags = metadata.get("tags")
    attachments = cell.get("attachments")
    identity = cell.get("id")
    return StudentCell(
        kind=kind,
        source=source,
        grade_id=grade_id if isinstance(grade_id, str) and grade_id else None,
        cell_id=identity if isinstance(identity, str) else None,
        attachments=attachments if isinstance(attachments, dict) and kind == "markdown" else None,
        skipped=isinstance(tags, list) and "skip-execution" in tags,
    )
