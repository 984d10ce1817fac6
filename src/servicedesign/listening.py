"""From answers to understanding: who answered, how sure, how far off (chapter 2)."""

import math

from servicedesign import domain
from servicedesign.randomness import Generator

# How sure the reader may be of an item; "proposed" is a plan, not a finding.
EVIDENCE = ("observed", "reported", "assumed", "proposed")
# What the audit of a persona may find, in words; `about` is a field or the id of an item.
PROBLEMS = {
    "no-items": "nothing is said about the person",
    "small-group": "made from fewer than five people, or nobody says from how many",
    "personal-data": "{about}: belongs to one living person",
    "no-evidence": "{about}: nobody says how well it is known",
    "unknown-evidence": "{about}: known in a way that the course has no word for",
    "no-source": "{about}: observed, but nobody says where",
}
# Fewer people than this could be recognised by colleagues or neighbours.
SMALLEST_GROUP = 5
# What a persona never needs, because it describes one living person.
PERSONAL_FIELDS = ("surname", "email", "phone", "address", "birth_date", "personal_id", "photo")


def observed_share(p: float, r_pos: float, r_neg: float) -> float:
    """Return the share of happy people among those who answer.

    Parameters
    ----------
    p : float
        True share of happy people among all, from 0 to 1.
    r_pos, r_neg : float
        Response rates of the happy and of the unhappy, from 0 to 1.

    Returns
    -------
    float
        Expected share of happy answers, from 0 to 1.  How many are invited
        does not come into it.

    Raises
    ------
    ValueError
        If a share is outside 0 to 1, or nobody at all would answer.

    Notes
    -----
    ``p * r_pos / (p * r_pos + (1 - p) * r_neg)``, Bayes' rule.
    """
    happy, unhappy = answering_shares(p, r_pos, r_neg)
    domain.above("the share who answer", happy + unhappy, 0)
    return happy / (happy + unhappy)


def bias(p: float, r_pos: float, r_neg: float) -> float:
    """Return how far the observed share lies from the true one.

    Arguments and errors as for `observed_share`.  The result is from -1 to 1,
    and positive if the answers look happier than the people are.
    """
    return observed_share(p, r_pos, r_neg) - p


def answering_shares(p: float, r_pos: float, r_neg: float) -> tuple[float, float]:
    """Return which shares of those invited are happy, and unhappy, answerers.

    Arguments as for `observed_share`; both results are from 0 to 1, and times
    the number invited they are the answers to expect.
    """
    domain.within("p", p, 0, 1)
    domain.within("r_pos", r_pos, 0, 1)
    domain.within("r_neg", r_neg, 0, 1)
    return (p * r_pos, (1.0 - p) * r_neg)


def wilson_interval(k: float, n: float, z: float = 1.96) -> tuple[float, float]:
    """Return a confidence interval for a share.

    Parameters
    ----------
    k : float
        How many of those who answered said yes, from 0 to n.
    n : float
        How many answered, greater than 0.
    z : float
        Width in standard errors, greater than 0; 1.96 for 95% confidence.

    Returns
    -------
    tuple of float
        Low and high bound, never outside 0 to 1; exactly 0.0 below none and
        exactly 1.0 above all.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Source: Wilson (1927).  The width falls with n at equal k / n.  It speaks of
    chance alone: who did not answer is outside it.
    """
    domain.above("n", n, 0)
    domain.within("k", k, 0, n)
    domain.above("z", z, 0)
    share = k / n
    spread = z * z / n
    centre = (share + spread / 2.0) / (1.0 + spread)
    half = z * math.sqrt(share * (1.0 - share) / n + spread / (4.0 * n)) / (1.0 + spread)
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return (low, high)


def delivery_gap(beliefs: dict, ratings: dict, threshold: float, z: float = 1.96) -> list[tuple]:
    """Return, for each touchpoint, a belief beside what the guests say.

    Parameters
    ----------
    beliefs : dict
        For each touchpoint the share of happy guests somebody believes in,
        from 0 to 1.
    ratings : dict
        For each touchpoint a list of ratings; None stands for no answer and is
        left out.  Touchpoints without a belief are not reported.
    threshold : float
        Ratings from this one up count as happy.
    z : float
        As for `wilson_interval`.

    Returns
    -------
    list of tuple
        (name, believed, estimated, low, high, verdict).  The verdict is
        ``"overestimates"`` if the belief is above the interval,
        ``"underestimates"`` if below, else ``"cannot tell"``, also for a belief
        on a bound.  Sorted by believed minus estimated, largest first, ties by
        name.  Touchpoints that nobody rated come last, by name, with an
        estimate of None and the interval 0.0 to 1.0.

    Raises
    ------
    ValueError
        If a belief is outside 0 to 1.

    Notes
    -----
    Source: gap 1, management's perceptions against customers' expectations and
    experience, Parasuraman, Zeithaml and Berry (1985); interval by Wilson
    (1927).
    """
    known = []
    unknown = []
    for name in sorted(beliefs):
        believed = beliefs[name]
        domain.within("belief", believed, 0, 1, "", "touchpoint '" + str(name) + "'")
        answers = [rating for rating in ratings.get(name, []) if rating is not None]
        if len(answers) == 0:
            unknown.append((name, believed, None, 0.0, 1.0, "cannot tell"))
            continue
        happy = len([rating for rating in answers if rating >= threshold])
        low, high = wilson_interval(happy, len(answers), z)
        verdict = "cannot tell"
        if believed > high:
            verdict = "overestimates"
        elif believed < low:
            verdict = "underestimates"
        share = happy / len(answers)
        # Nine decimals, so that storage errors do not decide a tie.
        row = (name, believed, share, low, high, verdict)
        known.append((-round(believed - share, 9), name, row))
    return [row for _, _, row in sorted(known)] + unknown


