"""Live figure of the interlude: how many people show how many of the problems."""

from explorables import Explorable, Slider, Step, View, svg
from explorables.language import _
from explorables.numbers import fixed, percent
from explorables.palette import BAD, PLAIN
from servicedesign import rehearsal
from servicedesign.hillasoppi import DESK_PROBLEMS

MOST = 20  # people on the axis
GROUPS = 100
PATTERN = [float(problem["chance"]) for problem in DESK_PROBLEMS]
UNEQUAL, TEXTBOOK = PLAIN, BAD


def draw(people, mean, unevenness):
    """Show how many of the problems so many people meet, by two formulas and in a hundred groups.

    Parameters
    ----------
    people : int
        From 1 to 20.
    mean : float
        Mean chance, in per cent, that one problem shows to one person.
    unevenness : float
        From 0, all problems alike, to 100, as unlike as those of the diet desk.

    Returns
    -------
    View
        Two curves, and the hundred groups by the number of problems they met.
    """
    people = int(people)
    chances = rehearsal.uneven_chances(PATTERN, mean / 100, unevenness / 100)
    met = rehearsal.groups_drawn(chances, people, GROUPS)
    return View(
        [_curves(chances, people), _groups(chances, people, met)],
        _in_words(chances, people, met),
        _data(chances, people),
    )


def _curves(chances, people):
    plot = svg.Plot(
        x=(0, MOST),
        y=(0, 1.06),
        title=_("Problems that have shown"),
        x_label=_("people who tried it"),
        y_label=_("share of the problems"),
        x_ticks=[0, 5, 10, 15, 20],
        y_ticks=[(step / 4, percent(step / 4)) for step in range(5)],
        height=220,
        share=1.15,
        description=_("Two curves that rise with the number of people, the textbook's above"),
    )
    steps = range(MOST + 1)
    hopeful = [(n, rehearsal.share_by_the_mean(chances, n)) for n in steps]
    honest = [(n, rehearsal.share_of_problems_seen(chances, n)) for n in steps]
    plot.curve(hopeful, TEXTBOOK, dashed=True)
    plot.curve(honest, UNEQUAL, dashed=False)
    # At their ends the two curves lie close; below them there is always room.
    for at, role, text in (
        (0.18, TEXTBOOK, _("dashed: one chance for all")),
        (0.06, UNEQUAL, _("each problem its own")),
    ):
        plot.label(MOST, at, text, "end", role, bold=True)
    plot.line(people, 0, people, 1, 0)
    plot.dots([(people, hopeful[people][1])], TEXTBOOK, 5, shape="ring")
    plot.dots([(people, honest[people][1])], UNEQUAL, 6)
    return plot


def _groups(chances, people, met):
    most = len(chances)
    plot = svg.Plot(
        x=(-0.6, most + 0.6),
        y=(0, GROUPS),
        title=_("A hundred groups of {n}").format(n=people),
        x_label=_("problems, of {n}, that showed to a group").format(n=most),
        y_label=_("groups"),
        x_ticks=list(range(most + 1)),
        y_ticks=[0, 25, 50, 75, 100],
        height=220,
        description=_("Bars: in how many groups so many problems showed"),
    )
    for count in range(most + 1):
        tall = met.count(count)
        if tall:
            plot.area([(count - 0.38, 0, tall), (count + 0.38, 0, tall)], UNEQUAL)
            plot.label(count, tall, str(tall), "middle", UNEQUAL, bold=True, shift=(0, -5))
    hoped = most * rehearsal.share_by_the_mean(chances, people)
    plot.line(hoped, 0, hoped, GROUPS - 9, TEXTBOOK)
    plot.label(
        most + 0.5, GROUPS - 5, _("the textbook expects {n}").format(n=fixed(hoped, 1)), "end",
        TEXTBOOK,
    )  # fmt: skip
    return plot


def _in_words(chances, people, met):
    hopeful = rehearsal.share_by_the_mean(chances, people)
    honest = rehearsal.share_of_problems_seen(chances, people)
    words = _(
        "With {n} people {share} of the problems are to be expected, and by the textbook {hope}. "
        "Of a hundred invented groups, the least lucky met {low} of {all} problems and the "
        "luckiest {high}; {whole} met all of them."
    )
    return words.format(
        n=people,
        share=percent(honest, 1),
        hope=percent(hopeful, 1),
        low=min(met),
        high=max(met),
        all=len(chances),
        whole=met.count(len(chances)),
    )


def _data(chances, people):
    rows = []
    for problem, chance in zip(DESK_PROBLEMS, chances):
        seen = rehearsal.share_of_problems_seen([chance], people)
        rows.append([_(str(problem["label"])), percent(chance), percent(seen)])
    return [
        _("what goes wrong"),
        _("shows to one person"),
        _("shows to at least one of {n}").format(n=people),
    ], rows


how_many_people = Explorable(
    "how-many-people",
    _("How many people show how many of the problems?"),
    [
        Slider("people", _("People who try it"), 1, MOST, 5, unit=_("people")),
        Slider(
            "mean", _("Mean chance that a problem shows to one person"), 5, 80, 31, unit="%",
            kind="assumption",
        ),
        Slider(
            "unevenness", _("How unlike the problems are"), 0, 100, 100, step=5, unit="%",
            kind="assumption",
            help=_("0 is the textbook: every problem is as easy to meet as any other."),
        ),
    ],
    draw,
    steps=[
        Step(_("All alike"), _("What becomes of the two curves?"), {"unevenness": 0}),
        Step(
            _("Eight people"), _("Has the lower curve reached three quarters?"), {"people": 8},
        ),
        Step(
            _("Twenty people"),
            _("Even now, which problem is most likely to be hidden? The data below say."),
            {"people": 20},
        ),
    ],
    try_this=_("Set how unlike the problems are to 0, and then back to 100."),
)  # fmt: skip
