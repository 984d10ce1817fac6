"""What makes a measure worth taking: the rules of the format metric_card/1.

Keys: ``id``, ``title``, ``answers`` (ids of the test card, step or promise before it),
``decision``, ``question``, ``source`` ("counted", "asked" or "both"), ``numerator``,
``denominator``, ``unit``, ``who``, ``without``, ``taken`` (how often, where and when),
``shown_by``, ``may_leave``, ``discount``, ``groups``, ``baseline``, ``n``, ``interval``
(half its width, in the unit), ``spread``, ``target``, ``due``, ``leads`` ("leads" or
"follows"), ``guardrail`` (``what``, ``limit``), ``gaming``, ``burden``, ``owner``,
``below`` (``threshold``, ``then``) and ``ends``.
"""

from explorables.language import _
from explorables.numbers import fixed
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.job_card import SINGLE
from servicedesign.advice.remark import Reader

FORMAT = "metric_card/1"
SOURCES = ("counted", "asked", "both")
TIMES = ("leads", "follows")
KEYS = (
    "format", "id", "title", "service", "state", "synthetic", "note", "answers", "decision",
    "question", "source", "numerator", "denominator", "unit", "who", "without", "taken",
    "shown_by", "may_leave", "discount", "groups", "baseline", "n", "interval", "spread",
    "target", "due", "leads", "guardrail", "gaming", "burden", "owner", "below", "ends", "meant",
)  # fmt: skip
TEXTS = (
    "title", "decision", "question", "numerator", "denominator", "who", "without", "taken",
    "shown_by", "gaming", "burden", "owner",
)  # fmt: skip

LOYAL = [
    "loyal*", "retention", "retain*", "return*", "repeat*", "again", "come back", "came back",
    "comes back", "stay", "stays", "stayed", "still there", "member*", "renew*", "nps",
    "recommend*", "promoter*", "uskolli*", "pysy*", "palaa*", "palaav*", "uudelleen",
    "suosittel*", "jäsen*", "uusi*",
]  # fmt: skip
PEAK = [
    "at the till", "at the counter", "on the way out", "right after", "straight after",
    "as they pay", "with the gift", "with the dessert", "by the server", "by the one",
    "kassalla", "tiskillä", "heti", "lahjan", "tarjoilija*",
]  # fmt: skip
MEANS = ["mean", "average", "averages", "keskiarvo*", "keskimäärin"]
NONE = ["", "none", "nothing", "no", "-", "ei", "ei mitään", "n/a", "cannot be gamed"]

RULES = [
    (
        "no_decision",
        _("If it fell by half on Monday, what would you do? If nothing, do not collect it."),
        _("A number without a decision is collected for ever and read by nobody."),
    ),
    (
        "captive",
        _(
            "They have no choice, so staying proves nothing. Count take-up, time to outcome, "
            "contacts caused by failure, and the gap between groups."
        ),
        _("Loyalty can only be seen where somebody could leave."),
    ),
    (
        "bought_loyalty",
        _("Does she come for you or for the half price? Show both groups."),
        _("While a discount is in force, staying measures the discount."),
    ),
    (
        "said_not_done",
        _("They said that they would come. Did they? Name it intention, or count returns."),
        _("What people say that they would do goes only part of the way with what they do."),
    ),
    (
        "no_denominator",
        _("How many of how many? A growing town makes every count grow."),
        _("A count rises with everything that grows around it."),
    ),
    (
        "thin_change",
        _("Chance alone moves it by ±{wide}. You could not tell success from luck."),
        _("A target inside the interval is reached, and missed, by luck."),
    ),
    (
        "no_guardrail",
        _("What would a tired person do to make this look good? Measure that, too."),
        _("A measure that is aimed at is bent; the guardrail shows at whose cost."),
    ),
    (
        "single_staff",
        _("A number on one person ends the honesty of all. Team, or nothing."),
        _("Whoever is counted alone learns to please the count."),
    ),
    (
        "asked_at_peak",
        _(
            "You ask at the best moment, through the person who is marked. Ask a day later, by "
            "somebody else."
        ),
        _("Who asks, and when, moves the answer more than most changes to the service."),
    ),
    (
        "mean_only",
        _("A mean of 7 may be all sevens, or fours and tens. Show the share below the line."),
        _("Nobody meets the mean; some meet what hides behind it."),
    ),
    (
        "no_end",
        _("Until when? Write the day on which you ask whether it is still worth its burden."),
        _("Measures are begun far more often than they are ended."),
    ),
]


