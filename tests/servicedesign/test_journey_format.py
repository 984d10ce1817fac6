"""The format journey/1: rules that teach, a linter that never crashes, exports that keep."""

import csv
import io
import json
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from explorables.svg import text_width
from servicedesign import datasets, journey_format
from servicedesign.documents import DocumentError
from servicedesign.journeys import exports as journey_exports
from servicedesign.journeys import map as journey_map
from servicedesign.journeys import words as journey_words

from .documents_kit import JUNK, changed, errors, places, spoilt, validator

SAMIR = datasets.document("journey_samir_actual")
TUULA = datasets.document("journey_tuula_actual")
PLANNED = datasets.document("journey_samir_planned")
SVG = "{http://www.w3.org/2000/svg}"


def step(number: int, **changes):
    """Tuula's journey with one touchpoint changed; a value of None drops the key."""
    journey = datasets.document("journey_tuula_actual")
    for key, value in changes.items():
        if value is None:
            journey["touchpoints"][number].pop(key)
        else:
            journey["touchpoints"][number][key] = value
    return journey


def codes(journey) -> list[str]:
    return [finding.code for finding in journey_format.lint(journey)]


@pytest.mark.parametrize("journey", [SAMIR, TUULA, journey_format.starter()], ids=lambda j: j["id"])
def test_a_sound_journey_has_no_finding(journey) -> None:
    assert journey_format.lint(journey) == []


def test_the_plan_begins_and_ends_at_our_own_door() -> None:
    assert codes(PLANNED) == ["only_the_firm"]


@pytest.mark.parametrize(
    ("journey", "code", "element", "remedy"),
    [
        (step(3, channel=None), "missing_channel", "touchpoint 'queue'", "in_person"),
        (step(3, actor=None), "missing_actor", "touchpoint 'queue'", "who acts"),
        (step(3, evidence=None), "missing_evidence", "touchpoint 'queue'", "observed"),
        (step(3, source=None), "missing_source", "touchpoint 'queue'", "call it assumed"),
        (step(0, source=None), "missing_source", "touchpoint 'search'", "call it assumed"),
        (step(3, owner="brnad"), "owner", "touchpoint 'queue'", 'Did you mean "brand"?'),
        (step(3, rating=3), "rating", "touchpoint 'queue'", "from -2 (very bad) to 2"),
        (step(3, rating=True), "rating", "touchpoint 'queue'", "Rate from"),
        (step(3, p_fail=10), "p_fail", "touchpoint 'queue'", "0.05 for 5 in a hundred"),
        (step(3, importance=6), "importance", "touchpoint 'queue'", "from 0 (no matter) to 5"),
        (step(3, minutes=-1), "minutes", "touchpoint 'queue'", "from 0 to 1,000,000"),
        (step(3, id="Wait in Line!"), "id", "touchpoint 'Wait in Line!'", '"wait_in_line"'),
        (step(3, id="food"), "duplicate_id", "touchpoint 'food' (number 6)", '"food_2"'),
        (step(3, action="  "), "action", "touchpoint 'queue'", "starting with a verb"),
        (step(3, action={"English": "Wait"}), "language", "touchpoint 'queue'", '"en" or "fi"'),
        (step(3, phase="after"), "phase_order", "touchpoint 'greeting'", "order of time"),
        (step(3, quote="ring 040 123 4567"), "personal_data", "touchpoint 'queue'", "Take them"),
        (step(3, quote="t.n@example.org"), "personal_data", "touchpoint 'queue'", "Take them"),
        (step(3, quote="010150-123A"), "personal_data", "touchpoint 'queue'", "Take them out"),
        (step(3, quote="\x07"), "unprintable", "touchpoint 'queue'", "anew"),
        (TUULA | {"format": "journey/2"}, "format", "the file", '"journey/1"'),
        (TUULA | {"state": "acutal"}, "state", "the file", 'Did you mean "actual"?'),
        (TUULA | {"persona": "Tuula"}, "missing_persona", "persona", '"name"'),
        (TUULA | {"date": "3.2.2026"}, "date", "the file", '"2026-02-05"'),
        (TUULA | {"synthetic": "yes"}, "synthetic", "the file", "true for an invented case"),
        (TUULA | {"plan": 7}, "plan", "the file", "planned journey"),
        (TUULA | {"phases": TUULA["phases"][:2]}, "missing_phase", "phases", "all three"),
        (TUULA | {"phases": TUULA["phases"][::-1]}, "phase_order", "phases", "before, during"),
        (TUULA | {"touchpoints": []}, "missing_touchpoints", "the file", "one object for each"),
        (TUULA | {"touchpoints": [7]}, "not_an_object", "touchpoints, entry 1", "in braces"),
        ([], "not_an_object", "the file", "--new"),
    ],
)
def test_each_error_names_its_element_and_a_remedy(journey, code, element, remedy) -> None:
    found = [f for f in errors(journey_format.lint(journey)) if f.code == code]
    assert found, codes(journey)
    assert element in [f.element for f in found]
    assert any(remedy in f.remedy for f in found), found


