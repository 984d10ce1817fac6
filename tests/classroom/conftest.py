"""What is asked for many times in a run is asked once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from nbgrader import api

from classroom import nbgrader_internals  # noqa: F401  finds nbgrader's own programs


@pytest.fixture(scope="session", autouse=True)
def _tables_have_one_version() -> Iterator[None]:
    """Ask Alembic once for the version of the tables, not at each new gradebook, for seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", cache(api.get_alembic_version))
        yield


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that any user can read: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)
