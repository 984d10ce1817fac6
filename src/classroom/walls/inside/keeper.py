"""Plain kernels inside the sandbox: what serves where a warmed interpreter cannot be forked.

It leans on documented interfaces only, of ``jupyter_client`` and of ipykernel's
command line. To the desk it is like the zygote, with which it shares the
``manager``: only that in place of a fork, each submission gets
a process of its own (``start.py`` with the word ``kernel``) that starts an
ordinary kernel and speaks to it over local sockets in the sandbox's own
temporary folder. That takes a second or more a submission.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import walls
from .channel import Channel, crashed
from .manager import Manager, run

if TYPE_CHECKING:
    from .protocol import Ended, Fork, Order

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
POLL = 0.05
READY_SECONDS = 25.0
# What the parent of a kernel wants to know; the desk does not.
PASSED_OVER = ("status", "execute_input")
LOCK = """
import importlib.util as _u
_s = _u.spec_from_file_location("walls", {path!r})
_w = _u.module_from_spec(_s)
_s.loader.exec_module(_w)
_w.seccomp(sockets=True, everyone=True)
del _u, _s, _w
"""


class Keeper(Manager):
    """Starts a kernel for each submission."""

    def start(self, order: Fork, channel: socket.socket, supply: socket.socket) -> int:
        """Start the keeper of one kernel; it needs nothing of the supply."""
        del supply
        command = [sys.executable, "-P", "-s", f"{HERE}/start.py", "kernel"]
        child = subprocess.Popen(  # noqa: S603 - a file beside this one
            [*command, str(channel.fileno()), json.dumps(order)],
            pass_fds=[channel.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # Collected with all others of the submission's processes, at its end.
        child.returncode = 0
        return child.pid

    def _end(self) -> Ended:
        """End all; the kernel itself is not something that a submission left running."""
        ended = super()._end()
        ended["left"] = max(0, ended["left"] - 1)
        return ended


class Kept:
    """One submission: a kernel behind the same walls, and the desk's channel to it."""

    def __init__(self, channel: socket.socket, request: Fork) -> None:
        self.request = request
        self.lines = channel.makefile("rb")
        self.out = Channel()
        self.out.socket = channel
        self.kernel: subprocess.Popen[bytes] | None = None
        self.client: Any = None

    def live(self) -> None:
        """Build the walls, start the kernel, serve the channel until it closes."""
        signal.signal(signal.SIGINT, lambda *_: self._interrupt())
        request = self.request
        os.setsid()
        os.chdir(request["folder"])
        blocking = import_module("jupyter_client.blocking")
        connect = import_module("jupyter_client.connect")
        if request["walls"]:
            walls.limit(**request["limits"])
            if request["landlock"]:
                walls.landlock(request["readable"], request["writable"])
            # A kernel opens sockets of the sandbox's own network when it comes up; it gives
            # that up before it runs anything of the student's.
            walls.seccomp(sockets=None)
        place = f"{request['temporary']}/kernel"
        os.mkdir(place, 0o700)  # noqa: PTH102
        file, _ = connect.write_connection_file(
            f"{place}/connection.json",
            transport="ipc",
            ip=f"{place}/s",
            key=os.urandom(16).hex().encode(),
        )
        command = [sys.executable, "-P", "-s", "-m", "ipykernel_launcher", "-f", file]
        self.kernel = subprocess.Popen(  # noqa: S603 - ipykernel's own start
            [*command, "--HistoryManager.enabled=False"],
            stdin=subprocess.DEVNULL,
            env={**os.environ, **request["environment"]},
            start_new_session=True,
        )
        self.client = blocking.BlockingKernelClient()
        self.client.load_connection_file(file)
        self.client.start_channels()
        self._wait_for_ready()
        if request["walls"]:
            reply = self._execute(LOCK.format(path=f"{HERE}/walls.py"), silent=True)
            if reply is None or reply.get("status") != "ok":
                raise OSError(f"the kernel could not be shut in: {reply}")
        # Its memory holds the key to what the kernel's answers are known by.
        walls.hide_memory(request["walls"])
        information = self.client.kernel_info(reply=True, timeout=READY_SECONDS)["content"]
        self.out.put("ready", {"language_info": information["language_info"]})
        while line := self.lines.readline():
            self._obey(json.loads(line))

    def _wait_for_ready(self) -> None:
        """Wait for the kernel's first answer; where the machine is busy, it may miss a beat."""
        until = time.monotonic() + READY_SECONDS
        while True:
            try:
                self.client.wait_for_ready(timeout=max(0.1, until - time.monotonic()))
            except RuntimeError:
                ended = self.kernel is None or self.kernel.poll() is not None
                if ended or time.monotonic() > until:
                    raise
            else:
                return

    def _interrupt(self) -> None:
        if self.kernel is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.kernel.pid, signal.SIGINT)

    def _obey(self, order: Order) -> None:
        if order["op"] == "file":
            content = self.lines.read(order["size"])
            target = os.path.join(self.request["folder"], order["path"])  # noqa: PTH118
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
            with open(target, "wb") as file:  # noqa: PTH123
                file.write(content)
        elif order["op"] == "run":
            self._run(order["code"], order["number"])
        elif order["op"] == "probe":
            # A kernel cannot be compared with what it was; the audit's questions remain.
            self.out.put("probe", {"number": order["number"], "found": []})
        elif order["op"] == "audit":
            name = order["name"]
            audit = f"__import__('runpy').run_path({f'{HERE}/questions.py'!r})['Audit'](globals())"
            self._execute(f"{name} = {audit}", silent=True)
            self._run(order["code"], order["number"], history=False)
            self._execute(f"del {name}", silent=True)

    def _run(self, code: str, number: str, *, history: bool = True) -> None:
        reply = self._execute(code, history=history)
        if reply is None:
            # The desk reads the end of the channel as the end of the interpreter.
            os._exit(70)
        names = ("status", "ename", "evalue", "traceback", "execution_count")
        self.out.put("reply", {"number": number, **{name: reply.get(name) for name in names}})

    def _execute(
        self, code: str, *, silent: bool = False, history: bool = True
    ) -> dict[str, Any] | None:
        """Run a cell; pass on what it shows; return its reply, ``None`` if the kernel ended."""
        client = self.client
        asked = client.execute(code, silent=silent, store_history=history, allow_stdin=False)
        reply: dict[str, Any] | None = None
        idle = False
        while reply is None or not idle:
            message = self._next(client.get_iopub_msg, POLL if reply is None else 5.0)
            if message is None:
                if reply is not None or (
                    self.kernel is not None and self.kernel.poll() is not None
                ):
                    return reply
            elif message["parent_header"].get("msg_id") == asked:
                kind, content = message["header"]["msg_type"], message["content"]
                idle = idle or (kind == "status" and content["execution_state"] == "idle")
                if kind not in PASSED_OVER and not silent:
                    self.out.put(kind, content)
            if reply is None:
                answer = self._next(client.get_shell_msg, 0)
                if answer is not None and answer["parent_header"].get("msg_id") == asked:
                    reply = answer["content"]
        return reply

    @staticmethod
    def _next(get: Any, seconds: float) -> dict[str, Any] | None:
        try:
            message: dict[str, Any] = get(timeout=seconds)
        except queue.Empty:
            return None
        return message


def keep(descriptor: int, given: str) -> None:
    """Be the keeper of one submission's kernel."""
    channel = socket.socket(fileno=descriptor)
    try:
        Kept(channel, json.loads(given)).live()
    except BaseException as error:  # noqa: BLE001 - the only way out of the process
        with contextlib.suppress(OSError):
            channel.sendall(crashed(error))
    finally:
        os._exit(70)


def main(descriptor: int, given: str) -> None:
    """Be the keeper of a jail."""
    run(Keeper, descriptor, given)
