"""What the exercises hand out as artefacts, so that text left as it was is noticed.

``handed_out.json`` is made from the exercises by ``tools/handed_out.py``.  Notebooks ask here;
the checkers themselves are given the example by whoever calls them.
"""

import json
from importlib import resources
from typing import Any


def artefacts() -> dict[str, Any]:
    """Return what the exercises' cells save when nobody changes a word, by its name."""
    file = resources.files(__package__).joinpath("handed_out.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def example_of(artefact: Any) -> dict[str, Any] | None:
    """Return the handed-out artefact of the same format that shares most texts with this one.

    Parameters
    ----------
    artefact : any
        What a learner keeps; its key ``format`` says what it is.

    Returns
    -------
    dict or None
        None if nothing of this format is handed out.
    """
    kind = artefact.get("format") if isinstance(artefact, dict) else None
    alike = [one for one in _dicts(artefacts()) if kind and one.get("format") == kind]
    mine = set(_texts(artefact))
    return max(alike, key=lambda one: len(mine & set(_texts(one))), default=None)


def is_as_it_was(name: str, artefact: Any, part: str = "") -> bool:
    """Say whether an artefact that has no format is still the one handed out by that name.

    Parameters
    ----------
    name : str
        The artefact's name, such as "personas_and_map".
    artefact : any
        What a learner keeps.
    part : str
        The key of the part that is asked about, such as "insights"; "" for the whole.
    """
    kept = artefacts().get(name)
    if part:
        kept, artefact = (
            one.get(part) if isinstance(one, dict) else None for one in (kept, artefact)
        )
    return kept is not None and bool(artefact == kept)


def _dicts(value: Any) -> list[dict[str, Any]]:
    """Return the dicts in a value, itself first, however deep they lie."""
    if isinstance(value, dict):
        return [value] + [one for part in value.values() for one in _dicts(part)]
    return [one for part in value for one in _dicts(part)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []
