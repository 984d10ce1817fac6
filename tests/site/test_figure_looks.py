"""What eyes need of a figure: one glance, letters that can be read, colours that hold."""

from __future__ import annotations

import pytest

from .look import PLACES

pytestmark = pytest.mark.browser

DESK, TABLET = {"width": 1440, "height": 900}, {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}

# How high picture, sentence and open controls are together, as the page begins: beside each
# other on a desk, beneath each other on a phone.  There, the picture is small once the
# controls are scrolled to, and the glance is what is left then.
GLANCE = """async (figure) => {
  const frames = async () => {
    for (let n = 0; n < 6; n++) await new Promise(requestAnimationFrame);
  };
  const controls = [...figure.querySelectorAll(".xp-controls > .xp-control")];
  const stage = figure.querySelector(".xp-stage");
  const box = (one) => one.getBoundingClientRect();
  const low = () => Math.max(box(stage).bottom, ...controls.map((one) => box(one).bottom));
  const begun = low() - box(stage).top;
  const beside = getComputedStyle(stage).float !== "none";
  const words = box(figure.querySelector(".xp-words")).height;
  if (beside) return { open: controls.length, begun, beside, words };
  const top = parseFloat(getComputedStyle(stage).top) || 0;
  // Down to where the small picture has the first control right beneath it.
  scrollBy({ top: box(controls[0]).top - top - 150, behavior: "instant" });
  await frames();
  const over = box(stage).bottom + 8 - box(controls[0]).top;
  scrollBy({ top: -over, behavior: "instant" });
  await frames();
  const small = figure.classList.contains("xp-small");
  return { open: controls.length, begun, beside, words, small, glance: low() - box(stage).top };
}"""
# On a phone pictures have more rows than one glance holds, and sentences have more lines.
AIM = {"desk": 560, "phone": 600}
BEGUN = {
    "desk": {},
    "phone": {
        "xp-bought-or-earned": 1000,
        "xp-curve-and-memory": 1270,
        "xp-one-year": 1110,
        "xp-spend-ten-thousand": 1030,
    },
}
OTHERS = {"desk": AIM["desk"], "phone": 910}


@pytest.mark.sample(2, "pictures and first controls in one glance", kind=lambda place: place)
@pytest.mark.parametrize("place", ["desk", "phone"])
def test_picture_sentence_and_first_controls_are_in_one_glance(visit, chapter, place):
    with visit(chapter, viewport=DESK if place == "desk" else PHONE) as seen:
        for figure in seen.page.locator("[data-xp]").all():
            told = figure.evaluate(GLANCE)
            name = figure.get_attribute("id")
            assert 1 <= told["open"] <= 4, (name, told)
            assert told["beside"] == (place == "desk"), (name, told)
            assert told["begun"] <= BEGUN[place].get(name, OTHERS[place]), (name, told)
            if place == "phone":
                assert told["small"], (name, told)
                assert told["glance"] <= AIM["phone"], (name, told)


def test_a_picture_stays_whole_in_sight_beside_its_last_control(visit):
    with visit("book/chapters/05_journey", viewport=DESK) as seen:
        figure = seen.page.locator("[data-xp]").first
        seen.page.evaluate("document.querySelectorAll('.xp-fold').forEach(f => (f.open = true))")
        figure.locator("[data-path]").last.focus()
        at = figure.evaluate(PLACES)
        assert at["hit"]
        assert at["picture"]["top"] >= at["header"]
        assert at["words"]["bottom"] <= DESK["height"]
        assert at["control"]["left"] >= at["picture"]["right"]
        assert at["wide"] <= DESK["width"]


