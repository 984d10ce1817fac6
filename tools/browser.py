"""Which browser the tests and the measurements drive: one that Playwright's Chromium driver knows.

The names are those of browsers.txt, the preferred first; set-up looks for them too.
Ubuntu's own browsers are snaps, which see nothing of the machine's temporary folder: one of
another make is taken first, and where there is none, what it is to open lies where it looks.
"""

from __future__ import annotations

import shutil
from pathlib import Path

NAMES = Path(__file__).with_name("browsers.txt").read_text("utf-8").split()


def is_snap(browser: str) -> bool:
    """Say whether a browser is a snap, or a script that starts one."""
    path = Path(browser).resolve()
    if path.name == "snap" or path.parts[1] == "snap":
        return True
    try:
        with path.open("rb") as file:
            begin = file.read(4096)
    except OSError:  # a program need not be readable
        return False
    return begin.startswith(b"#!") and b"/snap/bin/" in begin


def program() -> str:
    """Return the path of the first browser on the search path, of those in a snap the last.

    Raises
    ------
    FileNotFoundError
        If there is none; the text says what to install.
    """
    found = [path for name in NAMES if (path := shutil.which(name)) is not None]
    for path in sorted(found, key=is_snap):
        return path
    raise FileNotFoundError(
        f"no browser is on the search path under any of the names {', '.join(NAMES)}; "
        "run `make system-packages`, which installs one or says how"
    )
