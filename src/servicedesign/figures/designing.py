"""Figures and filled-in forms of designing: from notes to what is proposed."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure as Canvas

from servicedesign import designing, library, value
from servicedesign.figures.sheets import Sheet
from servicedesign.figures.style import INK, LINE, MUTED, PAPER, ROLES, StillFigure, bare

Row = dict[str, Any]


def two_diamonds(artefacts: Sequence[tuple[str, str]]) -> StillFigure:
    """Draw the two diamonds with the course's artefacts on them.

    Parameters
    ----------
    artefacts : sequence of (str, str)
        Ten of (chapter, artefact); three on each of the first two legs, two on each of
        the others.

    Returns
    -------
    StillFigure
        Each chapter's number stands where its artefact is made.
    """
    legs = [("find out", 3), ("settle on one", 3), ("try", 2), ("decide", 2)]

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim(47, 0)
        for left in (0.5, 18.0):
            axes.plot(
                [left, left + 8.75, left + 17.5, left + 8.75, left],
                [10, 2.5, 10, 17.5, 10],
                color=MUTED,
                lw=1.6,
            )
        for middle, word in ((9.25, "the problem"), (26.75, "what helps")):
            axes.text(middle, 10, word, ha="center", va="center", color=MUTED, style="italic")
        place = 0
        for leg, (_word, count) in enumerate(legs):
            for step in range(count):
                share = (step + 0.8) / (count + 0.4)
                x = 0.5 + 8.75 * leg + 8.75 * share
                y = 10 - 7.5 * (share if leg % 2 == 0 else 1 - share)
                axes.plot([x], [y], "o", ms=15, color=ROLES[leg // 2], mec=PAPER)
                axes.text(
                    x, y, artefacts[place][0], ha="center", va="center", color=PAPER, weight="bold"
                )
                place += 1
        for row, (number, what) in enumerate(artefacts):
            y = 21.5 + 2.5 * row
            axes.text(1.8, y, number, ha="right", va="center", color=INK, weight="bold")
            axes.text(3, y, what, va="center", color=INK)

    told = "; ".join(f"chapter {number}: {what}" for number, what in artefacts)
    words = ", ".join(word for word, _ in legs)
    return StillFigure(
        "two-diamonds",
        470,
        draw,
        alt=(
            "Two diamonds side by side. The first opens and narrows the problem, the second what "
            f"helps; their four sides are: {words}. What is made on them, in order: {told}."
        ),
        caption=(
            "Open, narrow, open, narrow. Each number is a chapter, and stands where you make its "
            "artefact. You come back to each of them."
        ),
    )


def value_network(actors: dict[str, tuple[float, float]], arrows: Sequence[Row]) -> StillFigure:
    """Draw who gives whom what.

    Parameters
    ----------
    actors : dict of str to (float, float)
        Where each stands: from the left (0 to 36) and from the top (0 to 24).
    arrows : sequence of dict
        ``from`` and ``to`` (names of actors), ``kind``, ``what`` and ``back``; an arrow
        whose ``back`` is "nothing" is drawn thick.

    Returns
    -------
    StillFigure
        Arrows with numbers, and below them what each number is.

    Raises
    ------
    ValueError
        If an arrow names somebody who is not among the actors.
    """
    for arrow in arrows:
        for end in ("from", "to"):
            if arrow[end] not in actors:
                raise ValueError(f"{end} must be one of {', '.join(actors)}, got {arrow[end]!r}")
    height = 27 + 2.6 * len(arrows)

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.01, 0.01, 0.98, 0.98))
        bare(axes)
        axes.set_xlim(0, 36)
        axes.set_ylim(height, 0)
        # The names are drawn first: an arrow begins and ends at the edge of their boxes.
        boxes = {}
        for name, (x, y) in actors.items():
            two_lines = name.replace(" ", "\n", 1) if len(name) > 12 else name
            boxes[name] = axes.text(
                x, y, two_lines, ha="center", va="center", color=INK, linespacing=1.0, zorder=1,
                bbox={"facecolor": PAPER, "edgecolor": LINE, "boxstyle": "round,pad=.25"},
            ).get_bbox_patch()  # fmt: skip
        for number, arrow in enumerate(arrows, start=1):
            (x, y), (to_x, to_y) = actors[arrow["from"]], actors[arrow["to"]]
            one_way = arrow["back"] == "nothing"
            both = any(
                (other["from"], other["to"]) == (arrow["to"], arrow["from"]) for other in arrows
            )
            colour = ROLES[0] if one_way else MUTED
            axes.annotate(
                "",
                (to_x, to_y),
                (x, y),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": colour,
                    "lw": 2.2 if one_way else 1.2,
                    "patchA": boxes[arrow["from"]],
                    "patchB": boxes[arrow["to"]],
                    "shrinkA": 2,
                    "shrinkB": 2,
                    "connectionstyle": f"arc3,rad={0.2 if both else 0.0}",
                },
                zorder=2,
            )
            # An arc bends to the right of its way; the number stands on it.
            bend = 0.1 if both else 0.0
            middle_x = (x + to_x) / 2 + bend * (to_y - y) * -1
            middle_y = (y + to_y) / 2 + bend * (to_x - x)
            axes.plot([middle_x], [middle_y], "o", ms=13, color=PAPER, mec=colour, zorder=3)
            axes.text(
                middle_x, middle_y, str(number), ha="center", va="center", color=colour,
                weight="bold", zorder=4,
            )  # fmt: skip
        for row, arrow in enumerate(arrows):
            y = 26.5 + 2.6 * row
            colour = ROLES[0] if arrow["back"] == "nothing" else INK
            axes.text(1.8, y, str(row + 1), ha="right", va="center", color=colour, weight="bold")
            axes.text(3, y, f"{arrow['what']} ({arrow['kind']})", va="center", color=colour)

    told = "; ".join(
        f"{arrow['from']} to {arrow['to']}: {arrow['what']} ({arrow['kind']}), "
        f"back: {arrow['back']}"
        for arrow in arrows
    )
    return StillFigure(
        "value-network",
        10 * height,
        draw,
        alt=f"A network of {len(actors)} actors with arrows for what they give. {told}.",
        caption=(
            "Who gives whom what around a lunch. Thick arrows go only one way: nothing comes "
            "back for them. Invented, like the case."
        ),
    )


def notes_sheet(notes: Sequence[Row]) -> Sheet:
    """Return the notes by number, with whom or what each is from."""
    return Sheet(
        ("Note", "What was seen or said", "From"),
        [
            (str(n), f"“{row['text']}”" if row["said"] else row["text"], row["from"])
            for n, row in enumerate(notes, start=1)
        ],
        "Fifteen notes from the wall at Hillasoppi; words in quotation marks were said",
    )


def insights_sheet(insights: Sequence[Row], notes: Sequence[Row]) -> Sheet:
    """Return the insights, each with the notes that it rests on."""
    rows = []
    for number, one in enumerate(insights, start=1):
        behind = [str(at) for at, note in enumerate(notes, start=1) if note["insight"] == number]
        rows.append((str(number), one["saw"], one["why"], one["so"], ", ".join(behind)))
    return Sheet(
        ("Insight", "What we saw", "Why, we think", "So what", "Notes"),
        rows,
        "Three insights; the second column is known from the notes, the third is assumed",
    )


def others_sheet() -> Sheet:
    """Return what the promise says to those who are no guests."""
    return Sheet(
        ("To", "It promises", "It is broken"),
        [(row["who"], row["promise"], row["broken"]) for row in designing.OTHERS],
        "What the new promise of Hillasoppi says to others than the guest",
    )


def ideas_sheet() -> Sheet:
    """Return the page of ideas, with what became of each."""
    return Sheet(
        ("Idea", "Round", "What became of it"),
        [
            (
                row["idea"],
                row["round"],
                f"refused: {designing.REFUSED[row['idea']]}"
                if row["note"] == "refused"
                else row["note"],
            )
            for row in designing.IDEAS
        ],
        "Twelve ideas from three questions, in three rounds",
    )


def thoughts_sheet() -> Sheet:
    """Return three of Tuula's steps with thought, pain and opportunity."""
    return Sheet(
        ("Step", "She thought", "The pain", "An opportunity", "Whose"),
        [
            (row["step"], f"“{row['thought']}”", row["pain"], row["opportunity"], row["owner"])
            for row in designing.TUULA_THOUGHTS
        ],
        "Three of Tuula's steps, one layer deeper; thoughts reported, opportunities proposed",
    )


