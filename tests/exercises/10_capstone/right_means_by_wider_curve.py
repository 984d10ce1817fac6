# right: a curve as wide as the standard error of one pair
from math import sqrt
from statistics import NormalDist


def sample_size_two_means(sd, delta, power=0.8, alpha=0.05):
    if not sd > 0:
        raise ValueError("the sd must be above 0")
    if not delta:
        raise ValueError("the delta must not be 0")
    if not 0.5 <= power < 1:
        raise ValueError("the power is out of range")
    if not 0 < alpha <= 0.5:
        raise ValueError("the alpha is out of range")
    pair = NormalDist(0, sd * sqrt(2))
    needed = ((pair.inv_cdf(1 - alpha / 2) + pair.inv_cdf(power)) / delta) ** 2
    people = round(needed)
    if people < needed - 1e-9:
        people += 1
    return people
