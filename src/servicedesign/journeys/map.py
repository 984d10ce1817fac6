"""The journey map: one picture of what a person does and feels, drawn for the wall.

`draw` makes a wide map (a poster, a slide) or, for a column of text or a phone,
the same map standing on its end.  Both show the same facts: phases, steps, the
curve of feeling with its peak and end, quotes, channels, owners, evidence
status, time and risk, insights.
"""

from explorables.svg import text_width
from servicedesign import wall_art as art
from servicedesign import wall_people as people
from servicedesign import wall_signs as signs
from servicedesign.journeys import strip as journey_strip
from servicedesign.journeys import words
from servicedesign.labels import say, word

WIDE = 900  # px: below this the map stands on its end
GUTTER, MARGIN = 128, 36  # px
STEP, SMALL = art.BODY, art.NOTE  # px, type
POINT = 46  # px on the curve for one point of feeling
INSET = 12  # px from the edge of a column to what stands in it
STATUSES = ("observed", "reported", "assumed", "proposed")
# How each owner's pill is drawn: fill, outline, dash, text.
PILLS = {
    "brand": ("ink", "", "", "paper"),
    "partner": ("card", "ink", "", "ink"),
    "customer": ("during", "", "", "ink"),
    "social": ("card", "ink", "3 3", "ink"),
}


def draw(journey: dict, language: str = "en", width: int = 0) -> str:
    """Return a journey as an SVG element.

    Parameters
    ----------
    journey : dict
        A journey in the format journey/1 in which the linter finds no error.
    language : str
        Which of the labels' languages to draw.
    width : int
        Width in px; below 900 the map stands on its end, above it may be wider
        if the journey needs it.  0 for as wide as the journey needs.
    """
    if 0 < width < WIDE:
        return journey_strip.draw(journey, language, width)
    return _Wall(journey, language, width).svg()


