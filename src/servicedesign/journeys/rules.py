"""What makes a journey sound: the rules of the format journey/1."""

from __future__ import annotations

from typing import Any

from explorables.language import _
from servicedesign.journeys.exports import TOUCHPOINT_KEYS
from servicedesign.linting import STATUSES, Checker, Document, Finding, named, shown

FORMAT = "journey/1"
PHASES = ("before", "during", "after")
OWNERS = ("brand", "partner", "customer", "social")
CHANNELS = (
    "in_person",
    "phone",
    "web",
    "app",
    "email",
    "message",
    "social_media",
    "print",
    "place",
    "machine",
    "object",
)
KEYS = (
    "format",
    "id",
    "title",
    "service",
    "persona",
    "state",
    "date",
    "synthetic",
    "note",
    "plan",
    "phases",
    "touchpoints",
    "insights",
    "answers",
    "meant",
)
MANY = 20  # touchpoints: more do not fit on a wall


def lint(journey: Any) -> list[Finding]:
    """Return what is wrong with a journey, and what could be better.

    Parameters
    ----------
    journey : any
        Whatever a JSON file may hold; nothing makes the linter fail.

    Returns
    -------
    list of Finding
        In the order of the file.  `draw` and the exports work if none of them
        is an error.
    """
    check = Checker()
    whole = check.header(journey, FORMAT, KEYS)
    if whole is None:
        return check.findings
    _lint_persona(check, whole)
    check.other("plan", whole, _("Write the id of the planned journey."))
    _lint_phases(check, whole)
    ids: set[str] = set()
    steps = check.objects("touchpoints", whole)
    for place, step in enumerate(steps, start=1):
        _lint_touchpoint(check, place, step, ids)
    _lint_order(check, steps)
    _lint_whole(check, whole, steps)
    for place, insight in enumerate(check.objects("insights", whole, needed=False), start=1):
        _lint_insight(check, place, insight, ids)
    return check.findings


def _lint_persona(check: Checker, journey: Document) -> None:
    persona, element = journey.get("persona"), _("persona")
    if not isinstance(persona, dict):
        check.error(
            "missing_persona",
            element,
            _("is {value}").format(value=shown(persona)),
            _('Say whose journey it is: {{"name": ..., "need": ...}}.').format(),
        )
        return
    check.label("name", element, persona, _("A first name or a role is enough."))
    check.label("need", element, persona, _("Say what they want to get done, in their words."))
    check.label("description", element, persona, "", needed=False)
    check.keys(element, persona, ("name", "need", "description"))


def _lint_phases(check: Checker, journey: Document) -> None:
    phases = check.objects("phases", journey)
    ids = [phase.get("id") for phase in phases]
    for phase in phases:
        element = _("phase {id}").format(id=shown(phase.get("id")))
        check.choice("id", element, phase, PHASES)
        check.label("label", element, phase, "", needed=False)
        check.keys(element, phase, ("id", "label"))
    for phase_id in PHASES:
        if phases and phase_id not in ids:
            check.error(
                "missing_phase",
                _("phases"),
                _("have no {phase}").format(phase=shown(phase_id)),
                _("A journey begins before the visit and ends after it: add all three."),
            )
    if sorted(map(str, ids)) == sorted(PHASES) and ids != list(PHASES):
        check.error(
            "phase_order",
            _("phases"),
            _("stand in the order {ids}").format(ids=", ".join(map(str, ids))),
            _("Write before, during, after."),
        )
    if len(ids) != len({str(phase_id) for phase_id in ids}):
        check.error("duplicate_id", _("phases"), _("name a phase twice"), _("Keep one of each."))


