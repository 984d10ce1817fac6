"""The exercises on the site: notebooks to download, and the page that opens them in the lab.

The lab itself is JupyterLite, built into the site beside the book.  This module
copies the release notebooks, makes a zip of them all, and renders the directive
``lab``: a list of exercises that is whole without a script, and the room in
which `static/lab.js` opens one of them.  The directive ``lab-privacy`` says where
a student's work stays and whether the lab fetches anything from elsewhere.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from studybook.language import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ALL = "all-exercises.zip"


def notebooks(folder: Path) -> list[Path]:
    """Return the release notebooks below ``folder``, in reading order."""
    return sorted(
        path
        for path in folder.glob("*/*.ipynb")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def wheel_of(package: str) -> str:
    """Return the file name of an installed package's pure wheel; "" for no package.

    Raises
    ------
    ExtensionError
        If the package is not installed where the site is built.
    """
    if not package:
        return ""
    try:
        return f"{package.replace('-', '_')}-{version(package)}-py3-none-any.whl"
    except PackageNotFoundError as error:
        raise ExtensionError(
            f"studybook_package names {package!r}, which is not installed here; "
            "install it, or take the setting out"
        ) from error


def words() -> dict[str, str]:
    """Return what the page says, by the moment at which it says it."""
    return {
        "fetching": _("1 of 3: fetching the lab …"),
        "opening": _("2 of 3: opening the notebook …"),
        "starting": _("3 of 3: starting Python in this page …"),
        "ready": _("Ready. Press Shift+Enter in a cell to run it."),
        "saved": _("Saved in this browser at {time}."),
        "unsaved": _("The last change is not saved."),
        "downloaded": _("{name} is in your downloads: this is the file to hand in."),
        "kept": _("kept"),
        "frame": _("Exercise notebook {name}"),
        "blocked": _(
            "This browser does not let the page keep your work (a private window often does not). "
            "You can do the exercises; download your notebook before you close the page."
        ),
        "full": _(
            "The browser's storage is full or blocked, so your last change could not be kept. "
            "Nothing else is lost: download your notebook now."
        ),
        "notKept": _(
            "The old copy could not be kept, so nothing was changed. "
            "Download your notebook, then try again."
        ),
        "missing": _(
            "This copy of the course was built without the lab. Download the notebook instead."
        ),
        "away": _(
            "The lab does not answer. Look at your connection, then load this page again; "
            "work that you did here before is kept."
        ),
        "file": _(
            "The lab needs a web address: it cannot run from a folder on disk. "
            "Open the course over http, or download the notebook."
        ),
    }


def page(
    entries: list[dict[str, str]],
    up: str,
    megabytes: int,
    wheel: str = "",
    folder: str = "exercises",
) -> str:
    """Return the lab page's HTML.

    Parameters
    ----------
    entries : list of dict
        ``notebook`` (path below the exercises), ``title``, ``chapter`` (its link, or "").
    up : str
        The way from the page to the site's root, such as ``../``.
    megabytes : int
        What the first visit fetches, as the page tells the student.
    wheel : str
        File name of the package that the notebooks import; "" if they need none.
    folder : str
        Where the exercises lie in the site.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("studybook"), autoescape=True, trim_blocks=True
    )
    environment.globals["_"] = _
    return environment.get_template("lab.html").render(
        entries=entries,
        up=up,
        folder=folder,
        archive=ALL,
        size=megabytes,
        wheel=wheel,
        words=words(),
    )


def copy_exercises(app: Sphinx, failure: Exception | None) -> None:
    """Put the release notebooks and a zip of them all into the built site."""
    if failure or app.builder.format != "html":
        return
    source = Path(app.srcdir) / app.config.studybook_exercises
    target = Path(app.outdir) / app.config.studybook_exercises
    shutil.rmtree(target, ignore_errors=True)
    found = notebooks(source)
    if not found:
        return
    target.mkdir(parents=True)
    with zipfile.ZipFile(target / ALL, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in found:
            name = path.relative_to(source).as_posix()
            (target / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target / name)
            # A fixed date: the same notebooks make the same zip.
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


class LabDirective(SphinxDirective):
    """List the exercises; with a script, open one of them here."""

    def run(self) -> list[nodes.Node]:
        """Return the page's HTML as one raw node."""
        up = "../" * self.env.docname.count("/")
        source = Path(self.env.srcdir) / self.config.studybook_exercises
        entries = []
        for path in notebooks(source):
            self.env.note_dependency(str(path))
            chapter = f"{self.config.studybook_chapters}/{path.parent.name}"
            entries.append(
                {
                    "notebook": path.relative_to(source).as_posix(),
                    "title": title_of(path),
                    "chapter": f"{up}{chapter}.html" if chapter in self.env.found_docs else "",
                }
            )
        wheel = wheel_of(self.config.studybook_package)
        folder = self.config.studybook_exercises
        html = page(entries, up, self.config.studybook_lab_megabytes, wheel, folder)
        return [nodes.raw("", html, format="html")]


class LabPrivacyDirective(SphinxDirective):
    """Say where a student's work stays, and what the lab fetches from elsewhere."""

    def run(self) -> list[nodes.Node]:
        """Return two paragraphs."""
        address = self.config.studybook_lab_binary_wheels
        kept = _(
            "The notebooks that you work on in the lab are kept in this browser's storage too, "
            "and never sent anywhere. The button below leaves them alone: to erase them, clear "
            "this site's data in your browser's settings."
        )
        paragraphs = [nodes.paragraph("", kept)]
        if address:
            told = nodes.paragraph(
                "",
                _(
                    "One thing can leave this site: if your own code imports matplotlib in the "
                    "lab, your browser fetches that program from the address below, whose owner "
                    "then sees your network address. No exercise needs it."
                ),
            )
            where = nodes.paragraph("", "", nodes.literal("", address), translatable=False)
            return [*paragraphs, told, where]
        off = _(
            "Matplotlib, which draws pictures, is left out of the lab: it needs program files that "
            "this site does not carry, and no exercise uses it. The owner of a site can offer it "
            "by giving an address for these files, and this paragraph would then name that address."
        )
        return [*paragraphs, nodes.paragraph("", off)]


def title_of(notebook: Path) -> str:
    """Return a notebook's first heading, or its file name when it has none."""
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            for line in "".join(cell["source"]).splitlines():
                if line.startswith("# "):
                    return line.removeprefix("# ").strip()
    return notebook.stem


def add_assets(
    app: Sphinx, _name: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give the lab's script and style to the lab's page alone."""
    if 'class="sb-lab"' in (context.get("body") or ""):
        app.add_js_file("lab.js", loading_method="defer")
        app.add_css_file("lab.css")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives and the copying of exercises."""
    app.add_config_value("studybook_lab_megabytes", 28, "env", int)
    app.add_config_value("studybook_lab_binary_wheels", "", "env", str)
    app.add_config_value("studybook_package", "", "env", str)
    app.add_directive("lab", LabDirective)
    app.add_directive("lab-privacy", LabPrivacyDirective)
    app.connect("html-page-context", add_assets)
    app.connect("build-finished", copy_exercises)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
