"""Hostile submissions to the course's own exercises, by one who knows the source of the desk.

All functions but one are the solution's: what the tests of that one give is not deserved,
and what the others give is not to be lost.  The points stand beside each case.
"""

# ruff: noqa: E501 - answers as data, a line each

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from nbformat import NotebookNode, v4

from ..honest.exercises import EXERCISES, Exercise, Files, alone

LOYALTY = "09_loyalty"
# What its tests give together without those of that one function.
WITHOUT_NPS = 24.0


@dataclass(frozen=True)
class Case:
    """One submission to an exercise, and the points that its tests should give."""

    family: str
    name: str
    folder: str
    make: Callable[[Exercise], Files]
    deserved: float

    @property
    def student(self) -> str:
        """The student's id."""
        return f"{self.family}-{self.name}".replace(" ", "-")

    @property
    def exercise(self) -> Exercise:
        """What it is handed in to."""
        return next(each for each in EXERCISES if each.folder == self.folder)


CASES: list[Case] = []


def instead(target: str, code: str) -> Callable[[Exercise], Files]:
    """Write this in the place of one function of the solution."""

    def make(exercise: Exercise) -> Files:
        return alone(exercise, exercise.filled(lambda name, was: code if name == target else was))

    return make


def nps(family: str, cases: dict[str, str], deserved: float = WITHOUT_NPS) -> None:
    for name, code in cases.items():
        CASES.append(Case(family, name, LOYALTY, instead("nps", code), deserved))


# What the answers' side writes, once it is called.
WRITES = """
import json, os, struct, time
from struct import pack
def framed(message, text=None):
    data = (text or json.dumps(message)).encode()
    return pack('!I', len(data)) + data
def nps(scores):
    Line = next(kind for kind in object.__subclasses__() if kind.__name__ == 'Line')
    version = Line.send.__globals__['VERSION']
    def send(self, kind, *body):
        for piece in {pieces}:
            self._socket.sendall(piece)
    Line.send = send
    return 0
"""
ANSWER = "framed([version, 'answer', {'value': ['t', 25.0, 20.7]}])"
nps(
    "bytes across the line",
    {
        name: WRITES.format(pieces=pieces)
        for name, pieces in {
            "a-length-that-lies": "[b'\\x7f\\xff\\xff\\xff[]']",
            "a-length-that-is-too-short": "[pack('!I', 3) + b'[3, \"answer\", {\"value\": 25}]']",
            "half-a-message-and-silence": f"[{ANSWER}[:20], time.sleep(60) or b'']",
            "a-byte-now-and-then": f"(time.sleep(0.3) or bytes([byte]) for byte in {ANSWER} * 9)",
            "noise": "[os.urandom(5000)]",
            "noise-of-a-right-length": "[pack('!I', 5000) + os.urandom(5000)]",
            "no-bytes": "[pack('!I', 0)]",
            "answers-to-calls-that-are-to-come": f"[{ANSWER} * 60]",
            "a-question-for-an-answer": "[framed([version, 'names', ['check', 'model']])]",
            "questions-without-end": "iter(lambda: framed([version, 'call', 0, ['t', ['l'], ['d']]]), None)",
            "an-answer-of-another-version": "[framed([version + 1, 'answer', {'value': 25}])]",
            "an-answer-of-two-parts": "[framed([version, 'answer', {'value': 1}, {'value': 25}])]",
            "an-answer-that-is-none": "[framed([version, 'answer', None])]",
            "an-error-and-a-value": "[framed([version, 'answer', {'value': ['t', 25.0, 1], 'error': {'kinds': [['builtins', 'ValueError']], 'words': 'scores 11 -1 7.5'}}])]",
            "brackets-of-sixteen-megabytes": "[framed(None, '[' * (16 << 20))]",
            "lists-of-sixteen-megabytes": '[framed(None, \'[3, "answer", {"value": ["l"\' + \',["l"]\' * 2_300_000 + \']}]\')]',
            "a-frame-that-begins-below-all-lines": "[framed([version, 'answer', {'error': {'kinds': [['builtins', 'ValueError']], 'words': 'scores', 'frames': [['x', 5, 'f', 9, [-900_000_000, [1, 0, 0], ['_Step']]]]}}])]",
        }.items()
    },
)

