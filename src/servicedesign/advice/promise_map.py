"""What makes a promise map sound: the rules of the form promise_map/1.

Keys: ``for``, ``job`` (the job sentence), ``profile`` (each with ``id``, ``name``, ``kind``
job, pain or gain, ``sort`` functional, emotional or social, ``importance`` 1 to 5),
``alternatives``, ``promise`` (one sentence), ``test`` (``counts``, ``who``, ``period``,
``threshold``), ``not_promised``, ``parts`` (each with ``feature``, ``addresses``, ``hands``),
``service`` and ``answers``.
"""

from explorables.language import _
from servicedesign.advice import everywhere, words
from servicedesign.advice.everywhere import text_of
from servicedesign.advice.remark import Reader

FORMAT = "promise_map/1"
PUFF = [
    "quality", "best", "excellent*", "excellence", "tailored", "easy", "easily", "world-class",
    "innovative", "premium", "seamless*", "great", "unforgettable", "customer-centric*",
    "first-class",
    "laadukas", "laatu*", "paras", "parha*", "erinomai*", "räätälöi*", "helppo*", "helposti",
    "huippu*", "saumat*", "unohtumat*", "asiakaslähtöi*",
]  # fmt: skip
SENSES = [
    "label*", "sign*", "name", "names", "answer*", "minute*", "hour*", "day*", "week*", "warm",
    "seat*", "ring*", "call*", "write*", "written", "say*", "tell*", "show*", "list*", "bring*",
    "merkin*", "merkit*", "kyltti*", "nimi*", "vasta*", "minuut*", "tunti*", "tunnin", "päivä*",
    "viikko*", "lämmin", "soit*", "kirjo*", "kerro*", "näyt*",
]  # fmt: skip
USING = ["use*", "using", "buy*", "visit*", "order*", "shop*", "subscribe*", "käyt*", "osta*",
         "tila*", "vierai*", "asioi*"]  # fmt: skip
NEGATIONS = ["no", "not", "without", "never", "less", "avoid*", "ei", "ilman", "vähemmän", "vältt*"]
NO_RIVAL = ["", "none", "nothing", "no", "no one", "nobody", "-", "ei ole", "ei", "ei mitään"]
OTHERS = ("partner", "others", "social", "customer", "supplier")

RULES = [
    (
        "slogan",
        _(
            "Nobody can break this, so nobody can see it kept. Finish: it is broken in any week "
            "in which …"
        ),
        _("What can be broken can be kept, and shown."),
    ),
    (
        "half_test",
        _("A test needs four words: what, how many, how often, who looks. You have {n}."),
        _("With one of the four missing, everybody tests something else."),
    ),
    (
        "job_is_us",
        _("Nobody wakes up wanting to use you. What is done when you have helped?"),
        _("The job was there before the service, and others do it too."),
    ),
    (
        "no_rival",
        _("There is always one: last year's way, a friend, doing without."),
        _("A promise is weighed against what people do today."),
    ),
    (
        "nothing_given_up",
        _(
            "{item} stays open. On purpose? Then say so: that is strategy. By accident? Then "
            "mend it."
        ),
        _("A promise shows its edges by what it does not promise."),
    ),
    (
        "foreign_hands",
        _(
            "You promise what you do not control. Agree on it first, or promise what you do when "
            "it fails."
        ),
        _("A guest does not ask whose hands it was."),
    ),
    (
        "all_matter",
        _("If everything matters most, the map cannot choose. Ask which they would give up first."),
        _("A mark that everybody gives tells nothing apart."),
    ),
    (
        "does_everything",
        _("A part that cures all is a slogan with a hook. Split it into what one could see."),
        _("One thing that does everything cannot be tested for anything."),
    ),
    (
        "counted_twice",
        _("One wish, written twice, counts twice. Keep the wording you heard."),
        _("A pain and its opposite are one thing."),
    ),
    (
        "only_functional",
        _("Nobody is only on time. What does she fear, and who sees her there?"),
        _("People leave services in which they felt small, however quick these were."),
    ),
]


def look(sheet, before=None, example=None):
    """Return remarks on a promise map; arguments as for `servicedesign.advice.remarks`."""
    reader = Reader(RULES + everywhere.RULES)
    profile = _dicts(sheet.get("profile"))
    parts = _dicts(sheet.get("parts"))
    _structure(reader, sheet, profile, parts)
    _promise(reader, sheet)
    _profile(reader, profile)
    _parts(reader, sheet, profile, parts)
    named = [(text_of(one.get("name")), one) for one in profile if one.get("evidence")]
    everywhere.sources(reader, named, text_of(sheet.get("title")))
    answers = sheet.get("answers")
    everywhere.thread(
        reader, answers if isinstance(answers, list) else [], before,
        _("persona or insight"), "answers",
    )  # fmt: skip
    everywhere.starter(reader, sheet, example, ["promise", "job", "profile.name", "parts.feature"])
    return reader.remarks


