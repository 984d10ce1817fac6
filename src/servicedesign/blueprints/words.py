"""What a blueprint says in words: its gist, its hand-offs, its fail points and plans."""

from explorables.language import _
from servicedesign.journeys import words
from servicedesign.labels import say, word

# Which line runs under a layer, and the colour of a layer's band.
LINES = {"customer": "interaction", "frontstage": "visibility", "backstage": "internal"}
TINTS = {"customer": "during", "frontstage": "before", "backstage": "faint", "support": "faint"}


def description(blueprint: dict) -> str:
    """Return the blueprint in a few words, for those who cannot see it."""
    return _("{n} items in {stages} stages, {h} hand-offs, {f} fail points.").format(
        n=len(blueprint["items"]),
        stages=len(blueprint["stages"]),
        h=len(blueprint.get("handoffs") or []),
        f=len(blueprint.get("failure_points") or []),
    )


def ratings_of(journey: dict | None) -> dict:
    """Return the ratings of a journey's touchpoints by their ids."""
    return {step["id"]: step.get("rating") for step in (journey or {}).get("touchpoints") or []}


def numbered_by(points: list, key) -> dict:
    """Return the numbers, from 1, of the entries that name each id at ``key``."""
    numbers: dict = {}
    for number, point in enumerate(points):
        numbers.setdefault(point[key], []).append(number + 1)
    return numbers


def handoff_text(handoff: list, items: list, language: str) -> str:
    """Return a hand-off in words: from, to, and what is passed on."""
    by_id = {item["id"]: say(item["label"], language) for item in items}
    text = by_id[handoff[0]] + " \u2192 " + by_id[handoff[1]]
    passed = say(handoff[2], language) if len(handoff) > 2 else ""
    return text + (": " + passed if passed else "")


def failure_texts(point: dict, blueprint: dict, language: str) -> list:
    """Return a fail point in words: what goes wrong and whose it is, then the plan."""
    first = say(point["label"], language) + " (" + point["owner"] + ")"
    if point.get("p_fail"):
        first += ", " + words.risk_text(point["p_fail"], language)
    plans = [p for p in blueprint.get("plans") or [] if p["id"] == point.get("plan")]
    if not plans:
        return [first, word("plan", language) + ": " + word("no_plan", language)]
    plan = plans[0]
    about = [plan["owner"]] + ([plan["due"]] if plan.get("due") else [])
    second = word("plan", language) + ": " + say(plan["label"], language)
    return [first, second + " (" + ", ".join(about) + ")"]
