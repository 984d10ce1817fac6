"""Paints, marks and furniture of the drawn scenes, as SVG text.

Every mark names a paint.  A paint is a class with two colours: by day, and by night for
the dark page, where the same house is drawn with its lamps lit.
"""

import math
import re
from collections.abc import Iterable

from explorables.palette import BOTH, GUEST, HOUSE, LIGHT, ROLES, TONES

WIDTH, HEIGHT = 1120, 440
# What a narrow screen keeps of the width: see `.scene` in scenes.css.
NARROW = (208, 912)

# name: (by day, by night)
PAINTS = {
    "sky": ("#f9e3b8", "#141d2c"),
    "haze": ("#fdf1d8", "#22304a"),
    "sun": ("#f3b04c", "#f4ecd2"),
    "hill": ("#c9d6bd", "#1d2f3a"),
    "fir": ("#5d8c76", "#16302f"),
    "fir2": ("#467463", "#112726"),
    "lake": ("#98c3ca", "#24475c"),
    "glint": ("#e6f2f2", "#9fb9c4"),
    "bank": ("#8fb07c", "#1f3a30"),
    "leaf": ("#9cba5c", "#2f4a35"),
    "bark": ("#f6efe3", "#8d8b86"),
    "snow": ("#ffffff", "#c3cfdc"),
    "rain": ("#6f8fa3", "#6f8fa3"),
    "street": ("#d9cdb8", "#2a2a31"),
    "office": ("#c7b9a6", "#2c2b35"),
    "wall": ("#f6e6c8", "#3a2a24"),
    "panel": ("#e4cba0", "#4a352b"),
    "board": ("#d3b582", "#3b2a22"),
    "floor": ("#c79f6b", "#2c201b"),
    "seam": ("#b38a57", "#231914"),
    "shade": ("#9a7443", "#1a120f"),
    "cream": ("#fdf6e6", "#e9dcc3"),
    "glow": ("#fbdc97", "#f8cf7d"),
    "beam": ("#fff6dc00", "#f8cf7d26"),
    "red": ("#a53b26", "#8d3423"),
    "red2": ("#8c2f1d", "#6f2618"),
    "door": ("#28557f", "#2f5f8c"),
    "wood": ("#8a5a34", "#6d4629"),
    "wood2": ("#6b4426", "#4f321e"),
    "top": ("#b57f4c", "#8c5f38"),
    "dark": ("#4b3a33", "#20160f"),
    "ink": (TONES["ink"][LIGHT], "#140f0c"),
    "steel": ("#b9c0c2", "#7f898e"),
    "steel2": ("#8f989b", "#5b6569"),
    "paper": ("#fffdf6", "#f1e7d2"),
    "line": ("#b9ab95", "#a08f75"),
    "gold": ("#e39a2d", "#f0b04a"),
    "gold2": (TONES["gold"][LIGHT], "#c98a2c"),
    "berry": ("#d98420", "#e79a3a"),
    "house": (ROLES[HOUSE], "#d0623a"),
    "guest": (ROLES[GUEST], "#3f9c7c"),
    "both": (ROLES[BOTH], "#4b8fbd"),
    "pale": ("#e6d3af", "#5b4536"),
    "plum": ("#74385a", "#8a4a6f"),
    "plum2": ("#5c2a46", "#6b3555"),
    "navy": ("#33506b", "#47698a"),
    "navy2": ("#263d53", "#35506b"),
    "white": ("#fbf7ee", "#e2d8c7"),
    "white2": ("#e3dac8", "#c2b6a2"),
    "green": ("#185a4a", "#2b7a66"),
    "green2": ("#124638", "#1f5f4f"),
    "mustard": ("#d9a23a", "#d9a23a"),
    "mustard2": ("#b9842a", "#b9842a"),
    "apron": ("#c4552d", "#c9603a"),
    "apron2": ("#a8431f", "#a64a28"),
    "teal": ("#4f8f93", "#4f8f93"),
    "teal2": ("#3c7377", "#3c7377"),
    "helmet": ("#d9572b", "#e0673b"),
    "trouser": ("#3b3a44", "#24222b"),
    "trouser2": ("#54505a", "#34303a"),
    "skin1": ("#f0c8a4", "#dfb48f"),
    "skin2": ("#e3b48f", "#d0a07c"),
    "skin3": ("#b57a52", "#a86e48"),
    "blush": ("#d9826055", "#c9705055"),
    "grey": ("#d8d3cc", "#c9c3ba"),
    "brown": ("#6b3f24", "#5c3720"),
    "black": ("#241d1c", "#15100f"),
    "blond": ("#c08f4e", "#b08247"),
    "auburn": ("#93492a", "#84422a"),
    "crowd": ("#bfa078", "#5c4636"),
    "crowd2": ("#ac8c63", "#6b5240"),
    "mist": ("#ffffff99", "#ffffff33"),
    "cast": ("#5a3d1a2e", "#00000059"),
}

