"""What makes a test card sound: the rules of the format test_card/1.

``schemas/test_card-1.schema.json`` describes the format to programs.
"""

from explorables.language import _
from servicedesign import rehearsal
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.remark import Reader

FORMAT = "test_card/1"
WAYS = ("walkthrough", "role_play", "paper", "wizard_of_oz", "one_hour")
FROM = ("outside", "staff", "family", "fellow_students")
KEYS = (
    "format", "id", "title", "service", "synthetic", "note", "answers", "belief", "how", "made",
    "staff", "days", "cost", "people", "planned", "without", "does", "threshold", "stop", "harm",
    "consent", "date", "outcomes", "surprise", "verdict", "next", "meant",
)  # fmt: skip

OPINION = [
    "like", "likes", "liked", "love", "loves", "would use", "would come", "would buy", "rate",
    "rates", "rated", "rating*", "think", "thinks", "opinion*", "say they", "says she would",
    "satisf*", "recommend*", "prefer*", "pitää siitä", "pitävät", "tykkä*", "mielipi*",
    "käyttäisi*", "ostaisi*", "suosittel*", "tyytyväi*", "arvioi*",
]  # fmt: skip
# What looks like something is not what somebody likes.
LIKENESS = ["look* like", "sound* like", "like the", "like a", "like an"]
RISKS = [
    "allerg*", "gluten*", "celery", "nut", "nuts", "diet*", "coeliac*", "money", "pay*", "card",
    "child*", "minor*", "pupil*", "health*", "medic*", "allergia*", "gluteen*", "pähkinä*",
    "ruokavalio*", "raha*", "maks*", "lapsi*", "lapse*", "alaikäi*", "terveys*", "lääk*",
]  # fmt: skip
ALL_CUSTOMERS = [
    "all customers", "all guests", "every customer", "everybody wants", "customers want",
    "revenue", "profit*", "sales", "euros a year", "pays for itself", "proves", "proven",
    "kaikki asiakkaat", "liikevaihto*", "kannattaa", "todist*",
]  # fmt: skip
NONE = ["", "none", "nothing", "no", "-", "ei", "ei mitään", "n/a"]

RULES = [
    (
        "no_threshold",
        _(
            "Whatever happens, you will find that it went well. Write now what would make you "
            "drop it."
        ),
        _("Once the result is known, nearly every result looks like what was meant."),
    ),
    (
        "threshold_after",
        _("The target was painted round the arrow. Keep the old one and say that you changed it."),
        _("A threshold written after the day has seen what it is to judge."),
    ),
    (
        "asks_opinion",
        _("They are kind to you. What do they do that shows it?"),
        _("What people say that they would do goes only part of the way with what they do."),
    ),
    (
        "harm_open",
        _("Who could be hurt, and how would they stop it?"),
        _("Allergens, money, minors and health are no place to learn by accident."),
    ),
    (
        "staff_absent",
        _("Who does this at noon? Let her hold the tray."),
        _("Work that is tried without those who do it is tried by people who do not know it."),
    ),
    (
        "friends_only",
        _("They want you to succeed. Who has no reason to be nice?"),
        _("Friends step round a problem that a stranger runs into."),
    ),
    (
        "share_of_five",
        _("With so few write the count, such as three of five, and no per cent."),
        _("A per cent sounds like many people."),
    ),
    (
        "proves_too_much",
        _("A rehearsal finds what breaks. It does not say how often, nor what it earns."),
        _("A few people who were asked are no sample of all who come."),
    ),
    (
        "not_by_threshold",
        _(
            "By the card's own threshold this is “{verdict}”. Keep that, and say what you make "
            "of it."
        ),
        _("A threshold that bends when it is met was no threshold."),
    ),
    (
        "no_failure",
        _("Then it was a demonstration. What did you not dare to try?"),
        _("A test that could only go well has shown nothing."),
    ),
    (
        "no_next",
        _("Then why was it tried? Change one thing, or write why it stays."),
        _("What was learned and changes nothing is forgotten by Monday."),
    ),
    (
        "too_finished",
        _("What could you try by Thursday with paper and a chair?"),
        _("The more it cost, the harder it is to drop, and paper finds much the same problems."),
    ),
]


def look(card, before=None, example=None):
    """Return remarks on a test card.

    Parameters
    ----------
    card : any
        Whatever somebody filled in; nothing makes the checker fail.
    before : list of str or None
        Ids of the artefacts before: steps, fail points, plans, jobs; None if not at hand.
    example : dict or None
        The card that was handed out.

    Returns
    -------
    list of Remark
    """
    reader = Reader(RULES + everywhere.RULES)
    if not isinstance(card, dict):
        reader.error("not_an_object", "", _("A test card is written in braces, with its keys."))
        return reader.remarks
    _structure(reader, card)
    for key in ("title", "belief", "made", "without", "does", "harm", "surprise"):
        everywhere.privacy(reader, key, text_of(card.get(key)))
    _before_the_day(reader, card)
    if card.get("outcomes"):
        _after_the_day(reader, card)
    names = card.get("answers")
    everywhere.thread(
        reader, names if isinstance(names, list) else [], before,
        _("step, fail point, promise or job"), "answers",
    )  # fmt: skip
    everywhere.starter(reader, card, example, ["belief", "made", "does", "surprise"])
    return reader.remarks


