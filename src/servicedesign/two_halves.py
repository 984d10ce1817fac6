"""A card as one picture: two halves with a heading each, and under it what is said.

The halves stand beside each other where there is room, and above each other on a phone.
"""

from servicedesign import wall_art as art

WIDE = 560  # px: below this the halves stand above each other
MARGIN, GAP = 16.0, 18.0  # px
SIZE, SMALL = art.BODY, art.NOTE  # px, type


def draw(title: str, halves: list, width: int) -> str:
    """Return a card as an SVG element.

    Parameters
    ----------
    title : str
        What stands above it.
    halves : list of tuple
        Two of (heading, fill, rows); fill is a name of `wall_art.PALETTE`, and each row a
        (name, text) of which neither is empty.
    width : int
        Width in px, at least 280.
    """
    beside = width >= WIDE
    room = (width - 2 * MARGIN - GAP) / 2 if beside else width - 2 * MARGIN
    lines = art.lines_of(title, art.LEAD, (width - 2 * MARGIN) / art.WIDEST_BOLD)
    body = [art.paragraph(MARGIN, 34, lines, art.LEAD, 1.2, "ink", "start", True, True)]
    top = 34 + 22.0 * len(lines)
    bottom, y = top, top
    for place, (heading, tone, rows) in enumerate(halves):
        x = MARGIN + (room + GAP if beside and place else 0)
        y = top if beside else bottom
        parts, end = _half(x, y, room, heading, rows)
        body.append(art.box(x, y, room, end - y, tone, "rule", 8))
        body += parts
        bottom = max(bottom, end + (0 if beside else GAP))
    about = " ".join([name + ": " + text + "." for _h, _t, rows in halves for name, text in rows])
    return art.sheet(width, bottom + MARGIN, title, about, body)


def _half(x: float, y: float, room: float, heading: str, rows: list) -> tuple:
    parts = [art.text(x + 12, y + 24, heading, SIZE, "ink", "start", True)]
    y += 36
    for name, text in rows:
        lines = art.lines_of(text, SIZE, (room - 24) / art.WIDEST)
        parts.append(art.text(x + 12, y + 14, name, SMALL, "soft"))
        parts.append(art.paragraph(x + 12, y + 32, lines, SIZE, 1.3))
        y += 32 + 1.3 * SIZE * len(lines) + 2
    return parts, y + 8
