"""Checking the course's JSON documents, with messages that teach.

A check never crashes, whatever it is given: it says which element is wrong, in
what way, and what to do.  Errors stop a document from being drawn; advice does
not.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from explorables.language import _
from servicedesign.labels import say

STATUSES = ("observed", "reported", "assumed", "proposed")
STATES = ("actual", "current", "planned", "future")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z", re.ASCII)
# E-mail, telephone number, Finnish personal identity code.
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.\w{2,}|(?<!\d)(?:\+\d{1,3}|0)[\d -]{7,14}\d|\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b"
)

# What no XML file may hold, and what no UTF-8 file can.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z")

Document = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One thing that the linter noticed.

    Attributes
    ----------
    code : str
        Short name of the rule, such as ``missing_channel``.
    element : str
        Where: "touchpoint 'queue'".
    message : str
        What is wrong, with the value.
    remedy : str
        What to do.
    level : str
        "error" or "advice".
    """

    code: str
    element: str
    message: str
    remedy: str
    level: str = "error"

    def __str__(self) -> str:
        return f"{self.element}: {self.message}. {self.remedy}"


class Checker:
    """Collects findings; each method checks one thing of one element.

    The methods return the value if it is usable, else None, so that later
    rules can go on with what is there.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def error(self, code: str, element: str, message: str, remedy: str) -> None:
        """Add a finding that stops the document from being drawn."""
        self.findings.append(Finding(code, element, message, remedy))

    def advise(self, code: str, element: str, message: str, remedy: str) -> None:
        """Add a finding that only helps."""
        self.findings.append(Finding(code, element, message, remedy, "advice"))

    def header(self, document: Any, expected: str, known: Collection[str]) -> Document | None:
        """Check that a document is an object of the expected format, and its first lines."""
        whole = _("the file")
        if not isinstance(document, dict):
            self.error(
                "not_an_object",
                whole,
                _("holds {value}, not an object").format(value=shown(document)),
                _("Start with --new and fill in the file it writes."),
            )
            return None
        found = document.get("format")
        if found != expected:
            self.error(
                "format",
                whole,
                _("has the format {value}").format(value=shown(found)),
                _('Write "format": "{expected}"; this version reads no other.').format(
                    expected=expected
                ),
            )
        self.identifier(whole, document, set())
        self.label("title", whole, document, _("Give it a name that people will use."))
        self.label("service", whole, document, "", needed=False)
        self.label("note", whole, document, "", needed=False)
        self.choice("state", whole, document, STATES)
        self.date("date", whole, document)
        if "synthetic" in document and not isinstance(document["synthetic"], bool):
            self.error(
                "synthetic",
                whole,
                _("has {value} for synthetic").format(value=shown(document["synthetic"])),
                _("Write true for an invented case, false for a real one."),
            )
        self.keys(whole, document, known)
        return document

    def objects(self, key: str, document: Document, needed: bool = True) -> list[Document]:
        """Return the objects of a list, having complained of what is none."""
        whole = _("the file")
        entries = document.get(key)
        if entries is None and not needed and key not in document:
            return []
        if not isinstance(entries, list) or (needed and not entries):
            self.error(
                "missing_" + key,
                whole,
                _("has {value} for {key}").format(value=shown(entries), key=key),
                _('Write "{key}": [ ... ] with one object for each.').format(key=key),
            )
            return []
        for place, entry in enumerate(entries, start=1):
            if not isinstance(entry, dict):
                self.error(
                    "not_an_object",
                    _("{key}, entry {n}").format(key=key, n=place),
                    _("is {value}, not an object").format(value=shown(entry)),
                    _("Write it in braces, with an id."),
                )
        return [entry for entry in entries if isinstance(entry, dict)]

    def identifier(self, element: str, holder: Document, seen: set[str]) -> str | None:
        """Check an id: present, plain, and not used before."""
        value = holder.get("id")
        if not _is(IDENTIFIER, value):
            self.error(
                "id",
                element,
                _("has the id {value}").format(value=shown(value)),
                _('Write small letters, digits and "_", starting with a letter: "{slug}".').format(
                    slug=slug(value)
                ),
            )
            return None
        if value in seen:
            self.error(
                "duplicate_id",
                element,
                _("uses the id {value} a second time").format(value=shown(value)),
                _('Give it one of its own, such as "{slug}_2".').format(slug=value),
            )
            return None
        found = str(value)
        seen.add(found)
        return found

    def label(
        self, key: str, element: str, holder: Document, remedy: str, needed: bool = True
    ) -> None:
        """Check a text, or texts by language, and that no personal data stand in it."""
        value = holder.get(key)
        if value is None and not needed and key not in holder:
            return
        texts = list(value.values()) if isinstance(value, dict) else [value]
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            self.error(
                "missing_" + key if value is None else key,
                element,
                _("has no {key}").format(key=key)
                if value is None
                else _("has {value} for {key}").format(value=shown(value), key=key),
                remedy or _('Write a text, or {{"en": "...", "fi": "..."}}.').format(),
            )
            return
        if isinstance(value, dict):
            for code in value:
                if not _is(LANGUAGE, code):
                    self.error(
                        "language",
                        element,
                        _("has {key} in the language {code}").format(key=key, code=shown(code)),
                        _('Use a language code, such as "en" or "fi".'),
                    )
        for text in filter(None, texts):
            self._fit_for_a_wall(key, element, text)

    def word(self, key: str, element: str, holder: Document, remedy: str) -> str | None:
        """Check a text that is the same in every language."""
        value = holder.get(key)
        if isinstance(value, str) and value.strip():
            self._fit_for_a_wall(key, element, value)
            return value
        self.error(
            "missing_" + key if value is None else key,
            element,
            _("has no {key}").format(key=key)
            if value is None
            else _("has {value} for {key}").format(value=shown(value), key=key),
            remedy,
        )
        return None

    def _fit_for_a_wall(self, key: str, element: str, text: str) -> None:
        if PERSONAL.search(text):
            self.error(
                "personal_data",
                element,
                _("has what looks like a person's contact details in {key}").format(key=key),
                _("Take them out: a map on a wall is read by everyone."),
            )
        if UNPRINTABLE.search(text):
            self.error(
                "unprintable",
                element,
                _("has signs in {key} that cannot be printed").format(key=key),
                _("Write the text anew; it may have been copied from a broken file."),
            )

    def choice(
        self, key: str, element: str, holder: Document, allowed: Collection[str]
    ) -> str | None:
        """Check that a value is one of a few words."""
        value = holder.get(key)
        if isinstance(value, str) and value in allowed:
            return value
        near = difflib.get_close_matches(str(value), allowed, 1) if isinstance(value, str) else []
        remedy = _("Write one of: {words}.").format(words=", ".join(allowed))
        self.error(
            "missing_" + key if value is None else key,
            element,
            _("has no {key}").format(key=key)
            if value is None
            else _("has {value} for {key}").format(value=shown(value), key=key),
            _("Did you mean {word}?").format(word=shown(near[0])) + " " + remedy
            if near
            else remedy,
        )
        return None

    def number(
        self, key: str, element: str, holder: Document, low: float, high: float, remedy: str
    ) -> float | None:
        """Check a number that may be missing."""
        value = holder.get(key)
        if value is None and key not in holder:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self.error(
            key,
            element,
            _("has {value} for {key}").format(value=shown(value), key=key),
            remedy,
        )
        return None

    def other(self, key: str, holder: Document, remedy: str) -> None:
        """Check the id of another document, which may be missing."""
        if key in holder and not _is(IDENTIFIER, holder[key]):
            self.error(
                key,
                _("the file"),
                _("has {value} for {key}").format(value=shown(holder[key]), key=key),
                remedy,
            )

    def date(self, key: str, element: str, holder: Document) -> None:
        """Check a date that may be missing."""
        if key in holder and not _is(DATE, holder[key]):
            self.error(
                key,
                element,
                _("has {value} for {key}").format(value=shown(holder[key]), key=key),
                _('Write it as "2026-02-05".'),
            )

    def reference(
        self, key: str, element: str, value: Any, known: Collection[str], where: str
    ) -> bool:
        """Check that a value names something that exists."""
        if isinstance(value, str) and value in known:
            return True
        near = difflib.get_close_matches(str(value), known, 1) if isinstance(value, str) else []
        self.error(
            "unknown_" + key,
            element,
            _("names {value}, which is no id among the {where}").format(
                value=shown(value), where=where
            ),
            _("Did you mean {word}?").format(word=shown(near[0]))
            if near
            else _("Use an id that is there, or add it."),
        )
        return False

    def keys(self, element: str, holder: Document, known: Collection[str]) -> None:
        """Advise on keys that nothing reads, with the likely misspelling."""
        for key in holder:
            if key in known:
                continue
            near = difflib.get_close_matches(str(key), known, 1)
            self.advise(
                "unknown_key",
                element,
                _("has the key {key}, which nothing reads").format(key=shown(key)),
                _("Did you mean {word}?").format(word=shown(near[0]))
                if near
                else _("Leave it if you need it yourself."),
            )


def in_words(finding: Finding, *documents: Document) -> str:
    """Return a finding with what elements are called in the place of their ids.

    Parameters
    ----------
    finding : Finding
        What the linter noticed.
    *documents : dict
        The documents in which it was noticed.
    """
    text = str(finding)
    lists = [one for document in documents for one in document.values() if isinstance(one, list)]
    for entry in [one for entries in lists for one in entries if isinstance(one, dict)]:
        known = entry.get("id")
        called = say(entry.get("label") or entry.get("action"))
        if known and called:
            for quoted in (f"'{known}'", shown(known)):
                text = text.replace(quoted, f"\u201c{called}\u201d")
    return text


def named(kind: str, holder: Document, place: int) -> str:
    """Return what a message calls an element: by its id, else by its place from 1."""
    known = holder.get("id")
    if not isinstance(known, str) or not known:
        return f"{kind} {place}"
    return f"{kind} '{shown(known)[1:-1]}'"


def shown(value: Any) -> str:
    """Return a value for a message, shortened."""
    if value is None:
        return _("nothing")
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = f"<{type(value).__name__}>"
    text = text if len(text) <= 60 else text[:57] + "..."
    return text.encode("utf-8", "backslashreplace").decode()


def slug(value: Any) -> str:
    """Return an id made from any value, as a suggestion."""
    letters = str(value).lower() if isinstance(value, str) else ""
    for finnish, plain in (("ä", "a"), ("ö", "o"), ("å", "a")):
        letters = letters.replace(finnish, plain)
    made = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:40].strip("_")
    return made if _is(IDENTIFIER, made) else "wait_in_line"


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and bool(pattern.match(value))
