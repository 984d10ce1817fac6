"""The doctor finds each fault it is there for, and none in a healthy course."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from classroom.course import Course
from classroom.doctor import examination as doctor
from classroom.doctor.diagnosis import Finding, as_json
from classroom.doctor.examination import examine

from .. import toy


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.open(toy.make_course(tmp_path / "course"))


def statuses(findings: Any) -> dict[str, str]:
    return {finding.check: finding.status for finding in findings}


def only(findings: Any) -> Finding:
    (finding,) = findings
    return finding


def configured(course: Course, lines: str) -> Course:
    path = course.root / "nbgrader_config.py"
    path.write_text(path.read_text("utf-8") + lines, encoding="utf-8")
    return Course.open(course.root)


def state(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Finding], bool]:
    """Findings of a healthy course, and whether examining it left it as it was."""
    root = toy.make_course(tmp_path_factory.mktemp("healthy") / "course")
    before = state(root)
    findings = examine(Course.open(root))
    return findings, state(root) == before


def test_a_healthy_course_has_no_fault(healthy: tuple[list[Finding], bool]) -> None:
    findings, _ = healthy
    assert [each for each in findings if each.status == "fail"] == []
    assert {"Python", "nbgrader", "kernel python3", "sandbox", "disk", "exercise toy"} <= set(
        statuses(findings)
    )
    assert statuses(findings)["gradebook"] == "ok"


def test_every_finding_that_is_not_ok_says_what_to_do(
    healthy: tuple[list[Finding], bool],
) -> None:
    assert all(each.todo for each in healthy[0] if each.status != "ok")


def test_examining_changes_nothing_in_the_course(healthy: tuple[list[Finding], bool]) -> None:
    assert healthy[1]


def test_an_exercise_that_was_edited_by_hand_is_found(course: Course) -> None:
    path = course.release("toy") / "queue.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].source += "\n# changed by hand"
    nbformat.write(notebook, path)
    finding = only(doctor.drift(course))
    assert finding.status == "fail"
    assert "queue.ipynb" in finding.found
    assert finding.todo == "nbgrader generate_assignment toy --force"


def test_an_exercise_not_yet_made_is_found(course: Course) -> None:
    for path in course.release("toy").iterdir():
        path.unlink()
    course.release("toy").rmdir()
    assert only(doctor.drift(course)).status == "warn"


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, "fail"), (-1, "fail"), (600, "warn"), (5, "ok")]
)
def test_a_time_out_that_cannot_work_is_found(course: Course, seconds: int, status: str) -> None:
    changed = configured(course, f"c.ExecutePreprocessor.timeout = {seconds}\n")
    assert only(doctor.timeouts(changed)).status == status


def test_looking_at_a_course_makes_no_gradebook(course: Course) -> None:
    (course.root / "gradebook.db").unlink()
    assert only(doctor.drift(course)).status == "ok"
    assert not (course.root / "gradebook.db").exists()


def test_a_damaged_gradebook_is_found(course: Course) -> None:
    path = course.root / "gradebook.db"
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    path.write_bytes(content)
    assert only(doctor.gradebook(course)).status == "fail"
    path.write_bytes(b"not a database at all" * 100)
    assert only(doctor.gradebook(course)).status == "fail"


def test_a_gradebook_server_that_is_not_there_is_found(course: Course) -> None:
    changed = configured(
        course, 'c.CourseDirectory.db_url = "postgresql+psycopg://t@127.0.0.1:1/marks"\n'
    )
    finding = only(doctor.gradebook(changed))
    assert finding.status == "fail"
    assert "server" in finding.todo


def test_a_missing_kernel_is_found(course: Course) -> None:
    path = course.source("toy") / "queue.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.kernelspec["name"] = "no-such-kernel"
    nbformat.write(notebook, path)
    found = statuses(doctor.kernel(course))
    assert found == {"kernel python3": "ok", "kernel no-such-kernel": "fail"}


def test_a_module_that_is_missing_is_named(course: Course) -> None:
    path = course.source("toy") / "queue.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("%matplotlib inline\nimport no_such_module.x"))
    nbformat.write(notebook, path)
    finding = only(doctor.imports(course))
    assert finding.status == "warn"
    assert "no_such_module" in finding.found


def test_other_versions_than_the_tested_are_found(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(doctor.TESTED, "nbgrader", "0.8.0")
    monkeypatch.setitem(doctor.TESTED, "no-such-package", "1.0")
    found = statuses(doctor.versions(course))
    assert found["nbgrader"] == "warn"
    assert found["no-such-package"] == "fail"


def test_no_room_on_the_disk_is_found(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil
    from types import SimpleNamespace

    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10_000_000))
    assert {each.status for each in doctor.disk(course)} == {"fail"}


def test_no_sandbox_at_all_is_a_fault(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.jail, "bubblewrap_fault", lambda: "bubblewrap is not installed")
    assert statuses(doctor.sandbox(course))["bubblewrap"] == "warn"
    monkeypatch.setattr(doctor.jail, "landlock_fault", lambda: "the kernel has no Landlock")
    assert statuses(doctor.sandbox(course))["sandbox"] == "fail"


def test_an_exchange_students_cannot_use_or_can_spy_in_is_found(
    course: Course, tmp_path: Path
) -> None:
    root = tmp_path / "exchange"
    inbound = root / "service-design" / "inbound"
    inbound.mkdir(parents=True)
    changed = configured(course, f"c.Exchange.root = {str(root)!r}\n")
    root.chmod(0o755)
    inbound.chmod(0o733)
    assert statuses(doctor.exchange(changed)) == {"exchange": "fail"}
    root.chmod(0o777)
    assert statuses(doctor.exchange(changed)) == {"exchange": "ok"}
    inbound.chmod(0o777)
    assert statuses(doctor.exchange(changed))["exchange inbound"] == "fail"


def test_a_check_that_breaks_is_a_finding_not_a_crash(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(course: Course) -> Any:
        raise RuntimeError("boom")

    monkeypatch.setattr(doctor, "CHECKS", (broken, doctor.python))
    findings = examine(course)
    assert [each.status for each in findings] == ["fail", "ok"]
    assert "boom" in findings[0].found


def test_the_findings_are_json_for_scripts(course: Course) -> None:
    entries = json.loads(as_json(list(doctor.disk(course))))
    assert set(entries[0]) == {"check", "status", "found", "todo"}
