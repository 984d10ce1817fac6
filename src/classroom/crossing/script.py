"""What the tests' side runs of a notebook: the teacher's cells, and whose the names are."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Kind = Literal["given", "answer", "test"]


@dataclass(frozen=True, slots=True)
class Step:
    """One code cell of the teacher's notebook, as the tests' side sees it.

    Attributes
    ----------
    kind
        ``given`` runs there, of an ``answer`` the names are the learner's, a
        ``test`` is run and judged.
    grade_id
        nbgrader's name of the cell; empty where nbgrader does not know it.
    source
        What is run: of an answer, what its own solution imports.
    names
        Of an answer, the names to which the teacher's solution gives a value.
    visible
        Of a test, how many of its first lines the learner has seen.
    """

    kind: Kind
    grade_id: str = ""
    source: str = ""
    names: tuple[str, ...] = ()
    visible: int = 0


@dataclass(slots=True)
class Script:
    """The steps of one notebook, in the teacher's order.

    Attributes
    ----------
    alone
        Tests that need the learner's interpreter itself: the teacher's copy says so,
        or the teacher's own solution does not pass them from outside.
    watched
        Packages whose functions the answers are not to call.
    """

    steps: list[Step] = field(default_factory=list)
    alone: frozenset[str] = frozenset()
    watched: tuple[str, ...] = ()

    def stub(self, grade_id: str) -> str:
        """Give the part of a test that the learner has seen."""
        for step in self.steps:
            if step.grade_id == grade_id:
                return "\n".join(step.source.split("\n")[: step.visible])
        return ""


def _tree(source: str) -> ast.Module | None:
    # Lines for IPython alone are none of Python's; what stands around them is.
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n")]
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@lru_cache(maxsize=512)
def assigned_names(source: str) -> frozenset[str]:
    """List the names to which a cell gives a value at its top: by ``=``, ``def``, ``for`` ...

    What it imports is not among them.
    """
    tree = _tree(source)
    return frozenset() if tree is None else frozenset(_assigned(tree.body))


def _assigned(body: list[ast.stmt]) -> set[str]:
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for part in ("body", "orelse", "finalbody"):
            found |= _assigned(getattr(node, part, []))
        for handler in getattr(node, "handlers", []):
            found |= _assigned(handler.body)
        found |= {name.id for name in _targets(node)}
    return found


def _targets(node: ast.stmt) -> list[ast.Name]:
    return [
        name
        for name in ast.walk(node)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    ]


@lru_cache(maxsize=512)
def imports_of(source: str) -> str:
    """Give the import statements at the top of a cell, as a cell of their own."""
    tree = _tree(source)
    if tree is None:
        return ""
    kept = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n".join(ast.unparse(node) for node in kept)


@lru_cache(maxsize=512)
def names_read(source: str) -> frozenset[str] | None:
    """List all names that a cell mentions, ``None`` if it cannot be told."""
    tree = _tree(source)
    if tree is None:
        return None
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def watched_packages(sources: list[str]) -> tuple[str, ...]:
    """Find the packages that a given cell forbids to answers: ``begin(..., library="name")``."""
    found: dict[str, None] = {}
    for source in sources:
        tree = _tree(source)
        for node in ast.walk(tree) if tree is not None else ():
            if isinstance(node, ast.keyword) and node.arg == "library":
                value = node.value
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found[value.value] = None
    return tuple(found)


def lines_shared(source: str, stub: str) -> int:
    """Count the first lines that a test and what the learner saw of it have in common."""
    count = 0
    for mine, theirs in zip(source.split("\n"), stub.split("\n"), strict=False):
        if mine != theirs:
            break
        count += 1
    return len(source.split("\n")) if source.strip() == stub.strip() else count