@pytest.mark.parametrize(
    ("journey", "code"),
    [
        (step(3, minuts=9), "unknown_key"),
        (TUULA | {"touchpoints": TUULA["touchpoints"] * 3}, "many_touchpoints"),
        (step(0, owner="brand"), "only_the_firm"),
        (TUULA | {"state": "planned"}, "observed_plan"),
        (
            TUULA
            | {
                "touchpoints": [
                    {k: v for k, v in s.items() if k != "rating"} for s in TUULA["touchpoints"]
                ]
            },
            "no_rating",
        ),
    ],
)
def test_advice_does_not_stop_a_drawing(journey, code) -> None:
    found = [f for f in journey_format.lint(journey) if f.code == code]
    assert found
    assert all(f.level == "advice" for f in found)


def test_an_empty_phase_is_noticed() -> None:
    journey = TUULA | {"touchpoints": TUULA["touchpoints"][:-1]}
    assert "empty_phase" in codes(journey)


def test_an_insight_refers_to_steps_that_are_there() -> None:
    journey = changed(TUULA, ("insights", 0, "touchpoints"), ["greting"])
    (finding,) = journey_format.lint(journey)
    assert finding.code == "unknown_touchpoint"
    assert finding.remedy == 'Did you mean "greeting"?'


@given(JUNK)
def test_junk_never_crashes_the_linter(junk) -> None:
    assert errors(journey_format.lint(junk))


@given(spoilt("journey_samir_actual"))
def test_a_spoilt_journey_never_crashes_and_what_passes_can_be_drawn(journey) -> None:
    findings = journey_format.lint(journey)
    for finding in findings:
        str(finding).encode("utf-8")
        assert finding.message
        assert finding.remedy
    if not errors(findings):
        for width in (0, 340):
            ET.fromstring(journey_format.to_svg(journey, "fi", width))
        journey_format.to_mermaid(journey).encode("utf-8")
        journey_format.to_csv(journey).encode("utf-8")


@given(spoilt("journey_samir_actual"))
def test_what_the_linter_lets_pass_the_schema_accepts(journey) -> None:
    if not errors(journey_format.lint(journey)):
        assert list(SCHEMA.iter_errors(journey)) == []


SCHEMA = validator("journey-1")


@pytest.mark.parametrize("journey", [SAMIR, TUULA, PLANNED, journey_format.starter()])
def test_the_schema_accepts_sound_journeys(journey) -> None:
    SCHEMA.validate(journey)


@pytest.mark.parametrize("key", ["id", "phase", "action", "channel", "actor", "owner", "evidence"])
def test_schema_and_linter_need_the_same_keys(key) -> None:
    journey = step(3, **{key: None})
    assert errors(journey_format.lint(journey))
    assert list(SCHEMA.iter_errors(journey))


