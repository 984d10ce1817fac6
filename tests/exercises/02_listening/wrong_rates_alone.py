# recognised as: rates_alone
def observed_share(p, r_pos, r_neg):
    if p < 0 or p > 1:
        raise ValueError("p is no share")
    if r_pos < 0 or r_pos > 1:
        raise ValueError("r_pos is no share")
    if r_neg < 0 or r_neg > 1:
        raise ValueError("r_neg is no share")
    happy = p * r_pos
    unhappy = (1 - p) * r_neg
    if happy + unhappy == 0:
        raise ValueError("not one answer")
    return r_pos / (r_pos + r_neg)
