"""Live figures of chapter 8: the satisfaction mirror, seen and touched."""

from explorables import Choice, Explorable, Slider, Step, View, svg
from explorables.language import _
from explorables.numbers import fixed, plain, signed
from explorables.palette import BAD, GOOD, PLAIN
from servicedesign import mirror

# Drawn once: other effects move the same restaurants instead of dealing new ones.
CHANCE = mirror.standard_normals(500, seed=8)
THIRD = 0.43  # standard deviations: a third of all restaurants lie above, a third below
LOW, HIGH = -3.6, 4.4  # both axes, in standard deviations
SEEN, DONE = BAD, GOOD
# Thirds by management: role, width of the mark in tenths of a px, its shape.
MARKS = ((BAD, 62, "square"), (0, 48, "round"), (PLAIN, 72, "round"))


def draw(a, b, c, n, move):
    """Show n restaurants, what is seen in them, and what one change would do.

    Parameters
    ----------
    a, b, c : float
        As for `servicedesign.mirror.mirror`; c is held at its largest possible
        value beside a and b.
    n : int
        Restaurants, at most 500.
    move : str
        "look", "staff" or "management": what is raised by one.

    Returns
    -------
    View
        The restaurants; the three arrows and four numbers.
    """
    held = min(c, mirror.largest_direct_effect(a, b))
    seen = mirror.mirror(a, b, held)
    drawn = mirror.outlets(a, b, held, CHANCE[: int(n)])
    r = _correlation(drawn)
    shift = {"look": (0.0, 0.0), "staff": (1.0, held), "management": (a, b + a * held)}[move]
    return View(
        [
            Restaurants(drawn, seen["crude"], shift, move),
            svg.Stack([Arrows(a, b, held), _numbers(seen, r)], 1),
        ],
        _in_words(seen, r, len(drawn), c, move, shift),
        _data(seen, r, shift, len(drawn)),
    )


def _correlation(drawn):
    n = len(drawn)
    staff = guests = 0.0
    for each in drawn:
        staff += each[1]
        guests += each[2]
    staff /= n
    guests /= n
    both = own = other = 0.0
    for _management, x, y in drawn:
        both += (x - staff) * (y - guests)
        own += (x - staff) * (x - staff)
        other += (y - guests) * (y - guests)
    return both / (own * other) ** 0.5


