"""A test card as one picture: on the left what is written before, on the right what came of it.

`draw` stacks the two halves where there is no room for both, as on a phone.
"""

from servicedesign import two_halves
from servicedesign.advice.test_card import verdict_of
from servicedesign.labels import say
from servicedesign.papers import COLUMN, Paper, joined, part, word

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


def draw(card: dict, language: str = "en", width: int = COLUMN) -> str:
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
    title, rows = say(card.get("title"), language), _halves(card, language)
    return two_halves.draw(title, rows, width)


def counts(card: dict, language: str = "en") -> str:
    """Return what happened as counts, "9 of 12", or that it was not tried yet."""
    outcomes = card.get("outcomes")
    if not isinstance(outcomes, list) or not outcomes:
        return word(WORDS, "open", language)
    return word(WORDS, "of", language).format(k=outcomes.count("did"), n=len(outcomes))


class RehearsalCard(Paper):
    """A test card, in the format test_card/1, that a notebook cell shows."""

    def picture(self, width: int) -> str:
        """Return the card as an SVG element of a width in px."""
        return draw(self.content, self.language, width)

    def told(self) -> str:
        """Return title, counts and verdict."""
        return "Test card: %s. %s; %s" % (
            self.said("title"),
            counts(self.content, self.language),
            word(WORDS, verdict_of(self.content) or "open", self.language),
        )


def _halves(card: dict, language: str) -> list:
    threshold, stop, after = [part(card, key) for key in ("threshold", "stop", "next")]
    least = word(WORDS, "least", language).format(
        k=threshold.get("needed", "?"), n=card.get("planned", "?")
    )
    before = [(key, say(card.get(key), language)) for key in ("belief", "made", "does")]
    before.append(("threshold", least + " (" + str(threshold.get("written", "")) + ")"))
    before.append(("stop", say(stop.get("rule"), language)))
    before += [(key, say(card.get(key), language)) for key in ("harm", "without")]
    told = [("counts", counts(card, language) + " (" + str(card.get("date", "")) + ")")]
    told.append(("surprise", say(card.get("surprise"), language)))
    told.append(("verdict", word(WORDS, verdict_of(card) or "open", language)))
    changes = [say(after.get("change"), language), say(after.get("owner"), language)]
    told.append(("next", joined([*changes, str(after.get("due", ""))])))
    return [
        (word(WORDS, "before", language), "before", _named(before, language)),
        (word(WORDS, "after", language), "after", _named(told, language)),
    ]


def _named(rows: list, language: str) -> list:
    return [(word(WORDS, key, language), text) for key, text in rows if text]
