# recognised as: pooled_interval
import math


def two_proportions(x1, n1, x2, n2):
    for number, x, n in ((1, x1, n1), (2, x2, n2)):
        if n < 1:
            raise ValueError(f"n{number}")
        if not 0 <= x <= n:
            raise ValueError(f"x{number}")
    p1, p2, p = x1 / n1, x2 / n2, (x1 + x2) / (n1 + n2)
    diff = p1 - p2
    separate = math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    common = math.sqrt(p * (1 - p) * (1 / n1 + 1 / n2))
    half = 1.96 * common
    z = diff / common if common > 0 else 0.0
    chance = math.erfc(abs(z) / math.sqrt(2))
    return {"diff": diff, "low": diff - half, "high": diff + half, "z": z, "p": chance}
