"""A small course graded with its tests apart: whose the names are, and what reaches whom."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbformat import v4
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from classroom.course import Course, Outcome
from classroom.crossing.script import Script
from classroom.grading import apart
from classroom.grading.worker import Conditions, Worker
from classroom.intake.preflight import read_submission
from classroom.plan import make_plan
from classroom.walls.allowance import Allowance
from classroom.walls.jail import bubblewrap_fault, landlock_fault
from classroom.walls.jails import close_jails
from classroom.words.sentences import sentence

from .. import toy
from ..home import attacked_where_it_is_open, is_closed_to_others, no_landlock

pytestmark = [
    pytest.mark.grading,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.xdist_group("apart"),
]

LOOT = "LOOT" + "ED"
SECRET = "a-constant-" + "of-the-hidden-test"
GIVEN = """
import math

rows = [{"wait": n} for n in range(10)]

def check(value, expected):
    assert value == expected, f"{value} is not {expected}"
"""
ANSWER = """
def total(rows):
    return sum(row["wait"] for row in rows)

limit = {"minutes": 4}
"""
CLASS = """
class Queue:
    def __init__(self):
        self.waiting = []
    def join(self, guest):
        self.waiting.append(guest)
"""
TESTS = {
    "test-total": "check(total(rows), 45)\ncheck(total([]), 0)",
    "test-hidden": (
        "check(total(rows[:2]), 1)\n### BEGIN HIDDEN TESTS\nimport random\n"
        "some = [{'wait': random.Random(3).random(), 'name': " + repr(SECRET) + "}]\n"
        "for dict_ in [dict(some[0])]:\n    check(total([dict_]), some[0]['wait'])\n"
        "assert len(some) == 1\ncheck(total(rows[3:5]), 7)\n### END HIDDEN TESTS"
    ),
    "test-limit": "assert limit['minutes'] == 4",
    "test-last": "check(total(rows[5:]), 35)",
    "test-support": "import waits_of\ncheck(total(rows[:4]), waits_of.the_first(4))",
}
SUPPORT = "def the_first(n): return n * (n - 1) // 2"
ALONE = {"test-queue": "q = Queue()\nq.join('Aino')\nassert q.waiting == ['Aino']"}
FULL = len(TESTS) + len(ALONE)

Marked = Callable[..., tuple[dict[str, Any], Outcome]]


def _mark(cell: nbformat.NotebookNode, grade_id: str, **kind: object) -> nbformat.NotebookNode:
    cell.id = grade_id
    cell.metadata["nbgrader"] = {
        "grade": False,
        "solution": False,
        "task": False,
        "locked": False,
        "grade_id": grade_id,
        "schema_version": 3,
        **kind,
    }
    return cell


def _solved(name: str, source: str) -> nbformat.NotebookNode:
    body = f"### BEGIN SOLUTION{source}### END SOLUTION"
    return _mark(v4.new_code_cell(body), name, solution=True)


def _tested(tests: dict[str, str]) -> list[nbformat.NotebookNode]:
    return [
        _mark(v4.new_code_cell(source), name, grade=True, locked=True, points=1)
        for name, source in tests.items()
    ]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = tmp_path_factory.mktemp("apart")
    (root / "nbgrader_config.py").write_text(toy.CONFIG, encoding="utf-8")
    folder = root / "solutions" / "apart"
    folder.mkdir(parents=True)
    cells = [
        _mark(v4.new_code_cell(GIVEN), "given", locked=True),
        _solved("total", ANSWER),
        *_tested(TESTS),
        _solved("queue", CLASS),
        *_tested(ALONE),
    ]
    nbformat.write(v4.new_notebook(cells=cells), folder / "apart.ipynb")
    (folder / "waits_of.py").write_text(SUPPORT, encoding="utf-8")
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "exercises"
    made = NbGraderAPI(CourseDirectory(config=config), config=config).generate_assignment("apart")
    assert made["success"], made["log"]
    return Course.open(root)


@pytest.fixture(scope="module")
def worker(course: Course) -> Iterator[Worker]:
    made = Worker(make_plan(course, "apart"), Conditions(timeout=4))
    proof = made.warm_up()
    assert proof.alone == {"apart": frozenset(ALONE)}
    yield made
    close_jails()


@pytest.fixture
def marked(course: Course, worker: Worker, request: pytest.FixtureRequest) -> Marked:
    """Grade one submission: the answers, and cells before and after all others."""

    def graded(
        answer: str = ANSWER,
        *,
        first: str = "",
        last: str = "",
        by: Worker | None = None,
        files: dict[str, str] | None = None,
    ) -> tuple[dict[str, Any], Outcome]:
        notebook = nbformat.read(course.release("apart") / "apart.ipynb", as_version=4)
        for cell in notebook.cells:
            cell.source = {"total": answer, "queue": CLASS}.get(cell.id, cell.source)
        place = next(n for n, cell in enumerate(notebook.cells) if cell.id == "total")
        if first:
            notebook.cells.insert(place, v4.new_code_cell(first))
        if last:
            notebook.cells.append(v4.new_code_cell(last))
        student = "".join(c if c.isalnum() else "-" for c in request.node.name)
        folder = course.submitted(student, "apart")
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, folder / "apart.ipynb")
        for path, content in (files or {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
        outcome = (by or worker).grade(read_submission(course, student, "apart"))
        return outcome.notebooks["apart"].grades, outcome

    return graded


def points(grades: dict[str, Any]) -> float:
    return sum(grade or 0 for grade in grades.values())


def looks(outcome: Outcome) -> list[str]:
    return [sentence(flag.reason) for flag in outcome.flags if flag.look]


def test_right_work_gets_full_marks_and_no_look(marked: Marked) -> None:
    grades, outcome = marked()
    assert (points(grades), looks(outcome)) == (FULL, [])


@pytest.mark.parametrize(
    "own",
    [
        "check = 5",
        "dict = {}",
        "len = 3",
        "print = 3",
        "random = None",
        "rows = rows[:3]",
        "def check(*_): raise AssertionError",
        "import math\nmath = None",
        "import os\nos.fork = None",
        "%load_ext autoreload",
        "%pdb on",
        "get_ipython().events.register('pre_execute', lambda: None)",
        "# no ctypes here, no sys._getframe(1)",
        "def get_objects(): return 3",
        "total = total if 'total' in dir() else None",
    ],
)
def test_a_name_or_a_word_of_ones_own_costs_nothing(marked: Marked, own: str) -> None:
    # After the answers' names, so that the class that runs with them is not touched.
    grades, outcome = marked(first=own)
    alone = sum(grades[name] or 0 for name in ALONE)
    assert points(grades) - alone == len(TESTS)
    assert not any("forged" in sentence(flag.reason) for flag in outcome.flags)


@pytest.mark.parametrize(
    ("own", "earned"),
    [
        ("class A:\n    def __eq__(s, o): return True\ndef total(rows): return A()", 0),
        ("class A(int):\n    def __eq__(s, o): return True\ndef total(rows): return A(-1)", 0),
        ("def total(rows): return 45 if len(rows) == 10 else 0", 1),
        ("check = lambda *a: None\ndef total(rows): return None", 0),
        ("import builtins\nbuiltins.AssertionError = Exception\ndef total(rows): return None", 0),
    ],
)
def test_a_forgery_gets_what_it_earns(marked: Marked, own: str, earned: int) -> None:
    grades, outcome = marked(f"limit = 4\n{own}")
    assert sum(grades[name] or 0 for name in TESTS) == earned
    assert not any("forged" in sentence(flag.reason) for flag in outcome.flags)


@pytest.mark.parametrize("path", ["waits_of/__init__.py", "waits_of.py"])
def test_a_module_of_the_teachers_is_the_teachers_in_the_tests(marked: Marked, path: str) -> None:
    forged = "import builtins\nbuiltins.AssertionError = SystemExit\ndef the_first(n): return -1"
    grades, _ = marked("limit = 4\ndef total(rows): return -1", files={path: forged})
    assert points(grades) - sum(grades[name] or 0 for name in ALONE) == 0


def test_nothing_that_a_learner_handed_in_can_be_imported_by_the_tests() -> None:
    files = dict.fromkeys(
        ["waits_of.py", "stack_data/__init__.py", "helper.PY", "x.cpython-311-x86_64-linux-gnu.so"]
        + ["__pycache__/waits_of.cpython-311.pyc", "a.pth", "data.csv", "more/notes.txt"],
        b"",
    )
    kept = apart.not_to_be_imported(files, frozenset({"waits_of.py", "data.csv"}))
    assert list(kept) == ["waits_of.py", "data.csv", "more/notes.txt"]


def test_a_module_of_the_learners_serves_their_own_answers(marked: Marked) -> None:
    answer = "from helper import total\nlimit = {'minutes': 4}"
    grades, outcome = marked(answer, files={"helper.py": ANSWER})
    assert (points(grades), looks(outcome)) == (FULL, [])


SPY = f"""
seen = []
def total(rows):
    seen.append(rows)
    for place in ("/tmp/seen", "seen"):
        try:
            open(place, "a").write(repr(rows))
        except OSError:  # Landlock has no /tmp of its own to offer
            pass
    print("{LOOT}", rows, [name for name in dir() if "some" in name])
    if rows and "name" in rows[0]:
        raise ValueError(f"{LOOT} {{rows}}")
    return sum(row["wait"] for row in rows)

