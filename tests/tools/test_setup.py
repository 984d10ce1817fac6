"""Set-up on a bare machine: root gets what is missing, others are told the command.

The script runs in a folder of its own, on a search path that holds only stand-ins
for the programs that it calls; each notes in a log how it was called.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"

PYTHON = """#!/bin/bash
echo "python $*" >> "$LOG"
case "$2" in
  *"%d.%d"*) echo 3.12 ;;
  "import ensurepip, venv") {has_venv} ;;
esac
[ "$1 $2" != "-m venv" ] || {{ mkdir -p .venv/bin; cp "$0" .venv/bin/python; }}
{pip}
"""
# What pip does for the one package that brings npm.
BRINGS_NPM = (
    '[[ "$*" != *requirements-node.lock* ]] || { cp "$NPM" .venv/bin/npm; chmod +x .venv/bin/npm; }'
)


@dataclass
class Machine:
    """A bare machine: what can be found on it, who is at it, and what was called."""

    folder: Path
    root: bool = False

    def has(self, name: str, script: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def python(self, *, has_venv: bool = True, pip: str = "") -> None:
        answer = "true" if has_venv else "exit 1"
        self.has("python3", PYTHON.format(has_venv=answer, pip=pip))

    def set_up(self, part: str) -> subprocess.CompletedProcess[str]:
        self.has("id", f"#!/bin/bash\necho {0 if self.root else 1000}\n")
        npm = self.folder / "npm"
        npm.write_text('#!/bin/bash\necho "npm $*" >> "$LOG"\n', encoding="utf-8")
        environment = {
            "PATH": f"{self.folder / '.venv' / 'bin'}:{self.folder / 'bin'}",
            "LOG": str(self.folder / "log"),
            "NPM": str(npm),
            "OS_RELEASE": str(self.folder / "os-release"),
        }
        return subprocess.run(
            [shutil.which("bash") or "bash", self.folder / "tools" / "setup.sh", part],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def calls(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text("utf-8").splitlines() if log.is_file() else []


def bare(folder: Path) -> Machine:
    """Lay out the script and the few programs of a bare machine in this folder."""
    (folder / "tools").mkdir()
    for name in ("setup.sh", "browsers.txt"):
        shutil.copy(TOOLS / name, folder / "tools")
    (folder / "bin").mkdir()
    for name in ("cat", "chmod", "cp", "dirname", "mkdir", "rm", "tr"):
        (folder / "bin" / name).symlink_to(shutil.which(name) or name)
    here = Machine(folder)
    here.has("apt-get", '#!/bin/bash\necho "apt-get $*" >> "$LOG"\n')
    return here


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return bare(tmp_path)


def test_without_python_the_package_and_another_way_are_named(machine: Machine) -> None:
    done = machine.set_up("python")
    assert done.returncode == 1
    assert "sudo apt-get install python3 python3-venv" in done.stderr
    assert "make serve PYTHON=" in done.stderr
    assert machine.calls == []


def test_where_venv_is_missing_others_are_told_the_command(machine: Machine) -> None:
    machine.python(has_venv=False)
    done = machine.set_up("python")
    assert done.returncode == 1
    assert "sudo apt-get install python3.12-venv" in done.stderr
    assert not [call for call in machine.calls if "apt-get" in call or "-m pip" in call]


def test_where_venv_is_missing_root_installs_it_and_goes_on(machine: Machine) -> None:
    machine.root = True
    machine.python(has_venv=False)
    done = machine.set_up("python")
    assert done.returncode == 0, done.stderr
    calls = machine.calls
    apt = next(at for at, call in enumerate(calls) if call.startswith("apt-get install"))
    assert calls[apt].endswith("python3.12-venv")
    made = calls.index("python -m venv .venv")
    locked = next(at for at, call in enumerate(calls) if "--require-hashes" in call)
    assert apt < made < locked
    assert calls[locked].endswith("-r requirements.lock")


def test_a_venv_that_is_there_is_kept(machine: Machine) -> None:
    machine.python()
    assert machine.set_up("python").returncode == 0
    assert machine.calls.count("python -m venv .venv") == 1
    assert machine.set_up("python").returncode == 0
    assert machine.calls.count("python -m venv .venv") == 1


def test_where_npm_is_missing_it_comes_from_the_locked_python_package(machine: Machine) -> None:
    machine.python(pip=BRINGS_NPM)
    assert machine.set_up("python").returncode == 0
    done = machine.set_up("node")
    assert done.returncode == 0, done.stderr
    assert "No npm here" in done.stderr
    calls = machine.calls
    brought = next(at for at, call in enumerate(calls) if "requirements-node.lock" in call)
    assert "--require-hashes" in calls[brought]
    assert calls[brought + 1].startswith("npm ci --ignore-scripts")
    assert "lab/wheels.lock" in calls[-1]


def test_a_wheel_of_an_older_lock_does_not_stay_beside_the_new_one(machine: Machine) -> None:
    old = machine.folder / ".venv" / "share" / "lab-wheels" / "ipython-9.9.0-py3-none-any.whl"
    machine.python()
    machine.set_up("python")
    old.parent.mkdir(parents=True, exist_ok=True)
    old.touch()
    machine.has("npm", '#!/bin/bash\necho "npm $*" >> "$LOG"\n')
    assert machine.set_up("node").returncode == 0
    assert not old.exists()


def test_an_npm_that_is_there_is_used(machine: Machine) -> None:
    machine.python()
    machine.set_up("python")
    machine.has("npm", '#!/bin/bash\necho "npm $*" >> "$LOG"\n')
    assert machine.set_up("node").returncode == 0
    assert not [call for call in machine.calls if "requirements-node.lock" in call]


def test_a_folder_with_a_space_and_an_umlaut_will_do(tmp_path: Path) -> None:
    odd = tmp_path / "kurssin kansio ä"
    odd.mkdir()
    here = bare(odd)
    here.python()
    for part in ("python", "node"):
        here.has("npm", '#!/bin/bash\necho "npm $*" >> "$LOG"\n')
        done = here.set_up(part)
        assert (done.returncode, "rror" in done.stderr) == (0, False), done.stderr
    assert here.calls[-1].endswith("--dest .venv/share/lab-wheels")


READERS = ("firefox", "WebKitWebDriver", "Xvfb")


def test_missing_programs_are_named_with_what_needs_them(machine: Machine) -> None:
    machine.has("chromium", "#!/bin/bash\n")
    done = machine.set_up("system")
    assert done.returncode == 1
    assert "bubblewrap: the wall around submitted code" in done.stderr
    assert "webkit2gtk-driver: tests in WebKit" in done.stderr
    assert "sudo apt-get install firefox-esr webkit2gtk-driver xvfb bubblewrap" in done.stderr
    assert "chromium" not in done.stderr


def test_root_gets_the_missing_programs_and_no_other(machine: Machine) -> None:
    machine.root = True
    machine.has("chromium", "#!/bin/bash\n")
    done = machine.set_up("system")
    assert done.returncode == 0, done.stderr
    installs = [call for call in machine.calls if call.startswith("apt-get install")]
    assert len(installs) == 1
    assert "bubblewrap" in installs[0]
    assert "chromium" not in installs[0]


def test_a_browser_of_another_name_will_do(machine: Machine) -> None:
    for name in ("bwrap", "initdb", "google-chrome", *READERS):
        machine.has(name, "#!/bin/bash\n")
    done = machine.set_up("system")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_browser_that_cannot_be_started_is_none(machine: Machine) -> None:
    for name in ("bwrap", "initdb", "chromium", *READERS):
        machine.has(name, "#!/bin/bash\n")
    (machine.folder / "bin" / "chromium").chmod(0o644)
    done = machine.set_up("system")
    assert done.returncode == 1
    assert "chromium: tests that drive a real browser" in done.stderr


def test_on_ubuntu_its_own_name_for_the_package_is_told(machine: Machine) -> None:
    (machine.folder / "os-release").write_text('NAME="Ubuntu"\nID=ubuntu\n', encoding="utf-8")
    done = machine.set_up("system")
    assert done.returncode == 1
    assert "sudo apt-get install chromium-browser firefox webkit2gtk-driver xvfb" in done.stderr


def test_the_lab_opens_with_the_settings_that_ask_nothing() -> None:
    steps = subprocess.run(
        ["make", "--dry-run", "lab"], cwd=TOOLS.parent, capture_output=True, text=True, check=True
    ).stdout
    brought = steps.index("lab/overrides.json .venv/share/jupyter/lab/settings/overrides.json")
    assert brought < steps.index("jupyter lab ")
    settings = json.loads((TOOLS.parent / "lab" / "overrides.json").read_text("utf-8"))
    news = settings["@jupyterlab/apputils-extension:notification"]
    assert news == {"fetchNews": "false", "checkForUpdates": False}
