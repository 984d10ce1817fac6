"""What a journey turns into: Mermaid, a table and back, and its deviations from a plan."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

from explorables.language import _
from servicedesign.documents import DocumentError, plain_cell, table_text
from servicedesign.labels import say, word
from servicedesign.linting import Document, shown

TOUCHPOINT_KEYS = (
    "id",
    "phase",
    "action",
    "channel",
    "actor",
    "owner",
    "evidence",
    "source",
    "rating",
    "importance",
    "minutes",
    "p_fail",
    "quote",
)
LABELS = ("action", "actor", "source", "quote")
NUMBERS = ("rating", "importance", "minutes", "p_fail")


def to_mermaid(journey: Document, language: str = "en") -> str:
    """Return the journey in Mermaid's ``journey`` notation.

    Mermaid knows scores from 1 to 5: a rating of 0 becomes 3.  Channel, owner,
    evidence and quotes have no place there, and a step without a rating is
    shown as 3 and says so.
    """
    lines = ["journey", f"    title {mermaid_name(say(journey['title'], language))}"]
    for phase in journey["phases"]:
        name = say(phase.get("label"), language) or word(phase["id"], language)
        lines.append(f"    section {mermaid_name(name)}")
        for step in journey["touchpoints"]:
            if step["phase"] != phase["id"]:
                continue
            action, rating = say(step["action"], language), step.get("rating")
            if rating is None:
                action += f" ({word('no_rating', language)})"
            score = 3 + math.floor((rating or 0) + 0.5)
            actor = mermaid_name(say(step["actor"], language)).replace(",", " ")
            lines.append(f"      {mermaid_name(action)}: {score}: {actor}")
    return "\n".join(lines) + "\n"


def mermaid_name(text: str) -> str:
    """Return a text without the signs that end a name in Mermaid."""
    for sign, instead in ((":", " –"), (";", ","), ("#", "no. "), ("%", " pct")):
        text = text.replace(sign, instead)
    return " ".join(text.split())


def to_csv(journey: Document) -> str:
    """Return the touchpoints as a table: one row each, a column for every language."""
    columns = ["seq"]
    for key in TOUCHPOINT_KEYS:
        values = [step[key] for step in journey["touchpoints"] if key in step]
        if key not in LABELS:
            columns.append(key)
            continue
        if not all(isinstance(value, dict) for value in values) or not values:
            columns.append(key)
        codes = {code for value in values if isinstance(value, dict) for code in value}
        columns += [f"{key}.{code}" for code in sorted(codes)]
    rows = []
    for seq, step in enumerate(journey["touchpoints"], start=1):
        row: dict[str, Any] = {"seq": seq}
        for key in TOUCHPOINT_KEYS:
            value = step.get(key)
            if isinstance(value, dict):
                row.update({f"{key}.{code}": words for code, words in value.items()})
            elif value is not None:
                row[key] = value
        rows.append(row)
    return table_text(columns, rows)


def from_csv(text: str) -> list[Document]:
    """Return touchpoints from a table such as `to_csv` writes, unchecked.

    Raises
    ------
    DocumentError
        If a number is not one; names the row and the column.
    """
    steps = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2):
        step: Document = {}
        for column, found in row.items():
            key, _dot, code = (column or "").partition(".")
            if key not in TOUCHPOINT_KEYS or not isinstance(found, str) or not found:
                continue
            cell = plain_cell(found)
            if code and key in LABELS:
                step.setdefault(key, {})[code] = cell
            elif key in NUMBERS:
                step[key] = _as_number(cell, line, key)
            else:
                step[key] = cell
        if step:
            steps.append(step)
    return steps


def _as_number(cell: str, line: int, key: str) -> float:
    try:
        value = float(cell.replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        raise DocumentError(
            _("row {line}: {key} is {value}, not a number. Mend the cell or empty it.").format(
                line=line, key=key, value=shown(cell)
            )
        ) from None
    return int(value) if value.is_integer() else value


def deviations(planned: Document, actual: Document, language: str = "en") -> list[str]:
    """Return where what happened differs from the plan, in the order of time.

    Steps are matched by their ids: what was skipped, what nobody had planned, what
    came out of turn, what failed (``p_fail`` is 1 in what happened), and what took
    twice as long or longer.
    """
    plan = {step["id"]: step for step in planned["touchpoints"]}
    real = {step["id"]: step for step in actual["touchpoints"]}
    turns = _out_of_turn([key for key in real if key in plan], list(plan))
    found = []
    for key, step in real.items():
        action = say(step["action"], language)
        if key not in plan:
            found.append(_("{action}: happened, but nobody had planned it").format(action=action))
            continue
        if key in turns:
            other = say(plan[turns[key]]["action"], language)
            found.append(_("{action}: came before {other}").format(action=action, other=other))
        if step.get("p_fail") == 1:
            found.append(_("{action}: failed").format(action=action))
        hoped, took = plan[key].get("minutes"), step.get("minutes")
        if hoped and took and took >= 2 * hoped:
            found.append(
                _("{action}: {took} min instead of {hoped}").format(
                    action=action, took=f"{took:g}", hoped=f"{hoped:g}"
                )
            )
    for key, step in plan.items():
        if key not in real:
            action = say(step["action"], language)
            found.append(_("{action}: planned, but it did not happen").format(action=action))
    return found


def _out_of_turn(happened: list[str], planned: list[str]) -> dict[str, str]:
    """Return the steps that came early, each with the first that the plan has before it."""
    early = {}
    for place, key in enumerate(happened):
        turn = planned.index(key)
        overtaken = [other for other in happened[place + 1 :] if planned.index(other) < turn]
        if overtaken:
            early[key] = min(overtaken, key=planned.index)
    return early
