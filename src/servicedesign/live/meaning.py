"""Live figures of chapter 8: one job, two scores, and what its demands leave."""

from explorables import Explorable, Slider, View, svg
from explorables.language import _
from explorables.numbers import fixed, signed
from servicedesign import meaning

MIDDLE, SPREAD = 4.0, 1.5  # of a scale from 1 to 7, in points: an average job, one SD
SCARCE, AMPLE = 2.0, 6.0  # resources of two other jobs, in points
GOOD, BAD, PLAIN = 3, 2, 1  # roles of explorables.svg


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
        The job's points and what one more would add; two scores; energy.
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
            _profile(points, gains),
            svg.Stack([_scores(scores), _energies(resources, demands, buffer, energy)], 1),
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


def _profile(points, gains):
    plot = svg.Plot(
        x=(1, 9.4),
        title=_("What one more point adds"),
        x_label=_("points, 1 to 7"),
        x_ticks=[1, 3, 5, 7],
        height=330,
        share=1.1,
        frame=False,
        description=_("Seven traits of a job in points, and what one more point adds to the MPS"),
    )
    texts = [signed(gain, 1) for gain in gains] + [_("not counted"), _("not counted")]
    plot.bars(list(zip(_names(), points, texts)), role=[1] * 5 + [GOOD, BAD])
    return plot


def _scores(scores):
    plot = svg.Plot(
        x=(0, 1.62),
        title=_("One job, two scores"),
        x_ticks=[],
        height=104,
        frame=False,
        description=_("The score by multiplying and by adding, each on its own scale"),
    )
    plot.bars(
        [
            (_("multiplied"), (scores[0] - 1) / 342, _("{n} of 343").format(n=fixed(scores[0]))),
            (_("added"), (scores[1] - 3) / 18, _("{n} of 21").format(n=fixed(scores[1], 1))),
        ],
        role=[1, 4],
    )
    return plot


def _energies(resources, demands, buffer, energy):
    plot = svg.Plot(
        x=(1, 7),
        y=(-2.7, 1.9),
        title=_("Energy at work (JD-R)"),
        x_label=_("demands, 1 to 7"),
        y_label=_("standard deviations; the dot: {energy}").format(energy=signed(energy, 1)),
        x_ticks=[1, 3, 5, 7],
        y_ticks=[-2, -1, 0, 1],
        height=190,
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
            "Energy is {energy} standard deviations from that of an average job; "
            "tools and demands change it, and neither score notices them."
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
    rows.append([_("energy, standard deviations"), signed(energy, 2), "\u2013"])
    return [_("trait"), _("points"), _("one more point adds")], rows


def _points(name, place, value):
    return Slider(name, _names()[place], 1, 7, value, step=0.5)


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
    first=["tools", "autonomy", "feedback", "demands"],
    try_this=_("Raise the tools by two points and watch who notices."),
)
