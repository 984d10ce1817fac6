"""Live figures of chapter 2: who answers a survey, and what the answers say."""

from explorables import Explorable, Slider, Step, View, svg
from explorables.language import _
from explorables.numbers import fixed, percent, signed, thousands
from explorables.palette import BOTH, GUEST, HOUSE
from servicedesign import listening
from servicedesign.randomness import Generator

SURVEYS = 24
# People simulated between two drawings, so that a page never waits long.
SLICE = 1500
SEED = 2
ROWS = 36.0  # height of the strip in rows; the surveys take one each
OBSERVED, BELIEF, TRUTH = BOTH, HOUSE, GUEST
OTHERS = (50, 500, 2000)  # invited, for the table


def draw(p, invited, r_pos, r_neg, belief):
    """Show what a survey can be expected to say, beside the truth and a belief.

    Parameters
    ----------
    p : float
        Per cent of all who are happy, from 0 to 100.
    invited : int
        People asked, from 10.
    r_pos, r_neg : float
        Per cent of the happy, and of the unhappy, who answer, from 1 to 100.
    belief : float
        Per cent whom somebody believes to be happy.

    Returns
    -------
    View
        Who answers, as areas, and what their answers say, as an interval.
    """
    return _view(p, invited, r_pos, r_neg, belief, None)


def refine(p, invited, r_pos, r_neg, belief):
    """Simulate surveys of the same people, a few at a time; arguments as for `draw`."""
    surveys = []
    people = 0
    for number in range(SURVEYS):
        generator = Generator(SEED, number)
        surveys.append(
            listening.simulated_answers(invited, p / 100, r_pos / 100, r_neg / 100, generator)
        )
        people += invited
        if people >= SLICE or number == SURVEYS - 1:
            people = 0
            yield _view(p, invited, r_pos, r_neg, belief, surveys)


def _view(p, invited, r_pos, r_neg, belief, surveys):
    share, low, high, answers = _expected(p, invited, r_pos, r_neg)
    told = [(k, n) for k, n in surveys or [] if n]
    intervals = [(k / n,) + listening.wilson_interval(k, n) for k, n in told]
    return View(
        [
            _who(p, r_pos, r_neg),
            _strip(p / 100, belief / 100, share, low, high, intervals, surveys is not None),
        ],
        _in_words(p, invited, belief, share, low, high, answers, intervals, surveys),
        _data(p, invited, r_pos, r_neg),
    )


def _expected(p, invited, r_pos, r_neg):
    happy, unhappy = listening.answering_shares(p / 100, r_pos / 100, r_neg / 100)
    answers = invited * (happy + unhappy)
    low, high = listening.wilson_interval(invited * happy, answers)
    return happy / (happy + unhappy), low, high, answers


def _who(p, r_pos, r_neg):
    cut = p / 100
    sides = []
    if p > 0:
        sides.append((0, cut, r_pos, TRUTH, _("happy {share}").format(share=percent(cut))))
    if p < 100:
        sides.append((cut, 1, r_neg, BELIEF, _("unhappy {share}").format(share=percent(1 - cut))))
    plot = svg.Plot(
        x=(0, 1),
        y=(0, 1.12),
        title=_("Who answers?"),
        x_label=_("everybody who is invited"),
        y_label=_("share of them who answer"),
        x_ticks=[((left + right) / 2, name) for left, right, _rate, _role, name in sides],
        y_ticks=[(0, percent(0)), (0.5, percent(0.5)), (1, percent(1))],
        height=250,
        share=0.8,
        description=_("Two areas: the happy and the unhappy people who answer"),
    )
    plot.handle(cut, 0, "p", unit=0.01)
    for left, right, rate, role, _name in sides:
        top = rate / 100
        path = "r_pos" if role == TRUTH else "r_neg"
        plot.handle((left + right) / 2, top, up=path, unit=0.01)
        plot.area([(left, 0, top), (right, 0, top)], role)
        plot.curve([(left, 0), (left, top), (right, top), (right, 0)], role, dashed=False)
        plot.label((left + right) / 2, top, percent(top), "middle", role, bold=True, shift=(0, -7))
    plot.line(cut, 0, cut, 1, 0)
    return plot


