"""What makes a blueprint good work: advice on the format blueprint/1, beyond its structure.

`servicedesign.blueprint_format` says whether a file is whole; these rules look at what it
tells.  Fields that the format does not know yet, such as ``when`` and ``made_with``, are
read where they are there.
"""

from explorables.language import _
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.remark import Reader

FORMAT = "blueprint/1"
PLACES = [
    "kitchen", "it", "office", "back office", "reception", "warehouse", "counter", "system",
    "marketing", "sales", "hr", "desk", "store", "depot", "keittiö", "toimisto", "vastaanotto",
    "varasto", "järjestelmä", "tiski", "myynti", "markkinointi",
]  # fmt: skip
EVERYBODY = ["everybody", "everyone", "team", "the team", "we", "all", "staff", "us", "all staff",
             "the staff", "whole team", "kaikki", "tiimi", "me", "henkilökunta",
             "koko tiimi"]  # fmt: skip
EXHORT = [
    "careful*", "be more", "remind", "reminded", "reminding", "motivate*", "pay attention",
    "attention",
    "communicate better", "better communication", "try harder", "remember to", "be aware",
    "train staff", "train the staff", "more training", "varovai*", "huolelli*", "muistuta",
    "muistutetaan",
    "muistuttami*",
    "motivoi*", "tarkkaavai*", "viesti paremmin", "parempi viestintä", "muistetaan",
]  # fmt: skip
FOG = ["trust", "service", "quality", "atmosphere", "experience", "friendliness", "safety",
       "luottamus", "palvelu", "laatu", "tunnelma", "ilmapiiri", "ystävällisyys"]  # fmt: skip

RULES = [
    (
        "be_careful",
        _(
            "That asks people to be different at noon. What could be changed so that the slip "
            "cannot happen, or shows at once?"
        ),
        _("People are careful already; at noon they have no hands left for it."),
    ),
    (
        "nobody_owns",
        _("What everybody owns, nobody mends. One role, please; a shift has a name, too."),
        _("Somebody has to be asked on Monday whether it was done."),
    ),
    (
        "no_fail_points",
        _(
            "Nothing can go wrong? Look at hand-offs that cross a line and at waits: write the "
            "three that staff name first."
        ),
        _("Those who do the work know by heart where it breaks."),
    ),
    (
        "low_step_unexplained",
        _("{step} was rated {r}, and nothing below explains it. What is going on behind it then?"),
        _("A blueprint is drawn to explain what the journey found."),
    ),
    (
        "written_alone",
        _("Drawn from the office. Sit down with {owner} for twenty minutes before you believe it."),
        _("The plan knows what should happen; who does it knows what does."),
    ),
    (
        "jumped_curtain",
        _("The guest cannot reach behind the curtain. Whom or what does she meet first?"),
        _("What crosses two lines at once has skipped somebody's work."),
    ),
    (
        "late_kitchen",
        _("{n} minutes of work in {m} minutes of visit: is it done before, or does she wait?"),
        _("Work ahead and work on the spot need different hands."),
    ),
    (
        "all_vertical",
        _("Work seldom stays in its column. What is prepared before, and who hears afterwards?"),
        _("Most of what fails was prepared, or not, in an earlier column."),
    ),
    (
        "box_is_place",
        _("A room does nothing. Who does what there, for this guest?"),
        _("A box with a verb can be timed, and asked about."),
    ),
    (
        "intangible_evidence",
        _("Evidence can be touched, read, heard or smelt. What does she hold?"),
        _("Trust is what evidence makes, and not what it is."),
    ),
]


def look(blueprint, before=None, example=None):
    """Return remarks on a blueprint; arguments as for `servicedesign.advice.remarks`.

    Ratings of the journey's steps may stand under ``x_ratings``, by the id of the step.
    """
    reader = Reader(RULES + everywhere.RULES)
    items = _dicts(blueprint.get("items"))
    points, plans = _dicts(blueprint.get("failure_points")), _dicts(blueprint.get("plans"))
    if not items:
        reader.error("missing", "items", _("Write at least one item."))
    for at, one in enumerate(items, 1):
        _item(reader, _named("item", one, at), one)
    for kind, rows in (("fail point", points), ("plan", plans)):
        for at, one in enumerate(rows, 1):
            where = _named(kind, one, at)
            everywhere.privacy(reader, where, text_of(one.get("label")))
            if _nobody(one):
                reader.advise("nobody_owns", where)
            if kind == "plan" and words.stems_in(text_of(one.get("label")), EXHORT):
                reader.advise("be_careful", where)
    if not points:
        reader.advise("no_fail_points", "failure_points")
    _handoffs(reader, blueprint, items)
    _minutes(reader, items)
    _alone(reader, blueprint, items)
    _low_step(reader, blueprint, items, points)
    named = [(_named("item", one, at), one) for at, one in enumerate(items, 1)]
    everywhere.sources(reader, named, text_of(blueprint.get("title")))
    if before is not None:
        steps = [one.get("id") for one in items if one.get("layer") == "customer"]
        everywhere.thread(reader, steps, before, _("step of the journey"), "items")
    everywhere.starter(reader, blueprint, example, ["items.label", "plans.label"])
    return reader.remarks


