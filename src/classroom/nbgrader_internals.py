"""Everything that leans on the insides of nbgrader, nbconvert or jsonschema, in one place.

Pinned and tested against nbgrader 0.9.6, nbconvert 7.17, nbclient 0.11 and
ipykernel 7.4. ``tests/classroom/grading/test_parity.py`` grades a mixed class with plain
nbgrader and with the desk and compares every row, so that a new version that
moves one of these joints is noticed before a class is graded with it.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

# nbgrader starts ``alembic`` by its bare name when it makes a gradebook; without
# this it fails wherever the environment is used by path and not activated.
_programs = str(Path(sys.executable).parent)
if _programs not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([_programs, os.environ.get("PATH", os.defpath)])

# jsonschema imports this optional checker of IRIs, which builds a grammar for
# more than a second at every start; notebooks have no IRIs to check, and
# jsonschema goes on without it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import jsonschema  # noqa: E402
from nbgrader import api, dbutil  # noqa: E402
from nbgrader.api import Gradebook  # noqa: E402
from nbgrader.apps.autogradeapp import AutogradeApp  # noqa: E402
from nbgrader.converters import Autograde  # noqa: E402
from nbgrader.converters import autograde as converter_module  # noqa: E402
from nbgrader.nbgraderformat import common as format_module  # noqa: E402
from nbgrader.preprocessors import (  # noqa: E402
    AssignLatePenalties,
    latesubmissions,
    overwritecells,
    overwritekernelspec,
    saveautogrades,
)
from traitlets.utils.importstring import import_item  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbgrader.coursedir import CourseDirectory

__all__ = [
    "Gradebook",
    "NotForTheDesk",
    "OneSubmission",
    "check_schemas_once",
    "converter_of",
    "instead_of_gradebook",
    "load_configuration",
    "version_of_tables",
    "within_a_conversion",
]


@cache
def version_of_tables() -> str:
    """Look up Alembic's name for the tables that nbgrader makes.

    nbgrader starts a program for it, which imports all of nbgrader again: several
    seconds of processor for each new gradebook.
    """
    from alembic.config import Config  # noqa: PLC0415 - only for new gradebooks
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", dbutil.ALEMBIC_DIR)
    head = ScriptDirectory.from_config(config).get_current_head()
    if head is None:
        raise LookupError(f"no version of nbgrader's tables in {dbutil.ALEMBIC_DIR}")
    return head


api.get_alembic_version = version_of_tables


def load_configuration(root: Path) -> tuple[CourseDirectory, Any]:
    """Read a course's configuration the way ``nbgrader autograde`` does.

    Returns
    -------
    tuple
        The ``CourseDirectory`` and the merged traitlets ``Config``.
    """
    app = AutogradeApp()
    here = os.getcwd()  # noqa: PTH109 - nbgrader reads the configuration of the current folder
    os.chdir(root)
    try:
        app.initialize(["--log-level=ERROR", f"--course-dir={root}"])
    finally:
        os.chdir(here)
    app.log.setLevel(logging.ERROR)
    return app.coursedir, app.config


_OPEN_GRADEBOOKS = (
    converter_module,
    overwritecells,
    overwritekernelspec,
    saveautogrades,
    latesubmissions,
)


@contextmanager
def instead_of_gradebook(gradebook: object) -> Iterator[None]:
    """Have nbgrader's converter and preprocessors open this one for their gradebook.

    Parameters
    ----------
    gradebook
        What answers all that they ask of a ``Gradebook``: a ``MemoryGradebook``.
    """
    saved = [module.Gradebook for module in _OPEN_GRADEBOOKS]
    for module in _OPEN_GRADEBOOKS:
        module.Gradebook = lambda *_a, **_k: gradebook
    try:
        yield
    finally:
        for module, theirs in zip(_OPEN_GRADEBOOKS, saved, strict=True):
            module.Gradebook = theirs


class _OnceCheckedSchema:
    """``jsonschema`` for nbgrader's metadata check, which else checks the schema per cell."""

    ValidationError = jsonschema.ValidationError

    def __init__(self) -> None:
        self._validators: dict[str, Any] = {}

    def validate(self, instance: Any, schema: dict[str, Any]) -> None:
        """Check one cell's metadata, with a validator made once."""
        key = repr(sorted(schema["properties"]))
        validator = self._validators.get(key)
        if validator is None:
            kind = jsonschema.validators.validator_for(schema)
            kind.check_schema(schema)
            validator = self._validators[key] = kind(schema)
        error = jsonschema.exceptions.best_match(validator.iter_errors(instance))
        if error is not None:
            raise error


