"""Each wall around a submission, attacked from inside; and what it is for still works."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from classroom.course import ClassroomError
from classroom.crossing.stand_in import Crossing
from classroom.grading.apart import order
from classroom.walls.jail import (
    Jail,
    Limits,
    Stopped,
    Visitor,
    bubblewrap_fault,
    choose_walls,
    interpreter,
    landlock_fault,
)

from ..home import NOBODY, attacked_by_another_user, is_closed_to_others, unprivileged

pytestmark = pytest.mark.grading

LIMITS = Limits(memory=300 << 20, disk=32 << 20, processes=24, seconds=20)


# Where namespaces are refused, as by Ubuntu's AppArmor, these attacks have nothing to break:
# the wall that stands there instead, Landlock, is attacked below, and pytest tells the reason.
namespaces = pytest.mark.skipif(
    bubblewrap_fault() is not None, reason=f"no namespaces to attack: {bubblewrap_fault()}"
)


def the_wall_of_namespaces() -> str:
    """Choose it, or skip the attacks on it with the reason."""
    if bubblewrap_fault() is not None:
        pytest.skip(f"no namespaces to attack: {bubblewrap_fault()}")
    return choose_walls("bubblewrap")[0]


WALLS = ["bubblewrap", "landlock"]


def the_wall(kind: str) -> str:
    """Choose a kind of wall, or skip the attacks on it with the reason."""
    if kind == "bubblewrap":
        return the_wall_of_namespaces()
    if landlock_fault() is not None:
        pytest.skip(f"no Landlock to attack: {landlock_fault()}")
    return choose_walls(kind)[0]


@pytest.fixture(scope="module", params=WALLS)
def jail(request: pytest.FixtureRequest) -> Iterator[Jail]:
    """Each wall in turn."""
    own = Jail(the_wall(request.param), LIMITS, ("numpy", "xml.dom.minidom", "xml.dom.Node"))
    if request.param == "landlock" and is_closed_to_others():
        pytest.skip("root's home holds the interpreter: attacked as another user, see below")
    with own:
        yield own


def run(visitor: Visitor, code: str, seconds: float = 20) -> tuple[str, str]:
    """Run a cell; return its status, and what it printed or raised."""
    visitor.send({"op": "run", "code": code, "number": "n"})
    said = []
    while True:
        kind, content = visitor.receive(seconds)
        if kind == "stream":
            said.append(content["text"])
        if kind == "error":
            said.append(f"{content['ename']}: {content['evalue']}")
        if kind == "reply":
            return content["status"], "".join(said)


def attempt(jail: Jail, code: str) -> tuple[str, str]:
    """Run one cell in a fork of its own."""
    visitor = jail.open({"data.csv": b"a,b\n1,2\n"})
    try:
        assert visitor.receive(30)[0] == "ready"
        return run(visitor, code)
    finally:
        visitor.close()


def test_a_submission_sees_its_own_files_and_can_write(jail: Jail) -> None:
    status, said = attempt(
        jail, "print(open('data.csv').read()); open('new', 'w').write('x'); import numpy"
    )
    assert (status, said.split()) == ("ok", ["a,b", "1,2"])


LINES = {
    "ls": ("!ls", "data.csv"),
    "pip": ("%pip --version", "pip"),
    "other letters": ("!echo 'käytävä'; printf '\\377'", "käytävä\n\ufffd"),
    "standard error": ("!echo late >&2", "late"),
    "a name within": ("def f(place):\n    !echo {place} $place\nf('mill')", "mill mill"),
    "caught": ("files = !ls\nprint(files)", "['data.csv']"),
    "a cell": ("%%bash\necho one; echo two", "one\ntwo"),
    "how it ended": ("!false\nprint(_exit_code)", "1"),
    "from what is read": ("!cat\nprint('over')", "over"),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_shell_runs_and_shows_what_it_says(jail: Jail, line: str) -> None:
    code, words = LINES[line]
    status, said = attempt(jail, code)
    assert status == "ok", said
    assert words in said


def test_a_line_of_the_shell_that_never_ends_is_interrupted_as_any_other_code(jail: Jail) -> None:
    visitor = jail.open({})
    try:
        assert visitor.receive(30)[0] == "ready"
        visitor.send({"op": "run", "code": "print('begun')\n!sleep 600", "number": "n"})
        time.sleep(1)
        visitor.interrupt()
        kinds: list[str] = []
        while "reply" not in kinds:
            kinds.append(visitor.receive(20)[0])
        assert run(visitor, "print('still here')") == ("ok", "still here\n")
    finally:
        visitor.close()


def test_modules_that_cells_import_are_there_before_the_fork(jail: Jail) -> None:
    # The last of its names is of something in a module, and no module.
    loaded = attempt(jail, "import sys; print([m for m in sys.modules if m.startswith('xml')])")[1]
    assert "'xml.dom.minidom'" in loaded


def test_checks_speak_the_language_of_the_edition(
    jail: Jail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", "fi")
    monkeypatch.setenv("COURSE_SECRET", "of the teacher's")
    with Jail(jail.kind, LIMITS) as finnish:
        asked = "import os; print({n: v for n, v in os.environ.items() if n.startswith('COURSE')})"
        assert attempt(finnish, asked) == ("ok", "{'COURSE_LANGUAGE': 'fi'}\n")


def test_nothing_written_is_there_for_the_next_submission(jail: Jail) -> None:
    attempt(
        jail, "import tempfile; open('left', 'w').write('x'); open('/tmp/left', 'w').write('x')"
    )
    _, said = attempt(jail, "import os; print(os.listdir('.'), os.listdir('/tmp'))")
    assert "left" not in said


def test_home_course_and_accounts_are_not_there(jail: Jail, tmp_path: Path) -> None:
    secret = tmp_path / "gradebook.db"
    secret.write_text("marks")
    places = [str(secret), str(Path.home() / ".ssh"), "/etc/shadow", "/home", "/proc/1/environ"]
    for place in places:
        status, said = attempt(
            jail,
            f"import os\nprint(os.listdir({place!r}) if os.path.isdir({place!r}) "
            f"else open({place!r}).read())",
        )
        assert status == "error", (place, said)
        assert "marks" not in said


def test_the_interpreter_and_the_root_cannot_be_written(jail: Jail) -> None:
    for place in ("/usr/x", "/x", "/dev/x", "/opt/classroom/inside/zygote.py", os.__file__):
        status, said = attempt(jail, f"open({place!r}, 'a').write('x')")
        assert status == "error", (place, said)


def test_there_is_no_network(jail: Jail) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        for family, kind in (("AF_INET", "SOCK_STREAM"), ("AF_INET6", "SOCK_DGRAM")):
            status, said = attempt(
                jail,
                f"import socket\ns = socket.socket(socket.{family}, socket.{kind})\n"
                f"s.connect(('127.0.0.1', {port}))",
            )
            assert status == "error"
            assert "Operation not permitted" in said


def test_an_unprivileged_user_runs_the_code(jail: Jail) -> None:
    _, said = attempt(
        jail,
        "import os\nprint(os.getuid() != 0 or 'outer root', os.getgroups())\n"
        "print([l for l in open('/proc/self/status') if l.startswith('CapEff')])",
    )
    # Landlock shows nothing of /proc; who has no namespaces of the jail's has no such rights.
    assert ("0000000000000000" if jail.kind == "bubblewrap" else "True") in said
    if os.getuid() == 0:
        assert "outer root" not in said


@pytest.mark.parametrize(
    "code",
    [
        "libc.ptrace(16, 1, 0, 0)",
        "libc.unshare(0x10000000)",
        "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)",
        "libc.syscall(425, 1, 0)",
        "libc.syscall(250, 0, 0)",
        "libc.syscall(29, 1, 4096, 0o1600)",
        "libc.syscall(302, 1, 7, 0, 0)",
        "libc.setpriority(0, 1, 19)",
        "libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)",
        "libc.memfd_create(b'x', 0)",
        "libc.link(b'/submission/data.csv', b'/submission/other')",
        "libc.shmat(0, None, 0)",
        "libc.shmctl(0, 0, None)",
        "libc.semctl(0, 0, 0)",
        "libc.msgctl(0, 0, None)",
        "libc.inotify_init()",
    ],
)
def test_calls_that_lead_out_are_refused(jail: Jail, code: str) -> None:
    _, said = attempt(
        jail,
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"print(libc.{code.removeprefix('libc.')}, ctypes.get_errno())",
    )
    assert said.split()[:2] == ["-1", "1"]


def test_the_waiting_interpreter_cannot_be_read_or_killed(jail: Jail) -> None:
    status, said = attempt(jail, "open('/proc/1/mem', 'rb').read(1)")
    assert status == "error", said
    attempt(jail, "import os, signal\nfor n in (9, 15, 2, 17, 19):\n    os.kill(1, n)")
    assert attempt(jail, "print('still here')")[1] == "still here\n"


def test_memory_is_bounded_and_the_error_is_pythons(jail: Jail) -> None:
    status, said = attempt(jail, "block = bytearray(2_000_000_000)")
    assert (status, said.split(":")[0]) == ("error", "MemoryError")


def test_memory_of_many_processes_together_is_bounded(jail: Jail) -> None:
    visitor = jail.open({})
    visitor.receive(30)
    with pytest.raises(Stopped):
        run(
            visitor,
            "import os, time\nfor n in range(6):\n    if not os.fork():\n"
            "        block = bytearray(150_000_000)\n        time.sleep(30)\ntime.sleep(30)",
        )
    assert visitor.close().why == "memory"


def test_memory_that_processes_share_is_bounded_too(jail: Jail) -> None:
    visitor = jail.open({})
    visitor.receive(30)
    with pytest.raises(Stopped):
        run(
            visitor,
            "import mmap, os, time\nfor n in range(6):\n    if not os.fork():\n"
            "        block = mmap.mmap(-1, 150_000_000)\n"
            "        block.write(bytes(150_000_000))\n        time.sleep(30)\ntime.sleep(30)",
        )
    assert visitor.close().why == "memory"


def parked(jail: Jail, visitor: Visitor) -> socket.socket:
    """Have the interpreter fork as at the place of a test; give the way to what waits there."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    visitor.hand(theirs)
    jail.park(order(visitor, {"op": "park", "watched": []}, 20)["pid"])
    theirs.close()
    return ours


