# right: by the function of task 3, for a spread that gives the same
import math
from statistics import NormalDist


def sample_size_two_props(p1, p2, power=0.8, alpha=0.05):
    if not 0 < p1 < 1:
        raise ValueError("p1")
    if not 0 < p2 < 1:
        raise ValueError("p2")
    if p1 == p2:
        raise ValueError("p1 and p2 are the same")
    spread = math.sqrt((p1 * (1 - p1) + p2 * (1 - p2)) / 2)
    return sample_size_two_means(spread, p1 - p2, power, alpha)
