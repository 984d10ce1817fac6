"""The theme's style sheets, cut to the rules that some page or script of this site can use.

PurgeCSS reads every page and script for words, and keeps each rule whose class,
id or element is among them: a class that a script sets counts as used.  Of the
variables those stay that some sheet of the site asks for.  Attributes that only a
script sets, and how sheets are read, stand in `purgecss.config.js`.  Without
Node or PurgeCSS the sheets stay whole; the pages look the same and weigh more.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)
SETTINGS = Path(__file__).with_name("purgecss.config.js")
CONTENT = ("**/*.html", "_static/**/*.js")
# The browser lab's files are no pages of the book, and the theme's own scripts, which name
# every part that Bootstrap has, run on none of them.
SKIPPED = ("lab/**", "**/node_modules/**", "_static/scripts/**", "_static/vendor/**")
# After the scripts and the icons are in their place (500).
LAST = 900


def restore(static: Path) -> list[Path]:
    """Lay the untouched sheets of the packages into a site's `_static`; return where.

    An incremental build finds sheets that an earlier one has cut, by other pages.
    The sheet of the theme below is written anew by `studybook.fonts` each time.
    """
    import myst_nb  # noqa: PLC0415 - needed at the end of a build only
    import sphinx_book_theme  # noqa: PLC0415

    theme = Path(sphinx_book_theme.__file__).parent / "theme/sphinx_book_theme/static"
    sources = {
        static / "styles/sphinx-book-theme.css": theme / "styles/sphinx-book-theme.css",
        **{
            sheet: Path(myst_nb.__file__).parent / "static/mystnb.css"
            for sheet in static.glob("mystnb.*.css")
        },
    }
    for sheet, source in sources.items():
        if sheet.is_file():
            shutil.copyfile(source, sheet)
    sheets = [static / "styles/pydata-sphinx-theme.css", *sources]
    return [sheet for sheet in sheets if sheet.is_file()]


def purge(app: Sphinx, exception: Exception | None) -> None:
    """Cut the sheets at the end of an HTML build.

    Raises
    ------
    ExtensionError
        If PurgeCSS stops; the text is what it wrote.
    """
    if exception is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    sheets = restore(site / "_static")
    node = shutil.which("node")
    program = Path(app.srcdir, app.config.studybook_purgecss).resolve()
    if node is None or not program.is_file() or not sheets:
        LOGGER.info("style sheets stay whole: no Node, or no PurgeCSS at %s", program)
        return
    # Names from the site's own folder: a bracket in its path would be a pattern.
    command = [node, str(program), "--config", str(SETTINGS), "--preserve-paths", "--output", "."]
    command += ["--css", *(sheet.relative_to(site).as_posix() for sheet in sheets)]
    command += ["--content", *CONTENT, "--skippedContentGlobs", *SKIPPED]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)  # noqa: S603 - our own words only
    if done.returncode:
        raise ExtensionError(f"PurgeCSS could not cut the style sheets: {done.stderr.strip()}")
    address(site, sheets)


def address(site: Path, sheets: list[Path]) -> None:
    """Give each sheet an address of its content: no reader keeps one cut for other pages."""
    names = {sheet.name: hashlib.sha256(sheet.read_bytes()).hexdigest()[:8] for sheet in sheets}
    link = re.compile(rf'({"|".join(map(re.escape, names))})(\?v=[0-9a-f]+)?(?=")')
    for page in site.rglob("*.html"):
        if page.relative_to(site).parts[0] != "lab":
            text = page.read_text("utf-8")
            linked = link.sub(lambda found: f"{found[1]}?v={names[found[1]]}", text)
            if linked != text:
                page.write_text(linked, "utf-8")


def setup(app: Sphinx) -> None:
    """Connect the cut to the end of the build."""
    app.add_config_value("studybook_purgecss", "node_modules/purgecss/bin/purgecss.js", "html", str)
    app.connect("build-finished", purge, priority=LAST)
