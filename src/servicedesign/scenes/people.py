"""The six people of the case, and who else comes: each with a silhouette and a mark.

Aila has a pencil in her bun, Mikael the key of the van at his belt, Onni a spoon and
a cook's cap, Linh a notebook, Tuula a stick, and Samir a helmet.  Whoever is drawn is named
in words beside the drawing.  A person is a hundred high and stands at its feet.
"""

from servicedesign.scenes.kit import disc, group, path, rect, stroke

TORSO = "M-12.5-71C-12.5-79-7-81 0-81S12.5-79 12.5-71L13-42H-13z"
BROAD = "M-15-71C-15-80-8-82 0-82S15-80 15-71L15-42H-15z"
ROUND = "M-13-72C-13-80-7-81.5 0-81.5S13-80 14-72C18-64 20-52 15-41H-14C-16-50-15-60-13-72z"
SLIM = "M-11-71C-11-79-6-81 0-81S11-79 11-71L11.5-42H-11.5z"
STOOPED = "M-13-66C-13-77-5-80 2-80S13-76 13-68L14-42H-14z"


def _head(skin, look) -> str:
    """Return neck, head and face; `look` is 1 ahead, 0 at us, -1 down."""
    dx = (1.2, 0)[look == 0]
    dy = (0, 1.6)[look == -1]
    eyes = disc(2.6 + dx - (look == 0) * 5.4, -91.6 + dy, 1.15, "ink") + disc(
        7 + dx - (look == 0) * 3.6, -91.6 + dy, 1.15, "ink"
    )
    mouth = "M2-86.2q1.6 1.3 3.4.2" if look else "M-1.6-86q1.8 1.6 3.6 0"
    return (
        rect(-3.2, -85, 7, 9, skin)
        + disc(1, -91, 8.7, skin, 9.6)
        + disc(6.4, -88.2 + dy / 2, 1.9, "blush")
        + eyes
        + stroke(mouth if dy == 0 else "M2.4-84.8q1.6 1 3.2.1", "ink", 1)
    )


def _arm(points, sleeve, skin, width) -> str:
    """Return an arm from the shoulder by the elbow to the hand."""
    (ex, ey), (hx, hy) = points[-2:]
    sx, sy = points[0]
    return disc(hx, hy, width * 0.53, skin) + stroke(
        f"M{sx} {sy}L{ex} {ey}L{(hx * 4 + ex) / 5:.1f} {(hy * 4 + ey) / 5:.1f}", sleeve, width
    )


def person(
    at,
    scale=1.9,
    *,
    flip=False,
    skin="skin1",
    hair="",
    behind="",
    top="navy",
    sleeve=None,
    legs="trouser",
    torso=TORSO,
    front="",
    far=((-4, -60), (-2, -46)),
    near=((7, -60), (8, -45)),
    held="",
    held_far="",
    look=1,
    sit=False,
    skirt="",
    lean=0.0,
    head_turn=0.0,
    width=7.4,
    who="",
) -> str:
    """Return one person, facing right unless flipped.

    Parameters
    ----------
    at, scale
        Where the feet stand, and how many units a hundredth of the body is.
    far, near
        Elbow and hand of either arm; the shoulders are given.
    held, held_far
        What a hand holds, in the person's own units.
    """
    sleeve = sleeve or top
    if sit:
        lower = stroke("M1-30L19-29L19-5", legs, 10.5) + path("M13 0V-6H24C30-5 30 0 30 0z", "ink")
        lift = 17
    else:
        lower = (
            stroke("M-5.5-44L-6-5", legs, 9.6)
            + stroke("M5.5-44L6-5", legs, 9.6)
            + path("M-11 0V-6H-1C4-5 4 0 4 0z", "ink")
            + path("M1 0V-6H11C16-5 16 0 16 0z", "ink")
        )
        lift = 0
    if skirt:
        lower = (
            path("M-8 0V-14H0V-6C5-5 5 0 5 0zM3 0V-14H11V-6C16-5 16 0 16 0z", "ink")
            + path("M-13-46H13C14-30 17-18 18-11H-18C-17-18-14-30-13-46z", skirt)
            if not sit
            else lower
        )
    upper = group(
        behind,
        _arm([(-8, -74), *far], sleeve, skin, width) + held_far,
        path(torso, top),
        front,
        group(_head(skin, look), hair, at=(0, 0), turn=head_turn),
        _arm([(9, -74), *near], sleeve, skin, width),
        held,
        at=(0, lift),
        turn=lean,
    )
    shadow = disc(at[0], at[1] + 1, 21 * scale, "cast", 4.2 * scale)
    whole = group(lower, upper, at=at, scale=scale, flip=flip)
    return shadow + (whole.replace("<g", f'<g data-who="{who}"', 1) if who else whole)


def _apron(paint, shade) -> str:
    return (
        path("M-6.5-76H8L9.5-62L14-58V-25H-12.5V-58L-8-62z", paint)
        + stroke("M-5-42H8", shade, 1.6)
        + rect(-5, -52, 13, 10, shade, 1.5)
    )


