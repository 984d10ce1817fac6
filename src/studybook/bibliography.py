"""Works cited: read once from BibTeX, shown as author and year.

One small formatter serves both faces, the notebook and the page, so a claim
reads the same in JupyterLab as in the book.  (sphinxcontrib-bibtex wants a
directive on every page and a key prefix for a work cited in two chapters, and
has no answer for citations inside a cell's output.)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pybtex.database import Entry, Person, parse_string
from pybtex.richtext import Text


@dataclass(frozen=True)
class Part:
    """A piece of a formatted reference: plain text, emphasised text or a link."""

    text: str
    emphasised: bool = False
    url: str = ""


@dataclass(frozen=True)
class Work:
    """One entry of the bibliography."""

    key: str
    authors: str
    """Short form for the running text: `Rintamäki et al.`"""
    year: str
    """Year, with a letter where author and year are not enough: `2018a`"""
    parts: tuple[Part, ...]
    """The whole reference."""
    notices: str = ""
    """For an experiment: what a search for retractions and concerns found, with day and
    source, or `not checked` (field `notices`)."""
    method: str = ""
    """`not published` if nobody can read how the numbers were made (field `method`)."""
    checked: bool = False
    """Whether somebody compared the entry with the work (field `checked`, `yes`)."""

    @property
    def label(self) -> str:
        """The work as it stands between brackets: `Zeithaml 1988`."""
        return f"{self.authors} {self.year}"

    @property
    def text(self) -> str:
        """The whole reference as plain text."""
        return "".join(part.text for part in self.parts)


def _plain(latex: str) -> str:
    return str(Text.from_latex(latex))


def _surname(person: Person) -> str:
    return " ".join(_plain(name) for name in [*person.prelast_names, *person.last_names])


def _full_name(person: Person) -> str:
    given = [_plain(name) for name in [*person.first_names, *person.middle_names]]
    initials = " ".join(f"{part[0]}." for name in given for part in name.split("-") if part)
    return f"{_surname(person)}, {initials}" if initials else _surname(person)


def _short(people: list[Person]) -> str:
    names = [_surname(person) for person in people]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " & ".join(names)


def _long(people: list[Person]) -> str:
    names = [_full_name(person) for person in people]
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + " & " + names[-1]


def _fields(entry: Entry) -> dict[str, str]:
    return {name.lower(): _plain(value) for name, value in (entry.fields or {}).items()}


def _people(entry: Entry) -> list[Person]:
    persons: Any = entry.persons or {}
    return list(persons.get("author") or persons.get("editor") or [])


def _container(field: dict[str, str]) -> list[Part]:
    """Return where the work appeared: journal, book, publisher or site."""
    parts: list[Part] = []
    if "journal" in field:
        where = field["journal"]
        parts.append(Part(" "))
        parts.append(Part(where, emphasised=True))
        if "volume" in field:
            issue = f"({field['number']})" if "number" in field else ""
            parts.append(Part(f", {field['volume']}{issue}"))
        if "pages" in field:
            parts.append(Part(", " + field["pages"].replace("--", "–")))
        parts.append(Part("."))
    elif "booktitle" in field:
        parts.append(Part(" In "))
        parts.append(Part(field["booktitle"], emphasised=True))
        parts.append(Part("."))
    told = [field[name] for name in ("publisher", "howpublished", "note") if name in field]
    return [*parts, *(Part(f" {text}.") for text in told)]


def _format(key: str, entry: Entry, letter: str) -> Work:
    people, field = _people(entry), _fields(entry)
    organisation = field.get("organization", "")
    year = field.get("year", "n.d.") + letter
    title = field.get("title", key)
    in_something = "journal" in field or "booktitle" in field
    parts = [
        Part(f"{_long(people) if people else organisation} ({year}). "),
        Part(title, emphasised=not in_something),
        Part("" if title.endswith(("?", "!", ".")) else "."),
        *_container(field),
    ]
    if "doi" in field:
        url = "https://doi.org/" + field["doi"]
        parts += [Part(" "), Part(url, url=url)]
    elif "url" in field:
        parts += [Part(" "), Part(field["url"], url=field["url"])]
    authors = _short(people) if people else organisation
    told = field.get("notices", ""), field.get("method", ""), _checked(key, field)
    return Work(key, authors, year, tuple(parts), *told)


def _checked(key: str, field: dict[str, str]) -> bool:
    said = field.get("checked", "")
    if said not in ("", "yes"):
        raise ValueError(f"{key}: checked is yes or left out, got {said!r}")
    return bool(said)


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int) -> dict[str, Work]:
    text = file.read_text("utf-8")
    entries = parse_string(text, "bibtex").entries
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, entry in entries.items():
        alike[(_short(_people(entry)), _fields(entry).get("year", ""))].append(key)
    letter = {
        key: chr(ord("a") + place) if len(keys) > 1 else ""
        for keys in alike.values()
        for place, key in enumerate(sorted(keys))
    }
    return {key: _format(key, entry, letter[key]) for key, entry in entries.items()}


def read(file: Path) -> dict[str, Work]:
    """Return the works in a BibTeX file by key.

    Parameters
    ----------
    file
        A UTF-8 BibTeX file.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    pybtex.database.BibliographyDataError
        If a key occurs twice.
    """
    return _read(file, file.stat().st_mtime_ns)
