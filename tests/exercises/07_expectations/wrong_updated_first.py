# recognised as: updated_first
def expectation_path(perf, e0, alpha):
    if not 0 <= alpha <= 1:
        raise ValueError("alpha")
    expected = e0
    path = []
    for found in perf:
        expected += alpha * (found - expected)
        path.append((expected, found - expected))
    return path
