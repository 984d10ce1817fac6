"""The eleven scenes: one for each chapter and one for the interlude.

Hour and season move on from scene to scene.  What counts in a scene is marked with
`data-shows`, and comes from the data of its chapter.
"""

import math
from typing import Any

from servicedesign import (
    datasets,
    deciding,
    guest_groups,
    hillasoppi,
    meaning,
    means,
    rehearsal,
    retention,
)
from servicedesign.scenes import people
from servicedesign.scenes.kit import (
    birch,
    bowl,
    chair,
    clock,
    counter,
    cup,
    disc,
    falling,
    fir,
    group,
    hands,
    lamp,
    marked,
    outside,
    pane,
    path,
    plant,
    plate,
    rect,
    room,
    sheet,
    stroke,
    table,
    till,
    whole,
    window,
)

PARTIES: list[dict[str, Any]] = hillasoppi.PARTIES
HEARD: list[dict[str, Any]] = hillasoppi.WHO_WAS_HEARD
# What one mark of a scene stands for, where it is more than one.
GUESTS_A_LETTER, EUROS_A_COIN = 20, 1_000


def lettering(x, y, size, words, paint="gold2") -> str:
    """Return gold letters on a wall."""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="600" text-anchor="middle" '
        f'font-family="Fraunces,Georgia,serif" aria-hidden="true" class="{paint}">{words}</text>'
    )


def service_logic() -> str:
    """Chapter 1: eight in the morning, the second line, two parties' hours as cups."""
    cups = []
    for party, start in zip(PARTIES, (594, 790)):
        kinds = ["house"] * round(party["house"]) + ["guest"] * round(party["host"])
        name = party["name"].lower()
        cups += [
            marked(f"{name}-{kind}", cup(start + 18 * place, 304, 0.92, kind))
            for place, kind in enumerate(kinds)
        ]
    ladder = (
        stroke("M332 108L378 402M298 108L272 402", "wood", 7)
        + stroke("M293 160H338M288 210H346M284 258H352M280 306H360M276 354H368", "top", 7)
        + stroke("M298 108H332", "wood", 9)
    )
    brush = stroke("M30-61L38-66", "wood2", 1.8) + stroke("M38-66l4-3", "gold2", 3.4)
    pot = group(
        rect(-5, -3, 10, 10, "steel", 1.5) + stroke("M-5-3q5-7 10 0", "steel2", 1), at=(-4, -45)
    )
    return whole(
        [
            room(),
            window(52, 66, 150, 168, outside(150, 168, (0.7, 0.42), "spring"), birch(26, 170, 130)),
            lettering(636, 100, 50, "More than perfect"),
            stroke("M420 150H850", "board", 2.5, "2 9"),
            rect(390, 133, 7, 16, "gold2", 3),
            lamp(1000, 92, 1, 120),
            people.mikael(
                (742, 418),
                2.02,
                flip=True,
                far=((-13, -62), (-20, -78)),
                near=((13, -62), (20, -77)),
                held=sheet(24, -84, 17, 23, -8),
                held_far=sheet(-24, -84, 17, 23, 8),
            ),
            counter(572, 304, 386, 136),
            *cups,
            ladder,
            people.signwriter(
                (318, 258),
                1.72,
                near=((18, -68), (30, -62)),
                held=brush,
                far=((-7, -60), (-4, -48)),
                held_far=pot,
            ),
            people.aila(
                (478, 422),
                2.0,
                near=((11, -60), (21, -68)),
                held=sheet(24, -71, 12, 16, -12),
                head_turn=-12,
            ),
            plant(1040, 344, 1.2),
            chair(92, 392, 1.25),
            chair(190, 404, 1.25, flip=True),
        ],
        sky=("#fbe0b0", "#141d2c"),
    )


