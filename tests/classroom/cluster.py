"""A Dask cluster of processes on this machine, for a test or a bench."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SCHEDULER = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
SCHEDULER += ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
WORKER = [sys.executable, "-m", "distributed.cli.dask_worker"]
WORKER += ["--no-nanny", "--nthreads", "1", "--no-dashboard"]


class Cluster:
    """A scheduler on the loopback address, and workers that can be killed.

    Parameters
    ----------
    folder
        Where they keep their files.
    scheduler, worker
        The commands that start them; the worker's is told the address in its last word.
    """

    def __init__(
        self,
        folder: Path,
        scheduler: Sequence[str] = SCHEDULER,
        worker: Sequence[str] = WORKER,
    ) -> None:
        self.folder = folder
        self.worker = worker
        self.scheduler = subprocess.Popen(scheduler, stderr=subprocess.PIPE, text=True, cwd=folder)
        self.address = ""
        assert self.scheduler.stderr is not None
        for line in self.scheduler.stderr:
            if found := re.search(r"Scheduler at:\s*(tcp://\S+)", line):
                self.address = found.group(1)
                break
        self.workers: list[subprocess.Popen[bytes]] = []

    def add(self) -> None:
        """Start one more worker."""
        command = [*self.worker, "--local-directory", str(self.folder), self.address]
        self.workers.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=self.folder))

    def close(self) -> None:
        """End all of it."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()
        if self.scheduler.stderr is not None:
            self.scheduler.stderr.close()
