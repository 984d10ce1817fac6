"""An explorable checks itself when it is made, and answers any setting in plain data."""

import re

import pytest

from explorables import Choice, Explorable, Slider, Step, Table, View, language, svg
from explorables.explorable import BY_ID

STEPS = Slider("steps", "Steps", 1, 9, 3, unit="min")


def picture(high=10):
    plot = svg.Plot(x=(0, 10), y=(0, high), title="Walk")
    plot.curve([(0, 0), (10, high)])
    return plot


def draw(steps):
    if steps == 7:
        raise ValueError("seven steps are not allowed")
    return View(picture(), f"{steps} steps.", (["steps"], [[str(steps)]]))


def make(**changes):
    given = {"id": "stroll", "title": "Walk", "controls": [STEPS], "draw": draw, **changes}
    return Explorable(**given)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"id": "My Walk"}, ValueError, "lower-case letters, digits and hyphens"),
        ({"title": ""}, ValueError, "no title"),
        ({"controls": []}, ValueError, "no controls"),
        ({"controls": [STEPS, STEPS]}, ValueError, "two controls named 'steps'"),
        ({"controls": ["steps"]}, TypeError, "'steps' is no control"),
        ({"draw": None}, TypeError, "draw must be a function"),
        ({"refine": 3}, TypeError, "refine must be a function"),
        ({"draw": lambda **_: "<svg/>"}, TypeError, "must return a View"),
        ({"draw": lambda *, other: other}, TypeError, "steps"),
        ({"draw": lambda **_: 1 / 0}, ValueError, "cannot draw its start values: division"),
    ],
)
def test_a_bad_explorable_names_itself_and_the_remedy(changes, error, words):
    with pytest.raises(error, match=re.escape(words)) as caught:
        make(**changes)
    assert repr(changes.get("id", "stroll")) in str(caught.value)


@pytest.mark.parametrize(
    ("make_view", "error"),
    [
        (lambda: View([], "Words."), ValueError),
        (lambda: View("<svg/>", "Words."), TypeError),
        (lambda: View(picture(), " "), ValueError),
        (lambda: View(picture(), "W.", (["a", "b"], [["1"]])), ValueError),
        (lambda: View(picture(), "W.", (["a"], [[1.5]])), TypeError),
    ],
)
def test_a_view_needs_its_parts(make_view, error):
    with pytest.raises(error):
        make_view()


def test_a_frame_is_plain_data():
    frame = make().frame({"steps": 4})
    assert frame["summary"] == "4 steps."
    assert frame["table"] == [["steps"], [["4"]]]
    assert frame["svg"].startswith("<svg ")


def test_an_impossible_setting_is_told_not_raised():
    walk = make()
    assert walk.frame({"steps": 7}) == {"error": "seven steps are not allowed", "control": None}
    told = walk.frame({"steps": 70})
    assert told["control"] == "steps"
    assert told["error"] == "Steps is 70\u00a0min: choose a number from 1 to 9\u00a0min."


def test_a_fault_in_the_figure_is_not_hidden():
    walk = make(draw=lambda steps: draw(steps) if steps < 5 else {}["gone"])
    with pytest.raises(KeyError):
        walk.frame({"steps": 6})


def test_refining_follows_the_drawing():
    def refine(steps):
        for n in range(steps):
            yield View(picture(n + 1), f"after {n + 1}")

    walk = make(refine=refine)
    assert [frame["summary"] for frame in walk.frames({"steps": 2})] == ["after 1", "after 2"]
    assert walk.final({})["summary"] == "after 3"
    assert "error" in walk.final({"steps": 7})
    assert list(make().frames({})) == []


def test_panels_stand_side_by_side_only_where_there_is_room():
    view = View([picture(), picture()], "Two.")
    assert view.render(620).count('width="300"') == 2
    assert view.render(320).count('width="320"') == 2


def test_words_come_from_the_catalogue():
    language.use({"{label} cannot be {value}: choose one of {options}.": "Ei: {options}"})
    try:
        choice = Choice("c", "C", [("a", "A"), ("b", "B")], "a")
        with pytest.raises(ValueError, match="Ei: A, B"):
            choice.read("z")
        assert language.settings()["messages"]
    finally:
        language.use({})


def test_the_latest_explorable_of_an_id_answers():
    walk = make()
    assert BY_ID["stroll"] is walk
    assert repr(walk) == "Explorable('stroll', 'Walk')"


def test_an_id_belongs_to_one_module(walking):
    with pytest.raises(ValueError, match=r"'walk' is taken by walking\.walk: choose another"):
        make(id="walk")
    assert BY_ID["walk"] is walking.walk


@pytest.mark.parametrize("path", ["stepps", "shoes.grip", "shoes.7.grip", "shoes.*.colour"])
def test_a_handle_on_a_missing_control_stops_the_build(walking, path):
    with pytest.raises(ValueError, match=r"wants a handle on .*, which is no control: give a name"):
        Explorable("odd", "Odd", walking.walk.controls, walking.draw, handles=[path])


def test_a_handle_on_a_switch_stops_the_build(walking):
    with pytest.raises(TypeError, match="'rest', which is no slider: only numbers can be pulled"):
        Explorable("odd", "Odd", walking.walk.controls, walking.draw, handles=["rest"])


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"stepps": 3}, "step 'Far' sets 'stepps', which is no control"),
        ({"steps": 30}, "step 'Far': Steps <of> the way is 30"),
        ({"pace": "idle"}, "step 'Far': Pace cannot be 'idle'"),
    ],
)
def test_a_step_that_cannot_be_set_stops_the_build(walking, settings, said):
    with pytest.raises(ValueError, match=said):
        Explorable(
            "odd", "Odd", walking.walk.controls, walking.draw, steps=[Step("Far", "See.", settings)]
        )


def test_who_changes_start_values_changes_the_own_copy_alone():
    rows = Table("rows", "Rows", [Slider("n", "N", 0, 9, 1)], [{"label": "one", "n": 2}])
    figure = make(controls=[rows], draw=lambda rows: View(picture(), str(rows), (["n"], [["2"]])))
    figure.defaults()["rows"][0]["n"] = 9
    assert figure.defaults()["rows"][0]["n"] == 2
    BY_ID.pop(figure.id, None)
