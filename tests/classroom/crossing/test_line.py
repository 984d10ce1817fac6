"""A call across the line: what it brings back, and what a hostile other side can do to it."""

from __future__ import annotations

import asyncio
import colorsys  # noqa: F401 - is watched
import contextlib
import functools
import inspect
import io
import json
import os
import random
import signal
import socket
import statistics  # noqa: F401 - is watched
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import practice
from classroom.crossing import tests as tests_side
from classroom.crossing.answers import Answers, disarm, telling_codes
from classroom.crossing.protocol import VERSION
from classroom.crossing.shown import Known, texts_of, unshown, veiled
from classroom.crossing.stand_in import (
    NOT_SHOWN,
    AnswersEndedError,
    CallTimeoutError,
    Crossing,
    StandIn,
    know,
)
from classroom.crossing.values import Opaque
from classroom.walls.jail import Jail

Meet = Callable[..., dict[str, Any]]


@pytest.fixture
def meet() -> Iterator[Meet]:
    """Give what stands here for the names that a cell makes in a fork."""
    open_sockets = []
    children = []

    def met(
        source: str, *, hidden: bool = False, seconds: float = 20, watched: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        here, there = socket.socketpair()
        process = os.fork()
        if process == 0:
            try:
                here.close()
                names: dict[str, Any] = {"__name__": "__main__"}
                exec(compile(source, "<cell>", "exec"), names)
                disarm(watched)
                Answers(there, names, {}).serve()
            finally:
                os._exit(0)
        there.close()
        open_sockets.append(here)
        children.append(process)
        line = Crossing(here, time.monotonic() + seconds, {}, lambda: hidden, watched)
        asked = sorted({word for word in source.replace("(", " ").split() if word.isidentifier()})
        return line.names(asked, {})

    yield met
    for one in open_sockets:
        one.close()
    # A browser of another test may be a child of this process, too.
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_call_brings_back_the_value(meet: Meet) -> None:
    names = meet("def double(n): return [n, 2 * n]\nlimit = {'a': (1, 2.5)}")
    assert isinstance(names["double"], StandIn)
    assert names["double"](3) == [3, 6]
    assert names["limit"] == {"a": (1, 2.5)}


@pytest.mark.parametrize(
    "source",
    [
        "double = lambda n: 2 * n",
        "from functools import partial\nfrom operator import mul\ndouble = partial(mul, 2)",
        "class D:\n    def __call__(self, n): return 2 * n\ndouble = D()",
        "import functools\n@functools.lru_cache\ndef double(n): return 2 * n",
        "class D:\n    @staticmethod\n    def twice(n): return 2 * n\ndouble = D.twice",
    ],
)
def test_whatever_can_be_called_is_called(meet: Meet, source: str) -> None:
    assert meet(source)["double"](4) == 8


def test_arguments_are_afterwards_what_the_function_made_of_them(meet: Meet) -> None:
    names = meet("def f(rows, *, more):\n    rows.sort()\n    more['x'] = rows\n    return rows")
    rows, more = [3, 1, 2], {}
    assert names["f"](rows, more=more) is rows
    assert rows == [1, 2, 3]
    assert more["x"] is rows


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        ("ValueError('no waits')", ValueError),
        ("KeyError('a')", KeyError),
        ("ZeroDivisionError", ZeroDivisionError),
        ("NotImplementedError()", NotImplementedError),
        ("OSError(28, 'full')", OSError),
        ("__import__('json').loads('{')", json.JSONDecodeError),
        ("SystemExit(0)", SystemExit),
    ],
)
def test_an_error_is_of_the_class_that_tests_name(meet: Meet, raised: str, kind: type) -> None:
    names = meet(f"def f():\n    raise {raised}")
    with pytest.raises(kind) as caught:
        names["f"]()
    assert type(caught.value).__name__ == kind.__name__


def test_an_error_of_ones_own_class_is_one_of_its_base(meet: Meet) -> None:
    source = "class QueueError(ValueError):\n    def __str__(self): return 'too long'\n"
    with pytest.raises(ValueError, match="too long") as caught:
        meet(source + "def f():\n    raise QueueError(5)")["f"]()
    assert type(caught.value).__name__ == "QueueError"


