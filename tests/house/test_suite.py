"""The test suite itself: what its speed stands on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

GROUPED = """
import os
import pathlib
import pytest

@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("number", range(8))
def test_something(number):
    pathlib.Path(f"by-{os.environ['PYTEST_XDIST_WORKER']}").touch()
"""


def test_tests_of_a_group_share_a_worker(tmp_path: Path) -> None:
    # Each group's class of students is graded once; ungrouped, every worker would grade it.
    (tmp_path / "test_grouped.py").write_text(GROUPED, encoding="utf-8")
    (tmp_path / "pytest.ini").touch()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "8 passed" in run.stdout, run.stdout + run.stderr
    assert len(list(tmp_path.glob("by-*"))) == 1
