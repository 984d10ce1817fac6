"""Checkers that notice empty and bad work, and keep silent over good work."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from servicedesign import advice, datasets
from servicedesign.advice import everywhere, handed_out, remark, words

from . import examples

HERE = Path(__file__).parent
SRC = HERE.parents[2] / "src"
GOOD = {one["format"]: one for one in examples.GOOD}
CASES = [
    pytest.param(kind, code, change, id=f"{kind}-{code}-{language}")
    for language, table in (("en", examples.SPEAKS), ("fi", examples.FINNISH))
    for kind, rules in table.items()
    for code, change in rules.items()
]


def codes(artefact, before=None, example=None):
    return {one.code for one in advice.remarks(artefact, before, example)}


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_good_artefact_is_left_in_peace(kind):
    assert [str(one) for one in advice.remarks(GOOD[kind])] == []


@pytest.mark.parametrize(("kind", "code", "change"), CASES)
def test_a_rule_speaks_where_it_should_and_of_advice_alone(kind, code, change):
    artefact = examples.copy(GOOD[kind])
    change(artefact)
    spoken = [one for one in advice.remarks(artefact) if one.code == code]
    assert spoken, codes(artefact)
    assert {one.level for one in spoken} == {"advice"}
    assert all(one.why and one.message for one in spoken)


def test_every_rule_has_an_example_on_which_it_speaks():
    everywhere_else = {
        "untouched",
        "starter",
        "same_source",
        "uncovered_fail",
    }  # tried by themselves below
    tried = {code for rules in examples.SPEAKS.values() for code in rules}
    modules = sys.modules
    for kind in advice.LOOKS:
        room = modules["servicedesign.advice." + kind.split("/", maxsplit=1)[0]]
        rules = {code for code, _, _ in room.RULES}
        assert rules - everywhere_else <= set(examples.SPEAKS[kind]), kind
    assert {code for code, _, _ in everywhere.RULES} - everywhere_else <= tried


def test_text_that_was_handed_out_and_left_is_noticed():
    for kind, artefact in GOOD.items():
        mine = {**examples.copy(artefact), "x_mine": "a word of one's own"}
        assert "starter" not in codes(mine), kind
        assert "starter" in codes(mine, None, artefact), kind


def test_an_example_of_which_nothing_was_changed_is_said_to_be_one_and_once():
    for kind, artefact in GOOD.items():
        assert "untouched" not in codes(artefact), kind
        left = {**examples.copy(artefact), "meant": {"slogan": "because"}}
        found = [one.code for one in advice.remarks(left, None, artefact)]
        assert [code for code in found if code in ("untouched", "starter")] == ["untouched"]


def test_a_notebook_knows_what_the_exercises_hand_out():
    for artefact in handed_out.artefacts().values():
        for one in artefact.get("personas", [artefact]):
            if "format" in one and one["format"] in advice.LOOKS:
                assert "(untouched)" in repr(advice.said(one)), one["format"]
    for artefact in GOOD.values():
        assert "untouched" not in repr(advice.said(artefact))
    assert handed_out.example_of({"format": "poem/1"}) is None
    assert handed_out.example_of("a poem") is None


def test_of_two_personas_the_one_that_was_copied_is_the_example():
    first, second = handed_out.artefacts()["personas_and_map"]["personas"]
    assert handed_out.example_of(first) == first
    copied = {**second, "name": "Somebody else", "id": "else"}
    assert handed_out.example_of(copied) == second
    assert "(starter)" in repr(advice.said(copied))


def test_a_sketch_without_a_format_is_known_again_too():
    sketch = handed_out.artefacts()["value_in_use"]
    assert handed_out.is_as_it_was("value_in_use", sketch)
    assert not handed_out.is_as_it_was("value_in_use", {**sketch, "service": "my bakery"})
    assert not handed_out.is_as_it_was("nothing_of_the_kind", sketch)
    assert not handed_out.is_as_it_was("nothing_of_the_kind", None)


def test_a_part_without_a_format_is_known_again_by_itself():
    kept = handed_out.artefacts()["personas_and_map"]
    mine = {**kept, "insights": [{"id": "mine", "saw": "a dog at the door"}]}
    assert handed_out.is_as_it_was("personas_and_map", kept, "insights")
    assert not handed_out.is_as_it_was("personas_and_map", mine, "insights")
    assert handed_out.is_as_it_was("personas_and_map", mine, "stakeholders")
    assert not handed_out.is_as_it_was("personas_and_map", None, "insights")
    assert not handed_out.is_as_it_was("personas_and_map", {}, "no_such_part")


def test_one_source_for_four_things_is_one_memory_and_a_day_followed_is_not():
    persona = examples.copy(GOOD["persona/1"])
    persona["items"] = [
        {"id": f"i{n}", "text": f"asks {n}", "evidence": "observed", "source": "a lunch, 6 May"}
        for n in range(4)
    ]
    assert "same_source" in codes(persona)
    assert "same_source" not in codes(datasets.document("journey_samir_actual"))


def test_a_fail_point_without_a_line_is_named():
    assert "uncovered_fail" not in codes(GOOD["gap_audit/1"], ["no_label", "cold"])
    (one,) = [
        one
        for one in advice.remarks(GOOD["gap_audit/1"], ["no_label", "cold", "lost_words"])
        if one.code == "uncovered_fail"
    ]
    assert "lost_words" in one.message


def test_an_id_that_nobody_knows_is_no_thread():
    assert "no_thread" not in codes(GOOD["job_card/1"], ["no_label"])
    assert "no_thread" in codes(GOOD["job_card/1"], ["other"])


@pytest.mark.parametrize("text", examples.PRIVATE)
def test_somebody_who_could_be_recognised_is_an_error(text):
    persona = examples.copy(GOOD["persona/1"])
    persona["quote"]["text"] = text
    found = [one for one in advice.remarks(persona) if one.code == "person"]
    assert [one.level for one in found] == ["error"]


@pytest.mark.parametrize("text", examples.OPEN)
def test_nobody_is_recognised_in_places_days_and_staff(text):
    assert not everywhere.person_in(text)
    assert not everywhere.contact_in(text)


def test_three_are_told_and_the_most_teachable_first():
    card = examples.copy(GOOD["test_card/1"])
    card.update(threshold={"written": "2026-05-28"}, staff="", next={}, verdict="", days=40)
    lines = advice.report(card)
    assert [line.split("(")[1].split(")")[0] for line in lines[:3]] == [
        "no_threshold",
        "threshold_after",
        "staff_absent",
    ]
    assert lines[3] == "2 more when these are answered."


def test_every_error_is_told_however_many():
    lines = advice.report({"format": "test_card/1"})
    assert sum(line.startswith("To mend") for line in lines) == 5


def test_what_is_meant_is_printed_with_its_reason_and_makes_room():
    card = examples.copy(GOOD["test_card/1"])
    card.update(staff="", meant={"staff_absent": "nobody works there at night"})
    assert advice.report(card) == ["Meant so (staff_absent): nobody works there at night"]
    card["meant"] = {"staff_absent": "  "}
    assert advice.report(card)[0].startswith("To think about (staff_absent).")


def test_an_error_cannot_be_meant():
    card = examples.copy(GOOD["test_card/1"])
    card.update(how="by magic", meant={"how": "because"})
    assert advice.report(card)[0].startswith("To mend (how).")
    assert not advice.is_sound(card)


@pytest.mark.parametrize("junk", [None, 3, [], "x", {}, {"format": 7}, {"format": "poem/1"}])
def test_what_is_no_artefact_is_said_to_be_none(junk):
    assert [one.level for one in advice.remarks(junk)] == ["error"]


@pytest.mark.parametrize("kind", sorted(GOOD))
@pytest.mark.parametrize("junk", [None, 3, "text", [], [3], {}, [[]], {"a": 1}, True])
def test_nothing_makes_a_checker_fail(kind, junk):
    for key in GOOD[kind]:
        if key != "format":
            advice.remarks({**examples.copy(GOOD[kind]), key: junk})
    advice.remarks({"format": kind})


def test_small_letters_and_stems_are_found_in_finnish_too():
    assert words.small("ÄITI Öljy") == "äiti öljy"
    assert words.stems_in("Ollaan huolellisempia!", ["huolelli*"]) == ["huolelli*"]
    assert words.stems_in("a careless word", ["care"]) == []
    assert words.stems_in("made them aware of it", ["made aware"]) == []


def test_the_reason_behind_a_rule_can_be_asked_for():
    card = examples.copy(GOOD["test_card/1"])
    card["staff"] = ""
    assert "do not know it" in advice.why(advice.remarks(card), "staff_absent")
    assert advice.why(advice.remarks(card), "no_next") == ""


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no rule is called salad"):
        remark.Reader([]).advise("salad")


SCRIPT = """
import examples
from servicedesign import advice
from servicedesign.advice import everywhere

