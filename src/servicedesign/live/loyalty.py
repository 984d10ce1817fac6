"""Live figure of chapter 9: customers bought and customers earned, side by side."""

from explorables import Explorable, Slider, Step, View, spans, svg
from explorables.language import _
from explorables.numbers import fixed, percent, ticks, with_unit
from explorables.palette import BOTH, GUEST, HOUSE
from servicedesign import loyalty, retention
from servicedesign.hillasoppi import BOUGHT_CARDS, CARD_MONEY, EARNED_SHARES

EURO = "\u20ac"
YEARS = 12  # on the axis of time
WIDEST = 0.6  # part of the churn, on the axis of effects


def draw(bought, earned, unlike, spend, margin, given, effect, width, wobble, rate, horizon):
    """Compare a cohort that was bought with one that was earned.

    Parameters
    ----------
    bought, earned : float
        Share who stay the first year, in per cent.
    unlike : float
        How unlike the customers of a cohort are, in per cent, see `retention.sbg_from`;
        0 for all alike, and then retention is constant.
    spend : float
        EUR a year on each earned customer who is there.
    margin, given : float
        EUR a year that a customer leaves; EUR that it took to win a bought one.
    effect, width : float
        Which part of the churn the spending spares, and give or take how much, in per cent.
    wobble : float
        Give or take how many points of staying.
    rate, horizon : float
        Discount rate a year in per cent; years counted.

    Returns
    -------
    View
        Survival, retention year by year, values with their ranges, and the effect that pays.
    """
    low, high = max(0.0, effect - width) / 100, min(100 * WIDEST, effect + width) / 100
    cohorts = [_survival(stay, unlike, 0) for stay in (bought, earned)]
    cared = retention.with_less_churn(cohorts[1], effect / 100)
    money = (margin, rate / 100, int(horizon))
    values = [
        _range(money, bought, unlike, wobble, given),
        _range(money, earned, unlike, wobble, 0),
        _range(money, earned, unlike, wobble, 0, spend, (low, effect / 100, high)),
    ]
    years = int(horizon)
    pays = loyalty.effect_that_pays(margin, cohorts[1][:years], rate / 100, spend)
    return View(
        [
            svg.Stack([_still_there(cohorts, cared, years), _year_on_year(cohorts)], 1.1),
            svg.Stack([Values(values, years), Effects(pays, low, high)], 1),
        ],
        _in_words(cohorts, values, years, unlike, spend, pays, low, high),
        _data(cohorts, cared, unlike, (bought, earned)),
    )


def _survival(stay, unlike, more):
    share = min(0.99, max(0.01, (stay + more) / 100))
    if unlike == 0:
        return retention.constant_survival(share, YEARS)
    alpha, beta = retention.sbg_from(share, unlike / 100)
    return retention.sbg_survival(alpha, beta, YEARS)


def _range(money, stay, unlike, wobble, given, spend=0, cuts=(0, 0, 0)):
    """Return the least, the middle and the greatest value of one customer, in EUR."""
    margin, rate, years = money
    found = []
    for more, cut in zip((-wobble, 0, wobble), cuts):
        survival = _survival(stay, unlike, more)[:years]
        if cut:
            survival = retention.with_less_churn(survival, cut)
        found.append(loyalty.cohort_value(margin, survival, rate, given, spend))
    # Where each year costs more than it leaves, staying longer is worth less.
    return min(found), found[1], max(found)


def _euros(amount):
    return with_unit(fixed(amount), EURO)


def _names():
    return _("bought"), _("earned"), _("with care")


def _ends():
    # Bold words are wider than a plot reckons with, so each brings some room along.
    return [name + "\u00a0\u00a0" for name in _names()]


