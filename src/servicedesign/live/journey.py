"""Live figures of chapter 5: the curve and the memory."""

from explorables import Choice, Explorable, Slider, Step, Table, Toggle, View, svg
from explorables.language import _
from explorables.numbers import fixed, percent, plain, signed
from explorables.palette import BAD, GOOD, PLAIN
from servicedesign import journey
from servicedesign.hillasoppi import TUULA_VISIT

NARROW = 560  # px: below this the models' names stand above their rows
FORMS = {PLAIN: "circle", BAD: "drop", GOOD: "triangle"}
SHOWN = 3  # ranks written out; lesser gains are small dots


def draw(felt, order, kappa, exponent, loss, steps):
    """Draw a journey's curve, what five models keep of it, and what each would mend.

    Parameters
    ----------
    felt : list of dict
        "label" and "rating" (-2 to 2) of every step that there could be.
    order : str
        "as_it_was", "worst_last" or "best_last".
    kappa, exponent, loss : float
        As for `servicedesign.journey.remembered_score`.
    steps : list of dict
        For the same steps: "part" (whether it belongs to the visit), "weight"
        (0 to 5) and "fails" (per cent).

    Returns
    -------
    View
        One picture; at least one step must be part and have a weight above 0.
    """
    whole = [
        dict(step, rating=each["rating"], place=place)
        for place, (each, step) in enumerate(zip(felt, steps))
    ]
    steps = _in_order([step for step in whole if step["part"]], order)
    if not steps:
        raise ValueError(_("Nothing is left of the visit: tick at least one step."))
    ratings = [step["rating"] for step in steps]
    weights = [step["weight"] for step in steps]
    if not any(weights):
        raise ValueError(_("Every step has the weight 0: give at least one some weight."))
    compared = journey.compare_models(ratings, weights, kappa, exponent, loss)
    scores = [score for score, _gains in compared]
    gains = [each for _score, each in compared]
    ranks = [_ranks(each) for each in gains]
    any_fails = journey.prob_any_failure([step["fails"] / 100 for step in steps])
    mended = [score + max(each) for score, each in zip(scores, gains)]
    return View(
        CurveAndMemory(steps, scores, mended, ranks, any_fails),
        _in_words(steps, scores, ranks, any_fails),
        _data(steps, ranks),
    )


def _in_order(steps, order):
    if order == "as_it_was" or not steps:
        return steps
    ratings = [step["rating"] for step in steps]
    place = ratings.index(min(ratings) if order == "worst_last" else max(ratings))
    return steps[:place] + steps[place + 1 :] + [steps[place]]


def _ranks(gains):
    """Return each gain's rank from 1, equal gains sharing one; None if nothing is gained."""
    ranks: list = [None] * len(gains)
    before, rank = 0.0, 0
    for count, place in enumerate(sorted(range(len(gains)), key=lambda k: -gains[k])):
        gain = gains[place]
        if gain <= journey.NO_DIFFERENCE:
            break
        if not count or before - gain > journey.NO_DIFFERENCE:
            before, rank = gain, count + 1
        ranks[place] = rank
    return ranks


def _model_names():
    return [
        _("mean"),
        _("worst moment"),
        _("peak\u2013end"),
        _("power mean"),
        _("bad counts more"),
    ]


