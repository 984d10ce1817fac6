"""What makes a blueprint sound, by itself and beside its journey: the format blueprint/1."""

from __future__ import annotations

from typing import Any

from explorables.language import _
from servicedesign.blueprint import LAYERS
from servicedesign.blueprints.exports import ITEM_KEYS
from servicedesign.linting import STATUSES, Checker, Document, Finding, named, shown

FORMAT = "blueprint/1"
KEYS = (
    "format",
    "id",
    "title",
    "service",
    "journey",
    "state",
    "date",
    "synthetic",
    "note",
    "stages",
    "items",
    "handoffs",
    "failure_points",
    "plans",
    "meant",
)


def lint(blueprint: Any) -> list[Finding]:
    """Return what is wrong with a blueprint, and what could be better.

    Parameters
    ----------
    blueprint : any
        Whatever a JSON file may hold; nothing makes the linter fail.

    Returns
    -------
    list of Finding
        In the order of the file.  `draw` and the exports work if none of them
        is an error.
    """
    check = Checker()
    whole = check.header(blueprint, FORMAT, KEYS)
    if whole is None:
        return check.findings
    check.other(
        "journey", whole, _("Write the id of the journey whose steps are the customer's row.")
    )
    stages: set[str] = set()
    for place, stage in enumerate(check.objects("stages", whole), start=1):
        element = named(_("stage"), stage, place)
        check.identifier(element, stage, stages)
        check.label("label", element, stage, _("Name the stage as the customer sees it."))
        check.keys(element, stage, ("id", "label"))
    ids: set[str] = set()
    items = check.objects("items", whole)
    for place, item in enumerate(items, start=1):
        _lint_item(check, place, item, ids, stages)
    _lint_layers(check, items, stages)
    _lint_handoffs(check, whole, items, ids)
    plans: set[str] = set()
    for place, plan in enumerate(check.objects("plans", whole, needed=False), start=1):
        _lint_plan(check, place, plan, plans)
    seen: set[str] = set()
    points = check.objects("failure_points", whole, needed=False)
    for place, point in enumerate(points, start=1):
        _lint_failure_point(check, named(_("fail point"), point, place), point, seen)
        element = named(_("fail point"), point, place)
        check.reference("item", element, point.get("item"), ids, _("items"))
        if point.get("plan") is None:
            check.advise(
                "no_plan", element, _("has no plan"), _("Say what will be done about it, and when.")
            )
        else:
            check.reference("plan", element, point["plan"], plans, _("plans"))
    return check.findings


def _owner(check: Checker, element: str, holder: Document) -> None:
    check.word("owner", element, holder, _("Write one name or role, spelt the same everywhere."))


def _lint_item(check: Checker, place: int, item: Document, ids: set[str], stages: set[str]) -> None:
    element = named(_("item"), item, place)
    check.identifier(element, item, ids)
    check.reference("stage", element, item.get("stage"), stages, _("stages"))
    check.choice("layer", element, item, LAYERS)
    check.label("label", element, item, _("Say what is done, or what is seen."))
    _owner(check, element, item)
    status = check.choice("evidence", element, item, STATUSES)
    check.label(
        "source",
        element,
        item,
        _("Say who saw or heard it and when, or call it assumed."),
        needed=status in ("observed", "reported"),
    )
    check.number("minutes", element, item, 0, 1_000_000, _("Write minutes, from 0 to 1,000,000."))
    if "wait" in item and not isinstance(item["wait"], bool):
        check.error(
            "wait",
            element,
            _("has {value} for wait").format(value=shown(item["wait"])),
            _("Write true if the customer waits here, or leave it out."),
        )
    check.keys(element, item, ITEM_KEYS)


def _lint_layers(check: Checker, items: list[Document], stages: set[str]) -> None:
    pairs = [(item.get("layer"), item.get("stage")) for item in items]
    for layer in LAYERS:
        if items and layer not in [pair[0] for pair in pairs]:
            check.error(
                "empty_layer",
                _("layer {id}").format(id=shown(layer)),
                _("has no item"),
                _("Ask who or what does this part; an assumption is a start."),
            )
    for stage in sorted(stages):
        if ("customer", stage) not in pairs:
            check.error(
                "stage_without_customer",
                _("stage {id}").format(id=shown(stage)),
                _("has no customer action"),
                _("Say what the customer does then, or join the stage to another."),
            )