class Restaurants:
    """The cloud of restaurants, three tones by management, and where a change takes it."""

    share = 1.15

    def __init__(self, drawn, crude, shift, move):
        self.drawn, self.crude, self.shift, self.move = drawn, crude, shift, move

    def render(self, width: int) -> str:
        """Return the picture as an SVG element of ``width`` px."""
        left, right, top = 24.0, width - 4.0, 74.0
        scale = (right - left) / (HIGH - LOW)
        bottom = top + scale * (HIGH - LOW) * 0.92
        up = (bottom - top) / (HIGH - LOW)
        x0, y0 = left - LOW * scale, bottom + LOW * up
        parts = [svg.text(0, 15, _("One mark, one restaurant"), size=svg.TITLE,
                          bold=True)]  # fmt: skip
        parts.append(self._key())
        edges = tuple([plain(each) for each in (left, top, bottom, right)])
        parts.append(svg.shape("M%s,%sV%sH%s" % edges, svg.framed("axis")))
        middle = tuple([plain(each) for each in (x0, top, bottom, left, y0, right)])
        parts.append(svg.shape("M%s,%sV%sM%s,%sH%s" % middle, svg.framed()))
        dx, dy = self.shift
        dots = self._dots(10 * x0, 10 * y0, 10 * scale, 10 * up)
        parts.append(svg.group(dots, shift=(dx * scale, -dy * up), scale=0.1))
        parts.append(
            svg.path(
                "M%s,%sL%s,%s"
                % (
                    plain(x0 - 3 * scale),
                    plain(y0 + 3 * self.crude * up),
                    plain(x0 + 3 * scale),
                    plain(y0 - 3 * self.crude * up),
                ),
                SEEN,
                2.5,
                "7 4",
            )
        )
        # Beside the end of its line, whose tilt says where that is.
        words = _("what is seen")
        at = y0 - 3 * self.crude * up
        parts.append(svg.text(right, at - 10, words, "end", SEEN, style="role", bold=True))
        if self.move != "look":
            parts.append(svg.arrow(x0, y0, x0 + dx * scale, y0 - dy * up, DONE, 4))
            parts.append(svg.marker(x0, y0, 0, 5, "ring"))
            parts.append(svg.marker(x0 + dx * scale, y0 - dy * up, DONE, 4, "circle"))
            said = _("the middle of all, moved")
            at = min(x0 + dx * scale, right - 1.15 * svg.text_width(said))
            parts.append(
                svg.text(at, max(y0 - dy * up + 19, y0 + 19), said, "start", DONE,
                         style="role", bold=True)
            )  # fmt: skip
        parts.append(svg.text(right, bottom + 17, _("staff"), "end", size=svg.TICK,
                              style="soft"))  # fmt: skip
        for at in (-2, 0, 2):
            parts.append(svg.text(x0 + at * scale, bottom + 17, signed(at), "middle",
                                  size=svg.TICK, style="soft"))  # fmt: skip
            parts.append(svg.text(left - 5, y0 - at * up + 4, signed(at), "end", size=svg.TICK,
                                  style="soft"))  # fmt: skip
        parts.append(svg.text(0, top - 7, _("guests"), size=svg.TICK, style="soft"))
        label = _("Restaurants by satisfaction of staff and of guests, with the line that is seen")
        return svg.figure(width, bottom + 24, label, parts)

    def _key(self):
        """Return the three marks with what they stand for, in one line."""
        x, parts = 0.0, []
        for (role, wide, cap), words in zip(
            MARKS, (_("poor management"), _("middling"), _("good"))
        ):
            parts.append(_spots("M%s,38h0" % plain(x + 5), role, wide / 10, cap))
            parts.append(svg.text(x + 13, 42, words, size=svg.TICK, style="soft"))
            x += svg.text_width(words, svg.TICK) + 32
        return "".join(parts)

    def _dots(self, x0, y0, scale, up):
        groups: list = [[], [], []]
        for management, staff, guests in self.drawn:
            third = 0 if management < -THIRD else 2 if management > THIRD else 1
            groups[third].append("M%d %dh0" % (int(x0 + staff * scale), int(y0 - guests * up)))
        return [
            _spots("".join(group), role, wide, cap)
            for group, (role, wide, cap) in zip(groups, MARKS)
            if group
        ]


def _spots(d, role, wide, cap):
    # Every mark is a line of no length: one path draws hundreds.
    paint = 'stroke-linecap="%s" ' % cap
    return svg.shape(d, paint + svg.stroked(role, wide, opacity="0.7"))


class Arrows:
    """Management, staff and guests, and the three effects as arrows."""

    share = 1

    def __init__(self, a, b, c):
        self.effects = (a, b, c)

    def words(self) -> str:
        """Return what a screen reader hears."""
        return _("Management acts on staff and on guests, and staff act on guests")

    def drawn(self, width: int) -> tuple:
        """Return the height in px and the elements."""
        a, b, c = self.effects
        middle, low = width / 2, 128.0
        left, right = 44.0, width - 44.0
        parts = [svg.text(0, 15, _("What is behind it"), size=svg.TITLE, bold=True)]
        parts.append(svg.text(middle, 46, _("management"), "middle", bold=True))
        parts.append(svg.text(left, low + 5, _("staff"), "middle", bold=True))
        parts.append(svg.text(right, low + 5, _("guests"), "middle", bold=True))
        for letter, effect, ends, at in (
            ("a", a, (middle - 14, 54.0, left + 6, low - 13), (-24, 0)),
            ("b", b, (middle + 14, 54.0, right - 6, low - 13), (24, 0)),
            ("c", c, (left + 26, low, right - 32, low), (0, -9)),
        ):
            # What has no effect is drawn too, dashed and without a head.
            wide, dash = (1.0 + 5 * effect, "") if effect > 0 else (1.5, "2 6")
            parts.append(svg.arrow(*(ends + (0 if letter != "c" else DONE, wide, dash))))
            x, y = (ends[0] + ends[2]) / 2 + at[0], (ends[1] + ends[3]) / 2 + at[1]
            said = "%s = %s" % (letter, fixed(effect, 2))
            anchor = "middle" if letter == "c" else "end" if letter == "a" else "start"
            x += 10 if letter == "a" else -10 if letter == "b" else 0
            parts.append(svg.text(x, y, said, anchor, style="role"))
        return low + 12, parts


