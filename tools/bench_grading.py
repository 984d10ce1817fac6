"""Measure ``classroom grade`` against plain ``nbgrader autograde`` on this machine.

Without ``--only`` every exercise of the course is graded, and the small course that the
tests use: by plain, serial nbgrader and by the desk with sandbox and separation and two
workers, the same answers in the same run.  With ``--before COMMIT`` the desk of that commit
grades them too, with the checks of today.  ``--rounds`` has them take turns so often.  None
of them is charged for its start: what counts lies between the first submission and the last.

A row gives the seconds of one submission on the clock and of all processors, and how many
times faster than nbgrader that is.  By processors, the desk is taken to have one for each
worker: on a machine that does other things meanwhile, the clock tells of these, too.  Then
it says where a submission's time goes in one process.

Where the time goes
-------------------
start
    Two forked interpreters, their first words, and their end.
answers
    The learner's cells and the given ones.
checks
    The tests, as long as they take in a bare interpreter with the same answers.
crossing
    What they take longer at the desk: each call of an answer goes to another process.
conversion
    nbgrader's own steps, reading and laying in the answers, and cleaning what is shown.
writing
    The gradebook and the folder ``autograded``, by the one hand that writes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
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
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import psutil

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY))

from tests.classroom import toy  # noqa: E402  the repository's own toy course
from tests.exercises.conftest import CHAPTERS, Chapter, is_check  # noqa: E402  its exercises

MEGABYTE = 1024 * 1024
#: What a class hands in: share of right, otherwise right, partly right, wrong, unreadable code.
MIX = [toy.RIGHT] * 9 + [toy.ALSO_RIGHT] * 4 + [toy.PARTLY] * 3 + [toy.WRONG] * 3
MIX += [toy.SYNTAX_ERROR]
STAGES = ("start", "answers", "checks", "crossing", "conversion", "writing")
PLAIN = 'c = get_config()\nc.CourseDirectory.course_id = "bench"\n'
PLAIN += 'c.CourseDirectory.source_directory = "solutions"\n'
PLAIN += 'c.CourseDirectory.release_directory = "exercises"\n'
PLAIN += "c.Execute.timeout = 30\nc.Execute.interrupt_on_timeout = True\n"


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
    spent
        Seconds of all processors at each of them.
    """

    seconds: float
    processor: float
    peak: int
    marks: list[tuple[int, float, int]] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)

    def rate(self, after: int = 1) -> float:
        """Return submissions a second, from when so many were written to the last."""
        steps = [(done, seconds) for done, seconds, _ in self.marks if done >= after]
        first = steps[0]
        last = next(step for step in steps if step[0] == steps[-1][0])
        if last == first:
            return first[0] / self.seconds
        return (last[0] - first[0]) / (last[1] - first[1])

    def between(self) -> Share:
        """Return what passed between the first submission that was done and the last."""
        done = [mark[0] for mark in self.marks]
        first = next((place for place, number in enumerate(done) if number), len(done) - 1)
        last = done.index(done[-1])
        if done[last] == done[first]:
            return Share(done[last], self.seconds, self.processor)
        return Share(
            done[last] - done[first],
            self.marks[last][1] - self.marks[first][1],
            self.spent[last] - self.spent[first],
        )


@dataclass(frozen=True)
class Share:
    """So many submissions, and the seconds that they took: on the clock and of processors."""

    count: int = 0
    seconds: float = 0.0
    processor: float = 0.0

    def __add__(self, other: Share) -> Share:
        return Share(
            self.count + other.count,
            self.seconds + other.seconds,
            self.processor + other.processor,
        )

    def written(self, of: Share | None = None, workers: int = 1) -> str:
        """Write the seconds of one, and how many times faster than another that is."""
        text = f"{self.seconds / self.count:>8.2f}{self.processor / self.count:>7.2f}"
        return text if of is None else text + "{:>7.1f}{:>6.1f}".format(*self.times(of, workers))

    def times(self, of: Share, workers: int) -> tuple[float, float]:
        """Return how many times faster this is, by the clock and by processors."""
        clock = of.seconds / of.count * self.count / self.seconds
        return clock, of.processor / of.count * self.count / self.processor * workers


