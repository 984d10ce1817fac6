"""Live figures of chapter 8: one job, two scores, and what its demands leave."""

from explorables import Explorable, Slider, Step, View, svg
from explorables.language import _
from explorables.numbers import fixed, signed
from explorables.palette import BAD, GOOD, PLAIN
from servicedesign import meaning

MIDDLE, SPREAD = 4.0, 1.5  # of a scale from 1 to 7, in points: an average job, one SD
SCARCE, AMPLE = 2.0, 6.0  # resources of two other jobs, in points


def draw(variety, identity, significance, autonomy, feedback, tools, demands, buffer):
    """Score one job twice, and show what its demands leave of a worker's energy.

    Parameters
    ----------
    variety, identity, significance, autonomy, feedback, tools, demands : float
        Points from 1 to 7.
    buffer : float
        How much more resources help where demands are high, from 0 to 0.2.

    Returns
    -------
    View
        What one more point of each trait adds; two scores; energy.
    """
    items = {
        "variety": variety,
        "identity": identity,
        "significance": significance,
        "autonomy": autonomy,
        "feedback": feedback,
    }
    scores = [meaning.mps(items), meaning.mps(items, "sum")]
    gains = []
    for name in meaning.CHARACTERISTICS:
        richer = dict(items)
        richer[name] = min(7.0, items[name] + 1)
        gains.append(meaning.mps(richer) - scores[0])
    resources = (autonomy + feedback + tools) / 3
    energy = _energy(resources, demands, buffer)
    points = [items[name] for name in meaning.CHARACTERISTICS] + [tools, demands]
    return View(
        [
            Gains(points, gains),
            svg.Stack([Scores(scores), _energies(resources, demands, buffer, energy)], 1),
        ],
        _in_words(scores, gains, energy),
        _data(points, gains, scores, energy),
    )


def _energy(resources, demands, buffer):
    return meaning.jdr_energy(
        (resources - MIDDLE) / SPREAD, (demands - MIDDLE) / SPREAD, b_rd=buffer
    )


def _names():
    return [
        _("variety"),
        _("a whole piece of work"),
        _("matters to somebody"),
        _("freedom to decide"),
        _("seeing how it went"),
        _("tools that work"),
        _("demands"),
    ]


class Gains:
    """What one more point of each trait adds, beside the point where it stands now.

    The bars begin at 0 and keep one scale, up to the most that a point can add.
    """

    share = 1.2

    def __init__(self, points, gains):
        self.points, self.gains = points, gains

    def render(self, width: int) -> str:
        """Return the picture as an SVG element of ``width`` px."""
        names = _names()[: len(self.gains)]
        wide, track, row, top = 74.0, 74.0, 44.0, 66.0
        bars = track + 26.0
        most = meaning.mps(dict.fromkeys(meaning.CHARACTERISTICS, 7.0)) / 7
        scale = (width - bars - svg.text_width(signed(most, 1)) - 8) / most
        parts = [svg.text(0, 15, _("What one more point adds"), size=svg.TITLE, bold=True)]
        head = [svg.words_at(0, 42, _("now, 1 to 7")), svg.words_at(bars, 42, _("score points"))]
        parts.append(svg.group(head, svg.lettered(svg.TICK, "soft")))
        y = top
        for trait, name, points, gain in zip(
            meaning.CHARACTERISTICS, names, self.points, self.gains
        ):
            parts.append(svg.text(0, y, name))
            y += 15
            parts.append(svg.rule(4, y, wide, y, "axis"))
            parts += [svg.rule(end, y - 4, end, y + 4, "axis") for end in (4.0, wide)]
            parts.append(svg.marker(4 + (wide - 4) * (points - 1) / 6, y, PLAIN, 6))
            moves = [(trait, (wide - 4) / 6, 0)]
            parts.append(svg.handle(4 + (wide - 4) * (points - 1) / 6, y, moves))
            parts.append(svg.rule(bars, y - 9, bars, y + 9, "axis"))
            parts.append(svg.rect(bars, y - 7, gain * scale, 14, svg.filled(PLAIN), 2))
            said = signed(gain, 1) if points < 7 else _("at the end of its scale")
            parts.append(svg.text(bars + gain * scale + 6, y + 5, said))
            y += row - 15
        words = _("Tools and demands: neither score counts them.")
        for line in svg.wrapped(words, svg.TICK, width):
            parts.append(svg.text(0, y, line, size=svg.TICK, style="soft"))
            y += 17
        label = _("Five traits of a job, and what one more point of each adds to the score")
        return svg.figure(width, y, label, parts)


