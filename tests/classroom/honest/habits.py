"""Right answers written and tried out as people do: types, magics, cells of their own."""

# ruff: noqa: E501 - answers as data, a line each

from __future__ import annotations

from collections.abc import Callable

from nbformat import NotebookNode, v4

from .. import toy
from ..hostile.case import WITHOUT_MEAN, answers, cell_of, edited
from .case import Family

types = Family("types")
magics = Family("magics")
cells = Family("own cells")
texts = Family("texts")
moved = Family("moved")
# Tampers with the interpreter, as people do who mean no harm.
apart = Family("apart")

HEAD = "def mean_wait(minutes):\n    minutes = list(minutes)\n    if not minutes:\n"
HEAD += "        raise ValueError('no waits')\n"

for name, rest in {
    "numpy-mean": "    import numpy as np\n    return np.mean(minutes)",
    "numpy-float32": "    import numpy as np\n    return np.float32(sum(minutes) / len(minutes))",
    "numpy-longdouble": "    import numpy as np\n    return np.longdouble(sum(minutes)) / len(minutes)",
    "numpy-array-of-one": "    import numpy as np\n    return np.array(minutes).mean(keepdims=True)[0]",
    "fraction": "    from fractions import Fraction\n    return Fraction(sum(minutes), len(minutes))",
    "statistics": "    import statistics\n    return statistics.mean(minutes)",
    "exact-sum": "    from math import fsum\n    return fsum(minutes) / len(minutes)",
    "a-loop": "    total = 0\n    for wait in minutes:\n        total += wait\n    return total / len(minutes)",
    "a-walrus": "    return (total := sum(minutes)) / len(minutes)",
    "a-match": "    match minutes:\n        case [one]:\n            return one\n    return sum(minutes) / len(minutes)",
    "recursion": "    def add(rest):\n        return rest[0] + add(rest[1:]) if rest else 0\n    return add(minutes) / len(minutes)",
    "reduce": "    from functools import reduce\n    return reduce(lambda a, b: a + b, minutes) / len(minutes)",
    "a-float-subclass": "    class Minutes(float):\n        unit = 'min'\n    return Minutes(sum(minutes) / len(minutes))",
    "try-and-finally": "    try:\n        return sum(minutes) / len(minutes)\n    finally:\n        pass",
    "an-assertion-inside": "    assert len(minutes) > 0\n    return sum(minutes) / len(minutes)",
    "a-global-count": "    global called\n    called = 1 + globals().get('called', 0)\n    return sum(minutes) / len(minutes)",
}.items():
    types.add(name, answers(mean_wait=HEAD + rest))

PLAIN = HEAD + "    return sum(minutes) / len(minutes)\n"
SOURCES = {
    "type-hints": PLAIN.replace("(minutes):", "(minutes: list[float]) -> float:"),
    "a-docstring": PLAIN.replace("\n", '\n    """Mean: the `sum` by the count, e.g. ½."""\n', 1),
    "a-partial": PLAIN.replace("mean_wait", "mean_of")
    + "from functools import partial\nmean_wait = partial(mean_of)",
    "a-lambda": "def _refuse():\n    raise ValueError('no waits')\n"
    "mean_wait = lambda m: sum(m) / len(m) if len(m) else _refuse()",
    "a-class-that-is-called": "class Mean:\n    def __call__(self, minutes):\n"
    "        if not minutes:\n            raise ValueError('no waits')\n"
    "        return sum(minutes) / len(minutes)\nmean_wait = Mean()",
    "a-decorator": "import functools\ndef counted(f):\n    @functools.wraps(f)\n"
    "    def inner(*a):\n        inner.calls += 1\n        return f(*a)\n"
    "    inner.calls = 0\n    return inner\n@counted\n" + PLAIN,
    "names-of-numpy": "from numpy import array, mean, sqrt\n" + PLAIN,
    "a-star-import-of-math": "from math import *\n" + PLAIN,
    "an-import-at-the-top": "import numpy as np, matplotlib.pyplot as plt\n" + PLAIN,
    "semicolons": PLAIN + "x = 1; y = 2; print(x, y);",
    "comments-in-other-letters": "# Odotuksen keskiarvo – 平均 – среднее\n" + PLAIN,
    "a-main-guard": PLAIN + "if __name__ == '__main__':\n    print(mean_wait([1, 2]))",
    "a-dataclass-beside": PLAIN
    + "from dataclasses import dataclass\n@dataclass\nclass Wait:\n    minutes: int = 0\nprint(Wait())",
    "written-twice": PLAIN.replace("sum(minutes)", "max(minutes)") + "\n" + PLAIN,
    "logging-set-up": "import logging\nlogging.basicConfig(level='DEBUG')\n" + PLAIN,
    "warnings-silenced": "import warnings\nwarnings.filterwarnings('ignore')\n" + PLAIN,
    "a-seed": "import random, numpy\nrandom.seed(1)\nnumpy.random.seed(1)\n" + PLAIN,
    "await-at-the-top": "import asyncio\nawait asyncio.sleep(0)\n" + PLAIN,
}
for name, source in SOURCES.items():
    types.add(name, answers(mean_wait=source))