def test_the_schema_knows_every_key_that_is_read() -> None:
    properties = SCHEMA.schema["$defs"]["touchpoint"]["properties"]
    assert set(properties) == set(journey_exports.TOUCHPOINT_KEYS)


# Exports


@pytest.mark.parametrize("journey", [SAMIR, TUULA, PLANNED], ids=lambda j: j["id"])
def test_a_table_brings_back_the_same_touchpoints(journey) -> None:
    assert journey_format.from_csv(journey_format.to_csv(journey)) == journey["touchpoints"]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x","y")',
        "+1",
        "-2",
        "- a dash",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "'=1",
        "''-x",
    ],
)
def test_a_formula_is_harmless_in_the_table_and_comes_back_unchanged(text: str) -> None:
    journey = {"touchpoints": [{"id": "a", "action": text, "quote": {"en": text}, "rating": -1}]}
    table = journey_format.to_csv(journey)
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    number = re.fullmatch(r"[+-]\d", text)
    assert row["rating"] == "-1"
    assert number or not row["action"].startswith(tuple("=+-@\t\r"))
    assert journey_format.from_csv(table) == journey["touchpoints"]


def test_a_table_from_a_finnish_spreadsheet_is_read() -> None:
    table = 'id,rating,minutes,action.fi\nqueue,\u22121,"0,5",Odota\n,,,\n'
    assert journey_format.from_csv(table) == [
        {"id": "queue", "rating": -1, "minutes": 0.5, "action": {"fi": "Odota"}}
    ]


def test_a_word_where_a_number_belongs_names_row_and_column() -> None:
    with pytest.raises(DocumentError, match=r'row 2: rating is "bad", not a number'):
        journey_format.from_csv("id,rating\nqueue,bad\n")


def test_mermaid_gets_scores_from_one_to_five_and_safe_names() -> None:
    journey = step(3, action="Wait: long; #1", rating=-1.5)
    lines = journey_format.to_mermaid(journey).splitlines()
    assert lines[0] == "journey"
    tasks = [line.strip() for line in lines if re.match(r"      \S", line)]
    assert "Wait – long, no. 1: 2: Tuula" in tasks
    for task in tasks:
        assert re.fullmatch(r"[^:;#]+: [1-5]: [^:;#,]+", task)
    assert [line.strip() for line in lines if "section" in line] == [
        "section Before",
        "section During",
        "section After",
    ]


def test_deviations_are_skipped_added_and_slow_steps() -> None:
    found = journey_format.deviations(PLANNED, SAMIR)
    assert "Wait in line: 8 min instead of 2" in found
    assert "Find a place for the van: happened, but nobody had planned it" in found
    assert "Have coffee with a biscuit: planned, but it did not happen" in found
    assert journey_format.deviations(SAMIR, SAMIR) == []


def told(planned: str, happened: str, **failed: float) -> list[str]:
    """Return the deviations of journeys whose steps are single letters."""

    def journey(ids: str) -> dict[str, object]:
        steps = [{"id": one, "action": one.upper(), "p_fail": failed.get(one, 0)} for one in ids]
        return {"touchpoints": steps}

    return journey_format.deviations(journey(planned), journey(happened))


def test_a_step_that_came_out_of_turn_is_told() -> None:
    assert told("abc", "acb") == ["C: came before B"]
    assert told("abc", "cab") == ["C: came before A"]
    assert told("abc", "axb") == [
        "X: happened, but nobody had planned it",
        "C: planned, but it did not happen",
    ]


def test_a_step_that_failed_is_told_and_one_that_may_fail_is_not() -> None:
    assert told("ab", "ab", b=1) == ["B: failed"]
    assert told("ab", "ab", b=0.9) == []


@pytest.mark.parametrize("minutes", [1_000_001, -1])
def test_minutes_out_of_range_are_told_with_both_limits(minutes: int) -> None:
    findings = journey_format.lint(step(3, minutes=minutes))
    (found,) = [str(one) for one in findings if "minutes" in str(one)]
    assert "from 0 to 1,000,000" in found