class Class:
    """What is handed in for one assignment, the same for one seed, and what it is graded in."""

    def __init__(self, assignment: str) -> None:
        self.assignment = assignment

    def make(self, root: Path, count: int, seed: int = 1) -> Path:
        """Make a course of ``count`` students."""
        self.course(root)
        for number in range(count):
            chance = random.Random(f"{seed} {number}")  # noqa: S311  a class, not a secret
            late = "2026-12-01" if number % 15 == 14 else "2026-11-20"
            self.hand_in(root, f"s{number:05d}", chance, f"{late} 12:00:00 UTC")
        return root

    def course(self, root: Path) -> None:
        """Lay out the course without students."""
        raise NotImplementedError

    def hand_in(self, root: Path, student: str, chance: random.Random, when: str) -> None:
        """Hand in for a student."""
        raise NotImplementedError

    def bare(self) -> float:
        """Return the seconds that the checks take in this process, with right answers."""
        raise NotImplementedError


class Toy(Class):
    """The small course that the tests use."""

    def __init__(self) -> None:
        super().__init__(toy.ASSIGNMENT)

    def course(self, root: Path) -> None:
        """Lay out the course without students."""
        toy.make_course(root)

    def hand_in(self, root: Path, student: str, chance: random.Random, when: str) -> None:
        """Hand in for a student."""
        toy.submit(root, student, chance.choice(MIX), when=when)

    def bare(self) -> float:
        """Return the seconds that the checks take in this process, with right answers."""
        cells = [cell for cell in toy.source_notebook().cells if cell.cell_type == "code"]
        return seconds_of(cells)


class Exercise(Class):
    """One of the course's own: right answers, and in every second a known other one."""

    def __init__(self, chapter: Chapter) -> None:
        super().__init__(chapter.folder)
        self.chapter = chapter
        self.answers = {
            cell.id: cell.source
            for cell in chapter.cells()
            if cell.metadata.get("nbgrader", {}).get("solution")
        }
        self.right, self.wrong = chapter.variants("right"), chapter.variants("wrong")

    def course(self, root: Path) -> None:
        """Lay out the course without students."""
        folder = self.assignment
        root.mkdir(parents=True, exist_ok=True)
        (root / "nbgrader_config.py").write_text(PLAIN, encoding="utf-8")
        (root / "solutions" / folder).mkdir(parents=True)
        shutil.copy(self.chapter.source, root / "solutions" / folder)
        shutil.copytree(self.chapter.release.parent, root / "exercises" / folder)
        run(root, ["nbgrader", "generate_assignment", folder, "--force"])

    def hand_in(self, root: Path, student: str, chance: random.Random, when: str) -> None:
        """Hand in for a student."""
        answers = dict(self.answers)
        kind = chance.choice([[], [], self.right, self.wrong])
        if kind:
            other = chance.choice(kind)
            answers |= dict.fromkeys(other.functions, other.code)
        notebook = nbformat.read(self.chapter.release, 4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.id, cell.source)
        folder = root / "submitted" / student / self.assignment
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / self.chapter.release.name)
        (folder / "timestamp.txt").write_text(when + "\n", encoding="utf-8")

    def bare(self) -> float:
        """Return the seconds that the checks take in this process, with right answers."""
        return seconds_of([cell for cell in self.chapter.cells() if cell.cell_type == "code"])


CLASSES: list[Class] = [Toy(), *map(Exercise, CHAPTERS)]