def _numbers(seen, r):
    plot = svg.Plot(
        x=(-0.5, 1),
        title=_("What is seen, what is done"),
        x_ticks=[(-0.5, "\u22120.5"), (0, "0"), (0.5, "0.5"), (1, "1")],
        height=232,
        description=_("What is seen, what is seen at equal management, and what a change does"),
    )
    rows = (
        (_("correlation seen here"), r, SEEN),
        (_("in ever more restaurants"), seen["crude"], SEEN),
        (_("at equal management"), seen["within"], 1),
        (_("guests, if staff go up one"), seen["intervention"], DONE),
    )
    items = [(name, value, fixed(value, 2)) for name, value, _role in rows]
    plot.bars(items, role=[role for _name, _value, role in rows])
    return plot


def _in_words(seen, r, n, asked, move, shift):
    words = [
        _(
            "In these {n} restaurants staff and guests go together by r = {r}, "
            "in ever more of them by {crude}."
        ).format(n=n, r=fixed(r, 2), crude=fixed(seen["crude"], 2)),
        _("Among restaurants with equal management it is {within}.").format(
            within=fixed(seen["within"], 2)
        ),
    ]
    if move == "staff":
        words.append(
            _("Staff alone have been raised by one, and guests follow by {dy}.").format(
                dy=fixed(shift[1], 2)
            )
        )
    elif move == "management":
        words.append(
            _("Management has been raised by one: staff follow by {dx} and guests by {dy}.").format(
                dx=fixed(shift[0], 2), dy=fixed(shift[1], 2)
            )
        )
    else:
        words.append(
            _("Raising staff alone by one would raise guests by {c}.").format(
                c=fixed(seen["intervention"], 2)
            )
        )
    if asked > seen["intervention"] + 1e-9:
        words.append(
            _(
                "You asked for c = {asked}; beside these a and b no more than {c} is possible."
            ).format(asked=fixed(asked, 2), c=fixed(seen["intervention"], 2))
        )
    return " ".join(words)


def _data(seen, r, shift, n):
    return [_("question"), _("answer")], [
        [_("correlation in these {n} restaurants").format(n=n), fixed(r, 3)],
        [_("correlation in ever more restaurants, c + ab"), fixed(seen["crude"], 3)],
        [_("correlation at equal management"), fixed(seen["within"], 3)],
        [_("guests, if staff alone rise by one, c"), fixed(seen["intervention"], 3)],
        [_("your move: staff"), signed(shift[0], 2)],
        [_("your move: guests"), signed(shift[1], 2)],
    ]


seen_and_done = Explorable(
    "seen-and-done",
    _("Meaning and the mirror: seen and done"),
    [
        Choice(
            "move",
            _("What is done"),
            [
                ("look", _("nothing, we look on")),
                ("staff", _("raise staff alone by one")),
                ("management", _("raise management by one")),
            ],
            "look",
        ),
        Slider(
            "a", _("Management acts on staff: a"), 0, 0.8, 0.7, step=0.05, kind="assumption",
        ),
        Slider(
            "b", _("Management acts on guests: b"), 0, 0.8, 0.6, step=0.05, kind="assumption",
        ),
        Slider(
            "c",
            _("Staff act on guests: c"),
            0,
            0.8,
            0,
            step=0.05,
            kind="assumption",
            help=_("Held where b\u00b2 + c\u00b2 + 2abc = 1: guests vary no more than they do."),
        ),
        Slider("n", _("Restaurants"), 20, 500, 120, step=20),
    ],
    draw,
    first=["move", "a", "b", "c"],
    steps=[
        Step(
            _("Raise staff alone"),
            _("Follow the ring: do the guests come along?"),
            {"move": "staff"},
        ),
        Step(
            _("Raise management"),
            _("Compare the two arrows."),
            {"move": "management"},
        ),
        Step(
            _("Staff do act"),
            _("c is 0.3 now, and staff are raised: how far do guests follow, and what is seen?"),
            {"c": 0.3, "move": "staff"},
        ),
    ],
    try_this=_("Raise staff alone, and see whether the guests come along."),
)  # fmt: skip
