"""No two roles of a picture are told apart by colour alone, whoever looks, on screen or in grey."""

from __future__ import annotations

import itertools

import pytest

from explorables import palette

# Machado, Oliveira and Fernandes 2009, full severity, for linear light.
SEEN = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
NEAR = 15


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _lab(light: list[float]) -> tuple[float, float, float]:
    """Return CIE 1976 L*a*b* of linear sRGB under D65."""
    red, green, blue = (min(max(part, 0.0), 1.0) for part in light)
    axes = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (
        axis ** (1 / 3) if axis > (6 / 29) ** 3 else axis / (3 * (6 / 29) ** 2) + 4 / 29
        for axis in axes
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, eye: str) -> float:
    """Return the difference (delta E 1976) of two colours as an eye sees them."""
    seen = []
    for colour in (one, other):
        light = _linear(colour)
        seen.append(
            _lab([sum(a * b for a, b in zip(row, light, strict=True)) for row in SEEN[eye]])
        )
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


def test_the_measure_knows_black_from_white_and_what_a_deutan_eye_confuses():
    assert apart("#000000", "#ffffff", "grey") == pytest.approx(100, abs=0.1)
    red, green = "#b5451b", "#6f7a1e"
    assert apart(red, green, "deutan") < apart(red, green, "tritan")


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("roles", [palette.ROLES, palette.DARK_ROLES], ids=["light", "dark"])
def test_roles_that_look_alike_differ_in_dash(roles, eye):
    alike = [
        (one, other)
        for one, other in itertools.combinations(range(len(roles)), 2)
        if apart(roles[one], roles[other], eye) < NEAR
    ]
    assert [pair for pair in alike if palette.DASHES[pair[0]] == palette.DASHES[pair[1]]] == []


@pytest.mark.parametrize("roles", [palette.ROLES, palette.DARK_ROLES], ids=["light", "dark"])
def test_house_guest_and_both_differ_in_dash_and_shape_as_well_as_in_colour(roles):
    cast = (palette.HOUSE, palette.GUEST, palette.BOTH)
    assert len({roles[one] for one in cast}) == len(cast)
    assert len({palette.DASHES[one] for one in cast}) == len(cast)
    assert len({palette.SHAPES[one] for one in cast}) == len(cast)
