"""The scenes at the chapters' heads show what their chapters count, and name whom they show."""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from pathlib import Path

import brotli
import pytest
import yaml

from servicedesign import datasets, deciding, guest_groups, hillasoppi, meaning, rehearsal, timeline
from servicedesign.portfolio_rules import KINDS
from servicedesign.scenes.drawn import SCENES
from servicedesign.scenes.kit import HEIGHT, NARROW

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted(path.stem for path in (ROOT / "book/chapters").glob("*.ipynb"))
SIX = {"Aila", "Mikael", "Onni", "Linh", "Tuula", "Samir"}
SHOWN = re.compile(r'<(?:rect|path|circle|ellipse)\b[^>]*data-shows="([^"]+)"[^>]*>')
LARGEST = 12_000  # bytes, packed


@pytest.fixture(scope="module", params=CHAPTERS)
def name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def svg(name) -> str:
    return (ROOT / f"book/assets/scenes/{name}.svg").read_text("utf-8")


def told(name: str) -> dict[str, str]:
    return yaml.safe_load((ROOT / f"book/chapters/{name}.yml").read_text("utf-8"))["scene"]


def test_the_file_is_what_is_drawn(name, svg):
    assert svg == SCENES[name][0](), "run: python tools/scenes.py"


def test_a_scene_is_light(svg):
    data = svg.encode()
    assert len(gzip.compress(data, 6)) <= LARGEST
    assert len(brotli.compress(data)) <= LARGEST


def test_whoever_is_drawn_is_named_under_the_scene_and_in_its_alternative(name, svg):
    drawn = set(re.findall(r'data-who="(\w+)"', svg))
    assert drawn
    for words in told(name).values():
        named = {who for who in SIX | {"student", "signwriter"} if re.search(rf"\b{who}\b", words)}
        tables = {"Tuula"} if "Tuula's table is empty" in words or name == "05_journey" else set()
        assert drawn <= named, drawn - named
        assert named - drawn <= tables, f"named and not drawn: {named - drawn}"


def test_all_six_return():
    drawn = Counter(
        who
        for draw, _day in SCENES.values()
        for who in set(re.findall(r'data-who="(\w+)"', draw()))
    )
    assert set(drawn) >= SIX
    assert min(drawn[who] for who in ("Aila", "Linh", "Mikael")) >= 6


def test_day_and_month_are_those_of_the_calendar(name):
    _draw, day = SCENES[name]
    under = told(name)["under"]
    assert under.startswith(f"A {timeline.weekday(day)} in {timeline.month(day)}")


def test_a_person_stands_where_a_narrow_screen_still_sees_it(svg):
    for x, y in re.findall(r'data-who="\w+" transform="translate\(([\d.]+) ([\d.]+)\)', svg):
        if float(y) > HEIGHT * 0.8:  # the others stand behind a window or a door
            assert NARROW[0] <= float(x) <= NARROW[1]


def test_each_colour_of_the_night_is_a_colour_of_the_day(svg):
    style = re.search(r"<style>(.*?)</style>", svg)[1]
    day, night = style.split("@media screen")
    classes = set(re.findall(r"\.([\w-]+)\{(?:fill|stroke)", night))
    assert {"wall", "sky"} & classes
    assert classes <= set(re.findall(r"\.([\w-]+)\{(?:fill|stroke)", day))


def test_no_scene_has_two_marks_of_one_id(svg):
    assert " id=" not in svg


def _counted(name: str) -> Counter[str]:
    return Counter(SHOWN.findall((ROOT / f"book/assets/scenes/{name}.svg").read_text("utf-8")))


def _sizes(name: str, what: str, *keys: str) -> list[tuple[float, ...]]:
    svg = (ROOT / f"book/assets/scenes/{name}.svg").read_text("utf-8")
    marks = [found[0] for found in SHOWN.finditer(svg) if found[1] == what]
    return [
        tuple(float(re.search(rf'\b{key}="(-?[\d.]+)"', mark)[1]) for key in keys) for mark in marks
    ]


def test_cups_are_the_hours_of_the_two_parties():
    roofers, choir = hillasoppi.PARTIES
    assert _counted("01_service_logic") == {
        "roofers-house": roofers["house"],
        "roofers-guest": roofers["host"],
        "choir-house": choir["house"],
        "choir-guest": choir["host"],
    }


def test_letters_are_who_was_asked_and_who_answered():
    had, sent, answered = (round(step["guests"] / 20) for step in hillasoppi.WHO_WAS_HEARD)
    speed = next(r for r in datasets.load("beliefs") if r["touchpoint"] == "speed")
    assert _counted("02_listening") == {
        "list": had,
        "invited": sent - answered,
        "answered": answered,
        "believed": round(10 * speed["believed_share_happy"]),
    }


