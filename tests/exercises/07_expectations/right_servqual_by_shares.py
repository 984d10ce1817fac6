# right: turns weights into shares first
def servqual(expect, perceive, weights):
    if perceive.keys() != expect.keys():
        raise ValueError("perceive")
    if weights.keys() != expect.keys() or any(w < 0 for w in weights.values()):
        raise ValueError("weights")
    if not any(weights.values()):
        raise ValueError("weights are all 0")
    share = {name: weights[name] / sum(weights.values()) for name in weights}
    found = sum(share[name] * perceive[name] for name in share)
    wanted = sum(share[name] * expect[name] for name in share)
    gaps = {name: perceive[name] - expect[name] for name in expect}
    deepest = min(gaps.values())
    short = sorted(name for name in gaps if gaps[name] <= deepest + 1e-9)
    return {
        "gaps": gaps,
        "weighted_gap": found - wanted,
        "servperf": found,
        "largest_shortfall": short[0] if deepest < -1e-9 else None,
    }
