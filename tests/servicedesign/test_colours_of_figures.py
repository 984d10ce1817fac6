"""Whoever looks, no two colours of a figure are told apart by colour alone: all still figures.

Two tones that an eye sees alike differ in dash, in the shape of their marks, or have words of
their own: written in the tone, on the mark or right beside it.
"""

import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from tests.explorables.test_colours import NEAR, SEEN, apart

from explorables import palette

from .test_figures import FIGURES

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
# Ground, ink and grid are no data: what they draw is told by its place.
FRAME = {palette.TONES[name][palette.LIGHT] for name in ("ground", "card", "grid", "ink", "soft")}


def _tone(element, prop):
    """Return a tone that an element is painted with, and the one it inherits if none."""
    tone = element.get(prop, "")
    return tone if tone.startswith("#") and tone not in FRAME else ""


def signs_of(root):
    """Return how each tone of a picture is told besides its colour, and which have words."""
    shapes = {one.get("id"): one.get("d") for one in root.iter(f"{SVG}path") if one.get("id")}
    words = [
        (float(one.get("x")), float(one.get("y")))
        for one in root.iter(f"{SVG}text")
        if one.get("x")
    ]
    kinds, worded = {}, set()

    def look(element, inherited):
        own = {prop: _tone(element, prop) or inherited[prop] for prop in ("fill", "stroke")}
        if element.get("fill") == "none":
            own["fill"] = ""
        tag = element.tag.removeprefix(SVG)
        for prop, tone in own.items():
            if not tone:
                continue
            if tag == "text":
                worded.add(tone)
            elif any(_lies_on(place, element, tag) for place in words):
                worded.add(tone)
                kinds.setdefault(tone, set()).add(_kind(element, tag, prop, shapes))
            elif tag in ("path", "use", "circle", "rect", "polygon", "line"):
                kinds.setdefault(tone, set()).add(_kind(element, tag, prop, shapes))
        if tag != "defs":
            for child in element:
                look(child, own)

    look(root, {"fill": "", "stroke": ""})
    return kinds, worded


def _lies_on(place, element, tag):
    """Tell whether words begin, end or have their middle on a filled mark."""
    numbers = [float(one) for one in re.findall(r"-?\d+\.?\d*", element.get("d", ""))]
    if tag == "use":
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        return abs(place[0] - x) < 8 and abs(place[1] - y) < 8
    if tag != "path" or len(numbers) < 8 or element.get("fill") == "none":
        return False
    across, down = numbers[::2], numbers[1::2]
    return min(across) <= place[0] <= max(across) and min(down) <= place[1] <= max(down)


def _kind(element, tag, prop, shapes):
    style = element.get("style", "")
    dash = re.search(r"stroke-dasharray:([^;]+)", style)
    dashed = element.get("stroke-dasharray") or (dash[1] if dash else "")
    if tag == "use":
        outline = re.sub(r"[-\d. ]+", "", shapes.get(element.get(LINK, "")[1:], "") or "")
        return ("marker", outline, prop)
    if tag == "polygon":
        return ("marker", str(len(element.get("points", "").split())), prop)
    if tag == "path" and prop == "fill":
        return ("filled",)
    if tag == "path":
        return ("line", " ".join(dashed.split()))
    return (tag, prop if tag == "circle" else "")


def alike(one, other):
    """Tell which eyes see two tones of the light page alike."""
    return [eye for eye in SEEN if apart(one, other, eye) < NEAR]


def untold(svg):
    """Return pairs of tones that only their colour tells apart, for some eye."""
    kinds, worded = signs_of(ET.fromstring(svg))
    pairs = itertools.combinations(sorted(kinds), 2)
    return [
        (one, other, sorted(kinds[one] & kinds[other]))
        for one, other in pairs
        if alike(one, other)
        and kinds[one] & kinds[other]
        and not (one in worded and other in worded)
        and not {one, other} <= _WASHES
    ]


_WASHES = {tones[palette.LIGHT] for name, tones in palette.TONES.items() if "wash" in name}


# A share under 4% has no room for its letter: that it comes between its neighbours tells it.
BY_PLACE = {"votes"}


@pytest.mark.parametrize("name", sorted(set(FIGURES) - BY_PLACE))
def test_a_figure_tells_its_tones_by_shape_dash_or_word(name):
    assert untold(FIGURES[name]().svg) == []


def test_two_tones_with_the_same_dash_and_no_words_are_found():
    line = '<path d="M0,0L1,1" stroke="%s" fill="none"%s/>'
    house, guest = palette.ROLES[palette.HOUSE], palette.ROLES[palette.GUEST]
    picture = f'<svg xmlns="{SVG[1:-1]}">%s</svg>'
    assert untold(picture % (line % (house, "") + line % (guest, "")))
    assert not untold(picture % (line % (house, "") + line % (guest, ' stroke-dasharray="2 3"')))
