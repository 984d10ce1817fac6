# recognised as: truth_first
def bias(p, r_pos, r_neg):
    return p - observed_share(p, r_pos, r_neg)
