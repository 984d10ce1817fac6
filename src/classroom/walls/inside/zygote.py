"""A warmed interpreter that forks once per submission, inside the sandbox.

Started by ``classroom.walls.jail`` with one number, the descriptor of its control
channel, and a JSON description. It imports what the assignment imports, runs a
first cell of each kind so that the forks find the paths warm, and then waits::

    control channel (messages, one JSON object each)      what happens
    {"op": "fork", ...} with a descriptor          ->     a child serves that descriptor
    {"op": "interrupt"}                            ->     the child gets SIGINT
    {"op": "parked", "pid": ...}                   ->     that process is spared by the next
    {"op": "spare"}                                ->     which kills all that are not parked;
                                                          {"op": "spared"} goes back
    {"op": "waited"}                               ->     {"op": "waited", "seconds": ...}: how
                                                          long each waited for a processor
    {"op": "end"}                                  ->     everything of the child is killed and
                                                          swept; {"op": "ended", ...} goes back

The child speaks JSON lines over its own descriptor: ``run``, ``park``, ``cells``,
``begin``, ``bind``, ``over``, ``probe`` and ``audit`` come in; ``stream``,
``display_data``, ``error``, ``reply`` and so on go out. Whoever listens treats what
comes out as written by the student.

One submission lives here at a time. The zygote is process 1 of its own process
namespace under bubblewrap, so that ``kill(-1)`` reaches all that a submission
left behind and nothing else.
"""

from __future__ import annotations

import asyncio
import base64
import builtins
import contextlib
import gc
import io
import json
import logging
import os
import random
import select
import shutil
import signal
import socket
import subprocess  # a submission's own lines of the shell
import sys
import threading
import time
import types
import warnings
import zlib
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MESSAGE = 1 << 16
POLL = 0.2
# To begin anew is faster than to remove a million files.
SWEEP_SECONDS = 1.0
LARGEST_STREAM_CHUNK = 1 << 16
# What a cell prints beyond this is swallowed here: the desk keeps less of it.
MOST_TEXT = 4 << 20
LARGEST_MESSAGE = 12 << 20
# So many processes are asked how long they waited for a processor.
MOST_ASKED = 200

# What an honest notebook never replaces, compared with what it was before the fork.
WATCHED_SHELL = (
    "run_cell",
    "run_cell_async",
    "_run_cell",
    "run_ast_nodes",
    "run_code",
    "transform_cell",
    "transform_ast",
    "showtraceback",
    "_showtraceback",
    "showsyntaxerror",
    "compile",
    "check_complete",
)


NEEDED = ("builtins", "sys", "os", "types", "IPython", "ipykernel", "numpy", "matplotlib", "math")
BEFORE_A_CELL = ("pre_execute", "pre_run_cell")
# Modules that replace parts of themselves when they are used.
CHANGE_BY_THEMSELVES = {"matplotlib", "IPython", "ipykernel", "builtins", "sys", "warnings"}
# Of these, only the modules that are imported by name: there are thousands of others.
LARGE = {"numpy", "pandas", "scipy"}
SOCKET = socket.socket
# As it is before anybody replaces it.
FORK = os.fork
# The word with which a process that waits for tests gets the line to its last one.
LAST = b"last"


class Unfit(Exception):  # noqa: N818 - a finding, not a fault of ours
    """The Python here lacks what forking a warmed interpreter leans on; the message says what."""


def examine(joints: list[str]) -> None:
    """Raise ``Unfit`` unless there is ``fork`` and all these parts of other packages."""
    if not hasattr(os, "fork"):
        raise Unfit("there is no fork here")
    for joint in joints:
        module, _, path = joint.partition(":")
        try:
            place = import_module(module)
            for name in path.split("."):
                place = getattr(place, name)
        except (ImportError, AttributeError):
            raise Unfit(f"{joint.replace(':', '.')} is not there") from None


