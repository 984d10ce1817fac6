"""Grading over Dask: worker processes on this machine, some of them killed on the way."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom.course import ClassroomError, Course
from classroom.grading.grade import Options, Summary, grade

from .. import toy
from .test_parity import mixed_class, rows
from .test_recovery import graded

pytestmark = [pytest.mark.grading, pytest.mark.filterwarnings("ignore")]

CLASS = 20
DASK = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
WORKER = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1"]


class Cluster:
    """A scheduler on the loopback address, and workers that can be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = subprocess.Popen(
            [*DASK, *options], stderr=subprocess.PIPE, text=True, cwd=folder
        )
        self.address = ""
        assert self.scheduler.stderr is not None
        for line in self.scheduler.stderr:
            if found := re.search(r"Scheduler at:\s*(tcp://\S+)", line):
                self.address = found.group(1)
                break
        self.workers: list[subprocess.Popen[bytes]] = []

    def add(self) -> None:
        options = [self.address, "--no-dashboard", "--local-directory", str(self.folder)]
        self.workers.append(
            subprocess.Popen([*WORKER, *options], stderr=subprocess.DEVNULL, cwd=self.folder)
        )

    def close(self) -> None:
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()
        if self.scheduler.stderr is not None:
            self.scheduler.stderr.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    made.add()
    made.add()
    yield made
    made.close()


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