def seconds_of(cells: list[Any]) -> float:
    """Run a notebook's code twice without a kernel; return what its checks took in the second."""
    names: dict[str, Any] = {"__name__": "__main__"}
    before = Path.cwd()
    taken = 0.0
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        # One exercise reads the folders beside its own: those of others are none of its.
        place = Path(folder) / "own"
        place.mkdir()
        os.chdir(place)
        try:
            for _ in range(2):
                taken = 0.0
                for cell in cells:
                    begun = time.perf_counter()
                    exec(compile(cell.source, "cell", "exec"), names)  # noqa: S102  the course's
                    taken += (time.perf_counter() - begun) * is_check(cell)
        finally:
            os.chdir(before)
    return taken


def taken_by(process: psutil.Process) -> tuple[int, float]:
    """Return the bytes that a process and its descendants hold, and the seconds they have spent.

    What a process has spent holds that of its children that have ended.
    """
    total, spent = 0, 0.0
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0, 0.0
    for member in family:
        try:
            spent += sum(member.cpu_times()[:4])
            total += member.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total, spent


def run(
    root: Path,
    command: list[str],
    done: Callable[[], int] = lambda: 0,
    source: Path | None = None,
    told: Callable[[int, float, int], None] | None = None,
    every: float = 0.5,
) -> Measured:
    """Run a command in a course and watch it.

    Parameters
    ----------
    root, command
        The course, and a module with its arguments.
    done
        How many submissions are done.
    source
        A folder of packages that come before the installed ones.
    told, every
        Told every so many seconds what is done, after how many seconds, with how many bytes.
    """
    environment = {**os.environ, "JUPYTER_NO_CONFIG": "1"}
    if source is not None:
        environment["PYTHONPATH"] = str(source)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = psutil.Popen(
            [sys.executable, "-m", *command],
            cwd=root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        peak = 0
        marks: list[tuple[int, float, int]] = []
        spent: list[float] = []
        over = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not over.wait(every):
                now, processor = taken_by(process)
                peak = max(peak, now)
                # What has ended and is not collected yet is missing for a moment.
                spent.append(max([processor, *spent[-1:]]))
                marks.append((done(), time.monotonic() - begun, now))
                if told is not None:
                    told(*marks[-1])

        watcher = threading.Thread(target=watch)
        watcher.start()
        status = process.wait()
        seconds = time.monotonic() - begun
        over.set()
        watcher.join()
        if status not in {0, 1}:
            said.seek(0)
            why = said.read()[-2000:]
            raise SystemExit(f"{' '.join(command)} ended with status {status} in {root}:\n{why}")
    marks.append((done(), seconds, peak))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, processor, peak, marks, [*spent, processor])


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


def journalled(root: Path, assignment: str) -> int:
    """Return how many submissions the journal has."""
    path = root / ".classroom" / assignment / "journal.jsonl"
    try:
        return path.read_bytes().count(b"\n")
    except OSError:
        return 0


def taken_up(root: Path, assignment: str) -> int:
    """Return how many submissions plain nbgrader has begun with."""
    return sum(1 for _ in (root / "autograded").glob(f"*/{assignment}"))


def graded(root: Path, assignment: str, *options: str, source: Path | None = None) -> Measured:
    """Have the desk grade a course."""
    command = ["classroom", "grade", assignment, *options]
    return run(root, command, lambda: journalled(root, assignment), source)


class Clock:
    """Adds up the seconds spent in some functions, each second once: in the innermost."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inside: list[str] = []
        self._since = time.perf_counter()
        self._undo: list[tuple[Any, str, Any]] = []

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._inside:
            stage = self._inside[-1]
            self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Count the seconds in ``owner.name`` as those of a stage."""
        before = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            self._turn()
            self._inside.append(stage)
            try:
                return before(*args, **kwargs)
            finally:
                self._turn()
                self._inside.pop()

        # What a class inherits is its own only as long as it is watched.
        self._undo.append((owner, name, vars(owner).get(name)))
        setattr(owner, name, timed)

    def stop(self) -> None:
        """Leave the functions as they were."""
        for owner, name, before in reversed(self._undo):
            if before is None:
                delattr(owner, name)
            else:
                setattr(owner, name, before)


