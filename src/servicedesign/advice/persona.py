"""What makes a persona sound: the rules of the form persona/1.

Keys: ``name``, ``situation``, ``goal``, ``items`` (each with ``id``, ``text``, ``kind``,
``evidence``, ``source``), ``quote`` (``text``, ``evidence``, ``source``), ``decision``,
``barriers``, ``excluded``, ``payer``, ``made_from``, ``answers`` and ``others`` (further
personas of the same set).
"""

from explorables.language import _
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.remark import Reader

FORMAT = "persona/1"
# What is, and not what is done.
DEMOGRAPHIC = ("age", "family", "job", "hobby", "taste", "home")

SOLUTIONS = [
    "app", "apps", "bot", "bots", "chatbot*", "website*", "web page*", "qr", "discount*", "portal*",
    "newsletter*", "loyalty card*", "dashboard*", "kiosk*", "sovellu*", "botti*", "verkkosivu*",
    "alennu*", "portaali*", "uutiskirje*", "kanta-asiakas*",
]  # fmt: skip
VERDICTS = [
    "fussy", "lazy", "difficult", "typical*", "the elderly", "picky", "stupid*",
    "ignorant*", "demanding", "nirso*", "laiska*", "hankala*", "tyypilli*", "vanhukset", "vaativa*",
]  # fmt: skip
# Of somebody seen time after time these are a count; of anybody else, a verdict.
EVER = ["always", "never", "aina"]
# A thing is difficult for her; she is not.
FOR_HER = ["difficult to", "it difficult", "hankalaa"]
DEMO_WORDS = [
    "years old", "aged", "married", "single", "divorced", "children", "lives in", "works as",
    "hobby", "hobbies", "loves", "likes", "enjoys", "graduat*", "vuotias", "naimisis*",
    "lapsi*", "lasta", "asuu", "harrast*", "tykkää",
]  # fmt: skip
PLURALS = [
    "students", "parents", "guests", "customers", "users", "people", "families", "seniors",
    "patients", "employees", "staff", "visitors", "tourists", "opiskelijat", "asiakkaat",
    "perheet", "seniorit", "käyttäjät", "potilaat", "kävijät", "vanhemmat",
]  # fmt: skip
PRAISE = [
    "love", "great", "best", "amazing", "perfect", "excellent", "fantastic", "wonderful",
    "recommend*", "awesome", "rakast*", "paras", "mahtav*", "täydelli*", "loistav*", "ihana*",
    "suosittel*",
]  # fmt: skip
MONEY = ["cost*", "budget*", "efficien*", "savings", "productiv*", "kustannu*", "budjet*",
         "tehokkuu*", "säästö*"]  # fmt: skip
# Whoever wants to do without it has not asked for it.
SPARED = ["without *", "without a *", "without an *", "without the *", "ilman *"]
GUARD = ["nothing", "none", "no", "ei", ""]

RULES = [
    (
        "no_decision",
        _(
            "Which choice will the team make differently because of her? If none, you need no "
            "persona."
        ),
        _("A persona that decides nothing is wallpaper."),
    ),
    (
        "need_is_solution",
        _(
            "That is one answer, and it closes the question. What would she get done with it? "
            "Write that, and a paper sign may compete."
        ),
        _("Whoever writes the answer into the need never looks for another one."),
    ),
    (
        "only_demographics",
        _(
            "You say what she is, not what she does. Which of these would change a step? Keep "
            "those, add one thing somebody saw her do."
        ),
        _("Two people of one age and job may need opposite things."),
    ),
    (
        "verdict_word",
        _("A judgement hides an event. What happened, and what did she want just then?"),
        _("“Always” is nobody's day."),
    ),
    (
        "staged_quote",
        _(
            "Nobody talks like a leaflet. Quote a person with her leave, or move this to the "
            "guesses."
        ),
        _("A quotation that nobody said persuades as if somebody had."),
    ),
    (
        "crowd",
        _("Two roles want two things. Make one persona of each, or say whose day this is."),
        _("A crowd has no morning, and so no journey."),
    ),
    (
        "nobody_excluded",
        _(
            "Can everybody use it as it is: without a phone, in one language, at noon, standing? "
            "Make whoever cannot your second persona."
        ),
        _("Who cannot come in is in no data about those who came."),
    ),
    (
        "payer_as_user",
        _("This is what the payer wants. What does the one who stands there want?"),
        _("Whoever pays and whoever uses are served by different things."),
    ),
    (
        "all_sure",
        _("Is nothing a guess? Then note what you still do not know."),
        _("A list without a gap has usually been filled up."),
    ),
    (
        "twins",
        _("They would lead you to the same decisions. Merge them, or find where they part."),
        _("Each persona costs attention; it should pay for it."),
    ),
]