class Scores:
    """The two scores, each on a track from its least to its most."""

    def __init__(self, scores):
        self.scores = scores

    def words(self) -> str:
        """Return what a screen reader hears."""
        return _("The score by multiplying and by adding, each on a track with its ends")

    def drawn(self, width: int) -> tuple:
        """Return the height in px and the elements."""
        parts = [svg.text(0, 15, _("One job, two scores"), size=svg.TITLE, bold=True)]
        y = 42.0
        for name, score, low, high, places in (
            (_("multiplied"), self.scores[0], 1, 343, 0),
            (_("added"), self.scores[1], 3, 21, 1),
        ):
            parts.append(svg.text(0, y, name))
            parts.append(svg.text(width, y, fixed(score, places), "end", bold=True))
            y += 16
            left, right = 28.0, width - 34.0
            x = left + (right - left) * (score - low) / (high - low)
            parts.append(svg.rule(left, y, right, y, "axis"))
            parts.append(svg.rect(left, y - 3, x - left, 6, svg.filled(PLAIN), 2))
            parts.append(svg.marker(x, y, PLAIN, 6))
            ends = [svg.words_at(left - 8, y + 4.5, str(low))]
            parts.append(svg.group(ends, svg.lettered(svg.TICK, "soft", "end")))
            parts.append(svg.text(right + 8, y + 4.5, str(high), size=svg.TICK, style="soft"))
            y += 32
        return y - 8, parts


def _energies(resources, demands, buffer, energy):
    plot = svg.Plot(
        x=(1, 7),
        y=(-2.7, 1.9),
        title=_("Energy at work (JD-R)"),
        x_label=_("demands, 1 to 7"),
        y_label=_("0 is an average job; the dot: {energy}").format(energy=signed(energy, 1)),
        x_ticks=[1, 3, 5, 7],
        y_ticks=[-2, -1, 0, 1],
        height=160,
        description=_("Energy against demands, for this job and for two others"),
    )
    for level, role, words in (
        (AMPLE, GOOD, _("ample resources")),
        (SCARCE, BAD, _("scarce resources")),
    ):
        plot.curve([(x, _energy(level, x, buffer)) for x in (1, 7)], role, width=1.5, dashed=True)
        # Above a falling line the words must clear it where they begin.
        y = _energy(level, 4.4 if role == GOOD else 7, buffer)
        plot.label(7, y, words, "end", role, shift=(-2, -9 if role == GOOD else 16))
    plot.curve([(x, _energy(resources, x, buffer)) for x in (1, 7)], PLAIN, width=2.75)
    plot.dots([(demands, energy)], PLAIN, radius=6)
    plot.handle(demands, energy, "demands")
    return plot


def _in_words(scores, gains, energy):
    words = [
        _(
            "Multiplied, this job scores {product} on a scale from 1 to 343; "
            "added, {added} on one from 3 to 21."
        ).format(product=fixed(scores[0]), added=fixed(scores[1], 1))
    ]
    most = max(gains)
    if most < 1e-9:
        words.append(_("No trait can be raised."))
    else:
        best = [name for name, gain in zip(_names(), gains) if gain > most - 1e-9]
        words.append(
            _("One more point adds most to the product in: {names} ({gain}).").format(
                names=", ".join(best), gain=signed(most, 1)
            )
        )
    words.append(
        _(
            "Energy lies {energy} from that of an average job, where 1 is what jobs usually "
            "differ by; tools and demands change it, and neither score notices them."
        ).format(energy=signed(energy, 1))
    )
    return " ".join(words)


def _data(points, gains, scores, energy):
    rows = []
    for place, name in enumerate(_names()):
        gain = signed(gains[place], 1) if place < len(gains) else "\u2013"
        rows.append([name, fixed(points[place], 1), gain])
    rows.append([_("score, multiplied"), fixed(scores[0], 1), "\u2013"])
    rows.append([_("score, added"), fixed(scores[1], 1), "\u2013"])
    rows.append([_("energy; 0 is an average job"), signed(energy, 2), "\u2013"])
    return [_("trait"), _("points"), _("one more point adds")], rows


def _points(name, place, value):
    label = _names()[place]
    return Slider(name, label[0].upper() + label[1:], 1, 7, value, step=0.5)


one_job = Explorable(
    "one-job",
    _("Meaning and the mirror: one job"),
    [
        _points("variety", 0, 3.5),
        _points("identity", 1, 3),
        _points("significance", 2, 5),
        _points("autonomy", 3, 3.5),
        _points("feedback", 4, 4),
        _points("tools", 5, 3.5),
        _points("demands", 6, 5.5),
        Slider(
            "buffer",
            _("How far resources soften high demands"),
            0,
            0.2,
            0.2,
            step=0.05,
            kind="assumption",
            help=_("At 0 they help everybody alike; the other weights are 0.4 each."),
        ),
    ],
    draw,
    handles=list(meaning.CHARACTERISTICS) + ["demands"],
    first=["autonomy", "feedback", "tools", "demands"],
    steps=[
        Step(
            _("Like the poster"),
            _("\u201cMatters to somebody\u201d is at 7: how far did the score rise?"),
            {"significance": 7},
        ),
        Step(
            _("More freedom"),
            _("The same two points for freedom: how far now?"),
            {"autonomy": 5.5},
        ),
        Step(
            _("Better tools"),
            _("Two points more for tools: which number notices?"),
            {"tools": 5.5},
        ),
        Step(
            _("More demands"),
            _("Demands are at 7: look at the dot, and at the two scores."),
            {"demands": 7},
        ),
    ],
    watch=_("One job, two scores"),
    try_this=_("Raise the tools by two points and watch who notices."),
)
