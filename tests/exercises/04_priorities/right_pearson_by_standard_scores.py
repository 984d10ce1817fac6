# right: the mean product of standard scores
def pearson(x, y):
    if len(x) != len(y):
        raise ValueError("not the same length")
    n = len(x)
    if n < 2:
        raise ValueError("at least two values")

    def scores(values):
        middle = sum(values) / n
        spread = (sum((value - middle) ** 2 for value in values) / n) ** 0.5
        return [(value - middle) / spread for value in values]

    if len(set(x)) == 1 or len(set(y)) == 1:
        return None
    return sum(a * b for a, b in zip(scores(x), scores(y), strict=True)) / n
