"""Checks whose failure teaches: what was called, what came back, what was expected.

Read a check aloud: *check rank_by_value, called with these lunches and "ratio",
returns these names*.  A check that holds says nothing.  One that fails raises
`CheckFailed`, an ``AssertionError`` whose text is written for a beginner and
never tells the solution.  The stub's ``NotImplementedError`` passes through
unchanged: work not begun is not work gone wrong.
"""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence

from practice.failure_text import called, fill, line, message, raising_line, told
from practice.language import _
from practice.mistakes import Mistake, checked, recognise
from practice.values import (
    first_difference,
    is_plain_dict,
    may_show,
    rebuilt,
    show,
    told_difference,
)
from practice.watch import Outcome, run

_WITH_PARTS = (list, tuple, dict)
_SHORT = 2


class CheckFailed(AssertionError):  # noqa: N818, beginners read it: the check failed
    """A check did not hold; its text says why, to a beginner."""

    def _render_traceback_(self) -> list[str]:
        # Jupyter shows these lines instead of a traceback through this package.
        first, _newline, rest = str(self).partition("\n")
        return [f"\x1b[1m{first}\x1b[0m", *rest.split("\n")]


class Check:
    """Checks of one notebook; calling it names the call that is to be checked.

    Parameters
    ----------
    mistakes : dict of str to list of Mistake
        Known wrong ideas of each function.
    functions : iterable of str
        Names of the functions that the notebook asks for.
    library : str
        Package whose functions a solution must not call.
    """

    def __init__(
        self, mistakes: Mapping[str, Sequence[Mistake]], functions: Iterable[str], library: str
    ) -> None:
        self._mistakes = checked(mistakes)
        self._functions = tuple(functions)
        self._library = library

    def __call__(self, function: object, *args: object, **kwargs: object) -> "Call":
        """Name a call; its methods say what it should do.

        Parameters
        ----------
        function : callable
            The learner's function.
        *args, **kwargs
            What it is called with.  It gets copies, so a function that changes
            its arguments spoils no other check.
        """
        name = self._name(function, sys._getframe(1).f_globals)
        return Call(name, function, args, kwargs, self._mistakes.get(name, ()), self._library)

    def _name(self, function: object, names: Mapping[str, object]) -> str:
        # What a learner's function is called in the notebook, even if it is a
        # functools.partial or another function under a new name.
        for name in self._functions:
            if names.get(name) is function:
                return name
        own_name = getattr(function, "__name__", None)
        return own_name if isinstance(own_name, str) else show(function, 60)