class CurveAndMemory:
    """The curve on top, below it a row for each model, in the columns of the curve."""

    share = 1

    def __init__(self, steps, scores, mended, ranks, any_fails):
        self.steps, self.ranks, self.any_fails = steps, ranks, any_fails
        self.scores, self.mended = scores, mended

    def render(self, width: int) -> str:
        """Return the picture as an SVG element of ``width`` px."""
        self.narrow = width < NARROW
        self.width = width
        self.left = 34 if self.narrow else 254
        self.column = (width - self.left - 6) / len(self.steps)
        self.columns = [self._x(place) for place in range(len(self.steps))]
        self.y = 0.0
        self.parts: list = []
        self._curve()
        self._names()
        self._rows()
        self._failures()
        label = _("How each step felt, what five models keep of it, and which step each would mend")
        return svg.figure(width, self.y, label, self.parts)

    def _x(self, place):
        return self.left + self.column * (place + 0.5)

    def _curve(self):
        top, point = 46, 28
        zero = top + 2 * point
        parts, ratings = self.parts, [step["rating"] for step in self.steps]
        parts.append(svg.text(0, 15, _("How it felt"), size=svg.TITLE, bold=True))
        edge = self.left - 8
        for rating in (2, 1, 0, -1, -2):
            y = zero - point * rating
            style = "grid" if rating else "axis"
            parts.append(svg.rule(self.left, y, self.width, y, style))
            said = signed(rating)
            if not self.narrow and rating in (2, -2):
                said = (_("very good") if rating > 0 else _("very bad")) + " " + said
            parts.append(svg.text(edge, y + 4, said, "end", size=svg.TICK, style="soft"))
        points = [(self._x(k), zero - point * rating) for k, rating in enumerate(ratings)]
        # Nobody knows what was felt between two steps: a thin straight line, and stems.
        line = "L".join([plain(x) + "," + plain(y) for x, y in points])
        parts.append(svg.path("M" + line, 0, 1))
        stems = "".join(["M%s,%sV%s" % (plain(x), plain(zero), plain(y)) for x, y in points])
        parts.append(svg.path(stems, 0, 3))
        # Up, down or round: what was good or bad is told without the colour, too.
        for (x, y), rating in zip(points, ratings):
            role = _tone(rating)
            parts.append(svg.marker(x, y, role, 6.5, FORMS[role]))
        for (x, y), step in zip(points, self.steps):
            parts.append(svg.handle(x, y, [("felt.%d.rating" % step["place"], 0, -point)]))
        peak = ratings.index(journey.peak_rating(ratings))
        x, y = points[peak]
        role = _tone(ratings[peak])
        parts.append(svg.circle(x, y, 11.5, svg.stroked(role, 1.5)))
        last = len(ratings) - 1
        flags = [(last, _("end"))] if last != peak else []
        flags.append((peak, _("peak") if last != peak else _("peak, end")))
        for place, words in flags:
            x, y = points[place]
            half = svg.text_width(words) / 2
            x = min(max(x, self.left + half), self.width - half)
            y += 26 if ratings[place] < 0 else -17
            parts.append(svg.text(x, y, words, "middle", _tone(ratings[place]), style="role"))
        self.y = zero + 2 * point + 42

    def _names(self):
        """Write the steps' names: level, on three levels in turn; aslant on a phone."""
        names = [step["label"] for step in self.steps]
        if self.narrow:
            said = [svg.words_at(x, self.y, name, -60) for x, name in zip(self.columns, names)]
            self.parts.append(svg.group(said, svg.lettered(svg.TICK, "ink", "end")))
            # Room for all steps that there could be, so that nothing below moves.
            longest = max([svg.text_width(_(str(each["label"])), svg.TICK) for each in TUULA_VISIT])
            self.y += 0.87 * longest + 30
            return
        said = []
        for place, (x, name) in enumerate(zip(self.columns, names)):
            y = self.y + 4 + 16 * (place % 3)
            inside = self.width - svg.text_width(name, svg.TICK) / 2
            said.append(svg.words_at(min(x, inside), y, name))
        self.parts.append(svg.group(said, svg.lettered(svg.TICK, "ink", "middle")))
        self.y += 58

    def _heads(self):
        """Write what the columns of the rows are."""
        parts = self.parts
        if self.narrow:
            parts.append(svg.text(0, self.y, _("What to mend first"), size=svg.TITLE, bold=True))
            said = _("now \u2192 if the step marked 1 were better by one")
            for line in svg.wrapped(said, svg.TICK, self.width):
                self.y += 18
                parts.append(svg.text(0, self.y, line, size=svg.TICK, style="soft"))
            return
        parts.append(svg.text(0, self.y, _("What is remembered"), size=svg.TITLE, bold=True))
        said = _("What to mend first: the step that one point helps most")
        parts.append(svg.text(self.left, self.y, said, size=svg.TITLE, bold=True))
        self.y += 20
        said = _("now \u2192 if one better")
        edge = self.left - 12
        parts.append(svg.text(edge, self.y, said, "end", size=svg.TICK, style="soft"))

    def _rows(self):
        parts = self.parts
        self._heads()
        lines: list = []
        dots: list = []
        rows: list = []
        for name, score, mended in zip(_model_names(), self.scores, self.mended):
            said = "%s \u2192 %s" % (signed(score, 2), signed(mended, 2))
            self.y += 29 if self.narrow else 24
            edge = self.width if self.narrow else self.left - 12
            parts.append(svg.text(0, self.y + 4.5, name))
            parts.append(svg.text(edge, self.y + 4.5, said, "end", bold=True))
            self.y += 21 if self.narrow else 0
            rows.append(self.y)
        first: list = []
        later: list = []
        filled: list = []
        open_: list = []
        for y, ranks in zip(rows, self.ranks):
            lines.append("M%s,%sH%s" % (plain(self.left), plain(y), plain(self.width)))
            for x, rank in zip(self.columns, ranks):
                if rank is None:
                    continue
                if rank > SHOWN:
                    dots.append(svg.circle(x, y, 3))
                    continue
                discs, numbers = (filled, first) if rank == 1 else (open_, later)
                discs.append(svg.circle(x, y, 10.5))
                numbers.append(svg.words_at(x, y + 4.5, str(rank)))
        parts.append(svg.shape("".join(lines), svg.framed()))
        for paint, body in (
            (svg.filled(0), dots),
            (svg.filled(PLAIN), filled),
            (svg.hollow(PLAIN), open_),
            (svg.lettered(svg.LABEL, "on", "middle", True), first),
            (svg.lettered(svg.LABEL, "ink", "middle"), later),
        ):
            if body:
                parts.append(svg.group(body, paint))

    def _failures(self):
        self.y += 28
        words = _("fails, visits of 100")
        self.parts.append(svg.text(0, self.y, words))
        if self.narrow:
            self.y += 20
        numbers = [
            svg.words_at(x, self.y, fixed(step["fails"]))
            for x, step in zip(self.columns, self.steps)
        ]
        self.parts.append(svg.group(numbers, svg.lettered(svg.TICK, "soft", "middle")))
        self.y += 22
        said = _("at least one step fails: {share}").format(share=percent(self.any_fails))
        self.parts.append(svg.text(0, self.y, said, bold=True))
        self.y += 8


