"""Measure the desk on a large class, and on a cluster.

``large FOLDER`` grades ten thousand submissions of the small course that the tests use,
and says how rate and memory of the last tenth stand to those of the first.  It takes an
hour or two; stopped in any way and begun again with the same words it goes on where it was.

``cluster`` grades submissions that mostly wait, over Dask with two workers and with eight
on this machine, and says how much of four times the rate the eight reach.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench_grading import MEGABYTE, MIX, REPOSITORY, journalled, run

sys.path.insert(0, str(REPOSITORY))

from tests.classroom import toy
from tests.classroom.cluster import Cluster

SECONDS_BETWEEN = 5.0
SECONDS_SILENT = 30.0
FEW, MANY = 2, 8


@dataclass(frozen=True)
class Mark:
    """What stood at one moment of a run.

    Attributes
    ----------
    run
        Number of the run, from 0: one that was stopped has a next.
    done
        Submissions graded, in all runs.
    seconds
        Since the run began.
    held
        Bytes of its processes.
    """

    run: int
    done: int
    seconds: float
    held: int


def fill(root: Path, count: int) -> None:
    """Hand in for as many students, the same for the same number; who has done so is passed."""
    if not (root / "nbgrader_config.py").exists():
        toy.make_course(root)
    begun = time.monotonic()
    for number in range(count):
        student = f"s{number:05d}"
        if (root / "submitted" / student / toy.ASSIGNMENT / "timestamp.txt").exists():
            continue
        chance = random.Random(f"1 {number}")  # noqa: S311  a class, not a secret
        toy.submit(root, student, chance.choice(MIX))
        if time.monotonic() - begun > SECONDS_SILENT:
            begun = time.monotonic()
            print(f"  {number} handed in", flush=True)


def kept(path: Path) -> list[Mark]:
    """Read the marks of all runs, but a line that was cut off."""
    marks = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        try:
            marks.append(Mark(**json.loads(line)))
        except ValueError:
            continue
    return marks


def part(marks: list[Mark], first: int, last: int) -> tuple[float, int]:
    """Return rate and most bytes while submissions of these numbers were graded.

    A run counts from its first written batch: until then its workers warm up.
    """
    done, seconds, held = 0, 0.0, 0
    begun: dict[int, int] = {}
    for before, after in itertools.pairwise(marks):
        start = begun.setdefault(before.run, before.done)
        if before.run != after.run or before.done == start or before.done == after.done == last:
            continue
        if first <= before.done and after.done <= last:
            done += after.done - before.done
            seconds += after.seconds - before.seconds
            held = max(held, before.held, after.held)
    return (done / seconds if seconds else 0.0), held


def large(root: Path, count: int, workers: int) -> None:
    """Show how rate and memory go along a large class."""
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o755)
    course, notes = root / "course", root / "marks.jsonl"
    fill(course, count)
    marks = kept(notes)
    number = marks[-1].run + 1 if marks else 0
    said = 0.0

    def told(done: int, seconds: float, held: int) -> None:
        nonlocal said
        mark = Mark(number, done, seconds, held)
        file.write(json.dumps(mark.__dict__) + "\n")
        file.flush()
        if seconds - said >= SECONDS_SILENT:
            said = seconds
            here = f"{done} of {count} after {seconds / 60:.0f} minutes"
            print(f"  {here}, {held / MEGABYTE:.0f} MB", flush=True)

    command = ["classroom", "grade", toy.ASSIGNMENT, "--workers", str(workers)]
    with notes.open("a", encoding="utf-8") as file:
        file.write("\n")
        done = lambda: journalled(course, toy.ASSIGNMENT)  # noqa: E731  what is asked each time
        run(course, command, done, told=told, every=SECONDS_BETWEEN)
    tell_tenths(kept(notes), count)


def tell_tenths(marks: list[Mark], count: int) -> None:
    """Print rate and memory of each tenth, and how the last stands to the first."""
    tenths = [part(marks, count * n // 10, count * (n + 1) // 10) for n in range(10)]
    for number, (rate, held) in enumerate(tenths, 1):
        print(f"  to {count * number // 10}: {rate:.2f} a second, {held / MEGABYTE:.0f} MB")
    (first, memory), (last, later) = tenths[0], tenths[-1]
    if not first or not last:
        raise SystemExit("too few submissions, or too short a run, to compare the first tenth")
    print(
        f"last tenth: {last / first:.2f} x the rate of the first, {later / memory:.2f} x the bytes"
    )


def waiting(root: Path, count: int, seconds: float) -> None:
    """Make a course in which all answers are right, after some seconds of waiting."""
    toy.make_course(root)
    slow = f"import time\ntime.sleep({seconds})\n" + toy.RIGHT["mean_wait"]
    for number in range(count):
        toy.submit(root, f"s{number:05d}", toy.RIGHT | {"mean_wait": slow})
    for number in range(3 * MANY):
        toy.submit(root, f"warm{number}", toy.RIGHT)


def over_dask(place: Path, workers: int, count: int, seconds: float) -> float:
    """Grade on a cluster of so many workers; return submissions a second, once all are warm."""
    root = place / f"course-{workers}"
    waiting(root, count, seconds)
    cluster = Cluster(place)
    try:
        for _ in range(workers):
            cluster.add()
        command = ["classroom", "grade", toy.ASSIGNMENT, "--cluster", cluster.address]
        run(root, [*command, "--students", "warm*"])
        before = journalled(root, toy.ASSIGNMENT)
        done = lambda: journalled(root, toy.ASSIGNMENT) - before  # noqa: E731
        # They begin together, so the first are done together: from then on it is even.
        rate = run(root, [*command, "--students", "s*"], done).rate(after=workers)
    finally:
        cluster.close()
    print(f"  {workers} workers: {rate:.3f} a second", flush=True)
    return rate


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ways = parser.add_subparsers(dest="way", required=True)
    one = ways.add_parser("large")
    one.add_argument("folder", type=Path, help="where the class and the marks are kept")
    one.add_argument("--submissions", type=int, default=10_000)
    one.add_argument("--workers", type=int, default=2)
    other = ways.add_parser("cluster")
    other.add_argument("--submissions", type=int, default=64)
    other.add_argument("--seconds", type=float, default=10.0, help="that each of them waits")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run", flush=True)
    if options.way == "large":
        large(options.folder, options.submissions, options.workers)
        return
    with tempfile.TemporaryDirectory(prefix="bench-cluster-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        few, many = (
            over_dask(place, workers, options.submissions, options.seconds)
            for workers in (FEW, MANY)
        )
    print(f"efficiency of {MANY} workers against {FEW}: {many * FEW / (few * MANY):.2f}")


if __name__ == "__main__":
    sys.exit(main())
