"""What a blueprint turns into: a Mermaid flowchart and a table."""

from __future__ import annotations

from typing import Any

from servicedesign.blueprint import LAYERS
from servicedesign.documents import table_text
from servicedesign.labels import say, word
from servicedesign.linting import Document

ITEM_KEYS = (
    "id",
    "stage",
    "layer",
    "label",
    "owner",
    "evidence",
    "source",
    "minutes",
    "wait",
)
LABELS = ("label", "source")


def to_mermaid(blueprint: Document, language: str = "en") -> str:
    """Return the blueprint as a Mermaid flowchart: a subgraph for each layer.

    Minutes, evidence and plans have no place there; a fail point is marked in
    its item's text.
    """
    fails = {point["item"] for point in blueprint.get("failure_points") or []}
    lines = ["flowchart LR"]
    for layer in LAYERS:
        lines.append(f'  subgraph layer_{layer}["{_quoted(word(layer, language))}"]')
        for item in blueprint["items"]:
            if item["layer"] == layer:
                text = f"{say(item['label'], language)} ({item['owner']})"
                mark = "⚠ " if item["id"] in fails else ""
                lines.append(f'    item_{item["id"]}["{_quoted(mark + text)}"]')
        lines.append("  end")
    for handoff in blueprint.get("handoffs") or []:
        passed = say(handoff[2], language) if len(handoff) > 2 else ""
        label = f'|"{_quoted(passed)}"|' if passed else ""
        lines.append(f"  item_{handoff[0]} -->{label} item_{handoff[1]}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text that may stand between Mermaid's quotation marks."""
    for sign, instead in (("&", "#amp;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(sign, instead)
    return " ".join(text.split())


def to_csv(blueprint: Document) -> str:
    """Return the items as a table: stages in order, layers from the top, with their hand-offs."""
    items = blueprint["items"]
    codes = {
        key: sorted(
            {code for item in items if isinstance(item.get(key), dict) for code in item[key]}
        )
        for key in LABELS
    }
    columns = []
    for key in ITEM_KEYS:
        plain = key not in LABELS or any(isinstance(item.get(key), str) for item in items)
        columns += [key] if plain else []
        columns += [f"{key}.{code}" for code in codes.get(key, [])]
    rows = []
    stages = [stage["id"] for stage in blueprint["stages"]]
    for item in sorted(
        items, key=lambda item: (stages.index(item["stage"]), LAYERS.index(item["layer"]))
    ):
        row: dict[str, Any] = {}
        for key in ITEM_KEYS:
            value = item.get(key)
            if isinstance(value, dict):
                row.update({f"{key}.{code}": words for code, words in value.items()})
            elif value is not None:
                row[key] = value
        targets = [h[1] for h in blueprint.get("handoffs") or [] if h[0] == item["id"]]
        points = blueprint.get("failure_points") or []
        row["hands_to"] = " ".join(targets)
        row["fails"] = " ".join(point["id"] for point in points if point["item"] == item["id"])
        rows.append(row)
    return table_text([*columns, "hands_to", "fails"], rows)
