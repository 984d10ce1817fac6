"""The sandbox from outside: start a warmed interpreter behind walls, and talk to its forks.

Three kinds of wall, chosen by :func:`choose_walls`:

``bubblewrap``
    The interpreter lives in namespaces of its own, on a file system that holds
    the interpreter and nothing else: no course, no home, no network.
``landlock``
    No namespaces: Landlock leaves the interpreter's folders readable, seccomp
    refuses sockets. For machines that deny user namespaces.
``none``
    No walls. For work that one trusts, and where nothing else is to be had.

Whatever comes out of a fork is the word of a student: it is read as JSON lines
with a bound on their size, and believed only as far as ``audit`` allows.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import select
import shutil
import socket
import subprocess  # the interpreter and bubblewrap, with fixed arguments
import sys
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from classroom.course import ClassroomError
from classroom.walls.folders import remove, temporary_folder
from classroom.walls.inside import protocol, walls
from classroom.words.reasons import Code, Reason, because

Walls = Literal["bubblewrap", "landlock", "none"]

INSIDE = Path(__file__).with_name("inside")
CROSSING = Path(__file__).parents[1] / "crossing"
# Names the edition of the course.
LANGUAGE = "COURSE_LANGUAGE"
PLACE = "/opt/classroom"
WORK = "/submission"
# Unprivileged users that no account has, for a teacher who is root: many, and a container's few.
USERS = (0x7000_0000, 1 << 26)
FEW_USERS = (60_100, 1000)
# Forks of a warmed interpreter, or, where what they lean on is missing, plain kernels.
PROGRAM = {True: "zygote", False: "keeper"}
# The parts of other packages that the zygote leans on, beyond their documented interfaces.
JOINTS = (
    "ipykernel.ipkernel:IPythonKernel.do_execute",
    "ipykernel.ipkernel:IPythonKernel.instance",
    "ipykernel.zmqshell:ZMQInteractiveShell.showtraceback",
    "jupyter_client.session:Session.send",
    "tornado.ioloop:IOLoop.current",
)
# What a plain kernel takes for itself: addresses, and threads with those of its keeper.
KERNEL_BYTES = 1 << 30
KERNEL_THREADS = 32
LONGEST_LINE = 32 << 20
# Lists and dicts of one message: read, each takes some thirty times its room in the line.
MOST_PARTS = 1 << 20
LAST_WORDS_SECONDS = 3.0
START_SECONDS = 120.0

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM_FILES = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/fonts",
    "/etc/mime.types",
    "/etc/alternatives",
)


class Stopped(Exception):  # noqa: N818 - an event, not a fault of ours
    """The student's interpreter ended, or stopped making sense."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may take.

    Attributes
    ----------
    memory
        Bytes, for all its processes together.
    disk
        Bytes in its temporary folders.
    processes
        Processes and threads.
    seconds
        Processor seconds of one process.
    output
        Bytes of output kept of one cell; the rest is dropped.
    """

    memory: int = 1 << 30
    disk: int = 256 << 20
    processes: int = 64
    seconds: int = 300
    output: int = 1 << 20


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python with ipykernel, and the folders it needs to see.

    Attributes
    ----------
    executable
        Path as started (not resolved: a virtual environment is found by it).
    folders
        Existing absolute paths to be readable inside.
    """

    executable: str
    folders: tuple[str, ...]


