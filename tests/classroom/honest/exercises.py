"""The same oddities on the course's own exercises: solved notebooks, made odd by rule.

Each oddity is a rule that takes a solved notebook of ``solutions/`` and leaves what a
student might hand in; what it may not change is what the answers compute.  Each is
tried on two of the exercises, another two for the next, so that every exercise meets
every family.
"""

# ruff: noqa: E501 - answers as data, a line each

from __future__ import annotations

import ast
import copy
import io
import json
import re
import tokenize
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from .. import toy
from . import apps, files, habits, running

ROOT = Path(__file__).parents[3]
# Each oddity is tried on so many exercises.
TWICE = 2


@dataclass(frozen=True)
class Exercise:
    """An exercise as it is handed out, and its solution."""

    folder: str

    @property
    def name(self) -> str:
        """Of the notebook."""
        return self.folder.split("_", 1)[1]

    @property
    def source(self) -> Path:
        """The teacher's notebook."""
        return ROOT / "solutions" / self.folder / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        """The notebook that students get."""
        return ROOT / "exercises" / self.folder / f"{self.name}.ipynb"

    @cached_property
    def answers(self) -> dict[str, str]:
        """The solution of each cell that is the student's to write, without its marks."""
        return {
            cell.id: re.sub(r"^ *### (?:BEGIN|END) SOLUTION\n?", "", cell.source, flags=re.M)
            for cell in nbformat.read(self.source, 4).cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }

    @cached_property
    def functions(self) -> list[str]:
        """Names of the functions to write, which are also those of their cells."""
        return [name for name, code in self.answers.items() if f"def {name}(" in code]

    def blank(self) -> NotebookNode:
        """Return the notebook as handed out."""
        return nbformat.read(self.release, 4)

    def filled(self, change: Callable[[str, str], str] = lambda _, code: code) -> NotebookNode:
        """Return the solved notebook, each function's cell changed by its name and code."""
        document = self.blank()
        for cell in document.cells:
            if cell.id in self.answers:
                cell.source = self.answers[cell.id]
            if cell.id in self.functions:
                cell.source = change(cell.id, cell.source)
        return document


EXERCISES = [
    Exercise(path.name)
    for path in sorted((ROOT / "solutions").iterdir())
    if re.fullmatch(r"\d\d_\w+", path.name) and Exercise(path.name).source.is_file()
]
Files = dict[str, bytes]


@dataclass(frozen=True)
class Oddity:
    """What is odd, whatever the exercise.

    Attributes
    ----------
    family, name
        Its kind, and itself, in words joined by hyphens.
    make
        Returns what an exercise's student hands in: path to content.
    look
        Whether a person is asked to look; ``None`` if either is fair.
    """

    family: str
    name: str
    make: Callable[[Exercise], Files]
    look: bool | None = False


@dataclass(frozen=True)
class Case:
    """One submission to one exercise."""

    oddity: Oddity
    exercise: Exercise

    @property
    def student(self) -> str:
        """The student's id."""
        return f"{self.oddity.family}-{self.oddity.name}".replace(" ", "-")

    def __str__(self) -> str:
        return f"{self.exercise.folder}-{self.student}"


ODDITIES: list[Oddity] = []


def odd(
    family: str, name: str, make: Callable[[Exercise], Files], *, look: bool | None = False
) -> None:
    ODDITIES.append(Oddity(family, name.replace("_", "-"), make, look))


def alone(exercise: Exercise, document: NotebookNode | bytes) -> Files:
    """Hand in one notebook under its own name."""
    content = document if isinstance(document, bytes) else toy.content(document)
    return {f"{exercise.name}.ipynb": content}


def edit(change: Callable[[NotebookNode], object]) -> Callable[[Exercise], Files]:
    """Make a solved notebook that was then changed as a whole."""

    def make(exercise: Exercise) -> Files:
        document = exercise.filled()
        change(document)
        return alone(exercise, document)

    return make


def write(change: Callable[[str, str], str]) -> Callable[[Exercise], Files]:
    """Make a solved notebook whose functions are written in another way."""
    return lambda exercise: alone(exercise, exercise.filled(change))


@cache
def right(exercise: Exercise) -> bytes:
    return toy.content(exercise.filled())


