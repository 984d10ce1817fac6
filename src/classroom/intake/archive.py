"""Open an archive that a stranger packed: within limits, inside one folder, no links.

The sizes an archive states about itself are claims.  Every member is therefore
read against a budget, and a member that breaks a rule is refused with its reason
while the others are read.  Nothing is read before it is asked for, so that a class
takes no more memory than one of its students may.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MEGABYTE = 1024 * 1024

#: Left behind by systems and editors, never part of somebody's work.
CLUTTER = re.compile(
    r"(?:^|/)(?:__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\.ipynb_checkpoints|__pycache__"
    r"|\.virtual_documents|\.git)(?:/|$)|(?:^|/)\._[^/]*$|\.pyc$"
)

# File systems take 255 bytes for a name; some are left for what is added to it.
NAME_BYTES = 200
PATH_BYTES = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an archive or folder is read.

    Attributes
    ----------
    file, total
        Bytes of one member and of all members together, unpacked.
    members
        Number of members.
    ratio
        How many times larger than packed a member may become, past one megabyte.
    """

    file: int = 100 * MEGABYTE
    total: int = 4096 * MEGABYTE
    members: int = 100_000
    ratio: int = 200


#: What one student may hand in: as much as can be graded.
STUDENT = Limits(file=32 * MEGABYTE, total=64 * MEGABYTE, members=1000)


@dataclass(frozen=True, slots=True)
class Member:
    """A file read from an archive or a folder: path inside it, content, time of change."""

    path: str
    content: bytes
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read, and why, in words."""

    path: str
    reason: str


@dataclass(slots=True)
class Contents:
    """What an archive or folder held."""

    members: list[Member] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that is not read yet.

    Attributes
    ----------
    path
        Path inside the archive or folder, with forward slashes.
    size
        Bytes, as far as the archive says so.
    modified
        Time of change, if known.
    reason
        Why it is refused, in words; empty if it is not.
    read
        Gives the content, or raises ``ValueError`` if it has more bytes than asked for.
    """

    path: str
    size: int
    modified: datetime | None
    reason: str
    read: Callable[[int], bytes]


def safe_path(name: str) -> str:
    """Return a member's path with forward slashes.

    Parameters
    ----------
    name
        Path as the archive has it.

    Raises
    ------
    ValueError
        If the path leaves the folder it is unpacked into, or no file system would
        keep it as it is.
    """
    path = name.replace("\\", "/")
    if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in path):
        raise ValueError("its name holds control characters")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise ValueError("its path is absolute, so it would be written outside the course")
    parts = PurePosixPath(path).parts
    if ".." in parts:
        raise ValueError("its path climbs out of the folder with '..'")
    if not parts:
        raise ValueError("it has no name")
    return "/".join(parts)


def fitting_path(path: str) -> str:
    """Return a path whose names a file system takes, the endings kept.

    Parameters
    ----------
    path
        A path as :func:`safe_path` gives it.

    Raises
    ------
    ValueError
        If the path as a whole is longer than 1000 bytes.
    """
    fitted = "/".join(_fitting_name(part) for part in path.split("/"))
    if len(fitted.encode()) > PATH_BYTES:
        raise ValueError(f"its path is longer than {PATH_BYTES} bytes")
    return fitted


def _fitting_name(name: str) -> str:
    if len(name.encode()) <= NAME_BYTES:
        return name
    suffix = PurePosixPath(name).suffix
    suffix = suffix if len(suffix.encode()) <= 20 else ""
    stem = name.removesuffix(suffix).encode()[: NAME_BYTES - len(suffix.encode())]
    return stem.decode(errors="ignore") + suffix


