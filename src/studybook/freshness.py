"""Nothing stale: executed notebooks are thrown away when what they import changes.

The cache of executed notebooks is keyed on the notebook alone.  A model, a
chapter's front matter or a table of data that changes would leave old outputs
on the page, so a fingerprint of all of these stands beside the cache.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

STAMP = "fingerprint.txt"
WATCHED = ("*.py", "*.csv", "*.json", "*.yml", "*.bib")


def fingerprint(folders: list[Path]) -> str:
    """Return a digest of every watched file below `folders`, by path and content."""
    digest = hashlib.sha256()
    for folder in folders:
        files = [file for pattern in WATCHED for file in folder.rglob(pattern)]
        for file in sorted(files):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def drop_stale(
    app: Sphinx,
    env: BuildEnvironment,
    _added: set[str],
    _changed: set[str],
    _removed: set[str],
) -> list[str]:
    """Forget executed notebooks if what they may import changed; then read every page again."""
    source = Path(app.srcdir)
    # The packages and the chapters, not the notebooks: the cache watches those itself.
    now = fingerprint([source / "src", source / app.config.studybook_chapters])
    cache = Path(app.config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    stamp = cache / STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == now:
        return []
    if stamp.is_file():
        logger.info("studybook: code or front matter changed; running the notebooks again")
        shutil.rmtree(cache)
    cache.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now, "utf-8")
    return sorted(env.found_docs)


def setup(app: Sphinx) -> None:
    """Look before Sphinx decides what to read."""
    app.connect("env-get-outdated", drop_stale)
