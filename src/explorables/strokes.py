"""The ink of a picture: colours by role, and the SVG elements everything is made of.

The six roles differ in colour (Okabe and Ito's hues, 2008, darkened to carry
text), in dash and in marker shape.  Every element carries presentation
attributes, so that it prints and shows in an e-book without a style sheet, and a
class, so that a style sheet can recolour it (`xp-s1` strokes with role 1, `xp-f1`
fills with it).
"""

from math import isfinite

from explorables.numbers import plain

ROLES = ("#6b625b", "#1d5f8a", "#b5451b", "#23795c", "#7d4785", "#8a6200", "#5b534d")
DASHES = ("3 4", "", "7 4", "2 3", "9 3 2 3", "13 4", "5 2")
SHAPES = ("circle", "circle", "square", "triangle", "diamond", "drop", "ring")
INK, SOFT, GRID, GROUND = "#2b2622", "#5f5750", "#d9d1c7", "#fffdf9"
TICK, LABEL, TITLE = 12, 13, 14  # px


def escape(text: str) -> str:
    """Make text safe inside XML elements and attributes."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text


# Widths of letters in ems; 0.56 for those that are not here.
_EMS: dict = {}
for _letters, _em in (
    ("iljtfr.,:;'|!()[] \u00a0", 0.33),
    ("mwMW@%\u2014", 0.88),
    ("ABCDEFGHIJKLNOPQRSTUVXYZ", 0.67),
):
    for _letter in _letters:
        _EMS[_letter] = _em


def text_width(text: str, size: float = LABEL) -> float:
    """Estimate how wide a text is set, in px; rather too wide than too narrow."""
    ems = 0.0
    get = _EMS.get
    for letter in text:
        ems += get(letter, 0.56)
    return ems * size


def wrapped(text: str, size: float, room: float) -> list:
    """Break a text into lines of at most ``room`` px."""
    lines: list = []
    for word in text.split(" "):
        if lines and text_width(lines[-1] + " " + word, size) <= room:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def figure(width: float, height: float, label: str, parts: list) -> str:
    """Return a whole SVG element that is read out as ``label``."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="xp-svg" viewBox="0 0 {w} {h}" '
        'width="{w}" height="{h}" role="img" aria-label="{label}" '
        'font-family="system-ui, sans-serif">{body}</svg>'
    ).format(w=plain(width), h=plain(height), label=escape(label), body="".join(parts))


def text(
    x: float,
    y: float,
    words: str,
    anchor: str = "start",
    role: int = 0,
    size: float = LABEL,
    style: str = "ink",
    bold: bool = False,
) -> str:
    """Return a text element; ``y`` is its baseline.

    ``style`` is "ink", "soft", "role" (coloured, with a halo of the ground, to
    stand on a picture) or "on" (set on a filled mark).
    """
    fill, css, extra = INK, "xp-ink", ""
    if style == "soft":
        fill, css = SOFT, "xp-soft"
    elif style == "on":
        fill, css = GROUND, "xp-on"
    elif style == "role":
        fill, css = (ROLES[role], "xp-f%d xp-halo" % role) if role else (INK, "xp-ink xp-halo")
        extra = ' stroke="%s" stroke-width="3.5" paint-order="stroke"' % GROUND
    if bold:
        extra += ' font-weight="600"'
    return (
        '<text x="%s" y="%s" text-anchor="%s" font-size="%s" fill="%s" class="%s"%s>%s</text>'
        % (
            plain(x),
            plain(y),
            anchor,
            plain(size),
            fill,
            css,
            extra,
            escape(words),
        )
    )


def path(d: str, role: int, width: float = 2.25, dash: str = "") -> str:
    """Return a stroked line."""
    return (
        '<path d="%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round" '
        'stroke-linecap="round"%s class="xp-s%d"/>'
        % (d, ROLES[role], plain(width, 2), dash_of(dash), role)
    )


def dash_of(dash):
    """Return the attribute of a dash pattern, or nothing."""
    return ' stroke-dasharray="%s"' % dash if dash else ""


def rule(x1, y1, x2, y2, stroke, css, width="1", dash=""):
    """Return a straight line of the frame."""
    return '<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"%s class="%s"/>' % (
        plain(x1),
        plain(y1),
        plain(x2),
        plain(y2),
        stroke,
        width,
        dash_of(dash),
        css,
    )


def marker(x: float, y: float, role: int, radius: float, shape: str = "") -> str:
    """Return a filled marker; its shape goes with the role unless one is named."""
    shape = shape or SHAPES[role]
    paint = 'fill="%s" stroke="%s" stroke-width="1.5" class="xp-f%d xp-edge"' % (
        ROLES[role],
        GROUND,
        role,
    )
    if shape in ("circle", "ring"):
        if shape == "ring":
            paint = 'fill="%s" stroke="%s" stroke-width="2.5" class="xp-ground xp-s%d"' % (
                GROUND,
                ROLES[role],
                role,
            )
        return '<circle cx="%s" cy="%s" r="%s" %s/>' % (plain(x), plain(y), plain(radius), paint)
    r = radius
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "drop": ((0, 1.2), (1.1, -0.8), (-1.1, -0.8)),
    }[shape]
    points = " ".join([plain(x + a * r) + "," + plain(y + b * r) for a, b in corners])
    return '<polygon points="%s" %s/>' % (points, paint)


def finite(x) -> bool:
    """Tell whether ``x`` can be drawn: a number, and neither missing nor infinite."""
    return x is not None and isfinite(x)
