"""What tests of several rooms share: a browser and a plain web server."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tools.browser import is_snap, program

ROOT = Path(__file__).parent.parent

pytest_plugins = ["tests.sampling", "tests.sharing"]

# The same examples in every run, however loaded the machine is.
settings.register_profile("course", derandomize=True, deadline=None)
settings.load_profile("course")

# Every window of a headless Chromium would load two pages of its own, for suggestions
# below the address bar that nobody types into.  A second such list takes the place of
# Playwright's, so what matters here of that comes first.
OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
    "AvoidCorsURLLoaderRestartOnRedirect,OptimizationHints,NetworkTimeServiceQuerying,"
    "PreconnectToSearch,LensOverlay,AimEnabled,WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)

Made = TypeVar("Made", BrowserContext, Page)

# Milliseconds for what a loaded machine does at last.
PATIENCE = 120_000
# With LATE_FRAMES=200 every frame of a page is drawn so many milliseconds late, which shows
# at once what else only a loaded machine shows: a test that does not wait for the drawing.
LATE = """const { requestAnimationFrame: soon } = window;
window.requestAnimationFrame = (draw) => setTimeout(() => soon(draw), %s);"""


def pytest_configure() -> None:
    """Lay what tests make where the browser sees it: one in a snap has a /tmp of its own."""
    try:
        snap = is_snap(program())
    except FileNotFoundError:  # told by the tests that need one
        return
    if snap and "PYTEST_DEBUG_TEMPROOT" not in os.environ:
        seen = ROOT / "_build" / "tests"
        seen.mkdir(parents=True, exist_ok=True)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(seen)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - as the base class has it
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: a test's output is its own."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a page cuts its connections; that is no error."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder on this machine and gives its address."""
    servers: dict[Path, _Server] = {}

    def start(folder: Path) -> str:
        if folder not in servers:
            handler = functools.partial(_Quiet, directory=str(folder))
            servers[folder] = _Server(("127.0.0.1", 0), handler)
            threading.Thread(target=servers[folder].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[folder].server_address[1]}"

    yield start
    for server in servers.values():
        server.shutdown()
        server.server_close()


def patient(make: Callable[..., Made]) -> Callable[..., Made]:
    """Have what is made wait as long as a loaded machine needs."""
    late = int(os.environ.get("LATE_FRAMES", "0"))

    def made(*arguments: Any, **named: Any) -> Made:
        one = make(*arguments, **named)
        one.set_default_timeout(PATIENCE)
        if late:
            one.add_init_script(LATE % late)
        return one

    return made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, or what is built on it."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            + [f"--disable-features={OFF}"],
        )
        chromium.new_context = patient(chromium.new_context)  # type: ignore[method-assign]
        chromium.new_page = patient(chromium.new_page)  # type: ignore[method-assign]
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Return a function that starts a real JupyterLab in a folder and gives its address."""
    place = tmp_path_factory.mktemp("jupyter")
    programs = Path(sys.executable).parent
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(place),
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_DATA_DIR": str(place / "data"),
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "IPYTHONDIR": str(place / "ipython"),
    }
    environment.pop("EXPLORABLES_STATIC", None)
    servers = []

    def start(folder: Path) -> str:
        log = place / f"log-{len(servers)}"
        with log.open("w") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"]
                + ["--IdentityProvider.token=", "--LabApp.news_url=None"]
                + ["--LabApp.expose_app_in_browser=True"]
                + [f"--ServerApp.root_dir={folder}"],
                env=environment,
                stdout=out,
                stderr=out,
            )
        servers.append(server)
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline and server.poll() is None:
            time.sleep(0.3)
            for word in log.read_text("utf-8").split():
                if word.startswith("http://127.0.0.1:"):
                    return word.partition("/lab")[0]
        raise AssertionError(f"JupyterLab did not start:\n{log.read_text('utf-8')}")

    yield start
    for server in servers:
        server.terminate()
        server.wait(60)
