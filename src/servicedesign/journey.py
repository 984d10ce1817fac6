"""How a customer journey is remembered: five rival models (chapter 5).

A rating says how a touchpoint felt, from -2 (very bad) to 2 (very good).  The
course's *trough* is the lowest rating; in the literature the word means the
moment of lowest intensity, which is another quantity.
"""

from servicedesign import domain, means

LOWEST, HIGHEST = -2, 2
# Adding this turns -2..2 into 1..5, where a power mean is defined.
TO_ONE_TO_FIVE = 3
MODELS = ("mean", "trough", "peak_end", "power_mean", "asymmetric_mean")
# Differences in a remembered score below this are storage errors.
NO_DIFFERENCE = 1e-9


def journey_summary(
    ratings: list[float], weights: list[float] | None = None, kappa: float = 0.5
) -> dict:
    """Return the usual summaries of a journey's ratings.

    Parameters
    ----------
    ratings : list of float
        One per touchpoint in order of time, from -2 to 2, at least one.
    weights : list of float, optional
        Importance per touchpoint, at least 0, not all 0; used by the mean
        alone.  Equal if left out.
    kappa : float
        Weight of the peak against the end, from 0 to 1.

    Returns
    -------
    dict
        ``mean``; ``trough``, the lowest rating; ``end``, the last rating;
        ``peak``, the rating farthest from 0, the negative one on a tie; and
        ``peak_end``, ``kappa * peak + (1 - kappa) * end``.  All from -2 to 2.

    Raises
    ------
    ValueError
        If a number is outside its range or a list is empty or of wrong length.

    Notes
    -----
    Source: peak-end rule, Kahneman, Fredrickson, Schreiber and Redelmeier
    (1993).  Teaching assumption: kappa of one half, and that the negative wins
    a tie (compare Baumeister et al. 2001).
    """
    _check_ratings(ratings)
    domain.within("kappa", kappa, 0, 1)
    return {
        "mean": means.weighted_mean(ratings, _weights(ratings, weights)),
        "trough": min(ratings),
        "end": ratings[-1],
        "peak": _peak(ratings),
        "peak_end": kappa * _peak(ratings) + (1.0 - kappa) * ratings[-1],
    }


def peak_rating(ratings: list[float]) -> float:
    """Return the rating farthest from 0; on a tie the negative one wins."""
    _check_ratings(ratings)
    return _peak(ratings)


def power_mean_rating(
    ratings: list[float], exponent: float, weights: list[float] | None = None
) -> float:
    """Return a mean in which low ratings can weigh more than high ones.

    Parameters
    ----------
    ratings, weights
        As for `journey_summary`.
    exponent : float
        At most 1: the plain mean.  The lower, the nearer to the lowest rating.

    Returns
    -------
    float
        From -2 to 2; equal ratings give that rating.

    Raises
    ------
    ValueError
        As `journey_summary`, or if the exponent exceeds 1.

    Notes
    -----
    The power mean needs positive numbers, so ratings are moved to 1 to 5 and
    the result back.  Source: as `servicedesign.means.power_mean`.  Teaching
    assumption: moments replace each other as efforts do in chapter 1.
    """
    _check_model("power_mean", ratings, weights, 0, exponent, 1)
    return _score("power_mean", ratings, _weights(ratings, weights), 0, exponent, 1)


def asymmetric_mean(ratings: list[float], loss: float, weights: list[float] | None = None) -> float:
    """Return a mean in which each negative rating counts `loss` times.

    Parameters
    ----------
    ratings, weights
        As for `journey_summary`.
    loss : float
        How many times worse a bad moment counts, at least 1.

    Returns
    -------
    float
        From -2 times `loss` to 2; with a loss of 1 the plain mean.

    Raises
    ------
    ValueError
        As `journey_summary`, or if the loss is below 1.

    Notes
    -----
    Source of the idea: losses against gains of money, Tversky and Kahneman
    (1992), who found 2.25 for gambles.  Teaching assumption: any value of it
    for satisfaction.
    """
    _check_model("asymmetric_mean", ratings, weights, 0, 1, loss)
    return _score("asymmetric_mean", ratings, _weights(ratings, weights), 0, 1, loss)


