"""What the page's script calls: figures by their id, everything as JSON text.

Text crosses from JavaScript to MicroPython in one piece, which is faster than
handing over dicts item by item.
"""

import json

from explorables import language
from explorables.explorable import BY_ID

_RUNNING: dict = {}


def speak(settings: str) -> None:
    """Use the language settings of the page (`language.settings` as JSON)."""
    language.use(**json.loads(settings))


def frame(key: str, raw: str, width: int, kept: str = "{}") -> str:
    """Draw the raw values given as JSON, on the axes that were kept."""
    return json.dumps(BY_ID[key].frame(json.loads(raw), width, json.loads(kept)))


def refine(key: str, raw: str, width: int, kept: str = "{}") -> None:
    """Begin to refine a drawing; an earlier one of the same figure is dropped."""
    _RUNNING[key] = BY_ID[key].frames(json.loads(raw), width, json.loads(kept))


def step(key: str) -> str:
    """Return the next refinement, or an empty text at the end."""
    for refined in _RUNNING[key]:
        return json.dumps(refined)
    return ""