def test_on_a_phone_a_strip_of_panels_is_moved_by_keys_and_its_handles_go_along(visit):
    with visit("book/chapters/02_listening", viewport=PHONE) as seen:
        figure = seen.page.locator("[data-xp]").first
        strip = figure.locator(".xp-narrow:not(.xp-ghost)")
        inside = "strip => [...strip.children].map(one => one.getBoundingClientRect().left < 300)"
        assert strip.evaluate(inside) == [True, False]
        figure.get_by_role("button", name="Keep for comparison").click()
        begun = figure.locator(".xp-knob").count()
        strip.focus()
        for _ in range(12):
            strip.press("ArrowRight")
        seen.page.wait_for_function(
            "strip => strip.scrollLeft >= strip.scrollWidth - strip.clientWidth - 1",
            arg=strip.element_handle(),
        )
        assert strip.evaluate(inside) == [True, True]
        both = "all => all.map(one => one.scrollLeft)"
        assert len(set(figure.locator(".xp-narrow").evaluate_all(both))) == 1
        # Of handles those can be pulled that are to be seen.
        edge = "all => all.every(one => one.getBoundingClientRect().left > -20)"
        assert begun
        assert figure.locator(".xp-knob").evaluate_all(edge)
        assert seen.complaints == []


# The height of every letter of a drawing on the screen, and what lies on what.  Lines of
# text that share a hair's breadth of their empty margins do not touch.
LETTERS = """([selector, least]) => [...document.querySelectorAll(selector)]
  .filter((svg) => svg.getBoundingClientRect().width > 0)
  .flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const words = [...svg.querySelectorAll("text")]
      .filter((text) => text.textContent.trim() && text.checkVisibility())
      .map((text) => {
        const { a, b } = text.getScreenCTM();
        const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
        const box = text.getBoundingClientRect();
        return { said: text.textContent, box, size, turned: Math.abs(b) > .01 };
      });
    const faults = words.filter(({ size }) => size < least)
      .map(({ said, size }) => `${said}: ${size.toFixed(1)} px`);
    for (const { said, box } of words) {
      if (box.left < frame.left - 2 || box.right > frame.right + 2) faults.push(`${said}: cut`);
    }
    const level = words.filter(({ turned }) => !turned);
    level.forEach((one, place) => level.slice(0, place).forEach((other) => {
      const [a, b] = [one.box, other.box];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1.5 && down > 6) faults.push(`${one.said} on ${other.said}`);
    }));
    return faults;
  })"""
LIVE_PICTURE = ".xp-figure:not(.xp-ghost) svg"
# Both ends of every control and each of its choices, one after the other.
ENDS = """async ([figure, letters]) => {
  const faults = new Set();
  const look = async (where) => {
    for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
    for (const fault of letters()) faults.add(`${where}: ${fault}`);
  };
  for (const input of figure.querySelectorAll("input[type=range], input[type=checkbox], select")) {
    const key = input.type === "checkbox" ? "checked" : "value";
    const [kept, others] = [input[key], input.type === "checkbox" ? [true, false]
      : input.options ? [...input.options].map((one) => one.value) : [input.min, input.max]];
    for (const value of [...others, kept]) {
      input[key] = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await look(`${input.dataset.path}=${value}`);
    }
  }
  return [...faults];
}"""