def _strip(truth, belief, share, low, high, intervals, simulated):
    plot = svg.Plot(
        x=(0, 1.03),
        y=(0, ROWS),
        title=_("What do the answers say?"),
        x_label=_("share who are happy"),
        y_label=_("thin lines: simulated surveys, one a line"),
        x_ticks=[(0, percent(0)), (0.25, percent(0.25)), (0.5, percent(0.5))]
        + [(0.75, percent(0.75)), (1, percent(1))],
        y_ticks=[],
        height=250,
        share=1.2,
        description=_(
            "The true share, the share to expect among the answers with its interval, "
            "what is believed, and simulated surveys"
        ),
    )
    plot.line(truth, 0, truth, ROWS - 3.4, TRUTH, dashed=False)
    plot.line(belief, ROWS - 9.4, belief, ROWS - 6, BELIEF)
    _told(plot, truth, ROWS - 1.6, TRUTH, _("truly happy {share}").format(share=percent(truth)))
    _told(plot, belief, ROWS - 4.4, BELIEF, _("believed {share}").format(share=percent(belief)))
    plot.line(share, ROWS - 9.4, belief, ROWS - 9.4, BELIEF)
    plot.dots([(belief, ROWS - 9.4)], BELIEF, 5)
    plot.handle(belief, ROWS - 9.4, "belief", unit=0.01)
    plot.curve([(low, ROWS - 9.4), (high, ROWS - 9.4)], OBSERVED, width=6)
    plot.dots([(share, ROWS - 9.4)], OBSERVED, 7)
    words = _("answers say {share}").format(share=percent(share))
    _told(plot, share, ROWS - 7.6, OBSERVED, words)
    for row, (observed, start, end) in enumerate(intervals):
        y = SURVEYS - row
        held = start <= truth <= end
        role = TRUTH if held else 0
        plot.curve([(start, y), (end, y)], role, dashed=False, width=1.5)
        plot.dots([(observed, y)], role, 3, shape="circle" if held else "ring")
    if not simulated:
        plot.label(0.5, SURVEYS / 2, _("simulating \u2026"), "middle", style="soft")
    return plot


def _told(plot, x, y, role, words):
    """Write words in a row of their own, on the side of x that has room."""
    right = x < 0.5
    plot.label(
        x, y, words, "start" if right else "end", role, bold=True, shift=(7 if right else -7, 4)
    )


def _in_words(p, invited, belief, share, low, high, answers, intervals, surveys):
    words = [
        _(
            "Of {invited} invited, about {answers} answer, and {share} of the answers are happy "
            "(interval {low} to {high}), while {truth} of all are: a bias of {bias} "
            "percentage points."
        ),
        _("The belief lies {gap} percentage points from the answers."),
    ]
    if surveys is not None and intervals:
        words.append(
            _("Intervals that hold the truth: {held} of {count} simulated surveys with answers.")
        )
    elif surveys is not None:
        words.append(_("In none of the simulated surveys did anybody answer."))
    held = [one for one in intervals if one[1] <= p / 100 <= one[2]]
    return " ".join(words).format(
        invited=thousands(invited),
        answers=thousands(answers) if answers >= 1 else fixed(answers, 1),
        share=percent(share),
        low=percent(low),
        high=percent(high),
        truth=percent(p / 100),
        bias=signed(100 * share - p, 1),
        gap=signed(belief - 100 * share, 1),
        count=len(intervals),
        held=len(held),
    )


def _data(p, invited, r_pos, r_neg):
    rows = []
    for number in [invited] + [one for one in OTHERS if one != invited]:
        share, low, high, answers = _expected(p, number, r_pos, r_neg)
        rows.append(
            [
                thousands(number),
                fixed(answers, 1),
                percent(share, 1),
                percent(low, 1) + "\u2013" + percent(high, 1),
                signed(100 * share - p, 1),
            ]
        )
    return [
        _("invited"),
        _("answers to expect"),
        _("happy among them"),
        _("95% interval"),
        _("bias, percentage points"),
    ], rows


who_answers = Explorable(
    "who-answers",
    _("Who answers?"),
    [
        Slider("invited", _("Invited"), 10, 2000, 316, step=2, unit=_("people")),
        Slider("p", _("Truly happy, of everybody"), 0, 100, 60, unit="%", kind="assumption"),
        Slider("r_pos", _("Happy people who answer"), 1, 100, 50, unit="%", kind="assumption"),
        Slider("r_neg", _("Unhappy people who answer"), 1, 100, 25, unit="%", kind="assumption"),
        Slider("belief", _("What the owner believes"), 0, 100, 90, unit="%"),
    ],
    draw,
    handles=["p", "r_pos", "r_neg", "belief"],
    steps=[
        Step(
            _("Invite 2,000"),
            _("Watch how wide the interval is, and where it lies."),
            {"invited": 2000},
        ),
        Step(
            _("Twice the answers"),
            _("Both rates have doubled: look at the bias."),
            {"r_pos": 100, "r_neg": 50},
        ),
        Step(
            _("Equal rates"),
            _("Happy and unhappy answer alike: count the green lines."),
            {"r_pos": 50, "r_neg": 50},
        ),
        Step(
            _("Right by mistake"),
            _("Compare what is believed with the answers, and both with the truth."),
            {"r_pos": 60, "r_neg": 10},
        ),
    ],
    watch=_("What do the answers say?"),
    try_this=_("Invite more and more people, and watch the interval and the bias."),
    refine=refine,
)
