"""What makes a journey good work: advice on the format journey/1, beyond its structure.

`servicedesign.journey_format` says whether a file is whole; these rules look at what it tells.
Fields that the format does not know yet, such as ``happened`` and ``made_from``, are read
where they are there.
"""

from explorables.language import _
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.persona import PLURALS
from servicedesign.advice.remark import Reader

FORMAT = "journey/1"
ABSTRACT = [
    "awareness", "consideration", "purchase", "onboarding", "loyalty", "quality", "reliability",
    "retention", "advocacy", "experience", "service", "decision", "engagement", "conversion",
    "satisfaction", "tietoisuus", "harkinta", "ostaminen", "osto", "perehdytys", "uskollisuus",
    "laatu", "luotettavuus", "sitoutuminen", "kokemus", "palvelu", "päätös", "tyytyväisyys",
]  # fmt: skip
FIRM = [
    "we", "our", "staff", "system", "the system", "the staff", "send", "sends", "process*",
    "register*", "confirm*", "notify", "notifies", "me", "meidän", "henkilökunta", "järjestelmä",
    "lähetä*", "rekisteröi*", "vahvist*",
]  # fmt: skip
DEPARTMENTS = ["kitchen", "marketing", "it", "hr", "sales", "finance", "back office", "keittiö",
               "markkinointi", "myynti", "talous", "henkilöstö"]  # fmt: skip
WAITING = [
    "wait*", "queue*", "line", "search*", "look for*", "looks for", "travel*", "walk*", "ride*",
    "drive*", "bus", "train", "eat*", "sit*", "stand*", "find*", "rest*", "carry", "carries",
    "odot*", "jono*", "etsi*", "matkust*", "kävel*", "aja*", "bussi*", "juna*", "syö*", "istu*",
    "seis*", "kanta*",
]  # fmt: skip
OUR_DOOR = ["web", "app", "social_media", "print", "email"]
SHOP_TALK = ["web page", "website", "home page", "advert*", "ad", "brochure", "search result*",
             "verkkosivu*", "mainos*", "esite"]  # fmt: skip
PAYING = ["pay*", "receipt*", "survey*", "feedback form*", "bill", "invoice*", "maks*", "kuitti*",
          "kysely*", "lasku*", "palautelomak*"]  # fmt: skip

RULES = [
    (
        "stage_not_step",
        _("This is a chapter heading. What does {person} do then, with hands or mouth?"),
        _("Nobody has ever done a “loyalty”; people ring, wait, ask and go home."),
    ),
    (
        "firm_acts",
        _("That is work behind the step; it belongs in the blueprint. What does {person} notice?"),
        _("A journey is what one person does, not what is done about her."),
    ),
    (
        "fair_weather",
        _(
            "A journey without a low point is an advertisement. Where did she wait, doubt, or "
            "nearly give up?"
        ),
        _("What goes well needs no map."),
    ),
    (
        "rated_plan",
        _("Nobody has felt this yet. Call it a hoped-for mark, and say how you will find out."),
        _("A plan has no feelings; people have, later."),
    ),
    (
        "borrowed_feelings",
        _("You have rated somebody else's feelings. Ask, or draw the curve dashed."),
        _("A feeling that nobody reported is the drawer's own."),
    ),
    (
        "crowd_actual",
        _("Actual means one person on one day. Several people make “current”."),
        _("The average of three days happened on none of them."),
    ),
    (
        "share_of_one",
        _(
            "One visit fails or does not; a share needs many visits. Say failed, or move it to a "
            "current journey."
        ),
        _("A per cent of one visit is a guess about all others."),
    ),
    (
        "no_waiting",
        _("Nothing happens between the steps? Most of a customer's time lies between touchpoints."),
        _("Waiting and walking are where people change their minds."),
    ),
    (
        "door_to_till",
        _(
            "It begins and ends at your door. What set her off, and what did she do with it "
            "afterwards?"
        ),
        _("The reason to come and the use of it are both outside."),
    ),
    (
        "flat_line",
        _(
            "Did every step feel the same? Ask for the best and the worst moment first, then fill "
            "in."
        ),
        _("People remember a day by its strongest moments."),
    ),
    (
        "department_channel",
        _("A department is not a way to meet. Through what: voice, sign, screen, paper?"),
        _("What a guest meets can be seen, heard or held."),
    ),
]


