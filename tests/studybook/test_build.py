"""A build: clean where nothing is wrong, stopped with file, cell and remedy where it is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from explorables.cells import TYPE
from studybook import lean

from .toy import cells, dump, front, prose, shown, write_course, write_notebook

SETTINGS = """
extensions = ["myst_nb", "studybook"]
html_theme = "sphinx_book_theme"
html_math_renderer = "mathml"
myst_enable_extensions = ["attrs_inline", "colon_fence", "dollarmath"]
nb_execution_mode = "{mode}"
nb_output_stderr = "warn"
root_doc = "index"
exclude_patterns = ["out", ".jupyter_cache", "jupyter_execute"]
studybook_fonts = "{fonts}"
studybook_purgecss = "{purgecss}"
"""
MODULES = Path(__file__).parent.parent.parent / "node_modules"
FONTS = MODULES / "@fontsource-variable"
PURGECSS = MODULES / "purgecss" / "bin" / "purgecss.js"


def build(
    root: Path, builder: str = "dummy", mode: str = "off", more: str = ""
) -> subprocess.CompletedProcess[str]:
    """Build a course as strictly as `make book` does, with more settings if need be."""
    settings = SETTINGS.format(mode=mode, fonts=FONTS, purgecss=PURGECSS)
    (root / "conf.py").write_text(settings + more, "utf-8")
    pages = sorted(
        file.relative_to(root).with_suffix("").as_posix()
        for folder in ("book", "notes")
        for file in (root / folder).rglob("*")
        if file.suffix in (".md", ".ipynb")
    )
    toc = "# Course\n\n```{toctree}\n" + "\n".join(pages) + "\n```\n"
    (root / "index.md").write_text(toc, "utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", builder, "-W", "--keep-going", "-n", "-q"]
    return subprocess.run(
        [*command, str(root), str(root / "out")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )


# The interlude stands between two chapters, whatever the alphabet says.
PLAN = """chapters:
  - {id: 04_last, title: The last, minutes: 60, makes: a map}
  - {id: between, title: The interlude, minutes: 60, makes: a card}
  - {id: 05_next, title: The next, minutes: 60, makes: a plan}
"""


INVENTORY = """texts:
  - {letter: E, about: A text on promises., last: 10}
no_claim:
  - {id: E10, what: A picture., because: It says nothing.}
"""


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """A course without fault, built as a site."""
    root = tmp_path_factory.mktemp("clean")
    chapters = write_course(root)
    write_notebook(chapters / "03_value.ipynb", cells(chapters))
    (root / "book" / "reference" / "inventory.yml").write_text(INVENTORY, "utf-8")
    pages = "# All\n\n" + "\n\n".join(
        f"## {name}\n\n```{{studybook}} {name}\n```"
        for name in (
            "chapters",
            "syllabus",
            "key-points",
            "alignment",
            "evidence",
            "inventory",
            "works",
            "notices",
            "clear",
        )
    )
    (root / "book" / "reference" / "all.md").write_text(pages, "utf-8")
    (root / "book" / "course.yml").write_text(PLAN, "utf-8")
    done = build(root, "html")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return root / "out"


def test_every_sentence_of_a_text_and_every_work_is_told(clean):
    page = " ".join((clean / "book" / "reference" / "all.html").read_text("utf-8").split())
    start = page.index('id="text-e"')
    rows = page[start : page.index("</section>", start)]
    assert rows.index("Value is a ratio.") < rows.index("A picture.") < rows.index("nothing.")
    assert "No claim" in rows
    assert "Looked up: 1 of 2 works." in page
    assert "not looked up" in page


def test_boxes_numbers_terms_and_works_reach_the_page(clean):
    page = (clean / "book" / "chapters" / "03_value.html").read_text("utf-8")
    for part in (
        '<p class="sb-box-title">Scene</p>',
        '<details class="sb-box sb-model">',
        '<summary class="sb-box-title">The model</summary>',
        '<span class="sb-value">56</span>',
        'href="#note-ref-zeithaml1988"',
        'id="ref-zeithaml1988"',
        'href="https://doi.org/10.1177/002224298805200302"',
        'href="#note-term-value-promise"',
        'href="../reference/glossary.html#term-value-promise">value promise</a>',
        'What a customer can count on. In Finnish <em lang="fi">arvolupaus</em>.',
        '<em lang="fi">arvolupaus</em>',
        "<math",
        '<meta name="description"',
    ):
        assert part in page


def test_what_a_cell_tells_makes_the_page_whatever_its_html_says(tmp_path):
    chapters = write_course(tmp_path)
    whole = cells(chapters)
    for cell in whole:
        for output in cell.get("outputs", []):
            output["data"]["text/html"] = "<p>the face of a notebook</p>"
    write_notebook(chapters / "03_value.ipynb", whole)
    assert build(tmp_path, "html").returncode == 0
    page = (tmp_path / "out/book/chapters/03_value.html").read_text("utf-8")
    assert "the face of a notebook" not in page
    for part in (
        'class="sb-docket-sum"',
        'href="#note-ref-zeithaml1988">Zeithaml 1988</a>',
        'id="objective-3.1"',
        '<details class="sb-narrow sb-asked"><summary>What was asked</summary>',
        'data-studybook="quiz"',
        "sb-closing-first",
    ):
        assert part in page


OWN = """
from typing import TypedDict

