"""What a cell tells a page: of a version, of a kind, with the fields of that kind and no others."""

from __future__ import annotations

import json
from typing import Literal, TypedDict

import pytest

from explorables import cells


class Stop(TypedDict):
    name: str
    minutes: float | None


class Line(TypedDict):
    colour: Literal["red", "blue"]
    tracks: int
    open: bool
    stops: list[Stop]


LINE = {"colour": "red", "tracks": 2, "open": True, "stops": [{"name": "A", "minutes": 3}]}


@pytest.fixture(autouse=True)
def line(monkeypatch):
    monkeypatch.setitem(cells.KINDS, "line", Line)


def told(**changes):
    return {"version": cells.VERSION, "kind": "line", **LINE, **changes}


def test_an_object_gives_its_words_its_html_and_its_facts():
    bundle = cells.bundle("line", LINE, "<p>red</p>", "red")
    assert bundle == {"text/plain": "red", "text/html": "<p>red</p>", cells.TYPE: told()}
    assert cells.read(json.loads(json.dumps(bundle[cells.TYPE]))) == {"kind": "line", **LINE}


def test_a_live_figure_tells_its_id_and_the_module_that_draws_it(walking):
    facts = walking.walk._repr_mimebundle_()[cells.TYPE]
    assert cells.read(facts) == {"kind": "figure", "id": "walk", "module": "walking.walk"}


def test_what_may_be_missing_is_none():
    assert cells.read(told(stops=[{"name": "A", "minutes": None}]))["stops"][0]["minutes"] is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 2}, "are of version 2, and this site reads 1: .*run `make notebooks`"),
        ({"version": None}, "are of version None, and this site reads 1"),
        ({"kind": "lime"}, "the kind 'lime', which is none of figure, sheet, .*: correct it, or"),
        ({"colour": "green"}, "`colour` must be one of red, blue, got 'green'"),
        ({"tracks": 2.5}, "`tracks` must be a whole number, got 2.5"),
        ({"tracks": True}, "`tracks` must be a whole number, got True"),
        ({"open": 1}, "`open` must be true or false, got 1"),
        ({"stops": "A"}, "`stops` must be a list, got 'A'"),
        ({"stops": ["A"]}, r"`stops\[0\]` must be an object, got 'A'"),
        ({"stops": [{"name": "A"}]}, r"`stops\[0\].minutes` is missing: run `make notebooks`, or"),
        (
            {"stops": [{"name": 1, "minutes": "3"}]},
            r"`stops\[0\].name` must be a text, got 1; `stops\[0\].minutes` must be a number",
        ),
        ({"length": 7}, "`length` is no field of it"),
    ],
)
def test_facts_that_do_not_fit_are_told_with_place_value_and_remedy(changes, said):
    with pytest.raises(cells.CellError, match=said):
        cells.read(told(**changes))


def test_facts_that_are_no_object_are_told():
    with pytest.raises(cells.CellError, match="must be a JSON object, got 'line'"):
        cells.read("line")


def test_an_object_cannot_tell_what_no_page_would_read():
    with pytest.raises(cells.CellError, match="`tracks` is missing"):
        cells.bundle("line", {k: v for k, v in LINE.items() if k != "tracks"}, "", "")
