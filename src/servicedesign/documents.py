"""Reading and writing the course's JSON documents, from files and the command line."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from explorables.language import _
from servicedesign.linting import Document, Finding

# What a spreadsheet takes for a formula; numbers, and a lone dash, are none.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?|-")


def harmless_cell(text: str) -> str:
    """Return a text that a spreadsheet shows and does not calculate.

    >>> harmless_cell("=1+1"), harmless_cell("-0.5")
    ("'=1+1", '-0.5')
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def plain_cell(text: str) -> str:
    """Return a text as it was before :func:`harmless_cell`."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def table_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV, with a first line of columns; what a spreadsheet would run is harmless.

    A text that it would calculate has an apostrophe before it; :func:`plain_cell` takes
    it away.
    """
    lines = []
    for row in ({column: column for column in columns}, *rows):
        line = io.StringIO(newline="")
        # With this line end every line end inside a cell is quoted.
        writer = csv.DictWriter(line, columns, lineterminator="\r\n")
        writer.writerow(
            {
                key: harmless_cell(value) if isinstance(value, str) else value
                for key, value in row.items()
            }
        )
        lines.append(line.getvalue().removesuffix("\r\n"))
    return "\n".join(lines) + "\n"


class DocumentError(ValueError):
    """A file that is not a readable or a valid document; says what to do."""


def dumps(document: Document) -> str:
    """Return a document as the text of a file: two spaces, letters as they are."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def read_text(path: str | Path) -> str:
    """Return the text of a file.

    Raises
    ------
    DocumentError
        If the file cannot be read or is not UTF-8.
    """
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise DocumentError(
            _("{path}: {reason}. Check the name, or write a new file with --new.").format(
                path=path, reason=reason
            )
        ) from problem
    except UnicodeDecodeError as problem:
        raise DocumentError(
            _("{path}: not UTF-8 text. Save it from your editor as UTF-8.").format(path=path)
        ) from problem


def read(path: str | Path) -> Any:
    """Return what a JSON file holds, unchecked.

    Raises
    ------
    DocumentError
        If the file cannot be read or is not JSON; says where and what to do.
    """
    text = read_text(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise DocumentError(
            _(
                "{path}, line {line}, column {column}: not JSON here ({reason}). "
                "Look for a missing comma or quotation mark just before."
            ).format(path=path, line=problem.lineno, column=problem.colno, reason=problem.msg)
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise DocumentError(
            _("{path}: not JSON that can be read ({reason}).").format(path=path, reason=problem)
        ) from problem


def load(path: str | Path, lint: Callable[[Any], list[Finding]]) -> Document:
    """Return a document in which ``lint`` finds no error.

    Raises
    ------
    DocumentError
        If the file cannot be read, or with every error found.
    """
    document = read(path)
    errors = [finding for finding in lint(document) if finding.level == "error"]
    if errors:
        raise DocumentError("\n".join(f"{path}: {finding}" for finding in errors))
    loaded: Document = document
    return loaded


def report(path: str | Path, findings: Iterable[Finding]) -> bool:
    """Print findings, errors first; say whether there was no error."""
    ordered = sorted(findings, key=lambda finding: finding.level != "error")
    for finding in ordered:
        kind = _("error") if finding.level == "error" else _("advice")
        print(f"{kind}: {finding}")
    errors = sum(finding.level == "error" for finding in ordered)
    if errors:
        print(_("{path}: {n} to mend.").format(path=path, n=errors))
    else:
        print(_("{path}: no error.").format(path=path))
    return not errors


def write(path: str | Path, text: str, fresh: bool = False) -> None:
    """Write a file and say so.

    Raises
    ------
    DocumentError
        If the file cannot be written, or if ``fresh`` and it is there already.
    """
    try:
        with Path(path).open("x" if fresh else "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as problem:
        raise DocumentError(
            _("{path} is there already. Choose another name; nothing was overwritten.").format(
                path=path
            )
        ) from problem
    except OSError as problem:
        raise DocumentError(
            _("{path}: {reason}. Nothing was written.").format(
                path=path, reason=problem.strerror or problem
            )
        ) from problem
    print(_("written: {path}").format(path=path))


def run(command: Callable[[], int]) -> int:
    """Run a command line; a `DocumentError` becomes its message and status 2."""
    try:
        return command()
    except DocumentError as problem:
        print(problem, file=sys.stderr)
        return 2
