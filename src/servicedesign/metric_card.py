"""A metric card as one picture: what is counted on the left, what is done with it on the right."""

from explorables.numbers import decimals_of, fixed, with_unit
from servicedesign import two_halves
from servicedesign.advice.metric_card import interval_of
from servicedesign.labels import say

# What the card says, in English and in Finnish.
WORDS = {
    "counted": {"en": "What is counted", "fi": "Mitä lasketaan"},
    "used": {"en": "What is done with it", "fi": "Mihin sitä käytetään"},
    "question": {"en": "The question", "fi": "Kysymys"},
    "measure": {"en": "The measure", "fi": "Mittari"},
    "of": {"en": "{k}, of {n}", "fi": "{k} / {n}"},
    "who": {"en": "Who is in it", "fi": "Ketkä ovat mukana"},
    "without": {"en": "Who cannot be in it", "fi": "Ketkä eivät voi olla mukana"},
    "taken": {"en": "How often, where and when", "fi": "Kuinka usein, missä ja milloin"},
    "groups": {"en": "Shown apart", "fi": "Näytetään erikseen"},
    "baseline": {"en": "Today", "fi": "Tänään"},
    "wide": {"en": "{now} ± {wide} (n = {n})", "fi": "{now} ± {wide} (n = {n})"},
    "decision": {"en": "The decision that it serves", "fi": "Päätös, jota se palvelee"},
    "target": {"en": "Target", "fi": "Tavoite"},
    "by": {"en": "{goal} by {day}", "fi": "{goal}, {day} mennessä"},
    "below": {"en": "Below {n}", "fi": "Alle {n}"},
    "fallen": {"en": "If it falls", "fi": "Jos se laskee"},
    "guardrail": {"en": "What must not suffer", "fi": "Mikä ei saa kärsiä"},
    "gaming": {"en": "How it could be gamed", "fi": "Miten sitä voisi vääristää"},
    "burden": {"en": "Whose time it takes", "fi": "Kenen aikaa se vie"},
    "owner": {"en": "Who owns it, and until when", "fi": "Kuka vastaa ja mihin asti"},
}


def draw(card: dict, language: str = "en", width: int = 680) -> str:
    """Return a metric card as an SVG element.

    Parameters
    ----------
    card : dict
        A card in the format metric_card/1 in which nothing must be mended.
    language : str
        The language of the card's own words, "en" or "fi".
    width : int
        Width in px, at least 280.
    """
    return two_halves.draw(say(card.get("title"), language), _halves(card, language), width)


class MetricCard:
    """A metric card that a notebook cell shows.

    Parameters
    ----------
    card : dict
        A card in the format metric_card/1 in which nothing must be mended.
    language : str
        The language of the card's own words.
    """

    def __init__(self, card: dict, language: str = "en"):
        self.card, self.language = card, language

    def _repr_html_(self) -> str:
        return two_halves.shown(
            draw(self.card, self.language, two_halves.PHONE), draw(self.card, self.language)
        )

    def __repr__(self) -> str:
        return "Metric card: %s (%s)" % (
            say(self.card.get("title"), self.language),
            today(self.card, self.language),
        )


def today(card: dict, language: str = "en") -> str:
    """Return where the measure stands, with its interval, or "?" if nobody has counted yet."""
    now, wide = card.get("baseline"), interval_of(card)
    if now is None:
        return "?"
    said = _amount(card, now)
    if wide is None or card.get("n") is None:
        return said
    unit = str(card.get("unit", ""))
    width = with_unit(fixed(wide, 1), "points" if unit == "%" and language == "en" else unit)
    return _word(language, "wide").format(now=said, wide=width, n=card["n"])


def _word(language: str, key: str) -> str:
    return WORDS[key].get(language) or WORDS[key]["en"]


def _amount(card: dict, value: float) -> str:
    return with_unit(fixed(value, decimals_of(value)), str(card.get("unit", "")))


def _halves(card: dict, language: str) -> list:
    def told(key: str) -> tuple:
        return _word(language, key), say(card.get(key), language)

    of = _word(language, "of").format(
        k=say(card.get("numerator"), language), n=say(card.get("denominator"), language) or "?"
    )
    groups = card.get("groups")
    groups = groups if isinstance(groups, list) else []
    counted = [told("question"), (_word(language, "measure"), of)]
    counted += [told(key) for key in ("who", "without", "taken")]
    counted.append((_word(language, "groups"), "; ".join([say(one, language) for one in groups])))
    counted.append((_word(language, "baseline"), today(card, language)))
    goal, due = card.get("target"), str(card.get("due", ""))
    aim = "" if goal is None else _amount(card, goal)
    if aim and due:
        aim = _word(language, "by").format(goal=aim, day=due)
    below, rail = card.get("below") or {}, card.get("guardrail") or {}
    least = below.get("threshold")
    fallen = _word(language, "fallen")
    if least is not None:
        fallen = _word(language, "below").format(n=_amount(card, least))
    used = [told("decision"), (_word(language, "target"), aim)]
    used.append((fallen, say(below.get("then"), language)))
    used.append((_word(language, "guardrail"), _joined(rail, ("what", "limit"), language)))
    used += [told(key) for key in ("gaming", "burden")]
    used.append((_word(language, "owner"), _joined(card, ("owner", "ends"), language)))
    return [
        (_word(language, "counted"), "before", [row for row in counted if row[1]]),
        (_word(language, "used"), "after", [row for row in used if row[1]]),
    ]


def _joined(holder: dict, keys: tuple, language: str) -> str:
    parts = [say(holder.get(key), language) for key in keys]
    return " · ".join([part for part in parts if part])