@pytest.mark.sample(3, "letters of figures by window", kind=lambda window: window["width"])
@pytest.mark.parametrize("window", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_letters_of_pictures_can_be_read_and_none_lies_on_another(visit, chapter, window):
    with visit(chapter, viewport=window) as seen:
        unfold = "all => all.forEach(one => (one.open = true))"
        seen.page.locator("main details").evaluate_all(unfold)
        assert seen.page.evaluate(LETTERS, [LIVE_PICTURE, 12.9]) == []
        still = ".sd-figure > svg, :is(.sd-wall, .sd-card) svg.wall"
        assert seen.page.evaluate(LETTERS, [still, 12.9]) == []
        if window is not PHONE:
            assert seen.page.evaluate(LETTERS, [".sd-figure > svg", 14.9]) == []


@pytest.mark.whole
@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_letters_can_be_read_at_the_ends_of_every_control(visit, chapter, window):
    with visit(chapter, viewport=window) as seen:
        for figure in seen.page.locator("[data-xp]").all():
            picture = f"#{figure.get_attribute('id')} {LIVE_PICTURE}"
            letters = f"() => ({LETTERS})(['{picture}', 12.9])"
            ends = f"(figure) => ({ENDS})([figure, {letters}])"
            figure.evaluate("one => one.scrollIntoView({behavior: 'instant'})")
            assert figure.evaluate(ends) == []


# In forced colours the lines of the grid are pale ink, and not the colour that the
# system has for links or for what is off; the tones of marks fit the system's ground.
FORCED = """() => {
  const probe = document.body.appendChild(document.createElement("span"));
  const tone = (name) => (probe.style.color = name, getComputedStyle(probe).color);
  const [ink, ground] = [tone("CanvasText"), tone("Canvas")];
  const light = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
  const faults = [];
  for (const picture of document.querySelectorAll(".xp-figure svg")) {
    if (!picture.getBoundingClientRect().width) continue;
    for (const line of picture.querySelectorAll(".xp-grid")) {
      const { stroke, strokeOpacity } = getComputedStyle(line);
      if (stroke !== ink || strokeOpacity > .5) faults.push(`grid ${stroke} ${strokeOpacity}`);
    }
    for (let role = 0; role < 7; role++) {
      for (const mark of picture.querySelectorAll(`.xp-s${role}`)) {
        const [a, b] = [light(getComputedStyle(mark).stroke), light(ground)].sort((x, y) => y - x);
        const contrast = (a + .05) / (b + .05);
        if (contrast < 3) faults.push(`role ${role}: ${contrast.toFixed(1)}`);
      }
    }
  }
  probe.remove();
  return [...new Set(faults)];
}"""


@pytest.mark.sample(1, "figures in forced colours", kind=lambda scheme: scheme)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_the_grid_is_pale_ink_and_marks_stand_out(visit, chapter, scheme):
    dress = {"forced_colors": "active", "color_scheme": scheme, "reduced_motion": "reduce"}
    with visit(chapter, viewport=DESK, **dress) as seen:
        assert seen.page.evaluate(FORCED) == []
        # A page that the reader has set to the other theme has the system's ground all the same.
        other = "dark" if scheme == "light" else "light"
        seen.page.evaluate("other => (document.documentElement.dataset.theme = other)", other)
        assert seen.page.evaluate(FORCED) == []
        fades = "all => [...new Set(all.map(one => getComputedStyle(one).transitionDuration))]"
        assert seen.page.locator(".xp *").evaluate_all(fades) == ["0s"]
        step = seen.page.locator(".xp-step").first
        step.click()
        line = "all => all.map(one => getComputedStyle(one).textDecorationLine)"
        assert seen.page.locator(".xp-step").evaluate_all(line)[:2] == ["underline", "none"]


@pytest.mark.sample(1, "figures at 400% and on paper")
def test_at_four_hundred_per_cent_and_on_paper_a_figure_fits(visit, chapter):
    with visit(chapter, viewport={"width": 320, "height": 256}) as seen:
        page = seen.page
        beyond = "f => [f.scrollWidth - f.clientWidth, f.getBoundingClientRect().right]"
        for figure in page.locator("[data-xp]").all():
            inner, right = figure.evaluate(beyond)
            assert inner == 0, figure.get_attribute("id")
            assert right <= 320, figure.get_attribute("id")
        page.set_viewport_size(DESK)
        page.emulate_media(media="print")
        for dead in (".xp-knob", ".xp-steps", ".xp-buttons", ".xp input[type=range]"):
            assert not any(one.is_visible() for one in page.locator(dead).all()), dead
        for figure in page.locator("[data-xp]").all():
            assert figure.locator(".xp-figure:visible").count() == 1
            assert figure.locator(".xp-summary").is_visible()
