"""Live figure of chapter 9: four percentages from a survey, read rightly and wrongly."""

from explorables import Choice, Explorable, Slider, Step, Toggle, View, svg
from explorables.language import _
from explorables.numbers import fixed, percent, signed
from explorables.palette import BAD, GOOD, PLAIN

# Of those who had been in contact with a service, how many said that they stayed,
# by how the contact went: Gartner's survey, as far as it is public.
LADDER = (0.27, 0.37, 0.61, 0.82)
KNOWN, DOUBT = GOOD, BAD
READINGS = ("asked", "everybody", "any_day", "surprised")


def draw(reading, cause, theirs, reached, times):
    """Show the four rungs, and what a sentence about the highest makes of them.

    Parameters
    ----------
    reading : str
        One of `READINGS`: which sentence is made of the 82%.
    cause : bool
        Whether each step is read as what better handling would bring.
    theirs : float
        Part of each step that may lie in who the customers are, in per cent.
    reached : float
        Of a hundred customers, how many stand on the highest rung.
    times : float
        Choices between staying and going in a year.

    Returns
    -------
    View
        The rungs, and a scale with what the sentence can mean.
    """
    theirs = theirs / 100
    low, high = _meant(reading, reached / 100, int(times))
    return View(
        [Rungs(cause, theirs), Sentence(reading, low, high)],
        _in_words(reading, cause, theirs, reached, int(times), low, high),
        _data(theirs),
    )


def _meant(reading, reached, times):
    """Return the least and the greatest share that a sentence leaves possible."""
    top = LADDER[-1]
    if reading == "everybody":
        return top * reached, top * reached + 1 - reached
    if reading == "any_day":
        share = 1.0
        for _time in range(times):
            share *= top
        return share, share
    if reading == "surprised":
        return 0.0, 1.0
    return top, top


def _rungs():
    return (
        _("not settled"),
        _("settled, with much effort"),
        _("settled, with little effort"),
        _("and helped to get more out of it"),
    )


def _said(reading):
    return {
        "asked": _("\u201cOf those who were also helped on, 82% said that they stayed.\u201d"),
        "everybody": _("\u201c82% of our customers stay.\u201d"),
        "any_day": _("\u201c82% are still with us a year later.\u201d"),
        "surprised": _("\u201cExceed expectations, and 82% stay.\u201d"),
    }[reading]


def _fault(reading):
    return {
        "asked": _(
            "So it was asked: people who had just been in contact, those who had a choice, in "
            "their own words, all at one time."
        ),
        "everybody": _(
            "Another population. Of those without such a contact nobody knows: none may stay, or "
            "all."
        ),
        "any_day": _(
            "Another trigger. The 82% is about one choice after one contact. Let the same share "
            "stay each time."
        ),
        "surprised": _(
            "Another measure. They were helped to use what they had bought; nobody asked about "
            "expectations."
        ),
    }[reading]


