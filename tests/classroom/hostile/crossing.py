"""Aimed at the crossing: lies told from the answers' side, and honest code that it could cost."""

from __future__ import annotations

from .. import toy
from .case import FULL, Family, answers, edited, wrong_with
from .documents import wrong_points

lies = Family("lies across the line")

# ruff: noqa: E501 - answers as data, a line each

# Of the wrong answers, one says that all promises are kept, which is so in one test; the
# other meets no waits with a ValueError, and that is what a trick in its place does not.
KEPT = float(toy.POINTS["test_kept_all"])
EARNS: dict[str, float] = {
    # A ValueError of its own is a ValueError.
    "an-error-that-pretends-by-its-mro": wrong_points(),
}

for name, source in {
    "nan": "mean_wait = promise_kept = lambda *a: float('nan')",
    "infinity": "mean_wait = promise_kept = lambda *a: float('inf')",
    "nan-of-decimal": "from decimal import Decimal\nmean_wait = promise_kept = lambda *a: Decimal('sNaN')",
    "endless-exponent": "from decimal import Decimal\nmean_wait = promise_kept = lambda *a: Decimal('1e999999')",
    "empty-array": "import numpy as np\nmean_wait = promise_kept = lambda *a: np.array([])",
    "array-of-no-shape": "import numpy as np\nmean_wait = promise_kept = lambda *a: np.zeros((0, 4, 0))",
    "not-implemented": "mean_wait = promise_kept = lambda *a: NotImplemented",
    "a-pickle-into-every-door": "import io, os, pickle, struct\nclass Told:\n    def __reduce__(self): return io.open, ('/tmp/classroom-ESCAPED', 'w')\ndata = pickle.dumps(Told())\ndef mean_wait(*a):\n    for door in range(3, 256):\n        try: os.write(door, struct.pack('!i', len(data)) + data)\n        except OSError: pass\npromise_kept = mean_wait",
    "a-huge-whole-number": "mean_wait = promise_kept = lambda *a: 1 << 40_000_000",
    "keys-of-one-hash": "mean_wait = promise_kept = lambda *a: {n * (2**61 - 1): 0 for n in range(9000)}",
    "deep-nesting": "def mean_wait(*a):\n    held = []\n    for _ in range(100_000): held = [held]\n    return held\npromise_kept = mean_wait",
    "a-list-that-holds-itself": "def mean_wait(*a):\n    held = []\n    held.append(held)\n    return held\npromise_kept = mean_wait",
    "returns-itself": "def mean_wait(*a): return mean_wait\npromise_kept = mean_wait",
    "an-endless-iterator": "import itertools\nmean_wait = promise_kept = lambda *a: itertools.count()",
    "a-coroutine-for-an-answer": "async def mean_wait(*a): return 4\npromise_kept = mean_wait",
    "text-that-is-a-number": "class T(str):\n    __eq__ = lambda s, o: True\n    __hash__ = str.__hash__\nmean_wait = promise_kept = lambda *a: T('4')",
    "a-class-that-lies-about-itself": "class L:\n    __class__ = property(lambda s: float)\n    __eq__ = lambda s, o: True\n    __float__ = lambda s: 4.0\nmean_wait = promise_kept = lambda *a: L()",
    "a-metaclass-that-agrees": "class M(type):\n    __eq__ = lambda s, o: True\n    __hash__ = lambda s: 0\n    __instancecheck__ = lambda s, o: True\nclass L(metaclass=M): pass\nmean_wait = promise_kept = lambda *a: L",
    "an-array-that-agrees": "import numpy as np\nclass A(np.ndarray):\n    __eq__ = lambda s, o: True\n    __array_priority__ = 99\nmean_wait = promise_kept = lambda *a: np.zeros(3).view(A)",
    "a-dict-that-swaps-its-items": "class D(dict):\n    def items(s): return [(4, 4)]\n    __eq__ = lambda s, o: True\nmean_wait = promise_kept = lambda *a: D()",
    "arguments-emptied": "def mean_wait(minutes):\n    if isinstance(minutes, list): minutes.clear()\npromise_kept = lambda minutes, p: minutes.clear()",
    "an-error-that-pretends-by-its-mro": "class E(ValueError): pass\nE.__module__ = 'builtins'\nE.__qualname__ = E.__name__ = 'ValueError'\ndef mean_wait(minutes): raise E('x')",
    "an-assertion-for-an-answer": "def mean_wait(*a): raise AssertionError('passed')\npromise_kept = mean_wait",
    "ends-an-iteration": "def mean_wait(*a): raise StopIteration(4)\npromise_kept = mean_wait",
    "quits-the-debugger": "import bdb\ndef mean_wait(*a): raise bdb.BdbQuit\npromise_kept = mean_wait",
    "interrupts-from-the-keyboard": "def mean_wait(*a): raise KeyboardInterrupt\npromise_kept = mean_wait",
    "leaves-a-generator": "def mean_wait(*a): raise GeneratorExit\npromise_kept = mean_wait",
    "an-error-with-no-words": "class E(Exception):\n    def __str__(s): raise SystemExit\ndef mean_wait(*a): raise E\npromise_kept = mean_wait",
    "an-error-that-is-its-own-cause": "def mean_wait(*a):\n    e = KeyError('x')\n    e.__cause__ = e\n    raise e\npromise_kept = mean_wait",
    "a-group-of-errors": "def mean_wait(*a): raise ExceptionGroup('all', [TypeError(1), KeyError(2)])\npromise_kept = mean_wait",
    "forks-in-a-call": "import os\ndef mean_wait(*a):\n    os.fork()\n    return 1\npromise_kept = mean_wait",
    "a-thread-of-each-call": "import threading, time\ndef mean_wait(*a):\n    threading.Thread(target=time.sleep, args=(60,)).start()\npromise_kept = mean_wait",
    "an-alarm-in-a-call": "import signal\ndef mean_wait(*a):\n    signal.signal(signal.SIGALRM, lambda *a: print('passed'))\n    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)\npromise_kept = mean_wait",
    "at-exit": "import atexit\natexit.register(lambda: print('passed'))",
    "changed-at-the-fork": "import os\nos.register_at_fork(after_in_child=lambda: globals().update(mean_wait=lambda *a: 4))\ndef abs_(): pass",
    "kills-its-parent-across-the-line": "import os, signal\ndef mean_wait(*a):\n    os.kill(os.getppid(), signal.SIGKILL)\npromise_kept = mean_wait",
    "a-file-tells-the-next-test": "def mean_wait(minutes):\n    open('/tmp/n', 'a').write('x')\n    return len(open('/tmp/n').read()) + 900\npromise_kept = lambda *a: mean_wait(a)",
    "answers-replaced": "for A in object.__subclasses__():\n    if A.__name__ == 'Answers': A._answer = lambda s, k, b: {'value': 4}",
    "trees-forged": "for E in object.__subclasses__():\n    if E.__name__ == 'Encoder': E.tree = lambda s, v: ['g', 'builtins', 'eval']",
    "a-call-for-a-call": "for L in object.__subclasses__():\n    if L.__name__ == 'Line':\n        kept = L.send\n        L.send = lambda s, kind, *b: kept(s, 'call', 0, ['t', ['l'], ['d']])",
    "no-version": "for L in object.__subclasses__():\n    if L.__name__ == 'Line': L.send.__globals__['VERSION'] = 99",
    "bytes-to-every-descriptor": "import os\ndef mean_wait(*a):\n    for fd in range(3, 64):\n        try: os.write(fd, bytes(64))\n        except OSError: pass\npromise_kept = mean_wait",
    "closes-every-descriptor": "import os\ndef mean_wait(*a): os.closerange(3, 64)\npromise_kept = mean_wait",
    "a-name-that-is-no-name": "def mean_wait(*a): raise type('\\x1b[2K\\r[bold]Marks: 11', (Exception,), {})\npromise_kept = mean_wait",
    "a-signature-of-a-thousand": "exec('def mean_wait(' + ', '.join(f'a{n}=0' for n in range(1000)) + '): pass')\npromise_kept = mean_wait",
}.items():
    lies.add(
        name, wrong_with(source), EARNS.get(name, KEPT if "mean_wait" in source else wrong_points())
    )

