"""Meaningful work: scores of a job, scales and reports that protect (chapter 8)."""

from servicedesign import domain, means

# Job characteristics, each rated from 1 to 7.
CHARACTERISTICS = ("variety", "identity", "significance", "autonomy", "feedback")


def mps(items: dict, combine: str = "product") -> float:
    """Return the motivating potential of a job.

    Parameters
    ----------
    items : dict
        ``variety``, ``identity``, ``significance``, ``autonomy`` and
        ``feedback``, each from 1 to 7.
    combine : str
        ``"product"``: mean of the first three times autonomy times feedback.
        ``"sum"``: the same three numbers added.

    Returns
    -------
    float
        From 1 to 343, or from 3 to 21 for the sum.

    Raises
    ------
    ValueError
        If the rule is unknown, a characteristic is missing or outside 1 to 7.

    Notes
    -----
    Source: Hackman and Oldham (1976).  On a scale that begins at 1, no
    autonomy does not make the product 0.
    """
    domain.one_of("combine", combine, ("product", "sum"))
    for name in CHARACTERISTICS:
        if name not in items:
            raise ValueError("items must hold " + ", ".join(CHARACTERISTICS) + ", no " + name)
        domain.within(name, items[name], 1, 7)
    meaningful = (items["variety"] + items["identity"] + items["significance"]) / 3.0
    if combine == "sum":
        return float(meaningful + items["autonomy"] + items["feedback"])
    return float(meaningful * items["autonomy"] * items["feedback"])


def scale_scores(
    rows: list[dict],
    key: list[str],
    reverse: list[str],
    lo: float,
    hi: float,
    min_answered: int,
) -> list[float | None]:
    """Return each respondent's mean over the items of a scale.

    Parameters
    ----------
    rows : list of dict
        Answers by item, from `lo` to `hi`; an item left out or None was not
        answered.
    key : list of str
        The items of the scale, at least one.
    reverse : list of str
        Those of them whose wording points the other way.
    lo, hi : float
        Lowest and highest possible answer; lo is less than hi.
    min_answered : int
        Answers needed for a score, from 1 to the number of items.

    Returns
    -------
    list of float or None
        From lo to hi, in the order of the rows; None for too few answers.

    Raises
    ------
    ValueError
        If an answer is outside the range, or the items or limits do not fit.

    Notes
    -----
    A reversed answer x counts as ``lo + hi - x``.
    """
    domain.whole("min_answered", min_answered, 1, len(key))
    scores = []
    for answers in _keyed_answers(rows, key, reverse, lo, hi):
        given = [answer for answer in answers if answer is not None]
        scores.append(means.mean(given) if len(given) >= min_answered else None)
    return scores


def cronbach_alpha(
    rows: list[dict], key: list[str], reverse: list[str], lo: float, hi: float
) -> float | None:
    """Return how well the items of a scale hang together.

    Parameters
    ----------
    rows, key, reverse, lo, hi
        As for `scale_scores`, with at least two items; only respondents who
        answered all of them count.

    Returns
    -------
    float or None
        At most 1, and negative if items contradict each other; None with fewer
        than two complete respondents, or if their sums do not differ.

    Raises
    ------
    ValueError
        As `scale_scores`, or if there is only one item.

    Notes
    -----
    ``k / (k - 1) * (1 - sum of item variances / variance of the sum)``.
    Source: Cronbach (1951).
    """
    if len(key) < 2:
        raise ValueError("key must hold at least 2 items, got " + str(len(key)))
    complete = [
        answers for answers in _keyed_answers(rows, key, reverse, lo, hi) if None not in answers
    ]
    if len(complete) < 2:
        return None
    of_sum = _variance([means.total(answers) for answers in complete])
    if of_sum == 0:
        return None
    of_items = means.total(
        [_variance([answers[place] for answers in complete]) for place in range(len(key))]
    )
    return len(key) / (len(key) - 1) * (1.0 - of_items / of_sum)


def safe_report(rows: list[dict], group: str, value: str, k: int = 5) -> dict:
    """Return group means that give no small group away.

    Parameters
    ----------
    rows : list of dict
        One per respondent, with the group's name and a number, or None for no
        answer.
    group, value : str
        Keys of the two.
    k : int
        Smallest number of answers that may be shown, at least 2.

    Returns
    -------
    dict
        ``groups``: for each name ``{"n": answers, "mean": mean}`` or None if
        hidden; ``total``: the same for all answers together.

    Raises
    ------
    ValueError
        If k is not a whole number from 2.

    Notes
    -----
    Groups below k are hidden.  The total minus the groups shown gives away
    what the hidden ones have in common, so the smallest group shown (first by
    name on a tie) is hidden too until the hidden ones are none, or at least
    two that make up at least k.  With fewer than k answers in all, nothing is
    shown.  Source: primary and complementary cell suppression, as in
    Hundepool et al. (2012).  Teaching assumption: k protects; a reader who
    knows one answer can still subtract it.
    """
    domain.whole("k", k, 2)
    answers: dict = {}
    for row in rows:
        answers.setdefault(row[group], [])
        if row[value] is not None:
            answers[row[group]].append(row[value])
    everybody = [answer for name in sorted(answers) for answer in answers[name]]
    shown = sorted([(len(answers[name]), name) for name in answers if len(answers[name]) >= k])
    hidden = len(answers) - len(shown)
    hidden_answers = len(everybody) - sum([n for n, _ in shown])
    while shown and hidden > 0 and (hidden < 2 or hidden_answers < k):
        n, _ = shown.pop(0)
        hidden += 1
        hidden_answers += n
    names = [name for _, name in shown]
    return {
        "groups": {name: _cell(answers[name]) if name in names else None for name in answers},
        "total": _cell(everybody) if len(everybody) >= k else None,
    }


def jdr_energy(
    resources: float,
    demands: float,
    b_0: float = 0.0,
    b_r: float = 0.4,
    b_d: float = 0.4,
    b_rd: float = 0.2,
) -> float:
    """Return energy at work from job resources and job demands.

    Parameters
    ----------
    resources, demands : float
        In standard deviations from the mean.
    b_0, b_r, b_d, b_rd : float
        Level, gain by resources, drain by demands, and how much more resources
        help when demands are high (0: not at all; this is the buffer).

    Returns
    -------
    float
        In standard deviations:
        ``b_0 + b_r * resources - b_d * demands + b_rd * resources * demands``.

    Notes
    -----
    Source: job demands-resources model, Demerouti et al. (2001); buffering,
    Bakker and Demerouti (2007).  Teaching assumption: all four weights.
    """
    return b_0 + b_r * resources - b_d * demands + b_rd * resources * demands


def _keyed_answers(
    rows: list[dict], key: list[str], reverse: list[str], lo: float, hi: float
) -> list[list]:
    domain.not_empty("key", key)
    domain.own_names("item", key)
    domain.above("hi", hi, lo)
    for name in reverse:
        domain.one_of("reverse", name, tuple(key))
    keyed = []
    for place, row in enumerate(rows):
        answers = []
        for name in key:
            answer = row.get(name)
            if answer is not None:
                domain.within(name, answer, lo, hi, "", "row " + str(place + 1))
                answer = lo + hi - answer if name in reverse else answer
            answers.append(answer)
        keyed.append(answers)
    return keyed


def _variance(values: list[float]) -> float:
    middle = means.mean(values)
    squares = [(value - middle) * (value - middle) for value in values]
    return means.total(squares) / (len(values) - 1)


def _cell(answers: list[float]) -> dict:
    return {"n": len(answers), "mean": means.mean(answers)}
