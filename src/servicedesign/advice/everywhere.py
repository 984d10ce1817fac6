"""Rules that hold for every artefact: privacy, sources, guesses, and the starter left as it was."""

from explorables.language import _
from servicedesign.advice import words

# Beside these, a name makes somebody's health known.  Stems in English and Finnish.
HEALTH = [
    "coeliac*", "celiac*", "allerg*", "diabet*", "pregnan*", "depress*", "asthma*", "cancer*",
    "disab*", "dement*", "adhd", "autis*", "intoleran*", "illness*", "diagnos*", "epilep*",
    "keliaki*", "diabe*", "raska*", "masen*", "astma*", "syöpä*", "syövän", "vamma*", "muistisair*",
    "sairau*", "sairas*", "diagnoos*", "epileps*",
]  # fmt: skip
# Capitalised pairs that name no person.
PLACES = [
    "street", "road", "square", "lane", "park", "avenue", "station", "hall", "library", "school",
    "university", "hospital", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "north", "south", "east", "west", "new",
    "oy", "ltd", "inc", "act", "service", "design", "city", "centre", "market", "finland", "teams",
    "the", "a", "an", "in", "on", "at", "and", "we", "i", "she", "he", "they", "you", "it",
    "this", "that", "there", "when", "if", "no", "yes", "our", "my", "after", "before", "day",
    "google", "microsoft", "excel", "word", "wi-fi",
]  # fmt: skip
KIN = ["sister of", "brother of", "mother of", "father of", "wife of", "husband of", "son of",
       "daughter of", "child of"]  # fmt: skip
# How a name at the beginning of a sentence is told from a verb.
GIVEN = [
    "aino", "anna", "anne", "antti", "eeva", "elina", "emma", "erik", "hanna", "heikki", "helena",
    "ilona", "jaana", "jari", "johanna", "john", "juha", "jukka", "kaisa", "kari", "katri", "laura",
    "leena", "liisa", "maria", "marja", "mary", "matti", "mikael", "mikko", "minna", "niina",
    "olli", "outi", "pekka", "pertti", "petri", "pirjo", "päivi", "riikka", "risto", "samir",
    "sami", "sanna", "sari", "seppo", "susanna", "tapio", "tiina", "timo", "tuula", "tuomas",
    "ulla", "ville", "väinö",
]  # fmt: skip
SURNAMES = ["nen", "mäki", "niemi", "ström", "sson", "berg", "qvist", "lund"]
MACHINES = [
    "chatgpt*", "gpt*", "claude", "copilot", "gemini", "llm*", "language model*", "ai", "chatbot*",
    "generator", "kielimalli*", "tekoäly*",
]  # fmt: skip
BARE = ["us", "team", "the team", "me", "we", "internet", "the internet", "web", "google", "own",
        "experience", "own experience", "tiimi", "me itse", "netti", "internetti",
        "kokemus", "oma kokemus"]  # fmt: skip
RULES = [
    (
        "untouched",
        _(
            "Nothing in this is yours yet: it is the example, word for word. Begin with one line "
            "that you know, and let the rest wait."
        ),
        _("What nobody wrote, nobody can be asked about."),
    ),
    (
        "starter",
        _("This is still the example. Put in your own words, or delete the line."),
        _("What nobody wrote, nobody can be asked about."),
    ),
    (
        "machine_source",
        _(
            "A model has met none of your users. What it says of them is assumed, however well "
            "it reads."
        ),
        _("A text made of other texts cannot have seen what happened here."),
    ),
    (
        "bare_source",
        _("Who saw or heard it, how, and when? “Us” is called assumed."),
        _("A source is something that another person could go back to."),
    ),
    (
        "same_source",
        _(
            "One source for everything usually means one memory. Which of these did somebody "
            "see on the day?"
        ),
        _("Memory fills in what must have been; notes of the day do not."),
    ),
    (
        "mostly_assumed",
        _(
            "More than half is guessed. Put “draft” in the title, and mark the guess that would "
            "cost most if it were wrong: ask that one first."
        ),
        _("Guesses are fine as long as they look like guesses."),
    ),
    (
        "too_long",
        _("On a wall this is a paragraph. Say it in six words; put the rest under note."),
        _("What is not read at two metres is not discussed either."),
    ),
    (
        "no_thread",
        _("Where does this come from? Name the {what} it answers."),
        _("A chain of ids lets anybody walk back to the people you heard."),
    ),
]


def privacy(reader, where, text):
    """Complain of a text in which somebody could be recognised."""
    if not isinstance(text, str):
        return
    if contact_in(text) or person_in(text):
        reader.error(
            "person",
            where,
            _("Somebody could be recognised here. Keep the need, drop the person."),
        )


