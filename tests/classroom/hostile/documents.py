"""Notebooks that are broken, odd, old, or edited where they must not be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, v4

from .. import toy
from .case import FULL, WITHOUT_MEAN, Family, cell_of, edited, notebook

broken = Family("broken or odd notebook")
cells = Family("cells changed")

RIGHT = toy.content(toy.filled(toy.RIGHT))


def wrong_points() -> float:
    """Return what toy.WRONG earns: max() refuses an empty list, and all of some are kept."""
    return float(toy.POINTS["test_mean_empty"] + toy.POINTS["test_kept_all"])


def as_json(change: Callable[[Any], Any]) -> bytes:
    document = json.loads(RIGHT)
    changed = change(document)
    return json.dumps(changed if isinstance(changed, dict) else document).encode()


def each_cell(change: Callable[[Any], Any], kind: str = "") -> bytes:
    def change_all(document: Any) -> None:
        for cell in document["cells"]:
            if kind in {"", cell["cell_type"]}:
                change(cell)

    return as_json(change_all)


def _old_minor(document: Any) -> None:
    document["nbformat_minor"] = 4
    for cell in document["cells"]:
        del cell["id"]


for name, content in {
    "empty-file": b"",
    "only-spaces": b"  \n\n  ",
    "truncated": RIGHT[: len(RIGHT) // 2],
    "a-python-file": toy.RIGHT["mean_wait"].encode(),
    "a-json-list": b"[1, 2, 3]",
    "a-json-number": b"12",
    "cells-are-null": as_json(lambda d: d | {"cells": None}),
    "cells-are-text": as_json(lambda d: d | {"cells": "none"}),
    "cells-are-numbers": as_json(lambda d: d | {"cells": [1, None, "x"]}),
    "noise": bytes(range(256)) * 400,
    "a-zip-by-another-name": b"PK\x03\x04" + bytes(400),
    "no-cells-of-the-assignment": as_json(lambda d: d | {"cells": []}),
    "sources-are-no-text": each_cell(lambda c: c.update(source={"a": 1})),
    "cells-twice-the-last-empty": RIGHT.rstrip().rstrip(b"}") + b',\n"cells": []}',
    "brackets-a-hundred-thousand-deep": b"[" * 100_000 + b"]" * 100_000,
}.items():
    broken.add(name, notebook(content), 0, flag=True)

for name, content in {
    "with-a-byte-order-mark": b"\xef\xbb\xbf" + RIGHT,
    "in-utf-16": RIGHT.decode().encode("utf-16"),
    "a-null-byte-in-the-text": RIGHT.replace(b"Three small", b"Three\0small", 1),
    "one-letter-in-latin-1": RIGHT.replace(b"Waiting", "Wäiting".encode("latin-1"), 1),
    "with-a-comma-too-many": RIGHT.rstrip().rstrip(b"}") + b',\n"metadata": {}}',
    "sources-as-lists-of-lines": each_cell(
        lambda c: c.update(source=c["source"].splitlines(keepends=True))
    ),
    "sources-as-lists-of-lists": each_cell(
        lambda c: c.update(source=[[line] for line in c["source"].splitlines(keepends=True)])
    ),
    "lines-without-ends": each_cell(lambda c: c.update(source=c["source"].splitlines())),
    "windows-ends-of-lines": each_cell(
        lambda c: c.update(source=c["source"].replace("\n", "\r\n"))
    ),
    "null-characters-in-the-code": each_cell(
        lambda c: c.update(source=["\0", *c["source"]]), "code"
    ),
    "halves-of-letters": each_cell(
        lambda c: c.update(
            attachments={"\ud800": {"\ud800": "\ud800"}}, source="\ud800" + c["source"]
        ),
        "markdown",
    ),
    "format-4-without-cell-ids": as_json(_old_minor),
    "future-minor-format": as_json(lambda d: d | {"nbformat_minor": 99}),
    "future-format": as_json(lambda d: d | {"nbformat": 5, "nbformat_minor": 0}),
    "no-notebook-metadata": as_json(lambda d: {k: v for k, v in d.items() if k != "metadata"}),
    "cell-without-metadata": as_json(lambda d: d["cells"][0].__delitem__("metadata")),
    "unknown-fields": as_json(lambda d: d | {"surprise": {"a": [1, {"b": None}]}}),
    "all-cell-ids-the-same": each_cell(lambda c: c.update(id="same")),
    "another-kernel": as_json(
        lambda d: d["metadata"].update(kernelspec={"name": "evil", "display_name": "x"})
    ),
    "widgets-of-another-world": as_json(lambda d: d["metadata"].update(widgets=[1])),
    "outputs-are-nonsense": each_cell(lambda c: c.update(outputs=[{"x": 1}, 3]), "code"),
    "execution-count-is-html": each_cell(
        lambda c: c.update(execution_count="<script>alert(1)</script>"), "code"
    ),
    "not-a-number-in-metadata": RIGHT.replace(b'"nbformat":', b'"x": NaN, "nbformat":', 1),
}.items():
    broken.add(name, notebook(content), FULL)


def _format_3(folder: Path) -> None:
    old = nbformat.convert(toy.filled(toy.RIGHT), 3)
    (folder / "queue.ipynb").write_text(nbformat.writes(old, version=3), encoding="utf-8")


broken.add("format-3", _format_3, FULL)
broken.add(
    "a-cell-of-40-megabytes",
    edited(lambda d: d.cells.append(v4.new_markdown_cell("x" * 40_000_000))),
    FULL,
)
broken.add(
    "five-thousand-cells",
    edited(lambda d: d.cells.extend(v4.new_markdown_cell(f"note {n}") for n in range(5000))),
    FULL,
)


def _without(document: NotebookNode, *grade_ids: str) -> None:
    document.cells = [
        cell
        for cell in document.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") not in grade_ids
    ]


def _twice(document: NotebookNode, grade_id: str) -> None:
    at = document.cells.index(cell_of(document, grade_id))
    document.cells.insert(at, nbformat.from_dict(json.loads(json.dumps(document.cells[at]))))


def _retype(document: NotebookNode, grade_id: str, kind: str) -> None:
    cell = cell_of(document, grade_id)
    cell.cell_type = kind
    if kind != "code":
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
        if kind == "markdown":
            cell.metadata.nbgrader["cell_type"] = "markdown"


def _swap(document: NotebookNode, one: str, other: str) -> None:
    first, second = cell_of(document, one), cell_of(document, other)
    first.metadata, second.metadata = second.metadata, first.metadata
    first.id, second.id = second.id, first.id


def _every_test(document: NotebookNode, change: Callable[[NotebookNode], object]) -> None:
    for name in toy.TESTS:
        change(cell_of(document, name))


def _strip(document: NotebookNode) -> None:
    for cell in document.cells:
        cell.metadata = NotebookNode()


def _split(document: NotebookNode) -> None:
    cell = cell_of(document, "promise_kept")
    at = document.cells.index(cell)
    lead = v4.new_code_cell("def is_kept(wait, promised):\n    return wait <= promised")
    cell.source = (
        "def promise_kept(minutes, promised):\n"
        "    return sum(is_kept(wait, promised) for wait in minutes) / len(minutes)"
    )
    document.cells.insert(at, lead)


for name, edit in {
    "test-deleted": lambda d: _without(d, "test_mean", "test_kept_hidden"),
    "all-tests-deleted": lambda d: _without(d, *toy.TESTS),
    "test-twice": lambda d: _twice(d, "test_kept"),
    "answer-twice": lambda d: _twice(d, "mean_wait"),
    "test-made-markdown": lambda d: _retype(d, "test_mean", "markdown"),
    "test-made-raw": lambda d: _retype(d, "test_kept", "raw"),
    "tests-in-another-order": lambda d: d.cells.reverse(),
    "two-tests-swapped": lambda d: _swap(d, "test_mean", "test_kept"),
    "points-raised": lambda d: _every_test(d, lambda c: c.metadata.nbgrader.update(points=1000)),
    "points-below-zero": lambda d: _every_test(d, lambda c: c.metadata.nbgrader.update(points=-5)),
    "tests-unlocked": lambda d: _every_test(d, lambda c: c.metadata.nbgrader.update(locked=False)),
    "tests-no-longer-graded": lambda d: _every_test(
        d, lambda c: c.metadata.nbgrader.update(grade=False)
    ),
    "schema-of-the-past": lambda d: _every_test(
        d, lambda c: c.metadata.nbgrader.update(schema_version=1)
    ),
    "schema-of-the-future": lambda d: _every_test(
        d, lambda c: c.metadata.nbgrader.update(schema_version=99)
    ),
    "all-metadata-removed": _strip,
    "helper-in-its-own-cell": _split,
    "notes-between-cells": lambda d: d.cells.insert(3, v4.new_markdown_cell("my notes")),
    "checksum-forged": lambda d: _every_test(d, lambda c: c.metadata.nbgrader.update(checksum="0")),
    "metadata-is-a-list": lambda d: cell_of(d, "test_kept").metadata.update(nbgrader=[1]),
    "grade-id-is-a-number": lambda d: cell_of(d, "test_kept").metadata.nbgrader.update(grade_id=7),
}.items():
    cells.add(name, edited(edit), FULL)


def _second(document: NotebookNode) -> None:
    again = nbformat.from_dict(json.loads(json.dumps(cell_of(document, "mean_wait"))))
    again.update(source="def mean_wait(minutes):\n    return 0", id="again")
    document.cells.append(again)


cells.add("another-answer-under-the-same-name", edited(_second), WITHOUT_MEAN, flag=True)
cells.add("answer-deleted", edited(lambda d: _without(d, "mean_wait")), WITHOUT_MEAN)
cells.add("answer-made-markdown", edited(lambda d: _retype(d, "mean_wait", "markdown")), FULL)
cells.add("answer-made-raw", edited(lambda d: _retype(d, "mean_wait", "raw")), FULL)
cells.add("answers-swapped", edited(lambda d: _swap(d, "mean_wait", "promise_kept")), FULL)

for name, change in {
    "tests-emptied": lambda d: _every_test(d, lambda c: c.update(source="")),
    "tests-always-true": lambda d: _every_test(d, lambda c: c.update(source="assert True")),
    "tests-tagged-to-be-skipped": lambda d: _every_test(
        d, lambda c: c.metadata.update(tags=["skip-execution", "nbval-skip", "raises-exception"])
    ),
    "tests-relabelled-as-answers": lambda d: _every_test(
        d, lambda c: c.metadata.nbgrader.update(solution=True, grade=False, locked=False)
    ),
    "tests-given-other-names": lambda d: _every_test(
        d, lambda c: c.metadata.nbgrader.update(grade_id="x" + c.metadata.nbgrader.grade_id)
    ),
    "tests-marked-as-tasks": lambda d: _every_test(
        d, lambda c: c.metadata.nbgrader.update(task=True)
    ),
    "tests-made-markdown": lambda d: [_retype(d, test, "markdown") for test in toy.TESTS],
    "allowed-to-raise": lambda d: d.metadata.update(
        {"execution": {"allow_errors": True}, "celltoolbar": "None"}
    ),
}.items():
    cells.add(name, edited(change, toy.WRONG), wrong_points())

FAMILIES = [broken, cells]
