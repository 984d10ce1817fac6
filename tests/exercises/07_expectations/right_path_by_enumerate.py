# right: weighs old expectation and visit instead of adding a gap
def expectation_path(perf, e0, alpha):
    if alpha < 0 or alpha > 1:
        raise ValueError("alpha is outside 0 to 1")
    before = [e0]
    for found in perf:
        before.append((1 - alpha) * before[-1] + alpha * found)
    return [(before[i], perf[i] - before[i]) for i in range(len(perf))]
