"""What a schema cannot see: names that agree, objectives that are taught and assessed.

Each check yields (route, message), where a route is the way to the field:
`("quiz", 1, "options")`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from studybook import inline

Route = tuple[str | int, ...]
Problem = tuple[Route, str]


def _twice(values: Iterable[str]) -> list[str]:
    listed = list(values)
    return [value for place, value in enumerate(listed) if value in listed[:place]]


def mark_of(data: dict[str, Any]) -> str:
    """Return what stands before the dot of an objective's id: 3, or R in an interlude."""
    return str(data.get("number", data["id"][:1].upper()))


def identity(data: dict[str, Any], stem: str) -> Iterator[Problem]:
    """Check that ids agree with the file and are each used once."""
    if data["id"] != stem:
        yield ("id",), f"is {data['id']!r} but the file is {stem}.yml; make them the same"
    number = data.get("number")
    if number is None and stem[:1].isdigit():
        yield ("id",), f"is {stem}, which begins with a number, but `number` is missing; add it"
    if number is not None and not stem.startswith(f"{number:02d}_"):
        yield ("number",), f"is {number} but the file is {stem}.yml; make them agree"
    mark = mark_of(data)
    for place, objective in enumerate(data["objectives"]):
        if not objective["id"].startswith(f"{mark}."):
            said = f"is {objective['id']!r}; number the objectives {mark}.1, {mark}.2, ..."
            yield ("objectives", place, "id"), said
    for part in ("objectives", "predictions", "quiz", "claims"):
        for name in _twice(item["id"] for item in data[part]):
            yield (part,), f"has the id {name!r} twice; give each its own"
    for name in _twice(item["function"] for item in data["exercises"]):
        yield ("exercises",), f"asks for {name!r} twice; keep one"


def _named(data: dict[str, Any], *parts: str) -> Iterator[tuple[Route, str]]:
    """Yield every objective that `parts` name, with the way to the place."""
    for part in parts:
        items = data[part]
        for place, item in enumerate(items if isinstance(items, list) else [items]):
            route: Route = (part, place) if isinstance(items, list) else (part,)
            for name in item["objectives"]:
                yield (*route, "objectives"), name


def objectives(data: dict[str, Any]) -> Iterator[Problem]:
    """Check that what is promised is taught and practised, and nothing else assessed."""
    known = [objective["id"] for objective in data["objectives"]]
    taught = {name for _, name in _named(data, "sections")}
    practised = {name for _, name in _named(data, "quiz", "exercises")}
    for route, name in _named(data, "sections", "quiz", "exercises", "reflection"):
        if name not in known:
            said = f"names objective {name!r}, which this chapter has not; use one of "
            yield route, said + ", ".join(known)
        elif name not in taught:
            said = f"assesses objective {name!r}, which no section teaches; "
            yield route, said + "add it to a section's objectives or drop it here"
    for place, name in enumerate(known):
        if name not in taught:
            said = f"objective {name!r} is not taught; name it in the objectives of a section"
            yield ("objectives", place), said
        if name not in practised:
            said = f"objective {name!r} is not practised or assessed; "
            yield ("objectives", place), said + "give it a quiz question or an exercise"


def questions(data: dict[str, Any]) -> Iterator[Problem]:
    """Check that every question can be answered."""
    for place, question in enumerate(data["quiz"]):
        options = question["options"]
        if not any(option["right"] for option in options):
            said = f"no option of {question['id']!r} is right; mark one with `right: true`"
            yield ("quiz", place, "options"), said
        for text in _twice(option["text"] for option in options):
            yield ("quiz", place, "options"), f"offers {text!r} twice; reword one"
    for place, guess in enumerate(data["predictions"]):
        if guess["kind"] == "number" and not guess["low"] < guess["high"]:
            said = f"is {guess['low']}, not below high {guess['high']}; widen the range"
            yield ("predictions", place, "low"), said


SHOWN_CLAIMS = 6


def claims(data: dict[str, Any]) -> Iterator[Problem]:
    """Check that a chapter's page shows no more claims than somebody reads."""
    shown = sum(not item.get("aside", False) for item in data["claims"])
    if shown > SHOWN_CLAIMS:
        said = f"shows {shown}, and {SHOWN_CLAIMS} is what a reader takes in; "
        yield ("claims",), said + "give the others `aside: true`, the evidence page has them"
    own = {item["id"] for item in data["claims"]}
    for place, item in enumerate(data.get("claims_elsewhere", [])):
        if item["id"] in own or item["chapter"] == data["id"]:
            said = f"names {item['id']!r}, which this chapter tries itself; take the line out"
            yield ("claims_elsewhere", place), said


FIELD_MINUTES = (45, 90)


def field(data: dict[str, Any]) -> Iterator[Problem]:
    """Check that a field task fits an afternoon and puts to use what its chapter teaches."""
    task = data.get("field")
    if task is None:
        return
    shortest, longest = FIELD_MINUTES
    spent = sum(step["minutes"] for step in task["steps"])
    if not shortest <= spent <= longest:
        said = f"take {spent} minutes together; a field task takes {shortest} to {longest}"
        yield ("field", "steps"), said
    taught = [section["title"] for section in data["sections"]]
    for place, title in enumerate(task["uses"]):
        if title not in taught:
            close = difflib.get_close_matches(title, taught, 1, cutoff=0)
            said = f"is {title!r}, which is no section of this chapter; did you mean {close[0]!r}?"
            yield ("field", "uses", place), said


def _texts(value: Any, route: Route = ()) -> Iterator[tuple[Route, str]]:
    """Yield every text in nested lists and dicts, with the way to it."""
    if isinstance(value, str):
        yield route, value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from _texts(below, (*route, name))
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from _texts(below, (*route, place))


def citations(data: dict[str, Any], works: Iterable[str]) -> Iterator[Problem]:
    """Check that every work cited stands in the bibliography."""
    known = list(works)
    named = [(route, key) for route, text in _texts(data) for key in inline.cited(text)]
    named += [(("read_on", at, "key"), work["key"]) for at, work in enumerate(data["read_on"])]
    for route, key in named:
        if key not in known:
            close = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {close[0]!r}?" if close else "add it to references.bib"
            yield route, f"cites {key!r}, which the bibliography has not; {hint}"
