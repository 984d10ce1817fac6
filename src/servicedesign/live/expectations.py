"""Live figures of chapter 7: the treadmill."""

from math import ceil, floor

from explorables import Choice, Explorable, Slider, Step, Toggle, View, spans, svg
from explorables.language import _
from explorables.numbers import fixed, signed, ticks, with_unit
from explorables.palette import BOTH, GUEST, HOUSE
from servicedesign import expectations

EURO = "\u20ac"
TOP = expectations.HIGHEST


def draw(
    plan,
    lift,
    alpha,
    visits,
    stop,
    base,
    e0,
    every,
    promise,
    renewed,
    beta_p,
    beta_d,
    loss,
    euros,
):
    """Follow one guest's expectation, satisfaction and cost from visit to visit.

    Parameters
    ----------
    plan, base, lift, every
        As for `servicedesign.expectations.performance_plan`.
    visits : int
        At least 1.
    stop : bool
        Whether the gesture is taken away after the first half of the visits.
    e0, alpha, promise, renewed
        As for `servicedesign.expectations.expectation_path`.
    beta_p, beta_d, loss
        As for `servicedesign.expectations.satisfaction`.
    euros : float
        What a point for one visit costs, EUR, at least 0.

    Returns
    -------
    View
        Expectation and performance, the gap between them, satisfaction, cumulated cost.
    """
    performance = expectations.performance_plan(plan, visits, base, lift, every)
    last = (visits + 1) // 2  # the last visit with a gesture, if it is taken away
    if stop:
        performance = performance[:last] + [float(base)] * (visits - last)
    path = expectations.expectation_path(performance, e0, alpha, promise, renewed)
    plain_path = expectations.expectation_path([base] * visits, e0, alpha, promise, renewed)
    # At this level a visit as expected satisfies as far as it is good.
    beta_0 = (1.0 - beta_p) * base

    def satisfied(found, known):
        return [
            expectations.satisfaction(p, expected, beta_0, beta_p, beta_d, loss)
            for p, (expected, _gap) in zip(found, known)
        ]

    with_it = satisfied(performance, path)
    without = satisfied([base] * visits, plain_path)
    costs = expectations.cumulated_cost(performance, base, euros)
    return View(
        [
            svg.Stack([_path(performance, path), _surprise(path)], 1.2),
            svg.Stack([_felt(with_it, without), _cost(costs)], 1),
        ],
        _in_words(plan, lift, alpha, stop, last, performance, path, with_it, without, costs),
        _data(performance, path, with_it, costs),
    )


def _euro(amount):
    return with_unit(fixed(amount, 2), EURO)


def _axis(name, series):
    """Return a span of whole numbers around the data, at least 2 long, that never shrinks."""
    low = min([min(each) for each in series])
    high = max([max(each) for each in series])
    bottom, top = floor(low), ceil(high)
    if top < bottom + 2:
        bottom, top = (bottom, bottom + 2) if bottom + 2 <= TOP else (top - 2, top)
    return spans.covered(name, bottom, top)