MAGIC_LINES = {
    "matplotlib-inline": "%matplotlib inline\n",
    "sharper-figures": "%config InlineBackend.figure_format = 'svg'\n",
    "time-of-a-line": "%time sum(range(9))\n",
    "timeit-of-a-line": "%timeit -n 2 -r 2 sum(range(9))\n",
    "who": "%whos\n",
    "precision": "%precision 3\n",
    "environment": "%env COURSE=service\n",
    "help": "?print\n",
    "help-after": "print?\n",
    "folder": "%pwd\n",
    "list-of-magics": "%lsmagic\n",
    "notebook-figures": "%matplotlib notebook\n",
}
for name, source in MAGIC_LINES.items():
    magics.add(name, answers(mean_wait=source + PLAIN))


def inserted(source: str, place: int = 0, kind: str = "code") -> Callable[[NotebookNode], None]:
    """Return an edit that adds a cell of the student's own."""

    def edit(document: NotebookNode) -> None:
        make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}
        at = place if place >= 0 else len(document.cells) + 1 + place
        document.cells.insert(at, make[kind](source))

    return edit


MAGIC_CELLS = {
    "cell-timer": "%%time\nsum(range(9))",
    "captured": "%%capture out\nprint('kept')",
    "a-file-written": "%%writefile notes.txt\nwaits",
    "a-shell-cell": "%%bash\necho hello",
    "a-page": "%%html\n<b>bold</b>",
    "a-script-of-the-page": "%%javascript\nalert(1)",
    "a-magic-that-is-not-there": "%load_ext blackcellmagic",
    "names-forgotten": "x = 1\n%reset -f",
}
for name, source in MAGIC_CELLS.items():
    magics.add(name, edited(inserted(source)))

FIRST_CELLS = {
    "an-error": "1 / 0",
    "a-syntax-error": "for wait in minutes print(wait)",
    "a-name-not-yet-there": "mean_wait([1, 2])",
    "a-question": "input('How long? ')",
    "a-package-that-is-missing": "import seaborn_of_tomorrow as sns",
    "nothing": "",
    "only-a-comment": "# TODO: ask on Monday",
    "many-figures": "import matplotlib.pyplot as plt\nfor n in range(5):\n    plt.figure()\n    plt.plot([n])",
    "a-table": "import numpy as np\nnp.arange(2000).reshape(-1, 10)",
    "a-widget": "import ipywidgets\nipywidgets.IntSlider()",
    "quit": "quit()",
    "deleted-names": "a = b = 1\ndel a, b",
    "a-thread": "import threading\nt = threading.Thread(target=print, args=('hi',))\nt.start()\nt.join()",
    "a-process-pool": "from concurrent.futures import ThreadPoolExecutor\n"
    "with ThreadPoolExecutor(2) as pool:\n    print(list(pool.map(abs, [-1])))",
    "memory-of-a-hundred-megabytes": "hoard = bytearray(100 << 20)",
    "a-file-of-ones-own": "open('waits.csv', 'w').write('1')\nprint(open('waits.csv').read())",
    "a-folder-of-ones-own": "import os\nos.makedirs('figures', exist_ok=True)\nos.listdir('.')",
    "another-working-folder": "import os\nos.chdir('/tmp')",
    "printing-options": "import numpy as np\nnp.set_printoptions(precision=2)",
    "recursion-limit": "import sys\nsys.setrecursionlimit(5000)",
    "old-errors-shown": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    import traceback\n    traceback.print_exc()",
}
for name, source in FIRST_CELLS.items():
    cells.add(f"first-{name}", edited(inserted(source)))
LAST_CELLS = {
    "tries-it-out": "print(mean_wait([1, 2, 3]), promise_kept([1], 2))",
    "tests-of-ones-own": "assert mean_wait([1, 3]) == 2\nassert mean_wait([1]) == 1",
    "an-error": "mean_wait('abc')",
    "answers-deleted-at-the-end": "del mean_wait, promise_kept, draw_waits",
    "answer-taken-over-at-the-end": "mean_wait = 5",
}
for name, source in LAST_CELLS.items():
    cells.add(f"last-{name}", edited(inserted(source, -1)))
