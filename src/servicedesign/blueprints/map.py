"""The service blueprint: five layers and three lines, drawn for the wall.

`draw` makes a wide swim-lane picture or, for a column of text or a phone, the
same blueprint stage by stage.
"""

from explorables.svg import text_width
from servicedesign import wall_art as art
from servicedesign import wall_people as people
from servicedesign import wall_signs as signs
from servicedesign.blueprint import LAYERS
from servicedesign.blueprints import routes
from servicedesign.blueprints import strip as blueprint_strip
from servicedesign.blueprints.words import (
    LINES,
    TINTS,
    description,
    failure_texts,
    handoff_text,
    numbered_by,
    ratings_of,
)
from servicedesign.journeys import words
from servicedesign.labels import say, word

WIDE = 860  # px: below this the blueprint is drawn stage by stage
ROOMY = 1100  # px: below this, as in a column of text, margins and gaps are small
PORTRAIT, AIR = 56, 12  # px, the silhouettes of those who act, and between them
# px: the margin of the sheet, the names of the lanes, the gap between cards side by side
# (room for a number and an arrow), and the least that a card takes with its gap.
ON_WALL, IN_COLUMN = (36, 128, 44, 164), (12, 112, 36, 136)
SIZE, SMALL = art.BODY, art.NOTE  # px, type
BOLD = 1.07  # how much wider bold letters run
STATUSES = ("observed", "reported", "assumed", "proposed")


def draw(
    blueprint: dict,
    language: str = "en",
    width: int = 0,
    journey: dict | None = None,
    lists: bool = True,
) -> str:
    """Return a blueprint as an SVG element.

    Parameters
    ----------
    blueprint : dict
        A blueprint in the format blueprint/1 in which the linter finds no error.
    language : str
        Which of the labels' languages to draw.
    width : int
        Width in px; below 860 it is drawn stage by stage, above it may be wider
        if the blueprint needs it.  0 for as wide as the blueprint needs.
    journey : dict, optional
        The journey it joins; its ratings are shown on the customer's row.
    lists : bool
        Whether hand-offs and fail points are told under the lanes; a page that
        tells them itself leaves them out.
    """
    if 0 < width < WIDE:
        return blueprint_strip.draw(blueprint, language, width, journey)
    return _Wall(blueprint, language, width, journey).svg(lists)


