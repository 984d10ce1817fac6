"""A lesson plan can be given as it stands: its minutes add up and no part is missing."""

import re

import pytest
from tests.chapters.conftest import CHAPTERS, ROOT

TEACHING = ROOT / "book" / "teaching"
PARTS = ("Aims", "Before", "Materials", "Script", "What people say", "Marking", "Teams")
PLANS = dict(
    re.findall(
        r"^## (Plan for .+?)\n(.*?)(?=^## |\Z)",
        (TEACHING / "plans.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)


def minutes(text):
    """Return the numbers of the first column of a table of minutes."""
    table = re.search(r"^\| Minutes \|.*?(?=\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    assert table, "there is no table of minutes"
    return [int(n) for n in re.findall(r"^\| (\d+) \|", table[0], re.MULTILINE)]


def test_every_chapter_and_the_interlude_has_a_plan():
    numbers = [str(int(path.stem[:2])) for path in CHAPTERS if path.stem[0].isdigit()]
    assert set(PLANS) >= {f"Plan for chapter {number}" for number in numbers}
    assert "Plan for the interlude" in PLANS


@pytest.mark.parametrize("name", PLANS)
def test_the_minutes_of_a_plan_are_ninety(name):
    assert sum(minutes(PLANS[name])) == 90


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_has_all_its_parts_and_a_script_to_read_out(name):
    plan = PLANS[name]
    for part in PARTS:
        assert re.search(rf"^\*\*{part}[.:]", plan, re.MULTILINE), part
    assert len(re.findall(r"^\d\. [\"“]", plan, re.MULTILINE)) >= 4
    script = re.search(r"\*\*Script: (.+?)\.\*\*", plan)
    assert f"Workshop: {script[1]}" in plan, "the table does not name the script"
    assert plan.count("—") >= 2, "what people say has its answer"


def test_a_plan_names_the_field_task_of_its_chapter(chapter):
    if chapter.name[0].isdigit():
        plan = PLANS[f"Plan for chapter {chapter.front['number']}"]
        assert chapter.front["field"]["title"].split(",")[0] in plan


def test_five_credits_are_135_hours():
    text = (TEACHING / "course.md").read_text("utf-8")
    rows = re.findall(r"^\| \d+ \| [^|]+ \|([^\n]+)\|$", text, re.MULTILINE)
    assert len(rows) == 12
    assert sum(float(hours) for row in rows for hours in row.split("|")) == 5 * 27


def test_the_shares_of_the_mark_are_the_whole_mark():
    text = (TEACHING / "course.md").read_text("utf-8")
    assert sum(int(share) for share in re.findall(r"\| (\d+)% \|", text)) == 100


def test_each_form_that_a_person_sees_is_there_in_finnish():
    text = (TEACHING / "course.md").read_text("utf-8")
    assert text.count("In Finnish:\n\n```text") == 2


def test_the_model_portfolio_is_marked_as_its_rows_add_up():
    text = (TEACHING / "portfolios.md").read_text("utf-8")
    model, weak = text.split("## A weak portfolio")
    marks = [
        int(mark)
        for rows in re.findall(r"Rows: ([^\n]+)", model)
        for mark in re.findall(r"[a-z] ([0-3])(?=[,. (])", rows)
    ]
    assert f"**Mark.** {sum(marks)} of {3 * len(marks)} in" in model
    assert weak.count("> *In the margin:*") >= 5


def test_the_day_at_a_workplace_adds_up():
    text = (TEACHING / "workshop.md").read_text("utf-8")
    assert f"a day of {sum(minutes(text))} minutes" in text