AILA_HAIR = (
    disc(-8.5, -98.5, 5.2, "auburn")
    + path("M-7.6-86C-11.5-103 6-106 10.4-95.5C5-98 0-97.5-3.6-94.5C-4-91-5.6-88-7.6-86z", "auburn")
    + stroke("M-16-101.5L-1-97.5", "gold", 1.9)
    + stroke("M-1-97.5L1.2-97", "ink", 1.5)
)


def aila(at, scale=1.9, **more) -> str:
    """Return Aila, who owns the house: a bun with a pencil in it, a long skirt."""
    scarf = path("M-6-81C-2-77 5-77 8-81L10-77C4-72-3-72-8-77z", "gold")
    return person(
        at,
        scale,
        **{
            "who": "Aila",
            "skin": "skin1",
            "hair": AILA_HAIR,
            "top": "house",
            "skirt": "trouser2",
            "torso": SLIM,
            "front": scarf + more.pop("front", ""),
            **more,
        },
    )


MIKAEL_HAIR = path("M-8-90C-11-104 9-106 10.5-94C6-97 0-97-3-96C-4-93-5-91-8-90z", "brown") + path(
    "M-6.5-92C-7-80 1-77.5 6-79.5C10-82 9.6-86 9.6-88.6C7-86.6 3-87.4 1.4-88.4C-1-88-3.5-90-3.5-93z",
    "brown",
)


def mikael(at, scale=2.02, **more) -> str:
    """Return Mikael, who leads the catering: tall, a beard, the key of the van at his belt."""
    key = (
        rect(-15, -45, 30, 4, "dark")
        + stroke("M9-42V-35", "steel", 1.4)
        + disc(9, -33, 2.6, "gold")
        + stroke("M9-31V-25M9-27H12", "gold", 1.7)
    )
    return person(
        at,
        scale,
        **{
            "who": "Mikael",
            "skin": "skin2",
            "hair": MIKAEL_HAIR,
            "top": "navy",
            "torso": BROAD,
            "legs": "trouser2",
            "front": key + stroke("M0-81V-46", "navy2", 1.4) + more.pop("front", ""),
            "width": 8.2,
            **more,
        },
    )


ONNI_HAIR = (
    path("M-8-98C-16-112-4-118 0-113C4-119 15-114 10-98z", "white")
    + rect(-8, -101, 18, 6.4, "white2", 1.5)
    + path("M1.4-88C4-90 6-90 9.6-87.6C7-86.4 4-86.4 1.4-88z", "grey")
)


def onni(at, scale=1.85, **more) -> str:
    """Return Onni, who cooks: round, a cap, and a spoon wherever he goes."""
    jacket = (
        stroke("M2-80V-42", "white2", 1.4)
        + "".join(disc(5.5, y, 1, "line") for y in (-72, -63, -54))
        + path("M-14.5-56C-5-52 8-52 18-56L16-28H-14z", "white2")
    )
    return person(
        at,
        scale,
        **{
            "who": "Onni",
            "skin": "skin1",
            "hair": ONNI_HAIR,
            "top": "white",
            "torso": ROUND,
            "legs": "trouser2",
            "front": jacket + more.pop("front", ""),
            "width": 8.2,
            **more,
        },
    )


def spoon(x, y, turn=0.0) -> str:
    """Return Onni's spoon by its handle."""
    return group(stroke("M0 4V-16", "top", 2), disc(0, -20, 3.6, "top", 5), at=(x, y), turn=turn)


LINH_HAIR = path("M-7.6-84C-12-103 7-107 10.6-93.5C7-96 3-95-1-96C-3-92-5-87-7.6-84z", "black")
LINH_TAIL = path("M-5-100C-19-103-20-84-15-74C-12-79-13-87-6-90z", "black")


def linh(at, scale=1.75, **more) -> str:
    """Return Linh, who serves: small, a tail of black hair, an apron, a notebook."""
    bare = more.pop("bare", False)
    return person(
        at,
        scale,
        **{
            "who": "Linh",
            "skin": "skin2",
            "hair": LINH_HAIR,
            "behind": LINH_TAIL,
            "top": "cream",
            "torso": SLIM,
            "front": ("" if bare else _apron("apron", "apron2")) + more.pop("front", ""),
            "width": 6.8,
            **more,
        },
    )


def notebook(x, y, turn=0.0) -> str:
    """Return Linh's notebook, closed, with a ribbon."""
    return group(
        rect(-7, -9, 14, 18, "guest", 1.5),
        rect(-7, -9, 3, 18, "green2", 1),
        stroke("M3 9v5", "gold", 1.4),
        at=(x, y),
        turn=turn,
    )


TUULA_HAIR = (
    path("M-8-82C-13-102 8-107 11-93C8-97 3-96-2-96C-2-91-3-85-8-82z", "grey")
    + '<g class="s-ink" stroke-width=".9"><circle cx="3.8" cy="-91.4" r="2.9"/><circle cx="9" cy="-91.4" r="2.4"/></g>'
)


