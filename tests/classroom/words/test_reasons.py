"""Reasons are codes with facts; their words decide nothing."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import string
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from classroom.course import Course
from classroom.grading.grade import Options, Summary, grade
from classroom.grading.screen import notes_in_few_lines
from classroom.journal import Journal
from classroom.words import language
from classroom.words.reasons import Code, Reason, because, in_words
from classroom.words.sentences import NAMELESS_SENTENCES, SENTENCES, sentence
from tools import messages

from .. import toy

SRC = Path(__file__).parents[3] / "src"
# Who shows reasons to a person: on a screen, in a notebook, in a comment, on a page.
SHOW = {
    "grading/execute.py",
    "grading/plain.py",
    "grading/run.py",
    "grading/screen.py",
    "grading/worker.py",
    "grading/writer.py",
    "handback/report.py",
    "reading/settle.py",
}
EXAMPLES: dict[type, Any] = {str: "ä/b", int: 12345, Reason: in_words("it broke")}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((SRC / "classroom").rglob("*.py")):
        yield path.relative_to(SRC / "classroom").as_posix(), ast.parse(path.read_text("utf-8"))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def example(code: Code) -> Reason:
    return because(code, **{name: EXAMPLES[kind] for name, kind in code.facts.items()})


# ---- the catalogue


def test_every_code_has_a_sentence_whose_places_are_its_facts() -> None:
    assert {code: places(text) for code, text in SENTENCES.items()} == {
        code: set(code.facts) for code in Code
    }


def test_a_nameless_sentence_does_without_the_name_alone() -> None:
    for code, text in NAMELESS_SENTENCES.items():
        assert set(code.facts) - places(text) in ({"cell"}, {"names"}), code
        empty = {"cell": "", "names": ""}
        facts = {name: empty.get(name, EXAMPLES[kind]) for name, kind in code.facts.items()}
        assert sentence(because(code, **facts)) != sentence(example(code))


@pytest.mark.parametrize("code", Code)
def test_a_reason_comes_out_of_the_journal_as_it_went_in(code: Code) -> None:
    reason = example(code)
    assert Reason.from_json(json.loads(json.dumps(reason.as_json()))) == reason
    assert sentence(reason)


def test_facts_that_are_not_those_of_a_code_are_refused() -> None:
    with pytest.raises(TypeError, match=r"IS_LINK takes the facts \['path'\], got \[\]"):
        because(Code.IS_LINK)
    with pytest.raises(TypeError, match="MANY_FILES takes int for most, got 'many'"):
        because(Code.MANY_FILES, most="many")


def test_what_an_earlier_or_later_version_noted_is_read() -> None:
    assert sentence(Reason.from_json("Cell a was put back.")) == "Cell a was put back."
    for said in (
        {"code": "made-later", "facts": {}},
        {"code": "is-link", "facts": {"name": "x"}},
        {"code": "is-link", "facts": {"path": 5}},
        {"code": "is-link"},
        {"code": ["is-link"], "facts": {}},
        None,
        7,
    ):
        assert "grade it again, with --force" in sentence(Reason.from_json(said))


def test_a_fact_is_never_taken_for_a_place_to_fill() -> None:
    told = sentence(because(Code.IS_LINK, path="{why.__class__} {path}"))
    assert told == "{why.__class__} {path} is a link; it was not followed."


# ---- the code


def test_each_reason_is_made_with_the_facts_of_its_code_and_no_code_is_left_over() -> None:
    made: set[str] = set()
    for place, tree in modules():
        if place == "words/sentences.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                made |= {node.attr} if node.value.id == "Code" else set()
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "because" and isinstance(node.args[0], ast.Attribute):
                given = {keyword.arg for keyword in node.keywords}
                assert given == set(Code[node.args[0].attr].facts), f"{place}:{node.lineno}"
    assert made == {code.name for code in Code}


def test_only_those_who_show_a_reason_ask_for_its_sentence() -> None:
    asking = {
        place
        for place, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "classroom.words.sentences"
    }
    assert asking == SHOW


def test_every_sentence_is_in_the_catalogue_for_translators() -> None:
    told = {str(entry.id) for entry in messages.gather(SRC / "classroom")}
    assert {*SENTENCES.values(), *NAMELESS_SENTENCES.values()} <= told


# ---- another language


@dataclass(frozen=True)
class Run:
    """All that a run decided, and all that it told."""

    marks: dict[str, dict[str, tuple[float | None, bool]]]
    flags: list[tuple[str, list[Any]]]
    looks: list[tuple[str, list[Reason]]]
    notes: list[tuple[str, list[Reason]]]
    comments: list[str]
    screen: list[str]
    errors: list[str]


def odd_class(root: Path) -> None:
    """Hand in work of which much is to be told, none of it by the machine's haste."""
    plain = toy.content(toy.filled(toy.RIGHT))
    name = f"{toy.NOTEBOOK}.ipynb"
    handed: dict[str, dict[str, bytes]] = {
        "right": {name: plain},
        "broken": {name: b"{"},
        "web": {name: b"<!doctype html><html>"},
        "nothing": {"notes.txt": b"away"},
        "twice": {name: plain, f"{toy.NOTEBOOK} (1).ipynb": toy.content(toy.filled(toy.WRONG))},
        "renamed": {"queue_final.ipynb": plain, "timestamp.txt": b"yesterday"},
        "module": {name: plain, "json.py": b"dumps = None"},
    }
    for student, source in {
        "exits": "import os; os._exit(3)",
        "newer": "def mean_wait(minutes): return f'{f\"{sum(minutes)}\"}' + f'{'x'}'",
        "network": "raise OSError('Name or service not known')",
        "memory": "raise MemoryError",
    }.items():
        handed[student] = {name: toy.content(toy.filled(toy.RIGHT | {"mean_wait": source}))}
    changed = toy.filled(toy.RIGHT)
    changed.cells[-1].source += "\n# mine"
    changed.cells.insert(0, changed.cells[0].copy())
    del changed.cells[3]
    changed.cells[2].metadata["tags"] = ["skip-execution"]
    handed["changed"] = {name: toy.content(changed)}
    for student, files in handed.items():
        folder = root / "submitted" / student / toy.ASSIGNMENT
        folder.mkdir(parents=True)
        for path, content in files.items():
            (folder / path).write_bytes(content)
    folder = root / "submitted" / "zipped" / toy.ASSIGNMENT
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr(name, plain)
    (folder / "secret").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")