def test_coins_are_what_a_lunch_costs_and_what_it_is_worth_beyond():
    counted = _counted("03_value")
    for lunch in hillasoppi.LUNCHES:
        name = lunch["name"].lower().replace(" ", "-")
        assert counted[f"{name}-price"] == round(lunch["price"])
        assert counted[f"{name}-price"] + counted[f"{name}-left"] == round(lunch["benefit"])


def test_bars_are_the_marks_of_eight_things():
    everybody = guest_groups.GROUPS["everybody"]
    marks = [total / everybody["guests"] for total in everybody["performance"]]
    widths = [width for (width,) in _sizes("04_priorities", "mark", "width")]
    assert widths == pytest.approx([94 * mark / 7 for mark in marks], abs=0.06)


def test_stones_are_the_ratings_of_nine_steps():
    steps = datasets.document("journey_tuula_actual")["touchpoints"]
    spots = _sizes("05_journey", "rating", "cx", "cy")
    heights = [(132 - y) / 41 for _x, y in spots]
    assert heights == pytest.approx([step["rating"] for step in steps])
    lowest = spots[[step["id"] for step in steps].index("queue")][0]
    svg = (ROOT / "book/assets/scenes/05_journey.svg").read_text("utf-8")
    assert float(re.search(r'data-who="Tuula" transform="translate\(([\d.]+)', svg)[1]) == lowest


def test_clocks_are_filled_as_far_as_the_tills_were_in_use():
    log = datasets.load("lunch_queue")
    hours = len({row["day"] for row in log}) * hillasoppi.TILLS["count"] * hillasoppi.LUNCH_MINUTES
    in_use = sum(row["end_min"] - row["start_min"] for row in log) / hours
    svg = (ROOT / "book/assets/scenes/06_blueprint.svg").read_text("utf-8")
    faces = re.findall(
        r'd="M([\d.]+) ([\d.]+)V([\d.]+)A[\d. ]+ 0 \d 1 ([\d.]+) ([\d.]+)z" data-shows="in-use"',
        svg,
    )
    assert len(faces) == hillasoppi.TILLS["count"]
    for face in faces:
        x, y, _top, at_x, at_y = map(float, face)
        share = math.atan2(at_x - x, y - at_y) % (2 * math.pi) / (2 * math.pi)
        assert share == pytest.approx(in_use, abs=0.002)


def test_biscuits_are_as_large_as_what_they_added():
    rows = datasets.load("gesture_test")

    def mood(week, arm):
        found = [row["mood_1_7"] for row in rows if row["week"] == week and row["arm"] == arm]
        return sum(found) / len(found)

    lifts = [mood(week, "biscuit") - mood(week, "none") for week in range(1, 7)]
    areas = [rx * ry for rx, ry in _sizes("07_expectations", "lift", "rx", "ry")]
    assert [area / areas[0] for area in areas] == pytest.approx(
        [lift / lifts[0] for lift in lifts], abs=0.02
    )


def test_jars_are_filled_by_the_formula():
    rows = datasets.load("employees")
    heights = [height for (height,) in _sizes("08_meaning", "potential", "height")]
    for team, height in zip(("lunch", "kitchen", "catering"), heights, strict=True):
        scores = [meaning.mps(row) for row in rows if row["team"] == team]
        known = [score for score in scores if score is not None]
        assert height / 84 == pytest.approx(sum(known) / len(known) / 343, abs=0.002)


def test_golden_cards_are_what_five_people_are_said_to_meet():
    chances = [problem["chance"] for problem in hillasoppi.DESK_PROBLEMS]
    hoped = round(len(chances) * rehearsal.share_by_the_mean(chances, 5))
    assert _counted("rehearsal") == {"met": hoped, "unmet": len(chances) - hoped}


def test_piles_are_the_cards_of_eight_years():
    rows = datasets.load("lunch_card")
    sold = {row["cohort"]: row["active"] for row in rows if row["year"] == row["cohort"]}
    heights = [h for kind in ("earned", "bought") for (h,) in _sizes("09_loyalty", kind, "height")]
    assert sorted(heights) == pytest.approx(sorted(0.24 * n for n in sold.values()), abs=0.06)


def test_papers_are_those_of_the_chapters_and_coins_the_money_of_a_year():
    counted = _counted("10_capstone")
    assert counted["paper"] == len(KINDS) - 1  # the tenth is the decision, and it is empty
    assert counted["thousand"] * 1_000 == deciding.BUDGET
