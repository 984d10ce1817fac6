"""One submission's interpreter: a fork of the warmed one, behind the last walls.

It speaks the orders and messages of ``protocol`` over its own descriptor. Whoever
listens treats what comes out as written by the student.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import random
import signal
import socket
import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import walls
from .probe import BEFORE_A_CELL, Probe
from .questions import Audit
from .warm import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.crossing import answers, tests

    from . import protocol
    from .protocol import Fork, Order, Reply
else:
    answers, tests = import_module("crossing.answers"), import_module("crossing.tests")

# As it is before anybody replaces it.
FORK = os.fork
# The word with which a process that waits for tests gets the line to its last one.
LAST = b"last"


class Child:
    """One submission: build the walls, then serve the channel until it closes."""

    def __init__(
        self,
        warm: Warm,
        probe: Probe,
        channel: socket.socket,
        supply: socket.socket,
        request: Fork,
    ) -> None:
        self.warm = warm
        self.probe = probe
        self.socket = channel
        self.supply = supply
        self.duplicates: list[socket.socket] = []
        self.tests: Any = None
        self.request = request
        self.kept: dict[str, dict[str, Any]] = {}

    def live(self) -> None:
        """Run the submission; does not return."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.setsid()
        null = os.open("/dev/null", os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.close(null)
        os.chdir(self.request["folder"])
        self._build_walls()
        random.seed()
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        os.environ.update(self.request["environment"])
        sys.path.insert(0, "")
        self.warm.channel.socket = self.socket
        sys.stdout = sys.__stdout__ = self.warm.out  # type: ignore[misc,assignment]
        sys.stderr = sys.__stderr__ = self.warm.err  # type: ignore[misc,assignment]
        asyncio.run(self._serve())

    def _build_walls(self) -> None:
        request = self.request
        if not request["walls"]:
            return
        limits = request["limits"]
        walls.limit(
            memory=limits["memory"],
            seconds=limits["seconds"],
            processes=limits["processes"],
            file_size=limits["file_size"],
            files=limits["files"],
        )
        if request["landlock"]:
            walls.landlock(request["readable"], request["writable"])
        walls.seccomp(sockets=request["sockets"])
        walls.hide_memory(False)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        kernel = self.warm.kernel
        kernel.io_loop = self.warm.loops.IOLoop.current()
        self.socket.setblocking(False)
        # A large file arrives as one read of raw bytes; lines of code are short of this.
        heard = self.socket.dup()
        self.duplicates.append(heard)
        reader, _ = await asyncio.open_connection(sock=heard, limit=1 << 26)
        self.socket.setblocking(True)
        self.warm.channel.put("ready", {"language_info": kernel.language_info})
        while line := await reader.readline():
            order: Order = json.loads(line)
            if order["op"] == "file":
                self._place(order["path"], await reader.readexactly(order["size"]))
            elif order["op"] == "run":
                of = order.get("as_of")
                with self._as_of(of), self._undisturbed(of is not None or order.get("test")):
                    if "count" in order:
                        self.warm.shell.execution_count = order["count"]
                    if self.tests is not None:
                        self.tests.show(order["visible"], order["seconds"], order["usual"])
                    await self._run(order["code"], order["number"], order.get("id"), history=True)
            elif order["op"] == "probe":
                self._keep(order)
                content = {"number": order["number"], "found": self.probe.found()}
                self.warm.channel.put("probe", content)
            elif order["op"] == "audit":
                with self._as_of(order["as_of"]), self._undisturbed(True):
                    await self._audit(order)
            else:
                self._cross(order)
        loop.stop()
        os._exit(0)

    def _cross(self, order: protocol.Crossing) -> None:
        """Do one of the orders that lead over the crossing, and say what came of it."""
        reply: Reply = {"number": order["number"], "status": "ok"}
        if order["op"] == "park":
            orders = self._connection()
            watched = tuple(order["watched"])
            answers.telling_codes(watched)
            reply["pid"] = self._park(orders, watched)
            orders.close()
        elif order["op"] == "cells":
            self.tests = tests.Tests(self.warm.shell.user_ns)
            self.tests.know(order["cells"])
            self.warm.channel.clean = self.tests.clean
            self.warm.shell._get_exc_info = self.tests.seen_by(self.warm.shell._get_exc_info)
        elif self.tests is None:
            pass
        elif order["op"] == "begin":
            reply["answers"] = self.tests.begin(
                self._connection(), order["seconds"], order["watched"]
            )
        elif order["op"] == "bind":
            reply["answers"] = self.tests.bind(order["names"])
        else:
            reply["failed"] = self.tests.end()
        self.warm.channel.put("reply", dict(reply))

    def _connection(self) -> socket.socket:
        """Take the descriptor that the desk has handed in for this order."""
        _, descriptors, _, _ = socket.recv_fds(self.supply, 16, 1)
        return socket.socket(fileno=descriptors[0])

    def _park(self, orders: socket.socket, watched: tuple[str, ...]) -> int:
        """Fork at the place of some tests; the fork waits for them and ends with the last."""
        process = _forked()
        if process:
            return process
        try:
            self.warm.channel.socket = None
            for held in (self.socket, self.supply, *self.duplicates):
                held.close()
            # The loop is the parent's; what runs here may want one of its own.
            asyncio._set_running_loop(None)
            shell = self.warm.shell
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            answers.disarm(watched)
            gc.freeze()
            connection = _awaited(orders)
            if connection is not None:
                cells = shell.compile._filename_map
                answers.Answers(connection, shell.user_ns, cells).serve()
        finally:
            os._exit(0)

    def _place(self, path: str, content: bytes) -> None:
        target = os.path.join(self.request["folder"], path)  # noqa: PTH118
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(content)

    async def _run(self, code: str, number: str, cell: str | None, *, history: bool) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for stream in (self.warm.out, self.warm.err):
            stream.begin()
        try:
            reply = await self.warm.kernel.do_execute(
                code, False, store_history=history, cell_id=cell
            )
        except (KeyboardInterrupt, asyncio.CancelledError):
            reply = {"status": "error", "ename": "KeyboardInterrupt", "evalue": ""}
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        for stream in (self.warm.out, self.warm.err):
            stream.flush()
        self.warm.channel.put(
            "reply",
            {
                "number": number,
                "status": reply.get("status"),
                "ename": reply.get("ename"),
                "evalue": reply.get("evalue"),
                "traceback": reply.get("traceback", []),
                "execution_count": reply.get("execution_count"),
            },
        )

    def _keep(self, order: protocol.Probe) -> None:
        """Remember what the names that a test reads stood for when it had passed."""
        if "key" in order:
            now = self.warm.shell.user_ns
            self.kept[order["key"]] = {name: now[name] for name in order["names"] if name in now}

    @contextlib.contextmanager
    def _as_of(self, key: str | None) -> Iterator[None]:
        """Have names stand for what they stood for when a test had passed."""
        names = self.warm.shell.user_ns
        kept = self.kept.get(key, {}) if key is not None else {}
        now = {name: names[name] for name in kept if name in names}
        names.update(kept)
        try:
            yield
        finally:
            for name in kept.keys() - now.keys():
                names.pop(name, None)
            names.update(now)

    @contextlib.contextmanager
    def _undisturbed(self, wanted: object) -> Iterator[None]:
        """Run a test without what a learner has had run before cells and after errors."""
        if not wanted:
            yield
            return
        shell, callbacks = self.warm.shell, self.warm.shell.events.callbacks
        debugger, shell.call_pdb = shell.call_pdb, False
        own = {name: list(callbacks[name]) for name in BEFORE_A_CELL}
        for name, before in zip(BEFORE_A_CELL, self.probe.callbacks, strict=True):
            callbacks[name][:] = before
        try:
            yield
        finally:
            shell.call_pdb = debugger
            for name, held in own.items():
                callbacks[name][:] = held

    async def _audit(self, order: protocol.Audit) -> None:
        """Run a rewritten test cell that must end with its own secret sentence."""
        names = self.warm.shell.user_ns
        audit = Audit(names)
        names[order["name"]] = audit
        try:
            await self._run(order["code"], order["number"], None, history=False)
        finally:
            names.pop(order["name"], None)


def _forked() -> int:
    """Fork; as ``os.fork`` was before anybody could replace it."""
    with warnings.catch_warnings():
        # A learner's threads are not in the fork, and are not missed there.
        warnings.simplefilter("ignore", DeprecationWarning)
        return FORK()


def _awaited(orders: socket.socket) -> socket.socket | None:
    """Wait for tests that nothing of the learner's stands between.

    Returns
    -------
    socket.socket or None
        The line to one of them, in a fork made for it, which ends before the next
        begins; to the last of them in this process itself; none if there are no more.
    """
    serving = 0
    while True:
        data, descriptors, _, _ = socket.recv_fds(orders, 16, 1)
        if serving:
            with contextlib.suppress(OSError):
                os.kill(serving, signal.SIGKILL)
                os.waitpid(serving, 0)
        if not descriptors:
            return None
        connection = socket.socket(fileno=descriptors[0])
        serving = 0 if data == LAST else _forked()
        if not serving:
            orders.close()
            return connection
        connection.close()