def test_what_is_printed_there_is_printed_here(
    meet: Meet, capsys: pytest.CaptureFixture[str]
) -> None:
    meet("import sys\ndef f():\n    print('one')\n    print('two', file=sys.stderr)")["f"]()
    assert tuple(capsys.readouterr()) == ("one\n", "two\n")


def test_functions_go_both_ways(meet: Meet) -> None:
    names = meet(
        "def twice(f, x): return f(f(x))\ndef adder(n):\n    return lambda x: x + n\n"
        "def largest(rows): return max(rows, key=len)"
    )
    seen = []

    def mine(x: int) -> int:
        seen.append(x)
        return x * 3

    assert names["twice"](mine, 2) == 18
    assert seen == [2, 6]
    assert names["adder"](4)(5) == 9
    assert names["twice"](names["adder"](4), 1) == 9
    assert names["twice"](str.upper, "a") == "A"
    assert names["twice"](functools.partial(pow, 2), 2) == 16


def test_a_generator_is_asked_one_by_one_and_a_coroutine_when_it_is_awaited(meet: Meet) -> None:
    names = meet(
        "def count():\n    n = 0\n    while True:\n        yield n\n        n += 1\n"
        "async def later(n):\n    return n + 1"
    )
    numbers = names["count"]()
    assert [next(numbers) for _ in range(3)] == [0, 1, 2]

    async def wait() -> int:
        return await names["later"](4)

    # In a thread of its own: the worker's browser keeps an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: asyncio.run(wait())).result() == 5


def test_a_stand_in_has_the_name_and_the_parameters(meet: Meet) -> None:
    f = meet('def f(a, b=2, *, c):\n    """Say what."""')["f"]
    assert (f.__name__, f.__doc__) == ("f", "Say what.")
    assert list(inspect.signature(f).parameters) == ["a", "b", "c"]


def test_hidden_parts_hear_the_words_of_an_error_and_do_not_show_them(
    meet: Meet, capsys: pytest.CaptureFixture[str]
) -> None:
    names = meet("def f(x):\n    print('secret', x)\n    raise ValueError(f'got {x}')", hidden=True)
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are the question
        names["f"]("loot")
    error = caught.value
    assert "loot" in str(error)
    words = str(error)
    for text in (f"{words}", "it said " + words, words + "!", words[:3]):
        assert "loot" not in text
        assert NOT_SHOWN in text
    printed = "".join(capsys.readouterr())
    assert "secret" not in printed
    assert "something was printed" in printed


def test_a_function_of_a_watched_package_only_tells_that_it_was_called(meet: Meet) -> None:
    names = meet(
        "import statistics\nfrom statistics import mean\nheld = [mean]\n"
        "def f(x): return mean(x)\n"
        "def g(x):\n    try:\n        return held[0](x)\n    except BaseException:\n"
        "        return 2\n"
        "def own(x): return sum(x) / len(x)",
        watched=("statistics",),
    )
    seen = []
    sys.setprofile(lambda frame, *_: seen.append(frame.f_globals.get("__name__")))
    try:
        for name in ("f", "g"):
            with pytest.raises(RuntimeError, match=r"statistics\.mean do the work"):
                names[name]([1, 3])
    finally:
        sys.setprofile(None)
    assert "statistics" in seen
    assert names["own"]([1, 3]) == 2


