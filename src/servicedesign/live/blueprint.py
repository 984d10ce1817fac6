"""Live figures of chapter 6: the lunch line."""

from explorables import Choice, Explorable, Slider, Step, View, spans, svg
from explorables.language import _
from explorables.numbers import fixed, percent, with_unit
from explorables.palette import BAD, PLAIN
from servicedesign import queue_simulation, queueing
from servicedesign.hillasoppi import LUNCH_MINUTES, NOON, TILLS

SEED = 1
# The page answers again after each picture, so the fuller a lunch, the fewer of
# them are simulated between two pictures.
GUESTS_A_SLICE = 700
MOST_LUNCHES_A_SLICE = 5
OPENS = 11 * 60  # minutes since midnight


def draw(profile, arrivals, height, width, tills, service, cv, target, felt, wage, replications):
    """Draw what the formulas say about a lunch line; `refine` adds the simulation.

    Parameters
    ----------
    profile : str
        "peak" or "flat".
    arrivals, height : float
        Guests per hour away from the peak, and what its top adds.
    width : float
        Minutes from the top until 37% of the peak is left.
    tills : int
        At least 1.
    service, cv : float
        Mean seconds at a till, and their coefficient of variation.
    target : float
        Minutes; who waits longer is counted.
    felt : float
        How many minutes a minute in line feels like.
    wage : float
        EUR per hour and till, side costs included.
    replications : int
        How many lunches to simulate, at least 1.

    Returns
    -------
    View
        Arrivals against tills, the line over time, the waits, and what they cost.
    """
    return _Lunch(
        profile, arrivals, height, width, tills, service, cv, target, felt, wage, replications
    ).view(None)


def refine(profile, arrivals, height, width, tills, service, cv, target, felt, wage, replications):
    """Yield the drawing with ever more simulated lunches; arguments as for `draw`."""
    lunch = _Lunch(
        profile, arrivals, height, width, tills, service, cv, target, felt, wage, replications
    )
    for result in queue_simulation.noon_peak(
        lunch.peak,
        LUNCH_MINUTES,
        tills,
        service / 60.0,
        cv,
        target,
        replications,
        SEED,
        lunch.slice_size(),
    ):
        yield lunch.view(result)