def listening() -> str:
    """Chapter 2: the envelope; whom the list had, whom it was sent to, who answered."""
    had, sent, answered = (round(step["guests"] / GUESTS_A_LETTER) for step in HEARD)
    holes = []
    for place in range(had):
        x, y = 232 + 36 * (place % 10), 58 + 34 * (place // 10)
        holes.append(marked("list", rect(x, y, 32, 30, "wood2")))
        if place < sent:
            came = place < answered
            paint = "gold" if came else "paper"
            letter = rect(x + 4, y + 10, 24, 18, paint, 1.5)
            holes.append(marked("answered" if came else "invited", letter))
            holes.append(
                stroke(f"M{x + 4} {y + 11}l12 9l12-9", "line" if not came else "gold2", 1.5)
            )
    believed = {row["touchpoint"]: row["believed_share_happy"] for row in datasets.load("beliefs")}
    happy = round(10 * believed["speed"])
    guess = sheet(23, -74, 24, 31, 4, lines=0) + group(
        *(
            marked("believed", disc(-7.2 + 3.6 * (i % 5), -2 + 5 * (i // 5), 1.5, "house"))
            if i < happy
            else disc(-7.2 + 3.6 * (i % 5), -2 + 5 * (i // 5), 1.5, "pale")
            for i in range(10)
        ),
        stroke("M-8-10H6", "line", 1.2),
        at=(23, -74),
        turn=4,
    )
    back = group(rect(-12, -15.5, 24, 31, "white2", 1), at=(23, -74), turn=-4)
    return whole(
        [
            room(),
            rect(222, 48, 376, 116, "wood", 5),
            *holes,
            window(
                690,
                52,
                214,
                172,
                outside(214, 172, (0.24, 0.3), "spring"),
                birch(184, 176, 150),
                people.samir((104, 250), 1.5, near=((12, -62), (10, -76)), look=0),
                cols=3,
            ),
            lamp(640, 110, 0.9, 110),
            clock(1010, 120, 38),
            hands(1010, 120, 38, 9, 20),
            people.linh(
                (812, 418),
                1.9,
                flip=True,
                near=((12, -62), (16, -52)),
                far=((-9, -62), (-2, -54)),
                held=cup(17, -48, 0.55),
            ),
            counter(640, 312, 420, 128),
            rect(596, 330, 52, 34, "wood2", 3),
            rect(590, 326, 12, 42, "top", 2),
            group(
                rect(-22, -14, 44, 27, "paper", 2),
                stroke("M-22-13L0 4L22-13", "line", 2),
                at=(622, 326),
                turn=-7,
            ),
            cup(720, 312),
            cup(748, 312),
            people.aila(
                (338, 424),
                2.06,
                near=((13, -61), (20, -66)),
                far=((4, -60), (16, -64)),
                held=guess,
                look=-1,
            ),
            people.mikael(
                (528, 428),
                2.1,
                flip=True,
                near=((13, -61), (20, -66)),
                far=((4, -60), (16, -64)),
                held=back,
            ),
            chair(120, 402, 1.3),
            plant(48, 352, 1.3),
        ],
        sky=("#dcebea", "#141d2c"),
        haze=("#f6f0dc", "#22304a"),
        leaf=("#b7cc62", "#2f4a35"),
    )


def value() -> str:
    """Chapter 3: the courier outside, three lunches, each on the sill with its euros."""

    def stack(x, lunch):
        paid, worth = round(lunch["price"]), round(lunch["benefit"])
        name = lunch["name"].lower().replace(" ", "-")
        return "".join(
            marked(
                f"{name}-{'price' if coin < paid else 'left'}",
                rect(x, 332 - 5.2 * (coin + 1), 34, 4.5, "gold" if coin < paid else "cream", 2.6),
            )
            for coin in range(worth)
        )

    buffet, soup, delivery = hillasoppi.LUNCHES
    bike = group(
        disc(-24, -19, 19, "ink"),
        disc(-24, -19, 16, "street"),
        disc(26, -19, 19, "ink"),
        disc(26, -19, 16, "street"),
        stroke("M-24-19L-8-44H18L26-19L2-19L-8-44M2-19L18-44L22-54H30M-12-50H-2", "house", 3.4),
        at=(218, 240),
        turn=-5,
    )
    bag = rect(-25, -80, 15, 27, "house", 2) + stroke("M-10-74L-2-79", "ink", 1.2)
    courier = people.person(
        (158, 240),
        1.2,
        skin="skin3",
        top="mustard",
        legs="ink",
        behind=bag,
        near=((13, -64), (20, -56)),
        hair=path("M-9-93C-9-106 11-107 11-93z", "teal") + stroke("M-10-94H13", "teal2", 2),
    )
    lit = "".join(
        rect(40 + 82 * c, 18 + 58 * r, 50, 40, "glow" if (c + r) % 3 else "haze", 2)
        for c in range(5)
        for r in range(2)
    )
    street = [
        rect(0, 0, 560, 280, "office"),
        lit,
        rect(30, 134, 74, 92, "dark", 3),
        rect(37, 142, 28, 84, "door"),
        rect(70, 142, 28, 84, "door"),
        rect(18, 122, 98, 12, "red2", 2),
        rect(0, 226, 560, 60, "street"),
        rect(0, 226, 560, 7, "steel"),
        bike,
        courier,
        birch(372, 244, 196, "gold"),
        birch(446, 250, 150, "berry"),
    ]
    box = group(
        path("M-26 0L-24-26H24L26 0z", "top")
        + path("M-24-26L-18-36H18L24-26z", "wood")
        + stroke("M-6-36q6-9 12 0", "dark", 2),
        at=(694, 331),
    )
    return whole(
        [
            room(),
            window(324, 34, 476, 262, *street, cols=3, rows=1),
            lamp(880, 66, 0.9, 110),
            people.linh(
                (258, 420),
                1.95,
                near=((12, -60), (20, -55)),
                held=group(plate(0, 0, 9), at=(24, -56)),
                far=((4, -58), (16, -54)),
            ),
            people.aila(
                (862, 428),
                2.2,
                flip=True,
                near=((13, -60), (17, -72)),
                held=sheet(20, -77, 16, 22, 10),
                far=((-6, -60), (2, -50)),
            ),
            rect(318, 330, 500, 16, "white", 3),
            rect(330, 346, 476, 94, "cream"),
            rect(330, 346, 476, 7, "white2"),
            group(
                plate(0, 0, 36),
                disc(-9, -5, 9, "guest", 5),
                disc(9, -6, 10, "berry", 5),
                disc(0, -9, 8, "house", 4),
                at=(378, 324),
            ),
            stack(424, buffet),
            bowl(534, 331, 1.3),
            stack(570, soup),
            box,
            stack(738, delivery),
            chair(1010, 404, 1.3, flip=True),
            plant(1075, 350, 1.4),
        ],
        sky=("#e9dcc0", "#141d2c"),
    )


def priorities() -> str:
    """Chapter 4: November, a list of eight on the kitchen door, a roll without a label."""
    everybody: Any = guest_groups.GROUPS["everybody"]
    marks = [total / everybody["guests"] for total in everybody["performance"]]
    rows = "".join(
        rect(452, 146 + 17 * place, 94, 8, "white2", 2)
        + marked(
            "mark",
            rect(
                452,
                146 + 17 * place,
                94 * mark / 7,
                8,
                "house" if mark == min(marks) else "both",
                2,
            ),
        )
        for place, mark in enumerate(marks)
    )
    roll = path("M-7 0C-8-7 8-7 7 0C6 2-6 2-7 0z", "berry") + stroke(
        "M-3-3l2 2M1-4l2 2", "gold2", 1
    )
    spoons = "".join(
        group(
            stroke("M0 0V-20", "steel", 2.2),
            disc(0, -24, 3.8, "steel", 5.4),
            at=(230 + 15 * i, 104),
        )
        for i in range(10)
    )
    return whole(
        [
            room(),
            rect(222, 104, 152, 7, "top", 2),
            spoons,
            rect(396, 52, 206, 286, "dark", 3),
            rect(408, 62, 182, 276, "white2"),
            rect(420, 256, 158, 66, "cream", 3),
            disc(578, 238, 6, "gold2"),
            rect(432, 72, 134, 38, "paper", 2),
            stroke("M444 84H552M444 96H524", "gold2", 3),
            rect(438, 118, 122, 168, "paper", 2),
            stroke("M452 130H514", "ink", 3),
            rows,
            disc(499, 121, 4, "house"),
            window(
                704,
                62,
                240,
                168,
                outside(240, 168, None, "autumn"),
                falling(240, 168, "rain", 46),
                cols=3,
            ),
            lamp(652, 70, 0.8, 110),
            plant(1040, 344, 1.4),
            chair(96, 404, 1.3),
            people.linh(
                (248, 412),
                1.86,
                near=((12, -60), (21, -54)),
                far=((-9, -60), (-4, -47)),
                held=people.notebook(23, -55, 12),
            ),
            people.aila(
                (364, 426),
                2.06,
                near=((12, -62), (9, -80)),
                far=((2, -58), (12, -62)),
                head_turn=-4,
            ),
            people.mikael(
                (652, 428),
                2.1,
                flip=True,
                near=((18, -70), (32, -80)),
                far=((4, -58), (14, -60)),
                held_far=sheet(18, -62, 15, 20, 8),
            ),
            chair(868, 418, 1.3, flip=True),
            people.tuula(
                (854, 412),
                1.75,
                flip=True,
                sit=True,
                near=((10, -60), (18, -67)),
                far=((8, -58), (15, -64)),
                held=group(roll, at=(19, -70)),
                look=-1,
            ),
            table(722, 344, 106, 416),
            bowl(756, 344, 0.95),
            stroke("M898 414L924 344q4-8 10-2", "dark", 4),
        ],
        sky=("#b8c3c6", "#141d2c"),
        haze=("#cfd4cf", "#22304a"),
        lake=("#8ba4ac", "#24475c"),
        hill=("#a9ac97", "#1d2f3a"),
        bank=("#a08c5d", "#2a3328"),
    )


def journey() -> str:
    """Chapter 5: February, Tuula in the line, her nine marks as a path above the heads."""
    steps = datasets.document("journey_tuula_actual")["touchpoints"]
    place = {step["id"]: index for index, step in enumerate(steps)}

    def spot(index):
        return 238 + 80 * index, 132 - 41 * steps[index]["rating"]

    spots = [spot(index) for index in range(len(steps))]
    way = "M" + "L".join(f"{x} {y}" for x, y in spots)
    stones = "".join(
        marked("rating", disc(x, y, 10, "gold")) + disc(x, y, 4, "cream") for x, y in spots
    )
    here = spots[place["queue"]][0]
    guests = "".join(
        people.someone((here + dx, 408 + dy), 1.78 + size, "crowd", kind)
        for dx, dy, size, kind in (
            (72, -6, 0.06, 2),
            (138, -2, -0.1, 0),
            (206, -8, 0.14, 1),
            (-66, -8, 0.0, 3),
        )
    )
    return whole(
        [
            pane(
                0,
                0,
                470,
                440,
                outside(470, 440, (0.3, 0.16), "winter"),
                falling(470, 400, "snow", 60),
            ),
            path("M0 440C120 400 260 380 430 372H470V440z", "street"),
            fir(46, 392, 150, "fir2", True),
            fir(116, 374, 96, "fir", True),
            rect(408, 40, 712, 400, "wall"),
            rect(408, 270, 712, 64, "panel"),
            stroke("".join(f"M{x} 276V334" for x in range(440, 1120, 40)), "board", 2),
            rect(408, 266, 712, 7, "top"),
            rect(408, 334, 712, 106, "floor"),
            stroke("M408 368H1120M408 404H1120", "seam", 2),
            rect(396, 44, 16, 150, "red"),
            rect(396, 388, 16, 52, "red2"),
            rect(392, 186, 24, 10, "cream"),
            path("M412 196L372 206V396L412 388z", "door"),
            disc(380, 300, 4, "gold"),
            path("M352 52L430 0H1120V52z", "dark"),
            path("M340 50L424-8H1120V16H452L372 56z", "snow"),
            stroke("M422 132H1108", "board", 2, "3 8"),
            stroke("M196 132H388", "line", 2, "3 8"),
            stroke(way, "gold2", 5.5, "0.1 12"),
            stones,
            lamp(1010, 116, 0.9, 110),
            people.linh(
                (842, 414),
                1.84,
                flip=True,
                near=((12, -62), (18, -56)),
                far=((-8, -60), (0, -54)),
                held=people.notebook(20, -57, -8),
            ),
            counter(780, 320, 340, 120),
            bowl(904, 320, 1.1),
            bowl(962, 320, 1.1),
            till(1050, 320, 1.0),
            guests,
            people.tuula(
                (here, 424),
                1.86,
                near=((11, -58), (15, -48)),
                far=((-5, -60), (2, -50)),
                held=people.stick(17, -46),
            ),
            people.student(
                (300, 424),
                1.74,
                near=((11, -60), (18, -62)),
                far=((6, -60), (14, -58)),
                held=sheet(18, -64, 11, 14, -6),
            ),
        ],
        sky=("#dfe6ea", "#141d2c"),
        haze=("#f6ead6", "#22304a"),
        lake=("#cfdde3", "#2d4657"),
        hill=("#c3d0d2", "#1d2f3a"),
        fir=("#5c8079", "#16302f"),
        fir2=("#466a66", "#112726"),
        street=("#e9e2d3", "#39435a"),
    )


def blueprint() -> str:
    """Chapter 6: the same line from behind the door; the clocks show how long a till serves."""
    log = datasets.load("lunch_queue")
    days = len({row["day"] for row in log})
    tills = int(hillasoppi.TILLS["count"])
    served = means.total([row["end_min"] - row["start_min"] for row in log])
    in_use = served / (days * tills * hillasoppi.LUNCH_MINUTES)
    counted = "".join(
        clock(652 + 108 * at, 118, 36, in_use, "in-use") + till(652 + 108 * at, 312, 1.05)
        for at in range(tills)
    )
    tiles = stroke(
        "".join(f"M0 {y}H520" for y in range(40, 300, 40))
        + "".join(f"M{x} 0V290" for x in range(30, 520, 50)),
        "glint",
        1.6,
    )
    pots = group(
        rect(-34, -30, 68, 30, "steel", 4),
        stroke("M-42-20H-34M34-20H42", "steel2", 5),
        rect(-38, -35, 76, 7, "steel2", 3),
        stroke("M-14-46c-7-10 7-14 0-26M12-46c-7-10 7-14 0-26", "mist", 4),
        at=(262, 300),
    )
    book = group(
        path("M-9-6L0-3.6L9-6V6L0 8.4L-9 6z", "paper"),
        stroke("M0-3.6V8.4M-6-2L-2-1M-6 1L-2 2M2-1L6-2M2 2L6 1", "line", 0.9),
        at=(20, -62),
    )
    note = sheet(22, -70, 13, 18, -8, 3)
    return whole(
        [
            room(334, 64),
            rect(0, 0, 520, 334, "haze"),
            tiles,
            rect(0, 334, 520, 106, "steel"),
            stroke("M0 372H520M0 408H520M130 334L90 440M330 334L318 440", "steel2", 2),
            window(
                52, 60, 112, 120, outside(112, 120, None, "winter"), falling(112, 120, "snow", 16)
            ),
            rect(206, 66, 190, 8, "steel2", 2),
            stroke("M236 74v22M282 74v16M330 74v24M372 74v16", "steel2", 3),
            disc(236, 108, 15, "dark"),
            disc(282, 100, 12, "steel2"),
            disc(330, 110, 15, "dark"),
            rect(362, 90, 20, 20, "steel2", 5),
            rect(196, 304, 172, 130, "steel2", 4),
            rect(196, 298, 172, 10, "dark", 3),
            rect(212, 326, 140, 76, "dark", 5),
            rect(222, 338, 120, 44, "glow", 4),
            pots,
            people.onni(
                (404, 424),
                1.98,
                flip=True,
                near=((16, -64), (27, -62)),
                held=people.spoon(28, -60, -24),
                far=((6, -60), (17, -58)),
            ),
            rect(516, 40, 22, 300, "red2"),
            rect(516, 30, 22, 12, "dark"),
            path("M538 60H596C592 150 600 240 590 334H538z", "plum"),
            stroke("M552 66C549 160 556 250 550 330M572 66C570 160 577 250 571 330", "plum2", 3),
            rect(532, 54, 70, 8, "top", 3),
            counted,
            window(
                960, 70, 130, 150, outside(130, 150, None, "winter"), falling(130, 150, "snow", 20)
            ),
            *(
                people.someone(
                    (884 + 56 * at, 404 - 4 * (at % 2)),
                    1.7 + 0.07 * (at % 3),
                    "crowd",
                    at,
                    flip=True,
                )
                for at in range(5)
            ),
            counter(606, 312, 206, 122),
            people.linh(
                (482, 426),
                1.86,
                near=((12, -60), (17, -58)),
                far=((4, -60), (13, -57)),
                held=book,
                look=-1,
            ),
            chair(690, 432, 1.25),
            people.student(
                (684, 432),
                1.78,
                sit=True,
                near=((10, -60), (16, -60)),
                far=((8, -60), (14, -58)),
                held=sheet(18, -64, 12, 15, -8),
                look=-1,
            ),
            people.aila(
                (836, 432),
                2.02,
                flip=True,
                near=((12, -60), (19, -66)),
                held=note,
                far=((-5, -60), (2, -49)),
            ),
        ],
        sky=("#cdd9df", "#141d2c"),
        haze=("#eef0ec", "#2a3038"),
        lake=("#cfdde3", "#2d4657"),
        hill=("#c3d0d2", "#1d2f3a"),
        glint=("#d8dedc", "#39424b"),
    )


def expectations() -> str:
    """Chapter 7: one biscuit in six weeks, each week's worth as the size of a biscuit."""
    rows = datasets.load("gesture_test")

    def mood(week, arm):
        return means.mean([r["mood_1_7"] for r in rows if (r["week"], r["arm"]) == (week, arm)])

    weeks = sorted({row["week"] for row in rows})
    lifts = [mood(week, "biscuit") - mood(week, "none") for week in weeks]
    saucers = []
    for at, lift in enumerate(lifts):
        x, r = 272 + 116 * at, 30 * math.sqrt(max(0, lift) / max(lifts))
        saucers += [
            plate(x, 372, 44),
            marked("lift", disc(x, 368 - r * 0.16, r, "gold2", r * 0.5)),
            disc(x, 365 - r * 0.16, r, "berry", r * 0.46),
            disc(x, 364 - r * 0.16, r * 0.34, "gold", r * 0.17),
        ]
    tray = group(
        rect(-16, -2, 34, 4, "steel", 2),
        *(disc(-9 + 7 * i, -4, 4, "berry", 2.4) for i in range(4)),
        at=(18, -56),
    )
    return whole(
        [
            room(322, 66),
            window(
                226,
                54,
                176,
                150,
                outside(176, 150, (0.75, 0.4), "spring"),
                birch(40, 156, 132),
                cols=2,
            ),
            chair(250, 348, 1.1),
            chair(368, 348, 1.1, flip=True),
            table(264, 284, 92, 346),
            cup(310, 284, 0.9),
            lettering(672, 100, 46, "More than perfect"),
            lamp(956, 110, 1, 130),
            people.onni(
                (470, 420),
                2.06,
                near=((14, -62), (22, -57)),
                far=((4, -60), (14, -54)),
                held=tray,
                look=0,
            ),
            people.aila(
                (636, 414),
                2.08,
                near=((12, -62), (22, -74)),
                far=((-8, -60), (-2, -48)),
                held="",
                head_turn=-3,
            ),
            people.linh(
                (802, 412),
                1.96,
                flip=True,
                near=((12, -62), (18, -58)),
                far=((-8, -60), (0, -52)),
                held=people.notebook(20, -60, -6),
                look=-1,
            ),
            rect(196, 366, 728, 16, "top", 6),
            rect(206, 382, 708, 58, "wood"),
            stroke("".join(f"M{x} 384V440" for x in range(240, 910, 36)), "wood2", 2),
            rect(208, 381, 704, 5, "wood2"),
            *saucers,
            plant(1030, 336, 1.3),
            chair(1080, 410, 1.3, flip=True),
            chair(90, 408, 1.3),
        ],
        sky=("#f4dfc0", "#141d2c"),
        haze=("#fbeed8", "#22304a"),
        leaf=("#c3d47a", "#2f4a35"),
    )


def meaning_at_work() -> str:
    """Chapter 8: an apron on the desk; three jars hold what a formula says of three teams."""
    rows = datasets.load("employees")
    jars = []
    for at, team in enumerate(("lunch", "kitchen", "catering")):
        scores = [meaning.mps(row) for row in rows if row["team"] == team]
        share = means.mean([score for score in scores if score is not None]) / 7**3
        x, tall = 446 + 92 * at, 84.0
        sign = (
            people.notebook(x, 158, 0),
            people.spoon(x, 176),
            stroke(f"M{x} 150v14M{x} 162h5", "gold", 3) + disc(x, 148, 4.5, "gold"),
        )[at]
        jars += [
            rect(x - 25, 50, 50, tall, "glint", 8),
            marked(
                "potential", rect(x - 25, 50 + tall * (1 - share), 50, tall * share, "berry", 6)
            ),
            stroke(f"M{x - 25} 58V{50 + tall - 8}q0 8 8 8h34q8 0 8-8V58", "steel2", 3),
            rect(x - 29, 44, 58, 9, "top", 3),
            sign,
        ]
    cloth = group(
        path("M-52 0C-50-12-30-18 0-17S52-12 54 0z", "apron"),
        path("M-20-15C-8-6 12-6 24-15L18-20H-14z", "apron2"),
        stroke("M-52-2C-62 6-60 22-66 32M50-2C60 8 52 20 58 34", "apron2", 4),
        at=(486, 316),
    )
    poster = group(
        rect(-21, -28, 42, 56, "paper", 1),
        disc(0, -5, 11, "gold"),
        stroke("M-5-4q5 6 10 0", "ink", 1.6),
        disc(-4, -8, 1.3, "ink"),
        disc(4, -8, 1.3, "ink"),
        stroke("M-12 14H12M-9 20H9", "house", 2),
        at=(21, -66),
        scale=0.62,
    )
    return whole(
        [
            room(),
            window(
                238, 60, 136, 162, outside(136, 162, (0.3, 0.5), "spring"), birch(110, 168, 150)
            ),
            rect(404, 136, 268, 8, "top", 2),
            *jars,
            rect(940, 54, 150, 178, "wood2", 3),
            *(rect(950, 64 + 56 * r, 130, 46, "dark") for r in range(3)),
            *(
                rect(
                    956 + 13 * b,
                    72 + 56 * r + (b * 5 + r * 3) % 9,
                    10,
                    38 - (b * 5 + r * 3) % 9,
                    ("house", "both", "guest", "gold2", "plum")[(b + 2 * r) % 5],
                    1,
                )
                for r in range(3)
                for b in range(9)
            ),
            clock(800, 112, 40),
            hands(800, 112, 40, 16, 40),
            people.aila(
                (640, 420),
                2.04,
                flip=True,
                near=((10, -58), (15, -48)),
                far=((-9, -58), (0, -46)),
                look=-1,
            ),
            rect(402, 312, 372, 15, "top", 4),
            rect(416, 327, 344, 113, "wood"),
            rect(430, 340, 96, 86, "wood2", 3),
            rect(650, 340, 96, 86, "wood2", 3),
            disc(478, 372, 4, "gold"),
            disc(698, 372, 4, "gold"),
            cloth,
            group(people.notebook(0, 0, 82), at=(582, 306), scale=2.0),
            sheet(690, 307, 50, 9, 0, 0),
            cup(736, 312),
            people.linh(
                (348, 426),
                2.0,
                bare=True,
                near=((14, -58), (24, -52)),
                far=((-7, -60), (-3, -46)),
                legs="trouser",
            ),
            people.mikael(
                (838, 430),
                2.14,
                flip=True,
                near=((14, -62), (24, -66)),
                far=((8, -58), (20, -54)),
                held=poster,
            ),
            plant(1010, 360, 1.5),
            chair(116, 404, 1.3),
        ],
        sky=("#f1e6c4", "#141d2c"),
        haze=("#f8f0da", "#22304a"),
        leaf=("#8fb648", "#2f4a35"),
    )


def rehearsing() -> str:
    """The interlude: twelve chairs, and of eight problems those that five people are said to meet."""
    chances = [problem["chance"] for problem in hillasoppi.DESK_PROBLEMS]
    hoped = round(len(chances) * rehearsal.share_by_the_mean(chances, 5))
    cards = "".join(
        group(
            marked(
                "met" if at < hoped else "unmet",
                rect(-17, 0, 34, 42, "gold" if at < hoped else "white2", 2),
            ),
            disc(0, 5, 3.4, "house"),
            at=(352 + 56 * at, 66),
            turn=(-4, 3, -2, 4)[at % 4],
        )
        for at in range(len(chances))
    )
    tones = ("guest", "house", "both", "gold", "plum")
    chairs = "".join(
        chair(262 + 54 * at, 362, 1.05, "wood")
        + group(rect(-9, -3, 18, 5, tones[at % 5], 1), at=(263 + 54 * at, 312))
        for at in range(12)
    )
    desk = group(
        rect(-46, -8, 92, 9, "top", 3),
        stroke("M-38 0L-42 44M38 0L42 44", "wood2", 5),
        rect(-40, 1, 80, 5, "wood2"),
        at=(23, -54),
        scale=0.62,
    )
    watch = (
        disc(21, -71, 4.6, "steel2")
        + disc(21, -71, 3.5, "paper")
        + stroke("M21-73v2l1.4 1M21-76.4v-2", "ink", 0.9)
    )
    return whole(
        [
            room(322, 70),
            rect(72, 74, 124, 254, "dark", 3),
            pane(82, 84, 104, 244, outside(104, 244, (0.5, 0.44), "spring")),
            path("M186 84L222 96V350L186 328z", "door"),
            disc(214, 226, 4, "gold"),
            stroke("M320 62H780", "line", 2),
            cards,
            window(946, 62, 130, 150, outside(130, 150, (0.4, 0.5), "spring")),
            lamp(868, 76, 0.9, 120),
            chairs,
            people.student(
                (424, 362),
                1.5,
                sit=True,
                near=((10, -60), (17, -52)),
                held=rect(14, -58, 9, 12, "guest", 1),
                far=((7, -60), (14, -52)),
            ),
            people.onni(
                (748, 364),
                1.62,
                sit=True,
                near=((12, -58), (19, -52)),
                held=rect(16, -59, 9, 12, "house", 1),
                far=((7, -60), (14, -52)),
            ),
            people.linh(
                (306, 430),
                2.0,
                near=((16, -70), (28, -80)),
                far=((-8, -60), (-2, -48)),
                held_far=people.notebook(-2, -45, 10),
            ),
            people.mikael(
                (556, 434),
                2.16,
                flip=True,
                near=((14, -56), (24, -52)),
                far=((6, -56), (20, -52)),
                held=desk,
                lean=-4,
            ),
            people.aila(
                (850, 430),
                2.08,
                flip=True,
                near=((13, -62), (20, -70)),
                held=watch,
                far=((-6, -60), (-2, -46)),
                look=-1,
            ),
            till(985, 306, 1.2),
            counter(936, 306, 184, 134),
        ],
        sky=("#f3c489", "#141d2c"),
        haze=("#f8dcae", "#22304a"),
        sun=("#e8813a", "#f4ecd2"),
        lake=("#c7a98f", "#24475c"),
        wall=("#f1dcb6", "#3a2a24"),
    )


def loyalty() -> str:
    """Chapter 9: midsummer; eight piles of lunch cards, one for each year, one of them bought."""
    cohorts = retention.cohorts(datasets.load("lunch_card"))
    piles = []
    for at, one in enumerate(cohorts):
        x, tall = 262 + 82 * at, one["counts"][0] * 0.24
        paint, edge = ("gold", "gold2") if one["origin"] == "bought" else ("guest", "green2")
        leaves = "".join(
            f"M{x - 26} {y:g}h52" for y in (374 - 5 * k for k in range(1, int(tall / 5) + 1))
        )
        piles += [
            marked(one["origin"], rect(x - 27, 376 - tall, 54, tall, paint, 2)),
            stroke(leaves, edge, 1),
            rect(x - 27, 374 - tall, 54, 6, "cream", 2),
        ]
    leaflet = group(
        rect(-10, -14, 20, 28, "gold", 1),
        stroke("M-6-7H6M-6-2H4", "paper", 2),
        lettering(0, 10, 10, "½", "paper"),
        at=(22, -76),
        turn=-8,
    )
    return whole(
        [
            room(322, 66),
            window(
                690,
                48,
                228,
                164,
                outside(228, 164, (0.25, 0.2), "summer"),
                birch(196, 170, 150),
                cols=3,
            ),
            window(66, 62, 130, 150, outside(130, 150, None, "summer")),
            lamp(560, 84, 0.9, 120),
            chair(244, 362, 1.2),
            people.tuula(
                (252, 362),
                1.5,
                sit=True,
                near=((10, -60), (16, -60)),
                far=((6, -58), (12, -52)),
                held=cup(17, -56, 0.5),
            ),
            table(262, 300, 76, 362),
            bowl(306, 300, 0.8),
            stroke("M200 360L180 300q-4-7-9-1", "dark", 3.4),
            people.student(
                (372, 416),
                1.94,
                near=((11, -60), (17, -54)),
                far=((6, -60), (14, -54)),
                held=sheet(19, -57, 12, 16, -10),
                look=-1,
            ),
            people.mikael(
                (476, 420),
                2.16,
                near=((14, -62), (20, -70)),
                far=((-8, -60), (2, -54)),
                held=leaflet,
            ),
            people.aila(
                (686, 418), 2.12, flip=True, near=((10, -62), (6, -78)), far=((-4, -58), (8, -60))
            ),
            people.linh(
                (796, 414),
                1.86,
                flip=True,
                near=((12, -60), (16, -56)),
                far=((-8, -60), (0, -52)),
                held=people.notebook(18, -57, -6),
            ),
            rect(196, 372, 728, 15, "top", 6),
            rect(206, 387, 708, 53, "wood"),
            stroke("".join(f"M{x} 389V440" for x in range(240, 910, 36)), "wood2", 2),
            *piles,
            plant(1030, 336, 1.3),
            chair(92, 408, 1.3),
        ],
        sky=("#cfe6ee", "#1c2c45"),
        haze=("#eef3e2", "#3a4a66"),
        leaf=("#6fa044", "#2f4a35"),
    )


def capstone() -> str:
    """Chapter 10: an evening in August; nine papers, an empty one, and the year's money."""
    spots = [
        (404, 330, -6),
        (482, 324, 4),
        (566, 322, -3),
        (650, 324, 5),
        (728, 331, -4),
        (356, 384, 6),
        (446, 396, -5),
        (700, 396, 6),
        (784, 384, -6),
    ]
    papers = "".join(
        group(
            marked("paper", rect(-27, -15, 54, 30, "paper", 1.5)),
            stroke("M-20-8H14M-20-2H18M-20 4H6", "line", 2),
            rect(10, 3, 11, 8, ("house", "guest", "both", "gold")[at % 4], 1),
            at=(x, y),
            turn=turn,
        )
        for at, (x, y, turn) in enumerate(spots)
    )
    coins = "".join(
        marked("thousand", disc(620 + 20 * (at // 10), 388 - 4.4 * (at % 10), 9, "gold", 3.6))
        + stroke(f"M{611 + 20 * (at // 10)} {388 - 4.4 * (at % 10)}a9 3.6 0 0 0 18 0", "gold2", 1)
        for at in range(round(deciding.BUDGET / EUROS_A_COIN))
    )
    view = pane(
        224,
        70,
        124,
        262,
        outside(124, 262, (0.66, 0.5), "summer"),
        path("M30 262C60 240 50 226 84 214L98 214C78 230 96 244 92 262z", "street"),
        people.tuula((62, 252), 0.92, near=((11, -58), (15, -48)), held=people.stick(17, -46)),
    )
    return whole(
        [
            room(322, 66),
            rect(212, 58, 148, 274, "dark", 3),
            view,
            path("M348 70L392 84V352L348 332z", "door"),
            disc(384, 216, 4, "gold"),
            window(780, 56, 150, 156, outside(150, 156, None, "summer"), birch(126, 160, 140)),
            lamp(570, 148, 1.3, 260),
            people.mikael((462, 408), 2.1, near=((13, -60), (19, -52)), far=((-8, -60), (2, -50))),
            people.aila(
                (572, 404), 2.1, near=((12, -60), (16, -50)), far=((-12, -60), (-16, -50)), look=0
            ),
            people.onni(
                (690, 408),
                2.06,
                flip=True,
                near=((14, -62), (18, -76)),
                held=people.spoon(19, -76, 8),
                far=((-6, -58), (2, -50)),
            ),
            path("M372 304H764L868 424H268z", "top"),
            path("M268 424H868V436H268z", "wood2"),
            papers,
            group(rect(-36, -20, 72, 40, "white", 2), at=(560, 366), turn=-2),
            coins,
            people.linh(
                (864, 436),
                1.96,
                flip=True,
                near=((14, -60), (24, -56)),
                far=((-8, -60), (-2, -46)),
                held_far=people.notebook(-2, -43, 8),
                look=-1,
            ),
            cup(516, 420, 0.9),
            clock(1020, 120, 38),
            hands(1020, 120, 38, 20, 30),
            plant(1040, 344, 1.5),
            chair(110, 408, 1.3),
        ],
        sky=("#d9a08c", "#141d2c"),
        haze=("#f0c39a", "#22304a"),
        sun=("#e8813a", "#f4ecd2"),
        lake=("#a58e97", "#24475c"),
        hill=("#8f8f86", "#1d2f3a"),
        fir=("#4d6a63", "#16302f"),
        fir2=("#3d5852", "#112726"),
        wall=("#efd6ad", "#3a2a24"),
    )


# By the id of the chapter: what draws it, and the day of it in the calendar.
SCENES = {
    "01_service_logic": (service_logic, "second_line"),
    "02_listening": (listening, "envelope"),
    "03_value": (value, "sums"),
    "04_priorities": (priorities, "van_sold"),
    "05_journey": (journey, "first_visit"),
    "06_blueprint": (blueprint, "idle_tills"),
    "07_expectations": (expectations, "two_sheets"),
    "08_meaning": (meaning_at_work, "apron"),
    "rehearsal": (rehearsing, "desk_rehearsed"),
    "09_loyalty": (loyalty, "half_price"),
    "10_capstone": (capstone, "one_year"),
}
