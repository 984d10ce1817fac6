"""What a journey map says in words: its gist, whose hands, how long, how risky."""

from explorables.language import _
from explorables.numbers import fixed, percent, signed, with_unit
from servicedesign.journey import peak_rating
from servicedesign.labels import say, word


def description(journey: dict, language: str = "en") -> str:
    """Return the journey in a few words, for those who cannot see the map."""
    steps = journey["touchpoints"]
    rated = [step for step in steps if step.get("rating") is not None]
    if not rated:
        return _("{n} steps, none of them rated.").format(n=len(steps))
    low = rated[0]
    high = rated[0]
    for step in rated:
        low = step if step["rating"] < low["rating"] else low
        high = step if step["rating"] > high["rating"] else high
    return _("{n} steps. Best: {high} ({best}). Worst: {low} ({worst}). Last: {end}.").format(
        n=len(steps),
        high=say(high["action"], language),
        best=rating_text(high["rating"], language),
        low=say(low["action"], language),
        worst=rating_text(low["rating"], language),
        end=rating_text(rated[-1]["rating"], language),
    )


def rating_text(rating: float, language: str = "en") -> str:
    """Return a rating with its sign, with a decimal only if it has one."""
    return _pointed(signed(rating, 0 if rating == int(rating) else 1), language)


def _pointed(number: str, language: str) -> str:
    """Return a number with the decimal sign of the language."""
    return number.replace(".", ",") if language == "fi" else number


def peak_place(journey: dict):
    """Return the place of the first step that has the peak rating, or None.

    A journey in which every rating is 0 has no peak to show.
    """
    ratings = [step.get("rating") for step in journey["touchpoints"]]
    known = [rating for rating in ratings if rating is not None]
    peak = peak_rating(known) if known else 0
    return ratings.index(peak) if peak else None


def end_place(journey: dict):
    """Return the place of the last rated step, or None."""
    places = [k for k, s in enumerate(journey["touchpoints"]) if s.get("rating") is not None]
    return places[-1] if places else None


def owner_word(owner: str, language: str) -> str:
    """Return in whose hands a touchpoint is, in words."""
    return word("customer_owner" if owner == "customer" else owner, language)


def minutes_text(minutes: float, language: str = "en") -> str:
    """Return minutes with their unit, with a decimal only if there is one."""
    number = fixed(minutes, 0 if minutes == int(minutes) else 1)
    return with_unit(_pointed(number, language), "min")


def risk_text(p_fail: float, language: str) -> str:
    """Return how often a step fails, in words."""
    return word("fails", language) + " " + percent(p_fail)


def quoted(step: dict, language: str) -> str:
    """Return what was said at a step, in the quotation marks of the language."""
    said = say(step.get("quote"), language)
    if not said:
        return ""
    return ("\u201d" if language == "fi" else "\u201c") + said + "\u201d"


def phase_name(phase: dict, language: str) -> str:
    """Return a phase's own label, or its usual name."""
    return say(phase.get("label"), language) or word(phase["id"], language)


def tone(rating: float) -> str:
    """Return the colour of a rating: good, bad or neither."""
    return "good" if rating > 0 else "bad" if rating < 0 else "soft"
