"""Notebooks come out canonical, executed, and with their inline values."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [
    path.relative_to(ROOT).as_posix()
    for folder in ("book/chapters", "solutions")
    for path in sorted((ROOT / folder).rglob("*.ipynb"))
    if ".ipynb_checkpoints" not in path.parts
]
# They keep what they make beside them, as under nbval: never two at once.
SOLVED = (pytest.mark.whole, pytest.mark.xdist_group("solutions"))


@pytest.fixture(scope="session")
def tool():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import notebooks
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return notebooks


@pytest.fixture
def untidy(tmp_path):
    """A notebook as an editor leaves it."""
    cells = [
        v4.new_code_cell(
            "import os, sys\nprice = 12.9\nprint('out')\nprint('more')",
            id="set-up",
            execution_count=7,
            metadata={"tags": ["hide-input"], "execution": {"iopub.busy": "now"}, "trusted": True},
        ),
        v4.new_code_cell("   \n", id="empty"),
        v4.new_markdown_cell(
            "It costs {eval}`f'{price:.2f} €'`, I said {eval}`f'{price:.2f} €'`.\n"
            "```\n{eval}`not_evaluated`\n```",
            id="prose",
        ),
        v4.new_code_cell("price = 1\n(os.environ['EXPLORABLES_STATIC'], os.getcwd()[-4:])", id="b"),
        v4.new_markdown_cell("Now {eval}`price`.", id="later"),
    ]
    folder = tmp_path / "here"
    folder.mkdir()
    path = folder / "untidy.ipynb"
    notebook = v4.new_notebook(cells=cells, metadata={"celltoolbar": "Edit"})
    path.write_text(json.dumps(notebook, indent=4), encoding="utf-8")
    return path


def test_a_notebook_is_executed_and_written_once(tool, untidy, capsys):
    assert tool.main(["--check", str(untidy)]) == 1
    assert "not in canonical form; outputs are stale" in capsys.readouterr().out
    assert tool.main([str(untidy)]) == 0
    first = untidy.read_bytes()
    assert tool.main(["--check", str(untidy)]) == 0
    assert "up to date" in capsys.readouterr().out
    assert untidy.read_bytes() == first

    notebook = nbformat.read(untidy, as_version=4)
    nbformat.validate(notebook)
    assert [cell.id for cell in notebook.cells] == ["set-up", "prose", "b", "later"]
    set_up, prose, plain, later = notebook.cells
    assert set_up.metadata == {"tags": ["hide-input"]}
    assert set_up.execution_count == 1, "nbval takes a cell without a count as never run"
    assert [one.text for one in set_up.outputs] == ["out\nmore\n"]
    assert plain.outputs[0].data["text/plain"] == "('1', 'here')"
    assert prose.metadata["user_expressions"] == [
        {
            "expression": "f'{price:.2f} €'",
            "result": {"data": {"text/plain": "'12.90 €'"}, "metadata": {}, "status": "ok"},
        }
    ]
    assert later.metadata["user_expressions"][0]["result"]["data"] == {"text/plain": "1"}
    assert first.endswith(b"}\n")
    assert b"12.90 \xe2\x82\xac" in first


def test_a_stale_output_and_a_stale_inline_value_are_noticed(tool, untidy, capsys):
    tool.main([str(untidy)])
    good = untidy.read_text(encoding="utf-8")
    for old, new in (('"out\\n"', '"in\\n"'), ("'12.90 €'\"", "'12.91 €'\"")):
        assert old in good
        untidy.write_text(good.replace(old, new), encoding="utf-8")
        capsys.readouterr()
        assert tool.main(["--check", str(untidy)]) == 1
        said = capsys.readouterr().out
        assert "outputs are stale" in said
        assert "canonical" not in said


def test_form_only_runs_nothing(tool, untidy):
    assert tool.main(["--form-only", str(untidy)]) == 0
    assert tool.main(["--form-only", "--check", str(untidy)]) == 0
    assert nbformat.read(untidy, as_version=4).cells[0].outputs == []


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (v4.new_code_cell("1 / 0", id="sum"), "cell 'sum' (number 1) stopped with ZeroDivision"),
        (
            v4.new_markdown_cell("{eval}`nobody`", id="prose"),
            "{eval}`nobody` in cell 'prose' (number 1) ended with NameError",
        ),
        (v4.new_code_cell("import os; os._exit(1)", id="exit"), "cell 'exit' (number 1) ended its"),
    ],
)
def test_what_fails_is_told_with_notebook_and_cell(tool, tmp_path, capsys, cell, told):
    path = tmp_path / "broken.ipynb"
    nbformat.write(v4.new_notebook(cells=[cell]), path)
    before = path.read_bytes()
    assert tool.main([str(path)]) == 1
    said = capsys.readouterr().out
    assert "broken.ipynb" in said
    assert told in said
    assert path.read_bytes() == before


def test_two_cells_with_one_id_and_unreadable_files_are_refused(tool, tmp_path, capsys):
    path = tmp_path / "twice.ipynb"
    cells = [v4.new_code_cell("1", id="same"), v4.new_code_cell("2", id="other")]
    text = json.dumps(v4.new_notebook(cells=cells))
    path.write_text(text.replace("other", "same"), encoding="utf-8")
    (tmp_path / "torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    assert tool.main(["--form-only", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "two cells have the id 'same'" in said
    assert "not a notebook that can be read" in said
    assert tool.main([str(tmp_path / "none.ipynb")]) == 1
    assert "neither a notebook nor a folder" in capsys.readouterr().err


def test_a_missing_id_is_made_from_the_content(tool):
    text = json.dumps(v4.new_notebook(cells=[v4.new_code_cell("1"), v4.new_code_cell("1")]))
    content = json.loads(text)
    for cell in content["cells"]:
        del cell["id"]
    content["nbformat_minor"] = 4
    one, other = (tool.canonical(tool.read(json.dumps(content))) for _ in range(2))
    assert one == other
    assert len({cell["id"] for cell in json.loads(one)["cells"]}) == 2


# nbval runs the cells of all of them. Only this sees the numbers within the chapters' prose.
@pytest.mark.parametrize(
    "place",
    [pytest.param(place, marks=() if place.startswith("book/") else SOLVED) for place in NOTEBOOKS],
)
def test_a_notebook_of_the_course_is_current(tool, capsys, place):
    code = tool.main(["--check", str(ROOT / place)])
    assert code == 0, capsys.readouterr().out


def test_every_notebook_of_the_course_is_canonical(tool, capsys):
    places = [str(ROOT / place) for place in (*tool.PLACES, "exercises")]
    assert tool.main(["--check", "--form-only", *places]) == 0, capsys.readouterr().out
