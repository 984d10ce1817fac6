# right: the bounds as the two roots of a quadratic equation
def wilson_interval(k, n, z=1.96):
    if not n > 0:
        raise ValueError(f"nobody answered: n = {n}")
    if not 0 <= k <= n:
        raise ValueError(f"k = {k} cannot be")
    if not z > 0:
        raise ValueError(f"z = {z} cannot be")
    # (n + z z) x x - (2 k + z z) x + k k / n = 0
    a = n + z * z
    b = 2 * k + z * z
    c = k * k / n
    root = max(b * b - 4 * a * c, 0) ** 0.5
    low, high = (b - root) / (2 * a), (b + root) / (2 * a)
    return min(max(low, 0), 1), max(min(high, 1), 0)
