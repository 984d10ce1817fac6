"""The SVG elements that every picture is made of.

Every element carries presentation attributes, so that it prints and shows in an
e-book without a style sheet, and a class, so that a style sheet can recolour it
(`xp-s1` strokes with role 1, `xp-f1` fills with it).
"""

from math import isfinite

from explorables.numbers import plain
from explorables.palette import GRID, GROUND, INK, ROLES, SHAPES, SOFT

TICK, LABEL, TITLE = 13, 14, 15  # px, in plots


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


# How an element is painted: attributes, to be handed to the shapes below.


def dash_of(dash):
    """Return the attribute of a dash pattern, or nothing."""
    return ' stroke-dasharray="%s"' % dash if dash else ""


def filled(role: int, opacity: str = "", edge: bool = False) -> str:
    """Paint with a role; with ``edge`` a rim of the ground sets it off from what is below."""
    rim = ' stroke="%s" stroke-width="1.5"' % GROUND if edge else ""
    clear = ' fill-opacity="%s"' % opacity if opacity else ""
    css = " xp-edge" if edge else ""
    return 'fill="%s"%s%s class="xp-f%d%s"' % (ROLES[role], clear, rim, role, css)


def hollow(role: int, width: float = 2.0) -> str:
    """Paint the rim with a role and the inside with the ground."""
    return 'fill="%s" stroke="%s" stroke-width="%s" class="xp-ground xp-s%d"' % (
        GROUND,
        ROLES[role],
        plain(width, 2),
        role,
    )


def stroked(role: int, width: float = 2.25, dash: str = "", opacity: str = "") -> str:
    """Paint a line with a role."""
    clear = ' stroke-opacity="%s"' % opacity if opacity else ""
    return 'fill="none" stroke="%s" stroke-width="%s"%s%s class="xp-s%d"' % (
        ROLES[role],
        plain(width, 2),
        dash_of(dash),
        clear,
        role,
    )


def framed(style: str = "grid") -> str:
    """Paint a line of the frame: "grid" or "axis"."""
    return 'fill="none" stroke="%s" class="xp-%s"' % (GRID if style == "grid" else SOFT, style)


def lettered(size: float, style: str = "ink", anchor: str = "start", bold: bool = False) -> str:
    """Paint the texts of a `group`, so that each of them says only where it stands."""
    tone = {"ink": INK, "soft": SOFT, "on": GROUND}[style]
    weight = ' font-weight="600"' if bold else ""
    return 'text-anchor="%s" font-size="%s"%s fill="%s" class="xp-%s"' % (
        anchor,
        plain(size),
        weight,
        tone,
        style,
    )


# Shapes; without paint they take that of the group they stand in.


def _painted(paint):
    return " " + paint if paint else ""


def shape(d: str, paint: str = "") -> str:
    """Return a path element."""
    return '<path d="%s"%s/>' % (d, _painted(paint))


def circle(x: float, y: float, radius: float, paint: str = "") -> str:
    """Return a circle."""
    return '<circle cx="%s" cy="%s" r="%s"%s/>' % (
        plain(x),
        plain(y),
        plain(radius),
        _painted(paint),
    )


def rect(x, y, width, height, paint: str = "", radius: float = 0.0) -> str:
    """Return a rectangle, its corners rounded by ``radius`` px."""
    return '<rect x="%s" y="%s" width="%s" height="%s" rx="%s"%s/>' % (
        plain(x),
        plain(y),
        plain(width),
        plain(height),
        plain(radius),
        _painted(paint),
    )


def polygon(corners, paint: str = "") -> str:
    """Return a closed shape with straight sides, from (x, y) corners."""
    points = " ".join([plain(x) + "," + plain(y) for x, y in corners])
    return '<polygon points="%s"%s/>' % (points, _painted(paint))


def words_at(x: float, y: float, words: str, turn: float = 0) -> str:
    """Return a text that a `group` paints, turned by ``turn`` degrees about its place."""
    if turn:
        place = 'transform="translate(%s,%s) rotate(%s)"' % (plain(x), plain(y), plain(turn))
    else:
        place = 'x="%s" y="%s"' % (plain(x), plain(y))
    return "<text %s>%s</text>" % (place, escape(words))


def group(parts, paint: str = "", shift: tuple = (), scale: float = 1) -> str:
    """Return elements as one; ``shift`` (right, down) in px moves them, then ``scale`` sizes."""
    said = []
    if shift:
        said.append("translate(%s %s)" % (plain(shift[0]), plain(shift[1])))
    if scale != 1:
        said.append("scale(%s)" % plain(scale, 2))
    moved = ' transform="%s"' % " ".join(said) if said else ""
    return "<g%s%s>%s</g>" % (moved, _painted(paint), "".join(parts))


def path(d: str, role: int, width: float = 2.25, dash: str = "") -> str:
    """Return a line with round ends."""
    paint = 'stroke-linejoin="round" stroke-linecap="round" '
    return shape(d, paint + stroked(role, width, dash))


def rule(x1, y1, x2, y2, style: str = "grid", dash: str = "") -> str:
    """Return a straight line of the frame; ``style`` as for `framed`."""
    ends = (plain(x1), plain(y1), plain(x2), plain(y2))
    paint = framed(style) + str(dash_of(dash))
    return '<line x1="%s" y1="%s" x2="%s" y2="%s" %s/>' % (ends + (paint,))


def marker(x: float, y: float, role: int, radius: float, form: str = "") -> str:
    """Return a filled marker; its shape goes with the role unless one is named."""
    form = form or SHAPES[role]
    if form in ("circle", "ring"):
        return circle(x, y, radius, hollow(role, 2.5) if form == "ring" else filled(role, "", True))
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "drop": ((0, 1.2), (1.1, -0.8), (-1.1, -0.8)),
    }[form]
    return polygon([(x + a * radius, y + b * radius) for a, b in corners], filled(role, "", True))


def handle(x: float, y: float, moves) -> str:
    """Return the place of a handle, which a page lets its readers pull.

    Parameters
    ----------
    x, y : float
        Its middle.
    moves : list of (str, float, float)
        What it sets: a control, as "name" or "table.row.column", and how far right
        and down, in px, the handle goes when that number grows by 1.
    """
    said = ["%s %s %s" % (path, plain(right, 3), plain(down, 3)) for path, right, down in moves]
    return circle(x, y, 1, 'fill="none" data-handle="%s"' % ";".join(said))


def arrow(x1, y1, x2, y2, role: int, width: float, dash: str = "", turn=None) -> str:
    """Return an arrow from one point to another, round the corner ``turn`` if there is one.

    One too short for a head is a dot; a dashed one has no head, and stands for
    what is not there.
    """
    fx, fy = turn or (x1, y1)
    along, across = x2 - fx, y2 - fy
    length = (along * along + across * across) ** 0.5
    if length < 6 and not turn:
        return marker(x2, y2, role, 5, "circle")
    ux, uy = along / length, across / length
    head = 0.0 if dash else 7.0 + width
    bx, by = x2 - ux * head, y2 - uy * head
    d = "M%s,%s" % (plain(x1), plain(y1))
    d += "Q%s,%s " % (plain(fx), plain(fy)) if turn else "L"
    line = path(d + "%s,%s" % (plain(bx), plain(by)), role, width, dash)
    if dash:
        return line
    half = 0.5 * head
    corners = ((x2, y2), (bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half))
    return line + polygon(corners, filled(role))


def finite(x) -> bool:
    """Tell whether ``x`` can be drawn: a number, and neither missing nor infinite."""
    return x is not None and isfinite(x)