class _Lunch:
    """One setting: what the formulas say, and the views of it."""

    def __init__(
        self, profile, arrivals, height, width, tills, service, cv, target, felt, wage, replications
    ):
        self.flat = profile == "flat"
        self.peak = {
            "base": arrivals / 60.0,
            "height": 0.0 if self.flat else height / 60.0,
            "middle": NOON["middle"],
            "width": width,
        }
        self.tills, self.cv, self.target = tills, cv, target
        self.felt, self.wage, self.replications = felt, wage, replications
        self.mu = 60.0 / service
        self.capacity = tills * self.mu
        self.top = self.peak["base"] + self.peak["height"]
        self.rates = queue_simulation.arrivals_by_minute(self.peak, LUNCH_MINUTES)
        self.guests = sum(self.rates)
        # Asked first, because past this point there is no number to give.
        self.steady = self.top / self.mu < tills
        self.wait = self.over = None
        if self.steady:
            self.wait = queueing.allen_cunneen(self.top, self.mu, tills, 1.0, cv)
            if cv == 1:
                self.over = queueing.mmc_tail(self.top, self.mu, tills, target)

    def slice_size(self) -> int:
        """Return how many lunches to simulate between two pictures, at least 1."""
        lunches = int(GUESTS_A_SLICE / (self.top * LUNCH_MINUTES))
        return max(1, min(MOST_LUNCHES_A_SLICE, lunches))

    def view(self, result) -> View:
        """Return the drawing with a result of `queue_simulation.noon_peak`, or without one."""
        rows = self._rows(result)
        return View(
            [svg.Stack([self._coming(), self._line(result)]), _Answer(rows, self._waits(result))],
            self._in_words(result),
            (
                [_("measure"), rows[0][1] + ", " + rows[1][1], rows[0][2] + ", " + rows[1][2]],
                rows[2:],
            ),
        )

    # The pictures.

    def _coming(self):
        # Tills with many times the guests would press the guests to the ground.
        shown = self.capacity <= 4 * self.top
        highest = 1.2 * max(self.top, self.capacity if shown else 0.0)
        told = _("shaded: who comes")
        if not shown:
            told = _("shaded: who comes; far more can be served")
        plot = svg.Plot(
            x=(0, LUNCH_MINUTES),
            y=spans.covered("coming", 0.0, highest),
            title=_("Guests a minute"),
            y_label=told,
            x_ticks=_clock_ticks(),
            height=105,
            description=_("Guests who come each minute, beside how many the tills can serve"),
        )
        points = [(minute + 0.5, self.rates[minute]) for minute in range(2, LUNCH_MINUTES, 5)]
        points = [(0, self.rates[0])] + points + [(LUNCH_MINUTES, self.rates[-1])]
        plot.area(points, PLAIN)
        plot.curve(points, PLAIN)
        if self.top > self.capacity:
            plot.area([(x, self.capacity, max(y, self.capacity)) for x, y in points], BAD)
        if shown:
            plot.line(0, self.capacity, LUNCH_MINUTES, self.capacity, dashed=False)
            words = _("can be served")
            plot.label(LUNCH_MINUTES, self.capacity, words, "end", shift=(0, -6))
        return plot

    def _line(self, result):
        waiting = result["waiting"] if result else []
        if self.flat and self.steady:
            known = [self.top * self.wait] * 2
            told = _("solid: simulated; dashed: mean by the formula")
        else:
            known = queue_simulation.fluid_line(self.rates, self.capacity)
            told = _("solid: simulated; dashed: averages alone")
        highest = max([4.0, 1.1 * max(known)] + [1.1 * max(waiting or [0.0])])
        plot = svg.Plot(
            x=(0, LUNCH_MINUTES),
            y=spans.covered("line", 0.0, highest),
            title=_("Guests in line"),
            y_label=told,
            x_ticks=_clock_ticks(),
            height=125,
            description=_("How many guests stand in line, minute by minute"),
        )
        step = LUNCH_MINUTES // (len(known) - 1)
        stride = 1 if step > 1 else 3
        plot.curve(
            [(place * step, known[place]) for place in range(0, len(known), stride)], 0, dashed=True
        )
        if waiting:
            last = len(waiting) - 1
            places = list(range(0, last, 2)) + [last]
            plot.curve([(minute, waiting[minute]) for minute in places], PLAIN, width=2.5)
        return plot

    def _waits(self, result):
        bins = self._bins(result["halves"] if result else [], result)
        longest = max([10.0, self.target + 1.0] + [end for _start, end, _share, _late in bins])
        highest = max([0.1] + [share / (end - start) for start, end, share, _late in bins])
        told = _("share of guests, by each minute")
        if longest > queue_simulation.LONGEST_WAIT:
            told = _("share of guests, by each minute; the last bar is all beyond")
        low, high = spans.covered("waits", 0.0, 1.25 * highest)
        plot = svg.Plot(
            x=spans.covered("longest", 0.0, longest),
            y=(low, high),
            title=_("How long guests wait"),
            y_label=told,
            x_label=_("minutes in line"),
            y_ticks=_shares(high),
            height=125,
            description=_("The share of simulated guests for every length of wait"),
        )
        for role in (PLAIN, BAD):
            outline: list = []
            for start, end, share, late in bins:
                # Per minute, so that a bin cut short at the target is not too low.
                full, part = share / (end - start), late / (end - start)
                floor, top = (0.0, full - part) if role == PLAIN else (full - part, full)
                if top - floor > 1e-9:
                    outline += [(start, floor, top), (end, floor, top)]
            if outline:
                plot.area(outline, role)
                ends = [(outline[0][0], outline[0][1])] + [(x, top) for x, _floor, top in outline]
                plot.curve(ends + [(outline[-1][0], outline[-1][1])], role, dashed=False, width=1.5)
        plot.line(self.target, 0, self.target, high, BAD)
        words = _("your {n} min").format(n=_trimmed(self.target))
        plot.handle(self.target, high / 2, "target")
        plot.label(self.target, high, words, "start", BAD, shift=(6, 12))
        return plot

    def _bins(self, halves, result):
        """Return bins as (start, end, share, share that is late); one ends at the target."""
        whole = int(2 * self.target + 0.5)
        bins = []
        start = 0
        while start < len(halves):
            end = start + 2 if start or not whole % 2 else 1
            share = sum(halves[start:end])
            bins.append([start / 2.0, end / 2.0, share, share if start >= whole else 0.0])
            start = end
        if bins and not whole:
            # Who did not wait at all is in the first bin, and on time.
            bins[0][3] = max(0.0, result["share_over"] - sum([each[3] for each in bins[1:]]))
        return bins

    # The numbers and the words.

    def _rows(self, result):
        known = result is not None and result["guests"] > 0
        counted = result["replications"] if result else 0
        none = "\u2013"
        formula_wait = none if self.steady else _("no steady state")
        formula_over = felt = none
        if self.wait is not None:
            formula_wait, felt = (
                _minutes(self.wait),
                _minutes(queueing.felt_wait(self.wait, self.felt)),
            )
            formula_over = _("no formula") if self.over is None else percent(self.over, 1)
        wages = queueing.wage_cost_per_lunch(self.tills, LUNCH_MINUTES, self.wage, self.guests)
        simulated = [none] * 6
        if known:
            seen = result["guests"] / counted
            simulated = [
                fixed(result["utilisation"], 2),
                _minutes(result["mean_wait"]),
                _minutes(queueing.felt_wait(result["mean_wait"], self.felt)),
                _nine_in_ten(result["p90_wait"]),
                percent(result["share_over"], 1),
                _euros(queueing.wage_cost_per_lunch(self.tills, LUNCH_MINUTES, self.wage, seen)),
            ]
        over = _("wait over {target}").format(target=with_unit(_trimmed(self.target), _("min")))
        by_formula = [
            fixed(self.top / self.capacity, 2),
            formula_wait,
            felt,
            none,
            formula_over,
            _euros(wages),
        ]
        names = [
            _("tills in use"),
            _("mean wait"),
            _("feels like"),
            _("nine in ten within"),
            over,
            _("wages per lunch"),
        ]
        # The longer words of each column stand in different lines: a phone is narrow.
        head = ["", _("formula"), _("{n} of {all} lunches")]
        head[2] = head[2].format(n=counted, all=self.replications)
        under = ["", _("for ever") if self.flat else _("at the top, for ever"), _("simulated")]
        return [head, under] + [
            [name, one, other] for name, one, other in zip(names, by_formula, simulated)
        ]

    def _in_words(self, result):
        come = _("{n} guests an hour come").format(n=fixed(60 * self.top))
        if not self.flat:
            come = _("At the top of the peak {n} guests an hour come").format(
                n=fixed(60 * self.top)
            )
        serve = _("1 till can serve {n}.").format(n=fixed(60 * self.capacity))
        if self.tills > 1:
            serve = _("{tills} tills can serve {n}.").format(
                tills=self.tills, n=fixed(60 * self.capacity)
            )
        words = [come + _(", and ") + serve]
        if self.steady:
            said = _("If that lasted for ever, guests would wait {wait} on average.")
            words.append(said.format(wait=_minutes(self.wait)))
        elif self.peak["base"] / self.mu >= self.tills:
            words.append(_("There is no steady state: the line grows as long as this lasts."))
        else:
            words.append(_("There is no steady state at the top: the line grows until fewer come."))
        if result is None:
            words.append(_("Now the lunches are simulated."))
        elif result["guests"] > 0:
            words += self._simulated(result)
        return " ".join(words)

    def _simulated(self, result):
        counted = result["replications"]
        said = _(
            "In {n} simulated lunches guests wait {wait} on average, and {share} wait over {t}."
        )
        if counted == 1:
            said = _(
                "In 1 simulated lunch guests wait {wait} on average, and {share} wait over {t}."
            )
        share = result["share_over"]
        told = percent(share, 1)
        if share == 0:
            told = _("none")
        elif share < 0.0005:
            told = _("fewer than 1 in 1000")
        words = [
            said.format(
                n=counted,
                wait=_minutes(result["mean_wait"]),
                share=told,
                t=with_unit(_trimmed(self.target), _("min")),
            )
        ]
        line = result["waiting"]
        longest = max(line)
        if longest < 0.5:
            words.append(_("There is hardly ever a line."))
        else:
            words.append(
                _("The line is longest about {clock}, on average {n} guests.").format(
                    clock=_clock(line.index(longest)), n=fixed(longest, 1)
                )
            )
        return words


