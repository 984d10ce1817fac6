"""Words for translators, and an edition whose every word is marked as translated."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import Browser, expect

from tools import messages

ROOT = Path(__file__).parents[2]
MICROPYTHON = ROOT / "node_modules/@micropython/micropython-webassembly-pyscript"
CHAPTER = ROOT / "book/chapters/03_value.yml"
# Units that are written alike in every language.
UNITS = {"min"}


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A package that shows two texts."""
    folder = tmp_path / "room"
    folder.mkdir()
    (folder / "shows.py").write_text('A = _("Price")\nB = _("{n} of {all}")\n', "utf-8")
    return folder


def fill(room: Path, told: Callable[[str], str]) -> None:
    """Translate every text of a package's Finnish catalogue."""
    po = room / "locale" / "fi.po"
    with po.open("rb") as file:
        catalogue = read_po(file, locale="fi")
    for entry in catalogue:
        if entry.id:
            entry.string = told(str(entry.id))
    with po.open("wb") as file:
        write_po(file, catalogue)


def words(room: Path) -> dict[str, str]:
    told: dict[str, str] = json.loads((room / "locale" / "fi.json").read_text("utf-8"))["messages"]
    return told


def test_what_is_translated_stays_and_what_changed_is_shown_in_english(room: Path) -> None:
    assert messages.update(room, "fi") == (2, 0)
    fill(room, lambda text: {"Price": "Hinta"}.get(text, "{n} / {all}"))
    assert messages.update(room, "fi") == (2, 2)
    shows = room / "shows.py"
    shows.write_text(shows.read_text("utf-8").replace("Price", "Prices"), "utf-8")
    assert messages.update(room, "fi") == (2, 1)
    assert words(room) == {"{n} of {all}": "{n} / {all}"}
    assert "#, fuzzy" in (room / "locale" / "fi.po").read_text("utf-8")


def test_a_second_run_changes_no_byte(room: Path) -> None:
    messages.update(room, "fi")
    before = (room / "locale" / "fi.po").read_bytes()
    messages.update(room, "fi")
    assert (room / "locale" / "fi.po").read_bytes() == before


def test_a_place_to_fill_that_got_lost_is_named(room: Path) -> None:
    messages.update(room, "fi")
    fill(room, lambda text: text.replace("{n}", "{m}"))
    with pytest.raises(ValueError, match=r"fi\.po.*'\{n\} of \{all\}' is '\{m\} of \{all\}'"):
        messages.update(room, "fi")


def test_a_language_that_nobody_speaks_is_refused(room: Path) -> None:
    with pytest.raises(ValueError, match="no language has the code 'qqx'"):
        messages.update(room, "qqx")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What an edition shows in which each translated text stands in brackets."""
    folder = tmp_path_factory.mktemp("edition")
    shutil.copytree(
        ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    for name in messages.ROOMS:
        room = folder / "src" / name
        messages.update(room, "fi")
        fill(room, lambda text: f"⟦{text}⟧")
        messages.update(room, "fi")
    script = Path(__file__).parent / "edition.py"
    done = subprocess.run(
        [sys.executable, str(script), str(folder), str(MICROPYTHON), str(CHAPTER)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COURSE_LANGUAGE": "fi", "PYTHONPATH": str(folder / "src")},
    )
    assert done.returncode == 0, done.stderr
    return {"folder": folder, **json.loads(done.stdout)}


class _Words(HTMLParser):
    """All that a reader sees or hears of a piece of HTML."""

    SPOKEN = ("aria-label", "aria-valuetext", "aria-description", "title", "alt", "placeholder")

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "script")
        self.told += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.told.append(data)


def untranslated(html: str) -> set[str]:
    """Return the words outside all brackets."""
    parser = _Words()
    parser.feed(html)
    text, before = " ".join(parser.told), ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    return set(re.findall(r"[A-Za-zäöÄÖ]{3,}", text)) - UNITS


def test_every_word_of_every_live_figure_can_be_translated(edition: dict[str, Any]) -> None:
    assert len(edition["figures"]) > 10
    assert {
        key: left for key, html in edition["figures"].items() if (left := untranslated(html))
    } == {}


def test_a_check_teaches_in_the_language_of_the_edition(edition: dict[str, Any]) -> None:
    assert "⟦" in edition["said"]
    assert untranslated(edition["said"]) <= {
        "rank",
        "value",
        "name",
        "benefit",
        "price",
        "minutes",
        "hassle",
        "difference",
    }


def test_every_word_that_a_chapter_adds_to_its_front_matter_can_be_translated(
    edition: dict[str, Any],
) -> None:
    files = [*CHAPTER.parent.glob("*.yml"), ROOT / "book/reference/references.bib"]
    written = " ".join(file.read_text("utf-8") for file in files) + "https doi.org"
    own = set(re.findall(r"[A-Za-zäöÄÖ]{3,}", written))
    assert len(edition["pieces"]) == 5
    assert [left for html in edition["pieces"] if (left := untranslated(html) - own)] == []


@pytest.fixture
def tab(browser: Browser) -> Iterator[Any]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_a_figure_goes_on_in_that_language_when_it_is_moved(
    edition: dict[str, Any], tab: Any, serve: Callable[[Path], str]
) -> None:
    tab.goto(f"{serve(edition['folder'])}/index.html")
    figure = tab.locator("#xp-three-ways[data-live]")
    figure.wait_for()
    said = figure.locator(".xp-summary")
    before = said.inner_text()
    assert before.startswith("⟦")
    slider = figure.locator("input[type=range]").first
    slider.focus()
    slider.press("Home")
    expect(said).not_to_have_text(before)
    assert untranslated(said.inner_html()) == set()
    # A figure of the edition writes its decimals by its own mark.
    assert re.search(r"\d,\d", figure.inner_text())