cells.add("raw-text", edited(inserted("raw {{ text }}", 1, "raw")))
cells.add("a-text-between", edited(inserted("## My notes (draft)?", 2, "markdown")))

ESSAYS = {
    "heading-with-brackets": "## Task (core, 15 minutes)?\n\nA queue is shown, so it is shorter.",
    "table": "| wait | felt |\n|---|---|\n| 3 | 5 |",
    "formula": "$W = \\frac{L}{\\lambda}$ and $$x<y$$",
    "emoji": "👩‍🍳 Lyhyempi jono 🎉",
    "right-to-left": "קיצור התור",
    "quotation-marks": "“Wait” – ‘wait’ … »wait«",
    "list-of-tasks": "- [x] show the length\n- [ ] ask",
    "picture-from-the-web": "![queue](https://example.org/queue.png)",
    "html": "<b>Shown</b> <br> and <font color='red'>red</font>",
    "long": "A wait feels shorter when its end is known. " * 700,
    "only-spaces-at-the-end": "Shown.   \n\n\n",
    "angle-brackets": "if wait < 5 and wait > 2: <ask>",
    "less-than-a-word": "ok",
}
for name, text in ESSAYS.items():
    texts.add(name, answers(reflection=text))
PHOTO = "![photo](data:image/png;base64," + "iVBORw0K" * 170_000 + ")"
texts.add(
    "a-photo-of-a-megabyte",
    answers(reflection=f"My drawing:\n\n{PHOTO}\n\nThe queue is shown."),
    told="pictures of more than a megabyte",
    present=("The queue is shown.",),
)
texts.add(
    "endless",
    answers(reflection="wait " * 300_000),
    look=True,
    told="was cut",
)


def without(*grade_ids: str) -> Callable[[NotebookNode], None]:
    """Return an edit that deletes cells."""

    def edit(document: NotebookNode) -> None:
        document["cells"] = [
            cell
            for cell in document.cells
            if cell.metadata.get("nbgrader", {}).get("grade_id") not in grade_ids
        ]

    return edit


def turned_round(document: NotebookNode) -> None:
    document.cells.reverse()


def tests_edited(document: NotebookNode) -> None:
    for test in toy.TESTS:
        cell_of(document, test).source += "\nprint('passed!')"


def all_in_one(document: NotebookNode) -> None:
    first = cell_of(document, "mean_wait")
    first.source += "\n\n" + cell_of(document, "promise_kept").source
    cell_of(document, "promise_kept").source = "# see above"


def split(document: NotebookNode) -> None:
    cell = cell_of(document, "mean_wait")
    inserted(cell.source, document.cells.index(cell) + 1)(document)
    cell.source = "# in the next cell"


def as_text(document: NotebookNode) -> None:
    place = next(i for i, c in enumerate(document.cells) if c.cell_type == "markdown")
    document.cells[place]["cell_type"] = "raw"


def doubled(document: NotebookNode) -> None:
    document.cells += [NotebookNode(cell) for cell in document.cells[1:3]]


moved.add("tests-deleted", edited(without("test_mean", "test_kept_hidden")))
moved.add("order-turned-round", edited(turned_round), look=None)
moved.add("tests-edited", edited(tests_edited))
moved.add("two-answers-in-one-cell", edited(all_in_one))
moved.add("answer-in-the-next-cell", edited(split))
moved.add("title-made-raw", edited(as_text))
moved.add("cells-pasted-twice", edited(doubled))
moved.add(
    "one-answer-not-written",
    answers(mean_wait="raise NotImplementedError()"),
    deserved=WITHOUT_MEAN,
)

TAKEN = {
    "autoreload": "%load_ext autoreload\n%autoreload 2",
    "debugger-on": "%pdb on",
    "a-callback-before-cells": "get_ipython().events.register('pre_execute', lambda: None)",
    "a-comment-on-ctypes": "# no ctypes.memset here",
    "a-helper-called-get-objects": "def get_objects():\n    return [1]",
    "abs-taken": "abs = 3",
    "range-taken": "range = [1, 2]",
    "a-line-timer": "import time\nstart = time.time\n"
    "get_ipython().events.register('pre_run_cell', lambda *_: start())",
}
for name, source in TAKEN.items():
    apart.add(name, edited(inserted(source)))
