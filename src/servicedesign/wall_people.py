"""The six people of the case as small silhouettes, for the heads of maps: each with a mark.

The marks are those of the drawn scenes: Aila's pencil, Mikael's key, Onni's spoon and cap,
Linh's notebook, Tuula's stick and glasses, Samir's helmet.  A silhouette is an ornament that
listeners do not miss: the name of whom it shows stands beside it in words, always.
"""

from explorables import strokes
from servicedesign.labels import say
from servicedesign.wall_art import BODY, NOTE, box, disc, path, text, window

# A person is drawn from the head (-100) to the belt (-44), about a middle of 0.
TOP, BELT = -117.0, -44.0
SLIM = "M-11-71C-11-79-6-81 0-81S11-79 11-71L12-40H-12z"
BROAD = "M-16-71C-16-80-8-82 0-82S16-80 16-71L16-40H-16z"
ROUND = "M-13-72C-13-80-7-81.5 0-81.5S13-80 14-72C18-64 20-52 16-40H-15C-16-50-15-60-13-72z"
STOOPED = "M-13-66C-13-77-5-80 2-80S13-76 13-68L15-40H-15z"
NECK = "M-3.2-86H4.2V-76H-3.2z"
STRONG = 3.2  # how thick the line of a mark is


def _filled(d):
    return path(d, "", "ink")


def _line(d, tone="cloudberry", width=STRONG):
    return path(d, tone, "", width)


def _aila():
    return [
        _filled(SLIM + "M-7.6-86C-11.5-103 6-106 10.4-95.5C5-98 0-97.5-3.6-94.5z"),
        disc(-8.5, -99.5, 6, "ink"),
        _line("M-19-103.5L5-96.500"),
    ]


def _mikael():
    return [
        _filled(BROAD + "M-8-90C-11-104 9-106 10.5-94C6-97 0-97-3-96C-4-93-5-91-8-90z"),
        _filled("M-7-92C-7-76 1-73 6-75.500C11-78 10-86 10-90z"),
        disc(5, -63, 3.4, "", "cloudberry", STRONG),
        _line("M5-59.500V-48M5-53H9.500M5-49H9.500"),
    ]


def _onni():
    return [
        _filled(ROUND),
        _filled("M-8-97C-17-113-4-119 0-114C4-120 16-115 10-97z"),
        _line("M-8.500-97.500H11.500", "paper", 1.6),
        _line("M19-44V-68"),
        disc(19, -74, 5.2, "cloudberry"),
    ]


def _linh():
    return [
        _filled(SLIM + "M-5-100C-19-103-20-84-15-74C-12-79-13-87-6-90z"),
        _filled("M-7.6-84C-12-103 7-107 10.6-93.5C7-96 3-95-1-96C-3-92-5-87-7.6-84z"),
        box(5, -66, 14, 19, "cloudberry", "paper", 1.5, 1.4),
        _line("M9-64V-49", "paper", 1.4),
    ]


def _tuula():
    return [
        _filled(STOOPED + "M-8-80C-13-102 8-107 11-93C8-97 3-96-2-96C-2-91-3-85-8-80z"),
        disc(1.500, -91.5, 3.4, "", "paper", 1.5),
        disc(8.500, -91.5, 3.4, "", "paper", 1.5),
        _line("M14-55Q16-63 21-59.500V-38"),
    ]


def _samir():
    return [
        _filled(SLIM),
        path("M-11.500-96C-12-113 13-113 13-96z", "", "cloudberry"),
        _line("M-11.500-96.500H17"),
        _line("M-11-58H11", "paper", 1.8),
    ]


DRAWN = {
    "Aila": _aila,
    "Mikael": _mikael,
    "Onni": _onni,
    "Linh": _linh,
    "Tuula": _tuula,
    "Samir": _samir,
}


def known(name: str) -> str:
    """Return which of the six a name belongs to ("Tuula, 71" to Tuula), or ""."""
    first = name.replace(",", " ").split(" ")[0] if name else ""
    return first if first in DRAWN else ""


def silhouette(name: str, x: float, y: float, size: float) -> str:
    """Return one of the six in a square of ``size`` px from its upper left corner, or ""."""
    who = known(name)
    if not who:
        return ""
    scale = size / (BELT - TOP)
    body = [_filled(NECK), disc(1, -91, 9, "ink")] + DRAWN[who]()
    moved = strokes.group(body, "", (x + size / 2, y - TOP * scale), scale)
    edge = max(size * 0.1, 4)
    return box(x, y, size, size, "faint", "", edge) + window(x, y, size, size, moved)


def among(names: list) -> list:
    """Return those of the six whose names are there, each once, in their order."""
    found: list = []
    for name in names:
        who = known(name)
        if who and who not in found:
            found.append(who)
    return found


def row(names: list, x: float, y: float, size: float, air: float) -> str:
    """Return silhouettes side by side, ``air`` px apart, each with its name below it."""
    parts = []
    for place, name in enumerate(names):
        left = x + place * (size + air)
        parts.append(silhouette(name, left, y, size))
        parts.append(text(left + size / 2, y + size + BODY, name, NOTE, "ink", "middle", True))
    return "".join(parts)


def on_blueprint(blueprint: dict, journey: dict | None) -> list:
    """Return who of the six acts on a blueprint, the person of its journey first."""
    persona = (journey or {}).get("persona") or {}
    names = [say(persona.get("name"))]
    return among(names + [str(item.get("owner") or "") for item in blueprint["items"]])
