"""Live figures of chapter 4: spend ten thousand."""

from explorables import Choice, Explorable, Slider, Step, Table, Toggle, View, svg
from explorables.language import _
from explorables.numbers import fixed, percent, signed, thousands, with_unit
from explorables.palette import BAD, GOOD, PLAIN
from servicedesign import priorities
from servicedesign.guest_groups import (
    ATTRIBUTES,
    COSTS,
    FEATURE_OF,
    FEATURES,
    GROUPS,
    LABEL_STEPS,
)

EURO = "\u20ac"
MOST = 20000  # EUR, the end of the budget
DIETS = "special_diets"
# Roles of explorables.svg, so that quadrants differ in shape and not in colour alone.
QUADRANT_ROLES = {"concentrate": BAD, "keep_up": PLAIN, "low_priority": 5, "overkill": 4}
KANO_ROLES = {"M": BAD, "O": PLAIN, "A": GOOD, "I": 5, "R": 4, "Q": 6}


def draw(group, crosshair, weigh, budget, duty, costs):
    """Place eight attributes and six features, and spend a budget.

    Parameters
    ----------
    group : str
        A key of `servicedesign.guest_groups.GROUPS`.
    crosshair : str
        One of `servicedesign.priorities.CROSSHAIRS`.
    weigh : str
        "stated", "derived" or "worse": what a point of performance is worth.
    budget : float
        EUR, at least 0.
    duty : bool
        Whether labels on every dish are paid before anything else.
    costs : list of dict
        "cost" in EUR for a tenth of a point, in the order of the attributes.

    Returns
    -------
    View
        The grid, Kano's plane and the spending.
    """
    answers = GROUPS[group]
    short, said = _short(), _quadrant_names()
    features, plane = _kano(group, short)
    items = _items(answers, features, weigh, duty, costs)
    labels = LABEL_STEPS * costs[ATTRIBUTES.index(DIETS)]["cost"] if duty else 0
    if labels > budget:
        raise ValueError(
            _(
                "Labels on every dish cost {labels} and there are {budget}: "
                "raise the budget, or let the duty go and say who answers for it."
            ).format(labels=_euros(labels), budget=_euros(budget))
        )
    quadrants = priorities.ipa(items, crosshair)
    middle = priorities.crosshair(items, crosshair)
    plan = priorities.greedy_budget(items, budget)
    return View(
        [
            _grid(items, quadrants, middle, plan, short, said),
            svg.Stack([plane, _spending(items, plan, budget, short)], 1),
        ],
        _in_words(group, answers, items, quadrants, plan, short),
        _data(items, quadrants, plan, short, said),
    )


# Kano's plane is the same at every budget, so each group's is drawn once a language.
_KANO: dict = {}


def _kano(group, short):
    key = (group, short["app_ordering"])
    if key not in _KANO:
        features = _features(GROUPS[group])
        _KANO[key] = (features, _plane(features, short))
    return _KANO[key]


def _features(answers):
    """Return each feature with its verdict and its two coefficients."""
    found = []
    for name, numbers in zip(FEATURES, answers["kano"]):
        counts = dict(zip(priorities.KANO_CATEGORIES, numbers))
        better, worse = priorities.kano_coefficients(counts)
        verdict = priorities.kano_verdict(counts)[0]
        found.append({"name": name, "better": better, "worse": worse, "verdict": verdict})
    return found


def _items(answers, features, weigh, duty, costs):
    guests = answers["guests"]
    worse = {feature["name"]: feature["worse"] for feature in features}
    items = []
    for place, name in enumerate(ATTRIBUTES):
        importance = answers["importance"][place] / guests
        weight = importance
        if weigh == "derived":
            weight = answers["goes_along"][place]
        elif weigh == "worse":
            weight = -worse[FEATURE_OF[name]] if name in FEATURE_OF else 0.0
        items.append(
            {
                "name": name,
                "importance": importance,
                "performance": answers["performance"][place] / guests,
                "goes_along": answers["goes_along"][place],
                "weight": weight,
                "cost": costs[place]["cost"],
                "required": LABEL_STEPS if duty and name == DIETS else 0,
            }
        )
    return items


def _euros(amount):
    return with_unit(thousands(amount), EURO)


def _short():
    return {
        "speed": _("speed"),
        "friendliness": _("friendliness"),
        "special_diets": _("diets"),
        "taste": _("taste"),
        "price_fairness": _("fair price"),
        "ambience": _("ambience"),
        "opening_hours": _("hours"),
        "dessert_extra": _("dessert"),
        "allergen_label": _("allergen label"),
        "quick_lane": _("quick lane"),
        "coffee_biscuit": _("biscuit"),
        "live_music": _("live music"),
        "loud_screens": _("loud screens"),
        "app_ordering": _("app"),
    }


