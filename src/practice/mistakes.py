"""Recognise a known wrong idea by what a learner's function does.

A single answer may be wrong for many reasons.  So the learner's function and
the wrong formula are run on a dozen generated inputs: the idea is named only
if they agree on all of them, and on the input that failed.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NotRequired, TypedDict

from practice.values import first_difference
from practice.watch import Outcome, run

TRIALS = 12


class Mistake(TypedDict):
    """A known wrong idea, as plain data and two functions.

    ``id`` names it in tests; ``idea`` completes the sentence "This is what
    comes out if ..."; ``question`` leads out of it.  ``wrong`` takes what the
    learner's function takes and answers as the idea would; it may raise.
    ``inputs`` takes a `random.Random` and returns a tuple of arguments for
    which the idea and the right formula give different answers.  ``within`` says
    how far numbers may lie apart and still count as alike, in their own unit, for
    answers that are found by searching; without it only rounding is allowed for.
    """

    id: str
    idea: str
    question: str
    wrong: Callable[..., object]
    inputs: Callable[[random.Random], tuple[object, ...]]
    within: NotRequired[float]


def checked(mistakes: Mapping[str, Sequence[Mistake]]) -> dict[str, tuple[Mistake, ...]]:
    """Return the mistakes if each is complete.

    Raises
    ------
    ValueError
        If a key is missing, or two mistakes of a function share an id.
    """
    for function, known in mistakes.items():
        seen = set()
        for mistake in known:
            missing = Mistake.__required_keys__ - set(mistake)
            if missing:
                raise ValueError(
                    f"a mistake of {function} lacks {', '.join(sorted(missing))}: {mistake!r:.200}"
                )
            if mistake["id"] in seen:
                raise ValueError(f"{function} has two mistakes with the id {mistake['id']!r}")
            seen.add(mistake["id"])
    return {function: tuple(known) for function, known in mistakes.items()}


def trials(mistake: Mistake) -> Iterator[tuple[object, ...]]:
    """Yield the generated inputs of a mistake, the same ones each time."""
    for seed in range(TRIALS):
        yield mistake["inputs"](random.Random(seed))  # noqa: S311, for exercises, not secrets


def recognise(
    function: Callable[..., object],
    failed: Outcome,
    args: Sequence[object],
    kwargs: Mapping[str, object],
    known: Sequence[Mistake],
    part: Callable[[object], object],
) -> Mistake | None:
    """Return the wrong idea that explains a failed call, or None.

    Parameters
    ----------
    function : callable
        The learner's function.
    failed : Outcome
        What it did in the call that failed.
    args, kwargs : sequence, mapping
        The arguments of that call.
    known : sequence of Mistake
        Ideas to compare with; the first that fits is returned.
    part : callable
        Takes what comes back and returns the part that the check is about.
    """
    __tracebackhide__ = True
    for mistake in known:
        within = mistake.get("within")
        try:
            if _alike(
                failed, run(mistake["wrong"], args, kwargs, quiet=True), part, within
            ) and all(
                _alike(
                    run(function, inputs, {}, quiet=True),
                    run(mistake["wrong"], inputs, {}, quiet=True),
                    part,
                    within,
                )
                for inputs in trials(mistake)
            ):
                return mistake
        except NotImplementedError:  # a branch that the learner has yet to write
            continue
    return None


def _alike(
    one: Outcome, other: Outcome, part: Callable[[object], object], within: float | None
) -> bool:
    if one.error is not None or other.error is not None:
        return type(one.error) is type(other.error)
    try:
        return first_difference(part(one.value), part(other.value), within) is None
    except (KeyError, TypeError):  # what came back has no such part
        return False
