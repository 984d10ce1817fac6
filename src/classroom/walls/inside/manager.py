"""The process of a jail that outlives submissions: it has each served, watches, kills and sweeps.

It answers the control channel in the words of ``protocol``. One submission lives
here at a time. Under bubblewrap this is process 1 of its own process namespace,
so that ``kill(-1)`` reaches all that a submission left behind and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import time
from typing import TYPE_CHECKING

from . import protocol, walls
from .joints import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .protocol import Answer, Control, Ended, Fork, Plan

MESSAGE = 1 << 16
POLL = 0.2
# Looks at the memory between two counts of its pages, where these are far from the bound.
SELDOM = 4
# To begin anew is faster than to remove a million files.
SWEEP_SECONDS = 1.0
# So many processes are asked how long they waited for a processor.
MOST_ASKED = 200


def _resident(process: int) -> int:
    """Give the bytes of a process's own pages and of memory that it shares by no file."""
    total = 0
    try:
        with open(f"/proc/{process}/status", "rb") as file:  # noqa: PTH123
            for line in file:
                if line.startswith((b"RssAnon:", b"RssShmem:")):
                    total += int(line.split()[1]) << 10
    except (OSError, ValueError):
        return 0
    return total


def _waited(process: int) -> float:
    """Give the seconds in which a process was ready and had no processor; of its threads, the most.

    Nothing is known of it where the kernel keeps no such account.
    """
    most = 0.0
    with contextlib.suppress(OSError, ValueError, IndexError):
        for thread in os.listdir(f"/proc/{process}/task")[:64]:  # noqa: PTH208
            with open(f"/proc/{process}/task/{thread}/schedstat", "rb") as file:  # noqa: PTH123
                most = max(most, int(file.read().split()[1]) / 1e9)
    return most


def _proportional(process: int) -> int:
    """Give its bytes with each shared page divided among those that share it."""
    try:
        with open(f"/proc/{process}/smaps_rollup", "rb") as file:  # noqa: PTH123
            for line in file:
                if line.startswith(b"Pss:"):
                    return int(line.split()[1]) << 10
    except (OSError, ValueError):
        return _resident(process)
    return 0


