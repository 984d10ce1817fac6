# right: three sums in one loop
def pearson(x, y):
    if len(x) != len(y):
        raise ValueError("the length differs")
    if len(x) <= 1:
        raise ValueError("two rows at least")
    if all(value == x[0] for value in x) or all(value == y[0] for value in y):
        return None
    mx = sum(x) / len(x)
    my = sum(y) / len(y)
    sxy = sxx = syy = 0.0
    for i in range(len(x)):
        sxy += (x[i] - mx) * (y[i] - my)
        sxx += (x[i] - mx) ** 2
        syy += (y[i] - my) ** 2
    return sxy / sxx**0.5 / syy**0.5
