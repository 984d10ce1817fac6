"""Pack a built site's texts for the way to the reader: ``python tools/pack.py _build/html``.

Beside each page, script, style sheet, drawing, data file and WebAssembly a ``.br`` and a
``.gz`` are laid, for servers that send packed files as they lie (``make serve``, nginx with
``gzip_static``, Caddy with ``precompressed``).  What is packed already is left; a twin whose
file is gone is removed.
"""

import argparse
import gzip
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

TEXTS = {
    *(".html", ".css", ".js", ".mjs", ".json", ".svg", ".txt", ".md", ".xml", ".csv"),
    *(".ipynb", ".py", ".wasm", ".map", ".webmanifest"),
}
TWINS = (".br", ".gz")
LEAST = 1024  # bytes: below that a packet is a packet
# The browser lab is thirty times as large as the book, and is fetched once.
THOROUGH, QUICK = 11, 5


def texts(site: Path) -> list[Path]:
    """Return the files worth packing, sorted."""
    return sorted(
        path
        for path in site.rglob("*")
        if path.suffix in TEXTS and path.is_file() and path.stat().st_size >= LEAST
    )


def pack(path: Path, quality: int) -> tuple[int, int]:
    """Lay a file's twins beside it unless they are newer; return its size and the smaller twin's.

    Parameters
    ----------
    path
        The file.
    quality
        Brotli's, 0 to 11.
    """
    twins = [path.with_name(path.name + suffix) for suffix in TWINS]
    when = path.stat().st_mtime
    if not all(twin.is_file() and twin.stat().st_mtime >= when for twin in twins):
        content = path.read_bytes()
        squeezed = (
            brotli.compress(content, quality=quality),
            gzip.compress(content, 9 if quality == THOROUGH else 6, mtime=0),
        )
        for twin, packed in zip(twins, squeezed, strict=True):
            fresh = twin.with_name(twin.name + ".new")
            fresh.write_bytes(packed)
            fresh.replace(twin)
    return path.stat().st_size, twins[0].stat().st_size


def orphans(site: Path) -> list[Path]:
    """Return twins whose file is gone."""
    return [
        path
        for path in site.rglob("*")
        if path.suffix in TWINS and path.with_suffix("").suffix in TEXTS
        if not path.with_suffix("").is_file()
    ]


def main() -> int:
    """Pack a site; 2 where there is none."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("site", type=Path, help="the built site, for example _build/html")
    site = parser.parse_args().site
    if not (site / "index.html").is_file():
        print(f"{site} holds no index.html. Build the site first: make book")
        return 2
    for twin in orphans(site):
        twin.unlink()
    files = texts(site)
    lab = site / "lab"
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        sizes = list(
            pool.map(lambda path: pack(path, QUICK if lab in path.parents else THOROUGH), files)
        )
    whole, packed = (sum(side) / 1e6 for side in zip(*sizes, strict=True))
    print(f"{len(files)} files of {site} packed: {whole:.1f} MB, {packed:.1f} MB on the way")
    return 0


if __name__ == "__main__":
    sys.exit(main())
