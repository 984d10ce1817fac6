"""A warmed interpreter: ipykernel's own shell on our channel, its common paths walked once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import subprocess  # a submission's own lines of the shell
import sys
import threading
import types
import zlib
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from .channel import Channel, Stream
from .joints import Unfit

if TYPE_CHECKING:
    from collections.abc import Callable


def _hashed(text: str, seed: int) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"), seed)


def _refuse_to_quit() -> None:
    raise SystemExit("quit")


def _through_a_pipe(shell: Any) -> Callable[[str], None]:
    """Give what runs a line of the shell (``!ls``, ``%pip``); IPython's own needs a terminal."""

    def system(command: str) -> None:
        if command.rstrip().endswith("&"):
            raise OSError("Background processes not supported.")
        command = shell.var_expand(command, depth=1)
        with subprocess.Popen(  # noqa: S602 - a line of the shell is what was written
            command,
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            try:
                for line in process.stdout or ():
                    sys.stdout.write(line)
                code = process.wait()
            except KeyboardInterrupt:
                process.kill()
                raise
        shell.user_ns["_exit_code"] = code
        if getattr(shell, "system_raise_on_error", False) and code:
            raise subprocess.CalledProcessError(code, command)

    return system


class Warm:
    """The interpreter as it is before any submission: ipykernel's own shell on our channel."""

    def __init__(self, imports: list[str]) -> None:
        self.channel = Channel()
        self.out = Stream("stdout", self.channel)
        self.err = Stream("stderr", self.channel)
        self.kernel = self._build()
        self.shell = self.kernel.shell
        self._heat(imports)

    def _build(self) -> Any:
        # Looked up here, before the fork, as it takes a while.
        self.loops: Any = import_module("tornado.ioloop")
        import_module("tornado.platform.asyncio")
        # ipykernel starts a debugger with threads; a fork must not inherit them.
        stub = types.ModuleType("ipykernel.debugger")
        stub._is_debugpy_available = False  # type: ignore[attr-defined]
        stub.Debugger = type("Debugger", (), {})  # type: ignore[attr-defined]
        sys.modules["ipykernel.debugger"] = stub
        ipkernel = import_module("ipykernel.ipkernel")
        session = import_module("jupyter_client.session")
        config = import_module("traitlets.config").Config()
        config.HistoryManager.enabled = False
        # The names of cells' files are hashes that ipykernel works out a byte at a time.
        vars(import_module("ipykernel.compiler"))["murmur2_x86"] = _hashed
        config.HistoryManager.hist_file = ":memory:"
        channel = self.channel

        class Line(session.Session):  # type: ignore[name-defined]
            """A session whose messages go to the channel rather than to ZeroMQ."""

            def send(
                self, _stream: object, msg_or_type: Any, content: Any = None, *_: Any, **__: Any
            ) -> None:
                """Send a message of ipykernel's; its state and echo are of no use here."""
                if isinstance(msg_or_type, dict):
                    msg_or_type, content = (
                        msg_or_type["header"]["msg_type"],
                        msg_or_type["content"],
                    )
                if msg_or_type not in ("status", "execute_input"):
                    channel.put(msg_or_type, content)

        nowhere = types.SimpleNamespace(send_multipart=lambda *_a, **_k: None)
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        kernel = ipkernel.IPythonKernel.instance(
            log=logging.getLogger("kernel"),
            session=Line(key=b"unused"),
            iopub_socket=nowhere,
            config=config,
        )
        kernel.shell.displayhook.get_execution_count = lambda: kernel.shell.execution_count
        # "quit" ends the cell that says it, not the notebook of which it is a part.
        kernel.shell.ask_exit = _refuse_to_quit
        # IPython's own switch; where its function lies differs from one ipykernel to the next.
        kernel.shell.system = _through_a_pipe(kernel.shell)
        # "%matplotlib inline" asks for a window system's loop, or for none: there is none.
        kernel.shell.enable_gui = lambda gui=None: None  # noqa: ARG005
        # Awaiting cells asks which thread hears interrupts; there is only this one.
        kernel.shell_channel_thread = types.SimpleNamespace(parent_thread=threading.main_thread())
        return kernel

    def _heat(self, imports: list[str]) -> None:
        """Import the assignment's modules and walk once through the common paths."""
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self.out, self.err
        loop = asyncio.new_event_loop()
        self._try_out(loop)
        cells = [f"import {name}" for name in imports if _is_module(name)]
        cells += ["1 + 1", "print(1)", "def fails():\n    assert 1 == 2\nfails()", "def ("]
        if any(name.startswith("matplotlib") for name in imports):
            cells.append("import matplotlib.pyplot as p; p.subplots()[1].bar([1], [2])")
            cells.append("p.close('all')")
        for cell in cells:
            loop.run_until_complete(self.kernel.do_execute(cell, False))
        loop.close()
        self.out.flush()
        self.err.flush()
        sys.stdout, sys.stderr = streams
        self.shell.reset(new_session=True)
        self.shell.execution_count = 1
        self.shell._last_traceback = None
        for name in ("last_type", "last_value", "last_traceback", "last_exc"):
            if hasattr(sys, name):
                delattr(sys, name)

    def _try_out(self, loop: asyncio.AbstractEventLoop) -> None:
        """Run a cell of each kind, and see that what it shows comes down the channel."""
        seen: list[str] = []
        self.channel.put = lambda kind, content: seen.append(kind)  # type: ignore[method-assign]  # noqa: ARG005
        wanted = {"1 + 1": "execute_result", "print(1)": "stream", "1 / 0": "error"}
        try:
            for cell, kind in wanted.items():
                seen.clear()
                reply = loop.run_until_complete(self.kernel.do_execute(cell, False))
                self.out.flush()
                status = "error" if kind == "error" else "ok"
                if seen != [kind] or reply["status"] != status:
                    raise Unfit(f"ipykernel answers {cell!r} with {seen}, not with {kind}")
        finally:
            del self.channel.put


def _is_module(name: str) -> bool:
    """Whether a name, found in an import, is a module's and not of something in it."""
    with contextlib.suppress(Exception):
        return find_spec(name) is not None
    return False
