"""Taking a statistic apart: what its source tells, and what the sentence made of it says beyond.

A claim is read in five parts: who was asked (population), what had to happen for one to
be among them (trigger), what was noted (measure), what it stands beside (comparison) and
how it was found out (design).
"""

from typing import Any

PARTS = ("population", "trigger", "measure", "comparison", "design")
# From weak to strong: what was noted, and how it was found out.
LADDERS = {
    "measure": ("opinion", "intention", "behaviour"),
    "design": ("survey", "followed", "experiment"),
}


def read_claim(claim: dict[str, dict[str, Any]]) -> list[str]:
    """Return what the source of a claim does not tell, and what its headline overstates.

    Parameters
    ----------
    claim : dict
        ``"source"`` and ``"headline"``, each a dict with the five parts of `PARTS`.
        A part is a text, or None where nothing is said; blanks count as None.
        ``measure`` and ``design`` are rungs of `LADDERS`.

    Returns
    -------
    list of str
        ``"part: missing"`` where the source is silent, else ``"part: overstated"``
        where the headline leaves out a limit or stands on a higher rung; in the
        order of `PARTS`.

    Raises
    ------
    ValueError
        If a part is not there, or a measure or a design is on no rung.
    """
    said = {side: {part: _told(claim[side], part) for part in PARTS} for side in claim}
    source, headline = said["source"], said["headline"]
    found = []
    for part in PARTS:
        if source[part] is None:
            found.append(f"{part}: missing")
        elif part in LADDERS:
            ladder = LADDERS[part]
            above = headline[part] is not None
            if above and ladder.index(headline[part]) > ladder.index(source[part]):
                found.append(f"{part}: overstated")
        elif headline[part] is None:
            found.append(f"{part}: overstated")
    return found


def _told(side: dict[str, Any], part: str) -> Any:
    if part not in side:
        raise ValueError(f"{part} must be there, as a text or None")
    text = side[part]
    if text is None or not text.strip():
        return None
    if part in LADDERS and text not in LADDERS[part]:
        raise ValueError(f"{part} must be one of {LADDERS[part]} or None, got {text!r}")
    return text
