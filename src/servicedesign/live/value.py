"""Live figures of chapter 3: three ways to say value."""

from math import floor

from explorables import Explorable, Slider, Step, Table, Toggle, View, spans, svg
from explorables.language import _
from explorables.numbers import fixed, percent, with_unit
from servicedesign import value
from servicedesign.hillasoppi import LUNCHES, TIME_VALUE

ROLES = (4, 5, 6)  # of explorables.svg: none of the cast, whose colours mean house and guest
MOST = 40  # EUR per hour, the end of the slider


def draw(offers, time_value, mu, twin):
    """Rank three offers by each rule, and predict who is chosen.

    Parameters
    ----------
    offers : list of dict
        "label", "benefit" and "price" (EUR), "minutes", "hassle" (EUR).
    time_value : float
        EUR per hour of the customer's time.
    mu : float
        Choice noise in EUR, above 0.
    twin : bool
        Whether a copy of the first offer opens.

    Returns
    -------
    View
        Net value against the value of time; the three rules; shares by the logit model.
    """
    offers = [dict(offer, name=offer["label"]) for offer in offers]
    worth = {}
    ranks = {}
    for method in value.METHODS:
        worth[method], ranks[method] = _ranked(offers, method, time_value)
    nets = [worth["net"][offer["name"]] for offer in offers]
    shares = value.choice_shares(nets, mu)
    names = [offer["name"] for offer in offers]
    after = value.choice_shares(nets + nets[:1], mu) if twin else shares
    shown = names + [_("Twin of {name}").format(name=names[0])] if twin else names
    before = shares if twin else None
    return View(
        [
            _nets(offers, time_value),
            svg.Stack([Rules(names, worth, ranks), _share_picture(shown, after, before)], 1),
        ],
        _in_words(names, ranks, shown, after, twin),
        _data(names, worth, shown, after, before),
    )


def _ranked(offers, method, time_value):
    """Return each offer's value (None if it has none) and rank; equal values share a rank."""
    valued = [offer for offer in offers if method != "ratio" or offer["price"] > 0]
    worth: dict = {offer["name"]: None for offer in offers}
    for offer in valued:
        worth[offer["name"]] = value.value_of(offer, method, time_value)
    order = value.rank(valued, method, time_value)
    ranks: list = []
    for place, name in enumerate(order):
        tied = place > 0 and abs(worth[name] - worth[order[place - 1]]) < 1e-9
        ranks.append((ranks[-1][0] if tied else place + 1, name))
    return worth, ranks


def _amount(method, x):
    if x is None:
        return _("price 0")
    return fixed(x, 2) if method == "ratio" else with_unit(fixed(x, 2), "\u20ac")


def _nets(offers, time_value):
    """Return the net value of each offer at every value of time: straight lines."""
    lines = [
        [(x, value.value_of(offer, "net", x)) for x in (0, time_value, MOST)] for offer in offers
    ]
    ends = [y for line in lines for _x, y in line]
    low, high = spans.covered("net", 5 * floor(min(ends) / 5), 5 * floor(max(ends) / 5) + 5)
    plot = svg.Plot(
        x=(0, MOST),
        y=(low, high),
        title=_("Net value, as an hour is worth more"),
        y_label=_("net value, \u20ac"),
        x_label=_("\u20ac for an hour of the guest's time"),
        height=260,
        share=1.3,
        description=_("The net value of every offer against the value of an hour"),
    )
    plot.line(time_value, low, time_value, high)
    for role, offer, line in zip(ROLES, offers, lines):
        plot.curve([line[0], line[2]], role, label=offer["name"], dashed=False, width=2.5)
        plot.dots([line[1]], role, radius=6)
    said = with_unit(fixed(time_value, 2), "\u20ac/h")  # short, to stand beside the line
    half = time_value > MOST / 2
    anchor = "end" if half else "start"
    plot.handle(time_value, low, "time_value")
    plot.label(time_value, high, said, anchor, bold=True, shift=(-6 if half else 6, 12))
    return plot


class Rules:
    """The three rules as columns: each offer's amount, and a disc where it comes first."""

    def __init__(self, names, worth, ranks):
        self.names, self.worth, self.ranks = names, worth, ranks

    def words(self) -> str:
        """Return what a screen reader hears."""
        return _("The amount of every offer by ratio, by difference and by net value")

    def drawn(self, width: int) -> tuple:
        """Return the height in px and the elements."""
        parts = [svg.text(0, 15, _("Which lunch comes first?"), size=svg.TITLE, bold=True)]
        heads = (_("ratio"), _("difference"), _("net value"))
        column = width / 3.0
        soft = [svg.words_at(column * (k + 1), 38, head) for k, head in enumerate(heads)]
        parts.append(svg.group(soft, svg.lettered(svg.TICK, "soft", "end")))
        y = 60.0
        for role, name in zip(ROLES, self.names):
            parts.append(svg.text(0, y, name, "start", role, style="role", bold=True))
            y += 20
            for k, method in enumerate(value.METHODS):
                first = (1, name) in self.ranks[method]
                x = column * (k + 1)
                said = _amount(method, self.worth[method][name])
                parts.append(svg.text(x, y, said, "end", bold=first))
                if first:
                    parts.append(svg.marker(x - svg.text_width(said) * 1.1 - 12, y - 5, role, 5))
            y += 24
        return y - 14, parts


