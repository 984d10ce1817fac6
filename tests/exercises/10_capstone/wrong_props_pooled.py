# recognised as: pooled
import math
from statistics import NormalDist


def sample_size_two_props(p1, p2, power=0.8, alpha=0.05):
    for name, share in [("p1", p1), ("p2", p2)]:
        if share <= 0 or share >= 1:
            raise ValueError(name)
    if p1 == p2:
        raise ValueError("p1 is the other one, too")
    if power < 0.5 or power >= 1:
        raise ValueError("power")
    if alpha <= 0 or alpha > 0.5:
        raise ValueError("alpha")
    curve = NormalDist()
    both = curve.inv_cdf(1 - alpha / 2) + curve.inv_cdf(power)
    scatter = 2 * (p1 + p2) / 2 * (1 - (p1 + p2) / 2)
    return math.ceil(scatter * (both / (p1 - p2)) ** 2 - 1e-9)