class _Answer:
    """Formula and simulation side by side, above the waits."""

    share = 1

    def __init__(self, rows, plot):
        self.rows, self.plot = rows, plot

    def render(self, width: int) -> str:
        """Return the numbers and the plot as an SVG element of ``width`` px."""
        total, drawn = self.plot.drawn(width)
        middle = 0.64 * width
        head: list = []
        names: list = []
        numbers: list = []
        parts: list = [svg.text(0, 15, _("What it comes to"), size=svg.TITLE, bold=True)]
        y = 38.0
        for place, row in enumerate(self.rows):
            for x, words in ((middle, row[1]), (width, row[2])):
                (head if place < 2 else numbers).append(svg.words_at(x, y, words))
            if row[0]:
                names.append(svg.words_at(0, y, row[0]))
            y += 17 if place == 0 else 22
        parts.append(svg.group(head, svg.lettered(svg.TICK, "soft", "end")))
        parts.append(svg.group(names, svg.lettered(svg.TICK, "soft")))
        parts.append(svg.group(numbers, svg.lettered(svg.LABEL, "ink", "end", True)))
        parts.append(svg.group(drawn, shift=(0, y + 4)))
        label = _("Waits by the formula and in the simulation, and how they spread")
        return svg.figure(width, y + 4 + total, label, parts)


