"""What a cell's output tells a page: facts beside the HTML, typed and versioned.

An object that a cell shows gives its HTML, which is whole by itself, and under `TYPE`
what that HTML is about: one JSON object with the agreement's ``version``, the ``kind`` of
thing it is, and the fields of that kind, no more and no fewer.  JupyterLab shows the HTML
and passes over the rest; a page reads the facts, and nothing back out of the HTML.

Two kinds are told here; a package adds its own to `KINDS`, as `studybook.facts` does with
the parts of a chapter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Literal, TypedDict, get_args, get_origin, get_type_hints, is_typeddict

TYPE = "application/vnd.course+json"
VERSION = 1


class Figure(TypedDict):
    """A live figure."""

    id: str
    module: str | None
    """Dotted name of the module that draws it; None if it is typed in the notebook."""


class Sheet(TypedDict):
    """A wide table or poster: a narrow window shows its head, and the rest on demand."""


KINDS: dict[str, type] = {"figure": Figure, "sheet": Sheet}


class CellError(ValueError):
    """Raised with what is wrong with a cell's facts, and the remedy."""


def bundle(kind: str, facts: Mapping[str, Any], html: str, text: str) -> dict[str, Any]:
    """Return what an object gives a cell to show.

    Parameters
    ----------
    kind
        A key of `KINDS`.
    facts
        The fields of that kind, as JSON holds them.
    html
        The thing itself, whole without a script.
    text
        The same in words.

    Raises
    ------
    CellError
        If the facts are not those of the kind.
    """
    told = {"version": VERSION, "kind": kind, **facts}
    read(told)
    return {"text/plain": text, "text/html": html, TYPE: told}


def read(told: object) -> dict[str, Any]:
    """Return the facts that a cell's output holds under `TYPE`, ``kind`` among them.

    Raises
    ------
    CellError
        If they are of another version, of no kind that is known, or lack a field.
    """
    if not isinstance(told, Mapping):
        raise CellError(f"the facts of a cell must be a JSON object, got {told!r}")
    version, kind = told.get("version"), told.get("kind")
    if version != VERSION:
        raise CellError(
            f"the facts of a cell are of version {version!r}, and this site reads {VERSION}: "
            "install the packages of one release, and run `make notebooks`"
        )
    if kind not in KINDS:
        raise CellError(
            f"a cell shows the kind {kind!r}, which is none of {', '.join(KINDS)}: "
            "correct it, or add it to `explorables.cells.KINDS` before the pages are read"
        )
    facts = {name: value for name, value in told.items() if name not in ("version", "kind")}
    problems = list(_problems(facts, KINDS[kind], ""))
    if problems:
        raise CellError(
            f"the facts of a cell of the kind {kind!r} do not fit: {'; '.join(problems)}: "
            "run `make notebooks`, or correct the object that the cell shows"
        )
    return {"kind": kind, **facts}


def _problems(value: object, wanted: Any, place: str) -> Iterator[str]:
    """Yield what keeps a value of JSON from being of a type, each with its place."""
    if is_typeddict(wanted):
        yield from _of_fields(value, get_type_hints(wanted), place)
    elif get_origin(wanted) is list:
        if not isinstance(value, list):
            yield f"`{place}` must be a list, got {value!r}"
            return
        for nth, item in enumerate(value):
            yield from _problems(item, get_args(wanted)[0], f"{place}[{nth}]")
    elif get_origin(wanted) is UnionType:
        # Unions here are of one type and None.
        if value is not None:
            yield from _problems(value, get_args(wanted)[0], place)
    elif get_origin(wanted) is Literal:
        if value not in get_args(wanted):
            yield f"`{place}` must be one of {', '.join(get_args(wanted))}, got {value!r}"
    elif isinstance(value, bool) is not (wanted is bool) or not isinstance(
        value, (int, float) if wanted is float else wanted
    ):
        yield f"`{place}` must be {_NAMED[wanted]}, got {value!r}"


_NAMED = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _of_fields(value: object, fields: Mapping[str, Any], place: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"`{place}` must be an object, got {value!r}"
        return
    before = f"{place}." if place else ""
    yield from (f"`{before}{name}` is missing" for name in fields if name not in value)
    yield from (f"`{before}{name}` is no field of it" for name in value if name not in fields)
    for name in fields:
        if name in value:
            yield from _problems(value[name], fields[name], before + name)