# The map


@pytest.mark.parametrize("width", [0, 680, 340])
@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("journey", [SAMIR, TUULA, PLANNED], ids=lambda j: j["id"])
def test_the_map_is_a_picture_with_a_title_that_asks_nobody_for_anything(
    journey, language, width
) -> None:
    text = journey_format.to_svg(journey, language, width)
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == journey["title"][language]
    assert root.find(f"{SVG}desc").text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "url(" not in text
    assert text == journey_format.to_svg(journey, language, width)
    if width:
        assert root.get("width") == str(width)


@pytest.mark.parametrize("width", [0, 340])
def test_the_map_shows_every_step_quote_and_insight(width) -> None:
    root = ET.fromstring(journey_format.to_svg(SAMIR, "en", width))
    shown = " ".join(element.text for element in root.iter(f"{SVG}text"))
    words = set(shown.replace("\u201c", " ").replace("\u201d", " ").split())
    for label in [s["action"] for s in SAMIR["touchpoints"]] + [
        s["quote"] for s in SAMIR["touchpoints"] if "quote" in s
    ]:
        assert set(label["en"].split()) <= words
    for insight in SAMIR["insights"]:
        assert set(insight["text"]["en"].split()) <= words


@pytest.mark.parametrize("width", [0, 680, 340])
def test_long_finnish_words_stay_inside_their_column(width) -> None:
    journey = datasets.document("journey_tuula_actual")
    for touchpoint in journey["touchpoints"]:
        touchpoint["action"] = {"fi": "Lounasravintolakäyntisuunnitelmallisuus"}
        touchpoint["channel"] = "toimintaympäristökokonaisuus"
    root = ET.fromstring(journey_map.draw(journey, "fi", width))
    page = float(root.get("width"))
    for element in root.iter(f"{SVG}text"):
        size, x = float(element.get("font-size")), float(element.get("x"))
        wide = text_width(element.text, size)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[element.get("text-anchor")]
        assert left >= 0, element.text
        assert left + wide <= page, element.text


def test_a_soft_hyphen_says_where_a_word_is_broken() -> None:
    from servicedesign.wall_art import lines_of

    assert lines_of("erityis\u00adruokavalio", 15, 100) == ["erityis-", "ruokavalio"]
    assert lines_of("lounas-ravintola", 15, 90) == ["lounas-", "ravintola"]


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("journey", [SAMIR, TUULA, PLANNED], ids=lambda j: j["id"])
def test_a_step_stays_on_its_card_in_the_widest_font_that_a_wall_may_have(
    journey, language
) -> None:
    root = ET.fromstring(journey_format.to_svg(journey, language))
    cards = [e for e in root.iter(f"{SVG}rect") if "wf-card" in e.get("class", "")]
    cards = [e for e in cards if e.get("rx") == "8"][: len(journey["touchpoints"])]
    right = [float(card.get("x")) + float(card.get("width")) for card in cards]
    found = 0
    for element in root.iter(f"{SVG}text"):
        size, bold = element.get("font-size"), element.get("font-weight")
        if (size, element.get("text-anchor")) == ("15", "start") and bold:
            x = float(element.get("x"))
            edge = min(place for place in right if place > x)
            # DejaVu Sans Bold, where a system has no other, is the widest in use.
            assert x + 1.2 * text_width(element.text, 15) <= edge, element.text
            found += 1
    assert found >= len(cards)


def test_a_long_title_leaves_room_for_the_person() -> None:
    title = "A bus trip to school on a rainy Monday in November"
    four = TUULA["touchpoints"][:3] + TUULA["touchpoints"][-1:]
    journey = TUULA | {"title": title, "touchpoints": four, "insights": []}
    root = ET.fromstring(journey_format.to_svg(journey))
    person = next(e for e in root.iter(f"{SVG}rect") if e.get("width") == "72")
    start = float(person.get("x"))
    lines = [e for e in root.iter(f"{SVG}text") if e.get("font-size") == "40"]
    assert len(lines) > 1
    for line in lines:
        assert float(line.get("x")) + 1.2 * text_width(line.text, 40) <= start