@contextlib.contextmanager
def stages(clock: Clock) -> Iterator[None]:
    """Have a clock watch where a submission's time goes."""
    from classroom.grading import apart, worker, writer  # noqa: PLC0415, slow to import

    clock.watch(worker.Worker, "grade", "conversion")
    clock.watch(writer.Writer, "write", "writing")
    clock.watch(worker, "run_apart", "answers")
    for side in (apart.Answers, apart.Tests):
        for step in ("_open", "_close"):
            clock.watch(side, step, "start")
    clock.watch(apart.Tests, "test", "tests")
    try:
        yield
    finally:
        clock.stop()


def where_time_goes(root: Path, group: Class, count: int) -> dict[str, float]:
    """Grade a course in this process; return each stage's seconds of one submission."""
    from classroom.course import Course  # noqa: PLC0415, slow to import
    from classroom.grading.grade import Options, grade  # noqa: PLC0415

    clock = Clock()
    with stages(clock), in_one_process(clock):
        grade(Course.open(root), group.assignment, Options())
    seconds = {stage: taken / count for stage, taken in clock.seconds.items()}
    tests = seconds.pop("tests", 0.0)
    checks = min(tests, group.bare())
    return seconds | {"checks": checks, "crossing": tests - checks}


@contextlib.contextmanager
def in_one_process(clock: Clock) -> Iterator[None]:
    """Let the desk's pool be one worker in this process; warming it up is not counted."""
    from classroom.grading import grade, worker  # noqa: PLC0415
    from classroom.walls import jails  # noqa: PLC0415

    class Here:
        def __init__(self, plan: Any, conditions: Any, _workers: int) -> None:
            self.worker = worker.Worker(plan, conditions)

        def start(self) -> None:
            self.worker.warm_up()
            clock.seconds.clear()

        def run(self, submissions: Iterator[Any]) -> Iterator[Any]:
            return map(self.worker.grade, submissions)

        def close(self) -> None:
            jails.close_jails()

    before = vars(grade)["LocalPool"]
    vars(grade)["LocalPool"] = Here
    try:
        yield
    finally:
        vars(grade)["LocalPool"] = before


def against_nbgrader(place: Path, options: argparse.Namespace) -> bool:
    """Compare rates for each exercise, and say where the time goes; return whether marks agree."""
    earlier = source_of(options.before, place) if options.before else None
    wanted = [each for each in CLASSES if not options.only or each.assignment in options.only]
    print(
        f"{'':<17}{'nbgrader':>15}{'desk':>15}{'times':>13}"
        + (f"{'before':>15}{'times':>13}" if earlier else "")
        + "".join(f"{stage:>11}" for stage in STAGES)
    )
    each, faster = f"{'clock':>8}{'cpu':>7}", f"{'clock':>7}{'cpu':>6}"
    print(
        f"{'seconds of one':<17}{each}{each}{faster}" + (each + faster if earlier else ""), end=""
    )
    print(f"{'milliseconds of one in one process':>66}", flush=True)
    ratios: dict[str, tuple[float, float]] = {}
    agree = True
    for group in wanted:
        line, ratios[group.assignment], same = row(place, group, options, earlier)
        print(line, flush=True)
        agree = agree and same
    own = [ratio for name, ratio in ratios.items() if name != toy.ASSIGNMENT]
    for name, both in (("all rows", list(ratios.values())), ("the course's own", own)):
        for way, some in zip(
            ("by the clock", "by processors"), zip(*both, strict=True), strict=False
        ):
            print(f"{name}, {way}: from {min(some):.1f} x to {max(some):.1f} x, ", end="")
            print(f"geometric mean {geometric_mean(list(some)):.1f} x")
    return agree


def geometric_mean(numbers: list[float]) -> float:
    """Return the root of the product of as many numbers."""
    product = 1.0
    for number in numbers:
        product *= number ** (1 / len(numbers))
    return product