def _still_there(cohorts, cared, years):
    plot = svg.Plot(
        x=(0, YEARS),
        y=(0, 1),
        title=_("Who is still there"),
        y_label=_("share of the cohort; rings: Hillasoppi\u2019s cards"),
        x_label=_("years; counted to the line"),
        x_ticks=[0, 2, 4, 6, 8, 10, 12],
        y_ticks=_shares(),
        height=165,
        description=_("Three falling curves: the share of each cohort that is still there"),
    )
    plot.line(years, 0, years, 1)
    for survival, role, name in zip((cohorts[0], cohorts[1], cared), ROLES, _ends()):
        plot.curve(list(enumerate(survival)), role, name, dashed=role == BOTH)
    cards = [count / BOUGHT_CARDS[0] for count in BOUGHT_CARDS]
    for shares, role in ((cards, HOUSE), (EARNED_SHARES, GUEST)):
        plot.dots([(age, share) for age, share in enumerate(shares) if age], role, 4, shape="ring")
    for survival, name in zip(cohorts, ("bought", "earned")):
        plot.handle(1, survival[1], up=name, unit=0.01)
    return plot


ROLES = (HOUSE, GUEST, BOTH)


def _shares():
    return [(step / 4, percent(step / 4)) for step in range(5)]


def _year_on_year(cohorts):
    plot = svg.Plot(
        x=(0, YEARS),
        y=(0, 1),
        title=_("Retention, year on year"),
        y_label=_("of those there a year before, who stayed"),
        x_label=_("years since the first visit"),
        x_ticks=[0, 2, 4, 6, 8, 10, 12],
        y_ticks=[(step / 2, percent(step / 2)) for step in range(3)],
        height=135,
        description=_("Two curves: the share of those there a year before who stayed"),
    )
    for survival, role, name in zip(cohorts, ROLES, _ends()):
        rates = [(age + 1, each) for age, each in enumerate(retention.retention_rates(survival))]
        plot.curve(rates, role, name, dashed=False)
    for shares, role in ((BOUGHT_CARDS, HOUSE), (EARNED_SHARES, GUEST)):
        rates = [(age + 1, each) for age, each in enumerate(retention.retention_rates(shares))]
        plot.dots(rates, role, 4, shape="ring")
    return plot


class Values:
    """What one customer leaves in the years counted: a mark, and the range round it."""

    def __init__(self, values, years):
        self.values, self.years = values, years

    def words(self) -> str:
        """Return what a screen reader hears."""
        return _("What one customer of each kind leaves, with its range, on one scale")

    def drawn(self, width: int) -> tuple:
        """Return the height in px and the elements."""
        low, high = spans.covered(
            "value",
            min([0.0] + [each[0] for each in self.values]),
            max([1.0] + [each[2] for each in self.values]),
        )
        title = _("What one leaves in {n} years").format(n=self.years)
        parts = [svg.text(0, 15, title, size=svg.TITLE, bold=True)]
        marks, places = ticks(low, high, max(2, int(width / 80)))
        left, right = 8.0, width - 12.0
        scale = (right - left) / (high - low)
        top, row = 30.0, 52.0
        bottom = top + row * len(self.values)
        for mark in marks:
            x = left + (mark - low) * scale
            style = "axis" if mark == 0 else "grid"
            parts.append(svg.rule(x, top, x, bottom, style))
            words = with_unit(fixed(mark, places), EURO)
            half = 0.58 * svg.text_width(words, svg.TICK)
            at = min(max(x, half), width - half)
            parts.append(svg.text(at, bottom + 16, words, "middle", size=svg.TICK, style="soft"))
        for place, ((least, middle, most), role) in enumerate(zip(self.values, ROLES)):
            y = top + row * place + 15
            parts.append(svg.text(0, y, _names()[place], role=role, style="role", bold=True))
            said = _("{value} ({low} to {high})").format(
                value=_euros(middle), low=fixed(least), high=fixed(most)
            )
            parts.append(svg.text(width, y, said, "end", style="role"))
            x = [left + (value - low) * scale for value in (least, middle, most)]
            parts.append(svg.rect(x[0], y + 9, x[2] - x[0], 10, svg.filled(role, "0.35"), 2))
            parts.append(svg.marker(x[1], y + 14, role, 6))
        return bottom + 22, parts