def proposed_sheet() -> Sheet:
    """Return the proposed journey beside today's, with what must be true for it."""
    return Sheet(
        ("Step", "As it was", "Proposed", "What must be true"),
        [(row["step"], row["now"], row["then"], row["must"]) for row in designing.PROPOSED],
        "The journey proposed for Tuula: not felt by anybody yet, so it has no marks",
    )


def evening_sheet() -> Sheet:
    """Return how the blueprint was made with those who do the work."""
    return Sheet(
        ("Minutes", "What is done", "Who holds the pen"),
        [(str(row["minutes"]), row["what"], row["who"]) for row in designing.EVENING],
        "A blueprint made with the people who do the work",
    )


def machine_sheet() -> Sheet:
    """Return five questions to a machine that answers guests."""
    return Sheet(
        ("Ask", "What Hillasoppi would answer"),
        [(row["ask"], row["answer"]) for row in designing.MACHINE],
        "Before a machine answers questions about allergens; proposed, and nothing of it is built",
    )


def contacts_sheet() -> Sheet:
    """Return a week of contacts, with what had gone wrong before each kind."""
    return Sheet(
        ("What people wanted", "Contacts", "Only because of"),
        [
            (row["wanted"], str(row["contacts"]), row["went_wrong"] or "nothing; it is business")
            for row in designing.CONTACTS
        ],
        "One week of questions at the counter and on the telephone, invented",
    )


