"""A test card as one picture: on the left what is written before, on the right what came of it.

`draw` stacks the two halves where there is no room for both, as on a phone.
"""

from servicedesign import wall_art as art
from servicedesign.advice.test_card import verdict_of
from servicedesign.labels import say

WIDE = 560  # px: below this the halves stand above each other
MARGIN, GAP = 16.0, 18.0  # px
SIZE, SMALL = 14.0, 12.0  # px, type
# What the card says, in English and in Finnish.
WORDS = {
    "before": {"en": "Written before", "fi": "Kirjoitettu ennen"},
    "after": {"en": "Written after", "fi": "Kirjoitettu jälkeen"},
    "belief": {"en": "We believe", "fi": "Uskomme"},
    "made": {"en": "We make", "fi": "Teemme"},
    "does": {"en": "What people do", "fi": "Mitä ihmiset tekevät"},
    "threshold": {"en": "Threshold", "fi": "Raja"},
    "stop": {"en": "We stop at once if", "fi": "Lopetamme heti, jos"},
    "without": {"en": "Who cannot take part", "fi": "Kuka ei voi osallistua"},
    "harm": {"en": "What could harm, and what we do", "fi": "Mikä voi vahingoittaa"},
    "counts": {"en": "What happened", "fi": "Mitä tapahtui"},
    "surprise": {"en": "What surprised us", "fi": "Mikä yllätti"},
    "verdict": {"en": "By the threshold", "fi": "Rajan mukaan"},
    "next": {"en": "What changes, and who sees to it", "fi": "Mikä muuttuu, kuka vastaa"},
    "of": {"en": "{k} of {n}", "fi": "{k} / {n}"},
    "least": {"en": "at least {k} of {n}", "fi": "vähintään {k} / {n}"},
    "kept": {"en": "kept", "fi": "jää"},
    "dropped": {"en": "dropped", "fi": "hylätään"},
    "stopped": {"en": "stopped", "fi": "keskeytyi"},
    "unfinished": {"en": "unfinished", "fi": "kesken"},
    "open": {"en": "not tried yet", "fi": "ei vielä kokeiltu"},
}


def draw(card: dict, language: str = "en", width: int = 680) -> str:
    """Return a test card as an SVG element.

    Parameters
    ----------
    card : dict
        A card in the format test_card/1 in which nothing must be mended.
    language : str
        The language of the card's own words, "en" or "fi".
    width : int
        Width in px, at least 280.
    """
    halves = _halves(card, language)
    beside = width >= WIDE
    room = (width - 2 * MARGIN - GAP) / 2 if beside else width - 2 * MARGIN
    title = art.lines_of(
        say(card.get("title"), language), 19.0, (width - 2 * MARGIN) / art.WIDEST_BOLD
    )
    body = [art.paragraph(MARGIN, 34, title, 19.0, 1.2, "ink", "start", True, True)]
    top = 34 + 23.0 * len(title)
    bottom, y = top, top
    for place, (heading, tone, rows) in enumerate(halves):
        x = MARGIN + (room + GAP if beside and place else 0)
        y = top if beside else bottom
        parts, end = _half(x, y, room, heading, rows, language)
        body.append(art.box(x, y, room, end - y, tone, "rule", 8))
        body += parts
        bottom = max(bottom, end + (0 if beside else GAP))
    about = " ".join([_(language, name) + ": " + text + "." for _h, _t, rows in halves
                      for name, text in rows])  # fmt: skip
    return art.sheet(width, bottom + MARGIN, say(card.get("title"), language), about, body)


def counts(card: dict, language: str = "en") -> str:
    """Return what happened as counts, "9 of 12", or that it was not tried yet."""
    outcomes = card.get("outcomes") or []
    if not outcomes:
        return _(language, "open")
    return _(language, "of").format(k=outcomes.count("did"), n=len(outcomes))


class RehearsalCard:
    """A test card that a notebook cell shows.

    Parameters
    ----------
    card : dict
        A card in the format test_card/1 in which nothing must be mended.
    language : str
        The language of the card's own words.
    """

    def __init__(self, card: dict, language: str = "en"):
        self.card, self.language = card, language

    def _repr_html_(self) -> str:
        drawing = draw(self.card, self.language)
        # As wide as the column, on a phone too.
        drawing = drawing.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)
        return '<figure class="sd-card">' + drawing + "</figure>"

    def __repr__(self) -> str:
        verdict = verdict_of(self.card)
        return "Test card: %s. %s; %s" % (
            say(self.card.get("title"), self.language),
            counts(self.card, self.language),
            _(self.language, verdict or "open"),
        )


def _(language: str, key: str) -> str:
    return WORDS[key].get(language) or WORDS[key]["en"]


def _halves(card: dict, language: str) -> list:
    threshold, stop, after = [card.get(key) or {} for key in ("threshold", "stop", "next")]
    least = _(language, "least").format(k=threshold.get("needed", "?"), n=card.get("planned", "?"))
    before = [(key, say(card.get(key), language)) for key in ("belief", "made", "does")]
    before.append(("threshold", least + " (" + str(threshold.get("written", "")) + ")"))
    before.append(("stop", say(stop.get("rule"), language)))
    before += [(key, say(card.get(key), language)) for key in ("harm", "without")]
    told = [("counts", counts(card, language) + " (" + str(card.get("date", "")) + ")")]
    told.append(("surprise", say(card.get("surprise"), language)))
    told.append(("verdict", _(language, verdict_of(card) or "open")))
    parts = [say(after.get("change"), language), say(after.get("owner"), language)]
    parts.append(str(after.get("due", "")))
    told.append(("next", " · ".join([part for part in parts if part])))
    return [
        (_(language, "before"), "before", [row for row in before if row[1]]),
        (_(language, "after"), "after", [row for row in told if row[1]]),
    ]


def _half(x: float, y: float, room: float, heading: str, rows: list, language: str) -> tuple:
    parts = [art.text(x + 12, y + 24, heading, SIZE, "ink", "start", True)]
    y += 36
    for name, text in rows:
        lines = art.lines_of(text, SIZE, (room - 24) / art.WIDEST)
        parts.append(art.text(x + 12, y + 14, _(language, name), SMALL, "soft"))
        parts.append(art.paragraph(x + 12, y + 32, lines, SIZE, 1.3))
        y += 32 + 1.3 * SIZE * len(lines) + 2
    return parts, y + 8
