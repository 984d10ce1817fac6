"""Keep what the exercises hand out as artefacts, so that a checker knows it again.

usage: python tools/handed_out.py

Runs every notebook in solutions/ as it stands, without its checks, and writes the
artefacts that its cells save to src/servicedesign/advice/handed_out.json.  An
artefact cell is no answer: learners begin with what stands there.
"""

import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "src" / "servicedesign" / "advice" / "handed_out.json"


def saved(source: Path, folder: Path) -> dict[str, Any]:
    """Return what an untouched notebook saves: an artefact's name to its content.

    Parameters
    ----------
    source : Path
        A notebook of solutions/.
    folder : Path
        An empty folder for it to write into.
    """
    names: dict[str, Any] = {}
    before = Path.cwd()
    os.chdir(folder)
    try:
        for cell in nbformat.read(source, as_version=4).cells:
            if cell.cell_type != "code" or cell.metadata.get("nbgrader", {}).get("grade"):
                continue
            # What a cell prints is for learners.
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, cell.id, "exec"), names)  # noqa: S102, the course's own cells
    finally:
        os.chdir(before)
    return {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted((folder / "artefacts").glob("*.json"))
    }


def collected() -> dict[str, Any]:
    """Return the artefacts of all exercises, by name."""
    found: dict[str, Any] = {}
    for source in sorted((ROOT / "solutions").glob("*/*.ipynb")):
        with tempfile.TemporaryDirectory() as scratch:
            # A notebook looks at its neighbours' folders; here it has none.
            folder = Path(scratch) / source.parent.name
            folder.mkdir()
            found.update(saved(source, folder))
    return found


def written(found: dict[str, Any]) -> str:
    """Return the file's text, one artefact a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(found[name], ensure_ascii=False)}" for name in found]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    KEPT.write_text(written(collected()), encoding="utf-8")
    sys.exit(0)
