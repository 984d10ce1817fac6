"""The small pictures of maps for the wall: channels, evidence, faces, arrows, warnings."""

from explorables.numbers import plain
from explorables.strokes import group
from servicedesign.wall_art import NOTE, disc, path, text

# Channel pictures, drawn on a field of 20 by 20 px: circles (x, y, r) and paths.
_RING = "a%s,%s 0 1 0 .01,0"
_ROUND = {size: _RING % (size, size) for size in ("2", "2.2", "2.6", "7.5")}
ICONS = {
    "in_person": (
        "M7,4" + _ROUND["2.6"] + "M14,6" + _ROUND["2"],
        "M2.500,17c0-5.500 9-5.500 9,0M13,13c1.500-2 4.500-1 4.500,3",
    ),
    "phone": (
        "M5,2.500l2.500,0 1.500,4-2,1.500c1,2.500 2.500,4 5,5l1.500-2 4,1.500 0,2.500",
        "c-1,3-4,3-7.500,1c-4-2.500-7-6.500-7-10.500c0-1.500 1-3 2-3",
    ),
    "web": (
        "M10,2.500" + _ROUND["7.5"],
        "M2.800,10l14.400,0M10,2.500c-5,4-5,11 0,15c5-4 5-11 0-15",
    ),
    "app": ("M6,2l8,0q1,0 1,1l0,14q0,1-1,1l-8,0q-1,0-1-1l0-14q0-1 1-1", "M9,15.500l2,0"),
    "email": ("M2.500,5l15,0 0,10-15,0z", "M2.500,5l7.500,6 7.500-6"),
    "message": ("M3,4l14,0 0,9-8,0-4,3.500 0-3.500-2,0z", "M6.500,8.500l7,0"),
    "social_media": (
        "M4.500,8" + _ROUND["2"] + "M15,3" + _ROUND["2"] + "M15,13" + _ROUND["2"],
        "M6.500,9l6.500-3M6.500,11l6.500,3",
    ),
    "print": ("M4,3l12,0 0,9-12,0zM10,12l0,5.500", "M6.500,6l7,0M6.500,9l5,0"),
    "place": ("M10,18c-8-9-5.500-15.500 0-15.500s8,6.500 0,15.500", "M10,6" + _ROUND["2.2"]),
    "machine": (
        "M4,3l12,0 0,14-12,0zM6.500,5.500l7,0 0,4-7,0z",
        "M7,13l.500,0M10,13l.500,0M13,13l.500,0",
    ),
    "object": ("M3,6.500l7-4 7,4 0,7.500-7,4-7-4z", "M3,6.500l7,4 7-4M10,10.500l0,7.500"),
}


def icon(name: str, x: float, y: float, stroke: str = "ink") -> str:
    """Return the picture of a channel, 20 by 20 px from its upper left corner, or ""."""
    if name not in ICONS:
        return ""
    return group([path("".join(ICONS[name]), stroke, "", 1.4)], shift=(x, y))


def evidence_mark(status: str, x: float, y: float, colour: str = "ink", radius: float = 7.0) -> str:
    """Return the mark of an evidence status: full, half, dashed ring, or ring with a plus."""
    if status == "observed":
        return disc(x, y, radius, colour, "card", 2)
    if status == "reported":
        half = "M%s,%sa%s,%s 0 0 0 0,%sz" % (
            plain(x),
            plain(y - radius),
            plain(radius),
            plain(radius),
            plain(2 * radius),
        )
        return disc(x, y, radius, "card", colour, 2) + path(half, colour, colour, 1)
    if status == "proposed":
        arm = radius * 0.55
        plus = "M%s,%sh%sM%s,%sv%s" % (
            plain(x - arm),
            plain(y),
            plain(2 * arm),
            plain(x),
            plain(y - arm),
            plain(2 * arm),
        )
        return disc(x, y, radius, "card", colour, 2) + path(plus, colour, "", 1.75)
    return disc(x, y, radius, "card", colour, 2, "3 2.6")


def dots(x: float, y: float, filled: float, radius: float = 4.0) -> str:
    """Return five dots in a row, from ``x`` on, as many of them full as is nearest."""
    full = int(filled + 0.5)
    return "".join(
        [
            disc(
                x + radius + 2.75 * radius * place,
                y,
                radius,
                "cloudberry" if place < full else "card",
                "cloudberry",
                1.3,
            )
            for place in range(5)
        ]
    )


def face(x: float, y: float, mood: float, colour: str, radius: float = 10.0) -> str:
    """Return a plain face whose mouth follows ``mood`` from -1 to 1."""
    bend = radius * 0.5 * mood
    mouth = "M%s,%sq%s,%s %s,0" % (
        plain(x - radius * 0.42),
        plain(y + radius * 0.38 - bend / 3),
        plain(radius * 0.42),
        plain(bend * 1.3),
        plain(radius * 0.84),
    )
    return (
        disc(x, y, radius, "card", colour, 1.6)
        + disc(x - radius * 0.34, y - radius * 0.22, radius * 0.11, colour)
        + disc(x + radius * 0.34, y - radius * 0.22, radius * 0.11, colour)
        + path(mouth, colour, "", 1.6)
    )


def chevron(x1: float, y: float, x2: float, height: float, fill: str) -> str:
    """Return a band that points to what comes next."""
    nose = 14
    d = "M%s,%sH%sl%s,%s l-%s,%sH%sl%s,-%sz" % (
        plain(x1),
        plain(y),
        plain(x2 - nose),
        nose,
        plain(height / 2),
        nose,
        plain(height / 2),
        plain(x1),
        nose,
        plain(height / 2),
    )
    return path(d, "", fill)


def arrow_head(before: tuple, tip: tuple, fill: str) -> str:
    """Return the head of an arrow that comes along an axis from ``before`` to ``tip``."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = max(abs(dx) + abs(dy), 1.0)
    dx, dy = dx / length, dy / length
    d = "M%s,%sL%s,%sL%s,%sz" % (
        plain(tip[0]),
        plain(tip[1]),
        plain(tip[0] - 9 * dx - 4.5 * dy),
        plain(tip[1] - 9 * dy - 4.5 * dx),
        plain(tip[0] - 9 * dx + 4.5 * dy),
        plain(tip[1] - 9 * dy + 4.5 * dx),
    )
    return path(d, "", fill)


def warning(x: float, y: float, mark: str) -> str:
    """Return the sign of a fail point, a triangle with its number."""
    d = "M%s,%sl16,28h-32z" % (plain(x), plain(y - 16))
    return path(d, "paper", "bad", 2) + text(x, y + 8.5, mark, NOTE, "paper", "middle", True)


def number(x: float, y: float, said: int) -> str:
    """Return the sign of a hand-off, a disc with its number."""
    return disc(x, y, 10, "curve", "paper", 1.5) + text(
        x, y + 4.6, str(said), NOTE, "paper", "middle", True
    )


def clock(x: float, y: float, stroke: str, radius: float = 9.0) -> str:
    """Return the sign of a wait."""
    hands = "M%s,%sv%sh%s" % (
        plain(x),
        plain(y - radius * 0.6),
        plain(radius * 0.6),
        plain(radius * 0.45),
    )
    return disc(x, y, radius, "card", stroke, 1.8) + path(hands, stroke, "", 1.8)
