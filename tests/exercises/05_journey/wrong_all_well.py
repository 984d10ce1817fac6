# recognised as: all_well
def prob_any_failure(ps):
    for p in ps:
        if p < 0 or p > 1:
            raise ValueError(str(p))
    product = 1.0
    for p in ps:
        product *= 1 - p
    return product