def tuula(at, scale=1.7, **more) -> str:
    """Return Tuula, a guest: grey hair, glasses, a plum coat, a stick."""
    coat = path("M-13-46H14C15-34 17-28 17-22H-16C-16-30-14-38-13-46z", "plum") + stroke(
        "M3-80V-24", "plum2", 1.5
    )
    scarf = path("M-7-82C-2-77 6-77 10-82L12-76C5-71-4-71-9-77z", "teal")
    return person(
        at,
        scale,
        **{
            "who": "Tuula",
            "skin": "skin1",
            "hair": TUULA_HAIR,
            "top": "plum",
            "torso": STOOPED,
            "width": 7.4,
            "front": coat + scarf + more.pop("front", ""),
            **more,
        },
    )


def stick(x, y) -> str:
    """Return Tuula's stick, from her hand to the ground."""
    return stroke(f"M{x - 5} {y - 2}q2-4 5-1V0", "dark", 2.2)


SAMIR_HAIR = (
    path("M-7.5-88C-9-94-8-97-8-97H-3C-3-92-5-89-7.5-88z", "black")
    + path("M-6-90C-6-80 2-78.6 6-80.4C9-82 9.6-85 9.6-88C7-86.6 3-87-3-92z", "black")
    + path("M-10-96C-11-112 12-112 12-96z", "helmet")
    + rect(-11, -98.5, 26, 4, "helmet", 2)
)


def samir(at, scale=1.9, **more) -> str:
    """Return Samir, a guest: a roofer in a green jacket, with his helmet on."""
    bands = stroke("M-12-60H12", "gold", 2.6) + stroke("M1-80V-44", "green2", 1.4)
    return person(
        at,
        scale,
        **{
            "who": "Samir",
            "skin": "skin3",
            "hair": SAMIR_HAIR,
            "top": "green",
            "legs": "trouser2",
            "front": bands + more.pop("front", ""),
            **more,
        },
    )


def student(at, scale=1.78, **more) -> str:
    """Return the student of service design: a knitted cap and a clock."""
    hair = (
        path("M-8-80C-13-98-6-102 0-101C-3-94-3-86-4-80z", "blond")
        + path("M-9-95C-10-108 11-109 11-95z", "mustard")
        + rect(-10, -98, 22, 5, "mustard2", 2.5)
        + disc(1, -107, 3, "mustard2")
    )
    return person(
        at,
        scale,
        **{
            "who": "student",
            "skin": "skin2",
            "hair": hair,
            "top": "teal",
            "torso": SLIM,
            "legs": "navy2",
            "width": 6.8,
            **more,
        },
    )


def signwriter(at, scale=1.85, **more) -> str:
    """Return the signwriter of chapter 1: overalls and a cap."""
    hair = (
        path("M-8-92C-9-104 10-104 10-94z", "steel2")
        + path("M6-95H17C17-92 12-92 6-92z", "steel2")
        + path("M1-88C4-90 7-89 9.4-87C6-86 3-86.4 1-88z", "grey")
    )
    bib = path("M-8-74H8V-58H13V-42H-13V-58H-8z", "both") + stroke(
        "M-8-74L-6-81M8-74L6-81", "both", 2.6
    )
    return person(
        at,
        scale,
        **{
            "who": "signwriter",
            "skin": "skin2",
            "hair": hair,
            "top": "white",
            "legs": "both",
            "front": bib,
            **more,
        },
    )


def someone(at, scale=1.8, shade="crowd", kind=0, flip=False) -> str:
    """Return a guest whom nobody has asked yet: a silhouette with a coat and no face."""
    hats = (
        path("M-8-90C-10-105 11-105 11-92C6-97-2-97-8-90z", "crowd2"),
        path("M-9-94C-9-107 11-107 11-94z", "crowd2") + rect(-10, -97, 22, 4.6, "crowd2", 2),
        disc(1, -100, 6, "crowd2") + path("M-8-88C-11-103 10-105 11-93C4-97-3-95-8-88z", "crowd2"),
        path("M-9-80C-13-104 12-106 11-92C4-97-3-95-3-80z", "crowd2"),
    )
    body = (
        stroke("M-5-40V-4M6-40V-4", "crowd2", 9)
        + path("M-11 0V-5H4V0zM1 0V-5H16V0z", "crowd2")
        + rect(-3, -86, 7, 10, shade)
        + path("M-13-70C-13-79-7-81 0-81S13-79 13-70L16-28H-15z", shade)
        + disc(1, -91, 8.6, shade, 9.4)
        + hats[kind % len(hats)]
        + stroke("M9-73L11-56L8-44", "crowd2", 6.6)
    )
    return disc(at[0], at[1] + 1, 19 * scale, "cast", 4 * scale) + group(
        body, at=at, scale=scale, flip=flip
    )
