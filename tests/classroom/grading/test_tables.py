"""A new gradebook is made as nbgrader makes it, without starting another program for it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest
from nbgrader import api

from classroom.nbgrader_internals import Gradebook, version_of_tables

PLAIN = "import sys; from nbgrader.api import Gradebook; Gradebook(sys.argv[1]).close()"


def tables(book: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(book)) as database:
        made = database.execute("select type, name, sql from sqlite_master order by name")
        return [*made.fetchall(), *database.execute("select * from alembic_version")]


def test_the_desk_s_new_gradebook_is_nbgrader_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = [sys.executable, "-c", PLAIN, f"sqlite:///{tmp_path / 'plain.db'}"]
    subprocess.run(plain, check=True)

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a program is started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    version_of_tables.cache_clear()
    Gradebook(f"sqlite:///{tmp_path / 'desk.db'}").close()
    assert tables(tmp_path / "desk.db") == tables(tmp_path / "plain.db")
    assert api.get_alembic_version is version_of_tables