from explorables import cells
from studybook import faces


class Recipe(TypedDict):
    steps: list[str]


def face(told, hand):
    return "<ul>" + "".join(f"<li>{hand.html(step)}</li>" for step in told["steps"]) + "</ul>"


cells.KINDS["recipe"] = Recipe
faces.FACES["recipe"] = face


def setup(app):
    return {}
"""


def test_a_course_makes_a_box_of_its_own_as_the_guide_says(tmp_path):
    chapters = write_course(tmp_path)
    write_notebook(chapters / "03_value.ipynb", cells(chapters))
    (tmp_path / "own.py").write_text(OWN, "utf-8")
    steps = ["Weigh it [@zeithaml1988].", "See [the chapter](../book/chapters/03_value.ipynb)."]
    facts = {"version": 1, "kind": "recipe", "steps": steps}
    notes = tmp_path / "notes"
    notes.mkdir()
    cell = nbformat.v4.new_code_cell("recipe", execution_count=1)
    data = {"text/html": "<ul></ul>", TYPE: facts}
    cell.outputs = [nbformat.v4.new_output("display_data", data)]
    write_notebook(notes / "recipe.ipynb", [prose("# A recipe"), cell])
    more = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nextensions.append('own')\n"
    done = build(tmp_path, "html", more=more)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/notes/recipe.html").read_text("utf-8")
    assert '<li>Weigh it (<a class="sb-cited sb-hover" id="word-ref-zeithaml1988"' in page
    assert 'id="note-ref-zeithaml1988"' in page
    assert 'href="../book/chapters/03_value.html">the chapter</a>' in page


def test_a_page_names_no_other_host_for_style_or_script(clean):
    import re

    for page in clean.rglob("*.html"):
        loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', page.read_text())
        assert [url for url in loaded if url.startswith(("http", "//"))] == []


def test_generated_pages_are_made_from_the_chapters(clean):
    page = (clean / "book" / "reference" / "all.html").read_text("utf-8")
    assert 'href="../chapters/03_value.html">Value</a>' in page
    assert "compute a value" in page
    assert "Value is <em>weighed</em>." in page
    assert "Give and get" in page
    assert page.index("The last") < page.index("The interlude") < page.index("The next")
    assert "Value is a ratio." in page
    assert 'href="#note-ref-zeithaml1988"' in page
    assert "not checked" in page


def test_fonts_are_cut_to_what_the_course_needs(clean):
    fonts = sorted((clean / "_static" / "fonts").glob("*.woff2"))
    assert [file.name for file in fonts] == [
        "atkinson-italic.woff2",
        "atkinson.woff2",
        "fraunces.woff2",
        "signs.woff2",
    ]
    assert sum(file.stat().st_size for file in fonts) < 47_000
    icons = clean / "_static" / "vendor" / "fontawesome" / "webfonts"
    assert sum(file.stat().st_size for file in icons.glob("*")) < 12_000


def test_style_sheets_hold_the_rules_of_this_site_only(clean):
    sheet = (clean / "_static/styles/pydata-sphinx-theme.css").read_text("utf-8")
    assert len(sheet) < 50_000
    assert ".form-floating" not in sheet  # Bootstrap's, on no page
    assert ".carousel" not in sheet  # named by a script of the theme that no page runs
    assert "--bs-indigo:" not in sheet  # a variable that no rule asks for
    assert "--pst-color-text-base:" in sheet
    assert ".bd-article-container" in sheet
    assert ".pst-scrollable-table-container" in sheet  # set by a script alone
    assert "html[data-theme=dark]{" in sheet  # its colours; set by a script alone


def test_a_rule_cut_by_one_build_returns_with_the_page_that_needs_it(tmp_path):
    write_course(tmp_path)
    assert build(tmp_path, "html").returncode == 0
    sheet = tmp_path / "out" / "_static/styles/pydata-sphinx-theme.css"
    first = sheet.read_text("utf-8")
    before = addresses(tmp_path / "out")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "more.md").write_text(
        "# More\n\n```{versionadded} 1\nAside.\n```\n", "utf-8"
    )
    assert build(tmp_path, "html").returncode == 0
    assert ".versionadded" not in first
    assert ".versionadded" in sheet.read_text("utf-8")
    # A reader who was here before gets the new sheet, on every page.
    assert len(before) == len(addresses(tmp_path / "out")) == 1
    assert before != addresses(tmp_path / "out")


def addresses(site: Path) -> set[str]:
    """Return the addresses under which a site's pages ask for one of the sheets."""
    link = re.compile(r"pydata-sphinx-theme\.css(?=[?\"])[^\"]*")
    return {
        found for page in site.rglob("*.html") for found in link.findall(page.read_text("utf-8"))
    }


