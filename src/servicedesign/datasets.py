"""The course's data tables, each with its provenance.

Beside every ``data/NAME.csv`` stands ``data/NAME.json``, which says where the
table comes from, what its columns mean, what it may be used for, and the
checksum by which a changed cell is noticed.  The invented tables of the case
lie apart, in ``data/case/``, and so do its journeys and blueprints, which
`document` reads.
"""

import csv
import hashlib
import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

_PARSERS = {"integer": int, "number": float, "text": str}
_FOLDERS = ("", "case")


def names() -> list[str]:
    """Return the names of all tables, in alphabetical order.

    Returns
    -------
    list of str
        Names that `load` and `describe` take.
    """
    return sorted(
        entry.name.removesuffix(".csv")
        for folder in _FOLDERS
        for entry in _folder(folder).iterdir()
        if entry.name.endswith(".csv")
    )


def load(name: str) -> list[dict[str, Any]]:
    """Return a table as one dict a row, numbers as numbers.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    list of dict
        Column name to value; an empty cell is None.

    Raises
    ------
    ValueError
        If there is no such table, its columns are not those described, or its
        content is not the one its provenance vouches for.
    """
    about = describe(name)
    content = _home(name).joinpath(f"{name}.csv").read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != about["sha256"]:
        raise ValueError(
            f"data/{name}.csv has been changed: its checksum is {found}, but data/{name}.json "
            f"vouches for {about['sha256']}; restore the file or describe the new one"
        )
    kinds = {column["name"]: _PARSERS[column["type"]] for column in about["columns"]}
    reader = csv.DictReader(content.decode("utf-8").splitlines(), delimiter=about["delimiter"])
    if reader.fieldnames != list(kinds):
        raise ValueError(
            f"data/{name}.csv has the columns {reader.fieldnames}, "
            f"but data/{name}.json describes {list(kinds)}"
        )
    return [
        {column: kinds[column](cell) if cell else None for column, cell in row.items()}
        for row in reader
    ]


def describe(name: str) -> dict[str, Any]:
    """Return a table's provenance.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    dict
        ``title``, ``source``, ``licence``, ``real`` (False for invented data),
        ``shows``, ``cannot_show``, ``rows``, ``columns`` (each with ``name``,
        ``type``, ``unit`` and ``meaning``), ``delimiter`` and ``sha256``.

    Raises
    ------
    ValueError
        If there is no such table.
    """
    if name not in names():
        raise ValueError(f"name must be one of {', '.join(names())}, got {name!r}")
    about: dict[str, Any] = json.loads(
        _home(name).joinpath(f"{name}.json").read_text(encoding="utf-8")
    )
    return about


def document(name: str) -> dict[str, Any]:
    """Return a journey or a blueprint of the case.

    Parameters
    ----------
    name : str
        One of `documents`, such as "journey_samir_actual".

    Returns
    -------
    dict
        In the format that its key ``format`` names.

    Raises
    ------
    ValueError
        If there is no such document.
    """
    if name not in documents():
        raise ValueError(f"name must be one of {', '.join(documents())}, got {name!r}")
    content: dict[str, Any] = json.loads(
        _folder("case").joinpath(f"{name}.json").read_text(encoding="utf-8")
    )
    return content


def documents() -> list[str]:
    """Return the names of the case's journeys and blueprints, in alphabetical order."""
    files = {entry.name for entry in _folder("case").iterdir()}
    return sorted(
        file.removesuffix(".json")
        for file in files
        if file.endswith(".json") and file.replace(".json", ".csv") not in files
    )


def _home(name: str) -> Traversable:
    for folder in _FOLDERS:
        if _folder(folder).joinpath(f"{name}.csv").is_file():
            break
    return _folder(folder)


def _folder(folder: str) -> Traversable:
    return resources.files("servicedesign").joinpath("data", folder)
