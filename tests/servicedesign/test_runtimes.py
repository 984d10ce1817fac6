"""The models give the same numbers in the notebook and on the page.

The grid in ``both_runtimes.py`` is run by this Python and, in node, by the
MicroPython that the pages carry.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NUMBER = re.compile(r"(-?\d+)p(-?\d+)")


def run(*command: str) -> list[list[str]]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def results() -> list[tuple[list[str], list[str]]]:
    grid = str(HERE / "both_runtimes.py")
    here = run(sys.executable, grid)
    page = run("node", str(HERE / "micropython.mjs"), str(ROOT / "src"), grid)
    assert [line[:2] for line in page] == [line[:2] for line in here]
    return list(zip(here, page, strict=True))


def test_plain_arithmetic_agrees_to_the_last_bit(results) -> None:
    compared = [(h, p) for h, p in results if h[0] == "EXACT"]
    assert len(compared) > 500
    assert [(h[1], h[2], p[2]) for h, p in compared if h[2] != p[2]] == []


def test_what_passes_through_the_c_library_agrees_to_twelve_digits(results) -> None:
    compared = [(h, p) for h, p in results if h[0] == "CLOSE"]
    assert len(compared) > 500
    for here, page in compared:
        assert NUMBER.sub("#", page[2]) == NUMBER.sub("#", here[2]), here[1]
        assert numbers(page[2]) == pytest.approx(numbers(here[2]), rel=1e-12, abs=1e-13), here[1]


def numbers(text: str) -> list[float]:
    return [int(m) / 2**53 * 2.0 ** int(e) for m, e in NUMBER.findall(text)]
