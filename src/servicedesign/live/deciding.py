"""Live figure of chapter 10: one year, five levers, and what somebody believes of each."""

import math

from explorables import Explorable, Slider, Step, Table, View, spans, svg
from explorables.language import _
from explorables.numbers import fixed, signed, thousands, ticks, with_unit
from explorables.palette import BAD, GOOD, PLAIN
from servicedesign import deciding
from servicedesign.hillasoppi import ONE_YEAR, WIDE_BELIEFS

EURO = "\u20ac"
RUNS = 500
SEED = 1
ROUND = 100  # EUR
BINS = 18  # stacks of dots over the whole axis
YEARS = 20  # dots that stand for them all
ROW = 34  # px for a bar of the tornado with its words
BESIDE = 8  # px above and below a bar's middle that are free of words
LEAST, MOST = 5, 4  # the ends of a belief: either may be the good one
PAID = {"till": 2000, "desk": 7000, "jobs": 4000, "gesture": 0}  # EUR at the start


def draw(till, desk, jobs, gesture, price, test, beliefs, margin, years):
    """Draw many years by dice, what each belief moves, and what knowing it is worth.

    Parameters
    ----------
    till, desk, jobs, gesture, price
        As ``spend`` of `servicedesign.deciding.one_year`.
    test : float
        What trying one belief out first would cost, EUR, at least 0.
    beliefs : list of dict
        "low" and "high" in the order of `servicedesign.deciding.BELIEFS`; either way round.
    margin : float
        What a guest leaves in a year, EUR, greater than 0.
    years : int
        For how many years a guest who stays is counted, at least 1.

    Returns
    -------
    View
        Twenty years as dots and four results on the way; a tornado with the worth of knowing.
    """
    spend = {"till": till, "desk": desk, "jobs": jobs, "gesture": gesture, "price": price}
    spent = till + desk + jobs + gesture
    if spent > deciding.BUDGET:
        raise ValueError(
            _("The levers cost {spent} together and there are {budget}: take {over} away.").format(
                spent=_euros(spent),
                budget=_euros(deciding.BUDGET),
                over=_euros(spent - deciding.BUDGET),
            )
        )
    ranges = {}
    for name, row in zip(deciding.BELIEFS, beliefs):
        ranges[name] = (min(row["low"], row["high"]), max(row["low"], row["high"]))
    case = dict(ONE_YEAR)
    case["margin"], case["years"] = margin, years
    many = deciding.simulate_decision(spend, ranges, SEED, RUNS, case)
    swings = deciding.tornado(spend, ranges, SEED, case)
    worth = deciding.worth_of_knowing(many, swings)
    base = _as_it_was(case)
    ends = [row[end] for row in swings for end in ("low", "high")]
    middles = _twenty(many["gain"])
    ends.extend([-20000.0, middles[0], middles[-1], 20000.0])
    low, high = spans.covered("gain", min(ends), max(ends))
    # The last of what lies on the way stands at the right: both columns are as high.
    left = [_years(middles, low, high)]
    left.extend(_on_the_way(many, base))
    right = [_tornado(swings, worth, low, high), left.pop()]
    return View(
        [
            svg.Stack(left, 1),
            svg.Stack(right, 1.1),
        ],
        _in_words(spent, price, many, base, swings, worth, test),
        _data(many, base, spent),
    )


def _as_it_was(case):
    nothing = {name: 0.0 for name in deciding.BELIEFS}
    return deciding.one_year({}, nothing, SEED, case)


def _twenty(gains):
    # Each stands for one of twenty years that are equally likely (Kay and others 2016).
    ordered = sorted(gains)
    return [ordered[int((place + 0.5) * len(ordered) / YEARS)] for place in range(YEARS)]


