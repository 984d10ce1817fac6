"""All artefacts of a learner as one document to show: python -m servicedesign.portfolio FOLDER.

    python -m servicedesign.portfolio exercises
    python -m servicedesign.portfolio exercises --pdf my.pdf --title "Lunch at our café"
    python -m servicedesign.portfolio exercises --check

What is missing or contradicts itself is listed in the document, and printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path

from explorables.language import _
from servicedesign import documents
from servicedesign.portfolio_page import LEVELS, page
from servicedesign.portfolio_rules import KINDS, Note, Part, lint_portfolio, notes_on, read_folder

__all__ = ["Portfolio", "lint_portfolio", "main"]

# What prints the PDF; the first one on the search path is taken.
BROWSERS = (
    "chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome",
    "microsoft-edge",
)  # fmt: skip
SECONDS = 120  # for a browser to print
KEPT_AS = "artefacts/portfolio.html"


class Portfolio:
    """The portfolio of a folder; a notebook cell shows it whole.

    Parameters
    ----------
    folder : str or Path
        The folder that holds the artefacts, or the one above, such as ``exercises``.
    title : str
        Its title; by default the service that the artefacts name.
    language : str
        The language of the artefacts' own words, "en" or "fi".

    Attributes
    ----------
    parts : list of Part
        What was found.
    notes : list of Note
        What is missing or does not fit.

    Raises
    ------
    DocumentError
        If the folder is not there.
    """

    def __init__(self, folder: str | Path = ".", title: str = "", language: str = "en") -> None:
        self.title, self.language = title, language
        self.parts: list[Part]
        self.notes: list[Note]
        self.parts, unread = read_folder(folder)
        self.notes = unread + notes_on(self.parts, unread)

    def html(self) -> str:
        """Return the whole document, which needs no other file."""
        return page(self.parts, self.notes, self.title, self.language)

    def told(self) -> list[str]:
        """Return what is missing or does not fit, the worst first, as the command prints it."""
        headings = {
            "error": _("to mend"),
            "conflict": _("does not fit"),
            "missing": _("missing"),
            "advice": _("advice"),
        }
        return [
            f"{headings[level]}: {note}"
            for level in LEVELS
            for note in self.notes
            if note.level == level
        ]

    def save(self, path: str | Path = KEPT_AS) -> None:
        """Write the document, and say what is open; a browser prints it, to paper or to a PDF.

        Parameters
        ----------
        path : str or Path
            Where to; beside the other artefacts of the notebook by default.

        Raises
        ------
        DocumentError
            If it cannot be written; says how to go on.
        """
        for line in self.told():
            print(line)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        documents.write(path, self.html())

    def _repr_html_(self) -> str:
        html = self.html()
        # A file to take along wherever the cell runs: in the browser's lab there is no folder.
        address = "data:text/html;base64," + b64encode(html.encode("utf-8")).decode("ascii")
        return (
            f'<p><a download="{Path(KEPT_AS).name}" href="{address}">'
            f"{escape(_('Save the portfolio as a file'))}</a>. "
            f"{escape(_('Open it in any browser to read it, or to print it to paper or PDF.'))}</p>"
            f'<iframe title="{escape(_("Portfolio"))}" style="width:100%;height:36rem;border:0" '
            f'srcdoc="{escape(html, quote=True)}"></iframe>'
        )

    def __repr__(self) -> str:
        kinds = {part.kind for part in self.parts}
        return _("Portfolio: {k} of {n} parts, {open} open.").format(
            k=len(kinds), n=len(KINDS), open=len(self.notes)
        )


def to_pdf(html: str, path: str | Path) -> None:
    """Print a document to a PDF file with a browser that is there.

    Raises
    ------
    DocumentError
        If there is no such browser, or it does not print; says how to do it by hand.
    """
    by_hand = _("Open the HTML file in any browser, and print it to a PDF from there.")
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        raise documents.DocumentError(
            _("no PDF: none of {names} is on this computer. {by_hand}").format(
                names=", ".join(BROWSERS), by_hand=by_hand
            )
        )
    target = Path(path).resolve()
    with tempfile.TemporaryDirectory() as folder:
        source, printed = Path(folder, "portfolio.html"), Path(folder, "portfolio.pdf")
        source.write_text(html, encoding="utf-8")
        command = [
            program, "--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", source.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # Chromium refuses its sandbox to root; the page is our own and runs no script.
            command.insert(1, "--no-sandbox")
        problem = ""
        try:
            subprocess.run(  # noqa: S603 - a fixed command on our own file
                command, capture_output=True, timeout=SECONDS, check=True
            )
            shutil.copyfile(printed, target)
        except subprocess.TimeoutExpired:
            problem = _("{program} did not print in {n} seconds").format(program=program, n=SECONDS)
        except subprocess.CalledProcessError as stopped:
            told = stopped.stderr.decode("utf-8", "replace").strip().splitlines()
            problem = _("{program} stopped: {reason}").format(
                program=program, reason=told[-1] if told else stopped.returncode
            )
        except OSError as stopped:
            problem = f"{path}: {stopped.strerror or stopped}"
    if problem:
        raise documents.DocumentError(
            _("no PDF: {problem}. {by_hand}").format(problem=problem, by_hand=by_hand)
        )
    print(_("written: {path}").format(path=path))


def _parser() -> argparse.ArgumentParser:
    kinds = "\n".join(
        f"  {title:<24} artefacts/{names[0]}.json, or “format”: “{form}”"
        for _kind, form, names, title, _made in KINDS
    )
    parser = argparse.ArgumentParser(
        prog="python -m servicedesign.portfolio",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=_(
            "Put all that you made in the course into one document to show a boss or an\n"
            "employer, and say what is missing and what does not fit.\n\n"
            "The parts, and how each is found:\n{kinds}"
        ).format(kinds=kinds),
        epilog=_(
            "Begin with:  python -m servicedesign.portfolio exercises\n"
            "That writes exercises/portfolio.html and prints what is open. Mend one line in the\n"
            "file that it names, run the command again, and the line is gone. Nothing that is\n"
            "missing is hidden: it stands on the first page.\n\n"
            "Exit status: 0 nothing is open but advice, 1 something is, 2 a folder or a file\n"
            "that cannot be read or written."
        ),
    )
    parser.add_argument(
        "folder", help=_("the folder with artefacts/, or the one above it, such as exercises")
    )
    parser.add_argument(
        "--html", metavar="FILE", help=_("where to write (default: portfolio.html in the folder)")
    )
    parser.add_argument("--pdf", metavar="FILE", help=_("print a PDF too, with Chromium or Chrome"))
    parser.add_argument("--check", action="store_true", help=_("only say what is open"))
    parser.add_argument("--title", default="", help=_("the title on the first page"))
    parser.add_argument(
        "--language", default="en", metavar="CODE", help=_("language of the parts (default en)")
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, 1 if something is open, or 2."""
    options = _parser().parse_args(arguments)
    return documents.run(lambda: _command(options))


def _command(options: argparse.Namespace) -> int:
    portfolio = Portfolio(options.folder, options.title, options.language)
    for line in portfolio.told():
        print(line)
    print(repr(portfolio))
    if not options.check:
        html = portfolio.html()
        documents.write(options.html or Path(options.folder, "portfolio.html"), html)
        if options.pdf:
            to_pdf(html, options.pdf)
    return 1 if any(note.level != "advice" for note in portfolio.notes) else 0


if __name__ == "__main__":
    sys.exit(main())
