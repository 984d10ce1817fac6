"""What makes a gap audit and a recovery rule sound: the rules of the form gap_audit/1.

Keys: ``lines`` (each with ``id``, ``part``, ``question``, ``n``, ``expected``, ``found``,
``gap``, ``weight``, ``kind``, ``duty``, ``cause``, ``action``) and ``recovery`` (each with
``failure_point``, ``severity`` 1 to 3, ``give``, ``settle``, ``say``, ``staff_decide_eur``,
``learn``).
"""

from explorables.language import _
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.remark import Reader

FORMAT = "gap_audit/1"
PRAISE = ["how great", "how good", "how satisfied", "how much did you enjoy", "how excellent",
          "kuinka hyvä", "miten hyvin", "kuinka tyytyväi*"]  # fmt: skip
BLAME_GUEST = [
    "expectations too high", "expect too much", "unrealistic", "do not read", "don't read",
    "does not read", "do not understand", "don't understand", "guests' fault", "their fault",
    "liian suuret odotukset", "eivät lue", "eivät ymmärrä", "epärealist*",
]  # fmt: skip
SORRY = ["sorry if", "sorry but", "inconvenience", "apologise if", "apologies if",
         "apologise for any",
         "pahoittelut jos", "anteeksi jos", "pahoittelemme mahdolli*",
         "mutta anteeksi"]  # fmt: skip
# A machine that reminds and a supplier who warns are part of a plan; a person who is told is not.
BLAME_STAFF = [
    "warn", "warned", "warning", "remind", "reminded", "retrain*", "talk to", "speak to",
    "reprimand*", "discipline*", "varoita", "varoitetaan", "varoitus*", "muistuta", "muistutetaan",
    "puhut*", "puhutel*", "koulutetaan uudelleen",
]  # fmt: skip
# These join no second question.
ONE_QUESTION = ["or so", "or not", "or less", "or more", "tai ei", "vai ei"]

RULES = [
    (
        "blame_learning",
        _("Then the next person does it. Which part of the plan changes?"),
        _("Whoever is warned hides the next slip, and the plan stays."),
    ),
    (
        "ask_the_boss",
        _(
            "The gravest failure needs the quickest hands. What may the one at the counter do at "
            "once?"
        ),
        _("While somebody asks for leave the guest stands there."),
    ),
    (
        "conditional_sorry",
        _("An apology with an if is a defence. Say what happened and whose it was."),
        _("People hear whether somebody owns it."),
    ),
    (
        "money_only",
        _("A voucher answers “what did I get”. How was it settled, and how was I spoken to?"),
        _("Three kinds of fairness are asked for, and money is one."),
    ),
    (
        "made_up_for",
        _(
            "The average is fine and the label is wrong. Nothing makes up for that; look at the "
            "line, not at the mean."
        ),
        _("A duty is not outweighed by a warm welcome."),
    ),
    (
        "uncovered_fail",
        _("“{point}” can happen and nobody knows what to do then."),
        _("The rule is needed most where nobody thought of it."),
    ),
    (
        "blame_guest",
        _("Who told them? Look for the gap between your promise and your plan."),
        _("What people expect was promised by somebody."),
    ),
    (
        "sum_wrong",
        _("Found minus expected: below zero means short of it. Yours is another number."),
        _("With the sign turned round the worst line looks like the best."),
    ),
    (
        "two_in_one",
        _("Two questions, one answer: which of them did she mark?"),
        _("An answer to two questions answers neither."),
    ),
    (
        "leading",
        _("She hears the answer that you hope for. Ask what happened, and let her judge."),
        _("Most people would rather please than contradict."),
    ),
    (
        "no_n",
        _("Of how many? With few people write the count."),
        _("A share of nobody knows whom convinces, and should not."),
    ),
]


