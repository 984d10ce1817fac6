"""Serve a built site on this machine: ``python tools/serve.py _build/html --port 8000``."""

import argparse
import functools
import http.server
import sys
from pathlib import Path
from typing import ClassVar


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

    def end_headers(self) -> None:
        """Ask the browser to look for a newer page, so that an author sees each build."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log only what went wrong."""
        if isinstance(code, int) and code >= 400:
            super().log_request(code, size)


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