def _item(reader, where, one):
    label, layer = text_of(one.get("label")), one.get("layer")
    everywhere.privacy(reader, where, label)
    everywhere.privacy(reader, where, text_of(one.get("source")))
    everywhere.short(reader, where, label)
    plain = words.small(label).strip(" .")
    if layer in ("frontstage", "backstage") and plain in PLACES:
        reader.advise("box_is_place", where)
    if layer == "evidence" and plain in FOG:
        reader.advise("intangible_evidence", where)
    if _nobody(one):
        reader.advise("nobody_owns", where)


def _handoffs(reader, blueprint, items):
    by_id = dict([(one.get("id"), one) for one in items])
    pairs = blueprint.get("handoffs") if isinstance(blueprint.get("handoffs"), list) else []
    across, known = 0, 0
    for at, pair in enumerate(pairs, 1):
        if not isinstance(pair, list) or len(pair) < 2:
            continue
        ends = [by_id[name] for name in pair[:2] if isinstance(name, str) and name in by_id]
        if len(ends) != 2:
            continue
        known += 1
        across += ends[0].get("stage") != ends[1].get("stage")
        layers = [one.get("layer") for one in ends]
        if "customer" in layers and ("backstage" in layers or "support" in layers):
            reader.advise("jumped_curtain", "hand-off %d" % at)
    stages = set([one.get("stage") for one in items])
    if known >= 4 and len(stages) >= 3 and not across:
        reader.advise("all_vertical", "handoffs")


def _minutes(reader, items):
    behind: dict = {}
    visit: dict = {}
    for one in items:
        minutes = one.get("minutes")
        if not isinstance(minutes, (int, float)) or one.get("when") == "ahead":
            continue
        part = one.get("layer")
        if part == "backstage":
            behind[one.get("stage")] = behind.get(one.get("stage"), 0) + minutes
        elif part == "customer":
            visit[one.get("stage")] = visit.get(one.get("stage"), 0) + minutes
    for stage in sorted([name for name in behind if isinstance(name, str)]):
        if visit.get(stage) and behind[stage] > visit[stage]:
            reader.advise(
                "late_kitchen", "stage " + stage, n=_plain(behind[stage]), m=_plain(visit[stage])
            )


def _alone(reader, blueprint, items):
    if blueprint.get("state") not in ("current", "actual") or blueprint.get("made_with"):
        return
    work = [one for one in items if one.get("layer") in ("frontstage", "backstage", "support")]
    owners = [text_of(one.get("owner")) for one in work if text_of(one.get("owner"))]
    told = " ".join([text_of(one.get("source")) for one in items])
    told += " " + text_of(blueprint.get("note"))
    seen = [one for one in work if one.get("evidence") == "observed"]
    if owners and not seen and not [name for name in owners if name in told]:
        reader.advise("written_alone", "items", owner=owners[0])


def _low_step(reader, blueprint, items, points):
    ratings = blueprint.get("x_ratings")
    if not isinstance(ratings, dict) or not ratings:
        return
    worst = sorted([(rating, step) for step, rating in ratings.items()])[0]
    if worst[0] >= 0:
        return
    mine = [one for one in items if one.get("id") == worst[1]]
    stage = mine[0].get("stage") if mine else None
    below = [one for one in items if one.get("stage") == stage and one.get("layer") != "customer"]
    ids = [one.get("id") for one in items if one.get("stage") == stage]
    failing = [one for one in points if one.get("item") in ids]
    waiting = [one for one in items if one.get("stage") == stage and one.get("wait")]
    if not below and not failing and not waiting:
        reader.advise("low_step_unexplained", "step " + str(worst[1]), step=worst[1], r=worst[0])


def _nobody(one):
    return words.small(text_of(one.get("owner"))).strip(" .") in EVERYBODY


def _dicts(value):
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _named(kind, one, at):
    return kind + " " + (text_of(one.get("id")) or str(at))


def _plain(value):
    return str(int(value)) if value == int(value) else str(value)
