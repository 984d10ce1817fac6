"""Every live figure draws the same, byte for byte, in the notebook and in the page."""

import functools
import pkgutil
from pathlib import Path

import pytest

import servicedesign.live
from explorables import parity

ROOT = Path(__file__).parents[3]
MICROPYTHON = ROOT / "node_modules/@micropython/micropython-webassembly-pyscript"
MODULES = [
    f"servicedesign.live.{each.name}" for each in pkgutil.iter_modules(servicedesign.live.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_both_runtimes_draw_the_same(name, monkeypatch, sample):
    """At the ends of all controls, and at some of the settings between them."""
    drawn = sample(range(parity.RANDOM_SETTINGS), 40, "settings drawn of each live figure")
    fewer = functools.partial(parity.random_settings, count=len(drawn))
    monkeypatch.setattr(parity, "random_settings", fewer)
    assert parity.differences(name, MICROPYTHON) == []


def test_one_broken_digit_is_found():
    def broken(source):
        return source.replace("+ 0.5 + 1e-09", "+ 0.4 + 1e-09")

    found = parity.differences("servicedesign.live.value", MICROPYTHON, broken)
    assert len(found) > 100
    assert "CPython" in found[0]
