"""Build the course's wheel, and leave nothing else: ``python tools/course_wheel.py _build/wheels``.

Needs nothing but pip, so that it runs in the environment of a hub, too.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WHEEL = "promise_path_people-*.whl"
# The first that reads all of pyproject.toml.
SETUPTOOLS = 77


def build(folder: Path) -> Path:
    """Build the wheel into a folder, in place of an older one, and return its path.

    Raises
    ------
    SystemExit
        If pip fails; with all that it said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        # setuptools leaves two folders where it works: give it a copy.
        source = Path(place)
        shutil.copytree(
            ROOT / "src", source / "src", ignore=shutil.ignore_patterns("*.egg-info", "*.pyc")
        )
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, source)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", *_with_what_is_here()]
        done = subprocess.run(
            [*command, "--wheel-dir", str(source / "made"), str(source)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
        (made,) = (source / "made").glob(WHEEL)
        for old in folder.glob(WHEEL):
            old.unlink()
        return Path(shutil.copy(made, folder))


def _with_what_is_here() -> list[str]:
    """Ask no registry for setuptools if the one that is installed will do."""
    try:
        version = metadata.version("setuptools")
    except metadata.PackageNotFoundError:
        return []
    return ["--no-build-isolation"] if int(version.split(".")[0]) >= SETUPTOOLS else []


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where it goes, for example _build/wheels")
    print(f"The course's wheel: {build(parser.parse_args().folder)}")