# Whose name takes for ever to read: no longer than other endless code, and no more points.
lies.add(
    "a-name-that-is-read-for-ever",
    wrong_with(
        "import time\nclass Slow:\n    __name__ = property(lambda s: time.sleep(99))\n"
        "    def __call__(s, *a): return 4\nmean_wait = promise_kept = Slow()"
    ),
    # It is what test_mean asks for once, and never what it asks for next.
    KEPT,
)

# Honest work that the crossing must not cost anything.
kept = Family("kept by the crossing")
RIGHT = toy.RIGHT["mean_wait"]
for name, source in {
    "a-cached-function": "import functools\n_plain = mean_wait\n_cached = functools.lru_cache(lambda m: _plain(m))\nmean_wait = lambda m: _cached(tuple(m))",
    "a-method-for-a-function": "class Desk:\n    def __init__(self): self.calls = 0\n    def mean(self, minutes):\n        self.calls += 1\n        return _plain(minutes)\n_plain = mean_wait\nmean_wait = Desk().mean",
    "a-generator-inside": "def each(m):\n    yield from m\n_plain = mean_wait\ndef mean_wait(minutes): return _plain(list(each(minutes)))",
    "a-mutable-default": "_plain = mean_wait\ndef mean_wait(minutes, seen=[]):\n    seen.append(minutes)\n    return _plain(minutes)",
    "prints-in-each-call": "_plain = mean_wait\ndef mean_wait(minutes):\n    print('mean of', minutes)\n    return _plain(minutes)",
    "logs-in-each-call": "import logging\nlogging.basicConfig(level=10)\n_plain = mean_wait\ndef mean_wait(minutes):\n    logging.info('mean of %s', minutes)\n    return _plain(minutes)",
    "draws-in-each-call": "import matplotlib.pyplot as plt\n_plain = mean_wait\ndef mean_wait(minutes):\n    plt.figure()\n    plt.plot(list(minutes))\n    return _plain(minutes)",
    "an-event-loop-inside": "import asyncio\n_plain = mean_wait\nasync def later(m): return _plain(m)\ndef mean_wait(minutes): return asyncio.run(later(minutes))",
    "a-thread-pool-inside": "from concurrent.futures import ThreadPoolExecutor\n_plain = mean_wait\ndef mean_wait(minutes):\n    with ThreadPoolExecutor(1) as pool: return pool.submit(_plain, minutes).result()",
    "a-pool-of-all-calls": "from concurrent.futures import ThreadPoolExecutor\n_plain = mean_wait\n_pool = ThreadPoolExecutor(2)\ndef mean_wait(minutes): return _pool.submit(_plain, minutes).result(2)",
    "recursion-to-depth": "def _add(m): return m[0] + _add(m[1:]) if m else 0\n_add(list(range(500)))",
    "an-array-of-no-dimension": "import numpy as np\n_plain = mean_wait\ndef mean_wait(minutes): return np.array(_plain(minutes))",
    "decimals-as-results": "from decimal import Decimal\n_plain = promise_of = None\ndef half(m): return Decimal(1) / 2",
    "an-error-of-its-own-kind": "class NoWaits(ValueError):\n    def __init__(self, n): super().__init__(f'{n} waits')\n_plain = mean_wait\ndef mean_wait(minutes):\n    if not minutes: raise NoWaits(0)\n    return _plain(minutes)",
    "an-error-from-another": "def mean_wait(minutes):\n    try: return sum(minutes) / len(minutes)\n    except ZeroDivisionError as error: raise ValueError('no waits') from error",
    "a-keyword-for-an-argument": "_plain = mean_wait\ndef mean_wait(minutes, *, digits=9): return round(_plain(minutes), digits)",
    "a-wrapped-signature": "import functools\n_plain = mean_wait\n@functools.wraps(_plain)\ndef mean_wait(*a, **k): return _plain(*a, **k)",
}.items():
    kept.add(name, answers(mean_wait=RIGHT + "\n" + source), FULL, flag=False)
kept.add(
    "an-answer-calls-another",
    answers(
        promise_kept="def promise_kept(minutes, promised):\n"
        "    return mean_wait([wait <= promised for wait in minutes])"
    ),
    FULL,
    flag=False,
)


def _forged_ids(document: object) -> None:
    for cell in document.cells:  # type: ignore[attr-defined]
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("grade"):
            mark["points"], mark["locked"] = 100, False
            cell["source"] = "%%capture\npass"


lies.add("tests-made-a-magic-with-more-points", edited(_forged_ids, toy.WRONG), wrong_points())

FAMILIES = [lies, kept]
