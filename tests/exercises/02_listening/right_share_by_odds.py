# right: from the odds of happy against unhappy answers
def observed_share(p, r_pos, r_neg):
    given = {"p": p, "r_pos": r_pos, "r_neg": r_neg}
    for name in given:
        if not 0 <= given[name] <= 1:
            raise ValueError(name + " must be a share")
    against = (1 - p) * r_neg
    if against == 0:
        if p * r_pos == 0:
            raise ValueError("there is no answer")
        return 1
    odds = p * r_pos / against
    return odds / (1 + odds)