@cache
def blank(exercise: Exercise) -> bytes:
    return toy.content(exercise.blank())


@cache
def half(exercise: Exercise) -> bytes:
    """Return the notebook with its last function still to write."""
    stubs = {cell.id: cell.source for cell in exercise.blank().cells}
    last = exercise.functions[-1]
    return toy.content(exercise.filled(lambda name, code: stubs[name] if name == last else code))


# Other programs.

for program in apps.PROGRAMS:
    odd("app", program.__name__, edit(program))
for program in (apps.bare, apps.jupytext, apps.databricks, apps.marimo, apps.deepnote_without):
    odd("labels lost", program.__name__, edit(program))

# Cells and lines of one's own.

for name, line in (habits.MAGIC_LINES | running.SHELL).items():
    odd("lines", name, write(lambda _, code, line=line: line + code))
for name, cell in (habits.MAGIC_CELLS | habits.FIRST_CELLS).items():
    if name not in ("a-name-not-yet-there", "nothing"):
        odd("own cells", name, edit(habits.inserted(cell)))
for name, cell in habits.TAKEN.items():
    # Where the answers use what was taken, the loss would be their own.
    odd("names taken", name, edit(habits.inserted(cell, -1 if name.endswith("-taken") else 0)))
for name, cell in {
    "check": "check = 5",
    "hint": "def hint(*words):\n    return words",
    "dict": "dict = {}",
    "len": "len = 3",
    "print": "print = None",
    "sum-and-max": "sum, max, sorted = 1, 2, 3",
    "math": "math = 'my favourite'",
    "random": "import random as rnd\nrandom = rnd.Random(1)",
    "practice": "practice = 'makes perfect'",
    "model": "from servicedesign import value as model",
    "underscore": "_ = 'x'\nfor _ in range(3): pass",
}.items():
    odd("names taken", name, edit(habits.inserted(cell, -1)))
for name, line in running.PRINTS.items():
    odd("printing", name, write(lambda _, code, line=line: f"{code}\n{line}"))


def tried_out(exercise: Exercise) -> Files:
    document = exercise.filled()
    called = "\n".join(f"print({name}, {name}.__doc__)" for name in exercise.functions)
    habits.inserted(called, -1)(document)
    return alone(exercise, document)


def deleted(exercise: Exercise) -> Files:
    document = exercise.filled()
    habits.inserted(f"del {', '.join(exercise.functions)}", -1)(document)
    return alone(exercise, document)


odd("own cells", "tried-out-at-the-end", tried_out)
odd("own cells", "deleted-at-the-end", deleted)

# Texts.

for name, text in habits.ESSAYS.items():
    odd(
        "texts",
        name,
        lambda exercise, text=text: alone(exercise, _essay(exercise, text)),
    )
odd("texts", "a-photo", lambda exercise: alone(exercise, _essay(exercise, habits.PHOTO + " Yes.")))


def _essay(exercise: Exercise, text: str) -> NotebookNode:
    document = exercise.filled()
    cell = next(cell for cell in document.cells if cell.id == "reflection")
    cell.source = text
    return document


# Types that equal the plain ones, and functions that are not quite functions.

_HEAD = """
def _odd(function):
    def odd(*given, **named):
        return _as_odd(function(*given, **named))
    return odd

"""
_WALK = """
def _as_odd(value):
    if isinstance(value, dict):
        return {_as_odd(key): _as_odd(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_as_odd(one) for one in value)
"""
WRAPPED = {
    "numpy-scalars": _WALK
    + """    import numpy as np
    kinds = {bool: np.bool_, int: np.int64, float: np.float64, str: np.str_}
    return kinds.get(type(value), lambda same: same)(value)
""",
    "numpy-without-bools": _WALK
    + """    import numpy as np
    kinds = {int: np.int32, float: np.float64, str: np.str_}
    return kinds.get(type(value), lambda same: same)(value)
""",
    "numpy-longest-numbers": _WALK
    + """    import numpy as np
    return np.longdouble(value) if type(value) is float else value
""",
    "numpy-bools": _WALK
    + """    import numpy as np
    return np.bool_(value) if isinstance(value, bool) else value
""",
    "subclasses": _WALK
    + """    class Text(str): pass
    class Count(int): pass
    class Share(float): pass
    kinds = {int: Count, float: Share, str: Text}
    return kinds.get(type(value), lambda same: same)(value)
""",
    "kinds-of-dict": """
def _as_odd(value):
    import collections
    return collections.OrderedDict(value) if isinstance(value, dict) else value
""",
    "default-dict": """
def _as_odd(value):
    import collections
    return collections.defaultdict(float, value) if isinstance(value, dict) else value
""",
    "named-tuple": """
def _as_odd(value):
    import collections
    if not isinstance(value, tuple):
        return value
    return collections.namedtuple("Answer", [f"part_{n}" for n in range(len(value))])(*value)
""",
}
for name, code in WRAPPED.items():
    odd(
        "types",
        name,
        write(lambda f, own, code=code: f"{own}\n{_HEAD}{code}\n{f} = _odd({f})"),
    )