def _tone(rating):
    return GOOD if rating > 0 else BAD if rating < 0 else PLAIN


def _in_words(steps, scores, ranks, any_fails):
    names = _model_names()
    kept = [
        _("{model} {score}").format(model=name, score=signed(score, 2))
        for name, score in zip(names, scores)
    ]
    words = [_("Remembered, from \u22122 to +2: {scores}.").format(scores=", ".join(kept))]
    firsts: list = []
    for name, row in zip(names, ranks):
        best = [step["label"] for step, rank in zip(steps, row) if rank == 1]
        said = _(" or ").join(best) if best else _("no single step")
        known = [each for each in firsts if each[0] == said]
        if known:
            known[0][1].append(name)
        else:
            firsts.append((said, [name]))
    if len(firsts) == 1:
        words.append(_("First to mend, by all five models: {step}.").format(step=firsts[0][0]))
    else:
        said = "; ".join(
            [
                _("{step} ({models})").format(step=step, models=", ".join(models))
                for step, models in firsts
            ]
        )
        words.append(_("First to mend: {steps}.").format(steps=said))
    ratings = [step["rating"] for step in steps]
    if max(ratings) == -min(ratings) and max(ratings) > 0:
        words.append(_("Best and worst moment are equally strong, and the worst counts as peak."))
    risk = _("At least one of {n} steps fails in {share} of visits.")
    if len(steps) == 1:
        risk = _("The only step fails in {share} of visits.")
    words.append(risk.format(n=len(steps), share=percent(any_fails)))
    return " ".join(words)


def _data(steps, ranks):
    headers = [_("step"), _("rating"), _("weight"), _("fails")]
    headers += [_("rank by {model}").format(model=name) for name in _model_names()]
    rows = []
    for place, step in enumerate(steps):
        row = [step["label"], signed(step["rating"], 1), fixed(step["weight"])]
        row.append(percent(step["fails"] / 100))
        row += [str(each[place] or "\u2013") for each in ranks]
        rows.append(row)
    return headers, rows


curve_and_memory = Explorable(
    "curve-and-memory",
    _("The curve and the memory"),
    [
        Choice(
            "order",
            _("Order of the steps"),
            [
                ("as_it_was", _("as it was")),
                ("worst_last", _("the worst step last")),
                ("best_last", _("the best step last")),
            ],
            "as_it_was",
        ),
        Table(
            "felt",
            _("How each step felt to Tuula"),
            [Slider("rating", _("Rating"), -2, 2, 0, step=0.5)],
            [{"label": _(str(step["label"])), "rating": step["rating"]} for step in TUULA_VISIT],
            kind="assumption",
            row_label=_("Step"),
            help=_("Bus ride, quiet table and sister count once you tick them as part, below."),
        ),
        Table(
            "steps",
            _("Which steps are part of the visit, how much they matter, how often they fail"),
            [
                Toggle("part", _("Part")),
                Slider("weight", _("Weight"), 0, 5, 3),
                Slider("fails", _("Fails"), 0, 30, 0, unit="%"),
            ],
            [
                {
                    "label": _(str(step["label"])),
                    "part": step["part"],
                    "weight": step["weight"],
                    "fails": step["fails"],
                }
                for step in TUULA_VISIT
            ],
            kind="assumption",
            row_label=_("Step"),
        ),
        Slider(
            "kappa",
            _("Peak\u2013end: weight of the peak \u03ba"),
            0,
            1,
            0.5,
            step=0.05,
            kind="assumption",
            help=_("The end gets the rest; one half is the usual choice."),
        ),
        Slider(
            "exponent",
            _("Power mean: exponent \u03c1"),
            -10,
            1,
            -1,
            step=0.5,
            kind="assumption",
            help=_("1 is the plain mean; the lower, the nearer to the worst moment."),
        ),
        Slider(
            "loss",
            _("Below zero counts \u03bb times as much"),
            1,
            3,
            2,
            step=0.25,
            kind="assumption",
            help=_("1 is the plain mean; nobody has measured it for lunches."),
        ),
    ],
    draw,
    handles=["felt.*.rating"],
    first=["order", "felt.4.rating", "kappa", "loss"],
    steps=[
        Step(
            _("Line at \u22121"),
            _("One point better: which step does each row mark with a full disc now?"),
            {"felt.4.rating": -1},
        ),
        Step(
            _("Line at +1"),
            _("Which rows still change?"),
            {"felt.4.rating": 1},
        ),
        Step(
            _("Best step last"),
            _("Which memories change when only the order does?"),
            {"order": "best_last"},
        ),
        Step(
            _("A mild step more"),
            _("The quiet table is part of the visit: which models notice?"),
            {"steps.8.part": True},
        ),
    ],
    watch=_("What to mend first"),
    try_this=_("Raise the line from \u22122 to \u22121, and see which step each model turns to."),
)
