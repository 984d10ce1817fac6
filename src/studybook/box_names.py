"""The names of boxes, for the pages and for what counts their words."""

from __future__ import annotations

NAMES = {
    "Scene": "scene",
    "Predict first": "predict-box",
    "Try this": "try",
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
FOLDED = {"model", "count", "closer"}