IMAGE = prose("![](picture.svg)")
SVG = "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>"
STDERR = nbformat.v4.new_code_cell(
    "warn()",
    outputs=[nbformat.v4.new_output("stream", name="stderr", text="careful\n")],
    execution_count=1,
)
RAISES = nbformat.v4.new_code_cell(
    "draw()",
    outputs=[
        nbformat.v4.new_output(
            "error",
            ename="ValueError",
            evalue="explorable 'x': draw returned no View",
            traceback=["Traceback", "ValueError: explorable 'x': draw returned no View"],
        )
    ],
    execution_count=1,
)
PLOT = nbformat.v4.new_code_cell(
    "plot()",
    outputs=[nbformat.v4.new_output("display_data", {"image/svg+xml": "<svg/>"})],
    execution_count=1,
)
QUIZ = {"version": 1, "kind": "quiz", "chapter": "03_value", "questions": []}


def told(**changes: object) -> Any:
    """Return a cell that tells of a quiz; None takes a field out."""
    facts = {name: said for name, said in {**QUIZ, **changes}.items() if said is not None}
    data = {"text/html": "<p>A quiz</p>", TYPE: facts}
    output = nbformat.v4.new_output("display_data", data)
    return nbformat.v4.new_code_cell("chapter.quiz()", outputs=[output], execution_count=1)


