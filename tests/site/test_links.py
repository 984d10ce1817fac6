"""Every link inside the site leads somewhere, to the very heading it names."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlparse

from .conftest import DOCUMENTS


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if has.get("id"):
            self.ids.add(has["id"])
        for name in ("href", "src"):
            if tag in ("a", "img", "link", "script") and has.get(name):
                self.links.append(has[name])


def _read(file: Path, known: dict[Path, _Links]) -> _Links:
    if file not in known:
        known[file] = _Links()
        known[file].feed(file.read_text("utf-8"))
    return known[file]


def test_every_link_leads_somewhere(site):
    # `make book LAB=0` leaves out the package that comes with the lab.
    left_out = site / ("" if (site / "lab").is_dir() else "wheels")
    known: dict[Path, _Links] = {}
    broken = []
    for document in DOCUMENTS:
        page = site / f"{document}.html"
        for link in _read(page, known).links:
            parts = urlparse(link)
            if parts.scheme or link.startswith("//"):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.is_file() and (left_out == site or left_out not in target.parents):
                broken.append(f"{document}: {link}")
            elif (
                parts.fragment
                and target.suffix == ".html"
                and unquote(parts.fragment) not in _read(target, known).ids
            ):
                broken.append(f"{document}: {link} (no such heading)")
    assert broken == []
