"""Pages stay light: what a first visit fetches, compressed, in kilobytes."""

from __future__ import annotations

import gzip

import pytest

pytestmark = pytest.mark.browser

PACKED = (".woff2", ".png", ".jpg", ".whl", ".zip")
KILOBYTES = {"plain": 200, "live": 450}


def weigh(site, paths) -> dict[str, int]:
    """Return the compressed size of each file that was fetched."""
    sizes = {}
    for path in dict.fromkeys(paths):
        file = site / path.lstrip("/")
        if file.is_file():
            data = file.read_bytes()
            sizes[path] = len(data) if file.suffix in PACKED else len(gzip.compress(data, 6))
    return sizes


def test_a_page_weighs_no_more_than_its_budget(seen, site, document):
    look = seen(document, "light")
    sizes = weigh(site, look.paths)
    assert sizes, "nothing was fetched"
    heaviest = sorted(sizes.items(), key=lambda item: -item[1])[:8]
    assert sum(sizes.values()) <= KILOBYTES["live" if look.live else "plain"] * 1000, heaviest