def remembered_score(
    model: str,
    ratings: list[float],
    weights: list[float] | None = None,
    kappa: float = 0.5,
    exponent: float = -1.0,
    loss: float = 2.0,
) -> float:
    """Return what one of the rival `MODELS` says will be remembered.

    Parameters
    ----------
    model : str
        ``"mean"``, ``"trough"``, ``"peak_end"``, ``"power_mean"`` or
        ``"asymmetric_mean"``.
    ratings, weights, kappa
        As for `journey_summary`.
    exponent, loss : float
        As for `power_mean_rating` and `asymmetric_mean`.

    Returns
    -------
    float
        On the scale of the ratings.

    Raises
    ------
    ValueError
        If the model is unknown or an argument is outside its range.
    """
    _check_model(model, ratings, weights, kappa, exponent, loss)
    return _score(model, ratings, _weights(ratings, weights), kappa, exponent, loss)


def fix_gains(
    model: str,
    ratings: list[float],
    weights: list[float] | None = None,
    kappa: float = 0.5,
    exponent: float = -1.0,
    loss: float = 2.0,
    step: float = 1.0,
) -> list[float]:
    """Return what memory gains if each touchpoint alone were better.

    Parameters
    ----------
    model, ratings, weights, kappa, exponent, loss
        As for `remembered_score`.
    step : float
        Improvement in rating points, greater than 0; never beyond a rating
        of 2.

    Returns
    -------
    list of float
        Change of the remembered score, one per touchpoint, in order.

    Raises
    ------
    ValueError
        As `remembered_score`, or if the step is 0 or less.

    Notes
    -----
    Teaching assumption: every touchpoint costs the same to improve.
    """
    domain.above("step", step, 0)
    _check_model(model, ratings, weights, kappa, exponent, loss)
    return _gains(model, ratings, _weights(ratings, weights), kappa, exponent, loss, step)[1]


def compare_models(
    ratings: list[float],
    weights: list[float] | None = None,
    kappa: float = 0.5,
    exponent: float = -1.0,
    loss: float = 2.0,
    step: float = 1.0,
) -> list[tuple]:
    """Return what every model remembers and what it would gain from each fix.

    Parameters
    ----------
    ratings, weights, kappa, exponent, loss, step
        As for `fix_gains`.

    Returns
    -------
    list of tuple
        (`remembered_score`, `fix_gains`) of each of `MODELS`, in their order.

    Raises
    ------
    ValueError
        As `fix_gains`.
    """
    domain.above("step", step, 0)
    _check_model(MODELS[0], ratings, weights, kappa, exponent, loss)
    known = _weights(ratings, weights)
    return [_gains(model, ratings, known, kappa, exponent, loss, step) for model in MODELS]


def prob_any_failure(ps: list[float]) -> float:
    """Return the probability that at least one step fails.

    Parameters
    ----------
    ps : list of float
        Probability of failure per step, from 0 to 1; may be empty.

    Returns
    -------
    float
        From 0 to 1; 0.0 for no steps.

    Raises
    ------
    ValueError
        If a probability is outside 0 to 1.

    Notes
    -----
    ``1 - (1 - p1) * (1 - p2) * ...``, reliability of parts in series.
    Teaching assumption: steps fail independently of each other.
    """
    all_well = 1.0
    for p in ps:
        domain.within("p", p, 0, 1)
        all_well *= 1.0 - p
    return 1.0 - all_well


def linear_fit(x: list[float], y: list[float]) -> tuple[float, float]:
    """Return intercept and slope of the least-squares line.

    Parameters
    ----------
    x, y : list of float
        Equally long, at least one value.

    Returns
    -------
    tuple of float
        Intercept (unit of y) and slope (unit of y per unit of x); the mean of
        y and 0.0 if x never changes.

    Raises
    ------
    ValueError
        If the lists are empty or differ in length.
    """
    domain.same_length("x", x, "y", y)
    middle_x, middle_y = means.mean(x), means.mean(y)
    if min(x) == max(x):
        return (middle_y, 0.0)
    spread = means.total([(a - middle_x) * (a - middle_x) for a in x])
    together = means.total([(a - middle_x) * (b - middle_y) for a, b in zip(x, y)])
    slope = together / spread
    return (middle_y - slope * middle_x, slope)


