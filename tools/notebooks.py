"""Execute the course's notebooks and store them in canonical form.

usage: python tools/notebooks.py [--check] [--form-only] [notebook or folder ...]

Without paths, the chapters in book/chapters and the exercises' sources in
solutions are taken.  For each notebook, in this order:

  1. every code cell is run, from top to bottom, in a fresh kernel whose working
     folder is the notebook's own;
  2. each {eval}`expression` in a Markdown cell is evaluated where it stands, and
     its value is kept with the cell, where jupyterlab-myst and the book find it;
  3. the notebook is written in canonical form: sorted keys, no execution times,
     the same count for every cell that was run, no empty cells, an id for every
     cell, so that a diff shows what an author changed and nothing else.

What you may see, and what to do:

  cell 'waiting' stopped with NameError ...   mend the cell, run again
  {eval}`net_buffet` in cell 'intro' ...      the name is not known at that point:
                                              compute it in a cell above
  not in canonical form / outputs are stale   (with --check) run without --check
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions"
PLACES = ("book/chapters", "solutions")
# One setting for every machine: figures as in the page, drawn inline, the same
# order of sets and the same dates each time.
SETTING = {
    "EXPLORABLES_STATIC": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",
}
CELL_SECONDS = 120
EVAL = re.compile(r"\{eval\}`([^`]+)`")
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class NotebookError(Exception):
    """A notebook that cannot be executed; the text names file, cell and remedy."""


def read(text: str) -> Any:
    """Return the notebook that a text holds, with an id for every cell.

    Parameters
    ----------
    text : str
        Content of a notebook file of format 4.

    Returns
    -------
    nbformat.NotebookNode
        A cell without an id gets one made from its place and content: nbformat
        would draw a new one at random each time.

    Raises
    ------
    NotebookError
        If the text is no notebook, or two cells share an id.
    """
    try:
        content = json.loads(text)
        for place, cell in enumerate(content["cells"]):
            made = hashlib.sha256(f"{place} {cell['source']}".encode()).hexdigest()[:8]
            cell.setdefault("id", made)
        ids = [cell["id"] for cell in content["cells"]]
        content["nbformat_minor"] = max(5, content["nbformat_minor"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotebookError(f"this is not a notebook that can be read: {error!r}") from error
    for one in ids:
        if ids.count(one) > 1:
            raise NotebookError(f"two cells have the id {one!r}; give one of them another")
    try:
        return nbformat.reads(json.dumps(content), as_version=4)
    except nbformat.ValidationError as error:
        raise NotebookError(f"this is not a valid notebook: {error}") from error


def canonical(notebook: Any) -> str:
    """Return the notebook's one canonical text.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Left as it is; the text is made from a copy.

    Returns
    -------
    str
        JSON with sorted keys, indented by one, ending in a newline.
    """
    tidy = nbformat.from_dict(
        {
            "cells": [_tidy_cell(cell) for cell in notebook.cells if cell.source.strip()],
            "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )
    return nbformat.writes(tidy, version=4, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _tidy_cell(cell: Any) -> dict[str, Any]:
    metadata = {key: value for key, value in cell.metadata.items() if key not in _PASSING}
    tidy = {
        "cell_type": cell.cell_type,
        "id": cell.id,
        "metadata": metadata,
        "source": cell.source,
    }
    if cell.cell_type == "code":
        # nbval compares the outputs of cells that were run, and knows them by a count.
        run = cell.get("execution_count") is not None
        tidy |= {"execution_count": 1 if run else None, "outputs": _tidy_outputs(cell.outputs)}
    return tidy


# What editors and kernels leave behind and no reader needs.
_PASSING = {"ExecuteTime", "collapsed", "execution", "scrolled", "trusted"}


def _tidy_outputs(outputs: list[Any]) -> list[dict[str, Any]]:
    tidy: list[dict[str, Any]] = []
    for output in outputs:
        kept = {key: value for key, value in output.items() if key != "transient"}
        if "execution_count" in kept:
            kept["execution_count"] = None
        # How a kernel cuts a stream into messages depends on its timing.
        if (
            kept["output_type"] == "stream"
            and tidy
            and tidy[-1]["output_type"] == "stream"
            and tidy[-1]["name"] == kept["name"]
        ):
            tidy[-1]["text"] += kept["text"]
        else:
            tidy.append(kept)
    return tidy


def forget_others(folder: Path) -> None:
    """Remove what the other solved notebooks kept: outputs are those of one that runs alone.

    Parameters
    ----------
    folder : Path
        The notebook's own, which stays as it is.  Outside `solutions/`, where what
        was kept is a learner's, nothing is removed.
    """
    if folder.resolve().parent == SOLUTIONS:
        for kept in SOLUTIONS.glob("*/artefacts"):
            if kept.parent != folder.resolve():
                shutil.rmtree(kept)


def executed(notebook: Any, folder: Path) -> Any:
    """Return the notebook with fresh outputs and evaluated expressions.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place and returned.
    folder : Path
        Working folder of the kernel.

    Raises
    ------
    NotebookError
        If a cell raises, takes over two minutes or kills its kernel, or an
        expression cannot be evaluated.
    """
    forget_others(folder)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_SECONDS,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # its remarks on encryption help nobody here
        resources={"metadata": {"path": str(folder)}},
    )
    client.reset_execution_trackers()
    with client.setup_kernel(env={**os.environ, **SETTING}):
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                _run(client, cell, place)
            elif cell.cell_type == "markdown":
                _evaluate(client, cell, place)
    return notebook


def _run(client: Any, cell: Any, place: int) -> None:
    try:
        client.execute_cell(cell, place)
    except CellExecutionError as error:
        raise NotebookError(
            f"cell {_name(cell, place)} stopped with {error.ename}: {error.evalue}"
        ) from error
    except CellTimeoutError as error:
        raise NotebookError(
            f"cell {_name(cell, place)} took more than {CELL_SECONDS} s; make it lighter"
        ) from error
    except DeadKernelError as error:
        raise NotebookError(f"cell {_name(cell, place)} ended its kernel") from error


def _evaluate(client: Any, cell: Any, place: int) -> None:
    cell.metadata.pop("user_expressions", None)
    expressions = list(dict.fromkeys(EVAL.findall(FENCE.sub("", cell.source))))
    if not expressions:
        return
    asked = {str(number): expression for number, expression in enumerate(expressions)}
    message = client.kc.execute("", silent=True, store_history=False, user_expressions=asked)
    answers = client.wait_for_reply(message)["content"]["user_expressions"]
    kept = []
    for number, expression in asked.items():
        answer = answers[number]
        if answer["status"] != "ok":
            raise NotebookError(
                f"{{eval}}`{expression}` in cell {_name(cell, place)} ended with "
                f"{answer['ename']}: {answer['evalue']}; a cell above it must compute the value"
            )
        kept.append(
            {
                "expression": expression,
                "result": {
                    "data": {"text/plain": answer["data"]["text/plain"]},
                    "metadata": {},
                    "status": "ok",
                },
            }
        )
    cell.metadata["user_expressions"] = kept


def _name(cell: Any, place: int) -> str:
    return f"{cell.get('id') or place + 1!r} (number {place + 1})"


def found(paths: list[Path]) -> list[Path]:
    """Return the notebooks among and below the paths, checkpoints left out.

    Raises
    ------
    NotebookError
        If a path does not exist or is a file of another kind.
    """
    notebooks: list[Path] = []
    for path in paths:
        if path.is_dir():
            notebooks += sorted(
                one for one in path.rglob("*.ipynb") if ".ipynb_checkpoints" not in one.parts
            )
        elif path.suffix == ".ipynb" and path.is_file():
            notebooks.append(path)
        else:
            raise NotebookError(f"{path} is neither a notebook nor a folder")
    return notebooks


def treat(path: Path, *, check: bool, form_only: bool) -> str:
    """Bring one notebook up to date, or say what it lacks.

    Parameters
    ----------
    path : Path
        The notebook.
    check : bool
        True writes nothing.
    form_only : bool
        True runs nothing.

    Returns
    -------
    str
        What is wrong (``check``) or was done; "" if the notebook is as it should be.

    Raises
    ------
    NotebookError
        If it cannot be read or executed.
    """
    before = path.read_text(encoding="utf-8")
    notebook = read(before)
    form = canonical(notebook)
    after = form if form_only else canonical(executed(notebook, path.parent))
    if after == before:
        return ""
    if not check:
        path.write_text(after, encoding="utf-8")
        return "written"
    wrong = ["not in canonical form"] if form != before else []
    return "; ".join(wrong + (["outputs are stale"] if after != form else []))


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code: 1 if anything is wrong."""
    parser = argparse.ArgumentParser(
        prog="tools/notebooks.py",
        description=__doc__,
        usage=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", type=Path, help="notebooks or folders")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    parser.add_argument("--form-only", action="store_true", help="run nothing, tidy only")
    chosen = parser.parse_args(arguments)
    try:
        notebooks = found(chosen.paths or [ROOT / place for place in PLACES])
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    wrong = 0
    for number, path in enumerate(notebooks, 1):
        begun = time.monotonic()
        try:
            said = treat(path, check=chosen.check, form_only=chosen.form_only)
            wrong += bool(said) and chosen.check
        except NotebookError as error:
            said = str(error)
            wrong += 1
        name = path.resolve()
        shown = name.relative_to(ROOT) if name.is_relative_to(ROOT) else path
        took = time.monotonic() - begun
        print(f"[{number}/{len(notebooks)}] {shown}: {said or 'up to date'} ({took:.1f} s)")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
