"""The format blueprint/1: rules that teach, the joint with the journey, exports."""

import copy
import csv
import io
import json
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import blueprint_format, datasets, journey_format, linting
from servicedesign.blueprints import routes as blueprint_routes
from servicedesign.blueprints.exports import ITEM_KEYS

from .documents_kit import JUNK, changed, errors, spoilt, validator

DIET = datasets.document("blueprint_diet")
TUULA = datasets.document("journey_tuula_actual")
SAMIR = datasets.document("journey_samir_actual")
SCHEMA = validator("blueprint-1")
POINT = ("failure_points", 0)
SVG = "{http://www.w3.org/2000/svg}"


def item(key: str, **changes):
    """The diet blueprint with one item changed; a value of None drops the key."""
    blueprint = datasets.document("blueprint_diet")
    (found,) = [entry for entry in blueprint["items"] if entry["id"] == key]
    for name, value in changes.items():
        if value is None:
            found.pop(name)
        else:
            found[name] = value
    return blueprint


def codes(blueprint) -> list[str]:
    return [finding.code for finding in blueprint_format.lint(blueprint)]


def test_the_diet_blueprint_has_no_finding() -> None:
    assert blueprint_format.lint(DIET) == []


@pytest.mark.parametrize(
    ("blueprint", "code", "element", "remedy"),
    [
        (item("notebook", owner=None), "missing_owner", "item 'notebook'", "one name or role"),
        (item("notebook", owner=" "), "owner", "item 'notebook'", "one name or role"),
        (item("notebook", layer="back"), "layer", "item 'notebook'", "evidence, customer"),
        (item("notebook", evidence=None), "missing_evidence", "item 'notebook'", "observed"),
        (item("notebook", source=None), "missing_source", "item 'notebook'", "call it assumed"),
        (item("notebook", stage="leav"), "unknown_stage", "item 'notebook'", '"leave"'),
        (item("notebook", minutes="2"), "minutes", "item 'notebook'", "from 0 to 1,000,000"),
        (item("notebook", wait="yes"), "wait", "item 'notebook'", "Write true"),
        (item("notebook", label=None), "missing_label", "item 'notebook'", "what is done"),
        (item("notebook", id="pay"), "duplicate_id", "item 'pay'", '"pay_2"'),
        (DIET | {"handoffs": [["pay", "paid"]]}, "unknown_item", "hand-off 1", "or add it"),
        (DIET | {"handoffs": [["pay", "pay"]]}, "self_handoff", "hand-off 1", "next item"),
        (DIET | {"handoffs": [["pay"]]}, "handoff", "hand-off 1", '"from", "to"'),
        (DIET | {"handoffs": {}}, "handoffs", "the file", '"from", "to"'),
        (DIET | {"plans": []}, "unknown_plan", "fail point 'no_label'", "add it"),
        (DIET | {"journey": 7}, "journey", "the file", "customer's row"),
        (DIET | {"format": "journey/1"}, "format", "the file", '"blueprint/1"'),
        (changed(DIET, ("plans", 0, "due"), "May"), "due", "plan 'labels_first'", "2026-02-05"),
        (changed(DIET, (*POINT, "p_fail"), 15), "p_fail", "fail point 'no_label'", "0.05"),
        (changed(DIET, (*POINT, "item"), "x"), "unknown_item", "fail point 'no_label'", "id"),
        (None, "not_an_object", "the file", "--new"),
    ],
)
def test_each_error_names_its_element_and_a_remedy(blueprint, code, element, remedy) -> None:
    found = [f for f in errors(blueprint_format.lint(blueprint)) if f.code == code]
    assert found, codes(blueprint)
    assert element in [f.element for f in found]
    assert any(remedy in f.remedy for f in found), found


def test_a_finding_can_be_told_with_the_labels_of_the_elements_and_not_their_ids() -> None:
    draft = datasets.document("blueprint_diet_draft")
    told = [linting.in_words(one, draft) for one in blueprint_format.lint(draft)]
    assert told[0].startswith("item \u201cGreet and ask about diets\u201d: has")
    known = {one["id"] for key in ("items", "failure_points", "plans") for one in draft[key]}
    assert not [text for text in told for name in known if f"'{name}'" in text]
    assert [text for text in told if '"label_everything"' in text], "nothing has this id"
    assert linting.in_words(linting.Finding("a", "the file", "is odd", "Mend it."), {"x": [1]})


