"""Make the students' copies: exercises/ from solutions/, by nbgrader.

usage: python tools/release.py [--check] [--into FOLDER]

Every folder in solutions/ becomes the folder of the same name in exercises/,
without solutions and hidden tests.  What has no source any more is removed.
With --check nothing is written; the command says which files differ from what
would be made, and exits with 1.  If it does: run it without --check and commit
what changed.  Never edit exercises/ by hand.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / "exercises"


class ReleaseError(Exception):
    """nbgrader refused a source; the text holds what it said."""


def generate(folder: Path) -> dict[str, bytes]:
    """Return what nbgrader makes of all sources: path below the release folder to content.

    Parameters
    ----------
    folder : Path
        An empty folder to work in.

    Raises
    ------
    ReleaseError
        If nbgrader does not accept a source.
    """
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "--assignment=*"]
    command += ["--no-db", "--force", f"--CourseDirectory.release_directory={folder}"]
    # One call for all chapters: starting nbgrader takes longer than a notebook does.
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(done.stderr.strip())
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, editors' leftovers left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _IGNORED & set(path.parts)
    }


# What learners and editors leave in exercises/ and nobody releases.
_IGNORED = {".ipynb_checkpoints", "artefacts", "__pycache__"}


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="tools/release.py",
        description=__doc__,
        usage=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on drift")
    parser.add_argument("--into", type=Path, default=RELEASE, help="instead of exercises/")
    chosen = parser.parse_args(arguments)
    target: Path = chosen.into
    with tempfile.TemporaryDirectory() as scratch:
        try:
            made = generate(Path(scratch))
        except ReleaseError as error:
            print(error, file=sys.stderr)
            return 1
    there = contents(target)
    changed = sorted(
        name for name in made.keys() | there.keys() if made.get(name) != there.get(name)
    )
    for name in changed:
        verb = "removed" if name not in made else "new" if name not in there else "changed"
        print(f"{verb}: {target.name}/{name}")
        if chosen.check:
            continue
        path = target / name
        if name in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made[name])
        else:
            path.unlink()
    if not changed:
        print(f"{target.name}/ is what solutions/ makes it ({len(made)} files)")
    return int(chosen.check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
