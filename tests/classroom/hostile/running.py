"""Work that does not stop, takes too much, or ends the interpreter."""

from __future__ import annotations

from .case import FULL, WITHOUT_MEAN, Family, answers, right_then

loops = Family("endless loop")
memory = Family("memory")
processes = Family("processes")
disk = Family("disk")
output = Family("output flood")
exits = Family("exit or crash")

# A cell that never ends leaves the other answers to be graded.
for name, source in {
    "while-true": "while True:\n    pass",
    "sleeps-for-days": "import time\ntime.sleep(10**6)",
    "catches-the-interrupt": """
import time
while True:
    try:
        time.sleep(1)
    except BaseException:
        pass
""",
    "ignores-the-signal": """
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)
while True:
    pass
""",
    "backtracks-in-c": "import re\nre.match(r'(a+)+$', 'a' * 64 + 'b')",
    "counts-in-c": "sum(range(10**14))",
    "stops-itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "becomes-another-program": "import os\nos.execvp('sleep', ['sleep', '100000'])",
    "waits-for-a-lock": "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    "joins-an-endless-thread": """
import threading
thread = threading.Thread(target=lambda: [None for _ in iter(int, 1)])
thread.start()
thread.join()
""",
}.items():
    loops.add(name, answers(mean_wait=source), WITHOUT_MEAN)
loops.add(
    "only-when-called",
    answers(mean_wait="def mean_wait(minutes):\n    while True:\n        pass"),
    WITHOUT_MEAN,
)
loops.add(
    "asks-for-input",
    answers(mean_wait="minutes = input('how long? ')\nmean_wait = lambda m: float(minutes)"),
    WITHOUT_MEAN,
)
loops.add("opens-the-debugger", right_then("breakpoint()"), FULL)
loops.add(
    "leaves-a-busy-thread-behind",
    right_then(
        "import threading\n"
        "threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=False).start()"
    ),
    FULL,
)
loops.add(
    "in-every-cell",
    answers(**dict.fromkeys(("mean_wait", "promise_kept", "draw_waits"), "while True: pass")),
    0,
)

for name, source in {
    "doubles-a-list": "hoard = [0]\nwhile True:\n    hoard += hoard",
    "one-great-block": "hoard = bytearray(200 * 2**30)",
    "touches-every-page": """
hoard = []
while True:
    hoard.append(bytearray(64 * 2**20))
    hoard[-1][::4096] = b'x' * len(hoard[-1][::4096])
""",
    "great-array": "import numpy\nhoard = numpy.ones(10**11)",
    "great-number": "hoard = 7 ** (10 ** 9)",
}.items():
    memory.add(name, answers(mean_wait=source), WITHOUT_MEAN)
memory.add(
    "recursion-without-end",
    answers(mean_wait="def mean_wait(minutes):\n    return mean_wait(minutes)"),
    WITHOUT_MEAN,
)
memory.add(
    "overflows-the-c-stack",
    answers(
        mean_wait="import sys\nsys.setrecursionlimit(10**9)\n"
        "def mean_wait(minutes):\n    return repr(mean_wait(minutes))\nmean_wait([1])"
    ),
    WITHOUT_MEAN,
)

# What the processes do is told apart by this number in their command line.
MARK = "86413579"
for name, source in {
    "orphan-in-the-background": f"import os\nos.system('sleep {MARK} &')",
    "daemon-with-its-own-session": f"""
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp('sleep', ['sleep', '{MARK}'])
    os._exit(0)
""",
    "popen-not-waited-for": (
        f"import subprocess\nsubprocess.Popen(['sleep', '{MARK}'], start_new_session=True)"
    ),
}.items():
    quietly = f"try:\n    exec({source!r})\nexcept BaseException:\n    pass"
    processes.add(name, right_then(quietly), FULL)
processes.add("two-of-it-go-on", right_then("import os\nos.fork()"), FULL)
processes.add(
    "fork-bomb",
    right_then("import os\nwhile True:\n    os.fork()"),
    FULL,
)
processes.add(
    "thread-bomb",
    right_then(
        "import threading, time\nwhile True:\n"
        "    threading.Thread(target=time.sleep, args=(999,), daemon=True).start()"
    ),
    FULL,
)
processes.add(
    "renames-and-forks",
    right_then(
        "import ctypes, os, time\nif os.fork() == 0:\n"
        f"    ctypes.CDLL(None).prctl(15, b'x{MARK}', 0, 0, 0)\n    time.sleep({MARK})"
    ),
    FULL,
)

for name, source in {
    "fills-the-folder": "f = open('big', 'wb')\nwhile True:\n    f.write(b'x' * 2**20)",
    "fills-the-temporary-folder": """
import tempfile
f = tempfile.TemporaryFile()
while True:
    f.write(b'x' * 2**20)
    f.flush()
""",
    "a-million-files": "n = 0\nwhile True:\n    open(f'file{n}', 'w').write('x')\n    n += 1",
    "two-hundred-thousand-folders": (
        "import os\nfor n in range(200_000):\n    os.mkdir(f'/tmp/{n}')"
    ),
    "a-file-of-a-terabyte": "open('sparse', 'wb').truncate(1 << 40)",
    "many-open-files": "hoard = []\nwhile True:\n    hoard.append(open('one', 'w'))",
}.items():
    disk.add(name, right_then(source), FULL)

for name, source in {
    "prints-for-ever": "while True:\n    print('x' * 1000)",
    "writes-past-python": (
        "import os\nwhile True:\n    os.write(1, b'x' * 65536)\n    os.write(2, b'x' * 65536)"
    ),
}.items():
    output.add(name, right_then(source), FULL)
for name, source in {
    "one-line-of-200-megabytes": "print('x' * 200_000_000)",
    "an-error-of-200-megabytes": "raise ValueError('x' * 200_000_000)",
    "a-value-of-200-megabytes": "'x' * 200_000_000",
    "ten-thousand-displays": (
        "from IPython.display import display\nfor n in range(10_000):\n    display(n)"
    ),
    "tags-that-a-pattern-takes-minutes-for": (
        "from IPython.display import HTML, display\ndisplay(HTML('<' * 900_000))"
    ),
    "pictures-that-never-end": (
        "from IPython.display import display\n"
        "display({'image/svg+xml': '<svg' * 200_000}, raw=True)"
    ),
    "boxes-in-boxes-without-end": (
        "from IPython.display import HTML, display\ndisplay(HTML('<div>' * 180_000))"
    ),
    "one-display-many-times": (
        "from IPython.display import display\nfor n in range(3000):\n"
        "    display(n, display_id='same')"
    ),
    "a-picture-of-100-megabytes": (
        "from IPython.display import display\ndisplay({'image/png': 'A' * 100_000_000}, raw=True)"
    ),
}.items():
    output.add(name, right_then(source), FULL)

for name, source in {
    "sys-exit": "import sys\nsys.exit()",
    "hard-exit": "import os\nos._exit(0)",
    "quit": "quit()",
    "kills-itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "abort": "import os\nos.abort()",
    "deletes-everything-imported": "import sys\nsys.modules.clear()",
    "closes-all-files": "import os\nos.closerange(0, 4096)",
}.items():
    exits.add(name, answers(mean_wait=source), WITHOUT_MEAN)
exits.add(
    "exits-when-called",
    answers(mean_wait="import os\ndef mean_wait(minutes):\n    os._exit(0)"),
    WITHOUT_MEAN,
)
for name, source in {
    "kills-its-parent": "os.kill(os.getppid(), signal.SIGKILL)",
    "kills-everything": "os.kill(-1, signal.SIGKILL)",
    "kills-its-group": "os.killpg(0, signal.SIGKILL)",
    "kills-by-number": "[os.kill(p, 9) for p in range(2, 4000) if p != os.getpid()]",
}.items():
    exits.add(
        name,
        answers(mean_wait=f"import os, signal\ntry:\n    {source}\nexcept OSError:\n    pass"),
        WITHOUT_MEAN,
    )

FAMILIES = [loops, memory, processes, disk, output, exits]
