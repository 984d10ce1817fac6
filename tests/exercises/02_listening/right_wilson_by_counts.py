# right: in counts instead of shares, as a list, with early returns
from math import sqrt


def wilson_interval(k, n, z=1.96):
    for name, wrong in (("n", n <= 0), ("k", k < 0 or k > n), ("z", z <= 0)):
        if wrong:
            raise ValueError("impossible " + name)
    total = n + z**2
    middle = k + z**2 / 2
    half = z * sqrt(k * (n - k) / n + z**2 / 4)
    bounds = [(middle - half) / total, (middle + half) / total]
    if k == 0:
        bounds[0] = 0
    if k == n:
        bounds[1] = 1
    return tuple(bounds)