@pytest.mark.parametrize("width", [0, 680, 340])
def test_the_map_shows_how_much_each_step_matters(width) -> None:
    def full(journey) -> int:
        root = ET.fromstring(journey_format.to_svg(journey, "en", width))
        radii = {"4.5", "3.4"}
        dots = [e for e in root.iter(f"{SVG}circle") if e.get("r") in radii]
        return len([e for e in dots if "wf-cloudberry" in e.get("class")])

    assert full(TUULA) == sum(step["importance"] for step in TUULA["touchpoints"])
    assert full(step(3, importance=1)) == full(TUULA) - 4
    assert full(step(3, importance=None)) == full(TUULA) - 5


def test_a_finnish_map_writes_decimals_with_a_comma() -> None:
    assert "0,5 min" in journey_format.to_svg(SAMIR, "fi").replace("\u00a0", " ")
    assert "0.5 min" in journey_format.to_svg(SAMIR, "en").replace("\u00a0", " ")


def test_a_journey_without_feelings_has_no_peak() -> None:
    flat = changed(TUULA, ("touchpoints",), [s | {"rating": 0} for s in TUULA["touchpoints"]])
    assert journey_words.peak_place(flat) is None
    assert "peak" not in journey_format.to_svg(flat)


def test_the_peak_and_the_end_are_marked_where_they_are() -> None:
    assert SAMIR["touchpoints"][journey_words.peak_place(SAMIR)]["id"] == "queue"
    assert SAMIR["touchpoints"][journey_words.end_place(SAMIR)]["id"] == "tell_crew"
    assert journey_words.peak_place(PLANNED) is None


# The command line


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "servicedesign.journey_format", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_learner_begins_draws_and_exports(tmp_path) -> None:
    mine = tmp_path / "mine.json"
    assert command("--new", mine).returncode == 0
    targets = [tmp_path / name for name in ("map.svg", "steps.csv", "map.mmd")]
    done = command(mine, "--svg", targets[0], "--csv", targets[1], "--mermaid", targets[2])
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(target.stat().st_size > 100 for target in targets)
    again = command("--new", mine)
    assert again.returncode == 2
    assert "nothing was overwritten" in again.stderr


def test_an_error_stops_the_drawing_and_says_where(tmp_path) -> None:
    file = tmp_path / "draft.json"
    file.write_text(json.dumps(step(3, channel=None)), encoding="utf-8")
    done = command(file, "--svg", tmp_path / "map.svg")
    assert done.returncode == 1
    assert "touchpoint 'queue': has no channel. Say where it takes place" in done.stdout
    assert not (tmp_path / "map.svg").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"format": "journey/1",\n "id" 7}', "line 2, column 7: not JSON here"),
        (b"\xff\xfe\x00", "not UTF-8 text"),
        (b"[" * 100_000, "not JSON"),
        (None, "Check the name"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(tmp_path, content, says) -> None:
    file = tmp_path / "journey.json"
    if content is not None:
        file.write_bytes(content)
    done = command(file)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_changed_table_goes_back_into_the_journey(tmp_path) -> None:
    file, table = tmp_path / "journey.json", tmp_path / "steps.csv"
    file.write_text(json.dumps(TUULA), encoding="utf-8")
    assert command(file, "--csv", table).returncode == 0
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("Wait in line", "Stand in line"), encoding="utf-8")
    assert command(file, "--from-csv", table).returncode == 0
    steps = json.loads(file.read_text(encoding="utf-8"))["touchpoints"]
    assert steps[3]["action"]["en"] == "Stand in line"


def test_help_says_how_to_begin() -> None:
    done = command("--help")
    assert done.returncode == 0
    assert "Begin with --new" in done.stdout


def test_the_kit_spoils_what_it_says() -> None:
    assert changed({"a": [1, 2]}, ("a", 0), places) == {"a": [2]}
