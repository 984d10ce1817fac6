# recognised as: in_points
def bias(p, r_pos, r_neg):
    return 100 * (observed_share(p, r_pos, r_neg) - p)
