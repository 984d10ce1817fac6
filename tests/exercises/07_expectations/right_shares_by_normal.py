# right: lets the standard library know the normal curve
import math
import statistics


def two_proportions(x1, n1, x2, n2):
    groups = {"1": (x1, n1), "2": (x2, n2)}
    variances, shares = [], []
    for number, (x, n) in groups.items():
        if n <= 0:
            raise ValueError("n" + number)
        if x not in range(n + 1):
            raise ValueError("x" + number)
        shares.append(x / n)
        variances.append(x / n * (n - x) / n / n)
    diff = shares[0] - shares[1]
    half = 1.96 * math.sqrt(sum(variances))
    did, all_of_them = x1 + x2, n1 + n2
    if did in (0, all_of_them):
        z = 0.0
    else:
        rate = did / all_of_them
        z = diff / math.sqrt(rate * (1 - rate) * all_of_them / (n1 * n2))
    tail = statistics.NormalDist().cdf(-abs(z))
    return {"diff": diff, "low": diff - half, "high": diff + half, "z": z, "p": 2 * tail}
