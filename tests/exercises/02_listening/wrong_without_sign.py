# recognised as: without_sign
def bias(p, r_pos, r_neg):
    return abs(observed_share(p, r_pos, r_neg) - p)
