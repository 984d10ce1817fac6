"""The audit's questions to a test cell, asked in the learner's interpreter.

This file stands by itself: a plain kernel runs it whole, to have ``Audit``.
"""

from __future__ import annotations

import contextlib
import sys
import types
from typing import Any

# The audit's own copies, out of reach of whatever a submission does to ``builtins``.
_type = type


_MORE: dict[type, Any] = {
    str: "\u2603 altered",
    bytes: b"altered",
    list: ["\u2603 altered"],
    tuple: ("\u2603 altered",),
}


def altered(value: Any) -> tuple[bool, Any]:
    """Give a plain value that is certainly not equal to this one.

    Returns
    -------
    tuple
        Whether the value's type is one that can be altered, and the other value.
    """
    kind = _type(value)
    answer: tuple[bool, Any] = (False, None)
    if kind is bool:
        answer = (True, not value)
    elif kind is float and abs(value) == float("inf"):
        answer = (True, 0.0)
    elif kind in (int, float):
        # Far enough that no tolerance relative to the value reaches it.
        step = 7919 + 2 * abs(value)
        answer = (True, value + step if value >= 0 else value - step)
    elif kind is complex:
        answer = (True, 3 * value + 7919)
    elif kind in _MORE:
        answer = (True, value + _MORE[kind])
    elif kind in (set, frozenset):
        answer = (True, value | {"\u2603 altered"})
    elif kind is dict:
        answer = (True, {**value, "\u2603 altered": 1})
    elif value is None:
        answer = (True, "\u2603 altered")
    return answer


_PLAIN = frozenset(
    {bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, _type(None)}
)


def others(value: Any, step: float | None = None) -> list[Any]:
    """Give plain values that are certainly not equal to this one, far from it and close by.

    Parameters
    ----------
    step
        How far two numbers may lie apart and still be taken for equal; ``None`` if unknown.
    """
    known, far = altered(value)
    found = [far] if known else []
    if step is not None and _type(value) in (int, float) and abs(value) < 2**50:
        found.append(value + (4 * step + 1e-6 * abs(value) if step else 1))
    return found


class _Unheard(Exception):  # noqa: N818 - nothing raises it
    """What no answer raises."""


class _Taken(NotImplementedError):  # noqa: N818 - as above
    """What an answer raises that was taken away; drawn in one line, as it is drawn often."""

    def _render_traceback_(self) -> list[str]:
        return ["NotImplementedError"]


def _no_answer(*_: Any, **__: Any) -> None:
    raise _Taken


# An assertion error that IPython need not draw a traceback for: most of an error's cost.
_PlainFailure: type[AssertionError] = type(
    "AssertionError",
    (AssertionError,),
    {"_render_traceback_": lambda self: [f"AssertionError: {self}"]},
)


class Audit:
    """Ask the assertions of a test cell questions that only a forged value answers with yes.

    For ``left == right`` both ``left == right`` and ``left == other`` cannot hold
    when ``other`` differs from ``right``. The cell's code is rewritten outside
    (``classroom.grading.audit``) to call :meth:`compare`, :meth:`near` and :meth:`alike`.
    """

    anything = BaseException
    _failure = _PlainFailure

    def __init__(self, names: dict[str, Any] | None = None) -> None:
        self.contradictions = 0
        self._names = {} if names is None else names
        self._made_to_fail = False

    def end(self, secret: str) -> None:
        """Fail as every audit must, saying what was found; its figures need not be drawn."""
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        raise self._failure(f"{secret}:{self.contradictions}")

    def _ask(self, holds: Any, left: Any, right: Any, step: float | None = None) -> bool:
        try:
            passed = bool(holds(left, right))
        except Exception:  # noqa: BLE001 - the assertion fails with whatever the student raises
            return False
        if not passed:
            return False
        for first, second in ((left, right), (right, left)):
            if _type(second) in _PLAIN and self._rules_itself(first):
                self.contradictions += 1
            for other in others(second, step):
                try:
                    forged = bool(holds(first, other) if second is right else holds(other, first))
                except Exception:  # noqa: BLE001, S112 - an honest value may refuse the comparison
                    continue
                self.contradictions += forged
        return True

    def _rules_itself(self, value: Any) -> bool:
        """Whether the submission itself says what such a value is equal to, or far from."""
        for name in ("__eq__", "__sub__", "__rsub__"):
            for kind in _type.mro(_type(value)):
                rule = _type.__getattribute__(kind, "__dict__").get(name)
                if rule is not None:
                    if _type(rule) is types.FunctionType and rule.__globals__ is self._names:
                        return True
                    break
        return False

    def doubt(self, question: Any) -> bool:
        """Ask again with another right side in the code; a value that read the code agrees."""
        with contextlib.suppress(Exception):
            self.contradictions += bool(question())
        return True

    def compare(self, left: Any, right: Any) -> bool:
        """Answer ``left == right``, and count it if an altered side is equal too."""
        return self._ask(lambda a, b: a == b, left, right, step=0.0)

    def identical(self, left: Any, right: Any) -> bool:
        """Answer ``left is right`` by equality, for ``is True`` and ``is None``."""
        return self._ask(lambda a, b: a is b, left, right)

    def near(self, size: Any, left: Any, right: Any, tolerance: Any, strict: bool) -> bool:
        """Answer ``abs(left - right) < tolerance`` (or ``<=``), with the test's own ``abs``."""
        if _type(tolerance) not in (int, float) or tolerance > 1:
            # A wide tolerance may hold for the altered value as well.
            return bool(size(left - right) <= tolerance)
        if strict:
            return self._ask(lambda a, b: size(a - b) < tolerance, left, right, tolerance)
        return self._ask(lambda a, b: size(a - b) <= tolerance, left, right, tolerance)

    def alike(self, function: Any, left: Any, right: Any, *rest: Any, **named: Any) -> Any:
        """Answer ``function(left, right, ...)`` for the usual functions of closeness."""
        return self._ask(lambda a, b: function(a, b, *rest, **named), left, right)

    def refuses(self, check: Any, right: Any) -> None:
        """Have a check expect something other than ``right``; count it if it is content."""
        known, other = altered(right)
        if known:
            self._must_fail(check, other)

    def refuses_kind(self, check: Any, _right: Any) -> None:
        """Have a check expect an error that nothing raises; count it if it is content."""
        self._must_fail(check, _Unheard)

    def _must_fail(self, check: Any, other: Any) -> None:
        # A check that fails may have much to say, so one of a test is enough.
        if self._made_to_fail:
            return
        self._made_to_fail = True
        try:
            check(other)
        except Exception:  # noqa: BLE001 - as it must
            return
        self.contradictions += 1

    def without(self, names: list[str], source: str, secret: str) -> None:
        """Run a test with nothing in the answers' place; count it if it passes."""
        self.contradictions += self._passes(source, dict.fromkeys(names, _no_answer), [])
        raise self._failure(f"{secret}:{self.contradictions}")

    def cleanly(self, names: list[str], source: str, secret: str) -> None:
        """Run a test with Python's own names where the answers took them; count a pass undone."""
        taken = [name for name in names if name in self._names]
        if taken and self._passes(source, {}, []):
            self.contradictions += not self._passes(source, {}, taken)
        self.end(secret)

    def _passes(self, source: str, put: dict[str, Any], taken: list[str]) -> bool:
        names = {**self._names, **put}
        for name in taken:
            del names[name]
        try:
            exec(compile(source, "<test>", "exec"), names)  # noqa: S102 - the teacher's test
        except Exception:  # noqa: BLE001 - it fails, or is not plain Python
            return False
        return True
