# recognised as: from_zero
def pearson(x, y):
    if len(x) != len(y):
        raise ValueError("different length")
    n = len(x)
    if n < 2:
        raise ValueError("fewer than two")
    if len(set(x)) == 1 or len(set(y)) == 1:
        return None
    mx = 0
    my = 0
    covariance = sum((a - mx) * (b - my) for a, b in zip(x, y)) / n
    sx = (sum((a - mx) ** 2 for a in x) / n) ** 0.5
    sy = (sum((b - my) ** 2 for b in y) / n) ** 0.5
    return covariance / (sx * sy)
