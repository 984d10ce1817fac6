"""Each artefact reads the one before it; where there is none of the learner's own, it says so."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

from servicedesign import datasets

from .conftest import Chapter

# The chapter that reads, the cell that reads, and what of which chapter.
CHAIN = [
    ("02_listening", "value_in_use", "01_service_logic", "value_in_use"),
    ("03_value", "personas_and_map", "02_listening", "personas_and_map"),
    ("04_priorities", "promise_map", "03_value", "promise_map"),
    ("05_journey", "priority_list", "04_priorities", "priority_list"),
    ("06_blueprint", "journey", "05_journey", "journey"),
    ("07_expectations", "blueprint", "06_blueprint", "blueprint"),
    ("08_meaning", "recovery_rule", "07_expectations", "recovery_rule"),
    ("rehearsal", "chain", "08_meaning", "job_card"),
    ("09_loyalty", "test_card", "rehearsal", "test_card"),
    ("10_capstone", "chain", "rehearsal", "test_card"),
]
KEPT = {
    "value_in_use": {"service": "mine", "value_arises": "mine", "guest_brings": "mine"},
    "personas_and_map": {"personas": []},
    "promise_map": {"parts": []},
    "priority_list": {"candidates": []},
    "journey": datasets.document("journey_tuula_actual"),
    "blueprint": {"failure_points": [{"id": "mine"}]},
    "recovery_rule": {"recovery": []},
    "job_card": {"id": "mine"},
    "test_card": {"id": "mine"},
}


def said(room, chapter, cell_id, folder):
    room.run(next(cell.source for cell in chapter.cells() if cell.id == "setup"))
    out = io.StringIO()
    source = next(cell.source for cell in chapter.cells() if cell.id == cell_id)
    with contextlib.redirect_stdout(out):
        exec(compile(source, cell_id, "exec"), room.names)
    return out.getvalue()


@pytest.mark.parametrize(("reads", "cell", "before", "name"), CHAIN)
def test_what_slips_back_into_the_case_says_so(reads, cell, before, name, room, tmp_path):
    import os

    here = tmp_path / reads
    here.mkdir()
    os.chdir(here)
    chapter = Chapter(reads)
    notice = "of yours"
    assert notice in said(room, chapter, cell, here)
    kept = tmp_path / before / "artefacts" / f"{name}.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps(KEPT[name]), "utf-8")
    told = said(room, chapter, cell, here)
    # The interlude reads two and the capstone three, and only one of them is there now.
    assert told.count(notice) == {"rehearsal": 1, "10_capstone": 2}.get(reads, 0)
    assert "mine" in told or name not in ("blueprint", "job_card", "value_in_use", "test_card")


# The chapter, the cell that saves, and what a learner mistypes in it: written, mistyped.
MISTYPED = [
    ("02_listening", "personas_and_map", '"evidence": "assumed",\n', '"evidence": "felt",\n'),
    ("03_value", "promise_map", '"kind": "pain"', '"kind": "pane"'),
    ("04_priorities", "priority_list", '"decision": "later"', '"decision": "perhaps"'),
    ("07_expectations", "recovery_rule", '"severity": 2', '"severity": 9'),
    ("05_journey", "journey", '"phase": phase', '"phase": "nowhere"'),
    ("05_journey", "journey", '"social", "assumed"', '"social", "seen"'),
    ("06_blueprint", "blueprint", '["support_1", "backstage_1"', '["support_9", "backstage_1"'),
    ("06_blueprint", "blueprint", 'owner="Onni", minutes=3', 'owner="Onni", layer="cellar"'),
    ("06_blueprint", "blueprint", "mine[longest", 'mine["eat"]["id"] = "dine"\nmine[longest'),
    ("rehearsal", "test_card", '"needed": 8', '"needed": 19'),
    ("09_loyalty", "metric_card", '"source": "counted"', '"source": "guessed"'),
    ("10_capstone", "decision", '"evidence": "assumed"', '"evidence": "certain"'),
]


@pytest.mark.parametrize(("reads", "name", "written", "mistyped"), MISTYPED)
def test_what_has_errors_is_not_saved_and_what_has_none_is(reads, name, written, mistyped, room):
    cells = {cell.id: cell.source for cell in Chapter(reads).cells()}
    before = next(cell for reader, cell, _, _ in CHAIN if reader == reads)
    source = next(text for text in cells.values() if f'save_artefact("{name}"' in text)
    kept = Path("artefacts", f"{name}.json")

    def run(text):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            for code in (cells["setup"], cells[before], text):
                exec(compile(code, name, "exec"), room.names)
        return out.getvalue()

    assert written in source
    told = run(source.replace(written, mistyped))
    assert "Not saved yet" in told
    assert not kept.exists()
    assert "Not saved yet" not in run(source)
    assert kept.is_file()