for name, code in {
    "a-decorator": "import functools\n"
    "{f} = functools.wraps({f})(lambda *a, _own={f}, **k: _own(*a, **k))",
    "a-partial": "import functools\n{f} = functools.partial({f})",
    "a-class-that-is-called": "class Called:\n    def __init__(self, own):\n        self.own = own\n"
    "    def __call__(self, *a, **k):\n        return self.own(*a, **k)\n{f} = Called({f})",
    "a-method": "class Guest:\n    own = staticmethod({f})\n{f} = Guest().own",
    "another-name": "my_{f} = {f}\n{f} = my_{f}",
    "remembered-calls": "_calls = []\ndef _noting(own):\n    def noting(*a, **k):\n"
    "        _calls.append(len(a))\n        return own(*a, **k)\n    return noting\n{f} = _noting({f})",
    "written-twice": "_own = {f}\ndef {f}(*a, **k):\n    raise RuntimeError('first draft')\n{f} = _own",
    "a-main-guard": "if __name__ == '__main__':\n    print({f})",
    "generator-inside": "def _slowly(own):\n    def inner(*a, **k):\n        def steps():\n"
    "            yield own(*a, **k)\n        return next(steps())\n    return inner\n{f} = _slowly({f})",
    "a-thread-inside": "def _aside(own):\n    from concurrent.futures import ThreadPoolExecutor\n"
    "    def inner(*a, **k):\n        with ThreadPoolExecutor(1) as pool:\n"
    "            return pool.submit(own, *a, **k).result()\n    return inner\n{f} = _aside({f})",
}.items():
    odd("callables", name, write(lambda f, own, code=code: f"{own}\n\n{code.replace('{f}', f)}"))

# The same code, written otherwise.


def reprinted(_: str, code: str) -> str:
    return ast.unparse(ast.parse(code))


def without_comments(_: str, code: str) -> str:
    kept = [
        (kind, text)
        for kind, text, *_ in tokenize.generate_tokens(io.StringIO(code).readline)
        if kind != tokenize.COMMENT
    ]
    return tokenize.untokenize(kept)


def hinted(_: str, code: str) -> str:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = ast.Name("object")
            for argument in node.args.args:
                argument.annotation = ast.Constant("whatever it is")
    return ast.unparse(tree)


def tried_and_finally(_: str, code: str) -> str:
    tree = ast.parse(code)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.Try(node.body, [], [], [ast.Pass()])]
    return ast.unparse(ast.fix_missing_locations(tree))


def in_a_function(name: str, code: str) -> str:
    tree = ast.parse(code)
    inner = ast.unparse(tree).replace("\n", "\n    ")
    return f"def _make():\n    {inner}\n    return {name}\n{name} = _make()"


def docstring_in_other_letters(_: str, code: str) -> str:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body.insert(0, ast.Expr(ast.Constant("Palauttaa ½ · 平均 – “среднее” 🎉")))
    return ast.unparse(ast.fix_missing_locations(tree))


for change in (
    reprinted,
    without_comments,
    hinted,
    tried_and_finally,
    in_a_function,
    docstring_in_other_letters,
):
    odd("written otherwise", change.__name__, write(change))
