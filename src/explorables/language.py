"""The reader's language: which words and which decimal mark a figure uses.

A catalogue is a plain dict from the English text to the translated text, so
that CPython and MicroPython read the same one.  Set it before the modules that
make explorables are imported, because their labels are looked up on import.
"""

_ACTIVE: dict = {"messages": {}, "decimal": ".", "group": ","}


def use(messages: dict, decimal: str = ".", group: str = ",") -> None:
    """Make a catalogue the active one.

    Parameters
    ----------
    messages : dict
        Translations by English text; a text that is missing stays English.
    decimal, group : str
        The decimal mark, and what stands between groups of three digits
        (Finnish: "," and a no-break space).
    """
    _ACTIVE["messages"] = messages
    _ACTIVE["decimal"] = decimal
    _ACTIVE["group"] = group


def _(text: str) -> str:
    """Return the text in the active language, or as it is if there is no translation."""
    translated: str = _ACTIVE["messages"].get(text, text)
    return translated


def settings() -> dict:
    """Return what `use` was given, to be handed to the page."""
    return {
        "messages": _ACTIVE["messages"],
        "decimal": _ACTIVE["decimal"],
        "group": _ACTIVE["group"],
    }


def decimal_mark() -> str:
    """Return the active decimal mark."""
    return str(_ACTIVE["decimal"])


def group_mark() -> str:
    """Return what stands between groups of three digits."""
    return str(_ACTIVE["group"])
