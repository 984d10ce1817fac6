"""Hints and known mistakes for the exercise of chapter 1, from product to service.

A mistake is told as the right model with one wrong turn, and as inputs on
which that turn shows.  The keys of each are those of `practice.mistakes`, and
the functions `activities`, `text_and_words` and `efforts` make the inputs.
"""

from random import Random
from typing import Any

from servicedesign import service_logic

Row = dict[str, Any]

HINTS = {
    "sphere_shares": [
        (
            "Take the example and a pencil: which minutes belong to the house alone, which to "
            "both, which to the guest, and how many are there in all?"
        ),
        (
            "Keep three running totals, one for each place, and go through the activities once. "
            "The actor's name and the key of the answer are not always the same word: `both` "
            "acts in the place called `joint`."
        ),
        (
            "A dict such as `{'provider': 0, 'joint': 0, 'customer': 0}` can hold the totals. "
            "When the loop is over, divide each by the sum of all; if that sum is 0, there is "
            "nothing to divide by, and the task says what to raise."
        ),
    ],
    "logic_score": [
        (
            "Mark the product words in the example's text in one colour and the service words in "
            "another. How many marks of each colour are there, and what does the formula make of "
            "them?"
        ),
        (
            "First make a list of the text's words, then count. To find the words, go through the "
            "text sign by sign: a letter (`sign.isalpha()`) makes the current word longer, "
            "anything else ends it."
        ),
        (
            "`text.lower()` deals with capital letters before you begin. Mind the last word, which "
            "no sign ends; adding a space to the text helps. Ask about zero matches before you "
            "divide, and before all else go through one set and look for each word in the other."
        ),
    ],
    "co_created_value": [
        (
            "Work out the example by hand for `rho` 1: that is an average. Then for `rho` -1: take "
            "1 / 6 and 1 / 2, average the two, and divide 1 by that. Does the general formula "
            "give the same?"
        ),
        (
            "Write the checks first, then the cases one after another: an effort of 0 with `rho` 0 "
            "or less, `rho` next to 0, and the general formula last."
        ),
        (
            "`2 ** -2000` is too small for a computer and `0.5 ** -2000` too large. But doubling "
            "both efforts doubles the value: so divide both by the smaller one, use the formula, "
            "and multiply the result by it again. What if the smaller one is 0?"
        ),
    ],
}

# Words to make texts of; some hide inside others ("sell" in "seller" and "itself").
_PRODUCT = ["sell", "price", "stock", "brand", "unit"]
_SERVICE = ["help", "care", "listen", "you", "need"]
_DECOYS = ["seller", "prices", "stocking", "brandy", "united", "helpful", "careful", "youth"]
_OTHER = ["the", "soup", "at", "noon", "lunch", "we", "and", "table", "keittiö", "oma"]


def activities(random: Random, count: int = 8) -> list[Row]:
    """Return activities of all three actors, with minutes on which each mistake shows.

    Parameters
    ----------
    random : random.Random
        Source of the numbers.
    count : int
        How many, at least 3.
    """
    actors = ["provider", "both", "customer"]
    actors += [random.choice(actors) for _ in range(count - 3)]
    random.shuffle(actors)
    return [
        {"label": f"step {number}", "actor": actor, "minutes": random.randint(2, 60) + number / 4}
        for number, actor in enumerate(actors, 1)
    ]


def text_and_words(random: Random) -> tuple[str, set[str], set[str]]:
    """Return a text, product words and service words on which each mistake shows.

    The text has more service than product matches, both more than once, words
    in capitals, words beside punctuation and hyphens, and words that hide a
    word to count inside a longer one.
    """
    product = random.sample(_PRODUCT, 3)
    service = random.sample(_SERVICE, 3)
    # The repeated words stand plain, so that counting each once shows by itself.
    plain = [product[0]] * 2 + [service[0]] * random.randint(4, 5)
    plain += [word for word in _DECOYS if any(part in word for part in product)]
    plain += random.sample(_OTHER, 4)
    random.shuffle(plain)
    # These are found only by whoever parts words from signs, or folds capitals.
    signs = [f"{service[1]}-desk,", f"({product[1]}).", f"{service[1]}!", f"self-{service[1]};"]
    capitals = [service[2].upper(), product[2].title(), service[2].title(), service[2].upper()]
    return " ".join([*plain, *signs, *capitals]), set(product), set(service)


def efforts(random: Random) -> tuple[float, float, float, float]:
    """Return unlike efforts above 0, a weight other than a half and a moderate rho."""
    p, c = random.sample([1.0, 2.0, 3.0, 5.0, 8.0], 2)
    theta = random.choice([0.2, 0.3, 0.4, 0.65, 0.8])
    return p, c, theta, random.choice([0.5, -0.5, -1.0, -2.0, -3.0])


# --- sphere_shares: what each wrong idea answers


def _activities_counted(found: list[Row]) -> dict[str, float]:
    return service_logic.sphere_shares([{**one, "minutes": 1} for one in found])


