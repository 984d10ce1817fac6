"""Checkers that notice empty and bad work: one door for all artefacts.

``remarks(artefact)`` looks at whatever the key ``format`` names.  Errors are about
structure and privacy; the rest is advice, three at a time, which the writer may
answer with a reason under the artefact's key ``meant``.
"""

from explorables.language import _
from servicedesign.advice import (
    blueprint,
    decision,
    gap_audit,
    job_card,
    journey,
    metric_card,
    persona,
    priorities,
    promise_map,
    test_card,
)
from servicedesign.advice.remark import Remark, Said, meant, ordered, told, why

LOOKS = dict(
    [
        (room.FORMAT, room.look)
        for room in (
            persona, promise_map, priorities, journey, blueprint, gap_audit, job_card, test_card,
            metric_card,
            decision,
        )
    ]
)  # fmt: skip


def remarks(artefact, before=None, example=None):
    """Return what a checker has to say of an artefact, the most teachable first.

    Parameters
    ----------
    artefact : any
        Its key ``format`` says what it is; nothing makes the checker fail.
    before : list of str or None
        Ids of the artefacts before it, or None if they are not at hand.
    example : dict or None
        What was handed out, so that text left as it was is noticed.

    Returns
    -------
    list of Remark
    """
    kind = artefact.get("format") if isinstance(artefact, dict) else None
    if not isinstance(kind, str) or kind not in LOOKS:
        text = _("This is no artefact that can be checked. Its format is one of: {words}.")
        known = ", ".join(sorted(LOOKS))
        return [Remark("format", "error", "", text.format(words=known), "", -1)]
    return ordered(LOOKS[kind](artefact, before, example))


def report(artefact, before=None, example=None):
    """Return the lines to print: at most three remarks, and what was meant with its reason."""
    reasons = artefact.get("meant") if isinstance(artefact, dict) else None
    found = remarks(artefact, before, example)
    return told(found, reasons if isinstance(reasons, dict) else None)


def said(artefact, before=None, example=None):
    """Return what `report` tells as something that a notebook shows, each "why" folded.

    Without an example the artefact is held against what the exercises hand out.
    """
    if example is None:
        # Only notebooks have the file at hand, so the page does not read this line.
        from servicedesign.advice import handed_out

        example = handed_out.example_of(artefact)
    reasons = artefact.get("meant") if isinstance(artefact, dict) else None
    found = remarks(artefact, before, example)
    return Said(found, reasons if isinstance(reasons, dict) else None)


def is_sound(artefact):
    """Say whether nothing must be mended; advice does not count."""
    return not [one for one in remarks(artefact) if one.level == "error"]


__all__ = [
    "LOOKS", "Remark", "Said", "is_sound", "meant", "ordered", "remarks", "report", "said", "told",
    "why",
]  # fmt: skip