def test_memory_that_waiting_forks_keep_is_bounded(jail: Jail) -> None:
    visitor = jail.open({}, forks=12)
    ways: list[socket.socket] = []
    with contextlib.ExitStack() as stack:
        assert visitor.receive(30)[0] == "ready"
        with pytest.raises((Stopped, OSError)):  # noqa: PT012 - in one of the rounds it is ended
            for _ in range(12):
                run(visitor, "hoard = None\nhoard = bytearray(b'x') * (60 << 20)")
                ways.append(stack.enter_context(parked(jail, visitor)))
                time.sleep(0.5)
        assert visitor.close().why == "memory"
    # Two or three of them are within the bound.
    assert 2 <= len(ways) < 9


def test_memory_is_bounded_still_after_something_was_ended_for_it(jail: Jail) -> None:
    visitor = jail.open({}, forks=4)
    try:
        assert visitor.receive(30)[0] == "ready"
        children = (
            "for _ in range(4):\n    if os.fork() == 0:\n"
            "        held = bytearray(b'x') * (120 << 20); time.sleep(60); os._exit(0)\n"
        )
        inside = children.replace("\n", "\n    ")
        returns = "return [os.wait()[1] for _ in range(4)]"
        run(visitor, f"import os, time\ndef f():\n    {inside}{returns}")
        here, there = socket.socketpair()
        with parked(jail, visitor) as way, here:
            with pytest.raises(Stopped):
                run(visitor, children + "hoard = bytearray(b'x') * (290 << 20); time.sleep(60)")
            socket.send_fds(way, [b"last"], [there.fileno()])
            there.close()
            line = Crossing(here, time.monotonic() + 30, {}, lambda: False)
            assert line.names(["f"], {})["f"]() == [signal.SIGKILL] * 4
    finally:
        visitor.close()


