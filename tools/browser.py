"""Which browser the tests and the measurements drive: one that Playwright's Chromium driver knows.

The names are those of browsers.txt, the preferred first; set-up looks for them too.
"""

from __future__ import annotations

import shutil
from pathlib import Path

NAMES = Path(__file__).with_name("browsers.txt").read_text("utf-8").split()


def program() -> str:
    """Return the path of the first browser on the search path.

    Raises
    ------
    FileNotFoundError
        If there is none; the text says what to install.
    """
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    raise FileNotFoundError(
        f"no browser is on the search path under any of the names {', '.join(NAMES)}; "
        "run `make system-packages`, which installs one or says how"
    )