def _structure(reader, card):
    if card.get("format") != FORMAT:
        reader.error("format", "", _('Write "format": "test_card/1".'))
    for key in ("id", "belief", "does"):
        if not text_of(card.get(key)).strip():
            reader.error("missing", key, _("This is empty; a test needs it."))
    if card.get("how") not in WAYS:
        reader.error("how", "how", _("Write one of: {words}.").format(words=", ".join(WAYS)))
    if not _whole(card.get("planned")) or card["planned"] < 1:
        reader.error("planned", "planned", _("Write how many people will try it, 1 or more."))
    needed = _part(card, "threshold").get("needed")
    if needed is not None and not (
        _whole(needed) and _whole(card.get("planned")) and 1 <= needed <= card["planned"]
    ):
        reader.error(
            "threshold",
            "threshold",
            _("Write how many of those planned must do it: a whole number from 1 up to them."),
        )
    stop_at = _part(card, "stop").get("at")
    if stop_at is not None and not (_whole(stop_at) and stop_at >= 1):
        reader.error("stop", "stop", _("Write at how many harms the test ends, 1 or more."))
    _lists(reader, card)
    for key in sorted([key for key in card if isinstance(key, str)]):
        if key not in KEYS and not key.startswith("x_"):
            reader.error("unknown_key", key, _("Nothing reads this. Is it spelt right?"))


def _lists(reader, card):
    outcomes = card.get("outcomes", [])
    if not isinstance(outcomes, list) or [one for one in outcomes if one not in rehearsal.OUTCOMES]:
        reader.error(
            "outcomes",
            "outcomes",
            _("Write a list of: {words}.").format(words=", ".join(rehearsal.OUTCOMES)),
        )
    people = card.get("people", [])
    if not isinstance(people, list) or [
        one for one in people if not isinstance(one, dict) or one.get("from") not in FROM
    ]:
        reader.error(
            "people",
            "people",
            _('Write for each kind of people "who", and "from" as one of: {words}.').format(
                words=", ".join(FROM)
            ),
        )


def _before_the_day(reader, card):
    threshold, stop = _part(card, "threshold"), _part(card, "stop")
    if threshold.get("needed") is None or not text_of(stop.get("rule")).strip():
        reader.advise("no_threshold", "threshold" if threshold.get("needed") is None else "stop")
    written, day = text_of(threshold.get("written")), text_of(card.get("date"))
    if written and day and written > day:
        reader.advise("threshold_after", "threshold")
    if words.stems_in(words.without(text_of(card.get("does")), LIKENESS), OPINION):
        reader.advise("asks_opinion", "does")
    told = " ".join([text_of(card.get(key)) for key in ("title", "belief", "made", "does")])
    if words.stems_in(told, RISKS) and (_empty(card, "harm") or _empty(card, "consent")):
        reader.advise("harm_open", "harm" if _empty(card, "harm") else "consent")
    people = card.get("people")
    groups = [one for one in people if isinstance(one, dict)] if isinstance(people, list) else []
    if groups and not [one for one in groups if one.get("from") == "outside"]:
        reader.advise("friends_only", "people")
    played = card.get("how") in ("role_play", "wizard_of_oz", "one_hour")
    if played and _empty(card, "staff") and not [o for o in groups if o.get("from") == "staff"]:
        reader.advise("staff_absent", "staff")
    days = card.get("days")
    if isinstance(days, (int, float)) and days > 10:
        reader.advise("too_finished", "days")


def _after_the_day(reader, card):
    told = [text_of(card.get(key)) for key in ("surprise", "verdict", "note")]
    told.append(text_of(_part(card, "next").get("change")))
    outcomes = card["outcomes"]
    if isinstance(outcomes, list) and len(outcomes) < 10:
        if [text for text in told if "%" in text or words.stems_in(text, ["per cent", "percent*"])]:
            reader.advise("share_of_five", "surprise")
    if words.stems_in(" ".join(told), ALL_CUSTOMERS):
        reader.advise("proves_too_much", "verdict")
    went_well = isinstance(outcomes, list) and not [one for one in outcomes if one != "did"]
    if went_well and _empty(card, "surprise"):
        reader.advise("no_failure", "surprise")
    if _empty(_part(card, "next"), "change"):
        reader.advise("no_next", "next")
    verdict = verdict_of(card)
    if verdict and text_of(card.get("verdict")) not in ("", verdict):
        reader.advise("not_by_threshold", "verdict", verdict=verdict)


def verdict_of(card):
    """Return the verdict by the card's own threshold, or "" while something is missing."""
    try:
        return rehearsal.read_test(
            card["outcomes"], card["threshold"]["needed"], card["planned"], card["stop"]["at"]
        )["verdict"]
    except (KeyError, TypeError, ValueError):
        return ""


def _part(card, key):
    value = card.get(key)
    return value if isinstance(value, dict) else {}


def _empty(holder, key):
    return words.small(text_of(holder.get(key))).strip(" .") in NONE


def _whole(value):
    return isinstance(value, int) and not isinstance(value, bool)