@pytest.mark.parametrize("part", ["[]", "{}", "[0]"])
def test_a_message_of_millions_of_lists_is_not_read_by_the_desk(part: str) -> None:
    few, many = (f'{{"t": "x", "c": {{"x": [{",".join([part] * n)}]}}}}' for n in (1000, 2 << 20))
    assert Visitor._read(few.encode())[0] == "x"
    with pytest.raises(Stopped, match="message-of-many-parts"):
        Visitor._read(many.encode())


def test_processes_are_bounded(jail: Jail) -> None:
    status, said = attempt(
        jail,
        "import os, time\nfor n in range(600):\n    if not os.fork():\n        time.sleep(20)\n"
        "        os._exit(0)",
    )
    assert (status, said.split(":")[0]) == ("error", "BlockingIOError")


def test_a_program_that_its_owner_opens_meanwhile_takes_no_room_from_a_submission(
    jail: Jail,
) -> None:
    over = threading.Event()
    visitor = jail.open({})
    visitor.receive(30)
    threads = [threading.Thread(target=over.wait) for _ in range(120)]
    try:
        for thread in threads:
            thread.start()
        forks = "import os\nfor n in range(8):\n    if not os.fork():\n        os._exit(0)"
        assert run(visitor, forks) == ("ok", "")
    finally:
        over.set()
        for thread in threads:
            thread.join()
        visitor.close()


