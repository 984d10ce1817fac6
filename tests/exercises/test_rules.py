"""Each sentence of a task text that promises or forbids something is held by a test.

``NN_name/rules.yml`` quotes the sentences of each task, and for each says which
test cells hold it and how an answer breaks it::

    rank_by_value:
      rules:
        - says: Two values are equal if they agree when rounded to nine decimals
          cells: [rank_by_value-ties]
          breaks:
            - was: -round(worth(offer), 9)   # in the reference solution, once
              now: -worth(offer)
            - code: |                        # or a whole answer
                def rank_by_value(...
            - file: wrong_no_rounding.py     # or one that is there already
        - says: "`ratio`: benefit / price"
          kind: formula                      # the two numbers of the message speak
          ...
      not rules:
        - Either a pleasantry, or held elsewhere, quoted likewise

A sentence that nobody quotes fails, and so does a quotation that is no longer in
the text.  Each break must fail one of the cells named, with a message that names the
rule or the wrong idea, and each cell named must be failed by a break.
"""

from __future__ import annotations

import functools
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
GROUND = "ground-rules"
# What may stand between two quotations.
JOINTS = {"and", "or", "for", "if", "so", "but", "also", "in", "of", "then", "a", "an", "the"}
# Lines that state no rule: headings, rulers, what the function is for, the example.
ASIDE = re.compile(r"^(#|\|[-|]+$|\| \| name \||It trains |\*\*Write\*\* |\*\*Example\.\*\* )")


@pytest.fixture(scope="module")
def mutation():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import mutation
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return mutation


@functools.cache
def rules_of(folder: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / folder / "rules.yml").read_text("utf-8"))


@functools.cache
def ground_rules() -> dict[str, Any]:
    return yaml.safe_load((HERE / "ground_rules.yml").read_text("utf-8"))


@functools.cache
def equivalent(folder: str) -> set[tuple[str, str, str]]:
    path = HERE / folder / "equivalent.yml"
    found = set()
    for one in yaml.safe_load(path.read_text("utf-8")) or [] if path.is_file() else []:
        for now in one["now"] if isinstance(one["now"], list) else [one["now"]]:
            found.add((one["function"], one["was"], now))
    return found


class Bench:
    """A notebook whose cells have been run, to be tried with other answers."""

    def __init__(self, chapter: Any, room: Any) -> None:
        self.cells = chapter.cells()
        room.run_all(chapter, {})
        self._names = dict(room.names)
        self._room = room

    def answer(self, function: str) -> str:
        return next(cell.source for cell in self.cells if cell.id == function)

    def failures(self, function: str, code: str, checks: list[Any]) -> dict[str, Exception]:
        """Return what the checks raise if this code answers for the function."""
        self._room.names = {**self._names, "TOUCHED": []}
        assert self._room.run(code, function) is None, code
        raised = {}
        for cell in checks:
            error = self._room.run(cell.source, cell.id)
            if error is not None:
                raised[cell.id] = error
        return raised

    @property
    def touched(self) -> bool:
        return bool(self._room.names["TOUCHED"])


_BENCHES: dict[str, Bench] = {}


@pytest.fixture
def bench(chapter, room):
    if chapter.folder not in _BENCHES:
        _BENCHES[chapter.folder] = Bench(chapter, type(room)())
    return _BENCHES[chapter.folder]