class _Wall:
    """One drawing of the wide map: lanes from top to bottom, a column a step."""

    def __init__(self, journey, language, width):
        self.journey, self.language = journey, language
        self.steps = journey["touchpoints"]
        count = max(len(self.steps), 1)
        self.left = MARGIN + GUTTER
        room = (width or 1520) - self.left - MARGIN
        self.column = max(128.0, min(190.0, room / count), 760.0 / count)
        self.right = self.left + self.column * count
        self.width = max(self.right + MARGIN, width)
        self.y = 0.0
        self.parts: list = []

    def svg(self) -> str:
        language = self.language
        self._heading()
        self._phases()
        self._actions()
        self._curve()
        self._quotes()
        self._importance()
        self._channels()
        self._owners()
        self._evidence()
        self._time()
        self._insights()
        self._foot()
        title = say(self.journey["title"], language)
        about = words.description(self.journey, language)
        return art.sheet(self.width, self.y, title, about, self.parts)

    def _put(self, *parts):
        self.parts.extend(parts)

    def _centre(self, place):
        return self.left + self.column * (place + 0.5)

    def _lines(self, text, size):
        return art.lines_of(text, size * art.WIDEST, self.column - 2 * INSET)

    # The head: what it is, whose it is, what they need.

    def _heading(self):
        journey, language = self.journey, self.language
        over = [
            say(journey.get("service"), language),
            word("journey", language) + ", " + word(journey["state"], language),
        ]
        self._put(art.text(MARGIN, 50, " \u00b7 ".join([o for o in over if o]), STEP, "soft"))
        room = self.width * 0.55 - MARGIN - 24
        title = art.lines_of(say(journey["title"], language), art.POSTER * art.WIDEST_BOLD, room)
        self._put(art.paragraph(MARGIN, 94, title, art.POSTER, 1.15, bold=True, serif=True))
        self.y = 94 + 46 * (len(title) - 1) + 36
        self._person(self.width * 0.55)

    def _person(self, x):
        persona, language = self.journey.get("persona") or {}, self.language
        name = say(persona.get("name"), language)
        if not name:
            return
        room = self.width - MARGIN - x - 92
        about = art.lines_of(say(persona.get("description"), language), STEP * art.WIDEST, room)
        need = art.lines_of(say(persona.get("need"), language), art.LEAD * art.WIDEST, room)
        below = 75 + 19.5 * len(about) + 8
        drawn = people.silhouette(name, x, 40, 72) or art.disc(x + 36, 76, 36, "cloudberry") + (
            art.text(x + 36, 90, name[:1], art.POSTER, "paper", "middle", True, True)
        )
        self._put(
            drawn,
            art.text(x + 92, 54, name, art.LEAD, "ink", "start", True),
            art.paragraph(x + 92, 75, about, STEP, 1.3, "soft"),
            art.paragraph(x + 92, below, need, art.LEAD, 1.3, "ink", serif=True, italic=True),
        )
        self.y = max(self.y, below + 23.4 * len(need) + 6)

    # The lanes.

    def _lane(self, key, height):
        """Rule a lane off, write its name in the gutter, and return where it starts."""
        top = self.y
        name = self._gutter(key)
        self._put(
            art.rule(MARGIN, top, self.right, top),
            art.paragraph(MARGIN, top + 24, name, SMALL, 1.25, "soft", bold=True),
        )
        self.y += max(height, 17 * len(name) + 20)
        return top

    def _gutter(self, key):
        return art.lines_of(word(key, self.language), SMALL * art.WIDEST_BOLD, GUTTER - 8)

    def _phases(self):
        top = self.y
        for phase in self.journey["phases"]:
            places = [k for k, step in enumerate(self.steps) if step["phase"] == phase["id"]]
            if not places:
                continue
            start = self.left + self.column * places[0] + 1
            stop = self.left + self.column * (places[-1] + 1) - 1
            self._put(signs.chevron(start, top, stop, 42, phase["id"]))
            name = words.phase_name(phase, self.language)
            minutes = sum([self.steps[k].get("minutes") or 0 for k in places])
            timed = bool(minutes) and stop - start > 200
            room = stop - start - (114 if timed else 44)
            name = art.lines_of(name, art.LEAD * art.WIDEST_BOLD, room, 1)[0]
            self._put(art.text(start + 24, top + 27, name, art.LEAD, "ink", "start", True, True))
            if timed:
                said = words.minutes_text(minutes, self.language)
                self._put(art.text(stop - 26, top + 27, said, STEP, "ink", "end"))
        self.y += 58

    def _actions(self):
        texts = [
            art.lines_of(
                say(step["action"], self.language),
                STEP * art.WIDEST_BOLD,
                self.column - 2 * INSET,
            )
            for step in self.steps
        ]
        height = 34 + 20 * max([1] + [len(lines) for lines in texts])
        top = self.y
        name = self._gutter("step")
        self._put(art.paragraph(MARGIN, top + 24, name, SMALL, 1.25, "soft", bold=True))
        for place, lines in enumerate(texts):
            x = self.left + self.column * place
            self._put(
                art.box(x + 3, top, self.column - 6, height, "card", "rule", 8),
                art.text(x + INSET, top + 23, str(place + 1), SMALL, "soft", "start", True),
                art.paragraph(x + INSET, top + 43, lines, STEP, 1.32, "ink", bold=True),
            )
        self.y += height + 16

    def _level(self, rating):
        return self.zero - POINT * rating

    def _curve(self):
        if words.end_place(self.journey) is None:
            return
        top = self._lane("feeling", 4 * POINT + 84)
        self.zero = top + 2 * POINT + 42
        for rating in (-2, -1, 0, 1, 2):
            y = self._level(rating)
            dash = "" if rating == 0 else "1 5"
            self._put(
                art.rule(self.left, y, self.right, y, "soft" if rating == 0 else "rule", 1.2, dash)
            )
            if rating:
                colour = words.tone(rating)
                self._put(signs.face(self.left - 22, y, rating / 2, colour, 8 + 1.5 * abs(rating)))
            self._put(
                art.text(self.left - 44, y + 5, words.rating_text(rating), SMALL, "soft", "end")
            )
        dots = [
            (self._centre(k), self._level(step["rating"]))
            for k, step in enumerate(self.steps)
            if step.get("rating") is not None
        ]
        for place, step in enumerate(self.steps):
            if step.get("rating") is not None and say(step.get("quote"), self.language):
                x, y = self._centre(place), self._level(step["rating"])
                start = y + (42 if step["rating"] < 0 else 0)
                self._put(art.rule(x, min(start, self.y), x, self.y, "rule", 1.2))
        self._waves(dots, top)
        for place, step in enumerate(self.steps):
            self._moment(place, step)

    def _waves(self, dots, top):
        if len(dots) < 2:
            return
        line = art.bent(dots)
        wave = line + "V%sH%sz" % (art.number(self.zero), art.number(dots[0][0]))
        for name, low, high in (
            ("good", top, self.zero),
            ("bad", self.zero, self._level(-2.5)),
        ):
            # A picture of its own clips the wave at the zero line.
            self._put(art.window(0, low, self.width, high - low, art.wash(wave, name)))
        self._put(art.path(line, "curve", "", 3.5))

    def _moment(self, place, step):
        x, rating = self._centre(place), step.get("rating")
        if rating is None:
            words_ = word("no_rating", self.language)
            self._put(art.text(x, self.zero - 8, words_, SMALL, "soft", "middle", italic=True))
            return
        y, colour = self._level(rating), words.tone(rating)
        colour = "curve" if colour == "soft" else colour
        self._put(signs.evidence_mark(step["evidence"], x, y, colour, 10))
        if place == words.peak_place(self.journey):
            self._put(art.disc(x, y, 15, "", colour, 1.6))
        flags = []
        if place == words.peak_place(self.journey):
            flags.append(word("peak", self.language))
        if place == words.end_place(self.journey):
            flags.append(word("end", self.language))
        label = words.rating_text(rating, self.language)
        below = rating < 0
        self._put(
            art.text(
                x, y + (33 if below else -20), label, STEP, colour, "middle", True, halo="paper"
            )
        )
        if flags:
            flag = ", ".join(flags)
            self._put(
                art.text(
                    x + (14 + 5 * len(label)),
                    y + (33 if below else -20),
                    flag,
                    SMALL,
                    colour,
                    "start",
                    italic=True,
                    serif=True,
                    halo="paper",
                )
            )

    def _cells(self, key, cells, draw_cell, leading=17, head=22):
        """Draw a lane of one cell a step; a lane in which nothing stands is left out."""
        if not [cell for cell in cells if cell]:
            return
        top = self._lane(key, head + leading * max([len(cell) for cell in cells]))
        for place, cell in enumerate(cells):
            if cell:
                draw_cell(self.left + self.column * place, top, cell, self.steps[place])

    def _quotes(self):
        cells = [self._lines(words.quoted(step, self.language), STEP) for step in self.steps]

        def one(x, top, lines, _step):
            self._put(
                art.paragraph(x + INSET, top + 26, lines, STEP, 1.3, "ink", serif=True, italic=True)
            )

        self._cells("quote", cells, one, 19.5)

    def _importance(self):
        known = [step.get("importance") for step in self.steps]
        cells = [[] if each is None else [each] for each in known]

        def one(x, top, cell, _step):
            self._put(signs.dots(x + INSET, top + 21, cell[0], 4.5))

        self._cells("importance", cells, one)

    def _channels(self):
        room = self.column - 2 * INSET - 30
        cells = [
            art.lines_of(word(step["channel"], self.language), SMALL * art.WIDEST, room)
            for step in self.steps
        ]

        def one(x, top, lines, step):
            shift = INSET + (28 if signs.icon(step["channel"], 0, 0) else 0)
            self._put(
                signs.icon(step["channel"], x + INSET - 2, top + 11, "curve"),
                art.paragraph(x + shift, top + 26, lines, SMALL, 1.3),
            )

        self._cells("channel", cells, one)

    def _owners(self):
        cells = [self._lines(say(step["actor"], self.language), SMALL) for step in self.steps]

        def one(x, top, lines, step):
            self._put(
                self._pill(x + INSET, top + 10, step["owner"]),
                art.paragraph(x + INSET, top + 50, lines, SMALL, 1.3, "soft"),
            )

        self._cells("owner", cells, one, 17, 44)

    def _pill(self, x, y, owner):
        fill, outline, dash, ink = PILLS[owner]
        name = words.owner_word(owner, self.language)
        wide = text_width(name, SMALL) * art.WIDEST + 18
        return art.box(x, y, wide, 24, fill, outline, 12, 1.3, dash) + art.text(
            x + wide / 2, y + 16.5, name, SMALL, ink, "middle"
        )

    def _evidence(self):
        cells = [
            [word(step["evidence"], self.language)]
            + self._lines(say(step.get("source"), self.language), SMALL)
            for step in self.steps
        ]

        def one(x, top, lines, step):
            self._put(
                signs.evidence_mark(step["evidence"], x + INSET + 7, top + 21, "ink"),
                art.text(x + INSET + 21, top + 25.5, lines[0], SMALL),
                art.paragraph(x + INSET, top + 44, lines[1:], SMALL, 1.25, "soft"),
            )

        self._cells("status", cells, one, 16.5)

    def _time(self):
        language, longest = self.language, 1.0
        cells = []
        for step in self.steps:
            minutes, risk = step.get("minutes"), step.get("p_fail")
            longest = max(longest, minutes or 0)
            cell = [words.minutes_text(minutes, language)] if minutes is not None else []
            cells.append(cell + ([words.risk_text(risk, language)] if risk else []))

        def one(x, top, lines, step):
            room = self.column - 2 * INSET
            if step.get("minutes"):
                wide = max(3, room * step["minutes"] / longest)
                self._put(
                    art.box(x + INSET, top + 14, room, 7, "faint", "", 3.5),
                    art.box(x + INSET, top + 14, wide, 7, "curve", "", 3.5),
                )
            for k, line in enumerate(lines):
                risky = step.get("p_fail") and k == len(lines) - 1
                ink = "bad" if risky else "ink"
                self._put(art.text(x + INSET, top + 39 + 17 * k, line, SMALL, ink))

        self._cells("time", cells, one, 25)

    # The foot: what was learned, what the marks mean, where it comes from.

    def _insights(self):
        insights, language = self.journey.get("insights") or [], self.language
        if not insights:
            return
        self._put(art.rule(MARGIN, self.y, self.right, self.y))
        self.y += 22
        columns = min(len(insights), 3)
        wide = (self.right - MARGIN - 16 * (columns - 1)) / columns
        ids = [step["id"] for step in self.steps]
        for first in range(0, len(insights), columns):
            row = insights[first : first + columns]
            texts = [
                art.lines_of(say(i["text"], language), STEP * art.WIDEST, wide - 44) for i in row
            ]
            height = 56 + 20 * max([len(lines) for lines in texts])
            for k, insight in enumerate(row):
                x = MARGIN + k * (wide + 16)
                where = [
                    str(ids.index(i) + 1) for i in insight.get("touchpoints") or [] if i in ids
                ]
                head = word("insights", language) + (" \u00b7 " + ", ".join(where) if where else "")
                self._put(
                    art.box(x, self.y, wide, height, "card", "rule", 8),
                    art.box(x, self.y, 6, height, "cloudberry", "", 3),
                    signs.evidence_mark(insight["evidence"], x + 28, self.y + 25, "ink", 6),
                    art.text(x + 42, self.y + 29.5, head, SMALL, "soft"),
                    art.paragraph(x + 22, self.y + 56, texts[k], STEP, 1.33, "ink", serif=True),
                )
            self.y += height + 16

    def _foot(self):
        language = self.language
        self._put(art.rule(MARGIN, self.y, self.right, self.y))
        x, y = float(MARGIN), self.y + 26
        for status in STATUSES:
            name = word(status, language)
            self._put(
                signs.evidence_mark(status, x + 8, y - 4.5, "ink", 6.5),
                art.text(x + 22, y, name, SMALL, "soft"),
            )
            x += 42 + text_width(name, SMALL) * art.WIDEST
        peak = words.peak_place(self.journey)
        if peak is not None:
            name = word("peak_note", language)
            colour = words.tone(self.steps[peak]["rating"])
            if x + 28 + text_width(name, SMALL) * art.WIDEST > self.right:
                x, y = float(MARGIN), y + 22
            self._put(
                art.disc(x + 10, y - 4.5, 9, "", colour, 1.6),
                art.disc(x + 10, y - 4.5, 5, colour),
                art.text(x + 28, y, name, SMALL, "soft"),
            )
            x += 48 + text_width(name, SMALL) * art.WIDEST
        note = say(self.journey.get("note"), language)
        if note:
            for line in art.lines_of(note, SMALL * art.WIDEST, max(self.right - x - 20, 300)):
                if x + 20 + text_width(line, SMALL) * art.WIDEST > self.right:
                    y += 20
                self._put(art.text(self.right, y, line, SMALL, "soft", "end"))
                y += 18
            y -= 18
        self.y = y + 28
