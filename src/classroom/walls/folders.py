"""Temporary folders that bear their owner's name, so that a dead one's can be swept.

A process that is killed removes nothing. What it leaves in the system's
temporary folder is removed when a grader next starts: a folder is named after
the process that made it and the moment at which that began, so a number that
the system has given out anew is not taken for the old owner.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess  # rm, on a folder of our own making
import tempfile
from pathlib import Path

_NAME = re.compile(r"classroom-[a-z]+-(?P<process>\d+)-(?P<began>\d+)-(?P<space>\d+)-\w+")


def _began(process: int) -> int | None:
    """Give the moment at which a process began, 0 where it cannot be told, ``None`` if it ended."""
    try:
        text = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return None
    except OSError:
        return 0
    else:
        state, *fields = text.rpartition(")")[2].split()
        return None if state in "ZX" else int(fields[18])
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    return 0


def _space() -> int:
    """Number the name space of processes: in another container the same number is another's."""
    try:
        return Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        return 0


def temporary_folder(purpose: str) -> Path:
    """Make a temporary folder that bears this process's name.

    Parameters
    ----------
    purpose
        A word of small letters.
    """
    process = os.getpid()
    prefix = f"classroom-{purpose}-{process}-{_began(process) or 0}-{_space()}-"
    return Path(tempfile.mkdtemp(prefix=prefix))


def remove(folder: Path) -> None:
    """Remove a folder with all that a submission made in it, as far as may be.

    Python's own way calls itself for each level, and a submission may make more
    levels than that has room for; and it does not open what was closed.
    """
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except (OSError, RecursionError):
        for words in (["rm", "-rf"], ["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            if folder.exists():
                subprocess.run([*words, "--", folder], capture_output=True, check=False)  # noqa: S603


def sweep() -> list[Path]:
    """Remove the temporary folders of graders that are dead; return which.

    A live process's are left, and so are those of other users and of processes
    in other containers that share this temporary folder.
    """
    swept = []
    for path in sorted(Path(tempfile.gettempdir()).glob("classroom-*")):
        name = _NAME.fullmatch(path.name)
        if name is None or path.is_symlink() or int(name["space"]) != _space():
            continue
        began = _began(int(name["process"]))
        try:
            ours = path.stat().st_uid == os.getuid()
        except OSError:  # another grader swept it
            continue
        alive = began is not None and began in (0, int(name["began"]))
        if ours and not alive:
            remove(path)
            swept.append(path)
    return swept