def _years(middles, low, high):
    width = (high - low) / BINS
    stacks: dict = {}
    places = []
    for gain in middles:
        bin_of = int((gain - low) / width + 1e-9)
        bin_of = min(BINS - 1, max(0, bin_of))
        # No bin may hold both sides of nothing.
        key = (bin_of, gain < 0)
        stacks[key] = stacks.get(key, 0) + 1
        middle = low + (bin_of + 0.5) * width
        middle = min(middle, -width / 2) if gain < 0 else max(middle, width / 2)
        places.append((gain, middle, stacks[key]))
    most = max(stacks.values())
    tallest = spans.covered("tallest", 0, max(most, 6))[1]
    plot = svg.Plot(
        x=(low, high),
        y=(0, tallest + 1),
        title=_("Twenty such years"),
        x_label=_("gain after the spend, thousand {euro}").format(euro=EURO),
        x_ticks=_thousands(low, high),
        y_ticks=[],
        height=140,
        frame=False,
        description=_("Marks: twenty equally likely years by their gain; squares lose money"),
    )
    plot.line(0, 0, 0, tallest + 1, 0)
    plot.dots([(x, y - 0.4) for gain, x, y in places if gain >= 0], GOOD, 5)
    plot.dots([(x, y - 0.4) for gain, x, y in places if gain < 0], BAD, 5)
    return plot


def _on_the_way(many, base):
    rows = [
        (_("Wait in line, min"), "wait", [many["wait"]], 0, 2.5, 0.5, 1),
        (_("Satisfaction, 0 to 100"), "index", many["index"], 50, 90, 10, 0),
        (_("Energy at work; 0 is an average job"), "energy", many["energy"], -1, 2, 0.5, 1),
        (_("Guests who stay"), "retained", many["retained"], 400, 1050, 200, 0),
    ]
    plots = []
    for title, key, values, least, most, step, decimals in rows:
        ordered = sorted(values)
        first, last = _four_of_five(ordered)
        low, high = spans.covered(key, min(least, first), max(most, last))
        plot = svg.Plot(
            x=(low, high),
            y=(0, 1),
            title=title,
            x_ticks=_every(low, high, step, decimals),
            y_ticks=[],
            height=40,
            frame=False,
            description=title,
        )
        plot.curve([(first, 0.5), (last, 0.5)], PLAIN, width=7)
        plot.dots([(sum(ordered) / len(ordered), 0.5)], PLAIN, 5)
        plot.line(base[key], 0, base[key], 1, 0)
        plots.append(plot)
    return plots


def _tornado(swings, worth, low, high):
    rows = len(swings)
    plot = svg.Plot(
        x=(low, high),
        y=(0, rows + 0.5),
        title=_("Which belief decides it?"),
        x_label=_("gain, thousand {euro}; ring: low end").format(euro=EURO),
        x_ticks=_thousands(low, high),
        y_ticks=[],
        height=int(ROW * (rows + 0.5)),
        frame=False,
        share=1.1,
        description=_("A tornado: the beliefs from the widest bar to the narrowest"),
    )
    places = [rows - place - 0.72 for place in range(rows)]
    # Nought beside each bar alone: a line from top to bottom would run through the words.
    nought = [(0, at) for y in places for at in (y + BESIDE / ROW, y - BESIDE / ROW, None)]
    plot.curve(nought, 0, dashed=False, width=1.5)
    plot.label(high, rows, _("knowing it first is worth up to"), "end", 0, shift=(0, -5))
    names = _short()
    for y, row in zip(places, swings):
        name = row["belief"]
        plot.label(low, y, names[name], "start", 0, shift=(0, -13))
        if worth[name] >= ROUND / 2:
            plot.label(high, y, _about(worth[name]), "end", 0, bold=True, shift=(0, -13))
        plot.curve([(row["low"], y), (row["high"], y)], PLAIN, width=9)
        plot.dots([(row["low"], y)], LEAST, 5, shape="ring")
        plot.dots([(row["high"], y)], MOST, 5)
    return plot


