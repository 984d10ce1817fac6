"""A decision memo as one page: what is decided, against what, who pays and when it ends.

`draw` puts the boxes in one column where there is no room for two, as on a phone.
"""

from servicedesign import wall_art as art
from servicedesign.advice.decision import PAYERS
from servicedesign.labels import say
from servicedesign.papers import COLUMN, Paper, called, dicts, joined, part, word

WIDE = 560  # px: below this there is one column
MARGIN, GAP = 16.0, 14.0  # px
SIZE = SMALL = art.NOTE  # px, type: a memo is one page
# What the memo says, in English and in Finnish.
WORDS = {
    "decides": {"en": "Decided by {who}, {date}", "fi": "Päättäjä {who}, {date}"},
    "problem": {"en": "The problem", "fi": "Ongelma"},
    "options": {"en": "What could be done", "fi": "Vaihtoehdot"},
    "chosen": {"en": "chosen", "fi": "valittu"},
    "not": {"en": "not chosen: {why}", "fi": "ei valittu: {why}"},
    "criteria": {"en": "By which we chose", "fi": "Perusteet"},
    "pays": {"en": "Who pays, and how", "fi": "Kuka maksaa ja miten"},
    "money": {"en": "money", "fi": "raha"},
    "guests": {"en": "guests", "fi": "vieraat"},
    "staff": {"en": "staff", "fi": "henkilökunta"},
    "others": {"en": "others", "fi": "muut"},
    "environment": {"en": "environment", "fi": "ympäristö"},
    "tested": {"en": "What was tried", "fi": "Mitä kokeiltiin"},
    "threshold": {
        "en": "{card}: {result}; threshold {threshold}, n = {n}",
        "fi": "{card}: {result}; raja {threshold}, n = {n}",
    },
    "evidence": {"en": "What we know, and how", "fi": "Mitä tiedämme ja mistä"},
    "observed": {"en": "seen", "fi": "nähty"},
    "reported": {"en": "told", "fi": "kerrottu"},
    "assumed": {"en": "assumed", "fi": "oletettu"},
    "unknown": {"en": "What we do not know", "fi": "Mitä emme tiedä"},
    "heard": {"en": "Who was heard", "fi": "Ketä kuultiin"},
    "disagrees": {"en": "Who disagrees, and why", "fi": "Kuka on eri mieltä ja miksi"},
    "first_step": {"en": "First step", "fi": "Ensimmäinen askel"},
    "stop": {"en": "We stop if", "fi": "Lopetamme, jos"},
    "review": {"en": "We look again on", "fi": "Katsomme uudelleen"},
    "undo": {"en": "Can it be undone?", "fi": "Voiko sen perua?"},
    "id": {"en": "Answers: {names}", "fi": "Vastaa: {names}"},
}


def draw(memo: dict, language: str = "en", width: int = COLUMN, names: dict | None = None) -> str:
    """Return a decision memo as an SVG element.

    Parameters
    ----------
    memo : dict
        A memo in the format decision/1 in which nothing must be mended.
    language : str
        The language of the memo's own words, "en" or "fi".
    width : int
        Width in px, at least 280.
    names : dict, optional
        What the papers that the memo answers are called, by id: labels.
    """
    boxes = _boxes(memo, language, names)
    columns = 2 if width >= WIDE else 1
    room = (width - 2 * MARGIN - GAP * (columns - 1)) / columns
    size = art.HEAD if columns == 2 else art.LEAD
    full = (width - 2 * MARGIN) / art.WIDEST_BOLD
    title = art.lines_of(say(memo.get("decision"), language), size, full)
    body = [art.text(MARGIN, 24, say(memo.get("title"), language), SMALL, "soft")]
    body.append(art.paragraph(MARGIN, 50, title, size, 1.25, "ink", "start", True, True))
    top = 50 + 1.25 * size * len(title)
    who = word(WORDS, "decides", language).format(
        who=say(memo.get("decider"), language), date=str(memo.get("date", ""))
    )
    body.append(art.text(MARGIN, top, who, SMALL, "soft"))
    ends = [top + 14] * columns
    for tone, heading, rows in boxes:
        # Each box goes where there is most room, so that both columns end alike.
        column = ends.index(min(ends))
        x = MARGIN + column * (room + GAP)
        parts, end = _box(x, ends[column], room, heading, rows)
        body.append(art.box(x, ends[column], room, end - ends[column], tone, "rule", 8))
        body += parts
        ends[column] = end + GAP
    answers = memo.get("answers")
    told_of = [
        called(one, language, names)
        for one in (answers if isinstance(answers, list) else [])
        if isinstance(one, str)
    ]
    bottom = max(ends) + 6
    if told_of:
        told = word(WORDS, "id", language).format(names="; ".join(told_of))
        for line in art.lines_of(told, SMALL, (width - 2 * MARGIN) / art.WIDEST):
            body.append(art.text(MARGIN, bottom, line, SMALL, "soft"))
            bottom += 17
    about = " ".join([heading + ": " + " ".join([text for _b, text in rows]) + "."
                      for _tone, heading, rows in boxes])  # fmt: skip
    return art.sheet(width, bottom + MARGIN / 2, say(memo.get("decision"), language), about, body)


