# recognised as: not_divided
import math


def wilson_interval(k, n, z=1.96):
    if n <= 0:
        raise ValueError("n is too small")
    if k < 0 or k > n:
        raise ValueError("k is impossible")
    if z <= 0:
        raise ValueError("z is too small")
    s = k / n
    middle = s + z * z / (2 * n)
    half = z * math.sqrt(s * (1 - s) / n + z * z / (4 * n * n))
    return (max(0.0, middle - half), min(1.0, middle + half))