class Channel:
    """Write messages as JSON lines to the descriptor of the current submission."""

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.clean: Callable[[dict[str, Any]], dict[str, Any]] | None = None

    def put(self, kind: str, content: dict[str, Any]) -> None:
        """Send one message; nothing happens before a submission is attached."""
        if self.socket is not None:
            if self.clean is not None:
                content = self.clean(content)
            if _length(content) > LARGEST_MESSAGE:
                content = _shortened(kind, content)
            line = json.dumps({"t": kind, "c": content}, default=_plain, ensure_ascii=True)
            self.socket.sendall(line.encode() + b"\n")


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


def _length(value: object, depth: int = 3) -> int:
    """Count the characters of a message, a few levels deep."""
    if isinstance(value, str):
        return len(value)
    if depth and isinstance(value, dict):
        return sum(_length(item, depth - 1) for item in value.values())
    if depth and isinstance(value, list):
        return sum(_length(item, depth - 1) for item in value)
    return 8


def _shortened(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """Give a message that is far too long in a form that can be sent."""
    if kind in ("error", "reply"):
        words = {key: str(content.get(key))[:1000] for key in ("ename", "evalue")}
        return {**content, **words, "traceback": [f"... {words['ename']}: output cut ..."]}
    return {**content, "data": {"text/plain": "... output cut ..."}, "metadata": {}}


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return repr(value)


class Stream(io.TextIOBase):
    """Standard output or error of a notebook: text goes out as ``stream`` messages."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, channel: Channel) -> None:
        self._stream = name
        self._channel = channel
        self._parts: list[str] = []
        self._size = 0
        self._sent = 0

    def begin(self) -> None:
        """Give a cell its full measure of text."""
        self._sent = 0

    @property
    def name(self) -> str:
        """The name that a file of this kind shows."""
        return f"<{self._stream}>"

    def writable(self) -> bool:
        """Say that text may be written."""
        return True

    def isatty(self) -> bool:
        """Say that nobody sits at a terminal."""
        return False

    def write(self, text: str) -> int:
        """Keep text until there is enough of it to send."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._parts.append(text)
        self._size += len(text)
        if self._size > LARGEST_STREAM_CHUNK:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what is kept."""
        if self._parts:
            text = "".join(self._parts)
            self._parts = []
            self._size = 0
            text = text[: MOST_TEXT - self._sent]
            self._sent += len(text)
            for start in range(0, len(text), LARGEST_STREAM_CHUNK):
                piece = text[start : start + LARGEST_STREAM_CHUNK]
                self._channel.put("stream", {"name": self._stream, "text": piece})


class Warm:
    """The interpreter as it is before any submission: ipykernel's own shell on our channel."""

    def __init__(self, imports: list[str]) -> None:
        self.channel = Channel()
        self.out = Stream("stdout", self.channel)
        self.err = Stream("stderr", self.channel)
        self.kernel = self._build()
        self.shell = self.kernel.shell
        self._heat(imports)
        self.reference = self._reference(imports)

    def _build(self) -> Any:
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

    def _hooks(self) -> dict[str, Any]:
        shell = self.shell
        return {
            "display hook": type(shell.displayhook).__call__,
            "display publisher": type(shell.display_pub).publish,
            "kernel": type(self.kernel).do_execute,
            "channel": Channel.put,
            "stream": Stream.write,
            "json": json.dumps,
            "session": type(self.kernel.session).send,
        }

    def _inner_parts(self) -> list[Any]:
        """List the interpreter's functions and ours with their code, and what the channel is."""
        shell = [getattr(type(self.shell), name, None) for name in WATCHED_SHELL]
        ours = [part for kind in (Audit, Channel, Child, Stream, Warm) for part in _functions(kind)]
        functions = [*shell, *self._hooks().values(), *ours]
        codes = [getattr(function, "__code__", None) for function in functions]
        return [*ours, *codes, *vars(self.channel), *_functions(type(self.channel))]

    def _inputs(self) -> list[list[Any]]:
        manager = self.shell.input_transformer_manager
        return [
            list(manager.cleanup_transforms),
            list(manager.line_transforms),
            list(manager.token_transformers),
            list(self.shell.input_transformers_post),
        ]

    def _taught(self, imports: list[str]) -> dict[str, Any]:
        """Remember what the modules are made of that the teacher's cells import."""
        tops = {name.split(".")[0] for name in imports} - CHANGE_BY_THEMSELVES
        parts: dict[str, Any] = {}
        for name, module in sorted(sys.modules.items()):
            if name.split(".")[0] in tops and (name in imports or name.split(".")[0] not in LARGE):
                parts |= _callables(name, module)
        return parts

    def _reference(self, imports: list[str]) -> dict[str, Any]:
        """Remember what must still be itself after a submission has run."""
        shell = self.shell
        return {
            "modules": {name: sys.modules[name] for name in NEEDED if name in sys.modules},
            "callbacks": [list(shell.events.callbacks[name]) for name in BEFORE_A_CELL],
            "builtins": {
                name: value
                for name, value in vars(builtins).items()
                if name not in ("_", "__", "___", "input", "display", "get_ipython")
            },
            "shell": {name: getattr(type(shell), name, None) for name in WATCHED_SHELL},
            "hooks": self._hooks(),
            "inner": self._inner_parts(),
            "taught": self._taught(imports),
            "imports": imports,
            "ast_transformers": list(shell.ast_transformers),
            "inputs": self._inputs(),
        }

    def probe(self) -> list[str]:
        """Name what was replaced since the fork, in words for the teacher."""
        found = []
        reference, shell = self.reference, self.shell
        changed = [
            name
            for name, value in reference["builtins"].items()
            if vars(builtins).get(name) is not value
        ]
        if changed:
            found.append("Python's built-in " + ", ".join(sorted(changed)[:5]) + " was replaced")
        own = set(vars(shell))
        patched = [
            name
            for name, value in reference["shell"].items()
            if getattr(type(shell), name, None) is not value or (name in own and name != "compile")
        ]
        if patched or "_trait_values" not in own:
            found.append("the interpreter's own " + ", ".join(patched) + " was replaced")
        now = self._hooks()
        found += [
            f"the {name} of the interpreter was replaced"
            for name, value in reference["hooks"].items()
            if now[name] is not value
        ]
        return found + self._further_parts() + self._further_handlers()

    def _further_parts(self) -> list[str]:
        found = []
        reference = self.reference
        inner = self._inner_parts()
        if not _same(inner, reference["inner"]) or type(self.channel.socket) is not SOCKET:
            found.append("the inner parts of the interpreter were replaced")
        taught = self._taught(reference["imports"])
        other = [n for n, part in reference["taught"].items() if taught.get(n) is not part]
        if other:
            found.append("of the modules that tests use, it replaced " + ", ".join(other[:5]))
        lost = [n for n, m in reference["modules"].items() if sys.modules.get(n) is not m]
        if lost:
            found.append("modules that tests may need were taken away: " + ", ".join(lost))
        return found

    def _further_handlers(self) -> list[str]:
        found = []
        reference, shell = self.reference, self.shell
        if list(shell.ast_transformers) != reference["ast_transformers"]:
            found.append("a transformer rewrites the code of every cell")
        if self._inputs() != reference["inputs"]:
            found.append("a transformer rewrites the text of every cell")
        if shell.custom_exceptions:
            found.append("a handler of its own catches the errors of every cell")
        if sys.gettrace() is not None or sys.getprofile() is not None:
            found.append("a trace function watches every line")
        return found


def _is_module(name: str) -> bool:
    """Whether a name, found in an import, is a module's and not of something in it."""
    with contextlib.suppress(Exception):
        return find_spec(name) is not None
    return False


def _functions(kind: type) -> list[Any]:
    return [part for part in vars(kind).values() if callable(part)]


def _callables(name: str, module: Any) -> dict[str, Any]:
    """List the functions and classes of a module, and the methods of its own classes."""
    found: dict[str, Any] = {}
    for part, value in list(getattr(module, "__dict__", {}).items()):
        if part.startswith("__") or not callable(value):
            continue
        found[f"{name}.{part}"] = value
        if isinstance(value, type) and getattr(value, "__module__", None) == name:
            methods = {f"{name}.{part}.{n}": m for n, m in vars(value).items() if callable(m)}
            found |= methods
    return found


def _same(one: list[Any], other: list[Any]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


# The audit's own copies, out of reach of whatever a submission does to ``builtins``.
_type = type


_MORE: dict[type, Any] = {
    str: "\u2603 altered",
    bytes: b"altered",
    list: ["\u2603 altered"],
    tuple: ("\u2603 altered",),
}


def altered(value: Any) -> tuple[bool, Any]:
    """Give a plain value that is certainly not equal to this one.

    Returns
    -------
    tuple
        Whether the value's type is one that can be altered, and the other value.
    """
    kind = _type(value)
    answer: tuple[bool, Any] = (False, None)
    if kind is bool:
        answer = (True, not value)
    elif kind is float and abs(value) == float("inf"):
        answer = (True, 0.0)
    elif kind in (int, float):
        # Far enough that no tolerance relative to the value reaches it.
        step = 7919 + 2 * abs(value)
        answer = (True, value + step if value >= 0 else value - step)
    elif kind is complex:
        answer = (True, 3 * value + 7919)
    elif kind in _MORE:
        answer = (True, value + _MORE[kind])
    elif kind in (set, frozenset):
        answer = (True, value | {"\u2603 altered"})
    elif kind is dict:
        answer = (True, {**value, "\u2603 altered": 1})
    elif value is None:
        answer = (True, "\u2603 altered")
    return answer


_PLAIN = frozenset(
    {bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, _type(None)}
)


def others(value: Any, step: float | None = None) -> list[Any]:
    """Give plain values that are certainly not equal to this one, far from it and close by.

    Parameters
    ----------
    step
        How far two numbers may lie apart and still be taken for equal; ``None`` if unknown.
    """
    known, far = altered(value)
    found = [far] if known else []
    if step is not None and _type(value) in (int, float) and abs(value) < 2**50:
        found.append(value + (4 * step + 1e-6 * abs(value) if step else 1))
    return found


class _Unheard(Exception):  # noqa: N818 - nothing raises it
    """What no answer raises."""


class _Taken(NotImplementedError):  # noqa: N818 - as above
    """What an answer raises that was taken away; drawn in one line, as it is drawn often."""

    def _render_traceback_(self) -> list[str]:
        return ["NotImplementedError"]


def _no_answer(*_: Any, **__: Any) -> None:
    raise _Taken


# An assertion error that IPython need not draw a traceback for: most of an error's cost.
_PlainFailure: type[AssertionError] = type(
    "AssertionError",
    (AssertionError,),
    {"_render_traceback_": lambda self: [f"AssertionError: {self}"]},
)


class Audit:
    """Ask the assertions of a test cell questions that only a forged value answers with yes.

    For ``left == right`` both ``left == right`` and ``left == other`` cannot hold
    when ``other`` differs from ``right``. The cell's code is rewritten outside
    (``classroom.grading.audit``) to call :meth:`compare`, :meth:`near` and :meth:`alike`.
    """

    anything = BaseException
    _failure = _PlainFailure

    def __init__(self, names: dict[str, Any] | None = None) -> None:
        self.contradictions = 0
        self._names = {} if names is None else names
        self._made_to_fail = False

    def end(self, secret: str) -> None:
        """Fail as every audit must, saying what was found; its figures need not be drawn."""
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        raise self._failure(f"{secret}:{self.contradictions}")

    def _ask(self, holds: Any, left: Any, right: Any, step: float | None = None) -> bool:
        try:
            passed = bool(holds(left, right))
        except Exception:  # noqa: BLE001 - the assertion fails with whatever the student raises
            return False
        if not passed:
            return False
        for first, second in ((left, right), (right, left)):
            if _type(second) in _PLAIN and self._rules_itself(first):
                self.contradictions += 1
            for other in others(second, step):
                try:
                    forged = bool(holds(first, other) if second is right else holds(other, first))
                except Exception:  # noqa: BLE001, S112 - an honest value may refuse the comparison
                    continue
                self.contradictions += forged
        return True

    def _rules_itself(self, value: Any) -> bool:
        """Whether the submission itself says what such a value is equal to, or far from."""
        for name in ("__eq__", "__sub__", "__rsub__"):
            for kind in _type.mro(_type(value)):
                rule = _type.__getattribute__(kind, "__dict__").get(name)
                if rule is not None:
                    if _type(rule) is types.FunctionType and rule.__globals__ is self._names:
                        return True
                    break
        return False

    def doubt(self, question: Any) -> bool:
        """Ask again with another right side in the code; a value that read the code agrees."""
        with contextlib.suppress(Exception):
            self.contradictions += bool(question())
        return True

    def compare(self, left: Any, right: Any) -> bool:
        """Answer ``left == right``, and count it if an altered side is equal too."""
        return self._ask(lambda a, b: a == b, left, right, step=0.0)

    def identical(self, left: Any, right: Any) -> bool:
        """Answer ``left is right`` by equality, for ``is True`` and ``is None``."""
        return self._ask(lambda a, b: a is b, left, right)

    def near(self, size: Any, left: Any, right: Any, tolerance: Any, strict: bool) -> bool:
        """Answer ``abs(left - right) < tolerance`` (or ``<=``), with the test's own ``abs``."""
        if _type(tolerance) not in (int, float) or tolerance > 1:
            # A wide tolerance may hold for the altered value as well.
            return bool(size(left - right) <= tolerance)
        if strict:
            return self._ask(lambda a, b: size(a - b) < tolerance, left, right, tolerance)
        return self._ask(lambda a, b: size(a - b) <= tolerance, left, right, tolerance)

    def alike(self, function: Any, left: Any, right: Any, *rest: Any, **named: Any) -> Any:
        """Answer ``function(left, right, ...)`` for the usual functions of closeness."""
        return self._ask(lambda a, b: function(a, b, *rest, **named), left, right)

    def refuses(self, check: Any, right: Any) -> None:
        """Have a check expect something other than ``right``; count it if it is content."""
        known, other = altered(right)
        if known:
            self._must_fail(check, other)

    def refuses_kind(self, check: Any, _right: Any) -> None:
        """Have a check expect an error that nothing raises; count it if it is content."""
        self._must_fail(check, _Unheard)

    def _must_fail(self, check: Any, other: Any) -> None:
        # A check that fails may have much to say, so one of a test is enough.
        if self._made_to_fail:
            return
        self._made_to_fail = True
        try:
            check(other)
        except Exception:  # noqa: BLE001 - as it must
            return
        self.contradictions += 1

    def without(self, names: list[str], source: str, secret: str) -> None:
        """Run a test with nothing in the answers' place; count it if it passes."""
        self.contradictions += self._passes(source, dict.fromkeys(names, _no_answer), [])
        raise self._failure(f"{secret}:{self.contradictions}")

    def cleanly(self, names: list[str], source: str, secret: str) -> None:
        """Run a test with Python's own names where the answers took them; count a pass undone."""
        taken = [name for name in names if name in self._names]
        if taken and self._passes(source, {}, []):
            self.contradictions += not self._passes(source, {}, taken)
        self.end(secret)

    def _passes(self, source: str, put: dict[str, Any], taken: list[str]) -> bool:
        names = {**self._names, **put}
        for name in taken:
            del names[name]
        try:
            exec(compile(source, "<test>", "exec"), names)  # noqa: S102 - the teacher's test
        except Exception:  # noqa: BLE001 - it fails, or is not plain Python
            return False
        return True


class Child:
    """One submission: build the walls, then serve the channel until it closes."""

    def __init__(
        self, warm: Warm, channel: socket.socket, supply: socket.socket, request: dict[str, Any]
    ) -> None:
        self.warm = warm
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
        walls = WALLS
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
        kernel.io_loop = IOLOOP.IOLoop.current()
        self.socket.setblocking(False)
        # A large file arrives as one read of raw bytes; lines of code are short of this.
        heard = self.socket.dup()
        self.duplicates.append(heard)
        reader, _ = await asyncio.open_connection(sock=heard, limit=1 << 26)
        self.socket.setblocking(True)
        self.warm.channel.put("ready", {"language_info": kernel.language_info})
        while line := await reader.readline():
            order = json.loads(line)
            operation = order["op"]
            if operation in ("park", "cells", "begin", "bind", "over"):
                self._cross(order)
            if operation == "file":
                self._place(order["path"], await reader.readexactly(order["size"]))
            elif operation == "run":
                of = order.get("as_of")
                with self._as_of(of), self._undisturbed(of is not None or order.get("test")):
                    if "count" in order:
                        self.warm.shell.execution_count = order["count"]
                    if self.tests is not None:
                        self.tests.show(order["visible"], order["seconds"], order["usual"])
                    await self._run(order["code"], order["number"], order.get("id"), history=True)
            elif operation == "probe":
                self._keep(order)
                content = {"number": order["number"], "found": self.warm.probe()}
                self.warm.channel.put("probe", content)
            elif operation == "audit":
                with self._as_of(order["as_of"]), self._undisturbed(True):
                    await self._audit(order)
        loop.stop()
        os._exit(0)

    def _cross(self, order: dict[str, Any]) -> None:
        """Do one of the orders that lead over the crossing, and say what came of it."""
        operation = order["op"]
        reply: dict[str, Any] = {"number": order["number"], "status": "ok"}
        if operation == "park":
            orders = self._connection()
            watched = tuple(order["watched"])
            ANSWERS.telling_codes(watched)
            reply["pid"] = self._park(orders, watched)
            orders.close()
        elif operation == "cells":
            self.tests = TESTS.Tests(self.warm.shell.user_ns)
            self.tests.know(order["cells"])
            self.warm.channel.clean = self.tests.clean
            self.warm.shell._get_exc_info = self.tests.seen_by(self.warm.shell._get_exc_info)
        elif operation == "begin" and self.tests is not None:
            reply["answers"] = self.tests.begin(
                self._connection(), order["seconds"], order["watched"]
            )
        elif self.tests is not None and operation == "bind":
            reply["answers"] = self.tests.bind(order["names"])
        elif self.tests is not None:
            reply["failed"] = self.tests.end()
        self.warm.channel.put("reply", reply)

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
            ANSWERS.disarm(watched)
            gc.freeze()
            connection = _awaited(orders)
            if connection is not None:
                cells = shell.compile._filename_map
                ANSWERS.Answers(connection, shell.user_ns, cells).serve()
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

    def _keep(self, order: dict[str, Any]) -> None:
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
        for name, before in zip(BEFORE_A_CELL, self.warm.reference["callbacks"], strict=True):
            callbacks[name][:] = before
        try:
            yield
        finally:
            shell.call_pdb = debugger
            for name, held in own.items():
                callbacks[name][:] = held

    async def _audit(self, order: dict[str, Any]) -> None:
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


class Zygote:
    """The process that waits, forks, and sweeps."""

    def __init__(self, control: socket.socket, plan: dict[str, Any]) -> None:
        self.control = control
        self.plan = plan
        self.child: int | None = None
        # Forks that wait for a test, by the word of the child (none but its own processes
        # can be meant), and the bytes that each had then, which were its parent's.
        self.parked: dict[int, int] = {}
        self.why: str | None = None
        # An interpreter below /tmp is mounted there; its way is no student's leaving.
        self.furniture = {entry.path for folder in plan["writable"] for entry in _below(folder)}

    def prepare(self) -> Any:
        """Warm an interpreter up, to be forked from."""
        examine(self.plan["joints"])
        warm = Warm(self.plan["imports"])
        gc.collect()
        gc.freeze()
        return warm

    def serve(self) -> None:
        """Answer the control channel until it closes."""
        try:
            warm = self.prepare()
        except Exception as error:  # noqa: BLE001 - whatever it is, the desk has another way
            why = str(error) if isinstance(error, Unfit) else f"{type(error).__name__}: {error}"
            self.control.send(_line(op="unfit", why=why[:500]))
            return
        self.control.send(_line(op="ready", landlock=WALLS.landlock_version()))
        while True:
            waiting = POLL if self.child is not None else None
            if not select.select([self.control], [], [], waiting)[0]:
                self._watch_memory()
                continue
            data, descriptors, _, _ = socket.recv_fds(self.control, MESSAGE, 2)
            if not data:
                return
            order = json.loads(data)
            if order["op"] == "fork":
                self._fork(warm, order, descriptors)
            else:
                self._obey(order)

    def _obey(self, order: dict[str, Any]) -> None:
        """Do what is ordered about the submission that is here."""
        operation = order["op"]
        if operation == "interrupt" and self.child is not None:
            os.kill(self.child, signal.SIGINT)
        elif operation == "parked":
            self.parked[order["pid"]] = _resident(order["pid"])
        elif operation == "spare":
            self._kill_others()
            self.control.send(_line(op="spared"))
        elif operation == "waited":
            some = sorted(self._others())[:MOST_ASKED]
            self.control.send(_line(op="waited", seconds={one: _waited(one) for one in some}))
        elif operation == "end":
            self.control.send(_line(**self._end()))

    def _fork(self, warm: Warm, order: dict[str, Any], descriptors: list[int]) -> None:
        self.why = None
        self.parked.clear()
        channel, supply = (socket.socket(fileno=descriptor) for descriptor in descriptors)
        child = os.fork()
        if child == 0:
            try:
                self.control.close()
                Child(warm, channel, supply, order).live()
            except BaseException as error:  # noqa: BLE001 - the only way out of the fork
                line = json.dumps({"t": "crash", "c": {"what": f"{type(error).__name__}: {error}"}})
                with contextlib.suppress(OSError):
                    channel.sendall(line.encode() + b"\n")
            finally:
                os._exit(70)
        channel.close()
        supply.close()
        self.child = child

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
        processes = self._others()
        parked = self.parked
        inherited = {
            process: parked.get(process, parked.get(parent, 0))
            for process, parent in processes.items()
        }
        total = sum(max(0, _resident(one) - bytes_) for one, bytes_ in inherited.items())
        if self.child not in processes:
            total += max(inherited.values(), default=0)
        if total > self.plan["memory"]:
            # Forks share pages; before killing, count each page once.
            total = sum(_proportional(process) for process in processes)
        if total > self.plan["memory"] and self.why is None:
            self.why = "memory"
            # What waits for its test has not taken more than its share.
            if not self._kill_others():
                self._kill()

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

    def _end(self) -> dict[str, Any]:
        """Kill and collect everything, empty the folders, and account for it."""
        status, seconds, left = None, 0.0, 0
        # What waits for tests forks for each of them.
        ours = {one for one, parent in self._others().items() if parent in self.parked}
        ours |= self.parked.keys()
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


def _line(**message: Any) -> bytes:
    return json.dumps(message).encode()


def main(kind: type[Zygote] = Zygote) -> None:
    """Drop to the user we were told to be, warm up, and serve."""
    control = socket.socket(fileno=int(sys.argv[1]))
    plan = json.loads(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (1, 2):
        os.set_inheritable(stream, True)
    if plan["user"] is not None:
        WALLS.become(plan["user"], plan["user"])
    # Said here, where it is certain: what cannot be read would else seem not to be installed.
    with open(os.__file__, "rb"):  # noqa: PTH123
        pass
    WALLS.hide_memory(True)
    WALLS.adopt_orphans()
    if not plan["first"]:
        WALLS.die_with_parent()
    kind(control, plan).serve()


if __name__ == "__main__":
    _here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    sys.path.insert(0, _here)
    WALLS = import_module("walls")
    sys.path.insert(0, sys.argv[3])
    ANSWERS, TESTS = import_module("crossing.answers"), import_module("crossing.tests")
    sys.path.remove(sys.argv[3])
    # Looked up here, before the fork, as it takes a while.
    IOLOOP = import_module("tornado.ioloop")
    import_module("tornado.platform.asyncio")
    sys.path.remove(_here)
    for name in ("walls", *[name for name in sys.modules if name.split(".")[0] == "crossing"]):
        del sys.modules[name]
    main()
