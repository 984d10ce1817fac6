# recognised as: gap_reversed
def expectation_path(perf, e0, alpha):
    if not 0 <= alpha <= 1:
        raise ValueError("alpha")
    expected = e0
    path = []
    for found in perf:
        path.append((expected, expected - found))
        expected += alpha * (found - expected)
    return path
