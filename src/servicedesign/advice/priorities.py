"""What makes a list of priorities sound: the rules of the form priorities/1.

Keys: ``candidates`` (each with ``id``, ``what``, ``group``, ``n``, ``importance``,
``performance``, ``kind``, ``duty``, ``cost``, ``decision`` do, later or not, ``reason``,
``owner``, ``answers``), ``scale`` (the highest mark), ``would_change``, ``duties_first``.
"""

from explorables.language import _
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.remark import Reader

FORMAT = "priorities/1"
DECISIONS = ("do", "later", "not")
KINDS = ("must-be", "one-dimensional", "attractive", "indifferent", "reverse", "unknown")
BUILD = [
    "build", "buy", "launch", "develop an app", "app", "an app", "campaign", "a campaign", "hire",
    "install", "rakenn*", "osta", "ostetaan", "hanki*", "lanseer*", "sovellus", "kampanja",
]  # fmt: skip
DUTY = [
    "allergen*", "emergency exit*", "fire exit*", "accessib*", "wheelchair*", "privacy",
    "gdpr", "minimum wage*", "hygiene", "first aid", "allergee*", "hätäpoistu*", "esteett*",
    "pyörätuol*", "tietosuoj*", "hygieni*", "ensiap*",
]  # fmt: skip
PROOF = ["prove*", "proof", "certain*", "sure", "shows that all", "todist*", "varma*"]
ONLY_IMPORTANT = ["important", "very important", "it is important", "tärkeä", "tärkeää",
                  "on tärkeää", "because it is important", "must have"]  # fmt: skip

RULES = [
    (
        "duty_in_vote",
        _("Law and safety are paid before the vote. Tick duty, and rank what is left."),
        _("Nobody may vote about whether somebody else is safe."),
    ),
    (
        "nothing_refused",
        _(
            "A plan that does everything has chosen nothing. What gets no money, and who will be "
            "sad?"
        ),
        _("What is refused shows what was chosen."),
    ),
    (
        "solution_listed",
        _("Solutions cannot be ranked before the problem is. Which problem would it end?"),
        _("Two cures for one ill compete; two ills do not."),
    ),
    (
        "must_be_waits",
        _("Nobody praises it, and people leave without it. What would it cost to wait?"),
        _("What is expected is noticed only when it is missing."),
    ),
    (
        "hidden_group",
        _("Who is in this average? Split by the need that differs, and write n."),
        _("A mean of two groups that want opposite things is nobody's wish."),
    ),
    (
        "tiny_group",
        _(
            "{n} people may raise a question and settle none, and below five somebody is "
            "recognised."
        ),
        _("A few answers swing with each one of them."),
    ),
    (
        "flat",
        _("All equally important? Ask for trade-offs: ten coins, six problems."),
        _("Marks are free; coins run out."),
    ),
    (
        "echo_reason",
        _("Why this before the others? Name the mark, the kind, or the cost."),
        _("A reason that repeats the thing cannot be argued with."),
    ),
    (
        "free_wishes",
        _("Whose hours? Nothing that somebody does is free."),
        _("Work without a cost is taken from somebody who was not asked."),
    ),
    (
        "no_turning_back",
        _("Which result by which day would make you say: we were wrong?"),
        _("Without it the list is defended and not tested."),
    ),
]


def look(sheet, before=None, example=None):
    """Return remarks on priorities; arguments as for `servicedesign.advice.remarks`."""
    reader = Reader(RULES + everywhere.RULES)
    rows = sheet.get("candidates")
    rows = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    if not rows:
        reader.error("missing", "candidates", _("Write at least one candidate."))
    for at, one in enumerate(rows, 1):
        _structure(reader, _row(one, at), one)
        _candidate(reader, _row(one, at), one)
    _whole(reader, sheet, rows)
    answers = [name for one in rows for name in _names(one.get("answers"))]
    if rows:
        everywhere.thread(reader, answers, before, _("promise or insight"), "candidates")
    everywhere.starter(reader, sheet, example, ["candidates.what", "would_change"])
    return reader.remarks


def _structure(reader, where, one):
    if not text_of(one.get("what")).strip():
        reader.error("missing", where, _("This candidate has no words."))
    if one.get("decision") not in DECISIONS:
        reader.error("decision", where, _("Write one of: do, later, not."))
    if one.get("kind") is not None and one["kind"] not in KINDS:
        reader.error("kind", where, _("Write one of: {words}.").format(words=", ".join(KINDS)))
    for key in ("importance", "performance", "cost", "n"):
        value = one.get(key)
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0
        ):
            reader.error(key, where, _("Write a number, 0 or more, or leave it out."))
    everywhere.privacy(reader, where, text_of(one.get("what")))


def _candidate(reader, where, one):
    what, reason = text_of(one.get("what")), text_of(one.get("reason"))
    if words.begins(what, BUILD):
        reader.advise("solution_listed", where)
    if words.stems_in(what, DUTY) and not one.get("duty"):
        reader.advise("duty_in_vote", where)
    n = one.get("n")
    if isinstance(n, int) and (n < 5 or (n < 30 and words.stems_in(reason, PROOF))):
        reader.advise("tiny_group", where, n=n)
    plain = words.small(reason).strip(" .!")
    if reason and (plain in ONLY_IMPORTANT or words.words_shared(reason, what) >= 0.99):
        # A reason that brings something of its own is longer than the candidate.
        if plain in ONLY_IMPORTANT or len(words.words(reason)) <= len(words.words(what)) + 2:
            reader.advise("echo_reason", where)
    if not reason.strip():
        reader.advise("echo_reason", where)
    if one.get("decision") == "do" and one.get("cost") is None and not one.get("hours"):
        reader.advise("free_wishes", where)


def _whole(reader, sheet, rows):
    decided = [one.get("decision") for one in rows]
    if len(rows) >= 3 and "not" not in decided:
        reader.advise("nothing_refused", "candidates")
    marks = [
        one.get("importance") for one in rows if isinstance(one.get("importance"), (int, float))
    ]
    if len(marks) >= 3 and max(marks) - min(marks) < 1:
        reader.advise("flat", "candidates")
    groups = [text_of(one.get("group")).strip() for one in rows]
    if len(rows) >= 3 and len(set(groups)) == 1 and words.small(groups[0]) in (
        "", "all", "everybody", "everyone", "guests", "customers", "kaikki", "asiakkaat",
    ):  # fmt: skip
        reader.advise("hidden_group", "candidates")
    top = sheet.get("scale") if isinstance(sheet.get("scale"), (int, float)) else 7
    for at, one in enumerate(rows, 1):
        mark = one.get("performance")
        low = isinstance(mark, (int, float)) and mark < (1 + top) / 2
        if one.get("kind") == "must-be" and low and one.get("decision") in ("later", "not"):
            reader.advise("must_be_waits", _row(one, at))
    change = text_of(sheet.get("would_change"))
    event = words.stems_in(
        change, ["if", "when", "once", "unless", "jos", "kun", "by", "until", "mennessä"]
    )
    if not words.has_number(change) and not (event and len(words.words(change)) >= 4):
        reader.advise("no_turning_back", "would_change")


def _row(one, at):
    return "candidate " + (text_of(one.get("id")) or str(at))


def _names(value):
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