def _quadrant_names():
    return {
        "concentrate": _("concentrate"),
        "keep_up": _("keep up"),
        "low_priority": _("low priority"),
        "overkill": _("overkill?"),
    }


def _grid(items, quadrants, middle, plan, short, said):
    low, high, bottom, top = 2.6, 7.35, 2.6, 7.0
    plot = svg.Plot(
        x=(low, high),
        y=(bottom, top),
        title=_("What matters, how well it is done"),
        y_label=_("importance, 1 to 7"),
        x_label=_("performance, 1 to 7"),
        x_ticks=[3, 4, 5, 6, 7],
        y_ticks=[3, 4, 5, 6, 7],
        height=400,
        share=1.3,
        frame=False,
        description=_("Eight attributes by importance and performance, and where money moves them"),
    )
    plot.area([(low, middle[0], top), (middle[1], middle[0], top)], 2)
    plot.line(middle[1], bottom, middle[1], top, dashed=False)
    plot.line(low, middle[0], high, middle[0], dashed=False)
    for name, x, y, anchor, down in (
        ("concentrate", low, top, "start", 14),
        ("keep_up", high, top, "end", 14),
        ("low_priority", low, bottom, "start", -6),
        ("overkill", high, bottom, "end", -6),
    ):
        right = 5 if anchor == "start" else -5
        plot.label(x, y, said[name], anchor, style="soft", bold=True, shift=(right, down))
    for item in items:
        role = QUADRANT_ROLES[quadrants[item["name"]]]
        x, y = item["performance"], item["importance"]
        after = plan["performance"][item["name"]]
        if plan["steps"][item["name"]]:
            plot.line(x, y, after, y, role, dashed=False)
            plot.dots([(after, y)], role, radius=4.5, shape="ring")
        plot.dots([(x, y)], role, radius=5)
    for item in items:
        role = QUADRANT_ROLES[quadrants[item["name"]]]
        side = "end" if plan["steps"][item["name"]] else "start"
        plot.label(item["performance"], item["importance"], short[item["name"]], side, role)
    return plot


def _plane(features, short):
    plot = svg.Plot(
        x=(0, 1.02),
        y=(0, 1.02),
        title=_("There or missing (Kano)"),
        y_label=_("pleases when there"),
        x_label=_("displeases when missing"),
        x_ticks=[(0, percent(0)), (0.5, percent(0.5)), (1, percent(1))],
        y_ticks=[(0, percent(0)), (0.5, percent(0.5)), (1, percent(1))],
        height=210,
        description=_("Six features by how far each pleases and how far its absence displeases"),
    )
    plot.line(0.5, 0, 0.5, 1.02)
    plot.line(0, 0.5, 1.02, 0.5)
    for x, y, anchor, down, words in (
        (0, 1.02, "start", 12, _("attractive")),
        (1.02, 1.02, "end", 12, _("one-dimensional")),
        (1.02, 0, "end", -7, _("must-be")),
    ):
        plot.label(x, y, words, anchor, style="soft", shift=(5 if x < 1 else -2, down))
    for feature in features:
        role = KANO_ROLES[feature["verdict"]]
        plot.dots([(0.0 - feature["worse"], feature["better"])], role, radius=5)
    for feature in features:
        said = short[feature["name"]] + " (" + feature["verdict"] + ")"
        role = KANO_ROLES[feature["verdict"]]
        x = 0.0 - feature["worse"]
        plot.label(x, feature["better"], said, "start" if x < 0.4 else "end", role)
    return plot


def _spending(items, plan, budget, short):
    plot = svg.Plot(
        x=(0, MOST),
        title=_("Where the money goes"),
        x_ticks=[],
        height=160,
        frame=False,
        description=_("Euros spent on each attribute, with the points of performance they buy"),
    )
    bars = [(_("budget"), budget, _euros(budget))]
    roles = [0]
    for item in items:
        steps = plan["steps"][item["name"]]
        euros = steps * item["cost"]
        said = "\u2013"
        if steps:
            said = _("{euros}, {points}").format(
                euros=_euros(euros), points=signed(steps / priorities.STEPS_PER_POINT, 1)
            )
        bars.append((short[item["name"]], euros if steps else None, said))
        roles.append(GOOD if item["required"] else PLAIN)
    plot.bars(bars, role=roles)
    plot.handle(budget, 0, "budget")
    return plot


