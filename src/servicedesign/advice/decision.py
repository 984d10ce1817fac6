"""What makes a decision memo sound: the rules of the format decision/1."""

from explorables.language import _
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.remark import Reader

FORMAT = "decision/1"
PAYERS = ("money", "guests", "staff", "others", "environment")
EVIDENCE = ("observed", "reported", "assumed")
KEYS = (
    "format", "id", "title", "service", "synthetic", "note", "answers", "decider", "date",
    "decision", "problem", "options", "criteria", "pays", "tested", "evidence", "unknown", "heard",
    "disagrees", "first_step", "stop", "review", "undo", "meant",
)  # fmt: skip

MOODS = [
    "consider*", "explore", "exploring", "develop", "developing", "improve", "improving",
    "promote", "promoting", "look into", "strive", "focus on", "invest in", "harkit*",
    "selvit*", "kehit*", "paran*", "edist*", "panosta*",
]  # fmt: skip
CAUSES = [
    "causes", "caused", "increases", "increased", "leads to", "led to", "thanks to", "because of",
    "results in", "makes guests", "raises", "aiheutta*", "lisää", "johtaa", "ansiosta", "nostaa",
]  # fmt: skip
LOTS = ["lot", "lots", "drawn by", "random*", "arvo*", "arvottu", "satunnais*"]
EVERYBODY = [
    "we", "us", "team", "the team", "company", "the company", "everybody", "all", "staff",
    "the staff", "management", "me", "tiimi", "kaikki", "yritys", "johto", "henkilökunta",
    "me itse",
]  # fmt: skip
LEAVE = ["leave it", "leave things", "leave all", "as it is", "as they are", "do nothing",
         "nothing", "jätetään", "ennallaan", "ei tehdä mitään"]  # fmt: skip
NUMBERS = [
    "one", "once", "a single", "first", "two", "twice", "three", "four", "five", "six", "half",
    "yksi*", "yhden", "kerran", "kaksi*", "kahden", "kolme*", "neljä*", "puolet",
]  # fmt: skip
NO = ["no", "cannot", "can not", "never", "ei", "ei voi"]
NONE = ["", "none", "nobody", "no one", "nothing", "no", "-", "0", "ei", "ei mitään", "ei kukaan",
        "n/a"]  # fmt: skip

RULES = [
    (
        "no_choice",
        _("That is a mood. What will be different on which day?"),
        _("Whoever reads it must be able to say on a given day whether it was done."),
    ),
    (
        "one_option",
        _("One option is an announcement. What if you left it as it is? Write three, with that."),
        _("A choice is seen by what was not chosen."),
    ),
    (
        "straw_options",
        _("You gave this one no chance. Write its best case."),
        _("An option that nobody could want was put there to lose."),
    ),
    (
        "nobody_loses",
        _("Somebody pays in money, minutes or pride. Who, and were they asked?"),
        _("A cost that is not written is paid by whoever was not in the room."),
    ),
    (
        "untested",
        _("Nobody has tried this and it cannot be undone. What is the smallest honest test?"),
        _("What can be undone may be tried at full size; what cannot be, may not."),
    ),
    (
        "no_card",
        _("Cite a test card by its id: who tried it, what was the threshold, what came of it?"),
        _("A memo that cites no test rests on what was thought at a desk."),
    ),
    (
        "no_stop",
        _("When will you admit that it did not work? Write it while you still like it."),
        _("A stop rule that is written afterwards finds that it was not reached."),
    ),
    (
        "we_will",
        _("One name, one day. “We” has never opened a third till."),
        _("What belongs to everybody is begun by nobody."),
    ),
    (
        "all_agree",
        _("Who was asked and would rather not? If nobody, ask somebody who could say no."),
        _("Where nobody disagrees, nobody was asked who would have to change."),
    ),
    (
        "cause_too_far",
        _("No lots were drawn: write “goes along with”, or plan the test."),
        _("Two things that go together may both come from a third."),
    ),
    (
        "false_precision",
        _("{x} from {n} people? Round it until it is true."),
        _("Digits are read as certainty."),
    ),
    (
        "nothing_unknown",
        _("What do you not know that would change the decision?"),
        _("Whoever knows what is missing can be told when it is found."),
    ),
    (
        "no_review",
        _("On which day do you look again?"),
        _("What nobody looks at again stays, good or bad."),
    ),
]


