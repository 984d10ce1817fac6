"""The names of boxes, for the pages and for what counts their words."""

from __future__ import annotations

NAMES = {
    "Scene": "scene",
    "Predict first": "predict-box",
    "Try this": "try",
    "On paper": "paper",
    "What you saw": "saw",
    "Evidence": "evidence",
    "The model": "model",
    "For those who count": "count",
    "Look closer": "closer",
    "At the library": "library",
    "Limits": "limits",
    "Real data": "data",
    "Remember": "remember",
    "Note": "note",
}
FOLDED = {"model", "count", "closer", "paper"}


def kind_of(lead: str) -> str | None:
    """Return the kind of box that bold words open: `Look closer: whose word` is a `closer`.

    What stands after a colon tells one box from its likes; None if no box is called so.
    """
    return NAMES.get(lead.rstrip(" .?").partition(":")[0])
