"""The built site, and a page of it that notes everything it asks for and complains of."""

from __future__ import annotations

import fcntl
import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route

from .look import Seen, look

ROOT = Path(__file__).parent.parent.parent
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
DOCUMENTS = [
    TOC["root"],
    *(item["file"] for part in TOC["parts"] for item in part["chapters"]),
]
# Every live figure of the page that does not rest has woken: its inputs are enabled.
LIVE = """() => [...document.querySelectorAll("[data-xp]:not([data-rest])")]
  .every(figure => !figure.querySelector("input:disabled, select:disabled"))"""
CHAPTERS = [name for name in DOCUMENTS if name.startswith("book/chapters/")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test of `document` on every page of the book, of `chapter` on every chapter.

    The tests of a page share a worker, and so what was seen of it.
    """
    for name, pages in (
        ("document", [*DOCUMENTS, "search", "genindex"]),
        ("chapter", CHAPTERS),
    ):
        if name in metafunc.fixturenames:
            group = pytest.mark.xdist_group
            metafunc.parametrize(
                name, [pytest.param(page, marks=group(page), id=page) for page in pages]
            )


@pytest.fixture(scope="session")
def site() -> Path:
    """The site: the one named by COURSE_SITE, else what `make book` built, else a fresh one."""
    if "COURSE_SITE" in os.environ:
        return Path(os.environ["COURSE_SITE"])
    made = ROOT / "_build" / "html"
    if (made / ".built").is_file():
        return made
    out = ROOT / "_build" / "site-test"
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / ".built").is_file():
            # Run as a module, it does nothing and says nothing.
            command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n"]
            subprocess.run(
                [*command, "--keep-going", "--path-output", str(out)], cwd=ROOT, check=True
            )
            (out / ".built").touch()
    return out / "_build" / "html"


@pytest.fixture(scope="session")
def lab_site(site: Path) -> Path:
    """The built site with the lab in it."""
    if not (site / "lab" / "jupyter-lite.json").is_file():
        subprocess.run([sys.executable, ROOT / "tools" / "lab.py", site], check=True)
    return site


@dataclass
class Visit:
    """An open page, with what it asked for and complained of."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)


Visitor = Callable[..., Any]


@pytest.fixture(scope="session")
def visit(browser: Browser, site: Path, serve: Callable[[Path], str]) -> Visitor:
    """Return a context manager that opens a document in a fresh browser profile."""
    address = serve(site)

    @contextmanager
    def open_page(document: str, *, disk: bool = False, **settings: Any) -> Iterator[Visit]:
        context = browser.new_context(**settings)
        page = context.new_page()
        seen = Visit(page, settings=settings)

        def note(route: Route) -> None:
            parts = urlparse(route.request.url)
            if parts.scheme in ("http", "https") and parts.hostname != "127.0.0.1":
                seen.foreign.append(route.request.url)
                route.abort()
                return
            if parts.scheme in ("http", "file"):
                seen.paths.append(parts.path)
            route.continue_()

        context.route("**/*", note)
        page.on(
            "console",
            lambda said: (
                seen.complaints.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        base = f"file://{site}" if disk else address
        page.goto(f"{base}/{document}.html", wait_until="load")
        if settings.get("java_script_enabled", True):
            page.wait_for_function("() => document.documentElement.dataset.studybook === 'ready'")
            page.wait_for_function(LIVE)
        try:
            yield seen
        finally:
            context.close()

    return open_page


@pytest.fixture(scope="session")
def seen(visit: Visitor) -> Callable[[str, str], Seen]:
    """Return what is seen of a document in a dress; each is opened once."""
    return functools.cache(functools.partial(look, visit))
