"""Layers, lines and hand-offs of a blueprint (chapter 6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import blueprint

LAYER = st.sampled_from(blueprint.LAYERS)


def diet_blueprint() -> dict:
    def item(name: str, layer: str, owner: str, minutes: float | None = None) -> dict:
        return {
            "id": name, "stage": "order", "layer": layer, "owner": owner,
            "minutes": minutes, "evidence": "observed",
        }  # fmt: skip

    return {
        "stages": [{"id": "order"}],
        "items": [
            item("label", "evidence", "Linh"),
            item("ask", "customer", "guest", 1),
            item("note", "frontstage", "Linh", 2),
            item("check", "backstage", "Onni", 3),
            item("supplier", "support", "Mikael", 4),
        ],
        "handoffs": [["ask", "note", "tells"], ["note", "check"], ["check", "supplier"]],
        "failure_points": [
            {"id": "lost", "item": "note", "owner": "Linh", "plan": "repeat"},
        ],
        "plans": [{"id": "repeat"}],
    }


def test_the_kitchens_check_lies_below_the_line_of_visibility() -> None:
    assert blueprint.lines_crossed("frontstage", "backstage") == ["line of visibility"]
    assert blueprint.lines_crossed("evidence", "customer") == []
    assert blueprint.lines_crossed("support", "evidence") == [
        "line of interaction",
        "line of visibility",
        "line of internal interaction",
    ]


@given(LAYER, LAYER)
def test_lines_are_the_same_both_ways(layer, other) -> None:
    lines = blueprint.lines_crossed(layer, other)
    assert lines == blueprint.lines_crossed(other, layer)
    assert (lines == []) == (layer == other or {layer, other} == {"evidence", "customer"})


def test_an_unknown_layer_is_refused() -> None:
    with pytest.raises(ValueError, match=r"layer must be one of evidence, .*, got kitchen"):
        blueprint.lines_crossed("kitchen", "support")


def test_a_chain_is_counted_and_its_minutes_added() -> None:
    assert blueprint.handoff_report(diet_blueprint()) == {
        "handoffs": 3,
        "owner_changes": 3,
        "layer_crossings": 3,
        "in_loop": [],
        "total_minutes": 10,
    }


def linked(pairs: list[tuple], minutes: float | None = 1) -> dict:
    names = sorted({name for pair in pairs for name in pair})
    items = [{"id": n, "layer": "backstage", "owner": "Onni", "minutes": minutes} for n in names]
    return {"items": items, "handoffs": [list(pair) for pair in pairs]}


def test_owners_are_compared_without_capitals_and_outer_spaces() -> None:
    plan = linked([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    owners = ["Onni", " onni ", "Linh", None, ""]
    for item, owner in zip(plan["items"], owners, strict=True):
        item["owner"] = owner
    assert blueprint.handoff_report(plan)["owner_changes"] == 2


def test_a_handoff_listed_twice_counts_once_but_its_return_counts() -> None:
    report = blueprint.handoff_report(linked([("a", "b"), ("a", "b"), ("b", "a")]))
    assert report["handoffs"] == 2
    assert report["in_loop"] == ["a", "b"]


def test_two_separate_loops_are_found_and_what_leads_to_them_is_not() -> None:
    pairs = [("start", "a"), ("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "c")]
    report = blueprint.handoff_report(linked(pairs))
    assert report["in_loop"] == ["a", "b", "c", "d", "e"]
    assert report["total_minutes"] is None


def test_a_diamond_has_no_loop_but_no_total_either() -> None:
    report = blueprint.handoff_report(linked([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]))
    assert report["in_loop"] == []
    assert report["total_minutes"] is None


@pytest.mark.parametrize(
    "pairs",
    [
        [("a", "b"), ("a", "c")],
        [("a", "c"), ("b", "c")],
        [("a", "b"), ("c", "d")],
        [("a", "b"), ("b", "a")],
        [("a", "b"), ("c", "d"), ("d", "c")],
        [("a", "b"), ("b", "c"), ("c", "a")],
    ],
)
def test_minutes_are_not_added_where_order_is_not_one_chain(pairs) -> None:
    assert blueprint.handoff_report(linked(pairs))["total_minutes"] is None


def test_an_unknown_time_or_unlinked_work_leaves_the_total_unknown() -> None:
    plan = linked([("a", "b")])
    assert blueprint.handoff_report(plan)["total_minutes"] == 2
    apart = {"id": "z", "layer": "support", "owner": "Mikael"}
    plan["items"].append(apart)
    assert blueprint.handoff_report(plan)["total_minutes"] == 2
    apart["minutes"] = 5
    assert blueprint.handoff_report(plan)["total_minutes"] is None
    assert blueprint.handoff_report(linked([("a", "b")], None))["total_minutes"] is None


def test_three_items_with_unrecorded_handoffs_have_no_total_and_one_alone_has() -> None:
    items = [
        {"id": n, "layer": "backstage", "minutes": m} for n, m in (("a", 4), ("b", 3), ("c", 5))
    ]
    assert blueprint.handoff_report({"items": items})["total_minutes"] is None
    assert blueprint.handoff_report({"items": items[:1]})["total_minutes"] == 4
    assert blueprint.handoff_report({})["total_minutes"] == 0


@given(st.permutations(["a", "b", "c", "d", "e"]), st.permutations(range(4)))
def test_a_chain_is_a_chain_in_whatever_order_it_is_listed(names, order) -> None:
    pairs = [(names[i], names[i + 1]) for i in order]
    report = blueprint.handoff_report(linked(pairs))
    assert report["total_minutes"] == 5
    assert report["in_loop"] == []
    closed = blueprint.handoff_report(linked([*pairs, (names[4], names[0])]))
    assert closed["in_loop"] == ["a", "b", "c", "d", "e"]
    assert closed["total_minutes"] is None


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("a", "a")], "a hand-off must lead to another item, got 'a' twice"),
        ([("a", "ghost")], "a hand-off must name items, got 'ghost'"),
    ],
)
def test_impossible_handoffs_are_refused(pairs, message) -> None:
    plan = linked([("a", "b")])
    plan["handoffs"] = pairs
    with pytest.raises(ValueError, match=message):
        blueprint.handoff_report(plan)


def test_an_id_used_twice_is_refused() -> None:
    plan = linked([("a", "b")])
    plan["items"].append(plan["items"][0])
    with pytest.raises(ValueError, match="every id must be used once, got 'a' twice"):
        blueprint.handoff_report(plan)
