"""What makes two gradings the same: one key, made in one place, for all who must know.

The journal asks it whether a submission would get the marks that it has, a
cluster's machine whether the worker that it keeps may serve once more, plain
nbgrader whether the audit is proved. Whatever can change a mark is in it,
besides the submission itself.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.grading.execute import Execute
from classroom.grading.worker import Conditions
from classroom.walls.jail import choose_walls

if TYPE_CHECKING:
    from traitlets.config import Config

    from classroom.course import Submission
    from classroom.plan import Plan

# Raise when the same submission would now get another mark.
ENGINE = "3"
# Sections of a course's configuration, by their beginning, that decide no mark: where things
# are, how they are handed out and back, how they look.
ELSEWHERE = (
    "Application",
    "CourseDirectory",
    "Exchange",
    "Export",
    "Formgrade",
    "Generate",
    "JupyterApp",
    "NbGrader",
    "ServerApp",
)
PACKAGES = ("nbgrader", "ipykernel", "ipython")


@dataclass(frozen=True, slots=True)
class GradingKey:
    """All that decides the marks of a submission, besides the submission.

    Attributes
    ----------
    plan
        Sum of the teacher's cells, files, settings and dates.
    conditions
        The walls, megabytes and seconds that hold, none left to be settled.
    engine
        Number of the desk's own way of marking.
    versions
        Name and version of what runs and scores a notebook, and of what the teacher's
        cells import; of a package that is worked on where it lies, a sum of its files.
    audit_proof
        Sum of the teacher's solutions, on which the audit is proved.
    """

    plan: str
    conditions: Conditions
    engine: str
    versions: tuple[tuple[str, str], ...]
    audit_proof: str

    @classmethod
    def of(cls, plan: Plan, asked: Conditions) -> GradingKey:
        """Make the key of a plan under the conditions asked for.

        Raises
        ------
        ClassroomError
            If the sandbox asked for cannot be had.
        """
        settings = {n: part for n, part in plan.config.items() if not n.startswith(ELSEWHERE)}
        decides = {
            part.name: getattr(plan, part.name)
            for part in fields(plan)
            if part.name not in ("config", "solutions")
        }
        running = ("python", ".".join(platform.python_version_tuple()[:2]))
        imported = sorted({name.partition(".")[0] for name in plan.imports} - plan.local_modules)
        return cls(
            plan=_sum({**decides, "settings": settings}),
            conditions=settled(asked, plan.config),
            engine=ENGINE,
            versions=(
                running,
                *((name, version(name)) for name in PACKAGES),
                *((name, which) for name in imported for which in _which(name)),
            ),
            audit_proof=_sum(plan.solutions),
        )

    def canonical(self) -> str:
        """Give the key as JSON: the same text in every process and on every machine."""
        return _written(self)

    @property
    def digest(self) -> str:
        """Sum of the whole key."""
        return _sum(self)

    def seal(self, submission: Submission) -> str:
        """Sum up a submission and the key, but for the conditions.

        The journal keeps those beside the seal: what was graded with more memory
        stays so graded until a run asks for another limit.
        """
        return _sum([submission.digest, replace(self, conditions=Conditions())])

    def asked(self, asked: Conditions) -> dict[str, Any]:
        """Give those of the conditions that a run asks for by itself, as they hold."""
        default = Conditions()
        return {
            part.name: getattr(self.conditions, part.name)
            for part in fields(asked)
            if getattr(asked, part.name) != getattr(default, part.name)
        }


def settled(asked: Conditions, config: Config) -> Conditions:
    """Fill in, from the course's configuration, what is not asked for.

    Raises
    ------
    ClassroomError
        If the sandbox asked for cannot be had.
    """
    own: Any = Execute(config=config)
    return Conditions(
        sandbox=choose_walls(own.sandbox if asked.sandbox == "auto" else asked.sandbox)[0],
        memory=own.memory if asked.memory is None else asked.memory,
        timeout=own.timeout if asked.timeout is None else asked.timeout,
    )


def _which(package: str) -> Iterator[str]:
    """Tell which package of this name is imported: nothing of Python's own ones."""
    if package in sys.stdlib_module_names:
        return
    spec = find_spec(package)
    if spec is None:
        yield "missing"
        return
    where = [Path(place) for place in spec.submodule_search_locations or []]
    places = [*where, Path(spec.origin or "")]
    if "site-packages" in places[0].parts:
        yield ", ".join(f"{name} {version(name)}" for name in _distributions(package))
        return
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder in where
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    if not where and spec.origin:
        files = {Path(spec.origin).name: Path(spec.origin).read_bytes()}
    yield _sum(files)


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, list[str]]:
    return packages_distributions()


def _distributions(package: str) -> list[str]:
    """Name what was installed under a package's name; it has the package's own, as a rule."""
    return sorted(set(_installed().get(package, [])))


def _sum(value: object) -> str:
    return hashlib.sha256(_written(value).encode("utf-8", "surrogatepass")).hexdigest()


def _written(value: object) -> str:
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:  # noqa: PLR0911 - one return a kind
    """Give a value as JSON has it, in one order, with nothing of this process in it."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=_written)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "to_dict"):  # what a configuration adds to a list that it does not know
        return _plain(value.to_dict())
    named = value if hasattr(value, "__qualname__") else type(value)
    return f"{named.__module__}.{named.__qualname__}"
