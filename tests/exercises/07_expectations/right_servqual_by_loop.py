# right: one loop over the names in order
def servqual(expect, perceive, weights):
    names = sorted(expect)
    if sorted(perceive) != names:
        raise ValueError("perceive: other names")
    if sorted(weights) != names or not names:
        raise ValueError("weights: other names")
    total = gap_sum = found_sum = 0.0
    gaps, worst = {}, None
    for name in names:
        weight = weights[name]
        if weight < 0:
            raise ValueError("weights: below 0")
        gap = perceive[name] - expect[name]
        gaps[name] = gap
        total += weight
        gap_sum += weight * gap
        found_sum += weight * perceive[name]
        if gap < -1e-9 and (worst is None or gap < gaps[worst] - 1e-9):
            worst = name
    if total == 0:
        raise ValueError("weights: all 0")
    return {
        "gaps": gaps,
        "weighted_gap": gap_sum / total,
        "servperf": found_sum / total,
        "largest_shortfall": worst,
    }
