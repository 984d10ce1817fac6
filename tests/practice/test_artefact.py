"""Artefacts are small, readable files beside the notebook."""

import json
import math

import numpy as np
import pytest

from practice import save_artefact


def test_an_artefact_is_kept_beside_the_notebook(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    save_artefact("promise_map", {"ä": [1, None]})
    save_artefact("promise_map", {"ä": [2, None]})
    assert [path.name for path in tmp_path.iterdir()] == ["artefacts"]
    text = (tmp_path / "artefacts/promise_map.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"ä": [2, None]}
    assert "ä" in text
    assert capsys.readouterr().out.splitlines()[-1] == "Saved in artefacts/promise_map.json."


@pytest.mark.parametrize("name", ["../up", "Promise", "", "a/b", "a.json", "ä"])
def test_a_name_that_could_leave_the_folder_is_refused(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="artefact's name"):
        save_artefact(name, {})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [{"a": {1, 2}}, [math.nan], object()])
def test_what_json_cannot_keep_is_refused(content, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="JSON cannot keep"):
        save_artefact("map", content)
    assert not list(tmp_path.iterdir())


def test_numbers_of_numpy_are_kept_as_the_numbers_that_they_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_artefact("map", {"n": np.int64(2), np.str_("ok"): [np.True_, np.float32(0.5)]})
    text = (tmp_path / "artefacts/map.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"n": 2, "ok": [True, 0.5]}


def test_the_type_that_json_cannot_keep_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="something of type ndarray"):
        save_artefact("map", {"n": np.array([1, 2])})
