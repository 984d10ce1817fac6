"""The domain of a model: checks that a number lies where the formula holds.

Every message names the argument, the allowed range, the value that came and,
if given, the thing it belongs to: ``rating must be from -2 to 2, got 5
(touchpoint 'queue')``.
"""

import math


def within(
    name: str, value: float, low: float, high: float, unit: str = "", where: str = ""
) -> None:
    """Raise ValueError unless ``low <= value <= high``; both ends are allowed."""
    if not low <= value <= high:
        _refuse(name, f"from {low} to {high}", unit, value, where)


def at_least(name: str, value: float, low: float, unit: str = "", where: str = "") -> None:
    """Raise ValueError unless the value is finite and ``low <= value``."""
    if not (value >= low and math.isfinite(value)):
        _refuse(name, f"at least {low}", unit, value, where)


def above(name: str, value: float, low: float, unit: str = "", where: str = "") -> None:
    """Raise ValueError unless the value is finite and ``low < value``."""
    if not (value > low and math.isfinite(value)):
        _refuse(name, f"greater than {low}", unit, value, where)


def between(
    name: str, value: float, low: float, high: float, unit: str = "", where: str = ""
) -> None:
    """Raise ValueError unless ``low < value < high``; neither end is allowed."""
    if not low < value < high:
        _refuse(name, f"greater than {low} and less than {high}", unit, value, where)


def finite(name: str, value: float, unit: str = "", where: str = "") -> None:
    """Raise ValueError if the value is infinite or not a number."""
    if not math.isfinite(value):
        _refuse(name, "a finite number", unit, value, where)


def whole(name: str, value: float, low: float, high: float = math.inf, where: str = "") -> None:
    """Raise ValueError unless the value is a whole number from low to high."""
    if not (low <= value <= high and math.isfinite(value) and value == int(value)):
        limits = f"from {low} to {high}" if math.isfinite(high) else f"of at least {low}"
        _refuse(name, "a whole number " + limits, "", value, where)


def one_of(name: str, value: object, allowed: tuple, where: str = "") -> None:
    """Raise ValueError unless the value is one of those allowed."""
    if value not in allowed:
        _refuse(name, "one of " + ", ".join([str(choice) for choice in allowed]), "", value, where)


def not_empty(name: str, values: list) -> None:
    """Raise ValueError if there is nothing to work on."""
    if len(values) == 0:
        raise ValueError(name + " must not be empty, got " + str(values))


def same_length(name: str, values: list, other_name: str, others: list) -> None:
    """Raise ValueError unless two lists that belong together are equally long."""
    if len(values) != len(others):
        raise ValueError(
            f"{name} must be as long as {other_name}, got {len(values)} and {len(others)}"
        )


def own_names(name: str, names: list) -> None:
    """Raise ValueError if a name occurs twice."""
    seen = set()
    for each in names:
        if each in seen:
            raise ValueError(f"every {name} must be used once, got '{each}' twice")
        seen.add(each)


def _refuse(name: str, allowed: str, unit: str, value: object, where: str) -> None:
    message = name + " must be " + allowed
    if unit:
        message += " " + unit
    message += ", got " + str(value)
    if where:
        message += " (" + where + ")"
    raise ValueError(message)