def simulated_answers(
    invited: int, p: float, r_pos: float, r_neg: float, generator: Generator
) -> tuple[int, int]:
    """Return one simulated survey: happy answers, and all answers.

    Parameters
    ----------
    invited : int
        How many are asked, at least 0.
    p, r_pos, r_neg : float
        As for `observed_share`.
    generator : Generator
        Where the chance comes from; it moves on by one number per person.

    Returns
    -------
    tuple of int
        Counts, from 0 to `invited`.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Teaching assumption: people answer independently of each other.
    """
    domain.whole("invited", invited, 0)
    happy, unhappy = answering_shares(p, r_pos, r_neg)
    k = n = 0
    for _ in range(int(invited)):
        chance = generator.uniform()
        if chance < happy:
            k += 1
            n += 1
        elif chance < happy + unhappy:
            n += 1
    return (k, n)


def nps(scores: list[int]) -> dict:
    """Return the net promoter score with its standard error.

    Parameters
    ----------
    scores : list of int
        Answers from 0 to 10 to "would you recommend us?", at least one.

    Returns
    -------
    dict
        ``nps`` from -100 to 100 and its standard error ``se``, both in points;
        ``promoters`` (9 or 10), ``passives`` (7 or 8) and ``detractors`` (0 to
        6) as counts.

    Raises
    ------
    ValueError
        If there is no answer, or one is not a whole number from 0 to 10.

    Notes
    -----
    Source: Reichheld (2003).  The error is that of a mean of +1, 0 and -1:
    ``100 * sqrt((p + d - (p - d)**2) / n)``.
    """
    domain.not_empty("scores", scores)
    for score in scores:
        domain.whole("score", score, 0, 10)
    n = len(scores)
    promoters = len([score for score in scores if score >= 9])
    detractors = len([score for score in scores if score <= 6])
    difference = (promoters - detractors) / n
    variance = (promoters + detractors) / n - difference * difference
    return {
        "nps": 100.0 * difference,
        "se": 100.0 * math.sqrt(max(0.0, variance) / n),
        "promoters": promoters,
        "passives": n - promoters - detractors,
        "detractors": detractors,
    }


def in_words(problem: str) -> str:
    """Return a problem of a persona in words.

    Parameters
    ----------
    problem : str
        One of the codes that `audit_persona` returns, such as ``no-source:bread``.
    """
    code, _colon, about = problem.partition(":")
    return PROBLEMS[code].format(about=about.replace("_", " "))


def audit_persona(persona: dict) -> list[str]:
    """Return what makes a persona unfit to be shown, as codes.

    Parameters
    ----------
    persona : dict
        ``name`` (invented), ``group_size`` (people the persona was made from)
        and ``items``: a list of dicts with ``id``, ``text``, ``evidence`` (one
        of `EVIDENCE`) and, for what was observed, ``source``.

    Returns
    -------
    list of str
        Empty if nothing is wrong; else, in this order: ``no-items``;
        ``small-group`` (fewer than `SMALLEST_GROUP` people, or no number
        given); ``personal-data:FIELD`` for each of `PERSONAL_FIELDS` found; and
        item by item ``no-evidence:ID`` (missing or empty),
        ``unknown-evidence:ID`` and ``no-source:ID`` (observed, but nothing says
        where).

    Notes
    -----
    Source: evidence labels as a working rule of the course; data minimisation
    and groups too small to protect, Regulation (EU) 2016/679, articles 5 and 4.
    Teaching assumption: five people are enough to hide one.
    """
    problems = []
    items = persona.get("items", [])
    if len(items) == 0:
        problems.append("no-items")
    if (persona.get("group_size") or 0) < SMALLEST_GROUP:
        problems.append("small-group")
    problems += ["personal-data:" + field for field in PERSONAL_FIELDS if field in persona]
    for item in items:
        status = item.get("evidence")
        code = ""
        if not status:
            code = "no-evidence"
        elif status not in EVIDENCE:
            code = "unknown-evidence"
        elif status == "observed" and not item.get("source"):
            code = "no-source"
        if code:
            problems.append(code + ":" + str(item["id"]))
    return problems