def _in_words(spent, price, many, base, swings, worth, test):
    words = [
        _(
            "{spent} are spent. In {losses} of {runs} years money is lost; the mean gain is some "
            "{mean}, and four of five years lie between {low} and {high}."
        ).format(
            spent=_euros(spent),
            losses=fixed(many["chance_of_loss"] * RUNS),
            runs=RUNS,
            mean=_signed_euros(many["mean_gain"]),
            low=_signed_euros(many["low_gain"]),
            high=_signed_euros(many["high_gain"]),
        )
    ]
    if not spent and not price:
        return _("Nothing is spent and the price stays: all is as it was, whatever you believe.")
    words.append(
        _("The mean wait falls from {before} to {after}.").format(
            before=with_unit(fixed(base["wait"], 1), _("min")),
            after=with_unit(fixed(many["wait"], 1), _("min")),
        )
        if many["wait"] < base["wait"]
        else _("The mean wait stays at {wait}.").format(
            wait=with_unit(fixed(base["wait"], 1), _("min"))
        )
    )
    names = _short()
    words.append(_("Widest bar: \u201c{belief}\u201d.").format(belief=names[swings[0]["belief"]]))
    best = sorted([(-worth[row["belief"]], place) for place, row in enumerate(swings)])[0]
    most = -best[0]
    belief = names[swings[best[1]]["belief"]]
    if most < ROUND / 2:
        words.append(
            _("No single belief, if it were known, would change the decision: a test is worth 0.")
        )
    elif most > test:
        words.append(
            _(
                "Knowing \u201c{belief}\u201d first is worth up to {most}: a test for {test} may "
                "pay, if it answers well."
            ).format(belief=belief, most=_about(most), test=_euros(test))
        )
    else:
        words.append(
            _(
                "Knowing \u201c{belief}\u201d first is worth {most} at most, less than a test for "
                "{test}: decide without it."
            ).format(belief=belief, most=_about(most), test=_euros(test))
        )
    return " ".join(words)


def _data(many, base, spent):
    rows = []
    for name, key, decimals in (
        (_("mean wait in line, min"), "wait", 1),
        (_("satisfaction index"), "index", 1),
        (_("energy of the staff; 0 is an average job"), "energy", 2),
        (_("guests who stay"), "retained", 0),
    ):
        values = [many["wait"]] if key == "wait" else sorted(many[key])
        low, high = _four_of_five(values)
        rows.append(
            [
                name,
                fixed(base[key], decimals),
                fixed(low, decimals),
                fixed(sum(values) / len(values), decimals),
                fixed(high, decimals),
            ]
        )
    gains = [many[key] for key in ("low_gain", "mean_gain", "high_gain")]
    rows.append([_("gain after the spend"), _euros(0)])
    rows[-1].extend([_signed_euros(gain) for gain in gains])
    rows.append([_("spent"), _euros(0), _euros(spent), _euros(spent), _euros(spent)])
    headers = [
        _("result"),
        _("as it was"),
        _("one in ten is lower"),
        _("mean"),
        _("one in ten is higher"),
    ]
    return headers, rows


def _four_of_five(ordered):
    last = len(ordered) - 1
    return ordered[int(0.1 * last + 0.5)], ordered[int(0.9 * last + 0.5)]


def _thousands(low, high):
    found, _decimals = ticks(low, high, 5)
    return [(at, signed(at / 1000, 0)) for at in found]


def _every(low, high, step, decimals):
    found = []
    at = int(low / step + (1e-9 if low > 0 else -1e-9)) * step
    while at <= high + 1e-9:
        if at >= low - 1e-9:
            found.append((at, fixed(at, decimals)))
        at += step
    return found if len(found) < 8 else found[::2]


def _euros(amount):
    return with_unit(thousands(amount), EURO)


def _about(amount):
    # To the next hundred: so many years by dice do not bear more.
    return _euros(int(abs(amount) / ROUND + 0.5) * ROUND * (1 if amount >= 0 else -1))


def _signed_euros(amount):
    text = _about(amount)
    return "+" + text if amount >= ROUND / 2 else text


def _short():
    return {
        "speed": _("a shorter wait \u2192 mark of speed"),
        "diets": _("desk and labels \u2192 mark of diets"),
        "resources": _("new jobs \u2192 what helps at work"),
        "demands": _("new jobs \u2192 what work asks"),
        "friendliness": _("energy \u2192 mark of friendliness"),
        "gesture": _("the gesture \u2192 mark of extras"),
        "fairness": _("a dearer lunch \u2192 mark of price"),
        "visits": _("a dearer lunch \u2192 fewer lunches"),
        "staying": _("satisfaction \u2192 guests who stay"),
    }


