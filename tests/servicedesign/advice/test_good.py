"""Over forty good artefacts of other services, no rule is wrong more than twice."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from servicedesign import advice, blueprint_format, datasets, journey_format
from servicedesign.advice.test_card import KEYS

from ..documents_kit import validator
from . import examples

FOLDER = Path(__file__).with_name("good")
FORTY = [
    (f"{path.stem}-{number}", artefact)
    for path in sorted(FOLDER.glob("*.yml"))
    for number, artefact in enumerate(
        filter(None, yaml.safe_load_all(path.read_text(encoding="utf-8"))), 1
    )
]
LINTERS = {"journey/1": journey_format.lint, "blueprint/1": blueprint_format.lint}
GOOD = {one["format"]: one for one in examples.GOOD}


def before(artefact):
    """Return the ids that the artefact before it would have."""
    if artefact["format"] == "blueprint/1":
        return [one["id"] for one in artefact["items"] if one["layer"] == "customer"]
    if artefact["format"] == "gap_audit/1":
        return [one["failure_point"] for one in artefact["recovery"]]
    return artefact["answers"]


def test_there_are_five_of_each_of_eight_kinds():
    kinds = Counter(artefact["format"] for _name, artefact in FORTY)
    assert len(kinds) == 8
    assert set(kinds.values()) == {5}


@pytest.mark.parametrize(("name", "artefact"), FORTY, ids=[name for name, _ in FORTY])
def test_a_good_artefact_has_nothing_to_mend(name, artefact):
    assert advice.is_sound(artefact)
    if artefact["format"] in LINTERS:
        assert [str(one) for one in LINTERS[artefact["format"]](artefact)] == []


def test_no_rule_speaks_of_more_than_two_good_artefacts():
    wrong = {}
    for name, artefact in FORTY:
        for code in {one.code for one in advice.remarks(artefact, before(artefact))}:
            wrong.setdefault(code, []).append(name)
    assert {code: names for code, names in wrong.items() if len(names) > 2} == {}


# Words that a rule looks for, in sentences that it is not about: the kind, where, and what.
INNOCENT = [
    ("persona/1", "items.0.text", "finds it difficult to hear at the counter"),
    ("persona/1", "items.0.text", "always sits by the radiator, three days of three"),
    ("persona/1", "items.0.text", "kulkee aina takaovesta, neljä kertaa neljästä"),
    ("persona/1", "goal", "book a table without an app"),
    ("persona/1", "goal", "varata ajan ilman sovellusta"),
    ("persona/1", "quote.text", "I would love to know how long it takes."),
    ("promise_map/1", "promise", "The best seat for whoever comes first."),
    ("priorities/1", "candidates.0.what", "the app logs people out every week"),
    ("journey/1", "touchpoints.0.action", "Send a message to her sister"),
    ("journey/1", "touchpoints.0.action", "Kysyy mummelta neuvoa"),
    ("blueprint/1", "plans.0.label", "A bell reminds the cook when the tray is empty"),
    ("blueprint/1", "plans.0.label", "Muistutus tulee laitteesta itsestään"),
    ("blueprint/1", "items.0.owner", "shift leader"),
    ("gap_audit/1", "lines.0.question", "How long did you wait, ten minutes or so?"),
    ("gap_audit/1", "lines.0.question", "Did the brand on the packet match the sign?"),
    ("gap_audit/1", "lines.0.question", "Was it ready when it was promised, or not?"),
    ("gap_audit/1", "lines.0.question", "How long did you look for a good seat?"),
    ("gap_audit/1", "lines.0.question", "Oliko ruoka kuumaa vai ei?"),
    ("gap_audit/1", "recovery.0.learn", "a reminder pops up before the tray leaves"),
    ("gap_audit/1", "recovery.0.learn", "the wholesaler warns us a week before a recipe changes"),
    ("gap_audit/1", "recovery.0.learn", "muistutus tulee järjestelmästä"),
    ("job_card/1", "change", "the smiley terminal leaves the till, and she asks by hand"),
    ("job_card/1", "change", "takes over the ownership of the list"),
    ("job_card/1", "change", "hedelmätiskin hoito siirtyy aamuvuoroon"),
    ("job_card/1", "say_no", "no permission is needed; swap with anybody"),
    ("job_card/1", "made_with", ["two servers, and the manager read it last"]),
    ("test_card/1", "does", "Takes the cup that looks like the old one"),
    ("test_card/1", "does", "Corrects the sheet, or asks for a thinner one"),
    ("test_card/1", "does", "Pysähtyy tiskille ennen kuin ottaa lautasen"),
]


@pytest.mark.parametrize(("kind", "path", "text"), INNOCENT)
def test_a_word_in_another_sense_is_no_alarm(kind, path, text):
    artefact = examples.copy(GOOD[kind])
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    holder = artefact
    for key in way:
        holder = holder[key]
    holder[last] = text
    assert [str(one) for one in advice.remarks(artefact)] == []


# Their neighbours, of which the same rules are right to speak.
GUILTY = [
    ("persona/1", {"items": [{"id": "a", "text": "is difficult", "evidence": "assumed"}]},
     "verdict_word"),
    ("persona/1", {"items": [{"id": "a", "text": "always complains", "evidence": "reported",
                              "source": "the shift of 3 May"}]}, "verdict_word"),
    ("job_card/1", {"made_with": ["the manager and the owner"]}, "boss_alone"),
    ("job_card/1", {"change": "takes ownership"}, "asks_for_attitude"),
    ("test_card/1", {"does": "Says that they like it"}, "asks_opinion"),
    ("test_card/1", {"does": "Sounds like they rate it highly"}, "asks_opinion"),
    ("gap_audit/1", {"lines": [{"n": 40, "question": "Was it warm and quick?"}]}, "two_in_one"),
    ("gap_audit/1", {"lines": [{"n": 40, "question": "How great was it?"}]}, "leading"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "change", "code"), GUILTY)
def test_in_its_own_sense_it_still_is(kind, change, code):
    found = advice.remarks({**examples.copy(GOOD[kind]), **change})
    assert code in {one.code for one in found}


CARDS = [one for _name, one in FORTY if one["format"] == "test_card/1"]
CARDS += [GOOD["test_card/1"], datasets.document("test_card_desk")]
SPOILT = [
    {"how": "by magic"}, {"planned": 0}, {"planned": "ten"}, {"belief": " "}, {"does": ""},
    {"stop": {"at": 0}}, {"outcomes": ["perhaps"]}, {"people": [{"from": "the moon"}]},
    {"format": "test_card/2"}, {"treshold": {"needed": 3}},
]  # fmt: skip


def test_the_schema_of_a_test_card_has_the_keys_of_its_checker():
    assert set(validator("test_card-1").schema["properties"]) == set(KEYS)


@pytest.mark.parametrize("card", CARDS, ids=[one["id"] for one in CARDS])
def test_the_schema_takes_a_card_that_the_checker_takes(card):
    assert [error.message for error in validator("test_card-1").iter_errors(card)] == []


@pytest.mark.parametrize("change", SPOILT, ids=str)
def test_the_schema_refuses_a_card_that_the_checker_refuses(change):
    card = {**examples.copy(GOOD["test_card/1"]), **change}
    assert not advice.is_sound(card)
    assert not validator("test_card-1").is_valid(card)


def test_a_question_that_praises_is_not_called_two_questions():
    sheet = {**examples.copy(GOOD["gap_audit/1"]), "lines": [{"n": 40, "question": "How great?"}]}
    assert "two_in_one" not in {one.code for one in advice.remarks(sheet)}