def look(memo, before=None, example=None):
    """Return remarks on a decision memo.

    Parameters
    ----------
    memo : any
        Whatever somebody filled in; nothing makes the checker fail.
    before : list of str or None
        Ids of the artefacts before it: test cards above all; None if not at hand.
    example : dict or None
        The memo that was handed out.

    Returns
    -------
    list of Remark
    """
    reader = Reader(RULES + everywhere.RULES)
    if not isinstance(memo, dict):
        reader.error("not_an_object", "", _("A decision is written in braces, with its keys."))
        return reader.remarks
    _structure(reader, memo)
    for where, text in _texts(memo):
        everywhere.privacy(reader, where, text)
    _choice(reader, memo)
    _payers(reader, memo)
    _grounds(reader, memo, before)
    _afterwards(reader, memo)
    names = memo.get("answers")
    everywhere.thread(
        reader, names if isinstance(names, list) else [], before,
        _("step, fail point, promise or job"), "answers",
    )  # fmt: skip
    everywhere.starter(reader, memo, example, ["decision", "problem", "unknown"])
    return reader.remarks


def cited(memo):
    """Return the ids of the test cards that a memo cites."""
    tested = memo.get("tested")
    found = [one.get("card") for one in tested if isinstance(one, dict)] if _list(tested) else []
    return [name for name in found if isinstance(name, str) and name.strip()]


def _structure(reader, memo):
    if memo.get("format") != FORMAT:
        reader.error("format", "", _('Write "format": "decision/1".'))
    for key in ("id", "decision", "decider"):
        if not text_of(memo.get(key)).strip():
            reader.error("missing", key, _("This is empty; a decision needs it."))
    for key in ("options", "tested", "evidence", "disagrees"):
        value = memo.get(key, [])
        if not _list(value) or [one for one in value if not isinstance(one, dict)]:
            reader.error(
                "list", key, _("Write a list, with braces around each line and its keys in them.")
            )
    for key in ("pays", "first_step", "stop", "undo"):
        if not isinstance(memo.get(key, {}), dict):
            reader.error("object", key, _("Write this in braces, with its keys."))
    _named(reader, memo)
    for key in sorted([key for key in memo if isinstance(key, str)]):
        if key not in KEYS and not key.startswith("x_"):
            reader.error("unknown_key", key, _("Nothing reads this. Is it spelt right?"))


def _named(reader, memo):
    for place, one in enumerate(_dicts(memo, "evidence")):
        if one.get("evidence") not in EVIDENCE:
            reader.error(
                "status",
                _("evidence {n}").format(n=place + 1),
                _("Write how it is known: one of {words}.").format(words=", ".join(EVIDENCE)),
            )
    for key in sorted([key for key in _part(memo, "pays") if isinstance(key, str)]):
        if key not in PAYERS:
            reader.error(
                "payer",
                key,
                _("Write who pays as one of: {words}.").format(words=", ".join(PAYERS)),
            )


def _choice(reader, memo):
    # What only says that somebody is of good will, without a day.
    said = text_of(memo.get("decision"))
    if words.stems_in(said, MOODS) or not _has_digit(said):
        reader.advise("no_choice", "decision")
    options = _dicts(memo, "options")
    left = [one for one in options if one.get("leave") is True or _leaves(text_of(one.get("what")))]
    if len(options) < 3 or not left:
        reader.advise("one_option", "options")
    for place, one in enumerate(options):
        if _empty(one, "best_case"):
            reader.advise("straw_options", _("option {n}").format(n=place + 1))


def _payers(reader, memo):
    pays = _part(memo, "pays")
    for key in ("money", "staff"):
        if _empty(pays, key):
            reader.advise("nobody_loses", "pays." + key)
    against = _dicts(memo, "disagrees")
    if not [one for one in against if not _empty(one, "who") and not _empty(one, "why")]:
        reader.advise("all_agree", "disagrees")


