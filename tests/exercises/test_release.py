"""What is handed out is what nbgrader makes of the source, and nothing more."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parents[2]
CODE = "code"


@pytest.fixture(scope="module")
def release():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import release
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return release


@pytest.fixture(scope="module")
def made(release, tmp_path_factory):
    """What nbgrader makes now of all sources."""
    return release.generate(tmp_path_factory.mktemp("release"))


@pytest.mark.grading
def test_the_exercises_are_what_the_sources_make_them(made, release):
    there = release.contents(ROOT / "exercises")
    assert sorted(made) == sorted(there), "run `make release`"
    assert [name for name in made if made[name] != there[name]] == [], "run `make release`"


@pytest.mark.grading
def test_drift_is_noticed_and_mended(made, release, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(release, "generate", lambda _folder: made)
    target = tmp_path / "exercises"
    assert release.main(["--into", str(target)]) == 0
    assert release.contents(target) == made
    name = next(iter(made))
    (target / name).write_bytes(made[name].replace(b"2 points", b"3 points", 1))
    (target / "98_gone").mkdir()
    (target / "98_gone/gone.ipynb").write_text("{}")
    capsys.readouterr()
    assert release.main(["--check", "--into", str(target)]) == 1
    said = capsys.readouterr().out
    assert f"changed: exercises/{name}" in said
    assert "removed: exercises/98_gone/gone.ipynb" in said
    assert release.main(["--into", str(target)]) == 0
    assert release.contents(target) == made
    assert release.main(["--check", "--into", str(target)]) == 0


def test_solutions_and_hidden_tests_stay_at_home(chapter):
    text = chapter.release.read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    assert "HIDDEN" not in text
    handed_out = {cell.id: cell.source for cell in chapter.cells(release=True)}
    for cell in chapter.cells():
        for kind in ("SOLUTION", "HIDDEN TESTS"):
            for secret in re.findall(rf"### BEGIN {kind}\n(.*?)\n\s*### END", cell.source, re.S):
                for line in secret.splitlines():
                    assert len(line) < 20 or line not in handed_out[cell.id], cell.id


def test_the_untouched_release_raises_only_that_it_is_not_written_yet(
    chapter, room, is_check, is_answer
):
    cells = [cell for cell in chapter.cells(release=True) if cell.cell_type == CODE]
    assert any(is_check(cell) for cell in cells)
    for cell in cells:
        error = room.run(cell.source, cell.id)
        if is_check(cell):
            assert type(error) is NotImplementedError, f"{cell.id}: {error!r}"
        else:
            assert error is None, f"{cell.id}: {error!r}"
        if is_answer(cell):
            assert cell.source.count("raise NotImplementedError(") == 1


@pytest.mark.parametrize("package", ["practice", "servicedesign"])
def test_without_the_course_package_the_first_cell_says_in_one_line_how_to_get_it(
    chapter, room, package, monkeypatch
):
    for name in [one for one in sys.modules if one.split(".")[0] == package]:
        monkeypatch.setitem(sys.modules, name, None)
    first = next(cell for cell in chapter.cells(release=True) if cell.cell_type == CODE)
    error = room.run(first.source)
    assert type(error) is ModuleNotFoundError
    assert "make lab" in str(error)
    assert "%pip install" in str(error)
    title = (ROOT / "book" / "lab.md").read_text(encoding="utf-8").splitlines()[0]
    assert f"the page '{title.removeprefix('# ')}' of the course's site" in str(error)
    assert "\n" not in str(error)
    assert error.__suppress_context__


def test_the_wiring_is_of_schema_three_with_readable_names(chapter):
    for path in (chapter.source, chapter.release):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec.name == "python3"
        ids = [cell.id for cell in notebook.cells]
        assert len(ids) == len(set(ids))
        for cell in notebook.cells:
            assert re.fullmatch(r"[a-z]\w*(-\w+)*", cell.id), cell.id
            if "nbgrader" in cell.metadata:
                wiring = cell.metadata["nbgrader"]
                assert wiring["schema_version"] == 3
                assert wiring["grade_id"] == cell.id
                assert wiring["task"] is False


def test_points_are_spread_over_several_checks_of_each_function(chapter, checks_of):
    for function in chapter.functions:
        cells = checks_of(function, chapter.cells())
        points = [cell.metadata["nbgrader"]["points"] for cell in cells]
        assert len(cells) >= 3, function
        assert all(0 < one <= sum(points) / 2 for one in points), function


def test_the_notebook_asks_what_the_chapter_announces(chapter):
    page = ROOT / "book" / "chapters" / f"{chapter.folder}.yml"
    announced = yaml.safe_load(page.read_text(encoding="utf-8"))
    tasks = {cell.id: " ".join(cell.source.split()) for cell in chapter.cells(release=True)}
    assert [one["function"] for one in announced["exercises"]] == [
        name.removesuffix("-task")
        for name in tasks
        if name.removesuffix("-task") in chapter.functions and name.endswith("-task")
    ]
    for one in announced["exercises"]:
        task = tasks[one["function"] + "-task"]
        assert f"`{one['function']}` ({one['level']}, {one['minutes']} minutes)" in task
        for objective in one["objectives"]:
            assert objective in task
        for part in ("**Write**", "**Example.**", "**Errors.**", "| in |", "| out |"):
            assert part in task, f"{one['function']}: {part}"
    reflection = tasks["reflection-task"]
    assert " ".join(announced["reflection"]["prompt"].split()) in reflection
    for level in announced["reflection"]["rubric"]:
        assert level in reflection
    for objective in announced["reflection"]["objectives"]:
        assert objective in reflection


def test_each_function_has_a_hint_cell_that_opens_nothing_by_itself(chapter):
    sources = {cell.id: cell.source for cell in chapter.cells(release=True)}
    for function in chapter.functions:
        assert sources[function + "-hint"] == f'hint("{function}")'
