"""The words of checks and hints in the learner's language.

A catalogue is a plain dict from the English text to its translation.
"""

from collections.abc import Mapping

_active: dict[str, str] = {}


def use(catalogue: Mapping[str, str]) -> None:
    """Translate with this catalogue from now on; an empty one means English.

    Parameters
    ----------
    catalogue : dict of str to str
        English text to translation.  Texts that it lacks stay English.
    """
    _active.clear()
    _active.update(catalogue)


def _(text: str) -> str:
    return _active.get(text, text)
