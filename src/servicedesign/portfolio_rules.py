"""A portfolio's parts laid side by side: what is missing, and what does not fit.

The parts are what the exercises keep under ``artefacts/``, from personas to the decision.
A part is known by its key ``format``, or by the name of its file where it has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorables.language import _
from servicedesign import advice, documents
from servicedesign.advice import everywhere, handed_out
from servicedesign.advice.decision import cited
from servicedesign.advice.test_card import verdict_of
from servicedesign.blueprints import rules as blueprint_rules
from servicedesign.journeys import rules as journey_rules
from servicedesign.labels import say
from servicedesign.linting import Document, Finding
from servicedesign.papers import dicts

# Each kind: its key, format, the names of its file, what it is called, and where it is made.
KINDS = (
    ("persona", "persona/1", ("personas_and_map", "persona", "personas"), _("Personas"), "2"),
    ("promise_map", "promise_map/1", ("promise_map",), _("Promise map"), "3"),
    ("priorities", "priorities/1", ("priority_list", "priorities"), _("Priorities"), "4"),
    ("journey", "journey/1", ("journey",), _("Journey"), "5"),
    ("blueprint", "blueprint/1", ("blueprint",), _("Blueprint"), "6"),
    ("gap_audit", "gap_audit/1", ("recovery_rule", "gap_audit"), _("Gap audit and recovery"), "7"),
    ("job_card", "job_card/1", ("job_card",), _("Job card"), "8"),
    ("test_card", "test_card/1", ("test_card",), _("Test card"), _("Rehearse it first")),
    ("metric_card", "metric_card/1", ("metric_card",), _("Metric card"), "9"),
    ("decision", "decision/1", ("decision",), _("Decision"), "10"),
)
TITLES = {kind: title for kind, _format, _names, title, _made in KINDS}
# Kept by the exercises too, and no part of the portfolio.
OTHERS = ("value_in_use", "staffing_plan")
PLACES = ("*.json", "artefacts/*.json", "*/artefacts/*.json", "*/*/artefacts/*.json")
LARGEST = 2_000_000  # bytes of one file
PRIVATE_KEYS = ("email", "e_mail", "phone", "telephone", "diagnosis", "birthday", "ssn")
# Lists whose entries have ids that other parts may name.
LISTS = (
    "items", "touchpoints", "failure_points", "plans", "stages", "parts", "candidates", "profile",
    "personas", "insights",
)  # fmt: skip
DATE = re.compile(r"\d{4}-\d\d-\d\d")
Teller = Callable[..., None]
NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(?:\.\d+)?(?!\w)")


@dataclass(frozen=True)
class Part:
    """One artefact of a portfolio: its file, its kind (of `KINDS`) and what it holds."""

    file: str
    kind: str
    content: Document


@dataclass(frozen=True)
class Note:
    """One thing that is missing or does not fit.

    Attributes
    ----------
    file : str
        The file, as seen from the folder; "" for what is not there.
    code : str
        Short name of the rule, such as ``unknown_persona``.
    element : str
        Where in the file.
    message, remedy : str
        What is wrong, with the value, and what to do.
    level : str
        "error": cannot be read, or somebody could be recognised; "missing";
        "conflict": two parts do not fit; "advice".
    """

    file: str
    code: str
    element: str
    message: str
    remedy: str
    level: str = "error"

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.element) if part)
        return (
            f"{where}: {self.message}. {self.remedy}" if where else f"{self.message}. {self.remedy}"
        )


def read_folder(folder: str | Path) -> tuple[list[Part], list[Note]]:
    """Return the parts found in a folder, and a note for every file that is none.

    Parameters
    ----------
    folder : str or Path
        A folder of JSON files, one with ``artefacts/``, or the one above such folders,
        as ``exercises/`` is.

    Raises
    ------
    DocumentError
        If the folder is not there.
    """
    home = Path(folder)
    if not home.is_dir():
        raise documents.DocumentError(
            _("{path}: no folder of that name. Give the folder that holds your artefacts.").format(
                path=folder
            )
        )
    parts, notes = [], []
    found = {path for place in PLACES for path in home.glob(place) if path.is_file()}
    for path in sorted(found):
        name = path.relative_to(home).as_posix()
        part = _read(path, name, home)
        if isinstance(part, Part):
            parts.append(part)
        elif part is not None:
            notes.append(part)
    order = [kind for kind, *_rest in KINDS]
    return sorted(parts, key=lambda part: (order.index(part.kind), part.file)), notes


def _read(path: Path, name: str, home: Path) -> Part | Note | None:
    if path.stat().st_size > LARGEST:
        return Note(
            name,
            "too_large",
            "",
            _("the file is larger than an artefact can be"),
            _("Keep pictures and tables elsewhere."),
        )
    try:
        content = documents.read(path)
    except documents.DocumentError as problem:
        text = str(problem).replace(str(path), name).removeprefix(name).lstrip(":, ")
        return Note(name, "broken_file", "", text.rstrip("."), _("Mend the file, or take it out."))
    by_name = {stem: kind for kind, _f, names, _t, _m in KINDS for stem in names}.get(path.stem)
    kept = path.parent.name == "artefacts" or path.parent == home
    if not isinstance(content, dict):
        if by_name is None:
            return None
        return Note(
            name,
            "not_an_object",
            "",
            _("this is no artefact: it is not in braces"),
            _("Run the cell that saves it once more."),
        )
    kind = _kind_of(content.get("format"), by_name)
    return Part(name, kind, content) if kind else _of_no_kind(name, path.stem, content, kept)


def _of_no_kind(name: str, stem: str, content: Document, kept: bool) -> Note | None:
    if content.get("format") is not None:
        known = ", ".join(form for _k, form, *_rest in KINDS)
        return Note(
            name,
            "unknown_version",
            "format",
            _("{value} is not known here").format(value=json.dumps(content["format"])[:60]),
            _("Write one of: {known}.").format(known=known),
        )
    if stem in OTHERS or not kept:
        return None
    return Note(
        name,
        "unknown_file",
        "",
        _("neither its name nor a key “format” says what it is"),
        _("Give it a “format”, or take it out of this folder."),
        "advice",
    )


def _kind_of(form: Any, by_name: str | None) -> str | None:
    if form is None:
        return by_name
    for kind, known, *_rest in KINDS:
        if form == known:
            return kind
    return None


def notes_on(parts: list[Part], unread: Sequence[Note] = ()) -> list[Note]:
    """Return everything that is missing in a portfolio or does not fit, part by part.

    ``unread`` are the notes on files that are no part: what is there and broken is not missing.
    """
    notes: list[Note] = []

    def tell(*told: str) -> None:
        notes.append(Note(*told))

    for part in parts:
        _by_itself(part, tell)
    for check in (
        _one_id_twice, _personas, _promises, _priorities, _blueprints, _recovery, _threads, _tests,
        _numbers, _handed_out,
    ):  # fmt: skip
        check(parts, tell)
    _missing(parts, {Path(note.file).stem for note in unread}, tell)
    return notes


def lint_portfolio(folder: str | Path) -> list[str]:
    """Return every problem of a folder as a text with file, element and remedy."""
    parts, notes = read_folder(folder)
    return [str(note) for note in notes + notes_on(parts, notes)]


def ids_of(content: Document) -> list[str]:
    """Return the ids that a part gives to itself and to what it holds."""
    found = [content.get("id")]
    for name in LISTS:
        found += [one.get("id") for one in dicts(content, name)]
    return [one for one in found if isinstance(one, str) and one]


def personas_of(part: Part) -> list[Document]:
    """Return the personas of a part, which holds one or a list of them."""
    return dicts(part.content, "personas") or [part.content]


def _of(parts: list[Part], kind: str) -> list[Part]:
    return [part for part in parts if part.kind == kind]


def _own(part: Part) -> str:
    own = part.content.get("id")
    return own if isinstance(own, str) else ""


def _by_itself(part: Part, tell: Teller) -> None:
    findings: list[Finding] = []
    if part.kind == "journey":
        findings = [one for one in journey_rules.lint(part.content) if one.level == "error"]
    if part.kind == "blueprint":
        findings = [one for one in blueprint_rules.lint(part.content) if one.level == "error"]
    for each in findings:
        tell(part.file, each.code, each.element, each.message, each.remedy)
    private = False
    for where, key, value in _walk(part.content, ""):
        if key in PRIVATE_KEYS:
            tell(
                part.file,
                "private",
                where,
                _("“{key}” is about a person").format(key=key),
                _("Keep the need, and delete this line."),
            )
        elif isinstance(value, str) and everywhere.contact_in(value):
            tell(
                part.file,
                "private",
                where,
                _("a number or an address of a person stands here"),
                _("Keep the need, drop the person."),
            )
    if part.content.get("format") in advice.LOOKS:
        for one in advice.remarks(part.content):
            if one.level == "error" and not (one.code == "person" and private):
                message = one.message.rstrip(".")
                tell(part.file, one.code, one.where, message, _("Mend it there."))


def _walk(value: Any, where: str) -> Iterator[tuple[str, str, Any]]:
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value, 1))
    for key, inner in pairs:
        here = f"{where}.{key}" if where else str(key)
        yield here, str(key), inner
        yield from _walk(inner, here)


def _one_id_twice(parts: list[Part], tell: Teller) -> None:
    seen: dict[tuple[str, str], str] = {}
    for part in parts:
        own = part.content.get("id")
        if not isinstance(own, str):
            continue
        first = seen.setdefault((part.kind, own), part.file)
        if first != part.file:
            tell(
                part.file,
                "id_twice",
                "id",
                _("“{id}” is the id of {file} too").format(id=own, file=first),
                _("Give each an id of its own."),
                "conflict",
            )


def _plain(text: Any) -> str:
    return say(text).strip().casefold()


def _personas(parts: list[Part], tell: Teller) -> None:
    known = {}
    for part in _of(parts, "persona"):
        for persona in personas_of(part):
            name = say(persona.get("name"))
            for form in (name, name.split(",")[0], persona.get("id")):
                if isinstance(form, str) and form.strip():
                    known[_plain(form)] = name
    if not known:
        return
    there = ", ".join(sorted(set(known.values())))
    for part in _of(parts, "journey"):
        walker = part.content.get("persona")
        name = say(walker.get("name")) if isinstance(walker, dict) else say(walker)
        if name and _plain(name) not in known and _plain(name.split(",")[0]) not in known:
            tell(
                part.file,
                "unknown_persona",
                "persona",
                _("“{name}” is none of your personas ({there})").format(name=name, there=there),
                _("Name one of them, or make a persona of whoever walks here."),
                "conflict",
            )


def _promises(parts: list[Part], tell: Teller) -> None:
    steps = {one for part in _of(parts, "journey") for one in ids_of(part.content)}
    for part in _of(parts, "promise_map"):
        promised = dicts(part.content, "promise") or dicts(part.content, "parts")
        wanted = {say(one.get("name")) for one in dicts(part.content, "profile")}
        wanted |= {
            one["id"] for one in dicts(part.content, "profile") if isinstance(one.get("id"), str)
        }
        linked = 0
        for one in promised:
            name = say(one.get("feature")) or "?"
            addresses = one.get("addresses")
            for target in addresses if isinstance(addresses, list) else []:
                if wanted and str(target) not in wanted:
                    tell(
                        part.file,
                        "unknown_need",
                        name,
                        _("it addresses “{target}”, which is not in the profile").format(
                            target=target
                        ),
                        _("Use the profile's own words."),
                        "conflict",
                    )
            step = one.get("step")
            linked += isinstance(step, str)
            if isinstance(step, str) and steps and step not in steps:
                tell(
                    part.file,
                    "no_step",
                    name,
                    _("it is kept at “{step}”, which is no step of a journey").format(step=step),
                    _("Write the id of the step at which a guest could see it kept."),
                    "conflict",
                )
        if promised and not linked:
            tell(
                part.file,
                "no_step",
                "",
                _("no part of the promise says at which step it is kept"),
                _("Add “step” with the id of a step of the journey to each part."),
                "missing",
            )


def _priorities(parts: list[Part], tell: Teller) -> None:
    for part in _of(parts, "priorities"):
        chosen = dicts(part.content, "do")
        chosen += [one for one in dicts(part.content, "candidates") if one.get("decision") == "do"]
        for one in chosen:
            lacks = [
                word
                for word, keys in (
                    (_("owner"), ("owner",)),
                    (_("metric"), ("metric", "measure")),
                    (_("date"), ("date", "due", "by")),
                )
                if not any(say(one.get(key)).strip() for key in keys)
            ]
            if lacks:
                tell(
                    part.file,
                    "half_priority",
                    say(one.get("what")) or "?",
                    _("no {lacks}").format(lacks=", ".join(lacks)),
                    _("Write who does it, by when, and what will be counted."),
                    "missing",
                )


def _blueprints(parts: list[Part], tell: Teller) -> None:
    journeys = {_own(part): part for part in _of(parts, "journey")}
    for part in _of(parts, "blueprint"):
        named = part.content.get("journey")
        if not journeys:
            continue
        journey = journeys.get(named) if isinstance(named, str) else None
        if journey is None:
            tell(
                part.file,
                "unknown_journey",
                "journey",
                _("“{named}” is none of your journeys ({there})").format(
                    named=named, there=", ".join(sorted(str(one) for one in journeys))
                ),
                _("Write the id of the journey that it stands under."),
                "conflict",
            )
            continue
        sound = not [
            one
            for one in blueprint_rules.lint(part.content) + journey_rules.lint(journey.content)
            if one.level == "error"
        ]
        for one in blueprint_rules.join(part.content, journey.content) if sound else []:
            tell(part.file, one.code, one.element, one.message, one.remedy, "conflict")


def _recovery(parts: list[Part], tell: Teller) -> None:
    points = [
        one["id"]
        for part in _of(parts, "blueprint")
        for one in dicts(part.content, "failure_points")
        if isinstance(one.get("id"), str)
    ]
    audits = _of(parts, "gap_audit")
    covered = set()
    for part in audits:
        for one in dicts(part.content, "failures") + dicts(part.content, "recovery"):
            point = str(one.get("failure_point"))
            covered.add(point)
            if points and point not in points:
                tell(
                    part.file,
                    "unknown_fail_point",
                    str(point),
                    _("no blueprint has this fail point"),
                    _("Use the id of the fail point, or draw it in the blueprint."),
                    "conflict",
                )
    for point in points if audits else []:
        if point not in covered:
            tell(
                audits[0].file,
                "uncovered_fail",
                point,
                _("it can happen and nobody knows what to do then"),
                _("Give it a line with what is given, settled, said and learned."),
                "missing",
            )


def _threads(parts: list[Part], tell: Teller) -> None:
    """Return a note for every id that is answered and stands nowhere."""
    for part in parts:
        answers = part.content.get("answers")
        names = (
            [one for one in answers if isinstance(one, str)] if isinstance(answers, list) else []
        )
        elsewhere = {name for other in parts if other is not part for name in ids_of(other.content)}
        if not elsewhere:
            continue
        for name in names:
            if name not in elsewhere:
                tell(
                    part.file,
                    "unknown_id",
                    "answers",
                    _("“{id}” stands in none of the other parts").format(id=name),
                    _("Is it spelt as there? Else put that part into the folder."),
                    "conflict",
                )


def _tests(parts: list[Part], tell: Teller) -> None:
    cards = {_own(part): part.content for part in _of(parts, "test_card")}
    for part in _of(parts, "decision"):
        if not cited(part.content):
            tell(
                part.file,
                "no_card",
                "tested",
                _("the decision cites no test card"),
                _("Try the smallest honest test, and cite its card by id."),
                "missing",
            )
        for one in dicts(part.content, "tested"):
            name = one.get("card")
            if not isinstance(name, str) or not name.strip() or not cards:
                continue
            if name not in cards:
                tell(
                    part.file,
                    "unknown_card",
                    "tested",
                    _("“{id}” is none of your test cards ({there})").format(
                        id=name, there=", ".join(sorted(str(one) for one in cards))
                    ),
                    _("Cite a card that is here, or put that card into the folder."),
                    "conflict",
                )
                continue
            _as_on_the_card(part, one, cards[name], tell)
        for name, card in cards.items():
            tried, decided = card.get("date"), part.content.get("date")
            if name in cited(part.content) and _later(tried, decided):
                tell(
                    part.file,
                    "tested_after",
                    "date",
                    _("it was decided on {decided}, and tried on {tried}").format(
                        decided=decided, tried=tried
                    ),
                    _("A test that comes after the decision has tested nothing."),
                    "conflict",
                )


def _as_on_the_card(part: Part, told: Document, card: Document, tell: Teller) -> None:
    outcomes = card.get("outcomes")
    counted = len(outcomes) if isinstance(outcomes, list) else 0
    people = told.get("n")
    if counted and isinstance(people, int) and people != counted:
        tell(
            part.file,
            "other_count",
            "tested",
            _("n is {told}, and the card has {counted} outcomes").format(
                told=people, counted=counted
            ),
            _("Write what the card says."),
            "conflict",
        )
    verdict = verdict_of(card)
    result = say(told.get("result")).lower()
    claimed = [word for word in ("kept", "dropped", "stopped", "unfinished") if word in result]
    if verdict and claimed and verdict not in claimed:
        tell(
            part.file,
            "other_verdict",
            "tested",
            _("it says “{told}”, and by its own threshold the card was {verdict}").format(
                told=claimed[0], verdict=verdict
            ),
            _("Write what the card says, and why you go on all the same."),
            "conflict",
        )


def _later(one: Any, other: Any) -> bool:
    days = [
        value if isinstance(value, str) and DATE.fullmatch(value) else "" for value in (one, other)
    ]
    return bool(days[0] and days[1] and days[0] > days[1])


def _numbers(parts: list[Part], tell: Teller) -> None:
    """Return a note for each number of a decision that stands in no other part."""
    known = set()
    for part in parts:
        if part.kind != "decision":
            known |= set(_figures(json.dumps(part.content, ensure_ascii=False)))
    for part in _of(parts, "decision"):
        texts = [say(part.content.get(key)) for key in ("decision", "problem")]
        texts += [say(one.get("text")) for one in dicts(part.content, "evidence")]
        pays = part.content.get("pays")
        texts += [say(one) for one in pays.values()] if isinstance(pays, dict) else []
        new = [figure for text in texts for figure in _figures(text) if figure not in known]
        if known and new:
            tell(
                part.file,
                "new_facts",
                "",
                _("{figures}: these numbers stand in none of the other parts").format(
                    figures=", ".join(dict.fromkeys(new))
                ),
                _("Put each where it was found, then cite it."),
                "advice",
            )


def _handed_out(parts: list[Part], tell: Teller) -> None:
    same = [part.kind for part in parts if handed_out.example_of(part.content) == part.content]
    if same:
        tell(
            "",
            "as_handed_out",
            ", ".join(TITLES[kind] for kind in dict.fromkeys(same)),
            _("as the exercises hand it out, word for word"),
            _("Show it as the course's example, or make it yours."),
            "advice",
        )


def _figures(text: str) -> list[str]:
    found = []
    for figure in NUMBER.findall(DATE.sub(" ", text)):
        plain = re.sub("[,\u00a0\u202f ]", "", figure)
        # Small numbers, and years, need no source of their own.
        if float(plain) >= 20 and not (len(plain) == 4 and plain[:2] in ("19", "20")):
            found.append(plain)
    return found


def _missing(parts: list[Part], broken: set[str], tell: Teller) -> None:
    there = {part.kind for part in parts}
    for kind, form, names, title, made in KINDS:
        if kind not in there and not broken.intersection(names):
            where = _("chapter {n}").format(n=made) if made.isdigit() else f"“{made}”"
            tell(
                "",
                "missing",
                title,
                _("it is not here"),
                _(
                    "The last cell of the exercise to {where} saves artefacts/{name}.json; "
                    "any file with “format”: “{form}” will do."
                ).format(where=where, name=names[0], form=form),
                "missing",
            )