def contact_in(text):
    """Say whether a text holds an e-mail address, a telephone number or an identity code."""
    for part in text.replace(",", " ").replace(";", " ").split(" "):
        if "@" in part[1:-3] and "." in part[part.find("@") :]:
            return True
    place = 0
    while place < len(text):
        if not "0" <= text[place] <= "9":
            place += 1
            continue
        start, digits = place, 0
        while place < len(text) and ("0" <= text[place] <= "9" or text[place] in " -"):
            digits += "0" <= text[place] <= "9"
            place += 1
        if digits >= 9 and (text[start] == "0" or text[start - 1 : start] == "+"):
            return True
        # A Finnish identity code: six digits of a birthday, a sign, three digits, a sign.
        tail = text[start : start + 11]
        if len(tail) == 11 and tail[6] in "-+A" and (tail[:6] + tail[7:10]).isdigit():
            return True
    return False


def person_in(text):
    """Say whether a text names a person: two names in a row, or one beside a word of health."""
    found = words.words(text)
    names = []
    for place, word in enumerate(found):
        plain = "A" <= word[:1] <= "Z" or word[:1] in words.CAPITALS
        lower = words.small(word)
        rest = word[1:]
        named = plain and len(word) > 2 and rest == words.small(rest) and lower not in PLACES
        names.append(named)
        if named and place and names[place - 1] and _side_by_side(text, found[place - 1], word):
            # A sentence begins with a capital anyway: "Asks Linh" is nobody's name.
            if not _opens(text, found, place - 1) or _sounds_like_a_name(found[place - 1], lower):
                return True
    health = words.stems_in(text, HEALTH)
    # The first word of a sentence is capitalised anyway, so it is no name by that.
    inside = [
        place for place, named in enumerate(names) if named and not _opens(text, found, place)
    ]
    return bool(health) and bool(inside or words.stems_in(text, KIN))


def _sounds_like_a_name(first, last):
    if words.small(first) in GIVEN:
        return True
    return bool([1 for ending in SURNAMES if last.endswith(ending)])


def _side_by_side(text, first, second):
    # "On Monday. Linh" are two words in a row, and no name.
    return first + " " + second in text


def _opens(text, found, place):
    if place == 0:
        return True
    at = text.find(found[place])
    before = text[:at].rstrip(" “\"'(")
    return before[-1:] in ".!?:"


def sources(reader, items, draft=""):
    """Look at where a list of items comes from.

    Parameters
    ----------
    reader : Reader
        Collects the remarks.
    items : list of (str, dict)
        Name of the element, and the element with "evidence" and "source".
    draft : str
        Title or note: a draft may be guessed.
    """
    known = [one for _where, one in items if one.get("evidence") in ("observed", "reported")]
    for where, one in items:
        source = _text(one.get("source"))
        if one.get("evidence") in ("observed", "reported"):
            if words.stems_in(source, MACHINES):
                reader.advise("machine_source", where)
            elif words.small(source).strip(" .") in BARE:
                reader.advise("bare_source", where)
    # What names no source names no one source either.
    told = [source for source in (_text(one.get("source")).strip() for one in known) if source]
    if len(told) >= 4 and len(set(told)) == 1:
        reader.advise("same_source")
    guessed = [one for _where, one in items if one.get("evidence") == "assumed"]
    if (
        len(items) >= 3
        and 2 * len(guessed) > len(items)
        and not words.stems_in(draft, ["draft*", "luonnos*", "guess*"])
    ):
        reader.advise("mostly_assumed")


def short(reader, where, text, most=60):
    """Advise on a box that nobody reads on a wall."""
    if isinstance(text, str) and len(text) > most:
        reader.advise("too_long", where)


def thread(reader, names, known, what, where=""):
    """Advise where no id of the artefact before is named.

    Parameters
    ----------
    names : list of str
        Ids that the artefact names.
    known : list of str or None
        Ids of the artefact before; None if it is not at hand.
    what : str
        What the id should name, such as "insight".
    """
    good = [name for name in names if known is None or name in known]
    if not good:
        reader.advise("no_thread", where, what=what)


def starter(reader, artefact, example, paths):
    """Advise on texts that are still those of the starter, or on all of it at once.

    Parameters
    ----------
    artefact, example : dict
        What was written, and what was handed out; None for no starter.
    paths : list of str
        Keys of the texts to compare, "items.text" for a text in a list.
    """
    if not example:
        return
    if _bare(artefact) == _bare(example):
        reader.advise("untouched")
        return
    for path in paths:
        mine, given = _at(artefact, path), _at(example, path)
        if [text for text in mine if text and text in given]:
            reader.advise("starter", path)


def _bare(artefact):
    """Return an artefact without the reasons that somebody gave for it."""
    return dict([(key, artefact[key]) for key in artefact if key != "meant"])


def _at(value, path):
    for key in path.split("."):
        if isinstance(value, list):
            value = [one.get(key) for one in value if isinstance(one, dict)]
        elif isinstance(value, dict):
            value = value.get(key)
        else:
            return []
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) else []


def _text(value):
    if isinstance(value, dict):
        for key in ("en", "fi"):
            if isinstance(value.get(key), str):
                return value[key]
        return ""
    return value if isinstance(value, str) else ""


text_of = _text
