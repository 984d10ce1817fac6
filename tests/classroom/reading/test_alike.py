"""Who shares what few others have: names, comments and turns of phrase, not the task."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from classroom.cli import app
from classroom.course import ClassroomError, Course
from classroom.reading.alike import ENOUGH, RUN, Cell, Likeness, likeness, page, read_cells

from .. import toy
from ..hostile import browser as scripts

REPOSITORY = Path(__file__).parents[3]
ODD = """
def mean_wait(minutes):
    # grandma counted the guests twice, so the tally starts one below
    tally_of_guests = -1
    for hungry_person in minutes:
        tally_of_guests += hungry_person
    return (tally_of_guests + 1) / len(minutes)
"""
SAYING = "The queue is a promise that the canteen breaks every noon before the soup is even warm."


def graded(root: Path, answers: dict[str, dict[str, str]]) -> Course:
    """Make a course in which these notebooks are graded; what they got is not looked at."""
    course = Course.open(toy.make_course(root))
    for student, given in answers.items():
        folder = course.autograded(student, "toy")
        folder.mkdir(parents=True)
        (folder / "queue.ipynb").write_bytes(toy.content(toy.filled(given)))
    return course


def told(course: Course, *options: str) -> str:
    run = CliRunner().invoke(app, ["alike", "toy", "--course-dir", str(course.root), *options])
    if run.exception:
        raise run.exception
    return " ".join(run.output.split())


def texts(answers: dict[str, str], kind: str = "markdown") -> dict[str, list[Cell]]:
    return {student: [Cell.of("a", kind, text)] for student, text in answers.items()}


def two(found: Likeness) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in found.pairs]


def test_two_who_share_odd_names_and_a_comment_are_listed_with_the_place(tmp_path: Path) -> None:
    course = graded(
        tmp_path / "course",
        {
            "aino": toy.RIGHT,
            "eino": toy.ALSO_RIGHT | {"mean_wait": ODD},
            "otso": toy.PARTLY | {"mean_wait": ODD.replace("    # grandma", "\n    # grandma")},
            "zoe": toy.WRONG,
        },
    )
    said = told(course, "--output", str(tmp_path / "alike.html"))
    assert "eino, otso" in said
    assert "aino, zoe" not in said
    assert "1 of 6 pairs share" in said
    html = (tmp_path / "alike.html").read_text("utf-8")
    assert html.count("<mark>") == 2
    assert "queue, mean_wait" in html
    for words in ("cheat", "plagiar", "copied", "guilty", "suspect", "fraud"):
        assert words not in (said + html).lower(), "nobody is accused"


def test_what_was_handed_out_and_what_stands_in_the_solution_does_not_count(
    tmp_path: Path,
) -> None:
    # All of RIGHT is the solution's own, but for the reflection, which is not long.
    same = toy.RIGHT | {"reflection": "Short."}
    course = graded(tmp_path / "course", {"aino": same, "eino": same, "otso": toy.WRONG})
    assert "0 of 3 pairs" in told(course)


def test_what_many_wrote_does_not_count_and_what_three_wrote_does() -> None:
    own = {f"s{number}": f"only {number} wrote this " * 3 for number in range(20)}
    many = {
        student: text + SAYING * (number < 4) for number, (student, text) in enumerate(own.items())
    }
    assert two(likeness(texts(many))) == []
    longer = f"{SAYING} Nobody waits there gladly, and still they come and stand in it."
    three = {s: t + longer * (n < 3) for n, (s, t) in enumerate(own.items())}
    assert two(likeness(texts(three))) == [("s0", "s1"), ("s0", "s2"), ("s1", "s2")]


def test_a_text_is_compared_by_words_and_code_letter_by_letter() -> None:
    shouted = SAYING.upper().replace(" ", "\n")
    longer = " And so on it goes for as long as there is soup."
    both = {"a": SAYING + longer, "b": shouted + longer, "c": "Something else."}
    assert two(likeness(texts(both))) == [("a", "b")]
    other = {"a": ODD, "b": ODD.replace("tally_of_guests", "n").replace("hungry_person", "m")}
    assert likeness(texts({"a": ODD, "b": ODD}, "code")).pairs[0].shared > ENOUGH
    renamed = likeness(texts(other, "code")).pairs
    assert (
        not renamed
        or renamed[0].shared < likeness(texts({"a": ODD, "b": ODD}, "code")).pairs[0].shared
    )


def test_the_count_is_of_what_the_shared_runs_cover_once() -> None:
    words = [f"w{number}" for number in range(40)]
    found = likeness(texts({"a": " ".join(words), "b": " ".join(["x", *words, "y"]), "c": "z"}))
    assert [pair.shared for pair in found.pairs] == [40]
    short = " ".join(words[: ENOUGH - 1])
    assert likeness(texts({"a": short, "b": short, "c": "z"})).pairs == []
    exact = " ".join(words[:ENOUGH])
    assert likeness(texts({"a": exact, "b": exact, "c": "z"})).pairs[0].shared == ENOUGH


def test_an_index_finds_what_comparing_each_with_each_finds() -> None:
    chance = random.Random(7)
    words = [f"w{number}" for number in range(60)]
    pool = [" ".join(chance.choices(words, k=12)) for _ in range(60)]
    answers = {f"s{n:02}": " ".join(chance.sample(pool, 6)) for n in range(40)}
    found = {(p.first, p.second): p.runs for p in likeness(texts(answers)).pairs}
    length = RUN["markdown"]

    def runs(text: str) -> set[tuple[str, ...]]:
        parts = text.split()
        return {tuple(parts[at : at + length]) for at in range(len(parts) - length + 1)}

    by_student = {student: runs(text) for student, text in answers.items()}
    holders: dict[tuple[str, ...], int] = {}
    for own in by_student.values():
        for run in own:
            holders[run] = holders.get(run, 0) + 1
    for first in answers:
        for second in answers:
            rare = {r for r in by_student[first] & by_student[second] if holders[r] <= 4}
            if first < second and (first, second) in found:
                assert len(found[first, second]) == len(rare)
            elif first < second:
                assert len(rare) < ENOUGH
    assert found


def test_nothing_that_a_student_wrote_becomes_a_part_of_the_page() -> None:
    evil = "\n".join(scripts.WRITTEN.values()) * 2
    found = likeness(texts({"<b>a": evil, "b": evil, "c": "z"}))
    html = page("toy", found, 20)
    assert found.pairs
    assert "<script" not in html.lower()
    assert "<img" not in html.lower()
    assert "<b>a" not in html


def test_a_notebook_that_cannot_be_read_is_nobodys_likeness(tmp_path: Path) -> None:
    course = graded(tmp_path / "course", {"aino": toy.RIGHT, "eino": toy.WRONG})
    for student, text in (("otso", "{"), ("zoe", json.dumps({"cells": [{"cell_type": "code"}]}))):
        folder = course.autograded(student, "toy")
        folder.mkdir(parents=True)
        (folder / "queue.ipynb").write_text(text, encoding="utf-8")
    assert "0 of 6 pairs" in told(course)


def test_one_student_alone_is_like_nobody(tmp_path: Path) -> None:
    course = graded(tmp_path / "course", {"aino": toy.RIGHT})
    with pytest.raises(ClassroomError, match=r"1 students of toy are graded.*classroom grade toy"):
        told(course)


def written_one_by_one(folder: Path) -> dict[str, str]:
    """Return an exercise's right answers, each written to be another way, by their names."""
    found = {path.stem: path.read_text("utf-8") for path in folder.glob("right_*.py")}
    more = folder / "right_answers.yml"
    listed = yaml.safe_load(more.read_text("utf-8")) if more.is_file() else {}
    for function, answers in listed.items():
        for number, answer in enumerate(answers):
            found[f"{function} {number}"] = answer
    return found


def test_the_guide_says_how_often_answers_written_apart_are_listed() -> None:
    possible, listed = 0, 0
    for source in sorted((REPOSITORY / "solutions").iterdir()):
        answers = written_one_by_one(REPOSITORY / "tests" / "exercises" / source.name)
        release = REPOSITORY / "exercises" / source.name
        given = [
            cell
            for folder in (source, release)
            for path in folder.glob("*.ipynb")
            for cell in read_cells(path)
        ]
        defined = {name: set(re.findall(r"^def (\w+)", a, re.M)) for name, a in answers.items()}
        both = {
            pair for pair in combinations(sorted(answers), 2) if defined[pair[0]] & defined[pair[1]]
        }
        cells = {name: [Cell.of(name, "code", answer)] for name, answer in answers.items()}
        named = {(pair.first, pair.second) for pair in likeness(cells, given).pairs}
        possible += len(both)
        listed += len(both & named)
    assert possible > 300
    guide = (REPOSITORY / "book" / "guides" / "teacher.md").read_text("utf-8")
    assert "one pair in five would be listed" in guide
    assert 0.15 < listed / possible < 0.25, f"{listed} of {possible}: mend the guide's words"
