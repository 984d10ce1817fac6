# right: adds up the chance that each step is the first to fail
def prob_any_failure(ps):
    failed = 0.0
    for p in ps:
        if not (0 <= p <= 1):
            raise ValueError(f"{p} is no chance")
    for p in ps:
        failed = failed + (1 - failed) * p
    return failed
