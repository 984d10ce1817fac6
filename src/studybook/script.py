"""The words that `static/studybook.js` says, in the edition's language."""

from __future__ import annotations

import json

from studybook.language import _


def words() -> str:
    """Return the script's words as JSON, safe inside a `<script>` element."""
    said = {
        "answered": _("{right} of {total} questions right."),
        "quizState": _("Quiz: {right} of {total} right"),
        "check": _("Check"),
        "checkHint": _("Press Enter to check this answer."),
        "kept": _("Kept on this machine only."),
        "notKept": _("Your browser does not keep it: it is gone when you close the page."),
        "outside": _("Give a number from {low} to {high}."),
        "unit": _("{guess} {unit}"),
        "nothing": _("no prediction; go back and try one"),
        "yourText": _("Your text"),
        "clear": _("Clear my answers"),
        "sure": _("Clear every answer, prediction and text of this course on this machine?"),
        "cleared": _("Cleared."),
        "scroll": _("Table; scroll sideways to see all of it"),
        "scrollCode": _("Code; scroll sideways to see all of it"),
        "noHits": _("No page has all of these words. Try fewer, or other ones."),
        "note": _("Note"),
        "close": _("Close"),
        "words": _("{n} words"),
        "settings": _("In this picture:"),
        "yes": _("yes"),
        "no": _("no"),
    }
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