def library_promise_sheet() -> Sheet:
    """Return what the library promises to newcomers, and what it leaves open."""
    fit = value.promise_fit(library.PROFILE, library.PROMISE)
    rows = [(row["feature"], ", ".join(row["addresses"])) for row in library.PROMISE]
    rows += [("left open", name) for name in fit["uncovered"]]
    return Sheet(
        ("The library promises", "What it addresses"),
        rows,
        "A promise of Korpiranta's public library to people who are new in town, invented",
    )


def library_request_sheet() -> Sheet:
    """Return the blueprint of asking for a book, with the stage in which one only waits."""
    return Sheet(
        ("Stage", "The citizen", "Frontstage", "Backstage", "Support", "Time"),
        [
            (
                row["stage"],
                row["customer"],
                row["frontstage"] or "–",
                row["backstage"] or "–",
                row["support"] or "–",
                row["minutes"],
            )
            for row in library.REQUEST
        ],
        "Asking the library for a book that it has not got, invented",
    )


def library_rights_sheet() -> Sheet:
    """Return what would, should and did happen at the library."""
    return Sheet(
        ("What", "Newcomers thought it would be", "It should be", "They found", "Counted in"),
        [
            (row["what"], str(row["will"]), str(row["should"]), str(row["found"]), row["unit"])
            for row in library.RIGHTS
        ],
        "A gap audit of the library by its own rule, with sixty newcomers, invented",
    )


def library_measures_sheet() -> Sheet:
    """Return what a library counts where nobody can be loyal, with the gap between groups."""
    return Sheet(
        ("Measure", "What is counted", "Found", "Shown apart", "What changes if it is low"),
        [
            (
                row["measure"],
                row["counts"],
                f"{row['found']} of {row['of']}",
                row["apart"],
                row["then"],
            )
            for row in library.MEASURES
        ],
        "What the library of Korpiranta counts instead of loyalty, in one invented year",
    )
