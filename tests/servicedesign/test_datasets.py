"""Data tables say where they come from and notice a changed cell."""

import hashlib
import shutil
from importlib import resources
from pathlib import Path

import pytest

import servicedesign
from servicedesign import datasets

NAMES = datasets.names()


@pytest.mark.parametrize("name", NAMES)
def test_a_table_says_where_it_comes_from_and_what_it_can_show(name):
    about = datasets.describe(name)
    for key in ("title", "source", "licence", "shows", "cannot_show"):
        assert about[key].strip(), key
    assert isinstance(about["real"], bool)
    for column in about["columns"]:
        assert column["meaning"].strip()
        assert "unit" in column


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_the_rows_and_columns_that_are_described(name):
    about = datasets.describe(name)
    rows = datasets.load(name)
    assert len(rows) == about["rows"]
    assert list(rows[0]) == [column["name"] for column in about["columns"]]


def test_the_travel_data_are_those_of_the_public_package_byte_for_byte():
    # The checksum of modechoice.csv in the statsmodels 0.14.4 wheel.
    content = resources.files("servicedesign").joinpath("data/mode_choice.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == (
        "d2d72c1db440f8ffce01f58ed39fc1145569ec1703970dac1636c154fc01fd8e"
    )


def test_every_traveller_had_four_modes_and_took_one():
    rows = datasets.load("mode_choice")
    travellers = {}
    for row in rows:
        travellers.setdefault(row["individual"], []).append(row)
    assert len(travellers) == 210
    for options in travellers.values():
        assert sorted(row["mode"] for row in options) == [1, 2, 3, 4]
        assert sum(row["choice"] for row in options) == 1


def test_generalised_cost_is_fare_and_riding_time_at_the_makers_rate():
    rates = sorted((r["gc"] - r["invc"]) / r["invt"] for r in datasets.load("mode_choice"))
    assert rates[len(rates) // 2] == pytest.approx(1 / 9, abs=1e-3)
    assert rates[0] > 0


def test_each_load_is_a_fresh_copy():
    datasets.load("mode_choice")[0]["gc"] = -1
    assert datasets.load("mode_choice")[0]["gc"] == 70


@pytest.mark.parametrize("call", [datasets.load, datasets.describe])
def test_an_unknown_table_is_named_beside_those_there_are(call):
    with pytest.raises(ValueError, match=r"mode_choice.*got 'lunches'"):
        call("lunches")


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the package's data that a test may spoil."""
    source = Path(servicedesign.__file__).parent / "data"
    shutil.copytree(source, tmp_path / "data")
    monkeypatch.setattr(datasets.resources, "files", lambda _: tmp_path)
    return tmp_path / "data"


def test_one_changed_cell_is_noticed(copied):
    table = copied / "mode_choice.csv"
    table.write_bytes(table.read_bytes().replace(b"1;1;0;69;", b"1;1;0;68;", 1))
    with pytest.raises(ValueError, match=r"mode_choice\.csv has been changed"):
        datasets.load("mode_choice")


def test_columns_that_are_not_those_described_are_noticed(copied):
    about = copied / "mode_choice.json"
    about.write_text(about.read_text(encoding="utf-8").replace('"ttme"', '"wait"'), "utf-8")
    with pytest.raises(ValueError, match=r"describes .*'wait'"):
        datasets.load("mode_choice")
