"""Whoever looks, no two colours of a live figure are told apart by colour alone.

Two roles that an eye sees alike, on light ground or on dark, differ in dash or in the form of
their marks, or have words of their own: written in the role's tone, or at each of its marks.
"""

import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from tests.explorables.test_colours import NEAR, SEEN, apart

from explorables import palette, parity, svg
from explorables.strokes import text_width
from explorables.view import NARROW, WIDE

from .test_honesty import FIGURES

SVG = "{http://www.w3.org/2000/svg}"
BESIDE = 16  # px between a mark and its words: a line of them and a little air


def numbers(text):
    """Return the numbers of an attribute."""
    return [float(one) for one in re.findall(r"-?\d*\.?\d+", text or "")]


def role_of(element):
    """Return the role that an element is painted with; None if with ink, ground or grid."""
    found = re.search(r"\bxp-[sf](\d)\b", element.get("class", ""))
    return int(found[1]) if found else None


def marks_of(root):
    """Yield every mark with a role and every text as (role, form, box)."""

    def look(element, right, down, role, large, fill):
        moved = element.get("transform", "")
        shift = re.search(r"translate\(([^)]*)\)", moved)
        if shift:
            across, up = (numbers(shift[1]) + [0.0])[:2]
            right, down = right + across, down + up
        role = role if role_of(element) is None else role_of(element)
        large = float(element.get("font-size", large))
        fill = element.get("fill", fill)
        tag = element.tag.removeprefix(SVG)
        if tag == "text":
            x, y = float(element.get("x", 0)) + right, float(element.get("y", 0)) + down
            wide = text_width("".join(element.itertext()), large)
            left = x - {"end": wide, "middle": wide / 2}.get(element.get("text-anchor"), 0)
            yield role_of(element), "text", (left, y - large, left + wide, y)
        elif tag in ("path", "polygon", "circle", "rect", "line") and role is not None:
            kind, box = shown(element, tag, fill in ("none", palette.GROUND))
            yield role, kind, tuple(n + (right, down)[k % 2] for k, n in enumerate(box))
        for child in element:
            yield from look(child, right, down, role, large, fill)

    yield from look(root, 0.0, 0.0, None, svg.LABEL, "")


def shown(element, tag, hollow):
    """Return what form a mark has, and the box that it lies in."""
    if tag == "circle":
        x, y, r = (float(element.get(name)) for name in ("cx", "cy", "r"))
        # One less than half as large is another mark.
        return ("ring" if hollow else "dot" if r < 3.2 else "disc"), (x - r, y - r, x + r, y + r)
    if tag == "rect":
        x, y, wide, high = (float(element.get(name)) for name in ("x", "y", "width", "height"))
        return ("outline" if hollow else "bar"), (x, y, x + wide, y + high)
    if tag == "line":
        x1, y1, x2, y2 = (float(element.get(name)) for name in ("x1", "y1", "x2", "y2"))
        return f"line {element.get('stroke-dasharray', '')}", (x1, y1, x2, y2)
    return outlined(element, tag, hollow)


def outlined(element, tag, hollow):
    """Return the same of a path or a polygon."""
    points = numbers(element.get("points") or element.get("d"))
    across, down = points[::2] or [0.0], points[1::2] or [0.0]
    box = (min(across), min(down), max(across), max(down))
    if tag == "path" and hollow:
        return f"line {element.get('stroke-dasharray', '')}", box
    if element.get("fill-opacity"):
        return "wash", box
    if tag != "polygon":
        return "shape", box
    # A marker is told by its corners, on how many levels they lie, and which way it points.
    corners = sorted(points[1::2])
    up = len(corners) == 3 and corners[1] - corners[0] > corners[2] - corners[1]
    return f"{len(corners)} corners on {len(set(corners))}{' up' if up else ''}", box


def near(one, other):
    """Tell whether two boxes touch, or nearly."""
    return all(one[k] - BESIDE <= other[k + 2] and other[k] - BESIDE <= one[k + 2] for k in (0, 1))


def alike(one, other):
    """Tell whether some eye sees two roles alike, on light ground or on dark."""
    return any(
        apart(tones[one], tones[other], eye) < NEAR
        for tones in (palette.ROLES, palette.DARK_ROLES)
        for eye in SEEN
    )


ALIKE = {pair for pair in itertools.combinations(range(len(palette.ROLES)), 2) if alike(*pair)}


def untold(picture):
    """Return pairs of roles that only their colour tells apart, for some eye, and where."""
    marks = [
        mark
        for one in re.findall(r"<svg xmlns.*?</svg>", picture, re.DOTALL)
        for mark in marks_of(ET.fromstring(one))
    ]
    words = [box for _role, kind, box in marks if kind == "text"]
    worded = {role for role, kind, _box in marks if kind == "text" and role}
    forms: dict = {}
    for role, kind, box in marks:
        if kind != "text":
            forms.setdefault(role, {}).setdefault(kind, []).append(box)
    found = []
    for one, other in sorted(ALIKE & set(itertools.combinations(sorted(forms), 2))):
        for kind in sorted(set(forms[one]) & set(forms[other])):
            silent = [
                role
                for role in (one, other)
                if role not in worded
                and not all(any(near(box, said) for said in words) for box in forms[role][kind])
            ]
            if silent:
                found.append((one, other, kind))
    return found


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_live_figure_tells_its_roles_by_form_dash_or_word(name, width):
    figure = FIGURES[name]
    drawn = [figure.frame(raw, width) for raw in ({}, *parity.random_settings(figure, 8))]
    pictures = [frame["svg"] for frame in drawn if "error" not in frame]
    assert pictures
    assert {pair for picture in pictures for pair in untold(picture)} == set()


def test_some_roles_look_alike_to_some_eyes():
    assert (palette.HOUSE, palette.GUEST) in ALIKE


def test_two_roles_with_the_same_dash_and_no_words_are_found():
    def two(dash, words=""):
        lines = [
            svg.path(f"M0,{y}L9,{y}", role, 2, dash if role == palette.GUEST else "")
            for y, role in ((0, palette.HOUSE), (90, palette.GUEST))
        ]
        return svg.figure(100, 100, "Two lines", [*lines, words])

    assert untold(two("")) == [(palette.HOUSE, palette.GUEST, "line ")]
    assert untold(two("2 3")) == []
    of_one = svg.text(0, 10, "the house")
    assert untold(two("", of_one)) == [(palette.HOUSE, palette.GUEST, "line ")]
    assert untold(two("", of_one + svg.text(0, 95, "the guest"))) == []
