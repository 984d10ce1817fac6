"""In a notebook, traits of the widgets drive the picture."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from ipywidgets.widgets.widget_bool import Checkbox, ToggleButton
from ipywidgets.widgets.widget_button import Button
from ipywidgets.widgets.widget_float import FloatSlider
from ipywidgets.widgets.widget_selection import Dropdown

from explorables import widget


def inside(box, kind):
    found = [box] if isinstance(box, kind) else []
    for child in getattr(box, "children", ()):
        found += inside(child, kind)
    return found


def button(box, said, kind=Button):
    return next(each for each in inside(box, kind) if each.description == said)


def elsewhere(function, *arguments):
    """Call in a thread of its own: a browser test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


@pytest.fixture
def figure(walking):
    return widget.LiveFigure(walking.walk)


def test_it_opens_with_the_start_values(figure, walking):
    assert walking.walk.frame({})["svg"] in figure.picture.value
    assert "3 steps, pace slow, grip 3.5." in figure.message.value
    assert walking.walk.read(figure.values()) == walking.walk.defaults()


def test_moving_a_slider_redraws(figure):
    before = figure.picture.value
    inside(figure, FloatSlider)[0].value = 5
    assert figure.picture.value != before
    assert "5 steps" in figure.message.value
    assert "<td>5</td>" in figure.data.value


def test_choices_switches_and_rows_count_too(figure):
    inside(figure, Dropdown)[0].value = "fast"
    inside(figure, Checkbox)[0].value = True
    inside(figure, FloatSlider)[2].value = 4.5
    assert "pace fast, grip 6.0, resting." in figure.message.value


def test_an_impossible_setting_keeps_the_last_picture(figure):
    slider = inside(figure, FloatSlider)[0]
    slider.value = 5
    kept = figure.picture.value
    slider.value = 7
    assert figure.picture.value == kept
    assert "Seven steps lead over the edge. The picture still shows" in figure.message.value
    slider.value = 6
    assert "6 steps" in figure.message.value


def test_reset_restores_every_control_and_draws_once(figure):
    start = figure.message.value
    inside(figure, FloatSlider)[0].value = 5
    inside(figure, FloatSlider)[1].value = 0.5
    inside(figure, Dropdown)[0].value = "fast"
    drawn = []
    figure.picture.observe(drawn.append, "value")
    button(figure, "Reset").click()
    assert figure.message.value == start
    assert len(drawn) == 1


def test_a_step_sets_the_figure_and_says_what_to_look_at(figure):
    button(figure, "In the wet").click()
    assert "resting" in figure.message.value
    assert "See what holds." in figure.task.value
    button(figure, "Far").click()
    assert "6 steps, pace slow, grip 3.5.<" in figure.message.value


def test_what_was_done_is_undone_and_done_again(figure):
    undo, redo = button(figure, "Undo"), button(figure, "Redo")
    assert undo.disabled
    for steps in (4, 5, 6):  # in one go
        inside(figure, FloatSlider)[0].value = steps
    inside(figure, Dropdown)[0].value = "fast"
    undo.click()
    assert "6 steps, pace slow" in figure.message.value
    undo.click()
    assert "3 steps, pace slow" in figure.message.value
    assert (undo.disabled, redo.disabled) == (True, False)
    redo.click()
    redo.click()
    assert "6 steps, pace fast" in figure.message.value
    assert redo.disabled


def test_a_kept_picture_stands_behind_the_next(figure, walking):
    before = walking.walk.frame({})["svg"]
    assert "xp-ghost" not in figure.picture.value.partition("</style>")[2]
    keep = button(figure, "Keep for comparison", ToggleButton)
    keep.value = True
    inside(figure, FloatSlider)[0].value = 6
    shown = figure.picture.value
    ghost = shown.index('<div class="xp-ghost" aria-hidden="true">')
    assert ghost < shown.index(before) < shown.index(walking.walk.frame({"steps": 6})["svg"])
    button(figure, "Reset").click()
    assert not keep.value
    assert before not in figure.picture.value.replace(before, "", 1)


def test_a_simulation_refines_until_the_next_change(walking):
    async def session():
        figure = widget.LiveFigure(walking.hike)
        slider = inside(figure, FloatSlider)[0]
        slider.value = 4
        assert "4 steps, pace slow, grip 3.5.</p>" in figure.message.value
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert "Tried" in figure.message.value
        slider.value = 5
        for _ in range(10):
            await asyncio.sleep(0)
        return figure.message.value

    assert "5 steps, pace slow, grip 3.5. Tried 3 times." in elsewhere(
        lambda: asyncio.run(session())
    )


def test_without_a_loop_a_simulation_shows_its_end(walking):
    def script():
        figure = widget.LiveFigure(walking.hike)
        inside(figure, FloatSlider)[0].value = 4
        return figure.message.value

    assert "4 steps, pace slow, grip 3.5. Tried 3 times." in elsewhere(script)


def test_a_notebook_gets_a_widget_and_a_built_page_does_not(walking, monkeypatch):
    monkeypatch.delenv("EXPLORABLES_STATIC", raising=False)
    live = walking.walk._repr_mimebundle_()
    assert live["text/plain"] == "Explorable('walk', 'A walk')"
    assert live[widget.WIDGET_MIME]["model_id"]
    monkeypatch.setenv("EXPLORABLES_STATIC", "1")
    still = walking.walk._repr_mimebundle_()
    assert widget.WIDGET_MIME not in still
    assert still["text/html"] == live["text/html"]