@lru_cache(maxsize=8)
def interpreter(executable: str = sys.executable) -> Interpreter:
    """Ask a Python where its parts are.

    Raises
    ------
    ClassroomError
        If it cannot be run or has no ipykernel.
    """
    question = (
        "import json,os,sys,ipykernel;"
        "print(json.dumps([sys.path,sys.prefix,sys.base_prefix,os.path.realpath(sys.executable)]))"
    )
    try:
        answer = subprocess.run(  # noqa: S603
            [executable, "-I", "-c", question], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        detail = getattr(error, "stderr", "") or str(error)
        raise ClassroomError(
            f"{executable} cannot run notebooks: {detail.strip().splitlines()[-1]}; "
            f"install ipykernel for it"
        ) from None
    path, prefix, base, real = json.loads(answer.stdout)
    folders = [p for p in [prefix, base, *path, str(Path(real).parent)] if p and Path(p).exists()]
    absolute = {str(Path(p).absolute()) for p in folders}
    absolute |= {str(Path(p).resolve()) for p in folders}
    kept = [p for p in sorted(absolute) if not any(_within(p, o) for o in absolute if o != p)]
    return Interpreter(executable, tuple(p for p in kept if not any(_within(p, s) for s in SYSTEM)))


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


@lru_cache(maxsize=1)
def bubblewrap_fault() -> str | None:
    """Try bubblewrap once; return why it does not work here, or ``None``."""
    program = shutil.which("bwrap")
    if program is None:
        return "bubblewrap is not installed (Debian and Ubuntu: apt install bubblewrap)"
    command = [program, *_namespaces(), "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    result = subprocess.run(  # noqa: S603
        [*command, "/bin/true"], capture_output=True, text=True, check=False
    )
    if result.returncode:
        return f"bubblewrap cannot make its namespaces here ({result.stderr.strip()})"
    return None


def landlock_fault() -> str | None:
    """Say why Landlock alone would not do here, or ``None``."""
    if platform.machine() not in ("x86_64", "aarch64"):
        return f"the system call filter is not written for {platform.machine()}"
    version = walls.landlock_version()
    if version < walls.LANDLOCK_WITH_SIGNALS:
        return (
            f"the kernel's Landlock is version {version}; version "
            f"{walls.LANDLOCK_WITH_SIGNALS} (Linux 6.12) also keeps signals in"
        )
    return None


def jail_fault() -> str | None:
    """Say why no jail of any kind can be run here, walls or none, or ``None``."""
    if sys.platform.startswith("linux"):
        return None
    return f"{platform.system()} lacks the local sockets that the desk speaks over"


def choose_walls(wanted: str) -> tuple[Walls, str]:
    """Settle which walls to build.

    Parameters
    ----------
    wanted
        ``auto``, ``bubblewrap``, ``landlock`` or ``none``.

    Returns
    -------
    tuple
        The walls, and a sentence that says why these.

    Raises
    ------
    ClassroomError
        If what is wanted cannot be had; the message names the ways out.
    """
    if wanted == "none":
        return "none", "no sandbox: every submission can do what you can do"
    if not sys.platform.startswith("linux"):
        raise ClassroomError(
            f"there is no sandbox for student code on {platform.system()}. Grade in WSL 2 or on a "
            f"Linux server, or, for work that you trust, add --sandbox none"
        )
    faults = []
    if wanted in ("auto", "bubblewrap"):
        fault = bubblewrap_fault()
        if fault is None:
            return "bubblewrap", "bubblewrap: own namespaces, no network, an empty file system"
        faults.append(fault)
    if wanted in ("auto", "landlock"):
        fault = landlock_fault()
        if fault is None:
            because = f" because {faults[0]}" if faults else ""
            return "landlock", f"Landlock and seccomp{because}"
        faults.append(fault)
    if not faults:
        raise ClassroomError(
            f"--sandbox must be auto, bubblewrap, landlock or none, got {wanted!r}"
        )
    raise ClassroomError(
        "no sandbox can be built: " + "; ".join(faults) + ". Put that right, grade on another "
        "machine, or, for work that you trust, add --sandbox none"
    )


def _namespaces() -> list[str]:
    """Give bubblewrap's options for namespaces: root makes them itself, others by a user's."""
    shared = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    shared += ["--unshare-cgroup-try", "--die-with-parent", "--new-session"]
    if os.getuid() == 0:
        return [*shared, "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return [*shared, "--unshare-user"]


def _bubblewrap(python: Interpreter, limits: Limits) -> list[str]:
    """Write the bubblewrap command: the interpreter, temporary folders, nothing else."""
    program = shutil.which("bwrap")
    if program is None:
        raise ClassroomError(bubblewrap_fault() or "bubblewrap is not installed")
    command = [program, *_namespaces(), "--as-pid-1", "--hostname", "sandbox", "--clearenv"]
    command += ["--proc", "/proc", "--dev", "/dev"]
    size = str(limits.disk)
    for folder in ("/tmp", "/dev/shm", WORK):  # noqa: S108 - the sandbox's own, private to it
        command += ["--size", size, "--perms", "1777", "--tmpfs", folder]
    # bubblewrap makes folders on the way to a mount for their owner alone.
    for path in _ancestors([*SYSTEM_FILES, *python.folders, f"{PLACE}/inside"]):
        command += ["--perms", "0755", "--dir", path]
    for path in SYSTEM:
        if Path(path).is_symlink():
            command += ["--symlink", str(Path(path).readlink()), path]
        elif Path(path).exists():
            command += ["--ro-bind", path, path]
    for path in (*SYSTEM_FILES, *python.folders):
        command += ["--ro-bind-try", path, path]
    command += ["--ro-bind", str(INSIDE), f"{PLACE}/inside"]
    command += ["--ro-bind", str(CROSSING), f"{PLACE}/crossing"]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORK]


def _ancestors(paths: list[str]) -> list[str]:
    return sorted({str(p) for path in paths for p in Path(path).parents} - {"/"})


@dataclass(slots=True)
class Ended:
    """What is known of a submission's processes after their end.

    Attributes
    ----------
    cpu
        Processor seconds of all of them.
    left
        How many were still there besides the interpreter, and were killed.
    why
        ``memory`` if they were killed for taking too much of it.
    clean
        Whether their temporary folders could be emptied.
    """

    cpu: float = 0.0
    left: int = 0
    why: str | None = None
    clean: bool = True


_jails = itertools.count()
# Threads of what its owner starts while a submission runs: a browser has some two hundred.
MEANWHILE = 256


def threads_of(user: int) -> int:
    """Count the threads of a user on this machine, as the kernel does for a user's bound."""
    count = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                lines = (process / "status").read_text("ascii", "replace").splitlines()
            except OSError:  # it has ended
                continue
            told = dict(line.split(":", 1) for line in lines if ":" in line)
            if told.get("Uid", "").split()[:1] == [str(user)]:
                count += int(told.get("Threads", "1"))
    return count


def _stranger() -> int:
    """Give a user for one jail; the kernel counts processes by user, so each has its own."""
    number = os.getpid() * 16 + next(_jails) % 16
    ranges = [line.split() for line in Path("/proc/self/uid_map").read_text("ascii").splitlines()]
    for first, many in (USERS, FEW_USERS):
        if any(int(a) <= first and first + many <= int(a) + int(n) for a, _, n in ranges):
            return first + number % many
    raise ClassroomError(
        "this container has no user to whom a submission could be handed; grade as another user "
        "than root, or map more users into the container"
    )


@dataclass(slots=True)
class Jail:
    """One warmed interpreter behind walls; serves one submission at a time.

    Parameters
    ----------
    kind
        Which walls.
    limits
        What a submission may take.
    imports
        Modules to import before the first fork.
    python
        The interpreter.
    slow
        Why plain kernels serve in place of forks of a warmed interpreter, if they do.
    """

    kind: Walls
    limits: Limits = field(default_factory=Limits)
    imports: tuple[str, ...] = ()
    python: Interpreter = field(default_factory=interpreter)
    _process: subprocess.Popen[bytes] | None = None
    _control: socket.socket | None = None
    _folder: str | None = None
    _user: int | None = None
    slow: str | None = None
    _landlock: bool = False
    _soiled: bool = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def writable(self) -> list[str]:
        """The folders that a submission may write to, as it sees them."""
        if self.kind == "bubblewrap":
            return [WORK, "/tmp", "/dev/shm"]  # noqa: S108
        return [f"{self._folder}/work", f"{self._folder}/temporary"]

    def start(self) -> None:
        """Start the interpreter and wait until it is warm."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start the interpreter without waiting for it."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if os.getuid() == 0 and self.kind != "none" and self._user is None:
            self._user = _stranger()
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "USER": "student",
            # There is no network to wait for.
            "PIP_RETRIES": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
        }
        if self.kind == "bubblewrap":
            command = _bubblewrap(self.python, self.limits)
            inside, crossing = f"{PLACE}/inside", PLACE
            work, temporary = WORK, "/tmp"  # noqa: S108
        else:
            self._folder = str(temporary_folder("jail"))
            work, temporary = self.writable
            for folder in (work, temporary):
                Path(folder).mkdir()
                if self._user is not None:
                    os.chown(folder, self._user, self._user)
            Path(self._folder).chmod(0o711)
            command = []
            inside, crossing = str(INSIDE), str(CROSSING.parent)
        environment |= {
            "HOME": temporary,
            "TMPDIR": temporary,
            "MPLCONFIGDIR": f"{temporary}/matplotlib",
            "IPYTHONDIR": f"{temporary}/ipython",
        }
        if os.environ.get(LANGUAGE):
            environment[LANGUAGE] = os.environ[LANGUAGE]
        if self.kind == "bubblewrap":
            for name, value in environment.items():
                command += ["--setenv", name, value]
            command.append("--")
        plan: protocol.Plan = {
            "protocol": protocol.VERSION,
            "imports": list(self.imports),
            "user": self._user,
            "first": self.kind == "bubblewrap",
            "memory": self.limits.memory,
            "writable": self.writable,
            "joints": list(JOINTS),
        }
        # No -I: it would ignore the fixed hash seed; nothing else of the environment is passed
        # but the edition, in whose language checks speak.
        command += [self.python.executable, "-P", "-s", f"{inside}/start.py"]
        command += [PROGRAM[self.slow is None], str(theirs.fileno()), json.dumps(plan), crossing]
        self._process = subprocess.Popen(  # noqa: S603
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=work if self._folder else "/",
        )
        theirs.close()
        self._control = ours

    def wait(self) -> None:
        """Wait until the interpreter has imported everything.

        Raises
        ------
        ClassroomError
            If it does not come up.
        """
        answer = self._answer(START_SECONDS)
        if answer is None:
            self._fail()
        elif answer["op"] == "unfit":
            self.stop()
            if self.kind == "landlock":
                raise ClassroomError(
                    f"no warmed interpreter can be forked ({answer['why']}), and the plain kernels "
                    f"that would serve instead need bubblewrap: {bubblewrap_fault()}"
                )
            self.slow = answer["why"]
            self.start()
        elif answer["op"] == "ready":
            self._landlock = answer["landlock"] >= 1 and self.kind != "none"

    def _fail(self) -> None:
        process = self._process
        errors = ""
        if process is not None:
            # Its line can be closed before it has said why.
            try:
                said = process.communicate(timeout=LAST_WORDS_SECONDS)[1]
            except subprocess.TimeoutExpired:
                process.kill()
                said = process.communicate()[1]
            errors = said.decode("utf-8", "replace").strip()
        self.stop()
        if "Permission denied" in errors and os.getuid() == 0:
            errors += (
                f". An unprivileged user cannot read {self.python.executable}: use an interpreter "
                f"outside root's home, or bubblewrap"
            )
        raise ClassroomError(f"the sandboxed interpreter does not start ({self.kind}): {errors}")

    def _order(self, order: protocol.Control) -> None:
        if self._control is not None:
            self._control.send(json.dumps(order).encode())

    def _answer(self, seconds: float) -> protocol.Answer | None:
        control = self._control
        if control is None or not select.select([control], [], [], seconds)[0]:
            return None
        try:
            data = control.recv(1 << 16)
        except OSError:
            return None
        if not data:
            return None
        answer: protocol.Answer = json.loads(data)
        return answer

    def _beside(self) -> int:
        """Count what else runs as the submission's user, where that is the teacher's own.

        Without root there is nobody else to be: a browser's threads beside the desk would
        otherwise leave a submission no room for a fork of its own, and neither would those
        of a browser that is opened meanwhile.
        """
        if self.kind != "landlock" or os.getuid() == 0:
            return 0
        return threads_of(os.getuid()) + MEANWHILE

    def open(
        self,
        files: dict[str, bytes],
        environment: dict[str, str] | None = None,
        forks: int = 0,
    ) -> Visitor:
        """Fork an interpreter for one submission.

        Parameters
        ----------
        files
            Relative path to content, laid into its working folder.
        environment
            Environment variables to add.
        forks
            How many times we shall have it fork, beyond the processes of its own.
        """
        if self._soiled or self._process is None or self._process.poll() is not None:
            self.stop()
            self.start()
        ours, theirs = socket.socketpair()
        supply, supplied = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        readable = [*SYSTEM, *SYSTEM_FILES, *self.python.folders]
        devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"]
        if self.kind == "bubblewrap":
            readable = ["/usr", "/etc", "/proc", "/opt", *SYSTEM, *self.python.folders]
            # The sandbox's own terminals, for lines of the shell; elsewhere they are the host's.
            devices += ["/dev/ptmx", "/dev/pts"]
        order: protocol.Fork = {
            "op": "fork",
            "folder": self.writable[0],
            "environment": environment or {},
            "walls": self.kind != "none",
            "landlock": self._landlock,
            "sockets": self.kind == "bubblewrap",
            "temporary": self.writable[1],
            "readable": readable,
            "writable": [*self.writable, *devices],
            "limits": {
                "memory": self.limits.memory + (0 if self.slow is None else KERNEL_BYTES),
                "seconds": self.limits.seconds,
                "processes": self.limits.processes
                + forks
                + (0 if self.slow is None else KERNEL_THREADS)
                + self._beside(),
                "file_size": self.limits.disk,
                "files": 256,
            },
        }
        control = self._control
        if control is None:
            raise Stopped(because(Code.SANDBOX_CLOSED))
        both = [theirs.fileno(), supplied.fileno()]
        socket.send_fds(control, [json.dumps(order).encode()], both)
        theirs.close()
        supplied.close()
        visitor = Visitor(self, ours, supply)
        try:
            for path, content in files.items():
                visitor.send({"op": "file", "path": path, "size": len(content)}, content)
        except OSError as error:
            visitor.close()
            told = because(Code.FILES_NOT_GIVEN, error=str(error))
            raise Stopped(told) from None
        return visitor

    def interrupt(self) -> None:
        """Send the submission what Ctrl-C sends."""
        if self._control is not None:
            self._order({"op": "interrupt"})

    def waited(self) -> dict[str, float]:
        """Ask for how many seconds each of the submission's processes had to wait for a processor.

        Returns
        -------
        dict
            From a process to seconds since it began; empty if nothing is known.
        """
        if self._control is None:
            return {}
        try:
            self._order({"op": "waited"})
            answer = self._answer(20.0)
        except OSError:
            answer = None
        if answer is None or answer["op"] != "waited":
            # A late answer would be taken for that to another question.
            self._soiled = True
            return {}
        return {f"{id(self)}:{process}": waited for process, waited in answer["seconds"].items()}

    def park(self, process: int) -> None:
        """Spare a process of the submission's when the rest of it is killed."""
        if self._control is not None:
            self._order({"op": "parked", "pid": process})

    def spare(self) -> None:
        """Kill all of the submission that is not parked, and come back when it is done.

        What is parked forks for its tests: a late order would kill such a fork.
        """
        if self._control is None:
            return
        try:
            self._order({"op": "spare"})
            answer = self._answer(20.0)
        except OSError:
            answer = None
        if answer is None or answer["op"] != "spared":
            self._soiled = True

    def end(self) -> Ended:
        """Kill whatever the submission left, and sweep; a jail that resists is replaced."""
        if self._control is None:
            return Ended()
        try:
            self._order({"op": "end"})
            answer = self._answer(20.0)
        except OSError:
            answer = None
        if answer is None or answer["op"] != "ended":
            self._soiled = True
            return Ended(clean=False)
        self._soiled = not answer["clean"]
        return Ended(answer["cpu"], answer["left"], answer["why"], answer["clean"])

    def stop(self) -> None:
        """End the interpreter and remove what it wrote."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.stderr is not None:
                self._process.stderr.close()
            self._process = None
        if self._folder is not None:
            remove(Path(self._folder))
            self._folder = None
        self._soiled = False


def _text(written: str) -> str:
    """Replace halves of surrogate pairs, which are valid JSON and no text."""
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Visitor:
    """One fork: a submission's interpreter, spoken to over its own channel."""

    def __init__(self, jail: Jail, channel: socket.socket, supply: socket.socket) -> None:
        self._jail = jail
        self._socket = channel
        self._supply = supply
        self._buffer = bytearray()
        self._scanned = 0
        self._closed: Ended | None = None

    def send(self, order: protocol.Order, content: bytes = b"") -> None:
        """Send one order; raises ``OSError`` when nobody is there."""
        self._socket.sendall(json.dumps(order).encode() + b"\n" + content)

    def receive(self, seconds: float) -> tuple[str, dict[str, Any]]:
        """Wait for one message.

        Returns
        -------
        tuple
            The kind of message and its content, as the student's process wrote them.

        Raises
        ------
        TimeoutError
            If none came in time.
        Stopped
            If the process ended, or what it sends is not a message.
        """
        until = time.monotonic() + seconds
        while True:
            end = self._buffer.find(b"\n", self._scanned)
            if end >= 0:
                line = bytes(self._buffer[:end])
                del self._buffer[: end + 1]
                self._scanned = 0
                return self._read(line)
            self._scanned = len(self._buffer)
            if self._scanned > LONGEST_LINE:
                raise Stopped(because(Code.LARGE_MESSAGE))
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._socket], [], [], left)[0]:
                raise TimeoutError
            try:
                data = self._socket.recv(1 << 18)
            except OSError:
                data = b""
            if not data:
                raise Stopped(because(Code.ENDED))
            self._buffer += data

    @staticmethod
    def _read(line: bytes) -> tuple[str, dict[str, Any]]:
        if line.count(b"[") + line.count(b"{") > MOST_PARTS:
            raise Stopped(because(Code.MESSAGE_OF_MANY_PARTS))
        try:
            message = json.loads(line)
            if b"\\ud" in line:
                message = json.loads(_text(json.dumps(message, ensure_ascii=False)))
            kind, content = message["t"], message["c"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Stopped(because(Code.NO_MESSAGE)) from None
        if not isinstance(kind, str) or not isinstance(content, dict):
            raise Stopped(because(Code.NO_MESSAGE))
        return kind, content

    def hand(self, connection: socket.socket) -> None:
        """Hand in one end of a line; the next order takes it up."""
        self._supply.setblocking(False)
        socket.send_fds(self._supply, [b"line"], [connection.fileno()])

    def interrupt(self) -> None:
        """Interrupt the running cell."""
        self._jail.interrupt()

    def close(self) -> Ended:
        """End the submission for good; idempotent."""
        if self._closed is None:
            self._socket.close()
            self._supply.close()
            self._closed = self._jail.end()
        return self._closed
