"""The service blueprint stage by stage, for a column of text or a phone."""

from servicedesign import wall_art as art
from servicedesign import wall_people as people
from servicedesign import wall_signs as signs
from servicedesign.blueprint import LAYERS
from servicedesign.blueprints import words as blueprint_words
from servicedesign.journeys import words
from servicedesign.labels import say, word

SIZE, SMALL = art.BODY, art.NOTE  # px, type
PORTRAIT, AIR = 48, 10  # px, the silhouettes of those who act, and between them


def draw(blueprint: dict, language: str, width: int, journey: dict | None = None) -> str:
    """Return the blueprint as an SVG element of ``width`` px (300 or more)."""
    return _Strip(blueprint, language, width, journey).svg()


class _Strip:
    """One drawing: the stages down the page, the layers down each stage."""

    def __init__(self, blueprint, language, width, journey):
        self.blueprint, self.language = blueprint, language
        self.width = max(width, 300)
        self.pad = 12 if width < 480 else 20
        self.room = self.width - 2 * self.pad
        self.ratings = blueprint_words.ratings_of(journey)
        self.people = people.on_blueprint(blueprint, journey)
        self.fails = blueprint_words.numbered_by(blueprint.get("failure_points") or [], "item")
        self.sends = blueprint_words.numbered_by(blueprint.get("handoffs") or [], 0)
        self.y = 0.0
        self.parts: list = []

    def svg(self) -> str:
        blueprint, language = self.blueprint, self.language
        over = word("blueprint", language) + ", " + word(blueprint["state"], language)
        title = art.lines_of(say(blueprint["title"], language), art.TITLE, self.room)
        self._put(
            art.text(self.pad, 28, over, SMALL, "soft"),
            art.paragraph(self.pad, 60, title, art.TITLE, 1.15, bold=True, serif=True),
        )
        self.y = 46 + 32.2 * len(title)
        if self.people:
            self._put(people.row(self.people, self.pad, self.y - 6, PORTRAIT, AIR))
            self.y += PORTRAIT + 26
        for stage in blueprint["stages"]:
            self._stage(stage)
        self._list(
            "handoffs",
            [
                [blueprint_words.handoff_text(h, blueprint["items"], language)]
                for h in blueprint.get("handoffs") or []
            ],
        )
        self._list(
            "failure_points",
            [
                blueprint_words.failure_texts(point, blueprint, language)
                for point in blueprint.get("failure_points") or []
            ],
        )
        lines = art.lines_of(say(blueprint.get("note"), language), SMALL, self.room)
        self._put(art.paragraph(self.pad, self.y + 26, lines, SMALL, 1.3, "soft"))
        self.y += 24 + 17 * len(lines)
        about = blueprint_words.description(blueprint)
        return art.sheet(self.width, self.y, say(blueprint["title"], language), about, self.parts)

    def _put(self, *parts):
        self.parts.extend(parts)

    def _stage(self, stage):
        items = [item for item in self.blueprint["items"] if item["stage"] == stage["id"]]
        if not items:
            return
        name = art.lines_of(say(stage["label"], self.language), art.LEAD, self.room, 1)
        self._put(
            art.box(0, self.y, self.width, 34, "rule"),
            art.paragraph(self.pad, self.y + 23, name, art.LEAD, 1.2, "ink", bold=True, serif=True),
        )
        self.y += 48
        for layer in LAYERS:
            here = [item for item in items if item["layer"] == layer]
            if here:
                layer_name = word(layer, self.language)
                self._put(art.text(self.pad, self.y + 12, layer_name, SMALL, "soft", "start", True))
                self.y += 22
            for item in here:
                self._card(item, layer)
            if layer in blueprint_words.LINES:
                self._line(blueprint_words.LINES[layer])
        self.y += 8

    def _line(self, key):
        name = word(key, self.language)
        heavy = key == "visibility"
        right = self.pad + self.room
        self._put(
            art.rule(
                self.pad,
                self.y + 8,
                right,
                self.y + 8,
                "ink",
                2.4 if heavy else 1.4,
                "" if heavy else "8 6",
            ),
            art.text(right, self.y + 22, name, SMALL, "soft", "end", italic=True),
        )
        self.y += 30

    def _card(self, item, layer):
        language = self.language
        label = art.lines_of(say(item["label"], language), SIZE, self.room - 60)
        facts = [item["owner"], word(item["evidence"], language)]
        if item.get("minutes") is not None:
            facts.append(words.minutes_text(item["minutes"]))
        sends = [str(number) for number in self.sends.get(item["id"], [])]
        if sends:
            facts.append("\u2192 " + ", ".join(sends))
        lines = art.lines_of(" \u00b7 ".join(facts), SMALL, self.room - 44)
        height = 18 + 19.5 * len(label) + 18.2 * len(lines)
        fill = blueprint_words.TINTS.get(layer, "card")
        self._put(
            art.box(self.pad, self.y, self.room, height, fill, "rule", 8),
            art.paragraph(self.pad + 12, self.y + 24, label, SIZE, 1.3, "ink", bold=True),
            signs.evidence_mark(
                item["evidence"], self.pad + 19, self.y + 20.5 + 19.5 * len(label), "ink", 6
            ),
            art.paragraph(
                self.pad + 34, self.y + 25 + 19.5 * len(label), lines, SMALL, 1.4, "soft"
            ),
        )
        x = self.pad + self.room - 20
        rating = self.ratings.get(item["id"]) if layer == "customer" else None
        if rating is not None:
            self._put(signs.face(x, self.y + 18, rating / 2, words.tone(rating), 10))
            x -= 32
        if item.get("wait"):
            self._put(signs.clock(x, self.y + 18, "bad"))
            x -= 32
        for number in self.fails.get(item["id"], []):
            self._put(signs.warning(x, self.y + 18, "F" + str(number)))
            x -= 32
        self.y += height + 10

    def _list(self, key, entries):
        if not entries:
            return
        self.y += 30
        name = art.lines_of(word(key, self.language), art.LEAD, self.room)
        self._put(
            art.paragraph(self.pad, self.y, name, art.LEAD, 1.2, "ink", bold=True, serif=True)
        )
        self.y += 21.6 * len(name) - 12
        for number, texts in enumerate(entries):
            lines = [line for part in texts for line in art.lines_of(part, SIZE, self.room - 38)]
            if key == "handoffs":
                self._put(signs.number(self.pad + 10, self.y + 13, number + 1))
            else:
                self._put(signs.warning(self.pad + 14, self.y + 14, "F" + str(number + 1)))
            self._put(art.paragraph(self.pad + 36, self.y + 18, lines, SIZE, 1.3))
            self.y += 19.5 * len(lines) + 10
