"""Live figures of chapter 8: the circle of positive development."""

from explorables import Explorable, Slider, Step, Table, Toggle, View, spans, svg
from explorables.language import _
from explorables.numbers import fixed, signed
from explorables.palette import BAD, GOOD, PLAIN
from servicedesign import circle

WEEKS = 30
STRONGEST = 1.5  # the most that an arrow can carry on


def draw(arrows, push, push_weeks, memory):
    """Send a push round the circle, with some of its arrows cut.

    Parameters
    ----------
    arrows : list of dict
        "strength" (0 to 1.5) and "there" (False if cut), in the order of
        `servicedesign.circle.CIRCLE`.
    push : float
        What is done for meaning, from -3 to 3 standard deviations.
    push_weeks : int
        For how many weeks.
    memory : float
        Share of a week's level that lasts, from 0, less than 1.

    Returns
    -------
    View
        The circle with its arrows, and thirty weeks of all four.
    """
    strengths = [arrow["strength"] for arrow in arrows]
    cut = [name for name, arrow in zip(circle.CIRCLE, arrows) if not arrow["there"]]
    gain = circle.loop_gain(strengths, cut)
    weeks = circle.circle_path(WEEKS, strengths, push, int(push_weeks), memory, cut)
    alone = circle.circle_path(WEEKS, strengths, push, int(push_weeks), memory, ["heard"])
    return View(
        [
            Ring(strengths, cut, gain, weeks[-1]),
            _weeks(weeks, alone, push, int(push_weeks)),
        ],
        _in_words(strengths, cut, gain, weeks, alone, push),
        _data(weeks, alone),
    )


def _node_names():
    return [_("meaning"), _("encounter"), _("guest"), _("being heard")]


def _level(x):
    return signed(x, 1 if abs(x) >= 0.05 else 2)


def _verdict(gain):
    if gain <= 1e-9:
        return _("nothing comes back")
    if gain < 1 - 1e-9:
        return _("so it fades")
    if gain > 1 + 1e-9:
        return _("so it feeds itself")
    return _("so it stays")


class Ring:
    """Four nodes on a ring and the arrows between them, as wide as they are strong."""

    share = 1

    def __init__(self, strengths, cut, gain, last):
        self.strengths, self.cut, self.gain, self.last = strengths, cut, gain, last

    def render(self, width: int) -> str:
        """Return the picture as an SVG element of ``width`` px."""
        middle, half, tall = width / 2, 46.0, 22.0
        left, right = half + 3, width - half - 3
        top, low = 62.0, 292.0
        centre = (top + low) / 2
        spots = ((middle, top), (right, centre), (middle, low), (left, centre))
        title = _("The circle after {n} weeks").format(n=WEEKS)
        parts = [svg.text(0, 15, title, size=svg.TITLE, bold=True)]
        knobs: list = []
        # Each arrow leaves along one direction and arrives along the other.
        for place, (start, end, way) in enumerate(
            (
                ((middle + half, top), (right, centre - tall), (0, 1)),
                ((right, centre + tall), (middle + half, low), (-1, 0)),
                ((middle - half, low), (left, centre + tall), (0, -1)),
                ((left, centre - tall), (middle - half, top), (1, 0)),
            )
        ):
            gone = circle.CIRCLE[place] in self.cut or not self.strengths[place]
            parts.append(_bend(start, end, way, self.strengths[place], gone))
            corner = (end[0], start[1]) if way[0] == 0 else (start[0], end[1])
            knobs.append(_knob(start, end, corner, self.strengths[place], place))
            said = (
                _("cut")
                if circle.CIRCLE[place] in self.cut
                else "\u00d7 " + fixed(self.strengths[place], 1)
            )
            # Inside the bend, where neither arrow nor node is.
            x = corner[0] + (-46 if corner[0] > middle else 46)
            y = corner[1] + (46 if corner[1] < centre else -36)
            parts.append(svg.text(x, y, said, "middle", BAD if gone else 0, style="role"))
        for (x, y), name, node in zip(spots, _node_names(), circle.CIRCLE):
            level = self.last[node]
            tone = GOOD if level >= 0.005 else BAD if level <= -0.005 else 0
            paint = svg.hollow(tone)
            parts.append(svg.rect(x - half, y - tall, 2 * half, 2 * tall, paint, 12))
            parts.append(svg.text(x, y - 3, name, "middle"))
            parts.append(svg.text(x, y + 14, _level(level), "middle", tone, bold=True))
        parts += knobs
        gain = "\u00d7 " + fixed(self.gain, 2)
        parts.append(svg.text(middle, centre - 36, _("once round"), "middle", style="soft"))
        parts.append(svg.text(middle, centre + 6, gain, "middle", size=18, bold=True))
        parts.append(svg.text(middle, centre + 46, _verdict(self.gain), "middle", style="soft"))
        label = _("Meaning, encounter, guest and being heard on a ring, with the arrows between")
        return svg.figure(width, low + tall + 6, label, parts)