def test_a_watched_function_of_any_kind_tells_even_where_warnings_are_errors(
    meet: Meet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Python 3.13 warns of code of another kind, and a learner may have made warnings errors.
    (tmp_path / "kinds_of_work.py").write_text(
        "def plain(): return 1\ndef many(): yield 1\n"
        "async def later(): return 1\nasync def stream(): yield 1\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    names = meet(
        "import warnings\nwarnings.simplefilter('error')\nimport asyncio, kinds_of_work as work\n"
        "def a(): return work.plain()\ndef b(): return list(work.many())\n"
        "def c(): return asyncio.run(work.later())\n"
        "def d():\n    async def all(): return [one async for one in work.stream()]\n"
        "    return asyncio.run(all())",
        watched=("kinds_of_work",),
    )
    for name, does in {"a": "plain", "b": "many", "c": "later", "d": "stream"}.items():
        with pytest.raises(RuntimeError, match=rf"kinds_of_work\.{does} do the work"):
            names[name]()


def test_of_two_packages_each_is_watched_by_whom_it_is_named_alone() -> None:
    colours, statistic = (telling_codes((name,)) for name in ("colorsys", "statistics"))
    assert {function.__module__ for function, _ in colours} == {"colorsys"}
    assert {function.__module__ for function, _ in statistic} == {"statistics"}
    assert telling_codes(("colorsys", "statistics")) in (colours + statistic, statistic + colours)
    assert telling_codes(("stat",)) == []


def test_a_call_that_takes_too_long_ends_the_test_and_later_ones_wait_less(meet: Meet) -> None:
    names = meet("import time\ndef f(): time.sleep(60)", seconds=1)
    with pytest.raises(CallTimeoutError):
        names["f"]()
    begun = time.monotonic()
    with pytest.raises(CallTimeoutError):
        names["f"]()
    assert time.monotonic() - begun < 1


def test_an_interpreter_that_ends_is_told_as_that(meet: Meet) -> None:
    names = meet("import os\ndef f(): os._exit(3)\ndef g(): return 1")
    with pytest.raises(AnswersEndedError, match="it ended"):
        names["f"]()
    with pytest.raises(AnswersEndedError):
        names["g"]()


def test_an_object_of_a_class_of_ones_own_equals_nothing_here(meet: Meet) -> None:
    names = meet(
        "class Any:\n    def __eq__(self, other): return True\n"
        "    def __sub__(self, other): return 0\ndef f(): return Any()"
    )
    value = names["f"]()
    assert isinstance(value, Opaque)
    assert value != 4
    with pytest.raises(TypeError):
        value - 4


def hostile(data: bytes) -> tuple[Crossing, StandIn]:
    """Make a stand-in whose other side has written these bytes, whatever is asked."""
    here, there = socket.socketpair()
    there.sendall(data[:100_000])
    there.shutdown(socket.SHUT_WR)
    drain = threading.Thread(target=_drain, args=(there,), daemon=True)
    drain.start()
    line = Crossing(here, time.monotonic() + 5, {}, lambda: False)
    stand_in = StandIn()
    stand_in._become(line, "f", ["fn", 0, "f", None, None, ""])
    return line, stand_in


def _drain(there: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while there.recv(1 << 16):
            pass
    there.close()


def framed(message: object) -> bytes:
    data = json.dumps(message).encode()
    return struct.pack("!I", len(data)) + data


parts: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["value", "error", "printed", "objects", "borrowed", "kinds", "words"])
            | st.sampled_from(["args", "frames"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)
messages = st.builds(
    lambda version, kind, body: [version, kind, *body],
    st.sampled_from([VERSION, VERSION, VERSION, 0, None]),
    st.sampled_from(["answer", "answer", "call", "names", "next", "await", "x", None]),
    st.lists(parts, max_size=3),
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(messages, max_size=4).map(lambda all_: b"".join(map(framed, all_))) | st.binary())
def test_whatever_a_hostile_side_writes_a_call_gives_a_value_or_an_error(data: bytes) -> None:
    line, f = hostile(data)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            value = f([1, {"a": 2}])
        except BaseException as error:  # noqa: BLE001 - any error is an answer
            value = error
    assert not isinstance(value, MemoryError | AssertionError | RecursionError)
    # Only values of the listed types, errors, and what stands for something there.
    assert type(value).__module__ not in ("__main__", "tests")
    line.line.close()


@pytest.mark.parametrize(
    "answer",
    [
        {"value": ["k", 0, "x"]},
        {"value": ["yours", 0]},
        {"value": ["g", "os", "system"]},
        {"value": ["m?", "f"]},
        {"value": 1, "objects": [["d"]]},
        {"error": {"kinds": [["os", "system"]], "words": "x"}},
        {"error": {"kinds": [["builtins", "eval"]], "words": "x"}},
        {"error": {"kinds": [["crossing.stand_in", "Crossing"]]}},
        {"error": {"kinds": [], "frames": [["/etc/passwd", None, "f", 1, None, None]]}},
        {"borrowed": "x(): pass\nimport os", "value": 1},
        {"printed": [["stdin", "x"], 5, [None, None]], "value": 4},
    ],
    ids=json.dumps,
)
def test_an_answer_cannot_name_what_is_on_this_side(answer: object) -> None:
    line, f = hostile(framed([VERSION, "answer", answer]))
    try:
        value: Any = f([1])
    except (Exception, AnswersEndedError) as error:  # noqa: BLE001
        value = error
    assert isinstance(value, int | Exception | AnswersEndedError)
    line.line.close()


def test_a_learners_side_that_guesses_gets_no_function_of_the_tests() -> None:
    line, f = hostile(framed([VERSION, "call", 7, [["l"], ["d"]]]))
    with pytest.raises(AnswersEndedError):
        f()
    line.line.close()


def test_the_same_numbers_are_drawn_here_whatever_runs_there(meet: Meet) -> None:
    random.seed(5)
    first = random.random()
    random.seed(5)
    meet("import random\ndef f(): random.seed(1)")["f"]()
    assert random.random() == first


OWN = "def f(x):\n    class Own:\n        def __repr__(s): return x\n"


@pytest.mark.parametrize(
    "source",
    [
        "def f(x): raise type('got_' + x, (ValueError,), {})()",
        "def f(x): raise type('got_' + x, (Exception,), {})('')",
        f"{OWN}    return Own()",
        "def f(x): return type('got_' + x, (), {})()",
        "def f(x):\n    def g(): pass\n    g.__name__ = g.__doc__ = x\n    return g",
        "def f(x): return eval('lambda ' + x + ': 1')",
        f"{OWN}        def __call__(s): pass\n    return Own()",
        f"{OWN}        __iter__ = __next__ = lambda s: s\n    return Own()",
    ],
)
def test_names_and_descriptions_made_up_while_a_hidden_test_calls_are_not_told(
    meet: Meet, source: str
) -> None:
    f = meet(source, hidden=True)["f"]
    try:
        value = f("loot")
    except Exception as error:  # noqa: BLE001 - its name is the question
        value = error
    shown = [repr(value), type(value).__name__, type(value).__qualname__]
    shown += [getattr(value, "__name__", ""), getattr(value, "__doc__", "") or ""]
    with contextlib.suppress(TypeError, ValueError):
        shown.append(str(inspect.signature(value)))
    assert "loot" not in " ".join(map(str, shown))


LOOT = "the loot of an earlier call"
GATHERS = """
seen = []
def gather(x):
    seen.append(x)
    return {}
"""


@pytest.mark.parametrize(
    "what",
    [
        "seen[0]",
        "[seen[0], 1]",
        "seen",
        "{'rows': seen}",
        "{seen[0]: 1}",
        "(1, (seen[0], x))",
        "{seen[0]}",
        "x + seen[0]",
        "[seen[0], x] * 3",
        "seen[0].encode()",
        f"__import__({np.__name__!r}).array(seen)",
        "int.from_bytes(seen[0].encode())",
        "[word for text in seen for word in text.split()]",
    ],
)
def test_what_a_function_gathered_of_other_calls_of_a_hidden_test_is_not_shown(
    meet: Meet, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(practice.values, "_screens", [])
    gather = meet(GATHERS.format(what), hidden=True)["gather"]
    practice.values.screen(gather._crossing.screened)
    check = practice.check.Check({}, ["gather"], "")
    gather(LOOT)
    said = []
    for expected in (["mill"], "mill", {"rows": "mill"}, ("mill", ("mill", 1)), 1):
        for judge in (
            functools.partial(check(gather, "aalto").returns, expected),
            functools.partial(check(gather, "aalto")[0].returns, expected),
            check(gather, "aalto").leaves_no_trace,
        ):
            try:
                judge()
            except practice.check.CheckFailed as failed:
                said.append(str(failed))
    assert said
    assert "aalto" in said[0]
    words = {"loot", "earlier", str(int.from_bytes(LOOT.encode()))[:20]}
    assert [text for text in said if any(word in text for word in words)] == []


def test_what_a_function_gathered_is_not_shown_where_it_changes_its_arguments(
    meet: Meet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice.values, "_screens", [])
    f = meet("seen = []\ndef f(rows):\n    seen.append(rows[0])\n    rows[:] = seen", hidden=True)[
        "f"
    ]
    practice.values.screen(f._crossing.screened)
    f([LOOT])
    with pytest.raises(practice.check.CheckFailed, match="is not what it was") as failed:
        practice.check.Check({}, ["f"], "")(f, ["aalto"]).leaves_no_trace()
    assert "loot" not in str(failed.value)
    assert "place 1" in str(failed.value)


def test_of_a_hidden_test_an_answer_of_the_calls_and_the_expectations_words_is_shown(
    meet: Meet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice.values, "_screens", [])
    source = (
        "def f(rows): return {'late': sorted(rows, reverse=True), 'mean': 2.5, 'say': 'no: mill'}"
    )
    f = meet(source, hidden=True)["f"]
    f._crossing._seen = (source,)
    practice.values.screen(f._crossing.screened)
    check = practice.check.Check({}, ["f"], "")
    wanted = {"late": ["aalto", "mill"], "mean": 2.5, "say": "no: mill"}
    with pytest.raises(practice.check.CheckFailed) as failed:
        check(f, ["mill", "aalto"]).returns(wanted)
    text = str(failed.value)
    assert "{'late': ['mill', 'aalto'], 'mean': 2.5, 'say': 'no: mill'}" in text
    assert "key 'late', place 1: 'mill' came back, 'aalto' was expected" in text


def test_what_a_hidden_test_displays_of_an_answer_is_cleaned_as_what_it_prints(
    meet: Meet,
) -> None:
    tests = tests_side.Tests({})
    tests.crossing = meet(GATHERS.format("' '.join(seen)"), hidden=True)["gather"]._crossing
    gather = tests.crossing.names(["gather"], {})["gather"]
    gather(LOOT)
    said = gather("of the second call of this test")
    shown = {"data": {"text/plain": repr(said)}, "metadata": {}, "more": [[said]]}
    assert "loot" not in json.dumps(tests.clean(shown))
    assert "loot" in json.dumps(shown)


def test_a_text_put_together_of_words_that_are_known_is_shown() -> None:
    known = Known("found.append('no evidence: ' + name)", "pay, till")
    shown = ["no evidence: pay", "till: pay, 12"]
    assert veiled(shown, known) == shown
    for text in ("no evidence: loot", "evidence? pay", "pay " * 200, f"pay {10**20}"):
        assert veiled(text, known) != text


def test_a_value_that_holds_itself_is_veiled_in_no_time() -> None:
    held: list[Any] = []
    held += [held, held]
    for _ in range(60):
        held = [held, held]
    assert list(texts_of(held)) == []
    veiled(held, Known())
    assert "x" * 50 in unshown(Known(), ["x" * 50, held])


def test_an_error_keeps_the_class_that_both_sides_have_while_a_hidden_test_calls(
    meet: Meet,
) -> None:
    f = meet("class Own(KeyError): pass\ndef f(): raise Own('x')", hidden=True)["f"]
    with pytest.raises(KeyError) as caught:
        f()
    assert type(caught.value) is KeyError


def test_the_lines_of_an_error_are_those_that_were_handed_in_not_what_the_other_side_says() -> None:
    frames = [["<cell>", 3, "f", 1, "loot = 1\n", [1, [0, 0, 0], []]]]
    frames += [["<cell>", 3, "f", 1, [1, [0, 0, 0], []]]]
    error = {"kinds": [["builtins", "ValueError"]], "words": "x", "frames": frames}
    line, f = hostile(framed([VERSION, "answer", {"error": error}]))
    know({3: "def f(): raise ValueError('x')\n"})
    with pytest.raises(ValueError, match="x") as caught:
        f()
    lines = [frame.line for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert "loot = 1" not in lines
    assert "def f(): raise ValueError('x')" in lines
    line.line.close()


def test_what_is_not_parked_is_gone_when_the_desk_goes_on() -> None:
    """A late order would kill the fork that what is parked has made for a test by then."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    jail = Jail.__new__(Jail)
    jail._control = here
    done = threading.Event()

    def kill() -> None:
        assert json.loads(there.recv(1 << 16)) == {"op": "spare"}
        time.sleep(0.3)
        done.set()
        there.send(b'{"op": "spared"}')

    with here, there:
        beside = threading.Thread(target=kill)
        beside.start()
        jail.spare()
        assert done.is_set()
        beside.join()
