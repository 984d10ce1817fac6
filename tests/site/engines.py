"""Three engines under one hand: Chromium, Firefox and WebKit open pages, press, pull and tell.

Firefox is driven by puppeteer over WebDriver BiDi, WebKit by its own driver on a
screen that nobody sees.  What a page complains of, it tells itself: a script that the
server puts before all others notes it, the same in every engine.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from playwright.sync_api import Browser
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.service import Service

Way: TypeAlias = list[tuple[float, float]]
PATIENCE = 300  # s, for what a loaded machine does at last
NOTES = "/notes-of-the-tests.js"
# Frames tell the page around them; an image or a script that is missing is an error too.
NOTING = """(() => {
  const all = (top.complaints ||= []);
  const note = (...said) => all.push(said.map(String).join(" "));
  addEventListener("error", (e) => note(e.message || `missing: ${e.target.outerHTML}`), true);
  addEventListener("unhandledrejection", (e) => note("rejected:", e.reason));
  addEventListener("securitypolicyviolation", (e) => note("policy:", e.violatedDirective));
  for (const level of ["error", "warn"]) console[level] = (...said) => note(`${level}:`, ...said);
})();"""
AWAITED = """const [given, done] = arguments;
Promise.resolve((%s)(...given))
  .then((value) => done({value}), (error) => done({error: String(error)}));"""


class Noting(http.server.SimpleHTTPRequestHandler):
    """Serves a site whose pages note their own complaints."""

    extensions_map = {  # noqa: RUF012 - as the base class has it
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if self.path == NOTES:
            self._send("text/javascript", NOTING.encode())
        elif path.suffix == ".html" and path.is_file():
            tag = f'<script src="{NOTES}"></script>'.encode()
            self._send(
                "text/html; charset=utf-8", path.read_bytes().replace(b"<head>", b"<head>" + tag, 1)
            )
        else:
            super().do_GET()

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a page cuts its connections; that is no error."""


