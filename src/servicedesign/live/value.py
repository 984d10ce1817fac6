"""Live figures of chapter 3: three ways to say value."""

from explorables import Explorable, Slider, Table, Toggle, View, svg
from explorables.language import _
from explorables.numbers import fixed, percent, with_unit
from servicedesign import value
from servicedesign.hillasoppi import LUNCHES, TIME_VALUE

ROLES = (1, 2, 3)


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
        Ranks by ratio, difference and net value; shares by the logit model.
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
        [_rank_picture(names, worth, ranks), _share_picture(shown, after, before)],
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


def _rank_picture(names, worth, ranks):
    count = len(names)
    plot = svg.Plot(
        x=(-0.32, 2.2),
        y=(count + 0.62, 0.6),
        title=_("Which lunch comes first?"),
        x_ticks=[(0, _("ratio")), (1, _("difference")), (2, _("net value"))],
        y_ticks=[],
        height=76 * count + 30,
        share=1.3,
        frame=False,
        description=_("The rank of every offer by ratio, by difference and by net value"),
    )
    places: dict = {name: [] for name in names}
    for method in value.METHODS:
        ranked = list(ranks[method])
        ranked += [(None, name) for name in names if worth[method][name] is None]
        for place, (rank, name) in enumerate(ranked):
            places[name].append((place + 1, rank))
    for role, name in zip(ROLES, names):
        steps = [(x, place) for x, (place, _rank) in enumerate(places[name])]
        if places[name][0][1] is None:
            plot.curve(steps[:2], role, dashed=True, width=3)
            steps = steps[1:]
        plot.curve(steps, role, label=name, width=3)
    for role, name in zip(ROLES, names):
        for x, (place, rank) in enumerate(places[name]):
            shape = "ring" if rank is None else "circle"
            plot.dots([(x, place)], role, radius=13, shape=shape)
            said, style = ("\u2013", "ink") if rank is None else (str(rank), "on")
            plot.label(x, place, said, "middle", style=style, bold=True, shift=(0, 4.5))
            amount = _amount(value.METHODS[x], worth[value.METHODS[x]][name])
            # A line that falls two places would run through an amount below its dot.
            near = [places[name][k][0] for k in (x - 1, x + 1) if 0 <= k < len(places[name])]
            steep = max(near) - place >= 2
            plot.label(x, place, amount, "middle", shift=(0, -20 if steep else 29))
    return plot


def _share_picture(names, shares, before):
    plot = svg.Plot(
        x=(0, 1),
        title=_("Who would be chosen?"),
        x_ticks=[(0, percent(0)), (0.5, percent(0.5)), (1, percent(1))],
        height=76 * 3 + 30,
        description=_("The share of choices that the logit model predicts for every offer"),
    )
    roles = list(ROLES) + [1]
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
        Slider(
            "time_value",
            _("An hour of the guest's time is worth"),
            0,
            40,
            TIME_VALUE,
            step=0.5,
            unit="\u20ac/h",
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
        Toggle("twin", _("Open a twin of the first lunch")),
    ],
    draw,
    try_this=_("Take the value of time down to zero, then raise it until the order turns round."),
)