def _grounds(reader, memo, before):
    cards = cited(memo)
    if not [name for name in cards if before is None or name in before]:
        undo = text_of(_part(memo, "undo").get("possible"))
        reader.advise("untested" if words.stems_in(undo, NO) else "no_card", "tested")
    known = _dicts(memo, "evidence")
    everywhere.sources(
        reader,
        [(_("evidence {n}").format(n=place + 1), one) for place, one in enumerate(known)],
        text_of(memo.get("title")) + " " + text_of(memo.get("note")),
    )
    told = [("problem", memo.get("problem")), ("decision", memo.get("decision"))]
    told += [
        (_("evidence {n}").format(n=place + 1), one.get("text")) for place, one in enumerate(known)
    ]
    lots = words.stems_in(" ".join([text_of(text) for _where, text in told]), LOTS)
    for where, text in told:
        if words.stems_in(text_of(text), CAUSES) and not lots:
            reader.advise("cause_too_far", where)
    for place, one in enumerate(known):
        people = one.get("n")
        if isinstance(people, int) and not isinstance(people, bool):
            for figure in _decimals(text_of(one.get("text"))):
                if figure[1] >= (2 if people < 1000 else 3) or ("%" in figure[0] and people < 100):
                    reader.advise(
                        "false_precision", _("evidence {n}").format(n=place + 1),
                        x=figure[0], n=people,
                    )  # fmt: skip
    if _empty(memo, "unknown"):
        reader.advise("nothing_unknown", "unknown")


def _afterwards(reader, memo):
    step, stop = _part(memo, "first_step"), _part(memo, "stop")
    rule = text_of(stop.get("rule"))
    counted = _has_digit(rule) or words.stems_in(rule, NUMBERS)
    if not counted or not _has_digit(text_of(stop.get("date"))):
        reader.advise("no_stop", "stop")
    owner = words.small(text_of(step.get("owner"))).strip(" .")
    if owner in EVERYBODY or owner in NONE or not _has_digit(text_of(step.get("due"))):
        reader.advise("we_will", "first_step")
    if not _has_digit(text_of(memo.get("review"))):
        reader.advise("no_review", "review")


def _texts(memo):
    found = [(key, text_of(memo.get(key))) for key in ("title", "decision", "problem", "unknown")]
    found += [("heard", text_of(one)) for one in _list_of(memo, "heard")]
    for key, inner in (("disagrees", "why"), ("evidence", "text"), ("options", "what")):
        found += [(key, text_of(one.get(inner))) for one in _dicts(memo, key)]
    return found


def _decimals(text):
    """Return each number with a decimal mark, its digits after the mark, and a % behind it."""
    found = []
    place = 0
    while place < len(text):
        if not "0" <= text[place] <= "9":
            place += 1
            continue
        start = place
        while place < len(text) and ("0" <= text[place] <= "9" or text[place] in ".,"):
            place += 1
        number = text[start:place].rstrip(".,")
        mark = max(number.rfind("."), number.rfind(","))
        after = len(number) - mark - 1 if mark > 0 else 0
        # 1,200 is a thousand, not a decimal.
        if after and not (after == 3 and number[mark] == ","):
            rest = text[place : place + 2].strip()
            found.append((number + ("%" if rest[:1] == "%" else ""), after))
    return found


def _leaves(text):
    return bool(words.stems_in(text, LEAVE))


def _has_digit(text):
    return bool([1 for letter in text if "0" <= letter <= "9"])


def _list(value):
    return isinstance(value, list)


def _list_of(memo, key):
    value = memo.get(key)
    return value if isinstance(value, list) else []


def _dicts(memo, key):
    return [one for one in _list_of(memo, key) if isinstance(one, dict)]


def _part(memo, key):
    value = memo.get(key)
    return value if isinstance(value, dict) else {}


def _empty(holder, key):
    return words.small(text_of(holder.get(key))).strip(" .") in NONE
