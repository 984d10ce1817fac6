# right: the first step fails, or the rest does
def prob_any_failure(ps):
    wrong = [p for p in ps if p < 0 or p > 1]
    if wrong:
        raise ValueError("impossible: " + str(wrong[0]))

    well = 1
    for share in [1 - p for p in ps]:
        well = well * share
    return 1 - well