def test_the_processes_of_one_jail_leave_another_jail_its_own(jail: Jail) -> None:
    if jail.kind == "landlock" and os.getuid() != 0:
        pytest.skip("all processes of one user are counted together, where only root has others")
    fork = (
        "import os, time\nfor n in range(16):\n    if not os.fork():\n        time.sleep(20)\n"
        "        os._exit(0)"
    )
    with Jail(jail.kind, LIMITS, ("numpy",)) as neighbour:
        visitor = neighbour.open({})
        visitor.receive(30)
        assert run(visitor, fork)[0] == "ok"
        assert attempt(jail, fork)[0] == "ok"
        visitor.close()


def test_a_file_is_bounded(jail: Jail) -> None:
    status, said = attempt(
        jail,
        "with open('big', 'wb') as f:\n    for n in range(40):\n        f.write(bytes(2_000_000))",
    )
    assert status == "error", said
    assert "Errno 28" in said or "Errno 27" in said


def test_the_disk_is_bounded(jail: Jail) -> None:
    if jail.kind == "landlock":
        pytest.skip("Landlock has no disk of its own: there, each file is bounded")
    for place in ("big", "/tmp/big", "/dev/shm/big"):
        status, said = attempt(
            jail,
            f"for n in range(40):\n    with open({place!r} + str(n), 'wb') as f:\n"
            "        f.write(bytes(2_000_000))",
        )
        assert status == "error", said
        assert "Errno 28" in said


