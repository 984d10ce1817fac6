"""Words by their stems, in English and Finnish, on both Python runtimes.

MicroPython knows small and capital letters of ASCII alone, and part of `re`; so
words are found by hand.
"""

CAPITALS = {"Ä": "ä", "Ö": "ö", "Å": "å", "Š": "š", "Ž": "ž", "É": "é"}
LETTERS = "äöåšžéÄÖÅŠŽÉ"
HYPHENS = "-\u2010\u2011'’"


def small(text):
    """Return a text in small letters, Finnish ones too."""
    return "".join([CAPITALS.get(sign, sign) for sign in text.lower()])


def is_letter(sign):
    """Say whether a sign is a letter of English or Finnish."""
    return "a" <= sign <= "z" or "A" <= sign <= "Z" or sign in LETTERS


def words(text):
    """Return the words of a text as they are written, hyphens and apostrophes kept."""
    found, word = [], ""
    for sign in text + " ":
        if is_letter(sign) or "0" <= sign <= "9" or (sign in HYPHENS and word):
            word += sign
        else:
            word = word.strip(HYPHENS)
            if word:
                found.append(word)
            word = ""
    return found


def lower_words(text):
    """Return the words of a text in small letters."""
    return [small(word) for word in words(text)]


def stems_in(text, stems):
    """Return the stems that a text holds, in the order of the list.

    A stem ends with "*" if more may follow ("careful*"), else it is a whole word.  One of
    several words ("made aware*") must stand as it is, word beside word.
    """
    there = lower_words(text)
    found = []
    for stem in stems:
        parts = stem.split(" ")
        for start in range(len(there) - len(parts) + 1):
            if all([_fits(there[start + k], part) for k, part in enumerate(parts)]):
                found.append(stem)
                break
    return found


def without(text, phrases):
    """Return the words of a text in small letters, without phrases that only look like a stem.

    ``phrases`` are written as in `stems_in`; "*" alone stands for any word.
    """
    there = lower_words(text)
    left, place = [], 0
    while place < len(there):
        taken = 0
        for phrase in phrases:
            parts = phrase.split(" ")
            if len(there) - place >= len(parts) and all(
                [_fits(there[place + k], part) for k, part in enumerate(parts)]
            ):
                taken = max(taken, len(parts))
        if not taken:
            left.append(there[place])
        place += max(taken, 1)
    return " ".join(left)


def begins(text, stems):
    """Say whether a text begins with one of the stems."""
    there = lower_words(text)
    for stem in stems:
        parts = stem.split(" ")
        if len(there) >= len(parts) and all(
            [_fits(there[k], part) for k, part in enumerate(parts)]
        ):
            return True
    return False


def _fits(word, part):
    if part.endswith("*"):
        return word.startswith(part[:-1])
    return word == part


def has_number(text):
    """Say whether a text counts something: digits, or a number as a word."""
    if [sign for sign in text if "0" <= sign <= "9"]:
        return True
    return bool(stems_in(text, NUMBERS))


NUMBERS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
    "half", "every", "none", "nobody", "no one", "once", "twice", "all", "each", "dozen",
    "yksi", "yhden", "kaksi", "kahden", "kolme*", "neljä*", "viisi", "viiden", "kuusi", "kuuden",
    "seitsemän", "kahdeksan", "yhdeksän", "kymmenen", "puolet", "jokai*", "kukaan", "kaikki",
    "kerran",
]  # fmt: skip


def words_shared(one, other):
    """Return how much of the shorter text stands in the other, from 0 to 1.

    Words of four letters and more, by their first five letters.
    """
    first, second = [_marks(text) for text in (one, other)]
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def _marks(text):
    return set([word[:5] for word in lower_words(text) if len(word) >= 4])