for name, before in {
    "imports-at-the-top": "import numpy as np, matplotlib.pyplot as plt\nimport math, statistics\n",
    "a-star-import": "from math import *\n",
    "names-of-numpy": "from numpy import array, mean, sqrt\n",
    "future-annotations": "from __future__ import annotations\n",
    "a-dataclass": "from dataclasses import dataclass\n@dataclass\nclass Offer:\n    price: float = 0\n",
    "comments": "# Tehtävä – 課題 – “core” 🎉\n#%% not a cell\n# TODO: ask\n",
    "warnings-silenced": "import warnings\nwarnings.filterwarnings('ignore')\n",
    "a-seed": "import random, numpy\nrandom.seed(1)\nnumpy.random.seed(1)\n",
    "logging-set-up": "import logging\nlogging.basicConfig(level='DEBUG')\n",
    "await-at-the-top": "import asyncio\nawait asyncio.sleep(0)\n",
    "a-style-of-figures": "import matplotlib\nmatplotlib.use('agg')\n"
    "matplotlib.rcParams['font.size'] = 7\n",
    "printing-options": "import numpy as np\nnp.set_printoptions(precision=1)\n",
}.items():
    odd("written otherwise", name, write(lambda _, own, before=before: before + own))
for name, after in {
    "semicolons": "\nx = 1; y = 2; print(x, y);",
    "spaces-at-the-end": "   \n\n\t\n\n",
    "a-string-at-the-end": "\n'''\nold version:\n    return 0\n'''",
    "shown": "\n{f}",
}.items():
    odd(
        "written otherwise",
        name,
        write(lambda f, own, after=after: own + after.replace("{f}", f)),
    )


def each_source(change: Callable[[str], object]) -> Callable[[Exercise], Files]:
    """Make a solved notebook with the text of every cell stored in another way."""

    def edited(document: NotebookNode) -> None:
        for cell in document.cells:
            cell["source"] = change(cell.source)

    return edit(edited)


odd("coding", "lists-of-lines", each_source(lambda text: text.splitlines(keepends=True)))
odd("coding", "lists-without-line-ends", each_source(lambda text: text.split("\n")))
odd("coding", "carriage-returns", each_source(lambda text: text.replace("\n", "\r\n")))
odd("coding", "spaces-at-line-ends", each_source(lambda text: text.replace("\n", "  \n") + " \n"))
odd("coding", "tabs-for-four-spaces", write(lambda _, code: code.replace("    ", "\t")))

# Cells moved about.


def split(document: NotebookNode) -> None:
    for cell in [cell for cell in document.cells if cell.source.startswith("def ")]:
        habits.inserted(cell.source, document.cells.index(cell) + 1)(document)
        cell.source = "# in the next cell"


def all_in_one(exercise: Exercise) -> Files:
    document = exercise.filled(lambda *_: "# see above")
    first = next(cell for cell in document.cells if cell.id == exercise.functions[0])
    first.source = "\n\n".join(exercise.answers[name] for name in exercise.functions)
    return alone(exercise, document)


def tests_deleted(document: NotebookNode) -> None:
    document.cells = [
        cell
        for number, cell in enumerate(document.cells)
        if number % 2 or not cell.metadata.get("nbgrader", {}).get("locked")
    ]


def tests_edited(document: NotebookNode) -> None:
    for cell in document.cells:
        if cell.metadata.get("nbgrader", {}).get("points"):
            cell.source += "\nprint('passed!')"


def hints_opened(document: NotebookNode) -> None:
    for cell in document.cells:
        if cell.source.startswith("hint("):
            cell.source = (cell.source + "\n") * 3


def pasted_twice(document: NotebookNode) -> None:
    document.cells += [copy.deepcopy(cell) for cell in document.cells[4:7]]


for change in (split, tests_deleted, tests_edited, hints_opened, pasted_twice):
    odd("moved", change.__name__, edit(change))
odd("moved", "all-in-one", all_in_one)
odd("moved", "turned-round", edit(lambda document: document.cells.reverse()), look=None)

# Files.

for name, path in files.NAMES.items():
    odd(
        "name",
        name,
        lambda e, path=path: {path.replace("queue", e.name).replace("QUEUE", e.name): right(e)},
    )
for name, others in files.BESIDE.items():
    odd(
        "beside",
        name,
        lambda e, others=others: {
            f"{e.name}.ipynb": right(e),
            **{
                # What is right for the toy course is no copy of this exercise.
                path.replace("queue", e.name): blank(e) if data == files.BLANK else data
                for path, data in others.items()
            },
        },
    )
