# right: without the other function, in one formula
def bias(p, r_pos, r_neg):
    for name, share in (("p", p), ("r_pos", r_pos), ("r_neg", r_neg)):
        if share < 0 or share > 1:
            raise ValueError(name)
    mean = p * r_pos + (1 - p) * r_neg
    if not mean:
        raise ValueError("no answer")
    return p * (1 - p) * (r_pos - r_neg) / mean
