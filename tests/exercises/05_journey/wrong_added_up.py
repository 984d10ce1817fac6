# recognised as: added_up
def prob_any_failure(ps):
    for p in ps:
        if p < 0 or p > 1:
            raise ValueError(str(p))
    return float(sum(ps))