def _in_full():
    stay = ONE_YEAR["retention"]
    more = math.e * stay / (1 - stay)  # the odds, one step of the logarithm further
    return [
        _("A minute less in line: points of the mark of speed"),
        _("All of the desk and its labels: points of the mark of diets"),
        _("All of the new jobs: what helps at work; 1 is as far as jobs usually differ"),
        _("All of the new jobs: what work asks; 1 is as far as jobs usually differ"),
        _("As much more energy as jobs usually differ by: points of the mark of friendliness"),
        _("A gesture for everybody: points of the mark of extras, over the year"),
        _("Each per cent dearer: points lost of the mark of price"),
        _("Each per cent dearer: per cent of the lunches lost"),
        _(
            "Ten points of satisfaction: how much likelier staying is; "
            "1 is from {now} of a hundred to {then}"
        ).format(now=fixed(100 * stay, 0), then=fixed(100 * more / (1 + more), 0)),
    ]


def _lever(name, label, high, told):
    return Slider(name, label, 0, high, PAID[name], step=500, unit=EURO, help=told)


def _around_nothing():
    settings: dict = {}
    for place in range(len(deciding.BELIEFS)):
        settings["beliefs." + str(place) + ".low"] = -0.6
        settings["beliefs." + str(place) + ".high"] = 0.6
    return settings


one_year = Explorable(
    "one-year",
    _("One year, five levers"),
    [
        _lever(
            "till",
            _("Third till at the peak"),
            13000,
            _("87 {euro} a year for each minute that it stands open every day.").format(euro=EURO),
        ),
        _lever(
            "desk",
            _("Diet desk and labels"),
            7500,
            _("What goes beyond the law, which is paid before anything is chosen."),
        ),
        _lever("jobs", _("New jobs at the lunch line"), 4500, _("The job card of chapter 8.")),
        _lever("gesture", _("Surprise gesture"), 6000, _("5,700 is a biscuit with every lunch.")),
        Slider("price", _("Price of lunch"), -10, 10, 0, unit="%"),
        Slider(
            "test",
            _("What trying one belief first costs"),
            0,
            3000,
            300,
            step=100,
            unit=EURO,
        ),
        Table(
            "beliefs",
            _("What you believe: anything from \u2026 to \u2026"),
            [
                Slider("low", _("from"), -3, 3, 0, step=0.1),
                Slider("high", _("to"), -3, 3, 1, step=0.1),
            ],
            [
                {"label": label, "low": WIDE_BELIEFS[name][0], "high": WIDE_BELIEFS[name][1]}
                for name, label in zip(deciding.BELIEFS, _in_full())
            ],
            row_label=_("link"),
            help=_("Nobody measured these. They start wide, for somebody who knows nothing yet."),
        ),
        Slider(
            "margin",
            _("What a guest leaves in a year"),
            20,
            500,
            100,
            step=20,
            unit=EURO,
            kind="assumption",
            help=_(
                "Her own card leaves some 40 (chapter 9); the rest is who comes along with her."
            ),
        ),
        Slider(
            "years",
            _("How long a guest who stays is counted"),
            1,
            6,
            3,
            unit=_("years"),
            kind="assumption",
        ),
    ],
    draw,
    first=["till", "desk", "jobs", "price"],
    steps=[
        Step(
            _("Spend nothing"),
            _("Where do all twenty years lie now, whatever you believe?"),
            {"till": 0, "desk": 0, "jobs": 0, "gesture": 0},
            watch=_("Twenty such years"),
        ),
        Step(
            _("A quarter of an hour of a third till"),
            _("How far does the wait fall, and what would a longer one add?"),
            {"till": 1500, "desk": 0, "jobs": 0, "gesture": 0},
            watch=_("Wait in line, min"),
        ),
        Step(
            _("Only the desk"),
            _("Do most years win or lose? Look at the two figures in bold on the right."),
            {"till": 0, "desk": 7500, "jobs": 0, "gesture": 0},
        ),
        Step(
            _("Dearer by 10%"),
            _("Which belief decides it, and what is knowing it worth?"),
            {"till": 0, "desk": 0, "jobs": 0, "gesture": 0, "price": 10},
        ),
        Step(
            _("Believe in nothing"),
            _("Every range lies around 0: what does the mean gain come to?"),
            _around_nothing(),
            watch=_("Twenty such years"),
        ),
    ],
    watch=_("Which belief decides it?"),
    try_this=_(
        "Spend nothing, then a little on one lever, and narrow one belief to see which bar shrinks."
    ),
)
