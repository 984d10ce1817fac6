# recognised as: wald
import math


def wilson_interval(k, n, z=1.96):
    if n <= 0:
        raise ValueError("n is too small")
    if k < 0 or k > n:
        raise ValueError("k is impossible")
    if z <= 0:
        raise ValueError("z is too small")
    s = k / n
    half = z * math.sqrt(s * (1 - s) / n)
    return (s - half, s + half)
