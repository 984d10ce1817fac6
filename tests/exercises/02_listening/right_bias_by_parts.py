# right: with a name for each part
def bias(p, r_pos, r_neg):
    observed = observed_share(p, r_pos, r_neg)
    difference = -(p - observed)
    return difference
