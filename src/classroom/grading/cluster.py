"""The same work on other machines, over Dask: plain data goes out, outcomes come back.

The machines need this package, bubblewrap and the course's Python packages, but
neither the course folder nor the gradebook. Results are written by the desk
alone, so each is written once, however often it was computed.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from classroom.course import ClassroomError, Outcome, Submission
from classroom.grading.key import GradingKey
from classroom.grading.worker import Conditions, Worker, given_up
from classroom.walls.jails import close_jails
from classroom.words.reasons import Code, because

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.plan import Plan

# Submissions under way for each worker: enough to keep it busy, few enough to keep memory flat.
AHEAD = 3
TICK = 0.05
# A submission that takes this many times the longest so far is tried elsewhere as well.
STRAGGLER = 4.0
STRAGGLER_SECONDS = 60.0

_workers: dict[str, Worker] = {}
# nbgrader's converter changes the folder of the whole process: one at a time in each.
_one_at_a_time = threading.Lock()


def grade_here(plan: Plan, conditions: Conditions, submission: Submission) -> Outcome:
    """Grade one submission in a Dask worker, which keeps its warmed interpreter between calls."""
    with _one_at_a_time:
        key = GradingKey.of(plan, conditions).digest
        if key not in _workers:
            # One grading at a time: what others left behind walls of another kind is ended.
            _workers.clear()
            close_jails()
            worker = Worker(plan, conditions)
            worker.warm_up()
            _workers[key] = worker
        return _workers[key].grade(submission)


def _given(plan: Plan) -> Plan:
    """Hand a plan on to the tasks that need it."""
    return plan


@dataclass(slots=True)
class _Task:
    submission: Submission
    begun: float
    futures: list[Any]


@dataclass(slots=True)
class ClusterPool:
    """Workers of a Dask cluster.

    Parameters
    ----------
    plan, conditions
        What to grade, and how.
    address
        The scheduler's, such as ``tcp://10.0.0.1:8786``.
    """

    plan: Plan
    conditions: Conditions
    address: str
    _client: Any = None
    _feeding: bool = True
    _longest: float = 0.0
    _runs: int = 0
    _waiting: deque[Submission] = field(default_factory=deque)

    def _connect(self) -> Any:
        try:
            from distributed import Client  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            raise ClassroomError("--cluster needs Dask: pip install distributed") from None
        try:
            return Client(self.address, timeout=20)
        except (OSError, ValueError) as error:
            raise ClassroomError(f"no Dask scheduler answers at {self.address}: {error}") from None

    def stop_feeding(self) -> None:
        """Take no more submissions."""
        self._feeding = False

    def run(self, submissions: Iterator[Submission]) -> Iterator[Outcome | None]:
        """Grade; see :class:`classroom.grading.pool.Pool`."""
        self._client = client = self._connect()
        # A task, not scattered data: what a worker that dies took with it is made again.
        key = GradingKey.of(self.plan, self.conditions)
        plan = client.submit(_given, self.plan, key=f"plan-{key.digest}")
        source = iter(submissions)
        tasks: dict[str, _Task] = {}
        exhausted = False
        while True:
            room = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
            while self._feeding and not exhausted and len(tasks) < room:
                submission = next(source, None)
                if submission is None:
                    exhausted = True
                    break
                future = self._submit(client, plan, submission)
                tasks[submission.student] = _Task(submission, time.monotonic(), [future])
            if not tasks:
                return
            came = False
            for student in list(tasks):
                outcome = self._collect(client, plan, tasks[student])
                if outcome is not None:
                    came = True
                    del tasks[student]
                    yield outcome
            if not came:
                time.sleep(TICK)
                yield None

    def _submit(self, client: Any, plan: Any, submission: Submission) -> Any:
        self._runs += 1
        return client.submit(
            grade_here,
            plan,
            self.conditions,
            submission,
            key=f"grade-{self.plan.assignment}-{submission.student}-{self._runs}",
            pure=False,
            retries=3,
        )

    def _collect(self, client: Any, plan: Any, task: _Task) -> Outcome | None:
        """Take the first result of a task; start a second try when the first is very late."""
        for future in task.futures:
            if future.status == "finished":
                outcome: Outcome = future.result()
                self._longest = max(self._longest, time.monotonic() - task.begun)
                for other in task.futures:
                    other.cancel()
                return outcome
        if all(future.status in ("error", "cancelled", "lost") for future in task.futures):
            if len(task.futures) < 3:
                task.futures.append(self._submit(client, plan, task.submission))
                return None
            error = task.futures[0].exception() if task.futures[0].status == "error" else "lost"
            # The machine's fault: no submission can be graded there.
            if isinstance(error, ClassroomError):
                raise error
            failed = because(Code.CLUSTER_FAILED, error=str(error))
            return given_up(task.submission, self.plan, failed)
        late = max(STRAGGLER * self._longest, STRAGGLER_SECONDS)
        if len(task.futures) == 1 and time.monotonic() - task.begun > late:
            task.futures.append(self._submit(client, plan, task.submission))
        return None

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        if self._client is not None:
            self._client.close()
            self._client = None
