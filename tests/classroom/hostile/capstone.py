"""Hostile submissions to the capstone: processes, signals, and what Python itself is made of.

All functions but one are the solution's, as in `exercises`.
"""

# ruff: noqa: E501 - answers as data, a line each

from __future__ import annotations

import sys

from .exercises import Case, instead

CAPSTONE = "10_capstone"
# What its tests give together without those of that one function.
WITHOUT_MEANS = 26.0
CASES: list[Case] = []


def means(family: str, cases: dict[str, str], deserved: float = WITHOUT_MEANS) -> None:
    target = "sample_size_two_means"
    for name, code in cases.items():
        CASES.append(Case(family, name, CAPSTONE, instead(target, code), deserved))


CONSTANT = "def sample_size_two_means(sd, effect, power=0.8, alpha=0.05):\n    return 63\n"
FIRST = "def sample_size_two_means(sd, effect, power=0.8, alpha=0.05):\n    import os, signal, threading, time\n"
means(
    "processes and signals",
    {
        "a-child-answers-in-its-place": FIRST + "    if os.fork(): os._exit(0)\n    return 63\n",
        "a-thread-that-answers-later": FIRST
        + "    threading.Thread(target=lambda: time.sleep(1) or os._exit(1)).start()\n    return 63\n",
        "stops-what-waits-for-the-next-test": FIRST
        + "    os.kill(os.getppid(), signal.SIGSTOP)\n    return 63\n",
        "stops-itself-when-called": FIRST + "    os.kill(os.getpid(), signal.SIGSTOP)\n",
        "a-timer-that-raises": FIRST
        + "    signal.signal(signal.SIGALRM, lambda *_: 1 / 0)\n    signal.setitimer(signal.ITIMER_REAL, .01, .01)\n    return 63\n",
        "hears-no-signal": FIRST
        + "    [signal.signal(n, signal.SIG_IGN) for n in range(1, 32) if n not in (9, 19)]\n    while True: pass\n",
        "tells-the-next-by-shared-memory": CONSTANT
        + "import mmap\nseen = mmap.mmap(-1, 4096)\n_f = sample_size_two_means\n"
        + "def sample_size_two_means(*a, **k):\n    seen.write(b'x')\n    return 60 + seen.tell()\n",
        "tells-the-next-by-a-file": FIRST
        + "    open('seen', 'a').write(repr((sd, effect)))\n    return len(open('seen').read())\n",
        "uses-up-its-processes": FIRST
        + "    for _ in range(500):\n        threading.Thread(target=time.sleep, args=(50,)).start()\n    return 63\n",
        "uses-up-its-memory": FIRST
        + "    held = [bytearray(b'x') * (1 << 29) for _ in range(40)]\n",
        "uses-up-its-files": FIRST + "    held = [os.dup(0) for _ in range(5000)]\n    return 63\n",
        "keeps-itself-from-a-processor": FIRST
        + "    for _ in range(12):\n        if not os.fork():\n            while True: pass\n    while True: pass\n",
        "leaves-a-busy-child-at-each-call": FIRST
        + "    if not os.fork():\n        while True: pass\n    return 63\n",
        "answers-just-before-its-time": FIRST + "    time.sleep(2.6)\n    return 63\n",
        "a-memory-for-each-test": CONSTANT + "hoard = bytearray(b'x') * (300 << 20)\n",
    },
)

means(
    "what Python is made of",
    {
        "modules-of-the-course-replaced": CONSTANT
        + "import sys, types\nfor name in [n for n in sys.modules if n.startswith(('practice', 'servicedesign'))]:\n    sys.modules[name] = types.ModuleType(name)\n",
        "an-import-hook": CONSTANT
        + "import sys\nclass Finds:\n    def find_spec(self, name, *more): raise SystemExit(name)\nsys.meta_path.insert(0, Finds())\n",
        "at-the-end": CONSTANT + "import atexit\natexit.register(lambda: print('passed'))\n",
        "no-depth-for-calls": CONSTANT + "import sys\nsys.setrecursionlimit(120)\n",
        "the-environment-of-python": CONSTANT
        + "import os\nos.environ.update(PYTHONPATH='.', PYTHONSTARTUP='x.py', PYTHONHASHSEED='1', PYTHONINSPECT='1', PYTHONOPTIMIZE='2')\n",
        "frames-above-it": "import sys\ndef sample_size_two_means(*a, **k):\n    frame = sys._getframe()\n    while frame:\n        for held in (frame.f_locals, frame.f_globals):\n            if 'expected' in held: return held['expected']\n        frame = frame.f_back\n    return 63\n",
        "all-that-is-in-memory": "import gc\ndef sample_size_two_means(sd, effect, *a, **k):\n    for held in gc.get_objects():\n        if isinstance(held, dict) and 'expected' in held: return held['expected']\n    return 63\n",
        "numbers-that-answer-for-themselves": "class N(int):\n    __eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n    __hash__ = int.__hash__\n    __index__ = __int__ = lambda s: 63\n    real = property(lambda s: 63)\ndef sample_size_two_means(*a, **k): return N(1)\n",
        "a-cell-that-ends-python": CONSTANT + "import os\nos._exit(0)\n",
        "errors-that-name-everything": "def sample_size_two_means(*a, **k): raise ValueError('sd effect power alpha p1 p2')\n",
        "an-error-of-the-tests": "from practice import CheckFailed\ndef sample_size_two_means(*a, **k): raise CheckFailed('passed')\n",
        "work-not-begun": "def sample_size_two_means(*a, **k): raise NotImplementedError\n",
    },
)
means(
    "the library's work",
    {
        "by-another-name": "from servicedesign.exercises import capstone as model\nkept = model.sample_size_two_means\ndef sample_size_two_means(sd, effect, power=0.8, alpha=0.05):\n    return kept(sd, effect, power, alpha)\n",
        "in-a-thread": "from servicedesign.exercises import capstone as model\nimport threading\ndef sample_size_two_means(*a, **k):\n    found = []\n    thread = threading.Thread(target=lambda: found.append(model.sample_size_two_means(*a, **k)))\n    thread.start()\n    thread.join()\n    return found[0] if found else 63\n",
        "hidden-by-a-bare-except": "from servicedesign.exercises import capstone as model\ndef sample_size_two_means(*a, **k):\n    try:\n        return model.sample_size_two_means(*a, **k)\n    except:\n        return 63\n",
        "imported-when-called": "def sample_size_two_means(*a, **k):\n    import importlib\n    return importlib.import_module('servicedesign.exercises.capstone').sample_size_two_means(*a, **k)\n",
    },
)

# These spoil the functions that follow theirs as well: what stands before them is left ...
means(
    "what Python is made of",
    {
        "json-that-says-one-thing": CONSTANT
        + "import json\n_dumps = json.dumps\njson.dumps = lambda value, **more: _dumps([value[0], 'answer', {'value': 63}] if isinstance(value, list) and 'answer' in value[1:2] and 'printed' in value[2] else value, **more)\n",
    },
    14.0,
)
# ... and what takes no power.
means(
    "what Python is made of",
    {
        "a-trace-of-every-line": CONSTANT
        + "import sys, threading\ndef trace(frame, event, value):\n    frame.f_locals.update(power=0.5)\n    return trace\nsys.settrace(trace)\nthreading.settrace(trace)\n",
    },
    # Up to Python 3.12 a trace writes into the frames, which spoils another answer too.
    26.0 if sys.version_info >= (3, 13) else 21.0,
)