def _lint_touchpoint(check: Checker, place: int, step: Document, ids: set[str]) -> None:
    element = named(_("touchpoint"), step, place)
    if isinstance(step.get("id"), str) and step["id"] in ids:
        # An id that is used twice names neither of its two.
        element = _("{element} (number {n})").format(element=element, n=place)
    check.identifier(element, step, ids)
    check.choice("phase", element, step, PHASES)
    check.label("action", element, step, _("Say what the person does, starting with a verb."))
    check.label("actor", element, step, _("Say who acts: the person, or who serves them."))
    check.word(
        "channel",
        element,
        step,
        _("Say where it takes place: {words}, or a word of your own.").format(
            words=", ".join(CHANNELS)
        ),
    )
    check.choice("owner", element, step, OWNERS)
    status = check.choice("evidence", element, step, STATUSES)
    known = status in ("observed", "reported")
    check.label(
        "source",
        element,
        step,
        _("Say who saw or heard it and when, or call it assumed."),
        needed=known,
    )
    check.label("quote", element, step, "", needed=False)
    check.number(
        "rating",
        element,
        step,
        -2,
        2,
        _("Rate from -2 (very bad) to 2 (very good), or leave it out."),
    )
    check.number("importance", element, step, 0, 5, _("Weigh from 0 (no matter) to 5 (all)."))
    check.number("minutes", element, step, 0, 1_000_000, _("Write minutes, from 0 to 1,000,000."))
    check.number(
        "p_fail", element, step, 0, 1, _("Write a share from 0 to 1: 0.05 for 5 in a hundred.")
    )
    check.keys(element, step, TOUCHPOINT_KEYS)


def _lint_order(check: Checker, steps: list[Document]) -> None:
    latest = 0
    used = set()
    for place, step in enumerate(steps, start=1):
        phase = step.get("phase")
        if not isinstance(phase, str) or phase not in PHASES:
            continue
        used.add(phase)
        if PHASES.index(phase) < latest:
            check.error(
                "phase_order",
                named(_("touchpoint"), step, place),
                _("is in the phase {phase} but stands after a later one").format(
                    phase=shown(phase)
                ),
                _("Move it up: the list is the order of time."),
            )
        latest = max(latest, PHASES.index(phase))
    for phase in PHASES:
        if steps and phase not in used:
            check.error(
                "empty_phase",
                _("phase {id}").format(id=shown(phase)),
                _("has no touchpoint"),
                _("Ask what happens then, even if you only assume it."),
            )


def _lint_whole(check: Checker, journey: Document, steps: list[Document]) -> None:
    whole = _("the file")
    if len(steps) > MANY:
        check.advise(
            "many_touchpoints",
            whole,
            _("has {n} touchpoints").format(n=len(steps)),
            _("Above {most} a map is hard to read: split it in two.").format(most=MANY),
        )
    if len(steps) > 1 and steps[0].get("owner") == "brand" == steps[-1].get("owner"):
        check.advise(
            "only_the_firm",
            whole,
            _("starts and ends in the firm's own hands"),
            _("Ask what the person did before meeting you, and whom they told after."),
        )
    planned = journey.get("state") in ("planned", "future")
    if not planned and steps and not any("rating" in step for step in steps):
        check.advise(
            "no_rating",
            whole,
            _("has no rating at all"),
            _("Ask how each step felt: without it there is no curve."),
        )
    for place, step in enumerate(steps, start=1):
        if planned and step.get("evidence") in ("observed", "reported"):
            check.advise(
                "observed_plan",
                named(_("touchpoint"), step, place),
                _("is {value} in a journey that has not taken place").format(
                    value=shown(step["evidence"])
                ),
                _("Call it proposed."),
            )


def _lint_insight(check: Checker, place: int, insight: Document, ids: set[str]) -> None:
    element = named(_("insight"), insight, place)
    check.identifier(element, insight, set())
    check.label("text", element, insight, _("Say what was learned, in one sentence."))
    check.choice("evidence", element, insight, STATUSES)
    check.label("source", element, insight, "", needed=False)
    places = insight.get("touchpoints", [])
    if not isinstance(places, list):
        check.error(
            "touchpoints",
            element,
            _("has {value} for touchpoints").format(value=shown(places)),
            _("Write a list of ids, [] for none."),
        )
        places = []
    for value in places:
        check.reference("touchpoint", element, value, ids, _("touchpoints"))
    check.keys(element, insight, ("id", "text", "touchpoints", "evidence", "source"))