def _both_halved(found: list[Row]) -> dict[str, float]:
    shares = service_logic.sphere_shares(found)
    half = shares["joint"] / 2
    return {
        "provider": shares["provider"] + half,
        "joint": 0.0,
        "customer": shares["customer"] + half,
    }


def _both_on_each_side(found: list[Row]) -> dict[str, float]:
    shares = service_logic.sphere_shares(found)
    joint = shares["joint"]
    return {
        "provider": shares["provider"] + joint,
        "joint": joint,
        "customer": shares["customer"] + joint,
    }


def _minutes_returned(found: list[Row]) -> dict[str, float]:
    together = sum(one["minutes"] for one in found)
    return {
        sphere: share * together for sphere, share in service_logic.sphere_shares(found).items()
    }


def _shares_in_percent(found: list[Row]) -> dict[str, float]:
    return {sphere: 100 * share for sphere, share in service_logic.sphere_shares(found).items()}


def _some_activities(random: Random) -> tuple[list[Row]]:
    return (activities(random, random.randint(4, 9)),)


# --- logic_score


def _score(for_service: int, for_product: int) -> float:
    together = for_service + for_product
    return (for_service - for_product) / together if together else 0.0


def _inside_words(text: str, product: set[str], service: set[str]) -> float:
    _refuse_overlap(product, service)
    text = text.lower()
    return _score(
        sum(text.count(word) for word in service), sum(text.count(word) for word in product)
    )


def _split_at_spaces(text: str, product: set[str], service: set[str]) -> float:
    _refuse_overlap(product, service)
    return _of_words(text.lower().split(), product, service)


def _capitals_missed(text: str, product: set[str], service: set[str]) -> float:
    _refuse_overlap(product, service)
    found = "".join(sign if sign.isalpha() else " " for sign in text).split()
    return _of_words(found, product, service)


def _each_word_once(text: str, product: set[str], service: set[str]) -> float:
    _refuse_overlap(product, service)
    return _of_words(sorted(set(service_logic.words(text))), product, service)


def _over_all_words(text: str, product: set[str], service: set[str]) -> float:
    _refuse_overlap(product, service)
    found = service_logic.words(text)
    matches = [(word in service) - (word in product) for word in found]
    return sum(matches) / len(found) if any(matches) else 0.0


def _turned_round(text: str, product: set[str], service: set[str]) -> float:
    return -service_logic.logic_score(text, product, service)


def _nothing_divided(text: str, product: set[str], service: set[str]) -> float:
    _refuse_overlap(product, service)
    found = service_logic.words(text)
    for_product = sum(word in product for word in found)
    for_service = sum(word in service for word in found)
    return (for_service - for_product) / (for_service + for_product)


def _of_words(found: list[str], product: set[str], service: set[str]) -> float:
    return _score(sum(word in service for word in found), sum(word in product for word in found))


def _refuse_overlap(product: set[str], service: set[str]) -> None:
    for word in sorted(product & service):
        raise ValueError(f"{word!r} is in both sets")


def _no_match(random: Random) -> tuple[str, set[str], set[str]]:
    _, product, service = text_and_words(random)
    return " ".join(random.sample(_OTHER, 5)), product, service


# --- co_created_value


def _always_the_mean(p: float, c: float, theta: float, rho: float) -> float:
    return service_logic.co_created_value(p, c, theta, 1.0) + 0 * rho


def _weight_on_the_other_side(p: float, c: float, theta: float, rho: float) -> float:
    return service_logic.co_created_value(p, c, 1 - theta, rho)


def _root_left_out(p: float, c: float, theta: float, rho: float) -> float:
    value = service_logic.co_created_value(p, c, theta, rho)
    if abs(rho) < 1e-8 or (rho < 0 and min(p, c) == 0):
        return value
    return float(value**rho)


def _no_way_round_zero(p: float, c: float, theta: float, rho: float) -> float:
    if abs(rho) >= 1e-8:
        return service_logic.co_created_value(p, c, theta, rho)
    return float((theta * p**rho + (1 - theta) * c**rho) ** (1 / rho))


def _nothing_to_a_negative_power(p: float, c: float, theta: float, rho: float) -> float:
    if rho <= -1e-8 and min(p, c) == 0:
        raise ZeroDivisionError("0.0 cannot be raised to a negative power")
    return service_logic.co_created_value(p, c, theta, rho)


def _too_large_for_a_computer(p: float, c: float, theta: float, rho: float) -> float:
    if abs(rho) < 1e-8 or min(p, c) <= 0:
        return service_logic.co_created_value(p, c, theta, rho)
    return float((theta * p**rho + (1 - theta) * c**rho) ** (1 / rho))


def _rho_of_zero(random: Random) -> tuple[float, float, float, float]:
    p, c, theta, _ = efforts(random)
    return p, c, theta, 0.0


