"""Break the reference solutions in small ways and see whether the exercises' tests notice.

usage: python tools/mutants.py [--sample N] [--jobs N] [--json] [NN_name | function ...]

Each answer cell in solutions/ is changed in one place at a time (tools/mutation.py)
and run through the test cells of its function, hidden ones included.  A mutant that
keeps all points has survived: write a test that fails it, or say in
tests/exercises/NN_name/equivalent.yml why it is a right answer too:

  - function: rank_by_value
    was: "if offer['price'] == 0:"           as this command prints it
    now: "if offer['price'] <= 0:"           or a list of several
    why: amounts are never negative, says the task
    tried: 10000                             optional, see below

With `tried`, mutant and reference must agree on so many inputs, made by the function
of the same name in tests/exercises/NN_name/inputs.py from a random.Random.

Prints a table by exercise and function, and the survivors that nothing explains.
Exits with 1 if there is one, or if an explanation fits no survivor.
With --sample only N mutants of a function are run, the same ones each time, and
all that are explained, on a tenth of their inputs.
"""

import argparse
import contextlib
import copy
import io
import json
import os
import random
import resource
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import yaml

from mutation import Mutant, mutants
from practice.check import Check
from practice.values import first_difference

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "exercises"
# Seconds of processor time: the slowest function's tests need a tenth of it.
LONGEST = 30
MEMORY = 2_000_000_000
KILLED, SURVIVED, UNTOUCHED = "killed", "survived", "untouched"


@dataclass
class Function:
    """A function that an exercise asks for, ready to be broken.

    Attributes
    ----------
    answer : str
        The answer cell's source, reference solution included.
    checks : list of str
        The test cells of the function.
    names : dict
        What the notebook's other cells have defined.
    explained : list of dict
        Its entries in ``equivalent.yml``.
    inputs : callable or None
        Makes arguments from a ``random.Random``.
    """

    exercise: str
    name: str
    answer: str
    checks: list[str]
    names: dict[str, Any]
    explained: list[dict[str, Any]]
    inputs: Callable[[random.Random], tuple[Any, ...]] | None


