"""`make serve`'s server: says where the course is, or what to do instead."""

import gzip
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

import brotli
import pytest

TOOLS = Path(__file__).parents[2] / "tools"
SERVE = TOOLS / "serve.py"
PAGE = b"<!doctype html><title>Soup</title>" + b"<p>A guest, a promise, a path.</p>" * 100


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SERVE, *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_folder_without_a_site_names_the_remedy(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert "make book" in done.stdout


def test_a_port_in_use_names_another_one(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>course")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(tmp_path, "--port", str(port))
    assert done.returncode == 2
    assert f"make serve PORT={port + 1}" in done.stdout


Fetch = Callable[..., tuple[int, Message, bytes]]


def pack(site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, TOOLS / "pack.py", site]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "figure.wasm").write_bytes(bytes(4096))
    (tmp_path / "small.js").write_text("1")
    return tmp_path


@contextmanager
def serving(site: Path) -> Iterator[Fetch]:
    command = [sys.executable, "-u", SERVE, site, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[4]

        def fetch(path: str, **headers: str) -> tuple[int, Message, bytes]:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            try:
                with urllib.request.urlopen(
                    urllib.request.Request(address + path, headers=named), timeout=30
                ) as answer:
                    return answer.status, answer.headers, answer.read()
            except urllib.error.HTTPError as error:
                return error.code, error.headers, b""

        try:
            yield fetch
        finally:
            server.terminate()


def test_a_browser_gets_the_smallest_packing_that_it_takes(site: Path) -> None:
    assert pack(site).returncode == 0
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    asked = {"gzip, deflate, br": "br", "gzip;q=1.0": "gzip", "identity": None}
    with serving(site) as fetch:
        for accepted, expected in asked.items():
            _, headers, body = fetch("index.html", Accept_Encoding=accepted)
            assert headers["Content-Encoding"] == expected
            assert unpack[expected](body) == PAGE
            assert int(headers["Content-Length"]) == len(body)
            assert headers["Content-Type"].startswith("text/html")
        assert fetch("", Accept_Encoding="br")[1]["Content-Encoding"] == "br", "the root"
        assert fetch("figure.wasm", Accept_Encoding="br")[1]["Content-Type"] == "application/wasm"
        assert fetch("small.js", Accept_Encoding="br")[1]["Content-Encoding"] is None


def test_a_page_written_since_is_never_hidden_by_its_old_packing(site: Path) -> None:
    pack(site)
    os.utime(site / "index.html.br", (1, 1))
    os.utime(site / "index.html.gz", (1, 1))
    (site / "index.html").write_bytes(b"<p>new")
    with serving(site) as fetch:
        _, headers, body = fetch("index.html", Accept_Encoding="br, gzip")
        assert (headers["Content-Encoding"], body) == (None, b"<p>new")


def test_what_bears_its_content_in_its_address_stays_and_a_page_is_looked_at_again(
    site: Path,
) -> None:
    pack(site)
    with serving(site) as fetch:
        _, headers, _ = fetch("figure.wasm?v=0d2352cc", Accept_Encoding="br")
        assert "immutable" in headers["Cache-Control"]
        _, headers, _ = fetch("index.html", Accept_Encoding="br")
        assert headers["Cache-Control"] == "no-cache"
        again = {"Accept_Encoding": "br", "If_Modified_Since": headers["Last-Modified"]}
        assert fetch("index.html", **again)[0] == 304
        os.utime(site / "index.html")
        pack(site)
        again["If_Modified_Since"] = "Mon, 05 Jan 2026 06:00:00 GMT"
        assert fetch("index.html", **again)[0] == 200


def test_packing_again_does_nothing_and_forgets_what_is_gone(site: Path) -> None:
    assert "2 files" in pack(site).stdout
    before = (site / "index.html.br").stat().st_mtime_ns
    (site / "figure.wasm").unlink()
    assert "1 files" in pack(site).stdout
    assert (site / "index.html.br").stat().st_mtime_ns == before
    assert not list(site.glob("figure.wasm*"))
    assert pack(site / "nowhere").returncode == 2