def _structure(reader, sheet, profile, parts):
    if not text_of(sheet.get("promise")).strip():
        reader.error("missing", "promise", _("This is empty; a promise map needs it."))
    if not profile:
        reader.error("missing", "profile", _("Write at least one job, pain or gain."))
    names = [text_of(one.get("name")) for one in profile]
    for at, one in enumerate(profile, 1):
        where = "profile %d" % at
        if one.get("kind") not in ("job", "pain", "gain"):
            reader.error("kind", where, _("Write one of: job, pain, gain."))
        weight = one.get("importance")
        if not isinstance(weight, (int, float)) or not 1 <= weight <= 5:
            reader.error("importance", where, _("Write a number from 1 to 5."))
        everywhere.privacy(reader, where, text_of(one.get("name")))
    for at, one in enumerate(parts, 1):
        for name in one.get("addresses") if isinstance(one.get("addresses"), list) else []:
            if name not in names and name not in [two.get("id") for two in profile]:
                reader.error(
                    "unknown_address",
                    "part %d" % at,
                    _("It addresses something that does not stand in the profile."),
                )


def _promise(reader, sheet):
    promise = text_of(sheet.get("promise"))
    puffed = words.stems_in(promise, PUFF)
    if puffed and not words.has_number(promise) and not words.stems_in(promise, SENSES):
        reader.advise("slogan", "promise")
    test = sheet.get("test") if isinstance(sheet.get("test"), dict) else {}
    there = [key for key in ("counts", "who", "period", "threshold") if _filled(test.get(key))]
    if len(there) < 4:
        reader.advise("half_test", "test", n=len(there))
    job, service = text_of(sheet.get("job")), text_of(sheet.get("service"))
    name = [word for word in words.lower_words(service) if len(word) > 3]
    # Finnish inflects the name, so its beginning is enough.
    named = [word for word in words.lower_words(job) for part in name if word.startswith(part)]
    if named and words.stems_in(job, USING):
        reader.advise("job_is_us", "job")
    rivals = sheet.get("alternatives")
    listed = [text_of(one) for one in rivals] if isinstance(rivals, list) else [text_of(rivals)]
    kept = [one for one in listed if words.small(one).strip(" .") not in NO_RIVAL]
    # "Nothing" beside others, such as doing without, is an alternative.
    if not kept:
        reader.advise("no_rival", "alternatives")


def _profile(reader, profile):
    weights = [one.get("importance") for one in profile]
    fives = [one for one in weights if one == 5]
    if len(profile) >= 3 and (2 * len(fives) > len(profile) or len(set(weights)) == 1):
        reader.advise("all_matter", "profile")
    sorts = [one.get("sort") for one in profile if one.get("sort")]
    if len(sorts) >= 3 and not [one for one in sorts if one in ("emotional", "social")]:
        reader.advise("only_functional", "profile")
    pains = [text_of(one.get("name")) for one in profile if one.get("kind") == "pain"]
    gains = [text_of(one.get("name")) for one in profile if one.get("kind") == "gain"]
    for pain in pains:
        for gain in gains:
            negated = bool(words.stems_in(pain, NEGATIONS)) != bool(words.stems_in(gain, NEGATIONS))
            if negated and words.words_shared(pain, gain) >= 0.6:
                reader.advise("counted_twice", gain)


def _parts(reader, sheet, profile, parts):
    addressed: list = []
    for at, one in enumerate(parts, 1):
        names = one.get("addresses") if isinstance(one.get("addresses"), list) else []
        addressed += names
        if len(profile) >= 3 and len(parts) > 1 and 10 * len(set(names)) > 6 * len(profile):
            reader.advise("does_everything", "part %d" % at)
        if one.get("hands") in OTHERS and not text_of(one.get("agreed")).strip():
            reader.advise("foreign_hands", "part %d" % at)
    given_up = sheet.get("not_promised")
    if parts and not _filled(given_up):
        for one in profile:
            weight = one.get("importance")
            open_ = one.get("name") not in addressed and one.get("id") not in addressed
            if isinstance(weight, (int, float)) and weight >= 4 and open_:
                name = text_of(one.get("name"))
                reader.advise("nothing_given_up", "not_promised", item="“" + name + "”")


def _dicts(value):
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _filled(value):
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value) or value == 0
