"""Root's home, which is closed to others, laid open to tests that hand work to another user."""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from classroom.walls.jail import interpreter, landlock_fault

ROOT = Path(__file__).parents[2]
NOBODY = 65534


def is_closed_to_others() -> bool:
    """Whether we are root, and hand submissions to a user who may not read the interpreter."""
    if os.getuid() != 0:
        return False
    folders = [Path(folder) for folder in interpreter().folders]
    on_the_way = {above for folder in folders for above in (folder, *folder.parents)}
    return not all(each.stat().st_mode & stat.S_IXOTH for each in on_the_way)


def no_landlock() -> str | None:
    """Why nothing can be graded behind Landlock here, if so."""
    closed = "root's home holds the interpreter" if is_closed_to_others() else None
    return landlock_fault() or closed


def unprivileged(code: str) -> str:
    """Run Python as a user who is not root; what it needs of root's home is laid open for it."""
    become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return _python(code, become)


def attacked_where_it_is_open(file: str, choose: str, into: Path, *words: str) -> int:
    """Run tests of a file as root with its home laid open; return how many passed.

    Parameters
    ----------
    file
        The module of tests.
    choose
        What pytest's ``-k`` is to choose.
    into
        A folder that others may enter.
    words
        More for pytest.

    Raises
    ------
    AssertionError
        If one of them failed.
    """
    said = _python(_pytest(file, choose, into, *words), [])
    assert "failed" not in said, said
    found = re.search(r"(\d+) passed", said)
    return int(found[1]) if found else 0


def attacked_by_another_user(file: str, choose: str, into: Path) -> int:
    """Run tests of a file as a user who is not root; see `attacked_where_it_is_open`."""
    said = unprivileged(_pytest(file, choose, into))
    assert "failed" not in said, said
    found = re.search(r"(\d+) passed", said)
    return int(found[1]) if found else 0


def _pytest(file: str, choose: str, into: Path, *words: str) -> str:
    more = ["-q", "-p", "no:cacheprovider", "-k", choose, f"--basetemp={into / 'own'}", *words]
    return (
        f"import os, pytest, sys\nos.chdir({str(ROOT)!r})\n"
        f"os.environ.pop('PYTEST_XDIST_WORKER', None)\n"
        f"sys.exit(pytest.main([{file!r}, *{more!r}]))"
    )


def _python(code: str, become: list[str]) -> str:
    command = [sys.executable, "-c", code]
    with tempfile.TemporaryDirectory() as folder:
        if os.getuid() == 0:
            opened = _opened_home(Path(folder))
            command = ["unshare", "--mount", "sh", "-c", opened, "sh", *become, *command]
        result = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr
    return result.stdout


def _opened_home(kept: Path) -> str:
    """Write the shell's lines that put an open folder, with the interpreter's, over root's home."""
    home = Path.home().resolve()
    asked = {ROOT, *map(Path, interpreter().folders)}
    # A folder brings what lies in it.
    needed = sorted(
        one for one in asked if one.is_relative_to(home) and not asked.intersection(one.parents)
    )
    places = [(str(kept / str(number)), str(folder)) for number, folder in enumerate(needed)]
    steps = [["mkdir", here] for here, _ in places]
    steps += [["mount", "--bind", there, here] for here, there in places]
    steps += [["mount", "-t", "tmpfs", "-o", "mode=755", "none", str(home)]] if places else []
    steps += [["mkdir", "-p", there] for _, there in places]
    steps += [["mount", "--bind", here, there] for here, there in places]
    return "\n".join(["set -e", *map(shlex.join, steps), 'exec "$@"'])
