"""Measure ``classroom grade`` against plain ``nbgrader autograde`` on this machine.

One run of ``make bench-grading`` prints, as ratios: submissions a second, processor
seconds a submission and peak memory, with and without the sandbox, with one and
two workers; rate and memory along a large class; and what is left after the
grader was killed at random moments.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY))

from tests.classroom import toy  # noqa: E402  the repository's own toy course

MEGABYTE = 1024 * 1024
#: What a class hands in: share of right, otherwise right, partly right, wrong, unreadable code.
MIX = [toy.RIGHT] * 9 + [toy.ALSO_RIGHT] * 4 + [toy.PARTLY] * 3 + [toy.WRONG] * 3
MIX += [toy.SYNTAX_ERROR]


@dataclass
class Measured:
    """One run.

    Attributes
    ----------
    seconds, processor
        On the clock, and of all processors.
    peak
        Most bytes its processes held together (proportional set size).
    marks
        Number of submissions done, seconds and bytes, in time order.
    """

    seconds: float
    processor: float
    peak: int
    marks: list[tuple[int, float, int]] = field(default_factory=list)


def fill(root: Path, count: int, seed: int = 1) -> Path:
    """Make a course of ``count`` students, always the same for one seed."""
    chance = random.Random(seed)  # noqa: S311  a class, not a secret
    toy.make_course(root)
    for number in range(count):
        late = "2026-12-01" if number % 15 == 14 else "2026-11-20"
        toy.submit(root, f"s{number:04d}", chance.choice(MIX), when=f"{late} 12:00:00 UTC")
    return root


def held(process: psutil.Process) -> int:
    """Return the bytes that a process and its descendants hold."""
    total = 0
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for member in family:
        try:
            total += member.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total


def run(root: Path, command: list[str], done: Callable[[], int] = lambda: 0) -> Measured:
    """Run a command in a course and watch it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    process = psutil.Popen(
        [sys.executable, "-m", *command],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak, marks = 0, []
    over = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.5):
            now = held(process)
            peak = max(peak, now)
            marks.append((done(), time.monotonic() - begun, now))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    seconds = time.monotonic() - begun
    over.set()
    watcher.join()
    if status not in {0, 1}:
        raise SystemExit(f"{' '.join(command)} ended with status {status} in {root}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, processor, peak, marks)


def scores(root: Path) -> dict[tuple[str, str], float | None]:
    """Return every automatic score in a course's gradebook."""
    query = (
        "select s.student_id, b.name, g.auto_score from grade g"
        " join submitted_notebook n on n.id = g.notebook_id"
        " join submitted_assignment s on s.id = n.assignment_id"
        " join base_cell b on b.id = g.cell_id"
    )
    with closing(sqlite3.connect(root / "gradebook.db")) as book:
        (verdict,) = book.execute("pragma integrity_check").fetchone()
        if verdict != "ok":
            raise SystemExit(f"the gradebook in {root} is damaged: {verdict}")
        return {(student, name): score for student, name, score in book.execute(query)}


def journalled(root: Path) -> int:
    """Return how many submissions the journal has."""
    path = root / ".classroom" / toy.ASSIGNMENT / "journal.jsonl"
    try:
        return path.read_bytes().count(b"\n")
    except OSError:
        return 0


def against_nbgrader(place: Path, count: int, sample: int) -> None:
    """Compare rates, processor time and memory."""
    plain_root = fill(place / "plain", sample)
    plain = run(plain_root, ["nbgrader", "autograde", toy.ASSIGNMENT])
    rate = sample / plain.seconds
    print(f"nbgrader autograde, {sample} submissions", flush=True)
    print(f"  {rate:.2f} a second, {plain.processor / sample:.2f} processor seconds each, ", end="")
    print(f"peak {plain.peak / MEGABYTE:.0f} MB", flush=True)
    expected = scores(plain_root)
    for sandbox in ("auto", "none"):
        for workers in (1, 2):
            root = fill(place / f"desk-{sandbox}-{workers}", count)
            measured = run(
                root,
                ["classroom", "grade", toy.ASSIGNMENT, "--workers", str(workers)]
                + ["--sandbox", sandbox],
                lambda root=root: journalled(root),
            )
            found = scores(root)
            same = all(found[key] == score for key, score in expected.items())
            ours = count / measured.seconds
            print(f"classroom grade, {count} submissions, sandbox {sandbox}, workers {workers}")
            print(f"  {ours:.2f} a second ({ours / rate:.1f} x), ", end="")
            share = (measured.processor / count) / (plain.processor / sample)
            print(
                f"{measured.processor / count:.3f} processor seconds each ({share:.3f} x), ", end=""
            )
            print(
                f"peak {measured.peak / MEGABYTE:.0f} MB ({measured.peak / plain.peak:.1f} x), ",
                end="",
            )
            print(f"scores of the sample {'the same' if same else 'DIFFERENT'}", flush=True)
            shutil.rmtree(root)
            if not same:
                raise SystemExit("scores differ from nbgrader's")


def large(place: Path, count: int) -> None:
    """Show that rate and memory stay flat along a large class."""
    root = fill(place / "large", count)
    measured = run(
        root,
        ["classroom", "grade", toy.ASSIGNMENT, "--workers", "2"],
        lambda: journalled(root),
    )
    print(f"classroom grade, {count} submissions, sandbox auto, workers 2")
    last_done, last_time = 0, 0.0
    first_rate = first_memory = 0.0
    for quarter in range(1, 5):
        wanted = count * quarter // 4
        reached = [mark for mark in measured.marks if mark[0] >= wanted]
        done, seconds, memory = reached[0] if reached else (count, measured.seconds, 0)
        rate = (done - last_done) / max(seconds - last_time, 1e-9)
        memory = max([m for d, _, m in measured.marks if last_done < d <= done], default=memory)
        first_rate, first_memory = first_rate or rate, first_memory or memory
        print(
            f"  to {done}: {rate:.2f} a second ({rate / first_rate:.2f} x the first quarter's), "
            f"{memory / MEGABYTE:.0f} MB ({memory / first_memory:.2f} x)",
            flush=True,
        )
        last_done, last_time = done, seconds
    shutil.rmtree(root)


def killed(place: Path, times: int, count: int = 24) -> None:
    """Kill the grader at random moments; what ``--resume`` makes of it must be right."""
    whole = fill(place / "whole", count)
    undisturbed = run(whole, ["classroom", "grade", toy.ASSIGNMENT, "--workers", "2"])
    expected = scores(whole)
    chance = random.Random(50)  # noqa: S311  moments, not secrets
    wrong = 0
    for number in range(times):
        root = fill(place / f"killed-{number}", count)
        command = [sys.executable, "-m", "classroom", "grade", toy.ASSIGNMENT, "--workers", "2"]
        process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.2, 1.0) * undisturbed.seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (root / "gradebook.db").exists():
            scores(root)
        begun = (root / ".classroom" / toy.ASSIGNMENT / "run.json").exists()
        run(root, ["classroom", "grade", toy.ASSIGNMENT, *(["--resume"] if begun else [])])
        wrong += scores(root) != expected
        shutil.rmtree(root)
    print(f"killed {times} times with SIGKILL: {times - wrong} of {times} right after --resume")
    if wrong:
        raise SystemExit(1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--sample", type=int, default=20, help="for plain nbgrader")
    parser.add_argument("--large", type=int, default=2000, help="0 leaves it out")
    parser.add_argument("--kills", type=int, default=50, help="0 leaves them out")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run", flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        against_nbgrader(place, options.submissions, options.sample)
        if options.large:
            large(place, options.large)
        if options.kills:
            killed(place, options.kills)


if __name__ == "__main__":
    main()
