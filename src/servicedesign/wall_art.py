"""What maps for the wall are drawn with: ink, paper, text that fits, small pictures.

Every mark has presentation attributes, so that it prints and shows anywhere, and
a class whose colour is a CSS variable, so that a dark page recolours it.
"""

from explorables import strokes
from explorables.numbers import plain
from explorables.palette import DARK, LIGHT, TONES, variables
from explorables.svg import escape, text_width

# What a tone is for on a map, and which one of the course's it is.
PALETTE = {
    "paper": "ground",
    "card": "card",
    "ink": "ink",
    "soft": "soft",
    "rule": "grid",
    "faint": "faint",
    "before": "wash-1",
    "during": "wash-5",
    "after": "wash-3",
    "curve": "1",
    "good": "3",
    "bad": "2",
    "cloudberry": "gold",
}
SANS = (
    "'Atkinson Hyperlegible Next Variable','Atkinson Hyperlegible Next',system-ui,"
    "'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
)
SERIF = "'Fraunces Variable',Fraunces,Georgia,'Times New Roman',serif"
# For running text: pages that bring Fraunces bring its bold cut alone.
SERIF_TEXT = "Georgia,'Iowan Old Style','Noto Serif','Times New Roman',serif"
# A drawing on a wall gets whatever font is there: how much wider than `text_width`
# says letters may run, and bold ones.
WIDEST, WIDEST_BOLD = 1.09, 1.22
# The sizes of type of the whole course, in px; a map has no others.
NOTE, BODY, LEAD, HEAD, TITLE, POSTER = 13, 15, 18, 22, 28, 40
VOWELS = "aeiouyäöåAEIOUYÄÖÅ"
CONSONANTS = "bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ"
SOFT_HYPHEN = "\u00ad"


def style() -> str:
    """Return the style element that recolours a map on dark ground and in print."""
    light, dark = [variables("--wall-", shade, PALETTE) for shade in (LIGHT, DARK)]
    rules = [
        ".wall{%s}" % light,
        "@media (prefers-color-scheme:dark){.wall{%s}}" % dark,
        "[data-theme=light] .wall,[data-jp-theme-light=true] .wall{%s}" % light,
        "[data-theme=dark] .wall,[data-jp-theme-light=false] .wall{%s}" % dark,
        "@media print{.wall.wall{%s}}" % light,
    ]
    for name in sorted(PALETTE):
        rules.append(".wall .wf-%s{fill:var(--wall-%s)}" % (name, name))
        rules.append(".wall .ws-%s{stroke:var(--wall-%s)}" % (name, name))
    return "<style>%s</style>" % "".join(rules)