def _idle_side(random: Random) -> tuple[float, float, float, float]:
    p, c, theta, _ = efforts(random)
    idle = random.random() < 0.5
    return 0.0 if idle else p, c if idle else 0.0, theta, random.choice([-0.5, -1.0, -3.0])


def _far_below_zero(random: Random) -> tuple[float, float, float, float]:
    # Both efforts above 1: their powers vanish, and nothing is left to take a root of.
    p, c = random.sample([40.0, 60.0, 90.0], 2)
    return p, c, random.choice([0.3, 0.5, 0.8]), float(-random.randint(400, 900))


MISTAKES = {
    "sphere_shares": [
        {
            "id": "activities_counted",
            "idea": "activities are counted and not their minutes",
            "question": "Does paying, which takes a minute, weigh as much as eating?",
            "wrong": _activities_counted,
            "inputs": _some_activities,
        },
        {
            "id": "both_halved",
            "idea": "what both do together is split between the two sides",
            "question": "Could Linh have her half of the talk about allergies without Tuula?",
            "wrong": _both_halved,
            "inputs": _some_activities,
        },
        {
            "id": "both_on_each_side",
            "idea": "what both do together counts on each side as well",
            "question": "What do your three shares add up to, and what should they?",
            "wrong": _both_on_each_side,
            "inputs": _some_activities,
        },
        {
            "id": "minutes_returned",
            "idea": "the minutes are added up and not yet divided",
            "question": "If everything took twice as long, which of the shares would change?",
            "wrong": _minutes_returned,
            "inputs": _some_activities,
        },
        {
            "id": "shares_in_percent",
            "idea": "the shares are in per cent",
            "question": "What should the three shares add up to, by the task?",
            "wrong": _shares_in_percent,
            "inputs": _some_activities,
        },
    ],
    "logic_score": [
        {
            "id": "inside_words",
            "idea": "a word is also found inside longer words",
            "question": "Your program finds self in myself and sell in seller. Would a reader?",
            "wrong": _inside_words,
            "inputs": text_and_words,
        },
        {
            "id": "split_at_spaces",
            "idea": "words are parted at spaces alone, so that signs stick to them",
            "question": "What is the last word of a sentence to your program, full stop and all?",
            "wrong": _split_at_spaces,
            "inputs": text_and_words,
        },
        {
            "id": "capitals_missed",
            "idea": "a word in capitals, or at the start of a sentence, is not recognised",
            "question": "Does a word mean something else because a sentence begins with it?",
            "wrong": _capitals_missed,
            "inputs": text_and_words,
        },
        {
            "id": "each_word_once",
            "idea": "a word counts once, however often it is said",
            "question": "Is a text that says sell nine times the same as one that says it once?",
            "wrong": _each_word_once,
            "inputs": text_and_words,
        },
        {
            "id": "over_all_words",
            "idea": "the difference is divided by all words of the text",
            "question": "The text has many words in neither set. Does the formula of the task "
            "count them?",
            "wrong": _over_all_words,
            "inputs": text_and_words,
        },
        {
            "id": "turned_round",
            "idea": "product words count up and service words down",
            "question": "What should a text score that has service words only?",
            "wrong": _turned_round,
            "inputs": text_and_words,
        },
        {
            "id": "nothing_divided",
            "idea": "a text without any of the words is divided by nothing",
            "question": "A text speaks of neither. What does the task say about its score?",
            "wrong": _nothing_divided,
            "inputs": _no_match,
        },
    ],
    "co_created_value": [
        {
            "id": "always_the_mean",
            "idea": "rho is not used, and the value is always the average",
            "question": "With dishes the average is right. What about the sofa?",
            "wrong": _always_the_mean,
            "inputs": efforts,
        },
        {
            "id": "weight_on_the_other_side",
            "idea": "theta weighs the customer's effort",
            "question": "If theta is close to 1, whose effort should decide nearly alone?",
            "wrong": _weight_on_the_other_side,
            "inputs": efforts,
        },
        {
            "id": "root_left_out",
            "idea": "the last step, the power of 1 / rho, is left out",
            "question": "Both sides give four hours. What must come out, whatever rho is?",
            "wrong": _root_left_out,
            "inputs": efforts,
        },
        {
            "id": "no_way_round_zero",
            "idea": "the formula is used with rho 0, where it would divide by zero",
            "question": "Which rule takes the formula's place when rho is next to 0?",
            "wrong": _no_way_round_zero,
            "inputs": _rho_of_zero,
        },
        {
            "id": "nothing_to_a_negative_power",
            "idea": "an effort of 0 is raised to a negative power",
            "question": "Both are needed and one gives nothing. What is the party worth?",
            "wrong": _nothing_to_a_negative_power,
            "inputs": _idle_side,
        },
        {
            "id": "too_large_for_a_computer",
            "idea": "an effort is raised to a power that no computer can hold",
            "question": "Doubling both efforts doubles the value. By what could you divide both "
            "first, and multiply at the end?",
            "wrong": _too_large_for_a_computer,
            "inputs": _far_below_zero,
        },
    ],
}