def _clock(minute) -> str:
    at = OPENS + int(minute)
    rest = str(at % 60)
    return str(at // 60) + ":" + ("0" + rest if len(rest) < 2 else rest)


def _clock_ticks():
    return [(minute, _clock(minute)) for minute in range(0, LUNCH_MINUTES, 30)]


def _shares(highest):
    step = 0.5 if highest > 0.6 else 0.2 if highest > 0.3 else 0.1
    return [(k * step, percent(k * step)) for k in range(int(highest / step) + 1)]


def _minutes(x) -> str:
    return with_unit(fixed(x, 2 if x < 10 else 1), _("min"))


def _trimmed(x) -> str:
    return fixed(x, 0 if x == int(x) else 1)


def _euros(x) -> str:
    return "\u2013" if x is None else with_unit(fixed(x, 2), "\u20ac")


def _nine_in_ten(x) -> str:
    if x >= queue_simulation.LONGEST_WAIT:
        return _("\u2265 2 hours")
    return with_unit(fixed(x, 1), _("min"))


lunch_line = Explorable(
    "lunch-line",
    _("The lunch line"),
    [
        Slider("tills", _("Tills open, all lunch long"), 1, 6, TILLS["count"]),
        Choice(
            "profile",
            _("Arrivals"),
            [("peak", _("with a peak at noon")), ("flat", _("the same all lunch long"))],
            "peak",
        ),
        Slider(
            "arrivals",
            _("Guests away from the peak"),
            10,
            300,
            NOON["arrivals"],
            unit=_("per hour"),
            kind="assumption",
            help=_("Near the log of the five lunches, where it starts."),
        ),
        Slider(
            "height",
            _("What the top of the peak adds"),
            0,
            200,
            NOON["height"],
            unit=_("per hour"),
            kind="assumption",
        ),
        Slider(
            "width",
            _("Width of the peak"),
            5,
            60,
            NOON["width"],
            unit=_("min"),
            kind="assumption",
            help=_("From the top until a good third of the peak is left."),
        ),
        Slider(
            "service",
            _("Mean time at a till"),
            10,
            180,
            TILLS["seconds"],
            unit=_("s"),
            kind="assumption",
        ),
        Slider(
            "cv",
            _("How much it varies"),
            0,
            1.5,
            TILLS["cv"],
            step=0.05,
            kind="assumption",
            help=_("0 is clockwork, 1 is what the plain formula supposes."),
        ),
        Slider("target", _("Wait to stay under"), 0, 10, 5, step=0.5, unit=_("min")),
        Slider(
            "felt",
            _("A minute in line feels like"),
            0.5,
            2,
            1,
            step=0.1,
            unit=_("min"),
            kind="assumption",
            help=_("Maister names directions; nobody has measured it for this line."),
        ),
        Slider(
            "wage",
            _("Wage at a till, with side costs"),
            10,
            40,
            TILLS["wage"],
            unit=_("\u20ac per hour"),
            kind="assumption",
        ),
        Slider("replications", _("Lunches to simulate"), 1, 200, 50),
    ],
    draw,
    handles=["target"],
    first=["tills", "profile", "service", "target"],
    steps=[
        Step(
            _("A third till"),
            _("Look at the line, the waits and the wages."),
            {"tills": 3},
        ),
        Step(
            _("Quicker service"),
            _("Two tills again, in fewer seconds a guest: how near does the wait come to that?"),
            {"service": 30},
        ),
        Step(
            _("All lunch long the same"),
            _("Raise the arrivals until the formula falls silent."),
            {"profile": "flat", "arrivals": 120},
        ),
    ],
    watch=_("What it comes to"),
    try_this=_("Open a third till, and watch the line, the waits and the wages."),
    refine=refine,
)
