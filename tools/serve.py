"""Serve a built site on this machine: ``python tools/serve.py _build/html --port 8000``."""

import argparse
import functools
import http.server
import re
import sys
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO, ClassVar, cast

# What a browser calls a packing, smallest first, and how its files end.
PACKED = {"br": ".br", "gzip": ".gz"}


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Static files with the types that a browser insists on, and a quiet log."""

    extensions_map: ClassVar[dict[str, str]] = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
        ".ipynb": "application/x-ipynb+json",
    }

    protocol_version = "HTTP/1.1"
    # Head and file of an answer leave together, and no packet waits for another's receipt.
    wbufsize = 1 << 16
    disable_nagle_algorithm = True

    def end_headers(self) -> None:
        """Let a file stay whose address tells its content; ask to look again for the rest."""
        told = re.search(r"[?&]v=[0-9a-f]{8,}", self.path)
        age = "public, max-age=31536000, immutable" if told else "no-cache"
        self.send_header("Cache-Control", age)
        super().end_headers()

    def send_head(self) -> IO[bytes] | None:
        """Send the packed twin of a file, where `tools/pack.py` made one and the browser takes it.

        The smallest comes first; a twin older than its file is left alone.
        """
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        taken = {part.split(";")[0].strip() for part in self.accepted().split(",")}
        for name, suffix in PACKED.items():
            twin = path.with_name(path.name + suffix)
            if name in taken and path.is_file() and twin.is_file():
                when = path.stat().st_mtime
                if twin.stat().st_mtime < when:
                    continue
                since = self.headers.get("If-Modified-Since")
                if since and _has_it(since, when):
                    return self._unchanged()
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", self.guess_type(str(path)))
                self.send_header("Content-Encoding", name)
                self.send_header("Content-Length", str(twin.stat().st_size))
                self.send_header("Last-Modified", self.date_time_string(int(when)))
                self.send_header("Vary", "Accept-Encoding")
                self.end_headers()
                return twin.open("rb")
        return cast("IO[bytes] | None", super().send_head())

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page to whoever asks for one that is not there."""
        lost = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not lost.is_file():
            super().send_error(code, message, explain)
            return
        body = lost.read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def accepted(self) -> str:
        """Return the packings that the browser takes, as it says."""
        return str(self.headers.get("Accept-Encoding", ""))

    def _unchanged(self) -> None:
        self.send_response(HTTPStatus.NOT_MODIFIED)
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log only what went wrong."""
        if isinstance(code, int) and code >= 400:
            super().log_request(code, size)


def _has_it(since: str, when: float) -> bool:
    """Return whether a browser that has a file since then has this one."""
    try:
        return int(when) <= parsedate_to_datetime(since).timestamp()
    except (TypeError, ValueError, OverflowError):
        return False


def main() -> int:
    """Serve until Ctrl-C; 2 when the folder or the port cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the built site, for example _build/html")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    options = parser.parse_args()
    if not (options.folder / "index.html").is_file():
        print(f"{options.folder} holds no index.html. Build the site first: make book")
        return 2
    handler = functools.partial(SiteHandler, directory=str(options.folder))
    try:
        server = http.server.ThreadingHTTPServer((options.host, options.port), handler)
    except OSError as error:
        print(
            f"Cannot listen on {options.host}:{options.port} ({error.strerror}).\n"
            f"Choose another port: make serve PORT={options.port + 1}"
        )
        return 2
    with server:
        address = f"http://{options.host}:{server.server_address[1]}/"
        print(f"The course is at {address}  (Ctrl-C stops it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nStopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