class Manager:
    """The process that waits, has submissions served one after another, and sweeps."""

    def __init__(self, control: socket.socket, plan: Plan) -> None:
        self.control = control
        self.plan = plan
        self.child: int | None = None
        # Forks that wait for a test, by the word of the child (none but its own processes
        # can be meant).
        self.parked: set[int] = set()
        # So many looks at the memory are left until its pages are counted again.
        self.unmeasured = 0
        self.why: str | None = None
        # An interpreter below /tmp is mounted there; its way is no student's leaving.
        self.furniture = {entry.path for folder in plan["writable"] for entry in _below(folder)}

    def prepare(self) -> None:
        """Have ready what submissions are served with.

        Raises
        ------
        Unfit
            If the Python here lacks what that leans on.
        """

    def start(self, order: Fork, channel: socket.socket, supply: socket.socket) -> int:
        """Start what serves one submission.

        Returns
        -------
        int
            Its process.
        """
        raise NotImplementedError

    def serve(self) -> None:
        """Answer the control channel until it closes."""
        try:
            self.prepare()
        except Exception as error:  # noqa: BLE001 - whatever it is, the desk has another way
            why = str(error) if isinstance(error, Unfit) else f"{type(error).__name__}: {error}"
            self._say({"op": "unfit", "why": why[:500]})
            return
        version = walls.landlock_version()
        self._say({"op": "ready", "protocol": protocol.VERSION, "landlock": version})
        while True:
            waiting = POLL if self.child is not None else None
            if not select.select([self.control], [], [], waiting)[0]:
                self._watch_memory()
                continue
            data, descriptors, _, _ = socket.recv_fds(self.control, MESSAGE, 2)
            if not data:
                return
            order: Control = json.loads(data)
            if order["op"] == "fork":
                self._fork(order, descriptors)
            else:
                self._obey(order)

    def _say(self, answer: Answer) -> None:
        self.control.send(json.dumps(answer).encode())

    def _obey(self, order: Control) -> None:
        """Do what is ordered about the submission that is here."""
        if order["op"] == "interrupt" and self.child is not None:
            os.kill(self.child, signal.SIGINT)
        elif order["op"] == "parked":
            self.parked.add(order["pid"])
        elif order["op"] == "spare":
            self._kill_others()
            self._say({"op": "spared"})
        elif order["op"] == "waited":
            some = sorted(self._others())[:MOST_ASKED]
            self._say({"op": "waited", "seconds": {str(one): _waited(one) for one in some}})
        elif order["op"] == "end":
            self._say(self._end())

    def _fork(self, order: Fork, descriptors: list[int]) -> None:
        self.why = None
        self.unmeasured = 0
        self.parked.clear()
        channel, supply = (socket.socket(fileno=descriptor) for descriptor in descriptors)
        self.child = self.start(order, channel, supply)
        channel.close()
        supply.close()

    def _others(self) -> dict[int, int]:
        """List the processes that a submission started, and their parents, by /proc."""
        found = {}
        me = os.getpid()
        parents: dict[int, int] = {}
        for name in os.listdir("/proc"):  # noqa: PTH208
            if name.isdigit():
                try:
                    with open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123
                        parents[int(name)] = int(file.read().rsplit(b")", 1)[1].split()[1])
                except (OSError, ValueError, IndexError):
                    continue
        for number, parent in parents.items():
            ancestor = number
            while ancestor in parents and ancestor != me:
                ancestor = parents[ancestor]
            if ancestor == me and number != me:
                found[number] = parent
        return found

    def _watch_memory(self) -> None:
        """Kill the submission when all its processes together take too much."""
        self.unmeasured -= 1
        processes = self._others()
        # What each had from us when it was forked is nobody's.
        ours = _resident(os.getpid())
        total = sum(max(0, _resident(one) - ours) for one in processes)
        if total <= self.plan["memory"] or self.unmeasured > 0:
            return
        # Forks share pages; before killing, count each page once.  That takes a while: of
        # what is far below the bound, not at every look.
        total = sum(_proportional(process) for process in processes)
        if total > self.plan["memory"]:
            self.why = "memory"
            # What waits for its test is ended last.
            if not self._kill_others():
                self._kill()
        elif total < self.plan["memory"] // 2:
            self.unmeasured = SELDOM

    def _kill_others(self) -> int:
        """Kill what is not parked; say how many that were."""
        others = [process for process in self._others() if process not in self.parked]
        for process in others:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return len(others)

    def _kill(self) -> None:
        if self.plan["first"]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
            return
        for process in self._others():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def _end(self) -> Ended:
        """Kill and collect everything, empty the folders, and account for it."""
        status, seconds, left = None, 0.0, 0
        # What waits for tests forks for each of them.
        ours = {one for one, parent in self._others().items() if parent in self.parked}
        ours |= self.parked
        deadline = time.monotonic() + 5
        while True:
            self._kill()
            try:
                process, code, usage = os.wait4(-1, 0)
            except ChildProcessError:
                break
            seconds += usage.ru_utime + usage.ru_stime
            if process == self.child:
                status = os.waitstatus_to_exitcode(code)
            else:
                left += process not in ours
            if time.monotonic() > deadline:
                break
        self.child = None
        return {
            "op": "ended",
            "status": status,
            "cpu": seconds,
            "left": left,
            "why": self.why,
            "clean": self._sweep(),
        }

    def _sweep(self) -> bool:
        """Empty the writable folders; say whether they are empty now."""
        clean = True
        until = time.monotonic() + SWEEP_SECONDS
        signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, SWEEP_SECONDS)
        try:
            for folder in self.plan["writable"]:
                for entry in _below(folder, self.furniture):
                    if time.monotonic() > until:
                        return False
                    if entry.path in self.furniture:
                        continue
                    try:
                        if entry.is_dir(follow_symlinks=False):
                            shutil.rmtree(entry.path)
                        else:
                            os.unlink(entry.path)  # noqa: PTH108
                    except (OSError, RecursionError):
                        clean = False
        except TimeoutError:
            return False
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        return clean


def _below(folder: str, entered: set[str] | None = None) -> Iterator[os.DirEntry[str]]:
    """List what a folder holds, and what those of its folders hold that are entered.

    Parameters
    ----------
    folder
        Where to begin; another file system mounted below it is listed, not entered.
    entered
        Which folders to enter; all if not given.
    """
    device = os.lstat(folder).st_dev
    for entry in list(os.scandir(folder)):
        yield entry
        if entered is None or entry.path in entered:
            inside = entry.is_dir(follow_symlinks=False)
            if inside and entry.stat(follow_symlinks=False).st_dev == device:
                yield from _below(entry.path, entered)


def _too_long(*_: object) -> None:
    raise TimeoutError


def run(kind: type[Manager], descriptor: int, given: str) -> None:
    """Drop to the user we were told to be, make ready, and serve."""
    control = socket.socket(fileno=descriptor)
    plan: Plan = json.loads(given)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (1, 2):
        os.set_inheritable(stream, True)
    if plan["user"] is not None:
        walls.become(plan["user"], plan["user"])
    # Said here, where it is certain: what cannot be read would else seem not to be installed.
    with open(os.__file__, "rb"):  # noqa: PTH123
        pass
    walls.hide_memory(True)
    walls.adopt_orphans()
    if not plan["first"]:
        walls.die_with_parent()
    if plan["protocol"] != protocol.VERSION:
        raise SystemExit(
            f"the desk speaks version {plan['protocol']} of its protocol, the sandbox "
            f"{protocol.VERSION}: install the course anew"
        )
    kind(control, plan).serve()
