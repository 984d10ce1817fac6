"""Open an archive that a stranger packed: within limits, inside one folder, no links.

The sizes an archive states about itself are claims.  Every member is therefore
read in pieces against a budget, and a member that breaks a rule is refused with
its reason while the others are read.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nbgrader.plugins import ExtractorPlugin

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1024 * 1024

#: Left behind by systems and editors, never part of somebody's work.
CLUTTER = re.compile(
    r"(?:^|/)(?:__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\.ipynb_checkpoints|__pycache__)(?:/|$)"
    r"|(?:^|/)\._[^/]*$|\.pyc$"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an archive is read.

    Attributes
    ----------
    file, total
        Bytes of one member and of all members of one archive, unpacked.
    members
        Number of members.
    ratio
        How many times larger than packed a member may become, past one megabyte.
    """

    file: int = 100 * MEGABYTE
    total: int = 4096 * MEGABYTE
    members: int = 100_000
    ratio: int = 200


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
    if "\0" in path or any(ord(c) < 32 for c in path):
        raise ValueError("its name holds control characters")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise ValueError("its path is absolute, so it would be written outside the course")
    parts = PurePosixPath(path).parts
    if ".." in parts:
        raise ValueError("its path climbs out of the folder with '..'")
    if any(len(part.encode()) > 200 for part in parts) or len(path) > 1000:
        raise ValueError("its name is longer than 200 bytes")
    return "/".join(parts)


def _time(info: zipfile.ZipInfo, zone: tzinfo | None) -> datetime | None:
    """Return a member's time: exact where the archive has it, else in the given zone."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x5455 and size >= 5 and extra[4] & 1:
            (seconds,) = struct.unpack_from("<i", extra, 5)
            return datetime.fromtimestamp(seconds, UTC)
        extra = extra[4 + size :]
    try:
        local = datetime(*info.date_time, tzinfo=zone)
    except ValueError:
        return None
    return local.astimezone(UTC) if info.date_time[0] > 1980 else None


def _refuse(info: zipfile.ZipInfo, limits: Limits) -> str | None:
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
    return None


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: int) -> bytes:
    with archive.open(info) as stream:
        content = stream.read(min(budget, info.file_size) + 1)
    if len(content) > budget:
        raise ValueError("the archive as a whole would unpack to too much (a zip bomb)")
    if len(content) > info.file_size:
        raise ValueError("it is larger than the archive says")
    return content


def read_zip(
    source: Path | Member, limits: Limits | None = None, zone: tzinfo | None = None
) -> Contents:
    """Read a zip archive without writing anything.

    Parameters
    ----------
    source
        The archive: a file, or a member of another archive.
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
    found = Contents()
    name = source.name if isinstance(source, Path) else source.path
    try:
        archive = zipfile.ZipFile(
            source if isinstance(source, Path) else io.BytesIO(source.content)
        )
    except (zipfile.BadZipFile, OSError) as error:
        raise ValueError(f"{name} is not a zip archive that can be read ({error})") from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > limits.members:
            raise ValueError(f"{name} has {len(infos)} members, more than {limits.members}")
        spent = 0
        for info in infos:
            if CLUTTER.search(info.filename.replace("\\", "/")):
                continue
            reason = _refuse(info, limits)
            try:
                inside = safe_path(info.filename)
                content = b"" if reason else _read(archive, info, limits.total - spent)
            except (
                ValueError,
                zipfile.BadZipFile,
                OSError,
                EOFError,
                NotImplementedError,
            ) as error:
                reason = reason or str(error)
            except Exception as error:  # noqa: BLE001  decompressors raise errors of their own
                reason = f"it is damaged ({error})"
            if reason:
                found.refusals.append(Refusal(info.filename, reason))
                continue
            spent += len(content)
            found.members.append(Member(inside, content, _time(info, zone)))
    return found


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield from _files(entry)
        else:
            yield entry


def read_folder(folder: Path, limits: Limits | None = None) -> Contents:
    """Read a folder of submissions; links, pipes and over-large files are refused.

    Parameters
    ----------
    folder
        The folder; it is only read.
    limits
        How much to read.
    """
    limits = limits or Limits()
    found = Contents()
    for entry in _files(folder):
        name = entry.relative_to(folder).as_posix()
        if CLUTTER.search(name):
            continue
        status = entry.lstat()
        if stat.S_ISLNK(status.st_mode):
            reason = "it is a link, and a link can point at any file of this machine"
        elif not stat.S_ISREG(status.st_mode):
            reason = "it is a pipe or a device, not a file"
        elif status.st_size > limits.file:
            reason = f"it has {status.st_size // MEGABYTE} MB"
        else:
            modified = datetime.fromtimestamp(status.st_mtime, UTC)
            found.members.append(Member(name, entry.read_bytes(), modified))
            continue
        found.refusals.append(Refusal(name, reason))
    return found


class SafeExtractor(ExtractorPlugin):
    """Extractor for ``nbgrader zip_collect`` that keeps to the rules of this module.

    Set ``ZipCollectApp.extractor_plugin = "classroom.archive.SafeExtractor"``.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack every zip of a folder into another, one folder an archive."""
        source, target = Path(archive_path), Path(extracted_path)
        outer = read_folder(source)
        for refusal in outer.refusals:
            self.log.warning("Refused %s: %s", refusal.path, refusal.reason)
        for member in outer.members:
            if not member.path.lower().endswith(".zip"):
                self._write(target / member.path, member.content)
                continue
            inner = read_zip(source / member.path)
            for refusal in inner.refusals:
                self.log.warning("Refused %s in %s: %s", refusal.path, member.path, refusal.reason)
            for file in inner.members:
                self._write(target / member.path[:-4] / file.path, file.content)

    def _write(self, path: Path, content: bytes) -> None:
        if path.exists() and not self.force:
            raise FileExistsError(f"{path} is there already; --force replaces it")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