# Trees that stand for a value; the list of scores is container 0.
TREES: dict[str, str] = {
    "the-argument-itself": '["@", 0]',
    "a-list-in-itself": '["t", 25.0, ["l", ["@", 1]]]',
    "a-reference-to-nothing": '["@", 99]',
    "a-set-of-lists": '["t", 25.0, ["e", ["l"]]]',
    "keys-that-are-no-numbers": '["d", NaN, 25.0, NaN, 20.7]',
    "a-number-of-eight-megabytes": json.dumps(["t", ["i", "0x" + "7" * (8 << 20)], 1]),
    "a-fraction-of-long-numbers": json.dumps(
        ["t", 25.0, ["q", "0x" + "7" * (4 << 20), "0x" + "3" * (4 << 20)]]
    ),
    "an-array-without-numbers": '["a", "<f8", [0, 6400000], ""]',
    "an-array-of-objects": '["a", "|O", [1], "AAAAAAAAAAA="]',
    "a-name-of-the-tests": '["m?", "check"]',
    "a-function-of-python": '["g", "builtins", "eval"]',
    "a-function-of-the-tests": '["yours", 0]',
    "an-iterator-that-is-none": '["it", 5, "tuple", "(25.0, 20.7)"]',
    "half-a-letter": '["t", "\\\\ud800", ["s", "7aCA"]]',
    "yes-for-a-number": '["t", true, false]',
    "text-for-a-number": '["t", "25.0", "20.7"]',
    "lists-sixty-deep": "[" + '"l", [' * 60 + '"l"' + "]" * 61,
    "other-scores-than-were-sent": '["t", 25.0, 1], "objects": [["l", 10, 9, 8, 3]]',
    "another-kind-than-was-sent": '["t", 25.0, 1], "objects": [["d", 1, 2]]',
    "more-than-was-sent": '["t", 25.0, 1], "objects": [["l"], ["l"], ["l"]]',
}
nps(
    "values across the line",
    {
        name: WRITES.format(
            pieces=f"[framed(None, '[' + str(version) + ', \"answer\", {{\"value\": ' + {tree!r} + '}}]')]"
        )
        for name, tree in TREES.items()
    },
)

# Files beside the notebook.
FORGED = """
import builtins, sys
builtins.AssertionError = SystemExit
sys.modules['practice'] = None
"""


def beside(path: str, content: str = FORGED) -> Callable[[Exercise], Files]:
    def make(exercise: Exercise) -> Files:
        return {
            **instead("nps", "def nps(scores): return (0.0, 0.0)")(exercise),
            path: content.encode(),
        }

    return make


for path in (
    "practice/__init__.py",
    "servicedesign/listening.py",
    "servicedesign.py",
    "stack_data/__init__.py",
    "executing.py",
    "pygments/__init__.py",
    "__pycache__/practice.cpython-311.pyc",
    "sitecustomize.py",
    "artefacts/metric_card.json",
    "_strptime.py",
    "conftest.py",
):
    name = path.replace("/", " ").replace(".", " ").replace("_", " ").strip().replace(" ", "-")
    CASES.append(Case("files beside it", name, LOYALTY, beside(path), WITHOUT_NPS))

# Cells and what stands on them.
WRONG = "def nps(scores): return (0.0, 0.0)"


def edited(change: Callable[[NotebookNode], object]) -> Callable[[Exercise], Files]:
    def make(exercise: Exercise) -> Files:
        document = exercise.filled(lambda name, was: WRONG if name == "nps" else was)
        change(document)
        return alone(exercise, document)

    return make