class _Wall:
    """One drawing: first everything is placed, then it is drawn from back to front."""

    def __init__(self, blueprint, language, width, journey):
        self.blueprint, self.language, self.items = blueprint, language, blueprint["items"]
        self.ratings = ratings_of(journey)
        self.people = people.on_blueprint(blueprint, journey)
        self.fails = numbered_by(blueprint.get("failure_points") or [], "item")
        self._place(width)
        self.parts: list = []
        self.y = 0.0

    def _place(self, width):
        """Give every item its lane and slot: stages in order, items side by side."""
        self.places: dict = {}
        self.stages = []
        first = 0
        for stage in self.blueprint["stages"]:
            widest = 0
            for lane, layer in enumerate(LAYERS):
                here = [i for i in self.items if i["stage"] == stage["id"] and i["layer"] == layer]
                for k, item in enumerate(here):
                    self.places[item["id"]] = (lane, first + k)
                widest = max(widest, len(here))
            if widest:
                self.stages.append((stage, first, widest))
            first += widest
        count = max(first, 1)
        sizes = IN_COLUMN if 0 < width < ROOMY else ON_WALL
        self.margin, self.gutter, self.gap, least = sizes
        self.left = self.margin + self.gutter
        room = (width or 1560) - self.left - self.margin
        self.slot = max(float(least), min(220.0, room / count), min(760.0, room) / count)
        self.right = self.left + self.slot * count
        self.width = max(self.right + self.margin, width)
        self.card = self.slot - self.gap

    def svg(self, lists: bool) -> str:
        language = self.language
        self._heading()
        self._measure()
        self._lanes()
        self._handoffs()
        for item in self.items:
            self._card(item)
        self.y = self.bottom
        if lists:
            self._lists()
        self._foot()
        title = say(self.blueprint["title"], language)
        return art.sheet(self.width, self.y, title, description(self.blueprint), self.parts)

    def _put(self, *parts):
        self.parts.extend(parts)

    def _x(self, slot):
        return self.left + self.slot * slot + self.gap / 2

    def _heading(self):
        blueprint, language = self.blueprint, self.language
        over = [
            say(blueprint.get("service"), language),
            word("blueprint", language) + ", " + word(blueprint["state"], language),
        ]
        self._put(art.text(self.margin, 50, " \u00b7 ".join([o for o in over if o]), SIZE, "soft"))
        wide = len(self.people) * (PORTRAIT + AIR)
        room = self.width - 2 * self.margin - wide
        title = art.lines_of(say(blueprint["title"], language), art.POSTER, room)
        self._put(art.paragraph(self.margin, 94, title, art.POSTER, 1.15, bold=True, serif=True))
        start = self.width - self.margin - wide + AIR
        self._put(people.row(self.people, start, 28, PORTRAIT, AIR))
        self.y = 94 + 46 * (len(title) - 1) + 34

    def _head(self, lane):
        """Return how far below a card's edge its first line of text stands."""
        marked = [i for i in self.fails if self.places[i][0] == lane]
        return 48 if marked or (lane == 1 and self.ratings) else 34

    def _measure(self):
        """Find how high each lane is and how many tracks run in each gap."""
        self.texts = {}
        heights = [58.0] * len(LAYERS)
        for item in self.items:
            lines = art.lines_of(say(item["label"], self.language), SIZE * BOLD, self.card - 22)
            facts = art.lines_of(self._facts(item), SMALL, self.card - 22)
            self.texts[item["id"]] = (lines, facts)
            lane = self.places[item["id"]][0]
            high = self._head(lane) + 6 + 19.5 * len(lines) + 17 * len(facts)
            heights[lane] = max(heights[lane], high)
        self.routes = routes.plan(self.places, self.blueprint.get("handoffs") or [])
        self.offsets = routes.ports(self.routes)
        spans: list = [[] for _layer in LAYERS]
        for number, route in enumerate(self.routes):
            for k, gap in enumerate(route["gaps"]):
                ends = self._span(number, route, k)
                spans[gap].append((number, k, min(ends), max(ends)))
        self.track = {}
        self.lane_y, self.gap_y, self.line_y = [], [], []
        y = self.y + 58
        for lane, height in enumerate(heights):
            self.lane_y.append(y)
            self.gap_y.append(y + height)
            chosen = routes.tracks([span[2:] for span in spans[lane]])
            for span, track in zip(spans[lane], chosen):
                self.track[span[0], span[1]] = track
            count = max([0] + [track + 1 for track in chosen])
            self.line_y.append(y + height + (28 if count == 0 else 31 + 13 * count))
            y = self.line_y[lane] + 28
        self.heights = heights
        self.bottom = y - 20

    def _facts(self, item):
        facts = [item["owner"]]
        if item.get("minutes") is not None:
            facts.append(words.minutes_text(item["minutes"]))
        return " \u00b7 ".join(facts)

    def _lanes(self):
        top = self.y
        for stage, first, count in self.stages:
            start, stop = (
                self._x(first) - self.gap / 2 + 1,
                self._x(first + count) - self.gap / 2 - 1,
            )
            name = art.lines_of(say(stage["label"], self.language), art.LEAD, stop - start - 44, 1)
            self._put(
                signs.chevron(start, top, stop, 42, "rule"),
                art.paragraph(
                    start + 24, top + 27, name, art.LEAD, 1.2, "ink", bold=True, serif=True
                ),
            )
        for lane, layer in enumerate(LAYERS):
            y, height = self.lane_y[lane], self.heights[lane]
            if layer in TINTS:
                self._put(
                    art.box(
                        self.margin,
                        y - 12,
                        self.right - self.margin,
                        height + 24,
                        TINTS[layer],
                        "",
                        10,
                    )
                )
            name = art.lines_of(word(layer, self.language), SIZE, self.gutter - 18)
            self._put(art.paragraph(self.margin + 12, y + 20, name, SIZE, 1.3, "ink", bold=True))
            if layer in LINES:
                self._line(LINES[layer], self.line_y[lane])

    def _line(self, key, y):
        name = word(key, self.language)
        heavy = key == "visibility"
        self._put(
            art.rule(
                self.margin, y, self.right, y, "ink", 2.6 if heavy else 1.6, "" if heavy else "8 6"
            ),
            art.text(self.right, y - 5, name, SMALL, "ink", "end", italic=True, halo="paper"),
        )

    # The hand-offs.

    def _port(self, place, offset):
        return self._x(place[1]) + self.card / 2 + offset

    def _between(self, number, route):
        """Return the x at which a line passes the lanes between its two ends."""
        x = self._x(route["stop"][1]) - self.gap / 2
        return x + 5 * (number % 4) - 7.5

    def _span(self, number, route, k):
        """Return where a line's run along its gap ``k`` starts and ends."""
        start = self._port(route["start"], self.offsets[number][0])
        stop = self._port(route["stop"], self.offsets[number][1])
        if len(route["gaps"]) < 2:
            return start, stop
        middle = self._between(number, route)
        return (start, middle) if k == 0 else (middle, stop)

    def _edge(self, place, side):
        lane = place[0]
        return self.lane_y[lane] if side == "top" else self.lane_y[lane] + self.heights[lane]

    def _handoffs(self):
        late = []
        for number, route in enumerate(self.routes):
            points = self._corners(number, route)
            d = ""
            for step in routes.rounded(points):
                d += step[0] + " ".join([art.number(value) for value in step[1:]])
            late.append((points, number))
            self._put(art.path(d, "curve", "", 2))
        for points, number in late:
            self._put(signs.arrow_head(points[-2], points[-1], "curve"))
            x, y = _along(points[0], points[1], 13.0)
            self._put(signs.number(x, y, number + 1))

    def _corners(self, number, route):
        start, stop, sides = route["start"], route["stop"], route["sides"]
        if not route["gaps"]:
            offset = 12.0 if sides[0] == "left" else -12.0
            y = self.lane_y[start[0]] + self.heights[start[0]] / 2 + offset
            x1 = self._x(start[1]) + (self.card if sides[0] == "right" else 0)
            x2 = self._x(stop[1]) + (self.card if sides[1] == "right" else 0)
            return [(x1, y), (x2, y)]
        x1 = self._port(start, self.offsets[number][0])
        x2 = self._port(stop, self.offsets[number][1])
        points = [(x1, self._edge(start, sides[0]))]
        for k, gap in enumerate(route["gaps"]):
            y = self.gap_y[gap] + 29 + 13 * self.track[number, k]
            low, high = self._span(number, route, k)
            points = points + [(low, y), (high, y)]
        return points + [(x2, self._edge(stop, sides[1]))]

    # The cards.

    def _card(self, item):
        lane, slot = self.places[item["id"]]
        x, y, height = self._x(slot), self.lane_y[lane], self.heights[lane]
        lines, facts = self.texts[item["id"]]
        head, right = self._head(lane), x + self.card
        fails = self.fails.get(item["id"], [])
        self._put(
            art.box(x, y, self.card, height, "card", "ink" if lane == 1 else "soft", 8, 1.3),
            signs.evidence_mark(item["evidence"], right - 15 - 34 * len(fails), y + 16, "ink", 6),
            art.paragraph(x + 11, y + head, lines, SIZE, 1.3, "ink", bold=True),
            art.paragraph(x + 11, y + head + 19.5 * len(lines), facts, SMALL, 1.3, "soft"),
        )
        for k, number in enumerate(fails):
            self._put(signs.warning(right - 16 - 34 * k, y + 12, "F" + str(number)))
        if item.get("wait"):
            self._put(signs.clock(right - 16, y + height - 16, "bad"))
        rating = self.ratings.get(item["id"]) if lane == 1 else None
        if rating is not None:
            colour = words.tone(rating)
            self._put(signs.face(x + 20, y + 18, rating / 2, colour, 10))
            self._put(art.text(x + 36, y + 22.5, words.rating_text(rating), SMALL, colour))

    # The lists below.

    def _lists(self):
        columns = 3 if self.right - self.margin > 1050 else 2
        wide = (self.right - self.margin - 28 * (columns - 1)) / columns
        entries: list = []
        for number, handoff in enumerate(self.blueprint.get("handoffs") or []):
            lines = art.lines_of(
                handoff_text(handoff, self.items, self.language), SIZE * art.WIDEST, wide - 32
            )
            entries.append((number + 1, lines, "curve"))
        self._list(word("handoffs", self.language), entries, columns, wide)
        entries = []
        for number, point in enumerate(self.blueprint.get("failure_points") or []):
            texts = failure_texts(point, self.blueprint, self.language)
            lines = [
                line for part in texts for line in art.lines_of(part, SIZE * art.WIDEST, wide - 40)
            ]
            entries.append(("F" + str(number + 1), lines, "bad"))
        self._list(word("failure_points", self.language), entries, columns, wide)

    def _list(self, title, entries, columns, wide):
        if not entries:
            return
        self._put(
            art.rule(self.margin, self.y, self.right, self.y),
            art.text(self.margin, self.y + 28, title, art.LEAD, "ink", "start", True, True),
        )
        top = self.y + 46
        per = (len(entries) + columns - 1) // columns
        lowest = top
        for column in range(columns):
            y, x = top, self.margin + column * (wide + 28)
            for mark, lines, colour in entries[column * per : (column + 1) * per]:
                if colour == "bad":
                    self._put(signs.warning(x + 13, y + 14, mark))
                else:
                    self._put(signs.number(x + 10, y + 13, mark))
                shift = 36 if colour == "bad" else 30
                self._put(art.paragraph(x + shift, y + 18, lines, SIZE, 1.3))
                y += 19.5 * len(lines) + 10
            lowest = max(lowest, y)
        self.y = lowest + 12

    def _foot(self):
        self._put(art.rule(self.margin, self.y, self.right, self.y))
        x, y = float(self.margin), self.y + 26
        for status in STATUSES:
            name = word(status, self.language)
            self._put(
                signs.evidence_mark(status, x + 8, y - 4.5, "ink", 6.5),
                art.text(x + 22, y, name, SMALL, "soft"),
            )
            x += 42 + text_width(name, SMALL)
        for line in art.lines_of(
            say(self.blueprint.get("note"), self.language), SMALL, max(self.right - x - 20, 300)
        ):
            self._put(art.text(self.right, y, line, SMALL, "soft", "end"))
            y += 18
        self.y = y + 22


def _along(a, b, distance):
    """Return the point that lies ``distance`` px from ``a`` on the way to ``b``."""
    length = max(abs(a[0] - b[0]) + abs(a[1] - b[1]), 1.0)
    share = min(distance / length, 0.5)
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
