"""The report tells what the marks hold, in one file in which nothing can run."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.grading.grade import Options, grade
from classroom.handback.report import (
    Account,
    Item,
    account_of,
    correlation,
    page,
    remark,
    separation,
)

from .. import toy
from ..grading.test_parity import mixed_class, rows
from ..hostile.case import right_then


def item(name: str, shares: list[float]) -> Item:
    return Item("queue", name, 1, {f"s{n:02d}": share for n, share in enumerate(shares)})


def of(*items: Item) -> Account:
    students = items[0].shares
    totals = {s: sum(each.shares[s] * each.points for each in items) for s in students}
    return Account("toy", float(len(items)), totals, list(items))


def test_a_cell_is_compared_with_the_others_and_not_with_itself() -> None:
    half = [1.0] * 6 + [0.0] * 6
    known, contrary = item("known", half), item("contrary", half[::-1])
    account = of(known, item("like", half), contrary)
    assert separation(account, contrary) == pytest.approx(-1)
    assert separation(account, known) is None, "the other two cancel out"
    assert "is the test right" in remark(account, contrary)


def test_what_does_not_vary_or_is_too_small_a_class_has_no_separation() -> None:
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    assert correlation([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    few = of(item("a", [1, 0, 1]), item("b", [1, 0, 0]))
    assert separation(few, few.items[0]) is None


def test_hard_and_easy_cells_are_named() -> None:
    account = of(item("easy", [1.0] * 12), item("hard", [0.0] * 12))
    assert "tells nobody apart" in remark(account, account.items[0])
    assert "is it clear what is asked" in remark(account, account.items[1])
    assert remark(account, Item("queue", "unread", 4)) == "nobody has a mark yet"
    begun = Item("queue", "begun", 4, {"s00": 0.0})
    assert remark(account, begun) == "only 1 have a mark yet"


def test_what_a_student_wrote_is_shown_as_text() -> None:
    account = of(item("a", [1, 0]))
    account.items[0].said = Counter({"<script>alert(1)</script>": 2})
    account.waiting = {"<b>eve</b>": ["<img src=x onerror=alert(1)>"]}
    text = page(account, dict.fromkeys(("points", "cells"), ("<svg/>", "a chart")))
    assert "<script" not in text
    assert "<b>" not in text
    assert text.count("<img ") == 2
    assert "default-src 'none'" in text


@pytest.mark.grading
@pytest.mark.filterwarnings("ignore")
def test_a_graded_class_is_reported_by_the_command(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    mixed_class(root, 10)
    folder = root / "submitted" / "eve" / toy.ASSIGNMENT
    folder.mkdir(parents=True)
    right_then("import os; os._exit(1)")(folder)
    course = Course.open(root)
    with pytest.raises(ClassroomError, match="classroom grade toy"):
        account_of(course, toy.ASSIGNMENT)
    grade(course, toy.ASSIGNMENT, Options(workers=1))
    account = account_of(course, toy.ASSIGNMENT)
    marks = rows(root)
    assert account.totals == {s: marks[s, "submission"][0] for s in account.totals}
    assert len(account.totals) == 11
    assert list(account.waiting) == ["eve"]
    said = next(each.said for each in account.items if each.name == "test_mean_empty")
    assert any("mean_wait" in sentence for sentence in said), "a name that a wrong answer lacks"

    command = ["report", "toy", "--course-dir", str(root), "--output", str(tmp_path / "r.html")]
    command += ["--figures", str(tmp_path / "charts")]
    written = []
    for _ in range(2):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
        written.append((tmp_path / "r.html").read_bytes())
    assert written[0] == written[1]
    for name in ("points", "cells"):
        assert ET.parse(tmp_path / "charts" / f"{name}.svg").getroot().tag.endswith("svg")
    text = written[0].decode()
    assert "11 students have from" in text
    assert "eve" in text
