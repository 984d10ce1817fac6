"""The site's scripts and style sheets without what only their authors need.

esbuild takes out comments and spaces and shortens the names inside functions, once
all files lie in their place; the sources stay as they are written.  Without Node or
esbuild the files stay whole; the pages do the same and weigh more.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError
from sphinx.util import logging

from studybook.purge import LAST

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)
# Small already: what its makers have minified, and Python and WebAssembly in a script's coat.
SKIPPED = ("*.min.js", "*.wasm.js", "scripts/*", "vendor/*", "explorables/core.js", "*.live.*.js")
SETTINGS = ("--minify", "--allow-overwrite", "--charset=utf8", "--log-level=error", "--outbase=.")


def texts(static: Path) -> list[str]:
    """Return what there is to minify in a site's `_static`, as paths from there, sorted."""
    files = [
        path.relative_to(static) for kind in ("js", "css") for path in static.rglob(f"*.{kind}")
    ]
    return sorted(
        file.as_posix() for file in files if not any(file.match(each) for each in SKIPPED)
    )


def minify(app: Sphinx, exception: Exception | None) -> None:
    """Minify scripts and sheets at the end of an HTML build.

    Raises
    ------
    ExtensionError
        If esbuild stops; the text is what it wrote.
    """
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    node = shutil.which("node")
    program = Path(app.srcdir, app.config.studybook_esbuild).resolve()
    files = texts(static)
    if node is None or not program.is_file() or not files:
        LOGGER.info("scripts stay whole: no Node, or no esbuild at %s", program)
        return
    command = [node, str(program), *files, *SETTINGS, "--outdir=."]
    done = subprocess.run(command, cwd=static, capture_output=True, text=True, check=False)  # noqa: S603 - our own words only
    if done.returncode:
        raise ExtensionError(f"esbuild could not minify the scripts: {done.stderr.strip()}")


def setup(app: Sphinx) -> None:
    """Connect it to the end of the build, after the style sheets are cut."""
    app.add_config_value("studybook_esbuild", "node_modules/esbuild/bin/esbuild", "html", str)
    app.connect("build-finished", minify, priority=LAST + 10)
