"""Nothing stale: executed notebooks are thrown away when what they import changes.

The cache of executed notebooks is keyed on the notebook alone.  A model, a
chapter's front matter or a table of data that changes would leave old outputs
on the page, so a fingerprint of all of these stands beside the cache.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

STAMP = "fingerprint.txt"
LOCK = "requirements.lock"
WATCHED = ("*.py", "*.csv", "*.json", "*.yml", "*.bib")


def fingerprint(folders: list[Path], files_too: Sequence[Path] = ()) -> str:
    """Return a digest of every watched file below `folders` and of `files_too`, if they are there.

    Parameters
    ----------
    folders : list of Path
        Looked through for files of the kinds that a notebook may read.
    files_too : sequence of Path
        Single files; one that is missing counts as such.
    """
    digest = hashlib.sha256()
    for file in files_too:
        digest.update(file.name.encode() + b"\0")
        digest.update(file.read_bytes() + b"\0" if file.is_file() else b"\0missing\0")
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
    # The packages, here and installed, the chapters and the bibliography, whose labels stand
    # in outputs; not the notebooks: the cache watches those itself.
    now = fingerprint(
        [source / app.config.studybook_code, source / app.config.studybook_chapters],
        [source / app.config.studybook_bibliography, source / LOCK],
    )
    cache = Path(app.config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    stamp = cache / STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == now:
        return []
    if stamp.is_file():
        logger.info(
            "studybook: code, front matter or bibliography changed; running the notebooks again"
        )
        shutil.rmtree(cache)
    cache.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now, "utf-8")
    return sorted(env.found_docs)


def setup(app: Sphinx) -> None:
    """Look before Sphinx decides what to read."""
    app.connect("env-get-outdated", drop_stale)
