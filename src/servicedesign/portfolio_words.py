"""What the keys of the learner's files are called where somebody else reads them."""

from __future__ import annotations

from explorables.language import _


def field(key: str) -> str:
    """Return the words for a key of a file: its own, or the key with spaces."""
    return _named().get(key) or _(key.replace("_", " "))


def _named() -> dict[str, str]:
    """Return the words of the keys that only the writer of a file would understand."""
    return {
        "action": _("what we do"),
        "addresses": _("which need it meets"),
        "answers": _("answers"),
        "asked": _("who was asked"),
        "barriers": _("what stands in the way"),
        "candidates": _("what could be done"),
        "cause": _("why it is so"),
        "cost": _("cost, in euros"),
        "costs_eur": _("costs, in euros"),
        "counts": _("what is counted"),
        "duty": _("a duty, paid first"),
        "evidence": _("how we know"),
        "excluded": _("who is shut out"),
        "expected": _("expected"),
        "failure_point": _("what can go wrong"),
        "feature": _("what guests get"),
        "gap": _("found less expected"),
        "give": _("what the guest is given"),
        "group": _("whose answers"),
        "group_size": _("people in the group"),
        "hands": _("in whose hands"),
        "hours": _("hours of work"),
        "id": _("known as"),
        "items": _("what we know"),
        "job": _("what is to be done"),
        "learn": _("what we learn from it"),
        "lines": _("promise by promise"),
        "look_again": _("we look again"),
        "made_from": _("made from"),
        "made_with": _("made with"),
        "measure": _("how we shall see it"),
        "metric": _("measured by"),
        "moment": _("when"),
        "n": _("number of answers"),
        "never": _("what we never do"),
        "not_promised": _("what is not promised"),
        "part": _("part of the promise"),
        "parts": _("parts of the promise"),
        "period": _("how often"),
        "profile": _("what matters to guests"),
        "promise": _("the promise"),
        "quote": _("in their words"),
        "recovery": _("when it goes wrong"),
        "resources_added": _("what helps from now on"),
        "say": _("what is said"),
        "say_no": _("how to say no"),
        "scale": _("highest mark"),
        "settle": _("how it is settled"),
        "severity": _("how bad, from 1 to 3"),
        "so_what": _("what follows"),
        "sort": _("of what sort"),
        "source": _("from where"),
        "staff_decide_eur": _("staff may spend, in euros"),
        "staff_may": _("what staff may do"),
        "step": _("step of the journey"),
        "test": _("how one sees it kept"),
        "text": _("what"),
        "traits": _("what grows in the job, in points"),
        "weeks": _("for how many weeks"),
        "would_change": _("what would change our mind"),
    }