for good in examples.GOOD:
    print(good["format"], advice.report(good))
    for table in (examples.SPEAKS, examples.FINNISH):
        for code in sorted(table[good["format"]]):
            spoilt = examples.copy(good)
            table[good["format"]][code](spoilt)
            print(code, [str(one) for one in advice.remarks(spoilt)])
for text in examples.PRIVATE + examples.OPEN:
    print(everywhere.person_in(text), everywhere.contact_in(text))
"""


def run(*command: str) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_checkers_say_the_same_on_both_runtimes(tmp_path):
    script = tmp_path / "advice.py"
    source = (HERE / "examples.py").read_text("utf-8")
    script.write_text(
        source + "\n\nclass examples:\n    pass\n\n\nfor name in "
        "('GOOD', 'SPEAKS', 'FINNISH', 'PRIVATE', 'OPEN', 'copy'):\n"
        "    setattr(examples, name, globals()[name])\n" + SCRIPT.replace("import examples\n", ""),
        "utf-8",
    )
    here = run(sys.executable, "-c", f"import sys; sys.path.insert(0, {str(SRC)!r}); "
               f"exec(open({str(script)!r}).read())")  # fmt: skip
    page = run("node", str(HERE.parent / "micropython.mjs"), str(SRC), str(script))
    assert len(here) > 100
    assert page == here
    assert json.dumps(here)  # plain text alone


def test_the_interval_of_a_measure_is_the_one_written_down_or_that_of_a_share():
    look = sys.modules["servicedesign.advice.metric_card"].interval_of
    card = examples.copy(GOOD["metric_card/1"])
    assert look(card) == pytest.approx(1.96 * (73 * 27 / 270) ** 0.5)
    card["interval"] = 9
    assert look(card) == 9
    assert "thin_change" in codes(card)
    card.update(interval=None, unit="grams")
    assert look(card) is None
    assert "thin_change" not in codes(card)


def test_a_score_from_a_survey_is_left_in_peace_once_it_is_called_an_intention():
    card = examples.copy(GOOD["metric_card/1"])
    card.update(source="asked", title="Intention to come again")
    assert "said_not_done" not in codes(card)


def test_the_metric_card_of_the_case_is_sound_and_hangs_on_its_test_card():
    card = datasets.document("metric_card_lunch")
    test = datasets.document("test_card_desk")
    assert [str(one) for one in advice.remarks(card, [test["id"]])] == []
    assert "no_thread" in codes(card, ["another"])
    assert "thrown away" in card["guardrail"]["what"]


def test_a_notebook_shows_the_same_lines_and_folds_each_reason():
    card = examples.copy(GOOD["test_card/1"])
    card.update(staff="", next={}, meant={"no_next": "we <stop> here"})
    said = advice.said(card, None, {})
    assert repr(said).splitlines() == advice.report(card)
    shown = said._repr_html_()
    assert shown.count("<details>") == 1
    assert advice.why(said.remarks, "staff_absent") in shown
    assert "we &lt;stop&gt; here" in shown
    assert "<li>Nothing to remark.</li>" in advice.said(GOOD["test_card/1"], None, {})._repr_html_()