def leave_one_out_error(x: list[float], y: list[float]) -> float:
    """Return how badly a line predicts people it has not seen.

    Parameters
    ----------
    x, y : list of float
        A summary and the remembered score, equally long, at least 3 values.

    Returns
    -------
    float
        Mean squared error, in the unit of y squared: each value is predicted
        by a line fitted to all the others.

    Raises
    ------
    ValueError
        If the lists differ in length or hold fewer than 3 values.

    Notes
    -----
    Source: cross-validation, Stone (1974).
    """
    domain.same_length("x", x, "y", y)
    if len(x) < 3:
        raise ValueError("x must hold at least 3 values, got " + str(len(x)))
    errors = []
    for left_out in range(len(x)):
        others = [place for place in range(len(x)) if place != left_out]
        intercept, slope = linear_fit(
            [x[place] for place in others], [y[place] for place in others]
        )
        miss = y[left_out] - (intercept + slope * x[left_out])
        errors.append(miss * miss)
    return means.mean(errors)


def better_model(pairs: list[tuple], m1: str, m2: str) -> str:
    """Return which of two summaries predicts remembered scores better.

    Parameters
    ----------
    pairs : list of tuple
        (ratings in order of time, remembered score in any unit), one per
        person, at least 3.
    m1, m2 : str
        Keys of `journey_summary`, such as ``"mean"`` and ``"peak_end"``.

    Returns
    -------
    str
        The name of the summary with the smaller `leave_one_out_error`, or
        ``"tie"`` if the two errors agree to a billionth part, or to a
        billionth if both are below 1.

    Raises
    ------
    ValueError
        If there are fewer than 3 pairs or a name is not a summary's.
    """
    errors = []
    for name in (m1, m2):
        domain.one_of("summary", name, ("mean", "trough", "end", "peak", "peak_end"))
        summaries = [journey_summary(ratings)[name] for ratings, _ in pairs]
        errors.append(leave_one_out_error(summaries, [score for _, score in pairs]))
    if abs(errors[0] - errors[1]) <= NO_DIFFERENCE * max(errors + [1.0]):
        return "tie"
    return m1 if errors[0] < errors[1] else m2


def _gains(
    model: str,
    ratings: list[float],
    weights: list[float],
    kappa: float,
    exponent: float,
    loss: float,
    step: float,
) -> tuple[float, list[float]]:
    before = _score(model, ratings, weights, kappa, exponent, loss)
    gains = []
    better = list(ratings)
    for place, rating in enumerate(ratings):
        gain = 0.0
        if rating < HIGHEST:
            better[place] = min(HIGHEST, rating + step)
            gain = _score(model, better, weights, kappa, exponent, loss) - before
            better[place] = rating
        gains.append(gain)
    return (before, gains)


def _check_ratings(ratings: list[float]) -> None:
    domain.not_empty("ratings", ratings)
    for place, rating in enumerate(ratings):
        domain.within("rating", rating, LOWEST, HIGHEST, "", "touchpoint " + str(place + 1))


def _check_model(
    model: str,
    ratings: list[float],
    weights: list[float] | None,
    kappa: float,
    exponent: float,
    loss: float,
) -> None:
    domain.one_of("model", model, MODELS)
    _check_ratings(ratings)
    domain.within("kappa", kappa, 0, 1)
    domain.at_least("loss", loss, 1)
    if not exponent <= 1:
        raise ValueError("exponent must be at most 1, got " + str(exponent))
    # Refuses weights that do not fit.
    means.weighted_mean(ratings, _weights(ratings, weights))


def _score(
    model: str,
    ratings: list[float],
    weights: list[float],
    kappa: float,
    exponent: float,
    loss: float,
) -> float:
    # Unchecked, because a live figure asks for some sixty scores at each input.
    if model == "trough":
        return float(min(ratings))
    if model == "peak_end":
        return kappa * _peak(ratings) + (1.0 - kappa) * ratings[-1]
    weight = means.total(weights)
    if model == "power_mean":
        moved = [rating + TO_ONE_TO_FIVE for rating in ratings]
        shares = [each / weight for each in weights]
        return means.unchecked_power_mean(moved, exponent, shares) - TO_ONE_TO_FIVE
    felt = ratings
    if model == "asymmetric_mean":
        felt = [rating if rating >= 0 else loss * rating for rating in ratings]
    return means.total([each * rating for each, rating in zip(weights, felt)]) / weight


def _peak(ratings: list[float]) -> float:
    highest, lowest = max(ratings), min(ratings)
    return lowest if -lowest >= highest else highest


def _weights(ratings: list[float], weights: list[float] | None) -> list[float]:
    return [1.0] * len(ratings) if weights is None else weights