class Call:
    """One call of a learner's function, to be judged by one of the methods.

    ``check(f, x)["key"]`` judges only that part of what comes back.
    """

    def __init__(
        self,
        name: str,
        function: object,
        args: Sequence[object],
        kwargs: Mapping[str, object],
        mistakes: Sequence[Mistake],
        library: str,
        key: str | int | None = None,
    ) -> None:
        self._name = name
        self._function = function
        self._args = args
        self._kwargs = kwargs
        self._mistakes = mistakes
        self._library = library
        self._key = key

    def __getitem__(self, key: str | int) -> "Call":
        """Judge only this key, or this place, of what comes back."""
        return Call(
            self._name,
            self._function,
            self._args,
            self._kwargs,
            self._mistakes,
            self._library,
            key,
        )

    def returns(self, expected: object, *, within: float | None = None, rule: str = "") -> None:
        """Hold if the call returns what is expected.

        Parameters
        ----------
        expected : object
            Lists, tuples, dicts, texts, numbers, True, False and None.
        within : float or None
            How far numbers may lie from those expected, in their own unit.
            None allows only for rounding in the last digits, by 1e-9 of the
            number or by 1e-9, whichever is more.
        rule : str
            The rule of the task that is checked, as one sentence.

        Raises
        ------
        CheckFailed
            If it does not.
        """
        __tracebackhide__ = True
        outcome = self._run()
        if outcome.error is not None:
            raise self._failure(outcome, _wanted(expected, within), "", rule)
        got = self._part(outcome.value)
        if type(got) is _NoPart:
            raise self._failure(outcome, _wanted(expected, within), got.reason, rule, expected)
        difference = told_difference(got, expected, within)
        if difference is not None:
            if outcome.value is None:
                difference = _("a function that reaches its end without return gives None")
            elif type(rebuilt(got)) is type(expected) and not isinstance(expected, _WITH_PARTS):
                difference = ""  # the two lines above say it all
            raise self._failure(outcome, _wanted(expected, within), difference, rule, expected)

    def raises(self, kind: type[Exception], *, mentions: str = "", rule: str = "") -> None:
        """Hold if the call raises this kind of error.

        Parameters
        ----------
        kind : type
            Such as ``ValueError``.
        mentions : str
            Words that the error's message must contain.  One of one or two
            letters must stand by itself, as "mu" does not in "must".
        rule : str
            The rule of the task that is checked, as one sentence.

        Raises
        ------
        CheckFailed
            If it does not.
        """
        __tracebackhide__ = True
        outcome = self._run()
        wanted = _("{error}, because this input makes no sense").format(error=kind.__name__)
        if mentions:
            wanted = _("{error} with a message that names {words}").format(
                error=kind.__name__, words=show(mentions)
            )
        if not isinstance(outcome.error, kind):
            raise self._failure(outcome, wanted, "", rule)
        if mentions and not _names(message(outcome.error), mentions):
            raise self._failure(outcome, wanted, "", rule)

    def leaves_no_trace(self) -> None:
        """Hold if the call changes no argument, prints nothing and repeats itself.

        Raises
        ------
        CheckFailed
            If it does not.
        """
        __tracebackhide__ = True
        outcome = self._run(quiet=True)
        if outcome.error is not None:
            raise self._failure(outcome, _("an answer"), "", "")
        if outcome.changed is not None:
            raise self._failure(
                outcome,
                _("the arguments left as they were"),
                _("after the call an argument is not what it was ({where})").format(
                    where=outcome.changed
                ),
                _("A function should answer and leave what it was given as it was."),
            )
        if outcome.printed:
            raise self._failure(
                outcome,
                _("nothing printed"),
                _("it printed {text}").format(text=show(outcome.printed, 120)),
                _("Return the answer; printing is for the one who calls."),
            )
        again = self._run(quiet=True)
        first = rebuilt(outcome.value)
        difference = first_difference(again.value, first)
        if difference is not None:
            difference = told_difference(again.value, may_show(first, None))
        if again.error is not None or difference is not None:
            raise self._failure(
                outcome,
                _("the same answer when called again"),
                difference or _("the second call ended with {error}").format(error=told(again)),
                _("Is something left over from the first call?"),
            )

    def _run(self, *, quiet: bool = False) -> Outcome:
        __tracebackhide__ = True
        if not callable(self._function):
            raise CheckFailed(
                _("{name} is {value} and not a function.").format(
                    name=self._name, value=show(self._function, 60)
                )
                + "\n\n"
                + _("Was the name used for something else? Run the cell with its def again.")
            )
        outcome = run(self._function, self._args, self._kwargs, self._library, quiet=quiet)
        if outcome.borrowed:
            raise CheckFailed(
                _("{name} lets the course library do the work.").format(name=self._name)
                + "\n\n"
                + self._call_line()
                + line(_("It used"), outcome.borrowed)
                + "\n"
                + fill(_("The exercise is to write this yourself, in plain Python."))
                + fill(_("Which step would you do first with pencil and paper?"))
            )
        return outcome

    def _part(self, value: object) -> object:
        if self._key is None:
            return value
        # Most answers are a dict of texts, which can be asked as it is.
        whole = value if is_plain_dict(value) else rebuilt(value)
        if isinstance(whole, dict) and self._key in whole:
            return whole[self._key]
        if isinstance(whole, dict):
            reason = _("the key {key} is missing").format(key=show(self._key))
        elif isinstance(self._key, int) and isinstance(whole, list | tuple):
            if -len(whole) <= self._key < len(whole):
                return whole[self._key]
            reason = _("there is no place {place}").format(place=self._key + 1)
            if self._key < 0:
                reason = _("there is no place {place}, counted from the end").format(
                    place=-self._key
                )
        else:
            reason = _("it cannot be asked for {key}").format(key=show(self._key))
        return _NoPart(reason)

    def _call_line(self) -> str:
        chosen = "" if self._key is None else f"[{self._key!r}]"
        return called(self._name, self._args, self._kwargs, chosen)

    def _failure(
        self, outcome: Outcome, wanted: str, where: str, rule: str, expected: object = None
    ) -> CheckFailed:
        __tracebackhide__ = True
        text = _("{name} is not right yet.").format(name=self._name) + "\n\n"
        text += self._call_line()
        if outcome.error is not None:
            text += line(_("Ended with"), told(outcome)) + raising_line(outcome)
        else:
            got = self._part(outcome.value)
            shown = outcome.value if type(got) is _NoPart else got
            text += line(_("Came back"), show(may_show(shown, expected)))
        text += line(_("Expected"), wanted)
        if where:
            text += line(_("Look at"), where)
        if rule:
            text += line(_("The rule"), rule)
        mistake = recognise(
            self._function,  # type: ignore[arg-type]
            outcome,
            self._args,
            self._kwargs,
            self._mistakes,
            self._part,
        )
        if mistake:
            text += "\n" + fill(
                _("This is what comes out if {idea}.").format(idea=_(mistake["idea"]))
            )
            text += fill(_(mistake["question"]))
        return CheckFailed(text.rstrip("\n"))


class _NoPart:
    """What a part is when what came back has no such part."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def _wanted(expected: object, within: float | None) -> str:
    """Show what a call should return; only of one that does not, as it takes its time."""
    wanted = show(expected)
    if not _has_decimals(expected):
        return wanted
    if within is None:
        return wanted + " " + _("(to nine decimals)")
    return wanted + " " + _("(give or take {within})").format(within=f"{within:.9f}".rstrip("0"))


def _names(text: str, word: str) -> bool:
    if len(word) > _SHORT or word.endswith("_"):
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _has_decimals(value: object) -> bool:
    if isinstance(value, dict):
        return any(_has_decimals(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(_has_decimals(item) for item in value)
    return isinstance(value, float)