class DecisionMemo(Paper):
    """A decision memo, in the format decision/1, that a notebook cell shows."""

    def picture(self, width: int) -> str:
        """Return the memo as an SVG element of a width in px."""
        return draw(self.content, self.language, width, self.names)

    def told(self) -> str:
        """Return the decision, and its first step."""
        step = part(self.content, "first_step")
        return "Decision: %s First step: %s, %s" % (
            self.said("decision"), say(step.get("owner"), self.language), str(step.get("due", ""))
        )  # fmt: skip


def _boxes(memo: dict, language: str, names: dict | None) -> list:
    """Return (tone, heading, rows) of each box that says something; a row is (bold, text)."""

    def texts(key: str) -> list:
        value = memo.get(key)
        return [say(one, language) for one in value] if isinstance(value, list) else []

    options = []
    for one in dicts(memo, "options"):
        options.append((True, say(one.get("what"), language)))
        options.append((False, say(one.get("best_case"), language)))
        why = say(one.get("why_not"), language)
        verdict = (
            word(WORDS, "not", language).format(why=why) if why else word(WORDS, "chosen", language)
        )
        options.append((False, verdict))
    pays = part(memo, "pays")
    paid = [
        (False, word(WORDS, key, language) + ": " + say(pays.get(key), language))
        for key in PAYERS
        if say(pays.get(key), language)
    ]
    tested = [
        (False, word(WORDS, "threshold", language).format(
            card=called(one.get("card"), language, names), result=say(one.get("result"), language),
            threshold=say(one.get("threshold"), language) or str(one.get("threshold", "?")),
            n=str(one.get("n", "?")),
        ))
        for one in dicts(memo, "tested")
    ]  # fmt: skip
    known = []
    for one in dicts(memo, "evidence"):
        how = one.get("evidence")
        mark = (
            word(WORDS, str(how), language)
            if how in ("observed", "reported", "assumed")
            else str(how)
        )
        count = ", n = " + str(one.get("n")) if one.get("n") else ""
        source = say(one.get("source"), language)
        told = mark + count + (", " + source if source else "")
        known.append((False, say(one.get("text"), language) + " (" + told + ")"))
    against = [
        (False, say(one.get("who"), language) + ": " + say(one.get("why"), language))
        for one in dicts(memo, "disagrees")
    ]
    step, stop, undo = [part(memo, key) for key in ("first_step", "stop", "undo")]
    first = [say(step.get("what"), language), say(step.get("owner"), language)]
    first.append(str(step.get("due", "")))
    undone = [say(undo.get("possible"), language), say(undo.get("how"), language)]
    ended = [say(stop.get("rule"), language), str(stop.get("date", ""))]
    boxes = [
        ("before", "problem", [(False, say(memo.get("problem"), language))]),
        ("card", "options", options),
        ("during", "pays", paid),
        ("card", "tested", tested),
        ("card", "evidence", known),
        ("during", "disagrees", against),
        ("after", "first_step", [(True, joined(first))]),
        ("after", "stop", [(True, joined(ended))]),
        ("card", "unknown", [(False, say(memo.get("unknown"), language))]),
        ("card", "heard", [(False, ", ".join(texts("heard")))]),
        ("card", "criteria", [(False, ", ".join(texts("criteria")))]),
        ("card", "undo", [(False, ": ".join([text for text in undone if text]))]),
        ("after", "review", [(False, str(memo.get("review", "")))]),
    ]
    told_boxes = []
    for tone, key, rows in boxes:
        full = [(bold, text) for bold, text in rows if text.strip(" :·")]
        if full:
            told_boxes.append((tone, word(WORDS, key, language), full))
    return told_boxes


def _box(x: float, y: float, room: float, heading: str, rows: list) -> tuple:
    parts = [art.text(x + 12, y + 21, heading, SMALL, "soft")]
    y += 26
    for bold, text in rows:
        widest = art.WIDEST_BOLD if bold else art.WIDEST
        lines = art.lines_of(text, SIZE, (room - 24) / widest)
        parts.append(art.paragraph(x + 12, y + 14, lines, SIZE, 1.3, "ink", "start", bold))
        y += 1.3 * SIZE * len(lines) + 3
    return parts, y + 8
