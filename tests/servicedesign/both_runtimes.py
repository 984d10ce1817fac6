"""Call every model over a grid and print exact results, on whichever Python runs this.

``EXACT`` lines come from operations that every computer rounds alike and must
agree to the last bit.  ``CLOSE`` lines pass through the C library's log, exp,
expm1, tanh or erfc, whose last digits differ.
"""

import math

from servicedesign import (
    blueprint,
    circle,
    deciding,
    expectations,
    journey,
    listening,
    loyalty,
    meaning,
    means,
    mirror,
    odds,
    priorities,
    queue_simulation,
    queueing,
    randomness,
    retention,
    service_logic,
)


def exact(value):
    """Spell a result so that equal text means equal bits."""
    if value is None or isinstance(value, (bool, str)):
        return str(value)
    if isinstance(value, dict):
        return "{" + " ".join([str(key) + "=" + exact(value[key]) for key in sorted(value)]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + " ".join([exact(each) for each in value]) + "]"
    value = float(value)
    if not math.isfinite(value):
        return str(value)
    fraction, power = math.frexp(value)
    return str(int(fraction * 9007199254740992)) + "p" + str(power)


def show(kind, name, function, *settings):
    for arguments in settings:
        try:
            result = exact(function(*arguments))
        except ValueError:
            # Not its text: MicroPython spells 0.943 as 0.9429999999999999.
            result = "ValueError"
        print(kind + "\t" + name + "\t" + result)


def draws(seed, stream):
    g = randomness.Generator(seed, stream)
    return [
        [g.bits(), g.uniform(-1, 3), g.exponential(0.7), g.normal(2, 3), g.lognormal(0.967, 0.48)]
        for _ in range(40)
    ]


def noon(peak, minutes, tills, service, cv, target, lunches, seed):
    return list(
        queue_simulation.noon_peak(peak, minutes, tills, service, cv, target, lunches, seed, 2)
    )


def survey(invited, p, r_pos, r_neg, seed):
    g = randomness.Generator(seed)
    return [listening.simulated_answers(invited, p, r_pos, r_neg, g) for _ in range(5)]


def rows_of_a_log(seed):
    day = queue_simulation.simulated_day(NOON, 60, 2, 0.967, 0.48, seed, 1)
    return [{"day": 1, "arrive_min": a, "start_min": s, "end_min": e} for a, s, e in day]


NOON = {"base": 0.6, "height": 1.5, "middle": 60, "width": 28}
GRID = (0.1, 0.25, 1 / 3, 0.6, 0.95)
RATINGS = (
    [1, 0, 1, -2, 2, 1, -1, 0, 1],
    [0.5],
    [-2, -1.5, 2],
    [1.5, -0.5, 0, 2, 2, -1, 1, 0.5, -2, 1, 0, 1],
)
ITEMS = [
    {"name": str(i), "weight": 7 - i, "importance": 7 - i / 3, "performance": 4.1 + i / 7,
     "cost": 130 * (i % 4)}
    for i in range(8)
]  # fmt: skip
TABLES = [(42, 32, 87, 103), (205, 78, 109, 59)]
NUMBERS = [(i * 7919 % 101) / 7 for i in range(60)]
PLAN = {
    "items": [{"id": n, "layer": "backstage", "owner": n, "minutes": 1.1} for n in "abcd"],
    "handoffs": [["a", "b"], ["b", "c"], ["c", "d"]],
}

show("EXACT", "draws", draws, (0, 0), (1, 7), (20261122, 3))
show("EXACT", "log", randomness.log, *[(x * x + 1e-9,) for x in NUMBERS])
show("EXACT", "exp", randomness.exp, *[(x - 7,) for x in NUMBERS])
show("EXACT", "total", means.total, (NUMBERS,), ([0.1] * 10,))
show("EXACT", "weighted_mean", means.weighted_mean, (NUMBERS[:9], NUMBERS[9:18]))

ACTORS = ("both", "provider", "customer")
show("EXACT", "sphere_shares", service_logic.sphere_shares,
     ([{"actor": ACTORS[i % 3], "minutes": NUMBERS[i]} for i in range(10)],))  # fmt: skip
EFFORTS = [(p, c, theta, rho) for p in (0, 0.5, 2, 6) for c in (0, 2, 7.5) for theta in GRID
           for rho in (1, 0.5, 1e-13, 0, -0.3, -10, -200, -math.inf)]  # fmt: skip
show("CLOSE", "co_created_value", service_logic.co_created_value, *EFFORTS)
show("CLOSE", "one_more_hour", service_logic.one_more_hour, *EFFORTS)
show("CLOSE", "iso_value_curves", service_logic.iso_value_curves,
     *[([2, 4, 8], theta, rho) for theta in GRID for rho in (1, 0.5, 0, -1, -10)])  # fmt: skip
show("EXACT", "iso_value_line", service_logic.iso_value_curves, ([2, 4, 8], 0.3, 1))
show("EXACT", "logic_score", service_logic.logic_score,
     ("Self-service ÄITI äiti: we SELL!", {"Sell"}, {"äiti", "service"}))  # fmt: skip

SHARES = [(p, a, b) for p in GRID for a in GRID for b in GRID]
show("EXACT", "observed_share", listening.observed_share, *SHARES, (0.5, 0, 0))
show("EXACT", "bias", listening.bias, *SHARES)
show("EXACT", "wilson_interval", listening.wilson_interval,
     *[(k, n) for n in (1, 10, 143, 1999) for k in (0, 1, n // 3, n)])  # fmt: skip
show("EXACT", "delivery_gap", listening.delivery_gap,
     ({"b": 0.9, "a": 0.2, "c": 0.5}, {"a": [7, 6, None, 5], "b": [1, 7, 4]}, 5))  # fmt: skip
show("EXACT", "survey", survey, (300, 0.6, 0.5, 0.25, 1), (50, 0.9, 1, 0.01, 2))
show("EXACT", "nps", listening.nps, ([i * 7 % 11 for i in range(90)],))
show("EXACT", "audit_persona", listening.audit_persona, ({"email": "", "items": [{"id": 1}]},))

show("EXACT", "kano_category", priorities.kano_category,
     *[(f, d) for f in range(1, 6) for d in range(1, 6)])  # fmt: skip
show("EXACT", "kano_coefficients", priorities.kano_coefficients, ({"A": 30, "O": 25, "M": 36},))
show("EXACT", "ipa", priorities.ipa, *[(ITEMS, kind) for kind in priorities.CROSSHAIRS])
show("EXACT", "pearson", priorities.pearson, (NUMBERS[:30], NUMBERS[30:]), ([1, 1], [1, 2]))
show("CLOSE", "pearson_interval", priorities.pearson_interval, *[(r, 143) for r in GRID])
show("EXACT", "greedy_budget", priorities.greedy_budget, *[(ITEMS, b) for b in (0, 777, 20000)])

show("EXACT", "journey_summary", journey.journey_summary, *[(r,) for r in RATINGS])
for model in journey.MODELS:
    kind = "CLOSE" if model == "power_mean" else "EXACT"
    for ratings in RATINGS:
        settings = [(model, ratings, None, k, r, 2.25) for k in GRID for r in (1, 0, -1, -10)]
        show(kind, "score " + model, journey.remembered_score, *settings)
        show(kind, "gains " + model, journey.fix_gains, *settings)
show("EXACT", "prob_any_failure", journey.prob_any_failure, ([0.05] * 6,), (list(GRID),))
show("EXACT", "better_model", journey.better_model,
     ([(r, i * i % 7) for i, r in enumerate(RATINGS)], "mean", "peak_end"))  # fmt: skip

LINES = [(rho * c, 1.03, c) for rho in GRID for c in (1, 2, 6, 200)]
show("EXACT", "mmc", queueing.mmc, *LINES, (0, 1, 1), (2.1, 1, 2))
show("EXACT", "allen_cunneen", queueing.allen_cunneen, *[line + (1, 0.48) for line in LINES])
show("CLOSE", "mmc_tail", queueing.mmc_tail, *[line + (2,) for line in LINES])
show("EXACT", "queue_stats", lambda seed: queueing.queue_stats(rows_of_a_log(seed), 2), (1,), (2,))
show(
    "EXACT",
    "replay",
    lambda seed: queueing.replay(rows_of_a_log(seed), 3, [0, 0, 20], [None, None, 45]),
    (1,),
    (2,),
)
show("EXACT", "noon_peak", noon, (NOON, 150, 2, 0.967, 0.48, 5, 6, 1), (NOON, 90, 3, 1, 0, 2, 2, 9))
show("CLOSE", "arrivals_by_minute", queue_simulation.arrivals_by_minute, (NOON, 150))
show("EXACT", "fluid_line", queue_simulation.fluid_line, (NUMBERS, 7.3), ([1.1] * 9, 1))
show("EXACT", "handoff_report", blueprint.handoff_report, (PLAN,))

PERF = [6 + (i % 5) * 0.7 for i in range(20)]
show("EXACT", "expectation_path", expectations.expectation_path,
     *[(PERF, 7, alpha, 0.5, renewed) for alpha in GRID for renewed in (True, False)])  # fmt: skip
show("EXACT", "performance_plan", expectations.performance_plan,
     *[(plan, 30, 7, 0.3) for plan in expectations.PLANS])  # fmt: skip
show("EXACT", "servqual", expectations.servqual,
     ({"a": 6.1, "b": 5.3}, {"a": 5.9, "b": 5.7}, {"a": 0.3, "b": 0.9}))  # fmt: skip
show("EXACT", "acsi_index", expectations.acsi_index, ([8.1, 7.4, 6.9], [0.4, 0.3, 0.3]))
show("CLOSE", "two_proportions", expectations.two_proportions,
     (30, 72, 16, 65), (30, 72, 14, 74), (14, 74, 16, 65), (0, 5, 0, 9))  # fmt: skip
show("EXACT", "holm", expectations.holm, ([0.035, 0.003, 0.42],))

JOBS = [{name: 1 + (i * k) % 7 for k, name in enumerate(meaning.CHARACTERISTICS)} for i in range(9)]
show("EXACT", "mps", meaning.mps, *[(each, how) for each in JOBS for how in ("product", "sum")])
show("EXACT", "scale_scores", meaning.scale_scores,
     (JOBS, ["variety", "feedback", "identity"], ["feedback"], 1, 7, 2))  # fmt: skip
show("EXACT", "cronbach_alpha", meaning.cronbach_alpha, (JOBS, ["variety", "feedback"], [], 1, 7))
show("EXACT", "safe_report", meaning.safe_report, (JOBS, "variety", "feedback", 2))
show("EXACT", "jdr_energy", meaning.jdr_energy, *[(r, d) for r in GRID for d in GRID])
show("EXACT", "circle_path", circle.circle_path,
     (30, [0.9, 0.8, 1.1, 0.7], 1.5, 3, 0.4), (30, [1.2] * 4, -1, 1, 0.7, ["guest"]))  # fmt: skip
show("EXACT", "mirror", mirror.mirror, *[(a, b, c) for a in GRID for b in GRID for c in GRID])
show("EXACT", "outlets", lambda n: mirror.outlets(0.7, 0.6, 0.1, mirror.standard_normals(n)), (90,))
YEAR = dict.fromkeys(deciding.BELIEFS, (0.0, 1.0))
YEAR["demands"] = (-0.7, 0.3)
PLANS = [{"till": 1500, "desk": 7000, "price": -3}, {"jobs": 4160, "gesture": 900}, {"price": 10}]
show("CLOSE", "simulate_decision", deciding.simulate_decision, *[(p, YEAR, 3, 25) for p in PLANS])
show("CLOSE", "tornado", deciding.tornado, *[(p, YEAR) for p in PLANS])
show("CLOSE", "value_of_testing", deciding.value_of_testing, *[(p, YEAR, 5, 60) for p in PLANS])
show("EXACT", "sample_size_two_means", deciding.sample_size_two_means,
     *[(1, delta, power) for delta in GRID for power in (0.5, 0.8, 0.95)])  # fmt: skip
show("EXACT", "sample_size_two_props", deciding.sample_size_two_props,
     *[(p, q) for p in GRID for q in GRID])  # fmt: skip
show(
    "EXACT",
    "break_even_effect",
    deciding.break_even_effect,
    *[(cost, 991, 100, [1, 0.75, 0.6, 0.5], rate) for cost in (0, 900, 20000) for rate in GRID],
)
show("EXACT", "mantel_haenszel", odds.mantel_haenszel, (TABLES,))
show("CLOSE", "odds_ratio_interval", odds.odds_ratio_interval, *TABLES, (3, 0, 2, 9))
show("CLOSE", "mantel_haenszel_interval", odds.mantel_haenszel_interval, (TABLES,))

FITTED = [(stay, unlike) for stay in GRID for unlike in GRID]
show("EXACT", "sbg_survival", lambda stay, unlike: retention.sbg_survival(
    *retention.sbg_from(stay, unlike), 12), *FITTED)  # fmt: skip
SURVIVALS = [retention.sbg_survival(*retention.sbg_from(*each), 12) for each in FITTED]
show("EXACT", "clv", loyalty.clv,
     *[(100, s, 0.1, first) for s in SURVIVALS for first in loyalty.FIRST])  # fmt: skip
show("EXACT", "with_less_churn", retention.with_less_churn, *[(s, 0.3) for s in SURVIVALS])
show("EXACT", "effect_that_pays", loyalty.effect_that_pays,
     *[(120, s, 0.1, spend) for s in SURVIVALS for spend in (0, 9, 110)])  # fmt: skip
show("EXACT", "pooled_survival", retention.pooled_survival, ([[90, 60, 41], [70, 50], [33]],))
show("CLOSE", "sbg_loglik", retention.sbg_loglik, (0.7, 1.2, [9, 5, 3], 7), (3, 8, [0, 1], 40))
show("CLOSE", "sbg_fit", retention.sbg_fit, ([1000, 631, 468, 382],), ([540, 266, 150, 89],))
