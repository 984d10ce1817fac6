"""All artefacts as one document, with what is missing and what does not fit."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest

from explorables import language
from servicedesign import blueprint_format, portfolio
from servicedesign.documents import DocumentError
from servicedesign.portfolio_page import page
from servicedesign.portfolio_rules import KINDS, notes_on, read_folder

from .advice import examples

ROOT = Path(__file__).parents[2]
# Runs what is no check of each solution, so that every chapter keeps what it makes.
RUNNER = """
import contextlib, io, json, os, sys
from pathlib import Path
home = Path(sys.argv[1])
for notebook in sorted(home.glob("*/*.ipynb")):
    os.chdir(notebook.parent)
    names = {"__name__": "__main__"}
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code" and not cell["metadata"].get("nbgrader", {}).get("grade"):
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
"""


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """The artefacts of a course that was worked through with the solutions."""
    home = tmp_path_factory.mktemp("solved")
    for notebook in (ROOT / "solutions").glob("*/*.ipynb"):
        (home / notebook.parent.name).mkdir()
        shutil.copy(notebook, home / notebook.parent.name)
    subprocess.run([sys.executable, "-c", RUNNER, home], check=True)
    return home


def blueprint(journey):
    """A sound blueprint under a journey, filled in as chapter 6 does."""
    mine = blueprint_format.from_journey(journey)
    items = {item["id"]: item for item in mine["items"]}
    items["evidence_1"].update(label="Label beside the dish", owner="Linh")
    items["frontstage_1"].update(label="Says what is in it", owner="Linh", minutes=1)
    items["backstage_1"].update(label="Checks the recipe", owner="Onni", minutes=3)
    items["support_1"].update(label="Recipe database", owner="Onni")
    mine["handoffs"] = [
        ["support_1", "backstage_1", "what is in each dish"],
        ["backstage_1", "frontstage_1", "what is safe today"],
        ["frontstage_1", "evidence_1", "a label, by hand"],
    ]
    mine["failure_points"] = [
        {"id": "no_label", "item": "evidence_1", "label": "A dish stands without its label",
         "owner": "Onni", "plan": "labels_first"},
    ]  # fmt: skip
    mine["plans"] = [{"id": "labels_first", "label": "No dish before its label", "owner": "Onni"}]
    return mine


@pytest.fixture
def whole(tmp_path):
    """A folder in which every part is there and they fit, by name of the part."""
    parts = {one["format"].split("/")[0]: examples.copy(one) for one in examples.GOOD}
    for one in parts["promise_map"]["parts"]:
        one["step"] = "ask"
    for one in parts["priorities"]["candidates"]:
        one.update(owner="Onni", metric="dishes without a label", date="2026-09-01")
    parts["blueprint"] = blueprint(parts["journey"])
    parts["persona"]["id"] = "aino"
    parts["promise_map"]["id"] = "promise_labels"
    parts["promise_map"]["answers"] = ["aino"]
    parts["persona"].pop("answers")
    outcomes = ["did"] * 9 + ["did not"] * 3
    parts["test_card"].update(
        id="desk_noon", answers=["no_label"], outcomes=outcomes, planned=12, date="2026-05-27"
    )
    parts["test_card"]["threshold"] = {"needed": 8, "written": "2026-05-20"}
    parts["job_card"]["answers"] = ["no_label"]
    parts["gap_audit"]["recovery"] = [
        {**one, "failure_point": point["id"]}
        for one, point in zip(
            parts["gap_audit"]["recovery"], parts["blueprint"]["failure_points"], strict=False
        )
    ]
    parts["gap_audit"].pop("answers", None)
    parts["decision"]["pays"]["money"] = "3,480 euros"

    def write(**changes):
        folder = tmp_path / "mine"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in {**parts, **changes}.items():
            if content is not None:
                text = content if isinstance(content, str) else json.dumps(content)
                (folder / f"{name}.json").write_text(text, "utf-8")
        return folder

    write.parts = parts
    return write


def codes(folder):
    parts, notes = read_folder(folder)
    return [note.code for note in notes + notes_on(parts)]


# --- A solved course, a whole one, an empty one


def test_a_solved_course_is_one_document_that_needs_no_other(solved):
    assert portfolio.main([str(solved)]) == 0
    html = (solved / "portfolio.html").read_text("utf-8")
    found = {part.kind for part in portfolio.Portfolio(solved).parts}
    assert found == {kind for kind, *_rest in KINDS}
    assert html.count("<svg") >= 3
    assert not re.search(r"(src|href)=['\"](?!#)", html)
    assert "<script" not in html
    assert "url(" not in html
    anchors = set(re.findall(r" id='([^']+)'", html))
    links = re.findall(r"href='#([^']+)'", html)
    assert links
    assert set(links) <= anchors


def test_what_is_open_stands_in_the_document_and_on_the_terminal(solved, capsys):
    assert portfolio.main([str(solved), "--check"]) == 0
    told = capsys.readouterr().out
    mine = portfolio.Portfolio(solved)
    assert mine.notes
    html = mine.html()
    for note in mine.notes:
        assert str(note) in told
        assert note.remedy.replace("“", "“") in html.replace("&#x27;", "'").replace("&quot;", '"')
    # From the persona to the decision one chain of ids holds.
    assert not {note.code for note in mine.notes} & {
        "unknown_persona", "no_step", "unknown_need", "half_priority", "unknown_fail_point",
        "unknown_id", "unknown_card", "other_count", "other_verdict", "tested_after",
    }  # fmt: skip


def test_what_nobody_has_touched_is_told_to_be_the_example(solved, whole):
    told = [note for note in portfolio.Portfolio(solved).notes if note.code == "as_handed_out"]
    assert [note.level for note in told] == ["advice"]
    assert "Decision" in told[0].element
    assert "Personas" not in told[0].element  # made in the notebook, and not handed out
    assert "as_handed_out" not in codes(whole())


def test_where_every_part_is_there_and_they_fit_nothing_is_open(whole):
    folder = whole()
    assert portfolio.lint_portfolio(folder) == []
    assert portfolio.main([str(folder)]) == 0
    assert "Every part is here, and they fit." in (folder / "portfolio.html").read_text("utf-8")


def test_an_empty_folder_is_a_document_of_what_is_missing(tmp_path, capsys):
    assert portfolio.main([str(tmp_path)]) == 1
    assert codes(tmp_path) == ["missing"] * len(KINDS)
    told = capsys.readouterr().out
    html = (tmp_path / "portfolio.html").read_text("utf-8")
    for _kind, form, names, title, _made in KINDS:
        assert f"{title}: it is not here." in told
        assert f"artefacts/{names[0]}.json" in told
        assert form in told
        assert f"<li class='gone'>{title}" in html


def test_a_folder_that_is_not_there_is_said_with_what_to_do(tmp_path, capsys):
    assert portfolio.main([str(tmp_path / "gone")]) == 2
    assert "Give the folder that holds your artefacts" in capsys.readouterr().err


def test_a_document_that_cannot_be_written_is_said(whole, capsys):
    folder = whole()
    assert portfolio.main([str(folder), "--html", str(folder / "no" / "way.html")]) == 2
    assert "Nothing was written" in capsys.readouterr().err


# --- What does not fit


def test_all_bad_files_are_told_at_once_with_file_element_and_remedy(whole, capsys):
    journey = {**whole.parts["journey"], "persona": {"name": "Otso", "need": "To eat."}}
    metric = {**whole.parts["metric_card"], "format": "metric_card/9"}
    folder = whole(promise_map='{"promise": [', journey=journey, metric_card=metric)
    assert portfolio.main([str(folder), "--check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    (broken,) = [line for line in lines if line.startswith("to mend: promise_map.json")]
    assert "line 1" in broken
    assert "missing comma or quotation mark" in broken
    (unknown,) = [line for line in lines if line.startswith("to mend: metric_card.json")]
    assert 'format: "metric_card/9" is not known here' in unknown
    assert "metric_card/1" in unknown
    (persona,) = [line for line in lines if line.startswith("does not fit: journey.json")]
    assert "persona: “Otso”" in persona
    assert "Name one of them" in persona
    assert not [line for line in lines if line.startswith("missing")]


BREAKS = {
    "unknown_persona": ("journey", examples.put("persona.name", "Otso")),
    "no_step": ("promise_map", examples.put("parts.0.step", "fly")),
    "unknown_need": ("promise_map", examples.put("parts.0.addresses", ["fly"])),
    "half_priority": ("priorities", examples.put("candidates.0.owner", " ")),
    "unknown_journey": ("blueprint", examples.put("journey", "another")),
    "unknown_fail_point": ("gap_audit", examples.put("recovery.0.failure_point", "flood")),
    "uncovered_fail": ("gap_audit", examples.put("recovery", [])),
    "unknown_id": ("job_card", examples.put("answers", ["flood"])),
    "unknown_card": ("decision", examples.put("tested.0.card", "flood")),
    "no_card": ("decision", examples.put("tested", [])),
    "other_count": ("decision", examples.put("tested.0.n", 40)),
    "other_verdict": ("decision", examples.put("tested.0.result", "3 of 12, dropped")),
    "tested_after": ("decision", examples.put("date", "2026-05-01")),
    "new_facts": ("decision", examples.put("pays.money", "7,777 euros")),
    "private": ("persona", examples.put("email", "somebody")),
    "person": ("persona", examples.put("quote.text", "Sister of Tuula Virtanen, coeliac")),
    "channel": ("journey", examples.put("touchpoints.0.channel", "")),
}


@pytest.mark.parametrize("code", sorted(BREAKS))
def test_what_does_not_fit_is_found_with_its_file(whole, code):
    name, change = BREAKS[code]
    broken = examples.copy(whole.parts[name])
    change(broken)
    parts, notes = read_folder(whole(**{name: broken}))
    spoken = [note for note in notes + notes_on(parts) if note.code == code]
    assert spoken, codes(whole(**{name: broken}))
    assert {note.file for note in spoken} == {f"{name}.json"}
    assert all(note.message and note.remedy.endswith(".") for note in spoken)


def test_two_parts_of_one_kind_stand_side_by_side_and_not_under_one_id(whole):
    second = {**whole.parts["journey"], "id": "second_lunch", "title": "Another day"}
    assert codes(whole(second=second)) == []
    assert codes(whole(second={**second, "id": whole.parts["journey"]["id"]})) == ["id_twice"]


def test_files_of_other_kinds_are_left_alone_and_unknown_ones_are_asked_about(whole):
    folder = whole(value_in_use={"service": "mine"}, notes={"a": 1}, list="[1, 2]")
    assert codes(folder) == ["unknown_file"]
    assert portfolio.main([str(folder), "--check"]) == 0


def test_a_number_that_stands_in_another_part_is_no_new_fact(whole):
    parts = examples.copy(whole.parts["decision"])
    parts["pays"]["money"] = "3 480 euros until 2027-01-31, for 12 guests"
    assert codes(whole(decision=parts)) == []


# --- The document


def test_what_somebody_wrote_is_text_and_nothing_else(whole):
    evil = "<script>alert(1)</script>'\"><img src=x>"
    changes = {
        "persona": {**whole.parts["persona"], "goal": evil, "name": evil},
        "priorities": {**whole.parts["priorities"], evil: evil},
        "decision": {
            **whole.parts["decision"],
            "id": evil,
            "service": evil,
            "decision": evil + " 1",
        },
        "test_card": {**whole.parts["test_card"], "belief": evil, "answers": [evil]},
    }
    folder = whole(**changes)
    (folder / "a'b <i>.json").write_text("{", "utf-8")
    html = portfolio.Portfolio(folder).html()
    assert "<script" not in html
    assert "<img" not in html
    assert "<i>" not in html


@pytest.mark.parametrize("junk", [3, "text", [3], {"a": 1}])
def test_whatever_stands_in_a_part_the_document_is_made(whole, junk):
    for name, content in whole.parts.items():
        for key in content:
            if key != "format":
                parts, notes = read_folder(whole(**{name: {**content, key: junk}}))
                notes += notes_on(parts, notes)
                mine = [part for part in parts if part.file == f"{name}.json"]
                assert "</html>" in page(mine, notes)


def test_the_document_speaks_the_readers_language(tmp_path):
    try:
        language.use({"What is open": "Mikä on auki", "it is not here": "se puuttuu"})
        html = portfolio.Portfolio(tmp_path, language="fi").html()
    finally:
        language.use({})
    assert "Mikä on auki" in html
    assert "se puuttuu" in html
    assert "<html lang='fi'>" in html


def test_a_cell_shows_the_document_and_says_how_far_it_is(whole):
    mine = portfolio.Portfolio(whole())
    assert repr(mine) == f"Portfolio: {len(KINDS)} of {len(KINDS)} parts, 0 open."
    assert "<iframe" in mine._repr_html_()
    assert "&lt;h1&gt;" in mine._repr_html_()


def test_a_cell_keeps_the_document_as_a_file_and_says_what_is_open(whole, capsys, monkeypatch):
    folder = whole(promise_map='{"promise": [', decision=None)
    here = folder / "10_capstone"
    here.mkdir()
    monkeypatch.chdir(here)
    mine = portfolio.Portfolio("..")
    mine.save()
    told = capsys.readouterr().out.splitlines()
    assert told[:-1] == mine.told()
    assert told[0].startswith("to mend: promise_map.json")
    assert any(line.startswith("missing: Decision") for line in told)
    kept = here / "artefacts/portfolio.html"
    assert kept.read_text("utf-8") == mine.html()
    # Made again, it is no part of itself.
    assert portfolio.Portfolio("..").told() == mine.told()


def test_a_cell_has_a_link_that_saves_the_same_document(whole):
    mine = portfolio.Portfolio(whole())
    address = r'download="portfolio.html" href="data:text/html;base64,([^"]+)"'
    link = re.search(address, mine._repr_html_())
    assert link
    assert b64decode(link[1]).decode("utf-8") == mine.html()


def test_the_help_names_every_part_and_where_it_is_kept(capsys):
    with pytest.raises(SystemExit):
        portfolio.main(["--help"])
    told = capsys.readouterr().out
    for _kind, form, names, title, _made in KINDS:
        assert title in told
        assert form in told
        assert f"artefacts/{names[0]}.json" in told
    assert "Exit status" in told


def test_a_reader_meets_words_and_no_names_of_fields_or_rules(solved):
    html = portfolio.Portfolio(solved).html()
    heads = set(re.findall(r"<(?:dt|th)>(.*?)</", html))
    assert heads
    assert not {head for head in heads if re.search(r"^.$|_|\beur\b", head)}
    assert not heads & {"id", "text", "items", "lines", "parts", "scale", "traits", "candidates"}
    named = re.findall(r"<a href='#[a-z_]+'>[^<]*</a><small>(.*?)</small>", html)
    assert len(named) == len(KINDS)
    assert not [name for name in named if not name or "_" in name]
    remarks = re.findall(r"<ul class='remarks soft'>(.*?)</ul>", html)
    assert remarks
    assert not [one for one in remarks if re.search(r"\([a-z_]+\)", one)]


def test_a_part_that_is_drawn_bears_its_title_once(whole):
    html = portfolio.Portfolio(whole()).html()
    for name in ("journey", "test_card", "metric_card", "decision"):
        title = whole.parts[name]["title"]
        section = html.split(f"<h2 id='{name}'>")[1].split("<h2")[0]
        assert f"<h3>{title}" not in section
        assert "<figure>" in section


# --- The PDF


def test_the_browsers_are_those_that_the_course_looks_for():
    assert list(portfolio.BROWSERS) == (ROOT / "tools/browsers.txt").read_text("utf-8").split()


def test_without_a_browser_the_html_is_there_and_it_says_how_to_print(whole, monkeypatch, capsys):
    folder = whole()
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert portfolio.main([str(folder), "--pdf", str(folder / "mine.pdf")]) == 2
    told = capsys.readouterr()
    assert "print it to a PDF from there" in told.err
    assert "written:" in told.out
    assert (folder / "portfolio.html").is_file()
    assert not (folder / "mine.pdf").exists()


def test_a_browser_that_stops_is_told_with_its_reason(tmp_path, monkeypatch):
    false = shutil.which("false")
    monkeypatch.setattr(shutil, "which", lambda _name: false)
    with pytest.raises(DocumentError, match="stopped"):
        portfolio.to_pdf("<p>x</p>", tmp_path / "x.pdf")


@pytest.mark.browser
def test_a_pdf_is_printed(whole):
    folder = whole()
    assert portfolio.main([str(folder), "--pdf", str(folder / "mine.pdf")]) == 0
    printed = (folder / "mine.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") >= len(KINDS)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_document_needs_no_sideways_scroll(whole, browser, width):
    folder = whole()
    portfolio.main([str(folder)])
    shown = browser.new_page(viewport={"width": width, "height": 800})
    shown.goto((folder / "portfolio.html").as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.close()
