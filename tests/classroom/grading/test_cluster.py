"""Grading over Dask: worker processes on this machine, some of them killed on the way."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom.course import ClassroomError, Course
from classroom.grading.grade import Options, Summary, grade

from .. import toy
from ..cluster import Cluster
from .test_parity import mixed_class, rows
from .test_recovery import graded

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

CLASS = 20


GUIDE = Path(__file__).parents[3] / "book" / "guides" / "cluster.md"
# What a test puts in place of the guide's machines: this one, a free port, and processes
# that end when they are killed.
HERE = {
    "dask": str(Path(sys.executable).with_name("dask")),
    "10.0.0.1": "127.0.0.1",
    "8786": "0",
    "--nworkers": "--no-nanny",
}


def commands() -> dict[str, list[str]]:
    """Read the commands of the guide's page, by their second word."""
    found = re.findall(r"^```bash\n(.+)\n```$", GUIDE.read_text("utf-8"), re.M)
    return {words[1]: words for words in map(str.split, found)}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster that the guide's own commands start."""
    said = commands()
    scheduler = [HERE.get(word, word) for word in said["scheduler"]]
    worker = [HERE.get(word, word) for word in said["worker"]]
    # The number of workers goes with the word before it; the address is told at the end.
    number = said["worker"].index("--nworkers") + 1
    kept = [word for place, word in enumerate(worker) if place not in (2, number)]
    made = Cluster(tmp_path, scheduler, kept)
    made.add()
    made.add()
    yield made
    made.close()


def test_the_guide_starts_workers_of_one_thread_and_names_them_to_the_desk() -> None:
    said = commands()
    address = said["worker"][2]
    assert said["grade"] == ["classroom", "grade", "03_value", "--cluster", address]
    host, port = (
        said["scheduler"][said["scheduler"].index(word) + 1] for word in ("--host", "--port")
    )
    assert address == f"tcp://{host}:{port}"
    assert "--nthreads 1" in " ".join(said["worker"])


def test_killed_workers_cost_no_submission_and_each_is_written_once(
    cluster: Cluster, tmp_path: Path
) -> None:
    here = toy.make_course(tmp_path / "here")
    mixed_class(here, CLASS)
    there = toy.make_course(tmp_path / "there")
    mixed_class(there, CLASS)
    killed = 0

    def watch(done: int, _total: int, _summary: Summary) -> None:
        nonlocal killed
        if done >= 3 + 6 * killed and killed < 2:
            cluster.workers[killed].kill()
            killed += 1
            cluster.add()

    summary = grade(Course.open(there), toy.ASSIGNMENT, Options(cluster=cluster.address), watch)
    assert killed == 2
    assert (summary.graded, summary.left, summary.looks) == (CLASS, 0, {})
    grade(Course.open(here), toy.ASSIGNMENT, Options())
    assert rows(there) == rows(here)
    assert sorted(graded(there)) == [f"s{number:03d}" for number in range(CLASS)]


def test_an_address_where_nobody_answers_is_said(tmp_path: Path) -> None:
    root = toy.make_course(tmp_path / "course")
    toy.submit(root, "s000")
    begun = time.monotonic()
    with pytest.raises(ClassroomError, match="no Dask scheduler answers at tcp://127"):
        grade(Course.open(root), toy.ASSIGNMENT, Options(cluster="tcp://127.0.0.1:9"))
    assert time.monotonic() - begun < 60