class Rungs:
    """Four bars, each as long as its share; read as a cause, each begins on the one before."""

    share = 1.1

    def __init__(self, cause, theirs):
        self.cause, self.theirs = cause, theirs

    def render(self, width: int) -> str:
        """Return the picture as an SVG element of ``width`` px."""
        parts = [svg.text(0, 15, _("Said that they stayed"), size=svg.TITLE, bold=True)]
        words = _("customers after a contact, by how it went")
        parts.append(svg.text(0, 34, words, size=svg.TICK, style="soft"))
        left, right, top, row = 4.0, width - 14.0, 46.0, 50.0
        scale = right - left
        bottom = top + row * len(LADDER)
        for step in range(5):
            x = left + scale * step / 4
            parts.append(svg.rule(x, top, x, bottom, "axis" if step == 0 else "grid"))
            anchor = "start" if step == 0 else "end" if step == 4 else "middle"
            at = 0.0 if step == 0 else float(width) if step == 4 else x
            parts.append(
                svg.text(at, bottom + 16, percent(step / 4), anchor, size=svg.TICK, style="soft")
            )
        before = 0.0
        for place, (name, share) in enumerate(zip(_rungs(), LADDER)):
            y = top + row * place
            parts.append(svg.text(left + 4, y + 16, name, style="role"))
            if self.cause and place:
                parts += self._step(left, y + 24, scale, before, share, width)
            else:
                parts.append(svg.rect(left, y + 24, share * scale, 18, svg.filled(PLAIN), 2))
                x = left + share * scale + 6
                parts.append(svg.text(x, y + 38, percent(share), style="role", bold=True))
            before = share
        return svg.figure(width, bottom + 22, self.words(), parts)

    def _step(self, left, y, scale, before, share, width):
        """Draw what one rung up could bring: from nothing to the whole step."""
        start, end = left + before * scale, left + share * scale
        guess = before + (share - before) * (1 - self.theirs)
        said = _("{low} to {high} points").format(low=0, high=signed(100 * (share - before)))
        wide = 1.15 * svg.text_width(said)
        inside = end + 8 + wide <= width
        return [
            svg.rect(left, y, start - left, 18, svg.filled(0, "0.25"), 2),
            svg.rect(start, y, end - start, 18, svg.filled(DOUBT, "0.35"), 2),
            svg.marker(left + guess * scale, y + 9, DOUBT, 6),
            svg.text(
                end + 8 if inside else start - 6, y + 14, said, "start" if inside else "end",
                DOUBT, style="role", bold=True,
            ),
        ]  # fmt: skip

    def words(self) -> str:
        """Return what a screen reader hears."""
        return _("Four bars, one for each rung: how many said that they stayed")


class Sentence:
    """A sentence about the 82%, and a scale with all that it can mean."""

    share = 1

    def __init__(self, reading, low, high):
        self.reading, self.low, self.high = reading, low, high

    def render(self, width: int) -> str:
        """Return the picture as an SVG element of ``width`` px."""
        parts = [svg.text(0, 15, _("What is made of it"), size=svg.TITLE, bold=True)]
        y = 38.0
        for line in _lines(_said(self.reading), svg.LABEL, width):
            parts.append(svg.text(0, y, line, bold=True))
            y += 19
        # Room for the longest sentence, so that nothing moves when another is read.
        y = 38.0 + 19 * _most(_said, svg.LABEL, width) + 26
        left, right = 4.0, width - 14.0
        scale = right - left
        role = KNOWN if self.reading == "asked" else DOUBT
        parts.append(svg.rule(left, y, right, y, "axis"))
        for step in range(5):
            x = left + scale * step / 4
            parts.append(svg.rule(x, y - 4, x, y + 4, "axis"))
            anchor = "start" if step == 0 else "end" if step == 4 else "middle"
            at = 0.0 if step == 0 else float(width) if step == 4 else x
            parts.append(
                svg.text(at, y + 22, percent(step / 4), anchor, size=svg.TICK, style="soft")
            )
        wide = (self.high - self.low) * scale
        parts.append(
            svg.rect(left + self.low * scale, y - 7, wide, 14, svg.filled(role, "0.35"), 2)
        )
        if self.low == self.high:
            parts.append(svg.marker(left + self.low * scale, y, role, 7))
        said = _range(self.low, self.high)
        middle = left + scale * (self.low + self.high) / 2
        half = 0.58 * svg.text_width(said)
        at = min(max(middle, half), width - half)
        parts.append(svg.text(at, y - 15, said, "middle", role, style="role", bold=True))
        y += 48
        for line in _lines(_fault(self.reading), svg.TICK, width):
            parts.append(svg.text(0, y, line, size=svg.TICK, style="soft"))
            y += 18
        total = 38.0 + 19 * _most(_said, svg.LABEL, width) + 74
        total += 18 * _most(_fault, svg.TICK, width)
        return svg.figure(width, total, self.words(), parts)

    def words(self) -> str:
        """Return what a screen reader hears."""
        return _("A sentence about the 82%, and a scale with all that it can mean")


def _lines(words, size, width):
    # Bold words, and some systems' letters, are wider than the estimate.
    return svg.wrapped(words, size, (0.8 if size == svg.LABEL else 0.88) * width)