def test_a_layer_without_an_item_and_a_stage_without_a_customer_are_noticed() -> None:
    support = [entry for entry in DIET["items"] if entry["layer"] != "support"]
    assert "empty_layer" in codes(DIET | {"items": support})
    stages = [*DIET["stages"], {"id": "later", "label": "Later"}]
    assert "stage_without_customer" in codes(DIET | {"stages": stages})


def test_advice_about_plans_and_loose_items_does_not_stop_a_drawing() -> None:
    blueprint = DIET | {"handoffs": [], "failure_points": copy.deepcopy(DIET["failure_points"])}
    del blueprint["failure_points"][0]["plan"]
    findings = blueprint_format.lint(blueprint)
    assert {finding.code for finding in findings} == {"unconnected", "no_plan"}
    assert not errors(findings)
    ET.fromstring(blueprint_format.to_svg(blueprint))


@given(JUNK)
def test_junk_never_crashes_the_linter(junk) -> None:
    assert errors(blueprint_format.lint(junk))


@given(spoilt("blueprint_diet"))
def test_a_spoilt_blueprint_never_crashes_and_what_passes_can_be_drawn(blueprint) -> None:
    findings = blueprint_format.lint(blueprint)
    for finding in findings:
        str(finding).encode("utf-8")
    if not errors(findings):
        assert list(SCHEMA.iter_errors(blueprint)) == []
        blueprint_format.join(blueprint, TUULA)
        for width in (0, 340):
            ET.fromstring(blueprint_format.to_svg(blueprint, "fi", width, TUULA))
        blueprint_format.to_mermaid(blueprint).encode("utf-8")
        blueprint_format.to_csv(blueprint).encode("utf-8")


@pytest.mark.parametrize("key", ["id", "stage", "layer", "label", "owner", "evidence"])
def test_schema_and_linter_need_the_same_keys(key) -> None:
    blueprint = item("notebook", **{key: None})
    assert errors(blueprint_format.lint(blueprint))
    assert list(SCHEMA.iter_errors(blueprint))


def test_the_schema_knows_every_key_that_is_read() -> None:
    assert set(SCHEMA.schema["$defs"]["item"]["properties"]) == set(ITEM_KEYS)


# The joint with the journey


def test_the_customer_s_row_is_tuula_s_journey() -> None:
    assert blueprint_format.join(DIET, TUULA) == []


def test_a_step_that_one_of_them_lacks_is_named() -> None:
    found = blueprint_format.join(item("queue", id="que"), TUULA)
    assert [(f.code, f.element) for f in found] == [
        ("unknown_touchpoint", "item 'que'"),
        ("missing_touchpoint", 'touchpoint "queue"'),
    ]
    assert found[0].remedy == 'Did you mean "queue"?'


def test_another_order_and_another_journey_are_advice() -> None:
    swapped = TUULA | {"touchpoints": TUULA["touchpoints"][::-1], "id": "other"}
    found = blueprint_format.join(DIET, swapped)
    assert [f.code for f in found] == ["other_journey", "other_order"]
    assert not errors(found)


@pytest.mark.parametrize("journey", [TUULA, SAMIR, journey_format.starter()])
def test_a_blueprint_begun_from_a_journey_is_sound_and_joins_it(journey) -> None:
    fresh = blueprint_format.from_journey(journey)
    assert not errors(blueprint_format.lint(fresh))
    assert blueprint_format.join(fresh, journey) == []
    SCHEMA.validate(fresh)


# Exports and the drawing


def test_the_table_has_a_row_an_item_with_what_it_hands_on() -> None:
    rows = list(csv.DictReader(io.StringIO(blueprint_format.to_csv(DIET))))
    assert len(rows) == len(DIET["items"])
    (notebook,) = [row for row in rows if row["id"] == "notebook"]
    assert notebook["hands_to"] == "check_recipe show_dishes"
    assert notebook["fails"] == "lost_words"
    assert notebook["label.fi"] == "Katso allergiavihosta"


def test_a_formula_is_harmless_in_the_table() -> None:
    blueprint = item("pay", label="=1+1", owner="@all", minutes=-0.5)
    (row,) = [
        row
        for row in csv.DictReader(io.StringIO(blueprint_format.to_csv(blueprint)))
        if row["id"] == "pay"
    ]
    assert (row["label"], row["owner"], row["minutes"]) == ("'=1+1", "'@all", "-0.5")


