"""A site of one page, made of the adapter's own output; and repeatable property tests."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from explorables import Explorable, assets, page

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

HERE = Path(__file__).parent
MICROPYTHON = HERE.parents[1] / "node_modules/@micropython/micropython-webassembly-pyscript"
WALK = "walking.walk"


@pytest.fixture(scope="session")
def walking(tmp_path_factory: pytest.TempPathFactory) -> object:
    """The live module of `walk.py`, importable as a course's would be."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "walking").mkdir()
    (folder / "walking/__init__.py").write_text('"""A course."""\n', "utf-8")
    (folder / "walking/walk.py").write_text((HERE / "walk.py").read_text("utf-8"), "utf-8")
    sys.path.insert(0, str(folder))
    return importlib.import_module(WALK)


@pytest.fixture(scope="session")
def micropython() -> Path:
    """The npm package."""
    return MICROPYTHON


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that writes a page with explorables and everything it loads."""

    def make(modules: list[str], *figures: Explorable) -> Path:
        folder = tmp_path_factory.mktemp("site")
        assets.write(folder / "explorables", modules, MICROPYTHON)
        body = "".join(page.html(figure) for figure in figures)
        (folder / "index.html").write_text(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"/>'
            '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
            '<title>Test</title><link rel="icon" href="data:,"/>'
            f"{assets.head(modules, 'explorables', MICROPYTHON)}</head>"
            '<body style="font-family: sans-serif; margin: 10px"><main><h1>Test</h1>'
            f"{body}</main></body></html>",
            "utf-8",
        )
        return folder

    return make