def flat(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def promising(source: str) -> str:
    """Return the lines of a task that may promise something, as one line."""
    return flat(" ".join(line for line in source.splitlines() if not ASIDE.match(line)))


def unquoted(source: str, quotations: list[str]) -> list[str]:
    """Return what of a text is in none of the quotations, joining words left aside."""
    text = promising(source)
    open_ = [True] * len(text)
    for quotation in map(flat, quotations):
        for found in re.finditer(re.escape(quotation), text):
            open_[found.start() : found.end()] = [False] * len(quotation)
    rest = "".join(sign if free else "\n" for sign, free in zip(text, open_, strict=True))
    return [
        piece.strip()
        for piece in rest.split("\n")
        if set(re.findall(r"\w+", piece.lower())) - JOINTS
    ]


def quoted(section: dict[str, Any]) -> list[str]:
    return [one["says"] for one in section.get("rules", [])] + section.get("not rules", [])


def teaches(error: Exception, rule: dict[str, Any]) -> bool:
    """Say whether a failure tells a beginner which rule was broken."""
    text = " ".join(str(error).split())
    return type(error).__name__ == "CheckFailed" and (
        rule.get("kind") == "formula"
        or "The rule " in text
        or "This is what comes out if " in text
        or "ValueError with a message that names" in text
        or "because this input makes no sense" in text
        or "Ended with ValueError: " in text  # the learner's own words refuse what is allowed
        or "lets the course library do the work" in text
        or "reaches its end without return gives None" in text
    )


def broken(bench: Bench, chapter: Any, function: str, how: dict[str, str]) -> str:
    """Return the answer that breaks a rule."""
    if "code" in how:
        return how["code"]
    if "file" in how:
        return (HERE / chapter.folder / how["file"]).read_text("utf-8")
    answer = bench.answer(function)
    assert answer.count(how["was"]) == 1, f"not once in the solution: {how['was']}"
    return answer.replace(how["was"], how["now"])


def test_every_sentence_of_a_task_is_a_rule_or_said_to_be_none(chapter):
    rules = rules_of(chapter.folder)
    sources = {cell.id: cell.source for cell in chapter.cells()}
    assert set(rules) - {GROUND} == set(chapter.functions)
    for function in chapter.functions:
        quotations = quoted(rules[function])
        source = sources[function + "-task"]
        gone = [one for one in quotations if flat(one) not in promising(source)]
        assert gone == [], f"{function}: no longer in the task text"
        assert unquoted(source, quotations) == [], f"{function}: in no rule"
    quotations = quoted(ground_rules()[GROUND]) + quoted(rules.get(GROUND, {}))
    assert unquoted(sources[GROUND], quotations) == []
    for one in quoted(ground_rules()[GROUND]):
        assert flat(one) in promising(sources[GROUND])


def test_an_answer_that_breaks_a_rule_is_failed_by_the_cell_that_holds_it(
    chapter, bench, checks_of
):
    wrong = []
    for function in chapter.functions:
        cells = checks_of(function, chapter.cells())
        for rule in rules_of(chapter.folder).get(function, {}).get("rules", []):
            said = f"{function}: {rule['says']}"
            named = set(rule["cells"])
            assert named, said
            assert named <= {cell.id for cell in cells}, said
            assert rule["breaks"], said
            failing: set[str] = set()
            for how in rule["breaks"]:
                code = broken(bench, chapter, function, how)
                raised = bench.failures(function, code, cells)
                failing |= set(raised)
                here = [error for cell, error in raised.items() if cell in named]
                if not here:
                    wrong.append(f"{said}\nkeeps the points of {sorted(named)}: {how}")
                elif not any(teaches(error, rule) for error in here):
                    wrong.append(f"{said}\ndoes not name the rule to {how}:\n{here[0]}")
            if named - failing:
                wrong.append(f"{said}\nno break fails {sorted(named - failing)}")
    assert not wrong, "\n\n".join(wrong)


def test_an_answer_in_an_odd_style_keeps_its_points_until_it_breaks_a_rule(
    chapter, bench, checks_of
):
    listed = yaml.safe_load((HERE / chapter.folder / "odd_answers.yml").read_text("utf-8"))
    sources = {cell.id: cell.source for cell in chapter.cells()}
    wrong = []
    for function, odd in listed.items():
        cells = checks_of(function, chapter.cells())
        assert bench.failures(function, odd["answer"], cells) == {}, function
        for one in odd["wrong"]:
            assert flat(one["says"]) in promising(sources[function + "-task"])
            code = odd["answer"]
            for change in one["changes"]:
                assert code.count(change["was"]) == 1, f"not once in the answer: {change['was']}"
                code = code.replace(change["was"], change["now"])
            raised = bench.failures(function, code, cells)
            if not raised:
                wrong.append(f"{function} keeps all points: {one}")
            for error in raised.values():
                assert type(error).__name__ == "CheckFailed", f"{function}: {one}: {error!r}"
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.sample(5, "exercises whose functions break the ground rules")
def test_a_function_that_breaks_a_ground_rule_is_failed(chapter, bench, checks_of, mutation):
    known = equivalent(chapter.folder)
    for function in chapter.functions:
        cells = checks_of(function, chapter.cells())
        made = mutation.mutants(bench.answer(function), function)
        for rule in ground_rules()[GROUND]["rules"]:
            tried = [one for one in made if re.fullmatch(rule["broken by"], one.now)]
            assert tried or rule["broken by"].startswith("raise"), f"{function}: {rule['says']}"
            for mutant in tried:
                raised = bench.failures(function, mutant.source, cells)
                if (function, mutant.was, mutant.now) in known or not (raised or bench.touched):
                    continue
                told = [teaches(error, rule) for error in raised.values()]
                assert any(told), f"{rule['says']}\n{mutant}"


def test_a_sentence_that_nobody_quotes_is_noticed():
    source = "**Write** f.\n\n- **Ties.** Equal ones go by name, and **None** comes last.\n"
    assert unquoted(source, ["Ties. Equal ones go by name", "None comes last."]) == []
    assert unquoted(source, ["Ties. Equal ones go by name"]) == [", and None comes last."]
