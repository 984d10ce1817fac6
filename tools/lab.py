"""Build the browser lab into the site: ``python tools/lab.py _build/html``.

The lab is JupyterLite with everything on board: the Pyodide core from the npm
package, the pure wheels that its kernel needs (pinned in lab/wheels.lock and
fetched once, at set-up), the course's own wheel, and the release notebooks.
Nothing is fetched from another host when it runs, unless the site's owner names one
in _config.yml for the binary wheels that matplotlib needs.

Why a folder of our own and not JupyterLite's defaults: by default the kernel
loads Pyodide and every wheel from a public mirror. Pyodide finds packages by
its ``pyodide-lock.json``; here that file names only the wheels that lie beside
it, the course's among them, so a bare ``import servicedesign`` just works and
the release notebook is the same file as everywhere else.
"""

import argparse
import base64
import email
import filecmp
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlparse

import yaml

import course_wheel

ROOT = Path(__file__).resolve().parents[1]
PYODIDE = ROOT / "node_modules" / "pyodide"
PYODIDE_CORE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
LABEXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
# Only these of the environment's extensions: nbgrader's, for one, needs a server.
EXTENSIONS = [
    KERNEL,
    "@jupyter-widgets/jupyterlab-manager",
    "jupyterlab-myst",
    "jupyterlab_pygments",
]

# The kernel's stubs and the course's wheel state their needs loosely or not at
# all; Pyodide's loader wants them spelled out.
DEPENDS = {
    "comm": ["traitlets"],
    "ipykernel": [],
    "ipywidgets": ["comm", "ipython", "jupyterlab-widgets", "traitlets", "widgetsnbextension"],
    "jupyterlab-widgets": [],
    "piplite": ["micropip"],
    "promise-path-people": ["ipywidgets"],
    "pyodide-kernel": ["comm", "ipykernel", "ipython", "jedi", "pyodide-http"],
    "widgetsnbextension": [],
}


# What the address in _config.yml is for; the rest of the lab never leaves the site.
FROM_ELSEWHERE = "matplotlib"
SETTING = "studybook_lab_binary_wheels"


def binary_wheels(config: Path) -> str:
    """The address that the book's settings give for binary wheels; "" if they give none."""
    settings = yaml.safe_load(config.read_text("utf-8"))
    address = str(settings["sphinx"]["config"].get(SETTING) or "")
    if address and (urlparse(address).scheme not in ("http", "https") or "?" in address):
        raise SystemExit(
            f"{config.name}: {SETTING} is {address!r}; give the whole address of a folder, "
            'such as "https://example.org/wheels/", or "" to leave matplotlib out'
        )
    return address if not address or address.endswith("/") else address + "/"


def entries_elsewhere(address: str, known: dict[str, dict], here: set[str]) -> dict[str, dict]:
    """The lock entries of matplotlib and what it needs beyond ``here``, fetched from an address."""
    entries: dict[str, dict] = {}
    waiting = [FROM_ELSEWHERE] if address else []
    while waiting:
        name = waiting.pop()
        if name not in here and name not in entries:
            file_name = address + known[name]["file_name"]
            entries[name] = {**known[name], "file_name": file_name}
            waiting.extend(known[name]["depends"])
    return entries


def normal(name: str) -> str:
    """A project's name as Pyodide's lock file writes it."""
    return name.lower().replace("_", "-")


def wheel_entry(wheel: Path, known: dict[str, dict]) -> tuple[str, dict]:
    """The lock entry of a wheel: what it is called, offers, needs and hashes to."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata_name = next(name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(metadata_name))
    tops = {
        name.split("/")[0].removesuffix(".py")
        for name in names
        if name.endswith(".py") and ".dist-info" not in name and ".data/" not in name
    }
    name = normal(metadata["Name"])
    depends = DEPENDS[name] if name in DEPENDS else [normal(n) for n in known[name]["depends"]]
    return name, {
        "name": name,
        "version": metadata["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(tops),
        "depends": depends,
        "unvendored_tests": False,
        "shared_library": False,
    }


def pyodide_folder(folder: Path, wheels: list[Path], address: str = "") -> None:
    """Fill ``folder`` with the Pyodide core, the wheels and a lock that names only these.

    With an address, the lock also names matplotlib's wheels there.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in PYODIDE_CORE:
        shutil.copy(PYODIDE / name, folder / name)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    entries = {}
    for wheel in wheels:
        shutil.copy(wheel, folder / wheel.name)
        name, entry = wheel_entry(wheel, lock["packages"])
        entries[name] = entry
    missing = {need for entry in entries.values() for need in entry["depends"]} - set(entries)
    if missing:
        raise SystemExit(
            f"lab/wheels.in lacks {', '.join(sorted(missing))}: add it, then make lock"
        )
    lock["packages"] = entries | entries_elsewhere(address, lock["packages"], set(entries))
    text = json.dumps(lock, sort_keys=True)
    (folder / "pyodide-lock.json").write_text(text, "utf-8")


def one_of_each(wheels: list[Path]) -> None:
    """Refuse two wheels of one project: which of them the lock means cannot be told."""
    names = [normal(wheel.name.split("-")[0]) for wheel in wheels]
    for name in sorted({name for name in names if names.count(name) > 1}):
        twice = [wheel.name for wheel, its in zip(wheels, names, strict=True) if its == name]
        raise SystemExit(
            f"{wheels[0].parent} holds {len(twice)} wheels of {name}: {', '.join(twice)}. "
            "Run: tools/setup.sh node"
        )