def sheet(width: float, height: float, title: str, description: str, body: list) -> str:
    """Return a whole SVG element with its title and description."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="wall" viewBox="0 0 %s %s" width="%s" '
        'height="%s" role="img" aria-label="%s" font-family="%s"><title>%s</title><desc>%s</desc>'
        "%s%s%s</svg>"
    ) % (
        plain(width),
        plain(height),
        plain(width),
        plain(height),
        escape(title + ". " + description),
        SANS,
        escape(title),
        escape(description),
        style(),
        box(0, 0, width, height, "paper"),
        "".join(body),
    )


def _paint(fill: str, stroke: str, width: float = 1.25, dash: str = "") -> str:
    classes, parts = [], []
    if fill:
        parts.append('fill="%s"' % TONES[PALETTE[fill]][LIGHT])
        classes.append("wf-" + fill)
    else:
        parts.append('fill="none"')
    if stroke:
        tone = TONES[PALETTE[stroke]][LIGHT]
        parts.append('stroke="%s" stroke-width="%s"' % (tone, plain(width, 2)))
        classes.append("ws-" + stroke)
    if classes:
        parts.append('class="%s"' % " ".join(classes))
    return " ".join(parts) + str(strokes.dash_of(dash))


def box(x, y, width, height, fill="", stroke="", radius=0.0, line=1.25, dash="") -> str:
    """Return a rectangle."""
    paint = _paint(fill, stroke, line, dash)
    return strokes.rect(x, y, max(width, 0), max(height, 0), paint, radius)


def disc(x, y, radius, fill="", stroke="", line=1.5, dash="") -> str:
    """Return a circle."""
    return strokes.circle(x, y, radius, _paint(fill, stroke, line, dash))


def path(d, stroke="", fill="", line=1.5, dash="", opacity="") -> str:
    """Return a path with round joins."""
    paint = _paint(fill, stroke, line, dash)
    clear = ' fill-opacity="%s"' % opacity if opacity else ""
    return strokes.shape(d, 'stroke-linejoin="round" stroke-linecap="round" ' + paint + clear)


def rule(x1, y1, x2, y2, stroke="rule", line=1.0, dash="") -> str:
    """Return a straight line."""
    return path(
        "M%s,%sL%s,%s" % (plain(x1), plain(y1), plain(x2), plain(y2)), stroke, "", line, dash
    )


def text(
    x,
    y,
    words,
    size=BODY,
    fill="ink",
    anchor="start",
    bold=False,
    serif=False,
    italic=False,
    halo="",
) -> str:
    """Return one line of text; ``y`` is its baseline, ``halo`` a colour of its outline."""
    extra = ' font-weight="650"' if bold else ""
    if serif:
        extra += ' font-family="%s"' % (SERIF if bold else SERIF_TEXT)
    if italic:
        extra += ' font-style="italic"'
    if halo:
        extra += ' paint-order="stroke"'
    return '<text x="%s" y="%s" font-size="%s" text-anchor="%s" %s%s>%s</text>' % (
        plain(x),
        plain(y),
        plain(size),
        anchor,
        _paint(fill, halo, 4),
        extra,
        escape(words),
    )


def lines_of(words: str, size: float, room: float, most: int = 0) -> list:
    """Break a text into lines of at most ``room`` px, long words at syllables.

    Parameters
    ----------
    words : str
        The text; a soft hyphen in it says where a word may be broken.
    size, room : float
        Font size and width, px.
    most : int
        At most so many lines, the last with an ellipsis; 0 for any number.
    """
    lines: list = []
    # By hand: split() takes a no-break space for a break on one runtime only.
    for given in words.replace("\n", " ").replace("\t", " ").split(" "):
        if not given:
            continue
        word, whole = given, given.replace(SOFT_HYPHEN, "")
        if lines and text_width(lines[-1] + " " + whole, size) <= room:
            lines[-1] += " " + whole
            continue
        while text_width(word.replace(SOFT_HYPHEN, ""), size) > room:
            head, tail = _broken(word, size, room)
            if not tail:
                break
            lines.append(head)
            word = tail
        lines.append(word.replace(SOFT_HYPHEN, ""))
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and text_width(last + "…", size) > room:
            last = last[:-1]
        lines = lines[: most - 1] + [last.rstrip(" ,.;:-") + "…"]
    return lines


def _broken(word, size, room):
    """Return the longest head that fits, with a hyphen, and the rest of the word."""
    marked = [i + 1 for i in range(len(word)) if word[i] == SOFT_HYPHEN]
    hyphens = [i + 1 for i in range(1, len(word) - 1) if word[i] in "-/"]
    syllables = [
        i for i in range(3, len(word) - 2) if word[i] in CONSONANTS and word[i + 1] in VOWELS
    ]
    anywhere = list(range(2, len(word) - 1))
    for places in (marked + hyphens, syllables, anywhere):
        for place in sorted(places, key=lambda p: -p):
            head = word[:place].replace(SOFT_HYPHEN, "")
            if head[-1:] not in ("-", "/"):
                head += "-"
            if text_width(head, size) <= room:
                return head, word[place:]
    return word, ""


def paragraph(
    x,
    y,
    lines,
    size=BODY,
    leading=1.3,
    fill="ink",
    anchor="start",
    bold=False,
    serif=False,
    italic=False,
) -> str:
    """Return lines of text from `lines_of`; ``y`` is the first baseline."""
    return "".join(
        [
            text(x, y + k * size * leading, line, size, fill, anchor, bold, serif, italic)
            for k, line in enumerate(lines)
        ]
    )


def number(value: float) -> str:
    """Return a co-ordinate as text."""
    return plain(value)


def bent(points: list, upright: bool = False) -> str:
    """Return a path through points that never swings beyond them.

    Parameters
    ----------
    points : list of (float, float)
        At least one.
    upright : bool
        True if the points run down the page, not across it.
    """
    d = "M%s,%s" % (plain(points[0][0]), plain(points[0][1]))
    for place in range(1, len(points)):
        (x1, y1), (x2, y2) = points[place - 1], points[place]
        if upright:
            half = (y2 - y1) / 2
            numbers = (x1, y1 + half, x2, y2 - half, x2, y2)
        else:
            half = (x2 - x1) / 2
            numbers = (x1 + half, y1, x2 - half, y2, x2, y2)
        d += "C" + " ".join([plain(number) for number in numbers])
    return d


def wash(d: str, fill: str) -> str:
    """Return an area in a light wash of a colour."""
    return path(d, "", fill, 0, "", "0.18")


def window(x: float, y: float, width: float, height: float, body: str) -> str:
    """Return a picture cut to a rectangle, in the co-ordinates of the page."""
    # Part of a picture that has its own name: nothing to be read out here.
    head = '<svg aria-hidden="true" x="%s" y="%s" width="%s" height="%s" viewBox="%s %s %s %s">'
    return (head + "%s</svg>") % (
        plain(x),
        plain(y),
        plain(width),
        plain(height),
        plain(x),
        plain(y),
        plain(width),
        plain(height),
        body,
    )