def look(persona, before=None, example=None):
    """Return remarks on a persona; arguments as for `servicedesign.advice.remarks`."""
    reader = Reader(RULES + everywhere.RULES)
    items = [one for one in _list(persona.get("items")) if isinstance(one, dict)]
    _structure(reader, persona, items)
    _who(reader, persona, items)
    _what(reader, persona, items)
    named = [(_item(one, at), one) for at, one in enumerate(items, 1)]
    everywhere.sources(reader, named, text_of(persona.get("name")))
    everywhere.thread(reader, _list(persona.get("answers")), before, _("insight"), "answers")
    everywhere.starter(reader, persona, example, ["goal", "items.text", "decision"])
    return reader.remarks


def _structure(reader, persona, items):
    for key in ("name", "goal"):
        if not text_of(persona.get(key)).strip():
            reader.error("missing", key, _("This is empty; a persona needs it."))
    if not items:
        reader.error("missing", "items", _("Write at least one thing that you know or guess."))
    for at, one in enumerate(items, 1):
        if not text_of(one.get("text")).strip():
            reader.error("missing", _item(one, at), _("This item has no text."))
        if one.get("evidence") not in ("observed", "reported", "assumed", "proposed"):
            reader.error(
                "evidence",
                _item(one, at),
                _("Write one of: observed, reported, assumed, proposed."),
            )
        everywhere.privacy(reader, _item(one, at), text_of(one.get("text")))
        everywhere.privacy(reader, _item(one, at), text_of(one.get("source")))
    everywhere.privacy(reader, "quote", text_of(_part(persona, "quote").get("text")))


def _who(reader, persona, items):
    name = text_of(persona.get("name"))
    first = words.lower_words(name)[:1]
    if first and first[0] in PLURALS:
        reader.advise("crowd", "name")
    elif words.stems_in(name, ["and", "ja", "sekä"]) and words.stems_in(name, PLURALS):
        reader.advise("crowd", "name")
    if words.small(text_of(persona.get("decision"))).strip(" .") in GUARD:
        reader.advise("no_decision", "decision")
    if not _list(persona.get("barriers")) and not text_of(persona.get("excluded")).strip():
        reader.advise("nobody_excluded", "barriers")
    like = [one for one in items if _is_demographic(one)]
    if items and 2 * len(like) >= len(items) and len(items) >= 2:
        reader.advise("only_demographics", "items")
    if len(items) >= 6 and not [one for one in items if one.get("evidence") == "assumed"]:
        reader.advise("all_sure", "items")
    for other in _list(persona.get("others")):
        if isinstance(other, dict) and _alike(persona, items, other):
            reader.advise("twins", text_of(other.get("name")))


def _what(reader, persona, items):
    goal = text_of(persona.get("goal"))
    if words.stems_in(words.without(goal, SPARED), SOLUTIONS):
        reader.advise("need_is_solution", "goal")
    payer = text_of(persona.get("payer")).strip()
    if payer and words.small(payer) not in ("herself", "himself", "self", "itse"):
        if words.stems_in(goal, MONEY):
            reader.advise("payer_as_user", "goal")
    for at, one in enumerate(items, 1):
        text = words.without(text_of(one.get("text")), FOR_HER)
        ever = one.get("evidence") != "observed" and words.stems_in(text, EVER)
        if ever or words.stems_in(text, VERDICTS):
            reader.advise("verdict_word", _item(one, at))
    quote = _part(persona, "quote")
    said = text_of(quote.get("text"))
    if said and (
        quote.get("evidence") not in ("observed", "reported")
        or not text_of(quote.get("source")).strip()
        or len(words.stems_in(said, PRAISE)) >= 2
    ):
        reader.advise("staged_quote", "quote")


def _is_demographic(item):
    if item.get("kind"):
        return item["kind"] in DEMOGRAPHIC
    return bool(words.stems_in(text_of(item.get("text")), DEMO_WORDS))


def _alike(persona, items, other):
    goal, theirs = text_of(persona.get("goal")), text_of(other.get("goal"))
    if goal and words.small(goal).strip(" .") == words.small(theirs).strip(" ."):
        return True
    mine = [words.small(text_of(one.get("text"))) for one in items]
    same = [one for one in _list(other.get("items"))
            if isinstance(one, dict) and words.small(text_of(one.get("text"))) in mine]  # fmt: skip
    return bool(mine) and 10 * len(same) >= 7 * len(mine)


def _item(one, at):
    return "item " + text_of(one.get("id")) if text_of(one.get("id")) else "item %d" % at


def _list(value):
    return value if isinstance(value, list) else []


def _part(holder, key):
    value = holder.get(key)
    return value if isinstance(value, dict) else {}