def row(
    place: Path, group: Class, options: argparse.Namespace, earlier: Path | None
) -> tuple[str, tuple[float, float], bool]:
    """Measure one exercise: a line of the table, how many times faster, and whether marks agree."""
    assignment, workers = group.assignment, str(options.workers)
    plain, desk, old = Share(), Share(), Share()
    other: set[tuple[str, str]] = set()
    for number in range(options.rounds):
        root = group.make(place / f"{assignment}-plain-{number}", options.sample)
        command = ["nbgrader", "autograde", assignment]
        started = partial(taken_up, root, assignment)
        plain += run(root, command, started, every=0.1).between()
        wanted = scores(root)
        root = group.make(place / f"{assignment}-desk-{number}", options.submissions)
        desk += graded(root, assignment, "--workers", workers).between()
        found = scores(root)
        other |= {key for key, score in wanted.items() if found[key] != score}
        if earlier is not None:
            root = group.make(place / f"{assignment}-before-{number}", options.submissions)
            old += graded(root, assignment, "--workers", workers, source=earlier).between()
    line = f"{assignment:<17}{plain.written()}{desk.written(plain, options.workers)}"
    if earlier is not None:
        line += old.written(plain, options.workers)
    few = min(options.submissions, options.sample * 2)
    spent = where_time_goes(group.make(place / f"{assignment}-stages", few), group, few)
    line += "".join(f"{1000 * spent.get(stage, 0.0):>11.0f}" for stage in STAGES)
    line += "".join(
        f"\n  {student} {test}: not nbgrader's score" for student, test in sorted(other)
    )
    for folder in place.glob(f"{assignment}-*"):
        shutil.rmtree(folder)
    return line, desk.times(plain, options.workers), not other


def source_of(commit: str, place: Path) -> Path:
    """Lay the desk of another commit into a folder of packages."""
    packed = subprocess.run(
        ["git", "archive", commit, "src/classroom"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    subprocess.run(["tar", "-x"], cwd=place, input=packed.stdout, check=True)
    return place / "src"


def killed(place: Path, times: int, count: int = 24) -> None:
    """Kill the grader at random moments; what ``--resume`` makes of it must be right."""
    group = CLASSES[0]
    whole = group.make(place / "whole", count)
    undisturbed = graded(whole, group.assignment, "--workers", "2")
    expected = scores(whole)
    chance = random.Random(50)  # noqa: S311  moments, not secrets
    wrong = 0
    for number in range(times):
        root = group.make(place / f"killed-{number}", count)
        command = [sys.executable, "-m", "classroom", "grade", group.assignment, "--workers", "2"]
        process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.2, 1.0) * undisturbed.seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (root / "gradebook.db").exists():
            scores(root)
        begun = (root / ".classroom" / group.assignment / "run.json").exists()
        graded(root, group.assignment, *(["--resume"] if begun else []))
        wrong += scores(root) != expected
        shutil.rmtree(root)
    print(f"killed {times} times with SIGKILL: {times - wrong} of {times} right after --resume")
    if wrong:
        raise SystemExit(1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", metavar="EXERCISE", help="such as toy 03_value")
    parser.add_argument("--submissions", type=int, default=40, help="of each exercise")
    parser.add_argument("--sample", type=int, default=4, help="of them for plain nbgrader")
    parser.add_argument("--rounds", type=int, default=1, help="of each, by turns")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--before", metavar="COMMIT", help="have the desk of then grade too")
    parser.add_argument("--kills", type=int, default=0, help="kill a run so often, and resume it")
    options = parser.parse_args()
    known = {each.assignment for each in CLASSES}
    if strange := set(options.only or ()) - known:
        parser.error(f"no such exercise: {', '.join(sorted(strange))}; there are {sorted(known)}")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run", flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        agree = against_nbgrader(place, options)
        if options.kills:
            killed(place, options.kills)
        if not agree:
            raise SystemExit("scores differ from nbgrader's")


if __name__ == "__main__":
    main()