def _in_words(group, answers, items, quadrants, plan, short):
    first = [short[item["name"]] for item in items if quadrants[item["name"]] == "concentrate"]
    words = [
        _("{group}, {n} guests: concentrate on {names}.").format(
            group=_group_names()[group],
            n=answers["guests"],
            names=_(" and ").join(first) or _("nothing"),
        )
    ]
    bought = [item for item in items if plan["steps"][item["name"]]]
    bought.sort(key=lambda item: (-plan["steps"][item["name"]] * item["cost"], item["name"]))
    parts = [
        short[item["name"]] + " " + _euros(plan["steps"][item["name"]] * item["cost"])
        for item in bought
    ]
    words.append(
        _("The rule spends: {parts}; {left} are left.").format(
            parts=", ".join(parts) or _("nothing"), left=_euros(plan["left"])
        )
    )
    along = answers["goes_along"][ATTRIBUTES.index(DIETS)]
    low, high = priorities.pearson_interval(along, answers["guests"])
    words.append(
        _("Diets go along with satisfaction by r = {r} (95% interval {low} to {high}).").format(
            r=fixed(along, 2), low=fixed(low, 2), high=fixed(high, 2)
        )
    )
    return " ".join(words)


def _data(items, quadrants, plan, short, said):
    headers = [
        _("attribute"),
        _("importance"),
        _("performance"),
        _("quadrant"),
        _("goes along, r"),
        _("spent"),
        _("performance after"),
    ]
    rows = []
    for item in items:
        name = item["name"]
        rows.append(
            [
                short[name],
                fixed(item["importance"], 2),
                fixed(item["performance"], 2),
                said[quadrants[name]],
                fixed(item["goes_along"], 2),
                _euros(plan["steps"][name] * item["cost"]),
                fixed(plan["performance"][name], 2),
            ]
        )
    return headers, rows


def _group_names():
    return {
        "everybody": _("Everybody"),
        "with_diet": _("With a special diet"),
        "without_diet": _("Without a special diet"),
        "office": _("Office"),
        "trades": _("Trades"),
        "student": _("Students"),
        "senior": _("Seniors"),
        "parent": _("Parents"),
    }


ORDER = (
    "everybody",
    "with_diet",
    "without_diet",
    "office",
    "trades",
    "student",
    "senior",
    "parent",
)

spend_ten_thousand = Explorable(
    "spend-ten-thousand",
    _("Spend ten thousand"),
    [
        Slider("budget", _("Budget"), 0, MOST, 10000, step=100, unit=EURO),
        Toggle("duty", _("Labels on every dish first")),
        Table(
            "costs",
            _("What a tenth of a point costs"),
            [Slider("cost", _("Cost"), 20, 600, 200, step=10, unit=EURO)],
            [{"label": _short()[name], "cost": COSTS[name]} for name in ATTRIBUTES],
            kind="assumption",
            row_label=_("Attribute"),
        ),
        Choice(
            "group",
            _("Whose answers"),
            [(name, _group_names()[name]) for name in ORDER],
            "everybody",
            help=_("Invented guests of Hillasoppi."),
        ),
        Choice(
            "crosshair",
            _("The lines cross at"),
            [
                ("mean", _("the means")),
                ("midpoint", _("the midpoint of the scale")),
                ("median", _("the medians")),
            ],
            "mean",
        ),
        Choice(
            "weigh",
            _("A point of performance is worth"),
            [
                ("stated", _("what guests say: importance")),
                ("derived", _("what goes along with satisfaction: r")),
                ("worse", _("what its absence displeases: Kano")),
            ],
            "stated",
            kind="assumption",
            help=_("Kano: only four of the eight have a feature that was asked about."),
        ),
    ],
    draw,
    handles=["budget"],
    first=["budget", "group", "crosshair", "weigh"],
    steps=[
        Step(
            _("What goes along"),
            _("As Mikael would weigh it: what do the diets get?"),
            {"weigh": "derived"},
        ),
        Step(
            _("Only guests with a diet"),
            _("The same rule for other guests: look at the diets again."),
            {"weigh": "derived", "group": "with_diet"},
        ),
        Step(
            _("Lines at the midpoint"),
            _("Which points change shape and colour, and which change place?"),
            {"crosshair": "midpoint"},
            watch=_("What matters, how well it is done"),
        ),
        Step(
            _("Labels as a duty"),
            _("Pull the budget down until the figure refuses."),
            {"duty": True},
        ),
    ],
    watch=_("Where the money goes"),
    try_this=_("Change what a point is worth, and watch what happens to the diets."),
)
