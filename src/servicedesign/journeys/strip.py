"""The journey map standing on its end, for a column of text or a phone.

Time runs down the page.  The curve of feeling runs down the left side, what
belongs to each step stands at its right.
"""

from explorables.svg import text_width
from servicedesign import wall_art as art
from servicedesign import wall_people as people
from servicedesign import wall_signs as signs
from servicedesign.journeys import words
from servicedesign.labels import say, word

SMALL = art.NOTE  # px, type
PORTRAIT = 64  # px, the silhouette of whose journey it is
DOTS = 52  # px that the five dots of importance take, with air before them


def draw(journey: dict, language: str, width: int) -> str:
    """Return the map as an SVG element of ``width`` px (340 or more)."""
    return _Strip(journey, language, width).svg()


class _Strip:
    """One drawing of the narrow map."""

    def __init__(self, journey, language, width):
        self.journey, self.language, self.width = journey, language, max(width, 300)
        self.pad = 12 if width < 480 else 20
        self.point = 19 if width < 480 else 36  # px for one point of feeling
        self.zero = self.pad + 2 * self.point + 14
        self.x = self.zero + 2 * self.point + 26
        self.right = self.width - self.pad
        self.room = self.right - self.x
        self.y = 0.0
        self.parts: list = []
        self.bands: list = []
        self.dots: list = []

    def svg(self) -> str:
        journey, language = self.journey, self.language
        self._heading()
        self._scale()
        rows_start = self.y
        behind = len(self.parts)
        for phase in journey["phases"]:
            self._phase(phase)
        self._line(behind, rows_start)
        self._insights()
        self._foot()
        title = say(journey["title"], language)
        return art.sheet(
            self.width, self.y, title, words.description(journey, language), self.parts
        )

    def _put(self, *parts):
        self.parts.extend(parts)

    def _heading(self):
        journey, language = self.journey, self.language
        room = self.width - 2 * self.pad
        over = word("journey", language) + ", " + word(journey["state"], language)
        self.y = 28.0
        self._put(art.text(self.pad, self.y, over, SMALL, "soft"))
        title = art.lines_of(say(journey["title"], language), art.TITLE * art.WIDEST_BOLD, room)
        self._put(
            art.paragraph(self.pad, self.y + 32, title, art.TITLE, 1.15, bold=True, serif=True)
        )
        self.y += 32 + 32.2 * len(title)
        persona = journey.get("persona") or {}
        name = say(persona.get("name"), language)
        if name:
            about = say(persona.get("description"), language)
            drawn = people.silhouette(name, self.pad, self.y - 10, PORTRAIT)
            x = self.pad + (PORTRAIT + 12 if drawn else 0)
            said = name + (", " + about if about else "")
            lines = art.lines_of(said, art.BODY * art.WIDEST, self.right - x)
            need = art.lines_of(
                say(persona.get("need"), language), art.BODY * art.WIDEST, self.right - x
            )
            below = self.y + 8 + 19.5 * len(lines)
            self._put(
                drawn,
                art.paragraph(x, self.y + 2, lines, art.BODY, 1.3, "soft"),
                art.paragraph(x, below, need, art.BODY, 1.3, serif=True, italic=True),
            )
            self.y = max(below + 19.5 * len(need), self.y + PORTRAIT if drawn else 0)

    def _scale(self):
        for rating in (-2, 2):
            x = self.zero + self.point * rating
            self._put(signs.face(x, self.y + 16, rating / 2, words.tone(rating), 10))
        self._put(art.text(self.zero, self.y + 20, "0", SMALL, "soft", "middle"))
        self.y += 36

    def _phase(self, phase):
        steps = self.journey["touchpoints"]
        places = [k for k, step in enumerate(steps) if step["phase"] == phase["id"]]
        if not places:
            return
        name = words.phase_name(phase, self.language)
        self.bands.append(art.box(0, self.y, self.width, 34, phase["id"]))
        self._put(art.text(self.x, self.y + 23, name, art.LEAD, "ink", "start", True, True))
        self.y += 34
        for place in places:
            self._step(place, steps[place])

    def _step(self, place, step):
        language = self.language
        top = self.y
        text = str(place + 1) + "  " + say(step["action"], language)
        risk = words.risk_text(step["p_fail"], language) if step.get("p_fail") else ""
        beside = text_width(risk, SMALL) * art.WIDEST + 8 if risk else 0
        action = art.lines_of(text, art.BODY * art.WIDEST_BOLD, self.room - beside)
        self._put(art.text(self.right, top + 26, risk, SMALL, "bad", "end") if risk else "")
        self._put(art.paragraph(self.x, top + 26, action, art.BODY, 1.3, bold=True))
        y = top + 26 + 19.5 * len(action) + 4
        said = art.lines_of(words.quoted(step, language), art.BODY * art.WIDEST, self.room)
        self._put(art.paragraph(self.x, y, said, art.BODY, 1.27, serif=True, italic=True))
        y += 19 * len(said) + (4 if said else 0)
        shift = 28 if signs.icon(step["channel"], 0, 0) else 0
        facts = [word(step["channel"], language), words.owner_word(step["owner"], language)]
        if step.get("minutes") is not None:
            facts.append(words.minutes_text(step["minutes"], language))
        weighed = step.get("importance") is not None
        room = self.room - shift - (DOTS if weighed else 0)
        # The no-break space keeps a dot at the end of its line.
        lines = art.lines_of("\u00a0\u00b7 ".join(facts), SMALL * art.WIDEST, room)
        self._put(
            signs.icon(step["channel"], self.x, y - 14, "curve"),
            art.paragraph(self.x + shift, y, lines, SMALL, 1.4, "soft"),
        )
        if weighed:
            below = y + 18.2 * (len(lines) - 1)
            dots = signs.dots(self.right - 44, below - 4.5, step["importance"], 3.4)
            self._put(dots)
        y += 18.2 * (len(lines) - 1)
        status = word(step["evidence"], language)
        x = self.x + shift + text_width(lines[-1], SMALL) * art.WIDEST + 18
        if x + 19 + text_width(status, SMALL) * art.WIDEST > self.right - (DOTS if weighed else 0):
            x, y = self.x + 9, y + 20.2
        self._put(
            signs.evidence_mark(step["evidence"], x, y - 4, "ink", 6),
            art.text(x + 19, y, status, SMALL, "soft"),
        )
        self.y = y + 18
        self._put(art.rule(self.x, self.y, self.width - self.pad, self.y))
        self.dots.append((place, step, (top + self.y) / 2))

    def _line(self, behind, top):
        """Draw the curve under what stands beside it."""
        below = self.bands
        for rating in (-2, -1, 0, 1, 2):
            x = self.zero + self.point * rating
            ink, dash = ("soft", "") if rating == 0 else ("rule", "1 5")
            below.append(art.rule(x, top, x, self.y, ink, 1.2, dash))
        rated = [
            (self.zero + self.point * step["rating"], y)
            for _place, step, y in self.dots
            if step.get("rating") is not None
        ]
        if len(rated) > 1:
            line = art.bent(rated, True)
            wave = line + "H%sV%sz" % (art.number(self.zero), art.number(rated[0][1]))
            high = self.y - top
            below.append(art.window(0, top, self.zero, high, art.wash(wave, "bad")))
            right = self.x - self.zero
            below.append(art.window(self.zero, top, right, high, art.wash(wave, "good")))
            below.append(art.path(line, "curve", "", 3.2))
        for place, step, y in self.dots:
            if step.get("rating") is None:
                continue
            colour = words.tone(step["rating"])
            x = self.zero + self.point * step["rating"]
            below.append(
                signs.evidence_mark(
                    step["evidence"], x, y, "curve" if colour == "soft" else colour, 8
                )
            )
            below.append(self._flag(place, step, x, y, colour))
        self.parts[behind:behind] = below

    def _flag(self, place, step, x, y, colour):
        flags = []
        if place == words.peak_place(self.journey):
            flags.append(word("peak", self.language))
        if place == words.end_place(self.journey):
            flags.append(word("end", self.language))
        label = " ".join([words.rating_text(step["rating"], self.language)] + flags)
        # The wash beside the dot is free: the curve turns there.
        inward, anchor = (-13, "end") if step["rating"] > 0 else (13, "start")
        ink = "curve" if colour == "soft" else colour
        return art.text(x + inward, y + 5, label, SMALL, ink, anchor, True, halo="paper")

    def _insights(self):
        room = self.width - 2 * self.pad
        ids = [step["id"] for step in self.journey["touchpoints"]]
        for insight in self.journey.get("insights") or []:
            text = say(insight["text"], self.language)
            lines = art.lines_of(text, art.BODY * art.WIDEST, room - 30)
            height = 48 + 20 * len(lines)
            where = [str(ids.index(i) + 1) for i in insight.get("touchpoints") or [] if i in ids]
            head = word("insights", self.language) + (
                " \u00b7 " + ", ".join(where) if where else ""
            )
            self.y += 14
            self._put(
                art.box(self.pad, self.y, room, height, "card", "rule", 8),
                art.box(self.pad, self.y, 6, height, "cloudberry", "", 3),
                signs.evidence_mark(insight["evidence"], self.pad + 24, self.y + 21.5, "ink", 6),
                art.text(self.pad + 38, self.y + 26, head, SMALL, "soft"),
                art.paragraph(self.pad + 18, self.y + 49, lines, art.BODY, 1.33, serif=True),
            )
            self.y += height

    def _foot(self):
        note = say(self.journey.get("note"), self.language)
        lines = art.lines_of(note, SMALL * art.WIDEST, self.width - 2 * self.pad)
        self._put(art.paragraph(self.pad, self.y + 26, lines, SMALL, 1.3, "soft"))
        self.y += 24 + 17 * len(lines)