limit = {{"minutes": 4}}
"""
TELL = """
import pathlib
print(seen, [p.read_text() for p in map(pathlib.Path, ("/tmp/seen", "seen")) if p.exists()])
for text in In:
    print(text)
get_ipython().run_line_magic("history", "-n")
"""


def test_nothing_that_a_hidden_test_sends_reaches_what_is_shown(marked: Marked) -> None:
    grades, outcome = marked(SPY, last=TELL)
    document = outcome.notebooks["apart"].document or ""
    cells = nbformat.reads(document, as_version=4).cells
    shown = "".join(str(cell.get("outputs")) for cell in cells if cell.id != "test-hidden")
    assert SECRET not in shown
    hidden = next(cell for cell in cells if cell.id == "test-hidden")
    assert grades["test-hidden"] == 0
    told = [output for output in hidden.outputs if output.output_type == "error"]
    assert told[0].ename == "ValueError"
    assert LOOT not in str(told)
    assert SECRET not in str([output for output in hidden.outputs if "text" in output])


@pytest.mark.parametrize(
    "gathered",
    ["' '.join(map(str, seen))", "seen", "[[row] for row in seen]", "list(range(400))", "9.5"],
)
def test_what_a_function_gathered_in_a_hidden_test_is_not_shown_by_its_last_call(
    marked: Marked, gathered: str
) -> None:
    source = ANSWER + "\nkeep, seen = total, []\ndef total(rows):\n    seen.append(rows)\n"
    source += f"    return {gathered} if [r['wait'] for r in rows] == [3, 4] else keep(rows)\n"
    grades, outcome = marked(source)
    assert [name for name, grade in grades.items() if not grade] == ["test-hidden"]
    cells = nbformat.reads(outcome.notebooks["apart"].document or "", as_version=4).cells
    hidden = next(cell for cell in cells if cell.id == "test-hidden")
    # The lines above it are the test's own, as plain nbgrader shows them.
    told = str([(o.evalue, o.traceback[-1]) for o in hidden.outputs if o.output_type == "error"])
    assert "is not 7" in told
    assert SECRET not in told
    assert "399" not in told
    assert ("9.5 is not 7" in told) is (gathered == "9.5")


def test_one_crash_costs_one_test(marked: Marked) -> None:
    source = ANSWER + "\nkeep = total\ndef total(rows):\n    import os\n"
    source += "    return os._exit(1) if len(rows) == 2 else keep(rows)\n"
    grades, outcome = marked(source)
    assert [name for name, grade in grades.items() if not grade] == ["test-hidden"]
    assert any("ended in a call" in reason for reason in looks(outcome))


def test_a_cell_that_ends_the_interpreter_costs_what_it_made(marked: Marked) -> None:
    grades, _ = marked(first="import os\nos._exit(0)")
    assert sum(grades[name] or 0 for name in TESTS) == len(TESTS)


def test_an_endless_call_costs_one_test_and_is_told(marked: Marked) -> None:
    source = ANSWER + "\nkeep = total\ndef total(rows):\n    while len(rows) == 2: pass\n"
    grades, outcome = marked(source + "    return keep(rows)\n")
    assert [name for name, grade in grades.items() if not grade] == ["test-hidden"]
    assert any("time limit" in reason for reason in looks(outcome))


def test_a_name_that_a_visible_test_makes_is_there_for_a_later_cell(marked: Marked) -> None:
    grades, outcome = marked(last="print('the last wait', rows[-1]['wait'])")
    assert points(grades) == FULL
    assert "the last wait 9" in (outcome.notebooks["apart"].document or "")


SCAN = f"""
import os
import subprocess
import sys
def total(rows):
    needle = "of-the-hidden" + "-test"
    wanted = ("a-constant-" + needle).encode()
    for process in os.listdir("/proc"):
        if not process.isdigit() or int(process) == os.getpid():
            continue
        try:
            if b"zygote" not in open(f"/proc/{{process}}/cmdline", "rb").read():
                continue
            memory = open(f"/proc/{{process}}/mem", "rb", 0)
            for line in open(f"/proc/{{process}}/maps"):
                if " rw-p " in line:
                    first, last = (int(n, 16) for n in line.split()[0].split("-"))
                    memory.seek(first)
                    if wanted in memory.read(last - first):
                        return "{LOOT}"
        except (OSError, ValueError, OverflowError):
            continue
    return None
"""


FAULTS = {"bubblewrap": bubblewrap_fault, "landlock": no_landlock, "none": lambda: None}


@pytest.mark.parametrize("walls", FAULTS)
def test_the_memory_of_the_tests_can_be_read_only_where_there_are_no_walls(
    course: Course, marked: Marked, walls: str
) -> None:
    if (fault := FAULTS[walls]()) is not None:
        pytest.skip(f"no {walls} to attack: {fault}")
    if walls == "none" and os.getuid() != 0:
        pytest.skip("only root reads another process's memory without walls")
    by = Worker(make_plan(course, "apart"), Conditions(sandbox=walls, timeout=15))
    by.warm_up()
    _, outcome = marked(SCAN, by=by)
    found = f"{LOOT} is not" in (outcome.notebooks["apart"].document or "")
    assert found is (walls == "none")


@pytest.mark.skipif(
    landlock_fault() is not None or not is_closed_to_others(),
    reason="what Landlock is to keep in is tried above",
)
def test_it_is_so_behind_landlock_where_roots_home_is_closed(everybodys: Path) -> None:
    assert attacked_where_it_is_open(__file__, "memory_of_the_tests and landlock", everybodys) == 1


def test_a_test_finds_what_the_cells_left_and_nothing_of_another_test(marked: Marked) -> None:
    source = ANSWER + "\nkeep, calls = total, []\ndef total(rows):\n    calls.append(rows)\n"
    # No test calls it more often.
    grades, outcome = marked(source + "    return keep(rows) if len(calls) <= 3 else -1\n")
    assert (points(grades), looks(outcome)) == (FULL, [])


@pytest.mark.parametrize(("left", "most"), [(3600.0, 20.0), (5.0, 5.0), (-1.0, 0.1)])
def test_a_fork_is_waited_for_as_long_as_an_order_and_the_notebook_may_take(
    monkeypatch: pytest.MonkeyPatch, left: float, most: float
) -> None:
    asked: list[tuple[str, float]] = []

    def never(_visitor: object, words: dict[str, Any], seconds: float) -> dict[str, Any]:
        asked.append((words["op"], seconds))
        raise TimeoutError

    monkeypatch.setattr(apart, "order", never)
    answers = object.__new__(apart.Answers)
    answers.script, answers.visitor = Script(), None
    answers.parked, answers.lost = [], []
    answers.allowance = Allowance(3600.0, dict)
    answers.allowance.until = time.monotonic() + left
    jail: Any = SimpleNamespace(park=None)
    visitor: Any = SimpleNamespace(hand=lambda _line: None)
    answers.jail = jail
    answers._fork(visitor, 3)
    ((operation, seconds),) = asked
    assert operation == "park"
    assert 0 < seconds <= most
    assert answers.lost == [3]


def test_what_forks_that_have_ended_were_kept_from_a_processor_is_given_back() -> None:
    allowance = Allowance(100.0, dict)
    begun = allowance.until
    for fork in range(40):
        allowance.give_back({"parked": 0.5, f"fork {fork}": 3.0})
    assert allowance.until == pytest.approx(begun + 40 * 3.0)
    allowance.give_back({"parked": 2000.0})
    assert allowance.until == pytest.approx(begun + 400.0), "five times its limit, and no more"


BUSY_NEIGHBOURS = 12


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """Keep the machine as busy as one submission with twelve endless processes does."""
    loops = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY_NEIGHBOURS)
    ]
    yield
    for loop in loops:
        loop.kill()
        loop.wait()


@pytest.mark.usefixtures("busy_machine")
def test_work_that_a_busy_machine_kept_from_a_processor_loses_no_points(
    course: Course, marked: Marked
) -> None:
    # Far within the time limit, had it a processor for itself.
    spend = "import time\nuntil = time.process_time() + 0.3\n"
    spend += "while time.process_time() < until: pass\n"
    slow = ANSWER.replace(
        "    return", "".join(f"    {line}\n" for line in spend.split("\n")) + "    return"
    )
    by = Worker(make_plan(course, "apart"), Conditions(timeout=2))
    by.warm_up()
    grades, outcome = marked(slow, first=spend, by=by)
    lost = [name for name in TESTS if grades[name] == 0]
    assert not lost, "\n".join(sentence(flag.reason) for flag in outcome.flags)