class Effects:
    """The effect that pays on a track of effects, over the range that is assumed."""

    def __init__(self, pays, low, high):
        self.pays, self.low, self.high = pays, low, high

    def words(self) -> str:
        """Return what a screen reader hears."""
        return _("The part of the churn that care must spare, and the range assumed for it")

    def drawn(self, width: int) -> tuple:
        """Return the height in px and the elements."""
        parts = [svg.text(0, 15, _("Does the care pay?"), size=svg.TITLE, bold=True)]
        left, right, y = 8.0, width - 16.0, 78.0
        scale = (right - left) / WIDEST
        words = _("part of the churn that it spares")
        parts.append(svg.text(0, 34, words, size=svg.TICK, style="soft"))
        parts.append(svg.rule(left, y, right, y, "axis"))
        for step in range(4):
            x = left + 0.2 * step * scale
            parts.append(svg.rule(x, y - 4, x, y + 4, "axis"))
            anchor = "start" if step == 0 else "end" if step == 3 else "middle"
            at = 0.0 if step == 0 else float(width) if step == 3 else x
            parts.append(
                svg.text(at, y + 22, percent(step / 5), anchor, size=svg.TICK, style="soft")
            )
        band = svg.filled(BOTH, "0.35")
        parts.append(
            svg.rect(left + self.low * scale, y - 5, (self.high - self.low) * scale, 10, band, 2)
        )
        said = _("assumed: {low} to {high}").format(low=percent(self.low), high=percent(self.high))
        parts.append(svg.text(0, y + 44, said, role=BOTH, style="role", bold=True))
        if self.pays is not None and self.pays <= WIDEST:
            x = left + self.pays * scale
            parts.append(svg.rule(x, y - 12, x, y + 8, "axis"))
            parts.append(svg.marker(x, y, 0, 6, "diamond"))
            words = _("pays from {share}").format(share=percent(self.pays))
            half = 0.58 * svg.text_width(words)
            at = min(max(x, half), width - half)
            parts.append(svg.text(at, y - 20, words, "middle", bold=True))
        else:
            words = _("no part up to {share} pays").format(share=percent(WIDEST))
            parts.append(svg.text(right, y - 20, words, "end", bold=True))
        return y + 52, parts


def _in_words(cohorts, values, years, unlike, spend, pays, low, high):
    words = [
        _(
            "Of a hundred bought customers {b1} are there after one year and {b2} after {n}; "
            "of a hundred earned ones {e1} and {e2}."
        ).format(
            n=YEARS,
            b1=fixed(100 * cohorts[0][1]),
            b2=fixed(100 * cohorts[0][YEARS]),
            e1=fixed(100 * cohorts[1][1]),
            e2=fixed(100 * cohorts[1][YEARS]),
        )
    ]
    first, last = [retention.retention_rates(cohorts[0])[place] for place in (0, YEARS - 1)]
    if unlike == 0:
        words.append(_("All are alike, so the same share stays every year."))
    else:
        words.append(
            _(
                "Of the bought ones still there, {first} stay at first and {last} in year {n}, "
                "although in this model nobody changes: the restless have left."
            ).format(first=percent(first), last=percent(last), n=YEARS)
        )
    words.append(
        _(
            "Counted over {n} years, a bought customer leaves {b} ({b1} to {b2}) and an earned "
            "one {e} ({e1} to {e2})."
        ).format(
            n=years,
            b=_euros(values[0][1]), b1=fixed(values[0][0]), b2=fixed(values[0][2]),
            e=_euros(values[1][1]), e1=fixed(values[1][0]), e2=fixed(values[1][2]),
        )
    )  # fmt: skip
    words.append(_verdict(spend, pays, low, high))
    return " ".join(words)