def check_schemas_once() -> None:
    """Make nbgrader's metadata check fast; for worker processes."""
    format_module.jsonschema = _OnceCheckedSchema()


class NotForTheDesk:
    """Marks a preprocessor that does for plain nbgrader what the desk does by itself."""


def _loaded(preprocessors: list[Any]) -> list[Any]:
    """Import the preprocessors that a configuration gives by name."""
    return [import_item(p) if isinstance(p, str) else p for p in preprocessors]


def _is_kind(preprocessor: Any, kind: type) -> bool:
    return isinstance(preprocessor, type) and issubclass(preprocessor, kind)


def converter_of(preprocessor: Any) -> Autograde:
    """Give the converter that runs a preprocessor: the parent of its exporter."""
    converter = preprocessor.parent.parent
    if not isinstance(converter, Autograde):
        raise TypeError(f"not run by nbgrader's Autograde but by {type(converter).__name__}")
    return converter


@contextmanager
def within_a_conversion() -> Iterator[None]:
    """Let one conversion run inside another: nbgrader forgets the variable that it found set."""
    found = os.environ.pop("NBGRADER_EXECUTION", None)
    try:
        yield
    finally:
        if found is not None:
            os.environ["NBGRADER_EXECUTION"] = found


class OneSubmission(Autograde):
    """nbgrader's ``Autograde`` for one folder, with its traits, hooks and preprocessors.

    The base class finds its work by a glob over all students; here it is told.
    Late penalties need marks given by hand, which only the writer can see.
    """

    # Who has it graded; its preprocessors find them by ``converter_of``.
    led_by: Any = None

    def take(self, folder: str, notebooks: list[str]) -> None:
        """Set the one submission to grade."""
        self._folder, self._found = folder, notebooks
        for name in ("sanitize_preprocessors", "autograde_preprocessors"):
            kinds = [k for k in _loaded(getattr(self, name)) if not _is_kind(k, NotForTheDesk)]
            self.set_trait(name, kinds)
        preprocessors: list[Any] = self.autograde_preprocessors
        late = [p for p in preprocessors if _is_kind(p, AssignLatePenalties)]
        self.set_trait("autograde_preprocessors", [p for p in preprocessors if p not in late])

    def init_notebooks(self) -> None:
        """Give the base class what it would have found."""
        self.assignments = {self._folder: self._found}
        self.notebooks: list[str] = []


def late_penalty(converter: Autograde, book: Gradebook, notebook: Any, student: str) -> None:
    """Set a notebook's penalty for lateness as ``AssignLatePenalties`` would.

    That preprocessor needs the score with what was given by hand, so the writer
    asks its plug-in here, with the real gradebook. Nothing happens if the course
    took the preprocessor out.
    """
    kinds = _loaded(converter.autograde_preprocessors)
    kind = next((k for k in kinds if _is_kind(k, AssignLatePenalties)), None)
    if kind is None:
        return
    notebook.late_submission_penalty = None
    late = notebook.assignment.total_seconds_late
    if late <= 0:
        return
    preprocessor = kind(parent=converter)
    preprocessor.init_plugin()
    book.db.flush()
    book.db.refresh(notebook, ["score"])
    penalty = preprocessor.plugin_inst.late_submission_penalty(student, notebook.score, late)
    if penalty is not None:
        notebook.late_submission_penalty = preprocessor._check_late_penalty(notebook, penalty)
