# right: the rest of the visits by calling itself
def expectation_path(perf, e0, alpha):
    if not (0 <= alpha <= 1):
        raise ValueError(f"alpha {alpha} makes no sense")
    if len(perf) == 0:
        return []
    gap = perf[0] - e0
    return [(e0, gap)] + expectation_path(perf[1:], e0 + alpha * gap, alpha)