def _knob(start, end, corner, strength, place):
    """Return the handle of an arrow: it runs from the tail, at 0, to the head, at the most."""
    t = strength / STRONGEST
    x, y = [
        (1 - t) * (1 - t) * start[k] + 2 * t * (1 - t) * corner[k] + t * t * end[k] for k in (0, 1)
    ]
    right, down = [(end[k] - start[k]) / STRONGEST for k in (0, 1)]
    knob = svg.handle(x, y, [("arrows.%d.strength" % place, right, down)])
    return svg.circle(x, y, 5, svg.hollow(PLAIN)) + knob


def _bend(start, end, way, strength, gone):
    """Return an arrow round a corner; a cut one is thin, dashed and without a head."""
    corner = (end[0], start[1]) if way[0] == 0 else (start[0], end[1])
    if gone:
        return svg.arrow(start[0], start[1], end[0], end[1], 0, 1.5, "2 6", corner)
    return svg.arrow(start[0], start[1], end[0], end[1], PLAIN, 1.0 + 4 * strength, "", corner)


def _weeks(weeks, alone, push, push_weeks):
    """Return a strip of thirty weeks for each of the four, all on one scale."""
    levels = [each[node] for each in weeks + alone for node in circle.CIRCLE] + [0.0, push]
    low, high = spans.covered("weeks", min(levels + [-0.5]), max(levels + [0.5]))
    strips = []
    for place, (node, name) in enumerate(zip(circle.CIRCLE, _node_names())):
        last = place == len(circle.CIRCLE) - 1
        title = name
        if node == "meaning":
            title = _("{name}; dashed: if nothing came back; shaded: the push").format(name=name)
        plot = svg.Plot(
            x=(0, WEEKS),
            y=(low, high),
            title=_("Week by week") if place == 0 else "",
            y_label=title,
            x_label=_("weeks") if last else "",
            x_ticks=[0, 10, 20, 30] if last else [],
            y_ticks=[0] + [level for level in (low, high) if abs(level) > 0.3 * (high - low)],
            y_decimals=1,
            height=58,
            share=1.15,
            description=_("{name}, week by week").format(name=name),
        )
        if node == "meaning":
            if push:
                end = min(push_weeks, WEEKS)
                plot.area([(0, min(push, 0), max(push, 0)), (end, min(push, 0), max(push, 0))], 0)
            plot.curve([(week, each[node]) for week, each in enumerate(alone)], 0, dashed=True)
        role = GOOD if node == "guest" else PLAIN
        plot.curve([(week, each[node]) for week, each in enumerate(weeks)], role, dashed=False)
        strips.append(plot)
    return svg.Stack(strips, 1.15)


