"""Live figures of chapter 1: two pairs of hands."""

from explorables import Explorable, Slider, View, svg
from explorables.language import _
from explorables.numbers import fixed, signed, with_unit
from servicedesign import service_logic
from servicedesign.hillasoppi import HOUSE_WEIGHT, PARTIES, STAND_IN

MOST = 10  # h, the end of both sliders
# Beyond that, in h, there is room for one more hour and for its label.
RIGHT, TOP = 12.6, 11.6
HEIGHTS = (2, 4, 6, 8)  # h, the values that have a contour line
RAYS = 33  # directions; enough for a smooth line, few enough for a quick one
RULES = (1, 0, -1, -10)
HOUSE, HOST = 2, 3


def draw(p, c, theta, rho):
    """Show what two efforts make together, and what one more hour would add.

    Parameters
    ----------
    p, c : float
        Hours from the house and from the host, from 0 to 10.
    theta : float
        Weight of the house's hours, between 0 and 1.
    rho : float
        How well one side can stand in for the other, at most 1.

    Returns
    -------
    View
        A map of value with contour lines, and the two ways to add an hour.
    """
    value = service_logic.co_created_value(p, c, theta, rho)
    added = service_logic.one_more_hour(p, c, theta, rho)
    return View(
        [_map(p, c, value, added, theta, rho), _hours(added)],
        _in_words(p, c, value, added, rho),
        _data(p, c, theta, rho),
    )


def _hours_text(x):
    return with_unit(fixed(x, 2), "h")


def _map(p, c, value, added, theta, rho):
    plot = svg.Plot(
        x=(0, RIGHT),
        y=(0, TOP),
        title=_("The map of value: worth {value}").format(value=_hours_text(value)),
        x_label=_("hours from the house"),
        y_label=_("hours from the host"),
        x_ticks=list(range(0, MOST + 1, 2)),
        y_ticks=list(range(0, MOST + 1, 2)),
        height=346,
        share=1.35,
        description=_("Contour lines of equal value, with the party and one more hour of each"),
    )
    own = [value] if value > 0 else []
    curves = service_logic.iso_value_curves(list(HEIGHTS) + own, theta, rho, RIGHT, RAYS)
    for height, curve in zip(HEIGHTS, curves):
        plot.curve(curve, 0, dashed=False, width=1.25)
        # Equal hours make just that value, so each line crosses here.
        plot.label(height, height, str(height), "start", 0, "role", shift=(3, -4))
    if own:
        plot.curve(curves[-1], 1, width=3)
    for role, x, y in ((HOUSE, p + 1, c), (HOST, p, c + 1)):
        plot.line(p, c, x, y, role, dashed=False)
        plot.dots([(x, y)], role, 6)
    plot.dots([(p, c)], 1, 7)
    # Below the marker, where the contour line does not run, unless the axis is there.
    shift = (0, -11) if c < 1.5 else (0, 21)
    plot.label(p + 1, c, signed(added[0], 2), "middle", HOUSE, bold=True, shift=shift)
    plot.label(p, c + 1, signed(added[1], 2), "start", HOST, bold=True, shift=(11, 4.5))
    return plot


def _hours(added):
    most = max(added)
    end = 10
    for step in (5, 2, 1):
        if most <= step:
            end = step
    plot = svg.Plot(
        x=(0, end),
        title=_("What one more hour adds"),
        x_label=_("hours of value"),
        x_ticks=[0, end / 2, end],
        x_decimals=1,
        height=190,
        description=_("The value added by one more hour of the house and one of the host"),
    )
    names = (_("the house"), _("the host"))
    items = [(name, gain, fixed(gain, 2)) for name, gain in zip(names, added)]
    plot.bars(items, role=[HOUSE, HOST])
    return plot


def _in_words(p, c, value, added, rho):
    words = [
        _("{p} from the house and {c} from the host make a party as good as {value} from each.")
    ]
    if rho <= 0 and min(p, c) == 0:
        words.append(_("Nobody can stand in for the side that does nothing."))
    if added[0] - added[1] > 0.005:
        words.append(_("One more hour does more if the house gives it: {more} against {less}."))
    elif added[1] - added[0] > 0.005:
        words.append(_("One more hour does more if the host gives it: {more} against {less}."))
    else:
        words.append(_("One more hour adds {more}, whoever gives it."))
    return " ".join(words).format(
        p=with_unit(fixed(p, 1), "h"),
        c=with_unit(fixed(c, 1), "h"),
        value=_hours_text(value),
        more=_hours_text(max(added)),
        less=_hours_text(min(added)),
    )


def _data(p, c, theta, rho):
    rules = {
        1: _("either can do it (\u03c1 = 1)"),
        0: _("in between (\u03c1 = 0)"),
        -1: _("each needs the other (\u03c1 = \u22121)"),
        -10: _("the weaker side decides (\u03c1 = \u221210)"),
    }
    rows = []
    for rule in [rho] + [rule for rule in RULES if rule != rho]:
        value = service_logic.co_created_value(p, c, theta, rule)
        added = service_logic.one_more_hour(p, c, theta, rule)
        name = rules[rule] if rule in RULES else _("your setting")
        if rule == rho and rule in RULES:
            name = _("your setting: {rule}").format(rule=name)
        rows.append([name, _hours_text(value), _hours_text(added[0]), _hours_text(added[1])])
    return [
        _("rule"),
        _("value"),
        _("one more hour from the house"),
        _("one more hour from the host"),
    ], rows


two_hands = Explorable(
    "two-hands",
    _("Two pairs of hands"),
    [
        Slider("p", _("The house gives"), 0, MOST, PARTIES[0]["house"], step=0.5, unit="h"),
        Slider("c", _("The host gives"), 0, MOST, PARTIES[0]["host"], step=0.5, unit="h"),
        Slider(
            "rho",
            _("Can one side stand in for the other? \u03c1"),
            -10,
            1,
            STAND_IN,
            step=0.1,
            kind="assumption",
            help=_("At 1 either can do it; far below 0 both are needed."),
        ),
        Slider(
            "theta",
            _("Weight of the house's hours \u03b8"),
            0.05,
            0.95,
            HOUSE_WEIGHT,
            step=0.05,
            kind="assumption",
            help=_("At 0.5 an hour of either side weighs the same."),
        ),
    ],
    draw,
    try_this=_("Take \u03c1 from one end to the other and watch the value of the same hours."),
)