class Lines:
    """Lines over the visits with their names at the end; leaner than a `svg.Plot`.

    Parameters
    ----------
    words : tuple of str
        Title, what a screen reader hears, and what stands at the upright axis.
    span : tuple of number
        What the upright axis spans.
    series : list of tuple
        (values, role, name, dash) of each line, all of one length.
    height : int
        Of the plotting area, in px.
    share : float
        As for `svg.Plot`.
    bars : bool
        Whether the one line is drawn as bars from zero, visit by visit.
    unit : str
        Behind the ticks.
    ends : bool
        Whether the end of the scale from 1 to 10 is marked.
    """

    def __init__(self, words, span, series, height, share=1, bars=False, unit="", ends=False):
        self.title, self.spoken, self.heading = words
        self.span, self.series, self.height = span, series, height
        self.share, self.bars, self.unit, self.ends = share, bars, unit, ends

    def words(self):
        """Return what a screen reader hears."""
        return self.spoken

    def render(self, width):
        """Return the picture as an SVG element of ``width`` px."""
        total, parts = self.drawn(width)
        return svg.figure(width, total, self.spoken, parts)

    def drawn(self, width):
        """Return the height in px and the elements, as a `svg.Stack` wants them."""
        low, high = self.span
        count = len(self.series[0][0])
        marks, places = ticks(low, high, max(2, self.height // 46))
        said = [with_unit(fixed(mark, places), self.unit) for mark in marks]
        left = 10 + max([svg.text_width(words, svg.TICK) for words in said])
        names = [each[2] for each in self.series if each[2]]
        right = width - max([12.0] + [1.1 * svg.text_width(name) + 14 for name in names])
        top = 48 if self.heading else 30
        bottom = top + self.height
        scale = self.height / (high - low)
        step = (right - left) / max(count - 1, 1)
        parts = [svg.text(0, 15, self.title, size=svg.TITLE, bold=True)]
        if self.heading:
            parts.append(svg.text(0, 33, self.heading, size=svg.TICK, style="soft"))
        parts += self._ticks(zip(marks, said), left, right, bottom, scale)
        parts += self._visits(count, left, step, bottom)
        # In tenths of a px, so that a hundred points need no decimals.
        across = [str(int(10 * (left + step * visit) + 0.5)) for visit in range(count)]
        down = [
            [str(int(10 * (bottom - (value - low) * scale) + 0.5)) for value in each[0]]
            for each in self.series
        ]
        tenfold = []
        for (_values, role, _name, dash), heights in zip(self.series, down):
            if self.bars:
                zero = int(10 * (bottom + low * scale) + 0.5)
                d = "".join(["M%s %dV%s" % (x, zero, y) for x, y in zip(across, heights)])
                wide = min(max(4.0 * step, 40.0), 100.0)
                tenfold.append(svg.shape(d, svg.stroked(role, wide)))
                continue
            d = "L".join([x + "," + y for x, y in zip(across, heights)])
            end = "H%d" % (10 * right) if count == 1 else ""
            dashes = " ".join([number + "0" for number in dash.split()])
            tenfold.append(svg.path("M" + d + end, role, 22.5, dashes))
        parts.append(svg.group(tenfold, scale=0.1))
        ends = sorted([(int(y[-1]) / 10, each[1], each[2]) for each, y in zip(self.series, down)])
        before = 0
        for place, (y, role, name) in enumerate(ends):
            room = 16 * (len(ends) - 1 - place)
            before = max(min(y, bottom - room), before + 16 if place else top)
            parts.append(
                svg.text(right + 6, before + 4.5, name, role=role, style="role", bold=True)
            )
        return bottom + 24, parts

    def _ticks(self, marks, left, right, bottom, scale):
        """Return the lines and the words of the upright axis."""
        low, high = self.span
        parts: list = []
        grid: list = []
        for mark, words in marks:
            y = bottom - (mark - low) * scale
            grid.append("M%d %dH%d" % (left, y, right))
            parts.append(svg.text(left - 7, y + 4, words, "end", size=svg.TICK, style="soft"))
        parts.append(svg.shape("".join(grid), svg.framed()))
        if low < 0 < high:
            y = bottom + low * scale
            parts.append(svg.rule(left, y, right, y, "axis"))
        if low < TOP < high and self.ends:
            y = bottom - (TOP - low) * scale
            end = "M%d %dH%d" % (left, y, right)
            parts.append(svg.path(end, 0, 1.5, svg.DASHES[0]))
            words = _("the scale ends here")
            parts.append(svg.text(left + 6, y - 6, words, size=svg.TICK, style="soft"))
        return parts

    def _visits(self, count, left, step, bottom):
        """Return the words of the level axis: the first visit, the middle one and the last."""
        middle = int((count + 1) / 2)
        parts = []
        for visit in [1, middle, count] if 1 < middle < count else [1, count][:count]:
            x = left + step * (visit - 1)
            anchor = "start" if count == 1 else "middle" if visit < count else "end"
            words = str(visit) if visit < count else _("visit {n}").format(n=visit)
            parts.append(svg.text(x, bottom + 17, words, anchor, size=svg.TICK, style="soft"))
        return parts


def _path(performance, path):
    expected = [each[0] for each in path]
    return Lines(
        (
            _("What is expected and what is found"),
            _("Expectation before each visit and what the guest finds, visit by visit"),
            _("points of a scale from 1 to 10"),
        ),
        _axis("found", [performance, expected]),
        [
            (performance, HOUSE, _("found"), ""),
            (expected, GUEST, _("expected"), svg.DASHES[GUEST]),
        ],
        130,
        ends=True,
    )


def _surprise(path):
    gaps = [each[1] for each in path]
    low, high = spans.covered("gap", min([0.0] + gaps), max([0.0] + gaps))
    if high - low < 1:
        low, high = spans.covered("gap", low, low + 1)
    return Lines(
        (
            _("The surprise: found less expected"),
            _("The gap between what is found and what was expected, visit by visit"),
            _("up: better than expected; down: worse"),
        ),
        (low, high),
        [(gaps, BOTH, "", "")],
        100,
        bars=True,
    )


def _felt(with_it, without):
    return Lines(
        (
            _("Satisfaction"),
            _("Satisfaction visit by visit, with the gesture and without it"),
            "",
        ),
        _axis("felt", [with_it, without]),
        [(with_it, GUEST, _("with it"), ""), (without, 0, _("without"), svg.DASHES[0])],
        130,
    )


def _cost(costs):
    return Lines(
        (
            _("Cost so far: {euros}").format(euros=_euro(costs[-1])),
            _("What the gesture has cost so far, in euros for one guest"),
            "",
        ),
        spans.covered("cost", 0.0, max(costs[-1], 1.0)),
        [(costs, HOUSE, "", "")],
        100,
        unit=EURO,
    )


def _in_words(plan, lift, alpha, stop, last, performance, path, with_it, without, costs):
    count = len(path)
    words = [
        _("At visit 1 the guest expects {expected} and finds {found}, a gap of {gap}.").format(
            expected=fixed(path[0][0], 2), found=fixed(performance[0], 2), gap=signed(path[0][1], 2)
        )
    ]
    if count > 1:
        words.append(
            _("At visit {visit} it is {expected} and {found}, a gap of {gap}.").format(
                visit=count,
                expected=fixed(path[-1][0], 2),
                found=fixed(performance[-1], 2),
                gap=signed(path[-1][1], 2),
            )
        )
    if stop and last < count:
        words.append(
            _("The gesture is taken away after visit {last}; at the next one the gap is {gap}.")
            .format(last=last, gap=signed(path[last][1], 2))
        )  # fmt: skip
    if alpha == 0:
        words.append(_("This guest never learns (\u03b1 = 0), so the expectation stays put."))
    elif plan == "rising" and lift > 0:
        words.append(
            _("On a scale without an end, {lift} more each visit would keep up a gap of {gap}.")
            .format(lift=fixed(lift, 1), gap=fixed(expectations.lasting_gap(lift, alpha), 2))
        )  # fmt: skip
        reached = [visit for visit, p in enumerate(performance) if p >= TOP]
        if reached:
            words.append(_("The scale ends at visit {visit}.").format(visit=reached[0] + 1))
    words.append(
        _("Satisfaction at the last visit: {score}, and {other} without the gesture.").format(
            score=fixed(with_it[-1], 2), other=fixed(without[-1], 2)
        )
    )
    words.append(_("Cost so far: {euros} for this guest.").format(euros=_euro(costs[-1])))
    return " ".join(words)


def _data(performance, path, with_it, costs):
    headers = [
        _("visit"),
        _("expected"),
        _("found"),
        _("gap"),
        _("satisfaction"),
        _("cost so far"),
    ]
    rows = []
    for visit in range(len(path)):
        # Beyond the tenth, every fifth and the last: a page has little time to draw.
        if visit >= 10 and (visit + 1) % 5 and visit + 1 < len(path):
            continue
        expected, gap = path[visit]
        rows.append(
            [
                str(visit + 1),
                fixed(expected, 2),
                fixed(performance[visit], 2),
                signed(gap, 2),
                fixed(with_it[visit], 2),
                _euro(costs[visit]),
            ]
        )
    return headers, rows


POINTS = _("points")

the_treadmill = Explorable(
    "the-treadmill",
    _("The treadmill"),
    [
        Choice(
            "plan",
            _("The gesture"),
            [
                ("constant", _("the same every time")),
                ("rising", _("more each visit")),
                ("random", _("now more, now less, by chance")),
                ("surprise", _("only every k-th visit")),
            ],
            "constant",
        ),
        Slider(
            "lift",
            _("What it adds to a visit"),
            0,
            3,
            1,
            step=0.1,
            unit=POINTS,
            kind="assumption",
            help=_("With \u201cmore each visit\u201d, what it adds once more every time."),
        ),
        Slider("every", _("Only every k-th visit: k"), 1, 10, 4, unit=_("visits")),
        Toggle("stop", _("Take the gesture away after the first half")),
        Slider(
            "promise",
            _("What the promise adds to it, \u03b3"),
            -2,
            2,
            0,
            step=0.5,
            unit=POINTS,
            help=_("Below zero: promising less than guests would expect by themselves."),
        ),
        Toggle("renewed", _("The promise is made anew before every visit")),
        Slider(
            "alpha",
            _("How fast the guest learns, \u03b1"),
            0,
            1,
            0.5,
            step=0.05,
            kind="assumption",
            help=_("Part of each gap that enters the next expectation; 0 never, 1 at once."),
        ),
        Slider(
            "base",
            _("A visit without the gesture"),
            1,
            10,
            7,
            step=0.5,
            unit=_("of 10"),
            kind="assumption",
        ),
        Slider(
            "e0",
            _("Expected before the first visit"),
            1,
            10,
            7,
            step=0.5,
            unit=_("of 10"),
            kind="assumption",
        ),
        Slider("visits", _("Visits"), 1, 24, 12, unit=_("visits")),
        Slider(
            "beta_p",
            _("Satisfaction: weight of what is found"),
            0,
            1,
            0.5,
            step=0.1,
            kind="assumption",
            help=_("0 leaves the pure difference."),
        ),
        Slider(
            "beta_d",
            _("Satisfaction: weight of the gap"),
            0,
            1,
            0.5,
            step=0.1,
            kind="assumption",
        ),
        Slider(
            "loss",
            _("Below zero counts \u03bb times as much"),
            1,
            3,
            1.5,
            step=0.25,
            kind="assumption",
        ),
        Slider(
            "euros",
            _("Cost of a point for one visit"),
            0,
            5,
            0.2,
            step=0.1,
            unit=EURO,
            kind="assumption",
        ),
    ],
    draw,
    first=["plan", "stop", "alpha", "visits"],
    steps=[
        Step(
            _("Stop halfway"),
            _("The biscuit is taken away: look at the bar after that, and at satisfaction."),
            {"stop": True},
        ),
        Step(
            _("More each visit"),
            _("Does the surprise last, and what does it cost?"),
            {"plan": "rising", "lift": 0.2, "alpha": 0.4, "visits": 24},
        ),
        Step(
            _("Every fourth visit"),
            _("Compare the last bar and the bill."),
            {"plan": "surprise"},
        ),
        Step(
            _("Promise less"),
            _("Two points off the promise: how long does the surprise last?"),
            {"promise": -2, "beta_p": 0},
        ),
    ],
    watch=_("The surprise: found less expected"),
    try_this=_("Keep the same biscuit for twelve visits, then take it away after the first half."),
)