def _share_picture(names, shares, before):
    plot = svg.Plot(
        x=(0, 1.15),
        title=_("Who would be chosen?"),
        x_ticks=[(0, percent(0)), (0.5, percent(0.5)), (1, percent(1))],
        height=190 if before else 210,
        description=_("The share of choices that the logit model predicts for every offer"),
    )
    roles = list(ROLES) + [ROLES[0]]
    if before:
        plot.bars(list(zip(names, before)), outline=True, label=_("before the twin opened"))
    items = [(name, share, percent(share)) for name, share in zip(names, shares)]
    plot.bars(items, role=roles[: len(items)])
    return plot


def _in_words(names, ranks, shown, shares, twin):
    first = {}
    for method in value.METHODS:
        best = [name for rank, name in ranks[method] if rank == 1]
        first[method] = _(" and ").join(best) or _("no offer")
    if first["ratio"] == first["difference"] == first["net"]:
        words = [_("All three rules put {name} first.").format(name=first["net"])]
    else:
        words = [
            _("First by ratio: {ratio}; by difference: {difference}; by net value: {net}.").format(
                ratio=first["ratio"], difference=first["difference"], net=first["net"]
            )
        ]
    ranked = [name for _rank, name in ranks["ratio"]]
    without = [name for name in names if name not in ranked]
    if without:
        words.append(
            _("At a price of 0 the ratio is undefined: {names}.").format(names=", ".join(without))
        )
    parts = [
        _("{name} {share}").format(name=name, share=percent(share))
        for name, share in zip(shown, shares)
    ]
    words.append(_("Predicted shares: {shares}.").format(shares=", ".join(parts)))
    if twin:
        words.append(_("The twin takes the same part of every share, not only of its double's."))
    return " ".join(words)


def _data(names, worth, shown, shares, before):
    headers = [_("offer"), _("ratio"), _("difference"), _("net value"), _("share")]
    if before:
        headers.append(_("share before the twin"))
    rows = []
    for place, name in enumerate(shown):
        source = names[place % len(names)]
        row = [name] + [_amount(method, worth[method][source]) for method in value.METHODS]
        row.append(percent(shares[place], 1))
        if before:
            row.append(percent(before[place], 1) if place < len(before) else "\u2013")
        rows.append(row)
    return headers, rows


three_ways = Explorable(
    "three-ways",
    _("Three ways to say value"),
    [
        Table(
            "offers",
            _("Three lunches"),
            [
                Slider("benefit", _("Benefit"), 0, 60, 15, step=0.5, unit="\u20ac", decimals=2),
                Slider("price", _("Price"), 0, 60, 12, step=0.1, unit="\u20ac", decimals=2),
                Slider("minutes", _("Time"), 0, 120, 30, unit="min"),
                Slider("hassle", _("Hassle"), 0, 20, 0, step=0.5, unit="\u20ac", decimals=2),
            ],
            [
                {
                    "label": _(str(lunch["name"])),
                    "benefit": lunch["benefit"],
                    "price": lunch["price"],
                    "minutes": lunch["minutes"],
                    "hassle": lunch["hassle"],
                }
                for lunch in LUNCHES
            ],
            kind="assumption",
            row_label=_("Offer"),
        ),
        Toggle("twin", _("Open a twin of the first lunch")),
        Slider(
            "time_value",
            _("An hour of the guest's time is worth"),
            0,
            40,
            TIME_VALUE,
            step=0.5,
            unit=_("\u20ac per hour"),
            kind="assumption",
            decimals=2,
        ),
        Slider(
            "mu",
            _("Choice noise \u03bc"),
            0.2,
            10,
            2,
            step=0.1,
            unit="\u20ac",
            kind="assumption",
            help=_("How much else decides: near 0 the best offer takes all."),
        ),
    ],
    draw,
    handles=["time_value"],
    steps=[
        Step(
            _("Time costs nothing"),
            _("Which lunch leads by net value when an hour is worth 0?"),
            {"time_value": 0},
        ),
        Step(
            _("An hour at 30"),
            _("Where did the lines cross on the way?"),
            {"time_value": 30},
        ),
        Step(
            _("A quicker buffet"),
            _("Minutes are off the buffet: compare it with delivery."),
            {"offers.0.minutes": 30},
        ),
        Step(
            _("Open a twin"),
            _("From whom does the twin take its share?"),
            {"twin": True},
            watch=_("Who would be chosen?"),
        ),
    ],
    try_this=_("Take the value of time down to zero, then raise it until the order turns round."),
)
