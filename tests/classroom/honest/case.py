"""What an odd but honest submission is: how it is made, and the mark that it deserves.

The mark stands beside each case before anything is graded.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import toy
from ..hostile.case import FULL, Build


@dataclass(frozen=True)
class Case:
    """One submission to the toy course.

    Attributes
    ----------
    name
        What is odd about it, in a few words joined by hyphens.
    family
        Its kind.
    build
        Fills the student's folder, which exists and is empty.
    deserved
        Points of the tests that the work deserves, from 0 to ``FULL``.
    look
        Whether a person is asked to look; ``None`` if either is fair.
    told
        Words of a flag that the teacher must read, "" for none in particular.
    present, absent
        Texts that must, and must not, be in the autograded notebook.
    """

    name: str
    family: str
    build: Build
    deserved: float = FULL
    look: bool | None = False
    told: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def student(self) -> str:
        """The student's id."""
        return f"{self.family}-{self.name}".replace(" ", "-")


@dataclass
class Family:
    """Collects the cases of one kind."""

    name: str
    cases: list[Case] = field(default_factory=list)

    def add(self, name: str, build: Build, **more: object) -> None:
        """Add a case."""
        self.cases.append(Case(name, self.name, build, **more))  # type: ignore[arg-type]


def first_in(function: str, line: str) -> dict[str, str]:
    """Return the right answers, one function beginning with another line."""
    written = toy.RIGHT[function].strip("\n").split("\n")
    place = next(i for i, text in enumerate(written) if text.startswith("def ")) + 1
    return toy.RIGHT | {function: "\n".join([*written[:place], f"    {line}", *written[place:]])}