def run(root: Path) -> Run:
    course = Course.open(root)
    summary = grade(course, toy.ASSIGNMENT, Options(workers=2, timeout=60, force=True))
    marks: dict[str, dict[str, tuple[float | None, bool]]] = {}
    comments: list[str] = []
    with course.gradebook() as book:
        for row in book.assignment_submissions(toy.ASSIGNMENT):
            of = marks[str(row.student_id)] = {}
            for notebook in row.notebooks:
                for mark in notebook.grades:
                    of[mark.name] = mark.auto_score, bool(mark.needs_manual_grade)
                comments += [c.auto_comment for c in notebook.comments if c.auto_comment]
    journal = Journal(course, toy.ASSIGNMENT)
    journal.close()
    errors = []
    for path in sorted((root / "autograded").rglob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            ours = ("DeadKernelError", "CellTimeoutError", "NotebookTimeoutError")
            found = [o for o in cell.get("outputs", []) if o.get("ename") in ours]
            errors += [str(output["evalue"]) for output in found]
            if cell.get("id") == "classroom-note":
                errors.append("".join(cell["source"]))
    return Run(
        marks,
        sorted((student, entry.flags) for student, entry in journal.entries.items()),
        sorted(summary.looks.items()),
        sorted(summary.notes.items()),
        comments,
        _screen(summary),
        errors,
    )


def _screen(summary: Summary) -> list[str]:
    looks = [sentence(why) for _, reasons in sorted(summary.looks.items()) for why in reasons]
    return looks + [line.partition(": ")[2] for line in notes_in_few_lines(summary)]


def bare(text: str) -> str:
    """Return what of a text stands outside all brackets."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return text.strip()


@pytest.mark.grading
@pytest.mark.filterwarnings("ignore")
def test_in_another_language_every_mark_flag_and_order_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = toy.make_course(tmp_path / "course")
    odd_class(root)
    here = run(root)
    english = [str(entry.id) for entry in messages.gather(SRC / "classroom") if entry.id]
    # Each begins with other letters, so that what is sorted by its words changes places.
    monkeypatch.setattr(language, "_active", {text: f"⟦{_mixed(text)}⟧" for text in english})
    there = run(root)
    assert there.marks == here.marks
    assert there.flags == here.flags
    assert (there.looks, there.notes) == (here.looks, here.notes)
    told = {flag.reason.code for _, flags in here.flags for flag in flags}
    assert len(told) > 12, told
    said = [*there.comments, *there.screen, *there.errors]
    assert len(said) > 20
    assert [text for text in said if bare(text)] == []
    # And back: what is told now is what was told at first, word for word.
    monkeypatch.setattr(language, "_active", {})
    assert _words(there.flags) == _words(here.flags)


def _mixed(text: str) -> str:
    return f"{hashlib.sha256(text.encode()).hexdigest()[:4]} {text}"


def _words(flags: list[tuple[str, list[Any]]]) -> list[str]:
    return [sentence(flag.reason) for _, of in flags for flag in of]