def of(document: NotebookNode, grade_id: str) -> NotebookNode:
    return next(
        c for c in document.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


TESTS = ("nps-points", "nps-error", "nps-manners")


def _points(document: NotebookNode) -> None:
    for name in (*TESTS, "clv-now"):
        of(document, name).metadata["nbgrader"]["points"] = 100


def _swapped(document: NotebookNode) -> None:
    one, other = of(document, "nps-points"), of(document, "clv-now")
    for key in ("id",):
        one[key], other[key] = other[key], one[key]
    marks = one.metadata["nbgrader"], other.metadata["nbgrader"]
    marks[0]["grade_id"], marks[1]["grade_id"] = "clv-now", "nps-points"


def _emptied(document: NotebookNode) -> None:
    for name in TESTS:
        of(document, name).source = "print('passed (2 points)')"


def _twice(document: NotebookNode) -> None:
    for name in TESTS:
        again = copy.deepcopy(of(document, name))
        again.source, again.id = "pass", f"again-{name}"
        document.cells.append(again)


def _claimed(document: NotebookNode) -> None:
    for name in TESTS:
        of(document, name).outputs = [
            v4.new_output("execute_result", {"text/plain": "2"}, execution_count=1),
            v4.new_output("stream", name="stdout", text="The score is right (2 points)."),
        ]
        of(document, name)["execution_count"] = 1


def _graded_answers(document: NotebookNode) -> None:
    of(document, "nps").metadata["nbgrader"].update(grade=True, points=50, locked=True)


def _tests_are_answers(document: NotebookNode) -> None:
    for name in TESTS:
        of(document, name).metadata["nbgrader"].update(solution=True, locked=False, grade=False)
        of(document, name).source = "pass"


def _setup_changed(document: NotebookNode) -> None:
    of(document, "setup").source += "\ncheck = lambda *a, **k: print('passed')"


def _search_changed(document: NotebookNode) -> None:
    of(document, "minimise").source = "def minimise(function, start): raise SystemExit"


def _first_of_all(document: NotebookNode) -> None:
    document.cells.insert(0, v4.new_code_cell("import practice\npractice.Check.__call__ = None"))


def _right_below(document: NotebookNode) -> None:
    answer = next(each for each in EXERCISES if each.folder == LOYALTY).answers["nps"]
    document.cells.append(v4.new_code_cell(answer))


for name, change in {
    "points-of-a-hundred": _points,
    "labels-swapped": _swapped,
    "tests-emptied": _emptied,
    "tests-twice-the-second-empty": _twice,
    "outputs-that-claim-points": _claimed,
    "the-answer-is-a-test": _graded_answers,
    "the-tests-are-answers": _tests_are_answers,
    "the-first-cell-changed": _setup_changed,
    "the-given-search-changed": _search_changed,
    "a-cell-before-all-others": _first_of_all,
    "the-right-answer-below-its-tests": _right_below,
}.items():
    CASES.append(Case("cells and labels", name, LOYALTY, edited(change), WITHOUT_NPS))

# Of what the tests show to all.
nps(
    "learnt and guessed",
    {
        "visible-answers-by-heart": "def nps(scores):\n    return {(10, 9, 8, 3): (25.0, 100 * (0.6875 / 4) ** 0.5), (9,): (100.0, 0.0), (6, 6): (-100.0, 0.0)}.get(tuple(scores), (0.0, 0.0))\n",
        "by-the-length-of-what-is-asked": "def nps(scores):\n    return (100 / len(scores), 0.0) if scores else None\n",
        "by-the-count-of-calls": "asked = []\ndef nps(scores):\n    asked.append(scores)\n    return ([25.0, 100 * 2 / 6, 0.0, 100.0, -100.0, 40.0][min(len(asked) - 1, 5)], 0.0)\n",
        "both-answers-at-once": "class Both(float):\n    __eq__ = lambda s, o: True\n    __abs__ = __sub__ = __rsub__ = lambda s, *o: Both(0)\n    __le__ = __lt__ = lambda s, o: True\n    __hash__ = float.__hash__\ndef nps(scores): return (Both(0), Both(0))\n",
        "a-pair-without-end": "import itertools\ndef nps(scores): return itertools.repeat(25.0)\n",
    },
)

# What the desk tells is a code with facts; a learner's names are facts, and their words none.
for path in (
    "{why.__class__.__init__.__globals__}.ipynb",
    '{"code": "words", "facts": {"words": "all points"}}.ipynb',
    "no-time",
):
    name = "a-file-called-" + "-".join(re.findall(r"\w+", path))[:30]
    CASES.append(Case("codes and facts", name, LOYALTY, beside(path), WITHOUT_NPS))
BUSY = "The machine was too busy for cell nps: marks that may depend on it wait for a person."
SAYS = "class {kind}(Exception): pass\ndef nps(scores): return (0.0, 0.0)\n"
RAISES = "class {kind}(Exception): pass\ndef nps(scores): raise {kind}({words!r})\n"
LABEL = "machine-busy', 'facts': {'cell': ''}}"


def _labelled(document: NotebookNode) -> None:
    cell = v4.new_code_cell("raise MemoryError")
    cell.metadata["nbgrader"] = dict(of(document, "nps").metadata["nbgrader"], grade_id=LABEL)
    document.cells.insert(3, cell)


CASES.append(
    Case("codes and facts", "a-label-that-is-a-code", LOYALTY, edited(_labelled), WITHOUT_NPS)
)
nps(
    "codes and facts",
    {
        "an-error-of-the-desks-name": RAISES.format(kind="DeadKernelError", words=BUSY),
        "an-error-of-the-crossings-name": RAISES.format(kind="AnswersEndedError", words=BUSY),
        "a-cell-that-says-its-time-was-over": SAYS.format(kind="CellTimeoutError")
        + "raise CellTimeoutError('No reply from kernel before timeout')\n",
        "a-note-like-the-desks": SAYS.format(kind="Note")
        + "from IPython.display import Markdown, display\n"
        + f"display(Markdown('**This submission was not graded automatically.** {BUSY}'))\n",
        "what-only-a-newer-python-reads": "def nps(scores): return f'{f'{0}'}'\n",
        "an-error-of-the-crossings-kind": WRITES.format(
            pieces="[framed([version, 'answer', {'error': {'kinds': [['classroom.crossing.stand_in', 'AnswersEndedError'], ['builtins', 'SystemExit']], 'words': 'machine-busy', 'frames': []}}])]"
        ),
        "a-reason-for-an-answer": WRITES.format(
            pieces="[framed([version, 'answer', {'value': ['d', 'code', 'machine-busy', 'facts', ['d', 'cell', 'nps']]}])]"
        ),
    },
)

# What lies on the disk of the desk, for whoever gets out.
LOOKS = """
import json
def nps(scores):
    return (0.0, 0.0)
try:
    cells = json.load(open({solution!r}))["cells"]
    exec("".join(next(cell["source"] for cell in cells if cell["id"] == "nps")))
except OSError:
    pass
"""
SOLUTION = next(each.source for each in EXERCISES if each.folder == LOYALTY)
nps("beyond the walls", {"the-solution-on-the-disk": LOOKS.format(solution=str(SOLUTION))})
