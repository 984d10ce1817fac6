# recognised as: alpha_swapped
def expectation_path(perf, e0, alpha):
    if not 0 <= alpha <= 1:
        raise ValueError("alpha")
    expected = e0
    path = []
    for found in perf:
        path.append((expected, found - expected))
        expected = alpha * expected + (1 - alpha) * found
    return path