def _most(words, size, width):
    return max([len(_lines(words(each), size, width)) for each in READINGS])


def _range(low, high):
    if low == high:
        return percent(low)
    return _("{low} to {high}").format(low=percent(low), high=percent(high))


def _in_words(reading, cause, theirs, reached, times, low, high):
    words = []
    if reading == "everybody":
        words.append(
            _(
                "If {reached} of a hundred customers stand on the highest rung, from {low} to "
                "{high} of all may stay: about the others the survey says nothing."
            ).format(reached=fixed(reached), low=percent(low), high=percent(high))
        )
    elif reading == "any_day":
        words.append(
            _(
                "If the choice comes {n} times a year and 82% stay each time, {share} are left "
                "after the year."
            ).format(n=times, share=percent(low))
        )
    elif reading == "surprised":
        words.append(_("About expectations exceeded these four numbers say nothing at all."))
    else:
        words.append(
            _(
                "Of those whose matter was settled with little effort 61% said that they stayed, "
                "and of those who were also helped on 82%."
            )
        )
    steps = [LADDER[place + 1] - LADDER[place] for place in range(len(LADDER) - 1)]
    if cause:
        words.append(
            _(
                "Read as a cause, less effort would bring 24 points and the helping on 21 more. "
                "If {part} of each step lies in who the customers are, {effort} and {helped} "
                "are left."
            ).format(
                part=percent(theirs),
                effort=fixed(100 * steps[1] * (1 - theirs)),
                helped=fixed(100 * steps[2] * (1 - theirs)),
            )
        )
    else:
        words.append(
            _("The steps are 10, 24 and 21 points; the greatest leads from much effort to little.")
        )
    return " ".join(words)


def _data(theirs):
    headers = [
        _("how the contact went"),
        _("said that they stayed"),
        _("step"),
        _("step, less who they are"),
    ]
    rows, before = [], None
    for name, share in zip(_rungs(), LADDER):
        step = None if before is None else 100 * (share - before)
        rows.append(
            [
                name,
                percent(share),
                "\u2013" if step is None else signed(step),
                "\u2013" if step is None else signed(step * (1 - theirs), 1),
            ]
        )
        before = share
    return headers, rows


the_ladder = Explorable(
    "the-ladder",
    _("Eighty-two per cent of what?"),
    [
        Choice(
            "reading",
            _("Read it as"),
            [
                ("asked", _("it was asked")),
                ("everybody", _("all customers")),
                ("any_day", _("a year of staying")),
                ("surprised", _("expectations exceeded")),
            ],
            "asked",
        ),
        Toggle("cause", _("Read the steps as causes")),
        Slider(
            "theirs", _("Of each step, in who they are"), 0, 100, 50, step=5, unit="%",
            kind="assumption",
            help=_("Easy-going people find less effort in the same contact, and stay anyway."),
        ),
        Slider(
            "reached", _("On the highest rung, of a hundred customers"), 1, 100, 12,
            unit=_("customers"), kind="assumption",
        ),
        Slider(
            "times", _("Choices in a year"), 1, 6, 3, unit=_("per year"), kind="assumption"
        ),
    ],
    draw,
    first=["reading", "cause", "theirs", "reached"],
    steps=[
        Step(
            _("As a poster has it"),
            _("How much of all customers does the survey leave open?"),
            {"reading": "everybody"},
        ),
        Step(
            _("A year of it"),
            _("What becomes of 82% when the choice comes again?"),
            {"reading": "any_day"},
        ),
        Step(
            _("As a cause"),
            _("Which step is the greatest, and what is left of it at your guess?"),
            {"cause": True},
            watch=_("Said that they stayed"),
        ),
        Step(
            _("All in who they are"),
            _("The bars before were the same: what would better handling bring now?"),
            {"cause": True, "theirs": 100},
            watch=_("Said that they stayed"),
        ),
    ],
    watch=_("What is made of it"),
    try_this=_("Read the same number in four ways, and say what each adds to the question."),
)  # fmt: skip
