# recognised as: absolute_gaps
def servqual(expect, perceive, weights):
    if sorted(perceive) != sorted(expect):
        raise ValueError("perceive")
    if sorted(weights) != sorted(expect) or not weights:
        raise ValueError("weights")
    total = sum(weights.values())
    if total == 0 or min(weights.values()) < 0:
        raise ValueError("weights")
    gaps = {name: perceive[name] - expect[name] for name in expect}
    names = sorted(gaps)
    worst, lowest = None, 0
    for name in names:
        if gaps[name] < lowest - 1e-9:
            worst, lowest = name, gaps[name]
    return {
        "gaps": gaps,
        "weighted_gap": sum(weights[n] * abs(gaps[n]) for n in names) / total,
        "servperf": sum(weights[n] * perceive[n] for n in names) / total,
        "largest_shortfall": worst,
    }