def kernel_wheels() -> list[Path]:
    """The wheels that the kernel extension brings, newest of each name."""
    folder = LABEXTENSIONS / KERNEL / "static" / "pypi"
    newest: dict[str, Path] = {}
    for wheel in sorted(folder.glob("*.whl"), key=version_key):
        newest[wheel.name.split("-")[0]] = wheel
    return list(newest.values())


def version_key(wheel: Path) -> tuple[str, list[int]]:
    """Sort wheels by name, then by version as numbers."""
    name, version = wheel.name.split("-")[:2]
    return name, [int(part) for part in version.split(".") if part.isdigit()]


def mirror(source: Path, target: Path) -> None:
    """Make ``target`` hold what ``source`` holds; a file that is the same keeps its time.

    JupyterLite gives all files of its output, and those beside it, one date of long
    ago. Servers and browsers would then take a changed file for the one they have.
    """
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for old in [path for path in target.rglob("*") if path.is_file()]:
        if old.relative_to(target) not in wanted:
            old.unlink()
    for name in wanted:
        new, old = source / name, target / name
        if not old.is_file() or not filecmp.cmp(new, old, shallow=False):
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(new, old)


SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)


def policy(text: str, address: str = "") -> str:
    """What a page of the lab may run and fetch: its own files and its own inline scripts.

    JupyterLite compiles schemas and starts Python, for which it asks to evaluate code; what a
    notebook shows can hold neither a script of its own nor another host's file.  Python itself
    runs in a worker, which a page's policy does not reach.
    """
    hashes = {
        base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        for attributes, body in SCRIPT.findall(text)
        if "src=" not in attributes and "application/json" not in attributes
    }
    own = " ".join(f"'sha256-{digest}'" for digest in sorted(hashes))
    parts = [
        "default-src 'self'",
        f"script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {own}".rstrip(),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        f"connect-src 'self' data: blob: {address}".rstrip(),
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ]
    return "; ".join(parts)


def guard(lab: Path, address: str = "") -> None:
    """Give every page of the built lab its policy, before anything that it could run."""
    for page in sorted(lab.rglob("*.html")):
        text = page.read_text("utf-8")
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(text, address)}">'
        # The encoding must stand at the very beginning of a page.
        place = '<meta charset="utf-8">' if '<meta charset="utf-8">' in text else "<head>"
        head, found, rest = text.partition(place)
        if not found or "<script" in head:
            raise SystemExit(f"{page} has no place for its policy: JupyterLite writes it otherwise")
        page.write_text(f"{head}{found}\n    {meta}{rest}", "utf-8")


def run(command: list[str], folder: Path) -> None:
    """Run a command quietly in ``folder``; on failure show all it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")


def main() -> None:
    """Build the lab; a failure says which step and what it printed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, help="the built site, for example _build/html")
    parser.add_argument(
        "--wheels",
        type=Path,
        default=ROOT / ".venv" / "share" / "lab-wheels",
        help="where set-up put the wheels of lab/wheels.lock (%(default)s)",
    )
    options = parser.parse_args()
    site = options.site.resolve()
    work = site.parent / "lab"
    # JupyterLite remembers finished steps there and would not write their files again.
    shutil.rmtree(work, ignore_errors=True)
    fetched = sorted(options.wheels.glob("*.whl"))
    if not fetched:
        raise SystemExit(f"{options.wheels} holds no wheels. Run: tools/setup.sh node")

    one_of_each(fetched)

    wheel = course_wheel.build(work / "course")
    address = binary_wheels(ROOT / "_config.yml")
    pyodide_folder(
        work / "source" / "static" / "pyodide", [*fetched, *kernel_wheels(), wheel], address
    )
    for name in ["jupyter-lite.json", "overrides.json"]:
        shutil.copy(ROOT / "lab" / name, work / "source" / name)
    contents = work / "contents"
    shutil.rmtree(contents, ignore_errors=True)
    shutil.copytree(
        ROOT / "exercises", contents, ignore=shutil.ignore_patterns(".*", "__pycache__")
    )
    run(
        [sys.executable, "-m", "jupyter", "lite", "build", "--force", "--no-libarchive"]
        + ["--lite-dir", str(work / "source"), "--contents", str(contents)]
        + ["--output-dir", str(work / "out" / "lab")]
        + ["--apps", "notebooks", "--apps", "lab", "--apps", "tree"]
        + ["--no-sourcemaps", "--no-unused-shared-packages"]
        + ["--ignore-sys-prefix"]
        + [f"--LiteBuildConfig.federated_extensions={LABEXTENSIONS / name}" for name in EXTENSIONS],
        work,
    )
    guard(work / "out" / "lab", address)
    mirror(work / "out" / "lab", site / "lab")
    shutil.rmtree(site / "wheels", ignore_errors=True)
    (site / "wheels").mkdir()
    shutil.copyfile(wheel, site / "wheels" / wheel.name)
    size = sum(path.stat().st_size for path in (site / "lab").rglob("*") if path.is_file())
    print(f"The lab is in {site / 'lab'}: {size / 1e6:.0f} MB, course wheel {wheel.name}")


if __name__ == "__main__":
    main()
