"""Explorables in a Sphinx site: the runtime and its sources, on the pages that need them.

Add ``explorables.sphinx_page`` to the extensions.  Notebooks that run during the
build then show the complete HTML of an explorable instead of a widget, and the
page gets the script, the style sheet and the Python that bring it to life.

Configuration
-------------
explorables_micropython
    Folder of the npm package ``@micropython/micropython-webassembly-pyscript``,
    from the configuration's folder; by default below ``node_modules``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from explorables import assets

NPM = "node_modules/@micropython/micropython-webassembly-pyscript"
_MODULE = re.compile(r'\sdata-module="([A-Za-z0-9_.]+)"')
_FIGURE = re.compile(r'<div class="xp" [^>]*\bdata-xp="([a-z0-9-]+)"[^>]*>')


def modules_in(body: str, resting: bool = True) -> list[str]:
    """Return the live modules of a page's explorables, each once, sorted.

    Without ``resting``, those alone that come to life by themselves.
    """
    starts = [match.group(0) for match in _FIGURE.finditer(body)]
    figures = "".join(start for start in starts if resting or " data-rest=" not in start)
    return sorted(set(_MODULE.findall(figures)))


def _add_to_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    body = context.get("body") or ""
    for figure in _FIGURE.finditer(body):
        if not _MODULE.search(figure.group(0)):
            raise ExtensionError(
                f"{pagename}: explorable {figure.group(1)!r} is drawn by a function typed in the "
                "notebook; move it to an importable module, so that the page can run it"
            )
    modules = modules_in(body)
    if modules and app.builder.format == "html" and app.builder.name != "epub":
        where = context["pathto"](f"_static/{assets.FOLDER}", 1)
        head = assets.head(modules, where, _micropython(app), first=modules_in(body, resting=False))
        context["metatags"] = context.get("metatags", "") + "\n" + head


def _micropython(app: Sphinx) -> Path:
    return Path(app.confdir, app.config.explorables_micropython)


def _write_assets(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html" or app.builder.name == "epub":
        return
    found: set[str] = set()
    # Read from the pages as written: pages kept from an earlier build count too.
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text("utf-8")
        if 'class="xp"' in text:
            found.update(modules_in(text))
    if found:
        folder = Path(app.outdir) / "_static" / assets.FOLDER
        assets.write(folder, sorted(found), _micropython(app))


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to a Sphinx build."""
    # Kernels that the build starts inherit this, and show HTML instead of widgets.
    os.environ["EXPLORABLES_STATIC"] = "1"
    app.add_config_value("explorables_micropython", NPM, "html", [str])
    app.connect("html-page-context", _add_to_page)
    app.connect("build-finished", _write_assets)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
