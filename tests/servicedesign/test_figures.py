"""Still figures: the same bytes each time, named, coloured by variables, legible."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from explorables import palette, svg
from servicedesign import (
    datasets,
    decision_memo,
    designing,
    hillasoppi,
    metric_card,
    queueing,
    rehearsal_card,
    value,
    wall_art,
    wall_people,
)
from servicedesign.blueprints import map as blueprint_map
from servicedesign.figures import blueprint as blueprint_figures
from servicedesign.figures import designing as designing_figures
from servicedesign.figures import expectations as expectation_figures
from servicedesign.figures import journey as journey_figures
from servicedesign.figures import loyalty as loyalty_figures
from servicedesign.figures import meaning as meaning_figures
from servicedesign.figures import priorities as priority_figures
from servicedesign.figures import service_logic as service_figures
from servicedesign.figures import style
from servicedesign.figures import value as figures
from servicedesign.journeys import map as journey_map

ROOT = Path(__file__).parents[2]
ROWS = datasets.load("mode_choice")
LOG = datasets.load("lunch_queue")
PLANNED, ACTUAL, TUULA = (
    datasets.document(f"journey_{name}")
    for name in ("samir_planned", "samir_actual", "tuula_actual")
)
LABEL = {"M": 25, "O": 5, "A": 1, "I": 9, "R": 2, "Q": 1}
FIGURES = {
    "two_diamonds": lambda: designing_figures.two_diamonds(
        [(str(n), f"artefact of chapter {n}") for n in range(1, 11)]
    ),
    "value_network": lambda: designing_figures.value_network(
        designing.NETWORK_ACTORS, designing.NETWORK
    ),
    "two_logics": service_figures.two_logics,
    "lunch_spheres": lambda: service_figures.lunch_spheres(hillasoppi.TUULA_LUNCH),
    "party_rules": lambda: service_figures.party_rules(hillasoppi.PARTIES, 0.5),
    "give_and_get": lambda: figures.give_and_get(hillasoppi.LUNCHES, 12.0),
    "rank_slope": lambda: figures.rank_slope(hillasoppi.LUNCHES, 12.0),
    "slogan_map": lambda: figures.promise_map(
        hillasoppi.LUNCH_PROFILE, hillasoppi.SLOGAN_PROMISE, "slogan-map", "The wall today"
    ),
    "tested_map": lambda: figures.promise_map(
        hillasoppi.LUNCH_PROFILE, hillasoppi.TESTED_PROMISE, "tested-map", "The new promise"
    ),
    "waiting_or_riding": lambda: figures.waiting_or_riding(ROWS, value.SEPARATE),
    "plan_and_reality": lambda: journey_figures.plan_and_reality(PLANNED, ACTUAL),
    "chain": lambda: journey_figures.chain(TUULA),
    "one_bad_moment": lambda: journey_figures.one_bad_moment(
        [([1, 0, -2], 3), ([0, 1, 0], 7), ([-1, 0, 2], 8), ([2, -2, 2, 1], 6)]
    ),
    "two_at_a_counter": meaning_figures.two_at_a_counter,
    "three_teams": lambda: meaning_figures.three_teams(
        [
            ("worth doing", {"lunch": 5, "kitchen": 5, "catering": 5.4}),
            ("may decide", {"lunch": 3.4, "kitchen": 4.8, "catering": 5.5}),
        ]
    ),
    "odds_in_strata": lambda: meaning_figures.odds_in_strata(
        [("in one table", 1.86, (1.37, 2.52)), ("kept apart", 1.47, (1.06, 2.04))]
    ),
    "five_layers": blueprint_figures.five_layers,
    "wait_and_use": blueprint_figures.wait_and_use,
    "noon_replayed": lambda: blueprint_figures.noon_replayed(
        LOG, queueing.replay(LOG, 3, [0, 0, 45], [None, None, 90])
    ),
    "zones": lambda: expectation_figures.zones(hillasoppi.ZONES),
    "same_gap": lambda: expectation_figures.same_gap(datasets.load("survey")),
    "biscuit_weeks": lambda: expectation_figures.biscuit_weeks(datasets.load("gesture_test")),
    "gestures": lambda: expectation_figures.gestures(datasets.load("joke_card_tips")),
    "recovered": lambda: expectation_figures.recovered(datasets.load("incidents")),
    "loyalty_cohorts": lambda: loyalty_figures.cohorts(datasets.load("lunch_card")),
    "loyalty_ridge": lambda: loyalty_figures.ridge(
        {"bought, 2022": [540, 266, 150, 89], "earned, 2018": [240, 164, 127, 100, 80, 68, 60, 53]}
    ),
    "kano_curves": priority_figures.kano_curves,
    "kano_table": priority_figures.kano_table,
    "votes": lambda: priority_figures.votes([("All", LABEL), ("Some", {"M": 3})], "label"),
    "three_crosshairs": lambda: priority_figures.three_crosshairs(
        [
            {"name": "speed", "importance": 6.2, "performance": 4.2},
            {"name": "price", "importance": 5.5, "performance": 5.4, "side": "left"},
            {"name": "lamps", "importance": 2.9, "performance": 3.4},
        ]
    ),
    "two_rankings": lambda: priority_figures.two_rankings(
        {"speed": 6.2, "diets": 5.7, "lamps": 4.3},
        {"speed": 0.44, "diets": -0.13, "lamps": 0.36},
        "two-rankings",
        "diets",
    ),
}


@pytest.fixture(scope="module", params=FIGURES.values(), ids=FIGURES.keys())
def figure(request):
    return request.param()


def _elements(figure):
    return ET.fromstring(figure.svg).iter()


def sums_of_all():
    """Return the digest of each figure as this process draws it."""
    return {
        name: hashlib.sha256(draw()._repr_html_().encode()).hexdigest()
        for name, draw in FIGURES.items()
    }


def test_all_figures_are_drawn_with_the_same_bytes_in_any_process_and_order_of_sets(tmp_path):
    """Another process has another moment, folder, time zone and seed of its hashes."""
    script = (
        "import json, sys\nsys.path.insert(0, sys.argv[1])\n"
        "from tests.servicedesign.test_figures import sums_of_all\n"
        "print(json.dumps(sums_of_all()))"
    )
    own = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    other = subprocess.run(
        [sys.executable, "-c", script, str(ROOT)],
        env={**os.environ, "PYTHONHASHSEED": own, "TZ": "Pacific/Apia"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(other.stdout) == sums_of_all()


def test_a_figure_is_well_formed_and_says_what_it_shows(figure):
    root = ET.fromstring(figure.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.alt
    assert len(figure.alt.split()) > 10
    assert figure.caption in figure._repr_html_().replace("&#x27;", "'")


def test_a_figure_names_no_date_and_no_other_place(figure):
    assert not re.search(r"\b20\d\d-\d\d", figure.svg)
    addresses = set(re.findall(r"https?://[^\"' )]+", figure._repr_html_()))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_a_figure_keeps_its_style_to_itself(figure):
    assert "<style" not in figure.svg
    for rule in style.CSS.split("}"):
        selector = rule.split("{")[-2] if rule.count("{") > 1 else rule.split("{")[0]
        assert not selector or ".sd-figure" in selector or selector.startswith("@media")


def test_every_colour_is_a_variable_with_an_attribute_to_fall_back_on(figure):
    light = {colours[0]: name for name, colours in style.PALETTE.items()}
    for element in _elements(figure):
        for prop in ("fill", "stroke"):
            inline = re.search(rf"(?<![\w-]){prop}:([^;]+)", element.get("style", ""))
            if inline and inline[1] != "none" and not inline[1].startswith("url("):
                fallback = element.get(prop)
                assert fallback in light
                assert inline[1] == f"var(--figure-{light[fallback]},{fallback})"


def test_text_is_text_of_one_size_13_px_high_on_a_phone_and_15_at_most(figure):
    texts = [e for e in _elements(figure) if e.tag.endswith("text")]
    assert texts
    phone, most = 390 - 2 * 18, 16 * float(re.search(r"max-width:([\d.]+)rem", style.CSS)[1])
    sizes = {float(text.get("font-size").removesuffix("px")) for text in texts}
    (size,) = sizes
    assert size * phone / style.WIDTH >= 13
    assert size * most / style.WIDTH == pytest.approx(svg.TITLE, abs=0.05)


def test_no_text_leaves_the_drawing(figure):
    root = ET.fromstring(figure.svg)
    width, height = (float(number) for number in root.get("viewBox").split()[2:])
    for text in (e for e in _elements(figure) if e.tag.endswith("text") and e.get("x")):
        # 0.6 of the size is more than a letter's mean width in the fonts used.
        wide = 0.6 * float(re.sub("px", "", text.get("font-size"))) * len(text.text)
        start = {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor"), 0.0)
        left = float(text.get("x")) - start * wide
        assert left >= -6, text.text
        assert left + wide <= width + 6, text.text
        assert 0 <= float(text.get("y")) <= height, text.text


def _contrast(one, other):
    def luminance(colour):
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "muted", "role-1", "role-2", "role-3"])
def test_text_colours_stand_out_from_the_page(name, shade):
    paper = style.PALETTE["paper"][shade]
    assert _contrast(style.PALETTE[name][shade], paper) >= 4.5


@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["soft-1", "soft-2"])
def test_ink_stands_out_from_soft_fills(name, shade):
    assert _contrast(style.PALETTE["ink"][shade], style.PALETTE[name][shade]) >= 4.5


def test_still_figures_live_ones_and_maps_share_their_tones():
    assert svg.ROLES[1:4] == style.ROLES
    known = set(palette.TONES.values())
    assert set(style.PALETTE.values()) <= known
    for drawn in (style.CSS, wall_art.style()):
        named = set(re.findall(r"#[0-9a-f]{3,6}\b", drawn))
        assert named
        assert named <= {tone for tones in known for tone in tones}


def test_no_two_figures_share_an_id():
    ids = [
        name
        for draw in FIGURES.values()
        for name in re.findall(r'\sid="([^"]+)"', draw()._repr_html_())
    ]
    assert len(ids) == len(set(ids))


def test_a_change_of_data_changes_picture_and_words():
    one = figures.give_and_get(hillasoppi.LUNCHES, 12.0)
    other = figures.give_and_get(hillasoppi.LUNCHES, 3.0)
    assert one.svg != other.svg
    assert one.alt != other.alt


def _draw_nothing(_canvas):
    """Draw on nothing."""


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("Bad Name", 100, _draw_nothing, "alt", "caption"), "name"),
        (("good", 100, _draw_nothing, " ", "caption"), "alt"),
        (("good", 100, _draw_nothing, "alt", ""), "caption"),
    ],
)
def test_a_figure_without_name_or_words_is_refused(arguments, named):
    with pytest.raises(ValueError, match=f"^{named} must"):
        style.StillFigure(*arguments)


def test_cutting_a_wait_never_makes_it_negative():
    huge = figures.predicted_share(ROWS, value.SEPARATE, 2, {"ttme": -1000})
    just = figures.predicted_share(ROWS, value.SEPARATE, 2, {"ttme": -99})
    assert huge == just


def test_predicted_shares_of_all_modes_sum_to_one_and_leave_the_data_alone():
    before = [dict(row) for row in ROWS]
    shares = [figures.predicted_share(ROWS, value.SEPARATE, mode, {}) for mode in value.MODES]
    assert sum(shares) == pytest.approx(1)
    assert before == ROWS


@pytest.mark.parametrize("width", [0, 340, 680, 1600])
def test_maps_and_cards_have_the_six_sizes_of_the_course_and_no_other(width):
    tuula, diet = datasets.document("journey_tuula_actual"), datasets.document("blueprint_diet")
    drawn = [journey_map.draw(tuula, "en", width), blueprint_map.draw(diet, "en", width, tuula)]
    for card, kind in (("test_card_desk", rehearsal_card), ("metric_card_lunch", metric_card)):
        drawn.append(kind.draw(datasets.document(card), "en", width or 680))
    drawn.append(decision_memo.draw(datasets.document("decision_desk"), "en", width or 680))
    sizes = {float(size) for each in drawn for size in re.findall(r'font-size="([\d.]+)"', each)}
    assert sizes <= {13, 15, 18, 22, 28, 40}
    assert len(sizes) > 2


def test_whoever_acts_on_a_map_is_drawn_with_a_mark_and_always_named():
    tuula, diet = datasets.document("journey_tuula_actual"), datasets.document("blueprint_diet")
    assert wall_people.on_blueprint(diet, tuula) == ["Tuula", "Aila", "Linh", "Mikael", "Onni"]
    for width in (340, 1600):
        for drawn, names in (
            (journey_map.draw(tuula, "en", width), ["Tuula"]),
            (blueprint_map.draw(diet, "en", width, tuula), wall_people.on_blueprint(diet, tuula)),
        ):
            texts = " ".join(re.findall(r"<text[^>]*>([^<]*)<", drawn))
            for name in names:
                inside = wall_people.silhouette(name, 0, 0, 50)
                marks = re.findall(r'<path d="([^"]+)"', inside)
                assert all(mark in drawn for mark in marks), name
                assert name in texts
    assert len({wall_people.silhouette(name, 0, 0, 50) for name in wall_people.DRAWN}) == 6
    assert wall_people.silhouette("A newcomer", 0, 0, 50) == ""


def test_a_journey_map_is_in_the_page_for_a_phone_and_for_a_column():
    figure = journey_figures.tuulas_map(TUULA)
    page = figure._repr_html_()
    assert page.count('role="img"') == 2
    assert [int(width) for width in re.findall(r'class="wall" viewBox="0 0 (\d+)', page)] == [
        journey_figures.PHONE,
        journey_figures.COLUMN,
    ]
    assert "9 steps" in figure.alt


def test_the_plan_is_merged_with_what_happened_in_order():
    alt = journey_figures.plan_and_reality(PLANNED, ACTUAL).alt
    named = ["Look up", "Walk in: planned 1, took no time", "Find a place for the van", "coffee"]
    places = [alt.index(name) for name in named]
    assert places == sorted(places)
    assert "Wait in line: planned 2, took 8" in alt
    assert "Tell the crew: planned not at all, took 1" in alt


def test_a_blueprint_is_in_the_page_as_lanes_and_for_a_phone():
    whole = datasets.document("blueprint_diet")
    figure = blueprint_figures.diet_blueprint(whole, TUULA)
    page = figure._repr_html_()
    assert page.count('role="img"') == 2
    widths = [float(each) for each in re.findall(r'class="wall" viewBox="0 0 (\S+)', page)]
    assert widths[0] == journey_figures.PHONE
    # No wider, so that its letters are as large as they are drawn.
    assert widths[1] == blueprint_figures.COLUMN
    part = blueprint_figures.part(whole, ["arrive", "choose_food"])
    told = len(part["handoffs"]) + len(part["failure_points"])
    assert page.count("<li><b>") == told
    assert "2 stages" in figure.alt
    assert "line of visibility" in page


def test_a_part_of_a_blueprint_has_no_arrow_to_what_is_cut_away():
    whole = datasets.document("blueprint_diet")
    part = blueprint_figures.part(whole, ["choose_food"])
    ids = {item["id"] for item in part["items"]}
    assert {end for pair in part["handoffs"] for end in pair[:2]} <= ids
    assert {point["item"] for point in part["failure_points"]} <= ids
    assert blueprint_figures.part(whole, [stage["id"] for stage in whole["stages"]]) == whole


def test_what_a_step_loses_is_what_is_left_before_it_less_what_is_left_after():
    words = re.findall(r"<text[^>]*>([^<]*)</text>", FIGURES["chain"]().svg)
    numbers = [int(word) for word in words if word.isdigit()]
    lost, left = numbers[::2], numbers[1::2]
    assert len(lost) == len(left) == 9
    assert left == [100 - sum(lost[: place + 1]) for place in range(9)]
