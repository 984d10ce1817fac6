"""A machine within the machine: its own accounts, homes, /etc and /srv, gone without a trace.

Its mounts hide those folders from one process and its children alone, and what stands in
their place is kept in memory.  So the system's own programs make real accounts, and the
machine that the tests run on never hears of them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

HIDDEN = ("etc", "home", "root", "srv")
# What would lead an account into the folders of whoever runs the tests.
FOREIGN = {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"}
PROGRAMS = ("unshare", "nsenter", "mount", "useradd", "chpasswd", "runuser")


def refused() -> str:
    """Return why no such machine can be made here, or nothing."""
    if os.geteuid() != 0:
        return "only root can make accounts"
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        return f"there is no {', '.join(missing)}"
    done = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/srv"],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"mounts are refused: {done.stderr.strip()}" if done.returncode else ""


class Machine:
    """Such a machine.

    Parameters
    ----------
    place:
        An empty folder, where the machine's memory is mounted.
    shown:
        Folders that are seen although they lie in one of those that are hidden.
    """

    def __init__(self, place: Path, shown: tuple[Path, ...]) -> None:
        lines = [f"mount -t tmpfs -o mode=755 tmpfs '{place}'", f"cd '{place}'"]
        lines += [f"mkdir {' '.join(HIDDEN)}", "cp -a /etc/. etc"]
        for path in shown:
            if path.parts[1] in HIDDEN:
                lines += [f"mkdir -p '.{path}'", f"mount --rbind '{path}' '.{path}'"]
        lines += [f"mount --rbind {name} /{name}" for name in HIDDEN]
        script = "\n".join(["set -e", *lines, "echo ready", "exec sleep infinity"])
        self.keeper = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c", script],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.keeper.stdout is not None
        assert self.keeper.stdout.readline() == "ready\n"
        # Its files, seen from outside.
        self.root = Path(f"/proc/{self.keeper.pid}/root")

    def close(self) -> None:
        self.keeper.kill()
        self.keeper.communicate()

    def command(self, account: str, script: str) -> list[str]:
        """Return the command that runs a script in the machine, in the account's home."""
        inside = ["nsenter", "--mount", "--target", str(self.keeper.pid), "--"]
        if account != "root":
            inside += ["runuser", "-u", account, "--"]
        home = "/srv" if account == "root" else f"/home/{account}"
        return inside + ["bash", "-euo", "pipefail", "-c", f"cd {home}\n{script}"]

    def environment(self, account: str, variables: dict[str, str]) -> dict[str, str]:
        home = "/root" if account == "root" else f"/home/{account}"
        ours = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return ours | {"HOME": home, "USER": account, "LOGNAME": account} | variables

    def run(
        self,
        account: str,
        script: str,
        variables: dict[str, str],
        *,
        statuses: tuple[int, ...] = (0,),
    ) -> str:
        """Run a script as an account, and return what it says."""
        done = subprocess.run(
            self.command(account, script),
            env=self.environment(account, variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode in statuses, f"{script}\n{done.returncode}: {done.stdout[-6000:]}"
        return done.stdout


def wait_until(what: str, done: Callable[[], object], seconds: float = 300) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, what
        time.sleep(0.3)
