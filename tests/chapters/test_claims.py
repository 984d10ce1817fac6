"""A claim has one wording and one verdict, and the verdict rests on what the course's rule asks."""

import re
from pathlib import Path

import yaml

from studybook import bibliography, inline

BOOK = Path(__file__).resolve().parents[2] / "book"
FRONT = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((BOOK / "chapters").glob("*.yml"))
}
CLAIMS = [(name, claim) for name, front in FRONT.items() for claim in front["claims"]]
WORKS = bibliography.read(BOOK / "reference" / "references.bib")


def test_a_claim_stands_in_one_chapter_alone():
    ids = [claim["id"] for _, claim in CLAIMS]
    assert sorted(ids) == sorted(set(ids)), "the second chapter names it in claims_elsewhere"


def test_every_sentence_of_the_five_texts_is_tried_or_told_why_not():
    inventory = yaml.safe_load((BOOK / "reference" / "inventory.yml").read_text("utf-8"))
    texts = {text["letter"]: text["last"] for text in inventory["texts"]}
    assert texts == {"A": 22, "B": 21, "C": 25, "D": 20, "E": 20}
    wanted = {f"{letter}{n}" for letter, last in texts.items() for n in range(1, last + 1)}
    tried = {claim["id"] for _, claim in CLAIMS}
    not_tried = {item["id"]: item["because"] for item in inventory["no_claim"]}
    own = {item["letter"] for item in inventory["own"]}
    assert not tried & set(not_tried), "a claim that is tried needs no reason why not"
    assert wanted == {name for name in tried if name[0] not in own} | set(not_tried)
    assert all(reason.strip() for reason in not_tried.values())
    assert own == {name[0] for name in tried} - set(texts)


def test_a_claim_on_which_a_verdict_is_given_cites_a_work():
    for name, claim in CLAIMS:
        if claim["verdict"] not in ("value", "definition"):
            assert inline.cited(claim["evidence"]), f"{name}, {claim['id']}"


def test_a_claim_tried_elsewhere_is_there():
    home = {claim["id"]: name for name, claim in CLAIMS}
    for name, front in FRONT.items():
        for item in front.get("claims_elsewhere", []):
            assert home.get(item["id"]) == item["chapter"], f"{name}: {item}"


def test_supported_and_contradicted_take_two_works_whose_method_can_be_read():
    for name, claim in CLAIMS:
        if claim["verdict"] in ("supported", "contradicted"):
            readable = {
                key
                for key in inline.cited(claim["evidence"])
                if WORKS[key].method != "not published"
            }
            assert len(readable) >= 2, f"{name}, {claim['id']}: {sorted(readable)}"


def test_a_sentence_that_tells_of_an_experiment_cites_one_that_was_looked_up_or_says_not():
    # Each of these words tells of an experiment in the work cited beside it.
    told = re.compile(r"\bexperiments?\b", re.IGNORECASE)
    # The work is cited for something else than the experiment in the same sentence.
    other = {
        "roels2014": "a calculation",
        "dixon2010": "a survey",
        "oliver1980": "a survey",
        "szymanski2001": "studies counted together",
        "carrillat2007": "studies counted together",
        "romaniuk2007": "surveys",
        "boulding1993": "followed guests over time",
        "hogreve2017": "studies counted together",
        "brown2008": "studies counted together",
    }
    for path in sorted((BOOK / "chapters").glob("*.ipynb")):
        prose = path.read_text("utf-8")
        for line in prose.split("\\n"):
            if told.search(line):
                for keys in re.findall(r"\{cite:[pt]\}`([^`]+)`", line):
                    for key in keys.split(","):
                        assert WORKS[key].notices or key in other, f"{path.stem}: {key}: {line}"
    for name, claim in CLAIMS:
        for sentence in re.split(r"(?<=\.)\s", claim["evidence"]):
            if told.search(sentence):
                for key in inline.cited(sentence):
                    assert WORKS[key].notices or key in other, f"{name}, {claim['id']}: {key}"


def test_what_was_looked_up_has_a_day_and_a_source():
    looked_up = [work for work in WORKS.values() if work.notices]
    assert looked_up
    for work in looked_up:
        assert work.notices == "not checked" or re.search(
            r"looked up .*\d{4}: \w+", work.notices
        ), work.key


def test_the_joke_experiment_carries_its_warning_wherever_it_is_told():
    page = (BOOK / "chapters" / "07_expectations.ipynb").read_text("utf-8")
    assert "retracted" in page
    told = [c["evidence"] for _, c in CLAIMS if "gueguen2002" in inline.cited(c["evidence"])]
    assert told
    assert all("taken back" in text for text in told)
    assert "retracted" in WORKS["gueguen2002"].notices
    assert "retracted" in (BOOK / "reference" / "data.md").read_text("utf-8")
