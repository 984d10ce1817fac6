"""A small live module for tests: every kind of control, an impossible setting, a simulation."""

from explorables import Choice, Explorable, Slider, Step, Table, Toggle, View, svg
from explorables.language import _
from explorables.numbers import fixed


def draw(steps, pace, rest, shoes):
    if steps == 7:
        raise ValueError(_("Seven steps lead over the edge."))
    if steps == 8:
        return {}["a fault"]
    plot = svg.Plot(x=(0, 9), y=(0, 40), title=_("Walk"), x_label=_("steps"))
    speed = 2 if pace == "fast" else 1
    plot.curve([(0, 0), (steps, steps * speed + rest)], label=_("way"))
    plot.handle(steps, steps * speed + rest, "steps")
    grip = sum(row["grip"] for row in shoes)
    words = f"{fixed(steps)} steps, pace {pace}, grip {fixed(grip, 1)}"
    if rest:
        words += ", resting"
    return View(plot, words + ".", ([_("steps"), _("way")], [[fixed(steps), fixed(steps * speed)]]))


def refine(steps, pace, rest, shoes):
    for n in range(1, 4):
        view = draw(steps, pace, rest, shoes)
        yield View(view.figures, view.summary + f" Tried {n} times.", view.table)


CONTROLS = [
    Slider("steps", "Steps <of> the way", 1, 9, 3, unit="m", kind="source", source="Field notes"),
    Choice("pace", "Pace", [("slow", "Slow"), ("fast", "Fast & light")], "slow", help="How fast."),
    Toggle("rest", "Rest", kind="assumption"),
    Table(
        "shoes",
        "Shoes",
        [Slider("grip", "Grip", 0, 5, 2, step=0.5), Toggle("wet", "Wet")],
        [{"label": "Left", "grip": 1.5}, {"label": "Right", "wet": True}],
        row_label="Shoe",
    ),
]
STEPS = [
    Step("Far", "See how long the way is.", {"steps": 6}),
    Step("In the wet", "See what holds.", {"shoes.0.wet": True, "rest": True}),
]
walk = Explorable(
    "walk", "A walk", CONTROLS, draw, handles=["steps"], steps=STEPS, try_this="Go further."
)
hike = Explorable("hike", "A hike", CONTROLS, draw, handles=["steps"], refine=refine)