FAULTS = {
    "facts of another version": (
        told(version=2),
        "the facts of a cell are of version 2, and this site reads 1",
        "run `make notebooks`",
    ),
    "facts of a kind that nobody knows": (
        told(kind="quizz"),
        "a cell shows the kind 'quizz', which is none of figure, sheet, opening",
        "correct it, or add it to `explorables.cells.KINDS`",
    ),
    "facts without a field": (
        told(chapter=None),
        "the facts of a cell of the kind 'quiz' do not fit: `chapter` is missing",
        "run `make notebooks`, or correct the object that the cell shows",
    ),
    "an image without alt text": (IMAGE, "image picture.svg has no alt text", "![alt](file)"),
    "a plot without alt text": (PLOT, "has no alt text", "mystnb.image.alt"),
    "a drawing without a name": (
        shown(f"<div>{SVG}</div>"),
        "an <svg> has no <title> and no aria-label",
        "say in words what the picture shows",
    ),
    "an unknown citation": (
        prose("So {cite:t}`zeithaml1989`."),
        "cites 'zeithaml1989'",
        "did you mean 'zeithaml1988'?",
    ),
    "an unknown glossary term": (
        prose("A {term}`value promises`."),
        "term not in glossary: 'value promises'",
        "spell it as in the glossary, or add it there",
    ),
    "a number nobody computed": (
        prose("About {eval}`missing` times.", waits="1"),
        "cannot show {eval}`missing`",
        "run `make notebooks`",
    ),
    "a box nobody knows": (
        prose("> **Scenes.** A guest."),
        "no box is called 'Scenes'",
        "did you mean 'Scene'?",
    ),
    "a complaint on stderr": (STDERR, "stderr was found", "mend what the cell complains of"),
    "a cell that raised": (RAISES, "draw returned no View", "mend the cell or what it calls"),
    "bad TeX": (prose(r"So $\left( x$."), "cannot set the formula", "check its braces"),
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """What one strict build says of a course in which every page has one fault."""
    root = tmp_path_factory.mktemp("faulty")
    chapters = write_course(root)
    write_notebook(chapters / "03_value.ipynb", cells(chapters))
    notes = root / "notes"
    notes.mkdir()
    (notes / "picture.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    for place, (cell, _, _) in enumerate(FAULTS.values()):
        write_notebook(notes / f"fault_{place}.ipynb", [prose("# A page"), cell])
    done = build(root, "html")
    assert done.returncode == 1
    return done.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stops_the_build_with_file_cell_and_remedy(faulty, fault):
    place = list(FAULTS).index(fault)
    _, message, remedy = FAULTS[fault]
    lines = [
        line
        for line in faulty.splitlines()
        if f"fault_{place}.ipynb, cell 2" in line and message in line
    ]
    assert lines, faulty
    assert remedy in lines[0]


def test_a_page_without_fault_is_not_named(faulty):
    assert "03_value.ipynb" not in faulty


def spoilt(root: Path, *, front_matter: bool = True, **parts: object) -> str:
    """Return what the build says of a chapter spoilt in one way."""
    chapters = write_course(root)
    contents = cells(chapters)
    if parts.get("without"):
        contents = [cell for cell in contents if str(parts["without"]) not in str(cell)]
    write_notebook(chapters / "03_value.ipynb", contents)
    if parts.get("data"):
        (chapters / "03_value.yml").write_text(dump(parts["data"]), "utf-8")
    if not front_matter:
        (chapters / "03_value.yml").unlink()
    done = build(root)
    assert done.returncode == 1
    return done.stderr


def test_a_chapter_without_front_matter_stops_the_build(tmp_path):
    assert "chapter has no front matter; write 03_value.yml beside it" in spoilt(
        tmp_path, front_matter=False
    )


def test_faulty_front_matter_stops_the_build_with_its_line(tmp_path):
    data = front()
    data["quiz"][0]["options"][0]["right"] = False
    said = spoilt(tmp_path, data=data)
    assert "03_value.yml:" in said
    assert "quiz[1].options: no option of 'one' is right; mark one with `right: true`" in said


def test_a_chapter_without_its_quiz_stops_the_build(tmp_path):
    said = spoilt(tmp_path, without="'kind': 'quiz'")
    assert "chapter does not show chapter.quiz(); add a cell with it" in said


def test_a_section_that_front_matter_promises_must_be_there(tmp_path):
    data = front()
    data["sections"][0]["title"] = "Get and give"
    data["field"]["uses"] = ["Get and give"]
    said = spoilt(tmp_path, data=data)
    assert "no heading reads 'Get and give' as 03_value.yml has it; make them the same" in said


BROKEN_FIGURES = {
    "a control with a bad range": (
        'Slider("tills", "Tills", 6, 1, 2)',
        "slider 'tills': low 6 must be below high 1",
    ),
    "a draw that raises": (
        'Explorable("walk", "Walk", [Toggle("rain", "Rain")], lambda rain: {}["way"])',
        "explorable 'walk' cannot draw its start values: 'way'",
    ),
    "a draw that returns no View": (
        'Explorable("walk", "Walk", [Toggle("rain", "Rain")], lambda rain: "<svg/>")',
        "draw must return a View, got '<svg/>'",
    ),
}


def test_a_broken_live_figure_stops_the_build_with_file_cell_and_remedy(tmp_path):
    write_course(tmp_path)
    notes = tmp_path / "notes"
    notes.mkdir()
    imports = nbformat.v4.new_code_cell("from explorables import Explorable, Slider, Toggle")
    for place, (code, _) in enumerate(BROKEN_FIGURES.values()):
        cell = nbformat.v4.new_code_cell(code)
        write_notebook(notes / f"broken_{place}.ipynb", [prose("# A page"), imports, cell])
    done = build(tmp_path, "html", "cache", "nb_execution_show_tb = True\n")
    assert done.returncode == 1
    for place, (_, said) in enumerate(BROKEN_FIGURES.values()):
        lines = [
            line
            for line in done.stderr.splitlines()
            if f"broken_{place}.ipynb, cell 3" in line and said in line
        ]
        assert lines, done.stderr
        assert "mend the cell or what it calls" in lines[0]


def test_a_changed_front_matter_runs_the_notebook_again(tmp_path):
    chapters = write_course(tmp_path)
    code = nbformat.v4.new_code_cell(
        'from studybook import Chapter\nChapter("../book/chapters/03_value.yml").key_points()'
    )
    notes = tmp_path / "notes"
    notes.mkdir()
    write_notebook(notes / "note.ipynb", [prose("# A page"), code])
    assert build(tmp_path, "html", "cache").returncode == 0
    page = tmp_path / "out" / "notes" / "note.html"
    assert "Rules differ." in page.read_text("utf-8")
    data = front()
    data["key_points"][1] = "Rules agree."
    (chapters / "03_value.yml").write_text(dump(data), "utf-8")
    assert build(tmp_path, "html", "cache").returncode == 0
    assert "Rules agree." in page.read_text("utf-8")


def test_the_style_sheet_of_pictures_stands_on_a_page_once():
    sheet, other = "<style>.wall{fill:red}</style>", "<style>.scene{fill:blue}</style>"
    body = f"<p>a</p>{sheet}<svg></svg>{other}{sheet}<p>b</p>"
    assert lean.styled_once(body) == f"<p>a</p>{sheet}<svg></svg>{other}<p>b</p>"
