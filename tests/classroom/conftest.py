"""What many tests of the desk need."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom import nbgrader_internals  # noqa: F401  finds nbgrader's own programs


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that any user can read: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)
