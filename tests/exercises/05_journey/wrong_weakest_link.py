# recognised as: weakest_link
def prob_any_failure(ps):
    for p in ps:
        if p < 0 or p > 1:
            raise ValueError(str(p))
    return max(ps) if ps else 0.0