def _in_words(strengths, cut, gain, weeks, alone, push):
    names = dict(zip(circle.CIRCLE, _node_names()))
    after = {name: names[circle.CIRCLE[(k + 1) % 4]] for k, name in enumerate(circle.CIRCLE)}
    words = []
    broken = [name for k, name in enumerate(circle.CIRCLE) if name in cut or not strengths[k]]
    if broken:
        ways = [
            _("from {node} to {after}").format(node=names[name], after=after[name])
            for name in broken
        ]
        words.append(_("There is no arrow {ways}, so nothing comes back.").format(
            ways=_(" and ").join(ways)))  # fmt: skip
    elif gain < 1 - 1e-9:
        words.append(_(
            "Of a change, {gain} comes back after once round, so every push fades."
        ).format(gain=fixed(gain, 2)))  # fmt: skip
    elif gain > 1 + 1e-9:
        words.append(_(
            "Of a change, {gain} comes back after once round, so good and bad grow by themselves."
        ).format(gain=fixed(gain, 2)))  # fmt: skip
    else:
        words.append(_("A change comes back as large as it was, so what a push does stays."))
    if not push:
        words.append(_("Nothing is pushed here, so nothing moves."))
        return " ".join(words)
    far = [abs(levels["guest"]) for levels in weeks]
    week = far.index(max(far))
    if far[week] < 0.005:
        words.append(_("The guest notices nothing."))
    else:
        words.append(
            _("The guest gets as far as {most}, in week {week}.").format(
                most=signed(weeks[week]["guest"], 2), week=week
            )
        )
    words.append(
        _(
            "After {n} weeks meaning is at {own} and the guest at {guest}; "
            "with nothing coming back, meaning would be at {alone}."
        ).format(
            n=WEEKS,
            own=signed(weeks[-1]["meaning"], 2),
            guest=signed(weeks[-1]["guest"], 2),
            alone=signed(alone[-1]["meaning"], 2),
        )
    )
    return " ".join(words)


def _data(weeks, alone):
    rows = []
    for week in range(0, WEEKS + 1, 5):
        row = [str(week)] + [signed(weeks[week][node], 2) for node in circle.CIRCLE]
        row.append(signed(alone[week]["meaning"], 2))
        rows.append(row)
    return [_("week")] + _node_names() + [_("meaning, alone")], rows


round_and_round = Explorable(
    "round-and-round",
    _("The circle of positive development"),
    [
        Slider(
            "push", _("What is done for meaning"), -3, 3, 2, step=0.5,
            help=_("1 is as far as places usually differ; below 0 it is a blow."),
        ),
        Slider("push_weeks", _("For how long"), 1, 30, 6, unit=_("weeks")),
        Table(
            "arrows",
            _("The four arrows"),
            [
                Slider("strength", _("Strength"), 0, STRONGEST, 0.8, step=0.1),
                Toggle("there", _("There"), True),
            ],
            [
                {"label": _("meaning \u2192 encounter"), "strength": 0.8, "there": True},
                {"label": _("encounter \u2192 guest"), "strength": 0.8, "there": True},
                {"label": _("guest \u2192 being heard"), "strength": 0.8, "there": True},
                {"label": _("being heard \u2192 meaning"), "strength": 0.8, "there": True},
            ],
            kind="assumption",
            row_label=_("Arrow"),
            help=_("Nobody has measured all four in one place; take the tick away to cut one."),
        ),
        Slider(
            "memory", _("How much of a week lasts into the next"), 0, 0.9, 0.5, step=0.1,
            kind="assumption",
        ),
    ],
    draw,
    handles=["arrows.*.strength"],
    first=["arrows.0.there", "arrows.1.there", "arrows.2.there", "arrows.3.there"],
    steps=[
        Step(
            _("Nothing is heard"),
            _("The last arrow is cut: who still gains, and for how long?"),
            {"arrows.3.there": False},
            watch=_("Week by week"),
        ),
        Step(
            _("Meaning stays inside"),
            _("The first arrow is cut: what reaches the guests?"),
            {"arrows.0.there": False},
            watch=_("Week by week"),
        ),
        Step(
            _("Stronger arrows"),
            _("All four at 1.1, and a blow: which way does it go?"),
            {
                "arrows.0.strength": 1.1,
                "arrows.1.strength": 1.1,
                "arrows.2.strength": 1.1,
                "arrows.3.strength": 1.1,
                "push": -2,
            },
            watch=_("Week by week"),
        ),
    ],
    try_this=_("Cut one arrow after the other, and see what is left for the guest."),
)  # fmt: skip
