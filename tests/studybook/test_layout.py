"""Where a course keeps its folders is told once, and cells hear of it too."""

from pathlib import Path

from studybook import Chapter
from studybook.layout import Layout

from .toy import BIBLIOGRAPHY, dump, front

SETTINGS = """
sphinx:
  config:
    studybook_chapters: sivut
    studybook_bibliography: lähteet/works.bib
    studybook_exercises: tehtävät
    studybook_evidence: sivut/todisteet
"""


def other_folders(root: Path) -> Path:
    """Write a chapter of a course with other folder names; return its front matter."""
    for name in ("sivut", "lähteet", "tehtävät/03_value"):
        (root / name).mkdir(parents=True)
    (root / "_config.yml").write_text(SETTINGS, "utf-8")
    (root / "lähteet" / "works.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (root / "tehtävät" / "03_value" / "value.ipynb").write_text("{}", "utf-8")
    (root / "sivut" / "03_value.yml").write_text(dump(front()), "utf-8")
    return root / "sivut" / "03_value.yml"


def test_without_a_configuration_the_folders_are_those_of_this_course(tmp_path: Path) -> None:
    file = tmp_path / "book" / "chapters" / "03_value.yml"
    layout = Layout.around(file)
    assert layout.root == tmp_path
    assert layout.file("exercises") == tmp_path / "exercises"
    assert layout.link("evidence", ".md") == "../reference/evidence.md"


def test_a_chapter_links_the_folders_that_the_configuration_names(tmp_path: Path) -> None:
    chapter = Chapter(other_folders(tmp_path / "kurssi ä"))
    assert 'href="../tehtävät/03_value/value.ipynb"' in chapter.exercises().html
    assert "Zeithaml 1988" in chapter.claims().html
    chapter.data["claims"].append(dict(chapter.data["claims"][0], aside=True))
    assert 'href="todisteet.md"' in chapter.claims().html


def test_the_configuration_of_another_course_above_is_not_asked(tmp_path: Path) -> None:
    other_folders(tmp_path)
    inside = tmp_path / "sivut" / "toy" / "book" / "chapters" / "03_value.yml"
    assert Layout.around(inside).root == tmp_path / "sivut" / "toy"


def test_a_configuration_without_these_settings_means_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: A course\n", "utf-8")
    layout = Layout.around(tmp_path / "book" / "chapters" / "03_value.yml")
    assert (layout.root, layout.link("sheets")) == (tmp_path, "../fieldwork/sheets")