def look(journey, before=None, example=None):
    """Return remarks on a journey; arguments as for `servicedesign.advice.remarks`."""
    reader = Reader(RULES + everywhere.RULES)
    steps = journey.get("touchpoints")
    steps = [one for one in steps if isinstance(one, dict)] if isinstance(steps, list) else []
    if not steps:
        reader.error("missing", "touchpoints", _("Write at least one step."))
    persona = journey.get("persona") if isinstance(journey.get("persona"), dict) else {}
    person = text_of(persona.get("name")) or _("she")
    for at, one in enumerate(steps, 1):
        _step(reader, _named(one, at), one, person, journey)
    _curve(reader, journey, steps)
    _whole(reader, journey, steps, persona)
    named = [(_named(one, at), one) for at, one in enumerate(steps, 1)]
    if journey.get("state") != "actual":
        everywhere.sources(reader, named, text_of(journey.get("title")))
    else:
        # One person's day may well have one source; the other rules hold.
        told = [one for one in named if text_of(one[1].get("source"))]
        distinct = [(where, dict(one, source=text_of(one["source"]) + " " * at))
                    for at, (where, one) in enumerate(told)]  # fmt: skip
        rest = [one for one in named if not text_of(one[1].get("source"))]
        everywhere.sources(reader, distinct + rest, text_of(journey.get("title")))
    answers = journey.get("answers")
    if answers is not None or before is not None:
        everywhere.thread(
            reader, answers if isinstance(answers, list) else [], before, _("priority"), "answers"
        )
    everywhere.starter(reader, journey, example, ["touchpoints.action", "title"])
    return reader.remarks


def _step(reader, where, one, person, journey):
    action = text_of(one.get("action"))
    everywhere.privacy(reader, where, action)
    everywhere.privacy(reader, where, text_of(one.get("quote")))
    everywhere.privacy(reader, where, text_of(one.get("source")))
    everywhere.short(reader, where, action)
    found = words.lower_words(action)
    if 0 < len(found) <= 2 and found[-1] in ABSTRACT:
        reader.advise("stage_not_step", where, person=person)
    actor = text_of(one.get("actor"))
    if words.begins(action, FIRM) and (not actor or actor != person):
        reader.advise("firm_acts", where, person=person)
    elif words.begins(action, FIRM[:6]) or (found and found[0].endswith("mme")):
        # Finnish says "we" by the ending of the verb.
        reader.advise("firm_acts", where, person=person)
    if words.small(text_of(one.get("channel"))).strip() in DEPARTMENTS:
        reader.advise("department_channel", where)
    rating = _number(one.get("rating"))
    if rating is not None and one.get("evidence") == "assumed":
        reader.advise("borrowed_feelings", where)
    if rating is not None and journey.get("state") in ("planned", "future"):
        reader.advise("rated_plan", "touchpoints")
    if one.get("p_fail") is not None and journey.get("state") == "actual":
        reader.advise("share_of_one", where)


def _curve(reader, journey, steps):
    ratings = [_number(one.get("rating")) for one in steps]
    ratings = [one for one in ratings if one is not None]
    if journey.get("state") in ("planned", "future"):
        return
    if len(ratings) >= 5 and min(ratings) >= 0:
        reader.advise("fair_weather", "touchpoints")
    if len(ratings) >= 4 and min(ratings) == max(ratings):
        reader.advise("flat_line", "touchpoints")


def _whole(reader, journey, steps, persona):
    name = words.lower_words(text_of(persona.get("name")))[:1]
    several = isinstance(journey.get("made_from"), int) and journey["made_from"] > 1
    if journey.get("state") == "actual" and (several or (name and name[0] in PLURALS)):
        reader.advise("crowd_actual", "state")
    waits = [
        one
        for one in steps
        if one.get("kind") == "wait" or words.stems_in(text_of(one.get("action")), WAITING)
    ]
    if len(steps) >= 4 and not waits:
        reader.advise("no_waiting", "touchpoints")
    before = [one for one in steps if one.get("phase") == "before"]
    after = [one for one in steps if one.get("phase") == "after"]
    ours = [one for one in before if _at_our_door(one)]
    paid = [one for one in after if words.stems_in(text_of(one.get("action")), PAYING)]
    if (before and len(ours) == len(before)) or (after and len(paid) == len(after)):
        reader.advise("door_to_till", "touchpoints")


def _at_our_door(one):
    action = text_of(one.get("action"))
    if words.stems_in(action, SHOP_TALK):
        return True
    return one.get("channel") in OUR_DOOR and one.get("owner") == "brand"


def _number(value):
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _named(one, at):
    return "step " + text_of(one.get("id")) if text_of(one.get("id")) else "step %d" % at