def _lint_handoffs(
    check: Checker, blueprint: Document, items: list[Document], ids: set[str]
) -> None:
    handoffs = blueprint.get("handoffs", [])
    if not isinstance(handoffs, list):
        check.error(
            "handoffs",
            _("the file"),
            _("has {value} for handoffs").format(value=shown(handoffs)),
            _('Write a list of ["from", "to", "what is passed on"].'),
        )
        return
    joined: set[str] = set()
    for place, handoff in enumerate(handoffs, start=1):
        element = _("hand-off {n}").format(n=place)
        if not isinstance(handoff, list) or len(handoff) not in (2, 3):
            check.error(
                "handoff",
                element,
                _("is {value}").format(value=shown(handoff)),
                _('Write ["from", "to", "what is passed on"].'),
            )
            continue
        ends = [
            end for end in handoff[:2] if check.reference("item", element, end, ids, _("items"))
        ]
        joined.update(ends)
        if len(ends) == 2 and ends[0] == ends[1]:
            check.error(
                "self_handoff",
                element,
                _("leads from {value} to itself").format(value=shown(ends[0])),
                _("A hand-off passes something on: name the next item."),
            )
        if len(handoff) == 3:
            check.label("label", element, {"label": handoff[2]}, "")
    for place, item in enumerate(items, start=1):
        hidden = item.get("layer") in ("frontstage", "backstage", "support")
        if hidden and isinstance(item.get("id"), str) and item["id"] not in joined:
            check.advise(
                "unconnected",
                named(_("item"), item, place),
                _("hands nothing on and is handed nothing"),
                _("Record what reaches it and what leaves it, or ask whether it is needed."),
            )


def _lint_plan(check: Checker, place: int, plan: Document, ids: set[str]) -> None:
    element = named(_("plan"), plan, place)
    check.identifier(element, plan, ids)
    check.label("label", element, plan, _("Say what will be done."))
    _owner(check, element, plan)
    check.date("due", element, plan)
    check.keys(element, plan, ("id", "label", "owner", "due"))


def _lint_failure_point(check: Checker, element: str, point: Document, ids: set[str]) -> None:
    check.identifier(element, point, ids)
    check.label("label", element, point, _("Say what goes wrong, as the customer meets it."))
    _owner(check, element, point)
    check.number(
        "p_fail", element, point, 0, 1, _("Write a share from 0 to 1: 0.05 for 5 in a hundred.")
    )
    check.keys(element, point, ("id", "item", "label", "owner", "p_fail", "plan"))


def join(blueprint: Document, journey: Document) -> list[Finding]:
    """Return where the customer's row and a journey do not tell the same story.

    Parameters
    ----------
    blueprint, journey : dict
        Both without errors of their own.

    Returns
    -------
    list of Finding
        Errors for steps that one of them lacks, advice where the order differs
        or the blueprint names another journey.
    """
    check = Checker()
    steps = [step["id"] for step in journey["touchpoints"]]
    stages = [stage["id"] for stage in blueprint["stages"]]
    row = [item for item in blueprint["items"] if item["layer"] == "customer"]
    row.sort(key=lambda item: stages.index(item["stage"]))
    if blueprint.get("journey") != journey["id"]:
        check.advise(
            "other_journey",
            _("the file"),
            _("names the journey {value}").format(value=shown(blueprint.get("journey"))),
            _('The journey at hand is "{id}": write "journey": "{id}".').format(id=journey["id"]),
        )
    for place, item in enumerate(row, start=1):
        element = named(_("item"), item, place)
        check.reference("touchpoint", element, item["id"], steps, _("touchpoints of the journey"))
    names = [item["id"] for item in row]
    for step in steps:
        if step not in names:
            check.error(
                "missing_touchpoint",
                _("touchpoint {id}").format(id=shown(step)),
                _("is in the journey, but not in the customer's row"),
                _('Add an item with this id in the layer "customer".'),
            )
    shared = [name for name in names if name in steps]
    if shared != [step for step in steps if step in shared]:
        check.advise(
            "other_order",
            _("the customer's row"),
            _("has the steps in another order than the journey"),
            _("Put them in the order in which they happened."),
        )
    return check.findings