def test_the_flowchart_has_every_layer_item_and_hand_off() -> None:
    lines = blueprint_format.to_mermaid(item("pay", label='Pay "now" & <go>')).splitlines()
    assert lines[0] == "flowchart LR"
    assert sum(line.startswith("  subgraph") for line in lines) == 5
    assert sum(line.startswith("    item_") for line in lines) == len(DIET["items"])
    assert sum(" -->" in line for line in lines) == len(DIET["handoffs"])
    assert any("Pay #quot;now#quot; #amp; #lt;go#gt;" in line for line in lines)
    assert any("⚠ Label beside the dish" in line for line in lines)


@pytest.mark.parametrize("width", [0, 680, 340])
@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_drawing_shows_items_lines_hand_offs_and_fail_points(language, width) -> None:
    text = blueprint_format.to_svg(DIET, language, width, TUULA)
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == DIET["title"][language]
    shown = " ".join(element.text for element in root.iter(f"{SVG}text")).replace("- ", "")
    line = {"en": "line of visibility", "fi": "näkyvyyden raja"}[language]
    assert line in shown
    for mark in ("F1", "F2", "F3", "12"):
        assert mark in shown.split()
    for owner in ("Linh", "Onni", "Korpitukku"):
        assert owner in shown
    assert text == blueprint_format.to_svg(DIET, language, width, TUULA)


def test_cards_of_one_lane_do_not_cover_each_other() -> None:
    root = ET.fromstring(blueprint_format.to_svg(DIET))
    cards = [
        tuple(float(r.get(key)) for key in ("x", "y", "width", "height"))
        for r in root.iter(f"{SVG}rect")
        if "wf-card" in (r.get("class") or "") and float(r.get("width")) > 60
    ]
    assert len(cards) == len(DIET["items"])
    for i, (x, y, w, h) in enumerate(cards):
        for x2, y2, w2, h2 in cards[i + 1 :]:
            assert x + w < x2 or x2 + w2 < x or y + h < y2 or y2 + h2 < y


PLACES = st.tuples(st.integers(0, 4), st.integers(0, 6))


@given(st.lists(PLACES, min_size=2, max_size=8, unique=True), st.data())
def test_hand_offs_leave_and_arrive_where_they_should(spots, data) -> None:
    places = {f"i{k}": spot for k, spot in enumerate(spots)}
    pair = st.lists(st.sampled_from(sorted(places)), min_size=2, max_size=2, unique=True)
    handoffs = data.draw(st.lists(pair, max_size=8))
    routes = blueprint_routes.plan(places, handoffs)
    offsets = blueprint_routes.ports(routes)
    ends = []
    for (start, stop), route, (out, into) in zip(handoffs, routes, offsets, strict=True):
        assert (route["start"], route["stop"]) == (places[start], places[stop])
        assert len(route["gaps"]) <= 2
        ends += [(route["start"], route["sides"][0], out), (route["stop"], route["sides"][1], into)]
    assert len(ends) == len(set(ends))  # no two lines share a port


SPANS = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda s: tuple(sorted(s)))


@given(st.lists(SPANS, max_size=10))
def test_lines_on_one_track_do_not_run_over_each_other(spans) -> None:
    chosen = blueprint_routes.tracks(spans)
    for i, (low, high) in enumerate(spans):
        for j in range(i):
            if chosen[i] == chosen[j]:
                assert high < spans[j][0] or spans[j][1] < low


# The command line


def command(*arguments) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "servicedesign.blueprint_format", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_learner_begins_from_a_journey_and_draws(tmp_path) -> None:
    journey, mine = tmp_path / "journey.json", tmp_path / "mine.json"
    journey.write_text(json.dumps(TUULA), encoding="utf-8")
    assert command("--new", mine, "--journey", journey).returncode == 0
    targets = [tmp_path / name for name in ("b.svg", "b.csv", "b.mmd")]
    done = command(
        mine,
        "--journey",
        journey,
        "--svg",
        targets[0],
        "--csv",
        targets[1],
        "--mermaid",
        targets[2],
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(target.stat().st_size > 100 for target in targets)


def test_the_wrong_journey_is_an_error_that_names_the_step(tmp_path) -> None:
    journey, mine = tmp_path / "journey.json", tmp_path / "mine.json"
    journey.write_text(json.dumps(SAMIR), encoding="utf-8")
    mine.write_text(json.dumps(DIET), encoding="utf-8")
    done = command(mine, "--journey", journey)
    assert done.returncode == 1
    assert 'touchpoint "park": is in the journey, but not in the customer\'s row' in done.stdout


def test_help_says_how_to_begin() -> None:
    assert "Begin with --new" in command("--help").stdout