def test_no_process_survives_its_submission(jail: Jail) -> None:
    visitor = jail.open({})
    visitor.receive(30)
    run(
        visitor,
        "import os, subprocess\nsubprocess.Popen(['sleep', '4321'], start_new_session=True)\n"
        "if not os.fork():\n    os.setsid()\n    if not os.fork():\n"
        "        os.execvp('sleep', ['sleep', '4321'])\n    os._exit(0)",
    )
    assert visitor.close().left >= 1
    deadline = time.monotonic() + 5
    alive = True
    while alive and time.monotonic() < deadline:
        alive = any("4321" in (p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"]))
    assert not alive


@namespaces
def test_an_interpreter_below_tmp_is_no_students_leaving(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "module.py").touch()
    own = interpreter()
    python = replace(own, folders=(*own.folders, str(tmp_path / "lib")))
    with Jail("bubblewrap", LIMITS, ("numpy",), python) as below:
        visitor = below.open({})
        visitor.receive(30)
        status, said = run(
            visitor,
            f"import os\nprint(os.listdir({str(tmp_path / 'lib')!r}))\nopen('/tmp/mine', 'w')\n"
            "os.makedirs('/tmp/my/own')",
        )
        assert (status, said.strip()) == ("ok", "['module.py']")
        assert visitor.close().clean
        assert attempt(below, "import os; print(len(os.listdir('/tmp')))")[1].strip() == "1"


def test_a_folder_that_cannot_be_emptied_costs_the_jail_not_the_next_student(jail: Jail) -> None:
    attempt(
        jail,
        "import os\nfor n in range(1500):\n    os.mkdir('d')\n    os.chdir('d')\nos.chmod('.', 0)",
    )
    assert attempt(jail, "import os; print(os.listdir('.'))")[1].strip() == "['data.csv']"


LANDLOCK_ATTACK = """
import os, sys
from classroom.walls.jail import Jail, Limits
with Jail("landlock", Limits(disk=32 << 20), ()) as jail:
    for code in {codes!r}:
        visitor = jail.open({{"data.csv": b"1"}})
        visitor.receive(30)
        visitor.send({{"op": "run", "code": code, "number": "n"}})
        while True:
            kind, content = visitor.receive(20)
            if kind in ("stream", "error"):
                print(content.get("text", content.get("evalue")), flush=True)
            if kind == "reply":
                print("=", content["status"], flush=True)
                break
        visitor.close()
"""


@pytest.mark.skipif(landlock_fault() is not None, reason=str(landlock_fault()))
def test_landlock_alone_hides_the_course_and_refuses_sockets(everybodys: Path) -> None:
    secret = everybodys / "solution.txt"
    secret.write_text("the answer")
    codes = [
        "print(open('data.csv').read()); open('x', 'w').write('x')",
        f"print(open({str(secret)!r}).read())",
        "import socket; socket.socket(socket.AF_UNIX)",
        f"import os; os.kill({os.getpid()}, 0)",
        "import os; print(os.listdir('/'))",
    ]
    assert unprivileged(f"print(open({str(secret)!r}).read())") == "the answer\n"
    result = unprivileged(LANDLOCK_ATTACK.format(codes=codes))
    statuses = [line for line in result.splitlines() if line.startswith("=")]
    assert statuses == ["= ok", "= error", "= error", "= error", "= error"], result
    assert "the answer" not in result


@pytest.mark.skipif(landlock_fault() is not None, reason=str(landlock_fault()))
def test_a_teachers_other_programs_take_no_process_from_a_submission() -> None:
    # As many as a browser has: without root the kernel counts them with the submission's.
    busy = (
        "import threading, time\n"
        "for _ in range(300):\n"
        "    threading.Thread(target=time.sleep, args=(300,), daemon=True).start()\n"
    )
    fork = "import os; pid = os.fork(); pid or os._exit(0); print(os.waitpid(pid, 0)[1])"
    result = unprivileged(busy + LANDLOCK_ATTACK.format(codes=[fork]))
    assert result.split() == ["0", "=", "ok"], result


@pytest.mark.skipif(landlock_fault() is not None, reason=str(landlock_fault()))
@pytest.mark.skipif(not is_closed_to_others(), reason="Landlock is attacked above, as any wall")
def test_landlock_is_attacked_by_another_user_where_roots_home_is_closed(everybodys: Path) -> None:
    assert attacked_by_another_user(__file__, "[landlock", everybodys) > 30


@pytest.mark.skipif(landlock_fault() is not None, reason=str(landlock_fault()))
def test_behind_landlock_what_is_the_teachers_keeps_its_mode_owner_and_times(
    everybodys: Path,
) -> None:
    marks = everybodys / "gradebook.db"
    marks.write_text("marks")
    if os.getuid() == 0:
        os.chown(marks, NOBODY, NOBODY)
    changes = [
        "os.chmod({path!r}, 0o666)",
        "os.chmod({name!r}, 0o600, dir_fd=os.open({folder!r}, os.O_PATH))",
        "os.chown({path!r}, os.getuid(), os.getgid())",
        "os.utime({path!r}, (0, 0))",
        "os.setxattr({path!r}, 'user.mark', b'x')",
    ]
    here = {"path": str(marks), "name": marks.name, "folder": str(marks.parent)}
    codes = [f"import os; {change.format(**here)}" for change in changes]
    codes.append(
        "import shutil; shutil.copy2('data.csv', 'copy'); print('copied', open('copy').read())"
    )
    before = marks.stat().st_ctime_ns
    told = unprivileged(LANDLOCK_ATTACK.format(codes=codes))
    assert marks.stat().st_ctime_ns == before, told
    assert "copied 1" in told
    # Without the wall each of them does what it says.
    asked = f"time.sleep(0.05); print(os.stat({str(marks)!r}).st_ctime_ns)"
    times = unprivileged("\n".join(f"import os, time\n{code}\n{asked}" for code in codes[:-1]))
    assert len({before, *map(int, times.split())}) == 1 + len(changes)


def test_where_nothing_can_be_built_the_ways_out_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("classroom.walls.jail.bubblewrap_fault", lambda: "no namespaces here")
    monkeypatch.setattr("classroom.walls.jail.landlock_fault", lambda: "no Landlock here")
    with pytest.raises(
        ClassroomError, match=r"no namespaces here; no Landlock here.*--sandbox none"
    ):
        choose_walls("auto")
    monkeypatch.setattr("classroom.walls.jail.landlock_fault", lambda: None)
    assert choose_walls("auto")[0] == "landlock"
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(ClassroomError, match="WSL 2"):
        choose_walls("auto")
