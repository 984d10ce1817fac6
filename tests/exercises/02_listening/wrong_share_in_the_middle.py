# recognised as: share_in_the_middle
import math


def wilson_interval(k, n, z=1.96):
    if n <= 0:
        raise ValueError("n is too small")
    if k < 0 or k > n:
        raise ValueError("k is impossible")
    if z <= 0:
        raise ValueError("z is too small")
    s = k / n
    d = 1 + z * z / n
    half = z / d * math.sqrt(s * (1 - s) / n + z * z / (4 * n * n))
    return (max(0.0, s - half), min(1.0, s + half))
