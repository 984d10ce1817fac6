"""Which browser is driven: one that sees what the tests make, before one in a snap."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.browser import is_snap, program

ROOT = Path(__file__).parents[2]
# As Ubuntu's package of this name has it.
STARTS_A_SNAP = (
    "#!/bin/sh\nif ! [ -x /snap/bin/chromium ]; then exit 1; fi\nexec /snap/bin/chromium\n"
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A search path with nothing on it but what a test puts there."""
    place = tmp_path / "bin"
    place.mkdir()
    monkeypatch.setenv("PATH", str(place))
    return place


def put(place: Path, name: str, text: str = "#!/bin/sh\n") -> Path:
    (place / name).write_text(text, encoding="utf-8")
    (place / name).chmod(0o755)
    return place / name


def test_a_browser_in_a_snap_is_taken_last(path: Path) -> None:
    snap = put(path, "snap")
    (path / "chromium").symlink_to(snap)
    assert program() == str(path / "chromium")
    put(path, "chromium-browser", STARTS_A_SNAP)
    put(path, "microsoft-edge")
    assert program() == str(path / "microsoft-edge")
    assert {name: is_snap(str(path / name)) for name in ("chromium", "chromium-browser")} == {
        "chromium": True,
        "chromium-browser": True,
    }


def test_without_any_the_remedy_is_told(path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make system-packages"):
        program()
    assert list(path.iterdir()) == []


@pytest.mark.parametrize("snap", [True, False])
def test_what_tests_make_lies_where_the_browser_sees_it(
    tmp_path: Path, path: Path, snap: bool
) -> None:
    put(path, "chromium", STARTS_A_SNAP if snap else "#!/bin/sh\n")
    ask = (
        "import os, sys; sys.path.insert(0, '.'); from tests.conftest import pytest_configure;"
        "pytest_configure(); print(os.environ.get('PYTEST_DEBUG_TEMPROOT', 'as ever'))"
    )
    environment = {name: value for name, value in os.environ.items() if "TEMPROOT" not in name}
    done = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=environment | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == (str(ROOT / "_build" / "tests") if snap else "as ever")