_USED = re.compile(r'class="([a-z0-9 -]+)"')


def n(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def rect(x, y, w, h, paint, r=0) -> str:
    """Return a rectangle, its corners rounded by `r`."""
    round_ = f' rx="{n(r)}"' if r else ""
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}"{round_} class="{paint}"/>'


def disc(x, y, r, paint, ry=None) -> str:
    """Return a disc, or an ellipse if it has a second radius."""
    if ry is None:
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" class="{paint}"/>'
    return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(r)}" ry="{n(ry)}" class="{paint}"/>'


def path(d, paint) -> str:
    """Return a filled outline."""
    return f'<path d="{d}" class="{paint}"/>'


def stroke(d, paint, width=3.0, dash="") -> str:
    """Return a line with round ends."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{d}" class="s-{paint}" stroke-width="{n(width)}"{dashed}/>'


def group(*parts, at=(0, 0), scale=1.0, flip=False, turn=0.0) -> str:
    """Return parts moved, turned by degrees, scaled and mirrored."""
    told = f"translate({n(at[0])} {n(at[1])})"
    if turn:
        told += f" rotate({n(turn)})"
    if flip or scale != 1:
        told += f" scale({-scale:g} {scale:g})" if flip else f" scale({scale:g})"
    return f'<g transform="{told}">{"".join(parts)}</g>'


def marked(name: str, mark: str) -> str:
    """Return a mark that counts for the quantity of that name."""
    return mark.replace(" class=", f' data-shows="{name}" class=', 1)


def pane(x, y, w, h, *parts) -> str:
    """Return parts cut off at the edges of a rectangle; they have its corner as origin."""
    box = f'x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" viewBox="0 0 {n(w)} {n(h)}"'
    return f"<svg {box}>{''.join(parts)}</svg>"


def whole(parts: Iterable[str], **changed: tuple[str, str]) -> str:
    """Return a scene as a file: its marks and the rules of the paints that it uses."""
    body = "".join(parts)
    paints = {**PAINTS, **changed}
    used = sorted({name for found in _USED.findall(body) for name in found.split()})

    def rules(night: int, under: str) -> str:
        told = []
        for name in used:
            kind, paint = ("stroke", name[2:]) if name.startswith("s-") else ("fill", name)
            colours = paints[paint]
            if not night or colours[0] != colours[1]:
                told.append(f"{under}.scene-art .{name}{{{kind}:{colours[night]}}}")
        return "".join(told)

    night = rules(1, "[data-theme=dark] ")
    lines = ".scene-art [class^=s-]{fill:none;stroke-linecap:round;stroke-linejoin:round}"
    style = f"<style>{lines}{rules(0, '')}@media screen{{{night}}}</style>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="scene-art" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice">{style}{body}</svg>\n'
    )


# ---- out of doors ----


def fir(x, y, h, paint="fir", snow=False) -> str:
    """Return a fir of three tiers that stands at (x, y)."""
    w = h * 0.22
    d = (
        f"M{n(x)} {n(y - h)}l{n(w * 0.5)} {n(h * 0.36)}h{n(-w * 0.18)}l{n(w * 0.42)} {n(h * 0.3)}"
        f"h{n(-w * 0.2)}l{n(w * 0.46)} {n(h * 0.34)}H{n(x - w)}l{n(w * 0.46)} {n(-h * 0.34)}"
        f"h{n(-w * 0.2)}l{n(w * 0.42)} {n(-h * 0.3)}h{n(-w * 0.18)}z"
    )
    cap = path(
        f"M{n(x)} {n(y - h)}l{n(w * 0.5)} {n(h * 0.36)}q{n(-w * 0.5)} {n(-h * 0.1)} {n(-w)} 0z",
        "snow",
    )
    return path(d, paint) + (cap if snow else "")


def birch(x, y, h, leaf="leaf") -> str:
    """Return a birch: a pale trunk with marks, and a crown if it has leaves."""
    crown = ""
    if leaf:
        for dx, dy, r in (
            (-0.14, -0.72, 0.2),
            (0.15, -0.66, 0.19),
            (0.02, -0.88, 0.2),
            (0, -0.58, 0.17),
        ):
            crown += disc(x + dx * h, y + dy * h, r * h, leaf)
    twigs = stroke(
        f"M{n(x)} {n(y - h * 0.55)}l{n(h * 0.12)} {n(-h * 0.2)}M{n(x)} {n(y - h * 0.65)}"
        f"l{n(-h * 0.12)} {n(-h * 0.18)}",
        "bark",
        h * 0.022,
    )
    trunk = stroke(f"M{n(x)} {n(y)}L{n(x)} {n(y - h * 0.85)}", "bark", h * 0.05)
    marks = "".join(
        stroke(f"M{n(x - h * 0.02)} {n(y - h * part)}h{n(h * 0.025)}", "dark", h * 0.012)
        for part in (0.15, 0.3, 0.42, 0.55)
    )
    return (crown + trunk + twigs + marks) if leaf else trunk + twigs + marks


def outside(w, h, sun=(0.75, 0.25), season="summer") -> str:
    """Return the view on the lake: sky, far shore, firs, water and the near bank."""
    shore = h * 0.62
    parts = [rect(0, 0, w, h, "sky"), rect(0, h * 0.3, w, h * 0.35, "haze")]
    if sun:
        parts.append(disc(w * sun[0], h * sun[1], min(w, h) * 0.09, "sun"))
    parts.append(
        path(
            f"M0 {n(h * 0.5)}q{n(w * 0.3)} {n(-h * 0.16)} {n(w * 0.55)} 0t{n(w * 0.45)} {n(-h * 0.03)}"
            f"V{n(shore)}H0z",
            "hill",
        )
    )
    step = max(13.0, w / 26)
    for place in range(int(w / step) + 2):
        tall = h * (0.17 + 0.08 * ((place * 7) % 5) / 4)
        parts.append(
            fir(place * step, shore + 2, tall, ("fir", "fir2")[place % 3 == 0], season == "winter")
        )
    cottage = w * 0.3
    parts += [
        rect(cottage, shore - h * 0.085, h * 0.13, h * 0.085, "red"),
        path(
            f"M{n(cottage - 3)} {n(shore - h * 0.08)}l{n(h * 0.065 + 3)} {n(-h * 0.06)}"
            f"l{n(h * 0.065 + 3)} {n(h * 0.06)}z",
            "snow" if season == "winter" else "dark",
        ),
        rect(cottage + h * 0.045, shore - h * 0.06, h * 0.035, h * 0.035, "glow"),
        rect(0, shore, w, h, "lake"),
    ]
    for place in range(5):
        parts.append(
            stroke(
                f"M{n(w * ((place * 0.37 + 0.08) % 0.9))} {n(shore + h * (0.05 + 0.045 * place))}"
                f"h{n(w * 0.09)}",
                "glint",
                h * 0.012,
            )
        )
    bank = "snow" if season == "winter" else "bank"
    parts.append(
        path(f"M0 {n(h * 0.9)}q{n(w * 0.4)} {n(-h * 0.09)} {n(w)} {n(-h * 0.02)}V{n(h)}H0z", bank)
    )
    return "".join(parts)


def falling(w, h, kind, many=40) -> str:
    """Return snow or rain over a view."""
    parts = []
    for place in range(many):
        x, y = (place * 61.8) % w, (place * 97.3 + place * place * 3.1) % h
        if kind == "snow":
            parts.append(disc(x, y, 1.6 + place % 3 * 0.7, "snow"))
        else:
            parts.append(f"M{n(x)} {n(y)}l-4 13")
    return "".join(parts) if kind == "snow" else stroke("".join(parts), "rain", 1.6)


# ---- the room ----


def room(floor=330, panel=70) -> str:
    """Return wall, boarded panel and floor."""
    top = floor - panel
    boards = "".join(f"M{x} {top + 6}V{floor}" for x in range(20, WIDTH, 40))
    seams = f"M0 {floor + 34}H{WIDTH}M0 {floor + 72}H{WIDTH}" + "".join(
        f"M{x} {y}v{d}"
        for x, y, d in (
            (130, floor, 34),
            (470, floor, 34),
            (830, floor, 34),
            (300, floor + 34, 38),
            (690, floor + 34, 38),
            (1010, floor + 34, 38),
        )
    )
    return "".join(
        [
            rect(0, 0, WIDTH, HEIGHT, "wall"),
            rect(0, top, WIDTH, panel, "panel"),
            stroke(boards, "board", 2),
            rect(0, top - 4, WIDTH, 8, "top"),
            rect(0, floor, WIDTH, HEIGHT - floor, "floor"),
            stroke(seams, "seam", 2),
            rect(0, floor, WIDTH, 5, "shade"),
        ]
    )


def window(x, y, w, h, *view, cols=2, rows=2) -> str:
    """Return a window with a cream frame in front of a view."""
    bars = "".join(f"M{n(x + w * c / cols)} {n(y)}v{n(h)}" for c in range(1, cols))
    bars += "".join(f"M{n(x)} {n(y + h * r / rows)}h{n(w)}" for r in range(1, rows))
    return "".join(
        [
            rect(x - 9, y - 9, w + 18, h + 18, "cream", 3),
            pane(x, y, w, h, *view),
            stroke(bars, "cream", 5) if bars else "",
            rect(x - 15, y + h + 7, w + 30, 9, "white2", 2),
        ]
    )


def lamp(x, drop, size=1.0, reach=150) -> str:
    """Return a hanging lamp; by night it throws light."""
    return "".join(
        [
            stroke(f"M{x} 0V{n(drop - 20 * size)}", "dark", 2.5),
            path(
                f"M{n(x - 20 * size)} {n(drop)}L{n(x - reach)} {HEIGHT}H{n(x + reach)}"
                f"L{n(x + 20 * size)} {n(drop)}z",
                "beam",
            ),
            disc(x, drop, 9 * size, "glow"),
            path(
                f"M{n(x - 26 * size)} {n(drop)}c0 {n(-18 * size)} {n(12 * size)} {n(-24 * size)}"
                f" {n(26 * size)} {n(-24 * size)}s{n(26 * size)} {n(6 * size)} {n(26 * size)}"
                f" {n(24 * size)}z",
                "red",
            ),
        ]
    )


def counter(x, y, w, h, paint="wood") -> str:
    """Return a counter with a top and boarded front."""
    boards = "".join(f"M{n(at)} {n(y + 14)}V{n(y + h)}" for at in _every(x + 28, x + w - 10, 28))
    return "".join(
        [
            rect(x, y + 6, w, h - 6, paint),
            stroke(boards, "wood2", 2),
            rect(x - 8, y, w + 16, 12, "top", 3),
            rect(x, y + 12, w, 4, "wood2"),
        ]
    )


def _every(start: float, end: float, step: float) -> list[float]:
    return [start + step * place for place in range(int((end - start) / step) + 1)]


def table(x, y, w, floor, paint="top") -> str:
    """Return a table seen from its long side: its top at y, its legs down to the floor."""
    legs = f"M{n(x + 16)} {n(y + 8)}L{n(x + 10)} {n(floor)}M{n(x + w - 16)} {n(y + 8)}L{n(x + w - 10)} {n(floor)}"
    return (
        stroke(legs, "wood2", 9)
        + rect(x, y, w, 13, paint, 4)
        + rect(x + 6, y + 13, w - 12, 5, "wood2")
    )


def chair(x, y, s=1.0, paint="wood", flip=False) -> str:
    """Return a chair from the side, its seat towards the right."""
    return group(
        stroke("M-13-2L-15-84", paint, 6),
        stroke("M-15-78C-12-66-12-56-14-46", paint, 7),
        stroke("M-12-40V-2M15-40V-2M-12-20H15", paint, 5),
        rect(-17, -46, 37, 8, paint, 4),
        at=(x, y),
        scale=s,
        flip=flip,
    )


def sheet(x, y, w, h, turn=0.0, lines=4, paint="paper") -> str:
    """Return a sheet of paper about its centre, with lines of writing."""
    writing = "".join(
        f"M{n(-w * 0.36)} {n(-h * 0.34 + row * h * 0.68 / max(1, lines - 1))}h{n(w * (0.72, 0.6, 0.66)[row % 3])}"
        for row in range(lines)
    )
    return group(
        rect(-w / 2, -h / 2, w, h, paint, 1.5),
        stroke(writing, "line", max(1.2, h * 0.035)) if lines else "",
        at=(x, y),
        turn=turn,
    )


def plate(x, y, r) -> str:
    """Return a plate or saucer seen from the side and a little above."""
    return (
        disc(x, y + r * 0.1, r, "white2", r * 0.3)
        + disc(x, y, r, "white", r * 0.28)
        + disc(x, y - r * 0.02, r * 0.66, "white2", r * 0.16)
    )


def cup(x, y, s=1.0, paint="white") -> str:
    """Return a cup that stands at (x, y)."""
    return group(
        stroke("M8-13c9-2 9 9 0 8", paint, 2.6),
        path("M-9-17H9C9-6 6 0 3 0H-3C-6 0-9-6-9-17z", paint),
        disc(0, -17, 9, "wood2", 2.4),
        at=(x, y),
        scale=s,
    )


def bowl(x, y, s=1.0, steam=True, paint="both") -> str:
    """Return a bowl of soup that stands at (x, y)."""
    up = stroke("M-6-26c-5-7 5-10 0-18M6-26c-5-7 5-10 0-18", "mist", 2.6) if steam else ""
    return group(
        up,
        path("M-19-18H19C18-6 10 0 6 0H-6C-10 0-18-6-19-18z", paint),
        disc(0, -18, 19, "white", 4.6),
        disc(0, -18, 15.5, "berry", 3.2),
        at=(x, y),
        scale=s,
    )


def till(x, y, s=1.0) -> str:
    """Return a till that stands at (x, y)."""
    return group(
        path("M-28 0V-14L-20-30H20L28-14V0z", "steel"),
        rect(-28, -14, 56, 14, "steel2", 2),
        rect(-15, -46, 30, 18, "ink", 2),
        rect(-12, -43, 24, 9, "guest"),
        "".join(
            rect(-14 + 8 * c, -26 + 6 * r, 5.5, 3.6, "cream") for c in range(4) for r in range(2)
        ),
        at=(x, y),
        scale=s,
    )


def clock(x, y, r, share=None, name="") -> str:
    """Return a clock on the wall; a share of its face may be filled."""
    parts = [disc(x, y, r, "dark"), disc(x, y, r * 0.86, "paper")]
    if share is not None:
        a = 2 * math.pi * share
        big = int(share > 0.5)
        d = (
            f"M{n(x)} {n(y)}V{n(y - r * 0.8)}A{n(r * 0.8)} {n(r * 0.8)} 0 {big} 1 "
            f"{n(x + r * 0.8 * math.sin(a))} {n(y - r * 0.8 * math.cos(a))}z"
        )
        parts.append(marked(name, path(d, "gold")))
    ticks = "".join(
        f"M{n(x + r * 0.68 * math.sin(h * math.pi / 2))} {n(y - r * 0.68 * math.cos(h * math.pi / 2))}"
        f"L{n(x + r * 0.8 * math.sin(h * math.pi / 2))} {n(y - r * 0.8 * math.cos(h * math.pi / 2))}"
        for h in range(4)
    )
    return "".join(parts) + stroke(ticks, "ink", r * 0.07)


def hands(x, y, r, hour, minute) -> str:
    """Return the hands of a clock."""
    h, m = (hour % 12 + minute / 60) * math.pi / 6, minute * math.pi / 30
    return stroke(
        f"M{n(x)} {n(y)}L{n(x + r * 0.42 * math.sin(h))} {n(y - r * 0.42 * math.cos(h))}"
        f"M{n(x)} {n(y)}L{n(x + r * 0.64 * math.sin(m))} {n(y - r * 0.64 * math.cos(m))}",
        "ink",
        max(2, r * 0.09),
    )


def plant(x, y, s=1.0) -> str:
    """Return a potted plant that stands at (x, y)."""
    return group(
        stroke(
            "M0-22C-2-40-14-44-20-46M0-22C2-44 12-52 18-54M0-22V-62M0-22C-6-32-18-32-24-30M0-22C6-34 20-36 25-34",
            "guest",
            5,
        ),
        path("M-13-24H13L9 0H-9z", "house"),
        at=(x, y),
        scale=s,
    )
