"""What makes a job redesign card sound: the rules of the form job_card/1.

Keys: ``id``, ``job``, ``made_with``, ``moment``, ``change``, ``traits`` (from -1 to 1),
``demand_that_rises``, ``demand_that_falls``, ``resources_added``, ``may_decide``, ``hours``,
``costs_eur``, ``measure``, ``reported_by``, ``look_again``, ``weeks``, ``say_no``, ``answers``.
"""

from explorables.language import _
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.remark import Reader

FORMAT = "job_card/1"
TRAITS = ("variety", "identity", "significance", "autonomy", "feedback")
ATTITUDE = [
    "smile", "smiles", "smiling", "positive", "positivity", "motivated", "passion*", "mindset",
    "ownership", "attitude*",
    "enthusias*", "hymy*", "positiivi*", "motivoitu*", "intohim*", "asente*", "asenn*", "innost*",
]  # fmt: skip
# To own a list is a task; to "take ownership" is a mood.
TASKS = ["ownership of"]
PERKS = [
    "party", "parties", "prize*", "employee of the month", "fruit", "fruits", "gift card*",
    "bonus trip", "pizza", "juhla*", "palkin*", "kuukauden työntekijä", "hedelmä", "hedelmiä",
    "hedelmäkori*", "lahjakort*",
]  # fmt: skip
VAGUE = ["", "stress", "none", "nothing", "less stress", "workload", "pressure", "stressi",
         "ei mitään",
         "kuormitus", "kiire", "paine"]  # fmt: skip
BOSSES = ["manager*", "boss*", "owner*", "director*", "management", "ceo", "supervisor*", "esimie*",
          "johtaja*", "johto", "päällik*", "omistaja*", "toimitusjohtaja*"]  # fmt: skip
FIRM_ONLY = ["sales", "nps", "speed", "revenue", "turnover", "profit*", "throughput", "myynti*",
             "liikevaihto*", "nopeus", "tulos"]  # fmt: skip
SINGLE = ["per person", "by person", "each employee", "individual*", "per server", "by name",
          "henkilöittäin", "yksittäi*", "nimellä"]  # fmt: skip
COSTLY = ["reason*", "permission*", "manager*", "explain*", "approv*", "apply", "application",
          "supervisor*", "perustel*", "lupa", "luvan", "esimie*", "selity*", "hakemu*"]  # fmt: skip
FREE = ["without", "no reason", "no permission", "no questions", "needs no", "nobody asks",
        "ilman", "ei tarvitse",
        "ei kysytä", "unasked", "not have to"]  # fmt: skip

RULES = [
    (
        "nothing_falls",
        _(
            "Which task, which minutes, which worry goes? If nothing falls, the new thing comes "
            "on top."
        ),
        _("Resources that are added are eaten up by demands that are."),
    ),
    (
        "asks_for_attitude",
        _("You redesign the person. Change the task, the tool, the rota or the say."),
        _("A feeling that is asked for is one more demand."),
    ),
    (
        "boss_alone",
        _("Has somebody who does the job read this? Let them strike out one line."),
        _("Whoever does the work has the last word about it."),
    ),
    (
        "costly_no",
        _("A no that must be explained is not free. Who takes over, without a question?"),
        _("If saying no costs something, yes means nothing."),
    ),
    (
        "seen_through",
        _("With so few, each can be recognised. Report the whole team, or nothing."),
        _("Answers that can be traced are not given honestly."),
    ),
    (
        "more_to_answer_for",
        _("More to answer for with the same hands. What does she get for it?"),
        _("Freedom without means is a burden."),
    ),
    (
        "wrong_ruler",
        _("That measures the firm. How would she notice by Friday?"),
        _("What is measured for somebody else is paid for by her."),
    ),
    (
        "all_up",
        _("Every redesign takes something. What gets worse, and for whom?"),
        _("A card without a cost has not been read by those who pay it."),
    ),
    (
        "perk",
        _("Nice, and the work is as it was. What is different on Tuesday at noon?"),
        _("A gift is not a change of work."),
    ),
    (
        "no_end",
        _("An experiment has an end. When do you decide together?"),
        _("What has no end is no trial but a decision."),
    ),
]


def look(card, before=None, example=None):
    """Return remarks on a job card; arguments as for `servicedesign.advice.remarks`."""
    reader = Reader(RULES + everywhere.RULES)
    for key in ("job", "change"):
        if not text_of(card.get(key)).strip():
            reader.error("missing", key, _("This is empty; a job card needs it."))
    traits = card.get("traits") if isinstance(card.get("traits"), dict) else {}
    for name in sorted([key for key in traits if isinstance(key, str)]):
        value = traits[name]
        if name not in TRAITS or value not in (-1, 0, 1):
            reader.error(
                "traits",
                "traits",
                _("Write -1, 0 or 1 for: {words}.").format(words=", ".join(TRAITS)),
            )
    for key in ("job", "change", "moment", "demand_that_falls", "say_no", "reported_by"):
        everywhere.privacy(reader, key, text_of(card.get(key)))
    _work(reader, card, traits)
    _people(reader, card)
    answers = card.get("answers")
    everywhere.thread(
        reader, answers if isinstance(answers, list) else [], before,
        _("fail point or recovery rule"), "answers",
    )  # fmt: skip
    everywhere.starter(reader, card, example, ["change", "demand_that_falls", "say_no"])
    return reader.remarks


def _work(reader, card, traits):
    change = text_of(card.get("change"))
    if words.stems_in(words.without(change, TASKS), ATTITUDE):
        reader.advise("asks_for_attitude", "change")
    if words.stems_in(change, PERKS):
        reader.advise("perk", "change")
    if words.small(text_of(card.get("demand_that_falls"))).strip(" .") in VAGUE:
        reader.advise("nothing_falls", "demand_that_falls")
    answers_for = traits.get("autonomy") == 1 or traits.get("significance") == 1
    if answers_for and not card.get("resources_added") and not card.get("hours"):
        reader.advise("more_to_answer_for", "resources_added")
    worse = [name for name in traits if traits[name] == -1]
    if traits and not worse and not text_of(card.get("demand_that_rises")).strip():
        reader.advise("all_up", "demand_that_rises")
    weeks = card.get("weeks")
    again = text_of(card.get("look_again")).strip()
    if not again or (isinstance(weeks, (int, float)) and weeks > 13):
        reader.advise("no_end", "look_again")


def _people(reader, card):
    made = card.get("made_with")
    listed = [text_of(one) for one in made] if isinstance(made, list) else [text_of(made)]
    for joint in (" and ", " ja ", ","):
        listed = [part for one in listed for part in one.split(joint)]
    listed = [one for one in listed if one.strip()]
    if not [one for one in listed if not words.stems_in(one, BOSSES)]:
        reader.advise("boss_alone", "made_with")
    measures = card.get("measure")
    told = [text_of(one) for one in measures] if isinstance(measures, list) else [text_of(measures)]
    told = [one for one in told if one.strip()]
    if told and not [one for one in told if not words.stems_in(one, FIRM_ONLY)]:
        reader.advise("wrong_ruler", "measure")
    size = card.get("group")
    by_person = words.stems_in(text_of(card.get("reported_by")), SINGLE)
    if by_person or (isinstance(size, int) and 0 < size < 5):
        reader.advise("seen_through", "reported_by")
    no = text_of(card.get("say_no"))
    if not no.strip() or (words.stems_in(no, COSTLY) and not words.stems_in(no, FREE)):
        reader.advise("costly_no", "say_no")
