"""Where a warmed interpreter cannot be forked, plain kernels serve, behind the same walls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.grading.grade import Options, grade
from classroom.walls import jail as jails
from classroom.walls.jail import Jail

from .. import toy
from ..grading.test_parity import outputs, rows
from ..hostile.corpus import CASES
from .test_walls import (  # noqa: F401  the same attacks, on the jail below
    LIMITS,
    attempt,
    namespaces,
    test_a_submission_sees_its_own_files_and_can_write,
    test_an_unprivileged_user_runs_the_code,
    test_memory_of_many_processes_together_is_bounded,
    test_no_process_survives_its_submission,
    test_nothing_written_is_there_for_the_next_submission,
    test_the_interpreter_and_the_root_cannot_be_written,
    test_the_waiting_interpreter_cannot_be_read_or_killed,
    test_there_is_no_network,
    the_wall_of_namespaces,
)

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

GONE = "ipykernel.ipkernel:IPythonKernel.gone_in_some_later_version"


@contextmanager
def outdated() -> Iterator[None]:
    """Have the look for ipykernel's insides find one of them gone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jails, "JOINTS", (*jails.JOINTS, GONE))
        yield


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    opened = Jail(the_wall_of_namespaces(), LIMITS, ("numpy",))
    with outdated():
        opened.start()
    assert opened.slow is not None
    yield opened
    opened.stop()


def test_calls_that_lead_out_are_refused_in_every_thread(jail: Jail) -> None:
    _, said = attempt(
        jail,
        "import ctypes, threading\nlibc = ctypes.CDLL(None, use_errno=True)\ndef calls():\n"
        "    for call in (libc.ptrace, libc.unshare):\n"
        "        print(call(0x10000000, 0, 0, 0), ctypes.get_errno())\n"
        "    print(libc.socket(2, 1, 0), ctypes.get_errno())\n"
        "calls()\nother = threading.Thread(target=calls)\nother.start()\nother.join()\n"
        "import os\nrows = []\nfor task in os.listdir('/proc/self/task'):\n"
        "    try: rows.append(open(f'/proc/self/task/{task}/status').read())\n"
        # A thread may end between the list and the look: before opening, or before reading.
        "    except (FileNotFoundError, ProcessLookupError): pass\n"
        "print(len(rows) > 1)\n"
        "print({l for r in rows for l in r.splitlines() if l.startswith('Seccomp_filters')})",
    )
    assert said.split("{")[0].split() == ["-1", "1"] * 6 + ["True"]
    assert said.count("Seccomp_filters") == 1, "a thread without the filter"


@namespaces
def test_a_class_is_marked_as_ever_and_the_reason_for_slowness_is_said(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    chosen = [c for c in CASES if c.name in ("while-true", "hard-exit", "equal-to-everything")]
    for case in chosen:
        folder = root / "submitted" / case.name / toy.ASSIGNMENT
        folder.mkdir(parents=True)
        case.build(folder)
    toy.submit(root, "s000", toy.RIGHT)
    toy.submit(root, "s001", toy.PARTLY)
    command = ["grade", toy.ASSIGNMENT, "--course-dir", str(root), "--timeout", "3"]
    with outdated():
        done = CliRunner().invoke(app, command)
    assert done.exit_code == 1, done.output
    assert "slower than usual: plain kernels ran the work, because" in done.output
    assert "IPythonKernel.gone_in_some_later_version is not there" in done.output
    marks = rows(root)
    assert (marks["s000", "submission"][0], marks["s001", "submission"][0]) == (11, 8)
    assert "! s00" not in done.output
    for case in chosen:
        assert marks[case.name, "submission"][0] <= case.deserved
        assert f" {case.name}: " in done.output


@namespaces
def test_outputs_are_those_of_the_warmed_interpreter(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    toy.submit(root, "s000", toy.PARTLY)
    seen = []
    for state in (nullcontext(), outdated()):
        with state:
            summary = grade(Course.open(root), toy.ASSIGNMENT, Options(workers=1, force=True))
        seen.append((summary.slow is None, outputs(root, "s000"), rows(root)))
    assert [fast for fast, *_ in seen] == [True, False]
    assert seen[0][1:] == seen[1][1:]


def test_on_other_systems_nbgraders_own_kernels_run_work_that_one_trusts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("execute", "worker"):
        monkeypatch.setattr(f"classroom.grading.{module}.jail_fault", lambda: "no such sockets")
    root = toy.make_course(tmp_path / "course")
    toy.submit(root, "s000", toy.PARTLY)
    options = Options(workers=1, sandbox="none")
    summary = grade(Course.open(root), toy.ASSIGNMENT, options)
    assert (summary.slow, summary.looks) == ("no such sockets", {})
    assert rows(root)["s000", "submission"][0] == 8


@namespaces
def test_an_interpreter_that_answers_otherwise_than_known_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    for path in jails.INSIDE.glob("*.py"):
        text = path.read_text("utf-8")
        if path.name == "warm.py":
            text = text.replace('"1 + 1": "execute_result"', '"1 + 1": "another_kind"')
        (inside / path.name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(jails, "INSIDE", inside)
    with Jail("bubblewrap", LIMITS) as opened:
        assert opened.slow == (
            "ipykernel answers '1 + 1' with ['execute_result'], not with another_kind"
        )


def test_behind_landlock_alone_it_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unfit = Jail("landlock", LIMITS)
    monkeypatch.setattr(Jail, "launch", lambda _: None)
    monkeypatch.setattr(Jail, "_answer", lambda *_: {"op": "unfit", "why": "a part is gone"})
    with pytest.raises(ClassroomError, match=r"a part is gone.* need bubblewrap"):
        unfit.start()
