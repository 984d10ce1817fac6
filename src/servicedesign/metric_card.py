"""A metric card as one picture: what is counted on the left, what is done with it on the right."""

from explorables.numbers import decimals_of, fixed, with_unit
from servicedesign import two_halves
from servicedesign.advice.metric_card import interval_of
from servicedesign.labels import say
from servicedesign.papers import COLUMN, Paper, joined, part, word

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


def draw(card: dict, language: str = "en", width: int = COLUMN) -> str:
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


class MetricCard(Paper):
    """A metric card, in the format metric_card/1, that a notebook cell shows."""

    def picture(self, width: int) -> str:
        """Return the card as an SVG element of a width in px."""
        return draw(self.content, self.language, width)

    def told(self) -> str:
        """Return the title, and where the measure stands."""
        return "Metric card: %s (%s)" % (self.said("title"), today(self.content, self.language))


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
    return word(WORDS, "wide", language).format(now=said, wide=width, n=card["n"])


def _amount(card: dict, value: float) -> str:
    return with_unit(fixed(value, decimals_of(value)), str(card.get("unit", "")))


def _halves(card: dict, language: str) -> list:
    def told(key: str) -> tuple:
        return word(WORDS, key, language), say(card.get(key), language)

    of = word(WORDS, "of", language).format(
        k=say(card.get("numerator"), language), n=say(card.get("denominator"), language) or "?"
    )
    groups = card.get("groups")
    groups = groups if isinstance(groups, list) else []
    counted = [told("question"), (word(WORDS, "measure", language), of)]
    counted += [told(key) for key in ("who", "without", "taken")]
    apart = "; ".join([say(one, language) for one in groups])
    counted.append((word(WORDS, "groups", language), apart))
    counted.append((word(WORDS, "baseline", language), today(card, language)))
    goal, due = card.get("target"), str(card.get("due", ""))
    aim = "" if goal is None else _amount(card, goal)
    if aim and due:
        aim = word(WORDS, "by", language).format(goal=aim, day=due)
    below, rail = part(card, "below"), part(card, "guardrail")
    least = below.get("threshold")
    fallen = word(WORDS, "fallen", language)
    if least is not None:
        fallen = word(WORDS, "below", language).format(n=_amount(card, least))
    used = [told("decision"), (word(WORDS, "target", language), aim)]
    used.append((fallen, say(below.get("then"), language)))
    limits = [say(rail.get(key), language) for key in ("what", "limit")]
    used.append((word(WORDS, "guardrail", language), joined(limits)))
    used += [told(key) for key in ("gaming", "burden")]
    ends = [say(card.get(key), language) for key in ("owner", "ends")]
    used.append((word(WORDS, "owner", language), joined(ends)))
    return [
        (word(WORDS, "counted", language), "before", [row for row in counted if row[1]]),
        (word(WORDS, "used", language), "after", [row for row in used if row[1]]),
    ]
