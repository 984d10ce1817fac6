"""Live figures of chapter 1: two pairs of hands."""

from explorables import Explorable, Slider, Step, View, svg
from explorables.language import _
from explorables.numbers import fixed, signed, with_unit
from explorables.palette import GUEST, HOUSE
from servicedesign import service_logic
from servicedesign.hillasoppi import HOUSE_WEIGHT, PARTIES, STAND_IN

MOST = 10  # h, the end of both sliders
# Beyond that, in h, there is room for one more hour and for its label.
SIDE = 12.0  # of the map, both ways
HEIGHTS = (2, 4, 6, 8)  # h, the values that have a contour line
RAYS = 81  # directions: enough for a bend without corners
RULES = (1, 0, -1, -10)


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
        [_map(p, c, value, theta, rho), Added(value, added)],
        _in_words(p, c, value, added, rho),
        _data(p, c, theta, rho),
    )


def _hours_text(x):
    return with_unit(fixed(x, 2), "h")


def _map(p, c, value, theta, rho):
    plot = svg.Plot(
        x=(0, SIDE),
        y=(0, SIDE),
        square=True,
        title=_("The map of value"),
        x_label=_("hours from the house"),
        y_label=_("hours from the host"),
        x_ticks=list(range(0, MOST + 1, 2)),
        y_ticks=list(range(0, MOST + 1, 2)),
        share=1.5,
        description=_("Contour lines of equal value, with the party and one more hour of each"),
    )
    own = [value] if value > 0 else []
    curves = service_logic.iso_value_curves(list(HEIGHTS) + own, theta, rho, SIDE, RAYS)
    for height, curve in zip(HEIGHTS, curves):
        plot.curve(curve, 0, dashed=False, width=1.25)
        # Equal hours make just that value, so each line crosses here.
        plot.label(height, height, str(height), "start", 0, "role", shift=(3, -4))
    if own:
        plot.curve(curves[-1], 1, width=3)
    for name, house, host in _known():
        if (house, host) != (p, c):
            plot.dots([(house, host)], 0, 4, shape="ring")
            plot.label(house, host, name, "start" if house < SIDE / 2 else "end", 0)
    for role, x, y in ((HOUSE, p + 1, c), (GUEST, p, c + 1)):
        plot.line(p, c, x, y, role, dashed=False)
        plot.dots([(x, y)], role, 6)
    plot.dots([(p, c)], 1, 7)
    plot.handle(p, c, "p", "c")
    return plot


def _known():
    """Return the parties of the chapter, as (name, hours of the house, hours of the host)."""
    return [(_(str(each["name"])), each["house"], each["host"]) for each in PARTIES]


class Added:
    """What this party is worth and what one more hour adds, as numbers by their marks."""

    share = 1

    def __init__(self, value, added):
        self.value, self.added = value, added

    def render(self, width: int) -> str:
        """Return the numbers as an SVG element of ``width`` px."""
        parts = [svg.text(0, 15, _("In hours of value"), size=svg.TITLE, bold=True)]
        y = 52.0
        for role, name, said in (
            (1, _("this party"), fixed(self.value, 2)),
            (HOUSE, _("one more hour of the house"), signed(self.added[0], 2)),
            (GUEST, _("one more hour of the host"), signed(self.added[1], 2)),
        ):
            parts.append(svg.marker(8, y - 5, role, 6))
            parts.append(svg.text(24, y, name))
            parts.append(svg.text(24, y + 26, said, "start", role, 22, "role", True))
            y += 68
        label = _("The value of this party and what one more hour of each side adds")
        return svg.figure(width, y - 30, label, parts)


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
    handles=["p", "c"],
    steps=[
        Step(
            _("The roofers"),
            _("Six hours from the house, two from the host. Where do the lines bend?"),
            {"p": 6, "c": 2},
            watch=_("The map of value"),
        ),
        Step(
            _("Either can do it"),
            _("Now the lines are straight. What is the same party worth?"),
            {"p": 6, "c": 2, "rho": 1},
        ),
        Step(
            _("Both are needed"),
            _("Compare the value with before, and what an hour of each side adds."),
            {"p": 6, "c": 2, "rho": -10},
        ),
        Step(
            _("The choir"),
            _("Four hours from each side: does the rule still matter?"),
            {"p": 4, "c": 4, "rho": -10},
        ),
    ],
    watch=_("In hours of value"),
    try_this=_("Take \u03c1 from one end to the other and watch the value of the same hours."),
)
