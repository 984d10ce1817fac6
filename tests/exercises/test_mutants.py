"""The exercises' tests notice small wrong turns in the reference solutions."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = 12

ANSWER = '''
def f(rows, k=2):
    """Return the names of rows of k or more, the largest first."""
    ### BEGIN SOLUTION
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    kept = [(-row["n"], row["name"]) for row in rows if row["n"] >= k and row["n"] is not None]
    for one in kept:
        pass
    return [name for _, name in sorted(kept)]
    ### END SOLUTION
'''


@pytest.fixture(scope="module")
def mutation():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import mutation
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return mutation


@pytest.fixture(scope="module")
def made(mutation):
    return mutation.mutants(ANSWER, "f")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("if k < 1:", "if k <= 1:"),
        ("if k < 1:", "if k < 2:"),
        ("if k < 1:", "if False:"),
        ("raise ValueError(f'k must be at least 1, got {k}')", "raise ValueError('no')"),
        ("for one in kept:", "(left out)"),
        ("def f", "sorts rows"),
        ("def f", "prints"),
        ("def f", "rounds to 4 decimals"),
    ],
)
def test_a_wrong_turn_is_made(made, was, now):
    assert (was, now) in {(one.was, one.now) for one in made}


@pytest.mark.parametrize(
    "part",
    [
        "row['n'] > k",
        "row['n'] >= k or row['n'] is not None",
        "(row['n'], row['name'])",  # the sign left out
        "(row['name'], -row['n'])",  # the order turned
        "not not row['n']",  # 0 taken for a gap
        "in list(kept)",  # the sorting left out
        "list(rows)[1:]",
    ],
)
def test_a_wrong_turn_within_a_line_is_made(made, part):
    assert [one for one in made if part in one.now]


def test_every_mutant_is_another_program_and_has_a_name_of_its_own(made):
    assert len({one.source for one in made}) == len(made)
    assert len({(one.was, one.now) for one in made}) == len(made)
    for one in made:
        ast.parse(one.source)


def test_mutants_are_the_same_in_every_run(mutation, made):
    assert mutation.mutants(ANSWER, "f") == made


def run(*words: str) -> dict:
    done = subprocess.run(
        [sys.executable, "tools/mutants.py", "--json", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    assert done.stdout.startswith("{"), done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.sample(5, "exercises whose mutants are run")
def test_no_mutant_survives_without_an_explanation(chapter, mutation, sample):
    """A sample of each function's mutants; `make test-all` and `make mutants` run them all."""
    answers = {cell.id: cell.source for cell in chapter.cells() if cell.id in chapter.functions}
    possible = [one for name in answers for one in mutation.mutants(answers[name], name)]
    chosen = sample(possible, SAMPLE * len(answers), f"mutants of {chapter.folder}")
    part = [] if len(chosen) == len(possible) else ["--sample", str(SAMPLE)]
    found = run(*part, "--jobs", "1", chapter.folder)
    assert {name.split("/")[1] for name in found} == set(chapter.functions)
    for name, one in found.items():
        assert one["mutants"] >= SAMPLE / 2, name
        assert one["survivors"] == [], name
        assert one["wrong"] == [], name