def look(card, before=None, example=None):
    """Return remarks on a metric card.

    Parameters
    ----------
    card : any
        Whatever somebody filled in; nothing makes the checker fail.
    before : list of str or None
        Ids of the artefacts before: test cards, steps, promises; None if not at hand.
    example : dict or None
        The card that was handed out.

    Returns
    -------
    list of Remark
    """
    reader = Reader(RULES + everywhere.RULES)
    if not isinstance(card, dict):
        reader.error("not_an_object", "", _("A metric card is written in braces, with its keys."))
        return reader.remarks
    _structure(reader, card)
    for key in TEXTS:
        everywhere.privacy(reader, key, text_of(card.get(key)))
    _worth_taking(reader, card)
    _honest(reader, card)
    names = card.get("answers")
    everywhere.thread(
        reader, names if isinstance(names, list) else [], before,
        _("test card, step or promise"), "answers",
    )  # fmt: skip
    everywhere.starter(reader, card, example, ["decision", "question", "gaming"])
    return reader.remarks


def interval_of(card):
    """Return half the width of the interval, in the card's unit, or None if it cannot be told.

    It is the one written down, or, for a percentage with an ``n``, the one of a share.
    """
    wide, share, n = [card.get(key) for key in ("interval", "baseline", "n")]
    if _number(wide) and wide >= 0:
        return wide
    if card.get("unit") == "%" and _number(share) and 0 <= share <= 100 and _number(n) and n > 0:
        return 1.96 * (share * (100.0 - share) / n) ** 0.5
    return None


def _structure(reader, card):
    if card.get("format") != FORMAT:
        reader.error("format", "", _('Write "format": "metric_card/1".'))
    for key in ("id", "question", "numerator"):
        if not text_of(card.get(key)).strip():
            reader.error("missing", key, _("This is empty; a measure needs it."))
    for key, allowed in (("source", SOURCES), ("leads", TIMES)):
        if card.get(key) not in allowed:
            reader.error(key, key, _("Write one of: {words}.").format(words=", ".join(allowed)))
    _values(reader, card)
    for key in sorted([key for key in card if isinstance(key, str)]):
        if key not in KEYS and not key.startswith("x_"):
            reader.error("unknown_key", key, _("Nothing reads this. Is it spelt right?"))


def _values(reader, card):
    for key in ("baseline", "interval", "target", "n"):
        value = card.get(key)
        if value is not None and not _number(value):
            reader.error("number", key, _("Write a number, without its unit, or leave it out."))
    if _number(card.get("n")) and card["n"] < 1:
        reader.error("number", "n", _("Write how many are counted, 1 or more."))
    for key in ("may_leave", "discount"):
        if card.get(key) is not None and not isinstance(card[key], bool):
            reader.error("yes_or_no", key, _("Write true or false."))


def _worth_taking(reader, card):
    below = _part(card, "below")
    if _empty(card, "decision") or _empty(below, "then"):
        reader.advise("no_decision", "decision" if _empty(card, "decision") else "below")
    if _empty(card, "denominator"):
        reader.advise("no_denominator", "denominator")
    if _empty(_part(card, "guardrail"), "what") or _empty(card, "gaming"):
        reader.advise("no_guardrail", "gaming" if _empty(card, "gaming") else "guardrail")
    if _empty(card, "ends"):
        reader.advise("no_end", "ends")
    wide, start, target = interval_of(card), card.get("baseline"), card.get("target")
    if wide is not None and _number(start) and _number(target) and abs(target - start) <= wide:
        reader.advise("thin_change", "target", wide=fixed(wide, 1))


def _honest(reader, card):
    told = " ".join([text_of(card.get(key)) for key in ("title", "question", "numerator")])
    loyal = bool(words.stems_in(told, LOYAL))
    groups = card.get("groups")
    parted = isinstance(groups, list) and len([one for one in groups if text_of(one)]) >= 2
    if loyal and card.get("may_leave") is False:
        reader.advise("captive", "may_leave")
    if loyal and card.get("discount") is True and not parted:
        reader.advise("bought_loyalty", "groups")
    if (
        loyal
        and card.get("source") == "asked"
        and not words.stems_in(told, ["intention*", "aiko*"])
    ):
        reader.advise("said_not_done", "source")
    if words.stems_in(text_of(card.get("shown_by")), SINGLE):
        reader.advise("single_staff", "shown_by")
    if card.get("source") in ("asked", "both") and words.stems_in(text_of(card.get("taken")), PEAK):
        reader.advise("asked_at_peak", "taken")
    mean = words.stems_in(text_of(card.get("numerator")) + " " + text_of(card.get("unit")), MEANS)
    if mean and not parted and _empty(card, "spread"):
        reader.advise("mean_only", "numerator")


def _part(card, key):
    value = card.get(key)
    return value if isinstance(value, dict) else {}


def _empty(holder, key):
    return words.small(text_of(holder.get(key))).strip(" .") in NONE


def _number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