@dataclass
class Result:
    """What became of a function's mutants."""

    exercise: str
    name: str
    mutants: int = 0
    killed: int = 0
    explained: int = 0
    survivors: list[Mutant] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def functions(exercise: str) -> list[Function]:
    """Return the functions of an exercise, its notebook's cells having been run."""
    folder = ROOT / "solutions" / exercise
    notebook = nbformat.read(next(folder.glob("*.ipynb")), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    wiring = {cell.id: cell.metadata.get("nbgrader", {}) for cell in code}
    answers = [cell for cell in code if wiring[cell.id].get("solution")]
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in code:
        if not wiring[cell.id].get("grade"):
            _quietly(cell.source, names)
    # Known mistakes and borrowed work are other tests' business, and slow.
    names["check"] = Check({}, [cell.id for cell in answers], "")
    explained = _entries(CASES / exercise / "equivalent.yml")
    makers: dict[str, Any] = {}
    if (CASES / exercise / "inputs.py").is_file():
        _quietly((CASES / exercise / "inputs.py").read_text("utf-8"), makers)
    return [
        Function(
            exercise,
            answer.id,
            answer.source,
            [
                cell.source
                for cell in code
                if wiring[cell.id].get("grade") and cell.id.startswith(answer.id + "-")
            ],
            names,
            [one for one in explained if one["function"] == answer.id],
            makers.get(answer.id),
        )
        for answer in answers
    ]


def _entries(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    entries = []
    for entry in yaml.safe_load(path.read_text("utf-8")) or []:
        several = entry["now"] if isinstance(entry["now"], list) else [entry["now"]]
        entries += [{**entry, "now": now} for now in several]
    return entries


def _quietly(source: str, names: dict[str, Any]) -> None:
    paper = io.StringIO()
    with contextlib.redirect_stdout(paper), contextlib.redirect_stderr(paper):
        exec(compile(source, "cell", "exec"), names)  # noqa: S102, the course's own cells


def examine(one: Function, *, sample: int | None, jobs: int) -> Result:
    """Break a function and return what its tests noticed.

    Parameters
    ----------
    one : Function
        Whose reference solution is broken.
    sample : int or None
        How many mutants to run besides those explained; None for all.
    jobs : int
        How many to run at a time.
    """
    result = Result(one.exercise, one.name)
    reasons = {(entry["was"], entry["now"]): entry for entry in one.explained}
    found = {(mutant.was, mutant.now): mutant for mutant in mutants(one.answer, one.name)}
    for key, entry in reasons.items():
        if not str(entry.get("why", "")).strip():
            result.wrong.append(f"no reason is given for {' -> '.join(key)}")
        if key not in found:
            result.wrong.append(f"an explanation fits no mutant: {' -> '.join(key)}")
    chosen = list(found.values())
    if sample is not None:
        by_lot = sorted(chosen, key=lambda mutant: zlib.crc32(str(mutant).encode()))
        chosen = by_lot[:sample] + [
            mutant for mutant in by_lot[sample:] if (mutant.was, mutant.now) in reasons
        ]
    tasks = [(mutant, partial(_fate, one, mutant)) for mutant in chosen]
    for mutant, fate in _each_in_its_own_process(tasks, jobs):
        _count(result, mutant, fate, explained=(mutant.was, mutant.now) in reasons)
    share = 1 if sample is None else 10
    tries = [
        (found[key], partial(_agree, one, found[key], entry["tried"] // share))
        for key, entry in reasons.items()
        if "tried" in entry and key in found
    ]
    for mutant, fate in _each_in_its_own_process(tries, jobs):
        if fate == KILLED:
            result.wrong.append(f"differs from the reference on a generated input: {mutant}")
    return result


def _count(result: Result, mutant: Mutant, fate: str, *, explained: bool) -> None:
    if fate == UNTOUCHED:
        return
    result.mutants += 1
    if fate == KILLED:
        result.killed += 1
        if explained:
            result.wrong.append(f"explained as equivalent, but a test fails it: {mutant}")
    elif explained:
        result.explained += 1
    else:
        result.survivors.append(mutant)


def _fate(one: Function, mutant: Mutant) -> str:
    names = {**one.names, "TOUCHED": []}
    try:
        _quietly(mutant.source, names)
        for check in one.checks:
            _quietly(check, names)
    except BaseException:  # noqa: BLE001, whatever the mutant raised, it was noticed
        return KILLED
    manner = mutant.was == f"def {one.name}"
    return UNTOUCHED if manner and not names["TOUCHED"] else SURVIVED


def _agree(one: Function, mutant: Mutant, count: int) -> str:
    if one.inputs is None:
        return KILLED
    right, other = {**one.names}, {**one.names, "TOUCHED": []}
    _quietly(one.answer, right)
    _quietly(mutant.source, other)
    for seed in range(count):
        given = one.inputs(random.Random(seed))  # noqa: S311, for exercises, not secrets
        here, there = _outcome(right[one.name], given), _outcome(other[one.name], given)
        if isinstance(here, Exception) or isinstance(there, Exception):
            if type(here) is not type(there):
                return KILLED
        elif first_difference(there, here) is not None:
            return KILLED
    return SURVIVED


def _outcome(function: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    try:
        return function(*copy.deepcopy(given))
    except Exception as error:  # noqa: BLE001, compared by its kind
        return error


def _each_in_its_own_process(
    tasks: list[tuple[Mutant, Callable[[], str]]], jobs: int
) -> Iterator[tuple[Mutant, str]]:
    """Run each task in a process of its own and yield its fate, in the order of the tasks.

    An endless loop or a number without end costs LONGEST seconds and nothing else.
    """
    fates: dict[int, str] = {}
    running: dict[int, int] = {}
    waiting = list(enumerate(tasks))[::-1]
    while waiting or running:
        while waiting and len(running) < jobs:
            place, (_, task) = waiting.pop()
            running[_start(task)] = place
        pid, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        # Ended by a signal: it ran too long or wanted too much.
        fates[running.pop(pid)] = _CODES.get(code, KILLED)
    for place, (mutant, _) in enumerate(tasks):
        yield mutant, fates[place]


_CODES = {0: SURVIVED, 10: KILLED, 11: UNTOUCHED}


def _start(task: Callable[[], str]) -> int:
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 10
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        fate = task()
        code = next(number for number, name in _CODES.items() if name == fate)
    finally:
        os._exit(code)


def table(results: list[Result]) -> str:
    """Return the results as a table, one line a function and a sum for each exercise."""
    head = f"{'exercise':<18} {'function':<20} {'mutants':>8} {'killed':>8} {'explained':>10}"
    head += f" {'survived':>9}"
    lines = [head]
    for exercise in sorted({one.exercise for one in results}):
        own = [one for one in results if one.exercise == exercise]
        lines += [_row(exercise, one.name, [one]) for one in own]
        lines.append(_row(exercise, "together", own))
    lines.append(_row("all", "", results))
    return "\n".join(lines)


def _row(exercise: str, name: str, own: list[Result]) -> str:
    numbers = [
        sum(one.mutants for one in own),
        sum(one.killed for one in own),
        sum(one.explained for one in own),
        sum(len(one.survivors) for one in own),
    ]
    cells = zip(numbers, (8, 8, 10, 9), strict=True)
    return f"{exercise:<18} {name:<20} " + " ".join(f"{one:>{width}}" for one, width in cells)


def entry(mutant: Mutant) -> str:
    """Return a survivor as it would stand in ``equivalent.yml``."""
    return (
        f"- function: {mutant.function}\n"
        f"  was: {json.dumps(mutant.was, ensure_ascii=False)}\n"
        f"  now: {json.dumps(mutant.now, ensure_ascii=False)}"
    )


def main(words: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("only", nargs="*", metavar="NN_name | function")
    parser.add_argument("--sample", type=int, default=None)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="print the results as data")
    asked = parser.parse_args(words)
    known = sorted(
        path.name for path in (ROOT / "solutions").iterdir() if any(path.glob("*.ipynb"))
    )
    if set(asked.only) <= set(known) and asked.only:
        known = sorted(asked.only)
    results = []
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # what cells write ends up here
        for exercise in known:
            results += [
                examine(one, sample=asked.sample, jobs=asked.jobs)
                for one in functions(exercise)
                if not asked.only or {exercise, one.name} & set(asked.only)
            ]
        os.chdir(before)
    if not results:
        parser.error(f"no exercise and no function of this name: {', '.join(asked.only)}")
    if asked.json:
        print(
            json.dumps(
                {
                    f"{one.exercise}/{one.name}": {
                        "mutants": one.mutants,
                        "killed": one.killed,
                        "explained": one.explained,
                        "survivors": [str(mutant) for mutant in one.survivors],
                        "wrong": one.wrong,
                    }
                    for one in results
                }
            )
        )
    else:
        print(table(results))
        for one in results:
            for text in one.wrong:
                print(f"{one.exercise}, {one.name}: {text}")
        survivors = [mutant for one in results for mutant in one.survivors]
        if survivors:
            print("\nWithout an explanation survived:")
            print("\n".join(entry(mutant) for mutant in survivors))
    return int(any(one.survivors or one.wrong for one in results))


if __name__ == "__main__":
    sys.exit(main())