for name, make in {
    "old-under-its-name": lambda e: {f"{e.name}.ipynb": blank(e), f"{e.name} (2).ipynb": right(e)},
    "half-and-whole": lambda e: {f"{e.name}.ipynb": half(e), f"{e.name}_final.ipynb": right(e)},
    "whole-under-its-name": lambda e: {
        f"{e.name}.ipynb": right(e),
        f"{e.name} (1).ipynb": blank(e),
    },
    "conflicted-copy": lambda e: {
        f"{e.name}.ipynb": blank(e),
        f"{e.name} (Aino's conflicted copy 2026-11-20).ipynb": right(e),
    },
    "in-a-folder-too": lambda e: {f"{e.name}.ipynb": blank(e), f"done/{e.name}.ipynb": right(e)},
    "three-of-them": lambda e: {"a.ipynb": blank(e), "b.ipynb": right(e), "c.ipynb": half(e)},
}.items():
    odd("copies", name, make, look=True)
odd(
    "copies",
    "the-same-twice",
    lambda e: {f"{e.name}.ipynb": right(e), f"{e.name} (1).ipynb": right(e)},
)
for name, broken in {
    "empty": b"",
    "nothing-in-it": b"{}",
    "a-web-page": b"<!DOCTYPE html>",
}.items():
    odd(
        "copies",
        f"unreadable-under-its-name-{name}",
        lambda e, broken=broken: {f"{e.name}.ipynb": broken, f"{e.name} (1).ipynb": right(e)},
    )
for name, pack in {
    "plain": lambda e: {f"{e.name}.ipynb": right(e)},
    "renamed-inside": lambda e: {"my homework.ipynb": right(e)},
    "in-a-folder": lambda e: {f"w/{e.name}.ipynb": right(e), "w/notes.txt": b"x"},
    "with-mac-clutter": lambda e: {
        f"{e.name}.ipynb": right(e),
        f"__MACOSX/._{e.name}.ipynb": b"\0\5",
    },
    "backslashes": lambda e: {f"w\\{e.name}.ipynb": right(e)},
}.items():
    odd("zip", name, lambda e, pack=pack: {"homework.zip": files.zipped(pack(e))})
odd(
    "zip",
    "not-packed",
    lambda e: {
        f"{e.name}.zip": files.zipped({f"{e.name}.ipynb": right(e)}, zipfile.ZIP_STORED),
    },
)

# Encodings and formats.

for name, change in {
    "byte-order-mark": lambda data: b"\xef\xbb\xbf" + data,
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "windows-line-ends": lambda data: data.replace(b"\n", b"\r\n"),
    "old-mac-line-ends": lambda data: data.replace(b"\n", b"\r"),
    "one-line": lambda data: json.dumps(json.loads(data)).encode(),
    "indented-by-tabs": lambda data: json.dumps(json.loads(data), indent="\t").encode(),
    "sorted-keys": lambda data: json.dumps(json.loads(data), sort_keys=True).encode(),
    "spaces-before": lambda data: b"\n\n   " + data,
    "line-ends-after": lambda data: data + b"\r\n\r\n",
}.items():
    odd("coding", name, lambda e, change=change: alone(e, change(right(e))))
for minor in range(5):
    odd(
        "coding",
        f"format-4-{minor}",
        edit(lambda d, m=minor: (apps.no_ids(d), d.update(nbformat_minor=m))),
    )
odd("coding", "format-5", edit(lambda d: d.update(nbformat=5, nbformat_minor=0)))
odd("coding", "no-format-told", edit(lambda d: (d.pop("nbformat"), d.pop("nbformat_minor"))))
odd("coding", "no-metadata", edit(lambda d: d.pop("metadata")))


def _without_outputs(document: NotebookNode) -> None:
    for cell in document.cells:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


odd("coding", "cells-without-outputs", edit(_without_outputs))

CASES = [
    Case(oddity, EXERCISES[(number + turn * len(EXERCISES) // TWICE) % len(EXERCISES)])
    for number, oddity in enumerate(ODDITIES)
    for turn in range(TWICE)
]
