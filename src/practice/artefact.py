"""Keep what a chapter produces, for the chapter that builds on it."""

import json
import re
from pathlib import Path

from practice.language import _
from practice.values import Foreign, rebuilt

FOLDER = "artefacts"


def save_artefact(name: str, content: object) -> None:
    """Write a chapter's artefact beside the notebook and say where.

    Parameters
    ----------
    name : str
        Lower-case words joined by ``_``, such as ``promise_map``.
    content : object
        Lists, dicts, texts, numbers, True, False and None.

    Raises
    ------
    ValueError
        If the name could not be a file's name everywhere, or the content holds
        what JSON cannot.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(
            f"an artefact's name is made of a-z, 0-9 and _, and begins with a letter, got {name!r}"
        )
    try:
        kept = rebuilt(content)
        text = json.dumps(kept, ensure_ascii=False, indent=1, allow_nan=False, default=_refuse)
    except (TypeError, ValueError) as error:
        problem = f"artefact {name!r} holds something that JSON cannot keep: {error}"
        raise ValueError(problem) from error
    path = Path(FOLDER, name + ".json")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    print(_("Saved in {path}.").format(path=path.as_posix()))  # the learner's receipt


def _refuse(value: object) -> object:
    kind = value.kind if isinstance(value, Foreign) else type(value).__name__
    raise TypeError(f"something of type {kind}")