def _time(info: zipfile.ZipInfo, zone: tzinfo | None) -> datetime | None:
    """Return a member's time: exact where the archive has it, else in the given zone."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x5455 and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            (seconds,) = struct.unpack_from("<i", extra, 5)
            return datetime.fromtimestamp(seconds, UTC)
        extra = extra[4 + size :]
    try:
        local = datetime(*info.date_time, tzinfo=zone)
    except ValueError:
        return None
    return local.astimezone(UTC) if info.date_time[0] > 1980 else None


def _refuse(info: zipfile.ZipInfo, limits: Limits) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "it is a link, and a link can point at any file of this machine"
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        return "it is a pipe or a device, not a file"
    if info.flag_bits & 0x1:
        return "it is locked with a password"
    if info.file_size > limits.file:
        return f"it would unpack to {info.file_size // MEGABYTE} MB"
    if info.file_size > max(MEGABYTE, info.compress_size * limits.ratio):
        return "it would unpack to far more than it takes packed (a zip bomb)"
    return ""


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(budget: int) -> bytes:
        try:
            with archive.open(info) as stream:
                content = stream.read(min(budget, info.file_size) + 1)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
            raise ValueError(str(error) or "it is damaged") from error
        # Decompressors raise errors of their own.
        except Exception as error:
            raise ValueError(f"it is damaged ({error})") from error
        if len(content) > budget:
            raise ValueError("all of it together would unpack to too much (a zip bomb)")
        if len(content) > info.file_size:
            raise ValueError("it is larger than the archive says")
        return content

    return read


def _directory_bytes(packed: bytes) -> int:
    """Return how long a zip says its list of members is; Python reads all of it at once."""
    at = packed.rfind(b"PK\x05\x06", max(0, len(packed) - 65557))
    return struct.unpack_from("<I", packed, at + 12)[0] if 0 <= at <= len(packed) - 22 else 0


def _entries_of_zip(
    archive: zipfile.ZipFile, limits: Limits, zone: tzinfo | None
) -> Iterator[Entry]:
    for info in archive.infolist():
        if info.is_dir() or CLUTTER.search(info.filename.replace("\\", "/")):
            continue
        path, reason = info.filename, _refuse(info, limits)
        try:
            path = safe_path(info.filename)
        except ValueError as error:
            reason = reason or str(error)
        yield Entry(path, info.file_size, _time(info, zone), reason, _reader(archive, info))


@contextmanager
def zip_entries(
    source: Path | Member, limits: Limits | None = None, zone: tzinfo | None = None
) -> Iterator[list[Entry]]:
    """List a zip archive; its entries can be read while it is open.

    Parameters
    ----------
    source
        A file, or a member of another archive.
    limits
        How much to read.
    zone
        Time zone of the archive's times, which carry none; the machine's if not given.

    Raises
    ------
    ValueError
        If it is not a zip archive, or has more members than the limit.
    """
    limits = limits or Limits()
    name = source.name if isinstance(source, Path) else source.path
    # A line of the list has 46 bytes, its name, and what is added to it.
    if isinstance(source, Member) and _directory_bytes(source.content) > limits.members * 1000:
        raise ValueError(f"{name} has more than {limits.members} members")
    try:
        archive = zipfile.ZipFile(
            source if isinstance(source, Path) else io.BytesIO(source.content)
        )
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
        raise ValueError(f"{name} is not a zip archive that can be read ({error})") from error
    with archive:
        count = sum(not info.is_dir() for info in archive.infolist())
        if count > limits.members:
            raise ValueError(f"{name} has {count} members, more than {limits.members}")
        yield list(_entries_of_zip(archive, limits, zone))


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield from _files(entry)
        else:
            yield entry


def folder_entries(folder: Path, limits: Limits | None = None) -> list[Entry]:
    """List a folder of submissions; links, pipes and over-large files are refused.

    Parameters
    ----------
    folder
        The folder; it is only read.
    limits
        How much to read.

    Raises
    ------
    ValueError
        If the folder holds more files than the limit.
    """
    limits = limits or Limits()
    entries = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if CLUTTER.search(name):
            continue
        status, reason = path.lstat(), ""
        if stat.S_ISLNK(status.st_mode):
            reason = "it is a link, and a link can point at any file of this machine"
        elif not stat.S_ISREG(status.st_mode):
            reason = "it is a pipe or a device, not a file"
        elif status.st_size > limits.file:
            reason = f"it has {status.st_size // MEGABYTE} MB"
        modified = datetime.fromtimestamp(status.st_mtime, UTC)
        entries.append(Entry(name, status.st_size, modified, reason, _file_reader(path)))
        if len(entries) > limits.members:
            raise ValueError(f"{folder} holds more than {limits.members} files")
    return entries


def _file_reader(path: Path) -> Callable[[int], bytes]:
    def read(budget: int) -> bytes:
        try:
            with path.open("rb") as stream:
                content = stream.read(budget + 1)
        except OSError as error:
            raise ValueError(f"it cannot be read ({error.strerror})") from error
        if len(content) > budget:
            raise ValueError("all of it together is too much")
        return content

    return read


def read_entries(entries: Iterable[Entry], total: int) -> Contents:
    """Read entries as far as a budget goes, notebooks first.

    Parameters
    ----------
    entries
        What to read; the order is kept in the result.
    total
        Bytes for all of them.
    """
    order = list(entries)
    read: dict[int, bytes | str] = {}
    spent = 0
    for index in sorted(range(len(order)), key=lambda at: not _is_notebook(order[at])):
        entry = order[index]
        try:
            read[index] = entry.reason or entry.read(total - spent)
        except ValueError as error:
            read[index] = str(error)
        spent += len(read[index]) if isinstance(read[index], bytes) else 0
    found = Contents()
    for index, entry in enumerate(order):
        content = read[index]
        if isinstance(content, bytes):
            found.members.append(Member(entry.path, content, entry.modified))
        else:
            found.refusals.append(Refusal(entry.path, content))
    return found


def _is_notebook(entry: Entry) -> bool:
    return entry.path.lower().endswith(".ipynb")


def read_zip(
    source: Path | Member, limits: Limits | None = None, zone: tzinfo | None = None
) -> Contents:
    """Read a zip archive without writing anything; see :func:`zip_entries`."""
    limits = limits or Limits()
    with zip_entries(source, limits, zone) as entries:
        return read_entries(entries, limits.total)


def read_folder(folder: Path, limits: Limits | None = None) -> Contents:
    """Read a folder of submissions; see :func:`folder_entries`."""
    limits = limits or Limits()
    return read_entries(folder_entries(folder, limits), limits.total)
