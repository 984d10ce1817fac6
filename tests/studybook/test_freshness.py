"""What a notebook's outputs rest on is watched: a change of it runs the notebooks again."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from studybook.freshness import drop_stale


@pytest.fixture
def course(tmp_path):
    """A course on disk and the two objects of a build that the look needs."""
    for name in (
        "src/model.py",
        "src/data/table.csv",
        "book/chapters/01_one.yml",
        "book/reference/references.bib",
        "requirements.lock",
        "README.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before", "utf-8")
    config = SimpleNamespace(
        studybook_chapters="book/chapters",
        studybook_code="src",
        studybook_bibliography="book/reference/references.bib",
        nb_execution_cache_path="",
    )
    app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "out" / "html", config=config)
    return tmp_path, app, SimpleNamespace(found_docs={"book/one"})


@pytest.mark.parametrize(
    "name",
    [
        "src/model.py",
        "src/data/table.csv",
        "book/chapters/01_one.yml",
        "book/reference/references.bib",
        "requirements.lock",
    ],
)
@pytest.mark.parametrize("change", ["after", None], ids=["changed", "gone"])
def test_what_outputs_rest_on_is_watched(course, name, change):
    root, app, env = course
    assert drop_stale(app, env, set(), set(), set()) == ["book/one"]
    assert drop_stale(app, env, set(), set(), set()) == []
    if change is None:
        (root / name).unlink()
    else:
        (root / name).write_text(change, "utf-8")
    assert drop_stale(app, env, set(), set(), set()) == ["book/one"]


def test_what_no_output_rests_on_is_not(course):
    root, app, env = course
    drop_stale(app, env, set(), set(), set())
    (root / "README.md").write_text("after", "utf-8")
    assert drop_stale(app, env, set(), set(), set()) == []
