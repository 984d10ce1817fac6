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
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from explorables import assets

NPM = "node_modules/@micropython/micropython-webassembly-pyscript"


class _Figures(HTMLParser):
    """Gathers the attributes of the explorables of a page, whose HTML may come from anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "div" and has.get("class") == "xp" and "data-xp" in has:
            self.found.append(has)


def figures_in(body: str) -> list[dict[str, str | None]]:
    """Return the attributes of each explorable in the HTML of a page, in order."""
    parser = _Figures()
    if "data-xp=" in body:  # most pages have none, and need no reading
        parser.feed(body)
        parser.close()
    return parser.found


def modules_in(body: str, resting: bool = True) -> list[str]:
    """Return the live modules of a page's explorables, each once, sorted.

    Without ``resting``, those alone that come to life by themselves.
    """
    shown = [each for each in figures_in(body) if resting or "data-rest" not in each]
    return sorted({each["data-module"] or "" for each in shown if "data-module" in each})


def _add_to_page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    body = context.get("body") or ""
    for figure in figures_in(body):
        if "data-module" not in figure:
            raise ExtensionError(
                f"{pagename}: explorable {figure['data-xp']!r} is drawn by a function typed in the "
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
        found.update(modules_in(page.read_text("utf-8")))
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
