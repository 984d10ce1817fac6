"""What a student's exercise notebook imports: hints, and checks that teach.

This package knows no subject.  A notebook hands over its hints and known
mistakes as plain data and gets two functions back::

    import practice
    from bread.exercises.dough import HINTS, MISTAKES

    hint, check = practice.begin(HINTS, MISTAKES, library="bread")

    hint("grams")                                      # opens one hint at a time
    check(grams, 500, {"water": 70}).returns({"water": 350.0})

Needs the standard library alone, so that it runs the same in JupyterLab, in
the browser (Pyodide) and under a grader.
"""

from collections.abc import Mapping, Sequence

from practice import language
from practice.artefact import save_artefact
from practice.check import Call, Check, CheckFailed
from practice.hints import Hints
from practice.mistakes import Mistake

__all__ = ["Call", "Check", "CheckFailed", "Hints", "begin", "language", "save_artefact"]


def begin(
    hints: Mapping[str, Sequence[str]],
    mistakes: Mapping[str, Sequence[Mistake]],
    *,
    library: str,
) -> tuple[Hints, Check]:
    """Return ``hint`` and ``check`` for one exercise notebook.

    Parameters
    ----------
    hints : dict of str to list of str
        For each function to write, its three hints, from nudge to nearly there.
    mistakes : dict of str to list of dict
        For each function to write, the known wrong ideas; see
        `practice.mistakes.Mistake` for the keys.
    library : str
        Name of the package whose models a solution must not call.

    Returns
    -------
    tuple of Hints and Check
        Two callables, by custom unpacked as ``hint, check``.

    Raises
    ------
    ValueError
        If a function has not three hints, or a mistake lacks a key.
    """
    return Hints(hints), Check(mistakes, hints, library)
