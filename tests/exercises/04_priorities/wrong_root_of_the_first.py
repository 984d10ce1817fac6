# recognised as: root_of_the_first
def pearson(x, y):
    if len(x) != len(y):
        raise ValueError("different length")
    n = len(x)
    if n < 2:
        raise ValueError("fewer than two")
    if len(set(x)) == 1 or len(set(y)) == 1:
        return None
    mx = sum(x) / n
    my = sum(y) / n
    together = sum((a - mx) * (b - my) for a, b in zip(x, y))
    return together / (sum((a - mx) ** 2 for a in x) ** 0.5 * sum((b - my) ** 2 for b in y))
