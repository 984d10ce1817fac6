"""What is told of Hillasoppi is the same wherever it is told: counts, prices, dates, people.

One place says each fact: `hillasoppi.py`, `timeline.py` or the case's tables and documents.
Chapters, exercises, scenes, plans and documents are read against it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from servicedesign import datasets, deciding, hillasoppi, timeline
from servicedesign.live.priorities import spend_ten_thousand

ROOT = Path(__file__).parents[2]
CASE = ROOT / "src/servicedesign/data/case"
SMALL = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
ROUND = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS = {word: value for value, word in enumerate(SMALL, start=1)}
TENS = {word: 10 * value for value, word in enumerate(ROUND, start=2)}
_WORD = "|".join(sorted([*UNITS, *TENS, "hundred", "thousand"], key=len, reverse=True))
N = rf"((?:\d[\d,]*\d|\d)|(?i:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*)"


def number(said: str) -> int:
    """Return the number that figures or English words say."""
    if said[0].isdigit():
        return int(said.replace(",", ""))
    total = part = 0
    for word in re.findall(_WORD, said.lower()):
        if word == "thousand":
            total, part = total + part * 1000, 0
        elif word == "hundred":
            part *= 100
        else:
            part += UNITS.get(word) or TENS[word]
    return total + part


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


@cache
def told() -> list[tuple[str, str]]:
    """Return (place, text) of all that tells of the case, each text on one line."""
    found = []
    for pattern in ("book/chapters/*.ipynb", "solutions/*/*.ipynb"):
        for file in sorted(ROOT.glob(pattern)):
            for place, cell in enumerate(json.loads(file.read_text("utf-8"))["cells"]):
                # Tests of exercises are about other numbers.
                graded = cell["metadata"].get("nbgrader", {}).get("grade")
                if graded and cell["cell_type"] == "code":
                    continue
                found.append((f"{file.name}, cell {place}", "".join(cell["source"])))
    for pattern in ("book/chapters/*.yml", "book/teaching/*.md", "book/fieldwork/*.md"):
        found += [(file.name, file.read_text("utf-8")) for file in sorted(ROOT.glob(pattern))]
    for file in (ROOT / "book/index.md", ROOT / "book/reference/data.md"):
        found.append((file.name, file.read_text("utf-8")))
    for file in sorted(CASE.glob("*.json")):
        found.append((file.name, " | ".join(_strings(json.loads(file.read_text("utf-8"))))))
    found += [("timeline.py", str(event["what"])) for event in timeline.EVENTS]
    return [(place, re.sub(r"\s*\n(?:> ?)?\s*", " ", text)) for place, text in found]


def _surely_in(way: str) -> str:
    """Return the longest words that every text has which is said in this way."""
    outside = re.sub(r"\((?:[^()]|\([^()]*\)\??)*\)\??|\[[^]]*\]|\{n\}|\\.\+?", "|", way)
    return max(outside.split("|"), key=len)


def _document(name: str) -> dict[str, Any]:
    return dict(json.loads((CASE / f"{name}.json").read_text("utf-8")))


def _first(text: str, pattern: str) -> int:
    found = re.search(pattern.replace("{n}", N), text)
    assert found, (text, pattern)
    return number(found[1])


CARD = _document("test_card_desk")
DECISION = _document("decision_desk")
VISIT = [step for step in hillasoppi.TUULA_VISIT if step["part"]]
COHORTS = {(row["cohort"], row["origin"]) for row in datasets.load("lunch_card")}
SURVEY = datasets.load("survey")
DESK_OPENS = timeline.on("desk_noon") + dt.timedelta(days=7 - timeline.on("desk_noon").weekday())
BUDGET = next(one for one in spend_ten_thousand.controls if one.name == "budget").value

# What is told, its one source, and every way in which it is said; {n} stands for the number.
FACTS: dict[str, tuple[int, list[str]]] = {
    "minutes of Samir's break": (
        _first(_document("journey_samir_actual")["persona"]["description"]["en"], "{n}-minute"),
        [
            "break of {n} minutes", "{n}-minute break", "Samir's {n} minutes",
            "who has {n} minutes\\b", "his ladder in {n} minutes", "have {n} minutes and can see",
        ],
    ),
    "minutes of the promise": (
        _first(hillasoppi.TESTED_PROMISE[0]["feature"], "in {n} minutes"),
        [
            "[Ss]eated (?:with (?:their |her )?food )?(?:with)?in {n} minutes",
            "served in {n} minutes", "promise of {n} minutes", "with their food within {n} minutes",
        ],
    ),
    "tills before the third": (
        hillasoppi.TILLS["count"],
        ["Hillasoppi's {n} tills", "stand before {n} tills", "more than {n} tills", '"{n} tills, '],
    ),
    "days of the log of the line": (
        len({row["day"] for row in datasets.load("lunch_queue")}),
        ["half hours, {n} days", "From this day on the student times {n} lunches"],
    ),
    "whole hours of lunch, beside the half": (
        hillasoppi.LUNCH_MINUTES // 60, ["{n} and a half hours"],
    ),
    "things that the survey asked about": (
        len(hillasoppi.ONE_YEAR["marks"]),
        [
            "(?:and|euros,) a list of {n}\\b", "a list of {n} things that",
            "{n} sides of the lunch", "[Tt]he {n} things on the list",
        ],
    ),
    "things on Aila's sheet": (len(datasets.load("beliefs")), ["{n} things about lunch"]),
    "moments of Tuula's first visit": (len(VISIT), ["Tuula's {n} moments"]),
    "good moments of it": (
        len([step for step in VISIT if step["rating"] > 0]), ["{n} good moments"],
    ),
    "bad moments of it": (
        len([step for step in VISIT if step["rating"] < 0]), ["good moments against {n} bad"],
    ),
    "weeks of biscuits": (
        max(row["week"] for row in datasets.load("gesture_test")),
        [
            "{n} weeks of biscuits", "[Ff]or {n} weeks a lot", "biscuit's {n} weeks",
            "biscuit: {n} weeks", "{n} weeks in which a lot",
        ],
    ),
    "cards sold at half price": (
        hillasoppi.BOUGHT_CARDS[0],
        ["# {n} cards", "half-price weeks sold {n}", "among the {n} nothing"],
    ),
    "weeks of the half price": (
        hillasoppi.HALF_PRICE_WEEKS,
        ["half price, {n} weeks only", "half price for {n} weeks", "it was {n} weeks with a line"],
    ),
    "cohorts of lunch cards": (len(COHORTS), ["{n} cohorts", "{n} piles of cards"]),
    "cohorts that came by themselves": (
        len([one for one in COHORTS if one[1] == "earned"]), ["{n} green ones"],
    ),
    "lunches on a card": (hillasoppi.CARD_LUNCHES, ["card is good for {n} lunches"]),
    "weeks of the desk's trial": (
        (timeline.on("half_price") - DESK_OPENS).days // 7,
        [
            "desk(?:'s| has had its| gets its) {n} weeks", "every noon for {n} weeks",
            "its {n} weeks begin",
        ],
    ),
    "weeks of the desk that Aila buys": (
        _first(DECISION["decision"], "for {n} weeks"),
        ["buys {n} weeks", "desk, {n} weeks from September", "on all dishes, for {n} weeks",
         "euros for {n} weeks"],
    ),
    "euros of the year": (
        int(deciding.BUDGET),
        ["{n} euros and one year", "together at most {n};", "from September: {n} euros"],
    ),
    "euros of the van": (
        int(BUDGET), ["{n} euros and a list", "Spend {n}\\b", "of the {n} €", "{n} euros, a list"],
    ),
    "euros a year for the desk": (
        int(hillasoppi.ONE_YEAR["whole"]["desk"]), ['"{n} euros a year"', "cost = {n} "],
    ),
    "people at the desk's noon": (CARD["planned"], ["\\d+ of {n}, kept", "Nine of {n} asked"]),
    "those of them who asked first": (
        CARD["outcomes"].count("did"), ["{n} of 12, kept", "{n} of twelve asked"],
    ),
    "those who had to ask": (
        CARD["threshold"]["needed"], ["{n} of 12(?= ask|\"|'| before)", '"needed": {n}, "written"'],
    ),
    "what was wrong with the desk": (
        len(hillasoppi.DESK_PROBLEMS), ["{n} things that were wrong with the desk"],
    ),
    "people at work": (len(datasets.load("employees")), ["{n} people at Hillasoppi"]),
    "people in the kitchen": (
        len([row for row in datasets.load("employees") if row["team"] == "kitchen"]),
        ["into the kitchen and reads it to all {n}\\b"],
    ),
    "guests who answered": (
        len(SURVEY),
        ["[Ww]hat {n} guests of Hillasoppi", "last visit of {n} guests",
         "all {n} guests", "How {n} (?:guests would|of the)", "31 / {n}\\b"],
    ),
    "guests who were invited": (
        next(line["guests"] for line in hillasoppi.WHO_WAS_HEARD if line["label"] == "invited"),
        ["of the {n} invited"],
    ),
    "guests on the mailing list": (
        next(line["guests"] for line in hillasoppi.WHO_WAS_HEARD if line["label"] == "on the list"),
        ["mailing list, 1 to {n}"],
    ),
    "guests with a diet who answered": (hillasoppi.PERSONA["group_size"], ["{n} / 143"]),
}  # fmt: skip

OWNS_THE_ROLE = {
    "own": "Aila", "owner": "Aila", "catering": "Mikael", "cook": "Onni", "serve": "Linh",
    "counter": "Linh", "electrician": "Samir", "coeliac": "Tuula", "pensioner": "Tuula",
}  # fmt: skip
PEOPLE = sorted(set(OWNS_THE_ROLE.values()))


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_the_same_wherever_it_is_told(name):
    value, ways = FACTS[name]
    for way in ways:
        pattern = re.compile(way.replace("{n}", N))
        words = _surely_in(way)
        found = [
            (place, match)
            for place, text in told()
            if words in text
            for match in pattern.finditer(text)
        ]
        assert found, f"{way!r} is said nowhere any more: take it out of the list"
        for place, match in found:
            assert number(match[1]) == value, f"{place}: {match[0]!r}; {name}: {value}"


def test_each_source_of_a_fact_agrees_with_the_others():
    assert hillasoppi.LUNCH_MINUTES % 60 == 30  # "and a half"
    assert len(SURVEY) == hillasoppi.WHO_WAS_HEARD[-1]["guests"]
    assert len(hillasoppi.ONE_YEAR["marks"]) == len(hillasoppi.ONE_YEAR["importance"])
    diets = [row for row in SURVEY if row["special_diet"]]
    assert len(diets) == hillasoppi.PERSONA["group_size"]
    used = [
        row["active"]
        for row in sorted(datasets.load("lunch_card"), key=lambda row: row["year"])
        if row["origin"] == "bought"
    ]
    assert used == hillasoppi.BOUGHT_CARDS
    # Half of a card of ten lunches at the price of the buffet, to the euro.
    price = hillasoppi.LUNCHES[0]["price"]
    assert round(hillasoppi.CARD_LUNCHES * price / 2 + 0.5) == hillasoppi.CARD_MONEY["given"]


def test_the_desk_costs_as_much_a_noon_in_the_decision_as_in_a_year():
    weeks = FACTS["weeks of the desk that Aila buys"][0]
    bought = _first(DECISION["pays"]["money"], "{n} euros for")
    year = hillasoppi.ONE_YEAR["whole"]["desk"] / hillasoppi.ONE_YEAR["lunch_days"]
    assert round(bought / (5 * weeks), 1) == round(year, 1)
    parts = re.findall(r"([\d,]+) for", DECISION["pays"]["money"].partition(":")[2])
    assert sum(number(part) for part in parts) == bought


def test_every_day_that_is_told_is_a_day_of_the_calendar_or_of_a_document():
    known = {timeline.on(event["id"]) for event in timeline.EVENTS}
    for file in CASE.glob("*.json"):
        days = re.findall(r'"(\d{4}-\d\d-\d\d)"', file.read_text("utf-8"))
        known |= {dt.date.fromisoformat(day) for day in days}
    opens = re.search(r"From Monday (\d+ \w+ \d{4})", DECISION["decision"])
    assert opens
    first = dt.datetime.strptime(opens[1], "%d %B %Y").date()
    assert first.weekday() == 0
    known.add(first)
    months = "January February March April May June July August September October November December"
    day = re.compile(rf"\b(\d{{1,2}}) ({months.replace(' ', '|')})( \d{{4}})?\b")
    found = 0
    for place, text in told():
        # The learner's own service and the Moodle that was visited are no part of the case.
        if not place.startswith(("journey", "decision", "test_card", "metric_card")):
            continue
        for match in day.finditer(text):
            month = months.split().index(match[2]) + 1
            fits = [
                one
                for one in known
                if (one.day, one.month) == (int(match[1]), month)
                and match[3] in (None, f" {one.year}")
            ]
            assert fits, f"{place}: {match[0]} is no day of the calendar"
            found += 1
    assert found >= 10


def test_whoever_is_told_what_they_do_does_what_they_always_do():
    seen = set()
    for place, text in told():
        for name in PEOPLE:
            for said in re.findall(
                rf"\b{name}(?: Repo)?, (?:who|an?|the|early|owner)\b[^.;:]*", text
            ):
                clause = said.split(",")[1]
                for role, owner in OWNS_THE_ROLE.items():
                    if re.search(rf"\b{role}(?:s|ing)?\b", clause):
                        assert owner == name, f"{place}: {said!r}, and that is {owner}'s"
                        seen.add(name)
    assert seen >= {"Aila", "Mikael", "Onni", "Linh", "Samir", "Tuula"}


def test_nobody_but_the_owner_has_a_surname_and_hers_is_one():
    for place, text in told():
        for name in PEOPLE:
            for other in re.findall(rf"\b{name} ([A-Z][a-zäö]{{2,}})\b", text):
                assert (name, other) == ("Aila", "Repo"), f"{place}: {name} {other}"


def test_the_supplied_papers_of_the_course_cite_each_other():
    """The card of the interlude's exercise is the one that chapters 9 and 10 cite."""
    ids = re.findall(
        r'"id": "(\w+)"',
        next(
            text
            for place, text in told()
            if '"format": "test_card/1"' in text and place.startswith("rehearsal")
        ),
    )
    cited = {name for _place, text in told() for name in re.findall(r'"card": "(\w+)"', text)}
    assert ids[:1] == [CARD["id"]]
    assert cited == {CARD["id"]}


@pytest.mark.parametrize(
    ("said", "value"),
    [("twenty-five", 25), ("Five hundred and forty", 540), ("10,000", 10000),
     ("ten thousand", 10000), ("Sixteen", 16), ("31", 31)],
)  # fmt: skip
def test_numbers_are_read_in_figures_and_in_words(said, value):
    assert number(said) == value