def look(sheet, before=None, example=None):
    """Return remarks on a gap audit; arguments as for `servicedesign.advice.remarks`.

    ``before`` holds the blueprint's fail points, each of which needs a line.
    """
    reader = Reader(RULES + everywhere.RULES)
    lines, recovery = _dicts(sheet.get("lines")), _dicts(sheet.get("recovery"))
    if not lines and not recovery:
        reader.error("missing", "lines", _("Write a line of the audit or of the recovery rule."))
    for at, one in enumerate(lines, 1):
        _line(reader, _row("line", one, at), one)
    _made_up(reader, lines)
    for at, one in enumerate(recovery, 1):
        _recover(reader, "recovery " + (text_of(one.get("failure_point")) or str(at)), one)
    spent = dict([(one.get("severity"), one.get("staff_decide_eur")) for one in recovery])
    if 1 in spent and 3 in spent and _number(spent[3]) and spent[1] == spent[3]:
        reader.advise("ask_the_boss", "recovery")
    covered = [one.get("failure_point") for one in recovery]
    for point in before or []:
        if point not in covered:
            reader.advise("uncovered_fail", point, point=point)
    texts = ["lines.question", "recovery.give", "recovery.settle", "recovery.learn"]
    everywhere.starter(reader, sheet, example, texts)
    return reader.remarks


def _line(reader, where, one):
    for key in ("question", "cause", "action"):
        everywhere.privacy(reader, where, text_of(one.get(key)))
    found, expected, gap = [one.get(key) for key in ("found", "expected", "gap")]
    for key, value in (("found", found), ("expected", expected)):
        if value is not None and not _number(value):
            reader.error(key, where, _("Write a number."))
    if _number(found) and _number(expected) and _number(gap):
        if abs(gap - (found - expected)) > 0.051:
            reader.advise("sum_wrong", where)
    n, told = one.get("n"), " ".join([text_of(one.get(key)) for key in ("found_text", "action")])
    if not isinstance(n, int) or ("%" in told and n < 10):
        reader.advise("no_n", where)
    question = text_of(one.get("question"))
    if words.stems_in(
        words.without(question, ONE_QUESTION), ["and", "or", "sekä", "ja", "tai", "eli"]
    ):
        reader.advise("two_in_one", where)
    if words.stems_in(question, PRAISE):
        reader.advise("leading", where)
    if words.stems_in(text_of(one.get("cause")), BLAME_GUEST):
        reader.advise("blame_guest", where)


def _made_up(reader, lines):
    total, weights, short = 0.0, 0.0, []
    for at, one in enumerate(lines, 1):
        found, expected = one.get("found"), one.get("expected")
        if not (_number(found) and _number(expected)):
            continue
        weight = one.get("weight") if _number(one.get("weight")) else 1
        total, weights = total + weight * (found - expected), weights + weight
        if found < expected and (one.get("duty") or one.get("kind") == "must-be"):
            short.append(_row("line", one, at))
    if weights and total / weights >= 0:
        for where in short:
            reader.advise("made_up_for", where)


def _recover(reader, where, one):
    give, settle, say = [text_of(one.get(key)) for key in ("give", "settle", "say")]
    for text in (give, settle, say, text_of(one.get("learn"))):
        everywhere.privacy(reader, where, text)
    severity = one.get("severity")
    if severity not in (1, 2, 3):
        reader.error("severity", where, _("Write 1, 2 or 3."))
    if give.strip() and not (settle.strip() and say.strip()):
        reader.advise("money_only", where)
    if severity == 3 and not one.get("staff_decide_eur") and not text_of(one.get("staff_may")):
        reader.advise("ask_the_boss", where)
    if words.stems_in(say, SORRY):
        reader.advise("conditional_sorry", where)
    if words.stems_in(text_of(one.get("learn")), BLAME_STAFF):
        reader.advise("blame_learning", where)


def _dicts(value):
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _row(kind, one, at):
    return kind + " " + (text_of(one.get("id")) or str(at))


def _number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
