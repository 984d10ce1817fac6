"""What a hostile or broken submission is: how it is made, and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from .. import toy

FULL = sum(toy.POINTS.values())
MEAN = sum(points for name, points in toy.POINTS.items() if name.startswith("test_mean"))
WITHOUT_MEAN = FULL - MEAN

Build = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """One submission.

    Attributes
    ----------
    name
        What it does, in a few words joined by hyphens.
    family
        Its kind.
    build
        Fills the student's folder, which exists and is empty.
    deserved
        Points the work deserves, from 0 to ``FULL``.
    flag
        True: must be flagged. False: must not be. None: the deserved mark, or a
        flag and no point more than deserved.
    why
        A word that the flag's reason must hold, if given.
    absent, present
        Texts that must not, and must, be in the autograded notebook.
    """

    name: str
    family: str
    build: Build
    deserved: float
    flag: bool | None = None
    why: str = ""
    absent: tuple[str, ...] = ()
    present: tuple[str, ...] = ()


@dataclass
class Family:
    """Collects the cases of one kind."""

    name: str
    cases: list[Case] = field(default_factory=list)

    def add(self, name: str, build: Build, deserved: float, **more: object) -> None:
        """Add a case."""
        self.cases.append(Case(name, self.name, build, deserved, **more))  # type: ignore[arg-type]


def notebook(content: bytes) -> Build:
    """Return a builder of a submission whose notebook has just these bytes."""

    def build(folder: Path) -> None:
        (folder / f"{toy.NOTEBOOK}.ipynb").write_bytes(content)

    return build


def answers(**changed: str) -> Build:
    """Return a builder of right answers but for the cells given."""
    return notebook(toy.content(toy.filled(toy.RIGHT | changed)))


def right_then(source: str) -> Build:
    """Return a builder of right answers, the first followed by more code in its cell."""
    return answers(mean_wait=toy.RIGHT["mean_wait"] + "\n" + source)


def wrong_with(source: str) -> Build:
    """Return a builder of wrong answers, the first followed by code that should help them."""
    wrong = toy.WRONG | {"mean_wait": toy.WRONG["mean_wait"] + "\n" + source}
    return notebook(toy.content(toy.filled(wrong)))


def edited(edit: Callable[[NotebookNode], object], given: dict[str, str] | None = None) -> Build:
    """Return a builder of a filled notebook that was then changed."""

    def build(folder: Path) -> None:
        document = toy.filled(toy.RIGHT if given is None else given)
        edit(document)
        (folder / f"{toy.NOTEBOOK}.ipynb").write_bytes(toy.content(document))

    return build


def cell_of(document: NotebookNode, grade_id: str) -> NotebookNode:
    """Return a cell by its grade id."""
    return next(
        cell
        for cell in document.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )
