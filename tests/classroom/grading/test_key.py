"""What decides a mark is in one key, whole and the same everywhere; what does not is not."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from classroom import behind_walls
from classroom.course import ClassroomError, Course, Submission
from classroom.grading import cluster
from classroom.grading.grade import Options, Summary, grade, resumed
from classroom.grading.key import GradingKey, settled
from classroom.grading.worker import Conditions
from classroom.journal import Journal
from classroom.plan import Marking, Plan, TeacherCell, TeacherNotebook, make_plan
from classroom.walls.jails import close_jails

from .. import toy
from .test_parity import rows

pytestmark = [pytest.mark.filterwarnings("ignore")]

MAKE_A_KEY = """
from traitlets.config import Config
from classroom.grading.key import GradingKey
from classroom.plan import Marking, Plan, TeacherCell, TeacherNotebook
from classroom.grading.worker import Conditions
names = frozenset(f"name{number}" for number in range(20))
cell = TeacherCell("one", "code", "x = 1", None, solution=True, defines=names)
notebook = TeacherNotebook("n", None, [cell], cell_ids=names)
plan = Plan("a", {"n": notebook}, {}, Config(), Marking(), (), names)
print(GradingKey.of(plan, Conditions(sandbox="none")).digest)
"""


def _plan(**changed: Any) -> Plan:
    cell = TeacherCell("one", "code", "assert f() == 1", None, points=1.0, locked=True)
    given: dict[str, Any] = {
        "assignment": "a",
        "notebooks": {"n": TeacherNotebook("n", None, [cell])},
        "support": {"data.csv": b"1"},
        "config": Config(),
        "marking": Marking(),
        "imports": ("math",),
        "local_modules": frozenset(),
    }
    return Plan(**given | changed)


def _key(plan: Plan | None = None, **asked: Any) -> GradingKey:
    return GradingKey.of(plan or _plan(), Conditions(**{"sandbox": "none"} | asked))


def test_a_key_is_the_same_whatever_the_hash_seed() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", MAKE_A_KEY],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(digests) == 1


OTHER: dict[str, Any] = {
    "assignment": "b",
    "notebooks": {"n": TeacherNotebook("n", None, [TeacherCell("one", "code", "pass", None)])},
    "support": {"data.csv": b"2"},
    "config": Config({"Execute": {"notebook_timeout": 7}}),
    "marking": Marking(warnings_cost=True),
    "imports": ("json",),
    "local_modules": frozenset({"mine"}),
    "solutions": {"n.ipynb": b"{}"},
    "due": "2026-12-01",
}


def test_every_part_of_a_plan_is_in_the_key() -> None:
    assert OTHER.keys() == {part.name for part in fields(Plan)}
    digests = [_key(_plan(**{name: value})).digest for name, value in OTHER.items()]
    assert len({_key().digest, *digests}) == 1 + len(OTHER)


def test_every_condition_is_in_the_key_and_none_in_the_seal() -> None:
    keys = [_key(), _key(memory=2000), _key(timeout=7), _key(sandbox="auto")]
    assert len({key.digest for key in keys}) == len(keys)
    submission = Submission("aino", "a", digest="1")
    assert len({key.seal(submission) for key in keys}) == 1
    assert keys[0].seal(replace(submission, digest="2")) != keys[0].seal(submission)


@pytest.mark.parametrize("section", ["CourseDirectory", "Exchange", "GenerateFeedback"])
def test_where_things_are_and_how_they_look_is_not_in_the_key(section: str) -> None:
    assert _key(_plan(config=Config({section: {"root": "/elsewhere"}}))) == _key()


def test_what_is_not_asked_for_is_settled_by_the_course() -> None:
    own = Config({"Execute": {"memory": 3000, "timeout": 9, "sandbox": "none"}})
    assert settled(Conditions(), own) == Conditions("none", 3000, 9)
    assert settled(Conditions(memory=500), own) == Conditions("none", 500, 9)
    nothing = Conditions("none", 1024, 30)
    assert settled(Conditions("none"), Config()) == nothing
    assert _key(memory=500).asked(Conditions(memory=500)) == {"memory": 500}
    assert _key().asked(Conditions()) == {}


def test_a_key_is_written_as_json_without_anything_of_this_process() -> None:
    config = Config({"Autograde": {"preprocessors": [Marking, len], "lazy": Config().x}})
    written = _key(_plan(config=config)).canonical()
    assert json.loads(written)["conditions"] == {"sandbox": "none", "memory": 1024, "timeout": 30}
    assert " at 0x" not in written


def test_another_edition_of_what_the_tests_import_is_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The course's own checks are imported, and are mended where they lie."""
    package = tmp_path / "checks"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("LIMIT = 4\n", encoding="utf-8")
    (package / "data" / "marks.csv").write_text("1\n", encoding="utf-8")
    (tmp_path / "single.py").write_text("LIMIT = 4\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    plan = _plan(imports=("math", "numpy", "checks.inner", "single", "not_here"))
    digests = [_key(plan).digest]
    for path in (package / "__init__.py", package / "data" / "marks.csv", tmp_path / "single.py"):
        path.write_text("LIMIT = 5\n", encoding="utf-8")
        importlib.invalidate_caches()
        digests.append(_key(plan).digest)
    assert len(set(digests)) == 4
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert _key(plan).digest == digests[-1]
    versions = dict(_key(plan).versions)
    assert versions["numpy"] == f"numpy {version('numpy')}"
    assert versions["not_here"] == "missing"
    assert "math" not in versions


# ---- whole runs


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = toy.make_course(tmp_path / "course")
    toy.submit(made, "aino")
    toy.submit(made, "otso", toy.WRONG)
    return made


def _run(root: Path, **more: Any) -> Summary:
    return grade(Course.open(root), toy.ASSIGNMENT, Options(workers=1, **more))


@pytest.mark.grading
def test_other_limits_grade_again_and_stay_until_others_are_asked_for(root: Path) -> None:
    assert _run(root).graded == 2
    assert _run(root).unchanged == 2
    assert _run(root, memory=1024, timeout=30).unchanged == 2  # these are what held
    assert _run(root, students=["aino"], memory=2000).graded == 1
    again = _run(root)
    assert (again.graded, again.unchanged) == (0, 2)
    assert _run(root, memory=2000).graded == 1
    assert _run(root, timeout=20).graded == 2


@pytest.mark.grading
def test_a_course_that_changes_its_limits_or_dates_is_graded_again(root: Path) -> None:
    assert _run(root).graded == 2
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("c.Execute.timeout = 12\n")
    assert _run(root).graded == 2
    with Course.open(root).gradebook() as book:
        book.find_assignment(toy.ASSIGNMENT).duedate = datetime(2026, 11, 1, tzinfo=UTC)
        book.db.commit()
    assert _run(root).graded == 2
    assert _run(root).unchanged == 2


@pytest.mark.grading
def test_a_forced_run_that_was_cut_off_is_resumed_where_it_stopped(root: Path) -> None:
    _run(root)
    before = rows(root)
    course = Course.open(root)
    forced = Options(workers=1, force=True, run="this-run")
    grade(course, toy.ASSIGNMENT, replace(forced, students=["aino"]))
    # What a run over all leaves that was cut off when aino was done and otso was not.
    journal = Journal(course, toy.ASSIGNMENT)
    journal.begin(asdict(forced), {})
    journal.close()
    summary = grade(course, toy.ASSIGNMENT, resumed(course, toy.ASSIGNMENT))
    assert (summary.graded, summary.unchanged) == (1, 1)
    assert rows(root) == before
    with pytest.raises(ClassroomError, match="no run of toy was cut off"):
        resumed(course, toy.ASSIGNMENT)


@pytest.mark.grading
def test_a_cluster_builds_the_walls_that_a_run_asks_for_whatever_ran_before(
    root: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("found", encoding="utf-8")
    secret.chmod(0o644)
    tmp_path.chmod(0o755)
    answer = (
        f"\ntry:\n    print(open({str(secret)!r}).read() == 'found')\n"
        "except OSError:\n    print(False)"
    )
    answers = toy.RIGHT | {"mean_wait": toy.RIGHT["mean_wait"] + answer}
    files = {f"{toy.NOTEBOOK}.ipynb": toy.content(toy.filled(answers))}
    plan = make_plan(Course.open(root), toy.ASSIGNMENT)

    def printed(conditions: Conditions) -> str:
        submission = Submission("aino", toy.ASSIGNMENT, files)
        outcome = cluster.grade_here(plan, conditions, submission)
        document = json.loads(outcome.notebooks[toy.NOTEBOOK].document or "")
        return "".join(
            "".join(output.get("text", ""))
            for cell in document["cells"]
            for output in cell.get("outputs", [])
        )

    try:
        assert "True" in printed(Conditions(sandbox="none"))
        assert "False" in printed(Conditions())
        assert len(cluster._workers) == 1
    finally:
        cluster._workers.clear()
        close_jails()


def test_the_names_that_a_configuration_carries_stay() -> None:
    """They are in the key: under others every class would be graded anew."""
    config = Config()
    behind_walls(config)
    chosen = config.Autograde
    names = [*chosen.sanitize_preprocessors, *chosen.autograde_preprocessors]
    ours = [name for name in names if name.startswith("classroom.")]
    assert ours == [
        "classroom.plain.Restore",
        "classroom.plain.Execute",
        "classroom.plain.SaveAutoGrades",
        "classroom.sanitise.SafeDisplay",
    ]
    assert all(isinstance(import_item(name), type) for name in ours)