def _verdict(spend, pays, low, high):
    if spend == 0:
        return _("No care is paid for, so none must pay.")
    if pays is None:
        return _("Care for {spend} a year would not pay if nobody ever left.").format(
            spend=_euros(spend)
        )
    said = _("Care for {spend} a year pays if it spares at least {share} of the churn: ").format(
        spend=_euros(spend), share=percent(pays)
    )
    if pays <= low:
        return said + _("all that you assume.")
    if pays > high:
        return said + _("more than all that you assume.")
    return said + _("inside what you assume, so try it small before you pay for it.")


def _data(cohorts, cared, unlike, stays):
    headers = [_("year"), _("bought"), _("earned"), _("earned, with care")]
    rows = []
    for year in range(YEARS + 1):
        shares = (cohorts[0], cohorts[1], cared)
        rows.append([str(year)] + [percent(each[year], 1) for each in shares])
    if unlike:
        pairs = [retention.sbg_from(stay / 100, unlike / 100) for stay in stays]
        rows.append(
            [_("alpha and beta")]
            + [fixed(alpha, 2) + "; " + fixed(beta, 2) for alpha, beta in pairs]
            + ["\u2013"]
        )
    return headers, rows


def _percent(name, label, low, high, value, step=1, note=""):
    return Slider(name, label, low, high, value, step=step, unit="%", kind="assumption", help=note)


bought_or_earned = Explorable(
    "bought-or-earned",
    _("Bought or earned?"),
    [
        Slider(
            "spend", _("Care for each earned customer"), 0, 30, CARD_MONEY["spend"],
            unit=_("\u20ac per year"),
        ),
        Slider(
            "given", _("What it took to win a bought one"), 0, 200, CARD_MONEY["given"], step=5,
            unit=EURO, kind="assumption", help=_("The price let off, the leaflets, the hours."),
        ),
        _percent("bought", _("Bought: who stay the first year"), 20, 95, 49),
        _percent("earned", _("Earned: who stay the first year"), 20, 95, 73),
        _percent(
            "unlike", _("How unlike customers are"), 0, 60, 15, 5,
            _("0: all alike, and the same share stays every year."),
        ),
        _percent(
            "effect", _("Part of the churn that care spares"), 0, 40, 10,
            note=_("Nobody has measured this. Set a range you could defend."),
        ),
        _percent("width", _("\u2026 give or take"), 0, 20, 8),
        Slider(
            "wobble", _("Staying: give or take"), 0, 10, 4, unit=_("points"), kind="assumption"
        ),
        Slider(
            "margin", _("What a guest leaves in a year"), 10, 200, CARD_MONEY["margin"], step=5,
            unit=EURO, kind="assumption", help=_("After food and work, before any campaign."),
        ),
        _percent("rate", _("Discount rate a year"), 0, 30, 10),
        Slider("horizon", _("Years counted"), 1, YEARS, 8, unit=_("years")),
    ],
    draw,
    handles=["bought", "earned"],
    first=["spend", "bought", "earned", "unlike"],
    steps=[
        Step(
            _("All alike"),
            _("What becomes of retention, and which rings do the curves still meet?"),
            {"unlike": 0},
            watch=_("Retention, year on year"),
        ),
        Step(
            _("Two years only"),
            _("Count two years. Has the campaign earned its money by then?"),
            {"horizon": 2},
            watch=_("What one leaves in {n} years"),
        ),
        Step(
            _("No price let off"),
            _("Are the bought ones as good as the earned ones now?"),
            {"given": 0},
            watch=_("What one leaves in {n} years"),
        ),
        Step(
            _("Expensive care"),
            _("Where does the diamond go, and does your range reach it?"),
            {"spend": 12},
            watch=_("Does the care pay?"),
        ),
    ],
    try_this=_("Pull the first year of each cohort, and watch the rings."),
)  # fmt: skip