@contextmanager
def noting(site: Path) -> Iterator[str]:
    """Serve a site, and give its address."""
    with _Server(("127.0.0.1", 0), functools.partial(Noting, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class Tab(Protocol):
    """A window with nothing remembered."""

    def open(self, address: str) -> None:
        """Open an address, and wait for what it loads."""

    def run(self, script: str, *given: Any) -> Any:
        """Return what a function of JavaScript returns, or promises."""

    def press(self, key: str) -> None:
        """Press a key, by its name in the standard."""

    def drag(self, kind: str, way: Way) -> None:
        """Press at the first place, by "mouse" or "touch", and let go at the last."""


Opened: TypeAlias = Callable[[int, int], Tab]


class _Chromium:
    def __init__(self, browser: Browser, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self.page = browser.new_context(viewport=viewport, has_touch=True).new_page()

    def open(self, address: str) -> None:
        self.page.goto(address)

    def run(self, script: str, *given: Any) -> Any:
        return self.page.evaluate(f"(given) => ({script})(...given)", list(given))

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def drag(self, kind: str, way: Way) -> None:
        if kind == "touch":
            session = self.page.context.new_cdp_session(self.page)
            kinds = ["touchStart", *["touchMove"] * (len(way) - 1)]
            for said, (x, y) in zip(kinds, way, strict=True):
                points = [{"x": x, "y": y}]
                session.send("Input.dispatchTouchEvent", {"type": said, "touchPoints": points})
            session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            return
        self.page.mouse.move(*way[0])
        self.page.mouse.down()
        for at in way[1:]:
            self.page.mouse.move(*at)
        self.page.mouse.up()


@contextmanager
def chromium(browser: Browser) -> Iterator[Opened]:
    """Give windows of the Chromium that other tests use too."""
    tabs: list[_Chromium] = []

    def opened(width: int, height: int) -> Tab:
        tabs.append(_Chromium(browser, width, height))
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.page.context.close()


class _Firefox:
    def __init__(self, driver: subprocess.Popen[str]) -> None:
        self.driver = driver

    def ask(self, ask: str, **words: Any) -> Any:
        assert self.driver.stdin is not None
        assert self.driver.stdout is not None
        self.driver.stdin.write(json.dumps({"ask": ask, **words}) + "\n")
        self.driver.stdin.flush()
        line = self.driver.stdout.readline()
        assert line, "Firefox or its driver has stopped: see what it wrote above"
        said = json.loads(line)
        assert "error" not in said, said["error"]
        return said["value"]

    def open(self, address: str) -> None:
        self.ask("open", address=address)

    def run(self, script: str, *given: Any) -> Any:
        return self.ask("run", script=script, given=given)

    def press(self, key: str) -> None:
        self.ask("press", key=key)

    def drag(self, kind: str, way: Way) -> None:
        self.ask("drag", kind=kind, way=way)


@contextmanager
def firefox() -> Iterator[Opened]:
    """Give windows of the first Firefox on the search path, one after the other."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "no Firefox on the search path: run `make system-packages`"
    command = ["node", str(Path(__file__).with_name("firefox.mjs")), program]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as driver:
        tab = _Firefox(driver)

        def opened(width: int, height: int) -> Tab:
            tab.ask("tab", width=width, height=height)
            return tab

        yield opened
        assert driver.stdin is not None
        driver.stdin.close()  # at the end of its questions the driver ends, and Firefox with it


class _WebKit:
    def __init__(self, service: Service, width: int, height: int) -> None:
        with warnings.catch_warnings():
            # Selenium's own class for WebKit warns of how it calls another of its own.
            warnings.simplefilter("ignore", DeprecationWarning)
            options = webdriver.WebKitGTKOptions()
            self.driver = webdriver.WebKitGTK(options=options, service=service)
        self.driver.set_script_timeout(PATIENCE)
        self.driver.set_page_load_timeout(PATIENCE)
        # Its window is as narrow as its own buttons let it be, some 450 px.
        inner = self.driver.execute_script("return outerHeight - innerHeight")
        self.driver.set_window_size(width, height + inner)

    def open(self, address: str) -> None:
        self.driver.get(address)

    def run(self, script: str, *given: Any) -> Any:
        said = self.driver.execute_async_script(AWAITED % script, list(given))
        assert "error" not in said, said["error"]
        return said.get("value")

    def press(self, key: str) -> None:
        name = "".join(f"_{letter}" if letter.isupper() else letter for letter in key)
        ActionChains(self.driver, duration=0).send_keys(
            getattr(Keys, name.strip("_").upper())
        ).perform()

    def drag(self, kind: str, way: Way) -> None:
        assert kind == "mouse", "the driver of WebKit has no finger"
        hand = ActionBuilder(self.driver, duration=20)
        for number, (x, y) in enumerate(way):
            hand.pointer_action.move_to_location(round(x), round(y))
            if number == 0:
                hand.pointer_action.pointer_down()
        hand.pointer_action.pointer_up()
        hand.perform()


@contextmanager
def webkit() -> Iterator[Opened]:
    """Give windows of WebKit, one after the other, on a screen of their own."""
    found = shutil.which("WebKitWebDriver")
    assert found, "no driver of WebKit on the search path: run `make system-packages`"
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1600x1200x24"]
    screen = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[theirs], stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    with os.fdopen(ours) as told:
        number = told.readline().strip()
    # Its own wall needs what a container may not have, and the pages are ours.
    environment = os.environ | {
        "DISPLAY": f":{number}",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    }
    tabs: list[_WebKit] = []

    def opened(width: int, height: int) -> Tab:
        if tabs:
            tabs.pop().driver.quit()
        tabs.append(_WebKit(Service(found, env=environment), width, height))
        return tabs[-1]

    try:
        yield opened
    finally:
        for tab in tabs:
            tab.driver.quit()
        screen.terminate()
        screen.wait()
